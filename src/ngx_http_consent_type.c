
/*
 * What a response is by its type: a page, and of which kind.
 */

#include "ngx_http_consent.h"


/* bytes; no type of consent_types is longer, or it is never met */
#define NGX_HTTP_CONSENT_MAX_TYPE  127


static ngx_uint_t ngx_http_consent_type_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_uint_t ngx_http_consent_type_kind(ngx_str_t *value,
    ngx_consent_rules_t *rules);
static ngx_uint_t ngx_http_consent_type_unknown(ngx_str_t *type);
static void ngx_http_consent_type_essence(ngx_str_t *value, ngx_str_t *type);


ngx_uint_t
ngx_http_consent_is_page(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    switch (r->headers_out.status) {

    case NGX_HTTP_NO_CONTENT:
    case NGX_HTTP_PARTIAL_CONTENT:
    case NGX_HTTP_NOT_MODIFIED:
        return 0;
    }

    return ngx_http_consent_type_page(r, ctx);
}


ngx_uint_t
ngx_http_consent_is_part(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    return r->headers_out.status == NGX_HTTP_PARTIAL_CONTENT
           && ngx_http_consent_type_page(r, ctx);
}


/* By the extension, as nginx gives types to files. */

ngx_uint_t
ngx_http_consent_maybe_page(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    u_char                     low[NGX_HTTP_CONSENT_MAX_TYPE];
    ngx_str_t                 *type;
    ngx_uint_t                 hash;
    ngx_http_core_loc_conf_t  *clcf;

    if (r->exten.len == 0 || r->exten.len > sizeof(low)) {
        return 1;
    }

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    hash = ngx_hash_strlow(low, r->exten.data, r->exten.len);

    type = ngx_hash_find(&clcf->types_hash, hash, low, r->exten.len);

    return type == NULL || ngx_http_consent_type_listed(ctx, type);
}


/*
 * HTML by its type; and what has no type, or an unknown one, since browsers
 * look into it.
 */

static ngx_uint_t
ngx_http_consent_type_page(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t        *type, s;
    ngx_uint_t        i, sniffed, nosniff;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    type = &r->headers_out.content_type;
    sniffed = 1;

    if (type->len) {

        if (ngx_http_consent_type_listed(ctx, type)) {
            return 1;
        }

        ngx_http_consent_type_essence(type, &s);
        sniffed = ngx_http_consent_type_unknown(&s);
    }

    part = &r->headers_out.headers.part;
    i = 0;

    nosniff = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Content-Type")
            && ngx_http_consent_type_listed(ctx, &h->value))
        {
            return 1;
        }

        if (h->value.len == sizeof("nosniff") - 1
            && ngx_http_consent_header_is(h, "X-Content-Type-Options")
            && ngx_strncasecmp(h->value.data, (u_char *) "nosniff",
                               sizeof("nosniff") - 1)
               == 0)
        {
            nosniff = 1;
        }
    }

    return sniffed && !nosniff;
}


/* What a page is by its type; without one the page itself says it. */

void
ngx_http_consent_kind(ngx_http_request_t *r, ngx_consent_rules_t *rules)
{
    ngx_str_t         s;
    ngx_uint_t        i, known;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    rules->kind = NGX_CONSENT_KIND_HTML;
    rules->sniff = 0;

    /*
     * add_header's type is a line of its own, behind the one that nginx writes:
     * browsers take the last of them that they know.
     */

    known = ngx_http_consent_type_kind(&r->headers_out.content_type, rules);

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash && ngx_http_consent_header_is(h, "Content-Type")) {
            known |= ngx_http_consent_type_kind(&h->value, rules);
        }
    }

    if (known) {
        return;
    }

    ngx_http_consent_type_essence(&r->headers_out.content_type, &s);

    rules->sniff = (s.len == 0 || ngx_http_consent_type_unknown(&s));
}


ngx_uint_t
ngx_http_consent_type_listed(ngx_http_consent_ctx_t *ctx, ngx_str_t *value)
{
    u_char      low[NGX_HTTP_CONSENT_MAX_TYPE];
    ngx_str_t   s;
    ngx_uint_t  hash;

    /* of several types in one line a browser may take any */

    if (ngx_strlchr(value->data, value->data + value->len, ',')
        || ctx->conf->types.size == 0)
    {
        return 1;
    }

    ngx_http_consent_type_essence(value, &s);

    if (s.len > sizeof(low)) {
        return 0;
    }

    hash = ngx_hash_strlow(low, s.data, s.len);

    return ngx_hash_find(&ctx->conf->types, hash, low, s.len) != NULL;
}


/* 1 if the type says how the page is read */

static ngx_uint_t
ngx_http_consent_type_kind(ngx_str_t *value, ngx_consent_rules_t *rules)
{
    size_t      len;
    ngx_str_t   s;
    ngx_uint_t  i;

    static ngx_str_t  xml = ngx_string("+xml");

    static struct {
        ngx_str_t           type;
        ngx_consent_kind_e  kind;
    } kinds[] = {
        { ngx_string("text/html"), NGX_CONSENT_KIND_HTML },
        { ngx_string("text/xml"), NGX_CONSENT_KIND_XML },
        { ngx_string("application/xml"), NGX_CONSENT_KIND_XML },
        { ngx_string("text/css"), NGX_CONSENT_KIND_CSS }
    };

    ngx_http_consent_type_essence(value, &s);

    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {

        len = kinds[i].type.len;

        if (s.len == len
            && ngx_strncasecmp(s.data, kinds[i].type.data, len) == 0)
        {
            rules->kind = kinds[i].kind;
            return 1;
        }
    }

    if (s.len > xml.len
        && ngx_strncasecmp(s.data + s.len - xml.len, xml.data, xml.len) == 0)
    {
        rules->kind = NGX_CONSENT_KIND_XML;
        return 1;
    }

    return 0;
}


/* 1 if browsers look what it is */

static ngx_uint_t
ngx_http_consent_type_unknown(ngx_str_t *type)
{
    ngx_uint_t  i;

    static ngx_str_t  unknown[] = {
        ngx_string("*/*"),
        ngx_string("unknown/unknown"),
        ngx_string("application/unknown"),
        ngx_null_string
    };

    for (i = 0; unknown[i].len; i++) {

        if (type->len == unknown[i].len
            && ngx_strncasecmp(type->data, unknown[i].data, type->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* The type without parameters; of several the last one. */

static void
ngx_http_consent_type_essence(ngx_str_t *value, ngx_str_t *type)
{
    u_char  *p, *last;

    type->data = value->data;
    last = value->data + value->len;

    for (p = value->data; p < last; p++) {
        if (*p == ',') {
            type->data = p + 1;
        }
    }

    while (type->data < last && (*type->data == ' ' || *type->data == '\t')) {
        type->data++;
    }

    for (p = type->data; p < last && *p != ';' && *p != ' ' && *p != '\t'; p++)
    {
        /* void */
    }

    type->len = p - type->data;
}
