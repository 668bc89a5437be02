
/*
 * The response on its way to the browser: headers, and what its body is judged
 * by.
 */

#ifndef _NGX_HTTP_CONSENT_RESPONSE_H_INCLUDED_
#define _NGX_HTTP_CONSENT_RESPONSE_H_INCLUDED_


#include "ngx_http_consent_types.h"
#include "ngx_http_consent_headers.h"


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

/*
 * ngx_http_consent_set_cookie.c: the directive; and 1 if what is left depends
 * on the choice or the request's cookies, 0, or NGX_ERROR
 */

char *ngx_http_consent_lifetime(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_consent_filter_set_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h);

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
    u_char                    old[NGX_HTTP_CONSENT_SWEPT_BYTES];    /* before */
    u_char                    tried[NGX_HTTP_CONSENT_SWEPT_BYTES];  /* now */
} ngx_http_consent_swept_t;

extern ngx_str_t  ngx_http_consent_swept;   /* its name */

/* nothing has been tried; then what the browser says of this choice */
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

/* ngx_http_consent_caches.c */

/* 1 if some caches read it, not Cache-Control */
ngx_uint_t ngx_http_consent_is_targeted(ngx_table_elt_t *h);

/* A Cache-Control that was added, where nginx finds it; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_http_consent_link_control(ngx_http_request_t *r,
    ngx_table_elt_t *h);

/* NGX_OK or NGX_ERROR; page: it is one */
ngx_int_t ngx_http_consent_tell_caches(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t page);

/* ngx_http_consent_shared.c: 1 if a shared cache may store the response */

ngx_uint_t ngx_http_consent_is_shared(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

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

/* ngx_http_consent_rules.c: memory, tags and scripts are the caller's word */

void ngx_http_consent_rules(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_consent_rules_t *rules);
ngx_consent_url_web_e ngx_http_consent_web(ngx_http_request_t *r);


#endif /* _NGX_HTTP_CONSENT_RESPONSE_H_INCLUDED_ */
