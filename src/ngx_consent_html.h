
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

#define NGX_CONSENT_HTML_TAG   1        /* h->tag is complete */
#define NGX_CONSENT_HTML_LONG  2       /* h->tag reached a limit, not its end */


/*
 * Open elements of svg and math that are followed.  Deeper ones are not: their
 * content is read as that of the last one that is.
 */
#define NGX_CONSENT_HTML_MAX_FOREIGN  32


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

    /* what follows is the tokenizer's own */

    u_char               state;
    u_char               text;        /* the state of text that a tag ends in */
    u_char               closer;        /* the element whose end tag ends it */
    u_char               name_len;      /* of name; past its end: too long */
    u_char               name[NGX_CONSENT_TAG_MAX_NAME + 2];

    unsigned             all:1;         /* every tag concerns the caller */
    unsigned             record:1;      /* this one does */
    unsigned             open:1;        /* an attribute is being read */
    unsigned             skip:1;        /* ... and was judged already */
    unsigned             escape:2;      /* script data: 1 escaped, 2 double */
    unsigned             dashes:2;      /* ... and '-' before, at most 2 */
    unsigned             inner:1;     /* html is open in an integration point */

    ngx_consent_attr_t   attr;          /* the one that is being read */

    u_char               depth;
    u_char               foreign[NGX_CONSENT_HTML_MAX_FOREIGN];
} ngx_consent_html_t;


void ngx_consent_html_init(ngx_consent_html_t *h, uint32_t limit);

/*
 * Reads [*pos, last).
 *
 *   NGX_AGAIN               *pos == last; h->held says what to keep
 *   NGX_CONSENT_HTML_TAG    *pos is just past the '>' of a tag that concerns
 *                           the caller: a start tag of an element that may
 *                           fetch, or the end tag that closes a script, style
 *                           or iframe.  Its h->tag.off bytes end at *pos.  The
 *                           caller looks at it, then calls
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
 *
 * The events and their offsets do not depend on where buffers end.
 */
ngx_int_t ngx_consent_html_next(ngx_consent_html_t *h, u_char **pos,
    u_char *last);

/*
 * After a tag: does what the tree builder would (text modes, foreign
 * content).  tag is the '<' of the h->tag.off bytes, in one piece; of an end
 * tag it may be NULL.
 */
void ngx_consent_html_apply(ngx_consent_html_t *h, const u_char *tag);

/*
 * After NGX_CONSENT_HTML_LONG: offsets count from the cut on, h->tag.part is
 * set, the attributes before the cut are forgotten.
 */
void ngx_consent_html_release(ngx_consent_html_t *h);


#endif /* _NGX_CONSENT_HTML_H_INCLUDED_ */
