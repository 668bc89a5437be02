
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

/*
 * Bytes that can be looked at from a place on that is not past the end: a '='
 * that is found in a step from there, a quote, and two steps of its value.
 */
#define NGX_CONSENT_HTML_ROOM  (3 * NGX_CONSENT_WIDE + 4)

#define NGX_CONSENT_HTML_TWO(a, b)  ((a) | (b) << 8)
#define NGX_CONSENT_HTML_SVG   ('s' | 'v' << 8 | 'g' << 16)


static ngx_inline u_char *ngx_consent_html_quiet_named(ngx_consent_html_t *h,
    u_char *tag, u_char *end, uint64_t word);
static ngx_consent_html_apart u_char *ngx_consent_html_quiet_svg(
    ngx_consent_html_t *h, u_char *p, u_char *end, u_char *last);
static ngx_consent_scan_inline u_char *ngx_consent_html_quiet_attrs(u_char *p,
    u_char *end, u_char *last, ngx_uint_t svg);


#define ngx_consent_html_step(p)                                             \
    ngx_consent_wide_bits(ngx_consent_wide_eq(ngx_consent_wide_load(p), '<'))


/* what ngx_consent_html_seen() is of a name of one letter, in either case */

#define ngx_consent_html_one(c)                                              \
    [c] = ngx_consent_html_seen_bit((c) | 0x20)

static const uint64_t  ngx_consent_html_letter_bits[256] = {
    ngx_consent_html_one('A'), ngx_consent_html_one('B'),
    ngx_consent_html_one('C'), ngx_consent_html_one('D'),
    ngx_consent_html_one('E'), ngx_consent_html_one('F'),
    ngx_consent_html_one('G'), ngx_consent_html_one('H'),
    ngx_consent_html_one('I'), ngx_consent_html_one('J'),
    ngx_consent_html_one('K'), ngx_consent_html_one('L'),
    ngx_consent_html_one('M'), ngx_consent_html_one('N'),
    ngx_consent_html_one('O'), ngx_consent_html_one('P'),
    ngx_consent_html_one('Q'), ngx_consent_html_one('R'),
    ngx_consent_html_one('S'), ngx_consent_html_one('T'),
    ngx_consent_html_one('U'), ngx_consent_html_one('V'),
    ngx_consent_html_one('W'), ngx_consent_html_one('X'),
    ngx_consent_html_one('Y'), ngx_consent_html_one('Z'),
    ngx_consent_html_one('a'), ngx_consent_html_one('b'),
    ngx_consent_html_one('c'), ngx_consent_html_one('d'),
    ngx_consent_html_one('e'), ngx_consent_html_one('f'),
    ngx_consent_html_one('g'), ngx_consent_html_one('h'),
    ngx_consent_html_one('i'), ngx_consent_html_one('j'),
    ngx_consent_html_one('k'), ngx_consent_html_one('l'),
    ngx_consent_html_one('m'), ngx_consent_html_one('n'),
    ngx_consent_html_one('o'), ngx_consent_html_one('p'),
    ngx_consent_html_one('q'), ngx_consent_html_one('r'),
    ngx_consent_html_one('s'), ngx_consent_html_one('t'),
    ngx_consent_html_one('u'), ngx_consent_html_one('v'),
    ngx_consent_html_one('w'), ngx_consent_html_one('x'),
    ngx_consent_html_one('y'), ngx_consent_html_one('z')
};


/* elements of svg of which the end is no more than that */

#define ngx_consent_html_just_ends(id)                                       \
    ((id) == NGX_CONSENT_TAG_SVG || (id) == NGX_CONSENT_TAG_USE)


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
    u_char                   *tag, *q, *end;
    uint64_t                  seen, bit, word;
    ngx_uint_t                closes;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   bits, ends;

    if (last - p <= NGX_CONSENT_HTML_ROOM) {
        return p;
    }

    end = last - NGX_CONSENT_HTML_ROOM;

    if (h->depth) {

        p = ngx_consent_html_quiet_svg(h, p, end, last);

        if (h->depth || p > end) {
            return p;
        }
    }

    /* as far as it takes to tell their end tags from others */

    closes = h->select || h->form;

    seen = h->seen;
    bits = ngx_consent_html_step(p);

    for ( ;; ) {

        while (bits == 0) {

            p += NGX_CONSENT_WIDE;

            if (p > end) {
                goto end;
            }

            bits = ngx_consent_html_step(p);
        }

        tag = p + ngx_consent_wide_index(bits);
        bits = ngx_consent_wide_rest(bits);

        if (ngx_consent_word_2(tag) == NGX_CONSENT_HTML_TWO('<', '/')) {

            /* one so short is nothing, named or not: "</3>", "</>>", "</<>" */

            if (tag[3] == '>') {
                continue;
            }

            if (closes) {

                switch (ngx_consent_html_four(tag + 2)) {

                case NGX_CONSENT_HTML_FOUR('f', 'o', 'r', 'm'):
                case NGX_CONSENT_HTML_FOUR('s', 'e', 'l', 'e'):
                    goto found;
                }
            }

            /*
             * Only after a '=' a '>' may be one of the tag's own.  Without a
             * name it is a comment up to the first.
             */

            w = ngx_consent_wide_load(tag + 2);
            ends = ngx_consent_wide_bits(ngx_consent_wide_two(w, '=', '>'));

            if (ends == 0) {
                goto found;
            }

            q = tag + 2 + ngx_consent_wide_index(ends);

            if (*q == '=') {
                goto found;
            }

            q++;
            goto next;
        }

        bit = ngx_consent_html_letter_bits[tag[1]];

        if (bit == 0) {

            q = ngx_consent_html_whole_comment(tag, last);

            if (q == NULL) {
                goto found;
            }

            goto next;
        }

        if (tag[2] == '>') {
            seen |= bit;
            continue;
        }

        q = ngx_consent_html_name_end(tag + 1);

        if (q == NULL) {
            goto found;
        }

        word = ngx_consent_html_name_word(tag + 1, q - tag - 1);

        if (ngx_consent_tag_is_loud(word)) {

            if (word != NGX_CONSENT_HTML_SVG || h->frameset) {

                if (q - tag <= NGX_CONSENT_WORD
                    && (size_t) (q - tag) <= h->limit)
                {
                    tag = ngx_consent_html_quiet_named(h, tag, q, word);
                }

                goto found;
            }

            q = ngx_consent_html_quiet_svg(h, tag, end, last);

            if (h->depth || q == tag) {
                tag = q;
                goto found;
            }

            goto next;
        }

        seen |= ngx_consent_html_seen_bit(word);

        if (*q != '>') {

            q = ngx_consent_html_quiet_attrs(q, end, last, 0);

            if (q == NULL || (size_t) (q - tag) > h->limit) {
                goto found;
            }

        } else {
            q++;
        }

    next:

        p = q;

        if (p > end) {
            break;
        }

        bits = ngx_consent_html_step(p);

        if (bits == 0) {

            /* not near: the C library finds it sooner */

            p = ngx_consent_scan_byte(p + NGX_CONSENT_WIDE, end, '<');

            if (p >= end) {
                break;
            }

            bits = ngx_consent_html_step(p);
        }
    }

end:

    /* in the last bytes of a tag of one letter there is nothing to find */

    tag = p;

found:

    h->seen = seen;

    return tag;
}


/* A start tag that is not passed: its name is read already. */

static ngx_inline u_char *
ngx_consent_html_quiet_named(ngx_consent_html_t *h, u_char *tag, u_char *end,
    uint64_t word)
{
    ngx_consent_html_begin(h,
                      ngx_consent_tag_rows[ngx_consent_tag_row(word)].id);

    h->tag.end = 0;
    h->tag.off = end - tag;
    h->tag.name_len = end - tag - 1;

    /* these are letters all */

    ngx_consent_word_keep(h->name, word);
    h->name_len = end - tag - 1;

    h->record = 1;
    h->state = ngx_consent_html_before_attr;

    return end;
}


/*
 * The same of svg, from its own tag on, as long as what is open is svg:
 * elements that begin in it, and those that end as they began.
 */

static u_char *
ngx_consent_html_quiet_svg(ngx_consent_html_t *h, u_char *p, u_char *end,
    u_char *last)
{
    u_char             *name, *q;
    uint32_t            hash;
    uint64_t            word;
    ngx_uint_t          closes, row;
    ngx_consent_tag_e   id;

    do {
        if (h->depth
            && (h->over || h->opened[h->depth - 1].is
                           != NGX_CONSENT_HTML_IS_SVG))
        {
            return p;
        }

        p = ngx_consent_scan_byte(p, last, '<');

        if (p > end) {
            return p;
        }

        closes = (p[1] == '/');
        name = p + 1 + closes;

        if (!ngx_consent_html_letter(*name)) {
            return p;
        }

        q = ngx_consent_html_name_end(name);

        if (q == NULL) {
            return p;
        }

        /* names have one row, or none, by their first 8 bytes */

        word = ngx_consent_html_name_word(name, q - name);
        row = ngx_consent_tag_row(word);
        hash = ngx_consent_html_hash(name, q - name);

        if (closes) {

            id = ngx_consent_tag_rows[row].id;

            if (*q != '>' || h->opened[h->depth - 1].hash != hash
                || (row && !ngx_consent_html_just_ends(id)))
            {
                return p;
            }

            h->depth--;
            p = q + 1;
            continue;
        }

        if ((row && (h->depth || word != NGX_CONSENT_HTML_SVG))
            || h->depth == NGX_CONSENT_HTML_MAX_OPEN)
        {
            return p;
        }

        q = ngx_consent_html_quiet_attrs(q, end, last, 1);

        if (q == NULL || (size_t) (q - p) > h->limit) {
            return p;
        }

        if (q[-2] != '/') {
            h->opened[h->depth].hash = hash;
            h->opened[h->depth].is = NGX_CONSENT_HTML_IS_SVG;
            h->depth++;
        }

        p = q;

    } while (h->depth);

    return p;
}


/*
 * From behind a tag's name to behind its '>'; NULL: it has an attribute by
 * which it may fetch, or is written in a way that the states know better.
 */

static ngx_consent_scan_inline u_char *
ngx_consent_html_quiet_attrs(u_char *p, u_char *end, u_char *last,
    ngx_uint_t svg)
{
    u_char                   *value, *start;
    uint32_t                  four;
    uint64_t                  near;
    ngx_uint_t                hot;
    ngx_consent_wide_bits_t   bits;

    hot = NGX_CONSENT_HTML_NO_NAME | NGX_CONSENT_HTML_HOT
          | (svg ? NGX_CONSENT_HTML_HOT_SVG : 0);

    /*
     * Bytes that are no value's are counted from here.  An attribute has two of
     * them, with quotes four: so much at least if it is one of too many to be
     * recorded.
     */

    start = p;

    while (p <= end) {

        if (*p != '>') {

            bits = ngx_consent_wide_bits(
                       ngx_consent_wide_two(ngx_consent_wide_load(p), '=',
                                            '>'));

            if (bits == 0) {
                p += NGX_CONSENT_WIDE;
                continue;
            }

            p += ngx_consent_wide_index(bits);
        }

        if (*p == '>') {
            return (p - start <= 2 * NGX_CONSENT_MAX_ATTRS) ? p + 1 : NULL;
        }

        /* behind a name there are four bytes, with the '<' and the tag's */

        if (ngx_consent_html_is(p[-1], hot)) {

            if (ngx_consent_html_is(p[-1], NGX_CONSENT_HTML_NO_NAME)) {
                return NULL;
            }

            four = ngx_consent_html_four(p - 4);

            /* those of ngx_consent_fetch_any(), or of a link */

            if (four == NGX_CONSENT_HTML_FOUR('t', 'y', 'l', 'e')
                || (svg && ngx_consent_html_quiet_svg_name(four)))
            {
                value = p + 2;
                p = ngx_consent_html_quiet_css(p + 1, last);

                if (p == NULL) {
                    return NULL;
                }

                start += p - value + 2;
                p++;
                continue;

            } else if (four == NGX_CONSENT_HTML_FOUR('o', 'u', 'n', 'd')
                       || four == NGX_CONSENT_HTML_FOUR('p', 'i', 'n', 'g')
                       || four == NGX_CONSENT_HTML_FOUR('n', 's', 'r', 'c'))
            {
                return NULL;
            }
        }

        value = p + 2;

        if (p[1] == '"') {

            near = ngx_consent_wide_near(value, '"');

            if (near) {
                p = value + __builtin_ctzll(near);
                start += p - value + 2;
                p++;
                continue;
            }

            p = ngx_consent_scan_byte(value + 2 * NGX_CONSENT_WIDE, last, '"');

        } else if (p[1] == '\'') {
            p = ngx_consent_scan_byte(value, last, '\'');

        } else {

            /* of svg such a value could end in a '/' of its own */

            p = svg ? NULL : ngx_consent_html_quiet_bare(p + 1, end, last);

            if (p == NULL) {
                return NULL;
            }

            start += p - value + 1;
            continue;
        }

        if (p == last) {
            return NULL;
        }

        start += p - value + 2;
        p++;
    }

    return NULL;
}

#endif
