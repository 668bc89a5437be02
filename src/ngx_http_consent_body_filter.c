
/*
 * A page's bytes: each input buffer is read to its end when it comes; what is
 * kept of it goes on in buffers of ours over its memory.
 *
 * The last buffer of ours over an input carries its flags, and the input
 * itself as its shadow: an input is given back, by its pos, only when all that
 * shows its memory has been sent.
 */

#include "ngx_http_consent.h"


/*
 * Pieces that are not the input's, and kept pieces shorter than this, are
 * gathered in blocks: an edited tag costs one buffer, not ten.
 */
#define NGX_HTTP_CONSENT_SHORT_PIECE  256
#define NGX_HTTP_CONSENT_BLOCK        1024


typedef struct {
    ngx_http_request_t       *request;
    ngx_http_consent_ctx_t   *ctx;

    ngx_consent_rules_t       rules;
    ngx_consent_document_t    document;
    ngx_consent_stand_in_t    place;

    ngx_chain_t              *out;      /* being made */
    ngx_chain_t             **last_out;
    ngx_buf_t                *last;     /* of this input; NULL: none yet */

    ngx_chain_t              *busy;
    ngx_buf_t                *late;     /* an input: see _is_first() */
    ngx_chain_t              *passed;   /* without a byte: see _release() */
    ngx_chain_t              *slices;   /* free, without memory */
    ngx_chain_t              *blocks;   /* free, with NGX_HTTP_CONSENT_BLOCK */
} ngx_http_consent_body_t;


static ngx_consent_charset_e ngx_http_consent_charset(ngx_http_request_t *r);
static ngx_int_t ngx_http_consent_body_filter(ngx_http_request_t *r,
    ngx_chain_t *in);
static ngx_int_t ngx_http_consent_body_read(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_chain_t *in);
static ngx_int_t ngx_http_consent_body_input(ngx_http_consent_body_t *body,
    ngx_buf_t *b);
static ngx_int_t ngx_http_consent_body_emit(void *data, u_char *p, size_t len,
    ngx_consent_piece_e kind);
static ngx_int_t ngx_http_consent_body_slice(ngx_http_consent_body_t *body,
    u_char *p, size_t len);
static ngx_int_t ngx_http_consent_body_copy(ngx_http_consent_body_t *body,
    u_char *p, size_t len);
static ngx_buf_t *ngx_http_consent_body_buf(ngx_http_consent_body_t *body,
    size_t size);
static void ngx_http_consent_body_release(ngx_http_consent_body_t *body);
static ngx_uint_t ngx_http_consent_body_is_first(ngx_http_request_t *r,
    ngx_buf_t *b);
static void ngx_http_consent_body_note(void *data, ngx_consent_note_e note,
    const ngx_consent_row_t *row);


extern ngx_module_t  ngx_http_copy_filter_module;

static ngx_http_output_body_filter_pt  ngx_http_next_body_filter;


ngx_uint_t
ngx_http_consent_body_matters(ngx_http_consent_ctx_t *ctx)
{
    return (ctx->conf->gcm && !ctx->report) || ctx->banner
           || ngx_http_consent_guarded(ctx)
           || ngx_http_consent_body_judged(ctx);
}


ngx_uint_t
ngx_http_consent_body_judged(ngx_http_consent_ctx_t *ctx)
{
    if (ctx->conf->tags == NGX_HTTP_CONSENT_TAGS_OFF) {
        return 0;
    }

    if (ctx->conf->unknown_urls
        && ctx->conf->unknown_urls->what == NGX_CONSENT_UNKNOWN_HOLD)
    {
        return 1;
    }

    /* what an author holds back himself is brought back for whom he meant */

    if (ctx->binding->markup && ctx->binding->markup->live) {
        return 1;
    }

    /* a category that unknown URLs have may be one that no row of them has */

    if (ctx->conf->unknown_urls
        && ctx->conf->unknown_urls->what == NGX_CONSENT_UNKNOWN_CATEGORY)
    {
        return ngx_consent_table_missing(ctx->binding->table, &ctx->grant) != 0;
    }

    return ngx_consent_table_holds(ctx->binding->table, &ctx->grant, 1);
}


ngx_int_t
ngx_http_consent_body_start(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_consent_rules_t          *rules;
    ngx_http_consent_body_t      *body;
    ngx_http_consent_loc_conf_t  *conf;

    body = ngx_pcalloc(r->pool, sizeof(ngx_http_consent_body_t));
    if (body == NULL) {
        return NGX_ERROR;
    }

    body->request = r;
    body->ctx = ctx;
    body->last_out = &body->out;

    conf = ctx->conf;
    rules = &body->rules;

    ngx_http_consent_rules(r, ctx, rules);

    rules->tag_buffer = conf->tag_buffer;
    rules->inline_buffer = conf->inline_buffer;
    rules->markup = ctx->binding->markup;
    rules->remove = (conf->tags == NGX_HTTP_CONSENT_TAGS_REMOVE);

    if (conf->placeholder) {

        if (ngx_http_consent_placeholder_start(r, ctx, &body->place)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        rules->place = &body->place;
    }

    ngx_http_consent_kind(r, rules);

    if (ctx->head.len) {
        rules->head = ctx->head;
        rules->head_sure = ngx_http_consent_head_sure(ctx);
    }

    if (ngx_http_consent_banner_fits(r, ctx)) {
        rules->body = ngx_http_consent_banner_html;
        rules->body_data = r;
        rules->body_sure = ctx->banner_sure;
    }

    rules->head_only = !ngx_http_consent_body_judged(ctx);

    /* a script can give them back theirs */

    rules->name_frames = (ctx->head.len && ngx_http_consent_guarded(ctx));

    rules->emit = ctx->report ? NULL : ngx_http_consent_body_emit;
    rules->emit_data = body;
    rules->note = ngx_http_consent_body_note;
    rules->data = body;

    ngx_consent_document_init(&body->document, rules,
                              ngx_http_consent_charset(r), r->pool);

    ctx->body = body;

    return NGX_OK;
}


/* What the headers say; nginx keeps a charset apart from what it set itself. */

static ngx_consent_charset_e
ngx_http_consent_charset(ngx_http_request_t *r)
{
    u_char     *p, *last;
    ngx_str_t  *s;

    s = &r->headers_out.charset;

    if (s->len) {

        /* all that stands behind "charset=", where nginx took it from there */

        last = s->data + s->len;

        for (p = s->data; p < last && *p != ';'; p++) { /* void */ }

        return ngx_consent_charset_label(s->data, p - s->data);
    }

    s = &r->headers_out.content_type;

    return ngx_consent_charset_header(s->data, s->len);
}


static ngx_int_t
ngx_http_consent_body_filter(ngx_http_request_t *r, ngx_chain_t *in)
{
    ngx_http_consent_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r->main, ngx_http_consent_module);

    if (ctx == NULL || ctx->body == NULL) {
        return ngx_http_next_body_filter(r, in);
    }

    return ngx_http_consent_body_read(r, ctx, in);
}


static ngx_http_consent_apart ngx_int_t
ngx_http_consent_body_read(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_chain_t *in)
{
    ngx_int_t                 rc;
    ngx_chain_t              *cl, **ll;
    ngx_http_consent_body_t  *body;

    body = ctx->body;

    if (in == NULL && body->busy == NULL) {
        return ngx_http_next_body_filter(r, in);
    }

    for (cl = in; cl; cl = cl->next) {
        if (ngx_http_consent_body_input(body, cl->buf) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (ctx->report) {
        return ngx_http_next_body_filter(r, in);
    }

    rc = ngx_http_next_body_filter(r, body->out);

    for (ll = &body->busy; *ll; ll = &(*ll)->next) { /* void */ }

    *ll = body->out;

    body->out = NULL;
    body->last_out = &body->out;

    ngx_http_consent_body_release(body);

    return rc;
}


static ngx_int_t
ngx_http_consent_body_input(ngx_http_consent_body_t *body, ngx_buf_t *b)
{
    size_t      len;
    ngx_buf_t  *last;

    body->last = NULL;

    len = ngx_buf_in_memory(b) ? (size_t) (b->last - b->pos) : 0;

    if (ngx_consent_document_feed(&body->document, b->pos, len, b->last_buf)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (body->ctx->report) {
        return NGX_OK;
    }

    last = body->last;

    if (last == NULL) {

        last = ngx_http_consent_body_buf(body, 0);
        if (last == NULL) {
            return NGX_ERROR;
        }

        last->memory = 0;
        last->sync = 1;
    }

    last->shadow = b;
    last->flush = b->flush;
    last->recycled = b->recycled;
    last->last_buf = b->last_buf;
    last->last_in_chain = b->last_in_chain;

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_body_emit(void *data, u_char *p, size_t len,
    ngx_consent_piece_e kind)
{
    ngx_http_consent_body_t *body = data;

    ngx_buf_t  *last;

    last = body->last;

    switch (kind) {

    case NGX_CONSENT_PIECE_HELD:
    case NGX_CONSENT_PIECE_INSERT:
        return ngx_http_consent_body_copy(body, p, len);

    case NGX_CONSENT_PIECE_DROP:
        return NGX_OK;

    default: /* NGX_CONSENT_PIECE_KEEP */
        break;
    }

    if (last && !last->temporary && last->last == p) {
        last->last += len;
        last->end = last->last;
        return NGX_OK;
    }

    /* a page without edits is one slice an input, however short that is */

    if (last && len < NGX_HTTP_CONSENT_SHORT_PIECE) {
        return ngx_http_consent_body_copy(body, p, len);
    }

    return ngx_http_consent_body_slice(body, p, len);
}


static ngx_int_t
ngx_http_consent_body_slice(ngx_http_consent_body_t *body, u_char *p,
    size_t len)
{
    ngx_buf_t  *b;

    b = ngx_http_consent_body_buf(body, 0);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->memory = 1;
    b->start = p;
    b->pos = p;
    b->last = p + len;
    b->end = p + len;

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_body_copy(ngx_http_consent_body_t *body, u_char *p, size_t len)
{
    size_t      n;
    ngx_buf_t  *b;

    while (len) {

        b = body->last;

        if (b == NULL || !b->temporary || b->last == b->end) {

            b = ngx_http_consent_body_buf(body, NGX_HTTP_CONSENT_BLOCK);
            if (b == NULL) {
                return NGX_ERROR;
            }
        }

        n = ngx_min(len, (size_t) (b->end - b->last));

        b->last = ngx_cpymem(b->last, p, n);

        p += n;
        len -= n;
    }

    return NGX_OK;
}


/* One more buffer at the end of the output; size 0: without memory. */

static ngx_buf_t *
ngx_http_consent_body_buf(ngx_http_consent_body_t *body, size_t size)
{
    u_char        *start, *end;
    ngx_buf_t     *b;
    ngx_pool_t    *pool;
    ngx_chain_t   *cl, **free;

    pool = body->request->pool;
    free = size ? &body->blocks : &body->slices;

    cl = *free;

    if (cl) {
        *free = cl->next;
        b = cl->buf;

        start = b->start;
        end = b->end;

        ngx_memzero(b, sizeof(ngx_buf_t));

    } else {
        cl = ngx_alloc_chain_link(pool);
        if (cl == NULL) {
            return NULL;
        }

        b = ngx_calloc_buf(pool);
        if (b == NULL) {
            return NULL;
        }

        cl->buf = b;

        start = NULL;
        end = NULL;

        if (size) {
            start = ngx_palloc(pool, size);
            if (start == NULL) {
                return NULL;
            }

            end = start + size;
        }
    }

    b->tag = (ngx_buf_tag_t) &ngx_http_consent_module;

    if (size) {
        b->temporary = 1;
        b->start = start;
        b->pos = start;
        b->last = start;
        b->end = end;
    }

    cl->next = NULL;
    *body->last_out = cl;
    body->last_out = &cl->next;

    body->last = b;

    return b;
}


/*
 * Gives back what has been sent, in its order.  A buffer with bytes is sent
 * when it has none left; one that never had any may still stand in a chain
 * behind us until nothing is waiting there.
 */

static void
ngx_http_consent_body_release(ngx_http_consent_body_t *body)
{
    ngx_buf_t           *b;
    ngx_chain_t         *cl, **free;
    ngx_http_request_t  *r;

    r = body->request;

    if (body->late) {
        body->late->pos = body->late->last;
        body->late = NULL;
    }

    while (body->busy) {

        cl = body->busy;
        b = cl->buf;

        if (ngx_buf_size(b) != 0) {
            break;
        }

        if (b->shadow && ngx_http_consent_body_is_first(r, b->shadow)) {
            body->late = b->shadow;

        } else if (b->shadow) {
            b->shadow->pos = b->shadow->last;
        }

        body->busy = cl->next;

        if (b->temporary) {
            free = &body->blocks;

        } else {
            free = b->memory ? &body->slices : &body->passed;
        }

        cl->next = *free;
        *free = cl;
    }

    if (r->out || r->buffered || r->connection->buffered) {
        return;
    }

    while (body->passed) {
        cl = body->passed;
        body->passed = cl->next;

        cl->next = body->slices;
        body->slices = cl;
    }
}


/*
 * nginx reads a file into one buffer over and over while each is sent at once,
 * and fills two before it calls on once the first was still out when the next
 * was due.  Reading a page takes us longer than the client, which has gone to
 * sleep before each write and must be woken for it.  So the first buffer of a
 * file, though sent, is given back with the second: from then on there are half
 * as many writes.  Where output_buffers allow but one, nothing may be kept.
 */

static ngx_uint_t
ngx_http_consent_body_is_first(ngx_http_request_t *r, ngx_buf_t *b)
{
    ngx_output_chain_ctx_t  *copy;

    /* the buffers are those of the request that is being sent */

    if (b->tag != (ngx_buf_tag_t) &ngx_http_copy_filter_module
        || b->last_buf || b->last_in_chain || r->connection->data != r)
    {
        return 0;
    }

    copy = ngx_http_get_module_ctx(r, ngx_http_copy_filter_module);

    return copy != NULL && copy->allocated == 1 && copy->bufs.num > 1;
}


static void
ngx_http_consent_body_note(void *data, ngx_consent_note_e note,
    const ngx_consent_row_t *row)
{
    ngx_http_consent_body_t *body = data;

    static const ngx_http_consent_did_e  did[] = {
        NGX_HTTP_CONSENT_DID_TAG,           /* NGX_CONSENT_NOTE_HELD */
        NGX_HTTP_CONSENT_DID_INLINE,        /* NGX_CONSENT_NOTE_INLINE */
        NGX_HTTP_CONSENT_DID_LONG,          /* NGX_CONSENT_NOTE_INLINE_LONG */
        NGX_HTTP_CONSENT_DID_LONG           /* NGX_CONSENT_NOTE_TAG_LONG */
    };

    ngx_http_consent_did(body->ctx, did[note], row);
}


ngx_int_t
ngx_http_consent_body_filter_init(ngx_conf_t *cf)
{
    ngx_http_next_body_filter = ngx_http_top_body_filter;
    ngx_http_top_body_filter = ngx_http_consent_body_filter;

    return NGX_OK;
}
