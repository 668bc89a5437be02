
#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_script(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto, ngx_uint_t end);
static void ngx_consent_page_imports(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, u_char *p, size_t n);
static ngx_int_t ngx_consent_page_hold_script(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, ngx_consent_mask_t needs);
static ngx_int_t ngx_consent_page_urls(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto);
static ngx_int_t ngx_consent_page_string(ngx_consent_page_t *page,
    uint64_t at, size_t len);
static ngx_uint_t ngx_consent_page_is_url(const u_char *p, size_t len);
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
    ngx_uint_t                i;
    ngx_consent_reader_t     *r;
    const ngx_consent_tag_t  *tag;

    r = t->reader;
    tag = t->tag;

    if (tag->self_closing && tag->ns != NGX_CONSENT_NS_HTML) {
        return NGX_OK;
    }

    if (r->mode != NGX_CONSENT_PAGE_TEXT) {

        /* of XML: within the content of another one */

        return (tag->id == NGX_CONSENT_TAG_STYLE
                || tag->id == NGX_CONSENT_TAG_SCRIPT)
               ? ngx_consent_page_xml_nested(page, t) : NGX_OK;
    }

    if (tag->id == NGX_CONSENT_TAG_STYLE) {

        r->mode = NGX_CONSENT_PAGE_STYLE;
        ngx_consent_css_init(&r->u.css, page->rules->tag_buffer);
        r->u.css.lead = page->lead;

    } else if (tag->id == NGX_CONSENT_TAG_SCRIPT && !tag->part
               && tag->ns != NGX_CONSENT_NS_MATH)
    {
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

            ngx_consent_table_scan_init(&r->scan);

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

    if (t->live
        && ngx_consent_markup_type(page->rules->markup->platform, t->tag, t->p,
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
 * So much of an inline script's content is there.  It is judged when it has
 * ended, or at the limit.
 */

static ngx_int_t
ngx_consent_page_script(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t upto, ngx_uint_t end)
{
    size_t                      n;
    u_char                     *p;
    ngx_uint_t                  cut;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    cut = (upto - r->content > rules->inline_buffer);

    if (cut) {
        upto = r->content + rules->inline_buffer;
        end = 1;
    }

    while (r->judged < upto) {

        p = ngx_consent_page_run(page, r->judged, &n);

        if (n > upto - r->judged) {
            n = upto - r->judged;
        }

        ngx_consent_table_scan(rules->table, &r->scan, p, n, 0);

        if (r->module) {
            ngx_consent_page_imports(page, r, p, n);
        }

        r->judged += n;
    }

    return end ? ngx_consent_page_script_end(page, r, cut) : NGX_OK;
}


ngx_int_t
ngx_consent_page_script_end(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    ngx_uint_t cut)
{
    ngx_consent_edit_t          edit;
    ngx_consent_mask_t          missing;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    ngx_consent_table_scan(rules->table, &r->scan, (u_char *) "", 0, 1);

    r->mode = NGX_CONSENT_PAGE_TEXT;

    missing = r->scan.match.row ? r->scan.match.needs & ~rules->granted : 0;

    if (missing && r->stub && !cut && ngx_consent_page_is_stub(page, r,
                                                             r->judged)) {
        return NGX_OK;
    }

    if (missing && !r->live) {

        page->several |= r->scan.match.several;
        page->quiet = page->nreaders > 1
                      && ngx_consent_page_edited(page, r->start + 1
                                                       + r->name_len);

        ngx_consent_page_note(page, NGX_CONSENT_NOTE_INLINE, r->scan.match.row,
                              missing);
        page->quiet = 0;
    }

    missing |= r->imports;

    if (r->doubt) {

        missing |= ngx_consent_page_missing(page);
        r->doubt = 0;

        ngx_consent_page_note(page, NGX_CONSENT_NOTE_INLINE, NULL, missing);
    }

    if (missing == 0) {

        if (cut) {
            rules->note(rules->data, NGX_CONSENT_NOTE_INLINE_LONG, NULL);
        }

        return NGX_OK;
    }

    if (rules->kind == NGX_CONSENT_KIND_SCRIPT) {
        return NGX_OK;
    }

    if (r->live) {

        /* what its author grants is refused here */

        ngx_consent_page_forget(page, r->start, r->content,
                                NGX_CONSENT_EDIT_LIVE);
        return NGX_OK;
    }

    if (ngx_consent_page_stub_script(page, r) != NGX_OK) {
        return NGX_ERROR;
    }

    if (rules->remove && r->ns == NGX_CONSENT_NS_HTML && page->nreaders == 1) {

        r->mode = NGX_CONSENT_PAGE_DROP;

        /* the removal must be the last edit: see ngx_consent_page_close() */

        ngx_consent_page_forget(page, r->start + 1, r->content,
                                NGX_CONSENT_EDIT_TYPE);

        memset(&edit, 0, sizeof(ngx_consent_edit_t));

        edit.at = r->start;
        edit.drop = NGX_CONSENT_PAGE_OPEN;
        edit.what = NGX_CONSENT_EDIT_TEXT;

        return ngx_consent_page_edit(page, &edit);
    }

    return ngx_consent_page_hold_script(page, r, missing);
}


/* What a module imports; the bytes begin where judged is. */

static void
ngx_consent_page_imports(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    u_char *p, size_t n)
{
    u_char            *pos, *name;
    uint64_t           at;
    ngx_consent_js_t  *js;

    js = &r->u.js;
    pos = p;

    while (ngx_consent_js_next(js, &pos, p + n) != NGX_AGAIN) {

        at = r->judged + (pos - p) - js->off;

        name = ngx_consent_page_span(page, at, js->len);

        if (name == NULL
            || ngx_consent_page_import(page, r, name, js->len) != NGX_OK)
        {
            return;
        }
    }
}


ngx_int_t
ngx_consent_page_import(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    const u_char *name, size_t len)
{
    u_char  *text;

    if (r->u.js.doubt) {

        /* what is imported was not seen to its end */

        r->imports |= ngx_consent_page_missing(page);
        ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, r->imports);

        return NGX_OK;
    }

    text = ngx_consent_page_scratch(page, len + 1);
    if (text == NULL) {
        return NGX_ERROR;
    }

    len = ngx_consent_js_text(text, len, name, len, page->lead);

    if (ngx_consent_page_is_url(text, len)) {
        (void) ngx_consent_page_url(page, text, len, 0, &r->imports);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_hold_script(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    ngx_consent_mask_t needs)
{
    ngx_int_t           rc;
    ngx_uint_t          i;
    ngx_consent_edit_t  edit;

    if (r->plan.form) {

        rc = ngx_consent_page_mark_script(page, r, needs);

        if (rc != NGX_DECLINED) {
            return rc;
        }
    }

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = r->start + 1 + r->name_len;
    edit.what = NGX_CONSENT_EDIT_TYPE;

    if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
        return NGX_ERROR;
    }

    edit.what = NGX_CONSENT_EDIT_WAIT;
    edit.needs = needs;

    if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
        return NGX_ERROR;
    }

    edit.what = NGX_CONSENT_EDIT_RENAME;

    for (i = 0; i < r->ntypes; i++) {

        edit.at = r->start + r->types[i];

        if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
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


/* 1 if it is no bare word: of that only an import map says what it is */

static ngx_uint_t
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
