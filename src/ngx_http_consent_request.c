
/*
 * The request as the backend gets it: without refused cookies, and, where a
 * page may be rewritten, without what would bring it back unread (an encoding),
 * in parts, or not at all (a 304 for the page of another choice).
 *
 * Every location starts again from the request as received.
 */

#include "ngx_http_consent.h"


/* a header that is not every location's alike */

typedef struct {
    ngx_str_t                 name;     /* in lower case */

    /* of the pointer in headers_in, which stays the browser's; 0: none */
    size_t                    offset;
    unsigned                  partial:1;    /* ... unless all of it is sent */

    /* NGX_OK: as h is now; NGX_DECLINED: not at all; NGX_ERROR */
    ngx_int_t               (*edit)(ngx_http_request_t *r,
                                    ngx_http_consent_condition_t *c,
                                    ngx_table_elt_t *h);
} ngx_http_consent_edit_t;


static ngx_int_t ngx_http_consent_receive_edited(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_edit_headers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_condition_t *c,
    ngx_array_t *lines, ngx_uint_t *changed);
static ngx_int_t ngx_http_consent_rebuild(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_condition_t *c,
    ngx_array_t *cookies, ngx_array_t *others);
static void ngx_http_consent_point(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_condition_t *c);
static ngx_int_t ngx_http_consent_link_cookie(ngx_http_request_t *r,
    ngx_table_elt_t *h, ngx_table_elt_t **last);
static void ngx_http_consent_forget_variables(ngx_http_request_t *r);
static ngx_uint_t ngx_http_consent_is_variable(ngx_str_t *variable,
    ngx_str_t *header);
static ngx_uint_t ngx_http_consent_is_set(ngx_http_core_main_conf_t *cmcf,
    ngx_str_t *variable);
static ngx_http_consent_edit_t *ngx_http_consent_edit(ngx_table_elt_t *h);


/* of the names below, a bit each: most headers have another length */

#define NGX_HTTP_CONSENT_EDIT_LONGEST  (sizeof("if-modified-since") - 1)

#define NGX_HTTP_CONSENT_EDIT_LENGTHS                                        \
    (1 << (sizeof("if-none-match") - 1)                                      \
     | 1 << (sizeof("if-match") - 1)                                         \
     | 1 << (sizeof("if-modified-since") - 1)                                \
     | 1 << (sizeof("if-range") - 1)                                         \
     | 1 << (sizeof("range") - 1)                                            \
     | 1 << (sizeof("accept-encoding") - 1))


static ngx_http_consent_edit_t  ngx_http_consent_edits[] = {

    { ngx_string("if-none-match"),
      offsetof(ngx_http_headers_in_t, if_none_match), 0,
      ngx_http_consent_edit_none_match },

    { ngx_string("if-match"),
      offsetof(ngx_http_headers_in_t, if_match), 0,
      ngx_http_consent_edit_match },

    { ngx_string("if-modified-since"),
      offsetof(ngx_http_headers_in_t, if_modified_since), 0,
      ngx_http_consent_edit_modified },

    { ngx_string("if-range"),
      offsetof(ngx_http_headers_in_t, if_range), 1,
      ngx_http_consent_edit_if_range },

    { ngx_string("range"),
      offsetof(ngx_http_headers_in_t, range), 1,
      ngx_http_consent_edit_range },

    { ngx_string("accept-encoding"), 0, 0,
      ngx_http_consent_edit_encoding },

    { ngx_null_string, 0, 0, NULL }
};


/*
 * What Sec-Fetch-Dest says of a response that may be read as a page: whatever
 * its type, or where consent_types names what it is then.
 */

static struct {
    ngx_str_t                 dest;
    ngx_str_t                 type;
} ngx_http_consent_dests[] = {
    { ngx_string("document"), ngx_null_string },
    { ngx_string("iframe"), ngx_null_string },
    { ngx_string("frame"), ngx_null_string },
    { ngx_string("fencedframe"), ngx_null_string },
    { ngx_string("embed"), ngx_null_string },
    { ngx_string("object"), ngx_null_string },
    { ngx_string("empty"), ngx_null_string },
    { ngx_string("style"), ngx_string("text/css") },
    { ngx_string("image"), ngx_string("image/svg+xml") }
};


ngx_int_t
ngx_http_consent_request_handler(ngx_http_request_t *r)
{
    ngx_int_t                      rc;
    ngx_uint_t                     changed;
    ngx_array_t                    cookies, others;
    ngx_http_consent_ctx_t        *ctx;
    ngx_http_consent_condition_t   c;

    if (r != r->main || ngx_http_consent_is_off(r)) {
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

    /* an internal redirect begins anew, post_action adds nothing */

    ctx->answered = r->post_action;

    if (!ctx->answered) {
        ctx->cookies_stripped = 0;
        ctx->tags_held = 0;
        ctx->ndecisions = 0;
        ctx->more = 0;
    }

    ngx_http_consent_asked_plain(r, ctx);

    rc = ngx_http_consent_collect(r, ctx);

    if (rc != NGX_DECLINED) {
        return rc;
    }

    if (ctx->binding == NULL && !ctx->edited) {
        return NGX_DECLINED;
    }

    if (!ctx->edited && ngx_http_consent_receive_edited(r, ctx) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_array_init(&cookies, r->pool, ctx->cookies.nelts + 1,
                       sizeof(ngx_table_elt_t))
        != NGX_OK
        || ngx_array_init(&others, r->pool, ctx->received.nelts + 1,
                          sizeof(ngx_table_elt_t))
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    changed = 0;

    if (ngx_http_consent_filter_cookies(r, ctx, &cookies, &changed) != NGX_OK
        || ngx_http_consent_edit_headers(r, ctx, &c, &others, &changed)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (c.document) {
        ngx_http_consent_ask_plain(r, ctx);
    }

    if (!ctx->edited && !changed) {
        return NGX_DECLINED;
    }

    if (ngx_http_consent_rebuild(r, ctx, &c, &cookies, &others) != NGX_OK) {
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

ngx_uint_t
ngx_http_consent_like_document(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t        *dest, *type;
    ngx_uint_t        i, n;
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

        for (n = 0; n < sizeof(ngx_http_consent_dests)
                        / sizeof(ngx_http_consent_dests[0]); n++)
        {
            dest = &ngx_http_consent_dests[n].dest;
            type = &ngx_http_consent_dests[n].type;

            if (h->value.len == dest->len
                && ngx_strncmp(h->value.data, dest->data, dest->len) == 0)
            {
                return type->len == 0
                       || ngx_http_consent_type_listed(ctx, type);
            }
        }

        return 0;
    }

    return 1;
}


/* What this location, or the next one, may edit. */

static ngx_int_t
ngx_http_consent_receive_edited(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h, *dst;

    ctx->received.nelts = 0;

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (ngx_http_consent_edit(h) == NULL) {
            continue;
        }

        dst = ngx_array_push(&ctx->received);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        *dst = *h;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_edit_headers(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_condition_t *c,
    ngx_array_t *lines, ngx_uint_t *changed)
{
    ngx_int_t         rc;
    ngx_uint_t        i, enforced;
    ngx_table_elt_t  *h, *line;

    ngx_memzero(c, sizeof(ngx_http_consent_condition_t));

    enforced = ctx->binding && !ctx->report
               && ngx_http_consent_edits_pages(ctx->conf);

    if (enforced) {
        ngx_http_consent_condition(r, ctx,
                                   ngx_http_consent_like_document(r, ctx), c);
    }

    h = ctx->received.elts;

    for (i = 0; i < ctx->received.nelts; i++) {

        line = ngx_array_push(lines);
        if (line == NULL) {
            return NGX_ERROR;
        }

        *line = h[i];

        if (!enforced) {
            continue;
        }

        rc = ngx_http_consent_edit(&h[i])->edit(r, c, line);

        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        if (rc == NGX_DECLINED) {
            lines->nelts--;
            *changed = 1;

        } else if (line->value.data != h[i].value.data) {
            *changed = 1;
        }
    }

    ctx->revalidates = c->current && c->safe;
    ctx->unasked = ngx_http_consent_unasked(c);
    ctx->whole = c->whole;

    return NGX_OK;
}


/*
 * A new list of headers: the present one without what is edited, then that.
 * The old elements stay where others may point at them.
 */

static ngx_int_t
ngx_http_consent_rebuild(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_condition_t *c, ngx_array_t *cookies, ngx_array_t *others)
{
    ngx_uint_t        i;
    ngx_list_t        headers;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h, *dst, *line, *last;

    if (ngx_list_init(&headers, r->pool, 20, sizeof(ngx_table_elt_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (ngx_http_consent_header_is(h, "Cookie")
            || ngx_http_consent_edit(h))
        {
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
    line = cookies->elts;

    for (i = 0; i < cookies->nelts; i++) {

        dst = ngx_list_push(&headers);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        *dst = line[i];

        if (ngx_http_consent_link_cookie(r, dst, &last) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    line = others->elts;

    for (i = 0; i < others->nelts; i++) {

        dst = ngx_list_push(&headers);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        *dst = line[i];
    }

    ngx_http_consent_point(r, ctx, c);

    /* the list's last part may be the one that it holds itself */

    r->headers_in.headers = headers;

    if (headers.last == &headers.part) {
        r->headers_in.headers.last = &r->headers_in.headers.part;
    }

    return NGX_OK;
}


/*
 * What nginx itself compares with the response is what the browser sent: there
 * the entity tags carry their variants, too.
 */

static void
ngx_http_consent_point(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_condition_t *c)
{
    ngx_uint_t                i;
    ngx_table_elt_t          *h, **field;
    ngx_http_consent_edit_t  *edit;

    h = ctx->received.elts;

    for (i = ctx->received.nelts; i > 0; i--) {

        edit = ngx_http_consent_edit(&h[i - 1]);

        if (edit->offset) {
            field = (ngx_table_elt_t **) ((u_char *) &r->headers_in
                                          + edit->offset);
            *field = (edit->partial && c->whole) ? NULL : &h[i - 1];
        }
    }
}


void
ngx_http_consent_ask_parts(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_http_consent_condition_t  c;

    if (ctx->whole) {
        ctx->whole = 0;

        ngx_memzero(&c, sizeof(ngx_http_consent_condition_t));
        ngx_http_consent_point(r, ctx, &c);
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


/* Values that nginx took from the headers as they were. */

static void
ngx_http_consent_forget_variables(ngx_http_request_t *r)
{
    ngx_uint_t                  i;
    ngx_http_variable_t        *v;
    ngx_http_consent_edit_t    *edit;
    ngx_http_core_main_conf_t  *cmcf;

    static ngx_str_t  cookie = ngx_string("cookie");

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_core_module);

    v = cmcf->variables.elts;

    for (i = 0; i < cmcf->variables.nelts; i++) {

        if (!r->variables[i].valid && !r->variables[i].not_found) {
            continue;
        }

        if ((v[i].name.len > 7
             && ngx_strncmp(v[i].name.data, "cookie_", 7) == 0)
            || ngx_http_consent_is_variable(&v[i].name, &cookie))
        {
            goto forget;
        }

        for (edit = ngx_http_consent_edits; edit->name.len; edit++) {
            if (ngx_http_consent_is_variable(&v[i].name, &edit->name)) {
                goto forget;
            }
        }

        continue;

    forget:

        if (ngx_http_consent_is_set(cmcf, &v[i].name)) {
            continue;
        }

        r->variables[i].valid = 0;
        r->variables[i].not_found = 0;
    }
}


/* 1 if it is $http_... of that header, whose name is in lower case */

static ngx_uint_t
ngx_http_consent_is_variable(ngx_str_t *variable, ngx_str_t *header)
{
    size_t  i;

    if (variable->len != 5 + header->len
        || ngx_strncmp(variable->data, "http_", 5) != 0)
    {
        return 0;
    }

    for (i = 0; i < header->len; i++) {
        if (variable->data[5 + i]
            != (header->data[i] == '-' ? '_' : header->data[i]))
        {
            return 0;
        }
    }

    return 1;
}


/*
 * 1 if the configuration itself gives the variable its value ("set", "map"),
 * which no header has.  The array knows it as one of nginx's prefixes all the
 * same.
 */

static ngx_uint_t
ngx_http_consent_is_set(ngx_http_core_main_conf_t *cmcf, ngx_str_t *variable)
{
    ngx_http_variable_t  *v;

    v = ngx_hash_find(&cmcf->variables_hash,
                      ngx_hash_key(variable->data, variable->len),
                      variable->data, variable->len);

    return v && (v->flags & NGX_HTTP_VAR_CHANGEABLE);
}


static ngx_http_consent_edit_t *
ngx_http_consent_edit(ngx_table_elt_t *h)
{
    u_char                    last;
    ngx_http_consent_edit_t  *edit;

    if (h->key.len > NGX_HTTP_CONSENT_EDIT_LONGEST
        || !((NGX_HTTP_CONSENT_EDIT_LENGTHS >> h->key.len) & 1))
    {
        return NULL;
    }

    last = h->key.data[h->key.len - 1] | 0x20;

    for (edit = ngx_http_consent_edits; edit->name.len; edit++) {

        if (h->key.len == edit->name.len
            && last == edit->name.data[edit->name.len - 1]
            && ngx_strncasecmp(h->key.data, edit->name.data, h->key.len) == 0)
        {
            return edit;
        }
    }

    return NULL;
}
