
/*
 * A page before its first tag: its readers, and whether it is XML.
 */

#include "ngx_consent_page_int.h"


void
ngx_consent_page_init(ngx_consent_page_t *page, ngx_pool_t *pool)
{
    memset(page, 0, offsetof(ngx_consent_page_t, tongue_data));

    page->pool = pool;

    page->readers[0] = &page->reader;
    page->nreaders = 1;
}


void
ngx_consent_page_restart(ngx_consent_page_t *page,
    const ngx_consent_rules_t *rules)
{
    ngx_consent_reader_t  *r;

    while (page->nreaders > 1) {
        page->spare[page->nspare++] = page->readers[--page->nreaders];
    }

    page->rules = rules;
    page->start = 0;
    page->out = 0;
    page->held = 0;
    page->nedits = 0;
    page->ntexts = 0;
    page->needs = 0;
    page->row = NULL;
    page->tag_row = NULL;
    page->refused = 0;
    page->stubbed = 0;
    page->places = 0;
    page->lang = NULL;
    page->tongue.len = 0;
    page->has_lang = 0;
    page->base = rules->self;
    page->has_base = 0;
    page->base_asked = 0;
    page->asked = 0;
    page->quiet = 0;
    page->sniff = rules->sniff;
    page->named = 0;
    page->dtd = NULL;
    page->charset = NGX_CONSENT_CHARSET_NONE;
    page->sure = 0;
    page->lead = 0;

    r = page->readers[0];

    memset(&r->at, 0, offsetof(ngx_consent_reader_t, scan)
                      - offsetof(ngx_consent_reader_t, at));
    r->plan.form = NULL;

    ngx_consent_html_init(&r->html, rules->tag_buffer);

    r->html.head = (rules->head.len != 0);
    r->html.body_too = (rules->body != NULL);
    r->html.scripting = rules->head_only;
    r->html.marks = (rules->markup != NULL);

    switch (rules->kind) {

    case NGX_CONSENT_KIND_XML:
        r->html.xml = 1;
        break;

    case NGX_CONSENT_KIND_DTD:
        r->html.xml = 1;
        ngx_consent_html_subset(&r->html);
        break;

    case NGX_CONSENT_KIND_CSS:
        r->mode = NGX_CONSENT_PAGE_STYLE;
        ngx_consent_css_init(&r->u.css, rules->tag_buffer);
        break;

    case NGX_CONSENT_KIND_SCRIPT:
        r->mode = NGX_CONSENT_PAGE_SCRIPT;
        ngx_consent_table_scan_init(&r->scan, &rules->grant);
        ngx_consent_js_init(&r->u.js, rules->tag_buffer);
        r->module = 1;
        break;

    default:
        break;
    }

    page->passing = ngx_consent_page_passes(page);
}


ngx_consent_reader_t *
ngx_consent_page_reader(ngx_consent_page_t *page)
{
    ngx_consent_reader_t  *r;

    if (page->nspare) {
        r = page->spare[--page->nspare];

    } else {
        r = ngx_palloc(page->pool, sizeof(ngx_consent_reader_t));
        if (r == NULL) {
            return NULL;
        }
    }

    page->readers[page->nreaders++] = r;

    return r;
}


size_t
ngx_consent_page_limit(const ngx_consent_rules_t *rules)
{
    return 3 * (size_t) rules->tag_buffer + rules->inline_buffer;
}


ngx_uint_t
ngx_consent_page_sniffed(ngx_consent_page_t *page, ngx_uint_t end)
{
    size_t    n, match;
    u_char   *p, *last;
    uint64_t  at;

    static const ngx_str_t  xml = ngx_string("<?xml");

    match = 0;
    at = 0;

    while (at < ngx_consent_page_last(page)) {

        p = ngx_consent_page_run(page, at, &n);
        at += n;

        for (last = p + n; p < last; p++) {

            if (match == 0 && ngx_consent_value_space(*p)) {
                continue;
            }

            if (*p != xml.data[match]) {
                page->sniff = 0;
                return 1;
            }

            if (++match == xml.len) {
                page->sniff = 0;
                page->readers[0]->html.xml = 1;
                page->passing = ngx_consent_page_passes(page);
                return 1;
            }
        }
    }

    if (end || at > NGX_CONSENT_PAGE_SNIFF) {
        page->sniff = 0;
    }

    return !page->sniff;
}
