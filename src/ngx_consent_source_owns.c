
/*
 * Whose cookie is it: one that holds an answer, or a part of one, is never held
 * back, whatever the answer is.  Without it the visitor would be asked again.
 */

#include "ngx_consent_source_int.h"


static ngx_uint_t ngx_consent_source_beside(const ngx_consent_asked_t *asked,
    const ngx_str_t *pattern, const ngx_str_t *name);
static ngx_uint_t ngx_consent_source_begins(const ngx_str_t *name,
    const u_char *prefix, size_t len);


/* the companion tells all vendors that were asked about, too */

const ngx_str_t  ngx_consent_beside_axeptio[] = {
    ngx_string("axeptio_authorized_vendors"),
    ngx_string("axeptio_all_vendors"),
    ngx_null_string
};


/* purposes of TCF are in a string of their own; both are needed */

const ngx_str_t  ngx_consent_beside_didomi[] = {
    ngx_string("euconsent-v2"),
    ngx_null_string
};


/* "_iub_cs-123-granular": by vendor */

const ngx_str_t  ngx_consent_beside_iubenda[] = {
    ngx_string("_iub_cs-*"),
    ngx_string("euconsent-v2"),
    ngx_null_string
};


const ngx_str_t  ngx_consent_beside_shopify[] = {
    ngx_string("_cmp_a"),
    ngx_null_string
};


const ngx_str_t  ngx_consent_beside_trustcommander[] = {
    ngx_string("TC_PRIVACY_CENTER"),
    ngx_string("*_CENTER"),
    ngx_null_string
};


const ngx_str_t  ngx_consent_beside_trustcommander_v1[] = {
    ngx_string("*_categories"),
    ngx_null_string
};


/* when the banner was closed, and what IAB's interfaces answer */

const ngx_str_t  ngx_consent_beside_onetrust[] = {
    ngx_string("OptanonAlertBoxClosed"),
    ngx_string("eupubconsent-v2"),
    ngx_string("OTGPPConsent"),
    ngx_string("OTAdditionalConsentString"),
    ngx_null_string
};


const ngx_str_t  ngx_consent_beside_cookielawinfo[] = {
    ngx_string("viewed_cookie_policy"),
    ngx_string("CookieLawInfoConsent"),
    ngx_null_string
};


/* before 6.0 */

const ngx_str_t  ngx_consent_beside_complianz[] = {
    ngx_string("complianz_consent_status"),
    ngx_string("complianz_policy_id"),
    ngx_null_string
};


/* three are read; how it was given, what tag managers ask for, the record */

const ngx_str_t  ngx_consent_beside_trustarc[] = {
    ngx_string("notice_preferences"),
    ngx_string("notice_gdpr_prefs"),
    ngx_string("cmapi_cookie_privacy"),
    ngx_string("notice_behavior"),
    ngx_string("cmapi_gtm_bl"),
    ngx_string("notice_poptime"),
    ngx_string("TAconsentID"),
    ngx_null_string
};


const ngx_str_t  ngx_consent_beside_gpp[] = {
    ngx_string("__gpp_sid"),
    ngx_null_string
};


ngx_uint_t
ngx_consent_source_owns(const ngx_consent_asked_t *asked, const ngx_str_t *name)
{
    const ngx_str_t             *prefix, *beside;
    const ngx_consent_format_t  *f;

    f = asked->format;

    if (name->len == 0) {
        return 0;
    }

    if (f->value && ngx_consent_source_named(asked, name)) {
        return 1;
    }

    if (f->prefix.len) {
        prefix = asked->prefix.len ? &asked->prefix : &f->prefix;

        if (ngx_consent_source_begins(name, prefix->data, prefix->len)) {
            return 1;
        }
    }

    for (beside = f->beside; beside && beside->len; beside++) {

        if (ngx_consent_source_beside(asked, beside, name)) {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_consent_source_beside(const ngx_consent_asked_t *asked,
    const ngx_str_t *pattern, const ngx_str_t *name)
{
    size_t            len;
    const ngx_str_t  *cookie;

    len = pattern->len - 1;

    if (pattern->data[len] == '*') {
        return ngx_consent_source_begins(name, pattern->data, len);
    }

    if (pattern->data[0] == '*') {
        cookie = asked->cookie.len ? &asked->cookie : &asked->format->cookie;

        return name->len == cookie->len + len
               && memcmp(name->data, cookie->data, cookie->len) == 0
               && memcmp(name->data + cookie->len, pattern->data + 1, len) == 0;
    }

    return name->len == pattern->len
           && memcmp(name->data, pattern->data, name->len) == 0;
}


/* and goes on */

static ngx_uint_t
ngx_consent_source_begins(const ngx_str_t *name, const u_char *prefix,
    size_t len)
{
    return name->len > len && memcmp(name->data, prefix, len) == 0;
}
