
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


/* all of these keys grant these categories, or one provider whatever it does */

typedef struct {
    const ngx_uint_t    *keys;          /* of ngx_consent_map_t.wanted */
    ngx_uint_t           nkeys;
    ngx_consent_mask_t   mask;          /* of a provider's rule empty */
    ngx_uint_t           provider;      /* its number and 1; 0: categories */
    unsigned             veto:1;        /* it can only deny */
} ngx_consent_map_rule_t;


#define NGX_CONSENT_WANTED_SLOTS    64
#define NGX_CONSENT_WANTED_NONE     0xffff
#define NGX_CONSENT_WANTED_SEVERAL  0xfffe      /* or a great index */


typedef struct {
    /* each once, in the order of ngx_consent_wanted_compare() */
    const ngx_consent_wanted_t  *wanted;
    ngx_uint_t           nwanted;

    /* of each ngx_consent_wanted_slot() the index, or one of the two */
    uint16_t             slots[NGX_CONSENT_WANTED_SLOTS];

    ngx_uint_t           unwanted;      /* ngx_consent_key_e: a bit each */

    /* one that holds is enough; those of categories, then by provider */
    const ngx_consent_map_rule_t  *rules;
    ngx_uint_t           nrules;
    ngx_uint_t           ncategory;     /* rules of categories */
    ngx_consent_mask_t   mapped;        /* all categories it has a say on */

    time_t               max_age;       /* seconds; 0: no limit */
    unsigned             implied:1;     /* implied=allow */
} ngx_consent_map_t;


/* of a wanted key, over all copies; nothing of it was said: 0 */

#define NGX_CONSENT_SAID_YES  1
#define NGX_CONSENT_SAID_NO   2


/*
 * Platforms say more than is asked for: most keys are of a slot without one.
 * Of a key that is known beforehand the compiler counts it.
 */

#define ngx_consent_wanted_hash(of, first, last, len)                        \
    (((first) * 4 + (last) + (len) * 8 + (of) * 8) % NGX_CONSENT_WANTED_SLOTS)


static ngx_inline ngx_uint_t
ngx_consent_wanted_slot(ngx_consent_key_e of, const u_char *key, size_t len)
{
    return ngx_consent_wanted_hash(of, key[0], key[len - 1], len);
}


/* where a key is wanted, if it is; or one of the two */

static ngx_inline ngx_uint_t
ngx_consent_wanted_at(const uint16_t *slots, ngx_consent_key_e of,
    const u_char *key, size_t len)
{
    if (len == 0 || len > NGX_CONSENT_SOURCE_MAX_KEY) {
        return NGX_CONSENT_WANTED_NONE;
    }

    return slots[ngx_consent_wanted_slot(of, key, len)];
}


/*
 * TCF: what a vendor may do by consent and by legitimate interest, a bit for
 * each purpose (ngx_consent_tcf_purpose).
 */

typedef struct {
    uint32_t             consent;
    uint32_t             interest;
} ngx_consent_vendor_says_t;


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

/* 1: two rows ask for the same keys, in whatever order and however written. */
ngx_uint_t ngx_consent_map_same(const ngx_consent_format_t *format,
    const ngx_str_t *a, const ngx_str_t *b);

/*
 * Numbers of the vendors of TCF that rules want ("vendor:755"), ascending, each
 * once: how many there are, of which ids has the first max.  They have to be in
 * ngx_consent_asked_t.vendors, or nothing is said of them.
 */
ngx_uint_t ngx_consent_map_vendors(const ngx_consent_map_t *rules,
    uint32_t *ids, ngx_uint_t max);

/*
 * What a source says of one request.  Copies are intersected key by key.  said
 * has 2 * nwanted bytes of the caller's: the first half is then what all copies
 * that count say of each wanted key, NGX_CONSENT_SAID_... or 0.  vendors is
 * NULL, or has an element for each of asked->vendors, in their order: zeros
 * where nothing counts.
 */
void ngx_consent_source_read(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, u_char *said,
    ngx_consent_vendor_says_t *vendors, ngx_consent_opinion_t *o);

/* 1: an opinion of that state counts: decided, or implied and allowed. */
ngx_uint_t ngx_consent_source_counts(const ngx_consent_map_t *rules,
    ngx_consent_state_e state);

/*
 * ngx_consent_source_provider.c: of becomes o with what the source says of one
 * provider in place of its categories.  A provider is asked for by number, from
 * 0.  With rules of its own these decide, for all categories; else with vendor,
 * which is then its element of ngx_consent_source_read(), the categories' rules
 * hold where it may follow their purposes.  With neither of is o.
 */
void ngx_consent_source_of_provider(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, const u_char *said,
    const ngx_consent_opinion_t *o, ngx_uint_t provider,
    const ngx_consent_vendor_says_t *vendor, ngx_consent_opinion_t *of);


/* ngx_consent_source_stands.c: signals.md, "Built-in mapping" */

extern const ngx_consent_stands_t  ngx_consent_stands_vanilla[];
extern const ngx_consent_stands_t  ngx_consent_stands_tarteaucitron[];
extern const ngx_consent_stands_t  ngx_consent_stands_osano[];
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
extern const ngx_consent_stands_t  ngx_consent_stands_fundingchoices[];
extern const ngx_consent_stands_t  ngx_consent_stands_gpp[];
extern const ngx_consent_stands_t  ngx_consent_stands_usprivacy[];

/* ngx_consent_source_services.c: the type of a tarteaucitron service */

const ngx_str_t *ngx_consent_source_tarteaucitron_type(const u_char *key,
    size_t len);


#endif /* _NGX_CONSENT_SOURCE_MAP_H_INCLUDED_ */
