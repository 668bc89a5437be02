
/*
 * What the cookies of one request came to: see ngx_http_consent_memo.c.
 */

#ifndef _NGX_HTTP_CONSENT_MEMO_H_INCLUDED_
#define _NGX_HTTP_CONSENT_MEMO_H_INCLUDED_


#include "ngx_http_consent.h"


/* the host, the lines, and what is left of them for the backend */
#define NGX_HTTP_CONSENT_MEMO_BYTES  4096

/* refused cookies, of one name once */
#define NGX_HTTP_CONSENT_MEMO_ROWS   32


struct ngx_http_consent_memo_s {

    /* what was asked, ... */
    time_t                    time;     /* 0: nothing */
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    ngx_uint_t                how;      /* ngx_http_consent_memo_how() */
    size_t                    host;     /* bytes of each */
    size_t                    lines[NGX_HTTP_CONSENT_SEEN];

    /* ... and what came of it */
    unsigned                  cookies:1;    /* which are refused is known */
    unsigned                  lapsed:1;
    unsigned                  broken:1;
    unsigned                  known:1;      /* rows of urls have the host */
    unsigned                  single:1;     /* providers differ */
    ngx_consent_state_e       state;
    ngx_consent_mask_t        mask;
    ngx_consent_mask_t        vetoed;
    ngx_consent_mask_t       *masks;    /* of providers: granted, vetoed */
    ngx_consent_opinion_t     choice;
    ngx_uint_t                id_line;
    size_t                    id;       /* its place in that line */
    const ngx_http_consent_source_t  *source;

    /* what backends may see; NULL: the line as it came */
    u_char                   *left[NGX_HTTP_CONSENT_SEEN];
    size_t                    left_len[NGX_HTTP_CONSENT_SEEN];

    ngx_uint_t                refused;
    ngx_uint_t                nrows;
    ngx_http_consent_decision_t  rows[NGX_HTTP_CONSENT_MEMO_ROWS];

    ngx_uint_t                turn;     /* another one at every use */
    u_char                   *last;     /* of what is kept in bytes */
    u_char                   *bytes;
};


#endif /* _NGX_HTTP_CONSENT_MEMO_H_INCLUDED_ */
