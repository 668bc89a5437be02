# What caches behind us are told.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

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
