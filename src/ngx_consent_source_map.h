
/*
 * From a source's keys to categories: rules, made once, and what they make of
 * one request's cookies.
 */

#ifndef _NGX_CONSENT_SOURCE_MAP_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_MAP_H_INCLUDED_


#include "ngx_consent_source.h"


/*
 * A key that a rule asks for.  What it is of is told by "category:",
 * "service:", "vendor:" or "type:" before it, or by the format.
 */

typedef struct {
    ngx_consent_key_e    of;
    ngx_str_t            key;
} ngx_consent_wanted_t;


/* all of these keys grant these categories */

typedef struct {
    const ngx_uint_t    *keys;          /* of ngx_consent_map_t.wanted */
    ngx_uint_t           nkeys;
    ngx_consent_mask_t   mask;
} ngx_consent_map_rule_t;


typedef struct {
    /* each once, in the order of ngx_consent_wanted_compare() */
    const ngx_consent_wanted_t  *wanted;
    ngx_uint_t           nwanted;

    const ngx_consent_map_rule_t  *rules;   /* one that holds is enough */
    ngx_uint_t           nrules;
    ngx_consent_mask_t   mapped;        /* all categories it has a say on */

    time_t               max_age;       /* seconds; 0: no limit */
    unsigned             implied:1;     /* implied=allow */
} ngx_consent_map_t;


/* of a wanted key, over all copies; nothing of it was said: 0 */

#define NGX_CONSENT_SAID_YES  1
#define NGX_CONSENT_SAID_NO   2


/* by length first: most keys differ in it already; < 0, 0, > 0 */
ngx_int_t ngx_consent_wanted_compare(const ngx_consent_wanted_t *a,
    const ngx_consent_wanted_t *b);

/* where the key is in their order, or would be */
ngx_uint_t ngx_consent_wanted_find(const ngx_consent_wanted_t *wanted,
    ngx_uint_t n, const ngx_consent_wanted_t *key);

/*
 * Rules of a map's rows: "a+b" and the categories.  Of keys and wanted the
 * caller has room for ngx_consent_map_keys() each, of rule for a row each.
 * NGX_OK with rules->wanted, rules and mapped; or NGX_ERROR: row *bad has an
 * empty key, or a long one.
 */
ngx_uint_t ngx_consent_map_keys(const ngx_consent_key_t *rows, ngx_uint_t n);
ngx_int_t ngx_consent_map_make(ngx_consent_map_t *rules,
    const ngx_consent_format_t *format, const ngx_consent_key_t *rows,
    ngx_uint_t n, ngx_consent_wanted_t *wanted, ngx_uint_t *keys,
    ngx_consent_map_rule_t *rule, ngx_uint_t *bad);

/*
 * What a source says of one request.  Copies are intersected key by key.  said
 * has 2 * nwanted bytes of the caller's: the first half is then what all copies
 * say of each wanted key, NGX_CONSENT_SAID_... or 0.  It counts where the state
 * is decided, or implied and allowed.
 */
void ngx_consent_source_read(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, u_char *said, ngx_consent_opinion_t *o);


/* ngx_consent_source_stands.c: signals.md, "Built-in mapping" */

extern const ngx_consent_stands_t  ngx_consent_stands_vanilla[];
extern const ngx_consent_stands_t  ngx_consent_stands_tarteaucitron[];
extern const ngx_consent_stands_t  ngx_consent_stands_cookieconsent[];
extern const ngx_consent_stands_t  ngx_consent_stands_onetrust[];
extern const ngx_consent_stands_t  ngx_consent_stands_cookiebot[];
extern const ngx_consent_stands_t  ngx_consent_stands_cookieyes[];
extern const ngx_consent_stands_t  ngx_consent_stands_complianz[];
extern const ngx_consent_stands_t  ngx_consent_stands_borlabs[];
extern const ngx_consent_stands_t  ngx_consent_stands_iubenda[];
extern const ngx_consent_stands_t  ngx_consent_stands_trustarc[];
extern const ngx_consent_stands_t  ngx_consent_stands_shopify[];
extern const ngx_consent_stands_t  ngx_consent_stands_trustcommander[];
extern const ngx_consent_stands_t  ngx_consent_stands_tcf[];
extern const ngx_consent_stands_t  ngx_consent_stands_gpp[];
extern const ngx_consent_stands_t  ngx_consent_stands_usprivacy[];

/* ngx_consent_source_services.c: the type of a tarteaucitron service */

const ngx_str_t *ngx_consent_source_tarteaucitron_type(const u_char *key,
    size_t len);


#endif /* _NGX_CONSENT_SOURCE_MAP_H_INCLUDED_ */
