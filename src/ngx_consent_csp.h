
/*
 * Content-Security-Policy (CSP 3), as far as it says whether a script or style
 * that is put into the page counts.
 */

#ifndef _NGX_CONSENT_CSP_H_INCLUDED_
#define _NGX_CONSENT_CSP_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_url.h"


/* what all policies of a response say; zeroed, but for style and the site */

typedef struct {
    ngx_str_t            host;          /* the site's, in lower case */
    ngx_consent_url_web_e  web;
    ngx_str_t            nonce;         /* what the script needs, where the */
                                        /* header has it; empty: nothing */
    unsigned             refused:1;     /* no nonce makes it run */
    unsigned             file_refused:1;    /* nor a file of the site's */
    unsigned             style:1;       /* it is a style, no script */
} ngx_consent_csp_t;


/*
 * One header more, which may hold several policies: all of them have to allow
 * it.  Of a policy with several nonces only the first is looked at.
 */
void ngx_consent_csp_read(ngx_consent_csp_t *csp, const u_char *p, size_t len);


#endif /* _NGX_CONSENT_CSP_H_INCLUDED_ */
