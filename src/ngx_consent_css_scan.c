
#include "ngx_consent_css_int.h"


typedef enum {
    ngx_consent_css_scan_initial = NGX_CONSENT_CSS_SCAN_INITIAL,
    ngx_consent_css_scan_done = NGX_CONSENT_CSS_SCAN_DONE,
    ngx_consent_css_scan_comment,
    ngx_consent_css_scan_slash,
    ngx_consent_css_scan_star,
    ngx_consent_css_scan_at,
    ngx_consent_css_scan_rule,
    ngx_consent_css_scan_after_rule,
    ngx_consent_css_scan_value,
    ngx_consent_css_scan_after_value
} ngx_consent_css_scan_state_e;


/* of a value's first bytes more than "url(" and a quote, to be told apart */
#define NGX_CONSENT_CSS_SCAN_N  6


/* the rules that it reads over; any other is its last */

typedef enum {
    ngx_consent_css_rule_other = 0,
    ngx_consent_css_rule_import,
    ngx_consent_css_rule_charset,
    ngx_consent_css_rule_layer
} ngx_consent_css_rule_e;


static ngx_uint_t ngx_consent_css_scan_complete(
    const ngx_consent_css_scan_t *s);
static void ngx_consent_css_scan_value_byte(ngx_consent_css_scan_t *s,
    u_char c);
static ngx_int_t ngx_consent_css_scan_limit(ngx_consent_css_scan_t *s,
    uint32_t limit, uint32_t *off, uint32_t *len);
static ngx_int_t ngx_consent_css_scan_url(ngx_consent_css_scan_t *s,
    uint32_t *off, uint32_t *len, uint32_t after);


static const char  *const ngx_consent_css_rules[] = {
    "", "import", "charset", "layer"
};


/* the white space of HTML, by which the scanner goes, is that of CSS */

ngx_int_t
ngx_consent_css_scan(ngx_consent_css_scan_t *s, u_char c, uint32_t limit,
    uint32_t *off, uint32_t *len)
{
    u_char      lower;
    ngx_int_t   rc;
    ngx_uint_t  space;

    if (c == '\0') {

        /* dropped before it is read */

        s->at++;
        return ngx_consent_css_scan_limit(s, limit, off, len);
    }

    space = ngx_consent_css_is(c, NGX_CONSENT_CSS_SPACE);
    lower = ngx_consent_tolower(c);

    switch (s->state) {

    case ngx_consent_css_scan_initial:

        if (c == '@') {
            s->state = ngx_consent_css_scan_at;

        } else if (c == '/') {
            s->state = ngx_consent_css_scan_slash;

        } else if (!space) {
            s->state = ngx_consent_css_scan_done;
        }

        break;

    case ngx_consent_css_scan_slash:
        s->state = (c == '*') ? ngx_consent_css_scan_comment
                              : ngx_consent_css_scan_initial;
        break;

    case ngx_consent_css_scan_comment:
        if (c == '*') {
            s->state = ngx_consent_css_scan_star;
        }
        break;

    case ngx_consent_css_scan_star:
        if (c != '*') {
            s->state = (c == '/') ? ngx_consent_css_scan_initial
                                  : ngx_consent_css_scan_comment;
        }
        break;

    case ngx_consent_css_scan_at:

        if (lower < 'a' || lower > 'z') {
            s->state = ngx_consent_css_scan_initial;
            break;
        }

        s->rule = (lower == 'i')   ? ngx_consent_css_rule_import
                  : (lower == 'c') ? ngx_consent_css_rule_charset
                  : (lower == 'l') ? ngx_consent_css_rule_layer
                                   : ngx_consent_css_rule_other;
        s->match = 1;
        s->state = ngx_consent_css_scan_rule;
        break;

    case ngx_consent_css_scan_rule:

        if (c == ';') {
            s->state = ngx_consent_css_scan_initial;

        } else if (!space) {

            if (s->rule) {
                if ((u_char) ngx_consent_css_rules[s->rule][s->match] == lower)
                {
                    s->match++;

                } else {
                    s->rule = ngx_consent_css_rule_other;
                }
            }

        } else {

            if (s->rule && ngx_consent_css_rules[s->rule][s->match]) {
                s->rule = ngx_consent_css_rule_other;
            }

            s->state = ngx_consent_css_scan_after_rule;
        }

        break;

    case ngx_consent_css_scan_after_rule:

        if (space) {
            break;
        }

        if (c == ';') {
            s->state = ngx_consent_css_scan_initial;
            break;
        }

        if (c == '{') {
            s->state = ngx_consent_css_scan_done;
            break;
        }

        /* it is the last one, and none of its bytes is told */

        if (s->rule == ngx_consent_css_rule_other) {
            s->state = ngx_consent_css_scan_done;
            break;
        }

        s->state = ngx_consent_css_scan_value;
        s->told = (s->rule != ngx_consent_css_rule_import);
        s->open = '\0';
        s->url = 0;
        s->n = 0;
        s->at = 0;
        s->start = 0;

        ngx_consent_css_scan_value_byte(s, c);
        break;

    case ngx_consent_css_scan_value:

        if (space || (c == ';' && ngx_consent_css_scan_complete(s))) {

            rc = ngx_consent_css_scan_url(s, off, len, 1);

            s->state = space ? ngx_consent_css_scan_after_value
                       : (s->rule == ngx_consent_css_rule_other)
                           ? ngx_consent_css_scan_done
                           : ngx_consent_css_scan_initial;

            return rc;
        }

        ngx_consent_css_scan_value_byte(s, c);

        return ngx_consent_css_scan_limit(s, limit, off, len);

    case ngx_consent_css_scan_after_value:

        if (c == ';') {
            s->state = (s->rule == ngx_consent_css_rule_other)
                       ? ngx_consent_css_scan_done
                       : ngx_consent_css_scan_initial;

        } else if (c == '{') {

            /* within a condition it is none, but then no rule follows */

            s->state = ngx_consent_css_scan_done;
        }

        break;
    }

    return NGX_OK;
}


u_char *
ngx_consent_css_scan_pass(ngx_consent_css_scan_t *s, u_char *p, u_char *last,
    size_t room)
{
    u_char  ends, *start;

    switch (s->state) {

    case ngx_consent_css_scan_comment:
        p = memchr(p, '*', last - p);
        return p ? p : last;

    case ngx_consent_css_scan_rule:

        while (p < last && s->rule == ngx_consent_css_rule_other && *p != ';'
               && !ngx_consent_css_is(*p, NGX_CONSENT_CSS_SPACE))
        {
            p++;
        }

        return p;

    case ngx_consent_css_scan_value:

        if ((size_t) (last - p) > room) {
            last = p + room;
        }

        start = p;
        ends = NGX_CONSENT_CSS_STRING | NGX_CONSENT_CSS_URL_END;

        while (p < last && s->n == NGX_CONSENT_CSS_SCAN_N && *p > ' '
               && *p != ';' && !ngx_consent_css_is(*p, ends))
        {
            s->cur = *p++;
        }

        s->at += p - start;
        return p;

    case ngx_consent_css_scan_after_value:

        while (p < last && *p != ';' && *p != '{') {
            p++;
        }

        return p;

    default:
        return p;
    }
}


ngx_int_t
ngx_consent_css_scan_end(ngx_consent_css_scan_t *s, uint32_t *off,
    uint32_t *len)
{
    if (s->state != ngx_consent_css_scan_value) {
        return NGX_OK;
    }

    return ngx_consent_css_scan_url(s, off, len, 0);
}


uint32_t
ngx_consent_css_scan_held(const ngx_consent_css_scan_t *s)
{
    return (s->state == ngx_consent_css_scan_value && !s->told)
           ? s->at - s->start
           : 0;
}


ngx_uint_t
ngx_consent_css_scan_told(ngx_consent_css_scan_t *s)
{
    if (s->state != ngx_consent_css_scan_value
        || s->rule != ngx_consent_css_rule_import)
    {
        return 0;
    }

    s->told = 1;

    return 1;
}


/* The URL's text begins after "url(", a quote, or both. */

static void
ngx_consent_css_scan_value_byte(ngx_consent_css_scan_t *s, u_char c)
{
    s->at++;

    if (s->n == s->url && s->n < 4 && ngx_consent_tolower(c)
                                      == (u_char) "url("[s->n])
    {
        s->url++;

        if (s->url == 4) {
            s->start = s->at;
        }

    } else if (s->n == (s->url == 4 ? 4 : 0) && ngx_consent_css_quote(c)) {
        s->open = c;
        s->start = s->at;
    }

    s->n += (s->n < NGX_CONSENT_CSS_SCAN_N);
    s->prev = s->cur;
    s->cur = c;
}


static ngx_int_t
ngx_consent_css_scan_limit(ngx_consent_css_scan_t *s, uint32_t limit,
    uint32_t *off, uint32_t *len)
{
    if (ngx_consent_css_scan_held(s) < limit) {
        return NGX_OK;
    }

    s->told = 1;

    *off = s->at - s->start;
    *len = *off;

    return NGX_CONSENT_CSS_LONG;
}


/* A ';' ends a value of @import only if that looks complete. */

static ngx_uint_t
ngx_consent_css_scan_complete(const ngx_consent_css_scan_t *s)
{
    if (s->rule != ngx_consent_css_rule_import) {
        return 1;
    }

    if (s->n < 2 || s->prev == '\\') {
        return 0;
    }

    return s->cur == (s->open && s->url < 4 ? s->open : ')');
}


/*
 * The URL of a value, of which and of what ends it after bytes are read: what
 * is left when "url(" and ")", then quotes are taken off.  What keeps one of
 * them has no host.
 */

static ngx_int_t
ngx_consent_css_scan_url(ngx_consent_css_scan_t *s, uint32_t *off,
    uint32_t *len, uint32_t after)
{
    u_char    close;
    uint32_t  end;

    if (s->told) {
        return NGX_OK;
    }

    s->told = 1;

    end = 0;
    close = s->cur;

    if (s->url == 4) {

        if (s->cur != ')') {
            return NGX_OK;
        }

        end = 1;
        close = s->prev;
    }

    if (s->open) {

        if (close != s->open) {
            return NGX_OK;
        }

        end++;
    }

    if (s->at <= s->start + end) {
        return NGX_OK;
    }

    *off = s->at - s->start + after;
    *len = s->at - s->start - end;

    return NGX_CONSENT_CSS_URL;
}
