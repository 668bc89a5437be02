#!/bin/bash

# run.sh PROGRAM MODULE WORK [ARGUMENT...]
#
# Runs a program of this folder with the packaged node and Chromium.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
program=$1
shift

for tool in node "${CHROMIUM:-/usr/bin/chromium}" openssl; do
    if ! command -v "$tool" >/dev/null; then
        echo "no $tool: t/install.sh installs what the tests need" >&2
        exit 1
    fi
done

exec node "$here/$program" "$@"
