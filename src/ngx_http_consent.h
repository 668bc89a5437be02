
/*
 * What the rooms of floor 2 share: a header for each family of them, and here
 * the request's context.
 */

#ifndef _NGX_HTTP_CONSENT_H_INCLUDED_
#define _NGX_HTTP_CONSENT_H_INCLUDED_


#include "ngx_http_consent_types.h"
#include "ngx_http_consent_headers.h"
#include "ngx_http_consent_conf.h"
#include "ngx_http_consent_grant.h"
#include "ngx_http_consent_request.h"
#include "ngx_http_consent_response.h"
#include "ngx_http_consent_insert.h"


extern ngx_module_t  ngx_http_consent_module;
extern ngx_module_t  ngx_http_consent_entry_filter_module;


/* ngx_http_consent_grant.c: from the request to what is granted */

/* the main request's; NULL: no memory */
ngx_http_consent_ctx_t *ngx_http_consent_get_ctx(ngx_http_request_t *r);

/* ... if there is one yet; a new one, where there is none */

ngx_http_consent_ctx_t *ngx_http_consent_kept_ctx(ngx_http_request_t *r);
ngx_http_consent_ctx_t *ngx_http_consent_new_ctx(ngx_http_request_t *r,
    ngx_http_consent_seen_t *seen);


static ngx_inline ngx_http_consent_ctx_t *
ngx_http_consent_find_ctx(ngx_http_request_t *r)
{
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_consent_module);

    if (ctx == NULL && (r->internal || r->filter_finalize)) {
        ctx = ngx_http_consent_kept_ctx(r);
    }

    return ctx;
}


/* 1 if consent is off everywhere; all has been merged */
static ngx_inline ngx_uint_t
ngx_http_consent_is_unused(ngx_conf_t *cf)
{
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    return cmcf->memos == NULL;
}


/* 1 if consent is off here, and there is no context: nothing is to be done */
static ngx_inline ngx_uint_t
ngx_http_consent_is_off(ngx_http_request_t *r)
{
    ngx_http_consent_loc_conf_t  *conf;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_consent_module);

    return conf->table == NULL && ngx_http_consent_find_ctx(r) == NULL;
}


/* The context, if it has the grant already; r is the main request. */
static ngx_inline ngx_http_consent_ctx_t *
ngx_http_consent_decided(ngx_http_request_t *r)
{
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_consent_module);

    return (ctx && ctx->conf == ngx_http_get_module_loc_conf(r,
                                                      ngx_http_consent_module))
           ? ctx : NULL;
}


/*
 * The context with the grant for r's present location; ctx->binding is NULL
 * where consent is off.  NULL: no memory.
 */
ngx_http_consent_ctx_t *ngx_http_consent_decide(ngx_http_request_t *r);

/* ngx_http_consent_variables.c */

ngx_int_t ngx_http_consent_add_variables(ngx_conf_t *cf);

/* The accepted categories in the table's order, without required ones. */
ngx_int_t ngx_http_consent_granted(ngx_pool_t *pool,
    const ngx_consent_table_t *table, ngx_consent_mask_t mask,
    u_char separator, ngx_str_t *granted);

/* ngx_http_consent_pages.c: what consent_pages answers */

ngx_int_t ngx_http_consent_pages_handler(ngx_http_request_t *r);


#endif /* _NGX_HTTP_CONSENT_H_INCLUDED_ */
