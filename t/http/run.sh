#!/bin/bash

# run.sh MODULE WORK [OPTION...]
#
# The matrix (matrix.mjs) on the packaged nginx, and on Debian trixie's and
# sid's, which speak HTTP/3.

set -eu

module=$(realpath "$1")
work=$2
shift 2

cd "$(dirname "$0")/../.."

for tool in node openssl; do
    if ! command -v "$tool" >/dev/null; then
        echo "no $tool: t/install.sh installs what the tests need" >&2
        exit 1
    fi
done

mkdir -p "$work"
work=$(realpath "$work")

t/http/curl.sh "$work/curl"
t/versions.sh

if [ ! -f "$work/key.pem" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
        -nodes -days 3650 -subj /CN=site.test \
        -keyout "$work/key.new" -out "$work/cert.pem" 2>"$work/openssl.log" \
        || { cat "$work/openssl.log" >&2; exit 1; }
    mv "$work/key.new" "$work/key.pem"
fi

status=0

# matrix NAME NGINX MODULE

matrix() {
    local name=$1 nginx=$2 so=$3
    shift 3

    node t/http/matrix.mjs "$nginx" "$so" "$work/$name" "$work/curl/curl" \
        "$work/cert.pem" "$work/key.pem" "$@" || status=1
}

matrix packaged "${NGX_BIN:-/usr/sbin/nginx}" "$module" "$@"

for suite in trixie sid; do
    dir=$PWD/objs/versions/$suite
    matrix $suite "$dir/nginx" "$dir/objs/ngx_http_consent_module.so" "$@"
done

exit $status
