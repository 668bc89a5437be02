# /.well-known/gpc.json, and Sec-GPC on its way to a backend.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

sub resource {
    my ($directives) = @_;

    return "location = /.well-known/gpc.json { $directives"
           . " consent_gpc_support 2026-11-25; }";
}

our $Yes = qq({"gpc": true, "lastUpdate": "2026-11-25"}\n);
our $No = qq({"gpc": false, "lastUpdate": "2026-11-25"}\n);

run_tests();

__DATA__

=== it says that GPC is heeded, and since when that is said
--- config eval
::resource("consent site;")
--- request
GET /.well-known/gpc.json
--- response_body eval
$::Yes
--- response_headers
Content-Type: application/json
Content-Length: 42
Cache-Control: max-age=3600
! Vary



=== where it is not heeded that is said
--- config eval
::resource("consent site; consent_gpc off;")
--- request
GET /.well-known/gpc.json
--- response_body eval
$::No



=== nor where consent is off
--- config eval
::resource("")
--- request
GET /.well-known/gpc.json
--- response_body eval
$::No



=== nor where all is only reported
--- config eval
::resource("consent site; consent_mode report;")
--- request
GET /.well-known/gpc.json
--- response_body eval
$::No



=== nor where the table has nothing that it refuses
--- http_config
consent_table own {
    category necessary required "Needed";
    category stats "Statistics";
}
--- config eval
::resource("consent own;")
--- request
GET /.well-known/gpc.json
--- response_body eval
$::No



=== strict, and in categories of other names, it is heeded
--- http_config
consent_table own {
    category necessary required "Needed";
    category ads "Ads";
}
--- config eval
"consent own; consent_gpc strict ads;" . ::resource("")
--- request
GET /.well-known/gpc.json
--- response_body eval
$::Yes



=== the choice of who asks does not matter
--- config eval
::resource("consent site;")
--- request
GET /.well-known/gpc.json
--- more_headers eval
"Sec-GPC: 1\r\nCookie: " . ::choice("-")
--- response_body eval
$::Yes



=== HEAD has its length
--- config eval
::resource("consent site;")
--- request
HEAD /.well-known/gpc.json
--- response_headers
Content-Type: application/json
Content-Length: 42
--- response_body:



=== another method is not allowed
--- config eval
::resource("consent site;")
--- request
POST /.well-known/gpc.json
a=b
--- error_code: 405
--- response_headers
Allow: GET, HEAD



=== expires has the last word
--- config eval
::resource("consent site; expires 1d;")
--- request
GET /.well-known/gpc.json
--- response_headers
Cache-Control: max-age=86400



=== a date is one of the calendar
--- config
location /t { consent_gpc_support 2028-02-29; }
--- response_body_like: "2028-02-29"



=== no day that is none
--- config
location /t { consent_gpc_support 2026-02-29; }
--- must_die
--- error_log eval
qr/\[emerg\] .* invalid date "2026-02-29" in "consent_gpc_support" directive.* in .*nginx\.conf:\d+/



=== no month that is none
--- config
location /t { consent_gpc_support 2026-13-01; }
--- must_die
--- error_log: invalid date "2026-13-01"



=== no century without a leap day
--- config
location /t { consent_gpc_support 2100-02-29; }
--- must_die
--- error_log: invalid date "2100-02-29"



=== no other form of a date
--- config
location /t { consent_gpc_support 25.11.2026; }
--- must_die
--- error_log: invalid date "25.11.2026"



=== once in a location
--- config
location /t {
    consent_gpc_support 2026-11-25;
    consent_gpc_support 2026-11-26;
}
--- must_die
--- error_log: "consent_gpc_support" directive is duplicate



=== a backend gets every Sec-GPC as it was sent, whatever else is taken out
--- config
location /t {
    consent site;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back { echo_duplicate 1 $echo_client_request_headers; }
--- more_headers eval
"Sec-GPC: 1\nCookie: ad=1; session=2\nsec-gpc: 0"
--- response_body_like eval
qr/\A(?=.*\r\nSec-GPC: 1\r\n)(?=.*\r\nsec-gpc: 0\r\n)(?=.*\r\nCookie: session=2\r\n)/s



=== ... and gets none that was not sent
--- config
location /t {
    consent site;
    consent_gpc strict;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back { echo_duplicate 1 $echo_client_request_headers; }
--- response_body_unlike: (?i)sec-gpc
