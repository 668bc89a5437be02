
#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_urls(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto);
static ngx_int_t ngx_consent_page_string(ngx_consent_page_t *page,
    uint64_t at, size_t len);
static ngx_consent_script_e ngx_consent_page_script_is(
    const ngx_consent_page_t *page, const ngx_consent_page_tag_t *t);
static ngx_int_t ngx_consent_page_style(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto, ngx_uint_t end);
static ngx_int_t ngx_consent_page_style_url(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t at);


static const ngx_str_t  ngx_consent_page_type = ngx_string("type");


ngx_int_t
ngx_consent_page_content(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_uint_t                  i;
    ngx_consent_reader_t       *r;
    const ngx_consent_tag_t    *tag;
    const ngx_consent_rules_t  *rules;

    r = t->reader;
    tag = t->tag;
    rules = page->rules;

    if (tag->id != NGX_CONSENT_TAG_STYLE && tag->id != NGX_CONSENT_TAG_SCRIPT) {
        return NGX_OK;
    }

    if (tag->self_closing && tag->ns != NGX_CONSENT_NS_HTML) {
        return NGX_OK;
    }

    if (r->mode != NGX_CONSENT_PAGE_TEXT) {

        if (r->html.xml) {

            /* within the content of another one */

            return ngx_consent_page_xml_nested(page, t);
        }

        /* html has broken out of a style of svg, which was not closed */

        if (ngx_consent_page_judge_content(page, r, t->at, 1) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (tag->id == NGX_CONSENT_TAG_STYLE) {

        /* no URL of it can be refused */

        if (rules->unknown == NGX_CONSENT_UNKNOWN_PASS
            && !ngx_consent_table_holds(rules->table, &rules->grant, 0))
        {
            return NGX_OK;
        }

        r->mode = NGX_CONSENT_PAGE_STYLE;
        ngx_consent_css_init(&r->u.css, page->rules->tag_buffer);
        r->u.css.lead = page->lead;

    } else if (!tag->part && tag->ns != NGX_CONSENT_NS_MATH) {

        switch (ngx_consent_page_script_is(page, t)) {

        case NGX_CONSENT_SCRIPT_DATA:
            return NGX_OK;

        case NGX_CONSENT_SCRIPT_URLS:
            r->mode = NGX_CONSENT_PAGE_URLS;
            ngx_consent_strings_init(&r->u.strings, page->rules->tag_buffer);
            break;

        case NGX_CONSENT_SCRIPT_MODULE:
            r->module = 1;
            ngx_consent_js_init(&r->u.js, page->rules->tag_buffer);
            r->u.js.lead = page->lead;
            r->mode = NGX_CONSENT_PAGE_SCRIPT;
            break;

        default:
            r->module = 0;
            r->mode = NGX_CONSENT_PAGE_SCRIPT;
        }

        if (r->mode == NGX_CONSENT_PAGE_SCRIPT) {

            if (!ngx_consent_page_inline(t)) {
                r->mode = NGX_CONSENT_PAGE_TEXT;
                return NGX_OK;
            }

            ngx_consent_table_scan_init(&r->scan, &page->rules->grant);

            ngx_consent_page_stub_init(t);

            r->live = (t->live != NULL);
            r->plan.form = NULL;

            if (page->rules->markup && !r->live) {
                ngx_consent_page_mark_plan(page, t);
            }

            r->imports = 0;
            r->name_len = tag->name_len;
            r->ntypes = 0;

            for (i = 0; i < tag->nattrs; i++) {
                if (r->ntypes < NGX_CONSENT_PAGE_TYPES
                    && ngx_consent_fetch_named(tag, &tag->attrs[i], t->p,
                                               &ngx_consent_page_type))
                {
                    r->types[r->ntypes++] =
                        ngx_consent_edit_rename(&tag->attrs[i], t->p);
                }
            }
        }

    } else {
        return NGX_OK;
    }

    r->element = tag->id;
    r->ns = tag->ns;
    r->start = t->at;
    r->content = t->at + tag->off;
    r->judged = r->content;

    return r->html.xml ? ngx_consent_page_xml_begin(page, r) : NGX_OK;
}


/* What the script is, or what it will be when its mark is off. */

static ngx_consent_script_e
ngx_consent_page_script_is(const ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_str_t  type;

    if (t->live == NULL) {
        return t->script;
    }

    if (ngx_consent_markup_type(page->rules->markup->platform, t->tag, t->p,
                                &type)
        == NGX_OK)
    {
        return ngx_consent_fetch_script_type(type.data, type.len);
    }

    return ngx_consent_fetch_script(t->tag, t->p);
}


ngx_int_t
ngx_consent_page_judge_content(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto, ngx_uint_t end)
{
    ngx_int_t  rc;

    if (r->html.pieces) {
        return ngx_consent_page_xml_content(page, r, end);
    }

    switch (r->mode) {

    case NGX_CONSENT_PAGE_SCRIPT:
        return ngx_consent_page_script(page, r, upto, end);

    case NGX_CONSENT_PAGE_URLS:
        rc = ngx_consent_page_urls(page, r, upto);
        break;

    case NGX_CONSENT_PAGE_STYLE:
        rc = ngx_consent_page_style(page, r, upto, end);
        break;

    case NGX_CONSENT_PAGE_DROP:

        /* at the end of a page to the end, as a browser would */

        if (end) {
            ngx_consent_page_close(page, upto);
        }

        return NGX_OK;

    default:
        return NGX_OK;
    }

    if (end) {
        r->mode = NGX_CONSENT_PAGE_TEXT;
    }

    return rc;
}


uint64_t
ngx_consent_page_safe(const ngx_consent_page_t *page,
    const ngx_consent_reader_t *r)
{
    uint64_t  safe, judged;

    if (r->html.pieces) {
        return ngx_consent_page_xml_safe(page, r);
    }

    safe = r->at - r->html.held;

    switch (r->mode) {

    case NGX_CONSENT_PAGE_SCRIPT:
        return r->start;

    case NGX_CONSENT_PAGE_URLS:
        judged = r->judged - r->u.strings.held;
        break;

    case NGX_CONSENT_PAGE_STYLE:
        judged = r->judged - r->u.css.held;
        break;

    default:
        return safe;
    }

    return judged < safe ? judged : safe;
}


/*
 * Import maps and speculation rules: JSON, of which every string that names no
 * member may be a URL.
 */

static ngx_int_t
ngx_consent_page_urls(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t upto)
{
    size_t                  n;
    u_char                 *p, *pos;
    ngx_int_t               rc;
    ngx_consent_strings_t  *strings;

    strings = &r->u.strings;

    while (r->judged < upto) {

        p = ngx_consent_page_run(page, r->judged, &n);

        if (n > upto - r->judged) {
            n = upto - r->judged;
        }

        pos = p;
        rc = ngx_consent_strings_next(strings, &pos, p + n);
        r->judged += pos - p;

        if (rc != NGX_AGAIN && !strings->name
            && ngx_consent_page_string(page, r->judged - strings->off,
                                       strings->len)
               != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_string(ngx_consent_page_t *page, uint64_t at, size_t len)
{
    u_char      *p;
    ngx_uint_t   refused;

    p = ngx_consent_page_span(page, at, len);

    if (p == NULL
        || ngx_consent_page_json_url(page, p, len, &refused) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return refused ? ngx_consent_page_replace(page, at, len) : NGX_OK;
}


ngx_int_t
ngx_consent_page_json_url(ngx_consent_page_t *page, const u_char *p,
    size_t len, ngx_uint_t *refused)
{
    size_t               n;
    u_char              *text;
    ngx_consent_mask_t   needs;

    text = ngx_consent_page_scratch(page, len + 1);
    if (text == NULL) {
        return NGX_ERROR;
    }

    needs = 0;
    n = ngx_consent_js_text(text, len, p, len, page->lead);

    /* a bare word is none: of that only an import map says what it is */

    *refused = ngx_consent_page_is_url(text, n)
               && ngx_consent_page_url(page, text, n, 0, &needs);

    return NGX_OK;
}


ngx_uint_t
ngx_consent_page_is_url(const u_char *p, size_t len)
{
    return len && (*p == '/' || *p == '.' || *p == '\\'
                   || memchr(p, ':', len) != NULL);
}


static ngx_int_t
ngx_consent_page_style(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t upto, ngx_uint_t end)
{
    size_t              n;
    u_char             *p, *pos;
    ngx_int_t           rc;
    ngx_consent_css_t  *css;

    css = &r->u.css;

    /* in svg its text may have references: it is looked at when it has ended */

    if (r->ns == NGX_CONSENT_NS_SVG && r->judged == r->content
        && upto - r->content <= page->rules->inline_buffer)
    {
        if (!end) {
            return NGX_OK;
        }

        n = upto - r->content;

        p = ngx_consent_page_span(page, r->content, n);
        if (p == NULL) {
            return NGX_ERROR;
        }

        if (memchr(p, '&', n)) {
            return ngx_consent_page_css_text(page, r->content, p, n, 0, 0);
        }
    }

    while (r->judged < upto) {

        p = ngx_consent_page_run(page, r->judged, &n);

        if (n > upto - r->judged) {
            n = upto - r->judged;
        }

        pos = p;
        rc = ngx_consent_css_next(css, &pos, p + n);
        r->judged += pos - p;

        if (rc != NGX_AGAIN
            && ngx_consent_page_style_url(page, r, r->judged - css->off)
               != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (end && ngx_consent_css_end(css) == NGX_CONSENT_CSS_URL) {
        return ngx_consent_page_style_url(page, r, r->judged - css->off);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_style_url(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t at)
{
    size_t               len;
    u_char              *p;
    ngx_consent_mask_t   needs;

    len = r->u.css.len;

    p = ngx_consent_page_span(page, at, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    needs = 0;

    if (ngx_consent_page_css_url(page, &r->u.css, p, len, &needs)) {
        return ngx_consent_page_replace(page, at, len);
    }

    return NGX_OK;
}


/* A URL that stands in the text gives way to one that fetches nothing. */

ngx_int_t
ngx_consent_page_replace(ngx_consent_page_t *page, uint64_t at, size_t len)
{
    ngx_consent_edit_t  edit;

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = at;
    edit.drop = len;
    edit.what = NGX_CONSENT_EDIT_URL;

    return ngx_consent_page_edit(page, &edit);
}
