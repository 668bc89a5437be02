
/*
 * Pages that come encoded: who inflates them, and which cannot be read.
 */

#include "ngx_http_consent.h"


/*
 * gunzip inflates for clients without gzip, so until the late filter this one
 * is such a client.
 */

void
ngx_http_consent_inflate(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
#if (NGX_HTTP_GZIP)
    ngx_table_elt_t  *encoding;

    encoding = r->headers_out.content_encoding;

    if (encoding && encoding->value.len == 4
        && ngx_strncasecmp(encoding->value.data, (u_char *) "gzip", 4) == 0)
    {
        r->gzip_tested = 1;
        r->gzip_ok = 0;
        ctx->inflate = 1;
    }
#endif
}


void
ngx_http_consent_inflated(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
#if (NGX_HTTP_GZIP)
    if (ctx->inflate) {
        ctx->inflate = 0;
        r->gzip_tested = 0;
    }
#endif
}


/*
 * What a page is encoded as; NULL: it is plain.  headers_out.content_encoding
 * knows neither add_header's line nor any but the last of several.
 */

ngx_str_t *
ngx_http_consent_encoding(ngx_http_request_t *r)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0 || h->value.len == 0
            || !ngx_http_consent_header_is(h, "Content-Encoding"))
        {
            continue;
        }

        if (h->value.len != sizeof("identity") - 1
            || ngx_strncasecmp(h->value.data, (u_char *) "identity",
                               sizeof("identity") - 1)
               != 0)
        {
            return &h->value;
        }
    }

    return NULL;
}
