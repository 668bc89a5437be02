
#include "ngx_consent_accept.h"


static ngx_int_t ngx_consent_accept_quality(const u_char *p,
    const u_char *last);
static const u_char *ngx_consent_accept_trim(const u_char *p,
    const u_char **last);


#define ngx_consent_accept_space(c)  ((c) == ' ' || (c) == '\t')


/*
 * Who asks for "de-ch" and has "de" only, or the other way about, is content
 * (RFC 4647, 3.4); but what is refused by its own name is.
 */

void
ngx_consent_accept_language(const u_char *p, size_t len, const ngx_str_t *tag,
    ngx_consent_accept_t *accept)
{
    ngx_int_t              quality, own;
    ngx_uint_t             at;
    const u_char          *last, *end, *semicolon, *range;
    ngx_consent_accept_e   precise, most;

    memset(accept, 0, sizeof(ngx_consent_accept_t));

    own = 0;                            /* what the most precise range says */
    most = NGX_CONSENT_ACCEPT_NOT;
    last = p + len;

    for (at = 0; p < last; p = end + 1, at++) {

        end = memchr(p, ',', last - p);
        end = end ? end : last;

        semicolon = memchr(p, ';', end - p);
        quality = 1000;

        if (semicolon) {
            quality = ngx_consent_accept_quality(semicolon + 1, end);

        } else {
            semicolon = end;
        }

        range = ngx_consent_accept_trim(p, &semicolon);
        precise = ngx_consent_accept_range(range, semicolon - range, tag);

        /* who does not want "pt-br" has said nothing of "pt" */

        if (quality < 0 || precise == NGX_CONSENT_ACCEPT_NOT
            || (quality == 0 && precise == NGX_CONSENT_ACCEPT_WIDER))
        {
            continue;
        }

        /* "*" is all that no other range names */

        if (precise == NGX_CONSENT_ACCEPT_ANY
            && most > NGX_CONSENT_ACCEPT_ANY)
        {
            continue;
        }

        if (precise > NGX_CONSENT_ACCEPT_ANY
            && most == NGX_CONSENT_ACCEPT_ANY)
        {
            memset(accept, 0, sizeof(ngx_consent_accept_t));
        }

        if (precise > most) {
            most = precise;
            own = 0;
        }

        if (precise == most && quality > own) {
            own = quality;
        }

        if ((ngx_uint_t) quality > accept->quality) {
            accept->precise = precise;
            accept->quality = quality;
            accept->at = at;
        }
    }

    if (own == 0) {
        accept->quality = 0;
    }
}


ngx_uint_t
ngx_consent_accept_more(const ngx_consent_accept_t *a,
    const ngx_consent_accept_t *b)
{
    if (a->quality != b->quality) {
        return a->quality > b->quality;
    }

    if (a->quality == 0) {
        return 0;
    }

    /* "*" is said of what is not listed, wherever it stands */

    if ((a->precise == NGX_CONSENT_ACCEPT_ANY)
        != (b->precise == NGX_CONSENT_ACCEPT_ANY))
    {
        return b->precise == NGX_CONSENT_ACCEPT_ANY;
    }

    if (a->at != b->at) {
        return a->at < b->at;
    }

    return a->precise > b->precise;
}


ngx_consent_accept_e
ngx_consent_accept_range(const u_char *range, size_t len, const ngx_str_t *tag)
{
    size_t  i;

    if (len == 0) {
        return NGX_CONSENT_ACCEPT_NOT;
    }

    if (len == 1 && *range == '*') {
        return NGX_CONSENT_ACCEPT_ANY;
    }

    for (i = 0; i < len && i < tag->len; i++) {
        if (ngx_consent_tolower(range[i]) != tag->data[i]) {
            return NGX_CONSENT_ACCEPT_NOT;
        }
    }

    if (len == tag->len) {
        return NGX_CONSENT_ACCEPT_SAME;
    }

    if (i == len) {
        return (tag->data[i] == '-') ? NGX_CONSENT_ACCEPT_PREFIX
                                     : NGX_CONSENT_ACCEPT_NOT;
    }

    return (range[i] == '-') ? NGX_CONSENT_ACCEPT_WIDER
                             : NGX_CONSENT_ACCEPT_NOT;
}


/* "q=0.8" in thousandths (RFC 9110, 12.4.2), or -1 */

static ngx_int_t
ngx_consent_accept_quality(const u_char *p, const u_char *last)
{
    ngx_int_t   n;
    ngx_uint_t  unit;

    p = ngx_consent_accept_trim(p, &last);

    if (last - p < 3 || (p[0] | 0x20) != 'q' || p[1] != '='
        || (p[2] != '0' && p[2] != '1'))
    {
        return -1;
    }

    n = (p[2] - '0') * 1000;
    p += 3;

    if (p == last) {
        return n;
    }

    if (*p++ != '.' || last - p > 3) {
        return -1;
    }

    for (unit = 100; p < last; p++, unit /= 10) {

        if (*p < '0' || *p > '9') {
            return -1;
        }

        n += (*p - '0') * unit;
    }

    return (n > 1000) ? -1 : n;
}


static const u_char *
ngx_consent_accept_trim(const u_char *p, const u_char **last)
{
    while (p < *last && ngx_consent_accept_space(*p)) {
        p++;
    }

    while (p < *last && ngx_consent_accept_space((*last)[-1])) {
        (*last)--;
    }

    return p;
}
