
/*
 * The module's core: floors 0 and 1, in chunks of 16 KiB.  ROWS has a row a
 * line: provider, its platform ("-": none), kind, categories joined by '+',
 * pattern, with tabs between.
 */

#include "driver.h"

#include "ngx_consent_document.h"


typedef struct {
    FILE      *out;
    size_t    *written;
} sink_t;


static ngx_int_t
emit(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    sink_t  *sink = data;

    if (kind == NGX_CONSENT_PIECE_DROP) {
        return NGX_OK;
    }

    *sink->written += len;

    if (sink->out) {
        fwrite(p, 1, len, sink->out);
    }

    return NGX_OK;
}


static void
note(void *data, ngx_consent_note_e what, const ngx_consent_row_t *row)
{
    (void) data;
    (void) what;
    (void) row;
}


static sink_t               sink;
static ngx_consent_rules_t  rules;


static ngx_str_t
text(const char *s)
{
    ngx_str_t  str;

    str.len = strlen(s);
    str.data = (u_char *) strdup(s);

    return str;
}


static ngx_consent_mask_t
mask(ngx_consent_table_t *t, char *names)
{
    char                *name, *save;
    ngx_str_t            s;
    ngx_consent_mask_t   m;

    m = 0;

    for (name = strtok_r(names, "+", &save);
         name;
         name = strtok_r(NULL, "+", &save))
    {
        s = text(name);
        m |= ngx_consent_table_bit(t, &s);
    }

    return m;
}


static void
row(ngx_consent_table_t *t, char *line)
{
    char                 *field[5], *save;
    unsigned              i;
    ngx_consent_row_t     r;
    ngx_consent_fault_t   fault;
    ngx_consent_provider_t  p;

    static char                    last[256];
    static ngx_consent_provider_t *provider;

    static const char  *kinds[] = {
        "cookie", "storage", "url", "inline", "stub", "header"
    };

    field[0] = strtok_r(line, "\t", &save);

    for (i = 1; i < 5; i++) {
        field[i] = strtok_r(NULL, i < 4 ? "\t" : "", &save);
        if (field[i] == NULL) {
            fail("five columns were expected", line);
        }
    }

    memset(&r, 0, sizeof(r));
    r.mask = mask(t, field[3]);

    if (provider == NULL || strcmp(last, field[0]) != 0) {

        memset(&p, 0, sizeof(p));
        p.name = text(field[0]);
        p.mask = r.mask;

        if (strcmp(field[1], "-") != 0) {
            p.platform = text(field[1]);
        }

        if (ngx_consent_table_provider(t, &p, &provider, &fault) != NGX_OK) {
            fail("provider", field[0]);
        }

        snprintf(last, sizeof(last), "%s", field[0]);
    }

    for (i = 0; i < 5 && strcmp(field[2], kinds[i]) != 0; i++) { /* void */ }

    r.kind = i;
    r.pattern = text(field[4]);
    r.provider = provider;
    r.expires = NGX_CONSENT_EXPIRES_UNKNOWN;

    if (ngx_consent_table_row(t, &r, &fault) != NGX_OK) {
        fail(fault.reason, field[4]);
    }
}


static void
read_rows(const char *path, int remove)
{
    char                 *line;
    FILE                 *f;
    size_t                size;
    unsigned              i;
    ngx_str_t             s;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    static const char  *categories[] = {
        "essential", "performance", "advertising", "sharing"
    };

    s = text("bench");
    t = ngx_consent_table_create(shim_create_pool(), &s);

    for (i = 0; i < 4; i++) {
        s = text(categories[i]);
        if (ngx_consent_table_category(t, &s, &s, i == 0, &fault) != NGX_OK) {
            fail("category", categories[i]);
        }
    }

    f = fopen(path, "r");
    if (f == NULL) {
        fail("cannot open", path);
    }

    line = NULL;
    size = 0;

    while (getline(&line, &size, f) > 0) {
        line[strcspn(line, "\n")] = '\0';
        row(t, line);
    }

    free(line);
    fclose(f);

    if (ngx_consent_table_compile(t, &fault) != NGX_OK) {
        fail(fault.reason, path);
    }

    rules.table = t;
    rules.grant.mask = ngx_consent_table_required(t);
    rules.tag_buffer = 8192;
    rules.inline_buffer = 16384;
    rules.remove = remove;
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host = text("www.example.com");
    rules.self.path = text("/");
    rules.emit = emit;
    rules.note = note;
    rules.emit_data = &sink;
    rules.data = &sink;
}


static void
page(u_char *p, size_t len, FILE *out, size_t *written)
{
    size_t                   n, at;
    ngx_pool_t              *pool;
    ngx_consent_document_t  *d;

    sink.out = out;
    sink.written = written;

    pool = shim_create_pool();
    d = ngx_palloc(pool, sizeof(ngx_consent_document_t));

    if (d == NULL) {
        fail("no memory", "page");
    }

    ngx_consent_document_init(d, &rules, NGX_CONSENT_CHARSET_NONE, pool);

    at = 0;

    do {
        n = (len - at < CHUNK) ? len - at : CHUNK;

        if (ngx_consent_document_feed(d, p + at, n, at + n == len) != NGX_OK) {
            fail("feed", "error");
        }

        at += n;

    } while (at < len);

    shim_destroy_pool(pool);
}


int
main(int argc, char **argv)
{
    return driver_run(argc, argv, read_rows, page);
}
