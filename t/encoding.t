# Pages that come encoded, or could: which are asked for plain, which inflated,
# which compressed again; and what is no page stays as it is kept.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

use Compress::Zlib ();

our $Sent = '<p>x</p><img src="//ads.test/p">';
our $Held = '<p>x</p><img data-consent="advertising" data-consent-src="//ads.test/p">';
our $All = "Cookie: " . ::choice("performance+advertising+sharing");

our $Http = $ConsentNginx::Table . <<'END';
log_format consent '[$consent_decisions]';
types { text/html html; text/css css; application/javascript js; image/png png; }
proxy_http_version 1.1;
END

sub gunzip { return Compress::Zlib::memGunzip($_[0]) // "not gzip" }

sub gz { return Compress::Zlib::memGzip($_[0]) }

# a file and its compressed copy, which says that it is one

sub twins {
    my ($name) = @_;

    return [["$name", $Sent], ["$name.gz", gz("$Sent<!-- gz -->")]];
}

# a backend whose page is encoded, whatever was asked for

sub proxied {
    my ($directives, $encoding, $more) = @_;

    $more //= "";

    return "location /t { consent site; consent_opaque block; gunzip on;"
           . " $directives"
           . ' proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back.bin; }'
           . " location /back.bin { default_type text/html;"
           . " add_header Content-Encoding '$encoding' always; $more }";
}

sub compressed { return [["back.bin", gz($Sent)]] }

run_tests();

__DATA__

=== gzip_static: a page is taken from the plain file
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding:
--- response_body eval: $::Held



=== and compressed by nginx itself
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; gzip on; gzip_min_length 1; gzip_vary on; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
Vary: Accept-Encoding, Cookie, Sec-GPC
--- response_body_filters eval: \&::gunzip
--- response_body eval: $::Held



=== who accepted everything gets the copy that is kept
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- more_headers eval
"Accept-Encoding: gzip\n$::All"
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: "$::Sent<!-- gz -->"



=== in report mode, too
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; consent_mode report; gzip_static on; access_log logs/error.log consent; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: "$::Sent<!-- gz -->"
--- error_log
[opaque unknown]



=== where tags are not held back, too
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; consent_tags off; gzip_static on; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip



=== style sheets and scripts come from their copies
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; }
--- user_files eval: [@{::twins("a.css")}, @{::twins("a.js")}, @{::twins("a.png")}]
--- request eval: ["GET /a.css", "GET /a.js", "GET /a.png"]
--- more_headers
Accept-Encoding: gzip
--- response_headers eval
["Content-Encoding: gzip", "Content-Encoding: gzip", "Content-Encoding: gzip"]



=== so does a page that is fetched as an image
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; gunzip on; gzip on; gzip_min_length 1; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
Sec-Fetch-Dest: image
--- response_body_filters eval: \&::gunzip
--- response_body chomp
<p>x</p><img data-consent="advertising" data-consent-src="//ads.test/p"><!-- gz -->



=== a style sheet that is named in consent_types is a page
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; consent_types text/css; gzip_static on; }
--- user_files eval
[["a.css", "a{b:url(//ads.test/p)}"], ["a.css.gz", ::gz("opaque")]]
--- request
GET /a.css
--- more_headers
Accept-Encoding: gzip
--- response_body: a{b:url(about:invalid)}



=== try_files that adds the name's end
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; try_files $uri $uri.html =404; }
--- user_files eval: ::twins("page.html")
--- request
GET /page
--- more_headers
Accept-Encoding: gzip
--- response_body eval: $::Held



=== an index
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; index page.html; }
--- user_files eval: ::twins("page.html")
--- request
GET /
--- more_headers
Accept-Encoding: gzip
--- response_body eval: $::Held



=== an error's page: what the request asked for is not forgotten
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; gzip on; gzip_min_length 1; error_page 404 /page.html; }
--- user_files eval: ::twins("page.html")
--- request
GET /none.html
--- more_headers
Accept-Encoding: gzip
--- error_code: 404
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: $::Held



=== a named location where consent is off takes what it would
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; error_page 404 = @off; }
location @off { consent off; gzip on; gzip_min_length 1; echo -n '<p>plain</p>'; }
--- request
GET /none.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body: <p>plain</p>



=== and so does an internal redirect
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; error_page 404 /off/page.html; }
location ^~ /off/ { consent off; gzip_static on; }
--- user_files eval
[["off/page.html", "plain"], ["off/page.html.gz", ::gz("copy")]]
--- request
GET /none.html
--- more_headers
Accept-Encoding: gzip
--- error_code: 404
--- response_body_filters eval: \&::gunzip
--- response_body: copy



=== a page that SSI includes is plain, the whole compressed
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static on; gzip on; gzip_min_length 1; }
location ^~ /t { consent site; ssi on; gzip on; gzip_min_length 1; default_type text/html; echo -n 'a<!--# include virtual="/page.html" -->b'; }
--- user_files eval: ::twins("page.html")
--- request
GET /t
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: "a" . $::Held . "b"



=== gzip_static always without gunzip is opaque
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; consent_opaque block; gzip_static always; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- error_code: 502
--- error_log eval
qr/a page came encoded as "gzip" and could not be read, "gunzip on" inflates gzip.*, request: "GET \/page.html HTTP\/1.1"/



=== gzip_static always with it is inflated
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; consent_opaque block; gzip_static always; gunzip on; }
--- user_files eval: ::twins("page.html")
--- request
GET /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding:
--- response_body_like: ^<p>x</p><img data-consent="advertising" .*<!-- gz -->$



=== HEAD of it: as GET, but that gzip compresses no HEAD
--- http_config eval: $::Http
--- config
location ~ ^/ { consent site; gzip_static always; gunzip on; gzip off; }
--- user_files eval: ::twins("page.html")
--- request
HEAD /page.html
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding:
Content-Length:
Accept-Ranges:



=== a backend's gzip: inflated, read, compressed again
--- http_config eval: $::Http
--- config eval: ::proxied("gzip on; gzip_min_length 1;", "gzip")
--- user_files eval: ::compressed()
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: $::Held



=== gzip off: plain
--- http_config eval: $::Http
--- config eval: ::proxied("gzip off;", "gzip")
--- user_files eval: ::compressed()
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding:
--- response_body eval: $::Held



=== gzip_vary says so as it does without us
--- http_config eval: $::Http
--- config eval: ::proxied("gzip off; gzip_vary on;", "gzip")
--- user_files eval: ::compressed()
--- response_headers
Vary: Accept-Encoding, Cookie, Sec-GPC
--- response_body eval: $::Held



=== GZIP is gzip
--- http_config eval: $::Http
--- config eval: ::proxied("", "GZIP")
--- user_files eval: ::compressed()
--- more_headers
Accept-Encoding: gzip
--- response_body eval: $::Held



=== x-gzip is gzip
--- http_config eval: $::Http
--- config eval: ::proxied("", "x-gzip")
--- user_files eval: ::compressed()
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding:
--- response_body eval: $::Held



=== who accepted everything gets the backend's bytes
--- http_config eval: $::Http
--- config eval: ::proxied("gzip on; gzip_min_length 1;", "x-gzip")
--- user_files eval: ::compressed()
--- more_headers eval
"Accept-Encoding: gzip\n$::All"
--- response_headers
Content-Encoding: x-gzip
--- response_body eval: ::gz($::Sent)



=== an empty body is no broken gzip
--- http_config eval: $::Http
--- config eval: ::proxied("", "gzip")
--- user_files
>>> back.bin
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
Content-Length: 0
--- no_error_log
[error]



=== nor is one that cannot be read opaque
--- http_config eval: $::Http
--- config eval: ::proxied("", "br")
--- user_files
>>> back.bin
--- response_headers
Content-Encoding: br
Content-Length: 0
--- no_error_log
could not be read



=== SSI reads what gunzip inflates, we read what SSI writes
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    gunzip on; gzip_static always; ssi on; gzip on; gzip_min_length 1;
    types { }
    default_type text/html;
    sub_filter SUB '<img src="//ads.test/p">';
    add_after_body /after;
    try_files /page.html =404;
}
location /after { default_type text/html; return 200 '<img src="//ads.test/p">'; }
--- user_files eval
[["page.html", "x"], ["page.html.gz", ::gz('a SUB <!--# include virtual="/after" --> ')]]
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body chomp
a <img data-consent="advertising" data-consent-src="//ads.test/p"> <img data-consent="advertising" data-consent-src="//ads.test/p"> <img data-consent="advertising" data-consent-src="//ads.test/p">



=== a compressed copy in nginx's cache serves who refuses and who accepts
--- http_config eval
$::Http . 'proxy_cache_path conf/cache keys_zone=c:1m;'
--- config eval
::proxied('proxy_cache c; proxy_cache_valid 1m; add_header X-Cache $upstream_cache_status always;',
          "gzip")
--- user_files eval: ::compressed()
--- pipelined_requests eval: ["GET /t", "GET /t", "GET /t"]
--- more_headers eval
["", "", "Accept-Encoding: gzip\n$::All"]
--- response_headers eval
["X-Cache: MISS\nContent-Encoding:", "X-Cache: HIT\nContent-Encoding:",
 "X-Cache: HIT\nContent-Encoding: gzip"]
--- response_body eval
[$::Held, $::Held, ::gz($::Sent)]



=== gzip_proxied has its say when the page is compressed again
--- http_config eval: $::Http
--- config eval
::proxied("gzip on; gzip_min_length 1; gzip_proxied off;", "gzip")
--- user_files eval: ::compressed()
--- more_headers
Accept-Encoding: gzip
Via: 1.1 proxy
--- response_headers
Content-Encoding:
--- response_body eval: $::Held



=== gzip_proxied any
--- http_config eval: $::Http
--- config eval
::proxied("gzip on; gzip_min_length 1; gzip_proxied any;", "gzip")
--- user_files eval: ::compressed()
--- more_headers
Accept-Encoding: gzip
Via: 1.1 proxy
--- response_headers
Content-Encoding: gzip
--- response_body_filters eval: \&::gunzip
--- response_body eval: $::Held



=== what claims to be gzip and is not ends as nginx ends it
--- http_config eval: $::Http
--- config eval: ::proxied("", "gzip")
--- user_files
>>> back.bin
<img src="//ads.test/p">
--- more_headers
Accept-Encoding: gzip
--- ignore_response
--- error_log
inflate() failed



=== br cannot be read
--- http_config eval: $::Http
--- config eval: ::proxied("access_log logs/error.log consent;", "br")
--- user_files eval: ::compressed()
--- error_code: 502
--- error_log
a page came encoded as "br" and could not be read
request: "GET /t HTTP/1.1"
[opaque unknown]



=== zstd cannot
--- http_config eval: $::Http
--- config eval: ::proxied("", "zstd")
--- user_files eval: ::compressed()
--- error_code: 502
--- error_log: encoded as "zstd"



=== deflate cannot
--- http_config eval: $::Http
--- config eval: ::proxied("", "deflate")
--- user_files eval: ::compressed()
--- error_code: 502
--- error_log: encoded as "deflate"



=== two encodings in one line cannot
--- http_config eval: $::Http
--- config eval: ::proxied("", "gzip, br")
--- user_files eval: ::compressed()
--- error_code: 502
--- error_log: encoded as "gzip, br"



=== what nobody knows cannot
--- http_config eval: $::Http
--- config eval: ::proxied("", "aes128gcm")
--- user_files eval: ::compressed()
--- error_code: 502
--- error_log: encoded as "aes128gcm"



=== the page of an error may come from elsewhere
--- http_config eval: $::Http
--- config eval: ::proxied("error_page 502 /sorry.html;", "br") . 'location = /sorry.html { consent site; }'
--- user_files eval: [@{::compressed()}, ["sorry.html", $::Sent]]
--- error_code: 502
--- response_headers
Content-Encoding:
--- response_body eval: $::Held



=== no-transform: the choice counts more
--- http_config eval: $::Http
--- config eval: ::proxied("", "gzip", "add_header Cache-Control no-transform;")
--- user_files eval: ::compressed()
--- more_headers
Accept-Encoding: gzip
--- response_headers
Cache-Control: no-transform
--- response_body eval: $::Held
