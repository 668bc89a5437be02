
/*
 * Text of a script or style of XML, which comes in pieces: comments, CDATA
 * sections and references stand anywhere in it, a URL not excepted.
 */

#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_carry_add(ngx_consent_page_t *page,
    ngx_consent_carry_t *c, const u_char *p, size_t n,
    const ngx_consent_piece_t *piece);
static void ngx_consent_carry_settle(ngx_consent_carry_t *c, size_t held);
static ngx_int_t ngx_consent_carry_next(ngx_consent_reader_t *r, u_char **pos,
    u_char *last, size_t *off, size_t *len);
static size_t ngx_consent_carry_held(const ngx_consent_reader_t *r);
static ngx_int_t ngx_consent_carry_url(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, u_char *p, size_t len, ngx_uint_t *refused);
static ngx_int_t ngx_consent_carry_replace(ngx_consent_page_t *page,
    ngx_consent_carry_t *c, size_t start, size_t end);


/*
 * As long as no URL is cut by what stands between pieces, they are read where
 * they are; else they are put together first.
 */

ngx_int_t
ngx_consent_page_carry(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    u_char *p, size_t n, const ngx_consent_piece_t *piece)
{
    size_t                off, len, held;
    u_char               *pos, *last, *url;
    uint64_t              at;
    ngx_uint_t            carried, refused;
    ngx_consent_carry_t  *c;
    ngx_consent_piece_t   part;

    c = page->carry;

    carried = (c->len || piece->reference);

    if (carried) {

        len = c->len;

        if (ngx_consent_carry_add(page, c, p, n, piece) != NGX_OK) {
            return NGX_ERROR;
        }

        pos = c->data + len;
        last = c->data + c->len;

    } else {
        pos = p;
        last = p + n;
    }

    while (ngx_consent_carry_next(r, &pos, last, &off, &len)
           != NGX_AGAIN)
    {
        url = pos - off;

        if (ngx_consent_carry_url(page, r, url, len, &refused) != NGX_OK) {
            return NGX_ERROR;
        }

        if (!refused) {
            continue;
        }

        if (carried) {

            if (ngx_consent_carry_replace(page, c, url - c->data,
                                             url - c->data + len)
                != NGX_OK)
            {
                return NGX_ERROR;
            }

        } else {

            at = piece->at + (url - p);

            if (ngx_consent_page_replace(page, at, len) != NGX_OK) {
                return NGX_ERROR;
            }
        }
    }

    held = ngx_consent_carry_held(r);

    if (carried) {
        ngx_consent_carry_settle(c, held);
        return NGX_OK;
    }

    if (held == 0) {
        return NGX_OK;
    }

    part.at = piece->at + n - held;
    part.raw = held;
    part.reference = 0;
    part.done = 0;

    return ngx_consent_carry_add(page, c, last - held, held, &part);
}


ngx_int_t
ngx_consent_page_carry_bound(ngx_consent_page_t *page, uint64_t upto)
{
    ngx_consent_carry_t  *c;

    c = page->carry;

    if (c->npieces == 0 || upto - c->pieces[0].at <= page->rules->tag_buffer) {
        return NGX_OK;
    }

    ngx_consent_page_note(page, NGX_CONSENT_NOTE_HELD, NULL, 0);

    if (ngx_consent_carry_replace(page, c, 0, c->len) != NGX_OK) {
        return NGX_ERROR;
    }

    c->npieces = 0;

    return NGX_OK;
}


ngx_int_t
ngx_consent_page_carry_end(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    u_char               *p;
    ngx_uint_t            refused;
    ngx_consent_css_t    *css;
    ngx_consent_carry_t  *c;

    if (r->mode != NGX_CONSENT_PAGE_STYLE) {
        return NGX_OK;
    }

    c = page->carry;
    css = &r->u.css;

    if (ngx_consent_css_end(css) != NGX_CONSENT_CSS_URL || css->off > c->len) {
        return NGX_OK;
    }

    p = c->data + c->len - css->off;

    if (ngx_consent_carry_url(page, r, p, css->len, &refused) != NGX_OK) {
        return NGX_ERROR;
    }

    return refused ? ngx_consent_carry_replace(page, c, p - c->data,
                                               p - c->data + css->len)
                   : NGX_OK;
}


/* More bytes of text, and where they are from. */

static ngx_int_t
ngx_consent_carry_add(ngx_consent_page_t *page, ngx_consent_carry_t *c,
    const u_char *p, size_t n, const ngx_consent_piece_t *piece)
{
    size_t                size;
    u_char               *data;
    ngx_consent_piece_t  *last;

    if (c->len + n > c->size) {

        for (size = 512; size < c->len + n; size *= 2) { /* void */ }

        data = ngx_pnalloc(page->pool, size);
        if (data == NULL) {
            return NGX_ERROR;
        }

        if (c->len) {
            memcpy(data, c->data, c->len);
        }

        c->data = data;
        c->size = size;
    }

    if (n) {
        memcpy(c->data + c->len, p, n);
    }

    last = c->npieces ? &c->pieces[c->npieces - 1] : NULL;

    if (last && !last->reference && !piece->reference
        && last->at + last->raw == piece->at)
    {
        last->raw += piece->raw;
        last->len += n;

    } else {

        /* past the limit the last one is the latest */

        c->npieces += (c->npieces < NGX_CONSENT_PAGE_PIECES);
        last = &c->pieces[c->npieces - 1];

        *last = *piece;
        last->from = c->len;
        last->len = n;
    }

    c->len += n;

    return NGX_OK;
}


/* Of what was carried the last bytes are still needed. */

static void
ngx_consent_carry_settle(ngx_consent_carry_t *c, size_t held)
{
    size_t                dead, n, step;
    u_char               *p;
    ngx_uint_t            i, k;
    ngx_consent_piece_t  *piece;

    dead = c->len - held;

    if (dead == 0) {
        return;
    }

    for (p = c->data, n = held; n; p += step, n -= step) {
        step = dead < n ? dead : n;
        memcpy(p, p + dead, step);
    }

    c->len = held;

    for (i = 0, k = 0; i < c->npieces; i++) {

        piece = &c->pieces[i];

        if (held == 0 || piece->from + piece->len <= dead) {
            continue;
        }

        if (piece->from < dead) {

            if (!piece->reference) {
                piece->at += dead - piece->from;
                piece->raw -= dead - piece->from;
            }

            piece->len -= dead - piece->from;
            piece->from = dead;
        }

        piece->from -= dead;
        c->pieces[k++] = *piece;
    }

    c->npieces = k;
}


/* The next URL: it has len bytes and begins off before *pos.  NGX_AGAIN. */

static ngx_int_t
ngx_consent_carry_next(ngx_consent_reader_t *r, u_char **pos, u_char *last,
    size_t *off, size_t *len)
{
    ngx_int_t  rc;

    switch (r->mode) {

    case NGX_CONSENT_PAGE_STYLE:
        rc = ngx_consent_css_next(&r->u.css, pos, last);
        *off = r->u.css.off;
        *len = r->u.css.len;
        return rc;

    case NGX_CONSENT_PAGE_SCRIPT:
        rc = ngx_consent_js_next(&r->u.js, pos, last);
        *off = r->u.js.off;
        *len = r->u.js.len;
        return rc;

    default: /* NGX_CONSENT_PAGE_URLS */

        do {
            rc = ngx_consent_strings_next(&r->u.strings, pos, last);

        } while (rc != NGX_AGAIN && r->u.strings.name);

        *off = r->u.strings.off;
        *len = r->u.strings.len;
        return rc;
    }
}


static size_t
ngx_consent_carry_held(const ngx_consent_reader_t *r)
{
    switch (r->mode) {

    case NGX_CONSENT_PAGE_STYLE:
        return r->u.css.held;

    case NGX_CONSENT_PAGE_SCRIPT:
        return r->u.js.held;

    default:
        return r->u.strings.held;
    }
}


/* Is the URL refused?  What a script imports is said of the script. */

static ngx_int_t
ngx_consent_carry_url(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    u_char *p, size_t len, ngx_uint_t *refused)
{
    ngx_consent_mask_t  needs;

    *refused = 0;
    needs = 0;

    switch (r->mode) {

    case NGX_CONSENT_PAGE_STYLE:
        *refused = ngx_consent_page_css_url(page, &r->u.css, p, len, &needs);
        return NGX_OK;

    case NGX_CONSENT_PAGE_SCRIPT:
        return ngx_consent_page_import(page, r, p, len);

    default:
        return ngx_consent_page_json_url(page, p, len, refused);
    }
}


/*
 * What makes up the text from start to end gives way to a URL that fetches
 * nothing; a comment or the like between is left, as its other half may be
 * elsewhere.
 */

static ngx_int_t
ngx_consent_carry_replace(ngx_consent_page_t *page, ngx_consent_carry_t *c,
    size_t start, size_t end)
{
    size_t                from, to;
    ngx_uint_t            i;
    ngx_consent_edit_t    edit;
    ngx_consent_piece_t  *piece;

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.what = NGX_CONSENT_EDIT_URL;

    for (i = 0; i < c->npieces; i++) {

        piece = &c->pieces[i];

        from = piece->from > start ? piece->from : start;
        to = piece->from + piece->len < end ? piece->from + piece->len : end;

        if (from >= to) {
            continue;
        }

        if (piece->done) {
            edit.what = NGX_CONSENT_EDIT_TEXT;
            continue;
        }

        piece->done = piece->reference;

        edit.at = piece->at;
        edit.drop = piece->raw;

        if (!piece->reference) {
            edit.at += from - piece->from;
            edit.drop = to - from;
        }

        if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
            return NGX_ERROR;
        }

        edit.what = NGX_CONSENT_EDIT_TEXT;
    }

    return NGX_OK;
}
