#!/bin/bash

# versions.sh TEST...
#
# The same tests on the nginx of other Debian suites, without building nginx:
# its packages and the libraries they need are unpacked into a folder, and
# nginx is run with that folder's own dynamic linker.

set -eu

suites="trixie sid"

packages=(
    nginx nginx-dev libnginx-mod-http-echo
    libnginx-mod-http-headers-more-filter
    libnginx-mod-http-brotli-filter libnginx-mod-http-brotli-static
    libc6 libssl3t64 libcrypt1 libpcre2-8-0 zlib1g libzstd1 libbrotli1
)

# trixie has none
zstd=(libnginx-mod-http-zstd-filter libnginx-mod-http-zstd-static)

cd "$(dirname "$0")/.."

arch=$(gcc -print-multiarch)

for suite in $suites; do
    dir=$PWD/objs/versions/$suite
    root=$dir/root

    more=()
    [ "$suite" != sid ] || more=("${zstd[@]}")
    want="${packages[*]} ${more[*]}"

    if [ ! -f "$dir/nginx" ] || [ "$(cat "$dir/packages" 2>&1)" != "$want" ]
    then
        echo "== downloading nginx of Debian $suite"
        rm -rf "$dir"
        mkdir -p "$root"
        t/suite.sh "$suite" "$dir" "${packages[@]}" "${more[@]}"

        for deb in "$dir"/*.deb; do
            dpkg-deb -x "$deb" "$root"
        done

        rm -f "$dir"/*.deb

        linker=$(find "$root/usr/lib/$arch" -name 'ld-linux*' | head -n 1)

        cat >"$dir/nginx" <<END
#!/bin/sh
exec $linker --library-path $root/usr/lib/$arch \\
    --argv0 nginx $root/usr/sbin/nginx "\$@"
END
        chmod +x "$dir/nginx"
        echo "$want" >"$dir/packages"
    fi

    echo "== Debian $suite: $("$dir/nginx" -v 2>&1)"

    make -s --no-print-directory -j2 module OBJS="$dir/objs" \
        NGX_SRC="$root/usr/share/nginx/src"

    [ $# -eq 0 ] \
        || NGX_BIN=$dir/nginx NGX_MODULES=$root/usr/lib/nginx/modules \
           t/prove.sh "$dir/objs/ngx_http_consent_module.so" "$@"
done
