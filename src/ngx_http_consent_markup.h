
/*
 * consent_markup as it is written, and what its rooms need of each other.
 */

#ifndef _NGX_HTTP_CONSENT_MARKUP_H_INCLUDED_
#define _NGX_HTTP_CONSENT_MARKUP_H_INCLUDED_


#include "ngx_http_consent.h"


/* CATEGORY=KEY, or provider:NAME=KEY */

typedef struct {
    ngx_str_t                 name;
    ngx_str_t                 key;
    unsigned                  of_provider:1;
} ngx_http_consent_markup_arg_t;


struct ngx_http_consent_markup_s {
    const ngx_consent_platform_t  *platform;    /* NULL: the module's own */
    ngx_array_t               args;     /* ngx_http_consent_markup_arg_t */
    ngx_uint_t                live;
    ngx_consent_place_t       place;
};


/* ngx_http_consent_markup.c */

char *ngx_http_consent_markup(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);

/* 1 if the convention can have that key */
ngx_uint_t ngx_http_consent_markup_valid(
    const ngx_consent_platform_t *platform, ngx_str_t *key);

/* ngx_http_consent_bind_markup.c */

char *ngx_http_consent_bind_markup(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b);

/* the key as a page has it; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_markup_escape(ngx_conf_t *cf, ngx_str_t *key,
    ngx_str_t *written);

/* ngx_http_consent_markup_answer.c: keys of who answers by itself */

/*
 * NGX_DECLINED: the platform's source does not speak of the provider; or NGX_OK
 * and its key, empty where the convention cannot say what it waits for.
 */
ngx_int_t ngx_http_consent_markup_answer(ngx_http_consent_loc_conf_t *conf,
    ngx_http_consent_binding_t *b, const ngx_consent_platform_t *platform,
    ngx_uint_t provider, ngx_str_t *key);

/* ... where keys are of categories alone: into m; NGX_OK or NGX_ERROR */
ngx_int_t ngx_http_consent_markup_answers(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b,
    ngx_consent_markup_t *m);


#endif /* _NGX_HTTP_CONSENT_MARKUP_H_INCLUDED_ */
