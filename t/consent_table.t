# The table's language, and what its mistakes are called.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# a table with these lines, after two categories

sub table {
    my ($lines) = @_;
    return "consent_table site {\ncategory essential required;\n"
           . "category stats \"Statistics\";\ncategory ads;\n$lines\n}\n";
}

sub must {
    my ($reason) = @_;
    return qr/\[emerg\] .*\Q$reason\E.* in .*nginx\.conf:\d+/;
}

run_tests();

__DATA__

=== a table's name is its own
--- http_config eval: ::table('') . ::table('')
--- config
--- must_die
--- error_log eval: ::must('duplicate consent table "site"')



=== "off" is no table's name
--- http_config
consent_table off { category essential required; }
--- config
--- must_die
--- error_log eval: ::must('invalid name of consent table "off"')



=== a category has one parameter between name and title
--- http_config eval: ::table('category more needed "More";')
--- config
--- must_die
--- error_log eval: ::must('invalid parameter "needed", "required" was expected')



=== a provider has a category
--- http_config eval: ::table('provider P policy=/p { cookie a; }')
--- config
--- must_die
--- error_log eval: ::must('no category for the provider "P"')



=== a provider's category is known
--- http_config eval: ::table('provider P nosuch { cookie a; }')
--- config
--- must_die
--- error_log eval: ::must('unknown category "nosuch", one that "category" defines was expected')



=== a row's category is known
--- http_config eval: ::table('provider P stats { cookie a category=stats+nosuch; }')
--- config
--- must_die
--- error_log eval: ::must('unknown category "nosuch", one that "category" defines was expected')



=== a row has a known kind
--- http_config eval: ::table('provider P stats { pixel a; }')
--- config
--- must_die
--- error_log eval: ::must('unknown kind of row "pixel", "cookie", "storage", "url", "inline", "stub" or "header" was expected')



=== a row has a pattern
--- http_config eval: ::table('provider P stats { cookie; }')
--- config
--- must_die
--- error_log eval: ::must('no pattern in "cookie" row')



=== a row's arguments are known
--- http_config eval: ::table('provider P stats { cookie a color=red; }')
--- config
--- must_die
--- error_log eval: ::must('unknown argument "color=red" of a row, "expires="')



=== a lifetime is a time
--- http_config eval: ::table('provider P stats { cookie a expires=ever; }')
--- config
--- must_die
--- error_log eval: ::must('invalid lifetime "expires=ever", a time such as "395d" or "session" was expected')



=== a quote ends
--- http_config eval: ::table('provider P stats { cookie a purpose="Counts visits; }')
--- config
--- must_die
--- error_log eval: ::must('no closing quote in "purpose="Counts"')



=== an override has a category
--- http_config eval: ::table('provider P stats { cookie a; } override cookie a;')
--- config
--- must_die
--- error_log eval: ::must('no category for "a", a category or "pass" was expected')



=== an override's category is known
--- http_config eval: ::table('provider P stats { cookie a; } override cookie a nosuch;')
--- config
--- must_die
--- error_log eval: ::must('unknown category "nosuch", one that "category" defines was expected')



=== an override's kind is known
--- http_config eval: ::table('provider P stats { cookie a; } override pixel a pass;')
--- config
--- must_die
--- error_log eval: ::must('unknown kind of row "pixel"')



=== a category's name is of a few letters
--- http_config eval: ::table('category Stats;')
--- config
--- must_die
--- error_log eval: ::must('invalid category name, 1 to 31 of a-z, 0-9 and _ were expected "Stats"')



=== a category's name is none of a variable
--- http_config eval: ::table('category state;')
--- config
--- must_die
--- error_log eval: ::must('category name that already means something else "state"')



=== a category's name is its own
--- http_config eval: ::table('category ads;')
--- config
--- must_die
--- error_log eval: ::must('duplicate category "ads"')



=== there are 32 categories at most
--- http_config eval: ::table(CORE::join(" ", map("category c$_;", 1 .. 30)))
--- config
--- must_die
--- error_log eval: ::must('more than 32 categories "c30"')



=== a table has a category
--- http_config
consent_table site { }
--- config
--- must_die
--- error_log eval: ::must('no "category" in consent table "site"')



=== a pattern is not empty
--- http_config eval: ::table('provider P stats { cookie ""; }')
--- config
--- must_die
--- error_log eval: ::must('empty pattern ""')



=== a marker has a length
--- http_config eval: ::table('provider P stats { inline ab; }')
--- config
--- must_die
--- error_log eval: ::must('invalid marker, 3 to 63 bytes were expected "ab"')



=== a cookie's pattern does not match everything
--- http_config eval: ::table('provider P stats { cookie *; }')
--- config
--- must_die
--- error_log eval: ::must('pattern that matches everything "*"')



=== nor does a URL's
--- http_config eval: ::table('provider P stats { url *; }')
--- config
--- must_die
--- error_log eval: ::must('pattern that matches everything "*"')



=== nor does an expression
--- http_config eval: ::table('provider P stats { cookie ~.*; }')
--- config
--- must_die
--- error_log eval: ::must('pattern that matches everything "~.*"')



=== nor one that only an empty name does not
--- http_config eval
::table('provider P stats { cookie ~.; }')
--- config
--- must_die
--- error_log eval: ::must('pattern that matches everything "~."')



=== an expression is one
--- http_config eval: ::table('provider P stats { cookie "~a(b"; }')
--- config
--- must_die
--- error_log eval: ::must('invalid expression, ')



=== a host has no blanks
--- http_config eval: ::table('provider P stats { url "bad host"; }')
--- config
--- must_die
--- error_log eval: ::must('invalid character in host name "bad host"')



=== a URL row has no scheme: who pastes an address is told
--- http_config eval: ::table('provider P stats { url https://a.test/x; }')
--- config
--- must_die
--- error_log eval
::must('host name without scheme and port was expected in "https://a.test/x"')



=== a vendor's number is one of IAB's list
--- http_config eval: ::table("provider P stats tcf=65536 { cookie a; }")
--- config
--- must_die
--- error_log eval
qr/\[emerg\] .*invalid "tcf=65536", the vendor's number .* 1 to 65535, was expected in .*nginx\.conf:\d+/



=== 0 is no vendor's number
--- http_config eval: ::table("provider P stats tcf=0 { cookie a; }")
--- config
--- must_die
--- error_log eval: ::must('invalid "tcf=0"')



=== nor is a name
--- http_config eval: ::table("provider P stats tcf=google { cookie a; }")
--- config
--- must_die
--- error_log eval: ::must('invalid "tcf=google"')



=== two numbers of one provider name both places
--- http_config eval: ::table("provider P stats { cookie a; }\nprovider P stats tcf=755 { cookie b; }\nprovider P ads tcf=756 { cookie c; }")
--- config
--- must_die
--- error_log eval
qr/\[emerg\] .*two different "tcf=" of the provider "P", the other is at .*nginx\.conf:(\d+) in .*nginx\.conf:(??{$1 + 1})/



=== a block without a number has the other block's
--- http_config eval: ::table("provider P stats tcf=755 { cookie a; }\nprovider P ads { cookie b; }\nprovider P ads tcf=755 { cookie c; }")
--- config
    location /t { return 204; }
--- request
GET /t
--- error_code: 204
--- no_error_log
[error]



=== one row in two categories names both places
--- http_config eval: ::table("provider P stats { cookie a; }\nprovider Q ads { cookie a; }")
--- config
--- must_die
--- error_log eval
qr/\[emerg\] .*the same row in two categories "a", the other is at .*nginx\.conf:\d+ in .*nginx\.conf:\d+/



=== one row enforced and not enforced names both places
--- http_config eval: ::table("provider P stats { cookie a; }\nprovider Q stats { cookie a enforce=off; }")
--- config
--- must_die
--- error_log eval
qr/\[emerg\] .*the same row, enforced and not enforced "a", the other is at .*nginx\.conf:\d+ in .*nginx\.conf:\d+/



=== however they spell a host, the end of a path
--- http_config eval
::table("provider P stats { url A.test./x/?b=1; }\nprovider Q ads { url a.TEST/x?b=1; }")
--- config
--- must_die
--- error_log eval
qr/the same row in two categories "a\.test\/x\?b=1", the other is at .*nginx\.conf:\d+ in /



=== or a header's name
--- http_config eval
::table("provider P stats { header Accept-CH; }\nprovider Q ads { header accept-ch; }")
--- config
--- must_die
--- error_log eval: ::must('the same row in two categories "accept-ch"')



=== an override need not spell it alike
--- http_config eval
::table('provider P stats { url Ads.Test/; header X-P; }'
        . 'override url ads.test ads; override header x-p essential;')
--- config
location /t {
    consent site;
    consent_map cookie s stats;
    default_type text/html;
    add_header X-P 1;
    return 200 '<img src=//ads.test/x>';
}
--- response_headers
X-P: 1
--- response_body eval
'<img data-consent="ads" data-consent-src=//ads.test/x>'



=== an override overrides something
--- http_config eval: ::table('provider P stats { cookie a; } override cookie b ads;')
--- config
--- must_die
--- error_log eval: ::must('override that matches no row "b"')



=== an override of a provider, too
--- http_config eval: ::table('provider P stats { cookie a; } override provider Q ads;')
--- config
--- must_die
--- error_log eval: ::must('override that matches no row "Q"')



=== two overrides do not contradict each other
--- http_config eval: ::table('provider P stats { cookie a; } override cookie a ads; override cookie a pass;')
--- config
--- must_die
--- error_log eval: ::must('two different overrides of "a"')



=== nothing else stands in a table
--- http_config eval: ::table('server { }')
--- config
--- must_die
--- error_log eval: ::must('"server" directive is not allowed here')



=== text in quotes may have blanks
--- http_config eval
::table('provider "P Q" stats policy="https://p.test/" {
    cookie a expires=session type="HTTP Cookie" purpose="Counts visits";
    cookie b "purpose=Counts; more {" lifetime="13 months";
    storage c name="c-${id}";
}')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a=1";
    return 200 x;
}
--- response_headers
Set-Cookie:



=== a pattern keeps its quotes, and so does a provider's name
--- http_config eval
::table('provider \'P="Q"\' stats { inline \'id="abc"\'; storage \'a="b\'; }')
--- config
location /t {
    consent site;
    consent_uri /t/;
    default_type text/html;
    return 200 '<script>id="abc"</script><script>id=abc</script>';
}
--- response_body eval
'<script type="text/plain" data-consent="stats">id="abc"</script>'
. '<script>id=abc</script>'



=== a domain is a host name
--- http_config eval
::table('provider P stats { cookie a domain=; }')
--- config
--- must_die
--- error_log eval: ::must('invalid "domain=", a host name was expected')



=== only names have one
--- http_config eval
::table('provider P stats { url a.test domain=b.test; }')
--- config
--- must_die
--- error_log eval: ::must('"domain=" of what is neither "cookie" nor "storage" "a.test"')



=== a cookie's name ends before its value
--- http_config eval
::table('provider P stats { cookie _ga=*; }')
--- config
--- must_die
--- error_log eval: ::must('a name alone was expected "_ga=*"')



=== without a dot at either end
--- http_config eval
::table('provider P stats { cookie a domain=a.test.; }')
--- config
--- must_die
--- error_log eval: ::must('invalid "domain=", a host name without a dot')



=== an included file is read in the table
--- http_config eval
::table('include ../html/more.conf;')
--- user_files
>>> more.conf
provider P stats {
    cookie a;
}
--- config
location /t {
    consent site;
    add_header Set-Cookie "a=1";
    return 200 x;
}
--- response_headers
Set-Cookie:



=== a mistake in an included file names that file
--- http_config eval
::table('include ../html/more.conf;')
--- user_files
>>> more.conf
provider P stats {
    cookie a;
    cookie b expires=soon;
}
--- config
--- must_die
--- error_log eval
qr/invalid lifetime "expires=soon".* in .*more\.conf:3/



=== override provider: all its rows are of another category
--- http_config eval
::table('provider P stats { cookie a; } override provider P ads;')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a=1";
    return 200 x;
}
--- more_headers eval
"Cookie: " . ::choice("stats")
--- response_headers
Set-Cookie:



=== override a row: it alone is
--- http_config eval
::table('provider P stats { cookie a; cookie b; } override cookie a ads;')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a=1";
    add_header Set-Cookie "b=1";
    return 200 x;
}
--- more_headers eval
"Cookie: " . ::choice("stats")
--- response_headers
Set-Cookie: b=1



=== override ... pass: published, not enforced
--- http_config eval
::table('provider P stats { cookie a; } override cookie a pass;')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a=1";
    return 200 x;
}
--- response_headers
Set-Cookie: a=1



=== enforce=off: published, not enforced
--- http_config eval
::table('provider P stats { cookie a enforce=off; }')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a=1";
    return 200 x;
}
--- response_headers
Set-Cookie: a=1



=== exact before wildcard, whatever stands first
--- http_config eval
::table('provider P stats { cookie a-*; } provider Q essential { cookie a-b; }')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a-b=1";
    add_header Set-Cookie "a-c=1";
    return 200 x;
}
--- response_headers
Set-Cookie: a-b=1



=== wildcard before expression
--- http_config eval
::table('provider P stats { cookie ~^a; } provider Q essential { cookie a-*; }')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a-b=1";
    add_header Set-Cookie "ab=1";
    return 200 x;
}
--- response_headers
Set-Cookie: a-b=1



=== the same row twice in one category is one row
--- http_config eval
::table('provider P stats { cookie a expires=1d; } provider P stats { cookie a expires=2d; }')
--- config
location /t {
    consent site;
    add_header Set-Cookie "a=1";
    return 200 x;
}
--- response_headers
Set-Cookie:



=== a platform is never held back
--- http_config eval
::table('provider P stats platform=trustcommander { url p.test; } provider Q ads { url p.test/x; }')
--- config
location /t {
    consent site;
    default_type text/html;
    echo -n '<script src="//p.test/x"></script><script src="//p.test/y"></script>';
}
--- response_body chomp
<script src="//p.test/x"></script><script src="//p.test/y"></script>



=== a consent platform that its category would hold back is a warning
--- http_config
consent_table t {
    category essential required;
    category advertising;
    provider "Banner" advertising platform=cookie { url banner.test; }
}
--- config
location /t {
    consent t;
    return 204;
}
--- request
GET /t
--- error_code: 204
--- error_log eval
qr/\[warn\] .*the provider "Banner" is the consent platform of "consent_source cookie" and would be held back .*nginx\.conf:\d+/



=== a stub does not end its script
--- http_config eval: ::table('provider P stats { stub "a()</SCRIPT>"; }')
--- config
--- must_die
--- error_log eval: ::must('"</script" or "<!--", which would end the script, in stub "a()</SCRIPT>"')



=== a stub does not begin a comment
--- http_config eval: ::table('provider P stats { stub "a()<!--"; }')
--- config
--- must_die
--- error_log eval: ::must('"</script" or "<!--", which would end the script, in stub "a()<!--"')



=== a stub is ASCII, the page may be in any encoding
--- http_config eval: ::table("provider P stats { stub \"'\xc3\xa9'\"; }")
--- config
--- must_die
--- error_log eval: ::must('a character that is not printable ASCII, \uNNNN was expected, in stub')
