
/*
 * What takes the place of a script that is held back, fed at every split and
 * byte by byte; then once more, which changes nothing.
 */

#include "pages.h"


#define S(text)  "<script data-consent-stub=\"\">" text "</script>"
#define N(nonce, text)                                                       \
    "<script nonce=" nonce " data-consent-stub=\"\">" text "</script>"
#define H  " type=\"text/plain\" data-consent=\"ads\""


/*
 * Provider A: a.test, aq(, two stubs, one with its marker; B: b.test, bq, the
 * second stub of A; C: c.test, of "ads", with a stub of "stats", which is
 * accepted; D: d.test, without one; E: e.test, with markup in it.
 */

static const struct {
    const char  *html;
    const char  *disabled;
    const char  *removed;
} rows[] = {

    /* by its URL; once a page */

    { "<p><script src=//a.test/></script><script src=//a.test/b></script>c",
      "<p>" S("window.aq=1\nsame()")
      "<script" H " data-consent-src=//a.test/></script>"
      "<script" H " data-consent-src=//a.test/b></script>c",
      "<p>" S("window.aq=1\nsame()") "c" },

    /* by a marker */

    { "<script>aq(1)</script>c",
      S("window.aq=1\nsame()") "<script" H ">aq(1)</script>c",
      S("window.aq=1\nsame()") "c" },

    /* the same text of two providers once */

    { "<script src=//a.test/></script><script src=//b.test/></script>",
      S("window.aq=1\nsame()")
      "<script" H " data-consent-src=//a.test/></script>"
      "<script" H " data-consent-src=//b.test/></script>",
      S("window.aq=1\nsame()") },
    { "<script src=//b.test/></script><script src=//a.test/></script>",
      S("same()")
      "<script" H " data-consent-src=//b.test/></script>" S("window.aq=1")
      "<script" H " data-consent-src=//a.test/></script>",
      S("same()") S("window.aq=1") },

    /* an inline script of two providers */

    { "<script>bq();aq()</script>",
      S("same()\nwindow.aq=1") "<script" H ">bq();aq()</script>",
      S("same()\nwindow.aq=1") },

    /* the nonce, as it is written */

    { "<script nonce=\"a'&amp;b\" src=//b.test/></script>",
      N("\"a'&amp;b\"", "same()")
      "<script" H " nonce=\"a'&amp;b\" data-consent-src=//b.test/></script>",
      N("\"a'&amp;b\"", "same()") },
    { "<script src=//b.test/ NONCE='x\"y'></script>",
      N("'x\"y'", "same()")
      "<script" H " data-consent-src=//b.test/ NONCE='x\"y'></script>",
      N("'x\"y'", "same()") },
    { "<script nonce=x\"y src=//b.test/></script>",
      N("\"x&#34;y\"", "same()")
      "<script" H " nonce=x\"y data-consent-src=//b.test/></script>",
      N("\"x&#34;y\"", "same()") },
    { "<script nonce=R4nd nonce=no>bq()</script>",
      N("\"R4nd\"", "same()") "<script" H " nonce=R4nd nonce=no>bq()</script>",
      N("\"R4nd\"", "same()") },
    { "<script nonce src=//b.test/></script>",
      S("same()") "<script" H " nonce data-consent-src=//b.test/></script>",
      S("same()") },
    { "<script nonce=\"\303\251\" src=//b.test/></script>",
      S("same()")
      "<script" H " nonce=\"\303\251\" data-consent-src=//b.test/></script>",
      S("same()") },

    /* no script, no stub; no row, no stub */

    { "<img src=//a.test/><script src=//d.test/></script>",
      "<img data-consent=\"ads\" data-consent-src=//a.test/>"
      "<script" H " data-consent-src=//d.test/></script>", "" },
    { "<script src=//own.test/></script><script>a.q()</script>",
      "<script src=//own.test/></script><script>a.q()</script>", NULL },

    /* what is accepted has a loader of its own in the page */

    { "<script src=//c.test/></script>",
      "<script" H " data-consent-src=//c.test/></script>", "" },

    /* what never runs in a browser with scripts needs none */

    { "<noscript><script src=//b.test/></script></noscript>"
      "<script src=//b.test/></script>",
      "<noscript><script" H " data-consent-src=//b.test/></script></noscript>"
      S("same()") "<script" H " data-consent-src=//b.test/></script>",
      "<noscript><script" H " data-consent-src=//b.test/></script></noscript>"
      S("same()") },

    /* svg: its text is markup */

    { "<svg><script href=//b.test/></script></svg>"
      "<svg><script href=//e.test/></script></svg>"
      "<script src=//e.test/></script>",
      "<svg>" S("same()")
      "<script" H " data-consent-href=//b.test/></script></svg>"
      "<svg><script" H " data-consent-href=//e.test/></script></svg>"
      S("1<2&&3") "<script" H " data-consent-src=//e.test/></script>",
      "<svg>" S("same()")
      "<script" H " data-consent-href=//b.test/></script></svg>"
      "<svg><script" H " data-consent-href=//e.test/></script></svg>"
      S("1<2&&3") },

    /* a document in a srcdoc is a page of its own */

    { "<script src=//b.test/></script>"
      "<iframe srcdoc=\"<script src=//b.test/></script>\"></iframe>",
      S("same()") "<script" H " data-consent-src=//b.test/></script>"
      "<iframe srcdoc=\"<script&#32;data-consent-stub=&#34;&#34;&#62;same()"
      "</script&#62;<script&#32;type=&#34;text/plain&#34;"
      "&#32;data-consent=&#34;ads&#34; data-consent-src=//b.test/></script>\">"
      "</iframe>",
      S("same()")
      "<iframe srcdoc=\"<script&#32;data-consent-stub=&#34;&#34;&#62;same()"
      "</script&#62;\"></iframe>" },

    /* a mark is no free pass: only the stubs themselves are */

    { S("aq(1)"), S("window.aq=1\nsame()") "<script" H
      " data-consent-stub=\"\">aq(1)</script>", S("window.aq=1\nsame()") },
    { S("window.aq=1\nevil();aq()"), S("window.aq=1\nsame()") "<script" H
      " data-consent-stub=\"\">window.aq=1\nevil();aq()</script>",
      S("window.aq=1\nsame()") },
    { S("window.aq=1\n"), S("window.aq=1\nsame()") "<script" H
      " data-consent-stub=\"\">window.aq=1\n</script>",
      S("window.aq=1\nsame()") },
    { "<script>window.aq=1</script>", S("window.aq=1\nsame()") "<script" H
      ">window.aq=1</script>", S("window.aq=1\nsame()") },
    { S("window.aq=1"), S("window.aq=1"), NULL },
    { S("same()\nwindow.aq=1"), S("same()\nwindow.aq=1"), NULL },
    { "<script data-consent-stub=\"\" src=//d.test/>same()</script>",
      "<script" H " data-consent-stub=\"\" data-consent-src=//d.test/>same()"
      "</script>", "" },
    { NULL, NULL, NULL }
};


/* of application/xhtml+xml */

#define XHTML  "<html xmlns='http://www.w3.org/1999/xhtml'>"

static const struct {
    const char  *xml;
    const char  *disabled;
} xml_rows[] = {
    { XHTML "<script src='//b.test/'/>",
      XHTML S("same()") "<script" H " data-consent-src='//b.test/'/>" },
    { XHTML "<script src='//e.test/'/>",
      XHTML "<script" H " data-consent-src='//e.test/'/>" },
    { NULL, NULL }
};


static ngx_consent_table_t *
make_table(ngx_pool_t *pool)
{
    size_t                   i;
    ngx_str_t                s = ngx_string("ads");
    ngx_str_t                stats = ngx_string("stats");
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

    static const struct {
        ngx_str_t            provider;
        ngx_consent_row_e    kind;
        ngx_str_t            pattern;
        ngx_consent_mask_t   mask;
    } list[] = {
        { ngx_string("A"), NGX_CONSENT_ROW_STUB, ngx_string("window.aq=1"),
          1 },
        { ngx_string("B"), NGX_CONSENT_ROW_STUB, ngx_string("same()"), 1 },
        { ngx_string("A"), NGX_CONSENT_ROW_URL, ngx_string("a.test"), 1 },
        { ngx_string("A"), NGX_CONSENT_ROW_INLINE, ngx_string("aq("), 1 },
        { ngx_string("A"), NGX_CONSENT_ROW_INLINE, ngx_string("window.aq"),
          1 },
        { ngx_string("A"), NGX_CONSENT_ROW_STUB, ngx_string("same()"), 1 },
        { ngx_string("B"), NGX_CONSENT_ROW_URL, ngx_string("b.test"), 1 },
        { ngx_string("B"), NGX_CONSENT_ROW_INLINE, ngx_string("bq("), 1 },
        { ngx_string("C"), NGX_CONSENT_ROW_STUB, ngx_string("stats()"), 2 },
        { ngx_string("C"), NGX_CONSENT_ROW_URL, ngx_string("c.test"), 1 },
        { ngx_string("D"), NGX_CONSENT_ROW_URL, ngx_string("d.test"), 1 },
        { ngx_string("E"), NGX_CONSENT_ROW_URL, ngx_string("e.test"), 1 },
        { ngx_string("E"), NGX_CONSENT_ROW_STUB, ngx_string("1<2&&3"), 1 }
    };

    t = ngx_consent_table_create(pool, &s);
    ngx_consent_table_category(t, &s, &s, 0, &fault);
    ngx_consent_table_category(t, &stats, &stats, 0, &fault);

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {

        memset(&p, 0, sizeof(p));
        p.name = list[i].provider;
        p.mask = 1;
        ngx_consent_table_provider(t, &p, &provider, &fault);

        memset(&row, 0, sizeof(row));
        row.kind = list[i].kind;
        row.pattern = list[i].pattern;
        row.mask = list[i].mask;
        row.provider = provider;

        CHECK(ngx_consent_table_row(t, &row, &fault) == NGX_OK, "row %zu", i);
    }

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK, "table");
    CHECK(ngx_consent_table_stubs(t) == 4, "stubs");

    return t;
}


static void
check(ngx_consent_rules_t *rules, const char *html, const char *expected)
{
    size_t  cut;

    for (cut = 0; cut <= strlen(html); cut++) {

        run(rules, html, cut, cut ? 4096 : 1);

        CHECK(strcmp(out.data, expected) == 0, "%s cut at %zu: %s", html, cut,
              out.data);
    }

    run(rules, expected, 0, 4096);

    CHECK(strcmp(out.data, expected) == 0, "%s, filtered twice: %s", html,
          out.data);
}


static void
test_refused(void)
{
    size_t                i;
    ngx_str_t             s = ngx_string("t");
    ngx_pool_t           *pool;
    ngx_consent_row_t     row;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    static const struct {
        const char  *text;
        int          ok;
    } list[] = {
        { "a()</script>", 0 },
        { "a()</SCRipt", 0 },
        { "a()</scrip", 1 },
        { "'<\\/script>'", 1 },
        { "<!--", 0 },
        { "a<!--b", 0 },
        { "a<!-b", 1 },
        { "<", 1 },
        { "caf\303\251", 0 },
        { "a\tb\r\nc", 1 },
        { "a\001", 0 },
        { "a\177", 0 }
    };

    pool = shim_create_pool();
    t = ngx_consent_table_create(pool, &s);

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {

        memset(&row, 0, sizeof(row));
        row.kind = NGX_CONSENT_ROW_STUB;
        row.pattern.len = strlen(list[i].text);
        row.pattern.data = test_copy(list[i].text, row.pattern.len);

        CHECK((ngx_consent_table_row(t, &row, &fault) == NGX_OK) == list[i].ok,
              "stub %s", list[i].text);

        free(row.pattern.data);
    }

    shim_destroy_pool(pool);
}


int
main(void)
{
    size_t                i;
    ngx_pool_t           *pool;
    ngx_consent_rules_t   rules;

    pool = shim_create_pool();

    memset(&rules, 0, sizeof(rules));
    rules.table = make_table(pool);
    rules.grant.mask = 2;
    rules.tag_buffer = 256;
    rules.inline_buffer = 256;
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host.data = (u_char *) "own.test";
    rules.self.host.len = 8;
    rules.self.path.data = (u_char *) "/";
    rules.self.path.len = 1;
    rules.emit = emit;
    rules.note = note;

    for (i = 0; rows[i].html; i++) {
        rules.remove = 0;
        check(&rules, rows[i].html, rows[i].disabled);

        rules.remove = 1;
        check(&rules, rows[i].html, rows[i].removed ? rows[i].removed
                                                    : rows[i].disabled);
    }

    rules.remove = 0;
    rules.kind = NGX_CONSENT_KIND_XML;

    for (i = 0; xml_rows[i].xml; i++) {
        check(&rules, xml_rows[i].xml, xml_rows[i].disabled);
    }

    /* what is only reported gets nothing */

    rules.kind = NGX_CONSENT_KIND_HTML;
    rules.emit = NULL;

    run(&rules, rows[0].html, 0, 1);
    CHECK(out.len == 0, "reported: %s", out.data);

    test_refused();

    shim_destroy_pool(pool);

    return test_done();
}
