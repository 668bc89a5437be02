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
--- response_headers_like
ETag: "1~consent\.[0-9a-f]{16}"



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



=== XHTML is read by XML's rules
--- config
location /t {
    consent site;
    default_type application/xhtml+xml;
    echo -n '<html xmlns="http://www.w3.org/1999/xhtml"><title><img src="//ads.test/p"/></title><![CDATA[<img src="//ads.test/p"/>]]></html>';
}
--- response_body chomp
<html xmlns="http://www.w3.org/1999/xhtml"><title><img data-consent="advertising" data-consent-src="//ads.test/p"/></title><![CDATA[<img src="//ads.test/p"/>]]></html>



=== so is svg, where it is named
--- config
location /t {
    consent site;
    consent_types text/html image/svg+xml;
    default_type IMAGE/SVG+XML;
    charset utf-8;
    echo -n '<svg xmlns="http://www.w3.org/2000/svg"><style><![CDATA[@import "//ads.test/p";]]></style></svg>';
}
--- response_body chomp
<svg xmlns="http://www.w3.org/2000/svg"><style><![CDATA[@import "about:invalid";]]></style></svg>



=== and text/xml, with its entities
--- config
location /t {
    consent site;
    consent_types text/html text/xml;
    default_type text/xml;
    echo -n '<!DOCTYPE r [<!ENTITY t "ads.test">]><img xmlns="http://www.w3.org/1999/xhtml" src="//&t;/p"/><IMG src="//ads.test/"/>';
}
--- response_body chomp
<!DOCTYPE r [<!ENTITY t "ads.test">]><img data-consent="advertising" xmlns="http://www.w3.org/1999/xhtml" data-consent-src="//&t;/p"/><IMG src="//ads.test/"/>



=== HTML is not
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<?xml version="1.0"?><title><img src="//ads.test/p"/></title>';
}
--- response_body chomp
<?xml version="1.0"?><title><img src="//ads.test/p"/></title>



=== a page without a type says itself that it is XML
--- config
location /t {
    consent site;
    proxy_buffering off;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    default_type '';
    echo -n '<?x';
    echo_flush;
    echo -n 'ml version="1.0"?><title xmlns="http://www.w3.org/1999/xhtml"><img src="//ads.test/p"/></title>';
}
--- response_body chomp
<?xml version="1.0"?><title xmlns="http://www.w3.org/1999/xhtml"><img data-consent="advertising" data-consent-src="//ads.test/p"/></title>



=== a style sheet, where text/css is named
--- config
location /t {
    consent site;
    consent_types text/html text/css;
    default_type text/css;
    echo -n 'a { background: url(//ads.test/p) } b { c: "<img src=//ads.test/p>" }';
}
--- response_body chomp
a { background: url(about:invalid) } b { c: "<img src=//ads.test/p>" }



=== else it is none
--- config
location /t {
    consent site;
    default_type text/css;
    echo -n 'a { background: url(//ads.test/p) }';
}
--- response_body chomp
a { background: url(//ads.test/p) }
