
#include "ngx_consent_edit.h"


static const ngx_str_t  ngx_consent_edit_texts[] = {
    ngx_string(" type=\"text/plain\""),
    ngx_string(" data-consent=\""),
    ngx_string("data-consent-")
};


void
ngx_consent_edit_add(ngx_consent_edits_t *e, ngx_consent_edit_e what,
    uint32_t at)
{
    /* a tag's attributes are bounded, so the list cannot overflow */

    e->edits[e->n].at = at;
    e->edits[e->n].what = what;
    e->n++;
}


void
ngx_consent_edit_rename(ngx_consent_edits_t *e, const ngx_consent_attr_t *attr,
    const u_char *tag)
{
    uint32_t       at;
    const u_char  *colon;

    at = attr->name;

    colon = memchr(tag + attr->name, ':', attr->name_len);
    if (colon) {
        at = colon - tag + 1;
    }

    ngx_consent_edit_add(e, NGX_CONSENT_EDIT_RENAME, at);
}


ngx_int_t
ngx_consent_edit_emit(const ngx_consent_edits_t *e, u_char *tag, size_t len,
    ngx_consent_piece_e kind, const ngx_str_t *wait, ngx_consent_emit_pt emit,
    void *data)
{
    size_t                     from;
    ngx_uint_t                 i;
    const ngx_str_t           *text;
    const ngx_consent_edit_t  *edit;

    from = 0;

    for (i = 0; i < e->n; i++) {

        edit = &e->edits[i];
        text = &ngx_consent_edit_texts[edit->what];

        if (edit->at > from
            && emit(data, tag + from, edit->at - from, kind) != NGX_OK)
        {
            return NGX_ERROR;
        }

        from = edit->at;

        if (emit(data, text->data, text->len, NGX_CONSENT_PIECE_COPY)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (edit->what != NGX_CONSENT_EDIT_WAIT) {
            continue;
        }

        if (wait->len
            && emit(data, wait->data, wait->len, NGX_CONSENT_PIECE_COPY)
               != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (emit(data, (u_char *) "\"", 1, NGX_CONSENT_PIECE_COPY)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (len > from) {
        return emit(data, tag + from, len - from, kind);
    }

    return NGX_OK;
}
