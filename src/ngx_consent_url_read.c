
#include "ngx_consent_entity_int.h"
#include "ngx_consent_url_read.h"


static size_t ngx_consent_url_read_bytes(ngx_uint_t reading, const u_char *p,
    const u_char *last, uint32_t *key);
static uint32_t ngx_consent_url_read_find(ngx_uint_t reading, uint32_t key);


#define ngx_consent_url_in(c, from, to)  ((c) >= (from) && (c) <= (to))


size_t
ngx_consent_url_read(ngx_uint_t reading, const u_char *p, const u_char *last,
    u_char *text, size_t *len)
{
    size_t                  n;
    uint32_t                c, key;
    ngx_consent_url_out_t   out;

    if (reading == NGX_CONSENT_READ_WINDOWS_1252) {
        n = 1;
        c = *p < 0xa0 ? ngx_consent_entity_windows[*p - 0x80] : *p;

    } else {
        n = ngx_consent_url_read_bytes(reading, p, last, &key);
        c = ngx_consent_url_read_find(reading, key);
    }

    out.pos = text;
    out.last = text + NGX_CONSENT_ENTITY_MAX;
    out.cut = 0;

    ngx_consent_url_put_utf8(&out, c);

    *len = out.pos - text;

    return n;
}


/* How many bytes one character has, and their number (Encoding 10 to 14). */

static size_t
ngx_consent_url_read_bytes(ngx_uint_t reading, const u_char *p,
    const u_char *last, uint32_t *key)
{
    u_char  a, b;

    a = *p;
    *key = a;

    if (reading == NGX_CONSENT_READ_SINGLE || last - p < 2) {
        return 1;
    }

    b = p[1];

    switch (reading) {

    case NGX_CONSENT_READ_SHIFT_JIS:

        if (!(ngx_consent_url_in(a, 0x81, 0x9f)
              || ngx_consent_url_in(a, 0xe0, 0xfc))
            || !(ngx_consent_url_in(b, 0x40, 0x7e)
                 || ngx_consent_url_in(b, 0x80, 0xfc)))
        {
            return 1;
        }

        break;

    case NGX_CONSENT_READ_EUC_JP:

        if (!(a == 0x8e || a == 0x8f || ngx_consent_url_in(a, 0xa1, 0xfe))
            || !ngx_consent_url_in(b, 0xa1, 0xfe))
        {
            return 1;
        }

        if (a == 0x8f && last - p > 2 && ngx_consent_url_in(p[2], 0xa1, 0xfe))
        {
            *key = (a << 16) | (b << 8) | p[2];
            return 3;
        }

        break;

    case NGX_CONSENT_READ_GB18030:

        if (!ngx_consent_url_in(a, 0x81, 0xfe)) {
            return 1;
        }

        if (last - p > 3 && ngx_consent_url_in(b, '0', '9')
            && ngx_consent_url_in(p[2], 0x81, 0xfe)
            && ngx_consent_url_in(p[3], '0', '9'))
        {
            *key = NGX_CONSENT_READ_FOUR
                   + (((a - 0x81) * 10 + b - '0') * 126 + p[2] - 0x81) * 10
                   + p[3] - '0';
            return 4;
        }

        if (!ngx_consent_url_in(b, 0x40, 0x7e)
            && !ngx_consent_url_in(b, 0x80, 0xfe))
        {
            return 1;
        }

        break;

    case NGX_CONSENT_READ_EUC_KR:

        if (!ngx_consent_url_in(a, 0x81, 0xfe)
            || !(ngx_consent_url_in(b, 'A', 'Z')
                 || ngx_consent_url_in(b, 'a', 'z')
                 || ngx_consent_url_in(b, 0x81, 0xfe)))
        {
            return 1;
        }

        break;

    default: /* NGX_CONSENT_READ_BIG5 */

        if (!ngx_consent_url_in(a, 0x81, 0xfe)
            || !(ngx_consent_url_in(b, 0x40, 0x7e)
                 || ngx_consent_url_in(b, 0xa1, 0xfe)))
        {
            return 1;
        }
    }

    *key = (a << 8) | b;

    return 2;
}


static uint32_t
ngx_consent_url_read_find(ngx_uint_t reading, uint32_t key)
{
    ngx_uint_t                     low, high, i;
    const ngx_consent_url_read_t  *row;

    low = ngx_consent_url_read_begins[reading];
    high = ngx_consent_url_read_begins[reading + 1];

    while (low < high) {

        i = low + (high - low) / 2;
        row = &ngx_consent_url_read_rows[i];

        if (key < row->first) {
            high = i;

        } else if (key - row->first >= row->count) {
            low = i + 1;

        } else {
            return row->c + (key - row->first);
        }
    }

    return NGX_CONSENT_READ_OTHER;
}
