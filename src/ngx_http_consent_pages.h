
/*
 * What the rooms of consent_pages share: the pages, and how they answer.
 */

#ifndef _NGX_HTTP_CONSENT_PAGES_H_INCLUDED_
#define _NGX_HTTP_CONSENT_PAGES_H_INCLUDED_


#include "ngx_http_consent.h"
#include "ngx_consent_choice.h"


/* bytes of a posted choice; more is answered with 413 */
#define NGX_HTTP_CONSENT_MAX_BODY  4096

/* an answer is written in buffers of so many bytes */
#define NGX_HTTP_CONSENT_CHUNK     4096


/* An answer that grows.  Out of memory, it stays failed until it is sent. */

typedef struct {
    ngx_pool_t           *pool;
    ngx_chain_t          *chain;
    ngx_chain_t         **next;
    ngx_buf_t            *buf;          /* the last one */
    off_t                 size;
    const ngx_str_t      *cache_control;    /* NULL: it is not to be stored */
    unsigned              failed:1;
} ngx_http_consent_out_t;


#define ngx_http_consent_put(out, literal)                                   \
    ngx_http_consent_put_data(out, (u_char *) literal, sizeof(literal) - 1)


/* ngx_http_consent_pages.c */

void ngx_http_consent_out_init(ngx_http_consent_out_t *out, ngx_pool_t *pool);
void ngx_http_consent_put_data(ngx_http_consent_out_t *out, const u_char *p,
    size_t len);
void ngx_http_consent_put_number(ngx_http_consent_out_t *out, ngx_int_t n);

/* text between tags or in quotes, with what is special to HTML escaped */
void ngx_http_consent_put_html(ngx_http_consent_out_t *out,
    const ngx_str_t *text);

/* the value of a JSON string, without its quotes */
void ngx_http_consent_put_json(ngx_http_consent_out_t *out,
    const ngx_str_t *text);

/*
 * These send a whole response; what they return is for
 * ngx_http_finalize_request().  No answer of consent_pages is ever stored, but
 * for the guard's script and the banner's style.
 */
ngx_int_t ngx_http_consent_send(ngx_http_request_t *r, ngx_uint_t status,
    char *type, ngx_http_consent_out_t *out);
ngx_int_t ngx_http_consent_send_text(ngx_http_request_t *r, ngx_uint_t status,
    const char *reason, const ngx_str_t *subject);
ngx_int_t ngx_http_consent_send_empty(ngx_http_request_t *r);
ngx_int_t ngx_http_consent_redirect(ngx_http_request_t *r,
    const ngx_str_t *location);

/* the page's URL, as a path; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_page_url(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, char *page, ngx_str_t *url);

/* ngx_http_consent_placeholder.c: 1 if a choice can lead back there */
ngx_uint_t ngx_http_consent_returns(ngx_str_t *path);

/* the source that keeps the module's own cookie; NULL: there is none */
const ngx_http_consent_source_t *ngx_http_consent_own_source(
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_sender.c */

/*
 * Why a post is not the site's own; NULL: it is.  A choice that another site
 * makes for a visitor is none.
 */
char *ngx_http_consent_foreign(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* 1 if it is known that the browser came by https */
ngx_uint_t ngx_http_consent_came_secure(ngx_http_request_t *r);

/* 1 if the sender asks for JSON, and not for a page */
ngx_uint_t ngx_http_consent_wants_json(ngx_http_request_t *r);

/* The path of this site that the sender was on; NGX_DECLINED: not known. */
ngx_int_t ngx_http_consent_came_from(ngx_http_request_t *r, ngx_str_t *path);

/* ngx_http_consent_choice.c: a box for each provider that can be chosen */

void ngx_http_consent_put_boxes(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_record.c */

/* What may be accepted, into keys and nkeys; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_consent_choices(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_choice_t *choice);

/*
 * Keeps a choice in the module's own cookie.  From then on ctx says what it
 * comes to, as if the request had brought that cookie; *before is what was.
 */
ngx_int_t ngx_http_consent_record(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_choice_t *choice,
    ngx_consent_grant_t *before);

/* ngx_http_consent_withdraw.c: what is refused goes at once */

/* path: where the visitor is; empty: not known.  NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_consent_withdraw(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_grant_t *before,
    ngx_str_t *path);

/* The pages: what the request handler of each is. */

ngx_int_t ngx_http_consent_choice_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_int_t ngx_http_consent_choice_post(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_int_t ngx_http_consent_policy_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_int_t ngx_http_consent_settings_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_int_t ngx_http_consent_style_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_int_t ngx_http_consent_policy_json_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_int_t ngx_http_consent_policy_csv_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_guard.c: 1 if what follows consent_uri is a guard's name */

ngx_uint_t ngx_http_consent_guard_is(const u_char *name, size_t len);
ngx_int_t ngx_http_consent_guard_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_guard_put.c: for who has this grant; NGX_OK or NGX_ERROR */

ngx_int_t ngx_http_consent_guard_put(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_grant_t *grant,
    ngx_http_consent_out_t *out);


#endif /* _NGX_HTTP_CONSENT_PAGES_H_INCLUDED_ */
