# The convention in which tags wait, and those that an author has marked.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

# what a visitor gets of a tag: the directives, the tag

sub tag {
    my ($directives, $tag) = @_;

    return "location /t { consent site; default_type text/html; $directives"
           . " echo -n '$tag'; }";
}

run_tests();

__DATA__

=== the module's own is the default
--- config eval
::tag('', '<script src=//ads.test/a></script>')
--- response_body chomp
<script type="text/plain" data-consent="advertising" data-consent-src=//ads.test/a></script>



=== own is the default
--- config eval
::tag('consent_markup own;', '<script src=//ads.test/a></script>')
--- response_body chomp
<script type="text/plain" data-consent="advertising" data-consent-src=//ads.test/a></script>



=== a platform's keys stand for the usual categories
--- config eval
::tag('consent_markup vanilla;', '<script src=//ads.test/a></script>')
--- response_body chomp
<script type="text/plain" data-category="marketing" data-src=//ads.test/a></script>



=== several categories, where the convention has a way
--- config eval
::tag('consent_markup cookiebot;', '<iframe src=//both.test/a></iframe>')
--- response_body chomp
<iframe data-cookieconsent="statistics,marketing" data-cookieblock-src=//both.test/a></iframe>



=== only what is still waited for
--- config eval
::tag('consent_markup vanilla;', '<script src=//both.test/a></script>')
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body chomp
<script type="text/plain" data-category="marketing" data-src=//both.test/a></script>



=== a key of one's own, in place of the platform's
--- config eval
::tag('consent_markup onetrust advertising=C0099;', '<img src=//ads.test/a>')
--- response_body chomp
<img class="optanon-category-C0099" data-src=//ads.test/a>



=== a provider's name, where the platform asks for services
--- config eval
::tag('consent_markup klaro;', '<img src=//ads.test/a>')
--- response_body chomp
<img data-name="Ads" data-src=//ads.test/a>



=== a provider's key
--- config eval
::tag('consent_markup klaro provider:Ads=my-ads;', '<img src=//ads.test/a>')
--- response_body chomp
<img data-name="my-ads" data-src=//ads.test/a>



=== a key for all providers of a category
--- config eval
::tag('consent_markup klaro advertising=ads;', '<img src=//ads.test/a>')
--- response_body chomp
<img data-name="ads" data-src=//ads.test/a>



=== a provider that answers by itself waits for its key, not for its category's
--- config eval
::tag('consent_source klaro; consent_map klaro ads advertising; '
      . 'consent_map klaro mine provider=Ads; '
      . 'consent_markup klaro advertising=ads;', '<img src=//ads.test/a>')
--- response_body chomp
<img data-name="mine" data-src=//ads.test/a>



=== ... also where the platform marks by category
--- config eval
::tag('consent_source onetrust; consent_map onetrust C0009 provider=Ads; '
      . 'consent_markup onetrust;', '<img src=//ads.test/a>')
--- response_body chomp
<img class="optanon-category-C0009" data-src=//ads.test/a>



=== ... unless the operator gives another one
--- config eval
::tag('consent_source klaro; consent_map klaro mine provider=Ads; '
      . 'consent_markup klaro provider:Ads=his;', '<img src=//ads.test/a>')
--- response_body chomp
<img data-name="his" data-src=//ads.test/a>



=== ... and in the module's own markup where a mark cannot say it
--- config eval
::tag('consent_source klaro; consent_map klaro a+b provider=Ads; '
      . 'consent_markup klaro advertising=ads;', '<img src=//ads.test/a>')
--- response_body chomp
<img data-consent="advertising" data-consent-src=//ads.test/a>



=== ... or of several providers one answers by itself
--- http_config
consent_table two {
    category essential required;
    category advertising;
    provider A advertising { inline "aQueue"; }
    provider B advertising { inline "bQueue"; }
}
--- config
location /t {
    consent two;
    consent_source klaro;
    consent_map klaro mine provider=A;
    consent_markup klaro advertising=ads;
    default_type text/html;
    return 200 "<script>aQueue()</script><script>aQueue();bQueue()</script>";
}
--- response_body chomp
<script type="text/plain" data-type="text/javascript" data-name="mine">aQueue()</script><script type="text/plain" data-consent="advertising">aQueue();bQueue()</script>



=== its key, when it is accepted, brings an author's element back
--- config eval
::tag('consent_source klaro; consent_map klaro mine provider=Ads; '
      . 'consent_markup klaro live;',
      '<img data-name=mine data-src=//ads.test/a>')
--- more_headers
Cookie: klaro=%7B%22mine%22%3Atrue%7D
--- response_body chomp
<img data-consent-data-name=mine src=//ads.test/a>



=== what is not ASCII, or would end the value, is a character reference
--- config eval
::tag('consent_markup klaro "provider:Ads=P\"b & caf' . "\xc3\xa9" . '";', '<img src=//ads.test/a>')
--- response_body chomp
<img data-name="P&#34;b &#38; caf&#233;" data-src=//ads.test/a>



=== what no row names waits as ever
--- config eval
::tag('consent_unknown_urls advertising; consent_markup klaro;', '<img src=//new.test/a>')
--- response_body chomp
<img data-consent="advertising" data-consent-src=//new.test/a>



=== remove, and the convention for what cannot be removed
--- config eval
::tag('consent_tags remove; consent_markup cookiebot;', '<script src=//ads.test/a></script><video src=//ads.test/b></video>')
--- response_body chomp
<video data-cookieconsent="marketing" data-cookieblock-src=//ads.test/b></video>



=== it is inherited, and replaced as a whole
--- config
consent site;
default_type text/html;
consent_markup vanilla advertising=x;
location = /a { echo -n '<script src=//ads.test/></script>'; }
location = /b { consent_markup own; echo -n '<script src=//ads.test/></script>'; }
location = /c { consent_markup vanilla; echo -n '<script src=//ads.test/></script>'; }
--- pipelined_requests eval
["GET /a", "GET /b", "GET /c"]
--- response_body eval
['<script type="text/plain" data-category="x" data-src=//ads.test/></script>',
 '<script type="text/plain" data-consent="advertising" data-consent-src=//ads.test/></script>',
 '<script type="text/plain" data-category="marketing" data-src=//ads.test/></script>']



=== what an author has marked is left alone
--- config eval
::tag('consent_markup vanilla;', '<script type=text/plain data-category=analytics data-src=//cdn.test/a></script><img data-name=x data-src=//ads.test/><img data-src=//ads.test/>')
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body chomp
<script type=text/plain data-category=analytics data-src=//cdn.test/a></script><img data-name=x data-src=//ads.test/><img data-consent="advertising" data-consent-data-src=//ads.test/>



=== live: what is granted comes alive
--- config eval
::tag('consent_markup vanilla live;', '<script type=text/plain data-category=analytics data-src=//cdn.test/a></script>')
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body chomp
<script type=text/javascript data-consent-data-category=analytics src=//cdn.test/a></script>



=== live: for who accepted everything, too
--- config eval
::tag('consent_markup vanilla live;', '<script type=text/plain data-category=analytics>a()</script><img src=//ads.test/>')
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing")
--- response_body chomp
<script type=text/javascript data-consent-data-category=analytics>a()</script><img src=//ads.test/>
--- response_headers_like
Vary: .*Cookie.*



=== live: what is not granted is left alone
--- config eval
::tag('consent_markup vanilla live;', '<script type=text/plain data-category=analytics>a()</script>')
--- response_body chomp
<script type=text/plain data-category=analytics>a()</script>



=== live: a refused tracker stays inert, whatever its mark
--- config eval
::tag('consent_markup vanilla live;', '<script type=text/plain data-category=analytics data-src=//ads.test/></script><script type=text/plain data-category=analytics>statsQueue.x</script>')
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body chomp
<script type=text/plain data-category=analytics data-src=//ads.test/></script><script type=text/javascript data-consent-data-category=analytics>statsQueue.x</script>



=== live: another platform's marks are not read
--- config eval
::tag('consent_markup klaro live;', '<script type=text/plain data-category=analytics>a()</script>')
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body chomp
<script type=text/plain data-category=analytics>a()</script>



=== live: all that a provider sets must be granted
--- config eval
::tag('consent_markup klaro live;', '<iframe data-name=Both data-src=/a></iframe><iframe data-name=Stats data-src=/b></iframe>')
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body chomp
<iframe data-name=Both data-src=/a></iframe><iframe data-consent-data-name=Stats src=/b></iframe>



=== report changes nothing
--- config eval
::tag('consent_mode report; consent_markup vanilla live;', '<script src=//ads.test/></script><script type=text/plain data-category=analytics>a()</script>')
--- more_headers eval
"Cookie: " . ::choice("performance")
--- response_body chomp
<script src=//ads.test/></script><script type=text/plain data-category=analytics>a()</script>



=== a live script, however it is cut
--- config eval
::splits('<p><script type="text/plain" data-category=ads data-src="/a">x</script>',
         'consent site; consent_markup vanilla live; default_type text/html;')
--- more_headers eval
[map { "Cookie: " . ::choice("advertising") } 0 .. 70]
--- pipelined_requests eval
[map { "GET /t$_" } 0 .. 70]
--- response_body eval
[('<p><script type="text/javascript" data-consent-data-category=ads src="/a">x</script>') x 71]



=== a key that only one of several tables knows
--- http_config eval
$::Table . 'consent_table other { category social "S"; provider "X" social { url ads.test; } }
            map $arg_t $table { default site; o other; }'
--- config
location = /t {
    consent $table;
    consent_markup vanilla social=friends advertising=ads;
    default_type text/html;
    echo -n '<script src=//ads.test/></script>';
}
--- pipelined_requests eval
["GET /t", "GET /t?t=o"]
--- response_body eval
['<script type="text/plain" data-category="ads" data-src=//ads.test/></script>',
 '<script type="text/plain" data-category="friends" data-src=//ads.test/></script>']



=== an unknown platform names what was expected
--- config
consent_markup nosuch;
--- must_die
--- error_log eval
qr/unknown consent platform "nosuch", one of "own", "vanilla", "vanilla-cookieconsent-v2", "klaro", .*"consentmanager" was expected in .*nginx\.conf:\d+/



=== a platform without markup says so
--- config
consent_markup tarteaucitron;
--- must_die
--- error_log eval
qr/"tarteaucitron" has no markup for tags that wait, .* in .*nginx\.conf:\d+/



=== own takes no parameters
--- config
consent_markup own live;
--- must_die
--- error_log eval
qr/invalid parameter "live", "consent_markup own" takes none in .*nginx\.conf:\d+/



=== an unknown parameter
--- config
consent_markup vanilla lively;
--- must_die
--- error_log eval
qr/invalid parameter "lively", "live", "CATEGORY=KEY" or "provider:NAME=KEY" was expected in .*nginx\.conf:\d+/



=== an empty key
--- config
consent_markup vanilla performance=;
--- must_die
--- error_log eval
qr/no key in "performance=", "NAME=KEY" was expected in .*nginx\.conf:\d+/



=== a key that would be two
--- config
consent_markup cookiebot performance=a,b;
--- must_die
--- error_log eval
qr/invalid key in "performance=a,b", it must not have what ends a key in the markup of "cookiebot" in .*nginx\.conf:\d+/



=== a provider's key where the platform has none
--- config
consent_markup vanilla provider:Ads=x;
--- must_die
--- error_log eval
qr/invalid parameter "provider:Ads=x", "vanilla" marks by category: "CATEGORY=KEY" was expected in .*nginx\.conf:\d+/



=== an unknown category names the line of the directive
--- config
consent_markup vanilla nosuch=x;
consent site;
--- must_die
--- error_log eval
qr/unknown category "nosuch", one of the consent table "site" was expected in .*nginx\.conf:\d+/



=== an unknown provider
--- config
consent_markup klaro provider:Nosuch=x;
consent site;
--- must_die
--- error_log eval
qr/unknown provider "Nosuch", one of the consent table "site" was expected in .*nginx\.conf:\d+/



=== twice in one place
--- config
consent_markup vanilla;
consent_markup klaro;
--- must_die
--- error_log eval
qr/"consent_markup" directive is duplicate in .*nginx\.conf:\d+/
