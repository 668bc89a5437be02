
/*
 * From the request as received to what is granted where it is handled.
 */

#include "ngx_http_consent.h"


static void ngx_http_consent_cleanup(void *data);
static ngx_int_t ngx_http_consent_choose(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_loc_conf_t *conf);
static ngx_int_t ngx_http_consent_word_is(ngx_http_request_t *r,
    ngx_http_complex_value_t *cv, char *word, ngx_uint_t *is);


ngx_http_consent_ctx_t *
ngx_http_consent_get_ctx(ngx_http_request_t *r)
{
    ngx_http_consent_ctx_t   *ctx;
    ngx_http_consent_seen_t   seen;

    r = r->main;

    ctx = ngx_http_consent_find_ctx(r);

    if (ctx) {
        return ctx;
    }

    ngx_http_consent_see(r, &seen);

    return ngx_http_consent_new_ctx(r, &seen);
}


ngx_http_consent_ctx_t *
ngx_http_consent_new_ctx(ngx_http_request_t *r, ngx_http_consent_seen_t *seen)
{
    ngx_pool_cleanup_t      *cln;
    ngx_http_consent_ctx_t  *ctx;

    cln = ngx_pool_cleanup_add(r->pool, sizeof(ngx_http_consent_ctx_t));
    if (cln == NULL) {
        return NULL;
    }

    ctx = cln->data;

    ngx_memzero(ctx, sizeof(ngx_http_consent_ctx_t));

    ctx->pool = r->pool;
    ctx->names = NGX_HTTP_CONSENT_ALL_NAMES;

    if (ngx_http_consent_receive(r, ctx, seen) != NGX_OK) {
        return NULL;
    }

    cln->handler = ngx_http_consent_cleanup;
    ngx_http_set_ctx(r, ctx, ngx_http_consent_module);

    return ctx;
}


/* An internal redirect has cleared the pointer, not the context. */

ngx_http_consent_ctx_t *
ngx_http_consent_kept_ctx(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t      *cln;
    ngx_http_consent_ctx_t  *ctx;

    for (cln = r->pool->cleanup; cln; cln = cln->next) {

        if (cln->handler == ngx_http_consent_cleanup) {
            ctx = cln->data;
            ngx_http_set_ctx(r, ctx, ngx_http_consent_module);
            return ctx;
        }
    }

    return NULL;
}


static void
ngx_http_consent_cleanup(void *data)
{
    /* it marks the context in the pool: there is nothing to free */
}


ngx_http_consent_ctx_t *
ngx_http_consent_decide(ngx_http_request_t *r)
{
    ngx_uint_t                    optout;
    ngx_http_consent_ctx_t       *ctx;
    ngx_http_consent_binding_t   *binding;
    ngx_http_consent_loc_conf_t  *conf;

    ctx = ngx_http_consent_decided(r->main);

    if (ctx) {
        return ctx;
    }

    ctx = ngx_http_consent_get_ctx(r);
    if (ctx == NULL) {
        return NULL;
    }

    conf = ngx_http_get_module_loc_conf(r->main, ngx_http_consent_module);

    if (ctx->conf == conf) {
        return ctx;
    }

    /* set first: a variable that chooses may itself ask for the grant */

    binding = ctx->binding;
    optout = ctx->optout;

    ctx->conf = conf;
    ctx->binding = NULL;
    ctx->scope = 0;

    if (ngx_http_consent_choose(r->main, ctx, conf) != NGX_OK) {
        goto failed;
    }

    if (ctx->binding == NULL) {
        return ctx;
    }

    /* the same sources are not asked again */

    if ((ctx->binding != binding || ctx->optout != optout)
        && ngx_http_consent_read(r->main, ctx) != NGX_OK)
    {
        goto failed;
    }

    if (ngx_http_consent_banner_choose(r->main, ctx) != NGX_OK) {
        goto failed;
    }

    return ctx;

failed:

    ctx->conf = NULL;
    ctx->binding = NULL;

    return NULL;
}


/* Which table, mode and regime hold in this location. */

static ngx_int_t
ngx_http_consent_choose(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_loc_conf_t *conf)
{
    ngx_str_t                    name;
    ngx_uint_t                   i, is;
    ngx_consent_table_t         *table;
    ngx_http_consent_binding_t  *b;

    if (conf->table == NULL) {
        return NGX_OK;
    }

    if (conf->plain) {
        ctx->report = 0;
        ctx->optout = 0;
        ctx->guard = 0;
        ctx->binding = conf->fixed;
        return NGX_OK;
    }

    table = conf->literal;

    if (conf->table->lengths) {

        if (ngx_http_complex_value(r, conf->table, &name) != NGX_OK) {
            return NGX_ERROR;
        }

        if (name.len == 3 && ngx_strncmp(name.data, "off", 3) == 0) {
            return NGX_OK;
        }

        table = ngx_http_consent_find_table(
                    ngx_http_get_module_main_conf(r, ngx_http_consent_module),
                    &name);

        if (table == NULL) {
            table = conf->literal;

            ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                          "unknown consent table \"%V\", \"%V\" is used",
                          &name, ngx_consent_table_name(table));
        }
    }

    if (ngx_http_consent_word_is(r, conf->mode, "report", &is) != NGX_OK) {
        return NGX_ERROR;
    }

    ctx->report = is;

    if (ngx_http_consent_word_is(r, conf->regime, "optout", &is) != NGX_OK) {
        return NGX_ERROR;
    }

    ctx->optout = is;

    if (ngx_http_consent_word_is(r, conf->guard, "on", &is) != NGX_OK) {
        return NGX_ERROR;
    }

    ctx->guard = is;

    b = conf->bindings->elts;

    for (i = 0; i < conf->bindings->nelts; i++) {
        if (b[i].table == table) {
            ctx->binding = &b[i];
            break;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_word_is(ngx_http_request_t *r, ngx_http_complex_value_t *cv,
    char *word, ngx_uint_t *is)
{
    ngx_str_t  s;

    *is = 0;

    if (cv == NULL) {
        return NGX_OK;
    }

    if (ngx_http_complex_value(r, cv, &s) != NGX_OK) {
        return NGX_ERROR;
    }

    *is = (s.len == ngx_strlen(word) && ngx_strncmp(s.data, word, s.len) == 0);

    return NGX_OK;
}


/* 0 for who has accepted everything: no cookie need be looked up then. */

ngx_uint_t
ngx_http_consent_may_refuse(ngx_http_consent_ctx_t *ctx)
{
    ngx_http_consent_unknown_t  *unknown;

    unknown = ctx->conf->unknown_cookies;

    if (unknown && unknown->what == NGX_CONSENT_UNKNOWN_HOLD) {
        return 1;
    }

    return ngx_consent_table_missing(ctx->binding->table, &ctx->grant) != 0;
}


ngx_http_consent_cookie_e
ngx_http_consent_find_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *name, const ngx_consent_row_t **row)
{
    ngx_consent_mask_t           needs, missing;
    ngx_consent_match_t          m;
    ngx_http_consent_unknown_t  *unknown;

    *row = NULL;
    needs = 0;
    missing = 0;

    if (ngx_consent_table_find_cookie(ctx->binding->table, name,
                                      &r->headers_in.server, &ctx->grant, &m)
        == NGX_OK)
    {
        *row = m.row;
        needs = m.needs;
        missing = m.missing;

    } else {
        unknown = ctx->conf->unknown_cookies;

        if (unknown && unknown->what == NGX_CONSENT_UNKNOWN_HOLD) {
            return ngx_http_consent_own_cookie(ctx, name)
                   ? NGX_HTTP_CONSENT_COOKIE_FREE
                   : NGX_HTTP_CONSENT_COOKIE_REFUSED;
        }

        if (unknown && unknown->what == NGX_CONSENT_UNKNOWN_CATEGORY) {
            needs = ctx->binding->unknown_cookies;
            missing = needs & ~ctx->grant.mask;
        }
    }

    if (needs == 0 || ngx_http_consent_own_cookie(ctx, name)) {
        return NGX_HTTP_CONSENT_COOKIE_FREE;
    }

    return missing ? NGX_HTTP_CONSENT_COOKIE_REFUSED
                   : NGX_HTTP_CONSENT_COOKIE_GRANTED;
}
