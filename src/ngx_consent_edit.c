
#include "ngx_consent_edit.h"


static ngx_int_t ngx_consent_edit_quoted(const ngx_str_t *s,
    ngx_consent_emit_pt emit, void *data);


static const ngx_str_t  ngx_consent_edit_texts[] = {
    ngx_string(" type=\"text/plain\""),
    ngx_null_string,                    /* WAIT: the caller's */
    ngx_string("data-consent-"),
    ngx_string("about:invalid")
};


ngx_int_t
ngx_consent_edit_emit(const ngx_consent_edit_t *e, const ngx_str_t *wait,
    ngx_consent_emit_pt emit, void *data)
{
    const ngx_str_t  *text;

    if (e->what == NGX_CONSENT_EDIT_WAIT) {
        text = wait;

    } else if (e->what >= NGX_CONSENT_EDIT_TEXT) {
        text = &e->text;

    } else {
        text = &ngx_consent_edit_texts[e->what];
    }

    if (text->len == 0) {
        return NGX_OK;
    }

    if (e->quoted) {
        return ngx_consent_edit_quoted(text, emit, data);
    }

    return emit(data, text->data, text->len, NGX_CONSENT_PIECE_INSERT);
}


/* The text, as it must be written in a srcdoc. */

static ngx_int_t
ngx_consent_edit_quoted(const ngx_str_t *s, ngx_consent_emit_pt emit,
    void *data)
{
    u_char  *p, *start, *last, buf[5];

    last = s->data + s->len;

    for (p = s->data; p < last; p++) {

        start = p;

        while (p < last && *p != '"' && *p != ' ' && *p != '&' && *p != '>') {
            p++;
        }

        if (p > start
            && emit(data, start, p - start, NGX_CONSENT_PIECE_INSERT)
               != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (p == last) {
            break;
        }

        /* "&#34;" */

        buf[0] = '&';
        buf[1] = '#';
        buf[2] = '0' + *p / 10;
        buf[3] = '0' + *p % 10;
        buf[4] = ';';

        if (emit(data, buf, 5, NGX_CONSENT_PIECE_INSERT) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


uint32_t
ngx_consent_edit_rename(const ngx_consent_attr_t *attr, const u_char *tag)
{
    const u_char  *colon;

    colon = memchr(tag + attr->name, ':', attr->name_len);

    return colon ? (uint32_t) (colon - tag + 1) : attr->name;
}
