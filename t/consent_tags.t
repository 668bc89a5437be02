# What is done to a refused element.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# a page with something of each kind, and what is right for who refuses
# everything, written from the documentation

our $Page = '<!doctype html><title>t</title>'
    . '<script async src="https://stats.test/s.js"></script>'
    . '<script type=module src=//ads.test/a.js></script>'
    . '<script src="/own.js"></script>'
    . '<script>var statsQueue=[];</script>'
    . '<script>var own=1;</script>'
    . '<iframe src="https://video.test/v"><p>no</p></iframe>'
    . '<img src="//ads.test/p" srcset="/own 1x, //ads.test/q 2x" alt="a > b">'
    . '<link rel=preload href="//stats.test/s.js" as=script>'
    . '<!-- <img src="//ads.test/c"> -->'
    . '<textarea><img src="//ads.test/t"></textarea>'
    . '<img src="//both.test/b">';

our $Disabled = '<!doctype html><title>t</title>'
    . '<script type="text/plain" data-consent="performance" async data-consent-src="https://stats.test/s.js"></script>'
    . '<script type="text/plain" data-consent="advertising" data-consent-type=module data-consent-src=//ads.test/a.js></script>'
    . '<script src="/own.js"></script>'
    . '<script type="text/plain" data-consent="performance">var statsQueue=[];</script>'
    . '<script>var own=1;</script>'
    . '<iframe data-consent="sharing" data-consent-src="https://video.test/v"><p>no</p></iframe>'
    . '<img data-consent="advertising" data-consent-src="//ads.test/p" data-consent-srcset="/own 1x, //ads.test/q 2x" alt="a > b">'
    . '<link data-consent="performance" rel=preload data-consent-href="//stats.test/s.js" as=script>'
    . '<!-- <img src="//ads.test/c"> -->'
    . '<textarea><img src="//ads.test/t"></textarea>'
    . '<img data-consent="performance advertising" data-consent-src="//both.test/b">';

our $Removed = '<!doctype html><title>t</title>'
    . '<script src="/own.js"></script>'
    . '<script>var own=1;</script>'
    . '<!-- <img src="//ads.test/c"> -->'
    . '<textarea><img src="//ads.test/t"></textarea>';

our @Sizes = (1 .. 64, 100, 128, 255, 256, 257, 500, 1000, 1024, 4096);

# a static page that is read in pieces of N bytes, for each N

sub sizes {
    my ($directives) = @_;

    return join("", map("location = /s$_ { $directives default_type text/html;"
                        . " output_buffers 1 $_; sendfile off;"
                        . " alias \$TEST_NGINX_SERVER_ROOT/html/page.html; }\n",
                        @Sizes));
}

sub page { return ">>> page.html\n$Page" }

run_tests();

__DATA__

=== disable is the default: an inert element is left
--- config
location /page.html {
    consent site;
}
--- user_files eval: ::page()
--- request
GET /page.html
--- response_body eval: $::Disabled



=== disable, whatever the size of the file's buffers
--- config eval: ::sizes('consent site;')
--- user_files eval: ::page()
--- pipelined_requests eval
[map { "GET /s$_" } @::Sizes]
--- response_body eval
[map { $::Disabled } @::Sizes]



=== remove takes elements out
--- config
location /page.html {
    consent site;
    consent_tags remove;
}
--- user_files eval: ::page()
--- request
GET /page.html
--- response_body eval: $::Removed



=== remove, whatever the size of the file's buffers
--- config eval: ::sizes('consent site; consent_tags remove;')
--- user_files eval: ::page()
--- pipelined_requests eval
[map { "GET /s$_" } @::Sizes]
--- response_body eval
[map { $::Removed } @::Sizes]



=== off: bytes are left alone, cookies are not
--- config
location /page.html {
    consent site;
    consent_tags off;
    add_header Set-Cookie "ad=1";
}
--- user_files eval: ::page()
--- request
GET /page.html
--- response_body eval: $::Page
--- response_headers
Set-Cookie:
--- response_headers_like
ETag: "\S+"



=== report, whatever the size of the file's buffers
--- config eval: ::sizes('consent site; consent_mode report;')
--- user_files eval: ::page()
--- pipelined_requests eval
[map { "GET /s$_" } @::Sizes]
--- response_body eval
[map { $::Page } @::Sizes]



=== what is accepted is left
--- config
location /page.html {
    consent site;
}
--- user_files
>>> page.html
<img src="//ads.test/p"><img src="//stats.test/p"><img src="//both.test/p">
--- request
GET /page.html
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body
<img data-consent="advertising" data-consent-src="//ads.test/p"><img src="//stats.test/p"><img data-consent="advertising" data-consent-src="//both.test/p">



=== every split of a script into two calls of the filters, and into bytes
--- config eval
::splits('<p><script a="1" src="https://stats.test/s.js">x</script></p>',
       'consent site; default_type text/html;')
--- pipelined_requests eval
[map { "GET /t$_" } 0 .. 60]
--- response_body eval
[('<p><script type="text/plain" data-consent="performance" a="1" data-consent-src="https://stats.test/s.js">x</script></p>') x 61]



=== every split of an inline script
--- config eval
::splits('<p><script>a(); statsQueue.push(1)</script></p>',
       'consent site; default_type text/html;')
--- pipelined_requests eval
[map { "GET /t$_" } 0 .. 46]
--- response_body eval
[('<p><script type="text/plain" data-consent="performance">a(); statsQueue.push(1)</script></p>') x 47]



=== every split of an inline script, removed
--- config eval
::splits('<p><script>a(); statsQueue.push(1)</script></p>',
       'consent site; consent_tags remove; default_type text/html;')
--- pipelined_requests eval
[map { "GET /t$_" } 0 .. 46]
--- response_body eval
[('<p></p>') x 47]



=== every split of a comment and a tag after it
--- config eval
::splits('<!-- <a> --><img src=//ads.test/><!--->x<img src=//ads.test/>',
       'consent site; default_type text/html;')
--- pipelined_requests eval
[map { "GET /t$_" } 0 .. 60]
--- response_body eval
[('<!-- <a> --><img data-consent="advertising" data-consent-src=//ads.test/><!--->x<img data-consent="advertising" data-consent-src=//ads.test/>') x 61]



=== a flush sends what is ready and waits with what is not
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<p>one</p><scr';
    echo_flush;
    echo -n 'ipt src="//ads.test/a.js"></scr';
    echo_flush;
    echo -n 'ipt><p>two</p>';
}
--- response_body chomp
<p>one</p><script type="text/plain" data-consent="advertising" data-consent-src="//ads.test/a.js"></script><p>two</p>



=== an unfinished tag at the end is as it came
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<p>x</p><img src="//ads.test/p';
}
--- response_body chomp
<p>x</p><img src="//ads.test/p



=== only the first attribute of a name is judged, all of it are renamed
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<img src="//ads.test/p" SRC="/own"><img src="/own" src="//ads.test/p">';
}
--- response_body chomp
<img data-consent="advertising" data-consent-src="//ads.test/p" data-consent-SRC="/own"><img src="/own" src="//ads.test/p">



=== a prefix stays before the new name
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<svg><image xlink:href="//ads.test/p"/></svg>';
}
--- response_body chomp
<svg><image data-consent="advertising" xlink:data-consent-href="//ads.test/p"/></svg>



=== proxied without buffering, in small pieces
--- config
location /t {
    consent site;
    proxy_buffering off;
    proxy_buffer_size 512;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/page.html;
}
--- user_files eval: ::page()
--- response_body eval: $::Disabled



=== a slow client gets the same bytes
--- config
location /t {
    consent site;
    limit_rate 64k;
    limit_rate_after 0;
    output_buffers 2 512;
    default_type text/html;
    alias $TEST_NGINX_SERVER_ROOT/html/page.html;
}
--- user_files eval: ">>> page.html\n" . $::Page x 60
--- response_body eval: $::Disabled x 60



=== HEAD has the headers of GET
--- config
location /page.html {
    consent site;
}
--- user_files eval: ::page()
--- request
HEAD /page.html
--- response_headers
Content-Length:
Accept-Ranges:
--- response_headers_like
ETag: "\w+-\w+~consent\.[0-9a-f]{16}"
--- response_body



=== a date alone never answers a page by 304
--- config
location /page.html {
    consent site;
    if_modified_since before;
}
--- user_files eval: ::page()
--- request
GET /page.html
--- more_headers
If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT
--- response_body eval: $::Disabled



=== a page that is rewritten is never answered in part
--- config
location /page.html {
    consent site;
}
--- user_files eval: ::page()
--- request
GET /page.html
--- more_headers
Range: bytes=0-9
--- response_body eval: $::Disabled



=== a tag longer than consent_tag_buffer is judged attribute by attribute
--- config
location /page.html {
    consent site;
    consent_tag_buffer 256;
}
--- user_files eval
">>> page.html\n<img title=\"" . "x" x 1000 . "\" src=\"//ads.test/p\" alt=a>"
--- request
GET /page.html
--- response_body_like eval
qr{^<img [^<]*x{1000}" [^<]*data-consent-src="//ads.test/p" alt=a>$}



=== a marker past consent_inline_buffer passes
--- config
location /page.html {
    consent site;
    consent_inline_buffer 256;
}
--- user_files eval
">>> page.html\n<script>" . " " x 300 . "statsQueue</script>"
--- request
GET /page.html
--- response_body eval
"<script>" . " " x 300 . "statsQueue</script>"



=== a marker counts between identifier boundaries only
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<script>mystatsQueue=1;statsQueue2=1</script>';
}
--- response_body chomp
<script>mystatsQueue=1;statsQueue2=1</script>



=== a buffer's size has limits
--- config
consent_tag_buffer 16;
--- must_die
--- error_log eval
qr/invalid size, 256 to 16777216 bytes were expected in .*nginx\.conf:\d+/



=== an inline buffer's, too
--- config
consent_inline_buffer 17m;
--- must_die
--- error_log eval
qr/invalid size, 256 to 16777216 bytes were expected in .*nginx\.conf:\d+/



=== another word is an error
--- config
consent_tags hide;
--- must_die
--- error_log eval
qr/invalid value "hide" in .*nginx\.conf:\d+/



=== HTTP/2
--- http2
--- config
location /page.html {
    consent site;
}
--- user_files eval: ::page()
--- request
GET /page.html
--- response_body eval: $::Disabled
