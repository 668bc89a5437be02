
/*
 * What the names that a location's directives have mean in its tables: known
 * when all of the configuration is read.
 */

#include "ngx_http_consent_markup.h"


static char *ngx_http_consent_bind_tables(ngx_conf_t *cf,
    ngx_http_consent_main_conf_t *cmcf, ngx_http_consent_loc_conf_t *prev,
    ngx_http_consent_loc_conf_t *conf);
static char *ngx_http_consent_bind_table(ngx_conf_t *cf,
    ngx_array_t *tables, ngx_http_consent_loc_conf_t *conf,
    ngx_consent_table_t *table);
static void ngx_http_consent_check_platforms(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table);


char *
ngx_http_consent_bind(ngx_conf_t *cf, ngx_http_consent_main_conf_t *cmcf,
    ngx_http_consent_loc_conf_t *prev, ngx_http_consent_loc_conf_t *conf)
{
    char  *rv;

    if (conf->table == NULL) {
        return NGX_CONF_OK;
    }

    conf->variant = ngx_http_consent_variant_location(conf);
    conf->guard_variant = ngx_http_consent_guard_variant(conf);

    rv = ngx_http_consent_bind_tables(cf, cmcf, prev, conf);

    if (rv == NGX_CONF_OK && conf->table->lengths == NULL && !conf->regime) {
        conf->fixed = conf->bindings->elts;
        conf->plain = (conf->mode == NULL && conf->guard == NULL);
    }

    return rv;
}


static char *
ngx_http_consent_bind_tables(ngx_conf_t *cf, ngx_http_consent_main_conf_t *cmcf,
    ngx_http_consent_loc_conf_t *prev, ngx_http_consent_loc_conf_t *conf)
{
    char                  *rv;
    ngx_uint_t             i;
    ngx_consent_table_t  **table;

    if (prev->bindings && conf->table == prev->table
        && conf->sources == prev->sources && conf->maps == prev->maps
        && conf->gpc == prev->gpc && conf->gpc_strict == prev->gpc_strict
        && conf->invalid == prev->invalid
        && conf->unknown_cookies == prev->unknown_cookies
        && conf->unknown_urls == prev->unknown_urls
        && conf->markup == prev->markup
        && conf->gcm_maps == prev->gcm_maps)
    {
        conf->bindings = prev->bindings;
        conf->literal = prev->literal;
        return NGX_CONF_OK;
    }

    conf->bindings = ngx_array_create(cf->pool, 1,
                                      sizeof(ngx_http_consent_binding_t));
    if (conf->bindings == NULL) {
        return NGX_CONF_ERROR;
    }

    if (conf->table->lengths == NULL) {

        conf->literal = ngx_http_consent_find_table(cmcf, &conf->table->value);

        if (conf->literal == NULL) {
            return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &conf->place,
                                               "unknown consent table \"%V\", "
                                               "\"off\" or one that "
                                               "\"consent_table\" defines was "
                                               "expected",
                                               &conf->table->value);
        }

        return ngx_http_consent_bind_table(cf, NULL, conf, conf->literal);
    }

    if (cmcf->tables.nelts == 0) {
        return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &conf->place,
                                           "no \"consent_table\" is defined "
                                           "for \"%V\"", &conf->table->value);
    }

    /* a variable may name any of them */

    table = cmcf->tables.elts;

    if (conf->literal == NULL) {
        conf->literal = table[0];
    }

    for (i = 0; i < cmcf->tables.nelts; i++) {
        rv = ngx_http_consent_bind_table(cf, &cmcf->tables, conf, table[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_bind_table(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table)
{
    char                        *rv;
    ngx_consent_mask_t           required;
    ngx_http_consent_binding_t  *b;

    static ngx_str_t  gpc[] = {
        ngx_string("advertising"),
        ngx_string("sharing")
    };

    b = ngx_array_push(conf->bindings);
    if (b == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(b, sizeof(ngx_http_consent_binding_t));

    b->table = table;

    if (conf->gpc) {
        rv = ngx_http_consent_resolve(cf, tables, table, conf->gpc, &b->gpc);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

    } else {
        b->gpc = ngx_consent_table_bit(table, &gpc[0])
                 | ngx_consent_table_bit(table, &gpc[1]);
    }

    required = ngx_consent_table_required(table);

    b->gpc &= ~required;

    b->names = ngx_http_consent_row_names(table);

    if (conf->unknown_cookies) {
        rv = ngx_http_consent_resolve(cf, tables, table,
                                      &conf->unknown_cookies->category,
                                      &b->unknown_cookies);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

        b->unknown_cookies &= ~required;
    }

    if (conf->unknown_urls) {
        rv = ngx_http_consent_resolve(cf, tables, table,
                                      &conf->unknown_urls->category,
                                      &b->unknown_urls);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

        b->unknown_urls &= ~required;
    }

    rv = ngx_http_consent_bind_readers(cf, tables, conf, b);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    ngx_http_consent_check_platforms(cf, conf, table);

    rv = ngx_http_consent_bind_markup(cf, tables, conf, b);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    rv = ngx_http_consent_bind_gcm(cf, tables, conf->gcm_maps, table, &b->gcm);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    b->guard = ngx_http_consent_guard_digest(b);
    b->variant = ngx_http_consent_variant_binding(b);

    return NGX_CONF_OK;
}


char *
ngx_http_consent_resolve(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_consent_table_t *table, ngx_http_consent_names_t *names,
    ngx_consent_mask_t *mask)
{
    ngx_uint_t             i, j;
    ngx_consent_mask_t     bit;
    ngx_consent_table_t  **other;

    for (i = 0; i < names->n; i++) {

        bit = ngx_consent_table_bit(table, &names->names[i]);
        *mask |= bit;

        if (tables) {
            other = tables->elts;

            for (j = 0; bit == 0 && j < tables->nelts; j++) {
                bit = ngx_consent_table_bit(other[j], &names->names[i]);
            }
        }

        if (bit == 0) {
            return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &names->place,
                                   "unknown category \"%V\", one of the "
                                   "consent table \"%V\" was expected",
                                   &names->names[i],
                                   ngx_consent_table_name(table));
        }
    }

    return NGX_CONF_OK;
}


/*
 * Who cannot see the question can never answer it: a platform that a source
 * reads belongs to a required category.  It is never held back, so that its
 * row says something else than what happens.
 */

static void
ngx_http_consent_check_platforms(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table)
{
    ngx_uint_t                     i, j, n;
    ngx_consent_mask_t             required;
    const ngx_consent_row_t *const  *row;
    ngx_consent_provider_t        *provider, *warned;
    ngx_http_consent_source_t     *source;

    row = ngx_consent_table_rows(table, &n);
    required = ngx_consent_table_required(table);
    source = conf->sources->elts;
    warned = NULL;

    for (i = 0; i < n; i++) {

        provider = row[i]->provider;

        if (provider->platform.len == 0 || provider == warned
            || (row[i]->mask & ~required) == 0)
        {
            continue;
        }

        for (j = 0; j < conf->sources->nelts; j++) {

            if (source[j].asked.format
                != ngx_consent_format(&provider->platform))
            {
                continue;
            }

            (void) ngx_http_consent_conf_error(cf, NGX_LOG_WARN,
                            &provider->place,
                            "the provider \"%V\" is the consent platform of "
                            "\"consent_source %V\" and would be held back by "
                            "its category, a required one was expected",
                            &provider->name, &provider->platform);

            warned = provider;
        }
    }
}
