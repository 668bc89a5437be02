#!/bin/bash

# The table's look-ups and compile time, time a byte on adversarial shapes,
# instructions to read a consent platform's cookies, instructions a request, and
# the core over pages where CONSENT_DATA has them.

set -eu

cd "$(dirname "$0")/../.."

mkdir -p objs/bench

t/bench/table.sh

make -s objs/page_tool
perl t/bench/shapes.pl objs/page_tool objs/bench/shapes

t/bench/source.sh

make -s module
t/bench/requests.sh

if [ -z "${CONSENT_DATA:-}" ]; then
    echo "core over pages: not run: CONSENT_DATA is not set"
    exit
fi

make -s pages >objs/bench/pages.log || { cat objs/bench/pages.log; exit 1; }

mapfile -t pages < <(find objs/pages/corpus -type f | sort)

for granted in "" performance performance+advertising+sharing; do
    printf 'core, accepted "%s": ' "$granted"
    objs/page_tool -t ${granted:+-g "$granted"} objs/pages/table.tsv \
        "${pages[@]}"
done
