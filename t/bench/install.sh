#!/bin/bash

# install.sh FOLDER
#
# What the module is compared with, into FOLDER: Debian's packages unpacked, not
# installed, so that nginx's configuration stays as it is; lol-html from npm and
# from Debian's crates.  What is not to be had leaves the reason in
# FOLDER/NAME.why, and is not measured.  callgrind and h2load are installed.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
peers=$(cd "$1" && pwd)
root=$peers/root

# name, packages
debian=(
    "subs_filter libnginx-mod-http-subs-filter"
    "lua libnginx-mod-http-lua libnginx-mod-http-ndk libluajit2-5.1-2
         lua-resty-core lua-resty-lrucache"
    "njs libnginx-mod-http-js"
    "gumbo libgumbo-dev libgumbo1"
)

npm_version=2.3.0

# what lol-html needed when this was written; cargo names what else it misses
crates=(
    lol-html allocator-api2 bitflags cfg-if cssparser cssparser-macros
    derive-more derive-more-impl dtoa dtoa-short encoding-rs equivalent fastrand
    foldhash hashbrown itoa log memchr mime new-debug-unreachable phf
    phf-generator phf-macros phf-shared precomputed-hash proc-macro2 quote
    rand-0.8 rand-core-0.6 rustc-hash rustc-version selectors semver servo-arc
    siphasher smallvec stable-deref-trait syn syn-2 thiserror thiserror-impl
    to-shmem unicode-ident unicode-xid
)
rust=1.85


main() {
    tools

    mkdir -p "$root"

    local line
    for line in "${debian[@]}"; do
        # shellcheck disable=SC2086  # a list of names
        peer $line
    done

    try lolhtml_npm lolhtml_npm

    if [ "$here/core/lolhtml.rs" -nt "$peers/lolhtml.done" ]; then
        rm -f "$peers/lolhtml.done"
    fi

    try lolhtml lolhtml
}


tools() {
    local tool missing=()

    for tool in valgrind:valgrind h2load:nghttp2-client; do
        command -v "${tool%:*}" >/dev/null || missing+=("${tool#*:}")
    done

    [ ${#missing[@]} -ne 0 ] || return 0

    if [ "$(id -u)" -ne 0 ]; then
        echo "bench: missing packages: ${missing[*]}" >&2
        return
    fi

    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends "${missing[@]}" >/dev/null
}


# try NAME COMMAND...: once; what it says at last is why it failed

try() {
    local name=$1
    shift

    [ ! -e "$peers/$name.done" ] || return 0

    rm -f "$peers/$name.why"

    if (set -e; "$@") >"$peers/$name.log" 2>&1; then
        touch "$peers/$name.done"
        return
    fi

    tail -n 1 "$peers/$name.log" >"$peers/$name.why"
    echo "bench: no $name: $(cat "$peers/$name.why")"
}


# peer NAME PACKAGE...

peer() {
    local name=$1
    shift

    try "$name" packages "$@"
}


packages() {
    local dir
    dir=$(mktemp -d)

    (cd "$dir" && apt-get download -qq "$@") || { rm -rf "$dir"; return 1; }

    unpack "$dir"
}


unpack() {
    local deb

    for deb in "$1"/*.deb; do
        dpkg-deb -x "$deb" "$root" || return 1
    done

    rm -rf "$1"
}


lolhtml_npm() {
    mkdir -p "$peers/npm"
    cd "$peers/npm"
    npm install --silent --no-audit --no-fund --ignore-scripts \
        "lol-html@$npm_version"
}


lolhtml() {
    local have

    have=$(rustc --version 2>/dev/null | awk '{ print $2 }')

    if [ "$(printf '%s\n' $rust "${have:-0}" | sort -V | head -n 1)" != $rust ]
    then
        echo "rustc of $rust or newer is needed, here is ${have:-none}"
        return 1
    fi

    local dir=$peers/lolhtml
    mkdir -p "$dir/.cargo"
    cp "$here/core/Cargo.toml" "$here/core/lolhtml.rs" "$dir"

    cat >"$dir/.cargo/config.toml" <<END
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "$root/usr/share/cargo/registry"
END

    sid "${crates[@]}"

    local crate _
    for _ in $(seq 12); do
        if (cd "$dir" && cargo build --release --offline) &>"$dir/cargo.log"
        then
            return
        fi

        crate=$(missing_crate "$dir/cargo.log")

        if [ -z "$crate" ] || ! sid "$crate"; then
            break
        fi
    done

    echo "Debian sid's crates do not build:" \
         "$(grep -m 1 '^error' "$dir/cargo.log")"
    return 1
}


# the name of the package; of an older version where one is asked for

missing_crate() {
    # shellcheck disable=SC2016  # what cargo writes
    sed -n 's/^error: no matching package named `\([^`]*\)`.*/\1/p
            s/^searched package name: `\([^`]*\)`.*/\1/p
            s/.* requirement `\([^ ]*\) = "[^0-9]*\(0\.[0-9]*\).*/\1-\2/p
            s/.* requirement `\([^ ]*\) = "[^0-9]*\([1-9][0-9]*\).*/\1-\2/p
            ' "$1" | head -n 1 | tr '_A-Z' '\-a-z'
}


sid() {
    local dir crate names=()

    for crate in "$@"; do
        names+=("librust-$crate-dev")
    done

    dir=$(mktemp -d)
    "$here/../suite.sh" sid "$dir" "${names[@]}" || { rm -rf "$dir"; return 1; }

    unpack "$dir"
}


main
