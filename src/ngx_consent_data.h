
/*
 * data: URLs as the Fetch standard's "data: URL processor" reads them.
 */

#ifndef _NGX_CONSENT_DATA_H_INCLUDED_
#define _NGX_CONSENT_DATA_H_INCLUDED_


#include "ngx_consent.h"


/*
 * Bytes of the essence and of the charset.  No type that a browser renders
 * and no label of an encoding is longer; a longer one is cut, so that it is
 * like none.
 */
#define NGX_CONSENT_DATA_MAX_TYPE     64
#define NGX_CONSENT_DATA_MAX_CHARSET  32


typedef struct {
    u_char               type[NGX_CONSENT_DATA_MAX_TYPE];
    u_char               charset[NGX_CONSENT_DATA_MAX_CHARSET];
    u_char               type_len;      /* "text/html", lower case */
    u_char               charset_len;   /* lower case; 0: none is named */

    unsigned             base64:1;

    /*
     * Browsers differ: what is read with NGX_CONSENT_DATA_KEPT is something
     * else, and both are to be judged.
     */
    unsigned             twice:1;

    /* what follows is the reader's own */

    unsigned             kept:1;
    unsigned             failed:1;
    u_char               nbits;         /* of bits: 0, 6, 12 or 18 */
    u_char               npad;          /* '=' so far */
    uint32_t             bits;
    size_t               next;          /* offset of what is read next */
    size_t               end;           /* where the body does */
} ngx_consent_data_t;


/*
 * Tabs and newlines stay, where the URL standard drops them, and "//" before
 * the type is dropped: Chromium does so.
 */
#define NGX_CONSENT_DATA_KEPT  0x01


/*
 * Reads what stands before the body of a URL, which is given whole, without
 * character references, but with the white space and controls that the URL
 * parser drops.
 *
 *   NGX_OK        d tells type, charset and base64
 *   NGX_DECLINED  no data: URL, or one without a ','
 */
ngx_int_t ngx_consent_data_init(ngx_consent_data_t *d, const u_char *url,
    size_t len, ngx_uint_t flags);

/*
 * The body's next bytes, at most size (which is 3 or more); 0 after the last.
 * url is that of ngx_consent_data_init().  A body that is no base64 fails as a
 * whole in a browser: here its good beginning comes, then nothing.
 */
size_t ngx_consent_data_read(ngx_consent_data_t *d, const u_char *url,
    u_char *dst, size_t size);


#endif /* _NGX_CONSENT_DATA_H_INCLUDED_ */
