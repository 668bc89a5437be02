
/*
 * Of a data: URL the same comes however it is read, and never more than the
 * URL has.
 */

#include <stdlib.h>

#include "ngx_consent_data.h"


static size_t
body(const u_char *url, size_t len, ngx_uint_t flags, size_t size, u_char *dst)
{
    size_t               n, total;
    u_char              *piece;
    ngx_consent_data_t   d;

    if (ngx_consent_data_init(&d, url, len, flags) != NGX_OK) {
        return 0;
    }

    if (d.type_len == 0 || d.type_len > NGX_CONSENT_DATA_MAX_TYPE
        || d.charset_len > NGX_CONSENT_DATA_MAX_CHARSET)
    {
        abort();
    }

    total = 0;
    piece = malloc(size);

    while ((n = ngx_consent_data_read(&d, url, piece, size)) != 0) {

        if (n > size || total + n > len) {
            abort();
        }

        memcpy(dst + total, piece, n);
        total += n;
    }

    free(piece);

    return total;
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t   len, n;
    u_char  *url, *a, *b;

    if (size < 1) {
        return 0;
    }

    /* what follows is a URL of its own, or comes after "data:" */

    len = size - 1 + (data[0] & 2 ? 5 : 0);
    url = malloc(len + 1);
    memcpy(url, "data:", len < 5 ? len : 5);
    memcpy(url + len - (size - 1), data + 1, size - 1);

    a = malloc(len + 1);
    b = malloc(len + 1);

    n = body(url, len, data[0] & 1, len + 3, a);

    if (body(url, len, data[0] & 1, data[0] / 4 % 16 + 3, b) != n
        || memcmp(a, b, n) != 0)
    {
        abort();
    }

    free(a);
    free(b);
    free(url);

    return 0;
}
