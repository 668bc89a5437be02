#!/bin/bash

# The table: memory and time to compile it, nanoseconds and (callgrind)
# instructions a look-up, at 100, 10,000 and 100,000 rows.  COMPARE=FOLDER: the
# same with the sources of another checkout, in turns.

set -eu

cd "$(dirname "$0")/../.."

header='#include <valgrind/callgrind.h>'

if ! gcc -E -x c - <<<"$header" >/dev/null 2>&1; then
    echo "table: not run: no valgrind"
    exit
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

build() {
    gcc -O2 -g -std=gnu11 -DNGX_CONSENT_SHIM -I"$1/t/unit" -I"$1/src" \
        -o "$dir/$2" t/bench/bench_table.c "$1"/src/ngx_consent_*.c -lpcre2-8
}

names=(table)
build . table

if [ -n "${COMPARE:-}" ]; then
    build "$COMPARE" other
    names=(other table)
fi

for name in "${names[@]}"; do
    [ ${#names[@]} -eq 1 ] || echo "== $name"
    "$dir/$name"

    valgrind --tool=callgrind --combine-dumps=yes \
        --toggle-collect='ngx_consent_table_find_*' \
        --toggle-collect=ngx_consent_table_scan \
        --callgrind-out-file="$dir/out" "$dir/$name" count >"$dir/log" 2>&1 \
        || { cat "$dir/log" >&2; exit 1; }

    echo "instructions"

    sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$dir/out" \
        | paste - - | awk -F'\t' '
        $4 == "" { next }
        $1 != name { if (name) print ""; name = $1; first = $4 / $3
                     printf "  %-24s ", name }
        { printf " %8.2f", $4 / $3 }
        $2 == 100000 { printf " %7.2f", $4 / $3 / first }
        END { print "" }'
done
