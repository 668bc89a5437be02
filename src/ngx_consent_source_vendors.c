
#include "ngx_consent_source_vendors.h"


/* bits of the longest entry: a range */
#define NGX_CONSENT_VENDOR_ENTRY   33


/* how entries are read; between below and above nobody asks for an id */

typedef struct {
    uint32_t             max;           /* id */
    uint32_t             below;
    uint32_t             above;
    uint32_t             mask;
    ngx_uint_t           word;          /* that mask goes into */
} ngx_consent_entries_t;


static void ngx_consent_vendors_field(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids, uint32_t max, uint32_t mask);
static void ngx_consent_vendors_ranges(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids, uint32_t max, ngx_uint_t word, uint32_t mask);
static ngx_int_t ngx_consent_vendors_entries(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids, ngx_consent_entries_t *e, ngx_uint_t n);
static uint32_t ngx_consent_vendors_above(const ngx_consent_vendors_t *ids,
    ngx_uint_t i, uint32_t max);
static ngx_uint_t ngx_consent_vendors_first(const ngx_consent_vendors_t *ids,
    uint32_t id);


void
ngx_consent_vendors_init(ngx_consent_vendors_t *ids, const uint32_t *list,
    ngx_uint_t n)
{
    ids->ids = list;
    ids->n = n;

    if (n > NGX_CONSENT_TCF_MAX_VENDORS) {
        ids->n = NGX_CONSENT_TCF_MAX_VENDORS;
    }

    ngx_memzero(ids->vendors, ids->n * sizeof(ngx_consent_vendor_t));
}


/* a bit for each, or ranges of them */

void
ngx_consent_vendors_section(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids, uint32_t mask)
{
    uint32_t  max;

    max = (uint32_t) ngx_consent_bits_get(bits, 16);

    if (ngx_consent_bits_get(bits, 1)) {
        ngx_consent_vendors_ranges(bits, ids, max, NGX_CONSENT_VENDOR_LISTED,
                                   mask);
        return;
    }

    ngx_consent_vendors_field(bits, ids, max, mask);
}


static void
ngx_consent_vendors_field(ngx_consent_bits_t *bits, ngx_consent_vendors_t *ids,
    uint32_t max, uint32_t mask)
{
    size_t      off;
    ngx_uint_t  i;

    off = bits->off;
    ngx_consent_bits_skip(bits, max);

    if (bits->broken) {
        return;
    }

    for (i = 0; i < ids->n && ids->ids[i] <= max; i++) {

        if (ids->ids[i]
            && ngx_consent_bits_window(bits->data, off + ids->ids[i] - 1) >> 63)
        {
            ids->vendors[i][NGX_CONSENT_VENDOR_LISTED] |= mask;
        }
    }
}


void
ngx_consent_vendors_restrictions(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids)
{
    uint32_t    purpose;
    ngx_uint_t  n, type;

    n = (ngx_uint_t) ngx_consent_bits_get(bits, 12);

    while (n-- && !bits->broken) {

        type = (ngx_uint_t) ngx_consent_bits_get(bits, 6 + 2);
        purpose = (uint32_t) type >> 2;
        type &= 3;

        /* of a purpose past the 24th nobody asks */

        purpose = purpose <= 24 ? ngx_consent_tcf_purpose(purpose) : 0;

        ngx_consent_vendors_ranges(bits, ids, NGX_CONSENT_VENDOR_MAX_ID,
                                   NGX_CONSENT_VENDOR_FORBIDDEN + type,
                                   purpose);
    }
}


/* Entries; only where they could pass the end one of them is read alone. */

static void
ngx_consent_vendors_ranges(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids, uint32_t max, ngx_uint_t word, uint32_t mask)
{
    ngx_uint_t             n, fit;
    ngx_consent_entries_t  e;

    e.max = max;
    e.word = word;
    e.mask = mask;
    e.below = 0;
    e.above = ngx_consent_vendors_above(ids, 0, max);

    n = (ngx_uint_t) ngx_consent_bits_get(bits, 12);

    while (n) {

        fit = (bits->end - bits->off) / NGX_CONSENT_VENDOR_ENTRY;
        fit = fit > n ? n : fit ? fit : 1;
        n -= fit;

        if (ngx_consent_vendors_entries(bits, ids, &e, fit) != NGX_OK) {
            bits->off = bits->end;
            bits->broken = 1;
            return;
        }
    }
}


/* n of them, in any order; most end where nobody asks */

static ngx_int_t
ngx_consent_vendors_entries(ngx_consent_bits_t *bits,
    ngx_consent_vendors_t *ids, ngx_consent_entries_t *e, ngx_uint_t n)
{
    size_t         off;
    uint64_t       w;
    uint32_t       start, end, below, above;
    ngx_uint_t     i;
    const u_char  *data;

    off = bits->off;
    data = bits->data;
    below = e->below;
    above = e->above;

    for ( /* void */ ; n; n--) {

        w = ngx_consent_bits_window(data, off);

        if (w >> 63) {
            off += 1 + 16 + 16;
            start = (uint32_t) (w >> 47) & 0xffff;
            end = (uint32_t) (w >> 31) & 0xffff;

            if (start > end) {
                return NGX_ERROR;
            }

        } else {
            off += 1 + 16;
            start = (uint32_t) (w >> 47);
            end = start;
        }

        if (start > below && end < above) {
            continue;
        }

        if (start == 0 || end > e->max) {
            return NGX_ERROR;
        }

        i = ngx_consent_vendors_first(ids, start);

        while (i < ids->n && ids->ids[i] <= end) {
            ids->vendors[i++][e->word] |= e->mask;
        }

        below = i ? ids->ids[i - 1] : 0;
        above = ngx_consent_vendors_above(ids, i, e->max);
    }

    bits->off = off;
    e->below = below;
    e->above = above;

    return off > bits->end ? NGX_ERROR : NGX_OK;
}


static uint32_t
ngx_consent_vendors_above(const ngx_consent_vendors_t *ids, ngx_uint_t i,
    uint32_t max)
{
    return (i < ids->n && ids->ids[i] <= max) ? ids->ids[i] : max + 1;
}


/* the first one that is id or greater */

static ngx_uint_t
ngx_consent_vendors_first(const ngx_consent_vendors_t *ids, uint32_t id)
{
    ngx_uint_t  low, high, middle;

    low = 0;
    high = ids->n;

    while (low < high) {
        middle = (low + high) / 2;

        if (ids->ids[middle] < id) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return low;
}
