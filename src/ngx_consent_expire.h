
/*
 * The Set-Cookie lines that take a cookie out of a browser that sends it: of
 * the domains and paths that it may have, the request tells none.
 */

#ifndef _NGX_CONSENT_EXPIRE_H_INCLUDED_
#define _NGX_CONSENT_EXPIRE_H_INCLUDED_


#include "ngx_consent.h"


/* of a deeper host: itself, and its parents from the shortest on */
#define NGX_CONSENT_EXPIRE_DOMAINS  8
#define NGX_CONSENT_EXPIRE_PATHS    3


typedef struct {
    ngx_str_t            name;
    ngx_str_t            host;    /* the request's: lower case, no port */
    ngx_str_t            directory;     /* of its path: see below */
    ngx_str_t            domain;        /* the row's; empty: it has none */
    ngx_str_t            path;          /* the row's */

    unsigned             secure:1;      /* it came by https */
    unsigned             embedded:1;    /* in a page of another site */
    unsigned             partitioned:1; /* the jar of such pages is meant */

    /* where it may be; an empty one: no such attribute */
    ngx_str_t            domains[NGX_CONSENT_EXPIRE_DOMAINS + 1];
    ngx_uint_t           ndomains;
    ngx_str_t            paths[NGX_CONSENT_EXPIRE_PATHS];
    ngx_uint_t           npaths;
} ngx_consent_expire_t;


/*
 * 1 if a Set-Cookie can name the cookie: browsers ignore one with a control
 * character, and one with neither name nor value.
 */
ngx_uint_t ngx_consent_expire_can(const ngx_str_t *name);

/* A path up to its last '/', or "/": default-path, RFC 6265bis 5.1.4 */
void ngx_consent_expire_directory(u_char *uri, size_t len,
    ngx_str_t *directory);

/* Fills the places from what stands before them. */
void ngx_consent_expire_init(ngx_consent_expire_t *e);

/*
 * The n-th line, from 0 on, without the header's name: the likelier place is
 * the earlier line.  Returns its length, 0: there is none; out may be NULL.
 */
size_t ngx_consent_expire_line(const ngx_consent_expire_t *e, ngx_uint_t n,
    u_char *out);


#endif /* _NGX_CONSENT_EXPIRE_H_INCLUDED_ */
