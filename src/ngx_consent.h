
/*
 * The words that floors 0 and 1 share.  Nothing here is linked from nginx:
 * the same sources are compiled against nginx's headers and, for unit tests,
 * fuzzing and benchmarks, against t/unit/ngx_shim.h.
 */

#ifndef _NGX_CONSENT_H_INCLUDED_
#define _NGX_CONSENT_H_INCLUDED_


#ifdef NGX_CONSENT_SHIM
#include "ngx_shim.h"
#else
#include <ngx_config.h>
#include <ngx_core.h>
#endif


/* a set of categories: bit N is the table's category N */

typedef uint32_t  ngx_consent_mask_t;

#define NGX_CONSENT_MAX_CATEGORIES  32

/* bytes of a category's name */
#define NGX_CONSENT_MAX_CATEGORY_NAME  31


/* ASCII only: HTML, URLs and headers know no locale */

#define ngx_consent_tolower(c)                                               \
    (u_char) (((c) >= 'A' && (c) <= 'Z') ? ((c) | 0x20) : (c))


#endif /* _NGX_CONSENT_H_INCLUDED_ */
