# What logs, cache keys and backends may be told.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Http = $ConsentNginx::Table . <<'END';
log_format consent 'stripped=$consent_cookies_stripped; '
                   'held=$consent_tags_held; [$consent_decisions]';
END

our $All = 'return 200 "$consent_state|$consent_granted|$consent_essential|'
         . '$consent_performance|$consent_advertising|$consent_sharing|'
         . '$consent_source|$consent_id";';

run_tests();

__DATA__

=== nobody has chosen
--- config eval: "location /t { consent site; $::All }"
--- response_body: unset||1|0|0|0||



=== somebody has
--- config eval: "location /t { consent site; $::All }"
--- more_headers eval
"Cookie: " . ::choice("sharing+performance", id => "v1")
--- response_body: decided|performance,sharing|1|1|0|1|cookie|v1



=== consent off: they are empty
--- config eval: "location /t { $::All }"
--- response_body: |||||||



=== a category that the table has not is empty
--- config
location /t {
    consent site;
    return 200 "[$consent_nosuch]";
}
--- response_body: []



=== $consent_mask is the same for the same grant, however it was written
--- config
location /t {
    consent site;
    return 200 "$consent_mask";
}
--- request eval
["GET /t", "GET /t", "GET /t", "GET /t"]
--- more_headers eval
["Cookie: " . ::choice("sharing+performance"),
 "Cookie: " . ::choice("performance+sharing", age => 5000, id => "x"),
 "Cookie: " . ::choice("-"),
 ""]
--- response_body eval
["b", "b", "1", "1"]



=== what was done, by which row
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    access_log logs/error.log consent;
    default_type text/html;
    add_header Set-Cookie "stat-x=1";
    add_header Set-Cookie "stat-y=1";
    add_header Accept-CH "Sec-CH-UA";
    echo -n '<img src="//ads.test/1"><img src="//img.ads.test/2"><script>statsQueue()</script>';
}
--- more_headers
Cookie: ad=1; session=2
--- error_log
stripped=3; held=3; [cookie ad; set-cookie stat-* x2; header Accept-CH; tag ads.test x2; inline statsQueue]



=== nothing was done
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    access_log logs/error.log consent;
    default_type text/html;
    echo -n '<img src="/1">';
}
--- error_log
stripped=0; held=0; []



=== of what no row names a cookie that is set is told by its name
--- http_config eval: $::Http
--- config
location /t {
    consent site;
    consent_unknown_cookies strip;
    access_log logs/error.log consent;
    add_header Set-Cookie "a=1";
    add_header Set-Cookie "b=1";
    add_header Set-Cookie "b=2; Path=/t";
    return 200 x;
}
--- error_log
stripped=3; held=0; [set-cookie unknown a; set-cookie unknown b x2]



=== too many decisions to list are counted, and "..." says so
--- http_config eval
my $table = $::Http;
my $rows = CORE::join(" ", map { "cookie many$_;" } 1 .. 40);
$table =~ s/cookie ad;/cookie ad; $rows/;
$table
--- config
location /t {
    consent site;
    access_log logs/error.log consent;
    default_type text/plain;
    echo x;
}
--- more_headers eval
"Cookie: " . CORE::join("; ", map { "many$_=1" } 1 .. 40)
--- error_log eval
qr/stripped=40; held=0; \[cookie many1; .*; cookie many32\.\.\.\]/



=== what comes after the answer adds nothing, and takes nothing away
--- http_config eval: $::Http
--- config
consent site;
access_log logs/error.log consent;

location /t {
    default_type text/html;
    echo -n '<img src="//ads.test/p">';
    post_action /after;
}
location /after {
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/to;
}
location /to { access_log off; return 200 x; }
--- more_headers
Cookie: ad=1
--- error_log
stripped=1; held=1; [cookie ad; tag ads.test]
