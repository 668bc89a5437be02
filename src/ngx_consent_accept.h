
/*
 * Accept-Language (RFC 9110, 12.5.4): which of some languages is preferred.
 */

#ifndef _NGX_CONSENT_ACCEPT_H_INCLUDED_
#define _NGX_CONSENT_ACCEPT_H_INCLUDED_


#include "ngx_consent.h"


/* how a range fits a language, the most precise last */

typedef enum {
    NGX_CONSENT_ACCEPT_NOT = 0,
    NGX_CONSENT_ACCEPT_ANY,             /* it is "*" */
    NGX_CONSENT_ACCEPT_WIDER,           /* the language is "pt", it "pt-br" */
    NGX_CONSENT_ACCEPT_PREFIX,          /* the language is "pt-br", it "pt" */
    NGX_CONSENT_ACCEPT_SAME
} ngx_consent_accept_e;


/* how much a language is wanted */

typedef struct {
    ngx_uint_t           quality;       /* 0 .. 1000; 0: it is not */
    ngx_uint_t           at;            /* which range has said it, */
    ngx_consent_accept_e  precise;      /* ... and how it fits */
} ngx_consent_accept_t;


/*
 * Reads the header's value for one language, whose tag is in lower case.  A
 * range that is not as it should be says nothing.
 */
void ngx_consent_accept_language(const u_char *p, size_t len,
    const ngx_str_t *tag, ngx_consent_accept_t *accept);

/* 1 if a is wanted more than b; of equals neither is */
ngx_uint_t ngx_consent_accept_more(const ngx_consent_accept_t *a,
    const ngx_consent_accept_t *b);

/* how a range, or the language of a page, fits a language that there is */
ngx_consent_accept_e ngx_consent_accept_range(const u_char *range, size_t len,
    const ngx_str_t *tag);


#endif /* _NGX_CONSENT_ACCEPT_H_INCLUDED_ */
