
/*
 * What the cookies of the last requests came to: a page's files follow it with
 * the very same Cookie line, and within the same second it means the same.
 * A worker keeps a few of them, each in the only place that it may have; what
 * does not fit is read every time.
 */

#include "ngx_http_consent.h"


/* a power of two */
#define NGX_HTTP_CONSENT_MEMO_SLOTS  64

/* the host, the line, and what is left of it for the backend */
#define NGX_HTTP_CONSENT_MEMO_BYTES  4096

/* refused cookies of a line */
#define NGX_HTTP_CONSENT_MEMO_ROWS   32


struct ngx_http_consent_memo_s {

    /* what was asked, ... */
    time_t                    time;     /* 0: nothing */
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    size_t                    host;     /* bytes of each */
    size_t                    line;
    unsigned                  gpc:1;
    unsigned                  optout:1;

    /* ... and what came of it */
    unsigned                  cookies:1;    /* which are refused is known */
    unsigned                  changed:1;
    unsigned                  lapsed:1;
    unsigned                  broken:1;
    size_t                    left;
    ngx_consent_state_e       state;
    ngx_consent_mask_t        mask;
    ngx_consent_mask_t        vetoed;
    ngx_consent_opinion_t     choice;
    size_t                    id;       /* its place in the line */
    const ngx_http_consent_source_t  *source;

    ngx_uint_t                nrows;
    const ngx_consent_row_t  *rows[NGX_HTTP_CONSENT_MEMO_ROWS];

    ngx_uint_t                turn;     /* another one at every use */
    u_char                   *bytes;
};


/* a name that was asked for lately; longer ones are looked up every time */

#define NGX_HTTP_CONSENT_MEMO_HOSTS  16
#define NGX_HTTP_CONSENT_MEMO_HOST   64


struct ngx_http_consent_memo_host_s {
    ngx_consent_table_t      *table;
    size_t                    len;
    ngx_uint_t                known;    /* rows of urls have it */
    u_char                    name[NGX_HTTP_CONSENT_MEMO_HOST];
};


/* names of cookies; longer ones, or of longer hosts, are looked up each time */

#define NGX_HTTP_CONSENT_MEMO_NAMES  128
#define NGX_HTTP_CONSENT_MEMO_NAME   64


struct ngx_http_consent_memo_name_s {
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    ngx_consent_mask_t        mask;
    size_t                    host;     /* bytes of each */
    size_t                    len;

    ngx_http_consent_cookie_e    what;
    const ngx_consent_row_t  *row;

    u_char                    bytes[NGX_HTTP_CONSENT_MEMO_HOST];
    u_char                    name[NGX_HTTP_CONSENT_MEMO_NAME];
};


/* what is asked */

typedef struct {
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t   *binding;
    ngx_str_t                 host;
    ngx_str_t                 line;
    ngx_uint_t                gpc;
    ngx_uint_t                optout;
} ngx_http_consent_memo_key_t;


static ngx_http_consent_memo_t *ngx_http_consent_memo_slot(
    ngx_http_request_t *r, ngx_http_consent_memo_key_t *key);
static ngx_uint_t ngx_http_consent_memo_is(ngx_http_consent_memo_t *memo,
    ngx_http_consent_memo_key_t *key);
static ngx_http_consent_memo_t *ngx_http_consent_memo_of(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_memo_key_t *key);


ngx_int_t
ngx_http_consent_memo_init(ngx_conf_t *cf)
{
    u_char                        *p;
    ngx_uint_t                     i;
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    if (cmcf->memos) {
        return NGX_OK;
    }

    cmcf->memos = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_SLOTS
                                        * sizeof(ngx_http_consent_memo_t));

    cmcf->memo_hosts = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_HOSTS
                                      * sizeof(ngx_http_consent_memo_host_t));

    cmcf->memo_names = ngx_pcalloc(cf->pool, NGX_HTTP_CONSENT_MEMO_NAMES
                                      * sizeof(ngx_http_consent_memo_name_t));

    p = ngx_palloc(cf->pool, NGX_HTTP_CONSENT_MEMO_SLOTS
                             * NGX_HTTP_CONSENT_MEMO_BYTES);

    if (cmcf->memos == NULL || cmcf->memo_hosts == NULL
        || cmcf->memo_names == NULL || p == NULL)
    {
        return NGX_ERROR;
    }

    for (i = 0; i < NGX_HTTP_CONSENT_MEMO_SLOTS; i++) {
        cmcf->memos[i].bytes = p + i * NGX_HTTP_CONSENT_MEMO_BYTES;
    }

    return NGX_OK;
}


/* Where it would be; NULL: nowhere. */

static ngx_http_consent_memo_t *
ngx_http_consent_memo_slot(ngx_http_request_t *r,
    ngx_http_consent_memo_key_t *key)
{
    uint64_t                       middle, end;
    ngx_http_consent_main_conf_t  *cmcf;

    key->host = r->headers_in.server;

    if (key->line.len < 16 || key->binding->nproviders
        || key->line.len + key->host.len > NGX_HTTP_CONSENT_MEMO_BYTES)
    {
        return NULL;
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    /* lines of two visitors are hardly ever as long and end alike */

    ngx_memcpy(&middle, key->line.data + key->line.len / 2, 8);
    ngx_memcpy(&end, key->line.data + key->line.len - 8, 8);

    middle = (middle ^ (end >> 7) ^ (end << 21) ^ key->line.len)
             * 0x9e3779b97f4a7c15;

    return &cmcf->memos[(middle >> 32) % NGX_HTTP_CONSENT_MEMO_SLOTS];
}


static ngx_uint_t
ngx_http_consent_memo_is(ngx_http_consent_memo_t *memo,
    ngx_http_consent_memo_key_t *key)
{
    return memo->time == ngx_time()
           && memo->line == key->line.len && memo->host == key->host.len
           && memo->conf == key->conf && memo->binding == key->binding
           && memo->gpc == key->gpc && memo->optout == key->optout
           && ngx_memcmp(memo->bytes, key->host.data, key->host.len) == 0
           && ngx_memcmp(memo->bytes + key->host.len, key->line.data,
                         key->line.len)
              == 0;
}


static ngx_http_consent_memo_t *
ngx_http_consent_memo_of(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_memo_key_t *key)
{
    ngx_table_elt_t  *h;

    if (ctx->cookies.nelts != 1) {
        return NULL;
    }

    h = ctx->cookies.elts;

    key->conf = ctx->conf;
    key->binding = ctx->binding;
    key->line = h[0].value;
    key->gpc = ctx->gpc;
    key->optout = ctx->optout;

    return ngx_http_consent_memo_slot(r, key);
}


ngx_uint_t
ngx_http_consent_memo_free(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *binding,
    ngx_str_t *line, ngx_uint_t gpc)
{
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_memo_key_t   key;

    key.conf = conf;
    key.binding = binding;
    key.line = *line;
    key.gpc = gpc;
    key.optout = 0;

    memo = ngx_http_consent_memo_slot(r, &key);

    return memo && memo->cookies && memo->nrows == 0
           && ngx_http_consent_memo_is(memo, &key);
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

    if (ctx->choice.id.len) {
        ctx->choice.id.data = key.line.data + memo->id;
    }

    ctx->id = ctx->choice.id;

    return NGX_OK;
}


void
ngx_http_consent_memo_keep(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char                       *p;
    ngx_http_consent_memo_t      *memo;
    ngx_http_consent_memo_key_t   key;

    memo = ngx_http_consent_memo_of(r, ctx, &key);

    if (memo == NULL) {
        return;
    }

    if (ctx->choice.id.len) {

        memo->time = 0;
        memo->id = ctx->choice.id.data - key.line.data;

        if (ctx->choice.id.data < key.line.data || memo->id >= key.line.len) {
            return;
        }
    }

    memo->time = ngx_time();
    memo->conf = ctx->conf;
    memo->binding = ctx->binding;
    memo->host = key.host.len;
    memo->line = key.line.len;
    memo->gpc = ctx->gpc;
    memo->optout = ctx->optout;

    p = ngx_cpymem(memo->bytes, key.host.data, key.host.len);
    ngx_memcpy(p, key.line.data, key.line.len);

    memo->state = ctx->grant.state;
    memo->mask = ctx->grant.mask;
    memo->vetoed = ctx->vetoed.mask;
    memo->choice = ctx->choice;
    memo->lapsed = ctx->lapsed;
    memo->broken = ctx->broken;
    memo->source = ctx->source;

    memo->cookies = !ngx_http_consent_refuses_cookies(ctx);
    memo->changed = 0;
    memo->nrows = 0;
    memo->turn++;

    ctx->memo = memo;
    ctx->memo_turn = memo->turn;
}


ngx_int_t
ngx_http_consent_memo_cookies(ngx_http_consent_ctx_t *ctx, ngx_str_t *value)
{
    u_char                   *p;
    ngx_uint_t                i;
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
        memo->nrows = 0;
        return NGX_DECLINED;
    }

    for (i = 0; i < memo->nrows; i++) {
        ngx_http_consent_did(ctx, NGX_HTTP_CONSENT_DID_COOKIE, memo->rows[i]);
    }

    if (!memo->changed) {
        return NGX_OK;
    }

    p = ngx_pnalloc(ctx->pool, memo->left + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(p, memo->bytes + memo->host + memo->line, memo->left);
    p[memo->left] = '\0';

    value->data = p;
    value->len = memo->left;

    return NGX_OK;
}


void
ngx_http_consent_memo_refused(ngx_http_consent_ctx_t *ctx,
    const ngx_consent_row_t *row)
{
    ngx_http_consent_memo_t  *memo;

    memo = ctx->memo;

    if (memo == NULL) {
        return;
    }

    if (memo->nrows == NGX_HTTP_CONSENT_MEMO_ROWS) {
        ctx->memo = NULL;
        return;
    }

    memo->rows[memo->nrows++] = row;
}


void
ngx_http_consent_memo_left(ngx_http_consent_ctx_t *ctx, ngx_str_t *value,
    ngx_uint_t changed)
{
    ngx_http_consent_memo_t  *memo;

    memo = ctx->memo;

    if (memo == NULL) {
        return;
    }

    if (changed) {

        if (value->len > NGX_HTTP_CONSENT_MEMO_BYTES - memo->host - memo->line)
        {
            ctx->memo = NULL;
            return;
        }

        ngx_memcpy(memo->bytes + memo->host + memo->line, value->data,
                   value->len);
        memo->left = value->len;
    }

    memo->changed = changed;
    memo->cookies = 1;
}


ngx_uint_t
ngx_http_consent_memo_host(ngx_http_request_t *r, ngx_consent_table_t *table)
{
    ngx_str_t                     *host;
    ngx_http_consent_memo_host_t  *memo;
    ngx_http_consent_main_conf_t  *cmcf;

    host = &r->headers_in.server;

    if (host->len == 0 || host->len > NGX_HTTP_CONSENT_MEMO_HOST) {
        return ngx_consent_table_has_host(table, host);
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    memo = &cmcf->memo_hosts[host->len % NGX_HTTP_CONSENT_MEMO_HOSTS];

    if (memo->table != table || memo->len != host->len
        || ngx_memcmp(memo->name, host->data, host->len) != 0)
    {
        memo->table = table;
        memo->len = host->len;
        memo->known = ngx_consent_table_has_host(table, host);

        ngx_memcpy(memo->name, host->data, host->len);
    }

    return memo->known;
}


/* The grant is the same for all providers; the table and its hosts stay. */

ngx_http_consent_cookie_e
ngx_http_consent_judge_cookie(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *name, const ngx_consent_row_t **row)
{
    uint32_t                       first, last;
    ngx_str_t                     *host;
    ngx_http_consent_memo_name_t  *memo;
    ngx_http_consent_main_conf_t  *cmcf;

    host = &r->headers_in.server;

    if (name->len < 4 || name->len > NGX_HTTP_CONSENT_MEMO_NAME
        || host->len > NGX_HTTP_CONSENT_MEMO_HOST || ctx->grant.providers)
    {
        return ngx_http_consent_find_cookie(r, ctx, name, row);
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    ngx_memcpy(&first, name->data, 4);
    ngx_memcpy(&last, name->data + name->len - 4, 4);

    first = (first ^ (last >> 5) ^ (last << 11) ^ (uint32_t) name->len)
            * 0x9e3779b1;

    memo = &cmcf->memo_names[(first >> 16) % NGX_HTTP_CONSENT_MEMO_NAMES];

    if (memo->conf == ctx->conf && memo->binding == ctx->binding
        && memo->mask == ctx->grant.mask
        && memo->len == name->len && memo->host == host->len
        && ngx_memcmp(memo->name, name->data, name->len) == 0
        && ngx_memcmp(memo->bytes, host->data, host->len) == 0)
    {
        *row = memo->row;
        return memo->what;
    }

    memo->conf = ctx->conf;
    memo->binding = ctx->binding;
    memo->mask = ctx->grant.mask;
    memo->host = host->len;
    memo->len = name->len;

    ngx_memcpy(memo->name, name->data, name->len);
    ngx_memcpy(memo->bytes, host->data, host->len);

    memo->what = ngx_http_consent_find_cookie(r, ctx, name, row);
    memo->row = *row;

    return memo->what;
}
