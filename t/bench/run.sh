#!/bin/bash

# run.sh [--markdown]
#
# What the module costs, beside what else could do its work: one run, one table,
# objs/bench/results.json and growth.svg.  --markdown: writes the README's table
# from the run before.
#
# PART=core,nginx     some parts only: core nginx proxied types table memory
#                     growth, and shapes and source, which tell of themselves
# ROUNDS=5            interleaved rounds
# CORPUS=folder       pages that are measured besides those made here; default:
#                     those of CONSENT_DATA, if it is set
# PORT=18950          the first port
#
# No number decides: it fails only if a part cannot be run.

set -eu

cd "$(dirname "$0")/../.."

main() {
    local part parts status work

    work=${BENCH_WORK:-$PWD/objs/bench}
    parts=${PART:-core,nginx,proxied,types,table,memory,growth,shapes,source}

    if [ "${1:-}" = --markdown ]; then
        exec perl t/bench/report.pl --markdown
    fi

    mkdir -p "$work"
    make -s module

    t/bench/install.sh "$work/peers"

    if ! perl t/bench/corpus.pl --check "$work/corpus"; then
        rm -rf "$work/corpus"
        perl t/bench/corpus.pl "$work/corpus"
    fi

    if [ -z "${CORPUS:-}${CONSENT_DATA:-}" ]; then
        echo "bench: real pages: not run: no CORPUS, no CONSENT_DATA"
    fi

    rm -rf "$work/parts"
    status=0

    for part in ${parts//,/ }; do
        echo "== bench: $part" >&2

        case $part in
        shapes)
            make -s objs/page_tool
            perl t/bench/shapes.pl objs/page_tool "$work/shapes" || status=1
            ;;
        source)
            t/bench/source.sh || status=1
            ;;
        *)
            perl "t/bench/$part.pl" || status=1
            ;;
        esac
    done

    perl t/bench/report.pl || status=1

    return $status
}


main "$@"
