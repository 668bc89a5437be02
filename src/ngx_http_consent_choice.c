
/*
 * The visitor's choice: told as JSON, and taken from a form or from JSON.
 */

#include "ngx_http_consent_pages.h"


static void ngx_http_consent_put_list(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx);
static void ngx_http_consent_put_categories(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx);
static void ngx_http_consent_put_chosen(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx);

static void ngx_http_consent_choice_body(ngx_http_request_t *r);
static ngx_int_t ngx_http_consent_choice_take(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_choice_copy(ngx_http_request_t *r,
    ngx_str_t *body);
static ngx_int_t ngx_http_consent_choice_answer(ngx_http_request_t *r,
    ngx_str_t *from);
static ngx_uint_t ngx_http_consent_choice_type(ngx_http_request_t *r,
    char *type);


static char  ngx_http_consent_form_type[] =
    "application/x-www-form-urlencoded";
static char  ngx_http_consent_json_type[] = "application/json";

static char  ngx_http_consent_too_long[] =
    "a choice has at most "
    ngx_value(NGX_HTTP_CONSENT_MAX_BODY) " bytes";


/* in the order of ngx_consent_state_e */

static ngx_str_t  ngx_http_consent_choice_states[] = {
    ngx_string("invalid"),
    ngx_string("unset"),
    ngx_string("implied"),
    ngx_string("decided")
};


ngx_int_t
ngx_http_consent_choice_get(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_int_t               apart;
    ngx_http_consent_out_t  out;

    ngx_http_consent_out_init(&out, r->pool);

    ngx_http_consent_put(&out, "{\"state\":\"");
    ngx_http_consent_put_json(&out,
                          &ngx_http_consent_choice_states[ctx->grant.state]);
    ngx_http_consent_put(&out, "\",\"granted\":[");
    ngx_http_consent_put_list(&out, ctx);
    ngx_http_consent_put(&out, "],\"categories\":{");
    ngx_http_consent_put_categories(&out, ctx);
    ngx_http_consent_put(&out, "},\"providers\":{");
    ngx_http_consent_put_chosen(&out, ctx);
    ngx_http_consent_put(&out, "}");

    apart = ngx_http_consent_variant_apart(ctx->binding->table, &ctx->grant);

    if (apart) {
        ngx_http_consent_put(&out, ",\"apart\":");
        ngx_http_consent_put_number(&out, apart);
    }

    /* of a choice that no longer counts nothing is told */

    if (ctx->choice.state == NGX_CONSENT_DECIDED) {

        if (ctx->choice.time) {
            ngx_http_consent_put(&out, ",\"time\":");
            ngx_http_consent_put_number(&out, ctx->choice.time);
        }

        if (ctx->choice.revision >= 0) {
            ngx_http_consent_put(&out, ",\"revision\":");
            ngx_http_consent_put_number(&out, ctx->choice.revision);
        }

        if (ctx->choice.id.len) {
            ngx_http_consent_put(&out, ",\"id\":\"");
            ngx_http_consent_put_json(&out, &ctx->choice.id);
            ngx_http_consent_put(&out, "\"");
        }
    }

    if (ctx->source) {
        ngx_http_consent_put(&out, ",\"source\":\"");
        ngx_http_consent_put_json(&out, &ctx->source->asked.format->name);
        ngx_http_consent_put(&out, "\"");
    }

    ngx_http_consent_put(&out, "}\n");

    return ngx_http_consent_send(r, NGX_HTTP_OK, ngx_http_consent_json_type,
                                 &out);
}


/* the accepted ones; those that are required are no choice */

static void
ngx_http_consent_put_list(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                     i, n, listed;
    const ngx_consent_category_t  *category;

    category = ngx_consent_table_categories(ctx->binding->table, &n);
    listed = 0;

    for (i = 0; i < n; i++) {

        if (category[i].required
            || !(ctx->grant.mask & ((ngx_consent_mask_t) 1 << i)))
        {
            continue;
        }

        if (listed++) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_put(out, "\"");
        ngx_http_consent_put_json(out, &category[i].name);
        ngx_http_consent_put(out, "\"");
    }
}


static void
ngx_http_consent_put_categories(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                     i, n;
    const ngx_consent_category_t  *category;

    category = ngx_consent_table_categories(ctx->binding->table, &n);

    for (i = 0; i < n; i++) {

        if (i) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_put(out, "\"");
        ngx_http_consent_put_json(out, &category[i].name);

        if (ctx->grant.mask & ((ngx_consent_mask_t) 1 << i)) {
            ngx_http_consent_put(out, "\":true");

        } else {
            ngx_http_consent_put(out, "\":false");
        }
    }
}


/* by key: each that is chosen by itself */

static void
ngx_http_consent_put_chosen(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                            i, n, listed;
    const ngx_consent_provider_t *const  *provider;

    provider = ngx_consent_table_providers(ctx->binding->table, &n);
    listed = 0;

    for (i = 0; i < n; i++) {

        if (provider[i]->key.len == 0) {
            continue;
        }

        if (listed++) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_put(out, "\"");
        ngx_http_consent_put_json(out, &provider[i]->key);

        if (ngx_consent_table_chosen(&ctx->grant, provider[i])) {
            ngx_http_consent_put(out, "\":true");

        } else {
            ngx_http_consent_put(out, "\":false");
        }
    }
}


/* As the policy has them for categories: none is checked beforehand. */

void
ngx_http_consent_put_boxes(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                            i, n;
    const ngx_consent_provider_t *const  *provider;

    provider = ngx_consent_table_providers(ctx->binding->table, &n);

    for (i = 0; i < n; i++) {

        if (provider[i]->key.len == 0) {
            continue;
        }

        ngx_http_consent_put(out, "<p><label><input type=\"checkbox\" "
                                  "name=\"accept\" value=\"");
        ngx_http_consent_put_html(out, &provider[i]->key);
        ngx_http_consent_put(out, "\"");

        if (ctx->grant.state == NGX_CONSENT_DECIDED
            && ngx_consent_table_chosen(&ctx->grant, provider[i]))
        {
            ngx_http_consent_put(out, " checked");
        }

        ngx_http_consent_put(out, "> ");
        ngx_http_consent_put_html(out, &provider[i]->name);
        ngx_http_consent_put(out, "</label></p>\n");
    }
}


ngx_int_t
ngx_http_consent_choice_post(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    char        *reason;
    ngx_int_t    rc;
    ngx_uint_t   status;

    if (ngx_http_consent_own_source(ctx) == NULL) {
        ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                      "a choice cannot be kept, \"consent_source cookie\" is "
                      "not configured");
        return NGX_HTTP_NOT_FOUND;
    }

    status = NGX_HTTP_FORBIDDEN;
    reason = ngx_http_consent_foreign(r, ctx);

    if (reason == NULL
        && !ngx_http_consent_choice_type(r, ngx_http_consent_form_type)
        && !ngx_http_consent_choice_type(r, ngx_http_consent_json_type))
    {
        status = NGX_HTTP_UNSUPPORTED_MEDIA_TYPE;
        reason = "a choice is \"application/x-www-form-urlencoded\" or "
                 "\"application/json\"";
    }

    if (reason == NULL
        && r->headers_in.content_length_n > NGX_HTTP_CONSENT_MAX_BODY)
    {
        status = NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
        reason = ngx_http_consent_too_long;
    }

    if (reason) {
        rc = ngx_http_discard_request_body(r);

        if (rc != NGX_OK) {
            return rc;
        }

        return ngx_http_consent_send_text(r, status, reason, NULL);
    }

    r->request_body_in_single_buf = 1;

    rc = ngx_http_read_client_request_body(r, ngx_http_consent_choice_body);

    if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
        return rc;
    }

    return NGX_DONE;
}


static void
ngx_http_consent_choice_body(ngx_http_request_t *r)
{
    ngx_int_t                rc;
    ngx_http_consent_ctx_t  *ctx;

    rc = NGX_HTTP_INTERNAL_SERVER_ERROR;

    ctx = ngx_http_consent_decide(r);

    if (ctx) {
        rc = ngx_http_consent_choice_take(r, ctx);
    }

    ngx_http_finalize_request(r, rc);
}


static ngx_int_t
ngx_http_consent_choice_take(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char                *buf;
    ngx_int_t              rc;
    ngx_str_t              body, from;
    ngx_consent_grant_t    before;
    ngx_consent_choice_t   choice;

    rc = ngx_http_consent_choice_copy(r, &body);

    if (rc == NGX_DECLINED) {
        return ngx_http_consent_send_text(r, NGX_HTTP_REQUEST_ENTITY_TOO_LARGE,
                                          ngx_http_consent_too_long, NULL);
    }

    if (rc != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_memzero(&choice, sizeof(ngx_consent_choice_t));

    if (ngx_http_consent_choices(r, ctx, &choice) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_http_consent_choice_type(r, ngx_http_consent_json_type)) {
        rc = ngx_consent_choice_json(&choice, body.data, body.len);

    } else {
        buf = ngx_pnalloc(r->pool, body.len + 1);
        if (buf == NULL) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        rc = ngx_consent_choice_form(&choice, body.data, body.len, buf);
    }

    if (rc != NGX_OK) {
        return ngx_http_consent_send_text(r, NGX_HTTP_BAD_REQUEST,
                            choice.reason,
                            choice.subject.data ? &choice.subject : NULL);
    }

    from = choice.to;

    if (from.data == NULL && ngx_http_consent_came_from(r, &from) != NGX_OK) {
        ngx_str_null(&from);
    }

    if (ngx_http_consent_record(r, ctx, &choice, &before) != NGX_OK
        || ngx_http_consent_withdraw(r, ctx, &before, &from) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_consent_choice_answer(r, &from);
}


/*
 * The body in one piece, wherever it came to lie: in several buffers when it
 * was chunked, in a file when client_body_buffer_size is small.  NGX_DECLINED:
 * it is too long.
 */

static ngx_int_t
ngx_http_consent_choice_copy(ngx_http_request_t *r, ngx_str_t *body)
{
    off_t         size;
    u_char       *p;
    ssize_t       n;
    ngx_buf_t    *b;
    ngx_chain_t  *cl, *bufs;

    /* of a subrequest nobody has read one */

    bufs = r->request_body ? r->request_body->bufs : NULL;
    size = 0;

    for (cl = bufs; cl; cl = cl->next) {

        size += ngx_buf_size(cl->buf);

        if (size > NGX_HTTP_CONSENT_MAX_BODY) {
            return NGX_DECLINED;
        }
    }

    p = ngx_pnalloc(r->pool, (size_t) size + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    body->data = p;
    body->len = (size_t) size;

    for (cl = bufs; cl; cl = cl->next) {

        b = cl->buf;
        size = ngx_buf_size(b);

        if (ngx_buf_in_memory(b)) {
            p = ngx_cpymem(p, b->pos, (size_t) size);
            continue;
        }

        if (size == 0) {
            continue;
        }

        n = ngx_read_file(b->file, p, (size_t) size, b->file_pos);

        if (n != (ssize_t) size) {
            return NGX_ERROR;
        }

        p += n;
    }

    return NGX_OK;
}


/* Back to where the visitor came from, if that is known and of use. */

static ngx_int_t
ngx_http_consent_choice_answer(ngx_http_request_t *r, ngx_str_t *from)
{
    if (from->data == NULL
        || ngx_http_consent_choice_type(r, ngx_http_consent_json_type)
        || ngx_http_consent_wants_json(r))
    {
        return ngx_http_consent_send_empty(r);
    }

    return ngx_http_consent_redirect(r, from);
}


/* 1 if the body is of that type, whatever its parameters */

static ngx_uint_t
ngx_http_consent_choice_type(ngx_http_request_t *r, char *type)
{
    size_t      len;
    ngx_str_t  *value;

    if (r->headers_in.content_type == NULL) {
        return 0;
    }

    len = ngx_strlen(type);
    value = &r->headers_in.content_type->value;

    if (value->len < len
        || ngx_strncasecmp(value->data, (u_char *) type, len) != 0)
    {
        return 0;
    }

    return value->len == len || value->data[len] == ';'
           || value->data[len] == ' ' || value->data[len] == '\t';
}
