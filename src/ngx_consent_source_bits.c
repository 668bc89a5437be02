
#include "ngx_consent_source_bits.h"


static u_char *ngx_consent_bits_put(u_char *d, uint64_t w);


/* signed: -1 is no character of the alphabet */

static const signed char  ngx_consent_bits_values[256] = {

    /* 0x00 */
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 62, -1, -1,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, -1, -1, -1, -1, -1, -1,
    -1,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, -1, -1, -1, -1, 63,
    -1, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, -1, -1, -1, -1, -1,

    /* 0x80 */
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};


ngx_int_t
ngx_consent_bits_init(ngx_consent_bits_t *bits, u_char *dst, const u_char *p,
    size_t len)
{
    int64_t        w;
    u_char        *d;
    ngx_uint_t     i;
    const u_char  *last;

    if (len == 0) {
        return NGX_ERROR;
    }

    d = dst;
    last = p + len;

    /* of eight characters a wrong one sets the sign, which no shift clears */

    for ( /* void */ ; last - p >= 8; p += 8) {

        w = ngx_consent_bits_values[p[0]];
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[p[1]];
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[p[2]];
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[p[3]];
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[p[4]];
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[p[5]];
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[p[6]];
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[p[7]];

        if (w < 0) {
            return NGX_ERROR;
        }

        d = ngx_consent_bits_put(d, (uint64_t) w << 16);
    }

    w = 0;

    for (i = 0; p < last; p++, i++) {
        w = (int64_t) ((uint64_t) w << 6) | ngx_consent_bits_values[*p];
    }

    if (w < 0) {
        return NGX_ERROR;
    }

    /* the rest, and zeros for who reads eight bytes at the end */

    d = ngx_consent_bits_put(d, i ? (uint64_t) w << (64 - 6 * i) : 0);
    ngx_memzero(d, 8);

    bits->data = dst;
    bits->off = 0;
    bits->end = len * 6;
    bits->broken = 0;

    return NGX_OK;
}


/* writes eight bytes, of which six are whole */

static u_char *
ngx_consent_bits_put(u_char *d, uint64_t w)
{
    d[0] = (u_char) (w >> 56);
    d[1] = (u_char) (w >> 48);
    d[2] = (u_char) (w >> 40);
    d[3] = (u_char) (w >> 32);
    d[4] = (u_char) (w >> 24);
    d[5] = (u_char) (w >> 16);
    d[6] = (u_char) (w >> 8);
    d[7] = (u_char) w;

    return d + 6;
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
