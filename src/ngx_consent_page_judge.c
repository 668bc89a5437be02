
#include "ngx_consent_page_int.h"


static ngx_inline ngx_int_t ngx_consent_page_rows(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_fetch_t *f,
    ngx_consent_refused_t *refused);
static ngx_int_t ngx_consent_page_present(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_fetch_t *f,
    const ngx_consent_attr_t *attr, ngx_consent_refused_t *refused);
static ngx_inline ngx_uint_t ngx_consent_page_base_is(
    ngx_consent_page_t *page);
static ngx_uint_t ngx_consent_page_url_as(ngx_consent_page_t *page,
    u_char *value, size_t len, ngx_uint_t flags, ngx_consent_url_t *u,
    u_char *buf, ngx_consent_mask_t *needs);
static ngx_uint_t ngx_consent_page_url_from(ngx_consent_page_t *page,
    const ngx_consent_url_t *base, u_char *value, size_t len, ngx_uint_t flags,
    ngx_consent_url_t *u, u_char *buf, ngx_consent_mask_t *needs);
static ngx_int_t ngx_consent_page_attr(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_fetch_t *f,
    const ngx_consent_attr_t *attr, ngx_consent_refused_t *refused);


ngx_int_t
ngx_consent_page_judge(ngx_consent_page_t *page, ngx_consent_page_tag_t *t,
    ngx_consent_refused_t *refused)
{
    const ngx_consent_tag_t    *tag;
    const ngx_consent_fetch_t  *f;

    refused->n = 0;
    refused->needs = 0;
    page->tag_row = NULL;

    tag = t->tag;

    f = ngx_consent_fetch_rows(tag);

    /* a script that does not execute does not fetch either */

    if (tag->id == NGX_CONSENT_TAG_SCRIPT && t->live == NULL) {

        t->script = ngx_consent_fetch_script(tag, t->p);

        if (t->script >= NGX_CONSENT_SCRIPT_URLS) {
            f = NULL;
        }
    }

    if (f && ngx_consent_page_rows(page, t, f, refused) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!tag->hot) {
        return NGX_OK;
    }

    return ngx_consent_page_rows(page, t, ngx_consent_fetch_any(), refused);
}


/* Of each of these names: is it there, does it fetch, and is that refused? */

static ngx_inline ngx_int_t
ngx_consent_page_rows(ngx_consent_page_t *page, const ngx_consent_page_tag_t *t,
    const ngx_consent_fetch_t *f, ngx_consent_refused_t *refused)
{
    uint64_t                   absent;
    const ngx_consent_attr_t  *attr;

    absent = t->live ? 0 : t->tag->absent;

    for ( /* void */ ; f->attr.len; f++) {

        if (absent & f->bit) {
            continue;
        }

        attr = t->live ? ngx_consent_markup_attr(t->live, t->tag, t->p,
                                                 &f->attr)
                       : ngx_consent_fetch_find(t->tag, t->p, &f->attr);

        if (attr
            && ngx_consent_page_present(page, t, f, attr, refused) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_present(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_fetch_t *f,
    const ngx_consent_attr_t *attr, ngx_consent_refused_t *refused)
{
    ngx_int_t                  rc, more;
    const ngx_consent_attr_t  *last;

    /* without its mark, a lazy loader may take what is left */

    if (f->when && !(t->live && f->when == ngx_consent_fetch_lazy)
        && !f->when(t->tag, t->p))
    {
        return NGX_OK;
    }

    rc = ngx_consent_page_attr(page, t, f, attr, refused);

    if (t->tag->ns == NGX_CONSENT_NS_XML) {

        /* which of several prefixes is XLink's is not known */

        last = t->tag->attrs + t->tag->nattrs;

        while (++attr < last) {

            if (!ngx_consent_fetch_named(t->tag, attr, t->p, &f->attr)) {
                continue;
            }

            more = ngx_consent_page_attr(page, t, f, attr, refused);
            rc = (rc == NGX_OK) ? more : rc;
        }
    }

    if (rc != NGX_DECLINED) {
        return rc;
    }

    if (refused->n == NGX_CONSENT_PAGE_REFUSED) {
        return NGX_OK;
    }

    if (refused->needs == 0 && page->rules->unknown != NGX_CONSENT_UNKNOWN_HOLD)
    {
        refused->needs = ngx_consent_page_missing(page);
    }

    refused->attrs[refused->n++] = f;

    return NGX_OK;
}


/* NGX_DECLINED: its value is refused. */

static ngx_int_t
ngx_consent_page_attr(ngx_consent_page_t *page, const ngx_consent_page_tag_t *t,
    const ngx_consent_fetch_t *f, const ngx_consent_attr_t *attr,
    ngx_consent_refused_t *refused)
{
    ngx_int_t  rc;

    if (attr->doubt) {
        ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, 0);
        return NGX_DECLINED;
    }

    rc = NGX_OK;

    switch (f->what) {

    case NGX_CONSENT_FETCH_CSS:
        rc = ngx_consent_page_css_value(page, t, attr);
        break;

    case NGX_CONSENT_FETCH_SRCDOC:
        rc = ngx_consent_page_srcdoc(page, t, attr);
        break;

    case NGX_CONSENT_FETCH_URL:
    case NGX_CONSENT_FETCH_DOCUMENT:
    case NGX_CONSENT_FETCH_BASE:
        rc = ngx_consent_page_value_url(page, t, f->what, attr,
                                        &refused->needs)
             ? NGX_DECLINED : NGX_OK;
        break;

    default:
        rc = ngx_consent_page_list(page, f->what, t->p + attr->value,
                                   attr->value_len, &refused->needs)
             ? NGX_DECLINED : NGX_OK;

        /* what else the value lists is not seen */

        if (attr->cut) {
            rc = NGX_DECLINED;
        }
    }

    return rc;
}


/* Once a page: a table may have many providers, and a page many doubts. */

ngx_consent_mask_t
ngx_consent_page_missing(ngx_consent_page_t *page)
{
    if (!page->asked) {
        page->asked = 1;
        page->missing = ngx_consent_table_missing(page->rules->table,
                                                  &page->rules->grant);
    }

    return page->missing;
}


/* 1 if the attribute's value is a URL that is refused */

ngx_uint_t
ngx_consent_page_value_url(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, ngx_consent_fetch_e what,
    const ngx_consent_attr_t *attr, ngx_consent_mask_t *needs)
{
    size_t              n, len;
    u_char             *text, *value, buf[NGX_CONSENT_URL_MAX];
    ngx_consent_url_t   u;

    value = t->p + attr->value;
    len = attr->value_len;

    if (what == NGX_CONSENT_FETCH_BASE) {

        if (ngx_consent_page_url_from(page, &page->rules->self, value, len,
                                      NGX_CONSENT_URL_ATTR, &u, buf, needs))
        {
            return 1;
        }

        if (t->tag->ns != NGX_CONSENT_NS_SVG) {
            ngx_consent_page_base(page, &u);
        }

        return 0;
    }

    if (ngx_consent_page_url_as(page, value, len, NGX_CONSENT_URL_ATTR, &u,
                                buf, needs))
    {
        return 1;
    }

    if (attr->cut) {

        /* of a long value the host may still be to come */

        ngx_consent_url_parse(&u, value, len, NGX_CONSENT_URL_ATTR, NULL, buf);

        if (!u.relative && u.path.len <= 1 && u.args.len == 0
            && (u.scheme == NGX_CONSENT_URL_HTTP
                || u.scheme == NGX_CONSENT_URL_NONE))
        {
            ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, 0);
            return 1;
        }
    }

    if (what != NGX_CONSENT_FETCH_DOCUMENT
        || (u.scheme != NGX_CONSENT_URL_DATA
            && u.scheme != NGX_CONSENT_URL_OTHER))
    {
        return 0;
    }

    n = NGX_CONSENT_VALUE_SIZE(len);

    text = ngx_consent_page_scratch(page, n + NGX_CONSENT_PAGE_ROOM);
    if (text == NULL) {
        return 1;
    }

    text += NGX_CONSENT_PAGE_ROOM;
    n = ngx_consent_value_text(text, n, value, len);

    if (u.scheme == NGX_CONSENT_URL_OTHER) {
        return ngx_consent_page_javascript(page, text, n, attr->cut, needs);
    }

    return ngx_consent_page_data(page, text, n,
                                 t->tag->id == NGX_CONSENT_TAG_SCRIPT,
                                 attr->cut, needs);
}


ngx_uint_t
ngx_consent_page_url(ngx_consent_page_t *page, u_char *value, size_t len,
    ngx_uint_t flags, ngx_consent_mask_t *needs)
{
    u_char              buf[NGX_CONSENT_URL_MAX];
    ngx_consent_url_t   u;

    return ngx_consent_page_url_as(page, value, len, flags, &u, buf, needs);
}


/* What is known of the base, if it is one for every reading. */

static ngx_inline ngx_uint_t
ngx_consent_page_base_is(ngx_consent_page_t *page)
{
    if (page->has_base) {
        return 0;
    }

    if (!page->base_asked) {
        page->base_asked = 1;
        page->base_is = ngx_consent_table_unnamed_base(page->rules->table,
                                                       &page->base,
                                                       &page->rules->grant);
    }

    return page->base_is;
}


/* The same; u is what kind of URL it is. */

static ngx_uint_t
ngx_consent_page_url_as(ngx_consent_page_t *page, u_char *value, size_t len,
    ngx_uint_t flags, ngx_consent_url_t *u, u_char *buf,
    ngx_consent_mask_t *needs)
{
    if (page->rules->unknown == NGX_CONSENT_UNKNOWN_PASS
        && ngx_consent_table_unnamed(page->rules->table, value, len,
                                     ngx_consent_page_base_is(page)))
    {
        memset(u, 0, sizeof(ngx_consent_url_t));
        u->scheme = NGX_CONSENT_URL_HTTP;
        return 0;
    }

    if (ngx_consent_page_url_from(page, &page->base, value, len, flags, u,
                                  buf, needs))
    {
        return 1;
    }

    /* whether that base is one for every reading is not sure */

    return u->relative && page->has_base
           && ngx_consent_page_url_from(page, &page->rules->self, value, len,
                                        flags, u, buf, needs);
}


/*
 * The same from that base; u is the URL as UTF-8.  Where the page's encoding is
 * not known for sure, its host may be another one in each.
 */

static ngx_uint_t
ngx_consent_page_url_from(ngx_consent_page_t *page,
    const ngx_consent_url_t *base, u_char *value, size_t len, ngx_uint_t flags,
    ngx_consent_url_t *u, u_char *buf, ngx_consent_mask_t *needs)
{
    ngx_uint_t             sure;
    ngx_consent_verdict_t  v;

    sure = page->sure && page->charset == NGX_CONSENT_CHARSET_UTF_8;

    ngx_consent_url_parse(u, value, len, flags, base, buf);

    if (!ngx_consent_page_verdict(page->rules, base, value, len, flags, u,
                                  sure, &v))
    {
        return 0;
    }

    page->several |= v.several;
    *needs |= v.missing;

    ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, v.row, v.missing);

    return 1;
}


void
ngx_consent_page_note(ngx_consent_page_t *page, ngx_consent_note_e note,
    const ngx_consent_row_t *row, ngx_consent_mask_t needs)
{
    if (page->refused++ == 0) {
        page->row = row;
    }

    if (page->tag_row == NULL) {
        page->tag_row = row;
    }

    page->needs |= needs;

    if (row == NULL || (needs & ~row->mask)
        || (page->by && page->by != row->provider))
    {
        page->several = 1;

    } else {
        page->by = row->provider;
    }

    if (!page->quiet) {
        page->rules->note(page->rules->data, note, row);
    }
}


/* The first base counts (HTML 4.2.3). */

void
ngx_consent_page_base(ngx_consent_page_t *page, const ngx_consent_url_t *u)
{
    size_t  len;

    if (page->has_base || u->scheme != NGX_CONSENT_URL_HTTP
        || u->host.len > NGX_CONSENT_MAX_BASE)
    {
        return;
    }

    page->has_base = 1;
    page->base = *u;

    memcpy(page->base_data, u->host.data, u->host.len);
    page->base.host.data = page->base_data;

    len = u->path.len;
    if (len > NGX_CONSENT_MAX_BASE - u->host.len) {
        len = NGX_CONSENT_MAX_BASE - u->host.len;
        page->base.cut = 1;
    }

    page->base.path.data = page->base_data + u->host.len;
    page->base.path.len = len;
    memcpy(page->base.path.data, u->path.data, len);

    page->base.args.len = 0;
}


/* A script that runs and brings its text with it. */

ngx_uint_t
ngx_consent_page_inline(const ngx_consent_page_tag_t *t)
{
    const ngx_consent_fetch_t  *f;

    /* of XML: href is nothing to a script of html, nor src to one of svg */

    if (t->tag->ns == NGX_CONSENT_NS_XML) {
        return 1;
    }

    for (f = ngx_consent_fetch_rows(t->tag); f->attr.len; f++) {

        if (f->what == NGX_CONSENT_FETCH_LIST || (t->tag->absent & f->bit)) {
            continue;
        }

        if (ngx_consent_fetch_find(t->tag, t->p, &f->attr)
            && (f->when == NULL || f->when(t->tag, t->p)))
        {
            return 0;
        }
    }

    return 1;
}
