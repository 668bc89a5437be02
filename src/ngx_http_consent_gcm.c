
/*
 * Google Consent Mode: its seven signals, by what was granted, as a variable,
 * and as the default command that is put first into a page's head.
 */

#include "ngx_http_consent.h"
#include "ngx_consent_csp.h"


static void ngx_http_consent_head_policy(ngx_http_request_t *r,
    ngx_consent_csp_t *csp);


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


ngx_int_t
ngx_http_consent_head(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char               *p;
    ngx_str_t             json;
    ngx_consent_csp_t     csp;
    ngx_consent_rules_t   rules;

    ngx_str_null(&ctx->head);

    if (!ctx->conf->gcm || ctx->report) {
        return NGX_OK;
    }

    ngx_http_consent_kind(r, &rules);

    if (rules.kind != NGX_CONSENT_KIND_HTML) {
        return NGX_OK;
    }

    ngx_http_consent_head_policy(r, &csp);

    if (csp.refused) {
        ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                      "\"consent_gcm\" put nothing into a page whose "
                      "Content-Security-Policy allows no inline script");
        return NGX_OK;
    }

    if (ngx_http_consent_gcm_json(r, ctx, &json) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_pnalloc(r->pool, sizeof("<script nonce=\"\">"
                                    "window.dataLayer=window.dataLayer||[];"
                                    "function gtag(){dataLayer.push(arguments)}"
                                    "gtag(\"consent\",\"default\",);"
                                    "</script>") - 1
                             + csp.nonce.len + json.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ctx->head.data = p;

    p = ngx_cpymem(p, "<script", sizeof("<script") - 1);

    if (csp.nonce.len) {
        p = ngx_sprintf(p, " nonce=\"%V\"", &csp.nonce);
    }

    p = ngx_sprintf(p, ">window.dataLayer=window.dataLayer||[];"
                       "function gtag(){dataLayer.push(arguments)}"
                       "gtag(\"consent\",\"default\",%V);</script>", &json);

    ctx->head.len = p - ctx->head.data;

    return NGX_OK;
}


/* A policy that only reports is not in the way; its nonce keeps it silent. */

static void
ngx_http_consent_head_policy(ngx_http_request_t *r, ngx_consent_csp_t *csp)
{
    ngx_uint_t          i;
    ngx_list_part_t    *part;
    ngx_table_elt_t    *h;
    ngx_consent_csp_t   report;

    ngx_memzero(csp, sizeof(ngx_consent_csp_t));
    ngx_memzero(&report, sizeof(ngx_consent_csp_t));

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Content-Security-Policy")) {
            ngx_consent_csp_read(csp, h->value.data, h->value.len);

        } else if (ngx_http_consent_header_is(h,
                                        "Content-Security-Policy-Report-Only"))
        {
            ngx_consent_csp_read(&report, h->value.data, h->value.len);
        }
    }

    if (csp->nonce.len == 0) {
        csp->nonce = report.nonce;
    }
}


/*
 * What a script fetches may be a fragment, which it puts into a page, or a page
 * that a worker or a prefetch gets in advance: there it must look like one.
 */

ngx_uint_t
ngx_http_consent_head_sure(ngx_http_request_t *r)
{
    ngx_str_t        *dest;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    static ngx_str_t  dests[] = {
        ngx_string("document"),
        ngx_string("iframe"),
        ngx_string("frame"),
        ngx_string("fencedframe"),
        ngx_string("embed"),
        ngx_string("object"),
        ngx_null_string
    };

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (!ngx_http_consent_header_is(h, "Sec-Fetch-Dest")) {
            continue;
        }

        for (dest = dests; dest->len; dest++) {
            if (h->value.len == dest->len
                && ngx_strncmp(h->value.data, dest->data, dest->len) == 0)
            {
                return 1;
            }
        }

        return 0;
    }

    return 1;
}
