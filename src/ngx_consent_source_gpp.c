
/*
 * IAB's GPP string (Global Privacy Platform): a header that lists sections, and
 * a section for each.  Those of the United States have opt-outs.
 */

#include "ngx_consent_source_int.h"
#include "ngx_consent_source_bits.h"


/* a header of all sections there are has 22 characters; longer: invalid */
#define NGX_CONSENT_GPP_MAX_HEADER   64
#define NGX_CONSENT_GPP_ROOM  ngx_consent_bits_room(NGX_CONSENT_GPP_MAX_HEADER)

/* the greatest number of a section; beyond: invalid */
#define NGX_CONSENT_GPP_MAX_SECTION  1023

#define NGX_CONSENT_GPP_TYPE         3
#define NGX_CONSENT_GPP_VERSION      1

#define NGX_CONSENT_GPP_TCF          2
#define NGX_CONSENT_GPP_USP          6
#define NGX_CONSENT_GPP_US           7      /* from national */
#define NGX_CONSENT_GPP_US_END       28

#define NGX_CONSENT_GPP_US_VERSIONS  2
#define NGX_CONSENT_GPP_US_GPC       1      /* type of a subsection */


/* what is sold, shared, or used to target */

#define NGX_CONSENT_GPP_SALE         1
#define NGX_CONSENT_GPP_SHARING      2
#define NGX_CONSENT_GPP_TARGETED     4
#define NGX_CONSENT_GPP_ALL          7


/* the sections that a header lists, one after the other; ascending */

typedef struct {
    ngx_consent_bits_t   bits;
    ngx_uint_t           entries;       /* not yet read */
    ngx_uint_t           id;
    ngx_uint_t           end;           /* of the range that id is in */
} ngx_consent_gpp_list_t;


typedef struct {
    uint64_t             applies;       /* a bit by id */
    ngx_uint_t           denied;
    ngx_uint_t           accepted;
} ngx_consent_gpp_t;


/* where a section has its opt-outs: two-bit fields before, then these */

typedef struct {
    u_char               before;
    u_char               fields[3];
} ngx_consent_gpp_us_t;


static ngx_int_t ngx_consent_gpp_read(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_gpp_list_t *list,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_gpp_section(const ngx_consent_asked_t *asked,
    ngx_uint_t id, const ngx_str_t *s, ngx_consent_gpp_t *gpp,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_gpp_tcf(const ngx_consent_asked_t *asked,
    const ngx_str_t *s, ngx_consent_answer_t *answer);
static void ngx_consent_gpp_silent(void *data, ngx_consent_key_e of,
    const u_char *key, size_t len, ngx_uint_t yes);
static ngx_int_t ngx_consent_gpp_usp(const ngx_str_t *s,
    ngx_consent_gpp_t *gpp);
static ngx_int_t ngx_consent_gpp_us(const ngx_consent_asked_t *asked,
    ngx_uint_t id, const ngx_str_t *s, ngx_consent_gpp_t *gpp);
static void ngx_consent_gpp_us_core(ngx_consent_bits_t *bits,
    const ngx_consent_gpp_us_t *us, ngx_consent_gpp_t *gpp);
static void ngx_consent_gpp_say(const ngx_consent_gpp_t *gpp,
    ngx_consent_answer_t *answer);
static uint64_t ngx_consent_gpp_applies(const ngx_consent_asked_t *asked,
    const ngx_consent_gpp_list_t *list);
static uint64_t ngx_consent_gpp_sids(const ngx_str_t *value);
static ngx_uint_t ngx_consent_gpp_next(ngx_consent_gpp_list_t *list);
static ngx_uint_t ngx_consent_gpp_fibonacci(ngx_consent_bits_t *bits);


#define SALE      NGX_CONSENT_GPP_SALE
#define SHARING   NGX_CONSENT_GPP_SHARING
#define TARGETED  NGX_CONSENT_GPP_TARGETED

static const ngx_consent_gpp_us_t  ngx_consent_gpp_us_sections[] = {

    { 6, { SALE, SHARING, TARGETED } },     /*  7  national */
    { 3, { SALE, SHARING, 0 } },            /*  8  California */
    { 3, { SALE, TARGETED, 0 } },           /*  9  Virginia */
    { 3, { SALE, TARGETED, 0 } },           /* 10  Colorado */
    { 4, { SALE, TARGETED, 0 } },           /* 11  Utah */
    { 3, { SALE, TARGETED, 0 } },           /* 12  Connecticut */
    { 3, { SALE, TARGETED, 0 } },           /* 13  Florida */
    { 3, { SALE, TARGETED, 0 } },           /* 14  Montana */
    { 3, { SALE, TARGETED, 0 } },           /* 15  Oregon */
    { 3, { SALE, TARGETED, 0 } },           /* 16  Texas */
    { 3, { SALE, TARGETED, 0 } },           /* 17  Delaware */
    { 4, { SALE, TARGETED, 0 } },           /* 18  Iowa */
    { 3, { SALE, TARGETED, 0 } },           /* 19  Nebraska */
    { 3, { SALE, TARGETED, 0 } },           /* 20  New Hampshire */
    { 3, { SALE, TARGETED, 0 } },           /* 21  New Jersey */
    { 3, { SALE, TARGETED, 0 } },           /* 22  Tennessee */
    { 3, { SALE, TARGETED, 0 } },           /* 23  Minnesota */
    { 5, { SALE, TARGETED, 0 } },           /* 24  Maryland */
    { 5, { SALE, TARGETED, 0 } },           /* 25  Indiana */
    { 5, { SALE, TARGETED, 0 } },           /* 26  Kentucky */
    { 5, { SALE, TARGETED, 0 } },           /* 27  Rhode Island */
};

#undef SALE
#undef SHARING
#undef TARGETED


ngx_uint_t
ngx_consent_source_gpp_named(const ngx_str_t *name)
{
    return ngx_consent_source_is(name, "__gpp")
           || ngx_consent_source_is(name, "OTGPPConsent")
           || ngx_consent_source_is(name, "gpp");
}


void
ngx_consent_source_gpp(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    u_char                  *p, header[NGX_CONSENT_GPP_ROOM];
    size_t                   len;
    ngx_str_t                s;
    ngx_consent_gpp_list_t   list;

    answer->state = NGX_CONSENT_INVALID;
    s = *value;

    if (ngx_consent_source_unescape(asked, &s) != NGX_OK || s.len == 0) {
        return;
    }

    p = memchr(s.data, '~', s.len);
    len = p ? (size_t) (p - s.data) : s.len;

    /* a TC string alone is one too (the version of its core makes it a C) */

    if (p == NULL && s.data[0] == 'C') {

        if (ngx_consent_gpp_tcf(asked, &s, answer) == NGX_OK) {
            answer->state = NGX_CONSENT_DECIDED;
        }

        return;
    }

    ngx_memzero(&list, sizeof(ngx_consent_gpp_list_t));

    if (len > NGX_CONSENT_GPP_MAX_HEADER
        || ngx_consent_bits_init(&list.bits, header, s.data, len) != NGX_OK
        || ngx_consent_bits_get(&list.bits, 6) != NGX_CONSENT_GPP_TYPE
        || ngx_consent_bits_get(&list.bits, 6) != NGX_CONSENT_GPP_VERSION)
    {
        return;
    }

    list.entries = (ngx_uint_t) ngx_consent_bits_get(&list.bits, 12);

    if (list.bits.broken) {
        return;
    }

    if (list.entries == 0) {
        answer->state = p ? NGX_CONSENT_INVALID : NGX_CONSENT_UNSET;
        return;
    }

    s.data += len;
    s.len -= len;

    if (ngx_consent_gpp_read(asked, &s, &list, answer) == NGX_OK) {
        answer->state = NGX_CONSENT_DECIDED;
    }
}


/* value is what follows the header, each section with a '~' before it */

static ngx_int_t
ngx_consent_gpp_read(const ngx_consent_asked_t *asked, const ngx_str_t *value,
    ngx_consent_gpp_list_t *list, ngx_consent_answer_t *answer)
{
    u_char             *p, *last, *end;
    ngx_str_t           s;
    ngx_uint_t          id;
    ngx_consent_gpp_t   gpp;

    gpp.applies = ngx_consent_gpp_applies(asked, list);
    gpp.denied = 0;
    gpp.accepted = 0;

    p = value->data;
    last = p + value->len;

    while (p < last) {
        p++;

        end = memchr(p, '~', last - p);
        end = end ? end : last;

        s.data = p;
        s.len = end - p;
        p = end;

        id = ngx_consent_gpp_next(list);

        if (id == 0 || s.len == 0
            || ngx_consent_gpp_section(asked, id, &s, &gpp, answer) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (ngx_consent_gpp_next(list) || list->bits.broken) {
        return NGX_ERROR;
    }

    ngx_consent_gpp_say(&gpp, answer);

    return NGX_OK;
}


/*
 * One that does not apply has to be whole, too.  Of one that nobody here can
 * read nothing is known but that it is there.
 */

static ngx_int_t
ngx_consent_gpp_section(const ngx_consent_asked_t *asked, ngx_uint_t id,
    const ngx_str_t *s, ngx_consent_gpp_t *gpp, ngx_consent_answer_t *answer)
{
    ngx_consent_gpp_t     unused;
    ngx_consent_answer_t  silent;

    if (id >= 64 || !(gpp->applies >> id & 1)) {
        unused = *gpp;
        gpp = &unused;

        silent = *answer;
        silent.said = ngx_consent_gpp_silent;
        silent.vendor = NULL;
        answer = &silent;
    }

    if (id == NGX_CONSENT_GPP_TCF) {
        return ngx_consent_gpp_tcf(asked, s, answer);
    }

    if (id == NGX_CONSENT_GPP_USP) {
        return ngx_consent_gpp_usp(s, gpp);
    }

    if (id >= NGX_CONSENT_GPP_US && id < NGX_CONSENT_GPP_US_END) {
        return ngx_consent_gpp_us(asked, id, s, gpp);
    }

    return NGX_OK;
}


/* It alone has a time, which is not the opt-outs': the string has none. */

static ngx_int_t
ngx_consent_gpp_tcf(const ngx_consent_asked_t *asked, const ngx_str_t *s,
    ngx_consent_answer_t *answer)
{
    ngx_int_t  rc;

    rc = ngx_consent_source_tc_string(asked, s, asked->buf, answer, 0);
    answer->time = 0;

    return rc == NGX_ERROR ? NGX_ERROR : NGX_OK;
}


static void
ngx_consent_gpp_silent(void *data, ngx_consent_key_e of, const u_char *key,
    size_t len, ngx_uint_t yes)
{
    /* void */
}


/* "1YNN": version, notice, opt-out of sale, agreement; "-" is none */

static ngx_int_t
ngx_consent_gpp_usp(const ngx_str_t *s, ngx_consent_gpp_t *gpp)
{
    u_char      ch;
    ngx_uint_t  i;

    if (s->len != 4 || s->data[0] != '1') {
        return NGX_ERROR;
    }

    for (i = 1; i < 4; i++) {
        ch = ngx_consent_tolower(s->data[i]);

        if (ch != 'y' && ch != 'n' && ch != '-') {
            return NGX_ERROR;
        }
    }

    ch = ngx_consent_tolower(s->data[2]);

    if (ch == 'y') {
        gpp->denied |= NGX_CONSENT_GPP_SALE;

    } else if (ch == 'n') {
        gpp->accepted |= NGX_CONSENT_GPP_SALE;
    }

    return NGX_OK;
}


/* Subsections, the core first; GPC refuses whatever the core says. */

static ngx_int_t
ngx_consent_gpp_us(const ngx_consent_asked_t *asked, ngx_uint_t id,
    const ngx_str_t *s, ngx_consent_gpp_t *gpp)
{
    u_char              *p, *dot, *last, *end;
    ngx_consent_bits_t   bits;

    p = s->data;
    last = p + s->len;

    for ( ;; ) {

        dot = memchr(p, '.', last - p);
        end = dot ? dot : last;

        if (ngx_consent_bits_init(&bits, asked->buf, p, end - p) != NGX_OK) {
            return NGX_ERROR;
        }

        if (p == s->data) {
            ngx_consent_gpp_us_core(&bits,
                     &ngx_consent_gpp_us_sections[id - NGX_CONSENT_GPP_US],
                     gpp);

        } else if (ngx_consent_bits_get(&bits, 2) == NGX_CONSENT_GPP_US_GPC
                   && ngx_consent_bits_get(&bits, 1))
        {
            gpp->denied |= NGX_CONSENT_GPP_ALL;
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


/* 0: not applicable, 1: opted out, 2: did not opt out; 3 is in doubt */

static void
ngx_consent_gpp_us_core(ngx_consent_bits_t *bits,
    const ngx_consent_gpp_us_t *us, ngx_consent_gpp_t *gpp)
{
    ngx_uint_t  i, said;

    /* of a version that is not known the fields may be elsewhere */

    if (ngx_consent_bits_get(bits, 6) - 1 >= NGX_CONSENT_GPP_US_VERSIONS) {
        bits->broken = 1;
        return;
    }

    ngx_consent_bits_skip(bits, 2 * us->before);

    for (i = 0; i < 3 && us->fields[i]; i++) {
        said = (ngx_uint_t) ngx_consent_bits_get(bits, 2);

        if (said & 1) {
            gpp->denied |= us->fields[i];

        } else if (said) {
            gpp->accepted |= us->fields[i];
        }
    }
}


static void
ngx_consent_gpp_say(const ngx_consent_gpp_t *gpp,
    ngx_consent_answer_t *answer)
{
    ngx_uint_t  i, yes, no;

    static const ngx_str_t  keys[] = {
        ngx_string("sale"),
        ngx_string("sharing"),
        ngx_string("targeted")
    };

    for (i = 0; i < 3; i++) {
        no = gpp->denied >> i & 1;
        yes = gpp->accepted >> i & 1;

        if (no || yes) {
            answer->said(answer->data, NGX_CONSENT_KEY_CATEGORY, keys[i].data,
                         keys[i].len, !no);
        }
    }
}


/*
 * The sections that apply to this visitor, if a __gpp_sid names any that the
 * string has.  Otherwise all do: who can only deny denies once too often.
 */

static uint64_t
ngx_consent_gpp_applies(const ngx_consent_asked_t *asked,
    const ngx_consent_gpp_list_t *list)
{
    uint64_t                applies, present;
    ngx_str_t               value;
    ngx_uint_t              id;
    ngx_consent_jar_at_t    at;
    ngx_consent_gpp_list_t  copy;

    static const ngx_str_t  name = ngx_string("__gpp_sid");

    if (asked->jar == NULL) {
        return ~(uint64_t) 0;
    }

    applies = 0;
    ngx_memzero(&at, sizeof(ngx_consent_jar_at_t));

    while (ngx_consent_jar_find(asked->jar, &at, &name, &value) == NGX_OK) {
        applies |= ngx_consent_gpp_sids(&value);
    }

    if (applies == 0) {
        return ~(uint64_t) 0;
    }

    present = 0;
    copy = *list;

    for ( ;; ) {
        id = ngx_consent_gpp_next(&copy);

        if (id == 0 || id >= 64) {
            break;
        }

        present |= (uint64_t) 1 << id;
    }

    return (applies & present) ? applies : ~(uint64_t) 0;
}


/* "7,8", also with "%2C" or "_" between; all bits: it cannot be read */

static uint64_t
ngx_consent_gpp_sids(const ngx_str_t *value)
{
    u_char      *p, *last;
    uint64_t     sids;
    ngx_uint_t   id;

    p = value->data;
    last = p + value->len;
    sids = 0;

    while (p < last) {

        id = 0;

        while (p < last && *p >= '0' && *p <= '9') {
            id = id <= NGX_CONSENT_GPP_MAX_SECTION ? id * 10 + (*p - '0') : id;
            p++;
        }

        if (id && id < 64) {
            sids |= (uint64_t) 1 << id;
        }

        if (p == last) {
            break;
        }

        if (last - p >= 3 && p[0] == '%' && p[1] == '2'
            && (p[2] == 'C' || p[2] == 'c'))
        {
            p += 3;

        } else if (*p == ',' || *p == '_') {
            p++;

        } else {
            return ~(uint64_t) 0;
        }
    }

    return sids;
}


/* The next section's id; 0: there is none, or the header is broken. */

static ngx_uint_t
ngx_consent_gpp_next(ngx_consent_gpp_list_t *list)
{
    ngx_uint_t  range, offset;

    if (list->id < list->end) {
        return ++list->id;
    }

    if (list->entries == 0 || list->bits.broken) {
        return 0;
    }

    list->entries--;

    range = (ngx_uint_t) ngx_consent_bits_get(&list->bits, 1);

    list->id += ngx_consent_gpp_fibonacci(&list->bits);
    offset = range ? ngx_consent_gpp_fibonacci(&list->bits) : 0;
    list->end = list->id + offset;

    if (list->end > NGX_CONSENT_GPP_MAX_SECTION) {
        list->bits.broken = 1;
    }

    return list->bits.broken ? 0 : list->id;
}


/*
 * A sum of Fibonacci's numbers, the smallest first; no two of a sum follow each
 * other, so that two ones are its end.
 */

static ngx_uint_t
ngx_consent_gpp_fibonacci(ngx_consent_bits_t *bits)
{
    ngx_uint_t  bit, before, n, number, next, sum;

    number = 1;
    next = 2;
    before = 0;
    n = 0;

    while (number <= NGX_CONSENT_GPP_MAX_SECTION) {

        bit = (ngx_uint_t) ngx_consent_bits_get(bits, 1);

        if (bit && before) {
            return n;
        }

        if (bits->broken) {
            break;
        }

        n += bit ? number : 0;
        before = bit;

        sum = number + next;
        number = next;
        next = sum;
    }

    bits->broken = 1;

    return 0;
}
