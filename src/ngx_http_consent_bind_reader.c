
/*
 * The keys of a location's sources in one of its tables: what consent_map says,
 * then what comes with the format.
 */

#include "ngx_http_consent.h"


typedef struct {
    ngx_conf_t                   *cf;
    ngx_array_t                  *tables;   /* as in ngx_http_consent_resolve */
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;

    /* of one source */
    const ngx_consent_format_t   *format;
    ngx_array_t                   rows;     /* ngx_consent_key_t */
    ngx_uint_t                    written;  /* rows of consent_map */
    unsigned                      off:1;    /* nothing comes with the format */
} ngx_http_consent_bind_t;


static char *ngx_http_consent_bind_source(ngx_http_consent_bind_t *bind,
    ngx_http_consent_source_t *source, ngx_http_consent_reader_t *reader);
static char *ngx_http_consent_bind_map(ngx_http_consent_bind_t *bind,
    ngx_http_consent_map_t *map);
static char *ngx_http_consent_bind_provider(ngx_http_consent_bind_t *bind,
    ngx_http_consent_map_t *map, ngx_str_t *name);
static const ngx_consent_provider_t *ngx_http_consent_find_provider(
    ngx_consent_table_t *table, ngx_str_t *name);
static ngx_int_t ngx_http_consent_bind_standing(ngx_http_consent_bind_t *bind);
static ngx_int_t ngx_http_consent_bind_row(ngx_http_consent_bind_t *bind,
    ngx_str_t *key, ngx_consent_mask_t mask, ngx_uint_t provider);
static char *ngx_http_consent_bind_rules(ngx_http_consent_bind_t *bind,
    ngx_consent_map_t *map);
static char *ngx_http_consent_bind_vendors(ngx_http_consent_bind_t *bind,
    ngx_http_consent_reader_t *reader);
static ngx_int_t ngx_http_consent_bind_providers(
    ngx_http_consent_bind_t *bind);
static ngx_uint_t ngx_http_consent_speaks(ngx_http_consent_binding_t *b,
    ngx_uint_t nreaders, const ngx_consent_provider_t *provider);
static ngx_int_t ngx_http_consent_bind_scratch(ngx_conf_t *cf, size_t said,
    ngx_uint_t nvendors);


char *
ngx_http_consent_bind_readers(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b)
{
    char                       *rv;
    size_t                      said;
    ngx_uint_t                  i, n, nvendors;
    ngx_http_consent_bind_t     bind;
    ngx_http_consent_reader_t  *reader;
    ngx_http_consent_source_t  *source;

    ngx_memzero(&bind, sizeof(ngx_http_consent_bind_t));

    bind.cf = cf;
    bind.tables = tables;
    bind.conf = conf;
    bind.binding = b;

    source = conf->sources->elts;
    n = conf->sources->nelts;

    b->readers = ngx_pcalloc(cf->pool, n * sizeof(ngx_http_consent_reader_t));
    if (b->readers == NULL) {
        return NGX_CONF_ERROR;
    }

    said = 0;
    nvendors = 0;

    for (i = 0; i < n; i++) {

        reader = &b->readers[i];

        rv = ngx_http_consent_bind_source(&bind, &source[i], reader);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

        said += 2 * reader->map.nwanted;
        nvendors += reader->nvendors;
    }

    if (ngx_http_consent_bind_providers(&bind) != NGX_OK
        || ngx_http_consent_bind_scratch(cf, said, nvendors) != NGX_OK
        || ngx_http_consent_memo_init(cf, b) != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_bind_source(ngx_http_consent_bind_t *bind,
    ngx_http_consent_source_t *source, ngx_http_consent_reader_t *reader)
{
    char                    *rv;
    ngx_uint_t               i, n;
    ngx_http_consent_map_t  *map;

    bind->format = source->asked.format;
    bind->written = 0;
    bind->off = 0;

    if (ngx_array_init(&bind->rows, bind->cf->pool, 8,
                       sizeof(ngx_consent_key_t))
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    map = bind->conf->maps ? bind->conf->maps->elts : NULL;
    n = bind->conf->maps ? bind->conf->maps->nelts : 0;

    for (i = 0; i < n; i++) {

        if (map[i].format != bind->format) {
            continue;
        }

        if (map[i].key.len == 0) {
            bind->off = 1;
            continue;
        }

        rv = ngx_http_consent_bind_map(bind, &map[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    if (!bind->off && ngx_http_consent_bind_standing(bind) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    rv = ngx_http_consent_bind_rules(bind, &reader->map);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    reader->map.max_age = source->max_age;
    reader->map.implied = source->implied;

    return bind->format->tcf ? ngx_http_consent_bind_vendors(bind, reader)
                             : NGX_CONF_OK;
}


static char *
ngx_http_consent_bind_map(ngx_http_consent_bind_t *bind,
    ngx_http_consent_map_t *map)
{
    char                *rv;
    ngx_uint_t           i;
    ngx_consent_mask_t   mask;

    mask = 0;

    rv = ngx_http_consent_resolve(bind->cf, bind->tables, bind->binding->table,
                                  &map->categories, &mask);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    if (map->categories.n
        && ngx_http_consent_bind_row(bind, &map->key, mask, 0) != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    for (i = 0; i < map->providers.n; i++) {

        rv = ngx_http_consent_bind_provider(bind, map,
                                            &map->providers.names[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_bind_provider(ngx_http_consent_bind_t *bind,
    ngx_http_consent_map_t *map, ngx_str_t *name)
{
    ngx_uint_t                     i;
    ngx_consent_table_t          **other;
    const ngx_consent_provider_t  *provider;

    provider = ngx_http_consent_find_provider(bind->binding->table, name);

    if (provider) {
        return ngx_http_consent_bind_row(bind, &map->key, 0,
                                         provider->index + 1)
               == NGX_OK ? NGX_CONF_OK : NGX_CONF_ERROR;
    }

    if (bind->tables) {
        other = bind->tables->elts;

        for (i = 0; i < bind->tables->nelts; i++) {
            if (ngx_http_consent_find_provider(other[i], name)) {
                return NGX_CONF_OK;
            }
        }
    }

    return ngx_http_consent_conf_error(bind->cf, NGX_LOG_EMERG,
                               &map->providers.place,
                               "unknown provider \"%V\", one of the consent "
                               "table \"%V\" was expected",
                               name,
                               ngx_consent_table_name(bind->binding->table));
}


static const ngx_consent_provider_t *
ngx_http_consent_find_provider(ngx_consent_table_t *table, ngx_str_t *name)
{
    ngx_uint_t                            i, n;
    const ngx_consent_provider_t *const  *provider;

    provider = ngx_consent_table_providers(table, &n);

    for (i = 0; i < n; i++) {
        if (provider[i]->name.len == name->len
            && ngx_strncmp(provider[i]->name.data, name->data, name->len) == 0)
        {
            return provider[i];
        }
    }

    return NULL;
}


/* What comes with the format, but for keys that the operator has mapped. */

static ngx_int_t
ngx_http_consent_bind_standing(ngx_http_consent_bind_t *bind)
{
    ngx_str_t                      key, name;
    ngx_uint_t                     i, n;
    ngx_consent_mask_t             mask;
    const ngx_consent_stands_t    *stands;
    const ngx_consent_category_t  *category;
    const ngx_consent_provider_t *const  *provider;

    bind->written = bind->rows.nelts;

    for (stands = bind->format->stands; stands && stands->keys; stands++) {

        key.data = (u_char *) stands->keys;
        key.len = ngx_strlen(stands->keys);
        name.data = (u_char *) stands->category;
        name.len = ngx_strlen(stands->category);

        /* a table need not have the usual categories */

        mask = ngx_consent_table_bit(bind->binding->table, &name);

        if (mask && ngx_http_consent_bind_row(bind, &key, mask, 0) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    category = ngx_consent_table_categories(bind->binding->table, &n);

    for (i = 0; bind->format->own && i < n; i++) {

        key = category[i].name;
        mask = (ngx_consent_mask_t) 1 << i;

        if (ngx_http_consent_bind_row(bind, &key, mask, 0) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    provider = ngx_consent_table_providers(bind->binding->table, &n);

    for (i = 0; bind->format->own && i < n; i++) {

        key = provider[i]->key;

        if (key.len
            && ngx_http_consent_bind_row(bind, &key, 0, provider[i]->index + 1)
               != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* Unless consent_map gives the key to other categories. */

static ngx_int_t
ngx_http_consent_bind_row(ngx_http_consent_bind_t *bind, ngx_str_t *key,
    ngx_consent_mask_t mask, ngx_uint_t provider)
{
    ngx_uint_t          i;
    ngx_consent_key_t  *row;

    row = bind->rows.elts;

    for (i = 0; i < bind->written; i++) {
        if (row[i].provider == 0
            && ngx_consent_map_same(bind->format, &row[i].key, key))
        {
            return NGX_OK;
        }
    }

    row = ngx_array_push(&bind->rows);
    if (row == NULL) {
        return NGX_ERROR;
    }

    row->key = *key;
    row->mask = mask;
    row->provider = provider;

    return NGX_OK;
}


static char *
ngx_http_consent_bind_rules(ngx_http_consent_bind_t *bind,
    ngx_consent_map_t *map)
{
    ngx_uint_t               n, nrows, bad, *keys;
    ngx_consent_key_t       *row;
    ngx_consent_wanted_t    *wanted;
    ngx_consent_map_rule_t  *rule;

    row = bind->rows.elts;
    nrows = bind->rows.nelts;

    n = ngx_consent_map_keys(row, nrows);

    wanted = ngx_palloc(bind->cf->pool, (n + 1) * sizeof(ngx_consent_wanted_t));
    keys = ngx_palloc(bind->cf->pool, (n + 1) * sizeof(ngx_uint_t));
    rule = ngx_palloc(bind->cf->pool,
                      (nrows + 1) * sizeof(ngx_consent_map_rule_t));

    if (wanted == NULL || keys == NULL || rule == NULL) {
        return NGX_CONF_ERROR;
    }

    /* consent_map has looked at its keys already */

    if (ngx_consent_map_make(map, bind->format, row, nrows, wanted, keys, rule,
                             &bad)
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


/* The vendors that a TC string is asked for: by a map, or by the table. */

static char *
ngx_http_consent_bind_vendors(ngx_http_consent_bind_t *bind,
    ngx_http_consent_reader_t *reader)
{
    ngx_uint_t                            i, n;
    const ngx_consent_provider_t *const  *provider;

    reader->vendors = ngx_palloc(bind->cf->pool, NGX_CONSENT_TCF_MAX_VENDORS
                                                 * sizeof(uint32_t));
    if (reader->vendors == NULL) {
        return NGX_CONF_ERROR;
    }

    reader->nvendors = ngx_consent_map_vendors(&reader->map, reader->vendors,
                                               NGX_CONSENT_TCF_MAX_VENDORS);

    if (reader->nvendors > NGX_CONSENT_TCF_MAX_VENDORS) {
        goto failed;
    }

    provider = ngx_consent_table_providers(bind->binding->table, &n);

    for (i = 0; i < n; i++) {

        if (provider[i]->tcf
            && ngx_http_consent_add_vendor(reader->vendors, &reader->nvendors,
                                           provider[i]->tcf)
               != NGX_OK)
        {
            goto failed;
        }
    }

    return NGX_CONF_OK;

failed:

    return ngx_http_consent_conf_error(bind->cf, NGX_LOG_EMERG,
                               &bind->conf->place,
                               "the consent source \"%V\" is asked for too "
                               "many vendors, at most %d were expected",
                               &bind->format->name,
                               NGX_CONSENT_TCF_MAX_VENDORS);
}


/* Of which providers some source may speak by themselves. */

static ngx_int_t
ngx_http_consent_bind_providers(ngx_http_consent_bind_t *bind)
{
    ngx_uint_t                            i, n;
    ngx_http_consent_binding_t           *b;
    const ngx_consent_provider_t *const  *provider;

    b = bind->binding;
    provider = ngx_consent_table_providers(b->table, &n);

    b->providers = ngx_palloc(bind->cf->pool, (n + 1) * sizeof(ngx_uint_t));
    if (b->providers == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < n; i++) {
        if (ngx_http_consent_speaks(b, bind->conf->sources->nelts,
                                    provider[i]))
        {
            b->providers[b->nproviders++] = i;
        }
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_http_consent_speaks(ngx_http_consent_binding_t *b, ngx_uint_t nreaders,
    const ngx_consent_provider_t *provider)
{
    ngx_uint_t          i, k;
    ngx_consent_map_t  *map;

    for (i = 0; i < nreaders; i++) {

        if (b->readers[i].vendors && provider->tcf) {
            return 1;
        }

        map = &b->readers[i].map;

        for (k = map->ncategory; k < map->nrules; k++) {
            if (map->rules[k].provider == provider->index + 1) {
                return 1;
            }
        }
    }

    return 0;
}


/*
 * Memory to read in, once for all requests: a request is read in one go, and
 * nothing of it is kept there.
 */

static ngx_int_t
ngx_http_consent_bind_scratch(ngx_conf_t *cf, size_t said, ngx_uint_t nvendors)
{
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    if (cmcf->buf == NULL) {
        cmcf->buf = ngx_palloc(cf->pool, 2 * NGX_CONSENT_SOURCE_MAX_VALUE);
        if (cmcf->buf == NULL) {
            return NGX_ERROR;
        }
    }

    if (said > cmcf->said_size) {
        cmcf->said = ngx_palloc(cf->pool, said);
        if (cmcf->said == NULL) {
            return NGX_ERROR;
        }

        cmcf->said_size = said;
    }

    if (nvendors > cmcf->nvendors) {
        cmcf->vendors = ngx_palloc(cf->pool,
                                nvendors * sizeof(ngx_consent_vendor_says_t));
        if (cmcf->vendors == NULL) {
            return NGX_ERROR;
        }

        cmcf->nvendors = nvendors;
    }

    return NGX_OK;
}
