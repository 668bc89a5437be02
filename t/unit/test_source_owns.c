
/*
 * Whose cookies these are: the names that a source owns, and those that it does
 * not.
 */

#define _GNU_SOURCE

#include "test.h"
#include "inspect.h"


static const struct {
    const char  *format;
    const char  *cookie;        /* cookie=, or NULL */
    const char  *prefix;        /* prefix=, or NULL */
    const char  *owned;         /* names joined by blanks */
    const char  *others;
} owns[] = {
    { "cookie", NULL, NULL, "consent", "consents Consent" },
    { "cookie", "mine", NULL, "mine", "consent" },
    { "vanilla", NULL, NULL, "cc_cookie", "CC_COOKIE cc_cookies cc_cooki" },
    { "vanilla", "cc2", NULL, "cc2", "cc_cookie" },
    { "klaro", NULL, NULL, "klaro", "klaro-x" },
    { "axeptio", NULL, NULL, "axeptio_cookies axeptio_authorized_vendors"
      " axeptio_all_vendors", "axeptio_" },
    { "axeptio", "mine", NULL, "mine axeptio_authorized_vendors",
      "axeptio_cookies" },
    { "didomi", NULL, NULL, "didomi_token euconsent-v2", "didomi_tokens" },
    { "borlabs", NULL, NULL, "borlabs-cookie", "borlabs" },
    { "iubenda", NULL, NULL, "_iub_cs-71185313 _iub_cs-s8413256"
      " _iub_cs-71185313-granular euconsent-v2", "_iub_cs- _iub_cs _IUB_cs-1" },
    { "iubenda", "pref", NULL, "pref _iub_cs-1", "prefs" },
    { "shopify", NULL, NULL, "_tracking_consent _cmp_a", "_shopify_y" },
    { "trustcommander", NULL, NULL, "TC_PRIVACY TC_PRIVACY_CENTER",
      "TC_PRIVACY_ TC_OPTOUT TCPID" },
    { "trustcommander", "TC_PRIVACY_SITE", NULL, "TC_PRIVACY_SITE"
      " TC_PRIVACY_SITE_CENTER TC_PRIVACY_CENTER", "TC_PRIVACY _CENTER" },
    { "trustcommander-v1", NULL, NULL, "TC_OPTOUT TC_OPTOUT_categories",
      "TC_OPTOUT_ TC_PRIVACY _categories" },
    { "trustcommander-v1", "MINE", NULL, "MINE MINE_categories",
      "TC_OPTOUT TC_OPTOUT_categories" },
    { "onetrust", NULL, NULL, "OptanonConsent OptanonAlertBoxClosed"
      " eupubconsent-v2 OTGPPConsent OTAdditionalConsentString",
      "optanonconsent Optanon" },
    { "onetrust", "Other", NULL, "Other OptanonAlertBoxClosed",
      "OptanonConsent" },
    { "cookiebot", NULL, NULL, "CookieConsent", "CookieConsents" },
    { "cookieyes", NULL, NULL, "cookieyes-consent", "cookieyes" },
    { "cookielawinfo", NULL, NULL, "cookielawinfo-checkbox-necessary"
      " cookielawinfo-checkbox-x viewed_cookie_policy CookieLawInfoConsent",
      "cookielawinfo-checkbox- cookielawinfo" },
    { "tarteaucitron", NULL, NULL, "tarteaucitron", "tarteaucitron1" },
    { "osano", NULL, NULL, "cookieconsent_status", "cookieconsent" },
    { "complianz", NULL, NULL, "cmplz_marketing cmplz_banner-status"
      " cmplz_policy_id complianz_consent_status complianz_policy_id",
      "cmplz_ acme_marketing" },
    { "complianz", NULL, "acme_", "acme_marketing acme_banner-status"
      " complianz_consent_status", "cmplz_marketing acme_" },
    { "trustarc", NULL, NULL, "notice_preferences notice_gdpr_prefs"
      " cmapi_cookie_privacy notice_behavior cmapi_gtm_bl TAconsentID",
      "notice cmapi_" },
    { "trustarc", "mine", NULL, "notice_preferences", "mine" },
    { "cookieman", NULL, NULL, "CookieConsent", "cookieman" },
    { "tcf", NULL, NULL, "euconsent-v2 eupubconsent-v2", "euconsent" },
    { "tcf", "tc", NULL, "tc", "euconsent-v2 eupubconsent-v2" },
    { "funding-choices", NULL, NULL, "FCCDCF", "FCNEC" },
    { "gpp", NULL, NULL, "__gpp OTGPPConsent gpp __gpp_sid", "__gpp_" },
    { "gpp", "g", NULL, "g __gpp_sid", "__gpp gpp" },
    { "usprivacy", NULL, NULL, "usprivacy us_privacy", "us-privacy" },
    { "addtl_consent", NULL, NULL, "addtl_consent", "addtl" },
    { NULL, NULL, NULL, NULL, NULL }
};


static void
check_names(const ngx_consent_asked_t *asked, const char *words,
    ngx_uint_t owned)
{
    ngx_str_t    name;
    const char  *p, *end;

    for (p = words; ; p = end + 1) {

        end = strchrnul(p, ' ');

        name.len = end - p;
        name.data = test_copy(p, name.len);

        CHECK(ngx_consent_source_owns(asked, &name) == owned,
              "%.*s: %.*s is %sits own", (int) asked->format->name.len,
              asked->format->name.data, (int) name.len, p,
              owned ? "" : "not ");

        free(name.data);

        if (*end == '\0') {
            return;
        }
    }
}


static void
check_owns(void)
{
    size_t                       i, n;
    ngx_str_t                    name;
    ngx_consent_asked_t          asked;
    const ngx_consent_format_t  *f;

    for (i = 0; owns[i].format; i++) {

        memset(&asked, 0, sizeof(ngx_consent_asked_t));

        name.data = (u_char *) owns[i].format;
        name.len = strlen(owns[i].format);
        asked.format = ngx_consent_format(&name);

        if (owns[i].cookie) {
            asked.cookie.data = (u_char *) owns[i].cookie;
            asked.cookie.len = strlen(owns[i].cookie);
        }

        if (owns[i].prefix) {
            asked.prefix.data = (u_char *) owns[i].prefix;
            asked.prefix.len = strlen(owns[i].prefix);
        }

        check_names(&asked, owns[i].owned, 1);
        check_names(&asked, owns[i].others, 0);
        check_names(&asked, "", 0);
        check_names(&asked, "_ga PHPSESSID * x", 0);
    }

    /* and no format was forgotten: aliases have the same name of a cookie */

    for (f = ngx_consent_formats(); f->name.len; f++) {

        for (i = 0, n = 0; owns[i].format; i++) {

            name.data = (u_char *) owns[i].format;
            name.len = strlen(owns[i].format);

            n += (ngx_consent_format(&name)->value == f->value
                  && ngx_consent_format(&name)->jar == f->jar);
        }

        CHECK(n, "%.*s has a row", (int) f->name.len, f->name.data);
    }
}


int
main(void)
{
    check_owns();

    return test_done();
}
