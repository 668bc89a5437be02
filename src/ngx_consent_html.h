
/*
 * The tokenizer of the HTML standard (section 13.2.5), reduced to what
 * decides where a tag begins and ends, with the little of tree construction
 * (13.2.6) that changes tokenizing.  It owns no memory, keeps no pointer and
 * reads each byte once: a buffer may end anywhere.
 */

#ifndef _NGX_CONSENT_HTML_H_INCLUDED_
#define _NGX_CONSENT_HTML_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_tag.h"


/* what ngx_consent_html_next() returns besides NGX_AGAIN */

#define NGX_CONSENT_HTML_TAG   1       /* h->tag is complete */
#define NGX_CONSENT_HTML_LONG  2       /* h->tag reached a limit, not its end */
#define NGX_CONSENT_HTML_FORK  3       /* what follows may be read two ways */
#define NGX_CONSENT_HTML_TEXT  4       /* h->pause: text begins */
#define NGX_CONSENT_HTML_PIECE 5       /* XML, h->pieces: markup, no tag */
#define NGX_CONSENT_HTML_DECL  6       /* XML: a declaration */
#define NGX_CONSENT_HTML_HEAD  7       /* h->head: the page's head begins */
#define NGX_CONSENT_HTML_BODY  8       /* h->body_too: its body begins */


/*
 * XML: bytes of a reference in text.  No name of HTML's is longer; a longer one
 * is an event at this length, without its ';'.
 */
#define NGX_CONSENT_XML_REF    64


/*
 * Open elements that are followed from the first svg or math on.  Past it they
 * are only counted, and the page is in doubt from there on.
 */
#define NGX_CONSENT_HTML_MAX_OPEN  48


/* how far tree construction has come (13.2.6.4) */

typedef enum {
    NGX_CONSENT_HTML_BEFORE_HEAD = 0,
    NGX_CONSENT_HTML_IN_HEAD,
    NGX_CONSENT_HTML_AFTER_HEAD
} ngx_consent_html_outer_e;


/* the other reading of what follows */

typedef enum {
    NGX_CONSENT_HTML_NO_FORK = 0,
    NGX_CONSENT_HTML_FORK_RAW,          /* raw text: html, or scripting is on */
    NGX_CONSENT_HTML_FORK_MARKUP,       /* markup: the start tag is ignored */
    NGX_CONSENT_HTML_FORK_BOGUS         /* not CDATA, a comment up to '>' */
} ngx_consent_html_fork_e;


/* what an open element is to those inside it */

typedef enum {
    NGX_CONSENT_HTML_IS_HTML = 0,
    NGX_CONSENT_HTML_IS_SVG,
    NGX_CONSENT_HTML_IS_MATH,
    NGX_CONSENT_HTML_IS_ANNOTATION,     /* annotation-xml without html */

    /* integration points (13.2.6) */
    NGX_CONSENT_HTML_IS_POINT,
    NGX_CONSENT_HTML_IS_MATH_POINT      /* mi, mn, mo, ms, mtext */
} ngx_consent_html_is_e;


typedef struct {
    uint32_t             hash;          /* of the name */
    u_char               is;
} ngx_consent_html_open_t;


typedef struct {
    ngx_consent_tag_t    tag;

    /*
     * Bytes before *pos that belong to a tag whose end is not yet seen and
     * that the caller may have to change: it keeps them.  0 in text, in
     * comments, and in tags that never concern the caller.
     */
    uint32_t             held;

    uint32_t             limit;         /* bytes of a tag before it is LONG */
    uint32_t             cut;           /* LONG: bytes that may be released */

    /* the caller's, after ngx_consent_html_init() */

    unsigned             all:1;         /* every tag concerns the caller */
    unsigned             marks:1;       /* attributes have other names, too */
    unsigned             sure:1;        /* no meta says the encoding any more */
    unsigned             scripting:1;   /* noscript is raw text, no fork */
    unsigned             pause:1;       /* return where text begins */
    unsigned             xml:1;         /* by XML's rules: _html_xml.c */
    unsigned             pieces:1;      /* ... the text is looked at */
    unsigned             unheard:1;     /* the end of this raw text is no tag */
                                        /* for the caller; not for the next */
    unsigned             head:1;        /* return where the head begins, */
    unsigned             body_too:1;    /* ... where the body does */
    u_char               mark;          /* bytes of a byte order mark to come */

    ngx_consent_html_fork_e  fork;

    /* what follows is the tokenizer's own */

    u_char               state;
    u_char               text;        /* the state of text that a tag ends in */
    u_char               closer;        /* the element whose end tag ends it, */
    u_char               closer_len;    /* and its name */
    u_char               closer_name[NGX_CONSENT_TAG_MAX_NAME + 2];
    u_char               name_len;      /* of name; past its end: too long */
    u_char               name[NGX_CONSENT_TAG_MAX_NAME + 2];

    unsigned             record:1;      /* this tag's attributes are kept */
    unsigned             open:1;        /* an attribute is being read */
    unsigned             skip:1;        /* ... and was judged already */
    unsigned             escape:2;      /* script data: 1 escaped, 2 double */
    unsigned             dashes:2;      /* ... and '-' before, at most 2 */
    unsigned             select:1;      /* in a select, as it seems */
    unsigned             form:1;        /* in a form, as it seems */
    unsigned             frameset:1;
    unsigned             body:1;        /* the page's head is over */
    unsigned             filled:1;      /* ... and a frameset is too late */
    unsigned             doubt:1;       /* whether this is svg is not sure */
    unsigned             behind:1;      /* the head begins behind this tag */
    unsigned             body_behind:1; /* ... the body */
    unsigned             outer:2;       /* body_too: how far it is to it, */
    uint32_t             templates;     /* ... and those that are open */
    unsigned             document:1;    /* before it was a DOCTYPE, or a tag */
                                        /* that no fragment has */

    u_char               quote;         /* XML: of a literal */
    u_char               found;         /* ... an event, after this byte */
    u_char               attr_first;    /* its name's first byte */
    ngx_consent_attr_t   attr;          /* the one that is being read */

    uint64_t             seen;          /* names outside of svg, a bit each */

    ngx_uint_t           depth;
    ngx_uint_t           over;          /* open elements not followed */
    ngx_consent_html_open_t  opened[NGX_CONSENT_HTML_MAX_OPEN];
} ngx_consent_html_t;


void ngx_consent_html_init(ngx_consent_html_t *h, uint32_t limit);

/*
 * Reads [*pos, last).
 *
 *   NGX_AGAIN               *pos == last; h->held says what to keep
 *   NGX_CONSENT_HTML_TAG    *pos is just past the '>' of a tag that concerns
 *                           the caller: a start tag of an element that may
 *                           fetch (but for one without the only attributes by
 *                           which it may), or the end tag that closes a
 *                           script, style or iframe.  Its h->tag.off bytes end
 *                           at *pos.  The caller looks at it, then calls
 *                           ngx_consent_html_apply() before it goes on.
 *   NGX_CONSENT_HTML_LONG   the tag has h->limit bytes (or
 *                           NGX_CONSENT_MAX_ATTRS attributes) and no end yet;
 *                           its bytes so far end at *pos.  The caller judges
 *                           the attributes recorded, lets the first h->cut
 *                           bytes go, keeps the rest (h->tag.off - h->cut) and
 *                           calls ngx_consent_html_release().  The last
 *                           attribute is there with the beginning of its value
 *                           if it alone is longer than the limit; its rest
 *                           then passes without being held.
 *   NGX_CONSENT_HTML_FORK   what follows *pos can be read in two ways, h->fork
 *                           says which.  The caller may take a copy of h and
 *                           turn it with ngx_consent_html_other(), and read on
 *                           with both.
 *   NGX_CONSENT_HTML_TEXT   asked for by h->pause: text begins at *pos
 *   NGX_CONSENT_HTML_PIECE  asked for by h->pieces: the h->tag.off bytes before
 *                           *pos are no text, but a comment, a processing
 *                           instruction, what begins or ends a CDATA section,
 *                           or a reference, "&...;".  Every tag is an event,
 *                           too.
 *   NGX_CONSENT_HTML_DECL   the h->tag.off bytes before *pos are "<!DOCTYPE" up
 *                           to its '[' or '>', or a declaration inside of it.
 *                           h->tag.more: h->limit bytes of one, of which the
 *                           rest passes without being held.
 *   NGX_CONSENT_HTML_HEAD   asked for by h->head, once: h->tag.off bytes before
 *                           *pos a browser opens the head (13.2.6.4.1 to .3),
 *                           so that what is put there is its first child.  A
 *                           page that ends before has no such place.
 *
 *   NGX_CONSENT_HTML_BODY   asked for by h->body_too, once, and not before
 *                           HEAD: the same of the body (13.2.6.4.1 to .6), as a
 *                           browser with scripting opens it.  A page of frames
 *                           has none.
 *
 * Of XML a processing instruction xml-stylesheet is a TAG, without attributes;
 * h->tag.more says the same of it.
 *
 * The events and their offsets do not depend on where buffers end.
 */
ngx_int_t ngx_consent_html_next(ngx_consent_html_t *h, u_char **pos,
    u_char *last);

/*
 * After a tag: does what the tree builder would (text modes, foreign
 * content).  tag is the '<' of the h->tag.off bytes, in one piece; of an end
 * tag it may be NULL.  It may leave a fork in h->fork.
 */
void ngx_consent_html_apply(ngx_consent_html_t *h, const u_char *tag);

/* Makes of a copy of h the other reading that h->fork says. */
void ngx_consent_html_other(ngx_consent_html_t *h);

/* 1 if h stands in text, where two readings can be one again */
ngx_uint_t ngx_consent_html_in_text(const ngx_consent_html_t *h);

/* 1 if h stands in raw text or RCDATA */
ngx_uint_t ngx_consent_html_in_raw(const ngx_consent_html_t *h);

/*
 * After NGX_CONSENT_HTML_LONG: offsets count from the cut on, h->tag.part is
 * set, the attributes before the cut are forgotten.
 */
void ngx_consent_html_release(ngx_consent_html_t *h);


/* XML: h begins inside of a DOCTYPE's brackets */
void ngx_consent_html_subset(ngx_consent_html_t *h);

/*
 * XML, after NGX_AGAIN: bytes before *pos that have turned out to be no text,
 * or NGX_CONSENT_XML_MARKUP: all since the last text.
 */
#define NGX_CONSENT_XML_MARKUP  ((ngx_uint_t) -1)

ngx_uint_t ngx_consent_html_markup_bytes(const ngx_consent_html_t *h);

/*
 * Records the pseudo-attributes of the xml-stylesheet that is complete, p is
 * its '<'.  Browsers read them by the same grammar as attributes, after they
 * have found its end.
 */
void ngx_consent_html_pseudo(ngx_consent_html_t *h, u_char *p);


#endif /* _NGX_CONSENT_HTML_H_INCLUDED_ */
