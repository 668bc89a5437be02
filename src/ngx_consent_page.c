
#include "ngx_consent_page_int.h"


/*
 * The bytes that are open, neither out nor dropped, are page->hold, then the
 * input from page->from on.  A tag is judged in one piece: where it lies in
 * the input, or, when a buffer's end cut it, in page->hold.
 *
 * In PAGE_TEXT the hold has nothing but the beginning of a cut tag.  In
 * PAGE_SCRIPT the open bytes begin with the script's start tag, of tag_len
 * bytes and in one piece, and its content follows.
 */

#define NGX_CONSENT_PAGE_HOLD_MIN  512

/* bytes of data-consent: the names of all categories, a space after each */
#define NGX_CONSENT_PAGE_WAIT                                                \
    (NGX_CONSENT_MAX_CATEGORIES * (NGX_CONSENT_MAX_CATEGORY_NAME + 1))

static ngx_int_t ngx_consent_page_tag(ngx_consent_page_t *page, u_char *pos);
static ngx_int_t ngx_consent_page_start(ngx_consent_page_t *page, u_char *tag);
static ngx_int_t ngx_consent_page_long(ngx_consent_page_t *page, u_char *pos);
static ngx_int_t ngx_consent_page_rest(ngx_consent_page_t *page, u_char *last);
static ngx_int_t ngx_consent_page_end(ngx_consent_page_t *page, u_char *last);
static void ngx_consent_page_plan(ngx_consent_page_t *page, const u_char *tag,
    const ngx_consent_refused_t *refused);
static ngx_uint_t ngx_consent_page_removable(const ngx_consent_tag_t *tag);
static void ngx_consent_page_scan(ngx_consent_page_t *page, size_t content,
    ngx_uint_t end);
static ngx_int_t ngx_consent_page_script(ngx_consent_page_t *page,
    size_t content);
static ngx_int_t ngx_consent_page_edited(ngx_consent_page_t *page,
    size_t len, ngx_consent_mask_t needs);
static u_char *ngx_consent_page_whole(ngx_consent_page_t *page, u_char *pos,
    size_t n);
static ngx_int_t ngx_consent_page_pass(ngx_consent_page_t *page, size_t n);
static void ngx_consent_page_drop(ngx_consent_page_t *page, size_t n);
static ngx_int_t ngx_consent_page_keep(ngx_consent_page_t *page, u_char *last);
static ngx_int_t ngx_consent_page_emit(ngx_consent_page_t *page, u_char *p,
    size_t len, ngx_consent_piece_e kind);


static const ngx_str_t  ngx_consent_page_type = ngx_string("type");


#define ngx_consent_page_open(page, last)                                    \
    ((page)->held + (size_t) ((last) - (page)->from))


void
ngx_consent_page_init(ngx_consent_page_t *page,
    const ngx_consent_rules_t *rules, ngx_pool_t *pool)
{
    page->rules = rules;
    page->pool = pool;
    page->mode = NGX_CONSENT_PAGE_TEXT;
    page->hold = NULL;
    page->held = 0;
    page->size = 0;
    page->has_base = 0;
    page->long_tag = 0;
    page->base = rules->self;

    ngx_consent_html_init(&page->html, rules->tag_buffer);
}


size_t
ngx_consent_page_limit(const ngx_consent_rules_t *rules)
{
    return 2 * (size_t) rules->tag_buffer + rules->inline_buffer;
}


ngx_int_t
ngx_consent_page_feed(ngx_consent_page_t *page, u_char *p, size_t len,
    ngx_uint_t end)
{
    u_char     *pos, *last;
    ngx_int_t   rc;

    pos = p;
    last = p + len;
    page->from = p;

    for ( ;; ) {

        switch (ngx_consent_html_next(&page->html, &pos, last)) {

        case NGX_CONSENT_HTML_TAG:
            rc = ngx_consent_page_tag(page, pos);
            break;

        case NGX_CONSENT_HTML_LONG:
            rc = ngx_consent_page_long(page, pos);
            break;

        default: /* NGX_AGAIN */

            if (end) {
                return ngx_consent_page_end(page, last);
            }

            return ngx_consent_page_rest(page, last);
        }

        if (rc != NGX_OK) {
            return rc;
        }
    }
}


static ngx_int_t
ngx_consent_page_tag(ngx_consent_page_t *page, u_char *pos)
{
    u_char             *p;
    ngx_consent_tag_t  *tag;

    tag = &page->html.tag;

    if (page->mode == NGX_CONSENT_PAGE_SCRIPT) {

        if (ngx_consent_page_script(page, ngx_consent_page_open(page, pos)
                                          - page->tag_len - tag->off)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (page->mode == NGX_CONSENT_PAGE_DROP) {

        ngx_consent_page_drop(page, ngx_consent_page_open(page, pos));

        if (tag->end && tag->id == page->dropped) {
            page->mode = NGX_CONSENT_PAGE_TEXT;
        }

        ngx_consent_html_apply(&page->html, NULL);

        return NGX_OK;
    }

    p = ngx_consent_page_whole(page, pos, tag->off);
    if (p == NULL) {
        return NGX_ERROR;
    }

    if (!tag->end && ngx_consent_page_start(page, p) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_consent_html_apply(&page->html, p);

    page->long_tag = 0;

    /* a script that is being judged stays open from its start tag on */

    if (page->held && page->mode != NGX_CONSENT_PAGE_SCRIPT) {
        return ngx_consent_page_pass(page, page->held);
    }

    return NGX_OK;
}


/* A start tag, or the last part of a long one, is the first open bytes. */

static ngx_int_t
ngx_consent_page_start(ngx_consent_page_t *page, u_char *p)
{
    ngx_consent_tag_t      *tag;
    ngx_consent_refused_t   refused;

    tag = &page->html.tag;

    ngx_consent_page_judge(page, p, &refused);

    if (refused.n == 0) {

        if (ngx_consent_page_inline(page, p)) {
            ngx_consent_page_plan(page, p, &refused);
            ngx_consent_table_scan_init(&page->scan);
            page->tag_len = tag->off;
            page->ns = tag->ns;
            page->scanned = 0;
            page->mode = NGX_CONSENT_PAGE_SCRIPT;
        }

        return NGX_OK;
    }

    if (page->rules->remove && !page->long_tag
        && ngx_consent_page_removable(tag))
    {
        ngx_consent_page_drop(page, tag->off);

        if (tag->id == NGX_CONSENT_TAG_SCRIPT
            || tag->id == NGX_CONSENT_TAG_IFRAME)
        {
            page->mode = NGX_CONSENT_PAGE_DROP;
            page->dropped = tag->id;
        }

        return NGX_OK;
    }

    ngx_consent_page_plan(page, p, &refused);

    return ngx_consent_page_edited(page, tag->off, refused.needs);
}


/*
 * A tag that is longer than consent_tag_buffer: what is read of it is judged
 * and goes out, but for the attribute at its end that is not complete yet.
 */

static ngx_int_t
ngx_consent_page_long(ngx_consent_page_t *page, u_char *pos)
{
    u_char                 *p;
    ngx_int_t               rc;
    ngx_consent_tag_t      *tag;
    ngx_consent_refused_t   refused;

    tag = &page->html.tag;

    if (page->mode == NGX_CONSENT_PAGE_SCRIPT
        && ngx_consent_page_script(page, ngx_consent_page_open(page, pos)
                                         - page->tag_len - tag->off)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (page->mode == NGX_CONSENT_PAGE_DROP) {
        ngx_consent_page_drop(page, ngx_consent_page_open(page, pos));
        ngx_consent_html_release(&page->html);
        return NGX_OK;
    }

    p = ngx_consent_page_whole(page, pos, tag->off);
    if (p == NULL) {
        return NGX_ERROR;
    }

    if (!page->long_tag) {
        page->rules->note(page->rules->data, NGX_CONSENT_NOTE_TAG_LONG, NULL);
        page->long_tag = 1;
    }

    refused.n = 0;

    if (!tag->end) {
        ngx_consent_page_judge(page, p, &refused);
    }

    if (refused.n) {
        ngx_consent_page_plan(page, p, &refused);
        rc = ngx_consent_page_edited(page, page->html.cut, refused.needs);

    } else {
        rc = ngx_consent_page_pass(page, page->html.cut);
    }

    ngx_consent_html_release(&page->html);

    return rc;
}


/* The input is read to its end: what is decided goes out, the rest waits. */

static ngx_int_t
ngx_consent_page_rest(ngx_consent_page_t *page, u_char *last)
{
    size_t  open, content;

    open = ngx_consent_page_open(page, last);

    if (page->mode == NGX_CONSENT_PAGE_SCRIPT) {

        content = open - page->tag_len - page->html.held;

        if (content <= page->rules->inline_buffer) {
            ngx_consent_page_scan(page, content, 0);
            return ngx_consent_page_keep(page, last);
        }

        if (ngx_consent_page_script(page, content) != NGX_OK) {
            return NGX_ERROR;
        }

        open = ngx_consent_page_open(page, last);
    }

    if (page->mode == NGX_CONSENT_PAGE_DROP) {
        ngx_consent_page_drop(page, open);
        return NGX_OK;
    }

    if (ngx_consent_page_pass(page, open - page->html.held) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_consent_page_keep(page, last);
}


static ngx_int_t
ngx_consent_page_end(ngx_consent_page_t *page, u_char *last)
{
    size_t  open;

    open = ngx_consent_page_open(page, last);

    if (page->mode == NGX_CONSENT_PAGE_SCRIPT) {

        if (ngx_consent_page_script(page, open - page->tag_len) != NGX_OK) {
            return NGX_ERROR;
        }

        open = ngx_consent_page_open(page, last);
    }

    if (page->mode == NGX_CONSENT_PAGE_DROP) {
        ngx_consent_page_drop(page, open);
        return NGX_OK;
    }

    return ngx_consent_page_pass(page, open);
}


/* What is to be inserted, from left to right. */

static void
ngx_consent_page_plan(ngx_consent_page_t *page, const u_char *p,
    const ngx_consent_refused_t *refused)
{
    ngx_uint_t                 i, n;
    ngx_consent_tag_t         *tag;
    ngx_consent_edits_t       *edits;
    const ngx_consent_attr_t  *attr;

    tag = &page->html.tag;
    edits = &page->edits;

    edits->n = 0;

    if (!tag->part) {

        if (tag->id == NGX_CONSENT_TAG_SCRIPT) {
            ngx_consent_edit_add(edits, NGX_CONSENT_EDIT_TYPE,
                                 tag->name_len + 1);
        }

        ngx_consent_edit_add(edits, NGX_CONSENT_EDIT_WAIT, tag->name_len + 1);
    }

    for (i = 0; i < tag->nattrs; i++) {

        attr = &tag->attrs[i];

        if (tag->id == NGX_CONSENT_TAG_SCRIPT
            && ngx_consent_fetch_named(attr, p, &ngx_consent_page_type))
        {
            ngx_consent_edit_rename(edits, attr, p);
            continue;
        }

        for (n = 0; n < refused->n; n++) {
            if (ngx_consent_fetch_named(attr, p, &refused->attrs[n]->attr)) {
                ngx_consent_edit_rename(edits, attr, p);
                break;
            }
        }
    }
}


/*
 * Elements whose end is known: raw text ends at its own end tag, void elements
 * have none.
 */

static ngx_uint_t
ngx_consent_page_removable(const ngx_consent_tag_t *tag)
{
    if (tag->ns != NGX_CONSENT_NS_HTML) {
        return 0;
    }

    switch (tag->id) {

    case NGX_CONSENT_TAG_SCRIPT:
    case NGX_CONSENT_TAG_IFRAME:
    case NGX_CONSENT_TAG_IMG:
    case NGX_CONSENT_TAG_LINK:
    case NGX_CONSENT_TAG_EMBED:
    case NGX_CONSENT_TAG_SOURCE:
    case NGX_CONSENT_TAG_TRACK:
    case NGX_CONSENT_TAG_FRAME:
        return 1;

    default:
        return 0;
    }
}


/* Looks at the script's content, as far as it is judged. */

static void
ngx_consent_page_scan(ngx_consent_page_t *page, size_t content, ngx_uint_t end)
{
    size_t                      at, n;
    const ngx_consent_table_t  *table;

    table = page->rules->table;

    if (content > page->rules->inline_buffer) {
        content = page->rules->inline_buffer;
        end = 1;
    }

    at = page->tag_len + page->scanned;
    n = content - page->scanned;

    page->scanned = content;

    if (page->held > at) {

        if (page->held - at >= n) {
            ngx_consent_table_scan(table, &page->scan, page->hold + at, n,
                                   end);
            return;
        }

        ngx_consent_table_scan(table, &page->scan, page->hold + at,
                               page->held - at, 0);

        n -= page->held - at;
        at = page->held;
    }

    ngx_consent_table_scan(table, &page->scan, page->from + (at - page->held),
                           n, end);
}


/* So much of the script's content is there, and it is decided now. */

static ngx_int_t
ngx_consent_page_script(ngx_consent_page_t *page, size_t content)
{
    ngx_consent_mask_t          missing;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    ngx_consent_page_scan(page, content, 1);

    page->mode = NGX_CONSENT_PAGE_TEXT;

    missing = page->scan.match.row ? page->scan.match.needs & ~rules->granted
                                   : 0;

    if (missing == 0) {

        if (content > rules->inline_buffer) {
            rules->note(rules->data, NGX_CONSENT_NOTE_INLINE_LONG, NULL);
        }

        return page->held ? ngx_consent_page_pass(page,
                                                  page->tag_len + content)
                          : NGX_OK;
    }

    rules->note(rules->data, NGX_CONSENT_NOTE_INLINE, page->scan.match.row);

    if (rules->remove && page->ns == NGX_CONSENT_NS_HTML) {
        ngx_consent_page_drop(page, page->tag_len + content);
        page->mode = NGX_CONSENT_PAGE_DROP;
        page->dropped = NGX_CONSENT_TAG_SCRIPT;
        return NGX_OK;
    }

    if (ngx_consent_page_edited(page, page->tag_len, missing) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_consent_page_pass(page, content);
}


/* The first len open bytes, a tag, go out with the edits that are planned. */

static ngx_int_t
ngx_consent_page_edited(ngx_consent_page_t *page, size_t len,
    ngx_consent_mask_t needs)
{
    u_char                         *p, buf[NGX_CONSENT_PAGE_WAIT];
    ngx_str_t                       wait;
    ngx_int_t                       rc;
    ngx_uint_t                      i, n;
    const ngx_consent_rules_t      *rules;
    const ngx_consent_category_t   *categories;

    rules = page->rules;

    if (rules->emit) {

        p = buf;
        categories = ngx_consent_table_categories(rules->table, &n);

        for (i = 0; i < n; i++) {

            if (!(needs & ((ngx_consent_mask_t) 1 << i))) {
                continue;
            }

            if (p > buf) {
                *p++ = ' ';
            }

            memcpy(p, categories[i].name.data, categories[i].name.len);
            p += categories[i].name.len;
        }

        wait.data = buf;
        wait.len = p - buf;

        if (page->held) {
            rc = ngx_consent_edit_emit(&page->edits, page->hold, len,
                                       NGX_CONSENT_PIECE_COPY, &wait,
                                       rules->emit, rules->data);
        } else {
            rc = ngx_consent_edit_emit(&page->edits, page->from, len,
                                       NGX_CONSENT_PIECE_KEEP, &wait,
                                       rules->emit, rules->data);
        }

        if (rc != NGX_OK) {
            return rc;
        }
    }

    ngx_consent_page_drop(page, len);

    return NGX_OK;
}


/*
 * Makes the last n open bytes, which end at pos, the first ones and one piece;
 * what stands before them goes out.  NULL: no memory, or the emitter failed.
 */

static u_char *
ngx_consent_page_whole(ngx_consent_page_t *page, u_char *pos, size_t n)
{
    if (ngx_consent_page_pass(page, ngx_consent_page_open(page, pos) - n)
        != NGX_OK)
    {
        return NULL;
    }

    if (page->held == 0) {
        return page->from;
    }

    if (ngx_consent_page_keep(page, pos) != NGX_OK) {
        return NULL;
    }

    return page->hold;
}


/* The first n open bytes go out as they are. */

static ngx_int_t
ngx_consent_page_pass(ngx_consent_page_t *page, size_t n)
{
    size_t  held;

    held = page->held < n ? page->held : n;

    if (held
        && ngx_consent_page_emit(page, page->hold, held,
                                 NGX_CONSENT_PIECE_COPY)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (n > held
        && ngx_consent_page_emit(page, page->from, n - held,
                                 NGX_CONSENT_PIECE_KEEP)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_consent_page_drop(page, n);

    return NGX_OK;
}


/* The first n open bytes are done with. */

static void
ngx_consent_page_drop(ngx_consent_page_t *page, size_t n)
{
    size_t   rest, step;
    u_char  *p;

    if (n >= page->held) {
        page->from += n - page->held;
        page->held = 0;
        return;
    }

    if (n == 0) {
        return;
    }

    page->held -= n;

    /* down by n, in steps that do not overlap */

    for (p = page->hold, rest = page->held; rest; p += step, rest -= step) {
        step = n < rest ? n : rest;
        memcpy(p, p + n, step);
    }
}


/* The open bytes up to last are kept when the input goes. */

static ngx_int_t
ngx_consent_page_keep(ngx_consent_page_t *page, u_char *last)
{
    size_t   n, size;
    u_char  *p;

    n = last - page->from;

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
            memcpy(p, page->hold, page->held);
        }

        page->hold = p;
        page->size = size;
    }

    memcpy(page->hold + page->held, page->from, n);
    page->held += n;
    page->from = last;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_emit(ngx_consent_page_t *page, u_char *p, size_t len,
    ngx_consent_piece_e kind)
{
    if (page->rules->emit == NULL) {
        return NGX_OK;
    }

    return page->rules->emit(page->rules->data, p, len, kind);
}
