
/*
 * The strings of a JSON document that streams by: import maps, speculation
 * rules, manifests.  It owns no memory, keeps no pointer and reads each byte
 * once.  Nothing else of the grammar is checked: what is no JSON a browser
 * drops whole.
 */

#ifndef _NGX_CONSENT_STRINGS_H_INCLUDED_
#define _NGX_CONSENT_STRINGS_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_char.h"


/* what ngx_consent_strings_next() returns besides NGX_AGAIN */

#define NGX_CONSENT_STRINGS_STRING  1   /* a string is complete */
#define NGX_CONSENT_STRINGS_LONG    2   /* it reached the limit, not its end */


/* Levels of which it is known what they are; deeper strings are no names. */
#define NGX_CONSENT_STRINGS_MAX_DEPTH  64


typedef struct {

    /* it begins off bytes before *pos, inside the quotes, and has len bytes */
    uint32_t             off;
    uint32_t             len;

    unsigned             name:1;        /* the name of a member, no value */

    /* bytes before *pos that the caller keeps: 0 outside of a string */
    uint32_t             held;

    uint32_t             limit;         /* bytes before it is LONG */

    /* NGX_CONSENT_LEAD_..., set after ngx_consent_strings_init(); or 0 */
    u_char               lead;

    /* what follows is the reader's own */

    unsigned             trail:1;       /* the second half of a character */
    unsigned             in:1;          /* a string is read */
    unsigned             skip:1;        /* ... the rest of a LONG one */
    unsigned             escape:1;      /* a '\\' stands before */
    unsigned             before:1;      /* a name comes next */
    uint32_t             depth;
    uint64_t             objects;       /* bit N: level N is an object */
} ngx_consent_strings_t;


void ngx_consent_strings_init(ngx_consent_strings_t *s, uint32_t limit);

/*
 * Reads [*pos, last).
 *
 *   NGX_AGAIN                    *pos == last; s->held says what to keep
 *   NGX_CONSENT_STRINGS_STRING   s->off, s->len and s->name tell a string,
 *                                whose text ngx_consent_js_text() resolves
 *   NGX_CONSENT_STRINGS_LONG     the same of its first s->limit bytes; what
 *                                follows of it passes without being held
 */
ngx_int_t ngx_consent_strings_next(ngx_consent_strings_t *s, u_char **pos,
    u_char *last);


#endif /* _NGX_CONSENT_STRINGS_H_INCLUDED_ */
