
/*
 * What consent platforms write into cookies, read into one model: a state, and
 * keys that are granted or denied.
 *
 * A family of formats has a file, a format a row in ngx_consent_source.c and a
 * function.  Bytes of the request are never changed, nothing is allocated.
 */

#ifndef _NGX_CONSENT_SOURCE_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_cookie.h"
#include "ngx_consent_signal.h"


/* bytes of a cookie's value, decoded or not; a longer one is invalid */
#define NGX_CONSENT_SOURCE_MAX_VALUE  16384

/* bytes of a key, decoded; a longer one is a key that nobody has mapped */
#define NGX_CONSENT_SOURCE_MAX_KEY    128


typedef struct ngx_consent_format_s  ngx_consent_format_t;
typedef struct ngx_consent_asked_s   ngx_consent_asked_t;


/* the values of the request's Cookie lines */

typedef struct {
    const ngx_str_t     *lines;
    ngx_uint_t           nlines;
} ngx_consent_jar_t;


typedef struct {
    ngx_uint_t           line;
    u_char              *pos;           /* NULL: the line's beginning */
} ngx_consent_jar_at_t;


/* what a key is of */

typedef enum {
    NGX_CONSENT_KEY_CATEGORY = 0,       /* or whatever the format asks for */
    NGX_CONSENT_KEY_SERVICE,            /* "group/service", beside the groups */
    NGX_CONSENT_KEY_VENDOR              /* by name or number, beside purposes */
} ngx_consent_key_e;


/* what one copy of the source's cookies says; all but said and data begins 0 */

typedef struct {
    ngx_consent_state_e  state;
    time_t               time;          /* of the choice; 0: unknown */
    time_t               expires;       /* as the platform has it; 0: unknown */
    ngx_int_t            revision;      /* -1: unknown */

    /*
     * Each key as it is read, before the state is known: what an invalid or
     * unset copy has said does not count.  Of a key that is said twice the last
     * time counts.  key is gone when this returns.
     */
    void               (*said)(void *data, ngx_consent_key_e of,
                               const u_char *key, size_t len, ngx_uint_t yes);
    void                *data;
} ngx_consent_answer_t;


/* who asks, and for what */

struct ngx_consent_asked_s {
    const ngx_consent_format_t  *format;
    const ngx_consent_jar_t  *jar;

    ngx_str_t            cookie;        /* its name, or the format's */
    ngx_str_t            prefix;        /* or the format's */
    ngx_int_t            revision;      /* the site's present one; -1: any */

    /* TCF: vendors that must be disclosed, and those that are asked for */
    const uint32_t      *disclosed;
    ngx_uint_t           ndisclosed;
    unsigned             disclosed_any:1;   /* a segment of them is required */
    const uint32_t      *vendors;
    ngx_uint_t           nvendors;

    /* for decoding: NGX_CONSENT_SOURCE_MAX_VALUE bytes of the caller's, twice */
    u_char              *buf;
    u_char              *more;
};


struct ngx_consent_format_s {
    ngx_str_t            name;          /* as consent_source has it */
    ngx_str_t            cookie;        /* its name, where it has one */
    ngx_str_t            prefix;        /* of names, where those vary */

    /* in place of cookie, where the platform numbers its cookies */
    ngx_uint_t         (*named)(const ngx_str_t *name);

    /*
     * One copy of the cookie: its value is not empty, without quotes around it,
     * and as it was sent.  Fills answer, whatever the bytes are.
     */
    void               (*value)(const ngx_consent_asked_t *asked,
                                const ngx_str_t *value,
                                ngx_consent_answer_t *answer);

    /*
     * All cookies at once, of a format that has several; of one that has also
     * a value function only where there is no copy of its cookie.
     */
    void               (*jar)(const ngx_consent_asked_t *asked,
                              ngx_consent_answer_t *answer);

    unsigned             veto:1;        /* it can only deny (GPP, US Privacy) */
};


/* The format of that name, or NULL; all of them, up to one without a name. */
const ngx_consent_format_t *ngx_consent_format(const ngx_str_t *name);
const ngx_consent_format_t *ngx_consent_formats(void);


/* The next cookie of any name; NGX_OK or NGX_DONE.  at begins as zeros. */
ngx_int_t ngx_consent_jar_next(const ngx_consent_jar_t *jar,
    ngx_consent_jar_at_t *at, ngx_consent_cookie_t *c);

/*
 * The next copy of a cookie that is not empty: its value without one pair of
 * quotes around it.  NGX_OK or NGX_DONE.
 */
ngx_int_t ngx_consent_jar_find(const ngx_consent_jar_t *jar,
    ngx_consent_jar_at_t *at, const ngx_str_t *name, ngx_str_t *value);


/*
 * Decoding (RFC 3986, 2.1): strict, "+" is a plus, what comes out is UTF-8.
 * dst has room for src->len, or is src->data; NGX_OK and *len, or NGX_ERROR.
 */
ngx_int_t ngx_consent_source_percent(u_char *dst, const ngx_str_t *src,
    size_t *len);

/* What is not decoded: NGX_OK if it is UTF-8 (RFC 3629), or NGX_ERROR. */
ngx_int_t ngx_consent_source_text(const u_char *p, size_t len);

/*
 * base64 and base64url (RFC 4648, 4 and 5), with or without padding.  dst has
 * room for src->len, or is src->data; NGX_OK and *len, or NGX_ERROR.
 */
ngx_int_t ngx_consent_source_base64(u_char *dst, const ngx_str_t *src,
    size_t *len);

/*
 * "2026-08-13T05:09:59.000Z" and the like (RFC 3339, with a zone), or a number
 * of milliseconds: unix seconds, 0 where it cannot be read.
 */
time_t ngx_consent_source_date(const u_char *p, size_t len);
time_t ngx_consent_source_milliseconds(const u_char *p, size_t len);


#endif /* _NGX_CONSENT_SOURCE_H_INCLUDED_ */
