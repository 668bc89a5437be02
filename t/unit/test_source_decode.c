
/*
 * Percent-encoding (RFC 3986, 2.1), UTF-8 (RFC 3629), base64 (RFC 4648), dates
 * (RFC 3339) and strings of JSON (RFC 8259) of consent cookies; seconds are
 * those of date(1).
 */

#include <stdlib.h>

#include "test.h"
#include "ngx_consent_json.h"
#include "ngx_consent_source.h"


/* NULL: an error; what is expected may hold a NUL */

static const struct {
    const char  *in;
    const char  *out;
    size_t       len;
} percents[] = {
    { "", "", 0 },
    { "a", "a", 1 },
    { "%41%7a%7A%2f%2F", "Azz//", 0 },
    { "a+b%2Bc", "a+b+c", 0 },
    { "%00", "\0", 1 },
    { "%2541", "%41", 0 },

    /* at every place of eight bytes, and behind them */
    { "1234567%41", "1234567A", 0 },
    { "12345678%41", "12345678A", 0 },
    { "123456789012345%41678", "123456789012345A678", 0 },
    { "%41123456789012345", "A123456789012345", 0 },

    { "%", NULL, 0 },
    { "%4", NULL, 0 },
    { "%%41", NULL, 0 },
    { "%4g", NULL, 0 },
    { "%g4", NULL, 0 },
    { "%4%41", NULL, 0 },
    { "1234567890%u0041", NULL, 0 },
    { "12345678901234567890%", NULL, 0 },
    { "12345678901234567890%4", NULL, 0 },

    /* half of a character may be escaped */
    { "%C3%A9", "\xc3\xa9", 0 },
    { "\xc3%A9", "\xc3\xa9", 0 },
    { "%C3\xa9", "\xc3\xa9", 0 },
    { "12345678\xc3\xa9", "12345678\xc3\xa9", 0 },

    /* the ends of each range */
    { "%C2%80%DF%BF", "\xc2\x80\xdf\xbf", 0 },
    { "%E0%A0%80%EF%BF%BF", "\xe0\xa0\x80\xef\xbf\xbf", 0 },
    { "%ED%9F%BF%EE%80%80", "\xed\x9f\xbf\xee\x80\x80", 0 },
    { "%F0%90%80%80%F4%8F%BF%BF", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 0 },

    /* too long, surrogates, past U+10FFFF, cut, no beginning */
    { "%C0%80", NULL, 0 },
    { "%C1%BF", NULL, 0 },
    { "%E0%9F%BF", NULL, 0 },
    { "%F0%8F%BF%BF", NULL, 0 },
    { "%ED%A0%80", NULL, 0 },
    { "%F4%90%80%80", NULL, 0 },
    { "%F5%80%80%80", NULL, 0 },
    { "%FF", NULL, 0 },
    { "%C3", NULL, 0 },
    { "%C3a", NULL, 0 },
    { "%E2%82", NULL, 0 },
    { "%E2%82a", NULL, 0 },
    { "%F0%90%80", NULL, 0 },
    { "%80", NULL, 0 },
    { "12345678\xc3", NULL, 0 },
    { "1234567\xff" "12345678", NULL, 0 }
};


static const struct {
    const char  *in;
    const char  *out;           /* NULL: an error */
} base64[] = {

    /* RFC 4648, 10; and the same without padding */
    { "", "" },
    { "Zg==", "f" },
    { "Zm8=", "fo" },
    { "Zm9v", "foo" },
    { "Zm9vYg==", "foob" },
    { "Zm9vYmE=", "fooba" },
    { "Zm9vYmFy", "foobar" },
    { "Zg", "f" },
    { "Zm8", "fo" },
    { "Zm9vYg", "foob" },
    { "Zm9vYmE", "fooba" },

    /* both alphabets */
    { "Pz8/", "???" },
    { "Pz8_", "???" },
    { "Pj4+", ">>>" },
    { "Pj4-", ">>>" },

    /* what is no text: 0xfb, 0xff and 0xbf; half a character at each end */
    { "+/+/", NULL },
    { "-_-_", NULL },
    { "Zm9vYmFyZm/D", NULL },
    { "Zm9vYmFyZm/Dqg", "foobarfo\xc3\xaa" },
    { "gGZvb2Jhcg", NULL },

    /* bits that are left over, as atob() has it */
    { "Zh==", "f" },
    { "Zm9", "fo" },

    { "Z", NULL },
    { "Zm9vY", NULL },
    { "=", NULL },
    { "====", NULL },
    { "Zg=", NULL },
    { "Zg===", NULL },
    { "Z===", NULL },
    { "Zg==Zg==", NULL },
    { "Zm8==", NULL },
    { "Zm 9", NULL },
    { "Zm9v\n", NULL },
    { "Zm9%", NULL },
    { "Zm9\xc3", NULL },
    { "Z\x80==", NULL }
};


static const struct {
    const char  *in;
    int64_t      out;
} dates[] = {
    { "1970-01-01T00:00:01Z", 1 },
    { "2026-08-13T05:09:59.000Z", 1786597799 },
    { "2026-08-13t05:09:59z", 1786597799 },
    { "2026-08-13 05:09:59.123456789Z", 1786597799 },
    { "2026-08-13T05:09:59+05:30", 1786577999 },
    { "2026-08-13T05:09:59-03:30", 1786610399 },
    { "2024-02-29T23:59:59Z", 1709251199 },
    { "2000-02-29T00:00:00Z", 951782400 },
    { "2100-03-01T00:00:00Z", 4107542400 },
    { "9999-12-31T23:59:59Z", 253402300799 },

    /* a leap second is the next one */
    { "2016-12-31T23:59:60Z", 1483228800 },

    { "", 0 },
    { "2026-08-13", 0 },
    { "2026-08-13T05:09:59", 0 },
    { "2026-08-13T05:09Z", 0 },
    { "2026-08-13T05:09:59.Z", 0 },
    { "2026-08-13T05:09:59.1", 0 },
    { "2026-08-13T05:09:59ZZ", 0 },
    { "2026-08-13T05:09:59+0530", 0 },
    { "2026-08-13T05:09:59+05:3", 0 },
    { "2026-08-13T05:09:59+24:00", 0 },
    { "2026-08-13T05:09:59+05:60", 0 },
    { "2023-02-29T00:00:00Z", 0 },
    { "2100-02-29T00:00:00Z", 0 },
    { "2026-04-31T00:00:00Z", 0 },
    { "2026-13-01T00:00:00Z", 0 },
    { "2026-00-01T00:00:00Z", 0 },
    { "2026-01-00T00:00:00Z", 0 },
    { "2026-01-01T24:00:00Z", 0 },
    { "2026-01-01T00:60:00Z", 0 },
    { "2026-01-01T00:00:61Z", 0 },
    { "1969-12-31T23:59:59Z", 0 },
    { "1970-01-01T00:00:00+01:00", 0 },
    { "+026-08-13T05:09:59Z", 0 },
    { "2026-8-013T05:09:59Z", 0 },
    { "2026/08/13T05:09:59Z", 0 }
};


static const struct {
    const char  *in;
    int64_t      out;
} milliseconds[] = {
    { "1802322599000", 1802322599 },
    { "1999", 1 },
    { "8640000000000000", 8640000000000 },
    { "", 0 },
    { "999", 0 },
    { "8640000000000001", 0 },
    { "99999999999999999999999999", 0 },
    { "-1000", 0 },
    { "1e12", 0 },
    { "1000.5", 0 }
};

#define COUNT(rows)  (sizeof(rows) / sizeof(rows[0]))


static void
decoded(ngx_int_t (*decode)(u_char *dst, const ngx_str_t *src, size_t *len),
    const char *in, const char *out, size_t outlen)
{
    size_t      len;
    u_char     *dst;
    ngx_str_t   src;
    ngx_int_t   rc;

    src.len = strlen(in);
    src.data = test_copy(in, src.len);
    dst = test_copy(in, src.len);
    len = 0;

    rc = decode(dst, &src, &len);

    if (out == NULL) {
        CHECK(rc == NGX_ERROR, "\"%s\" is an error", in);

    } else {
        outlen = outlen ? outlen : strlen(out);
        CHECK(rc == NGX_OK && len == outlen && memcmp(dst, out, len) == 0,
              "\"%s\" is \"%s\"", in, out);
    }

    free(dst);
    free(src.data);
}


static void
dated(time_t (*read)(const u_char *p, size_t len), const char *in, int64_t out)
{
    size_t   len;
    u_char  *copy;
    time_t   when;

    len = strlen(in);
    copy = test_copy(in, len);

    /* a time_t of 32 bits ends in 2038 */

    if (sizeof(time_t) < 8 && out > INT32_MAX) {
        out = INT32_MAX;
    }

    when = read(copy, len);
    CHECK(when == out, "\"%s\" is %ld, not %ld", in, (long) out, (long) when);

    free(copy);
}


/* One byte that is wrong, wherever it is, in a value of any length. */

static void
check_places(void)
{
    size_t      i, len, n;
    u_char     *p, *dst;
    ngx_str_t   src;

    for (len = 1; len < 80; len++) {

        p = malloc(len);
        dst = malloc(len);

        for (i = 0; i < len; i++) {

            memset(p, 'A', len);
            src.data = p;
            src.len = len;

            p[i] = 0xff;
            CHECK(ngx_consent_source_text(p, len) == NGX_ERROR
                  && ngx_consent_source_percent(dst, &src, &n) == NGX_ERROR,
                  "0xff at %zu of %zu is no text", i, len);

            p[i] = 0x7f;
            CHECK(ngx_consent_source_text(p, len) == NGX_OK
                  && ngx_consent_source_percent(dst, &src, &n) == NGX_OK
                  && n == len && memcmp(dst, p, len) == 0,
                  "0x7f at %zu of %zu is text", i, len);

            p[i] = '%';
            CHECK(ngx_consent_source_percent(dst, &src, &n) == NGX_ERROR,
                  "%%AA at %zu of %zu is no text, or cut", i, len);

            p[i] = '.';
            CHECK(ngx_consent_source_base64(dst, &src, &n) == NGX_ERROR,
                  "'.' at %zu of %zu is not of base64", i, len);
        }

        free(p);
        free(dst);
    }
}


/*
 * A string of JSON (RFC 8259, 7) with one byte among others, wherever it is:
 * '"' ends it, below 0x20 there is none, and no escape is a backslash and "a".
 */

static void
check_strings(void)
{
    size_t      i, k, len;
    u_char     *p, *skipped, *read;
    ngx_int_t   rc;
    ngx_str_t   s;
    ngx_uint_t  ends, wrong;

    static const u_char  bytes[] = {
        0, 0x09, 0x1f, ' ', '!', '"', '#', '[', '\\', ']', 'a', 0x7f, 0x80,
        0x82, 0xdc, 0xff
    };

    for (len = 1; len < 40; len++) {
        for (i = 0; i < len; i++) {
            for (k = 0; k < sizeof(bytes); k++) {

                p = malloc(len + 2);
                memset(p, 'a', len + 2);
                p[0] = '"';
                p[len + 1] = '"';
                p[i + 1] = bytes[k];

                ends = (bytes[k] == '"');
                wrong = (bytes[k] < 0x20 || bytes[k] == '\\');

                skipped = p;
                rc = ngx_consent_json_skip(&skipped, p + len + 2);

                CHECK(wrong ? rc == NGX_ERROR
                            : rc == NGX_OK
                              && skipped == p + (ends ? i : len) + 2,
                      "0x%02x at %zu of a string of %zu is passed over",
                      bytes[k], i, len);

                read = p;
                rc = ngx_consent_json_text(&read, p + len + 2, &s);

                CHECK(wrong ? rc == NGX_ERROR
                            : rc == NGX_OK && read == skipped
                              && s.data == p + 1
                              && s.len == (ends ? i : len),
                      "0x%02x at %zu of a string of %zu is read",
                      bytes[k], i, len);

                free(p);
            }
        }
    }
}


int
main(void)
{
    size_t  i;

    for (i = 0; i < COUNT(percents); i++) {
        decoded(ngx_consent_source_percent, percents[i].in, percents[i].out,
                percents[i].len);
    }

    for (i = 0; i < COUNT(base64); i++) {
        decoded(ngx_consent_source_base64, base64[i].in, base64[i].out, 0);
    }

    for (i = 0; i < COUNT(dates); i++) {
        dated(ngx_consent_source_date, dates[i].in, dates[i].out);
    }

    for (i = 0; i < COUNT(milliseconds); i++) {
        dated(ngx_consent_source_milliseconds, milliseconds[i].in,
              milliseconds[i].out);
    }

    check_places();
    check_strings();

    return test_done();
}
