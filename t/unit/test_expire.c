
/* Where a cookie may live, by RFC 6265bis 5.1.3, 5.1.4, 4.1.3 and 5.7. */

#include "test.h"
#include "ngx_consent_expire.h"


#define SHOP    "www.shop.example.com"


static const struct {
    const char  *what;
    const char  *name;
    const char  *host;
    const char  *uri;
    const char  *domain;        /* the row's */
    const char  *path;
    const char  *flags;         /* s: secure, e: embedded, p: partitioned */
    const char  *lines;         /* "@": the name, and that it is gone */
} rows[] = {

    { "the host, and its parents of two labels or more", "a",
      "www.example.com", "/", "", "", "",
      "@; Path=/|"
      "@; Path=/; Domain=www.example.com|"
      "@; Path=/; Domain=example.com|" },

    { "a host of two labels has no such parent", "a",
      "example.com", "/", "", "", "",
      "@; Path=/|@; Path=/; Domain=example.com|" },

    { "a host of one label: no Domain", "a", "localhost", "/x", "", "", "",
      "@; Path=/|" },

    { "an address has no parents", "a", "127.0.0.1", "/", "", "", "",
      "@; Path=/|" },
    { "IPv6", "a", "[::1]", "/", "", "", "", "@; Path=/|" },
    { "no host at all", "a", "", "/", "", "", "", "@; Path=/|" },
    { "a host that no Domain can say", "a", "a;b.example.com", "/", "", "", "",
      "@; Path=/|" },
    { "a number in a name is no address", "a", "1.example1.c0m", "/", "", "",
      "",
      "@; Path=/|@; Path=/; Domain=1.example1.c0m|"
      "@; Path=/; Domain=example1.c0m|" },

    { "the request's path is what a browser takes without Path", "a",
      "localhost", "/de/shop/x?y=/z/", "", "", "", "@; Path=/|@|" },

    { "a row's path", "a", "localhost", "/x", "", "/app/", "",
      "@; Path=/|@; Path=/app/|" },
    { "each path is said once: the root", "a", "localhost", "/x", "", "/", "",
      "@; Path=/|" },
    { "each path is said once: the request's", "a", "localhost", "/app/x", "",
      "/app", "", "@; Path=/|@|" },
    { "the same with a '/' is another one", "a", "localhost", "/app/x", "",
      "/app/", "", "@; Path=/|@|@; Path=/app/|" },
    { "what is no path", "a", "localhost", "/x", "", "app", "", "@; Path=/|" },
    { "what would end the attribute", "a", "localhost", "/x", "", "/a;b", "",
      "@; Path=/|" },

    { "a row's domain: nothing above it", "a", SHOP, "/", "shop.example.com",
      "", "",
      "@; Path=/|@; Path=/; Domain=" SHOP "|"
      "@; Path=/; Domain=shop.example.com|" },

    { "the likelier place first", "a", SHOP, "/x/y", "", "", "",
      "@; Path=/|@; Path=/; Domain=" SHOP "|"
      "@; Path=/; Domain=example.com|@; Path=/; Domain=shop.example.com|"
      "@|@; Domain=" SHOP "|"
      "@; Domain=example.com|@; Domain=shop.example.com|" },

    { "of a deep host the shortest parents", "a", "a.b.c.d.e.f.g.h.i.j", "/",
      "", "", "",
      "@; Path=/|@; Path=/; Domain=a.b.c.d.e.f.g.h.i.j|"
      "@; Path=/; Domain=i.j|@; Path=/; Domain=h.i.j|"
      "@; Path=/; Domain=g.h.i.j|@; Path=/; Domain=f.g.h.i.j|"
      "@; Path=/; Domain=e.f.g.h.i.j|@; Path=/; Domain=d.e.f.g.h.i.j|"
      "@; Path=/; Domain=c.d.e.f.g.h.i.j|" },

    { "by https", "a", "localhost", "/", "", "", "s", "@; Path=/; Secure|" },

    { "in a page of another site", "a", "localhost", "/", "", "", "e",
      "@; Path=/; Secure; SameSite=None|" },

    { "partitioned", "a", "localhost", "/", "", "", "p",
      "@; Path=/; Secure; SameSite=None; Partitioned|" },

    { "__Host-: no Domain, Path=/, Secure", "__Host-a", "www.example.com",
      "/x/y", "example.com", "/x", "", "@; Path=/; Secure|" },
    { "__Secure-: Secure", "__SECURE-a", "localhost", "/", "", "", "",
      "@; Path=/; Secure|" },
    { "__Http-: HttpOnly too", "__Http-a", "localhost", "/x/y", "", "", "",
      "@; Path=/; HttpOnly; Secure|@; HttpOnly; Secure|" },
    { "__Host-Http-: all of it", "__Host-Http-a", "www.example.com", "/x/y",
      "", "", "", "@; Path=/; HttpOnly; Secure|" },
    { "another name that begins so", "__Hosta", "localhost", "/", "", "", "",
      "@; Path=/|" },

    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};


/* default-path */

static const struct {
    const char  *uri;
    const char  *directory;
} directories[] = {
    { "/", "/" },
    { "/a", "/" },
    { "/a/", "/a" },
    { "/a/b", "/a" },
    { "/a//b", "/a/" },
    { "/a/b/c?d/e", "/a/b" },
    { "/?a/b/c", "/" },
    { "/a#/b/", "/" },
    { "/a;b/c", "/a;b" },
    { "a/b", "/" },
    { "*", "/" },
    { "", "/" },
    { NULL, NULL }
};


static const struct {
    const char  *name;
    int          can;
} names[] = {
    { "a", 1 },
    { "a b", 1 },
    { "a\tb", 1 },
    { "\x80\xff", 1 },
    { "", 0 },
    { "a\x01", 0 },
    { "\x1f", 0 },
    { "a\x7f", 0 },
    { NULL, 0 }
};


static ngx_str_t
copy(const char *s)
{
    ngx_str_t  str;

    str.len = strlen(s);
    str.data = test_copy(s, str.len);

    return str;
}


static void
test_lines(size_t i)
{
    char                  *got, *expected;
    size_t                 n, len, size;
    u_char                *line;
    ngx_str_t              uri;
    const char            *p;
    ngx_consent_expire_t   e;

    static char  gone[] = "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

    memset(&e, 0, sizeof(e));

    uri = copy(rows[i].uri);

    e.name = copy(rows[i].name);
    e.host = copy(rows[i].host);
    e.domain = copy(rows[i].domain);
    e.path = copy(rows[i].path);
    e.secure = strchr(rows[i].flags, 's') != NULL;
    e.embedded = strchr(rows[i].flags, 'e') != NULL;
    e.partitioned = strchr(rows[i].flags, 'p') != NULL;

    ngx_consent_expire_directory(uri.data, uri.len, &e.directory);
    ngx_consent_expire_init(&e);

    got = calloc(1, 8192);
    expected = calloc(1, 8192);
    size = 0;

    for (n = 0; (len = ngx_consent_expire_line(&e, n, NULL)) != 0; n++) {

        line = malloc(len);
        CHECK(ngx_consent_expire_line(&e, n, line) == len, "%s: its length",
              rows[i].what);

        memcpy(got + size, line, len);
        size += len;
        got[size++] = '|';

        free(line);
    }

    for (p = rows[i].lines; *p; p++) {
        if (*p == '@') {
            strcat(expected, rows[i].name);
            strcat(expected, gone);

        } else {
            strncat(expected, p, 1);
        }
    }

    CHECK(strcmp(got, expected) == 0, "%s: %s", rows[i].what, got);

    free(got);
    free(expected);
    free(uri.data);
    free(e.name.data);
    free(e.host.data);
    free(e.domain.data);
    free(e.path.data);
}


/* 253 bytes are a name, one more is none */

static void
test_long_host(size_t len)
{
    ngx_consent_expire_t  e;

    memset(&e, 0, sizeof(e));

    e.name = copy("a");
    e.host.len = len;
    e.host.data = malloc(len);
    memset(e.host.data, 'a', len);
    e.host.data[len - 4] = '.';
    e.directory = copy("/");

    ngx_consent_expire_init(&e);

    CHECK(e.ndomains == (len <= 253 ? 2u : 1u), "a host of %zu bytes", len);

    free(e.name.data);
    free(e.host.data);
    free(e.directory.data);
}


int
main(void)
{
    size_t     i;
    ngx_str_t  s, directory;

    for (i = 0; rows[i].what; i++) {
        test_lines(i);
    }

    for (i = 0; directories[i].uri; i++) {

        s = copy(directories[i].uri);

        ngx_consent_expire_directory(s.data, s.len, &directory);

        CHECK(directory.len == strlen(directories[i].directory)
              && memcmp(directory.data, directories[i].directory,
                        directory.len)
                 == 0,
              "%s: %.*s", directories[i].uri, (int) directory.len,
              directory.data);

        free(s.data);
    }

    for (i = 0; names[i].name; i++) {

        s = copy(names[i].name);

        CHECK((int) ngx_consent_expire_can(&s) == names[i].can, "name %zu", i);

        free(s.data);
    }

    test_long_host(253);
    test_long_host(254);

    return test_done();
}
