# Where the visitor's pages are, and what they answer.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Pages = <<'END';
consent site;
location /consent/ {
    consent_pages;
}
END

run_tests();

__DATA__

=== GET choice: nobody has chosen
--- config eval: $::Pages
--- request
GET /consent/choice
--- response_headers_like
Content-Type: application/json.*
--- response_body_like: "unset"



=== GET choice: what was chosen, as JSON
--- config eval: $::Pages
--- request
GET /consent/choice
--- more_headers eval
"Cookie: " . ::choice("sharing")
--- response_body_like: (?s)"decided".*"sharing"



=== POST choice: everything
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all
--- more_headers
Content-Type: application/x-www-form-urlencoded
Sec-Fetch-Site: same-origin
--- error_code: 204
--- response_headers_like
Set-Cookie: consent=1\.\d+\.0\.performance\+advertising\+sharing(\.[^;]+)?;.*



=== POST choice: nothing
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none
--- more_headers
Content-Type: application/x-www-form-urlencoded
Sec-Fetch-Site: same-origin
--- error_code: 204
--- response_headers_like
Set-Cookie: consent=1\.\d+\.0\.-(\.[^;]+)?;.*



=== POST choice: some
--- config eval: $::Pages
--- request
POST /consent/choice
accept=performance&accept=sharing
--- more_headers
Content-Type: application/x-www-form-urlencoded
Sec-Fetch-Site: same-origin
--- error_code: 204
--- response_headers_like
Set-Cookie: consent=1\.\d+\.0\.performance\+sharing(\.[^;]+)?;.*



=== POST choice: JSON
--- config eval: $::Pages
--- request
POST /consent/choice
{"accept": ["performance"]}
--- more_headers
Content-Type: application/json
Sec-Fetch-Site: same-origin
--- error_code: 204
--- response_headers_like
Set-Cookie: consent=1\.\d+\.0\.performance(\.[^;]+)?;.*



=== POST choice: the configured revision and lifetime
--- config
consent site;
consent_source cookie revision=3 max_age=30d;
location /consent/ {
    consent_pages;
}
--- request
POST /consent/choice
accept=none
--- more_headers
Content-Type: application/x-www-form-urlencoded
Sec-Fetch-Site: same-origin
--- error_code: 204
--- response_headers_like
Set-Cookie: consent=1\.\d+\.3\.-.*;.*Max-Age=2592000.*



=== POST choice: 303 back to a path of the site
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all&return=%2Fshop%3Fa%3D1
--- more_headers
Content-Type: application/x-www-form-urlencoded
Sec-Fetch-Site: same-origin
--- error_code: 303
--- response_headers_like
Location: (http://localhost(:\d+)?)?/shop\?a=1



=== POST choice: never to another site
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all&return=%2F%2Fevil.test%2F
--- more_headers
Content-Type: application/x-www-form-urlencoded
Sec-Fetch-Site: same-origin
--- error_code_like: ^(204|303|400)$
--- raw_response_headers_unlike: evil



=== POST choice: another site's is refused
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all
--- more_headers
Content-Type: application/x-www-form-urlencoded
Sec-Fetch-Site: cross-site
--- error_code: 403
--- raw_response_headers_unlike: Set-Cookie



=== POST choice: another origin's is refused
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all
--- more_headers
Content-Type: application/x-www-form-urlencoded
Origin: https://evil.test
--- error_code: 403
--- raw_response_headers_unlike: Set-Cookie



=== GET policy: a page that prints the table
--- config eval: $::Pages
--- request
GET /consent/policy
--- response_headers_like
Content-Type: text/html.*
--- response_body_like: (?s)Targeted advertising.*Ads.*</html>|(?s)Targeted advertising.*Ads



=== what is none of them is not found
--- config eval: $::Pages
--- request
GET /consent/nosuch
--- error_code: 404



=== the path is the site's
--- config
consent site;
consent_uri /privacy/;
location /privacy/ {
    consent_pages;
}
--- request
GET /privacy/choice
--- response_body_like: "unset"



=== a path begins and ends with a slash
--- config
consent_uri /privacy;
--- must_die
--- error_log eval
qr/invalid URI "\/privacy" in "consent_uri" directive, a path that begins and ends with "\/" was expected in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent_uri /privacy/;
consent_uri /consent/;
--- must_die
--- error_log eval
qr/"consent_uri" directive is duplicate in .*nginx\.conf:\d+/
