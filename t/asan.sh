#!/bin/bash

# asan.sh TEST...
#
# The same tests with the module under AddressSanitizer and UBSan.  nginx
# itself stays the packaged one.

set -eu

cd "$(dirname "$0")/.."

out=$PWD/objs/asan
sanitize="-fsanitize=address,undefined -fsanitize-undefined-trap-on-error"

make --no-print-directory -j2 module OBJS="$out" LD_OPT="$sanitize" \
    CC_OPT="-O1 -fno-omit-frame-pointer $sanitize"

# libubsan would look for its options in an environment that nginx has written
# over, and say what it has found to a log that no test reads: a trap is told
# by AddressSanitizer
cat >"$out/nginx" <<END
#!/bin/sh
ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0:handle_sigill=1
ASAN_OPTIONS=\$ASAN_OPTIONS:log_path=$out/reports/report
LD_PRELOAD="$(gcc -print-file-name=libasan.so)"
export ASAN_OPTIONS LD_PRELOAD
exec ${NGX_BIN:-/usr/sbin/nginx} "\$@"
END

chmod +x "$out/nginx"

# a report may appear although every test passes; workers that are nobody write
# them too
rm -rf "$out/reports"
mkdir -m 1777 "$out/reports"

status=0
NGX_BIN=$out/nginx t/prove.sh "$out/ngx_http_consent_module.so" "$@" \
    || status=$?

for report in "$out"/reports/*; do
    [ -s "$report" ] || continue
    echo "sanitizer report $report:" >&2
    head -n 40 "$report" >&2
    status=1
done

exit $status
