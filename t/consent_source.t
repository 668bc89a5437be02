# Where the choice is read: the module's own cookie.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# every block asks for "<state>|<granted>|<id>"

our $Say = <<'END';
location /t {
    consent site;
    return 200 "$consent_state|$consent_granted|$consent_id\n";
}
END

add_block_preprocessor(sub {
    my ($block) = @_;
    $block->set_value("config", $Say) if !defined $block->config;
});

run_tests();

__DATA__

=== no cookie is no choice
--- response_body
unset||



=== other cookies are no choice
--- more_headers
Cookie: session=1; consent2=1.1764000000.0.-; xconsent=1
--- response_body
unset||



=== everything refused
--- more_headers eval
"Cookie: " . ::choice("-")
--- response_body
decided||



=== performance accepted
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body
decided|performance|



=== advertising accepted
--- more_headers eval
"Cookie: " . ::choice("advertising")
--- response_body
decided|advertising|



=== sharing accepted
--- more_headers eval
"Cookie: " . ::choice("sharing")
--- response_body
decided|sharing|



=== performance and advertising accepted
--- more_headers eval
"Cookie: " . ::choice("performance+advertising")
--- response_body
decided|performance,advertising|



=== performance and sharing accepted
--- more_headers eval
"Cookie: " . ::choice("performance+sharing")
--- response_body
decided|performance,sharing|



=== advertising and sharing accepted
--- more_headers eval
"Cookie: " . ::choice("advertising+sharing")
--- response_body
decided|advertising,sharing|



=== everything accepted
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing")
--- response_body
decided|performance,advertising,sharing|



=== granted categories are in the table's order
--- more_headers eval
"Cookie: " . ::choice("sharing+performance")
--- response_body
decided|performance,sharing|



=== unknown names are ignored, required ones implied
--- more_headers eval
"Cookie: " . ::choice("essential+nosuch+sharing")
--- response_body
decided|sharing|



=== a name's beginning is another name
--- more_headers eval
"Cookie: " . ::choice("sharin+sharings+performance")
--- response_body
decided|performance|



=== the id is kept apart
--- more_headers eval
"Cookie: " . ::choice("sharing", id => "a1B2-c3")
--- response_body
decided|sharing|a1B2-c3



=== a choice of not quite 395 days counts
--- more_headers eval
"Cookie: " . ::choice("sharing", age => 395 * 86400 - 3600)
--- response_body
decided|sharing|



=== a choice of 395 days and a second is none
--- more_headers eval
"Cookie: " . ::choice("sharing", age => 395 * 86400 + 1)
--- response_body
unset||



=== a clock ahead by less than a day is forgiven
--- more_headers eval
"Cookie: " . ::choice("sharing", age => -86400 + 3600)
--- response_body
decided|sharing|



=== a choice of more than a day in the future is invalid
--- more_headers eval
"Cookie: " . ::choice("sharing", age => -86400 - 60)
--- response_body
invalid||



=== max_age= is the site's own limit
--- config
location /t {
    consent site;
    consent_source cookie max_age=1d;
    return 200 "$consent_state|$consent_granted\n";
}
--- more_headers eval
"Cookie: " . ::choice("sharing", age => 86400 + 1)
--- response_body
unset|



=== the configured revision counts
--- config
location /t {
    consent site;
    consent_source cookie revision=3;
    return 200 "$consent_state|$consent_granted\n";
}
--- more_headers eval
"Cookie: " . ::choice("sharing", revision => 3)
--- response_body
decided|sharing



=== a choice of any other revision is none
--- config
location /t {
    consent site;
    consent_source cookie revision=3;
    return 200 "$consent_state|$consent_granted\n";
}
--- more_headers eval
"Cookie: " . ::choice("sharing", revision => 2)
--- response_body
unset|



=== without revision= every revision counts
--- more_headers eval
"Cookie: " . ::choice("sharing", revision => 7)
--- response_body
decided|sharing|



=== another version is invalid
--- more_headers eval
"Cookie: consent=2.$ConsentNginx::Now.0.sharing"
--- response_body
invalid||



=== a word is invalid
--- more_headers
Cookie: consent=yes
--- response_body
invalid||



=== a choice without categories is invalid
--- more_headers eval
"Cookie: consent=1.$ConsentNginx::Now.0"
--- response_body
invalid||



=== no time is invalid
--- more_headers
Cookie: consent=1..0.sharing
--- response_body
invalid||



=== a time that is no number is invalid
--- more_headers
Cookie: consent=1.now.0.sharing
--- response_body
invalid||



=== a revision that is no number is invalid
--- more_headers eval
"Cookie: consent=1.$ConsentNginx::Now.x.sharing"
--- response_body
invalid||



=== more than there may be is invalid
--- more_headers eval
"Cookie: " . ::choice("sharing", id => "a.b")
--- response_body
invalid||



=== two that differ grant what both grant
--- more_headers eval
"Cookie: " . ::choice("performance+sharing") . "; " . ::choice("performance")
--- response_body
decided|performance|



=== two that differ, the other way round
--- more_headers eval
"Cookie: " . ::choice("performance") . "; " . ::choice("performance+sharing")
--- response_body
decided|performance|



=== two that have nothing in common grant nothing
--- more_headers eval
"Cookie: " . ::choice("performance") . "; " . ::choice("sharing")
--- response_body
decided||



=== an empty one is no cookie
--- more_headers eval
"Cookie: consent=; " . ::choice("performance")
--- response_body
decided|performance|



=== two in several header lines
--- more_headers eval
"Cookie: a=1; " . ::choice("performance+sharing") . "\r\n"
. "Cookie: b=1; " . ::choice("sharing")
--- response_body
decided|sharing|



=== one in the second header line
--- more_headers eval
"Cookie: a=1\r\nCookie: " . ::choice("sharing")
--- response_body
decided|sharing|



=== a broken copy breaks the source
--- more_headers eval
"Cookie: " . ::choice("performance") . "; consent=broken"
--- response_body
invalid||



=== the cookie's name is case-sensitive
--- more_headers eval
"Cookie: C" . substr(::choice("performance"), 1)
--- response_body
unset||



=== the cookie may have another name
--- config
location /t {
    consent site;
    consent_source cookie cookie=choice;
    return 200 "$consent_state|$consent_granted|$consent_id\n";
}
--- more_headers eval
"Cookie: consent=broken; " . (::choice("sharing") =~ s/^consent/choice/r)
--- response_body
decided|sharing|



=== $consent_source names who had a say
--- config
location /t {
    consent site;
    return 200 "[$consent_source]\n";
}
--- more_headers eval
"Cookie: " . ::choice("-")
--- response_body
[cookie]



=== an unknown source names what was expected
--- config
consent_source nosuch;
--- must_die
--- error_log eval
qr/unknown consent source "nosuch", one of these was expected: cookie, vanilla, .*, custom in .*nginx\.conf:\d+/



=== a source may be named once
--- config
consent_source cookie;
consent_source cookie;
--- must_die
--- error_log eval
qr/duplicate consent source "cookie" in .*nginx\.conf:\d+/



=== max_age= is 395 days at most
--- config
consent_source cookie max_age=396d;
--- must_die
--- error_log eval
qr/invalid "max_age=396d" of the consent source "cookie", a time of at most 395d .* was expected in .*nginx\.conf:\d+/



=== max_age= is a time
--- config
consent_source cookie max_age=long;
--- must_die
--- error_log eval
qr/invalid "max_age=long" of the consent source "cookie", a time of at most 395d .* was expected in .*nginx\.conf:\d+/



=== revision= is a number
--- config
consent_source cookie revision=two;
--- must_die
--- error_log eval
qr/invalid "revision=two" of the consent source "cookie", a number from 0 to 999999999 was expected in .*nginx\.conf:\d+/



=== an unknown parameter names what was expected
--- config
consent_source cookie age=1d;
--- must_die
--- error_log eval
qr/unknown parameter "age=1d", "cookie=", "prefix=", .* was expected in .*nginx\.conf:\d+/
