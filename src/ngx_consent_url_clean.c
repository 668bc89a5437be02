
/*
 * What a URL is read from: the value without what the parser drops.  Of a value
 * that is too long for the buffer it keeps what can be the host.
 */

#include "ngx_consent_url_int.h"
#include "ngx_consent_entity.h"


static size_t ngx_consent_url_squeeze(u_char *dst, u_char *last);


size_t
ngx_consent_url_clean(u_char *dst, const u_char *p, size_t len,
    ngx_uint_t flags, ngx_uint_t *cut, size_t *high)
{
    size_t         n, ntext, i;
    u_char        *d, text[NGX_CONSENT_ENTITY_MAX];
    ngx_uint_t     reading, raw;
    const u_char  *last, *stop;

    *cut = 0;
    *high = NGX_CONSENT_URL_MAX;
    reading = flags >> NGX_CONSENT_URL_READING_SHIFT;
    d = dst;
    last = p + len;

    while (p < last) {

        /* most bytes of most URLs */

        n = dst + NGX_CONSENT_URL_MAX - d;
        stop = n < (size_t) (last - p) ? p + n : last;

        while (p < stop && (u_char) (*p - '!') < 0x7f - '!' && *p != '&') {
            *d++ = *p++;
        }

        if (p == last) {
            break;
        }

        n = 0;
        ntext = 0;
        raw = (*p >= 0x80);

        if (*p == '&' && (flags & NGX_CONSENT_URL_ATTR)) {
            n = ngx_consent_entity(p, last, text, &ntext);

        } else if (raw && reading) {
            n = ngx_consent_url_read(reading, p, last, text, &ntext);
        }

        if (n == 0) {
            text[0] = *p;
            ntext = 1;
            n = 1;
        }

        p += n;

        if (ntext == 1
            && (text[0] == '\t' || text[0] == '\n' || text[0] == '\r'
                || (text[0] <= ' ' && d == dst)))
        {
            continue;
        }

        if (ntext > (size_t) (dst + NGX_CONSENT_URL_MAX - d)) {

            n = ngx_consent_url_squeeze(dst, d);

            if (n == (size_t) (d - dst)) {
                *cut = 1;
                break;
            }

            d = dst + n;

            /* all of it was in front of the authority's end */

            if (*high < NGX_CONSENT_URL_MAX) {
                *high = 0;
            }
        }

        if (raw && *high == NGX_CONSENT_URL_MAX) {
            *high = d - dst;
        }

        for (i = 0; i < ntext; i++) {
            *d++ = text[i];
        }
    }

    while (d > dst && d[-1] <= ' ' && !*cut) {
        d--;
    }

    return d - dst;
}


/*
 * The buffer is full.  If the authority has not ended yet, all that cannot be
 * its host is taken out: slashes, userinfo, the port's digits, what a host
 * loses.  Returns what is left: the same if the authority has ended, else
 * at most half, so that a long value is read in linear time.
 */

static size_t
ngx_consent_url_squeeze(u_char *dst, u_char *last)
{
    u_char             *p, *start, *host, *end;
    ngx_consent_url_e   scheme;

    scheme = NGX_CONSENT_URL_HTTP;
    start = dst + ngx_consent_url_scheme(dst, last, &scheme);

    if (start == dst) {

        if (!ngx_consent_url_slash(dst[0]) || !ngx_consent_url_slash(dst[1])) {
            return last - dst;
        }

        start += 2;
    }

    if (scheme != NGX_CONSENT_URL_HTTP) {
        return last - dst;
    }

    for (host = start; host < last && ngx_consent_url_slash(*host); host++) {
        /* void */
    }

    for (p = host, end = last; p < last; p++) {

        if (*p == '/' || *p == '\\' || *p == '?' || *p == '#') {
            return last - dst;
        }

        if (*p == '@') {
            host = p + 1;
            end = last;

        } else if (*p == ':' && end == last) {
            end = p;
        }
    }

    /* the rest of "%XX" is still to come */

    if (end == last && last - host >= 2) {
        end -= (last[-1] == '%') ? 1 : (last[-2] == '%') ? 2 : 0;
    }

    p = ngx_consent_url_host_squeeze(start, host, end);

    if (p == NULL || p - start > NGX_CONSENT_URL_MAX / 4) {

        /* no name is that long (RFC 1035, 2.3.4): it is userinfo, or nothing */

        return start - dst;
    }

    if (end < last && *end == ':') {
        last = end + 1;
    }

    while (end < last) {
        *p++ = *end++;
    }

    return p - dst;
}
