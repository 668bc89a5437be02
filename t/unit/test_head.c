
/*
 * What is put first into a page's head: where that is head_vectors.tsv has of
 * parse5.  Every page is fed at every split and byte by byte, as it is and in
 * UTF-16.  "test_head FILE" reads another such file.
 */

#include "pages.h"
#include "vectors.h"
#include "ngx_consent_document.h"


#define HERE  "<script>here</script>"

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


static const char  *xml[] = {
    "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>a</title></head>"
    "</html>",
    "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><head/>a"
    "</svg>",
    NULL
};


static ngx_consent_rules_t  rules;
static ngx_uint_t           passing;    /* the page that was fed, at its end */


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

    pool = shim_create_pool();

    CHECK(ngx_consent_document_init(&d, &rules, NGX_CONSENT_CHARSET_NONE, pool)
          == NGX_OK, "no memory");

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
            CHECK(0, "%s, sure %d, only %d, cut at %zu: %s", name,
                  rules.head_sure, rules.head_only, cut, out.data);
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


static void
check_vectors(const char *file)
{
    char     *line, *name, *at, *document, page[512], expected[512];
    FILE     *f;
    size_t    len, size, n, i;

    f = fopen(file, "r");
    if (f == NULL) {
        CHECK(0, "cannot open %s", file);
        return;
    }

    line = NULL;
    size = 0;

    while (getline(&line, &size, f) != -1) {

        line[strcspn(line, "\n")] = '\0';

        name = line;
        at = strchr(name, '\t');
        *at++ = '\0';
        document = strchr(at, '\t');
        *document++ = '\0';

        strcpy(page, name);
        len = vectors_unescape(page);

        n = *at == '-' ? len : strtoul(at, NULL, 10);

        memcpy(expected, page, n);
        i = n;

        if (*at != '-') {
            strcpy(expected + n, HERE);
            i += strlen(HERE);
        }

        memcpy(expected + i, page + n, len - n);
        i += len - n;

        for (rules.head_only = 0; ; rules.head_only = 1) {

            rules.head_sure = 1;
            check(name, page, len, expected, i);

            rules.head_sure = 0;

            if (*document == '1') {
                check(name, page, len, expected, i);

            } else {
                check(name, page, len, page, len);
            }

            if (rules.head_only) {
                break;
            }
        }
    }

    free(line);
    fclose(f);
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
    check_vectors(argc > 1 ? argv[1] : "t/unit/head_vectors.tsv");

    shim_destroy_pool(pool);

    return test_done();
}
