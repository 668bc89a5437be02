#!/bin/bash

# libraries.sh FOLDER
#
# The consent platforms' libraries as their authors publish them, of exactly
# the versions in libraries.tsv, in FOLDER/node_modules.  Packed files alone:
# what they depend on is for building them.

set -eu

list=$(cd "$(dirname "$0")" && pwd)/libraries.tsv
folder=$1

mkdir -p "$folder/node_modules"
cd "$folder"


main() {
    local name package sha512

    while read -r name package sha512; do

        if [ -z "$name" ] || [ "${name:0:1}" = '#' ]; then
            continue
        fi

        if [ "$(cat "node_modules/$name/.packed" 2>/dev/null)" != "$sha512" ]
        then
            fetch "$name" "$package" "$sha512"
        fi

    done <"$list"
}


fetch() {
    local into=node_modules/$1 temp file got

    if ! command -v npm >/dev/null; then
        echo "no npm: t/install.sh installs what the tests need" >&2
        exit 1
    fi

    # what npm says that it has written differs by its version
    temp=$(mktemp -d)
    (cd "$temp" && npm pack --silent --ignore-scripts "$2" >/dev/null)
    file=$(find "$temp" -name '*.tgz')
    got=$(openssl dgst -sha512 -binary "$file" | openssl base64 -A)

    if [ "$got" != "$3" ]; then
        echo "$2 is not what libraries.tsv names: $got" >&2
        exit 1
    fi

    rm -rf "$into"
    mkdir -p "$into"
    tar -xzf "$file" -C "$into" --strip-components 1
    rm -rf "$temp"
    printf '%s\n' "$3" >"$into/.packed"
}


main
