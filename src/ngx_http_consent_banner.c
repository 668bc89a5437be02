
/*
 * The banner, and the link to change a choice: who gets which of them, and the
 * HTML that is put first into a page's body.
 */

#include "ngx_http_consent_ui.h"


static ngx_http_consent_banner_e ngx_http_consent_banner_for(
    ngx_http_consent_ctx_t *ctx);
static ngx_uint_t ngx_http_consent_banner_dest(ngx_http_consent_ctx_t *ctx,
    ngx_uint_t *sure);
static ngx_int_t ngx_http_consent_banner_host(ngx_http_request_t *r,
    ngx_http_consent_show_t *show);
static ngx_int_t ngx_http_consent_banner_prefix(ngx_http_request_t *r,
    ngx_str_t *url, const ngx_str_t *host);
static ngx_int_t ngx_http_consent_banner_flat(ngx_http_request_t *r,
    ngx_http_consent_out_t *out, ngx_str_t *html);


char *
ngx_http_consent_banner(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t                         *value;
    ngx_http_consent_banner_t         *banner;
    ngx_http_compile_complex_value_t   ccv;

    if (clcf->banner != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "off") == 0) {
        clcf->banner = NULL;
        return NGX_CONF_OK;
    }

    banner = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_banner_t));
    if (banner == NULL) {
        return NGX_CONF_ERROR;
    }

    banner->value = ngx_palloc(cf->pool, sizeof(ngx_http_complex_value_t));
    if (banner->value == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(&ccv, sizeof(ngx_http_compile_complex_value_t));

    ccv.cf = cf;
    ccv.value = &value[1];
    ccv.complex_value = banner->value;

    if (ngx_http_compile_complex_value(&ccv) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    if (banner->value->lengths == NULL
        && ngx_strcmp(value[1].data, "on") != 0)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid value \"%V\" in \"%V\" directive, it must "
                           "be \"on\", \"off\" or have a variable",
                           &value[1], &cmd->name);
        return NGX_CONF_ERROR;
    }

    banner->link = 1;
    ngx_http_consent_conf_place(cf, &banner->place);

    if (cf->args->nelts == 3) {

        if (ngx_strcmp(value[2].data, "link=off") == 0) {
            banner->link = 0;

        } else if (ngx_strcmp(value[2].data, "link=on") != 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid parameter \"%V\", \"link=on\" or "
                               "\"link=off\" was expected", &value[2]);
            return NGX_CONF_ERROR;
        }
    }

    clcf->banner = banner;

    return NGX_CONF_OK;
}


char *
ngx_http_consent_banner_check(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf)
{
    char                          *rv;
    ngx_uint_t                     i;
    ngx_http_consent_source_t     *source;
    ngx_http_consent_main_conf_t  *cmcf;

    if (conf->ui == NULL) {
        return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG,
                                           &conf->banner->place,
                                           "\"consent_ui\" is not set for "
                                           "\"consent_banner\"");
    }

    source = conf->sources->elts;

    for (i = 0; !source[i].asked.format->own; i++) {

        if (i + 1 == conf->sources->nelts) {
            return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG,
                                       &conf->banner->place,
                                       "no \"consent_source cookie\" is set "
                                       "for \"consent_banner\"");
        }
    }

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    if (!cmcf->pages) {

        /* another server may have them: no error, and said once */

        cmcf->pages = 1;

        ngx_http_consent_conf_error(cf, NGX_LOG_WARN, &conf->banner->place,
                                    "no location has \"consent_pages\", which "
                                    "the buttons of \"consent_banner\" need");
    }

    rv = ngx_http_consent_settings_read(cf, conf->ui);

    if (rv == NGX_CONF_OK) {
        rv = ngx_http_consent_ui_check_fields(cf, conf, conf->ui->banner);
    }

    if (rv == NGX_CONF_OK) {
        rv = ngx_http_consent_ui_check_fields(cf, conf, conf->ui->settings);
    }

    return rv;
}


ngx_int_t
ngx_http_consent_banner_choose(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                   value;
    ngx_uint_t                  sure;
    ngx_http_consent_banner_e   banner;
    ngx_http_consent_banner_t  *conf;

    ctx->banner = NGX_HTTP_CONSENT_BANNER_NONE;
    ctx->by_dest = 0;

    conf = ctx->conf->banner;

    if (conf == NULL || ctx->report
        || r->content_handler == ngx_http_consent_pages_handler)
    {
        return NGX_OK;
    }

    banner = ngx_http_consent_banner_for(ctx);

    if (banner == NGX_HTTP_CONSENT_BANNER_NONE) {
        return NGX_OK;
    }

    if (ngx_http_complex_value(r, conf->value, &value) != NGX_OK) {
        return NGX_ERROR;
    }

    if (value.len != 2 || ngx_strncmp(value.data, "on", 2) != 0) {
        return NGX_OK;
    }

    ctx->by_dest = 1;

    if (ngx_http_consent_banner_dest(ctx, &sure)) {
        ctx->banner = banner;
        ctx->banner_sure = sure;
        ctx->lang = ngx_http_consent_ui_accepted(r, ctx->conf);
    }

    return NGX_OK;
}


/*
 * Whose own cookie has a choice is not asked, whatever another source makes of
 * it: that would be for ever.  Who has chosen elsewhere changes it there.
 */

static ngx_http_consent_banner_e
ngx_http_consent_banner_for(ngx_http_consent_ctx_t *ctx)
{
    if (ctx->choice.state == NGX_CONSENT_DECIDED) {
        return ctx->conf->banner->link ? NGX_HTTP_CONSENT_BANNER_LINK
                                       : NGX_HTTP_CONSENT_BANNER_NONE;
    }

    return (ctx->grant.state == NGX_CONSENT_DECIDED)
           ? NGX_HTTP_CONSENT_BANNER_NONE : NGX_HTTP_CONSENT_BANNER_ASKS;
}


/*
 * 1 if it is asked for as a document, or may be: what a script fetches, and
 * what a browser does not say, has to look like one.
 */

static ngx_uint_t
ngx_http_consent_banner_dest(ngx_http_consent_ctx_t *ctx, ngx_uint_t *sure)
{
    *sure = 0;

    if (ctx->dest == NULL) {
        return 1;
    }

    *sure = (ctx->dest->len == 8
             && ngx_strncmp(ctx->dest->data, "document", 8) == 0);

    return *sure || (ctx->dest->len == 5
                     && ngx_strncmp(ctx->dest->data, "empty", 5) == 0);
}


ngx_uint_t
ngx_http_consent_banner_fits(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_consent_rules_t  rules;

    if (ctx->banner == NGX_HTTP_CONSENT_BANNER_NONE) {
        return 0;
    }

    ngx_http_consent_kind(r, &rules);

    return rules.kind == NGX_CONSENT_KIND_HTML;
}


ngx_int_t
ngx_http_consent_banner_html(void *data, const ngx_str_t *lang,
    ngx_uint_t foreign, ngx_str_t *html)
{
    ngx_http_request_t *r = data;

    ngx_consent_csp_t                   csp;
    ngx_http_consent_ctx_t             *ctx;
    ngx_http_consent_out_t              out;
    ngx_http_consent_show_t             show;
    const ngx_http_consent_language_t  *own;

    ctx = ngx_http_consent_get_ctx(r);
    if (ctx == NULL) {
        return NGX_ERROR;
    }

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_show_init(&show, &out);

    show.render.ascii = 1;
    show.ui = ctx->conf->ui;
    show.conf = ctx->conf;
    show.binding = ctx->binding;
    show.ctx = ctx;
    show.asks = (ctx->banner == NGX_HTTP_CONSENT_BANNER_ASKS);
    show.lang = ctx->lang;

    if (lang->len) {
        own = ngx_http_consent_ui_language(show.ui, lang->data, lang->len);

        if (own) {
            show.lang = own;
        }
    }

    if (ngx_http_consent_returns(&r->unparsed_uri)) {
        show.back = r->unparsed_uri;
    }

    if (ngx_http_consent_settings_urls(r, &show) != NGX_OK
        || (foreign && ngx_http_consent_banner_host(r, &show) != NGX_OK))
    {
        return NGX_ERROR;
    }

    /* on every later page it would be more than a file that is kept */

    ngx_http_consent_head_policy(r, &csp, 1);

    if (!csp.refused && (show.asks || csp.file_refused)) {
        show.style = show.ui->style;
    }

    show.style_nonce = csp.nonce;

    ngx_http_consent_head_policy(r, &csp, 0);

    if (!csp.refused && show.asks) {
        show.script = show.ui->script;
        show.script_nonce = csp.nonce;
    }

    ngx_http_consent_show(&show, show.ui->banner);

    return ngx_http_consent_banner_flat(r, &out, html);
}


/* A <base> of another host: the paths are told whose they are. */

static ngx_int_t
ngx_http_consent_banner_host(ngx_http_request_t *r,
    ngx_http_consent_show_t *show)
{
    ngx_str_t  host;

    host = r->headers_in.host ? r->headers_in.host->value
                              : r->headers_in.server;

    if (ngx_http_consent_banner_prefix(r, &show->action, &host) != NGX_OK
        || ngx_http_consent_banner_prefix(r, &show->settings, &host) != NGX_OK
        || ngx_http_consent_banner_prefix(r, &show->policy, &host) != NGX_OK
        || ngx_http_consent_banner_prefix(r, &show->style_url, &host)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_banner_prefix(ngx_http_request_t *r, ngx_str_t *url,
    const ngx_str_t *host)
{
    u_char  *p;

    p = ngx_pnalloc(r->pool, 2 + host->len + url->len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    url->len = ngx_sprintf(p, "//%V%V", host, url) - p;
    url->data = p;

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_banner_flat(ngx_http_request_t *r,
    ngx_http_consent_out_t *out, ngx_str_t *html)
{
    u_char       *p;
    ngx_chain_t  *cl;

    p = ngx_pnalloc(r->pool, (size_t) out->size + 1);

    if (p == NULL || out->failed) {
        return NGX_ERROR;
    }

    html->data = p;
    html->len = (size_t) out->size;

    for (cl = out->chain; cl; cl = cl->next) {
        p = ngx_cpymem(p, cl->buf->pos, cl->buf->last - cl->buf->pos);
    }

    return NGX_OK;
}
