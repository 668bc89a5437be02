
/*
 * What consent-inspect and the tests of the vectors share: the module's readers
 * of consent platforms' cookies, without nginx.
 */

#ifndef _INSPECT_H_INCLUDED_
#define _INSPECT_H_INCLUDED_


#include <stdio.h>

#include "ngx_consent_source_map.h"


#define INSPECT_MAX  64         /* sources, categories, lines of a header */


typedef struct {
    ngx_consent_key_e    of;
    ngx_str_t            key;
    ngx_uint_t           yes;
    size_t               order;
} inspect_key_t;


/* what all copies of a source's cookies say */

typedef struct {
    ngx_consent_state_e  state;
    ngx_uint_t           copies;
    time_t               time;
    time_t               expires;
    ngx_int_t            revision;

    ngx_pool_t          *pool;
    inspect_key_t       *keys;          /* sorted, each once */
    size_t               nkeys;
    size_t               room;
} inspect_answer_t;


typedef struct {
    ngx_str_t            name;
    ngx_uint_t           required;
} inspect_category_t;


/* who has an answer of its own: by a map's row or a key, or as a TCF vendor */

typedef struct {
    ngx_str_t            name;
    ngx_str_t            key;           /* in the module's own cookie */
    uint32_t             vendor;        /* 0: none */
    ngx_uint_t           mapped;        /* a map's row names it */

    ngx_str_t           *names;         /* of categories */
    ngx_uint_t           nnames;

    ngx_consent_grant_t  grant;
} inspect_provider_t;


/* one consent_source */

typedef struct {
    const ngx_consent_format_t  *format;
    ngx_str_t            name;          /* as it is configured */
    ngx_uint_t           line;          /* 0: of no file */
    ngx_consent_asked_t  asked;
    ngx_uint_t           implied;       /* implied=allow */
    time_t               max_age;

    ngx_consent_key_t   *rows;          /* what its keys stand for */
    ngx_uint_t           nrows;

    inspect_answer_t     answer;
    ngx_consent_map_t  rules;
    u_char              *said;
    ngx_consent_vendor_says_t  *vendors;    /* in the order of asked.vendors */
    ngx_consent_opinion_t  opinion;
} inspect_source_t;


/* one consent_map */

typedef struct {
    ngx_str_t            source;
    ngx_str_t            keys;          /* empty: "off" */
    ngx_str_t           *names;         /* of categories */
    ngx_uint_t           nnames;
    ngx_uint_t           provider;      /* its number and 1, or 0 */
    ngx_uint_t           line;
} inspect_map_t;


typedef struct {
    ngx_pool_t          *pool;

    inspect_category_t   categories[NGX_CONSENT_MAX_CATEGORIES];
    ngx_uint_t           ncategories;

    inspect_source_t     sources[INSPECT_MAX];
    ngx_uint_t           nsources;

    inspect_map_t       *maps;
    ngx_uint_t           nmaps;

    inspect_provider_t  *providers;
    ngx_uint_t           nproviders;

    ngx_str_t            gpc_scope[NGX_CONSENT_MAX_CATEGORIES];
    ngx_uint_t           ngpc_scope;
    ngx_uint_t           gpc_set;       /* consent_gpc was given */
    ngx_uint_t           gpc_strict;
    ngx_uint_t           optout;
    ngx_uint_t           invalid_unset; /* consent_invalid unset */

    time_t               now;
    ngx_consent_jar_t    jar;
    ngx_uint_t           gpc;           /* Sec-GPC: 1 was sent */

    ngx_consent_policy_t  policy;
    ngx_consent_grant_t  grant;
} inspect_t;


/* a row of the vectors' form */

typedef struct {
    ngx_str_t            id;
    ngx_str_t            format;
    ngx_str_t            cookie;
    ngx_str_t            lines[INSPECT_MAX];    /* in place of cookie */
    ngx_uint_t           nlines;
    ngx_uint_t           gpc;
    ngx_uint_t           dnt;           /* DNT: 1 was sent */
    ngx_uint_t           advisory;

    ngx_str_t            name;
    ngx_str_t            prefix;
    ngx_int_t            revision;
    ngx_uint_t           disclosed_any;
    uint32_t             disclosed[INSPECT_MAX];
    ngx_uint_t           ndisclosed;
    ngx_str_t            sources[INSPECT_MAX];
    ngx_uint_t           nsources;
    ngx_str_t            gpc_scope[NGX_CONSENT_MAX_CATEGORIES];
    ngx_uint_t           ngpc_scope;
    ngx_uint_t           optout;
    ngx_uint_t           implied;

    u_char              *line;
    u_char              *intact;        /* the line as it was */
    ngx_str_t            expect;        /* JSON, in intact */
} inspect_row_t;


/* inspect_read.c */

void *inspect_alloc(ngx_pool_t *pool, size_t size);
ngx_str_t inspect_copy(ngx_pool_t *pool, const void *p, size_t len);
ngx_uint_t inspect_is(const ngx_str_t *s, const char *word);
const char *inspect_state(ngx_consent_state_e state);

void inspect_answer(ngx_pool_t *pool, const ngx_consent_asked_t *asked,
    inspect_answer_t *a);


/* inspect_judge.c */

/* categories, sources, maps and the request to opinions and grant */
const char *inspect_judge(inspect_t *in, ngx_str_t *subject);

inspect_source_t *inspect_add_source(inspect_t *in, const ngx_str_t *name);
void inspect_add_category(inspect_t *in, const ngx_str_t *name,
    ngx_uint_t required);
ngx_consent_mask_t inspect_bit(inspect_t *in, const ngx_str_t *name);

/* inspect_provider.c */

/* the number of a provider that may be new, and 1 */
ngx_uint_t inspect_add_provider(inspect_t *in, const ngx_str_t *name);

/* vendors that a source is asked of: its rules' and the providers' */
void inspect_ask_vendors(inspect_t *in, inspect_source_t *s);

/* what the source says of a provider: 1, or 0: as of everybody */
ngx_uint_t inspect_of_provider(inspect_t *in, inspect_source_t *s,
    ngx_uint_t i, ngx_consent_opinion_t *of);

/* the source's element of a vendor, or NULL */
const ngx_consent_vendor_says_t *inspect_vendor(const inspect_source_t *s,
    uint32_t id);

void inspect_judge_providers(inspect_t *in);


/* inspect_row.c: line is changed; NULL, or what is wrong */

const char *inspect_row(ngx_pool_t *pool, inspect_row_t *row, u_char *line,
    size_t len);


/* inspect_vectors.c */

/* a row's state, and its keys; accepted are those that are of, and yes */
const char *inspect_row_read(ngx_pool_t *pool, const inspect_row_t *row,
    inspect_answer_t *answer, ngx_consent_key_e *of);

/* rows, a line each, to a line each: how many could not be read */
int inspect_vectors(FILE *in, FILE *out);

/* inspect_conf.c: NULL, or what is wrong in which line */

const char *inspect_conf(inspect_t *in, u_char *text, size_t len,
    ngx_uint_t *line);

/* inspect_print.c: for who reads it */

void inspect_print_source(inspect_t *in, inspect_source_t *s);
void inspect_print_category(inspect_t *in, ngx_uint_t i);
void inspect_print_denial(inspect_source_t *s, ngx_consent_mask_t bit);
ngx_uint_t inspect_print_rules(inspect_source_t *s, ngx_consent_mask_t bit,
    ngx_uint_t provider, ngx_uint_t said);
void inspect_print(const ngx_str_t *s);

/* inspect_print_provider.c */

void inspect_print_providers(inspect_t *in);


#endif /* _INSPECT_H_INCLUDED_ */
