
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

/* bytes that can be looked at from a place on that is not past the end */
#define NGX_CONSENT_HTML_ROOM  (2 * NGX_CONSENT_WIDE + 4)

#define NGX_CONSENT_HTML_TWO(a, b)  ((a) | (b) << 8)
#define NGX_CONSENT_HTML_FOUR(a, b, c, d)                                    \
    ((a) | (b) << 8 | (c) << 16 | (uint32_t) (d) << 24)


static ngx_uint_t ngx_consent_html_quiet_fetches(const u_char *p);
static u_char *ngx_consent_html_quiet_attrs(u_char *p, u_char *end,
    u_char *last);


#define ngx_consent_html_step(p)                                             \
    ngx_consent_wide_bits(ngx_consent_wide_eq(ngx_consent_wide_load(p), '<'))


/* ngx_consent_html_seen_bit() of a name of one letter, whatever its case */

static const uint64_t  ngx_consent_html_letter_bits[8] = {
    ngx_consent_html_seen_bit(0, 0, 1), ngx_consent_html_seen_bit(1, 1, 1),
    ngx_consent_html_seen_bit(2, 2, 1), ngx_consent_html_seen_bit(3, 3, 1),
    ngx_consent_html_seen_bit(4, 4, 1), ngx_consent_html_seen_bit(5, 5, 1),
    ngx_consent_html_seen_bit(6, 6, 1), ngx_consent_html_seen_bit(7, 7, 1)
};


/* letters are then in lower case */

#define ngx_consent_html_four(p)  (ngx_consent_word_4(p) | 0x20202020)


/*
 * From text in HTML, in the body, to the first '<' that has to be looked at, or
 * to where too little is left to see what it is.
 *
 * The text is looked at in steps of NGX_CONSENT_WIDE bytes, from p on: bits are
 * those of a step that are '<' and still to come.
 */

u_char *
ngx_consent_html_quiet(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    size_t                        n, c;
    u_char                       *tag, *q, *end;
    uint64_t                      word, seen;
    ngx_consent_wide_t            w;
    ngx_consent_wide_bits_t       bits;
    const ngx_consent_tag_row_t  *row;

    if (last - p <= NGX_CONSENT_HTML_ROOM) {
        return p;
    }

    end = last - NGX_CONSENT_HTML_ROOM;
    seen = h->seen;
    bits = ngx_consent_html_step(p);

    for ( ;; ) {

        if (bits == 0) {

            p += NGX_CONSENT_WIDE;

            if (p > end) {
                break;
            }

            bits = ngx_consent_html_step(p);

            if (bits == 0) {

                p = ngx_consent_scan_byte(p + NGX_CONSENT_WIDE, end, '<');

                if (p >= end) {
                    break;
                }

                bits = ngx_consent_html_step(p);
            }
        }

        tag = p + ngx_consent_wide_index(bits);
        bits = ngx_consent_wide_rest(bits);

        if (ngx_consent_word_2(tag) == NGX_CONSENT_HTML_TWO('<', '/')) {

            if (!ngx_consent_html_letter(tag[2])) {
                goto found;
            }

            if (tag[3] == '>') {
                continue;
            }

            /* select and form, as far as it takes to tell */

            switch (ngx_consent_html_four(tag + 2)) {

            case NGX_CONSENT_HTML_FOUR('f', 'o', 'r', 'm'):
            case NGX_CONSENT_HTML_FOUR('s', 'e', 'l', 'e'):
                goto found;
            }

            /* only after a '=' a '>' may be one of the tag's own */

            w = ngx_consent_wide_load(tag + 2);
            w = ngx_consent_wide_or(ngx_consent_wide_eq(w, '>'),
                                    ngx_consent_wide_eq(w, '='));

            if (ngx_consent_wide_bits(w) == 0) {
                goto found;
            }

            q = tag + 2 + ngx_consent_wide_index(ngx_consent_wide_bits(w));

            if (*q == '=') {
                goto found;
            }

            q++;
            goto next;
        }

        c = tag[1];

        if (!ngx_consent_html_letter(c)) {
            goto found;
        }

        if (tag[2] == '>') {
            seen |= ngx_consent_html_letter_bits[c & 7];
            continue;
        }

        w = ngx_consent_wide_load(tag + 1);
        w = ngx_consent_wide_or(ngx_consent_wide_le(w, ' '),
                                ngx_consent_wide_or(
                                    ngx_consent_wide_eq(w, '>'),
                                    ngx_consent_wide_eq(w, '/')));

        if (ngx_consent_wide_bits(w) == 0) {
            goto found;
        }

        n = ngx_consent_wide_index(ngx_consent_wide_bits(w));
        q = tag + 1 + n;

        word = ngx_consent_word_8(tag + 1) | 0x2020202020202020ull;

        if (n < 8) {
            word &= ((uint64_t) 1 << 8 * n) - 1;
        }

        row = &ngx_consent_tag_rows[ngx_consent_tag_slots[
                                              ngx_consent_tag_slot(word)]];

        if (ngx_consent_word_8(row->name) == word
            && row->id != NGX_CONSENT_TAG_A
            && ngx_consent_tag_in_html(row->id))
        {
            goto found;
        }

        if (*q == '>') {
            q++;

        } else {

            if (!ngx_consent_html_is(*q, NGX_CONSENT_HTML_NAME_END)) {
                goto found;
            }

            q = ngx_consent_html_quiet_attrs(q, end, last);

            if (q == NULL || q - tag > h->limit) {
                goto found;
            }
        }

        seen |= ngx_consent_html_seen_bit(c | 0x20, ngx_consent_tolower(tag[n]),
                                          n);

    next:

        p = q;

        if (p > end) {
            break;
        }

        bits = ngx_consent_html_step(p);
    }

    /* in the last bytes of a tag of one letter there is nothing to find */

    tag = p;

found:

    h->seen = seen;

    return tag;
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

        if (ngx_consent_html_is(c, NGX_CONSENT_HTML_NO_NAME
                                   |NGX_CONSENT_HTML_HOT))
        {
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


/*
 * 1 if the attribute's name that ends before p may be "style", "background", or
 * of a link "ping" or "attributionsrc".
 */

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
