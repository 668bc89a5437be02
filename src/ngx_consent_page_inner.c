
/*
 * Documents inside of documents: each is a page of its own, one level deeper,
 * whose output is either edits of the page around it or nothing at all.
 */

#include "ngx_consent_page_int.h"
#include "ngx_consent_data.h"
#include "ngx_consent_document.h"


/* bytes of a data: URL's body that are decoded at once */
#define NGX_CONSENT_PAGE_DATA  1024


/* what becomes of the pieces of a srcdoc */

typedef struct {
    ngx_consent_page_t   *page;
    ngx_consent_value_t   value;
    uint64_t              at;           /* of the value in the page */
    uint64_t              text;         /* offset in the decoded text */
} ngx_consent_srcdoc_t;


static ngx_consent_document_t *ngx_consent_page_inner(ngx_consent_page_t *page,
    ngx_consent_rules_t *rules, ngx_consent_charset_e charset);
static ngx_int_t ngx_consent_page_srcdoc_emit(void *data, u_char *p,
    size_t len, ngx_consent_piece_e kind);
static ngx_uint_t ngx_consent_page_body(ngx_consent_page_t *page,
    ngx_consent_kind_e kind, ngx_consent_data_t *data, const u_char *url,
    ngx_consent_mask_t *needs);
static void ngx_consent_page_silent(void *data, ngx_consent_note_e note,
    const ngx_consent_row_t *row);
static ngx_uint_t ngx_consent_page_kind(const ngx_consent_data_t *d,
    ngx_consent_kind_e *kind);


ngx_int_t
ngx_consent_page_srcdoc(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_attr_t *attr)
{
    size_t                   n;
    u_char                  *text, *value;
    ngx_consent_page_t      *inner;
    ngx_consent_emit_pt      emit;
    ngx_consent_rules_t      rules;
    ngx_consent_srcdoc_t     srcdoc;
    ngx_consent_document_t  *d;

    emit = ngx_consent_page_srcdoc_emit;

    if (attr->value_len == 0) {
        return NGX_OK;
    }

    if (attr->cut || page->level == NGX_CONSENT_PAGE_LEVELS) {
        ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, 0);
        return NGX_DECLINED;
    }

    /* no edit can be made where it does not stand */

    if (attr->expanded) {
        emit = NULL;
    }

    value = t->p + attr->value;
    n = NGX_CONSENT_VALUE_SIZE(attr->value_len);

    text = ngx_consent_page_scratch(page, n);
    if (text == NULL) {
        return NGX_ERROR;
    }

    n = ngx_consent_value_text(text, n, value, attr->value_len);

    srcdoc.page = page;
    srcdoc.at = t->at + attr->value;
    srcdoc.text = 0;
    ngx_consent_value_init(&srcdoc.value, value, attr->value_len);

    rules = *page->rules;
    rules.kind = NGX_CONSENT_KIND_HTML;
    rules.sniff = 0;
    rules.emit = emit;
    rules.emit_data = &srcdoc;
    rules.markup = NULL;        /* a platform does not reach into it */
    rules.note = ngx_consent_page_silent;

    d = ngx_consent_page_inner(page, &rules, NGX_CONSENT_CHARSET_UTF_8);
    if (d == NULL) {
        return NGX_ERROR;
    }

    /* it is characters, whatever a meta in it says */

    inner = &d->page;
    inner->base = page->base;
    inner->sure = 1;

    if (ngx_consent_page_feed(inner, text, n, 1) != NGX_OK) {
        return NGX_ERROR;
    }

    /* counted and told as one: which rows there were is in the elements */

    if (inner->refused) {
        page->several |= (inner->refused > 1);
        ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, inner->row,
                              inner->needs);
    }

    return (inner->refused && emit == NULL) ? NGX_DECLINED : NGX_OK;
}


ngx_int_t
ngx_consent_page_literal(ngx_consent_page_t *page, uint64_t at,
    const u_char *p, size_t len, ngx_consent_kind_e kind)
{
    size_t                   n;
    u_char                  *text;
    ngx_consent_page_t      *inner;
    ngx_consent_rules_t      rules;
    ngx_consent_srcdoc_t     srcdoc;
    ngx_consent_document_t  *d;

    if (page->level == NGX_CONSENT_PAGE_LEVELS) {
        return NGX_DECLINED;
    }

    text = ngx_consent_page_scratch(page, NGX_CONSENT_VALUE_SIZE(len));
    if (text == NULL) {
        return NGX_ERROR;
    }

    n = ngx_consent_value_literal(text, NGX_CONSENT_VALUE_SIZE(len), p, len);

    srcdoc.page = page;
    srcdoc.at = at;
    srcdoc.text = 0;
    ngx_consent_value_init(&srcdoc.value, p, len);
    srcdoc.value.literal = 1;

    rules = *page->rules;
    rules.kind = kind;
    rules.sniff = 0;
    rules.emit = ngx_consent_page_srcdoc_emit;
    rules.emit_data = &srcdoc;
    rules.note = ngx_consent_page_silent;

    d = ngx_consent_page_inner(page, &rules, NGX_CONSENT_CHARSET_UTF_8);
    if (d == NULL) {
        return NGX_ERROR;
    }

    inner = &d->page;
    inner->sure = 1;
    inner->base = page->base;
    inner->has_base = page->has_base;
    inner->dtd = page->dtd;
    inner->named = 1;

    if (ngx_consent_page_feed(inner, text, n, 1) != NGX_OK) {
        return NGX_ERROR;
    }

    if (inner->refused) {
        ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, inner->row,
                              inner->needs);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_srcdoc_emit(void *data, u_char *p, size_t len,
    ngx_consent_piece_e kind)
{
    ngx_consent_srcdoc_t *srcdoc = data;

    ngx_consent_edit_t   edit;
    ngx_consent_page_t  *page;

    page = srcdoc->page;

    if (kind == NGX_CONSENT_PIECE_KEEP || kind == NGX_CONSENT_PIECE_HELD) {
        srcdoc->text += len;
        return NGX_OK;
    }

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = srcdoc->at + ngx_consent_value_raw(&srcdoc->value, srcdoc->text);
    edit.what = NGX_CONSENT_EDIT_TEXT;
    edit.quoted = 1;

    if (kind == NGX_CONSENT_PIECE_DROP) {
        srcdoc->text += len;
        edit.drop = srcdoc->at
                    + ngx_consent_value_raw(&srcdoc->value, srcdoc->text)
                    - edit.at;

        return ngx_consent_page_edit(page, &edit);
    }

    edit.text.data = ngx_consent_page_text(page, len);
    edit.text.len = len;

    if (edit.text.data == NULL) {
        return NGX_ERROR;
    }

    memcpy(edit.text.data, p, len);

    return ngx_consent_page_edit(page, &edit);
}


ngx_uint_t
ngx_consent_page_data(ngx_consent_page_t *page, const u_char *url, size_t len,
    ngx_uint_t script, ngx_uint_t cut, ngx_consent_mask_t *needs)
{
    ngx_uint_t           flags, refused;
    ngx_consent_kind_e   kind;
    ngx_consent_data_t   data;

    flags = 0;
    refused = 0;

    do {

        if (ngx_consent_data_init(&data, url, len, flags) != NGX_OK) {
            break;
        }

        kind = NGX_CONSENT_KIND_SCRIPT;

        if (script || ngx_consent_page_kind(&data, &kind)) {

            if (cut || page->level == NGX_CONSENT_PAGE_LEVELS) {
                ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, 0);
                return 1;
            }

            refused = ngx_consent_page_body(page, kind, &data, url, needs);
        }

        /* where browsers differ, in what they drop, both are judged */

        flags ^= NGX_CONSENT_DATA_KEPT;

    } while (!refused && data.twice && flags);

    return refused;
}


ngx_uint_t
ngx_consent_page_javascript(ngx_consent_page_t *page, u_char *url, size_t len,
    ngx_uint_t cut, ngx_consent_mask_t *needs)
{
    size_t   n;
    u_char  *p, *last;

    static const ngx_str_t  scheme = ngx_string("javascript:");
    static const ngx_str_t  html = ngx_string("data:text/html,");

    /* what a URL parser drops may stand before and in the scheme */

    last = url + len;
    n = 0;

    for (p = url; p < last && n < scheme.len; p++) {

        if (ngx_consent_tolower(*p) == scheme.data[n]) {
            n++;

        } else if (*p > ' ') {
            return 0;
        }
    }

    if (n < scheme.len) {
        return 0;
    }

    p -= html.len;
    memcpy(p, html.data, html.len);

    return ngx_consent_page_data(page, p, last - p, 0, cut, needs);
}


/* Judges what is in a data: URL, whose head was read. */

static ngx_uint_t
ngx_consent_page_body(ngx_consent_page_t *page, ngx_consent_kind_e kind,
    ngx_consent_data_t *data, const u_char *url, ngx_consent_mask_t *needs)
{
    size_t                   n;
    u_char                   buf[NGX_CONSENT_PAGE_DATA];
    ngx_consent_rules_t      rules;
    ngx_consent_charset_e    charset;
    ngx_consent_document_t  *d;

    rules = *page->rules;
    rules.kind = kind;
    rules.sniff = 0;
    rules.emit = NULL;
    rules.note = ngx_consent_page_silent;

    /* relative URLs have no base there, and so no host */

    rules.self.host.len = 0;

    charset = ngx_consent_charset_label(data->charset, data->charset_len);

    d = ngx_consent_page_inner(page, &rules, charset);
    if (d == NULL) {
        return 1;
    }

    do {
        n = ngx_consent_data_read(data, url, buf, sizeof(buf));

        if (ngx_consent_document_feed(d, buf, n, n == 0) != NGX_OK) {
            return 1;
        }

    } while (n);

    if (d->page.refused == 0) {
        return 0;
    }

    *needs |= d->page.needs;
    page->several |= (d->page.refused > 1);

    ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, d->page.row,
                          d->page.needs);

    return 1;
}


/* What a browser makes of the type: 0, nothing that fetches. */

static ngx_uint_t
ngx_consent_page_kind(const ngx_consent_data_t *d, ngx_consent_kind_e *kind)
{
    size_t            i, len;
    const ngx_str_t  *name;

    static const struct {
        ngx_str_t           name;
        ngx_consent_kind_e  kind;
    } types[] = {
        { ngx_string("text/html"), NGX_CONSENT_KIND_HTML },
        { ngx_string("text/css"), NGX_CONSENT_KIND_CSS },
        { ngx_string("text/xml"), NGX_CONSENT_KIND_XML },
        { ngx_string("application/xml"), NGX_CONSENT_KIND_XML }
    };

    static const ngx_str_t  xml = ngx_string("+xml");

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {

        name = &types[i].name;

        if (d->type_len == name->len
            && memcmp(d->type, name->data, name->len) == 0)
        {
            *kind = types[i].kind;
            return 1;
        }
    }

    len = d->type_len;

    if (len > xml.len
        && memcmp(d->type + len - xml.len, xml.data, xml.len) == 0)
    {
        *kind = NGX_CONSENT_KIND_XML;
        return 1;
    }

    return 0;
}


/* The document one level deeper, made ready; NULL: no memory. */

static ngx_consent_document_t *
ngx_consent_page_inner(ngx_consent_page_t *page, ngx_consent_rules_t *rules,
    ngx_consent_charset_e charset)
{
    ngx_consent_document_t  *d;

    rules->head.len = 0;        /* it is the page's, not theirs */
    rules->body = NULL;

    d = page->inner;

    if (d) {
        ngx_consent_document_restart(d, rules, charset);
        return d;
    }

    d = ngx_palloc(page->pool, sizeof(ngx_consent_document_t));

    if (d == NULL) {
        return NULL;
    }

    ngx_consent_document_init(d, rules, charset, page->pool);

    d->page.level = page->level + 1;
    page->inner = d;

    return d;
}


static void
ngx_consent_page_silent(void *data, ngx_consent_note_e note,
    const ngx_consent_row_t *row)
{
    (void) data;
    (void) note;
    (void) row;
}
