
#include "ngx_consent_css_int.h"
#include "ngx_consent_wide.h"


static u_char *ngx_consent_css_named(u_char *p, u_char *last);
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


/* what stands between tokens is looked at in blocks */

typedef struct {
#ifdef NGX_CONSENT_WIDE
    u_char                  *next;      /* ... and goes on here */
    u_char                  *block;
    ngx_consent_wide_bits_t  bits;      /* its stops from there on */
#else
    u_char                   none;
#endif
} ngx_consent_css_stops_t;


/* may "@import", "@namespace", "@function" or "@property" begin so? */
#define ngx_consent_css_rule(c)                                              \
    ((c) == '\\' || ((c) | 0x20) == 'i' || ((c) | 0x20) == 'n'               \
     || ((c) | 0x20) == 'f' || ((c) | 0x20) == 'p')


#define ngx_consent_css_name_is(c, name)                                     \
    ((c)->name_len == sizeof(name) - 1 && ngx_consent_css_name_same(c, name))


#ifdef NGX_CONSENT_WIDE

/*
 * Which bytes stop what is between tokens, and '`', which does not; of "--" the
 * second one does.
 */

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
    is = ngx_consent_wide_or(is, ngx_consent_wide_two(v, '\'', '/'));
    is = ngx_consent_wide_or(is, ngx_consent_wide_four(v, '<', '@', '\\', '`'));

    return is;
}

#endif


/* The next byte that stops, or last. */

static ngx_inline u_char *
ngx_consent_css_stop(ngx_consent_css_stops_t *s, u_char *p, u_char *last)
{
#ifdef NGX_CONSENT_WIDE

    u_char                   *block, *end;
    ngx_consent_wide_bits_t   bits;

    bits = s->bits;
    block = s->block;

    if (p != s->next) {
        bits = 0;
        block = p - NGX_CONSENT_WIDE;
    }

    end = last - NGX_CONSENT_WIDE;

    for ( ;; ) {

        while (bits == 0) {

            block += NGX_CONSENT_WIDE;

            if (block > end) {
                p = block;
                goto rest;
            }

            bits = ngx_consent_wide_bits(ngx_consent_css_stops(block));
        }

        p = block + ngx_consent_wide_index(bits);
        bits = ngx_consent_wide_rest(bits);

        if (*p != '`') {
            s->next = p + 1;
            s->block = block;
            s->bits = bits;

            return p;
        }
    }

rest:

#endif

    while (p < last && !ngx_consent_css_is(*p, NGX_CONSENT_CSS_STOP)) {
        p++;
    }

    return p;
}


u_char *
ngx_consent_css_between(ngx_consent_css_t *c, u_char *p, u_char *last)
{
    u_char                   ch, mask, *first, *start, *end;
    ngx_consent_css_stops_t  stops;

    memset(&stops, 0, sizeof(ngx_consent_css_stops_t));

    first = p;
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

        } else if (mask == NGX_CONSENT_CSS_STOP && p > first) {

            /* most bytes of a sheet are passed here */

            p = ngx_consent_css_stop(&stops, p, last);

        } else {
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

            /* not the second one, or both within a name */

            if (p - start > 1
                && (p[-1] != '-'
                    || ngx_consent_css_is(p[-2], NGX_CONSENT_CSS_NAME)))
            {
                p++;
                continue;
            }

            /* "--" begins the name of a custom property, or does not */

            if (p - start > 1 && p[-2] != '#' && p[-2] != '@') {
                c->name[0] = '-';
                c->name_len = 1;

            } else {
                ngx_consent_css_name_back(c, start, p);
            }

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

            if (last - p > 1 && !ngx_consent_css_rule(p[1])) {
                p++;
                continue;
            }

            c->name_len = 0;
            ngx_consent_css_name_byte(c, '@');
            c->state = ngx_consent_css_ident;
            return p + 1;

        case '/':

            if (last - p > 1 && p[1] != '*') {
                p++;
                continue;
            }

            c->back = ngx_consent_css_ground;
            c->state = ngx_consent_css_slash;
            c->name_len = 0;
            return p + 1;

        case '<':

            if (last - p > 1 && p[1] != '!') {
                p++;
                continue;
            }

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


/* Where bytes of a name end. */

static u_char *
ngx_consent_css_named(u_char *p, u_char *last)
{
#ifdef NGX_CONSENT_WIDE

    ngx_consent_wide_t       v, is;
    ngx_consent_wide_bits_t  bits;

    for ( /* void */ ; last - p >= NGX_CONSENT_WIDE; p += NGX_CONSENT_WIDE) {

        v = ngx_consent_wide_load(p);

        /* most of them, in lower case */

        is = ngx_consent_wide_or(ngx_consent_wide_in(v, 'a', 'z'),
                                 ngx_consent_wide_in(v, '0', '9'));
        is = ngx_consent_wide_or(is, ngx_consent_wide_eq(v, '-'));

        bits = ngx_consent_wide_bits(is) ^ ngx_consent_wide_every;

        if (bits) {
            p += ngx_consent_wide_index(bits);
            break;
        }
    }

#endif

    while (p < last && ngx_consent_css_is(*p, NGX_CONSENT_CSS_NAME)) {
        p++;
    }

    return p;
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

    p = ngx_consent_css_named(p, last);

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
