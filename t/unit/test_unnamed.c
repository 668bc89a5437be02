
/*
 * URLs that no row names: what is told of the bytes as they are written must be
 * what the parser and the look-up say.
 */

#include "tables.h"
#include "ngx_consent_wide.h"


static const row_t  rows[] = {
    { URL, "ads.example", ADVERTISING, NULL, 0, NULL },
    { URL, "cdn.ads.example", ESSENTIAL, NULL, 0, NULL },
    { URL, "=exact.example", SHARING, NULL, 0, NULL },
    { URL, "p.example/tr", SHARING, NULL, 0, NULL },
    { URL, "t.co", SHARING, NULL, 0, NULL },
    { URL, "2o7.net/b", SHARING, NULL, 0, NULL },
    { URL, "localhost", SHARING, NULL, 0, NULL },
    { URL, "*/xtcore.js", PERFORMANCE, NULL, 0, NULL },
    { URL, "*/js/container_*", PERFORMANCE, NULL, 0, NULL },
    { URL, "*/a?b=c", PERFORMANCE, NULL, 0, NULL },
    { URL, "/metrics", ADVERTISING, NULL, 0, NULL },
    { URL, "/?pixel=1", SHARING, NULL, 0, NULL }
};


/* the rows of a table are the first of them */
static const size_t  tables[] = { 7, 9, 10, 11, 12 };


static const char  *const  pieces[] = {
    "https://", "http://", "//", "HTTP://", "https:", "/", "#", "?",
    "ads.example", "cdn.ads.example", "exact.example", "p.example", "t.co",
    "2o7.net", "localhost", "www.", "x", "example.org", ".example", ".net",
    "bads.example", "images.of.a.shop.example", "1.2.3.4", "0x7f.1",
    "/tr", "/trx", "/b", "/js", "/js/container_1.js", "/container_", "/xtcore",
    "/xtcore.js", "/metrics", "/a", "/.", "/..", "/./", "/../", ".", "..",
    "%2e", "%2F", "%6d", "\\", "\t", "\n", " ", "&#47;", "&amp;", "&", ":80",
    "user@", "=", "b=c", "pixel=1", "_", "-", "A", "\xc3\xa9", "!", "$",
    "/some/longer/path/to/a/picture.jpeg"
};


/* these are plain: they would be parsed for nothing */

static const char  *const  plain[] = {
    "https://www.example.org/",
    "https://www.example.org/some/path.js?with=arguments&amp;more#fragment",
    "http://images.of.a.shop.example/picture.jpeg",
    "//images.of.a.shop.example/js/containers/x",
    "https://bads.example",
    "https://example.net?q",
    "/own/picture.jpeg",
    "/x",
    "#icon"
};


static uint32_t  seed = 20261126;


static unsigned
dice(unsigned n)
{
    seed = seed * 1664525 + 1013904223;

    return (seed >> 16) % n;
}


static void
url_of(ngx_consent_url_t *u, const char *host, const char *path)
{
    memset(u, 0, sizeof(ngx_consent_url_t));

    u->scheme = NGX_CONSENT_URL_HTTP;
    u->host = str(host);
    u->path = str(path);
}


/* 1 if it is told unread; then the parser and the look-up must agree. */

static int
check(const ngx_consent_table_t *t, const ngx_consent_url_t *base,
    const char *text, size_t len)
{
    int                   plain;
    u_char               *copy, buf[NGX_CONSENT_URL_MAX];
    ngx_uint_t            flags, first, is;
    ngx_consent_url_t     u;
    ngx_consent_match_t   m;

    is = ngx_consent_table_unnamed_base(t, base, &grant);

    copy = test_copy(text, len);
    plain = ngx_consent_table_unnamed(t, copy, len, is);

    for (flags = 0; plain && flags < 2; flags++) {

        ngx_consent_url_parse(&u, copy, len,
                              flags ? NGX_CONSENT_URL_ATTR : 0, base, buf);

        CHECK(u.scheme == NGX_CONSENT_URL_HTTP && !u.eight_bit,
              "a URL with a host, or none of its own: %.*s", (int) len, text);

        for (first = 0; first < 2; first++) {
            CHECK(ngx_consent_table_find_url(t, &u, first, &grant, &m)
                  == NGX_DECLINED,
                  "no row names it: %.*s, relative to %s%s", (int) len, text,
                  base->host.data, base->path.data);
        }
    }

    free(copy);

    return plain;
}


int
main(void)
{
    char                  text[512];
    size_t                i, k, n, len;
    unsigned              told;
    ngx_consent_url_t     base;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t[sizeof(tables) / sizeof(tables[0])];

    static const char  *const  hosts[] = { "www.example.org", "ads.example",
                                           "", "p.example" };
    static const char  *const  paths[] = { "/", "/js/x", "/tr", "/metrics/",
                                           "/xtcore.js" };

    pool = shim_create_pool();
    told = 0;

    for (k = 0; k < sizeof(tables) / sizeof(tables[0]); k++) {

        t[k] = new_table();

        for (i = 0; i < tables[k]; i++) {
            add(t[k], &rows[i], i, &fault);
        }

        CHECK(ngx_consent_table_compile(t[k], &fault) == NGX_OK, "a table");
    }

    for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {

        url_of(&base, "www.example.org", "/");

        CHECK(check(t[1], &base, plain[i], strlen(plain[i]))
              == !(NGX_CONSENT_PLAIN), "told unread: %s", plain[i]);
    }

    for (i = 0; i < 400000; i++) {

        len = 0;

        /* most begin as URLs do */

        n = dice(4) ? dice(6) : dice(sizeof(pieces) / sizeof(pieces[0]));

        for (k = 1 + dice(8); k; k--) {
            memcpy(text + len, pieces[n], strlen(pieces[n]));
            len += strlen(pieces[n]);
            n = dice(sizeof(pieces) / sizeof(pieces[0]));
        }

        url_of(&base, hosts[dice(4)], paths[dice(5)]);

        told += check(t[dice(sizeof(tables) / sizeof(tables[0]))], &base, text,
                      len);
    }

    CHECK(told > 8000 || NGX_CONSENT_PLAIN, "%u of them told unread", told);

    shim_destroy_pool(pool);

    return test_done();
}
