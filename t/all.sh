#!/bin/bash

# all.sh
#
# All that decides, step by step as the Makefile has it; but browsers beside the
# rest, since both spend most of their time waiting.

set -eu

cd "$(dirname "$0")/.."

first=(lint floors unit module inspect)
nginx=(prove asan versions off conf http real pages snippets conformance chain)
browser=(browser browser-cache browser-platforms browser-banner browser-views
         browser-guard browser-rows browser-states browser-pages)

log=objs/browser.log


steps() {
    local step start

    for step; do
        echo "== $step"
        start=$SECONDS
        make --no-print-directory "$step" || return 1
        echo "== $step: $((SECONDS - start)) s"
    done
}


t/install.sh
steps "${first[@]}"

failed=0

steps "${browser[@]}" >$log 2>&1 &
steps "${nginx[@]}" || failed=1
wait $! || failed=1

cat $log

if [ $failed = 1 ]; then
    echo "== a test failed" >&2
    exit 1
fi

echo "== all tests passed"
