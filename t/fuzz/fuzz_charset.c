
/*
 * What names a page's encoding: nothing is read past its end, and the first
 * bytes of a page mean the same however they are cut.
 */

#include <stdlib.h>

#include "ngx_consent_charset.h"


static ngx_uint_t
sniff(ngx_consent_sniff_t *s, unsigned header, const uint8_t *p, size_t len,
    size_t chunk)
{
    size_t   at, n;
    u_char  *piece;

    ngx_consent_sniff_init(s, header ? NGX_CONSENT_CHARSET_BIG5
                                     : NGX_CONSENT_CHARSET_NONE);

    for (at = 0; at < len; at += n) {

        n = len - at < chunk ? len - at : chunk;

        piece = malloc(n);
        memcpy(piece, p + at, n);

        if (ngx_consent_sniff(s, piece, n, at + n == len) == NGX_OK) {
            free(piece);
            return 1;
        }

        free(piece);
    }

    return 0;
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char               *copy;
    unsigned              header;
    ngx_consent_meta_t    m;
    ngx_consent_sniff_t   whole, cut;

    if (size < 2) {
        return 0;
    }

    header = data[0] & 1;

    if (sniff(&whole, header, data + 1, size - 1, size)
        != sniff(&cut, header, data + 1, size - 1, (data[0] >> 1) % 16 + 1)
        || whole.charset != cut.charset || whole.sure != cut.sure)
    {
        abort();
    }

    copy = malloc(size - 1);
    memcpy(copy, data + 1, size - 1);

    memset(&m, 0, sizeof(m));
    m.pragma = 1;

    ngx_consent_charset_header(copy, size - 1);
    ngx_consent_charset_meta(&m, data[0] % 3, copy, size - 1);
    ngx_consent_charset_meta_end(&m);

    free(copy);

    return 0;
}
