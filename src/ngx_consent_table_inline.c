
/*
 * Inline markers, looked for in scripts.  A script is hardly read: of every
 * other place a table tells whether a marker may be there, for sixteen bytes at
 * once.  An automaton (Aho and Corasick, 1975) has to wait for each byte before
 * it takes the next one, and has many states for each marker.
 */

#include "ngx_consent_table_int.h"
#include "ngx_consent_wide.h"


typedef struct {
    const ngx_consent_table_t  *table;
    ngx_consent_scan_t  *scan;

    /* this piece of the script, and the same with what came before it */
    const u_char        *piece;
    const u_char        *joined;        /* the piece's first byte in that */

    /* the bytes that are looked at, and which of them is the piece's first */
    const u_char        *pos;
    const u_char        *last;
    const u_char        *first;
    unsigned             before:1;      /* an identifier's byte before pos */
    unsigned             end:1;         /* nothing of the script follows */

    /*
     * Where markers end, as offsets in the piece, each with a bit for each
     * length.  What is found from a place on ends within 64 bytes.
     */
    ptrdiff_t            taken;         /* up to here */
    uint64_t             ends;
    uint64_t             lengths[64];
} ngx_consent_find_t;


/* most of the time none of them is called */
#define ngx_consent_find_apart  __attribute__((noinline))


static void ngx_consent_find_run(ngx_consent_find_t *f);
static ngx_consent_find_apart void ngx_consent_find_at(ngx_consent_find_t *f,
    const u_char *p, uint64_t found);
static ngx_inline void ngx_consent_find_key(ngx_consent_find_t *f,
    const u_char *p, uint32_t bytes);
static ngx_consent_find_apart void ngx_consent_find_markers(
    ngx_consent_find_t *f, const u_char *p, uint32_t n);
static ngx_uint_t ngx_consent_find_stands(const ngx_consent_find_t *f,
    const u_char *p, const u_char *last);
static void ngx_consent_find_take(ngx_consent_find_t *f, ptrdiff_t upto);
static void ngx_consent_scan_marker(const ngx_consent_table_t *t,
    ngx_consent_scan_t *s, const ngx_consent_marker_t *m);
static void ngx_consent_scan_take(ngx_consent_scan_t *s,
    const ngx_consent_rule_t *rule);
static void ngx_consent_scan_row(ngx_consent_scan_t *s,
    const ngx_consent_row_t *row);


void
ngx_consent_table_scan_init(ngx_consent_scan_t *s,
    const ngx_consent_grant_t *grant)
{
    memset(s, 0, sizeof(ngx_consent_scan_t));

    s->match.grant = grant;
}


void
ngx_consent_table_scan(const ngx_consent_table_t *t, ngx_consent_scan_t *s,
    const u_char *p, size_t len, ngx_uint_t end)
{
    size_t              n;
    u_char              joined[2 * NGX_CONSENT_SCAN_KEPT];
    ngx_consent_find_t  f;

    if (t->nmarkers == 0 || (len == 0 && !(end && s->pending))) {
        return;
    }

    f.table = t;
    f.scan = s;
    f.piece = p;
    f.joined = NULL;
    f.before = 0;
    f.end = end;
    f.taken = -1;
    f.ends = 0;

    s->pending = 0;

    if (s->nkept) {

        n = len < NGX_CONSENT_SCAN_KEPT ? len : NGX_CONSENT_SCAN_KEPT;

        memcpy(joined, s->kept, s->nkept);

        if (n) {
            memcpy(joined + s->nkept, p, n);
        }

        f.joined = joined + s->nkept;
        f.first = f.joined;
        f.pos = joined;
        f.last = f.joined + n;

        ngx_consent_find_run(&f);

        f.before = ngx_consent_identifier(f.joined[-1]);
    }

    if (len) {

        f.first = p;
        f.pos = p;
        f.last = p + len;

        ngx_consent_find_run(&f);
    }

    ngx_consent_find_take(&f, len);

    /* the next piece may begin within a marker */

    if (len >= NGX_CONSENT_SCAN_KEPT || s->nkept == 0) {
        p += len;

    } else {
        p = f.joined + len;
        len += s->nkept;
    }

    s->nkept = len < NGX_CONSENT_SCAN_KEPT ? len : NGX_CONSENT_SCAN_KEPT;

    if (s->nkept) {
        memcpy(s->kept, p - s->nkept, s->nkept);
    }
}


/* What the gram of a place may be: a byte of a word, the first one lowest. */

#define ngx_consent_find_gram(n)                                             \
    ((uint64_t) grams[ngx_consent_gram(p + 2 * (n))] << 8 * (n))


/* What all grams of sixteen bytes may be, together; two more bytes are read. */

static ngx_inline ngx_uint_t
ngx_consent_find_grams(const u_char *grams, const u_char *p)
{
#if (NGX_CONSENT_NEON)

    uint16x8_t  v;

    v = veorq_u16(vreinterpretq_u16_u8(vld1q_u8(p)),
                  vshlq_n_u16(vreinterpretq_u16_u8(vld1q_u8(p + 2)), 5));

    return grams[vgetq_lane_u16(v, 0)] | grams[vgetq_lane_u16(v, 1)]
           | grams[vgetq_lane_u16(v, 2)] | grams[vgetq_lane_u16(v, 3)]
           | grams[vgetq_lane_u16(v, 4)] | grams[vgetq_lane_u16(v, 5)]
           | grams[vgetq_lane_u16(v, 6)] | grams[vgetq_lane_u16(v, 7)];

#elif (NGX_CONSENT_SSE2)

    __m128i  v;

    v = _mm_xor_si128(_mm_loadu_si128((const __m128i *) p),
                      _mm_slli_epi16(_mm_loadu_si128((const __m128i *) (p + 2)),
                                     5));

    return grams[_mm_extract_epi16(v, 0)] | grams[_mm_extract_epi16(v, 1)]
           | grams[_mm_extract_epi16(v, 2)] | grams[_mm_extract_epi16(v, 3)]
           | grams[_mm_extract_epi16(v, 4)] | grams[_mm_extract_epi16(v, 5)]
           | grams[_mm_extract_epi16(v, 6)] | grams[_mm_extract_epi16(v, 7)];

#else

    return grams[ngx_consent_gram(p)] | grams[ngx_consent_gram(p + 2)]
           | grams[ngx_consent_gram(p + 4)] | grams[ngx_consent_gram(p + 6)]
           | grams[ngx_consent_gram(p + 8)] | grams[ngx_consent_gram(p + 10)]
           | grams[ngx_consent_gram(p + 12)] | grams[ngx_consent_gram(p + 14)];

#endif
}


static void
ngx_consent_find_run(ngx_consent_find_t *f)
{
    size_t         n;
    u_char         padded[4];
    uint64_t       found;
    const u_char  *p, *last, *grams;

    grams = f->table->grams;

    p = f->pos;
    last = f->last;

    for (n = last - p < 18 ? 0 : (last - p - 2) / 16; n; n--) {

        if (ngx_consent_find_grams(grams, p)) {

            found = ngx_consent_find_gram(0) | ngx_consent_find_gram(1)
                    | ngx_consent_find_gram(2) | ngx_consent_find_gram(3)
                    | ngx_consent_find_gram(4) | ngx_consent_find_gram(5)
                    | ngx_consent_find_gram(6) | ngx_consent_find_gram(7);

            ngx_consent_find_at(f, p, found);
        }

        p += 16;
    }

    for ( /* void */ ; last - p >= 4; p += 2) {

        found = ngx_consent_find_gram(0);

        if (found) {
            ngx_consent_find_at(f, p, found);
        }
    }

    /* of the last marker the byte behind it may be missing */

    if (last - p == 3) {

        memcpy(padded, p, 3);
        padded[3] = '\0';

        found = grams[ngx_consent_gram(padded)];

        if (found) {
            ngx_consent_find_at(f, p, found);
        }
    }
}


/* Of what may be there: a byte a place, the first one lowest. */

static ngx_consent_find_apart void
ngx_consent_find_at(ngx_consent_find_t *f, const u_char *p, uint64_t found)
{
    ngx_uint_t     i;
    const u_char  *at;

    do {
        i = ngx_consent_word_first(found);
        at = p + 2 * i;
        i = found >> 8 * i;

        /* what it is of a place is one of these, nearly always */

        if ((i & NGX_CONSENT_GRAM_4) && f->last - at >= 4) {
            ngx_consent_find_key(f, at, ngx_consent_key_4(at));
        }

        if ((i & NGX_CONSENT_GRAM_4_AFTER) && at > f->pos) {
            ngx_consent_find_key(f, at - 1, ngx_consent_key_4(at - 1));
        }

        if (i & NGX_CONSENT_GRAM_3_ANY) {

            if (i & NGX_CONSENT_GRAM_3) {
                ngx_consent_find_key(f, at, ngx_consent_key_3(at));
            }

            if ((i & NGX_CONSENT_GRAM_3_BEFORE) && f->last - at >= 4) {
                ngx_consent_find_key(f, at + 1, ngx_consent_key_3(at + 1));
            }
        }

        found &= ~((uint64_t) 0xff << 4 * (at - p));

    } while (found);
}


static ngx_inline void
ngx_consent_find_key(ngx_consent_find_t *f, const u_char *p, uint32_t bytes)
{
    uint32_t  n;

    n = ngx_consent_marker_slot(f->table, bytes)->first;

    if (n) {
        ngx_consent_find_markers(f, p, n);
    }
}


/* Of those that have a key, the first of which is n - 1, all that are here. */

static ngx_consent_find_apart void
ngx_consent_find_markers(ngx_consent_find_t *f, const u_char *p, uint32_t n)
{
    uint32_t                     bit;
    const u_char                *start;
    const ngx_consent_rule_t    *rule;
    const ngx_consent_marker_t  *m;

    for ( /* void */ ; n; n = m->next) {

        m = &f->table->markers[n - 1];
        rule = &f->table->rules[m->rule];

        if (p - f->pos < m->offset) {
            continue;
        }

        start = p - m->offset;

        if (*start != rule->pattern[0]
            || (size_t) (f->last - start) < rule->len
            || memcmp(start, rule->pattern, rule->len) != 0
            || !ngx_consent_find_stands(f, start, start + rule->len))
        {
            continue;
        }

        /* nothing more is found that ends before the key */

        if (f->first == f->piece && p - f->piece > f->taken) {
            ngx_consent_find_take(f, p - f->piece);
            f->taken = p - f->piece;
        }

        bit = (start + rule->len - f->first) & 63;

        if (!((f->ends >> bit) & 1)) {
            f->ends |= (uint64_t) 1 << bit;
            f->lengths[bit] = 0;
        }

        f->lengths[bit] |= (uint64_t) 1 << rule->len;
    }
}


/*
 * Between identifier boundaries, and not told of before: what ended with the
 * piece before has waited for the next byte.
 */

static ngx_uint_t
ngx_consent_find_stands(const ngx_consent_find_t *f, const u_char *p,
    const u_char *last)
{
    if (f->first == f->joined && (p >= f->first || last < f->first)) {
        return 0;
    }

    if (ngx_consent_identifier(*p)
        && (p > f->pos ? ngx_consent_identifier(p[-1]) : f->before))
    {
        return 0;
    }

    if (last == f->last) {
        f->scan->pending |= !f->end;
        return f->end;
    }

    return !ngx_consent_identifier(last[-1]) || !ngx_consent_identifier(*last);
}


/*
 * In the order in which they end; of those that end together the longest first.
 */

static void
ngx_consent_find_take(ngx_consent_find_t *f, ptrdiff_t upto)
{
    size_t                       len;
    uint64_t                     lengths;
    ptrdiff_t                    at;
    const u_char                *p;
    const ngx_consent_marker_t  *m;

    for (at = f->taken + 1; f->ends && at <= upto; at++) {

        if (!((f->ends >> (at & 63)) & 1)) {
            continue;
        }

        f->ends &= ~((uint64_t) 1 << (at & 63));

        p = (f->joined && at <= NGX_CONSENT_SCAN_KEPT) ? f->joined : f->piece;

        lengths = f->lengths[at & 63];

        while (lengths) {
            len = 63 - __builtin_clzll(lengths);
            lengths ^= (uint64_t) 1 << len;

            m = ngx_consent_marker_find(f->table, p + at - len, len);
            ngx_consent_scan_marker(f->table, f->scan, m);
        }

        /* a script that a consent platform needs is not held back */

        if (f->scan->match.platform) {
            f->scan->match.needs = 0;
            f->scan->match.missing = 0;
        }
    }
}


static void
ngx_consent_scan_marker(const ngx_consent_table_t *t, ngx_consent_scan_t *s,
    const ngx_consent_marker_t *m)
{
    uint32_t  n;

    ngx_consent_scan_take(s, &t->rules[m->rule]);

    for (n = m->twin; n && s->match.grant->providers; n = m->twin) {
        m = &t->markers[n - 1];
        ngx_consent_scan_take(s, &t->rules[m->rule]);
    }
}


/* All that is found in a script counts. */

static void
ngx_consent_scan_take(ngx_consent_scan_t *s, const ngx_consent_rule_t *rule)
{
    ngx_uint_t            rank;

    rank = 0;

    ngx_consent_match_take(&s->match, rule, &rank, 0);

    if (rule->needs && rule->row->provider->nstubs) {
        ngx_consent_scan_row(s, rule->row);
    }
}


static void
ngx_consent_scan_row(ngx_consent_scan_t *s, const ngx_consent_row_t *row)
{
    ngx_uint_t  i;

    for (i = 0; i < s->nrows; i++) {
        if (s->rows[i]->provider->stubs == row->provider->stubs
            && s->rows[i]->mask == row->mask)
        {
            return;
        }
    }

    if (s->nrows < NGX_CONSENT_SCAN_ROWS) {
        s->rows[s->nrows++] = row;
    }
}
