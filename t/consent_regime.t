# What holds when nobody has chosen.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

run_tests();

__DATA__

=== optin is the default: nothing is granted
--- config
location /t {
    consent site;
    return 200 "[$consent_granted]\n";
}
--- response_body
[]



=== optout: everything is granted
--- config
location /t {
    consent site;
    consent_regime optout;
    return 200 "[$consent_granted]\n";
}
--- response_body
[performance,advertising,sharing]



=== optout: a refusal counts
--- config
location /t {
    consent site;
    consent_regime optout;
    return 200 "$consent_state [$consent_granted]\n";
}
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body
decided [performance]



=== optout: a broken choice is no grant
--- config
location /t {
    consent site;
    consent_regime optout;
    return 200 "$consent_state [$consent_granted]\n";
}
--- more_headers
Cookie: consent=broken
--- response_body
invalid []



=== a variable chooses, by request
--- http_config eval
$ConsentNginx::Table . 'map $arg_r $regime { us optout; eu optin; x nonsense; }'
--- config
location /t {
    consent site;
    consent_regime $regime;
    return 200 "[$consent_granted]\n";
}
--- request eval
["GET /t?r=us", "GET /t?r=eu", "GET /t?r=x", "GET /t"]
--- response_body eval
["[performance,advertising,sharing]\n", "[]\n", "[]\n", "[]\n"]



=== it is inherited
--- config
consent site;
consent_regime optout;
location /t {
    return 200 "[$consent_granted]\n";
}
--- response_body
[performance,advertising,sharing]



=== another word names what was expected
--- config
consent_regime opt-in;
--- must_die
--- error_log eval
qr/invalid value "opt-in" in "consent_regime" directive, it must be "optin" or "optout" in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent_regime optin;
consent_regime optout;
--- must_die
--- error_log eval
qr/"consent_regime" directive is duplicate in .*nginx\.conf:\d+/
