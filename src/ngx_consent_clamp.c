
#include "ngx_consent_clamp.h"
#include "ngx_consent_cookie.h"


static u_char *ngx_consent_clamp_attrs(u_char *value, size_t len);
static ngx_uint_t ngx_consent_clamp_exceeds(const ngx_consent_clamp_t *c,
    const ngx_consent_cookie_attr_t *a);
static size_t ngx_consent_clamp_put(u_char *out, size_t n, const u_char *p,
    size_t len);


ngx_uint_t
ngx_consent_clamp_over(const ngx_consent_clamp_t *c, u_char *value, size_t len)
{
    u_char                     *p, *last;
    ngx_uint_t                  any, over[3], seen[3], unread[3];
    ngx_consent_cookie_attr_t   a;

    memset(over, 0, sizeof(over));
    memset(seen, 0, sizeof(seen));
    memset(unread, 0, sizeof(unread));

    any = 0;
    p = ngx_consent_clamp_attrs(value, len);
    last = value + len;

    while (ngx_consent_cookie_attr_next(&p, last, &a) == NGX_OK) {

        if (a.life == NGX_CONSENT_COOKIE_OTHER) {
            continue;
        }

        over[a.life] = ngx_consent_clamp_exceeds(c, &a);
        any |= over[a.life];

        if (a.readable) {
            seen[a.life] = 1;

        } else {
            unread[a.life] = 1;
        }
    }

    if (!any) {
        return 0;
    }

    if (seen[NGX_CONSENT_COOKIE_MAX_AGE] && !unread[NGX_CONSENT_COOKIE_MAX_AGE])
    {
        return over[NGX_CONSENT_COOKIE_MAX_AGE];
    }

    if (!unread[NGX_CONSENT_COOKIE_MAX_AGE]
        && !unread[NGX_CONSENT_COOKIE_EXPIRES])
    {
        return over[NGX_CONSENT_COOKIE_EXPIRES];
    }

    return 1;
}


size_t
ngx_consent_clamp(const ngx_consent_clamp_t *c, u_char *value, size_t len,
    u_char *out)
{
    size_t                      n;
    u_char                     *p, *last, *end;
    const ngx_str_t            *to;
    ngx_consent_cookie_attr_t   a;

    p = ngx_consent_clamp_attrs(value, len);
    last = value + len;

    n = ngx_consent_clamp_put(out, 0, value, p - value);

    while (ngx_consent_cookie_attr_next(&p, last, &a) == NGX_OK) {

        if (a.life == NGX_CONSENT_COOKIE_OTHER
            || (c->limit > 0 && !ngx_consent_clamp_exceeds(c, &a)))
        {
            n = ngx_consent_clamp_put(out, n, a.span.data, a.span.len);
            continue;
        }

        if (c->limit == 0 || !a.readable) {
            continue;
        }

        to = (a.life == NGX_CONSENT_COOKIE_MAX_AGE) ? &c->max_age
                                                    : &c->expires;
        end = a.value.data + a.value.len;

        n = ngx_consent_clamp_put(out, n, a.span.data,
                                  a.value.data - a.span.data);
        n = ngx_consent_clamp_put(out, n, to->data, to->len);
        n = ngx_consent_clamp_put(out, n, end, p - end);
    }

    return n;
}


/* where the attributes begin */

static u_char *
ngx_consent_clamp_attrs(u_char *value, size_t len)
{
    u_char  *p;

    p = memchr(value, ';', len);

    return p ? p : value + len;
}


static ngx_uint_t
ngx_consent_clamp_exceeds(const ngx_consent_clamp_t *c,
    const ngx_consent_cookie_attr_t *a)
{
    int64_t  life;

    if (!a->readable && !a->doubt) {
        return 0;
    }

    life = (a->life == NGX_CONSENT_COOKIE_MAX_AGE) ? a->when
                                                   : a->when - c->now;

    return life > c->limit;
}


static size_t
ngx_consent_clamp_put(u_char *out, size_t n, const u_char *p, size_t len)
{
    if (out && len) {
        memcpy(out + n, p, len);
    }

    return n + len;
}
