
#include "ngx_consent_url_int.h"


static size_t ngx_consent_url_host_char(const u_char *p, const u_char *last,
    u_char *c);


/* Decoded, mapped and in lower case (URL 3.5, and of IDNA what matters). */

ngx_int_t
ngx_consent_url_host(ngx_consent_url_out_t *out, const u_char *p,
    const u_char *last)
{
    u_char         c, *d, *host;
    size_t         n;
    ngx_int_t      decoded;

    host = out->pos;

    if (p < last && *p == '[') {

        for ( /* void */ ; p < last; p++) {
            ngx_consent_url_put(out, ngx_consent_tolower(*p));
        }

        return NGX_OK;
    }

    while (p < last) {

        decoded = (*p == '%') ? ngx_consent_url_percent(p, last) : NGX_ERROR;

        if (decoded != NGX_ERROR) {
            ngx_consent_url_put(out, (u_char) decoded);
            p += 3;

        } else {
            ngx_consent_url_put(out, *p++);
        }
    }

    /* in place: what a character is mapped to is never longer */

    d = host;
    p = host;
    last = out->pos;

    while (p < last) {

        n = ngx_consent_url_host_char(p, last, &c);
        p += n ? n : 1;

        if (n && c == '\0') {
            continue;
        }

        if (n == 0) {
            c = ngx_consent_tolower(p[-1]);

            /* forbidden in a host: there is no such URL */

            if (c <= ' ' || c == 0x7f || c == '%' || c == '<' || c == '>'
                || c == '^' || c == '|' || c == '[' || c == ']' || c == '/'
                || c == '\\' || c == '?' || c == '#' || c == '@' || c == ':')
            {
                return NGX_ERROR;
            }
        }

        *d++ = c;
    }

    out->pos = d;

    return NGX_OK;
}


/*
 * Bytes of a character that a host turns into ASCII (c) or loses (c == 0);
 * 0: it stays what it is.
 */

static size_t
ngx_consent_url_host_char(const u_char *p, const u_char *last, u_char *c)
{
    uint32_t  u;

    if (*p < 0x80) {
        return 0;
    }

    if (last - p >= 2 && p[0] == 0xc2 && p[1] == 0xad) {
        *c = '\0';                      /* soft hyphen */
        return 2;
    }

    if (last - p >= 2 && p[0] == 0xcd && p[1] == 0x8f) {
        *c = '\0';                      /* U+034F combining grapheme joiner */
        return 2;
    }

    if (last - p < 3 || (p[0] & 0xf0) != 0xe0) {
        return 0;
    }

    u = ((uint32_t) (p[0] & 0x0f) << 12) | ((uint32_t) (p[1] & 0x3f) << 6)
        | (p[2] & 0x3f);

    if (u >= 0xff01 && u <= 0xff5e) {

        /* full-width forms */

        *c = ngx_consent_tolower((u_char) (u - 0xff01 + '!'));
        return 3;
    }

    switch (u) {

    case 0x3002:                        /* ideographic full stop */
    case 0xff61:                        /* and its half-width form */
        *c = '.';
        return 3;

    case 0x212a:                        /* Kelvin sign */
        *c = 'k';
        return 3;

    case 0x180e:
    case 0x200b:
    case 0x2060:
    case 0xfe0f:
    case 0xfeff:
        *c = '\0';
        return 3;

    default:
        return 0;
    }
}
