
/*
 * From an attribute's or header's value to host, path and arguments, as the
 * URL standard's parser reads it.
 */

#ifndef _NGX_CONSENT_URL_H_INCLUDED_
#define _NGX_CONSENT_URL_H_INCLUDED_


#include "ngx_consent.h"


/*
 * Decoded bytes of one URL that are looked at.  A longer URL is judged by its
 * beginning and marked "cut": arguments past it are not seen.  The host always
 * is: what stands before and within it to no effect is not counted.
 */
#define NGX_CONSENT_URL_MAX  2048


typedef enum {
    NGX_CONSENT_URL_NONE = 0,         /* empty, or not a URL: fetches nothing */
    NGX_CONSENT_URL_HTTP,               /* http, https, ws, wss, ftp */
    NGX_CONSENT_URL_DATA,               /* data: */
    NGX_CONSENT_URL_OTHER               /* about, blob, javascript, ... */
} ngx_consent_url_e;


/* which of the two schemes of a page it is, where that is known */

typedef enum {
    NGX_CONSENT_URL_ANY = 0,
    NGX_CONSENT_URL_PLAIN,              /* http */
    NGX_CONSENT_URL_SECURE              /* https */
} ngx_consent_url_web_e;


typedef struct {
    ngx_consent_url_e    scheme;
    ngx_consent_url_web_e  web;
    unsigned             relative:1;    /* no host of its own: the base's */
    unsigned             cut:1;
    unsigned             eight_bit:1;   /* other readings give another host */

    ngx_str_t            host;          /* as DNS has it, without a last dot */
    ngx_str_t            path;          /* begins with '/', no dot segments */
    ngx_str_t            args;          /* without '?' and fragment */
} ngx_consent_url_t;


#define NGX_CONSENT_URL_ATTR  0x01      /* with character references */

/*
 * Bytes above 0x7f are read as UTF-8 (reading 0), or as one of the encodings
 * that are not it.  Which one a browser takes is not known for sure, and only
 * a host with such bytes is another one then.  A caller that finds "eight_bit"
 * set, whatever the scheme is, judges every reading:
 *
 *     for (n = 1; u.eight_bit && n < NGX_CONSENT_URL_READINGS; n++) {
 *         ngx_consent_url_parse(&u, value, len,
 *                               flags | NGX_CONSENT_URL_READING(n), base, buf);
 *
 * eight_bit stays set in all of them.
 */
#define NGX_CONSENT_URL_READINGS       8
#define NGX_CONSENT_URL_READING_SHIFT  8
#define NGX_CONSENT_URL_READING(n)     ((n) << NGX_CONSENT_URL_READING_SHIFT)


/*
 * Parses a value.  base is the document's (or NULL: a relative URL then gets
 * an empty host and its path as written after a '/').  host, path and args
 * point into buf, NGX_CONSENT_URL_MAX bytes of the caller's, or into base.
 */
void ngx_consent_url_parse(ngx_consent_url_t *u, u_char *value, size_t len,
    ngx_uint_t flags, const ngx_consent_url_t *base, u_char *buf);

/*
 * A path that has been decoded becomes what the parser would make of it: in buf
 * of NGX_CONSENT_URL_MAX bytes, which cut it, or as it is if that is the same.
 */
void ngx_consent_url_encode(ngx_str_t *path, u_char *buf);

/*
 * The next candidate of a srcset attribute (HTML 4.8.4.2.2), which may be
 * delimited by character references; *pos moves on, url is the raw span.
 * NGX_DONE after the last.
 */
ngx_int_t ngx_consent_url_srcset(u_char **pos, u_char *last, ngx_str_t *url);

/*
 * The next name=value of arguments (URL standard 5.1), decoded in place of
 * nothing: written to buf of size bytes, cut past it.  NGX_DONE after the last.
 */
ngx_int_t ngx_consent_url_arg(u_char **pos, u_char *last, ngx_str_t *name,
    ngx_str_t *value, u_char *buf, size_t size);


#endif /* _NGX_CONSENT_URL_H_INCLUDED_ */
