
/*
 * Values of response headers that make a browser fetch, or report to somebody:
 * which URLs stand in them, and what is left without those that are refused.
 */

#ifndef _NGX_CONSENT_FIELD_H_INCLUDED_
#define _NGX_CONSENT_FIELD_H_INCLUDED_


#include "ngx_consent.h"


typedef enum {
    NGX_CONSENT_FIELD_LINK = 0,
    NGX_CONSENT_FIELD_REFRESH,
    NGX_CONSENT_FIELD_CSP,
    NGX_CONSENT_FIELD_CSP_REPORT_ONLY,
    NGX_CONSENT_FIELD_REPORTING_ENDPOINTS,
    NGX_CONSENT_FIELD_REPORT_TO,
    NGX_CONSENT_FIELD_NEL,
    NGX_CONSENT_FIELD_SPECULATION_RULES,
    NGX_CONSENT_FIELDS                  /* any other header */
} ngx_consent_field_e;


/*
 * Bytes of a group's name that are compared; groups of Report-To that agree in
 * so many are one.
 */
#define NGX_CONSENT_FIELD_GROUP  64


typedef enum {
    NGX_CONSENT_FIELD_FETCHED = 0,      /* a URL: 1 if it is refused */
    NGX_CONSENT_FIELD_READ,         /* the same; what it names fetches more */
    NGX_CONSENT_FIELD_GONE,             /* a group's name: it is dropped */
    NGX_CONSENT_FIELD_NEEDED            /* a group's name: 1 if it was */
} ngx_consent_field_ask_e;


/* Each is called in the order of the value, and once a URL. */

typedef ngx_uint_t (*ngx_consent_field_pt)(void *data,
    ngx_consent_field_ask_e ask, u_char *p, size_t len);


typedef struct {
    const u_char          *value;
    size_t                 len;
    ngx_consent_field_pt   ask;
    void                  *data;

    /*
     * The caller's, of len bytes: where JSON is read, and behind what is read
     * the bytes that are left gather.
     */
    u_char                *text;
    size_t                 left;

    size_t                 done;        /* of the value, left or dropped */
} ngx_consent_field_t;


/* NGX_CONSENT_FIELDS: its value is nothing to us. */
ngx_consent_field_e ngx_consent_field_name(const ngx_str_t *name);

/*
 * Reads the value.  NGX_OK: it stays as it is; NGX_DONE: f->left bytes of
 * f->text take its place; NGX_DECLINED: nothing of it is left.
 *
 * What is left of a well-formed value is well-formed.  Where it is not, and
 * browsers could see different members, what follows is one member, which any
 * refused URL in it takes away.
 */
ngx_int_t ngx_consent_field_filter(ngx_consent_field_t *f,
    ngx_consent_field_e field);


#endif /* _NGX_CONSENT_FIELD_H_INCLUDED_ */
