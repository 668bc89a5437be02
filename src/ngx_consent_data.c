
#include "ngx_consent_data.h"


static void ngx_consent_data_type(ngx_consent_data_t *d, const u_char *p,
    const u_char *last);
static const u_char *ngx_consent_data_parameter(ngx_consent_data_t *d,
    const u_char *p, const u_char *last);
static const u_char *ngx_consent_data_base64(ngx_consent_data_t *d,
    const u_char *p, const u_char *last);
static size_t ngx_consent_data_triple(ngx_consent_data_t *d,
    const u_char *url, u_char *dst);
static ngx_int_t ngx_consent_data_byte(ngx_consent_data_t *d,
    const u_char *url);
static void ngx_consent_data_skip(ngx_consent_data_t *d, const u_char *url);
static ngx_int_t ngx_consent_data_hex(u_char c);
static ngx_int_t ngx_consent_data_sextet(u_char c);


#define ngx_consent_data_blank(c)  ((c) == '\t' || (c) == '\n' || (c) == '\r')

#define ngx_consent_data_dropped(d, c)                                       \
    (!(d)->kept && ngx_consent_data_blank(c))


/* RFC 9110, 5.6.2 */

static const uint32_t  ngx_consent_data_token[] = {
    0x00000000, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff, 0, 0, 0, 0
};

#define ngx_consent_data_is_token(c)                                         \
    ((ngx_consent_data_token[(c) / 32] >> ((c) % 32)) & 1)


ngx_int_t
ngx_consent_data_init(ngx_consent_data_t *d, const u_char *url, size_t len,
    ngx_uint_t flags)
{
    size_t         i;
    const u_char  *p, *last, *comma, *end;

    static const u_char  scheme[] = "data:";

    memset(d, 0, sizeof(ngx_consent_data_t));

    d->kept = (flags & NGX_CONSENT_DATA_KEPT) != 0;

    p = url;
    last = url + len;

    while (p < last && *p <= ' ') {
        p++;
    }

    while (last > p && last[-1] <= ' ') {
        last--;
    }

    for (i = 0; i < sizeof(scheme) - 1; p++) {

        if (p == last) {
            return NGX_DECLINED;
        }

        if (ngx_consent_tolower(*p) == scheme[i]) {
            i++;

        } else if (!ngx_consent_data_blank(*p)) {
            return NGX_DECLINED;
        }
    }

    end = memchr(p, '#', last - p);
    if (end) {
        last = end;
    }

    for (end = p; end < last && !d->twice; end++) {
        d->twice = ngx_consent_data_blank(*end);
    }

    if (last - p > 1 && p[0] == '/' && p[1] == '/') {
        d->twice = 1;

        if (d->kept) {
            p += 2;
        }
    }

    comma = memchr(p, ',', last - p);
    if (comma == NULL) {
        return NGX_DECLINED;
    }

    d->next = comma + 1 - url;
    d->end = last - url;

    ngx_consent_data_type(d, p, ngx_consent_data_base64(d, p, comma));

    return NGX_OK;
}


/* Where the type ends: before ";base64", if it has that. */

static const u_char *
ngx_consent_data_base64(ngx_consent_data_t *d, const u_char *p,
    const u_char *last)
{
    size_t         i;
    const u_char  *q;

    static const u_char  tag[] = "base64";

    while (last > p && (last[-1] == ' '
                        || ngx_consent_data_dropped(d, last[-1])))
    {
        last--;
    }

    q = last;
    i = sizeof(tag) - 1;

    while (q > p) {
        q--;

        if (ngx_consent_data_dropped(d, *q)) {
            continue;
        }

        if (i == 0) {

            if (*q == ' ') {
                continue;
            }

            if (*q != ';') {
                break;
            }

            d->base64 = 1;
            return q;
        }

        if (ngx_consent_tolower(*q) != tag[--i]) {
            break;
        }
    }

    return last;
}


/*
 * MIME Sniffing, section 4.4, of which the essence and the first charset are
 * kept.
 */

static void
ngx_consent_data_type(ngx_consent_data_t *d, const u_char *p,
    const u_char *last)
{
    u_char      c;
    ngx_uint_t  bad, slash, n;

    static const u_char  plain[] = "text/plain", ascii[] = "us-ascii";

    bad = 0;
    slash = 0;
    n = 0;                              /* spaces, which must be the last */

    for ( /* void */ ; p < last && *p != ';'; p++) {

        c = *p;

        if (ngx_consent_data_dropped(d, c)
            || (c == ' ' && d->type_len == 0 && !bad))
        {
            continue;
        }

        if (c == ' ') {
            n++;
            continue;
        }

        if (c == '/' && !slash && d->type_len) {
            slash = d->type_len + 1;

        } else if (!ngx_consent_data_is_token(c)) {
            bad = 1;
        }

        bad |= (n != 0);

        if (d->type_len < NGX_CONSENT_DATA_MAX_TYPE) {
            d->type[d->type_len++] = ngx_consent_tolower(c);
        }
    }

    if (d->type_len == 0 && p < last && !bad) {

        /* ";charset=x" has a type of its own */

        bad = 1;

    } else if (bad || !slash || slash == d->type_len) {
        bad = 1;
        p = last;

        memcpy(d->charset, ascii, sizeof(ascii) - 1);
        d->charset_len = sizeof(ascii) - 1;
    }

    if (bad) {
        memcpy(d->type, plain, sizeof(plain) - 1);
        d->type_len = sizeof(plain) - 1;
    }

    while (p < last) {
        p = ngx_consent_data_parameter(d, p + 1, last);
    }
}


/* After a ';'; returns the next one, or last. */

static const u_char *
ngx_consent_data_parameter(ngx_consent_data_t *d, const u_char *p,
    const u_char *last)
{
    u_char      c;
    ngx_uint_t  n, matches, quoted, escaped;

    static const u_char  charset[] = "charset";

    matches = (d->charset_len == 0);
    n = 0;

    for ( /* void */ ; p < last && *p != ';' && *p != '='; p++) {

        c = *p;

        if (ngx_consent_data_dropped(d, c) || (c == ' ' && n == 0)) {
            continue;
        }

        if (n == sizeof(charset) - 1 || ngx_consent_tolower(c) != charset[n]) {
            matches = 0;
            n = 1;

        } else {
            n++;
        }
    }

    if (p == last || *p == ';') {
        return p;
    }

    matches = matches && n == sizeof(charset) - 1;

    do {
        p++;
    } while (p < last && ngx_consent_data_dropped(d, *p));

    quoted = (p < last && *p == '"');
    escaped = 0;
    p += quoted;

    for ( /* void */ ; p < last; p++) {

        c = *p;

        if (ngx_consent_data_dropped(d, c)) {
            continue;
        }

        if (quoted && !escaped) {

            if (c == '"') {
                break;
            }

            if (c == '\\') {
                escaped = 1;
                continue;
            }

        } else if (!quoted && c == ';') {
            break;
        }

        escaped = 0;

        /* the label of an encoding may have space around */

        if (matches && d->charset_len < NGX_CONSENT_DATA_MAX_CHARSET
            && (c != ' ' || d->charset_len))
        {
            d->charset[d->charset_len++] = ngx_consent_tolower(c);
        }
    }

    while (d->charset_len && d->charset[d->charset_len - 1] == ' ') {
        d->charset_len--;
    }

    while (p < last && *p != ';') {
        p++;
    }

    return p;
}


size_t
ngx_consent_data_read(ngx_consent_data_t *d, const u_char *url, u_char *dst,
    size_t size)
{
    u_char     *p, *last;
    size_t      n;
    ngx_int_t   c;

    p = dst;
    last = dst + size;

    if (d->base64) {

        while (last - p >= 3) {

            n = ngx_consent_data_triple(d, url, p);
            if (n == 0) {
                break;
            }

            p += n;
        }

        return p - dst;
    }

    while (p < last) {

        c = ngx_consent_data_byte(d, url);
        if (c == NGX_DONE) {
            break;
        }

        *p++ = (u_char) c;
    }

    return p - dst;
}


/* Forgiving-base64 (Infra, section 7): up to three bytes, 0 at the end. */

static size_t
ngx_consent_data_triple(ngx_consent_data_t *d, const u_char *url, u_char *dst)
{
    ngx_int_t  c;

    for ( ;; ) {

        c = d->failed ? NGX_DONE : ngx_consent_data_byte(d, url);

        if (c == NGX_DONE) {
            break;
        }

        if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') {
            continue;
        }

        if (c == '=') {
            d->npad += (d->npad < 3);
            continue;
        }

        c = ngx_consent_data_sextet((u_char) c);

        if (c == NGX_ERROR || d->npad) {
            d->failed = 1;
            continue;
        }

        d->bits = d->bits << 6 | (uint32_t) c;
        d->nbits += 6;

        if (d->nbits == 24) {
            dst[0] = (u_char) (d->bits >> 16);
            dst[1] = (u_char) (d->bits >> 8);
            dst[2] = (u_char) d->bits;

            d->nbits = 0;
            return 3;
        }
    }

    /* what is left has 2 or 3 characters, and "==" or "=" or nothing */

    if (d->failed || d->nbits < 12 || (d->npad && d->npad != 4 - d->nbits / 6))
    {
        return 0;
    }

    d->failed = 1;

    d->bits <<= 24 - d->nbits;
    dst[0] = (u_char) (d->bits >> 16);
    dst[1] = (u_char) (d->bits >> 8);

    return d->nbits / 6 - 1;
}


/* The next byte of the body, percent-decoded; NGX_DONE at its end. */

static ngx_int_t
ngx_consent_data_byte(ngx_consent_data_t *d, const u_char *url)
{
    u_char     c;
    size_t     next;
    ngx_int_t  high, low;

    ngx_consent_data_skip(d, url);

    if (d->next == d->end) {
        return NGX_DONE;
    }

    c = url[d->next++];

    if (c != '%') {
        return c;
    }

    next = d->next;

    ngx_consent_data_skip(d, url);

    if (d->next < d->end) {
        high = ngx_consent_data_hex(url[d->next++]);

        ngx_consent_data_skip(d, url);

        if (high != NGX_ERROR && d->next < d->end) {
            low = ngx_consent_data_hex(url[d->next++]);

            if (low != NGX_ERROR) {
                return high << 4 | low;
            }
        }
    }

    d->next = next;

    return '%';
}


static void
ngx_consent_data_skip(ngx_consent_data_t *d, const u_char *url)
{
    while (d->next < d->end && ngx_consent_data_dropped(d, url[d->next])) {
        d->next++;
    }
}


static ngx_int_t
ngx_consent_data_hex(u_char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c |= 0x20;

    return (c >= 'a' && c <= 'f') ? c - 'a' + 10 : NGX_ERROR;
}


static ngx_int_t
ngx_consent_data_sextet(u_char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }

    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }

    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }

    return (c == '+') ? 62 : (c == '/') ? 63 : NGX_ERROR;
}
