
/*
 * Pages that come encoded: who inflates them, and which cannot be read.
 */

#include "ngx_http_consent.h"


#if (NGX_HTTP_GZIP)
static ngx_uint_t ngx_http_consent_page_by_name(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
#endif


/*
 * What is kept compressed beside a file (gzip_static, brotli_static) is chosen
 * by headers_in.accept_encoding: where the file is a page that must be read, we
 * would rather have it plain.  The header itself is the request filter's.
 */

void
ngx_http_consent_ask_plain(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
#if (NGX_HTTP_GZIP)
    if (r->headers_in.accept_encoding
        && ngx_http_consent_body_matters(ctx)
        && ngx_http_consent_page_by_name(r, ctx))
    {
        ctx->accept_encoding = r->headers_in.accept_encoding;
        r->headers_in.accept_encoding = NULL;
    }
#endif
}


/* What compresses a page that was read asks anew. */

void
ngx_http_consent_asked_plain(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
#if (NGX_HTTP_GZIP)
    if (ctx->accept_encoding) {
        r->headers_in.accept_encoding = ctx->accept_encoding;
        ctx->accept_encoding = NULL;

        r->gzip_tested = 0;
        r->gzip_ok = 0;
    }
#endif
}


#if (NGX_HTTP_GZIP)


/*
 * 1 if the file would get the type of a page, or if the name does not tell:
 * try_files may still add to it.
 */

static ngx_uint_t
ngx_http_consent_page_by_name(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    size_t      len;
    ngx_int_t   rc;
    ngx_str_t   type, saved;

    if (r->exten.len == 0) {
        return 1;
    }

    saved = r->headers_out.content_type;
    len = r->headers_out.content_type_len;

    ngx_str_null(&r->headers_out.content_type);

    rc = ngx_http_set_content_type(r);

    type = r->headers_out.content_type;

    r->headers_out.content_type = saved;
    r->headers_out.content_type_len = len;

    return rc != NGX_OK || ngx_http_consent_is_page_type(ctx, &type);
}


#endif


/*
 * gunzip inflates for clients without gzip, so until the late filter this one
 * is such a client.  It knows but one of gzip's two names, and takes an empty
 * body for a broken one.
 */

void
ngx_http_consent_inflate(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
#if (NGX_HTTP_GZIP)
    ngx_str_t        *value;
    ngx_table_elt_t  *encoding;

    encoding = r->headers_out.content_encoding;

    if (encoding == NULL || r->headers_out.content_length_n == 0
        || !ngx_http_consent_body_matters(ctx))
    {
        return;
    }

    value = &encoding->value;

    if (value->len == sizeof("x-gzip") - 1
        && ngx_strncasecmp(value->data, (u_char *) "x-gzip", value->len) == 0)
    {
        ngx_str_set(value, "gzip");
    }

    if (value->len == sizeof("gzip") - 1
        && ngx_strncasecmp(value->data, (u_char *) "gzip", value->len) == 0)
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
