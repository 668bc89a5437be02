# Whom a location asks: consent platforms, how their answers are taken, and what
# is wrong in consent_source and consent_map.  How each platform's cookies are
# read is proved by t/signals.t, vector by vector.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Say = 'return 200 "$consent_state|$consent_granted|$consent_source\n";';

# "=== <rule>" with --- conf is "location /t { consent site; <conf>; say }"

add_block_preprocessor(sub {
    my ($block) = @_;

    if (defined $block->conf) {
        $block->set_value("config", "location /t { consent site; "
                                    . $block->conf . " $Say }");
    }

    if (defined $block->cookie) {
        my $cookie = $block->cookie;
        $cookie =~ s/\s+\z//;
        $block->set_value("more_headers", "Cookie: $cookie");
    }
});

run_tests();

__DATA__

=== a platform's answer counts by the mapping that comes with it
--- conf
consent_source onetrust;
--- cookie
OptanonConsent=groups=C0001%3A1%2CC0002%3A1%2CC0004%3A0&intType=3
--- response_body
decided|performance|onetrust



=== keys that were not accepted are refused, under optout too
--- conf
consent_source onetrust; consent_regime optout;
--- cookie
OptanonConsent=groups=C0001%3A1%2CC0002%3A1%2CC0004%3A0&intType=3
--- response_body
decided|performance|onetrust



=== without consent_source the platform's cookie says nothing
--- conf

--- cookie
OptanonConsent=groups=C0001%3A1%2CC0002%3A1&intType=3
--- response_body
unset||



=== what is implied is no choice
--- conf
consent_source cookieconsent;
--- cookie
cookieconsent_status=dismiss
--- response_body
implied||osano



=== implied=allow takes it for one
--- conf
consent_source cookieconsent implied=allow;
--- cookie
cookieconsent_status=dismiss
--- response_body
implied|performance,advertising,sharing|osano



=== implied=ignore is the default
--- conf
consent_source osano implied=ignore;
--- cookie
cookieconsent_status=dismiss
--- response_body
implied||osano



=== a broken answer denies
--- conf
consent_source klaro; consent_map klaro matomo performance; consent_regime optout;
--- cookie
klaro=%7B%22matomo%22%3Atrue
--- response_body
invalid|advertising,sharing|klaro



=== a source's other name is the same source
--- conf
consent_source osano; consent_map cookieconsent allow performance; consent_map osano off;
--- cookie
cookieconsent_status=allow
--- response_body
decided|performance|osano



=== and may be named once
--- conf
consent_source vanilla; consent_source vanilla-cookieconsent-v3;
--- must_die
--- error_log eval
qr/duplicate consent source "vanilla-cookieconsent-v3" in .*nginx\.conf:\d+/



=== consent_invalid unset: a broken answer is none
--- conf
consent_invalid unset; consent_source klaro; consent_map klaro matomo performance; consent_regime optout;
--- cookie
klaro=%7B%22matomo%22%3Atrue
--- response_body
unset|performance,advertising,sharing|



=== consent_invalid unset: it is not a grant either
--- conf
consent_invalid unset; consent_source klaro; consent_map klaro matomo performance;
--- cookie
klaro=%7B%22matomo%22%3Atrue
--- response_body
unset||



=== cookie= is another name, the usual one is not read then
--- conf
consent_source klaro cookie=choice; consent_map klaro matomo performance;
--- cookie
klaro=%7B%22matomo%22%3Afalse%7D; choice=%7B%22matomo%22%3Atrue%7D
--- response_body
decided|performance|klaro



=== prefix= is another beginning of names
--- conf
consent_source complianz prefix=site_;
--- cookie
site_banner-status=dismissed; site_statistics=allow; cmplz_marketing=allow
--- response_body
decided|performance|complianz



=== a key alone grants nothing where "+" asks for two
--- conf
consent_source klaro; consent_map klaro a+b performance;
--- cookie
klaro=%7B%22a%22%3Atrue%2C%22b%22%3Afalse%7D
--- response_body
decided||klaro



=== both keys grant it
--- conf
consent_source klaro; consent_map klaro a+b performance;
--- cookie
klaro=%7B%22a%22%3Atrue%2C%22b%22%3Atrue%7D
--- response_body
decided|performance|klaro



=== of several lines one is enough
--- conf
consent_source klaro; consent_map klaro a+b performance; consent_map klaro c performance;
--- cookie
klaro=%7B%22a%22%3Atrue%2C%22b%22%3Afalse%2C%22c%22%3Atrue%7D
--- response_body
decided|performance|klaro



=== a mapped key no longer stands for what comes with the format
--- conf
consent_source onetrust; consent_map onetrust C0004 performance;
--- cookie
OptanonConsent=groups=C0002%3A0%2CC0004%3A1&intType=3
--- response_body
decided|performance|onetrust



=== it is the same key with its kind before it
--- conf
consent_source onetrust; consent_map onetrust category:C0002 sharing;
--- cookie
OptanonConsent=groups=C0002%3A1%2CC0004%3A0&intType=3
--- response_body
decided|sharing|onetrust



=== two keys are the same in another order
--- conf
consent_source tcf; consent_map tcf p8+category:p1 sharing;
--- cookie
euconsent-v2=CQZy48AQZy48AD6FXXENCuFgAM3gAAJAAIqIAHv_-AAAAAAA
--- response_body
decided|sharing|tcf



=== a part of them is another key
--- conf
consent_source tcf; consent_map tcf p8 sharing;
--- cookie
euconsent-v2=CQZy48AQZy48AD6FXXENCuFgAM3gAAJAAIqIAHv_-AAAAAAA
--- response_body
decided|performance,sharing|tcf



=== consent_map off: nothing comes with the format
--- conf
consent_source onetrust; consent_map onetrust off; consent_map onetrust C0004 advertising;
--- cookie
OptanonConsent=groups=C0002%3A1%2CC0004%3A1%2CC0005%3A1&intType=3
--- response_body
decided|advertising|onetrust



=== consent_map of another source maps nothing
--- conf
consent_source onetrust; consent_map klaro C0009 performance;
--- cookie
OptanonConsent=groups=C0009%3A1&intType=3
--- response_body
decided||onetrust



=== of several sources one grants, and none may deny
--- conf
consent_source onetrust; consent_source cookie;
--- more_headers eval
"Cookie: OptanonConsent=groups=C0002%3A1%2CC0004%3A1&intType=3; " . ::choice("performance+sharing")
--- response_body
decided|performance|onetrust



=== who has no answer has no opinion
--- conf
consent_source onetrust; consent_source cookie;
--- more_headers eval
"Cookie: " . ::choice("performance+sharing")
--- response_body
decided|performance,sharing|cookie



=== US Privacy can only deny
--- conf
consent_source usprivacy; consent_regime optout;
--- cookie
usprivacy=1YYN
--- response_body
decided|performance,advertising|usprivacy



=== US Privacy grants nothing
--- conf
consent_source usprivacy;
--- cookie
usprivacy=1YNN
--- response_body
decided||usprivacy



=== a choice in the second line of two
--- conf
consent_source cookieconsent;
--- more_headers
Cookie: a=1
Cookie: cookieconsent_status=allow
--- response_body
decided|performance,advertising,sharing|osano



=== two that differ grant what both grant
--- conf
consent_source onetrust;
--- more_headers
Cookie: OptanonConsent=groups=C0002%3A1%2CC0004%3A0&intType=3
Cookie: OptanonConsent=groups=C0002%3A1%2CC0004%3A1&intType=3
--- response_body
decided|performance|onetrust



=== a broken copy breaks the source
--- conf
consent_source klaro; consent_map klaro a performance;
--- cookie
klaro=%7B%22a%22%3Atrue%7D; klaro=x
--- response_body
invalid||klaro



=== revision= is what the site asks now
--- conf
consent_source vanilla revision=2;
--- cookie
cc_cookie=%7B%22categories%22%3A%5B%22necessary%22%2C%22analytics%22%5D%2C%22revision%22%3A2%2C%22data%22%3Anull%2C%22consentTimestamp%22%3A%222026-11-01T10%3A00%3A00.000Z%22%2C%22consentId%22%3A%22c1%22%2C%22services%22%3A%7B%7D%2C%22lastConsentTimestamp%22%3A%222026-11-01T10%3A00%3A00.000Z%22%7D
--- response_body
decided|performance|vanilla



=== an older revision is not taken for it
--- conf
consent_source vanilla revision=3;
--- cookie
cc_cookie=%7B%22categories%22%3A%5B%22necessary%22%2C%22analytics%22%5D%2C%22revision%22%3A2%2C%22data%22%3Anull%2C%22consentTimestamp%22%3A%222026-11-01T10%3A00%3A00.000Z%22%2C%22consentId%22%3A%22c1%22%2C%22services%22%3A%7B%7D%2C%22lastConsentTimestamp%22%3A%222026-11-01T10%3A00%3A00.000Z%22%7D
--- response_body
invalid||vanilla



=== max_age= takes an old choice for none
--- conf
consent_source vanilla max_age=1d;
--- cookie
cc_cookie=%7B%22categories%22%3A%5B%22necessary%22%2C%22analytics%22%5D%2C%22revision%22%3A2%2C%22data%22%3Anull%2C%22consentTimestamp%22%3A%222024-11-01T10%3A00%3A00.000Z%22%2C%22consentId%22%3A%22c1%22%2C%22services%22%3A%7B%7D%2C%22lastConsentTimestamp%22%3A%222024-11-01T10%3A00%3A00.000Z%22%7D
--- response_body
unset||



=== custom: a named group that matches is a key that is accepted
--- conf
consent_source custom cookie=prefs "pattern=^a:(?:(?<stats>1)|0),m:(?:(?<ads>1)|0)$"; consent_map custom stats performance; consent_map custom ads advertising;
--- cookie
prefs=a:1,m:0
--- response_body
decided|performance|custom



=== custom: quotes after pattern= are not the expression's
--- conf
consent_source custom cookie=prefs pattern="^a=(?:(?<performance>1)|0)$"; consent_map custom performance performance;
--- cookie
prefs=a%3D1
--- response_body
decided|performance|custom



=== custom: a value that does not match is broken
--- conf
consent_source custom cookie=prefs pattern=^a:(?:(?<stats>1)|0)$; consent_map custom stats performance; consent_regime optout;
--- cookie
prefs=a:2
--- response_body
invalid|advertising,sharing|custom



=== custom: a bad escape is broken, whatever the expression
--- conf
consent_source custom cookie=prefs pattern=(?<stats>.); consent_map custom stats performance;
--- cookie
prefs=%zz
--- response_body
invalid||custom



=== custom: an empty group accepts nothing
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>.*)$; consent_map custom stats performance;
--- cookie
prefs=%00
--- response_body
decided|performance|custom



=== custom: "time" counts with max_age=
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>1)\.(?<time>[0-9]+)$ max_age=1d; consent_map custom stats performance;
--- more_headers eval
"Cookie: prefs=1." . time()
--- response_body
decided|performance|custom



=== custom: an old "time" is no choice
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>1)\.(?<time>[0-9]+)$ max_age=1d; consent_map custom stats performance;
--- more_headers eval
"Cookie: prefs=1." . (time() - 86402)
--- response_body
unset||



=== custom: milliseconds are a time, too
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>1)\.(?<time>[0-9]+)$ max_age=1d; consent_map custom stats performance;
--- more_headers eval
"Cookie: prefs=1." . (time() - 86402) . "000"
--- response_body
unset||



=== custom: a date is a time, too
--- conf
consent_source custom cookie=prefs "pattern=^(?<stats>1) (?<time>.+)$" max_age=1d; consent_map custom stats performance;
--- cookie
prefs=1%202024-11-01T10:00:00Z
--- response_body
unset||



=== custom: another "revision" is no choice
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>1)\.(?<revision>[0-9]+)$ revision=3; consent_map custom stats performance;
--- cookie
prefs=1.2
--- response_body
unset||



=== custom: this revision is one
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>1)\.(?<revision>[0-9]+)$ revision=3; consent_map custom stats performance;
--- cookie
prefs=1.3
--- response_body
decided|performance|custom



=== custom: what is too long is broken
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>1); consent_map custom stats performance;
--- more_headers eval
"Cookie: prefs=1" . ("x" x 4096)
--- response_body
invalid||custom



=== custom: 4096 bytes are not
--- conf
consent_source custom cookie=prefs pattern=^(?<stats>1); consent_map custom stats performance;
--- more_headers eval
"Cookie: prefs=1" . ("x" x 4095)
--- response_body
decided|performance|custom



=== custom needs a cookie and a pattern
--- conf
consent_source custom cookie=prefs;
--- must_die
--- error_log eval
qr/"consent_source" directive needs "cookie=" and "pattern=" for the source "custom" in .*nginx\.conf:\d+/



=== custom: a pattern without a named group grants nothing ever
--- conf
consent_source custom cookie=prefs pattern=^(1)$;
--- must_die
--- error_log eval
qr/invalid "pattern=\^\(1\)\$" of the consent source "custom", a named group, such as .* was expected in .*nginx\.conf:\d+/



=== custom: an expression that is none
--- conf
consent_source custom cookie=prefs pattern=(;
--- must_die
--- error_log eval
qr/(missing|unmatched).* in "\(" .*nginx\.conf:\d+/



=== custom: max_age= needs a time
--- conf
consent_source custom cookie=prefs pattern=(?<a>1) max_age=1d;
--- must_die
--- error_log eval
qr/"consent_source" directive needs a group "time" in "pattern=" for "max_age=" in .*nginx\.conf:\d+/



=== custom: revision= needs a revision
--- conf
consent_source custom cookie=prefs pattern=(?<a>1) revision=1;
--- must_die
--- error_log eval
qr/"consent_source" directive needs a group "revision" in "pattern=" for "revision=" in .*nginx\.conf:\d+/



=== only custom has a pattern
--- conf
consent_source klaro pattern=(?<a>1);
--- must_die
--- error_log eval
qr/invalid "pattern=\(\?<a>1\)" of the consent source "klaro", only "custom" has one in .*nginx\.conf:\d+/



=== cookie= is a cookie's name
--- conf
consent_source klaro cookie=a,b;
--- must_die
--- error_log eval
qr/invalid "cookie=a,b" of the consent source "klaro", the name of a cookie was expected in .*nginx\.conf:\d+/



=== cookie= is not empty
--- conf
consent_source klaro cookie=;
--- must_die
--- error_log eval
qr/invalid "cookie=" of the consent source "klaro", the name of a cookie was expected in .*nginx\.conf:\d+/



=== a platform of several cookies has no cookie=
--- conf
consent_source trustarc cookie=notice;
--- must_die
--- error_log eval
qr/invalid "cookie=notice" of the consent source "trustarc", it has several cookies in .*nginx\.conf:\d+/



=== prefix= is for platforms that have one
--- conf
consent_source klaro prefix=k_;
--- must_die
--- error_log eval
qr/invalid "prefix=k_" of the consent source "klaro", its cookies have no prefix in .*nginx\.conf:\d+/



=== implied= is one of two words
--- conf
consent_source klaro implied=yes;
--- must_die
--- error_log eval
qr/invalid "implied=yes" of the consent source "klaro", "allow" or "ignore" was expected in .*nginx\.conf:\d+/



=== max_age= needs a platform that tells a time
--- conf
consent_source klaro max_age=1d;
--- must_die
--- error_log eval
qr/invalid "max_age=1d" of the consent source "klaro", it does not tell when the choice was made in .*nginx\.conf:\d+/



=== revision= needs a platform that tells one
--- conf
consent_source klaro revision=1;
--- must_die
--- error_log eval
qr/invalid "revision=1" of the consent source "klaro", it does not tell a revision in .*nginx\.conf:\d+/



=== require_disclosed= is TCF's
--- conf
consent_source klaro require_disclosed=on;
--- must_die
--- error_log eval
qr/invalid "require_disclosed=on" of the consent source "klaro", it discloses no vendors in .*nginx\.conf:\d+/



=== require_disclosed= takes vendors' numbers
--- conf
consent_source tcf require_disclosed=755,x;
--- must_die
--- error_log eval
qr/invalid "require_disclosed=755,x" of the consent source "tcf", "on" or numbers of vendors, from 1 to 65535, were expected in .*nginx\.conf:\d+/



=== require_disclosed= takes so many
--- config eval
"location /t { consent site; consent_source tcf require_disclosed="
. CORE::join(",", 1 .. 257) . "; $::Say }"
--- must_die
--- error_log eval
qr/of the consent source "tcf", at most 256 vendors were expected in .*nginx\.conf:\d+/



=== consent_invalid is one of two words
--- config
consent_invalid ignore;
--- must_die
--- error_log eval
qr/invalid value "ignore" in .*nginx\.conf:\d+/



=== a key is not empty
--- config
consent_map klaro a++b performance;
--- must_die
--- error_log eval
qr/invalid key "a\+\+b", one of 1 to 128 bytes, .* was expected in .*nginx\.conf:\d+/



=== a key has a length
--- config eval
"consent_map klaro " . ("k" x 129) . " performance;"
--- must_die
--- error_log eval
qr/invalid key "k+", one of 1 to 128 bytes, .* was expected in .*nginx\.conf:\d+/
