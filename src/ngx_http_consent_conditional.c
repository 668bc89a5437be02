
/*
 * Conditional requests and ranges, as the origin may see them.  Its entity tags
 * say nothing of what was held back, so a page's tag carries its variant: a tag
 * of the present one is asked for as the origin knows it, one of another
 * variant is not asked for at all.
 */

#include "ngx_http_consent.h"
#include "ngx_consent_etag.h"


static void ngx_http_consent_condition_tags(ngx_http_consent_condition_t *c,
    ngx_str_t *list);
static ngx_uint_t ngx_http_consent_current(ngx_http_consent_condition_t *c,
    ngx_consent_etag_t *tag);
static ngx_int_t ngx_http_consent_edit_tags(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h, ngx_uint_t match);
static ngx_int_t ngx_http_consent_ask_by_time(ngx_http_request_t *r,
    ngx_table_elt_t *h, time_t time);


void
ngx_http_consent_condition(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_uint_t document, ngx_http_consent_condition_t *c)
{
    ngx_uint_t           i, range, whole, date;
    ngx_table_elt_t     *h;
    ngx_consent_etag_t   tag;

    ngx_memzero(c, sizeof(ngx_http_consent_condition_t));

    c->variant = ngx_http_consent_variant(ctx);
    c->document = document;
    c->safe = (r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD)) != 0;

    c->bound = (r->headers_in.if_unmodified_since != NULL);

    range = 0;
    whole = 0;
    date = c->bound;

    h = ctx->received.elts;

    for (i = 0; i < ctx->received.nelts; i++) {

        if (ngx_http_consent_header_is(&h[i], "If-None-Match")) {
            ngx_http_consent_condition_tags(c, &h[i].value);
            continue;
        }

        if (ngx_http_consent_header_is(&h[i], "If-Modified-Since")) {
            c->dated = 1;
            continue;
        }

        if (ngx_http_consent_header_is(&h[i], "If-Match")) {
            c->bound = 1;
            continue;
        }

        if (ngx_http_consent_header_is(&h[i], "Range")) {
            range = 1;
            continue;
        }

        if (!ngx_http_consent_header_is(&h[i], "If-Range")) {
            continue;
        }

        ngx_consent_etag_parse(&tag, h[i].value.data, h[i].value.len);

        if (tag.kind != NGX_CONSENT_ETAG_ORIGIN) {
            whole |= tag.kind != NGX_CONSENT_ETAG_VARIANT
                     || !ngx_http_consent_current(c, &tag)
                     || ngx_http_consent_body_matters(ctx);
            continue;
        }

        date |= !ngx_consent_etag_is_tag(&tag.text);
    }

    /*
     * A part fits only to what is the origin's byte for byte, now and when the
     * other parts were got, which a date does not tell.
     */

    if (document && (date || ngx_http_consent_body_matters(ctx))) {
        whole |= ngx_http_consent_maybe_page(r, ctx);
    }

    c->whole = range && whole;
}


/* What has to hold the origin has judged, and nginx would judge it anew. */

ngx_uint_t
ngx_http_consent_unasked(ngx_http_consent_condition_t *c)
{
    return c->safe && (c->tagged ? !c->asks : c->dated && c->document)
           && !c->bound;
}


static void
ngx_http_consent_condition_tags(ngx_http_consent_condition_t *c,
    ngx_str_t *list)
{
    u_char              *p, *last;
    ngx_consent_etag_t   tag;

    c->tagged = 1;

    p = list->data;
    last = p + list->len;

    while (ngx_consent_etag_next(&p, last, &tag) == NGX_OK) {

        if (tag.kind == NGX_CONSENT_ETAG_ORIGIN) {
            c->asks |= !c->document;

        } else if (ngx_http_consent_current(c, &tag)) {
            c->asks = 1;
            c->current = 1;
        }
    }
}


static ngx_uint_t
ngx_http_consent_current(ngx_http_consent_condition_t *c,
    ngx_consent_etag_t *tag)
{
    return tag->kind != NGX_CONSENT_ETAG_ORIGIN && tag->variant == c->variant;
}


ngx_int_t
ngx_http_consent_edit_none_match(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h)
{
    return ngx_http_consent_edit_tags(r, c, h, 0);
}


ngx_int_t
ngx_http_consent_edit_match(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h)
{
    return ngx_http_consent_edit_tags(r, c, h, 1);
}


/*
 * What is left of If-None-Match may be answered by a 304.  A tag that GET must
 * match keeps another variant, which the origin does not know.  Other methods
 * mean the resource, whatever the variant was that they saw of it.
 */

static ngx_int_t
ngx_http_consent_edit_tags(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h, ngx_uint_t match)
{
    u_char              *p, *last, *dst, *value;
    time_t               time;
    ngx_uint_t           changed;
    ngx_consent_etag_t   tag;

    value = ngx_pnalloc(r->pool, h->value.len * 2 + 1);
    if (value == NULL) {
        return NGX_ERROR;
    }

    dst = value;
    changed = 0;
    time = -1;

    p = h->value.data;
    last = p + h->value.len;

    while (ngx_consent_etag_next(&p, last, &tag) == NGX_OK) {

        if (tag.kind == NGX_CONSENT_ETAG_TIME
            && ngx_http_consent_current(c, &tag))
        {
            time = tag.time;
        }

        if (c->safe && !match
            && !(tag.kind == NGX_CONSENT_ETAG_VARIANT
                 && ngx_http_consent_current(c, &tag))
            && !(tag.kind == NGX_CONSENT_ETAG_ORIGIN && !c->document))
        {
            changed = 1;
            continue;
        }

        if (dst > value) {
            *dst++ = ',';
            *dst++ = ' ';
        }

        if (tag.kind == NGX_CONSENT_ETAG_VARIANT
            && (!c->safe || ngx_http_consent_current(c, &tag)))
        {
            changed = 1;
            dst += ngx_consent_etag_origin(dst, &tag);
            continue;
        }

        dst = ngx_cpymem(dst, tag.text.data, tag.text.len);
    }

    if (!changed) {
        return NGX_OK;
    }

    *dst = '\0';

    h->value.data = value;
    h->value.len = dst - value;

    if (h->value.len) {
        return NGX_OK;
    }

    /* the origin never saw a tag that was made of a time */

    if (time != -1 && !c->dated) {
        c->dated = 1;
        return ngx_http_consent_ask_by_time(r, h, time);
    }

    return NGX_DECLINED;
}


static ngx_int_t
ngx_http_consent_ask_by_time(ngx_http_request_t *r, ngx_table_elt_t *h,
    time_t time)
{
    static ngx_str_t  name = ngx_string("If-Modified-Since");
    static u_char     lowcase[] = "if-modified-since";

    h->value.data = ngx_pnalloc(r->pool,
                                sizeof("Mon, 28 Sep 1970 06:00:00 GMT"));
    if (h->value.data == NULL) {
        return NGX_ERROR;
    }

    h->value.len = ngx_http_time(h->value.data, time) - h->value.data;
    h->value.data[h->value.len] = '\0';

    h->key = name;
    h->lowcase_key = lowcase;
    h->hash = ngx_hash_key(lowcase, sizeof(lowcase) - 1);

    return NGX_OK;
}


/* A date alone cannot tell one variant from the other. */

ngx_int_t
ngx_http_consent_edit_modified(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h)
{
    if (!c->safe) {
        return NGX_OK;
    }

    if (c->tagged) {
        return c->asks ? NGX_OK : NGX_DECLINED;
    }

    return c->document ? NGX_DECLINED : NGX_OK;
}


ngx_int_t
ngx_http_consent_edit_if_range(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h)
{
    u_char              *value;
    ngx_consent_etag_t   tag;

    if (c->whole) {
        return NGX_DECLINED;
    }

    ngx_consent_etag_parse(&tag, h->value.data, h->value.len);

    if (tag.kind != NGX_CONSENT_ETAG_VARIANT) {
        return NGX_OK;
    }

    value = ngx_pnalloc(r->pool, h->value.len + 1);
    if (value == NULL) {
        return NGX_ERROR;
    }

    h->value.len = ngx_consent_etag_origin(value, &tag);
    h->value.data = value;
    value[h->value.len] = '\0';

    return NGX_OK;
}


ngx_int_t
ngx_http_consent_edit_range(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h)
{
    return c->whole ? NGX_DECLINED : NGX_OK;
}


/* Upstreams do not see it; nginx still compresses for the client. */

ngx_int_t
ngx_http_consent_edit_encoding(ngx_http_request_t *r,
    ngx_http_consent_condition_t *c, ngx_table_elt_t *h)
{
    return c->document ? NGX_DECLINED : NGX_OK;
}
