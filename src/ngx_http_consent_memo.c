
/*
 * What the cookies of the last requests came to: a page's files follow it with
 * the very same Cookie line, and within the same second it means the same.
 * A worker keeps a few of them, each in the only place that it may have; what
 * does not fit is read every time.
 */

#include "ngx_http_consent.h"


/* a power of two */
#define NGX_HTTP_CONSENT_MEMO_SLOTS  64

/* the host, the lines, and what is left of them for the backend */
#define NGX_HTTP_CONSENT_MEMO_BYTES  4096

/* refused cookies, of one name once */
#define NGX_HTTP_CONSENT_MEMO_ROWS   32

/* providers of a table, where sources speak of each by itself */
#define NGX_HTTP_CONSENT_MEMO_MASKS  2048


struct ngx_http_consent_memo_s {

    /* what was asked, ... */
    time_t                    time;     /* 0: nothing */
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    size_t                    host;     /* bytes of each */
    ngx_uint_t                nlines;
    size_t                    lines[NGX_HTTP_CONSENT_SEEN];
    unsigned                  gpc:1;
    unsigned                  optout:1;

    /* ... and what came of it */
    unsigned                  cookies:1;    /* which are refused is known */
    unsigned                  lapsed:1;
    unsigned                  broken:1;
    unsigned                  known:1;      /* rows of urls have the host */
    unsigned                  single:1;     /* providers differ */
    ngx_consent_state_e       state;
    ngx_consent_mask_t        mask;
    ngx_consent_mask_t        vetoed;
    ngx_consent_mask_t       *masks;    /* of providers: granted, vetoed */
    ngx_consent_opinion_t     choice;
    ngx_uint_t                id_line;
    size_t                    id;       /* its place in that line */
    const ngx_http_consent_source_t  *source;

    /* what backends may see; NULL: the line as it came */
    u_char                   *left[NGX_HTTP_CONSENT_SEEN];
    size_t                    left_len[NGX_HTTP_CONSENT_SEEN];

    ngx_uint_t                refused;
    ngx_uint_t                nrows;
    ngx_http_consent_decision_t  rows[NGX_HTTP_CONSENT_MEMO_ROWS];

    ngx_uint_t                turn;     /* another one at every use */
    u_char                   *last;     /* of what is kept in bytes */
    u_char                   *bytes;
};


/* what is asked */

typedef struct {
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    ngx_str_t                 host;
    ngx_uint_t                gpc;
    ngx_uint_t                optout;
    ngx_uint_t                nlines;
    ngx_str_t                 lines[NGX_HTTP_CONSENT_SEEN];
} ngx_http_consent_memo_key_t;


static ngx_http_consent_memo_t *ngx_http_consent_memo_slot(
    ngx_http_request_t *r, ngx_http_consent_memo_key_t *key);
static ngx_uint_t ngx_http_consent_memo_is(ngx_http_consent_memo_t *memo,
    ngx_http_consent_memo_key_t *key);
static ngx_http_consent_memo_t *ngx_http_consent_memo_of(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_memo_key_t *key);
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

static ngx_http_consent_memo_t *
ngx_http_consent_memo_slot(ngx_http_request_t *r,
    ngx_http_consent_memo_key_t *key)
{
    size_t                         len;
    uint64_t                       middle, end;
    ngx_str_t                     *line;
    ngx_uint_t                     i, n;
    ngx_http_consent_main_conf_t  *cmcf;

    key->host = r->headers_in.server;

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    if (key->binding->nproviders) {

        (void) ngx_consent_table_providers(key->binding->table, &n);

        if (n > cmcf->memo_nmasks) {
            return NULL;
        }
    }

    line = &key->lines[0];
    len = key->host.len + line->len;

    for (i = 1; i < key->nlines; i++) {

        len += key->lines[i].len;

        if (key->lines[i].len > line->len) {
            line = &key->lines[i];
        }
    }

    if (line->len < 16 || len > NGX_HTTP_CONSENT_MEMO_BYTES) {
        return NULL;
    }

    /* the longest of two visitors' are hardly ever as long and end alike */

    ngx_memcpy(&middle, line->data + line->len / 2, 8);
    ngx_memcpy(&end, line->data + line->len - 8, 8);

    middle = (middle ^ (end >> 7) ^ (end << 21) ^ line->len)
             * 0x9e3779b97f4a7c15;

    return &cmcf->memos[(middle >> 32) % NGX_HTTP_CONSENT_MEMO_SLOTS];
}


static ngx_uint_t
ngx_http_consent_memo_is(ngx_http_consent_memo_t *memo,
    ngx_http_consent_memo_key_t *key)
{
    u_char      *p;
    ngx_uint_t   i;

    if (memo->time != ngx_time()
        || memo->conf != key->conf || memo->binding != key->binding
        || memo->gpc != key->gpc || memo->optout != key->optout
        || memo->host != key->host.len || memo->nlines != key->nlines
        || !ngx_http_consent_same_bytes(memo->bytes, key->host.data,
                                        key->host.len))
    {
        return 0;
    }

    p = memo->bytes + key->host.len;

    for (i = 0; i < key->nlines; i++) {

        if (memo->lines[i] != key->lines[i].len
            || (memo->lines[i]
                && ngx_memcmp(p, key->lines[i].data, memo->lines[i]) != 0))
        {
            return 0;
        }

        p += memo->lines[i];
    }

    return 1;
}


static ngx_http_consent_memo_t *
ngx_http_consent_memo_of(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_memo_key_t *key)
{
    ngx_uint_t        i;
    ngx_table_elt_t  *h;

    if (ctx->cookies.nelts == 0 || ctx->cookies.nelts > NGX_HTTP_CONSENT_SEEN) {
        return NULL;
    }

    key->conf = ctx->conf;
    key->binding = ctx->binding;
    key->gpc = ctx->gpc;
    key->optout = ctx->optout;
    key->nlines = ctx->cookies.nelts;

    h = ctx->cookies.elts;

    for (i = 0; i < key->nlines; i++) {
        key->lines[i] = h[i].value;
    }

    return ngx_http_consent_memo_slot(r, key);
}


ngx_uint_t
ngx_http_consent_memo_free(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *binding,
    ngx_http_consent_seen_t *seen, ngx_uint_t *known)
{
    ngx_uint_t                    i;
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_memo_key_t   key;

    key.conf = conf;
    key.binding = binding;
    key.gpc = seen->gpc;
    key.optout = 0;
    key.nlines = seen->ncookies;

    for (i = 0; i < key.nlines; i++) {
        key.lines[i] = seen->cookies[i]->value;
    }

    memo = ngx_http_consent_memo_slot(r, &key);

    if (memo == NULL || !memo->cookies || memo->nrows
        || !ngx_http_consent_memo_is(memo, &key))
    {
        return 0;
    }

    *known = memo->known;

    return 1;
}


ngx_int_t
ngx_http_consent_memo_find(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_memo_key_t   key;

    memo = ngx_http_consent_memo_of(r, ctx, &key);

    if (memo == NULL || !ngx_http_consent_memo_is(memo, &key)) {
        ctx->memo = NULL;
        return NGX_DECLINED;
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
        ctx->choice.id.data = key.lines[memo->id_line].data + memo->id;
    }

    ctx->id = ctx->choice.id;

    return ctx->binding->nproviders ? ngx_http_consent_memo_masks(memo, ctx)
                                    : NGX_OK;
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
    ngx_uint_t                    i, n;
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_memo_key_t   key;

    memo = ngx_http_consent_memo_of(r, ctx, &key);

    if (memo == NULL) {
        return;
    }

    memo->time = 0;

    if (!ngx_http_consent_memo_keep_id(memo, ctx, &key)) {
        return;
    }

    memo->time = ngx_time();
    memo->conf = ctx->conf;
    memo->binding = ctx->binding;
    memo->host = key.host.len;
    memo->nlines = key.nlines;
    memo->gpc = ctx->gpc;
    memo->optout = ctx->optout;

    p = memo->bytes;

    /* a request of HTTP/1.0 may have none */

    if (key.host.len) {
        p = ngx_cpymem(p, key.host.data, key.host.len);
    }

    for (i = 0; i < key.nlines; i++) {
        memo->lines[i] = key.lines[i].len;
        memo->left[i] = NULL;

        p = ngx_cpymem(p, key.lines[i].data, key.lines[i].len);
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
    ngx_uint_t   i;

    if (ctx->choice.id.len == 0) {
        return 1;
    }

    id = ctx->choice.id.data;

    for (i = 0; i < key->nlines; i++) {

        if (id >= key->lines[i].data
            && id < key->lines[i].data + key->lines[i].len)
        {
            memo->id_line = i;
            memo->id = id - key->lines[i].data;
            return 1;
        }
    }

    return 0;
}


ngx_int_t
ngx_http_consent_memo_cookies(ngx_http_consent_ctx_t *ctx, ngx_uint_t i,
    ngx_str_t *value)
{
    u_char                   *p;
    ngx_http_consent_memo_t  *memo;

    memo = ctx->memo;

    if (memo == NULL) {
        return NGX_DECLINED;
    }

    /* another request may have its place now, or it is another location */

    if (memo->turn != ctx->memo_turn || memo->conf != ctx->conf
        || memo->binding != ctx->binding)
    {
        ctx->memo = NULL;
        return NGX_DECLINED;
    }

    if (!memo->cookies) {

        if (i == 0) {
            memo->refused = 0;
            memo->nrows = 0;
        }

        return NGX_DECLINED;
    }

    if (i == 0) {
        ngx_http_consent_did_before(ctx, memo->rows, memo->nrows,
                                    memo->refused);
    }

    if (memo->left[i] == NULL) {
        return NGX_OK;
    }

    p = ngx_pnalloc(ctx->pool, memo->left_len[i] + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value->data = p;
    value->len = memo->left_len[i];

    p = ngx_cpymem(p, memo->left[i], value->len);
    *p = '\0';

    return NGX_OK;
}


void
ngx_http_consent_memo_refused(ngx_http_consent_ctx_t *ctx,
    const ngx_consent_row_t *row)
{
    ngx_uint_t                    i;
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_decision_t  *d;

    memo = ctx->memo;

    if (memo == NULL) {
        return;
    }

    memo->refused++;

    for (i = 0; i < memo->nrows; i++) {
        if (memo->rows[i].row == row) {
            memo->rows[i].times++;
            return;
        }
    }

    if (i == NGX_HTTP_CONSENT_MEMO_ROWS) {
        ctx->memo = NULL;
        return;
    }

    d = &memo->rows[memo->nrows++];

    d->did = NGX_HTTP_CONSENT_DID_COOKIE;
    d->row = row;
    d->times = 1;
}


void
ngx_http_consent_memo_left(ngx_http_consent_ctx_t *ctx, ngx_uint_t i,
    ngx_str_t *value, ngx_uint_t changed)
{
    ngx_http_consent_memo_t  *memo;

    memo = ctx->memo;

    if (memo == NULL) {
        return;
    }

    memo->left[i] = NULL;

    if (changed) {

        if (value->len > (size_t) (memo->bytes + NGX_HTTP_CONSENT_MEMO_BYTES
                                   - memo->last))
        {
            ctx->memo = NULL;
            return;
        }

        memo->left[i] = memo->last;
        memo->left_len[i] = value->len;
        memo->last = ngx_cpymem(memo->last, value->data, value->len);
    }

    memo->cookies = (i == memo->nlines - 1);
}
