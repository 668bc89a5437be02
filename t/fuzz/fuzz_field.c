
/*
 * Headers with URLs: whatever the value is, it is read within its bytes and not
 * written to, what is left is part of it in its order, and of that nothing goes
 * any more.  The first byte says which header; URLs of ads.test are refused.
 */

#include <stdlib.h>

#include "ngx_consent_field.h"
#include "ngx_consent_url.h"


static void
expect(int ok)
{
    if (!ok) {
        abort();
    }
}


static ngx_uint_t
ask(void *data, ngx_consent_field_ask_e what, u_char *p, size_t len)
{
    u_char              buf[NGX_CONSENT_URL_MAX];
    ngx_consent_url_t   u;

    if (what == NGX_CONSENT_FIELD_GONE || what == NGX_CONSENT_FIELD_NEEDED) {
        expect(len <= NGX_CONSENT_FIELD_GROUP);
        return len == 4 && memcmp(p, "gone", 4) == 0;
    }

    ngx_consent_url_parse(&u, p, len, 0, data, buf);

    return u.host.len == 8 && memcmp(u.host.data, "ads.test", 8) == 0;
}


static ngx_int_t
filter(ngx_consent_field_t *f, const u_char *value, size_t len, u_char *text,
    ngx_uint_t field)
{
    static ngx_consent_url_t  self = {
        .scheme = NGX_CONSENT_URL_HTTP,
        .host = ngx_string("site.test"),
        .path = ngx_string("/dir/page")
    };

    f->value = value;
    f->len = len;
    f->text = text;
    f->ask = ask;
    f->data = &self;

    return ngx_consent_field_filter(f, (ngx_consent_field_e) field);
}


static int
subsequence(const u_char *p, size_t len, const u_char *q, size_t n)
{
    for ( /* void */ ; n && len; q++, n--) {
        if (*p == *q) {
            p++;
            len--;
        }
    }

    return len == 0;
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char               *value, *text, *again;
    size_t                len;
    ngx_int_t             rc;
    ngx_uint_t            field;
    ngx_consent_field_t   f, second;

    if (size == 0) {
        return 0;
    }

    field = data[0] % NGX_CONSENT_FIELDS;
    len = size - 1;

    value = malloc(len ? len : 1);
    text = malloc(len ? len : 1);
    memcpy(value, data + 1, len);

    rc = filter(&f, value, len, text, field);

    expect(rc == NGX_OK || rc == NGX_DONE || rc == NGX_DECLINED);
    expect(memcmp(value, data + 1, len) == 0);

    if (rc == NGX_DONE) {

        expect(f.left < len && subsequence(text, f.left, value, len));

        again = malloc(f.left ? f.left : 1);
        free(value);
        value = malloc(f.left ? f.left : 1);
        memcpy(value, text, f.left);

        expect(filter(&second, value, f.left, again, field) == NGX_OK);

        free(again);
    }

    free(value);
    free(text);

    return 0;
}
