
/*
 * What an attribute's value says once its character references are decoded,
 * and where in the tag each byte of that came from.
 */

#ifndef _NGX_CONSENT_VALUE_H_INCLUDED_
#define _NGX_CONSENT_VALUE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_tag.h"


/* a value that is compared with words is looked at up to here */
#define NGX_CONSENT_VALUE_WORD  256


/* a walk over a value, from its first byte on */

typedef struct {
    const u_char        *start;
    const u_char        *p;
    const u_char        *last;
    size_t               decoded;       /* bytes of text before p */
    unsigned             literal:1;     /* as ngx_consent_value_literal() */
} ngx_consent_value_t;


void ngx_consent_value_init(ngx_consent_value_t *v, const u_char *p,
    size_t len);

/*
 * The offset in the value of the byte that yields the text's byte at, or of
 * the value's end.  Calls must be made with ascending offsets.
 */
size_t ngx_consent_value_raw(ngx_consent_value_t *v, size_t at);

/*
 * Writes the decoded text and returns its length; size is enough if it is
 * NGX_CONSENT_VALUE_SIZE of the value's length.
 */
size_t ngx_consent_value_text(u_char *dst, size_t size, const u_char *p,
    size_t len);

/*
 * The same of the literal of an entity of XML, of whose references only the
 * numbers are decoded (XML 4.5).
 */
size_t ngx_consent_value_literal(u_char *dst, size_t size, const u_char *p,
    size_t len);

/* a reference is text of one byte more than it at most ("&nGt;") */
#define NGX_CONSENT_VALUE_SIZE(len)  ((len) + (len) / 4 + 8)

/*
 * The value in lower case and without space at its ends; what is longer than
 * NGX_CONSENT_VALUE_WORD is cut.
 */
size_t ngx_consent_value_word(u_char dst[NGX_CONSENT_VALUE_WORD],
    const u_char *p, size_t len);

/* 1 if the attribute's value is that word, which is in lower case */
ngx_uint_t ngx_consent_value_is(const ngx_consent_attr_t *attr,
    const u_char *tag, const ngx_str_t *word);

/* 1 if one of the words, up to an empty one, is s */
ngx_uint_t ngx_consent_value_in(const ngx_str_t *words, const u_char *s,
    size_t len);

/* The next word between white space; *pos moves on.  NGX_DONE: no more. */
ngx_int_t ngx_consent_value_token(const u_char **pos, const u_char *last,
    ngx_str_t *token);

/*
 * The shared declarative refresh steps (HTML 4.2.5.3), of a meta's content and
 * of the header: 1 if there is a URL.
 */
ngx_uint_t ngx_consent_value_refresh(const u_char *p, size_t len,
    ngx_str_t *url);

/* The same of what stands behind the time and its ';' or ','. */
void ngx_consent_value_refresh_url(const u_char *p, size_t len,
    ngx_str_t *url);

/*
 * Chromium and WebKit end a quoted URL at the last such quote: 1 if that gives
 * a longer one than url, which either of the above took from this value.
 */
ngx_uint_t ngx_consent_value_refresh_longer(const u_char *p, size_t len,
    ngx_str_t *url);

#define ngx_consent_value_space(c)                                           \
    ((c) == ' ' || (c) == '\t' || (c) == '\n' || (c) == '\f' || (c) == '\r')


#endif /* _NGX_CONSENT_VALUE_H_INCLUDED_ */
