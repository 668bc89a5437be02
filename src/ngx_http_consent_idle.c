
/*
 * Requests and responses of which nothing depends on a choice: most are files
 * that are no pages, asked for by who has nothing that is refused.  They are
 * told by little, and no context is made for them; what asks for the grant all
 * the same gets it as ever.
 */

#include "ngx_http_consent.h"


static ngx_inline ngx_uint_t ngx_http_consent_request_is_idle(
    ngx_http_request_t *r, ngx_http_consent_loc_conf_t *conf,
    ngx_http_consent_seen_t *seen);
static ngx_uint_t ngx_http_consent_idle_headers(ngx_http_request_t *r,
    ngx_consent_table_t *table);


ngx_int_t
ngx_http_consent_request_handler(ngx_http_request_t *r)
{
    ngx_http_consent_ctx_t       *ctx;
    ngx_http_consent_seen_t       seen;
    ngx_http_consent_loc_conf_t  *conf;

    if (r != r->main) {
        return NGX_DECLINED;
    }

    ctx = ngx_http_consent_find_ctx(r);

    if (ctx) {
        return ngx_http_consent_enforce_request(r, ctx, NULL);
    }

    conf = ngx_http_get_module_loc_conf(r, ngx_http_consent_module);

    if (conf->table == NULL) {
        return NGX_DECLINED;
    }

    ngx_http_consent_see(r, &seen);

    seen.document = ngx_http_consent_like_document(r, conf, seen.dest);

    if (conf->fixed && ngx_http_consent_request_is_idle(r, conf, &seen)) {
        return NGX_DECLINED;
    }

    ctx = ngx_http_consent_new_ctx(r, &seen);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_consent_enforce_request(r, ctx, &seen);
}


static ngx_inline ngx_uint_t
ngx_http_consent_request_is_idle(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_seen_t *seen)
{
    ngx_uint_t                   known;
    ngx_http_consent_binding_t  *binding;

    if (seen->conditional || seen->ncookies > NGX_HTTP_CONSENT_SEEN
        || (seen->nedited && seen->document))
    {
        return 0;
    }

    binding = conf->fixed;

    if (seen->ncookies == 0) {
        known = ngx_http_consent_memo_host(r, binding->table);

    } else if (!ngx_http_consent_memo_free(r, conf, binding, seen, &known)) {
        return 0;
    }

    return !ngx_http_consent_collect_named(r, conf, binding, known);
}


/*
 * Without a context nothing was kept from the request, or from the origin; a
 * type that stands in a line of its own is the other filter's, as add_header's.
 */

ngx_uint_t
ngx_http_consent_entry_is_idle(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf)
{
    ngx_str_t  *type;

    type = &r->headers_out.content_type;

    if (conf->fixed == NULL
        || !ngx_http_consent_type_is_other(r, conf, type))
    {
        return 0;
    }

    /* most often nobody gives another one between the filters */

    ngx_http_set_ctx(r, type->data, ngx_http_consent_entry_filter_module);

    return 1;
}


ngx_uint_t
ngx_http_consent_response_is_idle(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf)
{
    uint64_t    names;
    ngx_str_t  *type;

    if (conf->fixed == NULL) {
        return 0;
    }

    type = &r->headers_out.content_type;

    if ((type->len == 0
         || type->data != ngx_http_get_module_ctx(r,
                                         ngx_http_consent_entry_filter_module))
        && !ngx_http_consent_type_is_other(r, conf, type))
    {
        return 0;
    }

    names = ngx_http_consent_names_of(&r->headers_out.headers);

    if (names & (conf->fixed->names|ngx_http_consent_name_bit("Content-Type")))
    {
        return ngx_http_consent_idle_headers(r, conf->fixed->table);
    }

    return 1;
}


/* 0 if one gives another type, or, by the table, depends on the choice. */

static ngx_uint_t
ngx_http_consent_idle_headers(ngx_http_request_t *r,
    ngx_consent_table_t *table)
{
    ngx_uint_t            i;
    ngx_list_part_t      *part;
    ngx_table_elt_t      *h;
    ngx_consent_grant_t   nothing;
    ngx_consent_match_t   m;

    ngx_memzero(&nothing, sizeof(ngx_consent_grant_t));

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash
            && (ngx_http_consent_header_is(h, "Content-Type")
                || ngx_http_consent_header_is(h, "Set-Cookie")
                || ngx_consent_field_name(&h->key) != NGX_CONSENT_FIELDS
                || ngx_consent_table_find_header(table, &h->key, &nothing, &m)
                   == NGX_OK))
        {
            return 0;
        }
    }

    return 1;
}
