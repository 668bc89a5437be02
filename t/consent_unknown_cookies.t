# Cookies that no row names.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Back = <<'END';
location /back {
    return 200 "[$http_cookie]";
}
END

our $Proxy = 'add_header Set-Cookie "other=1";'
             . 'proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;';

run_tests();

__DATA__

=== pass is the default
--- config eval
"location /t { consent site; $::Proxy } $::Back"
--- more_headers
Cookie: other=1; ad=1
--- response_body: [other=1]
--- response_headers
Set-Cookie: other=1



=== strip: they are refused whatever is accepted
--- config eval
"location /t { consent site; consent_unknown_cookies strip; $::Proxy } $::Back"
--- more_headers eval
"Cookie: other=1; session=2; " . ::choice("performance+advertising+sharing")
--- response_body_like: ^\[session=2; consent=[^;]+\]$
--- response_headers
Set-Cookie:



=== a category: they belong to it
--- config eval
"location /t { consent site; consent_unknown_cookies sharing; $::Proxy } $::Back"
--- more_headers eval
["Cookie: other=1; " . ::choice("performance"), "Cookie: other=1; " . ::choice("sharing")]
--- request eval
["GET /t", "GET /t"]
--- response_body_like eval
[qr/^\[consent=[^;]+\]$/, qr/^\[other=1; consent=[^;]+\]$/]
--- response_headers eval
["Set-Cookie: ", "Set-Cookie: other=1"]



=== the module's own cookie is never taken
--- config
location /t {
    consent site;
    consent_unknown_cookies strip;
    add_header Set-Cookie "consent=1.1.0.-";
    return 204;
}
--- error_code: 204
--- response_headers
Set-Cookie: consent=1.1.0.-



=== an unknown category names its file and line
--- config
consent site;
consent_unknown_cookies nosuch;
--- must_die
--- error_log eval
qr/unknown category "nosuch", one of the consent table "site" was expected in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent_unknown_cookies pass;
consent_unknown_cookies strip;
--- must_die
--- error_log eval
qr/"consent_unknown_cookies" directive is duplicate in .*nginx\.conf:\d+/
