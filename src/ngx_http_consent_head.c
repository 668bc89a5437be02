
/*
 * What is put first into a page's head: the guard, before anything that could
 * run, then Google Consent Mode's default command.
 */

#include "ngx_http_consent.h"
#include "ngx_consent_csp.h"


static u_char *ngx_http_consent_head_guard(u_char *p, const ngx_str_t *url,
    const ngx_str_t *nonce);


ngx_int_t
ngx_http_consent_head(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char               *p;
    size_t                size;
    ngx_str_t             json, url;
    ngx_uint_t            guard, gcm;
    ngx_consent_csp_t     csp;
    ngx_consent_rules_t   rules;

    ngx_str_null(&ctx->head);

    guard = ngx_http_consent_guarded(ctx);
    gcm = ctx->conf->gcm && !ctx->report;

    if (!guard && !gcm) {
        return NGX_OK;
    }

    ngx_http_consent_kind(r, &rules);

    if (rules.kind != NGX_CONSENT_KIND_HTML) {
        return NGX_OK;
    }

    ngx_http_consent_head_policy(r, &csp, 0);

    size = 0;

    if (guard && csp.file_refused) {
        ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                      "\"consent_guard\" put nothing into a page whose "
                      "Content-Security-Policy allows no script of the site");
        guard = 0;
    }

    if (gcm && csp.refused) {
        ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                      "\"consent_gcm\" put nothing into a page whose "
                      "Content-Security-Policy allows no inline script");
        gcm = 0;
    }

    if (guard) {
        if (ngx_http_consent_guard_url(r, ctx, &url) != NGX_OK) {
            return NGX_ERROR;
        }

        size += sizeof("<script src=\"\" nonce=\"\"></script>") - 1
                + (sizeof("&amp;") - 1) * url.len + csp.nonce.len;
    }

    if (gcm) {
        if (ngx_http_consent_gcm_json(r, ctx, &json) != NGX_OK) {
            return NGX_ERROR;
        }

        size += NGX_HTTP_CONSENT_GCM_COMMAND + csp.nonce.len + json.len;
    }

    if (size == 0) {
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, size);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ctx->head.data = p;

    if (guard) {
        p = ngx_http_consent_head_guard(p, &url, &csp.nonce);
    }

    if (gcm) {
        p = ngx_http_consent_gcm_command(p, &json, &csp.nonce);
    }

    ctx->head.len = p - ctx->head.data;

    return NGX_OK;
}


/* All else that is special in an attribute the URL has escaped. */

static u_char *
ngx_http_consent_head_guard(u_char *p, const ngx_str_t *url,
    const ngx_str_t *nonce)
{
    size_t  i;

    p = ngx_cpymem(p, "<script src=\"", sizeof("<script src=\"") - 1);

    for (i = 0; i < url->len; i++) {

        if (url->data[i] == '&') {
            p = ngx_cpymem(p, "&amp;", sizeof("&amp;") - 1);

        } else if (url->data[i] == '"') {
            p = ngx_cpymem(p, "%22", sizeof("%22") - 1);

        } else {
            *p++ = url->data[i];
        }
    }

    *p++ = '"';

    if (nonce->len) {
        p = ngx_sprintf(p, " nonce=\"%V\"", nonce);
    }

    return ngx_cpymem(p, "></script>", sizeof("></script>") - 1);
}


/* A policy that only reports is not in the way; its nonce keeps it silent. */

void
ngx_http_consent_head_policy(ngx_http_request_t *r, ngx_consent_csp_t *csp,
    ngx_uint_t style)
{
    ngx_uint_t          i;
    ngx_list_part_t    *part;
    ngx_table_elt_t    *h;
    ngx_consent_csp_t   report;

    ngx_memzero(csp, sizeof(ngx_consent_csp_t));
    ngx_memzero(&report, sizeof(ngx_consent_csp_t));

    csp->style = style;
    report.style = style;

    csp->host = r->headers_in.server;
    csp->web = ngx_http_consent_web(r);

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Content-Security-Policy")) {
            ngx_consent_csp_read(csp, h->value.data, h->value.len);

        } else if (ngx_http_consent_header_is(h,
                                        "Content-Security-Policy-Report-Only"))
        {
            ngx_consent_csp_read(&report, h->value.data, h->value.len);
        }
    }

    if (csp->nonce.len == 0) {
        csp->nonce = report.nonce;
    }
}


/*
 * What a script fetches may be a fragment, which it puts into a page, or a page
 * that a worker or a prefetch gets in advance: there it must look like one.
 */

ngx_uint_t
ngx_http_consent_head_sure(ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t  *dest;

    static ngx_str_t  dests[] = {
        ngx_string("document"),
        ngx_string("iframe"),
        ngx_string("frame"),
        ngx_string("fencedframe"),
        ngx_string("embed"),
        ngx_string("object"),
        ngx_null_string
    };

    if (ctx->dest == NULL) {
        return 1;
    }

    for (dest = dests; dest->len; dest++) {
        if (ctx->dest->len == dest->len
            && ngx_strncmp(ctx->dest->data, dest->data, dest->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}
