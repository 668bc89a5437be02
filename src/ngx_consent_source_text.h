
/*
 * Values of cookies that are text: decoded once, then split where they stand.
 */

#ifndef _NGX_CONSENT_SOURCE_TEXT_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_TEXT_H_INCLUDED_


#include "ngx_consent_source_int.h"


#define ngx_consent_text_begins(s, word)                                     \
    ((s)->len >= sizeof(word) - 1                                            \
     && memcmp((s)->data, word, sizeof(word) - 1) == 0)

/*
 * A value or a part of it, decoded to dst, where NGX_CONSENT_SOURCE_MAX_VALUE
 * bytes are, or where it stands if there is nothing to decode; so text is only
 * to be read.  NGX_OK, or NGX_ERROR if it is longer or broken.
 */
ngx_int_t ngx_consent_text_plain(u_char *dst, const ngx_str_t *value,
    ngx_str_t *text);


/*
 * Takes the next item, which may be empty, and the separator after it off
 * rest; 0 after the last.  rest->data is NULL when no separator is left behind.
 */

static ngx_inline ngx_uint_t
ngx_consent_text_item(ngx_str_t *rest, u_char separator, ngx_str_t *item)
{
    u_char  *p;

    if (rest->data == NULL) {
        return 0;
    }

    *item = *rest;

    p = rest->len ? memchr(rest->data, separator, rest->len) : NULL;

    if (p == NULL) {
        rest->data = NULL;
        rest->len = 0;
        return 1;
    }

    item->len = p - item->data;

    rest->data = p + 1;
    rest->len -= item->len + 1;

    return 1;
}


/* Splits an item at its first separator: 0 without one, or without a key. */

static ngx_inline ngx_uint_t
ngx_consent_text_pair(const ngx_str_t *item, u_char separator, ngx_str_t *key,
    ngx_str_t *value)
{
    *value = *item;

    return ngx_consent_text_item(value, separator, key) && value->data
           && key->len;
}


/*
 * Keys, not empty, of a cookie in which one may be there twice: the no counts.
 * All is read again, and what is refused said once more, where the grant may
 * have come last; refused has a bit of a hash for each key.
 *
 *     do { ... ngx_consent_text_tell() ... } while (ngx_consent_text_again());
 */

typedef struct {
    ngx_consent_answer_t  *answer;
    ngx_consent_key_e    of;
    uint64_t             refused;
    unsigned             mixed:1;
    unsigned             second:1;
} ngx_consent_text_told_t;

void ngx_consent_text_tell(ngx_consent_text_told_t *told, const ngx_str_t *key,
    ngx_uint_t yes);
ngx_uint_t ngx_consent_text_again(ngx_consent_text_told_t *told);


/* 1 if it is digits, at least one. */
ngx_uint_t ngx_consent_text_is_number(const ngx_str_t *s);

/* Says each number of a list; NGX_ERROR at what is none. */
ngx_int_t ngx_consent_text_numbers(ngx_consent_answer_t *answer,
    ngx_consent_key_e of, const ngx_str_t *list, u_char separator,
    ngx_uint_t yes);


#endif /* _NGX_CONSENT_SOURCE_TEXT_H_INCLUDED_ */
