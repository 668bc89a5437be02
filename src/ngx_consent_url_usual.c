
/*
 * URLs as most are written: https://host/path, //host/path, /path, or a path
 * that is relative, in which nothing is to be decoded, encoded, dropped or
 * resolved.  They are copied as they are, and their parts found by wide scans.
 */

#include "ngx_consent_url_int.h"
#include "ngx_consent_entity.h"
#include "ngx_consent_wide.h"


/*
 * A longer URL, with its base's path, is not usual.  A shorter one fits into
 * NGX_CONSENT_URL_MAX, though references may grow by a fifth.
 */
#define NGX_CONSENT_URL_USUAL  1600

/* '#' after its last byte: a scan ends there, and may look so far ahead */
#define NGX_CONSENT_URL_ROOM  16


static ngx_int_t ngx_consent_url_usual_scheme(ngx_consent_url_t *u,
    const u_char *p, const u_char *last, ngx_uint_t flags);
static u_char *ngx_consent_url_usual_host(u_char *p);
static ngx_uint_t ngx_consent_url_usual_number(const u_char *p,
    const u_char *last);
static u_char *ngx_consent_url_usual_path(u_char *p, const u_char *last);
static u_char *ngx_consent_url_usual_stop(u_char *p);
static u_char *ngx_consent_url_usual_args(u_char *p, u_char *last,
    const u_char *end, ngx_uint_t flags);
static size_t ngx_consent_url_usual_run(const u_char *p, const u_char *last,
    u_char amp);
static u_char *ngx_consent_url_usual_odd(u_char *p, u_char amp);


/* dropped wherever they stand */

#define ngx_consent_url_lost(c)  ((c) == '\t' || (c) == '\n' || (c) == '\r')


ngx_int_t
ngx_consent_url_usual(ngx_consent_url_t *u, const u_char *value, size_t len,
    ngx_uint_t flags, const ngx_consent_url_t *base, u_char *buf)
{
    size_t                  n;
    u_char                 *p, *path, *end, *last;
    ngx_int_t               rc;
    ngx_str_t               host;
    const u_char           *dir;
    ngx_consent_url_web_e   web;
    ngx_consent_url_out_t   out;

    if (flags & ~NGX_CONSENT_URL_ATTR) {
        return NGX_DECLINED;
    }

    while (len && *value <= ' ') {
        value++;
        len--;
    }

    while (len && value[len - 1] <= ' ') {
        len--;
    }

    if (len == 0) {
        return NGX_OK;
    }

    web = base ? base->web : NGX_CONSENT_URL_ANY;

    if (len > 8 && memcmp(value, "https://", 8) == 0) {
        web = NGX_CONSENT_URL_SECURE;
        n = 8;

    } else if (len > 7 && memcmp(value, "http://", 7) == 0) {
        web = NGX_CONSENT_URL_PLAIN;
        n = 7;

    } else if (len >= 2 && memcmp(value, "//", 2) == 0) {
        n = 2;

    } else {

        rc = ngx_consent_url_usual_scheme(u, value, value + len, flags);

        if (rc != NGX_AGAIN) {
            return rc;
        }

        n = 0;
    }

    if (len > NGX_CONSENT_URL_USUAL) {
        return NGX_DECLINED;
    }

    /* the directory that the path is relative to */

    dir = NULL;
    p = buf;

    if (n == 0 && *value != '/') {

        *p++ = '/';

        dir = base ? base->path.data : NULL;

        if (dir) {

            n = base->path.len;

            if (n + len > NGX_CONSENT_URL_USUAL) {
                return NGX_DECLINED;
            }

            if (*value != '?' && *value != '#') {
                while (n && dir[n - 1] != '/') {
                    n--;
                }
            }

            if (n > 1) {
                out.pos = buf;
                out.last = buf + NGX_CONSENT_URL_MAX;
                out.cut = 0;

                ngx_consent_url_path(&out, buf, dir, dir + n);

                p = out.pos;
            }

            n = 0;
        }
    }

    path = buf;
    len -= n;
    last = p + len;

    memcpy(p, value + n, len);
    memset(last, '#', NGX_CONSENT_URL_ROOM);

    host.data = p;
    host.len = 0;

    if (n) {

        end = ngx_consent_url_usual_host(p);

        if (end == p || (*end != '/' && *end != '?' && *end != '#')
            || end[-1] == '.' || ngx_consent_url_usual_number(p, end))
        {
            return NGX_DECLINED;
        }

        host.len = end - p;
        path = end;
        p = end;
    }

    end = ngx_consent_url_usual_path(p + (*p == '/'), last);

    if (end == NULL) {
        return NGX_DECLINED;
    }

    u->scheme = NGX_CONSENT_URL_HTTP;
    u->web = web;

    if (n) {
        u->host = host;

    } else {
        u->relative = 1;

        if (base) {
            u->host = base->host;
        }
    }

    u->path.data = path;
    u->path.len = end - path;

    if (u->path.len == 0) {
        u->path.data = last + NGX_CONSENT_URL_ROOM;
        u->path.data[0] = '/';
        u->path.len = 1;
    }

    if (*end == '?') {
        u->args.data = end + 1;
        u->args.len = ngx_consent_url_usual_args(end + 1, last, value + len + n,
                                                 flags)
                      - u->args.data;

    } else if (dir && *value == '#') {

        /* the document itself */
        u->args = base->args;
    }

    return NGX_OK;
}


/*
 * NGX_OK: it has a scheme that has no host; NGX_AGAIN: it has none;
 * NGX_DECLINED: it has another one, or something is to be dropped first.
 */

static ngx_int_t
ngx_consent_url_usual_scheme(ngx_consent_url_t *u, const u_char *p,
    const u_char *last, ngx_uint_t flags)
{
    const u_char       *colon;
    ngx_consent_url_e   scheme;

    for (colon = p; colon < last; colon++) {
        if (!ngx_consent_url_alnum(*colon) && *colon != '+' && *colon != '-'
            && *colon != '.')
        {
            break;
        }
    }

    if (colon == last) {
        return NGX_AGAIN;
    }

    if (*colon != ':') {
        return (ngx_consent_url_lost(*colon)
                || (*colon == '&' && (flags & NGX_CONSENT_URL_ATTR)))
               ? NGX_DECLINED : NGX_AGAIN;
    }

    if (ngx_consent_url_scheme(p, colon + 1, &scheme) == 0) {
        return NGX_AGAIN;
    }

    if (scheme == NGX_CONSENT_URL_HTTP) {
        return NGX_DECLINED;
    }

    u->scheme = scheme;

    return NGX_OK;
}


/* Is the host an address?  Its last label is a number then. */

static ngx_uint_t
ngx_consent_url_usual_number(const u_char *p, const u_char *last)
{
    const u_char  *label;

    if (last[-1] > 'f' && last[-1] != 'x') {
        return 0;
    }

    for (label = last; label > p && label[-1] != '.'; label--) { /* void */ }

    return *label >= '0' && *label <= '9';
}


/* Where the path ends, or NULL: it is not as it is looked up. */

static u_char *
ngx_consent_url_usual_path(u_char *p, const u_char *last)
{
    u_char     next;
    ngx_int_t  c;

    for ( ;; ) {

        p = ngx_consent_url_usual_stop(p);

        switch (*p++) {

        case '?':
        case '#':
            return p - 1;

        case '$':
        case '=':
        case '[':
        case ']':
        case '^':
        case '|':
        case '~':
            continue;

        case '%':
            c = ngx_consent_url_percent(p - 1, last);

            if (c != NGX_ERROR && ngx_consent_url_unreserved(c)) {
                return NULL;
            }

            continue;

        case '.':
            next = (*p == '.') ? p[1] : *p;

            if (next == '/' || next == '?' || next == '#') {
                return NULL;
            }

            continue;

        default:
            return NULL;
        }
    }
}


/*
 * Returns where the arguments end.  Where something is to be decoded or dropped
 * they are written again, from the value that ends at end as they do at last.
 */

static u_char *
ngx_consent_url_usual_args(u_char *p, u_char *last, const u_char *end,
    ngx_uint_t flags)
{
    size_t         n, len;
    u_char         amp, *start, *d, text[NGX_CONSENT_ENTITY_MAX];
    const u_char  *s;

    amp = (flags & NGX_CONSENT_URL_ATTR) ? '&' : '#';

    start = p;
    p = ngx_consent_url_usual_odd(p, amp);

    if (*p == '#') {
        return p;
    }

    d = p;

    for (s = end - (last - p); s < end; /* void */ ) {

        if (*s != amp) {

            n = ngx_consent_url_usual_run(s, end, amp);

            memcpy(d, s, n);
            d += n;
            s += n;

            if (s < end && *s < ' ') {
                *d = *s++;
                d += !ngx_consent_url_lost(*d);
            }

            continue;
        }

        if (amp == '#') {
            return d;
        }

        /* most of them */

        if (end - s >= 5 && memcmp(s, "&amp;", 5) == 0) {
            *d++ = '&';
            s += 5;
            continue;
        }

        n = ngx_consent_entity(s, end, text, &len);

        if (n == 0) {
            text[0] = '&';
            len = 1;
            n = 1;
        }

        s += n;

        if (len > 1 || !ngx_consent_url_lost(text[0])) {
            memcpy(d, text, len);
            d += len;
        }
    }

    while (d > start && d[-1] <= ' ') {
        d--;
    }

    last = d;
    p = memchr(start, '#', last - start);

    return p ? p : last;
}


/* Bytes up to a control character or that byte. */

static size_t
ngx_consent_url_usual_run(const u_char *p, const u_char *last, u_char amp)
{
    const u_char             *start;
#ifdef NGX_CONSENT_WIDE
    ngx_consent_wide_t        v;
    ngx_consent_wide_bits_t   bits;
#endif

    start = p;

#ifdef NGX_CONSENT_WIDE

    for ( /* void */ ; last - p >= NGX_CONSENT_WIDE; p += NGX_CONSENT_WIDE) {

        v = ngx_consent_wide_load(p);

        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_or(ngx_consent_wide_eq(v, amp),
                                       ngx_consent_wide_le(v, ' ' - 1)));

        if (bits) {
            return p + ngx_consent_wide_index(bits) - start;
        }
    }

#endif

    while (p < last && *p >= ' ' && *p != amp) {
        p++;
    }

    return p - start;
}


#ifdef NGX_CONSENT_WIDE


/* Where what a host may be made of ends. */

static u_char *
ngx_consent_url_usual_host(u_char *p)
{
    ngx_consent_wide_t       v, is;
    ngx_consent_wide_bits_t  bits;

    for ( /* void */ ; ; p += NGX_CONSENT_WIDE) {

        v = ngx_consent_wide_load(p);

        /* "-./0123456789": a '/' comes out below */

        is = ngx_consent_wide_or(ngx_consent_wide_in(v, 'a', 'z'),
                                 ngx_consent_wide_in(v, '-', '9'));
        is = ngx_consent_wide_or(is, ngx_consent_wide_eq(v, '_'));

        bits = ngx_consent_wide_bits(is) ^ ngx_consent_wide_every;
        bits |= ngx_consent_wide_bits(ngx_consent_wide_eq(v, '/'));

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }
    }
}


/* The path's end, or what may have to be decoded, encoded or resolved. */

static u_char *
ngx_consent_url_usual_stop(u_char *p)
{
    ngx_consent_wide_t       v, low, is;
    ngx_consent_wide_bits_t  bits;

    for ( /* void */ ; ; p += NGX_CONSENT_WIDE) {

        v = ngx_consent_wide_load(p);
        low = ngx_consent_wide_or(v, ngx_consent_wide_all(' '));

        /* with what stands between the others: "$=[]^|~" */

        is = ngx_consent_wide_or(ngx_consent_wide_in(v, '"', '&'),
                                 ngx_consent_wide_in(v, '<', '?'));
        is = ngx_consent_wide_or(is, ngx_consent_wide_in(low, '{', '~'));
        is = ngx_consent_wide_or(is, ngx_consent_wide_eq(v, '`'));

        /* "/." */

        is = ngx_consent_wide_or(is,
                 ngx_consent_wide_and(ngx_consent_wide_eq(v, '.'),
                     ngx_consent_wide_eq(ngx_consent_wide_load(p - 1), '/')));

        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_but(ngx_consent_wide_above(v, ' '), is));

        bits ^= ngx_consent_wide_every;

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }
    }
}


/* A control character, '#', or that byte. */

static u_char *
ngx_consent_url_usual_odd(u_char *p, u_char amp)
{
    ngx_consent_wide_t       v, is;
    ngx_consent_wide_bits_t  bits;

    for ( /* void */ ; ; p += NGX_CONSENT_WIDE) {

        v = ngx_consent_wide_load(p);

        is = ngx_consent_wide_or(ngx_consent_wide_eq(v, '#'),
                                 ngx_consent_wide_eq(v, amp));
        is = ngx_consent_wide_or(is,
                 ngx_consent_wide_le(v, ' ' - 1));

        bits = ngx_consent_wide_bits(is);

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }
    }
}


#else


static u_char *
ngx_consent_url_usual_host(u_char *p)
{
    while ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '-'
           || *p == '.' || *p == '_')
    {
        p++;
    }

    return p;
}


static u_char *
ngx_consent_url_usual_stop(u_char *p)
{
    while (!ngx_consent_url_encoded(*p) && !(*p >= '#' && *p <= '&')
           && *p != '?' && *p != '\\' && !(*p == '.' && p[-1] == '/'))
    {
        p++;
    }

    return p;
}


static u_char *
ngx_consent_url_usual_odd(u_char *p, u_char amp)
{
    while (*p >= ' ' && *p != '#' && *p != amp) {
        p++;
    }

    return p;
}


#endif
