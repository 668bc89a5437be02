#!/bin/bash

# Every t/unit/test_*.c is a program of its own, with floors 0 and 1 and what
# consent-inspect is made of, under AddressSanitizer and UBSan.  It prints
# "N passed, N failed".

set -eu

cd "$(dirname "$0")/.."

dir=objs/unit
sanitize=address,undefined
flags=(-O1 -g -Wall -Wextra -Werror -Wno-unused-parameter
       "-fsanitize=$sanitize" -fno-sanitize-recover=undefined
       -DNGX_CONSENT_SHIM -It/unit -Isrc -Isrc/inspect)

rm -rf $dir
mkdir -p $dir

compile() {
    gcc "${flags[@]}" -c -o "$dir/$(basename "$1" .c).o" "$1"
}

# on both processors
jobs=()

next() {
    jobs+=("$1")

    if [ ${#jobs[@]} -ge 2 ]; then
        wait "${jobs[0]}"
        jobs=("${jobs[@]:1}")
    fi
}

all() {
    local job

    for job in "${jobs[@]}"; do
        wait "$job"
    done

    jobs=()
}

# the core once

for file in src/ngx_consent_*.c t/unit/ngx_shim.c src/inspect/inspect_*.c; do
    compile "$file" &
    next $!
done

# the core once more, as it reads byte by byte, for test_engine

all
t/fuzz/plain.sh $dir/plain.o gcc "${flags[@]}"

# ... and of test_steps what it counts the branches of, in place of the others

steps=("-Wl,--allow-multiple-definition"
       "-Wl,--wrap=memchr" "-Wl,--wrap=memcmp" "-Wl,--wrap=memcpy")

for file in src/ngx_consent_{table_url,table_name,table_index,url_split}.c; do
    steps+=("$dir/steps_$(basename "$file" .c).o")
    gcc "${flags[@]}" -fsanitize-coverage=trace-pc -c -o "${steps[-1]}" "$file"
done

run() {
    local name=$1 more=()

    if [ "$name" = test_engine ]; then
        more=(-It/fuzz t/fuzz/engine.c "$dir/plain.o")
    fi

    if [ "$name" = test_steps ]; then
        more=("${steps[@]}")
    fi

    gcc "${flags[@]}" -o "$dir/$name" "t/unit/$name.c" "${more[@]}" \
        "$dir"/{ngx,inspect}_*.o -lpcre2-8 || return

    printf '%s: ' "$name"
    "$dir/$name" || return

    touch "$dir/$name.passed"
}

# what each says comes in one piece, in this order, when all have ended

for test in t/unit/test_*.c; do
    name=$(basename "$test" .c)
    { run "$name" >"$dir/$name.log" 2>&1 || true; } &
    next $!
done

all
status=0

for test in t/unit/test_*.c; do
    name=$(basename "$test" .c)
    cat "$dir/$name.log"

    if [ ! -f "$dir/$name.passed" ]; then
        echo "$name failed" >&2
        status=1
    fi
done

exit $status
