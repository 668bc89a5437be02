
/*
 * Sixteen bytes at once, with what every x86-64 and every 64-bit ARM has.  A
 * scan is written with these where NGX_CONSENT_WIDE is defined, and byte by
 * byte where it is not: both find the same.  Of the scans: which bytes are c,
 * or not above it (_eq, _le); the first of those (_index).
 */

#ifndef _NGX_CONSENT_WIDE_H_INCLUDED_
#define _NGX_CONSENT_WIDE_H_INCLUDED_


#include "ngx_consent.h"


#if (NGX_CONSENT_PLAIN)

/* the reference that the wide scans are tested against */

#elif (__SSE2__)

#include <emmintrin.h>

#define NGX_CONSENT_WIDE  16

typedef __m128i   ngx_consent_wide_t;
typedef uint32_t  ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)                                             \
    _mm_loadu_si128((const __m128i *) (p))

#define ngx_consent_wide_all(c)     _mm_set1_epi8((char) (c))
#define ngx_consent_wide_or(a, b)   _mm_or_si128(a, b)
#define ngx_consent_wide_and(a, b)  _mm_and_si128(a, b)
#define ngx_consent_wide_add(w, c)  _mm_add_epi8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_eq(w, c)   _mm_cmpeq_epi8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_le(w, c)                                            \
    _mm_cmpeq_epi8(_mm_min_epu8(w, ngx_consent_wide_all(c)), w)

#define ngx_consent_wide_every      0xffff
#define ngx_consent_wide_bits(w)    ((uint32_t) _mm_movemask_epi8(w))
#define ngx_consent_wide_index(b)   ((unsigned) __builtin_ctz(b))

#elif (__ARM_NEON && __aarch64__ && __ORDER_LITTLE_ENDIAN__ == __BYTE_ORDER__)

#include <arm_neon.h>

#define NGX_CONSENT_WIDE  16

typedef uint8x16_t  ngx_consent_wide_t;
typedef uint64_t    ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)    vld1q_u8(p)
#define ngx_consent_wide_all(c)     vdupq_n_u8((u_char) (c))
#define ngx_consent_wide_or(a, b)   vorrq_u8(a, b)
#define ngx_consent_wide_and(a, b)  vandq_u8(a, b)
#define ngx_consent_wide_add(w, c)  vaddq_u8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_eq(w, c)   vceqq_u8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_le(w, c)   vcleq_u8(w, ngx_consent_wide_all(c))

/* there is no movemask: four bits a byte, and of these one */

#define ngx_consent_wide_every      0x8888888888888888
#define ngx_consent_wide_bits(w)                                             \
    (vget_lane_u64(                                                          \
         vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(w), 4)), 0)    \
     & ngx_consent_wide_every)
#define ngx_consent_wide_index(b)   ((unsigned) __builtin_ctzll(b) >> 2)

#endif


#ifdef NGX_CONSENT_WIDE

/* all from one byte to another */

#define ngx_consent_wide_in(w, from, to)                                     \
    ngx_consent_wide_le(ngx_consent_wide_add(w, -(from)), (to) - (from))

/*
 * Two bytes for hardly more than the price of one: b - a is a power of two, so
 * they differ in that bit alone, once it has been added where a has it too.
 */
#define ngx_consent_wide_two(w, a, b)                                        \
    ngx_consent_wide_eq(                                                     \
        ngx_consent_wide_or(ngx_consent_wide_add(w, (a) & ((b) - (a))),      \
                            ngx_consent_wide_all((b) - (a))),                \
        (b) + ((a) & ((b) - (a))))

#endif


#endif /* _NGX_CONSENT_WIDE_H_INCLUDED_ */
