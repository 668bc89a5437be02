
/*
 * What the rooms of the tokenizer share: ngx_consent_html.c reads text and
 * markup, _raw.c text that is no markup, _attr.c what stands inside a tag;
 * _tree.c is what a tag does to the text after it, _foreign.c what svg and math
 * do.  _xml.c reads text and tags of XML, _xml_decl.c its other markup.
 * _quiet.c passes what changes nothing, with _quiet_value.c, and _whole.c reads
 * at once what is in view whole.
 */

#ifndef _NGX_CONSENT_HTML_INT_H_INCLUDED_
#define _NGX_CONSENT_HTML_INT_H_INCLUDED_


#include "ngx_consent_html.h"
#include "ngx_consent_scan.h"


typedef enum {

    /* text; h->text is always one of these */
    ngx_consent_html_data = 0,
    ngx_consent_html_rcdata,            /* RCDATA and RAWTEXT: alike to us */
    ngx_consent_html_script,
    ngx_consent_html_plaintext,
    ngx_consent_html_cdata,             /* "]" and "]]" are counted in dashes */

    /* after '<' */
    ngx_consent_html_lt,
    ngx_consent_html_lt_slash,
    ngx_consent_html_name,

    /* after '<' in raw text and script */
    ngx_consent_html_raw_lt,
    ngx_consent_html_raw_slash,
    ngx_consent_html_raw_name,
    ngx_consent_html_escape,            /* "<!" of a script */
    ngx_consent_html_escape_dash,       /* "<!-" */
    ngx_consent_html_escape_name,     /* "<x" when escaped, "</x" when double */

    /* after "<!" and "<?" */
    ngx_consent_html_bang,
    ngx_consent_html_bang_dash,
    ngx_consent_html_bang_cdata,        /* h->name_len bytes of "[CDATA[" */
    ngx_consent_html_bang_doctype,      /* ... of "doctype" */
    ngx_consent_html_bogus,
    ngx_consent_html_comment_start,
    ngx_consent_html_comment_start_dash,
    ngx_consent_html_comment,
    ngx_consent_html_comment_dash,
    ngx_consent_html_comment_end,
    ngx_consent_html_comment_bang,

    /* XML, with cdata and what is inside a tag */
    ngx_consent_xml_lt,
    ngx_consent_xml_lt_slash,
    ngx_consent_xml_name,
    ngx_consent_xml_ref,                /* "&" in text that is looked at */
    ngx_consent_xml_bang,
    ngx_consent_xml_bang_dash,
    ngx_consent_xml_bang_cdata,
    ngx_consent_xml_bang_doctype,
    ngx_consent_xml_comment,
    ngx_consent_xml_target,
    ngx_consent_xml_pi,
    ngx_consent_xml_pi_question,

    ngx_consent_xml_doctype,            /* outside of its brackets */
    ngx_consent_xml_doctype_quote,
    ngx_consent_xml_subset,
    ngx_consent_xml_subset_lt,
    ngx_consent_xml_subset_bang,
    ngx_consent_xml_decl,
    ngx_consent_xml_decl_quote,

    /* inside a tag */
    ngx_consent_html_before_attr,
    ngx_consent_html_attr_name,
    ngx_consent_html_after_attr,
    ngx_consent_html_before_value,
    ngx_consent_html_double_quoted,
    ngx_consent_html_single_quoted,
    ngx_consent_html_unquoted,
    ngx_consent_html_after_value,
    ngx_consent_html_self_closing
} ngx_consent_html_state_e;


#define ngx_consent_html_in_tag(state)                                       \
    ((state) >= ngx_consent_html_before_attr)


/* what calls it would have to save registers, which it needs itself */

#define ngx_consent_html_apart  __attribute__((noinline))


/* the offset in the tag of p, which is not before *pos */

#define ngx_consent_html_off(h, pos, p)                                      \
    ((h)->tag.off + (uint32_t) ((p) - *(pos)))


/*
 * What a byte is inside a tag.  Space is ' ', tab, line feed, form feed, and
 * carriage return, as which a line feed may be written.
 */

#define NGX_CONSENT_HTML_SPACE   0x01
#define NGX_CONSENT_HTML_SLASH   0x02
#define NGX_CONSENT_HTML_GT      0x04
#define NGX_CONSENT_HTML_EQUALS  0x08
#define NGX_CONSENT_HTML_QUOTE   0x10

#define NGX_CONSENT_HTML_LETTER  0x20

/* the last letter of a name by which any element may fetch, any of svg */
#define NGX_CONSENT_HTML_HOT     0x40
#define NGX_CONSENT_HTML_HOT_SVG 0x80

/* what ends a tag's name, an attribute's name, a value without quotes */

#define NGX_CONSENT_HTML_NAME_END                                            \
    (NGX_CONSENT_HTML_SPACE|NGX_CONSENT_HTML_SLASH|NGX_CONSENT_HTML_GT)
#define NGX_CONSENT_HTML_ATTR_END                                            \
    (NGX_CONSENT_HTML_NAME_END|NGX_CONSENT_HTML_EQUALS)
/* what a '=' must not follow directly to stand behind a name */

#define NGX_CONSENT_HTML_NO_NAME                                             \
    (NGX_CONSENT_HTML_ATTR_END|NGX_CONSENT_HTML_QUOTE)

#define NGX_CONSENT_HTML_VALUE_END                                           \
    (NGX_CONSENT_HTML_SPACE|NGX_CONSENT_HTML_GT)

extern const u_char  ngx_consent_html_class[256];

#define ngx_consent_html_is(c, what)  (ngx_consent_html_class[c] & (what))

#define ngx_consent_html_space(c)                                            \
    ngx_consent_html_is(c, NGX_CONSENT_HTML_SPACE)

#define ngx_consent_html_letter(c)                                           \
    ngx_consent_html_is(c, NGX_CONSENT_HTML_LETTER)


/*
 * Passes text and tags that change nothing, from text on, and returns where it
 * stopped: at a '<', at text that is not looked at yet, or, in the state of
 * that, before the attributes of a tag that begins h->tag.off bytes before.
 */
u_char *ngx_consent_html_quiet(ngx_consent_html_t *h, u_char *p,
    u_char *last);

/* ... of a value: its end, or NULL if that is not near, or not quiet */
u_char *ngx_consent_html_quiet_bare(u_char *p, u_char *end, u_char *last);
u_char *ngx_consent_html_quiet_css(u_char *p, u_char *last);

/* 1 if an attribute of svg may be CSS, by the last letters of its name */
ngx_uint_t ngx_consent_html_quiet_svg_name(uint32_t four);

#define NGX_CONSENT_HTML_FOUR(a, b, c, d)                                    \
    ((a) | (b) << 8 | (c) << 16 | (uint32_t) (d) << 24)

#define ngx_consent_html_is_quiet(h)                                         \
    ((h)->filled && !(h)->head && !(h)->body_too && !(h)->behind             \
     && !(h)->body_behind && !(h)->pause && !(h)->all)

/*
 * What is in view whole, or enough of it, is read at once, to where the states
 * would come byte by byte; where it is not, or is written in a way that they
 * know better, nothing is done.
 *
 * _whole_name(): p is a '<' in text.  The name of a tag is read.
 * _whole_attrs(): attributes from before_attr on, as many as are in view; it is
 * still the state where they end.  h->tag.off is the offset of p.
 * _whole_closer(): p is a '/' after a '<' in raw text.  1: it begins the end
 * tag, and the name is read; 0: it does not.
 * _whole_comment(): p is a '<'; behind the comment that begins there, or NULL.
 */
u_char *ngx_consent_html_whole_name(ngx_consent_html_t *h, u_char *p,
    u_char *last);
u_char *ngx_consent_html_whole_attrs(ngx_consent_html_t *h, u_char *p,
    u_char *last);
ngx_int_t ngx_consent_html_whole_closer(ngx_consent_html_t *h, u_char *p,
    u_char *last);
u_char *ngx_consent_html_whole_comment(u_char *p, u_char *last);

/* h->tag.absent of a tag without attributes, where names are looked at */

#if (NGX_CONSENT_PLAIN)
#define ngx_consent_html_absent(h)  0
#else
#define ngx_consent_html_absent(h)  ((h)->xml ? 0 : (uint64_t) -1)
#endif


/*
 * Reads what stands inside a tag.  NGX_OK: *pos is past its '>'; NGX_AGAIN;
 * NGX_CONSENT_HTML_LONG.
 */
ngx_int_t ngx_consent_html_attrs(ngx_consent_html_t *h, u_char **pos,
    u_char *last);

/*
 * 1 if the name may be one by which any element fetches: "style", "background",
 * and in svg "fill", "mask", "filter" and the like; or a link: "ping",
 * "attributionsrc".  The caller looks again.
 */
ngx_uint_t ngx_consent_html_attr_hot(const ngx_consent_html_t *h, u_char first,
    uint32_t len);

/* the bits of the names that it knows, those of links and of svg apart */

#define NGX_CONSENT_HTML_HOT_BITS                                            \
    (ngx_consent_tag_bit('s', 5) | ngx_consent_tag_bit('b', 10))

#define NGX_CONSENT_HTML_HOT_LINK_BITS                                       \
    (ngx_consent_tag_bit('a', 14) | ngx_consent_tag_bit('p', 4))

#define NGX_CONSENT_HTML_HOT_SVG_BITS                                        \
    (ngx_consent_tag_bit('s', 6) | ngx_consent_tag_bit('f', 4)               \
     | ngx_consent_tag_bit('f', 6) | ngx_consent_tag_bit('m', 4)             \
     | ngx_consent_tag_bit('m', 10) | ngx_consent_tag_bit('m', 11)           \
     | ngx_consent_tag_bit('m', 12) | ngx_consent_tag_bit('c', 6)            \
     | ngx_consent_tag_bit('c', 9))


static ngx_inline uint64_t
ngx_consent_html_hot_bits(const ngx_consent_html_t *h)
{
    uint64_t  bits;

    if (h->xml) {
        return (uint64_t) -1;
    }

    bits = NGX_CONSENT_HTML_HOT_BITS;

    if (h->tag.id == NGX_CONSENT_TAG_A) {
        bits |= NGX_CONSENT_HTML_HOT_LINK_BITS;
    }

    if (h->depth) {
        bits |= NGX_CONSENT_HTML_HOT_SVG_BITS;
    }

    return bits;
}


/* ngx_consent_html_next() of XML: ngx_consent_html_xml.c */
ngx_int_t ngx_consent_html_xml(ngx_consent_html_t *h, u_char **pos,
    u_char *last);

/*
 * Of its markup what is no tag, from the byte after "<!" or "<?" on; returns
 * where it stopped.  What has ended with it is an event in h->found.
 */
u_char *ngx_consent_html_xml_decl(ngx_consent_html_t *h, u_char *p,
    u_char *last);

/* the end tags of raw text that concern the caller */

#define ngx_consent_html_is_heard(id)                                        \
    ((id) == NGX_CONSENT_TAG_SCRIPT || (id) == NGX_CONSENT_TAG_STYLE         \
     || (id) == NGX_CONSENT_TAG_IFRAME)

#define ngx_consent_html_closer_matters(h)                                   \
    ((h)->all || (!(h)->unheard && ngx_consent_html_is_heard((h)->closer)))


/* One more byte of a tag's name, in lower case. */

static ngx_inline void
ngx_consent_html_name_byte(ngx_consent_html_t *h, u_char c)
{
    if (h->name_len <= NGX_CONSENT_TAG_MAX_NAME) {
        h->name[h->name_len++] = ngx_consent_tolower(c);
    }
}


/*
 * Text of an element that only its own end tag ends, and what follows a '<' in
 * it: both return where they stopped.
 */
u_char *ngx_consent_html_raw_text(ngx_consent_html_t *h, u_char *p,
    u_char *last);
u_char *ngx_consent_html_raw_tag(ngx_consent_html_t *h, u_char *p,
    u_char *last);


/* A tag whose name is complete, and of which nothing else is known. */

static ngx_inline void
ngx_consent_html_begin(ngx_consent_html_t *h, ngx_consent_tag_e id)
{
    ngx_consent_tag_t  *tag;

    tag = &h->tag;

    tag->id = id;
    tag->ns = NGX_CONSENT_NS_HTML;
    tag->self_closing = 0;
    tag->part = 0;
    tag->more = 0;
    tag->hot = 0;
    tag->nattrs = 0;
    tag->absent = ngx_consent_html_absent(h);

    h->open = 0;
    h->skip = 0;
    h->fork = NGX_CONSENT_HTML_NO_FORK;
}


/* The tag's name is complete: what is it, and does it concern the caller? */
void ngx_consent_html_named(ngx_consent_html_t *h);

/* 1 if the tag that is complete is an event for the caller */
ngx_uint_t ngx_consent_html_concerns(const ngx_consent_html_t *h);

/*
 * Before the head, in a tag's name, which is complete or longer than any other:
 * 1 if the tag opens the head, and stands in it or behind it.
 */
ngx_uint_t ngx_consent_html_opens_head(ngx_consent_html_t *h,
    ngx_uint_t complete);

/* The same of the body, once for each tag; h knows how far it is to it. */
ngx_uint_t ngx_consent_html_opens_body(ngx_consent_html_t *h,
    ngx_uint_t complete);

/* It begins off bytes before p: what ngx_consent_html_next() returns. */
ngx_int_t ngx_consent_html_at_head(ngx_consent_html_t *h, u_char **pos,
    u_char *p, uint32_t off);
ngx_int_t ngx_consent_html_at_body(ngx_consent_html_t *h, u_char **pos,
    u_char *p, uint32_t off);

/* Before the body: a tag is complete, which may begin or end a template. */
void ngx_consent_html_in_template(ngx_consent_html_t *h);


/*
 * So many bytes of a name as numbers: two times the first 8 of them.  What
 * stands behind a name must be there to be read.
 */

extern const uint64_t  ngx_consent_html_masks[];


/* What names that have a row differ in; letters are then in lower case. */

static ngx_inline uint64_t
ngx_consent_html_name_word(const u_char *p, size_t n)
{
    return (ngx_consent_word(p) | 0x2020202020202020)
           & ngx_consent_html_masks[n];
}


/* Of a whole name, as far as it is kept: who is open in svg and math. */

static ngx_inline uint32_t
ngx_consent_html_hash(const u_char *p, size_t n)
{
    uint64_t  hash, rest;

    hash = ngx_consent_word_lower(ngx_consent_word(p))
           & ngx_consent_html_masks[n];
    hash *= NGX_CONSENT_TAG_FACTOR;

    if (n > NGX_CONSENT_WORD) {
        rest = ngx_consent_word_lower(ngx_consent_word(p + NGX_CONSENT_WORD));
        hash ^= rest & ngx_consent_html_masks[n - NGX_CONSENT_WORD];
        hash *= NGX_CONSENT_TAG_FACTOR;
    }

    return hash >> 32;
}


#ifdef NGX_CONSENT_WIDE

/* Where a tag's name ends that begins there; NULL: not in view, or odd. */

static ngx_inline u_char *
ngx_consent_html_name_end(u_char *p)
{
    u_char                   *end;
    uint64_t                  others;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   bits;

    /* most have nothing but letters, of which each has this bit */

    others = ~ngx_consent_word(p) & ngx_consent_word_of(0x40);

    if (others) {

        end = p + ngx_consent_word_first(others);

        if (ngx_consent_html_is(*end, NGX_CONSENT_HTML_NAME_END)) {
            return end;
        }
    }

    w = ngx_consent_wide_load(p);
    w = ngx_consent_wide_or(ngx_consent_wide_le(w, ' '),
                            ngx_consent_wide_or(ngx_consent_wide_eq(w, '>'),
                                                ngx_consent_wide_eq(w, '/')));
    bits = ngx_consent_wide_bits(w);

    if (bits == 0) {
        return NULL;
    }

    p += ngx_consent_wide_index(bits);

    /* any other control character is a part of the name */

    return (*p == '>' || *p == ' '
            || ngx_consent_html_is(*p, NGX_CONSENT_HTML_NAME_END)) ? p : NULL;
}

#endif


/* A bit that a name sets, by that number. */

#define ngx_consent_html_seen_bit(word)                                      \
    ((uint64_t) 1 << ((uint64_t) (word) * NGX_CONSENT_TAG_FACTOR >> 58))


static ngx_inline uint64_t
ngx_consent_html_seen(const ngx_consent_html_t *h)
{
    if (h->name_len == 0) {
        return 0;
    }

    return ngx_consent_html_seen_bit(
               ngx_consent_html_name_word(h->name, h->name_len));
}


/* A start tag, an end tag: what is open in svg and math follows it. */
void ngx_consent_html_start(ngx_consent_html_t *h, const u_char *tag);
void ngx_consent_html_end(ngx_consent_html_t *h);

/* 1 if the tag begins or ends an element of svg or math, before either did */
ngx_uint_t ngx_consent_html_is_foreign(const ngx_consent_html_t *h);

/* All that is open is not: it was in another reading. */
void ngx_consent_html_leave(ngx_consent_html_t *h);

/* The namespace of an element that starts here, and of one that ends. */
ngx_consent_ns_e ngx_consent_html_ns(const ngx_consent_html_t *h);
ngx_consent_ns_e ngx_consent_html_end_ns(const ngx_consent_html_t *h);

/* 1 if a CDATA section may begin here */
ngx_uint_t ngx_consent_html_allows_cdata(const ngx_consent_html_t *h);


#endif /* _NGX_CONSENT_HTML_INT_H_INCLUDED_ */
