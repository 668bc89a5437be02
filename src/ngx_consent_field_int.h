
/*
 * Fields from inside.  ngx_consent_field.c knows their names, what all of them
 * have in common, and the short grammars; _link.c, _sf.c (structured fields)
 * and _json.c have one each.
 */

#ifndef _NGX_CONSENT_FIELD_INT_H_INCLUDED_
#define _NGX_CONSENT_FIELD_INT_H_INCLUDED_


#include "ngx_consent_field.h"
#include "ngx_consent_url.h"
#include "ngx_consent_value.h"


/*
 * Members with separators between them.  One that goes takes the separator
 * behind it along, or, at the end, the one before it.  Offsets are the value's.
 */

typedef struct {
    size_t                 left;        /* of the field, before this member */
    size_t                 done;

    size_t                 start;       /* of this member */
    size_t                 first;       /* of the first of all */
    size_t                 kept;        /* the end of the last that stays */
    size_t                 gone;        /* where those that go now begin */
    size_t                 end;         /* of the last member */

    unsigned               any:1;       /* there was one */
    unsigned               stays:1;     /* one that stays was there */
    unsigned               goes:1;      /* the last one goes */
} ngx_consent_field_list_t;


#define ngx_consent_field_space(c)  ((c) == ' ' || (c) == '\t')


void ngx_consent_field_list(ngx_consent_field_list_t *l);
void ngx_consent_field_begin(ngx_consent_field_t *f,
    ngx_consent_field_list_t *l, size_t start);
void ngx_consent_field_end(ngx_consent_field_t *f, ngx_consent_field_list_t *l,
    size_t end, ngx_uint_t refused);

/* 1 if there were members, and none is left. */
ngx_uint_t ngx_consent_field_close(ngx_consent_field_t *f,
    ngx_consent_field_list_t *l);

/* What is no member of a list, as the whole of it is malformed. */
ngx_uint_t ngx_consent_field_doubt(ngx_consent_field_t *f, size_t from,
    size_t to);


/* A URL that stands in angle brackets, or might: 1 if it is refused. */
ngx_uint_t ngx_consent_field_ask(ngx_consent_field_t *f,
    ngx_consent_field_ask_e ask, const u_char *p, size_t len);


/* Each reads a whole value: 1 if nothing of it is left. */

ngx_uint_t ngx_consent_field_link(ngx_consent_field_t *f);
ngx_uint_t ngx_consent_field_endpoints(ngx_consent_field_t *f);
ngx_uint_t ngx_consent_field_speculation(ngx_consent_field_t *f);
ngx_uint_t ngx_consent_field_report_to(ngx_consent_field_t *f);
ngx_uint_t ngx_consent_field_nel(ngx_consent_field_t *f);


#endif /* _NGX_CONSENT_FIELD_INT_H_INCLUDED_ */
