
#include "ngx_consent_source_int.h"


/*
 * Every format that a server can see, a line each, by family.  An operator
 * writes the first name of a cookie's formats; the others are more exact.
 */

static const ngx_consent_format_t  ngx_consent_source_formats[] = {

    { ngx_null_string, ngx_null_string, ngx_null_string, NULL, NULL, NULL,
      0 }
};


const ngx_consent_format_t *
ngx_consent_formats(void)
{
    return ngx_consent_source_formats;
}


const ngx_consent_format_t *
ngx_consent_format(const ngx_str_t *name)
{
    const ngx_consent_format_t  *f;

    for (f = ngx_consent_source_formats; f->name.len; f++) {

        if (f->name.len == name->len
            && memcmp(f->name.data, name->data, name->len) == 0)
        {
            return f;
        }
    }

    return NULL;
}


ngx_int_t
ngx_consent_jar_next(const ngx_consent_jar_t *jar, ngx_consent_jar_at_t *at,
    ngx_consent_cookie_t *c)
{
    u_char           *p;
    const ngx_str_t  *line;

    for ( /* void */ ; at->line < jar->nlines; at->line++, at->pos = NULL) {

        line = &jar->lines[at->line];

        if (line->len == 0) {
            continue;
        }

        p = at->pos ? at->pos : line->data;

        while (ngx_consent_cookie_next(&p, line->data + line->len, c)
               == NGX_OK)
        {
            if (c->name.len) {
                at->pos = p;
                return NGX_OK;
            }
        }
    }

    return NGX_DONE;
}


ngx_int_t
ngx_consent_jar_find(const ngx_consent_jar_t *jar, ngx_consent_jar_at_t *at,
    const ngx_str_t *name, ngx_str_t *value)
{
    ngx_consent_cookie_t  c;

    while (ngx_consent_jar_next(jar, at, &c) == NGX_OK) {

        if (c.name.len != name->len
            || memcmp(c.name.data, name->data, name->len) != 0)
        {
            continue;
        }

        ngx_consent_source_unquote(&c.value);

        if (c.value.len) {
            *value = c.value;
            return NGX_OK;
        }
    }

    return NGX_DONE;
}


void
ngx_consent_source_unquote(ngx_str_t *value)
{
    if (value->len >= 2 && value->data[0] == '"'
        && value->data[value->len - 1] == '"')
    {
        value->data++;
        value->len -= 2;
    }
}
