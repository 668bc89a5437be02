
#include "ngx_consent_entity.h"


typedef struct {
    ngx_str_t            name;
    uint16_t             c;
    u_char               legacy;        /* may stand without its ';' */
} ngx_consent_entity_t;


static size_t ngx_consent_entity_numeric(const u_char *p, const u_char *last,
    uint32_t *c);
static size_t ngx_consent_entity_named(const u_char *p, const u_char *last,
    uint32_t *c);
static size_t ngx_consent_entity_utf8(uint32_t c, u_char *dst);


/*
 * The names that yield ASCII, and those that a host loses or turns into ASCII.
 * In the order of their first letters.
 */

static const ngx_consent_entity_t  ngx_consent_entities[] = {
    { ngx_string("AMP"), '&', 1 },
    { ngx_string("DiacriticalGrave"), '`', 0 },
    { ngx_string("GT"), '>', 1 },
    { ngx_string("Hat"), '^', 0 },
    { ngx_string("LT"), '<', 1 },
    { ngx_string("NegativeMediumSpace"), 0x200b, 0 },
    { ngx_string("NegativeThickSpace"), 0x200b, 0 },
    { ngx_string("NegativeThinSpace"), 0x200b, 0 },
    { ngx_string("NegativeVeryThinSpace"), 0x200b, 0 },
    { ngx_string("NewLine"), '\n', 0 },
    { ngx_string("NoBreak"), 0x2060, 0 },
    { ngx_string("NonBreakingSpace"), 0xa0, 0 },
    { ngx_string("QUOT"), '"', 1 },
    { ngx_string("Tab"), '\t', 0 },
    { ngx_string("UnderBar"), '_', 0 },
    { ngx_string("VerticalLine"), '|', 0 },
    { ngx_string("ZeroWidthSpace"), 0x200b, 0 },
    { ngx_string("amp"), '&', 1 },
    { ngx_string("apos"), '\'', 0 },
    { ngx_string("ast"), '*', 0 },
    { ngx_string("bsol"), '\\', 0 },
    { ngx_string("colon"), ':', 0 },
    { ngx_string("comma"), ',', 0 },
    { ngx_string("commat"), '@', 0 },
    { ngx_string("dollar"), '$', 0 },
    { ngx_string("equals"), '=', 0 },
    { ngx_string("excl"), '!', 0 },
    { ngx_string("grave"), '`', 0 },
    { ngx_string("gt"), '>', 1 },
    { ngx_string("lbrace"), '{', 0 },
    { ngx_string("lbrack"), '[', 0 },
    { ngx_string("lcub"), '{', 0 },
    { ngx_string("lowbar"), '_', 0 },
    { ngx_string("lpar"), '(', 0 },
    { ngx_string("lsqb"), '[', 0 },
    { ngx_string("lt"), '<', 1 },
    { ngx_string("midast"), '*', 0 },
    { ngx_string("nbsp"), 0xa0, 1 },
    { ngx_string("num"), '#', 0 },
    { ngx_string("percnt"), '%', 0 },
    { ngx_string("period"), '.', 0 },
    { ngx_string("plus"), '+', 0 },
    { ngx_string("quest"), '?', 0 },
    { ngx_string("quot"), '"', 1 },
    { ngx_string("rbrace"), '}', 0 },
    { ngx_string("rbrack"), ']', 0 },
    { ngx_string("rcub"), '}', 0 },
    { ngx_string("rpar"), ')', 0 },
    { ngx_string("rsqb"), ']', 0 },
    { ngx_string("semi"), ';', 0 },
    { ngx_string("shy"), 0xad, 1 },
    { ngx_string("sol"), '/', 0 },
    { ngx_string("verbar"), '|', 0 },
    { ngx_string("vert"), '|', 0 },
    { ngx_null_string, 0, 0 }
};


/* what 0x80 to 0x9f stand for (13.2.5.80) */

static const uint16_t  ngx_consent_entity_windows[] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
    0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
    0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178
};


#define ngx_consent_entity_alnum(c)                                          \
    (((c) >= '0' && (c) <= '9') || ((u_char) (((c) | 0x20) - 'a') < 26))


size_t
ngx_consent_entity(const u_char *p, const u_char *last,
    u_char text[NGX_CONSENT_ENTITY_MAX], size_t *len)
{
    size_t    n;
    uint32_t  c;

    if (last - p < 3) {
        return 0;
    }

    n = (p[1] == '#') ? ngx_consent_entity_numeric(p, last, &c)
                      : ngx_consent_entity_named(p, last, &c);
    if (n) {
        *len = ngx_consent_entity_utf8(c, text);
    }

    return n;
}


static size_t
ngx_consent_entity_numeric(const u_char *p, const u_char *last, uint32_t *c)
{
    u_char         digit;
    uint32_t       n, base;
    const u_char  *start, *first;

    start = p;
    p += 2;
    base = 10;

    if (*p == 'x' || *p == 'X') {
        base = 16;
        p++;
    }

    n = 0;

    for (first = p; p < last; p++) {

        digit = *p - '0';

        if (digit > 9) {

            digit = (*p | 0x20) - 'a';

            if (base == 10 || digit > 5) {
                break;
            }

            digit += 10;
        }

        /* what is out of range stays there */

        if (n < 0x200000) {
            n = n * base + digit;
        }
    }

    if (p == first) {
        return 0;
    }

    if (p < last && *p == ';') {
        p++;
    }

    if (n == 0 || n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) {
        n = 0xfffd;

    } else if (n >= 0x80 && n <= 0x9f) {
        n = ngx_consent_entity_windows[n - 0x80];
    }

    *c = n;

    return p - start;
}


static size_t
ngx_consent_entity_named(const u_char *p, const u_char *last, uint32_t *c)
{
    const u_char                *start, *name;
    const ngx_consent_entity_t  *e;

    start = p;
    name = ++p;

    while (p < last && ngx_consent_entity_alnum(*p)) {
        p++;
    }

    for (e = ngx_consent_entities; e->name.len; e++) {

        if (e->name.data[0] != *name || e->name.len != (size_t) (p - name)
            || memcmp(e->name.data, name, e->name.len) != 0)
        {
            continue;
        }

        if (p < last && *p == ';') {
            *c = e->c;
            return p + 1 - start;
        }

        /* "?a=b&lt=c" has none */

        if (e->legacy && !(p < last && *p == '=')) {
            *c = e->c;
            return p - start;
        }

        return 0;
    }

    return 0;
}


static size_t
ngx_consent_entity_utf8(uint32_t c, u_char *dst)
{
    if (c < 0x80) {
        dst[0] = c;
        return 1;
    }

    if (c < 0x800) {
        dst[0] = 0xc0 | (c >> 6);
        dst[1] = 0x80 | (c & 0x3f);
        return 2;
    }

    if (c < 0x10000) {
        dst[0] = 0xe0 | (c >> 12);
        dst[1] = 0x80 | ((c >> 6) & 0x3f);
        dst[2] = 0x80 | (c & 0x3f);
        return 3;
    }

    dst[0] = 0xf0 | (c >> 18);
    dst[1] = 0x80 | ((c >> 12) & 0x3f);
    dst[2] = 0x80 | ((c >> 6) & 0x3f);
    dst[3] = 0x80 | (c & 0x3f);

    return 4;
}
