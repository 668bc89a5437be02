#!/bin/bash

# prove.sh MODULE TEST...
#
# Runs Test::Nginx files with the module, "built-in": it is in nginx.  NGX_BIN
# is the nginx, NGX_MODULES the folder of its dynamic modules.

set -euo pipefail

load=

if [ "$1" != built-in ]; then
    load=$(realpath "$1")
    echo=${NGX_MODULES:-/usr/lib/nginx/modules}/ngx_http_echo_module.so

    # a nginx of one's own may have none
    if [ -f "$echo" ] || [ -z "${NGX_MODULES:-}" ]; then
        load="$load $echo"
    fi
fi

shift

cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
    echo "no t/*.t"
    exit
fi

export TEST_NGINX_BINARY=${NGX_BIN:-/usr/sbin/nginx}
export TEST_NGINX_LOAD_MODULES=$load


# Tests keep their servers in t/ of the present folder: a folder of our own lets
# several runs go on at once.

alone=$PWD/t/alone.sh

mkdir -p objs/ports
work=$(mktemp -d "$PWD/objs/prove.XXXXXX")

clean_up() {
    local pid

    # servers that a test has left
    for pid in "$work"/t/servroot_*/logs/nginx.pid; do
        [ ! -f "$pid" ] || kill -KILL "$(cat "$pid")" 2>/dev/null || true
    done

    rm -rf "$work"
}

trap clean_up EXIT
trap 'exit 1' INT TERM

mkdir "$work/t"
ln -s "$PWD/t/lib" "$work/t/lib"

for test in "$@"; do
    ln -s "$PWD/$test" "$work/t/"
done

# nginx may run as another user than root, who must find its files
chmod 755 "$work"

cd "$work"

# A test waits more than it works, for a log to be written and a server to end.
# What Test::Nginx warns of is what "must_die" tests look for.
prove --exec "$alone" -j4 t/*.t 2>&1 | grep -av '^WARNING: .*\[emerg\]'
