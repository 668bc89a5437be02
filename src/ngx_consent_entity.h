
/*
 * Character references of attribute values (HTML 13.2.5.72 and on), as far as
 * they can hide a URL.
 */

#ifndef _NGX_CONSENT_ENTITY_H_INCLUDED_
#define _NGX_CONSENT_ENTITY_H_INCLUDED_


#include "ngx_consent.h"


/* bytes of UTF-8 that one reference yields, at most */
#define NGX_CONSENT_ENTITY_MAX  4


/*
 * p is at an '&'.  Returns how many bytes the reference has, and its character
 * in text; 0: the '&' is only that, or a name that yields nothing which the URL
 * parser would treat specially.
 */
size_t ngx_consent_entity(const u_char *p, const u_char *last,
    u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len);


#endif /* _NGX_CONSENT_ENTITY_H_INCLUDED_ */
