
/*
 * Whether who asks, and where an answer leads, is the site itself.
 */

#ifndef _NGX_CONSENT_SITE_H_INCLUDED_
#define _NGX_CONSENT_SITE_H_INCLUDED_


#include "ngx_consent.h"


typedef struct {
    ngx_str_t            host;          /* as sent, no last dot */
    ngx_str_t            port;          /* empty: that of http or of https */
    ngx_str_t            path;          /* what follows, no fragment */
} ngx_consent_site_t;


/*
 * An Origin's or a Referer's value.  NGX_OK; NGX_DECLINED: neither http nor
 * https ("null" among them), or not what a browser sends.
 */
ngx_int_t ngx_consent_site_url(const ngx_str_t *url, ngx_consent_site_t *site);

/* A Host's value; NGX_OK or NGX_DECLINED. */
ngx_int_t ngx_consent_site_host(const ngx_str_t *value,
    ngx_consent_site_t *site);

/*
 * 1 if host and port agree.  The scheme is not compared: where TLS ends before
 * us, the request does not tell it.
 */
ngx_uint_t ngx_consent_site_same(const ngx_consent_site_t *a,
    const ngx_consent_site_t *b);

/*
 * 1 if a Location of that path stays on the site whatever the browser: it
 * begins with one '/', and has no backslash, which is a '/' to some, and no
 * control character, which is nothing to some, or would end the header.
 */
ngx_uint_t ngx_consent_site_path(const ngx_str_t *path);


#endif /* _NGX_CONSENT_SITE_H_INCLUDED_ */
