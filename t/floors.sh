#!/bin/bash

# What floors 0 and 1 may call: a floor 0 object
# nothing but four functions of the C library and its own floor, a floor 1
# object also nginx's three allocators and PCRE2.  Neither has a global that
# is not const.  Built once with the shim and once with nginx's headers.

set -eu

cd "$(dirname "$0")/.."

# the table, the page and its transcoder allocate; everything else is floor 0
floor0=
floor1=

for file in src/ngx_consent_*.c; do
    name=${file#src/ngx_consent_}
    name=${name%.c}

    case $name in
    table* | page* | document* | transcode*) floor1="$floor1 $name" ;;
    *) floor0="$floor0 $name" ;;
    esac
done

libc="memchr|memcmp|memcpy|memset"
nginx="ngx_palloc|ngx_pnalloc|ngx_pcalloc"

source=${NGX_SRC:-/usr/share/nginx/src}

# without stack protector and FORTIFY: their calls are not ours
flags=(-O2 -fno-pic -fno-stack-protector -U_FORTIFY_SOURCE -Wall -Wextra
       -Werror -Wno-unused-parameter)

status=0


main() {
    make -s --no-print-directory objs/Makefile

    # side by side: most of it is compiling
    check shim -DNGX_CONSENT_SHIM -It/unit -Isrc &
    check nginx -I"$source/src/core" -I"$source/src/event" \
        -I"$source/src/os/unix" -Iobjs -Isrc || status=1
    wait $! || status=1

    [ $status -ne 0 ] || echo "floors 0 and 1 call only what they may"
    exit $status
}


check() {
    local dir=objs/floors/$1 name may
    shift

    rm -rf "$dir"
    mkdir -p "$dir"

    for name in $floor0 $floor1; do
        gcc "${flags[@]}" "$@" -c -o "$dir/$name.o" \
            "src/ngx_consent_$name.c" || return
    done

    may="$libc|$(defined "$dir" "$floor0")"

    for name in $floor0; do
        judge "$dir" "$name" "$may"
    done

    may="$nginx|pcre2_[a-z0-9_]*|$libc|$(defined "$dir" "$floor0 $floor1")"

    for name in $floor1; do
        judge "$dir" "$name" "$may"
    done

    return $status
}


# what these objects define, as alternatives of an expression

defined() {
    local dir=$1 name
    shift

    # shellcheck disable=SC2048
    for name in $*; do
        nm --defined-only -g "$dir/$name.o"
    done | awk '{ print $3 }' | paste -s -d '|'
}


judge() {
    local object=$1/$2.o bad

    bad=$(nm -u "$object" | awk '{ print $2 }' | grep -Evx "$3") || true
    complain "$object" "calls" "$bad"

    bad=$(nm --defined-only -g "$object" | awk '{ print $3 }' \
          | grep -v '^ngx_consent_') || true
    complain "$object" "exports" "$bad"

    bad=$(nm --defined-only "$object" \
          | awk '$2 ~ /^[bBdDcC]$/ { print $3 }') || true
    complain "$object" "has a global that is not const:" "$bad"
}


complain() {
    [ -n "$3" ] || return 0

    # shellcheck disable=SC2086
    echo "$1" $2 $3 >&2
    status=1
}


main
