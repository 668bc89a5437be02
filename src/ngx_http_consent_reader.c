
/*
 * What the location's sources make of a request's cookies.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_read_sources(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_read_providers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_policy_t *policy,
    const ngx_consent_opinion_t *opinions);
static const ngx_consent_vendor_says_t *ngx_http_consent_vendor(
    ngx_http_consent_reader_t *reader, const ngx_consent_vendor_says_t *says,
    uint32_t id);


ngx_int_t
ngx_http_consent_read(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_int_t  rc;

    /* cookies are judged by another grant from here on */
    ctx->scope = 0;

    rc = ngx_http_consent_memo_find(r, ctx);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    ctx->host_known = ngx_http_consent_memo_host(r, ctx->binding->table);

    if (ngx_http_consent_read_sources(r, ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_http_consent_memo_keep(r, ctx);

    return NGX_OK;
}


/* Asks every source, and puts together what they say. */

static ngx_int_t
ngx_http_consent_read_sources(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    u_char                        *said;
    ngx_str_t                     *lines, line;
    ngx_uint_t                     i, n, lapsed, broken;
    ngx_table_elt_t               *h;
    ngx_consent_jar_t              jar;
    ngx_consent_asked_t            asked;
    ngx_consent_policy_t           policy;
    ngx_consent_opinion_t          opinions[NGX_HTTP_CONSENT_MAX_SOURCES];
    ngx_http_consent_reader_t     *reader;
    ngx_http_consent_source_t     *source;
    ngx_consent_vendor_says_t     *vendors;
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    h = ctx->cookies.elts;
    n = ctx->cookies.nelts;
    lines = &line;

    if (n > 1) {
        lines = ngx_palloc(r->pool, n * sizeof(ngx_str_t));
        if (lines == NULL) {
            return NGX_ERROR;
        }
    }

    for (i = 0; i < n; i++) {
        lines[i] = h[i].value;
    }

    jar.lines = lines;
    jar.nlines = n;

    source = ctx->conf->sources->elts;
    n = ctx->conf->sources->nelts;
    said = cmcf->said;
    vendors = cmcf->vendors;

    ngx_log_debug1(NGX_LOG_DEBUG_HTTP, r->connection->log, 0,
                   "http consent sources: %ui", n);

    ctx->source = NULL;
    lapsed = 0;
    broken = 0;
    ngx_str_null(&ctx->id);
    ngx_memzero(&ctx->choice, sizeof(ngx_consent_opinion_t));
    ctx->choice.state = NGX_CONSENT_UNSET;
    ngx_memzero(&ctx->vetoed, sizeof(ngx_consent_grant_t));

    for (i = 0; i < n; i++) {

        reader = &ctx->binding->readers[i];

        asked = source[i].asked;
        asked.jar = &jar;
        asked.now = ngx_time();
        asked.vendors = reader->vendors;
        asked.nvendors = reader->nvendors;
        asked.buf = cmcf->buf;
        asked.more = cmcf->buf + NGX_CONSENT_SOURCE_MAX_VALUE;

        ngx_consent_source_read(&asked, &reader->map, said, vendors,
                                &opinions[i]);

        said += 2 * reader->map.nwanted;
        vendors += reader->nvendors;

        lapsed |= opinions[i].lapsed;
        broken |= (opinions[i].state == NGX_CONSENT_INVALID
                   && !opinions[i].lapsed)
                  || opinions[i].unsure;

        if (opinions[i].state == NGX_CONSENT_INVALID && ctx->conf->invalid) {
            opinions[i].state = NGX_CONSENT_UNSET;
            opinions[i].denied = 0;
        }

        if (asked.format->own) {
            ctx->choice = opinions[i];
            ctx->id = opinions[i].id;

        } else {
            ctx->vetoed.mask |= opinions[i].denied;
        }

        if (opinions[i].state != NGX_CONSENT_UNSET && ctx->source == NULL) {
            ctx->source = &source[i];
        }
    }

    ctx->lapsed = (lapsed && !broken);
    ctx->broken = broken;

    ngx_memzero(&policy, sizeof(ngx_consent_policy_t));

    policy.all = ngx_consent_table_all(ctx->binding->table);
    policy.required = ngx_consent_table_required(ctx->binding->table);
    policy.gpc_scope = ctx->binding->gpc;
    policy.gpc = ctx->gpc;
    policy.gpc_strict = ctx->conf->gpc_strict;
    policy.optout = ctx->optout;

    ngx_consent_signal_grant(&policy, opinions, n, &ctx->grant);

    return ctx->binding->nproviders
           ? ngx_http_consent_read_providers(r, ctx, &policy, opinions)
           : NGX_OK;
}


/* The same of each provider of which a source speaks by itself. */

static ngx_int_t
ngx_http_consent_read_providers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_policy_t *policy,
    const ngx_consent_opinion_t *opinions)
{
    u_char                               *said;
    ngx_uint_t                            i, k, n, nsources, index;
    ngx_consent_mask_t                   *masks, *vetoed;
    ngx_consent_grant_t                   grant;
    ngx_consent_opinion_t                 of[NGX_HTTP_CONSENT_MAX_SOURCES];
    ngx_http_consent_reader_t            *reader;
    ngx_http_consent_source_t            *source;
    ngx_http_consent_main_conf_t         *cmcf;
    const ngx_consent_vendor_says_t      *vendors;
    const ngx_consent_provider_t *const  *provider;

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    provider = ngx_consent_table_providers(ctx->binding->table, &n);
    source = ctx->conf->sources->elts;
    nsources = ctx->conf->sources->nelts;

    masks = ngx_palloc(r->pool, 2 * n * sizeof(ngx_consent_mask_t));
    if (masks == NULL) {
        return NGX_ERROR;
    }

    vetoed = masks + n;

    for (i = 0; i < n; i++) {
        masks[i] = ctx->grant.mask;
        vetoed[i] = ctx->vetoed.mask;
    }

    for (i = 0; i < ctx->binding->nproviders; i++) {

        index = ctx->binding->providers[i];
        said = cmcf->said;
        vendors = cmcf->vendors;
        vetoed[index] = 0;

        for (k = 0; k < nsources; k++) {

            reader = &ctx->binding->readers[k];

            ngx_consent_source_of_provider(&source[k].asked, &reader->map,
                          said, &opinions[k], index,
                          ngx_http_consent_vendor(reader, vendors,
                                                  provider[index]->tcf),
                          &of[k]);

            said += 2 * reader->map.nwanted;
            vendors += reader->nvendors;

            if (!source[k].asked.format->own) {
                vetoed[index] |= of[k].denied;
            }
        }

        ngx_consent_signal_grant(policy, of, nsources, &grant);

        masks[index] = grant.mask;
    }

    ctx->grant.providers = masks;
    ctx->vetoed.providers = vetoed;

    if (!ngx_consent_table_differs(ctx->binding->table, &ctx->grant)) {
        ctx->grant.providers = NULL;
    }

    return NGX_OK;
}


static const ngx_consent_vendor_says_t *
ngx_http_consent_vendor(ngx_http_consent_reader_t *reader,
    const ngx_consent_vendor_says_t *says, uint32_t id)
{
    ngx_uint_t  low, high, middle;

    low = 0;
    high = reader->nvendors;

    while (low < high) {

        middle = (low + high) / 2;

        if (reader->vendors[middle] == id) {
            return &says[middle];
        }

        if (reader->vendors[middle] < id) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return NULL;
}


ngx_uint_t
ngx_http_consent_own_cookie(ngx_http_consent_ctx_t *ctx, ngx_str_t *name)
{
    ngx_uint_t                  i;
    const ngx_str_t            *own;
    ngx_http_consent_source_t  *source;

    source = ctx->conf->sources->elts;

    for (i = 0; i < ctx->conf->sources->nelts; i++) {
        if (ngx_consent_source_owns(&source[i].asked, name)) {
            return 1;
        }
    }

    own = &ngx_consent_formats()->cookie;

    return (name->len == own->len
            && ngx_strncmp(name->data, own->data, own->len) == 0)
           || (name->len == ngx_http_consent_swept.len
               && ngx_strncmp(name->data, ngx_http_consent_swept.data,
                              name->len)
                  == 0);
}
