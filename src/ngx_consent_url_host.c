
#include "ngx_consent_url_int.h"


typedef struct {
    uint32_t             from;
    uint32_t             to;
} ngx_consent_url_lost_t;


static size_t ngx_consent_url_host_char(const u_char *p, const u_char *last,
    u_char *c);
static size_t ngx_consent_url_utf8(const u_char *p, const u_char *last,
    uint32_t *u);


/* characters that a host loses (UTS 46, "ignored"), in their order */

static const ngx_consent_url_lost_t  ngx_consent_url_lost[] = {
    { 0xad,    0xad },                  /* soft hyphen */
    { 0x34f,   0x34f },                 /* combining grapheme joiner */
    { 0x180b,  0x180f },                /* Mongolian selectors, separator */
    { 0x200b,  0x200b },                /* zero-width space */
    { 0x2060,  0x2060 },                /* word joiner */
    { 0x2064,  0x2064 },                /* invisible plus */
    { 0xfe00,  0xfe0f },                /* variation selectors */
    { 0xfeff,  0xfeff },                /* byte order mark */
    { 0x1bca0, 0x1bca3 },               /* shorthand format controls */
    { 0xe0100, 0xe01ef },               /* more variation selectors */
    { 0xffffffff, 0xffffffff }
};


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

        n = (*p < 0x80) ? 0 : ngx_consent_url_host_char(p, last, &c);

        if (n == 0) {
            c = ngx_consent_tolower(*p);
            p++;

        } else {
            p += n;

            if (c == '\0') {
                continue;
            }
        }

        /* forbidden in a host: there is no such URL */

        if (c <= ' ' || c == 0x7f || c == '%' || c == '<' || c == '>'
            || c == '^' || c == '|' || c == '[' || c == ']' || c == '/'
            || c == '\\' || c == '?' || c == '#' || c == '@' || c == ':')
        {
            return NGX_ERROR;
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
    size_t                         n;
    uint32_t                       u;
    const ngx_consent_url_lost_t  *lost;

    n = ngx_consent_url_utf8(p, last, &u);

    if (n == 0) {
        return 0;
    }

    if (u >= 0xff01 && u <= 0xff5e) {

        /* full-width forms */

        *c = ngx_consent_tolower((u_char) (u - 0xff01 + '!'));
        return n;
    }

    switch (u) {

    case 0x3002:                        /* ideographic full stop */
    case 0xff61:                        /* and its half-width form */
        *c = '.';
        return n;

    case 0x212a:                        /* Kelvin sign */
        *c = 'k';
        return n;
    }

    for (lost = ngx_consent_url_lost; u > lost->to; lost++) { /* void */ }

    if (u < lost->from) {
        return 0;
    }

    *c = '\0';

    return n;
}


/* Bytes of the character at p; 0: it is ASCII, or not well-formed. */

static size_t
ngx_consent_url_utf8(const u_char *p, const u_char *last, uint32_t *u)
{
    size_t  i, n;

    if (*p < 0xc2 || *p > 0xf4) {
        return 0;
    }

    n = (*p < 0xe0) ? 2 : (*p < 0xf0) ? 3 : 4;

    if ((size_t) (last - p) < n) {
        return 0;
    }

    *u = *p & (0x7f >> n);

    for (i = 1; i < n; i++) {

        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }

        *u = (*u << 6) | (p[i] & 0x3f);
    }

    return n;
}
