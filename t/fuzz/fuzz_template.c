
/*
 * Templates: what compiles has as many parts as were counted, is rendered with
 * jumps that stay inside, as UTF-8 or as ASCII; and Accept-Language, whatever
 * it says, has a quality of 0 to 1000.
 */

#include <stdlib.h>

#include "ngx_consent_accept.h"
#include "ngx_consent_template.h"


typedef struct {
    ngx_consent_render_t     render;        /* first */
    const ngx_consent_template_t  *template;
    unsigned                 at[NGX_CONSENT_TEMPLATE_LOOPS];
    unsigned                 steps;
    const u_char            *value;
    size_t                   len;
} show_t;


static void
expect(int ok)
{
    if (!ok) {
        abort();
    }
}


/* one letter is a name; "t" a text, the template itself without its texts */

static const char *
find(void *data, const ngx_str_t *name, ngx_uint_t open,
    ngx_consent_template_part_t *part)
{
    (void) data;
    (void) open;

    if (name->len != 1) {
        return "unknown";
    }

    if (name->data[0] == 't' && part->what == NGX_CONSENT_TEMPLATE_VALUE) {
        part->what = NGX_CONSENT_TEMPLATE_TEXT;
    }

    part->of = name->data[0] & (NGX_CONSENT_TEMPLATE_LOOPS - 1);

    return NULL;
}


static void
value(ngx_consent_render_t *r, ngx_uint_t of)
{
    show_t  *show = (show_t *) r;

    (void) of;

    ngx_consent_render_text(r, show->value, show->len);
}


static ngx_uint_t
holds(ngx_consent_render_t *r, ngx_uint_t of)
{
    (void) r;

    return of & 1;
}


static ngx_uint_t
next(ngx_consent_render_t *r, ngx_uint_t of, ngx_uint_t first)
{
    show_t  *show = (show_t *) r;

    show->at[of] = first ? 0 : show->at[of] + 1;

    return show->at[of] < 2 && ++show->steps < 1000;
}


static const ngx_consent_template_t *
text(ngx_consent_render_t *r, ngx_uint_t of)
{
    (void) r;
    (void) of;

    return NULL;
}


static void
write_out(ngx_consent_render_t *r, const u_char *p, size_t len)
{
    size_t    i, n;
    uint32_t  c;

    expect(len != 0);

    for (i = 0; i < len; i += n) {
        n = ngx_consent_template_char(p + i, len - i, &c);
        expect(n > 1 || c != NGX_CONSENT_TEMPLATE_NOT_UTF8);
        expect(c < 0x80 || !r->ascii);
    }
}


static void
check_template(const u_char *p, size_t len)
{
    size_t                         i;
    show_t                         show;
    ngx_str_t                      s;
    ngx_uint_t                     n;
    ngx_consent_template_t         t;
    ngx_consent_template_fault_t   fault;

    static const ngx_consent_template_names_t  names = { find, NULL };

    s.data = (u_char *) p;
    s.len = len;
    t.parts = NULL;

    if (ngx_consent_template_compile(&t, &s, &names, &fault) != NGX_OK) {
        expect(fault.reason && fault.source.data >= p
               && fault.source.data + fault.source.len <= p + len);
        return;
    }

    n = t.n;
    t.parts = malloc(n * sizeof(ngx_consent_template_part_t) + 1);
    expect(t.parts != NULL);

    expect(ngx_consent_template_compile(&t, &s, &names, &fault) == NGX_OK);
    expect(t.n == n);

    for (i = 0; i < n; i++) {
        expect(t.parts[i].to <= n);
    }

    memset(&show, 0, sizeof(show_t));

    show.render.value = value;
    show.render.holds = holds;
    show.render.next = next;
    show.render.text = text;
    show.render.write = write_out;
    show.value = p;
    show.len = len < 16 ? len : 16;

    ngx_consent_render(&show.render, &t);

    show.render.ascii = 1;
    show.steps = 0;

    ngx_consent_render(&show.render, &t);

    free(t.parts);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char                *p;
    ngx_consent_accept_t   accept;

    static const ngx_str_t  tag = ngx_string("pt-br");

    p = malloc(size ? size : 1);
    expect(p != NULL);
    memcpy(p, data, size);

    check_template(p, size);

    ngx_consent_accept_language(p, size, &tag, &accept);
    expect(accept.quality <= 1000);

    free(p);

    return 0;
}
