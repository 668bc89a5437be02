
/*
 * What the engine of templates needs of the names that they may have.
 */

#ifndef _NGX_HTTP_CONSENT_SHOW_H_INCLUDED_
#define _NGX_HTTP_CONSENT_SHOW_H_INCLUDED_


#include "ngx_http_consent_ui.h"


typedef struct {
    ngx_str_t                 name;
    ngx_uint_t                within;   /* loops, in one of which it stands; */
                                        /* 0: anywhere */
    void                    (*put)(ngx_http_consent_show_t *show);
    ngx_uint_t              (*holds)(ngx_http_consent_show_t *show);
} ngx_http_consent_show_name_t;


typedef struct {
    ngx_str_t                 name;
    ngx_uint_t                within;
    ngx_uint_t              (*next)(ngx_http_consent_show_t *show,
                                  ngx_uint_t first);
} ngx_http_consent_show_loop_t;


/* loops, as bits of those that are open */

#define CATEGORY  (1 << NGX_HTTP_CONSENT_FOR_CATEGORY)
#define PROVIDER  (1 << NGX_HTTP_CONSENT_FOR_PROVIDER)
#define ROW       (1 << NGX_HTTP_CONSENT_FOR_ROW)
#define LANGUAGE  (1 << NGX_HTTP_CONSENT_FOR_LANGUAGE)


/* ngx_http_consent_show_texts, behind those of ngx_http_consent_unit_e */

typedef enum {
    NGX_HTTP_CONSENT_SHOW_SESSION = NGX_HTTP_CONSENT_SECONDS + 1,
    NGX_HTTP_CONSENT_SHOW_COOKIE,
    NGX_HTTP_CONSENT_SHOW_STORAGE,
    NGX_HTTP_CONSENT_SHOW_SCRIPT,
    NGX_HTTP_CONSENT_SHOW_HEADER,
    NGX_HTTP_CONSENT_SHOW_LANGUAGE
} ngx_http_consent_show_text_e;


/* ngx_http_consent_show_names.c: each up to one without a name */

extern ngx_http_consent_show_loop_t  ngx_http_consent_show_loops[];

/* without put it is a condition only; without holds it holds if it is not "" */
extern ngx_http_consent_show_name_t  ngx_http_consent_show_names[];

ngx_uint_t ngx_http_consent_if_decided(ngx_http_consent_show_t *show);

/* ngx_http_consent_show.c */

void ngx_http_consent_show_put(ngx_http_consent_show_t *show,
    const ngx_str_t *s);

/*
 * A text whose name is made of the three; 0: there is none.  In itself, by a
 * value that is made of texts, it is none: it would never end.
 */
ngx_uint_t ngx_http_consent_show_named(ngx_http_consent_show_t *show,
    const ngx_http_consent_language_t *lang, char *prefix,
    const ngx_str_t *name, char *suffix);

/* ngx_http_consent_show_category.c */

void ngx_http_consent_put_category(ngx_http_consent_show_t *show);
void ngx_http_consent_put_title(ngx_http_consent_show_t *show);
void ngx_http_consent_put_purpose(ngx_http_consent_show_t *show);
void ngx_http_consent_put_basis(ngx_http_consent_show_t *show);
void ngx_http_consent_put_refused(ngx_http_consent_show_t *show);
void ngx_http_consent_put_accepted(ngx_http_consent_show_t *show);
ngx_uint_t ngx_http_consent_if_required(ngx_http_consent_show_t *show);
ngx_uint_t ngx_http_consent_if_granted(ngx_http_consent_show_t *show);
ngx_uint_t ngx_http_consent_if_checked(ngx_http_consent_show_t *show);
ngx_uint_t ngx_http_consent_if_rows(ngx_http_consent_show_t *show);
ngx_uint_t ngx_http_consent_if_exempt(ngx_http_consent_show_t *show);

void ngx_http_consent_put_provider(ngx_http_consent_show_t *show);
void ngx_http_consent_put_provider_policy(ngx_http_consent_show_t *show);
void ngx_http_consent_put_provider_key(ngx_http_consent_show_t *show);
ngx_uint_t ngx_http_consent_if_provider_checked(ngx_http_consent_show_t *show);

/* ngx_http_consent_show_row.c */

void ngx_http_consent_put_row_name(ngx_http_consent_show_t *show);
void ngx_http_consent_put_row_purpose(ngx_http_consent_show_t *show);
void ngx_http_consent_put_row_expiry(ngx_http_consent_show_t *show);
void ngx_http_consent_put_row_type(ngx_http_consent_show_t *show);
void ngx_http_consent_put_row_note(ngx_http_consent_show_t *show);
ngx_uint_t ngx_http_consent_if_row_exempt(ngx_http_consent_show_t *show);

/* ngx_http_consent_show_lang.c */

void ngx_http_consent_put_row_lang(ngx_http_consent_show_t *show);
void ngx_http_consent_put_expiry_lang(ngx_http_consent_show_t *show);
void ngx_http_consent_put_type_lang(ngx_http_consent_show_t *show);
void ngx_http_consent_put_category_lang(ngx_http_consent_show_t *show);


#endif /* _NGX_HTTP_CONSENT_SHOW_H_INCLUDED_ */
