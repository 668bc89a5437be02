#!/bin/bash

# Style: what clang-format knows and what it does not (format.pl), clang's
# warnings for floors 0 and 1, shellcheck, perl -c.

set -eu

cd "$(dirname "$0")/.."
shopt -s nullglob globstar

sources=(ngx_http_consent_module.c src/*.c src/{inspect,chain}/*.c t/unit/*.c)
c=("${sources[@]}" src/{,inspect/,chain/}*.h t/unit/*.h t/fuzz/*.[ch]
   t/bench/{,core/}*.[ch])
perl=({conf,t}/**/*.p[lm] t/*.t)
shell=({conf,t}/**/*.sh .ci/run)
other=(config Makefile README.md conf/{nginx,proof,demo/nginx}.conf)

status=0


main() {
    # a table written by a program is as wide as its rows
    refuse "longer than 80 columns" '.{81}' "${c[@]}" "${shell[@]}" config \
        Makefile
    refuse "a tab" '\t' "${c[@]}" "${perl[@]}" "${shell[@]}" config
    refuse "a trailing blank" '[ \t]$' "${c[@]}" "${perl[@]}" "${shell[@]}" \
        "${other[@]}"
    refuse "a note to oneself" '\b(TOD[O]|FIXM[E]|XX[X])\b|^ *#if [0]' \
        "${c[@]}" "${perl[@]}" "${shell[@]}" config

    step perl t/format.pl "${sources[@]}" src/*.h
    step clang -fsyntax-only -O2 -Wall -Wextra -Werror \
        -Wno-unused-parameter -DNGX_CONSENT_SHIM -It/unit -Isrc \
        src/ngx_consent_*.c
    step shellcheck -x "${shell[@]}"

    local file
    for file in "${perl[@]}"; do
        perl -I{conf,t/{,bench/}lib} -c "$file" 2>&1 \
            | grep -v 'syntax OK$' >&2 || true
        step test "${PIPESTATUS[0]}" -eq 0
    done

    [ $status -ne 0 ] || echo "lint finds nothing"
    exit $status
}


# refuse WHAT EXPRESSION FILE...

refuse() {
    local what=$1 expression=$2
    shift 2

    if grep -nHP -- "$expression" "$@" >&2; then
        echo "^^ $what" >&2
        status=1
    fi
}


step() {
    "$@" >&2 || status=1
}


main
