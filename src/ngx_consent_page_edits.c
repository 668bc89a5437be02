
#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_put(ngx_consent_page_t *page,
    const ngx_consent_edit_t *e);
static u_char *ngx_consent_page_wait(const ngx_consent_page_t *page,
    ngx_consent_mask_t needs, u_char *dst);
static ngx_int_t ngx_consent_page_pass(ngx_consent_page_t *page, uint64_t upto,
    ngx_uint_t drop);
static ngx_int_t ngx_consent_page_emit(ngx_consent_page_t *page, u_char *p,
    size_t len, ngx_consent_piece_e kind);


/*
 * Adds an edit in its place.  What another reading has said already is not said
 * again.
 */

ngx_int_t
ngx_consent_page_edit(ngx_consent_page_t *page, const ngx_consent_edit_t *edit)
{
    ngx_uint_t           i, n, size;
    ngx_consent_edit_t  *e, last;

    for (i = page->nedits; i > 0 && page->edits[i - 1].at >= edit->at; i--) {

        e = &page->edits[i - 1];

        if (e->begun) {
            break;
        }

        if (e->at > edit->at) {
            continue;
        }

        /* one URL, of which the readings see different ends */

        if (e->what == NGX_CONSENT_EDIT_URL && edit->what == e->what) {
            e->drop = edit->drop > e->drop ? edit->drop : e->drop;
            return NGX_OK;
        }

        if (e->what == edit->what && e->drop == edit->drop
            && e->what < NGX_CONSENT_EDIT_TEXT)
        {
            e->needs |= edit->needs;
            return NGX_OK;
        }

        if (e->what <= edit->what) {
            break;
        }
    }

    if (page->nedits == page->edits_size) {

        size = page->edits_size ? 2 * page->edits_size
                                : NGX_CONSENT_PAGE_EDITS;

        e = ngx_palloc(page->pool, size * sizeof(ngx_consent_edit_t));
        if (e == NULL) {
            return NGX_ERROR;
        }

        if (page->nedits) {
            memcpy(e, page->edits, page->nedits * sizeof(ngx_consent_edit_t));
        }

        page->edits = e;
        page->edits_size = size;
    }

    page->edits[page->nedits] = *edit;

    for (n = page->nedits++; n > i; n--) {
        e = &page->edits[n];
        last = *e;
        *e = e[-1];
        e[-1] = last;
    }

    return NGX_OK;
}


void
ngx_consent_page_forget(ngx_consent_page_t *page, uint64_t from, uint64_t to,
    ngx_consent_edit_e least)
{
    ngx_uint_t  i, n;

    for (i = 0, n = 0; i < page->nedits; i++) {
        if (page->edits[i].at < from || page->edits[i].at >= to
            || page->edits[i].what < least)
        {
            page->edits[n++] = page->edits[i];
        }
    }

    page->nedits = n;
}


void
ngx_consent_page_close(ngx_consent_page_t *page, uint64_t to)
{
    ngx_consent_edit_t  *e;

    if (page->nedits == 0) {
        return;
    }

    e = &page->edits[page->nedits - 1];

    if (e->drop == NGX_CONSENT_PAGE_OPEN) {
        e->drop = to - e->at;
    }
}


u_char *
ngx_consent_page_text(ngx_consent_page_t *page, size_t len)
{
    u_char  *text;

    text = ngx_consent_page_reserve(page, len);

    if (text) {
        page->ntexts += len;
    }

    return text;
}


u_char *
ngx_consent_page_reserve(ngx_consent_page_t *page, size_t size)
{
    u_char  *texts;
    size_t   n;

    /* edits that were forgotten have left theirs */

    if (page->nedits == 0) {
        page->ntexts = 0;
    }

    if (size <= page->texts_size - page->ntexts) {
        return page->texts + page->ntexts;
    }

    /* old texts stay where they are; by doubling, all take twice the largest */

    for (n = page->texts_size ? 2 * page->texts_size : 256; n < size; n *= 2) {
        /* void */
    }

    texts = ngx_pnalloc(page->pool, n);
    if (texts == NULL) {
        return NULL;
    }

    page->texts = texts;
    page->texts_size = n;
    page->ntexts = 0;

    return texts;
}


ngx_uint_t
ngx_consent_page_edited(const ngx_consent_page_t *page, uint64_t at)
{
    ngx_uint_t  i;

    for (i = page->nedits; i > 0 && page->edits[i - 1].at >= at; i--) {
        if (page->edits[i - 1].at == at
            && page->edits[i - 1].what == NGX_CONSENT_EDIT_WAIT)
        {
            return 1;
        }
    }

    return 0;
}


ngx_int_t
ngx_consent_page_flush(ngx_consent_page_t *page, uint64_t upto,
    ngx_uint_t last)
{
    uint64_t             end;
    ngx_uint_t           i;
    ngx_consent_edit_t  *e;

    for (i = 0; i < page->nedits; i++) {

        e = &page->edits[i];

        /* at that offset another reading may still have one */

        if (e->at >= upto + (last ? 1 : 0)) {
            break;
        }

        if (e->at < page->start) {

            /* it stands in what another one took out */
            continue;
        }

        if (e->at > page->start
            && ngx_consent_page_pass(page, e->at, 0) != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (ngx_consent_page_put(page, e) != NGX_OK) {
            return NGX_ERROR;
        }

        if (e->drop == 0) {
            continue;
        }

        /* as far as it is read; the rest of a removal is still to come */

        end = (e->drop < upto - e->at) ? e->at + e->drop : upto;

        if (end > page->start
            && ngx_consent_page_pass(page, end, 1) != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (e->drop > end - e->at) {

            if (e->drop != NGX_CONSENT_PAGE_OPEN) {
                e->drop -= end - e->at;
            }

            e->at = end;
            e->what = NGX_CONSENT_EDIT_TEXT;
            e->text.len = 0;
            e->begun = 1;
            break;
        }
    }

    if (i) {
        page->nedits -= i;

        ngx_consent_page_down((u_char *) page->edits,
                              i * sizeof(ngx_consent_edit_t),
                              page->nedits * sizeof(ngx_consent_edit_t));

        if (page->nedits == 0) {
            page->ntexts = 0;
        }
    }

    return (upto > page->start) ? ngx_consent_page_pass(page, upto, 0) : NGX_OK;
}


static ngx_int_t
ngx_consent_page_put(ngx_consent_page_t *page, const ngx_consent_edit_t *e)
{
    u_char                     buf[NGX_CONSENT_EDIT_MAX];
    ngx_str_t                  wait;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    if (rules->emit == NULL) {
        return NGX_OK;
    }

    wait.data = NULL;
    wait.len = 0;

    if (e->what == NGX_CONSENT_EDIT_WAIT) {
        wait.data = buf;
        wait.len = ngx_consent_page_wait(page, e->needs, buf) - buf;
    }

    return ngx_consent_edit_emit(e, &wait, rules->emit, rules->emit_data);
}


/*  data-consent="performance advertising", in one piece: pieces cost more */

static u_char *
ngx_consent_page_wait(const ngx_consent_page_t *page, ngx_consent_mask_t needs,
    u_char *dst)
{
    u_char                        *names;
    ngx_uint_t                     i, n;
    const ngx_consent_category_t  *categories;

    static const u_char  start[] = " data-consent=\"";

    memcpy(dst, start, sizeof(start) - 1);
    dst += sizeof(start) - 1;

    categories = ngx_consent_table_categories(page->rules->table, &n);

    for (i = 0, names = dst; i < n; i++) {

        if (!(needs & ((ngx_consent_mask_t) 1 << i))) {
            continue;
        }

        if (dst > names) {
            *dst++ = ' ';
        }

        memcpy(dst, categories[i].name.data, categories[i].name.len);
        dst += categories[i].name.len;
    }

    *dst++ = '"';

    return dst;
}


/* The open bytes up to an offset, which is not before them, go out. */

static ngx_int_t
ngx_consent_page_pass(ngx_consent_page_t *page, uint64_t upto, ngx_uint_t drop)
{
    size_t  n, held;

    n = upto - page->start;
    held = n < page->held ? n : page->held;
    n -= held;

    page->start = upto;

    if (held) {

        if (ngx_consent_page_emit(page, page->hold + page->out, held,
                                  drop ? NGX_CONSENT_PIECE_DROP
                                       : NGX_CONSENT_PIECE_HELD)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        page->held -= held;
        page->out = page->held ? page->out + held : 0;
    }

    if (n) {

        if (ngx_consent_page_emit(page, page->from, n,
                                  drop ? NGX_CONSENT_PIECE_DROP
                                       : NGX_CONSENT_PIECE_KEEP)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        page->from += n;
    }

    return NGX_OK;
}


/* In steps that do not overlap. */

void
ngx_consent_page_down(u_char *p, size_t n, size_t rest)
{
    size_t  step;

    for ( /* void */ ; rest; p += step, rest -= step) {
        step = n < rest ? n : rest;
        memcpy(p, p + n, step);
    }
}


static ngx_int_t
ngx_consent_page_emit(ngx_consent_page_t *page, u_char *p, size_t len,
    ngx_consent_piece_e kind)
{
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    if (rules->emit == NULL) {
        return NGX_OK;
    }

    return rules->emit(rules->emit_data,
                       (kind == NGX_CONSENT_PIECE_DROP) ? NULL : p, len, kind);
}
