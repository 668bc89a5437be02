
/*
 * Configurations, and the request's context.
 */

#ifndef _NGX_HTTP_CONSENT_TYPES_H_INCLUDED_
#define _NGX_HTTP_CONSENT_TYPES_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "ngx_consent.h"
#include "ngx_consent_cookie.h"
#include "ngx_consent_signal.h"
#include "ngx_consent_source_map.h"
#include "ngx_consent_table.h"
#include "ngx_consent_document.h"
#include "ngx_consent_field.h"
#include "ngx_consent_csp.h"
#include "ngx_consent_gcm.h"


/*
 * What few requests need is a function of its own, so that most need not save
 * registers for it.
 */
#define ngx_http_consent_apart  __attribute__((noinline))


/* the command type of directives inside consent_table */
#define NGX_HTTP_CONSENT_TABLE_CONF  0x00020000


#define NGX_HTTP_CONSENT_TAGS_OFF      0
#define NGX_HTTP_CONSENT_TAGS_DISABLE  1
#define NGX_HTTP_CONSENT_TAGS_REMOVE   2

#define NGX_HTTP_CONSENT_DOWNSTREAM_OFF      0
#define NGX_HTTP_CONSENT_DOWNSTREAM_VARY     1
#define NGX_HTTP_CONSENT_DOWNSTREAM_PRIVATE  2

#define NGX_HTTP_CONSENT_LIFETIME_OFF      0
#define NGX_HTTP_CONSENT_LIFETIME_CLAMP    1
#define NGX_HTTP_CONSENT_LIFETIME_NO_PROLONG  2     /* clamp, and no longer */

#define NGX_HTTP_CONSENT_COLLECT_PASS  0
#define NGX_HTTP_CONSENT_COLLECT_204   1
#define NGX_HTTP_CONSENT_COLLECT_403   2

#define NGX_HTTP_CONSENT_CLEAR_CACHE    2
#define NGX_HTTP_CONSENT_CLEAR_STORAGE  4

#define NGX_HTTP_CONSENT_TYPE_CSS  1
#define NGX_HTTP_CONSENT_TYPE_SVG  2

/* of a response's type: it is one of consent_types; browsers look what it is */
#define NGX_HTTP_CONSENT_TYPE_LISTED   1
#define NGX_HTTP_CONSENT_TYPE_UNKNOWN  2

#define NGX_HTTP_CONSENT_OPAQUE_PASS   0
#define NGX_HTTP_CONSENT_OPAQUE_BLOCK  1

#define NGX_HTTP_CONSENT_SWEEP_OFF     0
#define NGX_HTTP_CONSENT_SWEEP_ON      1
#define NGX_HTTP_CONSENT_SWEEP_ALWAYS  2


/* consent_source lines of one location; one more is an error */
#define NGX_HTTP_CONSENT_MAX_SOURCES  32

#define NGX_HTTP_CONSENT_MIN_BUFFER  256
#define NGX_HTTP_CONSENT_MAX_BUFFER  (16 * 1024 * 1024)

/* rows that $consent_decisions lists of one request; "..." past it */
#define NGX_HTTP_CONSENT_MAX_DECISIONS  32


/* one consent_source */

typedef struct {
    ngx_consent_asked_t       asked;    /* but for what is the request's */
    time_t                    max_age;  /* 0: no limit */
    ngx_str_t                 domain;   /* the own cookie's, no dot before */
                                        /* it; empty: it is the host's */
    unsigned                  readable:1;   /* ... by scripts: httponly=off */
    unsigned                  implied:1;    /* implied=allow */
} ngx_http_consent_source_t;


/* names of categories, before the table that knows them is known */

typedef struct {
    ngx_str_t                *names;
    ngx_uint_t                n;
    ngx_consent_place_t       place;
} ngx_http_consent_names_t;


/* one consent_map */

typedef struct {
    const ngx_consent_format_t  *format;
    ngx_str_t                 key;      /* empty: "off" */
    ngx_http_consent_names_t  categories;
    ngx_http_consent_names_t  providers;
} ngx_http_consent_map_t;


/* one consent_gcm_map; without categories nothing grants it */

typedef struct {
    ngx_uint_t                signal;
    ngx_http_consent_names_t  categories;
} ngx_http_consent_gcm_map_t;


/* a source in one table */

typedef struct {
    ngx_consent_map_t         map;
    uint32_t                 *vendors;  /* of TCF, ascending */
    ngx_uint_t                nvendors;
} ngx_http_consent_reader_t;


/* consent_unknown_cookies, consent_unknown_urls */

typedef struct {
    ngx_consent_unknown_e     what;     /* "strip" is "hold" */
    ngx_http_consent_names_t  category;
} ngx_http_consent_unknown_t;


/* consent_placeholder */

typedef struct {
    ngx_str_t                 html;     /* the template */
    const ngx_consent_language_t  *lang;    /* of pages in no other one */
} ngx_http_consent_placeholder_t;


/* consent_ui: ngx_http_consent_ui.h */

typedef struct ngx_http_consent_ui_s  ngx_http_consent_ui_t;
typedef struct ngx_http_consent_language_s  ngx_http_consent_language_t;

/* what is published: ngx_http_consent_policy.h */

typedef struct ngx_http_consent_version_s  ngx_http_consent_version_t;


/* consent_banner */

typedef struct {
    ngx_http_complex_value_t *value;    /* "on"; anything else is off */
    ngx_consent_place_t       place;
    unsigned                  link:1;   /* on later pages */
} ngx_http_consent_banner_t;


/* what is put first into a page's body */

typedef enum {
    NGX_HTTP_CONSENT_BANNER_NONE = 0,
    NGX_HTTP_CONSENT_BANNER_LINK,       /* to change a choice */
    NGX_HTTP_CONSENT_BANNER_ASKS
} ngx_http_consent_banner_e;


/* consent_markup; ngx_http_consent_markup.c's own */

typedef struct ngx_http_consent_markup_s  ngx_http_consent_markup_t;


/* ngx_http_consent_memo.c's own */

typedef struct ngx_http_consent_memo_s  ngx_http_consent_memo_t;
typedef struct ngx_http_consent_memo_host_s  ngx_http_consent_memo_host_t;
typedef struct ngx_http_consent_memo_scope_s  ngx_http_consent_memo_scope_t;
typedef struct ngx_http_consent_memo_name_s  ngx_http_consent_memo_name_t;
typedef struct ngx_http_consent_memo_life_s  ngx_http_consent_memo_life_t;


/* what a location's words mean in one table */

typedef struct {
    ngx_consent_table_t      *table;
    ngx_http_consent_reader_t  *readers;    /* one a source */
    ngx_uint_t               *providers;    /* by index: of which a source */
    ngx_uint_t                nproviders;   /* may speak by themselves */
    ngx_consent_mask_t        gpc;
    ngx_consent_mask_t        unknown_cookies;
    ngx_consent_mask_t        unknown_urls;
    ngx_consent_markup_t     *markup;   /* NULL: the module's own */
    ngx_consent_gcm_t         gcm;
    uint64_t                  names;    /* of response headers that count */
    uint64_t                  guard;    /* what its script depends on */
    uint64_t                  variant;
} ngx_http_consent_binding_t;


/* a response's type that was asked of a location; each has but one place */

#define NGX_HTTP_CONSENT_LAST_TYPES  16

typedef struct {
    void                     *conf;     /* NULL: none */
    size_t                    len;
    u_char                    value[64];    /* longer ones are not kept */
    ngx_uint_t                says;     /* NGX_HTTP_CONSENT_TYPE_... */
} ngx_http_consent_last_type_t;


typedef struct {
    ngx_array_t               tables;   /* ngx_consent_table_t * */
    ngx_array_t               uis;      /* ngx_http_consent_ui_t * */
    ngx_array_t               versions; /* ngx_http_consent_version_t * */
    ngx_str_t                 archive;  /* data == NULL: none */

    /* to read in: see ngx_http_consent_reader.c */
    u_char                   *buf;
    u_char                   *said;
    ngx_consent_vendor_says_t  *vendors;
    size_t                    said_size;
    ngx_uint_t                nvendors;

    ngx_http_consent_memo_t  *memos;    /* NULL: nothing is enforced */
    ngx_uint_t                memo_nmasks;
    ngx_http_consent_memo_host_t  *memo_hosts;
    ngx_http_consent_memo_scope_t  *memo_scopes;
    ngx_uint_t                memo_nscopes;     /* of all time */
    ngx_http_consent_memo_name_t  *memo_names;
    ngx_http_consent_memo_life_t  *memo_lives;
    ngx_http_consent_last_type_t  last_types[NGX_HTTP_CONSENT_LAST_TYPES];

    ngx_array_t               edited_variables;     /* ngx_uint_t: indexes */

    /* while a consent_table is read */
    ngx_consent_table_t      *building;
    ngx_consent_provider_t   *provider;
    ngx_str_t                *row_file;     /* that rows are read from */

    ngx_uint_t                pages;    /* some location has consent_pages */
} ngx_http_consent_main_conf_t;


typedef struct {
    ngx_http_complex_value_t *table;    /* consent; NULL: off */
    ngx_consent_table_t      *literal;  /* the table last named literally */
    ngx_consent_place_t       place;    /* of consent */

    ngx_http_complex_value_t *mode;
    ngx_http_complex_value_t *regime;
    ngx_http_complex_value_t *guard;    /* NULL: off */

    ngx_array_t              *sources;  /* ngx_http_consent_source_t */
    ngx_array_t              *maps;     /* ngx_http_consent_map_t */
    ngx_uint_t                invalid;  /* 1: a broken answer is none */
    ngx_http_consent_names_t *gpc;      /* NULL: the default */
    ngx_flag_t                gpc_strict;
    ngx_http_consent_unknown_t  *unknown_cookies;
    ngx_http_consent_unknown_t  *unknown_urls;
    ngx_array_t              *first_party;  /* ngx_str_t */
    ngx_array_t              *gcm_maps; /* ngx_http_consent_gcm_map_t */
    ngx_http_consent_placeholder_t  *placeholder;   /* NULL: off */
    ngx_http_consent_ui_t    *ui;       /* NULL: off */
    const ngx_http_consent_language_t  *lang;   /* of who asks for no other */
    ngx_array_t              *fields;   /* ngx_keyval_t */
    ngx_http_consent_banner_t  *banner; /* NULL: off */

    ngx_uint_t                tags;
    ngx_http_consent_markup_t  *markup; /* NULL: the module's own */
    ngx_uint_t                downstream;
    ngx_uint_t                opaque;
    ngx_uint_t                collect;
    ngx_uint_t                request_cookies;  /* 1: strip */
    ngx_uint_t                sweep;    /* NGX_HTTP_CONSENT_SWEEP_... */
    ngx_uint_t                clear;    /* NGX_HTTP_CONSENT_CLEAR_... */
    ngx_flag_t                gcm;
    ngx_uint_t                lifetime;

    ngx_hash_t                types;
    ngx_array_t              *types_keys;
    uint64_t                  type_lengths;     /* theirs, a bit each */
    ngx_uint_t                types_listed;     /* NGX_HTTP_CONSENT_TYPE_... */

    ngx_str_t                 uri;
    ngx_str_t                 gpc_support;  /* since when */
    size_t                    tag_buffer;
    size_t                    inline_buffer;

    ngx_array_t              *bindings; /* ngx_http_consent_binding_t */
    ngx_http_consent_binding_t  *fixed; /* the one that needs no variable to */
                                        /* be told; or NULL */
    ngx_uint_t                plain;    /* 1: ... nor what is done with it */
    ngx_http_consent_version_t  **versions;     /* one a binding */
    uint64_t                  guard_variant;
    uint64_t                  variant;
} ngx_http_consent_loc_conf_t;


typedef enum {
    NGX_HTTP_CONSENT_DID_SET_COOKIE = 0,    /* a Set-Cookie was dropped */
    NGX_HTTP_CONSENT_DID_COOKIE,            /* a cookie was hidden */
    NGX_HTTP_CONSENT_DID_HEADER,            /* a header was dropped */
    NGX_HTTP_CONSENT_DID_TAG,               /* a tag was held back */
    NGX_HTTP_CONSENT_DID_INLINE,            /* an inline script was */
    NGX_HTTP_CONSENT_DID_LONG,              /* a script or tag was too long */
    NGX_HTTP_CONSENT_DID_OPAQUE,            /* a page that could not be read */
    NGX_HTTP_CONSENT_DID_SWEEP,             /* a cookie was expired */
    NGX_HTTP_CONSENT_DID_CLAMP,             /* a cookie got less time */
    NGX_HTTP_CONSENT_DID_PROLONG,           /* a cookie got no new time */
    NGX_HTTP_CONSENT_DID_COLLECT,           /* a request was answered for it */
    NGX_HTTP_CONSENT_DID_FIELD              /* a URL in a header was held: */
                                            /* + ngx_consent_field_e */
} ngx_http_consent_did_e;


typedef struct {
    ngx_http_consent_did_e    did;
    const ngx_consent_row_t  *row;      /* NULL: no row names it */
    ngx_uint_t                times;
    ngx_str_t                 name;     /* what no row names, if it is known */
} ngx_http_consent_decision_t;


/*
 * One a main request; it outlives internal redirects, which clear
 * r->ctx: see ngx_http_consent_get_ctx().
 */

typedef struct {
    ngx_pool_t               *pool;

    /* the request as received */
    ngx_array_t               cookies;      /* ngx_table_elt_t */
    ngx_array_t               received;     /* ngx_table_elt_t, which are */
                                            /* edited besides */
    ngx_table_elt_t           first[2];     /* most have no more than one */
    ngx_str_t                *dest;         /* Sec-Fetch-Dest; or NULL */
    unsigned                  gpc:1;        /* Sec-GPC: 1 */
    unsigned                  conditional:1;    /* more than an encoding is */
                                                /* asked for */
    unsigned                  edited:1;     /* the request's headers are ours */

    /* what holds in the present location */
    ngx_http_consent_loc_conf_t   *conf;    /* NULL: not looked at yet */
    ngx_http_consent_binding_t    *binding; /* NULL: off */
    ngx_consent_grant_t       grant;
    ngx_str_t                 id;
    const ngx_http_consent_source_t  *source;  /* that had a say; or NULL */
    ngx_consent_opinion_t     choice;       /* the module's own cookie's */
    ngx_http_consent_memo_t  *met;      /* when its cookies came; or NULL */
    ngx_http_consent_memo_t  *memo;     /* of the last requests; or NULL */
    ngx_uint_t                memo_turn;
    ngx_uint_t                scope;    /* that cookies are judged in; 0: */
                                        /* not looked at yet */
    ngx_str_t                 scope_host;   /* ... of this host */
    ngx_str_t                 event;    /* what was chosen by this request */
    ngx_str_t                 posted;   /* ... by names; empty: nothing was */
    ngx_consent_grant_t       vetoed;       /* what sources besides it refuse */
    unsigned                  report:1;
    unsigned                  optout:1;
    unsigned                  guard:1;
    unsigned                  lapsed:1; /* a choice has, and none is broken */
    unsigned                  broken:1; /* what may have been a choice is */
    unsigned                  by_choice:1;  /* whether the backend is asked */
    unsigned                  host_known:1; /* rows of urls have it */

    /* for who asks for this page; see ngx_http_consent_banner.c */
    ngx_http_consent_banner_e  banner;
    const ngx_http_consent_language_t  *lang;   /* if the page has none */
    unsigned                  banner_sure:1;    /* it is no fragment */
    unsigned                  by_dest:1;    /* ... other than in a frame */

    /* what was done, or in report mode would have been */
    unsigned                  answered:1;   /* nothing more is */
    ngx_uint_t                cookies_stripped;
    ngx_uint_t                tags_held;
    unsigned                  more:1;       /* decisions than fit */
    ngx_array_t               decisions;    /* ngx_http_consent_decision_t */

    /* the response: see ngx_http_consent_body_filter.c */
    uint64_t                  names;        /* of its headers: their bits */
    u_char                   *tag;          /* an ETag that has the variant */
    ngx_str_t                 type;         /* that was looked up, ... */
    ngx_http_consent_loc_conf_t  *type_conf;    /* here */
    ngx_uint_t                type_says;    /* NGX_HTTP_CONSENT_TYPE_... */
    void                     *body;
    ngx_str_t                 head;     /* put into the page's, or empty */
    ngx_table_elt_t          *accept_encoding;  /* what files need not know */
    unsigned                  page:1;       /* it is one, or a 304 for one */
    unsigned                  revalidates:1;    /* the browser has a page of */
                                            /* this variant, and asks for it */
    unsigned                  unasked:1;    /* what it asks was kept from the */
                                            /* origin */
    unsigned                  whole:1;      /* ... a range among it */
    unsigned                  inflate:1;    /* gunzip was made to work for us */
    unsigned                  personal:1;   /* no shared cache may store it */
} ngx_http_consent_ctx_t;


#endif /* _NGX_HTTP_CONSENT_TYPES_H_INCLUDED_ */
