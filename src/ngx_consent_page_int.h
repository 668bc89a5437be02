
/*
 * A page from inside: ngx_consent_page.c moves its bytes, _judge.c says what of
 * an element is refused.
 */

#ifndef _NGX_CONSENT_PAGE_INT_H_INCLUDED_
#define _NGX_CONSENT_PAGE_INT_H_INCLUDED_


#include "ngx_consent_page.h"
#include "ngx_consent_fetch.h"


/* refused attributes of one element that differ in name */
#define NGX_CONSENT_PAGE_REFUSED   8


typedef struct {
    ngx_uint_t                  n;
    const ngx_consent_fetch_t  *attrs[NGX_CONSENT_PAGE_REFUSED];
    ngx_consent_mask_t          needs;
} ngx_consent_refused_t;


/* What of the start tag at p must not be fetched. */
void ngx_consent_page_judge(ngx_consent_page_t *page,
    const u_char *p, ngx_consent_refused_t *refused);

/* 1 if it is a script that runs and brings its text with it */
ngx_uint_t ngx_consent_page_inline(const ngx_consent_page_t *page,
    const u_char *p);


#endif /* _NGX_CONSENT_PAGE_INT_H_INCLUDED_ */
