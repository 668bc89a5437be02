
#include "ngx_consent_page_int.h"


#define NGX_CONSENT_PAGE_HOLD_MIN  512


static ngx_consent_reader_t *ngx_consent_page_behind(
    const ngx_consent_page_t *page, uint64_t *limit);
static void ngx_consent_page_merge(ngx_consent_page_t *page);
static void ngx_consent_page_raw(ngx_consent_reader_t *r);
static ngx_int_t ngx_consent_page_alone(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);
static ngx_int_t ngx_consent_page_end(ngx_consent_page_t *page, uint64_t end);
static ngx_int_t ngx_consent_page_keep(ngx_consent_page_t *page, uint64_t upto);


ngx_int_t
ngx_consent_page_feed(ngx_consent_page_t *page, u_char *p, size_t len,
    ngx_uint_t end)
{
    uint64_t               last, limit, safe, s;
    ngx_int_t              rc;
    ngx_uint_t             i, charset;
    ngx_consent_reader_t  *r;

    page->from = p;
    page->last = p + len;

    last = ngx_consent_page_last(page);
    charset = 0;

    if (page->sniff && !ngx_consent_page_sniffed(page, end)) {
        return ngx_consent_page_keep(page, last);
    }

    for ( ;; ) {

        if (page->passing) {
            return ngx_consent_page_flush(page, last, end);
        }

        limit = last;

        if (page->nreaders == 1) {
            r = page->readers[0];

        } else {
            ngx_consent_page_merge(page);
            r = ngx_consent_page_behind(page, &limit);

            /* where a script is judged, two readings may meet */

            s = r->content + page->rules->inline_buffer + 1;

            if (r->mode == NGX_CONSENT_PAGE_SCRIPT && s > r->at && s < limit) {
                limit = s;
            }
        }

        if (r->at == last) {
            break;
        }

        rc = ngx_consent_page_step(page, r, limit);

        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        if (rc == NGX_CONSENT_PAGE_CHARSET) {

            charset = 1;
            page->rest = last - r->at;
            page->last -= page->rest;
            last = r->at;

            if (ngx_consent_page_alone(page, r) != NGX_OK) {
                return NGX_ERROR;
            }
        }
    }

    if (end && !charset) {
        return ngx_consent_page_end(page, last);
    }

    safe = last;

    for (i = 0; i < page->nreaders; i++) {
        s = ngx_consent_page_safe(page, page->readers[i]);
        safe = s < safe ? s : safe;
    }

    if (ngx_consent_page_flush(page, safe, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_consent_page_keep(page, last) != NGX_OK) {
        return NGX_ERROR;
    }

    return charset ? NGX_CONSENT_PAGE_CHARSET : NGX_OK;
}


ngx_int_t
ngx_consent_page_step(ngx_consent_page_t *page, ngx_consent_reader_t *r,
    uint64_t limit)
{
    size_t      n;
    u_char     *p, *pos;
    uint64_t    safe;
    ngx_int_t   rc, event;

again:

    if (r->html.fork && ngx_consent_page_fork(page, r) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_consent_page_run(page, r->at, &n);

    if (n > limit - r->at) {
        n = limit - r->at;
    }

    pos = p;

    if (page->rules->kind >= NGX_CONSENT_KIND_CSS) {
        pos += n;
        event = NGX_AGAIN;

    } else {
        event = ngx_consent_html_next(&r->html, &pos, p + n);
    }

    r->at += pos - p;

    if (r->raw_end == NGX_CONSENT_PAGE_OPEN
        && !ngx_consent_html_in_raw(&r->html))
    {
        r->raw_end = r->at;
    }

    if (page->rules->head_only) {
        return ngx_consent_page_to_head(page, r, event);
    }

    switch (event) {

    case NGX_CONSENT_HTML_TAG:

        rc = ngx_consent_page_tag(page, r);

        /* tag after tag, most of the time */

        if (rc == NGX_OK && page->nreaders == 1 && r->at < limit
            && page->nedits < NGX_CONSENT_PAGE_EDITS && !r->html.fork)
        {
            goto again;
        }

        break;

    case NGX_CONSENT_HTML_HEAD:
        rc = ngx_consent_page_head(page, r);
        break;

    case NGX_CONSENT_HTML_BODY:
        rc = ngx_consent_page_begins(page, r);
        break;

    case NGX_CONSENT_HTML_LONG:
        rc = ngx_consent_page_long(page, r);
        break;

    case NGX_CONSENT_HTML_PIECE:
        rc = ngx_consent_page_xml_piece(page, r);
        break;

    case NGX_CONSENT_HTML_DECL:
        rc = ngx_consent_page_decl(page, r);
        break;

    default:

        rc = NGX_OK;

        if (r->mode != NGX_CONSENT_PAGE_TEXT) {
            rc = ngx_consent_page_judge_content(page, r,
                                                r->at - r->html.held, 0);
        }
    }

    if (rc == NGX_ERROR) {
        return NGX_ERROR;
    }

    if (page->nedits >= NGX_CONSENT_PAGE_EDITS && page->nreaders == 1) {

        safe = ngx_consent_page_safe(page, r);

        if (safe > page->start
            && ngx_consent_page_flush(page, safe, 0) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return rc;
}


/*
 * The reading that is the furthest behind; of two at one place the one that is
 * inside of something.  It goes no further than one that stands in text, where
 * they may meet: so they do meet at the first place where both are in text.
 */

static ngx_consent_reader_t *
ngx_consent_page_behind(const ngx_consent_page_t *page, uint64_t *limit)
{
    ngx_uint_t             i;
    ngx_consent_reader_t  *r, *behind;

    behind = page->readers[0];

    for (i = 1; i < page->nreaders; i++) {

        r = page->readers[i];

        if (r->at < behind->at
            || (r->at == behind->at && ngx_consent_html_in_text(&behind->html)
                && !ngx_consent_html_in_text(&r->html)))
        {
            behind = r;
        }
    }

    for (i = 0; i < page->nreaders; i++) {

        r = page->readers[i];

        if (r->at > behind->at && r->at < *limit
            && ngx_consent_html_in_text(&r->html))
        {
            *limit = r->at;
        }
    }

    return behind;
}


/*
 * A reading and the one that it began, when both stand in text at the same
 * place, are one from there on.
 */

static void
ngx_consent_page_merge(ngx_consent_page_t *page)
{
    ngx_uint_t             i, n;
    ngx_consent_reader_t  *r, *other;

    i = 0;

    while (i + 1 < page->nreaders) {

        r = page->readers[i];
        other = page->readers[i + 1];

        if (r->at != other->at || other->html.fork
            || r->mode != NGX_CONSENT_PAGE_TEXT
            || other->mode != NGX_CONSENT_PAGE_TEXT
            || !ngx_consent_html_in_text(&r->html)
            || !ngx_consent_html_in_text(&other->html))
        {
            i++;
            continue;
        }

        if (other->html.body_too) {
            r->html.body_too = 1;
            r->html.body_behind = other->html.body_behind;
            r->html.outer = other->html.outer;
            r->html.templates = other->html.templates;
            r->html.document |= other->html.document;
        }

        page->nreaders--;

        for (n = i + 1; n < page->nreaders; n++) {
            page->readers[n] = page->readers[n + 1];
            page->readers[n + 1] = other;
        }

        page->spare[page->nspare++] = other;
    }

    if (page->nreaders == 1) {
        page->readers[0]->html.pause = 0;
    }
}


/*
 * What follows is decoded: nothing before it may be open, and of all readings
 * only that goes on which has seen which encoding it is.
 */

static ngx_int_t
ngx_consent_page_alone(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    ngx_int_t  rc;

    while (page->nreaders) {

        page->nreaders--;

        if (page->readers[page->nreaders] != r) {
            page->spare[page->nspare++] = page->readers[page->nreaders];
        }
    }

    page->readers[0] = r;
    page->nreaders = 1;

    r->forks = 0;
    r->html.pause = 0;
    r->html.held = 0;

    rc = ngx_consent_page_judge_content(page, r, r->at, 1);

    r->mode = NGX_CONSENT_PAGE_TEXT;
    ngx_consent_page_forget(page, r->at + 1, NGX_CONSENT_PAGE_OPEN,
                            NGX_CONSENT_EDIT_TYPE);

    return rc;
}


/* At a fork: does raw text begin in this reading? */

static void
ngx_consent_page_raw(ngx_consent_reader_t *r)
{
    r->raw = NGX_CONSENT_PAGE_OPEN;
    r->raw_end = 0;

    if (ngx_consent_html_in_raw(&r->html)) {
        r->raw = r->at;
        r->raw_end = NGX_CONSENT_PAGE_OPEN;
    }
}


ngx_int_t
ngx_consent_page_fork(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    ngx_uint_t             i, fork;
    ngx_consent_reader_t  *other;

    fork = r->html.fork;

    /*
     * Each reading has begun one other at most, and that stands behind it: that
     * is known whatever the order in which they are read.
     */

    if (r != page->readers[page->nreaders - 1]
        || r->forks == NGX_CONSENT_PAGE_READERS - 1)
    {
        r->html.fork = NGX_CONSENT_HTML_NO_FORK;
        return NGX_OK;
    }

    other = ngx_consent_page_reader(page);
    if (other == NULL) {
        return NGX_ERROR;
    }

    *other = *r;
    other->forks++;

    /* the body begins where scripting is on, and noscript is raw text */

    if (fork == NGX_CONSENT_HTML_FORK_RAW
        && r->html.tag.id == NGX_CONSENT_TAG_NOSCRIPT)
    {
        r->html.body_too = 0;

    } else {
        other->html.body_too = 0;
    }

    r->html.fork = NGX_CONSENT_HTML_NO_FORK;
    ngx_consent_html_other(&other->html);

    ngx_consent_page_raw(r);
    ngx_consent_page_raw(other);

    /* a script that is judged ends for the other where that says */

    if (fork != NGX_CONSENT_HTML_FORK_RAW) {
        other->mode = NGX_CONSENT_PAGE_TEXT;
    }

    for (i = 0; i < page->nreaders; i++) {
        page->readers[i]->html.pause = 1;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_end(ngx_consent_page_t *page, uint64_t end)
{
    ngx_uint_t             i;
    ngx_consent_reader_t  *r;

    for (i = 0; i < page->nreaders; i++) {

        r = page->readers[i];

        if (r->mode != NGX_CONSENT_PAGE_TEXT
            && ngx_consent_page_judge_content(page, r, end, 1) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return ngx_consent_page_flush(page, end, 1);
}


u_char *
ngx_consent_page_run(ngx_consent_page_t *page, uint64_t at, size_t *n)
{
    size_t   off;
    u_char  *p;

    off = at - page->start;

    if (off < page->held) {
        *n = page->held - off;
        return page->hold + page->out + off;
    }

    p = page->from + (off - page->held);
    *n = page->last - p;

    return p;
}


u_char *
ngx_consent_page_span(ngx_consent_page_t *page, uint64_t at, size_t len)
{
    size_t  off;

    off = at - page->start;

    if (off >= page->held) {
        return page->from + (off - page->held);
    }

    if (off + len > page->held
        && ngx_consent_page_keep(page, at + len) != NGX_OK)
    {
        return NULL;
    }

    return page->hold + page->out + off;
}


/* The open bytes up to an offset are kept when the input goes. */

static ngx_int_t
ngx_consent_page_keep(ngx_consent_page_t *page, uint64_t upto)
{
    size_t   n, size;
    u_char  *p;

    n = upto - page->start - page->held;

    if (n == 0) {
        return NGX_OK;
    }

    if (page->held + n > page->size) {

        size = page->size ? page->size : NGX_CONSENT_PAGE_HOLD_MIN;

        while (size < page->held + n) {
            size *= 2;
        }

        p = ngx_pnalloc(page->pool, size);
        if (p == NULL) {
            return NGX_ERROR;
        }

        if (page->held) {
            memcpy(p, page->hold + page->out, page->held);
        }

        page->hold = p;
        page->out = 0;
        page->size = size;

    } else if (page->out + page->held + n > page->size) {

        ngx_consent_page_down(page->hold, page->out, page->held);
        page->out = 0;
    }

    memcpy(page->hold + page->out + page->held, page->from, n);
    page->held += n;
    page->from += n;

    return NGX_OK;
}


u_char *
ngx_consent_page_scratch(ngx_consent_page_t *page, size_t size)
{
    if (size <= page->scratch_size) {
        return page->scratch;
    }

    /* by doubling: what all of them take is twice the largest */

    page->scratch_size = page->scratch_size ? page->scratch_size
                                            : NGX_CONSENT_PAGE_HOLD_MIN;

    while (page->scratch_size < size) {
        page->scratch_size *= 2;
    }

    page->scratch = ngx_pnalloc(page->pool, page->scratch_size);

    if (page->scratch == NULL) {
        page->scratch_size = 0;
    }

    return page->scratch;
}
