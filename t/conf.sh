#!/bin/bash

# conf.sh MODULE
#
# "nginx -t" of every shipped configuration: it passes, without a warning.

set -eu

module=$(realpath "$1")
nginx=${NGX_BIN:-/usr/sbin/nginx}

cd "$(dirname "$0")/.."

prefix=$PWD/objs/conf
status=0


main() {
    rm -rf "$prefix"
    mkdir -p "$prefix/modules" "$prefix/logs" "$prefix/temp"
    cp "$module" "$prefix/modules/"
    cp -R conf "$prefix/"

    # as demo.sh does
    cp -R conf/default.conf conf/proof.conf conf/ui "$prefix/conf/demo/"

    # a log of its own, and no port that needs root: nothing else is changed
    sed -i -e "s|/var/log/nginx|$prefix/logs|" -e "s|listen 80;|listen 8080;|" \
        "$prefix/conf/nginx.conf"

    check nginx.conf
    check demo/nginx.conf

    # a table alone, as a site would include it
    local table
    for table in default ovh; do
        cat >"$prefix/conf/$table-only.conf" <<END
load_module modules/ngx_http_consent_module.so;
events { }
http {
    access_log off;
    consent_table site {
        category essential required "Needed for the site to work";
        category performance "Site performance and customisation";
        category advertising "Targeted advertising";
        category sharing "Sharing on third-party platforms";
        include $table.conf;
    }
    server { listen 8080; consent site; }
}
END
        check $table-only.conf
    done

    exit $status
}


check() {
    local out pid=()

    # nginx's own place for it may need root
    grep -q '^pid ' "$prefix/conf/$1" || pid=(-g "pid $prefix/nginx.pid;")

    if ! out=$("$nginx" -t -p "$prefix/" -e stderr -c "conf/$1" \
               "${pid[@]}" 2>&1) \
        || grep -q '\[warn\]' <<<"$out"
    then
        printf '%s\n' "$out" >&2
        echo "conf/$1: nginx -t has failed or warned" >&2
        status=1
        return
    fi

    echo "conf/$1: nginx -t passes without a warning"
}


main
