
#include "ngx_consent_edit.h"


static ngx_int_t ngx_consent_edit_put(const ngx_consent_edit_t *e,
    const ngx_str_t *s, ngx_consent_emit_pt emit, void *data);


static const ngx_str_t  ngx_consent_edit_texts[] = {
    ngx_string(" type=\"text/plain\""),
    ngx_string(" data-consent=\""),
    ngx_string("data-consent-"),
    ngx_string("about:invalid")
};

static const ngx_str_t  ngx_consent_edit_quote = ngx_string("\"");


ngx_int_t
ngx_consent_edit_emit(const ngx_consent_edit_t *e, const ngx_str_t *wait,
    ngx_consent_emit_pt emit, void *data)
{
    const ngx_str_t  *text;

    text = (e->what >= NGX_CONSENT_EDIT_TEXT)
           ? &e->text : &ngx_consent_edit_texts[e->what];

    if (ngx_consent_edit_put(e, text, emit, data) != NGX_OK) {
        return NGX_ERROR;
    }

    if (e->what != NGX_CONSENT_EDIT_WAIT) {
        return NGX_OK;
    }

    if (ngx_consent_edit_put(e, wait, emit, data) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_consent_edit_put(e, &ngx_consent_edit_quote, emit, data);
}


/* The text, as it must be written where it stands. */

static ngx_int_t
ngx_consent_edit_put(const ngx_consent_edit_t *e, const ngx_str_t *s,
    ngx_consent_emit_pt emit, void *data)
{
    u_char  *p, *start, *last, buf[5];

    if (s->len == 0) {
        return NGX_OK;
    }

    if (!e->quoted) {
        return emit(data, s->data, s->len, NGX_CONSENT_PIECE_INSERT);
    }

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
