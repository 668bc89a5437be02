
/*
 * The response's headers: refused cookies and headers out, what caches must
 * know in, and the body filter made ready.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_header_filter(ngx_http_request_t *r);
static ngx_uint_t ngx_http_consent_filter_headers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_uint_t ngx_http_consent_filter_set_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h);
static ngx_str_t *ngx_http_consent_encoding(ngx_http_request_t *r);
static ngx_int_t ngx_http_consent_tell_caches(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_table_elt_t *ngx_http_consent_extend(ngx_http_request_t *r,
    ngx_table_elt_t *h, char *name, ngx_str_t *member);
static ngx_uint_t ngx_http_consent_has_member(ngx_str_t *list,
    ngx_str_t *member);


static ngx_http_output_header_filter_pt  ngx_http_next_header_filter;


static ngx_str_t  ngx_http_consent_no_store = ngx_string("no-store");
static ngx_str_t  ngx_http_consent_private = ngx_string("private");
static ngx_str_t  ngx_http_consent_cookie = ngx_string("Cookie");
static ngx_str_t  ngx_http_consent_sec_gpc = ngx_string("Sec-GPC");
static ngx_str_t  ngx_http_consent_any = ngx_string("*");


static ngx_int_t
ngx_http_consent_header_filter(ngx_http_request_t *r)
{
    ngx_str_t               *encoding;
    ngx_uint_t               page, depends;
    ngx_http_consent_ctx_t  *ctx;

    if (r != r->main) {
        return ngx_http_next_header_filter(r);
    }

    ctx = ngx_http_consent_decide(r);
    if (ctx == NULL) {
        return NGX_ERROR;
    }

    /* of a response that an error has replaced */
    ctx->body = NULL;

    if (ctx->binding == NULL) {
        return ngx_http_next_header_filter(r);
    }

#if (NGX_HTTP_GZIP)
    if (ctx->inflate) {
        ctx->inflate = 0;
        r->gzip_tested = 0;
    }
#endif

    depends = ngx_http_consent_filter_headers(r, ctx);

    page = ctx->conf->tags != NGX_HTTP_CONSENT_TAGS_OFF
           && ngx_http_consent_is_page(r, ctx);

    /* the entry filter did not know what add_header has added */

    if (page && !ctx->report) {
        ngx_http_clear_etag(r);
    }

    if ((page || depends) && !ctx->report
        && ngx_http_consent_tell_caches(r, ctx) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (!page || !ngx_http_consent_body_matters(ctx)) {
        return ngx_http_next_header_filter(r);
    }

    encoding = ngx_http_consent_encoding(r);

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

        return ngx_http_next_header_filter(r);
    }

    if (!r->header_only && ngx_http_consent_body_start(r, ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    r->main_filter_need_in_memory = 1;

    if (!ctx->report) {
        ngx_http_clear_content_length(r);
        ngx_http_clear_accept_ranges(r);
    }

    return ngx_http_next_header_filter(r);
}


/* 1 if what is left depends on the choice. */

static ngx_uint_t
ngx_http_consent_filter_headers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t            i, depends;
    ngx_list_part_t      *part;
    ngx_table_elt_t      *h;
    ngx_consent_match_t   m;

    depends = 0;
    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Set-Cookie")) {
            depends |= ngx_http_consent_filter_set_cookie(r, ctx, h);
            continue;
        }

        if (ngx_consent_table_find_header(ctx->binding->table, &h->key, &m)
            != NGX_OK || m.needs == 0)
        {
            continue;
        }

        depends = 1;

        if (m.needs & ~ctx->grant.mask) {

            ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_HEADER, m.row);

            if (!ctx->report) {
                h->hash = 0;
            }
        }
    }

    return depends;
}


static ngx_uint_t
ngx_http_consent_filter_set_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h)
{
    const ngx_consent_row_t    *row;
    ngx_consent_set_cookie_t    cookie;
    ngx_http_consent_cookie_e   what;

    ngx_consent_set_cookie_parse(&cookie, h->value.data, h->value.len);

    what = ngx_http_consent_judge_cookie(r, ctx, &cookie.name, &row);

    /* who refuses a cookie does not mind that it is deleted */

    if (what == NGX_HTTP_CONSENT_COOKIE_FREE
        || ngx_consent_set_cookie_deletes(&cookie, ngx_time()))
    {
        return 0;
    }

    if (what == NGX_HTTP_CONSENT_COOKIE_REFUSED) {

        ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_SET_COOKIE, row);

        if (!ctx->report) {
            h->hash = 0;
        }
    }

    return 1;
}


/*
 * What a page is encoded as; NULL: it is plain.  headers_out.content_encoding
 * knows neither add_header's line nor any but the last of several.
 */

static ngx_str_t *
ngx_http_consent_encoding(ngx_http_request_t *r)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0 || h->value.len == 0
            || !ngx_http_consent_header_is(h, "Content-Encoding"))
        {
            continue;
        }

        if (h->value.len != sizeof("identity") - 1
            || ngx_strncasecmp(h->value.data, (u_char *) "identity",
                               sizeof("identity") - 1)
               != 0)
        {
            return &h->value;
        }
    }

    return NULL;
}


/*
 * Whatever the grant is: a cache must not give what one visitor accepted to
 * another who refused, nor the other way round.
 */

static ngx_int_t
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

    if (ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_PRIVATE
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


ngx_int_t
ngx_http_consent_header_filter_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_consent_header_filter;

    return NGX_OK;
}
