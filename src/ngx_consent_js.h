
/*
 * What an inline module imports: the lexical grammar of ECMAScript, as far as
 * it decides what is code.  It owns no memory, keeps no pointer and reads each
 * byte once: a buffer may end anywhere.
 */

#ifndef _NGX_CONSENT_JS_H_INCLUDED_
#define _NGX_CONSENT_JS_H_INCLUDED_


#include "ngx_consent.h"


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

/* the longest word that matters, "instanceof", and one more */
#define NGX_CONSENT_JS_MAX_WORD  11


typedef enum {
    NGX_CONSENT_JS_STATIC = 0,          /* import "x", export * from "x" */
    NGX_CONSENT_JS_DYNAMIC              /* import("x") */
} ngx_consent_js_what_e;


/* one reading: the reader's own */

typedef struct {
    uint32_t               off;         /* of the string that is read */
    uint32_t               utf8;        /* of a character that is cut */

    u_char                 state;
    u_char                 prev;        /* the token before */
    u_char                 clause;      /* how far an import has come */
    u_char                 what;
    u_char                 quote;
    u_char                 keep;        /* the string is a specifier */
    u_char                 in_class;    /* [...] of a regular expression */

    u_char                 ntemplates;
    u_char                 word_len;
    u_char                 word[NGX_CONSENT_JS_MAX_WORD];
    uint16_t               braces[NGX_CONSENT_JS_MAX_TEMPLATES];
} ngx_consent_js_reading_t;


typedef struct {

    /*
     * The specifier: what stands inside the quotes.  It begins off bytes before
     * *pos and has len bytes; len < off <= limit.
     */
    uint32_t                  off;
    uint32_t                  len;

    ngx_consent_js_what_e     what;
    u_char                    quote;    /* '"', '\'' or '`' */

    /* bytes before *pos that the caller keeps: 0 outside of a specifier */
    uint32_t                  held;

    uint32_t                  limit;    /* bytes before it is LONG */

    /* what follows is the reader's own */

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
 * Of import("a" + b) "a" is told.  Nothing is to be done at the end of the
 * input: an unclosed string is no program.
 */
ngx_int_t ngx_consent_js_next(ngx_consent_js_t *js, u_char **pos, u_char *last);

/*
 * The text that the bytes of a string stand for, of JSON as well: escapes
 * resolved to UTF-8.  Writes at most size bytes, never a part of an escaped
 * character, and returns how many: never more than len.
 */
size_t ngx_consent_js_text(u_char *dst, size_t size, const u_char *p,
    size_t len);


#endif /* _NGX_CONSENT_JS_H_INCLUDED_ */
