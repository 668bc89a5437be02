
/*
 * The request's cookies as a backend may see them: without refused ones.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_filter_line(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t i, ngx_table_elt_t *h);


ngx_uint_t
ngx_http_consent_refuses_cookies(ngx_http_consent_ctx_t *ctx)
{
    return ctx->binding && ctx->conf->request_cookies && ctx->cookies.nelts
           && ngx_http_consent_may_refuse(ctx);
}


ngx_int_t
ngx_http_consent_filter_cookies(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t i, ngx_table_elt_t *h)
{
    ngx_str_t  value;

    if (!ngx_http_consent_refuses_cookies(ctx)) {
        return NGX_OK;
    }

    value = h->value;

    if (ngx_http_consent_filter_line(r, ctx, i, h) != NGX_OK) {
        return NGX_ERROR;
    }

    if (h->value.data == value.data) {
        return NGX_OK;
    }

    if (ctx->report) {
        h->value = value;
        return NGX_OK;
    }

    return h->value.len ? NGX_DONE : NGX_DECLINED;
}


/*
 * Leaves the pairs that are not refused; a line without any is left alone.
 * A pair that stays keeps its ';' and, if one was there, a blank: a line never
 * gets longer than it came.
 */

static ngx_int_t
ngx_http_consent_filter_line(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t i, ngx_table_elt_t *h)
{
    u_char                   *p, *last, *dst, *value;
    ngx_int_t                 rc;
    ngx_consent_cookie_t      cookie;
    const ngx_consent_row_t  *row;

    rc = ngx_http_consent_memo_cookies(ctx, i, &h->value);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    p = h->value.data;
    last = p + h->value.len;

    value = NULL;
    dst = NULL;

    while (ngx_consent_cookie_next(&p, last, &cookie) == NGX_OK) {

        if (ngx_http_consent_judge_cookie(r, ctx, &cookie.name, &row)
            == NGX_HTTP_CONSENT_COOKIE_REFUSED)
        {
            ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_COOKIE, row);
            ngx_http_consent_memo_refused(ctx, row);

            if (value == NULL) {
                value = ngx_pnalloc(r->pool, h->value.len + 1);
                if (value == NULL) {
                    return NGX_ERROR;
                }

                /* what stands before the first refused pair is kept whole */

                dst = ngx_cpymem(value, h->value.data,
                                 cookie.pair.data - h->value.data);

                while (dst > value && (dst[-1] == ' ' || dst[-1] == '\t'
                                       || dst[-1] == ';'))
                {
                    dst--;
                }
            }

            continue;
        }

        if (value) {

            if (dst > value) {
                *dst++ = ';';

                if (cookie.pair.data[-1] != ';') {
                    *dst++ = ' ';
                }
            }

            dst = ngx_cpymem(dst, cookie.pair.data, cookie.pair.len);
        }
    }

    if (value) {
        *dst = '\0';
        h->value.data = value;
        h->value.len = dst - value;
    }

    ngx_http_consent_memo_left(ctx, i, &h->value, value != NULL);

    return NGX_OK;
}
