
#include "ngx_consent_charset.h"


/* how a page may begin that says what it is in */

#define NGX_CONSENT_SNIFF_BEGINNINGS  6
#define NGX_CONSENT_SNIFF_LONGEST     6
#define NGX_CONSENT_SNIFF_MARKS       0x07      /* byte order marks */
#define NGX_CONSENT_SNIFF_ALL         0x3f

typedef struct {
    u_char                 len;
    u_char                 bytes[NGX_CONSENT_SNIFF_LONGEST];
    ngx_consent_charset_e  charset;
} ngx_consent_sniff_beginning_t;


static const ngx_consent_sniff_beginning_t  ngx_consent_sniff_beginnings[] = {

    { 3, { 0xef, 0xbb, 0xbf },              NGX_CONSENT_CHARSET_UTF_8 },
    { 2, { 0xfe, 0xff },                    NGX_CONSENT_CHARSET_UTF_16BE },
    { 2, { 0xff, 0xfe },                    NGX_CONSENT_CHARSET_UTF_16LE },

    { 6, { '<', 0, '?', 0, 'x', 0 },        NGX_CONSENT_CHARSET_UTF_16LE },
    { 6, { 0, '<', 0, '?', 0, 'x' },        NGX_CONSENT_CHARSET_UTF_16BE },
    { 5, { '<', '?', 'x', 'm', 'l' },       NGX_CONSENT_CHARSET_NONE }
};


/* where in an XML declaration (HTML, "get an XML encoding") */

typedef enum {
    sniff_beginning = 0,
    sniff_word,                         /* before the end of "encoding" */
    sniff_equals,
    sniff_quote,
    sniff_label,
    sniff_rest                          /* all but the '>' is there */
} ngx_consent_sniff_state_e;


static const ngx_str_t  ngx_consent_charset_word = ngx_string("charset");
static const ngx_str_t  ngx_consent_sniff_word = ngx_string("encoding");
static const ngx_str_t  ngx_consent_meta_pragma = ngx_string("content-type");


static ngx_uint_t ngx_consent_charset_equal(const u_char *p, size_t len,
    const u_char *s, size_t n);
static const u_char *ngx_consent_charset_value_end(const u_char *p,
    const u_char *last);
static ngx_uint_t ngx_consent_charset_param(const u_char **pos,
    const u_char *last, ngx_consent_charset_e *charset);
static ngx_consent_charset_e ngx_consent_charset_quoted(const u_char **pos,
    const u_char *last);
static ngx_uint_t ngx_consent_meta_extract(const u_char *p, size_t len,
    ngx_consent_charset_e *charset);
static ngx_int_t ngx_consent_sniff_byte(ngx_consent_sniff_t *s, u_char c);
static ngx_int_t ngx_consent_sniff_start(ngx_consent_sniff_t *s, u_char c);


#define ngx_consent_charset_blank(c)  ((c) == ' ' || (c) == '\t')


static ngx_uint_t
ngx_consent_charset_equal(const u_char *p, size_t len, const u_char *s,
    size_t n)
{
    size_t  i;

    if (len != n) {
        return 0;
    }

    for (i = 0; i < n; i++) {
        if (ngx_consent_tolower(p[i]) != ngx_consent_tolower(s[i])) {
            return 0;
        }
    }

    return 1;
}


/*
 * A value may be several, joined by commas as equal header lines are: a later
 * one with a charset wins, and so does one of another type without.
 */

ngx_consent_charset_e
ngx_consent_charset_header(const u_char *p, size_t len)
{
    size_t                  n;
    ngx_uint_t              found;
    const u_char           *last, *end, *type;
    ngx_str_t               before;
    ngx_consent_charset_e   charset, named;

    charset = NGX_CONSENT_CHARSET_NONE;
    before.len = 0;
    before.data = NULL;

    for (last = p + len; p < last; p = end < last ? end + 1 : last) {

        end = ngx_consent_charset_value_end(p, last);

        if (memchr(p, '/', end - p) == NULL) {
            continue;
        }

        while (ngx_consent_charset_blank(*p)) {
            p++;
        }

        type = p;

        while (p < end && *p != ';' && !ngx_consent_charset_blank(*p)) {
            p++;
        }

        n = p - type;

        named = NGX_CONSENT_CHARSET_NONE;

        for (found = 0; p < end && !found; /* void */) {

            p = memchr(p, ';', end - p);
            if (p == NULL) {
                break;
            }

            p++;
            found = ngx_consent_charset_param(&p, end, &named);
        }

        if (found) {
            charset = named;

        } else if (!ngx_consent_charset_equal(type, n, before.data,
                                              before.len))
        {
            charset = NGX_CONSENT_CHARSET_NONE;
        }

        before.data = (u_char *) type;
        before.len = n;
    }

    return charset;
}


/* the comma after a value, or last */

static const u_char *
ngx_consent_charset_value_end(const u_char *p, const u_char *last)
{
    ngx_uint_t  quoted;

    quoted = 0;

    for ( /* void */ ; p < last; p++) {

        if (*p == '"') {
            quoted = !quoted;

        } else if (*p == '\\' && quoted) {
            p++;

        } else if (*p == ',' && !quoted) {
            return p;
        }
    }

    return last;
}


/* One parameter, past its ';': 1 if it is a charset. */

static ngx_uint_t
ngx_consent_charset_param(const u_char **pos, const u_char *last,
    ngx_consent_charset_e *charset)
{
    ngx_uint_t             is;
    const u_char          *p, *name;
    ngx_consent_charset_e  quoted;

    p = *pos;

    while (p < last && ngx_consent_charset_blank(*p)) {
        p++;
    }

    name = p;

    while (p < last && *p != ';' && *p != '=') {
        p++;
    }

    *pos = p;

    if (p == last || *p == ';') {
        return 0;
    }

    is = ngx_consent_charset_equal(name, p - name,
                                   ngx_consent_charset_word.data,
                                   ngx_consent_charset_word.len);

    do {
        p++;
    } while (p < last && ngx_consent_charset_blank(*p));

    if (p < last && *p == '"') {
        p++;
        quoted = ngx_consent_charset_quoted(&p, last);
        *pos = p;

        if (is) {
            *charset = quoted;
        }

        return is;
    }

    name = p;

    while (p < last && *p != ';') {
        p++;
    }

    *pos = p;

    /* an empty value is none, unless it is quoted */

    if (!is || p == name) {
        return 0;
    }

    *charset = ngx_consent_charset_label(name, p - name);

    return 1;
}


/* The label in a quoted string; the closing quote may be missing. */

static ngx_consent_charset_e
ngx_consent_charset_quoted(const u_char **pos, const u_char *last)
{
    u_char         label[NGX_CONSENT_CHARSET_MAX_LABEL + 1];
    size_t         n;
    const u_char  *p;

    n = 0;

    for (p = *pos; p < last && *p != '"'; p++) {

        if (*p == '\\' && p + 1 < last) {
            p++;
        }

        if (ngx_consent_charset_blank(*p)
            && (n == 0 || n > NGX_CONSENT_CHARSET_MAX_LABEL - 1))
        {
            continue;
        }

        /* one byte more than any label has: none of them */

        if (n < sizeof(label)) {
            label[n++] = *p;
        }
    }

    *pos = p < last ? p + 1 : last;

    return ngx_consent_charset_label(label, n);
}


void
ngx_consent_charset_meta(ngx_consent_meta_t *m, ngx_consent_meta_e attr,
    const u_char *p, size_t len)
{
    switch (attr) {

    case NGX_CONSENT_META_CHARSET:
        m->charset = ngx_consent_charset_label(p, len);
        m->named = 1;
        break;

    case NGX_CONSENT_META_HTTP_EQUIV:
        m->pragma |= ngx_consent_charset_equal(p, len,
                                               ngx_consent_meta_pragma.data,
                                               ngx_consent_meta_pragma.len);
        break;

    case NGX_CONSENT_META_CONTENT:
        if (!m->named) {
            m->content |= ngx_consent_meta_extract(p, len, &m->charset);
        }
    }
}


ngx_consent_charset_e
ngx_consent_charset_meta_end(const ngx_consent_meta_t *m)
{
    if (!m->named && !(m->content && m->pragma)) {
        return NGX_CONSENT_CHARSET_NONE;
    }

    switch (m->charset) {

    case NGX_CONSENT_CHARSET_UTF_16BE:
    case NGX_CONSENT_CHARSET_UTF_16LE:
        return NGX_CONSENT_CHARSET_UTF_8;

    case NGX_CONSENT_CHARSET_X_USER_DEFINED:
        return NGX_CONSENT_CHARSET_WINDOWS_1252;

    default:
        return m->charset;
    }
}


/* The label in a content attribute: 1 if there is one, known or not. */

static ngx_uint_t
ngx_consent_meta_extract(const u_char *p, size_t len,
    ngx_consent_charset_e *charset)
{
    u_char         quote;
    size_t         n;
    const u_char  *last, *label;

    last = p + len;
    n = ngx_consent_charset_word.len;

    *charset = NGX_CONSENT_CHARSET_NONE;

    while ((size_t) (last - p) > n) {

        if (!ngx_consent_charset_equal(p, n, ngx_consent_charset_word.data,
                                       n))
        {
            p++;
            continue;
        }

        p += n;

        while (p < last && *p <= ' ') {
            p++;
        }

        if (p == last || *p != '=') {
            continue;
        }

        do {
            p++;
        } while (p < last && *p <= ' ');

        if (p == last) {
            return 0;
        }

        label = p;

        if (*p == '"' || *p == '\'') {
            quote = *p;
            label++;

            p = memchr(label, quote, last - label);
            if (p == NULL) {
                return 0;
            }

        } else {
            while (p < last && *p > ' ' && *p != ';' && *p != '"'
                   && *p != '\'')
            {
                p++;
            }
        }

        *charset = ngx_consent_charset_label(label, p - label);

        return p != label;
    }

    return 0;
}


void
ngx_consent_sniff_init(ngx_consent_sniff_t *s, ngx_consent_charset_e header)
{
    s->charset = header;
    s->sure = (header != NGX_CONSENT_CHARSET_NONE);
    s->mark = 0;
    s->state = sniff_beginning;
    s->alive = s->sure ? NGX_CONSENT_SNIFF_MARKS : NGX_CONSENT_SNIFF_ALL;
    s->n = 0;
    s->off = 0;
}


ngx_int_t
ngx_consent_sniff(ngx_consent_sniff_t *s, const u_char *p, size_t len,
    ngx_uint_t end)
{
    const u_char  *last;

    for (last = p + len; p < last; p++) {
        if (ngx_consent_sniff_byte(s, *p) == NGX_OK) {
            return NGX_OK;
        }
    }

    return end ? NGX_OK : NGX_AGAIN;
}


static ngx_int_t
ngx_consent_sniff_byte(ngx_consent_sniff_t *s, u_char c)
{
    if (s->state == sniff_beginning) {
        return ngx_consent_sniff_start(s, c);
    }

    if (++s->off == NGX_CONSENT_CHARSET_DECLARATION
        || (c == '>' && s->state != sniff_rest))
    {
        return NGX_OK;
    }

    switch (s->state) {

    case sniff_word:

        if (c == ngx_consent_sniff_word.data[s->n]) {
            s->n++;

        } else {
            s->n = (c == ngx_consent_sniff_word.data[0]);
        }

        if (s->n == ngx_consent_sniff_word.len) {
            s->state = sniff_equals;
        }

        return NGX_AGAIN;

    case sniff_equals:
    case sniff_quote:

        if (c <= ' ') {
            return NGX_AGAIN;
        }

        if (s->state == sniff_equals) {
            s->state = sniff_quote;
            return c == '=' ? NGX_AGAIN : NGX_OK;
        }

        s->quote = c;
        s->n = 0;
        s->state = sniff_label;

        return (c == '"' || c == '\'') ? NGX_AGAIN : NGX_OK;

    case sniff_label:

        if (c == s->quote) {
            s->state = sniff_rest;
            return NGX_AGAIN;
        }

        if (c <= ' ' || s->n == NGX_CONSENT_CHARSET_MAX_LABEL) {
            return NGX_OK;
        }

        s->label[s->n++] = c;

        return NGX_AGAIN;

    default: /* sniff_rest */

        if (c != '>') {
            return NGX_AGAIN;
        }

        s->charset = ngx_consent_charset_label(s->label, s->n);

        /* it was read as ASCII, so it cannot be true */

        if (ngx_consent_charset_bytes(s->charset) == NGX_CONSENT_BYTES_UTF_16) {
            s->charset = NGX_CONSENT_CHARSET_UTF_8;
        }

        return NGX_OK;
    }
}


static ngx_int_t
ngx_consent_sniff_start(ngx_consent_sniff_t *s, u_char c)
{
    ngx_uint_t                            i;
    const ngx_consent_sniff_beginning_t  *b;

    for (i = 0; i < NGX_CONSENT_SNIFF_BEGINNINGS; i++) {

        if (!(s->alive & (1 << i))) {
            continue;
        }

        b = &ngx_consent_sniff_beginnings[i];

        if (c != b->bytes[s->off]) {
            s->alive &= ~(1 << i);
            continue;
        }

        if (s->off + 1 < b->len) {
            continue;
        }

        if (b->charset == NGX_CONSENT_CHARSET_NONE) {
            s->state = sniff_word;
            break;
        }

        s->charset = b->charset;
        s->sure = 1;
        s->mark = (b->charset == NGX_CONSENT_CHARSET_UTF_8);

        return NGX_OK;
    }

    s->off++;

    return s->alive ? NGX_AGAIN : NGX_OK;
}
