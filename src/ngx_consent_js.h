
/*
 * What an inline module imports: the lexical grammar of ECMAScript, as far as
 * it decides what is code.  It owns no memory, keeps no pointer and reads each
 * byte once: a buffer may end anywhere.
 */

#ifndef _NGX_CONSENT_JS_H_INCLUDED_
#define _NGX_CONSENT_JS_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_char.h"


/* what ngx_consent_js_next() returns besides NGX_AGAIN */

#define NGX_CONSENT_JS_URL   1          /* a module specifier is complete */
#define NGX_CONSENT_JS_LONG  2          /* its beginning: see below */


/*
 * Whether a '/' divides or begins a regular expression is at times known only
 * to a parser.  Then both readings go on until they are in the same state.
 * Where there are as many as this, further ones are not followed: the '/'
 * divides.
 */
#define NGX_CONSENT_JS_MAX_READINGS  4

/*
 * Template literals in each other, by "${".  Of deeper ones the text is read
 * as code.
 */
#define NGX_CONSENT_JS_MAX_TEMPLATES  8

/* more than the longest word that matters, "instanceof" */
#define NGX_CONSENT_JS_MAX_WORD  12


typedef enum {
    NGX_CONSENT_JS_STATIC = 0,          /* import "x", export * from "x" */
    NGX_CONSENT_JS_DYNAMIC              /* import("x") */
} ngx_consent_js_what_e;


/* one reading: the reader's own; it is compared as bytes, and has no gaps */

typedef struct {
    uint32_t               off;         /* of the string that is kept */
    uint32_t               dynamic;     /* brackets open since import( */
    uint32_t               braces[NGX_CONSENT_JS_MAX_TEMPLATES];

    u_char                 state;
    u_char                 prev;        /* the token before */
    u_char                 clause;      /* how far an import has come */
    u_char                 quote;
    u_char                 keep;        /* the string is a specifier */
    u_char                 in_class;    /* [...] of a regular expression */
    u_char                 ntemplates;
    u_char                 word_len;
    u_char                 word[NGX_CONSENT_JS_MAX_WORD];
} ngx_consent_js_reading_t;


typedef struct {

    /*
     * The specifier: what stands inside the quotes.  It begins off bytes before
     * *pos and has len bytes; 0 < len <= off.
     */
    uint32_t                  off;
    uint32_t                  len;

    ngx_consent_js_what_e     what;
    u_char                    quote;    /* '"', '\'' or '`' */

    /*
     * Two readings of the same bytes overlap: to be held back, whatever it is.
     */
    unsigned                  doubt:1;

    /* bytes before *pos that the caller keeps: 0 outside of a specifier */
    uint32_t                  held;

    uint32_t                  limit;    /* bytes before it is LONG */

    /* NGX_CONSENT_LEAD_..., set after ngx_consent_js_init(); or 0 */
    u_char                    lead;

    /* what follows is the reader's own */

    u_char                    first;    /* of a character that is cut */
    u_char                    missing;  /* bytes of it */
    uint32_t                  code;     /* its bytes so far */

    ngx_uint_t                n;
    ngx_consent_js_reading_t  readings[NGX_CONSENT_JS_MAX_READINGS];
} ngx_consent_js_t;


void ngx_consent_js_init(ngx_consent_js_t *js, uint32_t limit);

/*
 * Reads [*pos, last).
 *
 *   NGX_AGAIN             *pos == last; js->held says what to keep
 *   NGX_CONSENT_JS_URL    js->off, js->len, js->what and js->quote tell a
 *                         specifier; nothing before *pos is needed afterwards
 *   NGX_CONSENT_JS_LONG   the same of its beginning: it has js->limit bytes, or
 *                         it is a template and "${" follows
 *
 * All strings are told that stand within the brackets of import(), up to a ','.
 * Nothing is to be done at the end of the input: an unclosed string is no
 * program.  What is told and its offsets do not depend on where buffers end.
 */
ngx_int_t ngx_consent_js_next(ngx_consent_js_t *js, u_char **pos, u_char *last);

/*
 * The text that the bytes of a string stand for, of JSON as well: escapes
 * resolved to UTF-8, lead as in ngx_consent_js_t.  Writes at most size bytes,
 * never a part of an escaped character, and returns how many.
 */
size_t ngx_consent_js_text(u_char *dst, size_t size, const u_char *p,
    size_t len, ngx_uint_t lead);


#endif /* _NGX_CONSENT_JS_H_INCLUDED_ */
