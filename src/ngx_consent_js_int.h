
/*
 * What the rooms of the script's reader share: ngx_consent_js.c makes
 * characters of bytes and keeps the readings, _lex.c is one reading and makes
 * tokens of characters, _syntax.c knows what a token is to the next ones.
 */

#ifndef _NGX_CONSENT_JS_INT_H_INCLUDED_
#define _NGX_CONSENT_JS_INT_H_INCLUDED_


#include "ngx_consent_js.h"


/*
 * A character as the lexical grammar sees it: that of ASCII as it is, white
 * space beyond it a space, any other that of a name.
 */

#define NGX_CONSENT_JS_OTHER      0x80
#define NGX_CONSENT_JS_SEPARATOR  0x100 /* U+2028, U+2029 */


/* values of a reading's keep */

#define NGX_CONSENT_JS_KEEP_STATIC   1
#define NGX_CONSENT_JS_KEEP_DYNAMIC  2


typedef enum {
    ngx_consent_js_start = 0,           /* where "#!" is a comment */
    ngx_consent_js_start_hash,
    ngx_consent_js_ground,
    ngx_consent_js_word,
    ngx_consent_js_word_escape,         /* after '\\' */
    ngx_consent_js_word_u,              /* after "\\u" */
    ngx_consent_js_word_brace,          /* after "\\u{" */
    ngx_consent_js_number,
    ngx_consent_js_slash,
    ngx_consent_js_line,
    ngx_consent_js_block,
    ngx_consent_js_block_star,
    ngx_consent_js_string,
    ngx_consent_js_string_escape,
    ngx_consent_js_string_cr,
    ngx_consent_js_template,
    ngx_consent_js_template_escape,
    ngx_consent_js_template_dollar,
    ngx_consent_js_regex,
    ngx_consent_js_regex_escape
} ngx_consent_js_state_e;


/* the token before: what a '/' is after it */

typedef enum {
    ngx_consent_js_punct = 0,           /* a regular expression begins */
    ngx_consent_js_value,               /* it divides */
    ngx_consent_js_close,               /* either */
    ngx_consent_js_dot,                 /* a name follows that is no keyword */
    ngx_consent_js_dots,
    ngx_consent_js_plus,                /* a second one makes it either */
    ngx_consent_js_minus
} ngx_consent_js_prev_e;


typedef enum {
    ngx_consent_js_none = 0,
    ngx_consent_js_import,              /* import */
    ngx_consent_js_export,              /* export */
    ngx_consent_js_names,               /* import a, * as b */
    ngx_consent_js_braces,              /* import {a as b */
    ngx_consent_js_from,                /* import a from */
    ngx_consent_js_phase,               /* import. */
    ngx_consent_js_phase_name           /* import.source */
} ngx_consent_js_clause_e;


/*
 * Takes a character of reading i, which the others take too.  NGX_OK, or: the
 * string that it keeps ends here, NGX_CONSENT_JS_URL or LONG, and *after bytes
 * of the last ones are not of it.
 */
ngx_int_t ngx_consent_js_step(ngx_consent_js_t *js, ngx_uint_t i, uint32_t ch,
    uint32_t *after);

/* The token c: a quote, a bracket, any other that is one character. */
void ngx_consent_js_quoted(ngx_consent_js_reading_t *r, u_char c);
void ngx_consent_js_bracket(ngx_consent_js_reading_t *r, u_char c);
void ngx_consent_js_punctuator(ngx_consent_js_reading_t *r, u_char c);

/* The name or keyword in r->word is complete. */
void ngx_consent_js_word_end(ngx_consent_js_reading_t *r);


#endif /* _NGX_CONSENT_JS_INT_H_INCLUDED_ */
