#!/bin/bash

# The core once more, as it reads byte by byte, with t/fuzz/engine.c:
#
#     plain.sh OUT.o COMPILER FLAGS...
#
# TOOLS is what ld, nm and objcopy begin with, where they are another machine's.
#
# All that it defines begins with plain_, so that both builds fit into one
# program.

set -eu

out=$1
shift

dir=${out%.o}
rm -rf "$dir"
mkdir -p "$dir"

jobs=()

for file in src/ngx_consent_*.c t/fuzz/engine.c; do
    "$@" -DNGX_CONSENT_SHIM -DNGX_CONSENT_PLAIN=1 -It/unit -Isrc -It/fuzz \
        -c -o "$dir/$(basename "$file" .c).o" "$file" &
    jobs+=($!)

    if [ ${#jobs[@]} -ge 2 ]; then
        wait "${jobs[0]}"
        jobs=("${jobs[@]:1}")
    fi
done

for job in "${jobs[@]}"; do
    wait "$job"
done

tools=${TOOLS:-}

"${tools}ld" -r -o "$out" "$dir"/*.o
"${tools}nm" --defined-only -g "$out" | awk '{ print $3, "plain_" $3 }' \
    >"$dir/names"
"${tools}objcopy" --redefine-syms="$dir/names" "$out"
