#!/bin/bash

# requests.sh [MODULE]
#
# Instructions a request, in user space, of nginx without the module, with it
# but off, with it, and in report mode; and the module's as a ratio to plain.
# They are counted by callgrind (valgrind, and nghttp2-client for h2load).
#
# "split" is who accepted, and whose cookies come in two lines: those are never
# remembered.  "gzip" is a page that comes compressed and goes out so: plain
# nginx has no reason to look into it, so its number is what inflating costs it,
# and what compressing does, counted apart.
#
# PORT is the first of five ports; ROWS, an expression, what is counted; KEEP, a
# folder, has what callgrind_annotate needs.

set -eu

[ $# -eq 0 ] || set -- "$(realpath "$1")"

cd "$(dirname "$0")/../.."

module=${1:-$PWD/objs/ngx_http_consent_module.so}
nginx=${NGX_BIN:-/usr/sbin/nginx}
port=${PORT:-18900}
n=${REQUESTS:-200}

for tool in valgrind callgrind_control h2load; do
    if ! command -v $tool >/dev/null; then
        echo "requests: not run: no $tool"
        exit
    fi
done

dir=$(mktemp -d)
pids=()

# callgrind keeps a TERM for itself while nginx waits
cleanup() {
    for pid in "${pids[@]}"; do
        while kill -TERM "$pid" 2>/dev/null; do sleep .1; done
    done
    rm -rf "$dir"
}
trap cleanup EXIT

mkdir -p "$dir"/{html,tmp,logs,results}

cc -O2 -fPIC -shared -fno-builtin -o "$dir/bench_malloc.so" \
   t/bench/bench_malloc.c

cp conf/default.conf "$dir"

{
    echo "<!DOCTYPE html><html><head><title>t</title></head><body>"
    for i in $(seq 200); do
        echo "<p class=\"line\">Line $i of a page that loads nothing.</p>"
    done
    echo "</body></html>"
} >"$dir/html/page.html"

# About what a news page is made of: 3.8 start tags a KB, 60 % of it scripts,
# and no teaser as the one before, so that it compresses as pages do.  Ten
# elements of it are trackers'.
{
    echo "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>"
    for url in www.googletagmanager.com/gtag/js www.google-analytics.com/g.js \
        connect.facebook.net/en_US/fbevents.js bat.bing.com/bat.js \
        static.criteo.net/js/ld/ld.js static.hotjar.com/c/hotjar-1.js \
        securepubads.g.doubleclick.net/tag/js/gpt.js snap.licdn.com/li.js \
        analytics.tiktok.com/i18n/pixel/events.js static.ads-twitter.com/u.js
    do
        echo "<script async src=\"https://$url\"></script>"
    done
    echo "</head><body>"
    awk '
        function random(n) {
            seed = (seed * 1103 + 12345) % 1000003
            return int(seed / 7) % n
        }

        function words(n,    all, word, i) {
            all = ""
            for ( ; n > 0; n--) {
                word = ""
                for (i = random(4); i >= 0; i--) {
                    word = word substr(syllables, 1 + 2 * random(12), 2)
                }
                all = all (all == "" ? "" : " ") word
            }
            return all
        }

        BEGIN {
            syllables = "batecidofugahekilomunape"
            for (i = 0; i < 45; i++) {
                id = random(100000)
                title = words(6)
                print "<article class=\"card card--wide\" id=\"a" id "\">"
                print "<a class=\"card__link\" href=\"/news/" id "/" \
                      words(1) "\" rel=\"bookmark\">"
                print "<img class=\"card__img\" src=\"/img/" \
                      random(1000000) ".webp\" width=320 alt=\"\">"
                print "<h3 class=\"card__title\">" title "</h3></a>"
                print "<p class=\"card__text\">" words(30) ", <b>" words(3) \
                      "</b> " words(40) ".</p>"
                print "<script>window.cards = window.cards || [];" \
                      " cards.push({ id: " id ",\n    title: \"" title "\","
                for (n = 0; n < 11; n++) {
                    print "    picture" n ": { width: " random(2000) \
                          ", src: \"/img/" random(1000000) ".webp\", alt: \"" \
                          words(6) "\" },"
                }
                print "    at: \"2026-01-" 10 + random(20) "\" });</script>"
                print "</article>"
            }
        }'
    echo "</body></html>"
} >"$dir/html/real.html"

gzip -k "$dir/html/real.html"

head -c 8000 /dev/zero | tr '\0' ' ' >"$dir/html/style.css"
head -c 8000 /dev/zero >"$dir/html/image.png"
head -c 820 /dev/zero | tr '\0' ' ' >"$dir/html/api"

common="
    daemon off; master_process off; worker_processes 1;
    pid $dir/tmp/NAME.pid; error_log $dir/logs/NAME.log;
    events { worker_connections 128; }"

http="
    include /etc/nginx/mime.types; default_type application/octet-stream;
    access_log off; sendfile on; keepalive_requests 1000000;
    client_body_temp_path $dir/tmp/b; proxy_temp_path $dir/tmp/p;
    fastcgi_temp_path $dir/tmp/f; uwsgi_temp_path $dir/tmp/u;
    scgi_temp_path $dir/tmp/s;"

site="
    root $dir/html;
    proxy_http_version 1.1; proxy_set_header Connection '';
    location = /api { proxy_pass http://backend; }
    location = /proxied { proxy_pass http://backend/real.html; }
    location = /gzip {
        gunzip on; gzip on; gzip_proxied any;
        proxy_pass http://backend;
    }
    location = /gunzip { gunzip on; proxy_pass http://backend/gzip; }
    location = /deflate {
        gzip on; gzip_proxied any;
        proxy_pass http://backend/real.html;
    }"

cat >"$dir/backend.conf" <<END
${common//NAME/backend}
http {
    $http
    server {
        listen 127.0.0.1:$port; root $dir/html;
        location = /gzip {
            alias $dir/html/real.html.gz;
            types { } default_type text/html;
            add_header Content-Encoding gzip;
        }
        location = /api {
            types { } default_type application/json;
            add_header Set-Cookie "session=4f1c0a7a9be2; Path=/; HttpOnly";
            add_header Set-Cookie "lang=en; Path=/; Max-Age=31536000";
            add_header Set-Cookie "_ga=GA1.1.1.1; Path=/; Max-Age=63072000";
            add_header Set-Cookie "_fbp=fb.1.1.1; Path=/; Max-Age=7776000";
            add_header Set-Cookie "_gcl_au=1.1.1; Path=/; Max-Age=7776000";
            add_header Set-Cookie "_uetsid=4f1c0a7a; Path=/; Max-Age=86400";
        }
    }
}
END

# name, load_module, port, tables, what the server says
conf() {
    cat >"$dir/$1.conf" <<END
$2
${common//NAME/$1}
http {
    $http
    upstream backend { server 127.0.0.1:$port; keepalive 4; }
    $4
    server { listen 127.0.0.1:$3; $site $5 }
}
END
}

table="consent_table site {
    category essential required \"Needed\";
    category performance \"Performance\";
    category advertising \"Advertising\";
    category sharing \"Sharing\";
    include $dir/default.conf;
}"

conf plain "" $((port + 1)) "" ""
conf off "load_module $module;" $((port + 2)) "$table" ""
conf on "load_module $module;" $((port + 3)) "$table" "consent site;"
conf report "load_module $module;" $((port + 4)) "$table" \
     "consent site; consent_mode report;"

# name, command
start() {
    LD_PRELOAD="$dir/bench_malloc.so" "${@:2}" \
        "$nginx" -p "$dir" -c "$dir/$1.conf" >"$dir/logs/$1.out" 2>&1 &
    pids+=($!)
}

declare -A pid ports=([plain]=$((port + 1)) [off]=$((port + 2))
                      [on]=$((port + 3)) [report]=$((port + 4)))

start backend env

for name in plain off on report; do
    start $name valgrind --tool=callgrind --instr-atstart=no \
          --callgrind-out-file="$dir/results/$name"
    pid[$name]=$!
done

cookies="session=4f1c0a7a9be24c60a7b2; lang=en; theme=dark; \
_ga=GA1.1.1234567890.1764000000; _ga_ABCDEF1234=GS1.1.1764000000.1.1.1764; \
_gid=GA1.2.1234567890.1764000000; _fbp=fb.1.1764000000000.1234567890; \
_gcl_au=1.1.1234567890.1764000000; _uetsid=4f1c0a7a9be24c60a7b24f1c0a7a9be2; \
_uetvid=4f1c0a7a9be24c60a7b24f1c0a7a9be2; csrftoken=4f1c0a7a9be24c60a7b2; \
cart=4f1c0a7a-9be2-4c60-a7b2-4f1c0a7a9be2"

declare -A choice=(
    [none]=""
    [refused]="; consent=1.$(date +%s).0.-"
    [accepted]="; consent=1.$(date +%s).0.performance+advertising+sharing"
    [split]="; consent=1.$(date +%s).0.performance+advertising+sharing"
)

# server, requests, path, Sec-Fetch-Dest, choice
load() {
    more=(-H "Accept-Encoding: ${encodings-gzip, deflate, br, zstd}")
    [ "$5" != split ] || more+=(-H 'Cookie: second=line')

    h2load --h1 -c1 -n "$2" \
        -H 'Connection: keep-alive' \
        -H 'sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"' \
        -H 'sec-ch-ua-mobile: ?0' \
        -H 'sec-ch-ua-platform: "Linux"' \
        -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' \
        -H 'Accept: text/css,*/*;q=0.1' \
        -H 'Sec-Fetch-Site: same-origin' \
        -H 'Sec-Fetch-Mode: no-cors' \
        -H "Sec-Fetch-Dest: $4" \
        -H 'Referer: http://127.0.0.1/page.html' \
        -H 'Accept-Language: en-GB,en;q=0.9' \
        -H "Cookie: $cookies${choice[$5]}" "${more[@]}" \
        "http://127.0.0.1:${ports[$1]}$3" \
        | grep -q "status codes: $2 2xx"
}

# The instructions of one request.
count() {
    load "$1" 20 "${@:2}"
    callgrind_control -i on "${pid[$1]}" &>"$dir/logs/control"
    load "$1" "$n" "${@:2}"
    callgrind_control -i off "${pid[$1]}" &>"$dir/logs/control"
    callgrind_control -d "${pid[$1]}" &>"$dir/logs/control"
    out=$(find "$dir/results" -name "$1.*" | sort -V | tail -n 1)

    # for callgrind_annotate
    [ -z "${KEEP:-}" ] || cp "$out" "$KEEP/$1-${2//\//}-$4"

    echo $(($(sed -n 's/^totals: //p' "$out") / n))
}

for name in backend plain off on report; do
    for ((i = 0; i < 300; i++)); do
        port_of=${ports[$name]:-$port}
        (: >"/dev/tcp/127.0.0.1/$port_of") 2>/dev/null && break
        sleep .1
    done
done

# path, choice, then a number each
row() {
    awk -v p="$1" -v c="$2" -v a="$3" -v o="$4" -v b="$5" -v r="$6" 'BEGIN {
        printf "%-11s %-9s %9d %9s %9d %9s %7.3f\n", p, c, a, o, b, r, b / a
    }'
}

printf '%-11s %-9s %9s %9s %9s %9s %7s\n' \
    request choice plain off on report ratio

while read -r path dest choices; do
    for c in $choices; do
        [[ "$path $c" =~ ${ROWS:-.} ]] || continue

        row "$path" "$c" "$(count plain "$path" "$dest" "$c")" \
            "$(count off "$path" "$dest" "$c")" \
            "$(count on "$path" "$dest" "$c")" \
            "$(count report "$path" "$dest" "$c")"
    done
done <<END
/style.css  style    accepted split refused none
/image.png  image    accepted refused
/page.html  document accepted
/real.html  document accepted split refused none
/api        empty    accepted split refused
/proxied    document accepted refused
END

[[ "/gzip refused" =~ ${ROWS:-.} ]] || exit 0

inflated=$(encodings=identity count plain /gunzip document refused)
deflated=$(count plain /deflate document refused)
proxied=$(encodings=identity count plain /proxied document refused)

for c in accepted refused; do
    row /gzip $c $((inflated + deflated - proxied)) - \
        "$(count on /gzip document $c)" -
done
