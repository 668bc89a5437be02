
/*
 * What is put first into the page's head, before any element that could run or
 * fetch, and first into its body.  A browser opens both at places that the
 * tokenizer tells; in XML, where only an author's own elements would be one,
 * nothing is put in.
 */

#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_outer_tag(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);
static ngx_uint_t ngx_consent_page_foreign(const ngx_consent_page_t *page);


ngx_int_t
ngx_consent_page_head(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    page->passing = rules->head_only && rules->body == NULL;

    if (!rules->head_sure && !r->html.document) {
        return NGX_OK;
    }

    /* what stands before it has had its edits, what follows has none yet */

    if (ngx_consent_page_flush(page, r->at - r->html.tag.off, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    if (rules->emit == NULL) {
        return NGX_OK;
    }

    return rules->emit(rules->emit_data, rules->head.data, rules->head.len,
                       NGX_CONSENT_PIECE_INSERT);
}


/* Other readings may stand before it, or behind. */

ngx_int_t
ngx_consent_page_begins(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    ngx_consent_edit_t          edit;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    page->passing = rules->head_only;

    if (!rules->body_sure && !r->html.document) {
        return NGX_OK;
    }

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = r->at - r->html.tag.off;
    edit.what = NGX_CONSENT_EDIT_TEXT;

    if (rules->body(rules->body_data, &page->tongue,
                    ngx_consent_page_foreign(page), &edit.text)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_consent_page_edit(page, &edit);
}


ngx_int_t
ngx_consent_page_to_head(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    ngx_int_t event)
{
    switch (event) {

    case NGX_CONSENT_HTML_TAG:
        return ngx_consent_page_outer_tag(page, r);

    case NGX_CONSENT_HTML_LONG:
        ngx_consent_html_release(&r->html);
        return NGX_OK;

    case NGX_CONSENT_HTML_HEAD:
        return ngx_consent_page_head(page, r);

    case NGX_CONSENT_HTML_BODY:
        return ngx_consent_page_begins(page, r);

    default:
        r->html.fork = NGX_CONSENT_HTML_NO_FORK;
        return NGX_OK;
    }
}


ngx_uint_t
ngx_consent_page_passes(const ngx_consent_page_t *page)
{
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    return rules->head_only
           && ((rules->head.len == 0 && rules->body == NULL)
               || rules->kind != NGX_CONSENT_KIND_HTML
               || page->readers[0]->html.xml);
}


/* What of a page that is not judged matters to its body. */

static ngx_int_t
ngx_consent_page_outer_tag(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    u_char                     buf[NGX_CONSENT_URL_MAX];
    ngx_consent_tag_t         *tag;
    ngx_consent_url_t          u;
    ngx_consent_page_tag_t     t;
    const ngx_consent_attr_t  *attr;

    static const ngx_str_t  href = ngx_string("href");

    tag = &r->html.tag;

    if (page->rules->body && !tag->end && !tag->part
        && (tag->id == NGX_CONSENT_TAG_HTML || tag->id == NGX_CONSENT_TAG_BASE))
    {
        memset(&t, 0, sizeof(ngx_consent_page_tag_t));

        t.tag = tag;
        t.at = r->at - tag->off;
        t.p = ngx_consent_page_span(page, t.at, tag->off);

        if (t.p == NULL) {
            return NGX_ERROR;
        }

        if (tag->id == NGX_CONSENT_TAG_HTML) {
            ngx_consent_page_language(page, &t);

        } else {
            attr = ngx_consent_fetch_attr(tag, t.p, &href);

            if (attr) {
                ngx_consent_url_parse(&u, t.p + attr->value, attr->value_len,
                                      NGX_CONSENT_URL_ATTR, &page->rules->self,
                                      buf);
                ngx_consent_page_base(page, &u);
            }
        }
    }

    ngx_consent_html_apply(&r->html, NULL);
    r->html.fork = NGX_CONSENT_HTML_NO_FORK;

    return NGX_OK;
}


/* 1 if a path in the page leads to another host */

static ngx_uint_t
ngx_consent_page_foreign(const ngx_consent_page_t *page)
{
    const ngx_str_t  *host;

    host = &page->rules->self.host;

    return page->has_base
           && (page->base.host.len != host->len
               || memcmp(page->base.host.data, host->data, host->len) != 0);
}
