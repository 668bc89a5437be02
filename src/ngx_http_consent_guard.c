
/*
 * consent_guard: a script that does in the page what the edge cannot see, with
 * the rows of what is refused.
 *
 * Its URL says what it is made of, and all of that: no cookie counts, so that
 * any cache may keep it, and nobody who asks for another one learns more than
 * the table that the policy prints.
 *
 *     guard.<version>.<refused categories joined by +, or ->[.<provider>].js
 *
 * where a provider that is not granted what its categories are is a number and
 * a mask, "12-6".
 */

#include "ngx_http_consent_pages.h"
#include "ngx_consent_guard_script.h"

#include <ngx_md5.h>


/* digits of a version */
#define NGX_HTTP_CONSENT_GUARD_VERSION    16

/*
 * Bytes of providers that a URL has at most.  With more of them all that is
 * refused to some provider is refused to all.
 */
#define NGX_HTTP_CONSENT_GUARD_PROVIDERS  2048


static uint64_t ngx_http_consent_guard_version(ngx_http_consent_ctx_t *ctx);
static size_t ngx_http_consent_guard_providers(ngx_http_consent_ctx_t *ctx,
    u_char *p, u_char *last);
static u_char *ngx_http_consent_guard_names(ngx_http_consent_ctx_t *ctx,
    ngx_consent_mask_t refused, u_char *p);
static ngx_int_t ngx_http_consent_guard_read(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *name, ngx_consent_grant_t *grant);
static ngx_int_t ngx_http_consent_guard_refused(ngx_http_consent_ctx_t *ctx,
    ngx_str_t *names, ngx_consent_mask_t *refused);
static ngx_int_t ngx_http_consent_guard_provider(ngx_http_consent_ctx_t *ctx,
    ngx_str_t *word, ngx_consent_grant_t *grant);


static ngx_str_t  ngx_http_consent_guard_for_ever =
    ngx_string("public, max-age=31536000, immutable");

static ngx_str_t  ngx_http_consent_guard_before = ngx_string("guard.");
static ngx_str_t  ngx_http_consent_guard_after = ngx_string(".js");


/* What the location says of it, and the script itself. */

uint64_t
ngx_http_consent_guard_variant(ngx_http_consent_loc_conf_t *conf)
{
    u_char                     *p, result[16];
    uint64_t                    n;
    ngx_str_t                  *host;
    ngx_md5_t                   md5;
    ngx_uint_t                  i;
    ngx_http_consent_source_t  *source;

    ngx_md5_init(&md5);
    ngx_md5_update(&md5, ngx_consent_guard_script.data,
                   ngx_consent_guard_script.len);

    ngx_md5_update(&md5, conf->uri.data, conf->uri.len);
    ngx_md5_update(&md5, conf->tags == NGX_HTTP_CONSENT_TAGS_OFF ? "-" : "+",
                   1);

    for (i = 0; conf->first_party && i < conf->first_party->nelts; i++) {
        host = conf->first_party->elts;
        ngx_md5_update(&md5, host[i].data, host[i].len);
        ngx_md5_update(&md5, ",", 1);
    }

    result[0] = conf->unknown_urls ? '0' + conf->unknown_urls->what : '-';
    result[1] = conf->unknown_cookies ? '0' + conf->unknown_cookies->what
                                      : '-';
    ngx_md5_update(&md5, result, 2);

    source = conf->sources->elts;

    for (i = 0; i < conf->sources->nelts; i++) {
        ngx_md5_update(&md5, source[i].asked.format->name.data,
                       source[i].asked.format->name.len);
        ngx_md5_update(&md5, source[i].asked.cookie.data,
                       source[i].asked.cookie.len);
        ngx_md5_update(&md5, ",", 1);
        ngx_md5_update(&md5, source[i].asked.prefix.data,
                       source[i].asked.prefix.len);
        ngx_md5_update(&md5, ",", 1);
    }

    ngx_md5_final(result, &md5);

    n = 0;

    for (p = result; p < result + 8; p++) {
        n = (n << 8) | *p;
    }

    return n;
}


/* What the table says: a mask and a number mean nothing without the order. */

uint64_t
ngx_http_consent_guard_digest(ngx_http_consent_binding_t *b)
{
    uint64_t                              hash;
    ngx_uint_t                            i, n;
    const ngx_consent_category_t         *category;
    const ngx_consent_provider_t *const  *provider;

    hash = ngx_consent_table_digest(b->table);
    hash = hash * 31 + b->unknown_urls;
    hash = hash * 31 + b->unknown_cookies;

    category = ngx_consent_table_categories(b->table, &n);

    for (i = 0; i < n; i++) {
        hash = hash * 31 + ngx_murmur_hash2(category[i].name.data,
                                            category[i].name.len);
    }

    provider = ngx_consent_table_providers(b->table, &n);

    for (i = 0; i < n; i++) {
        hash = hash * 31 + ngx_murmur_hash2(provider[i]->name.data,
                                            provider[i]->name.len);
    }

    return hash;
}


static uint64_t
ngx_http_consent_guard_version(ngx_http_consent_ctx_t *ctx)
{
    uint64_t  n;

    n = ctx->conf->guard_variant ^ ctx->binding->guard;
    n ^= ngx_http_consent_has_settings(ctx->conf);

    return n * 0x9e3779b97f4a7c15;
}


ngx_uint_t
ngx_http_consent_guarded(ngx_http_consent_ctx_t *ctx)
{
    ngx_http_consent_loc_conf_t  *conf;

    if (!ctx->guard || ctx->report) {
        return 0;
    }

    conf = ctx->conf;

    return (conf->unknown_urls
            && conf->unknown_urls->what == NGX_CONSENT_UNKNOWN_HOLD)
           || (conf->unknown_cookies
               && conf->unknown_cookies->what == NGX_CONSENT_UNKNOWN_HOLD)
           || ngx_consent_table_missing(ctx->binding->table, &ctx->grant);
}


ngx_int_t
ngx_http_consent_guard_url(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_str_t *url)
{
    u_char                       *p;
    size_t                        size, len;
    ngx_str_t                     base;
    ngx_uint_t                    i, n;
    ngx_consent_mask_t            refused;
    const ngx_consent_category_t *category;
    u_char                        said[NGX_HTTP_CONSENT_GUARD_PROVIDERS];

    if (ngx_http_consent_page_url(r, ctx, "guard.", &base) != NGX_OK) {
        return NGX_ERROR;
    }

    refused = ~ctx->grant.mask;

    len = ngx_http_consent_guard_providers(ctx, said, said + sizeof(said));

    if (len > sizeof(said)) {
        refused = ngx_consent_table_missing(ctx->binding->table, &ctx->grant);
        len = 0;
    }

    category = ngx_consent_table_categories(ctx->binding->table, &n);
    size = base.len + NGX_HTTP_CONSENT_GUARD_VERSION + len + sizeof(".-.js");

    for (i = 0; i < n; i++) {
        size += category[i].name.len + 1;
    }

    p = ngx_pnalloc(r->pool, size);
    if (p == NULL) {
        return NGX_ERROR;
    }

    url->data = p;

    p = ngx_cpymem(p, base.data, base.len);
    p = ngx_sprintf(p, "%016xL.", ngx_http_consent_guard_version(ctx));
    p = ngx_http_consent_guard_names(ctx, refused, p);
    p = ngx_cpymem(p, said, len);
    p = ngx_cpymem(p, ngx_http_consent_guard_after.data,
                   ngx_http_consent_guard_after.len);

    url->len = p - url->data;

    return NGX_OK;
}


/* Their bytes; more than there is room for: they have not been written. */

static size_t
ngx_http_consent_guard_providers(ngx_http_consent_ctx_t *ctx, u_char *p,
    u_char *last)
{
    u_char                               *start, *end;
    u_char                                word[2 * NGX_INT64_LEN];
    ngx_uint_t                            i, n;
    const ngx_consent_provider_t *const  *provider;

    start = p;

    if (ctx->grant.providers == NULL) {
        return 0;
    }

    provider = ngx_consent_table_providers(ctx->binding->table, &n);

    for (i = 0; i < n; i++) {

        if ((provider[i]->waits & (ctx->grant.providers[i] ^ ctx->grant.mask))
            == 0)
        {
            continue;
        }

        end = ngx_sprintf(word, ".%ui-%xi", i,
                          (ngx_int_t) (provider[i]->waits
                                       & ctx->grant.providers[i]));

        if (end - word > last - p) {
            return last - start + 1;
        }

        p = ngx_cpymem(p, word, end - word);
    }

    return p - start;
}


static u_char *
ngx_http_consent_guard_names(ngx_http_consent_ctx_t *ctx,
    ngx_consent_mask_t refused, u_char *p)
{
    u_char                        *start;
    ngx_uint_t                     i, n;
    const ngx_consent_category_t  *category;

    category = ngx_consent_table_categories(ctx->binding->table, &n);
    start = p;

    for (i = 0; i < n; i++) {

        if (category[i].required
            || !(refused & ((ngx_consent_mask_t) 1 << i)))
        {
            continue;
        }

        if (p > start) {
            *p++ = '+';
        }

        p = ngx_cpymem(p, category[i].name.data, category[i].name.len);
    }

    if (p == start) {
        *p++ = '-';
    }

    return p;
}


ngx_uint_t
ngx_http_consent_guard_is(const u_char *name, size_t len)
{
    const ngx_str_t  *before, *after;

    before = &ngx_http_consent_guard_before;
    after = &ngx_http_consent_guard_after;

    return len >= before->len + after->len
           && ngx_strncmp(name, before->data, before->len) == 0
           && ngx_strncmp(name + len - after->len, after->data, after->len)
              == 0;
}


ngx_int_t
ngx_http_consent_guard_get(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_int_t                rc;
    ngx_str_t                name;
    ngx_consent_grant_t      grant;
    ngx_http_consent_out_t   out;

    name.data = r->uri.data + ctx->conf->uri.len
                + ngx_http_consent_guard_before.len;
    name.len = r->uri.data + r->uri.len - ngx_http_consent_guard_after.len
               - name.data;

    rc = ngx_http_consent_guard_read(r, ctx, &name, &grant);

    if (rc == NGX_ERROR) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_consent_out_init(&out, r->pool);

    /* what an old page asks for is answered, and not kept under its name */

    if (rc == NGX_OK) {
        out.cache_control = &ngx_http_consent_guard_for_ever;
    }

    if (ngx_http_consent_guard_put(r, ctx, &grant, &out) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_str_set(&r->headers_out.charset, "utf-8");

    return ngx_http_consent_send(r, NGX_HTTP_OK, "application/javascript",
                                 &out);
}


/*
 * NGX_OK: it is what this URL stands for; NGX_DECLINED: it is what is present,
 * or, where that cannot be read, everything is refused; NGX_ERROR.
 */

static ngx_int_t
ngx_http_consent_guard_read(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_str_t *name, ngx_consent_grant_t *grant)
{
    u_char               *p, *last, *end;
    u_char                version[NGX_HTTP_CONSENT_GUARD_VERSION + 1];
    ngx_int_t             rc;
    ngx_str_t             word;
    ngx_uint_t            n, i;
    ngx_consent_mask_t    refused, *providers;
    ngx_consent_table_t  *table;

    table = ctx->binding->table;

    ngx_memzero(grant, sizeof(ngx_consent_grant_t));

    rc = NGX_OK;
    refused = 0;
    p = name->data;
    last = p + name->len;

    ngx_sprintf(version, "%016xL", ngx_http_consent_guard_version(ctx));

    for (n = 0; p <= last; n++, p = end + 1) {

        end = ngx_strlchr(p, last, '.');
        if (end == NULL) {
            end = last;
        }

        word.data = p;
        word.len = end - p;

        switch (n) {

        case 0:
            if (word.len != NGX_HTTP_CONSENT_GUARD_VERSION
                || ngx_strncmp(word.data, version, word.len) != 0)
            {
                rc = NGX_DECLINED;
            }

            break;

        case 1:
            if (ngx_http_consent_guard_refused(ctx, &word, &refused)
                != NGX_OK)
            {
                goto unknown;
            }

            grant->mask = ngx_consent_table_required(table)
                          | (ngx_consent_table_all(table) & ~refused);
            break;

        default:

            if (grant->providers == NULL) {

                (void) ngx_consent_table_providers(table, &i);

                providers = ngx_palloc(r->pool,
                                       (i + 1) * sizeof(ngx_consent_mask_t));
                if (providers == NULL) {
                    return NGX_ERROR;
                }

                while (i) {
                    providers[--i] = grant->mask;
                }

                grant->providers = providers;
            }

            if (ngx_http_consent_guard_provider(ctx, &word, grant) != NGX_OK) {
                goto unknown;
            }
        }
    }

    if (n >= 2) {
        return rc;
    }

unknown:

    grant->mask = ngx_consent_table_required(table);
    grant->providers = NULL;

    return NGX_DECLINED;
}


static ngx_int_t
ngx_http_consent_guard_refused(ngx_http_consent_ctx_t *ctx, ngx_str_t *names,
    ngx_consent_mask_t *refused)
{
    u_char              *p, *last, *end;
    ngx_str_t            name;
    ngx_consent_mask_t   bit;

    if (names->len == 1 && names->data[0] == '-') {
        return NGX_OK;
    }

    p = names->data;
    last = p + names->len;

    for ( /* void */ ; p <= last; p = end + 1) {

        end = ngx_strlchr(p, last, '+');
        if (end == NULL) {
            end = last;
        }

        name.data = p;
        name.len = end - p;

        bit = ngx_consent_table_bit(ctx->binding->table, &name);

        /* one order, or the same thing would have many names */

        if (bit == 0 || (*refused & ~(bit - 1))
            || (bit & ngx_consent_table_required(ctx->binding->table)))
        {
            return NGX_DECLINED;
        }

        *refused |= bit;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_guard_provider(ngx_http_consent_ctx_t *ctx, ngx_str_t *word,
    ngx_consent_grant_t *grant)
{
    u_char                               *p, *last, *dash;
    ngx_int_t                             i, mask;
    ngx_uint_t                            n;
    ngx_consent_mask_t                   *given;
    const ngx_consent_provider_t *const  *provider;

    p = word->data;
    last = p + word->len;

    dash = ngx_strlchr(p, last, '-');
    if (dash == NULL) {
        return NGX_DECLINED;
    }

    i = ngx_atoi(p, dash - p);
    mask = ngx_hextoi(dash + 1, last - dash - 1);

    provider = ngx_consent_table_providers(ctx->binding->table, &n);

    if (i < 0 || (ngx_uint_t) i >= n || mask < 0) {
        return NGX_DECLINED;
    }

    given = (ngx_consent_mask_t *) &grant->providers[i];

    *given = (*given & ~provider[i]->waits)
             | ((ngx_consent_mask_t) mask & provider[i]->waits);

    return NGX_OK;
}
