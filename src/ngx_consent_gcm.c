
#include "ngx_consent_gcm.h"


typedef enum {
    NGX_CONSENT_GCM_AD_STORAGE = 0,
    NGX_CONSENT_GCM_AD_USER_DATA,
    NGX_CONSENT_GCM_AD_PERSONALIZATION,
    NGX_CONSENT_GCM_ANALYTICS,
    NGX_CONSENT_GCM_FUNCTIONALITY,
    NGX_CONSENT_GCM_PERSONALIZATION,
    NGX_CONSENT_GCM_SECURITY
} ngx_consent_gcm_signal_e;


static u_char *ngx_consent_gcm_put(u_char *dst, const ngx_str_t *s);


/* in the order of ngx_consent_gcm_signal_e */

const ngx_str_t  ngx_consent_gcm_signals[] = {
    ngx_string("ad_storage"),
    ngx_string("ad_user_data"),
    ngx_string("ad_personalization"),
    ngx_string("analytics_storage"),
    ngx_string("functionality_storage"),
    ngx_string("personalization_storage"),
    ngx_string("security_storage")
};


ngx_int_t
ngx_consent_gcm_signal(const ngx_str_t *name)
{
    ngx_int_t         i;
    const ngx_str_t  *signal;

    for (i = 0; i < NGX_CONSENT_GCM_SIGNALS; i++) {

        signal = &ngx_consent_gcm_signals[i];

        if (signal->len == name->len
            && memcmp(signal->data, name->data, name->len) == 0)
        {
            return i;
        }
    }

    return NGX_DECLINED;
}


void
ngx_consent_gcm_default(ngx_consent_gcm_t *gcm, ngx_consent_mask_t essential,
    ngx_consent_mask_t performance, ngx_consent_mask_t advertising,
    ngx_consent_mask_t sharing)
{
    ngx_consent_mask_t  *needs;

    memset(gcm, 0, sizeof(ngx_consent_gcm_t));

    needs = gcm->needs;

    needs[NGX_CONSENT_GCM_AD_STORAGE] = advertising;
    needs[NGX_CONSENT_GCM_AD_PERSONALIZATION] = advertising;
    needs[NGX_CONSENT_GCM_ANALYTICS] = performance;
    needs[NGX_CONSENT_GCM_FUNCTIONALITY] = essential;
    needs[NGX_CONSENT_GCM_SECURITY] = essential;

    /* data that leaves the site: who has but one of the two cannot say yes */

    if (advertising && sharing) {
        needs[NGX_CONSENT_GCM_AD_USER_DATA] = advertising | sharing;
    }
}


size_t
ngx_consent_gcm_json(u_char *dst, const ngx_consent_gcm_t *gcm,
    ngx_consent_mask_t granted)
{
    u_char              *p;
    ngx_uint_t           i;
    ngx_consent_mask_t   needs;

    static const ngx_str_t  comma = ngx_string(",\"");
    static const ngx_str_t  is[] = {
        ngx_string("\":\"denied\""),
        ngx_string("\":\"granted\"")
    };

    p = dst;

    for (i = 0; i < NGX_CONSENT_GCM_SIGNALS; i++) {

        needs = gcm->needs[i];

        p = ngx_consent_gcm_put(p, &comma);
        p = ngx_consent_gcm_put(p, &ngx_consent_gcm_signals[i]);
        p = ngx_consent_gcm_put(p, &is[needs && (needs & ~granted) == 0]);
    }

    *dst = '{';
    *p++ = '}';

    return p - dst;
}


static u_char *
ngx_consent_gcm_put(u_char *dst, const ngx_str_t *s)
{
    memcpy(dst, s->data, s->len);

    return dst + s->len;
}
