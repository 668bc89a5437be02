
/*
 * Style sheets.  css_vectors.tsv is what Chromium fetches of them, and what is
 * reported besides; then limits, encodings, and what a URL's text is.
 */

#include "vectors.h"
#include "ngx_consent_css.h"


#define LIMIT  128
#define BLOCK  64


typedef struct {
    ngx_consent_css_t  css;
    vectors_t          got;
} run_t;


static ngx_int_t
next(void *reader, u_char **pos, u_char *last)
{
    return ngx_consent_css_next(reader, pos, last);
}


static ngx_int_t
end(void *reader)
{
    return ngx_consent_css_end(reader);
}


static void
found(void *data, ngx_int_t rc, size_t at, const u_char *p, size_t len)
{
    run_t    *r = data;
    size_t    n;
    u_char   *text;

    r->got.len += sprintf(r->got.events + r->got.len, "%s%d%c%s%s %zu+%zu\n",
                      rc == NGX_CONSENT_CSS_LONG ? "LONG " : "", r->css.what,
                      r->css.quote ? r->css.quote : '-',
                      r->css.raw ? " raw" : "", r->css.doubt ? " doubt" : "",
                      at, len);

    text = malloc(LIMIT * 3);

    n = ngx_consent_css_text(&r->css, text, LIMIT * 3, p, len);
    vectors_add(&r->got, text, n);

    if (r->css.raw) {
        n = ngx_consent_css_raw(text, LIMIT * 3, p, len);
        vectors_add(&r->got, text, n);
    }

    free(text);
}


static void
read_sheet(run_t *r, const char *css, size_t len, size_t first, size_t size,
    ngx_uint_t lead)
{
    spans_t  s = { next, end, &r->css.off, &r->css.len, &r->css.held, found,
                   r };

    memset(r, 0, sizeof(run_t));

    ngx_consent_css_init(&r->css, LIMIT);
    r->css.lead = lead;

    spans_run(&s, &r->css, (const u_char *) css, len, first, size);
}


/* whole, in two pieces everywhere, byte by byte: always the same */

static void
read_everywhere(vectors_t *whole, const char *name, const char *css,
    size_t len, ngx_uint_t lead)
{
    size_t        i, size;
    char          sheet[1024];

    static run_t  r, bytes;

    read_sheet(&r, css, len, len, len + 1, lead);

    *whole = r.got;

    for (i = 0; i <= len; i++) {

        /* 0: byte by byte */
        read_sheet(&r, css, len, i ? i : 1, i ? len : 1, lead);

        CHECK(strcmp(r.got.events, whole->events) == 0,
              "%s, cut at %zu:\n%s-- whole:\n%s", name, i, r.got.events,
              whole->events);
    }

    /* a sheet that is long enough is read in blocks, but not byte by byte */

    size = len + BLOCK + 1;

    for (i = 0; i <= BLOCK + 1; i++) {
        memset(sheet, '}', size);
        memcpy(sheet + i, css, len);

        read_sheet(&r, sheet, size, size, size, lead);
        read_sheet(&bytes, sheet, size, 1, 1, lead);

        CHECK(strcmp(r.got.events, bytes.got.events) == 0,
              "%s, behind %zu bytes:\n%s-- alone:\n%s",
              name, i, r.got.events, bytes.got.events);
    }
}


/* what the standards say where Chromium was not asked */

static void
check_events(void)
{
    size_t            i, len;
    char              sheet[512];

    static vectors_t  r;

    static const struct {
        const char  *rule;
        const char  *css;
        ngx_uint_t   lead;
        const char  *events;
    } rows[] = {
        { "a name of any length before '(' is not url",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaurl(x)", 0, "" },
        { "what is told, where it stands and what it has around",
          "a{b:url(x)c:url( \"y\" )d:image-set('z')e:src('s')}", 0,
          "0- 8+1\n0\" 18+1\n2' 35+1\n0' 45+1\n" },
        { "@import with and without url()",
          "p{}@import 'a';@import url(b);@import url('c');", 0,
          "1' 12+1\n1- 27+1\n1' 43+1\n" },
        { "custom properties", "p{--a:'b';c:'d';--e:url(f)}", 0,
          "3' 7+1\n0- 24+1\n" },
        { "white space around a URL is not counted",
          "p{a:url(  b    )}", 0, "0- 10+1\n" },
        { "no URL is empty", "p{a:url();b:url('');--c:'';d:image-set('')}", 0,
          "" },

        { "in GBK and Big5 a '\\' may be a second half",
          "p{--a:'\x81\\';b:'c'}", NGX_CONSENT_LEAD_GBK, "3' 7+2\n" },
        { "in UTF-8 it is not", "p{--a:'\x81\\';b:'c'}", 0,
          "3' 7+6\n3' 16+1\n" },
        { "after two bytes of a character it is none",
          "p{--a:'\x81\x81\\';b:'c'}", NGX_CONSENT_LEAD_GBK,
          "3' 7+7\n3' 17+1\n" },
        { "a half-width letter of Shift_JIS takes no second half",
          "p{--a:'\xb1\\';b:'c'}", NGX_CONSENT_LEAD_SJIS,
          "3' 7+6\n3' 16+1\n" },
        { "others take one", "p{--a:'\xe0\\';b:'c'}", NGX_CONSENT_LEAD_SJIS,
          "3' 7+2\n" },
        { "it may stand in a URL", "p{a:url(\x81\\)}", NGX_CONSENT_LEAD_GBK,
          "0- 8+2\n" },
        { "it may stand in a name", "p{a:\x81\\75rl(x);b:\x81[url(y)}",
          NGX_CONSENT_LEAD_GBK, "" },
        { "it may stand in a bad URL", "p{a:url(x \x81\\)url(y)}",
          NGX_CONSENT_LEAD_GBK, "0- 17+1\n" },
        { "an escaped character may have two halves",
          "p{--a:'\\\x81\\';b:'c'}", NGX_CONSENT_LEAD_GBK, "3' 7+3\n" },

        { NULL, NULL, 0, NULL }
    };

    for (i = 0; rows[i].rule; i++) {
        read_everywhere(&r, rows[i].rule, rows[i].css, strlen(rows[i].css),
                        rows[i].lead);

        CHECK(strcmp(r.events, rows[i].events) == 0, "%s: got\n%s",
              rows[i].rule, r.events);
    }

    /* LIMIT bytes of a URL, and no end */

    len = sprintf(sheet, "p{a:url(//t.test/");
    memset(sheet + len, 'x', 200);
    len += 200 + sprintf(sheet + len + 200, ");b:url(y)}");

    read_everywhere(&r, "a long URL", sheet, len, 0);

    CHECK(strcmp(r.events, "LONG 0- 8+128\n0- 225+1\n") == 0,
          "the beginning of a long URL is told: got\n%s", r.events);

    len = sprintf(sheet, "@import ");
    memset(sheet + len, 'x', 200);
    len += 200 + sprintf(sheet + len + 200, " ;@import 'y'");

    read_everywhere(&r, "a long URL without quotes", sheet, len, 0);

    CHECK(strcmp(r.events, "LONG 1- raw 8+128\n1' raw 219+1\n") == 0,
          "a preload scanner's long URL: got\n%s", r.events);

    len = sprintf(sheet, "@import url('");
    memset(sheet + len, 'x', 200);
    len += 200 + sprintf(sheet + len + 200, "');");

    read_everywhere(&r, "a long @import", sheet, len, 0);

    CHECK(strcmp(r.events, "LONG 1' raw 13+128\n") == 0,
          "a long URL of both readers comes once: got\n%s", r.events);

    len = sprintf(sheet, "p{a:url(x");
    memset(sheet + len, ' ', 200);
    len += 200 + sprintf(sheet + len + 200, ")}");

    read_everywhere(&r, "white space after a URL", sheet, len, 0);

    CHECK(strcmp(r.events, "LONG 0- 8+1\n") == 0,
          "white space is held, but no longer than the limit: got\n%s",
          r.events);
}


static void
check_text(void)
{
    u_char             *dst;
    size_t              i, n, size;
    ngx_consent_css_t   c;

    static const struct {
        const char  *raw;
        const char  *text;
        u_char       quote;
    } rows[] = {
        { "a/b", "a/b", 0 },
        { "\\61 b\\63", "abc", 0 },
        { "\\000061b", "ab", 0 },
        { "\\0000611", "a1", 0 },
        { "a\\\nb\\\r\nc\\\fd\\\re", "abcde", '"' },
        { "\\e9 \\20ac \\10ffff ", "\xc3\xa9\xe2\x82\xac\xf4\x8f\xbf\xbf",
          '"' },
        { "\\0 \\dfff \\110000 ", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
          '"' },
        { "\\\xc3\xa9", "\xc3\xa9", '"' },
        { "a\\", "a", '"' },
        { "a\\", "a\xef\xbf\xbd", 0 },
        { NULL, NULL, 0 }
    };

    ngx_consent_css_init(&c, LIMIT);

    for (i = 0; rows[i].raw; i++) {
        c.quote = rows[i].quote;

        for (size = 0; size < 20; size++) {
            dst = malloc(size ? size : 1);
            n = ngx_consent_css_text(&c, dst, size, (u_char *) rows[i].raw,
                                     strlen(rows[i].raw));

            CHECK(n <= size && memcmp(dst, rows[i].text, n) == 0
                  && (n == strlen(rows[i].text) || size - n < 4),
                  "text of %s in %zu bytes", rows[i].raw, size);
            free(dst);
        }

        CHECK(n == strlen(rows[i].text), "text of %s", rows[i].raw);
    }
}


int
main(void)
{
    vectors_check("t/unit/css_vectors.tsv", read_everywhere);
    check_events();
    check_text();

    return test_done();
}
