
#include "ngx_consent_url_int.h"


static const u_char *ngx_consent_url_authority(const u_char *p,
    const u_char *last, ngx_str_t *host);
static ngx_int_t ngx_consent_url_name(ngx_consent_url_t *u,
    const ngx_str_t *host, ngx_consent_url_out_t *out);
static ngx_int_t ngx_consent_url_port(const u_char *p, const u_char *last);
static void ngx_consent_url_segment(ngx_consent_url_out_t *out, u_char *start,
    ngx_uint_t final);


/* schemes that have a host and are fetched; "special" ones but for file */

static const ngx_str_t  ngx_consent_url_schemes[] = {
    ngx_string("https"),
    ngx_string("http"),
    ngx_string("wss"),
    ngx_string("ws"),
    ngx_string("ftp"),
    ngx_null_string
};


void
ngx_consent_url_parse(ngx_consent_url_t *u, u_char *value, size_t len,
    ngx_uint_t flags, const ngx_consent_url_t *base, u_char *buf)
{
    size_t                  n, high;
    u_char                  clean[NGX_CONSENT_URL_MAX];
    ngx_str_t               host;
    ngx_uint_t              cut;
    const u_char           *p, *last, *dir, *end;
    ngx_consent_url_out_t   out;

    memset(u, 0, sizeof(ngx_consent_url_t));

    if (ngx_consent_url_usual(u, value, len, flags, base, buf) == NGX_OK) {
        return;
    }

    p = clean;
    last = p + ngx_consent_url_clean(clean, value, len, flags, &cut, &high);

    u->cut = cut;

    if (p == last) {
        return;
    }

    out.pos = buf;
    out.last = buf + NGX_CONSENT_URL_MAX;
    out.cut = 0;

    dir = NULL;

    n = ngx_consent_url_scheme(p, last, &u->scheme);

    if (n && u->scheme != NGX_CONSENT_URL_HTTP) {
        u->cut = 0;
        return;
    }

    if (n) {

        u->web = (n == sizeof("http:") - 1) ? NGX_CONSENT_URL_PLAIN
                 : (n == sizeof("https:") - 1) ? NGX_CONSENT_URL_SECURE
                 : NGX_CONSENT_URL_ANY;

        /*
         * "https:host" is relative on a page of that scheme and a host on any
         * other; where the page's is not known the host is the reading that
         * can be a tracker.
         */

        if (base && base->web != NGX_CONSENT_URL_ANY && base->web == u->web
            && !(last - p >= (ptrdiff_t) n + 2
                 && ngx_consent_url_slash(p[n])
                 && ngx_consent_url_slash(p[n + 1])))
        {
            p += n;
            n = 0;

            if (p == last) {
                u->scheme = NGX_CONSENT_URL_NONE;
                return;
            }
        }

    } else if (base) {
        u->web = base->web;
    }

    if (n || (last - p >= 2 && ngx_consent_url_slash(p[0])
              && ngx_consent_url_slash(p[1])))
    {
        u->scheme = NGX_CONSENT_URL_HTTP;

        p = ngx_consent_url_authority(p + n, last, &host);

        u->eight_bit = (high < (size_t) (p - clean))
                       || (flags >> NGX_CONSENT_URL_READING_SHIFT);

        if (ngx_consent_url_name(u, &host, &out) != NGX_OK
            || ngx_consent_url_port(host.data + host.len, p) != NGX_OK)
        {
            u->scheme = NGX_CONSENT_URL_NONE;
            u->host.len = 0;
            return;
        }

    } else {
        u->scheme = NGX_CONSENT_URL_HTTP;
        u->relative = 1;

        if (base) {
            u->host = base->host;

            if (!ngx_consent_url_slash(*p)) {
                dir = base->path.data;
            }
        }
    }

    /* the path, from the base's if it is relative */

    u->path.data = out.pos;

    if (dir) {
        end = dir + base->path.len;

        if (*p != '?' && *p != '#') {
            while (end > dir && end[-1] != '/') {
                end--;
            }
        }

        ngx_consent_url_path(&out, u->path.data, dir, end);

        /* what follows begins with the '/' that this ends with */

        if (*p != '?' && *p != '#') {
            out.pos--;
        }
    }

    for (end = p; end < last && *end != '?' && *end != '#'; end++) {
        /* void */
    }

    if (dir == NULL || end > p) {
        ngx_consent_url_path(&out, u->path.data, p, end);
    }

    if (out.pos == u->path.data) {
        ngx_consent_url_put(&out, '/');
    }

    u->path.len = out.pos - u->path.data;

    if (end < last && *end == '?') {

        u->args.data = out.pos;

        for (p = end + 1; p < last && *p != '#'; p++) {
            ngx_consent_url_put(&out, *p);
        }

        u->args.len = out.pos - u->args.data;

    } else if (dir && *p == '#') {

        /* the document itself */
        u->args = base->args;
    }

    u->cut |= out.cut;
}


size_t
ngx_consent_url_scheme(const u_char *p, const u_char *last,
    ngx_consent_url_e *scheme)
{
    size_t            i, len;
    const u_char     *colon;
    const ngx_str_t  *s;

    if ((u_char) ((*p | 0x20) - 'a') > 25) {
        return 0;
    }

    for (colon = p; colon < last && *colon != ':'; colon++) {
        if (!ngx_consent_url_alnum(*colon) && *colon != '+' && *colon != '-'
            && *colon != '.')
        {
            return 0;
        }
    }

    if (colon == last) {
        return 0;
    }

    len = colon - p;

    *scheme = NGX_CONSENT_URL_OTHER;

    for (s = ngx_consent_url_schemes; s->len; s++) {

        for (i = 0; i < len && i < s->len; i++) {
            if (ngx_consent_tolower(p[i]) != s->data[i]) {
                break;
            }
        }

        if (i == len && i == s->len) {
            *scheme = NGX_CONSENT_URL_HTTP;
            return len + 1;
        }
    }

    if (len == 4 && (p[0] | 0x20) == 'd' && (p[1] | 0x20) == 'a'
        && (p[2] | 0x20) == 't' && (p[3] | 0x20) == 'a')
    {
        *scheme = NGX_CONSENT_URL_DATA;
    }

    return len + 1;
}


/*
 * Any number of slashes, userinfo, host, port.  Returns where they end, and the
 * host as it is written.
 */

static const u_char *
ngx_consent_url_authority(const u_char *p, const u_char *last, ngx_str_t *host)
{
    const u_char  *end, *start, *port;

    while (p < last && ngx_consent_url_slash(*p)) {
        p++;
    }

    start = p;

    for (end = p; end < last && *end != '/' && *end != '\\' && *end != '?'
                  && *end != '#'; end++)
    {
        if (*end == '@') {
            start = end + 1;
        }
    }

    for (port = start; port < end && *port != ':'; port++) {

        if (*port == '[') {
            while (port + 1 < end && *port != ']') {
                port++;
            }
        }
    }

    host->data = (u_char *) start;
    host->len = port - start;

    return end;
}


/* Adds the host; NGX_ERROR: there is no such URL. */

static ngx_int_t
ngx_consent_url_name(ngx_consent_url_t *u, const ngx_str_t *host,
    ngx_consent_url_out_t *out)
{
    u->host.data = out->pos;

    if (ngx_consent_url_host(out, host->data, host->data + host->len)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    u->host.len = out->pos - u->host.data;

    if (u->host.len && u->host.data[u->host.len - 1] == '.') {
        u->host.len--;
    }

    return u->host.len ? NGX_OK : NGX_ERROR;
}


/* ":8080", or nothing; else there is no such URL. */

static ngx_int_t
ngx_consent_url_port(const u_char *p, const u_char *last)
{
    ngx_uint_t  port;

    port = 0;

    for (p++; p < last; p++) {

        if (*p < '0' || *p > '9') {
            return NGX_ERROR;
        }

        port = port * 10 + (*p - '0');

        if (port > 65535) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


void
ngx_consent_url_path(ngx_consent_url_out_t *out, u_char *start,
    const u_char *p, const u_char *last)
{
    ngx_int_t  c;

    if (p < last && ngx_consent_url_slash(*p)) {
        p++;
    }

    ngx_consent_url_put(out, '/');

    for ( /* void */ ; p < last; p++) {

        if (ngx_consent_url_slash(*p)) {
            ngx_consent_url_segment(out, start, 0);
            ngx_consent_url_put(out, '/');
            continue;
        }

        if (*p == '%') {

            c = ngx_consent_url_percent(p, last);

            if (c != NGX_ERROR && ngx_consent_url_unreserved(c)) {
                ngx_consent_url_put(out, (u_char) c);
                p += 2;
                continue;
            }
        }

        ngx_consent_url_put_path(out, *p);
    }

    ngx_consent_url_segment(out, start, 1);
}


void
ngx_consent_url_encode(ngx_str_t *path, u_char *buf)
{
    u_char                 *p, *last;
    ngx_consent_url_out_t   out;

    last = path->data + path->len;

    for (p = path->data; p < last; p++) {
        if (*p == '%' || ngx_consent_url_encoded(*p)) {
            break;
        }
    }

    if (p == last) {
        return;
    }

    out.pos = buf;
    out.last = buf + NGX_CONSENT_URL_MAX;
    out.cut = 0;

    for (p = path->data; p < last; p++) {

        if (*p == '%') {
            ngx_consent_url_put(&out, '%');
            ngx_consent_url_put(&out, '2');
            ngx_consent_url_put(&out, '5');
            continue;
        }

        ngx_consent_url_put_path(&out, *p);
    }

    path->data = buf;
    path->len = out.pos - buf;
}


/* Is the last segment written "." or ".."?  final: no '/' follows. */

static void
ngx_consent_url_segment(ngx_consent_url_out_t *out, u_char *start,
    ngx_uint_t final)
{
    u_char  *p;

    for (p = out->pos; p > start && p[-1] != '/'; p--) { /* void */ }

    if (out->pos - p == 1 && p[0] == '.') {

        out->pos = final ? p : p - 1;

    } else if (out->pos - p == 2 && p[0] == '.' && p[1] == '.') {

        /* and the one before it, up to its '/' */

        p--;

        while (p > start && p[-1] != '/') {
            p--;
        }

        out->pos = (final || p == start) ? p : p - 1;

        if (final && p == start) {
            ngx_consent_url_put(out, '/');
        }
    }
}


ngx_int_t
ngx_consent_url_percent(const u_char *p, const u_char *last)
{
    u_char      c;
    ngx_int_t   n;
    ngx_uint_t  i;

    if (last - p < 3) {
        return NGX_ERROR;
    }

    n = 0;

    for (i = 1; i < 3; i++) {

        c = p[i] - '0';

        if (c > 9) {
            c = (p[i] | 0x20) - 'a';

            if (c > 5) {
                return NGX_ERROR;
            }

            c += 10;
        }

        n = n * 16 + c;
    }

    return n;
}


void
ngx_consent_url_put(ngx_consent_url_out_t *out, u_char c)
{
    if (out->pos == out->last) {
        out->cut = 1;
        return;
    }

    *out->pos++ = c;
}


/* A byte of a path. */

void
ngx_consent_url_put_path(ngx_consent_url_out_t *out, u_char c)
{
    static const u_char  hex[] = "0123456789ABCDEF";

    if (!ngx_consent_url_encoded(c)) {
        ngx_consent_url_put(out, c);
        return;
    }

    ngx_consent_url_put(out, '%');
    ngx_consent_url_put(out, hex[c >> 4]);
    ngx_consent_url_put(out, hex[c & 0xf]);
}


void
ngx_consent_url_put_utf8(ngx_consent_url_out_t *out, uint32_t c)
{
    if (c < 0x80) {
        ngx_consent_url_put(out, c);
        return;
    }

    if (c < 0x800) {
        ngx_consent_url_put(out, 0xc0 | (c >> 6));

    } else {

        if (c < 0x10000) {
            ngx_consent_url_put(out, 0xe0 | (c >> 12));

        } else {
            ngx_consent_url_put(out, 0xf0 | (c >> 18));
            ngx_consent_url_put(out, 0x80 | ((c >> 12) & 0x3f));
        }

        ngx_consent_url_put(out, 0x80 | ((c >> 6) & 0x3f));
    }

    ngx_consent_url_put(out, 0x80 | (c & 0x3f));
}
