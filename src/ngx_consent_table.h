
/*
 * The table: categories, providers and rows, compiled once, then read-only.
 * Building allocates from a pool; looking up allocates nothing.
 */

#ifndef _NGX_CONSENT_TABLE_H_INCLUDED_
#define _NGX_CONSENT_TABLE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_signal.h"
#include "ngx_consent_url.h"


typedef struct ngx_consent_table_s  ngx_consent_table_t;


/* where something was written, for errors */

typedef struct {
    ngx_str_t            file;          /* data == NULL: nowhere */
    ngx_uint_t           line;
} ngx_consent_place_t;


typedef struct {
    char                *reason;      /* what is wrong, and what was expected */
    ngx_str_t            subject;       /* what it is said of */
    ngx_consent_place_t  place;         /* where that stands */
    ngx_consent_place_t  other;        /* the place it disagrees with, if any */
} ngx_consent_fault_t;


typedef struct {
    ngx_str_t            name;
    ngx_str_t            title;
    unsigned             required:1;
} ngx_consent_category_t;


typedef struct ngx_consent_stub_s  ngx_consent_stub_t;


typedef struct {
    ngx_str_t            name;
    ngx_str_t            policy;      /* link to its own policy; may be empty */
    ngx_str_t            platform;     /* consent platform; empty: it is none */
    ngx_consent_mask_t   mask;          /* as written, required categories in */
    ngx_uint_t           tcf;           /* in IAB's Global Vendor List; or 0 */
    ngx_str_t            key;           /* by which visitors decide on it by */
                                        /* itself; empty: they do not */
    ngx_consent_place_t  place;

    /*
     * Compiled, the same for all blocks of its name, as tcf and key are: its
     * number; what its rows wait for, required categories out; stubs, in the
     * order written.
     */
    ngx_uint_t           index;
    ngx_consent_mask_t   waits;
    const ngx_consent_stub_t  *stubs;
    ngx_uint_t           nstubs;
} ngx_consent_provider_t;


typedef enum {
    NGX_CONSENT_ROW_COOKIE = 0,
    NGX_CONSENT_ROW_STORAGE,
    NGX_CONSENT_ROW_URL,
    NGX_CONSENT_ROW_INLINE,
    NGX_CONSENT_ROW_STUB,
    NGX_CONSENT_ROW_HEADER
} ngx_consent_row_e;

#define NGX_CONSENT_ROW_KINDS  6

/*
 * Bytes of all that can be chosen, each name with a separator: a cookie that
 * keeps a choice has then less than 1 KB.  One more is an error.
 */
#define NGX_CONSENT_MAX_CHOICES  896

/* bytes; what is longer is an error when the row is added */
#define NGX_CONSENT_MAX_PATTERN        4096     /* but for stubs */
#define NGX_CONSENT_MAX_HEADER_NAME    63
#define NGX_CONSENT_MIN_MARKER         3
#define NGX_CONSENT_MAX_MARKER         63


#define NGX_CONSENT_EXPIRES_SESSION   0
#define NGX_CONSENT_EXPIRES_UNKNOWN  -1


/* what most rows of a long table have not; a NULL data: not given */

typedef struct {
    ngx_str_t            path;

    /* as the policy prints them */
    ngx_str_t            name;
    ngx_str_t            lifetime;
    ngx_str_t            type;
    ngx_str_t            purpose;
    ngx_str_t            note;          /* of one that passes, why */
} ngx_consent_row_text_t;


typedef struct {
    ngx_consent_row_e    kind;
    ngx_consent_mask_t   mask;          /* categories, required ones in */
    ngx_consent_provider_t  *provider;
    ngx_str_t            pattern;       /* as written, a URL as it is parsed */
    ngx_str_t            domain;    /* cookie: only for this host and beneath */
    time_t               expires;       /* seconds, or one of the above */

    const ngx_consent_row_text_t  *text;  /* added with NULL: nothing given */

    const ngx_str_t     *file;          /* where it was written, for errors */
    uint32_t             line;
    unsigned             pass:1;        /* published, not enforced */
} ngx_consent_row_t;


struct ngx_consent_stub_s {
    const ngx_consent_row_t  *row;      /* its pattern is the text */
    ngx_uint_t           id;            /* the same for the same text */
};


/* the answer to a look-up */

typedef struct {
    const ngx_consent_grant_t  *grant;  /* that was asked for */

    /* the most specific one; of equally specific ones one that is refused */
    const ngx_consent_row_t  *row;

    /*
     * Categories that must all be granted; of equally specific rows the union.
     * 0: never held back (required, pass, or a consent platform's).
     */
    ngx_consent_mask_t   needs;

    /* those of them that are not, each row's of its provider; 0: granted */
    ngx_consent_mask_t   missing;

    unsigned             platform:1;    /* of a consent platform */
    unsigned             several:1;     /* rows of more than one provider */
} ngx_consent_match_t;


/*
 * Building.  Strings, and a row's file, are kept, not copied: they live as long
 * as the pool.
 */

ngx_consent_table_t *ngx_consent_table_create(ngx_pool_t *pool,
    const ngx_str_t *name);

/* the language that its titles, purposes and notes are in */
void ngx_consent_table_speaks(ngx_consent_table_t *t, const ngx_str_t *lang);

/*
 * All of these: NGX_OK; NGX_DECLINED with fault->reason, subject and other
 * filled (the caller knows the place); NGX_ERROR when memory is short.
 */
ngx_int_t ngx_consent_table_category(ngx_consent_table_t *t,
    const ngx_str_t *name, const ngx_str_t *title, ngx_uint_t required,
    ngx_consent_fault_t *fault);

ngx_int_t ngx_consent_table_provider(ngx_consent_table_t *t,
    const ngx_consent_provider_t *provider, ngx_consent_provider_t **added,
    ngx_consent_fault_t *fault);

ngx_int_t ngx_consent_table_row(ngx_consent_table_t *t,
    const ngx_consent_row_t *row, ngx_consent_fault_t *fault);

/* "override cookie|storage|url|inline|header PATTERN", "override provider" */

typedef struct {
    unsigned             of_provider:1;
    ngx_consent_row_e    kind;
    ngx_str_t            pattern;       /* or the provider's name */
    ngx_consent_mask_t   mask;
    unsigned             pass:1;        /* instead of categories */
    ngx_consent_place_t  place;
} ngx_consent_override_t;

ngx_int_t ngx_consent_table_override(ngx_consent_table_t *t,
    const ngx_consent_override_t *o, ngx_consent_fault_t *fault);

/*
 * Applies overrides, finds contradictions, builds the indexes.  NGX_DECLINED:
 * fault is complete, with its place.
 */
ngx_int_t ngx_consent_table_compile(ngx_consent_table_t *t,
    ngx_consent_fault_t *fault);

/* Frees what is not the pool's: compiled expressions.  For a pool cleanup. */
void ngx_consent_table_destroy(ngx_consent_table_t *t);


/* What is in it */

const ngx_str_t *ngx_consent_table_name(const ngx_consent_table_t *t);
const ngx_str_t *ngx_consent_table_lang(const ngx_consent_table_t *t);
const ngx_consent_category_t *ngx_consent_table_categories(
    const ngx_consent_table_t *t, ngx_uint_t *n);
ngx_consent_mask_t ngx_consent_table_all(const ngx_consent_table_t *t);
ngx_consent_mask_t ngx_consent_table_required(const ngx_consent_table_t *t);

/* the category's bit, 0: there is none of that name */
ngx_consent_mask_t ngx_consent_table_bit(const ngx_consent_table_t *t,
    const ngx_str_t *name);

/* the first block of each name, by its index; compiled */
const ngx_consent_provider_t *const *ngx_consent_table_providers(
    const ngx_consent_table_t *t, ngx_uint_t *n);

/* 1 if it can be chosen by itself, and all that it does is accepted */
ngx_uint_t ngx_consent_table_chosen(const ngx_consent_grant_t *grant,
    const ngx_consent_provider_t *provider);

/* categories of which something was accepted that is no more */
ngx_consent_mask_t ngx_consent_table_taken(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *before, const ngx_consent_grant_t *after);

/* in the order written; exact repetitions are one; after overrides */
const ngx_consent_row_t *const *ngx_consent_table_rows(
    const ngx_consent_table_t *t, ngx_uint_t *n);

/*
 * A hash of all that a page's bytes depend on: in the low half what decides,
 * categories and rows, in any order of files; in the high one what is shown,
 * titles, providers and stubs.
 */
uint64_t ngx_consent_table_digest(const ngx_consent_table_t *t);


/* what is accepted of a provider's rows */

#define ngx_consent_table_granted(grant, provider)                           \
    ((grant)->providers ? (grant)->providers[(provider)->index]              \
                        : (grant)->mask)

/*
 * Categories of which something is refused, and of which something is accepted:
 * they meet where providers differ.  Nothing missing: everything is accepted.
 */
ngx_consent_mask_t ngx_consent_table_missing(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant);

/* 0: no row of URLs is refused, or with scripts no marker of them either */
ngx_uint_t ngx_consent_table_holds(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant, ngx_uint_t scripts);

ngx_consent_mask_t ngx_consent_table_accepted(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant);

/*
 * 1 if a provider's rows are not all answered by grant->mask.  Where they are,
 * whoever makes the grant leaves grant->providers NULL: it is the same grant.
 */
ngx_uint_t ngx_consent_table_differs(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant);


/* Looking up: NGX_OK and *m, or NGX_DECLINED: no row names it. */

/* host: the site's, for rows with domain=; lower case, no port */
ngx_int_t ngx_consent_table_find_cookie(const ngx_consent_table_t *t,
    const ngx_str_t *name, const ngx_str_t *host,
    const ngx_consent_grant_t *grant, ngx_consent_match_t *m);

/* first_party: the URL's host is the site itself */
ngx_int_t ngx_consent_table_find_url(const ngx_consent_table_t *t,
    const ngx_consent_url_t *u, ngx_uint_t first_party,
    const ngx_consent_grant_t *grant, ngx_consent_match_t *m);

/*
 * 1 if it is plain that no row names the URL; 0: it has to be parsed.  base:
 * what is known of the one that it may be relative to, 0 if nothing is.
 */
ngx_uint_t ngx_consent_table_unnamed(const ngx_consent_table_t *t,
    const u_char *url, size_t len, ngx_uint_t base);

#define NGX_CONSENT_BASE_UNLISTED  1    /* no row names its host */
#define NGX_CONSENT_BASE_UNNAMED   2    /* ... or all of it */

ngx_uint_t ngx_consent_table_unnamed_base(const ngx_consent_table_t *t,
    const ngx_consent_url_t *base, const ngx_consent_grant_t *grant);

/* 0: rows with a host have neither this one nor one that it is beneath of */
ngx_uint_t ngx_consent_table_has_host(const ngx_consent_table_t *t,
    const ngx_str_t *host);

/* 0 if no row without a host, or of any host, has that path of the site */
ngx_uint_t ngx_consent_table_maybe_path(const ngx_consent_table_t *t,
    const ngx_str_t *path);

ngx_int_t ngx_consent_table_find_header(const ngx_consent_table_t *t,
    const ngx_str_t *name, const ngx_consent_grant_t *grant,
    ngx_consent_match_t *m);


/* What scripts in a page are judged by: see ngx_consent_table_guard.c */

/* rows that one page is guarded by; the rest is the edge's alone */
#define NGX_CONSENT_GUARD_MAX_ROWS  8192

typedef struct {
    ngx_consent_grant_t  grant;
    ngx_str_t            host;          /* the site's, as for cookies */
    unsigned             unknown_urls:1;        /* ... are refused */
    unsigned             unknown_cookies:1;
} ngx_consent_guard_t;

typedef struct {
    const ngx_consent_row_t  *row;
    ngx_consent_mask_t   needs;         /* 0: it never refuses */
    ngx_str_t            host;          /* of a URL; empty: the site's */
    ngx_str_t            path;          /* of a URL; or the name */
    ngx_str_t            args;
    unsigned             any:1;         /* of any host */
    unsigned             exact:1;       /* not of what is beneath the host */
    unsigned             platform:1;
    unsigned             shown:1;       /* the caller's; 0 */
} ngx_consent_guard_row_t;

/* Rows in the table's order, from the pool; NGX_OK or NGX_ERROR. */
ngx_int_t ngx_consent_table_guard(const ngx_consent_table_t *t,
    ngx_pool_t *pool, const ngx_consent_guard_t *guard,
    ngx_consent_guard_row_t **rows, ngx_uint_t *nrows);

/* 1 if an expression is the same in JavaScript */
ngx_uint_t ngx_consent_guard_plain(const ngx_str_t *pattern);


/* The number of stubs that differ: each has an id below it. */
ngx_uint_t ngx_consent_table_stubs(const ngx_consent_table_t *t);

/* 1 if the text is nothing but stubs, a line feed between each two */
ngx_uint_t ngx_consent_table_is_stub(const ngx_consent_table_t *t,
    const u_char *p, size_t len);


/*
 * Markers of one script whose providers have stubs; of more than these, which
 * differ in provider or categories, nothing takes the place.
 */
#define NGX_CONSENT_SCAN_ROWS  8


/* bytes of a script that the next piece is looked at with */
#define NGX_CONSENT_SCAN_KEPT  64


/* Looks for all inline literals in a script that comes in pieces. */

typedef struct {
    ngx_consent_match_t  match;      /* row: the first marker that is refused */
                                        /* by some; needs: of all */
    ngx_uint_t           nrows;
    const ngx_consent_row_t  *rows[NGX_CONSENT_SCAN_ROWS];

    unsigned             pending:1;     /* a marker needs a look at the next */
                                        /* byte */
    size_t               nkept;
    u_char               kept[NGX_CONSENT_SCAN_KEPT];
} ngx_consent_scan_t;

/* The grant is asked for as long as the scan lasts. */
void ngx_consent_table_scan_init(ngx_consent_scan_t *s,
    const ngx_consent_grant_t *grant);

/*
 * Feeds len bytes; end: nothing of the script follows.  When it has ended,
 * s->match says what was found (row NULL: nothing).  A marker counts only
 * between identifier boundaries.
 */
void ngx_consent_table_scan(const ngx_consent_table_t *t,
    ngx_consent_scan_t *s, const u_char *p, size_t len, ngx_uint_t end);


#endif /* _NGX_CONSENT_TABLE_H_INCLUDED_ */
