# What nginx's own modules make of a request and its page: subrequests, other
# locations, errors' pages.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Sent = '<p>x</p><img src="//ads.test/p">';
our $Held = '<p>x</p><img data-consent="advertising" data-consent-src="//ads.test/p">';

our $Http = $ConsentNginx::Table . <<'END';
proxy_http_version 1.1;
proxy_intercept_errors on;
END

# locations of a backend, in the same server

our $Back = <<'END';
location /back/ { default_type text/html; return 200 '<p>x</p><img src="//ads.test/p">'; }
location = /back/500 { default_type text/html; return 500 '<p>five</p>'; }
location = /back/404 { default_type text/html; return 404 '<p>four</p>'; }
location = /back/slow { default_type text/html; echo_sleep 0.05; echo -n '<img src="//ads.test/p">'; }
location = /back/half { default_type text/html; echo -n '<img src="//ads.'; }
location = /back/accel { default_type text/html; add_header X-Accel-Redirect /inside.html; add_header Set-Cookie "ad=1"; add_header Set-Cookie "session=1"; return 200; }
location = /back/accel-off { default_type text/html; add_header X-Accel-Redirect /off/page.html; return 200; }
location = /back/accel-named { default_type text/html; add_header X-Accel-Redirect @named; return 200; }
location = /back/login { add_header Set-Cookie "ad=1"; add_header X-User "Mia"; return 204; }
location = /back/no { add_header Set-Cookie "ad=1" always; return 403; }
END

run_tests();

__DATA__

=== SSI: includes that run side by side
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; ssi on; default_type text/html;
    echo -n 'a<!--# include virtual="/slow" -->b<!--# include virtual="/fast" -->c';
}
location /slow { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/slow; }
location /fast { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/; }
END
--- response_body eval
'a' . ($::Held =~ s/.*<img/<img/r) . 'b' . $::Held . 'c'



=== SSI: an include that is waited for
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; ssi on; default_type text/html;
    echo -n 'a<!--# include virtual="/slow" wait="yes" -->b<!--# include virtual="/fast" -->c';
}
location /slow { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/slow; }
location /fast { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/; }
END
--- response_body eval
'a' . ($::Held =~ s/.*<img/<img/r) . 'b' . $::Held . 'c'



=== SSI: a stub in the place of an error
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; ssi on; default_type text/html;
    echo -n '<!--# block name="one" --><img src="//ads.test/s"><!--# endblock -->a<!--# include virtual="/bad" stub="one" -->b';
}
location /bad { return 500; }
END
--- response_body chomp
a<img data-consent="advertising" data-consent-src="//ads.test/s">b



=== SSI: a stub in the place of nothing
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; ssi on; default_type text/html;
    echo -n '<!--# block name="one" --><img src="//ads.test/s"><!--# endblock -->a<!--# include virtual="/none" stub="one" -->b';
}
location /none { return 204; }
END
--- response_body chomp
a<img data-consent="advertising" data-consent-src="//ads.test/s">b



=== SSI: a tag that begins in one include and ends in the next
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; ssi on; default_type text/html;
    echo -n '<p>x</p><!--# include virtual="/half" --><!--# include virtual="/end" -->';
}
location /half { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/half; }
location /end { default_type text/html; echo -n 'test/p">'; }
END
--- response_body eval: $::Held



=== SSI: an include that the page keeps in a variable
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; ssi on; default_type text/html;
    echo -n '<!--# include virtual="/fast" set="v" -->a<!--# echo var="v" encoding="none" -->';
}
location /fast { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/; }
END
--- response_body eval: "a" . $::Held



=== SSI: an include where consent is off is in a page where it is on
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t { consent site; ssi on; default_type text/html; echo -n '<!--# include virtual="/off" -->'; }
location /off { consent off; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/; }
END
--- response_body eval: $::Held



=== and one where it is on, in a page where it is off
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t { consent off; ssi on; default_type text/html; echo -n '<!--# include virtual="/on" -->'; }
location /on { consent site; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/; }
END
--- response_body eval: $::Sent



=== SSI in HTTP/2
--- http2
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; ssi on; default_type text/html;
    echo -n 'a<!--# include virtual="/page.html" -->b<!--# include virtual="/page.html" -->c';
}
END
--- user_files eval: [["page.html", $::Sent]]
--- response_body eval: "a${main::Held}b${main::Held}c"



=== addition before the page
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; default_type text/html;
    add_before_body /half; add_after_body /fast;
    echo -n 'test/p">';
}
location /half { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/half; }
location /fast { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/; }
END
--- response_body eval
($::Held =~ s/.*<img/<img/r) . $::Held



=== echo's subrequests
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; default_type text/html;
    echo_location /half; echo -n 'test/p">'; echo_subrequest_async GET /fast;
}
location /half { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/half; }
location /fast { proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/; }
END
--- response_body eval
($::Held =~ s/.*<img/<img/r) . $::Held



=== auth_request: it sees what the backend sees, its cookie is judged
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site;
    auth_request /auth;
    auth_request_set $cookie $upstream_http_set_cookie;
    auth_request_set $user $upstream_http_x_user;
    add_header Set-Cookie $cookie;
    add_header X-User $user;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/;
}
location = /auth { internal; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/login; }
END
--- more_headers
Cookie: ad=1; session=2
--- response_headers
Set-Cookie:
X-User: Mia
--- response_body eval: $::Held



=== auth_request: its cookie passes whom it may
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site;
    auth_request /auth;
    auth_request_set $cookie $upstream_http_set_cookie;
    add_header Set-Cookie $cookie;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/;
}
location = /auth { internal; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/login; }
END
--- more_headers eval: "Cookie: " . ::choice("advertising")
--- response_headers
Set-Cookie: ad=1
--- response_body eval: $::Sent



=== auth_request: who says no, and the page that says so
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site;
    auth_request /auth;
    error_page 403 /no.html;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/;
}
location = /auth { internal; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/no; }
location = /no.html { consent site; }
END
--- user_files eval: [["no.html", $::Sent]]
--- error_code: 403
--- response_headers
Set-Cookie:
--- response_body eval: $::Held



=== X-Accel-Redirect to a file; the backend's cookies are judged
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t { consent site; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/accel; }
location = /inside.html { internal; consent site; }
END
--- user_files eval: [["inside.html", $::Sent]]
--- response_headers
Set-Cookie: session=1
Accept-Ranges:
--- response_body eval: $::Held



=== X-Accel-Redirect to where consent is off
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t { consent site; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/accel-off; }
location /off/ { internal; consent off; }
END
--- user_files eval: [["off/page.html", $::Sent]]
--- response_headers
Vary:
Content-Length: 32
--- response_body eval: $::Sent



=== X-Accel-Redirect to a named location
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t { consent site; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/accel-named; }
location @named { consent site; default_type text/html; return 200 '<p>x</p><img src="//ads.test/p">'; }
END
--- response_body eval: $::Held



=== X-Accel-Redirect from where consent is off
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t { consent off; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/accel; }
location = /inside.html { internal; consent site; }
END
--- user_files eval: [["inside.html", $::Sent]]
--- response_headers
Set-Cookie: session=1
--- response_body eval: $::Held



=== proxy_intercept_errors: the page of the site
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site;
    error_page 500 /sorry.html;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/500;
}
location = /sorry.html { consent site; }
END
--- user_files eval: [["sorry.html", $::Sent]]
--- error_code: 500
--- response_body eval: $::Held



=== recursive_error_pages: the second page, once
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
recursive_error_pages on;
location /t {
    consent site;
    error_page 500 = /again;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/500;
}
location /again {
    consent site;
    error_page 404 =200 @last;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/404;
}
location @last { consent site; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT; rewrite ^ /back/ break; }
END
--- response_headers
Vary: Cookie, Sec-GPC
--- response_body eval: $::Held



=== a page that was begun before its error is replaced is not read twice
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t {
    consent site; consent_tags remove;
    error_page 500 @plain;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/500;
}
location @plain { consent site; default_type text/plain; return 500 '<img src="//ads.test/p">'; }
END
--- error_code: 500
--- response_headers
Vary:
--- response_body chomp
<img src="//ads.test/p">



=== a backend that is not there
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    error_page 502 504 /sorry.html;
    proxy_pass http://127.0.0.1:1;
}
location = /sorry.html { consent site; }
--- user_files eval: [["sorry.html", $::Sent]]
--- error_code: 502
--- response_body eval: $::Held



=== nginx's own page of an error needs nothing
--- http_config eval: $::Http
--- config
location /t { consent site; proxy_pass http://127.0.0.1:1; }
--- error_code: 502
--- response_body_like: <center><h1>502 Bad Gateway</h1></center>



=== try_files: a file, another location, a named one, a status
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /a { consent site; try_files $uri.html =404; }
location /b { consent site; try_files $uri.html /inside.html; }
location /c { consent site; try_files $uri.html @named; }
location /d { consent site; error_page 404 /inside.html; try_files $uri.html =404; }
location = /inside.html { consent site; }
location @named { consent site; rewrite ^ /back/ break; proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT; }
END
--- user_files eval: [["a.html", $::Sent], ["inside.html", $::Sent]]
--- request eval: ["GET /a", "GET /b", "GET /c", "GET /d"]
--- error_code eval: [200, 200, 200, 404]
--- response_body eval: [$::Held, $::Held, $::Held, $::Held]



=== an index
--- http_config eval: $::Http
--- config
location /dir/ { consent site; index none.html page.html; }
--- user_files eval: [["dir/page.html", $::Sent]]
--- request: GET /dir/
--- response_body eval: $::Held



=== a list of files is a page that needs nothing
--- http_config eval: $::Http
--- config
location /dir/ { consent site; autoindex on; }
--- user_files eval: [["dir/a.txt", "a"]]
--- request: GET /dir/
--- response_headers
Vary: Cookie, Sec-GPC
--- response_body_like: <a href="a\.txt">a\.txt</a>



=== a directory without its slash
--- http_config eval: $::Http
--- config
location /dir { consent site; }
--- user_files eval: [["dir/a.txt", "a"]]
--- request: GET /dir
--- error_code: 301
--- response_headers_like
Location: http://localhost(:\d+)?/dir/



=== return, early
--- http_config eval: $::Http
--- config
consent site;
default_type text/html;
if ($arg_a) { return 200 '<p>x</p><img src="//ads.test/p">'; }
location /t { return 403; }
--- request: GET /t?a=1
--- response_body eval: $::Held



=== sub_filter that writes what is held back in two parts
--- http_config eval: $::Http
--- config
location /t {
    consent site; default_type text/html;
    sub_filter_once off;
    sub_filter HOST ads.test;
    sub_filter OPEN '<img src="';
    echo -n '<p>x</p>OPEN//HO'; echo_flush; echo -n 'ST/p">';
}
--- response_body eval: $::Held



=== a subrequest's page has its own filters, ours reads the whole
--- http_config eval: $::Http
--- config eval
$::Back . <<'END'
location /t { consent site; ssi on; default_type text/html; echo -n '<!--# include virtual="/sub" -->'; }
location /sub {
    sub_filter ads.test video.test;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back/;
}
END
--- response_body chomp
<p>x</p><img data-consent="sharing" data-consent-src="//video.test/p">



=== slice: the page is put together before it is read
--- http_config eval
$::Http . 'proxy_cache_path conf/cache keys_zone=c:1m;'
--- config
location /t {
    consent site;
    slice 12;
    proxy_cache c;
    proxy_cache_key $uri$slice_range;
    proxy_cache_valid 200 206 1m;
    proxy_set_header Range $slice_range;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/page.html;
}
--- user_files eval: [["page.html", $::Sent]]
--- request eval: ["GET /t", "GET /t"]
--- response_body eval: [$::Held, $::Held]



=== a connection that is closed without an answer
--- http_config eval: $::Http
--- config
location /t { consent site; return 444; }
--- ignore_response
--- no_error_log
[error]



=== slice: a range of a page that is rewritten is all of it
--- http_config eval
$::Http . 'proxy_cache_path conf/cache keys_zone=c:1m;'
--- config
location /t {
    consent site;
    slice 12;
    proxy_cache c;
    proxy_cache_key $uri$slice_range;
    proxy_cache_valid 200 206 1m;
    proxy_set_header Range $slice_range;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/page.html;
}
--- user_files eval: [["page.html", $::Sent]]
--- request eval: ["GET /t", "GET /t"]
--- more_headers eval: ["Range: bytes=20-25", "Range: bytes=20-25\n" . "Cookie: " . ::choice("performance+advertising+sharing")]
--- error_code eval: [200, 206]
--- response_body eval: [$::Held, substr($::Sent, 20, 6)]



=== slice: a range that begins in the middle is never taken for a page
--- http_config eval
$::Http . 'proxy_cache_path conf/cache keys_zone=c:1m;'
--- config
location /t {
    consent site;
    slice 12;
    proxy_cache c;
    proxy_cache_key $uri$slice_range;
    proxy_cache_valid 200 206 1m;
    proxy_set_header Range $slice_range;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/page.html;
}
--- user_files eval: [["page.html", $::Sent]]
--- request eval: ["GET /t", "GET /t"]
--- more_headers eval: ["Range: bytes=20-25\nSec-Fetch-Dest: video", "Range: bytes=0-3\nSec-Fetch-Dest: video"]
--- error_code eval: [206, 200]
--- response_body eval: [substr($::Sent, 20, 6), $::Held]
--- response_headers eval: ["ETag:", "Content-Range:"]



=== slice: who accepted gets no part by a date, but the whole
--- http_config eval
$::Http . 'proxy_cache_path conf/cache keys_zone=c:1m;'
--- config
location /t {
    consent site;
    slice 12;
    proxy_cache c;
    proxy_cache_key $uri$slice_range;
    proxy_cache_valid 200 206 1m;
    proxy_set_header Range $slice_range;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/page.html;
}
--- user_files eval: [["page.html", $::Sent, '202001010000.00']]
--- request eval: ["GET /t", "GET /t", "GET /t"]
--- more_headers eval
my $accepted = "Cookie: " . ::choice("performance+advertising+sharing");
my $date = "Wed, 01 Jan 2020 00:00:00 GMT";
["Range: bytes=20-25\nIf-Unmodified-Since: $date\n$accepted",
 "Range: bytes=20-25\nIf-Range: $date\n$accepted",
 "Range: bytes=0-3\nSec-Fetch-Dest: video\nIf-Range: $date\n$accepted"]
--- response_body eval: [($::Sent) x 3]
