
/* Composition of marks, as far as a host needs it (UAX 15, form C). */

#include "ngx_consent_url_idna.h"


/* Hangul is composed by arithmetic (Unicode 3.12) */

#define NGX_CONSENT_HANGUL_S   0xac00
#define NGX_CONSENT_HANGUL_L   0x1100
#define NGX_CONSENT_HANGUL_V   0x1161
#define NGX_CONSENT_HANGUL_T   0x11a7
#define NGX_CONSENT_HANGUL_NL  19
#define NGX_CONSENT_HANGUL_NV  21
#define NGX_CONSENT_HANGUL_NT  28
#define NGX_CONSENT_HANGUL_NS  (NGX_CONSENT_HANGUL_NL                         \
                                * NGX_CONSENT_HANGUL_NV                       \
                                * NGX_CONSENT_HANGUL_NT)


static ngx_uint_t ngx_consent_idna_split(uint32_t c, uint32_t *a, uint32_t *b);
static uint32_t ngx_consent_idna_pair(uint32_t a, uint32_t b);
static uint32_t ngx_consent_idna_rank(uint32_t c);


/*
 * Adds c, taken apart, to a label that has room for four more.  A mark stands
 * in its order: each point carries its rank above NGX_CONSENT_IDNA_POINT.
 */

void
ngx_consent_idna_add(uint32_t *label, size_t *n, uint32_t c)
{
    size_t     i, nrest;
    uint32_t   a, b, rank, rest[4];

    nrest = 0;

    while (c >= 0xc0 && ngx_consent_idna_split(c, &a, &b)) {
        rest[nrest++] = b;
        c = a;
    }

    for ( ;; ) {

        rank = c < 0x300 ? 0 : ngx_consent_idna_rank(c);
        i = (*n)++;

        if (rank) {
            for ( /* void */ ; i && (label[i - 1] >> 24) > rank; i--) {
                label[i] = label[i - 1];
            }
        }

        label[i] = c | (rank << 24);

        if (nrest == 0) {
            return;
        }

        c = rest[--nrest];
    }
}


/* Returns how many points are left, without their ranks. */

size_t
ngx_consent_idna_compose(uint32_t *label, size_t n)
{
    size_t      i, end, starter;
    uint32_t    c, both;
    ngx_int_t   rank, prev;

    end = 0;
    starter = n;
    prev = -1;                          /* nothing between it and the starter */

    for (i = 0; i < n; i++) {

        rank = label[i] >> 24;
        c = label[i] & NGX_CONSENT_IDNA_POINT;

        if (starter < n && prev < rank) {

            both = ngx_consent_idna_pair(label[starter], c);

            if (both) {
                label[starter] = both;
                continue;
            }
        }

        if (rank == 0) {
            starter = end;
            prev = -1;

        } else {
            prev = rank;
        }

        label[end++] = c;
    }

    return end;
}


/* Takes c apart in two. */

static ngx_uint_t
ngx_consent_idna_split(uint32_t c, uint32_t *a, uint32_t *b)
{
    uint32_t     t;
    ngx_uint_t   low, high, i;

    t = c - NGX_CONSENT_HANGUL_S;

    if (t < NGX_CONSENT_HANGUL_NS) {

        if (t % NGX_CONSENT_HANGUL_NT) {
            *a = c - t % NGX_CONSENT_HANGUL_NT;
            *b = NGX_CONSENT_HANGUL_T + t % NGX_CONSENT_HANGUL_NT;

        } else {
            t /= NGX_CONSENT_HANGUL_NT;
            *a = NGX_CONSENT_HANGUL_L + t / NGX_CONSENT_HANGUL_NV;
            *b = NGX_CONSENT_HANGUL_V + t % NGX_CONSENT_HANGUL_NV;
        }

        return 1;
    }

    if (c >= 0x10000) {

        for (i = 0; i < ngx_consent_idna_nfar; i++) {

            if (ngx_consent_idna_far[i][2] == c) {
                *a = ngx_consent_idna_far[i][0];
                *b = ngx_consent_idna_far[i][1];
                return 1;
            }
        }

        return 0;
    }

    low = 0;
    high = ngx_consent_idna_npairs;

    while (low < high) {

        i = low + (high - low) / 2;

        if (ngx_consent_idna_pairs[i][2] == c) {
            *a = ngx_consent_idna_pairs[i][0];
            *b = ngx_consent_idna_pairs[i][1];
            return 1;
        }

        if (ngx_consent_idna_pairs[i][2] > c) {
            high = i;

        } else {
            low = i + 1;
        }
    }

    return 0;
}


/* What the two compose to, or 0. */

static uint32_t
ngx_consent_idna_pair(uint32_t a, uint32_t b)
{
    uint32_t         l, v;
    ngx_uint_t       low, high, i;
    const uint16_t  *pair;

    l = a - NGX_CONSENT_HANGUL_L;
    v = b - NGX_CONSENT_HANGUL_V;

    if (l < NGX_CONSENT_HANGUL_NL && v < NGX_CONSENT_HANGUL_NV) {
        return NGX_CONSENT_HANGUL_S
               + (l * NGX_CONSENT_HANGUL_NV + v) * NGX_CONSENT_HANGUL_NT;
    }

    l = a - NGX_CONSENT_HANGUL_S;
    v = b - NGX_CONSENT_HANGUL_T;

    if (l < NGX_CONSENT_HANGUL_NS && l % NGX_CONSENT_HANGUL_NT == 0
        && v > 0 && v < NGX_CONSENT_HANGUL_NT)
    {
        return a + v;
    }

    if (a >= 0x10000 || b >= 0x10000) {

        for (i = 0; i < ngx_consent_idna_nfar; i++) {

            if (ngx_consent_idna_far[i][0] == a
                && ngx_consent_idna_far[i][1] == b)
            {
                return ngx_consent_idna_far[i][2];
            }
        }

        return 0;
    }

    low = 0;
    high = ngx_consent_idna_npairs;

    while (low < high) {

        i = low + (high - low) / 2;
        pair = ngx_consent_idna_pairs[ngx_consent_idna_order[i]];

        if (pair[0] == a && pair[1] == b) {
            return pair[2];
        }

        if (pair[0] > a || (pair[0] == a && pair[1] > b)) {
            high = i;

        } else {
            low = i + 1;
        }
    }

    return 0;
}


/* The rank of a combining mark; 0: it is none. */

static uint32_t
ngx_consent_idna_rank(uint32_t c)
{
    ngx_uint_t                      low, high, i;
    const ngx_consent_idna_mark_t  *mark;

    low = 0;
    high = ngx_consent_idna_nmarks;

    while (high - low > 1) {

        i = low + (high - low) / 2;

        if (ngx_consent_idna_marks[i].first <= c) {
            low = i;

        } else {
            high = i;
        }
    }

    mark = &ngx_consent_idna_marks[low];

    return (c >= mark->first && c - mark->first < mark->count) ? mark->rank
                                                               : 0;
}
