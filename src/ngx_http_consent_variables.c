
/*
 * $consent_...: what holds for a request, for logs, cache keys and backends.
 */

#include "ngx_http_consent_policy.h"


static ngx_int_t ngx_http_consent_variable_state(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_granted(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_mask(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_category(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_source(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_count(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_decisions(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_text(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_time(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_revision(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_id(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_gcm(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_consent_variable_version(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);

static ngx_http_consent_ctx_t *ngx_http_consent_variable_ctx(
    ngx_http_request_t *r, ngx_http_variable_value_t *v);
static void ngx_http_consent_set_value(ngx_http_variable_value_t *v,
    u_char *data, size_t len);


static ngx_http_variable_t  ngx_http_consent_vars[] = {

    { ngx_string("consent_state"), NULL, ngx_http_consent_variable_state,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_granted"), NULL, ngx_http_consent_variable_granted,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_mask"), NULL, ngx_http_consent_variable_mask,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_source"), NULL, ngx_http_consent_variable_source,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_cookies_stripped"), NULL,
      ngx_http_consent_variable_count,
      offsetof(ngx_http_consent_ctx_t, cookies_stripped),
      NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_tags_held"), NULL, ngx_http_consent_variable_count,
      offsetof(ngx_http_consent_ctx_t, tags_held),
      NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_decisions"), NULL,
      ngx_http_consent_variable_decisions, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_gcm"), NULL, ngx_http_consent_variable_gcm,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_id"), NULL, ngx_http_consent_variable_id,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_version"), NULL, ngx_http_consent_variable_version,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_event"), NULL, ngx_http_consent_variable_text,
      offsetof(ngx_http_consent_ctx_t, event), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_choice"), NULL, ngx_http_consent_variable_text,
      offsetof(ngx_http_consent_ctx_t, posted), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_time"), NULL, ngx_http_consent_variable_time,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("consent_revision"), NULL, ngx_http_consent_variable_revision,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    /* $consent_<category>, or a provider's key */

    { ngx_string("consent_"), NULL, ngx_http_consent_variable_category,
      0, NGX_HTTP_VAR_NOCACHEABLE|NGX_HTTP_VAR_PREFIX, 0 },

      ngx_http_null_variable
};


static ngx_str_t  ngx_http_consent_states[] = {
    ngx_string("invalid"),              /* NGX_CONSENT_INVALID */
    ngx_string("unset"),                /* NGX_CONSENT_UNSET */
    ngx_string("implied"),              /* NGX_CONSENT_IMPLIED */
    ngx_string("decided")               /* NGX_CONSENT_DECIDED */
};


ngx_int_t
ngx_http_consent_add_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *var, *v;

    for (v = ngx_http_consent_vars; v->name.len; v++) {

        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_state(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t               *state;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    state = &ngx_http_consent_states[ctx->grant.state];

    ngx_http_consent_set_value(v, state->data, state->len);

    return NGX_OK;
}


ngx_int_t
ngx_http_consent_granted(ngx_pool_t *pool, const ngx_consent_table_t *table,
    ngx_consent_mask_t mask, u_char separator, ngx_str_t *granted)
{
    size_t                         len;
    u_char                        *p;
    ngx_uint_t                     i, n;
    const ngx_consent_category_t  *category;

    category = ngx_consent_table_categories(table, &n);

    mask &= ~ngx_consent_table_required(table);
    len = 0;

    for (i = 0; i < n; i++) {
        len += category[i].name.len + 1;
    }

    p = ngx_pnalloc(pool, len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    granted->data = p;

    for (i = 0; i < n; i++) {

        if (!(mask & ((ngx_consent_mask_t) 1 << i))) {
            continue;
        }

        if (p > granted->data) {
            *p++ = separator;
        }

        p = ngx_cpymem(p, category[i].name.data, category[i].name.len);
    }

    granted->len = p - granted->data;

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_granted(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t                granted;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ngx_http_consent_granted(r->pool, ctx->binding->table, ctx->grant.mask,
                                 ',', &granted)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_consent_set_value(v, granted.data, granted.len);

    return NGX_OK;
}


/*
 * The grant as a number: the same for every visitor who gets the same page.
 * Where providers differ from it, a hash of those behind it.
 */

static ngx_int_t
ngx_http_consent_variable_mask(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char                  *p, *last;
    uint64_t                 hash;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, sizeof("ffffffff-ffffffff") - 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    last = ngx_sprintf(p, "%xD", ctx->grant.mask);

    hash = ngx_http_consent_variant_providers(ctx);

    if (hash) {
        last = ngx_sprintf(last, "-%08xD", (uint32_t) hash);
    }

    ngx_http_consent_set_value(v, p, last - p);

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_category(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t *name = (ngx_str_t *) data;

    ngx_uint_t                            i, n, accepted;
    ngx_str_t                             category;
    ngx_consent_mask_t                    bit;
    ngx_http_consent_ctx_t               *ctx;
    const ngx_consent_provider_t *const  *provider;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    category.data = name->data + sizeof("consent_") - 1;
    category.len = name->len - (sizeof("consent_") - 1);

    bit = ngx_consent_table_bit(ctx->binding->table, &category);

    accepted = (ctx->grant.mask & bit) != 0;

    if (bit == 0) {

        provider = ngx_consent_table_providers(ctx->binding->table, &n);

        for (i = 0; i < n; i++) {
            if (provider[i]->key.len == category.len
                && ngx_strncmp(provider[i]->key.data, category.data,
                               category.len)
                   == 0)
            {
                break;
            }
        }

        if (i == n || category.len == 0) {
            v->not_found = 1;
            return NGX_OK;
        }

        accepted = ngx_consent_table_chosen(&ctx->grant, provider[i]);
    }

    ngx_http_consent_set_value(v, (u_char *) (accepted ? "1" : "0"), 1);

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_source(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ctx->source == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    ngx_http_consent_set_value(v, ctx->source->asked.format->name.data,
                               ctx->source->asked.format->name.len);
    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_count(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char                  *p;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, NGX_INT_T_LEN);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_http_consent_set_value(v, p,
           ngx_sprintf(p, "%ui", *(ngx_uint_t *) ((u_char *) ctx + data)) - p);

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_decisions(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t                decisions;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ngx_http_consent_decisions(r, ctx, &decisions) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_http_consent_set_value(v, decisions.data, decisions.len);

    return NGX_OK;
}


/* of the policy that a choice is made on */

static ngx_int_t
ngx_http_consent_variable_version(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    const ngx_str_t         *version;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    version = &ngx_http_consent_version(ctx)->version;

    ngx_http_consent_set_value(v, version->data, version->len);

    return NGX_OK;
}


/* What the request itself has done: empty where it was no choice. */

static ngx_int_t
ngx_http_consent_variable_text(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t               *text;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    text = (ngx_str_t *) ((u_char *) ctx + data);

    ngx_http_consent_set_value(v, text->data, text->len);

    return NGX_OK;
}


/* unix seconds of the choice that counts */

static ngx_int_t
ngx_http_consent_variable_time(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char                  *p;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ctx->choice.state != NGX_CONSENT_DECIDED || ctx->choice.time == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, NGX_TIME_T_LEN);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_http_consent_set_value(v, p, ngx_sprintf(p, "%T", ctx->choice.time)
                                     - p);

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_revision(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char                  *p;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ctx->choice.state != NGX_CONSENT_DECIDED || ctx->choice.revision < 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, NGX_INT_T_LEN);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_http_consent_set_value(v, p, ngx_sprintf(p, "%i", ctx->choice.revision)
                                     - p);

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_id(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ctx->id.len == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    ngx_http_consent_set_value(v, ctx->id.data, ctx->id.len);

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_variable_gcm(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t                json;
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_variable_ctx(r, v);
    if (ctx == NULL) {
        return NGX_OK;
    }

    if (ngx_http_consent_gcm_json(r, ctx, &json) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_http_consent_set_value(v, json.data, json.len);

    return NGX_OK;
}


/* NULL: consent is off here, and the variable is not found */

static ngx_http_consent_ctx_t *
ngx_http_consent_variable_ctx(ngx_http_request_t *r,
    ngx_http_variable_value_t *v)
{
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_consent_decide(r);

    if (ctx == NULL || ctx->binding == NULL) {
        v->not_found = 1;
        return NULL;
    }

    return ctx;
}


static void
ngx_http_consent_set_value(ngx_http_variable_value_t *v, u_char *data,
    size_t len)
{
    v->data = data;
    v->len = len;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;
}
