
/*
 * What the rooms of the script's reader share: ngx_consent_js.c makes
 * characters of bytes and keeps the readings, _lex.c is one reading.
 */

#ifndef _NGX_CONSENT_JS_INT_H_INCLUDED_
#define _NGX_CONSENT_JS_INT_H_INCLUDED_


#include "ngx_consent_js.h"


/*
 * A character as the lexical grammar sees it: that of ASCII as it is, white
 * space beyond it a space, any other that of a name.
 */

#define NGX_CONSENT_JS_OTHER      0x80
#define NGX_CONSENT_JS_SEPARATOR  0x100 /* U+2028, U+2029 */


/* values of a reading's keep */

#define NGX_CONSENT_JS_KEEP_STATIC   1
#define NGX_CONSENT_JS_KEEP_DYNAMIC  2


/*
 * Takes a character of reading i, which the others take too.  NGX_OK, or: the
 * string that it keeps ends here, NGX_CONSENT_JS_URL or LONG, and *after bytes
 * of the last ones are not of it.
 */
ngx_int_t ngx_consent_js_step(ngx_consent_js_t *js, ngx_uint_t i, uint32_t ch,
    uint32_t *after);


#endif /* _NGX_CONSENT_JS_INT_H_INCLUDED_ */
