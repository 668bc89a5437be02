
/*
 * What was looked up lately, and for as long as its worker lives: the host that
 * was asked for, and names of cookies; and, within its second, what their
 * attributes say.  Each has the only place that it may have.
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


/*
 * What cookies are judged by, but for their names: each that was met lately has
 * a number, which no other one ever gets.
 */

#define NGX_HTTP_CONSENT_MEMO_SCOPES  16

struct ngx_http_consent_memo_scope_s {
    ngx_uint_t                number;
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    ngx_consent_mask_t        mask;
    size_t                    len;
    u_char                    host[NGX_HTTP_CONSENT_MEMO_HOST];
};


/* names of cookies; longer ones, or of longer hosts, are looked up each time */

#define NGX_HTTP_CONSENT_MEMO_NAMES  128
#define NGX_HTTP_CONSENT_MEMO_NAME   64


struct ngx_http_consent_memo_name_s {
    ngx_uint_t                scope;
    size_t                    len;
    ngx_http_consent_cookie_e    what;
    const ngx_consent_row_t  *row;
    u_char                    name[NGX_HTTP_CONSENT_MEMO_NAME];
};


/*
 * Attributes of a Set-Cookie: its site's cookies share a few.  Others are read
 * every time.
 */

#define NGX_HTTP_CONSENT_MEMO_LIVES  16
#define NGX_HTTP_CONSENT_MEMO_LIFE   112

struct ngx_http_consent_memo_life_s {
    time_t                    time;     /* 0: none */
    ngx_uint_t                deletes;
    size_t                    len;
    u_char                    attrs[NGX_HTTP_CONSENT_MEMO_LIFE];
};


static ngx_uint_t ngx_http_consent_memo_scope(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_http_consent_cookie_e ngx_http_consent_memo_learn(
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx, ngx_str_t *name,
    const ngx_consent_row_t **row, ngx_http_consent_memo_name_t *memo,
    ngx_uint_t scope);


ngx_int_t
ngx_http_consent_memo_names_init(ngx_conf_t *cf)
{
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    cmcf->memo_hosts = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_HOSTS
                                      * sizeof(ngx_http_consent_memo_host_t));

    cmcf->memo_scopes = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_SCOPES
                                     * sizeof(ngx_http_consent_memo_scope_t));

    cmcf->memo_names = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_NAMES
                                      * sizeof(ngx_http_consent_memo_name_t));

    cmcf->memo_lives = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_LIVES
                                      * sizeof(ngx_http_consent_memo_life_t));

    return (cmcf->memo_hosts && cmcf->memo_scopes && cmcf->memo_names
            && cmcf->memo_lives)
           ? NGX_OK : NGX_ERROR;
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


/* 0: it has none, as the host is too long */

static ngx_http_consent_apart ngx_uint_t
ngx_http_consent_memo_scope(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                      *host;
    ngx_http_consent_memo_scope_t  *scope;
    ngx_http_consent_main_conf_t   *cmcf;

    host = &r->headers_in.server;

    if (host->len > NGX_HTTP_CONSENT_MEMO_HOST) {
        return 0;
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    scope = &cmcf->memo_scopes[(host->len + ctx->grant.mask)
                               % NGX_HTTP_CONSENT_MEMO_SCOPES];

    if (scope->conf != ctx->conf || scope->binding != ctx->binding
        || scope->mask != ctx->grant.mask || scope->len != host->len
        || !ngx_http_consent_same_bytes(scope->host, host->data, host->len))
    {
        scope->number = ++cmcf->memo_nscopes;
        scope->conf = ctx->conf;
        scope->binding = ctx->binding;
        scope->mask = ctx->grant.mask;
        scope->len = host->len;

        /* a request of HTTP/1.0 may have none */

        if (host->len) {
            ngx_memcpy(scope->host, host->data, host->len);
        }
    }

    ctx->scope = scope->number;
    ctx->scope_host = *host;

    return ctx->scope;
}


/* The grant is the same for all providers; the table and its hosts stay. */

ngx_http_consent_cookie_e
ngx_http_consent_judge_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *name, const ngx_consent_row_t **row)
{
    uint32_t                       first, last;
    ngx_uint_t                     scope;
    ngx_http_consent_memo_name_t  *memo;
    ngx_http_consent_main_conf_t  *cmcf;

    if (name->len == 0 || name->len > NGX_HTTP_CONSENT_MEMO_NAME
        || ctx->grant.providers)
    {
        return ngx_http_consent_find_cookie(r, ctx, name, row);
    }

    /* of one request it hardly ever changes */

    scope = ctx->scope;

    if (scope == 0 || ctx->scope_host.data != r->headers_in.server.data
        || ctx->scope_host.len != r->headers_in.server.len)
    {
        scope = ngx_http_consent_memo_scope(r, ctx);

        if (scope == 0) {
            return ngx_http_consent_find_cookie(r, ctx, name, row);
        }
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

    if (memo->scope == scope && memo->len == name->len
        && ngx_http_consent_same_bytes(memo->name, name->data, name->len))
    {
        *row = memo->row;
        return memo->what;
    }

    return ngx_http_consent_memo_learn(r, ctx, name, row, memo, scope);
}


static ngx_http_consent_apart ngx_http_consent_cookie_e
ngx_http_consent_memo_learn(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *name,
    const ngx_consent_row_t **row, ngx_http_consent_memo_name_t *memo,
    ngx_uint_t scope)
{
    memo->scope = scope;
    memo->len = name->len;

    ngx_memcpy(memo->name, name->data, name->len);

    memo->what = ngx_http_consent_find_cookie(r, ctx, name, row);
    memo->row = *row;

    return memo->what;
}


ngx_uint_t
ngx_http_consent_deletes(ngx_http_request_t *r, ngx_str_t *set)
{
    u_char                        *p;
    size_t                         len;
    uint64_t                       end;
    ngx_consent_set_cookie_t       cookie;
    ngx_http_consent_memo_life_t  *memo;
    ngx_http_consent_main_conf_t  *cmcf;

    p = set->len ? memchr(set->data, ';', set->len) : NULL;

    if (p == NULL) {
        return 0;
    }

    len = set->data + set->len - p;
    memo = NULL;

    if (len >= sizeof(end) && len <= NGX_HTTP_CONSENT_MEMO_LIFE) {

        ngx_memcpy(&end, p + len - sizeof(end), sizeof(end));

        end = (end ^ len) * 0x9e3779b97f4a7c15;

        cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

        memo = &cmcf->memo_lives[(end >> 32) % NGX_HTTP_CONSENT_MEMO_LIVES];

        if (memo->len == len && memo->time == ngx_time()
            && ngx_http_consent_same_bytes(memo->attrs, p, len))
        {
            return memo->deletes;
        }
    }

    ngx_consent_set_cookie_life(&cookie, p, len);

    if (memo == NULL) {
        return ngx_consent_set_cookie_deletes(&cookie, ngx_time());
    }

    memo->time = ngx_time();
    memo->deletes = ngx_consent_set_cookie_deletes(&cookie, memo->time);
    memo->len = len;

    ngx_memcpy(memo->attrs, p, len);

    return memo->deletes;
}
