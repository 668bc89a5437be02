#!/bin/bash

# all.sh
#
# All that decides, step by step as the Makefile has it, two at once: a browser
# keeps a processor busy, and most of the rest waits.

set -eu

cd "$(dirname "$0")/.."

# One takes from the front and one from the back, until they meet: nginx with
# browsers beside it as long as there are both.  What must come one after the
# other is one entry.
steps=(
    unit
    prove
    asan
    "versions http"
    off
    floors
    lint
    conf
    real
    "pages snippets"
    conformance
    chain
    browser-cache
    browser-rows
    browser-banner
    browser-guard
    browser-pages
    "browser-platforms browser-views"
    browser-states
    browser
)

logs=objs/all


main() {
    local i back=() entry failed=() name

    t/install.sh

    rm -rf $logs
    mkdir -p $logs

    # what several of them use
    step build -j2 module inspect objs/page_tool

    if [ -f $logs/build.failed ]; then
        cat $logs/build.failed
        exit 1
    fi

    for ((i = ${#steps[@]} - 1; i >= 0; i--)); do
        back+=("${steps[i]}")
    done

    work "${back[@]}" &
    work "${steps[@]}"
    wait $!

    # last, for who sees no more than the end; what was not run has no log

    for entry in "${steps[@]}"; do
        for name in $entry; do
            [ ! -f "$logs/$name.log" ] || continue
            failed+=("$name")
            echo "== $name: FAILED"
            cat "$logs/$name.failed" || true
        done
    done

    if [ ${#failed[@]} -gt 0 ]; then
        echo "== failed: ${failed[*]}" >&2
        exit 1
    fi

    echo "== all tests passed, $SECONDS s"
}


work() {
    local entry name

    for entry; do
        # whose directory it is does it
        mkdir "$logs/$entry" 2>/dev/null || continue

        for name in $entry; do
            step "$name" "$name"
        done
    done
}


# step NAME ARGUMENT...: what it says is kept until it can be said in one piece

step() {
    local name=$1 start=$SECONDS log=$logs/$1.log
    shift

    echo "== $name ..."

    make --no-print-directory "$@" >"$log" 2>&1 \
        || mv "$log" "$logs/$name.failed"

    {
        flock 9
        echo "== $name"

        if [ -f "$log" ]; then
            cat "$log"
            echo "== $name: $((SECONDS - start)) s"
        else
            echo "== $name: FAILED after $((SECONDS - start)) s, see below"
        fi
    } 9>$logs/lock
}


main
