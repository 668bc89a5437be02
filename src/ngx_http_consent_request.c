
/*
 * The request as the backend gets it: without refused cookies, and, where a
 * page may be rewritten, without what would bring it back unread (an encoding)
 * or not at all (a 304 for the page of another choice).
 *
 * Every location starts again from the request as received.
 */

#include "ngx_http_consent.h"


typedef struct {
    ngx_str_t                 name;     /* in lower case */
    /* of the pointer in headers_in; 0: it stays */
    size_t                    offset;
} ngx_http_consent_hidden_t;


static ngx_uint_t ngx_http_consent_like_document(ngx_http_request_t *r);
static ngx_int_t ngx_http_consent_filter_cookies(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_array_t *lines, ngx_uint_t *changed);
static ngx_int_t ngx_http_consent_filter_line(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h);
static ngx_uint_t ngx_http_consent_has_hidden(ngx_http_request_t *r);
static ngx_int_t ngx_http_consent_rebuild(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_array_t *lines, ngx_uint_t hide);
static void ngx_http_consent_point(ngx_http_request_t *r,
    ngx_http_consent_hidden_t *hidden, ngx_table_elt_t *h);
static ngx_int_t ngx_http_consent_link_cookie(ngx_http_request_t *r,
    ngx_table_elt_t *h, ngx_table_elt_t **last);
static void ngx_http_consent_forget_variables(ngx_http_request_t *r);
static ngx_http_consent_hidden_t *ngx_http_consent_hidden(ngx_table_elt_t *h);


static ngx_http_consent_hidden_t  ngx_http_consent_hidden_headers[] = {

    /*
     * A page that is rewritten has no validator of its own yet, so what the
     * browser holds may be the page of another choice.
     */

    { ngx_string("if-none-match"),
      offsetof(ngx_http_headers_in_t, if_none_match) },
    { ngx_string("if-modified-since"),
      offsetof(ngx_http_headers_in_t, if_modified_since) },

    /* upstreams do not see it; nginx still compresses for the client */

    { ngx_string("accept-encoding"), 0 },

    { ngx_null_string, 0 }
};


/* what Sec-Fetch-Dest says of a response that a browser may render */

static ngx_str_t  ngx_http_consent_document_dests[] = {
    ngx_string("document"),
    ngx_string("iframe"),
    ngx_string("frame"),
    ngx_string("embed"),
    ngx_string("object"),
    ngx_string("empty"),
    ngx_null_string
};


ngx_int_t
ngx_http_consent_request_handler(ngx_http_request_t *r)
{
    ngx_int_t                rc;
    ngx_uint_t               hide, changed;
    ngx_array_t              lines;
    ngx_http_consent_ctx_t  *ctx;

    if (r != r->main) {
        return NGX_DECLINED;
    }

    ctx = ngx_http_consent_get_ctx(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* what "set" has set after the grant was asked for counts from here on */

    ctx->conf = NULL;

    ctx = ngx_http_consent_decide(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* an internal redirect begins anew */

    ctx->cookies_stripped = 0;
    ctx->tags_held = 0;
    ctx->ndecisions = 0;
    ctx->more = 0;

    rc = ngx_http_consent_collect(r, ctx);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    if (ctx->binding == NULL && !ctx->edited) {
        return NGX_DECLINED;
    }

    if (ngx_array_init(&lines, r->pool, ctx->cookies.nelts + 1,
                       sizeof(ngx_table_elt_t))
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    changed = 0;

    if (ngx_http_consent_filter_cookies(r, ctx, &lines, &changed) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    hide = ctx->binding && !ctx->report
           && ctx->conf->tags != NGX_HTTP_CONSENT_TAGS_OFF
           && ngx_http_consent_like_document(r);

    if (!ctx->edited && !changed
        && !(hide && ngx_http_consent_has_hidden(r)))
    {
        return NGX_DECLINED;
    }

    if (ngx_http_consent_rebuild(r, ctx, &lines, hide) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->edited = 1;

    ngx_http_consent_forget_variables(r);

    return NGX_DECLINED;
}


/*
 * A response that is fetched as an image, a script or a style is never rendered
 * as a page.  Browsers that do not say what they fetch may render anything.
 */

static ngx_uint_t
ngx_http_consent_like_document(ngx_http_request_t *r)
{
    ngx_str_t        *dest;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_POST))) {
        return 0;
    }

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (!ngx_http_consent_header_is(h, "Sec-Fetch-Dest")) {
            continue;
        }

        for (dest = ngx_http_consent_document_dests; dest->len; dest++) {
            if (h->value.len == dest->len
                && ngx_strncmp(h->value.data, dest->data, dest->len) == 0)
            {
                return 1;
            }
        }

        return 0;
    }

    return 1;
}


/* The Cookie lines as this location's backend may see them. */

static ngx_int_t
ngx_http_consent_filter_cookies(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_array_t *lines, ngx_uint_t *changed)
{
    ngx_uint_t        i;
    ngx_table_elt_t  *h, *line;

    h = ctx->cookies.elts;

    for (i = 0; i < ctx->cookies.nelts; i++) {

        line = ngx_array_push(lines);
        if (line == NULL) {
            return NGX_ERROR;
        }

        *line = h[i];

        if (ctx->binding == NULL || !ctx->conf->request_cookies) {
            continue;
        }

        if (ngx_http_consent_filter_line(r, ctx, line) != NGX_OK) {
            return NGX_ERROR;
        }

        if (line->value.data == h[i].value.data) {
            continue;
        }

        if (ctx->report) {
            *line = h[i];
            continue;
        }

        *changed = 1;

        if (line->value.len == 0) {
            lines->nelts--;
        }
    }

    return NGX_OK;
}


/*
 * Leaves the pairs that are not refused; a line without any is left alone.
 * A pair that stays keeps its ';' and, if one was there, a blank: a line never
 * gets longer than it came.
 */

static ngx_int_t
ngx_http_consent_filter_line(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_table_elt_t *h)
{
    u_char                   *p, *last, *dst, *value;
    ngx_consent_cookie_t      cookie;
    const ngx_consent_row_t  *row;

    p = h->value.data;
    last = p + h->value.len;

    value = NULL;
    dst = NULL;

    while (ngx_consent_cookie_next(&p, last, &cookie) == NGX_OK) {

        if (ngx_http_consent_judge_cookie(r, ctx, &cookie.name, &row)
            == NGX_HTTP_CONSENT_COOKIE_REFUSED)
        {
            ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_COOKIE, row);

            if (value == NULL) {
                value = ngx_pnalloc(r->pool, h->value.len + 1);
                if (value == NULL) {
                    return NGX_ERROR;
                }

                /* what stands before the first refused pair is kept whole */

                dst = ngx_cpymem(value, h->value.data,
                                 cookie.pair.data - h->value.data);

                while (dst > value && (dst[-1] == ' ' || dst[-1] == '\t'
                                       || dst[-1] == ';'))
                {
                    dst--;
                }
            }

            continue;
        }

        if (value) {

            if (dst > value) {
                *dst++ = ';';

                if (cookie.pair.data[-1] != ';') {
                    *dst++ = ' ';
                }
            }

            dst = ngx_cpymem(dst, cookie.pair.data, cookie.pair.len);
        }
    }

    if (value) {
        *dst = '\0';
        h->value.data = value;
        h->value.len = dst - value;
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_http_consent_has_hidden(ngx_http_request_t *r)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {
        if (ngx_http_consent_hidden(h)) {
            return 1;
        }
    }

    return 0;
}


/*
 * A new list of headers: the present one without Cookie lines and what is
 * hidden, then the cookies, then what was hidden before and need not be now.
 * The old elements stay where others may point at them.
 */

static ngx_int_t
ngx_http_consent_rebuild(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_array_t *lines, ngx_uint_t hide)
{
    ngx_uint_t                  i;
    ngx_list_t                  headers;
    ngx_list_part_t            *part;
    ngx_table_elt_t            *h, *dst, *line, *last;
    ngx_http_consent_hidden_t  *hidden;

    if (ngx_list_init(&headers, r->pool, 20, sizeof(ngx_table_elt_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (ngx_http_consent_header_is(h, "Cookie")) {
            continue;
        }

        hidden = ngx_http_consent_hidden(h);

        if (hidden && hide) {

            dst = ngx_array_push(&ctx->hidden);
            if (dst == NULL) {
                return NGX_ERROR;
            }

            *dst = *h;

            ngx_http_consent_point(r, hidden, NULL);

            continue;
        }

        dst = ngx_list_push(&headers);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        *dst = *h;
    }

#if (nginx_version < 1023000)
    r->headers_in.cookies.nelts = 0;
#else
    r->headers_in.cookie = NULL;
#endif

    last = NULL;
    line = lines->elts;

    for (i = 0; i < lines->nelts; i++) {

        dst = ngx_list_push(&headers);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        *dst = line[i];

        if (ngx_http_consent_link_cookie(r, dst, &last) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (!hide) {

        h = ctx->hidden.elts;

        for (i = 0; i < ctx->hidden.nelts; i++) {

            dst = ngx_list_push(&headers);
            if (dst == NULL) {
                return NGX_ERROR;
            }

            *dst = h[i];

            ngx_http_consent_point(r, ngx_http_consent_hidden(dst), dst);
        }

        ctx->hidden.nelts = 0;
    }

    /* the list's last part may be the one that it holds itself */

    r->headers_in.headers = headers;

    if (headers.last == &headers.part) {
        r->headers_in.headers.last = &r->headers_in.headers.part;
    }

    return NGX_OK;
}


/* Makes the field of headers_in that nginx reads point at h. */

static void
ngx_http_consent_point(ngx_http_request_t *r, ngx_http_consent_hidden_t *hidden,
    ngx_table_elt_t *h)
{
    ngx_table_elt_t  **field;

    if (hidden->offset) {
        field = (ngx_table_elt_t **) ((u_char *) &r->headers_in
                                      + hidden->offset);
        *field = h;
    }
}


static ngx_int_t
ngx_http_consent_link_cookie(ngx_http_request_t *r, ngx_table_elt_t *h,
    ngx_table_elt_t **last)
{
#if (nginx_version < 1023000)

    ngx_table_elt_t  **cookie;

    cookie = ngx_array_push(&r->headers_in.cookies);
    if (cookie == NULL) {
        return NGX_ERROR;
    }

    *cookie = h;

#else

    h->next = NULL;

    if (*last) {
        (*last)->next = h;

    } else {
        r->headers_in.cookie = h;
    }

#endif

    *last = h;

    return NGX_OK;
}


/* Values that nginx took from the cookies as they were. */

static void
ngx_http_consent_forget_variables(ngx_http_request_t *r)
{
    ngx_uint_t                  i;
    ngx_http_variable_t        *v;
    ngx_http_core_main_conf_t  *cmcf;

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_core_module);

    v = cmcf->variables.elts;

    for (i = 0; i < cmcf->variables.nelts; i++) {

        if ((v[i].name.len > 7
             && ngx_strncmp(v[i].name.data, "cookie_", 7) == 0)
            || (v[i].name.len == 11
                && ngx_strncmp(v[i].name.data, "http_cookie", 11) == 0))
        {
            r->variables[i].valid = 0;
            r->variables[i].not_found = 0;
        }
    }
}


static ngx_http_consent_hidden_t *
ngx_http_consent_hidden(ngx_table_elt_t *h)
{
    ngx_http_consent_hidden_t  *hidden;

    for (hidden = ngx_http_consent_hidden_headers; hidden->name.len; hidden++) {

        if (h->key.len == hidden->name.len
            && ngx_strncasecmp(h->key.data, hidden->name.data, h->key.len)
               == 0)
        {
            return hidden;
        }
    }

    return NULL;
}
