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

    clang -O1 -g -std=gnu11 -fsanitize=fuzzer,address,undefined \
        -fno-sanitize-recover=undefined -DNGX_CONSENT_SHIM -It/unit -Isrc \
        -o "objs/fuzz/$name" "$target" t/unit/ngx_shim.c src/ngx_consent_*.c \
        -lpcre2-8

    # the vectors, as they are sent: a format's number, no flags, lines

    if [ "$name" = fuzz_source ]; then
        perl t/fuzz/source_corpus.pl "$corpus"
    fi

    words=()
    [ ! -f "t/fuzz/$name.dict" ] || words=("-dict=t/fuzz/$name.dict")

    "objs/fuzz/$name" -max_total_time="$seconds" -max_len=6000 \
        -artifact_prefix=objs/fuzz/ "${words[@]}" "$corpus"
done
