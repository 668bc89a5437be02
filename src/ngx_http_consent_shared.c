
/*
 * Whether a response is meant for a shared cache, which might hand one
 * visitor's Set-Cookie to another (RFC 9111, 3).
 */

#include "ngx_http_consent.h"


static void ngx_http_consent_storing(ngx_str_t *value, ngx_uint_t *forbids,
    ngx_uint_t *allows);


/*
 * What says nothing of storing can be made private; where that may not be
 * said, it counts as shared.
 */

ngx_uint_t
ngx_http_consent_is_shared(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    time_t            expires;
    ngx_uint_t        i, forbids, allows;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    static ngx_str_t  targeted = ngx_string("CDN-Cache-Control");

    forbids = 0;
    allows = (ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_OFF);

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Cache-Control")) {
            ngx_http_consent_storing(&h->value, &forbids, &allows);
            continue;
        }

        if (ngx_http_consent_header_is(h, "Expires")) {

            expires = ngx_parse_http_time(h->value.data, h->value.len);

            if (expires != NGX_ERROR && expires > ngx_time()) {
                allows = 1;
            }

            continue;
        }

        /* what varies by everything is not told anything more */

        if (ngx_http_consent_header_is(h, "Vary")
            && ngx_strlchr(h->value.data, h->value.data + h->value.len, '*'))
        {
            allows = 1;
            continue;
        }

        /* these caches mind no Cache-Control (RFC 9213) */

        if (ngx_http_consent_header_is(h, "Surrogate-Control")
            || (h->key.len >= targeted.len
                && ngx_strncasecmp(h->key.data + h->key.len - targeted.len,
                                   targeted.data, targeted.len)
                   == 0))
        {
            return 1;
        }
    }

    return allows && !forbids;
}


static void
ngx_http_consent_storing(ngx_str_t *value, ngx_uint_t *forbids,
    ngx_uint_t *allows)
{
    size_t      len;
    u_char     *p, *last, *end;
    ngx_uint_t  i;

    static struct {
        ngx_str_t   directive;
        ngx_uint_t  forbids;
    } directives[] = {
        { ngx_string("no-store"), 1 },
        { ngx_string("private"), 1 },
        { ngx_string("public"), 0 },
        { ngx_string("max-age="), 0 },
        { ngx_string("s-maxage="), 0 },
        { ngx_null_string, 0 }
    };

    p = value->data;
    last = p + value->len;

    for ( /* void */ ; p < last; p = end + 1) {

        end = ngx_strlchr(p, last, ',');
        if (end == NULL) {
            end = last;
        }

        while (p < end && (*p == ' ' || *p == '\t')) {
            p++;
        }

        for (len = end - p; len && (p[len - 1] == ' ' || p[len - 1] == '\t');
             len--)
        {
            /* void */
        }

        for (i = 0; directives[i].directive.len; i++) {

            if (len < directives[i].directive.len
                || ngx_strncasecmp(p, directives[i].directive.data,
                                   directives[i].directive.len)
                   != 0)
            {
                continue;
            }

            p += directives[i].directive.len;
            len -= directives[i].directive.len;

            if (p[-1] != '=') {

                if (len == 0) {
                    *(directives[i].forbids ? forbids : allows) = 1;

                } else if (*p == '=') {

                    /* private="Set-Cookie" lets the rest be stored */

                    *allows = 1;
                }

            } else if (!(len == 1 && *p == '0')) {
                *allows = 1;
            }

            break;
        }
    }
}
