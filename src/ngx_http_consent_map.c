
/*
 * consent_map: what a source's keys stand for, as it is written.
 */

#include "ngx_http_consent.h"


static void ngx_http_consent_swap(ngx_str_t *a, ngx_str_t *b);
static char *ngx_http_consent_map_key(ngx_conf_t *cf,
    const ngx_consent_format_t *format, ngx_str_t *key);


char *
ngx_http_consent_map(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    char                        *rv;
    ngx_str_t                   *value;
    ngx_uint_t                   i, n, ncategories, nproviders;
    ngx_http_consent_map_t      *map;
    const ngx_consent_format_t  *format;

    value = cf->args->elts;
    n = cf->args->nelts;

    format = ngx_http_consent_source_format(cf, &value[1]);
    if (format == NULL) {
        return NGX_CONF_ERROR;
    }

    if (clcf->maps == NGX_CONF_UNSET_PTR) {
        clcf->maps = ngx_array_create(cf->pool, 4,
                                      sizeof(ngx_http_consent_map_t));
        if (clcf->maps == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    map = ngx_array_push(clcf->maps);
    if (map == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(map, sizeof(ngx_http_consent_map_t));

    map->format = format;

    if (n == 3 && ngx_strcmp(value[2].data, "off") == 0) {
        return NGX_CONF_OK;
    }

    map->key = value[2];

    rv = ngx_http_consent_map_key(cf, format, &map->key);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    if (n == 3) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "no category for the key \"%V\"", &value[2]);
        return NGX_CONF_ERROR;
    }

    /* providers behind the categories */

    value += 3;
    n -= 3;
    ncategories = 0;

    for (i = 0; i < n; i++) {
        if (ngx_strncmp(value[i].data, "provider=", 9) != 0) {
            ngx_http_consent_swap(&value[ncategories++], &value[i]);
        }
    }

    nproviders = n - ncategories;

    for (i = ncategories; i < n; i++) {
        value[i].data += 9;
        value[i].len -= 9;
    }

    if (nproviders && format->veto) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the consent source \"%V\" does not speak of "
                           "single providers", &format->name);
        return NGX_CONF_ERROR;
    }

    if (ngx_http_consent_names(cf, &map->categories, value, ncategories) == NULL
        || ngx_http_consent_names(cf, &map->providers, value + ncategories,
                                  nproviders)
           == NULL)
    {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static void
ngx_http_consent_swap(ngx_str_t *a, ngx_str_t *b)
{
    ngx_str_t  s;

    s = *a;
    *a = *b;
    *b = s;
}


/* A key that can be made a rule of is one in every table. */

static char *
ngx_http_consent_map_key(ngx_conf_t *cf, const ngx_consent_format_t *format,
    ngx_str_t *key)
{
    ngx_uint_t              n, bad, *keys;
    ngx_consent_key_t       row;
    ngx_consent_map_t       map;
    ngx_consent_wanted_t   *wanted;
    ngx_consent_map_rule_t  rule;

    ngx_memzero(&row, sizeof(ngx_consent_key_t));
    ngx_memzero(&map, sizeof(ngx_consent_map_t));

    row.key = *key;

    n = ngx_consent_map_keys(&row, 1);

    wanted = ngx_palloc(cf->temp_pool, n * sizeof(ngx_consent_wanted_t));
    keys = ngx_palloc(cf->temp_pool, n * sizeof(ngx_uint_t));

    if (wanted == NULL || keys == NULL) {
        return NGX_CONF_ERROR;
    }

    if (ngx_consent_map_make(&map, format, &row, 1, wanted, keys, &rule, &bad)
        != NGX_OK)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid key \"%V\", one of 1 to %d bytes, or "
                           "several joined by \"+\", was expected",
                           key, NGX_CONSENT_SOURCE_MAX_KEY);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}
