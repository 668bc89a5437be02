
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"
#include "ngx_consent_document.h"


#define ENGINE_TABLES  4


static ngx_consent_table_t *engine_table(ngx_uint_t n);
static void engine_rules(ngx_consent_rules_t *rules, uint32_t *seed);


/* a row is in table N if bit N of in is set */

static const struct {
    ngx_uint_t           in;
    ngx_consent_row_e    kind;
    ngx_str_t            pattern;
    ngx_consent_mask_t   mask;
} engine_rows[] = {
    { 15, NGX_CONSENT_ROW_URL, ngx_string("a.b"), 2 },
    { 15, NGX_CONSENT_ROW_URL, ngx_string("c.d/e*?f=g*"), 4 },
    { 15, NGX_CONSENT_ROW_URL, ngx_string("t.co/p"), 8 },
    { 6, NGX_CONSENT_ROW_URL, ngx_string("*/x.js"), 2 },
    { 6, NGX_CONSENT_ROW_URL, ngx_string("*/x*y"), 4 },
    { 4, NGX_CONSENT_ROW_URL, ngx_string("/y"), 4 },
    { 8, NGX_CONSENT_ROW_URL, ngx_string("h"), 4 },
    { 8, NGX_CONSENT_ROW_URL, ngx_string("=s.h/z"), 2 },
    { 9, NGX_CONSENT_ROW_URL, ngx_string("tracker.example"), 2 },
    { 3, NGX_CONSENT_ROW_URL, ngx_string("static.tracker.example/p"), 4 },
    { 7, NGX_CONSENT_ROW_INLINE, ngx_string("fbq("), 4 },
    { 7, NGX_CONSENT_ROW_INLINE, ngx_string("_ga"), 2 },
    { 5, NGX_CONSENT_ROW_INLINE, ngx_string("a.b/x"), 8 },
    { 5, NGX_CONSENT_ROW_STUB, ngx_string("_ga=1;"), 2 }
};


static const ngx_str_t  engine_names[] = {
    ngx_string("essential"),
    ngx_string("performance"),
    ngx_string("advertising"),
    ngx_string("sharing")
};


static const ngx_str_t  engine_hosts[] = {
    ngx_string("h"),
    ngx_string("www.example.com"),
    ngx_string("a.b")
};


static const ngx_str_t  engine_first[] = {
    ngx_string(".example.com"),
    ngx_string("s.h")
};


static ngx_consent_stand_in_t  engine_place;
static const ngx_consent_mask_t  engine_refused[] = { 1, 1 };


static uint32_t
engine_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;

    return *seed;
}


static ngx_int_t
engine_emit(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    engine_out_t  *out = data;

    if (kind == NGX_CONSENT_PIECE_DROP) {
        return NGX_OK;
    }

    if (out->len + len > out->size) {
        out->size = 2 * (out->len + len);
        out->data = realloc(out->data, out->size);

        if (out->data == NULL) {
            abort();
        }
    }

    if (len) {
        memcpy(out->data + out->len, p, len);
    }

    out->len += len;

    return NGX_OK;
}


static void
engine_note(void *data, ngx_consent_note_e what, const ngx_consent_row_t *row)
{
    size_t         i;
    engine_out_t  *out = data;

    out->nnotes++;
    out->notes = (out->notes ^ what) * 1099511628211u;

    for (i = 0; row && i < row->pattern.len; i++) {
        out->notes = (out->notes ^ row->pattern.data[i]) * 1099511628211u;
    }
}


static ngx_int_t
engine_body(void *data, const ngx_str_t *lang, ngx_uint_t foreign,
    ngx_str_t *html)
{
    static const ngx_str_t  at[] = {
        ngx_string("<i>banner</i>"),
        ngx_string("<i>foreign</i>")
    };

    (void) data;
    (void) lang;

    *html = at[foreign];

    return NGX_OK;
}


int
engine_run(const engine_case_t *c, engine_out_t *out)
{
    size_t                   at, n;
    u_char                  *piece;
    uint32_t                 seed, most;
    ngx_int_t                rc;
    ngx_pool_t              *pool;
    ngx_consent_rules_t      rules;
    ngx_consent_document_t  *d;
    ngx_consent_charset_e    charset;

    static const ngx_consent_charset_e  charsets[] = {
        NGX_CONSENT_CHARSET_NONE, NGX_CONSENT_CHARSET_NONE,
        NGX_CONSENT_CHARSET_UTF_8, NGX_CONSENT_CHARSET_SHIFT_JIS
    };

    seed = c->seed | 1;

    out->len = 0;
    out->notes = 0;
    out->nnotes = 0;
    out->most = 0;

    engine_rules(&rules, &seed);

    rules.emit = engine_emit;
    rules.emit_data = out;
    rules.note = engine_note;
    rules.data = out;

    charset = charsets[engine_random(&seed) % 4];

    /* bytes that are fed at once: all, or up to so many */

    most = 1 << (engine_random(&seed) % 14);

    pool = shim_create_pool();
    d = ngx_palloc(pool, sizeof(ngx_consent_document_t));

    if (d == NULL) {
        abort();
    }

    ngx_consent_document_init(d, &rules, charset, pool);

    at = 0;
    rc = NGX_OK;

    do {
        n = (most == 1 << 13) ? c->len : 1 + engine_random(&seed) % most;
        n = n < c->len - at ? n : c->len - at;

        /* exactly so many bytes, on the heap */

        piece = malloc(n ? n : 1);
        if (piece == NULL) {
            abort();
        }

        if (n) {
            memcpy(piece, c->data + at, n);
        }

        at += n;

        rc = ngx_consent_document_feed(d, piece, n, at == c->len);

        if (d->page.held > out->most) {
            out->most = d->page.held;
        }

        free(piece);

    } while (rc == NGX_OK && at < c->len);

    if (out->most > ngx_consent_page_limit(&rules)) {
        rc = NGX_ERROR;
    }

    shim_destroy_pool(pool);

    return rc == NGX_OK;
}


static void
engine_rules(ngx_consent_rules_t *rules, uint32_t *seed)
{
    uint32_t  r;

    static const uint32_t  limits[] = { 8192, 512, 64, 24 };

    static const ngx_consent_kind_e  kinds[] = {
        NGX_CONSENT_KIND_HTML, NGX_CONSENT_KIND_HTML, NGX_CONSENT_KIND_HTML,
        NGX_CONSENT_KIND_HTML, NGX_CONSENT_KIND_HTML, NGX_CONSENT_KIND_HTML,
        NGX_CONSENT_KIND_XML, NGX_CONSENT_KIND_CSS
    };

    memset(rules, 0, sizeof(ngx_consent_rules_t));

    r = engine_random(seed);

    rules->table = engine_table(r % ENGINE_TABLES);
    r >>= 2;
    rules->grant.mask = 1 | (r & 14);
    rules->grant.providers = (r & 1) ? engine_refused : NULL;
    r >>= 4;
    rules->unknown = (r & 7) < 3 ? (r & 7) : 0;
    rules->unknown_needs = 4;
    r >>= 3;
    rules->kind = kinds[r & 7];
    r >>= 3;
    rules->tag_buffer = limits[r & 3];
    r >>= 2;
    rules->inline_buffer = limits[r & 3];
    r >>= 2;
    rules->remove = r & 1;
    r >>= 1;
    rules->sniff = r & 1;
    r >>= 1;
    rules->name_frames = r & 1;
    r >>= 1;
    rules->place = (r & 1) ? &engine_place : NULL;

    r = engine_random(seed);

    if ((r & 3) == 0) {
        rules->head.data = (u_char *) "<i>head</i>";
        rules->head.len = 11;
    }

    r >>= 2;
    rules->head_sure = r & 1;
    r >>= 1;
    rules->body = (r & 3) == 0 ? engine_body : NULL;
    r >>= 2;
    rules->body_sure = r & 1;
    r >>= 1;
    rules->head_only = (r & 15) == 0;
    r >>= 4;

    rules->self.scheme = NGX_CONSENT_URL_HTTP;
    rules->self.host = engine_hosts[r % 3];
    r >>= 2;
    rules->self.path.data = (u_char *) "/q/";
    rules->self.path.len = 3;
    rules->first = engine_first;
    rules->nfirst = r % 3;

    engine_place.html = ngx_consent_placeholder_default;
    engine_place.lang = ngx_consent_language((u_char *) "en", 2);
    engine_place.offers = 14;
    engine_place.action.data = (u_char *) "/c";
    engine_place.action.len = 2;
}


static ngx_consent_table_t *
engine_table(ngx_uint_t n)
{
    ngx_uint_t               i;
    ngx_pool_t              *pool;
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider[2];

    static ngx_consent_table_t  *tables[ENGINE_TABLES];

    if (tables[n]) {
        return tables[n];
    }

    pool = shim_create_pool();
    t = ngx_consent_table_create(pool, &engine_names[0]);

    for (i = 0; i < 4; i++) {
        if (ngx_consent_table_category(t, &engine_names[i], &engine_names[i],
                                       i == 0, &fault)
            != NGX_OK)
        {
            abort();
        }
    }

    for (i = 0; i < 2; i++) {

        memset(&p, 0, sizeof(p));
        p.mask = 2;
        p.name = engine_names[i];

        if (ngx_consent_table_provider(t, &p, &provider[i], &fault) != NGX_OK) {
            abort();
        }
    }

    for (i = 0; i < sizeof(engine_rows) / sizeof(engine_rows[0]); i++) {

        if (!(engine_rows[i].in & (1 << n))) {
            continue;
        }

        memset(&row, 0, sizeof(row));
        row.kind = engine_rows[i].kind;
        row.pattern = engine_rows[i].pattern;
        row.mask = engine_rows[i].mask;
        row.provider = provider[i % 2];
        row.expires = NGX_CONSENT_EXPIRES_UNKNOWN;

        if (ngx_consent_table_row(t, &row, &fault) != NGX_OK) {
            abort();
        }
    }

    if (ngx_consent_table_compile(t, &fault) != NGX_OK) {
        abort();
    }

    tables[n] = t;

    return t;
}
