
/*
 * A document in whatever encoding it is: its first bytes, its header and its
 * metas say which; its bytes go to the page's reader as they are, or by way of
 * a decoder.
 */

#ifndef _NGX_CONSENT_DOCUMENT_H_INCLUDED_
#define _NGX_CONSENT_DOCUMENT_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_charset.h"
#include "ngx_consent_page.h"
#include "ngx_consent_transcode.h"


typedef struct ngx_consent_document_s  ngx_consent_document_t;

struct ngx_consent_document_s {
    ngx_consent_page_t         page;
    ngx_consent_rules_t        rules;       /* the page's: emit may be ours */

    ngx_pool_t                *pool;
    ngx_consent_sniff_t        sniff;
    unsigned                   sniffing:1;

    /* first bytes that say nothing yet */
    u_char                    *first;
    size_t                     nfirst;

    ngx_consent_transcode_t   *transcode;
    unsigned                   decoding:1;  /* by it; else the bytes are */
                                            /* ASCII's */
};


/* header: what Content-Type says; rules are copied. */
void ngx_consent_document_init(ngx_consent_document_t *d,
    const ngx_consent_rules_t *rules, ngx_consent_charset_e header,
    ngx_pool_t *pool);

/* The same once more, with the memory that it has. */
void ngx_consent_document_restart(ngx_consent_document_t *d,
    const ngx_consent_rules_t *rules, ngx_consent_charset_e header);

/* As ngx_consent_page_feed(). */
ngx_int_t ngx_consent_document_feed(ngx_consent_document_t *d, u_char *p,
    size_t len, ngx_uint_t end);


#endif /* _NGX_CONSENT_DOCUMENT_H_INCLUDED_ */
