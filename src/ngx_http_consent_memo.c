
/*
 * What the cookies of the last requests came to: a page's files follow it with
 * the very same Cookie line, and within the same second it means the same.
 * A worker keeps a few of them, each in the only place that it may have; what
 * does not fit is read every time.
 */

#include "ngx_http_consent_memo.h"


/* a power of two */
#define NGX_HTTP_CONSENT_MEMO_SLOTS  64

/* providers of a table, where sources speak of each by itself */
#define NGX_HTTP_CONSENT_MEMO_MASKS  2048


/* what is asked besides, and of how many lines, as one number */

#define ngx_http_consent_memo_how(nlines, gpc, optout)                       \
    ((nlines) * 4 + (gpc) * 2 + (optout))


/* what is asked */

typedef struct {
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    ngx_uint_t                how;
    ngx_uint_t                nlines;
    ngx_table_elt_t         **lines;
} ngx_http_consent_memo_key_t;


static ngx_inline ngx_http_consent_memo_t *ngx_http_consent_memo_slot(
    ngx_http_request_t *r, ngx_http_consent_memo_key_t *key);
static ngx_inline ngx_http_consent_memo_t *ngx_http_consent_memo_look(
    ngx_http_request_t *r, ngx_http_consent_memo_key_t *key);
static ngx_uint_t ngx_http_consent_memo_key(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_memo_key_t *key, ngx_table_elt_t **lines);
static ngx_uint_t ngx_http_consent_memo_fits(ngx_http_request_t *r,
    ngx_http_consent_memo_key_t *key);
static ngx_http_consent_memo_t *ngx_http_consent_memo_again(
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_memo_masks(ngx_http_consent_memo_t *memo,
    ngx_http_consent_ctx_t *ctx);
static ngx_uint_t ngx_http_consent_memo_keep_id(ngx_http_consent_memo_t *memo,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_memo_key_t *key);


ngx_int_t
ngx_http_consent_memo_init(ngx_conf_t *cf, ngx_http_consent_binding_t *b)
{
    u_char                        *p;
    ngx_uint_t                     i, n;
    ngx_consent_mask_t            *masks;
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    if (cmcf->memos == NULL) {

        cmcf->memos = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_SLOTS
                                            * sizeof(ngx_http_consent_memo_t));

        p = ngx_palloc(cf->pool, NGX_HTTP_CONSENT_MEMO_SLOTS
                                 * NGX_HTTP_CONSENT_MEMO_BYTES);

        if (cmcf->memos == NULL || p == NULL
            || ngx_http_consent_memo_names_init(cf) != NGX_OK)
        {
            return NGX_ERROR;
        }

        for (i = 0; i < NGX_HTTP_CONSENT_MEMO_SLOTS; i++) {
            cmcf->memos[i].bytes = p + i * NGX_HTTP_CONSENT_MEMO_BYTES;
        }
    }

    (void) ngx_consent_table_providers(b->table, &n);

    if (b->nproviders == 0 || n <= cmcf->memo_nmasks
        || n > NGX_HTTP_CONSENT_MEMO_MASKS)
    {
        return NGX_OK;
    }

    masks = ngx_palloc(cf->pool, NGX_HTTP_CONSENT_MEMO_SLOTS * 2 * n
                                 * sizeof(ngx_consent_mask_t));
    if (masks == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < NGX_HTTP_CONSENT_MEMO_SLOTS; i++) {
        cmcf->memos[i].masks = masks + i * 2 * n;
    }

    cmcf->memo_nmasks = n;

    return NGX_OK;
}


/* Where it would be; NULL: nowhere. */

static ngx_inline ngx_http_consent_memo_t *
ngx_http_consent_memo_slot(ngx_http_request_t *r,
    ngx_http_consent_memo_key_t *key)
{
    uint64_t                       middle, end;
    ngx_str_t                     *line;
    ngx_uint_t                     i;
    ngx_http_consent_main_conf_t  *cmcf;

    line = &key->lines[0]->value;

    for (i = 1; i < key->nlines; i++) {
        if (key->lines[i]->value.len > line->len) {
            line = &key->lines[i]->value;
        }
    }

    if (line->len < 16) {
        return NULL;
    }

    /* the longest of two visitors' are hardly ever as long and end alike */

    ngx_memcpy(&middle, line->data + line->len / 2, 8);
    ngx_memcpy(&end, line->data + line->len - 8, 8);

    middle = (middle ^ (end >> 7) ^ (end << 21) ^ line->len)
             * 0x9e3779b97f4a7c15;

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    return &cmcf->memos[(middle >> 32) % NGX_HTTP_CONSENT_MEMO_SLOTS];
}


/* NULL: it is not kept, or was in another second. */

static ngx_inline ngx_http_consent_memo_t *
ngx_http_consent_memo_look(ngx_http_request_t *r,
    ngx_http_consent_memo_key_t *key)
{
    u_char                   *p;
    ngx_str_t                *line, *host;
    ngx_uint_t                i;
    ngx_http_consent_memo_t  *memo;

    memo = ngx_http_consent_memo_slot(r, key);

    host = &r->headers_in.server;

    if (memo == NULL || memo->time != ngx_time() || memo->conf != key->conf
        || memo->binding != key->binding || memo->how != key->how
        || memo->host != host->len
        || !ngx_http_consent_same_bytes(memo->bytes, host->data, host->len))
    {
        return NULL;
    }

    p = memo->bytes + memo->host;

    for (i = 0; i < key->nlines; i++) {

        line = &key->lines[i]->value;

        if (memo->lines[i] != line->len
            || (line->len && ngx_memcmp(p, line->data, line->len) != 0))
        {
            return NULL;
        }

        p += line->len;
    }

    return memo;
}


/* 1 if it may be asked for; lines: room for NGX_HTTP_CONSENT_SEEN */

static ngx_uint_t
ngx_http_consent_memo_key(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_memo_key_t *key, ngx_table_elt_t **lines)
{
    ngx_uint_t        i, n;
    ngx_table_elt_t  *h;

    h = ctx->cookies.elts;
    n = ctx->cookies.nelts;

    if (n == 0 || n > NGX_HTTP_CONSENT_SEEN) {
        return 0;
    }

    for (i = 0; i < n; i++) {
        lines[i] = &h[i];
    }

    key->conf = ctx->conf;
    key->binding = ctx->binding;
    key->how = ngx_http_consent_memo_how(n, ctx->gpc, ctx->optout);
    key->nlines = n;
    key->lines = lines;

    return 1;
}


static ngx_uint_t
ngx_http_consent_memo_fits(ngx_http_request_t *r,
    ngx_http_consent_memo_key_t *key)
{
    size_t                         len;
    ngx_uint_t                     i, n;
    ngx_http_consent_main_conf_t  *cmcf;

    len = r->headers_in.server.len;

    for (i = 0; i < key->nlines; i++) {
        len += key->lines[i]->value.len;
    }

    if (len > NGX_HTTP_CONSENT_MEMO_BYTES) {
        return 0;
    }

    if (key->binding->nproviders == 0) {
        return 1;
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    (void) ngx_consent_table_providers(key->binding->table, &n);

    return n <= cmcf->memo_nmasks;
}


ngx_uint_t
ngx_http_consent_memo_free(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *binding,
    ngx_http_consent_seen_t *seen, ngx_uint_t *known)
{
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_memo_key_t   key;

    key.conf = conf;
    key.binding = binding;
    key.how = ngx_http_consent_memo_how(seen->ncookies, seen->gpc, 0);
    key.nlines = seen->ncookies;
    key.lines = seen->cookies;

    memo = ngx_http_consent_memo_look(r, &key);

    if (memo == NULL) {
        return 0;
    }

    seen->memo = memo;
    seen->memo_turn = memo->turn;

    if (!memo->cookies || memo->nrows) {
        return 0;
    }

    *known = memo->known;

    return 1;
}


ngx_int_t
ngx_http_consent_memo_find(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_table_elt_t          *lines;
    ngx_http_consent_memo_t  *memo;

    memo = ctx->met;
    ctx->met = NULL;
    ctx->memo = NULL;

    /* of what it has just met the cookies and the host are known to be these */

    if (memo == NULL || memo->turn != ctx->memo_turn
        || memo->time != ngx_time() || memo->conf != ctx->conf
        || memo->binding != ctx->binding || ctx->optout)
    {
        memo = ngx_http_consent_memo_again(r, ctx);

        if (memo == NULL) {
            return NGX_DECLINED;
        }
    }

    ctx->memo = memo;
    ctx->memo_turn = memo->turn;

    ctx->grant.state = memo->state;
    ctx->grant.mask = memo->mask;
    ctx->grant.providers = NULL;
    ctx->vetoed.mask = memo->vetoed;
    ctx->vetoed.providers = NULL;
    ctx->source = memo->source;
    ctx->choice = memo->choice;
    ctx->lapsed = memo->lapsed;
    ctx->broken = memo->broken;
    ctx->host_known = memo->known;

    if (ctx->choice.id.len) {
        lines = ctx->cookies.elts;
        ctx->choice.id.data = lines[memo->id_line].value.data + memo->id;
    }

    ctx->id = ctx->choice.id;

    return ctx->binding->nproviders ? ngx_http_consent_memo_masks(memo, ctx)
                                    : NGX_OK;
}


static ngx_http_consent_apart ngx_http_consent_memo_t *
ngx_http_consent_memo_again(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_table_elt_t              *lines[NGX_HTTP_CONSENT_SEEN];
    ngx_http_consent_memo_key_t   key;

    return ngx_http_consent_memo_key(ctx, &key, lines)
           ? ngx_http_consent_memo_look(r, &key) : NULL;
}


/* A request may outlive what is kept of it. */

static ngx_int_t
ngx_http_consent_memo_masks(ngx_http_consent_memo_t *memo,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t           n;
    ngx_consent_mask_t  *masks;

    (void) ngx_consent_table_providers(ctx->binding->table, &n);

    masks = ngx_palloc(ctx->pool, 2 * n * sizeof(ngx_consent_mask_t));
    if (masks == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(masks, memo->masks, 2 * n * sizeof(ngx_consent_mask_t));

    ctx->grant.providers = memo->single ? masks : NULL;
    ctx->vetoed.providers = masks + n;

    return NGX_OK;
}


void
ngx_http_consent_memo_keep(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char                       *p;
    ngx_str_t                    *host, *line;
    ngx_uint_t                    i, n;
    ngx_table_elt_t              *lines[NGX_HTTP_CONSENT_SEEN];
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_memo_key_t   key;

    if (!ngx_http_consent_memo_key(ctx, &key, lines)
        || !ngx_http_consent_memo_fits(r, &key))
    {
        return;
    }

    memo = ngx_http_consent_memo_slot(r, &key);

    if (memo == NULL) {
        return;
    }

    memo->time = 0;

    if (!ngx_http_consent_memo_keep_id(memo, ctx, &key)) {
        return;
    }

    host = &r->headers_in.server;

    memo->time = ngx_time();
    memo->conf = ctx->conf;
    memo->binding = ctx->binding;
    memo->how = key.how;
    memo->host = host->len;

    p = memo->bytes;

    /* a request of HTTP/1.0 may have none */

    if (host->len) {
        p = ngx_cpymem(p, host->data, host->len);
    }

    for (i = 0; i < key.nlines; i++) {

        line = &lines[i]->value;

        memo->lines[i] = line->len;
        memo->left[i] = NULL;

        if (line->len) {
            p = ngx_cpymem(p, line->data, line->len);
        }
    }

    memo->last = p;

    memo->state = ctx->grant.state;
    memo->mask = ctx->grant.mask;
    memo->vetoed = ctx->vetoed.mask;
    memo->choice = ctx->choice;
    memo->lapsed = ctx->lapsed;
    memo->broken = ctx->broken;
    memo->source = ctx->source;
    memo->known = ctx->host_known;
    memo->single = (ctx->grant.providers != NULL);

    if (ctx->binding->nproviders) {

        (void) ngx_consent_table_providers(ctx->binding->table, &n);

        if (memo->single) {
            ngx_memcpy(memo->masks, ctx->grant.providers,
                       n * sizeof(ngx_consent_mask_t));
        }

        ngx_memcpy(memo->masks + n, ctx->vetoed.providers,
                   n * sizeof(ngx_consent_mask_t));
    }

    memo->cookies = !ngx_http_consent_refuses_cookies(ctx);
    memo->refused = 0;
    memo->nrows = 0;
    memo->turn++;

    ctx->memo = memo;
    ctx->memo_turn = memo->turn;
}


/* 0: it is not in a line as it came. */

static ngx_uint_t
ngx_http_consent_memo_keep_id(ngx_http_consent_memo_t *memo,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_memo_key_t *key)
{
    u_char      *id;
    ngx_str_t   *line;
    ngx_uint_t   i;

    if (ctx->choice.id.len == 0) {
        return 1;
    }

    id = ctx->choice.id.data;

    for (i = 0; i < key->nlines; i++) {

        line = &key->lines[i]->value;

        if (id >= line->data && id < line->data + line->len) {
            memo->id_line = i;
            memo->id = id - line->data;
            return 1;
        }
    }

    return 0;
}
