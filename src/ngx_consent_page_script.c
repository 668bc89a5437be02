
#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_references(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);
static void ngx_consent_page_imports(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, u_char *p, size_t n);
static ngx_int_t ngx_consent_page_hold_script(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, ngx_consent_mask_t needs);


/*
 * So much of an inline script's content is there.  It is judged when it has
 * ended, or at the limit.
 */

ngx_int_t
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

    return end ? ngx_consent_page_script_end(page, r, cut, upto) : NGX_OK;
}


ngx_int_t
ngx_consent_page_script_end(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    ngx_uint_t cut, uint64_t upto)
{
    ngx_consent_edit_t          edit;
    ngx_consent_mask_t          missing;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    ngx_consent_table_scan(rules->table, &r->scan, (u_char *) "", 0, 1);

    r->mode = NGX_CONSENT_PAGE_TEXT;

    if (r->ns == NGX_CONSENT_NS_SVG && !cut
        && ngx_consent_page_references(page, r) != NGX_OK)
    {
        return NGX_ERROR;
    }

    missing = r->scan.match.missing;

    if (missing && r->stub && !cut && ngx_consent_page_is_stub(page, r, upto)) {
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

        if (cut && page->told <= r->start) {
            page->told = r->start + 1;
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


/* In svg the text of a script may have references: markers stand in either. */

static ngx_int_t
ngx_consent_page_references(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    size_t               n;
    u_char              *p, *text;
    ngx_consent_scan_t   scan;

    n = r->judged - r->content;
    p = ngx_consent_page_span(page, r->content, n);

    if (p == NULL) {
        return NGX_ERROR;
    }

    if (r->scan.match.missing || memchr(p, '&', n) == NULL) {
        return NGX_OK;
    }

    text = ngx_consent_page_scratch(page, NGX_CONSENT_VALUE_SIZE(n));
    if (text == NULL) {
        return NGX_ERROR;
    }

    n = ngx_consent_value_text(text, NGX_CONSENT_VALUE_SIZE(n), p, n);

    ngx_consent_table_scan_init(&scan, &page->rules->grant);
    ngx_consent_table_scan(page->rules->table, &scan, text, n, 1);

    if (scan.match.missing) {
        r->scan = scan;
    }

    return NGX_OK;
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
