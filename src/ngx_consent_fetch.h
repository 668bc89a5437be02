
/*
 * Which attribute of which element makes a browser fetch, and when.
 */

#ifndef _NGX_CONSENT_FETCH_H_INCLUDED_
#define _NGX_CONSENT_FETCH_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_tag.h"


/* what an attribute's value is */

typedef enum {
    NGX_CONSENT_FETCH_URL = 0,
    NGX_CONSENT_FETCH_DOCUMENT,         /* a URL; of a data: URL the content */
                                        /* is read, too */
    NGX_CONSENT_FETCH_SRCSET,
    NGX_CONSENT_FETCH_LIST,             /* URLs with space between them */
    NGX_CONSENT_FETCH_VALUES,           /* URLs with ';' between them */
    NGX_CONSENT_FETCH_REFRESH,          /* "3; url=..." */
    NGX_CONSENT_FETCH_BASE,             /* fetches nothing, steers what does */
    NGX_CONSENT_FETCH_CSS,              /* declarations, or one value */
    NGX_CONSENT_FETCH_SRCDOC            /* HTML of its own */
} ngx_consent_fetch_e;


typedef struct {
    ngx_str_t            attr;
    uint64_t             bit;           /* of its name */
    ngx_consent_fetch_e  what;

    /* NULL: the attribute always fetches */
    ngx_uint_t         (*when)(const ngx_consent_tag_t *tag, const u_char *p);
} ngx_consent_fetch_t;


/* what a script's type makes of it (HTML 4.12.1.1) */

typedef enum {
    NGX_CONSENT_SCRIPT_RUNS = 0,        /* classic */
    NGX_CONSENT_SCRIPT_LATER,           /* ... by a loader, of its own type */
    NGX_CONSENT_SCRIPT_MODULE,
    NGX_CONSENT_SCRIPT_URLS,            /* an import map, speculation rules */
    NGX_CONSENT_SCRIPT_DATA             /* a data block: never executes */
} ngx_consent_script_e;


/* The element's own rows, up to one without a name; NULL: it has none. */
const ngx_consent_fetch_t *ngx_consent_fetch_rows(const ngx_consent_tag_t *tag);

/* The rows of attributes by which any element fetches. */
const ngx_consent_fetch_t *ngx_consent_fetch_any(void);

/*
 * When of data-src and data-href: a lazy loader fetches them, unless a consent
 * platform brings them back itself.
 */
ngx_uint_t ngx_consent_fetch_lazy(const ngx_consent_tag_t *tag,
    const u_char *p);

/* ngx_consent_fetch_attr(), of a name that the tag may have */
const ngx_consent_attr_t *ngx_consent_fetch_find(const ngx_consent_tag_t *tag,
    const u_char *p, const ngx_str_t *name);


/*
 * The first attribute of that lower-case name, as browsers take it; NULL: none.
 * p is the tag's '<'.
 */

static ngx_inline const ngx_consent_attr_t *
ngx_consent_fetch_attr(const ngx_consent_tag_t *tag, const u_char *p,
    const ngx_str_t *name)
{
    return ngx_consent_tag_lacks(tag, name)
           ? NULL : ngx_consent_fetch_find(tag, p, name);
}


/* 1 if the attribute's name is name, which is in lower case */
ngx_uint_t ngx_consent_fetch_named(const ngx_consent_tag_t *tag,
    const ngx_consent_attr_t *attr, const u_char *p, const ngx_str_t *name);

/* 1 if a link of that type, in lower case, fetches on its own */
ngx_uint_t ngx_consent_fetch_link_type(const u_char *word, size_t len);

ngx_consent_script_e ngx_consent_fetch_script(const ngx_consent_tag_t *tag,
    const u_char *p);

/* the same by the type alone, as it is written */
ngx_consent_script_e ngx_consent_fetch_script_type(const u_char *p, size_t len);


#endif /* _NGX_CONSENT_FETCH_H_INCLUDED_ */
