
/*
 * Encodings whose bytes are not ASCII's, one character at a time (Encoding
 * standard 12.2, 14): as far as a tokenizer and a host name need them.
 */

#ifndef _NGX_CONSENT_DECODE_H_INCLUDED_
#define _NGX_CONSENT_DECODE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_charset.h"


/* bytes of one character, or of one escape sequence, at most */
#define NGX_CONSENT_DECODE_RAW   4
/* bytes of UTF-8 that a character yields, at most */
#define NGX_CONSENT_DECODE_TEXT  4


/* what ISO-2022-JP's bytes stand for */

typedef enum {
    NGX_CONSENT_JIS_ASCII = 0,
    NGX_CONSENT_JIS_ROMAN,              /* yen for '\', overline for '~' */
    NGX_CONSENT_JIS_KATAKANA,
    NGX_CONSENT_JIS_0208,               /* two bytes each */
    NGX_CONSENT_JIS_UNKNOWN             /* the next character needs an escape */
} ngx_consent_jis_e;


typedef struct {
    ngx_consent_charset_e  charset;     /* UTF_16LE, UTF_16BE, ISO_2022_JP */
    ngx_consent_jis_e    jis;
    unsigned             start:1;       /* a byte order mark may follow */
    unsigned             escaped:1;     /* no character since an escape */
} ngx_consent_decode_t;


typedef struct {
    u_char               raw;           /* bytes read */
    u_char               len;           /* bytes of text, 0: none */
    unsigned             escape:1;      /* a sequence that sets the state */
    u_char               text[NGX_CONSENT_DECODE_TEXT];
} ngx_consent_char_t;


/* start: the page's first byte follows, not one in its middle */
void ngx_consent_decode_init(ngx_consent_decode_t *d,
    ngx_consent_charset_e charset, ngx_uint_t start);

/*
 * Reads one character, escape sequence or byte order mark of [p, last), which
 * has at least a byte.  NGX_OK, or NGX_AGAIN when more bytes would tell; with
 * end there are none and it is NGX_OK.  The result does not depend on what
 * follows beyond the bytes that it was found in.
 */
ngx_int_t ngx_consent_decode(ngx_consent_decode_t *d, const u_char *p,
    const u_char *last, ngx_uint_t end, ngx_consent_char_t *c);


#endif /* _NGX_CONSENT_DECODE_H_INCLUDED_ */
