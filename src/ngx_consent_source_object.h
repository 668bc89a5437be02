
/*
 * JSON of a cookie, read where it was decoded, and never twice: a string that
 * has been read is decoded there, and what is behind it is not JSON any more.
 */

#ifndef _NGX_CONSENT_SOURCE_OBJECT_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_OBJECT_H_INCLUDED_


#include "ngx_consent_json.h"
#include "ngx_consent_source_int.h"


/* members of an object whose names are a site's; more: the value is invalid */
#define NGX_CONSENT_OBJECT_MAX_GROUPS  64


/* an object or array that is being read; begun begins as zero */

typedef struct {
    u_char              *pos;
    u_char              *last;
    ngx_uint_t           begun;
} ngx_consent_object_t;


typedef struct {
    ngx_str_t            name;
    u_char              *value;         /* NULL: it is not there */
} ngx_consent_member_t;


/* two members of a member that is an object itself */

typedef ngx_consent_member_t  ngx_consent_pair_t[2];


/*
 * Reads a value at json->pos, to be at its end when it returns NGX_OK.  On
 * NGX_ERROR the cookie is invalid, whatever answer holds.
 */
typedef ngx_int_t (*ngx_consent_object_pt)(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);

/* The whole of a cookie that is JSON: as it is, or percent-encoded. */
void ngx_consent_object_cookie(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer,
    ngx_consent_object_pt read);

/* The same of what has been decoded to asked->buf. */
void ngx_consent_object_decoded(const ngx_consent_asked_t *asked, size_t len,
    ngx_consent_answer_t *answer, ngx_consent_object_pt read);

/*
 * The next member of an object, past its value: where it begins, and whether it
 * is the literal true.  NGX_OK, NGX_DONE past the end, or NGX_ERROR.
 */
ngx_int_t ngx_consent_object_flag(ngx_consent_object_t *json, ngx_str_t *name,
    u_char **value, ngx_uint_t *yes);

/*
 * Passes over an object, and finds the last value of each of the n names, best
 * in the order in which the platform writes them; or of each name that there
 * is.  NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_consent_object_members(ngx_consent_object_t *json,
    ngx_consent_member_t *members, ngx_uint_t n);
ngx_int_t ngx_consent_object_groups(ngx_consent_object_t *json,
    ngx_consent_member_t *groups, ngx_uint_t *n);

/*
 * The same, and on the way the pairs of the first npairs members, where their
 * values are objects.
 */
ngx_int_t ngx_consent_object_pairs(ngx_consent_object_t *json,
    ngx_consent_member_t *members, ngx_uint_t n, ngx_consent_pair_t *pairs,
    ngx_uint_t npairs);

/*
 * Values that have been passed over, or NULL: a string, which is decoded there
 * and can be read only once (NGX_OK or NGX_DECLINED); a string that is a date
 * (0: none); a whole number up to NGX_CONSENT_MAX_REVISION (-1: none), or one
 * of milliseconds, in seconds (0: none); a literal.
 */
ngx_int_t ngx_consent_object_string(u_char *value, u_char *last, ngx_str_t *s);
time_t ngx_consent_object_string_date(u_char *value, u_char *last);
ngx_int_t ngx_consent_object_number(const u_char *value, const u_char *last);
time_t ngx_consent_object_number_ms(const u_char *value, const u_char *last);
ngx_uint_t ngx_consent_object_literal(const u_char *value, const u_char *last,
    const char *word, size_t len);

#define ngx_consent_object_is(value, last, word)                             \
    ngx_consent_object_literal(value, last, word, sizeof(word) - 1)

/*
 * An array of keys: yes of each.  With a group the keys are "group/key", put
 * together in asked->more.  NGX_OK, or NGX_ERROR if it is no array; *n counts,
 * or it is NULL.
 */
ngx_int_t ngx_consent_object_keys(const ngx_consent_asked_t *asked,
    u_char *value, u_char *last, ngx_consent_key_e of, const ngx_str_t *group,
    ngx_uint_t yes, ngx_consent_answer_t *answer, ngx_uint_t *n);

ngx_uint_t ngx_consent_object_same(const ngx_str_t *a, const ngx_str_t *b);


#endif /* _NGX_CONSENT_SOURCE_OBJECT_H_INCLUDED_ */
