
/*
 * What was looked up lately, and for as long as its worker lives: the host that
 * was asked for, and names of cookies.  Each has the only place that it may
 * have.
 */

#include "ngx_http_consent.h"


/* a name that was asked for lately; longer ones are looked up every time */

#define NGX_HTTP_CONSENT_MEMO_HOSTS  16
#define NGX_HTTP_CONSENT_MEMO_HOST   64


struct ngx_http_consent_memo_host_s {
    ngx_consent_table_t      *table;
    size_t                    len;
    ngx_uint_t                known;    /* rows of urls have it */
    u_char                    name[NGX_HTTP_CONSENT_MEMO_HOST];
};


/* names of cookies; longer ones, or of longer hosts, are looked up each time */

#define NGX_HTTP_CONSENT_MEMO_NAMES  128
#define NGX_HTTP_CONSENT_MEMO_NAME   64


struct ngx_http_consent_memo_name_s {
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    ngx_consent_mask_t        mask;
    size_t                    host;     /* bytes of each */
    size_t                    len;

    ngx_http_consent_cookie_e    what;
    const ngx_consent_row_t  *row;

    u_char                    bytes[NGX_HTTP_CONSENT_MEMO_HOST];
    u_char                    name[NGX_HTTP_CONSENT_MEMO_NAME];
};


ngx_int_t
ngx_http_consent_memo_names_init(ngx_conf_t *cf)
{
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    cmcf->memo_hosts = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_HOSTS
                                      * sizeof(ngx_http_consent_memo_host_t));

    cmcf->memo_names = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_NAMES
                                      * sizeof(ngx_http_consent_memo_name_t));

    return (cmcf->memo_hosts && cmcf->memo_names) ? NGX_OK : NGX_ERROR;
}


ngx_uint_t
ngx_http_consent_memo_host(ngx_http_request_t *r, ngx_consent_table_t *table)
{
    ngx_str_t                     *host;
    ngx_http_consent_memo_host_t  *memo;
    ngx_http_consent_main_conf_t  *cmcf;

    host = &r->headers_in.server;

    if (host->len == 0 || host->len > NGX_HTTP_CONSENT_MEMO_HOST) {
        return ngx_consent_table_has_host(table, host);
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    memo = &cmcf->memo_hosts[host->len % NGX_HTTP_CONSENT_MEMO_HOSTS];

    if (memo->table != table || memo->len != host->len
        || !ngx_http_consent_same_bytes(memo->name, host->data, host->len))
    {
        memo->table = table;
        memo->len = host->len;
        memo->known = ngx_consent_table_has_host(table, host);

        ngx_memcpy(memo->name, host->data, host->len);
    }

    return memo->known;
}


/* The grant is the same for all providers; the table and its hosts stay. */

ngx_http_consent_cookie_e
ngx_http_consent_judge_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *name, const ngx_consent_row_t **row)
{
    uint32_t                       first, last;
    ngx_str_t                     *host;
    ngx_http_consent_memo_name_t  *memo;
    ngx_http_consent_main_conf_t  *cmcf;

    host = &r->headers_in.server;

    if (name->len == 0 || name->len > NGX_HTTP_CONSENT_MEMO_NAME
        || host->len > NGX_HTTP_CONSENT_MEMO_HOST || ctx->grant.providers)
    {
        return ngx_http_consent_find_cookie(r, ctx, name, row);
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    if (name->len >= 4) {
        ngx_memcpy(&first, name->data, 4);
        ngx_memcpy(&last, name->data + name->len - 4, 4);

    } else {
        first = name->data[0] | name->data[name->len / 2] << 8;
        last = name->data[name->len - 1];
    }

    first = (first ^ (last >> 5) ^ (last << 11) ^ (uint32_t) name->len)
            * 0x9e3779b1;

    memo = &cmcf->memo_names[(first >> 16) % NGX_HTTP_CONSENT_MEMO_NAMES];

    if (memo->conf == ctx->conf && memo->binding == ctx->binding
        && memo->mask == ctx->grant.mask
        && memo->len == name->len && memo->host == host->len
        && ngx_http_consent_same_bytes(memo->name, name->data, name->len)
        && ngx_http_consent_same_bytes(memo->bytes, host->data, host->len))
    {
        *row = memo->row;
        return memo->what;
    }

    memo->conf = ctx->conf;
    memo->binding = ctx->binding;
    memo->mask = ctx->grant.mask;
    memo->host = host->len;
    memo->len = name->len;

    ngx_memcpy(memo->name, name->data, name->len);

    /* a request of HTTP/1.0 may have none */

    if (host->len) {
        ngx_memcpy(memo->bytes, host->data, host->len);
    }

    memo->what = ngx_http_consent_find_cookie(r, ctx, name, row);
    memo->row = *row;

    return memo->what;
}
