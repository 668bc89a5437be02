# conf/default.conf: the cookies that vendors' scripts set under the site's own
# domain go when they are refused, what keeps a choice stays.  The names are as
# the vendors' documentation and scripts have them, not as the table's patterns.

use strict;
use warnings;
use lib 't/lib';

use Cwd qw(realpath);
use Test::Nginx::Socket 'no_plan';
use ConsentNginx;

our $Conf = realpath("t/lib/../../conf");

our @Set = map(split, (
    # Google, server-side tags among it
    '_ga _ga_ABC123 FPID FPAU FPGCLAW FPGCLDC FPGCLGB FPGCLGS __gads __gpi __eoi',
    '_gcl_au _gac_UA-1-1 _gac_gb_ABC',
    # Microsoft, Hotjar, TikTok, HubSpot
    '_clck _clsk _uetsid _uetvid _uetmsclkid _hjSession_12 _hjSessionUser_12',
    '_ttp ttcsid ttcsid_ABC __hstc hubspotutk __hssc __hssrc',
    # Pinterest, Snap, LinkedIn, Reddit, X, Meta, Criteo, Quantcast, Taboola
    '_pin_unauth _epik _derived_epik _scid _scid_r li_fat_id',
    '_rdt_uuid _twpid _fbp _fbc cto_bundle cto_bidid __qca',
    # Adobe
    'AMCV_0123ABCD%40AdobeOrg AMCVS_0123ABCD%40AdobeOrg s_fid s_vi',
    'kndctr_0123ABCD_AdobeOrg_identity',
    # analytics and tests
    'ajs_anonymous_id ajs_user_id mp_0123abcd_mixpanel AMP_0123456789',
    'AMP_MKTG_0123456789 amp_01234f _vwo_uuid _vwo_uuid_v2 _vis_opt_exp_7_combi',
    'optimizelyEndUserId _ym_uid _ym_d _cs_id _ce.s _ce.clock_data fs_uid',
    '_hp2_id.42 _hp2_ses_props.42 ABTasty mf_user _pk_id.1.abcd',
    'kameleoonVisitorCode',
    # chats
    'intercom-id-abc intercom-device-id-abc intercom-session-abc __zlcmid',
    'crisp-client%2Fsession%2F1 crisp-client/session/1 twk_uuid_0123abcd',
));

our @Choice = map(split, (
    # of vendors that the table has
    '__gpi_optout AMP_TOKEN ga-disable-G-1 _uetmsdns _hjOptOut __hs_opt_out',
    '__hs_do_not_track __hs_initial_opt_in __hs_cookie_cat_pref',
    '__hs_gpc_banner_dismiss __hs_notify_banner_dismiss cto_optout',
    'kndctr_0123ABCD_AdobeOrg_consent kndctr_0123ABCD_AdobeOrg_consent_check',
    '__mp_opt_in_out_0123abcd amplitude_optOut _vis_opt_out _vwo_consent',
    '_vwo_global_opt_out optimizelyOptOut _cs_c _cs_optout fs_cid ABTastyOptout',
    'mtm_consent mtm_consent_removed mtm_cookie_consent matomo_ignore pa_privacy',
    'kameleoonOptout dydu.gdpr __zlcprivacy permutive-consent tk_opt-out',
    'CONSENTMGR OPTOUTMULTI TC_OPTOUT TC_PRIVACY TC_PRIVACY_CENTER',
    # of consent platforms
    'CookieConsent OptanonConsent OptanonAlertBoxClosed didomi_token euconsent-v2',
    'usprivacy _iub_cs-1 axeptio_cookies cookieyes-consent cookieconsent_status',
    'cmplz_marketing klaro tarteaucitron FCCDCF',
));

our $Http = <<"END";
consent_table site {
    category essential required;
    category performance;
    category advertising;
    category sharing;
    include $Conf/default.conf;
}
END

our $Back = <<'END';
location /t {
    consent site;
    consent_sweep on;
    default_type text/html;
    proxy_set_header Host $http_host;
    proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/back;
}
location /back {
    default_type text/html;
    return 200 "[$http_cookie]";
}
END

our $Refused = choice("-");

sub sent { return CORE::join("; ", map("$_=1", @_)) }

add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value("http_config", $Http);
    $block->set_value("config", $Back);
});

run_tests();

__DATA__

=== accepted: what vendors set reaches the backend
--- more_headers eval
"Cookie: " . ::choice("performance+advertising+sharing") . "; " . ::sent(@::Set)
--- response_body_like eval
"^\\[consent=[^;]+; " . quotemeta(::sent(@::Set)) . "\\]\$"
--- response_headers
Set-Cookie:



=== refused: none of it does
--- more_headers eval
"Cookie: $::Refused; " . ::sent(@::Set)
--- response_body_like: ^\[consent=[^;]+\]$



=== refused: what keeps a choice does, and is not deleted
--- more_headers eval
"Cookie: $::Refused; " . ::sent(@::Choice)
--- response_body_like eval
"^\\[consent=[^;]+; " . quotemeta(::sent(@::Choice)) . "\\]\$"
--- response_headers
Set-Cookie:



=== what vendors set is deleted, beside it
--- more_headers eval
"Cookie: $::Refused; " . ::sent(@::Choice, qw(_uetvid _hjSession_12 AMP_0123456789))
--- raw_response_headers_like eval
'(?s)\A(?!.*Set-Cookie: (?!consent_swept|_uetvid=;|_hjSession_12=;|AMP_0123456789=;))'
. '(?=.*Set-Cookie: _uetvid=;)(?=.*Set-Cookie: _hjSession_12=;)'
. '(?=.*Set-Cookie: AMP_0123456789=;)'



=== names that only begin like a vendor's are the site's own
--- more_headers eval
"Cookie: $::Refused; amp_theme=1; mp_theme=1; fs_id=1; FP=1; s_id=1; mboxes=1; drift=1"
--- response_body_like: amp_theme=1; mp_theme=1; fs_id=1; FP=1; s_id=1; mboxes=1; drift=1
--- response_headers
Set-Cookie:



=== Twitter's cookies are those of x.com, too
--- more_headers eval
"Host: www.x.com\nCookie: $::Refused; dnt=1; guest_id=2; guest_id_ads=3; ct0=4; eu_cn=5"
--- response_body_like: ^\[consent=[^;]+; dnt=1; eu_cn=5\]$



=== ... and on no other site
--- more_headers eval
"Cookie: $::Refused; guest_id=2; guest_id_ads=3; ct0=4"
--- response_body_like: ; guest_id=2; guest_id_ads=3; ct0=4\]$
--- response_headers
Set-Cookie:
