
#include "ngx_consent_css_int.h"


size_t
ngx_consent_css_text(const ngx_consent_css_t *c, u_char *dst, size_t size,
    const u_char *p, size_t len)
{
    u_char         utf8[4], *d, *end;
    size_t         n;
    uint32_t       code;
    ngx_uint_t     digits;
    const u_char  *last;

    /* most have no escape */

    if (c->lead == 0 && memchr(p, '\\', len) == NULL
        && memchr(p, '\0', len) == NULL)
    {
        n = len < size ? len : size;
        memcpy(dst, p, n);

        return n;
    }

    d = dst;
    end = dst + size;
    last = p + len;

    while (p < last) {

        code = *p++;

        if (ngx_consent_lead(c->lead, code) && p < last
            && ngx_consent_trail(*p))
        {
            if (end - d < 2) {
                break;
            }

            *d++ = (u_char) code;
            *d++ = *p++;
            continue;
        }

        if (code != '\\' && code != '\0') {

            if (d == end) {
                break;
            }

            *d++ = (u_char) code;
            continue;
        }

        if (code == '\\' && p == last) {

            /* at the end of the input it is nothing only in a string */

            if (c->quote) {
                break;
            }

            code = '\0';

        } else if (code == '\\') {

            code = *p++;

            if (ngx_consent_css_is(code, NGX_CONSENT_CSS_NEWLINE)) {
                p += (code == '\r' && p < last && *p == '\n');
                continue;
            }

            if (code >= 0x80) {
                p--;
                continue;
            }

            if (ngx_consent_css_is(code, NGX_CONSENT_CSS_HEX)) {

                code = ngx_consent_css_hex(code);

                for (digits = 1; digits < 6 && p < last
                                 && ngx_consent_css_is(*p, NGX_CONSENT_CSS_HEX);
                     digits++)
                {
                    code = (code << 4) + ngx_consent_css_hex(*p);
                    p++;
                }

                if (p < last && ngx_consent_css_is(*p, NGX_CONSENT_CSS_SPACE)) {
                    p++;
                    p += (p[-1] == '\r' && p < last && *p == '\n');
                }
            }
        }

        n = ngx_consent_utf8(utf8, code);

        if ((size_t) (end - d) < n) {
            break;
        }

        memcpy(d, utf8, n);
        d += n;
    }

    return d - dst;
}


size_t
ngx_consent_css_raw(u_char *dst, size_t size, const u_char *p, size_t len)
{
    u_char        *d, *end;
    const u_char  *last;

    end = dst + size;
    last = p + len;

    for (d = dst; p < last && d < end; p++) {
        if (*p) {
            *d++ = *p;
        }
    }

    return d - dst;
}
