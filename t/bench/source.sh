#!/bin/bash

# source.sh [OUT]
#
# User instructions (callgrind) to read a source's cookies once: find them,
# decode them, and say which categories they grant.  A row a format: how many
# of the vectors are a choice, the median over them, the greatest.  The readers
# are compiled as in the module: -O2, in a shared object that calls its own
# functions directly.  OUT keeps what callgrind_annotate needs.

set -eu

cd "$(dirname "$0")/../.."

header='#include <valgrind/callgrind.h>'

if ! command -v valgrind >/dev/null \
    || ! gcc -E -x c - <<<"$header" >/dev/null 2>&1
then
    echo "source: not run: no valgrind"
    exit
fi

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

flags=(-O2 -g -fPIC -fno-semantic-interposition -DNGX_CONSENT_SHIM -It/unit
       -Isrc -Isrc/inspect)

gcc "${flags[@]}" -shared -Wl,-Bsymbolic-functions -o "$dir/libreaders.so" \
    src/ngx_consent_source*.c \
    src/ngx_consent_{cookie,cookie_date,json,signal}.c

gcc "${flags[@]}" -o "$dir/source" t/bench/source.c src/inspect/inspect_*.c \
    t/unit/ngx_shim.c -L"$dir" -lreaders -Wl,-rpath,"$dir"

if ! LD_BIND_NOW=1 valgrind --tool=callgrind --combine-dumps=yes \
    --toggle-collect=ngx_consent_source_read \
    --callgrind-out-file="$dir/out" "$dir/source" \
    t/unit/signal_vectors.jsonl >"$dir/log" 2>&1
then
    cat "$dir/log" >&2
    exit 1
fi

[ -z "${1:-}" ] || cp "$dir/out" "$1"

echo "instructions to read a source's cookies"

sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$dir/out" \
    | paste - - | sort -t$'\t' -k1,1 -k2,2n | awk -F'\t' '
    function row() {
        if (n) {
            printf "  %-30s %4d rows, median %6d, most %6d\n", name, n,
                   cost[int((n + 1) / 2)], cost[n]
        }
        n = 0
    }
    $2 == "" { next }
    $1 != name { row(); name = $1 }
    { cost[++n] = $2 }
    END { row() }'
