
/*
 * The name that a frame gets while it is held back.
 */

#include "ngx_consent_page_int.h"


/*
 * A browser that goes back in its history gives a frame the address that the
 * one of its name, or its number, had before, whatever its attributes are now:
 * by a name of its own it is another one.
 */

ngx_uint_t
ngx_consent_page_names(const ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    return page->rules->name_frames && page->nreaders == 1 && !t->tag->part
           && (t->tag->id == NGX_CONSENT_TAG_IFRAME
               || t->tag->id == NGX_CONSENT_TAG_FRAME);
}


ngx_int_t
ngx_consent_page_name(ngx_consent_page_t *page, const ngx_consent_page_tag_t *t)
{
    u_char              *p, digits[20], *d;
    size_t               len;
    uint64_t             n;
    ngx_consent_edit_t   edit;

    static const u_char  text[] = " name=\"consent-";

    d = digits + sizeof(digits);
    n = t->at;

    do {
        *--d = '0' + n % 10;
        n /= 10;
    } while (n);

    len = digits + sizeof(digits) - d;

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = t->at + 1 + t->tag->name_len;
    edit.what = NGX_CONSENT_EDIT_TEXT;
    edit.text.len = sizeof(text) - 1 + len + 1;
    edit.text.data = ngx_consent_page_text(page, edit.text.len);

    if (edit.text.data == NULL) {
        return NGX_ERROR;
    }

    p = edit.text.data;

    memcpy(p, text, sizeof(text) - 1);
    p += sizeof(text) - 1;
    memcpy(p, d, len);
    p[len] = '"';

    return ngx_consent_page_edit(page, &edit);
}
