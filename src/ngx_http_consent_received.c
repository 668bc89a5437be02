
/*
 * The request's headers as they came: which of them count.
 */

#include "ngx_http_consent.h"


static ngx_inline void ngx_http_consent_see_header(ngx_table_elt_t *h,
    ngx_http_consent_seen_t *seen);
static ngx_int_t ngx_http_consent_keep_lines(ngx_array_t *kept,
    ngx_table_elt_t **h, ngx_uint_t n);
static ngx_int_t ngx_http_consent_receive_all(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_int_t ngx_http_consent_receive_edited(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_inline ngx_int_t ngx_http_consent_keep(ngx_array_t *kept,
    ngx_table_elt_t *h);


/* the shorter names first: see ngx_http_consent_edit_at */

static const ngx_http_consent_edit_t  ngx_http_consent_edits[] = {

    { ngx_string("range"),
      offsetof(ngx_http_headers_in_t, range), 1,
      ngx_http_consent_edit_range },

    { ngx_string("if-match"),
      offsetof(ngx_http_headers_in_t, if_match), 0,
      ngx_http_consent_edit_match },

    { ngx_string("if-range"),
      offsetof(ngx_http_headers_in_t, if_range), 1,
      ngx_http_consent_edit_if_range },

    { ngx_string("if-none-match"),
      offsetof(ngx_http_headers_in_t, if_none_match), 0,
      ngx_http_consent_edit_none_match },

    { ngx_string("accept-encoding"), 0, 0,
      ngx_http_consent_edit_encoding },

    { ngx_string("if-modified-since"),
      offsetof(ngx_http_headers_in_t, if_modified_since), 0,
      ngx_http_consent_edit_modified },

    { ngx_null_string, 0, 0, NULL }
};


/* where those of a length begin, and one more: most lengths are no name's */

static const u_char  ngx_http_consent_edit_at[18] = {
    [sizeof("range") - 1] = 1,
    [sizeof("if-match") - 1] = 2,
    [sizeof("if-none-match") - 1] = 4,
    [sizeof("accept-encoding") - 1] = 5,
    [sizeof("if-modified-since") - 1] = 6
};


/*
 * A bit for each length that counts, and one for a length with its last letter,
 * of either case: of 64 each, so that some say it falsely.
 */

#define ngx_http_consent_seen_length(name)                                   \
    ((uint64_t) 1 << ((sizeof(name) - 1) & 63))

#define ngx_http_consent_seen_slot(len, last)  (((len) + 6 * (last)) & 63)

#define ngx_http_consent_seen_end(name)                                      \
    ((uint64_t) 1 << ngx_http_consent_seen_slot(sizeof(name) - 1,            \
                                                name[sizeof(name) - 2]))

#define ngx_http_consent_seen_names(bit)                                     \
    (bit("cookie") | bit("sec-gpc") | bit("sec-fetch-dest") | bit("range")   \
     | bit("if-match") | bit("if-range") | bit("if-none-match")              \
     | bit("accept-encoding") | bit("if-modified-since"))

#define NGX_HTTP_CONSENT_SEEN_LENGTHS                                        \
    ngx_http_consent_seen_names(ngx_http_consent_seen_length)

#define NGX_HTTP_CONSENT_SEEN_ENDS                                           \
    ngx_http_consent_seen_names(ngx_http_consent_seen_end)


void
ngx_http_consent_see(ngx_http_request_t *r, ngx_http_consent_seen_t *seen)
{
    ngx_uint_t        slot;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h, *last;

    seen->ncookies = 0;
    seen->nedited = 0;
    seen->dest = NULL;
    seen->gpc = 0;
    seen->conditional = 0;
    seen->document = 0;
    seen->memo = NULL;
    seen->memo_turn = 0;

    for (part = &r->headers_in.headers.part; part; part = part->next) {

        h = part->elts;

        for (last = h + part->nelts; h < last; h++) {

            if (!((NGX_HTTP_CONSENT_SEEN_LENGTHS >> (h->key.len & 63)) & 1)) {
                continue;
            }

            slot = ngx_http_consent_seen_slot(h->key.len,
                                              h->key.data[h->key.len - 1]);

            if ((NGX_HTTP_CONSENT_SEEN_ENDS >> slot) & 1) {
                ngx_http_consent_see_header(h, seen);
            }
        }
    }
}


static ngx_inline void
ngx_http_consent_see_header(ngx_table_elt_t *h, ngx_http_consent_seen_t *seen)
{
    const ngx_http_consent_edit_t  *edit;

    switch (h->key.len) {

    case sizeof("Cookie") - 1:

        if (ngx_http_consent_header_is(h, "Cookie")
            && seen->ncookies++ < NGX_HTTP_CONSENT_SEEN)
        {
            seen->cookies[seen->ncookies - 1] = h;
        }

        return;

    case sizeof("Sec-Fetch-Dest") - 1:

        if (seen->dest == NULL
            && ngx_http_consent_header_is(h, "Sec-Fetch-Dest"))
        {
            seen->dest = &h->value;
        }

        return;

    case sizeof("Sec-GPC") - 1:

        /* one line that says exactly "1" is enough */

        if (h->value.len == 1 && h->value.data[0] == '1'
            && ngx_http_consent_header_is(h, "Sec-GPC"))
        {
            seen->gpc = 1;
        }

        return;

    /* the one of those that are edited that nearly every request has */

    case sizeof("Accept-Encoding") - 1:

        if (!ngx_http_consent_header_is(h, "Accept-Encoding")) {
            return;
        }

        break;

    default:

        edit = ngx_http_consent_edit(h);

        if (edit == NULL) {
            return;
        }

        seen->conditional |= (edit->offset != 0);
    }

    if (seen->nedited++ < NGX_HTTP_CONSENT_SEEN) {
        seen->edited[seen->nedited - 1] = h;
    }
}


/* Keeps what other modules, or we, may take from the request later. */

ngx_int_t
ngx_http_consent_receive(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_seen_t *seen)
{
    ctx->cookies.elts = &ctx->first[0];
    ctx->cookies.nelts = 0;
    ctx->cookies.size = sizeof(ngx_table_elt_t);
    ctx->cookies.nalloc = 1;
    ctx->cookies.pool = r->pool;

    ctx->received = ctx->cookies;
    ctx->received.elts = &ctx->first[1];

    ctx->dest = seen->dest;
    ctx->gpc = seen->gpc;

    ctx->met = seen->memo;
    ctx->memo = NULL;
    ctx->memo_turn = seen->memo_turn;

    if (seen->nedited > NGX_HTTP_CONSENT_SEEN
        || seen->ncookies > NGX_HTTP_CONSENT_SEEN)
    {
        return ngx_http_consent_receive_all(r, ctx);
    }

    ctx->conditional = seen->conditional;

    if (ngx_http_consent_keep_lines(&ctx->received, seen->edited,
                                    seen->nedited)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_consent_keep_lines(&ctx->cookies, seen->cookies,
                                       seen->ncookies);
}


/*
 * What came before us, in the rewrite phase, may have made other lines of them
 * since the grant was asked for: then the sources are asked anew.
 */

ngx_int_t
ngx_http_consent_receive_again(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                *value;
    ngx_uint_t                i, same;
    ngx_table_elt_t          *h;
    ngx_http_consent_seen_t   seen;

    ngx_http_consent_see(r, &seen);

    same = seen.gpc == ctx->gpc
           && seen.ncookies == ctx->cookies.nelts
           && seen.ncookies <= NGX_HTTP_CONSENT_SEEN;

    h = ctx->cookies.elts;

    for (i = 0; same && i < seen.ncookies; i++) {

        value = &seen.cookies[i]->value;

        same = value->data == h[i].value.data && value->len == h[i].value.len;
    }

    if (!same) {
        ctx->binding = NULL;
    }

    return ngx_http_consent_receive(r, ctx, &seen);
}


static ngx_int_t
ngx_http_consent_keep_lines(ngx_array_t *kept, ngx_table_elt_t **h,
    ngx_uint_t n)
{
    ngx_uint_t  i;

    for (i = 0; i < n; i++) {
        if (ngx_http_consent_keep(kept, h[i]) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_receive_all(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {
        if (ngx_http_consent_header_is(h, "Cookie")
            && ngx_http_consent_keep(&ctx->cookies, h) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return ngx_http_consent_receive_edited(r, ctx);
}


static ngx_int_t
ngx_http_consent_receive_edited(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                      i;
    ngx_list_part_t                *part;
    ngx_table_elt_t                *h;
    const ngx_http_consent_edit_t  *edit;

    ctx->received.nelts = 0;
    ctx->conditional = 0;

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        edit = ngx_http_consent_edit(h);

        if (edit == NULL) {
            continue;
        }

        if (edit->offset) {
            ctx->conditional = 1;
        }

        if (ngx_http_consent_keep(&ctx->received, h) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_inline ngx_int_t
ngx_http_consent_keep(ngx_array_t *kept, ngx_table_elt_t *h)
{
    ngx_table_elt_t  *dst;

    if (kept->nelts < kept->nalloc) {
        dst = (ngx_table_elt_t *) kept->elts + kept->nelts++;

    } else {
        dst = ngx_array_push(kept);
        if (dst == NULL) {
            return NGX_ERROR;
        }
    }

    *dst = *h;

    return NGX_OK;
}


const ngx_http_consent_edit_t *
ngx_http_consent_edit(ngx_table_elt_t *h)
{
    u_char                          last;
    ngx_uint_t                      at;
    const ngx_http_consent_edit_t  *edit;

    at = h->key.len < sizeof(ngx_http_consent_edit_at)
         ? ngx_http_consent_edit_at[h->key.len] : 0;

    if (at == 0) {
        return NULL;
    }

    last = h->key.data[h->key.len - 1] | 0x20;

    for (edit = &ngx_http_consent_edits[at - 1];
         edit->name.len == h->key.len;
         edit++)
    {
        if (edit->name.data[h->key.len - 1] == last
            && ngx_http_consent_same_name(h->key.data, edit->name.data,
                                       edit->name.len))
        {
            return edit;
        }
    }

    return NULL;
}


ngx_uint_t
ngx_http_consent_is_edited_variable(ngx_str_t *variable)
{
    const ngx_http_consent_edit_t  *edit;

    for (edit = ngx_http_consent_edits; edit->name.len; edit++) {
        if (ngx_http_consent_is_variable(variable, &edit->name)) {
            return 1;
        }
    }

    return 0;
}
