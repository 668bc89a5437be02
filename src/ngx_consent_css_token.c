
#include "ngx_consent_css_int.h"


static void ngx_consent_css_name_end(ngx_consent_css_t *c);
static void ngx_consent_css_name_add(ngx_consent_css_t *c, const u_char *p,
    size_t len);
static ngx_uint_t ngx_consent_css_name_same(const ngx_consent_css_t *c,
    const char *name);


#define ngx_consent_css_name_is(c, name)                                     \
    ((c)->name_len == sizeof(name) - 1 && ngx_consent_css_name_same(c, name))


u_char *
ngx_consent_css_name(ngx_consent_css_t *c, u_char *p, u_char *last)
{
    u_char  ch, *start;

    if (c->lead == 0) {

        start = p;

        p = ngx_consent_css_named(p, last);

        ngx_consent_css_name_add(c, start, p - start);

        if (p == last) {
            return p;
        }
    }

    ch = *p;

    if (c->trail) {
        c->trail = 0;

        if (ngx_consent_trail(ch)) {
            ngx_consent_css_name_byte(c, 0x80);
            return p + 1;
        }
    }

    if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_NAME)) {
        c->trail = ngx_consent_lead(c->lead, ch);
        ngx_consent_css_name_byte(c, ch);
        return p + 1;
    }

    if (ch == '\\') {
        c->back = c->state;
        c->state = ngx_consent_css_escape;
        return p + 1;
    }

    if (ch == '(' && (c->name_len == 0 || c->name[0] != '@')) {
        ngx_consent_css_function(c);
        return p + 1;
    }

    ngx_consent_css_name_end(c);

    return p;
}


/* A name is over that is no function's. */

static void
ngx_consent_css_name_end(ngx_consent_css_t *c)
{
    c->state = ngx_consent_css_ground;

    if (c->name_len && c->name[0] == '@') {

        c->import = ngx_consent_css_name_is(c, "@import");
        c->mute = ngx_consent_css_name_is(c, "@namespace");

        if (c->import || c->mute) {
            c->state = ngx_consent_css_prelude;

        } else if (ngx_consent_css_name_is(c, "@function")
                   || ngx_consent_css_name_is(c, "@property"))
        {
            /* what they result in goes where a var() goes */

            c->custom = 1;
            c->rule = 1;
            c->braces = 0;
        }

    } else if (c->mute) {
        c->state = ngx_consent_css_prelude;

    } else {
        c->import = 0;

        if (c->name_len > 1 && c->name[0] == '-' && c->name[1] == '-') {
            c->state = ngx_consent_css_after_name;
        }
    }

    c->name_len = 0;
}


void
ngx_consent_css_name_back(ngx_consent_css_t *c, u_char *start, u_char *p)
{
    u_char  *q;

    q = p;

    while (q > start && p - q < NGX_CONSENT_CSS_MAX_NAME
           && ngx_consent_css_is(q[-1], NGX_CONSENT_CSS_NAME))
    {
        q--;
    }

    if (q > start) {
        c->name_len = 0;

        if (q[-1] == '#' || q[-1] == '@') {
            ngx_consent_css_name_byte(c, q[-1]);
        }
    }

    ngx_consent_css_name_add(c, q, p - q);
}


static void
ngx_consent_css_name_add(ngx_consent_css_t *c, const u_char *p, size_t len)
{
    if (len > (size_t) NGX_CONSENT_CSS_MAX_NAME - c->name_len) {
        len = NGX_CONSENT_CSS_MAX_NAME - c->name_len;
    }

    memcpy(c->name + c->name_len, p, len);
    c->name_len += len;
}


void
ngx_consent_css_name_byte(ngx_consent_css_t *c, u_char ch)
{
    if (c->name_len < NGX_CONSENT_CSS_MAX_NAME) {
        c->name[c->name_len++] = ch;
    }
}


static ngx_uint_t
ngx_consent_css_name_same(const ngx_consent_css_t *c, const char *name)
{
    ngx_uint_t  i;

    for (i = 0; i < c->name_len; i++) {
        if (ngx_consent_tolower(c->name[i]) != (u_char) name[i]) {
            return 0;
        }
    }

    return 1;
}


void
ngx_consent_css_function(ngx_consent_css_t *c)
{
    c->state = ngx_consent_css_ground;

    if (ngx_consent_css_name_is(c, "url")) {
        c->what = c->import ? NGX_CONSENT_CSS_IMPORT : NGX_CONSENT_CSS_FUNCTION;
        c->state = ngx_consent_css_url_space;

    } else {
        c->mute = 0;

        if (ngx_consent_css_name_is(c, "src")) {
            c->src = ++c->depth;

        } else if (ngx_consent_css_name_is(c, "image-set")
                   || ngx_consent_css_name_is(c, "-webkit-image-set")
                   || ngx_consent_css_name_is(c, "image"))
        {
            c->depth++;
            c->set = c->set ? c->set : c->depth;

        } else if (c->custom || c->depth) {
            c->depth++;

            if (c->set && !c->type && ngx_consent_css_name_is(c, "type")) {
                c->type = c->depth;
            }
        }
    }

    c->import = 0;
    c->name_len = 0;
}


void
ngx_consent_css_quoted(ngx_consent_css_t *c, u_char quote)
{
    c->quote = quote;
    c->state = ngx_consent_css_string;
    c->keep = 1;

    if (c->import) {
        c->what = NGX_CONSENT_CSS_IMPORT;

    } else if (c->src && c->src == c->depth) {
        c->what = NGX_CONSENT_CSS_FUNCTION;

    } else if (c->set && !c->type) {
        c->what = NGX_CONSENT_CSS_IMAGE_SET;

    } else if (c->custom) {
        c->what = NGX_CONSENT_CSS_CUSTOM;

    } else {
        c->keep = 0;
    }

    c->import = 0;
    c->mute = 0;
}


u_char *
ngx_consent_css_escaped(ngx_consent_css_t *c, u_char *p)
{
    u_char      ch;
    ngx_uint_t  space;

    ch = *p;
    space = ngx_consent_css_is(ch, NGX_CONSENT_CSS_SPACE);

    switch (c->state) {

    case ngx_consent_css_escape:

        if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_HEX)) {
            c->code = ngx_consent_css_hex(ch);
            c->digits = 1;
            c->state = ngx_consent_css_escape_hex;
            return p + 1;
        }

        if (!ngx_consent_css_is(ch, NGX_CONSENT_CSS_NEWLINE)) {
            c->trail = ngx_consent_lead(c->lead, ch);
            c->code = ch;
            break;
        }

        /* a string goes on in the next line; nothing else does */

        if (c->back == ngx_consent_css_string) {
            c->state = (ch == '\r') ? ngx_consent_css_escape_cr : c->back;
            return p + 1;
        }

        if (c->back == ngx_consent_css_url) {
            c->keep = 0;
            c->state = ngx_consent_css_bad_url;
            return p;
        }

        ngx_consent_css_name_end(c);

        c->import = 0;
        c->mute = 0;
        c->state = ngx_consent_css_ground;
        return p;

    case ngx_consent_css_escape_hex:

        if (c->digits < 6 && ngx_consent_css_is(ch, NGX_CONSENT_CSS_HEX)) {
            c->code = (c->code << 4) + ngx_consent_css_hex(ch);
            c->digits++;
            return p + 1;
        }

        if (space) {
            p++;
        }

        break;

    default: /* ngx_consent_css_escape_cr */

        c->state = c->back;
        return (ch == '\n') ? p + 1 : p;
    }

    if (c->back == ngx_consent_css_ident) {
        ngx_consent_css_name_byte(c, (c->code < 0x80) ? (u_char) c->code
                                                      : 0x80);
    }

    if (c->state == ngx_consent_css_escape) {
        p++;
    }

    c->state = (space && ch == '\r') ? ngx_consent_css_escape_cr : c->back;

    return p;
}
