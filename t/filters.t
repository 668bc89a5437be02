# The filters' place: after everything that can write HTML or a cookie, before
# everything that compresses.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

use Compress::Zlib ();

our $Sent = '<p>x</p><img src="//ads.test/p">';
our $Held = '<p>x</p><img data-consent="advertising" data-consent-src="//ads.test/p">';

sub gunzip { return Compress::Zlib::memGunzip($_[0]) // "not gzip" }

sub gzipped { return [["page.html.gz", Compress::Zlib::memGzip($Sent)]] }

run_tests();

__DATA__

=== a cookie of add_header is seen
--- config
location /t {
    consent site;
    add_header Set-Cookie "ad=1";
    return 200 x;
}
--- response_headers
Set-Cookie:



=== a cookie of userid is seen
--- config
location /t {
    consent site;
    userid on;
    userid_name stat;
    return 200 x;
}
--- response_headers
Set-Cookie:



=== a cookie of userid passes when it is accepted
--- config
location /t {
    consent site;
    userid on;
    userid_name stat;
    return 200 x;
}
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_headers_like
Set-Cookie: stat=.*



=== HTML that gunzip inflates is seen, and is compressed again
--- config
location /page.html {
    consent site;
    gzip_static always;
    gunzip on;
    gzip on;
    gzip_min_length 1;
    default_type text/html;
}
--- user_files eval: ::gzipped()
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: $::Held



=== HTML that gunzip inflates for a client without gzip
--- config
location /page.html {
    consent site;
    gzip_static always;
    gunzip on;
}
--- user_files eval: ::gzipped()
--- request
GET /page.html
--- response_headers
Content-Encoding:
--- response_body eval: $::Held



=== gzip bytes of what is no page are not inflated
--- config
location /page.html {
    consent site;
    gzip_static always;
    gunzip on;
    types { text/plain html; }
}
--- user_files eval: ::gzipped()
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: $::Sent



=== what sub_filter writes is seen
--- config
location /t {
    consent site;
    default_type text/html;
    sub_filter 'HERE' '<img src="//ads.test/p">';
    echo -n '<p>x</p>HERE';
}
--- response_body eval: $::Held



=== what addition adds is seen
--- config
location /t {
    consent site;
    default_type text/html;
    add_after_body /after;
    echo -n '<p>x</p>';
}
location /after {
    default_type text/html;
    echo -n '<img src="//ads.test/p">';
}
--- response_body eval: $::Held



=== a tag that begins in the page and ends in what addition adds
--- config
location /t {
    consent site;
    default_type text/html;
    add_after_body /after;
    echo -n '<p>x</p><img src="//ads.';
}
location /after {
    default_type text/html;
    echo -n 'test/p">';
}
--- response_body eval: $::Held



=== a file that addition adds is seen
--- config
location /t {
    consent site;
    default_type text/html;
    add_after_body /after.html;
    echo -n '<p>x</p>';
}
--- user_files eval
[["after.html", '<img src="//ads.test/p">']]
--- response_body eval: $::Held



=== what SSI includes is seen
--- config
location /t {
    consent site;
    ssi on;
    default_type text/html;
    echo -n '<p>x</p><!--# include virtual="/inc" -->';
}
location /inc {
    default_type text/html;
    echo -n '<img src="//ads.test/p">';
}
--- response_body eval: $::Held



=== a file that SSI includes is seen
--- config
location /t {
    consent site;
    ssi on;
    default_type text/html;
    echo -n '<p>x</p><!--# include virtual="/inc.html" -->';
}
--- user_files eval
[["inc.html", '<img src="//ads.test/p">']]
--- response_body eval: $::Held



=== SSI's directives are not ours to rewrite
--- config
location /t {
    consent site;
    ssi on;
    default_type text/html;
    echo -n '<!--# set var="v" value="ads" --><p>x</p><img src="//<!--# echo var="v" -->.test/p">';
}
--- response_body eval: $::Held



=== what charset has recoded is seen
--- config
location /t {
    consent site;
    charset utf-8;
    default_type text/html;
    echo -n '<p>x</p><img src="//ads.test/p">';
}
--- response_headers
Content-Type: text/html; charset=utf-8
--- response_body eval: $::Held



=== gzip towards the client compresses what we wrote
--- config
location /t {
    consent site;
    gzip on;
    gzip_min_length 1;
    default_type text/html;
    echo -n '<p>x</p><img src="//ads.test/p">';
}
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: $::Held



=== a date of the browser's is gone before not_modified asks
--- config
location /page.html {
    consent site;
}
--- user_files eval
[["page.html", $::Sent, "202001010000.00"]]
--- request
GET /page.html
--- more_headers
If-Modified-Since: Wed, 01 Jan 2020 00:00:00 GMT
--- response_headers_like
ETag: "\w+-\w+~consent\.[0-9a-f]{16}"
--- response_body eval: $::Held

