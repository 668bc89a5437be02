
/*
 * How URLs are judged that a response brings, in its body or in its headers.
 */

#include "ngx_http_consent.h"


void
ngx_http_consent_rules(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_consent_rules_t *rules)
{
    u_char                       *p;
    ngx_http_consent_loc_conf_t  *conf;

    ngx_memzero(rules, sizeof(ngx_consent_rules_t));

    conf = ctx->conf;

    rules->table = ctx->binding->table;
    rules->grant = ctx->grant;

    if (conf->unknown_urls) {
        rules->unknown = conf->unknown_urls->what;
        rules->unknown_needs = ctx->binding->unknown_urls;
    }

    if (conf->first_party) {
        rules->first = conf->first_party->elts;
        rules->nfirst = conf->first_party->nelts;
    }

    /* the URL that the browser asked for: relative ones count from there */

    rules->self.scheme = NGX_CONSENT_URL_HTTP;
    rules->self.web = ngx_http_consent_web(r);
    rules->self.host = r->headers_in.server;
    rules->self.path = r->unparsed_uri;

    p = ngx_strlchr(r->unparsed_uri.data,
                    r->unparsed_uri.data + r->unparsed_uri.len, '?');
    if (p) {
        rules->self.path.len = p - r->unparsed_uri.data;
    }
}


/*
 * The scheme that the browser sees, if it is known: a proxy in front may speak
 * TLS, and then says so in a header.
 */

ngx_consent_url_web_e
ngx_http_consent_web(ngx_http_request_t *r)
{
    ngx_str_t        *name;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    static ngx_str_t  names[] = {
        ngx_string("X-Forwarded-Proto"),
        ngx_string("X-Forwarded-Ssl"),
        ngx_string("X-Forwarded-Scheme"),
        ngx_string("X-Forwarded-Port"),
        ngx_string("Front-End-Https"),
        ngx_string("CF-Visitor"),
        ngx_string("Forwarded"),
        ngx_string("Via"),
        ngx_null_string
    };

#if (NGX_HTTP_SSL)
    if (r->connection->ssl) {
        return NGX_CONSENT_URL_SECURE;
    }
#endif

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        for (name = names; name->len; name++) {
            if (h->key.len == name->len
                && ngx_strncasecmp(h->key.data, name->data, name->len) == 0)
            {
                return NGX_CONSENT_URL_ANY;
            }
        }
    }

    return NGX_CONSENT_URL_PLAIN;
}
