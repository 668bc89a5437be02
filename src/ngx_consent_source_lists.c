
/* Formats that list what is accepted: TYPO3, Additional Consent, TrustArc. */

#include "ngx_consent_source_text.h"


/* TrustArc's buckets are 0 to 3; a number past this one is none of them */
#define NGX_CONSENT_TRUSTARC_MAX_BUCKET  31


static ngx_int_t ngx_consent_cookieman_version(const ngx_str_t *version);
static ngx_uint_t ngx_consent_cookieman_is_group(const ngx_str_t *group);
static ngx_int_t ngx_consent_trustarc_read(const ngx_str_t *name,
    const ngx_str_t *text, uint32_t *buckets);
static ngx_int_t ngx_consent_trustarc_list(const ngx_str_t *list,
    ngx_uint_t first, uint32_t *buckets);
static ngx_int_t ngx_consent_trustarc_number(const ngx_str_t *s,
    ngx_uint_t *bucket);


/*
 * TYPO3's cookieman: groups joined by "|", and from its version 5 on "#" and
 * the configuration's version; a cookie without one stays good.  Cookiebot has
 * a cookie of the same name: its short words, "0" and "-1", are no groups.
 */

void
ngx_consent_source_cookieman(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t  rest, groups, group;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &rest) != NGX_OK
        || ngx_consent_source_is(&rest, "0")
        || ngx_consent_source_is(&rest, "-1")
        || !ngx_consent_text_item(&rest, '#', &groups))
    {
        return;
    }

    if (rest.data && rest.len) {

        answer->revision = ngx_consent_cookieman_version(&rest);

        if (ngx_consent_source_lapsed(asked, answer)) {
            return;
        }
    }

    while (ngx_consent_text_item(&groups, '|', &group)) {

        if (group.len == 0) {
            continue;
        }

        if (!ngx_consent_cookieman_is_group(&group)) {
            return;
        }

        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &group, 1);
    }

    answer->state = NGX_CONSENT_DECIDED;
}


/* -1 where it is a word of the site's own */

static ngx_int_t
ngx_consent_cookieman_version(const ngx_str_t *version)
{
    size_t     i;
    ngx_int_t  n;

    if (!ngx_consent_text_is_number(version)
        || version->len > sizeof("999999999") - 1)
    {
        return -1;
    }

    n = 0;

    for (i = 0; i < version->len; i++) {
        n = n * 10 + (version->data[i] - '0');
    }

    return n;
}


/* a key of TypoScript; what Cookiebot writes into the same cookie is none */

static ngx_uint_t
ngx_consent_cookieman_is_group(const ngx_str_t *group)
{
    u_char  c;
    size_t  i;

    for (i = 0; i < group->len; i++) {
        c = ngx_consent_tolower(group->data[i]);

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')
            && c != '_' && c != '-' && c < 0x80)
        {
            return 0;
        }
    }

    return 1;
}


/*
 * Google's Additional Consent: 1~<providers>, or 2~<providers>~dv.<those that
 * were only disclosed>; a second version without its end is cut.
 */

void
ngx_consent_source_addtl(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t  rest, version, accepted, disclosed, dv, item;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &rest) != NGX_OK
        || !ngx_consent_text_item(&rest, '~', &version)
        || !ngx_consent_text_item(&rest, '~', &accepted)
        || ngx_consent_text_numbers(answer, NGX_CONSENT_KEY_VENDOR, &accepted,
                                      '.', 1)
           != NGX_OK)
    {
        return;
    }

    if (ngx_consent_source_is(&version, "1")) {

        if (rest.data) {
            return;
        }

    } else if (ngx_consent_source_is(&version, "2")) {

        if (!ngx_consent_text_item(&rest, '~', &disclosed) || rest.data
            || !ngx_consent_text_item(&disclosed, '.', &dv)
            || !ngx_consent_source_is(&dv, "dv"))
        {
            return;
        }

        if (disclosed.len) {

            while (ngx_consent_text_item(&disclosed, '.', &item)) {

                if (!ngx_consent_text_is_number(&item)) {
                    return;
                }
            }
        }

    } else {
        return;
    }

    answer->state = NGX_CONSENT_DECIDED;
}


/*
 * TrustArc: three cookies that say the same, "2:" (a level), "0,1,2:..." and
 * "permit 1,2,3" (one more than the bucket).  What all that are there accept
 * is accepted.
 */

void
ngx_consent_source_trustarc(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer)
{
    u_char                digits[2];
    uint32_t              buckets, all, any;
    ngx_str_t             text, key;
    ngx_int_t             rc;
    ngx_uint_t            i, copies;
    ngx_consent_cookie_t  c;
    ngx_consent_jar_at_t  at;

    copies = 0;
    any = 0;
    all = 0xffffffff;

    memset(&at, 0, sizeof(ngx_consent_jar_at_t));
    answer->state = NGX_CONSENT_INVALID;

    while (ngx_consent_jar_next(asked->jar, &at, &c) == NGX_OK) {

        if (!ngx_consent_source_is(&c.name, "notice_preferences")
            && !ngx_consent_source_is(&c.name, "notice_gdpr_prefs")
            && !ngx_consent_source_is(&c.name, "cmapi_cookie_privacy"))
        {
            continue;
        }

        ngx_consent_source_unquote(&c.value);

        if (c.value.len == 0) {
            continue;
        }

        rc = ngx_consent_text_plain(asked->buf, &c.value, &text);

        if (rc != NGX_OK
            || ngx_consent_trustarc_read(&c.name, &text, &buckets) != NGX_OK)
        {
            return;
        }

        copies++;
        all &= buckets;
        any |= buckets;
    }

    if (copies == 0) {
        answer->state = NGX_CONSENT_UNSET;
        return;
    }

    key.data = digits;

    for (i = 0; i <= NGX_CONSENT_TRUSTARC_MAX_BUCKET; i++) {

        if (any & ((uint32_t) 1 << i)) {
            digits[0] = (u_char) ('0' + (i < 10 ? i : i / 10));
            digits[1] = (u_char) ('0' + i % 10);
            key.len = (i < 10) ? 1 : 2;

            ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &key,
                                   (all >> i) & 1);
        }
    }

    answer->state = NGX_CONSENT_DECIDED;
}


static ngx_int_t
ngx_consent_trustarc_read(const ngx_str_t *name, const ngx_str_t *text,
    uint32_t *buckets)
{
    ngx_str_t   rest, word, list;
    ngx_uint_t  level;

    rest = *text;

    if (ngx_consent_source_is(name, "cmapi_cookie_privacy")) {

        /* "permit 1 required": a word may follow */

        if (!ngx_consent_text_item(&rest, ' ', &word)
            || !ngx_consent_source_is(&word, "permit")
            || !ngx_consent_text_item(&rest, ' ', &list))
        {
            return NGX_ERROR;
        }

        return ngx_consent_trustarc_list(&list, 1, buckets);
    }

    if (!ngx_consent_text_item(&rest, ':', &list)) {
        return NGX_ERROR;
    }

    if (ngx_consent_source_is(name, "notice_gdpr_prefs")) {
        return ngx_consent_trustarc_list(&list, 0, buckets);
    }

    if (ngx_consent_trustarc_number(&list, &level) != NGX_OK) {
        return NGX_ERROR;
    }

    /* all buckets up to the level */

    *buckets = (((uint32_t) 1 << level) - 1) | (uint32_t) 1 << level;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_trustarc_list(const ngx_str_t *list, ngx_uint_t first,
    uint32_t *buckets)
{
    ngx_str_t   rest, item;
    ngx_uint_t  n;

    *buckets = 0;

    if (list->len == 0) {
        return NGX_OK;
    }

    rest = *list;

    while (ngx_consent_text_item(&rest, ',', &item)) {

        if (ngx_consent_trustarc_number(&item, &n) != NGX_OK || n < first) {
            return NGX_ERROR;
        }

        *buckets |= (uint32_t) 1 << (n - first);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_trustarc_number(const ngx_str_t *s, ngx_uint_t *bucket)
{
    size_t  i;

    if (!ngx_consent_text_is_number(s) || s->len > 2) {
        return NGX_ERROR;
    }

    *bucket = 0;

    for (i = 0; i < s->len; i++) {
        *bucket = *bucket * 10 + (s->data[i] - '0');
    }

    return *bucket <= NGX_CONSENT_TRUSTARC_MAX_BUCKET ? NGX_OK : NGX_ERROR;
}
