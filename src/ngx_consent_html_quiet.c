
/*
 * Text and tags that change nothing: most of a page.  What is passed here is
 * neither recorded nor remembered; the states of ngx_consent_html.c would read
 * it to the same end.
 */

#include "ngx_consent_html_int.h"


#if (NGX_CONSENT_PLAIN)

u_char *
ngx_consent_html_quiet(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    (void) h;
    (void) last;

    return p;
}

#else

/* bytes behind a place at which something may begin: they can be looked at */
#define NGX_CONSENT_HTML_ROOM  (4 * NGX_CONSENT_WIDE)

#define NGX_CONSENT_HTML_FOUR(a, b, c, d)                                    \
    ((a) | (b) << 8 | (c) << 16 | (uint32_t) (d) << 24)


static ngx_uint_t ngx_consent_html_quiet_fetches(const u_char *p);
static u_char *ngx_consent_html_quiet_attrs(u_char *p, u_char *end,
    u_char *last);


/* The first of these bytes is the lowest. */

static ngx_inline uint64_t
ngx_consent_html_eight(const void *p)
{
    uint64_t  word;

    memcpy(&word, p, sizeof(word));

#if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
    word = __builtin_bswap64(word);
#endif

    return word;
}


/* ... and letters are in lower case */

static ngx_inline uint32_t
ngx_consent_html_four(const void *p)
{
    uint32_t  word;

    memcpy(&word, p, sizeof(word));

#if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
    word = __builtin_bswap32(word);
#endif

    return word | 0x20202020;
}


/*
 * From text in HTML, in the body, to the first '<' that has to be looked at, or
 * to where too little is left to see what it is.
 */

u_char *
ngx_consent_html_quiet(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char                        c, *q, *end;
    size_t                        n;
    uint32_t                      four;
    uint64_t                      word, seen;
    ngx_consent_wide_t            w;
    ngx_consent_wide_bits_t       bits;
    const ngx_consent_tag_row_t  *row;

    if (last - p <= NGX_CONSENT_HTML_ROOM) {
        return p;
    }

    end = last - NGX_CONSENT_HTML_ROOM;
    seen = h->seen;

    while (p <= end) {

        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_eq(ngx_consent_wide_load(p), '<'));

        if (bits == 0) {
            p = ngx_consent_scan_byte(p + NGX_CONSENT_WIDE, end, '<');
            continue;
        }

        p += ngx_consent_wide_index(bits);

        if (p[1] == '/') {

            if (!ngx_consent_html_letter(p[2])) {
                break;
            }

            if (p[3] == '>') {
                p += 4;
                continue;
            }

            /* select and form, as far as it takes to tell */

            four = ngx_consent_html_four(p + 2);

            if (four == NGX_CONSENT_HTML_FOUR('f', 'o', 'r', 'm')
                || four == NGX_CONSENT_HTML_FOUR('s', 'e', 'l', 'e'))
            {
                break;
            }

            /* only after a '=' a '>' may be one of the tag's own */

            w = ngx_consent_wide_load(p + 2);
            bits = ngx_consent_wide_bits(
                       ngx_consent_wide_or(ngx_consent_wide_eq(w, '>'),
                                           ngx_consent_wide_eq(w, '=')));
            if (bits == 0) {
                break;
            }

            q = p + 2 + ngx_consent_wide_index(bits);

            if (*q == '=') {
                break;
            }

            p = q + 1;
            continue;
        }

        c = p[1] | 0x20;

        if ((u_char) (c - 'a') >= 26) {
            break;
        }

        if (p[2] == '>') {
            seen |= ngx_consent_html_seen_bit(c, c, 1);
            p += 3;
            continue;
        }

        w = ngx_consent_wide_load(p + 1);
        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_or(ngx_consent_wide_le(w, ' '),
                       ngx_consent_wide_or(ngx_consent_wide_eq(w, '>'),
                                           ngx_consent_wide_eq(w, '/'))));
        if (bits == 0) {
            break;
        }

        n = ngx_consent_wide_index(bits);
        q = p + 1 + n;

        word = ngx_consent_html_eight(p + 1) | 0x2020202020202020ull;

        if (n < 8) {
            word &= ((uint64_t) 1 << 8 * n) - 1;
        }

        row = &ngx_consent_tag_rows[ngx_consent_tag_slots[
                                              ngx_consent_tag_slot(word)]];

        if (ngx_consent_html_eight(row->name) == word
            && row->id != NGX_CONSENT_TAG_A
            && ngx_consent_tag_in_html(row->id))
        {
            break;
        }

        if (*q == '>') {
            q++;

        } else {

            if (!ngx_consent_html_is(*q, NGX_CONSENT_HTML_NAME_END)) {
                break;
            }

            q = ngx_consent_html_quiet_attrs(q, end, last);

            if (q == NULL || q - p > h->limit) {
                break;
            }
        }

        seen |= ngx_consent_html_seen_bit(c, ngx_consent_tolower(p[n]), n);
        p = q;
    }

    h->seen = seen;

    return p;
}


/*
 * From behind a tag's name to behind its '>'; NULL: it has an attribute by which
 * any element may fetch, or is written in a way that the states know better.
 */

static u_char *
ngx_consent_html_quiet_attrs(u_char *p, u_char *end, u_char *last)
{
    u_char                    c;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   bits;

    while (p <= end) {

        w = ngx_consent_wide_load(p);
        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_or(ngx_consent_wide_eq(w, '>'),
                                       ngx_consent_wide_eq(w, '=')));

        if (bits == 0) {
            p += NGX_CONSENT_WIDE;
            continue;
        }

        p += ngx_consent_wide_index(bits);

        if (*p == '>') {
            return p + 1;
        }

        c = p[-1];

        if (ngx_consent_html_class[c]) {

            /* that '=' follows no name, or the name may be one that fetches: */
            /* "style", "background"; of a link "ping", "attributionsrc" */

            if (!ngx_consent_html_is(c, NGX_CONSENT_HTML_HOT)
                || ngx_consent_html_quiet_fetches(p))
            {
                return NULL;
            }
        }

        c = p[1];

        if (c == '"' || c == '\'') {

            p = ngx_consent_scan_byte(p + 2, last, c);

            if (p == last) {
                return NULL;
            }

            p++;
            continue;
        }

        if (ngx_consent_html_space(c)) {
            return NULL;
        }

        do {
            p = ngx_consent_scan(p + 1, last, '>', '>', '>', ' ' + 1);

            if (p >= end) {
                return NULL;
            }

        } while (!ngx_consent_html_is(*p, NGX_CONSENT_HTML_VALUE_END));
    }

    return NULL;
}


/* 1 if the attribute's name that ends before p may be one of those */

static ngx_uint_t
ngx_consent_html_quiet_fetches(const u_char *p)
{
    switch (ngx_consent_html_four(p - 4)) {

    case NGX_CONSENT_HTML_FOUR('t', 'y', 'l', 'e'):
    case NGX_CONSENT_HTML_FOUR('o', 'u', 'n', 'd'):
    case NGX_CONSENT_HTML_FOUR('p', 'i', 'n', 'g'):
    case NGX_CONSENT_HTML_FOUR('n', 's', 'r', 'c'):
        return 1;

    default:
        return 0;
    }
}

#endif
