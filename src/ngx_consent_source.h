
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

/* copies of it in one request; of more the answer is invalid */
#define NGX_CONSENT_SOURCE_MAX_COPIES 32

/* bytes of a key, decoded; a longer one is a key that nobody has mapped */
#define NGX_CONSENT_SOURCE_MAX_KEY    128


/* vendors of TCF that a configuration names */
#define NGX_CONSENT_TCF_MAX_VENDORS   256

/* the module's own cookie; a longer id is invalid */
#define NGX_CONSENT_OWN_VERSION       1
#define NGX_CONSENT_OWN_MAX_ID        64

/* the greatest number of a vendor */
#define NGX_CONSENT_VENDOR_MAX_ID     65535


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


typedef struct {
    ngx_consent_jar_at_t  jar;
    ngx_uint_t           copies;        /* that were read */
} ngx_consent_source_at_t;


/* what a key is of */

typedef enum {
    NGX_CONSENT_KEY_CATEGORY = 0,       /* or a purpose, a group, a level */
    NGX_CONSENT_KEY_SERVICE,            /* what a provider offers */
    NGX_CONSENT_KEY_VENDOR,             /* a provider, by name or number */
    NGX_CONSENT_KEY_TYPE                /* of services, as the format sorts */
} ngx_consent_key_e;


/* purpose 1 to 24 as a bit of TCF's */
#define ngx_consent_tcf_purpose(n)  ((uint32_t) 0x1000000 >> (n))


/*
 * What one copy of the source's cookies says.  All but what the caller has to
 * name (said, vendor, data) begins as 0, and revision as -1.
 */

typedef struct {
    ngx_consent_state_e  state;
    time_t               time;          /* of the choice; 0: unknown */
    time_t               expires;       /* as the platform has it; 0: unknown */
    ngx_int_t            revision;      /* -1: unknown */
    ngx_str_t            id;            /* of the choice; points into a line */
    unsigned             veto:1;        /* it has nothing but opt-outs */
    unsigned             lapsed:1;      /* none: it is of another revision */

    /*
     * Each key as it is read, before the state is known: what an invalid or
     * unset copy has said does not count.  Of a key that is said twice the last
     * time counts.  key is gone when this returns.
     */
    void               (*said)(void *data, ngx_consent_key_e of,
                               const u_char *key, size_t len, ngx_uint_t yes);

    /*
     * TCF, or NULL: each vendor that is asked for, with the purposes that it
     * may follow by consent and by legitimate interest.
     */
    void               (*vendor)(void *data, uint32_t id, uint32_t consent,
                                 uint32_t interest);
    void                *data;
} ngx_consent_answer_t;


/* who asks, and for what */

struct ngx_consent_asked_s {
    const ngx_consent_format_t  *format;
    const ngx_consent_jar_t  *jar;

    ngx_str_t            cookie;        /* its name; empty: the format's */
    ngx_str_t            prefix;        /* of names; empty: the format's */
    ngx_int_t            revision;      /* the site's present one; -1: any */
    time_t               now;

    /*
     * TCF: vendors that must be disclosed, and those that are asked for; both
     * in ascending order, and NGX_CONSENT_TCF_MAX_VENDORS at most: more must
     * be disclosed: never so; more are asked for: not granted.
     */
    const uint32_t      *disclosed;
    ngx_uint_t           ndisclosed;
    unsigned             disclosed_any:1;   /* a segment of them is required */
    const uint32_t      *vendors;
    ngx_uint_t           nvendors;

    /* which keys need not be said (ngx_consent_map_t); NULL and 0: none */
    const uint16_t      *slots;
    ngx_uint_t           unwanted;

    /* for decoding: NGX_CONSENT_SOURCE_MAX_VALUE bytes each of the caller's */
    u_char              *buf;
    u_char              *more;

    void                *data;          /* the format's own: custom's pattern */
};


/* a category that comes with a format, and what grants it */

typedef struct {
    const char          *keys;          /* joined by '+': all of them */
    const char          *category;
} ngx_consent_stands_t;


struct ngx_consent_format_s {
    ngx_str_t            name;          /* as consent_source has it */
    ngx_str_t            cookie;        /* its name, where it has one */
    ngx_str_t            also;          /* and another that it may have */
    ngx_str_t            prefix;        /* of names, where those vary */

    /*
     * Other cookies that hold a part of the answer, up to an empty name: "*x"
     * is the source's cookie and x, "x*" all that begin so.
     */
    const ngx_str_t     *beside;

    /* built-in rows up to one without keys; NULL: the operator maps */
    const ngx_consent_stands_t  *stands;

    /* in place of cookie: it numbers its cookies, or has more names */
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

    /* a service's type, or NULL */
    const ngx_str_t   *(*type)(const u_char *key, size_t len);

    time_t               max_age;       /* of a choice, if nobody says; or 0 */
    ngx_str_t            refuses;       /* a category's key: it only denies */

    ngx_consent_key_e    of;            /* what a bare key of a map is */
    unsigned             own:1;         /* its keys are the categories' names */
    unsigned             dated:1;       /* it tells when the choice was made */
    unsigned             revised:1;     /* it tells the revision */
    unsigned             veto:1;        /* it can only deny (GPP, US Privacy) */
    unsigned             tcf:1;         /* it has purposes and vendors of TCF */
};


/*
 * The format of that name, or NULL; all of them, up to one without a name: the
 * first is the module's own.
 */
const ngx_consent_format_t *ngx_consent_format(const ngx_str_t *name);
const ngx_consent_format_t *ngx_consent_formats(void);


/*
 * What the next copy of the source's cookies says: NGX_OK, or NGX_DONE after
 * the last.  at begins as zeros; of answer, said and data are the caller's.
 * Empty copies are passed over.  No copy at all is unset.
 */
ngx_int_t ngx_consent_source_next(const ngx_consent_asked_t *asked,
    ngx_consent_source_at_t *at, ngx_consent_answer_t *answer);


/*
 * 1, which is noted: the choice is of another revision than the site's present
 * one, so that it was made of something else.  answer has its revision.
 */
ngx_uint_t ngx_consent_source_lapsed(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer);


/*
 * 1: a cookie of that name is the source's answer, or belongs to it.  Of asked
 * the format counts, and cookie and prefix.
 */
ngx_uint_t ngx_consent_source_owns(const ngx_consent_asked_t *asked,
    const ngx_str_t *name);


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
 * dst has room for src->len; NGX_OK and *len, or NGX_ERROR.
 */
ngx_int_t ngx_consent_source_percent(u_char *dst, const ngx_str_t *src,
    size_t *len);

/* What is not decoded: NGX_OK if it is UTF-8 (RFC 3629), or NGX_ERROR. */
ngx_int_t ngx_consent_source_text(const u_char *p, size_t len);

/*
 * base64 and base64url (RFC 4648, 4 and 5), with or without padding; what comes
 * out is UTF-8.  dst has room for src->len, or is src->data; NGX_OK and *len,
 * or NGX_ERROR.
 */
ngx_int_t ngx_consent_source_base64(u_char *dst, const ngx_str_t *src,
    size_t *len);

/*
 * A time that time_t cannot say where it has 32 bits is the last one that it
 * can: in the future, as it was.
 */

#define ngx_consent_source_time(when)                                        \
    ((sizeof(time_t) < 8 && (when) > 0x7fffffff) ? 0x7fffffff                \
                                                 : (time_t) (when))

/*
 * "2026-08-13T05:09:59.000Z" and the like (RFC 3339, with a zone), or a number
 * of milliseconds: unix seconds, 0 where it cannot be read.
 */
time_t ngx_consent_source_date(const u_char *p, size_t len);
time_t ngx_consent_source_milliseconds(const u_char *p, size_t len);

/* The digits at *pos as a number; -1 if it is above max, and *pos stays. */
int64_t ngx_consent_source_whole(const u_char **pos, const u_char *last,
    int64_t max);

/* the last millisecond of a Date of JavaScript (ECMA-262, 21.4.1.1) */
#define NGX_CONSENT_SOURCE_MAX_MS  8640000000000000


#endif /* _NGX_CONSENT_SOURCE_H_INCLUDED_ */
