# Refused cookies on the way to the browser.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# "always", so that every status carries them

our $Both = <<'END';
add_header Set-Cookie "ad=1; Path=/" always;
add_header Set-Cookie "session=2; Path=/; HttpOnly" always;
END

sub location { return "location /t { consent site; $::Both $_[0] }" }

run_tests();

__DATA__

=== 200
--- config eval: ::location('return 200 x;')
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== 302
--- config eval: ::location('return 302 /else;')
--- error_code: 302
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== 404
--- config eval: ::location('return 404;')
--- error_code: 404
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== 500
--- config eval: ::location('return 500;')
--- error_code: 500
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== 204
--- config eval: ::location('return 204;')
--- error_code: 204
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== 304
--- config eval
"location /a.css { consent site; $::Both if_modified_since before; }"
--- user_files
>>> a.css
p { }
--- request
GET /a.css
--- more_headers
If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT
Sec-Fetch-Dest: style
--- error_code: 304
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== a page
--- config eval: ::location('default_type text/html; return 200 x;')
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== an image
--- config eval: ::location('default_type image/png; return 200 x;')
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== JSON
--- config eval: ::location('default_type application/json; return 200 "{}";')
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== HEAD
--- config eval: ::location('return 200 x;')
--- request
HEAD /t
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly



=== a backend's cookies, each line by itself
--- config
location /t {
    consent site;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    add_header Set-Cookie "session=1";
    add_header Set-Cookie "stat=2";
    add_header Set-Cookie "share=3";
    add_header Set-Cookie "mine=4";
    return 200 x;
}
--- more_headers eval
"Cookie: " . ::choice("sharing")
--- raw_response_headers_like: Set-Cookie: session=1\r\nSet-Cookie: share=3\r\nSet-Cookie: mine=4\r\n
--- raw_response_headers_unlike: stat=2



=== accepted: they pass
--- config eval: ::location('return 200 x;')
--- more_headers eval
"Cookie: " . ::choice("advertising")
--- raw_response_headers_like: Set-Cookie: ad=1; Path=/\r\nSet-Cookie: session=2



=== a deletion by Max-Age=0 passes
--- config
location /t {
    consent site;
    add_header Set-Cookie "ad=; Max-Age=0";
    return 200 x;
}
--- response_headers
Set-Cookie: ad=; Max-Age=0



=== a deletion by a negative Max-Age passes
--- config
location /t {
    consent site;
    add_header Set-Cookie "ad=; max-age=-1; Path=/";
    return 200 x;
}
--- response_headers
Set-Cookie: ad=; max-age=-1; Path=/



=== a deletion by Expires passes
--- config
location /t {
    consent site;
    add_header Set-Cookie "ad=; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    return 200 x;
}
--- response_headers
Set-Cookie: ad=; Expires=Thu, 01 Jan 1970 00:00:00 GMT



=== Max-Age counts before Expires: no deletion
--- config
location /t {
    consent site;
    add_header Set-Cookie "ad=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60";
    return 200 x;
}
--- response_headers
Set-Cookie:



=== names are exact and case-sensitive
--- config
location /t {
    consent site;
    add_header Set-Cookie "Ad=1";
    add_header Set-Cookie "ads=1";
    return 200 x;
}
--- raw_response_headers_like: Set-Cookie: Ad=1\r\nSet-Cookie: ads=1\r\n



=== a wildcard names them all
--- config
location /t {
    consent site;
    add_header Set-Cookie "stat-x=1";
    return 200 x;
}
--- response_headers
Set-Cookie:



=== an expression names what it matches
--- config
location /t {
    consent site;
    add_header Set-Cookie "s12=1";
    add_header Set-Cookie "s1x=1";
    return 200 x;
}
--- response_headers
Set-Cookie: s1x=1



=== blanks around the name are not part of it
--- config
location /t {
    consent site;
    add_header Set-Cookie " ad =1";
    return 200 x;
}
--- response_headers
Set-Cookie:



=== domain= is about that host and those beneath
--- config
location /t {
    consent site;
    add_header Set-Cookie "far=1";
    return 200 x;
}
--- request eval
["GET /t", "GET /t", "GET /t", "GET /t"]
--- more_headers eval
["Host: far.test", "Host: www.far.test", "Host: near.test", "Host: notfar.test"]
--- response_headers eval
["Set-Cookie: ", "Set-Cookie: ", "Set-Cookie: far=1", "Set-Cookie: far=1"]



=== two categories: both must be accepted
--- config
location /t {
    consent site;
    add_header Set-Cookie "both=1";
    return 200 x;
}
--- request eval
["GET /t", "GET /t"]
--- more_headers eval
["Cookie: " . ::choice("performance"), "Cookie: " . ::choice("performance+advertising")]
--- response_headers eval
["Set-Cookie: ", "Set-Cookie: both=1"]



=== a header that a row names is dropped
--- config
location /t {
    consent site;
    add_header Accept-CH "Sec-CH-UA-Model";
    return 200 x;
}
--- request eval
["GET /t", "GET /t"]
--- more_headers eval
["", "Cookie: " . ::choice("performance")]
--- response_headers eval
["Accept-CH: ", "Accept-CH: Sec-CH-UA-Model"]



=== an error page that nginx makes itself
--- config
server_tokens off;
consent site;
error_page 404 /error.html;
location = /error.html {
    add_header Set-Cookie "ad=1" always;
    add_header Set-Cookie "session=1" always;
}
--- user_files
>>> error.html
not here
--- request
GET /nosuch
--- error_code: 404
--- response_headers
Set-Cookie: session=1



=== HTTP/2
--- http2
--- config eval: ::location('return 200 x;')
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: session=2; Path=/; HttpOnly
