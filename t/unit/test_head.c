
/*
 * What is put first into a page's head and its body: where that is
 * head_vectors.tsv has of parse5.  Every page is fed at every split and byte by
 * byte, as it is and in UTF-16.  "test_head FILE" reads another such file.
 */

#include "pages.h"
#include "vectors.h"
#include "ngx_consent_document.h"


#define HERE  "<script>here</script>"

#define FIRST "<p>first</p>"

#define DOTS  "................................................"
#define LONG  DOTS DOTS DOTS DOTS DOTS DOTS DOTS


static const struct {
    const char  *html;
    const char  *only;          /* with nothing else; NULL: as it came */
    const char  *both;          /* with what is held back; NULL: the same */
} rows[] = {

    /* what is put in stands before what stands in for a script, and is kept */

    { "<head><script src=//ads.test/></script>a",
      "<head>" HERE "<script src=//ads.test/></script>a",
      "<head>" HERE "<script type=\"text/plain\" data-consent=\"ads\""
      " data-consent-src=//ads.test/></script>a" },
    { "<!doctype html><script>evil()</script>",
      "<!doctype html>" HERE "<script>evil()</script>",
      "<!doctype html>" HERE "<script type=\"text/plain\""
      " data-consent=\"ads\">evil()</script>" },
    { "<html style='a:url(//ads.test/)'><head style='a:url(//ads.test/)'><p>",
      "<html style='a:url(//ads.test/)'><head style='a:url(//ads.test/)'>" HERE
      "<p>",
      "<html style='a:url(about:invalid)'><head style='a:url(about:invalid)'>"
      HERE "<p>" },

    /* a document in it is another one */

    { "<html><iframe srcdoc='<head><p>a'></iframe>",
      "<html>" HERE "<iframe srcdoc='<head><p>a'></iframe>", NULL },
    { "<html><iframe srcdoc='<head><img src=//ads.test/>'></iframe>",
      "<html>" HERE "<iframe srcdoc='<head><img src=//ads.test/>'></iframe>",
      "<html>" HERE "<iframe srcdoc='<head><img"
      "&#32;data-consent=&#34;ads&#34; data-consent-src=//ads.test/>'>"
      "</iframe>" },

    /* tags and names that are longer than consent_tag_buffer */

    { "<head a=" LONG "><p>", "<head a=" LONG ">" HERE "<p>", NULL },
    { "<html a=" LONG "><head b=" LONG "><p>",
      "<html a=" LONG "><head b=" LONG ">" HERE "<p>", NULL },
    { "<html><p a=" LONG ">", "<html>" HERE "<p a=" LONG ">", NULL },
    { "<html><p" LONG ">", "<html>" HERE "<p" LONG ">", NULL },
    { "<html><a-name-that-is-no-element style='a:url(//ads.test/)'>",
      "<html>" HERE "<a-name-that-is-no-element style='a:url(//ads.test/)'>",
      "<html>" HERE "<a-name-that-is-no-element style='a:url(about:invalid)'>"
      },
    { "<html></p" LONG "><p>", "<html></p" LONG ">" HERE "<p>", NULL },

    { NULL, NULL, NULL }
};


/* what is put into the body as well, or alone */

static const struct {
    const char  *html;
    const char  *only;
    const char  *both;
} bodies[] = {

    { "<body background=//ads.test/><p>",
      "<body background=//ads.test/>" FIRST "<p>",
      "<body data-consent=\"ads\" data-consent-background=//ads.test/>" FIRST
      "<p>" },
    { "<head></head><img src=//ads.test/>",
      "<head></head>" FIRST "<img src=//ads.test/>",
      "<head></head>" FIRST "<img data-consent=\"ads\""
      " data-consent-src=//ads.test/>" },
    { "<body><script src=//ads.test/></script>a",
      "<body>" FIRST "<script src=//ads.test/></script>a",
      "<body>" FIRST "<script type=\"text/plain\" data-consent=\"ads\""
      " data-consent-src=//ads.test/></script>a" },

    /* a pixel in the head's noscript: it ends the head for nobody else */

    { "<head><noscript><img src=//ads.test/></noscript><title>a</title><body>b",
      "<head><noscript><img src=//ads.test/></noscript><title>a</title><body>"
      FIRST "b",
      "<head><noscript><img data-consent=\"ads\" data-consent-src=//ads.test/>"
      "</noscript><title>a</title><body>" FIRST "b" },
    { "<head><noscript><!--</noscript><img src=//ads.test/>--></noscript><p>",
      "<head><noscript><!--</noscript>" FIRST "<img src=//ads.test/>-->"
      "</noscript><p>",
      "<head><noscript><!--</noscript>" FIRST "<img data-consent=\"ads\""
      " data-consent-src=//ads.test/>--></noscript><p>" },

    /* a document in it is another one */

    { "<body><iframe srcdoc='<body><img src=//ads.test/>'></iframe>",
      "<body>" FIRST "<iframe srcdoc='<body><img src=//ads.test/>'></iframe>",
      "<body>" FIRST "<iframe srcdoc='<body><img"
      "&#32;data-consent=&#34;ads&#34; data-consent-src=//ads.test/>'>"
      "</iframe>" },

    { "<body a=" LONG "><p>", "<body a=" LONG ">" FIRST "<p>", NULL },
    { "<head></head><p a=" LONG ">", "<head></head>" FIRST "<p a=" LONG ">",
      NULL },
    { "<head></head><p" LONG ">", "<head></head>" FIRST "<p" LONG ">", NULL },
    { "<head></head></p" LONG "><p>", "<head></head></p" LONG ">" FIRST "<p>",
      NULL },
    { "<head></head><frameset a=" LONG "><frame>",
      "<head></head><frameset a=" LONG "><frame>", NULL },

    { NULL, NULL, NULL }
};


/* what a body is told: its language, and whether a path leads elsewhere */

static const struct {
    const char  *html;
    const char  *lang;
    ngx_uint_t   foreign;
} told[] = {
    { "<html lang=de><body>a", "de", 0 },
    { "<HTML class=a LANG=\"pt-BR\">a", "pt-br", 0 },
    { "<html lang='&#100;e'><p>", "de", 0 },
    { "<html><html lang=de><p>", "", 0 },
    { "<html lang><p>", "", 0 },
    { "<p><html lang=de>", "", 0 },
    { "<p>", "", 0 },
    { "<html lang=" DOTS DOTS "><p>", DOTS "................", 0 },
    { "<base href=//cdn.test/><p>", "", 1 },
    { "<base href=/a/><base href=//cdn.test/><p>", "", 0 },
    { "<base href=//own.test/b><p>", "", 0 },
    { "<base target=a><base href=https://cdn.own.test/><p>", "", 1 },
    { "<body><base href=//ads.test/>", "", 0 },
    { NULL, NULL, 0 }
};


static const char  *xml[] = {
    "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>a</title></head>"
    "</html>",
    "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><head/>a"
    "</svg>",
    NULL
};


static ngx_consent_rules_t  rules;
static ngx_uint_t           passing;    /* the page that was fed, at its end */
static ngx_uint_t           bodies_begun;
static char                 said[NGX_CONSENT_PAGE_TONGUE + 1];
static ngx_uint_t           foreign;


static ngx_int_t
body(void *data, const ngx_str_t *lang, ngx_uint_t elsewhere, ngx_str_t *html)
{
    bodies_begun++;

    if (lang->len) {
        memcpy(said, lang->data, lang->len);
    }

    said[lang->len] = '\0';
    foreign = elsewhere;

    html->data = (u_char *) FIRST;
    html->len = strlen(FIRST);

    return NGX_OK;
}


static ngx_consent_table_t *
make_table(ngx_pool_t *pool)
{
    size_t                   i;
    ngx_str_t                s = ngx_string("ads");
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

    static const struct {
        ngx_consent_row_e    kind;
        ngx_str_t            pattern;
    } list[] = {
        { NGX_CONSENT_ROW_URL, ngx_string("ads.test") },
        { NGX_CONSENT_ROW_INLINE, ngx_string("evil(") }
    };

    t = ngx_consent_table_create(pool, &s);
    ngx_consent_table_category(t, &s, &s, 0, &fault);

    memset(&p, 0, sizeof(p));
    p.mask = 1;
    ngx_consent_table_provider(t, &p, &provider, &fault);

    for (i = 0; i < 2; i++) {
        memset(&row, 0, sizeof(row));
        row.kind = list[i].kind;
        row.pattern = list[i].pattern;
        row.mask = 1;
        row.provider = provider;
        ngx_consent_table_row(t, &row, &fault);
    }

    ngx_consent_table_compile(t, &fault);

    return t;
}


/* The first piece has cut bytes, the others size. */

static void
feed(const char *p, size_t len, size_t cut, size_t size)
{
    size_t                   at, n;
    u_char                  *piece;
    ngx_pool_t              *pool;
    ngx_consent_document_t   d;

    out.len = 0;
    out.data[0] = '\0';
    bodies_begun = 0;

    pool = shim_create_pool();

    ngx_consent_document_init(&d, &rules, NGX_CONSENT_CHARSET_NONE, pool);

    at = 0;

    do {
        n = (at == 0 && cut) ? cut : size;
        n = n < len - at ? n : len - at;

        piece = test_copy(p + at, n);
        at += n;

        CHECK(ngx_consent_document_feed(&d, piece, n, at == len) == NGX_OK,
              "it fails");

        /* what comes behind is not even held */

        CHECK(!d.page.passing || (rules.head_only && d.page.held == 0),
              "%zu bytes are held", d.page.held);

        free(piece);

    } while (at < len);

    passing = d.page.passing;

    CHECK(bodies_begun <= 1, "%zu bodies", (size_t) bodies_begun);

    shim_destroy_pool(pool);
}


static void
check_bytes(const char *name, const char *p, size_t len, const char *expected,
    size_t n)
{
    size_t  cut;

    for (cut = 0; cut <= len; cut++) {

        feed(p, len, cut, cut ? 4096 : 1);

        if (out.len != n || memcmp(out.data, expected, n) != 0) {
            CHECK(0, "%s, sure %d, only %d, head %d, body %d, cut at %zu: %s",
                  name, rules.head_sure, rules.head_only,
                  rules.head.len != 0, rules.body != NULL, cut, out.data);
            return;
        }
    }

    CHECK(1, "%s", name);
}


static size_t
utf_16(char *dst, const char *p, size_t len)
{
    size_t  i;

    memcpy(dst, "\xff\xfe", 2);

    for (i = 0; i < len; i++) {
        dst[2 + 2 * i] = p[i];
        dst[3 + 2 * i] = '\0';
    }

    return 2 + 2 * len;
}


static void
check(const char *name, const char *p, size_t len, const char *expected,
    size_t n)
{
    char    wide[4096], wide_expected[4096];
    size_t  nwide;

    check_bytes(name, p, len, expected, n);

    if ((u_char) p[0] >= 0x80) {
        return;
    }

    nwide = utf_16(wide_expected, expected, n);

    check_bytes(name, wide, utf_16(wide, p, len), wide_expected, nwide);
}


/* a place where something is put in, and what */

typedef struct {
    size_t       at;            /* past the page's end: nowhere */
    ngx_uint_t   document;      /* it is no fragment by then */
    const char  *text;
} put_t;


static size_t
expect(char *dst, const char *page, size_t len, const put_t *put, size_t n)
{
    char    *p;
    size_t   i, from;

    p = dst;
    from = 0;

    for (i = 0; i < n; i++) {

        if (put[i].at > len) {
            continue;
        }

        memcpy(p, page + from, put[i].at - from);
        p += put[i].at - from;
        from = put[i].at;

        strcpy(p, put[i].text);
        p += strlen(p);
    }

    memcpy(p, page + from, len - from);

    return p + (len - from) - dst;
}


/* alone and together, with all else that is done to a page and without */

static void
check_vector(const char *name, const char *page, size_t len, const put_t *put)
{
    char        expected[1024];
    put_t       puts[2];
    size_t      n;
    ngx_str_t   head;
    ngx_uint_t  i, sure;

    head = rules.head;

    for (i = 0; i < 12; i++) {

        sure = i & 1;

        rules.head_only = (i >> 1) & 1;
        rules.head_sure = sure;
        rules.body_sure = sure;

        n = 0;
        rules.head.len = 0;
        rules.body = NULL;

        if (i / 4 != 1) {
            rules.head = head;
            puts[n] = put[0];

            if (!sure && !put[0].document) {
                puts[n].at = len + 1;
            }

            n++;
        }

        if (i / 4 != 0) {
            rules.body = body;
            puts[n] = put[1];

            if (!sure && !put[1].document) {
                puts[n].at = len + 1;
            }

            n++;
        }

        n = expect(expected, page, len, puts, n);

        check(name, page, len, expected, n);
    }

    rules.head = head;
    rules.body = NULL;
}


static void
check_vectors(const char *file)
{
    char     *line, *name, *at, page[512];
    FILE     *f;
    put_t     put[2];
    size_t    len, size, i;

    f = fopen(file, "r");
    if (f == NULL) {
        CHECK(0, "cannot open %s", file);
        return;
    }

    line = NULL;
    size = 0;

    put[0].text = HERE;
    put[1].text = FIRST;

    while (getline(&line, &size, f) != -1) {

        line[strcspn(line, "\n")] = '\0';

        name = line;
        at = strchr(name, '\t');
        *at++ = '\0';

        strcpy(page, name);
        len = vectors_unescape(page);

        for (i = 0; i < 2; i++) {
            put[i].at = *at == '-' ? len + 1 : strtoul(at, NULL, 10);
            at = strchr(at, '\t') + 1;
            put[i].document = *at == '1';
            at += 2;
        }

        check_vector(name, page, len, put);
    }

    free(line);
    fclose(f);
}


static void
check_bodies(void)
{
    size_t       i;
    ngx_str_t    head;
    const char  *both;

    head = rules.head;
    rules.head.len = 0;
    rules.body = body;
    rules.body_sure = 1;

    for (i = 0; bodies[i].html; i++) {

        both = bodies[i].both ? bodies[i].both : bodies[i].only;

        rules.head_only = 0;
        check(bodies[i].html, bodies[i].html, strlen(bodies[i].html), both,
              strlen(both));

        rules.head_only = 1;
        check(bodies[i].html, bodies[i].html, strlen(bodies[i].html),
              bodies[i].only, strlen(bodies[i].only));
    }

    for (i = 0; told[i].html; i++) {

        for (rules.head_only = 0; ; rules.head_only = 1) {

            feed(told[i].html, strlen(told[i].html), 0, 1);

            CHECK(strcmp(said, told[i].lang) == 0, "%s: \"%s\"", told[i].html,
                  said);
            CHECK(foreign == told[i].foreign, "%s: where it leads",
                  told[i].html);

            if (rules.head_only) {
                break;
            }
        }
    }

    rules.head = head;
    rules.body = NULL;
}


static void
check_rows(void)
{
    size_t       i;
    const char  *both;

    rules.head_sure = 1;

    for (i = 0; rows[i].html; i++) {

        both = rows[i].both ? rows[i].both : rows[i].only;

        rules.head_only = 0;
        check(rows[i].html, rows[i].html, strlen(rows[i].html), both,
              strlen(both));

        rules.head_only = 1;
        check(rows[i].html, rows[i].html, strlen(rows[i].html), rows[i].only,
              strlen(rows[i].only));

        CHECK(passing, "%s: it is read to its end", rows[i].html);
    }

    /* in XML nothing is put in, whether its type says so or its beginning */

    for (i = 0; xml[i]; i++) {
        rules.kind = i ? NGX_CONSENT_KIND_HTML : NGX_CONSENT_KIND_XML;
        rules.sniff = i;

        for (rules.head_only = 0; ; rules.head_only = 1) {

            check_bytes(xml[i], xml[i], strlen(xml[i]), xml[i],
                        strlen(xml[i]));

            CHECK(passing == rules.head_only, "%s: what is read", xml[i]);

            if (rules.head_only) {
                break;
            }
        }
    }

    rules.kind = NGX_CONSENT_KIND_HTML;
    rules.sniff = 0;
}


int
main(int argc, char **argv)
{
    ngx_pool_t  *pool;

    pool = shim_create_pool();

    memset(&rules, 0, sizeof(rules));
    rules.table = make_table(pool);
    rules.tag_buffer = 256;
    rules.inline_buffer = 256;
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host.data = (u_char *) "own.test";
    rules.self.host.len = 8;
    rules.self.path.data = (u_char *) "/";
    rules.self.path.len = 1;
    rules.head.data = (u_char *) HERE;
    rules.head.len = strlen(HERE);
    rules.emit = emit;
    rules.note = note;

    check_rows();
    check_bodies();
    check_vectors(argc > 1 ? argv[1] : "t/unit/head_vectors.tsv");

    shim_destroy_pool(pool);

    return test_done();
}
