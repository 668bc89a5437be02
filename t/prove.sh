#!/bin/bash

# prove.sh MODULE TEST...
#
# Runs Test::Nginx files with the module: NGX_BIN is the nginx, NGX_MODULES
# the folder of Debian's dynamic modules, TMP_ROOT where the servers live.

set -eu

module=$(realpath "$1")
shift

modules=${NGX_MODULES:-/usr/lib/nginx/modules}

if [ $# -eq 0 ]; then
    echo "no t/*.t"
    exit
fi

cd "$(dirname "$0")/.."

export TEST_NGINX_BINARY=${NGX_BIN:-/usr/sbin/nginx}
export TEST_NGINX_LOAD_MODULES="$module $modules/ngx_http_echo_module.so"

# -j runs files side by side only where each has a port of its own
export TEST_NGINX_RANDOMIZE=1

trap 'rm -rf t/servroot_*' EXIT

prove -It/lib -j2 "$@"
