
#include "ngx_consent_url_idna.h"


/* a label that is being read */

typedef struct {
    uint32_t             points[NGX_CONSENT_IDNA_LABEL];
    size_t               n;
    unsigned             cut:1;         /* its beginning is already out */
} ngx_consent_idna_label_t;


static ngx_int_t ngx_consent_idna_map(ngx_consent_url_out_t *out,
    ngx_consent_idna_label_t *label, uint32_t c);
static ngx_int_t ngx_consent_idna_char(ngx_consent_url_out_t *out,
    ngx_consent_idna_label_t *label, uint32_t c);
static ngx_int_t ngx_consent_idna_label(ngx_consent_url_out_t *out,
    ngx_consent_idna_label_t *label);
static void ngx_consent_idna_plain(ngx_consent_url_out_t *out,
    const ngx_consent_idna_label_t *label);
static void ngx_consent_idna_punycode(ngx_consent_url_out_t *out,
    const uint32_t *points, size_t n);
static size_t ngx_consent_idna_decode(const u_char *p, const u_char *last,
    uint32_t points[NGX_CONSENT_IDNA_POINTS]);
static uint32_t ngx_consent_idna_threshold(uint32_t k, uint32_t bias);
static uint32_t ngx_consent_idna_adapt(uint32_t delta, uint32_t n,
    ngx_uint_t first);


ngx_int_t
ngx_consent_idna(ngx_consent_url_out_t *out, const u_char *p,
    const u_char *last)
{
    size_t                     n;
    uint32_t                   c;
    ngx_consent_idna_label_t   label;

    label.n = 0;
    label.cut = 0;

    while (p < last) {

        if (*p < 0x80) {
            c = ngx_consent_tolower(*p);
            n = 1;

            if (ngx_consent_idna_char(out, &label, c) != NGX_OK) {
                return NGX_ERROR;
            }

        } else {
            n = ngx_consent_url_utf8(p, last, &c);

            if (n == 0 || ngx_consent_idna_map(out, &label, c) != NGX_OK) {
                return NGX_ERROR;
            }
        }

        p += n;
    }

    return ngx_consent_idna_label(out, &label);
}


static ngx_int_t
ngx_consent_idna_map(ngx_consent_url_out_t *out,
    ngx_consent_idna_label_t *label, uint32_t c)
{
    uint32_t       value;
    const u_char  *p, *last;

    switch (ngx_consent_idna_find(c, &value)) {

    case NGX_CONSENT_IDNA_FORBIDDEN:
        return NGX_ERROR;

    case NGX_CONSENT_IDNA_LOST:
        return NGX_OK;

    case NGX_CONSENT_IDNA_STRING:

        p = (const u_char *) ngx_consent_idna_strings
            + ngx_consent_idna_offsets[value];
        last = (const u_char *) ngx_consent_idna_strings
               + ngx_consent_idna_offsets[value + 1];

        while (p < last) {

            if (*p < 0x80) {
                c = *p++;

            } else {
                p += ngx_consent_url_utf8(p, last, &c);
            }

            if (ngx_consent_idna_char(out, label, c) != NGX_OK) {
                return NGX_ERROR;
            }
        }

        return NGX_OK;

    default:
        return ngx_consent_idna_char(out, label, value);
    }
}


ngx_consent_idna_e
ngx_consent_idna_find(uint32_t c, uint32_t *value)
{
    ngx_uint_t                     low, high, i;
    const ngx_consent_idna_row_t  *row;

    *value = c;

    low = 0;
    high = ngx_consent_idna_nrows;

    /* the last row that begins at c or before it */

    while (high - low > 1) {

        i = low + (high - low) / 2;

        if (ngx_consent_idna_rows[i].first <= c) {
            low = i;

        } else {
            high = i;
        }
    }

    row = &ngx_consent_idna_rows[low];

    if (c < row->first || c - row->first >= row->count) {
        return NGX_CONSENT_IDNA_SAME;
    }

    c -= row->first;

    switch (row->kind) {

    case NGX_CONSENT_IDNA_SECOND:

        if (c & 1) {
            return NGX_CONSENT_IDNA_SAME;
        }

        /* fall through */

    case NGX_CONSENT_IDNA_SHIFT:
        *value = row->value + c;
        break;

    case NGX_CONSENT_IDNA_LIST:

        if (ngx_consent_idna_list[row->value + c] == 0) {
            return NGX_CONSENT_IDNA_SAME;
        }

        *value = ngx_consent_idna_list[row->value + c];

        if (*value >= NGX_CONSENT_IDNA_ASTRAL
            && *value < NGX_CONSENT_IDNA_ASTRAL + 0x800)
        {
            *value = ngx_consent_idna_astral[*value - NGX_CONSENT_IDNA_ASTRAL];
        }

        break;

    case NGX_CONSENT_IDNA_STRING:
        *value = row->value + c;
        break;

    default:
        break;
    }

    return row->kind;
}


static ngx_int_t
ngx_consent_idna_char(ngx_consent_url_out_t *out,
    ngx_consent_idna_label_t *label, uint32_t c)
{
    if (c == '.') {

        if (ngx_consent_idna_label(out, label) != NGX_OK) {
            return NGX_ERROR;
        }

        ngx_consent_url_put(out, '.');

        label->n = 0;
        label->cut = 0;

        return NGX_OK;
    }

    /* one character is taken apart to four at most */

    if (label->n + 4 > NGX_CONSENT_IDNA_LABEL) {
        ngx_consent_idna_plain(out, label);
        label->n = 0;
        label->cut = 1;
    }

    ngx_consent_idna_add(label->points, &label->n, c);

    return NGX_OK;
}


/* Adds a label that has been read. */

static ngx_int_t
ngx_consent_idna_label(ngx_consent_url_out_t *out,
    ngx_consent_idna_label_t *label)
{
    size_t      i;
    uint32_t   *c, all;

    c = label->points;

    for (all = 0, i = 0; i < label->n; i++) {
        all |= c[i];
    }

    if (all < 0x80) {
        ngx_consent_idna_plain(out, label);
        return NGX_OK;
    }

    label->n = ngx_consent_idna_compose(c, label->n);

    if (label->cut || label->n > NGX_CONSENT_IDNA_POINTS) {
        ngx_consent_idna_plain(out, label);
        return NGX_OK;
    }

    /* encoded already, but not ASCII: no name */

    if (label->n > 4 && c[0] == 'x' && c[1] == 'n' && c[2] == '-'
        && c[3] == '-')
    {
        return NGX_ERROR;
    }

    ngx_consent_idna_punycode(out, c, label->n);

    return NGX_OK;
}


static void
ngx_consent_idna_plain(ngx_consent_url_out_t *out,
    const ngx_consent_idna_label_t *label)
{
    size_t  i;

    for (i = 0; i < label->n; i++) {
        ngx_consent_url_put_utf8(out,
                                 label->points[i] & NGX_CONSENT_IDNA_POINT);
    }
}


/* RFC 3492; the names are its own, but for delta's limit: n is small. */

#define NGX_CONSENT_PUNYCODE_BASE  36
#define NGX_CONSENT_PUNYCODE_TMIN  1
#define NGX_CONSENT_PUNYCODE_TMAX  26
#define NGX_CONSENT_PUNYCODE_SKEW  38
#define NGX_CONSENT_PUNYCODE_DAMP  700
#define NGX_CONSENT_PUNYCODE_BIAS  72


static void
ngx_consent_idna_punycode(ngx_consent_url_out_t *out, const uint32_t *points,
    size_t n)
{
    size_t     i;
    uint32_t   next, done, basic, delta, code, bias, q, k, t, digit;

    ngx_consent_url_put(out, 'x');
    ngx_consent_url_put(out, 'n');
    ngx_consent_url_put(out, '-');
    ngx_consent_url_put(out, '-');

    for (basic = 0, i = 0; i < n; i++) {

        if (points[i] < 0x80) {
            ngx_consent_url_put(out, (u_char) points[i]);
            basic++;
        }
    }

    if (basic) {
        ngx_consent_url_put(out, '-');
    }

    code = 0x80;
    delta = 0;
    bias = NGX_CONSENT_PUNYCODE_BIAS;

    for (done = basic; done < n; code++, delta++) {

        for (next = 0x110000, i = 0; i < n; i++) {

            if (points[i] >= code && points[i] < next) {
                next = points[i];
            }
        }

        delta += (next - code) * (done + 1);
        code = next;

        for (i = 0; i < n; i++) {

            if (points[i] < code) {
                delta++;
            }

            if (points[i] != code) {
                continue;
            }

            q = delta;

            for (k = NGX_CONSENT_PUNYCODE_BASE; /* void */ ;
                 k += NGX_CONSENT_PUNYCODE_BASE)
            {
                t = ngx_consent_idna_threshold(k, bias);
                digit = q < t ? q : t + (q - t) % (NGX_CONSENT_PUNYCODE_BASE
                                                   - t);

                ngx_consent_url_put(out, digit < 26 ? 'a' + digit
                                                    : '0' + digit - 26);

                if (q < t) {
                    break;
                }

                q = (q - t) / (NGX_CONSENT_PUNYCODE_BASE - t);
            }

            bias = ngx_consent_idna_adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
    }
}


/* The points of a label after its "xn--"; 0: it is none, or has too many. */

static size_t
ngx_consent_idna_decode(const u_char *p, const u_char *last,
    uint32_t points[NGX_CONSENT_IDNA_POINTS])
{
    size_t         n;
    uint32_t       code, bias, i, was, weight, digit, k, t, at;
    const u_char  *basic;

    for (basic = last; basic > p && basic[-1] != '-'; basic--) { /* void */ }

    n = 0;

    if (basic > p) {

        if (basic - p > NGX_CONSENT_IDNA_POINTS) {
            return 0;
        }

        while (p < basic - 1) {
            points[n++] = *p++;
        }

        p = basic;
    }

    code = 0x80;
    bias = NGX_CONSENT_PUNYCODE_BIAS;
    i = 0;

    while (p < last) {

        was = i;
        weight = 1;

        for (k = NGX_CONSENT_PUNYCODE_BASE; /* void */ ;
             k += NGX_CONSENT_PUNYCODE_BASE)
        {
            if (p == last) {
                return 0;
            }

            digit = (*p >= 'a' && *p <= 'z') ? *p - 'a'
                    : (*p >= '0' && *p <= '9') ? *p - '0' + 26
                                               : 0xff;
            p++;

            /* no label of this many points has more */

            if (digit == 0xff || digit > (0x7ffffff - i) / weight) {
                return 0;
            }

            i += digit * weight;
            t = ngx_consent_idna_threshold(k, bias);

            if (digit < t) {
                break;
            }

            if (weight > 0x7ffffff / (NGX_CONSENT_PUNYCODE_BASE - t)) {
                return 0;
            }

            weight *= NGX_CONSENT_PUNYCODE_BASE - t;
        }

        if (n == NGX_CONSENT_IDNA_POINTS) {
            return 0;
        }

        n++;
        bias = ngx_consent_idna_adapt(i - was, n, was == 0);
        code += i / n;
        i %= n;

        if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
            return 0;
        }

        for (at = n - 1; at > i; at--) {
            points[at] = points[at - 1];
        }

        points[i++] = code;
    }

    return n;
}


static uint32_t
ngx_consent_idna_threshold(uint32_t k, uint32_t bias)
{
    if (k <= bias + NGX_CONSENT_PUNYCODE_TMIN) {
        return NGX_CONSENT_PUNYCODE_TMIN;
    }

    if (k >= bias + NGX_CONSENT_PUNYCODE_TMAX) {
        return NGX_CONSENT_PUNYCODE_TMAX;
    }

    return k - bias;
}


static uint32_t
ngx_consent_idna_adapt(uint32_t delta, uint32_t n, ngx_uint_t first)
{
    uint32_t  k, span;

    span = NGX_CONSENT_PUNYCODE_BASE - NGX_CONSENT_PUNYCODE_TMIN;

    delta /= first ? NGX_CONSENT_PUNYCODE_DAMP : 2;
    delta += delta / n;

    for (k = 0; delta > span * NGX_CONSENT_PUNYCODE_TMAX / 2;
         k += NGX_CONSENT_PUNYCODE_BASE)
    {
        delta /= span;
    }

    return k + (span + 1) * delta / (delta + NGX_CONSENT_PUNYCODE_SKEW);
}


ngx_uint_t
ngx_consent_idna_valid(const u_char *p, const u_char *last)
{
    size_t                  n, i;
    u_char                  text[4 * NGX_CONSENT_IDNA_POINTS];
    u_char                  again[8 * NGX_CONSENT_IDNA_POINTS];
    uint32_t                points[NGX_CONSENT_IDNA_POINTS];
    ngx_consent_url_out_t   out;

    n = ngx_consent_idna_decode(p + 4, last, points);

    out.pos = text;
    out.last = text + sizeof(text);
    out.cut = 0;

    for (i = 0; i < n; i++) {
        ngx_consent_url_put_utf8(&out, points[i]);
    }

    n = out.pos - text;

    out.pos = again;
    out.last = again + sizeof(again);

    return n && ngx_consent_idna(&out, text, text + n) == NGX_OK
           && out.pos - again == last - p
           && memcmp(again, p, last - p) == 0;
}
