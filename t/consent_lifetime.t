# How long cookies may live.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

use POSIX qw(strftime);

# performance has an hour, a session and no time at all

our $Hours = $ConsentNginx::Table;

$Hours =~ s/cookie session;/cookie session expires=2h;/ or die;
$Hours =~ s/cookie stat;/$&
            cookie hour expires=1h;
            cookie short expires=session;
            cookie long expires=1000d;
            cookie free expires=1h enforce=off;/ or die;

$Hours .= "log_format decisions '[\$consent_decisions]';\n";

our $Accepted = "Cookie: " . choice("performance");

# 395 days
our $Months = 395 * 86400;

our $Far = "Fri, 31 Dec 9999 23:59:59 GMT";


# a location that sets cookies, with the directive and what else it has

sub sets {
    my ($directives, @cookies) = @_;

    return "location /t { consent site; $directives "
           . join("", map("add_header Set-Cookie '$_';\n", @cookies))
           . "return 200 x; }\n";
}

sub clamps { return sets("consent_lifetime clamp;", @_) }

sub unless_carried { return sets("consent_lifetime clamp prolong=off;", @_) }


# HTTP-dates from now on, as the test may take its time: a quarter of an hour

sub dates {
    my ($seconds) = @_;

    return join("|", map(strftime("%a, %d %b %Y %H:%M:%S GMT",
                                  gmtime($ConsentNginx::Now + $seconds + $_)),
                         0 .. 900));
}

add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value("http_config", $Hours) if defined $block->config;

    if (!defined $block->must_die && !defined $block->more_headers) {
        $block->set_value("more_headers", "$Accepted\n");
    }
});

run_tests();

__DATA__

=== off is the default, and changes nothing
--- config eval: ::sets("", "session=1; Max-Age=999999999")
--- response_headers
Set-Cookie: session=1; Max-Age=999999999



=== off
--- config eval: ::sets("consent_lifetime off;", "session=1; Max-Age=999999999")
--- response_headers
Set-Cookie: session=1; Max-Age=999999999



=== consent off: it does nothing
--- config
location /t {
    consent_lifetime clamp;
    add_header Set-Cookie "session=1; Max-Age=999999999";
    return 200 x;
}
--- response_headers
Set-Cookie: session=1; Max-Age=999999999



=== a cookie lives no longer than its row says
--- config eval: ::clamps("hour=1; Max-Age=3601; Path=/")
--- response_headers
Set-Cookie: hour=1; Max-Age=3600; Path=/



=== the shorter of the row and what was asked for counts
--- config eval: ::clamps("hour=1; Max-Age=3600; Path=/", "hour=2; Max-Age=60; Path=/")
--- raw_response_headers_like: Set-Cookie: hour=1; Max-Age=3600; Path=/\r\nSet-Cookie: hour=2; Max-Age=60; Path=/\r\n



=== Expires is lowered to the same moment
--- config eval: ::clamps("hour=1; Expires=$::Far; Path=/")
--- response_headers_like eval
"Set-Cookie: hour=1; Expires=(" . ::dates(3600) . "); Path=/"



=== Max-Age and Expires are both lowered
--- config eval: ::clamps("hour=1; Expires=$::Far; Max-Age=9999")
--- response_headers_like eval
"Set-Cookie: hour=1; Expires=(" . ::dates(3600) . "); Max-Age=3600"



=== a session's row: neither stays
--- config eval: ::clamps("short=1; Max-Age=9; Path=/; Expires=$::Far; Secure")
--- response_headers
Set-Cookie: short=1; Path=/; Secure



=== a row without a time: 13 months
--- config eval: ::clamps("stat=1; Max-Age=" . ($::Months + 1), "stat=2; Max-Age=$::Months")
--- raw_response_headers_like eval
"Set-Cookie: stat=1; Max-Age=$::Months\r\nSet-Cookie: stat=2; Max-Age=$::Months\r\n"



=== a row of more than 13 months: 13 months
--- config eval: ::clamps("long=1; Max-Age=999999999")
--- response_headers eval
"Set-Cookie: long=1; Max-Age=$::Months"



=== a cookie that no row names: 13 months
--- config eval: ::clamps("mine=1; Expires=$::Far", "mine=2; Max-Age=$::Months")
--- raw_response_headers_like eval
"Set-Cookie: mine=1; Expires=(" . ::dates($::Months) . ")\r\n"
. "Set-Cookie: mine=2; Max-Age=$::Months\r\n"



=== a required category's cookies too
--- config eval: ::clamps("session=1; Max-Age=7201")
--- response_headers
Set-Cookie: session=1; Max-Age=7200



=== what is published and not enforced is not clamped either
--- config eval: ::clamps("free=1; Max-Age=999999999")
--- response_headers
Set-Cookie: free=1; Max-Age=999999999



=== a session's cookie stays one, whatever its row allows
--- config eval: ::clamps("hour=1; Path=/; HttpOnly")
--- response_headers
Set-Cookie: hour=1; Path=/; HttpOnly



=== a deletion passes
--- config eval: ::clamps("hour=; Max-Age=0; Expires=$::Far", "short=; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
--- raw_response_headers_like eval
"Set-Cookie: hour=; Max-Age=0; Expires=$::Far\r\n"
. "Set-Cookie: short=; Expires=Thu, 01 Jan 1970 00:00:00 GMT\r\n"



=== attributes survive byte for byte
--- config eval: ::clamps("hour=1;SameSite=None;  secure ; Partitioned;max-age = 9999 ;Priority=High;foo=bar;;x")
--- response_headers
Set-Cookie: hour=1;SameSite=None;  secure ; Partitioned;max-age = 3600 ;Priority=High;foo=bar;;x



=== the module's own cookie is never clamped
--- config eval: ::clamps("consent=1.1.0.-; Max-Age=999999999", "consent_swept=x; Max-Age=999999999")
--- raw_response_headers_like: Set-Cookie: consent=1\.1\.0\.-; Max-Age=999999999\r\nSet-Cookie: consent_swept=x; Max-Age=999999999\r\n



=== what is refused is dropped, whatever its time
--- config eval: ::clamps("ad=1; Max-Age=9", "hour=1; Max-Age=9999")
--- raw_response_headers_unlike: ad=1
--- response_headers
Set-Cookie: hour=1; Max-Age=3600



=== a number that only Chromium reads makes no deletion of a refused cookie
--- config eval: ::clamps("ad=1; Max-Age=+9999; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
--- response_headers
Set-Cookie:



=== every status and type
--- config
location /t {
    consent site;
    consent_lifetime clamp;
    default_type application/json;
    add_header Set-Cookie "hour=1; Max-Age=9999" always;
    return 500 "{}";
}
--- error_code: 500
--- response_headers
Set-Cookie: hour=1; Max-Age=3600



=== a backend's cookies, and an inherited directive
--- config
consent site;
consent_lifetime clamp;
location /t {
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    consent off;
    add_header Set-Cookie "hour=1; Max-Age=9999";
    add_header Set-Cookie "mine=1; Max-Age=9999";
    return 200 x;
}
--- raw_response_headers_like: Set-Cookie: hour=1; Max-Age=3600\r\nSet-Cookie: mine=1; Max-Age=9999\r\n



=== a location may turn it off
--- config
consent site;
consent_lifetime clamp;
location /t {
    consent_lifetime off;
    add_header Set-Cookie "hour=1; Max-Age=9999";
    return 200 x;
}
--- response_headers
Set-Cookie: hour=1; Max-Age=9999



=== nothing that caches must know
--- config eval: ::clamps("session=1; Max-Age=9999")
--- response_headers
Set-Cookie: session=1; Max-Age=7200
Vary:



=== $consent_decisions says so
--- config eval: ::sets("consent_lifetime clamp prolong=off; access_log logs/error.log decisions;", "hour=1; Max-Age=9999", "mine=1; Max-Age=999999999", "stat=1; Max-Age=1", "session=2")
--- more_headers eval
"$::Accepted; session=2"
--- error_log
[clamp hour; clamp unknown; prolong session]



=== report mode changes nothing
--- config eval: ::sets("consent_mode report; consent_lifetime clamp prolong=off; access_log logs/error.log decisions;", "hour=1; Max-Age=9999", "session=2; Max-Age=1")
--- more_headers eval
"$::Accepted; session=2"
--- raw_response_headers_like: Set-Cookie: hour=1; Max-Age=9999\r\nSet-Cookie: session=2; Max-Age=1\r\n
--- response_headers
Vary:
--- error_log
[clamp hour; prolong session]



=== prolong=off: what the browser has already is not sent again
--- config eval: ::unless_carried("session=1; Max-Age=60; Path=/", "hour=2; Max-Age=9999")
--- more_headers eval
"$::Accepted; session=1"
--- raw_response_headers_unlike: session=1
--- response_headers
Set-Cookie: hour=2; Max-Age=3600
Vary: Cookie, Sec-GPC



=== prolong=off: another value is sent
--- config eval: ::unless_carried("session=11", "session=", "session=01", "Session=1")
--- more_headers eval
"$::Accepted; session=1"
--- raw_response_headers_like: Set-Cookie: session=11\r\nSet-Cookie: session=\r\nSet-Cookie: session=01\r\nSet-Cookie: Session=1\r\n



=== prolong=off: a deletion passes
--- config eval: ::unless_carried("session=1; Max-Age=0")
--- more_headers eval
"$::Accepted; session=1"
--- response_headers
Set-Cookie: session=1; Max-Age=0



=== prolong=off: any copy, in any line, blanks are no part of it
--- config eval: ::unless_carried("session= 1 ; Path=/x")
--- more_headers
Cookie: a=b; session=2
Cookie: session=1
--- response_headers
Set-Cookie:



=== prolong=off: the module's own cookie passes
--- config eval: ::unless_carried("consent=1.1.0.-")
--- more_headers
Cookie: consent=1.1.0.-
--- response_headers
Set-Cookie: consent=1.1.0.-



=== prolong=off: caches are told, whatever becomes of it
--- config eval: ::unless_carried("session=1")
--- response_headers
Set-Cookie: session=1
Vary: Cookie, Sec-GPC



=== clamp alone sends again what the browser has
--- config eval: ::clamps("session=1")
--- more_headers eval
"$::Accepted; session=1"
--- response_headers
Set-Cookie: session=1



=== an unknown word names its file and line
--- config
consent_lifetime on;
--- must_die
--- error_log eval
qr/\[emerg\] .*invalid value "on" in "consent_lifetime" directive, it must be "off" or "clamp" in .*nginx\.conf:\d+/



=== an unknown parameter
--- config
consent_lifetime clamp prolong=on;
--- must_die
--- error_log eval
qr/invalid parameter "prolong=on" in "consent_lifetime" directive, "prolong=off" was expected, .* in .*nginx\.conf:\d+/



=== off takes no parameter
--- config
consent_lifetime off prolong=off;
--- must_die
--- error_log eval
qr/invalid parameter "prolong=off" .* in .*nginx\.conf:\d+/



=== a duplicate
--- config
consent_lifetime clamp;
consent_lifetime off;
--- must_die
--- error_log eval
qr/"consent_lifetime" directive is duplicate in .*nginx\.conf:\d+/
