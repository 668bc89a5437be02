
/*
 * Cookiebot, CookieConsent: "-1", "0", or an object as JavaScript writes it:
 *     {stamp:'...',necessary:true,statistics:false,method:'explicit',utc:1}
 * Strings may hold commas, and what looks like a member.
 */

#include "ngx_consent_source_text.h"


typedef struct {
    ngx_str_t            key;
    ngx_str_t            value;         /* without its quotes */
    ngx_uint_t           quoted;
} ngx_consent_cookiebot_member_t;


static void ngx_consent_cookiebot_say(ngx_consent_answer_t *answer,
    ngx_uint_t yes, ngx_uint_t no);
static ngx_int_t ngx_consent_cookiebot_object(u_char *p, u_char *last,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_cookiebot_next(u_char **pos, u_char *last,
    ngx_consent_cookiebot_member_t *m);
static u_char *ngx_consent_cookiebot_token(u_char *p, u_char *last,
    u_char delimiter, ngx_str_t *token);
static ngx_uint_t ngx_consent_cookiebot_is_token(const ngx_str_t *token);
static u_char *ngx_consent_cookiebot_space(u_char *p, u_char *last);
static ngx_uint_t ngx_consent_cookiebot_category(const ngx_str_t *key);


#define NGX_CONSENT_COOKIEBOT_NECESSARY    0x01
#define NGX_CONSENT_COOKIEBOT_PREFERENCES  0x02
#define NGX_CONSENT_COOKIEBOT_STATISTICS   0x04
#define NGX_CONSENT_COOKIEBOT_MARKETING    0x08
#define NGX_CONSENT_COOKIEBOT_ALL          0x0f

/* in the order of the bits */

static const ngx_str_t  ngx_consent_cookiebot_categories[] = {
    ngx_string("necessary"),
    ngx_string("preferences"),
    ngx_string("statistics"),
    ngx_string("marketing")
};

#define NGX_CONSENT_COOKIEBOT_CATEGORIES                                     \
    (sizeof(ngx_consent_cookiebot_categories) / sizeof(ngx_str_t))


#define ngx_consent_cookiebot_is_space(c)                                    \
    ((c) <= ' ' && ((c) == ' ' || ((c) >= '\t' && (c) <= '\r')))

/* of names and numbers */

#define ngx_consent_cookiebot_is_word(c)                                     \
    (ngx_consent_cookiebot_words[c >> 5] & ((uint32_t) 1 << (c & 0x1f)))

static const uint32_t  ngx_consent_cookiebot_words[] = {
    0x00000000,

    /* ?>=< ;:98 7654 3210  /.-, +*)( '&%$ #"!  */
    0x03ff6812, /* 0000 0011 1111 1111  0110 1000 0001 0010 */

    /* _^]\ [ZYX WVUT SRQP  ONML KJIH GFED CBA@ */
    0x87fffffe, /* 1000 0111 1111 1111  1111 1111 1111 1110 */

    /*  ~}| {zyx wvut srqp  onml kjih gfed cba` */
    0x07fffffe, /* 0000 0111 1111 1111  1111 1111 1111 1110 */

    0x00000000, 0x00000000, 0x00000000, 0x00000000
};


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

    /* its script writes no escapes: with one, a string might end elsewhere */

    if (text.len < 2 || text.data[0] != '{' || text.data[text.len - 1] != '}'
        || memchr(text.data, '\\', text.len)
        || ngx_consent_cookiebot_object(text.data + 1,
                                        text.data + text.len - 1, answer)
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


/*
 * What is between the braces.  Of a category that is there twice the no counts,
 * and whatever is not true is a no.
 */

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

        } else if (!ngx_consent_cookiebot_is_token(&m.key)
                   || (!m.quoted && !ngx_consent_cookiebot_is_token(&m.value)))
        {
            return NGX_ERROR;
        }
    }

    if (rc != NGX_DONE || (yes | no) == 0) {
        return NGX_ERROR;
    }

    ngx_consent_cookiebot_say(answer, yes, no);

    return NGX_OK;
}


/* NGX_OK a member, NGX_DONE after the last, or NGX_ERROR */

static ngx_int_t
ngx_consent_cookiebot_next(u_char **pos, u_char *last,
    ngx_consent_cookiebot_member_t *m)
{
    u_char  *p;

    p = ngx_consent_cookiebot_space(*pos, last);

    if (p == last) {
        return NGX_DONE;
    }

    p = ngx_consent_cookiebot_token(p, last, ':', &m->key);

    if (p == NULL || p == last) {
        return NGX_ERROR;
    }

    p = ngx_consent_cookiebot_space(p + 1, last);

    if (p == last) {
        return NGX_ERROR;
    }

    m->quoted = (*p == '\'' || *p == '"');

    p = ngx_consent_cookiebot_token(p, last, ',', &m->value);

    if (p == NULL) {
        return NGX_ERROR;
    }

    *pos = (p < last) ? p + 1 : last;

    return NGX_OK;
}


/*
 * A string, or anything up to the delimiter that is not empty: last, or the
 * delimiter after it; NULL: it is neither.
 */

static u_char *
ngx_consent_cookiebot_token(u_char *p, u_char *last, u_char delimiter,
    ngx_str_t *token)
{
    u_char  *end, *next, quote;

    quote = *p;

    if (quote == '\'' || quote == '"') {

        p++;
        end = memchr(p, quote, last - p);

        if (end == NULL) {
            return NULL;
        }

        next = ngx_consent_cookiebot_space(end + 1, last);

        token->data = p;
        token->len = end - p;

        return (next == last || *next == delimiter) ? next : NULL;
    }

    next = memchr(p, delimiter, last - p);
    next = next ? next : last;

    for (end = next; end > p && ngx_consent_cookiebot_is_space(end[-1]); end--)
    {
        /* void */
    }

    token->data = p;
    token->len = end - p;

    return token->len ? next : NULL;
}


static ngx_uint_t
ngx_consent_cookiebot_is_token(const ngx_str_t *token)
{
    u_char  c;
    size_t  i;

    for (i = 0; i < token->len; i++) {

        c = token->data[i];

        if (!ngx_consent_cookiebot_is_word(c)) {
            return 0;
        }
    }

    return token->len != 0;
}


static u_char *
ngx_consent_cookiebot_space(u_char *p, u_char *last)
{
    while (p < last && ngx_consent_cookiebot_is_space(*p)) {
        p++;
    }

    return p;
}


/* its bit, or 0 */

static ngx_uint_t
ngx_consent_cookiebot_category(const ngx_str_t *key)
{
    if (ngx_consent_source_is(key, "necessary")) {
        return NGX_CONSENT_COOKIEBOT_NECESSARY;
    }

    if (ngx_consent_source_is(key, "preferences")) {
        return NGX_CONSENT_COOKIEBOT_PREFERENCES;
    }

    if (ngx_consent_source_is(key, "statistics")) {
        return NGX_CONSENT_COOKIEBOT_STATISTICS;
    }

    if (ngx_consent_source_is(key, "marketing")) {
        return NGX_CONSENT_COOKIEBOT_MARKETING;
    }

    return 0;
}
