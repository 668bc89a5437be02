
/*
 * What pages get that their origin did not write.
 */

#ifndef _NGX_HTTP_CONSENT_INSERT_H_INCLUDED_
#define _NGX_HTTP_CONSENT_INSERT_H_INCLUDED_


#include "ngx_http_consent_types.h"
#include "ngx_http_consent_headers.h"


/*
 * ngx_http_consent_head.c: what is put first into the head of this response's
 * page: ctx->head, which is empty if there is nothing.  NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_http_consent_head(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* What the response's policies say of an inline script, or style. */
void ngx_http_consent_head_policy(ngx_http_request_t *r,
    ngx_consent_csp_t *csp, ngx_uint_t style);

/* 1 if the response may not be a fragment, for what it was asked for */
ngx_uint_t ngx_http_consent_head_sure(ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_gcm.c: the directive; and Google Consent Mode's signals */

char *ngx_http_consent_gcm_map(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
char *ngx_http_consent_bind_gcm(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_array_t *maps, ngx_consent_table_t *table, ngx_consent_gcm_t *gcm);

/* as JSON; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_gcm_json(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *json);

/* Writes the default command, of so many bytes besides nonce and JSON. */

#define NGX_HTTP_CONSENT_GCM_COMMAND  160

u_char *ngx_http_consent_gcm_command(u_char *p, const ngx_str_t *json,
    const ngx_str_t *nonce);

/* ngx_http_consent_guard.c: what its script is made of, and where it is */

uint64_t ngx_http_consent_guard_variant(ngx_http_consent_loc_conf_t *conf);
uint64_t ngx_http_consent_guard_digest(ngx_http_consent_binding_t *b);

/* 1 if this visitor's pages have it: something is refused */
ngx_uint_t ngx_http_consent_guarded(ngx_http_consent_ctx_t *ctx);

/* NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_guard_url(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *url);

/* ngx_http_consent_banner.c: the directive; and what a request gets of it */

char *ngx_http_consent_banner(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);

/* that a location has what its banner needs */
char *ngx_http_consent_banner_check(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf);

/* ctx->banner in the present location; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_banner_choose(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* 1 if something is put into the body of this response's page */
ngx_uint_t ngx_http_consent_banner_fits(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* What that is: rules->body, with r as its data. */
ngx_int_t ngx_http_consent_banner_html(void *data, const ngx_str_t *lang,
    ngx_uint_t foreign, ngx_str_t *html);

/* ngx_http_consent_placeholder.c: the directive, and what belongs to r */

char *ngx_http_consent_placeholder(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_consent_placeholder_start(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_stand_in_t *place);

/* the categories that its form can accept */
ngx_consent_mask_t ngx_http_consent_offers(ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_settings.c: 1 if there is that page; all has been merged */
ngx_uint_t ngx_http_consent_has_settings(ngx_http_consent_loc_conf_t *conf);


#endif /* _NGX_HTTP_CONSENT_INSERT_H_INCLUDED_ */
