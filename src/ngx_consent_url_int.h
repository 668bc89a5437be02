
/*
 * What the rooms of the URL parser share: ngx_consent_url.c takes a URL to
 * pieces, which _clean.c has read from a value, _usual.c those that are written
 * as most are, _host.c makes a host's name what it is looked up by, _read.c
 * reads encodings other than UTF-8, _idna.c and _nfc.c names that are not
 * ASCII, _split.c lists of URLs and of arguments.
 */

#ifndef _NGX_CONSENT_URL_INT_H_INCLUDED_
#define _NGX_CONSENT_URL_INT_H_INCLUDED_


#include "ngx_consent_url.h"


/* where the parts of a URL are written */

typedef struct {
    u_char              *pos;
    u_char              *last;
    unsigned             cut:1;
} ngx_consent_url_out_t;


#define ngx_consent_url_slash(c)  ((c) == '/' || (c) == '\\')

#define ngx_consent_url_alnum(c)                                             \
    (((c) >= '0' && (c) <= '9') || ((u_char) (((c) | 0x20) - 'a') < 26))

/* RFC 3986 2.3: a path means the same whether these are encoded or not */

#define ngx_consent_url_unreserved(c)                                        \
    (ngx_consent_url_alnum(c) || (c) == '-' || (c) == '.' || (c) == '_'      \
     || (c) == '~')


/* URL standard 1.3, the path percent-encode set: how a path is written */

#define ngx_consent_url_encoded(c)                                           \
    ((c) <= ' ' || (c) >= 0x7f || (c) == '"' || (c) == '<' || (c) == '>'     \
     || (c) == '`' || (c) == '{' || (c) == '}')


/*
 * The same as ngx_consent_url_parse(), of a URL that is written as its parts
 * are looked up; u is empty.  NGX_DECLINED: it is none, u and buf are nothing.
 */
ngx_int_t ngx_consent_url_usual(ngx_consent_url_t *u, const u_char *value,
    size_t len, ngx_uint_t flags, const ngx_consent_url_t *base, u_char *buf);

/*
 * The value without what the parser drops: references decoded, space and
 * controls at both ends, tab and newline anywhere (URL 4.4).  Returns how many
 * of its bytes dst, of NGX_CONSENT_URL_MAX, has; cut: not all.  high: where the
 * first byte above 0x7f of the value itself stands.
 */
size_t ngx_consent_url_clean(u_char *dst, const u_char *p, size_t len,
    ngx_uint_t flags, ngx_uint_t *cut, size_t *high);

/* Bytes of "scheme:"; 0: there is none. */
size_t ngx_consent_url_scheme(const u_char *p, const u_char *last,
    ngx_consent_url_e *scheme);

/* Adds a host; NGX_ERROR: there is no such URL. */
ngx_int_t ngx_consent_url_host(ngx_consent_url_out_t *out,
    const u_char *p, const u_char *last);

/*
 * Adds a path: '/' for '\', no dot segments, unreserved characters decoded, and
 * encoded what is not written as it is.
 */
void ngx_consent_url_path(ngx_consent_url_out_t *out, u_char *start,
    const u_char *p, const u_char *last);

/*
 * Moves the beginning of a host to dst, at p or before it, without what it
 * loses.  Returns its end, or NULL: there is no such URL.
 */
u_char *ngx_consent_url_host_squeeze(u_char *dst, const u_char *p,
    const u_char *last);

/*
 * The character at p in one of the encodings that are not UTF-8: returns its
 * bytes, and in text what a host may be made of, or some other character.
 */
size_t ngx_consent_url_read(ngx_uint_t reading, const u_char *p,
    const u_char *last, u_char *text, size_t *len);

/* the byte of "%XX" at p, or NGX_ERROR */
ngx_int_t ngx_consent_url_percent(const u_char *p, const u_char *last);

void ngx_consent_url_put(ngx_consent_url_out_t *out, u_char c);
void ngx_consent_url_put_path(ngx_consent_url_out_t *out, u_char c);
void ngx_consent_url_put_utf8(ngx_consent_url_out_t *out, uint32_t c);

/* Bytes of the character at p; 0: it is ASCII, or not well-formed. */
size_t ngx_consent_url_utf8(const u_char *p, const u_char *last, uint32_t *c);


#endif /* _NGX_CONSENT_URL_INT_H_INCLUDED_ */
