
/*
 * What encoding a page is in (Encoding standard 4.2; HTML 13.2.3).  The order:
 * a byte order mark, the charset of Content-Type, then what the page says of
 * itself: a meta, else the XML declaration.  Nothing is guessed.
 */

#ifndef _NGX_CONSENT_CHARSET_H_INCLUDED_
#define _NGX_CONSENT_CHARSET_H_INCLUDED_


#include "ngx_consent.h"


/* bytes of the longest label */
#define NGX_CONSENT_CHARSET_MAX_LABEL  19

/* bytes in which an XML declaration must end; else it says nothing */
#define NGX_CONSENT_CHARSET_DECLARATION  4096
/* bytes in which a meta counts wherever it stands, after them in the head */
#define NGX_CONSENT_CHARSET_PRESCAN    1024


/* the encodings of the standard, in its order */

typedef enum {
    NGX_CONSENT_CHARSET_NONE = 0,       /* not named, or by no known label */

    NGX_CONSENT_CHARSET_UTF_8,

    NGX_CONSENT_CHARSET_IBM866,
    NGX_CONSENT_CHARSET_ISO_8859_2,
    NGX_CONSENT_CHARSET_ISO_8859_3,
    NGX_CONSENT_CHARSET_ISO_8859_4,
    NGX_CONSENT_CHARSET_ISO_8859_5,
    NGX_CONSENT_CHARSET_ISO_8859_6,
    NGX_CONSENT_CHARSET_ISO_8859_7,
    NGX_CONSENT_CHARSET_ISO_8859_8,
    NGX_CONSENT_CHARSET_ISO_8859_8_I,
    NGX_CONSENT_CHARSET_ISO_8859_10,
    NGX_CONSENT_CHARSET_ISO_8859_13,
    NGX_CONSENT_CHARSET_ISO_8859_14,
    NGX_CONSENT_CHARSET_ISO_8859_15,
    NGX_CONSENT_CHARSET_ISO_8859_16,
    NGX_CONSENT_CHARSET_KOI8_R,
    NGX_CONSENT_CHARSET_KOI8_U,
    NGX_CONSENT_CHARSET_MACINTOSH,
    NGX_CONSENT_CHARSET_WINDOWS_874,
    NGX_CONSENT_CHARSET_WINDOWS_1250,
    NGX_CONSENT_CHARSET_WINDOWS_1251,
    NGX_CONSENT_CHARSET_WINDOWS_1252,
    NGX_CONSENT_CHARSET_WINDOWS_1253,
    NGX_CONSENT_CHARSET_WINDOWS_1254,
    NGX_CONSENT_CHARSET_WINDOWS_1255,
    NGX_CONSENT_CHARSET_WINDOWS_1256,
    NGX_CONSENT_CHARSET_WINDOWS_1257,
    NGX_CONSENT_CHARSET_WINDOWS_1258,
    NGX_CONSENT_CHARSET_X_MAC_CYRILLIC,

    NGX_CONSENT_CHARSET_GBK,
    NGX_CONSENT_CHARSET_GB18030,
    NGX_CONSENT_CHARSET_BIG5,
    NGX_CONSENT_CHARSET_EUC_JP,
    NGX_CONSENT_CHARSET_ISO_2022_JP,
    NGX_CONSENT_CHARSET_SHIFT_JIS,
    NGX_CONSENT_CHARSET_EUC_KR,

    NGX_CONSENT_CHARSET_REPLACEMENT,
    NGX_CONSENT_CHARSET_UTF_16BE,
    NGX_CONSENT_CHARSET_UTF_16LE,
    NGX_CONSENT_CHARSET_X_USER_DEFINED
} ngx_consent_charset_e;


/* how an encoding's bytes are to be read */

typedef enum {
    NGX_CONSENT_BYTES_ASCII = 0,        /* below 0x80 each is its character */
    NGX_CONSENT_BYTES_LEAD,             /* but not always after a lead byte: */
                                        /* 0x5c, a letter, a digit may trail */
    NGX_CONSENT_BYTES_UTF_16,
    NGX_CONSENT_BYTES_ISO_2022_JP,
    NGX_CONSENT_BYTES_REPLACEMENT       /* the page is one U+FFFD */
} ngx_consent_bytes_e;


/* what a meta element says, attribute by attribute in their order */

typedef enum {
    NGX_CONSENT_META_CHARSET = 0,
    NGX_CONSENT_META_HTTP_EQUIV,
    NGX_CONSENT_META_CONTENT
} ngx_consent_meta_e;


typedef struct {
    ngx_consent_charset_e  charset;
    unsigned             named:1;       /* by charset= */
    unsigned             content:1;     /* by content=, if it is a pragma */
    unsigned             pragma:1;
} ngx_consent_meta_t;


/* bytes of UTF-8's byte order mark */
#define NGX_CONSENT_CHARSET_MARK  3


typedef struct {
    /*
     * After NGX_OK: what the byte order mark, the header, UTF-16's "<?xml" or,
     * where there is none of these, the XML declaration says.
     */
    ngx_consent_charset_e  charset;
    unsigned             sure:1;        /* a meta cannot change it */
    unsigned             mark:1;        /* UTF-8's byte order mark says it */

    /* what follows is the reader's own */

    u_char               state;
    u_char               alive;         /* beginnings that may still be it */
    u_char               n;             /* bytes of what is being matched */
    u_char               quote;
    uint32_t             off;
    u_char               label[NGX_CONSENT_CHARSET_MAX_LABEL];
} ngx_consent_sniff_t;


ngx_consent_bytes_e ngx_consent_charset_bytes(ngx_consent_charset_e charset);

/* One of NGX_CONSENT_LEAD_..., by which readers of text are told of them; 0. */
ngx_uint_t ngx_consent_charset_lead(ngx_consent_charset_e charset);

/* A label, in any case and with blanks around it. */
ngx_consent_charset_e ngx_consent_charset_label(const u_char *p, size_t len);

/*
 * The charset parameter of a Content-Type value as browsers read it: the first
 * one counts, with a known label or without.
 */
ngx_consent_charset_e ngx_consent_charset_header(const u_char *p, size_t len);

/*
 * The next charset, http-equiv or content attribute of a meta element, its
 * value decoded; m is zeroed at first.  Of two with one name the last counts,
 * as in Chromium's and WebKit's search for a meta; HTML's takes the first.
 */
void ngx_consent_charset_meta(ngx_consent_meta_t *m, ngx_consent_meta_e attr,
    const u_char *p, size_t len);

/*
 * What the whole element says: UTF-16 means UTF-8 there, x-user-defined means
 * windows-1252.  A browser believes the first meta that names a known encoding;
 * past NGX_CONSENT_CHARSET_PRESCAN bytes only one in the page's head.
 */
ngx_consent_charset_e ngx_consent_charset_meta_end(const ngx_consent_meta_t *m);

/*
 * Reads a page's first bytes; header is what Content-Type says, or NONE.
 *
 *   NGX_AGAIN   needs more; len == 0 with end is the page's end
 *   NGX_OK      s->charset and s->sure are set
 *
 * The caller keeps the bytes until NGX_OK: nothing of a page is to be decoded
 * before.  That is at most 5 bytes, and NGX_CONSENT_CHARSET_DECLARATION of a
 * page that begins with "<?xml" and has no charset in its header.
 */
void ngx_consent_sniff_init(ngx_consent_sniff_t *s,
    ngx_consent_charset_e header);
ngx_int_t ngx_consent_sniff(ngx_consent_sniff_t *s, const u_char *p,
    size_t len, ngx_uint_t end);


#endif /* _NGX_CONSENT_CHARSET_H_INCLUDED_ */
