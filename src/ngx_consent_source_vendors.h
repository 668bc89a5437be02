
/*
 * The lists of vendors in a TC string.  They are never built: ids that somebody
 * asks for are looked for in them.
 */

#ifndef _NGX_CONSENT_SOURCE_VENDORS_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_VENDORS_H_INCLUDED_


#include "ngx_consent_source.h"
#include "ngx_consent_source_bits.h"


/* a vendor's words: where it is listed, then its restricted purposes by type */

#define NGX_CONSENT_VENDOR_LISTED       0
#define NGX_CONSENT_VENDOR_FORBIDDEN    1   /* type 0: not at all */
#define NGX_CONSENT_VENDOR_CONSENT      2   /* type 1: by consent only */
#define NGX_CONSENT_VENDOR_INTEREST     3   /* type 2: by interest only */
#define NGX_CONSENT_VENDOR_UNKNOWN      4   /* type 3: doubt */
#define NGX_CONSENT_VENDOR_WORDS        5

/* bits of NGX_CONSENT_VENDOR_LISTED */

#define NGX_CONSENT_VENDOR_BY_CONSENT   1
#define NGX_CONSENT_VENDOR_BY_INTEREST  2
#define NGX_CONSENT_VENDOR_TO_USER      4


typedef uint32_t  ngx_consent_vendor_t[NGX_CONSENT_VENDOR_WORDS];


/* ids that somebody asks for, ascending, and what the string has of each */

typedef struct {
    const uint32_t      *ids;
    ngx_uint_t           n;
    ngx_consent_vendor_t  vendors[NGX_CONSENT_TCF_MAX_VENDORS];
} ngx_consent_vendors_t;


/* Nothing of each yet; those past NGX_CONSENT_TCF_MAX_VENDORS are left out. */
void ngx_consent_vendors_init(ngx_consent_vendors_t *ids, const uint32_t *list,
    ngx_uint_t n);

/* A section of vendors: those in it that somebody asks for are listed so. */
void ngx_consent_vendors_section(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids, uint32_t mask);

/* The publisher's restrictions, at the end of a core. */
void ngx_consent_vendors_restrictions(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids);


#endif /* _NGX_CONSENT_SOURCE_VENDORS_H_INCLUDED_ */
