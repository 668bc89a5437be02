# What stands in for frames that are held back.

use strict;
use warnings;
use lib 't/lib';

use Cwd ();
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# a page in a language; what is expected is written from the README

sub page {
    my ($html) = @_;
    return ">>> page.html\n$html";
}

our $Alias = 'default_type text/html;'
             . ' alias $TEST_NGINX_SERVER_ROOT/html/page.html;';

our $Frame = '<iframe src="https://video.test/v"></iframe>';

our $Held = '<iframe data-consent="sharing" hidden inert'
            . ' data-consent-src="https://video.test/v"></iframe>';

sub placeholder {
    my (%is) = @_;

    my $accept = join '', map "<input type=\"hidden\" name=\"accept\""
                              . " value=\"$_\">", @{$is{accept} || ['sharing']};
    my $return = $is{return} // '/t';

    return <<"END";
<fieldset class="consent-placeholder" lang="en" dir="auto">
<legend>Content from Video</legend>
<p>This content comes from Video. It is shown once you accept: Sharing on third-party platforms.</p>
<form method="post" action="/consent/choice">
$accept
<input type="hidden" name="return" value="$return">
<p><button>Accept and show</button></p>
</form>
<p><a href="/consent/policy?lang=en#choice">Privacy settings</a></p>
</fieldset>
END
}

sub must {
    my ($reason, $file) = @_;
    $file ||= 'nginx\.conf';
    return qr/\[emerg\] .*\Q$reason\E.* in .*$file:\d+/;
}

run_tests();

__DATA__

=== off, and by default
--- config eval
"location = /t { consent site; $::Alias }"
. "location = /off { consent site; consent_placeholder off; $::Alias }"
--- user_files eval: ::page($::Frame)
--- pipelined_requests eval
["GET /t", "GET /off"]
--- response_body eval
[('<iframe data-consent="sharing" data-consent-src="https://video.test/v"></iframe>') x 2]



=== on: who it is from, what it waits for, and the choice
--- config eval
"location = /t { consent site; consent_placeholder on; $::Alias }"
--- user_files eval: ::page($::Frame)
--- response_body eval
substr(::placeholder(), 0, -1) . "\n$::Held"



=== filtering twice changes nothing
--- config eval
"location = /t { consent site; consent_placeholder on; $::Alias }
location = /twice { consent site; consent_placeholder on;
    proxy_pass http://127.0.0.1:\$TEST_NGINX_SERVER_PORT/t; }"
--- user_files eval: ::page($::Frame)
--- request
GET /twice
--- response_body eval
::placeholder() . $::Held



=== removed: it stands where the frame stood
--- config eval
"location = /t { consent site; consent_placeholder on; consent_tags remove; $::Alias }"
--- user_files eval: ::page("a${main::Frame}b")
--- response_body eval
'a' . ::placeholder() . 'b'



=== what was accepted is accepted again with it; back to page and query
--- config eval
"location = /t { consent site; consent_placeholder on; $::Alias }"
--- user_files eval: ::page($::Frame)
--- request
GET /t?a=1&b="<
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body eval
::placeholder(accept => ['performance', 'sharing'],
              return => '/t?a=1&#38;b=&#34;&#60;') . $::Held



=== the form is one that consent_pages takes
--- config
location /consent/ {
    consent site;
    consent_pages;
}
--- request
POST /consent/choice
accept=performance&accept=sharing&return=%2Ft%3Fa%3D1
--- more_headers
Content-Type: application/x-www-form-urlencoded
--- error_code: 303
--- response_headers_like
Location: /t\?a=1
Set-Cookie: consent=1\.\d+\.0\.performance\+sharing\.\w{32}; .*



=== a path that cannot lead back is left out
--- config eval
"location ~ ^/(t|aaa) { consent site; consent_placeholder on; $::Alias }"
--- user_files eval: ::page($::Frame)
--- pipelined_requests eval
["GET //t", "GET /" . "a" x 1025]
--- response_body_unlike eval
[('name="return"') x 2]



=== in a form of the page there is a link, under consent_uri
--- config eval
"location = /t { consent site; consent_placeholder on;
    consent_uri /privacy/; $::Alias }"
--- user_files eval: ::page("<form>$::Frame</form>")
--- response_body_like eval
qr{<a href="/privacy/policy\?lang=en#choice">Privacy settings</a>}
--- response_body_unlike eval
qr/<form method/



=== where there are settings the link leads to them, and from there back
--- http_config eval
"$::Table
consent_ui " . Cwd::realpath("t/lib/../../conf/ui") . ";"
. CORE::join "", map "consent_field $_ x;", qw(controller address contact authority)
--- config eval
"consent site; consent_placeholder on; consent_banner on link=off;
location ~ ^/t { $::Alias }
location /off { consent_banner off; $::Alias }
location /consent/ { consent_pages; }"
--- user_files eval: ::page("<html lang=fr>$::Frame")
--- pipelined_requests eval
["GET /t?a=1&b=%20", "GET /off", "GET /" . "t" x 1025,
 "GET /consent/settings?lang=fr&return=%2Ft%3Fa%3D1%26b%3D%2520"]
--- response_body_like eval
[qr{<a href="/consent/settings\?lang=fr&#38;return=%2Ft%3Fa%3D1%26b%3D%2520">Param},
 qr{<a href="/consent/settings\?lang=fr&#38;return=%2Foff">Param},
 qr{<a href="/consent/settings\?lang=fr">Param},
 qr{<html lang="fr".* name="return" value="/t\?a=1&#38;b=%20"}s]



=== titles in another language than the page's say so
--- http_config
consent_table de lang=de { category a required; category b "Werbung"; category c "Karten";
    provider "Video" b c { url video.test; } }
consent_table none { category a required; category b "Werbung";
    provider "Video" b { url video.test; } }
--- config eval
"location = /de { consent de; consent_placeholder on lang=de; $::Alias }
location = /en { consent de; consent_placeholder on; $::Alias }
location = /none { consent none; consent_placeholder on; $::Alias }
location = /own { consent de; consent_placeholder ../html/own.html; $::Alias }"
--- user_files eval
::page($::Frame) . "\n>>> own.html\n[\$categories_lang]"
--- pipelined_requests eval
["GET /de", "GET /en", "GET /none", "GET /own"]
--- response_body_like eval
[qr/zustimmen: Werbung, Karten\./,
 qr{accept: <span lang=de>Werbung, Karten</span>\.}, qr/accept: Werbung\./,
 qr/^\[de\]/]



=== strict GPC: what no choice can change is not offered
--- config eval
"location = /t { consent site; consent_placeholder on;
    consent_gpc strict sharing; $::Alias }"
--- user_files eval: ::page($::Frame)
--- more_headers
Sec-GPC: 1
--- response_body_like eval
qr/It is shown once you accept/
--- response_body_unlike eval
qr/<form/



=== what another source refuses is not offered, nor what it refuses of a provider
--- config eval
"consent_source cookie; consent_source klaro;
consent_map klaro social sharing; consent_map klaro video provider=Video;
location = /t { consent site; consent_placeholder on; $::Alias }"
--- user_files eval: ::page($::Frame)
--- pipelined_requests eval
["GET /t", "GET /t", "GET /t", "GET /t"]
--- more_headers eval
["", "Cookie: klaro=%7B%22social%22%3Afalse%2C%22video%22%3Afalse%7D",
 "Cookie: klaro=%7B%22video%22%3Afalse%7D; " . ::choice("performance"),
 "Cookie: klaro=%7B%22social%22%3Afalse%2C%22video%22%3Atrue%7D"]
--- response_body_like eval
[qr/<form/, qr/\A(?!.*<form).*It is shown once/s,
 qr/\A(?!.*<form).*It is shown once/s, qr/\A<iframe src/]



=== the language of the page, of lang=, English
--- config eval
CORE::join '', map("location = /$_->[0] { consent site;"
             . " consent_placeholder on $_->[1]; default_type text/html;"
             . " alias \$TEST_NGINX_SERVER_ROOT/html/$_->[2].html; }\n",
             ['a', '', 'pt'], ['b', 'lang=de', 'pt'], ['c', 'lang=de', 'ja'],
             ['d', '', 'ja'], ['e', 'lang=nl', 'none'])
--- user_files eval
">>> pt.html\n<html lang='pt-BR'>$::Frame\n>>> ja.html\n<html lang=ja>$::Frame\n"
. ">>> none.html\n$::Frame"
--- pipelined_requests eval
["GET /a", "GET /b", "GET /c", "GET /d", "GET /e"]
--- response_body_like eval
['lang="pt".*Conte&uacute;do de Video', 'lang="pt"',
 'lang="de".*Inhalt von Video', 'lang="en"', 'lang="nl".*Inhoud van Video']



=== a template of the site's own; a relative path is the configuration's
--- config
location = /t {
    consent site;
    consent_placeholder ../html/own.html;
    default_type text/html;
    alias $TEST_NGINX_SERVER_ROOT/html/page.html;
}
location = /inherits/t {
    consent site;
    default_type text/html;
    alias $TEST_NGINX_SERVER_ROOT/html/page.html;
}
consent_placeholder ../html/own.html lang=fr;
--- user_files eval
::page($::Frame) . "\n>>> own.html\n<b>\$provider \$lang \xc3\xa9 \$5<!--# if policy -->x<!--# endif --></b>"
--- pipelined_requests eval
["GET /t", "GET /inherits/t"]
--- response_body eval
["<b>Video en &#233; \$5</b>$::Held\n", "<b>Video fr &#233; \$5</b>$::Held\n"]



=== names are escaped
--- http_config
consent_table site {
    category essential required;
    category ads "Ads & <more>";
    provider "A \"&\" <b>" ads policy=https://a.test/?a=1&b=" { url a.test; }
    provider "J" ads policy=javascript:x { url j.test; }
}
--- config eval
"location = /t { consent site; consent_placeholder ../html/own.html; $::Alias }"
--- user_files
>>> page.html
<embed src=//a.test/><embed src=//j.test/>
>>> own.html
[$provider|$policy|$categories]
--- response_body
[A &#34;&#38;&#34; &#60;b&#62;|https://a.test/?a=1&#38;b=&#34;|Ads &#38; &#60;more&#62;]
<embed data-consent="ads" hidden inert data-consent-src=//a.test/>[J||Ads &#38; &#60;more&#62;]
<embed data-consent="ads" hidden inert data-consent-src=//j.test/>



=== report mode and full consent: no byte changes
--- config eval
"location = /report { consent site; consent_mode report; consent_placeholder on; $::Alias }
location = /optout { consent site; consent_regime optout; consent_gpc off; consent_placeholder on; $::Alias }"
--- user_files eval: ::page($::Frame)
--- pipelined_requests eval
["GET /report", "GET /optout"]
--- response_body eval
[("$::Frame") x 2]



=== every split of a page with a frame
--- http_config eval
$::Table
--- config eval
::splits('<p><embed src=//video.test/></p>',
       'consent site; consent_placeholder ../html/own.html; default_type text/html;')
--- user_files
>>> own.html
<b>$provider</b>
--- pipelined_requests eval
[map { "GET /t$_" } 0 .. 31]
--- response_body eval
[("<p><b>Video</b>\n"
  . '<embed data-consent="sharing" hidden inert data-consent-src=//video.test/></p>') x 32]



=== twice in one place
--- config
location /t { consent_placeholder on; consent_placeholder off; }
--- must_die
--- error_log eval: ::must('"consent_placeholder" directive is duplicate')



=== a language that has no texts
--- config
location /t { consent_placeholder on lang=ja; }
--- must_die
--- error_log eval: ::must('invalid parameter "lang=ja", "lang=" and one of de, en, es, fr, it, nl, pl, pt was expected')



=== something else than lang=
--- config
location /t { consent_placeholder on big; }
--- must_die
--- error_log eval: ::must('invalid parameter "big", "lang="')



=== no such file
--- config
location /t { consent_placeholder nowhere.html; }
--- must_die
--- error_log eval: ::must('nowhere.html" failed')



=== no file
--- config
location /t { consent_placeholder ../html; }
--- must_die
--- error_log eval: ::must('a template of 1 to 16384 bytes was expected in')



=== too large a file
--- config
location /t { consent_placeholder ../html/own.html; }
--- user_files eval: ">>> own.html\n" . "a" x 16385
--- must_die
--- error_log eval: ::must('a template of 1 to 16384 bytes was expected in')



=== a mistake in a template has the template's line
--- config
location /t { consent_placeholder ../html/own.html; }
--- user_files
>>> own.html
<p>$provider</p>
<p>$vendor</p>
--- must_die
--- error_log eval: qr/\[emerg\] .*unknown variable or command: "\$vendor" in .*own\.html:2/



=== a condition that does not end
--- config
location /t { consent_placeholder ../html/own.html; }
--- user_files
>>> own.html
<!--# if policy -->
<p>a</p>
--- must_die
--- error_log eval: qr/\[emerg\] .*"if" without an "endif": "<!--# if policy -->" in .*own\.html:\d+/
