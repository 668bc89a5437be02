#!/bin/bash

# real.sh PROGRAM MODULE WORK [ARGUMENT...]
#
# Runs a program of this folder: it starts a real application and a real cache.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
program=$1
shift

# daemons are not in everyone's path
PATH=$PATH:/usr/sbin

for tool in node varnishd; do
    if ! command -v "$tool" >/dev/null; then
        echo "no $tool: t/install.sh installs what the tests need" >&2
        exit 1
    fi
done

if ! /usr/bin/python3 -c 'import django' 2>/dev/null; then
    echo "no Django: t/install.sh installs what the tests need" >&2
    exit 1
fi

exec node "$here/$program" "$@"
