
#include "ngx_consent_page_int.h"


static ngx_uint_t ngx_consent_page_attr(ngx_consent_page_t *page,
    const ngx_consent_fetch_t *f, u_char *value, size_t len,
    ngx_consent_mask_t *needs);
static ngx_uint_t ngx_consent_page_url(ngx_consent_page_t *page,
    const ngx_consent_url_t *u, ngx_consent_mask_t *needs);
static void ngx_consent_page_base(ngx_consent_page_t *page,
    const ngx_consent_url_t *u);


void
ngx_consent_page_judge(ngx_consent_page_t *page, const u_char *p,
    ngx_consent_refused_t *refused)
{
    ngx_consent_tag_t          *tag;
    const ngx_consent_attr_t   *attr;
    const ngx_consent_fetch_t  *f;

    refused->n = 0;
    refused->needs = 0;

    tag = &page->html.tag;

    f = ngx_consent_fetch_rows(tag);
    if (f == NULL) {
        return;
    }

    /* a script that does not execute does not fetch either */

    if (tag->id == NGX_CONSENT_TAG_SCRIPT
        && ngx_consent_fetch_script(tag, p) == NGX_CONSENT_SCRIPT_DATA)
    {
        return;
    }

    for ( /* void */ ; f->tag == tag->id; f++) {

        attr = ngx_consent_fetch_attr(tag, p, &f->attr);

        if (attr == NULL || (f->when && !f->when(tag, p))) {
            continue;
        }

        if (ngx_consent_page_attr(page, f, (u_char *) p + attr->value,
                                  attr->value_len, &refused->needs))
        {
            refused->attrs[refused->n++] = f;
        }
    }
}


/* 1 if the attribute must not be fetched */

static ngx_uint_t
ngx_consent_page_attr(ngx_consent_page_t *page, const ngx_consent_fetch_t *f,
    u_char *value, size_t len, ngx_consent_mask_t *needs)
{
    u_char             *last, buf[NGX_CONSENT_URL_MAX];
    ngx_str_t           candidate;
    ngx_uint_t          refused;
    ngx_consent_url_t   u;

    if (f->what == NGX_CONSENT_FETCH_SRCSET) {

        refused = 0;
        last = value + len;

        while (ngx_consent_url_srcset(&value, last, &candidate) == NGX_OK) {

            ngx_consent_url_parse(&u, candidate.data, candidate.len,
                                  NGX_CONSENT_URL_ATTR, &page->base, buf);

            refused |= ngx_consent_page_url(page, &u, needs);
        }

        return refused;
    }

    ngx_consent_url_parse(&u, value, len, NGX_CONSENT_URL_ATTR,
                          f->what == NGX_CONSENT_FETCH_BASE
                          ? &page->rules->self : &page->base, buf);

    refused = ngx_consent_page_url(page, &u, needs);

    if (f->what == NGX_CONSENT_FETCH_BASE && !refused) {
        ngx_consent_page_base(page, &u);
    }

    return refused;
}


static ngx_uint_t
ngx_consent_page_url(ngx_consent_page_t *page, const ngx_consent_url_t *u,
    ngx_consent_mask_t *needs)
{
    ngx_uint_t                  first;
    ngx_consent_mask_t          missing;
    ngx_consent_match_t         m;
    const ngx_consent_rules_t  *rules;

    if (u->scheme != NGX_CONSENT_URL_HTTP) {
        return 0;
    }

    rules = page->rules;
    first = ngx_consent_page_first_party(rules, u);

    if (ngx_consent_table_find_url(rules->table, u, first, &m) == NGX_OK) {

        missing = m.needs & ~rules->granted;

        if (missing == 0) {
            return 0;
        }

    } else {

        if (first || rules->unknown == NGX_CONSENT_UNKNOWN_PASS) {
            return 0;
        }

        m.row = NULL;
        missing = 0;

        if (rules->unknown == NGX_CONSENT_UNKNOWN_CATEGORY) {

            missing = rules->unknown_needs & ~rules->granted;

            if (missing == 0) {
                return 0;
            }
        }
    }

    *needs |= missing;

    rules->note(rules->data, NGX_CONSENT_NOTE_HELD, m.row);

    return 1;
}


ngx_uint_t
ngx_consent_page_first_party(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *u)
{
    ngx_uint_t        i;
    const ngx_str_t  *host, *name;

    host = &u->host;
    name = &rules->self.host;

    if (host->len == 0
        || (host->len == name->len
            && memcmp(host->data, name->data, name->len) == 0))
    {
        return 1;
    }

    for (i = 0; i < rules->nfirst; i++) {

        name = &rules->first[i];

        if (host->len == name->len
            && memcmp(host->data, name->data, name->len) == 0)
        {
            return 1;
        }

        if (name->data[0] != '.') {
            continue;
        }

        /* ".example.com": example.com and all names beneath it */

        if (host->len + 1 == name->len
            && memcmp(host->data, name->data + 1, host->len) == 0)
        {
            return 1;
        }

        if (host->len > name->len
            && memcmp(host->data + host->len - name->len, name->data,
                      name->len)
               == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* The first base counts (HTML 4.2.3). */

static void
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
ngx_consent_page_inline(const ngx_consent_page_t *page, const u_char *p)
{
    const ngx_consent_tag_t    *tag;
    const ngx_consent_fetch_t  *f;

    tag = &page->html.tag;

    if (tag->id != NGX_CONSENT_TAG_SCRIPT || tag->part
        || tag->ns == NGX_CONSENT_NS_MATH
        || ngx_consent_fetch_script(tag, p) == NGX_CONSENT_SCRIPT_DATA)
    {
        return 0;
    }

    if (tag->ns == NGX_CONSENT_NS_SVG && tag->self_closing) {
        return 0;
    }

    for (f = ngx_consent_fetch_rows(tag); f->tag == tag->id; f++) {
        if (f->when(tag, p) && ngx_consent_fetch_attr(tag, p, &f->attr)) {
            return 0;
        }
    }

    return 1;
}
