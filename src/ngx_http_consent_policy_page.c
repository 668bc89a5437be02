
/*
 * The policy as consent_ui has it: the page in a language of its visitor's.
 */

#include "ngx_http_consent_ui.h"


static ngx_int_t ngx_http_consent_policy_urls(ngx_http_request_t *r,
    ngx_http_consent_show_t *show, ngx_uint_t asked);


ngx_int_t
ngx_http_consent_policy_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                           tag;
    ngx_http_consent_out_t              out;
    ngx_http_consent_show_t             show;
    ngx_http_consent_template_t        *template;
    const ngx_http_consent_language_t  *lang;

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_show_init(&show, &out);

    show.ui = ctx->conf->ui;
    show.conf = ctx->conf;
    show.binding = ctx->binding;
    show.ctx = ctx;

    lang = NULL;

    if (ngx_http_arg(r, (u_char *) "lang", 4, &tag) == NGX_OK) {
        lang = ngx_http_consent_ui_language(show.ui, tag.data, tag.len);
    }

    show.lang = lang ? lang : ngx_http_consent_ui_accepted(r, ctx->conf);

    if (ngx_http_consent_policy_urls(r, &show, lang != NULL) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    tag = show.lang->tag;

    if (ngx_http_consent_add_header(r, "Content-Language", &tag) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    template = *(ngx_http_consent_template_t **) show.ui->templates.elts;

    ngx_http_consent_show(&show, template);

    return ngx_http_consent_send(r, NGX_HTTP_OK, "text/html", &out);
}


/* Who has asked for a language comes back to it. */

static ngx_int_t
ngx_http_consent_policy_urls(ngx_http_request_t *r,
    ngx_http_consent_show_t *show, ngx_uint_t asked)
{
    u_char  *p;

    if (ngx_http_consent_page_url(r, show->ctx, "policy", &show->policy)
           != NGX_OK
        || ngx_http_consent_page_url(r, show->ctx, "policy.json", &show->json)
           != NGX_OK
        || ngx_http_consent_page_url(r, show->ctx, "policy.csv", &show->csv)
           != NGX_OK
        || (ngx_http_consent_own_source(show->ctx)
            && ngx_http_consent_page_url(r, show->ctx, "choice", &show->action)
               != NGX_OK))
    {
        return NGX_ERROR;
    }

    show->back = show->policy;

    if (!asked) {
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, show->policy.len + sizeof("?lang=") - 1
                             + show->lang->tag.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    show->back.data = p;
    show->back.len = ngx_sprintf(p, "%V?lang=%V", &show->policy,
                                 &show->lang->tag)
                     - p;

    return NGX_OK;
}
