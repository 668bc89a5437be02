
#include "ngx_consent_document.h"


static ngx_int_t ngx_consent_document_begin(ngx_consent_document_t *d);
static ngx_int_t ngx_consent_document_read(ngx_consent_document_t *d,
    u_char *p, size_t len, ngx_uint_t end);
static ngx_int_t ngx_consent_document_decode(ngx_consent_document_t *d,
    ngx_consent_charset_e charset, ngx_uint_t start);
static ngx_int_t ngx_consent_document_page(void *data, u_char *p, size_t len,
    ngx_uint_t end);


void
ngx_consent_document_init(ngx_consent_document_t *d,
    const ngx_consent_rules_t *rules, ngx_consent_charset_e header,
    ngx_pool_t *pool)
{
    d->pool = pool;
    d->first = NULL;
    d->transcode = NULL;

    ngx_consent_page_init(&d->page, pool);
    ngx_consent_document_restart(d, rules, header);
}


void
ngx_consent_document_restart(ngx_consent_document_t *d,
    const ngx_consent_rules_t *rules, ngx_consent_charset_e header)
{
    d->rules = *rules;
    d->sniffing = 1;
    d->decoding = 0;
    d->nfirst = 0;

    ngx_consent_sniff_init(&d->sniff, header);
    ngx_consent_page_restart(&d->page, &d->rules);
}


ngx_int_t
ngx_consent_document_feed(ngx_consent_document_t *d, u_char *p, size_t len,
    ngx_uint_t end)
{
    u_char  *first;
    size_t   n;

    /* a flush has no bytes, and no place where they would be */

    if (len == 0 && !end) {
        return NGX_OK;
    }

    if (!d->sniffing) {
        return ngx_consent_document_read(d, p, len, end);
    }

    if (ngx_consent_sniff(&d->sniff, p, len, end) == NGX_AGAIN) {

        if (d->first == NULL) {
            d->first = ngx_pnalloc(d->pool, NGX_CONSENT_CHARSET_DECLARATION);
            if (d->first == NULL) {
                return NGX_ERROR;
            }
        }

        memcpy(d->first + d->nfirst, p, len);
        d->nfirst += len;

        return NGX_OK;
    }

    d->sniffing = 0;

    if (ngx_consent_document_begin(d) != NGX_OK) {
        return NGX_ERROR;
    }

    /* that memory may be shown by what is sent: it is not used again */

    first = d->first;
    n = d->nfirst;

    d->first = NULL;
    d->nfirst = 0;

    if (n && ngx_consent_document_read(d, first, n, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_consent_document_read(d, p, len, end);
}


/* The first bytes have said what they say. */

static ngx_int_t
ngx_consent_document_begin(ngx_consent_document_t *d)
{
    if (d->sniff.charset == NGX_CONSENT_CHARSET_NONE) {
        return NGX_OK;
    }

    if (d->sniff.mark) {
        d->page.readers[0]->html.mark = NGX_CONSENT_CHARSET_MARK;
    }

    /* an XML declaration gives way to a meta, but not in XML */

    d->page.sure = d->sniff.sure || d->rules.kind != NGX_CONSENT_KIND_HTML;

    return ngx_consent_document_decode(d, d->sniff.charset, 1);
}


static ngx_int_t
ngx_consent_document_read(ngx_consent_document_t *d, u_char *p, size_t len,
    ngx_uint_t end)
{
    size_t     rest;
    ngx_int_t  rc;

    if (d->decoding) {
        return ngx_consent_transcode_feed(d->transcode, p, len, end);
    }

    rc = ngx_consent_page_feed(&d->page, p, len, end);

    if (rc != NGX_CONSENT_PAGE_CHARSET) {
        return rc;
    }

    /* what follows that meta is in another encoding */

    rest = d->page.rest;

    if (ngx_consent_document_decode(d, d->page.charset, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_consent_document_read(d, p + len - rest, rest, end);
}


static ngx_int_t
ngx_consent_document_decode(ngx_consent_document_t *d,
    ngx_consent_charset_e charset, ngx_uint_t start)
{
    ngx_consent_transcode_t  *t, old;

    d->page.charset = charset;

    switch (ngx_consent_charset_bytes(charset)) {

    case NGX_CONSENT_BYTES_LEAD:
        d->page.lead = ngx_consent_charset_lead(charset);

        if (d->rules.kind == NGX_CONSENT_KIND_CSS) {
            d->page.readers[0]->u.css.lead = d->page.lead;
        }

        return NGX_OK;

    case NGX_CONSENT_BYTES_UTF_16:
    case NGX_CONSENT_BYTES_ISO_2022_JP:
        break;

    default:
        return NGX_OK;
    }

    t = d->transcode;

    if (t == NULL) {

        t = ngx_palloc(d->pool, sizeof(ngx_consent_transcode_t));
        if (t == NULL) {
            return NGX_ERROR;
        }

        ngx_consent_transcode_init(t, charset, start, d->pool);

    } else {

        old = *t;

        ngx_consent_transcode_init(t, charset, start, d->pool);

        t->queue = old.queue;
        t->size = old.size;
        t->text = old.text;
    }

    t->feed = ngx_consent_document_page;
    t->feed_data = &d->page;
    t->emit = d->rules.emit;
    t->emit_data = d->rules.emit_data;

    if (d->rules.emit) {
        d->rules.emit = ngx_consent_transcode_emit;
        d->rules.emit_data = t;
    }

    d->page.sure = 1;
    d->transcode = t;
    d->decoding = 1;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_document_page(void *data, u_char *p, size_t len, ngx_uint_t end)
{
    return ngx_consent_page_feed(data, p, len, end);
}
