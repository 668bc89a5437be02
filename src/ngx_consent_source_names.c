
/* Platforms whose keys are names of cookies: the elder CookieYes, Complianz. */

#include "ngx_consent_source_text.h"


static ngx_uint_t ngx_consent_names_key(const ngx_consent_asked_t *asked,
    ngx_consent_cookie_t *c, ngx_str_t *key);
static ngx_uint_t ngx_consent_complianz_category(const ngx_str_t *key);


/*
 * GDPR Cookie Consent, CookieYes's elder: cookielawinfo-checkbox-NAME=yes|no,
 * and viewed_cookie_policy=yes|no once the banner was answered.
 */

void
ngx_consent_source_cookielawinfo(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer)
{
    ngx_str_t                key;
    ngx_uint_t               boxes, viewed;
    ngx_consent_cookie_t     c;
    ngx_consent_jar_at_t     at;
    ngx_consent_text_told_t  told;

    boxes = 0;
    viewed = 0;

    memset(&told, 0, sizeof(ngx_consent_text_told_t));

    told.answer = answer;
    told.of = NGX_CONSENT_KEY_CATEGORY;

    do {
        memset(&at, 0, sizeof(ngx_consent_jar_at_t));

        while (ngx_consent_jar_next(asked->jar, &at, &c) == NGX_OK) {

            if (ngx_consent_names_key(asked, &c, &key)) {
                boxes++;
                ngx_consent_text_tell(&told, &key,
                                      ngx_consent_source_is(&c.value, "yes"));

            } else if (ngx_consent_source_is(&c.name, "viewed_cookie_policy")) {
                ngx_consent_source_unquote(&c.value);

                viewed |= ngx_consent_source_is(&c.value, "yes")
                          || ngx_consent_source_is(&c.value, "no");
            }
        }

    } while (ngx_consent_text_again(&told));

    if (viewed) {
        answer->state = NGX_CONSENT_DECIDED;

    } else {
        answer->state = boxes ? NGX_CONSENT_IMPLIED : NGX_CONSENT_UNSET;
    }
}


/*
 * Complianz: PREFIX_NAME=allow|deny, and PREFIX_banner-status=dismissed once
 * the visitor has answered: elsewhere it writes "allow" by itself.
 */

void
ngx_consent_source_complianz(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer)
{
    ngx_str_t                key;
    ngx_uint_t               categories, dismissed, shown, allow, deny;
    ngx_consent_cookie_t     c;
    ngx_consent_jar_at_t     at;
    ngx_consent_text_told_t  told;

    static const ngx_str_t  elder = ngx_string("allow");

    categories = 0;
    dismissed = 0;
    shown = 0;
    allow = 0;
    deny = 0;

    memset(&told, 0, sizeof(ngx_consent_text_told_t));

    told.answer = answer;
    told.of = NGX_CONSENT_KEY_CATEGORY;

    do {
        memset(&at, 0, sizeof(ngx_consent_jar_at_t));

        while (ngx_consent_jar_next(asked->jar, &at, &c) == NGX_OK) {

            if (ngx_consent_names_key(asked, &c, &key)) {

                if (ngx_consent_source_is(&key, "banner-status")) {

                    if (ngx_consent_source_is(&c.value, "dismissed")) {
                        dismissed++;

                    } else {
                        shown++;
                    }
                }

                if (!ngx_consent_complianz_category(&key)) {
                    continue;
                }

                categories++;
                ngx_consent_text_tell(&told, &key,
                                      ngx_consent_source_is(&c.value, "allow"));

            } else if (ngx_consent_source_is(&c.name,
                                             "complianz_consent_status"))
            {
                ngx_consent_source_unquote(&c.value);

                allow |= ngx_consent_source_is(&c.value, "allow");
                deny |= ngx_consent_source_is(&c.value, "deny");
            }
        }

    } while (ngx_consent_text_again(&told));

    if (dismissed && !shown) {
        answer->state = NGX_CONSENT_DECIDED;
        return;
    }

    if (categories) {
        answer->state = NGX_CONSENT_IMPLIED;
        return;
    }

    /* before 6.0; what is left of it does not make later cookies a choice */

    if (allow || deny) {
        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &elder, !deny);
        answer->state = NGX_CONSENT_DECIDED;
        return;
    }

    answer->state = NGX_CONSENT_UNSET;
}


/* What follows the prefix in a cookie's name; the value loses its quotes. */

static ngx_uint_t
ngx_consent_names_key(const ngx_consent_asked_t *asked, ngx_consent_cookie_t *c,
    ngx_str_t *key)
{
    const ngx_str_t  *prefix;

    prefix = asked->prefix.len ? &asked->prefix : &asked->format->prefix;

    if (c->name.len <= prefix->len
        || memcmp(c->name.data, prefix->data, prefix->len) != 0)
    {
        return 0;
    }

    key->data = c->name.data + prefix->len;
    key->len = c->name.len - prefix->len;

    ngx_consent_source_unquote(&c->value);

    return c->value.len != 0;
}


static ngx_uint_t
ngx_consent_complianz_category(const ngx_str_t *key)
{
    return !ngx_consent_source_is(key, "banner-status")
           && !ngx_consent_source_is(key, "policy_id")
           && !ngx_consent_source_is(key, "consented_services")
           && !ngx_consent_source_is(key, "saved_categories")
           && !ngx_consent_source_is(key, "saved_services");
}
