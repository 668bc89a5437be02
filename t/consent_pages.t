# consent_pages: the visitor's side under consent_uri.  What is expected is
# what design.md says of the cookie and of the pages.  Who may post, and what
# else a request can bring, is in consent_hostile.t.

use strict;
use warnings;
use lib 't/lib';

use Cwd qw(realpath);
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

$ENV{TEST_NGINX_HTML_DIR} ||= html_dir();

our $Pages = <<'END';
consent site;
location /consent/ { consent_pages; }
END

our $Form = "Content-Type: application/x-www-form-urlencoded";
our $Json = "Content-Type: application/json";

# a Set-Cookie of this choice, made within these seconds

sub made {
    my ($categories, $revision, $id) = @_;

    $revision //= 0;
    $id //= "[0-9a-f]{32}";
    $categories =~ s/\+/\\+/g;

    return qr/^Set-Cookie:\ consent=1\.\d{10}\.$revision\.$categories\.$id;
              \ Path=\/;\ Max-Age=34128000;\ SameSite=Lax;\ HttpOnly\r$/mx;
}

# a choice in chunks

sub chunked {
    return "POST /consent/choice HTTP/1.1\r\nHost: site.test\r\n$Form\r\n"
           . "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
           . join("", map(sprintf("%x\r\n%s\r\n", length, $_), @_))
           . "0\r\n\r\n";
}

our $Policy = <<'END';
consent_table site {
    category essential required "Needed for the site to work";
    category performance "Speed & <order>";
    category advertising "Targeted advertising";
    category sharing "Sharing";

    provider "A<b>&\"'" essential policy=https://a.test/?a=1&b=2 {
        cookie  "x<y" expires=395d "purpose=1 < 2 & 3";
        cookie  unnamed name= expires=session;
        storage key-* expires=1h;
        url     cdn.test;
    }

    provider Stats performance policy=javascript:alert(1) {
        url     stats.test name=Stats expires=730d;
        inline  "statsQueue" name=Loader;
        header  Accept-CH name=Hints;
        cookie  given lifetime=24H "type=Pixel tag" expires=1d;
        cookie  dead enforce=off expires=30d;
        cookie  both category=performance+advertising expires=90s;
    }
}
END

our $Rows = <<'END';
essential: x<y | A<b>&"' | 1 < 2 & 3 | 13 months | HTTP cookie
essential:  | A<b>&"' |  | Session | HTTP cookie
essential: key-* | A<b>&"' |  | 1 hour | HTML local storage
performance: Stats | Stats |  | 2 years | Script
performance: Loader | Stats |  |  | Script
performance: Hints | Stats |  |  | HTTP header
performance: given | Stats |  | 24H | Pixel tag
performance: dead | Stats |  | 1 month | HTTP cookie
performance: both | Stats |  | 90 seconds | HTTP cookie
advertising: both | Stats |  | 90 seconds | HTTP cookie
END

# the policy as it was published, in the same form

our $Conf = realpath("t/lib/../../conf");
our $Published = "";

if ($ENV{CONSENT_DATA}) {
    open(my $fh, "<", "$ENV{CONSENT_DATA}/policy/trackers.tsv") or die;
    chomp(my @lines = <$fh>);

    my @names = split /\t/, shift @lines;

    for my $line (@lines) {
        my %row;
        @row{@names} = split /\t/, $line, -1;
        next if $row{origin} ne "seed";

        $Published .= "$row{category}: "
                      . join(" | ", @row{qw(name_as_printed provider purpose
                                            expiry_printed type)})
                      . "\n";
    }
}

# the page's rows as lines of text

sub rows {
    my ($page) = @_;
    my %char = (lt => "<", gt => ">", quot => '"', "#39" => "'",
                amp => "&");
    my $rows = "";

    for my $section (split /<h2 id="category-/, $page) {
        my ($category) = $section =~ /^(\w+)/;

        while ($section =~ m{<tr[^>]*>(<td>.*?)</tr>}sg) {
            my @cells = $1 =~ m{<td>(.*?)</td>}sg;
            s/<[^>]*>//g, s/&([a-z0-9#]+);/$char{$1}/g for @cells;
            $rows .= "$category: " . join(" | ", @cells) . "\n";
        }
    }

    return $rows;
}

run_tests();

__DATA__

=== nothing chosen
--- config eval: $::Pages
--- request
GET /consent/choice
--- response_headers
Content-Type: application/json
Cache-Control: no-store
X-Content-Type-Options: nosniff
!Set-Cookie
--- response_body eval
'{"state":"unset","granted":[],"categories":{"essential":true,'
. '"performance":false,"advertising":false,"sharing":false},"providers":{}}' . "\n"



=== a choice and its time
--- config eval: $::Pages
--- request
GET /consent/choice
--- more_headers eval
"Cookie: " . ::choice("sharing+performance", revision => 7, id => "a1-B_2")
--- response_body eval
'{"state":"decided","granted":["performance","sharing"],"categories":'
. '{"essential":true,"performance":true,"advertising":false,"sharing":true},"providers":{},'
. '"time":' . ($::Now - 60)
. ',"revision":7,"id":"a1-B_2","source":"cookie"}' . "\n"



=== a broken one
--- config eval: $::Pages
--- request
GET /consent/choice
--- more_headers
Cookie: consent=1.x
--- response_body_like: ^\{"state":"invalid","granted":\[\],



=== HEAD has the same headers
--- config eval: $::Pages
--- request
HEAD /consent/choice
--- response_headers
Content-Type: application/json
Content-Length: 134
--- response_body



=== accept=all
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
::made("performance+advertising+sharing")
--- response_headers
Cache-Control: no-store
!Location



=== accept=none
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
::made("-")



=== who takes something back is not shown pages that the browser keeps whole
--- config eval: $::Pages
--- raw_request eval
[map("POST /consent/choice HTTP/1.1\r\nHost: site.test\r\n$::Form\r\n"
     . "Cookie: consent=1." . time() . ".0.performance+sharing\r\n"
     . "Content-Length: " . length($_) . "\r\nConnection: close\r\n\r\n$_",
     "accept=none", "accept=performance", "accept=performance&accept=sharing",
     "accept=all")]
--- error_code eval: [(204) x 4]
--- response_headers eval
[("Clear-Site-Data: \"cache\"") x 2, ("!Clear-Site-Data") x 2]



=== nor who refuses what was granted before he was asked
--- config
consent site;
consent_regime optout;
location /consent/ { consent_pages; }
--- raw_request eval
[map("POST /consent/choice HTTP/1.1\r\nHost: site.test\r\n$::Form\r\n"
     . "Content-Length: " . length($_) . "\r\nConnection: close\r\n\r\n$_",
     "accept=none", "accept=all")]
--- error_code eval: [(204) x 2]
--- response_headers eval
["Clear-Site-Data: \"cache\"", "!Clear-Site-Data"]



=== in report mode no page was another
--- config
consent site;
consent_mode report;
location /consent/ { consent_pages; }
--- request
POST /consent/choice
accept=none
--- more_headers eval
$::Form . "\nCookie: consent=1." . time() . ".0.performance"
--- error_code: 204
--- response_headers
!Clear-Site-Data



=== names, in the table's order
--- config eval: $::Pages
--- request
POST /consent/choice
accept=sharing&accept=performance&accept=essential
--- more_headers eval: $::Form . "; charset=UTF-8"
--- error_code: 204
--- raw_response_headers_like eval
::made("performance+sharing")



=== a form of which no box is checked
--- config eval: $::Pages
--- request
POST /consent/choice
choice=set&return=%2Fconsent%2Fpolicy
--- more_headers eval: $::Form
--- error_code: 303
--- raw_response_headers_like eval
::made("-")
--- response_headers
Location: /consent/policy



=== JSON gets no redirect
--- config eval: $::Pages
--- request
POST /consent/choice
{"accept": ["performance", "sharing"], "return": "/a"}
--- more_headers eval: $::Json
--- error_code: 204
--- raw_response_headers_like eval
::made("performance+sharing")
--- response_headers
!Location



=== nor does who asks for JSON
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all&return=/a
--- more_headers eval
"$::Form\nAccept: application/json, */*"
--- error_code: 204
--- response_headers
!Location



=== a revision, a name and a lifetime of the source
--- config
consent site;
consent_source cookie revision=12 max_age=10d;
location /consent/ { consent_pages; }
--- request
POST /consent/choice
accept=all
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
qr/^Set-Cookie: consent=1\.\d+\.12\.performance\+advertising\+sharing\.\w{32}; Path=\/; Max-Age=864000; SameSite=Lax; HttpOnly\r$/m



=== an id is kept
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nCookie: " . ::choice("sharing", id => "0123456789abcdef")
--- error_code: 204
--- raw_response_headers_like eval
::made("-", 0, "0123456789abcdef")



=== the cookie says what was chosen
--- config eval
$::Pages . 'location = /t { return 200 "$consent_state $consent_granted\n"; }'
--- request
GET /t
--- more_headers eval
"Cookie: " . ::choice("performance+sharing")
--- response_body
decided performance,sharing



=== over TLS it is Secure
--- http_config eval
$::Table . qq{
server {
    listen unix:\$TEST_NGINX_HTML_DIR/tls.sock ssl;
    ssl_certificate \$TEST_NGINX_HTML_DIR/tls.crt;
    ssl_certificate_key \$TEST_NGINX_HTML_DIR/tls.key;
    consent site;
    location / { consent_pages; }
}}
--- config
location /consent/ {
    proxy_pass https://unix:$TEST_NGINX_HTML_DIR/tls.sock;
    proxy_set_header Host $http_host;
}
--- user_files eval
my $key = qx(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null);
open(my $fh, "|-", "openssl req -x509 -new -key /dev/stdin -subj /CN=t -days 2 -out /tmp/consent-pages-$$.crt 2>/dev/null");
print $fh $key;
close $fh;
my $crt = qx(cat /tmp/consent-pages-$$.crt; rm /tmp/consent-pages-$$.crt);
">>> tls.key\n$key\n>>> tls.crt\n$crt\n"
--- request
POST /consent/choice
accept=none
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like
Set-Cookie: consent=1\.\d+\.0\.-\.\w{32}; Path=/; Max-Age=34128000; SameSite=Lax; HttpOnly; Secure\r



=== back to a path of the site
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none&return=%2Fa%3Fb%3Dc%23d
--- more_headers eval: $::Form
--- error_code: 303
--- response_headers
Location: /a?b=c#d



=== what is no URL is made one
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none&return=/%C3%A9+%41%2541
--- more_headers eval: $::Form
--- error_code: 303
--- response_headers
Location: /%C3%A9%20A%41



=== back to where the visitor was
--- config eval: $::Pages
--- raw_request eval
"POST /consent/choice HTTP/1.1\r\nHost: site.test:8080\r\n"
. "Referer: https://site.test:8080/a?b=c\r\n$::Form\r\n"
. "Content-Length: 11\r\nConnection: close\r\n\r\naccept=none"
--- error_code: 303
--- response_headers
Location: /a?b=c



=== not to a path that is another site's
--- config eval: $::Pages
--- raw_request eval
"POST /consent/choice HTTP/1.1\r\nHost: site.test\r\n"
. "Referer: https://site.test//evil.test/\r\n$::Form\r\n"
. "Content-Length: 11\r\nConnection: close\r\n\r\naccept=none"
--- error_code: 204
--- response_headers
!Location



=== a return to another site
--- config eval: $::Pages
--- request eval
[map("POST /consent/choice\naccept=none&return=$_",
     "//evil.test/", "/%5Cevil.test", "%5C/evil.test", "https://evil.test",
     "/%09/evil.test", "/%0d%0aSet-Cookie:%20a=b", "javascript:alert(1)", "")]
--- more_headers eval: $::Form
--- error_code eval
[(400) x 8]
--- response_headers eval
[("!Location\n!Set-Cookie") x 8]
--- response_body_like eval
[(qr/^"return" is no path of this site/) x 8]



=== bodies that say nothing, or not clearly
--- config eval: $::Pages
--- request eval
[map("POST /consent/choice\n$_",
     "return=/a", "accept=fun", "accept=", "accept=all&accept=none",
     "accept=none&accept=sharing", "accept=performance+sharing")]
--- more_headers eval: $::Form
--- error_code eval
[(400) x 6]
--- response_headers eval
[("!Set-Cookie\nContent-Type: text/plain; charset=utf-8") x 6]
--- response_body eval
["no \"accept\" was sent, \"all\", \"none\" or names of categories were expected\n",
 "unknown category or provider: fun\n", "unknown category or provider: \n",
 ("\"all\", \"none\" and names of categories exclude each other\n") x 2,
 "unknown category or provider: performance sharing\n"]



=== what is said back is escaped, and short
--- config eval: $::Pages
--- request eval
["POST /consent/choice\naccept=%00%1b%ff<b>",
 "POST /consent/choice\naccept=" . "x" x 100]
--- more_headers eval: $::Form
--- error_code eval
[400, 400]
--- response_body eval
["unknown category or provider: \\x00\\x1b\\xff<b>\n",
 "unknown category or provider: " . "x" x 64 . "...\n"]



=== broken JSON
--- config eval: $::Pages
--- request eval
[map("POST /consent/choice\n$_",
     '{"accept":"all"', '["all"]', '{"accept":"all"}x', '{"accept":1}',
     '{"a":' . "[" x 40 . "]" x 40 . ',"accept":"all"}', '{}')]
--- more_headers eval: $::Json
--- error_code eval
[(400) x 6]
--- response_headers eval
[("!Set-Cookie") x 6]



=== an empty body
--- config eval: $::Pages
--- request
POST /consent/choice
--- more_headers eval: $::Form
--- error_code: 400
--- response_body_like: ^no "accept" was sent



=== another content type, and none
--- config eval: $::Pages
--- request eval
[("POST /consent/choice\naccept=all") x 3]
--- more_headers eval
["Content-Type: text/plain", "", "Content-Type: application/jsonp"]
--- error_code eval
[(415) x 3]
--- response_headers eval
[("!Set-Cookie") x 3]



=== a body of 4096 bytes, and of one more
--- config eval: $::Pages
--- request eval
["POST /consent/choice\naccept=all&a=" . "x" x (4096 - 13),
 "POST /consent/choice\naccept=all&a=" . "x" x (4096 - 12)]
--- more_headers eval: $::Form
--- error_code eval
[204, 413]



=== chunked bodies are no longer either
--- config eval: $::Pages
--- raw_request eval
::chunked("acc", "ept=a", "ll&a=", "x" x 4083)
--- error_code: 204
--- raw_response_headers_like eval
::made("performance+advertising+sharing")



=== chunked and one byte longer
--- config eval: $::Pages
--- raw_request eval
::chunked("acc", "ept=a", "ll&a=", "x" x 4084)
--- error_code: 413
--- response_headers
!Set-Cookie



=== a body in a file
--- config eval
$::Pages . "client_body_in_file_only clean; client_body_buffer_size 16;"
--- request eval
["POST /consent/choice\naccept=sharing&a=" . "x" x 3000,
 "POST /consent/choice\naccept=sharing&a=" . "x" x 5000]
--- more_headers eval: $::Form
--- error_code eval
[204, 413]
--- raw_response_headers_like eval
[::made("sharing"), qr/^HTTP/]



=== other methods
--- config eval: $::Pages
--- request eval
["PUT /consent/choice\naccept=all", "DELETE /consent/choice",
 "OPTIONS /consent/choice", "POST /consent/policy\naccept=all",
 "POST /consent/\naccept=all"]
--- more_headers eval: $::Form
--- error_code eval
[(405) x 5]
--- response_headers eval
[("Allow: GET, HEAD, POST\n!Set-Cookie") x 3, ("Allow: GET, HEAD") x 2]



=== other pages
--- config eval: $::Pages
--- request eval
["GET /consent/choices", "GET /consent/policy/", "GET /consent/x",
 "POST /consent/x\naccept=all"]
--- error_code eval
[(404) x 4]



=== consent_uri alone leads to the policy
--- config eval: $::Pages
--- request
GET /consent/
--- error_code: 303
--- response_headers
Location: /consent/policy



=== another consent_uri
--- config
consent site;
consent_uri "/a b%/";
location "/a b%/" { consent_pages; }
--- request eval
["GET /a%20b%25/", "GET /a%20b%25/choice", "GET /a%20b%25/policy"]
--- error_code eval
[303, 200, 200]
--- response_headers eval
["Location: /a%20b%25/policy", "", ""]
--- response_body_like eval
[qr/^/, qr/^\{/, qr{action="/a%20b%25/choice".*value="/a%20b%25/policy"}s]



=== pages outside of it
--- config
consent site;
location = /choice { consent_pages; }
--- request
GET /choice
--- error_code: 404
--- error_log
"consent_pages" was asked for "/choice", which is not under "consent_uri /consent/"



=== where consent is off
--- config
location /consent/ { consent_pages; }
--- request
GET /consent/choice
--- error_code: 404
--- error_log
"consent_pages" has nothing to answer, "consent" is off here



=== in report mode a choice is taken as well
--- config eval: $::Pages . "consent_mode report;"
--- request
POST /consent/choice
accept=sharing
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
::made("sharing")



=== the own cookie is set whatever the table says of unknown ones
--- config eval: $::Pages . "consent_unknown_cookies strip;"
--- request
POST /consent/choice
accept=none
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
::made("-")



=== the policy prints the table
--- http_config eval: $::Policy
--- config eval: $::Pages
--- request
GET /consent/policy
--- response_headers
Content-Type: text/html; charset=utf-8
Cache-Control: no-store
X-Content-Type-Options: nosniff
Referrer-Policy: same-origin
Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
--- response_body_filters eval: sub { ::rows($_[0]) }
--- response_body eval: $::Rows



=== the published policy, row for row
--- skip_eval: 3: !$::Published
--- http_config eval
"consent_table site {
    category essential required Essential;
    category performance Performance;
    category advertising Advertising;
    category sharing Sharing;
    include $::Conf/ovh.conf;
}"
--- config eval: $::Pages
--- request
GET /consent/policy
--- response_body_filters eval: sub { ::rows($_[0]) }
--- response_body eval: $::Published



=== text is escaped, and only web pages are linked
--- http_config eval: $::Policy
--- config eval: $::Pages
--- request
GET /consent/policy
--- response_body_like eval
qr{<a\ rel="noreferrer"\ href="https://a.test/\?a=1&amp;b=2">
   A&lt;b&gt;&amp;&quot;&\#39;</a>.*Speed\ &amp;\ &lt;order&gt;}sx
--- response_body_unlike: javascript:|<b>|<order>



=== what is not enforced says so
--- http_config eval: $::Policy
--- config eval: $::Pages
--- request
GET /consent/policy
--- response_body_like eval
qr{<tr data-enforced="off"><td>dead</td>.*</table>
<p>Listed, but not held back by this server: dead \(Stats\)\.</p>
.*<h2 id="category-sharing">Sharing</h2>
<p>None\.</p>}s



=== the form, when nothing is chosen
--- http_config eval: $::Policy
--- config eval: $::Pages
--- request
GET /consent/policy
--- response_body_like eval
qr{You have not chosen yet\. Accepted at present: only what is required\.</p>
.*<p><label><input type="checkbox" checked disabled> Needed .*
.*<input type="checkbox" name="accept" value="performance"> Speed .*
.*<input type="checkbox" name="accept" value="sharing"> Sharing<}s



=== the form shows what was chosen
--- http_config eval: $::Policy
--- config eval: $::Pages
--- request
GET /consent/policy
--- more_headers eval
"Cookie: " . ::choice("sharing")
--- response_body_like eval
qr{You have chosen\. Accepted at present: Sharing\.</p>
.*value="performance"> .*value="advertising"> .*value="sharing" checked> }s



=== what the regime grants is no choice
--- http_config eval: $::Policy
--- config eval: $::Pages . "consent_regime optout;"
--- request
GET /consent/policy
--- response_body_like eval
qr{You have not chosen yet\. Accepted at present: Speed}
--- response_body_unlike eval
qr{value="[a-z]+" checked>}



=== HEAD of the policy
--- http_config eval: $::Policy
--- config eval: $::Pages
--- request
HEAD /consent/policy
--- response_headers
Content-Type: text/html; charset=utf-8
--- response_body



=== over HTTP/2
--- http2
--- config eval: $::Pages
--- request
POST /consent/choice
accept=sharing
--- more_headers eval
"$::Form\nHost: site.test:8443\nOrigin: https://site.test:8443"
--- error_code: 204
