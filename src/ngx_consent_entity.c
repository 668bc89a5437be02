
#include "ngx_consent_entity.h"


typedef struct {
    ngx_str_t            name;
    uint32_t             c;
    uint32_t             next;          /* the second character; 0: none */
    u_char               legacy;        /* may stand without its ';' */
} ngx_consent_entity_t;


static size_t ngx_consent_entity_numeric(const u_char *p, const u_char *last,
    uint32_t *c);
static const ngx_consent_entity_t *ngx_consent_entity_named(const u_char *p,
    const u_char *last, size_t *n);
static size_t ngx_consent_entity_utf8(uint32_t c, u_char *dst);


/*
 * Of HTML's names those that yield ASCII, and those that a host loses or turns
 * into ASCII (UTS 46).  Sorted by their bytes; made from Python's html.entities
 * and the URL parser of Node 20.
 */

static const ngx_consent_entity_t  ngx_consent_entities[] = {

    /* name        its one or two characters        legacy */

    { ngx_string("AMP"), '&', 0, 1 },
    { ngx_string("Afr"), 0x1d504, 0, 0 },
    { ngx_string("Aopf"), 0x1d538, 0, 0 },
    { ngx_string("Ascr"), 0x1d49c, 0, 0 },
    { ngx_string("Bernoullis"), 0x212c, 0, 0 },
    { ngx_string("Bfr"), 0x1d505, 0, 0 },
    { ngx_string("Bopf"), 0x1d539, 0, 0 },
    { ngx_string("Bscr"), 0x212c, 0, 0 },
    { ngx_string("CapitalDifferentialD"), 0x2145, 0, 0 },
    { ngx_string("Cayleys"), 0x212d, 0, 0 },
    { ngx_string("Cfr"), 0x212d, 0, 0 },
    { ngx_string("Copf"), 0x2102, 0, 0 },
    { ngx_string("Cscr"), 0x1d49e, 0, 0 },
    { ngx_string("DD"), 0x2145, 0, 0 },
    { ngx_string("Dfr"), 0x1d507, 0, 0 },
    { ngx_string("DiacriticalGrave"), '`', 0, 0 },
    { ngx_string("DifferentialD"), 0x2146, 0, 0 },
    { ngx_string("Dopf"), 0x1d53b, 0, 0 },
    { ngx_string("Dscr"), 0x1d49f, 0, 0 },
    { ngx_string("Efr"), 0x1d508, 0, 0 },
    { ngx_string("Eopf"), 0x1d53c, 0, 0 },
    { ngx_string("Equal"), 0x2a75, 0, 0 },
    { ngx_string("Escr"), 0x2130, 0, 0 },
    { ngx_string("ExponentialE"), 0x2147, 0, 0 },
    { ngx_string("Ffr"), 0x1d509, 0, 0 },
    { ngx_string("Fopf"), 0x1d53d, 0, 0 },
    { ngx_string("Fouriertrf"), 0x2131, 0, 0 },
    { ngx_string("Fscr"), 0x2131, 0, 0 },
    { ngx_string("GT"), '>', 0, 1 },
    { ngx_string("Gfr"), 0x1d50a, 0, 0 },
    { ngx_string("Gopf"), 0x1d53e, 0, 0 },
    { ngx_string("Gscr"), 0x1d4a2, 0, 0 },
    { ngx_string("Hat"), '^', 0, 0 },
    { ngx_string("Hfr"), 0x210c, 0, 0 },
    { ngx_string("HilbertSpace"), 0x210b, 0, 0 },
    { ngx_string("Hopf"), 0x210d, 0, 0 },
    { ngx_string("Hscr"), 0x210b, 0, 0 },
    { ngx_string("IJlig"), 0x132, 0, 0 },
    { ngx_string("Ifr"), 0x2111, 0, 0 },
    { ngx_string("Im"), 0x2111, 0, 0 },
    { ngx_string("ImaginaryI"), 0x2148, 0, 0 },
    { ngx_string("Iopf"), 0x1d540, 0, 0 },
    { ngx_string("Iscr"), 0x2110, 0, 0 },
    { ngx_string("Jfr"), 0x1d50d, 0, 0 },
    { ngx_string("Jopf"), 0x1d541, 0, 0 },
    { ngx_string("Jscr"), 0x1d4a5, 0, 0 },
    { ngx_string("Kfr"), 0x1d50e, 0, 0 },
    { ngx_string("Kopf"), 0x1d542, 0, 0 },
    { ngx_string("Kscr"), 0x1d4a6, 0, 0 },
    { ngx_string("LT"), '<', 0, 1 },
    { ngx_string("Laplacetrf"), 0x2112, 0, 0 },
    { ngx_string("Lfr"), 0x1d50f, 0, 0 },
    { ngx_string("Lopf"), 0x1d543, 0, 0 },
    { ngx_string("Lscr"), 0x2112, 0, 0 },
    { ngx_string("Mellintrf"), 0x2133, 0, 0 },
    { ngx_string("Mfr"), 0x1d510, 0, 0 },
    { ngx_string("Mopf"), 0x1d544, 0, 0 },
    { ngx_string("Mscr"), 0x2133, 0, 0 },
    { ngx_string("NegativeMediumSpace"), 0x200b, 0, 0 },
    { ngx_string("NegativeThickSpace"), 0x200b, 0, 0 },
    { ngx_string("NegativeThinSpace"), 0x200b, 0, 0 },
    { ngx_string("NegativeVeryThinSpace"), 0x200b, 0, 0 },
    { ngx_string("NewLine"), '\n', 0, 0 },
    { ngx_string("Nfr"), 0x1d511, 0, 0 },
    { ngx_string("NoBreak"), 0x2060, 0, 0 },
    { ngx_string("NonBreakingSpace"), 0xa0, 0, 0 },
    { ngx_string("Nopf"), 0x2115, 0, 0 },
    { ngx_string("Nscr"), 0x1d4a9, 0, 0 },
    { ngx_string("Ofr"), 0x1d512, 0, 0 },
    { ngx_string("Oopf"), 0x1d546, 0, 0 },
    { ngx_string("Oscr"), 0x1d4aa, 0, 0 },
    { ngx_string("Pfr"), 0x1d513, 0, 0 },
    { ngx_string("Poincareplane"), 0x210c, 0, 0 },
    { ngx_string("Popf"), 0x2119, 0, 0 },
    { ngx_string("Pscr"), 0x1d4ab, 0, 0 },
    { ngx_string("QUOT"), '"', 0, 1 },
    { ngx_string("Qfr"), 0x1d514, 0, 0 },
    { ngx_string("Qopf"), 0x211a, 0, 0 },
    { ngx_string("Qscr"), 0x1d4ac, 0, 0 },
    { ngx_string("Re"), 0x211c, 0, 0 },
    { ngx_string("Rfr"), 0x211c, 0, 0 },
    { ngx_string("Ropf"), 0x211d, 0, 0 },
    { ngx_string("Rscr"), 0x211b, 0, 0 },
    { ngx_string("Sfr"), 0x1d516, 0, 0 },
    { ngx_string("Sopf"), 0x1d54a, 0, 0 },
    { ngx_string("Sscr"), 0x1d4ae, 0, 0 },
    { ngx_string("TRADE"), 0x2122, 0, 0 },
    { ngx_string("Tab"), '\t', 0, 0 },
    { ngx_string("Tfr"), 0x1d517, 0, 0 },
    { ngx_string("Topf"), 0x1d54b, 0, 0 },
    { ngx_string("Tscr"), 0x1d4af, 0, 0 },
    { ngx_string("Ufr"), 0x1d518, 0, 0 },
    { ngx_string("UnderBar"), '_', 0, 0 },
    { ngx_string("Uopf"), 0x1d54c, 0, 0 },
    { ngx_string("Uscr"), 0x1d4b0, 0, 0 },
    { ngx_string("VerticalLine"), '|', 0, 0 },
    { ngx_string("Vfr"), 0x1d519, 0, 0 },
    { ngx_string("Vopf"), 0x1d54d, 0, 0 },
    { ngx_string("Vscr"), 0x1d4b1, 0, 0 },
    { ngx_string("Wfr"), 0x1d51a, 0, 0 },
    { ngx_string("Wopf"), 0x1d54e, 0, 0 },
    { ngx_string("Wscr"), 0x1d4b2, 0, 0 },
    { ngx_string("Xfr"), 0x1d51b, 0, 0 },
    { ngx_string("Xopf"), 0x1d54f, 0, 0 },
    { ngx_string("Xscr"), 0x1d4b3, 0, 0 },
    { ngx_string("Yfr"), 0x1d51c, 0, 0 },
    { ngx_string("Yopf"), 0x1d550, 0, 0 },
    { ngx_string("Yscr"), 0x1d4b4, 0, 0 },
    { ngx_string("ZeroWidthSpace"), 0x200b, 0, 0 },
    { ngx_string("Zfr"), 0x2128, 0, 0 },
    { ngx_string("Zopf"), 0x2124, 0, 0 },
    { ngx_string("Zscr"), 0x1d4b5, 0, 0 },
    { ngx_string("afr"), 0x1d51e, 0, 0 },
    { ngx_string("amp"), '&', 0, 1 },
    { ngx_string("aopf"), 0x1d552, 0, 0 },
    { ngx_string("apos"), '\'', 0, 0 },
    { ngx_string("ascr"), 0x1d4b6, 0, 0 },
    { ngx_string("ast"), '*', 0, 0 },
    { ngx_string("bernou"), 0x212c, 0, 0 },
    { ngx_string("bfr"), 0x1d51f, 0, 0 },
    { ngx_string("bne"), '=', 0x20e5, 0 },
    { ngx_string("bopf"), 0x1d553, 0, 0 },
    { ngx_string("bscr"), 0x1d4b7, 0, 0 },
    { ngx_string("bsol"), '\\', 0, 0 },
    { ngx_string("cfr"), 0x1d520, 0, 0 },
    { ngx_string("circledS"), 0x24c8, 0, 0 },
    { ngx_string("colon"), ':', 0, 0 },
    { ngx_string("comma"), ',', 0, 0 },
    { ngx_string("commat"), '@', 0, 0 },
    { ngx_string("complexes"), 0x2102, 0, 0 },
    { ngx_string("copf"), 0x1d554, 0, 0 },
    { ngx_string("cscr"), 0x1d4b8, 0, 0 },
    { ngx_string("dd"), 0x2146, 0, 0 },
    { ngx_string("dfr"), 0x1d521, 0, 0 },
    { ngx_string("dollar"), '$', 0, 0 },
    { ngx_string("dopf"), 0x1d555, 0, 0 },
    { ngx_string("dscr"), 0x1d4b9, 0, 0 },
    { ngx_string("ee"), 0x2147, 0, 0 },
    { ngx_string("efr"), 0x1d522, 0, 0 },
    { ngx_string("ell"), 0x2113, 0, 0 },
    { ngx_string("eopf"), 0x1d556, 0, 0 },
    { ngx_string("equals"), '=', 0, 0 },
    { ngx_string("escr"), 0x212f, 0, 0 },
    { ngx_string("excl"), '!', 0, 0 },
    { ngx_string("expectation"), 0x2130, 0, 0 },
    { ngx_string("exponentiale"), 0x2147, 0, 0 },
    { ngx_string("ffilig"), 0xfb03, 0, 0 },
    { ngx_string("fflig"), 0xfb00, 0, 0 },
    { ngx_string("ffllig"), 0xfb04, 0, 0 },
    { ngx_string("ffr"), 0x1d523, 0, 0 },
    { ngx_string("filig"), 0xfb01, 0, 0 },
    { ngx_string("fjlig"), 'f', 'j', 0 },
    { ngx_string("fllig"), 0xfb02, 0, 0 },
    { ngx_string("fopf"), 0x1d557, 0, 0 },
    { ngx_string("fscr"), 0x1d4bb, 0, 0 },
    { ngx_string("gfr"), 0x1d524, 0, 0 },
    { ngx_string("gopf"), 0x1d558, 0, 0 },
    { ngx_string("grave"), '`', 0, 0 },
    { ngx_string("gscr"), 0x210a, 0, 0 },
    { ngx_string("gt"), '>', 0, 1 },
    { ngx_string("hamilt"), 0x210b, 0, 0 },
    { ngx_string("hfr"), 0x1d525, 0, 0 },
    { ngx_string("hopf"), 0x1d559, 0, 0 },
    { ngx_string("hscr"), 0x1d4bd, 0, 0 },
    { ngx_string("ifr"), 0x1d526, 0, 0 },
    { ngx_string("ii"), 0x2148, 0, 0 },
    { ngx_string("ijlig"), 0x133, 0, 0 },
    { ngx_string("image"), 0x2111, 0, 0 },
    { ngx_string("imagline"), 0x2110, 0, 0 },
    { ngx_string("imagpart"), 0x2111, 0, 0 },
    { ngx_string("integers"), 0x2124, 0, 0 },
    { ngx_string("iopf"), 0x1d55a, 0, 0 },
    { ngx_string("iscr"), 0x1d4be, 0, 0 },
    { ngx_string("jfr"), 0x1d527, 0, 0 },
    { ngx_string("jopf"), 0x1d55b, 0, 0 },
    { ngx_string("jscr"), 0x1d4bf, 0, 0 },
    { ngx_string("kfr"), 0x1d528, 0, 0 },
    { ngx_string("kopf"), 0x1d55c, 0, 0 },
    { ngx_string("kscr"), 0x1d4c0, 0, 0 },
    { ngx_string("lagran"), 0x2112, 0, 0 },
    { ngx_string("lbrace"), '{', 0, 0 },
    { ngx_string("lbrack"), '[', 0, 0 },
    { ngx_string("lcub"), '{', 0, 0 },
    { ngx_string("lfr"), 0x1d529, 0, 0 },
    { ngx_string("lopf"), 0x1d55d, 0, 0 },
    { ngx_string("lowbar"), '_', 0, 0 },
    { ngx_string("lpar"), '(', 0, 0 },
    { ngx_string("lscr"), 0x1d4c1, 0, 0 },
    { ngx_string("lsqb"), '[', 0, 0 },
    { ngx_string("lt"), '<', 0, 1 },
    { ngx_string("mfr"), 0x1d52a, 0, 0 },
    { ngx_string("midast"), '*', 0, 0 },
    { ngx_string("mopf"), 0x1d55e, 0, 0 },
    { ngx_string("mscr"), 0x1d4c2, 0, 0 },
    { ngx_string("naturals"), 0x2115, 0, 0 },
    { ngx_string("nbsp"), 0xa0, 0, 1 },
    { ngx_string("nfr"), 0x1d52b, 0, 0 },
    { ngx_string("nopf"), 0x1d55f, 0, 0 },
    { ngx_string("nscr"), 0x1d4c3, 0, 0 },
    { ngx_string("num"), '#', 0, 0 },
    { ngx_string("numero"), 0x2116, 0, 0 },
    { ngx_string("nvgt"), '>', 0x20d2, 0 },
    { ngx_string("nvlt"), '<', 0x20d2, 0 },
    { ngx_string("oS"), 0x24c8, 0, 0 },
    { ngx_string("ofr"), 0x1d52c, 0, 0 },
    { ngx_string("oopf"), 0x1d560, 0, 0 },
    { ngx_string("order"), 0x2134, 0, 0 },
    { ngx_string("orderof"), 0x2134, 0, 0 },
    { ngx_string("ordf"), 0xaa, 0, 1 },
    { ngx_string("ordm"), 0xba, 0, 1 },
    { ngx_string("oscr"), 0x2134, 0, 0 },
    { ngx_string("percnt"), '%', 0, 0 },
    { ngx_string("period"), '.', 0, 0 },
    { ngx_string("pfr"), 0x1d52d, 0, 0 },
    { ngx_string("phmmat"), 0x2133, 0, 0 },
    { ngx_string("planckh"), 0x210e, 0, 0 },
    { ngx_string("plus"), '+', 0, 0 },
    { ngx_string("popf"), 0x1d561, 0, 0 },
    { ngx_string("primes"), 0x2119, 0, 0 },
    { ngx_string("pscr"), 0x1d4c5, 0, 0 },
    { ngx_string("qfr"), 0x1d52e, 0, 0 },
    { ngx_string("qopf"), 0x1d562, 0, 0 },
    { ngx_string("qscr"), 0x1d4c6, 0, 0 },
    { ngx_string("quaternions"), 0x210d, 0, 0 },
    { ngx_string("quest"), '?', 0, 0 },
    { ngx_string("quot"), '"', 0, 1 },
    { ngx_string("rationals"), 0x211a, 0, 0 },
    { ngx_string("rbrace"), '}', 0, 0 },
    { ngx_string("rbrack"), ']', 0, 0 },
    { ngx_string("rcub"), '}', 0, 0 },
    { ngx_string("real"), 0x211c, 0, 0 },
    { ngx_string("realine"), 0x211b, 0, 0 },
    { ngx_string("realpart"), 0x211c, 0, 0 },
    { ngx_string("reals"), 0x211d, 0, 0 },
    { ngx_string("rfr"), 0x1d52f, 0, 0 },
    { ngx_string("ropf"), 0x1d563, 0, 0 },
    { ngx_string("rpar"), ')', 0, 0 },
    { ngx_string("rscr"), 0x1d4c7, 0, 0 },
    { ngx_string("rsqb"), ']', 0, 0 },
    { ngx_string("semi"), ';', 0, 0 },
    { ngx_string("sfr"), 0x1d530, 0, 0 },
    { ngx_string("shy"), 0xad, 0, 1 },
    { ngx_string("sol"), '/', 0, 0 },
    { ngx_string("sopf"), 0x1d564, 0, 0 },
    { ngx_string("sscr"), 0x1d4c8, 0, 0 },
    { ngx_string("sup1"), 0xb9, 0, 1 },
    { ngx_string("sup2"), 0xb2, 0, 1 },
    { ngx_string("sup3"), 0xb3, 0, 1 },
    { ngx_string("tfr"), 0x1d531, 0, 0 },
    { ngx_string("topf"), 0x1d565, 0, 0 },
    { ngx_string("trade"), 0x2122, 0, 0 },
    { ngx_string("tscr"), 0x1d4c9, 0, 0 },
    { ngx_string("ufr"), 0x1d532, 0, 0 },
    { ngx_string("uopf"), 0x1d566, 0, 0 },
    { ngx_string("uscr"), 0x1d4ca, 0, 0 },
    { ngx_string("verbar"), '|', 0, 0 },
    { ngx_string("vert"), '|', 0, 0 },
    { ngx_string("vfr"), 0x1d533, 0, 0 },
    { ngx_string("vopf"), 0x1d567, 0, 0 },
    { ngx_string("vscr"), 0x1d4cb, 0, 0 },
    { ngx_string("wfr"), 0x1d534, 0, 0 },
    { ngx_string("wopf"), 0x1d568, 0, 0 },
    { ngx_string("wscr"), 0x1d4cc, 0, 0 },
    { ngx_string("xfr"), 0x1d535, 0, 0 },
    { ngx_string("xopf"), 0x1d569, 0, 0 },
    { ngx_string("xscr"), 0x1d4cd, 0, 0 },
    { ngx_string("yfr"), 0x1d536, 0, 0 },
    { ngx_string("yopf"), 0x1d56a, 0, 0 },
    { ngx_string("yscr"), 0x1d4ce, 0, 0 },
    { ngx_string("zeetrf"), 0x2128, 0, 0 },
    { ngx_string("zfr"), 0x1d537, 0, 0 },
    { ngx_string("zopf"), 0x1d56b, 0, 0 },
    { ngx_string("zscr"), 0x1d4cf, 0, 0 },
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
    size_t                       n;
    uint32_t                     c;
    const ngx_consent_entity_t  *e;

    if (last - p < 3) {
        return 0;
    }

    if (p[1] == '#') {

        n = ngx_consent_entity_numeric(p, last, &c);

        if (n) {
            *len = ngx_consent_entity_utf8(c, text);
        }

        return n;
    }

    e = ngx_consent_entity_named(p, last, &n);

    if (e == NULL) {
        return 0;
    }

    *len = ngx_consent_entity_utf8(e->c, text);

    if (e->next) {
        *len += ngx_consent_entity_utf8(e->next, text + *len);
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


/* The row of "&name;" and the bytes it has, or NULL. */

static const ngx_consent_entity_t *
ngx_consent_entity_named(const u_char *p, const u_char *last, size_t *n)
{
    int                          order;
    size_t                       len, low, high, i;
    const u_char                *name;
    const ngx_consent_entity_t  *e;

    name = p + 1;
    len = 0;

    while (name + len < last && ngx_consent_entity_alnum(name[len])) {
        len++;
    }

    low = 0;
    high = sizeof(ngx_consent_entities) / sizeof(ngx_consent_entities[0]);

    while (low < high) {

        i = low + (high - low) / 2;
        e = &ngx_consent_entities[i];

        order = len ? name[0] - e->name.data[0] : -1;

        if (order == 0) {
            order = memcmp(name, e->name.data,
                           len < e->name.len ? len : e->name.len);
        }

        if (order == 0 && len == e->name.len) {

            if (name + len < last && name[len] == ';') {
                *n = len + 2;
                return e;
            }

            /* "?a=b&lt=c" has none */

            if (e->legacy && !(name + len < last && name[len] == '=')) {
                *n = len + 1;
                return e;
            }

            return NULL;
        }

        if (order < 0 || (order == 0 && len < e->name.len)) {
            high = i;

        } else {
            low = i + 1;
        }
    }

    return NULL;
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
