
/*
 * Eight bytes at a time: the first of them that is of some kind.  A borrow may
 * set bits of later bytes too, never of earlier ones, so that only the first
 * one counts.
 */

#ifndef _NGX_CONSENT_WORD_H_INCLUDED_
#define _NGX_CONSENT_WORD_H_INCLUDED_


#include "ngx_consent.h"


#define NGX_CONSENT_WORD  8

/* which byte the first bit is of; bits are not 0 */

#define ngx_consent_word_first(bits)  ((unsigned) __builtin_ctzll(bits) / 8)


/* The first byte is the lowest one; and fewer of them. */

static ngx_inline uint64_t
ngx_consent_word(const u_char *p)
{
    uint64_t  w;

    memcpy(&w, p, sizeof(w));

#if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
    w = __builtin_bswap64(w);
#endif

    return w;
}


static ngx_inline uint32_t
ngx_consent_word_4(const u_char *p)
{
    uint32_t  w;

    memcpy(&w, p, sizeof(w));

#if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
    w = __builtin_bswap32(w);
#endif

    return w;
}


static ngx_inline uint16_t
ngx_consent_word_2(const u_char *p)
{
    return (uint16_t) (p[0] | p[1] << 8);
}


/* The same the other way. */

static ngx_inline void
ngx_consent_word_keep(u_char *p, uint64_t w)
{
#if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
    w = __builtin_bswap64(w);
#endif

    memcpy(p, &w, sizeof(w));
}


/* Eight the other way round: the first byte is the highest one. */

static ngx_inline void
ngx_consent_word_put(u_char *p, uint64_t w)
{
#if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
    w = __builtin_bswap64(w);
#endif

    memcpy(p, &w, NGX_CONSENT_WORD);
}


/* eight times the same byte */

static ngx_inline uint64_t
ngx_consent_word_of(u_char c)
{
    return (uint64_t) 0x0101010101010101 * c;
}


/* bytes of 0x80 and more */

static ngx_inline uint64_t
ngx_consent_word_high(uint64_t w)
{
    return w & ngx_consent_word_of(0x80);
}


/* bytes less than c, which is 0x80 at most */

static ngx_inline uint64_t
ngx_consent_word_less(uint64_t w, u_char c)
{
    return ngx_consent_word_high((w - ngx_consent_word_of(c)) & ~w);
}


/* bytes that are c */

static ngx_inline uint64_t
ngx_consent_word_is(uint64_t w, u_char c)
{
    return ngx_consent_word_less(w ^ ngx_consent_word_of(c), 1);
}


/* For what is short, so that a call would cost more than it does. */

static ngx_inline ngx_uint_t
ngx_consent_word_same(const u_char *a, const u_char *b, size_t len)
{
    size_t  i;

    if (len < NGX_CONSENT_WORD) {

        for (i = 0; i < len && a[i] == b[i]; i++) { /* void */ }

        return i == len;
    }

    /* the last word may overlap the one before */

    len -= NGX_CONSENT_WORD;

    for (i = 0; i < len; i += NGX_CONSENT_WORD) {
        if (ngx_consent_word(a + i) != ngx_consent_word(b + i)) {
            return 0;
        }
    }

    return ngx_consent_word(a + len) == ngx_consent_word(b + len);
}


/* Letters in lower case: to none of 7 bits is added what reaches the next. */

static ngx_inline uint64_t
ngx_consent_word_lower(uint64_t w)
{
    uint64_t  low, upper;

    low = w & ngx_consent_word_of(0x7f);

    upper = (low + ngx_consent_word_of(0x80 - 'A'))
            ^ (low + ngx_consent_word_of(0x7f - 'Z'));

    return w | ngx_consent_word_high(upper & ~w) >> 2;
}


#endif /* _NGX_CONSENT_WORD_H_INCLUDED_ */
