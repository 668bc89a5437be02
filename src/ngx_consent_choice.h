
/*
 * A choice as a visitor posts it: a form's fields, or JSON.
 */

#ifndef _NGX_CONSENT_CHOICE_H_INCLUDED_
#define _NGX_CONSENT_CHOICE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_signal.h"


typedef struct {
    /* what may be accepted, categories and single providers; the caller's */
    const ngx_consent_key_t  *keys;
    ngx_uint_t           nkeys;

    /* of each key 1 if it was; the caller's nkeys zeros, as is the rest */
    u_char              *accepted;
    ngx_str_t            to;            /* "return"; data == NULL: not given */

    /* what is wrong with the body; subject may be empty */
    const char          *reason;
    ngx_str_t            subject;

    unsigned             said_all:1;    /* accept=all */
    unsigned             said_none:1;   /* accept=none */
    unsigned             named:1;       /* accept=KEY */
    unsigned             set:1;         /* choice=set: no name is "none" */
} ngx_consent_choice_t;


/*
 * Both read a whole body: NGX_OK, or NGX_DECLINED with reason and subject.
 *
 *     accept=all | accept=none | accept=KEY&accept=KEY [&return=PATH]
 *     {"accept": "all" | "none" | "KEY" | ["KEY", ...], "return": "PATH"}
 *
 * A form of checkboxes sends nothing for those that are not checked:
 * choice=set tells it from one that has no "accept".  Other members are passed
 * over.  Strings of a form are decoded to buf, len bytes of the caller's; those
 * of JSON where they stand, so the body is changed.
 */
ngx_int_t ngx_consent_choice_form(ngx_consent_choice_t *c, u_char *body,
    size_t len, u_char *buf);
ngx_int_t ngx_consent_choice_json(ngx_consent_choice_t *c, u_char *body,
    size_t len);


#endif /* _NGX_CONSENT_CHOICE_H_INCLUDED_ */
