
/*
 * Foreign content: which elements of svg and math are open, and in them of
 * html.  From outside of them only the names are known that were seen.
 */

#include "ngx_consent_html_int.h"
#include "ngx_consent_fetch.h"
#include "ngx_consent_value.h"


static ngx_uint_t ngx_consent_html_foreign(const ngx_consent_html_t *h);
static void ngx_consent_html_start_html(ngx_consent_html_t *h);
static void ngx_consent_html_end_html(ngx_consent_html_t *h, ngx_uint_t i);
static void ngx_consent_html_push(ngx_consent_html_t *h,
    ngx_consent_html_is_e is);
static void ngx_consent_html_pop(ngx_consent_html_t *h, ngx_uint_t depth);
static ngx_uint_t ngx_consent_html_breaks_out(const ngx_consent_html_t *h,
    const u_char *tag);
static void ngx_consent_html_break_out(ngx_consent_html_t *h);
static ngx_uint_t ngx_consent_html_void(const ngx_consent_html_t *h);


static const ngx_str_t  ngx_consent_html_encoding = ngx_string("encoding");

static const ngx_str_t  ngx_consent_html_encodings[] = {
    ngx_string("text/html"),
    ngx_string("application/xhtml+xml"),
    ngx_null_string
};

static const ngx_str_t  ngx_consent_html_font[] = {
    ngx_string("color"),
    ngx_string("face"),
    ngx_string("size"),
    ngx_null_string
};


/* what the current node is (13.2.4.2), of those that are followed */

#define ngx_consent_html_top(h)                                              \
    ((h)->depth ? (h)->opened[(h)->depth - 1].is : NGX_CONSENT_HTML_IS_HTML)

#define ngx_consent_html_point(is)  ((is) >= NGX_CONSENT_HTML_IS_POINT)

#define ngx_consent_html_open_hash(h)                                        \
    ngx_consent_html_hash((h)->name, (h)->name_len)


/* The namespace of an element that starts here (13.2.6, 13.2.6.5). */

ngx_consent_ns_e
ngx_consent_html_ns(const ngx_consent_html_t *h)
{
    if (!ngx_consent_html_foreign(h) || ngx_consent_html_breaks_out(h, NULL)) {
        return NGX_CONSENT_NS_HTML;
    }

    return (ngx_consent_html_top(h) == NGX_CONSENT_HTML_IS_SVG)
           ? NGX_CONSENT_NS_SVG : NGX_CONSENT_NS_MATH;
}


ngx_uint_t
ngx_consent_html_is_foreign(const ngx_consent_html_t *h)
{
    uint32_t               hash;
    ngx_uint_t             i;
    ngx_consent_html_is_e  is;

    is = ngx_consent_html_top(h);

    if (!h->tag.end) {
        return is != NGX_CONSENT_HTML_IS_HTML && !ngx_consent_html_point(is);
    }

    /* what is not open there may be outside of it */

    hash = ngx_consent_html_open_hash(h);

    for (i = h->depth; i > 0; i--) {
        if (h->opened[i - 1].hash == hash) {
            return h->opened[i - 1].is != NGX_CONSENT_HTML_IS_HTML;
        }
    }

    return 0;
}


ngx_consent_ns_e
ngx_consent_html_end_ns(const ngx_consent_html_t *h)
{
    return (ngx_consent_html_top(h) == NGX_CONSENT_HTML_IS_SVG)
           ? NGX_CONSENT_NS_SVG : NGX_CONSENT_NS_HTML;
}


/* 1 if a start tag is one of foreign content (the dispatcher of 13.2.6) */

static ngx_uint_t
ngx_consent_html_foreign(const ngx_consent_html_t *h)
{
    switch (ngx_consent_html_top(h)) {

    case NGX_CONSENT_HTML_IS_SVG:
    case NGX_CONSENT_HTML_IS_MATH:
        return 1;

    case NGX_CONSENT_HTML_IS_ANNOTATION:
        return h->tag.id != NGX_CONSENT_TAG_SVG;

    case NGX_CONSENT_HTML_IS_MATH_POINT:
        return h->tag.id == NGX_CONSENT_TAG_MGLYPH;

    default:
        return 0;
    }
}


void
ngx_consent_html_start(ngx_consent_html_t *h, const u_char *p)
{
    const ngx_str_t           *type;
    ngx_consent_tag_t         *tag;
    const ngx_consent_attr_t  *attr;
    ngx_consent_html_is_e      is;

    tag = &h->tag;

    if (ngx_consent_html_foreign(h) && ngx_consent_html_breaks_out(h, p)) {
        ngx_consent_html_break_out(h);
        tag->ns = NGX_CONSENT_NS_HTML;
    }

    switch (tag->ns) {

    case NGX_CONSENT_NS_HTML:
        ngx_consent_html_start_html(h);
        return;

    case NGX_CONSENT_NS_SVG:

        is = (tag->id == NGX_CONSENT_TAG_FOREIGNOBJECT
              || tag->id == NGX_CONSENT_TAG_DESC
              || tag->id == NGX_CONSENT_TAG_TITLE)
             ? NGX_CONSENT_HTML_IS_POINT : NGX_CONSENT_HTML_IS_SVG;
        break;

    default:

        is = NGX_CONSENT_HTML_IS_MATH;

        if (tag->id == NGX_CONSENT_TAG_MTEXT) {
            is = NGX_CONSENT_HTML_IS_MATH_POINT;

        } else if (tag->id == NGX_CONSENT_TAG_ANNOTATION_XML) {

            is = NGX_CONSENT_HTML_IS_ANNOTATION;

            attr = p ? ngx_consent_fetch_attr(tag, p,
                                              &ngx_consent_html_encoding)
                     : NULL;

            for (type = ngx_consent_html_encodings; attr && type->len; type++) {
                if (ngx_consent_value_is(attr, p, type)) {
                    is = NGX_CONSENT_HTML_IS_POINT;
                }
            }
        }
    }

    if (!tag->self_closing) {
        ngx_consent_html_push(h, is);
    }
}


/* An element of html: svg and math are roots in it, a void one is not open. */

static void
ngx_consent_html_start_html(ngx_consent_html_t *h)
{
    ngx_consent_tag_t  *tag;

    tag = &h->tag;

    if (tag->id == NGX_CONSENT_TAG_SVG || tag->id == NGX_CONSENT_TAG_MATH) {

        tag->ns = (tag->id == NGX_CONSENT_TAG_SVG) ? NGX_CONSENT_NS_SVG
                                                   : NGX_CONSENT_NS_MATH;

        if (!tag->self_closing) {
            ngx_consent_html_push(h, tag->id == NGX_CONSENT_TAG_SVG
                                     ? NGX_CONSENT_HTML_IS_SVG
                                     : NGX_CONSENT_HTML_IS_MATH);
        }

        return;
    }

    if (h->depth == 0 || ngx_consent_html_void(h)) {
        return;
    }

    /* <p> ends a <p> before it */

    if (tag->id == NGX_CONSENT_TAG_P
        && ngx_consent_html_top(h) == NGX_CONSENT_HTML_IS_HTML
        && h->opened[h->depth - 1].hash == ngx_consent_html_open_hash(h))
    {
        return;
    }

    ngx_consent_html_push(h, NGX_CONSENT_HTML_IS_HTML);
}


/* An end tag (13.2.6.5, "any other end tag"). */

void
ngx_consent_html_end(ngx_consent_html_t *h)
{
    uint32_t               hash;
    ngx_uint_t             i;
    ngx_consent_html_is_e  is;

    is = ngx_consent_html_top(h);

    if (is == NGX_CONSENT_HTML_IS_HTML) {
        ngx_consent_html_end_html(h, h->depth);
        return;
    }

    if (h->over) {
        h->over--;
        return;
    }

    if (h->tag.id == NGX_CONSENT_TAG_P && !ngx_consent_html_point(is)) {

        /* </p> and </br> end it as their start tags do */

        ngx_consent_html_break_out(h);
        return;
    }

    hash = ngx_consent_html_open_hash(h);

    for (i = h->depth; i > 0; i--) {

        if (h->opened[i - 1].is == NGX_CONSENT_HTML_IS_HTML) {
            ngx_consent_html_end_html(h, h->depth);
            return;
        }

        if (h->opened[i - 1].hash == hash) {
            ngx_consent_html_pop(h, i - 1);
            return;
        }
    }

    /* an element outside of svg, if it is open and nothing stands between */

    for (i = h->depth; i > 0; i--) {
        if (ngx_consent_html_point(h->opened[i - 1].is)) {
            return;
        }
    }

    if (h->seen & ngx_consent_html_seen(h)) {
        ngx_consent_html_pop(h, 0);
        h->doubt = 1;
    }
}


/* An end tag by the rules of html: up to an integration point. */

static void
ngx_consent_html_end_html(ngx_consent_html_t *h, ngx_uint_t i)
{
    uint32_t  hash;

    hash = ngx_consent_html_open_hash(h);

    for ( /* void */ ; i > 0; i--) {

        if (ngx_consent_html_point(h->opened[i - 1].is)) {
            break;
        }

        if (h->opened[i - 1].is == NGX_CONSENT_HTML_IS_HTML
            && h->opened[i - 1].hash == hash)
        {
            ngx_consent_html_pop(h, i - 1);
            return;
        }
    }

    /* ignored; which elements of html are open is not known for sure */

    switch (h->tag.id) {

    case NGX_CONSENT_TAG_SVG:
    case NGX_CONSENT_TAG_MATH:
    case NGX_CONSENT_TAG_FOREIGNOBJECT:
    case NGX_CONSENT_TAG_DESC:
    case NGX_CONSENT_TAG_TITLE:
    case NGX_CONSENT_TAG_MTEXT:
    case NGX_CONSENT_TAG_ANNOTATION_XML:
        h->doubt = 1;
        break;

    default:
        break;
    }
}


static void
ngx_consent_html_push(ngx_consent_html_t *h, ngx_consent_html_is_e is)
{
    if (h->depth == NGX_CONSENT_HTML_MAX_OPEN) {
        h->over++;
        h->doubt = 1;
        return;
    }

    h->opened[h->depth].hash = ngx_consent_html_open_hash(h);
    h->opened[h->depth].is = is;
    h->depth++;
}


static void
ngx_consent_html_pop(ngx_consent_html_t *h, ngx_uint_t depth)
{
    h->depth = depth;
    h->over = 0;
}


void
ngx_consent_html_leave(ngx_consent_html_t *h)
{
    ngx_consent_html_pop(h, 0);
}


static ngx_uint_t
ngx_consent_html_breaks_out(const ngx_consent_html_t *h, const u_char *p)
{
    const ngx_str_t  *attr;

    switch (h->tag.id) {

    case NGX_CONSENT_TAG_BREAKOUT:
    case NGX_CONSENT_TAG_P:
    case NGX_CONSENT_TAG_IMG:
    case NGX_CONSENT_TAG_EMBED:
    case NGX_CONSENT_TAG_META:
        return 1;

    case NGX_CONSENT_TAG_FONT:

        for (attr = ngx_consent_html_font; p && attr->len; attr++) {
            if (ngx_consent_fetch_attr(&h->tag, p, attr)) {
                return 1;
            }
        }

        return 0;

    default:
        return 0;
    }
}


/* Up to html, or to an integration point. */

static void
ngx_consent_html_break_out(ngx_consent_html_t *h)
{
    ngx_consent_html_is_e  is;

    while (h->depth) {

        is = ngx_consent_html_top(h);

        if (is == NGX_CONSENT_HTML_IS_HTML || ngx_consent_html_point(is)) {
            break;
        }

        h->depth--;
    }

    h->over = 0;
}


static ngx_uint_t
ngx_consent_html_void(const ngx_consent_html_t *h)
{
    switch (h->tag.id) {

    case NGX_CONSENT_TAG_AREA:
    case NGX_CONSENT_TAG_BASE:
    case NGX_CONSENT_TAG_EMBED:
    case NGX_CONSENT_TAG_FRAME:
    case NGX_CONSENT_TAG_IMAGE:
    case NGX_CONSENT_TAG_IMG:
    case NGX_CONSENT_TAG_INPUT:
    case NGX_CONSENT_TAG_LINK:
    case NGX_CONSENT_TAG_META:
    case NGX_CONSENT_TAG_PARAM:
    case NGX_CONSENT_TAG_SOURCE:
    case NGX_CONSENT_TAG_TRACK:
    case NGX_CONSENT_TAG_VOID:
        return 1;

    case NGX_CONSENT_TAG_BREAKOUT:
    case NGX_CONSENT_TAG_P:
        return h->name_len == 2 && h->name[1] == 'r';

    default:
        return 0;
    }
}


/*
 * In svg and math, and directly in their integration points (13.2.5.42); and
 * where that is in doubt.
 */

ngx_uint_t
ngx_consent_html_allows_cdata(const ngx_consent_html_t *h)
{
    if (h->doubt && !h->scripting) {
        return 1;
    }

    return h->depth
           && ngx_consent_html_top(h) != NGX_CONSENT_HTML_IS_HTML;
}
