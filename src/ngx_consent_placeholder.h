
/*
 * What stands in the page for a frame that is held back: a template in HTML,
 * with what it may name, and the words for it in several languages.
 */

#ifndef _NGX_CONSENT_PLACEHOLDER_H_INCLUDED_
#define _NGX_CONSENT_PLACEHOLDER_H_INCLUDED_


#include "ngx_consent_template.h"


/* what a template names: $name, or ${name}; empty where there is none */

typedef enum {
    NGX_CONSENT_PLACE_PROVIDER = 0,     /* who provides it */
    NGX_CONSENT_PLACE_POLICY,           /* a link to its own policy */
    NGX_CONSENT_PLACE_CATEGORIES,       /* titles of those to be accepted */
    NGX_CONSENT_PLACE_CATEGORIES_LANG,  /* theirs, if it is not $lang */
    NGX_CONSENT_PLACE_ACTION,           /* where that can be posted to */
    NGX_CONSENT_PLACE_ACCEPT,           /* the fields that do: HTML */
    NGX_CONSENT_PLACE_RETURN,           /* the present page */
    NGX_CONSENT_PLACE_SETTINGS,         /* a link to all choices */
    NGX_CONSENT_PLACE_LANG
} ngx_consent_place_value_e;


/* the words: $text_title ... */

typedef enum {
    NGX_CONSENT_TEXT_TITLE = 0,
    NGX_CONSENT_TEXT_BLOCKED,           /* it can be accepted */
    NGX_CONSENT_TEXT_HELD,              /* it cannot */
    NGX_CONSENT_TEXT_ACCEPT,
    NGX_CONSENT_TEXT_POLICY,
    NGX_CONSENT_TEXT_SETTINGS
} ngx_consent_text_e;

#define NGX_CONSENT_TEXTS  6


/* one language; its words are templates themselves, in HTML */

typedef struct {
    ngx_str_t            lang;          /* in lower case */
    ngx_str_t            text[NGX_CONSENT_TEXTS];
} ngx_consent_language_t;


typedef enum {
    NGX_CONSENT_PART_LITERAL = 0,
    NGX_CONSENT_PART_VALUE,
    NGX_CONSENT_PART_TEXT,
    NGX_CONSENT_PART_IF,                /* <!--# if name --> */
    NGX_CONSENT_PART_ELSE,              /* <!--# else -->    */
    NGX_CONSENT_PART_ENDIF              /* <!--# endif -->   */
} ngx_consent_part_e;


typedef struct {
    ngx_consent_part_e   what;
    ngx_uint_t           of;            /* of values or of texts which */
    ngx_str_t            source;        /* a literal's */
} ngx_consent_part_t;


/* the template that consent_placeholder has by itself */
extern const ngx_str_t  ngx_consent_placeholder_default;

/*
 * The next part of a template that has been checked, from *pos on, which moves
 * on.  NGX_DONE: there is none.
 */
ngx_int_t ngx_consent_placeholder_next(const u_char **pos, const u_char *last,
    ngx_consent_part_t *part);

/*
 * What is wrong with a template; NULL: nothing.  *wrong is where, and may be
 * empty.
 */
const char *ngx_consent_placeholder_check(const ngx_str_t *html,
    ngx_str_t *wrong);

/*
 * The language of that tag, such as "pt-BR", or of its first subtag; NULL: none
 * of ours.
 */
const ngx_consent_language_t *ngx_consent_language(const u_char *tag,
    size_t len);


#endif /* _NGX_CONSENT_PLACEHOLDER_H_INCLUDED_ */
