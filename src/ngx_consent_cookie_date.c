
/*
 * The dates of cookies (RFC 6265bis 5.1.1), as far as browsers agree on them.
 */

#include "ngx_consent_cookie.h"


#define ngx_consent_cookie_is_digit(c)  ((c) >= '0' && (c) <= '9')


static ngx_uint_t ngx_consent_cookie_delimiter(u_char c);
static ptrdiff_t ngx_consent_cookie_count(const u_char *p, const u_char *last);
static ngx_uint_t ngx_consent_cookie_digits(const u_char *p,
    const u_char *last, ngx_uint_t min, ngx_uint_t max, int64_t *n);
static ngx_uint_t ngx_consent_cookie_time(const u_char *p, const u_char *last,
    int64_t *hms);
static ngx_uint_t ngx_consent_cookie_month(const u_char *p,
    const u_char *last, int64_t *month);


/*
 * The four parts may come in any order; of each the first one counts.  What is
 * none of them is passed over (5.1.1).  Where one of them goes on behind its
 * digits, or another number stands before the time, it is a date by the RFC,
 * and to browsers another one: none.
 */

ngx_int_t
ngx_consent_cookie_date(u_char *p, size_t len, int64_t *when)
{
    int64_t     hms, day, month, year, days, y;
    u_char     *last, *token;
    ngx_uint_t  has_time, has_day, has_month, has_year, plain;

    static const u_char  lengths[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };

    hms = day = month = year = 0;
    has_time = has_day = has_month = has_year = 0;
    plain = 1;

    last = p + len;

    while (p < last) {

        if (ngx_consent_cookie_delimiter(*p)) {
            p++;
            continue;
        }

        token = p;

        while (p < last && !ngx_consent_cookie_delimiter(*p)) {
            p++;
        }

        if (!has_time && ngx_consent_cookie_time(token, p, &hms)) {
            has_time = 1;
            plain &= (ngx_consent_cookie_count(token, p) + 2 == p - token);

        } else if (!has_day
                   && ngx_consent_cookie_digits(token, p, 1, 2, &day))
        {
            has_day = 1;
            plain &= (ngx_consent_cookie_count(token, p) == p - token);

        } else if (!has_month && ngx_consent_cookie_month(token, p, &month)) {
            has_month = 1;

        } else if (!has_year
                   && ngx_consent_cookie_digits(token, p, 2, 4, &year))
        {
            has_year = 1;
            plain &= (ngx_consent_cookie_count(token, p) == p - token);

        } else if (!has_time) {
            plain &= (ngx_consent_cookie_count(token, p) == 0);
        }
    }

    if (year >= 70 && year <= 99) {
        year += 1900;

    } else if (year <= 69) {
        year += 2000;
    }

    if (!plain || !has_time || hms < 0 || !has_day || !has_month || !has_year
        || year < 1601 || day < 1
        || day > lengths[month]
                 + (month == 1 && year % 4 == 0
                    && (year % 100 != 0 || year % 400 == 0)))
    {
        return NGX_DECLINED;
    }

    /* days since the epoch: the year begins in March */

    month = (month + 10) % 12;
    y = year - (month >= 10);

    days = 365 * y + y / 4 - y / 100 + y / 400
           + (month * 306 + 5) / 10 + day - 1 - 719468;

    *when = days * 86400 + hms;

    return NGX_OK;
}


static ngx_uint_t
ngx_consent_cookie_delimiter(u_char c)
{
    return c == '\t' || (c >= 0x20 && c <= 0x2f) || (c >= 0x3b && c <= 0x40)
           || (c >= 0x5b && c <= 0x60) || (c >= 0x7b && c <= 0x7e);
}


/* how many digits there are */

static ptrdiff_t
ngx_consent_cookie_count(const u_char *p, const u_char *last)
{
    ptrdiff_t  n;

    for (n = 0; p < last; p++) {
        n += ngx_consent_cookie_is_digit(*p);
    }

    return n;
}


/* From min to max digits, then nothing or what is no digit. */

static ngx_uint_t
ngx_consent_cookie_digits(const u_char *p, const u_char *last, ngx_uint_t min,
    ngx_uint_t max, int64_t *n)
{
    int64_t     value;
    ngx_uint_t  digits;

    value = 0;

    for (digits = 0; p < last && *p >= '0' && *p <= '9'; p++) {

        if (++digits > max) {
            return 0;
        }

        value = value * 10 + (*p - '0');
    }

    if (digits < min) {
        return 0;
    }

    *n = value;

    return 1;
}


/* hours, minutes and seconds of one or two digits each, in range */

static ngx_uint_t
ngx_consent_cookie_time(const u_char *p, const u_char *last, int64_t *hms)
{
    int64_t     field[3];
    ngx_uint_t  i;

    for (i = 0; i < 3; i++) {

        if (!ngx_consent_cookie_digits(p, last, 1, 2, &field[i])) {
            return 0;
        }

        while (p < last && *p >= '0' && *p <= '9') {
            p++;
        }

        if (i < 2 && (p == last || *p++ != ':')) {
            return 0;
        }
    }

    /* it is a time all the same: a date with it is none */

    *hms = (field[0] > 23 || field[1] > 59 || field[2] > 59)
           ? -1 : field[0] * 3600 + field[1] * 60 + field[2];

    return 1;
}


static ngx_uint_t
ngx_consent_cookie_month(const u_char *p, const u_char *last, int64_t *month)
{
    u_char    name[3];
    int64_t   i;

    static const u_char  months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

    if (last - p < 3) {
        return 0;
    }

    for (i = 0; i < 3; i++) {
        name[i] = ngx_consent_tolower(p[i]);
    }

    for (i = 0; i < 12; i++) {
        if (memcmp(name, months + i * 3, 3) == 0) {
            *month = i;
            return 1;
        }
    }

    return 0;
}
