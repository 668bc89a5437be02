
/*
 * Templates of consent_ui as they are found, and as they are shown.
 */

#include "ngx_http_consent_show.h"


static const char *ngx_http_consent_show_within(ngx_uint_t within,
    ngx_uint_t open);
static void ngx_http_consent_show_value(ngx_consent_render_t *r,
    ngx_uint_t of);
static ngx_uint_t ngx_http_consent_show_holds(ngx_consent_render_t *r,
    ngx_uint_t of);
static ngx_uint_t ngx_http_consent_show_next(ngx_consent_render_t *r,
    ngx_uint_t of, ngx_uint_t first);
static const ngx_consent_template_t *ngx_http_consent_show_text(
    ngx_consent_render_t *r, ngx_uint_t of);
static void ngx_http_consent_show_write(ngx_consent_render_t *r,
    const u_char *p, size_t len);
static void ngx_http_consent_show_count(ngx_consent_render_t *r,
    const u_char *p, size_t len);


const char *
ngx_http_consent_show_find(const ngx_str_t *name, ngx_uint_t open,
    ngx_consent_template_part_t *part)
{
    ngx_http_consent_show_loop_t  *loop;
    ngx_http_consent_show_name_t  *value;

    if (part->what == NGX_CONSENT_TEMPLATE_FOR) {

        for (loop = ngx_http_consent_show_loops; loop->name.len; loop++) {

            if (loop->name.len == name->len
                && ngx_strncmp(loop->name.data, name->data, name->len) == 0)
            {
                part->of = loop - ngx_http_consent_show_loops;
                return ngx_http_consent_show_within(loop->within, open);
            }
        }

        return "unknown loop";
    }

    for (value = ngx_http_consent_show_names; value->name.len; value++) {

        if (value->name.len != name->len
            || ngx_strncmp(value->name.data, name->data, name->len) != 0)
        {
            continue;
        }

        if (part->what == NGX_CONSENT_TEMPLATE_VALUE && value->put == NULL) {
            return "a condition is no variable";
        }

        part->of = value - ngx_http_consent_show_names;

        return ngx_http_consent_show_within(value->within, open);
    }

    return "unknown variable";
}


const char *
ngx_http_consent_show_stands(const ngx_consent_template_part_t *part,
    ngx_uint_t open)
{
    return ngx_http_consent_show_within(
                          ngx_http_consent_show_names[part->of].within, open);
}


static const char *
ngx_http_consent_show_within(ngx_uint_t within, ngx_uint_t open)
{
    if (within == 0 || (within & open)) {
        return NULL;
    }

    if (within & CATEGORY) {
        return "not in a \"for category\"";
    }

    if (within & PROVIDER) {
        return "not in a \"for provider\" or \"for row\"";
    }

    return (within & ROW) ? "not in a \"for row\""
                          : "not in a \"for language\"";
}


void
ngx_http_consent_show_init(ngx_http_consent_show_t *show,
    ngx_http_consent_out_t *out)
{
    ngx_memzero(show, sizeof(ngx_http_consent_show_t));

    show->render.value = ngx_http_consent_show_value;
    show->render.holds = ngx_http_consent_show_holds;
    show->render.next = ngx_http_consent_show_next;
    show->render.text = ngx_http_consent_show_text;
    show->render.write = ngx_http_consent_show_write;
    show->out = out;
}


void
ngx_http_consent_show(ngx_http_consent_show_t *show,
    const ngx_http_consent_template_t *template)
{
    ngx_consent_render(&show->render, &template->template);
}


static void
ngx_http_consent_show_value(ngx_consent_render_t *r, ngx_uint_t of)
{
    const ngx_str_t          *field;
    ngx_http_consent_show_t  *show;

    show = (ngx_http_consent_show_t *) r;

    if (of < NGX_HTTP_CONSENT_OF_FIELD) {
        ngx_http_consent_show_names[of].put(show);
        return;
    }

    field = ngx_http_consent_ui_field(show->conf,
                                      of - NGX_HTTP_CONSENT_OF_FIELD);
    if (field) {
        ngx_http_consent_show_put(show, field);
    }
}


static ngx_uint_t
ngx_http_consent_show_holds(ngx_consent_render_t *r, ngx_uint_t of)
{
    void                    (*write)(ngx_consent_render_t *r, const u_char *p,
                                     size_t len);
    ngx_uint_t                holds, seen;
    ngx_http_consent_show_t  *show;

    show = (ngx_http_consent_show_t *) r;

    if (of < NGX_HTTP_CONSENT_OF_FIELD
        && ngx_http_consent_show_names[of].holds)
    {
        return ngx_http_consent_show_names[of].holds(show);
    }

    /* what is counted may be a text with conditions of its own */

    write = r->write;
    seen = show->written;

    r->write = ngx_http_consent_show_count;
    show->written = 0;

    ngx_http_consent_show_value(r, of);

    holds = (show->written != 0);

    r->write = write;
    show->written = seen;

    return holds;
}


static ngx_uint_t
ngx_http_consent_show_next(ngx_consent_render_t *r, ngx_uint_t of,
    ngx_uint_t first)
{
    return ngx_http_consent_show_loops[of].next((ngx_http_consent_show_t *) r,
                                                first);
}


static const ngx_consent_template_t *
ngx_http_consent_show_text(ngx_consent_render_t *r, ngx_uint_t of)
{
    ngx_http_consent_show_t  *show;

    show = (ngx_http_consent_show_t *) r;

    return &show->lang->texts[of].template;
}


static void
ngx_http_consent_show_write(ngx_consent_render_t *r, const u_char *p,
    size_t len)
{
    ngx_http_consent_put_data(((ngx_http_consent_show_t *) r)->out, p, len);
}


static void
ngx_http_consent_show_count(ngx_consent_render_t *r, const u_char *p,
    size_t len)
{
    ((ngx_http_consent_show_t *) r)->written += len;
}


void
ngx_http_consent_show_put(ngx_http_consent_show_t *show, const ngx_str_t *s)
{
    ngx_consent_render_text(&show->render, s->data, s->len);
}


ngx_uint_t
ngx_http_consent_show_named(ngx_http_consent_show_t *show,
    const ngx_http_consent_language_t *lang, char *prefix,
    const ngx_str_t *name, char *suffix)
{
    ngx_str_t   s;
    ngx_uint_t  n;
    u_char      buf[NGX_HTTP_CONSENT_MAX_NAME];

    s.data = buf;
    s.len = ngx_snprintf(buf, sizeof(buf), "%s%V%s", prefix, name, suffix)
            - buf;

    n = ngx_http_consent_ui_text(show->ui, &s);

    if (n == NGX_HTTP_CONSENT_MAX_TEXTS || show->named) {
        return 0;
    }

    show->named = 1;

    ngx_consent_render(&show->render, &lang->texts[n].template);

    show->named = 0;

    return 1;
}
