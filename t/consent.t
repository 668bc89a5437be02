# Which table is enforced, and where.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Two = $ConsentNginx::Table . <<'END';
consent_table other {
    category essential required;
    category fun;
    provider "Fun" fun { cookie fun; }
}
END

our $Page = <<'END';
>>> page.html
<script src="https://stats.test/s.js"></script><script src="/own.js"></script>
END

our $Held = <<'END';
<script type="text/plain" data-consent="performance" data-consent-src="https://stats.test/s.js"></script><script src="/own.js"></script>
END

our $Sent = <<'END';
<script src="https://stats.test/s.js"></script><script src="/own.js"></script>
END

run_tests();

__DATA__

=== off is the default: not a byte, not a header differs
--- config
location /page.html {
    add_header Set-Cookie "ad=1";
}
--- user_files eval: $::Page
--- request
GET /page.html
--- more_headers
Cookie: ad=1
--- response_body eval: $::Sent
--- response_headers
Set-Cookie: ad=1
Vary:
Accept-Ranges: bytes
Content-Length: 79
--- response_headers_like
ETag: "\S+"



=== a table's name enforces it
--- config
location /page.html {
    consent site;
}
--- user_files eval: $::Page
--- request
GET /page.html
--- response_body eval: $::Held



=== it is inherited from the server
--- config
consent site;
location /page.html { }
--- user_files eval: $::Page
--- request
GET /page.html
--- response_body eval: $::Held



=== it is inherited from http
--- http_config eval
$ConsentNginx::Table . "consent site;"
--- config
location /page.html { }
--- user_files eval: $::Page
--- request
GET /page.html
--- response_body eval: $::Held



=== off in a location ends it there
--- config
consent site;
location /page.html {
    consent off;
}
--- user_files eval: $::Page
--- request
GET /page.html
--- response_body eval: $::Sent



=== who accepted everything gets the origin's bytes
--- config
location /page.html {
    consent site;
}
--- user_files eval: $::Page
--- request
GET /page.html
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing")
--- response_body eval: $::Sent



=== a variable names the table
--- http_config eval: $::Two
--- config
location /t {
    consent $arg_t;
    add_header X-Fun "[$consent_fun]";
    return 200 "[$consent_performance]";
}
--- request eval
["GET /t?t=site", "GET /t?t=other"]
--- response_body eval
["[0]", "[]"]
--- response_headers eval
["X-Fun: []", "X-Fun: [0]"]



=== a variable may say off
--- config
location /t {
    consent $arg_t;
    return 200 "[$consent_state]";
}
--- request
GET /t?t=off
--- response_body: []



=== a variable that names no table: the one last named literally, logged
--- http_config eval: $::Two
--- config
consent other;
location /t {
    consent $arg_t;
    return 200 "[$consent_fun]";
}
--- request
GET /t?t=nosuch
--- response_body: [0]
--- error_log
unknown consent table "nosuch", "other" is used



=== the one named literally may be of http
--- http_config eval: $::Two . "consent other;"
--- config
location /t {
    consent $arg_t;
    return 200 "[$consent_fun]";
}
location /off {
    consent off;
    location /off/t {
        consent $arg_t;
        return 200 "[$consent_fun]";
    }
}
--- request eval
["GET /t?t=nosuch", "GET /off/t?t=nosuch"]
--- response_body eval
["[0]", "[0]"]



=== a variable that is set after it was asked for
--- config
location /again {
    consent site;
    consent_mode $mode;
    set $early $consent_state;
    set $mode report;
    add_header Set-Cookie "ad=1";
    empty_gif;
}
--- request
GET /again
--- response_headers
Set-Cookie: ad=1



=== an empty variable is no way out
--- config
location /t {
    consent $arg_t;
    return 200 "[$consent_performance]";
}
--- response_body: [0]
--- error_log
unknown consent table "", "site" is used



=== a table that is not there names its file and line
--- config
consent nosuch;
--- must_die
--- error_log eval
qr/unknown consent table "nosuch", "off" or one that "consent_table" defines was expected in .*nginx\.conf:\d+/



=== a variable needs a table to name
--- http_config
# no table
--- config
consent $arg_t;
--- must_die
--- error_log eval
qr/no "consent_table" is defined for "\$arg_t" in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent site;
consent off;
--- must_die
--- error_log eval
qr/"consent" directive is duplicate in .*nginx\.conf:\d+/
