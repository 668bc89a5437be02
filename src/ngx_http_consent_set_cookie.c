
/*
 * What becomes of a Set-Cookie, whoever sent it.
 */

#include "ngx_http_consent.h"
#include "ngx_consent_clamp.h"


/* 13 months: no consent and no cookie lasts longer */
#define NGX_HTTP_CONSENT_MAX_LIFETIME  NGX_CONSENT_COOKIE_MAX_AGE


static ngx_int_t ngx_http_consent_shorten(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h,
    const ngx_consent_row_t *row, ngx_int_t depends);
static ngx_uint_t ngx_http_consent_carries(ngx_http_consent_ctx_t *ctx,
    ngx_table_elt_t *set);
static ngx_int_t ngx_http_consent_clamp(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h,
    const ngx_consent_row_t *row);


char *
ngx_http_consent_lifetime(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t  *value;

    if (clcf->lifetime != NGX_CONF_UNSET_UINT) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "clamp") == 0) {
        clcf->lifetime = NGX_HTTP_CONSENT_LIFETIME_CLAMP;

    } else if (ngx_strcmp(value[1].data, "off") == 0) {
        clcf->lifetime = NGX_HTTP_CONSENT_LIFETIME_OFF;

    } else {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid value \"%V\" in \"%V\" directive, it must "
                           "be \"off\" or \"clamp\"", &value[1], &cmd->name);
        return NGX_CONF_ERROR;
    }

    if (cf->args->nelts == 2) {
        return NGX_CONF_OK;
    }

    if (clcf->lifetime == NGX_HTTP_CONSENT_LIFETIME_OFF
        || ngx_strcmp(value[2].data, "prolong=off") != 0)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\" in \"%V\" directive, "
                           "\"prolong=off\" was expected, and only after "
                           "\"clamp\"", &value[2], &cmd->name);
        return NGX_CONF_ERROR;
    }

    clcf->lifetime = NGX_HTTP_CONSENT_LIFETIME_NO_PROLONG;

    return NGX_CONF_OK;
}


ngx_int_t
ngx_http_consent_filter_set_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h)
{
    ngx_str_t                   name;
    ngx_int_t                   depends;
    const ngx_consent_row_t    *row;
    ngx_http_consent_cookie_e   what;

    ngx_consent_set_cookie_name(&name, h->value.data, h->value.len);

    what = ngx_http_consent_judge_cookie(r, ctx, &name, &row);

    if (what == NGX_HTTP_CONSENT_COOKIE_FREE
        && ctx->conf->lifetime == NGX_HTTP_CONSENT_LIFETIME_OFF)
    {
        return 0;
    }

    /* who refuses a cookie does not mind that it is deleted */

    if (ngx_http_consent_deletes(r, &h->value)) {
        return 0;
    }

    if (what == NGX_HTTP_CONSENT_COOKIE_REFUSED) {

        ngx_http_consent_did_named(ctx, NGX_HTTP_CONSENT_DID_SET_COOKIE, row,
                                   &name);

        if (!ctx->report) {
            h->hash = 0;
        }

        return 1;
    }

    depends = (what != NGX_HTTP_CONSENT_COOKIE_FREE);

    if (ctx->conf->lifetime == NGX_HTTP_CONSENT_LIFETIME_OFF
        || (row && row->pass)
        || ngx_http_consent_own_cookie(ctx, &name))
    {
        return depends;
    }

    return ngx_http_consent_shorten(r, ctx, h, row, depends);
}


/* The same of one that stays: it lives no longer than it may. */

static ngx_http_consent_apart ngx_int_t
ngx_http_consent_shorten(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_table_elt_t *h, const ngx_consent_row_t *row, ngx_int_t depends)
{
    if (ctx->conf->lifetime == NGX_HTTP_CONSENT_LIFETIME_NO_PROLONG) {

        depends = 1;

        if (ngx_http_consent_carries(ctx, h)) {

            ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_PROLONG, row);

            if (!ctx->report) {
                h->hash = 0;
            }

            return depends;
        }
    }

    if (ngx_http_consent_clamp(r, ctx, h, row) != NGX_OK) {
        return NGX_ERROR;
    }

    return depends;
}


/* 1 if the browser has sent that name with that value. */

static ngx_uint_t
ngx_http_consent_carries(ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *set)
{
    u_char                    *p, *last;
    ngx_uint_t                 i;
    ngx_table_elt_t           *h;
    ngx_consent_cookie_t       sent;
    ngx_consent_set_cookie_t   cookie;

    ngx_consent_set_cookie_pair(&cookie, set->value.data, set->value.len);

    h = ctx->cookies.elts;

    for (i = 0; i < ctx->cookies.nelts; i++) {

        p = h[i].value.data;
        last = p + h[i].value.len;

        while (ngx_consent_cookie_next(&p, last, &sent) == NGX_OK) {

            if (sent.name.len == cookie.name.len
                && sent.value.len == cookie.value.len
                && ngx_memcmp(sent.name.data, cookie.name.data,
                              sent.name.len)
                   == 0
                && ngx_memcmp(sent.value.data, cookie.value.data,
                              sent.value.len)
                   == 0)
            {
                return 1;
            }
        }
    }

    return 0;
}


/* Its row's time, 13 months, or what was asked for: the shortest counts. */

static ngx_int_t
ngx_http_consent_clamp(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_table_elt_t *h, const ngx_consent_row_t *row)
{
    size_t                len;
    u_char               *p;
    ngx_consent_clamp_t   c;

    u_char  max_age[NGX_TIME_T_LEN];
    u_char  expires[sizeof("Mon, 28 Sep 1970 06:00:00 GMT") - 1];

    c.now = ngx_time();
    c.limit = NGX_HTTP_CONSENT_MAX_LIFETIME;

    if (row && row->expires != NGX_CONSENT_EXPIRES_UNKNOWN
        && row->expires < c.limit)
    {
        c.limit = row->expires;
    }

    if (h->value.len == 0
        || !ngx_consent_clamp_over(&c, h->value.data, h->value.len))
    {
        return NGX_OK;
    }

    ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_CLAMP, row);

    if (ctx->report) {
        return NGX_OK;
    }

    c.max_age.data = max_age;
    c.max_age.len = ngx_sprintf(max_age, "%T", (time_t) c.limit) - max_age;
    c.expires.data = expires;
    c.expires.len = ngx_http_time(expires, (time_t) (c.now + c.limit))
                    - expires;

    len = ngx_consent_clamp(&c, h->value.data, h->value.len, NULL);

    p = ngx_pnalloc(r->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_consent_clamp(&c, h->value.data, h->value.len, p);

    h->value.data = p;
    h->value.len = len;

    return NGX_OK;
}
