# consent_banner: who is asked, where and in which language; the settings and
# the style; what caches are told.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

use Compress::Zlib ();
use Digest::MD5 qw(md5_hex);

our $Css = "x { color: red }";
our $Style = "banner-" . substr(md5_hex($Css), 0, 16) . ".css";

# texts that every language has, of one in which all is said with its tag

sub texts {
    my ($tag) = @_;

    return CORE::join("", "language \"$tag\";\ndir ltr;\n",
        map("expiry_$_ \"$_\";\n",
            qw(years months days hours minutes seconds session)),
        map("type_$_ \"$_\";\n", qw(cookie storage script header)),
        "hello \"hi $tag\";\n");
}

our %Files = (
    "policy.html" => 'policy',
    "banner.html" =>
        '[<!--# if asks -->asks<!--# else -->link<!--# endif -->'
        . ' $lang $text_hello $action $return $settings'
        . '<!--# if invalid --> invalid<!--# endif -->'
        . '<!--# if gpc --> gpc<!--# endif -->'
        . '<!--# if style --> $style $style_nonce<!--# else -->'
        . ' $style_url<!--# endif -->'
        . '<!--# if script --> $script $script_nonce<!--# endif -->]',
    "settings.html" => '{$lang $action $return $policy $style_url}',
    "banner.css" => $Css,
    "banner.js" => "f()",
    "texts/en.conf" => texts("en"),
    "texts/de.conf" => texts("de"),
    "texts/pt-br.conf" => texts("pt-br"),
);

# a directory of these files, or of others in their place; undef: without it

sub ui {
    my %files = (%Files, @_);

    return [map(defined $files{$_} ? ["ui/$_", $files{$_}] : (),
                sort keys %files)];
}

# what is put into the page at a path

sub banner {
    my ($what, $lang, %other) = @_;

    my $path = $other{path} // "/t";
    my $host = $other{host} // "";
    my $return = $path eq "" ? "" : "&#38;return=%2Ft";

    return "[$what $lang hi $lang $host/consent/choice $path"
           . " $host/consent/settings?lang=$lang$return"
           . ($other{notes} // "")
           . ($other{style}
              // ($what eq "asks" ? " $Css " : " $host/consent/$Style"))
           . ($other{script} // ($what eq "asks" ? " f() " : "")) . "]";
}

# a page, for who asks for it as a document

our $Document = "Sec-Fetch-Dest: document\n";
our $Html = "<!doctype html><body>";

sub page {
    my ($html, $directives) = @_;

    $html //= $Html . "a";

    return <<"END";
consent site;
consent_ui ../html/ui;
consent_banner on;
location /t { default_type text/html; @{[ $directives // "" ]}
              return 200 '$html'; }
location /consent/ { consent_pages; }
END
}

add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value("user_files", ui()) if !defined $block->user_files;
});

our %Tags;

add_response_body_check(sub {
    my ($block, $body) = @_;

    if ($block->name =~ /variants of their own/) {
        is($Tags{$body}++, 0, $block->name . ": $body");
    }
});

run_tests();

__DATA__

=== who has not chosen is asked, first in the body
--- config eval: ::page()
--- more_headers eval: $::Document
--- response_body eval: $::Html . ::banner("asks", "en") . "a"
--- response_headers
Vary: Cookie, Sec-GPC, Sec-Fetch-Dest, Accept-Language



=== who has chosen gets the link, whatever was chosen
--- config eval: ::page()
--- more_headers eval
[map("$::Document" . "Cookie: " . ::choice($_), "-", "performance",
     "performance+advertising+sharing")]
--- pipelined_requests eval: ["GET /t", "GET /t", "GET /t"]
--- response_body eval
[($::Html . ::banner("link", "en") . "a") x 3]



=== or nothing, with link=off
--- config eval: ::page() =~ s/banner on/banner on link=off/r
--- more_headers eval: $::Document . "Cookie: " . ::choice("-")
--- response_body eval: $::Html . "a"
--- response_headers
Vary: Cookie, Sec-GPC



=== who was asked is asked with link=off
--- config eval: ::page() =~ s/banner on/banner on link=off/r
--- more_headers eval: $::Document
--- response_body eval: $::Html . ::banner("asks", "en") . "a"



=== it is off by default
--- config eval: ::page() =~ s/consent_banner on;//r
--- more_headers eval: $::Document
--- response_body eval: $::Html . "a"
--- response_headers
Vary: Cookie, Sec-GPC



=== off in a location
--- config eval: ::page(undef, "consent_banner off;")
--- more_headers eval: $::Document
--- response_body eval: $::Html . "a"



=== in report mode no byte changes, and no header
--- config eval: ::page() =~ s/consent_banner/consent_mode report; consent_banner/r
--- more_headers eval: $::Document
--- response_body eval: $::Html . "a"
--- response_headers
! Vary
! ETag



=== where consent is off nothing is said of what it needs
--- config eval: ::page() =~ s/consent site;//r =~ s/consent_ui \S+;//r
--- more_headers eval: $::Document
--- response_body eval: $::Html . "a"



=== a choice that cannot be read is none
--- config eval: ::page()
--- more_headers eval: $::Document . "Cookie: consent=2"
--- response_body eval
$::Html . ::banner("asks", "en", notes => " invalid") . "a"



=== nor is one that is too old
--- config eval: ::page()
--- more_headers eval
$::Document . "Cookie: " . ::choice("sharing", age => 396 * 86400)
--- response_body_like: asks en



=== who has chosen at another source is not asked, and changes it there
--- config eval
"consent_source cookie; consent_source osano;" . ::page()
--- more_headers eval
[map("$::Document" . "Cookie: cookieconsent_status=$_", "allow", "deny", "x")]
--- pipelined_requests eval: ["GET /t", "GET /t", "GET /t"]
--- response_body eval
[$::Html . "a", $::Html . "a",
 $::Html . ::banner("asks", "en", notes => " invalid") . "a"]



=== whose own cookie has a choice is not asked for ever
--- config eval
"consent_source cookie; consent_source osano;" . ::page()
--- more_headers eval
$::Document . "Cookie: cookieconsent_status=x; " . ::choice("-")
--- response_body eval: $::Html . ::banner("link", "en") . "a"



=== what is implied is no choice
--- config eval
"consent_source cookie; consent_source complianz implied=allow;" . ::page()
--- more_headers eval
$::Document . "Cookie: cmplz_consent_status=; cmplz_statistics=allow"
--- response_body_like: asks en



=== GPC is told to who is asked
--- config eval: ::page()
--- more_headers eval: $::Document . "Sec-GPC: 1"
--- response_body eval
$::Html . ::banner("asks", "en", notes => " gpc") . "a"



=== a variable says whether
--- config eval
::page() =~ s/banner on/banner \$arg_b/r
--- more_headers eval: [($::Document) x 3]
--- pipelined_requests eval: ["GET /t?b=on", "GET /t?b=off", "GET /t"]
--- response_body_like eval: ["asks en", "<body>a\$", "<body>a\$"]
--- response_headers eval
["Cache-Control: private", "Cache-Control: private", "Cache-Control: private"]



=== frames and what is no document have none
--- config eval: ::page()
--- more_headers eval
[map("Sec-Fetch-Dest: $_", qw(iframe frame fencedframe embed object image
                              script style worker Document))]
--- pipelined_requests eval: [("GET /t") x 10]
--- response_body eval: [($::Html . "a") x 10]
--- response_headers eval
[("Vary: Cookie, Sec-GPC, Sec-Fetch-Dest") x 10]



=== a fragment has none, where a script has asked for it
--- config eval: ::page("<p>a")
--- more_headers eval: ["Sec-Fetch-Dest: empty", "X-A: b", $::Document]
--- pipelined_requests eval: ["GET /t", "GET /t", "GET /t"]
--- response_body eval: ["<p>a", "<p>a", ::banner("asks", "en") . "<p>a"]



=== a document has one, whoever has asked for it
--- config eval: ::page()
--- more_headers eval: ["Sec-Fetch-Dest: empty", "X-A: b"]
--- pipelined_requests eval: ["GET /t", "GET /t"]
--- response_body eval: [($::Html . ::banner("asks", "en") . "a") x 2]



=== a page of frames has none
--- config eval: ::page("<html><head></head><frameset><frame src=a></frameset>")
--- more_headers eval: $::Document
--- response_body: <html><head></head><frameset><frame src=a></frameset>



=== XML has none
--- config eval: ::page() =~ s/text.html/application\/xhtml+xml/r
--- more_headers eval: $::Document
--- response_body eval: $::Html . "a"



=== what is no page has none
--- config eval: ::page() =~ s/text.html/application\/json/r
--- more_headers eval: $::Document
--- response_body eval: $::Html . "a"
--- response_headers
! Vary



=== pages of consent_pages have none
--- config eval: ::page()
--- more_headers eval: [($::Document) x 2]
--- pipelined_requests eval: ["GET /consent/policy", "GET /consent/settings"]
--- response_body eval
["policy", "{en /consent/choice /consent/policy /consent/policy?lang=en"
           . " /consent/$::Style}"]



=== other pages at that place do
--- config eval
::page() . "location = /consent/other { default_type text/html;"
         . "return 200 '<body>a'; }"
--- request: GET /consent/other
--- more_headers eval: $::Document
--- response_body_like: <body>\[asks



=== an error's page has one
--- config eval: ::page(undef, "return 404;")
--- more_headers eval: $::Document
--- error_code: 404
--- response_body_like: <body>.*asks en.*404 Not Found



=== what is held back is held back beside it
--- config eval
::page('<html lang=de><body background="//ads.test/x"><p>')
--- more_headers eval: $::Document
--- response_body eval
'<html lang=de><body data-consent="advertising" '
. 'data-consent-background="//ads.test/x">' . ::banner("asks", "de") . "<p>"



=== with consent_tags off it is all that is done
--- config eval
::page('<html lang=de><body background="//ads.test/x"><p>',
       "consent_tags off;")
--- more_headers eval: $::Document
--- response_body eval
'<html lang=de><body background="//ads.test/x">' . ::banner("asks", "de")
. "<p>"



=== consent_gcm has its place, too
--- config eval: ::page("<html><head><title>a</title><p>b", "consent_gcm on;")
--- more_headers eval: $::Document
--- response_body_like eval
qr{^<html><head><script>.*</script><title>a</title>\[asks.*\]<p>b$}



=== the page's language counts
--- config eval
CORE::join("", ::page(), map("location /t$_ { default_type text/html;
                              return 200 '<html lang=$_><body>a'; }\n",
                             qw(de DE-at pt pt-BR fr x)))
--- more_headers eval: [("$::Document" . "Accept-Language: pt-BR") x 6]
--- pipelined_requests eval
[map("GET /t$_", qw(de DE-at pt pt-BR fr x))]
--- response_body_like eval
["asks de hi", "asks de hi", "asks pt-br hi", "asks pt-br hi",
 "asks pt-br hi", "asks pt-br hi"]



=== else what the browser accepts, else the default
--- config eval: ::page() =~ s/html.ui/html\/ui lang=pt-br/r
--- more_headers eval
["${main::Document}Accept-Language: fr, de;q=0.9, en;q=0.8", "$::Document",
 "${main::Document}Accept-Language: fr"]
--- pipelined_requests eval: ["GET /t", "GET /t", "GET /t"]
--- response_body_like eval
["asks de hi", "asks pt-br hi", "asks pt-br hi"]



=== it leads back to where it was
--- config eval: ::page()
--- request
GET /t?a=1&b=%22%3C
--- more_headers eval: $::Document
--- response_body_like eval
quotemeta('/consent/choice /t?a=1&#38;b=%22%3C /consent/settings?lang=en'
          . '&#38;return=%2Ft%3Fa%3D1%26b%3D%2522%253C')



=== not to what would not fit
--- config eval: ::page()
--- request eval: "GET /t?" . "a" x 1030
--- more_headers eval: $::Document
--- response_body eval
$::Html . ::banner("asks", "en", path => "") . "a"



=== the base of another host does not lead it there
--- config eval: ::page('<head><base href="//cdn.example/"><body>a')
--- more_headers eval: $::Document . "Host: site.test:8080"
--- response_body eval
'<head><base href="//cdn.example/"><body>'
. ::banner("asks", "en", host => "//site.test:8080") . "a"



=== a nonce is the style's and the script's
--- config eval
::page(undef, "add_header Content-Security-Policy
    \"script-src 'nonce-abc'; style-src 'nonce-def'\";")
--- more_headers eval: $::Document
--- response_body eval
$::Html . ::banner("asks", "en", style => " $::Css def", script => " f() abc")
. "a"



=== where nothing may be inline the style is a file, and there is no script
--- config eval
::page(undef, "add_header Content-Security-Policy \"default-src 'self'\";")
--- more_headers eval: $::Document
--- response_body eval
$::Html . ::banner("asks", "en", style => " /consent/$::Style", script => "")
. "a"



=== each by its own directive
--- config eval
::page(undef, "add_header Content-Security-Policy
    \"script-src 'none'; style-src-elem 'unsafe-inline'; style-src 'none'\";")
--- more_headers eval: $::Document
--- response_body eval
$::Html . ::banner("asks", "en", script => "") . "a"



=== strict-dynamic is a word for scripts
--- config eval
::page(undef, "add_header Content-Security-Policy
    \"default-src 'unsafe-inline' 'strict-dynamic'\";")
--- more_headers eval: $::Document
--- response_body eval
$::Html . ::banner("asks", "en", script => "") . "a"



=== a policy that may allow no file has the link's style inline
--- config eval
::page(undef, "add_header Content-Security-Policy
    \"style-src 'unsafe-inline'\";")
--- more_headers eval: $::Document . "Cookie: " . ::choice("-")
--- response_body eval
$::Html . ::banner("link", "en", style => " $::Css ") . "a"



=== in UTF-16 it is written in UTF-16
--- config eval: ::page() =~ s/return 200.*/}/r
--- user_files eval
[@{::ui()}, ["t", "\xff\xfe" . CORE::join("", map("$_\0", split //, $::Html))
                  . "\xe9\0"]]
--- more_headers eval: $::Document
--- response_body eval
"\xff\xfe" . CORE::join("", map("$_\0", split //,
    $::Html . ::banner("asks", "en") . "\xe9"))



=== what is no ASCII is written for pages of any encoding
--- config eval: ::page()
--- user_files eval
::ui("texts/en.conf" => ::texts("en") =~ s/hi en/gr\xc3\xbc\xc3\x9f/r)
--- more_headers eval: $::Document
--- response_body_like: asks en gr&#(252|xfc);&#(223|xdf);



=== a page that came compressed is inflated for it, for who accepted all, too
--- config eval
::page() =~ s/return 200.*/gunzip on;
    proxy_pass http:\/\/127.0.0.1:\$TEST_NGINX_SERVER_PORT\/back.bin; }/r
. "location /back.bin { consent off; default_type text/html;
                        add_header Content-Encoding gzip; }"
--- user_files eval
[@{::ui()}, ["back.bin", Compress::Zlib::memGzip("${main::Html}a")]]
--- more_headers eval
$::Document . "Cookie: " . ::choice("performance+advertising+sharing")
--- response_body eval: $::Html . ::banner("link", "en") . "a"
--- response_headers
! Content-Encoding



=== one whose encoding cannot be read passes, and it is noted
--- config eval: ::page(undef, "add_header Content-Encoding br;")
--- more_headers eval
$::Document . "Cookie: " . ::choice("performance+advertising+sharing")
--- response_body eval: $::Html . "a"
--- error_log: "consent_banner" put nothing into a page that came encoded as "br"
--- log_level: info



=== HEAD says what GET says
--- config eval: ::page()
--- request: HEAD /t
--- more_headers eval: $::Document
--- response_body:
--- response_headers
Vary: Cookie, Sec-GPC, Sec-Fetch-Dest, Accept-Language
! Content-Length
! Accept-Ranges



=== a page that has it has no parts
--- config eval: ::page() =~ s/return 200.*/}/r
--- user_files eval: [@{::ui()}, ["t", "${main::Html}a"]]
--- more_headers eval: $::Document . "Range: bytes=1-2"
--- response_body eval: $::Html . ::banner("asks", "en") . "a"



=== who asks, in which language and for what: variants of their own
--- config eval
::page() =~ s/return 200.*/}/r . <<'END'
location /etag {
    consent off;
    auth_request /up;
    auth_request_set $etag $upstream_http_etag;
    echo -n $etag;
}
location /up {
    consent off;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/t;
}
END
--- user_files eval: [@{::ui()}, ["t", "${main::Html}a"]]
--- more_headers eval
[$::Document, "${main::Document}Accept-Language: de", "Sec-Fetch-Dest: iframe",
 "Sec-Fetch-Dest: empty", "${main::Document}Sec-GPC: 1",
 $::Document . "Cookie: consent=x", $::Document . "Cookie: " . ::choice("-")]
--- pipelined_requests eval: [("GET /etag") x 7]
--- response_body_like eval: [("^\"[^~]+~consent[.][0-9a-f]{16}\"\$") x 7]



=== every split of a page gives the same
--- config eval
"consent site; consent_ui ../html/ui; consent_banner on;\n"
. ::splits("<html lang=de><body class=a>b", "default_type text/html;")
--- more_headers eval: [($::Document) x 29]
--- pipelined_requests eval: [map("GET /t$_", 0 .. 28)]
--- response_body eval
[map("<html lang=de><body class=a>"
     . ::banner("asks", "de", path => "/t$_")
       =~ s/%2Ft/%2Ft$_/r . "b", 0 .. 28)]



=== the settings have a box for a provider that is chosen by itself
--- http_config eval
$::Table =~ s/provider "Stats" performance/provider "Stats" performance choice=provider key=stats/r
--- config eval: ::page()
--- user_files eval
::ui("settings.html" => '<!--# for category --><!--# for provider -->'
     . '$provider=$provider_key<!--# if provider_checked -->!<!--# endif --> '
     . '<!--# endfor --><!--# endfor -->')
--- more_headers eval
["X-A: b", "Cookie: " . ::choice("stats"), "Cookie: " . ::choice("performance")]
--- pipelined_requests eval: [("GET /consent/settings") x 3]
--- response_body eval
["Shop= Stats=stats Both= Ads= Both= Video= ",
 "Shop= Stats=stats! Both= Ads= Both= Video= ",
 "Shop= Stats=stats Both= Ads= Both= Video= "]



=== the settings lead back to a path of the site
--- config eval: ::page()
--- pipelined_requests eval
[map("GET /consent/settings?return=$_", "/a%3Fb%3Dc", "//evil.test/",
     "https://evil.test/", "/%5Cevil.test", "javascript:1", "/a%0d%0ab",
     "%2Fa%22%3E", "", "/" . "a" x 1100)]
--- response_body_like eval
[map(quotemeta("{en /consent/choice $_ /consent/policy?lang=en"),
     "/a?b=c", ("/consent/policy") x 5, "/a&#34;&#62;",
     ("/consent/policy") x 2)]



=== or to the page that asked for them
--- config eval: ::page()
--- request: GET /consent/settings
--- more_headers
Host: site.test
Referer: https://site.test/a?b
--- response_body_like eval: quotemeta("/consent/choice /a?b ")



=== they are in the language that is asked for
--- config eval: ::page()
--- request: GET /consent/settings?lang=de
--- response_body_like: ^\{de
--- response_headers
Content-Language: de
Cache-Control: no-store
Content-Type: text/html; charset=utf-8



=== they are only read
--- config eval: ::page()
--- request
POST /consent/settings
a
--- error_code: 405
--- response_headers
Allow: GET, HEAD



=== where no banner is there are no settings
--- config eval: ::page() =~ s/consent_banner on;//r
--- request: GET /consent/settings
--- error_code: 404
--- error_log: there are no settings



=== nor a style
--- config eval: ::page() =~ s/consent_banner on;//r
--- request eval: "GET /consent/$::Style"
--- error_code: 404



=== a banner in one location is enough
--- config eval
::page(undef, "consent_banner on;") =~ s/consent_banner on;//r
--- request: GET /consent/settings
--- response_body_like: ^\{en



=== the style is kept for ever, another version of it never
--- config eval: ::page()
--- pipelined_requests eval
["GET /consent/$::Style", "GET /consent/banner-0123456789abcdef.css",
 "GET /consent/banner-x.css"]
--- response_body eval: [($::Css) x 3]
--- response_headers eval
["Cache-Control: public, max-age=31536000, immutable",
 "Cache-Control: no-store", "Cache-Control: no-store"]



=== nothing else is a style
--- config eval: ::page()
--- pipelined_requests eval
[map("GET /consent/$_", "banner-.css", "banner-a.cs", "banner.css", "banner-a/b.css",
     "xbanner-a.css", "banner-a.cssx")]
--- error_code eval: [(404) x 6]



=== consent_ui is needed
--- config
location /t { consent site; consent_banner on; }
--- must_die
--- error_log eval
qr/\[emerg\] .*"consent_ui" is not set for "consent_banner" in .*nginx\.conf:\d+/



=== buttons that nothing answers are warned of, once
--- config
consent_ui ../html/ui;
location /t { consent site; consent_banner on; return 204; }
location /u { consent site; consent_banner on link=off; return 204; }
--- user_files eval: ::ui()
--- request
GET /t
--- error_code: 204
--- grep_error_log eval: qr/\[warn\] .*?"consent_banner" need in .*nginx\.conf/
--- grep_error_log_out eval
qr/^\[warn\] .*no location has "consent_pages", which the buttons of "consent_banner" need in .*nginx\.conf\n\z/



=== a cookie to keep the choice in is needed
--- config
consent_ui ../html/ui;
location /t { consent site; consent_source osano; consent_banner on; }
--- must_die
--- error_log eval
qr/\[emerg\] .*no "consent_source cookie" is set for "consent_banner" in .*nginx\.conf:\d+/



=== on, off or a variable
--- config
location /t { consent_banner yes; }
--- must_die
--- error_log eval
qr/\[emerg\] .*invalid value "yes" in "consent_banner" directive.* in .*nginx\.conf:\d+/



=== a parameter is link=
--- config
location /t { consent_banner on links=off; }
--- must_die
--- error_log eval
qr/\[emerg\] .*invalid parameter "links=off", "link=on" or "link=off" was expected in .*nginx\.conf:\d+/



=== it is said once
--- config
location /t { consent_banner on; consent_banner off; }
--- must_die
--- error_log eval
qr/\[emerg\] .*"consent_banner" directive is duplicate in .*nginx\.conf:\d+/



=== a file that is not there
--- config eval: ::page()
--- user_files eval: ::ui("settings.html" => undef)
--- must_die
--- error_log eval: qr/\[emerg\] .*ui\/settings\.html" failed/



=== a field that is not filled names its template and line
--- config eval: ::page()
--- user_files eval: ::ui("banner.html" => "a\n\$field_shop")
--- must_die
--- error_log eval
qr/\[emerg\] .*no "consent_field shop" for "\$field_shop" in .*ui\/banner\.html:2/



=== one that is filled is there
--- config eval: "consent_field shop 'a & b';" . ::page()
--- user_files eval: ::ui("banner.html" => "[\$field_shop]")
--- more_headers eval: $::Document
--- response_body eval: $::Html . "[a &#38; b]a"



=== a style that ends its element names its line
--- config eval: ::page()
--- user_files eval: ::ui("banner.css" => "a {}\n</style>")
--- must_die
--- error_log eval
qr/\[emerg\] .*"<\/" or "<!", which may end the element in .*ui\/banner\.css:2/



=== a script that is no ASCII names its line
--- config eval: ::page()
--- user_files eval: ::ui("banner.js" => "\n\n'\xc3\xa9'")
--- must_die
--- error_log eval
qr/\[emerg\] .*a character that is no ASCII in .*ui\/banner\.js:3/
