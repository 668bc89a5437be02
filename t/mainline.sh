#!/bin/bash

# mainline.sh TEST...
#
# The same tests on an nginx that is built here from source, NGX_SRC: once with
# the module as a shared object, once with the module linked in, which is
# another order of filters and other warnings.  CC is the compiler.
#
# Most tests speak through the echo module: ECHO_SRC is the folder of its
# source; without it those tests are left out, and named.

set -eu

cd "$(dirname "$0")/.."

out=$PWD/objs/mainline
source=${NGX_SRC:-}

with=(
    --with-compat --with-debug --with-threads --with-pcre-jit
    --with-http_ssl_module --with-http_v2_module --with-http_realip_module
    --with-http_auth_request_module --with-http_addition_module
    --with-http_sub_module --with-http_gunzip_module
    --with-http_gzip_static_module --with-http_slice_module
    --with-http_dav_module --with-http_secure_link_module
    --with-http_stub_status_module
)

if [ ! -f "$source/src/core/nginx.c" ]; then
    echo "not run: NGX_SRC is no folder of nginx's source"
    exit
fi

if [ -f "$source/src/http/v3/ngx_http_v3.c" ]; then
    with+=(--with-http_v3_module)
fi


main() {
    local tests=() left=() test echo

    for test in "$@"; do
        if [ -z "${ECHO_SRC:-}" ] && grep -qE '^ *echo|splits\(' "$test"; then
            left+=("${test##*/}")
        else
            tests+=("$test")
        fi
    done

    echo=${ECHO_SRC:+$(realpath "$ECHO_SRC")}

    build dynamic ${echo:+--add-dynamic-module="$echo"} \
        --add-dynamic-module="$PWD"

    NGX_BIN=$out/dynamic/nginx NGX_MODULES=$out/dynamic \
        t/prove.sh "$out/dynamic/ngx_http_consent_module.so" "${tests[@]}"

    build static ${echo:+--add-module="$echo"} --add-module="$PWD"

    NGX_BIN=$out/static/nginx t/prove.sh built-in "${tests[@]}"

    if [ ${#left[@]} -gt 0 ]; then
        echo "left out, ECHO_SRC is not set: ${left[*]}"
    fi
}


# build KIND ARGUMENT...

build() {
    local dir=$out/$1
    shift

    # configure writes into the source
    rm -rf "$dir"
    mkdir -p "$out"
    cp -R "$source" "$dir.src"

    (
        cd "$dir.src"
        configure=./configure
        [ -f $configure ] || configure=auto/configure

        $configure --builddir="$dir" --with-cc="${CC:-cc}" \
            --with-cc-opt="-g -O2 -Wall -Wextra -Werror \
                           -Wno-unused-parameter" \
            "${with[@]}" "$@"
        make -s -f "$dir/Makefile"
    ) >"$dir.log" 2>&1 || {
        tail -n 15 "$dir.log" >&2
        rm -rf "$dir.src"
        exit 1
    }

    rm -rf "$dir.src"
    echo "== ${dir##*/}: $("$dir/nginx" -v 2>&1)"
}


main "$@"
