
/*
 * What becomes of a Set-Cookie, whoever sent it.
 */

#include "ngx_http_consent.h"


ngx_uint_t
ngx_http_consent_filter_set_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h)
{
    const ngx_consent_row_t    *row;
    ngx_consent_set_cookie_t    cookie;
    ngx_http_consent_cookie_e   what;

    ngx_consent_set_cookie_parse(&cookie, h->value.data, h->value.len);

    what = ngx_http_consent_judge_cookie(r, ctx, &cookie.name, &row);

    /* who refuses a cookie does not mind that it is deleted */

    if (what == NGX_HTTP_CONSENT_COOKIE_FREE
        || ngx_consent_set_cookie_deletes(&cookie, ngx_time()))
    {
        return 0;
    }

    if (what == NGX_HTTP_CONSENT_COOKIE_REFUSED) {

        ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_SET_COOKIE, row);

        if (!ctx->report) {
            h->hash = 0;
        }
    }

    return 1;
}
