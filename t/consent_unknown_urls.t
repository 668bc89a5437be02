# Third-party elements that no row names.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Page = <<'END';
default_type text/html;
echo -n '<img src="//else.test/a"><img src="/b"><img src="//cdn.test/c"><img src="data:,d">';
END

our $Sent = '<img src="//else.test/a"><img src="/b"><img src="//cdn.test/c"><img src="data:,d">';

run_tests();

__DATA__

=== pass is the default
--- config eval
"location /t { consent site; $::Page }"
--- response_body eval: $::Sent



=== hold: they are held back whatever is accepted
--- config eval
"location /t { consent site; consent_unknown_urls hold; $::Page }"
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing")
--- response_body_like chomp
^<img data-consent="[^"]*" data-consent-src="//else.test/a"><img src="/b"><img src="//cdn.test/c"><img src="data:,d">$



=== a category: they belong to it
--- config eval
"location /t { consent site; consent_unknown_urls sharing; $::Page }"
--- more_headers eval
["Cookie: " . ::choice("performance"), "Cookie: " . ::choice("sharing")]
--- request eval
["GET /t", "GET /t"]
--- response_body eval
my $held = $::Sent;
$held =~ s/ src=/ data-consent="sharing" data-consent-src=/;
[$held, $::Sent]



=== an unknown category names its file and line
--- config
consent site;
consent_unknown_urls nosuch;
--- must_die
--- error_log eval
qr/unknown category "nosuch", one of the consent table "site" was expected in .*nginx\.conf:\d+/



=== it may be named once
--- config
consent_unknown_urls pass;
consent_unknown_urls hold;
--- must_die
--- error_log eval
qr/"consent_unknown_urls" directive is duplicate in .*nginx\.conf:\d+/
