
/*
 * JSON (RFC 8259) as it is read from a request: small, whole, never a tree.
 */

#ifndef _NGX_CONSENT_JSON_H_INCLUDED_
#define _NGX_CONSENT_JSON_H_INCLUDED_


#include "ngx_consent_wide.h"


/* objects and arrays in each other, 32 at most; deeper is an error */
#define NGX_CONSENT_JSON_MAX_DEPTH  16


/* The next byte that is no white space, at *pos; 0 at the end. */

static ngx_inline u_char
ngx_consent_json_peek(u_char **pos, u_char *last)
{
    u_char  *p;

    p = *pos;

    if (p < last && *p > ' ') {
        return *p;
    }

    for ( /* void */ ; p < last; p++) {

        if (*p != ' ' && *p != '\t' && *p != '\n' && *p != '\r') {
            *pos = p;
            return *p;
        }
    }

    *pos = p;

    return 0;
}


/* The first byte from p on that is not a string's as it is, or last. */

static ngx_inline u_char *
ngx_consent_json_plain(u_char *p, u_char *last)
{
#ifdef NGX_CONSENT_WIDE
    ngx_consent_wide_t       w;
    ngx_consent_wide_bits_t  bits;

    while (last - p >= NGX_CONSENT_WIDE) {

        w = ngx_consent_wide_load(p);

        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_or(
                       ngx_consent_wide_or(ngx_consent_wide_eq(w, '"'),
                                           ngx_consent_wide_le(w, 0x1f)),
                       ngx_consent_wide_eq(w, '\\')));

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }

        p += NGX_CONSENT_WIDE;
    }
#endif

    while (p < last && *p != '"' && *p != '\\' && *p >= 0x20) {
        p++;
    }

    return p;
}


/*
 * Reads a string whose '"' is at *pos.  It is decoded where it stands: no
 * escape is shorter than what it stands for.  NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_consent_json_string(u_char **pos, u_char *last, ngx_str_t *s);


/* The same, without a call where nothing is to be decoded. */

static ngx_inline ngx_int_t
ngx_consent_json_text(u_char **pos, u_char *last, ngx_str_t *s)
{
    u_char  *p, *end;

    p = *pos;

    if (p < last && *p == '"') {

        end = ngx_consent_json_plain(p + 1, last);

        if (end < last && *end == '"') {
            s->data = p + 1;
            s->len = end - s->data;
            *pos = end + 1;

            return NGX_OK;
        }
    }

    return ngx_consent_json_string(pos, last, s);
}


/*
 * Passes over any value at *pos, and checks it; its bytes stay as they are.
 * NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_consent_json_skip(u_char **pos, u_char *last);

/* What passes over something at p returns where it ends, or NULL. */

/* an object or array, inside of depth more */
u_char *ngx_consent_json_nested(u_char *p, u_char *last, ngx_uint_t depth);
/* a literal name, or a number */
u_char *ngx_consent_json_word(u_char *p, u_char *last);
/* the rest of a string: it is left as it is */
u_char *ngx_consent_json_escaped(u_char *p, u_char *last);


static ngx_inline u_char *
ngx_consent_json_scalar(u_char *p, u_char *last)
{
    if (p == last || *p != '"') {
        return ngx_consent_json_word(p, last);
    }

    p = ngx_consent_json_plain(p + 1, last);

    return (p < last && *p == '"') ? p + 1 : ngx_consent_json_escaped(p, last);
}


static ngx_inline u_char *
ngx_consent_json_pass(u_char *p, u_char *last, ngx_uint_t depth)
{
    return (p < last && (*p == '{' || *p == '['))
           ? ngx_consent_json_nested(p, last, depth)
           : ngx_consent_json_scalar(p, last);
}


#endif /* _NGX_CONSENT_JSON_H_INCLUDED_ */
