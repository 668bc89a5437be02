
/*
 * Google Consent Mode: seven signals, and what a visitor has granted of them.
 */

#ifndef _NGX_CONSENT_GCM_H_INCLUDED_
#define _NGX_CONSENT_GCM_H_INCLUDED_


#include "ngx_consent.h"


#define NGX_CONSENT_GCM_SIGNALS  7

/* bytes of the longest signal in JSON, and of all of them at most */

#define NGX_CONSENT_GCM_SIGNAL                                               \
    (sizeof(",\"personalization_storage\":\"granted\"") - 1)

#define NGX_CONSENT_GCM_JSON                                                 \
    (NGX_CONSENT_GCM_SIGNALS * NGX_CONSENT_GCM_SIGNAL + 1)


/* what each waits for, all of it; 0: nobody can grant it */

typedef struct {
    ngx_consent_mask_t   needs[NGX_CONSENT_GCM_SIGNALS];
} ngx_consent_gcm_t;


/* in the order of Google's reference, the newer parameters after the elder */

extern const ngx_str_t  ngx_consent_gcm_signals[NGX_CONSENT_GCM_SIGNALS];


/* A signal's place among them, by its name; NGX_DECLINED: it is none. */
ngx_int_t ngx_consent_gcm_signal(const ngx_str_t *name);

/*
 * What the signals wait for in a table with these categories, where nobody has
 * said otherwise; 0 is a category that the table does not have.
 */
void ngx_consent_gcm_default(ngx_consent_gcm_t *gcm,
    ngx_consent_mask_t essential, ngx_consent_mask_t performance,
    ngx_consent_mask_t advertising, ngx_consent_mask_t sharing);

/* {"ad_storage":"denied",...}, ASCII; how long it is. */
size_t ngx_consent_gcm_json(u_char *dst, const ngx_consent_gcm_t *gcm,
    ngx_consent_mask_t granted);


#endif /* _NGX_CONSENT_GCM_H_INCLUDED_ */
