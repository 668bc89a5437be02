# Refused cookies on the way to the backend.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Back = <<'END';
location /back {
    return 200 "[$http_cookie]";
}
location /raw {
    default_type text/plain;
    echo -n $echo_client_request_headers;
}
END

sub proxied {
    my ($directives, $to) = @_;
    $to //= "back";
    return "location /t { $directives proxy_pass"
           . " http://127.0.0.1:\$TEST_NGINX_SERVER_PORT/$to; } $::Back";
}

run_tests();

__DATA__

=== refused ones are stripped
--- config eval: ::proxied('consent site;')
--- more_headers
Cookie: session=1; ad=2; mine=3; stat=4
--- response_body: [session=1; mine=3]



=== accepted ones stay
--- config eval: ::proxied('consent site;')
--- more_headers eval
"Cookie: ad=2; stat=4; " . ::choice("performance")
--- response_body_like: ^\[stat=4; consent=[^;]+\]$



=== nothing refused: the line is as it came
--- config eval: ::proxied('consent site;')
--- more_headers
Cookie: session=1;mine=3 ;  x
--- response_body: [session=1;mine=3 ;  x]



=== all refused: there is no Cookie line
--- config eval: ::proxied('consent site;', 'raw')
--- more_headers
Cookie: ad=1; stat=2
X-After: yes
--- response_body_like: (?s)\A(?!.*Cookie).*X-After: yes



=== several header lines
--- config eval: ::proxied('consent site;', 'raw')
--- more_headers eval
"Cookie: ad=1; session=2\r\nCookie: stat=3\r\nCookie: mine=4; share=5"
--- response_body_like: (?s)Cookie: session=2\r\n.*Cookie: mine=4\r\n
--- response_body_unlike: ad=1|stat=3|share=5



=== pairs without blanks between them: what is left keeps its own separators
--- config eval: ::proxied('consent site;')
--- more_headers eval
"Cookie: ad=1;a=1;b=2; c=3;;\td=4 ; stat=5;e=6"
--- response_body: [a=1;b=2; c=3; d=4;e=6]



=== nor does it grow, however many there are
--- config eval: ::proxied('consent site;')
--- more_headers eval
"Cookie: ad=1" . ";a" x 3000
--- response_body eval
"[a" . ";a" x 2999 . "]"



=== as many bytes as before, one cookie less
--- config eval: ::proxied('consent site;')
--- more_headers
Cookie: ad;ad=;b;c;d;e;f
--- response_body: [ad;b;c;d;e;f]



=== names are exact
--- config eval: ::proxied('consent site;')
--- more_headers
Cookie: Ad=1; ads=2; "ad"=3; ad =4
--- response_body: [Ad=1; ads=2; "ad"=3]



=== domain= is about that host and those beneath
--- config eval: ::proxied('consent site;')
--- request eval
["GET /t", "GET /t"]
--- more_headers eval
["Cookie: far=1; session=2\r\nHost: www.far.test",
 "Cookie: far=1; session=2\r\nHost: near.test"]
--- response_body eval
["[session=2]", "[far=1; session=2]"]



=== pass: they are not touched
--- config eval: ::proxied('consent site; consent_request_cookies pass;')
--- more_headers
Cookie: ad=1; session=2
--- response_body: [ad=1; session=2]



=== consent off: they are not touched
--- config eval: ::proxied('')
--- more_headers
Cookie: ad=1; session=2
--- response_body: [ad=1; session=2]



=== $cookie_ variables see what the backend sees
--- config
location /t {
    consent site;
    default_type text/plain;
    echo -n "[$cookie_ad] [$cookie_session] [$http_cookie]";
}
--- more_headers
Cookie: ad=1; session=2
--- response_body: [] [2] [session=2]



=== variables that the configuration itself sets keep what it set
--- http_config eval
$::Table . 'map $host $cookie_map { default mapped; }'
--- config
location /t {
    consent site;
    set $cookie_path /mine;
    set $http_if_none_match mine;
    set $seen $cookie_map;
    try_files /none @back;
}
location @back {
    return 200 "$cookie_path $http_if_none_match $cookie_map $cookie_session";
}
--- more_headers
Cookie: ad=1; session=2; path=3; map=4
If-None-Match: "r"
--- response_body: /mine mine mapped 2



=== an internal redirect starts from the request as received
--- config
location /t {
    consent site;
    proxy_pass http://127.0.0.1:1;
    error_page 502 = /off;
}
location /off {
    internal;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    return 200 "[$http_cookie]";
}
--- more_headers
Cookie: ad=1; session=2
--- response_body: [ad=1; session=2]
--- error_log
Connection refused



=== a named location after the first was already asked
--- http_config eval
$ConsentNginx::Table . 'consent_table strict { category essential required;
category every; provider P every { cookie session; } }'
--- config
location /t {
    consent site;
    proxy_pass http://127.0.0.1:1;
    error_page 502 = @other;
}
location @other {
    consent strict;
    rewrite ^ /back break;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT;
}
location /back {
    return 200 "[$http_cookie]";
}
--- more_headers
Cookie: ad=1; session=2
--- response_body: [ad=1]
--- error_log
Connection refused



=== error_page to a location where consent holds
--- config
location /t {
    proxy_pass http://127.0.0.1:1;
    error_page 502 = /on;
}
location /on {
    internal;
    consent site;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    return 200 "[$http_cookie]";
}
--- more_headers
Cookie: ad=1; session=2
--- response_body: [session=2]
--- error_log
Connection refused



=== subrequests share what the main request has left
--- config
location /t {
    consent site;
    ssi on;
    default_type text/html;
    echo -n '<!--#include virtual="/sub" -->';
}
location /sub {
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    return 200 "[$http_cookie]";
}
--- more_headers
Cookie: ad=1; session=2
--- response_body: [session=2]



=== pages are asked for without Accept-Encoding, for every grant
--- config eval: ::proxied('consent site;', 'raw')
--- more_headers eval
"Accept-Encoding: gzip\r\nSec-Fetch-Dest: document\r\nCookie: "
. ::choice("performance+advertising+sharing")
--- response_body_unlike: Accept-Encoding



=== what is no page keeps its own
--- config eval: ::proxied('consent site;', 'raw')
--- more_headers
Accept-Encoding: gzip
Sec-Fetch-Dest: image
--- response_body_like: Accept-Encoding: gzip



=== HTTP/2: a cookie a line
--- http2
--- config
location /t {
    consent site;
    default_type text/plain;
    echo -n "[$http_cookie]";
}
--- more_headers
Cookie: session=1; ad=2; mine=3
--- response_body: [session=1; mine=3]
