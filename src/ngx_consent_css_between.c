
/*
 * What stands between the tokens of a style sheet that matter, which is nearly
 * all of it: passed in blocks, from one byte that may begin something to the
 * next.
 */

#include "ngx_consent_css_int.h"
#include "ngx_consent_wide.h"


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


static u_char *ngx_consent_css_property(ngx_consent_css_t *c, u_char *p,
    u_char *last);
static void ngx_consent_css_count(ngx_consent_css_t *c, u_char ch);


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
    is = ngx_consent_wide_or(is,
             ngx_consent_wide_four(v, '<', '@', '\\', '`'));

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
