
/*
 * Bits, most significant first, as IAB's formats have them in base64url.
 */

#ifndef _NGX_CONSENT_SOURCE_BITS_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_BITS_H_INCLUDED_


#include "ngx_consent.h"


/* bytes for what that many characters say, and for what is read past it */
#define ngx_consent_bits_room(len)  ((len) / 32 * 24 + 40)


/*
 * Past its end there is nothing but zeros, and the reader is broken: who has
 * read everything asks once.  off never passes end.
 */

typedef struct {
    const u_char        *data;
    size_t               off;           /* in bits, as end */
    size_t               end;
    unsigned             broken:1;
} ngx_consent_bits_t;


/*
 * base64url (RFC 4648, 5) without padding; six bits a character, whatever the
 * last ones are.  dst has room for ngx_consent_bits_room(len) bytes.  NGX_OK,
 * or NGX_ERROR: another character, or none at all.
 */
ngx_int_t ngx_consent_bits_init(ngx_consent_bits_t *bits, u_char *dst,
    const u_char *p, size_t len);

/* The next n bits, 57 at most. */
uint64_t ngx_consent_bits_get(ngx_consent_bits_t *bits, ngx_uint_t n);

/* Passes over n bits. */
void ngx_consent_bits_skip(ngx_consent_bits_t *bits, size_t n);


/* 57 bits from off on, the first on top; what is past the end is anything */

static ngx_inline uint64_t
ngx_consent_bits_window(const u_char *data, size_t off)
{
    const u_char  *p;

    p = data + (off >> 3);

    return ((uint64_t) p[0] << 56 | (uint64_t) p[1] << 48
            | (uint64_t) p[2] << 40 | (uint64_t) p[3] << 32
            | (uint64_t) p[4] << 24 | (uint64_t) p[5] << 16
            | (uint64_t) p[6] << 8 | (uint64_t) p[7]) << (off & 7);
}


#endif /* _NGX_CONSENT_SOURCE_BITS_H_INCLUDED_ */
