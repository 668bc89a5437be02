#!/bin/bash

# conf.sh MODULE
#
# "nginx -t" of every shipped configuration, and of every one that the README
# shows: it passes, without a warning.

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

    readme
    exit $status
}


# A block of the README is read as it is printed.  What is put around it is
# what its first word needs; the text before it must have named the rest.

readme() {
    local block word line n=0
    local table='category essential required;
        category performance; category advertising; category sharing;'
    local server='listen 8080; consent site;'

    ln -s . "$prefix/conf/consent"
    mkdir -p "$prefix/conf/readme" "$prefix/archive"

    awk -v dir="$prefix/conf/readme" '
        /^```nginx$/ { file = dir "/" NR ".conf"; next }
        /^```$/ { file = "" }
        file { print >file }' README.md

    # as above: folders of its own, and no port that needs root
    sed -i -e "s|/var/log/nginx|$prefix/logs|" -e "s|listen 80;|listen 8080;|" \
        -e "s|/var/lib/nginx/consent|$prefix/archive|" "$prefix"/conf/readme/*

    for block in "$prefix"/conf/readme/*.conf; do
        line=$(basename "$block" .conf)
        word=$(awk '{ print $1; exit }' "$block")

        {
            [ "$word" = load_module ] \
                || echo "load_module modules/ngx_http_consent_module.so;" \
                        "events { }"

            set -- "include readme/$line.conf;"

            case $word in
            load_module)
                echo "$1"
                ;;
            consent_table | consent_archive | map)
                echo "http { access_log off; $1"
                grep -q 'server {' "$block" || echo "server { listen 8080; }"
                grep -q keys_zone "$block" || ! grep -q proxy_cache "$block" \
                    || echo "proxy_cache_path temp keys_zone=pages:1m;"
                echo "}"
                ;;
            provider)
                echo "http { access_log off; consent_table site { $table $1 }"
                echo "server { $server } }"
                ;;
            *)
                echo "http { access_log off; include proof.conf;"
                echo "consent_table site { $table include default.conf; }"
                echo "server { $server $1"
                grep -q consent_pages "$block" \
                    || echo "location /consent/ { consent_pages; }"
                echo "} }"
                ;;
            esac
        } >"$prefix/conf/readme-$line.conf"

        check "readme-$line.conf"
        n=$((n + 1))
    done

    if [ $n -ne "$(grep -c '^```nginx' README.md)" ]; then
        echo "README.md: not every block of nginx was read" >&2
        status=1
    fi
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
