
/*
 * A script gives the same specifiers however it is cut, of bytes that are
 * held, and no longer than the limit; so does JSON its strings.  The first byte
 * of the input says where the cuts are.
 */

#include "ngx_consent_js.h"
#include "ngx_consent_strings.h"
#include "spans_fuzz.h"


static ngx_int_t
next(void *reader, u_char **pos, u_char *last)
{
    return ngx_consent_js_next(reader, pos, last);
}


static uint32_t
mark(void *reader)
{
    ngx_consent_js_t  *js = reader;

    return js->what | js->quote << 8 | js->doubt << 16;
}


static ngx_int_t
next_string(void *reader, u_char **pos, u_char *last)
{
    return ngx_consent_strings_next(reader, pos, last);
}


static uint32_t
mark_string(void *reader)
{
    ngx_consent_strings_t  *s = reader;

    return s->name;
}


static void
text(void *reader, u_char *dst, size_t size, const u_char *p, size_t len)
{
    (void) reader;

    if (ngx_consent_js_text(dst, size, p, len, len % 3) > size) {
        abort();
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ngx_consent_js_t       js;
    ngx_consent_strings_t  strings;

    spans_t  s = { next, NULL, mark, text, &js.off, &js.len, &js.held, 32 };
    spans_t  t = { next_string, NULL, mark_string, text, &strings.off,
                   &strings.len, &strings.held, 32 };

    if (size < 2) {
        return 0;
    }

    ngx_consent_js_init(&js, 32);
    js.lead = data[0] % 3;
    spans_whole(&s, &js, data + 1, size - 1);

    ngx_consent_js_init(&js, 32);
    js.lead = data[0] % 3;
    spans_cut(&s, &js, data + 1, size - 1, data[0] / 3 % 20 + 1);

    ngx_consent_strings_init(&strings, 32);
    strings.lead = data[0] % 3;
    spans_whole(&t, &strings, data + 1, size - 1);

    ngx_consent_strings_init(&strings, 32);
    strings.lead = data[0] % 3;
    spans_cut(&t, &strings, data + 1, size - 1, data[0] / 3 % 20 + 1);

    return 0;
}
