
#include "ngx_consent_url_int.h"


size_t
ngx_consent_url_read(ngx_uint_t reading, const u_char *p, const u_char *last,
    u_char *text, size_t *len)
{
    return 0;
}
