
/*
 * Cookies and Set-Cookie: spans lie inside the value, the pairs of a Cookie
 * header give it back, and what is clamped differs in Max-Age and Expires
 * alone.
 */

#include <stdlib.h>

#include "ngx_consent_clamp.h"
#include "ngx_consent_cookie.h"


#define NOW  1764000000


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
idle(const u_char *p, const u_char *last)
{
    for ( /* void */ ; p < last; p++) {
        if (*p != ' ' && *p != '\t' && *p != ';') {
            return 0;
        }
    }

    return 1;
}


static void check_found(u_char *value, u_char *last, ngx_str_t *name);


static void
check_cookies(u_char *value, size_t len)
{
    u_char                *p, *last, *seen;
    ngx_consent_cookie_t   c;

    p = value;
    seen = value;
    last = value + len;

    while (ngx_consent_cookie_next(&p, last, &c) == NGX_OK) {

        expect(c.pair.len && inside(&c.pair, value, len));
        expect(inside(&c.name, c.pair.data, c.pair.len));
        expect(inside(&c.value, c.pair.data, c.pair.len));
        expect(memchr(c.pair.data, ';', c.pair.len) == NULL);
        expect(c.name.len == 0
               || memchr(c.name.data, '=', c.name.len) == NULL);

        /* nothing but separators is left out */

        expect(idle(seen, c.pair.data));
        seen = c.pair.data + c.pair.len;
        expect(p >= seen && p <= last);

        check_found(value, last, &c.name);
    }

    expect(p == last && idle(seen, last));
}


/* a search for a name finds its pairs, and nothing else */

static void
check_found(u_char *value, u_char *last, ngx_str_t *name)
{
    u_char                *p, *q;
    ngx_consent_cookie_t   c, found;

    if (name->len == 0) {
        return;
    }

    p = value;
    q = value;

    while (ngx_consent_cookie_next(&p, last, &c) == NGX_OK) {

        if (c.name.len == name->len
            && memcmp(c.name.data, name->data, name->len) == 0)
        {
            expect(ngx_consent_cookie_find(&q, last, name, &found) == NGX_OK
                   && found.pair.data == c.pair.data && p == q);
        }
    }

    expect(ngx_consent_cookie_find(&q, last, name, &found) == NGX_DONE);
}


static void
check_set_cookie(u_char *value, size_t len)
{
    int64_t                    when;
    ngx_str_t                  name;
    ngx_consent_cookie_t       first;
    ngx_consent_set_cookie_t   c, life;
    u_char                    *p, *end;

    ngx_consent_set_cookie_parse(&c, value, len);

    expect(inside(&c.name, value, len) && inside(&c.value, value, len));
    expect(inside(&c.domain, value, len) && inside(&c.path, value, len));
    expect(!c.doubt || !ngx_consent_set_cookie_deletes(&c, NOW));

    /* the same where no more is asked */

    ngx_consent_set_cookie_name(&name, value, len);
    ngx_consent_set_cookie_life(&life, value, len);

    expect(name.len == c.name.len
           && (name.len == 0 || name.data == c.name.data));
    expect(life.has_max_age == c.has_max_age && life.max_age == c.max_age
           && life.has_expires == c.has_expires && life.expires == c.expires
           && life.doubt == c.doubt);

    /* both headers call a cookie the same */

    end = len ? memchr(value, ';', len) : NULL;
    end = end ? end : value + len;
    p = value;

    if (ngx_consent_cookie_next(&p, end, &first) == NGX_OK) {
        expect(first.name.len == c.name.len && first.value.len == c.value.len);
        expect(c.name.len == 0
               || memcmp(first.name.data, c.name.data, c.name.len) == 0);
    }

    if (ngx_consent_cookie_date(value, len, &when) == NGX_OK) {
        expect(when >= -11644473600LL && when < 253402300800LL);
    }
}


/* the next attribute that is no lifetime */

static int
other(u_char **p, u_char *last, ngx_consent_cookie_attr_t *a)
{
    while (ngx_consent_cookie_attr_next(p, last, a) == NGX_OK) {
        if (a->life == NGX_CONSENT_COOKIE_OTHER) {
            return 1;
        }
    }

    return 0;
}


static void
check_clamp(u_char *value, size_t len, int64_t limit)
{
    size_t                      n, first;
    u_char                     *out, *p, *q;
    ngx_consent_clamp_t         c;
    ngx_consent_set_cookie_t    s;
    ngx_consent_cookie_attr_t   a, b;

    static const ngx_str_t  max_age = ngx_string("3600");
    static const ngx_str_t  expires =
        ngx_string("Mon, 24 Nov 2025 17:00:00 GMT");

    c.now = NOW;
    c.limit = limit;
    c.max_age = max_age;
    c.expires = expires;

    if (len == 0 || !ngx_consent_clamp_over(&c, value, len)) {
        return;
    }

    n = ngx_consent_clamp(&c, value, len, NULL);
    out = malloc(n ? n : 1);
    expect(ngx_consent_clamp(&c, value, len, out) == n);

    p = memchr(value, ';', len);
    expect(p != NULL);
    first = p - value;
    expect(first <= n && memcmp(value, out, first) == 0);
    expect(n == 0 || !ngx_consent_clamp_over(&c, out, n));

    q = out + first;

    while (other(&p, value + len, &a)) {
        expect(other(&q, out + n, &b));
        expect(a.span.len == b.span.len
               && memcmp(a.span.data, b.span.data, a.span.len) == 0);
    }

    expect(!other(&q, out + n, &b));

    ngx_consent_set_cookie_parse(&s, out, n);
    expect(!s.has_max_age || s.max_age <= limit);
    expect(s.has_max_age || !s.has_expires || s.expires - NOW <= limit);
    expect(limit || (!s.has_max_age && !s.has_expires));

    free(out);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    u_char  *value;

    value = malloc(size ? size : 1);

    if (size) {
        memcpy(value, data, size);
    }

    check_cookies(value, size);
    check_set_cookie(value, size);
    check_clamp(value, size, 3600);
    check_clamp(value, size, 0);

    free(value);

    return 0;
}
