
#include "ngx_consent_decode.h"


#define NGX_CONSENT_DECODE_ERROR  0xfffd

#define ngx_consent_decode_94(c)  ((c) >= 0x21 && (c) <= 0x7e)


/*
 * JIS X 0208 by row, where a character may stand for one of a host name (IDNA
 * maps it) or cells follow each other; all others are read as an error, of
 * the same two bytes.  Row 1: punctuation, row 13: circled digits, numerals.
 */

static const uint16_t  ngx_consent_decode_row_1[94] = {
    0x3000, 0x3001, 0x3002, 0xff0c, 0xff0e, 0x30fb, 0xff1a, 0xff1b,
    0xff1f, 0xff01, 0x309b, 0x309c, 0x00b4, 0xff40, 0x00a8, 0xff3e,
    0xffe3, 0xff3f, 0x30fd, 0x30fe, 0x309d, 0x309e, 0x3003, 0x4edd,
    0x3005, 0x3006, 0x3007, 0x30fc, 0x2015, 0x2010, 0xff0f, 0xff3c,
    0xff5e, 0x2225, 0xff5c, 0x2026, 0x2025, 0x2018, 0x2019, 0x201c,
    0x201d, 0xff08, 0xff09, 0x3014, 0x3015, 0xff3b, 0xff3d, 0xff5b,
    0xff5d, 0x3008, 0x3009, 0x300a, 0x300b, 0x300c, 0x300d, 0x300e,
    0x300f, 0x3010, 0x3011, 0xff0b, 0xff0d, 0x00b1, 0x00d7, 0x00f7,
    0xff1d, 0x2260, 0xff1c, 0xff1e, 0x2266, 0x2267, 0x221e, 0x2234,
    0x2642, 0x2640, 0x00b0, 0x2032, 0x2033, 0x2103, 0xffe5, 0xff04,
    0xffe0, 0xffe1, 0xff05, 0xff03, 0xff06, 0xff0a, 0xff20, 0x00a7,
    0x2606, 0x2605, 0x25cb, 0x25cf, 0x25ce, 0x25c7
};

static const uint16_t  ngx_consent_decode_row_13[94] = {
    0x2460, 0x2461, 0x2462, 0x2463, 0x2464, 0x2465, 0x2466, 0x2467,
    0x2468, 0x2469, 0x246a, 0x246b, 0x246c, 0x246d, 0x246e, 0x246f,
    0x2470, 0x2471, 0x2472, 0x2473, 0x2160, 0x2161, 0x2162, 0x2163,
    0x2164, 0x2165, 0x2166, 0x2167, 0x2168, 0x2169, 0xfffd, 0x3349,
    0x3314, 0x3322, 0x334d, 0x3318, 0x3327, 0x3303, 0x3336, 0x3351,
    0x3357, 0x330d, 0x3326, 0x3323, 0x332b, 0x334a, 0x333b, 0x339c,
    0x339d, 0x339e, 0x338e, 0x338f, 0x33c4, 0x33a1, 0xfffd, 0xfffd,
    0xfffd, 0xfffd, 0xfffd, 0xfffd, 0xfffd, 0xfffd, 0x337b, 0x301d,
    0x301f, 0x2116, 0x33cd, 0x2121, 0x32a4, 0x32a5, 0x32a6, 0x32a7,
    0x32a8, 0x3231, 0x3232, 0x3239, 0x337e, 0x337d, 0x337c, 0x2252,
    0x2261, 0x222b, 0x222e, 0x2211, 0x221a, 0x22a5, 0x2220, 0x221f,
    0x22bf, 0x2235, 0x2229, 0x222a, 0xfffd, 0xfffd
};


static ngx_int_t ngx_consent_decode_utf_16(ngx_consent_decode_t *d,
    const u_char *p, size_t n, ngx_uint_t end, ngx_consent_char_t *c);
static ngx_int_t ngx_consent_decode_jis(ngx_consent_decode_t *d,
    const u_char *p, size_t n, ngx_uint_t end, ngx_consent_char_t *c);
static ngx_int_t ngx_consent_decode_escape(ngx_consent_decode_t *d,
    const u_char *p, size_t n, ngx_uint_t end, ngx_consent_char_t *c);
static uint32_t ngx_consent_decode_0208(u_char lead, u_char trail);
static ngx_int_t ngx_consent_decode_char(ngx_consent_char_t *c, size_t raw,
    uint32_t ch);


void
ngx_consent_decode_init(ngx_consent_decode_t *d, ngx_consent_charset_e charset,
    ngx_uint_t start)
{
    d->charset = charset;
    d->jis = NGX_CONSENT_JIS_ASCII;
    d->start = start;
    d->escaped = 0;
}


ngx_int_t
ngx_consent_decode(ngx_consent_decode_t *d, const u_char *p,
    const u_char *last, ngx_uint_t end, ngx_consent_char_t *c)
{
    c->escape = 0;

    if (d->charset == NGX_CONSENT_CHARSET_ISO_2022_JP) {
        return ngx_consent_decode_jis(d, p, last - p, end, c);
    }

    return ngx_consent_decode_utf_16(d, p, last - p, end, c);
}


static ngx_int_t
ngx_consent_decode_utf_16(ngx_consent_decode_t *d, const u_char *p, size_t n,
    ngx_uint_t end, ngx_consent_char_t *c)
{
    uint32_t    unit, next;
    ngx_uint_t  big;

    if (n < 2) {
        return end ? ngx_consent_decode_char(c, n, NGX_CONSENT_DECODE_ERROR)
                   : NGX_AGAIN;
    }

    big = (d->charset == NGX_CONSENT_CHARSET_UTF_16BE);
    unit = big ? p[0] << 8 | p[1] : p[1] << 8 | p[0];

    if (unit == 0xfeff && d->start) {
        d->start = 0;
        c->raw = 2;
        c->len = 0;
        return NGX_OK;
    }

    if ((unit & 0xfc00) == 0xd800 && n < 4) {

        /* with half a unit after it, it is still one error */

        return end ? ngx_consent_decode_char(c, n, NGX_CONSENT_DECODE_ERROR)
                   : NGX_AGAIN;
    }

    d->start = 0;

    if ((unit & 0xf800) != 0xd800) {
        return ngx_consent_decode_char(c, 2, unit);
    }

    if (unit < 0xdc00) {

        next = big ? p[2] << 8 | p[3] : p[3] << 8 | p[2];

        if ((next & 0xfc00) == 0xdc00) {
            return ngx_consent_decode_char(c, 4, 0x10000
                                                 + ((unit & 0x3ff) << 10)
                                                 + (next & 0x3ff));
        }
    }

    return ngx_consent_decode_char(c, 2, NGX_CONSENT_DECODE_ERROR);
}


static ngx_int_t
ngx_consent_decode_jis(ngx_consent_decode_t *d, const u_char *p, size_t n,
    ngx_uint_t end, ngx_consent_char_t *c)
{
    size_t    raw;
    uint32_t  ch;

    if (*p == 0x1b) {
        return ngx_consent_decode_escape(d, p, n, end, c);
    }

    raw = 1;
    ch = NGX_CONSENT_DECODE_ERROR;

    switch (d->jis) {

    case NGX_CONSENT_JIS_ASCII:
    case NGX_CONSENT_JIS_ROMAN:

        if (*p >= 0x80 || *p == 0x0e || *p == 0x0f) {
            break;
        }

        ch = *p;

        if (d->jis == NGX_CONSENT_JIS_ROMAN) {

            if (ch == '\\') {
                ch = 0xa5;

            } else if (ch == '~') {
                ch = 0x203e;
            }
        }

        break;

    case NGX_CONSENT_JIS_KATAKANA:

        if (*p >= 0x21 && *p <= 0x5f) {
            ch = 0xff61 + (*p - 0x21);
        }

        break;

    default: /* NGX_CONSENT_JIS_0208 */

        if (!ngx_consent_decode_94(*p)) {
            break;
        }

        if (n < 2) {

            if (!end) {
                return NGX_AGAIN;
            }

            break;
        }

        /* an escape ends the character, any other byte goes with it */

        if (p[1] == 0x1b) {
            break;
        }

        raw = 2;

        if (ngx_consent_decode_94(p[1])) {
            ch = ngx_consent_decode_0208(p[0], p[1]);
        }
    }

    d->escaped = 0;

    return ngx_consent_decode_char(c, raw, ch);
}


static ngx_int_t
ngx_consent_decode_escape(ngx_consent_decode_t *d, const u_char *p, size_t n,
    ngx_uint_t end, ngx_consent_char_t *c)
{
    ngx_consent_jis_e  jis;

    jis = NGX_CONSENT_JIS_UNKNOWN;

    if ((n == 1 || (n == 2 && (p[1] == '(' || p[1] == '$'))) && !end) {
        return NGX_AGAIN;
    }

    if (n >= 3 && p[1] == '(') {

        switch (p[2]) {
        case 'B':
            jis = NGX_CONSENT_JIS_ASCII;
            break;

        case 'J':
            jis = NGX_CONSENT_JIS_ROMAN;
            break;

        case 'I':
            jis = NGX_CONSENT_JIS_KATAKANA;
            break;
        }

    } else if (n >= 3 && p[1] == '$' && (p[2] == '@' || p[2] == 'B')) {
        jis = NGX_CONSENT_JIS_0208;
    }

    if (jis == NGX_CONSENT_JIS_UNKNOWN) {
        d->escaped = 0;
        return ngx_consent_decode_char(c, 1, NGX_CONSENT_DECODE_ERROR);
    }

    d->jis = jis;
    c->escape = 1;

    /* of two escapes with nothing between them the second is also an error */

    if (d->escaped) {
        return ngx_consent_decode_char(c, 3, NGX_CONSENT_DECODE_ERROR);
    }

    d->escaped = 1;
    c->raw = 3;
    c->len = 0;

    return NGX_OK;
}


static uint32_t
ngx_consent_decode_0208(u_char lead, u_char trail)
{
    u_char  cell;

    cell = trail - 0x21;

    switch (lead - 0x20) {

    case 1:
        return ngx_consent_decode_row_1[cell];

    case 3:
        if ((trail >= '0' && trail <= '9')
            || (trail >= 'A' && trail <= 'Z')
            || (trail >= 'a' && trail <= 'z'))
        {
            return 0xff00 + (trail - 0x20);
        }

        break;

    case 4:
        if (cell < 83) {
            return 0x3041 + cell;
        }

        break;

    case 5:
        if (cell < 86) {
            return 0x30a1 + cell;
        }

        break;

    case 13:
        return ngx_consent_decode_row_13[cell];

    case 92:
        if (cell >= 80 && cell < 90) {
            return 0x2170 + (cell - 80);
        }
    }

    return NGX_CONSENT_DECODE_ERROR;
}


/* raw bytes are the character ch */

static ngx_int_t
ngx_consent_decode_char(ngx_consent_char_t *c, size_t raw, uint32_t ch)
{
    u_char  *p;

    p = c->text;

    if (ch < 0x80) {
        *p++ = ch;

    } else if (ch < 0x800) {
        *p++ = 0xc0 | ch >> 6;
        *p++ = 0x80 | (ch & 0x3f);

    } else if (ch < 0x10000) {
        *p++ = 0xe0 | ch >> 12;
        *p++ = 0x80 | (ch >> 6 & 0x3f);
        *p++ = 0x80 | (ch & 0x3f);

    } else {
        *p++ = 0xf0 | ch >> 18;
        *p++ = 0x80 | (ch >> 12 & 0x3f);
        *p++ = 0x80 | (ch >> 6 & 0x3f);
        *p++ = 0x80 | (ch & 0x3f);
    }

    c->raw = raw;
    c->len = p - c->text;

    return NGX_OK;
}
