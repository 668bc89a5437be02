
/*
 * The variant of a page, as its entity tag says it: a hash of all that its
 * bytes depend on, but for what the origin sent.
 */

#include "ngx_http_consent_pages.h"
#include "ngx_http_consent_ui.h"
#include "ngx_consent_placeholder.h"

#include <ngx_md5.h>


/* one more whenever the same page comes out otherwise than it did */
#define NGX_HTTP_CONSENT_VARIANT_FORMAT  3


static void ngx_http_consent_hash_number(ngx_md5_t *md5, uint64_t n);
static void ngx_http_consent_hash_string(ngx_md5_t *md5, const ngx_str_t *s);
static uint64_t ngx_http_consent_hash_result(ngx_md5_t *md5);
static uint64_t ngx_http_consent_sum_providers(
    const ngx_consent_table_t *table, const ngx_consent_grant_t *grant);
static uint64_t ngx_http_consent_mix(uint64_t hash, uint64_t n);


/* What of it the location says. */

uint64_t
ngx_http_consent_variant_location(ngx_http_consent_loc_conf_t *conf)
{
    ngx_str_t                  *host;
    ngx_md5_t                   md5;
    ngx_keyval_t               *field;
    ngx_uint_t                  i;
    ngx_hash_key_t             *type;
    ngx_http_consent_source_t  *source;

    ngx_md5_init(&md5);

    ngx_http_consent_hash_number(&md5, NGX_HTTP_CONSENT_VARIANT_FORMAT);
    ngx_http_consent_hash_number(&md5, conf->tags);
    ngx_http_consent_hash_number(&md5, conf->tag_buffer);
    ngx_http_consent_hash_number(&md5, conf->inline_buffer);

    ngx_http_consent_hash_number(&md5, conf->unknown_urls
                                       ? conf->unknown_urls->what + 1 : 0);

    ngx_http_consent_hash_number(&md5, conf->first_party
                                       ? conf->first_party->nelts : 0);

    for (i = 0; conf->first_party && i < conf->first_party->nelts; i++) {
        host = conf->first_party->elts;
        ngx_http_consent_hash_string(&md5, &host[i]);
    }

    /* "*" has no list; what is no page any more comes as it is again */

    if (conf->types_keys != (void *) -1) {

        type = conf->types_keys->elts;

        for (i = 0; i < conf->types_keys->nelts; i++) {
            ngx_http_consent_hash_string(&md5, &type[i].key);
        }
    }

    ngx_http_consent_hash_number(&md5, conf->gcm);

    if (conf->placeholder) {

        ngx_http_consent_hash_string(&md5, &conf->placeholder->html);
        ngx_http_consent_hash_string(&md5, &conf->placeholder->lang->lang);
        ngx_http_consent_hash_string(&md5, &conf->uri);

        /* without a source of the module's own there is no form */

        source = conf->sources->elts;

        for (i = 0; i < conf->sources->nelts; i++) {
            ngx_http_consent_hash_number(&md5, source[i].asked.format->own);
        }
    }

    if (conf->banner && conf->ui) {

        ngx_http_consent_hash_number(&md5, conf->ui->digest);
        ngx_http_consent_hash_string(&md5, &conf->uri);

        for (i = 0; conf->fields && i < conf->fields->nelts; i++) {
            field = conf->fields->elts;
            ngx_http_consent_hash_string(&md5, &field[i].key);
            ngx_http_consent_hash_string(&md5, &field[i].value);
        }
    }

    return ngx_http_consent_hash_result(&md5);
}


/* What of it the table says, and what names mean in it. */

uint64_t
ngx_http_consent_variant_binding(ngx_http_consent_binding_t *b)
{
    ngx_md5_t              md5;
    ngx_uint_t             i;
    ngx_consent_markup_t  *m;

    ngx_md5_init(&md5);

    ngx_http_consent_hash_number(&md5, ngx_consent_table_digest(b->table));
    ngx_http_consent_hash_number(&md5, b->unknown_urls);

    m = b->markup;

    if (m) {
        ngx_http_consent_hash_string(&md5, &m->platform->name);
        ngx_http_consent_hash_number(&md5, m->live);
        ngx_http_consent_hash_number(&md5, m->answers);

        for (i = 0; i < NGX_CONSENT_MAX_CATEGORIES; i++) {
            ngx_http_consent_hash_string(&md5, &m->categories[i]);
        }

        for (i = 0; i < m->nproviders; i++) {
            ngx_http_consent_hash_string(&md5, &m->providers[i].name);
            ngx_http_consent_hash_string(&md5, &m->providers[i].written);
            ngx_http_consent_hash_number(&md5, m->providers[i].given);
        }

        for (i = 0; i < m->nkeys; i++) {
            ngx_http_consent_hash_string(&md5, &m->keys[i].key);
            ngx_http_consent_hash_number(&md5, m->keys[i].mask);
        }
    }

    return ngx_http_consent_hash_result(&md5);
}


uint64_t
ngx_http_consent_variant(ngx_http_consent_ctx_t *ctx)
{
    uint64_t    hash;
    ngx_uint_t  i;

    hash = ngx_http_consent_mix(ctx->conf->variant, ctx->binding->variant);
    hash = ngx_http_consent_mix(hash, ctx->grant.mask);

    if (ctx->conf->gcm) {
        for (i = 0; i < NGX_CONSENT_GCM_SIGNALS; i++) {
            hash = ngx_http_consent_mix(hash, ctx->binding->gcm.needs[i]);
        }
    }

    if (ctx->guard) {
        hash = ngx_http_consent_mix(hash, ctx->conf->guard_variant
                                  ^ ngx_http_consent_has_settings(ctx->conf));
        hash = ngx_http_consent_mix(hash, ctx->binding->guard);
    }

    if (ctx->grant.providers) {
        hash = ngx_http_consent_mix(hash,
                                    ngx_http_consent_variant_providers(ctx));
    }

    if (ctx->conf->placeholder) {
        hash = ngx_http_consent_mix(hash, ngx_http_consent_offers(ctx));
        hash = ngx_http_consent_mix(hash,
                                    ngx_http_consent_has_settings(ctx->conf));
    }

    if (ctx->conf->placeholder && ngx_http_consent_own_source(ctx)) {
        hash = ngx_http_consent_mix(hash, ctx->vetoed.mask);
        hash = ngx_http_consent_mix(hash,
                   ngx_http_consent_sum_providers(ctx->binding->table,
                                                  &ctx->vetoed));
    }

    if (ctx->banner) {
        hash = ngx_http_consent_mix(hash, 2 * ctx->banner + ctx->banner_sure);
        hash = ngx_http_consent_mix(hash, 2 * ctx->grant.state + ctx->gpc);
        hash = ngx_http_consent_mix(hash,
                                    ngx_murmur_hash2(ctx->lang->tag.data,
                                                     ctx->lang->tag.len));
    }

    return hash;
}


uint64_t
ngx_http_consent_variant_providers(ngx_http_consent_ctx_t *ctx)
{
    return ngx_http_consent_sum_providers(ctx->binding->table, &ctx->grant);
}


ngx_int_t
ngx_http_consent_variant_apart(const ngx_consent_table_t *table,
    const ngx_consent_grant_t *grant)
{
    uint64_t  hash;

    hash = ngx_http_consent_sum_providers(table, grant);

    return hash ? (ngx_int_t) (hash & 0x7fffffff) | 1 : 0;
}


static uint64_t
ngx_http_consent_sum_providers(const ngx_consent_table_t *table,
    const ngx_consent_grant_t *grant)
{
    uint64_t                              hash, of;
    ngx_uint_t                            i, n;
    const ngx_consent_provider_t         *p;
    const ngx_consent_provider_t *const  *providers;

    if (grant->providers == NULL) {
        return 0;
    }

    providers = ngx_consent_table_providers(table, &n);
    hash = 0;

    /* a sum: a provider's number is its place in the file */

    for (i = 0; i < n; i++) {

        p = providers[i];

        if ((p->waits & (grant->providers[i] ^ grant->mask)) == 0) {
            continue;
        }

        of = ngx_http_consent_mix(p->name.len,
                                  ngx_murmur_hash2(p->name.data, p->name.len));
        hash += ngx_http_consent_mix(of, p->waits & grant->providers[i]);
    }

    return hash;
}


/* Each with its length, so that what follows cannot be taken for a part. */

static void
ngx_http_consent_hash_string(ngx_md5_t *md5, const ngx_str_t *s)
{
    ngx_http_consent_hash_number(md5, s->len);

    if (s->len) {
        ngx_md5_update(md5, s->data, s->len);
    }
}


/* The same on every machine: tags outlive the one behind a balancer. */

static void
ngx_http_consent_hash_number(ngx_md5_t *md5, uint64_t n)
{
    u_char      bytes[8];
    ngx_uint_t  i;

    for (i = 0; i < 8; i++) {
        bytes[i] = (u_char) (n >> (8 * i));
    }

    ngx_md5_update(md5, bytes, 8);
}


static uint64_t
ngx_http_consent_hash_result(ngx_md5_t *md5)
{
    u_char      result[16];
    uint64_t    n;
    ngx_uint_t  i;

    ngx_md5_final(result, md5);

    n = 0;

    for (i = 0; i < 8; i++) {
        n = (n << 8) | result[i];
    }

    return n;
}


/* The finalizer of splitmix64: an md5 a request is not worth its while. */

static uint64_t
ngx_http_consent_mix(uint64_t hash, uint64_t n)
{
    hash = (hash ^ n) + 0x9e3779b97f4a7c15;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;

    return hash ^ (hash >> 31);
}
