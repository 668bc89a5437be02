
/*
 * What the rooms of the style sheet's reader share: ngx_consent_css.c reads by
 * the standard, _between.c what is between tokens, _token.c names and what they
 * begin, _class.c knows bytes, and _scan.c reads as a preload scanner does.
 */

#ifndef _NGX_CONSENT_CSS_INT_H_INCLUDED_
#define _NGX_CONSENT_CSS_INT_H_INCLUDED_


#include "ngx_consent_css.h"


typedef enum {
    ngx_consent_css_ground = 0,         /* between tokens, and in most names */
    ngx_consent_css_ident,              /* in a name, read into c->name */
    ngx_consent_css_escape,
    ngx_consent_css_escape_hex,
    ngx_consent_css_escape_cr,          /* CR LF is one newline */
    ngx_consent_css_slash,
    ngx_consent_css_comment,
    ngx_consent_css_comment_star,
    ngx_consent_css_cdo,                /* c->digits bytes of "!--" */
    ngx_consent_css_prelude,            /* after @import, @namespace */
    ngx_consent_css_after_name,         /* after --x, where a ':' may follow */
    ngx_consent_css_string,
    ngx_consent_css_url_space,
    ngx_consent_css_url,
    ngx_consent_css_url_after,
    ngx_consent_css_bad_url,
    ngx_consent_css_bad_url_escape
} ngx_consent_css_state_e;


/*
 * What a byte is.  White space is what preprocessing makes of CR and FF as
 * well; NUL becomes U+FFFD there, a character of names as all beyond ASCII.
 */

#define NGX_CONSENT_CSS_SPACE    0x01
#define NGX_CONSENT_CSS_NEWLINE  0x02
#define NGX_CONSENT_CSS_NAME     0x04
#define NGX_CONSENT_CSS_HEX      0x08
#define NGX_CONSENT_CSS_STOP     0x10   /* between tokens, always */
#define NGX_CONSENT_CSS_COUNT    0x20   /* ... where nesting counts */
#define NGX_CONSENT_CSS_STRING   0x40   /* inside of a string */
#define NGX_CONSENT_CSS_URL_END  0x80   /* inside of an unquoted url() */

extern const u_char  ngx_consent_css_class[256];

#define ngx_consent_css_is(c, what)  (ngx_consent_css_class[c] & (what))

#define ngx_consent_css_hex(c)                                               \
    (u_char) ((c) <= '9' ? (c) - '0' : ((c) | 0x20) - 'a' + 10)

#define ngx_consent_css_quote(c)  ((c) == '"' || (c) == '\'')


/* what stands between tokens is looked at in blocks */

#define NGX_CONSENT_CSS_BLOCK  64

typedef struct {
    u_char    *first;       /* what is in view */
    u_char    *next;        /* the next block */
    uint64_t   bits;        /* what is left to see of the one before it */
} ngx_consent_css_view_t;


/* The first byte of that class, or last. */
u_char *ngx_consent_css_plain(u_char *p, u_char *last, ngx_uint_t what);

/* The first byte that is none of a name's, or last. */
u_char *ngx_consent_css_named(u_char *p, u_char *last);

/* Passes over what stands between the tokens that matter. */
u_char *ngx_consent_css_between(ngx_consent_css_t *c,
    ngx_consent_css_view_t *v, u_char *p, u_char *last);

/* Bytes of a name, or what ends it. */
u_char *ngx_consent_css_name(ngx_consent_css_t *c, u_char *p, u_char *last);

void ngx_consent_css_name_byte(ngx_consent_css_t *c, u_char ch);

/*
 * The name that ends at p, or as much of it as tells that it is none of ours.
 * Of a name that begins before start c->name has the beginning.
 */
void ngx_consent_css_name_back(ngx_consent_css_t *c, u_char *start, u_char *p);

/* After a '(', before which stands c->name. */
void ngx_consent_css_function(ngx_consent_css_t *c);

/* After a '\\' in a name, a string, an unquoted url(): one byte of it. */
u_char *ngx_consent_css_escaped(ngx_consent_css_t *c, u_char *p);

/* After the quote of a string that stands in no url(). */
void ngx_consent_css_quoted(ngx_consent_css_t *c, u_char quote);


/* The scanner is past the rules that it reads. */
#define ngx_consent_css_scan_done(s)                                         \
    ((s)->state == NGX_CONSENT_CSS_SCAN_DONE)

#define NGX_CONSENT_CSS_SCAN_INITIAL  0
#define NGX_CONSENT_CSS_SCAN_DONE     1


/*
 * Takes one byte.  NGX_OK: it ends a value, or nothing came of it; else
 * NGX_CONSENT_CSS_URL or LONG with the URL's offset and length.
 */
ngx_int_t ngx_consent_css_scan(ngx_consent_css_scan_t *s, u_char c,
    uint32_t limit, uint32_t *off, uint32_t *len);

/*
 * Takes bytes that nothing comes of: not of them alone, and in a value not of
 * the reader's, either, up to room of them.  Returns what comes next.
 */
u_char *ngx_consent_css_scan_pass(ngx_consent_css_scan_t *s, u_char *p,
    u_char *last, size_t room);

/* The same of the end of the input. */
ngx_int_t ngx_consent_css_scan_end(ngx_consent_css_scan_t *s, uint32_t *off,
    uint32_t *len);

/* Bytes that the scanner needs. */
uint32_t ngx_consent_css_scan_held(const ngx_consent_css_scan_t *s);

/* 1 in the value of an @import: what the reader finds there is told as raw */
ngx_uint_t ngx_consent_css_scan_told(ngx_consent_css_scan_t *s);


#endif /* _NGX_CONSENT_CSS_INT_H_INCLUDED_ */
