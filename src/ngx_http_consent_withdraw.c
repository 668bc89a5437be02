
/*
 * What goes at once when something is refused: the cookies that the browser
 * still sends, and by consent_clear what it keeps besides.
 *
 * Unlike consent_sweep this needs no directive, and keeps no record of its
 * tries: it answers what the visitor has just asked for, once, and no cache
 * stores the answer.
 */

#include "ngx_http_consent_pages.h"
#include "ngx_consent_expire.h"


/* names that are looked at; those behind them are left to consent_sweep */
#define NGX_HTTP_CONSENT_WITHDRAW_NAMES  64

/*
 * Bytes of header lines; what does not fit is left to consent_sweep.  A proxy
 * in front may not take more than 4 KB of headers.
 */
#define NGX_HTTP_CONSENT_WITHDRAW_SIZE   3072


typedef struct {
    ngx_str_t                 name;
    const ngx_consent_row_t  *row;
} ngx_http_consent_withdraw_name_t;


typedef struct {
    ngx_str_t                 directory;
    ngx_uint_t                secure;
    size_t                    left;
    ngx_uint_t                n;
    ngx_http_consent_withdraw_name_t
                              names[NGX_HTTP_CONSENT_WITHDRAW_NAMES];
} ngx_http_consent_withdraw_t;


static void ngx_http_consent_withdraw_names(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_withdraw_t *w);
static ngx_int_t ngx_http_consent_withdraw_line(ngx_http_request_t *r,
    ngx_http_consent_withdraw_t *w, ngx_http_consent_withdraw_name_t *name,
    ngx_uint_t n);
static ngx_int_t ngx_http_consent_withdraw_clear(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_grant_t *before);
static ngx_uint_t ngx_http_consent_withdraw_stored(
    ngx_http_consent_ctx_t *ctx);


ngx_int_t
ngx_http_consent_withdraw(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_consent_grant_t *before, ngx_str_t *path)
{
    ngx_int_t                     rc;
    ngx_uint_t                    i, n, lines;
    ngx_http_consent_withdraw_t   w;

    ngx_http_consent_withdraw_names(r, ctx, &w);

    if (ctx->report) {
        return NGX_OK;
    }

    w.left = NGX_HTTP_CONSENT_WITHDRAW_SIZE;
    w.secure = ngx_http_consent_came_secure(r);
    ngx_consent_expire_directory(path->data, path->len, &w.directory);

    /* the likeliest place of every name, then the next of every name */

    for (n = 0, lines = 1; lines; n++) {

        lines = 0;

        for (i = 0; i < w.n; i++) {

            rc = ngx_http_consent_withdraw_line(r, &w, &w.names[i], n);

            if (rc == NGX_ERROR) {
                return NGX_ERROR;
            }

            lines |= (rc == NGX_OK);
        }
    }

    return ngx_http_consent_withdraw_clear(r, ctx, before);
}


/* Of a choice that is recorded already: ctx->grant is what it comes to. */

static void
ngx_http_consent_withdraw_names(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_withdraw_t *w)
{
    u_char                            *p, *last;
    ngx_uint_t                         i, k;
    ngx_table_elt_t                   *h;
    ngx_consent_cookie_t               cookie;
    const ngx_consent_row_t           *row;
    ngx_http_consent_withdraw_name_t  *name;

    w->n = 0;
    h = ctx->cookies.elts;

    for (i = 0; i < ctx->cookies.nelts; i++) {

        p = h[i].value.data;
        last = p + h[i].value.len;

        while (ngx_consent_cookie_next(&p, last, &cookie) == NGX_OK) {

            if (w->n == NGX_HTTP_CONSENT_WITHDRAW_NAMES) {
                return;
            }

            if (!ngx_consent_expire_can(&cookie.name)
                || ngx_http_consent_judge_cookie(r, ctx, &cookie.name, &row)
                   != NGX_HTTP_CONSENT_COOKIE_REFUSED
                || row == NULL)
            {
                continue;
            }

            for (k = 0; k < w->n; k++) {
                if (w->names[k].name.len == cookie.name.len
                    && ngx_strncmp(w->names[k].name.data, cookie.name.data,
                                   cookie.name.len)
                       == 0)
                {
                    break;
                }
            }

            if (k < w->n) {
                continue;
            }

            name = &w->names[w->n++];

            name->name = cookie.name;
            name->row = row;

            ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_SWEEP, row);
        }
    }
}


/* NGX_OK; NGX_DECLINED: there is no such line, or no room; NGX_ERROR */

static ngx_int_t
ngx_http_consent_withdraw_line(ngx_http_request_t *r,
    ngx_http_consent_withdraw_t *w, ngx_http_consent_withdraw_name_t *name,
    ngx_uint_t n)
{
    size_t                 len, size;
    ngx_str_t              value;
    ngx_consent_expire_t   e;

    ngx_memzero(&e, sizeof(ngx_consent_expire_t));

    e.name = name->name;
    e.host = r->headers_in.server;
    ngx_str_set(&e.directory, "/");
    e.domain = name->row->domain;
    e.path = name->row->text->path.len ? name->row->text->path : w->directory;
    e.secure = w->secure;

    ngx_consent_expire_init(&e);

    len = ngx_consent_expire_line(&e, n, NULL);
    size = len + sizeof("Set-Cookie: " CRLF) - 1;

    if (len == 0 || size > w->left) {
        return NGX_DECLINED;
    }

    value.data = ngx_pnalloc(r->pool, len);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    value.len = ngx_consent_expire_line(&e, n, value.data);
    w->left -= size;

    return ngx_http_consent_add_header(r, "Set-Cookie", &value) ? NGX_OK
                                                               : NGX_ERROR;
}


/*
 * Who takes something back must not see the pages again that a browser keeps
 * whole, for the back button or because it has fetched them ahead: it asks
 * nobody then, whatever Vary says.  What scripts have stored no request tells:
 * it goes whenever something that stores is refused.
 */

static ngx_int_t
ngx_http_consent_withdraw_clear(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_grant_t *before)
{
    ngx_str_t   value;
    ngx_uint_t  what;

    static ngx_str_t  values[] = {
        ngx_null_string,
        ngx_string("\"cache\""),
        ngx_string("\"storage\""),
        ngx_string("\"cache\", \"storage\"")
    };

    what = 0;

    if ((ctx->conf->clear & NGX_HTTP_CONSENT_CLEAR_CACHE)
        && ngx_consent_table_taken(ctx->binding->table, before, &ctx->grant))
    {
        what |= 1;
    }

    if ((ctx->conf->clear & NGX_HTTP_CONSENT_CLEAR_STORAGE)
        && ngx_http_consent_withdraw_stored(ctx))
    {
        what |= 2;
    }

    if (what == 0) {
        return NGX_OK;
    }

    value = values[what];

    return ngx_http_consent_add_header(r, "Clear-Site-Data", &value) ? NGX_OK
                                                                   : NGX_ERROR;
}


/* 1 if there is a row of storage that is refused */

static ngx_uint_t
ngx_http_consent_withdraw_stored(ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                i, n;
    ngx_consent_mask_t        required;
    const ngx_consent_row_t *const  *row;

    row = ngx_consent_table_rows(ctx->binding->table, &n);
    required = ngx_consent_table_required(ctx->binding->table);

    for (i = 0; i < n; i++) {

        if (row[i]->kind == NGX_CONSENT_ROW_STORAGE && !row[i]->pass
            && row[i]->provider->platform.len == 0
            && (row[i]->mask & ~required
                & ~ngx_consent_table_granted(&ctx->grant, row[i]->provider)))
        {
            return 1;
        }
    }

    return 0;
}
