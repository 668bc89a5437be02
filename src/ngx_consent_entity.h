
/*
 * Character references (HTML 13.2.5.72 and on): all names of the standard, and
 * numbers.
 */

#ifndef _NGX_CONSENT_ENTITY_H_INCLUDED_
#define _NGX_CONSENT_ENTITY_H_INCLUDED_


#include "ngx_consent.h"


/*
 * Bytes of UTF-8 that one reference yields, at most: two characters.  That is
 * at most one byte more than the reference itself has ("&nGt;").
 */
#define NGX_CONSENT_ENTITY_MAX  6


/*
 * p is at an '&' of an attribute's value, which ends at last.  Returns how many
 * bytes the reference has, and its characters in text; 0: the '&' is only that.
 */
size_t ngx_consent_entity(const u_char *p, const u_char *last,
    u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len);

/* The same in text, where some names need no ';' whatever follows them. */
size_t ngx_consent_entity_text(const u_char *p, const u_char *last,
    u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len);


#endif /* _NGX_CONSENT_ENTITY_H_INCLUDED_ */
