
/*
 * What is put first into the page's head, before any element that could run or
 * fetch.  A browser opens the head at a place that the tokenizer tells; in XML,
 * where only an author's own head would be one, nothing is put in.
 */

#include "ngx_consent_page_int.h"


ngx_int_t
ngx_consent_page_head(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    page->passing = rules->head_only;

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


ngx_int_t
ngx_consent_page_to_head(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    ngx_int_t event)
{
    switch (event) {

    case NGX_CONSENT_HTML_TAG:
        ngx_consent_html_apply(&r->html, NULL);
        return NGX_OK;

    case NGX_CONSENT_HTML_LONG:
        ngx_consent_html_release(&r->html);
        return NGX_OK;

    case NGX_CONSENT_HTML_HEAD:
        return ngx_consent_page_head(page, r);

    default:
        return NGX_OK;
    }
}


ngx_uint_t
ngx_consent_page_passes(const ngx_consent_page_t *page)
{
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    return rules->head_only
           && (rules->head.len == 0 || rules->kind != NGX_CONSENT_KIND_HTML
               || page->readers[0]->html.xml);
}
