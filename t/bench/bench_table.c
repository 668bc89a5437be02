
/*
 * What a table costs: nanoseconds to compile it and bytes of the pool it took,
 * nanoseconds a look-up, at 100, 10,000 and 100,000 rows.  Half of the rows are
 * cookies, half urls.
 *
 * The pool is this file's: the shim's block for every allocation would be what
 * is measured.
 */

#include <stdio.h>
#include <stdlib.h>

#include "ngx_consent_table.h"


#define LOOKUPS  2000000


static size_t  allocated;


void *
ngx_palloc(ngx_pool_t *pool, size_t size)
{
    (void) pool;

    allocated += size;

    return malloc(size ? size : 1);
}


void *
ngx_pnalloc(ngx_pool_t *pool, size_t size)
{
    return ngx_palloc(pool, size);
}


void *
ngx_pcalloc(ngx_pool_t *pool, size_t size)
{
    (void) pool;

    allocated += size;

    return calloc(1, size ? size : 1);
}


static double
now(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return ts.tv_sec + ts.tv_nsec / 1e9;
}


static ngx_str_t
text(const char *format, unsigned n)
{
    char       buf[64];
    ngx_str_t  s;

    s.len = snprintf(buf, sizeof(buf), format, n);
    s.data = malloc(s.len);

    if (s.data == NULL) {
        abort();
    }

    memcpy(s.data, buf, s.len);

    return s;
}


static void
expect(ngx_int_t rc, const char *what)
{
    if (rc != NGX_OK) {
        fprintf(stderr, "bench_table: %s failed\n", what);
        exit(1);
    }
}


static ngx_consent_table_t *
build(unsigned rows)
{
    double                   start;
    unsigned                 i;
    ngx_str_t                name;
    ngx_consent_row_t       *row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

    static const char  *formats[] = {
        "cookie%u", "host%u.test", "pre%u_*", "shared.test/path%u"
    };

    name = text("ads", 0);
    t = ngx_consent_table_create(NULL, &name);

    expect(ngx_consent_table_category(t, &name, &name, 0, &fault), "category");

    memset(&p, 0, sizeof(p));
    p.name = name;
    p.mask = 1;

    expect(ngx_consent_table_provider(t, &p, &provider, &fault), "provider");

    row = calloc(rows, sizeof(ngx_consent_row_t));
    if (row == NULL) {
        abort();
    }

    for (i = 0; i < rows; i++) {
        row[i].kind = (i & 1) ? NGX_CONSENT_ROW_URL : NGX_CONSENT_ROW_COOKIE;
        row[i].pattern = text(formats[i % 4], i);
        row[i].mask = 1;
        row[i].provider = provider;
        row[i].expires = NGX_CONSENT_EXPIRES_UNKNOWN;
    }

    allocated = 0;
    start = now();

    for (i = 0; i < rows; i++) {
        expect(ngx_consent_table_row(t, &row[i], &fault), "row");
    }

    expect(ngx_consent_table_compile(t, &fault), "compile");

    printf("%6u rows: %6.1f ms, %5.1f MB", rows, (now() - start) * 1e3,
           allocated / 1e6);

    free(row);

    return t;
}


/* ns a look-up; names are of rows and, every other one, of none */

static void
measure(ngx_consent_table_t *t, unsigned rows)
{
    double               start;
    unsigned             i, n;
    ngx_str_t            name[1024], path[1024], host;
    ngx_uint_t           found;
    ngx_consent_url_t    u;
    ngx_consent_grant_t  grant;
    ngx_consent_match_t  m;

    for (i = 0; i < 1024; i++) {
        n = (i * 7919u % rows) & ~3u;
        name[i] = text((i & 1) ? "other%u" : "cookie%u", n);
        path[i] = text((i & 1) ? "/other%u" : "/path%u", n + 3);
    }

    memset(&grant, 0, sizeof(grant));

    host = text("www.example.com", 0);
    found = 0;
    start = now();

    for (i = 0; i < LOOKUPS; i++) {
        found += ngx_consent_table_find_cookie(t, &name[i % 1024], &host,
                                               &grant, &m)
                 == NGX_OK;
    }

    printf(", cookie %4.0f ns", (now() - start) * 1e9 / LOOKUPS);

    memset(&u, 0, sizeof(u));
    u.scheme = NGX_CONSENT_URL_HTTP;
    u.host = text("cdn.shared.test", 0);

    start = now();

    for (i = 0; i < LOOKUPS; i++) {
        u.path = path[i % 1024];
        found += ngx_consent_table_find_url(t, &u, 0, &grant, &m) == NGX_OK;
    }

    printf(", url %4.0f ns", (now() - start) * 1e9 / LOOKUPS);
    printf(", %zu found\n", (size_t) found);
}


int
main(void)
{
    size_t                i;
    ngx_consent_table_t  *t;

    static const unsigned  sizes[] = { 100, 10000, 100000 };

    for (i = 0; i < 3; i++) {
        t = build(sizes[i]);
        measure(t, sizes[i]);
        ngx_consent_table_destroy(t);
    }

    return 0;
}
