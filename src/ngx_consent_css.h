
/*
 * What of a style sheet makes a browser fetch, found by the tokens of CSS
 * Syntax Level 3: url(), src(), @import, the strings of image-set().  It owns
 * no memory, keeps no pointer and reads each byte once: a buffer may end
 * anywhere.
 */

#ifndef _NGX_CONSENT_CSS_H_INCLUDED_
#define _NGX_CONSENT_CSS_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_char.h"


/* what ngx_consent_css_next() returns besides NGX_AGAIN */

#define NGX_CONSENT_CSS_URL   1         /* a URL is complete */
#define NGX_CONSENT_CSS_LONG  2         /* it reached the limit, not its end */


/*
 * Bytes of the longest name that matters, "-webkit-image-set", and two: one
 * for a '#' before it, one by which a name is seen to be longer.
 */
#define NGX_CONSENT_CSS_MAX_NAME  19


/*
 * 1 if a function may hold a URL, by its name's last letter: url(), src(),
 * image(), image-set().  The others do not where there are no strings.
 */

#define ngx_consent_css_url_name(c)                                          \
    (((c) | 0x20) == 'l' || ((c) | 0x20) == 'c' || ((c) | 0x20) == 'e'       \
     || ((c) | 0x20) == 't')


typedef enum {
    NGX_CONSENT_CSS_FUNCTION = 0,       /* url(...), src("...") */
    NGX_CONSENT_CSS_IMPORT,             /* @import, with and without url() */
    NGX_CONSENT_CSS_IMAGE_SET,          /* a string of image-set() */
    NGX_CONSENT_CSS_CUSTOM              /* a string for image-set(var()) */
} ngx_consent_css_what_e;


/*
 * The preload scanner of Chromium reads the @import rules at the beginning of
 * a <style> by a grammar of its own: a URL needs no quotes, a string hides no
 * ';', and there are no escapes.
 */

typedef struct {
    u_char                  state;
    u_char                  match;      /* bytes that are as in a rule's name */
    u_char                  rule;
    u_char                  url;        /* bytes that are as in "url(" */
    u_char                  open;       /* the quote that it begins with */
    u_char                  prev;       /* the last byte but one */
    u_char                  cur;        /* the last byte */
    u_char                  n;          /* bytes, up to 6 */
    u_char                  told;       /* the value has been reported */
    uint32_t                at;         /* bytes since the value's first one */
    uint32_t                start;      /* ... of which these are not the URL */
} ngx_consent_css_scan_t;


typedef struct {

    /*
     * The URL's text: what stands inside the quotes, or an unquoted url token
     * without the white space around it.  It begins off bytes before *pos and
     * has len bytes; 0 < len <= off <= limit.
     */
    uint32_t                off;
    uint32_t                len;

    ngx_consent_css_what_e  what;
    u_char                  quote;      /* '"', '\'' or 0 */

    /*
     * Two readings of the same bytes overlap, of which no sheet in earnest has
     * any: to be held back, whatever it is.
     */
    unsigned                doubt:1;

    /*
     * A preload scanner takes these bytes as they are, without escapes and
     * without NUL: the caller judges what ngx_consent_css_raw() makes of them
     * as well as ngx_consent_css_text().
     */
    unsigned                raw:1;

    /* bytes before *pos that the caller keeps: 0 outside of a URL */
    uint32_t                held;

    uint32_t                limit;      /* bytes of a URL before it is LONG */

    /* NGX_CONSENT_LEAD_..., set after ngx_consent_css_init(); or 0 */
    u_char                  lead;

    /* what follows is the reader's own */

    unsigned                trail:1;    /* the second half of a character */
    unsigned                keep:1;     /* a URL that is to be told is read */
    unsigned                import:1;   /* nothing but space since @import */
    unsigned                mute:1;     /* in the prelude of @namespace */
    unsigned                custom:1;   /* strings may come by var() */
    unsigned                rule:1;     /* ... up to the end of a rule */

    u_char                  state;
    u_char                  back;       /* ... after a comment or escape */
    u_char                  digits;     /* of an escape that is being read */
    uint32_t                code;       /* its character so far */

    uint32_t                at;         /* bytes since the URL's first one */
    uint32_t                depth;      /* of parentheses, where they count */
    uint32_t                set;        /* ... that image-set() opened */
    uint32_t                type;       /* ... that type() in it opened */
    uint32_t                src;        /* ... that src() opened */
    uint32_t                braces;     /* of blocks, where strings count */

    u_char                  name_len;
    u_char                  name[NGX_CONSENT_CSS_MAX_NAME];

    ngx_consent_css_scan_t  scan;
} ngx_consent_css_t;


/* limit is more than 16: no shorter URL is ever LONG */
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
 * The text that the bytes of the URL last told stand for: escapes resolved to
 * UTF-8.  Writes at most size bytes, never a part of an escaped character, and
 * returns how many.
 */
size_t ngx_consent_css_text(const ngx_consent_css_t *c, u_char *dst,
    size_t size, const u_char *p, size_t len);

size_t ngx_consent_css_raw(u_char *dst, size_t size, const u_char *p,
    size_t len);


#endif /* _NGX_CONSENT_CSS_H_INCLUDED_ */
