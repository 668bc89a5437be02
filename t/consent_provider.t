# A provider's own answer decides over its category's: keys of single providers,
# and vendors of TCF.

use strict;
use warnings;
use lib 't/lib';

use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Tables = <<'END';
consent_table site {
    category essential required;
    category performance;
    category advertising;
    category sharing;
    provider Matomo performance { cookie mtm; url matomo.example; }
    provider Other performance { cookie oth; url other.example; }
    provider Asked advertising tcf=1 { cookie one; }
    provider Refused advertising tcf=2 { cookie two; }
    provider "Two Words" sharing { cookie wrd; }
}
consent_table second {
    category essential required;
    category performance;
    provider Second performance { cookie snd; }
}
END

# --- conf: the location's; it sets a cookie of every provider, and tells which
# are left and what the mask is

add_block_preprocessor(sub {
    my ($block) = @_;

    if (defined $block->conf) {
        $block->set_value("http_config", $Tables);
        $block->set_value("config", "location /t { consent site; "
            . $block->conf
            . join("", map("add_header Set-Cookie $_=1;",
                           qw(mtm oth one two wrd own)))
            . 'return 200 "$consent_state|$consent_granted\n"; }');
    }

    if (defined $block->cookie) {
        my $cookie = $block->cookie;
        $cookie =~ s/\s+\z//;
        $block->set_value("more_headers", "Cookie: $cookie");
    }

    if (defined $block->left) {
        my @left = split(" ", $block->left);
        $block->set_value("response_headers", "Set-Cookie: "
                          . CORE::join(", ", map("$_=1", @left, "own")));
    }
});

run_tests();

__DATA__

=== a provider is accepted, its category is not
--- conf
consent_source klaro; consent_map klaro matomo provider=Matomo;
--- cookie
klaro=%7B%22matomo%22%3Atrue%7D
--- response_body
decided|
--- left
mtm



=== what single providers are granted holds for the same line again, and no other
--- conf
consent_source klaro; consent_map klaro matomo provider=Matomo;
--- request eval
["GET /t", "GET /t", "GET /t", "GET /t"]
--- more_headers eval
[("Cookie: klaro=%7B%22matomo%22%3Atrue%7D",
  "Cookie: klaro=%7B%22matomo%22%3Afalse%7D") x 2]
--- response_body eval
[("decided|\n") x 4]
--- response_headers eval
[("Set-Cookie: mtm=1, own=1", "Set-Cookie: own=1") x 2]



=== a provider is refused, its category is accepted
--- conf
consent_source klaro; consent_map klaro stats performance; consent_map klaro matomo provider=Matomo;
--- cookie
klaro=%7B%22matomo%22%3Afalse%2C%22stats%22%3Atrue%7D
--- response_body
decided|performance
--- left
oth



=== a key that was not answered accepts no provider
--- conf
consent_source klaro; consent_map klaro stats performance; consent_map klaro matomo provider=Matomo;
--- cookie
klaro=%7B%22stats%22%3Atrue%7D
--- response_body
decided|performance
--- left
oth



=== of a provider that no key names the category decides
--- conf
consent_source klaro; consent_map klaro stats performance; consent_map klaro other provider=Other;
--- cookie
klaro=%7B%22stats%22%3Atrue%2C%22other%22%3Afalse%7D
--- response_body
decided|performance
--- left
mtm



=== nobody has chosen: the regime decides of providers, too
--- conf
consent_source klaro; consent_map klaro matomo provider=Matomo; consent_regime optout;
--- response_body
unset|performance,advertising,sharing
--- left
mtm oth one two wrd



=== what is broken refuses the provider
--- conf
consent_source klaro; consent_map klaro matomo provider=Matomo; consent_regime optout;
--- cookie
klaro=broken
--- response_body
invalid|performance,advertising,sharing
--- left
oth one two wrd



=== one key may stand for a category and for providers
--- conf
consent_source klaro; consent_map klaro stats performance provider=Asked "provider=Two Words";
--- cookie
klaro=%7B%22stats%22%3Atrue%7D
--- response_body
decided|performance
--- left
mtm oth one wrd



=== both keys are needed
--- conf
consent_source klaro; consent_map klaro a+b provider=Matomo;
--- cookie
klaro=%7B%22a%22%3Atrue%2C%22b%22%3Afalse%7D
--- response_body
decided|
--- left



=== one of two lines is enough
--- conf
consent_source klaro; consent_map klaro a provider=Matomo; consent_map klaro b provider=Matomo;
--- cookie
klaro=%7B%22a%22%3Atrue%2C%22b%22%3Afalse%7D
--- response_body
decided|
--- left
mtm



=== another source's refusal of the category still refuses
--- conf
consent_source klaro; consent_map klaro matomo provider=Matomo; consent_source onetrust;
--- cookie
klaro=%7B%22matomo%22%3Atrue%7D; OptanonConsent=groups=C0002%3A0&intType=3
--- response_body
decided|
--- left



=== GPC does not take an explicit choice back under optin
--- conf
consent_source klaro; consent_map klaro one provider=Asked;
--- more_headers
Cookie: klaro=%7B%22one%22%3Atrue%7D
Sec-GPC: 1
--- response_body
decided|
--- left
one



=== strict: it does
--- conf
consent_source klaro; consent_map klaro one provider=Asked; consent_gpc strict;
--- more_headers
Cookie: klaro=%7B%22one%22%3Atrue%7D
Sec-GPC: 1
--- response_body
decided|
--- left



=== a vendor of TCF is judged by the vendor's consent
--- conf
consent_source tcf;
--- cookie
euconsent-v2=CQgzIcAQgzIcAEsAHBFRCWFgAP___wAAAAqIABqAAAAA
--- response_body
decided|performance,advertising
--- left
mtm oth one



=== without tcf= nobody asks for the vendor
--- conf
consent_source tcf; consent_map tcf vendor:2 sharing; consent_map tcf vendor:3 provider=Matomo;
--- cookie
euconsent-v2=CQgzIcAQgzIcAEsAHBFRCWFgAP___wAAAAqIABqAAAAA
--- response_body
decided|performance,advertising
--- left
mtm oth one



=== vendor:N may stand for a category
--- conf
consent_source tcf; consent_map tcf vendor:3 sharing;
--- cookie
euconsent-v2=CQgzIcAQgzIcAEsAHBFRCWFgAP___wAAAAqIABqAAAAA
--- response_body
decided|performance,advertising,sharing
--- left
mtm oth one wrd



=== the mask tells providers that differ
--- http_config eval: $::Tables
--- config
location /t {
    consent site;
    consent_source klaro;
    consent_map klaro matomo provider=Matomo;
    return 200 "$consent_mask\n";
}
--- more_headers
Cookie: klaro=%7B%22matomo%22%3Atrue%7D
--- response_body_like
^1-[0-9a-f]{8}$



=== it does not where none differs
--- http_config eval: $::Tables
--- config
location /t {
    consent site;
    consent_source klaro;
    consent_map klaro matomo provider=Matomo;
    return 200 "$consent_mask\n";
}
--- more_headers
Cookie: klaro=%7B%22matomo%22%3Afalse%7D
--- response_body
1



=== a provider's tags are held back alone
--- http_config eval: $::Tables
--- config
location /t {
    consent site;
    consent_source klaro;
    consent_map klaro stats performance;
    consent_map klaro matomo provider=Matomo;
    default_type text/html;
    return 200 '<script src="https://matomo.example/a.js"></script><script src="https://other.example/a.js"></script>';
}
--- more_headers
Cookie: klaro=%7B%22stats%22%3Atrue%2C%22matomo%22%3Afalse%7D
--- response_body chomp
<script type="text/plain" data-consent="performance" data-consent-src="https://matomo.example/a.js"></script><script src="https://other.example/a.js"></script>



=== a provider's cookies are hidden from the backend alone
--- http_config eval: $::Tables
--- config
location /t {
    consent site;
    consent_source klaro;
    consent_map klaro stats performance;
    consent_map klaro matomo provider=Matomo;
    proxy_pass http://127.0.0.1:$server_port/backend;
}
location /backend {
    return 200 "$http_cookie\n";
}
--- more_headers
Cookie: mtm=1; oth=2; klaro=%7B%22stats%22%3Atrue%2C%22matomo%22%3Afalse%7D
--- response_body
oth=2; klaro=%7B%22stats%22%3Atrue%2C%22matomo%22%3Afalse%7D



=== an unknown provider names its file and line
--- http_config eval: $::Tables
--- config
consent site;
consent_source klaro;
consent_map klaro matomo provider=Nobody;
--- must_die
--- error_log eval
qr/unknown provider "Nobody", one of the consent table "site" was expected in .*nginx\.conf:\d+/



=== a provider of another table stands for nothing, where a variable chooses
--- http_config eval: $::Tables
--- config
location /t {
    set $table site;
    consent $table;
    consent_source klaro;
    consent_map klaro second provider=Second;
    return 200 "$consent_state|$consent_granted\n";
}
--- more_headers
Cookie: klaro=%7B%22second%22%3Atrue%7D
--- response_body
decided|



=== US Privacy does not speak of providers
--- http_config eval: $::Tables
--- config
consent_map usprivacy sale provider=Matomo;
--- must_die
--- error_log eval
qr/the consent source "usprivacy" does not speak of single providers in .*nginx\.conf:\d+/
