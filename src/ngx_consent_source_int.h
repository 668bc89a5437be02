
/*
 * What the files of the formats share: one function a format, in its family's
 * file, and a row for it in ngx_consent_source.c.
 */

#ifndef _NGX_CONSENT_SOURCE_INT_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_INT_H_INCLUDED_


#include "ngx_consent_source.h"
#include "ngx_consent_json.h"


/* ngx_consent_source.c: without one pair of quotes around it */

void ngx_consent_source_unquote(ngx_str_t *value);


/* ngx_consent_source_object.c: JSON of a cookie, read where it was decoded */

/* members of an object whose names are a site's; more: the value is invalid */
#define NGX_CONSENT_SOURCE_MAX_GROUPS  64


/* an object or array that is being read; begun begins as zero */

typedef struct {
    u_char              *pos;
    u_char              *last;
    ngx_uint_t           begun;
} ngx_consent_source_json_t;


typedef struct {
    ngx_str_t            name;
    u_char              *value;         /* NULL: it is not there */
} ngx_consent_source_member_t;


/*
 * Reads a value at json->pos, to be at its end when it returns NGX_OK.  On
 * NGX_ERROR the cookie is invalid, whatever answer holds.
 */
typedef ngx_int_t (*ngx_consent_source_read_pt)(
    const ngx_consent_asked_t *asked, ngx_consent_source_json_t *json,
    ngx_consent_answer_t *answer);

/* The whole of a cookie that is JSON: as it is, or percent-encoded. */
void ngx_consent_source_json(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer,
    ngx_consent_source_read_pt read);

/* The same of what has been decoded to asked->buf. */
void ngx_consent_source_decoded(const ngx_consent_asked_t *asked, size_t len,
    ngx_consent_answer_t *answer, ngx_consent_source_read_pt read);

/*
 * To the next member of an object or item of an array, whose value is to be
 * read or passed before the next call.  NGX_OK, and there is a byte to read;
 * NGX_DONE past the end, or NGX_ERROR.
 */
ngx_int_t ngx_consent_source_member(ngx_consent_source_json_t *json,
    ngx_str_t *name);
ngx_int_t ngx_consent_source_item(ngx_consent_source_json_t *json);

/*
 * Passes over an object, and finds the last value of each of the n names; or
 * of each name that there is.  NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_consent_source_members(ngx_consent_source_json_t *json,
    ngx_consent_source_member_t *members, ngx_uint_t n);
ngx_int_t ngx_consent_source_groups(ngx_consent_source_json_t *json,
    ngx_consent_source_member_t *groups, ngx_uint_t *n);

/*
 * Values that have been passed over, or NULL: a string, which is decoded there
 * and can be read only once (NGX_OK or NGX_DECLINED); a string that is a date
 * (0: none); a whole number up to NGX_CONSENT_MAX_REVISION (-1: none), or one
 * of milliseconds, in seconds (0: none); a literal.
 */
ngx_int_t ngx_consent_source_string(u_char *value, u_char *last, ngx_str_t *s);
time_t ngx_consent_source_string_date(u_char *value, u_char *last);
ngx_int_t ngx_consent_source_number(const u_char *value, const u_char *last);
time_t ngx_consent_source_number_ms(const u_char *value, const u_char *last);
ngx_uint_t ngx_consent_source_literal(const u_char *value, const u_char *last,
    const char *word, size_t len);

#define ngx_consent_source_is(value, last, word)                             \
    ngx_consent_source_literal(value, last, word, sizeof(word) - 1)

/*
 * An array of keys: yes of each.  With a group the keys are "group/key", put
 * together in asked->more.  NGX_OK, or NGX_ERROR if it is no array; *n counts.
 */
ngx_int_t ngx_consent_source_keys(const ngx_consent_asked_t *asked,
    u_char *value, u_char *last, ngx_consent_key_e of, const ngx_str_t *group,
    ngx_uint_t yes, ngx_consent_answer_t *answer, ngx_uint_t *n);

/* Passes over a value at json->pos: *yes if it is the literal true. */
ngx_int_t ngx_consent_source_true(ngx_consent_source_json_t *json,
    ngx_uint_t *yes);

ngx_uint_t ngx_consent_source_same(const ngx_str_t *a, const ngx_str_t *b);

/* Says a key, if it is not too long for anybody to have mapped it. */
void ngx_consent_source_say(ngx_consent_answer_t *answer,
    ngx_consent_key_e of, const ngx_str_t *key, ngx_uint_t yes);


/* ngx_consent_source_json.c: vanilla-cookieconsent, Klaro, Borlabs */

void ngx_consent_source_vanilla(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_klaro(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_borlabs(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_service.c: Axeptio, Didomi, iubenda */

void ngx_consent_source_axeptio(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_axeptio_list(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer);
void ngx_consent_source_didomi(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_iubenda(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
ngx_uint_t ngx_consent_source_iubenda_named(const ngx_str_t *name);


/* ngx_consent_source_shopify.c */

void ngx_consent_source_shopify(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


#endif /* _NGX_CONSENT_SOURCE_INT_H_INCLUDED_ */
