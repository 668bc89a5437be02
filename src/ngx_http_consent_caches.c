
/*
 * What caches behind us are told: browsers, proxies, CDNs.
 */

#include "ngx_http_consent.h"


static ngx_table_elt_t *ngx_http_consent_extend(ngx_http_request_t *r,
    ngx_table_elt_t *h, char *name, ngx_str_t *member);
static ngx_uint_t ngx_http_consent_has_member(ngx_str_t *list,
    ngx_str_t *member);


static ngx_str_t  ngx_http_consent_no_store = ngx_string("no-store");
static ngx_str_t  ngx_http_consent_private = ngx_string("private");
static ngx_str_t  ngx_http_consent_cookie = ngx_string("Cookie");
static ngx_str_t  ngx_http_consent_sec_gpc = ngx_string("Sec-GPC");
static ngx_str_t  ngx_http_consent_any = ngx_string("*");


/*
 * Whatever the grant is: a cache must not give what one visitor accepted to
 * another who refused, nor the other way round.
 */

ngx_int_t
ngx_http_consent_tell_caches(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h, *vary, *control;

    if (ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_OFF) {
        return NGX_OK;
    }

    vary = NULL;
    control = NULL;
    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Vary")) {

            if (ngx_http_consent_has_member(&h->value, &ngx_http_consent_any)) {
                return NGX_OK;
            }

            vary = h;
            continue;
        }

        if (ngx_http_consent_header_is(h, "Cache-Control")) {

            if (ngx_http_consent_has_member(&h->value,
                                            &ngx_http_consent_no_store))
            {
                return NGX_OK;
            }

            control = h;
        }
    }

    vary = ngx_http_consent_extend(r, vary, "Vary", &ngx_http_consent_cookie);

    if (vary && ctx->binding->gpc) {
        vary = ngx_http_consent_extend(r, vary, "Vary",
                                       &ngx_http_consent_sec_gpc);
    }

    if (vary == NULL) {
        return NGX_ERROR;
    }

    if ((ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_PRIVATE
         || ctx->personal)
        && ngx_http_consent_extend(r, control, "Cache-Control",
                                   &ngx_http_consent_private)
           == NULL)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


/*
 * Adds a member to the list that a header holds, or, h being NULL, the header
 * itself.  NULL: no memory.
 */

static ngx_table_elt_t *
ngx_http_consent_extend(ngx_http_request_t *r, ngx_table_elt_t *h, char *name,
    ngx_str_t *member)
{
    u_char  *p;

    if (h == NULL) {
        return ngx_http_consent_add_header(r, name, member);
    }

    if (ngx_http_consent_has_member(&h->value, member)) {
        return h;
    }

    p = ngx_pnalloc(r->pool, h->value.len + 2 + member->len);
    if (p == NULL) {
        return NULL;
    }

    h->value.len = ngx_sprintf(p, "%V, %V", &h->value, member) - p;
    h->value.data = p;

    return h;
}


static ngx_uint_t
ngx_http_consent_has_member(ngx_str_t *list, ngx_str_t *member)
{
    u_char  *p, *last, *token;

    p = list->data;
    last = p + list->len;

    while (p < last) {

        while (p < last && (*p == ' ' || *p == '\t' || *p == ',')) {
            p++;
        }

        token = p;

        while (p < last && *p != ' ' && *p != '\t' && *p != ',' && *p != '=') {
            p++;
        }

        if ((size_t) (p - token) == member->len
            && ngx_strncasecmp(token, member->data, member->len) == 0)
        {
            return 1;
        }

        while (p < last && *p != ',') {
            p++;
        }
    }

    return 0;
}
