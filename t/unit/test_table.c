
/*
 * The table: what wins, what is wrong, and look-ups against a matcher that
 * tries every row.  Expectations are the documentation's words.
 */

#include "test.h"
#include "ngx_consent_table.h"


#define ESSENTIAL    1
#define PERFORMANCE  2
#define ADVERTISING  4
#define SHARING      8

#define COOKIE   NGX_CONSENT_ROW_COOKIE
#define STORAGE  NGX_CONSENT_ROW_STORAGE
#define URL      NGX_CONSENT_ROW_URL
#define INLINE   NGX_CONSENT_ROW_INLINE
#define HEADER   NGX_CONSENT_ROW_HEADER


typedef struct {
    int                  kind;
    const char          *pattern;
    ngx_consent_mask_t   mask;
    const char          *domain;
    int                  pass;
    const char          *platform;
} row_t;


static ngx_pool_t           *pool;
static ngx_consent_grant_t   grant;      /* nobody has accepted anything */


static ngx_str_t
str(const char *s)
{
    ngx_str_t  r = { s ? strlen(s) : 0, (u_char *) s };

    return r;
}


static ngx_consent_table_t *
new_table(void)
{
    int                   i;
    ngx_str_t             s;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    static const char  *names[] = {
        "essential", "performance", "advertising", "sharing"
    };

    s = str("test");
    t = ngx_consent_table_create(pool, &s);

    for (i = 0; i < 4; i++) {
        s = str(names[i]);
        ngx_consent_table_category(t, &s, &s, i == 0, &fault);
    }

    return t;
}


static ngx_int_t
add(ngx_consent_table_t *t, const row_t *r, int line,
    ngx_consent_fault_t *fault)
{
    ngx_str_t                s;
    ngx_consent_row_t        row;
    ngx_consent_provider_t   p, *provider;

    memset(&p, 0, sizeof(p));
    p.name = str("P");
    p.platform = str(r->platform);
    p.mask = r->mask;
    ngx_consent_table_provider(t, &p, &provider, fault);

    memset(&row, 0, sizeof(row));
    row.kind = (ngx_consent_row_e) r->kind;

    /* exact-size: a byte more is an error */
    s = str(r->pattern);
    row.pattern.len = s.len;
    row.pattern.data = ngx_palloc(pool, s.len);
    memcpy(row.pattern.data, s.data, s.len);

    row.domain = str(r->domain);
    row.mask = r->mask;
    row.pass = r->pass;
    row.provider = provider;
    row.expires = NGX_CONSENT_EXPIRES_UNKNOWN;
    row.place.file = str("test.conf");
    row.place.line = line;

    return ngx_consent_table_row(t, &row, fault);
}


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
    { URL, "/dir/x", "p.test", "p.test/dir/", SHARING },
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
    { URL, "/x", "cmp.test", "cmp.test", 0 },
    { URL, "/ads", "cmp.test", "cmp.test/ads", 0 },
    { 0, NULL, NULL, NULL, 0 }
};


static ngx_int_t
find(ngx_consent_table_t *t, int kind, const char *subject, const char *host,
    ngx_consent_match_t *m)
{
    char                *q;
    ngx_str_t            name, h;
    ngx_int_t            rc;
    ngx_consent_url_t    u;

    name.len = strlen(subject);
    name.data = test_copy(subject, name.len);
    h.len = strlen(host);
    h.data = test_copy(host, h.len);

    switch (kind) {

    case COOKIE:
        rc = ngx_consent_table_find_cookie(t, &name, &h, &grant, m);
        break;

    case HEADER:
        rc = ngx_consent_table_find_header(t, &name, &grant, m);
        break;

    default:
        memset(&u, 0, sizeof(u));
        u.scheme = NGX_CONSENT_URL_HTTP;
        u.host = h;
        u.path = name;

        q = memchr(name.data, '?', name.len);
        if (q) {
            u.path.len = (u_char *) q - name.data;
            u.args.data = (u_char *) q + 1;
            u.args.len = name.len - u.path.len - 1;
        }

        rc = ngx_consent_table_find_url(t, &u, strcmp(host, "own.test") == 0,
                                        &grant, m);
    }

    free(name.data);
    free(h.data);

    return rc;
}


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


/* Rows that are wrong, and what is said of them. */

static const struct {
    row_t        rows[2];
    const char  *reason;        /* NULL: nothing is wrong */
    int          other;         /* the line of the other place */
} faults[] = {
    { { { COOKIE, "*", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { COOKIE, "**", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { COOKIE, "~.*", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { COOKIE, "~", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { STORAGE, "*", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { URL, "*", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "*/", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "*/*", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "/", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "/*", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { COOKIE, "", ADVERTISING, NULL, 0, NULL } }, "empty pattern", 0 },
    { { { COOKIE, "~(", ADVERTISING, NULL, 0, NULL } },
      "invalid expression, missing closing parenthesis at offset 1", 0 },
    { { { COOKIE, "a\nb", ADVERTISING, NULL, 0, NULL } },
      "control character", 0 },
    { { { COOKIE, "a", ADVERTISING, "a b", 0, NULL } },
      "invalid character in \"domain=\"", 0 },
    { { { URL, "bad host", ADVERTISING, NULL, 0, NULL } },
      "invalid character in host name", 0 },
    { { { URL, "=", ADVERTISING, NULL, 0, NULL } }, "no host name", 0 },
    { { { INLINE, "ab", ADVERTISING, NULL, 0, NULL } }, "invalid marker", 0 },
    { { { HEADER, "a b", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "a-*b", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "Acc*", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "-*", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "*", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", SHARING, NULL, 0, NULL } },
      "the same row in two categories", 1 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", ADVERTISING, NULL, 1, NULL } },
      "enforced and not enforced", 1 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", ADVERTISING, NULL, 0, NULL } }, NULL, 0 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", SHARING, "b.test", 0, NULL } }, NULL, 0 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { STORAGE, "a", SHARING, NULL, 0, NULL } }, NULL, 0 },
    { { { 0, NULL, 0, NULL, 0, NULL } }, NULL, -1 }
};


static void
check_faults(void)
{
    int                   i, n;
    ngx_int_t             rc;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    for (i = 0; faults[i].other >= 0; i++) {

        t = new_table();
        rc = NGX_OK;

        for (n = 0; n < 2 && rc == NGX_OK && faults[i].rows[n].pattern; n++) {
            rc = add(t, &faults[i].rows[n], n + 1, &fault);
        }

        if (rc == NGX_OK) {
            rc = ngx_consent_table_compile(t, &fault);
        }

        CHECK(faults[i].reason
              ? rc == NGX_DECLINED && strstr(fault.reason, faults[i].reason)
                && (int) fault.other.line == faults[i].other
              : rc == NGX_OK,
              "%s: %s", faults[i].rows[0].pattern,
              rc == NGX_OK ? "nothing is wrong" : fault.reason);
    }
}


/* What the operator says goes above what was included. */

static void
check_overrides(void)
{
    row_t                    row = { COOKIE, "a", ADVERTISING, NULL, 0, NULL };
    row_t                    again = { COOKIE, "a", SHARING, NULL, 0, NULL };
    ngx_consent_fault_t      fault;
    ngx_consent_match_t      m;
    ngx_consent_table_t     *t;
    ngx_consent_override_t   o;

    memset(&o, 0, sizeof(o));
    o.pattern = str("a");
    o.mask = PERFORMANCE;

    /* it settles what would be a contradiction */

    t = new_table();
    add(t, &row, 1, &fault);
    add(t, &again, 2, &fault);
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK
          && find(t, COOKIE, "a", "", &m) == NGX_OK && m.needs == PERFORMANCE,
          "an override settles a contradiction");

    t = new_table();
    add(t, &row, 1, &fault);
    o.pass = 1;
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK
          && find(t, COOKIE, "a", "", &m) == NGX_OK && m.needs == 0,
          "pass: published, not enforced");

    t = new_table();
    add(t, &row, 1, &fault);
    o.pass = 0;
    o.of_provider = 1;
    o.pattern = str("P");
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK
          && find(t, COOKIE, "a", "", &m) == NGX_OK && m.needs == PERFORMANCE,
          "a provider's rows are overridden");

    t = new_table();
    add(t, &row, 1, &fault);
    o.pattern = str("Q");
    o.place.line = 7;
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_DECLINED
          && strstr(fault.reason, "matches no row") && fault.place.line == 7,
          "an override that overrides nothing");

    o.mask = SHARING;

    CHECK(ngx_consent_table_override(t, &o, &fault) == NGX_DECLINED
          && strstr(fault.reason, "two different overrides"),
          "two overrides that differ");
}


static const struct {
    const char           *script;
    const char           *row;
    ngx_consent_mask_t    needs;
} scripts[] = {
    { "var a=1;", NULL, 0 },
    { "fbq('init')", "fbq(", SHARING },
    { ";fbq(1)", "fbq(", SHARING },
    { "xfbq(1)", NULL, 0 },
    { "$fbq(1)", NULL, 0 },
    { "\xc3\xa9" "fbq(1)", NULL, 0 },
    { "_paq.push", "_paq", PERFORMANCE },
    { "_paqs.push", NULL, 0 },
    { "x=_paq", "_paq", PERFORMANCE },
    { "_paqx _paq", "_paq", PERFORMANCE },
    { "ga('create');_paq", "_paq", PERFORMANCE },
    { "//cdn.t.test/a.js", "cdn.t.test/a.js", ADVERTISING },
    { "xcdn.t.test/a.js", NULL, 0 },
    { "x.cdn.t.test/a.jsx", NULL, 0 },
    { "_paq fbq(", "_paq", PERFORMANCE|SHARING },
    { "grecaptcha;_paq", "_paq", PERFORMANCE },
    { "grecaptcha", "grecaptcha", 0 },
    { "_paq;OptanonWrapper", "_paq", 0 },
    { "abcabcabd", "abcabd", ADVERTISING },
    { "abc_abcabd", NULL, 0 },
    { "abc.abcabd", "abcabd", ADVERTISING },
    { NULL, NULL, 0 }
};

static const row_t  markers[] = {
    { INLINE, "fbq(", SHARING, NULL, 0, NULL },
    { INLINE, "_paq", PERFORMANCE, NULL, 0, NULL },
    { INLINE, "cdn.t.test/a.js", ADVERTISING, NULL, 0, NULL },
    { INLINE, "grecaptcha", ESSENTIAL, NULL, 0, NULL },
    { INLINE, "OptanonWrapper", ESSENTIAL, NULL, 0, "onetrust" },
    { INLINE, "abcabd", ADVERTISING, NULL, 0, NULL },
    { 0, NULL, 0, NULL, 0, NULL }
};


static void
check_scripts(void)
{
    int                   i;
    size_t                len, cut, n;
    u_char               *a, *b;
    ngx_str_t             s;
    ngx_consent_scan_t    scan;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    t = new_table();

    for (i = 0; markers[i].pattern; i++) {
        add(t, &markers[i], i, &fault);
    }

    ngx_consent_table_compile(t, &fault);

    for (i = 0; scripts[i].script; i++) {

        len = strlen(scripts[i].script);
        s = str(scripts[i].row);

        /* "abcabcabd": a marker may not begin inside an identifier */
        if (strcmp(scripts[i].script, "abcabcabd") == 0) {
            s.len = 0;
        }

        for (cut = 0; cut <= len + 1; cut++) {

            ngx_consent_table_scan_init(&scan, &grant);

            if (cut <= len) {
                a = test_copy(scripts[i].script, cut);
                b = test_copy(scripts[i].script + cut, len - cut);
                ngx_consent_table_scan(t, &scan, a, cut, 0);
                ngx_consent_table_scan(t, &scan, b, len - cut, 1);
                free(a);
                free(b);

            } else {
                for (n = 0; n < len; n++) {
                    a = test_copy(scripts[i].script + n, 1);
                    ngx_consent_table_scan(t, &scan, a, 1, n + 1 == len);
                    free(a);
                }
            }

            CHECK((scan.match.row == NULL) == (s.len == 0)
                  && (s.len == 0
                      || (scan.match.row->pattern.len == s.len
                          && memcmp(scan.match.row->pattern.data, s.data,
                                    s.len) == 0
                          && scan.match.needs == scripts[i].needs)),
                  "\"%s\" cut at %zu: needs %x", scripts[i].script, cut,
                  scan.match.needs);
        }
    }
}


/* Random names and patterns of few letters, against trying every row. */

static uint32_t  seed = 20240229;


static unsigned
dice(unsigned n)
{
    seed = seed * 1664525 + 1013904223;

    return (seed >> 16) % n;
}


static void
random_name(char *s, unsigned max, int stars)
{
    unsigned  i, n;

    n = 1 + dice(max);

    for (i = 0; i < n; i++) {
        s[i] = (stars && dice(5) == 0) ? '*' : "ab_"[dice(3)];
    }

    s[n] = '\0';
}


static int
naive(const char *p, const char *s)
{
    if (*p == '\0') {
        return *s == '\0';
    }

    if (*p == '*') {
        return naive(p + 1, s) || (*s && naive(p, s + 1));
    }

    return *p == *s && naive(p + 1, s + 1);
}


static void
check_random(void)
{
    int                   round, i, n, rank, best, stars;
    char                  patterns[40][16], name[16];
    size_t                literal;
    row_t                 row;
    ngx_int_t             rc;
    ngx_consent_mask_t    masks[40], needs;
    ngx_consent_fault_t   fault;
    ngx_consent_match_t   m;
    ngx_consent_table_t  *t;

    for (round = 0; round < 200; round++) {

        t = new_table();
        n = 0;

        while (n < 40) {

            random_name(patterns[n], 6, 1);

            for (i = 0; i < n; i++) {
                if (strcmp(patterns[i], patterns[n]) == 0) {
                    break;
                }
            }

            if (i < n || strspn(patterns[n], "*") == strlen(patterns[n])) {
                continue;
            }

            memset(&row, 0, sizeof(row));
            row.kind = COOKIE;
            row.pattern = patterns[n];
            row.mask = masks[n] = 2u << dice(3);
            add(t, &row, n, &fault);
            n++;
        }

        ngx_consent_table_compile(t, &fault);

        for (i = 0; i < 200; i++) {

            random_name(name, 8, 0);

            best = -1;
            needs = 0;

            for (n = 0; n < 40; n++) {

                if (!naive(patterns[n], name)) {
                    continue;
                }

                stars = 0;
                literal = 0;

                for (const char *p = patterns[n]; *p; p++) {
                    if (*p == '*') {
                        stars = 1;
                    } else {
                        literal++;
                    }
                }

                rank = stars ? (int) literal : 1000;

                if (rank > best) {
                    best = rank;
                    needs = 0;
                }

                if (rank == best) {
                    needs |= masks[n];
                }
            }

            rc = find(t, COOKIE, name, "", &m);

            CHECK((rc == NGX_OK) == (best >= 0)
                  && (best < 0 || m.needs == needs),
                  "%s in round %d: needs %x, not %x", name, round,
                  rc == NGX_OK ? m.needs : 0, needs);
        }
    }
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
    check_faults();
    check_overrides();
    check_scripts();
    check_random();

    shim_destroy_pool(pool);

    return test_done();
}
