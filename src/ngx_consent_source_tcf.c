
/*
 * IAB's TC string (Transparency and Consent Framework 2.2 and 2.3): purposes,
 * special features, and what the vendors that are asked for may do.  A list of
 * vendors is never built: ids that somebody asks for are looked for in it.
 */

#include "ngx_consent_source_int.h"
#include "ngx_consent_source_map.h"
#include "ngx_consent_source_vendors.h"


/* from here on a string says which vendors were disclosed: 1 March 2026 */
#define NGX_CONSENT_TCF_DISCLOSED_SINCE  1772323200

/* no legitimate interest: purposes 1 and 3 to 6 (policies, 4 and later) */
#define NGX_CONSENT_TCF_NO_INTEREST                                           \
    (ngx_consent_tcf_purpose(1) | ngx_consent_tcf_purpose(3)                  \
     | ngx_consent_tcf_purpose(4) | ngx_consent_tcf_purpose(5)                \
     | ngx_consent_tcf_purpose(6))

#define NGX_CONSENT_TCF_VERSION     2
#define NGX_CONSENT_TCF_MIN_POLICY  4


/* bits before the lists of vendors */
#define NGX_CONSENT_TCF_VENDORS     213

#define ngx_consent_tcf_field(data, off, n)                                   \
    (ngx_consent_bits_window(data, off) >> (64 - (n)))


/* types of segments; a core begins with the zeros of its version */

#define NGX_CONSENT_TCF_DISCLOSED   1
#define NGX_CONSENT_TCF_ALLOWED     2       /* obsolete */
#define NGX_CONSENT_TCF_PUBLISHER   3


typedef struct {
    time_t               updated;
    uint32_t             policy;
    uint32_t             specific;      /* of this site, not global */
    uint32_t             features;      /* the first on top of 12 bits */
    uint32_t             consents;      /* ngx_consent_tcf_purpose() */
    uint32_t             interests;

    ngx_uint_t           seen;          /* segments, a bit by type */
    ngx_uint_t           missing;       /* a vendor is not disclosed */

    ngx_consent_vendors_t  asked;
} ngx_consent_tcf_t;


/* a key, and where it is looked for among those that are wanted */

typedef struct {
    ngx_str_t            key;
    u_char               slot;
} ngx_consent_tcf_key_t;


#define SLOT(c, s, n)                                                         \
    ngx_consent_wanted_hash(NGX_CONSENT_KEY_CATEGORY, c, '0' + (n) % 10,      \
                            sizeof(s) - 1)

#define P(n)                                                                  \
    {                                                                         \
        ngx_string("p" #n), SLOT('p', "p" #n, n)                              \
    }

#define F(n)                                                                  \
    {                                                                         \
        ngx_string("sf" #n), SLOT('s', "sf" #n, n)                            \
    }

static const ngx_consent_tcf_key_t  ngx_consent_tcf_purposes[] = {
    P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), P(9), P(10), P(11), P(12),
    P(13), P(14), P(15), P(16), P(17), P(18), P(19), P(20), P(21), P(22),
    P(23), P(24)
};

static const ngx_consent_tcf_key_t  ngx_consent_tcf_features[] = {
    F(1), F(2), F(3), F(4), F(5), F(6), F(7), F(8), F(9), F(10), F(11), F(12)
};


static ngx_int_t ngx_consent_tcf_read(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, u_char *buf, ngx_consent_tcf_t *tcf);
static void ngx_consent_tcf_core(ngx_consent_bits_t *bits,
    ngx_consent_tcf_t *tcf);
static ngx_int_t ngx_consent_tcf_segment(const ngx_consent_asked_t *asked,
    ngx_consent_bits_t *bits, ngx_consent_tcf_t *tcf);
static ngx_uint_t ngx_consent_tcf_undisclosed(const ngx_consent_asked_t *asked,
    ngx_consent_bits_t *bits);
static void ngx_consent_tcf_say(const ngx_consent_asked_t *asked,
    const ngx_consent_tcf_t *tcf, ngx_consent_answer_t *answer,
    ngx_uint_t denials);
static void ngx_consent_tcf_say_bits(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer, const ngx_consent_tcf_key_t *keys,
    uint32_t bits, ngx_uint_t n, ngx_uint_t denials);
static void ngx_consent_tcf_say_vendor(const ngx_consent_tcf_t *tcf,
    ngx_consent_answer_t *answer, uint32_t id, const uint32_t *words);
static void ngx_consent_tcf_key(ngx_consent_answer_t *answer, uint32_t id,
    ngx_uint_t yes);


void
ngx_consent_source_tcf(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_str_t  s;

    answer->state = NGX_CONSENT_INVALID;
    s = *value;

    if (ngx_consent_source_unescape(asked, &s) == NGX_OK
        && ngx_consent_source_tc_string(asked, &s, asked->buf, answer, 1)
           == NGX_OK)
    {
        answer->state = NGX_CONSENT_DECIDED;
    }
}


ngx_int_t
ngx_consent_source_unescape(const ngx_consent_asked_t *asked, ngx_str_t *s)
{
    size_t  len;

    if (s->len > NGX_CONSENT_SOURCE_MAX_VALUE) {
        return NGX_ERROR;
    }

    if (memchr(s->data, '%', s->len) == NULL) {
        return NGX_OK;
    }

    if (ngx_consent_source_percent(asked->more, s, &len) != NGX_OK) {
        return NGX_ERROR;
    }

    s->data = asked->more;
    s->len = len;

    return NGX_OK;
}


ngx_int_t
ngx_consent_source_tc_string(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, u_char *buf, ngx_consent_answer_t *answer,
    ngx_uint_t denials)
{
    ngx_uint_t         required;
    ngx_consent_tcf_t  tcf;

    if (ngx_consent_tcf_read(asked, value, buf, &tcf) != NGX_OK) {
        return NGX_ERROR;
    }

    /* what is read well, and yet is no answer for this site */

    if (tcf.policy < NGX_CONSENT_TCF_MIN_POLICY || !tcf.specific) {
        return NGX_DECLINED;
    }

    required = asked->disclosed_any || asked->ndisclosed;

    if (tcf.missing
        || (required && tcf.updated >= NGX_CONSENT_TCF_DISCLOSED_SINCE
            && !(tcf.seen & 1 << NGX_CONSENT_TCF_DISCLOSED)))
    {
        return NGX_DECLINED;
    }

    answer->time = tcf.updated;
    ngx_consent_tcf_say(asked, &tcf, answer, denials);

    return NGX_OK;
}


/* The whole string, every segment of it; NGX_ERROR: something does not fit. */

static ngx_int_t
ngx_consent_tcf_read(const ngx_consent_asked_t *asked, const ngx_str_t *value,
    u_char *buf, ngx_consent_tcf_t *tcf)
{
    u_char              *p, *dot, *last, *end;
    ngx_consent_bits_t   bits;

    p = value->data;
    last = p + value->len;

    ngx_consent_vendors_init(&tcf->asked, asked->vendors, asked->nvendors);
    tcf->seen = 0;
    tcf->missing = 0;

    for ( ;; ) {

        dot = memchr(p, '.', last - p);
        end = dot ? dot : last;

        if (ngx_consent_bits_init(&bits, buf, p, end - p) != NGX_OK) {
            return NGX_ERROR;
        }

        if (p == value->data) {

            if (ngx_consent_bits_get(&bits, 6) != NGX_CONSENT_TCF_VERSION) {
                return NGX_ERROR;
            }

            ngx_consent_tcf_core(&bits, tcf);

        } else if (ngx_consent_tcf_segment(asked, &bits, tcf) != NGX_OK) {
            return NGX_ERROR;
        }

        if (bits.broken) {
            return NGX_ERROR;
        }

        if (dot == NULL) {
            return NGX_OK;
        }

        p = dot + 1;
    }
}


/* fields before those of vendors are at the same bits in every string */

static void
ngx_consent_tcf_core(ngx_consent_bits_t *bits, ngx_consent_tcf_t *tcf)
{
    const u_char  *data;

    data = bits->data;

    ngx_consent_bits_skip(bits, NGX_CONSENT_TCF_VENDORS - bits->off);

    if (bits->broken) {
        return;
    }

    tcf->updated = ngx_consent_source_time(
                       ngx_consent_tcf_field(data, 42, 36) / 10);
    tcf->policy = (uint32_t) ngx_consent_tcf_field(data, 132, 6);
    tcf->specific = (uint32_t) ngx_consent_tcf_field(data, 138, 1);
    tcf->features = (uint32_t) ngx_consent_tcf_field(data, 140, 12);
    tcf->consents = (uint32_t) ngx_consent_tcf_field(data, 152, 24);
    tcf->interests = (uint32_t) ngx_consent_tcf_field(data, 176, 24);

    ngx_consent_vendors_section(bits, &tcf->asked,
                                NGX_CONSENT_VENDOR_BY_CONSENT);
    ngx_consent_vendors_section(bits, &tcf->asked,
                                NGX_CONSENT_VENDOR_BY_INTEREST);
    ngx_consent_vendors_restrictions(bits, &tcf->asked);
}


static ngx_int_t
ngx_consent_tcf_segment(const ngx_consent_asked_t *asked,
    ngx_consent_bits_t *bits, ngx_consent_tcf_t *tcf)
{
    ngx_uint_t              type;
    ngx_consent_vendors_t  *ids;

    type = (ngx_uint_t) ngx_consent_bits_get(bits, 3);

    /* of two of a type either one might be meant */

    if (tcf->seen & (ngx_uint_t) 1 << type) {
        return NGX_ERROR;
    }

    tcf->seen |= (ngx_uint_t) 1 << type;
    ids = &tcf->asked;

    switch (type) {

    case NGX_CONSENT_TCF_DISCLOSED:

        if (asked->ndisclosed) {
            tcf->missing = ngx_consent_tcf_undisclosed(asked, bits);
        }

        ngx_consent_vendors_section(bits, ids, NGX_CONSENT_VENDOR_TO_USER);
        return NGX_OK;

    case NGX_CONSENT_TCF_ALLOWED:
        ngx_consent_vendors_section(bits, ids, 0);
        return NGX_OK;

    case NGX_CONSENT_TCF_PUBLISHER:
        ngx_consent_bits_skip(bits, 24 + 24);
        ngx_consent_bits_skip(bits, 2 * ngx_consent_bits_get(bits, 6));
        return NGX_OK;

    default:
        return NGX_ERROR;
    }
}


/* 1: a vendor that must be disclosed is not; the bits stay where they are */

static ngx_uint_t
ngx_consent_tcf_undisclosed(const ngx_consent_asked_t *asked,
    ngx_consent_bits_t *bits)
{
    ngx_uint_t             i;
    ngx_consent_bits_t     copy;
    ngx_consent_vendors_t  ids;

    if (asked->ndisclosed > NGX_CONSENT_TCF_MAX_VENDORS) {
        return 1;
    }

    ngx_consent_vendors_init(&ids, asked->disclosed, asked->ndisclosed);

    copy = *bits;
    ngx_consent_vendors_section(&copy, &ids, NGX_CONSENT_VENDOR_TO_USER);

    for (i = 0; i < ids.n; i++) {

        if (ids.vendors[i][NGX_CONSENT_VENDOR_LISTED] == 0) {
            return 1;
        }
    }

    return 0;
}


/* vendors by their numbers */

static void
ngx_consent_tcf_say(const ngx_consent_asked_t *asked,
    const ngx_consent_tcf_t *tcf, ngx_consent_answer_t *answer,
    ngx_uint_t denials)
{
    ngx_uint_t  i;

    ngx_consent_tcf_say_bits(asked, answer, ngx_consent_tcf_purposes,
                             tcf->consents, 24, denials);
    ngx_consent_tcf_say_bits(asked, answer, ngx_consent_tcf_features,
                             tcf->features, 12, denials);

    for (i = 0; i < asked->nvendors; i++) {
        ngx_consent_tcf_say_vendor(tcf, answer, asked->vendors[i],
                       i < tcf->asked.n ? tcf->asked.vendors[i] : NULL);
    }
}


/* of n bits the first is on top */

static void
ngx_consent_tcf_say_bits(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer, const ngx_consent_tcf_key_t *keys,
    uint32_t bits, ngx_uint_t n, ngx_uint_t denials)
{
    ngx_uint_t                    yes;
    const uint16_t               *slots;
    const ngx_consent_tcf_key_t  *key;

    slots = asked->slots;

    for (key = keys; n--; key++) {

        if (slots && slots[key->slot] == NGX_CONSENT_WANTED_NONE) {
            continue;
        }

        yes = bits >> n & 1;

        if (yes || denials) {
            ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &key->key,
                                   yes);
        }
    }
}


/* A vendor that was not disclosed may do nothing, whatever is said of it. */

static void
ngx_consent_tcf_say_vendor(const ngx_consent_tcf_t *tcf,
    ngx_consent_answer_t *answer, uint32_t id, const uint32_t *words)
{
    uint32_t  listed, consent, interest, not;

    consent = 0;
    interest = 0;
    listed = words ? words[NGX_CONSENT_VENDOR_LISTED] : 0;

    if (tcf->seen & 1 << NGX_CONSENT_TCF_DISCLOSED
        && !(listed & NGX_CONSENT_VENDOR_TO_USER))
    {
        listed = 0;
    }

    if (listed) {
        not = words[NGX_CONSENT_VENDOR_FORBIDDEN]
              | words[NGX_CONSENT_VENDOR_UNKNOWN];

        if (listed & NGX_CONSENT_VENDOR_BY_CONSENT) {
            consent = tcf->consents
                      & ~(not | words[NGX_CONSENT_VENDOR_INTEREST]);
        }

        if (listed & NGX_CONSENT_VENDOR_BY_INTEREST) {
            interest = tcf->interests
                       & ~(not | words[NGX_CONSENT_VENDOR_CONSENT]
                           | NGX_CONSENT_TCF_NO_INTEREST);
        }
    }

    ngx_consent_tcf_key(answer, id, listed & NGX_CONSENT_VENDOR_BY_CONSENT);

    if (answer->vendor) {
        answer->vendor(answer->data, id, consent, interest);
    }
}


static void
ngx_consent_tcf_key(ngx_consent_answer_t *answer, uint32_t id, ngx_uint_t yes)
{
    u_char   buf[sizeof("4294967295")];
    u_char  *p, *last;

    last = buf + sizeof(buf);
    p = last;

    do {
        *--p = (u_char) ('0' + id % 10);
        id /= 10;
    } while (id);

    answer->said(answer->data, NGX_CONSENT_KEY_VENDOR, p, last - p, yes);
}
