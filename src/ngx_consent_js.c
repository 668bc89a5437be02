
#include "ngx_consent_js_int.h"


static ngx_int_t ngx_consent_js_tell(ngx_consent_js_t *js, ngx_uint_t i,
    ngx_int_t rc, uint32_t after, ngx_int_t found);
static ngx_uint_t ngx_consent_js_decode(ngx_consent_js_t *js, u_char c,
    uint32_t ch[2]);
static uint32_t ngx_consent_js_character(ngx_consent_js_t *js);
static uint32_t ngx_consent_js_double(ngx_consent_js_t *js, u_char c);
static void ngx_consent_js_merge(ngx_consent_js_t *js);


void
ngx_consent_js_init(ngx_consent_js_t *js, uint32_t limit)
{
    memset(js, 0, sizeof(ngx_consent_js_t));

    js->limit = limit;
    js->n = 1;
}


ngx_int_t
ngx_consent_js_next(ngx_consent_js_t *js, u_char **pos, u_char *last)
{
    u_char                    *p;
    uint32_t                   ch[2], after, held;
    ngx_int_t                  rc, found;
    ngx_uint_t                 i, k, n;
    ngx_consent_js_reading_t  *r;

    js->doubt = 0;
    js->off = 0;
    found = NGX_AGAIN;

    for (p = *pos; p < last && found == NGX_AGAIN; p++) {

        n = ngx_consent_js_decode(js, *p, ch);

        for (i = 0; i < js->n; i++) {
            js->readings[i].off += (js->readings[i].keep != 0);
        }

        for (k = 0; k < n; k++) {

            /* a reading may add another one, which takes this character too */

            for (i = 0; i < js->n; i++) {

                rc = ngx_consent_js_step(js, i, ch[k], &after);

                if (rc != NGX_OK) {
                    found = ngx_consent_js_tell(js, i, rc, after, found);
                    js->readings[i].quote = 0;
                }
            }
        }

        for (i = 0; i < js->n; i++) {

            r = &js->readings[i];

            if (r->keep && r->off >= js->limit) {
                found = ngx_consent_js_tell(js, i, NGX_CONSENT_JS_LONG, 0,
                                            found);
            }
        }

        if (js->n > 1) {
            ngx_consent_js_merge(js);
        }
    }

    *pos = p;

    held = 0;

    for (i = 0; i < js->n; i++) {
        held = (js->readings[i].off > held) ? js->readings[i].off : held;
    }

    js->held = held;

    if (found != NGX_AGAIN && held) {

        /* another reading is within a string of which this is a part */

        js->doubt = 1;
        js->held = 0;

        if (held > js->off) {
            js->len += held - js->off;
            js->off = held;
        }

        for (i = 0; i < js->n; i++) {
            js->readings[i].keep = 0;
            js->readings[i].off = 0;
        }
    }

    return found;
}


/*
 * The string that a reading keeps has ended, after bytes ago.  Several may end
 * at once: they are the same, or in doubt.
 */

static ngx_int_t
ngx_consent_js_tell(ngx_consent_js_t *js, ngx_uint_t i, ngx_int_t rc,
    uint32_t after, ngx_int_t found)
{
    uint32_t                   off, len;
    ngx_consent_js_what_e      what;
    ngx_consent_js_reading_t  *r;

    r = &js->readings[i];

    off = r->off;
    len = off - after;
    what = (r->keep == NGX_CONSENT_JS_KEEP_STATIC) ? NGX_CONSENT_JS_STATIC
                                                   : NGX_CONSENT_JS_DYNAMIC;

    r->keep = 0;
    r->off = 0;

    if (len == 0) {
        return found;
    }

    if (found == NGX_AGAIN) {
        js->off = off;
        js->len = len;
        js->what = what;
        js->quote = r->quote;
        return rc;
    }

    if (off != js->off || len != js->len) {
        js->doubt = 1;

        after = (after < js->off - js->len) ? after : js->off - js->len;

        js->off = (off > js->off) ? off : js->off;
        js->len = js->off - after;
    }

    return found;
}


/* The characters that are complete with this byte: none, one or two. */

static ngx_uint_t
ngx_consent_js_decode(ngx_consent_js_t *js, u_char c, uint32_t ch[2])
{
    ngx_uint_t  n;

    n = 0;

    if (js->lead) {

        if (js->missing) {
            js->missing = 0;

            if (ngx_consent_trail(c)) {
                ch[0] = ngx_consent_js_double(js, c);
                return 1;
            }

            ch[n++] = NGX_CONSENT_JS_OTHER;
        }

        if (ngx_consent_lead(js->lead, c)) {
            js->first = c;
            js->missing = 1;
            return n;
        }

        ch[n++] = (c < 0x80) ? c : NGX_CONSENT_JS_OTHER;
        return n;
    }

    if (js->missing) {

        if ((c & 0xc0) == 0x80) {
            js->code = js->code << 8 | c;

            if (--js->missing) {
                return 0;
            }

            ch[0] = ngx_consent_js_character(js);
            return 1;
        }

        js->missing = 0;
        ch[n++] = NGX_CONSENT_JS_OTHER;
    }

    if (c >= 0xc2 && c <= 0xf4) {
        js->code = c;
        js->missing = 1 + (c >= 0xe0) + (c >= 0xf0);
        return n;
    }

    /* a byte that is none of UTF-8 may be the no-break space of windows-1252 */

    ch[n++] = (c < 0x80) ? c : (c == 0xa0) ? ' ' : NGX_CONSENT_JS_OTHER;

    return n;
}


/* ECMAScript, 12.2 and 12.3; js->code has the bytes of the character. */

static uint32_t
ngx_consent_js_character(ngx_consent_js_t *js)
{
    switch (js->code) {

    case 0xe280a8:
    case 0xe280a9:
        return NGX_CONSENT_JS_SEPARATOR;

    case 0xc2a0:
    case 0xe19a80:
    case 0xe280af:
    case 0xe2819f:
    case 0xe38080:
    case 0xefbbbf:
        return ' ';
    }

    if (js->code >= 0xe28080 && js->code <= 0xe2808a) {
        return ' ';
    }

    return NGX_CONSENT_JS_OTHER;
}


/* of two bytes only the ideographic space matters, whichever encoding it is */

static uint32_t
ngx_consent_js_double(ngx_consent_js_t *js, u_char c)
{
    if ((js->first == 0x81 && c == 0x40)
        || (js->first == 0xa1 && (c == 0xa1 || c == 0x40)))
    {
        return ' ';
    }

    return NGX_CONSENT_JS_OTHER;
}


/* Readings that are in the same state go on as one. */

static void
ngx_consent_js_merge(ngx_consent_js_t *js)
{
    ngx_uint_t  i, k;

    for (i = 0; i + 1 < js->n; i++) {

        k = i + 1;

        while (k < js->n) {

            if (memcmp(&js->readings[i], &js->readings[k],
                       sizeof(ngx_consent_js_reading_t))
                != 0)
            {
                k++;
                continue;
            }

            js->n--;

            if (k < js->n) {
                js->readings[k] = js->readings[js->n];
            }
        }
    }
}
