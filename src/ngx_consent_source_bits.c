
#include "ngx_consent_source_bits.h"
#include "ngx_consent_word.h"


/* no character of the alphabet: no shift of the others comes there */
#define NGX_CONSENT_BITS_WRONG  0x80000000


/*
 * The alphabet, once for each place that a character has among four: what
 * somebody sends in thousands of characters costs two instructions for each.
 */

#define NO      NGX_CONSENT_BITS_WRONG
#define NO4     NO, NO, NO, NO
#define NO32    NO4, NO4, NO4, NO4, NO4, NO4, NO4, NO4

#define V(n, s)    ((n) * ((uint32_t) 1 << (s)))
#define V2(n, s)   V(n, s), V((n) + 1, s)
#define V6(n, s)   V2(n, s), V2((n) + 2, s), V2((n) + 4, s)
#define V10(n, s)  V6(n, s), V2((n) + 6, s), V2((n) + 8, s)
#define V26(n, s)  V10(n, s), V10((n) + 10, s), V6((n) + 20, s)

#define ALPHABET(s)                                                           \
    {                                                                         \
        /* controls */  NO32,                                                 \
        /* to , */      NO4, NO4, NO4, NO,                                    \
        /* - */         V(62, s),                                             \
        /* . and / */   NO, NO,                                               \
        /* 0 to 9 */    V10(52, s),                                           \
        /* to @ */      NO4, NO, NO, NO,                                      \
        /* A to Z */    V26(0, s),                                            \
        /* to ^ */      NO4,                                                  \
        /* _ */         V(63, s),                                             \
        /* ` */         NO,                                                   \
        /* a to z */    V26(26, s),                                           \
        /* to DEL */    NO4, NO,                                              \
        /* 0x80 */      NO32, NO32, NO32, NO32                                \
    }

static const uint32_t  ngx_consent_bits_values[4][256] = {
    ALPHABET(18), ALPHABET(12), ALPHABET(6), ALPHABET(0)
};


/* 24 bits */

static ngx_inline uint32_t
ngx_consent_bits_four(const u_char *p)
{
    return ngx_consent_bits_values[0][p[0]]
           | ngx_consent_bits_values[1][p[1]]
           | ngx_consent_bits_values[2][p[2]]
           | ngx_consent_bits_values[3][p[3]];
}


ngx_int_t
ngx_consent_bits_init(ngx_consent_bits_t *bits, u_char *dst, const u_char *p,
    size_t len)
{
    u_char        *d;
    uint32_t       f[8], wrong;
    uint64_t       w;
    ngx_uint_t     n;
    const u_char  *last;

    if (len == 0) {
        return NGX_ERROR;
    }

    d = dst;
    last = p + len;
    wrong = 0;

    /* 32 characters are three words */

    for ( /* void */ ; last - p >= 32; p += 32) {

        f[0] = ngx_consent_bits_four(p);
        f[1] = ngx_consent_bits_four(p + 4);
        f[2] = ngx_consent_bits_four(p + 8);
        f[3] = ngx_consent_bits_four(p + 12);
        f[4] = ngx_consent_bits_four(p + 16);
        f[5] = ngx_consent_bits_four(p + 20);
        f[6] = ngx_consent_bits_four(p + 24);
        f[7] = ngx_consent_bits_four(p + 28);

        wrong |= f[0] | f[1] | f[2] | f[3] | f[4] | f[5] | f[6] | f[7];

        w = (uint64_t) f[0] << 40 | (uint64_t) f[1] << 16 | f[2] >> 8;
        ngx_consent_word_put(d, w);

        w = (uint64_t) f[2] << 56 | (uint64_t) f[3] << 32
            | (uint64_t) f[4] << 8 | f[5] >> 16;
        ngx_consent_word_put(d + 8, w);

        w = (uint64_t) f[5] << 48 | (uint64_t) f[6] << 24 | f[7];
        ngx_consent_word_put(d + 16, w);

        d += 24;
    }

    /* what the last two bytes of a word say is overwritten */

    for ( /* void */ ; last - p >= 8; p += 8) {

        f[0] = ngx_consent_bits_four(p);
        f[1] = ngx_consent_bits_four(p + 4);

        wrong |= f[0] | f[1];

        w = (uint64_t) f[0] << 40 | (uint64_t) f[1] << 16;
        ngx_consent_word_put(d, w);

        d += 6;
    }

    if (last - p >= 4) {

        f[0] = ngx_consent_bits_four(p);
        wrong |= f[0];
        p += 4;

        *d++ = (u_char) (f[0] >> 16);
        *d++ = (u_char) (f[0] >> 8);
        *d++ = (u_char) f[0];
    }

    if (p < last) {

        f[0] = 0;

        for (n = 0; p < last; n++) {
            f[0] |= ngx_consent_bits_values[n][*p++];
        }

        wrong |= f[0];

        *d++ = (u_char) (f[0] >> 16);
        *d++ = (u_char) (f[0] >> 8);
        *d++ = (u_char) f[0];
    }

    if (wrong & NGX_CONSENT_BITS_WRONG) {
        return NGX_ERROR;
    }

    /* for who reads eight bytes at the end */

    ngx_memzero(d, 8);

    bits->data = dst;
    bits->off = 0;
    bits->end = len * 6;
    bits->broken = 0;

    return NGX_OK;
}


uint64_t
ngx_consent_bits_get(ngx_consent_bits_t *bits, ngx_uint_t n)
{
    uint64_t  w;

    if (bits->end - bits->off < n) {
        bits->off = bits->end;
        bits->broken = 1;
        return 0;
    }

    w = ngx_consent_bits_window(bits->data, bits->off) >> (64 - n);
    bits->off += n;

    return w;
}


void
ngx_consent_bits_skip(ngx_consent_bits_t *bits, size_t n)
{
    if (bits->end - bits->off < n) {
        bits->off = bits->end;
        bits->broken = 1;
        return;
    }

    bits->off += n;
}
