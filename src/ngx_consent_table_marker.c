
/*
 * Inline markers, prepared for ngx_consent_table_inline.c: of each marker the
 * four bytes are chosen that scripts have least often.
 */

#include "ngx_consent_table_int.h"


/* of a gram, while they are built: words have it, which counts for so much */
#define NGX_CONSENT_GRAM_COMMON  0x80
#define NGX_CONSENT_GRAM_OFTEN   64


static void ngx_consent_marker_common(ngx_consent_table_t *t, u_char bit);
static ngx_uint_t ngx_consent_marker_twin(ngx_consent_table_t *t, uint32_t n);
static void ngx_consent_marker_add(ngx_consent_table_t *t, uint32_t n);
static size_t ngx_consent_marker_choose(const ngx_consent_table_t *t,
    const u_char *p, size_t len);
static ngx_uint_t ngx_consent_marker_often(const ngx_consent_table_t *t,
    const u_char *p);
static void ngx_consent_marker_gram(ngx_consent_table_t *t, const u_char *p,
    u_char bit);
static void ngx_consent_marker_grams(ngx_consent_table_t *t, const u_char *p,
    ngx_uint_t unknown, u_char bit);


/*
 * How often a byte is met in inline scripts of real pages: four times the
 * logarithm to base 2 of its number among 65536.  What is not ASCII is rare.
 */

static const u_char  ngx_consent_marker_bytes[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 35, 37, 0, 0, 25, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    51, 28, 45, 22, 22, 26, 32, 36, 41, 41, 24, 29, 42, 35, 41, 35,
    38, 35, 34, 32, 31, 31, 29, 29, 29, 29, 39, 37, 24, 39, 26, 25,
    8, 32, 27, 31, 29, 31, 27, 24, 25, 30, 21, 21, 30, 28, 28, 28,
    30, 21, 28, 32, 31, 26, 24, 24, 19, 21, 21, 33, 32, 33, 11, 36,
    21, 46, 37, 43, 42, 48, 39, 39, 38, 45, 30, 33, 43, 40, 46, 45,
    40, 25, 45, 44, 47, 41, 37, 36, 32, 36, 28, 36, 30, 36, 0, 0
};


/*
 * Words that they have most often: what these have in common with a marker, or
 * have by chance as a gram of the same number, would be looked at all the time.
 */

static const u_char  ngx_consent_marker_words[] =
    " function(e,t,n){var this.constructor.prototype.length;return typeof "
    "undefined window.document.createElement(\"script\").addEventListener("
    "getElementById(async default null false true Object.String.Array.concat("
    "indexOf(replace(.push(.exports.config params options settings content "
    "callback event click target parent attribute component container section "
    "position search product application tracking performance cookie mobile "
    "image title value width height background https://www..com/ %2C%22";


ngx_int_t
ngx_consent_marker_build(ngx_consent_table_t *t)
{
    uint32_t    n;
    ngx_uint_t  size;

    if (t->nmarkers == 0) {
        return NGX_OK;
    }

    t->keys_shift = 28;

    for (size = 16; size < 2 * t->nmarkers; size *= 2) {
        t->keys_shift--;
    }

    t->grams = ngx_pcalloc(t->pool, NGX_CONSENT_GRAMS);
    t->keys = ngx_pcalloc(t->pool, size * sizeof(ngx_consent_marker_key_t));

    if (t->grams == NULL || t->keys == NULL) {
        return NGX_ERROR;
    }

    ngx_consent_marker_common(t, NGX_CONSENT_GRAM_COMMON);

    for (n = 0; n < t->nmarkers; n++) {
        if (!ngx_consent_marker_twin(t, n)) {
            ngx_consent_marker_add(t, n);
        }
    }

    ngx_consent_marker_common(t, 0);

    return NGX_OK;
}


/* Sets the bit of their grams, or takes it off. */

static void
ngx_consent_marker_common(ngx_consent_table_t *t, u_char bit)
{
    size_t   i;
    u_char  *gram;

    for (i = 0; i < sizeof(ngx_consent_marker_words) - 4; i++) {

        gram = &t->grams[ngx_consent_gram(ngx_consent_marker_words + i)];
        *gram = (*gram & ~NGX_CONSENT_GRAM_COMMON) | bit;
    }
}


/*
 * 1 if there is one with the same bytes.  It has the same categories, which one
 * provider may be granted and another one not; a platform's frees them all, and
 * takes the first one's place.
 */

static ngx_uint_t
ngx_consent_marker_twin(ngx_consent_table_t *t, uint32_t n)
{
    uint32_t               rule;
    ngx_consent_marker_t  *m, *first;

    m = &t->markers[n];

    first = ngx_consent_marker_find(t, t->rules[m->rule].pattern,
                                    t->rules[m->rule].len);
    if (first == NULL) {
        return 0;
    }

    if (t->rules[m->rule].platform) {
        rule = m->rule;
        m->rule = first->rule;
        first->rule = rule;
    }

    m->twin = first->twin;
    first->twin = n + 1;

    return 1;
}


/* The one that has these bytes; NULL: there is none. */

ngx_consent_marker_t *
ngx_consent_marker_find(const ngx_consent_table_t *t, const u_char *p,
    size_t len)
{
    uint32_t               hash, slot;
    ngx_consent_rule_t    *rule;
    ngx_consent_marker_t  *m;

    hash = ngx_consent_hash(NGX_CONSENT_SCOPE_INLINE, p, len);

    for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
         slot = (slot + 1) & (t->nslots - 1))
    {
        if (t->slots[slot].hash != hash
            || !(t->slots[slot].ref & NGX_CONSENT_REF_MARKER))
        {
            continue;
        }

        m = &t->markers[(t->slots[slot].ref & ~NGX_CONSENT_REF_MARKER) - 1];
        rule = &t->rules[m->rule];

        if (rule->len == len && memcmp(rule->pattern, p, len) == 0) {
            return m;
        }
    }

    return NULL;
}


static void
ngx_consent_marker_add(ngx_consent_table_t *t, uint32_t n)
{
    size_t                     len;
    uint32_t                   bytes;
    const u_char              *p;
    ngx_consent_marker_t      *m, *first;
    ngx_consent_marker_key_t  *key;

    m = &t->markers[n];

    p = t->rules[m->rule].pattern;
    len = t->rules[m->rule].len;

    ngx_consent_index_insert(t, ngx_consent_hash(NGX_CONSENT_SCOPE_INLINE, p,
                                                 len),
                             (n + 1) | NGX_CONSENT_REF_MARKER);

    if (len == 3) {
        bytes = ngx_consent_key_3(p);

        ngx_consent_marker_grams(t, p, 3, NGX_CONSENT_GRAM_3);
        ngx_consent_marker_grams(t, p, 0, NGX_CONSENT_GRAM_3_BEFORE);

    } else {
        m->offset = ngx_consent_marker_choose(t, p, len);

        p += m->offset;
        bytes = ngx_consent_key_4(p);

        ngx_consent_marker_gram(t, p, NGX_CONSENT_GRAM_4);

        if (len == 4) {
            ngx_consent_marker_grams(t, p + 1, 3, NGX_CONSENT_GRAM_4_AFTER);

        } else {
            ngx_consent_marker_gram(t, p + 1, NGX_CONSENT_GRAM_4_AFTER);
        }
    }

    key = ngx_consent_marker_slot(t, bytes);

    if (key->first == 0) {
        key->bytes = bytes;
        key->first = n + 1;
        return;
    }

    first = &t->markers[key->first - 1];

    first->alike += (first->alike < 0xffff);
    m->next = first->next;
    first->next = n + 1;
}


/*
 * Where the bytes begin that are looked for: what is met most often of them
 * counts, and with how many other markers they are shared.
 */

static size_t
ngx_consent_marker_choose(const ngx_consent_table_t *t, const u_char *p,
    size_t len)
{
    size_t                    i, offset;
    ngx_uint_t                cost, least, often, after, n;
    const ngx_consent_marker_key_t  *key;

    offset = 0;
    least = (ngx_uint_t) -1;
    after = ngx_consent_marker_often(t, p);

    for (i = 0; i == 0 || i + 5 <= len; i++) {

        often = after;

        if (i + 5 <= len) {
            after = ngx_consent_marker_often(t, p + i + 1);
        }

        cost = often > after ? often : after;

        key = ngx_consent_marker_slot(t, ngx_consent_key_4(p + i));

        if (key->first) {
            for (n = t->markers[key->first - 1].alike + 1; n; n /= 2) {
                cost += 4;
            }
        }

        if (cost < least) {
            least = cost;
            offset = i;
        }
    }

    return offset;
}


/* of the four bytes together: a logarithm of what their number would be */

static ngx_uint_t
ngx_consent_marker_often(const ngx_consent_table_t *t, const u_char *p)
{
    size_t      i;
    ngx_uint_t  often;

    often = (t->grams[ngx_consent_gram(p)] & NGX_CONSENT_GRAM_COMMON)
            ? NGX_CONSENT_GRAM_OFTEN : 0;

    for (i = 0; i < 4; i++) {
        often += p[i] < 128 ? ngx_consent_marker_bytes[p[i]] : 0;
    }

    return often;
}


static void
ngx_consent_marker_gram(ngx_consent_table_t *t, const u_char *p, u_char bit)
{
    t->grams[ngx_consent_gram(p)] |= bit;
}


/*
 * Three bytes that are known, and at this place among them anything that lets a
 * marker stand beside it.
 */

static void
ngx_consent_marker_grams(ngx_consent_table_t *t, const u_char *p,
    ngx_uint_t unknown, u_char bit)
{
    u_char      beside, bytes[4];
    ngx_uint_t  i;

    for (i = 0; i < 4; i++) {
        if (i != unknown) {
            bytes[i] = *p++;
        }
    }

    beside = bytes[unknown ? unknown - 1 : 1];

    for (i = 0; i < 256; i++) {

        if (!ngx_consent_identifier(beside) || !ngx_consent_identifier(i)) {
            bytes[unknown] = i;
            ngx_consent_marker_gram(t, bytes, bit);
        }
    }
}
