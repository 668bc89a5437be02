# nginx's own cache: one copy of a page serves every choice, and hands nobody
# a cookie that he refuses.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;
use ConsentBackend;

my $sent = '<p>x</p><img src="//ads.test/p"><img src="//stats.test/p">';
my $held = 'data-consent="%s" data-consent-src';

# the page as who refused, who chose performance only, and who accepted have it

our %Visitor = (
    n => [""],
    p => ["Cookie: " . choice("performance")],
    a => ["Cookie: " . choice("performance+advertising+sharing")],
);

$Visitor{n}[1] = $sent =~ s/src(="..ads)/sprintf($held, "advertising").$1/er
                       =~ s/src(="..stats)/sprintf($held, "performance").$1/er;
$Visitor{p}[1] = $sent =~ s/src(="..ads)/sprintf($held, "advertising").$1/er;
$Visitor{a}[1] = $sent;

# what visitors send, what they get: who("n a p")

sub who { return [map $Visitor{$_}[0], split ' ', $_[0]] }
sub get { return [map $Visitor{$_}[1] // "", split ' ', $_[0]] }

$Visitor{s} = ["", "slept\n"];

our $Cookie = $Visitor{a}[0] =~ s/Cookie: //r;

# what http2.mjs -p says of them: parallel("visitor X-Cache cookies ...")

sub parallel {
    my @words = split ' ', $_[0];
    my @heard;

    while (my ($who, $cache, $cookies) = splice @words, 0, 3) {
        push @heard, join "/", 200, length $Visitor{$who}[1], $cache, $cookies;
    }

    return "@heard";
}

our $Pages = backend(<<"END");
location / {
    add_header Cache-Control max-age=60;
    return 200 '$sent';
}

# whatever who asks has it say
location /says {
    add_header Cache-Control max-age=60;
    add_header Vary \$http_x_vary;
    if (\$http_x_fail) { return 500; }
    return 200 '$sent';
}

location /cookies {
    add_header Cache-Control no-cache;
    add_header Set-Cookie "stat=\$http_x_who; Max-Age=60";
    add_header Set-Cookie "ad=; Max-Age=0";
    add_header Set-Cookie "session=\$http_x_who";
    if (\$http_x_fail) { return 500; }
    return 200 '$sent';
}

location /slow {
    add_header Set-Cookie "stat=\$http_x_who";
    echo_sleep 0.8;
    echo -n '$sent';
}

# for how long is said by who asks
location /file {
    add_header Set-Cookie "stat=\$http_x_who";
    add_header X-Accel-Expires \$http_x_expires;
    alias \$TEST_NGINX_HTML_DIR/page.html;
}
END

our $File = [["page.html", $sent]];

our $Short = <<"END";
    proxy_ignore_headers Cache-Control Set-Cookie;
    proxy_cache_valid 200 1s;
END

our $Sleep = "location /sleep { echo_sleep 2.1; echo slept; }";

add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value("http_config", <<"END");
$Table
@{[$block->back // $Pages]}
proxy_cache_path \$TEST_NGINX_SERVER_ROOT/pages_cache keys_zone=pages:1m;
fastcgi_cache_path \$TEST_NGINX_SERVER_ROOT/fast_cache keys_zone=fast:1m;
@{[$block->http // ""]}
END

    if (!defined $block->config) {
        $block->set_value("config", <<"END");
consent site;
proxy_cache pages;
proxy_cache_key \$request_uri;
add_header X-Cache \$upstream_cache_status;
location / { $Proxy @{[$block->location // ""]} }
$Sleep
END
    }
});

no_root_location();

run_tests();

__DATA__

=== one copy serves every choice, whoever came first
--- request eval
[map(("GET /$_") x 4, 1 .. 6)]
--- more_headers eval
::who("n p a n  n a p p  p n a n  p a n p  a n p a  a p n a")
--- response_body eval
::get("n p a n  n a p p  p n a n  p a n p  a n p a  a p n a")
--- response_headers eval
["X-Cache: MISS", ("X-Cache: HIT") x 3, ("X-Cache: MISS", ("X-Cache: HIT") x 3) x 5]
--- asked
GET /1
GET /2
GET /3
GET /4
GET /5
GET /6
--- files: 6



=== one client compresses, another does not: still one copy
--- location
gzip on;
gzip_min_length 0;
--- request eval
["GET /says", "GET /says", "GET /says", "GET /says"]
--- more_headers eval
[map "X-Vary: Accept-Encoding\n$_", "Accept-Encoding: gzip, br", "",
 "Accept-Encoding: br", "Accept-Encoding: gzip"]
--- response_headers eval
["Content-Encoding: gzip", "Content-Encoding:", "Content-Encoding:",
 "Content-Encoding: gzip"]
--- asked
GET /says
--- files: 1



=== cookies that are held back from the backend make no copies under its Vary: Cookie
--- request eval
[("GET /says") x 6]
--- more_headers eval
[map "X-Vary: Cookie\n$_", "", "Cookie: ad=1", "Cookie: stat=2; both=3",
 "Cookie: session=1", "Cookie: session=1; ad=1", $::Visitor{a}[0]]
--- response_body eval
::get("n n n n n a")
--- response_headers eval
["X-Cache: MISS", "X-Cache: HIT", "X-Cache: HIT", "X-Cache: MISS",
 "X-Cache: HIT", "X-Cache: MISS"]
--- asked
GET /says
GET /says
GET /says



=== stale, when the backend fails
--- location eval: $::Short . "proxy_cache_use_stale http_500;"
--- request eval
["GET /says", "GET /sleep", "GET /says", "GET /says"]
--- more_headers eval
my ($first, $sleep, @then) = @{::who("a s n a")};
[$first, $sleep, map "X-Fail: 1\n$_", @then]
--- response_body eval
::get("a s n a")
--- response_headers eval
["X-Cache: MISS", "", "X-Cache: STALE", "X-Cache: STALE"]
--- asked
GET /says
GET /says
GET /says
--- files: 1



=== stale and updating, while one request in the background asks the backend
--- location eval
$::Short . "proxy_cache_use_stale updating; proxy_cache_background_update on;"
--- http2
--- request eval
["GET /slow", "GET /sleep"]
--- more_headers eval
::who("n s")
--- response_body eval
::get("n s")
--- talk2 eval
"-p GET:/slow:0:$::Cookie GET:/slow:0 GET:/slow:0:$::Cookie"
--- heard2 eval
::parallel("a STALE 1  n UPDATING 0  a UPDATING 1")
--- asked
GET /slow
GET /slow
--- files: 1



=== revalidated by a 304 of the backend
--- user_files eval: $::File
--- location eval
$::Short . "proxy_cache_revalidate on;"
--- request eval
["GET /file", "GET /sleep", "GET /file", "GET /file"]
--- more_headers eval
my ($first, $sleep, @then) = @{::who("a s n p")};
[$first, $sleep, map "X-Expires: 60\n$_", @then]
--- response_body eval
::get("a s n p")
--- response_headers eval
["X-Cache: MISS", "", "X-Cache: REVALIDATED", "X-Cache: HIT"]
--- error_code eval
[200, 200, 200, 200]
--- asked
GET /file
GET /file
--- files: 1



=== a lock: who waits for another's answer gets his own page
--- location
proxy_cache_lock on;
proxy_cache_lock_timeout 60s;
proxy_cache_lock_age 60s;
proxy_ignore_headers Set-Cookie;
proxy_cache_valid 200 1m;
--- http2
--- request
GET /1
--- talk2 eval
"-p GET:/slow:0 GET:/slow:0:$::Cookie GET:/slow:0"
--- heard2 eval
::parallel("n MISS 0  a HIT 1  n HIT 0")
--- asked
GET /1
GET /slow
--- files: 2



=== a cookie out of the cache is judged for who gets it, whoever came first
--- location
proxy_ignore_headers Set-Cookie Cache-Control;
proxy_cache_valid 200 1m;
--- request eval
[("GET /cookies") x 3, ("GET /cookies?2") x 3]
--- more_headers eval
my $n = 0; [map "X-Who: " . ++$n . "\n$_", @{::who("a a n  n a a")}]
--- response_headers eval
[("Set-Cookie: stat=1; Max-Age=60, ad=; Max-Age=0, session=1") x 2,
 ("Set-Cookie: ad=; Max-Age=0, session=1"),
 ("Set-Cookie: ad=; Max-Age=0, session=4"),
 ("Set-Cookie: stat=4; Max-Age=60, ad=; Max-Age=0, session=4") x 2]
--- response_body eval
::get("a a n n a a")
--- asked
GET /cookies
GET /cookies?2
--- files: 2



=== stale, too
--- location eval: $::Short . "proxy_cache_use_stale http_500;"
--- request eval
["GET /cookies", "GET /sleep", "GET /cookies"]
--- more_headers eval
["X-Who: 1\n$::Visitor{a}[0]", "", "X-Fail: 1\n$::Visitor{n}[0]"]
--- response_headers eval
["Set-Cookie: stat=1; Max-Age=60, ad=; Max-Age=0, session=1", "",
 "Set-Cookie: ad=; Max-Age=0, session=1"]
--- asked
GET /cookies
GET /cookies



=== revalidated, too
--- user_files eval: $::File
--- location eval
$::Short . "proxy_cache_revalidate on;"
--- request eval
["GET /file", "GET /sleep", "GET /file"]
--- more_headers eval
["X-Who: 1\n$::Visitor{a}[0]", "", "X-Who: 2\n$::Visitor{n}[0]"]
--- response_headers eval
["Set-Cookie: stat=1", "", "Set-Cookie:"]
--- asked
GET /file
GET /file



=== with pages off cookies are judged all the same
--- location
consent_tags off;
proxy_ignore_headers Set-Cookie Cache-Control;
proxy_cache_valid 200 1m;
--- request eval
["GET /cookies", "GET /cookies"]
--- more_headers eval
["X-Who: 1\n$::Visitor{a}[0]", "X-Who: 2\n$::Visitor{n}[0]"]
--- response_headers eval
["Set-Cookie: stat=1; Max-Age=60, ad=; Max-Age=0, session=1",
 "Set-Cookie: ad=; Max-Age=0, session=1"]



=== report mode passes it, and notes it once
--- http
log_format decided "$upstream_cache_status:$consent_decisions";
--- location
consent_mode report;
access_log logs/decided.log decided;
proxy_ignore_headers Set-Cookie Cache-Control;
proxy_cache_valid 200 1m;
--- request eval
["GET /cookies", "GET /cookies", "GET /cookies"]
--- more_headers eval
["X-Who: 1\n$::Visitor{a}[0]", "X-Who: 2\n$::Visitor{a}[0]",
 "X-Who: 3\n$::Visitor{n}[0]"]
--- response_headers eval
[("Set-Cookie: stat=1; Max-Age=60, ad=; Max-Age=0, session=1") x 3]
--- decided
MISS:
HIT:
HIT:set-cookie stat; tag ads.test; tag stats.test



=== FastCGI: one copy, and nobody's tracker
--- config eval
$::Fast ||= ::fastcgi("Content-Type: text/html\r\nCache-Control: max-age=60\r\n"
                      . "Set-Cookie: stat=x\r\nVary: Accept-Encoding");
"consent site;
location / {
    fastcgi_pass $::Fast;
    fastcgi_cache fast;
    fastcgi_cache_key \$request_uri;
    fastcgi_ignore_headers Set-Cookie;
    add_header X-Cache \$upstream_cache_status;
    add_after_body /tags;
}
location /tags { internal; return 200 '<img src=\"//ads.test/p\">'; }"
--- request eval
[map(("GET /$_") x 3, 1, 2)]
--- more_headers eval
::who("n p a  a p n")
--- response_body eval
my $held = '<img data-consent="advertising" data-consent-src="//ads.test/p">';
[map "answer $_", "1$held", "1$held", '1<img src="//ads.test/p">',
 '2<img src="//ads.test/p">', "2$held", "2$held"]
--- response_headers eval
["X-Cache: MISS\nSet-Cookie:",
 ("X-Cache: HIT\nSet-Cookie: stat=x") x 2,
 "X-Cache: MISS\nSet-Cookie: stat=x", "X-Cache: HIT\nSet-Cookie: stat=x",
 "X-Cache: HIT\nSet-Cookie:"]
