
/*
 * Values of attributes that are passed unread: where they end, and whether they
 * are what may be passed.
 */

#include "ngx_consent_html_int.h"
#include "ngx_consent_css.h"


#if !(NGX_CONSENT_PLAIN)

/* A value without quotes, to its end; NULL: that is not near enough. */

u_char *
ngx_consent_html_quiet_bare(u_char *p, u_char *end, u_char *last)
{
    if (ngx_consent_html_space(*p)) {
        return NULL;
    }

    do {
        p = ngx_consent_scan(p, last, '>', '>', '>', ' ' + 1);

        if (p >= end) {
            return NULL;
        }

    } while (!ngx_consent_html_is(*p++, NGX_CONSENT_HTML_VALUE_END));

    return p - 1;
}


/* Where a value ends that is in quotes, and CSS without a URL; or NULL. */

u_char *
ngx_consent_html_quiet_css(u_char *p, u_char *last)
{
    u_char                    quote, *start;
    ngx_uint_t                functions;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   bits;

    quote = *p++;

    if (quote != '"' && quote != '\'') {
        return NULL;
    }

    start = p;
    functions = 0;

    while (last - p >= NGX_CONSENT_WIDE) {

        w = ngx_consent_wide_load(p);
        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_or(
                       ngx_consent_wide_or(ngx_consent_wide_eq(w, quote),
                                           ngx_consent_wide_eq(w, '(')),
                       ngx_consent_wide_or(ngx_consent_wide_eq(w, '&'),
                                           ngx_consent_wide_eq(w, '\\'))));

        if (bits == 0) {
            p += NGX_CONSENT_WIDE;
            continue;
        }

        p += ngx_consent_wide_index(bits);

        if (*p == quote) {

            /* with strings it is another matter */

            return (functions && memchr(start, quote ^ '"' ^ '\'', p - start))
                   ? NULL : p;
        }

        if (*p != '(' || ngx_consent_css_url_name(p[-1])) {
            return NULL;
        }

        functions = 1;
        p++;
    }

    return NULL;
}


/* 1 if an attribute of svg may be CSS, by the last letters of its name */

ngx_uint_t
ngx_consent_html_quiet_svg_name(uint32_t four)
{
    switch (four) {

    case NGX_CONSENT_HTML_FOUR('f', 'i', 'l', 'l'):
    case NGX_CONSENT_HTML_FOUR('r', 'o', 'k', 'e'):     /* stroke */
    case NGX_CONSENT_HTML_FOUR('m', 'a', 's', 'k'):
    case NGX_CONSENT_HTML_FOUR('l', 't', 'e', 'r'):     /* filter */
    case NGX_CONSENT_HTML_FOUR('p', 'a', 't', 'h'):     /* clip-path */
    case NGX_CONSENT_HTML_FOUR('r', 's', 'o', 'r'):     /* cursor */
    case NGX_CONSENT_HTML_FOUR('r', 'k', 'e', 'r'):     /* marker */
    case NGX_CONSENT_HTML_FOUR('t', 'a', 'r', 't'):     /* marker-start */
    case NGX_CONSENT_HTML_FOUR('-', 'm', 'i', 'd'):
    case NGX_CONSENT_HTML_FOUR('-', 'e', 'n', 'd'):
        return 1;

    default:
        return 0;
    }
}

#endif
