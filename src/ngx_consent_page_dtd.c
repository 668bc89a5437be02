
/*
 * What a DTD declares in the document itself: entities, whose text may be
 * markup or a part of a URL, and attributes that stand in no tag.
 */

#include "ngx_consent_page_int.h"


/* a walk over one declaration */

typedef struct {
    u_char              *p;             /* its '<' */
    u_char              *pos;
    u_char              *last;
} ngx_consent_decl_t;


static ngx_int_t ngx_consent_page_doctype(ngx_consent_page_t *page,
    ngx_consent_decl_t *d);
static ngx_int_t ngx_consent_page_entity(ngx_consent_page_t *page,
    ngx_consent_decl_t *d, uint64_t at, ngx_uint_t cut);
static ngx_int_t ngx_consent_page_shadow(ngx_consent_page_t *page,
    const ngx_str_t *name, uint64_t at, ngx_uint_t parameter);
static ngx_int_t ngx_consent_page_attlist(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, ngx_consent_decl_t *d, uint64_t at,
    ngx_uint_t cut);
static ngx_int_t ngx_consent_page_defaults(ngx_consent_page_t *page,
    ngx_consent_page_tag_t *t);
static ngx_consent_tag_e ngx_consent_page_element(const ngx_str_t *name);

static ngx_uint_t ngx_consent_decl_word(ngx_consent_decl_t *d,
    const ngx_str_t *word);
static void ngx_consent_decl_space(ngx_consent_decl_t *d);
static ngx_uint_t ngx_consent_decl_name(ngx_consent_decl_t *d,
    ngx_str_t *name);
static ngx_uint_t ngx_consent_decl_literal(ngx_consent_decl_t *d,
    ngx_str_t *literal);


static const ngx_str_t  ngx_consent_decl_doctype = ngx_string("<!DOCTYPE");
static const ngx_str_t  ngx_consent_decl_entity = ngx_string("<!ENTITY");
static const ngx_str_t  ngx_consent_decl_attlist = ngx_string("<!ATTLIST");
static const ngx_str_t  ngx_consent_decl_public = ngx_string("PUBLIC");
static const ngx_str_t  ngx_consent_decl_fixed = ngx_string("#FIXED");
static const ngx_str_t  ngx_consent_decl_notation = ngx_string("NOTATION");


ngx_int_t
ngx_consent_page_decl(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    size_t              len;
    uint64_t            at;
    ngx_uint_t          cut;
    ngx_consent_decl_t  d;

    len = r->html.tag.off;
    cut = r->html.tag.more;
    at = r->at - len;

    d.p = ngx_consent_page_span(page, at, len);
    if (d.p == NULL) {
        return NGX_ERROR;
    }

    d.pos = d.p;
    d.last = d.p + len;

    if (ngx_consent_decl_word(&d, &ngx_consent_decl_doctype)) {
        return ngx_consent_page_doctype(page, &d);
    }

    if (page->dtd == NULL) {
        return NGX_OK;
    }

    if (ngx_consent_decl_word(&d, &ngx_consent_decl_entity)) {
        return ngx_consent_page_entity(page, &d, at, cut);
    }

    if (ngx_consent_decl_word(&d, &ngx_consent_decl_attlist)) {
        return ngx_consent_page_attlist(page, r, &d, at, cut);
    }

    return NGX_OK;
}


/*
 * A DTD of its own, or one elsewhere: from there on a reference may be to what
 * is not seen here.
 */

static ngx_int_t
ngx_consent_page_doctype(ngx_consent_page_t *page, ngx_consent_decl_t *d)
{
    ngx_str_t  name, literal;

    (void) ngx_consent_decl_name(d, &name);

    ngx_consent_decl_space(d);

    if (d->pos < d->last && *d->pos == '>') {
        return NGX_OK;
    }

    if (page->own_dtd == NULL) {
        page->own_dtd = ngx_palloc(page->pool, sizeof(ngx_consent_dtd_t));
        if (page->own_dtd == NULL) {
            return NGX_ERROR;
        }
    }

    page->dtd = page->own_dtd;
    ngx_consent_dtd_init(page->dtd);

    if (ngx_consent_decl_word(d, &ngx_consent_decl_public)
        && ngx_consent_decl_literal(d, &literal))
    {
        page->dtd->names = ngx_consent_dtd_public(literal.data, literal.len);
    }

    return NGX_OK;
}


/*
 * An entity.  One for the DTD has declarations, which are looked at whether or
 * not it is referred to; another one may have markup.
 */

static ngx_int_t
ngx_consent_page_entity(ngx_consent_page_t *page, ngx_consent_decl_t *d,
    uint64_t at, ngx_uint_t cut)
{
    ngx_int_t   rc;
    ngx_str_t   name, literal;
    ngx_uint_t  parameter;

    ngx_consent_decl_space(d);

    parameter = (d->pos < d->last && *d->pos == '%');
    d->pos += parameter;

    if (!ngx_consent_decl_name(d, &name)) {
        return NGX_OK;
    }

    if (cut) {

        /* the first declaration of a name counts: that is not this one then */

        return (!parameter && ngx_consent_dtd_known(page->dtd, &name))
               ? NGX_OK
               : ngx_consent_page_shadow(page, &name, at, parameter);
    }

    /* what is elsewhere is not loaded by browsers */

    if (!ngx_consent_decl_literal(d, &literal)) {
        return NGX_OK;
    }

    if (!parameter) {
        ngx_consent_dtd_add(page->dtd, &name, &literal);
    }

    if (memchr(literal.data, '<', literal.len) == NULL
        && memchr(literal.data, '&', literal.len) == NULL)
    {
        return NGX_OK;
    }

    rc = ngx_consent_page_literal(page, at + (literal.data - d->p),
                                  literal.data, literal.len,
                                  parameter ? NGX_CONSENT_KIND_DTD
                                            : NGX_CONSENT_KIND_XML);

    return (rc == NGX_DECLINED)
           ? ngx_consent_page_shadow(page, &name, at, parameter) : rc;
}


/* An empty entity of that name is declared before it. */

static ngx_int_t
ngx_consent_page_shadow(ngx_consent_page_t *page, const ngx_str_t *name,
    uint64_t at, ngx_uint_t parameter)
{
    u_char              *p;
    ngx_uint_t           i;
    ngx_str_t            parts[3];
    ngx_consent_edit_t   edit;

    static const ngx_str_t  begin[] = {
        ngx_string("<!ENTITY "), ngx_string("<!ENTITY % ")
    };
    static const ngx_str_t  end = ngx_string(" \"\">");

    parts[0] = begin[parameter];
    parts[1] = *name;
    parts[2] = end;

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = at;
    edit.what = NGX_CONSENT_EDIT_TEXT;
    edit.text.len = parts[0].len + parts[1].len + parts[2].len;
    edit.text.data = ngx_consent_page_text(page, edit.text.len);

    if (edit.text.data == NULL) {
        return NGX_ERROR;
    }

    for (i = 0, p = edit.text.data; i < 3; i++) {
        memcpy(p, parts[i].data, parts[i].len);
        p += parts[i].len;
    }

    ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, 0);

    return ngx_consent_page_edit(page, &edit);
}


/*
 * Attributes of an element, which are there whatever its tags say: they are
 * judged as a part of a tag, of which more may be elsewhere.
 */

static ngx_int_t
ngx_consent_page_attlist(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    ngx_consent_decl_t *d, uint64_t at, ngx_uint_t cut)
{
    ngx_str_t                name, literal;
    ngx_consent_tag_t       *tag;
    ngx_consent_attr_t      *attr;
    ngx_consent_edit_t       edit;
    ngx_consent_page_tag_t   t;

    if (!ngx_consent_decl_name(d, &name)) {
        return NGX_OK;
    }

    if (cut) {

        /* attributes of nothing */

        ngx_consent_page_note(page, NGX_CONSENT_NOTE_TAG_LONG, NULL, 0);

        memset(&edit, 0, sizeof(ngx_consent_edit_t));

        edit.at = at + (name.data - d->p);
        edit.what = NGX_CONSENT_EDIT_RENAME;

        return ngx_consent_page_edit(page, &edit);
    }

    /* the tokenizer has no tag here: its room is free */

    tag = &r->html.tag;

    tag->id = ngx_consent_page_element(&name);
    tag->ns = NGX_CONSENT_NS_XML;
    tag->part = 1;
    tag->more = 1;
    tag->hot = 1;
    tag->nattrs = 0;

    memset(&t, 0, sizeof(ngx_consent_page_tag_t));

    t.reader = r;
    t.tag = tag;
    t.p = d->p;
    t.at = at;

    while (ngx_consent_decl_name(d, &name)) {

        (void) ngx_consent_decl_word(d, &ngx_consent_decl_notation);
        ngx_consent_decl_space(d);

        if (d->pos < d->last && *d->pos == '(') {

            d->pos = memchr(d->pos, ')', d->last - d->pos);

            if (d->pos == NULL) {
                break;
            }

            d->pos++;

        } else if (!ngx_consent_decl_name(d, &literal)) {
            break;
        }

        if (!ngx_consent_decl_word(d, &ngx_consent_decl_fixed)) {

            ngx_consent_decl_space(d);

            if (d->pos < d->last && *d->pos == '#') {
                (void) ngx_consent_decl_name(d, &literal);
                continue;
            }
        }

        if (!ngx_consent_decl_literal(d, &literal)) {
            break;
        }

        page->dtd->defaults = 1;

        if (tag->nattrs == NGX_CONSENT_MAX_ATTRS
            && ngx_consent_page_defaults(page, &t) != NGX_OK)
        {
            return NGX_ERROR;
        }

        attr = &tag->attrs[tag->nattrs++];

        memset(attr, 0, sizeof(ngx_consent_attr_t));

        attr->name = name.data - d->p;
        attr->name_len = name.len;
        attr->value = literal.data - d->p;
        attr->value_len = literal.len;
        attr->has_value = 1;
        attr->quote = literal.data[-1];
    }

    return ngx_consent_page_defaults(page, &t);
}


static ngx_int_t
ngx_consent_page_defaults(ngx_consent_page_t *page, ngx_consent_page_tag_t *t)
{
    u_char                 *p;
    ngx_int_t               rc;
    ngx_consent_refused_t   refused;

    p = t->p;

    if (ngx_consent_page_xml_expand(page, t) != NGX_OK
        || ngx_consent_page_judge(page, t, &refused) != NGX_OK)
    {
        return NGX_ERROR;
    }

    rc = refused.n ? ngx_consent_page_hold_back(page, t, &refused) : NGX_OK;

    t->p = p;
    t->reader->html.tag.nattrs = 0;

    return rc;
}


/* the element of a name that may have a prefix */

static ngx_consent_tag_e
ngx_consent_page_element(const ngx_str_t *name)
{
    size_t         len;
    const u_char  *p, *colon;

    p = name->data;
    len = name->len;

    colon = memchr(p, ':', len);

    if (colon) {
        len -= colon + 1 - p;
        p = colon + 1;
    }

    return ngx_consent_tag_xml_id(p, len);
}


/* 1 if that word is next, which is then read */

static ngx_uint_t
ngx_consent_decl_word(ngx_consent_decl_t *d, const ngx_str_t *word)
{
    ngx_consent_decl_space(d);

    if ((size_t) (d->last - d->pos) < word->len
        || memcmp(d->pos, word->data, word->len) != 0)
    {
        return 0;
    }

    d->pos += word->len;

    return 1;
}


static void
ngx_consent_decl_space(ngx_consent_decl_t *d)
{
    while (d->pos < d->last && ngx_consent_value_space(*d->pos)) {
        d->pos++;
    }
}


static ngx_uint_t
ngx_consent_decl_name(ngx_consent_decl_t *d, ngx_str_t *name)
{
    ngx_consent_decl_space(d);

    name->data = d->pos;

    while (d->pos < d->last && !ngx_consent_value_space(*d->pos)
           && *d->pos != '>' && *d->pos != '"' && *d->pos != '\''
           && *d->pos != '(' && *d->pos != '[')
    {
        d->pos++;
    }

    name->len = d->pos - name->data;

    return name->len != 0;
}


static ngx_uint_t
ngx_consent_decl_literal(ngx_consent_decl_t *d, ngx_str_t *literal)
{
    u_char  *end;

    ngx_consent_decl_space(d);

    if (d->pos == d->last || (*d->pos != '"' && *d->pos != '\'')) {
        return 0;
    }

    literal->data = d->pos + 1;

    end = memchr(literal->data, *d->pos, d->last - literal->data);
    if (end == NULL) {
        return 0;
    }

    literal->len = end - literal->data;
    d->pos = end + 1;

    return 1;
}
