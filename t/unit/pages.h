
/*
 * A page fed in pieces from exact-size blocks, and what comes out of it.
 */

#ifndef _PAGES_H_INCLUDED_
#define _PAGES_H_INCLUDED_


#include "test.h"
#include "ngx_consent_page.h"


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


/* The first piece has cut bytes, the others size. */

static inline void
run(const ngx_consent_rules_t *rules, const char *html, size_t cut, size_t size)
{
    size_t               at, n, len;
    u_char              *piece;
    ngx_pool_t          *pool;
    ngx_consent_page_t   page;

    out.len = 0;
    out.data[0] = '\0';

    pool = shim_create_pool();
    ngx_consent_page_init(&page, pool);
    ngx_consent_page_restart(&page, rules);

    len = strlen(html);
    at = 0;

    do {
        n = (at == 0 && cut) ? cut : size;
        n = n < len - at ? n : len - at;

        piece = test_copy(html + at, n);
        at += n;

        CHECK(ngx_consent_page_feed(&page, piece, n, at == len) == NGX_OK
              && page.held <= ngx_consent_page_limit(rules), "%s: held", html);

        free(piece);

    } while (at < len);

    shim_destroy_pool(pool);
}


#endif /* _PAGES_H_INCLUDED_ */
