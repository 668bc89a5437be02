
/*
 * Tags that are in view whole: what the states of ngx_consent_html.c, _attr.c
 * and _raw.c read byte by byte is read at once here, to the same end.
 */

#include "ngx_consent_html_int.h"


#if (NGX_CONSENT_PLAIN)

u_char *
ngx_consent_html_whole_name(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    (void) h;
    (void) last;

    return p + 1;
}


u_char *
ngx_consent_html_whole_attrs(ngx_consent_html_t *h, u_char *pos, u_char *p,
    u_char *end)
{
    (void) h;
    (void) pos;
    (void) end;

    return p;
}


ngx_int_t
ngx_consent_html_whole_closer(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    (void) h;
    (void) p;
    (void) last;

    return NGX_DECLINED;
}


u_char *
ngx_consent_html_whole_comment(u_char *p, u_char *last)
{
    (void) p;
    (void) last;

    return NULL;
}

#else

/* bytes from a '<' on: "</", a name, and what ends it */
#define NGX_CONSENT_HTML_NAME_ROOM  (2 + 2 * NGX_CONSENT_WORD + 1)

/* ... from behind an attribute on: a space, a name, "=", and a quote */
#define NGX_CONSENT_HTML_ATTR_ROOM  (1 + NGX_CONSENT_WIDE + 2)


u_char *
ngx_consent_html_whole_name(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char                   *name;
    ngx_uint_t                closes;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   bits;

    if (last - p < NGX_CONSENT_HTML_NAME_ROOM) {
        return p + 1;
    }

    closes = (p[1] == '/');
    name = p + 1 + closes;

    if (!ngx_consent_html_letter(*name)) {
        return p + 1;
    }

    w = ngx_consent_wide_load(name);
    w = ngx_consent_wide_or(ngx_consent_wide_le(w, ' '),
                            ngx_consent_wide_or(ngx_consent_wide_eq(w, '>'),
                                                ngx_consent_wide_eq(w, '/')));
    bits = ngx_consent_wide_bits(w);

    if (bits == 0) {
        return p + 1;
    }

    p = name + ngx_consent_wide_index(bits);

    if (!ngx_consent_html_is(*p, NGX_CONSENT_HTML_NAME_END)) {

        /* a control character, which is a part of it */

        return name - closes;
    }

    ngx_consent_html_name_words(h, name);

    h->tag.end = closes;
    h->name_len = p - name;
    h->state = ngx_consent_html_name;

    return p;
}


u_char *
ngx_consent_html_whole_attrs(ngx_consent_html_t *h, u_char *pos, u_char *p,
    u_char *end)
{
    u_char                   *start, *name, *value, *stop, c;
    uint32_t                  off, len;
    uint64_t                  bit;
    ngx_consent_tag_t        *tag;
    ngx_consent_attr_t       *attr, *most;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   bits;

    tag = &h->tag;

    if (!h->record || tag->end || h->skip) {
        return p;
    }

    off = tag->off;
    attr = &tag->attrs[tag->nattrs];
    most = &tag->attrs[NGX_CONSENT_MAX_ATTRS];

    while (end - p > NGX_CONSENT_HTML_ATTR_ROOM && attr < most) {

        start = p;

        if (*p == ' ') {
            p++;
        }

        if (!ngx_consent_html_letter(*p)) {

            if (ngx_consent_html_space(*p)) {
                p++;
                continue;
            }

            break;
        }

        name = p;

        w = ngx_consent_wide_load(p);
        w = ngx_consent_wide_or(ngx_consent_wide_le(w, ' '),
                                ngx_consent_wide_or(
                                    ngx_consent_wide_two(w, '=', '>'),
                                    ngx_consent_wide_eq(w, '/')));
        bits = ngx_consent_wide_bits(w);

        if (bits == 0) {
            value = ngx_consent_scan(p + NGX_CONSENT_WIDE, end - 2, '=', '>',
                                     '/', ' ' + 1);

        } else {
            value = p + ngx_consent_wide_index(bits);
        }

        p = start;
        len = value - name;
        c = value[1];

        if (*value == '=' && ngx_consent_html_is(c, NGX_CONSENT_HTML_QUOTE)) {

            value += 2;
            stop = ngx_consent_scan_byte(value, end, c);

            if (stop == end) {
                break;
            }

            p = stop + 1;

        } else if (*value == '>'
                   || (*value == ' ' && ngx_consent_html_letter(c)))
        {
            /* without a value */

            p = value;
            c = 0;
            value = NULL;

        } else {
            break;
        }

        memset(attr, 0, sizeof(ngx_consent_attr_t));

        attr->name = off + (uint32_t) (name - pos);
        attr->name_len = len;

        if (value) {
            attr->value = off + (uint32_t) (value - pos);
            attr->value_len = stop - value;
            attr->quote = c;
            attr->has_value = 1;
        }

        attr++;

        bit = ngx_consent_tag_bit(*name, len);
        tag->absent &= ~bit;

        if (bit & NGX_CONSENT_HTML_HOT_BITS || h->xml) {
            tag->hot |= ngx_consent_html_attr_hot(h, *name, len);
        }
    }

    tag->nattrs = attr - tag->attrs;

    return p;
}


ngx_int_t
ngx_consent_html_whole_closer(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    size_t    n;
    uint64_t  lower, name, rest;

    n = h->closer_len;

    if (last - p < NGX_CONSENT_HTML_NAME_ROOM || n > NGX_CONSENT_WORD) {
        return NGX_DECLINED;
    }

    p++;

    lower = ngx_consent_word_lower(ngx_consent_word(p));
    name = ngx_consent_word(h->closer_name);
    rest = (n < NGX_CONSENT_WORD) ? (uint64_t) -1 << 8 * n : 0;

    if (((lower ^ name) & ~rest)
        || !ngx_consent_html_is(p[n], NGX_CONSENT_HTML_NAME_END))
    {
        return 0;
    }

    memcpy(h->name, h->closer_name, NGX_CONSENT_WORD);
    h->name_len = n;

    return 1;
}


u_char *
ngx_consent_html_whole_comment(u_char *p, u_char *last)
{
    u_char  *text, *end;

    /* 13.2.5.43 to 51: "<!-->" and "<!--->" are comments, too */

    if (last - p < 5 || p[1] != '!' || p[2] != '-' || p[3] != '-') {
        return NULL;
    }

    text = p + 4;

    for (end = text; end < last; end++) {

        end = ngx_consent_scan_byte(end, last, '>');

        if (end == last) {
            break;
        }

        if (end - text < 2) {

            if (end == text || *text == '-') {
                return end + 1;
            }

        } else if (end[-1] == '-') {

            if (end[-2] == '-') {
                return end + 1;
            }

        } else if (end - text >= 3 && end[-1] == '!' && end[-2] == '-'
                   && end[-3] == '-')
        {
            return end + 1;
        }
    }

    return NULL;
}

#endif
