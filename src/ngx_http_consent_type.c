
/*
 * What a response is by its type: a page, and of which kind.
 */

#include "ngx_http_consent.h"


/* bytes; no type of consent_types is longer, or it is never met */
#define NGX_HTTP_CONSENT_MAX_TYPE  127


/* a bit for each length: most types have one that none of consent_types has */
#define ngx_http_consent_type_length(len)                                    \
    ((uint64_t) 1 << ((len) < 63 ? (len) : 63))


/* a bit for each length of the headers that say something of it */
#define NGX_HTTP_CONSENT_TYPE_LENGTHS                                        \
    (((uint64_t) 1 << (sizeof("Content-Type") - 1))                          \
     | ((uint64_t) 1 << (sizeof("X-Content-Type-Options") - 1)))


static ngx_uint_t ngx_http_consent_type_begun(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_uint_t ngx_http_consent_type_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_uint_t ngx_http_consent_type_lines(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static ngx_inline ngx_uint_t ngx_http_consent_type_says(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_str_t *value);
static ngx_uint_t ngx_http_consent_type_learn(
    ngx_http_consent_last_type_t *last, ngx_http_consent_loc_conf_t *conf,
    ngx_str_t *value);
static ngx_uint_t ngx_http_consent_type_look(ngx_http_consent_loc_conf_t *conf,
    ngx_str_t *value);
static ngx_uint_t ngx_http_consent_type_next(ngx_str_t *rest, ngx_str_t *type,
    ngx_uint_t *valid);
static ngx_uint_t ngx_http_consent_type_kind(ngx_str_t *value,
    ngx_consent_rules_t *rules);
static ngx_uint_t ngx_http_consent_type_says_nothing(ngx_str_t *type);


ngx_uint_t
ngx_http_consent_is_page(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    switch (r->headers_out.status) {

    case NGX_HTTP_SWITCHING_PROTOCOLS:
    case NGX_HTTP_NO_CONTENT:
    case NGX_HTTP_PARTIAL_CONTENT:
    case NGX_HTTP_NOT_MODIFIED:
        return 0;
    }

    return !ngx_http_consent_type_begun(r, ctx)
           && ngx_http_consent_type_page(r, ctx);
}


ngx_uint_t
ngx_http_consent_is_part(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    return (r->headers_out.status == NGX_HTTP_PARTIAL_CONTENT
            || ngx_http_consent_type_begun(r, ctx))
           && ngx_http_consent_type_page(r, ctx);
}


/*
 * 1 if slice has begun in the middle, for a range that the range filter has yet
 * to cut: what is read as a page must begin with it.
 */

static ngx_uint_t
ngx_http_consent_type_begun(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    return r->headers_out.content_offset > 0
           && ngx_http_consent_body_matters(ctx);
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
    ngx_str_t  *type;

    /* the filters ask one after the other: it hardly ever changes between */

    type = &r->headers_out.content_type;

    if (ctx->type_conf != ctx->conf || ctx->type.data != type->data
        || ctx->type.len != type->len)
    {
        ctx->type_says = ngx_http_consent_type_says(r, ctx->conf, type);
        ctx->type_conf = ctx->conf;
        ctx->type = *type;
    }

    if (ctx->type_says & NGX_HTTP_CONSENT_TYPE_LISTED) {
        return 1;
    }

    if (!(ctx->names & NGX_HTTP_CONSENT_TYPE_NAMES)) {
        return ctx->type_says != 0;
    }

    return ngx_http_consent_type_lines(r, ctx);
}


/* The same with what lines of their own say. */

static ngx_http_consent_apart ngx_uint_t
ngx_http_consent_type_lines(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t        options, nosniff;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h, *last;

    options = 0;
    nosniff = 0;

    for (part = &r->headers_out.headers.part; part; part = part->next) {

        h = part->elts;

        for (last = h + part->nelts; h < last; h++) {

            if (!((NGX_HTTP_CONSENT_TYPE_LENGTHS >> (h->key.len & 63)) & 1)
                || h->hash == 0)
            {
                continue;
            }

            if (ngx_http_consent_header_is(h, "Content-Type")
                && ngx_http_consent_type_listed(ctx, &h->value))
            {
                return 1;
            }

            if (ngx_http_consent_header_is(h, "X-Content-Type-Options")) {

                options++;

                if (h->value.len == sizeof("nosniff") - 1
                    && ngx_strncasecmp(h->value.data, (u_char *) "nosniff",
                                       sizeof("nosniff") - 1)
                       == 0)
                {
                    nosniff++;
                }
            }
        }
    }

    /* browsers differ in what several lines mean */

    return ctx->type_says && !(nosniff == 1 && options == 1);
}


ngx_uint_t
ngx_http_consent_type_is_other(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_str_t *value)
{
    return ngx_http_consent_type_says(r, conf, value) == 0;
}


/* Of one response after the other it is the same few that are asked. */

static ngx_inline ngx_uint_t
ngx_http_consent_type_says(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf, ngx_str_t *value)
{
    ngx_http_consent_last_type_t  *last;
    ngx_http_consent_main_conf_t  *cmcf;

    if (value->len == 0 || value->len > sizeof(last->value)) {
        return ngx_http_consent_type_look(conf, value);
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);

    last = &cmcf->last_types[(value->len ^ value->data[value->len - 1])
                             % NGX_HTTP_CONSENT_LAST_TYPES];

    if (last->conf != conf || last->len != value->len
        || !ngx_http_consent_same_bytes(last->value, value->data, value->len))
    {
        return ngx_http_consent_type_learn(last, conf, value);
    }

    return last->says;
}


static ngx_uint_t
ngx_http_consent_type_learn(ngx_http_consent_last_type_t *last,
    ngx_http_consent_loc_conf_t *conf, ngx_str_t *value)
{
    last->conf = conf;
    last->len = value->len;
    last->says = ngx_http_consent_type_look(conf, value);

    ngx_memcpy(last->value, value->data, value->len);

    return last->says;
}


/* The same of a type alone, before there is a response. */

ngx_uint_t
ngx_http_consent_is_page_type(ngx_http_consent_ctx_t *ctx, ngx_str_t *value)
{
    return ngx_http_consent_type_look(ctx->conf, value) != 0;
}


/* What a page is by its type; without one the page itself says it. */

void
ngx_http_consent_kind(ngx_http_request_t *r, ngx_consent_rules_t *rules)
{
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

    if (!known) {
        rules->sniff = ngx_http_consent_type_look(NULL,
                                                  &r->headers_out.content_type)
                       != 0;
    }
}


ngx_uint_t
ngx_http_consent_type_listed(ngx_http_consent_ctx_t *ctx, ngx_str_t *value)
{
    return (ngx_http_consent_type_look(ctx->conf, value)
            & NGX_HTTP_CONSENT_TYPE_LISTED) != 0;
}


void
ngx_http_consent_types_init(ngx_http_consent_loc_conf_t *conf)
{
    ngx_uint_t       i;
    ngx_hash_key_t  *type;

    static ngx_str_t  css = ngx_string("text/css");
    static ngx_str_t  svg = ngx_string("image/svg+xml");

    conf->type_lengths = 0;
    conf->types_listed = 0;

    type = (conf->types_keys == (void *) -1) ? NULL : conf->types_keys->elts;

    for (i = 0; type && i < conf->types_keys->nelts; i++) {
        conf->type_lengths |= ngx_http_consent_type_length(type[i].key.len);
    }

    if (ngx_http_consent_type_look(conf, &css)
        & NGX_HTTP_CONSENT_TYPE_LISTED)
    {
        conf->types_listed |= NGX_HTTP_CONSENT_TYPE_CSS;
    }

    if (ngx_http_consent_type_look(conf, &svg)
        & NGX_HTTP_CONSENT_TYPE_LISTED)
    {
        conf->types_listed |= NGX_HTTP_CONSENT_TYPE_SVG;
    }
}


/*
 * Whether one of several is among the location's types; conf NULL: none is.
 * Browsers look what it is where none is well-formed and says something.
 */

static ngx_uint_t
ngx_http_consent_type_look(ngx_http_consent_loc_conf_t *conf,
    ngx_str_t *value)
{
    u_char      low[NGX_HTTP_CONSENT_MAX_TYPE];
    ngx_str_t   rest, s;
    ngx_uint_t  hash, says, valid;

    says = NGX_HTTP_CONSENT_TYPE_UNKNOWN;

    if (conf && conf->types.size == 0) {
        return says|NGX_HTTP_CONSENT_TYPE_LISTED;
    }

    rest = *value;

    while (rest.len && ngx_http_consent_type_next(&rest, &s, &valid)) {

        if (valid && !ngx_http_consent_type_says_nothing(&s)) {
            says = 0;
        }

        if (conf == NULL || s.len == 0 || s.len > sizeof(low)
            || !(conf->type_lengths & ngx_http_consent_type_length(s.len)))
        {
            continue;
        }

        hash = ngx_hash_strlow(low, s.data, s.len);

        if (ngx_hash_find(&conf->types, hash, low, s.len)) {
            return says|NGX_HTTP_CONSENT_TYPE_LISTED;
        }
    }

    return says;
}


/* 1 if the type says how the page is read; of several the last that does */

static ngx_uint_t
ngx_http_consent_type_kind(ngx_str_t *value, ngx_consent_rules_t *rules)
{
    size_t      len;
    ngx_str_t   rest, s;
    ngx_uint_t  i, known, valid;

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

    known = 0;
    rest = *value;

    while (ngx_http_consent_type_next(&rest, &s, &valid)) {

        for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {

            len = kinds[i].type.len;

            if (s.len == len
                && ngx_strncasecmp(s.data, kinds[i].type.data, len) == 0)
            {
                rules->kind = kinds[i].kind;
                known = 1;
            }
        }

        if (s.len > xml.len
            && ngx_strncasecmp(s.data + s.len - xml.len, xml.data, xml.len)
               == 0)
        {
            rules->kind = NGX_CONSENT_KIND_XML;
            known = 1;
        }
    }

    return known;
}


static ngx_uint_t
ngx_http_consent_type_says_nothing(ngx_str_t *type)
{
    ngx_str_t  *unknown;

    static ngx_str_t  types[] = {
        ngx_string("*/*"),
        ngx_string("unknown/unknown"),
        ngx_string("application/unknown"),
        ngx_null_string
    };

    for (unknown = types; unknown->len; unknown++) {

        if (type->len == unknown->len
            && ngx_strncasecmp(type->data, unknown->data, type->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* RFC 9110, 5.6.2 */

static const uint32_t  ngx_http_consent_type_tokens[] = {
    0x00000000, /* 0000 0000 0000 0000  0000 0000 0000 0000 */

                /* ?>=< ;:98 7654 3210  /.-, +*)( '&%$ #"!  */
    0x03ff6cfa, /* 0000 0011 1111 1111  0110 1100 1111 1010 */

                /* _^]\ [ZYX WVUT SRQP  ONML KJIH GFED CBA@ */
    0xc7fffffe, /* 1100 0111 1111 1111  1111 1111 1111 1110 */

                /*  ~}| {zyx wvut srqp  onml kjih gfed cba` */
    0x57ffffff, /* 0101 0111 1111 1111  1111 1111 1111 1111 */

    0x00000000, /* 0000 0000 0000 0000  0000 0000 0000 0000 */
    0x00000000, /* 0000 0000 0000 0000  0000 0000 0000 0000 */
    0x00000000, /* 0000 0000 0000 0000  0000 0000 0000 0000 */
    0x00000000  /* 0000 0000 0000 0000  0000 0000 0000 0000 */
};

#define ngx_http_consent_type_token(c)                                       \
    ((ngx_http_consent_type_tokens[(c) >> 5] >> ((c) % 32)) & 1)


/*
 * The next type of a line, without parameters; 0: there is none.  Chromium ends
 * it at a blank or a parenthesis, too; by the standard what follows makes it no
 * type.
 */

static ngx_uint_t
ngx_http_consent_type_next(ngx_str_t *rest, ngx_str_t *type, ngx_uint_t *valid)
{
    u_char      *p, *last, *end;
    ngx_uint_t   slashes;

    if (rest->len == 0) {
        return 0;
    }

    p = rest->data;
    last = rest->data + rest->len;
    slashes = 0;

    /* nearly always it is one type, and nothing besides */

    for ( /* void */ ; p < last; p++) {

        if (ngx_http_consent_type_token(*p)) {
            continue;
        }

        if (*p != '/' || p == rest->data || p + 1 == last || slashes++) {
            break;
        }
    }

    if (p == last) {
        *type = *rest;
        *valid = slashes;
        rest->len = 0;
        return 1;
    }

    p = rest->data;

    end = memchr(p, ',', last - p);

    if (end == NULL) {
        end = last;
        rest->len = 0;

    } else {
        rest->data = end + 1;
        rest->len = last - rest->data;
    }

    last = p < end ? memchr(p, ';', end - p) : NULL;

    if (last == NULL) {
        last = end;
    }

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    while (p < last && (last[-1] == ' ' || last[-1] == '\t')) {
        last--;
    }

    type->data = p;

    slashes = 0;

    for ( /* void */ ; p < last; p++) {

        if (*p == '/' && p > type->data && p + 1 < last && slashes++ == 0) {
            continue;
        }

        if (!ngx_http_consent_type_token(*p)) {
            break;
        }
    }

    *valid = (p == last && slashes == 1);

    for ( /* void */ ; p < last && *p != ' ' && *p != '\t' && *p != '('; p++) {
        /* void */
    }

    type->len = p - type->data;

    return 1;
}
