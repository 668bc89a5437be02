
/*
 * What the files of the formats share: one function a format, in its family's
 * file, and a row for it in ngx_consent_source.c.
 */

#ifndef _NGX_CONSENT_SOURCE_INT_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_INT_H_INCLUDED_


#include "ngx_consent_source.h"


/* ngx_consent_source.c: without one pair of quotes around it */

void ngx_consent_source_unquote(ngx_str_t *value);


#endif /* _NGX_CONSENT_SOURCE_INT_H_INCLUDED_ */
