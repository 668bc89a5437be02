#!/bin/sh

# The example site: "start" builds the module, starts nginx and shows what a
# visitor gets for each choice; "show" shows it again; "stop" ends it.
#
# It stays in objs/demo and on 127.0.0.1; another port: DEMO_PORT=9090.

set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$root/objs/demo
module=$root/objs/ngx_http_consent_module.so

port=${DEMO_PORT:-8080}
backend_port=$((port + 1))
site=http://127.0.0.1:$port
backend=http://127.0.0.1:$backend_port

packages="nginx nginx-dev libpcre2-dev gcc libc6-dev make curl ca-certificates"

# one of each kind, and one that no row names, as a browser would send them
browser_cookies="PHPSESSID=1; theme=light; _ga=1; _pk_id.1.1fff=1;\
 kameleoonVisitorCode=1; _gcl_au=1; cto_bundle=1; _fbp=1; li_fat_id=1"

pages="/ /watch.html /order.html"

# nginx is not in an ordinary user's path
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin


main() {
    case ${1:-} in
    start)
        stop
        install_packages
        build
        start
        show
        say "It stays up: open $site/ and choose in its banner;" \
            "the policy is $site/consent/policy"
        say "\"make demo-stop\" ends it."
        ;;
    show)
        show
        ;;
    stop)
        stop
        say "The example site is down."
        ;;
    *)
        echo "usage: $0 start | show | stop" >&2
        exit 2
        ;;
    esac
}


say() {
    printf '==> %s\n' "$*"
}


fail() {
    printf '%s: %s\n' "$0" "$*" >&2
    exit 1
}


install_packages() {
    missing=

    if ! command -v dpkg-query >/dev/null; then

        # not Debian: it is up to the user where these come from
        for command in nginx cc make curl; do
            command -v "$command" >/dev/null || missing="$missing $command"
        done

        [ -z "$missing" ] || fail "please install:$missing"
        return
    fi

    for package in $packages; do
        # shellcheck disable=SC2016  # the format is dpkg's
        case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>&1) in
        ii*) ;;
        *) missing="$missing $package" ;;
        esac
    done

    [ -n "$missing" ] || return 0

    if [ "$(id -u)" -ne 0 ]; then
        fail "please install, as root: apt-get install$missing"
    fi

    say "Installing$missing"

    # the packaged nginx would start on port 80: nobody has asked for that
    policy=/usr/sbin/policy-rc.d

    if [ -e $policy ]; then
        policy=
    else
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod +x $policy
        trap 'rm -f "$policy"' EXIT
        trap 'exit 1' INT TERM
    fi

    export DEBIAN_FRONTEND=noninteractive

    apt-get update
    # shellcheck disable=SC2086  # a list
    apt-get install -y --no-install-recommends $missing

    if [ -n "$policy" ]; then
        rm -f "$policy"
        trap - EXIT INT TERM
    fi
}


build() {
    say "Building the module"

    make -s -C "$root" module
    [ -f "$module" ] || fail "\"make module\" has not built $module"
}


start() {
    for p in "$port" "$backend_port"; do
        if is_answered "http://127.0.0.1:$p/"; then
            fail "port $p is in use by another program;" \
                 "end it, or choose another: DEMO_PORT=9090 make demo"
        fi
    done

    say "Starting nginx on $site"

    rm -rf "$dir"
    mkdir -p "$dir/conf" "$dir/logs" "$dir/modules" "$dir/temp"

    cp "$module" "$dir/modules/"
    cp "$root/conf/default.conf" "$root/conf/proof.conf" "$dir/conf/"
    cp -R "$root/conf/ui" "$dir/conf/"
    cp -R "$root/conf/demo/site" "$dir/"
    sed -e "s/127\.0\.0\.1:8080/127.0.0.1:$port/" \
        -e "s/127\.0\.0\.1:8081/127.0.0.1:$backend_port/" \
        "$root/conf/demo/nginx.conf" >"$dir/conf/nginx.conf"

    # the tree may be where only root may read, such as /root
    if [ "$(id -u)" -eq 0 ]; then
        set -- -g "user root;"
    else
        set --
    fi

    nginx -p "$dir/" -e logs/error.log -c conf/nginx.conf "$@" \
        || fail "nginx has not started, see above"

    for _ in 1 2 3 4 5 6 7 8 9 10; do
        if is_answered "$site/" && is_answered "$backend/"; then
            return
        fi

        sleep 0.5
    done

    tail -n 5 "$dir/logs/error.log" >&2
    stop
    fail "nginx does not answer on $site"
}


# nothing to stop is no mistake

stop() {
    pid=$(cat "$dir/nginx.pid" 2>/dev/null) || pid=

    [ -n "$pid" ] && kill -QUIT "$pid" 2>/dev/null || return 0

    for _ in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.2
    done

    # a browser keeps a connection open
    kill -TERM "$pid" 2>/dev/null || true
    sleep 0.5
}


# anything that takes a connection

is_answered() {
    code=0
    curl -s -o /dev/null --max-time 2 "$1" || code=$?

    # 7: nobody listens
    [ "$code" -ne 7 ]
}


# The three choices are made as a browser makes them; what the site then
# answers is kept in files: NAME.head, NAME.PAGE.html, NAME.seen.

show() {
    is_answered "$site/" || fail "the example site is not up: $0 start"

    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' INT TERM

    fetch backend "$backend" ""
    printf '%s\n' "$browser_cookies" >"$work/backend.seen"

    fetch refused "$site" "$(choose accept=none)"
    fetch performance "$site" "$(choose accept=performance)"
    fetch everything "$site" "$(choose accept=all)"

    printf '\n%-46s %-8s %s\n' "" backend "visitor who chose"
    printf '%-46s %-8s %-9s %-12s %s\n' "" sent nothing performance \
        everything

    heading "Set-Cookie"
    names_of "$work/backend.head" | while read -r name; do
        compare "$name" sent stripped set_cookie
    done

    for page in $pages; do
        heading "Tags of $page"
        tags "$page"
    done

    heading "Cookies that the backend saw"
    printf '%s\n' "$browser_cookies" | tr ';' '\n' | sed 's/^ *//; s/=.*//' \
        | while read -r name; do
        compare "$name" - hidden seen
    done

    heading "Records of these choices, in objs/demo/logs/choices.log"
    tail -n 3 "$dir/logs/choices.log" | cut -c 1-130 | sed 's/^/  /'

    printf '\n'
    rm -rf "$work"
    trap - EXIT INT TERM
}


# Makes a choice and prints the cookie that keeps it, "consent=...".

choose() {
    cookie=$(curl -sS -o /dev/null -D - -H "Origin: $site" -d "$1" \
                  "$site/consent/choice" \
             | tr -d '\r' \
             | sed -n 's/^[Ss]et-[Cc]ookie: *\(consent=[^;]*\).*/\1/p')

    [ -n "$cookie" ] || fail "POST $site/consent/choice with $1 sets no cookie"

    printf '%s' "$cookie"
}


fetch() {
    [ -n "$3" ] || [ "$1" = backend ] || exit 1

    for page in $pages; do
        curl -sS -D "$work/$1.head" -H "Cookie: ${3:-none=1}" \
             -o "$work/$1.$(file_of "$page")" "$2$page"
    done

    curl -sS -H "Cookie: $browser_cookies; $3" -o "$work/$1.seen" "$2/cookies"
}


file_of() {
    case $1 in
    /) echo index.html ;;
    *) echo "${1#/}" ;;
    esac
}


heading() {
    printf '\n%s\n' "$1"
}


names_of() {
    tr -d '\r' <"$1" \
        | sed -n 's/^[Ss]et-[Cc]ookie: *\([^=;]*\)=.*/\1/p'
}


# A line of the table: for each of the three visitors "kept", or what happened
# instead.

compare() {
    printf '  %-44s %-8s' "$1" "$2"

    for visitor in refused performance everything; do
        result=$3

        if "has_$4" "$work/$visitor" "$1"; then
            result=kept
        fi

        case $visitor in
        refused) printf ' %-9s' "$result" ;;
        performance) printf ' %-12s' "$result" ;;
        everything) printf ' %s\n' "$result" ;;
        esac
    done
}


has_set_cookie() {
    names_of "$1.head" | grep -Fqx -e "$2"
}

has_seen() {
    tr ';' '\n' <"$1.seen" | sed 's/^ *//; s/=.*//' | grep -Fqx -e "$2"
}


# Every tag of the pages stands between a comment that names it and an empty
# line: it is kept if those lines are what the backend sent, to the byte.

tags() {
    file=$(file_of "$1")

    awk '
        FNR == 1 { visitor++; label = "" }

        /^<!-- .* -->$/ {
            label = substr($0, 6, length($0) - 9)
            if (visitor == 1) {
                labels[++n] = label
            }
            next
        }

        /^$/ { label = "" }

        label != "" { text[visitor, label] = text[visitor, label] $0 "\n" }

        function waits(s) {
            if (!match(s, /data-consent="[^"]*"/)) {
                return ""
            }

            return "(" substr(s, RSTART + 14, RLENGTH - 15) ")"
        }

        END {
            for (i = 1; i <= n; i++) {
                printf "  %-44s %-8s", labels[i], "sent"

                for (v = 2; v <= 4; v++) {
                    same = text[v, labels[i]] == text[1, labels[i]]
                    printf v == 3 ? " %-12s" : v == 2 ? " %-9s" : " %-11s",
                           same ? "kept" : "held"
                }

                # what it waits for
                printf "%s\n", waits(text[2, labels[i]])
            }
        }
    ' "$work/backend.$file" "$work/refused.$file" \
      "$work/performance.$file" "$work/everything.$file"
}


main "$@"
