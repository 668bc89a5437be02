#!/bin/bash

# Each t/fuzz/fuzz_*.c for SECONDS_EACH seconds, with libFuzzer, ASan and UBSan.

set -eu

cd "$(dirname "$0")/../.."

seconds=${SECONDS_EACH:-60}

for target in t/fuzz/fuzz_*.c; do
    name=$(basename "$target" .c)
    corpus=objs/fuzz/$name.corpus
    mkdir -p "$corpus"

    echo "== $name, $seconds s"

    flags=(-O1 -g -std=gnu11 -fno-sanitize-recover=undefined)
    more=()

    # two builds of the core in one program

    if [ "$name" = fuzz_engine ]; then
        t/fuzz/plain.sh objs/fuzz/plain.o clang "${flags[@]}" \
            -fsanitize=fuzzer-no-link,address,undefined
        more=(t/fuzz/engine.c objs/fuzz/plain.o)
    fi

    clang "${flags[@]}" -fsanitize=fuzzer,address,undefined \
        -DNGX_CONSENT_SHIM -It/unit -Isrc -It/fuzz \
        -o "objs/fuzz/$name" "$target" "${more[@]}" t/unit/ngx_shim.c \
        src/ngx_consent_*.c -lpcre2-8

    # the vectors, as they are sent: a format's number, no flags, lines

    if [ "$name" = fuzz_source ]; then
        perl t/fuzz/source_corpus.pl "$corpus"
    fi

    dict=t/fuzz/${name/engine/page}.dict
    words=()
    [ ! -f "$dict" ] || words=("-dict=$dict")

    "objs/fuzz/$name" -max_total_time="$seconds" -max_len=6000 \
        -artifact_prefix=objs/fuzz/ "${words[@]}" "$corpus"
done
