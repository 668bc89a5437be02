#!/bin/bash

# minify.sh [--check]
#
# Writes src/ngx_consent_guard_script.c, which has conf/ui/guard.js in it, made
# small by Debian's terser; --check: says whether it is what it would write.

set -eu

cd "$(dirname "$0")/../.."

source=conf/ui/guard.js
target=src/ngx_consent_guard_script.c


main() {
    local text

    if ! command -v terser >/dev/null; then
        echo "no terser: t/install.sh installs what the tests need" >&2
        exit 1
    fi

    text=$(write)

    if [ "${1-}" != --check ]; then
        printf '%s\n' "$text" >$target

    elif ! diff -q $target - <<<"$text" >/dev/null; then
        echo "$target is not what $source is: run conf/ui/minify.sh" >&2
        exit 1
    fi
}


write() {
    cat <<END

/*
 * $source, as conf/ui/minify.sh writes it with terser: change that
 * instead.
 */

#include "ngx_consent_guard_script.h"


const ngx_str_t  ngx_consent_guard_script = ngx_string(
END
    minify | perl -0777 -ne '
        s/\s+\z//;
        s/([\\"])/\\$1/g;
        s/\n/\\n/g;

        # no trigraph; a line has 80 columns, and cuts no escape
        s/\?\?/?\\?/g;

        my $line = "";

        for (/\\.|[^\\]/g) {
            if (length($line . $_) > 74) {
                print qq(    "$line"\n);
                $line = "";
            }
            $line .= $_;
        }

        print qq(    "$line");'
    echo ");"
}


minify() {
    # node alone does not look where Debian has its modules
    NODE_PATH=/usr/share/nodejs terser $source --ecma 2020 \
        -c passes=3,expression=true,unsafe_arrows=true,unsafe_methods=true \
        -m -f ascii_only=true,semicolons=false
}


main "$@"
