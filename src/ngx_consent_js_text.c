
#include "ngx_consent_js_int.h"


static const u_char *ngx_consent_js_escape(const u_char *p, const u_char *last,
    uint32_t *code);
static const u_char *ngx_consent_js_unit(const u_char *p, const u_char *last,
    uint32_t *code);
static ngx_int_t ngx_consent_js_hex(u_char c);


/* an escape that yields nothing: a line goes on */

#define NGX_CONSENT_JS_NOTHING  0xffffffff


size_t
ngx_consent_js_text(u_char *dst, size_t size, const u_char *p, size_t len,
    ngx_uint_t lead)
{
    u_char         utf8[4], *d, *end;
    size_t         n;
    uint32_t       code;
    const u_char  *last;

    d = dst;
    end = dst + size;
    last = p + len;

    while (p < last) {

        code = *p++;

        if (ngx_consent_lead(lead, code) && p < last
            && ngx_consent_trail(*p))
        {
            if (end - d < 2) {
                break;
            }

            *d++ = (u_char) code;
            *d++ = *p++;
            continue;
        }

        if (code == '\\') {

            /* what it is before has bytes of its own from 0x80 on */

            if (p == last || *p >= 0x80) {

                if (last - p > 2 && p[0] == 0xe2 && p[1] == 0x80
                    && (p[2] == 0xa8 || p[2] == 0xa9))
                {
                    p += 3;
                }

                continue;
            }

            p = ngx_consent_js_escape(p, last, &code);

            if (code == NGX_CONSENT_JS_NOTHING) {
                continue;
            }

        } else if (code) {

            if (d == end) {
                break;
            }

            *d++ = (u_char) code;
            continue;
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


/* ECMAScript, 12.9.4, with B.1.2; p is after the '\\', and not last. */

static const u_char *
ngx_consent_js_escape(const u_char *p, const u_char *last, uint32_t *code)
{
    u_char         c;
    uint32_t       low;
    ngx_int_t      high, digit;
    ngx_uint_t     n;
    const u_char  *q;

    c = *p++;
    *code = c;

    switch (c) {

    case '\r':
        p += (p < last && *p == '\n');

        /* fall through */

    case '\n':
        *code = NGX_CONSENT_JS_NOTHING;
        return p;

    case 'b':
        *code = '\b';
        return p;

    case 'f':
        *code = '\f';
        return p;

    case 'n':
        *code = '\n';
        return p;

    case 'r':
        *code = '\r';
        return p;

    case 't':
        *code = '\t';
        return p;

    case 'v':
        *code = '\v';
        return p;

    case 'x':

        if (last - p < 2) {
            return p;
        }

        high = ngx_consent_js_hex(p[0]);
        digit = ngx_consent_js_hex(p[1]);

        if (high == NGX_ERROR || digit == NGX_ERROR) {
            return p;
        }

        *code = (uint32_t) (high << 4 | digit);
        return p + 2;

    case 'u':

        q = ngx_consent_js_unit(p, last, code);
        if (q == NULL) {
            *code = 'u';
            return p;
        }

        /* a pair of surrogates is one character */

        if (*code >= 0xd800 && *code <= 0xdbff && last - q > 2 && q[0] == '\\'
            && q[1] == 'u')
        {
            p = ngx_consent_js_unit(q + 2, last, &low);

            if (p && low >= 0xdc00 && low <= 0xdfff) {
                *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
                return p;
            }
        }

        return q;
    }

    if (c < '0' || c > '7') {
        return p;
    }

    *code = c - '0';

    for (n = (c < '4') ? 2 : 1; n && p < last && *p >= '0' && *p <= '7'; n--) {
        *code = *code << 3 | (*p++ - '0');
    }

    return p;
}


/* After "\\u": four digits, or any number of them in braces; NULL: neither. */

static const u_char *
ngx_consent_js_unit(const u_char *p, const u_char *last, uint32_t *code)
{
    ngx_int_t   digit;
    ngx_uint_t  i;

    *code = 0;

    if (p < last && *p == '{') {

        for (p++; p < last && *p != '}'; p++) {

            digit = ngx_consent_js_hex(*p);
            if (digit == NGX_ERROR) {
                return NULL;
            }

            if (*code <= 0x10ffff) {
                *code = *code << 4 | (uint32_t) digit;
            }
        }

        return (p < last) ? p + 1 : NULL;
    }

    if (last - p < 4) {
        return NULL;
    }

    for (i = 0; i < 4; i++) {

        digit = ngx_consent_js_hex(*p++);
        if (digit == NGX_ERROR) {
            return NULL;
        }

        *code = *code << 4 | (uint32_t) digit;
    }

    return p;
}


static ngx_int_t
ngx_consent_js_hex(u_char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c |= 0x20;

    return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : NGX_ERROR;
}
