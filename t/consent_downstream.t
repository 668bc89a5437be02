# What caches behind us are told.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# a page under "private" with these header lines: told("Cache-Control: public")

sub told {
    return "location /t { consent site; consent_downstream private;"
           . join("", map { my ($name, $value) = split /: /, $_, 2;
                            "add_header $name '$value';" } @_)
           . " $::Page }";
}

our $Page = "default_type text/html; return 200 '<p>x</p>';";

run_tests();

__DATA__

=== vary is the default: a page depends on Cookie and Sec-GPC
--- config eval
"location /t { consent site; $::Page }"
--- response_headers
Vary: Cookie, Sec-GPC
Cache-Control:



=== whatever the grant
--- config eval
"location /t { consent site; $::Page }"
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing")
--- response_headers
Vary: Cookie, Sec-GPC



=== without GPC only on Cookie
--- config eval
"location /t { consent site; consent_gpc off; $::Page }"
--- response_headers
Vary: Cookie



=== a line that is there is extended, not doubled
--- config eval
"location /t { consent site; add_header Vary 'Accept-Encoding, cookie'; $::Page }"
--- response_headers
Vary: Accept-Encoding, cookie, Sec-GPC



=== Vary: * says it all
--- config eval
"location /t { consent site; add_header Vary '*'; $::Page }"
--- response_headers
Vary: *



=== what is not stored needs no Vary
--- config eval
"location /t { consent site; add_header Cache-Control 'no-cache, no-store'; $::Page }"
--- response_headers
Vary:
Cache-Control: no-cache, no-store



=== private: no shared cache keeps it
--- config eval
"location /t { consent site; consent_downstream private; $::Page }"
--- response_headers
Vary: Cookie, Sec-GPC
Cache-Control: private



=== private beside what is there
--- config eval
"location /t { consent site; consent_downstream private; add_header Cache-Control max-age=60; $::Page }"
--- response_headers
Cache-Control: max-age=60, private



=== private goes for what only shared caches read
--- config eval: ::told("Cache-Control: public, max-age=60, s-maxage=600, proxy-revalidate, stale-while-revalidate=5")
--- response_headers
Cache-Control: max-age=60, stale-while-revalidate=5, private



=== in whatever case and spelling
--- config eval: ::told("Cache-Control: Public ,max-age=60,S-MaxAge = 600,must-revalidate")
--- response_headers
Cache-Control: max-age=60, must-revalidate, private



=== in every line, and a line of which nothing is left is dropped
--- config eval: ::told("Cache-Control: public", "Cache-Control: s-maxage=5", "Cache-Control: immutable, public")
--- response_headers
Cache-Control: private, immutable
--- raw_response_headers_unlike: s-maxage|public|Cache-Control: *\r



=== what stays, stays byte for byte
--- config eval: ::told('Cache-Control: no-cache="a, public", public, x="b\\\\",s-maxage=1"')
--- response_headers
Cache-Control: no-cache="a, public", x="b\",s-maxage=1", private



=== private of a few headers only is less than private
--- config eval: ::told('Cache-Control: private="set-cookie, x", max-age=60')
--- response_headers
Cache-Control: max-age=60, private



=== private is said once
--- config eval: ::told("Cache-Control: max-age=60", "Cache-Control: Private, s-maxage=60")
--- response_headers
Cache-Control: max-age=60, Private



=== where a quote never ends private comes first
--- config eval: ::told('Cache-Control: max-age=1, x="a, public', 'Cache-Control: private')
--- response_headers
Cache-Control: private, max-age=1, x="a, public



=== words for some caches only go: they would have the last word there
--- config eval
::told(map "$_: max-age=60", "CDN-Cache-Control", "Surrogate-Control",
       "cloudflare-cdn-cache-control", "Edge-Control", "X-Accel-Expires")
--- response_headers
Cache-Control: private
CDN-Cache-Control:
Surrogate-Control:
Cloudflare-CDN-Cache-Control:
Edge-Control:
X-Accel-Expires:



=== under vary they stay, and so does the rest
--- config eval
"location /t { consent site; add_header CDN-Cache-Control max-age=60;
 add_header Cache-Control 'public,s-maxage=9'; $::Page }"
--- response_headers
CDN-Cache-Control: max-age=60
Cache-Control: public,s-maxage=9
Vary: Cookie, Sec-GPC



=== no-store is enough, if it is for all of them
--- config eval: ::told("Cache-Control: no-store, public", "CDN-Cache-Control: max-age=60")
--- response_headers
Cache-Control: no-store, public
CDN-Cache-Control:
Vary: Cookie, Sec-GPC



=== no-store in another line counts, in a quoted string it does not
--- config eval
"location /t { consent site; add_header Cache-Control public;
 add_header Cache-Control 'No-Store'; $::Page }
 location /q { consent site;
 add_header Cache-Control 'x=\"a, no-store, b\"'; $::Page }"
--- request eval
["GET /t", "GET /q"]
--- response_headers eval
["Vary:", "Vary: Cookie, Sec-GPC"]



=== what only begins with no-store may be no word to a cache
--- config eval: ::told("Cache-Control: no-store=, max-age=60")
--- response_headers
Cache-Control: no-store=, max-age=60, private
Vary: Cookie, Sec-GPC



=== Vary: * does not keep a cache that ignores Vary from storing
--- config eval: ::told("Vary: *", "Cache-Control: public")
--- response_headers
Vary: *
Cache-Control: private



=== of several Vary lines none is doubled
--- config eval
"location /t { consent site; add_header Vary sec-gpc; add_header Vary Cookie; $::Page }
 location /u { consent site; add_header Vary Accept; add_header Vary Cookie; $::Page }"
--- request eval
["GET /t", "GET /u"]
--- response_headers eval
["Vary: sec-gpc, Cookie", "Vary: Accept, Sec-GPC, Cookie"]



=== expires of nginx
--- config eval
"location /t { consent site; consent_downstream private; expires 60s; $::Page }"
--- response_headers
Cache-Control: max-age=60, private



=== what a backend says
--- config eval
"location /t { consent site; consent_downstream private; proxy_pass http://127.0.0.1:\$TEST_NGINX_SERVER_PORT/back; }
 location /back { add_header Cache-Control 'public, max-age=5'; add_header Surrogate-Control max-age=9; $::Page }"
--- response_headers
Cache-Control: max-age=5, private
Surrogate-Control:



=== nginx's own modules see that it is private now
--- config eval
CORE::join "", map "location /$_->[0] { consent site; consent_downstream $_->[1];
    gzip on; gzip_min_length 0; gzip_proxied $_->[2]; $::Page }",
    ["a", "private", "private"], ["b", "private", "no-cache"],
    ["c", "vary", "no-cache"]
--- request eval
["GET /a", "GET /b", "GET /c"]
--- more_headers
Via: 1.1 x
Accept-Encoding: gzip
--- response_headers eval
["Content-Encoding: gzip", "Content-Encoding:", "Content-Encoding: gzip"]



=== what variables decide depends on more than Vary can name: private is forced
--- config eval
"set \$table site; set \$mode enforce; set \$regime optin;
 location /t { consent \$table; $::Page }
 location /m { consent site; consent_mode \$mode; $::Page }
 location /r { consent site; consent_regime \$regime; $::Page }
 location /l { consent site; consent_mode enforce; consent_regime optout; $::Page }"
--- request eval
["GET /t", "GET /m", "GET /r", "GET /l"]
--- response_headers eval
[("Cache-Control: private\nVary: Cookie, Sec-GPC") x 3, "Cache-Control:"]



=== under off it is not: that is the operator's word
--- config eval
"set \$table site;
 location /t { consent \$table; consent_downstream off; $::Page }"
--- response_headers
Cache-Control:
Vary:



=== report mode says nothing
--- config eval
"set \$mode report;
 location /t { consent site; consent_mode \$mode; consent_downstream private;
 add_header Cache-Control public; $::Page }"
--- response_headers
Cache-Control: public
Vary:



=== off: nothing is said
--- config eval
"location /t { consent site; consent_downstream off; $::Page }"
--- response_headers
Vary:
Cache-Control:



=== what cannot depend on the choice varies on nothing
--- config
location /t {
    consent site;
    add_header Set-Cookie "session=1";
    return 200 x;
}
--- response_headers
Vary:



=== a cookie that depends on it varies
--- config
location /t {
    consent site;
    add_header Set-Cookie "ad=1";
    return 200 x;
}
--- request eval
["GET /t", "GET /t"]
--- more_headers eval
["", "Cookie: " . ::choice("advertising")]
--- response_headers eval
["Vary: Cookie, Sec-GPC", "Vary: Cookie, Sec-GPC"]



=== another word is an error
--- config
consent_downstream public;
--- must_die
--- error_log eval
qr/invalid value "public" in .*nginx\.conf:\d+/
