
/*
 * Google Consent Mode: its seven signals, by what was granted, as a variable,
 * and as the default command that is put into a page's head.
 */

#include "ngx_http_consent.h"


char *
ngx_http_consent_gcm_map(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_int_t                    signal;
    ngx_str_t                   *value;
    ngx_uint_t                   i;
    ngx_http_consent_gcm_map_t  *map;

    value = cf->args->elts;

    signal = ngx_consent_gcm_signal(&value[1]);

    if (signal == NGX_DECLINED) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "unknown signal \"%V\" in \"%V\" directive, one of "
                           "Google Consent Mode's was expected, such as "
                           "\"%V\"", &value[1], &cmd->name,
                           &ngx_consent_gcm_signals[0]);
        return NGX_CONF_ERROR;
    }

    if (clcf->gcm_maps == NGX_CONF_UNSET_PTR) {
        clcf->gcm_maps = ngx_array_create(cf->pool, NGX_CONSENT_GCM_SIGNALS,
                                          sizeof(ngx_http_consent_gcm_map_t));
        if (clcf->gcm_maps == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    map = clcf->gcm_maps->elts;

    for (i = 0; i < clcf->gcm_maps->nelts; i++) {
        if (map[i].signal == (ngx_uint_t) signal) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "duplicate signal \"%V\" in \"%V\" directive",
                               &value[1], &cmd->name);
            return NGX_CONF_ERROR;
        }
    }

    map = ngx_array_push(clcf->gcm_maps);
    if (map == NULL) {
        return NGX_CONF_ERROR;
    }

    map->signal = signal;
    map->categories.n = cf->args->nelts - 2;

    if (map->categories.n == 1 && ngx_strcmp(value[2].data, "off") == 0) {
        map->categories.n = 0;
    }

    map->categories.names = ngx_pcalloc(cf->pool, (cf->args->nelts - 2)
                                                  * sizeof(ngx_str_t));
    if (map->categories.names == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memcpy(map->categories.names, &value[2],
               map->categories.n * sizeof(ngx_str_t));

    ngx_http_consent_conf_place(cf, &map->categories.place);

    return NGX_CONF_OK;
}


char *
ngx_http_consent_bind_gcm(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_array_t *maps, ngx_consent_table_t *table, ngx_consent_gcm_t *gcm)
{
    char                        *rv;
    ngx_uint_t                   i;
    ngx_consent_mask_t           essential;
    ngx_http_consent_gcm_map_t  *map;

    static ngx_str_t  names[] = {
        ngx_string("essential"),
        ngx_string("performance"),
        ngx_string("advertising"),
        ngx_string("sharing")
    };

    /* what is always granted is essential, whatever a site calls it */

    essential = ngx_consent_table_bit(table, &names[0]);

    if (essential == 0) {
        essential = ngx_consent_table_required(table);
    }

    ngx_consent_gcm_default(gcm, essential,
                            ngx_consent_table_bit(table, &names[1]),
                            ngx_consent_table_bit(table, &names[2]),
                            ngx_consent_table_bit(table, &names[3]));

    if (maps == NULL) {
        return NGX_CONF_OK;
    }

    map = maps->elts;

    for (i = 0; i < maps->nelts; i++) {

        gcm->needs[map[i].signal] = 0;

        rv = ngx_http_consent_resolve(cf, tables, table, &map[i].categories,
                                      &gcm->needs[map[i].signal]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


ngx_int_t
ngx_http_consent_gcm_json(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_str_t *json)
{
    json->data = ngx_pnalloc(r->pool, NGX_CONSENT_GCM_JSON);
    if (json->data == NULL) {
        return NGX_ERROR;
    }

    json->len = ngx_consent_gcm_json(json->data, &ctx->binding->gcm,
                                     ctx->grant.mask);

    return NGX_OK;
}


u_char *
ngx_http_consent_gcm_command(u_char *p, const ngx_str_t *json,
    const ngx_str_t *nonce)
{
    p = ngx_cpymem(p, "<script", sizeof("<script") - 1);

    if (nonce->len) {
        p = ngx_sprintf(p, " nonce=\"%V\"", nonce);
    }

    return ngx_sprintf(p, ">window.dataLayer=window.dataLayer||[];"
                          "function gtag(){dataLayer.push(arguments)}"
                          "gtag(\"consent\",\"default\",%V);</script>", json);
}
