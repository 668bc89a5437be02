#!/bin/bash

# Installs what the tests need and is missing.  Without root it says what.

set -eu

packages=(
    ca-certificates gcc libc6-dev make binutils perl curl
    nginx nginx-dev libpcre2-dev
    libnginx-mod-http-echo libnginx-mod-http-headers-more-filter
    libnginx-mod-http-brotli-filter libnginx-mod-http-brotli-static
    clang clang-format shellcheck
    chromium nodejs openssl terser
    varnish python3-django
)

policy=/usr/sbin/policy-rc.d


main() {
    local missing=()

    if ! command -v dpkg-query >/dev/null; then
        echo "not Debian: the tests need what these packages have:" \
             "${packages[*]} libtest-nginx-perl" >&2
        return
    fi

    for package in "${packages[@]}"; do
        installed "$package" || missing+=("$package")
    done

    # nodejs of other origins brings it along, and conflicts with this package
    command -v npm >/dev/null || missing+=(npm)

    installed libtest-nginx-perl || missing+=(libtest-nginx-perl)

    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi

    if [ "$(id -u)" -ne 0 ]; then
        echo "missing packages: ${missing[*]}" >&2
        echo "as root: t/install.sh (libtest-nginx-perl is in Debian sid)" >&2
        exit 1
    fi

    echo "== installing ${missing[*]}"

    export DEBIAN_FRONTEND=noninteractive

    # the packaged nginx would start on port 80: nobody has asked for that
    if [ ! -e $policy ]; then
        trap 'rm -f $policy' EXIT
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod +x $policy
    fi

    apt-get update -qq

    if [ "${missing[-1]}" = libtest-nginx-perl ]; then
        unset "missing[-1]"
    fi

    if [ ${#missing[@]} -gt 0 ]; then
        apt-get install -y -qq --no-install-recommends "${missing[@]}" \
            >/dev/null
    fi

    if ! installed libtest-nginx-perl; then
        install_test_nginx
    fi
}


installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}


# bookworm has no Test::Nginx.  It is all Perl, and everything it depends on
# is in bookworm: this package alone is taken from sid, and nothing of that
# stays in /etc/apt.

install_test_nginx() {
    local dir

    dir=$(mktemp -d)
    t/suite.sh sid "$dir" libtest-nginx-perl
    chmod 755 "$dir"
    apt-get install -y -qq --no-install-recommends \
        "$dir"/libtest-nginx-perl_*.deb >/dev/null
    rm -rf "$dir"
}


cd "$(dirname "$0")/.."
main
