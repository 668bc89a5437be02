
/*
 * What is written into a tag that is held back: an ordered list of insertions.
 * Nothing of the tag itself is changed, so every edit can be undone.
 */

#ifndef _NGX_CONSENT_EDIT_H_INCLUDED_
#define _NGX_CONSENT_EDIT_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_tag.h"


/* every attribute may be renamed, and two are inserted after the name */
#define NGX_CONSENT_MAX_EDITS  (NGX_CONSENT_MAX_ATTRS + 2)


typedef enum {
    NGX_CONSENT_EDIT_TYPE = 0,          /*  type="text/plain"      */
    NGX_CONSENT_EDIT_WAIT,              /*  data-consent="..."     */
    NGX_CONSENT_EDIT_RENAME             /* data-consent-           */
} ngx_consent_edit_e;


typedef struct {
    uint32_t             at;            /* offset in the tag */
    ngx_consent_edit_e   what;
} ngx_consent_edit_t;


typedef struct {
    ngx_uint_t           n;
    ngx_consent_edit_t   edits[NGX_CONSENT_MAX_EDITS];
} ngx_consent_edits_t;


/* where the bytes of a piece are, and for how long */

typedef enum {
    NGX_CONSENT_PIECE_KEEP = 0,         /* input, in the input's own memory */
    NGX_CONSENT_PIECE_HELD,             /* input, in memory that changes */
    NGX_CONSENT_PIECE_INSERT,           /* ours (ASCII), in such memory */
    NGX_CONSENT_PIECE_DROP              /* input that does not go out; p NULL */
} ngx_consent_piece_e;

#define NGX_CONSENT_PIECE_COPY  NGX_CONSENT_PIECE_HELD


/* Takes the next piece of the output; NGX_OK or NGX_ERROR. */

typedef ngx_int_t (*ngx_consent_emit_pt)(void *data, u_char *p, size_t len,
    ngx_consent_piece_e kind);


/*
 * The list must be built from left to right: first the insertions after the
 * name, then the attributes in their order.
 */
void ngx_consent_edit_add(ngx_consent_edits_t *e, ngx_consent_edit_e what,
    uint32_t at);

/* Renames the attribute: the insertion stands before its local name. */
void ngx_consent_edit_rename(ngx_consent_edits_t *e,
    const ngx_consent_attr_t *attr, const u_char *tag);

/*
 * Emits len bytes of a tag with the insertions; wait is the value that
 * data-consent gets, kind is that of the tag's bytes.
 */
ngx_int_t ngx_consent_edit_emit(const ngx_consent_edits_t *e, u_char *tag,
    size_t len, ngx_consent_piece_e kind, const ngx_str_t *wait,
    ngx_consent_emit_pt emit, void *data);


#endif /* _NGX_CONSENT_EDIT_H_INCLUDED_ */
