
/*
 * What is changed in a page: an ordered list of insertions, and of bytes that
 * are taken out.  What is inserted into a tag that is held back changes nothing
 * of the tag itself, so that every such edit can be undone.
 */

#ifndef _NGX_CONSENT_EDIT_H_INCLUDED_
#define _NGX_CONSENT_EDIT_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_tag.h"


/* where the bytes of a piece of the output are, and for how long */

typedef enum {
    NGX_CONSENT_PIECE_KEEP = 0,         /* of the input, in its own memory */
    NGX_CONSENT_PIECE_HELD,             /* of the input, in memory that */
                                        /* changes after the call */
    NGX_CONSENT_PIECE_INSERT,           /* of ours, ASCII, in such memory */
    NGX_CONSENT_PIECE_DROP              /* of the input, not to go out: no */
                                        /* memory at all */
} ngx_consent_piece_e;


/*
 * Takes the next piece of the output; NGX_OK or NGX_ERROR.  Pieces come in the
 * order of the input; KEEP, HELD and DROP cover each of its bytes once.
 */

typedef ngx_int_t (*ngx_consent_emit_pt)(void *data, u_char *p, size_t len,
    ngx_consent_piece_e kind);


typedef enum {
    NGX_CONSENT_EDIT_TYPE = 0,          /*  type="text/plain"     */
    NGX_CONSENT_EDIT_WAIT,              /*  data-consent="..."    */
    NGX_CONSENT_EDIT_RENAME,            /* data-consent-          */
    NGX_CONSENT_EDIT_URL,               /* about:invalid          */
    NGX_CONSENT_EDIT_TEXT,              /* bytes of the caller's, or none */
    NGX_CONSENT_EDIT_LIVE               /* ... to take an author's mark off */
} ngx_consent_edit_e;


typedef struct {
    uint64_t             at;            /* offset in the page */
    uint64_t             drop;          /* bytes taken out from there on */

    u_char               what;
    unsigned             begun:1;       /* a part of it is out */
    unsigned             quoted:1;      /* it stands in a srcdoc */

    ngx_consent_mask_t   needs;         /* WAIT */
    ngx_str_t            text;      /* TEXT, LIVE: kept by the caller */
} ngx_consent_edit_t;


/* the longest text of WAIT: every category, and a space or quote after each */
#define NGX_CONSENT_EDIT_MAX                                                 \
    (sizeof(" data-consent=\"") - 1                                          \
     + NGX_CONSENT_MAX_CATEGORIES * (NGX_CONSENT_MAX_CATEGORY_NAME + 1))


/*
 * Emits an edit's text; that of WAIT is given.  In a srcdoc quotes and spaces
 * are written as character references.
 */
ngx_int_t ngx_consent_edit_emit(const ngx_consent_edit_t *e,
    const ngx_str_t *wait, ngx_consent_emit_pt emit, void *data);

/*
 * Where "data-consent-" goes in an attribute's name: before it, or after a
 * prefix and its colon.  The offset counts as the attribute's own.
 */
uint32_t ngx_consent_edit_rename(const ngx_consent_attr_t *attr,
    const u_char *tag);


#endif /* _NGX_CONSENT_EDIT_H_INCLUDED_ */
