# consent_guard: where the script is put, what it is made of, who may keep it.
# What it does is for t/browser/guard.mjs.

use strict;
use warnings;
use lib 't/lib';

use Cwd ();
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Everything = "Cookie: " . choice("performance+advertising+sharing");

# the tag, for who is refused this

sub tag {
    my ($refused, $attrs) = @_;

    return '<script src="/consent/guard\.[0-9a-f]{16}\.' . quotemeta($refused)
           . '\.js"' . ($attrs // '') . '></script>';
}

our $Nothing = tag("performance+advertising+sharing");

sub html {
    my ($html, $directives) = @_;

    return "location /t { consent site; consent_guard on; "
           . "default_type text/html; " . ($directives // "")
           . " return 200 '$html'; }";
}

sub policy {
    my ($policy, $header) = @_;

    return html('<head><p>', "add_header "
                . ($header // "Content-Security-Policy") . qq{ "$policy";});
}

# consent_pages, and a page of one piece each

our $Pages = 'consent site; consent_guard on; location /consent/ '
             . '{ consent_pages; } ';

our $Page = '<!--a--><!doctype html><head x=">"><title>a</title>';

run_tests();

__DATA__

=== the script is first in the head
--- config eval
::html('<!doctype html><html><head><title>a</title>')
--- response_body_like eval
"^<!doctype html><html><head>$::Nothing<title>a</title>\$"



=== it is not there unless it is switched on
--- config
location /t {
    consent site;
    default_type text/html;
    return 200 '<html><head><title>a</title>';
}
--- response_body: <html><head><title>a</title>



=== off is off, and changes no validator
--- config
consent_guard on;
location /t {
    consent site;
    consent_guard off;
    consent_tags off;
    default_type text/html;
    return 200 '<html><head>';
}
--- response_body: <html><head>
--- response_headers
! ETag
! Vary
Content-Length: 12



=== it comes before the default command of Consent Mode
--- config eval
::html('<head><p>', 'consent_gcm on;')
--- response_body_like eval
"^<head>$::Nothing<script>window\\.dataLayer.*</script><p>\$"



=== its URL says what is refused, in the table's order
--- config eval
::html('<head><p>')
--- more_headers eval
["Cookie: " . ::choice("sharing"), "Cookie: " . ::choice("performance"),
 "Cookie: " . ::choice("sharing+performance")]
--- pipelined_requests eval
["GET /t", "GET /t", "GET /t"]
--- response_body_like eval
['^<head>' . ::tag('performance+advertising') . '<p>$',
 '^<head>' . ::tag('advertising+sharing') . '<p>$',
 '^<head>' . ::tag('advertising') . '<p>$']



=== who has accepted everything gets the origin's bytes
--- config eval
::html('<head><script src=//ads.test/x></script>')
--- more_headers eval
$::Everything
--- response_body: <head><script src=//ads.test/x></script>



=== ... unless what no row names is held back
--- config eval
::html('<head><p>', 'consent_unknown_urls hold;')
. ::html('<head><p>', 'consent_unknown_cookies strip;') =~ s{/t}{/c}r
--- more_headers eval
[$::Everything, $::Everything]
--- pipelined_requests eval
["GET /t", "GET /c"]
--- response_body_like eval
['^<head>' . ::tag('-') . '<p>$', '^<head>' . ::tag('-') . '<p>$']



=== a provider with an answer of its own has its place in the URL
--- config
location /t {
    consent site;
    consent_guard on;
    consent_source klaro;
    consent_map klaro stats performance;
    consent_map klaro ads provider=Ads;
    default_type text/html;
    return 200 '<head><p>';
}
--- more_headers eval
["Cookie: klaro=%7B%22stats%22%3Atrue%2C%22ads%22%3Atrue%7D",
 "Cookie: klaro=%7B%22stats%22%3Atrue%2C%22ads%22%3Afalse%7D"]
--- pipelined_requests eval
["GET /t", "GET /t"]
--- response_body_like eval
['^<head>' . ::tag('advertising+sharing.2-4') . '<p>$',
 '^<head>' . ::tag('advertising+sharing') . '<p>$']



=== in report mode no byte is changed
--- config eval
::html('<html><head><title>a</title>', 'consent_mode report;')
--- response_body: <html><head><title>a</title>
--- response_headers
Content-Length: 28
! Vary



=== a variable switches it, and then no shared cache may keep the page
--- config eval
::html('<head><p>') =~ s/consent_guard on/consent_guard \$arg_g/r
--- pipelined_requests eval
["GET /t?g=on", "GET /t?g=off", "GET /t"]
--- more_headers eval
["", "", ""]
--- response_body_like eval
["^<head>$::Nothing<p>\$", '^<head><p>$', '^<head><p>$']
--- response_headers eval
["Cache-Control: private", "Cache-Control: private", "Cache-Control: private"]



=== another value names its file and line
--- config
location /t { consent site; consent_guard yes; }
--- must_die
--- error_log eval
qr/\[emerg\] .* invalid value "yes" in "consent_guard" directive, it must be "on" or "off" in .*nginx\.conf:\d+/



=== at every split
--- config eval
::splits($::Page, 'consent site; consent_guard on; default_type text/html;')
--- pipelined_requests eval
[map("GET /t$_", 0 .. length($::Page) - 1)]
--- response_body_like eval
[map("^<!--a--><!doctype html><head x=\">\">$::Nothing<title>a</title>\$",
     0 .. length($::Page) - 1)]



=== with consent_tags off it is all that is changed
--- config eval
::html('<head><script src=//ads.test/x></script>', 'consent_tags off;')
--- response_body_like eval
"^<head>$::Nothing<script src=//ads.test/x></script>\$"
--- response_headers
Vary: Cookie, Sec-GPC



=== a fragment that a script fetches has none; a page has
--- config eval
::html('<p>a') =~ s{/t}{/f}r . ::html('<!doctype html><p>a')
--- more_headers eval
[map("Sec-Fetch-Dest: $_", qw(empty empty document))]
--- pipelined_requests eval
["GET /f", "GET /t", "GET /f"]
--- response_body_like eval
['^<p>a$', "^<!doctype html>$::Nothing<p>a\$", "^$::Nothing<p>a\$"]



=== XML has none
--- config
location /t {
    consent site;
    consent_guard on;
    default_type application/xhtml+xml;
    return 200 '<html xmlns="http://www.w3.org/1999/xhtml"><head><p/>';
}
--- response_body: <html xmlns="http://www.w3.org/1999/xhtml"><head><p/>



=== consent_uri is written as an attribute needs it
--- config
location /t {
    consent site;
    consent_guard on;
    consent_uri '/a&lt"b c/';
    default_type text/html;
    return 200 '<head><p>';
}
--- response_body_like eval
'^<head><script src="/a&amp;lt%22b%20c/guard\.[0-9a-f]{16}\..*\.js"></script><p>$'



=== it has the nonce of the page's Content-Security-Policy
--- config eval
::policy("default-src x.test; script-src 'nonce-\$http_n'")
--- more_headers
N: aB3/+=
--- response_body_like eval
'^<head>' . ::tag('performance+advertising+sharing', ' nonce="aB3/\+="')
. '<p>$'



=== 'self' allows it without one
--- config eval
::policy("script-src 'SELF' x.test")
--- response_body_like eval
"^<head>$::Nothing<p>\$"



=== so do the site's own name, a wildcard above it, and any host
--- config eval
join('', map(::policy("default-src $_->[1]") =~ s{/t}{/t$_->[0]}r,
    [1 => 'LOCALHOST'], [2 => 'http://localhost'], [3 => '*'],
    [4 => 'a.test http:'], [5 => '*.example.com']))
--- more_headers eval
["", "", "", "", "Host: www.example.com"]
--- pipelined_requests eval
[map("GET /t$_", 1 .. 5)]
--- response_body_like eval
[map("^<head>$::Nothing<p>\$", 1 .. 5)]



=== where a policy refuses it nothing is put in, and that is logged
--- config eval
::policy("script-src 'none'")
--- response_body: <head><p>
--- error_log eval
qr/\[info\] .*"consent_guard" put nothing into a page whose Content-Security-Policy/



=== what refuses it
--- config eval
join('', map(::policy($_->[1]) =~ s{/t}{/t$_->[0]}r,
    [1 => "script-src 'none'"], [2 => "script-src 'unsafe-inline'"],
    [3 => "script-src 'self' 'strict-dynamic'"],
    [4 => "script-src https://localhost https:"],
    [5 => "script-src *.localhost xlocalhost localhos"],
    [6 => "script-src 'sha256-AAAA='"], [7 => "default-src"],
    [8 => "script-src localhost:81 localhost/x"],
    [9 => "script-src 'self', script-src 'unsafe-inline'"]))
--- pipelined_requests eval
[map("GET /t$_", 1 .. 9)]
--- response_body eval
[map('<head><p>', 1 .. 9)]



=== two policies: one has the nonce, the other 'self'
--- config eval
::policy("script-src 'self', script-src 'nonce-a'")
--- response_body_like eval
'^<head>' . ::tag('performance+advertising+sharing', ' nonce="a"') . '<p>$'



=== two nonces: no script has both
--- config eval
::policy("script-src 'nonce-a', script-src 'nonce-b'")
--- response_body: <head><p>



=== what a policy refuses it leaves to Consent Mode, and the other way round
--- config eval
::policy("script-src 'self'") =~ s/consent_guard/consent_gcm on; consent_guard/r
. (::policy("script-src 'unsafe-inline'")
   =~ s/consent_guard/consent_gcm on; consent_guard/r =~ s{/t}{/i}r)
--- pipelined_requests eval
["GET /t", "GET /i"]
--- response_body_like eval
["^<head>$::Nothing<p>\$", '^<head><script>window[^<]*</script><p>$']



=== a policy that only reports forbids nothing
--- config eval
::policy("script-src 'none'", "Content-Security-Policy-Report-Only")
--- response_body_like eval
"^<head>$::Nothing<p>\$"



=== the script has the rows of what is refused, and no others
--- config eval
$::Pages
--- request
GET /consent/guard.0.advertising.js
--- response_headers
Content-Type: application/javascript; charset=utf-8
X-Content-Type-Options: nosniff
! Vary
! Set-Cookie
--- response_body_like eval
qr/\A\(e=>\{.*\)\(\{u:"\/consent\/",s:"policy#choice",c:\["essential","performance","advertising","sharing"\],q:1,g:11,p:0,t:1,f:\[\],x:0,o:\["consent","consent_swept"\],y:0,r:\[\[4,0,,,"\/pixel\tads\.test","ad",""\],\[6,0,,,"both\.test","both",""\]\]\}\)\n\z/s



=== a cookie of a domain is for that host's pages
--- config eval
$::Pages
--- request
GET /consent/guard.0.advertising.js
--- more_headers
Host: www.far.test
--- response_body_like eval
qr/"ad\tfar\\n8"/



=== what is accepted comes where it may win over what is refused
--- http_config
consent_table own {
    category essential required;
    category performance;
    category advertising;

    provider "A" advertising {
        url a.test; cookie a_*; cookie "~^re[0-9]"; storage k*;
        cookie "~^b" domain=far.test;
    }
    provider "B" performance {
        url ok.a.test; url b.test; cookie a_ok; cookie re7; cookie other;
        cookie a_o*; cookie b_*; storage kb; storage other;
    }
    provider "C" essential { url a.test/free; url =c.test; cookie rex; }
}
--- config
consent own;
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.advertising.js
--- response_body_like eval
qr/r:\[\[4,0,,,"a\.test","a_\*\t~\^re\[0-9\]","k\*"\],\[0,0,,,"a\.test\/free","",""\],\[2,0,,,"ok\.a\.test","a_o\*\ta_ok\tre7","kb"\]\]/



=== a path of any host makes every host one that may win
--- http_config
consent_table own {
    category essential required;
    category advertising;
    provider "A" advertising { url */a.js; }
    provider "C" essential { url =c.test/x?y=*; url /z; cookie c; }
    provider "D" essential platform=klaro { url d.test; }
}
--- config
consent own;
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.advertising.js
--- response_body_like eval
qr/r:\[\[2,0,,,"\*\/a\.js","",""\],\[0,0,,,"\/z\t=c\.test\/x\?y=\*","",""\],\[0,1,,,"d\.test","",""\]\]/



=== an expression that JavaScript reads otherwise is left to the edge
--- http_config
consent_table own {
    category essential required;
    category advertising;
    provider "A" advertising {
        cookie "~^a++b"; cookie "~^[[:alpha:]]x$"; cookie "~(?i)^c";
        cookie "~^\xd"; cookie "~^[]e]$"; cookie "~^\bf"; cookie "~^(?>g)";
        cookie "~^h{1,2}$"; cookie "~*^[a-c_.-]+\.\d\w*$"; cookie "~^(?:i|j)k?$";
    }
}
--- config
consent own;
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.advertising.js
--- response_body_like eval
qr/r:\[\[2,0,,,"","~\*\^\[a-c_\.-\]\+\\u005c\.\\u005cd\\u005cw\*\$\t~\^\(\?:i\|j\)k\?\$\t~\^h\{1,2\}\$",""\]\]/



=== what is published and not enforced is not guarded
--- http_config
consent_table own {
    category essential required;
    category advertising;
    provider "A" advertising { url a.test; cookie a enforce=off; storage s; }
    override storage s pass;
}
--- config
consent own;
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.advertising.js
--- response_body_like eval
qr/r:\[\[2,0,,,"a\.test","",""\]\]/



=== sources' cookies are nobody's to take away
--- config
consent site;
consent_unknown_cookies strip;
consent_source onetrust;
consent_source complianz;
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.-.js
--- response_body_like eval
qr/o:\["consent","consent_swept","OptanonConsent","OptanonAlertBoxClosed",.*"cmplz_\*".*\],y:-1,/



=== of an old version the present one is sent, to be kept by nobody
--- config eval
$::Pages
--- request
GET /consent/guard.0123456789abcdef.advertising.js
--- response_headers
Cache-Control: no-store



=== what cannot be read refuses everything
--- config eval
$::Pages
--- pipelined_requests eval
[map("GET /consent/guard.$_.js", '0', '0.nonsense', '0.sharing+advertising',
     '0.advertising+advertising', '0.essential', '0.', '0.advertising.x',
     '0.advertising.99-1', '0.advertising.1-zz', '0.advertising.', '',
     '0.advertising+')]
--- response_body_like eval
[map(qr/q:1,g:1,p:0/, 1 .. 12)]
--- response_headers eval
[map("Cache-Control: no-store", 1 .. 12)]



=== a provider's number and mask are read
--- config eval
$::Pages
--- request
GET /consent/guard.0.advertising.2-4.js
--- response_body_like eval
qr/g:11,p:[1-9]\d*,.*r:\[\[4,0,15,"Ads","\/pixel","",""\],\[6,0,,,"both\.test","both",""\]\]/



=== a provider that alone is refused is there alone
--- config eval
$::Pages
--- request
GET /consent/guard.0.-.2-0.js
--- response_body_like eval
qr/g:15,p:[1-9]\d*,.*r:\[\[4,0,11,"Ads","\/pixel\tads\.test","ad",""\]\]/



=== how providers differ from their categories is said as in the choice
--- http_config
consent_table own {
    category essential required;
    category ads Ads;
    category more More;
    provider "A" ads choice=provider key=a { url a.test; }
    provider "B" ads { url b.test; }
}
--- config
consent own;
consent_guard on;
location /consent/ { consent_pages; }
location /t {
    default_type text/html;
    return 200 "<head>";
}
--- pipelined_requests eval
["GET /t", map("GET /consent/$_", qw(guard.0.ads+more.js guard.0.more.0-1.js
                                     choice choice choice))]
--- more_headers eval
[("") x 3, map("Cookie: " . ::choice($_), qw(ads ads+a more))]
--- response_body_filters eval
sub {
    my ($p) = $_[0] =~ /(?:"apart"|[,{]p):(\d+)/;
    my ($row) = $_[0] =~ /(\[2,[^\[]*"A"[^\]]*\])/;
    $::Apart = $p if $p;
    return CORE::join " ", map($_ // "-", $p && $p == $::Apart ? "apart" : $p, $row);
}
--- response_body eval
["- -", '0 [2,0,,"A","a.test","",""]', 'apart [2,0,1,"A","a.test","",""]',
 "apart -", "- -", "- -"]



=== where there are settings the choice is changed there
--- config eval
my $conf = Cwd::realpath("t/lib/../../conf");
"$::Pages consent_ui $conf/ui; consent_banner on; "
. CORE::join(" ", map("consent_field $_ x;", qw(controller address contact authority)))
--- request
GET /consent/guard.0.advertising.js
--- response_body_like eval
qr/u:"\/consent\/",s:"settings",/



=== of a name that is refused the row of a longer domain may win
--- http_config
consent_table own {
    category essential required;
    category advertising;
    provider "A" advertising { cookie a; }
    provider "B" essential { cookie a domain=shop.test; cookie b; }
}
--- config
consent own;
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.advertising.js
--- more_headers
Host: www.shop.test
--- response_body_like eval
qr/r:\[\[2,0,,,"","a",""\],\[0,0,,,"","a\\n9",""\]\]/



=== what all of a category pass as unknown is no reason for rows
--- config
consent site;
consent_unknown_urls pass;
consent_unknown_cookies performance;
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.advertising.js
--- response_body_like eval
qr/,x:0,.*,y:2,r:\[\[4,0,,,"\/pixel\tads\.test","ad",""\],\[6,0,,,"both\.test","both",""\]\]/



=== the visitor's own choice does not count
--- config eval
$::Pages
--- request
GET /consent/guard.0.performance.js
--- more_headers eval
$::Everything
--- response_body_like eval
qr/g:13,p:0/



=== it can be asked for, and nothing else
--- config eval
$::Pages
--- pipelined_requests eval
["POST /consent/guard.0.-.js\na=b", "GET /consent/guard.js",
 "GET /consent/guard.0.-.css"]
--- error_code eval
[405, 404, 404]
--- response_headers eval
["Allow: GET, HEAD", "", ""]
--- response_body_like eval
['.', '.', '.']



=== HEAD has no script
--- config eval
$::Pages
--- request
HEAD /consent/guard.0.-.js
--- response_headers
Content-Type: application/javascript; charset=utf-8
--- response_body



=== guard.js has no script where consent is off
--- config
location /consent/ { consent_pages; }
--- request
GET /consent/guard.0.-.js
--- error_code: 404
--- error_log
"consent_pages" has nothing to answer



=== a page that has it has another tag, and is asked for by that
--- config
location /t { consent site; consent_guard on; default_type text/html; }
location /u { consent site; default_type text/html; alias html/t; }
--- user_files
>>> t 202611250000.00
<head><p>
--- pipelined_requests eval
["GET /t", "GET /u"]
--- response_headers_like eval
["ETag: .*~consent\\.[0-9a-f]{16}\"", "ETag: .*~consent\\.[0-9a-f]{16}\""]
--- response_body_like eval
["^<head>$::Nothing<p>\$", '^<head><p>$']
