# consent_ui and consent_field: templates and texts of the operator's, what is
# wrong with them, and which language a visitor gets (RFC 9110, 12.5.4).

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Table = <<'END';
consent_table site {
    category essential required "Needed";
    category performance "Speed & <order>";
    category advertising "Ads";
    provider "A<b>&\"'" essential policy=https://a.test/?a=1&b=2 {
        cookie "x<y" expires=395d "purpose=1 < 2";
        cookie unnamed name= expires=session;
    }
    provider Stats performance policy=javascript:alert(1) {
        storage one expires=1h;
        cookie two expires=2d;
        cookie off enforce=off "note=Why <not>." expires=22d;
        url stats.test;
    }
    provider Both performance+advertising { cookie both "type=Pixel"; }
}
END

our $Ui = "consent site; consent_ui ../html/ui;\n"
          . "location /consent/ { consent_pages; }\n";

# the texts that every language has, of one in which all is said with its tag

sub texts {
    my ($tag, @more) = @_;
    my @units = qw(years months days hours minutes seconds);

    return join("",
        "language \"in $tag\";\n", "dir ltr;\n",
        map("expiry_$_ \"\$count $_ $tag<!--# if one --> one<!--# endif -->"
            . "<!--# if few --> few<!--# endif -->\";\n", @units),
        "expiry_session \"session $tag\";\n",
        map("type_$_ \"$_ $tag\";\n", qw(cookie storage script header)),
        map("$_\n", @more));
}

# a directory of these files

sub ui {
    my (%files) = @_;

    $files{"texts/en.conf"} //= texts("en");

    return join("", map(">>> ui/$_\n$files{$_}\n", sort keys %files));
}

# a page's template, and the same with English texts

sub page { return ui("policy.html", @_) }

# one directive more than a location can have

sub fields { return join("", map("consent_field $_ \"$_\";\n", @_)) }

run_tests();

__DATA__

=== values, conditions and loops
--- http_config eval: $::Table
--- config eval: $::Ui
--- request
GET /consent/policy
--- user_files eval
::page('<!--# for category -->
[$category|$category_title<!--# if required -->|required<!--# endif -->]
<!--# for row -->
$row_name|$provider|$provider_policy|$row_purpose|$row_expiry|$row_type|$row_note
<!--# if row_exempt -->
(off)
<!--# endif -->
<!--# endfor -->
<!--# if exempt -->
exempt
<!--# endif -->
<!--# for provider -->
{$provider:<!--# for row --> $row_name<!--# endfor -->}
<!--# endfor -->
<!--# endfor -->
$lang')
--- response_body eval
q{[essential|Needed|required]
x&#60;y|A&#60;b&#62;&#38;&#34;&#39;|https://a.test/?a=1&#38;b=2|1 &#60; 2|13 months en|cookie en|
|A&#60;b&#62;&#38;&#34;&#39;|https://a.test/?a=1&#38;b=2||session en|cookie en|
{A&#60;b&#62;&#38;&#34;&#39;: x&#60;y }
[performance|Speed &#38; &#60;order&#62;]
one|Stats|||1 hours en one|storage en|
two|Stats|||2 days en few|cookie en|
off|Stats|||22 days en few|cookie en|Why &#60;not&#62;.
(off)
both|Both||||Pixel|
exempt
{Stats: one two off}
{Both: both}
[advertising|Ads]
both|Both||||Pixel|
{Both: both}
en
}
--- response_headers
Content-Type: text/html; charset=utf-8
Content-Language: en
Cache-Control: no-store
X-Content-Type-Options: nosniff
Referrer-Policy: same-origin
Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'



=== the visitor's choice
--- http_config eval: $::Table
--- config eval: $::Ui
--- user_files eval
::page('<!--# if decided -->decided<!--# endif --><!--# if unset -->unset'
       . '<!--# endif --><!--# if invalid -->invalid<!--# endif -->: '
       . '<!--# for category --><!--# if checked -->+<!--# else -->-'
       . '<!--# endif --><!--# endfor --> $accepted $action $return '
       . '<!--# if gpc -->gpc<!--# endif -->')
--- pipelined_requests eval
["GET /consent/policy", "GET /consent/policy", "GET /consent/policy?lang=en",
 "GET /consent/policy"]
--- more_headers eval
["", "Cookie: consent=1.$::Now.0.performance", "Cookie: consent=2", "Sec-GPC: 1"]
--- response_body eval
["unset: +--  /consent/choice /consent/policy ",
 "decided: ++- Speed &#38; &#60;order&#62; /consent/choice /consent/policy ",
 "invalid: +--  /consent/choice /consent/policy?lang=en ",
 "unset: +--  /consent/choice /consent/policy gpc"]



=== texts of a language, with variables
--- http_config eval: $::Table
--- config eval: $::Ui . ::fields("who")
--- request
GET /consent/policy
--- user_files eval
::ui("policy.html", '$text_hello <!--# for category -->$text_cat <!--# endfor -->',
     "texts/en.conf", ::texts("en", 'hello "<b>$field_who</b> in ${lang}";',
     'cat "$category_title,";'))
--- response_body eval
"<b>who</b> in en Needed, Speed &#38; &#60;order&#62;, Ads, "



=== a category's title and what it is said to be are texts
--- http_config eval: $::Table
--- config eval: $::Ui
--- request
GET /consent/policy
--- user_files eval
::ui("policy.html", '<!--# for category -->$category_title.$category_purpose.'
     . '$category_basis.$category_refused<!--# if category_purpose -->!<!--# '
     . 'endif --> <!--# endfor -->',
     "texts/en.conf", ::texts("en", 'category_performance "T";',
     'category_performance_purpose "P";', 'category_performance_basis "B";',
     'category_performance_refused "R";'))
--- response_body eval
"Needed... T.P.B.R! Ads... "



=== a text that names itself ends
--- http_config eval: $::Table
--- config eval: $::Ui
--- request
GET /consent/policy
--- more_headers eval: "Cookie: consent=1.$::Now.0.performance"
--- user_files eval
::ui("policy.html", '<!--# for category -->$category_title;$category_purpose;'
     . '<!--# if category_basis -->basis<!--# endif --> <!--# endfor -->',
     "texts/en.conf", ::texts("en", 'category_performance "[$category_title]";',
     'category_performance_purpose "($accepted,$category_purpose)";',
     'category_performance_basis "<!--# if category_basis -->x<!--# endif -->y";'))
--- response_body eval
"Needed;; [Speed &#38; &#60;order&#62;];(Speed &#38; &#60;order&#62;,);basis Ads;; "



=== a value that is a text is there whatever its own conditions are
--- http_config eval: $::Table
--- config eval: $::Ui
--- request
GET /consent/policy
--- user_files eval
::ui("policy.html", '<!--# for category --><!--# if category_purpose -->there'
     . '<!--# endif --><!--# endfor -->',
     "texts/en.conf", ::texts("en", 'category_performance_purpose '
     . '"abc<!--# if field_none -->x<!--# endif -->";'))
--- response_body eval: "there"



=== fields are escaped; an empty one is filled
--- http_config eval: $::Table
--- config eval
$::Ui . 'consent_field a "<script>\"&\'$lang${b}"; consent_field b "";'
--- request
GET /consent/policy
--- user_files eval
::page('[$field_a|$field_b|<!--# if field_b -->b<!--# endif --><!--# if field_c -->c<!--# endif -->]')
--- response_body eval
"[&#60;script&#62;&#34;&#38;&#39;\$lang\${b}||]\n"



=== all languages, each by its own name
--- http_config eval: $::Table
--- config eval: $::Ui
--- request
GET /consent/policy?lang=de
--- user_files eval
::ui("policy.html", '<!--# for language -->$language: $language_name<!--# if language_shown --> (this)<!--# endif -->;<!--# endfor -->',
     map { ("texts/$_.conf", ::texts($_)) } qw(pt-br fr de))
--- response_body chomp
en: in en;de: in de (this);fr: in fr;pt-br: in pt-br;



=== the language that is asked for
--- http_config eval: $::Table
--- config
consent site;
location /consent/ { consent_ui ../html/ui; consent_pages; }
location /fr/ { consent_uri /fr/; consent_ui ../html/ui lang=fr; consent_pages; }
--- user_files eval
::ui("policy.html", '$lang $text_dir',
     map { ("texts/$_.conf", ::texts($_)) } qw(pt pt-br fr de))
--- pipelined_requests eval
["GET /consent/policy", "GET /fr/policy",
 "GET /consent/policy", "GET /fr/policy", "GET /fr/policy", "GET /fr/policy",
 "GET /consent/policy?lang=de", "GET /consent/policy?lang=DE-at",
 "GET /consent/policy?lang=xx", "GET /consent/policy?lang=../en",
 "GET /consent/policy?lang=", "GET /consent/policy?lang=p",
 "GET /consent/policy?lang=pt-br-x"]
--- more_headers eval
["", "", "Accept-Language: de-CH,fr;q=0.9", "Accept-Language: ja",
 "Accept-Language: *", "Accept-Language: en;q=0.5, fr;q=0.5",
 ("Accept-Language: fr") x 7]
--- response_body eval
["en ltr\n", "fr ltr\n", "de ltr\n", "fr ltr\n", "fr ltr\n", "en ltr\n",
 "de ltr\n", "de ltr\n", "fr ltr\n", "fr ltr\n", "fr ltr\n", "fr ltr\n", "pt-br ltr\n"]



=== hostile Accept-Language
--- http_config eval: $::Table
--- config eval: $::Ui
--- user_files eval: ::ui("policy.html", '$lang', "texts/de.conf", ::texts("de"))
--- pipelined_requests eval: ["GET /consent/policy", ("GET /consent/policy") x 6]
--- more_headers eval
["Accept-Language: " . "de," x 300, "Accept-Language: ;;;,,,q=q=,de;q=\xff",
 "Accept-Language: \"de\"", "Accept-Language: de;q=0.0000000001",
 "Accept-Language: " . "-" x 400, "Accept-Language: de;q=1e3",
 "Accept-Language:"]
--- response_body eval: ["de\n", ("en\n") x 6]



=== inherited, and off; the page without it is what it was
--- http_config eval: $::Table . "consent_ui ../html/ui;\n"
--- config
consent site;
location /consent/ { consent_pages; }
location /plain/ { consent_uri /plain/; consent_ui off; consent_pages; }
--- user_files eval: ::page('mine')
--- pipelined_requests eval: ["GET /consent/policy", "GET /plain/policy"]
--- response_body_like eval
[qr/^mine\n$/, qr{^<!DOCTYPE html>\n<html lang="en">\n<head>.*<h1>Cookies and other trackers</h1>}s]



=== fields are inherited as a whole
--- http_config eval: $::Table . "consent_ui ../html/ui;\n" . ::fields("a")
--- config
consent site;
location /consent/ { consent_pages; }
location /b/ { consent_uri /b/; consent_field a B; consent_pages; }
--- user_files eval: ::page('$field_a')
--- pipelined_requests eval: ["GET /consent/policy", "GET /b/policy"]
--- response_body eval: ["a\n", "B\n"]



=== a UTF-8 signature is none of the page
--- http_config eval: $::Table
--- config eval: $::Ui
--- request
GET /consent/policy
--- user_files eval: ::page("\xef\xbb\xbf<p>\xc3\xa9</p>")
--- response_body eval: "<p>\xc3\xa9</p>\n"



=== nothing is asked of a directory where no page is
--- http_config eval: $::Table
--- config
consent_ui ../html/ui;
consent site;
location = /t { return 204; }
--- user_files eval: ::page('$field_nobody')
--- error_code: 204



=== no such directory
--- config
consent_ui ../html/none;
--- must_die
--- error_log eval: qr{\[emerg\] .*no texts in ".*/html/none/texts/", files such as "en\.conf" were expected in .*nginx\.conf:\d+}



=== no template
--- config
consent_ui ../html/ui;
--- user_files eval: ">>> ui/texts/en.conf\n" . ::texts("en")
--- must_die
--- error_log eval: qr{\[emerg\] .*open\(\) ".*/html/ui/policy\.html" failed .*in .*nginx\.conf:\d+}



=== a file that is named after no language
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a", "texts/English.conf", "")
--- must_die
--- error_log eval: qr{\[emerg\] .*"[^"]*/texts/English\.conf" is named after no language, a tag in small letters}



=== a text that another language does not have
--- config
consent_ui ../html/ui;
--- user_files eval
::page("a", "texts/en.conf", ::texts("en", 'more "";'), "texts/fr.conf", ::texts("fr"))
--- must_die
--- error_log eval: qr{\[emerg\] .*no text "more", which [^ ]*/texts/en\.conf:14 has, in [^ ]*/texts/fr\.conf:1$}m



=== a text that the first language does not have
--- config
consent_ui ../html/ui;
--- user_files eval
::page("a", "texts/fr.conf", ::texts("fr", 'more "";'))
--- must_die
--- error_log eval: qr{\[emerg\] .*unknown text "more", "[^"]*/texts/en\.conf" has none of that name in [^ ]*/texts/fr\.conf:14$}m



=== a text twice
--- config
consent_ui ../html/ui;
--- user_files eval
::page("a", "texts/en.conf", ::texts("en", 'dir rtl;'))
--- must_die
--- error_log eval: qr{\[emerg\] .*duplicate text "dir", the other is at line 2 in [^ ]*/en\.conf:14$}m



=== a text that values are made of is missing
--- config
consent_ui ../html/ui;
--- user_files eval
::page("a", "texts/en.conf", ::texts("en") =~ s/^type_header.*//mr)
--- must_die
--- error_log eval: qr{\[emerg\] .*no text "type_header" in [^ ]*/en\.conf:1$}m



=== a text without its words
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a", "texts/en.conf", ::texts("en", 'more;'))
--- must_die
--- error_log eval: qr{\[emerg\] .*invalid number of arguments of the text "more", one in quotes was expected in [^ ]*/en\.conf:14$}m



=== a text of two words without quotes
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a", "texts/en.conf", ::texts("en", 'more a b;'))
--- must_die
--- error_log eval: qr{\[emerg\] .*invalid number of arguments of the text "more"}



=== a block among texts
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a", "texts/en.conf", ::texts("en", 'more { }'))
--- must_die
--- error_log eval: qr{\[emerg\] .*unexpected "\{" in [^ ]*/en\.conf:14$}m



=== a text's name
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a", "texts/en.conf", ::texts("en", 'Mo-re "";'))
--- must_die
--- error_log eval: qr{\[emerg\] .*invalid name of a text "Mo-re", small letters, digits and "_" were expected in [^ ]*/en\.conf:14$}m



=== an unknown variable in a text
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a", "texts/en.conf", ::texts("en", 'more "a $nobody";'))
--- must_die
--- error_log eval: qr{\[emerg\] .*unknown variable: "\$nobody" in [^ ]*/en\.conf:14$}m



=== a text in a text
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a", "texts/en.conf", ::texts("en", 'more "$text_dir";'))
--- must_die
--- error_log eval: qr{\[emerg\] .*a text in a text: "\$text_dir" in [^ ]*/en\.conf:14$}m



=== a text that does not stand in its loop, in one language
--- config
consent_ui ../html/ui;
--- user_files eval
::ui("policy.html", "a\n\$text_more", "texts/en.conf", ::texts("en", 'more "";'),
     "texts/fr.conf", ::texts("fr", 'more "$row_name";'))
--- must_die
--- error_log eval: qr{\[emerg\] .*not in a "for row": "\$text_more" in [^ ]*/policy\.html:2$}m



=== an unknown variable in a template
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a\n\nb \${nobody}")
--- must_die
--- error_log eval: qr{\[emerg\] .*unknown variable: "\$\{nobody\}" in [^ ]*/policy\.html:3$}m



=== an unknown text in a template
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a\n\$text_nobody")
--- must_die
--- error_log eval: qr{\[emerg\] .*unknown text: "\$text_nobody" in [^ ]*/policy\.html:2$}m



=== a condition as a variable
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("\$decided")
--- must_die
--- error_log eval: qr{\[emerg\] .*a condition is no variable: "\$decided" in [^ ]*/policy\.html:1$}m



=== a text as a condition
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("<!--# if text_dir --><!--# endif -->")
--- must_die
--- error_log eval: qr{\[emerg\] .*a text is no condition: "<!--# if text_dir -->" in [^ ]*/policy\.html:1$}m



=== a variable outside of its loop
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("<!--# for category --><!--# endfor -->\n\$category")
--- must_die
--- error_log eval: qr{\[emerg\] .*not in a "for category": "\$category" in [^ ]*/policy\.html:2$}m



=== a loop outside of its loop
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("<!--# for row --><!--# endfor -->")
--- must_die
--- error_log eval: qr{\[emerg\] .*not in a "for category": "<!--# for row -->" in [^ ]*/policy\.html:1$}m



=== an unknown loop
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("<!--# for cookie --><!--# endfor -->")
--- must_die
--- error_log eval: qr{\[emerg\] .*unknown loop: "<!--# for cookie -->" in [^ ]*/policy\.html:1$}m



=== a condition that does not end
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a\n<!--# if decided -->\nb\nc")
--- must_die
--- error_log eval: qr{\[emerg\] .*"if" without an "endif": "<!--# if decided -->" in [^ ]*/policy\.html:2$}m



=== a template that is not UTF-8
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a\n\xe9")
--- must_die
--- error_log eval: qr{\[emerg\] .*a byte that is not UTF-8: "" in [^ ]*/policy\.html:2$}m



=== a template that is too long
--- config
consent_ui ../html/ui;
--- user_files eval: ::page("a" x 65536)
--- must_die
--- error_log eval: qr{\[emerg\] .*a template of 1 to 65536 bytes was expected in "[^"]*/policy\.html"}



=== a field that nobody fills
--- http_config eval: $::Table
--- config eval: $::Ui . ::fields("a")
--- user_files eval: ::page("\$field_a\n\n\$field_b")
--- must_die
--- error_log eval: qr{\[emerg\] .*no "consent_field b" for "\$field_b" in [^ ]*/policy\.html:3$}m



=== a field of a text that nobody fills
--- http_config eval: $::Table
--- config eval: $::Ui . ::fields("a")
--- user_files eval
::ui("policy.html", "a\n\$text_more", "texts/en.conf", ::texts("en", 'more "$field_b";'))
--- must_die
--- error_log eval: qr{\[emerg\] .*no "consent_field b" for "\$field_b" in [^ ]*/policy\.html:2$}m



=== a field twice
--- config eval: ::fields("a", "a")
--- must_die
--- error_log eval: qr{\[emerg\] .*duplicate field "a" in .*nginx\.conf:\d+}



=== a field's name
--- config
consent_field A-b c;
--- must_die
--- error_log eval: qr{\[emerg\] .*invalid name of a field "A-b", small letters, digits and "_" were expected in .*nginx\.conf:\d+}



=== a language that there is not
--- config
consent_ui ../html/ui lang=fr;
--- user_files eval: ::page("a")
--- must_die
--- error_log eval: qr{\[emerg\] .*invalid parameter "lang=fr", "lang=" and a language that ".*/ui/texts/" has was expected in .*nginx\.conf:\d+}



=== twice
--- config
consent_ui ../html/ui;
consent_ui off;
--- user_files eval: ::page("a")
--- must_die
--- error_log eval: qr{\[emerg\] .*"consent_ui" directive is duplicate in .*nginx\.conf:\d+}
