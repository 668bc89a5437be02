
/*
 * What a location's sources say: their keys in each table, known when the
 * configuration is read, and then every request's cookies by them.
 */

#include "ngx_http_consent.h"


static char *ngx_http_consent_bind_reader(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table,
    const ngx_consent_format_t *format, ngx_consent_map_t *map);
static char *ngx_http_consent_bind_maps(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table,
    const ngx_consent_format_t *format, ngx_array_t *rows,
    ngx_uint_t *standing);
static ngx_int_t ngx_http_consent_bind_standing(ngx_consent_table_t *table,
    const ngx_consent_format_t *format, ngx_array_t *rows);
static ngx_int_t ngx_http_consent_bind_row(ngx_array_t *rows,
    ngx_uint_t written, ngx_str_t *key, ngx_consent_mask_t mask);
static ngx_int_t ngx_http_consent_bind_scratch(ngx_conf_t *cf, size_t said);


char *
ngx_http_consent_bind_readers(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b)
{
    char                       *rv;
    size_t                      said;
    ngx_uint_t                  i, n;
    ngx_consent_map_t        *map;
    ngx_http_consent_source_t  *source;

    source = conf->sources->elts;
    n = conf->sources->nelts;

    b->maps = ngx_pcalloc(cf->pool, n * sizeof(ngx_consent_map_t));
    if (b->maps == NULL) {
        return NGX_CONF_ERROR;
    }

    said = 0;

    for (i = 0; i < n; i++) {

        map = &b->maps[i];

        rv = ngx_http_consent_bind_reader(cf, tables, conf, b->table,
                                          source[i].asked.format, map);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

        map->max_age = source[i].max_age;
        map->implied = source[i].implied;

        said += 2 * map->nwanted;
    }

    if (ngx_http_consent_bind_scratch(cf, said) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_bind_reader(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table,
    const ngx_consent_format_t *format, ngx_consent_map_t *map)
{
    char                  *rv;
    ngx_uint_t             n, bad, standing, *keys;
    ngx_array_t            rows;
    ngx_consent_map_rule_t    *rule;
    ngx_consent_wanted_t  *wanted;

    if (ngx_array_init(&rows, cf->pool, 8, sizeof(ngx_consent_key_t))
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    rv = ngx_http_consent_bind_maps(cf, tables, conf, table, format, &rows,
                                    &standing);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    if (standing
        && ngx_http_consent_bind_standing(table, format, &rows) != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    n = ngx_consent_map_keys(rows.elts, rows.nelts);

    wanted = ngx_palloc(cf->pool, n * sizeof(ngx_consent_wanted_t) + 1);
    keys = ngx_palloc(cf->pool, n * sizeof(ngx_uint_t) + 1);
    rule = ngx_palloc(cf->pool, rows.nelts * sizeof(ngx_consent_map_rule_t) + 1);

    if (wanted == NULL || keys == NULL || rule == NULL) {
        return NGX_CONF_ERROR;
    }

    /* consent_map has looked at its keys already */

    if (ngx_consent_map_make(map, format, rows.elts, rows.nelts, wanted,
                               keys, rule, &bad)
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


/* *standing is 0 after "consent_map SOURCE off" */

static char *
ngx_http_consent_bind_maps(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table,
    const ngx_consent_format_t *format, ngx_array_t *rows,
    ngx_uint_t *standing)
{
    char                    *rv;
    ngx_uint_t               i, n;
    ngx_consent_mask_t       mask;
    ngx_http_consent_map_t  *map;

    map = conf->maps ? conf->maps->elts : NULL;
    n = conf->maps ? conf->maps->nelts : 0;

    *standing = 1;

    for (i = 0; i < n; i++) {

        if (map[i].format != format) {
            continue;
        }

        if (map[i].key.len == 0) {
            *standing = 0;
            continue;
        }

        mask = 0;

        rv = ngx_http_consent_resolve(cf, tables, table, &map[i].names, &mask);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

        if (ngx_http_consent_bind_row(rows, 0, &map[i].key, mask) != NGX_OK) {
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


/* What comes with the format, but for keys that the operator has mapped. */

static ngx_int_t
ngx_http_consent_bind_standing(ngx_consent_table_t *table,
    const ngx_consent_format_t *format, ngx_array_t *rows)
{
    ngx_str_t                      key, name;
    ngx_uint_t                     i, n, written;
    ngx_consent_mask_t             mask;
    const ngx_consent_stands_t    *stands;
    const ngx_consent_category_t  *category;

    written = rows->nelts;

    for (stands = format->stands; stands && stands->keys; stands++) {

        key.data = (u_char *) stands->keys;
        key.len = ngx_strlen(stands->keys);
        name.data = (u_char *) stands->category;
        name.len = ngx_strlen(stands->category);

        /* a table need not have the usual categories */

        mask = ngx_consent_table_bit(table, &name);

        if (mask
            && ngx_http_consent_bind_row(rows, written, &key, mask) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (!format->own) {
        return NGX_OK;
    }

    category = ngx_consent_table_categories(table, &n);

    for (i = 0; i < n; i++) {

        key = category[i].name;
        mask = (ngx_consent_mask_t) 1 << i;

        if (ngx_http_consent_bind_row(rows, written, &key, mask) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* Unless the key is one of the first "written" rows'. */

static ngx_int_t
ngx_http_consent_bind_row(ngx_array_t *rows, ngx_uint_t written,
    ngx_str_t *key, ngx_consent_mask_t mask)
{
    ngx_uint_t          i;
    ngx_consent_key_t  *row;

    row = rows->elts;

    for (i = 0; i < written; i++) {
        if (row[i].key.len == key->len
            && ngx_strncmp(row[i].key.data, key->data, key->len) == 0)
        {
            return NGX_OK;
        }
    }

    row = ngx_array_push(rows);
    if (row == NULL) {
        return NGX_ERROR;
    }

    ngx_memzero(row, sizeof(ngx_consent_key_t));

    row->key = *key;
    row->mask = mask;

    return NGX_OK;
}


/*
 * Memory to read in, once for all requests: a request is read in one go, and
 * nothing of it is kept there.
 */

static ngx_int_t
ngx_http_consent_bind_scratch(ngx_conf_t *cf, size_t said)
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

    return NGX_OK;
}


/* Asks every source, and puts together what they say. */

ngx_int_t
ngx_http_consent_read(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char                        *said;
    ngx_str_t                     *lines, line;
    ngx_uint_t                     i, n;
    ngx_table_elt_t               *h;
    ngx_consent_jar_t              jar;
    ngx_consent_asked_t            asked;
    ngx_consent_map_t           *map;
    ngx_consent_policy_t           policy;
    ngx_consent_opinion_t          opinions[NGX_HTTP_CONSENT_MAX_SOURCES];
    ngx_http_consent_source_t     *source;
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

    ctx->source = NULL;
    ngx_str_null(&ctx->id);
    ngx_memzero(&ctx->choice, sizeof(ngx_consent_opinion_t));
    ctx->choice.state = NGX_CONSENT_UNSET;

    for (i = 0; i < n; i++) {

        map = &ctx->binding->maps[i];

        asked = source[i].asked;
        asked.jar = &jar;
        asked.now = ngx_time();
        asked.buf = cmcf->buf;
        asked.more = cmcf->buf + NGX_CONSENT_SOURCE_MAX_VALUE;

        ngx_consent_source_read(&asked, map, said, NULL, &opinions[i]);

        said += 2 * map->nwanted;

        if (opinions[i].state == NGX_CONSENT_INVALID && ctx->conf->invalid) {
            opinions[i].state = NGX_CONSENT_UNSET;
            opinions[i].denied = 0;
        }

        if (asked.format->own) {
            ctx->choice = opinions[i];
            ctx->id = opinions[i].id;
        }

        if (opinions[i].state != NGX_CONSENT_UNSET && ctx->source == NULL) {
            ctx->source = &source[i];
        }
    }

    ngx_memzero(&policy, sizeof(ngx_consent_policy_t));

    policy.all = ngx_consent_table_all(ctx->binding->table);
    policy.required = ngx_consent_table_required(ctx->binding->table);
    policy.gpc_scope = ctx->binding->gpc;
    policy.gpc = ctx->gpc;
    policy.gpc_strict = ctx->conf->gpc_strict;
    policy.optout = ctx->optout;

    ngx_consent_signal_grant(&policy, opinions, n, &ctx->grant);

    return NGX_OK;
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
