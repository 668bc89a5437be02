# Which responses are read as pages.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Sent = '<img src="//ads.test/p">';
our $Held = '<img data-consent="advertising" data-consent-src="//ads.test/p">';

# a backend, since nginx itself always has a type

sub proxied {
    my ($type, $more) = @_;
    $more //= "";

    return "location /t { consent site; $more"
           . ' proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back; }'
           . " location /back { default_type '$type'; echo -n '$Sent'; }";
}

run_tests();

__DATA__

=== text/html is one
--- config eval: ::proxied('text/html')
--- response_body eval: $::Held



=== whatever its charset and case
--- config eval: ::proxied('Text/HTML; charset=iso-8859-1')
--- response_body eval: $::Held



=== application/xhtml+xml is one
--- config eval: ::proxied('application/xhtml+xml')
--- response_body eval: $::Held



=== text/plain is none
--- config eval: ::proxied('text/plain')
--- response_body eval: $::Sent



=== JavaScript is none
--- config eval: ::proxied('application/javascript')
--- response_body eval: $::Sent



=== an empty type is one, as browsers look into it
--- config eval: ::proxied('')
--- response_body eval: $::Held



=== an unknown type is one
--- config eval: ::proxied('unknown/unknown')
--- response_body eval: $::Held



=== nosniff: browsers do not look
--- config
location /t {
    consent site;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    default_type 'unknown/unknown';
    add_header X-Content-Type-Options nosniff;
    echo -n '<img src="//ads.test/p">';
}
--- response_body eval: $::Sent



=== the directive names others, instead
--- config eval
::proxied('text/vnd.shop', 'consent_types text/vnd.shop;')
--- response_body eval: $::Held



=== and not the default ones any more
--- config eval
::proxied('text/html', 'consent_types text/vnd.shop;')
--- response_body eval: $::Sent



=== text/html may be among them
--- config eval
::proxied('text/html', 'consent_types text/vnd.shop text/html;')
--- response_body eval: $::Held



=== an error's page is one
--- config
location /t {
    consent site;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    default_type text/html;
    return 404 '<img src="//ads.test/p">';
}
--- error_code: 404
--- response_body eval: $::Held



=== a type of add_header is a second line, and browsers take the last
--- config
location /t {
    consent site;
    default_type text/plain;
    add_header Content-Type "Text/HTML; charset=utf-8";
    add_header ETag '"1"';
    return 200 '<img src="//ads.test/p">';
}
--- response_body eval: $::Held
--- response_headers
ETag:



=== one that is no page stays none
--- config
location /t {
    consent site;
    default_type text/plain;
    add_header Content-Type application/json;
    return 200 '<img src="//ads.test/p">';
}
--- response_body eval: $::Sent



=== an upstream's 206 is never rewritten
--- config
location /t {
    consent site;
    proxy_set_header Range bytes=0-23;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/page.html;
}
--- user_files eval
[["page.html", $::Sent]]
--- error_code: 206
--- response_body eval: $::Sent
