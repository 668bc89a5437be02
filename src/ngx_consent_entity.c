
#include "ngx_consent_entity_int.h"


static size_t ngx_consent_entity_any(const u_char *p, const u_char *last,
    ngx_uint_t attr, u_char *text, size_t *len);
static size_t ngx_consent_entity_numeric(const u_char *p, const u_char *last,
    uint32_t *c);
static ngx_int_t ngx_consent_entity_find(const u_char *name, size_t len);
static size_t ngx_consent_entity_value(ngx_int_t i, u_char *text);
static size_t ngx_consent_entity_utf8(uint32_t c, u_char *dst);


/* what 0x80 to 0x9f stand for (13.2.5.80) */

const uint16_t  ngx_consent_entity_windows[] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
    0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178
};


#define ngx_consent_entity_alpha(c)  ((u_char) (((c) | 0x20) - 'a') < 26)

#define ngx_consent_entity_alnum(c)                                          \
    (((c) >= '0' && (c) <= '9') || ngx_consent_entity_alpha(c))


size_t
ngx_consent_entity(const u_char *p, const u_char *last,
    u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len)
{
    return ngx_consent_entity_any(p, last, 1, text, len);
}


size_t
ngx_consent_entity_text(const u_char *p, const u_char *last,
    u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len)
{
    return ngx_consent_entity_any(p, last, 0, text, len);
}


/*
 * The longest name counts (13.2.5.73), and none is the beginning of another up
 * to a ';': it is all letters and digits that follow with a ';', or else one
 * that needs none.  In an attribute that must not be followed by a letter, a
 * digit or '=', for "?a=b&lt=c" has no reference: it is all of them, too.
 */

static size_t
ngx_consent_entity_any(const u_char *p, const u_char *last, ngx_uint_t attr,
    u_char *text, size_t *len)
{
    size_t         n;
    uint32_t       c;
    ngx_int_t      i;
    const u_char  *name, *end;

    if (last - p < 3) {
        return 0;
    }

    if (p[1] == '#') {

        n = ngx_consent_entity_numeric(p, last, &c);

        if (n) {
            *len = ngx_consent_entity_utf8(c, text);
        }

        return n;
    }

    name = p + 1;

    if (!ngx_consent_entity_alpha(*name)) {
        return 0;
    }

    for (end = name + 1; end < last && ngx_consent_entity_alnum(*end); end++) {

        /* no name is longer */

        if (end - name > NGX_CONSENT_ENTITY_LONG) {
            break;
        }
    }

    n = end - name;

    if (end < last && *end == ';') {

        i = ngx_consent_entity_find(name, n);

        if (i != NGX_ERROR) {
            *len = ngx_consent_entity_value(i, text);
            return n + 2;
        }
    }

    if (attr) {

        if (n > NGX_CONSENT_ENTITY_SHORT || (end < last && *end == '=')) {
            return 0;
        }

        i = ngx_consent_entity_find(name, n);

        if (i == NGX_ERROR
            || !(ngx_consent_entity_offsets[i] & NGX_CONSENT_ENTITY_LEGACY))
        {
            return 0;
        }

        *len = ngx_consent_entity_value(i, text);
        return n + 1;
    }

    if (n > NGX_CONSENT_ENTITY_SHORT) {
        n = NGX_CONSENT_ENTITY_SHORT;
    }

    for ( /* void */ ; n > 1; n--) {

        i = ngx_consent_entity_find(name, n);

        if (i != NGX_ERROR
            && (ngx_consent_entity_offsets[i] & NGX_CONSENT_ENTITY_LEGACY))
        {
            *len = ngx_consent_entity_value(i, text);
            return n + 1;
        }
    }

    return 0;
}


static size_t
ngx_consent_entity_numeric(const u_char *p, const u_char *last, uint32_t *c)
{
    u_char         digit;
    uint32_t       n, base;
    const u_char  *start, *first;

    start = p;
    p += 2;
    base = 10;

    if (*p == 'x' || *p == 'X') {
        base = 16;
        p++;
    }

    n = 0;

    for (first = p; p < last; p++) {

        digit = *p - '0';

        if (digit > 9) {

            digit = (*p | 0x20) - 'a';

            if (base == 10 || digit > 5) {
                break;
            }

            digit += 10;
        }

        /* what is out of range stays there */

        if (n < 0x200000) {
            n = n * base + digit;
        }
    }

    if (p == first) {
        return 0;
    }

    if (p < last && *p == ';') {
        p++;
    }

    if (n == 0 || n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) {
        n = 0xfffd;

    } else if (n >= 0x80 && n <= 0x9f) {
        n = ngx_consent_entity_windows[n - 0x80];
    }

    *c = n;

    return p - start;
}


/* The index of a name without its ';', or NGX_ERROR. */

static ngx_int_t
ngx_consent_entity_find(const u_char *name, size_t len)
{
    int          order;
    size_t       n, from;
    ngx_uint_t   low, high, i;

    i = (*name & 0x20) ? *name - 'a' + 26 : *name - 'A';

    low = ngx_consent_entity_first[i];
    high = ngx_consent_entity_first[i + 1];

    name++;
    len--;

    while (low < high) {

        i = low + (high - low) / 2;

        from = ngx_consent_entity_offsets[i] & ~NGX_CONSENT_ENTITY_LEGACY;
        n = (ngx_consent_entity_offsets[i + 1] & ~NGX_CONSENT_ENTITY_LEGACY)
            - from;

        order = memcmp(name, ngx_consent_entity_letters + from,
                       len < n ? len : n);

        if (order == 0 && len == n) {
            return i;
        }

        if (order < 0 || (order == 0 && len < n)) {
            high = i;

        } else {
            low = i + 1;
        }
    }

    return NGX_ERROR;
}


/* Writes what a name stands for. */

static size_t
ngx_consent_entity_value(ngx_int_t i, u_char *text)
{
    size_t           n;
    uint32_t         c;
    const uint16_t  *pair;

    c = ngx_consent_entity_values[i];

    if (c < NGX_CONSENT_ENTITY_ASTRAL || c >= NGX_CONSENT_ENTITY_BMP) {
        return ngx_consent_entity_utf8(c, text);
    }

    if (c < NGX_CONSENT_ENTITY_PAIRS) {
        c = c - NGX_CONSENT_ENTITY_ASTRAL + NGX_CONSENT_ENTITY_MATH;
        return ngx_consent_entity_utf8(c, text);
    }

    pair = ngx_consent_entity_pairs[c - NGX_CONSENT_ENTITY_PAIRS];

    n = ngx_consent_entity_utf8(pair[0], text);

    return n + ngx_consent_entity_utf8(pair[1], text + n);
}


static size_t
ngx_consent_entity_utf8(uint32_t c, u_char *dst)
{
    if (c < 0x80) {
        dst[0] = c;
        return 1;
    }

    if (c < 0x800) {
        dst[0] = 0xc0 | (c >> 6);
        dst[1] = 0x80 | (c & 0x3f);
        return 2;
    }

    if (c < 0x10000) {
        dst[0] = 0xe0 | (c >> 12);
        dst[1] = 0x80 | ((c >> 6) & 0x3f);
        dst[2] = 0x80 | (c & 0x3f);
        return 3;
    }

    dst[0] = 0xf0 | (c >> 18);
    dst[1] = 0x80 | ((c >> 12) & 0x3f);
    dst[2] = 0x80 | ((c >> 6) & 0x3f);
    dst[3] = 0x80 | (c & 0x3f);

    return 4;
}
