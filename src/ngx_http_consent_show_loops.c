
/*
 * What the loops of templates go through, and what of a row is published.
 */

#include "ngx_http_consent_ui.h"


static ngx_int_t ngx_http_consent_show_masks(ngx_http_consent_show_t *show);


ngx_uint_t
ngx_http_consent_next_category(ngx_http_consent_show_t *show, ngx_uint_t first)
{
    ngx_uint_t                     n;
    const ngx_consent_category_t  *category;

    category = ngx_consent_table_categories(show->binding->table, &n);

    show->category = first ? category : show->category + 1;

    if (show->category == category + n) {
        show->category = NULL;
        return 0;
    }

    show->bit = (ngx_consent_mask_t) 1 << (show->category - category);

    return 1;
}


ngx_uint_t
ngx_http_consent_next_provider(ngx_http_consent_show_t *show, ngx_uint_t first)
{
    ngx_uint_t                            i, n;
    const ngx_consent_provider_t *const  *provider;

    if (show->provider_masks == NULL
        && ngx_http_consent_show_masks(show) != NGX_OK)
    {
        show->out->failed = 1;
        return 0;
    }

    provider = ngx_consent_table_providers(show->binding->table, &n);

    for (i = first ? 0 : show->provider_at + 1; i < n; i++) {

        if (show->provider_masks[i] & show->bit) {
            show->provider_at = i;
            show->provider = provider[i];
            return 1;
        }
    }

    show->provider = NULL;

    return 0;
}


static ngx_int_t
ngx_http_consent_show_masks(ngx_http_consent_show_t *show)
{
    ngx_uint_t                i, n;
    const ngx_consent_row_t *const  *row;

    (void) ngx_consent_table_providers(show->binding->table, &n);

    show->provider_masks = ngx_pcalloc(show->out->pool,
                                       (n + 1) * sizeof(ngx_consent_mask_t));
    if (show->provider_masks == NULL) {
        return NGX_ERROR;
    }

    row = ngx_consent_table_rows(show->binding->table, &n);

    for (i = 0; i < n; i++) {
        show->provider_masks[row[i]->provider->index] |= row[i]->mask;
    }

    return NGX_OK;
}


ngx_uint_t
ngx_http_consent_next_row(ngx_http_consent_show_t *show, ngx_uint_t first)
{
    ngx_uint_t                i, n;
    const ngx_consent_row_t *const  *row;

    row = ngx_consent_table_rows(show->binding->table, &n);

    for (i = first ? 0 : show->row_at + 1; i < n; i++) {

        if ((row[i]->mask & show->bit) && ngx_http_consent_printed(row[i])
            && (show->provider == NULL
                || show->provider->index == row[i]->provider->index))
        {
            show->row_at = i;
            show->row = row[i];
            return 1;
        }
    }

    show->row = NULL;

    return 0;
}


ngx_uint_t
ngx_http_consent_next_language(ngx_http_consent_show_t *show, ngx_uint_t first)
{
    const ngx_http_consent_language_t  *lang;

    lang = show->ui->languages.elts;

    show->language = first ? lang : show->language + 1;

    if (show->language == lang + show->ui->languages.nelts) {
        show->language = NULL;
        return 0;
    }

    return 1;
}


ngx_uint_t
ngx_http_consent_printed(const ngx_consent_row_t *row)
{
    return row->kind == NGX_CONSENT_ROW_COOKIE
           || row->kind == NGX_CONSENT_ROW_STORAGE
           || row->text->name.data != NULL;
}


ngx_uint_t
ngx_http_consent_is_link(const ngx_str_t *url)
{
    return url->len > 8
           && (ngx_strncasecmp(url->data, (u_char *) "https://", 8) == 0
               || ngx_strncasecmp(url->data, (u_char *) "http://", 7) == 0);
}
