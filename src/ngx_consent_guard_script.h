
/*
 * The script of consent_guard: conf/ui/guard.js, as small as it gets.
 */

#ifndef _NGX_CONSENT_GUARD_SCRIPT_H_INCLUDED_
#define _NGX_CONSENT_GUARD_SCRIPT_H_INCLUDED_


#include "ngx_consent.h"


/* a function, that is called with the rows */

extern const ngx_str_t  ngx_consent_guard_script;


#endif /* _NGX_CONSENT_GUARD_SCRIPT_H_INCLUDED_ */
