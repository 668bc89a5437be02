
#include "ngx_consent_css_int.h"
#include "ngx_consent_wide.h"


static u_char *ngx_consent_css_skip(u_char *p, u_char *last);
static u_char *ngx_consent_css_property(ngx_consent_css_t *c, u_char *p,
    u_char *last);
static void ngx_consent_css_count(ngx_consent_css_t *c, u_char ch);
static void ngx_consent_css_name_end(ngx_consent_css_t *c);
static void ngx_consent_css_name_back(ngx_consent_css_t *c, u_char *start,
    u_char *p);
static void ngx_consent_css_name_add(ngx_consent_css_t *c, const u_char *p,
    size_t len);
static ngx_uint_t ngx_consent_css_name_same(const ngx_consent_css_t *c,
    const char *name);
static void ngx_consent_css_function(ngx_consent_css_t *c);


#define ngx_consent_css_name_is(c, name)                                     \
    ((c)->name_len == sizeof(name) - 1 && ngx_consent_css_name_same(c, name))


u_char *
ngx_consent_css_between(ngx_consent_css_t *c, u_char *p, u_char *last)
{
    u_char  ch, mask, *start, *end;

    start = p;

    for ( ;; ) {

        mask = NGX_CONSENT_CSS_STOP;

        if (c->custom || c->depth) {
            mask |= NGX_CONSENT_CSS_COUNT;
        }

        if (c->lead) {
            while (p < last && *p < 0x81 && !ngx_consent_css_is(*p, mask)) {
                p++;
            }

        } else {

            /* most bytes of a sheet are passed here */

            if (mask == NGX_CONSENT_CSS_STOP && p < last
                && !ngx_consent_css_is(*p, NGX_CONSENT_CSS_STOP))
            {
                p = ngx_consent_css_skip(p + 1, last);
            }

            while (p < last && !ngx_consent_css_is(*p, mask)) {
                p++;
            }
        }

        if (p == last) {
            ngx_consent_css_name_back(c, start, p);
            return p;
        }

        ch = *p;

        switch (ch) {

        case '-':

            if (p - start > 1 && p[-1] != '-') {
                p++;
                continue;
            }

            /* "--" begins the name of a custom property, or does not */

            ngx_consent_css_name_back(c, start, p);

            if (c->name_len == 1 && c->name[0] == '-') {

                end = ngx_consent_css_property(c, p, last);

                if (end == NULL) {
                    c->state = ngx_consent_css_ident;
                    return p;
                }

                c->name_len = 0;
                p = end;

            } else {
                ngx_consent_css_name_byte(c, '-');
                p++;
            }

            start = p;
            continue;

        case '(':

            if (mask == NGX_CONSENT_CSS_STOP && p - start > 1
                && !ngx_consent_css_fetches(p[-2] | 0x20, p[-1] | 0x20))
            {
                p++;
                continue;
            }

            ngx_consent_css_name_back(c, start, p);
            ngx_consent_css_function(c);

            if (c->state != ngx_consent_css_ground) {
                return p + 1;
            }

            break;

        case ')':
        case ';':
        case '{':
        case '}':
            ngx_consent_css_count(c, ch);
            c->name_len = 0;
            break;

        case '"':
        case '\'':
            ngx_consent_css_quoted(c, ch);
            c->name_len = 0;
            return p + 1;

        case '@':
            c->name_len = 0;
            ngx_consent_css_name_byte(c, '@');
            c->state = ngx_consent_css_ident;
            return p + 1;

        case '/':
            c->back = ngx_consent_css_ground;
            c->state = ngx_consent_css_slash;
            c->name_len = 0;
            return p + 1;

        case '<':
            c->state = ngx_consent_css_cdo;
            c->digits = 0;
            c->name_len = 0;
            return p + 1;

        default: /* '\\', and what may be two bytes of one character */
            ngx_consent_css_name_back(c, start, p);
            c->state = ngx_consent_css_ident;
            return p;
        }

        start = ++p;
    }
}


/*
 * The rest of a name that begins with "--": where it ends and what is between
 * tokens goes on, or NULL: it is not that simple.
 */

static u_char *
ngx_consent_css_property(ngx_consent_css_t *c, u_char *p, u_char *last)
{
    if (c->lead) {
        return NULL;
    }

    while (p < last && ngx_consent_css_is(*p, NGX_CONSENT_CSS_NAME)) {
        p++;
    }

    if (p == last || *p == '\\' || *p == '(' || *p == '/'
        || ngx_consent_css_is(*p, NGX_CONSENT_CSS_SPACE))
    {
        return NULL;
    }

    if (*p == ':' && !c->custom) {
        c->custom = 1;
        c->braces = 0;
    }

    return p;
}


#ifdef NGX_CONSENT_WIDE

/* which bytes stop what is between tokens; of "--" the second one does */

static ngx_inline ngx_consent_wide_t
ngx_consent_css_stops(const u_char *p)
{
    ngx_consent_wide_t  v, is;

    v = ngx_consent_wide_load(p);

    is = ngx_consent_wide_and(
             ngx_consent_wide_eq(v, '-'),
             ngx_consent_wide_eq(ngx_consent_wide_load(p - 1), '-'));

    is = ngx_consent_wide_or(is, ngx_consent_wide_eq(v, '"'));
    is = ngx_consent_wide_or(is, ngx_consent_wide_eq(v, '('));
    is = ngx_consent_wide_or(is, ngx_consent_wide_eq(v, '\\'));
    is = ngx_consent_wide_or(is, ngx_consent_wide_two(v, '\'', '/'));
    is = ngx_consent_wide_or(is, ngx_consent_wide_two(v, '<', '@'));

    return is;
}

#endif


/* The next byte that stops, or a place before it. */

static u_char *
ngx_consent_css_skip(u_char *p, u_char *last)
{
#ifdef NGX_CONSENT_WIDE

    u_char                   *end;
    ngx_consent_wide_bits_t   bits;

    if (last - p >= NGX_CONSENT_WIDE) {

        end = last - NGX_CONSENT_WIDE;

        do {
            bits = ngx_consent_wide_bits(ngx_consent_css_stops(p));

            if (bits) {
                return p + ngx_consent_wide_index(bits);
            }

            p += NGX_CONSENT_WIDE;

        } while (p <= end);
    }

#endif

    return p;
}


/* Where a custom property, a rule, a function ends whose strings matter. */

static void
ngx_consent_css_count(ngx_consent_css_t *c, u_char ch)
{
    switch (ch) {

    case ')':

        if (c->depth == 0) {
            c->custom = c->rule;
            break;
        }

        c->depth--;

        c->set = (c->set > c->depth) ? 0 : c->set;
        c->type = (c->type > c->depth) ? 0 : c->type;
        c->src = (c->src > c->depth) ? 0 : c->src;
        break;

    case '{':
        c->braces++;
        break;

    case '}':

        if (c->braces) {
            c->braces--;

            if (c->braces == 0 && c->rule) {
                c->rule = 0;
                c->custom = 0;
            }

            break;
        }

        /* fall through */

    default: /* ';' */

        if (c->braces == 0 && c->depth == 0) {
            c->rule = 0;
            c->custom = 0;
        }
    }
}


u_char *
ngx_consent_css_name(ngx_consent_css_t *c, u_char *p, u_char *last)
{
    u_char  ch, *start;

    if (c->lead == 0) {

        start = p;

        while (p < last && ngx_consent_css_is(*p, NGX_CONSENT_CSS_NAME)) {
            p++;
        }

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


/*
 * The name that ends at p, or as much of it as tells that it is none of ours.
 * Of a name that begins before start c->name has the beginning.
 */

static void
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

        if (q[-1] == '#') {
            ngx_consent_css_name_byte(c, '#');
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


/* After a '(', before which stands c->name. */

static void
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
