
/*
 * Looking for the next byte that matters, as many at once as a register holds:
 * SSE2 and NEON, which every processor of their kind has, else (or with
 * NGX_CONSENT_WORDS) a word of 8.  With NGX_CONSENT_PLAIN one by one: that
 * build is what the others are compared with.
 *
 * None of these reads a byte at or past "last".
 */

#ifndef _NGX_CONSENT_SCAN_H_INCLUDED_
#define _NGX_CONSENT_SCAN_H_INCLUDED_


#include "ngx_consent.h"

#ifndef NGX_CONSENT_PLAIN
#define NGX_CONSENT_PLAIN  0
#endif

#if (NGX_CONSENT_PLAIN) || (NGX_CONSENT_WORDS)

#elif defined __SSE2__

#include <emmintrin.h>
#define NGX_CONSENT_SSE2  1

#elif defined __aarch64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

#include <arm_neon.h>
#define NGX_CONSENT_NEON  1

#endif


/* Bytes as one number, the first one lowest. */

static ngx_inline uint64_t
ngx_consent_word_8(const void *p)
{
    uint64_t  word;

    memcpy(&word, p, sizeof(word));

#if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
    word = __builtin_bswap64(word);
#endif

    return word;
}


static ngx_inline uint32_t
ngx_consent_word_4(const void *p)
{
    uint32_t  word;

    memcpy(&word, p, sizeof(word));

#if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
    word = __builtin_bswap32(word);
#endif

    return word;
}


static ngx_inline uint16_t
ngx_consent_word_2(const void *p)
{
    uint16_t  word;

    memcpy(&word, p, sizeof(word));

#if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
    word = __builtin_bswap16(word);
#endif

    return word;
}


#define ngx_consent_scan_inline  ngx_inline __attribute__((always_inline))

/* bytes that are looked at before memchr() is called */
#define NGX_CONSENT_SCAN_NEAR  64


#if !(NGX_CONSENT_PLAIN)

/*
 * ngx_consent_wide_eq(), _le(): which bytes are c, or not above c, which is
 * ASCII; _bits(): 0 if none is; _index(): else the first one that is; _rest():
 * those after it.
 */

#if (NGX_CONSENT_SSE2)

#define NGX_CONSENT_WIDE  16

typedef __m128i   ngx_consent_wide_t;
typedef uint32_t  ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)   _mm_loadu_si128((const __m128i *) (p))
#define ngx_consent_wide_eq(w, c)  _mm_cmpeq_epi8(w, _mm_set1_epi8((char) (c)))
#define ngx_consent_wide_le(w, c)                                            \
    _mm_cmpeq_epi8(_mm_min_epu8(w, _mm_set1_epi8(c)), w)
#define ngx_consent_wide_or(a, b)  _mm_or_si128(a, b)
#define ngx_consent_wide_bits(w)   ((uint32_t) _mm_movemask_epi8(w))
#define ngx_consent_wide_index(b)  ((unsigned) __builtin_ctz(b))

#elif (NGX_CONSENT_NEON)

#define NGX_CONSENT_WIDE  16

typedef uint8x16_t  ngx_consent_wide_t;
typedef uint64_t    ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)   vld1q_u8(p)
#define ngx_consent_wide_eq(w, c)  vceqq_u8(w, vdupq_n_u8(c))
#define ngx_consent_wide_le(w, c)  vcleq_u8(w, vdupq_n_u8(c))
#define ngx_consent_wide_or(a, b)  vorrq_u8(a, b)

/* four bits a byte, as there is no movemask, and of these one */

#define ngx_consent_wide_narrow(w)                                           \
    vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(w), 4))
#define ngx_consent_wide_bits(w)                                             \
    (vget_lane_u64(ngx_consent_wide_narrow(w), 0) & 0x8888888888888888ull)
#define ngx_consent_wide_index(b)  ((unsigned) __builtin_ctzll(b) >> 2)

#else

#define NGX_CONSENT_WIDE  8

#define NGX_CONSENT_WIDE_ONES  0x0101010101010101ull
#define NGX_CONSENT_WIDE_LOW   0x7f7f7f7f7f7f7f7full

typedef uint64_t  ngx_consent_wide_t;
typedef uint64_t  ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)   ngx_consent_word_8(p)
#define ngx_consent_wide_or(a, b)  ((a) | (b))
#define ngx_consent_wide_bits(w)   (w)
#define ngx_consent_wide_index(b)  ((unsigned) __builtin_ctzll(b) >> 3)


static ngx_inline uint64_t
ngx_consent_wide_eq(uint64_t w, u_char c)
{
    w ^= c * NGX_CONSENT_WIDE_ONES;

    return ~(((w & NGX_CONSENT_WIDE_LOW) + NGX_CONSENT_WIDE_LOW) | w)
           & ~NGX_CONSENT_WIDE_LOW;
}


static ngx_inline uint64_t
ngx_consent_wide_le(uint64_t w, u_char c)
{
    uint64_t  above;

    above = (0x7f - c) * NGX_CONSENT_WIDE_ONES;

    return ~(((w & NGX_CONSENT_WIDE_LOW) + above) | w) & ~NGX_CONSENT_WIDE_LOW;
}

#endif


static ngx_inline ngx_consent_wide_bits_t
ngx_consent_wide_rest(ngx_consent_wide_bits_t bits)
{
    return bits & (bits - 1);
}

#endif


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

    u_char                   *far;
    ngx_consent_wide_bits_t   bits;

    if (last - p < NGX_CONSENT_SCAN_NEAR) {
        return ngx_consent_scan(p, last, c, c, c, 0);
    }

    far = p + NGX_CONSENT_SCAN_NEAR;

    do {
        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_eq(ngx_consent_wide_load(p), c));

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }

        p += NGX_CONSENT_WIDE;

    } while (p < far);

    far = memchr(p, c, last - p);

    return far ? far : last;

#endif
}


#endif /* _NGX_CONSENT_SCAN_H_INCLUDED_ */
