
/*
 * A page's validators: with them a 304 says "unchanged for this choice".
 */

#include "ngx_http_consent.h"
#include "ngx_consent_etag.h"


static ngx_int_t ngx_http_consent_write_tag(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h, uint64_t variant);
static ngx_int_t ngx_http_consent_make_tag(ngx_http_request_t *r,
    uint64_t variant);


/*
 * Whatever stands in an origin's tag, a variant among it: the origin may be
 * another of us.
 */

ngx_int_t
ngx_http_consent_validate(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    uint64_t          variant;
    ngx_uint_t        i, found;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    variant = ngx_http_consent_variant(ctx);
    found = 0;

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0 || !ngx_http_consent_header_is(h, "ETag")) {
            continue;
        }

        found = 1;

        if (ngx_http_consent_write_tag(r, ctx, h, variant) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (found || r->headers_out.last_modified_time < 0
        || (r->headers_out.status != NGX_HTTP_OK
            && r->headers_out.status != NGX_HTTP_NOT_MODIFIED))
    {
        return NGX_OK;
    }

    return ngx_http_consent_make_tag(r, variant);
}


/* What add_header has added, or for a page that its type made one. */

ngx_int_t
ngx_http_consent_validate_late(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    uint64_t             variant;
    ngx_uint_t           i, found;
    ngx_list_part_t     *part;
    ngx_table_elt_t     *h;
    ngx_consent_etag_t   tag;

    found = 0;

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0 || !ngx_http_consent_header_is(h, "ETag")) {
            continue;
        }

        found = 1;

        if (h->value.data == ctx->tag) {
            continue;
        }

        variant = ngx_http_consent_variant(ctx);

        ngx_consent_etag_parse(&tag, h->value.data, h->value.len);

        if (tag.kind != NGX_CONSENT_ETAG_ORIGIN && tag.variant == variant) {
            continue;
        }

        if (ngx_http_consent_write_tag(r, ctx, h, variant) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    /* dates are compared before it is known for a page: it needs a tag */

    if (found || ctx->page || r->headers_out.last_modified_time < 0
        || r->headers_out.status != NGX_HTTP_OK)
    {
        return NGX_OK;
    }

    return ngx_http_consent_make_tag(r, ngx_http_consent_variant(ctx));
}


static ngx_int_t
ngx_http_consent_write_tag(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_table_elt_t *h, uint64_t variant)
{
    u_char  *p;

    p = ngx_pnalloc(r->pool, h->value.len + NGX_CONSENT_ETAG_SUFFIX);
    if (p == NULL) {
        return NGX_ERROR;
    }

    h->value.len = ngx_consent_etag_write(p, &h->value, variant);
    h->value.data = p;

    ctx->tag = p;

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_make_tag(ngx_http_request_t *r, uint64_t variant)
{
    ngx_str_t         value;
    ngx_table_elt_t  *h;

    value.data = ngx_pnalloc(r->pool, NGX_CONSENT_ETAG_MADE);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    value.len = ngx_consent_etag_made(value.data,
                                      r->headers_out.last_modified_time,
                                      variant);

    h = ngx_http_consent_add_header(r, "ETag", &value);
    if (h == NULL) {
        return NGX_ERROR;
    }

    r->headers_out.etag = h;

    return NGX_OK;
}


void
ngx_http_consent_forget_dates(ngx_http_request_t *r)
{
    ngx_table_elt_t  *h;

    /* "*" is any page, of any choice */

    h = r->headers_in.if_none_match;

    if (h && h->value.len == 1 && h->value.data[0] == '*') {
        r->headers_in.if_none_match = NULL;
    }

    if (r->headers_in.if_none_match == NULL) {
        r->headers_in.if_modified_since = NULL;
    }

    if (r->headers_in.range == NULL) {
        return;
    }

    /* parts that were got before may be another variant's */

    h = r->headers_in.if_range;

    if (r->headers_out.content_offset == 0
        && ((h && !ngx_consent_etag_is_tag(&h->value))
            || r->headers_in.if_unmodified_since))
    {
        ngx_http_clear_accept_ranges(r);
        r->headers_in.range = NULL;
    }
}
