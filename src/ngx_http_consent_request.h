
/*
 * The request on its way to the backend.
 */

#ifndef _NGX_HTTP_CONSENT_REQUEST_H_INCLUDED_
#define _NGX_HTTP_CONSENT_REQUEST_H_INCLUDED_


#include "ngx_http_consent_types.h"
#include "ngx_http_consent_headers.h"


/* ngx_http_consent_idle.c: the phase's handler */

ngx_int_t ngx_http_consent_request_handler(ngx_http_request_t *r);

/*
 * ngx_http_consent_request.c: the request as its backend gets it; seen: what
 * was found in its list just now, or NULL.  Returns what the handler does.
 */
ngx_int_t ngx_http_consent_enforce_request(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_seen_t *seen);

/* Once all is configured: which variables come of what is edited. */
ngx_int_t ngx_http_consent_edited_variables(ngx_cycle_t *cycle);

/* What is no page is sent in parts, though the origin was not asked for any. */
void ngx_http_consent_ask_parts(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* 1 if what is asked for may be shown as a document */
ngx_uint_t ngx_http_consent_like_document(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_str_t *dest);

/*
 * ngx_http_consent_cookies.c: h is the i-th Cookie line as it came, and then as
 * this location's backend may see it.  NGX_OK: that is the same; NGX_DONE;
 * NGX_DECLINED: it is nothing; or NGX_ERROR.
 */
ngx_int_t ngx_http_consent_filter_cookies(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t i, ngx_table_elt_t *h);

/* 0: they are those that came */
ngx_uint_t ngx_http_consent_refuses_cookies(ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_conditional.c: what is asked of the origin */

typedef struct {
    uint64_t                  variant;  /* the present one */
    unsigned                  document:1;   /* a browser may render it */
    unsigned                  safe:1;   /* GET or HEAD */
    unsigned                  tagged:1; /* there is an If-None-Match, ... */
    unsigned                  current:1;    /* with a tag of this variant, */
    unsigned                  asks:1;   /* or another that is asked for */
    unsigned                  dated:1;  /* there is an If-Modified-Since */
    unsigned                  bound:1;  /* ... or what has to hold besides */
    unsigned                  whole:1;  /* a Range would not fit */
} ngx_http_consent_condition_t;

/* ctx->received is complete */
void ngx_http_consent_condition(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t document,
    ngx_http_consent_condition_t *c);

/* 1 if a 304 is waited for that the origin cannot give */
ngx_uint_t ngx_http_consent_unasked(ngx_http_consent_condition_t *c);

/* NGX_OK: h is what is asked; NGX_DECLINED: it is not; NGX_ERROR */
ngx_int_t ngx_http_consent_edit_none_match(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h);
ngx_int_t ngx_http_consent_edit_match(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h);
ngx_int_t ngx_http_consent_edit_modified(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h);
ngx_int_t ngx_http_consent_edit_if_range(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h);
ngx_int_t ngx_http_consent_edit_range(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h);
ngx_int_t ngx_http_consent_edit_encoding(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h);

/* ngx_http_consent_received.c: the request's headers as they came */

/* a header that is not every location's alike */

typedef struct {
    ngx_str_t                 name;     /* in lower case */

    /* of the pointer in headers_in, which stays the browser's; 0: none */
    size_t                    offset;
    unsigned                  partial:1;    /* ... unless all of it is sent */

    /* NGX_OK: as h is now; NGX_DECLINED: not at all; NGX_ERROR */
    ngx_int_t               (*edit)(ngx_http_request_t *r,
                                    ngx_http_consent_condition_t *c,
                                    ngx_table_elt_t *h);
} ngx_http_consent_edit_t;

/* the header's, or NULL */
const ngx_http_consent_edit_t *ngx_http_consent_edit(ngx_table_elt_t *h);

/* 1 if it is $http_... of one of them */
ngx_uint_t ngx_http_consent_is_edited_variable(ngx_str_t *variable);

/* ... or of that header, whose name is in lower case */
ngx_uint_t ngx_http_consent_is_variable(ngx_str_t *variable,
    const ngx_str_t *header);

void ngx_http_consent_see(ngx_http_request_t *r,
    ngx_http_consent_seen_t *seen);

/*
 * Keeps all of it, or keeps it once more where nothing has been edited yet;
 * NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_http_consent_receive(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_seen_t *seen);
ngx_int_t ngx_http_consent_receive_again(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/*
 * ngx_http_consent_received_list.c: takes a line out of the request's list;
 * NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_http_consent_take_out(ngx_http_request_t *r, ngx_table_elt_t *h);

/* Puts those lines in place of the request's cookies and of what is edited. */
ngx_int_t ngx_http_consent_replace(ngx_http_request_t *r, ngx_array_t *lines);

/* ngx_http_consent_collect.c */

/* 1 if a row names the URL that was asked for; known: ctx->host_known */
ngx_uint_t ngx_http_consent_collect_named(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *binding,
    ngx_uint_t known);

/*
 * NGX_DECLINED: the request goes on.  NGX_DONE: it has been answered.  Anything
 * else is a status to end it with.
 */
ngx_int_t ngx_http_consent_collect(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);


#endif /* _NGX_HTTP_CONSENT_REQUEST_H_INCLUDED_ */
