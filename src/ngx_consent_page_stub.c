
#include "ngx_consent_page_int.h"


/*
 * What takes the place of a script that is held back: once a page, right before
 * its start tag, the stubs of its provider.  They are ASCII, and nothing in
 * them ends the script; the nonce is the tag's.
 */

typedef struct {
    uint64_t                    at;     /* of the start tag */
    const u_char               *p;      /* its first byte */
    uint32_t                    name_len;
    ngx_consent_ns_e            ns;
    const ngx_consent_attr_t   *nonce;  /* or NULL */
    const ngx_consent_row_t *const  *rows;      /* that hold it back */
    ngx_uint_t                  nrows;
} ngx_consent_page_held_t;


static ngx_int_t ngx_consent_page_stub_put(ngx_consent_page_t *page,
    const ngx_consent_page_held_t *held);
static size_t ngx_consent_page_stub_size(const ngx_consent_page_held_t *held);
static u_char *ngx_consent_page_stub_start(u_char *dst,
    const ngx_consent_page_held_t *held);
static u_char *ngx_consent_page_stub_rows(ngx_consent_page_t *page,
    u_char *dst, const ngx_consent_page_held_t *held);
static ngx_uint_t ngx_consent_page_stub_wanted(const ngx_consent_page_t *page,
    const ngx_consent_stub_t *stub, const ngx_consent_row_t *row,
    ngx_consent_ns_e ns);
static ngx_uint_t ngx_consent_page_ascii(const u_char *p, size_t len);


static const ngx_str_t  ngx_consent_page_nonce = ngx_string("nonce");
static const ngx_str_t  ngx_consent_page_stub_name =
    ngx_string("data-consent-stub");


ngx_int_t
ngx_consent_page_stub_tag(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_consent_page_held_t  held;

    /* of a later part of a long tag the beginning is out */

    if (t->tag->id != NGX_CONSENT_TAG_SCRIPT || t->tag->part) {
        return NGX_OK;
    }

    held.at = t->at;
    held.p = t->p;
    held.name_len = t->tag->name_len;
    held.ns = t->tag->ns;
    held.nonce = ngx_consent_fetch_attr(t->tag, t->p, &ngx_consent_page_nonce);
    held.rows = &page->tag_row;
    held.nrows = (page->tag_row != NULL);

    return ngx_consent_page_stub_put(page, &held);
}


ngx_int_t
ngx_consent_page_stub_script(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    ngx_consent_page_held_t  held;

    held.at = r->start;
    held.name_len = r->name_len;
    held.ns = r->ns;
    held.nonce = r->nonce.name_len ? &r->nonce : NULL;
    held.rows = r->scan.rows;
    held.nrows = r->scan.nrows;

    if (held.nrows == 0) {
        return NGX_OK;
    }

    held.p = ngx_consent_page_span(page, r->start, r->content - r->start);
    if (held.p == NULL) {
        return NGX_ERROR;
    }

    return ngx_consent_page_stub_put(page, &held);
}


void
ngx_consent_page_stub_init(const ngx_consent_page_tag_t *t)
{
    ngx_consent_reader_t      *r;
    const ngx_consent_attr_t  *nonce;

    r = t->reader;

    nonce = ngx_consent_fetch_attr(t->tag, t->p, &ngx_consent_page_nonce);

    r->nonce.name_len = 0;

    if (nonce) {
        r->nonce = *nonce;
    }

    r->stub = (ngx_consent_fetch_attr(t->tag, t->p, &ngx_consent_page_stub_name)
               != NULL);
}


ngx_uint_t
ngx_consent_page_is_stub(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t end)
{
    size_t   len;
    u_char  *p;

    len = end - r->content;
    p = ngx_consent_page_span(page, r->content, len);

    return p && ngx_consent_table_is_stub(page->rules->table, p, len);
}


/*
 * While the page is read in two ways there is none: what stands in noscript, or
 * in what one browser takes for text, runs in no browser that has scripts.
 */

static ngx_int_t
ngx_consent_page_stub_put(ngx_consent_page_t *page,
    const ngx_consent_page_held_t *held)
{
    size_t               n, size;
    u_char              *p, *start, *text;
    ngx_consent_edit_t   edit;

    if (page->rules->emit == NULL || page->nreaders > 1
        || !ngx_consent_page_ascii(held->p + 1, held->name_len))
    {
        return NGX_OK;
    }

    size = ngx_consent_page_stub_size(held);

    if (size == 0) {
        return NGX_OK;
    }

    if (!page->stubbed) {

        n = (ngx_consent_table_stubs(page->rules->table) + 7) / 8;

        if (page->stubs == NULL) {
            page->stubs = ngx_pnalloc(page->pool, n);
            if (page->stubs == NULL) {
                return NGX_ERROR;
            }
        }

        memset(page->stubs, 0, n);
        page->stubbed = 1;
    }

    start = ngx_consent_page_reserve(page, size);
    if (start == NULL) {
        return NGX_ERROR;
    }

    text = ngx_consent_page_stub_start(start, held);
    p = ngx_consent_page_stub_rows(page, text, held);

    if (p == text) {
        return NGX_OK;
    }

    *p++ = '<';
    *p++ = '/';
    memcpy(p, held->p + 1, held->name_len);
    p += held->name_len;
    *p++ = '>';

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = held->at;
    edit.what = NGX_CONSENT_EDIT_TEXT;
    edit.text.data = start;
    edit.text.len = p - start;

    page->ntexts += p - start;

    return ngx_consent_page_edit(page, &edit);
}


/* What the element takes at most; 0: there is nothing to put in. */

static size_t
ngx_consent_page_stub_size(const ngx_consent_page_held_t *held)
{
    size_t                         size;
    ngx_uint_t                     i, n;
    const ngx_consent_provider_t  *provider;

    size = 0;

    for (i = 0; i < held->nrows; i++) {

        provider = held->rows[i]->provider;

        for (n = 0; n < provider->nstubs; n++) {
            size += provider->stubs[n].row->pattern.len + 1;
        }
    }

    if (size == 0) {
        return 0;
    }

    /* of a nonce without quotes each byte may be a quote */

    return size + 2 * held->name_len
           + sizeof("< nonce=\"\" =\"\"></>") + ngx_consent_page_stub_name.len
           + (held->nonce ? 5 * held->nonce->value_len : 0);
}


/* <script nonce="..." data-consent-stub="">, with the name as it is written */

static u_char *
ngx_consent_page_stub_start(u_char *dst, const ngx_consent_page_held_t *held)
{
    u_char                     quote;
    const u_char              *p, *last;
    const ngx_consent_attr_t  *nonce;

    *dst++ = '<';
    memcpy(dst, held->p + 1, held->name_len);
    dst += held->name_len;

    nonce = held->nonce;

    if (nonce && nonce->value_len && !nonce->cut
        && ngx_consent_page_ascii(held->p + nonce->value, nonce->value_len))
    {
        quote = nonce->quote ? nonce->quote : '"';

        memcpy(dst, " nonce=", sizeof(" nonce=") - 1);
        dst += sizeof(" nonce=") - 1;
        *dst++ = quote;

        p = held->p + nonce->value;

        for (last = p + nonce->value_len; p < last; p++) {

            if (*p != quote) {
                *dst++ = *p;
                continue;
            }

            memcpy(dst, "&#34;", sizeof("&#34;") - 1);
            dst += sizeof("&#34;") - 1;
        }

        *dst++ = quote;
    }

    *dst++ = ' ';
    memcpy(dst, ngx_consent_page_stub_name.data,
           ngx_consent_page_stub_name.len);
    dst += ngx_consent_page_stub_name.len;

    memcpy(dst, "=\"\">", sizeof("=\"\">") - 1);

    return dst + sizeof("=\"\">") - 1;
}


static u_char *
ngx_consent_page_stub_rows(ngx_consent_page_t *page, u_char *dst,
    const ngx_consent_page_held_t *held)
{
    u_char                    *start;
    ngx_uint_t                 i, n;
    const ngx_str_t           *text;
    const ngx_consent_row_t   *row;
    const ngx_consent_stub_t  *stub;

    start = dst;

    for (i = 0; i < held->nrows; i++) {

        row = held->rows[i];

        for (n = 0; n < row->provider->nstubs; n++) {

            stub = &row->provider->stubs[n];

            if (!ngx_consent_page_stub_wanted(page, stub, row, held->ns)) {
                continue;
            }

            page->stubs[stub->id / 8] |= 1 << (stub->id % 8);

            if (dst > start) {
                *dst++ = '\n';
            }

            text = &stub->row->pattern;
            memcpy(dst, text->data, text->len);
            dst += text->len;
        }
    }

    return dst;
}


/*
 * Not where the stub's own categories are accepted, other than the script's:
 * its loader is in the page, and would take the stub for itself.  And not in
 * XML or svg, if it has what is markup there.
 */

static ngx_uint_t
ngx_consent_page_stub_wanted(const ngx_consent_page_t *page,
    const ngx_consent_stub_t *stub, const ngx_consent_row_t *row,
    ngx_consent_ns_e ns)
{
    size_t                      i;
    const ngx_str_t            *text;
    ngx_consent_mask_t          granted;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;
    granted = ngx_consent_table_granted(&rules->grant, row->provider);

    if (stub->row->pass
        || (page->stubs[stub->id / 8] & (1 << (stub->id % 8)))
        || (stub->row->mask != row->mask
            && !(stub->row->mask & ~granted
                 & ~ngx_consent_table_required(rules->table))))
    {
        return 0;
    }

    text = &stub->row->pattern;

    for (i = 0; ns != NGX_CONSENT_NS_HTML && i < text->len; i++) {

        if (text->data[i] == '<' || text->data[i] == '&'
            || (text->data[i] == '>' && i > 1 && text->data[i - 1] == ']'))
        {
            return 0;
        }
    }

    return 1;
}


static ngx_uint_t
ngx_consent_page_ascii(const u_char *p, size_t len)
{
    size_t  i;

    for (i = 0; i < len; i++) {
        if (p[i] >= 0x80) {
            return 0;
        }
    }

    return 1;
}
