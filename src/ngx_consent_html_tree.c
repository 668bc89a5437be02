
#include "ngx_consent_html_int.h"


static ngx_inline ngx_consent_tag_e ngx_consent_html_id(
    const ngx_consent_html_t *h);
static ngx_consent_tag_e ngx_consent_html_long_id(const ngx_consent_html_t *h);
static ngx_consent_html_apart void ngx_consent_html_ended(
    ngx_consent_html_t *h);
static void ngx_consent_html_text_mode(ngx_consent_html_t *h);
static ngx_consent_html_apart void ngx_consent_html_fill(ngx_consent_html_t *h);
static ngx_uint_t ngx_consent_html_of_head(const ngx_consent_html_t *h);
static ngx_uint_t ngx_consent_html_fills(const ngx_consent_html_t *h);
static void ngx_consent_html_enter(ngx_consent_html_t *h,
    ngx_consent_tag_e id);


/*
 * Of an element: its start tags concern the caller, its content is no markup,
 * it changes something else, it may stand before the body or a frameset.
 */

#define NGX_CONSENT_HTML_CONCERNS  0x01
#define NGX_CONSENT_HTML_RAW       0x02
#define NGX_CONSENT_HTML_CHANGES   0x04
#define NGX_CONSENT_HTML_OF_HEAD   0x08

static const u_char  ngx_consent_html_kinds[] = {
    [NGX_CONSENT_TAG_ANIMATE] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_AREA] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_AUDIO] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_BASE] = NGX_CONSENT_HTML_CONCERNS|NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_EMBED] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_FEIMAGE] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_FRAME] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_IFRAME] = NGX_CONSENT_HTML_CONCERNS|NGX_CONSENT_HTML_RAW,
    [NGX_CONSENT_TAG_IMAGE] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_IMG] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_INPUT] = NGX_CONSENT_HTML_CONCERNS
                              |NGX_CONSENT_HTML_CHANGES,
    [NGX_CONSENT_TAG_LINK] = NGX_CONSENT_HTML_CONCERNS|NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_META] = NGX_CONSENT_HTML_CONCERNS|NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_OBJECT] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_PARAM] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_SCRIPT] = NGX_CONSENT_HTML_CONCERNS|NGX_CONSENT_HTML_RAW
                               |NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_SOURCE] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_STYLE] = NGX_CONSENT_HTML_CONCERNS|NGX_CONSENT_HTML_RAW
                              |NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_STYLESHEET] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_TRACK] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_USE] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_VIDEO] = NGX_CONSENT_HTML_CONCERNS,

    [NGX_CONSENT_TAG_FORM] = NGX_CONSENT_HTML_CHANGES,
    [NGX_CONSENT_TAG_FRAMESET] = NGX_CONSENT_HTML_CHANGES
                                 |NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_HTML] = NGX_CONSENT_HTML_CONCERNS|NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_NOEMBED] = NGX_CONSENT_HTML_RAW,
    [NGX_CONSENT_TAG_NOFRAMES] = NGX_CONSENT_HTML_RAW|NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_NOSCRIPT] = NGX_CONSENT_HTML_RAW|NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_PLAINTEXT] = NGX_CONSENT_HTML_RAW,
    [NGX_CONSENT_TAG_SELECT] = NGX_CONSENT_HTML_CHANGES,
    [NGX_CONSENT_TAG_TEXTAREA] = NGX_CONSENT_HTML_RAW|NGX_CONSENT_HTML_CHANGES,
    [NGX_CONSENT_TAG_TITLE] = NGX_CONSENT_HTML_RAW|NGX_CONSENT_HTML_OF_HEAD,
    [NGX_CONSENT_TAG_XMP] = NGX_CONSENT_HTML_RAW,

    [NGX_CONSENT_TAG_ANNOTATION_XML] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_FONT] = NGX_CONSENT_HTML_CONCERNS,
    [NGX_CONSENT_TAG_VOID] = 0
};


void
ngx_consent_html_named(ngx_consent_html_t *h)
{
    ngx_consent_tag_t  *tag;

    ngx_consent_html_begin(h, ngx_consent_html_id(h));

    tag = &h->tag;

    if (h->xml) {
        tag->ns = NGX_CONSENT_NS_XML;
        h->record = h->all || !tag->end;
        return;
    }

    if (tag->end) {
        /* svg has scripts and styles that end by their end tag, no raw text */

        tag->ns = ngx_consent_html_end_ns(h);
        h->record = h->all || (tag->ns != NGX_CONSENT_NS_HTML
                               && (tag->id == NGX_CONSENT_TAG_SCRIPT
                                   || tag->id == NGX_CONSENT_TAG_STYLE));
        return;
    }

    h->record = 1;

    if (h->depth) {
        tag->ns = ngx_consent_html_ns(h);
    }
}


ngx_uint_t
ngx_consent_html_concerns(const ngx_consent_html_t *h)
{
    uint64_t                  needs;
    const ngx_consent_tag_t  *tag;

    tag = &h->tag;

    if (h->all) {
        return 1;
    }

    if (tag->end) {
        return h->record;
    }

    if (tag->hot) {
        return 1;
    }

    /* most links do not ping, and most of these are no more than they say */

    switch (tag->id) {

    case NGX_CONSENT_TAG_META:
        needs = ngx_consent_tag_bit('h', 10)            /* http-equiv */
                | (h->sure ? 0 : ngx_consent_tag_bit('c', 7));
        break;

    case NGX_CONSENT_TAG_INPUT:
        needs = ngx_consent_tag_bit('s', 3);            /* src */
        break;

    default:
        return ngx_consent_html_kinds[tag->id] & NGX_CONSENT_HTML_CONCERNS;
    }

    return (~tag->absent & needs) || tag->part || h->marks;
}


static ngx_inline ngx_consent_tag_e
ngx_consent_html_id(const ngx_consent_html_t *h)
{
    size_t                        len;
    uint64_t                      word;
    const ngx_consent_tag_row_t  *row;

    len = h->name_len;

    if (h->xml || len > NGX_CONSENT_WORD - 1 || len == 0) {
        return ngx_consent_html_long_id(h);
    }

    word = ngx_consent_word(h->name) & ngx_consent_html_masks[len];
    row = &ngx_consent_tag_rows[ngx_consent_tag_row(word)];

    /* a name may have a zero byte: behind the row's there are others */

    return (h->name[len - 1] && (h->depth || ngx_consent_tag_in_html(row->id)))
           ? row->id : NGX_CONSENT_TAG_OTHER;
}


static ngx_consent_tag_e
ngx_consent_html_long_id(const ngx_consent_html_t *h)
{
    if (h->name_len > NGX_CONSENT_TAG_MAX_NAME || h->name_len == 0) {
        return NGX_CONSENT_TAG_OTHER;
    }

    if (h->xml) {
        return ngx_consent_tag_xml_id(h->name, h->name_len);
    }

    return h->depth ? ngx_consent_tag_foreign_id(h->name, h->name_len)
                    : ngx_consent_tag_id(h->name, h->name_len);
}


void
ngx_consent_html_apply(ngx_consent_html_t *h, const u_char *p)
{
    ngx_consent_tag_t  *tag;

    tag = &h->tag;

    h->fork = NGX_CONSENT_HTML_NO_FORK;

    if (h->xml) {
        return;
    }

    if (h->body_too) {
        ngx_consent_html_in_template(h);
    }

    if (tag->end) {
        ngx_consent_html_ended(h);
        return;
    }

    if (h->depth || ((tag->id == NGX_CONSENT_TAG_SVG
                      || tag->id == NGX_CONSENT_TAG_MATH)
                     && !(h->frameset && h->scripting)))
    {
        ngx_consent_html_start(h, p);

    } else {
        h->seen |= ngx_consent_html_seen(h);
    }

    ngx_consent_html_text_mode(h);
}


static void
ngx_consent_html_ended(ngx_consent_html_t *h)
{
    if (h->tag.id == NGX_CONSENT_TAG_SELECT) {
        h->select = 0;

    } else if (h->tag.id == NGX_CONSENT_TAG_FORM) {
        h->form = 0;
    }

    /* </br> is a <br> */

    if (!h->filled && h->name_len == 2 && memcmp(h->name, "br", 2) == 0) {
        h->body = 1;
        h->filled = 1;
    }

    if (h->depth) {
        ngx_consent_html_end(h);
    }
}


/*
 * Elements whose content is not markup.  noscript is read as markup, as a
 * browser without scripting does: the reading that sees its pixels.  Elsewhere
 * the reading that the standard has is the first one, and the fork is what
 * other browsers, a preload scanner, or a page whose svg ended unseen make of
 * it.
 */

static void
ngx_consent_html_text_mode(ngx_consent_html_t *h)
{
    ngx_uint_t         kind;
    ngx_consent_tag_e  id;

    id = h->tag.id;
    kind = ngx_consent_html_kinds[id];

    if (h->tag.ns != NGX_CONSENT_NS_HTML) {

        if (kind & NGX_CONSENT_HTML_RAW) {
            h->fork = NGX_CONSENT_HTML_FORK_RAW;
        }

        return;
    }

    if (!h->filled) {
        ngx_consent_html_fill(h);
    }

    if (!(kind & (NGX_CONSENT_HTML_RAW|NGX_CONSENT_HTML_CHANGES))) {
        return;
    }

    switch (id) {

    case NGX_CONSENT_TAG_SELECT:
        h->select = !h->select;
        return;

    case NGX_CONSENT_TAG_INPUT:
        h->select = 0;
        return;

    case NGX_CONSENT_TAG_TEXTAREA:
        h->select = 0;
        break;

    case NGX_CONSENT_TAG_FORM:
        h->form = 1;
        return;

    case NGX_CONSENT_TAG_FRAMESET:
        h->frameset |= !h->filled;
        return;

    case NGX_CONSENT_TAG_NOSCRIPT:

        if (h->scripting && !h->frameset) {
            ngx_consent_html_enter(h, id);

        } else {
            h->fork = NGX_CONSENT_HTML_FORK_RAW;
        }

        return;

    default:
        break;
    }

    if (h->frameset && h->scripting && id != NGX_CONSENT_TAG_NOFRAMES) {

        /* ignored (13.2.6.4.20) */
        return;
    }

    ngx_consent_html_enter(h, id);

    if (h->select || h->frameset || h->doubt) {
        h->fork = NGX_CONSENT_HTML_FORK_MARKUP;
    }
}


/* Before the body, or a frameset: is the element one, or in one? */

static ngx_consent_html_apart void
ngx_consent_html_fill(ngx_consent_html_t *h)
{
    h->body |= !ngx_consent_html_of_head(h);
    h->filled = (h->body && ngx_consent_html_fills(h));
}


/* 1 if the element may stand before the body or a frameset */

static ngx_uint_t
ngx_consent_html_of_head(const ngx_consent_html_t *h)
{
    if (h->tag.id == NGX_CONSENT_TAG_OTHER) {
        return h->name_len == 4 && memcmp(h->name, "head", 4) == 0;
    }

    return ngx_consent_html_kinds[h->tag.id] & NGX_CONSENT_HTML_OF_HEAD;
}


/* 1 if the element makes the "frameset-ok flag" (13.2.4.5) not ok */

static ngx_uint_t
ngx_consent_html_fills(const ngx_consent_html_t *h)
{
    const ngx_str_t  *name;

    static const ngx_str_t  names[] = {
        ngx_string("applet"),
        ngx_string("area"),
        ngx_string("body"),
        ngx_string("br"),
        ngx_string("button"),
        ngx_string("dd"),
        ngx_string("dt"),
        ngx_string("embed"),
        ngx_string("hr"),
        ngx_string("iframe"),
        ngx_string("image"),
        ngx_string("img"),
        ngx_string("input"),
        ngx_string("keygen"),
        ngx_string("li"),
        ngx_string("listing"),
        ngx_string("marquee"),
        ngx_string("object"),
        ngx_string("pre"),
        ngx_string("select"),
        ngx_string("table"),
        ngx_string("template"),
        ngx_string("textarea"),
        ngx_string("wbr"),
        ngx_string("xmp"),
        ngx_null_string
    };

    for (name = names; name->len; name++) {
        if (name->len == h->name_len && name->data[0] == h->name[0]
            && memcmp(name->data, h->name, name->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static void
ngx_consent_html_enter(ngx_consent_html_t *h, ngx_consent_tag_e id)
{
    h->escape = 0;
    h->dashes = 0;

    switch (id) {

    case NGX_CONSENT_TAG_SCRIPT:
        h->text = ngx_consent_html_script;
        break;

    case NGX_CONSENT_TAG_PLAINTEXT:
        h->text = ngx_consent_html_plaintext;
        break;

    default:
        h->text = ngx_consent_html_rcdata;
    }

    h->unheard = 0;
    h->closer = id;
    h->closer_len = h->name_len;
    memcpy(h->closer_name, h->name, sizeof(h->name));

    h->state = h->text;
}


void
ngx_consent_html_other(ngx_consent_html_t *h)
{
    switch (h->fork) {

    case NGX_CONSENT_HTML_FORK_RAW:

        /* no svg is open, if it is not noscript */

        if (h->tag.ns != NGX_CONSENT_NS_HTML) {
            ngx_consent_html_leave(h);
        }

        ngx_consent_html_enter(h, h->tag.id);
        break;

    case NGX_CONSENT_HTML_FORK_MARKUP:
        h->state = ngx_consent_html_data;
        h->text = ngx_consent_html_data;
        break;

    case NGX_CONSENT_HTML_FORK_BOGUS:
        h->state = ngx_consent_html_bogus;
        break;

    default:
        break;
    }

    h->fork = NGX_CONSENT_HTML_NO_FORK;
}


ngx_uint_t
ngx_consent_html_in_text(const ngx_consent_html_t *h)
{
    return h->state == ngx_consent_html_data;
}


ngx_uint_t
ngx_consent_html_in_raw(const ngx_consent_html_t *h)
{
    switch (h->state) {

    case ngx_consent_html_rcdata:
    case ngx_consent_html_raw_lt:
    case ngx_consent_html_raw_slash:
    case ngx_consent_html_raw_name:
        return h->text == ngx_consent_html_rcdata;

    default:
        return 0;
    }
}
