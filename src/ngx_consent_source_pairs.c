
/* Formats of one cookie that holds keys and words: OneTrust, CookieYes, ... */

#include "ngx_consent_source_text.h"


static ngx_int_t ngx_consent_onetrust_groups(const ngx_consent_asked_t *asked,
    const ngx_str_t *groups, ngx_consent_answer_t *answer);
static ngx_uint_t ngx_consent_onetrust_acted(const u_char *p,
    const u_char *last);
static ngx_uint_t ngx_consent_onetrust_closed(const ngx_consent_asked_t *asked,
    time_t *when);
static ngx_consent_state_e ngx_consent_cookieyes_action(const ngx_str_t *word,
    ngx_consent_state_e state);
static ngx_uint_t ngx_consent_cookieyes_category(const ngx_str_t *key);


/*
 * OneTrust, OptanonConsent: parameters as in a query, each value encoded on its
 * own, so they are split first.
 */

void
ngx_consent_source_onetrust(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    u_char      *p, *end, *last;
    time_t       when;
    ngx_str_t    item, groups;
    ngx_uint_t   acted, awaits;

    answer->state = NGX_CONSENT_INVALID;

    acted = 0;
    awaits = 0;
    groups.data = NULL;

    last = value->data + value->len;

    for (p = value->data; p < last; p = end + 1) {

        end = memchr(p, '&', last - p);
        if (end == NULL) {
            end = last;
        }

        item.data = p;
        item.len = end - p;

        if (p[0] != 'g' && p[0] != 'i' && p[0] != 'A') {
            continue;
        }

        if (ngx_consent_text_begins(&item, "groups=")) {

            if (groups.data) {
                return;
            }

            groups.data = p + sizeof("groups=") - 1;
            groups.len = end - groups.data;

        } else if (ngx_consent_text_begins(&item, "intType=")) {
            acted = ngx_consent_onetrust_acted(p + sizeof("intType=") - 1, end);

        } else if (ngx_consent_source_is(&item, "AwaitingReconsent=true")) {
            awaits = 1;
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
    ngx_str_t                text, rest, item, group, on;
    ngx_consent_text_told_t  told;

    if (ngx_consent_text_plain(asked->buf, groups, &text) != NGX_OK) {
        return NGX_ERROR;
    }

    memset(&told, 0, sizeof(ngx_consent_text_told_t));

    told.answer = answer;
    told.of = NGX_CONSENT_KEY_CATEGORY;

    do {
        rest = text;

        while (ngx_consent_text_item(&rest, ',', &item)) {

            if (ngx_consent_text_pair(&item, ':', &group, &on)) {
                ngx_consent_text_tell(&told, &group,
                                      ngx_consent_source_is(&on, "1"));
            }
        }

    } while (ngx_consent_text_again(&told));

    return NGX_OK;
}


/* intType is how the banner was closed: a number, 0 where it was not */

static ngx_uint_t
ngx_consent_onetrust_acted(const u_char *p, const u_char *last)
{
    ngx_uint_t  acted;

    acted = 0;

    for ( /* void */ ; p < last; p++) {

        if (*p < '0' || *p > '9') {
            return 0;
        }

        acted |= *p - '0';
    }

    return acted;
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
    ngx_str_t                text, rest, item, key, word;
    ngx_uint_t               pairs, actions;
    ngx_consent_state_e      state;
    ngx_consent_text_told_t  told;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &text) != NGX_OK) {
        return;
    }

    pairs = 0;
    actions = 0;
    state = NGX_CONSENT_DECIDED;

    memset(&told, 0, sizeof(ngx_consent_text_told_t));

    told.answer = answer;
    told.of = NGX_CONSENT_KEY_CATEGORY;

    do {
        rest = text;

        while (ngx_consent_text_item(&rest, ',', &item)) {

            if (!ngx_consent_text_pair(&item, ':', &key, &word)) {
                continue;
            }

            pairs++;

            if (ngx_consent_source_is(&key, "action")) {
                actions++;
                state = ngx_consent_cookieyes_action(&word, state);

            } else if (ngx_consent_cookieyes_category(&key)) {
                ngx_consent_text_tell(&told, &key,
                                      ngx_consent_source_is(&word, "yes"));
            }
        }

    } while (ngx_consent_text_again(&told));

    if (pairs) {
        answer->state = actions ? state : NGX_CONSENT_UNSET;
    }
}


/* The weaker of the state so far and what an action says. */

static ngx_consent_state_e
ngx_consent_cookieyes_action(const ngx_str_t *word, ngx_consent_state_e state)
{
    ngx_consent_state_e  said;

    if (ngx_consent_source_is(word, "yes")) {
        said = NGX_CONSENT_DECIDED;

    } else if (ngx_consent_source_is(word, "no")) {
        said = NGX_CONSENT_IMPLIED;

    } else {
        said = word->len ? NGX_CONSENT_INVALID : NGX_CONSENT_UNSET;
    }

    return said < state ? said : state;
}


static ngx_uint_t
ngx_consent_cookieyes_category(const ngx_str_t *key)
{
    return !ngx_consent_source_is(key, "consentid")
           && !ngx_consent_source_is(key, "consent")
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
    ngx_str_t                text, rest, item, service, word;
    ngx_uint_t               waits, answered;
    ngx_consent_text_told_t  told;

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

    memset(&told, 0, sizeof(ngx_consent_text_told_t));

    told.answer = answer;
    told.of = NGX_CONSENT_KEY_SERVICE;

    do {
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
            ngx_consent_text_tell(&told, &service,
                                  ngx_consent_source_is(&word, "true"));
        }

    } while (ngx_consent_text_again(&told));

    if (answered) {
        answer->state = NGX_CONSENT_DECIDED;

    } else if (waits) {
        answer->state = NGX_CONSENT_UNSET;
    }
}
