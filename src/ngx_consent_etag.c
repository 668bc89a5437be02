
#include "ngx_consent_etag.h"
#include "ngx_consent_word.h"


/* hexadecimal digits of a variant, and at most of a time */
#define NGX_CONSENT_ETAG_DIGITS  16


static u_char *ngx_consent_etag_variant_hex(u_char *dst, uint64_t variant);
static u_char *ngx_consent_etag_hex(u_char *dst, uint64_t n,
    ngx_uint_t digits);
static ngx_int_t ngx_consent_etag_unhex(const u_char *p, size_t len,
    uint64_t *n);


static const ngx_str_t  ngx_consent_etag_variant = ngx_string("~consent.");
static const ngx_str_t  ngx_consent_etag_time = ngx_string("~modified.");


ngx_int_t
ngx_consent_etag_next(u_char **pos, u_char *last, ngx_consent_etag_t *tag)
{
    u_char  *p, *start;

    p = *pos;

    while (p < last && (*p == ',' || *p == ' ' || *p == '\t')) {
        p++;
    }

    if (p == last) {
        *pos = p;
        return NGX_DONE;
    }

    start = p;

    if (last - p > 2 && p[0] == 'W' && p[1] == '/') {
        p += 2;
    }

    if (*p == '"') {

        for (p++; p < last && *p != '"'; p++) { /* void */ }

        if (p < last) {
            p++;
        }
    }

    /* a tag without quotes, and what wrongly follows one with them */

    while (p < last && *p != ',' && *p != ' ' && *p != '\t') {
        p++;
    }

    *pos = p;

    ngx_consent_etag_parse(tag, start, p - start);

    return NGX_OK;
}


ngx_uint_t
ngx_consent_etag_is_tag(const ngx_str_t *value)
{
    return (value->len > 0 && value->data[0] == '"')
           || (value->len > 1 && value->data[0] == 'W'
               && value->data[1] == '/');
}


void
ngx_consent_etag_parse(ngx_consent_etag_t *tag, u_char *p, size_t len)
{
    u_char           *start, *last, *digits, *number;
    uint64_t          time;
    const ngx_str_t  *marker;

    last = p + len;

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    while (p < last && (last[-1] == ' ' || last[-1] == '\t')) {
        last--;
    }

    tag->text.data = p;
    tag->text.len = last - p;
    tag->kind = NGX_CONSENT_ETAG_ORIGIN;
    tag->variant = 0;
    tag->time = 0;

    start = p;

    if (last - p > 1 && p[0] == 'W' && p[1] == '/') {
        start += 2;
    }

    if (last - start > 1 && last[-1] == '"') {
        last--;
        start += (*start == '"');
    }

    tag->suffix.data = last;
    tag->suffix.len = 0;

    if (last - start < NGX_CONSENT_ETAG_DIGITS) {
        return;
    }

    digits = last - NGX_CONSENT_ETAG_DIGITS;

    if (ngx_consent_etag_unhex(digits, NGX_CONSENT_ETAG_DIGITS, &tag->variant)
        != NGX_OK)
    {
        return;
    }

    marker = &ngx_consent_etag_variant;

    if ((size_t) (digits - start) >= marker->len
        && memcmp(digits - marker->len, marker->data, marker->len) == 0)
    {
        tag->kind = NGX_CONSENT_ETAG_VARIANT;
        tag->suffix.data = digits - marker->len;
        tag->suffix.len = last - tag->suffix.data;
        return;
    }

    marker = &ngx_consent_etag_time;

    if ((size_t) (digits - start) <= marker->len
        || memcmp(digits - marker->len, marker->data, marker->len) != 0)
    {
        return;
    }

    number = digits - marker->len;

    /* a time_t that HTTP can say: no sign, no overflow */

    if (ngx_consent_etag_unhex(start, number - start, &time) != NGX_OK
        || time > NGX_CONSENT_ETAG_MAX_TIME || time != (uint64_t) (time_t) time)
    {
        return;
    }

    tag->kind = NGX_CONSENT_ETAG_TIME;
    tag->time = (time_t) time;
    tag->suffix.data = number;
    tag->suffix.len = last - number;
}


size_t
ngx_consent_etag_write(u_char *dst, const ngx_str_t *text, uint64_t variant)
{
    u_char              *p, *last;
    size_t               head;
    ngx_consent_etag_t   tag;

    ngx_consent_etag_parse(&tag, text->data, text->len);

    last = tag.suffix.data + tag.suffix.len;
    head = last - tag.text.data;

    p = dst;

    memcpy(p, tag.text.data, head);
    p += head;

    memcpy(p, ngx_consent_etag_variant.data, ngx_consent_etag_variant.len);
    p += ngx_consent_etag_variant.len;

    p = ngx_consent_etag_variant_hex(p, variant);

    memcpy(p, last, tag.text.len - head);
    p += tag.text.len - head;

    return p - dst;
}


size_t
ngx_consent_etag_origin(u_char *dst, const ngx_consent_etag_t *tag)
{
    size_t  head, tail;

    head = tag->suffix.data - tag->text.data;
    tail = tag->text.len - head - tag->suffix.len;

    memcpy(dst, tag->text.data, head);
    memcpy(dst + head, tag->suffix.data + tag->suffix.len, tail);

    return head + tail;
}


size_t
ngx_consent_etag_made(u_char *dst, time_t time, uint64_t variant)
{
    u_char      *p;
    uint64_t     n;
    ngx_uint_t   digits;

    digits = 1;

    for (n = (uint64_t) time; n > 0x0f; n >>= 4) {
        digits++;
    }

    p = dst;

    *p++ = 'W';
    *p++ = '/';
    *p++ = '"';

    p = ngx_consent_etag_hex(p, (uint64_t) time, digits);

    memcpy(p, ngx_consent_etag_time.data, ngx_consent_etag_time.len);
    p += ngx_consent_etag_time.len;

    p = ngx_consent_etag_variant_hex(p, variant);

    *p++ = '"';

    return p - dst;
}


static u_char *
ngx_consent_etag_hex(u_char *dst, uint64_t n, ngx_uint_t digits)
{
    static const u_char  hex[] = "0123456789abcdef";

    while (digits--) {
        *dst++ = hex[(n >> (4 * digits)) & 0x0f];
    }

    return dst;
}


/* Eight digits at once: a byte each, in their order. */

static u_char *
ngx_consent_etag_variant_hex(u_char *dst, uint64_t variant)
{
    uint64_t    w;
    ngx_uint_t  shift;

    for (shift = 64; shift > 0; /* void */ ) {

        shift -= 4 * NGX_CONSENT_WORD;

        w = (variant >> shift) & 0xffffffff;

        w = (w | w << 16) & 0x0000ffff0000ffff;
        w = (w | w << 8) & 0x00ff00ff00ff00ff;
        w = (w | w << 4) & ngx_consent_word_of(0x0f);

        /* 6 more than 9 is what has a fifth bit */

        w += ngx_consent_word_of('0')
             + (((w + ngx_consent_word_of(6)) >> 4) & ngx_consent_word_of(1))
               * ('a' - '9' - 1);

        ngx_consent_word_put(dst, w);
        dst += NGX_CONSENT_WORD;
    }

    return dst;
}


/* Lower case only, as it is written: one tag has one spelling. */

static ngx_int_t
ngx_consent_etag_unhex(const u_char *p, size_t len, uint64_t *n)
{
    size_t    i;
    uint64_t  value;

    if (len == 0 || len > NGX_CONSENT_ETAG_DIGITS) {
        return NGX_DECLINED;
    }

    value = 0;

    for (i = 0; i < len; i++) {

        if (p[i] >= '0' && p[i] <= '9') {
            value = (value << 4) | (p[i] - '0');

        } else if (p[i] >= 'a' && p[i] <= 'f') {
            value = (value << 4) | (p[i] - 'a' + 10);

        } else {
            return NGX_DECLINED;
        }
    }

    *n = value;

    return NGX_OK;
}
