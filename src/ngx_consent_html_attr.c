
#include "ngx_consent_html_int.h"


const u_char  ngx_consent_html_class[256] = {
    [' '] = NGX_CONSENT_HTML_SPACE,
    ['\t'] = NGX_CONSENT_HTML_SPACE,
    ['\n'] = NGX_CONSENT_HTML_SPACE,
    ['\f'] = NGX_CONSENT_HTML_SPACE,
    ['\r'] = NGX_CONSENT_HTML_SPACE,
    ['/'] = NGX_CONSENT_HTML_SLASH,
    ['>'] = NGX_CONSENT_HTML_GT,
    ['='] = NGX_CONSENT_HTML_EQUALS,
    ['"'] = NGX_CONSENT_HTML_QUOTE,
    ['\''] = NGX_CONSENT_HTML_QUOTE,
    ['A'] = NGX_CONSENT_HTML_LETTER,
    ['B'] = NGX_CONSENT_HTML_LETTER,
    ['C'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['D'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['E'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['F'] = NGX_CONSENT_HTML_LETTER,
    ['G'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['H'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['I'] = NGX_CONSENT_HTML_LETTER,
    ['J'] = NGX_CONSENT_HTML_LETTER,
    ['K'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['L'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['M'] = NGX_CONSENT_HTML_LETTER,
    ['N'] = NGX_CONSENT_HTML_LETTER,
    ['O'] = NGX_CONSENT_HTML_LETTER,
    ['P'] = NGX_CONSENT_HTML_LETTER,
    ['Q'] = NGX_CONSENT_HTML_LETTER,
    ['R'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['S'] = NGX_CONSENT_HTML_LETTER,
    ['T'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['U'] = NGX_CONSENT_HTML_LETTER,
    ['V'] = NGX_CONSENT_HTML_LETTER,
    ['W'] = NGX_CONSENT_HTML_LETTER,
    ['X'] = NGX_CONSENT_HTML_LETTER,
    ['Y'] = NGX_CONSENT_HTML_LETTER,
    ['Z'] = NGX_CONSENT_HTML_LETTER,
    ['a'] = NGX_CONSENT_HTML_LETTER,
    ['b'] = NGX_CONSENT_HTML_LETTER,
    ['c'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['d'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['e'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['f'] = NGX_CONSENT_HTML_LETTER,
    ['g'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT,
    ['h'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['i'] = NGX_CONSENT_HTML_LETTER,
    ['j'] = NGX_CONSENT_HTML_LETTER,
    ['k'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['l'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['m'] = NGX_CONSENT_HTML_LETTER,
    ['n'] = NGX_CONSENT_HTML_LETTER,
    ['o'] = NGX_CONSENT_HTML_LETTER,
    ['p'] = NGX_CONSENT_HTML_LETTER,
    ['q'] = NGX_CONSENT_HTML_LETTER,
    ['r'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['s'] = NGX_CONSENT_HTML_LETTER,
    ['t'] = NGX_CONSENT_HTML_LETTER|NGX_CONSENT_HTML_HOT_SVG,
    ['u'] = NGX_CONSENT_HTML_LETTER,
    ['v'] = NGX_CONSENT_HTML_LETTER,
    ['w'] = NGX_CONSENT_HTML_LETTER,
    ['x'] = NGX_CONSENT_HTML_LETTER,
    ['y'] = NGX_CONSENT_HTML_LETTER,
    ['z'] = NGX_CONSENT_HTML_LETTER
};


static ngx_inline void ngx_consent_html_attr_begin(ngx_consent_html_t *h,
    uint32_t off, u_char first);
static ngx_inline ngx_uint_t ngx_consent_html_attr_end(ngx_consent_html_t *h,
    u_char **pos, u_char *p);
static void ngx_consent_html_attr_keep(ngx_consent_html_t *h);
static ngx_inline void ngx_consent_html_attr_seen(ngx_consent_html_t *h,
    u_char first, uint32_t len);
static u_char *ngx_consent_html_attr_limit(const ngx_consent_html_t *h,
    u_char *pos, u_char *last);
static ngx_int_t ngx_consent_html_attr_long(ngx_consent_html_t *h,
    u_char **pos, u_char *p);


/*
 * The states between the first letter of a tag's name and its '>' (13.2.5.32
 * to 13.2.5.40).  Attributes are recorded only where h->record says so; the
 * states are the same.
 */

ngx_int_t
ngx_consent_html_attrs(ngx_consent_html_t *h, u_char **pos, u_char *last)
{
    u_char  *p, *end;

    p = *pos;
    end = ngx_consent_html_attr_limit(h, p, last);

    while (p < end) {

        switch (h->state) {

        case ngx_consent_html_self_closing:

            if (*p == '>') {
                h->tag.self_closing = 1;
                goto done;
            }

            h->state = ngx_consent_html_before_attr;

            /* fall through */

        case ngx_consent_html_before_attr:
        case ngx_consent_html_after_attr:
        case ngx_consent_html_after_value:

            if (ngx_consent_html_space(*p)) {
                p++;

                if (p == end || ngx_consent_html_space(*p)) {
                    break;
                }
            }

            if (*p == '>') {
                goto done;
            }

            if (*p == '=' && h->state == ngx_consent_html_after_attr) {
                h->state = ngx_consent_html_before_value;
                p++;
                break;
            }

            if (h->open && ngx_consent_html_attr_end(h, pos, p)) {
                end = ngx_consent_html_attr_limit(h, p, last);
            }

            if (*p == '/') {
                h->state = ngx_consent_html_self_closing;
                p++;
                break;
            }

            if (h->record && !h->tag.end
                && h->tag.nattrs == NGX_CONSENT_MAX_ATTRS)
            {
                h->state = ngx_consent_html_before_attr;
                return ngx_consent_html_attr_long(h, pos, p);
            }

            /* an attribute may begin with any other byte, '=' and '"' too */

            ngx_consent_html_attr_begin(h, ngx_consent_html_off(h, pos, p),
                                        *p);
            h->state = ngx_consent_html_attr_name;
            p++;

            /* fall through */

        case ngx_consent_html_attr_name:

            /* a control character ends the scan, and no name */

            p = ngx_consent_scan(p, end, '=', '>', '/', ' ' + 1);

            if (p == end) {
                break;
            }

            if (!ngx_consent_html_is(*p, NGX_CONSENT_HTML_ATTR_END)) {
                p++;
                break;
            }

            h->attr.name_len = ngx_consent_html_off(h, pos, p) - h->attr.name;

            if (*p != '=') {
                h->state = ngx_consent_html_after_attr;
                break;
            }

            h->state = ngx_consent_html_before_value;
            p++;

            if (p == end) {
                break;
            }

            /* fall through */

        case ngx_consent_html_before_value:

            if (ngx_consent_html_space(*p)) {
                p++;
                break;
            }

            h->attr.has_value = 1;

            if (*p == '>') {
                h->attr.value = ngx_consent_html_off(h, pos, p);
                goto done;
            }

            if (*p != '"' && *p != '\'') {
                h->attr.value = ngx_consent_html_off(h, pos, p);
                h->state = ngx_consent_html_unquoted;
                break;
            }

            h->state = (*p == '"') ? ngx_consent_html_double_quoted
                                   : ngx_consent_html_single_quoted;
            h->attr.quote = *p;
            p++;
            h->attr.value = ngx_consent_html_off(h, pos, p);

            /* fall through */

        case ngx_consent_html_double_quoted:
        case ngx_consent_html_single_quoted:

            p = ngx_consent_scan_byte(p, end, h->attr.quote);

            if (p == end) {
                break;
            }

            h->attr.value_len = ngx_consent_html_off(h, pos, p)
                                - h->attr.value;
            h->state = ngx_consent_html_after_value;
            p++;

            if (ngx_consent_html_attr_end(h, pos, p)) {
                end = ngx_consent_html_attr_limit(h, p, last);
            }

            break;

        default: /* ngx_consent_html_unquoted */

            p = ngx_consent_scan(p, end, '>', '>', '>', ' ' + 1);

            if (p == end) {
                break;
            }

            if (!ngx_consent_html_is(*p, NGX_CONSENT_HTML_VALUE_END)) {
                p++;
                break;
            }

            h->attr.value_len = ngx_consent_html_off(h, pos, p)
                                - h->attr.value;
            h->state = ngx_consent_html_before_attr;

            if (ngx_consent_html_attr_end(h, pos, p)) {
                end = ngx_consent_html_attr_limit(h, p, last);
            }

            break;
        }
    }

    if (p < last || (h->record && !h->skip
                     && ngx_consent_html_off(h, pos, p) == h->limit))
    {
        return ngx_consent_html_attr_long(h, pos, p);
    }

    h->tag.off = ngx_consent_html_off(h, pos, p);
    *pos = p;

    return NGX_AGAIN;

done:

    if (h->open) {
        (void) ngx_consent_html_attr_end(h, pos, p);
    }

    h->tag.more = 0;

    h->tag.off = ngx_consent_html_off(h, pos, p) + 1;
    *pos = p + 1;

    return NGX_OK;
}


/* A tag that is recorded is read to its limit, and no further. */

static u_char *
ngx_consent_html_attr_limit(const ngx_consent_html_t *h, u_char *pos,
    u_char *last)
{
    if (h->record && !h->skip
        && h->limit - h->tag.off < (size_t) (last - pos))
    {
        return pos + (h->limit - h->tag.off);
    }

    return last;
}


static ngx_inline void
ngx_consent_html_attr_begin(ngx_consent_html_t *h, uint32_t off, u_char first)
{
    h->open = 1;
    h->attr_first = first;

    memset(&h->attr, 0, sizeof(ngx_consent_attr_t));
    h->attr.name = off;
}


/*
 * p is where the attribute that is open has ended.  1: its bytes are out, and
 * the tag's next part begins here.
 */

static ngx_inline ngx_uint_t
ngx_consent_html_attr_end(ngx_consent_html_t *h, u_char **pos, u_char *p)
{
    h->open = 0;

    if (h->skip) {
        h->skip = 0;
        h->tag.off = 0;
        *pos = p;
        return 1;
    }

    if (h->record && !h->tag.end) {
        ngx_consent_html_attr_keep(h);
    }

    return 0;
}


static void
ngx_consent_html_attr_keep(ngx_consent_html_t *h)
{
    h->tag.attrs[h->tag.nattrs++] = h->attr;

    ngx_consent_html_attr_seen(h, h->attr_first, h->attr.name_len);
}


/* What such a name makes of the tag: no more is known of it. */

static ngx_inline void
ngx_consent_html_attr_seen(ngx_consent_html_t *h, u_char first, uint32_t len)
{
    uint64_t  bit;

    bit = ngx_consent_tag_bit(first, len);

    h->tag.absent &= ~bit;

    if (bit & ngx_consent_html_hot_bits(h)) {
        h->tag.hot |= ngx_consent_html_attr_hot(h, first, len);
    }
}


ngx_uint_t
ngx_consent_html_attr_hot(const ngx_consent_html_t *h, u_char first,
    uint32_t len)
{
    ngx_uint_t  in_svg;

    in_svg = h->depth || h->xml;

    switch (first | 0x20) {

    case 'a':
        return len == 14 && h->tag.id == NGX_CONSENT_TAG_A;

    case 'p':
        return len == 4 && h->tag.id == NGX_CONSENT_TAG_A;

    case 's':
        return len == 5 || (len == 6 && in_svg);

    case 'b':
        return len == 10;

    case 'x':

        /* "xmlns": what the names are that follow */

        return h->xml && len >= 5;

    case 'f':
        return (len == 4 || len == 6) && in_svg;

    case 'm':
        return (len == 4 || (len >= 10 && len <= 12)) && in_svg;

    case 'c':
        return (len == 6 || len == 9) && in_svg;

    default:
        return 0;
    }
}


/* The tag must be handed over in parts: what of it may go? */

static ngx_int_t
ngx_consent_html_attr_long(ngx_consent_html_t *h, u_char **pos, u_char *p)
{
    h->tag.off = ngx_consent_html_off(h, pos, p);
    *pos = p;

    h->tag.more = 1;
    h->cut = h->tag.off;

    if (h->open) {

        if (h->attr.name > 0 && !h->tag.end) {

            /* not the attribute that is not complete: it may fit alone */

            h->cut = h->attr.name;

        } else if (h->attr.value && !h->tag.end) {

            /* it does not: what there is of its value is judged */

            h->attr.value_len = h->tag.off - h->attr.value;
            h->attr.cut = 1;
            ngx_consent_html_attr_keep(h);
        }
    }

    return NGX_CONSENT_HTML_LONG;
}


void
ngx_consent_html_release(ngx_consent_html_t *h)
{
    h->tag.off -= h->cut;
    h->held = h->tag.off;
    h->tag.nattrs = 0;
    h->tag.absent = ngx_consent_html_absent(h);
    h->tag.part = 1;

    if (!h->open) {
        return;
    }

    if (h->tag.off == 0) {
        h->skip = !h->tag.end;
        return;
    }

    h->attr.name -= h->cut;

    if (h->attr.value) {
        h->attr.value -= h->cut;
    }
}
