
/*
 * What stands for a frame that is held back: its template, read when the
 * configuration is, and what of it belongs to a request.
 */

#include "ngx_http_consent_ui.h"
#include "ngx_consent_site.h"


/* bytes of a template */
#define NGX_HTTP_CONSENT_MAX_TEMPLATE  (16 * 1024)

/*
 * Bytes of the present page's path in the form: with a longer one the choice
 * would not fit into NGX_HTTP_CONSENT_MAX_BODY, and Referer has to do.
 */
#define NGX_HTTP_CONSENT_MAX_RETURN    1024


static char *ngx_http_consent_placeholder_file(ngx_conf_t *cf,
    ngx_http_consent_placeholder_t *ph, ngx_str_t *name);
static char *ngx_http_consent_placeholder_check(ngx_conf_t *cf,
    ngx_str_t *name, ngx_str_t *html);


char *
ngx_http_consent_placeholder(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t                       *value;
    ngx_http_consent_placeholder_t  *ph;

    if (clcf->placeholder != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0 && cf->args->nelts == 2) {
        clcf->placeholder = NULL;
        return NGX_CONF_OK;
    }

    ph = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_placeholder_t));
    if (ph == NULL) {
        return NGX_CONF_ERROR;
    }

    clcf->placeholder = ph;

    ph->lang = ngx_consent_language((u_char *) "en", 2);

    if (cf->args->nelts == 3) {

        ph->lang = NULL;

        if (ngx_strncmp(value[2].data, "lang=", 5) == 0) {
            ph->lang = ngx_consent_language(value[2].data + 5,
                                            value[2].len - 5);
        }

        if (ph->lang == NULL) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid parameter \"%V\", \"lang=\" and one of "
                               "de, en, es, fr, it, nl, pl, pt was expected",
                               &value[2]);
            return NGX_CONF_ERROR;
        }
    }

    if (ngx_strcmp(value[1].data, "on") == 0) {
        ph->html = ngx_consent_placeholder_default;
        return NGX_CONF_OK;
    }

    return ngx_http_consent_placeholder_file(cf, ph, &value[1]);
}


static char *
ngx_http_consent_placeholder_file(ngx_conf_t *cf,
    ngx_http_consent_placeholder_t *ph, ngx_str_t *name)
{
    char       *rv;
    u_char     *p;
    size_t      n;
    ngx_str_t   html;

    if (ngx_conf_full_name(cf->cycle, name, 1) != NGX_OK
        || ngx_http_consent_read_file(cf, name, NGX_HTTP_CONSENT_MAX_TEMPLATE,
                                      &html)
           != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    rv = ngx_http_consent_placeholder_check(cf, name, &html);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    n = ngx_consent_template_escape(NULL, html.data, html.len, 1);

    p = ngx_pnalloc(cf->pool, n + 1);
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    ph->html.data = p;
    ph->html.len = ngx_consent_template_escape(p, html.data, html.len, 1);

    return NGX_CONF_OK;
}


/* The place of an error is the template's, not the directive's. */

static char *
ngx_http_consent_placeholder_check(ngx_conf_t *cf, ngx_str_t *name,
    ngx_str_t *html)
{
    u_char               *p;
    const char           *reason;
    ngx_str_t             wrong;
    ngx_consent_place_t   place;

    reason = ngx_consent_placeholder_check(html, &wrong);

    if (reason == NULL) {
        return NGX_CONF_OK;
    }

    place.file = *name;
    place.line = 1;

    for (p = html->data; p < wrong.data; p++) {
        place.line += (*p == LF);
    }

    return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &place,
                                       "%s: \"%V\"", reason, &wrong);
}


ngx_int_t
ngx_http_consent_placeholder_start(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_stand_in_t *place)
{
    char                         *settings;
    ngx_http_consent_loc_conf_t  *conf;

    conf = ctx->conf;

    ngx_memzero(place, sizeof(ngx_consent_stand_in_t));

    place->html = conf->placeholder->html;
    place->lang = conf->placeholder->lang;

    place->offers = ngx_http_consent_offers(ctx);
    place->vetoed = &ctx->vetoed;

    if (ngx_http_consent_own_source(ctx)
        && ngx_http_consent_page_url(r, ctx, "choice", &place->action)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_consent_returns(&r->unparsed_uri)) {
        place->back = r->unparsed_uri;
    }

    if (ngx_http_consent_has_settings(conf)) {
        settings = "settings?lang=";

        if (ngx_http_consent_settings_return(r, &place->back,
                                             &place->settings_end)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

    } else {
        settings = "policy?lang=";
        ngx_str_set(&place->settings_end, "#choice");
    }

    return ngx_http_consent_page_url(r, ctx, settings, &place->settings);
}


/* A choice that nobody would keep is not offered, nor what GPC refuses. */

ngx_consent_mask_t
ngx_http_consent_offers(ngx_http_consent_ctx_t *ctx)
{
    ngx_consent_mask_t  offers;

    offers = ngx_consent_table_all(ctx->binding->table);

    if (ctx->gpc && (ctx->conf->gpc_strict || ctx->optout)) {
        offers &= ~ctx->binding->gpc;
    }

    return offers;
}


/* as ngx_consent_site_path() has it */

ngx_uint_t
ngx_http_consent_returns(ngx_str_t *path)
{
    size_t  i;

    if (path->len > NGX_HTTP_CONSENT_MAX_RETURN
        || !ngx_consent_site_path(path))
    {
        return 0;
    }

    for (i = 0; i < path->len; i++) {
        if (path->data[i] >= 0x80) {
            return 0;
        }
    }

    return 1;
}
