
/*
 * Tags that are in view whole: what the states of ngx_consent_html.c, _attr.c
 * and _raw.c read byte by byte is read at once here, to the same end.
 */

#include "ngx_consent_html_int.h"


const uint64_t  ngx_consent_html_masks[NGX_CONSENT_TAG_MAX_NAME + 2] = {
    0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff,
    0xffffffffffffff, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1
};


#if (NGX_CONSENT_PLAIN)

u_char *
ngx_consent_html_whole_name(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    (void) h;
    (void) last;

    return p + 1;
}


u_char *
ngx_consent_html_whole_attrs(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    (void) h;
    (void) last;

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

/* ... from behind an attribute on: a space, a name, what ends it, a quote */
#define NGX_CONSENT_HTML_ATTR_ROOM  (1 + NGX_CONSENT_WIDE + 2)


u_char *
ngx_consent_html_whole_name(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char      *name, *end;
    ngx_uint_t   closes;

    if (last - p < NGX_CONSENT_HTML_NAME_ROOM) {
        return p + 1;
    }

    closes = (p[1] == '/');
    name = p + 1 + closes;

    if (!ngx_consent_html_letter(*name)) {
        return p + 1;
    }

    end = ngx_consent_html_name_end(name);

    if (end == NULL) {
        return p + 1;
    }

    h->tag.end = closes;
    h->name_len = end - name;
    h->state = ngx_consent_html_name;

    ngx_consent_word_keep(h->name,
                          ngx_consent_word_lower(ngx_consent_word(name)));

    if (h->name_len > NGX_CONSENT_WORD) {
        name += NGX_CONSENT_WORD;
        ngx_consent_word_keep(h->name + NGX_CONSENT_WORD,
                              ngx_consent_word_lower(ngx_consent_word(name)));
    }

    return end;
}


u_char *
ngx_consent_html_whole_attrs(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char                   *start, *name, *value, *stop, *end;
    uint32_t                  off, len;
    uint64_t                  present, hot;
    ngx_consent_tag_t        *tag;
    ngx_consent_attr_t       *attr, *most;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   bits;

    tag = &h->tag;

    if (!h->record || tag->end || h->skip) {
        return p;
    }

    if (h->limit - tag->off < (size_t) (last - p)) {
        last = p + (h->limit - tag->off);
    }

    if (last - p < NGX_CONSENT_HTML_ATTR_ROOM) {
        return p;
    }

    start = p;
    end = last - NGX_CONSENT_HTML_ATTR_ROOM;

    off = tag->off - (uint32_t) (uintptr_t) p;
    present = 0;
    attr = &tag->attrs[tag->nattrs];
    most = &tag->attrs[NGX_CONSENT_MAX_ATTRS];

    while (p <= end && attr < most) {

        name = p + (*p == ' ');

        if (!ngx_consent_html_letter(*name)) {

            if (ngx_consent_html_space(*name)) {
                p = name + 1;
                continue;
            }

            if (*name == '/' && name[1] == '>') {
                tag->self_closing = 1;
                p = name + 1;
            }

            break;
        }

        w = ngx_consent_wide_load(name);
        w = ngx_consent_wide_or(ngx_consent_wide_le(w, ' '),
                                ngx_consent_wide_or(
                                    ngx_consent_wide_two(w, '=', '>'),
                                    ngx_consent_wide_eq(w, '/')));
        bits = ngx_consent_wide_bits(w);

        value = bits ? name + ngx_consent_wide_index(bits)
                     : ngx_consent_scan(name + NGX_CONSENT_WIDE, last - 2, '=',
                                        '>', '/', ' ' + 1);

        len = value - name;

        attr->name = off + (uint32_t) (uintptr_t) name;
        attr->name_len = len;
        memset(&attr->quote, 0, sizeof(ngx_consent_attr_t)
                                - offsetof(ngx_consent_attr_t, quote));

        if (*value != '=') {

            /* without a value, if no '=' may follow */

            if (*value != '>'
                && (*value != ' ' || !ngx_consent_html_letter(value[1])))
            {
                break;
            }

            attr->value = 0;
            attr->value_len = 0;

            p = value;

        } else {

            attr->has_value = 1;
            attr->quote = value[1];

            if (value[1] == '"') {
                value += 2;
                stop = ngx_consent_scan_byte(value, last, '"');

            } else if (value[1] == '\'') {
                value += 2;
                stop = ngx_consent_scan_byte(value, last, '\'');

            } else {
                break;
            }

            if (stop == last) {
                break;
            }

            attr->value = off + (uint32_t) (uintptr_t) value;
            attr->value_len = stop - value;

            p = stop + 1;
        }

        attr++;
        present |= ngx_consent_tag_bit(*name, len);
    }

    tag->absent &= ~present;

    hot = ngx_consent_html_hot_bits(h);

    if (~tag->absent & hot) {

        most = attr;

        for (attr = &tag->attrs[tag->nattrs]; attr < most; attr++) {

            name = start + (attr->name - tag->off);

            if (ngx_consent_tag_bit(*name, attr->name_len) & hot) {
                tag->hot |= ngx_consent_html_attr_hot(h, *name, attr->name_len);
            }
        }
    }

    tag->nattrs = attr - tag->attrs;

    return p;
}


ngx_int_t
ngx_consent_html_whole_closer(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    size_t    n;
    uint64_t  name;

    n = h->closer_len;

    if (last - p < NGX_CONSENT_HTML_NAME_ROOM || n > NGX_CONSENT_WORD) {
        return NGX_DECLINED;
    }

    p++;

    name = ngx_consent_word_lower(ngx_consent_word(p))
           ^ ngx_consent_word(h->closer_name);

    if ((name & ngx_consent_html_masks[n])
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
