
/*
 * What backends may see of the last requests' cookies.
 */

#include "ngx_http_consent_memo.h"


ngx_int_t
ngx_http_consent_memo_cookies(ngx_http_consent_ctx_t *ctx, ngx_uint_t i,
    ngx_str_t *value)
{
    u_char                   *p;
    ngx_http_consent_memo_t  *memo;

    memo = ctx->memo;

    if (memo == NULL) {
        return NGX_DECLINED;
    }

    /* another request may have its place now, or it is another location */

    if (memo->turn != ctx->memo_turn || memo->conf != ctx->conf
        || memo->binding != ctx->binding)
    {
        ctx->memo = NULL;
        return NGX_DECLINED;
    }

    if (!memo->cookies) {

        if (i == 0) {
            memo->refused = 0;
            memo->nrows = 0;
        }

        return NGX_DECLINED;
    }

    if (i == 0) {
        ngx_http_consent_did_before(ctx, memo->rows, memo->nrows,
                                    memo->refused);
    }

    if (memo->left[i] == NULL) {
        return NGX_OK;
    }

    p = ngx_pnalloc(ctx->pool, memo->left_len[i] + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value->data = p;
    value->len = memo->left_len[i];

    p = ngx_cpymem(p, memo->left[i], value->len);
    *p = '\0';

    return NGX_OK;
}


void
ngx_http_consent_memo_refused(ngx_http_consent_ctx_t *ctx,
    const ngx_consent_row_t *row)
{
    ngx_uint_t                    i;
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_decision_t  *d;

    memo = ctx->memo;

    if (memo == NULL) {
        return;
    }

    memo->refused++;

    for (i = 0; i < memo->nrows; i++) {
        if (memo->rows[i].row == row) {
            memo->rows[i].times++;
            return;
        }
    }

    if (i == NGX_HTTP_CONSENT_MEMO_ROWS) {
        ctx->memo = NULL;
        return;
    }

    d = &memo->rows[memo->nrows++];

    d->did = NGX_HTTP_CONSENT_DID_COOKIE;
    d->row = row;
    d->times = 1;
    ngx_str_null(&d->name);
}


void
ngx_http_consent_memo_left(ngx_http_consent_ctx_t *ctx, ngx_uint_t i,
    ngx_str_t *value, ngx_uint_t changed)
{
    ngx_http_consent_memo_t  *memo;

    memo = ctx->memo;

    if (memo == NULL) {
        return;
    }

    memo->left[i] = NULL;

    if (changed) {

        if (value->len > (size_t) (memo->bytes + NGX_HTTP_CONSENT_MEMO_BYTES
                                   - memo->last))
        {
            ctx->memo = NULL;
            return;
        }

        memo->left[i] = memo->last;
        memo->left_len[i] = value->len;
        memo->last = ngx_cpymem(memo->last, value->data, value->len);
    }

    memo->cookies = (i + 1 == ctx->cookies.nelts);
}
