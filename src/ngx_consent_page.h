
/*
 * A page on its way to a visitor: bytes in, pieces out.  Tokenizer, fetch
 * table, URL, table and edits meet here and nowhere else.
 */

#ifndef _NGX_CONSENT_PAGE_H_INCLUDED_
#define _NGX_CONSENT_PAGE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_html.h"
#include "ngx_consent_url.h"
#include "ngx_consent_table.h"
#include "ngx_consent_edit.h"


/* a document's base URL: what is longer is cut, and only host rows apply */
#define NGX_CONSENT_MAX_BASE  1024


/* what an element that no row names needs */

typedef enum {
    NGX_CONSENT_UNKNOWN_PASS = 0,
    NGX_CONSENT_UNKNOWN_HOLD,           /* whatever was accepted */
    NGX_CONSENT_UNKNOWN_CATEGORY
} ngx_consent_unknown_e;


typedef enum {
    NGX_CONSENT_NOTE_HELD = 0,          /* a tag, by its URL */
    NGX_CONSENT_NOTE_INLINE,            /* an inline script, by a marker */
    NGX_CONSENT_NOTE_INLINE_LONG,       /* one whose end was not looked at */
    NGX_CONSENT_NOTE_TAG_LONG           /* a tag that was judged in parts */
} ngx_consent_note_e;


/* Hears of a decision; row is NULL where no row names the element. */

typedef void (*ngx_consent_note_pt)(void *data, ngx_consent_note_e note,
    const ngx_consent_row_t *row);


/* what holds for the whole page; the caller's, unchanged while it lasts */

typedef struct {
    const ngx_consent_table_t  *table;
    ngx_consent_mask_t   granted;

    ngx_consent_unknown_e  unknown;
    ngx_consent_mask_t   unknown_needs;

    uint32_t             tag_buffer;    /* bytes of a tag judged as a whole */
    uint32_t             inline_buffer; /* bytes of a script judged */
    unsigned             remove:1;      /* instead of disabling */

    ngx_consent_url_t    self;          /* the page's own URL */
    const ngx_str_t     *first;         /* hosts that are the site itself, */
    ngx_uint_t           nfirst;        /* ".example.com": and all beneath */

    ngx_consent_emit_pt  emit;          /* NULL: judge, change nothing */
    ngx_consent_note_pt  note;
    void                *data;
} ngx_consent_rules_t;


typedef enum {
    NGX_CONSENT_PAGE_TEXT = 0,
    NGX_CONSENT_PAGE_SCRIPT,            /* an inline script is being judged */
    NGX_CONSENT_PAGE_DROP               /* inside an element that is removed */
} ngx_consent_page_mode_e;


typedef struct {
    const ngx_consent_rules_t  *rules;
    ngx_consent_html_t   html;
    ngx_consent_page_mode_e  mode;

    /* what of a cut tag or script waits; allocated when first needed */
    ngx_pool_t          *pool;
    u_char              *hold;
    size_t               held;
    size_t               size;

    u_char              *from;          /* first byte neither out nor held */

    /* the script that is being judged, or the element that is removed */
    uint32_t             tag_len;
    ngx_consent_ns_e     ns;
    size_t               scanned;       /* bytes of its content */
    ngx_consent_scan_t   scan;
    ngx_consent_edits_t  edits;         /* its tag's, if it is held back */
    ngx_consent_tag_e    dropped;

    ngx_consent_url_t    base;
    unsigned             has_base:1;
    unsigned             long_tag:1;    /* a part of it is already out */
    unsigned             base_cut:1;
    u_char               base_data[NGX_CONSENT_MAX_BASE];
} ngx_consent_page_t;


void ngx_consent_page_init(ngx_consent_page_t *page,
    const ngx_consent_rules_t *rules, ngx_pool_t *pool);

/*
 * Feeds one buffer.  Every byte of it has been emitted, held or dropped when
 * the call returns; end: the page ends with it, and nothing stays held.
 * NGX_OK, or NGX_ERROR when memory is short or the emitter says so.
 */
ngx_int_t ngx_consent_page_feed(ngx_consent_page_t *page, u_char *p,
    size_t len, ngx_uint_t end);

/*
 * The most that a page ever holds, in bytes: a tag, a script's beginning, and
 * the beginning of its end tag.
 */
size_t ngx_consent_page_limit(const ngx_consent_rules_t *rules);

/* 1 if the URL's host is the site itself */
ngx_uint_t ngx_consent_page_first_party(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *u);


#endif /* _NGX_CONSENT_PAGE_H_INCLUDED_ */
