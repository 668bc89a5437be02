
/*
 * Characters, as far as style sheets and scripts need them: what an escape
 * stands for, and bytes that are the second half of another character.
 */

#ifndef _NGX_CONSENT_CHAR_H_INCLUDED_
#define _NGX_CONSENT_CHAR_H_INCLUDED_


#include "ngx_consent.h"


/*
 * Encodings in which a byte of ASCII may be the second half of a character: a
 * '\\' then escapes nothing.
 */

#define NGX_CONSENT_LEAD_GBK   1        /* and Big5: after 81 to fe */
#define NGX_CONSENT_LEAD_SJIS  2        /* after 81 to 9f and e0 to fc */

#define ngx_consent_lead(lead, c)                                            \
    ((lead) == NGX_CONSENT_LEAD_SJIS                                         \
     ? ((c) >= 0x81 && (c) <= 0xfc && ((c) <= 0x9f || (c) >= 0xe0))          \
     : (lead) && (c) >= 0x81 && (c) <= 0xfe)

#define ngx_consent_trail(c)  ((c) >= 0x40 && (c) <= 0xfe && (c) != 0x7f)


/*
 * Writes the UTF-8 of a character, 4 bytes at most, and returns how many; of
 * NUL, a surrogate and what is past U+10FFFF that of U+FFFD.
 */
size_t ngx_consent_utf8(u_char *dst, uint32_t code);


#endif /* _NGX_CONSENT_CHAR_H_INCLUDED_ */
