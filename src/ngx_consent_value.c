
#include "ngx_consent_value.h"
#include "ngx_consent_entity.h"
#include "ngx_consent_word.h"


static size_t ngx_consent_value_decode(u_char *dst, size_t size,
    const u_char *p, size_t len, ngx_uint_t literal);
static size_t ngx_consent_value_step(const u_char *p, const u_char *last,
    ngx_uint_t literal, u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len);


void
ngx_consent_value_init(ngx_consent_value_t *v, const u_char *p, size_t len)
{
    v->start = p;
    v->p = p;
    v->last = p + len;
    v->decoded = 0;
    v->literal = 0;
}


size_t
ngx_consent_value_raw(ngx_consent_value_t *v, size_t at)
{
    size_t  n, len;
    u_char  text[NGX_CONSENT_ENTITY_MAX];

    while (v->p < v->last && v->decoded < at) {

        n = ngx_consent_value_step(v->p, v->last, v->literal, text, &len);

        /* within the text of one reference: it belongs to its beginning */

        if (v->decoded + len > at) {
            break;
        }

        v->p += n;
        v->decoded += len;
    }

    return v->p - v->start;
}


size_t
ngx_consent_value_text(u_char *dst, size_t size, const u_char *p, size_t len)
{
    return ngx_consent_value_decode(dst, size, p, len, 0);
}


size_t
ngx_consent_value_literal(u_char *dst, size_t size, const u_char *p, size_t len)
{
    return ngx_consent_value_decode(dst, size, p, len, 1);
}


static size_t
ngx_consent_value_decode(u_char *dst, size_t size, const u_char *p, size_t len,
    ngx_uint_t literal)
{
    size_t         n, ntext;
    u_char        *d, text[NGX_CONSENT_ENTITY_MAX];
    const u_char  *last, *amp;

    d = dst;
    last = p + len;

    while (p < last && size) {

        amp = memchr(p, '&', last - p);
        n = (amp ? amp : last) - p;

        if (n) {
            n = n < size ? n : size;
            memcpy(d, p, n);
            p += n;

        } else {
            p += ngx_consent_value_step(p, last, literal, text, &ntext);
            n = ntext < size ? ntext : size;
            memcpy(d, text, n);
        }

        d += n;
        size -= n;
    }

    return d - dst;
}


/* Bytes of what stands at p, and its text. */

static size_t
ngx_consent_value_step(const u_char *p, const u_char *last, ngx_uint_t literal,
    u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len)
{
    size_t  n;

    n = (*p == '&' && (!literal || (last - p > 1 && p[1] == '#')))
        ? ngx_consent_entity(p, last, text, len) : 0;

    if (n) {
        return n;
    }

    text[0] = *p;
    *len = 1;

    return 1;
}


size_t
ngx_consent_value_word(u_char dst[NGX_CONSENT_VALUE_WORD], const u_char *p,
    size_t len)
{
    size_t    n, i, from;
    uint64_t  w;

    n = ngx_consent_value_text(dst, NGX_CONSENT_VALUE_WORD, p, len);

    for (from = 0; from < n && ngx_consent_value_space(dst[from]); from++) {
        /* void */
    }

    while (n > from && ngx_consent_value_space(dst[n - 1])) {
        n--;
    }

    if (from) {
        n -= from;

        for (i = 0; i < n; i++) {
            dst[i] = dst[i + from];
        }
    }

    /* dst has room for whole words */

    for (i = 0; i < n; i += NGX_CONSENT_WORD) {
        memcpy(&w, dst + i, NGX_CONSENT_WORD);
        w = ngx_consent_word_lower(w);
        memcpy(dst + i, &w, NGX_CONSENT_WORD);
    }

    return n;
}


ngx_uint_t
ngx_consent_value_is(const ngx_consent_attr_t *attr, const u_char *tag,
    const ngx_str_t *word)
{
    size_t  n;
    u_char  text[NGX_CONSENT_VALUE_WORD];

    n = ngx_consent_value_word(text, tag + attr->value, attr->value_len);

    return n == word->len && memcmp(text, word->data, n) == 0;
}


ngx_uint_t
ngx_consent_value_in(const ngx_str_t *words, const u_char *s, size_t len)
{
    for ( /* void */ ; words->len; words++) {
        if (words->len == len && memcmp(words->data, s, len) == 0) {
            return 1;
        }
    }

    return 0;
}


ngx_int_t
ngx_consent_value_token(const u_char **pos, const u_char *last,
    ngx_str_t *token)
{
    const u_char  *p, *start;

    for (p = *pos; p < last && ngx_consent_value_space(*p); p++) { /* void */ }

    start = p;

    while (p < last && (*p > ' ' || !ngx_consent_value_space(*p))) {
        p++;
    }

    *pos = p;

    token->data = (u_char *) start;
    token->len = p - start;

    return token->len ? NGX_OK : NGX_DONE;
}


ngx_uint_t
ngx_consent_value_refresh(const u_char *p, size_t len, ngx_str_t *url)
{
    const u_char  *last, *start;

    last = p + len;

    while (p < last && ngx_consent_value_space(*p)) {
        p++;
    }

    for (start = p; p < last && (*p == '.' || (*p >= '0' && *p <= '9')); p++) {
        /* void */
    }

    if (p == start || p == last
        || (*p != ';' && *p != ',' && !ngx_consent_value_space(*p)))
    {
        return 0;
    }

    while (p < last && ngx_consent_value_space(*p)) {
        p++;
    }

    if (p < last && (*p == ';' || *p == ',')) {
        p++;
    }

    ngx_consent_value_refresh_url(p, last - p, url);

    return 1;
}


void
ngx_consent_value_refresh_url(const u_char *p, size_t len, ngx_str_t *url)
{
    u_char         quote;
    const u_char  *last, *start;

    last = p + len;

    while (p < last && ngx_consent_value_space(*p)) {
        p++;
    }

    start = p;

    if (last - p > 3 && (p[0] | 0x20) == 'u' && (p[1] | 0x20) == 'r'
        && (p[2] | 0x20) == 'l')
    {
        for (p += 3; p < last && ngx_consent_value_space(*p); p++) {
            /* void */
        }

        if (p < last && *p == '=') {

            for (p++; p < last && ngx_consent_value_space(*p); p++) {
                /* void */
            }

            start = p;
        }
    }

    if (start < last && (*start == '"' || *start == '\'')) {

        quote = *start++;

        p = memchr(start, quote, last - start);
        if (p) {
            last = p;
        }
    }

    url->data = (u_char *) start;
    url->len = last - start;
}


ngx_uint_t
ngx_consent_value_refresh_longer(const u_char *p, size_t len, ngx_str_t *url)
{
    const u_char  *end, *last;

    end = url->data + url->len;

    for (last = p + len; last > end + 1; last--) {

        if (last[-1] == *end) {
            url->len = last - 1 - url->data;
            return 1;
        }
    }

    return 0;
}
