# Providers that visitors decide on by themselves, and what a choice does at
# once.  What is expected is what design.md and the README say.

use strict;
use warnings;
use lib 't/lib';

use Cwd qw(realpath);
use IPC::Open2;
use JSON::PP;
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

$ENV{TEST_NGINX_HTML_DIR} ||= html_dir();

our $Form = "Content-Type: application/x-www-form-urlencoded";
our $Conf = realpath("t/lib/../../conf");

# two providers a category, of which one can be chosen by itself

sub table {
    my ($rows, $stats) = @_;

    $rows //= "";
    $stats //= "choice=provider key=stats_1";

    return <<END;
consent_table site {
    category essential required Essential;
    category performance Performance;
    category advertising Advertising;

    provider Shop   essential   { cookie session; }
    provider Stats  performance $stats { cookie stat; url stats.test; }
    provider Other  performance { cookie other; url other.test; }
    provider Ads    advertising { cookie ad; cookie deep path=/shop/ads; }
    provider Partner advertising choice=provider key=partner {
        cookie  partner domain=site.test;
        header  Accept-CH;
    }
    $rows
}
END
}

our $Table = table();
our $Storage = table('provider Keep advertising { storage keep-*; }');

our $Set = <<'END';
consent site;
location = /t {
    add_header Set-Cookie "session=1";
    add_header Set-Cookie "stat=1";
    add_header Set-Cookie "other=1";
    add_header Set-Cookie "ad=1";
    add_header Set-Cookie "partner=1; Domain=site.test";
    return 200 "$consent_granted|$consent_performance$consent_advertising|$consent_stats_1$consent_partner\n";
}
location /consent/ { consent_pages; }
END

our $Pages = "consent site; location /consent/ { consent_pages; }";

# the names of the cookies that a response sets, in their order

sub sets {
    return '(?s)\A' . join("", map("(?:(?!\\nSet-Cookie).)*\\nSet-Cookie: $_", @_))
           . '(?:(?!\nSet-Cookie).)*\z';
}

# a line that deletes a cookie there

sub gone {
    my ($name, $where) = @_;

    $where =~ s/\./\\./g;

    return "$name=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT$where\\r";
}

# the line that keeps a choice

sub kept {
    my ($names, $attributes) = @_;

    s/([+.])/\\$1/g for $names, $attributes //= "; Path=/; Max-Age=34128000; "
                                                . "SameSite=Lax; HttpOnly";

    return "consent=1\\.\\d{10}\\.0\\.$names\\.\\w{32}$attributes\\r";
}

# What is left in a cookie jar when the choices of "posts" have been made.

add_response_body_check(sub {
    my ($block) = @_;
    my $posts = $block->posts or return;

    my $pid = open2(my $out, my $in, "python3", "t/lib/jar.py", server_port(),
                    split /\n/, $posts);

    print $in $::Jar;
    close $in;

    is(CORE::join("", <$out>), $block->left, $block->name . ": left");
    waitpid($pid, 0);
});

our $Jar = <<'END';
http://www.site.test/ consent=1.1764000000.0.-.a; Path=/; Max-Age=9999
http://www.site.test/ consent=1.1764000001.0.performance.b; Path=/; Domain=site.test; Max-Age=9999
http://www.site.test/ unknown=5
http://www.site.test/ session=4; Domain=site.test
http://www.site.test/ other=3; Domain=site.test
http://www.site.test/ stat=1; Domain=www.site.test
http://www.site.test/ stat=2; Domain=site.test; Max-Age=9999
http://www.site.test/ ad=6; HttpOnly
http://www.site.test/a/b ad=7; Path=/
http://www.site.test/ partner=8; Domain=site.test
http://shop.site.test/ ad=9
END

# So many keys of 8 bytes, and one more.  What the table has besides takes 40
# bytes, each name with a separator: 94 and one of 9 make 896.

sub many {
    my ($n, $last) = @_;

    return table(CORE::join("\n", map("provider P-$_ advertising "
                                      . "choice=provider key=$_ { cookie $_; }",
                                      map(sprintf("k%07d", $_), 1 .. $n),
                                      $last)));
}

sub must {
    my ($error) = @_;

    return qr/\[emerg\] .*\Q$error\E.* in .*nginx\.conf:\d+/;
}

run_tests();

__DATA__

=== a category is accepted, a provider of it is not: exactly that one is refused
--- http_config eval: $::Table
--- config eval: $::Set
--- more_headers eval
"Host: site.test\nCookie: " . ::choice("performance+advertising")
--- raw_response_headers_like eval
::sets("session=1", "other=1", "ad=1")
--- response_body
performance,advertising|11|00



=== a provider is accepted, its category is not: exactly that one is accepted
--- http_config eval: $::Table
--- config eval: $::Set
--- more_headers eval
"Host: site.test\nCookie: " . ::choice("stats_1")
--- raw_response_headers_like eval
::sets("session=1", "stat=1")
--- response_body
|00|10



=== both
--- http_config eval: $::Table
--- config eval: $::Set
--- more_headers eval
"Host: site.test\nCookie: " . ::choice("performance+partner")
--- raw_response_headers_like eval
::sets("session=1", "other=1", "partner=1")
--- response_body
performance|10|01



=== nothing
--- http_config eval: $::Table
--- config eval: $::Set
--- more_headers eval
"Host: site.test\nCookie: " . ::choice("-")
--- raw_response_headers_like eval
::sets("session=1")
--- response_body
|00|00



=== nobody has chosen: the regime decides on them too
--- http_config eval: $::Table
--- config eval: $::Set . "consent_regime optout;"
--- more_headers
Host: site.test
--- raw_response_headers_like eval
::sets("session=1", "stat=1", "other=1", "ad=1", "partner=1")
--- response_body
performance,advertising|11|11



=== GPC refuses a provider of its category where it is strict
--- http_config eval: $::Table
--- config eval: $::Set . "consent_gpc strict advertising;"
--- more_headers eval
"Host: site.test\nSec-GPC: 1\nCookie: " . ::choice("stats_1+advertising+partner")
--- raw_response_headers_like eval
::sets("session=1", "stat=1")
--- response_body
|00|10



=== an explicit choice of a provider wins over GPC where it is not
--- http_config eval: $::Table
--- config eval: $::Set
--- more_headers eval
"Host: site.test\nSec-GPC: 1\nCookie: " . ::choice("partner")
--- raw_response_headers_like eval
::sets("session=1", "partner=1")
--- response_body
|00|01



=== the choice tells of them
--- http_config eval: $::Table
--- config eval: $::Set
--- request
GET /consent/choice
--- more_headers eval
"Cookie: " . ::choice("advertising+stats_1")
--- response_body_like eval
qr/"granted":\["advertising"\],"categories":\{"essential":true,"performance":false,"advertising":true\},"providers":\{"stats_1":true,"partner":false\}/



=== all of them are accepted by "all"
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
::sets(::kept("performance+advertising+stats_1+partner"))



=== the policy's form offers them, and shows what was chosen
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
GET /consent/policy
--- more_headers eval
"Cookie: " . ::choice("partner")
--- response_body_like eval
qr{value="performance"> .*value="advertising"> .*value="stats_1"> Stats<.*value="partner" checked> Partner<}s



=== a placeholder accepts the provider alone, and keeps what was accepted
--- http_config eval
::table('provider Video advertising choice=provider key=video { url video.test; }')
--- config
consent site;
consent_placeholder on;
location = /t { default_type text/html; return 200 '<iframe src="https://video.test/1"></iframe>'; }
--- more_headers eval
"Cookie: " . ::choice("performance+partner")
--- response_body_like eval
qr{<form[^>]*>\n<input type="hidden" name="accept" value="performance"><input type="hidden" name="accept" value="partner"><input type="hidden" name="accept" value="video">\n<}



=== ... also where its category is accepted
--- http_config eval
::table('provider Video advertising choice=provider key=video { url video.test; }')
--- config
consent site;
consent_placeholder on;
location = /t { default_type text/html; return 200 '<iframe src="https://video.test/1"></iframe>'; }
--- more_headers eval
"Cookie: " . ::choice("advertising")
--- response_body_like eval
qr{<form[^>]*>\n<input type="hidden" name="accept" value="advertising"><input type="hidden" name="accept" value="video">\n<}



=== a placeholder of a category keeps the accepted providers
--- http_config eval
::table('provider Video advertising { url video.test; }')
--- config
consent site;
consent_placeholder on;
location = /t { default_type text/html; return 200 '<iframe src="https://video.test/1"></iframe>'; }
--- more_headers eval
"Cookie: " . ::choice("stats_1")
--- response_body_like eval
qr{<form[^>]*>\n<input type="hidden" name="accept" value="advertising"><input type="hidden" name="accept" value="stats_1">\n<}



=== another block may have the key
--- http_config eval
::table('provider Stats performance choice=provider key=stats_2 { }', "")
--- config eval: $::Pages
--- request
POST /consent/choice
accept=stats_2
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
::sets(::kept("stats_2"))



=== of whom an override leaves nothing to refuse there is no choice
--- http_config eval: ::table("override provider Stats essential;")
--- config eval: $::Pages
--- request eval
["GET /consent/choice", "POST /consent/choice\naccept=stats_1"]
--- more_headers eval: $::Form
--- error_code eval
[200, 400]
--- response_body_like eval
[qr/"providers":\{"partner":false\}/, qr/unknown category or provider: stats_1/]



=== consent_map may give a key another meaning
--- http_config eval: $::Table
--- config eval
$::Set . "consent_map cookie stats_1 advertising;"
--- more_headers eval
"Host: site.test\nCookie: " . ::choice("stats_1")
--- raw_response_headers_like eval
::sets("session=1", "ad=1")
--- response_body
advertising|01|00



=== the form of a key
--- http_config eval: ::table("", "choice=provider key=Stats-1")
--- config
--- must_die
--- error_log eval: ::must('invalid "key=", 1 to 31 of a-z, 0-9 and _ were expected "Stats-1"')



=== an empty key
--- http_config eval: ::table("", "choice=provider key=")
--- config
--- must_die
--- error_log eval: ::must('invalid "key="')



=== a long key
--- http_config eval: ::table("", "choice=provider key=" . "k" x 32)
--- config
--- must_die
--- error_log eval: ::must('invalid "key="')



=== a word that means something else
--- http_config eval: ::table("", "choice=provider key=all")
--- config
--- must_die
--- error_log eval: ::must('"key=" that already means something else "all"')



=== a category's name
--- http_config eval: ::table("", "choice=provider key=advertising")
--- config
--- must_die
--- error_log eval: ::must('"key=" that is the name of a category "advertising"')



=== a category that comes later
--- http_config eval: ::table("category late Late;", "choice=provider key=late")
--- config
--- must_die
--- error_log eval: ::must('"key=" that is the name of a category "late"')



=== two providers with one key
--- http_config eval
::table("provider New advertising choice=provider key=stats_1 { cookie new; }")
--- config
--- must_die
--- error_log eval
qr/the same "key=" of two providers "stats_1", the other is at .*nginx\.conf:\d+ in .*nginx\.conf:\d+/



=== one provider with two keys
--- http_config eval
::table("provider Stats performance choice=provider key=stats_2 { }")
--- config
--- must_die
--- error_log eval
qr/two different "key=" of one provider "stats_2", the other is at .*nginx\.conf:\d+ in .*nginx\.conf:\d+/



=== a required category
--- http_config eval
::table("provider Login essential choice=provider key=login { cookie login; }")
--- config
--- must_die
--- error_log eval: ::must('"key=" of a provider whose categories are required "login"')



=== a consent platform
--- http_config eval
::table("provider CMP performance platform=klaro choice=provider key=cmp { }")
--- config
--- must_die
--- error_log eval: ::must('"key=" of a consent platform, which is never held back "cmp"')



=== a provider of which the table has nothing
--- http_config eval
::table("provider Statz performance choice=provider key=statz { }")
--- config
--- must_die
--- error_log eval: ::must('"key=" of a provider without rows "statz"')



=== another choice
--- http_config eval: ::table("", "choice=category")
--- config
--- must_die
--- error_log eval: ::must('invalid "choice=category", "choice=provider" was expected')



=== a key alone
--- http_config eval: ::table("", "key=stats")
--- config
--- must_die
--- error_log eval: ::must('"choice=provider" and "key=" were expected together for the provider "Stats"')



=== a choice alone
--- http_config eval: ::table("", "choice=provider")
--- config
--- must_die
--- error_log eval: ::must('"choice=provider" and "key=" were expected together for the provider "Stats"')



=== as many as a cookie of less than 1 KB can hold
--- http_config eval
::many(94, "k" x 9)
--- config eval: $::Pages
--- request
POST /consent/choice
accept=all
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
qr/^Set-Cookie: consent=[^;]{900,1023};/m



=== one byte more
--- http_config eval
::many(94, "k" x 10)
--- config
--- must_die
--- error_log eval: ::must('categories and keys that have more than 896 bytes together, at "key=" "kkkkkkkkkk"')



=== what is accepted is not deleted, what is refused is: host, domain, parents
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
POST /consent/choice
accept=performance
--- more_headers eval
"$::Form\nHost: www.site.test\nCookie: session=1; stat=2; other=3; unknown=4"
--- error_code: 204
--- raw_response_headers_like eval
::sets(::kept("performance"),
       ::gone("stat", "; Path=/"),
       ::gone("stat", "; Path=/; Domain=www.site.test"),
       ::gone("stat", "; Path=/; Domain=site.test"))



=== a withdrawal: of each cookie the likeliest place comes first
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nHost: site.test\nCookie: stat=2; ad=3; " . ::choice("performance+advertising+stats_1")
--- error_code: 204
--- raw_response_headers_like eval
::sets(::kept("-"),
       ::gone("stat", "; Path=/"), ::gone("ad", "; Path=/"),
       ::gone("stat", "; Path=/; Domain=site.test"),
       ::gone("ad", "; Path=/; Domain=site.test"))



=== the row's path, or the directory that the visitor is in
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none&return=/a/b?c
--- more_headers eval
"$::Form\nHost: 127.0.0.1\nCookie: ad=3; deep=4"
--- error_code: 303
--- raw_response_headers_like eval
::sets(::kept("-"), ::gone("ad", "; Path=/"), ::gone("deep", "; Path=/"),
       ::gone("ad", "; Path=/a"), ::gone("deep", "; Path=/shop/ads"))



=== the visitor's directory is no way to add an attribute
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none&return=/a;Domain=evil.test/b
--- more_headers eval
"$::Form\nHost: 127.0.0.1\nCookie: ad=3"
--- error_code: 303
--- raw_response_headers_like eval
::sets(::kept("-"), ::gone("ad", "; Path=/"))



=== headers stay below 4 KB
--- http_config eval
::table("provider Many advertising { cookie many-*; }")
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nHost: www.site.test\nCookie: " . CORE::join("; ", map("many-$_=1", 1 .. 100))
--- error_code: 204
--- raw_response_headers_like eval
qr/\A(?=.{2900,4000}\z).*many-1=;.*many-20=;/s



=== in report mode nothing is deleted, and it is noted
--- http_config eval: $::Table
--- config eval: "$::Pages consent_mode report;"
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nCookie: ad=3; " . ::choice("advertising")
--- error_code: 204
--- raw_response_headers_like eval
::sets(::kept("-"))
--- response_headers
!Clear-Site-Data



=== who takes back a provider alone clears the browser's pages, too
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
POST /consent/choice
accept=performance
--- more_headers eval
"$::Form\nCookie: " . ::choice("performance+stats_1")
--- error_code: 204
--- response_headers
Clear-Site-Data: "cache"



=== who takes back nothing does not
--- http_config eval: $::Storage
--- config eval: "$::Pages consent_clear cache storage;"
--- request
POST /consent/choice
accept=all
--- more_headers eval
"$::Form\nCookie: " . ::choice("performance")
--- error_code: 204
--- response_headers
!Clear-Site-Data



=== storage goes where a row of storage is refused
--- http_config eval: $::Storage
--- config eval: "$::Pages consent_clear storage;"
--- request
POST /consent/choice
accept=performance
--- more_headers eval: $::Form
--- error_code: 204
--- response_headers
Clear-Site-Data: "storage"



=== both
--- http_config eval: $::Storage
--- config eval: "$::Pages consent_clear cache storage;"
--- request
POST /consent/choice
accept=performance
--- more_headers eval
"$::Form\nCookie: " . ::choice("advertising")
--- error_code: 204
--- response_headers
Clear-Site-Data: "cache", "storage"



=== storage stays where no row of storage is refused
--- http_config eval: $::Table
--- config eval: "$::Pages consent_clear storage;"
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nCookie: " . ::choice("advertising")
--- error_code: 204
--- response_headers
!Clear-Site-Data



=== off
--- http_config eval: $::Storage
--- config eval: "$::Pages consent_clear off;"
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nCookie: " . ::choice("advertising")
--- error_code: 204
--- response_headers
!Clear-Site-Data



=== an unknown word of consent_clear
--- config
consent_clear cookies;
--- must_die
--- error_log eval: ::must('invalid value "cookies"')



=== a domain, after the host's own cookie is deleted
--- http_config eval: $::Table
--- config eval
"$::Pages consent_source cookie domain=.Site.test;"
--- request
POST /consent/choice
accept=none
--- more_headers eval: "$::Form\nHost: www.site.test"
--- error_code: 204
--- raw_response_headers_like eval
::sets(::gone("consent", "; Path=/"),
       ::kept("-", "; Path=/; Domain=site.test; Max-Age=34128000; SameSite=Lax; HttpOnly"))



=== the host itself belongs to its domain
--- http_config eval: $::Table
--- config eval
"$::Pages consent_source cookie domain=site.test;"
--- request
POST /consent/choice
accept=none
--- more_headers eval: "$::Form\nHost: site.test:8080"
--- error_code: 204
--- raw_response_headers_like eval
::sets(::gone("consent", "; Path=/"),
       ::kept("-", "; Path=/; Domain=site.test; Max-Age=34128000; SameSite=Lax; HttpOnly"))



=== another host keeps it for itself
--- http_config eval: $::Table
--- config eval
"$::Pages consent_source cookie domain=site.test;"
--- request
POST /consent/choice
accept=none
--- more_headers eval: "$::Form\nHost: othersite.test"
--- error_code: 204
--- raw_response_headers_like eval
::sets(::kept("-"))



=== of two copies all but the new one are deleted
--- http_config eval: $::Table
--- config eval
"$::Pages consent_source cookie domain=site.test;"
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nHost: a.www.site.test\nCookie: " . ::choice("-") . "; " . ::choice("performance")
--- error_code: 204
--- raw_response_headers_like eval
::sets(::gone("consent", "; Path=/"),
       ::gone("consent", "; Path=/; Domain=a.www.site.test"),
       ::gone("consent", "; Path=/; Domain=www.site.test"),
       ::kept("-", "; Path=/; Domain=site.test; Max-Age=34128000; SameSite=Lax; HttpOnly"))



=== ... without a domain as well
--- http_config eval: $::Table
--- config eval: $::Pages
--- request
POST /consent/choice
accept=none
--- more_headers eval
"$::Form\nHost: www.site.test\nCookie: " . ::choice("-") . "; " . ::choice("performance")
--- error_code: 204
--- raw_response_headers_like eval
::sets(::gone("consent", "; Path=/; Domain=www.site.test"),
       ::gone("consent", "; Path=/; Domain=site.test"),
       ::kept("-"))



=== a browser's jar then has what was accepted, and one choice
--- http_config eval: $::Table
--- config eval
"$::Pages consent_source cookie domain=site.test; location = /t { return 204; }"
--- error_code: 204
--- posts
accept=performance
--- left
.site.test / consent=performance
.site.test / other=3
.site.test / session=4
shop.site.test / ad=9
www.site.test / unknown=5



=== ... without a domain
--- http_config eval: $::Table
--- config eval: "$::Pages location = /t { return 204; }"
--- error_code: 204
--- posts
accept=all
accept=none
accept=stats_1&accept=advertising
--- left
.site.test / session=4
shop.site.test / ad=9
www.site.test / consent=advertising+stats_1
www.site.test / unknown=5



=== scripts may read it where that is said
--- http_config eval: $::Table
--- config eval
"$::Pages consent_source cookie httponly=off max_age=30d;"
--- request
POST /consent/choice
accept=none
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like eval
::sets(::kept("-", "; Path=/; Max-Age=2592000; SameSite=Lax"))



=== a name that asks for Secure gets it
--- http_config eval: $::Table
--- config eval
"$::Pages consent_source cookie cookie=__Host-consent;"
--- request
POST /consent/choice
accept=none
--- more_headers eval: $::Form
--- error_code: 204
--- raw_response_headers_like
Set-Cookie: __Host-consent=1\.\d+\.0\.-\.\w{32}; Path=/; Max-Age=34128000; SameSite=Lax; HttpOnly; Secure\r



=== a name that has no domain
--- config
consent_source cookie domain=site.test cookie=__host-consent;
--- must_die
--- error_log eval: ::must('a cookie "__host-consent" has no "domain="')



=== a domain of one label
--- config
consent_source cookie domain=.test;
--- must_die
--- error_log eval: ::must('invalid "domain=.test" of the consent source "cookie", a domain such as "example.com" was expected')



=== an address is no domain
--- config
consent_source cookie domain=192.0.2.1;
--- must_die
--- error_log eval: ::must('a domain such as "example.com" was expected')



=== a domain ends no attribute
--- config
consent_source cookie "domain=site.test; Secure";
--- must_die
--- error_log eval: ::must('a domain such as "example.com" was expected')



=== a domain with an empty label
--- config
consent_source cookie domain=www..test;
--- must_die
--- error_log eval: ::must('a domain such as "example.com" was expected')



=== a domain that ends with a dot
--- config
consent_source cookie domain=site.test.;
--- must_die
--- error_log eval: ::must('a domain such as "example.com" was expected')



=== another source's cookie is not ours to set
--- config
consent_source onetrust domain=site.test;
--- must_die
--- error_log eval: ::must("only the module's own cookie is set")



=== ... nor to hide
--- config
consent_source onetrust httponly=off;
--- must_die
--- error_log eval: ::must("only the module's own cookie is set")



=== httponly is on or off
--- config
consent_source cookie httponly=yes;
--- must_die
--- error_log eval: ::must('invalid "httponly=yes" of the consent source "cookie", "on" or "off" was expected')



=== who chooses gets an id, each another
--- http_config eval: $::Table
--- config eval: $::Pages
--- request eval
["POST /consent/choice\naccept=all", "POST /consent/choice\naccept=all"]
--- more_headers eval: $::Form
--- error_code eval
[204, 204]
--- raw_response_headers_like eval
my %seen;
[(qr/^Set-Cookie: consent=1\.\d+\.0\.[a-z_0-9+]+\.([0-9a-f]{32})(?(?{ !$seen{$1}++ })|(*FAIL));/m) x 2]



=== nobody else does, GPC or not
--- http_config eval: $::Table
--- config eval: $::Set
--- request eval
["GET /t", "GET /consent/choice", "GET /consent/policy",
 "POST /consent/choice\naccept=fun"]
--- more_headers eval: "$::Form\nDNT: 1\nSec-GPC: 1"
--- error_code eval
[200, 200, 200, 400]
--- raw_response_headers_unlike eval
[(qr/Set-Cookie: consent/) x 4]



=== what a choice was, in the words of the log
--- http_config eval
qq{$::Table log_format choice
    '\$consent_event|\$consent_choice|\$consent_granted|\$consent_state|\$consent_revision|\$consent_stats_1|\$consent_id';
access_log \$TEST_NGINX_HTML_DIR/choices.log choice if=\$consent_event;}
--- config eval
"$::Set consent_source cookie revision=7;"
. 'location = /log { default_type text/plain; alias $TEST_NGINX_HTML_DIR/choices.log; }'
--- request eval
["POST /consent/choice\naccept=all",
 "POST /consent/choice\naccept=none",
 "POST /consent/choice\naccept=none",
 "POST /consent/choice\naccept=performance",
 "POST /consent/choice\naccept=performance&accept=stats_1",
 "POST /consent/choice\naccept=all",
 "POST /consent/choice\naccept=none",
 "POST /consent/choice\naccept=none&accept=all", "GET /t", "GET /consent/choice",
 "GET /log"]
--- more_headers eval
["$::Form", "$::Form",
 "$::Form\nCookie: " . ::choice("performance", revision => 7, id => "a"),
 "$::Form\nCookie: " . ::choice("performance+stats_1", revision => 7, id => "b"),
 "$::Form\nCookie: " . ::choice("performance", revision => 7, id => "c"),
 "$::Form\nCookie: " . ::choice("performance", revision => 7, id => "d"),
 "$::Form\nCookie: " . ::choice("-", revision => 7, id => "e"),
 ("$::Form\nCookie: " . ::choice("-", revision => 7, id => "f")) x 4]
--- error_code eval
[(204) x 7, 400, 200, 200, 200]
--- response_body_like eval
[(qr/^/) x 10,
 qr/\Aaccept\|performance,advertising,stats_1,partner\|performance,advertising\|decided\|7\|1\|\w{32}
refuse\|none\|\|decided\|7\|0\|\w{32}
withdraw\|none\|\|decided\|7\|0\|a
withdraw\|performance\|performance\|decided\|7\|0\|b
set\|performance,stats_1\|performance\|decided\|7\|1\|c
accept\|performance,advertising,stats_1,partner\|performance,advertising\|decided\|7\|1\|d
refuse\|none\|\|decided\|7\|0\|e
\z/]



=== what nobody has accepted is not withdrawn, though it was granted
--- http_config eval
qq{$::Table log_format choice '\$consent_event';
access_log \$TEST_NGINX_HTML_DIR/choices.log choice if=\$consent_event;}
--- config eval
"$::Set consent_regime optout;"
. 'location = /log { default_type text/plain; alias $TEST_NGINX_HTML_DIR/choices.log; }'
--- request eval
["POST /consent/choice\naccept=none", "GET /log"]
--- more_headers eval: $::Form
--- error_code eval
[204, 200]
--- response_headers eval
['Clear-Site-Data: "cache"', '']
--- response_body_like eval
[qr/^/, qr/\Arefuse\n\z/]



=== the record as conf/proof.conf has it: a line of JSON, without an address
--- http_config eval
qq{$::Table include $::Conf/proof.conf;
access_log \$TEST_NGINX_HTML_DIR/choices.log consent_proof if=\$consent_event;}
--- config eval
"$::Set" . 'location = /log { default_type text/plain; alias $TEST_NGINX_HTML_DIR/choices.log; }'
--- request eval
["POST /consent/choice\naccept=performance&accept=partner", "GET /t", "GET /log"]
--- more_headers eval
qq{$::Form\nHost: site.test\nSec-GPC: "\\ 1}
--- error_code eval
[204, 200, 200]
--- response_body_filters eval
sub {
    my $line = eval { JSON::PP->new->decode($_[0]) } or return $_[0];
    return $_[0] if delete($line->{id}) !~ /^[0-9a-f]{32}$/
                    || delete($line->{time}) !~ /^\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d$/
                    || delete($line->{mask}) !~ /^[0-9a-f]+-[0-9a-f]{8}$/;
    delete $line->{version};
    return JSON::PP->new->canonical->encode($line);
}
--- response_body eval
["", "|00|00\n",
 '{"choice":"performance,partner","event":"set","gpc":"\"\\\\ 1","granted":"performance","revision":"0","site":"site.test","source":"cookie"}']



=== the time of a choice
--- http_config eval: $::Table
--- config
consent site;
location = /t { return 200 "$consent_time $consent_revision|$consent_event|$consent_choice"; }
--- more_headers eval
"Cookie: " . ::choice("performance", revision => 12)
--- response_body eval
($::Now - 60) . " 12||"



=== none
--- http_config eval: $::Table
--- config
consent site;
location = /t { return 200 "$consent_time|$consent_revision|$consent_event|"; }
--- more_headers
Cookie: consent=x
--- response_body: |||
