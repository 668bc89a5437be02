
/*
 * The response's headers: refused cookies and headers out, what caches must
 * know in, and the body filter made ready.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_header_filter(ngx_http_request_t *r);
static ngx_int_t ngx_http_consent_filter_response(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_filter_headers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_filter_other(
    ngx_http_consent_fields_t *fields, ngx_table_elt_t *h);
#if (nginx_version >= 1029000)
static ngx_int_t ngx_http_consent_early_hints_filter(ngx_http_request_t *r);
#endif


static ngx_http_output_header_filter_pt  ngx_http_next_header_filter;
#if (nginx_version >= 1029000)
static ngx_http_output_header_filter_pt  ngx_http_next_early_hints_filter;
#endif


static ngx_int_t
ngx_http_consent_header_filter(ngx_http_request_t *r)
{
    ngx_http_consent_ctx_t       *ctx;
    ngx_http_consent_loc_conf_t  *conf;

    if (r != r->main) {
        return ngx_http_next_header_filter(r);
    }

    ctx = ngx_http_consent_find_ctx(r);
    conf = ngx_http_get_module_loc_conf(r, ngx_http_consent_module);

    if (ctx == NULL
        && (conf->table == NULL || ngx_http_consent_response_is_idle(r, conf)))
    {
        return ngx_http_next_header_filter(r);
    }

    if (ctx == NULL || ctx->conf != conf) {
        ctx = ngx_http_consent_decide(r);
        if (ctx == NULL) {
            return NGX_ERROR;
        }
    }

    return ngx_http_consent_filter_response(r, ctx);
}


static ngx_http_consent_apart ngx_int_t
ngx_http_consent_filter_response(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t   *encoding;
    ngx_int_t    depends, swept;
    ngx_uint_t   page;

    /* of a response that an error has replaced */
    ctx->body = NULL;

    /* also where what answers instead stands where consent is off */
    ngx_http_consent_inflated(r, ctx);

    if (ctx->binding == NULL) {
        return ngx_http_next_header_filter(r);
    }

    depends = ngx_http_consent_filter_headers(r, ctx);
    if (depends == NGX_ERROR) {
        return NGX_ERROR;
    }

    swept = ngx_http_consent_sweep(r, ctx);
    if (swept == NGX_ERROR) {
        return NGX_ERROR;
    }

    depends |= swept;

    page = ngx_http_consent_edits_pages(ctx->conf)
           && ngx_http_consent_is_page(r, ctx);

    /* the entry filter did not know what add_header has added */

    if (page && !ctx->report
        && ngx_http_consent_validate_late(r, ctx) != NGX_OK)
    {
        return NGX_ERROR;
    }

    /* a 304 says what a page says */

    if ((page || ctx->page || depends || ctx->by_choice) && !ctx->report
        && ngx_http_consent_tell_caches(r, ctx, page || ctx->page) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (!page || r->headers_out.content_length_n == 0) {
        return ngx_http_next_header_filter(r);
    }

    if (ngx_http_consent_head(r, ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ctx->head.len == 0 && !ngx_http_consent_banner_fits(r, ctx)
        && !ngx_http_consent_body_judged(ctx))
    {
        return ngx_http_next_header_filter(r);
    }

    encoding = ngx_http_consent_encoding(r);

    if (encoding && !ngx_http_consent_body_judged(ctx)) {
        ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                      "\"%s\" put nothing into a page that came encoded as "
                      "\"%V\"",
                      !ctx->head.len ? "consent_banner"
                      : ctx->conf->gcm ? "consent_gcm" : "consent_guard",
                      encoding);

        return ngx_http_next_header_filter(r);
    }

    if (encoding) {

        ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_OPAQUE, NULL);

        ngx_log_error(NGX_LOG_WARN, r->connection->log, 0,
                      "a page came encoded as \"%V\" and could not be read, "
                      "\"gunzip on\" inflates gzip",
                      encoding);

        /* what answers instead may say it too: once is enough */

        if (ctx->conf->opaque == NGX_HTTP_CONSENT_OPAQUE_BLOCK
            && !ctx->report && !r->filter_finalize)
        {
            return ngx_http_filter_finalize_request(r,
                                                    &ngx_http_consent_module,
                                                    NGX_HTTP_BAD_GATEWAY);
        }

        /* who has it shall get the page as soon as it can be read */

        if (!ctx->report) {
            ngx_http_clear_etag(r);
        }

        return ngx_http_next_header_filter(r);
    }

    if (!r->header_only && ngx_http_consent_body_start(r, ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    r->main_filter_need_in_memory = 1;

    if (!ctx->report) {
        ngx_http_clear_content_length(r);
        ngx_http_clear_accept_ranges(r);

        /* slice asks for the rest as the request has it */
        r->headers_in.range = NULL;
    }

    return ngx_http_next_header_filter(r);
}


/*
 * 1 if what is left depends on the choice, 0, or NGX_ERROR.  One pass: most
 * responses have few headers that count.
 */

static ngx_int_t
ngx_http_consent_filter_headers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    uint64_t                    names, wanted, bit;
    ngx_int_t                   rc;
    ngx_uint_t                  depends, begun, granted;
    ngx_list_part_t            *part;
    ngx_table_elt_t            *h, *last;
    ngx_http_consent_fields_t   fields;

    wanted = ctx->binding->names;

    names = 0;
    depends = 0;
    begun = 0;
    granted = 0;

    for (part = &r->headers_out.headers.part; part; part = part->next) {

        h = part->elts;

        for (last = h + part->nelts; h < last; h++) {

            bit = ngx_http_consent_header_bit(h);
            names |= bit;

            if (!(bit & wanted) || h->hash == 0) {
                continue;
            }

            if (!begun) {
                begun = 1;

                ngx_http_consent_fields_init(&fields, r, ctx);

                granted = ctx->conf->lifetime == NGX_HTTP_CONSENT_LIFETIME_OFF
                          && !ngx_http_consent_may_refuse(ctx);
            }

            if (!ngx_http_consent_header_is(h, "Set-Cookie")) {
                rc = ngx_http_consent_filter_other(&fields, h);

            } else if (depends && granted) {

                /* once one of them depends on it, the others add nothing */

                continue;

            } else {
                rc = ngx_http_consent_filter_set_cookie(r, ctx, h);
            }

            if (rc == NGX_ERROR) {
                return NGX_ERROR;
            }

            depends |= rc;
        }
    }

    ctx->names = names;

    if (!begun) {
        return 0;
    }

    rc = ngx_http_consent_fields_end(&fields);
    if (rc == NGX_ERROR) {
        return NGX_ERROR;
    }

    return depends | rc;
}


/* The same of one header that is no Set-Cookie. */

static ngx_int_t
ngx_http_consent_filter_other(ngx_http_consent_fields_t *fields,
    ngx_table_elt_t *h)
{
    ngx_int_t                rc;
    ngx_uint_t               depends;
    ngx_consent_match_t      m;
    ngx_http_consent_ctx_t  *ctx;

    ctx = fields->ctx;
    depends = 0;

    if (ngx_consent_table_find_header(ctx->binding->table, &h->key,
                                      &ctx->grant, &m)
        == NGX_OK && m.needs)
    {
        depends = 1;

        if (m.missing) {

            ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_HEADER, m.row);

            if (!ctx->report) {
                h->hash = 0;
            }

            return 1;
        }
    }

    rc = ngx_http_consent_filter_field(fields, h);

    return (rc == NGX_ERROR) ? NGX_ERROR : (ngx_int_t) (depends | rc);
}


uint64_t
ngx_http_consent_row_names(const ngx_consent_table_t *table)
{
    uint64_t                         names;
    ngx_uint_t                       i, n;
    const ngx_str_t                 *name;
    const ngx_consent_row_t *const  *row;

    names = ngx_http_consent_name_bit("Set-Cookie")
            | ngx_http_consent_name_bit("Link")
            | ngx_http_consent_name_bit("Refresh")
            | ngx_http_consent_name_bit("Content-Security-Policy")
            | ngx_http_consent_name_bit("Content-Security-Policy-Report-Only")
            | ngx_http_consent_name_bit("Reporting-Endpoints")
            | ngx_http_consent_name_bit("Report-To")
            | ngx_http_consent_name_bit("NEL")
            | ngx_http_consent_name_bit("Speculation-Rules");

    row = ngx_consent_table_rows(table, &n);

    for (i = 0; i < n; i++) {

        if (row[i]->kind != NGX_CONSENT_ROW_HEADER) {
            continue;
        }

        name = &row[i]->pattern;

        names |= ngx_strlchr(name->data, name->data + name->len, '*')
                 ? NGX_HTTP_CONSENT_ALL_NAMES
                 : ngx_http_consent_bit(name->len, name->data[name->len - 1]);
    }

    return names;
}


ngx_table_elt_t *
ngx_http_consent_add_header(ngx_http_request_t *r, char *name, ngx_str_t *value)
{
    ngx_table_elt_t  *h;

    h = ngx_list_push(&r->headers_out.headers);
    if (h == NULL) {
        return NULL;
    }

    h->hash = 1;
    h->key.data = (u_char *) name;
    h->key.len = ngx_strlen(name);
    h->value = *value;
    h->lowcase_key = NULL;
#if (nginx_version >= 1023000)
    h->next = NULL;
#endif

    return h;
}


#if (nginx_version >= 1029000)

static ngx_int_t
ngx_http_consent_early_hints_filter(ngx_http_request_t *r)
{
    ngx_http_consent_ctx_t  *ctx;

    if (r != r->main || ngx_http_consent_is_off(r)) {
        return ngx_http_next_early_hints_filter(r);
    }

    /* a browser acts on the headers of a 103 as on those of the response */

    ctx = ngx_http_consent_decide(r);
    if (ctx == NULL) {
        return NGX_ERROR;
    }

    if (ctx->binding && ngx_http_consent_filter_headers(r, ctx) == NGX_ERROR) {
        return NGX_ERROR;
    }

    return ngx_http_next_early_hints_filter(r);
}

#endif


ngx_int_t
ngx_http_consent_header_filter_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_consent_header_filter;

#if (nginx_version >= 1029000)
    ngx_http_next_early_hints_filter = ngx_http_top_early_hints_filter;
    ngx_http_top_early_hints_filter = ngx_http_consent_early_hints_filter;
#endif

    return NGX_OK;
}
