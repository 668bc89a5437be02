
/*
 * What templates name of a category, and of a provider in it.
 */

#include "ngx_http_consent_show.h"


static ngx_uint_t ngx_http_consent_show_any(ngx_http_consent_show_t *show,
    ngx_uint_t pass);


void
ngx_http_consent_put_category(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->category->name);
}


/* The table has a title in one language; the texts may have it in all. */

void
ngx_http_consent_put_title(ngx_http_consent_show_t *show)
{
    if (!ngx_http_consent_show_named(show, show->lang, "category_",
                                     &show->category->name, ""))
    {
        ngx_http_consent_show_put(show, &show->category->title);
    }
}


void
ngx_http_consent_put_purpose(ngx_http_consent_show_t *show)
{
    (void) ngx_http_consent_show_named(show, show->lang, "category_",
                                       &show->category->name, "_purpose");
}


void
ngx_http_consent_put_basis(ngx_http_consent_show_t *show)
{
    (void) ngx_http_consent_show_named(show, show->lang, "category_",
                                       &show->category->name, "_basis");
}


void
ngx_http_consent_put_refused(ngx_http_consent_show_t *show)
{
    (void) ngx_http_consent_show_named(show, show->lang, "category_",
                                       &show->category->name, "_refused");
}


/* The titles of what is accepted, required categories out. */

void
ngx_http_consent_put_accepted(ngx_http_consent_show_t *show)
{
    ngx_uint_t                     i, n, listed;
    ngx_consent_mask_t             bit;
    const ngx_consent_category_t  *category, *present;

    if (show->ctx == NULL) {
        return;
    }

    present = show->category;
    category = ngx_consent_table_categories(show->binding->table, &n);
    listed = 0;

    for (i = 0; i < n; i++) {

        bit = (ngx_consent_mask_t) 1 << i;

        if (category[i].required || !(show->ctx->grant.mask & bit)) {
            continue;
        }

        if (listed++) {
            ngx_consent_render_markup(&show->render, (u_char *) ", ", 2);
        }

        show->category = &category[i];
        ngx_http_consent_put_title(show);
    }

    show->category = present;
}


ngx_uint_t
ngx_http_consent_if_required(ngx_http_consent_show_t *show)
{
    return show->category->required;
}


ngx_uint_t
ngx_http_consent_if_granted(ngx_http_consent_show_t *show)
{
    return show->category->required
           || (show->ctx && (show->ctx->grant.mask & show->bit));
}


/* a box that is checked beforehand is nobody's consent */

ngx_uint_t
ngx_http_consent_if_checked(ngx_http_consent_show_t *show)
{
    return show->category->required
           || (ngx_http_consent_if_decided(show)
               && (show->ctx->grant.mask & show->bit));
}


ngx_uint_t
ngx_http_consent_if_rows(ngx_http_consent_show_t *show)
{
    return ngx_http_consent_show_any(show, 0);
}


ngx_uint_t
ngx_http_consent_if_exempt(ngx_http_consent_show_t *show)
{
    return ngx_http_consent_show_any(show, 1);
}


static ngx_uint_t
ngx_http_consent_show_any(ngx_http_consent_show_t *show, ngx_uint_t pass)
{
    ngx_uint_t                i, n;
    const ngx_consent_row_t *const  *row;

    row = ngx_consent_table_rows(show->binding->table, &n);

    for (i = 0; i < n; i++) {

        if ((row[i]->mask & show->bit) && ngx_http_consent_printed(row[i])
            && row[i]->pass >= pass)
        {
            return 1;
        }
    }

    return 0;
}


void
ngx_http_consent_put_provider(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, show->row ? &show->row->provider->name
                                              : &show->provider->name);
}


void
ngx_http_consent_put_provider_policy(ngx_http_consent_show_t *show)
{
    const ngx_str_t  *url;

    url = show->row ? &show->row->provider->policy : &show->provider->policy;

    if (ngx_http_consent_is_link(url)) {
        ngx_http_consent_show_put(show, url);
    }
}


/*
 * In the first of its categories alone: of two boxes of one key one that is
 * left checked would accept what the other refuses.
 */

void
ngx_http_consent_put_provider_key(ngx_http_consent_show_t *show)
{
    ngx_consent_mask_t  waits;

    waits = show->provider->waits;

    if ((waits & (0 - waits)) == show->bit) {
        ngx_http_consent_show_put(show, &show->provider->key);
    }
}


ngx_uint_t
ngx_http_consent_if_provider_checked(ngx_http_consent_show_t *show)
{
    return ngx_http_consent_if_decided(show) && show->provider->key.len
           && ngx_consent_table_chosen(&show->ctx->grant, show->provider);
}
