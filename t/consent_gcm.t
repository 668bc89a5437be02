# Google Consent Mode: $consent_gcm, and its default command in pages.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

use Compress::Zlib ();

# what a page gets; which of the signals are granted, in Google's order

our @Signals = qw(ad_storage ad_user_data ad_personalization analytics_storage
                  functionality_storage personalization_storage
                  security_storage);

sub json {
    my %granted = map(($_ => 1), @_, 'functionality_storage',
                      'security_storage');

    return '{' . CORE::join(',', map(qq{"$_":"}
                               . ($granted{$_} ? 'granted' : 'denied') . '"',
                               @Signals)) . '}';
}

sub command {
    my ($json, $attrs) = @_;

    return '<script' . ($attrs // '') . '>'
           . 'window.dataLayer=window.dataLayer||[];'
           . 'function gtag(){dataLayer.push(arguments)}'
           . qq{gtag("consent","default",$json);</script>};
}

our $Denied = command(json());
our $All = json(@Signals[0 .. 3]);
our $Granted = command($All);
our $Everything = "Cookie: " . choice("performance+advertising+sharing");

our $Page = '<!--a--><!doctype html><head x=">"><title>a</title>'
            . '<img src=//ads.test/x>';

sub html {
    my ($html, $directives) = @_;

    return "location /t { consent site; consent_gcm on; "
           . "default_type text/html; " . ($directives // "")
           . " return 200 '$html'; }";
}

run_tests();

__DATA__

=== the signals of who has accepted nothing
--- config
location /t { consent site; return 200 $consent_gcm; }
--- response_body eval
::json()



=== advertising is storage and personalization
--- config
location /t { consent site; return 200 $consent_gcm; }
--- more_headers eval
"Cookie: " . ::choice("advertising")
--- response_body eval
::json('ad_storage', 'ad_personalization')



=== user data needs sharing as well
--- config
location /t { consent site; return 200 $consent_gcm; }
--- more_headers eval
"Cookie: " . ::choice("advertising+sharing")
--- response_body eval
::json('ad_storage', 'ad_user_data', 'ad_personalization')



=== sharing alone grants none
--- config
location /t { consent site; return 200 $consent_gcm; }
--- more_headers eval
"Cookie: " . ::choice("sharing")
--- response_body eval
::json()



=== performance is analytics
--- config
location /t { consent site; return 200 $consent_gcm; }
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body eval
::json('analytics_storage')



=== GPC denies what it refuses
--- config
location /t { consent site; consent_regime optout; return 200 $consent_gcm; }
--- more_headers
Sec-GPC: 1
--- response_body eval
::json('analytics_storage')



=== in report mode they are as true
--- config
location /t {
    consent site;
    consent_mode report;
    return 200 $consent_gcm;
}
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body eval
::json('analytics_storage')



=== where consent is off there are none
--- config
location /t { return 200 "[$consent_gcm]"; }
--- response_body: []



=== categories of other names grant nothing that is not mapped
--- http_config
consent_table own {
    category necessary required "Needed";
    category stats "Statistics";
    category ads "Ads";
}
--- config
location /t { consent own; return 200 $consent_gcm; }
--- more_headers eval
"Cookie: " . ::choice("stats+ads")
--- response_body eval
::json()



=== consent_gcm_map says what a signal waits for, all of it
--- http_config
consent_table own {
    category necessary required "Needed";
    category stats "Statistics";
    category ads "Ads";
}
--- config
consent_gcm_map analytics_storage stats;
consent_gcm_map ad_storage stats ads;
consent_gcm_map personalization_storage necessary;
location /t1 { consent own; return 200 $consent_gcm; }
location /t2 {
    consent own;
    consent_gcm_map ad_storage ads;
    consent_gcm_map security_storage off;
    return 200 $consent_gcm;
}
--- more_headers eval
["Cookie: " . ::choice("stats"), "Cookie: " . ::choice("stats+ads"),
 "Cookie: " . ::choice("ads")]
--- pipelined_requests eval
["GET /t1", "GET /t1", "GET /t2"]
--- response_body eval
[::json(qw(analytics_storage personalization_storage)),
 ::json(qw(analytics_storage personalization_storage ad_storage)),
 ::json("ad_storage") =~ s/("security_storage":)"granted"/$1"denied"/r]



=== an unknown signal names its file and line
--- config
location /t { consent site; consent_gcm_map ads_storage advertising; }
--- must_die
--- error_log eval
qr/\[emerg\] .* unknown signal "ads_storage" in "consent_gcm_map" directive.* in .*nginx\.conf:\d+/



=== a category that the table does not have names its file and line
--- config
location /t { consent site; consent_gcm_map ad_storage ads; }
--- must_die
--- error_log eval
qr/\[emerg\] .* unknown category "ads".*"site".* in .*nginx\.conf:\d+/



=== a signal has one line in a block
--- config
location /t {
    consent site;
    consent_gcm_map ad_storage sharing;
    consent_gcm_map ad_storage advertising;
}
--- must_die
--- error_log eval
qr/\[emerg\] .* duplicate signal "ad_storage".* in .*nginx\.conf:\d+/



=== the default command is first in the head
--- config eval
::html('<!doctype html><html><head><title>a</title>')
--- response_body eval
"<!doctype html><html><head>$::Denied<title>a</title>"



=== it is not there unless it is switched on
--- config
location /t {
    consent site;
    default_type text/html;
    return 200 '<html><head><title>a</title>';
}
--- response_body: <html><head><title>a</title>



=== it stands before what a refused script becomes
--- config eval
::html('<html><script src=//ads.test/x></script>')
--- response_body eval
"<html>$::Denied<script type=\"text/plain\" data-consent=\"advertising\""
. " data-consent-src=//ads.test/x></script>"



=== who accepted everything gets it, and the rest as it came
--- config eval
::html('<html><head><script src=//ads.test/x></script><p style="a:url(//ads.test)">')
--- more_headers eval
$::Everything
--- response_body eval
"<html><head>$::Granted<script src=//ads.test/x></script>"
. '<p style="a:url(//ads.test)">'



=== at every split
--- config eval
::splits($::Page, 'consent site; consent_gcm on; default_type text/html;')
--- more_headers eval
$::Everything
--- pipelined_requests eval
[map("GET /t$_", 0 .. length($::Page) - 1)]
--- response_body eval
[map($::Page =~ s/(?=<title)/$::Granted/r, 0 .. length($::Page) - 1)]



=== at every split for who accepted nothing
--- config eval
::splits('<!doctype html><body><img src=//ads.test/x>',
         'consent site; consent_gcm on; default_type text/html;')
--- pipelined_requests eval
[map("GET /t$_", 0 .. 42)]
--- response_body eval
[map('<!doctype html>' . $::Denied . '<body><img data-consent="advertising"'
     . ' data-consent-src=//ads.test/x>', 0 .. 42)]



=== in report mode no byte is changed
--- config eval
::html('<html><head><title>a</title>', 'consent_mode report;')
--- response_body: <html><head><title>a</title>
--- response_headers
Content-Length: 28
! Vary



=== with consent_tags off it is all that is changed
--- config eval
::html('<head><script src=//ads.test/x></script>', 'consent_tags off;')
--- response_body eval
"<head>$::Denied<script src=//ads.test/x></script>"
--- response_headers
Vary: Cookie, Sec-GPC



=== it is off again in a location that says so
--- config
consent site;
consent_gcm on;
default_type text/html;
location /t { consent_gcm off; return 200 '<head>'; }
--- response_body: <head>



=== a fragment that a script fetches has none; a page has, and so has what is shown
--- config eval
::html('<p>a') =~ s{/t}{/f}r . ::html('<!doctype html><p>a')
--- more_headers eval
[map("Sec-Fetch-Dest: $_", qw(empty empty document iframe))]
--- pipelined_requests eval
["GET /f", "GET /t", "GET /f", "GET /f"]
--- response_body eval
["<p>a", "<!doctype html>$::Denied<p>a", "$::Denied<p>a", "$::Denied<p>a"]



=== it has the nonce of the page's Content-Security-Policy
--- config eval
::html('<head><p>', 'add_header Content-Security-Policy'
       . ' "default-src x.test; script-src \'nonce-$http_n\'";')
--- more_headers
N: aB3/+=
--- response_body eval
'<head>' . ::command(::json(), ' nonce="aB3/+="') . '<p>'



=== a policy that a backend sends counts as well
--- config eval
'location /t { consent site; consent_gcm on;
     proxy_pass http://127.0.0.1:$server_port/backend; }
 location /backend { default_type text/html;
     add_header Content-Security-Policy "script-src \'nonce-one\'";
     add_header Content-Security-Policy "default-src \'self\' \'nonce-one\'";
     return 200 "<head><p>"; }'
--- response_body eval
'<head>' . ::command(::json(), ' nonce="one"') . '<p>'



=== where a policy forbids it nothing is put in, and that is logged
--- config eval
::html('<head><p>', 'add_header Content-Security-Policy "script-src *";')
--- more_headers eval
$::Everything
--- response_body: <head><p>
--- response_headers
Content-Length: 9
--- error_log eval
qr/\[info\] .*"consent_gcm" put nothing into a page whose Content-Security-Policy/



=== ... and what is refused is held back all the same
--- config eval
::html('<head><img src=//ads.test/x>',
       'add_header Content-Security-Policy "script-src *";')
--- response_body eval
'<head><img data-consent="advertising" data-consent-src=//ads.test/x>'



=== a policy with 'unsafe-inline' needs no nonce
--- config eval
::html('<head><p>', 'add_header Content-Security-Policy'
       . ' "script-src \'self\' \'unsafe-inline\'";')
--- response_body eval
"<head>$::Denied<p>"



=== a policy that only reports forbids nothing, and gives its nonce
--- config eval
::html('<head><p>', 'add_header Content-Security-Policy-Report-Only'
       . ' "script-src \'nonce-a\'";')
--- response_body eval
'<head>' . ::command(::json(), ' nonce="a"') . '<p>'



=== XML has none
--- config
location /t {
    consent site;
    consent_gcm on;
    default_type application/xhtml+xml;
    return 200 '<html xmlns="http://www.w3.org/1999/xhtml"><head><p/>';
}
--- more_headers eval
$::Everything
--- response_body: <html xmlns="http://www.w3.org/1999/xhtml"><head><p/>
--- response_headers
Content-Length: 53



=== what is no page has none
--- config eval
::html('<head>') =~ s/text.html/text\/plain/r
--- response_body: <head>



=== in UTF-16 it is written in UTF-16
--- config
location /t { consent site; consent_gcm on; default_type text/html; }
--- user_files eval
[["t", "\xff\xfe" . CORE::join("", map("$_\0", split //, "<head><p>"))]]
--- more_headers eval
$::Everything
--- response_body eval
"\xff\xfe" . CORE::join("", map("$_\0", split //, "<head>$::Granted<p>"))



=== a page that came compressed is inflated for it
--- config
location /t {
    consent site;
    consent_gcm on;
    gunzip on;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back.bin;
}
location /back.bin {
    default_type text/html;
    add_header Content-Encoding gzip;
}
--- user_files eval
[["back.bin", Compress::Zlib::memGzip("<html><head><p>a")]]
--- more_headers eval
$::Everything
--- response_body eval
"<html><head>$::Granted<p>a"
--- response_headers
! Content-Encoding



=== a part is not asked for: the page comes whole
--- config
location /t { consent site; consent_gcm on; default_type text/html; }
--- user_files
>>> t
<head><p>a
--- more_headers eval
"$::Everything\nRange: bytes=0-3"
--- error_code: 200
--- response_body eval
"<head>$::Granted<p>a\n"
--- response_headers
! Content-Length
! Accept-Ranges



=== HEAD promises no length
--- config
location /t { consent site; consent_gcm on; default_type text/html; }
--- user_files
>>> t
<head><p>a
--- request
HEAD /t
--- more_headers eval
$::Everything
--- response_headers
! Content-Length
! Accept-Ranges
--- response_body:
