
/*
 * A page gives the same bytes however it is cut, holds no more than its limit,
 * and without the insertions it is what came in.  The first byte of the input
 * says where the cuts are, and whether it is XML.
 */

#include <stdlib.h>

#include "ngx_consent_document.h"


typedef struct {
    u_char  *data;
    size_t   len;
    size_t   size;
} output_t;


static ngx_consent_table_t  *table;


static ngx_int_t
emit(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    output_t  *out = data;

    if (kind == NGX_CONSENT_PIECE_DROP) {
        return NGX_OK;
    }

    if (out->len + len > out->size) {
        out->size = 2 * (out->len + len);
        out->data = realloc(out->data, out->size);
    }

    memcpy(out->data + out->len, p, len);
    out->len += len;

    return NGX_OK;
}


static void
note(void *data, ngx_consent_note_e what, const ngx_consent_row_t *row)
{
    (void) data;
    (void) what;
    (void) row;
}


static void
make_table(void)
{
    size_t                   i;
    ngx_pool_t              *pool;
    ngx_str_t                s;
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_provider_t   p, *provider;

    static const struct {
        ngx_consent_row_e    kind;
        ngx_str_t            pattern;
    } rows[] = {
        { NGX_CONSENT_ROW_URL, ngx_string("a.b") },
        { NGX_CONSENT_ROW_URL, ngx_string("c/d*e?f=g*") },
        { NGX_CONSENT_ROW_URL, ngx_string("*/x") },
        { NGX_CONSENT_ROW_URL, ngx_string("/y") },
        { NGX_CONSENT_ROW_INLINE, ngx_string("fbq(") },
        { NGX_CONSENT_ROW_INLINE, ngx_string("_ga") },
        { NGX_CONSENT_ROW_STUB, ngx_string("_ga=1;") }
    };

    pool = shim_create_pool();

    memset(&s, 0, sizeof(s));
    s.data = (u_char *) "ads";
    s.len = 3;

    table = ngx_consent_table_create(pool, &s);
    ngx_consent_table_category(table, &s, &s, 0, &fault);

    memset(&p, 0, sizeof(p));
    p.mask = 1;
    p.name = s;
    ngx_consent_table_provider(table, &p, &provider, &fault);

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        memset(&row, 0, sizeof(row));
        row.kind = rows[i].kind;
        row.pattern = rows[i].pattern;
        row.mask = 1;
        row.provider = provider;

        if (ngx_consent_table_row(table, &row, &fault) != NGX_OK) {
            abort();
        }
    }

    if (ngx_consent_table_compile(table, &fault) != NGX_OK) {
        abort();
    }
}


static void
run(const ngx_consent_rules_t *rules, const u_char *p, size_t len, size_t chunk)
{
    size_t               at, n;
    u_char              *piece;
    ngx_pool_t          *pool;
    ngx_consent_document_t  *page;

    pool = shim_create_pool();

    page = ngx_palloc(pool, sizeof(ngx_consent_document_t));

    if (page == NULL) {
        abort();
    }

    ngx_consent_document_init(page, rules, NGX_CONSENT_CHARSET_NONE, pool);

    for (at = 0; at < len; at += n) {

        n = len - at < chunk ? len - at : chunk;

        piece = malloc(n);
        memcpy(piece, p + at, n);

        if (ngx_consent_document_feed(page, piece, n, at + n == len) != NGX_OK
            || page->page.held > ngx_consent_page_limit(rules))
        {
            abort();
        }

        free(piece);
    }

    shim_destroy_pool(pool);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    output_t                 whole, cut;
    ngx_consent_rules_t      rules;
    ngx_consent_stand_in_t   place;

    static const ngx_consent_mask_t  refused = 0;

    if (size < 2) {
        return 0;
    }

    if (table == NULL) {
        make_table();
    }

    memset(&rules, 0, sizeof(rules));
    memset(&whole, 0, sizeof(whole));
    memset(&cut, 0, sizeof(cut));

    memset(&place, 0, sizeof(place));

    place.html = ngx_consent_placeholder_default;
    place.lang = ngx_consent_language((u_char *) "en", 2);
    place.offers = 1;

    /* refused by its category, or where that is accepted by its provider */

    rules.grant.mask = (data[0] & 8) ? 1 : 0;
    rules.grant.providers = (data[0] & 8) ? &refused : NULL;

    rules.table = table;
    rules.place = (data[0] & 4) ? &place : NULL;
    rules.tag_buffer = 256;
    rules.inline_buffer = 256;
    rules.remove = data[0] & 1;
    rules.kind = (data[0] & 0x80) ? NGX_CONSENT_KIND_XML
                                  : NGX_CONSENT_KIND_HTML;
    rules.sniff = 1;
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host.data = (u_char *) "h";
    rules.self.host.len = 1;
    rules.emit = emit;
    rules.note = note;

    rules.emit_data = &whole;
    run(&rules, data + 1, size - 1, size);

    rules.emit_data = &cut;
    run(&rules, data + 1, size - 1, (data[0] >> 1) % 64 + 1);

    if (whole.len != cut.len
        || (whole.len && memcmp(whole.data, cut.data, whole.len) != 0))
    {
        abort();
    }

    free(whole.data);
    free(cut.data);

    return 0;
}
