
/*
 * A tag: its name, its attributes as spans, and what its element is to us.
 */

#ifndef _NGX_CONSENT_TAG_H_INCLUDED_
#define _NGX_CONSENT_TAG_H_INCLUDED_


#include "ngx_consent_word.h"


/*
 * Attributes that one tag (or one part of a long tag) records.  Past it the
 * tag is handed over in parts: see NGX_CONSENT_HTML_LONG.
 */
#define NGX_CONSENT_MAX_ATTRS  64


/* all offsets count from the '<' of the tag, or from where its part begins */

typedef struct {
    uint32_t             name;
    uint32_t             name_len;
    uint32_t             value;         /* inside the quotes, if any */
    uint32_t             value_len;
    u_char               quote;         /* '"', '\'' or 0 */
    u_char               has_value;     /* "a=" has one, "a" has none */
    u_char               cut;           /* the tag's limit is in the value */

    /* XML: entities are expanded in the value: no edit can be made in it */
    u_char               expanded;
    u_char               doubt;         /* ... what it says is not known */
} ngx_consent_attr_t;


typedef enum {
    NGX_CONSENT_NS_HTML = 0,
    NGX_CONSENT_NS_SVG,
    NGX_CONSENT_NS_MATH,
    NGX_CONSENT_NS_XML                  /* of an XML page: any of the above */
} ngx_consent_ns_e;


/*
 * Names of elements that the tokenizer or the judge must know; all others
 * are NGX_CONSENT_TAG_OTHER.
 */

typedef enum {
    NGX_CONSENT_TAG_OTHER = 0,

    /* these fetch, by attributes that only they have */
    NGX_CONSENT_TAG_A,
    NGX_CONSENT_TAG_ANIMATE,            /* and set, animateTransform ... */
    NGX_CONSENT_TAG_AREA,
    NGX_CONSENT_TAG_AUDIO,
    NGX_CONSENT_TAG_BASE,
    NGX_CONSENT_TAG_EMBED,
    NGX_CONSENT_TAG_FEIMAGE,
    NGX_CONSENT_TAG_FRAME,
    NGX_CONSENT_TAG_IFRAME,
    NGX_CONSENT_TAG_IMAGE,
    NGX_CONSENT_TAG_IMG,
    NGX_CONSENT_TAG_INPUT,
    NGX_CONSENT_TAG_LINK,
    NGX_CONSENT_TAG_META,
    NGX_CONSENT_TAG_OBJECT,
    NGX_CONSENT_TAG_PARAM,
    NGX_CONSENT_TAG_SCRIPT,
    NGX_CONSENT_TAG_SOURCE,
    NGX_CONSENT_TAG_STYLE,
    NGX_CONSENT_TAG_STYLESHEET,         /* <?xml-stylesheet ...?> */
    NGX_CONSENT_TAG_TRACK,
    NGX_CONSENT_TAG_USE,
    NGX_CONSENT_TAG_VIDEO,

    /* these change how what follows is read */
    NGX_CONSENT_TAG_FORM,               /* in one there is no other */
    NGX_CONSENT_TAG_FRAMESET,
    NGX_CONSENT_TAG_HTML,               /* has the page's language */
    NGX_CONSENT_TAG_MATH,
    NGX_CONSENT_TAG_NOEMBED,
    NGX_CONSENT_TAG_NOFRAMES,
    NGX_CONSENT_TAG_NOSCRIPT,
    NGX_CONSENT_TAG_PLAINTEXT,
    NGX_CONSENT_TAG_SELECT,
    NGX_CONSENT_TAG_SVG,
    NGX_CONSENT_TAG_TEXTAREA,
    NGX_CONSENT_TAG_TITLE,
    NGX_CONSENT_TAG_XMP,

    /* these matter in foreign content only */
    NGX_CONSENT_TAG_ANNOTATION_XML,
    NGX_CONSENT_TAG_BREAKOUT,           /* ends it, with a few from above */
    NGX_CONSENT_TAG_DESC,
    NGX_CONSENT_TAG_FONT,
    NGX_CONSENT_TAG_FOREIGNOBJECT,
    NGX_CONSENT_TAG_MGLYPH,             /* and malignmark */
    NGX_CONSENT_TAG_MTEXT,              /* and mi, mn, mo, ms */
    NGX_CONSENT_TAG_P,                  /* and br: their end tags end it too */
    NGX_CONSENT_TAG_VOID                /* html without content or end tag */
} ngx_consent_tag_e;

#define ngx_consent_tag_fetches(id)                                          \
    ((id) >= NGX_CONSENT_TAG_A && (id) <= NGX_CONSENT_TAG_VIDEO)

/* the longest name above */
#define NGX_CONSENT_TAG_MAX_NAME  16


typedef struct {
    ngx_consent_tag_e    id;
    ngx_consent_ns_e     ns;            /* of the element it makes */

    unsigned             end:1;         /* an end tag */
    unsigned             self_closing:1;
    unsigned             part:1;       /* a later part of a long tag: no name */
    unsigned             more:1;        /* ... and not the last one */
    unsigned             hot:1;         /* has an attribute that any element */
                                        /* may fetch by */

    uint32_t             off;           /* bytes so far; all when it is done */
    uint32_t             name_len;      /* the name is at offset 1 (2) */

    /* names of which this bit is set are not among the attributes */
    uint64_t             absent;

    ngx_uint_t           nattrs;
    ngx_consent_attr_t   attrs[NGX_CONSENT_MAX_ATTRS];
} ngx_consent_tag_t;


/* the bit of an attribute's name, in lower case or not */

#define ngx_consent_tag_bit(first, len)                                      \
    ((uint64_t) 1 << ((((first) | 0x20) + 14 * (len)) & 63))

#define ngx_consent_tag_lacks(tag, attr)                                     \
    ((tag)->absent & ngx_consent_tag_bit((attr)->data[0], (attr)->len))


/* the id has a meaning outside of svg and math, too */
#define ngx_consent_tag_in_html(id)  ((id) < NGX_CONSENT_TAG_ANNOTATION_XML)


/*
 * All names: a lower-case name is compared with no more than one of them, as
 * one number of its first 8 bytes, the first byte lowest.
 */

typedef struct {
    char                 name[NGX_CONSENT_TAG_MAX_NAME + 1];
    u_char               id;
} ngx_consent_tag_row_t;

extern const ngx_consent_tag_row_t  ngx_consent_tag_rows[];
extern const u_char                 ngx_consent_tag_slots[512];

#define NGX_CONSENT_TAG_FACTOR  0x0be4e6c2c983743dull

#define ngx_consent_tag_slot(word)                                           \
    ((size_t) ((uint64_t) (word) * NGX_CONSENT_TAG_FACTOR >> 55))


/*
 * Rows of names that have a meaning in HTML come first, and of these that of
 * <a>, which most of the time has none.
 */
#define NGX_CONSENT_TAG_HTML_ROWS  40


/* The row of a name with these first 8 bytes; 0: it has none. */

static ngx_inline ngx_uint_t
ngx_consent_tag_row(uint64_t word)
{
    ngx_uint_t  n;

    n = ngx_consent_tag_slots[ngx_consent_tag_slot(word)];

    return (ngx_consent_word((const u_char *) ngx_consent_tag_rows[n].name)
            == word) ? n : 0;
}


/* 1 if an element of HTML with that name has to be looked at */

static ngx_inline ngx_uint_t
ngx_consent_tag_is_loud(uint64_t word)
{
    ngx_uint_t  n;

    n = ngx_consent_tag_slots[ngx_consent_tag_slot(word)];

    return n - 2 < NGX_CONSENT_TAG_HTML_ROWS - 2
           && ngx_consent_word((const u_char *) ngx_consent_tag_rows[n].name)
              == word;
}


/* the element of a lower-case name */
ngx_consent_tag_e ngx_consent_tag_id(const u_char *name, size_t len);

/* the same in svg and math, where more names matter */
ngx_consent_tag_e ngx_consent_tag_foreign_id(const u_char *name, size_t len);

/* the element of a name of XML, as it is written: names have a case */
ngx_consent_tag_e ngx_consent_tag_xml_id(const u_char *name, size_t len);


#endif /* _NGX_CONSENT_TAG_H_INCLUDED_ */
