
/*
 * The filter that sees a response first, before not_modified: a module of its
 * own, since nginx gives each module one place.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_entry_header_filter(ngx_http_request_t *r);
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
    ngx_http_consent_ctx_t  *ctx;

    if (r != r->main) {
        return ngx_http_next_header_filter(r);
    }

    ctx = ngx_http_consent_decide(r);
    if (ctx == NULL) {
        return NGX_ERROR;
    }

    if (ctx->binding) {
        ngx_http_consent_filter_cached(r, ctx);
    }

    if (ctx->binding == NULL || ctx->report
        || ctx->conf->tags == NGX_HTTP_CONSENT_TAGS_OFF
        || !ngx_http_consent_is_page(r, ctx))
    {
        return ngx_http_next_header_filter(r);
    }

    /*
     * The origin's validator says nothing of what was held back: with it a
     * cache would revive the page of another choice.
     */

    ngx_http_clear_etag(r);

    ngx_http_consent_inflate(r, ctx);

    return ngx_http_next_header_filter(r);
}


static ngx_int_t
ngx_http_consent_entry_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_consent_entry_header_filter;

    return NGX_OK;
}
