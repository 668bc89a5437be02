
#include "ngx_consent_json.h"
#include "ngx_consent_word.h"


static ngx_int_t ngx_consent_json_pass(u_char **pos, u_char *last);
static ngx_int_t ngx_consent_json_scalar(u_char **pos, u_char *last);
static ngx_int_t ngx_consent_json_number(u_char **pos, u_char *last);
static ngx_int_t ngx_consent_json_digits(u_char **pos, u_char *last);
static u_char *ngx_consent_json_plain(u_char *p, u_char *last);
static ngx_int_t ngx_consent_json_escape(u_char **pos, u_char *last,
    u_char **dst);
static ngx_int_t ngx_consent_json_code(u_char **pos, u_char *last,
    uint32_t *code);
static ngx_int_t ngx_consent_json_hex(u_char c);


#define ngx_consent_json_is_digit(c)  ((c) >= '0' && (c) <= '9')


/* The stack is what is open: bit 0 the innermost, 1 an object, 0 an array. */

ngx_int_t
ngx_consent_json_skip(u_char **pos, u_char *last)
{
    u_char      ch;
    uint32_t    stack;
    ngx_uint_t  depth, first;

    if (*pos < last && **pos == '"') {
        return ngx_consent_json_pass(pos, last);
    }

    stack = 0;
    depth = 0;

    for ( ;; ) {

        /* at a value */

        first = 0;
        ch = ngx_consent_json_peek(pos, last);

        if (ch == '{' || ch == '[') {

            if (depth == NGX_CONSENT_JSON_MAX_DEPTH) {
                return NGX_ERROR;
            }

            stack = stack << 1 | (ch == '{');
            depth++;
            (*pos)++;
            first = 1;

        } else if (ngx_consent_json_scalar(pos, last) != NGX_OK) {
            return NGX_ERROR;
        }

        /* after it, or inside of it: to the next one */

        for ( ;; ) {

            if (depth == 0) {
                return NGX_OK;
            }

            ch = ngx_consent_json_peek(pos, last);

            if (ch == ((stack & 1) ? '}' : ']')) {
                stack >>= 1;
                depth--;
                (*pos)++;
                first = 0;
                continue;
            }

            if (!first) {
                if (ch != ',') {
                    return NGX_ERROR;
                }

                (*pos)++;
                ngx_consent_json_peek(pos, last);
            }

            break;
        }

        if (stack & 1) {

            if (ngx_consent_json_pass(pos, last) != NGX_OK
                || ngx_consent_json_peek(pos, last) != ':')
            {
                return NGX_ERROR;
            }

            (*pos)++;
        }
    }
}


static ngx_int_t
ngx_consent_json_scalar(u_char **pos, u_char *last)
{
    size_t       len;
    const char  *word;

    if (*pos == last) {
        return NGX_ERROR;
    }

    switch (**pos) {

    case '"':
        return ngx_consent_json_pass(pos, last);

    case 't':
        word = "true";
        len = sizeof("true") - 1;
        break;

    case 'f':
        word = "false";
        len = sizeof("false") - 1;
        break;

    case 'n':
        word = "null";
        len = sizeof("null") - 1;
        break;

    default:
        return ngx_consent_json_number(pos, last);
    }

    if ((size_t) (last - *pos) < len || memcmp(*pos, word, len) != 0) {
        return NGX_ERROR;
    }

    *pos += len;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_json_number(u_char **pos, u_char *last)
{
    u_char  *p;

    p = *pos;

    if (p < last && *p == '-') {
        p++;
    }

    if (p < last && *p == '0') {
        p++;

    } else if (ngx_consent_json_digits(&p, last) != NGX_OK) {
        return NGX_ERROR;
    }

    if (p < last && *p == '.') {
        p++;

        if (ngx_consent_json_digits(&p, last) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (p < last && (*p == 'e' || *p == 'E')) {
        p++;

        if (p < last && (*p == '+' || *p == '-')) {
            p++;
        }

        if (ngx_consent_json_digits(&p, last) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    *pos = p;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_json_digits(u_char **pos, u_char *last)
{
    u_char  *p;

    for (p = *pos; p < last && ngx_consent_json_is_digit(*p); p++) {
        /* void */
    }

    if (p == *pos) {
        return NGX_ERROR;
    }

    *pos = p;

    return NGX_OK;
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


/* A string that nobody reads, left as it is. */

static ngx_int_t
ngx_consent_json_pass(u_char **pos, u_char *last)
{
    u_char  *p, *dst, scratch[4];

    p = *pos;

    if (p == last || *p != '"') {
        return NGX_ERROR;
    }

    for ( ;; ) {
        p = ngx_consent_json_plain(p + 1, last);

        if (p == last || *p < 0x20) {
            return NGX_ERROR;
        }

        if (*p == '"') {
            *pos = p + 1;
            return NGX_OK;
        }

        p++;
        dst = scratch;

        if (ngx_consent_json_escape(&p, last, &dst) != NGX_OK) {
            return NGX_ERROR;
        }

        p--;
    }
}


/* the first byte that is not a string's as it is, or last */

static u_char *
ngx_consent_json_plain(u_char *p, u_char *last)
{
    uint64_t  w, bits;

    for ( /* void */ ; last - p >= NGX_CONSENT_WORD; p += NGX_CONSENT_WORD) {

        w = ngx_consent_word(p);

        /* with its 2 turned over '"' is the byte next to those below 0x20 */

        bits = ngx_consent_word_less(w ^ ngx_consent_word_of(0x02), 0x21)
               | ngx_consent_word_is(w, '\\');

        if (bits) {
            return p + ngx_consent_word_first(bits);
        }
    }

    while (p < last && *p != '"' && *p != '\\' && *p >= 0x20) {
        p++;
    }

    return p;
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
