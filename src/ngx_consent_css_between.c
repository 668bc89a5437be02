
/*
 * What stands between the tokens of a style sheet that matter, which is nearly
 * all of it: passed in blocks, from one byte that may begin something to the
 * next.
 */

#include "ngx_consent_css_int.h"
#include "ngx_consent_wide.h"


/* the ends of "url(", "src(", "image-set(" and "image(", by a word of 4 */
#define ngx_consent_css_fetches(four)                                        \
    ((four) == ngx_consent_css_four('u', 'r', 'l', '(')                      \
     || (four) == ngx_consent_css_four('s', 'r', 'c', '(')                   \
     || (four) == ngx_consent_css_four('s', 'e', 't', '(')                   \
     || (four) == ngx_consent_css_four('a', 'g', 'e', '('))

#define ngx_consent_css_four(a, b, c, d)                                     \
    ((uint32_t) (a) | (b) << 8 | (c) << 16 | (d) << 24)

/* may "@import", "@namespace", "@function" or "@property" begin so? */
#define ngx_consent_css_rule(c)                                              \
    ((c) == '\\' || ((c) | 0x20) == 'i' || ((c) | 0x20) == 'n'               \
     || ((c) | 0x20) == 'f' || ((c) | 0x20) == 'p')


static void ngx_consent_css_cut(ngx_consent_css_t *c, u_char *start,
    u_char *last, ngx_uint_t begun);
static ngx_inline u_char *ngx_consent_css_stop(ngx_consent_css_view_t *v,
    u_char *first, u_char *p, u_char *last);
static u_char *ngx_consent_css_counted(const ngx_consent_css_t *c,
    const ngx_consent_css_view_t *v, u_char *first, u_char *p, u_char *last);
static ngx_inline ngx_uint_t ngx_consent_css_begins(const u_char *first,
    const u_char *p, const u_char *last);
static u_char *ngx_consent_css_property(ngx_consent_css_t *c, u_char *p,
    u_char *last);
static void ngx_consent_css_count(ngx_consent_css_t *c, u_char ch);


#ifdef NGX_CONSENT_WIDE

/*
 * What stops, and some bytes that do not, for to pass these costs less than to
 * tell them here: all from '!' to '*', with '@' and '\\' some capitals, and the
 * second one of "--" as of a '-' beside any lower byte.
 */

static ngx_inline ngx_consent_wide_t
ngx_consent_css_stops(const u_char *p)
{
    ngx_consent_wide_t  v, is;

    v = ngx_consent_wide_load(p);

    is = ngx_consent_wide_pair(v, ngx_consent_wide_load(p - 1), '-');
    is = ngx_consent_wide_or(is, ngx_consent_wide_in(v, '!', '*'));

    v = ngx_consent_wide_or(v, ngx_consent_wide_all('@' ^ '\\'));

    return ngx_consent_wide_or(is, ngx_consent_wide_eq(v, '\\'));
}


static ngx_inline uint64_t
ngx_consent_css_sixteen(const u_char *p)
{
    uint64_t  bits;

    bits = ngx_consent_wide_mask(ngx_consent_css_stops(p));

#if (NGX_CONSENT_WIDE < 16)
    bits |= ngx_consent_wide_mask(ngx_consent_css_stops(p + NGX_CONSENT_WIDE))
            << NGX_CONSENT_WIDE;
#endif

    return bits;
}


static ngx_inline uint64_t
ngx_consent_css_block(const u_char *p)
{
    return ngx_consent_css_sixteen(p) | ngx_consent_css_sixteen(p + 16) << 16
           | ngx_consent_css_sixteen(p + 32) << 32
           | ngx_consent_css_sixteen(p + 48) << 48;
}

#endif


u_char *
ngx_consent_css_between(ngx_consent_css_t *c, ngx_consent_css_view_t *v,
    u_char *p, u_char *last)
{
    u_char  ch, *first, *start, *end;

    first = p;
    start = p;

    for ( ;; ) {

        if (c->lead || c->custom || c->depth) {
            p = ngx_consent_css_counted(c, v, first, p, last);

        } else {

            /* most bytes of a sheet are passed here */

            p = ngx_consent_css_stop(v, first, p, last);
        }

        if (p == last) {
            ngx_consent_css_cut(c, start, last, p > first);
            return p;
        }

        ch = *p;

        switch (ch) {

        case '-':

            if (p - first > 1) {
                c->name[0] = '-';
                c->name_len = 1;

            } else {
                ngx_consent_css_name_back(c, start, p);
            }

            /* "--" begins the name of a custom property, or does not */

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

        case '*':
            c->back = ngx_consent_css_ground;
            c->state = ngx_consent_css_comment;
            c->name_len = 0;
            return p + 1;

        case '!':
            c->state = ngx_consent_css_cdo;
            c->digits = 1;
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


/* What the last byte begins the next buffer goes on with. */

static void
ngx_consent_css_cut(ngx_consent_css_t *c, u_char *start, u_char *last,
    ngx_uint_t begun)
{
    ngx_consent_css_name_back(c, start, last);

    if (begun && last[-1] == '/') {
        c->back = ngx_consent_css_ground;
        c->state = ngx_consent_css_slash;

    } else if (begun && last[-1] == '<') {
        c->state = ngx_consent_css_cdo;
        c->digits = 0;
    }
}


/* The next byte that matters where nothing is counted, or last. */

static ngx_inline u_char *
ngx_consent_css_stop(ngx_consent_css_view_t *v, u_char *first, u_char *p,
    u_char *last)
{
    u_char    *end;

#ifdef NGX_CONSENT_WIDE

    u_char    *next;
    uint64_t   bits, new;

    /* a block wants a byte before it */

    end = (last - v->first > NGX_CONSENT_CSS_BLOCK) ? v->first + 1 : last;

#else

    end = last;

#endif

    for ( /* void */ ; p < end; p++) {

        if (ngx_consent_css_is(*p, NGX_CONSENT_CSS_STOP)
            && ngx_consent_css_begins(first, p, last))
        {
            return p;
        }
    }

#ifdef NGX_CONSENT_WIDE

    if (p == last) {
        return p;
    }

    end = last - NGX_CONSENT_CSS_BLOCK;
    next = v->next;
    new = (uint64_t) -1;
    bits = 0;

    if (p < next) {
        bits = v->bits & new << (p + NGX_CONSENT_CSS_BLOCK - next);

    } else {
        next = p;
    }

    for ( ;; ) {

        while (bits == 0) {

            if (next > end) {

                if (next == last) {
                    return last;
                }

                /* the last one begins within the one before */

                new <<= next - end;
                next = end;
            }

            bits = ngx_consent_css_block(next) & new;
            next += NGX_CONSENT_CSS_BLOCK;
        }

        p = next - NGX_CONSENT_CSS_BLOCK + __builtin_ctzll(bits);
        bits &= bits - 1;

        if (ngx_consent_css_is(*p, NGX_CONSENT_CSS_STOP)
            && ngx_consent_css_begins(first, p, last))
        {
            v->next = next;
            v->bits = bits;

            return p;
        }
    }

#else

    return p;

#endif
}


/* The same where nesting counts, or a byte may be half of a character. */

static u_char *
ngx_consent_css_counted(const ngx_consent_css_t *c,
    const ngx_consent_css_view_t *v, u_char *first, u_char *p, u_char *last)
{
    u_char      what;
    ngx_uint_t  counts;

#ifdef NGX_CONSENT_WIDE
    ngx_consent_wide_t       w, is;
    ngx_consent_wide_bits_t  bits;
#endif

    counts = (c->custom || c->depth);
    what = NGX_CONSENT_CSS_STOP | (counts ? NGX_CONSENT_CSS_COUNT : 0);

    for ( ;; p++) {

#ifdef NGX_CONSENT_WIDE

        while (c->lead == 0 && p > v->first && last - p >= NGX_CONSENT_WIDE) {

            w = ngx_consent_wide_load(p);

            is = ngx_consent_wide_or(ngx_consent_css_stops(p),
                                     ngx_consent_wide_eq(w, ';'));
            is = ngx_consent_wide_or(is, ngx_consent_wide_two(w, '{', '}'));

            bits = ngx_consent_wide_bits(is);

            if (bits) {
                p += ngx_consent_wide_index(bits);
                break;
            }

            p += NGX_CONSENT_WIDE;
        }

#endif

        while (p < last && !ngx_consent_css_is(*p, what)
               && (c->lead == 0 || *p < 0x81))
        {
            p++;
        }

        if (p == last || !ngx_consent_css_is(*p, NGX_CONSENT_CSS_STOP)
            || (*p == '(' && counts)
            || ngx_consent_css_begins(first, p, last))
        {
            return p;
        }
    }
}


/*
 * May a token that matters begin with this byte, or did it with the one before?
 * Names are not read forwards: it is seen what stands before a '('.
 */

static ngx_inline ngx_uint_t
ngx_consent_css_begins(const u_char *first, const u_char *p,
    const u_char *last)
{
    u_char  ch;

    ch = *p;

    if (ch == '(') {
        return p - first < 3
               || ngx_consent_css_fetches(ngx_consent_word_4(p - 3)
                                          | 0x00202020);
    }

    if (ch == '-') {

        /* the second one, if neither stands within a name */

        return p - first < 2
               || (p[-1] == '-'
                   && !ngx_consent_css_is(p[-2], NGX_CONSENT_CSS_NAME)
                   && p[-2] != '#' && p[-2] != '@');
    }

    switch (ch) {

    case '*':
        return p > first && p[-1] == '/';

    case '!':
        return p > first && p[-1] == '<';

    case '@':
        return last - p == 1 || ngx_consent_css_rule(p[1]);

    default: /* '"', '\'', '\\' */
        return 1;
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
