
#include "ngx_consent_page_int.h"
#include "ngx_consent_scan.h"


static ngx_uint_t ngx_consent_page_css_plain(const u_char *p,
    const u_char *last, ngx_uint_t cut);


ngx_uint_t
ngx_consent_page_list(ngx_consent_page_t *page, ngx_consent_fetch_e what,
    u_char *value, size_t len, ngx_consent_mask_t *needs)
{
    size_t         n;
    u_char        *text, *last;
    ngx_str_t      url;
    ngx_uint_t     refused;
    const u_char  *pos;

    refused = 0;

    if (what == NGX_CONSENT_FETCH_SRCSET) {

        last = value + len;

        while (ngx_consent_url_srcset(&value, last, &url) == NGX_OK) {
            refused |= ngx_consent_page_url(page, url.data, url.len,
                                            NGX_CONSENT_URL_ATTR, needs);
        }

        return refused;
    }

    n = NGX_CONSENT_VALUE_SIZE(len);

    text = ngx_consent_page_scratch(page, n);
    if (text == NULL) {
        return 1;
    }

    n = ngx_consent_value_text(text, n, value, len);
    last = text + n;
    pos = text;

    switch (what) {

    case NGX_CONSENT_FETCH_LIST:

        while (ngx_consent_value_token(&pos, last, &url) == NGX_OK) {
            refused |= ngx_consent_page_url(page, url.data, url.len, 0, needs);
        }

        break;

    case NGX_CONSENT_FETCH_VALUES:

        while (pos < last) {

            url.data = (u_char *) pos;

            pos = memchr(url.data, ';', last - url.data);
            if (pos == NULL) {
                pos = last;
            }

            url.len = pos++ - url.data;
            refused |= ngx_consent_page_url(page, url.data, url.len, 0, needs);
        }

        break;

    default: /* NGX_CONSENT_FETCH_REFRESH */

        if (ngx_consent_value_refresh(text, n, &url)) {
            refused = ngx_consent_page_url(page, url.data, url.len, 0, needs);

            if (!refused && ngx_consent_value_refresh_longer(text, n, &url)) {
                refused = ngx_consent_page_url(page, url.data, url.len, 0,
                                               needs);
            }
        }
    }

    return refused;
}


ngx_int_t
ngx_consent_page_css_value(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_attr_t *attr)
{
    u_char  *value;

    value = t->p + attr->value;

    if (ngx_consent_page_css_plain(value, value + attr->value_len, attr->cut)) {
        return attr->cut ? NGX_DECLINED : NGX_OK;
    }

    return ngx_consent_page_css_text(page, t->at + attr->value, value,
                                     attr->value_len, attr->cut,
                                     attr->expanded);
}


/*
 * 1 if there is no URL in a value: most have no function at all, or none that
 * may have one.
 */

static ngx_uint_t
ngx_consent_page_css_plain(const u_char *p, const u_char *last, ngx_uint_t cut)
{
    const u_char  *start;
    ngx_uint_t     functions;

    start = p;
    functions = 0;

    for ( /* void */ ; ; p++) {

        p = ngx_consent_scan((u_char *) p, (u_char *) last, '(', '&', '\\', 0);

        if (p == last) {
            break;
        }

        if (*p != '(' || ngx_consent_css_url_name(p[-1]) || cut) {
            return 0;
        }

        functions = 1;
    }

    /* with strings it is another matter */

    return !functions || (memchr(start, '"', last - start) == NULL
                          && memchr(start, '\'', last - start) == NULL);
}


ngx_int_t
ngx_consent_page_css_text(ngx_consent_page_t *page, uint64_t at, u_char *value,
    size_t len, ngx_uint_t cut, ngx_uint_t expanded)
{
    size_t                n;
    u_char               *p, *text, *pos;
    ngx_int_t             rc;
    ngx_consent_css_t     css;
    ngx_consent_edit_t    edit;
    ngx_consent_mask_t    needs;
    ngx_consent_value_t   v;

    n = NGX_CONSENT_VALUE_SIZE(len);

    text = ngx_consent_page_scratch(page, n);
    if (text == NULL) {
        return NGX_ERROR;
    }

    n = ngx_consent_value_text(text, n, value, len);

    memset(&edit, 0, sizeof(ngx_consent_edit_t));
    edit.what = NGX_CONSENT_EDIT_URL;

    ngx_consent_value_init(&v, value, len);
    ngx_consent_css_init(&css, page->rules->tag_buffer);
    css.lead = page->lead;

    pos = text;

    for ( ;; ) {

        rc = ngx_consent_css_next(&css, &pos, text + n);

        if (rc == NGX_AGAIN) {

            if (cut) {

                /* the rest of an image of its own is no other URL */

                return (css.held > 4
                        && memcmp(pos - css.held, "data", 4) == 0)
                       ? NGX_OK : NGX_DECLINED;
            }

            if (ngx_consent_css_end(&css) != NGX_CONSENT_CSS_URL) {
                return NGX_OK;
            }
        }

        p = pos - css.off;
        needs = 0;

        if (ngx_consent_page_css_url(page, &css, p, css.len, &needs)) {

            if (expanded) {
                return NGX_DECLINED;
            }

            edit.at = at + ngx_consent_value_raw(&v, p - text);
            edit.drop = at + ngx_consent_value_raw(&v, p + css.len - text)
                        - edit.at;

            if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
                return NGX_ERROR;
            }
        }

        if (rc == NGX_AGAIN) {
            return NGX_OK;
        }
    }
}


ngx_uint_t
ngx_consent_page_css_url(ngx_consent_page_t *page, const ngx_consent_css_t *css,
    u_char *p, size_t len, ngx_consent_mask_t *needs)
{
    size_t              n;
    u_char              text[NGX_CONSENT_URL_MAX], buf[NGX_CONSENT_URL_MAX];
    ngx_consent_url_t   u;

    if (css->doubt) {
        *needs |= ngx_consent_page_missing(page);
        ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, *needs);
        return 1;
    }

    if (css->raw) {

        n = ngx_consent_css_raw(text, sizeof(text), p, len);

        if (ngx_consent_page_url(page, text, n, 0, needs)) {
            return 1;
        }
    }

    /* a longer one is judged by its beginning, as the URL parser does */

    n = ngx_consent_css_text(css, text, sizeof(text), p, len);

    if (ngx_consent_page_url(page, text, n, 0, needs)) {
        return 1;
    }

    if (css->what != NGX_CONSENT_CSS_IMPORT) {
        return 0;
    }

    ngx_consent_url_parse(&u, text, n, 0, NULL, buf);

    return u.scheme == NGX_CONSENT_URL_DATA
           && ngx_consent_page_data(page, text, n, 0, len > sizeof(text),
                                    needs);
}
