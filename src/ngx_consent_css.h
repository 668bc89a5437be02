
/*
 * What of a style sheet makes a browser fetch, found by the tokens of CSS
 * Syntax Level 3: url(), src(), @import, the strings of image-set().  It owns
 * no memory, keeps no pointer and reads each byte once: a buffer may end
 * anywhere.
 */

#ifndef _NGX_CONSENT_CSS_H_INCLUDED_
#define _NGX_CONSENT_CSS_H_INCLUDED_


#include "ngx_consent.h"


/* what ngx_consent_css_next() returns besides NGX_AGAIN */

#define NGX_CONSENT_CSS_URL   1         /* a URL is complete */
#define NGX_CONSENT_CSS_LONG  2         /* it reached the limit, not its end */


/*
 * Bytes of the longest name that matters, "-webkit-image-set", and two: one
 * for a '#' before it, one by which a name is seen to be longer.
 */
#define NGX_CONSENT_CSS_MAX_NAME  19


typedef enum {
    NGX_CONSENT_CSS_FUNCTION = 0,       /* url(...), src("...") */
    NGX_CONSENT_CSS_IMPORT,             /* @import, with and without url() */
    NGX_CONSENT_CSS_IMAGE_SET,          /* a string of image-set() */
    NGX_CONSENT_CSS_CUSTOM          /* a string of --x: image-set(var(--x)) */
} ngx_consent_css_what_e;


typedef struct {

    /*
     * The URL's text: what stands inside the quotes, or an unquoted url token
     * without the white space around it.  It begins off bytes before *pos and
     * has len bytes; len <= off <= limit.
     */
    uint32_t                off;
    uint32_t                len;

    ngx_consent_css_what_e  what;
    u_char                  quote;      /* '"', '\'' or 0 */

    /* bytes before *pos that the caller keeps: 0 outside of a URL */
    uint32_t                held;

    uint32_t                limit;      /* bytes of a URL before it is LONG */

    /*
     * Set by the caller after ngx_consent_css_init() for Shift_JIS, Big5, GBK:
     * after a byte from 0x81 on one from 0x40 to 0x7e is the second half of a
     * character, and no '\\'.
     */
    unsigned                lead:1;

    /* what follows is the reader's own */

    unsigned                trail:1;    /* such a second half may follow */
    unsigned                import:1;   /* nothing but space since @import */
    unsigned                mute:1;     /* in the prelude of @namespace */
    unsigned                custom:1;   /* in the value of a custom property */
    unsigned                skip:1;     /* the rest of a URL that was LONG */

    u_char                  state;
    u_char                  back;       /* the state after a comment */
    u_char                  digits;     /* of an escape that is being read */
    uint32_t                code;       /* its character so far */

    uint32_t                depth;      /* of parentheses, where they count */
    uint32_t                set;        /* ... that image-set() opened */
    uint32_t                type;       /* ... that type() in it opened */
    uint32_t                src;        /* ... that src() opened */

    u_char                  name_len;
    u_char                  name[NGX_CONSENT_CSS_MAX_NAME];
} ngx_consent_css_t;


void ngx_consent_css_init(ngx_consent_css_t *c, uint32_t limit);

/*
 * Reads [*pos, last).
 *
 *   NGX_AGAIN               *pos == last; c->held says what to keep
 *   NGX_CONSENT_CSS_URL     c->off, c->len, c->what and c->quote tell a URL;
 *                           nothing before *pos is needed afterwards
 *   NGX_CONSENT_CSS_LONG    the same of the first c->limit bytes; what follows
 *                           of this URL passes without being held
 *
 * URLs come in their order and do not overlap.  They and their offsets do not
 * depend on where buffers end.
 */
ngx_int_t ngx_consent_css_next(ngx_consent_css_t *c, u_char **pos,
    u_char *last);

/*
 * The input ends where *pos was left: CSS closes what is open.
 * NGX_CONSENT_CSS_URL if that makes a URL of the bytes held, else NGX_OK.
 */
ngx_int_t ngx_consent_css_end(ngx_consent_css_t *c);

/*
 * The text that a URL's bytes stand for: escapes resolved to UTF-8.  Writes at
 * most size bytes, never a part of an escaped character, and returns how many:
 * never more than len and two for each NUL among them.
 */
size_t ngx_consent_css_text(u_char *dst, size_t size, const u_char *p,
    size_t len, ngx_uint_t lead);


#endif /* _NGX_CONSENT_CSS_H_INCLUDED_ */
