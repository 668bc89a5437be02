
/*
 * What was done to a request and its response, by row: noted while it is done,
 * and told in $consent_decisions.
 */

#include "ngx_http_consent.h"


/* bytes of $consent_decisions; "..." past it */
#define NGX_HTTP_CONSENT_DECISIONS_SIZE  1024


/*
 * In the order of ngx_http_consent_did_e and ngx_consent_field_e; enforced, and
 * in report mode.
 */

static ngx_str_t  ngx_http_consent_dids[] = {
    [NGX_HTTP_CONSENT_DID_SET_COOKIE] = ngx_string("set-cookie"),
    [NGX_HTTP_CONSENT_DID_COOKIE] = ngx_string("cookie"),
    [NGX_HTTP_CONSENT_DID_HEADER] = ngx_string("header"),
    [NGX_HTTP_CONSENT_DID_TAG] = ngx_string("tag"),
    [NGX_HTTP_CONSENT_DID_INLINE] = ngx_string("inline"),
    [NGX_HTTP_CONSENT_DID_LONG] = ngx_string("long"),
    [NGX_HTTP_CONSENT_DID_OPAQUE] = ngx_string("opaque"),
    [NGX_HTTP_CONSENT_DID_SWEEP] = ngx_string("sweep"),
    [NGX_HTTP_CONSENT_DID_CLAMP] = ngx_string("clamp"),
    [NGX_HTTP_CONSENT_DID_PROLONG] = ngx_string("prolong"),
    [NGX_HTTP_CONSENT_DID_COLLECT] = ngx_string("collect"),

    /* in the order of ngx_consent_field_e */
    [NGX_HTTP_CONSENT_DID_FIELD] = ngx_string("header link"),
    ngx_string("header refresh"),
    ngx_string("header content-security-policy"),
    ngx_string("header content-security-policy-report-only"),
    ngx_string("header reporting-endpoints"),
    ngx_string("header report-to"),
    ngx_string("header nel"),
    ngx_string("header speculation-rules")
};


void
ngx_http_consent_did(ngx_http_consent_ctx_t *ctx, ngx_http_consent_did_e did,
    const ngx_consent_row_t *row)
{
    static const ngx_str_t  none = ngx_null_string;

    ngx_http_consent_did_named(ctx, did, row, &none);
}


/* A name that no row has is told: whoever writes rows looks for it. */

void
ngx_http_consent_did_named(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_did_e did, const ngx_consent_row_t *row,
    const ngx_str_t *name)
{
    ngx_uint_t                    i;
    ngx_http_consent_decision_t  *d;

    if (ctx->answered) {
        return;
    }

    switch (did) {

    case NGX_HTTP_CONSENT_DID_SET_COOKIE:
    case NGX_HTTP_CONSENT_DID_COOKIE:
        ctx->cookies_stripped++;
        break;

    case NGX_HTTP_CONSENT_DID_TAG:
    case NGX_HTTP_CONSENT_DID_INLINE:
        ctx->tags_held++;
        break;

    default:
        break;
    }

    d = ctx->decisions.elts;

    for (i = 0; i < ctx->decisions.nelts; i++) {
        if (d[i].did == did && d[i].row == row
            && (row || (d[i].name.len == name->len
                        && (name->len == 0
                            || ngx_memcmp(d[i].name.data, name->data,
                                          name->len)
                               == 0))))
        {
            d[i].times++;
            return;
        }
    }

    d = NULL;

    if (i < NGX_HTTP_CONSENT_MAX_DECISIONS
        && (ctx->decisions.elts
            || ngx_array_init(&ctx->decisions, ctx->pool, 4,
                              sizeof(ngx_http_consent_decision_t))
               == NGX_OK))
    {
        d = (ctx->decisions.nelts < ctx->decisions.nalloc)
            ? (ngx_http_consent_decision_t *) ctx->decisions.elts
              + ctx->decisions.nelts++
            : ngx_array_push(&ctx->decisions);
    }

    if (d == NULL) {
        ctx->more = 1;
        return;
    }

    d->did = did;
    d->row = row;
    d->times = 1;
    d->name = *name;
}


void
ngx_http_consent_did_before(ngx_http_consent_ctx_t *ctx,
    const ngx_http_consent_decision_t *rows, ngx_uint_t n, ngx_uint_t cookies)
{
    ngx_uint_t  i, k;

    if (ctx->answered || n == 0) {
        return;
    }

    if (ctx->decisions.elts == NULL && n <= NGX_HTTP_CONSENT_MAX_DECISIONS
        && ngx_array_init(&ctx->decisions, ctx->pool, n + 4,
                          sizeof(ngx_http_consent_decision_t))
           == NGX_OK)
    {
        ngx_memcpy(ctx->decisions.elts, rows,
                   n * sizeof(ngx_http_consent_decision_t));

        ctx->decisions.nelts = n;
        ctx->cookies_stripped += cookies;

        return;
    }

    for (i = 0; i < n; i++) {
        for (k = 0; k < rows[i].times; k++) {
            ngx_http_consent_did(ctx, rows[i].did, rows[i].row);
        }
    }
}


/* "tag googletagmanager.com/gtm.js x2; set-cookie _ga" */

ngx_int_t
ngx_http_consent_decisions(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_str_t *decisions)
{
    u_char                       *p, *last, *next;
    ngx_str_t                     row;
    ngx_uint_t                    i;
    ngx_http_consent_decision_t  *d;

    static ngx_str_t  nothing = ngx_string("unknown");
    static ngx_str_t  more = ngx_string("...");

    p = ngx_pnalloc(r->pool, NGX_HTTP_CONSENT_DECISIONS_SIZE);
    if (p == NULL) {
        return NGX_ERROR;
    }

    decisions->data = p;
    last = p + NGX_HTTP_CONSENT_DECISIONS_SIZE - more.len;

    d = ctx->decisions.elts;

    for (i = 0; i < ctx->decisions.nelts; i++) {

        row = d[i].row ? d[i].row->pattern : nothing;

        next = ngx_slprintf(p, last, "%s%V %V", i ? "; " : "",
                            &ngx_http_consent_dids[d[i].did], &row);

        if (d[i].row == NULL && d[i].name.len) {
            next = ngx_slprintf(next, last, " %V", &d[i].name);
        }

        if (d[i].times > 1) {
            next = ngx_slprintf(next, last, " x%ui", d[i].times);
        }

        if (next == last) {
            break;
        }

        p = next;
    }

    if (i < ctx->decisions.nelts || ctx->more) {
        p = ngx_cpymem(p, more.data, more.len);
    }

    decisions->len = p - decisions->data;

    return NGX_OK;
}
