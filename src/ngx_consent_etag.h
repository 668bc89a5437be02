
/*
 * Entity tags (RFC 9110, 8.8.3) that say which variant of a page they are of:
 * the origin's own, with what stands for the variant behind it.
 *
 *     "5f3e-2a"   becomes   "5f3e-2a~consent.0123456789abcdef"
 */

#ifndef _NGX_CONSENT_ETAG_H_INCLUDED_
#define _NGX_CONSENT_ETAG_H_INCLUDED_


#include "ngx_consent.h"


/* bytes that a tag gets longer by */
#define NGX_CONSENT_ETAG_SUFFIX  (sizeof("~modified.0123456789abcdef") - 1)

/* bytes of a tag that is made of a time */
#define NGX_CONSENT_ETAG_MADE    (sizeof("W/\"0123456789abcdef\"") - 1       \
                                  + NGX_CONSENT_ETAG_SUFFIX)

/* unix seconds; the last one that an HTTP date can say, in the year 9999 */
#define NGX_CONSENT_ETAG_MAX_TIME  253402300799


typedef enum {
    NGX_CONSENT_ETAG_ORIGIN = 0,        /* as it came from the origin */
    NGX_CONSENT_ETAG_VARIANT,           /* the origin's, and a variant */
    NGX_CONSENT_ETAG_TIME               /* of a page that had none: a time, */
                                        /* and a variant */
} ngx_consent_etag_e;


typedef struct {
    ngx_str_t            text;          /* all of it, W/ and quotes, too */
    ngx_str_t            suffix;        /* in it; of an origin's: its end */
    ngx_consent_etag_e   kind;
    uint64_t             variant;
    time_t               time;          /* NGX_CONSENT_ETAG_TIME */
} ngx_consent_etag_t;


/*
 * The next tag of a list, as If-Match and If-None-Match have it.  A tag without
 * quotes ends at a comma or blank; "*" is one.  NGX_OK, or NGX_DONE after the
 * last.
 */
ngx_int_t ngx_consent_etag_next(u_char **pos, u_char *last,
    ngx_consent_etag_t *tag);

/* 1 if an If-Range's value is a tag, 0 if a date (RFC 9110, 13.1.5) */
ngx_uint_t ngx_consent_etag_is_tag(const ngx_str_t *value);

/* Reads one tag, blanks around it cut off; never fails. */
void ngx_consent_etag_parse(ngx_consent_etag_t *tag, u_char *p, size_t len);

/*
 * Writes the tag, whatever it is, with a variant behind it, and returns its
 * length: that of the text and NGX_CONSENT_ETAG_SUFFIX at most.
 */
size_t ngx_consent_etag_write(u_char *dst, const ngx_str_t *text,
    uint64_t variant);

/* Writes it as the origin had it; no longer than the text.  Not of a time's. */
size_t ngx_consent_etag_origin(u_char *dst, const ngx_consent_etag_t *tag);

/*
 * Writes a weak tag for what was modified at that time, 0 or later: at most
 * NGX_CONSENT_ETAG_MADE.
 */
size_t ngx_consent_etag_made(u_char *dst, time_t time, uint64_t variant);


#endif /* _NGX_CONSENT_ETAG_H_INCLUDED_ */
