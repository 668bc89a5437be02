
#include "ngx_consent_json.h"


static u_char *ngx_consent_json_number(u_char *p, u_char *last);
static u_char *ngx_consent_json_digits(u_char *p, u_char *last);
static ngx_int_t ngx_consent_json_escape(u_char **pos, u_char *last,
    u_char **dst);
static ngx_int_t ngx_consent_json_code(u_char **pos, u_char *last,
    uint32_t *code);
static ngx_int_t ngx_consent_json_hex(u_char c);


#define ngx_consent_json_is_digit(c)  ((c) >= '0' && (c) <= '9')


ngx_int_t
ngx_consent_json_skip(u_char **pos, u_char *last)
{
    u_char  *p;

    p = *pos;
    ngx_consent_json_peek(&p, last);

    p = ngx_consent_json_pass(p, last, 0);
    if (p == NULL) {
        return NGX_ERROR;
    }

    *pos = p;

    return NGX_OK;
}


/* The stack is what is open: bit 0 the innermost, 1 an object, 0 an array. */

u_char *
ngx_consent_json_nested(u_char *p, u_char *last, ngx_uint_t outer)
{
    u_char      ch;
    uint32_t    stack;
    ngx_uint_t  depth, first;

    stack = 0;
    depth = outer;

    for ( ;; ) {

        /* at a value: past it, or inside of it */

        first = (p < last && (*p == '{' || *p == '['));

        if (first) {

            if (depth == NGX_CONSENT_JSON_MAX_DEPTH) {
                return NULL;
            }

            stack = stack << 1 | (*p == '{');
            depth++;
            p++;

        } else {
            p = ngx_consent_json_scalar(p, last);

            if (p == NULL) {
                return NULL;
            }
        }

        /* to the next one */

        ch = ngx_consent_json_peek(&p, last);

        while (ch == ((stack & 1) ? '}' : ']')) {

            stack >>= 1;
            depth--;
            p++;

            if (depth == outer) {
                return p;
            }

            first = 0;
            ch = ngx_consent_json_peek(&p, last);
        }

        if (!first) {

            if (ch != ',') {
                return NULL;
            }

            p++;
            ngx_consent_json_peek(&p, last);
        }

        if (stack & 1) {

            if (p == last || *p != '"') {
                return NULL;
            }

            p = ngx_consent_json_scalar(p, last);

            if (p == NULL || ngx_consent_json_peek(&p, last) != ':') {
                return NULL;
            }

            p++;
            ngx_consent_json_peek(&p, last);
        }
    }
}


u_char *
ngx_consent_json_word(u_char *p, u_char *last)
{
    size_t  len;

    len = last - p;

    if (len >= 4 && memcmp(p, "true", 4) == 0) {
        return p + 4;
    }

    if (len >= 5 && memcmp(p, "false", 5) == 0) {
        return p + 5;
    }

    if (len >= 4 && memcmp(p, "null", 4) == 0) {
        return p + 4;
    }

    return ngx_consent_json_number(p, last);
}


static u_char *
ngx_consent_json_number(u_char *p, u_char *last)
{
    if (p < last && *p == '-') {
        p++;
    }

    if (p < last && *p == '0') {
        p++;

    } else {
        p = ngx_consent_json_digits(p, last);
    }

    if (p && p < last && *p == '.') {
        p = ngx_consent_json_digits(p + 1, last);
    }

    if (p && p < last && (*p == 'e' || *p == 'E')) {
        p++;

        if (p < last && (*p == '+' || *p == '-')) {
            p++;
        }

        p = ngx_consent_json_digits(p, last);
    }

    return p;
}


static u_char *
ngx_consent_json_digits(u_char *p, u_char *last)
{
    u_char  *start;

    start = p;

    while (p < last && ngx_consent_json_is_digit(*p)) {
        p++;
    }

    return (p > start) ? p : NULL;
}


u_char *
ngx_consent_json_escaped(u_char *p, u_char *last)
{
    u_char  *dst, scratch[4];

    while (p < last && *p == '\\') {

        p++;
        dst = scratch;

        if (ngx_consent_json_escape(&p, last, &dst) != NGX_OK) {
            return NULL;
        }

        p = ngx_consent_json_plain(p, last);
    }

    return (p < last && *p == '"') ? p + 1 : NULL;
}


ngx_int_t
ngx_consent_json_string(u_char **pos, u_char *last, ngx_str_t *s)
{
    u_char  *p, *dst;

    p = *pos;

    if (p == last || *p != '"') {
        return NGX_ERROR;
    }

    p = ngx_consent_json_plain(p + 1, last);

    s->data = *pos + 1;
    dst = p;

    while (p < last) {

        if (*p == '"') {
            s->len = dst - s->data;
            *pos = p + 1;
            return NGX_OK;
        }

        if (*p < 0x20) {
            return NGX_ERROR;
        }

        if (*p != '\\') {
            *dst++ = *p++;
            continue;
        }

        p++;

        if (ngx_consent_json_escape(&p, last, &dst) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_ERROR;
}


/* *pos is after the backslash */

static ngx_int_t
ngx_consent_json_escape(u_char **pos, u_char *last, u_char **dst)
{
    u_char    *p, *d;
    size_t     i;
    uint32_t   code, low;

    static const u_char  from[] = "\"\\/bfnrt";
    static const u_char  to[] = "\"\\/\b\f\n\r\t";

    p = *pos;
    d = *dst;

    if (p == last) {
        return NGX_ERROR;
    }

    if (*p != 'u') {

        for (i = 0; i < sizeof(from) - 1; i++) {

            if (*p == from[i]) {
                *d = to[i];
                *dst = d + 1;
                *pos = p + 1;
                return NGX_OK;
            }
        }

        return NGX_ERROR;
    }

    p++;

    if (ngx_consent_json_code(&p, last, &code) != NGX_OK) {
        return NGX_ERROR;
    }

    if (code >= 0xdc00 && code <= 0xdfff) {
        return NGX_ERROR;
    }

    if (code >= 0xd800 && code <= 0xdbff) {

        if (last - p < 2 || p[0] != '\\' || p[1] != 'u') {
            return NGX_ERROR;
        }

        p += 2;

        if (ngx_consent_json_code(&p, last, &low) != NGX_OK
            || low < 0xdc00 || low > 0xdfff)
        {
            return NGX_ERROR;
        }

        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }

    if (code < 0x80) {
        *d++ = (u_char) code;

    } else if (code < 0x800) {
        *d++ = (u_char) (0xc0 | code >> 6);
        *d++ = (u_char) (0x80 | (code & 0x3f));

    } else if (code < 0x10000) {
        *d++ = (u_char) (0xe0 | code >> 12);
        *d++ = (u_char) (0x80 | (code >> 6 & 0x3f));
        *d++ = (u_char) (0x80 | (code & 0x3f));

    } else {
        *d++ = (u_char) (0xf0 | code >> 18);
        *d++ = (u_char) (0x80 | (code >> 12 & 0x3f));
        *d++ = (u_char) (0x80 | (code >> 6 & 0x3f));
        *d++ = (u_char) (0x80 | (code & 0x3f));
    }

    *dst = d;
    *pos = p;

    return NGX_OK;
}


/* four hexadecimal digits */

static ngx_int_t
ngx_consent_json_code(u_char **pos, u_char *last, uint32_t *code)
{
    u_char      *p;
    ngx_int_t    digit;
    ngx_uint_t   i;

    p = *pos;
    *code = 0;

    for (i = 0; i < 4; i++, p++) {

        if (p == last) {
            return NGX_ERROR;
        }

        digit = ngx_consent_json_hex(*p);
        if (digit == NGX_ERROR) {
            return NGX_ERROR;
        }

        *code = *code << 4 | (uint32_t) digit;
    }

    *pos = p;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_json_hex(u_char c)
{
    if (ngx_consent_json_is_digit(c)) {
        return c - '0';
    }

    c = ngx_consent_tolower(c);

    return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : NGX_ERROR;
}
