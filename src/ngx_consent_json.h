
/*
 * JSON (RFC 8259) as it is read from a request: small, whole, never a tree.
 */

#ifndef _NGX_CONSENT_JSON_H_INCLUDED_
#define _NGX_CONSENT_JSON_H_INCLUDED_


#include "ngx_consent_word.h"


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


/*
 * The first byte from p on that is not a string's as it is, or last.  With its
 * 2 turned over '"' is the byte next to those below 0x20.  What is not ASCII
 * may be found too, and is passed over.
 */

static ngx_inline u_char *
ngx_consent_json_plain(u_char *p, u_char *last)
{
    uint64_t   w, bits;
    ptrdiff_t  room;

    for (room = last - p; room >= NGX_CONSENT_WORD; room = last - p) {

        w = ngx_consent_word(p);

        bits = ((w ^ ngx_consent_word_of(0x02)) - ngx_consent_word_of(0x21))
               | ((w ^ ngx_consent_word_of('\\')) - ngx_consent_word_of(1));

        bits = ngx_consent_word_high(bits);

        if (!bits) {
            p += NGX_CONSENT_WORD;
            continue;
        }

        p += ngx_consent_word_first(bits);

        if (*p < 0x80) {
            return p;
        }

        p++;
    }

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

/* The same inside of depth more. */
ngx_int_t ngx_consent_json_skip_in(u_char **pos, u_char *last,
    ngx_uint_t depth);


#endif /* _NGX_CONSENT_JSON_H_INCLUDED_ */
