# What is remembered of a Cookie line, and which requests and responses need no
# look at it: nothing of either may be seen from outside.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# what a backend gets, and what is said of it afterwards
sub at {
    my ($name, $directives) = (@_, "");
    return <<"END";
location /$name {
    consent site; $directives
    add_header X-Was "\$consent_cookies_stripped \$consent_decisions";
    proxy_pass http://127.0.0.1:\$TEST_NGINX_SERVER_PORT/back;
}
END
}

our $Back = 'location /back { return 200 "[$http_cookie]"; }';

run_tests();

__DATA__

=== the same line again: the same answer, and the same is counted
--- config eval: ::at('t') . $::Back
--- request eval
["GET /t", "GET /t", "GET /t"]
--- more_headers
Cookie: session=1; ad=2; stat=3; ad=4; mine=5
--- response_body eval
[("[session=1; mine=5]") x 3]
--- response_headers eval
[("X-Was: 3 cookie ad x2; cookie stat") x 3]



=== lines that are as long and end alike
--- config eval: ::at('t') . $::Back
--- request eval
["GET /t", "GET /t", "GET /t", "GET /t"]
--- more_headers eval
[map "Cookie: " . ::choice($_) . "; ad=2; stat=3; session=" . "x" x 99,
 "performance", "advertising", "performance", "advertising"]
--- response_body_like eval
[map qr/^\[consent=[^;]+; $_=\d; session=x+\]$/, "stat", "ad", "stat", "ad"]



=== several lines: the same answer again, and each keeps what is its own
--- config eval: ::at('t') . $::Back
--- request eval
["GET /t", "GET /t", "GET /t"]
--- more_headers
Cookie: session=0123456789; ad=2
Cookie: stat=3
Cookie: mine=5; ad=4
--- response_body_like eval
[(qr/^\[session=0123456789[;,] mine=5\]$/) x 3]
--- response_headers eval
[("X-Was: 3 cookie ad x2; cookie stat") x 3]



=== lines that are cut at another place are other lines
--- config eval: ::at('t') . $::Back
--- request eval
["GET /t", "GET /t", "GET /t"]
--- more_headers eval
[map "Cookie: session=0123456789\n$_", "Cookie: a\nCookie: d=2\n",
 "Cookie: ad=\nCookie: 2\n", "Cookie: a\nCookie: d=2\n"]
--- response_body_like eval
[qr/^\[session=0123456789[;,] a[;,] d=2\]$/,
 qr/^\[session=0123456789[;,] 2\]$/,
 qr/^\[session=0123456789[;,] a[;,] d=2\]$/]



=== lines that begin as those before did
--- config eval: ::at('t') . $::Back
--- request eval
["GET /t", "GET /t", "GET /t"]
--- more_headers eval
[map "Cookie: session=0123456789\nCookie: $_\n", "m=1", "m=1; ad=2", "m=1"]
--- response_body_like eval
[(qr/^\[session=0123456789[;,] m=1\]$/) x 3]



=== the same line with and without GPC
--- config eval: ::at('t', 'consent_regime optout;') . $::Back
--- request eval
["GET /t", "GET /t", "GET /t"]
--- more_headers eval
["Cookie: session=0123456789; ad=1; stat=2\n",
 "Cookie: session=0123456789; ad=1; stat=2\nSec-GPC: 1\n",
 "Cookie: session=0123456789; ad=1; stat=2\n"]
--- response_body eval
["[session=0123456789; ad=1; stat=2]", "[session=0123456789; stat=2]",
 "[session=0123456789; ad=1; stat=2]"]



=== the same line in two locations
--- config eval
::at('t') . ::at('strict', 'consent_unknown_cookies strip;')
. ::at('pass', 'consent_request_cookies pass;')
. ::at('optout', 'consent_regime optout;') . $::Back
--- request eval
["GET /t", "GET /strict", "GET /pass", "GET /optout", "GET /t"]
--- more_headers
Cookie: mine=0123456789; ad=1; session=2
--- response_body eval
["[mine=0123456789; session=2]", "[session=2]",
 "[mine=0123456789; ad=1; session=2]", "[mine=0123456789; ad=1; session=2]",
 "[mine=0123456789; session=2]"]



=== ... that ask other sources
--- config eval
::at('t') . ::at('later', 'consent_source cookie revision=5;') . $::Back
--- request eval
["GET /t", "GET /later", "GET /t"]
--- more_headers eval
"Cookie: session=0123456789; ad=1; " . ::choice("advertising")
--- response_body_like eval
[qr/ad=1/, qr/^\[session=0123456789; consent=[^;]+\]$/, qr/ad=1/]



=== the same line at two hosts
--- http_config
consent_table site {
    category essential required "E";
    category advertising "A";
    provider "P" advertising { cookie there domain=shop.example; }
}
--- config eval: ::at('t') . $::Back
--- request eval
["GET /t", "GET /t", "GET /t"]
--- more_headers eval
["Host: stop.example\nCookie: session=0123456789; there=1\n",
 "Host: shop.example\nCookie: session=0123456789; there=1\n",
 "Host: stop.example\nCookie: session=0123456789; there=1\n"]
--- response_body eval
["[session=0123456789; there=1]", "[session=0123456789]",
 "[session=0123456789; there=1]"]



=== the same line of another size of what is left
--- config eval: ::at('t') . $::Back
--- request eval
["GET /t", "GET /t"]
--- more_headers eval
"Cookie: " . CORE::join("; ", map "ad=$_", 1 .. 40) . "; session=1; x=" . "y" x 3000
--- response_body eval
[("[session=1; x=" . "y" x 3000 . "]") x 2]
--- response_headers eval
[("X-Was: 40 cookie ad x40") x 2]



=== a choice that has expired since is none
--- config
location /t {
    if ($msec ~ "^(\d+)") { set $kept $1; }
    echo_location /ask $kept;
    echo_sleep 5;
    echo_location /ask $kept;
}
location /ask {
    proxy_set_header Cookie "consent=1.$args.0.performance; session=1";
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/told;
}
location /told {
    consent site;
    consent_source cookie max_age=3s;
    return 200 "[$consent_state]";
}
--- response_body: [decided][unset]
--- timeout: 20



=== the id is the request's own, however the line came
--- config
location /t { consent site; return 200 "$consent_id"; }
--- request eval
["GET /t", "GET /t"]
--- more_headers eval
"Cookie: session=0123456789; " . ::choice("performance") . ".abc-123; stat=1"
--- response_body eval
["abc-123", "abc-123"]



=== a name is another one at another host, in another location, to others
--- http_config
consent_table site {
    category essential required "E";
    category advertising "A";
    provider "P" advertising { cookie there domain=shop.example; cookie adverts; }
}
--- config
location /t {
    consent site;
    add_header Set-Cookie there=1; add_header Set-Cookie adverts=2;
    add_header Set-Cookie mine_too=3;
    echo -n x;
}
location /strict {
    consent site; consent_unknown_cookies strip;
    add_header Set-Cookie there=1; add_header Set-Cookie adverts=2;
    add_header Set-Cookie mine_too=3;
    echo -n x;
}
--- request eval
["GET /t", "GET /t", "GET /strict", "GET /t", "GET /t"]
--- more_headers eval
["Host: stop.example", "Host: shop.example", "Host: stop.example",
 "Host: shop.example\nCookie: " . ::choice("advertising"),
 "Host: stop.example"]
--- raw_response_headers_like eval
[qr/\A(?!.*adverts=2).*there=1.*mine_too=3/s,
 qr/\A(?!.*adverts=2)(?!.*there=1).*mine_too=3/s,
 qr/\A(?!.*adverts=2)(?!.*there=1)(?!.*mine_too=3)/s,
 qr/there=1.*adverts=2.*mine_too=3/s,
 qr/\A(?!.*adverts=2).*there=1.*mine_too=3/s]



=== of a file that is no page, too, cookies are judged
--- config
location /t.css {
    consent site; default_type text/css; types { }
    add_header Set-Cookie "ad=1"; add_header Set-Cookie "session=2";
    echo -n x;
}
--- request eval
["GET /t.css", "GET /t.css", "GET /t.css"]
--- more_headers eval
["Sec-Fetch-Dest: style\n", "Cookie: session=0123456789abcdef\n",
 "Cookie: session=0123456789abcdef\n"]
--- raw_response_headers_like eval
[(qr/\A(?!.*ad=1).*Set-Cookie: session=2.*Vary: Cookie/s) x 3]



=== ... and URLs in its headers
--- config
location /t.css {
    consent site; default_type text/css; types { }
    add_header Link "<https://ads.test/x>; rel=preload, </y>; rel=preload";
    echo -n x;
}
--- request: GET /t.css
--- raw_response_headers_unlike: ads\.test



=== ... and headers that rows name
--- http_config
consent_table site {
    category essential required "E";
    category advertising "A";
    provider "P" advertising { header Accept-CH; }
}
--- config
location /t.css {
    consent site; default_type text/css; types { }
    add_header Accept-CH "Sec-CH-UA"; echo -n x;
}
--- request: GET /t.css
--- raw_response_headers_unlike: Accept-CH



=== a type that add_header gives makes it a page
--- config
location /t.css {
    consent site; default_type text/css; types { }
    add_header Content-Type text/html;
    echo -n '<script src=//ads.test/x></script>';
}
--- request: GET /t.css
--- response_body_like: data-consent-src



=== pages stay pages, whatever was asked for before
--- config
location ~ ^/t {
    consent site; types { text/css css; text/htm htm; text/html html; }
    consent_types text/htm text/html;
    echo -n '<script src=//ads.test/x></script>';
}
--- request eval
["GET /t.css", "GET /t.css", "GET /t.htm", "GET /t.css", "GET /t.html"]
--- more_headers
Cookie: session=0123456789abcdef
--- response_body_like eval
[map qr/^<script $_=/, "src", "src", 'type="text.plain" .*data-consent-src',
 "src", 'type="text.plain" .*data-consent-src']



=== what a row names is answered for who has nothing else that is refused
--- http_config
consent_table site {
    category essential required "E";
    category advertising "A";
    provider "P" advertising { url /collect; }
}
--- config
location ~ ^/[tc] { consent site; types { } default_type text/css; echo -n x; }
--- request eval
["GET /t", "GET /collect", "GET /t", "GET /collect"]
--- more_headers
Cookie: session=0123456789abcdef
--- error_code eval
[200, 204, 200, 204]



=== attributes that are as long and end alike say each what it says
--- config
location /t {
    consent site;
    add_header Set-Cookie "ad=1; Max-Age=00; Path=/abcdefgh";
    add_header Set-Cookie "ad=2; Max-Age=60; Path=/abcdefgh";
    add_header Set-Cookie "ad=3; Max-Age=00; Path=/abcdefgh";
    return 200 x;
}
--- request eval
["GET /t", "GET /t"]
--- raw_response_headers_like eval
[(qr/\A(?!.*ad=2).*ad=1.*ad=3/s) x 2]



=== a cookie that is over since is deleted
--- config
location = /t {
    auth_request /when;
    auth_request_set $when $upstream_http_expires;
    echo_location /ask $when;
    echo_sleep 5;
    echo_location /ask $when;
}
location = /when { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/then; }
location = /then { expires 3s; return 204; }
location = /ask {
    set $asked $args;
    set $args "";
    proxy_set_header X-When $asked;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/told;
    echo_after_body "[$upstream_http_set_cookie]";
}
location = /told {
    consent site;
    add_header Set-Cookie "ad=1; Expires=$http_x_when";
    return 200 x;
}
--- response_body_like: ^x\[\]\nx\[ad=1; Expires=[^\]]+ GMT\]\n$
--- timeout: 20
