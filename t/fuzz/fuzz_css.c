
/*
 * A style sheet gives the same URLs however it is cut, of bytes that are held,
 * in their order, and no longer than the limit.  The first byte of the input
 * says where the cuts are.
 */

#include "ngx_consent_css.h"
#include "spans_fuzz.h"


static ngx_int_t
next(void *reader, u_char **pos, u_char *last)
{
    return ngx_consent_css_next(reader, pos, last);
}


static ngx_int_t
end(void *reader)
{
    return ngx_consent_css_end(reader);
}


static uint32_t
mark(void *reader)
{
    ngx_consent_css_t  *c = reader;

    return c->what | c->quote << 8 | c->raw << 16 | c->doubt << 17;
}


static void
text(void *reader, u_char *dst, size_t size, const u_char *p, size_t len)
{
    if (ngx_consent_css_text(reader, dst, size, p, len) > size
        || ngx_consent_css_raw(dst, size, p, len) > size)
    {
        abort();
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ngx_consent_css_t  c;

    spans_t  s = { next, end, mark, text, &c.off, &c.len, &c.held, 32 };

    if (size < 2) {
        return 0;
    }

    ngx_consent_css_init(&c, 32);
    c.lead = data[0] % 3;
    spans_whole(&s, &c, data + 1, size - 1);

    ngx_consent_css_init(&c, 32);
    c.lead = data[0] % 3;
    spans_cut(&s, &c, data + 1, size - 1, data[0] / 3 % 20 + 1);

    return 0;
}
