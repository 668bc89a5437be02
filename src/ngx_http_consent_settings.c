
/*
 * The settings, a page of consent_pages, and the style of them and of the
 * banner; and how both are read.
 */

#include "ngx_http_consent_policy.h"

#include <ngx_md5.h>


/* bytes of a style or script; more is an error when it is read */
#define NGX_HTTP_CONSENT_MAX_STYLE  (32 * 1024)


static char *ngx_http_consent_settings_raw(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui, char *name, ngx_str_t *content);
static char *ngx_http_consent_settings_digest(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui);
static ngx_int_t ngx_http_consent_settings_back(ngx_http_request_t *r,
    ngx_http_consent_show_t *show);


char *
ngx_http_consent_settings_read(ngx_conf_t *cf, ngx_http_consent_ui_t *ui)
{
    if (ui->settings) {
        return NGX_CONF_OK;
    }

    ui->banner = ngx_http_consent_ui_template(cf, ui, "banner.html");
    if (ui->banner == NULL) {
        return NGX_CONF_ERROR;
    }

    ui->settings = ngx_http_consent_ui_template(cf, ui, "settings.html");
    if (ui->settings == NULL) {
        return NGX_CONF_ERROR;
    }

    if (ngx_http_consent_settings_raw(cf, ui, "banner.css", &ui->style)
           != NGX_CONF_OK
        || ngx_http_consent_settings_raw(cf, ui, "banner.js", &ui->script)
           != NGX_CONF_OK)
    {
        return NGX_CONF_ERROR;
    }

    return ngx_http_consent_settings_digest(cf, ui);
}


/* What stands in an element as it is, in pages of any encoding. */

static char *
ngx_http_consent_settings_raw(ngx_conf_t *cf, ngx_http_consent_ui_t *ui,
    char *name, ngx_str_t *content)
{
    u_char               *p, *last;
    ngx_str_t             file;
    const char           *reason;
    ngx_consent_place_t   place;

    file.len = ui->path.len + ngx_strlen(name);
    file.data = ngx_pnalloc(cf->pool, file.len + 1);
    if (file.data == NULL) {
        return NGX_CONF_ERROR;
    }

    (void) ngx_sprintf(file.data, "%V%s%Z", &ui->path, name);

    if (ngx_http_consent_read_file(cf, &file, NGX_HTTP_CONSENT_MAX_STYLE,
                                   content)
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    place.file = file;
    place.line = 1;

    last = content->data + content->len;

    for (p = content->data; p < last; p++) {

        reason = NULL;

        if (*p >= 0x80) {
            reason = "a character that is no ASCII";

        } else if (*p == '<' && last - p > 1 && (p[1] == '/' || p[1] == '!')) {
            reason = "\"</\" or \"<!\", which may end the element";
        }

        if (reason) {
            return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &place,
                                               "%s", reason);
        }

        place.line += (*p == LF);
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_settings_digest(ngx_conf_t *cf, ngx_http_consent_ui_t *ui)
{
    u_char                       *p, result[16];
    ngx_md5_t                     md5;
    ngx_uint_t                    i, j;
    ngx_http_consent_language_t  *lang;

    ngx_md5_init(&md5);
    ngx_md5_update(&md5, ui->style.data, ui->style.len);
    ngx_md5_final(result, &md5);

    p = ngx_pnalloc(cf->pool, sizeof("banner-.css") + 16);
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    ui->style_name = p;

    p = ngx_cpymem(p, "banner-", sizeof("banner-") - 1);
    p = ngx_hex_dump(p, result, 8);
    ngx_memcpy(p, ".css", sizeof(".css"));

    /* what a page with a banner depends on */

    ngx_md5_init(&md5);
    ngx_md5_update(&md5, ui->banner->source.data, ui->banner->source.len);
    ngx_md5_update(&md5, ui->style.data, ui->style.len);
    ngx_md5_update(&md5, ui->script.data, ui->script.len);

    lang = ui->languages.elts;

    for (i = 0; i < ui->languages.nelts; i++) {

        ngx_md5_update(&md5, lang[i].tag.data, lang[i].tag.len);

        for (j = 0; j < ui->ntexts; j++) {
            ngx_md5_update(&md5, lang[i].texts[j].source.data,
                           lang[i].texts[j].source.len);
        }
    }

    ngx_md5_final(result, &md5);

    for (i = 0; i < 8; i++) {
        ui->digest = (ui->digest << 8) | result[i];
    }

    return NGX_CONF_OK;
}


ngx_uint_t
ngx_http_consent_has_settings(ngx_http_consent_loc_conf_t *conf)
{
    return conf->ui && conf->ui->settings;
}


ngx_int_t
ngx_http_consent_settings_urls(ngx_http_request_t *r,
    ngx_http_consent_show_t *show)
{
    u_char     *p;
    ngx_str_t   end;

    if (ngx_http_consent_page_url(r, show->ctx, "policy", &show->policy)
           != NGX_OK
        || ngx_http_consent_page_url(r, show->ctx, "settings", &show->settings)
           != NGX_OK
        || ngx_http_consent_page_url(r, show->ctx,
                                     (char *) show->ui->style_name,
                                     &show->style_url)
           != NGX_OK
        || (ngx_http_consent_own_source(show->ctx)
            && ngx_http_consent_page_url(r, show->ctx, "choice", &show->action)
               != NGX_OK))
    {
        return NGX_ERROR;
    }

    /* in the language that was seen, and back from there */

    if (ngx_http_consent_settings_return(r, &show->back, &end) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_pnalloc(r->pool, show->settings.len + sizeof("?lang=") - 1
                             + show->lang->tag.len + end.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    show->settings.len = ngx_sprintf(p, "%V?lang=%V%V", &show->settings,
                                     &show->lang->tag, &end)
                         - p;
    show->settings.data = p;

    p = ngx_pnalloc(r->pool, show->policy.len + sizeof("?lang=") - 1
                             + show->lang->tag.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    show->policy.len = ngx_sprintf(p, "%V?lang=%V", &show->policy,
                                   &show->lang->tag)
                       - p;
    show->policy.data = p;

    return NGX_OK;
}


/* the argument of a link to the settings; none, if nothing leads back */

ngx_int_t
ngx_http_consent_settings_return(ngx_http_request_t *r, const ngx_str_t *back,
    ngx_str_t *arg)
{
    u_char     *p;
    uintptr_t   escape;

    ngx_str_null(arg);

    if (back->len == 0) {
        return NGX_OK;
    }

    escape = 2 * ngx_escape_uri(NULL, back->data, back->len,
                                NGX_ESCAPE_URI_COMPONENT);

    p = ngx_pnalloc(r->pool, sizeof("&return=") - 1 + back->len + escape);
    if (p == NULL) {
        return NGX_ERROR;
    }

    arg->data = p;

    p = ngx_cpymem(p, "&return=", sizeof("&return=") - 1);
    p = (u_char *) ngx_escape_uri(p, back->data, back->len,
                                  NGX_ESCAPE_URI_COMPONENT);

    arg->len = p - arg->data;

    return NGX_OK;
}


ngx_int_t
ngx_http_consent_settings_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                tag;
    ngx_uint_t               asked;
    ngx_http_consent_out_t   out;
    ngx_http_consent_show_t  show;

    if (!ngx_http_consent_has_settings(ctx->conf)) {
        ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                      "there are no settings, no \"consent_banner\" has the "
                      "\"consent_ui\" that is set here");
        return NGX_HTTP_NOT_FOUND;
    }

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_show_init(&show, &out);

    show.ui = ctx->conf->ui;
    show.lang = ngx_http_consent_policy_language(r, ctx, &asked);
    show.conf = ctx->conf;
    show.binding = ctx->binding;
    show.ctx = ctx;

    tag = show.lang->tag;

    if (ngx_http_consent_settings_back(r, &show) != NGX_OK
        || ngx_http_consent_settings_urls(r, &show) != NGX_OK
        || ngx_http_consent_add_header(r, "Content-Language", &tag) == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_consent_show(&show, show.ui->settings);

    return ngx_http_consent_send(r, NGX_HTTP_OK, "text/html", &out);
}


/* Where it leads when it is done: of this site, or its policy. */

static ngx_int_t
ngx_http_consent_settings_back(ngx_http_request_t *r,
    ngx_http_consent_show_t *show)
{
    u_char     *src, *dst;
    ngx_str_t   value;

    if (ngx_http_arg(r, (u_char *) "return", 6, &value) == NGX_OK) {

        dst = ngx_pnalloc(r->pool, value.len + 1);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        src = value.data;
        show->back.data = dst;

        ngx_unescape_uri(&dst, &src, value.len, 0);

        show->back.len = dst - show->back.data;

        if (ngx_http_consent_returns(&show->back)) {
            return NGX_OK;
        }
    }

    if (ngx_http_consent_came_from(r, &show->back) == NGX_OK
        && ngx_http_consent_returns(&show->back))
    {
        return NGX_OK;
    }

    return ngx_http_consent_page_url(r, show->ctx, "policy", &show->back);
}


/* Of another version there is none any more: what is now must not be kept. */

ngx_int_t
ngx_http_consent_style_get(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    size_t                   len;
    ngx_http_consent_ui_t   *ui;
    ngx_http_consent_out_t   out;

    static ngx_str_t  kept = ngx_string("public, max-age=31536000, immutable");

    ui = ctx->conf->ui;

    if (!ngx_http_consent_has_settings(ctx->conf)) {
        return NGX_HTTP_NOT_FOUND;
    }

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_put_data(&out, ui->style.data, ui->style.len);

    len = ngx_strlen(ui->style_name);

    if (r->uri.len >= len
        && ngx_strncmp(r->uri.data + r->uri.len - len, ui->style_name, len)
           == 0)
    {
        out.cache_control = &kept;
    }

    return ngx_http_consent_send(r, NGX_HTTP_OK, "text/css", &out);
}
