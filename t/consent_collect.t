# Collection points of the site itself: answered for who refused, and the
# backend is not asked.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;
use ConsentBackend;

our $Points = <<'END';
consent_table points {
    category essential required "Needed";
    category performance "Performance";
    category advertising "Advertising";

    provider "Own" advertising {
        url /metrics;
        url /caf%C3%A9;
        url "/deux mots";
        url /été;
        url /a%2Fb;
        url /gtag/js?id=AW-*;
        url */matomo.php;
        url =metrics.shop.test;
        url www.shop.test/tr;
        url beacon.test;
    }

    provider "Both" performance advertising { url /both; }
    provider "Needed" essential { url /health; }
    provider "Banner" advertising platform=onetrust { url www.shop.test/ask; }

    override url /metrics/public pass;
    provider "Public" advertising { url /metrics/public; }
}
END

our $All = "Cookie: " . choice("performance+advertising");

add_block_preprocessor(sub {
    my ($block) = @_;

    return if defined $block->must_die;

    $block->set_value("http_config",
                      $Points . $Backend . ($block->http // ""));

    # the whole site behind one backend
    if (!defined $block->config) {
        $block->set_value("config", ($block->directives // "")
                          . "consent points; location / { $Proxy "
                          . ($block->location // "") . " }");
    }
});

no_root_location();

run_tests();

__DATA__

=== who refused is answered 204, and the backend is not asked
--- request
GET /metrics
--- error_code: 204
--- response_headers
Cache-Control: no-store
Vary:
Content-Length:
--- asked



=== who accepted is answered by the backend, and what caches are told says so
--- directives
consent_tags off;
--- request
GET /metrics
--- more_headers eval: $::All
--- response_body chomp
asked for /metrics
--- response_headers
Vary: Cookie, Sec-GPC
--- asked
GET /metrics



=== all that a row asks for must be accepted
--- request eval
["GET /both", "GET /both"]
--- more_headers eval
["Cookie: " . ::choice("advertising"), $::All]
--- error_code eval
[204, 200]
--- asked
GET /both



=== what no row names is passed, and varies on nothing
--- directives
consent_tags off;
--- request
GET /metricsx
--- response_headers
Vary:
--- asked
GET /metricsx



=== 403 says what is missing, and is not stored either
--- directives
consent_collect 403;
--- request
GET /both
--- more_headers eval
"Cookie: " . ::choice("performance")
--- error_code: 403
--- response_body
this waits for consent: advertising
--- response_headers
Cache-Control: no-store
Content-Type: text/plain; charset=utf-8
--- asked



=== 403 does not go by way of error_page
--- config
consent points;
consent_collect 403;
error_page 403 /told;
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request
GET /metrics
--- error_code: 403
--- response_body
this waits for consent: advertising
--- asked



=== HEAD is answered without a body
--- directives
consent_collect 403;
--- request
HEAD /metrics
--- error_code: 403
--- response_body
--- asked



=== pass: the backend is asked, whoever asks
--- directives
consent_collect pass;
--- request
GET /metrics
--- response_body chomp
asked for /metrics
--- asked
GET /metrics



=== a location may say otherwise
--- config
consent points;
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
location /metrics { consent_collect pass; proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request eval
["GET /metrics", "GET /a%2Fb"]
--- error_code eval
[200, 204]
--- asked
GET /metrics



=== off is off
--- config
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request
GET /metrics
--- asked
GET /metrics



=== with pages off requests are judged all the same
--- directives
consent_tags off;
--- request
GET /metrics
--- error_code: 204
--- asked



=== report mode passes it, changes no header, and notes what it would have done
--- http
log_format decided "decided: $consent_decisions";
--- config
consent points;
consent_mode report;
access_log logs/error.log decided;
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request
GET /metrics
--- response_headers
Vary:
--- asked
GET /metrics
--- error_log
decided: collect /metrics



=== and enforced it is noted, too
--- http
log_format decided "decided: $consent_decisions";
--- config
consent points;
access_log logs/error.log decided;
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request
GET /x/matomo.php?idsite=1
--- error_code: 204
--- asked
--- error_log
decided: collect */matomo.php



=== regime and GPC decide here as anywhere
--- directives
consent_regime optout;
consent_gpc advertising;
--- request eval
["GET /metrics", "GET /metrics"]
--- more_headers eval
["", "Sec-GPC: 1"]
--- error_code eval
[200, 204]
--- asked
GET /metrics



=== the table's word: required, pass and the platform are never held back
--- request eval
["GET /health", "GET /metrics/public/x", "GET /ask"]
--- more_headers eval
["", "", "Host: www.shop.test"]
--- error_code eval
[200, 200, 200]
--- asked
GET /health
GET /metrics/public/x
GET /ask



=== a path whole or up to a slash, case as it is written
--- request eval
["GET /metrics/x", "GET /metrics?x=1", "GET /Metrics", "GET /metrics.js"]
--- error_code eval
[204, 204, 200, 200]
--- asked
GET /Metrics
GET /metrics.js



=== however the path is spelled that a location would be chosen by
--- request eval
["GET /%6detrics", "GET /m%65trics", "GET //metrics", "GET /x/../metrics",
 "GET /x/%2e%2e/metrics", "GET /./metrics", "GET /metrics%2Fx",
 "GET /metrics#x", "GET /metrics?", "GET /caf%C3%A9", "GET /a%2fb", "GET /a%2Fb", "GET /a/b"]
--- error_code eval
[204, 204, 204, 204, 204, 204, 204, 204, 204, 204, 200, 204, 200]
--- asked
GET /a%2fb
GET /a/b



=== a row's letters and spaces are those of a URL, however both are written
--- request eval
["GET /%C3%A9t%C3%A9", "GET /\xc3\xa9t\xc3\xa9/x", "GET /deux%20mots",
 "GET /deux%20mot", "GET /caf\xc3\xa9", "GET /%C3%A9t%25C3%25A9"]
--- error_code eval
[204, 204, 204, 200, 204, 200]



=== slashes that nginx leaves for the backend to merge
--- directives
merge_slashes off;
--- request eval
["GET //metrics", "GET /metrics///x", "GET //", "GET //cafe"]
--- error_code eval
[204, 204, 200, 200]
--- asked
GET //
GET //cafe



=== arguments: of a row by name, in any order, however long the rest is
--- request eval
["GET /gtag/js?id=AW-1", "GET /gtag/js?x=1&id=AW-1", "GET /gtag/js?id=G-1",
 "GET /gtag/js?i%64=AW-1", "GET /gtag/js?x=" . "y" x 4000 . "&id=AW-1",
 "GET /gtag/js"]
--- error_code eval
[204, 204, 200, 204, 204, 200]
--- asked
GET /gtag/js?id=G-1
GET /gtag/js



=== a row with a host is the site's own where the browser asks that host
--- request eval
["GET /tr", "GET /tr", "GET /any", "GET /any", "GET /x", "GET /tr"]
--- more_headers eval
["Host: www.shop.test", "Host: shop.test", "Host: metrics.shop.test",
 "Host: METRICS.shop.test.:8080", "Host: eu.beacon.test",
 "Host: www.shop.test:8080"]
--- error_code eval
[204, 200, 204, 204, 204, 204]
--- asked
GET /tr



=== without a Host the site's own rows count
--- talk eval
"GET /metrics HTTP/1.0\r\n\r\n"
--- request
GET /metrics
--- heard: 204
--- error_code: 204
--- asked



=== a target that is an absolute URL
--- request
GET /metrics
--- error_code: 204
--- talk eval
["GET http://x.test/metrics HTTP/1.1\r\nHost: x.test\r\n\r\n",
 "GET http://x.test HTTP/1.1\r\nHost: x.test\r\n\r\n",
 "GET http://www.shop.test?x=/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]
--- heard: 204 200 200
--- asked
GET /
GET /?x=/metrics



=== what the browser asked for counts, whatever it is rewritten to
--- config
consent points;
location /metrics { rewrite ^ /index.php?page=metrics last; }
location /tr { rewrite ^ /index.php last; }
location /gtag { rewrite ^ /index.php? last; }
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request eval
["GET /metrics", "GET /tr", "GET /gtag/js?x=" . "y" x 4000 . "&id=AW-1"]
--- more_headers eval
["", "Host: www.shop.test", ""]
--- error_code eval
[204, 204, 204]
--- asked



=== and what it is rewritten to, whatever the browser asked for
--- config
consent points;
location = /m { rewrite ^ /metrics last; }
location = /g { rewrite ^ /gtag/js?id=AW-1 last; }
location = /n { rewrite ^ /nothing last; }
location = /e { rewrite ^ /été/x last; }
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request eval
["GET /m", "GET /g", "GET /n", "GET /e"]
--- error_code eval
[204, 204, 200, 204]
--- asked
GET /nothing



=== by an internal redirect, too
--- config
consent points;
error_page 404 = /metrics;
location /m { try_files /none /metrics; }
location /missing { return 404; }
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request eval
["GET /m", "GET /missing"]
--- error_code eval
[204, 204]
--- asked



=== a subrequest is the server's own
--- config
consent points;
location = /page { echo_subrequest GET /metrics; }
location / { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request
GET /page
--- error_code: 200
--- asked
GET /metrics



=== neither mirror nor post_action tells anybody
--- config
consent points;
location /metrics {
    mirror /mirrored;
    post_action /told;
    proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:;
}
location /both {
    consent_collect 403;
    post_action /told;
}
location /told {
    consent_collect 403;
    proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:;
}
location /mirrored { proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:; }
--- request eval
["POST /metrics\nx=1", "GET /both"]
--- error_code eval
[204, 403]
--- response_body eval
["", "this waits for consent: performance+advertising\n"]
--- asked



=== where visitors choose is never answered by it
--- config
consent points;
consent_uri /metrics/;
location /metrics/ { consent_pages; }
--- request
GET /metrics/choice
--- response_body_like: "state"



=== a navigation and a preflight are answered as well: they ask the backend
--- request eval
["GET /metrics", "OPTIONS /metrics", "PUT /metrics\nx"]
--- more_headers eval
["Sec-Fetch-Dest: document",
 "Origin: http://a.test\nAccess-Control-Request-Method: PUT", ""]
--- error_code eval
[204, 204, 204]
--- asked



=== what nginx answers itself to a preflight goes first
--- config
consent points;
location / {
    if ($request_method = OPTIONS) {
        add_header Access-Control-Allow-Origin https://shop.test;
        return 204;
    }
    proxy_pass http://unix:$TEST_NGINX_HTML_DIR/back.sock:;
}
--- request
OPTIONS /metrics
--- error_code: 204
--- response_headers
Access-Control-Allow-Origin: https://shop.test
--- asked



=== a body is discarded, and the connection goes on
--- request
GET /metrics
--- error_code: 204
--- talk eval
["POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /"
 . "GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]
--- heard: 204 200
--- asked
GET /next



=== a body that comes later, in pieces
--- request
GET /metrics
--- error_code: 204
--- talk eval
["POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n", "GET /",
 " HTTPGET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]
--- heard: 204 200
--- asked
GET /next



=== a chunked body, in one piece and in many
--- request
GET /metrics
--- error_code: 204
--- talk eval
["POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\n\r\n"
 . "POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
 "5\r\nGE", "T /\r", "\n0\r\n", "\r\nGET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]
--- heard: 204 204 200
--- asked
GET /next



=== a big body, and a bigger one than nginx takes
--- location
client_max_body_size 4m;
--- request
GET /metrics
--- error_code: 204
--- talk eval
["POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n",
 ("x" x 1000000) x 3,
 "GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]
--- heard: 204 200
--- asked
GET /next



=== past client_max_body_size nginx answers first
--- location
client_max_body_size 10;
--- request
GET /metrics
--- error_code: 204
--- talk eval
"POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nConnection: close\r\n\r\n12345678901"
--- heard: 413
--- asked



=== Expect: 100-continue
--- request
GET /metrics
--- error_code: 204
--- talk eval
["POST /metrics HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
 "12345", "GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]
--- heard: 100 204 200
--- asked
GET /next



=== a chunked body that is none ends the connection
--- request
GET /metrics
--- error_code: 204
--- talk eval
"POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n"
--- heard: 400
--- asked



=== pipelined
--- request
GET /metrics
--- error_code: 204
--- talk eval
"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" x 3
. "GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
--- heard: 204 204 204 200
--- asked
GET /next



=== HTTP/2: bodies, and one connection all the same
--- http2
--- request
GET /metrics
--- error_code: 204
--- location
client_max_body_size 4m;
--- talk2
POST:/metrics:3 POST:/metrics:60000 GET:/next:0 POST:/metrics:3000000
POST:/next:3 GET:/metrics:0
--- heard2: 204 204 200 204 200 204
--- asked
GET /next
POST /next



=== another word is an error
--- config
consent_collect 200;
--- must_die
--- error_log eval
qr/invalid value "200" in .*nginx\.conf:\d+/
