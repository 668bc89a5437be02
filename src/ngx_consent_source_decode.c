
#include "ngx_consent_source.h"


/* the last millisecond that a Date of JavaScript can hold (ECMA-262, 21.4.1.1) */
#define NGX_CONSENT_SOURCE_MAX_MS  8640000000000000


static ngx_int_t ngx_consent_source_hex(u_char c);
static size_t ngx_consent_source_utf8(const u_char *p, const u_char *last);
static ngx_int_t ngx_consent_source_digits(const u_char **pos,
    const u_char *last, ngx_uint_t n, ngx_int_t max);
static ngx_int_t ngx_consent_source_zone(const u_char *p, const u_char *last);
static int64_t ngx_consent_source_days(ngx_int_t year, ngx_int_t month,
    ngx_int_t day);


#define ngx_consent_source_is_digit(c)  ((c) >= '0' && (c) <= '9')

/* eight bytes at once: the highest bit of each, and a '%' of each */
#define NGX_CONSENT_SOURCE_HIGH     0x8080808080808080ULL
#define NGX_CONSENT_SOURCE_LOW      0x0101010101010101ULL
#define NGX_CONSENT_SOURCE_PERCENT  0x2525252525252525ULL

#define ngx_consent_source_has_zero(w)                                       \
    ((w - NGX_CONSENT_SOURCE_LOW) & ~w & NGX_CONSENT_SOURCE_HIGH)


ngx_int_t
ngx_consent_source_percent(u_char *dst, const ngx_str_t *src, size_t *len)
{
    u_char        *d;
    uint64_t       w, x;
    ngx_int_t      high, low;
    const u_char  *p, *last;

    p = src->data;
    last = p + src->len;
    d = dst;

    while (p < last) {

        /* d may be before p in the same buffer: load, then store */

        while (last - p >= (ssize_t) sizeof(w)) {

            memcpy(&w, p, sizeof(w));

            x = w ^ NGX_CONSENT_SOURCE_PERCENT;

            if (ngx_consent_source_has_zero(x)) {

                while (*p != '%') {
                    *d++ = *p++;
                }

                break;
            }

            memcpy(d, &w, sizeof(w));
            p += sizeof(w);
            d += sizeof(w);
        }

        while (p < last && *p != '%') {
            *d++ = *p++;
        }

        if (p == last) {
            break;
        }

        if (last - p < 3) {
            return NGX_ERROR;
        }

        high = ngx_consent_source_hex(p[1]);
        low = ngx_consent_source_hex(p[2]);

        if (high < 0 || low < 0) {
            return NGX_ERROR;
        }

        *d++ = (u_char) (high << 4 | low);
        p += 3;
    }

    *len = d - dst;

    /* only now: a character may be one half escaped and one half not */

    return ngx_consent_source_text(dst, *len);
}


ngx_int_t
ngx_consent_source_text(const u_char *p, size_t len)
{
    size_t         n;
    uint64_t       w;
    const u_char  *last;

    last = p + len;

    while (p < last) {

        if (*p < 0x80) {
            p++;

            while (last - p >= (ssize_t) sizeof(w)) {

                memcpy(&w, p, sizeof(w));

                if (w & NGX_CONSENT_SOURCE_HIGH) {
                    break;
                }

                p += sizeof(w);
            }

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


static ngx_int_t
ngx_consent_source_hex(u_char c)
{
    static const signed char  digits['f' - '0' + 1] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9, -1, -1, -1, -1, -1, -1,
       -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1,
       -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
       -1, 10, 11, 12, 13, 14, 15
    };

    return (c >= '0' && c <= 'f') ? digits[c - '0'] : NGX_ERROR;
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
 * As forgiving as atob() of browsers, by which the platforms read themselves:
 * padding is whole or absent, the bits that are left over may be anything.
 */

ngx_int_t
ngx_consent_source_base64(u_char *dst, const ngx_str_t *src, size_t *len)
{
    size_t     i, n;
    u_char    *d, c;
    uint32_t   bits;

    /* 64: no digit; "-" and "_" stand where "+" and "/" do */

    static const u_char  digits[128] = {
        64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
        64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,

        /*                                          +       -       /  */
        64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 62, 64, 62, 64, 63,

        /*  0 to 9                                                     */
        52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 64, 64, 64, 64, 64, 64,

        /*  A to Z, _                                                  */
        64,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,
        15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 64, 64, 64, 64, 63,

        /*  a to z                                                     */
        64, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
        41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 64, 64, 64, 64, 64
    };

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

    bits = 0;
    d = dst;

    for (i = 0; i < n; i++) {
        c = src->data[i];
        c = (c < 128) ? digits[c] : 64;

        if (c == 64) {
            return NGX_ERROR;
        }

        bits = bits << 6 | c;

        if (i % 4 == 3) {
            *d++ = (u_char) (bits >> 16);
            *d++ = (u_char) (bits >> 8);
            *d++ = (u_char) bits;
        }
    }

    if (n % 4 == 2) {
        *d++ = (u_char) (bits >> 4);

    } else if (n % 4 == 3) {
        *d++ = (u_char) (bits >> 10);
        *d++ = (u_char) (bits >> 2);
    }

    *len = d - dst;

    return NGX_OK;
}


time_t
ngx_consent_source_date(const u_char *p, size_t len)
{
    int64_t        when;
    ngx_int_t      year, month, day, hour, minute, second, zone;
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

    year = ngx_consent_source_digits(&p, last, 4, 9999);
    p++;
    month = ngx_consent_source_digits(&p, last, 2, 12);
    p++;
    day = ngx_consent_source_digits(&p, last, 2, 31);
    p++;
    hour = ngx_consent_source_digits(&p, last, 2, 23);
    p++;
    minute = ngx_consent_source_digits(&p, last, 2, 59);
    p++;
    second = ngx_consent_source_digits(&p, last, 2, 60);

    if (year < 1970 || month < 1 || day < 1 || hour < 0 || minute < 0
        || second < 0)
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

    return when > 0 ? (time_t) when : 0;
}


/* Exactly n digits, a number up to max; *pos is n further in any case. */

static ngx_int_t
ngx_consent_source_digits(const u_char **pos, const u_char *last, ngx_uint_t n,
    ngx_int_t max)
{
    ngx_int_t      value;
    ngx_uint_t     i;
    const u_char  *p;

    p = *pos;

    if ((size_t) (last - p) < n) {
        return NGX_ERROR;
    }

    *pos = p + n;
    value = 0;

    for (i = 0; i < n; i++) {

        if (!ngx_consent_source_is_digit(p[i])) {
            return NGX_ERROR;
        }

        value = value * 10 + (p[i] - '0');
    }

    return value <= max ? value : NGX_ERROR;
}


/* "Z", "+02:00": the minutes, and those of a day so that none is negative */

static ngx_int_t
ngx_consent_source_zone(const u_char *p, const u_char *last)
{
    u_char     sign;
    ngx_int_t  hour, minute;

    if (last - p == 1 && (*p == 'Z' || *p == 'z')) {
        return 24 * 60;
    }

    if (last - p != sizeof("+00:00") - 1 || p[3] != ':'
        || (*p != '+' && *p != '-'))
    {
        return NGX_ERROR;
    }

    sign = *p++;
    hour = ngx_consent_source_digits(&p, last, 2, 23);
    p++;
    minute = ngx_consent_source_digits(&p, last, 2, 59);

    if (hour == NGX_ERROR || minute == NGX_ERROR) {
        return NGX_ERROR;
    }

    minute += hour * 60;

    return 24 * 60 + (sign == '+' ? minute : -minute);
}


/*
 * Since 1970-01-01.  A year begins in March, so that a leap day is its last
 * one, and 153 days are the five months from March on and again from August.
 */

static int64_t
ngx_consent_source_days(ngx_int_t year, ngx_int_t month, ngx_int_t day)
{
    if (month < 3) {
        month += 12;
        year--;
    }

    return (int64_t) 365 * year + year / 4 - year / 100 + year / 400
           + (153 * (month - 3) + 2) / 5 + day - 1 - 719468;
}


time_t
ngx_consent_source_milliseconds(const u_char *p, size_t len)
{
    size_t   i;
    int64_t  ms;

    ms = 0;

    for (i = 0; i < len; i++) {

        if (!ngx_consent_source_is_digit(p[i])) {
            return 0;
        }

        ms = ms * 10 + (p[i] - '0');

        if (ms > NGX_CONSENT_SOURCE_MAX_MS) {
            return 0;
        }
    }

    return (time_t) (ms / 1000);
}
