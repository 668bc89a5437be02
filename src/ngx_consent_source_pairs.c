
/* Formats of one cookie that holds keys and words: OneTrust, CookieYes, ... */

#include "ngx_consent_source_text.h"


static ngx_int_t ngx_consent_onetrust_groups(const ngx_consent_asked_t *asked,
    const ngx_str_t *groups, ngx_consent_answer_t *answer);
static ngx_uint_t ngx_consent_onetrust_acted(const ngx_str_t *type);
static ngx_uint_t ngx_consent_onetrust_closed(const ngx_consent_asked_t *asked,
    time_t *when);
static ngx_consent_state_e ngx_consent_cookieyes_state(const ngx_str_t *text);
static ngx_uint_t ngx_consent_cookieyes_category(const ngx_str_t *key);


/*
 * OneTrust, OptanonConsent: parameters as in a query, each value encoded on its
 * own, so they are split first.
 */

void
ngx_consent_source_onetrust(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    time_t      when;
    ngx_str_t   rest, item, name, param, groups;
    ngx_uint_t  acted, awaits;

    answer->state = NGX_CONSENT_INVALID;

    acted = 0;
    awaits = 0;
    groups.data = NULL;

    rest = *value;

    while (ngx_consent_text_item(&rest, '&', &item)) {

        if (!ngx_consent_text_pair(&item, '=', &name, &param)) {
            continue;
        }

        if (ngx_consent_source_is(&name, "groups")) {

            if (groups.data) {
                return;
            }

            groups = param;

        } else if (ngx_consent_source_is(&name, "intType")) {
            acted = ngx_consent_onetrust_acted(&param);

        } else if (ngx_consent_source_is(&name, "AwaitingReconsent")) {
            awaits |= ngx_consent_source_is(&param, "true");
        }
    }

    if (groups.data == NULL
        || ngx_consent_onetrust_groups(asked, &groups, answer) != NGX_OK)
    {
        return;
    }

    answer->state = NGX_CONSENT_IMPLIED;

    if (awaits) {
        return;
    }

    if (ngx_consent_onetrust_closed(asked, &when)) {
        answer->state = NGX_CONSENT_DECIDED;
        answer->time = when;

    } else if (acted) {
        answer->state = NGX_CONSENT_DECIDED;
    }
}


/* "C0001:1,C0002:0"; only "1" is on.  Of a group that is there twice the no. */

static ngx_int_t
ngx_consent_onetrust_groups(const ngx_consent_asked_t *asked,
    const ngx_str_t *groups, ngx_consent_answer_t *answer)
{
    ngx_str_t   text, rest, item, group, on;
    ngx_uint_t  no;

    if (ngx_consent_text_plain(asked->buf, groups, &text) != NGX_OK) {
        return NGX_ERROR;
    }

    for (no = 0; no < 2; no++) {

        rest = text;

        while (ngx_consent_text_item(&rest, ',', &item)) {

            if (ngx_consent_text_pair(&item, ':', &group, &on)
                && ngx_consent_source_is(&on, "1") != (int) no)
            {
                ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &group,
                                       !no);
            }
        }
    }

    return NGX_OK;
}


/* how the banner was closed: a number, 0 where it was not */

static ngx_uint_t
ngx_consent_onetrust_acted(const ngx_str_t *type)
{
    size_t  i;

    if (!ngx_consent_text_is_number(type)) {
        return 0;
    }

    for (i = 0; i < type->len; i++) {
        if (type->data[i] != '0') {
            return 1;
        }
    }

    return 0;
}


/* Of several copies the oldest date counts. */

static ngx_uint_t
ngx_consent_onetrust_closed(const ngx_consent_asked_t *asked, time_t *when)
{
    time_t                date;
    ngx_str_t             value, text;
    ngx_uint_t            n;
    ngx_consent_jar_at_t  at;

    static const ngx_str_t  name = ngx_string("OptanonAlertBoxClosed");

    *when = 0;
    memset(&at, 0, sizeof(ngx_consent_jar_at_t));

    for (n = 0;
         ngx_consent_jar_find(asked->jar, &at, &name, &value) == NGX_OK;
         n++)
    {
        if (ngx_consent_text_plain(asked->buf, &value, &text) != NGX_OK) {
            text.len = 0;       /* closed all the same, nobody knows when */
        }

        date = ngx_consent_source_date(text.data, text.len);

        if (n == 0 || date < *when) {
            *when = date;
        }
    }

    return n != 0;
}


/*
 * CookieYes, cookieyes-consent: "consentid:...,consent:yes,action:yes,
 * necessary:yes,...".  What consent says is turned round by some banners.
 */

void
ngx_consent_source_cookieyes(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t   text, rest, item, key, word;
    ngx_uint_t  no, yes;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &text) != NGX_OK) {
        return;
    }

    answer->state = ngx_consent_cookieyes_state(&text);

    if (answer->state <= NGX_CONSENT_UNSET) {
        return;
    }

    for (no = 0; no < 2; no++) {

        rest = text;

        while (ngx_consent_text_item(&rest, ',', &item)) {

            if (!ngx_consent_text_pair(&item, ':', &key, &word)
                || !ngx_consent_cookieyes_category(&key))
            {
                continue;
            }

            yes = ngx_consent_source_is(&word, "yes");

            if (yes != no) {
                ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &key,
                                       yes);
            }
        }
    }
}


/* The weakest of what its actions say. */

static ngx_consent_state_e
ngx_consent_cookieyes_state(const ngx_str_t *text)
{
    ngx_str_t            rest, item, key, word;
    ngx_uint_t           pairs, actions;
    ngx_consent_state_e  state, s;

    pairs = 0;
    actions = 0;
    state = NGX_CONSENT_DECIDED;

    rest = *text;

    while (ngx_consent_text_item(&rest, ',', &item)) {

        if (!ngx_consent_text_pair(&item, ':', &key, &word)) {
            continue;
        }

        pairs++;

        if (!ngx_consent_source_is(&key, "action")) {
            continue;
        }

        actions++;

        if (ngx_consent_source_is(&word, "yes")) {
            s = NGX_CONSENT_DECIDED;

        } else if (ngx_consent_source_is(&word, "no")) {
            s = NGX_CONSENT_IMPLIED;

        } else {
            s = word.len ? NGX_CONSENT_INVALID : NGX_CONSENT_UNSET;
        }

        if (s < state) {
            state = s;
        }
    }

    if (pairs == 0) {
        return NGX_CONSENT_INVALID;
    }

    return actions ? state : NGX_CONSENT_UNSET;
}


static ngx_uint_t
ngx_consent_cookieyes_category(const ngx_str_t *key)
{
    return !ngx_consent_source_is(key, "consentid")
           && !ngx_consent_source_is(key, "consent")
           && !ngx_consent_source_is(key, "action")
           && !ngx_consent_source_is(key, "lastRenewedDate");
}


/*
 * tarteaucitron: "!gtag=true!youtube=false!matomo=wait", as the visitor has
 * answered for each service.  A service is all between "!" and "=", where the
 * library itself looks for the end of it.
 */

void
ngx_consent_source_tarteaucitron(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t   text, rest, item, service, word;
    ngx_uint_t  no, yes, waits, answered;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &text) != NGX_OK
        || text.len == 0 || text.data[0] != '!')
    {
        return;
    }

    text.data++;
    text.len--;

    waits = 0;
    answered = 0;

    /* the library leaves no service twice: if one is, a no counts */

    for (no = 0; no < 2; no++) {

        rest = text;

        while (ngx_consent_text_item(&rest, '!', &item)) {

            if (!ngx_consent_text_pair(&item, '=', &service, &word)) {
                continue;
            }

            if (ngx_consent_source_is(&word, "wait")) {
                waits++;
                continue;
            }

            answered++;
            yes = ngx_consent_source_is(&word, "true");

            if (yes != no) {
                ngx_consent_source_say(answer, NGX_CONSENT_KEY_SERVICE,
                                       &service, yes);
            }
        }
    }

    if (answered) {
        answer->state = NGX_CONSENT_DECIDED;

    } else if (waits) {
        answer->state = NGX_CONSENT_UNSET;
    }
}
