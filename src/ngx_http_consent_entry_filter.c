
/*
 * The filter that sees a response first, before not_modified: a module of its
 * own, since nginx gives each module one place.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_entry_header_filter(ngx_http_request_t *r);
static ngx_int_t ngx_http_consent_entry_response(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_entry_init(ngx_conf_t *cf);


static ngx_http_output_header_filter_pt  ngx_http_next_header_filter;


static ngx_http_module_t  ngx_http_consent_entry_filter_module_ctx = {
    NULL,                                  /* preconfiguration */
    ngx_http_consent_entry_init,           /* postconfiguration */

    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_consent_entry_filter_module = {
    NGX_MODULE_V1,
    &ngx_http_consent_entry_filter_module_ctx, /* module context */
    NULL,                                  /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_int_t
ngx_http_consent_entry_header_filter(ngx_http_request_t *r)
{
    ngx_http_consent_ctx_t       *ctx;
    ngx_http_consent_loc_conf_t  *conf;

    if (r != r->main) {
        return ngx_http_next_header_filter(r);
    }

    ctx = ngx_http_consent_find_ctx(r);
    conf = ngx_http_get_module_loc_conf(r, ngx_http_consent_module);

    if (ctx == NULL
        && (conf->table == NULL || ngx_http_consent_entry_is_idle(r, conf)))
    {
        return ngx_http_next_header_filter(r);
    }

    if (ctx == NULL || ctx->conf != conf) {
        ctx = ngx_http_consent_decide(r);
        if (ctx == NULL) {
            return NGX_ERROR;
        }
    }

    return ngx_http_consent_entry_response(r, ctx);
}


static ngx_http_consent_apart ngx_int_t
ngx_http_consent_entry_response(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_http_consent_asked_plain(r, ctx);
    ctx->page = 0;

    if (ctx->binding == NULL || ctx->report
        || !ngx_http_consent_edits_pages(ctx->conf))
    {
        return ngx_http_next_header_filter(r);
    }

    ctx->names = NGX_HTTP_CONSENT_ALL_NAMES;

    if (ngx_http_consent_is_part(r, ctx)) {

        /* of the origin's bytes; they are those of its whole, or of none */

        if (ngx_http_consent_body_matters(ctx)) {
            ngx_http_clear_etag(r);

        } else if (ngx_http_consent_validate(r, ctx) != NGX_OK) {
            return NGX_ERROR;
        }

        return ngx_http_next_header_filter(r);
    }

    /* a 304 of the origin's does not say of what */

    ctx->page = ngx_http_consent_is_page(r, ctx)
                || (r->headers_out.status == NGX_HTTP_NOT_MODIFIED
                    && ctx->revalidates);

    if (!ctx->page) {

        /* the origin was not asked whether it has changed: we can tell */

        if (ctx->unasked) {
            r->disable_not_modified = 0;
        }

        ngx_http_consent_ask_parts(r, ctx);

        return ngx_http_next_header_filter(r);
    }

    if (ngx_http_consent_validate(r, ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_http_consent_forget_dates(r);
    ngx_http_consent_inflate(r, ctx);

    return ngx_http_next_header_filter(r);
}


static ngx_int_t
ngx_http_consent_entry_init(ngx_conf_t *cf)
{
    if (ngx_http_consent_is_unused(cf)) {
        return NGX_OK;
    }

    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_consent_entry_header_filter;

    return NGX_OK;
}
