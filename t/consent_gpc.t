# Sec-GPC: 1, the browser's own word.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

run_tests();

__DATA__

=== it refuses advertising and sharing where nobody has chosen
--- config
location /t {
    consent site;
    consent_regime optout;
    return 200 "[$consent_granted]\n";
}
--- more_headers
Sec-GPC: 1
--- response_body
[performance]



=== only "1" says so
--- config
location /t {
    consent site;
    consent_regime optout;
    return 200 "[$consent_granted]\n";
}
--- more_headers
Sec-GPC: 0
--- response_body
[performance,advertising,sharing]



=== under optin an explicit choice wins
--- config
location /t {
    consent site;
    return 200 "[$consent_granted]\n";
}
--- more_headers eval
"Sec-GPC: 1\r\nCookie: " . ::choice("performance+advertising+sharing")
--- response_body
[performance,advertising,sharing]



=== under optout it refuses whatever was chosen
--- config
location /t {
    consent site;
    consent_regime optout;
    return 200 "[$consent_granted]\n";
}
--- more_headers eval
"Sec-GPC: 1\r\nCookie: " . ::choice("performance+advertising+sharing")
--- response_body
[performance]



=== strict: it refuses whatever was chosen
--- config
location /t {
    consent site;
    consent_gpc strict advertising;
    return 200 "[$consent_granted]\n";
}
--- more_headers eval
"Sec-GPC: 1\r\nCookie: " . ::choice("performance+advertising+sharing")
--- response_body
[performance,sharing]



=== the categories are the site's
--- config
location /t {
    consent site;
    consent_regime optout;
    consent_gpc performance;
    return 200 "[$consent_granted]\n";
}
--- more_headers
Sec-GPC: 1
--- response_body
[advertising,sharing]



=== off: it is not asked
--- config
location /t {
    consent site;
    consent_regime optout;
    consent_gpc off;
    return 200 "[$consent_granted]\n";
}
--- more_headers
Sec-GPC: 1
--- response_body
[performance,advertising,sharing]



=== the default counts what the table has
--- http_config
consent_table site { category essential required; category sharing; category stats; }
--- config
location /t {
    consent site;
    consent_regime optout;
    return 200 "[$consent_granted]\n";
}
--- more_headers
Sec-GPC: 1
--- response_body
[stats]



=== an unknown category names its file and line
--- config
consent site;
consent_gpc nosuch;
--- must_die
--- error_log eval
qr/unknown category "nosuch", one of the consent table "site" was expected in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent_gpc off;
consent_gpc strict;
--- must_die
--- error_log eval
qr/"consent_gpc" directive is duplicate in .*nginx\.conf:\d+/
