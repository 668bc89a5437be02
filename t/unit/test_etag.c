
/* Entity tags (RFC 9110, 8.8.3 and 13.1) and the variants that they carry. */

#include "test.h"
#include "ngx_consent_etag.h"

#define V  "0123456789abcdef"
#define N  0x0123456789abcdefULL


static const struct {
    const char  *list;
    const char  *tags;          /* each with its kind: o, v, t */
} lists[] = {
    { "", "" },
    { "\"a\"", "o\"a\"|" },
    { "\"a\", W/\"b\"", "o\"a\"|oW/\"b\"|" },
    { "\"a\",\"b\" ,\t\"c\"", "o\"a\"|o\"b\"|o\"c\"|" },
    { ", ,\"a\", ,", "o\"a\"|" },
    { "*", "o*|" },

    /* a comma and a blank may stand in quotes, a quote may not */
    { "\"a,b\", \"c d\"", "o\"a,b\"|o\"c d\"|" },
    { "\"\"", "o\"\"|" },

    /* what some origins send: no quotes, or one */
    { "abc, def", "oabc|odef|" },
    { "\"abc", "o\"abc|" },
    { "\"", "o\"|" },
    { "W/", "oW/|" },
    { "w/\"a\"", "ow/\"a\"|" },
    { "\"a\"b, c", "o\"a\"b|oc|" },

    /* variants */
    { "\"a~consent." V "\"", "v\"a~consent." V "\"|" },
    { "W/\"a~consent." V "\", \"b\"", "vW/\"a~consent." V "\"|o\"b\"|" },
    { "\"~consent." V "\"", "v\"~consent." V "\"|" },
    { "a~consent." V, "va~consent." V "|" },
    { "W/\"5f3e1a2b~modified." V "\"", "tW/\"5f3e1a2b~modified." V "\"|" },
    { "\"0~modified." V "\"", "t\"0~modified." V "\"|" },

    /* and what only looks like them */
    { "\"a~consent.0123456789abcde\"", "o\"a~consent.0123456789abcde\"|" },
    { "\"a~consent.0123456789ABCDEF\"", "o\"a~consent.0123456789ABCDEF\"|" },
    { "\"a~consent.0123456789abcdefg\"", "o\"a~consent.0123456789abcdefg\"|" },
    { "\"a~consent" V "\"", "o\"a~consent" V "\"|" },
    { "\"~modified." V "\"", "o\"~modified." V "\"|" },
    { "\"xyz~modified." V "\"", "o\"xyz~modified." V "\"|" },
    { "\"ffffffffffffffff~modified." V "\"",
      "o\"ffffffffffffffff~modified." V "\"|" },
    { "\"00000000000000001~modified." V "\"",
      "o\"00000000000000001~modified." V "\"|" },
    { "\"" V "\"", "o\"" V "\"|" },
    { "\"consent." V "\"", "o\"consent." V "\"|" },
    { NULL, NULL }
};


static const struct {
    const char  *origin;
    const char  *written;
} tags[] = {
    { "\"a\"", "\"a~consent." V "\"" },
    { "W/\"a\"", "W/\"a~consent." V "\"" },
    { "\"\"", "\"~consent." V "\"" },
    { "a", "a~consent." V },

    /* the origin may be another of us */
    { "\"a~consent.ffffffffffffffff\"",
      "\"a~consent.ffffffffffffffff~consent." V "\"" },
    { "W/\"5f~modified.ffffffffffffffff\"",
      "W/\"5f~modified.ffffffffffffffff~consent." V "\"" },
    { NULL, NULL }
};


static void
test_lists(void)
{
    u_char              *p, *last, *list, out[512], *dst;
    size_t               len, i;
    ngx_consent_etag_t   tag;

    for (i = 0; lists[i].list; i++) {

        len = strlen(lists[i].list);
        list = test_copy(lists[i].list, len);

        p = list;
        last = list + len;
        dst = out;

        while (ngx_consent_etag_next(&p, last, &tag) == NGX_OK) {
            *dst++ = "ovt"[tag.kind];
            memcpy(dst, tag.text.data, tag.text.len);
            dst += tag.text.len;
            *dst++ = '|';

            CHECK(tag.suffix.data >= tag.text.data
                  && tag.suffix.data + tag.suffix.len
                     <= tag.text.data + tag.text.len,
                  "suffix of %s", lists[i].list);

            if (tag.kind != NGX_CONSENT_ETAG_ORIGIN) {
                CHECK(tag.variant == N, "variant of %s", lists[i].list);
            }
        }

        *dst = '\0';

        CHECK(p == last && strcmp((char *) out, lists[i].tags) == 0,
              "list %s: %s", lists[i].list, out);

        free(list);
    }
}


static void
test_tags(void)
{
    u_char              *text, *written, *back;
    size_t               len, n, i;
    ngx_str_t            s;
    ngx_consent_etag_t   tag;

    for (i = 0; tags[i].origin; i++) {

        len = strlen(tags[i].origin);
        text = test_copy(tags[i].origin, len);

        s.data = text;
        s.len = len;

        written = malloc(len + NGX_CONSENT_ETAG_SUFFIX);
        n = ngx_consent_etag_write(written, &s, N);

        CHECK(n == strlen(tags[i].written)
              && memcmp(written, tags[i].written, n) == 0,
              "%s with its variant: %.*s", tags[i].origin, (int) n, written);

        ngx_consent_etag_parse(&tag, written, n);

        CHECK(tag.kind == NGX_CONSENT_ETAG_VARIANT && tag.variant == N,
              "%s is read again", tags[i].origin);

        back = malloc(n);
        n = ngx_consent_etag_origin(back, &tag);

        CHECK(n == len && memcmp(back, text, n) == 0,
              "%s comes back: %.*s", tags[i].origin, (int) n, back);

        free(back);
        free(written);
        free(text);
    }
}


static void
test_made(void)
{
    u_char              *made;
    size_t               n, i;
    ngx_consent_etag_t   tag;

    static const struct {
        int64_t      time;
        const char  *text;
    } times[] = {
        { 0, "W/\"0~modified." V "\"" },
        { 15, "W/\"f~modified." V "\"" },
        { 16, "W/\"10~modified." V "\"" },
        { 0x5f3e1a2b, "W/\"5f3e1a2b~modified." V "\"" },
        { NGX_CONSENT_ETAG_MAX_TIME, "W/\"3afff4417f~modified." V "\"" }
    };

    for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {

        if ((time_t) times[i].time != times[i].time) {

            /* where time_t has 32 bits it is no time that we have written */

            made = test_copy(times[i].text, strlen(times[i].text));
            ngx_consent_etag_parse(&tag, made, strlen(times[i].text));

            CHECK(tag.kind != NGX_CONSENT_ETAG_TIME, "%s is too late",
                  times[i].text);

            free(made);
            continue;
        }

        made = malloc(NGX_CONSENT_ETAG_MADE);
        n = ngx_consent_etag_made(made, times[i].time, N);

        CHECK(n == strlen(times[i].text)
              && memcmp(made, times[i].text, n) == 0,
              "made of %ld: %.*s", (long) times[i].time, (int) n, made);

        ngx_consent_etag_parse(&tag, made, n);

        CHECK(tag.kind == NGX_CONSENT_ETAG_TIME
              && tag.time == times[i].time && tag.variant == N,
              "%ld is read again", (long) times[i].time);

        free(made);
    }
}


/* If-Range: a day of the week may begin as a weak tag does */

static void
test_is_tag(void)
{
    u_char     *text;
    size_t      i;
    ngx_str_t   s;

    static const struct {
        const char  *value;
        ngx_uint_t   is;
    } values[] = {
        { "\"a\"", 1 },
        { "W/\"a\"", 1 },
        { "Wed, 01 Jan 2020 00:00:00 GMT", 0 },
        { "Thu, 02 Jan 2020 00:00:00 GMT", 0 },
        { "W", 0 },
        { "", 0 }
    };

    for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {

        s.len = strlen(values[i].value);
        text = test_copy(values[i].value, s.len);
        s.data = text;

        CHECK(ngx_consent_etag_is_tag(&s) == values[i].is, "If-Range: %s",
              values[i].value);

        free(text);
    }
}


int
main(void)
{
    test_is_tag();
    test_lists();
    test_tags();
    test_made();

    return test_done();
}
