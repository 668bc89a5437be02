
/*
 * Consent by provider: what is missing of a row where its provider is answered
 * apart from its categories, in look-ups, in scripts and in a page.
 */

#include "tables.h"
#include "pages.h"


#define ALL  (ESSENTIAL|PERFORMANCE|ADVERTISING|SHARING)
#define STUB  NGX_CONSENT_ROW_STUB


static const struct {
    const char  *provider;
    row_t        row;
} rows[] = {
    { "A", { COOKIE, "a", ADVERTISING, NULL, 0, NULL } },
    { "A", { COOKIE, "a_*", ADVERTISING, NULL, 0, NULL } },
    { "A", { COOKIE, "~^re[0-9]", ADVERTISING, NULL, 0, NULL } },
    { "A", { COOKIE, "same", ADVERTISING, NULL, 0, NULL } },
    { "B", { COOKIE, "same", ADVERTISING, NULL, 0, NULL } },
    { "A", { COOKIE, "s*xy", ADVERTISING, NULL, 0, NULL } },
    { "B", { COOKIE, "sx*y", ADVERTISING, NULL, 0, NULL } },
    { "A", { COOKIE, "of_site", ESSENTIAL, NULL, 0, NULL } },
    { "A", { COOKIE, "shown", ADVERTISING, NULL, 1, NULL } },
    { "A", { HEADER, "X-A", ADVERTISING, NULL, 0, NULL } },
    { "A", { HEADER, "X-A-*", ADVERTISING, NULL, 0, NULL } },
    { "A", { HEADER, "X-Same", ADVERTISING, NULL, 0, NULL } },
    { "B", { HEADER, "X-Same", ADVERTISING, NULL, 0, NULL } },
    { "A", { URL, "a.test", ADVERTISING, NULL, 0, NULL } },
    { "B", { URL, "a.test/b", ADVERTISING, NULL, 0, NULL } },
    { "A", { URL, "=same.test", ADVERTISING, NULL, 0, NULL } },
    { "B", { URL, "=same.test", ADVERTISING, NULL, 0, NULL } },
    { "A", { URL, "*/any.js", ADVERTISING, NULL, 0, NULL } },
    { "A", { URL, "/own", ADVERTISING, NULL, 0, NULL } },
    { "A", { URL, "cmp.test/ads", ADVERTISING, NULL, 0, NULL } },
    { "Banner", { URL, "cmp.test", ADVERTISING, NULL, 0, "onetrust" } },
    { "B", { URL, "b.test", ADVERTISING, NULL, 0, NULL } },
    { "A", { INLINE, "aq(", ADVERTISING, NULL, 0, NULL } },
    { "B", { INLINE, "bq(", ADVERTISING, NULL, 0, NULL } },
    { "A", { INLINE, "same(", ADVERTISING, NULL, 0, NULL } },
    { "B", { INLINE, "same(", ADVERTISING, NULL, 0, NULL } },
    { "Banner", { INLINE, "banner(", ADVERTISING, NULL, 0, "onetrust" } },
    { "A", { STUB, "a_stub()", ADVERTISING, NULL, 0, NULL } },
    { "B", { STUB, "b_stub()", ADVERTISING, NULL, 0, NULL } },

    /* one provider, in several blocks and categories */

    { "A", { COOKIE, "a_stats", PERFORMANCE, NULL, 0, NULL } },
    { "A", { COOKIE, "a_two", PERFORMANCE|ADVERTISING, NULL, 0, NULL } },
    { "A", { URL, "stats.a.test", PERFORMANCE, NULL, 0, NULL } },
    { NULL, { 0, NULL, 0, NULL, 0, NULL } }
};


static ngx_consent_mask_t   masks[3];   /* of A, B and the banner */


static ngx_consent_table_t *
make_table(void)
{
    int                   i;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    t = new_table();

    for (i = 0; rows[i].provider; i++) {
        CHECK(add_of(t, rows[i].provider, &rows[i].row, i, &fault) == NGX_OK,
              "row %s", rows[i].row.pattern);
    }

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK, "the rows compile");

    return t;
}


static void
grant_of(ngx_consent_mask_t mask, ngx_consent_mask_t a, ngx_consent_mask_t b)
{
    masks[0] = a;
    masks[1] = b;
    masks[2] = mask;

    grant.mask = mask;
    grant.providers = masks;
}


static void
check_numbers(void)
{
    ngx_uint_t                            i, n;
    ngx_consent_table_t                  *t;
    const ngx_consent_row_t *const       *row;
    const ngx_consent_provider_t *const  *p;

    static const struct {
        const char          *name;
        ngx_consent_mask_t   waits;
    } list[] = {
        { "A", PERFORMANCE|ADVERTISING }, { "B", ADVERTISING },
        { "Banner", ADVERTISING }
    };

    t = make_table();
    p = ngx_consent_table_providers(t, &n);

    CHECK(n == 3, "one provider a name: %zu", (size_t) n);

    for (i = 0; i < n; i++) {
        CHECK(p[i]->index == i && p[i]->name.len == strlen(list[i].name)
              && memcmp(p[i]->name.data, list[i].name, p[i]->name.len) == 0
              && p[i]->waits == list[i].waits, "provider %s", list[i].name);
    }

    row = ngx_consent_table_rows(t, &n);

    for (i = 0; i < n; i++) {
        CHECK(row[i]->provider->index < 3
              && row[i]->provider->name.len
                 == p[row[i]->provider->index]->name.len
              && row[i]->provider->waits
                 == p[row[i]->provider->index]->waits,
              "all blocks of a name have its number");
    }

    ngx_consent_table_destroy(t);
}


/* tcf= of up to three blocks of one provider; fault: the block that is wrong */

static void
check_tcf(void)
{
    int                                   i, k;
    ngx_int_t                             rc;
    ngx_uint_t                            n;
    ngx_consent_fault_t                   fault;
    ngx_consent_table_t                  *t;
    ngx_consent_provider_t                p, *added[3];
    const ngx_consent_provider_t *const  *all;

    static const struct {
        ngx_uint_t  tcf[3];
        ngx_uint_t  fault, other;
        ngx_uint_t  is;
    } list[] = {
        { { 0, 0, 0 }, 0, 0, 0 },
        { { 755, 0, 0 }, 0, 0, 755 },
        { { 0, 0, 755 }, 0, 0, 755 },
        { { 0, 755, 755 }, 0, 0, 755 },
        { { 755, 0, 756 }, 3, 1, 0 },
        { { 0, 755, 756 }, 3, 2, 0 },
        { { 755, 756, 0 }, 2, 1, 0 }
    };

    for (i = 0; i < (int) (sizeof(list) / sizeof(list[0])); i++) {

        t = new_table();

        for (k = 0; k < 3; k++) {
            memset(&p, 0, sizeof(p));
            p.name = str("P");
            p.mask = ADVERTISING;
            p.tcf = list[i].tcf[k];
            p.place.line = k + 1;
            ngx_consent_table_provider(t, &p, &added[k], &fault);
        }

        rc = ngx_consent_table_compile(t, &fault);

        if (list[i].fault) {
            CHECK(rc == NGX_DECLINED && fault.place.line == list[i].fault
                  && fault.other.line == list[i].other,
                  "tcf %d: lines %zu and %zu", i, (size_t) fault.place.line,
                  (size_t) fault.other.line);
            continue;
        }

        all = ngx_consent_table_providers(t, &n);

        CHECK(rc == NGX_OK && n == 1 && all[0]->tcf == list[i].is
              && added[1]->tcf == list[i].is && added[2]->tcf == list[i].is,
              "tcf %d: %zu", i, (size_t) all[0]->tcf);
    }
}


/* What is accepted of all, of A, of B; what is missing, and whose row it is. */

static const struct {
    int                  kind;
    const char          *subject;
    const char          *host;
    ngx_consent_mask_t   mask, a, b;
    ngx_consent_mask_t   missing;
    const char          *row;           /* its provider */
    int                  several;
} lookups[] = {
    { COOKIE, "a", "", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { COOKIE, "a", "", 0, ALL, 0, 0, "A", 0 },
    { COOKIE, "a_1", "", ALL, PERFORMANCE, ALL, ADVERTISING, "A", 0 },
    { COOKIE, "a_1", "", 0, ADVERTISING, 0, 0, "A", 0 },
    { COOKIE, "re1", "", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { COOKIE, "re1", "", 0, ALL, 0, 0, "A", 0 },
    { COOKIE, "a_stats", "", ALL, ADVERTISING, ALL, PERFORMANCE, "A", 0 },
    { COOKIE, "a_stats", "", ALL, PERFORMANCE, ALL, 0, "A", 0 },
    { COOKIE, "a_two", "", ALL, PERFORMANCE, ALL, ADVERTISING, "A", 0 },
    { COOKIE, "a_two", "", ALL, 0, ALL, PERFORMANCE|ADVERTISING, "A", 0 },
    { COOKIE, "of_site", "", ESSENTIAL, 0, 0, 0, "A", 0 },
    { COOKIE, "shown", "", 0, 0, 0, 0, "A", 0 },

    { COOKIE, "same", "", ALL, ALL, 0, ADVERTISING, "B", 1 },
    { COOKIE, "same", "", ALL, 0, ALL, ADVERTISING, "A", 1 },
    { COOKIE, "same", "", 0, ALL, ALL, 0, "A", 1 },
    { COOKIE, "sxxy", "", ALL, ALL, 0, ADVERTISING, "B", 1 },
    { COOKIE, "sxxy", "", ALL, 0, ALL, ADVERTISING, "A", 1 },

    { HEADER, "x-a", "", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { HEADER, "x-a-1", "", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { HEADER, "x-a-1", "", 0, ALL, 0, 0, "A", 0 },
    { HEADER, "x-same", "", ALL, ALL, 0, ADVERTISING, "B", 1 },
    { HEADER, "x-same", "", ALL, 0, ALL, ADVERTISING, "A", 1 },
    { HEADER, "x-same", "", 0, ALL, ALL, 0, "A", 1 },

    { URL, "/x", "a.test", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { URL, "/x", "a.test", 0, ALL, 0, 0, "A", 0 },
    { URL, "/b", "a.test", ALL, 0, ALL, 0, "B", 0 },
    { URL, "/b", "a.test", 0, ALL, 0, ADVERTISING, "B", 0 },
    { URL, "/x", "stats.a.test", ALL, ADVERTISING, ALL, PERFORMANCE, "A", 0 },
    { URL, "/x", "same.test", ALL, ALL, 0, ADVERTISING, "B", 1 },
    { URL, "/x", "same.test", ALL, 0, ALL, ADVERTISING, "A", 1 },
    { URL, "/x", "same.test", 0, ALL, ALL, 0, "A", 1 },
    { URL, "/x/any.js", "else.test", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { URL, "/own", "own.test", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { URL, "/own", "own.test", 0, ALL, 0, 0, "A", 0 },
    { URL, "/ads", "cmp.test", ALL, 0, ALL, 0, "A", 0 },

    { INLINE, "aq(1)", "", ALL, 0, ALL, ADVERTISING, "A", 0 },
    { INLINE, "aq(1)", "", 0, ALL, 0, 0, "A", 0 },
    { INLINE, "aq(1);bq(1)", "", ALL, ALL, 0, ADVERTISING, "B", 1 },
    { INLINE, "aq(1);bq(1)", "", ALL, 0, ALL, ADVERTISING, "A", 1 },
    { INLINE, "same(1)", "", ALL, ALL, 0, ADVERTISING, "B", 1 },
    { INLINE, "same(1)", "", ALL, 0, ALL, ADVERTISING, "A", 1 },
    { INLINE, "same(1)", "", 0, ALL, ALL, 0, "A", 1 },
    { INLINE, "aq(1);banner(1)", "", ALL, 0, ALL, 0, "A", 0 },
    { INLINE, "banner(1);aq(1)", "", ALL, 0, ALL, 0, "A", 0 },
    { 0, NULL, NULL, 0, 0, 0, 0, NULL, 0 }
};


/* Of a script it is what is found, however it is cut. */

static ngx_int_t
look(ngx_consent_table_t *t, int k, size_t cut, ngx_consent_match_t *m)
{
    size_t               len;
    u_char              *a, *b;
    ngx_consent_scan_t   scan;

    if (lookups[k].kind != INLINE) {
        return find(t, lookups[k].kind, lookups[k].subject, lookups[k].host, m);
    }

    len = strlen(lookups[k].subject);

    a = test_copy(lookups[k].subject, cut);
    b = test_copy(lookups[k].subject + cut, len - cut);

    ngx_consent_table_scan_init(&scan, &grant);
    ngx_consent_table_scan(t, &scan, a, cut, 0);
    ngx_consent_table_scan(t, &scan, b, len - cut, 1);

    free(a);
    free(b);

    *m = scan.match;

    return m->row ? NGX_OK : NGX_DECLINED;
}


static void
check_lookups(void)
{
    int                   k;
    size_t                cut, cuts;
    ngx_int_t             rc;
    ngx_consent_match_t   m, plain;
    ngx_consent_table_t  *t;

    t = make_table();

    for (k = 0; lookups[k].subject; k++) {

        cuts = lookups[k].kind == INLINE ? strlen(lookups[k].subject) : 0;

        for (cut = 0; cut <= cuts; cut++) {

            grant_of(lookups[k].mask, lookups[k].a, lookups[k].b);
            rc = look(t, k, cut, &m);

            CHECK(rc == NGX_OK && m.missing == lookups[k].missing
                  && m.row->provider->name.len == strlen(lookups[k].row)
                  && memcmp(m.row->provider->name.data, lookups[k].row,
                            m.row->provider->name.len)
                     == 0
                  && (int) m.several == lookups[k].several,
                  "%d: %s%s: missing %x, not %x, by %.*s, several %d", k,
                  lookups[k].host, lookups[k].subject,
                  rc == NGX_OK ? m.missing : 0, lookups[k].missing,
                  rc == NGX_OK ? (int) m.row->provider->name.len : 0,
                  rc == NGX_OK ? m.row->provider->name.data : (u_char *) "",
                  rc == NGX_OK ? m.several : 0);

            /* without them it is the mask that answers */

            grant.providers = NULL;
            rc = look(t, k, cut, &plain);

            CHECK(rc == NGX_OK && plain.needs == m.needs
                  && plain.missing == (m.needs & ~lookups[k].mask),
                  "%d: %s%s by its category: missing %x", k, lookups[k].host,
                  lookups[k].subject, rc == NGX_OK ? plain.missing : 0);
        }
    }

    ngx_consent_table_destroy(t);
}


static void
check_all(void)
{
    size_t                i;
    ngx_consent_table_t  *t;

    static const struct {
        ngx_consent_mask_t   mask, a, b;
        ngx_consent_mask_t   missing, accepted;
        int                  differs;
    } list[] = {
        { ALL, ALL, ALL, 0, ALL, 0 },
        { ALL, ALL, 0, ADVERTISING, ALL, 1 },
        { ALL, ADVERTISING, ALL, PERFORMANCE, ALL, 1 },
        { ESSENTIAL, ESSENTIAL, ESSENTIAL, PERFORMANCE|ADVERTISING|SHARING,
          ESSENTIAL, 0 },
        { ESSENTIAL, ESSENTIAL, ALL, PERFORMANCE|ADVERTISING|SHARING,
          ESSENTIAL|ADVERTISING, 1 },

        /* what a provider has no rows of is nobody's */

        { ALL, ALL, ADVERTISING, 0, ALL, 0 },
        { ALL & ~SHARING, ALL, ALL, SHARING, ALL & ~SHARING, 0 }
    };

    t = make_table();

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {

        grant_of(list[i].mask, list[i].a, list[i].b);

        CHECK(ngx_consent_table_missing(t, &grant) == list[i].missing,
              "missing of %zu: %x", i, ngx_consent_table_missing(t, &grant));
        CHECK(ngx_consent_table_accepted(t, &grant) == list[i].accepted,
              "accepted of %zu: %x", i, ngx_consent_table_accepted(t, &grant));
        CHECK((int) ngx_consent_table_differs(t, &grant) == list[i].differs,
              "whether %zu differs", i);

        grant.providers = NULL;

        CHECK(ngx_consent_table_missing(t, &grant) == (ALL & ~list[i].mask)
              && ngx_consent_table_accepted(t, &grant) == list[i].mask
              && !ngx_consent_table_differs(t, &grant),
              "%zu without providers", i);
    }

    ngx_consent_table_destroy(t);
}


/* What a page can be held back for: rows of URLs and of scripts, no others. */

static void
check_holds(void)
{
    size_t                i;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    static const row_t  rows[] = {
        { COOKIE, "c", SHARING, NULL, 0, NULL },
        { HEADER, "x", SHARING, NULL, 0, NULL },
        { URL, "a.test", ADVERTISING, NULL, 0, NULL },
        { URL, "own.test", ESSENTIAL, NULL, 0, NULL },
        { URL, "platform.test", SHARING, NULL, 0, "p" },
        { URL, "pass.test", SHARING, NULL, 1, NULL },
        { INLINE, "marker(", PERFORMANCE, NULL, 0, NULL }
    };

    static const struct {
        ngx_consent_mask_t   mask;
        ngx_uint_t           urls;
        ngx_uint_t           scripts;
    } list[] = {
        { ESSENTIAL, 1, 1 },
        { ESSENTIAL|PERFORMANCE|SHARING, 1, 1 },
        { ESSENTIAL|ADVERTISING|SHARING, 0, 1 },
        { ESSENTIAL|ADVERTISING, 0, 1 },
        { ESSENTIAL|ADVERTISING|PERFORMANCE, 0, 0 },
        { ALL, 0, 0 }
    };

    t = new_table();

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        add_of(t, rows[i].platform ? "Platform" : "P", &rows[i], i, &fault);
    }

    ngx_consent_table_compile(t, &fault);

    grant.providers = NULL;

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {

        grant.mask = list[i].mask;

        CHECK(ngx_consent_table_holds(t, &grant, 0) == list[i].urls
              && ngx_consent_table_holds(t, &grant, 1) == list[i].scripts,
              "what %zu holds", i);
    }

    ngx_consent_table_destroy(t);
}


/* A page for who accepted every category: refused are A, B, or both. */

#define H  " type=\"text/plain\" data-consent=\"advertising\""
#define S(x)  "<script data-consent-stub=\"\">" x "</script>"

/* XML: what the entity stands for is not known */

#define DOUBT                                                                \
    "<!DOCTYPE r [<!ENTITY t '&t;'>]><r xmlns='http://www.w3.org/1999/xhtml'>"

static const struct {
    const char          *html;
    ngx_consent_mask_t   a, b;
    const char          *held;          /* NULL: left as it is */
} pages[] = {
    { "<img src=//a.test/>", 0, ALL,
      "<img data-consent=\"advertising\" data-consent-src=//a.test/>" },
    { "<img src=//a.test/>", ALL, 0, NULL },
    { "<img src=//a.test/b>", ALL, 0,
      "<img data-consent=\"advertising\" data-consent-src=//a.test/b>" },
    { "<img src=//a.test/b>", 0, ALL, NULL },
    { "<img src=//same.test/>", ALL, 0,
      "<img data-consent=\"advertising\" data-consent-src=//same.test/>" },
    { "<img src=//same.test/>", 0, ALL,
      "<img data-consent=\"advertising\" data-consent-src=//same.test/>" },
    { "<img src=//cmp.test/ads>", 0, 0, NULL },
    { "<img src=/ srcset='/1 1x, //b.test/2 2x'>", ALL, 0,
      "<img data-consent=\"advertising\" src=/"
      " data-consent-srcset='/1 1x, //b.test/2 2x'>" },
    { "<img src=/ srcset='/1 1x, //b.test/2 2x'>", 0, ALL, NULL },
    { "<img src=//a.test/ srcset='//b.test/2 2x'>", 0, ALL,
      "<img data-consent=\"advertising\" data-consent-src=//a.test/"
      " srcset='//b.test/2 2x'>" },
    { "<p style='background:url(//a.test/)'>", ALL, 0, NULL },
    { "<p style='background:url(//b.test/)'>", ALL, 0,
      "<p style='background:url(about:invalid)'>" },
    { "<iframe srcdoc='<img src=//a.test/>'></iframe>", ALL, 0, NULL },
    { "<script src=//stats.a.test/></script>", PERFORMANCE, ALL, NULL },

    /* with its stubs, but for one that the provider is granted */

    { "<script src=//stats.a.test/></script>", 0, ALL,
      S("a_stub()") "<script type=\"text/plain\" data-consent=\"performance\""
      " data-consent-src=//stats.a.test/></script>" },
    { "<script src=//stats.a.test/></script>", ADVERTISING, ALL,
      "<script type=\"text/plain\" data-consent=\"performance\""
      " data-consent-src=//stats.a.test/></script>" },
    { "<script src=//a.test/></script>", 0, ALL,
      S("a_stub()") "<script" H " data-consent-src=//a.test/></script>" },
    { "<script src=//same.test/></script>", ALL, 0,
      S("b_stub()") "<script" H " data-consent-src=//same.test/></script>" },
    { "<script>aq(1)</script>", 0, ALL,
      S("a_stub()") "<script" H ">aq(1)</script>" },
    { "<script>aq(1)</script>", ALL, 0, NULL },
    { "<script>bq(1)</script>", 0, ALL, NULL },
    { "<script>aq(1);bq(1)</script>", ALL, 0,
      S("a_stub()\nb_stub()") "<script" H ">aq(1);bq(1)</script>" },
    { "<script>same(1)</script>", ALL, 0,
      S("a_stub()\nb_stub()") "<script" H ">same(1)</script>" },
    { "<script>banner(1);aq(1)</script>", 0, 0, NULL },

    /* in svg a marker may be written with references */

    { "<svg><script>aq(1);b&#113;(1)</script></svg>", ALL, 0,
      "<svg><script" H ">aq(1);b&#113;(1)</script></svg>" },

    /* what is in doubt waits for all that anybody is refused */

    { DOUBT "<script>&t;</script></r>", ALL, ALL, NULL },
    { DOUBT "<script>&t;</script></r>", ADVERTISING, ALL,
      DOUBT "<script type=\"text/plain\" data-consent=\"performance\">&t;"
      "</script></r>" },
    { DOUBT "<script>&t;</script></r>", PERFORMANCE, 0,
      DOUBT "<script" H ">&t;</script></r>" },
    { NULL, 0, 0, NULL }
};


static void
rules_init(ngx_consent_rules_t *rules, ngx_consent_table_t *t)
{
    memset(rules, 0, sizeof(ngx_consent_rules_t));

    rules->table = t;
    rules->tag_buffer = 256;
    rules->inline_buffer = 256;
    rules->self.scheme = NGX_CONSENT_URL_HTTP;
    rules->self.host = str("own.test");
    rules->self.path = str("/");
    rules->emit = emit;
    rules->note = note;
}


static void
check_pages(void)
{
    int                   i;
    size_t                cut;
    const char           *expected;
    ngx_consent_rules_t   rules;
    ngx_consent_table_t  *t;

    t = make_table();
    rules_init(&rules, t);

    for (i = 0; pages[i].html; i++) {

        expected = pages[i].held ? pages[i].held : pages[i].html;
        rules.kind = (pages[i].html[1] == '!') ? NGX_CONSENT_KIND_XML
                                               : NGX_CONSENT_KIND_HTML;

        for (cut = 0; cut <= strlen(pages[i].html); cut++) {

            grant_of(ALL, pages[i].a, pages[i].b);
            rules.grant = grant;
            run(&rules, pages[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out.data, expected) == 0, "%s cut at %zu: %s",
                  pages[i].html, cut, out.data);
        }

        rules.grant.providers = NULL;
        run(&rules, pages[i].html, 0, 4096);

        CHECK(strcmp(out.data, pages[i].html) == 0,
              "%s, accepted by category: %s", pages[i].html, out.data);
    }

    ngx_consent_table_destroy(t);
}


int
main(void)
{
    pool = shim_create_pool();

    check_numbers();
    check_tcf();
    check_lookups();
    check_all();
    check_holds();
    check_pages();

    shim_destroy_pool(pool);

    return test_done();
}
