
/*
 * A page in UTF-16 or ISO-2022-JP comes out as it came in when nothing is
 * edited; edited, its bytes do not depend on where the buffers end.  The first
 * bytes of the input say which encoding, where the cuts and what the edits are.
 */

#include <stdlib.h>

#include "ngx_consent_transcode.h"


typedef struct {
    u_char                   *data;
    size_t                    len;
    size_t                    size;
    size_t                    input;

    ngx_consent_transcode_t  *t;
    size_t                    text;
    unsigned                  every;    /* an edit in so many bytes, 0: none */
    unsigned                  held;
} page_t;


static ngx_int_t
emit(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    page_t  *page = data;

    if (kind != NGX_CONSENT_PIECE_INSERT) {
        page->input += len;
    }

    if (kind == NGX_CONSENT_PIECE_DROP) {
        return NGX_OK;
    }

    if (page->len + len > page->size) {
        page->size = 2 * (page->len + len);
        page->data = realloc(page->data, page->size);
    }

    memcpy(page->data + page->len, p, len);
    page->len += len;

    return NGX_OK;
}


/* The last byte is held; what is done with a byte depends on its place only. */

static ngx_int_t
feed(void *data, u_char *p, size_t len, ngx_uint_t end)
{
    size_t                n;
    page_t               *page = data;
    ngx_consent_piece_e   kind;

    n = page->held + len;
    page->held = !end && n;

    for (n -= page->held; n; n--, page->text++) {

        kind = NGX_CONSENT_PIECE_HELD;

        if (page->every) {

            if (page->text % page->every == 0) {
                ngx_consent_transcode_emit(page->t, (u_char *) "a\\", 2,
                                           NGX_CONSENT_PIECE_INSERT);
            }

            if (page->text / page->every % 3 == 1) {
                kind = NGX_CONSENT_PIECE_DROP;
            }
        }

        ngx_consent_transcode_emit(page->t, p, 1, kind);
    }

    return NGX_OK;
}


static void
run(page_t *page, ngx_consent_charset_e charset, unsigned every,
    const uint8_t *p, size_t len, size_t chunk)
{
    size_t                    at, n;
    u_char                   *piece;
    ngx_pool_t               *pool;
    ngx_consent_transcode_t   t;

    memset(page, 0, sizeof(page_t));
    page->t = &t;
    page->every = every;

    pool = shim_create_pool();

    ngx_consent_transcode_init(&t, charset, 1, pool);
    t.feed = feed;
    t.feed_data = page;
    t.emit = emit;
    t.emit_data = page;

    for (at = 0; at < len; at += n) {

        n = len - at < chunk ? len - at : chunk;

        piece = malloc(n);
        memcpy(piece, p + at, n);

        if (ngx_consent_transcode_feed(&t, piece, n, at + n == len) != NGX_OK) {
            abort();
        }

        free(piece);
    }

    if (page->input != len || t.queued) {
        abort();
    }

    shim_destroy_pool(pool);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    page_t                  same, whole, cut;
    unsigned                every, chunk;
    ngx_consent_charset_e   charset;

    if (size < 4) {
        return 0;
    }

    charset = data[0] % 3 == 0   ? NGX_CONSENT_CHARSET_UTF_16LE
              : data[0] % 3 == 1 ? NGX_CONSENT_CHARSET_UTF_16BE
                                 : NGX_CONSENT_CHARSET_ISO_2022_JP;
    chunk = data[1] % 64 + 1;
    every = data[2] % 16 + 1;

    data += 3;
    size -= 3;

    run(&same, charset, 0, data, size, chunk);

    if (same.len != size || memcmp(same.data, data, size) != 0) {
        abort();
    }

    run(&whole, charset, every, data, size, size);
    run(&cut, charset, every, data, size, chunk);

    if (whole.len != cut.len
        || (whole.len && memcmp(whole.data, cut.data, whole.len) != 0))
    {
        abort();
    }

    free(same.data);
    free(whole.data);
    free(cut.data);

    return 0;
}
