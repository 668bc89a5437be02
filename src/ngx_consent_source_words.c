
/* Formats of one word: Osano's open-source banner, the US Privacy string. */

#include "ngx_consent_json.h"
#include "ngx_consent_source_text.h"


static ngx_int_t ngx_consent_usprivacy_json(u_char *buf, ngx_str_t *text);


/*
 * Osano's cookieconsent: the word does not tell whether the page asked for
 * consent or only informed, so "dismiss" is no choice.
 */

void
ngx_consent_source_osano(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t  text;

    static const ngx_str_t  allow = ngx_string("allow");

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &text) != NGX_OK) {
        return;
    }

    if (ngx_consent_source_is(&text, "allow")) {
        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &allow, 1);
        answer->state = NGX_CONSENT_DECIDED;

    } else if (ngx_consent_source_is(&text, "deny")) {
        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &allow, 0);
        answer->state = NGX_CONSENT_DECIDED;

    } else if (ngx_consent_source_is(&text, "dismiss")) {
        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &text, 1);
        answer->state = NGX_CONSENT_IMPLIED;
    }
}


/*
 * IAB US Privacy String 1: notice, opt-out of sale, LSPA.
 */

void
ngx_consent_source_usprivacy(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t   text;
    ngx_uint_t  refused;

    static const ngx_str_t  sale = ngx_string("sale");

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &text) != NGX_OK
        || (text.len && text.data[0] == '{'
            && ngx_consent_usprivacy_json(asked->buf, &text) != NGX_OK))
    {
        return;
    }

    answer->state = ngx_consent_source_usp(&text, &refused);

    if (answer->state == NGX_CONSENT_DECIDED) {
        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &sale,
                               !refused);
    }
}


/* iubenda writes {"uspString":"1YN-",...}: text becomes the string. */

static ngx_int_t
ngx_consent_usprivacy_json(u_char *buf, ngx_str_t *text)
{
    u_char     *p, *last, c;
    ngx_str_t   key, word;

    /* strings are decoded where they stand, so not in the request */

    if (text->data != buf) {
        memcpy(buf, text->data, text->len);
    }

    word.data = NULL;
    p = buf;
    last = p + text->len;

    do {
        p++;                            /* the '{', then each ',' */

        if (ngx_consent_json_peek(&p, last) != '"'
            || ngx_consent_json_string(&p, last, &key) != NGX_OK
            || ngx_consent_json_peek(&p, last) != ':')
        {
            return NGX_ERROR;
        }

        p++;
        c = ngx_consent_json_peek(&p, last);

        if (!ngx_consent_source_is(&key, "uspString")) {

            if (ngx_consent_json_skip(&p, last) != NGX_OK) {
                return NGX_ERROR;
            }

        } else if (c != '"'
                   || ngx_consent_json_string(&p, last, &word) != NGX_OK)
        {
            return NGX_ERROR;
        }

    } while (ngx_consent_json_peek(&p, last) == ',');

    if (p == last || *p++ != '}' || ngx_consent_json_peek(&p, last) != 0
        || p != last || word.data == NULL)
    {
        return NGX_ERROR;
    }

    *text = word;

    return NGX_OK;
}


ngx_consent_state_e
ngx_consent_source_usp(const ngx_str_t *word, ngx_uint_t *refused)
{
    u_char  c[3];
    size_t  i;

    if (word->len != sizeof("1YNN") - 1 || word->data[0] != '1') {
        return NGX_CONSENT_INVALID;
    }

    for (i = 0; i < sizeof(c); i++) {
        c[i] = ngx_consent_tolower(word->data[i + 1]);

        if (c[i] != 'y' && c[i] != 'n' && c[i] != '-') {
            return NGX_CONSENT_INVALID;
        }
    }

    if (c[1] == '-') {

        /* the law does not apply, so nothing else may be said */

        return (c[0] == '-' && c[2] == '-') ? NGX_CONSENT_UNSET
                                            : NGX_CONSENT_INVALID;
    }

    *refused = (c[1] == 'y');

    return NGX_CONSENT_DECIDED;
}
