
/*
 * As many bytes at once as a register holds: SSE2 and NEON, which every x86-64
 * and every 64-bit ARM has, else (or with NGX_CONSENT_WORDS) a word of 8.  With
 * NGX_CONSENT_PLAIN there is no NGX_CONSENT_WIDE, and scans read byte by byte:
 * that build is what the others are compared with.
 */

#ifndef _NGX_CONSENT_WIDE_H_INCLUDED_
#define _NGX_CONSENT_WIDE_H_INCLUDED_


#include "ngx_consent_word.h"


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


/*
 * Of each byte whether it is c, or one of two, of four, or not above c, or from
 * one to another, or ASCII and above c: _eq(), _two(), _four(), _le(), _in(),
 * _above(); all but the c of _eq() are constants of ASCII, and the lower one of
 * _in() is not 0.  _pair(): of two bytes whether both are c, or one is and the
 * other below it, which words leave out.  _bits(): a mark for each byte that
 * is, 0 if none is, _every if all are; _index(): the first one that is;
 * _rest(): those after it; _from(): without those of the first n bytes, which
 * are less than all; _mask(): a bit for each byte, the lowest for the first;
 * _both(): the same of two of them, which costs hardly more, and one branch is
 * foreseen sooner than two.
 */

#if (NGX_CONSENT_SSE2)

#define NGX_CONSENT_WIDE  16

typedef __m128i   ngx_consent_wide_t;
typedef uint32_t  ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)                                             \
    _mm_loadu_si128((const __m128i *) (p))

#define ngx_consent_wide_all(c)     _mm_set1_epi8((char) (c))
#define ngx_consent_wide_or(a, b)   _mm_or_si128(a, b)
#define ngx_consent_wide_and(a, b)  _mm_and_si128(a, b)
#define ngx_consent_wide_but(a, b)  _mm_andnot_si128(b, a)
#define ngx_consent_wide_add(w, c)  _mm_add_epi8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_eq(w, c)   _mm_cmpeq_epi8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_le(w, c)                                            \
    _mm_cmpeq_epi8(_mm_min_epu8(w, ngx_consent_wide_all(c)), w)
#define ngx_consent_wide_above(w, c)                                         \
    _mm_cmpgt_epi8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_pair(a, b, c)                                       \
    ngx_consent_wide_eq(_mm_max_epu8(a, b), c)

#define ngx_consent_wide_every      0xffff
#define ngx_consent_wide_bits(w)    ((uint32_t) _mm_movemask_epi8(w))
#define ngx_consent_wide_mask(w)    ((uint64_t) ngx_consent_wide_bits(w))
#define ngx_consent_wide_both(a, b)                                          \
    (ngx_consent_wide_mask(a) | ngx_consent_wide_mask(b) << NGX_CONSENT_WIDE)
#define ngx_consent_wide_index(b)   ((unsigned) __builtin_ctz(b))
#define ngx_consent_wide_from(b, n)  ((b) >> (n))

#elif (NGX_CONSENT_NEON)

#define NGX_CONSENT_WIDE  16

typedef uint8x16_t  ngx_consent_wide_t;
typedef uint64_t    ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)    vld1q_u8(p)
#define ngx_consent_wide_all(c)     vdupq_n_u8((u_char) (c))
#define ngx_consent_wide_or(a, b)   vorrq_u8(a, b)
#define ngx_consent_wide_and(a, b)  vandq_u8(a, b)
#define ngx_consent_wide_but(a, b)  vbicq_u8(a, b)
#define ngx_consent_wide_add(w, c)  vaddq_u8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_eq(w, c)   vceqq_u8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_le(w, c)   vcleq_u8(w, ngx_consent_wide_all(c))
#define ngx_consent_wide_above(w, c)                                         \
    vcgtq_s8(vreinterpretq_s8_u8(w), vdupq_n_s8(c))
#define ngx_consent_wide_pair(a, b, c)                                       \
    ngx_consent_wide_eq(vmaxq_u8(a, b), c)

/* there is no movemask: four bits a byte, and of these one */

#define ngx_consent_wide_every      0x8888888888888888ull
#define ngx_consent_wide_bits(w)                                             \
    (vget_lane_u64(                                                          \
         vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(w), 4)), 0)    \
     & ngx_consent_wide_every)
#define ngx_consent_wide_index(b)   ((unsigned) __builtin_ctzll(b) >> 2)
#define ngx_consent_wide_from(b, n)  ((b) >> 4 * (n))


static ngx_inline uint64_t
ngx_consent_wide_mask(ngx_consent_wide_t w)
{
    static const u_char  bits[] = { 1, 2, 4, 8, 16, 32, 64, 128,
                                    1, 2, 4, 8, 16, 32, 64, 128 };

    w = vandq_u8(w, vld1q_u8(bits));

    return vaddv_u8(vget_low_u8(w)) | (uint64_t) vaddv_u8(vget_high_u8(w)) << 8;
}


static ngx_inline uint64_t
ngx_consent_wide_both(ngx_consent_wide_t a, ngx_consent_wide_t b)
{
    static const u_char  bits[] = { 1, 2, 4, 8, 16, 32, 64, 128,
                                    1, 2, 4, 8, 16, 32, 64, 128 };

    /* two bytes become one, three times */

    a = vpaddq_u8(vandq_u8(a, vld1q_u8(bits)), vandq_u8(b, vld1q_u8(bits)));
    a = vpaddq_u8(a, a);
    a = vpaddq_u8(a, a);

    return vgetq_lane_u32(vreinterpretq_u32_u8(a), 0);
}

#elif !(NGX_CONSENT_PLAIN)

#define NGX_CONSENT_WIDE  8

#define NGX_CONSENT_WIDE_ONES  0x0101010101010101ull
#define NGX_CONSENT_WIDE_LOW   0x7f7f7f7f7f7f7f7full

typedef uint64_t  ngx_consent_wide_t;
typedef uint64_t  ngx_consent_wide_bits_t;

#define ngx_consent_wide_load(p)    ngx_consent_word(p)
#define ngx_consent_wide_all(c)     ((u_char) (c) * NGX_CONSENT_WIDE_ONES)
#define ngx_consent_wide_or(a, b)   ((a) | (b))
#define ngx_consent_wide_and(a, b)  ((a) & (b))
#define ngx_consent_wide_but(a, b)  ((a) & ~(b))

#define ngx_consent_wide_in(w, from, to)                                     \
    (ngx_consent_wide_le(w, to) & ~ngx_consent_wide_le(w, -1 + (from)))
#define ngx_consent_wide_above(w, c)                                         \
    (~(ngx_consent_wide_le(w, c) | (w)) & ngx_consent_wide_every)
#define ngx_consent_wide_two(w, a, b)                                        \
    (ngx_consent_wide_eq(w, a) | ngx_consent_wide_eq(w, b))
#define ngx_consent_wide_four(w, a, b, c, d)                                 \
    (ngx_consent_wide_two(w, a, b) | ngx_consent_wide_two(w, c, d))

#define ngx_consent_wide_every      0x8080808080808080ull
#define ngx_consent_wide_bits(w)    (w)
#define ngx_consent_wide_index(b)   ((unsigned) __builtin_ctzll(b) >> 3)
#define ngx_consent_wide_mask(w)    ((w) / 0x80 * 0x0102040810204080ull >> 56)
#define ngx_consent_wide_both(a, b)                                          \
    (ngx_consent_wide_mask(a) | ngx_consent_wide_mask(b) << NGX_CONSENT_WIDE)

#define ngx_consent_wide_pair(a, b, c)                                       \
    (ngx_consent_wide_eq(a, c) & ngx_consent_wide_eq(b, c))
#define ngx_consent_wide_from(b, n)  ((b) >> 8 * (n))


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


#if (NGX_CONSENT_SSE2) || (NGX_CONSENT_NEON)

/* those in question become the highest of all that are signed */
#define ngx_consent_wide_in(w, from, to)                                     \
    ngx_consent_wide_above(ngx_consent_wide_add(w, 0x7f - (to)),             \
                           0x7e - ((to) - (from)))

/*
 * Two bytes for hardly more than the price of one: b - a is a power of two, so
 * they differ in that bit alone, once it has been added where a has it too.
 */
#define ngx_consent_wide_two(w, a, b)                                        \
    ngx_consent_wide_eq(                                                     \
        ngx_consent_wide_or(ngx_consent_wide_add(w, (a) & ((b) - (a))),      \
                            ngx_consent_wide_all((b) - (a))),                \
        (b) + ((a) & ((b) - (a))))

/* c and d as far behind a and b, of which a has no bit then */
#define ngx_consent_wide_four(w, a, b, c, d)                                 \
    ngx_consent_wide_eq(                                                     \
        ngx_consent_wide_or(ngx_consent_wide_add(w, (a) & ((b) - (a))),      \
                            ngx_consent_wide_all(((b) - (a)) | ((c) - (a)))), \
        (d) + ((a) & ((b) - (a))))

#endif


#ifdef NGX_CONSENT_WIDE

static ngx_inline ngx_consent_wide_bits_t
ngx_consent_wide_rest(ngx_consent_wide_bits_t bits)
{
    return bits & (bits - 1);
}


/* Of 2 * NGX_CONSENT_WIDE bytes a bit for each that is c. */

static ngx_inline uint64_t
ngx_consent_wide_near(const u_char *p, u_char c)
{
    return ngx_consent_wide_both(
               ngx_consent_wide_eq(ngx_consent_wide_load(p), c),
               ngx_consent_wide_eq(ngx_consent_wide_load(p + NGX_CONSENT_WIDE),
                                   c));
}

#endif


#endif /* _NGX_CONSENT_WIDE_H_INCLUDED_ */
