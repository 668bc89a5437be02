
/*
 * Collection points of the site itself: what a url row names is answered here
 * for who refused it, and no backend is asked.
 *
 * A page's reader judges the URL that an element names; here it is judged as
 * the browser asked for it, and as nginx has it to choose a location.  One
 * that is refused is enough.
 */

#include "ngx_http_consent_pages.h"


typedef struct {
    ngx_consent_table_t      *table;
    ngx_consent_grant_t      *grant;

    const ngx_consent_row_t  *row;      /* the first one that is refused */
    ngx_consent_mask_t        missing;
    unsigned                  named:1;  /* the answer depends on the choice */
    unsigned                  refused:1;
} ngx_http_consent_collect_t;


static ngx_inline ngx_uint_t ngx_http_consent_collect_may(
    ngx_http_request_t *r, ngx_http_consent_loc_conf_t *conf,
    ngx_consent_table_t *table, ngx_uint_t known);
static void ngx_http_consent_collect_urls(ngx_http_request_t *r,
    ngx_uint_t known, ngx_http_consent_collect_t *c);
static ngx_inline ngx_uint_t ngx_http_consent_collect_same(
    ngx_http_request_t *r);
static void ngx_http_consent_collect_asked(ngx_http_request_t *r,
    const ngx_str_t *host, ngx_consent_url_t *u, u_char *buf);
static void ngx_http_consent_collect_located(ngx_http_request_t *r,
    const ngx_str_t *host, ngx_consent_url_t *u, u_char *buf);
static ngx_uint_t ngx_http_consent_collect_merged(ngx_consent_url_t *u,
    u_char *buf);
static void ngx_http_consent_collect_judge(const ngx_consent_url_t *u,
    ngx_http_consent_collect_t *c);
static ngx_int_t ngx_http_consent_collect_answer(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_mask_t missing);


ngx_int_t
ngx_http_consent_collect(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_int_t                    rc;
    ngx_http_consent_collect_t   c;

    ctx->by_choice = 0;

    if (ctx->binding == NULL
        || !ngx_http_consent_collect_may(r, ctx->conf, ctx->binding->table,
                                         ctx->host_known))
    {
        return NGX_DECLINED;
    }

    c.table = ctx->binding->table;
    c.grant = &ctx->grant;

    ngx_http_consent_collect_urls(r, ctx->host_known, &c);

    ctx->by_choice = c.named;

    if (!c.refused) {
        return NGX_DECLINED;
    }

    ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_COLLECT, c.row);

    if (ctx->report) {
        return NGX_DECLINED;
    }

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    rc = ngx_http_consent_collect_answer(r, ctx, c.missing);

    ngx_http_finalize_request(r, rc);

    return NGX_DONE;
}


ngx_uint_t
ngx_http_consent_collect_named(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *binding,
    ngx_uint_t known)
{
    ngx_consent_grant_t          nothing;
    ngx_http_consent_collect_t   c;

    if (!ngx_http_consent_collect_may(r, conf, binding->table, known)) {
        return 0;
    }

    ngx_memzero(&nothing, sizeof(ngx_consent_grant_t));

    c.table = binding->table;
    c.grant = &nothing;

    ngx_http_consent_collect_urls(r, known, &c);

    return c.named;
}


/* 0: no row names the URL, or none counts here; known: ctx->host_known */

static ngx_inline ngx_uint_t
ngx_http_consent_collect_may(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_consent_table_t *table,
    ngx_uint_t known)
{
    /* where the question is asked it can always be answered */

    if (conf->collect == NGX_HTTP_CONSENT_COLLECT_PASS
        || r->content_handler == ngx_http_consent_pages_handler)
    {
        return 0;
    }

    /* most sites are in no table by their names, and few paths by themselves */

    return known || !ngx_http_consent_collect_same(r)
           || ngx_consent_table_maybe_path(table, &r->uri);
}


static void
ngx_http_consent_collect_urls(ngx_http_request_t *r, ngx_uint_t known,
    ngx_http_consent_collect_t *c)
{
    u_char              buf[NGX_CONSENT_URL_MAX];
    ngx_str_t           host;
    ngx_uint_t          same;
    ngx_consent_url_t   u;

    c->row = NULL;
    c->missing = 0;
    c->named = 0;
    c->refused = 0;

    same = ngx_http_consent_collect_same(r);

    if (known) {
        host = r->headers_in.server;

    } else {
        ngx_str_null(&host);
    }

    if (!same) {
        ngx_http_consent_collect_asked(r, &host, &u, buf);
        ngx_http_consent_collect_judge(&u, c);
    }

    ngx_http_consent_collect_located(r, &host, &u, buf);
    ngx_http_consent_collect_judge(&u, c);

    if (!same && ngx_http_consent_collect_merged(&u, buf)) {
        ngx_http_consent_collect_judge(&u, c);
    }
}


/*
 * Most requests: the URL that nginx has is the one that was asked for, where it
 * stands in the request.  nginx copies one with a "%", or with two slashes.
 */

static ngx_inline ngx_uint_t
ngx_http_consent_collect_same(ngx_http_request_t *r)
{
    size_t  n;

    n = r->uri.len;

    return r->uri.data == r->unparsed_uri.data && !r->complex_uri
           && !r->quoted_uri
           && (r->unparsed_uri.len == n
               ? r->args.len == 0
               : (r->unparsed_uri.len == n + 1 + r->args.len
                  && r->uri.data[n] == '?'
                  && (r->args.len == 0
                      || r->args.data == r->uri.data + n + 1)));
}


/*
 * The URL of the request line, whatever has been rewritten since.  A path of
 * more than NGX_CONSENT_URL_MAX bytes is judged by its beginning; arguments
 * always are seen.
 */

static void
ngx_http_consent_collect_asked(ngx_http_request_t *r, const ngx_str_t *host,
    ngx_consent_url_t *u, u_char *buf)
{
    u_char  *p, *last, *end, path[NGX_CONSENT_URL_MAX];
    size_t   n;

    p = r->unparsed_uri.data;
    last = p + r->unparsed_uri.len;

    for (end = p; end < last && *end != '?' && *end != '#'; end++) {
        /* void */
    }

    /* a "." in front: "//" begins a path here, and no host */

    path[0] = '/';
    path[1] = '.';

    n = ngx_min((size_t) (end - p), sizeof(path) - 2);

    /* a request line without one has none, and no memory for it */

    if (n) {
        ngx_memcpy(path + 2, p, n);
    }

    ngx_consent_url_parse(u, path, n + 2, 0, NULL, buf);

    u->host = *host;

    if (end == last || *end == '#') {
        return;
    }

    p = end + 1;
    end = ngx_strlchr(p, last, '#');

    u->args.data = p;
    u->args.len = (end ? end : last) - p;
}


/* The URL that chose the location. */

static void
ngx_http_consent_collect_located(ngx_http_request_t *r, const ngx_str_t *host,
    ngx_consent_url_t *u, u_char *buf)
{
    ngx_memzero(u, sizeof(ngx_consent_url_t));

    u->scheme = NGX_CONSENT_URL_HTTP;
    u->host = *host;
    u->path = r->uri;
    u->args = r->args;

    ngx_consent_url_encode(&u->path, buf);
}


/*
 * Under "merge_slashes off" a backend may do it: 1 if there are some.  Of more
 * than NGX_CONSENT_URL_MAX bytes the beginning counts.
 */

static ngx_uint_t
ngx_http_consent_collect_merged(ngx_consent_url_t *u, u_char *buf)
{
    u_char  *p, *last;
    size_t   i, n;

    last = u->path.data + u->path.len;

    for (p = u->path.data; p < last; p++) {

        p = memchr(p, '/', last - p);

        if (p == NULL || p + 1 >= last) {
            return 0;
        }

        if (p[1] == '/') {
            break;
        }
    }

    n = 0;

    for (i = 0; i < u->path.len && n < NGX_CONSENT_URL_MAX; i++) {

        if (i == 0 || u->path.data[i] != '/' || u->path.data[i - 1] != '/') {
            buf[n++] = u->path.data[i];
        }
    }

    if (n == i) {
        return 0;
    }

    u->path.data = buf;
    u->path.len = n;

    return 1;
}


static void
ngx_http_consent_collect_judge(const ngx_consent_url_t *u,
    ngx_http_consent_collect_t *c)
{
    ngx_consent_match_t  m;

    if (ngx_consent_table_find_url(c->table, u, 1, c->grant, &m)
        != NGX_OK
        || m.needs == 0)
    {
        return;
    }

    c->named = 1;

    if (m.missing) {

        if (!c->refused) {
            c->row = m.row;
            c->refused = 1;
        }

        c->missing |= m.missing;
    }
}


/*
 * Sent from here and not by error_page, which might ask a backend after all.
 * Neither answer is stored: it would outlive the choice.
 */

static ngx_int_t
ngx_http_consent_collect_answer(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_mask_t missing)
{
    ngx_str_t  names;

    if (ctx->conf->collect == NGX_HTTP_CONSENT_COLLECT_204) {
        return ngx_http_consent_send_empty(r);
    }

    if (ngx_http_consent_granted(r->pool, ctx->binding->table, missing, '+',
                                 &names)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_consent_send_text(r, NGX_HTTP_FORBIDDEN,
                                      "this waits for consent", &names);
}
