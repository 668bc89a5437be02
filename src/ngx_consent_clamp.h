
/*
 * A Set-Cookie that asks for more time than its cookie may have, with less.
 */

#ifndef _NGX_CONSENT_CLAMP_H_INCLUDED_
#define _NGX_CONSENT_CLAMP_H_INCLUDED_


#include "ngx_consent.h"


typedef struct {
    int64_t              now;
    int64_t              limit;         /* seconds; 0: the browser's session */
    ngx_str_t            max_age;       /* the limit as digits */
    ngx_str_t            expires;       /* now and the limit, as a date */
} ngx_consent_clamp_t;


/*
 * 1 if some browser would keep the cookie for longer than the limit.  Where
 * all browsers agree on what counts, nothing else does: Max-Age before Expires,
 * of each the last.  A value has one byte at least.
 */
ngx_uint_t ngx_consent_clamp_over(const ngx_consent_clamp_t *c, u_char *value,
    size_t len);

/*
 * The value within the limit: every Max-Age and Expires over it is lowered,
 * or left out where not every browser reads it; a session cookie has none at
 * all.  Everything else is kept byte for byte.  Returns the length; out may be
 * NULL.
 */
size_t ngx_consent_clamp(const ngx_consent_clamp_t *c, u_char *value,
    size_t len, u_char *out);


#endif /* _NGX_CONSENT_CLAMP_H_INCLUDED_ */
