
/*
 * Consent by provider in a page: what a consent platform's marks and a
 * placeholder make of it.
 */

#include "tables.h"
#include "pages.h"


#define ALL  (ESSENTIAL|PERFORMANCE|ADVERTISING|SHARING)


static const struct {
    const char  *provider;
    row_t        row;
} rows[] = {
    { "A", { URL, "a.test", ADVERTISING, NULL, 0, NULL } },
    { "B", { URL, "b.test", ADVERTISING, NULL, 0, NULL } },
    { "A", { URL, "=same.test", ADVERTISING, NULL, 0, NULL } },
    { "B", { URL, "=same.test", ADVERTISING, NULL, 0, NULL } },
    { "A", { INLINE, "aq(", ADVERTISING, NULL, 0, NULL } },
    { NULL, { 0, NULL, 0, NULL, 0, NULL } }
};


/* keys as they are read; "two" is both providers' */

static ngx_consent_markup_key_t  keys[] = {
    { ngx_string("ads"), ADVERTISING, 0 },
    { ngx_string("of-a"), ADVERTISING, 1 },
    { ngx_string("two"), ADVERTISING, 1 },
    { ngx_string("two"), ADVERTISING, 2 }
};


static ngx_consent_markup_provider_t  written[] = {
    { ngx_string("A"), ngx_string("of-a"), 1 },
    { ngx_string("B"), ngx_string("B"), 0 }
};


/* What is accepted of all, of A, of B; the platform; what is made of a tag. */

static const struct {
    const char          *platform;
    ngx_consent_mask_t   mask, a, b;
    const char          *html;
    const char          *marked;
} marks[] = {

    /* a key of categories is written for who has not accepted them */

    { "cookiebot", 0, 0, 0, "<script src=//a.test/></script>",
      "<script type=\"text/plain\" data-cookieconsent=\"ads\" src=//a.test/>"
      "</script>" },
    { "cookiebot", 0, ALL, 0, "<script src=//a.test/></script>",
      "<script src=//a.test/></script>" },

    /* and not where they are, or the platform would run it at once */

    { "cookiebot", ALL, 0, ALL, "<script src=//a.test/></script>",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " data-consent-src=//a.test/></script>" },
    { "cookiebot", ALL, 0, ALL, "<script>aq(1)</script>",
      "<script type=\"text/plain\" data-consent=\"advertising\">aq(1)"
      "</script>" },

    /* a provider's own key is, given or not */

    { "klaro", ALL, 0, ALL, "<img src=//a.test/>",
      "<img data-name=\"of-a\" data-src=//a.test/>" },
    { "klaro", ALL, ALL, 0, "<img src=//b.test/>",
      "<img data-name=\"B\" data-src=//b.test/>" },
    { "klaro", 0, 0, 0, "<img src=//b.test/>",
      "<img data-name=\"ads\" data-src=//b.test/>" },
    { "klaro", ALL, ALL, 0, "<img src=//same.test/>",
      "<img data-consent=\"advertising\" data-consent-src=//same.test/>" },

    /* an author's marks, by category and by provider */

    { "klaro", ALL, 0, 0, "<img data-name=ads data-src=//own.test/>",
      "<img data-consent-data-name=ads src=//own.test/>" },
    { "klaro", 0, ALL, ALL, "<img data-name=ads data-src=//own.test/>",
      "<img data-name=ads data-src=//own.test/>" },
    { "klaro", 0, ALL, 0, "<img data-name=of-a data-src=//own.test/>",
      "<img data-consent-data-name=of-a src=//own.test/>" },
    { "klaro", ALL, 0, ALL, "<img data-name=of-a data-src=//own.test/>",
      "<img data-name=of-a data-src=//own.test/>" },
    { "klaro", ALL, ALL, 0, "<img data-name=two data-src=//own.test/>",
      "<img data-name=two data-src=//own.test/>" },
    { "klaro", 0, ALL, ALL, "<img data-name=two data-src=//own.test/>",
      "<img data-consent-data-name=two src=//own.test/>" },

    /* the table has the last word */

    { "klaro", ALL, ALL, 0, "<img data-name=of-a data-src=//b.test/>",
      "<img data-name=of-a data-src=//b.test/>" },
    { NULL, 0, 0, 0, NULL, NULL }
};


/* The placeholder says [provider, and the form's action if there is one]. */

static const struct {
    ngx_consent_mask_t   mask, a;
    const char          *html;
} places[] = {
    { PERFORMANCE, PERFORMANCE,
      "[A /choice<input type=\"hidden\" name=\"accept\" value=\"performance\">"
      "<input type=\"hidden\" name=\"accept\" value=\"advertising\">]" },

    /* what was accepted already changes nothing when it is accepted again */

    { ADVERTISING, PERFORMANCE, "[A]" },
    { 0, ADVERTISING, "" },
    { 0, 0, NULL }
};


static ngx_consent_mask_t  masks[2];


static void
check_marks(ngx_consent_rules_t *rules)
{
    int                    i;
    size_t                 cut;
    ngx_str_t              name;
    ngx_consent_markup_t   m;

    for (i = 0; marks[i].platform; i++) {

        memset(&m, 0, sizeof(m));
        name = str(marks[i].platform);

        m.platform = ngx_consent_markup_platform(&name);
        m.categories[2] = str("ads");
        m.providers = written;
        m.nproviders = m.platform->by_provider ? 2 : 0;
        m.keys = keys;
        m.nkeys = m.platform->by_provider ? 4 : 1;
        m.live = 1;

        masks[0] = marks[i].a;
        masks[1] = marks[i].b;

        rules->markup = &m;
        rules->grant.mask = marks[i].mask;

        for (cut = 0; cut <= strlen(marks[i].html); cut++) {

            run(rules, marks[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out.data, marks[i].marked) == 0,
                  "%d: %s cut at %zu: %s", i, marks[i].html, cut, out.data);
        }
    }

    rules->markup = NULL;
}


static void
check_places(ngx_consent_rules_t *rules)
{
    int                     i;
    char                    expected[512];
    ngx_consent_stand_in_t  place;

    static const char  html[] = "<embed src=//a.test/>";
    static const char  held[] =
        "<embed data-consent=\"advertising\" hidden inert"
        " data-consent-src=//a.test/>";

    memset(&place, 0, sizeof(place));
    place.html = str("[$provider<!--# if action --> $action$accept"
                     "<!--# endif -->]");
    place.lang = ngx_consent_language((u_char *) "en", 2);
    place.action = str("/choice");
    place.offers = ALL;

    rules->place = &place;

    for (i = 0; places[i].html; i++) {

        masks[0] = places[i].a;
        rules->grant.mask = places[i].mask;

        snprintf(expected, sizeof(expected), "%s%s", places[i].html,
                 places[i].html[0] ? held : html);

        run(rules, html, 0, 4096);

        CHECK(strcmp(out.data, expected) == 0, "placeholder %d: %s", i,
              out.data);
    }
}


int
main(void)
{
    int                   i;
    ngx_consent_fault_t   fault;
    ngx_consent_rules_t   rules;

    pool = shim_create_pool();

    memset(&rules, 0, sizeof(rules));
    rules.table = new_table();

    for (i = 0; rows[i].provider; i++) {
        CHECK(add_of((ngx_consent_table_t *) rules.table, rows[i].provider,
                     &rows[i].row, i, &fault)
              == NGX_OK, "row %d", i);
    }

    CHECK(ngx_consent_table_compile((ngx_consent_table_t *) rules.table, &fault)
          == NGX_OK, "the rows compile");

    rules.grant.providers = masks;
    rules.tag_buffer = 256;
    rules.inline_buffer = 256;
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host = str("own.test");
    rules.self.path = str("/");
    rules.emit = emit;
    rules.note = note;

    check_marks(&rules);
    check_places(&rules);

    shim_destroy_pool(pool);

    return test_done();
}
