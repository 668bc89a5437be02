
/*
 * Whether a response is meant for a shared cache, which might hand one
 * visitor's Set-Cookie to another (RFC 9111, 3).
 */

#include "ngx_http_consent.h"
#include "ngx_consent_list.h"


typedef struct {
    unsigned                  allows:1;
    unsigned                  forbids:1;
} ngx_http_consent_storing_t;


static void ngx_http_consent_storing(ngx_str_t *value,
    ngx_http_consent_storing_t *s);


/* Cache-Control's members that say who may store */

static struct {
    ngx_str_t                 name;
    unsigned                  forbids:1;
} ngx_http_consent_directives[] = {
    { ngx_string("no-store"), 1 },
    { ngx_string("private"), 1 },
    { ngx_string("public"), 0 },
    { ngx_string("max-age"), 0 },
    { ngx_string("s-maxage"), 0 },
    { ngx_null_string, 0 }
};


/*
 * What says nothing of storing can be made private; where that may not be
 * said, it counts as shared.
 */

ngx_uint_t
ngx_http_consent_is_shared(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    time_t                       expires;
    ngx_uint_t                   i;
    ngx_list_part_t             *part;
    ngx_table_elt_t             *h;
    ngx_http_consent_storing_t   s;

    s.forbids = 0;
    s.allows = (ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_OFF);

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Cache-Control")) {
            ngx_http_consent_storing(&h->value, &s);
            continue;
        }

        if (ngx_http_consent_header_is(h, "Expires")) {

            expires = ngx_parse_http_time(h->value.data, h->value.len);

            if (expires != NGX_ERROR && expires > ngx_time()) {
                s.allows = 1;
            }

            continue;
        }

        /* what varies by everything is not told anything more */

        if (ngx_http_consent_header_is(h, "Vary")
            && ngx_strlchr(h->value.data, h->value.data + h->value.len, '*'))
        {
            s.allows = 1;
            continue;
        }

        /* these caches mind no Cache-Control */

        if (ngx_http_consent_is_targeted(h)) {
            return 1;
        }
    }

    return s.allows && !s.forbids;
}


/* private="Set-Cookie" lets the rest be stored, max-age=0 nothing. */

static void
ngx_http_consent_storing(ngx_str_t *value, ngx_http_consent_storing_t *s)
{
    u_char                *p, *last;
    size_t                 rest;
    ngx_uint_t             i;
    ngx_consent_member_t   m;

    p = value->data;
    last = p + value->len;

    while (ngx_consent_list_next(&p, last, &m) == NGX_OK) {

        for (i = 0; ngx_http_consent_directives[i].name.len; i++) {

            if (!ngx_consent_list_named(&m,
                                        &ngx_http_consent_directives[i].name))
            {
                continue;
            }

            rest = m.member.len - m.name.len;

            if (ngx_http_consent_directives[i].forbids) {

                if (rest == 0) {
                    s->forbids = 1;

                } else {
                    s->allows = 1;
                }

            } else if (!(rest == 2 && m.member.data[m.member.len - 1] == '0')) {
                s->allows = 1;
            }

            break;
        }
    }
}
