
/*
 * The GPC support resource, /.well-known/gpc.json: whether Global Privacy
 * Control is heeded, and since when that is said.
 */

#include "ngx_http_consent_pages.h"


static ngx_int_t ngx_http_consent_gpc_support_handler(ngx_http_request_t *r);
static ngx_uint_t ngx_http_consent_is_date(const ngx_str_t *s);


static ngx_str_t  ngx_http_consent_gpc_allow = ngx_string("GET, HEAD");

/* a site that changes its mind is heard within the hour */
static ngx_str_t  ngx_http_consent_gpc_control = ngx_string("max-age=3600");


char *
ngx_http_consent_gpc_support(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t                 *value;
    ngx_http_core_loc_conf_t  *core;

    if (clcf->gpc_support.data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (!ngx_http_consent_is_date(&value[1])) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid date \"%V\" in \"%V\" directive, such as "
                           "2026-11-25 was expected", &value[1], &cmd->name);
        return NGX_CONF_ERROR;
    }

    clcf->gpc_support = value[1];

    core = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    core->handler = ngx_http_consent_gpc_support_handler;

    return NGX_CONF_OK;
}


/* A full-date of RFC 3339, one that the calendar has. */

static ngx_uint_t
ngx_http_consent_is_date(const ngx_str_t *s)
{
    ngx_int_t   year, month, day;
    ngx_uint_t  leap;

    static const u_char  days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };

    if (s->len != sizeof("2026-11-25") - 1 || s->data[4] != '-'
        || s->data[7] != '-')
    {
        return 0;
    }

    year = ngx_atoi(s->data, 4);
    month = ngx_atoi(s->data + 5, 2);
    day = ngx_atoi(s->data + 8, 2);

    if (year == NGX_ERROR || month < 1 || month > 12 || day < 1) {
        return 0;
    }

    leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return day <= days[month - 1] + (ngx_int_t) leap;
}


static ngx_int_t
ngx_http_consent_gpc_support_handler(ngx_http_request_t *r)
{
    u_char                    *p;
    ngx_int_t                  rc;
    ngx_str_t                  type;
    ngx_uint_t                 heeded;
    ngx_table_elt_t           *h;
    ngx_http_consent_ctx_t    *ctx;
    ngx_http_complex_value_t   cv;

    ctx = ngx_http_consent_decide(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {

        rc = ngx_http_discard_request_body(r);

        if (rc != NGX_OK) {
            return rc;
        }

        if (ngx_http_consent_add_header(r, "Allow",
                                        &ngx_http_consent_gpc_allow)
            == NULL)
        {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        return ngx_http_consent_send_text(r, NGX_HTTP_NOT_ALLOWED,
                                          "this page allows",
                                          &ngx_http_consent_gpc_allow);
    }

    /* who only reports does not heed it yet */

    heeded = ctx->binding && ctx->binding->gpc && !ctx->report;

    h = ngx_http_consent_add_header(r, "Cache-Control",
                                    &ngx_http_consent_gpc_control);

    if (h == NULL || ngx_http_consent_link_control(r, h) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = ngx_pnalloc(r->pool,
                    sizeof("{\"gpc\": false, \"lastUpdate\": \"2026-11-25\"}"));
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memzero(&cv, sizeof(ngx_http_complex_value_t));

    cv.value.data = p;
    cv.value.len = ngx_sprintf(p, "{\"gpc\": %s, \"lastUpdate\": \"%V\"}\n",
                               heeded ? "true" : "false",
                               &ctx->conf->gpc_support)
                   - p;

    ngx_str_set(&type, "application/json");

    return ngx_http_send_response(r, NGX_HTTP_OK, &type, &cv);
}
