
/*
 * What consent_pages answers under consent_uri: which page is asked for, and
 * how all of them answer.
 */

#include "ngx_http_consent_pages.h"


/* of what a visitor has sent, so much is said back */
#define NGX_HTTP_CONSENT_MAX_SUBJECT  64


typedef ngx_int_t (*ngx_http_consent_page_pt)(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);


typedef struct {
    ngx_str_t                 name;     /* what follows consent_uri */
    ngx_str_t                 allow;    /* methods, as 405 tells them */
    ngx_http_consent_page_pt  get;
    ngx_http_consent_page_pt  post;     /* NULL: cannot be posted to */
} ngx_http_consent_resource_t;


static ngx_int_t ngx_http_consent_index_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_http_consent_resource_t *ngx_http_consent_resource(
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx);
static ngx_uint_t ngx_http_consent_is_resource(const ngx_str_t *pattern,
    const u_char *name, size_t len);
static ngx_int_t ngx_http_consent_not_allowed(ngx_http_request_t *r,
    ngx_http_consent_resource_t *page);
static ngx_buf_t *ngx_http_consent_out_grow(ngx_http_consent_out_t *out);
static ngx_int_t ngx_http_consent_send_header(ngx_http_request_t *r,
    ngx_uint_t status, off_t size, const ngx_str_t *control);


static ngx_http_consent_resource_t  ngx_http_consent_resources[] = {

    { ngx_string(""), ngx_string("GET, HEAD"),
      ngx_http_consent_index_get, NULL },

    { ngx_string("choice"), ngx_string("GET, HEAD, POST"),
      ngx_http_consent_choice_get, ngx_http_consent_choice_post },

    { ngx_string("policy"), ngx_string("GET, HEAD"),
      ngx_http_consent_policy_get, NULL },

    { ngx_string("policy.json"), ngx_string("GET, HEAD"),
      ngx_http_consent_policy_json_get, NULL },

    { ngx_string("policy.csv"), ngx_string("GET, HEAD"),
      ngx_http_consent_policy_csv_get, NULL },

    { ngx_string("settings"), ngx_string("GET, HEAD"),
      ngx_http_consent_settings_get, NULL },

    /* what stands for its version may be anything */

    { ngx_string("banner-*.css"), ngx_string("GET, HEAD"),
      ngx_http_consent_style_get, NULL },

    { ngx_null_string, ngx_null_string, NULL, NULL }
};


/* its name says what is in it */

static ngx_http_consent_resource_t  ngx_http_consent_guard_resource =
    { ngx_null_string, ngx_string("GET, HEAD"),
      ngx_http_consent_guard_get, NULL };


static ngx_str_t  ngx_http_consent_no_store = ngx_string("no-store");
static ngx_str_t  ngx_http_consent_nosniff = ngx_string("nosniff");


ngx_int_t
ngx_http_consent_pages_handler(ngx_http_request_t *r)
{
    ngx_int_t                     rc;
    ngx_http_consent_ctx_t       *ctx;
    ngx_http_consent_page_pt      handler;
    ngx_http_consent_resource_t  *page;

    ctx = ngx_http_consent_decide(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    page = ngx_http_consent_resource(r, ctx);
    if (page == NULL) {
        return NGX_HTTP_NOT_FOUND;
    }

    handler = (r->method & NGX_HTTP_POST) ? page->post : page->get;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_POST))
        || handler == NULL)
    {
        return ngx_http_consent_not_allowed(r, page);
    }

    if (handler == page->post) {
        return handler(r, ctx);
    }

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    return handler(r, ctx);
}


static ngx_http_consent_resource_t *
ngx_http_consent_resource(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char                       *name;
    size_t                        len;
    ngx_str_t                    *uri;
    ngx_http_consent_resource_t  *page;

    if (ctx->binding == NULL) {
        ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                      "\"consent_pages\" has nothing to answer, \"consent\" "
                      "is off here");
        return NULL;
    }

    uri = &ctx->conf->uri;

    if (r->uri.len < uri->len
        || ngx_strncmp(r->uri.data, uri->data, uri->len) != 0)
    {
        ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                      "\"consent_pages\" was asked for \"%V\", which is not "
                      "under \"consent_uri %V\"", &r->uri, uri);
        return NULL;
    }

    name = r->uri.data + uri->len;
    len = r->uri.len - uri->len;

    for (page = ngx_http_consent_resources; page->get; page++) {

        if (ngx_http_consent_is_resource(&page->name, name, len)) {
            return page;
        }
    }

    if (ngx_http_consent_guard_is(name, len)) {
        return &ngx_http_consent_guard_resource;
    }

    return NULL;
}


static ngx_uint_t
ngx_http_consent_is_resource(const ngx_str_t *pattern, const u_char *name,
    size_t len)
{
    size_t   n;
    u_char  *star;

    star = ngx_strlchr(pattern->data, pattern->data + pattern->len, '*');

    if (star == NULL) {
        return pattern->len == len
               && ngx_strncmp(pattern->data, name, len) == 0;
    }

    n = star - pattern->data;

    return len >= pattern->len
           && ngx_strncmp(pattern->data, name, n) == 0
           && ngx_strncmp(star + 1, name + len - (pattern->len - n - 1),
                          pattern->len - n - 1)
              == 0
           && ngx_strlchr((u_char *) name, (u_char *) name + len, '/') == NULL;
}


static ngx_int_t
ngx_http_consent_not_allowed(ngx_http_request_t *r,
    ngx_http_consent_resource_t *page)
{
    ngx_int_t  rc;

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_http_consent_add_header(r, "Allow", &page->allow) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_consent_send_text(r, NGX_HTTP_NOT_ALLOWED,
                                      "this page allows", &page->allow);
}


/* At consent_uri itself is nothing: who comes there gets to see what is. */

static ngx_int_t
ngx_http_consent_index_get(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t  url;

    if (ngx_http_consent_page_url(r, ctx, "policy", &url) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_consent_redirect(r, &url);
}


ngx_int_t
ngx_http_consent_page_url(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    char *page, ngx_str_t *url)
{
    u_char     *p;
    size_t      len;
    uintptr_t   escape;
    ngx_str_t  *uri;

    uri = &ctx->conf->uri;

    /* consent_uri is compared with a decoded URI, so it is a decoded one */

    escape = 2 * ngx_escape_uri(NULL, uri->data, uri->len, NGX_ESCAPE_URI);
    len = ngx_strlen(page);

    p = ngx_pnalloc(r->pool, uri->len + escape + len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    url->data = p;

    if (escape) {
        p = (u_char *) ngx_escape_uri(p, uri->data, uri->len, NGX_ESCAPE_URI);

    } else {
        p = ngx_cpymem(p, uri->data, uri->len);
    }

    p = ngx_cpymem(p, page, len);

    url->len = p - url->data;

    return NGX_OK;
}


const ngx_http_consent_source_t *
ngx_http_consent_own_source(ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                  i;
    ngx_http_consent_source_t  *source;

    source = ctx->conf->sources->elts;

    for (i = 0; i < ctx->conf->sources->nelts; i++) {
        if (source[i].asked.format->own) {
            return &source[i];
        }
    }

    return NULL;
}


void
ngx_http_consent_out_init(ngx_http_consent_out_t *out, ngx_pool_t *pool)
{
    ngx_memzero(out, sizeof(ngx_http_consent_out_t));

    out->pool = pool;
    out->next = &out->chain;
}


void
ngx_http_consent_put_data(ngx_http_consent_out_t *out, const u_char *p,
    size_t len)
{
    size_t      n;
    ngx_buf_t  *b;

    b = out->buf;

    while (len) {

        if (b == NULL || b->last == b->end) {
            b = ngx_http_consent_out_grow(out);
            if (b == NULL) {
                return;
            }
        }

        n = ngx_min(len, (size_t) (b->end - b->last));

        b->last = ngx_cpymem(b->last, p, n);
        p += n;
        len -= n;
        out->size += n;
    }
}


static ngx_buf_t *
ngx_http_consent_out_grow(ngx_http_consent_out_t *out)
{
    ngx_buf_t    *b;
    ngx_chain_t  *cl;

    if (out->failed) {
        return NULL;
    }

    b = ngx_create_temp_buf(out->pool, NGX_HTTP_CONSENT_CHUNK);
    if (b == NULL) {
        out->failed = 1;
        return NULL;
    }

    cl = ngx_alloc_chain_link(out->pool);
    if (cl == NULL) {
        out->failed = 1;
        return NULL;
    }

    cl->buf = b;
    cl->next = NULL;

    *out->next = cl;
    out->next = &cl->next;
    out->buf = b;

    return b;
}


void
ngx_http_consent_put_number(ngx_http_consent_out_t *out, ngx_int_t n)
{
    u_char  buf[NGX_INT_T_LEN];

    ngx_http_consent_put_data(out, buf, ngx_sprintf(buf, "%i", n) - buf);
}


void
ngx_http_consent_put_html(ngx_http_consent_out_t *out, const ngx_str_t *text)
{
    u_char     *p, *last, *start;
    ngx_str_t   entity;

    start = text->data;
    last = start + text->len;

    for (p = start; p < last; p++) {

        switch (*p) {

        case '&':
            ngx_str_set(&entity, "&amp;");
            break;

        case '<':
            ngx_str_set(&entity, "&lt;");
            break;

        case '>':
            ngx_str_set(&entity, "&gt;");
            break;

        case '"':
            ngx_str_set(&entity, "&quot;");
            break;

        case '\'':
            ngx_str_set(&entity, "&#39;");
            break;

        default:
            continue;
        }

        ngx_http_consent_put_data(out, start, p - start);
        ngx_http_consent_put_data(out, entity.data, entity.len);
        start = p + 1;
    }

    ngx_http_consent_put_data(out, start, last - start);
}


void
ngx_http_consent_put_json(ngx_http_consent_out_t *out, const ngx_str_t *text)
{
    u_char  *p, *last, *start;
    u_char   escape[sizeof("\\u0000") - 1];

    start = text->data;
    last = start + text->len;

    for (p = start; p < last; p++) {

        if (*p >= 0x20 && *p != '"' && *p != '\\') {
            continue;
        }

        ngx_http_consent_put_data(out, start, p - start);
        start = p + 1;

        ngx_sprintf(escape, "\\u%04xd", (int) *p);
        ngx_http_consent_put_data(out, escape, sizeof(escape));
    }

    ngx_http_consent_put_data(out, start, last - start);
}


ngx_int_t
ngx_http_consent_send(ngx_http_request_t *r, ngx_uint_t status, char *type,
    ngx_http_consent_out_t *out)
{
    ngx_int_t  rc;

    if (out->buf == NULL || out->failed) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    out->buf->last_buf = (r == r->main) ? 1 : 0;
    out->buf->last_in_chain = 1;

    r->headers_out.content_type.data = (u_char *) type;
    r->headers_out.content_type.len = ngx_strlen(type);
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_type_lowcase = NULL;

    /* of JSON it is known */

    if (ngx_strncmp(type, "text/", 5) == 0) {
        ngx_str_set(&r->headers_out.charset, "utf-8");
    }

    if (ngx_http_consent_add_header(r, "X-Content-Type-Options",
                                    &ngx_http_consent_nosniff)
        == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_consent_send_header(r, status, out->size,
                                      out->cache_control);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    return ngx_http_output_filter(r, out->chain);
}


static ngx_int_t
ngx_http_consent_send_header(ngx_http_request_t *r, ngx_uint_t status,
    off_t size, const ngx_str_t *control)
{
    if (control == NULL) {
        control = &ngx_http_consent_no_store;
    }

    r->headers_out.status = status;
    r->headers_out.content_length_n = size;

    if (ngx_http_consent_add_header(r, "Cache-Control", (ngx_str_t *) control)
        == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_send_header(r);
}


/* One line that says what is wrong with a request. */

ngx_int_t
ngx_http_consent_send_text(ngx_http_request_t *r, ngx_uint_t status,
    const char *reason, const ngx_str_t *subject)
{
    size_t                   i, len;
    u_char                   escape[sizeof("\\xff") - 1];
    ngx_http_consent_out_t   out;

    ngx_http_consent_out_init(&out, r->pool);

    ngx_http_consent_put_data(&out, (u_char *) reason, ngx_strlen(reason));

    if (subject) {
        len = ngx_min(subject->len, NGX_HTTP_CONSENT_MAX_SUBJECT);

        ngx_http_consent_put(&out, ": ");

        for (i = 0; i < len; i++) {

            if (subject->data[i] >= 0x20 && subject->data[i] < 0x7f) {
                ngx_http_consent_put_data(&out, &subject->data[i], 1);
                continue;
            }

            ngx_sprintf(escape, "\\x%02xd", (int) subject->data[i]);
            ngx_http_consent_put_data(&out, escape, sizeof(escape));
        }

        if (len < subject->len) {
            ngx_http_consent_put(&out, "...");
        }
    }

    ngx_http_consent_put(&out, "\n");

    ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                  "client was answered %ui: %s", status, reason);

    return ngx_http_consent_send(r, status, "text/plain", &out);
}


ngx_int_t
ngx_http_consent_send_empty(ngx_http_request_t *r)
{
    return ngx_http_consent_send_header(r, NGX_HTTP_NO_CONTENT, -1, NULL);
}


/*
 * headers_out.location is not set: nginx would make it an absolute URL with
 * its own scheme and port, which behind a proxy are not what the browser sees.
 */

ngx_int_t
ngx_http_consent_redirect(ngx_http_request_t *r, const ngx_str_t *location)
{
    u_char                  *p;
    size_t                   i;
    ngx_str_t                value;
    ngx_http_consent_out_t   out;

    p = ngx_pnalloc(r->pool, 3 * location->len);
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    value.data = p;

    /* what is no part of a URL as it is, may be read in several ways */

    for (i = 0; i < location->len; i++) {

        if (location->data[i] > 0x20 && location->data[i] < 0x7f) {
            *p++ = location->data[i];
            continue;
        }

        p = ngx_sprintf(p, "%%%02Xd", (int) location->data[i]);
    }

    value.len = p - value.data;

    if (ngx_http_consent_add_header(r, "Location", &value) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_put(&out, "see ");
    ngx_http_consent_put_data(&out, value.data, value.len);
    ngx_http_consent_put(&out, "\n");

    return ngx_http_consent_send(r, NGX_HTTP_SEE_OTHER, "text/plain", &out);
}
