
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
#define NGX_CONSENT_HTML_LONG  2        /* h->tag reached a limit, not its end */


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

    /* the tokenizer's own state follows; see ngx_consent_html.c */
    u_char               state;
} ngx_consent_html_t;


void ngx_consent_html_init(ngx_consent_html_t *h, uint32_t limit);

/*
 * Reads [*pos, last).
 *
 *   NGX_AGAIN               all is read, *pos == last; h->held says what to keep
 *   NGX_CONSENT_HTML_TAG    *pos is just past the '>' of a tag that concerns
 *                           the caller: a start tag of an element that may
 *                           fetch, or the end tag that closes a script, style,
 *                           iframe or other raw text.  Its h->tag.off bytes end
 *                           at *pos.  The caller looks at it, then calls
 *                           ngx_consent_html_apply() before it goes on.
 *   NGX_CONSENT_HTML_LONG   the tag has h->limit bytes (or
 *                           NGX_CONSENT_MAX_ATTRS attributes) and no end yet;
 *                           its bytes so far end at *pos.  The caller judges
 *                           the attributes recorded, lets the first h->cut
 *                           bytes go, keeps the rest (h->tag.off - h->cut) and
 *                           calls ngx_consent_html_release().
 *
 * The events and their offsets do not depend on where buffers end.
 */
ngx_int_t ngx_consent_html_next(ngx_consent_html_t *h, u_char **pos,
    u_char *last);

/*
 * After a tag: does what the tree builder would (text modes, foreign
 * content).  tag is the '<' of the h->tag.off bytes, in one piece.
 */
void ngx_consent_html_apply(ngx_consent_html_t *h, u_char *tag);

/*
 * After NGX_CONSENT_HTML_LONG: offsets count from the cut on, h->tag.part is
 * set, the attributes before the cut are forgotten.
 */
void ngx_consent_html_release(ngx_consent_html_t *h);


#endif /* _NGX_CONSENT_HTML_H_INCLUDED_ */
