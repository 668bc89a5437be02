
#include "ngx_consent_source.h"
#include "ngx_consent_wide.h"


/* not of two digits */
#define NGX_CONSENT_SOURCE_NO_DIGIT  0x100


static size_t ngx_consent_source_utf8(const u_char *p, const u_char *last);
static ngx_int_t ngx_consent_source_zone(const u_char *p, const u_char *last);
static int64_t ngx_consent_source_days(ngx_uint_t year, ngx_uint_t month,
    ngx_uint_t day);


#define ngx_consent_source_is_digit(c)  ((c) >= '0' && (c) <= '9')


/* hexadecimal digits of the first and of the second place */

#define NO      NGX_CONSENT_SOURCE_NO_DIGIT
#define NO8     NO, NO, NO, NO, NO, NO, NO, NO
#define NO16    NO8, NO8

#define HEX(n)                                                               \
    {                                                                        \
        NO16, NO16, NO16,                                                    \
        0, n, 2 * n, 3 * n, 4 * n, 5 * n, 6 * n, 7 * n, 8 * n, 9 * n,        \
        NO, NO, NO, NO, NO, NO,                                              \
        NO, 10 * n, 11 * n, 12 * n, 13 * n, 14 * n, 15 * n, NO, NO8, NO16,   \
        NO, 10 * n, 11 * n, 12 * n, 13 * n, 14 * n, 15 * n, NO, NO8, NO16,   \
        NO16, NO16, NO16, NO16, NO16, NO16, NO16, NO16                       \
    }

static const uint16_t  ngx_consent_source_hex[2][256] = { HEX(16), HEX(1) };


ngx_int_t
ngx_consent_source_percent(u_char *dst, const ngx_str_t *src, size_t *len)
{
    u_char                  *d;
    unsigned                 c, seen;
    const u_char            *p, *last, *whole;
#ifdef NGX_CONSENT_WIDE
    size_t                   n;
    ngx_consent_wide_t       w, all;
    ngx_consent_wide_bits_t  bits;

    all = ngx_consent_wide_all(0);
#endif

    p = src->data;
    last = p + src->len;
    whole = src->len < 3 ? p : last - 2;    /* before it an escape fits */
    d = dst;
    seen = 0;

    for ( ;; ) {

#ifdef NGX_CONSENT_WIDE

        if (last - p >= NGX_CONSENT_WIDE) {

            w = ngx_consent_wide_load(p);
            all = ngx_consent_wide_or(all, w);
            bits = ngx_consent_wide_bits(ngx_consent_wide_eq(w, '%'));

            /* what is behind the first '%' is overwritten */

            memcpy(d, p, NGX_CONSENT_WIDE);

            if (!bits) {
                p += NGX_CONSENT_WIDE;
                d += NGX_CONSENT_WIDE;
                continue;
            }

            n = ngx_consent_wide_index(bits);
            p += n;
            d += n;

        } else

#endif
        {
            while (p < last && *p != '%') {
                seen |= *p;
                *d++ = *p++;
            }

            if (p == last) {
                break;
            }
        }

        while (p < whole && *p == '%') {

            c = ngx_consent_source_hex[0][p[1]]
                | ngx_consent_source_hex[1][p[2]];

            seen |= c;
            *d++ = (u_char) c;
            p += 3;
        }

        if (p >= whole && p < last && *p == '%') {
            return NGX_ERROR;
        }
    }

    if (seen & NGX_CONSENT_SOURCE_NO_DIGIT) {
        return NGX_ERROR;
    }

    *len = d - dst;

#ifdef NGX_CONSENT_WIDE
    if (ngx_consent_wide_bits(ngx_consent_wide_le(all, 0x7f))
        != ngx_consent_wide_every)
    {
        seen |= 0x80;
    }
#endif

    /* only now: a character may be one half escaped and one half not */

    return (seen & 0x80) ? ngx_consent_source_text(dst, *len) : NGX_OK;
}


ngx_int_t
ngx_consent_source_text(const u_char *p, size_t len)
{
    size_t         n;
    uint64_t       high, w[4];
    const u_char  *last;

    last = p + len;

    while (p < last) {

        if (last - p >= 4 * NGX_CONSENT_WORD) {

            memcpy(w, p, 4 * NGX_CONSENT_WORD);
            high = ngx_consent_word_high(w[0] | w[1] | w[2] | w[3]);

            if (high == 0) {
                p += 4 * NGX_CONSENT_WORD;
                continue;
            }
        }

        if (last - p >= NGX_CONSENT_WORD) {

            high = ngx_consent_word_high(ngx_consent_word(p));
            n = high ? ngx_consent_word_first(high) : NGX_CONSENT_WORD;
            p += n;

            if (!high) {
                continue;
            }

        } else if (*p < 0x80) {
            p++;
            continue;
        }

        n = ngx_consent_source_utf8(p, last);
        if (n == 0) {
            return NGX_ERROR;
        }

        p += n;
    }

    return NGX_OK;
}


/*
 * The length of the character at p, which is not of ASCII; 0: it is none.  The
 * second byte's range keeps out what is too long, surrogates, and what is past
 * U+10FFFF (RFC 3629, 4).
 */

static size_t
ngx_consent_source_utf8(const u_char *p, const u_char *last)
{
    u_char  low, high;
    size_t  i, n;

    low = 0x80;
    high = 0xbf;

    if (*p >= 0xc2 && *p <= 0xdf) {
        n = 2;

    } else if (*p >= 0xe0 && *p <= 0xef) {
        n = 3;
        low = (*p == 0xe0) ? 0xa0 : low;
        high = (*p == 0xed) ? 0x9f : high;

    } else if (*p >= 0xf0 && *p <= 0xf4) {
        n = 4;
        low = (*p == 0xf0) ? 0x90 : low;
        high = (*p == 0xf4) ? 0x8f : high;

    } else {
        return 0;
    }

    if ((size_t) (last - p) < n || p[1] < low || p[1] > high) {
        return 0;
    }

    for (i = 2; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }
    }

    return n;
}


/*
 * Six bits, once for each place that a character has among four; what is no
 * character of theirs has a bit that none of the others comes to.
 */

#define NGX_CONSENT_SOURCE_NO_SEXTET  0x80000000

#undef  NO
#define NO      NGX_CONSENT_SOURCE_NO_SEXTET

#define V(n, s)    ((n) * ((uint32_t) 1 << (s)))
#define V2(n, s)   V(n, s), V((n) + 1, s)
#define V10(n, s)  V2(n, s), V2((n) + 2, s), V2((n) + 4, s),                 \
                   V2((n) + 6, s), V2((n) + 8, s)
#define V26(n, s)  V10(n, s), V10((n) + 10, s), V2((n) + 20, s),             \
                   V2((n) + 22, s), V2((n) + 24, s)

#define SEXTETS(s)                                                           \
    {                                                                        \
        NO16, NO16, NO8, NO, NO, NO,                                         \
        V(62, s), NO, V(62, s), NO, V(63, s),           /* + - / */          \
        V10(52, s), NO, NO, NO, NO, NO, NO, NO,         /* 0 to 9 */         \
        V26(0, s), NO, NO, NO, NO, V(63, s), NO,        /* A to Z, _ */      \
        V26(26, s), NO, NO, NO, NO, NO,                 /* a to z */         \
        NO16, NO16, NO16, NO16, NO16, NO16, NO16, NO16                       \
    }

static const uint32_t  ngx_consent_source_sextets[4][256] = {
    SEXTETS(18), SEXTETS(12), SEXTETS(6), SEXTETS(0)
};


static ngx_inline uint32_t
ngx_consent_source_four(const u_char *p)
{
    return ngx_consent_source_sextets[0][p[0]]
           | ngx_consent_source_sextets[1][p[1]]
           | ngx_consent_source_sextets[2][p[2]]
           | ngx_consent_source_sextets[3][p[3]];
}


/*
 * As forgiving as atob() of browsers, by which the platforms read themselves:
 * padding is whole or absent, the bits that are left over may be anything.
 */

ngx_int_t
ngx_consent_source_base64(u_char *dst, const ngx_str_t *src, size_t *len)
{
    size_t         n;
    u_char        *d;
    uint32_t       bits, more, all;
    const u_char  *p, *last;

    n = src->len;

    if (n && n % 4 == 0 && src->data[n - 1] == '=') {
        n--;

        if (src->data[n - 1] == '=') {
            n--;
        }
    }

    if (n % 4 == 1) {
        return NGX_ERROR;
    }

    p = src->data;
    last = p + n;
    d = dst;
    all = 0;

    /* eight become six, and two more are written, for which there is room */

    for ( /* void */ ; last - p >= 8; p += 8) {

        bits = ngx_consent_source_four(p);
        more = ngx_consent_source_four(p + 4);
        all |= bits | more;

        ngx_consent_word_put(d, (uint64_t) bits << 40 | (uint64_t) more << 16);
        d += 6;
    }

    if (last - p >= 4) {

        bits = ngx_consent_source_four(p);
        all |= bits;

        *d++ = (u_char) (bits >> 16);
        *d++ = (u_char) (bits >> 8);
        *d++ = (u_char) bits;
        p += 4;
    }

    if (p < last) {

        bits = ngx_consent_source_sextets[0][p[0]]
               | ngx_consent_source_sextets[1][p[1]];

        *d++ = (u_char) (bits >> 16);

        if (last - p == 3) {
            bits |= ngx_consent_source_sextets[2][p[2]];
            *d++ = (u_char) (bits >> 8);
        }

        all |= bits;
    }

    if (all & NGX_CONSENT_SOURCE_NO_SEXTET) {
        return NGX_ERROR;
    }

    *len = d - dst;

    /* the first bit of each byte */

    return (all & 0x808080) ? ngx_consent_source_text(dst, *len) : NGX_OK;
}


/* two digits; what is none of them is past any year */

static ngx_inline ngx_uint_t
ngx_consent_source_two(const u_char *p)
{
    ngx_uint_t  tens, units;

    tens = (ngx_uint_t) p[0] - '0';
    units = (ngx_uint_t) p[1] - '0';

    return (tens > 9 || units > 9) ? 10000 : tens * 10 + units;
}


time_t
ngx_consent_source_date(const u_char *p, size_t len)
{
    int64_t        when;
    ngx_int_t      zone;
    ngx_uint_t     year, month, day, hour, minute, second;
    const u_char  *last;

    static const u_char  days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };

    last = p + len;

    if (len < sizeof("1970-01-01T00:00:00Z") - 1
        || p[4] != '-' || p[7] != '-'
        || (p[10] != 'T' && p[10] != 't' && p[10] != ' ')
        || p[13] != ':' || p[16] != ':')
    {
        return 0;
    }

    year = ngx_consent_source_two(p) * 100 + ngx_consent_source_two(p + 2);
    month = ngx_consent_source_two(p + 5);
    day = ngx_consent_source_two(p + 8);
    hour = ngx_consent_source_two(p + 11);
    minute = ngx_consent_source_two(p + 14);
    second = ngx_consent_source_two(p + 17);

    p += sizeof("1970-01-01T00:00:00") - 1;

    if (year < 1970 || year > 9999 || month < 1 || month > 12
        || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    {
        return 0;
    }

    if (day > days[month - 1]
        && !(month == 2 && day == 29 && year % 4 == 0
             && (year % 100 != 0 || year % 400 == 0)))
    {
        return 0;
    }

    if (*p == '.') {
        p++;

        if (p == last || !ngx_consent_source_is_digit(*p)) {
            return 0;
        }

        while (p < last && ngx_consent_source_is_digit(*p)) {
            p++;
        }
    }

    zone = ngx_consent_source_zone(p, last);
    if (zone == NGX_ERROR) {
        return 0;
    }

    zone -= 24 * 60;

    when = ngx_consent_source_days(year, month, day) * 86400
           + hour * 3600 + minute * 60 + second - zone * 60;

    return when > 0 ? ngx_consent_source_time(when) : 0;
}


/* "Z", "+02:00": the minutes, and those of a day so that none is negative */

static ngx_int_t
ngx_consent_source_zone(const u_char *p, const u_char *last)
{
    ngx_int_t   minutes;
    ngx_uint_t  hour, minute;

    if (last - p == 1 && (*p == 'Z' || *p == 'z')) {
        return 24 * 60;
    }

    if (last - p != sizeof("+00:00") - 1 || p[3] != ':'
        || (*p != '+' && *p != '-'))
    {
        return NGX_ERROR;
    }

    hour = ngx_consent_source_two(p + 1);
    minute = ngx_consent_source_two(p + 4);

    if (hour > 23 || minute > 59) {
        return NGX_ERROR;
    }

    minutes = hour * 60 + minute;

    return 24 * 60 + (*p == '+' ? minutes : -minutes);
}


/*
 * Since 1970-01-01.  A year begins in March, so that a leap day is its last
 * one, and 153 days are the five months from March on and again from August.
 */

static int64_t
ngx_consent_source_days(ngx_uint_t year, ngx_uint_t month, ngx_uint_t day)
{
    if (month < 3) {
        month += 12;
        year--;
    }

    return (int64_t) (365 * year + year / 4 - year / 100 + year / 400
                      + (153 * (month - 3) + 2) / 5 + day - 1) - 719468;
}


time_t
ngx_consent_source_milliseconds(const u_char *p, size_t len)
{
    int64_t        ms;
    const u_char  *last;

    last = p + len;
    ms = ngx_consent_source_whole(&p, last, NGX_CONSENT_SOURCE_MAX_MS);

    return (p == last && ms > 0) ? ngx_consent_source_time(ms / 1000) : 0;
}


int64_t
ngx_consent_source_whole(const u_char **pos, const u_char *last, int64_t max)
{
    int64_t        n;
    uint8_t        digit;
    const u_char  *p;

    n = 0;

    for (p = *pos; p < last; p++) {

        digit = (uint8_t) (*p - '0');

        if (digit > 9) {
            break;
        }

        n = n * 10 + digit;

        if (n > max) {
            return -1;
        }
    }

    *pos = p;

    return n;
}
