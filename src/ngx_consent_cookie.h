
/*
 * Cookie and Set-Cookie by RFC 6265bis as browsers apply it.
 */

#ifndef _NGX_CONSENT_COOKIE_H_INCLUDED_
#define _NGX_CONSENT_COOKIE_H_INCLUDED_


#include "ngx_consent.h"


typedef struct {
    ngx_str_t            name;          /* case-sensitive bytes; may be empty */
    ngx_str_t            value;         /* as sent */
    ngx_str_t            pair;          /* from the name to the value's end */
} ngx_consent_cookie_t;


typedef enum {
    NGX_CONSENT_COOKIE_OTHER = 0,
    NGX_CONSENT_COOKIE_MAX_AGE,
    NGX_CONSENT_COOKIE_EXPIRES
} ngx_consent_cookie_life_e;


/* what follows a ';' of a Set-Cookie */

typedef struct {
    ngx_str_t            name;
    ngx_str_t            value;
    ngx_str_t            span;          /* with the ';' before it */

    ngx_consent_cookie_life_e  life;
    unsigned             readable:1;    /* by the RFC: when counts */
    unsigned             doubt:1;       /* not by it, but some browser may */
    int64_t              when;  /* seconds, or unix seconds; saturated */
} ngx_consent_cookie_attr_t;


typedef struct {
    ngx_str_t            name;
    ngx_str_t            value;
    size_t               pair;         /* bytes before the attributes */
    ngx_str_t            domain;       /* last Domain attribute, no first dot */
    ngx_str_t            path;          /* last Path attribute */
    unsigned             has_max_age:1;
    unsigned             has_expires:1;

    /*
     * A Max-Age or Expires that cannot be read follows one that can: by the
     * RFC the earlier one counts, Chromium makes it a session cookie.  Or a
     * Max-Age is none by the RFC, but some browser reads it.
     */
    unsigned             doubt:1;

    int64_t              max_age;       /* seconds, saturated */
    int64_t              expires;       /* unix seconds */
} ngx_consent_set_cookie_t;


/*
 * The next pair of a Cookie header's value.  Pairs end at ';' only; empty ones
 * are passed over.  NGX_OK, or NGX_DONE after the last.
 */
ngx_int_t ngx_consent_cookie_next(u_char **pos, u_char *last,
    ngx_consent_cookie_t *c);

/* The next pair of that name. */
ngx_int_t ngx_consent_cookie_find(u_char **pos, u_char *last,
    const ngx_str_t *name, ngx_consent_cookie_t *c);

/*
 * The next attribute of a Set-Cookie; *pos is the ';' before it, or last.
 * NGX_OK, or NGX_DONE after the last.
 */
ngx_int_t ngx_consent_cookie_attr_next(u_char **pos, u_char *last,
    ngx_consent_cookie_attr_t *a);

/* Splits a Set-Cookie header's value (RFC 6265bis 5.6); never fails. */
void ngx_consent_set_cookie_parse(ngx_consent_set_cookie_t *c, u_char *value,
    size_t len);

/*
 * Only what is in front of the attributes, its name alone, or of the attributes
 * how long it lives.
 */
void ngx_consent_set_cookie_pair(ngx_consent_set_cookie_t *c, u_char *value,
    size_t len);
void ngx_consent_set_cookie_name(ngx_str_t *name, u_char *value, size_t len);
void ngx_consent_set_cookie_life(ngx_consent_set_cookie_t *c, u_char *value,
    size_t len);

/*
 * 1 if every browser at time now would delete the cookie: Max-Age, then
 * Expires.  A deletion passes where the cookie is refused, so one in doubt is
 * none.
 */
ngx_uint_t ngx_consent_set_cookie_deletes(const ngx_consent_set_cookie_t *c,
    int64_t now);

/* A cookie-date (RFC 6265bis 5.1.1) in unix seconds: NGX_OK or NGX_DECLINED */
ngx_int_t ngx_consent_cookie_date(u_char *p, size_t len, int64_t *when);


#endif /* _NGX_CONSENT_COOKIE_H_INCLUDED_ */
