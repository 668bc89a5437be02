
/*
 * Host names that are not ASCII, as browsers map them (URL standard 3.3, UTS 46
 * without transitional processing), and the generated tables for it.
 *
 * What is left out: whether a label is valid (its direction, joiners, what is
 * not assigned).  A name that no browser would look up is judged as if one did.
 */

#ifndef _NGX_CONSENT_URL_IDNA_H_INCLUDED_
#define _NGX_CONSENT_URL_IDNA_H_INCLUDED_


#include "ngx_consent_url_int.h"


typedef enum {
    NGX_CONSENT_IDNA_SHIFT = 0,         /* by the same distance */
    NGX_CONSENT_IDNA_SECOND,            /* so every other one, from the first */
    NGX_CONSENT_IDNA_LIST,
    NGX_CONSENT_IDNA_STRING,            /* to several characters */
    NGX_CONSENT_IDNA_LOST,
    NGX_CONSENT_IDNA_FORBIDDEN,

    NGX_CONSENT_IDNA_SAME
} ngx_consent_idna_e;


typedef struct {
    unsigned             first:24;
    unsigned             kind:8;
    unsigned             count:14;
    unsigned             value:18;
} ngx_consent_idna_row_t;


typedef struct {
    unsigned             first:17;
    unsigned             count:9;
    unsigned             rank:6;
} ngx_consent_idna_mark_t;


/* of the list: what is beyond 16 bits */
#define NGX_CONSENT_IDNA_ASTRAL  0xd800

/* of a label's point: without the rank above it */
#define NGX_CONSENT_IDNA_POINT   0xffffff


extern const ngx_consent_idna_row_t   ngx_consent_idna_rows[];
extern const ngx_uint_t               ngx_consent_idna_nrows;
extern const uint16_t                 ngx_consent_idna_list[];
extern const uint32_t                 ngx_consent_idna_astral[];
extern const uint16_t                 ngx_consent_idna_offsets[];
extern const char                     ngx_consent_idna_strings[];

extern const uint16_t                 ngx_consent_idna_pairs[][3];
extern const uint16_t                 ngx_consent_idna_order[];
extern const ngx_uint_t               ngx_consent_idna_npairs;
extern const uint32_t                 ngx_consent_idna_far[][3];
extern const ngx_uint_t               ngx_consent_idna_nfar;
extern const ngx_consent_idna_mark_t  ngx_consent_idna_marks[];
extern const ngx_uint_t               ngx_consent_idna_nmarks;


/*
 * Code points of one label, taken apart, that are looked at, and those that can
 * be encoded: no label is longer (RFC 1035, 2.3.4).  What is longer stays as it
 * is written, in UTF-8: only a parent of such a name can be a listed host.
 */
#define NGX_CONSENT_IDNA_LABEL   256
#define NGX_CONSENT_IDNA_POINTS  63


/* Adds a name of UTF-8; NGX_ERROR: there is no such URL. */
ngx_int_t ngx_consent_idna(ngx_consent_url_out_t *out, const u_char *p,
    const u_char *last);

/*
 * Is it a label of ASCII that some name of UTF-8 is encoded to?  Browsers do
 * not ask, but who writes one may have mistaken.
 */
ngx_uint_t ngx_consent_idna_valid(const u_char *p, const u_char *last);

/* What becomes of c, and the table's value for it. */
ngx_consent_idna_e ngx_consent_idna_find(uint32_t c, uint32_t *value);

/* Composes the marks of a label (UAX 15, form C); add takes them apart. */
void ngx_consent_idna_add(uint32_t *label, size_t *n, uint32_t c);
size_t ngx_consent_idna_compose(uint32_t *label, size_t n);


#endif /* _NGX_CONSENT_URL_IDNA_H_INCLUDED_ */
