
/*
 * Cookies, Set-Cookie and the module's own cookie: spans lie inside the value,
 * the pairs of a Cookie header give it back, and no broken choice is a grant.
 */

#include <stdlib.h>

#include "ngx_consent_cookie.h"
#include "ngx_consent_signal.h"


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
    }

    expect(p == last && idle(seen, last));
}


static void
check_set_cookie(u_char *value, size_t len)
{
    int64_t                    when;
    ngx_consent_cookie_t       first;
    ngx_consent_set_cookie_t   c;
    u_char                    *p, *end;

    ngx_consent_set_cookie_parse(&c, value, len);

    expect(inside(&c.name, value, len) && inside(&c.value, value, len));
    expect(inside(&c.domain, value, len) && inside(&c.path, value, len));
    expect(!c.doubt || !ngx_consent_set_cookie_deletes(&c, NOW));

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


static void
check_own(u_char *value, size_t len)
{
    ngx_str_t               s;
    ngx_consent_opinion_t   o, twice;
    ngx_consent_reading_t   r;

    static const ngx_consent_key_t  keys[] = {
        { ngx_string("performance"), 2 },
        { ngx_string("advertising"), 4 }
    };

    memset(&r, 0, sizeof(r));
    r.keys = keys;
    r.nkeys = 2;
    r.mapped = 6;
    r.now = NOW;
    r.max_age = NGX_CONSENT_COOKIE_MAX_AGE;
    r.revision = -1;

    s.data = value;
    s.len = len;

    ngx_consent_signal_own(&r, &s, &o);

    expect(inside(&o.id, value, len) && o.id.len <= NGX_CONSENT_COOKIE_MAX_ID);
    expect(!(o.granted & ~r.mapped) && !(o.granted & o.denied));

    switch (o.state) {

    case NGX_CONSENT_DECIDED:
        expect((o.granted | o.denied) == r.mapped);
        expect(o.time <= NOW + NGX_CONSENT_COOKIE_MAX_AHEAD
               && NOW - o.time <= NGX_CONSENT_COOKIE_MAX_AGE);
        break;

    case NGX_CONSENT_INVALID:
        expect(o.granted == 0 && o.denied == r.mapped);
        break;

    default:
        expect(o.state == NGX_CONSENT_UNSET && !o.granted && !o.denied);
    }

    twice = o;
    ngx_consent_signal_intersect(&twice, &o);

    expect(twice.state == o.state && twice.granted == o.granted
           && twice.denied == o.denied && twice.time == o.time);
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
    check_own(value, size);

    free(value);

    return 0;
}
