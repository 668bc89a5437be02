# Response headers that make a browser fetch or report.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Http = $ConsentNginx::Table . <<'END';
log_format consent '[$consent_decisions]';
END

our $All = "performance+advertising+sharing";

# one header of every kind, with an URL that is refused and one that is not

our $Headers = <<'END';
add_header Link "</a.css>; rel=preload; as=style, <https://ads.test/a.js>; rel=preload; as=script" always;
add_header Link "<https://stats.test>; rel=preconnect" always;
add_header Content-Security-Policy "default-src 'self'; report-uri /csp https://ads.test/csp" always;
add_header Content-Security-Policy-Report-Only "img-src *; report-uri https://stats.test/csp" always;
add_header Reporting-Endpoints 'main="/reports", ads="https://ads.test/reports"' always;
add_header Report-To '{"group":"ads","max_age":9,"endpoints":[{"url":"https://ads.test/r"}]}, {"group":"own","max_age":9,"endpoints":[{"url":"/r"},{"url":"https://stats.test/r"}]}' always;
add_header NEL '{"report_to":"ads","max_age":9}' always;
add_header Speculation-Rules '"https://ads.test/rules", "/rules"' always;
add_header Refresh "5; url=https://ads.test/next" always;
END

# what is left for who has accepted nothing

our $Left = <<'END';
Link: </a.css>; rel=preload; as=style
Content-Security-Policy: default-src 'self'; report-uri /csp
Content-Security-Policy-Report-Only: img-src *
Reporting-Endpoints: main="/reports"
Report-To: {"group":"own","max_age":9,"endpoints":[{"url":"/r"}]}
NEL:
Speculation-Rules: "/rules"
Refresh:
END

our $Same = <<'END';
Link: </a.css>; rel=preload; as=style, <https://ads.test/a.js>; rel=preload; as=script, <https://stats.test>; rel=preconnect
Content-Security-Policy: default-src 'self'; report-uri /csp https://ads.test/csp
Content-Security-Policy-Report-Only: img-src *; report-uri https://stats.test/csp
Reporting-Endpoints: main="/reports", ads="https://ads.test/reports"
Report-To: {"group":"ads","max_age":9,"endpoints":[{"url":"https://ads.test/r"}]}, {"group":"own","max_age":9,"endpoints":[{"url":"/r"},{"url":"https://stats.test/r"}]}
NEL: {"report_to":"ads","max_age":9}
Speculation-Rules: "https://ads.test/rules", "/rules"
Refresh: 5; url=https://ads.test/next
END

our $Text = "default_type text/plain; return 200 x;";

sub location { return "location /t { consent site; $_[0] }" }

# the headers of add_header, as a backend sends them

sub proxied {
    my $directives = shift // "";
    return "location /t { consent site; $directives proxy_pass"
           . " http://127.0.0.1:\$server_port/backend; }\n"
           . "location /backend { $::Headers $::Text }";
}

# what was done with one header, for who has accepted nothing

sub header { return location(qq{add_header $_[0] '$_[1]'; $::Text}) }

# text for each of some numbers

sub each_of {
    my ($between, $last, $text) = @_;
    return CORE::join($between, map($text->($_), 1 .. $last));
}

run_tests();

__DATA__

=== who has accepted nothing
--- config eval: ::location("$::Headers $::Text")
--- response_headers eval: $::Left . "Vary: Cookie, Sec-GPC"



=== from a backend
--- config eval: ::proxied()
--- response_headers eval: $::Left . "Vary: Cookie, Sec-GPC"



=== 302
--- config eval: ::location("$::Headers return 302 /x;")
--- error_code: 302
--- response_headers eval: $::Left



=== 404
--- config eval: ::location("$::Headers return 404;")
--- error_code: 404
--- response_headers eval: $::Left



=== 204
--- config eval: ::location("$::Headers return 204;")
--- error_code: 204
--- response_headers eval: $::Left



=== HEAD
--- config eval: ::proxied()
--- request
HEAD /t
--- response_headers eval: $::Left
--- response_body:



=== HTTP/2
--- http2
--- config eval: ::location("$::Headers $::Text")
--- response_headers eval: $::Left



=== who has accepted everything gets them as they were, and caches are told
--- config eval: ::proxied()
--- more_headers eval: "Cookie: " . ::choice($::All)
--- response_headers eval: $::Same . "Vary: Cookie, Sec-GPC"



=== who has accepted a part
--- config eval: ::proxied()
--- more_headers eval: "Cookie: " . ::choice("performance")
--- response_headers
Link: </a.css>; rel=preload; as=style, <https://stats.test>; rel=preconnect
Content-Security-Policy: default-src 'self'; report-uri /csp
Content-Security-Policy-Report-Only: img-src *; report-uri https://stats.test/csp
Report-To: {"group":"own","max_age":9,"endpoints":[{"url":"/r"},{"url":"https://stats.test/r"}]}
NEL:



=== off
--- config eval: "location /t { $::Headers $::Text }"
--- response_headers eval: $::Same . "Vary:"



=== report: nothing is changed, and the log tells
--- http_config eval: $::Http
--- config eval: ::proxied("consent_mode report; access_log logs/error.log consent;")
--- response_headers eval: $::Same . "Vary:"
--- error_log
[header link ads.test; header link stats.test; header content-security-policy ads.test; header content-security-policy-report-only stats.test; header reporting-endpoints ads.test; header report-to ads.test; header report-to stats.test; header speculation-rules ads.test; header refresh ads.test; header nel ads.test]



=== the same where it is enforced
--- http_config eval: $::Http
--- config eval: ::proxied("access_log logs/error.log consent;")
--- error_log
[header link ads.test; header link stats.test; header content-security-policy ads.test; header content-security-policy-report-only stats.test; header reporting-endpoints ads.test; header report-to ads.test; header report-to stats.test; header speculation-rules ads.test; header refresh ads.test; header nel ads.test]



=== without a URL that is refused, caches need not be told
--- config eval: ::header("Link", "<https://cdn.test/a.css>; rel=preload, </b>; rel=preload")
--- response_headers
Link: <https://cdn.test/a.css>; rel=preload, </b>; rel=preload
Vary:



=== relative URLs count from the URL that was asked for
--- config
location /a/ { consent site; rewrite ^ /b/c last; }
location /b/ {
    consent site;
    add_header Link "<pixel>; rel=preload, <../pixel>; rel=preload, <./>; rel=preload";
    default_type text/plain;
    return 200 x;
}
--- request
GET /a/b
--- response_headers
Link: <pixel>; rel=preload, <./>; rel=preload



=== the site's own host is no third party
--- config eval
::location("consent_unknown_urls hold; add_header Link '<//www.shop.test/a>; rel=preload, <//img.shop.test/a>; rel=preload, <https://cdn.test/a>; rel=preload, <//else.test/a>; rel=preload'; $::Text")
--- more_headers
Host: www.shop.test
--- response_headers
Link: <//www.shop.test/a>; rel=preload, <https://cdn.test/a>; rel=preload



=== nor are those of consent_first_party
--- config eval
::location("consent_unknown_urls hold; consent_first_party .shop.test; add_header Link '<//img.shop.test/a>; rel=preload, <//img.shop.test/pixel>; rel=preload, <//else.test/a>; rel=preload'; $::Text")
--- more_headers
Host: www.shop.test
--- response_headers
Link: <//img.shop.test/a>; rel=preload



=== consent_unknown_urls hold: whatever was accepted
--- http_config eval: $::Http
--- config eval
::location("consent_unknown_urls hold; access_log logs/error.log consent; add_header Link '<//else.test/a>; rel=preload'; $::Text")
--- more_headers eval: "Cookie: " . ::choice($::All)
--- response_headers
Link:
Vary:
--- error_log
[header link unknown]



=== consent_unknown_urls category: refused
--- config eval
::location("consent_unknown_urls sharing; add_header Link '<//else.test/a>; rel=preload'; $::Text")
--- response_headers
Link:
Vary: Cookie, Sec-GPC



=== consent_unknown_urls category: accepted
--- config eval
::location("consent_unknown_urls sharing; add_header Link '<//else.test/a>; rel=preload'; $::Text")
--- more_headers eval: "Cookie: " . ::choice("sharing")
--- response_headers
Link: <//else.test/a>; rel=preload
Vary: Cookie, Sec-GPC



=== a provider of two categories needs both
--- config eval: ::header("Link", "<//both.test/a>; rel=preload")
--- more_headers eval: "Cookie: " . ::choice("performance")
--- response_headers
Link:



=== the same with both
--- config eval: ::header("Link", "<//both.test/a>; rel=preload")
--- more_headers eval: "Cookie: " . ::choice("performance+advertising")
--- response_headers
Link: <//both.test/a>; rel=preload



=== a host written in another way
--- config eval: ::header("Link", "<https:\\\\\\%61ds.test\\a>; rel=preload")
--- response_headers
Link:



=== a data: URL whose content is not read waits for all that there is
--- config eval: ::header("Link", "<data:text/css,\@import \"x\">; rel=stylesheet")
--- response_headers
Link:
Vary: Cookie, Sec-GPC



=== for who has accepted all of it it stays
--- config eval: ::header("Link", "<data:text/css,\@import \"x\">; rel=stylesheet")
--- more_headers eval: "Cookie: " . ::choice($::All)
--- response_headers
Link: <data:text/css,@import "x">; rel=stylesheet



=== a data: URL that is not read for more fetches nothing
--- config eval: ::header("Link", "<data:image/png,x>; rel=preload; as=image")
--- response_headers
Link: <data:image/png,x>; rel=preload; as=image
Vary:



=== where the visitor goes is not touched
--- config
location /t { consent site; return 302 https://ads.test/; }
--- error_code: 302
--- response_headers
Location: https://ads.test/



=== nor is what fetches nothing on its own, or protects
--- config eval
::location(<<'END' . $::Text)
add_header SourceMap "https://ads.test/map";
add_header X-SourceMap "https://ads.test/map";
add_header Permissions-Policy 'geolocation=(self "https://ads.test")';
add_header Clear-Site-Data '"cookies"';
add_header Content-Location "https://ads.test/";
add_header Cross-Origin-Opener-Policy 'same-origin; report-to="ads"';
END
--- response_headers
SourceMap: https://ads.test/map
X-SourceMap: https://ads.test/map
Permissions-Policy: geolocation=(self "https://ads.test")
Clear-Site-Data: "cookies"
Content-Location: https://ads.test/
Cross-Origin-Opener-Policy: same-origin; report-to="ads"
Vary:



=== a policy keeps all directives that protect
--- config eval
::location(qq{add_header Content-Security-Policy "script-src https://ads.test 'nonce-x'; report-uri https://ads.test/; report-to ads; frame-ancestors 'none'"; $::Text})
--- response_headers
Content-Security-Policy: script-src https://ads.test 'nonce-x'; report-to ads; frame-ancestors 'none'



=== a time in one line, the URL in the next
--- config eval
::location("add_header Refresh 5; add_header Refresh 'url=https://ads.test/'; $::Text")
--- response_headers
Refresh: 5



=== NEL stays while its group does
--- config eval
::location(<<'END' . $::Text)
add_header NEL '{"report_to":"own","max_age":9}';
add_header Report-To '{"group":"own","max_age":9,"endpoints":[{"url":"/r"},{"url":"//ads.test/r"}]}';
add_header Report-To '{"group":"ads","max_age":9,"endpoints":[{"url":"//ads.test/r"}]}';
END
--- response_headers
NEL: {"report_to":"own","max_age":9}
Report-To: {"group":"own","max_age":9,"endpoints":[{"url":"/r"}]}



=== of more groups than are remembered none is known to be left
--- config eval
::location(::each_of("", 9, sub {
    return qq(add_header Report-To '{"group":"g$_[0]","endpoints":[{"url":"//ads.test/"}]}';)
}) . q(add_header NEL '{"report_to":"g9","max_age":9}';) . $::Text)
--- response_headers
Report-To:
NEL:



=== what makes the browser forget a group passes
--- config eval
::location(<<'END' . $::Text)
add_header Report-To '{"group":"ads","max_age":0,"endpoints":[{"url":"https://ads.test/r"}]}';
add_header NEL '{"report_to":"ads","max_age":0}';
END
--- response_headers
Report-To: {"group":"ads","max_age":0,"endpoints":[{"url":"https://ads.test/r"}]}
NEL: {"report_to":"ads","max_age":0}



=== a header row takes the header whole
--- http_config eval
$ConsentNginx::Table =~ s/header Accept-CH;/header Accept-CH; header Link; header Critical-CH; header Observe-Browsing-Topics; header Attribution-Reporting-*;/r
--- config eval
::location(<<'END' . $::Text)
add_header Link "</a>; rel=preload";
add_header Accept-CH Sec-CH-UA-Model;
add_header Critical-CH Sec-CH-UA-Model;
add_header Observe-Browsing-Topics ?1;
add_header Attribution-Reporting-Register-Source '{"source_event_id":"1"}';
add_header Attribution-Reporting-Register-Trigger '{}';
add_header Attribution-Reporting-Register-OS-Source '"https://a.test/"';
add_header Attribution-Reporting-Register-OS-Trigger '"https://a.test/"';
add_header Attribution-Reporting-Info 'preferred-platform=os';
add_header Attribution-Reporting stays;
END
--- response_headers
Link:
Accept-CH:
Critical-CH:
Observe-Browsing-Topics:
Attribution-Reporting-Register-Source:
Attribution-Reporting-Register-Trigger:
Attribution-Reporting-Register-OS-Source:
Attribution-Reporting-Register-OS-Trigger:
Attribution-Reporting-Info:
Attribution-Reporting: stays
Vary: Cookie, Sec-GPC



=== where it is accepted its URLs are judged
--- http_config eval
$ConsentNginx::Table =~ s/header Accept-CH;/header Link;/r
--- config eval: ::header("Link", "</a>; rel=preload, <//ads.test/a>; rel=preload")
--- more_headers eval: "Cookie: " . ::choice("performance")
--- response_headers
Link: </a>; rel=preload



=== many members
--- config eval
::location("add_header Link '" . ::each_of(", ", 60, sub {
    return "<//ads.test/$_[0]>; rel=preload, </$_[0]>; rel=preload";
}) . "'; $::Text")
--- response_headers eval
"Link: " . ::each_of(", ", 60, sub { return "</$_[0]>; rel=preload" })
