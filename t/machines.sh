#!/bin/bash

# machines.sh [MACHINE...]
#
# The core on other machines than this one: NEON, big-endian bytes, 32 bits, a
# char without a sign.  It is compiled with Debian's cross compilers under UBSan
# (alignment is part of it) and run by qemu: all of t/unit, and the pages that
# t/bench/corpus.pl makes, which have to come out as they do here.
#
# A machine that cannot be had is not run, and says why; what was built and
# fails is a failure.

set -euo pipefail

cd "$(dirname "$0")/.."

# Debian's name, the compiler's, qemu's, and what is peculiar to it
machines=(
    "arm64 aarch64-linux-gnu    aarch64 NEON"
    "s390x s390x-linux-gnu      s390x   big-endian, words of 8 bytes"
    "i386  i686-linux-gnu       i386    32 bits, time_t until 2038"
    "armhf arm-linux-gnueabihf  arm     32 bits, char has no sign"
)

# without names: armhf has nothing that the others have not
default=(arm64 s390x i386)

flags=(-O2 -g -Wall -Wextra -Werror -Wno-unused-parameter
       -fsanitize=undefined -fno-sanitize-recover=undefined
       -DNGX_CONSENT_SHIM -It/unit -Isrc -Isrc/inspect)

# in pieces of 4 KB: everything refused, something granted, refused and removed
ways=("-c 4096" "-c 4096 -g performance" "-c 4096 -r")

dir=objs/machines
status=0


main() {
    local line name names=("$@")

    mkdir -p $dir
    pages

    [ $# -gt 0 ] || names=("${default[@]}")

    for name in "${names[@]}"; do
        for line in "${machines[@]}"; do
            [ "${line%% *}" != "$name" ] || break
        done

        if [ "${line%% *}" != "$name" ]; then
            echo "no machine \"$name\"" >&2
            exit 1
        fi

        # shellcheck disable=SC2086  # a row's columns
        machine $line
    done

    [ $status -eq 0 ] || echo "a machine failed" >&2
    exit $status
}


# what the pages of this machine come to

pages() {
    make -s --no-print-directory objs/page_tool

    if ! perl t/bench/corpus.pl --check $dir/pages 2>/dev/null; then
        perl t/bench/corpus.pl $dir/pages >/dev/null
    fi

    # kind, pattern, category of what default.conf is made of
    awk -F'\t' 'NR > 1 && $8 != "-" && !seen[$3, $4]++ {
                    print $3 "\t" $4 "\t" $8
                }' conf/tables/vendors.tsv >$dir/table.tsv

    sums objs/page_tool >$dir/sums
}


sums() {
    local way

    for way in "${ways[@]}"; do
        # shellcheck disable=SC2086  # options
        "$@" $way $dir/table.tsv $dir/pages/*.html | sha256sum \
            || return
    done
}


machine() {
    local name=$1 target=$2 qemu=$3 out=$dir/$1 why
    shift 3

    echo "== $name: $*"

    if ! why=$(had "$name" "$target" "$qemu" "$out" 2>&1); then
        echo "not run: ${why##*$'\n'}"
        return
    fi

    if ! build "$target" "$out"; then
        echo "$name does not build" >&2
        status=1
        return
    fi

    run "$name" "$target" "$qemu" "$out"
}


# compiler, qemu, PCRE2; what it says at last is why not

had() {
    local name=$1 target=$2 qemu=$3 out=$4 missing=() package

    for package in "gcc-$target" "libc6-dev-$name-cross" qemu-user; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null \
            | grep -qx installed || missing+=("$package")
    done

    if [ ${#missing[@]} -gt 0 ]; then

        if [ "$(id -u)" -ne 0 ]; then
            echo "missing packages: ${missing[*]}"
            return 1
        fi

        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
            --no-install-recommends "${missing[@]}" >/dev/null || return
    fi

    if [ ! -e "$out/libpcre2-8.a" ]; then
        pcre2 "$name" "$out"
    fi
}


# PCRE2 is not among the packages of cross compilers: that machine's own

pcre2() {
    local name=$1 out=$2 suite

    # shellcheck disable=SC1091
    suite=$(. /etc/os-release; echo "$VERSION_CODENAME")

    rm -rf "$out"
    mkdir -p "$out/root"
    t/suite.sh --of "$name" "$suite" "$out" libpcre2-dev || return
    dpkg-deb -x "$out"/libpcre2-dev_*.deb "$out/root" || return
    cp "$out"/root/usr/lib/*/libpcre2-8.a "$out/root/usr/include/pcre2.h" "$out"
}


# Objects again, whatever is there: headers may have changed.

build() {
    local target=$1 out=$2 cc test name more
    shift 2

    cc=("$target-gcc" "${flags[@]}" "-I$out")
    rm -f "$out"/*.o "$out"/test_*

    printf '%s\n' src/ngx_consent_*.c t/unit/ngx_shim.c \
        src/inspect/inspect_*.c \
        | parallel "${cc[*]} -c -o $out/\$(basename {} .c).o {}" || return

    TOOLS=$target- t/fuzz/plain.sh "$out/plain.o" "${cc[@]}" || return

    for test in t/unit/{page_tool,test_*}.c; do
        name=$(basename "$test" .c)

        # counts what a compiler puts in, here
        [ "$name" != test_steps ] || continue

        more=
        [ "$name" != test_engine ] \
            || more="-It/fuzz t/fuzz/engine.c $out/plain.o"

        echo "-o $out/$name $test $more"
    done | parallel "${cc[*]} {} $out/ngx_*.o $out/inspect_*.o \
                     $out/libpcre2-8.a"
}


# a line is a job, two at once; one that fails is a failure

parallel() {
    xargs -P 2 -I '{}' bash -c "$1"
}


run() {
    local name=$1 target=$2 qemu=$3 out=$4 emulate test said n=0
    emulate=(nice "qemu-$qemu" -L "/usr/$target")

    for test in "$out"/test_*; do

        if ! said=$("${emulate[@]}" "$test" 2>&1); then
            echo "$name: $(basename "$test"): $said" >&2
            status=1
        fi

        n=$((n + 1))
    done

    echo "$name: $n unit tests run"

    if ! sums "${emulate[@]}" "$out/page_tool" | cmp -s - $dir/sums; then
        echo "$name: pages do not come out as they do here" >&2
        status=1
    fi
}


main "$@"
