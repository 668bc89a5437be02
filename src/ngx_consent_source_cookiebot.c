
/*
 * Cookiebot, CookieConsent: "-1", "0", or an object as JavaScript writes it:
 *     {stamp:'...',necessary:true,statistics:false,method:'explicit',utc:1}
 * Strings may hold commas, and what looks like a member.
 */

#include "ngx_consent_source_text.h"


typedef struct {
    ngx_str_t            key;
    ngx_str_t            value;         /* without its quotes */
    unsigned             quoted:1;
} ngx_consent_cookiebot_member_t;


static void ngx_consent_cookiebot_say(ngx_consent_answer_t *answer,
    ngx_uint_t yes, ngx_uint_t no);
static ngx_int_t ngx_consent_cookiebot_object(u_char *p, u_char *last,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_cookiebot_next(u_char **pos, u_char *last,
    ngx_consent_cookiebot_member_t *m);
static ngx_int_t ngx_consent_cookiebot_token(u_char **pos, u_char *last,
    ngx_str_t *token);
static u_char *ngx_consent_cookiebot_space(u_char *p, u_char *last);
static ngx_uint_t ngx_consent_cookiebot_category(const ngx_str_t *key);


static const ngx_str_t  ngx_consent_cookiebot_categories[] = {
    ngx_string("necessary"),
    ngx_string("preferences"),
    ngx_string("statistics"),
    ngx_string("marketing")
};

#define NGX_CONSENT_COOKIEBOT_CATEGORIES                                     \
    (sizeof(ngx_consent_cookiebot_categories) / sizeof(ngx_str_t))

#define NGX_CONSENT_COOKIEBOT_NECESSARY  1
#define NGX_CONSENT_COOKIEBOT_ALL                                            \
    ((1 << NGX_CONSENT_COOKIEBOT_CATEGORIES) - 1)


#define ngx_consent_cookiebot_is_word(c)                                     \
    (((c) >= '0' && (c) <= '9') || ((c) >= 'a' && (c) <= 'z')                \
     || ((c) >= 'A' && (c) <= 'Z') || (c) == '_' || (c) == '$'               \
     || (c) == '-' || (c) == '+' || (c) == '.' || (c) == '!')


void
ngx_consent_source_cookiebot(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t  text;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &text) != NGX_OK) {
        return;
    }

    /* a visitor from where no consent is needed */

    if (ngx_consent_source_is(&text, "-1")) {
        ngx_consent_cookiebot_say(answer, NGX_CONSENT_COOKIEBOT_ALL, 0);
        answer->state = NGX_CONSENT_IMPLIED;
        return;
    }

    if (ngx_consent_source_is(&text, "0")) {
        ngx_consent_cookiebot_say(answer, NGX_CONSENT_COOKIEBOT_NECESSARY,
                                  NGX_CONSENT_COOKIEBOT_ALL
                                  & ~NGX_CONSENT_COOKIEBOT_NECESSARY);
        answer->state = NGX_CONSENT_DECIDED;
        return;
    }

    if (text.len == 0 || text.data[0] != '{'
        || ngx_consent_cookiebot_object(text.data + 1, text.data + text.len,
                                        answer)
           != NGX_OK)
    {
        answer->state = NGX_CONSENT_INVALID;
    }
}


static void
ngx_consent_cookiebot_say(ngx_consent_answer_t *answer, ngx_uint_t yes,
    ngx_uint_t no)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_CONSENT_COOKIEBOT_CATEGORIES; i++) {

        if ((yes | no) & ((ngx_uint_t) 1 << i)) {
            ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY,
                                   &ngx_consent_cookiebot_categories[i],
                                   !(no & ((ngx_uint_t) 1 << i)));
        }
    }
}


/* Of a category that is there twice the no counts; p is after the '{'. */

static ngx_int_t
ngx_consent_cookiebot_object(u_char *p, u_char *last,
    ngx_consent_answer_t *answer)
{
    ngx_int_t                       rc;
    ngx_uint_t                      bit, yes, no;
    ngx_consent_cookiebot_member_t  m;

    yes = 0;
    no = 0;
    answer->state = NGX_CONSENT_DECIDED;

    while ((rc = ngx_consent_cookiebot_next(&p, last, &m)) == NGX_OK) {

        bit = ngx_consent_cookiebot_category(&m.key);

        if (bit) {

            if (!m.quoted && ngx_consent_source_is(&m.value, "true")) {
                yes |= bit;

            } else {
                no |= bit;
            }

        } else if (ngx_consent_source_is(&m.key, "stamp")) {

            if (ngx_consent_source_is(&m.value, "-1")) {
                answer->state = NGX_CONSENT_IMPLIED;
            }

        } else if (ngx_consent_source_is(&m.key, "method")) {

            if (!ngx_consent_source_is(&m.value, "explicit")) {
                answer->state = NGX_CONSENT_IMPLIED;
            }

        } else if (ngx_consent_source_is(&m.key, "utc")) {
            answer->time = ngx_consent_source_milliseconds(m.value.data,
                                                           m.value.len);
        }
    }

    if (rc != NGX_DONE || (yes | no) == 0) {
        return NGX_ERROR;
    }

    ngx_consent_cookiebot_say(answer, yes, no);

    return NGX_OK;
}


/* NGX_OK a member, NGX_DONE after the '}' that ends it all, or NGX_ERROR */

static ngx_int_t
ngx_consent_cookiebot_next(u_char **pos, u_char *last,
    ngx_consent_cookiebot_member_t *m)
{
    u_char  *p;

    p = ngx_consent_cookiebot_space(*pos, last);

    if (p < last && *p == '}') {
        p = ngx_consent_cookiebot_space(p + 1, last);
        return p == last ? NGX_DONE : NGX_ERROR;
    }

    if (ngx_consent_cookiebot_token(&p, last, &m->key) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_consent_cookiebot_space(p, last);

    if (p == last || *p++ != ':') {
        return NGX_ERROR;
    }

    p = ngx_consent_cookiebot_space(p, last);

    m->quoted = (p < last && (*p == '\'' || *p == '"'));

    if (ngx_consent_cookiebot_token(&p, last, &m->value) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_consent_cookiebot_space(p, last);

    if (p == last) {
        return NGX_ERROR;
    }

    if (*p == ',') {
        p++;

    } else if (*p != '}') {
        return NGX_ERROR;
    }

    *pos = p;

    return NGX_OK;
}


/* A string, or a name or number; what a string escapes stays as it is. */

static ngx_int_t
ngx_consent_cookiebot_token(u_char **pos, u_char *last, ngx_str_t *token)
{
    u_char  *p, quote;

    p = *pos;

    if (p == last) {
        return NGX_ERROR;
    }

    quote = *p;

    if (quote == '\'' || quote == '"') {

        token->data = ++p;

        while (p < last && *p != quote) {
            p += (*p == '\\' && last - p > 1) ? 2 : 1;
        }

        if (p == last) {
            return NGX_ERROR;
        }

        token->len = p - token->data;
        *pos = p + 1;

        return NGX_OK;
    }

    token->data = p;

    while (p < last && ngx_consent_cookiebot_is_word(*p)) {
        p++;
    }

    token->len = p - token->data;
    *pos = p;

    return token->len ? NGX_OK : NGX_ERROR;
}


static u_char *
ngx_consent_cookiebot_space(u_char *p, u_char *last)
{
    while (p < last && (*p == ' ' || (*p >= '\t' && *p <= '\r'))) {
        p++;
    }

    return p;
}


/* its bit, or 0 */

static ngx_uint_t
ngx_consent_cookiebot_category(const ngx_str_t *key)
{
    ngx_uint_t        i;
    const ngx_str_t  *category;

    for (i = 0; i < NGX_CONSENT_COOKIEBOT_CATEGORIES; i++) {

        category = &ngx_consent_cookiebot_categories[i];

        if (category->len == key->len
            && memcmp(category->data, key->data, key->len) == 0)
        {
            return (ngx_uint_t) 1 << i;
        }
    }

    return 0;
}
