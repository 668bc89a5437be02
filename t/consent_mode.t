# Enforcing, or only telling.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Http = $ConsentNginx::Table . <<'END';
log_format consent 'stripped=$consent_cookies_stripped '
                   'held=$consent_tags_held [$consent_decisions]';
map $arg_m $mode { r report; e enforce; x nonsense; }
END

our $Config = <<'END';
location /page.html {
    consent site;
    consent_mode $mode;
    access_log logs/error.log consent;
    add_header Set-Cookie "ad=1";
}
END

our $Page = ">>> page.html\n" . '<img src="//ads.test/p"><img src="//ads.test/q">'
            . '<script>statsQueue.push(1)</script>';

run_tests();

__DATA__

=== report changes no byte and no header
--- http_config eval: $::Http
--- config eval: $::Config
--- user_files eval: $::Page
--- request
GET /page.html?m=r
--- response_body chomp
<img src="//ads.test/p"><img src="//ads.test/q"><script>statsQueue.push(1)</script>
--- response_headers
Set-Cookie: ad=1
Vary:
Content-Length: 83
Accept-Ranges: bytes
--- response_headers_like
ETag: "\S+"



=== report tells what would have been held back
--- http_config eval: $::Http
--- config eval: $::Config
--- user_files eval: $::Page
--- request
GET /page.html?m=r
--- more_headers
Cookie: ad=1; stat=2; session=3
--- error_log
stripped=3 held=3 [
cookie ad;
cookie stat
set-cookie ad
tag ads.test x2
inline statsQueue



=== report leaves the request as it came
--- config
location /t {
    consent site;
    consent_mode report;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    return 200 "$http_cookie|$http_accept_encoding|$http_if_none_match";
}
--- more_headers
Cookie: ad=1; session=3
Accept-Encoding: gzip
If-None-Match: "x"
--- response_body: ad=1; session=3|gzip|"x"



=== report answers 304 as without us
--- config
location /page.html {
    consent site;
    consent_mode report;
    if_modified_since before;
}
--- user_files eval: $::Page
--- request
GET /page.html
--- more_headers
If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT
--- error_code: 304



=== enforce is the default, and any other word of a variable
--- http_config eval: $::Http
--- config eval: $::Config
--- user_files
>>> page.html
<img src="//ads.test/p">
--- request eval
["GET /page.html", "GET /page.html?m=e", "GET /page.html?m=x"]
--- response_body eval
my $held = qq{<img data-consent="advertising" data-consent-src="//ads.test/p">\n};
[$held, $held, $held]
--- response_headers eval
["Set-Cookie: ", "Set-Cookie: ", "Set-Cookie: "]



=== what is enforced is told in the same words
--- http_config eval: $::Http
--- config eval: $::Config
--- user_files eval: $::Page
--- request
GET /page.html
--- more_headers
Cookie: ad=1; stat=2; session=3
--- error_log
stripped=3 held=3 [
tag ads.test x2



=== another word names what was expected
--- config
consent_mode log;
--- must_die
--- error_log eval
qr/invalid value "log" in "consent_mode" directive, it must be "enforce" or "report" in .*nginx\.conf:\d+/
