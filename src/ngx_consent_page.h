
/*
 * A page on its way to a visitor: bytes in, pieces out.  Tokenizer, fetch
 * table, URL, table and edits meet here and nowhere else.
 */

#ifndef _NGX_CONSENT_PAGE_H_INCLUDED_
#define _NGX_CONSENT_PAGE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_charset.h"
#include "ngx_consent_html.h"
#include "ngx_consent_url.h"
#include "ngx_consent_table.h"
#include "ngx_consent_edit.h"
#include "ngx_consent_placeholder.h"
#include "ngx_consent_markup.h"
#include "ngx_consent_css.h"
#include "ngx_consent_js.h"
#include "ngx_consent_dtd.h"
#include "ngx_consent_strings.h"


/* a document's base URL: what is longer is cut, and only host rows apply */
#define NGX_CONSENT_MAX_BASE  1024


/* bytes of the language that a page says of itself; more are cut */
#define NGX_CONSENT_PAGE_TONGUE  64

/* what ngx_consent_page_feed() returns besides NGX_OK and NGX_ERROR */
#define NGX_CONSENT_PAGE_CHARSET  1

/*
 * Readings of one page that are followed at once: the first, one that forked
 * from it, one from that.  Where doubt begins in one that has a fork already,
 * or in the last, the first of the two readings is taken.
 */
#define NGX_CONSENT_PAGE_READERS  4

/*
 * Documents in each other's srcdoc and data: URLs.  What is deeper is held back
 * whole.
 */
#define NGX_CONSENT_PAGE_LEVELS  4

/*
 * Attributes "type" of one inline script that are renamed; more are left, as a
 * browser takes the first.
 */
#define NGX_CONSENT_PAGE_TYPES  8

/*
 * Placeholders of one page; elements past them are held back without one.
 */
#define NGX_CONSENT_PAGE_PLACES  64

/*
 * XML: pieces of text, with markup or references between them, that one URL is
 * put together from.  Of more of them those in the middle are left as they are,
 * behind the URL that takes the place of the first.
 */
#define NGX_CONSENT_PAGE_PIECES  32

/*
 * Bytes of white space before "<?xml" where the type of a page is not known;
 * after more of them it is HTML.
 */
#define NGX_CONSENT_PAGE_SNIFF  512

/* edits that wait before they are put into the output, if they can be */
#define NGX_CONSENT_PAGE_EDITS  32


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

typedef enum {
    NGX_CONSENT_KIND_HTML = 0,
    NGX_CONSENT_KIND_XML,
    NGX_CONSENT_KIND_DTD,               /* what is in a DOCTYPE's brackets */
    NGX_CONSENT_KIND_CSS,
    NGX_CONSENT_KIND_SCRIPT
} ngx_consent_kind_e;


/* what stands in for a frame that is held back */

typedef struct {
    ngx_str_t            html;          /* a template, checked */
    const ngx_consent_language_t  *lang;    /* where the page's is not ours */
    ngx_str_t            action;        /* of the form; empty: there is none */
    ngx_str_t            settings;      /* up to the language, */
    ngx_str_t            settings_end;  /* and what is behind it */
    ngx_str_t            back;          /* the present page, or empty */
    ngx_consent_mask_t   offers;        /* what a choice can change */
    const ngx_consent_grant_t  *vetoed;     /* ... but for this; or NULL */
} ngx_consent_stand_in_t;


typedef struct {
    const ngx_consent_table_t  *table;
    ngx_consent_grant_t  grant;
    ngx_consent_kind_e   kind;

    ngx_consent_unknown_e  unknown;
    ngx_consent_mask_t   unknown_needs;

    uint32_t             tag_buffer;    /* bytes of a tag judged as a whole */
    uint32_t             inline_buffer; /* bytes of a script judged */
    unsigned             remove:1;      /* instead of disabling */
    const ngx_consent_markup_t  *markup;    /* NULL: the module's own */
    unsigned             sniff:1;       /* XML, if it begins as XML does */

    ngx_consent_url_t    self;          /* the page's own URL */
    const ngx_consent_stand_in_t  *place;   /* NULL: no placeholders */

    ngx_str_t            head;          /* ASCII, put first into the head; or */
                                        /* empty */
    unsigned             head_sure:1;   /* what has no sign of a document is */
                                        /* no fragment either */
    unsigned             head_only:1;   /* nothing is held back, or judged */
    unsigned             name_frames:1; /* held ones get names of their own */

    /*
     * What is put first into the body, ASCII that is kept, for a page in the
     * language of its html element, which may be empty.  foreign: a path in the
     * page leads to another host.  NGX_OK or NGX_ERROR; NULL: nothing is.
     */
    ngx_int_t          (*body)(void *data, const ngx_str_t *lang,
                             ngx_uint_t foreign, ngx_str_t *html);
    void                *body_data;
    unsigned             body_sure:1;   /* as head_sure */

    const ngx_str_t     *first;         /* hosts that are the site itself, */
    ngx_uint_t           nfirst;        /* ".example.com": and all beneath */

    ngx_consent_emit_pt  emit;          /* NULL: judge, change nothing */
    void                *emit_data;
    ngx_consent_note_pt  note;
    void                *data;          /* note's */
} ngx_consent_rules_t;


/* an offset that is not known yet */
#define NGX_CONSENT_PAGE_OPEN  ((uint64_t) -1)


/* what a reading does with the text that comes */

typedef enum {
    NGX_CONSENT_PAGE_TEXT = 0,          /* nothing: it is no element's */
    NGX_CONSENT_PAGE_SCRIPT,            /* judges an inline script */
    NGX_CONSENT_PAGE_URLS,              /* judges the strings of JSON */
    NGX_CONSENT_PAGE_STYLE,             /* judges the URLs of CSS */
    NGX_CONSENT_PAGE_DROP               /* removes the element */
} ngx_consent_page_mode_e;


/* one way to read the page; offsets count from the page's first byte */

typedef struct {
    ngx_consent_html_t   html;
    uint64_t             at;            /* what is read of it ends here */
    ngx_uint_t           forks;         /* from the first one to this */

    /* raw text that a fork began; NGX_CONSENT_PAGE_OPEN: it has not ended */
    uint64_t             raw;
    uint64_t             raw_end;

    ngx_consent_page_mode_e  mode;

    /* the script, style, or element that is removed */
    ngx_consent_tag_e    element;
    ngx_consent_ns_e     ns;
    uint64_t             start;         /* of its start tag */
    uint64_t             content;       /* and its end */
    uint64_t             judged;        /* what is judged of it ends here */

    uint32_t             name_len;      /* SCRIPT: of its name, and where its */
    uint32_t             types[NGX_CONSENT_PAGE_TYPES];  /* types stand */
    ngx_uint_t           ntypes;
    ngx_consent_mask_t   imports;       /* what its imports wait for */
    ngx_consent_attr_t   nonce;         /* name_len 0: it has none */
    unsigned             module:1;
    unsigned             stub:1;        /* it says that it is our own */
    unsigned             long_tag:1;    /* a part of it is already out */
    unsigned             live:1;        /* the author's mark is off */
    unsigned             doubt:1;       /* XML: not all of a script is known */
    unsigned             over:1;        /* ... it is judged before its end */

    ngx_uint_t           levels;        /* XML: of elements in the content */

    /* made ready where such content begins */

    ngx_consent_scan_t   scan;
    ngx_consent_markup_plan_t  plan;    /* form NULL: the module's own markup */

    union {
        ngx_consent_css_t    css;
        ngx_consent_js_t     js;
        ngx_consent_strings_t  strings;
    } u;
} ngx_consent_reader_t;


/* XML: text that is put together, and where its pieces are in the page */

typedef struct {
    uint64_t             at;
    uint64_t             raw;           /* bytes in the page */
    size_t               from;          /* offset in the text */
    size_t               len;           /* bytes of text */
    unsigned             reference:1;   /* all of it, or nothing, is replaced */
    unsigned             done:1;        /* ... and was */
} ngx_consent_piece_t;


typedef struct {
    u_char              *data;
    size_t               len;
    size_t               size;
    ngx_uint_t           npieces;
    ngx_consent_piece_t  pieces[NGX_CONSENT_PAGE_PIECES];
} ngx_consent_carry_t;


typedef struct ngx_consent_page_s  ngx_consent_page_t;

struct ngx_consent_page_s {
    const ngx_consent_rules_t  *rules;
    ngx_pool_t          *pool;
    ngx_uint_t           level;         /* of documents in each other */

    /*
     * The bytes that are open, neither out nor dropped, begin at this offset:
     * first those in hold, behind what of it is out, then the input from `from'
     * to `last'.
     */
    uint64_t             start;
    u_char              *hold;
    size_t               out;
    size_t               held;
    size_t               size;
    u_char              *from;
    u_char              *last;

    ngx_consent_reader_t  *readers[NGX_CONSENT_PAGE_READERS];
    ngx_uint_t           nreaders;
    ngx_consent_reader_t  *spare[NGX_CONSENT_PAGE_READERS];
    ngx_uint_t           nspare;

    ngx_consent_edit_t  *edits;         /* in the order of their offsets */
    ngx_uint_t           nedits;
    ngx_uint_t           edits_size;
    u_char              *texts;         /* of edits; while there are any */
    size_t               ntexts;
    size_t               texts_size;

    /* values decoded, one buffer a use */
    u_char              *scratch;
    size_t               scratch_size;
    struct ngx_consent_document_s  *inner;  /* one level deeper, when used */

    /* XML */
    ngx_consent_dtd_t   *dtd;           /* NULL: it declares nothing */
    ngx_consent_dtd_t   *own_dtd;       /* memory for it */
    u_char              *expanded;      /* a tag with values that are */
    size_t               expanded_size;
    ngx_consent_carry_t  *carry;        /* NULL: no text of it was read */

    ngx_consent_mask_t   missing;       /* all that is refused, if it was */
                                        /* asked for */
    ngx_consent_mask_t   needs;         /* of all that was refused */
    const ngx_consent_row_t  *row;      /* ... the first of it */
    const ngx_consent_row_t  *tag_row;  /* ... and of the present tag */
    ngx_uint_t           refused;       /* how much was */
    const ngx_consent_provider_t  *by;  /* whose that of this tag is, if it */
    unsigned             several:1;     /* ... is one provider's */
    uint64_t             told;          /* up to here scripts too long are: */
                                        /* two readers are in the same one */

    /* the encoding, as far as it matters; set by ngx_consent_document.c, too */
    ngx_consent_charset_e  charset;
    ngx_uint_t           lead;          /* NGX_CONSENT_LEAD_..., or 0 */
    unsigned             sure:1;        /* no meta changes it */
    size_t               rest;          /* of the input, not read */

    u_char              *stubs;         /* a bit each: it stands in the page */

    ngx_uint_t           places;        /* placeholders in it */
    const ngx_consent_language_t  *lang;    /* of its html element, or NULL */
    ngx_str_t            tongue;        /* ... as it is written */
    u_char               tongue_data[NGX_CONSENT_PAGE_TONGUE];

    ngx_consent_url_t    base;
    unsigned             has_base:1;
    unsigned             base_asked:1;  /* what it is to the table is known: */
    unsigned             base_is:2;     /* ngx_consent_table_unnamed_base() */
    unsigned             has_lang:1;    /* that element was there */
    unsigned             stubbed:1;     /* a stub stands in it */
    unsigned             asked:1;       /* what is missing is known */
    unsigned             quiet:1;       /* it was told already */
    unsigned             sniff:1;       /* whether this is XML is not known */
    unsigned             passing:1;     /* the rest is left as it is, unread */
    unsigned             named:1;       /* XML: a namespace is declared that */
                                        /* may be HTML's or SVG's */
    u_char               base_data[NGX_CONSENT_MAX_BASE];

    ngx_consent_reader_t  reader;       /* most pages are read in one way */
};


/* It has no memory but its own yet, and is no page before it is restarted. */
void ngx_consent_page_init(ngx_consent_page_t *page, ngx_pool_t *pool);

/* A page begins, with the memory that there is. */
void ngx_consent_page_restart(ngx_consent_page_t *page,
    const ngx_consent_rules_t *rules);

/*
 * Feeds one buffer.  Every byte of it has been emitted, held or dropped when
 * the call returns; end: the page ends with it, and nothing stays held.
 * NGX_OK, or NGX_ERROR when memory is short or the emitter says so;
 * NGX_CONSENT_PAGE_CHARSET when a meta said that page->charset is the encoding,
 * which the caller must decode from there on: page->rest bytes at the end were
 * not read, and the page has not ended.
 */
ngx_int_t ngx_consent_page_feed(ngx_consent_page_t *page, u_char *p,
    size_t len, ngx_uint_t end);

/*
 * The most that a page ever holds, in bytes: a tag, a script's beginning, and
 * the beginning of its end tag.
 */
size_t ngx_consent_page_limit(const ngx_consent_rules_t *rules);

typedef struct {
    const ngx_consent_row_t  *row;      /* NULL: no row names it */

    /*
     * What it waits for, granted or not; with none of that, and refused, it is
     * held back whatever was accepted.
     */
    ngx_consent_mask_t   needs;
    ngx_consent_mask_t   missing;       /* those of them that are not granted */
    unsigned             refused:1;
    unsigned             several:1;     /* rows of more than one provider */
} ngx_consent_verdict_t;

/*
 * 1 if a URL is refused; u is what was parsed from value, with that base and
 * these flags, as UTF-8.  sure: no other reading of it counts.
 */
ngx_uint_t ngx_consent_page_verdict(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *base, u_char *value, size_t len, ngx_uint_t flags,
    const ngx_consent_url_t *u, ngx_uint_t sure, ngx_consent_verdict_t *v);

/* 1 if the URL's host is the site itself */
ngx_uint_t ngx_consent_page_first_party(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *u);


#endif /* _NGX_CONSENT_PAGE_H_INCLUDED_ */
