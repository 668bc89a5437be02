
#include "ngx_consent_url_idna.h"


static ngx_int_t ngx_consent_url_wide(ngx_consent_url_out_t *out, u_char *host);
static ngx_int_t ngx_consent_url_ipv6(ngx_consent_url_out_t *out,
    const u_char *p, const u_char *last);
static ngx_int_t ngx_consent_url_ipv4(ngx_consent_url_out_t *out, u_char *host);
static ngx_int_t ngx_consent_url_number(const u_char *p, const u_char *last,
    uint64_t *n);


/*
 * Forbidden in a host: there is no such URL.  A space is, too, but Chromium
 * takes it.
 */

#define ngx_consent_url_forbidden(c)                                         \
    ((c) < ' ' || (c) == 0x7f || (c) == '%' || (c) == '<' || (c) == '>'      \
     || (c) == '^' || (c) == '|' || (c) == '[' || (c) == ']' || (c) == '/'   \
     || (c) == '\\' || (c) == '?' || (c) == '#' || (c) == '@' || (c) == ':')


/* Decoded, in lower case, without what is not ASCII (URL 3.5). */

ngx_int_t
ngx_consent_url_host(ngx_consent_url_out_t *out, const u_char *p,
    const u_char *last)
{
    u_char      c, all, *d, *host;
    ngx_int_t   decoded;

    if (p < last && *p == '[') {
        return ngx_consent_url_ipv6(out, p, last);
    }

    host = out->pos;
    all = 0;

    while (p < last) {

        decoded = (*p == '%') ? ngx_consent_url_percent(p, last) : NGX_ERROR;

        if (decoded != NGX_ERROR) {
            c = (u_char) decoded;
            p += 3;

        } else {
            c = *p++;
        }

        all |= c;
        ngx_consent_url_put(out, c);
    }

    if (all & 0x80) {

        if (ngx_consent_url_wide(out, host) != NGX_OK) {
            return NGX_ERROR;
        }

    } else {

        for (d = host; d < out->pos; d++) {

            if (ngx_consent_url_forbidden(*d)) {
                return NGX_ERROR;
            }

            *d = ngx_consent_tolower(*d);
        }
    }

    return ngx_consent_url_ipv4(out, host);
}


/* The same for a name that is not ASCII, once it is decoded. */

static ngx_int_t
ngx_consent_url_wide(ngx_consent_url_out_t *out, u_char *host)
{
    size_t      n;
    u_char      name[NGX_CONSENT_URL_MAX], *p, *d;
    ngx_int_t   c;

    n = out->pos - host;
    memcpy(name, host, n);

    if (memchr(name, '%', n)) {
        return NGX_ERROR;
    }

    out->pos = host;

    if (ngx_consent_idna(out, name, name + n) != NGX_OK) {
        return NGX_ERROR;
    }

    /*
     * Chromium decodes once more: a full-width percent sign can begin "%XX".
     * The standard has no such host.
     */

    for (p = host, d = host; p < out->pos; p++) {

        c = *p;

        if (c == '%') {
            c = ngx_consent_url_percent(p, out->pos);

            if (c == NGX_ERROR || c >= 0x80) {
                return NGX_ERROR;
            }

            c = ngx_consent_tolower(c);
            p += 2;
        }

        if (ngx_consent_url_forbidden(c)) {
            return NGX_ERROR;
        }

        *d++ = c;
    }

    out->pos = d;

    return NGX_OK;
}


/* As it is written: no row names one. */

static ngx_int_t
ngx_consent_url_ipv6(ngx_consent_url_out_t *out, const u_char *p,
    const u_char *last)
{
    for ( /* void */ ; p < last; p++) {
        ngx_consent_url_put(out, ngx_consent_tolower(*p));
    }

    return NGX_OK;
}


/* A host whose last label is a number is an address (URL 3.5.4 and 3.5.5). */

static ngx_int_t
ngx_consent_url_ipv4(ngx_consent_url_out_t *out, u_char *host)
{
    u_char      *p, *end, *part;
    uint64_t     n, number[4];
    ngx_uint_t   i, j, count;

    end = out->pos;

    if (end > host && end[-1] == '.') {
        end--;
    }

    /* no number ends so: most names are done here */

    if (end == host || (end[-1] > 'f' && end[-1] != 'x')) {
        return NGX_OK;
    }

    for (p = end; p > host && p[-1] != '.'; p--) { /* void */ }

    if (p == end || *p < '0' || *p > '9') {
        return NGX_OK;
    }

    /* all digits, or a number by its form */

    for (part = p; part < end && *part >= '0' && *part <= '9'; part++) {
        /* void */
    }

    if (part < end && ngx_consent_url_number(p, end, &n) != NGX_OK) {
        return NGX_OK;
    }

    count = 0;
    p = host;

    for ( ;; ) {

        for (part = p; part < end && *part != '.'; part++) { /* void */ }

        if (count == 4
            || ngx_consent_url_number(p, part, &number[count]) != NGX_OK)
        {
            return NGX_ERROR;
        }

        count++;

        if (part == end) {
            break;
        }

        p = part + 1;
    }

    n = number[count - 1];

    if (n >> (8 * (5 - count))) {
        return NGX_ERROR;
    }

    for (i = 0; i + 1 < count; i++) {

        if (number[i] > 255) {
            return NGX_ERROR;
        }

        n |= number[i] << (8 * (3 - i));
    }

    out->pos = host;

    for (i = 0; i < 4; i++) {

        j = (n >> (8 * (3 - i))) & 0xff;

        if (i) {
            ngx_consent_url_put(out, '.');
        }

        if (j >= 100) {
            ngx_consent_url_put(out, '0' + j / 100);
        }

        if (j >= 10) {
            ngx_consent_url_put(out, '0' + j / 10 % 10);
        }

        ngx_consent_url_put(out, '0' + j % 10);
    }

    return NGX_OK;
}


/* decimal, "0x" and hexadecimal, "0" and octal; what is too great stays so */

static ngx_int_t
ngx_consent_url_number(const u_char *p, const u_char *last, uint64_t *n)
{
    u_char    digit;
    uint64_t  base;

    if (p == last) {
        return NGX_ERROR;
    }

    base = 10;

    if (*p == '0' && last - p > 1) {
        base = 8;
        p++;

        if (*p == 'x') {
            base = 16;
            p++;
        }
    }

    for (*n = 0; p < last; p++) {

        digit = *p - '0';

        if (digit > 9) {
            digit = *p - 'a';
            digit = (digit < 6) ? digit + 10 : 16;
        }

        if (digit >= base) {
            return NGX_ERROR;
        }

        if (*n <= 0xffffffff) {
            *n = *n * base + digit;
        }
    }

    return NGX_OK;
}


u_char *
ngx_consent_url_host_squeeze(u_char *dst, const u_char *p, const u_char *last)
{
    u_char     *d, c;
    size_t      n, i;
    uint32_t    u;
    ngx_int_t   decoded;

    for (d = dst; p < last; d++) {

        decoded = (*p == '%') ? ngx_consent_url_percent(p, last) : NGX_ERROR;

        if (decoded == NGX_ERROR) {
            *d = *p++;
            continue;
        }

        c = (u_char) decoded;

        /* it must not be read again as what it stands for */

        if (ngx_consent_url_forbidden(c)) {
            return NULL;
        }

        *d = c;
        p += 3;
    }

    last = d;

    for (p = dst, d = dst; p < last; p += n) {

        n = ngx_consent_url_utf8(p, last, &u);

        if (n && ngx_consent_idna_find(u, &u) == NGX_CONSENT_IDNA_LOST) {
            continue;
        }

        if (n == 0) {
            n = 1;
        }

        for (i = 0; i < n; i++) {
            *d++ = p[i];
        }
    }

    return d;
}


size_t
ngx_consent_url_utf8(const u_char *p, const u_char *last, uint32_t *c)
{
    size_t  i, n;

    if (*p < 0xc2 || *p > 0xf4) {
        return 0;
    }

    n = (*p < 0xe0) ? 2 : (*p < 0xf0) ? 3 : 4;

    if ((size_t) (last - p) < n) {
        return 0;
    }

    *c = *p & (0x7f >> n);

    for (i = 1; i < n; i++) {

        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }

        *c = (*c << 6) | (p[i] & 0x3f);
    }

    /* a shorter form of it, half a pair, or none that there is */

    if ((n == 3 && *c < 0x800) || (n == 4 && (*c < 0x10000 || *c > 0x10ffff))
        || (*c >= 0xd800 && *c <= 0xdfff))
    {
        return 0;
    }

    return n;
}
