
/*
 * What a visitor is granted, and what is remembered of it.
 */

#ifndef _NGX_HTTP_CONSENT_GRANT_H_INCLUDED_
#define _NGX_HTTP_CONSENT_GRANT_H_INCLUDED_


#include "ngx_http_consent_types.h"
#include "ngx_http_consent_headers.h"


/* ngx_http_consent_reader.c: what the sources say */

/* ctx->grant in ctx->binding; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_read(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* 1 if a choice is kept in it, or what was done of it: nobody takes it away */
ngx_uint_t ngx_http_consent_own_cookie(ngx_http_consent_ctx_t *ctx,
    ngx_str_t *name);

/* ngx_http_consent_grant.c: of a cookie */

typedef enum {
    NGX_HTTP_CONSENT_COOKIE_FREE = 0,   /* whatever was chosen */
    NGX_HTTP_CONSENT_COOKIE_GRANTED,    /* by this choice */
    NGX_HTTP_CONSENT_COOKIE_REFUSED
} ngx_http_consent_cookie_e;

/* 1 if some cookie may be refused */
ngx_uint_t ngx_http_consent_may_refuse(ngx_http_consent_ctx_t *ctx);

/* What becomes of a cookie of that name; *row is what names it, or NULL. */
ngx_http_consent_cookie_e ngx_http_consent_find_cookie(
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx, ngx_str_t *name,
    const ngx_consent_row_t **row);

/* ... ngx_http_consent_memo_names.c: without looking for it every time */
ngx_http_consent_cookie_e ngx_http_consent_judge_cookie(
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx, ngx_str_t *name,
    const ngx_consent_row_t **row);

/* ... and 1 if that Set-Cookie deletes its cookie, whatever it is called */
ngx_uint_t ngx_http_consent_deletes(ngx_http_request_t *r, ngx_str_t *set);

/* ngx_http_consent_memo.c: what the cookies of the last requests came to */

ngx_int_t ngx_http_consent_memo_init(ngx_conf_t *cf,
    ngx_http_consent_binding_t *b);

/*
 * The grant: NGX_OK, NGX_ERROR, or NGX_DECLINED if it must be read; then it is
 * kept.
 */
ngx_int_t ngx_http_consent_memo_find(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
void ngx_http_consent_memo_keep(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/*
 * 1 if it is known that none of the cookies is refused; then *known is what
 * ctx->host_known would be.
 */
ngx_uint_t ngx_http_consent_memo_free(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *binding,
    ngx_http_consent_seen_t *seen, ngx_uint_t *known);

/*
 * ngx_http_consent_memo_left.c: what a backend may see of a Cookie line:
 * NGX_OK, NGX_ERROR, or NGX_DECLINED if its cookies must be judged; then each
 * refused one is told, and at last what is left.  Lines come in their order,
 * and all of them.
 */
ngx_int_t ngx_http_consent_memo_cookies(ngx_http_consent_ctx_t *ctx,
    ngx_uint_t i, ngx_str_t *value);
void ngx_http_consent_memo_refused(ngx_http_consent_ctx_t *ctx,
    const ngx_consent_row_t *row);
void ngx_http_consent_memo_left(ngx_http_consent_ctx_t *ctx, ngx_uint_t i,
    ngx_str_t *value, ngx_uint_t changed);

/* ngx_http_consent_memo_names.c: what was looked up lately */

ngx_int_t ngx_http_consent_memo_names_init(ngx_conf_t *cf);

/* 0 if no row has the request's host, or one that it is beneath of */
ngx_uint_t ngx_http_consent_memo_host(ngx_http_request_t *r,
    ngx_consent_table_t *table);

/* ngx_http_consent_variant.c */

uint64_t ngx_http_consent_variant_location(ngx_http_consent_loc_conf_t *conf);
uint64_t ngx_http_consent_variant_binding(ngx_http_consent_binding_t *b);

/* of a page for this request */
uint64_t ngx_http_consent_variant(ngx_http_consent_ctx_t *ctx);

/* of what single providers are granted; 0: the same as all */
uint64_t ngx_http_consent_variant_providers(ngx_http_consent_ctx_t *ctx);

/* 0, or how providers differ from their categories, as the guard is told */
ngx_int_t ngx_http_consent_variant_apart(const ngx_consent_table_t *table,
    const ngx_consent_grant_t *grant);

/*
 * ngx_http_consent_idle.c: 1 if nothing of a response without a context depends
 * on the choice, in the entry filter and in ours
 */

ngx_uint_t ngx_http_consent_entry_is_idle(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf);
ngx_uint_t ngx_http_consent_response_is_idle(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf);

/* ngx_http_consent_decisions.c: what was done, and of which row */

/* counts, and notes for $consent_decisions */
void ngx_http_consent_did(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_did_e did, const ngx_consent_row_t *row);

/* ... the same; name: of what no row names, and lives as long as the request */
void ngx_http_consent_did_named(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_did_e did, const ngx_consent_row_t *row,
    const ngx_str_t *name);

/* ... the same, of cookies that were hidden before: so many of n rows */
void ngx_http_consent_did_before(ngx_http_consent_ctx_t *ctx,
    const ngx_http_consent_decision_t *rows, ngx_uint_t n, ngx_uint_t cookies);

/* the variable's value; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_decisions(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *decisions);


#endif /* _NGX_HTTP_CONSENT_GRANT_H_INCLUDED_ */
