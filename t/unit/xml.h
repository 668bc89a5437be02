
/*
 * A page of XML, fed in pieces from exact-size blocks, and what comes out.
 */

#ifndef _XML_H_INCLUDED_
#define _XML_H_INCLUDED_


#include "test.h"
#include "ngx_consent_page.h"


#define T    "https://ads.test/"
#define W    " data-consent=\"ads\""
#define TP   " type=\"text/plain\" data-consent=\"ads\""
#define X    " xmlns='http://www.w3.org/1999/xhtml'"
#define NS   "<r" X ">"
#define DTD(s)  "<!DOCTYPE r [" s "]>"


typedef struct {
    char    data[65536];
    size_t  len;
} output_t;

static output_t  out;


static ngx_int_t
emit(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    (void) data;

    if (kind == NGX_CONSENT_PIECE_DROP) {
        return NGX_OK;
    }

    if (len > sizeof(out.data) - 1 - out.len) {
        return NGX_ERROR;
    }

    memcpy(out.data + out.len, p, len);
    out.len += len;
    out.data[out.len] = '\0';

    return NGX_OK;
}


static void
note(void *data, ngx_consent_note_e what, const ngx_consent_row_t *row)
{
    (void) data;
    (void) what;
    (void) row;
}


static ngx_consent_table_t *
make_table(ngx_pool_t *pool)
{
    size_t                   i;
    ngx_str_t                s = ngx_string("ads");
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

    static const struct {
        ngx_consent_row_e    kind;
        ngx_str_t            pattern;
    } list[] = {
        { NGX_CONSENT_ROW_URL, ngx_string("ads.test") },
        { NGX_CONSENT_ROW_INLINE, ngx_string("evil(") }
    };

    t = ngx_consent_table_create(pool, &s);
    ngx_consent_table_category(t, &s, &s, 0, &fault);

    memset(&p, 0, sizeof(p));
    p.mask = 1;
    ngx_consent_table_provider(t, &p, &provider, &fault);

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        memset(&row, 0, sizeof(row));
        row.kind = list[i].kind;
        row.pattern = list[i].pattern;
        row.mask = 1;
        row.provider = provider;
        ngx_consent_table_row(t, &row, &fault);
    }

    ngx_consent_table_compile(t, &fault);

    return t;
}


/* The first piece has cut bytes, the others size. */

static void
run(const ngx_consent_rules_t *rules, const char *xml, size_t len, size_t cut,
    size_t size)
{
    size_t               at, n;
    u_char              *piece;
    ngx_pool_t          *pool;
    ngx_consent_page_t   page;

    out.len = 0;
    out.data[0] = '\0';

    pool = shim_create_pool();
    ngx_consent_page_init(&page, pool);
    ngx_consent_page_restart(&page, rules);

    /* what the names mean is said before, unless the page says it itself */

    if (!rules->sniff) {
        piece = test_copy(NS, sizeof(NS) - 1);

        CHECK(ngx_consent_page_feed(&page, piece, sizeof(NS) - 1, 0) == NGX_OK
              && out.len == sizeof(NS) - 1, "a namespace");

        free(piece);
        out.len = 0;
        out.data[0] = '\0';
    }

    at = 0;

    do {
        n = (at == 0 && cut) ? cut : size;
        n = n < len - at ? n : len - at;

        piece = test_copy(xml + at, n);
        at += n;

        CHECK(ngx_consent_page_feed(&page, piece, n, at == len) == NGX_OK
              && page.held <= ngx_consent_page_limit(rules), "%.60s: held",
              xml);

        memset(piece, 0xdd, n);
        free(piece);

    } while (at < len);

    shim_destroy_pool(pool);
}


static void
xml_rules(ngx_consent_rules_t *rules, ngx_pool_t *pool)
{
    memset(rules, 0, sizeof(ngx_consent_rules_t));
    rules->table = make_table(pool);
    rules->tag_buffer = 256;
    rules->inline_buffer = 256;
    rules->self.scheme = NGX_CONSENT_URL_HTTP;
    rules->self.host.data = (u_char *) "own.test";
    rules->self.host.len = 8;
    rules->self.path.data = (u_char *) "/";
    rules->self.path.len = 1;
    rules->kind = NGX_CONSENT_KIND_XML;
    rules->emit = emit;
    rules->note = note;
}


#endif /* _XML_H_INCLUDED_ */
