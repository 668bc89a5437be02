
/*
 * Encodings that are not UTF-8, as far as they can spell a host that is ASCII:
 * the readings of NGX_CONSENT_URL_READING(), in the order of the table.
 */

#ifndef _NGX_CONSENT_URL_READ_H_INCLUDED_
#define _NGX_CONSENT_URL_READ_H_INCLUDED_


#include "ngx_consent_url_int.h"


typedef enum {
    NGX_CONSENT_READ_UTF_8 = 0,
    NGX_CONSENT_READ_WINDOWS_1252,
    NGX_CONSENT_READ_SINGLE,            /* all others with a byte a character */
    NGX_CONSENT_READ_SHIFT_JIS,
    NGX_CONSENT_READ_EUC_JP,
    NGX_CONSENT_READ_GB18030,           /* and GBK, GB2312 */
    NGX_CONSENT_READ_EUC_KR,
    NGX_CONSENT_READ_BIG5
} ngx_consent_read_e;


/* first: the bytes as one number */

typedef struct {
    unsigned             first:25;
    unsigned             count:7;
    uint32_t             c;
} ngx_consent_url_read_t;


/* first of GB18030's four bytes: with their place in its order */
#define NGX_CONSENT_READ_FOUR   0x1000000

/*
 * In place of a character that a host's ASCII has no part of: it is not known
 * which, and only a parent of such a name can be a listed host.
 */
#define NGX_CONSENT_READ_OTHER  0x4e00


extern const uint16_t                ngx_consent_url_read_begins[];
extern const ngx_consent_url_read_t  ngx_consent_url_read_rows[];


#endif /* _NGX_CONSENT_URL_READ_H_INCLUDED_ */
