
/*
 * What a table costs, at 100, 10,000 and 100,000 rows: milliseconds to compile
 * it, bytes of the pool a row, and, for each kind of look-up, nanoseconds (the
 * median of rounds in which the sizes take turns).  Run by table.sh under
 * callgrind, with any argument, it counts instructions instead.
 *
 * One table has cookies and urls, half of each; another one inline markers, and
 * a script of none and of some is looked at: per byte.
 *
 * The pool is this file's: the shim's block for every allocation would be what
 * is measured.
 */

#include <stdio.h>
#include <stdlib.h>
#include <valgrind/callgrind.h>

#include "ngx_consent_table.h"


#define ROUNDS   9
#define LOOKUPS  200000
#define NAMES    1024
#define SCRIPT   65536
#define SIZES    3


/* of any row: of so many that they are in no cache that is near */

typedef enum {
    COOKIE_MISS = 0,
    COOKIE_HIT,
    COOKIE_ANY,
    URL_MISS,
    URL_HIT,
    URL_ANY,
    INLINE_NONE,
    INLINE_SOME,
    KINDS
} kind_e;


typedef struct {
    unsigned              rows;
    ngx_consent_table_t  *table;
    ngx_consent_table_t  *markers;
    ngx_str_t             names[KINDS][NAMES];
    ngx_str_t             scripts[KINDS];
} bench_t;


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
build(unsigned rows, const char *const *formats, ngx_uint_t kind,
    const char *what)
{
    double                   start;
    unsigned                 i;
    ngx_str_t                name;
    ngx_consent_row_t       *row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

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

        row[i].kind = kind;

        if (kind == NGX_CONSENT_ROW_COOKIE && (i & 1)) {
            row[i].kind = NGX_CONSENT_ROW_URL;
        }

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

    printf("%6u %-16s %7.1f ms %7.1f MB %6.0f bytes a row\n", rows, what,
           (now() - start) * 1e3, allocated / 1e6, (double) allocated / rows);

    free(row);

    return t;
}


/* Words that are none of the markers, and, now and then, one of them. */

static ngx_str_t
script(const bench_t *b, ngx_uint_t some, const char *const *formats)
{
    char       word[64];
    size_t     n;
    unsigned   i;
    ngx_str_t  s;

    s.data = malloc(SCRIPT);
    if (s.data == NULL) {
        abort();
    }

    for (i = 0, s.len = 0; /* void */ ; i++) {

        if (some && i % 200 == 199) {
            n = (i * 7919u) % b->rows;
            n = snprintf(word, sizeof(word), formats[n % 4], (unsigned) n);

        } else {
            n = snprintf(word, sizeof(word), "%s",
                         ((const char *[]) {
                             "function(", "e,t", "){", "var n=", "this.",
                             "length", ";return ", "document.", "get",
                             "Element", "(\"", "a", "\")", "}", "\n", "if(!"
                         })[(i * 2654435761u) >> 28]);
        }

        if (s.len + n + 1 > SCRIPT) {
            return s;
        }

        memcpy(s.data + s.len, word, n);
        s.len += n;
    }
}


static void
prepare(bench_t *b)
{
    unsigned  i, n;

    static const char *const  rows[] = {
        "cookie%u", "host%u.test", "pre%u_*", "shared.test/path%u"
    };

    static const char *const  markers[] = {
        "marker%u(", "cdn%u.test/a.js", "_q%u", "window.data%uLayer"
    };

    b->table = build(b->rows, rows, NGX_CONSENT_ROW_COOKIE, "cookies and urls");
    b->markers = build(b->rows, markers, NGX_CONSENT_ROW_INLINE, "markers");

    for (i = 0; i < NAMES; i++) {

        n = (i * 7919u % 100) & ~3u;

        b->names[COOKIE_MISS][i] = text("cookie_%u", n);
        b->names[COOKIE_HIT][i] = text("cookie%u", n);
        b->names[URL_MISS][i] = text("/path_%u", n + 3);
        b->names[URL_HIT][i] = text("/path%u", n + 3);

        n = (i * 7919u % b->rows) & ~3u;

        b->names[COOKIE_ANY][i] = text("cookie%u", n);
        b->names[URL_ANY][i] = text("/path%u", n + 3);
    }

    b->scripts[INLINE_NONE] = script(b, 0, markers);
    b->scripts[INLINE_SOME] = script(b, 1, markers);
}


/* of a look-up, or of a byte of a script */

static double
measure(const bench_t *b, kind_e kind, unsigned times)
{
    double                start;
    unsigned              i;
    ngx_str_t             host;
    ngx_uint_t            found;
    ngx_consent_url_t     u;
    ngx_consent_scan_t    scan;
    ngx_consent_grant_t   grant;
    ngx_consent_match_t   m;

    memset(&grant, 0, sizeof(grant));
    memset(&u, 0, sizeof(u));

    host = (ngx_str_t) ngx_string("www.example.com");
    u.scheme = NGX_CONSENT_URL_HTTP;
    u.host = (ngx_str_t) ngx_string("cdn.shared.test");

    found = 0;
    start = now();

    switch (kind) {

    case COOKIE_MISS:
    case COOKIE_HIT:
    case COOKIE_ANY:
        for (i = 0; i < times; i++) {
            found += ngx_consent_table_find_cookie(b->table,
                                                   &b->names[kind][i % NAMES],
                                                   &host, &grant, &m)
                     == NGX_OK;
        }

        break;

    case URL_MISS:
    case URL_HIT:
    case URL_ANY:
        for (i = 0; i < times; i++) {
            u.path = b->names[kind][i % NAMES];
            found += ngx_consent_table_find_url(b->table, &u, 0, &grant, &m)
                     == NGX_OK;
        }

        break;

    default:
        times = b->scripts[kind].len;

        ngx_consent_table_scan_init(&scan, &grant);
        ngx_consent_table_scan(b->markers, &scan, b->scripts[kind].data,
                               b->scripts[kind].len, 1);
        found = scan.match.row ? times : 0;
    }

    if (found != (kind == COOKIE_MISS || kind == URL_MISS
                  || kind == INLINE_NONE ? 0 : times))
    {
        fprintf(stderr, "bench_table: %zu found of %u\n", (size_t) found,
                times);
        exit(1);
    }

    return (now() - start) / times;
}


static int
compare(const void *a, const void *b)
{
    double  x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}


int
main(int argc, char **argv)
{
    char             name[64];
    double           ns[SIZES][ROUNDS];
    size_t           i, kind, round;
    static bench_t   b[SIZES] = {
        { .rows = 100 }, { .rows = 10000 }, { .rows = 100000 }
    };

    static const char  *kinds[] = {
        "cookie, not found", "cookie, found", "cookie of any row",
        "url, not found", "url, found", "url of any row",
        "byte of a script", "byte, with markers"
    };

    (void) argv;

    for (i = 0; i < SIZES; i++) {
        prepare(&b[i]);
    }

    if (argc > 1) {

        for (kind = 0; kind < KINDS; kind++) {
            for (i = 0; i < SIZES; i++) {
                snprintf(name, sizeof(name), "%s\t%u\t%u", kinds[kind],
                         b[i].rows, kind < INLINE_NONE
                                    ? NAMES
                                    : (unsigned) b[i].scripts[kind].len);
                CALLGRIND_ZERO_STATS;
                (void) measure(&b[i], kind, NAMES);
                CALLGRIND_DUMP_STATS_AT(name);
            }
        }

        return 0;
    }

    printf("nanoseconds%26u %8u %8u   ratio\n", b[0].rows, b[1].rows,
           b[2].rows);

    for (kind = 0; kind < KINDS; kind++) {

        for (round = 0; round < ROUNDS; round++) {
            for (i = 0; i < SIZES; i++) {
                ns[i][round] = measure(&b[i], kind, LOOKUPS) * 1e9;
            }
        }

        for (i = 0; i < SIZES; i++) {
            qsort(ns[i], ROUNDS, sizeof(double), compare);
        }

        printf("  %-24s %10.2f %8.2f %8.2f %7.2f\n", kinds[kind],
               ns[0][ROUNDS / 2], ns[1][ROUNDS / 2], ns[2][ROUNDS / 2],
               ns[2][ROUNDS / 2] / ns[0][ROUNDS / 2]);
    }

    for (i = 0; i < SIZES; i++) {
        ngx_consent_table_destroy(b[i].table);
        ngx_consent_table_destroy(b[i].markers);
    }

    return 0;
}
