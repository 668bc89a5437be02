
/*
 * What the DTD of an XML document declares in its own text: the general
 * entities, and what an attribute's value says when they stand in it.  It owns
 * no memory: all of it is in the struct.
 */

#ifndef _NGX_CONSENT_DTD_H_INCLUDED_
#define _NGX_CONSENT_DTD_H_INCLUDED_


#include "ngx_consent.h"


/*
 * Entities, and bytes of all their names and texts, that are kept.  What is
 * declared past it is not known: a value that refers to it is in doubt.
 */
#define NGX_CONSENT_DTD_ENTITIES  64
#define NGX_CONSENT_DTD_TEXT      16384

/*
 * Entities in each other; references that are followed in one value; bytes that
 * they add to it.  A value that has more is in doubt.
 */
#define NGX_CONSENT_DTD_DEPTH       8
#define NGX_CONSENT_DTD_REFERENCES  1024
#define NGX_CONSENT_DTD_EXPANDED    16384


typedef struct {
    uint32_t             name;          /* offsets in data */
    uint32_t             name_len;
    uint32_t             text;
    uint32_t             text_len;
    unsigned             doubt:1;       /* declared twice, and not alike */
} ngx_consent_dtd_entity_t;


typedef struct {
    ngx_uint_t           n;
    size_t               used;

    unsigned             names:1;       /* HTML's names are declared, too */
    unsigned             defaults:1;    /* attributes may have values that */
                                        /* no tag shows */

    ngx_consent_dtd_entity_t  entities[NGX_CONSENT_DTD_ENTITIES];
    u_char               data[NGX_CONSENT_DTD_TEXT];
} ngx_consent_dtd_t;


void ngx_consent_dtd_init(ngx_consent_dtd_t *dtd);

/* 1 if that public identifier is one by which browsers know HTML's names */
ngx_uint_t ngx_consent_dtd_public(const u_char *p, size_t len);

/* 1 if an entity of that name is known: a later declaration is ignored */
ngx_uint_t ngx_consent_dtd_known(const ngx_consent_dtd_t *dtd,
    const ngx_str_t *name);

/* Adds an entity, its text as the literal's; the first of a name counts. */
void ngx_consent_dtd_add(ngx_consent_dtd_t *dtd, const ngx_str_t *name,
    const ngx_str_t *literal);

/*
 * Writes the value to *dst, which moves on, with the entities in it expanded:
 * what is left are the references that HTML has as well.  NGX_OK; NGX_DECLINED:
 * something in it is not known, or a limit is reached.
 */
ngx_int_t ngx_consent_dtd_expand(const ngx_consent_dtd_t *dtd, u_char **dst,
    u_char *last, const u_char *p, size_t len);


#endif /* _NGX_CONSENT_DTD_H_INCLUDED_ */
