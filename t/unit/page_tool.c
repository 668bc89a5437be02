
/*
 * The core without nginx: a page in, the page that a visitor gets out.
 *
 *     page_tool [-g CATEGORIES] [-c BYTES] [-h HOST] [-n] [-r] [-t] [-x]
 *               TABLE FILE...
 *
 * TABLE has a row a line: kind, pattern and categories joined by '+', tab
 * between them.  -g: accepted categories joined by '+'; -c: bytes that are fed
 * at once; -r: remove instead of disable; -x: instead of writing the page,
 * check that every way to cut it gives the same bytes; -t: feed it until a
 * second has passed and print MB/s; -n: copy nothing and print only how many
 * bytes came out, so that what is counted in run() is the core's own work:
 *
 *     valgrind --tool=callgrind --collect-atstart=no --toggle-collect=run ...
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ngx_consent_document.h"


typedef struct {
    u_char    *data;
    size_t     len;
    size_t     size;
    size_t     notes[4];
    int        counts;
} output_t;


static ngx_consent_table_t *read_table(const char *path);
static ngx_consent_mask_t read_mask(ngx_consent_table_t *t, char *names);
static u_char *read_file(const char *path, size_t *len);
static void run(const ngx_consent_rules_t *rules, u_char *p, size_t len,
    size_t chunk, output_t *out) __attribute__((noinline));
static int check(const ngx_consent_rules_t *rules, u_char *p, size_t len,
    const char *path);
static double clock_now(void);


static void
fail(const char *what, const char *of)
{
    fprintf(stderr, "page_tool: %s: %s\n", what, of);
    exit(2);
}


static ngx_int_t
emit(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    output_t  *out = data;

    if (kind == NGX_CONSENT_PIECE_DROP) {
        return NGX_OK;
    }

    if (out->counts) {
        out->len += len;
        return NGX_OK;
    }

    if (out->len + len > out->size) {
        out->size = 2 * (out->len + len);
        out->data = realloc(out->data, out->size);

        if (out->data == NULL) {
            return NGX_ERROR;
        }
    }

    memcpy(out->data + out->len, p, len);
    out->len += len;

    return NGX_OK;
}


static void
note(void *data, ngx_consent_note_e what, const ngx_consent_row_t *row)
{
    output_t  *out = data;

    (void) row;

    out->notes[what]++;
}


int
main(int argc, char **argv)
{
    int                   c, failed, checks, timed;
    char                 *granted, *host;
    u_char               *p;
    size_t                len, chunk, total;
    double                start, spent;
    output_t              out;
    ngx_consent_table_t  *table;
    ngx_consent_rules_t   rules;

    memset(&rules, 0, sizeof(rules));
    memset(&out, 0, sizeof(out));

    granted = NULL;
    host = "www.example.com";
    chunk = 16384;
    checks = 0;
    timed = 0;

    rules.tag_buffer = 8192;
    rules.inline_buffer = 16384;

    while ((c = getopt(argc, argv, "g:c:h:nrxt")) != -1) {

        switch (c) {

        case 'g':
            granted = optarg;
            break;

        case 'c':
            chunk = atoi(optarg);
            break;

        case 'h':
            host = optarg;
            break;

        case 'n':
            out.counts = 1;
            break;

        case 'r':
            rules.remove = 1;
            break;

        case 'x':
            checks = 1;
            break;

        case 't':
            timed = 1;
            break;

        default:
            return 2;
        }
    }

    if (argc - optind < 2 || chunk == 0) {
        fail("usage", "page_tool [-g CATEGORIES] [-c BYTES] [-h HOST] [-nrtx] "
                      "TABLE FILE...");
    }

    table = read_table(argv[optind++]);

    rules.table = table;
    rules.grant.mask = ngx_consent_table_required(table)
                       | read_mask(table, granted);
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host.data = (u_char *) host;
    rules.self.host.len = strlen(host);
    rules.self.path.data = (u_char *) "/";
    rules.self.path.len = 1;
    rules.emit = emit;
    rules.note = note;
    rules.emit_data = &out;
    rules.data = &out;

    failed = 0;
    total = 0;
    spent = 0;

    for ( /* void */ ; optind < argc; optind++) {

        p = read_file(argv[optind], &len);

        if (checks) {
            failed += check(&rules, p, len, argv[optind]);

        } else if (timed) {

            start = clock_now();

            do {
                out.len = 0;
                run(&rules, p, len, chunk, &out);
                total += len;
            } while (clock_now() - start < 0.1);

            spent += clock_now() - start;

        } else if (out.counts) {
            run(&rules, p, len, chunk, &out);

        } else {
            out.len = 0;
            run(&rules, p, len, chunk, &out);
            fwrite(out.data, 1, out.len, stdout);
        }

        free(p);
    }

    if (timed) {
        printf("%.1f MB/s\n", total / spent / 1e6);

    } else if (out.counts) {
        printf("%zu bytes out\n", out.len);
    }

    return failed ? 1 : 0;
}


static double
clock_now(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return ts.tv_sec + ts.tv_nsec / 1e9;
}


static void
run(const ngx_consent_rules_t *rules, u_char *p, size_t len, size_t chunk,
    output_t *out)
{
    size_t               n, at;
    u_char              *piece;
    ngx_pool_t          *pool;
    ngx_consent_document_t  *page;

    pool = shim_create_pool();

    page = ngx_palloc(pool, sizeof(ngx_consent_document_t));

    if (page == NULL) {
        fail("no memory", "page");
    }

    ngx_consent_document_init(page, rules, NGX_CONSENT_CHARSET_NONE, pool);

    for (at = 0; at < len || len == 0; at += n) {

        n = (len - at < chunk) ? len - at : chunk;

        piece = p + at;

        /* a block of its own: what is kept of it must have been copied */

        if (!out->counts) {

            piece = malloc(n ? n : 1);
            if (piece == NULL) {
                fail("no memory", "run");
            }

            memcpy(piece, p + at, n);
        }

        if (ngx_consent_document_feed(page, piece, n, at + n == len)
            != NGX_OK) {
            fail("feed", "error");
        }

        if (page->page.held > ngx_consent_page_limit(rules)) {
            fail("more is held than the limit", "page");
        }

        if (!out->counts) {
            memset(piece, 0xdd, n);
            free(piece);
        }

        if (at + n == len) {
            break;
        }
    }

    shim_destroy_pool(pool);
}


/* Every size of buffer from 1 byte up, then sizes around a page's own. */

static int
check(const ngx_consent_rules_t *rules, u_char *p, size_t len,
    const char *path)
{
    size_t    size, notes[4];
    u_char   *whole;
    size_t    whole_len;
    output_t *out;

    out = rules->data;
    out->len = 0;
    memset(out->notes, 0, sizeof(out->notes));

    run(rules, p, len, len ? len : 1, out);

    whole_len = out->len;
    memcpy(notes, out->notes, sizeof(notes));

    whole = malloc(whole_len ? whole_len : 1);
    if (whole == NULL) {
        fail("no memory", path);
    }

    memcpy(whole, out->data, whole_len);

    for (size = 1; size < len; size = size < 48 ? size + 1 : size * 7 / 5) {

        out->len = 0;
        memset(out->notes, 0, sizeof(out->notes));

        run(rules, p, len, size, out);

        if (out->len != whole_len || memcmp(out->data, whole, whole_len) != 0
            || memcmp(notes, out->notes, sizeof(notes)) != 0)
        {
            fprintf(stderr, "%s: other bytes in buffers of %zu bytes\n", path,
                    size);
            free(whole);
            return 1;
        }
    }

    free(whole);

    return 0;
}


static ngx_consent_table_t *
read_table(const char *path)
{
    char                     *line, *kind, *pattern, *names, *save, *name;
    FILE                     *f;
    size_t                    size;
    ngx_pool_t               *pool;
    ngx_str_t                 s;
    ngx_uint_t                i;
    ngx_consent_row_t         row;
    ngx_consent_fault_t       fault;
    ngx_consent_table_t      *t;
    ngx_consent_provider_t    p, *provider;

    static const char  *categories[] = {
        "essential", "performance", "advertising", "sharing"
    };

    static const char  *kinds[] = {
        "cookie", "storage", "url", "inline", "stub", "header"
    };

    pool = shim_create_pool();

    memset(&s, 0, sizeof(s));
    s.data = (u_char *) "test";
    s.len = 4;

    t = ngx_consent_table_create(pool, &s);
    if (t == NULL) {
        fail("no memory", path);
    }

    for (i = 0; i < 4; i++) {
        s.data = (u_char *) categories[i];
        s.len = strlen(categories[i]);

        if (ngx_consent_table_category(t, &s, &s, i == 0, &fault) != NGX_OK) {
            fail("category", categories[i]);
        }
    }

    memset(&p, 0, sizeof(p));
    p.name = s;
    p.mask = 1;

    if (ngx_consent_table_provider(t, &p, &provider, &fault) != NGX_OK) {
        fail("provider", path);
    }

    f = fopen(path, "r");
    if (f == NULL) {
        fail(strerror(errno), path);
    }

    line = NULL;
    size = 0;

    while (getline(&line, &size, f) > 0) {

        save = strdup(line);
        save[strcspn(save, "\n")] = '\0';

        kind = strtok_r(save, "\t", &name);
        pattern = strtok_r(NULL, "\t", &name);
        names = strtok_r(NULL, "\t", &name);

        if (names == NULL) {
            fail("three columns were expected", line);
        }

        memset(&row, 0, sizeof(row));

        for (i = 0; strcmp(kind, kinds[i]) != 0; i++) {
            if (i == 5) {
                fail("unknown kind", line);
            }
        }

        row.kind = i;
        row.pattern.data = (u_char *) pattern;
        row.pattern.len = strlen(pattern);
        row.mask = read_mask(t, names);
        row.provider = provider;
        row.expires = NGX_CONSENT_EXPIRES_UNKNOWN;

        if (ngx_consent_table_row(t, &row, &fault) != NGX_OK) {
            fail(fault.reason, line);
        }
    }

    free(line);
    fclose(f);

    if (ngx_consent_table_compile(t, &fault) != NGX_OK) {
        fprintf(stderr, "%.*s: ", (int) fault.subject.len, fault.subject.data);
        fail(fault.reason, path);
    }

    return t;
}


static ngx_consent_mask_t
read_mask(ngx_consent_table_t *t, char *names)
{
    char                *save, *name, *copy;
    ngx_str_t            s;
    ngx_consent_mask_t   mask, bit;

    if (names == NULL) {
        return 0;
    }

    mask = 0;
    copy = strdup(names);

    for (name = strtok_r(copy, "+", &save);
         name;
         name = strtok_r(NULL, "+", &save))
    {
        s.data = (u_char *) name;
        s.len = strlen(name);

        bit = ngx_consent_table_bit(t, &s);
        if (bit == 0) {
            fail("unknown category", names);
        }

        mask |= bit;
    }

    free(copy);

    return mask;
}


static u_char *
read_file(const char *path, size_t *len)
{
    FILE    *f;
    long     size;
    u_char  *p;

    f = fopen(path, "rb");
    if (f == NULL) {
        fail(strerror(errno), path);
    }

    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);

    p = malloc(size ? size : 1);

    if (p == NULL || fread(p, 1, size, f) != (size_t) size) {
        fail("cannot read", path);
    }

    fclose(f);

    *len = size;

    return p;
}
