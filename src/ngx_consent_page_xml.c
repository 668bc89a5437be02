
/*
 * A page of XML: what of its tags a browser sees once entities are expanded,
 * and what of the content of its scripts and styles is text.
 */

#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_xml_upto(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t text, uint64_t markup);
static ngx_int_t ngx_consent_page_xml_run(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, u_char *p, size_t n);
static ngx_int_t ngx_consent_page_xml_reference(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t at, size_t len);


/*
 * The references in a tag's values to what its DTD declares are expanded,
 * behind a copy of the tag.
 */

ngx_int_t
ngx_consent_page_xml_expand(ngx_consent_page_t *page,
    ngx_consent_page_tag_t *t)
{
    size_t                size;
    u_char               *dst, *start, *last, *value;
    ngx_uint_t            i, n;
    ngx_consent_tag_t    *tag;
    ngx_consent_attr_t   *attr;

    tag = &t->reader->html.tag;

    if (page->dtd->defaults) {
        tag->more = 1;
    }

    n = 0;

    for (i = 0; i < tag->nattrs; i++) {
        attr = &tag->attrs[i];
        n += memchr(t->p + attr->value, '&', attr->value_len) != NULL;
    }

    if (n == 0) {
        return NGX_OK;
    }

    size = 2 * tag->off + NGX_CONSENT_DTD_EXPANDED;

    if (size > page->expanded_size) {

        page->expanded = ngx_pnalloc(page->pool, size);
        if (page->expanded == NULL) {
            page->expanded_size = 0;
            return NGX_ERROR;
        }

        page->expanded_size = size;
    }

    memcpy(page->expanded, t->p, tag->off);

    dst = page->expanded + tag->off;
    last = page->expanded + size;

    for (i = 0; i < tag->nattrs; i++) {

        attr = &tag->attrs[i];
        value = t->p + attr->value;

        if (memchr(value, '&', attr->value_len) == NULL) {
            continue;
        }

        start = dst;

        if (ngx_consent_dtd_expand(page->dtd, &dst, last, value,
                                   attr->value_len)
            != NGX_OK)
        {
            attr->doubt = 1;
            dst = start;
            continue;
        }

        if ((size_t) (dst - start) == attr->value_len
            && memcmp(start, value, attr->value_len) == 0)
        {
            dst = start;
            continue;
        }

        attr->value = start - page->expanded;
        attr->value_len = dst - start;
        attr->expanded = 1;
    }

    t->p = page->expanded;

    return NGX_OK;
}


/*
 * Elements of no namespace are nothing.  Which one an element is of is not
 * followed: from the first declaration on it may be any.
 */

ngx_uint_t
ngx_consent_page_xml_named(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_uint_t                 i;
    const u_char              *p, *last, *name;
    const ngx_consent_attr_t  *attr;

    static const ngx_str_t  xmlns = ngx_string("xmlns");
    static const ngx_str_t  w3 = ngx_string("www.w3.org/");

    if (page->named) {
        return 1;
    }

    /* a DTD may declare it, or the rest of a tag */

    page->named = (t->tag->part || t->tag->more);

    for (i = 0; i < t->tag->nattrs; i++) {

        attr = &t->tag->attrs[i];
        name = t->p + attr->name;

        if (attr->name_len < xmlns.len
            || memcmp(name, xmlns.data, xmlns.len) != 0)
        {
            continue;
        }

        p = t->p + attr->value;
        last = p + attr->value_len;

        page->named |= (memchr(p, '&', attr->value_len) != NULL);

        for ( /* void */ ; (size_t) (last - p) >= w3.len; p++) {
            page->named |= (memcmp(p, w3.data, w3.len) == 0);
        }
    }

    return page->named;
}


/*
 * A script or style within another one: of two texts only one is followed.  The
 * inner one is held back, whatever it says.
 */

ngx_int_t
ngx_consent_page_xml_nested(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_uint_t                 style;
    ngx_consent_edit_t         edit;
    ngx_consent_refused_t      refused;
    const ngx_consent_attr_t  *attr;

    static const ngx_str_t  css = ngx_string("text/css");

    static const ngx_consent_fetch_t  type = {
        ngx_string("type"), 0, NGX_CONSENT_FETCH_URL, NULL
    };

    if (t->tag->part) {
        return NGX_OK;
    }

    style = (t->tag->id == NGX_CONSENT_TAG_STYLE);
    attr = ngx_consent_fetch_attr(t->tag, t->p, &type.attr);

    /* what its type makes inert stays as it is */

    if (style ? (attr && attr->value_len && !attr->doubt
                 && !ngx_consent_value_is(attr, t->p, &css))
              : (ngx_consent_fetch_script(t->tag, t->p)
                 == NGX_CONSENT_SCRIPT_DATA))
    {
        return NGX_OK;
    }

    memset(&refused, 0, sizeof(ngx_consent_refused_t));

    refused.n = 1;
    refused.attrs[0] = &type;
    refused.needs = ngx_consent_page_missing(page);

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = t->at + 1 + t->tag->name_len;
    edit.what = NGX_CONSENT_EDIT_TYPE;

    if (style && ngx_consent_page_edit(page, &edit) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, refused.needs);

    return ngx_consent_page_hold_back(page, t, &refused);
}


ngx_int_t
ngx_consent_page_xml_begin(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    if (page->carry == NULL) {

        page->carry = ngx_palloc(page->pool, sizeof(ngx_consent_carry_t));
        if (page->carry == NULL) {
            return NGX_ERROR;
        }

        page->carry->size = 0;
    }

    r->html.pieces = 1;
    r->levels = 0;
    r->imports = 0;
    r->doubt = 0;
    r->over = 0;

    page->carry->len = 0;
    page->carry->npieces = 0;

    return NGX_OK;
}


/* Text, up to where the markup that has begun begins. */

ngx_int_t
ngx_consent_page_xml_content(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    ngx_uint_t end)
{
    uint64_t    text;
    ngx_uint_t  n;

    n = ngx_consent_html_markup_bytes(&r->html);

    text = (n > r->at - r->judged) ? r->judged : r->at - n;

    if (text > r->at - r->html.held) {
        text = r->at - r->html.held;
    }

    if (ngx_consent_page_xml_upto(page, r, text, r->at - r->html.held)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return end ? ngx_consent_page_xml_end(page, r, r->judged) : NGX_OK;
}


/* NGX_CONSENT_HTML_PIECE */

ngx_int_t
ngx_consent_page_xml_piece(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    size_t    len;
    u_char   *p;
    uint64_t  at;

    len = r->html.tag.off;
    at = r->at - len;

    if (ngx_consent_page_xml_upto(page, r, at, at) != NGX_OK) {
        return NGX_ERROR;
    }

    /* what was read before is markup, and so is what is not kept of it */

    if (r->levels == 0 && r->judged == at && !r->over) {

        p = ngx_consent_page_span(page, at, len);
        if (p == NULL) {
            return NGX_ERROR;
        }

        /* without its end it is an error */

        if (p[0] == '&' && p[len - 1] == ';'
            && ngx_consent_page_xml_reference(page, r, at, len) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return ngx_consent_page_xml_upto(page, r, r->judged, r->at);
}


/* A part of a tag, or all of it: what it is a part of is no text either. */

ngx_int_t
ngx_consent_page_xml_part(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    const ngx_consent_page_tag_t *t, uint64_t upto)
{
    return ngx_consent_page_xml_upto(page, r, t->tag->part ? r->judged : t->at,
                                     upto);
}


/* A tag within the content, or the one that ends it: NGX_DONE. */

ngx_int_t
ngx_consent_page_xml_tag(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    const ngx_consent_page_tag_t *t)
{
    if (ngx_consent_page_xml_part(page, r, t, r->at) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!t->tag->end) {
        r->levels += !t->tag->self_closing;
        return NGX_OK;
    }

    if (r->levels) {
        r->levels--;
        return NGX_OK;
    }

    return ngx_consent_page_xml_end(page, r, t->at);
}


ngx_int_t
ngx_consent_page_xml_end(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t upto)
{
    ngx_int_t                rc;
    ngx_consent_page_mode_e  mode;

    mode = r->mode;
    rc = ngx_consent_page_carry_end(page, r);

    r->html.pieces = 0;
    r->mode = NGX_CONSENT_PAGE_TEXT;

    if (rc != NGX_OK || mode != NGX_CONSENT_PAGE_SCRIPT || r->over) {
        return rc;
    }

    return ngx_consent_page_script_end(page, r, 0, upto);
}


uint64_t
ngx_consent_page_xml_safe(const ngx_consent_page_t *page,
    const ngx_consent_reader_t *r)
{
    uint64_t  safe;

    if (r->mode == NGX_CONSENT_PAGE_SCRIPT && !r->over) {
        return r->start;
    }

    safe = r->at - r->html.held;

    return (page->carry->npieces && page->carry->pieces[0].at < safe)
           ? page->carry->pieces[0].at : safe;
}


/* Text up to an offset, then markup up to another. */

static ngx_int_t
ngx_consent_page_xml_upto(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t text, uint64_t markup)
{
    size_t      n;
    u_char     *p;
    uint64_t    limit;
    ngx_int_t   rc;
    ngx_uint_t  cut;

    if (r->over) {
        r->judged = markup;
        return NGX_OK;
    }

    cut = 0;

    if (r->mode == NGX_CONSENT_PAGE_SCRIPT) {

        limit = r->content + page->rules->inline_buffer;
        cut = markup > limit;

        if (text > limit) {
            text = limit;
        }
    }

    while (r->judged < text) {

        p = ngx_consent_page_run(page, r->judged, &n);

        if (n > text - r->judged) {
            n = text - r->judged;
        }

        if (r->levels == 0
            && ngx_consent_page_xml_run(page, r, p, n) != NGX_OK)
        {
            return NGX_ERROR;
        }

        r->judged += n;
    }

    /* text of an element within is no more than markup */

    if (r->judged < markup || r->levels) {

        if (r->judged < markup) {
            r->judged = markup;
        }

        if (r->mode != NGX_CONSENT_PAGE_SCRIPT
            && ngx_consent_page_carry_bound(page, r->judged) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (!cut) {
        return NGX_OK;
    }

    /* what follows is read as before: the element ends where it does */

    rc = ngx_consent_page_script_end(page, r, 1, r->judged);

    r->mode = NGX_CONSENT_PAGE_SCRIPT;
    r->over = 1;
    page->carry->npieces = 0;

    return rc;
}


static ngx_int_t
ngx_consent_page_xml_run(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    u_char *p, size_t n)
{
    ngx_consent_piece_t  piece;

    if (r->mode == NGX_CONSENT_PAGE_SCRIPT) {

        ngx_consent_table_scan(page->rules->table, &r->scan, p, n, 0);

        if (!r->module) {
            return NGX_OK;
        }
    }

    piece.at = r->judged;
    piece.raw = n;
    piece.reference = 0;
    piece.done = 0;

    return ngx_consent_page_carry(page, r, p, n, &piece);
}


/* What a reference stands for is text as any other. */

static ngx_int_t
ngx_consent_page_xml_reference(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t at, size_t len)
{
    size_t                n;
    u_char               *p, *start, *dst, *text;
    ngx_consent_edit_t    edit;
    ngx_consent_piece_t   piece;

    p = ngx_consent_page_span(page, at, len);

    n = len + NGX_CONSENT_DTD_EXPANDED;
    text = ngx_consent_page_scratch(page, 2 * NGX_CONSENT_VALUE_SIZE(n));

    if (p == NULL || text == NULL) {
        return NGX_ERROR;
    }

    start = text + NGX_CONSENT_VALUE_SIZE(n);
    dst = start;

    if (page->dtd
        && (ngx_consent_dtd_expand(page->dtd, &dst, start + n, p, len) != NGX_OK
            || memchr(start, '<', dst - start) != NULL))
    {
        /* it may be anything, or nothing at all */

        if (r->mode == NGX_CONSENT_PAGE_SCRIPT) {
            r->doubt = 1;
            return NGX_OK;
        }

        ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, 0);

        memset(&edit, 0, sizeof(ngx_consent_edit_t));
        edit.at = at;
        edit.drop = len;
        edit.what = NGX_CONSENT_EDIT_URL;

        return ngx_consent_page_edit(page, &edit);
    }

    if (dst == start) {
        start = p;
        dst = p + len;
    }

    n = ngx_consent_value_text(text, NGX_CONSENT_VALUE_SIZE(n), start,
                               dst - start);

    if (r->mode == NGX_CONSENT_PAGE_SCRIPT) {

        ngx_consent_table_scan(page->rules->table, &r->scan, text, n, 0);

        if (!r->module) {
            return NGX_OK;
        }
    }

    piece.at = at;
    piece.raw = len;
    piece.reference = 1;
    piece.done = 0;

    return ngx_consent_page_carry(page, r, text, n, &piece);
}
