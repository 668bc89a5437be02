
/*
 * A compiled template written out, and what HTML needs of its values.
 */

#include "ngx_consent_template.h"


static void ngx_consent_render_run(ngx_consent_render_t *r, const u_char *p,
    size_t len, ngx_uint_t markup);
static size_t ngx_consent_template_reference(u_char *buf, uint32_t c);


/* "&#1114111;" */
#define NGX_CONSENT_TEMPLATE_REFERENCE  10

#define ngx_consent_template_special(c)                                      \
    ((c) == '&' || (c) == '<' || (c) == '>' || (c) == '"' || (c) == '\'')


static const u_char  ngx_consent_template_wrong[] = "\xef\xbf\xbd";


void
ngx_consent_render(ngx_consent_render_t *r, const ngx_consent_template_t *t)
{
    ngx_uint_t                          i;
    const ngx_consent_template_t       *text;
    const ngx_consent_template_part_t  *part;

    for (i = 0; i < t->n; /* void */ ) {

        part = &t->parts[i++];

        switch (part->what) {

        case NGX_CONSENT_TEMPLATE_LITERAL:
            ngx_consent_render_markup(r, part->source.data, part->source.len);
            break;

        case NGX_CONSENT_TEMPLATE_VALUE:
            r->value(r, part->of);
            break;

        case NGX_CONSENT_TEMPLATE_TEXT:

            text = r->text(r, part->of);

            if (text) {
                ngx_consent_render(r, text);
            }

            break;

        case NGX_CONSENT_TEMPLATE_IF:

            if (!r->holds(r, part->of)) {
                i = part->to;
            }

            break;

        case NGX_CONSENT_TEMPLATE_FOR:

            if (!r->next(r, part->of, 1)) {
                i = part->to;
            }

            break;

        case NGX_CONSENT_TEMPLATE_ENDFOR:

            if (r->next(r, part->of, 0)) {
                i = part->to;
            }

            break;

        default: /* NGX_CONSENT_TEMPLATE_ELSE */
            i = part->to;
        }
    }
}


void
ngx_consent_render_text(ngx_consent_render_t *r, const u_char *p, size_t len)
{
    ngx_consent_render_run(r, p, len, 0);
}


void
ngx_consent_render_markup(ngx_consent_render_t *r, const u_char *p, size_t len)
{
    ngx_consent_render_run(r, p, len, 1);
}


static void
ngx_consent_render_run(ngx_consent_render_t *r, const u_char *p, size_t len,
    ngx_uint_t markup)
{
    u_char         buf[NGX_CONSENT_TEMPLATE_REFERENCE];
    size_t         n, size;
    uint32_t       c;
    const u_char  *last, *start;

    /* where there is nothing, p may be NULL */

    if (len == 0) {
        return;
    }

    start = p;
    last = p + len;

    while (p < last) {

        n = 1;
        c = *p;

        if (c < 0x80) {

            if (markup || !ngx_consent_template_special(c)) {
                p++;
                continue;
            }

        } else {
            n = ngx_consent_template_char(p, last - p, &c);

            if (!r->ascii && n > 1) {
                p += n;
                continue;
            }
        }

        if (p > start) {
            r->write(r, start, p - start);
        }

        if (c >= 0x80 && !r->ascii) {
            r->write(r, ngx_consent_template_wrong,
                     sizeof(ngx_consent_template_wrong) - 1);

        } else {
            size = ngx_consent_template_reference(buf, c);
            r->write(r, buf + sizeof(buf) - size, size);
        }

        p += n;
        start = p;
    }

    if (p > start) {
        r->write(r, start, p - start);
    }
}


size_t
ngx_consent_template_escape(u_char *dst, const u_char *p, size_t len,
    ngx_uint_t markup)
{
    u_char         buf[NGX_CONSENT_TEMPLATE_REFERENCE];
    size_t         n, size;
    uint32_t       c;
    const u_char  *last;

    if (len == 0) {
        return 0;
    }

    size = 0;
    last = p + len;

    while (p < last) {

        c = *p;

        if (c < 0x80 && (markup || !ngx_consent_template_special(c))) {
            p++;

            if (dst) {
                *dst++ = (u_char) c;
            }

            size++;
            continue;
        }

        p += ngx_consent_template_char(p, last - p, &c);

        n = ngx_consent_template_reference(buf, c);

        if (dst) {
            memcpy(dst, buf + sizeof(buf) - n, n);
            dst += n;
        }

        size += n;
    }

    return size;
}


/* Into buf up to its end; the length. */

static size_t
ngx_consent_template_reference(u_char *buf, uint32_t c)
{
    size_t  n;

    n = NGX_CONSENT_TEMPLATE_REFERENCE;

    buf[--n] = ';';

    do {
        buf[--n] = '0' + c % 10;
        c /= 10;
    } while (c);

    buf[--n] = '#';
    buf[--n] = '&';

    return NGX_CONSENT_TEMPLATE_REFERENCE - n;
}


size_t
ngx_consent_template_char(const u_char *p, size_t len, uint32_t *c)
{
    size_t    i, n;
    uint32_t  code, least;

    code = *p;

    if (code < 0x80) {
        *c = code;
        return 1;
    }

    *c = NGX_CONSENT_TEMPLATE_NOT_UTF8;

    if (code >= 0xc2 && code <= 0xdf) {
        n = 2;
        code &= 0x1f;
        least = 0x80;

    } else if ((code & 0xf0) == 0xe0) {
        n = 3;
        code &= 0x0f;
        least = 0x800;

    } else if (code >= 0xf0 && code <= 0xf4) {
        n = 4;
        code &= 0x07;
        least = 0x10000;

    } else {
        return 1;
    }

    for (i = 1; i < n && i < len; i++) {

        if ((p[i] & 0xc0) != 0x80) {
            break;
        }

        code = (code << 6) | (p[i] & 0x3f);
    }

    if (i < n || code < least || code > 0x10ffff
        || (code >= 0xd800 && code <= 0xdfff))
    {
        return 1;
    }

    *c = code;

    return n;
}
