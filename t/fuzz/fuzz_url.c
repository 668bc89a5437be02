
/*
 * Whatever a URL is made of, what comes out is a lower-case host and a path
 * without dot segments, inside the buffer or the base, in every encoding.  A
 * tab changes nothing, though it keeps a URL from being read as a usual one.  A
 * srcset splits into the same candidates as its decoded value.
 */

#include <stdlib.h>

#include "ngx_consent_entity.h"
#include "ngx_consent_url.h"


static void
expect(int ok)
{
    if (!ok) {
        abort();
    }
}


static int
inside(const ngx_str_t *s, const u_char *p, size_t len)
{
    return s->len == 0 || (s->data >= p && s->data + s->len <= p + len);
}


static int
same(const ngx_str_t *a, const ngx_str_t *b)
{
    return a->len == b->len
           && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}


static void
check_url(u_char *value, size_t len, ngx_uint_t flags,
    const ngx_consent_url_t *base)
{
    size_t              i;
    u_char             *buf, again[NGX_CONSENT_URL_MAX];
    u_char              absolute[NGX_CONSENT_URL_MAX];
    ngx_consent_url_t   u, v;

    buf = malloc(NGX_CONSENT_URL_MAX);

    ngx_consent_url_parse(&u, value, len, flags, base, buf);

    if (u.scheme != NGX_CONSENT_URL_HTTP) {
        expect(u.host.len == 0 && u.path.len == 0);
        free(buf);
        return;
    }

    expect(inside(&u.path, buf, NGX_CONSENT_URL_MAX) && u.path.len
           && u.path.data[0] == '/');
    expect(u.relative || (u.host.len
                          && inside(&u.host, buf, NGX_CONSENT_URL_MAX)));
    expect(inside(&u.args, buf, NGX_CONSENT_URL_MAX)
           || (base && u.args.data == base->args.data));

    for (i = 0; i < u.host.len; i++) {
        expect(u.host.data[i] == ngx_consent_tolower(u.host.data[i]));
    }

    for (i = 0; i + 1 < u.path.len && !u.cut; i++) {

        if (u.path.data[i] != '/' || u.path.data[i + 1] != '.') {
            continue;
        }

        i += 2;

        if (i < u.path.len && u.path.data[i] == '.') {
            i++;
        }

        expect(i < u.path.len && u.path.data[i] != '/');
        i--;
    }

    /* an absolute host that is ASCII is the same when it is read again */

    if (!u.relative && !u.cut && u.host.len + 4 < NGX_CONSENT_URL_MAX
        && memchr(u.host.data, '%', u.host.len) == NULL
        && u.host.data[u.host.len - 1] != '.'
        && u.host.data[u.host.len - 1] != ' ')
    {
        for (i = 0; i < u.host.len; i++) {
            if (u.host.data[i] >= 0x80
                || memchr("/\\?#@:[]", u.host.data[i], 8))
            {
                free(buf);
                return;
            }
        }

        absolute[0] = '/';
        absolute[1] = '/';
        memcpy(absolute + 2, u.host.data, u.host.len);

        ngx_consent_url_parse(&v, absolute, u.host.len + 2, 0, NULL, again);
        expect(same(&u.host, &v.host));
    }

    free(buf);
}


/* what is dropped before a URL is parsed (URL 4.4) */

static void
check_tab(const u_char *value, size_t len, ngx_uint_t flags,
    const ngx_consent_url_t *base)
{
    size_t              at;
    u_char             *tab, a[NGX_CONSENT_URL_MAX], b[NGX_CONSENT_URL_MAX];
    ngx_consent_url_t   u, v;

    for (at = 0; at < len && value[at] <= ' '; at++) { /* void */ }

    if (at == len || value[at] == '&') {
        return;
    }

    at++;

    tab = malloc(len + 1);

    memcpy(tab, value, at);
    tab[at] = '\t';
    memcpy(tab + at + 1, value + at, len - at);

    ngx_consent_url_parse(&u, (u_char *) value, len, flags, base, a);
    ngx_consent_url_parse(&v, tab, len + 1, flags, base, b);

    expect(u.scheme == v.scheme && u.web == v.web && u.cut == v.cut
           && u.relative == v.relative && u.eight_bit == v.eight_bit);
    expect(same(&u.host, &v.host));
    expect(same(&u.path, &v.path) && same(&u.args, &v.args));

    free(tab);
}


/* the standard's splitting, of a value without references */

static int
space(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}


static int
next_plain(u_char **pos, u_char *last, ngx_str_t *url)
{
    int      parens = 0;
    u_char  *p = *pos;

    while (p < last && (space(*p) || *p == ',')) {
        p++;
    }

    if (p == last) {
        return 0;
    }

    url->data = p;

    while (p < last && !space(*p)) {
        p++;
    }

    url->len = p - url->data;
    *pos = p;

    if (url->data[url->len - 1] == ',') {
        while (url->data[url->len - 1] == ',') {
            url->len--;
        }

        return 1;
    }

    for ( /* void */ ; p < last && (parens || *p != ','); p++) {
        parens = *p == '(' ? 1 : *p == ')' ? 0 : parens;
    }

    *pos = p;

    return 1;
}


static void
check_srcset(u_char *value, size_t len, const ngx_consent_url_t *base)
{
    size_t              n, ntext;
    u_char             *p, *last, *plain, *d, *q;
    u_char              a[NGX_CONSENT_URL_MAX], b[NGX_CONSENT_URL_MAX];
    u_char              text[NGX_CONSENT_ENTITY_MAX];
    ngx_str_t           url, other;
    ngx_consent_url_t   u, v;

    plain = malloc(2 * len + 1);
    d = plain;
    last = value + len;

    for (p = value; p < last; p += n) {

        n = *p == '&' ? ngx_consent_entity(p, last, text, &ntext) : 0;

        if (n == 0) {
            n = 1;
            *d++ = *p;

        } else {
            expect(ntext <= n + 1);
            memcpy(d, text, ntext);
            d += ntext;
        }
    }

    p = value;
    q = plain;

    while (ngx_consent_url_srcset(&p, last, &url) == NGX_OK) {

        expect(url.len && inside(&url, value, len) && p <= last);
        expect(next_plain(&q, d, &other));

        ngx_consent_url_parse(&u, url.data, url.len, NGX_CONSENT_URL_ATTR,
                              base, a);
        ngx_consent_url_parse(&v, other.data, other.len, 0, base, b);

        expect(u.cut == v.cut);

        /* a reference is never cut in two, its character may be */

        if (u.cut) {
            continue;
        }

        expect(u.scheme == v.scheme);
        expect(same(&u.host, &v.host));
        expect(same(&u.path, &v.path) && same(&u.args, &v.args));
    }

    expect(!next_plain(&q, d, &other) && p == last);

    free(plain);
}


static void
check_args(u_char *value, size_t len)
{
    u_char     *p, *last, *start, *buf;
    ngx_str_t   name, v;

    buf = malloc(16);
    p = value;
    last = value + len;

    for ( ;; ) {
        start = p;

        if (ngx_consent_url_arg(&p, last, &name, &v, buf, 16) != NGX_OK) {
            break;
        }

        expect(p > start && p <= last);
        expect(inside(&name, buf, 16) && inside(&v, buf, 16));
        expect(name.len + v.len <= 16);
    }

    expect(p == last);

    free(buf);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char             *value;
    ngx_uint_t          n;
    ngx_consent_url_t   base;

    memset(&base, 0, sizeof(base));
    base.scheme = NGX_CONSENT_URL_HTTP;
    base.host = (ngx_str_t) ngx_string("www.example.com");
    base.path = (ngx_str_t) ngx_string("/dir/page.html");
    base.args = (ngx_str_t) ngx_string("q=1");

    value = malloc(size ? size : 1);

    if (size) {
        memcpy(value, data, size);
    }

    check_url(value, size, 0, &base);
    check_url(value, size, NGX_CONSENT_URL_ATTR, &base);
    check_url(value, size, NGX_CONSENT_URL_ATTR, NULL);

    for (n = 1; n < NGX_CONSENT_URL_READINGS; n++) {
        check_url(value, size, NGX_CONSENT_URL_READING(n), &base);
    }

    check_tab(value, size, 0, &base);
    check_tab(value, size, NGX_CONSENT_URL_ATTR, &base);
    check_tab(value, size, NGX_CONSENT_URL_ATTR, NULL);

    check_srcset(value, size, &base);
    check_args(value, size);

    free(value);

    return 0;
}
