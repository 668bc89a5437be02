# Hosts that are the site itself.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# the row "/pixel" has no host: it means the site itself

run_tests();

__DATA__

=== the request's own host is the site
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<img src="https://www.shop.test/pixel"><img src="/pixel">';
}
--- more_headers
Host: www.shop.test
--- response_body chomp
<img data-consent="advertising" data-consent-src="https://www.shop.test/pixel"><img data-consent="advertising" data-consent-src="/pixel">



=== another host is not
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<img src="https://img.shop.test/pixel">';
}
--- more_headers
Host: www.shop.test
--- response_body chomp
<img src="https://img.shop.test/pixel">



=== ".shop.test" is the site and every name beneath it
--- config
location /t {
    consent site;
    consent_first_party .shop.test;
    default_type text/html;
    echo -n '<img src="//img.shop.test/pixel"><img src="//shop.test/pixel"><img src="//myshop.test/pixel">';
}
--- more_headers
Host: www.shop.test
--- response_body chomp
<img data-consent="advertising" data-consent-src="//img.shop.test/pixel"><img data-consent="advertising" data-consent-src="//shop.test/pixel"><img src="//myshop.test/pixel">



=== a host without a dot before it is only itself
--- config
location /t {
    consent site;
    consent_first_party shop.test;
    default_type text/html;
    echo -n '<img src="//img.shop.test/pixel"><img src="//shop.test/pixel">';
}
--- more_headers
Host: www.shop.test
--- response_body chomp
<img src="//img.shop.test/pixel"><img data-consent="advertising" data-consent-src="//shop.test/pixel">



=== the site is never unknown
--- config
location /t {
    consent site;
    consent_first_party .shop.test;
    consent_unknown_urls hold;
    default_type text/html;
    echo -n '<img src="//img.shop.test/a"><img src="/b">';
}
--- more_headers
Host: www.shop.test
--- response_body chomp
<img src="//img.shop.test/a"><img src="/b">



=== a host that is none names what was expected
--- config
consent_first_party https://shop.test/;
--- must_die
--- error_log eval
qr/invalid host "https:\/\/shop.test\/" in "consent_first_party" directive, a name such as "www.example.com" or ".example.com" was expected in .*nginx\.conf:\d+/
