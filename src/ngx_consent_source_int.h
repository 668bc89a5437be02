
/*
 * What the files of the formats share: one function a format, in its family's
 * file, and a row for it in ngx_consent_source.c.
 */

#ifndef _NGX_CONSENT_SOURCE_INT_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_INT_H_INCLUDED_


#include "ngx_consent_source.h"


/* ngx_consent_source.c: without one pair of quotes around it */

void ngx_consent_source_unquote(ngx_str_t *value);


#define ngx_consent_source_is(s, text)                                        \
    ((s)->len == sizeof(text) - 1                                             \
     && memcmp((s)->data, text, sizeof(text) - 1) == 0)


/* ngx_consent_source_tcf.c */

ngx_uint_t ngx_consent_source_tcf_named(const ngx_str_t *name);
void ngx_consent_source_tcf(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);

/* of a value that may be percent-encoded; s then is in asked->more */
ngx_int_t ngx_consent_source_plain(const ngx_consent_asked_t *asked,
    ngx_str_t *s);

/*
 * A TC string, wherever it stands.  buf has room for its bits.  NGX_OK: what it
 * grants has been said, with denials also what it does not.  NGX_DECLINED: it
 * is whole, but no answer for this site.  NGX_ERROR: it is broken.
 */
ngx_int_t ngx_consent_source_tc_string(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, u_char *buf, ngx_consent_answer_t *answer,
    ngx_uint_t denials);


/* ngx_consent_source_gpp.c */

ngx_uint_t ngx_consent_source_gpp_named(const ngx_str_t *name);
void ngx_consent_source_gpp(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_fundingchoices.c */

void ngx_consent_source_fundingchoices(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


#endif /* _NGX_CONSENT_SOURCE_INT_H_INCLUDED_ */
