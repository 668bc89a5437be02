
/*
 * Markup from inside.  ngx_consent_markup_table.c has the conventions,
 * ngx_consent_markup.c says what is written, _read.c what is there.
 */

#ifndef _NGX_CONSENT_MARKUP_INT_H_INCLUDED_
#define _NGX_CONSENT_MARKUP_INT_H_INCLUDED_


#include "ngx_consent_markup.h"


/* the longest name that an attribute is given; longer ones are a bug */
#define NGX_CONSENT_MARKUP_MAX_NAME  64


/* The element's bit; 0: no platform has a form for it, or it is a part. */
ngx_uint_t ngx_consent_markup_element(const ngx_consent_tag_t *tag,
    const u_char *p);

/* 1 if the author says that the platform leaves the tag alone */
ngx_uint_t ngx_consent_markup_exempt(const ngx_consent_platform_t *platform,
    const ngx_consent_tag_t *tag, const u_char *p);

/* The attribute with the platform's keys; NULL: there is none. */
const ngx_consent_attr_t *ngx_consent_markup_key(
    const ngx_consent_platform_t *platform, const ngx_consent_tag_t *tag,
    const u_char *p);

/* The attribute that has been given the form's name; NULL: there is none. */
const ngx_consent_attr_t *ngx_consent_markup_moved(
    const ngx_consent_markup_form_t *form, const ngx_consent_tag_t *tag,
    const u_char *p);


#endif /* _NGX_CONSENT_MARKUP_INT_H_INCLUDED_ */
