# Refused cookies are taken out of the browser.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

use Compress::Zlib qw(crc32);
use MIME::Base64 qw(encode_base64);
use POSIX ();

$ENV{TEST_NGINX_HTML_DIR} ||= html_dir();

our $Gone = "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

our $Refused = "Cookie: " . choice("-");

our $Http = $ConsentNginx::Table
            . "log_format decisions '[\$consent_decisions]';\n";

$Http =~ s/cookie ad;/$&
        cookie app path=\/app\/;
        cookie free enforce=off;
        cookie many*;
        cookie __Host-ad; cookie __Secure-ad;/ or die;


# a page, with the directive and what else it has

sub page {
    my ($directives, $path) = @_;

    return "location " . ($path // "~ .") . " { consent site; consent_sweep on;"
           . " default_type text/html; $directives\nreturn 200 x; }\n";
}


# The module's memory, by its description: the choice's time, then a counter of
# two bits for each of 128 values of the name's CRC-32.

sub memory {
    my ($time, %tries) = @_;

    my @counters = (0) x 32;

    for my $name (keys %tries) {
        my $slot = crc32($name) % 128;
        $counters[$slot / 4] |= $tries{$name} << $slot % 4 * 2;
    }

    my $value = encode_base64(pack("VC32", $time, @counters), "");
    $value =~ tr{+/}{-_};

    return "consent_swept=$value";
}

sub tried { return memory($ConsentNginx::Now - 60, @_) }


# all Set-Cookie lines of the response, with blanks between, but for the memory

sub only {
    return '(?s)\A(?!.*Set-Cookie: (?!' . CORE::join("|", map(quotemeta, @_,
           "consent_swept=")) . '))'
           . CORE::join("", map('(?=.*Set-Cookie: ' . quotemeta($_) . '\r\n)', @_));
}


# a header line, and what 1 KB of them holds besides the memory's

sub line { return "Set-Cookie: $_[0]\r\n" }

sub room {
    return 1024 - length(line(memory(0) . "; Path=/; HttpOnly; SameSite=Lax"));
}


# a certificate that nobody trusts

our $Tls = tls();

sub tls {
    my $file = "/tmp/consent-sweep-$$";

    my $key = qx(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null);
    open(my $fh, "|-", "openssl req -x509 -new -key /dev/stdin -subj /CN=t -days 2 -out $file 2>/dev/null");
    print $fh $key;
    close($fh);

    my $crt = qx(cat $file);
    unlink $file;

    return ">>> tls.key\n$key>>> tls.crt\n$crt";
}


add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value("http_config", $Http)
        if defined $block->config && !defined $block->http_config;

    if (!defined $block->must_die && !defined $block->more_headers) {
        $block->set_value("more_headers", "$Refused; ad=1\n");
    }
});

run_tests();

__DATA__

=== off is the default, and changes nothing
--- config
location /t {
    consent site;
    default_type text/html;
    return 200 x;
}
--- response_headers
Set-Cookie:
Cache-Control:



=== consent off: it does nothing
--- config
location /t {
    consent_sweep on;
    default_type text/html;
    return 200 x;
}
--- response_headers
Set-Cookie:
Cache-Control:



=== a refused cookie that the browser sends is expired, and the page is private
--- config eval: ::page("")
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/")
--- response_headers
Cache-Control: private
Vary: Cookie, Sec-GPC



=== what was done is remembered, for the session
--- config eval: ::page("")
--- raw_response_headers_like eval
"Set-Cookie: " . quotemeta(::tried(ad => 1) . "; Path=/; HttpOnly; SameSite=Lax") . "\r\n"



=== on the host, its parents and no public suffix of one label
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1\nHost: www.example.com"
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/", "ad$::Gone; Path=/; Domain=www.example.com", "ad$::Gone; Path=/; Domain=example.com")



=== an address has no parents
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1\nHost: 127.0.0.1"
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/")



=== the request's path, as the browser has it
--- config eval
"rewrite ^/shop/(.*) /else/x/y last; " . ::page("")
--- request
GET /shop/%61/x?y=/z
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/", "ad$::Gone")



=== a row's own path
--- config eval: ::page("")
--- more_headers eval
"$::Refused; app=1"
--- raw_response_headers_like eval
::only("app$::Gone; Path=/", "app$::Gone; Path=/app/")



=== a row's own domain: nothing above it
--- config eval: ::page("")
--- more_headers eval
"$::Refused; far=1\nHost: www.far.test"
--- raw_response_headers_like eval
::only("far$::Gone; Path=/", "far$::Gone; Path=/; Domain=www.far.test", "far$::Gone; Path=/; Domain=far.test")



=== __Host-: without Domain, and Secure
--- config eval: ::page("")
--- more_headers eval
"$::Refused; __Host-ad=1; __Secure-ad=2\nHost: example.com"
--- raw_response_headers_like eval
::only("__Host-ad$::Gone; Path=/; Secure", "__Secure-ad$::Gone; Path=/; Secure", "__Secure-ad$::Gone; Path=/; Domain=example.com; Secure")



=== wildcards and expressions are rows
--- config eval: ::page("")
--- more_headers eval
"$::Refused; stat-x=1; s12=1; S12=1"
--- raw_response_headers_like eval
::only("stat-x$::Gone; Path=/", "s12$::Gone; Path=/")



=== a name that no row lists is left alone, even where it is stripped
--- config eval: ::page("consent_unknown_cookies strip;")
--- more_headers eval
"$::Refused; mine=1"
--- response_headers
Set-Cookie:
Cache-Control:



=== so is one that is granted, required or not enforced
--- config eval: ::page("")
--- more_headers eval
"Cookie: " . ::choice("performance") . "; stat=1; session=2; free=3; both=4"
--- raw_response_headers_like eval
::only("both$::Gone; Path=/")



=== each name once, from all lines
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1; ad=2\nCookie: ad=3; share=4"
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/", "share$::Gone; Path=/")
--- raw_response_headers_unlike: (?s)ad=;.*ad=;



=== not without a choice: unset, invalid, GPC alone
--- config eval: ::page("")
--- request eval
["GET /", "GET /", "GET /"]
--- more_headers eval
["Cookie: ad=1", "Cookie: ad=1; consent=x", "Cookie: ad=1\nSec-GPC: 1"]
--- response_headers eval
[("Set-Cookie: ") x 3]



=== a choice that has lapsed: by its age, of another revision
--- config eval: ::page('', '= /') . ::page('consent_source cookie revision=4;', '= /r')
--- request eval
["GET /", "GET /", "GET /r", "GET /r"]
--- more_headers eval
["Cookie: ad=1; " . ::choice("-", age => 400 * 86400),
 "Cookie: ad=1; " . ::choice("advertising", age => 400 * 86400),
 "Cookie: ad=1; " . ::choice("advertising", revision => 3),
 "Cookie: ad=1; " . ::choice("advertising", revision => 4)]
--- raw_response_headers_like eval
[(::only("ad$::Gone; Path=/")) x 3, '']
--- raw_response_headers_unlike eval
[("ad=[^;]") x 3, "Set-Cookie"]



=== as a platform's: too old, of another revision; what is broken is kept
--- config eval
my $map = "consent_map vanilla ads advertising;";
::page("consent_source vanilla max_age=30d; $map", '= /age')
. ::page("consent_source vanilla revision=2; $map", '= /revision')
--- request eval
["GET /age", "GET /age", "GET /revision", "GET /revision", "GET /revision"]
--- more_headers eval
my $cookie = sub {
    my ($age, $revision, $end) = @_;
    my $at = POSIX::strftime("%Y-%m-%dT%H:%M:%S.000Z", gmtime(time() - $age * 86400));
    return "Cookie: ad=1; cc_cookie={\"categories\":[\"ads\"],\"revision\":$revision,"
           . "\"data\":null,\"consentTimestamp\":\"$at\",\"consentId\":\"x\","
           . "\"services\":{},\"languageCode\":\"en\",\"lastConsentTimestamp\":\"$at\""
           . $end;
};
[$cookie->(31, 1, "}"), $cookie->(29, 1, "}"), $cookie->(1, 1, "}"), $cookie->(1, 2, "}"),
 $cookie->(1, 1, "")]
--- raw_response_headers_like eval
[::only("ad$::Gone; Path=/"), '', ::only("ad$::Gone; Path=/"), '', '']
--- raw_response_headers_unlike eval
["ad=1", "Set-Cookie", "ad=1", "Set-Cookie", "Set-Cookie"]



=== one of an unknown time, or of the future, has not lapsed: it is broken
--- config eval
::page("consent_source custom cookie=own pattern=\"^t(?<time>[0-9]+)(?<a>a)?\" max_age=30d;"
         . "consent_map custom a advertising;", '= /own')
--- request eval
["GET /own", "GET /own", "GET /own"]
--- more_headers eval
["Cookie: ad=1; own=t0a", "Cookie: ad=1; own=t" . (time() + 90 * 86400) . "a",
 "Cookie: ad=1; own=t" . (time() - 90 * 86400) . "a"]
--- raw_response_headers_like eval
['', '', ::only("ad$::Gone; Path=/")]
--- raw_response_headers_unlike eval
["Set-Cookie", "Set-Cookie", "ad=1"]



=== a lapsed choice is none beside one that holds
--- config eval
::page("consent_source cookie; consent_source klaro; consent_map klaro a advertising;"
       . "consent_map klaro p performance; consent_map klaro s sharing;")
--- more_headers eval
"Cookie: ad=1; klaro={\"a\":true,\"p\":true,\"s\":true}; " . ::choice("-", age => 400 * 86400)
--- response_headers
Set-Cookie:



=== beside a choice that is broken the other one deletes nothing either
--- config eval
my $klaro = "consent_source cookie; consent_source klaro; consent_map klaro a advertising;";
::page($klaro, '= /') . ::page("$klaro consent_invalid unset;", '= /unset')
--- request eval
["GET /", "GET /", "GET /unset", "GET /"]
--- more_headers eval
[map("Cookie: ad=1; klaro={\"a\":$_", "tr; " . ::choice("advertising"), "tr; " . ::choice("-"),
     "tr; " . ::choice("-"), "true}; " . ::choice("-"))]
--- raw_response_headers_like eval
[('') x 3, ::only("ad$::Gone; Path=/")]
--- raw_response_headers_unlike eval
[("Set-Cookie") x 3, "ad=1"]



=== remembered within its second, what has lapsed has lapsed as before
--- config eval: ::page("")
--- request eval
[("GET /") x 3]
--- more_headers eval
[("Cookie: ad=1; " . ::choice("advertising", age => 400 * 86400)) x 3]
--- raw_response_headers_like eval
[(::only("ad$::Gone; Path=/")) x 3]



=== the tries are counted of the choice that has lapsed
--- config eval: ::page("")
--- more_headers eval
"Cookie: ad=1; " . ::choice("advertising", age => 400 * 86400) . "; "
. ::memory($ConsentNginx::Now - 400 * 86400, ad => 3)
--- response_headers
Set-Cookie:



=== always: without a choice, where the browser would have sent one
--- config eval: ::page("consent_sweep always;") =~ s/consent_sweep on;//r
--- request eval
["GET /", "GET /", "GET /", "GET /"]
--- more_headers eval
[map("Cookie: ad=1\nSec-Fetch-Dest: document\nSec-Fetch-Site: $_", "none", "same-origin", "same-site"),
 "Cookie: ad=1\nSec-GPC: 1\nSec-Fetch-Dest: document\nSec-Fetch-Site: none"]
--- raw_response_headers_like eval
[(::only("ad$::Gone; Path=/")) x 4]
--- raw_response_headers_unlike eval
[("ad=1") x 4]



=== always: not where it may have stayed away, nor where one is broken
--- config eval: ::page("consent_sweep always;") =~ s/consent_sweep on;//r
--- request eval
[("GET /") x 7]
--- more_headers eval
[map("Cookie: ad=1" . $_, "", "\nSec-Fetch-Dest: document", "\nSec-Fetch-Site: none",
     "\nSec-Fetch-Dest: document\nSec-Fetch-Site: cross-site",
     "\nSec-Fetch-Dest: iframe\nSec-Fetch-Site: same-origin",
     "\nSec-Fetch-Dest: iframe\nSec-Fetch-Site: cross-site",
     "; consent=x\nSec-Fetch-Dest: document\nSec-Fetch-Site: none")]
--- response_headers eval
[("Set-Cookie: ") x 7]



=== always: nor where one is broken that consent_invalid takes for none
--- config eval: ::page("consent_sweep always; consent_invalid unset;") =~ s/consent_sweep on;//r
--- request eval
[("GET /") x 3]
--- more_headers eval
[("Cookie: ad=1; padded=x; consent=x\nSec-Fetch-Dest: document\nSec-Fetch-Site: none") x 3]
--- response_headers eval
[("Set-Cookie: ") x 3]



=== of two copies one has lapsed: what the other one allows may be what holds
--- config eval
::page("", '= /') . (::page("consent_sweep always;", '= /a') =~ s/consent_sweep on;//r)
--- request eval
["GET /", "GET /", "GET /a", "GET /a"]
--- more_headers eval
my @copies = (::choice("advertising"), ::choice("-", age => 400 * 86400));
map("Cookie: ad=1; $_\nSec-Fetch-Dest: document\nSec-Fetch-Site: none",
    (CORE::join("; ", @copies), CORE::join("; ", CORE::reverse(@copies))) x 2)
--- response_headers eval
[("Set-Cookie: ") x 4]



=== both of them have lapsed
--- config eval: ::page("")
--- more_headers eval
"Cookie: ad=1; " . CORE::join("; ", map(::choice($_, age => 400 * 86400), "-", "advertising"))
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/")



=== what another site's page asks for may come without one of several choices
--- config eval
my $klaro = "consent_source cookie; consent_source klaro; consent_map klaro a advertising;";
::page($klaro, '= /') . ::page("$klaro consent_map klaro p performance;", '= /p')
--- request eval
["GET /", "GET /", "GET /p", "GET /p"]
--- more_headers eval
my $frame = "\nSec-Fetch-Dest: iframe\nSec-Fetch-Site:";
["Cookie: ad=1; " . ::choice("-", age => 400 * 86400) . "$frame cross-site",
 "Cookie: ad=1; " . ::choice("-", age => 400 * 86400) . "$frame same-origin",
 "Cookie: ad=1; klaro={\"p\":true}$frame cross-site",
 "Cookie: ad=1; klaro={\"p\":true}$frame same-origin"]
--- raw_response_headers_like eval
['', ::only("ad$::Gone; Path=/"), '', ::only("ad$::Gone; Path=/")]
--- raw_response_headers_unlike eval
["Set-Cookie", "ad=1", "Set-Cookie", "ad=1"]



=== always: what a choice allows stays, as do those of an essential row
--- config eval: ::page("consent_sweep always;") =~ s/consent_sweep on;//r
--- more_headers eval
"Cookie: ad=1; session=1; unknown=1; " . ::choice("advertising")
. "\nSec-Fetch-Dest: document\nSec-Fetch-Site: none"
--- response_headers
Set-Cookie:



=== always: without a choice under optout nothing is refused, but for GPC
--- config eval: ::page("consent_sweep always; consent_regime optout;") =~ s/consent_sweep on;//r
--- request eval
["GET /", "GET /"]
--- more_headers eval
[map("Cookie: ad=1$_\nSec-Fetch-Dest: document\nSec-Fetch-Site: none", "", "\nSec-GPC: 1")]
--- raw_response_headers_like eval
['', ::only("ad$::Gone; Path=/")]
--- raw_response_headers_unlike eval
["Set-Cookie", "ad=1"]



=== the module's own cookies are never swept, whatever the table says
--- http_config eval
(my $http = $::Http) =~ s/cookie ad;/cookie ad; cookie consent*;/;
$http
--- config eval: ::page("")
--- more_headers eval
"$::Refused; " . ::tried()
--- response_headers
Set-Cookie:



=== only status 200
--- config
location /t {
    consent site;
    consent_sweep on;
    default_type text/html;
    return 404 x;
}
location /r {
    consent site;
    consent_sweep on;
    return 302 /;
}
--- request eval
["GET /t", "GET /r"]
--- error_code eval
[404, 302]
--- response_headers eval
["Set-Cookie: ", "Set-Cookie: "]



=== only HTML
--- config
consent site;
consent_sweep on;
location /json { default_type application/json; return 200 "{}"; }
location /css  { consent_types text/css; default_type text/css; return 200 "{}"; }
location /sniffed { default_type ""; add_header X-Content-Type-Options nosniff; return 200 "<p>"; }
--- request eval
["GET /json", "GET /css", "GET /sniffed"]
--- response_headers eval
[("Set-Cookie: ") x 3]



=== XHTML, and what browsers may take for HTML
--- config
consent site;
consent_sweep on;
location /xml  { default_type application/xhtml+xml; return 200 "<p/>"; }
location /none { default_type ""; return 200 "<p>"; }
--- request eval
["GET /xml", "GET /none"]
--- raw_response_headers_like eval
[(::only("ad$::Gone; Path=/")) x 2]



=== only what may be shown as a document
--- config eval: ::page("")
--- request eval
["GET /", "GET /", "GET /", "PUT /"]
--- more_headers eval
["$::Refused; ad=1\nSec-Fetch-Dest: image", "$::Refused; ad=1\nSec-Fetch-Dest: script",
 "$::Refused; ad=1\nSec-Fetch-Dest: style", "$::Refused; ad=1"]
--- response_headers eval
[("Set-Cookie: ") x 4]



=== a document, a frame, what a script fetches, who does not say; HEAD and POST
--- config eval: ::page("")
--- request eval
["GET /", "GET /", "GET /", "GET /", "HEAD /", "POST /"]
--- more_headers eval
[map("$::Refused; ad=1\n$_", "Sec-Fetch-Dest: document", "Sec-Fetch-Dest: iframe", "Sec-Fetch-Dest: empty", "", "", "")]
--- raw_response_headers_like eval
[(::only("ad$::Gone; Path=/")) x 6]



=== never on what a shared cache may store
--- config eval
my @shared = ('public', 'max-age=60', 's-maxage=1', 'no-cache, Public', 'max-age=60, must-revalidate',
              'private="x-a"');
::page("add_header Vary '*';", "/vary")
. ::page("add_header CDN-Cache-Control max-age=60; add_header Cache-Control private;", "/cdn")
. ::page("add_header Surrogate-Control max-age=60; add_header Cache-Control no-store;", "/surrogate")
. ::page("add_header X-CDN-Cache-Control max-age=60;", "/vendor")
. ::page("expires 1h;", "/expires")
. ::page("consent_downstream off;", "/off")
. CORE::join("", map(::page("add_header Cache-Control '$shared[$_]';", "/c$_"), 0 .. 5))
--- request eval
[map("GET /$_", "cdn", "surrogate", "vendor", "expires", "off", "vary", "c0", "c1", "c2", "c3", "c4", "c5")]
--- response_headers eval
[("Set-Cookie: ") x 12]



=== what it says stays as it is then
--- config eval: ::page("add_header Cache-Control 'public, max-age=60';")
--- response_headers
Cache-Control: public, max-age=60



=== what none may store, or what nobody has said anything of
--- config eval
::page("add_header Cache-Control 'private, max-age=60';", "/private")
. ::page("add_header Cache-Control No-Store;", "/store")
. ::page("consent_downstream off; add_header Cache-Control no-store;", "/off")
. ::page("add_header Cache-Control 'max-age=0, must-revalidate';", "/zero")
. ::page("expires epoch;", "/epoch")
. ::page("add_header Last-Modified 'Thu, 01 Jan 2015 00:00:00 GMT';", "/heuristic")
--- request eval
[map("GET /$_", "private", "store", "off", "zero", "epoch", "heuristic")]
--- raw_response_headers_like eval
[map("Cache-Control: $_\r\n(?s).*Set-Cookie: ad=|Set-Cookie: ad=(?s).*Cache-Control: $_\r\n",
     "private, max-age=60", "No-Store", "no-store", "max-age=0, must-revalidate, private",
     "no-cache, private", "private")]



=== a cookie that the response deletes itself is its own business
--- config eval: ::page("add_header Set-Cookie 'ad=; Max-Age=0; Path=/x';")
--- more_headers eval
"$::Refused; ad=1; share=2"
--- raw_response_headers_like eval
::only("ad=; Max-Age=0; Path=/x", "share$::Gone; Path=/")



=== one that it sets is stripped, and swept
--- config eval: ::page("add_header Set-Cookie 'ad=3; Path=/x';")
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/")



=== behind a backend that never sees the cookie
--- config
location /t {
    consent site;
    consent_sweep on;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    default_type text/html;
    return 200 "<p>$http_cookie</p>";
}
--- request
GET /t
--- response_body_like: ^<p>consent=[^;]*</p>$
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/")



=== all lines are within 1 KB, the memory's too
--- config eval: ::page("")
--- request
GET /shop/x
--- more_headers eval
"$::Refused; " . CORE::join("; ", map("many$_=1", 10 .. 40)) . "\nHost: www.example.com"
--- raw_response_headers_like eval
my @lines = map { ("$_; Path=/", $_) } map("many10$::Gone$_", "", "; Domain=www.example.com", "; Domain=example.com");
my $n = int(::room() / length(CORE::join("", map(::line($_), @lines))));
$n = $n * @lines;
qr/(?s)\A(?:(?:(?!Set-Cookie: many).)*Set-Cookie: many){$n}(?:(?!Set-Cookie: many).)*\z/



=== a line that just fits, and one that does not
--- config eval: ::page("")
--- request eval
["GET /", "GET /"]
--- more_headers eval
my $n = ::room() - length(::line("$::Gone; Path=/"));
["$::Refused; many" . "x" x ($n - 4) . "=1", "$::Refused; many" . "x" x ($n - 3) . "=1"]
--- response_headers_like eval
my $n = ::room() - length(::line("$::Gone; Path=/"));
["Set-Cookie: manyx{" . ($n - 4) . "}=.*", "Set-Cookie: "]



=== who has not been tried comes first
--- config eval: ::page("")
--- more_headers eval
"$::Refused; many1=1; many2=1; many3=1; many4=1; many5=1; many6=1; ad=1; " . ::tried(map(("many$_" => 1), 1 .. 6)) . "\nHost: www.example.com"
--- raw_response_headers_like eval
"\\A(?:(?!Set-Cookie).*\n)*(?:Set-Cookie: ad=.*\n){3}Set-Cookie: many1=.*\n"



=== of one that stays, the jar of partitioned cookies comes second
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1; " . ::tried(ad => 1)
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/; Secure; SameSite=None; Partitioned")



=== the third try is as the first
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1; " . ::tried(ad => 2)
--- raw_response_headers_like eval
my $memory = quotemeta(::tried(ad => 3));
::only("ad$::Gone; Path=/") . "(?=.*Set-Cookie: $memory;)"



=== what comes back after three tries is left alone, the others are not
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1; share=1; " . ::tried(ad => 3)
--- raw_response_headers_like eval
my $memory = quotemeta(::tried(ad => 3, share => 1));
::only("share$::Gone; Path=/") . "(?=.*Set-Cookie: $memory;)"



=== who is left alone takes nobody's place
--- config eval: ::page("")
--- more_headers eval
my $slot = Compress::Zlib::crc32("share") % 128;
my @names = grep(Compress::Zlib::crc32($_) % 128 != $slot, map("many$_", 1 .. 80));
"$::Refused; " . CORE::join("; ", map("$_=1", @names)) . "; share=1; " . ::tried(map(($_ => 3), @names))
--- raw_response_headers_like eval
::only("share$::Gone; Path=/")



=== nothing is left to try: nothing is said
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1; " . ::tried(ad => 3)
--- response_headers
Set-Cookie:
Cache-Control:



=== another choice begins anew; so does a memory that cannot be read
--- config eval: ::page("")
--- request eval
[("GET /") x 5]
--- more_headers eval
my $tried = ::tried(ad => 3);
["$::Refused; ad=1; " . ::memory(1, ad => 3),
 "$::Refused; ad=1; ${tried}A",
 "$::Refused; ad=1; " . substr($tried, 0, -1),
 "$::Refused; ad=1; " . ($tried =~ s/.$/=/r),
 "$::Refused; ad=1; consent_swept="]
--- raw_response_headers_like eval
[("Set-Cookie: " . quotemeta(::tried(ad => 1)) . ";") x 5]



=== what one response cannot hold is in the next ones
--- config eval: ::page("")
--- request eval
["GET /a/b", "GET /a/b", "GET /a/b"]
--- more_headers eval
my @common = ("$::Refused; app=1", "Host: a.b.c.example.com");
my @tried = map(::tried(app => $_), 0 .. 2);
[map("$common[0]; $_\n$common[1]", @tried)]
--- raw_response_headers_like eval
my @hosts = ("", map("; Domain=$_", "a.b.c.example.com", "example.com", "c.example.com", "b.c.example.com"));
my @lines = map("app$::Gone$_", map("; Path=/$_", @hosts), @hosts, map("; Path=/app/$_", @hosts));
my (@parts, $size);
for my $line (@lines) {
    $size += length(::line($line));
    if (!@parts || $size > ::room()) { push @parts, []; $size = length(::line($line)) }
    push @{$parts[-1]}, $line;
}
push @parts, $parts[0] while @parts < 3;
[map(::only(@$_), @parts[0 .. 2])]



=== a name that no Set-Cookie can say
--- config eval: ::page("")
--- raw_request eval
"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n$::Refused; many\x01=1\r\n\r\n"
--- response_headers
Set-Cookie:



=== in a page of another site
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1\nSec-Fetch-Site: cross-site\nSec-Fetch-Dest: iframe"
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/; Secure; SameSite=None")
. "(?=.*consent_swept=.*; Path=/; HttpOnly; Secure; SameSite=None; Partitioned\r\n)"



=== a visit from another site is none of these
--- config eval: ::page("")
--- more_headers eval
"$::Refused; ad=1\nSec-Fetch-Site: cross-site\nSec-Fetch-Dest: document"
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/")



=== https: Secure
--- http_config eval
$::Http . "
server {
    listen unix:\$TEST_NGINX_HTML_DIR/tls.sock ssl;
    ssl_certificate \$TEST_NGINX_HTML_DIR/tls.crt;
    ssl_certificate_key \$TEST_NGINX_HTML_DIR/tls.key;
    " . ::page("") . "
}
"
--- config
location /t {
    proxy_pass https://unix:$TEST_NGINX_HTML_DIR/tls.sock;
    proxy_set_header Host $http_host;
}
--- user_files eval: $::Tls
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/; Secure")
. "(?=.*consent_swept=.*; Path=/; HttpOnly; Secure; SameSite=Lax\r\n)"



=== HTTP/2
--- http2
--- config eval: ::page("")
--- raw_response_headers_like: (?i)set-cookie: ad=; Max-Age=0; .*; Path=/



=== report mode: it is counted, and nothing else
--- config eval: ::page("consent_mode report; access_log logs/error.log decisions;")
--- more_headers eval
"$::Refused; ad=1; stat-x=2; stat-y=3"
--- response_headers
Set-Cookie:
Cache-Control:
Vary:
--- error_log
sweep ad; sweep stat-* x2]



=== ... where a choice has lapsed
--- config eval: ::page("consent_mode report; access_log logs/error.log decisions;")
--- more_headers eval
"Cookie: ad=1; stat-x=2; " . ::choice("-", age => 400 * 86400)
--- response_headers
Set-Cookie:
Cache-Control:
Vary:
--- error_log
[sweep ad; sweep stat-*]



=== ... always: for who has not chosen
--- config eval
::page("consent_mode report; consent_sweep always; access_log logs/error.log decisions;")
=~ s/consent_sweep on;//r
--- more_headers
Cookie: ad=1
Sec-Fetch-Dest: document
Sec-Fetch-Site: none
--- response_headers
Set-Cookie:
Cache-Control:
Vary:
--- error_log
[sweep ad]



=== ... where "always" does not sweep nothing is counted
--- config eval
::page("consent_mode report; consent_sweep always; access_log logs/error.log decisions;")
=~ s/consent_sweep on;//r
--- request eval
["GET /", "GET /"]
--- more_headers eval
["Cookie: ad=1\nSec-Fetch-Dest: document\nSec-Fetch-Site: cross-site",
 "Cookie: ad=1; " . ::choice("-", age => -3 * 86400)
 . "\nSec-Fetch-Dest: document\nSec-Fetch-Site: none"]
--- response_headers eval
["Set-Cookie: ", "Set-Cookie: "]
--- no_error_log
sweep ad



=== ... nor is it, by "on", for who has not chosen
--- config eval: ::page("consent_mode report; access_log logs/error.log decisions;")
--- more_headers
Cookie: ad=1
Sec-Fetch-Dest: document
Sec-Fetch-Site: none
--- response_headers
Set-Cookie:
Vary:
--- no_error_log
sweep ad



=== enforced: a lapsed choice is counted once, however many lines it takes
--- config eval: ::page("access_log logs/error.log decisions;")
--- more_headers eval
"Cookie: ad=1; ad=2; " . ::choice("-", age => 400 * 86400) . "\nHost: www.example.com"
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/", "ad$::Gone; Path=/; Domain=example.com")
--- error_log
[sweep ad]



=== $consent_decisions says so
--- config eval: ::page("access_log logs/error.log decisions;")
--- error_log
[sweep ad]



=== without rewriting of pages, too
--- config eval: ::page("consent_tags off;")
--- raw_response_headers_like eval
::only("ad$::Gone; Path=/")
--- response_headers
Cache-Control: private
Vary: Cookie, Sec-GPC



=== a location may turn it off
--- config
consent site;
consent_sweep on;
location /t {
    consent_sweep off;
    default_type text/html;
    return 200 x;
}
--- response_headers
Set-Cookie:



=== an unknown word names its file and line
--- config
consent_sweep yes;
--- must_die
--- error_log eval
qr/\[emerg\] .*invalid value "yes" in .*nginx\.conf:\d+/



=== a duplicate
--- config
consent_sweep on;
consent_sweep on;
--- must_die
--- error_log eval
qr/"consent_sweep" directive is duplicate in .*nginx\.conf:\d+/
