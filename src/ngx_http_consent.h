
/*
 * What the rooms of floor 2 share: who does what with configurations and the
 * request's context.
 */

#ifndef _NGX_HTTP_CONSENT_H_INCLUDED_
#define _NGX_HTTP_CONSENT_H_INCLUDED_


#include "ngx_http_consent_types.h"
#include "ngx_http_consent_headers.h"


extern ngx_module_t  ngx_http_consent_module;
extern ngx_module_t  ngx_http_consent_entry_filter_module;


/* ngx_http_consent_directives.c: each as ngx_command_t's set */

char *ngx_http_consent(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
char *ngx_http_consent_word(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_gpc(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_unknown(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_first_party(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_uri(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_pages(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_buffer(ngx_conf_t *cf, void *post, void *data);

/* Keeps names and their place until a table tells what they mean. */
ngx_http_consent_names_t *ngx_http_consent_names(ngx_conf_t *cf,
    ngx_http_consent_names_t *names, ngx_str_t *value, ngx_uint_t n);

/* ngx_http_consent_source.c: whom a location asks */

char *ngx_http_consent_source(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
void ngx_http_consent_source_init(ngx_http_consent_source_t *source,
    const ngx_consent_format_t *format);

/* NULL: there is none of that name, which has been said */
const ngx_consent_format_t *ngx_http_consent_source_format(ngx_conf_t *cf,
    ngx_str_t *name);

/* ngx_http_consent_source_param.c: NAME=VALUE of it */

char *ngx_http_consent_source_param(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *arg);

/*
 * Into its place among NGX_CONSENT_TCF_MAX_VENDORS, once; NGX_OK, or
 * NGX_DECLINED if there is no room.
 */
ngx_int_t ngx_http_consent_add_vendor(uint32_t *ids, ngx_uint_t *n,
    uint32_t id);

/* ngx_http_consent_map.c: the directive; bind_reader.c tells what it means */

char *ngx_http_consent_map(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/* ngx_http_consent_custom.c: NGX_CONF_OK, or what is wrong */

extern const ngx_consent_format_t  ngx_http_consent_custom;

char *ngx_http_consent_custom_pattern(ngx_conf_t *cf, ngx_str_t *pattern,
    void **data);
char *ngx_http_consent_custom_check(ngx_http_consent_source_t *source);

/* ngx_http_consent_bind_reader.c: what their keys stand for in a table */

char *ngx_http_consent_bind_readers(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b);

/* ngx_http_consent_reader.c: what the sources say */

/* ctx->grant in ctx->binding; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_read(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* 1 if a choice is kept in it, or what was done of it: nobody takes it away */
ngx_uint_t ngx_http_consent_own_cookie(ngx_http_consent_ctx_t *ctx,
    ngx_str_t *name);

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
 * What a backend may see of a Cookie line: NGX_OK, NGX_ERROR, or NGX_DECLINED
 * if its cookies must be judged; then each refused one is told, and at last
 * what is left.  Lines come in their order, and all of them.
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

/* ngx_http_consent_placeholder.c: the directive, and what belongs to r */

char *ngx_http_consent_placeholder(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_consent_placeholder_start(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_stand_in_t *place);

/* the categories that its form can accept */
ngx_consent_mask_t ngx_http_consent_offers(ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_conf.c: the block */

char *ngx_http_consent_table_block(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_category(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_provider(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_override(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_consent_table_t *ngx_http_consent_find_table(
    ngx_http_consent_main_conf_t *cmcf, ngx_str_t *name);
void ngx_http_consent_conf_place(ngx_conf_t *cf, ngx_consent_place_t *place);
char *ngx_http_consent_conf_error(ngx_conf_t *cf, ngx_uint_t level,
    ngx_consent_place_t *place, char *fmt, ...);
char *ngx_http_consent_mask(ngx_conf_t *cf, ngx_consent_table_t *table,
    ngx_str_t *names, ngx_consent_mask_t *mask);
char *ngx_http_consent_fault(ngx_conf_t *cf, ngx_int_t rc,
    ngx_consent_fault_t *fault);

/* ngx_http_consent_conf_row.c: a line of a provider's block */

char *ngx_http_consent_row(ngx_conf_t *cf, ngx_command_t *dummy, void *conf);
char *ngx_http_consent_row_kind(ngx_conf_t *cf, ngx_str_t *value,
    ngx_consent_row_e *kind);
char *ngx_http_consent_join_quoted(ngx_conf_t *cf);

/* ngx_http_consent_bind.c: what a location's names mean in its tables */

char *ngx_http_consent_bind(ngx_conf_t *cf, ngx_http_consent_main_conf_t *cmcf,
    ngx_http_consent_loc_conf_t *prev, ngx_http_consent_loc_conf_t *conf);

/*
 * Names to bits.  tables: where the table is chosen by a variable, a name that
 * only another one of them knows stands for nothing in this one.
 */
char *ngx_http_consent_resolve(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_consent_table_t *table, ngx_http_consent_names_t *names,
    ngx_consent_mask_t *mask);

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

/* ngx_http_consent_settings.c: 1 if there is that page; all has been merged */
ngx_uint_t ngx_http_consent_has_settings(ngx_http_consent_loc_conf_t *conf);

/* ngx_http_consent_guard.c: what its script is made of, and where it is */

uint64_t ngx_http_consent_guard_variant(ngx_http_consent_loc_conf_t *conf);
uint64_t ngx_http_consent_guard_digest(ngx_http_consent_binding_t *b);

/* 1 if this visitor's pages have it: something is refused */
ngx_uint_t ngx_http_consent_guarded(ngx_http_consent_ctx_t *ctx);

/* NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_guard_url(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *url);

/* ngx_http_consent_gpc_support.c: the directive, which answers gpc.json */

char *ngx_http_consent_gpc_support(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

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

/* ngx_http_consent_decisions.c: what was done, and of which row */

/* counts, and notes for $consent_decisions */
void ngx_http_consent_did(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_did_e did, const ngx_consent_row_t *row);

/* ... the same, of cookies that were hidden before: so many of n rows */
void ngx_http_consent_did_before(ngx_http_consent_ctx_t *ctx,
    const ngx_http_consent_decision_t *rows, ngx_uint_t n, ngx_uint_t cookies);

/* the variable's value; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_decisions(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *decisions);

/* ngx_http_consent_request.c: the request as its backend gets it */

ngx_int_t ngx_http_consent_request_handler(ngx_http_request_t *r);

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
 * Keeps all of it, or once more those that are edited but for the cookies;
 * NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_http_consent_receive(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_seen_t *seen);
ngx_int_t ngx_http_consent_receive_edited(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* Takes a line out of the request's list; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_consent_take_out(ngx_http_request_t *r, ngx_table_elt_t *h);

/* Puts those lines in place of the request's cookies and of what is edited. */
ngx_int_t ngx_http_consent_replace(ngx_http_request_t *r, ngx_array_t *lines);

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

/* ngx_http_consent_validators.c: the response's */

/*
 * Puts the variant into the entity tags, or makes a weak one of Last-Modified
 * where there is none; NGX_OK or NGX_ERROR.  The late one: only into tags that
 * do not have it.
 */
ngx_int_t ngx_http_consent_validate(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_int_t ngx_http_consent_validate_late(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* No date of the browser's is compared with a page's. */
void ngx_http_consent_forget_dates(ngx_http_request_t *r);

/* ngx_http_consent_header_filter.c, _body_filter.c, _entry_filter.c */

ngx_int_t ngx_http_consent_header_filter_init(ngx_conf_t *cf);
ngx_int_t ngx_http_consent_body_filter_init(ngx_conf_t *cf);

/* 1 if a browser may take the response for a page; or it is a part of one */
ngx_uint_t ngx_http_consent_is_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
ngx_uint_t ngx_http_consent_is_page_type(ngx_http_consent_ctx_t *ctx,
    ngx_str_t *value);
ngx_uint_t ngx_http_consent_is_part(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* 1 if a response of that type is no page, whatever else it says */
ngx_uint_t ngx_http_consent_type_is_other(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_str_t *value);

/* headers that say something of its type */

#define NGX_HTTP_CONSENT_TYPE_NAMES                                          \
    (ngx_http_consent_name_bit("Content-Type")                               \
     | ngx_http_consent_name_bit("X-Content-Type-Options"))

/* What a location's types are asked first. */
void ngx_http_consent_types_init(ngx_http_consent_loc_conf_t *conf);

/* 1 if the type is one of consent_types */
ngx_uint_t ngx_http_consent_type_listed(ngx_http_consent_ctx_t *ctx,
    ngx_str_t *value);

/* 1 unless the URI's extension has a type that is no page's */
ngx_uint_t ngx_http_consent_maybe_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
void ngx_http_consent_kind(ngx_http_request_t *r, ngx_consent_rules_t *rules);

/* The bits of headers from which something may be taken: rows and all. */
uint64_t ngx_http_consent_row_names(const ngx_consent_table_t *table);

/* Adds a response header; name and value are kept.  NULL: no memory. */
ngx_table_elt_t *ngx_http_consent_add_header(ngx_http_request_t *r, char *name,
    ngx_str_t *value);

/*
 * ngx_http_consent_set_cookie.c: the directive; and 1 if what is left depends
 * on the choice or the request's cookies, 0, or NGX_ERROR
 */

char *ngx_http_consent_lifetime(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_consent_filter_set_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h);

/* ngx_http_consent_rules.c: memory, tags and scripts are the caller's word */

void ngx_http_consent_rules(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_consent_rules_t *rules);
ngx_consent_url_web_e ngx_http_consent_web(ngx_http_request_t *r);

/* ngx_http_consent_fields.c: URLs in the headers of one response */

/*
 * Groups of Report-To that one response may lose before every NEL is dropped
 * with them.
 */
#define NGX_HTTP_CONSENT_MAX_GROUPS  8

typedef struct {
    u_char                    name[NGX_CONSENT_FIELD_GROUP];
    size_t                    len;
    const ngx_consent_row_t  *row;      /* that took it */
} ngx_http_consent_group_t;


typedef struct {
    ngx_http_request_t       *request;
    ngx_http_consent_ctx_t   *ctx;

    ngx_consent_rules_t       rules;    /* table NULL: not needed yet */

    ngx_consent_field_e       field;    /* what is read now */
    ngx_int_t                 depends;  /* ... and 1 if the choice counts */
    const ngx_consent_row_t  *row;      /* ... the last that refused */

    unsigned                  nel:1;    /* there is one */
    unsigned                  more:1;   /* groups than fit */
    ngx_uint_t                ngroups;
    ngx_http_consent_group_t  groups[NGX_HTTP_CONSENT_MAX_GROUPS];
} ngx_http_consent_fields_t;

void ngx_http_consent_fields_init(ngx_http_consent_fields_t *fields,
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx);

/* 1 if what is left of it depends on the choice, 0, or NGX_ERROR */
ngx_int_t ngx_http_consent_filter_field(ngx_http_consent_fields_t *fields,
    ngx_table_elt_t *h);

/* The same of the headers that need what others have lost: after them all. */
ngx_int_t ngx_http_consent_fields_end(ngx_http_consent_fields_t *fields);

/* ngx_http_consent_caches.c: 1 if some caches read it, not Cache-Control */

ngx_uint_t ngx_http_consent_is_targeted(ngx_table_elt_t *h);

/* A Cache-Control that was added, where nginx finds it; NGX_OK or NGX_ERROR. */

ngx_int_t ngx_http_consent_link_control(ngx_http_request_t *r,
    ngx_table_elt_t *h);

/* ngx_http_consent_shared.c: 1 if a shared cache may store the response */

ngx_uint_t ngx_http_consent_is_shared(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_sweep.c: returns the same as filter_set_cookie */

ngx_int_t ngx_http_consent_sweep(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_swept.c: the cookie that counts its tries */

/*
 * Counters of two bits, by the name's hash.  Names that share one share its
 * tries: one of them may be left alone too soon, none is swept for ever.
 */
#define NGX_HTTP_CONSENT_SWEPT_SLOTS  128
#define NGX_HTTP_CONSENT_SWEPT_BYTES  (NGX_HTTP_CONSENT_SWEPT_SLOTS / 4)

#define NGX_HTTP_CONSENT_SWEPT_MARK   4     /* bytes, of the choice */

typedef struct {
    u_char                    mark[NGX_HTTP_CONSENT_SWEPT_MARK];
    u_char                    old[NGX_HTTP_CONSENT_SWEPT_BYTES];
    u_char                    tried[NGX_HTTP_CONSENT_SWEPT_BYTES];
} ngx_http_consent_swept_t;

extern ngx_str_t  ngx_http_consent_swept;   /* its name */

/* nothing has been tried; then what the browser says, if it is of this choice */
void ngx_http_consent_swept_init(ngx_http_consent_swept_t *swept,
    ngx_http_consent_ctx_t *ctx);
void ngx_http_consent_swept_read(ngx_http_consent_swept_t *swept,
    ngx_str_t *value);

/* a name's counter, what it was before this response, and what it is now */
ngx_uint_t ngx_http_consent_swept_slot(ngx_str_t *name);
ngx_uint_t ngx_http_consent_swept_tries(ngx_http_consent_swept_t *swept,
    ngx_uint_t slot);
void ngx_http_consent_swept_count(ngx_http_consent_swept_t *swept,
    ngx_uint_t slot, ngx_uint_t tries);

/* Set-Cookie's value; its length; p may be NULL */
size_t ngx_http_consent_swept_cookie(ngx_http_consent_swept_t *swept,
    ngx_uint_t secure, ngx_uint_t embedded, u_char *p);

/* ngx_http_consent_encoding.c */

/* From the request to the entry filter files are asked for uncompressed. */
void ngx_http_consent_ask_plain(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
void ngx_http_consent_asked_plain(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* Between the entry filter and the late one gunzip may be made to work. */
void ngx_http_consent_inflate(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
void ngx_http_consent_inflated(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* What a page is encoded as; NULL: it is plain. */
ngx_str_t *ngx_http_consent_encoding(ngx_http_request_t *r);

/* ngx_http_consent_idle.c: 1 if nothing of it depends on the choice */

ngx_uint_t ngx_http_consent_request_is_idle(ngx_http_request_t *r,
    ngx_http_consent_seen_t *seen);

/* the same of a response without a context, in the entry filter and in ours */

ngx_uint_t ngx_http_consent_entry_is_idle(ngx_http_request_t *r);
ngx_uint_t ngx_http_consent_response_is_idle(ngx_http_request_t *r);

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

/* ngx_http_consent_caches.c: NGX_OK or NGX_ERROR; page: it is one */

ngx_int_t ngx_http_consent_tell_caches(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t page);

/* ngx_http_consent_body_filter.c */

/* 1 if pages are changed here, for some visitor */

#define ngx_http_consent_edits_pages(conf)                                   \
    ((conf)->tags != NGX_HTTP_CONSENT_TAGS_OFF || (conf)->gcm                \
     || (conf)->banner || (conf)->guard)

/* 1 if something in a page may have to be held back from this visitor */
ngx_uint_t ngx_http_consent_body_judged(ngx_http_consent_ctx_t *ctx);

/* ... or if something is put into it */
ngx_uint_t ngx_http_consent_body_matters(ngx_http_consent_ctx_t *ctx);

/* Prepares the body filter for this response; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_consent_body_start(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_variables.c */

ngx_int_t ngx_http_consent_add_variables(ngx_conf_t *cf);

/* The accepted categories in the table's order, without required ones. */
ngx_int_t ngx_http_consent_granted(ngx_pool_t *pool,
    const ngx_consent_table_t *table, ngx_consent_mask_t mask,
    u_char separator, ngx_str_t *granted);

/* ngx_http_consent_pages.c: what consent_pages answers */

ngx_int_t ngx_http_consent_pages_handler(ngx_http_request_t *r);


#endif /* _NGX_HTTP_CONSENT_H_INCLUDED_ */
