
/*
 * In which language the table speaks where a page is in another: what reads it
 * aloud has to know.  Of a text of the page's own language nothing is said.
 */

#include "ngx_http_consent_show.h"


void
ngx_http_consent_put_row_lang(ngx_http_consent_show_t *show)
{
    const ngx_str_t  *lang, *tag;

    lang = ngx_consent_table_lang(show->binding->table);
    tag = &show->lang->tag;

    if (lang->len != tag->len || ngx_strncmp(lang->data, tag->data, tag->len))
    {
        ngx_http_consent_show_put(show, lang);
    }
}


/* these have a text of their own, but for what a row says itself */

void
ngx_http_consent_put_expiry_lang(ngx_http_consent_show_t *show)
{
    if (show->row->text->lifetime.data) {
        ngx_http_consent_put_row_lang(show);
    }
}


void
ngx_http_consent_put_type_lang(ngx_http_consent_show_t *show)
{
    if (show->row->text->type.data) {
        ngx_http_consent_put_row_lang(show);
    }
}


void
ngx_http_consent_put_category_lang(ngx_http_consent_show_t *show)
{
    ngx_str_t  name;
    u_char     buf[NGX_HTTP_CONSENT_MAX_NAME];

    name.data = buf;
    name.len = ngx_snprintf(buf, sizeof(buf), "category_%V",
                            &show->category->name)
               - buf;

    if (ngx_http_consent_ui_text(show->ui, &name)
        == NGX_HTTP_CONSENT_MAX_TEXTS)
    {
        ngx_http_consent_put_row_lang(show);
    }
}
