
/*
 * Looking for the next byte that matters.  None of these reads a byte at or
 * past "last".
 */

#ifndef _NGX_CONSENT_SCAN_H_INCLUDED_
#define _NGX_CONSENT_SCAN_H_INCLUDED_


#include "ngx_consent_wide.h"

#define ngx_consent_scan_inline  ngx_inline __attribute__((always_inline))

/* bytes that are looked at before memchr() is called */
#define NGX_CONSENT_SCAN_NEAR  64


/*
 * The first byte that is a, b or c, or below another, which is ASCII; or last.
 * All are constants, so that a scan for one of them is no more than that.
 */

static ngx_consent_scan_inline u_char *
ngx_consent_scan(u_char *p, u_char *last, u_char a, u_char b, u_char c,
    u_char below)
{
#if !(NGX_CONSENT_PLAIN)

    ngx_consent_wide_t       w, found;
    ngx_consent_wide_bits_t  bits;

    while (last - p >= NGX_CONSENT_WIDE) {

        w = ngx_consent_wide_load(p);
        found = ngx_consent_wide_eq(w, a);

        if (b != a) {
            found = ngx_consent_wide_or(found, ngx_consent_wide_eq(w, b));
        }

        if (c != a) {
            found = ngx_consent_wide_or(found, ngx_consent_wide_eq(w, c));
        }

        if (below) {
            found = ngx_consent_wide_or(found,
                                        ngx_consent_wide_le(w, below - 1));
        }

        bits = ngx_consent_wide_bits(found);

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }

        p += NGX_CONSENT_WIDE;
    }

#endif

    while (p < last && *p != a && *p != b && *p != c && *p >= below) {
        p++;
    }

    return p;
}


/*
 * The first byte that is c, or last.  Most are near; what is far away the C
 * library finds with what this processor has.
 */

static ngx_consent_scan_inline u_char *
ngx_consent_scan_byte(u_char *p, u_char *last, u_char c)
{
#if (NGX_CONSENT_PLAIN)

    return ngx_consent_scan(p, last, c, c, c, 0);

#else

    u_char    *far;
    uint64_t   bits;

    if (last - p < NGX_CONSENT_SCAN_NEAR) {
        return ngx_consent_scan(p, last, c, c, c, 0);
    }

    far = p + NGX_CONSENT_SCAN_NEAR;

    do {
        bits = ngx_consent_wide_near(p, c);

        if (bits) {
            return p + __builtin_ctzll(bits);
        }

        p += 2 * NGX_CONSENT_WIDE;

    } while (p < far);

    far = memchr(p, c, last - p);

    return far ? far : last;

#endif
}


#endif /* _NGX_CONSENT_SCAN_H_INCLUDED_ */
