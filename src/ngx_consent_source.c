
#include "ngx_consent_source_int.h"
#include "ngx_consent_source_map.h"


static ngx_uint_t ngx_consent_source_same(const ngx_str_t *a,
    const ngx_str_t *b);
static ngx_uint_t ngx_consent_source_named(const ngx_consent_asked_t *asked,
    const ngx_str_t *name);


/*
 * Every format that a server can see, a line each, by family.  An operator
 * writes the first name of a cookie's formats; the others are more exact.
 */

static const ngx_consent_format_t  ngx_consent_source_formats[] = {

    /* IAB */

    { .name = ngx_string("tcf"), .cookie = ngx_string("euconsent-v2"),
      .also = ngx_string("eupubconsent-v2"), .stands = ngx_consent_stands_tcf,
      .value = ngx_consent_source_tcf },

    { .name = ngx_string("gpp"), .cookie = ngx_string("__gpp"),
      .named = ngx_consent_source_gpp_named, .stands = ngx_consent_stands_gpp,
      .value = ngx_consent_source_gpp, .veto = 1 },

    { .name = ngx_string("funding-choices"), .cookie = ngx_string("FCCDCF"),
      .stands = ngx_consent_stands_tcf,
      .value = ngx_consent_source_fundingchoices },

    { .name = ngx_null_string }
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
        if (ngx_consent_source_same(&f->name, name)) {
            return f;
        }
    }

    return NULL;
}


static ngx_uint_t
ngx_consent_source_same(const ngx_str_t *a, const ngx_str_t *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}


ngx_int_t
ngx_consent_source_next(const ngx_consent_asked_t *asked,
    ngx_consent_source_at_t *at, ngx_consent_answer_t *answer)
{
    ngx_consent_cookie_t         c;
    const ngx_consent_format_t  *f;

    f = asked->format;

    answer->state = NGX_CONSENT_UNSET;
    answer->time = 0;
    answer->expires = 0;
    answer->revision = -1;

    while (f->value
           && ngx_consent_jar_next(asked->jar, &at->jar, &c) == NGX_OK)
    {
        if (!ngx_consent_source_named(asked, &c.name)) {
            continue;
        }

        ngx_consent_source_unquote(&c.value);

        if (c.value.len == 0) {
            continue;
        }

        at->copies++;

        if (c.value.len > NGX_CONSENT_SOURCE_MAX_VALUE) {
            answer->state = NGX_CONSENT_INVALID;
            return NGX_OK;
        }

        f->value(asked, &c.value, answer);

        return NGX_OK;
    }

    if (at->copies || f->jar == NULL) {
        return NGX_DONE;
    }

    at->copies = 1;
    f->jar(asked, answer);

    return NGX_OK;
}


static ngx_uint_t
ngx_consent_source_named(const ngx_consent_asked_t *asked,
    const ngx_str_t *name)
{
    if (asked->cookie.len) {
        return ngx_consent_source_same(&asked->cookie, name);
    }

    if (asked->format->named) {
        return asked->format->named(name);
    }

    return ngx_consent_source_same(&asked->format->cookie, name)
           || ngx_consent_source_same(&asked->format->also, name);
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

        if (!ngx_consent_source_same(&c.name, name)) {
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
