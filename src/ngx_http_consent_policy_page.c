
/*
 * The policy as consent_ui has it: the page in a language of its visitor's.
 */

#include "ngx_http_consent_policy.h"


static ngx_int_t ngx_http_consent_policy_urls(ngx_http_request_t *r,
    ngx_http_consent_show_t *show, ngx_uint_t asked);


ngx_int_t
ngx_http_consent_policy_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                          tag;
    ngx_uint_t                         asked;
    ngx_http_consent_out_t             out;
    ngx_http_consent_show_t            show;
    const ngx_http_consent_version_t  *v;

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_show_init(&show, &out);

    v = ngx_http_consent_version(ctx);

    show.ui = ctx->conf->ui;
    show.lang = ngx_http_consent_policy_language(r, ctx, &asked);
    show.conf = ctx->conf;
    show.binding = ctx->binding;
    show.ctx = ctx;
    show.version = v->version;
    show.date = v->date;

    tag = show.lang->tag;

    if (ngx_http_consent_policy_urls(r, &show, asked) != NGX_OK
        || ngx_http_consent_add_header(r, "Content-Language", &tag) == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_consent_show(&show, ngx_http_consent_ui_policy(show.ui));

    return ngx_http_consent_send(r, NGX_HTTP_OK, "text/html", &out);
}


void
ngx_http_consent_put_policy_html(ngx_http_consent_out_t *out,
    const ngx_http_consent_version_t *v,
    const ngx_http_consent_language_t *lang)
{
    ngx_http_consent_show_t  show;

    ngx_http_consent_show_init(&show, out);

    show.ui = v->ui;
    show.lang = lang;
    show.conf = v->conf;
    show.binding = v->binding;
    show.version = v->version;
    show.date = v->date;

    ngx_http_consent_show(&show, ngx_http_consent_ui_policy(v->ui));
}


const ngx_http_consent_language_t *
ngx_http_consent_policy_language(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_uint_t *asked)
{
    ngx_str_t                           tag;
    const ngx_http_consent_language_t  *lang;

    lang = NULL;

    if (ngx_http_arg(r, (u_char *) "lang", 4, &tag) == NGX_OK) {
        lang = ngx_http_consent_ui_language(ctx->conf->ui, tag.data, tag.len);
    }

    *asked = (lang != NULL);

    return lang ? lang : ngx_http_consent_ui_accepted(r, ctx->conf);
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
