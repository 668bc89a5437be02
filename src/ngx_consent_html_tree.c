
#include "ngx_consent_html_int.h"
#include "ngx_consent_fetch.h"


static ngx_consent_ns_e ngx_consent_html_ns(const ngx_consent_html_t *h,
    ngx_consent_tag_e id);
static void ngx_consent_html_text_mode(ngx_consent_html_t *h,
    ngx_consent_tag_e id);
static void ngx_consent_html_start_foreign(ngx_consent_html_t *h,
    const u_char *tag);
static void ngx_consent_html_end_foreign(ngx_consent_html_t *h);
static ngx_uint_t ngx_consent_html_breaks_out(const ngx_consent_html_t *h,
    const u_char *tag);
static void ngx_consent_html_break_out(ngx_consent_html_t *h);


static const ngx_str_t  ngx_consent_html_encoding = ngx_string("encoding");

static const ngx_str_t  ngx_consent_html_font[] = {
    ngx_string("color"),
    ngx_string("face"),
    ngx_string("size")
};


/* the innermost open element of svg or math that is followed */

#define ngx_consent_html_top(h)                                              \
    ((h)->depth ? (h)->foreign[(h)->depth - 1] : NGX_CONSENT_TAG_OTHER)


void
ngx_consent_html_named(ngx_consent_html_t *h)
{
    ngx_consent_tag_t  *tag;

    tag = &h->tag;

    if (h->name_len > NGX_CONSENT_TAG_MAX_NAME) {
        tag->id = NGX_CONSENT_TAG_OTHER;

    } else if (h->depth) {
        tag->id = ngx_consent_tag_foreign_id(h->name, h->name_len);

    } else {
        tag->id = ngx_consent_tag_id(h->name, h->name_len);
    }

    tag->ns = NGX_CONSENT_NS_HTML;
    tag->self_closing = 0;
    tag->part = 0;
    tag->more = 0;
    tag->nattrs = 0;

    h->open = 0;
    h->skip = 0;

    if (tag->end) {

        /* svg has scripts that end by their end tag, but no raw text */

        tag->ns = (ngx_consent_html_top(h) == NGX_CONSENT_TAG_SVG)
                  ? NGX_CONSENT_NS_SVG : NGX_CONSENT_NS_HTML;

        h->record = h->all || (tag->id == NGX_CONSENT_TAG_SCRIPT
                               && tag->ns == NGX_CONSENT_NS_SVG);
        return;
    }

    if (h->depth) {
        tag->ns = ngx_consent_html_ns(h, tag->id);
    }

    h->record = h->all || ngx_consent_tag_fetches(tag->id)
                || tag->id == NGX_CONSENT_TAG_FONT
                || tag->id == NGX_CONSENT_TAG_ANNOTATION_XML;
}


void
ngx_consent_html_apply(ngx_consent_html_t *h, const u_char *p)
{
    ngx_consent_tag_t  *tag;

    tag = &h->tag;

    if (tag->end) {

        if (h->depth) {
            ngx_consent_html_end_foreign(h);
        }

        return;
    }

    if (h->depth || tag->id == NGX_CONSENT_TAG_SVG
        || tag->id == NGX_CONSENT_TAG_MATH)
    {
        ngx_consent_html_start_foreign(h, p);
    }

    if (tag->ns == NGX_CONSENT_NS_HTML) {
        ngx_consent_html_text_mode(h, tag->id);
    }
}


/*
 * Elements whose content is not markup.  noscript is read as markup, as a
 * browser without scripting does: the reading that sees its pixels.
 */

static void
ngx_consent_html_text_mode(ngx_consent_html_t *h, ngx_consent_tag_e id)
{
    h->escape = 0;
    h->dashes = 0;

    switch (id) {

    case NGX_CONSENT_TAG_SCRIPT:
        h->text = ngx_consent_html_script;
        break;

    case NGX_CONSENT_TAG_STYLE:
    case NGX_CONSENT_TAG_IFRAME:
    case NGX_CONSENT_TAG_XMP:
    case NGX_CONSENT_TAG_NOEMBED:
    case NGX_CONSENT_TAG_NOFRAMES:
    case NGX_CONSENT_TAG_TITLE:
    case NGX_CONSENT_TAG_TEXTAREA:
        h->text = ngx_consent_html_rcdata;
        break;

    case NGX_CONSENT_TAG_PLAINTEXT:
        h->text = ngx_consent_html_plaintext;
        break;

    default:
        return;
    }

    h->closer = id;
    h->state = h->text;
}


/* The namespace of an element that starts here (13.2.6, 13.2.6.5). */

static ngx_consent_ns_e
ngx_consent_html_ns(const ngx_consent_html_t *h, ngx_consent_tag_e id)
{
    switch (ngx_consent_html_top(h)) {

    case NGX_CONSENT_TAG_SVG:
        return ngx_consent_html_breaks_out(h, NULL) ? NGX_CONSENT_NS_HTML
                                                    : NGX_CONSENT_NS_SVG;

    case NGX_CONSENT_TAG_MATH:
    case NGX_CONSENT_TAG_ANNOTATION_XML:
        return ngx_consent_html_breaks_out(h, NULL) ? NGX_CONSENT_NS_HTML
                                                    : NGX_CONSENT_NS_MATH;

    case NGX_CONSENT_TAG_MTEXT:
        return (id == NGX_CONSENT_TAG_MGLYPH && !h->inner)
               ? NGX_CONSENT_NS_MATH : NGX_CONSENT_NS_HTML;

    default: /* an integration point: foreignObject, desc, title */
        return NGX_CONSENT_NS_HTML;
    }
}


static void
ngx_consent_html_start_foreign(ngx_consent_html_t *h, const u_char *p)
{
    ngx_consent_tag_e   id, top;
    ngx_consent_tag_t  *tag;

    tag = &h->tag;
    id = tag->id;
    top = ngx_consent_html_top(h);

    if ((top == NGX_CONSENT_TAG_SVG || top == NGX_CONSENT_TAG_MATH
         || top == NGX_CONSENT_TAG_ANNOTATION_XML)
        && ngx_consent_html_breaks_out(h, p))
    {
        ngx_consent_html_break_out(h);
        tag->ns = NGX_CONSENT_NS_HTML;
        return;
    }

    if (tag->ns == NGX_CONSENT_NS_HTML) {

        if (id != NGX_CONSENT_TAG_SVG && id != NGX_CONSENT_TAG_MATH) {
            h->inner = 1;
            return;
        }

    } else if (tag->ns == NGX_CONSENT_NS_SVG) {

        if (id != NGX_CONSENT_TAG_FOREIGNOBJECT
            && id != NGX_CONSENT_TAG_DESC && id != NGX_CONSENT_TAG_TITLE
            && id != NGX_CONSENT_TAG_SVG)
        {
            return;
        }

    } else {

        if (id == NGX_CONSENT_TAG_SVG
            && top == NGX_CONSENT_TAG_ANNOTATION_XML)
        {
            tag->ns = NGX_CONSENT_NS_SVG;

        } else if (id == NGX_CONSENT_TAG_ANNOTATION_XML) {

            /*
             * Only with an encoding of HTML it is an integration point.  What
             * its value is, hardly any page says: any value counts.
             */

            if (ngx_consent_fetch_attr(tag, p, &ngx_consent_html_encoding)) {
                id = NGX_CONSENT_TAG_FOREIGNOBJECT;
            }

        } else if (id != NGX_CONSENT_TAG_MTEXT && id != NGX_CONSENT_TAG_MATH) {
            return;
        }
    }

    if (tag->self_closing || h->depth == NGX_CONSENT_HTML_MAX_FOREIGN) {
        return;
    }

    h->foreign[h->depth++] = id;
    h->inner = 0;
}


static void
ngx_consent_html_end_foreign(ngx_consent_html_t *h)
{
    ngx_uint_t         i;
    ngx_consent_tag_e  id;

    id = h->tag.id;

    if (id == NGX_CONSENT_TAG_P) {

        /* </p> and </br> break out as their start tags do */

        switch (ngx_consent_html_top(h)) {
        case NGX_CONSENT_TAG_SVG:
        case NGX_CONSENT_TAG_MATH:
        case NGX_CONSENT_TAG_ANNOTATION_XML:
            ngx_consent_html_break_out(h);
        }

        return;
    }

    for (i = h->depth; i > 0; i--) {

        if (h->foreign[i - 1] == id
            || (id == NGX_CONSENT_TAG_ANNOTATION_XML
                && h->foreign[i - 1] == NGX_CONSENT_TAG_FOREIGNOBJECT))
        {
            h->depth = i - 1;
            h->inner = 0;
            return;
        }
    }
}


static ngx_uint_t
ngx_consent_html_breaks_out(const ngx_consent_html_t *h, const u_char *p)
{
    ngx_uint_t  i;

    switch (h->tag.id) {

    case NGX_CONSENT_TAG_BREAKOUT:
    case NGX_CONSENT_TAG_P:
    case NGX_CONSENT_TAG_IMG:
    case NGX_CONSENT_TAG_EMBED:
        return 1;

    case NGX_CONSENT_TAG_FONT:

        for (i = 0; p && i < 3; i++) {
            if (ngx_consent_fetch_attr(&h->tag, p, &ngx_consent_html_font[i])) {
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
    while (h->depth) {

        switch (ngx_consent_html_top(h)) {

        case NGX_CONSENT_TAG_SVG:
        case NGX_CONSENT_TAG_MATH:
        case NGX_CONSENT_TAG_ANNOTATION_XML:
            h->depth--;
            break;

        default:
            h->inner = 1;
            return;
        }
    }
}


/*
 * In svg and math, and directly in their integration points (13.2.5.42).
 * Whether html that was opened in one is closed again is not followed.
 */

ngx_uint_t
ngx_consent_html_allows_cdata(const ngx_consent_html_t *h)
{
    switch (ngx_consent_html_top(h)) {

    case NGX_CONSENT_TAG_OTHER:
        return 0;

    case NGX_CONSENT_TAG_SVG:
    case NGX_CONSENT_TAG_MATH:
    case NGX_CONSENT_TAG_ANNOTATION_XML:
        return 1;

    default:
        return !h->inner;
    }
}
