
/*
 * The table: which row wins, and what it needs.  Expectations are the
 * documentation's words.
 */

#include "tables.h"


/* The rows of the look-ups below. */

static const row_t  rows[] = {
    { COOKIE, "_ga", PERFORMANCE, NULL, 0, NULL },
    { COOKIE, "_ga*", ADVERTISING, NULL, 0, NULL },
    { COOKIE, "_ga_x*", SHARING, NULL, 0, NULL },
    { COOKIE, "*_end", PERFORMANCE, NULL, 0, NULL },
    { COOKIE, "*mid*", SHARING, NULL, 0, NULL },
    { COOKIE, "a*b*c", ADVERTISING, NULL, 0, NULL },
    { COOKIE, "two", PERFORMANCE|ADVERTISING, NULL, 0, NULL },
    { COOKIE, "need", ESSENTIAL, NULL, 0, NULL },
    { COOKIE, "shown", ADVERTISING, NULL, 1, NULL },
    { COOKIE, "uuid2", ADVERTISING, "adnxs.com", 0, NULL },
    { COOKIE, "lang", SHARING, "t.test", 0, NULL },
    { COOKIE, "lang", ESSENTIAL, NULL, 0, NULL },
    { COOKIE, "~^re[0-9]+$", PERFORMANCE, NULL, 0, NULL },
    { COOKIE, "~*^RE1", ADVERTISING, NULL, 0, NULL },
    { COOKIE, "~*^kc[0-9]", SHARING, NULL, 0, NULL },
    { COOKIE, "~(?i)^Wq3", SHARING, NULL, 0, NULL },
    { COOKIE, "~^(?:bx|Dx)1$", SHARING, NULL, 0, NULL },
    { COOKIE, "~*^[hj]q2", SHARING, NULL, 0, NULL },
    { COOKIE, "~*seen9", SHARING, NULL, 0, NULL },
    { COOKIE, "~^.v4$", SHARING, NULL, 0, NULL },
    { COOKIE, "~^(?=\\w)\\D+u5", SHARING, NULL, 0, NULL },
    { COOKIE, "~*(*UTF)^\\x{212a}t6", SHARING, NULL, 0, NULL },
    { STORAGE, "stored", SHARING, NULL, 0, NULL },
    { HEADER, "Accept-CH", ADVERTISING, NULL, 0, NULL },
    { HEADER, "X-Ad-*", ADVERTISING, NULL, 0, NULL },
    { HEADER, "X-Ad-Free-*", SHARING, NULL, 0, NULL },
    { HEADER, "X-Ad-Free-Lunch", PERFORMANCE, NULL, 0, NULL },

    { URL, "t.test", ADVERTISING, NULL, 0, NULL },
    { URL, "cdn.t.test", ESSENTIAL, NULL, 0, NULL },
    { URL, "=exact.test", SHARING, NULL, 0, NULL },
    { URL, "exact.test", PERFORMANCE, NULL, 0, NULL },
    { URL, "p.test/tr", SHARING, NULL, 0, NULL },
    { URL, "p.test/tr/in", PERFORMANCE, NULL, 0, NULL },
    { URL, "p.test/nr-*", ADVERTISING, NULL, 0, NULL },
    { URL, "p.test/a*/z", ADVERTISING, NULL, 0, NULL },
    { URL, "p.test/dir/", SHARING, NULL, 0, NULL },
    { URL, "g.test/js?id=G-*", PERFORMANCE, NULL, 0, NULL },
    { URL, "g.test/js?id=AW-*", ADVERTISING, NULL, 0, NULL },
    { URL, "g.test/js?flag", SHARING, NULL, 0, NULL },
    { URL, "g.test/two?a=1&b=2", SHARING, NULL, 0, NULL },
    { URL, "*/matomo.js", PERFORMANCE, NULL, 0, NULL },
    { URL, "*/js/container_*", PERFORMANCE, NULL, 0, NULL },
    { URL, "/metrics", ADVERTISING, NULL, 0, NULL },
    { URL, "/?pixel=1", SHARING, NULL, 0, NULL },
    { URL, "*/*.pixel", SHARING, NULL, 0, NULL },
    { URL, "*?click=*", SHARING, NULL, 0, NULL },
    { URL, "site.test/metrics", SHARING, NULL, 0, NULL },
    { URL, "l.test/caf\xc3\xa9", SHARING, NULL, 0, NULL },
    { URL, "l.test/caf%C3%A9s", PERFORMANCE, NULL, 0, NULL },
    { URL, "l.test/two words", SHARING, NULL, 0, NULL },
    { URL, "l.test/%7Euser/./%41", SHARING, NULL, 0, NULL },
    { URL, "l.test/q?n=caf%C3%A9+noir&%6b", SHARING, NULL, 0, NULL },
    { URL, "l.test/q?u=a%3Db%26", SHARING, NULL, 0, NULL },
    { URL, "*/\xd1\x8f*.js", SHARING, NULL, 0, NULL },
    { URL, "/\xc3\xa9t\xc3\xa9", ADVERTISING, NULL, 0, NULL },
    { URL, "B\xc3\xbc" "cher.test.", SHARING, NULL, 0, NULL },
    { URL, "cmp.test", ADVERTISING, NULL, 0, "onetrust" },
    { URL, "cmp.test/ads", ADVERTISING, NULL, 0, NULL },
    { 0, NULL, 0, NULL, 0, NULL }
};


/* kind, what is asked for, host, and the row that wins with what it needs */

static const struct {
    int                  kind;
    const char          *subject;
    const char          *host;
    const char          *row;           /* NULL: none */
    ngx_consent_mask_t   needs;
} lookups[] = {
    { COOKIE, "_ga", "", "_ga", PERFORMANCE },
    { COOKIE, "_GA", "", NULL, 0 },
    { COOKIE, "_gab", "", "_ga*", ADVERTISING },
    { COOKIE, "_ga_x1", "", "_ga_x*", SHARING },
    { COOKIE, "_g", "", NULL, 0 },
    { COOKIE, "x_end", "", "*_end", PERFORMANCE },
    { COOKIE, "_end", "", "*_end", PERFORMANCE },
    { COOKIE, "_endx", "", NULL, 0 },
    { COOKIE, "xmidx", "", "*mid*", SHARING },
    { COOKIE, "abc", "", "a*b*c", ADVERTISING },
    { COOKIE, "axxbxxc", "", "a*b*c", ADVERTISING },
    { COOKIE, "axxbxxd", "", NULL, 0 },
    { COOKIE, "two", "", "two", PERFORMANCE|ADVERTISING },
    { COOKIE, "need", "", "need", 0 },
    { COOKIE, "shown", "", "shown", 0 },
    { COOKIE, "uuid2", "example.com", NULL, 0 },
    { COOKIE, "uuid2", "adnxs.com", "uuid2", ADVERTISING },
    { COOKIE, "uuid2", "ib.adnxs.com", "uuid2", ADVERTISING },
    { COOKIE, "uuid2", "xadnxs.com", NULL, 0 },
    { COOKIE, "lang", "example.com", "lang", 0 },
    { COOKIE, "lang", "t.test", "lang", SHARING },
    { COOKIE, "re7", "", "~^re[0-9]+$", PERFORMANCE },
    { COOKIE, "RE7", "", NULL, 0 },
    { COOKIE, "re12", "", "~^re[0-9]+$", PERFORMANCE|ADVERTISING },
    { COOKIE, "kc1", "", "~*^kc[0-9]", SHARING },
    { COOKIE, "KC1", "", "~*^kc[0-9]", SHARING },
    { COOKIE, "Wq3", "", "~(?i)^Wq3", SHARING },
    { COOKIE, "wq3", "", "~(?i)^Wq3", SHARING },
    { COOKIE, "bx1", "", "~^(?:bx|Dx)1$", SHARING },
    { COOKIE, "Dx1", "", "~^(?:bx|Dx)1$", SHARING },
    { COOKIE, "dx1", "", NULL, 0 },
    { COOKIE, "Hq2", "", "~*^[hj]q2", SHARING },
    { COOKIE, "jq2", "", "~*^[hj]q2", SHARING },
    { COOKIE, "xSEEN9x", "", "~*seen9", SHARING },
    { COOKIE, "\xffv4", "", "~^.v4$", SHARING },
    { COOKIE, "_au5", "", "~^(?=\\w)\\D+u5", SHARING },
    { COOKIE, "kt6", "", "~*(*UTF)^\\x{212a}t6", SHARING },
    { COOKIE, "stored", "", NULL, 0 },
    { COOKIE, "", "", NULL, 0 },
    { HEADER, "accept-ch", "", "Accept-CH", ADVERTISING },
    { HEADER, "ACCEPT-CH", "", "Accept-CH", ADVERTISING },
    { HEADER, "x-ad-1", "", "X-Ad-*", ADVERTISING },
    { HEADER, "X-AD-", "", "X-Ad-*", ADVERTISING },
    { HEADER, "X-Ad", "", NULL, 0 },
    { HEADER, "X-Ad-Free-Trial", "", "X-Ad-Free-*", SHARING },
    { HEADER, "X-Ad-Free-Lunch", "", "X-Ad-Free-Lunch", PERFORMANCE },
    { HEADER, "X-Ad-Free-Lunches", "", "X-Ad-Free-*", SHARING },
    { HEADER, "X-Ad-Free-0123456789012345678901234567890123456789012345678901",
      "", "X-Ad-Free-*", SHARING },
    { HEADER, "", "", NULL, 0 },
    { HEADER, "Accept", "", NULL, 0 },

    { URL, "/", "t.test", "t.test", ADVERTISING },
    { URL, "/x", "a.b.t.test", "t.test", ADVERTISING },
    { URL, "/x", "xt.test", NULL, 0 },
    { URL, "/x", "test", NULL, 0 },
    { URL, "/x", "cdn.t.test", "cdn.t.test", 0 },
    { URL, "/x", "a.cdn.t.test", "cdn.t.test", 0 },
    { URL, "/x", "exact.test", "=exact.test", SHARING },
    { URL, "/x", "a.exact.test", "exact.test", PERFORMANCE },
    { URL, "/tr", "p.test", "p.test/tr", SHARING },
    { URL, "/tr/", "p.test", "p.test/tr", SHARING },
    { URL, "/tr/x", "p.test", "p.test/tr", SHARING },
    { URL, "/translations", "p.test", NULL, 0 },
    { URL, "/TR", "p.test", NULL, 0 },
    { URL, "/tr/in", "p.test", "p.test/tr/in", PERFORMANCE },
    { URL, "/tr/in/x", "p.test", "p.test/tr/in", PERFORMANCE },
    { URL, "/tr/inx", "p.test", "p.test/tr", SHARING },
    { URL, "/nr-1.js", "p.test", "p.test/nr-*", ADVERTISING },
    { URL, "/nr-", "p.test", "p.test/nr-*", ADVERTISING },
    { URL, "/a/b/z", "p.test", "p.test/a*/z", ADVERTISING },
    { URL, "/a/b/z/c", "p.test", "p.test/a*/z", ADVERTISING },
    { URL, "/a/b/zz", "p.test", NULL, 0 },
    { URL, "/dir/x", "p.test", "p.test/dir", SHARING },
    { URL, "/directory", "p.test", NULL, 0 },
    { URL, "/js?id=G-1", "g.test", "g.test/js?id=G-*", PERFORMANCE },
    { URL, "/js?x=1&id=AW-1", "g.test", "g.test/js?id=AW-*", ADVERTISING },
    { URL, "/js?id=X-1", "g.test", NULL, 0 },
    { URL, "/js?xid=G-1", "g.test", NULL, 0 },
    { URL, "/js?flag", "g.test", "g.test/js?flag", SHARING },
    { URL, "/js?%69d=G-1", "g.test", "g.test/js?id=G-*", PERFORMANCE },
    { URL, "/two?b=2&c=3&a=1", "g.test", "g.test/two?a=1&b=2", SHARING },
    { URL, "/two?a=1", "g.test", NULL, 0 },
    { URL, "/matomo.js", "any.test", "*/matomo.js", PERFORMANCE },
    { URL, "/a/b/matomo.js", "any.test", "*/matomo.js", PERFORMANCE },
    { URL, "/xmatomo.js", "any.test", NULL, 0 },
    { URL, "/a/js/container_x.js", "any.test", "*/js/container_*",
      PERFORMANCE },
    { URL, "/matomo.js", "t.test", "t.test", ADVERTISING },
    { URL, "/metrics", "own.test", "/metrics", ADVERTISING },
    { URL, "/metrics", "other.test", NULL, 0 },
    { URL, "/?pixel=1", "own.test", "/?pixel=1", SHARING },
    { URL, "/?pixel=1", "other.test", NULL, 0 },
    { URL, "/a/b.pixel", "other.test", "*/*.pixel", SHARING },
    { URL, "/.pixel", "own.test", "*/*.pixel", SHARING },
    { URL, "/?click=1", "other.test", "*?click=*", SHARING },
    { URL, "/a?click=1", "other.test", "*?click=*", SHARING },

    /* as the URL standard's parser leaves them */
    { URL, "/caf%C3%A9", "l.test", "l.test/caf%C3%A9", SHARING },
    { URL, "/caf%C3%A9s", "l.test", "l.test/caf%C3%A9s", PERFORMANCE },
    { URL, "/two%20words", "l.test", "l.test/two%20words", SHARING },
    { URL, "/~user/A", "l.test", "l.test/~user/A", SHARING },
    { URL, "/q?n=caf%C3%A9%20noir&k", "l.test",
      "l.test/q?n=caf\xc3\xa9 noir&k", SHARING },
    { URL, "/q?k&n=caf\xc3\xa9+noir", "l.test",
      "l.test/q?n=caf\xc3\xa9 noir&k", SHARING },
    { URL, "/q?u=a=b%26", "l.test", NULL, 0 },
    { URL, "/a/%D1%8F1.js", "any.test", "*/%D1%8F*.js", SHARING },
    { URL, "/%C3%A9t%C3%A9/x", "own.test", "/%C3%A9t%C3%A9", ADVERTISING },
    { URL, "/x", "xn--bcher-kva.test", "xn--bcher-kva.test", SHARING },

    { URL, "/x", "cmp.test", "cmp.test", 0 },
    { URL, "/ads", "cmp.test", "cmp.test/ads", 0 },
    { 0, NULL, NULL, NULL, 0 }
};


static void
check_lookups(void)
{
    int                   i, k;
    ngx_int_t             rc;
    ngx_str_t             s;
    ngx_consent_fault_t   fault;
    ngx_consent_match_t   m;
    ngx_consent_table_t  *t;

    t = new_table();

    for (i = 0; rows[i].pattern; i++) {
        CHECK(add(t, &rows[i], i, &fault) == NGX_OK, "row %s", rows[i].pattern);
    }

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK, "the rows compile");

    for (k = 0; lookups[k].subject; k++) {

        rc = find(t, lookups[k].kind, lookups[k].subject, lookups[k].host, &m);
        s = str(lookups[k].row);

        CHECK((rc == NGX_OK) == (lookups[k].row != NULL)
              && (rc != NGX_OK
                  || (m.row->pattern.len == s.len
                      && memcmp(m.row->pattern.data, s.data, s.len) == 0
                      && m.needs == lookups[k].needs)),
              "%s%s: %.*s needs %x, not %s %x", lookups[k].host,
              lookups[k].subject, rc == NGX_OK ? (int) m.row->pattern.len : 0,
              rc == NGX_OK ? m.row->pattern.data : (u_char *) "",
              rc == NGX_OK ? m.needs : 0,
              lookups[k].row ? lookups[k].row : "nothing", lookups[k].needs);
    }

    ngx_consent_table_destroy(t);
}


/* A name that has a row's length, and any other, where no beginning is one. */

static void
check_headers(void)
{
    int                   i;
    ngx_consent_fault_t   fault;
    ngx_consent_match_t   m;
    ngx_consent_table_t  *t;

#define LONG  "X-012345678901234567890123456789012345678901234567890123456789"

    static const row_t  headers[] = {
        { HEADER, "Accept-CH", ADVERTISING, NULL, 0, NULL },
        { HEADER, LONG "1", ADVERTISING, NULL, 0, NULL }
    };

    t = new_table();

    for (i = 0; i < 2; i++) {
        CHECK(add(t, &headers[i], i, &fault) == NGX_OK, "header %d", i);
    }

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK, "headers compile");

    CHECK(find(t, HEADER, "accept-ch", "", &m) == NGX_OK, "a header's name");
    CHECK(find(t, HEADER, "accept-cx", "", &m) != NGX_OK, "one as long");
    CHECK(find(t, HEADER, "accept-c", "", &m) != NGX_OK, "a shorter one");
    CHECK(find(t, HEADER, LONG "1", "", &m) == NGX_OK, "a long one");
    CHECK(find(t, HEADER, LONG "2", "", &m) != NGX_OK, "one as long as that");
    CHECK(find(t, HEADER, LONG "12", "", &m) != NGX_OK, "a longer one");

    ngx_consent_table_destroy(t);
}


int
main(void)
{
    pool = shim_create_pool();

    check_lookups();
    check_headers();

    shim_destroy_pool(pool);

    return test_done();
}
