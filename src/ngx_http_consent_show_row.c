
/*
 * What templates name of a row: as the table says it, or in the page's language
 * by what the table says.
 */

#include "ngx_http_consent_show.h"


static const ngx_uint_t  ngx_http_consent_show_types[NGX_CONSENT_ROW_KINDS] = {
    [NGX_CONSENT_ROW_COOKIE] = NGX_HTTP_CONSENT_SHOW_COOKIE,
    [NGX_CONSENT_ROW_STORAGE] = NGX_HTTP_CONSENT_SHOW_STORAGE,
    [NGX_CONSENT_ROW_URL] = NGX_HTTP_CONSENT_SHOW_SCRIPT,
    [NGX_CONSENT_ROW_INLINE] = NGX_HTTP_CONSENT_SHOW_SCRIPT,
    [NGX_CONSENT_ROW_STUB] = NGX_HTTP_CONSENT_SHOW_SCRIPT,
    [NGX_CONSENT_ROW_HEADER] = NGX_HTTP_CONSENT_SHOW_HEADER
};


void
ngx_http_consent_put_row_name(ngx_http_consent_show_t *show)
{
    const ngx_consent_row_t  *row;

    row = show->row;

    ngx_http_consent_show_put(show, row->text->name.data ? &row->text->name
                                                         : &row->pattern);
}


void
ngx_http_consent_put_row_purpose(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->row->text->purpose);
}


void
ngx_http_consent_put_row_expiry(ngx_http_consent_show_t *show)
{
    ngx_uint_t                count, n;
    const ngx_consent_row_t  *row;
    ngx_http_consent_unit_e   unit;

    row = show->row;

    if (row->text->lifetime.data) {
        ngx_http_consent_show_put(show, &row->text->lifetime);
        return;
    }

    count = ngx_http_consent_lifetime_in(row->expires, &unit);

    n = unit;

    if (row->expires == NGX_CONSENT_EXPIRES_SESSION) {
        n = NGX_HTTP_CONSENT_SHOW_SESSION;

    } else if (count == 0) {
        return;
    }

    show->count = count;

    (void) ngx_http_consent_show_named(show, show->lang, "",
                                       &ngx_http_consent_show_texts[n], "");
    show->count = 0;
}


void
ngx_http_consent_put_row_type(ngx_http_consent_show_t *show)
{
    ngx_uint_t  n;

    if (show->row->text->type.data) {
        ngx_http_consent_show_put(show, &show->row->text->type);
        return;
    }

    n = ngx_http_consent_show_types[show->row->kind];

    (void) ngx_http_consent_show_named(show, show->lang, "",
                                       &ngx_http_consent_show_texts[n], "");
}


void
ngx_http_consent_put_row_note(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->row->text->note);
}


ngx_uint_t
ngx_http_consent_if_row_exempt(ngx_http_consent_show_t *show)
{
    return show->row->pass;
}
