
/*
 * Tables that are put together from rows, and what is found in them.
 */

#ifndef _TABLES_H_INCLUDED_
#define _TABLES_H_INCLUDED_


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


static inline ngx_str_t
str(const char *s)
{
    ngx_str_t  r = { s ? strlen(s) : 0, (u_char *) s };

    return r;
}


static inline ngx_consent_table_t *
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


static inline ngx_int_t
add_of(ngx_consent_table_t *t, const char *name, const row_t *r, int line,
    ngx_consent_fault_t *fault)
{
    ngx_str_t                s;
    ngx_consent_row_t        row;
    ngx_consent_provider_t   p, *provider;

    static const ngx_str_t  file = ngx_string("test.conf");

    memset(&p, 0, sizeof(p));
    p.name = str(name);
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
    row.file = &file;
    row.line = line;

    return ngx_consent_table_row(t, &row, fault);
}


static inline ngx_int_t
add(ngx_consent_table_t *t, const row_t *r, int line,
    ngx_consent_fault_t *fault)
{
    return add_of(t, "P", r, line, fault);
}


static inline ngx_int_t
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


#endif /* _TABLES_H_INCLUDED_ */
