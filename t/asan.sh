#!/bin/bash

# asan.sh TEST...
#
# The same tests with the module under AddressSanitizer and UBSan.  nginx
# itself stays the packaged one.

set -eu

cd "$(dirname "$0")/.."

out=$PWD/objs/asan
sanitize="-fsanitize=address,undefined -fno-sanitize-recover=undefined"

make --no-print-directory -j2 module OBJS="$out" LD_OPT="$sanitize" \
    CC_OPT="-O1 -fno-omit-frame-pointer $sanitize"

libraries="$(gcc -print-file-name=libasan.so)"
libraries="$libraries $(gcc -print-file-name=libubsan.so)"

cat >"$out/nginx" <<END
#!/bin/sh
ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0:log_path=$out/report
UBSAN_OPTIONS=print_stacktrace=1:log_path=$out/report
LD_PRELOAD="$libraries"
export ASAN_OPTIONS UBSAN_OPTIONS LD_PRELOAD
exec ${NGX_BIN:-/usr/sbin/nginx} "\$@"
END

chmod +x "$out/nginx"
rm -f "$out"/report.*

# a report may appear although every test passes

status=0
NGX_BIN=$out/nginx t/prove.sh "$out/ngx_http_consent_module.so" "$@" \
    || status=$?

for report in "$out"/report.*; do
    [ -s "$report" ] || continue
    echo "sanitizer report $report:" >&2
    head -n 40 "$report" >&2
    status=1
done

exit $status
