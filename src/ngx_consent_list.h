
/*
 * Headers whose values are lists: Cache-Control, Vary (RFC 9110, 5.6.1).
 */

#ifndef _NGX_CONSENT_LIST_H_INCLUDED_
#define _NGX_CONSENT_LIST_H_INCLUDED_


#include "ngx_consent.h"


typedef struct {
    ngx_str_t            member;        /* as written, without blanks around */
    ngx_str_t            name;          /* up to a '=' */
    unsigned             open:1;        /* a quoted string in it never ends */
} ngx_consent_member_t;


/*
 * The next member; empty ones are none.  A comma in a quoted string ends
 * nothing.  NGX_OK and *pos behind the member, or NGX_DONE.
 */
ngx_int_t ngx_consent_list_next(u_char **pos, u_char *last,
    ngx_consent_member_t *m);

/* 1 if the member has that name, a lower case one, in whatever case */
ngx_uint_t ngx_consent_list_named(const ngx_consent_member_t *m,
    const ngx_str_t *name);


#endif /* _NGX_CONSENT_LIST_H_INCLUDED_ */
