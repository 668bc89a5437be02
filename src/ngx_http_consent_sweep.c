
/*
 * Refused cookies that the browser still sends are taken out of it.
 *
 * The request does not tell where a cookie lives, and the response not whether
 * it has gone.  So tries are counted, in the browser itself: a cookie of the
 * session that only who has something to sweep gets, with numbers from 0 to 3
 * and nothing else.  What comes back after the third try stays.
 */

#include "ngx_http_consent.h"
#include "ngx_consent_expire.h"


/* bytes of header lines a response; what does not fit has its turn later */
#define NGX_HTTP_CONSENT_SWEEP_SIZE   1024

/* of them, what is no value */
#define NGX_HTTP_CONSENT_SWEEP_LINE   (sizeof("Set-Cookie: " CRLF) - 1)

/* names that are looked at; those behind them have their turn later */
#define NGX_HTTP_CONSENT_SWEEP_NAMES  64

/* of a name, while the choice is the same; then it is left alone */
#define NGX_HTTP_CONSENT_SWEEP_TRIES  3

/*
 * Counters of two bits, by the name's hash.  Names that share one share its
 * tries: one of them may be left alone too soon, none is swept for ever.
 */
#define NGX_HTTP_CONSENT_SWEEP_SLOTS  128
#define NGX_HTTP_CONSENT_SWEEP_BYTES  (NGX_HTTP_CONSENT_SWEEP_SLOTS / 4)

#define NGX_HTTP_CONSENT_SWEEP_MARK   4
#define NGX_HTTP_CONSENT_SWEEP_VALUE                                         \
    ngx_base64_encoded_length(NGX_HTTP_CONSENT_SWEEP_MARK                    \
                              + NGX_HTTP_CONSENT_SWEEP_BYTES)


typedef struct {
    ngx_str_t                 name;
    const ngx_consent_row_t  *row;
    ngx_uint_t                slot;
    ngx_uint_t                tries;
} ngx_http_consent_sweep_name_t;


typedef struct {
    ngx_http_request_t       *request;
    ngx_http_consent_ctx_t   *ctx;

    u_char                    mark[NGX_HTTP_CONSENT_SWEEP_MARK];
    u_char                    old[NGX_HTTP_CONSENT_SWEEP_BYTES];
    u_char                    tried[NGX_HTTP_CONSENT_SWEEP_BYTES];

    ngx_str_t                 directory;
    unsigned                  secure:1;
    unsigned                  known:1;      /* what the browser asks for: */
    unsigned                  framed:1;     /* what is shown in another one */
    unsigned                  cross:1;      /* for another site's page */
    unsigned                  embedded:1;
    unsigned                  swept:1;
    size_t                    whole;        /* for one name alone */
    size_t                    left;

    ngx_uint_t                n;
    ngx_http_consent_sweep_name_t  names[NGX_HTTP_CONSENT_SWEEP_NAMES];
} ngx_http_consent_sweep_t;


static ngx_uint_t ngx_http_consent_sweep_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);
static void ngx_http_consent_sweep_start(ngx_http_consent_sweep_t *s);
static ngx_uint_t ngx_http_consent_sweep_may(ngx_http_consent_sweep_t *s);
static void ngx_http_consent_sweep_names(ngx_http_consent_sweep_t *s);
static void ngx_http_consent_sweep_remember(ngx_http_consent_sweep_t *s,
    ngx_str_t *value);
static void ngx_http_consent_sweep_name(ngx_http_consent_sweep_t *s,
    ngx_consent_cookie_t *cookie);
static ngx_uint_t ngx_http_consent_sweep_is_set(ngx_http_request_t *r,
    ngx_str_t *name);
static ngx_int_t ngx_http_consent_sweep_out(ngx_http_consent_sweep_t *s,
    ngx_http_consent_sweep_name_t *name);
static size_t ngx_http_consent_sweep_part(ngx_http_consent_sweep_t *s,
    ngx_consent_expire_t *e, ngx_uint_t part, ngx_uint_t *first,
    ngx_uint_t *last);
static ngx_int_t ngx_http_consent_sweep_tell(ngx_http_consent_sweep_t *s);
static size_t ngx_http_consent_sweep_memory(ngx_http_consent_sweep_t *s,
    u_char *p);
static ngx_uint_t ngx_http_consent_sweep_get(u_char *counters,
    ngx_uint_t slot);


ngx_str_t  ngx_http_consent_swept = ngx_string("consent_swept");


ngx_int_t
ngx_http_consent_sweep(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t                 i, tries;
    ngx_http_consent_sweep_t   s;

    ctx->personal = 0;

    if (!ctx->conf->sweep || !ngx_http_consent_sweep_page(r, ctx)
        || ngx_http_consent_is_shared(r, ctx))
    {
        return 0;
    }

    ngx_memzero(&s, offsetof(ngx_http_consent_sweep_t, names));

    s.request = r;
    s.ctx = ctx;

    ngx_http_consent_sweep_start(&s);

    if (!ngx_http_consent_sweep_may(&s)) {
        return 1;
    }

    ngx_http_consent_sweep_names(&s);

    /* who had fewer tries comes first: nobody waits for who does not go */

    for (tries = 0; tries < NGX_HTTP_CONSENT_SWEEP_TRIES; tries++) {

        for (i = 0; i < s.n; i++) {

            if (s.names[i].tries == tries
                && ngx_http_consent_sweep_out(&s, &s.names[i]) != NGX_OK)
            {
                return NGX_ERROR;
            }
        }
    }

    if (!s.swept || ctx->report) {
        return 1;
    }

    ctx->personal = 1;

    return ngx_http_consent_sweep_tell(&s);
}


/* Whether a browser shows the response as a document. */

static ngx_uint_t
ngx_http_consent_sweep_page(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_consent_rules_t  rules;

    if (r->headers_out.status != NGX_HTTP_OK
        || !ngx_http_consent_like_document(r, ctx->conf, ctx->dest)
        || !ngx_http_consent_is_page(r, ctx))
    {
        return 0;
    }

    ngx_http_consent_kind(r, &rules);

    return rules.kind != NGX_CONSENT_KIND_CSS;
}


static void
ngx_http_consent_sweep_start(ngx_http_consent_sweep_t *s)
{
    uint32_t             mark;
    ngx_str_t           *dest;
    ngx_uint_t           i;
    ngx_list_part_t     *part;
    ngx_table_elt_t     *h;
    ngx_http_request_t  *r;

    r = s->request;

    /* another choice begins anew */

    mark = s->ctx->choice.time ? (uint32_t) s->ctx->choice.time
                               : s->ctx->grant.mask;
    mark ^= (uint32_t) ngx_http_consent_variant_providers(s->ctx);

    for (i = 0; i < NGX_HTTP_CONSENT_SWEEP_MARK; i++) {
        s->mark[i] = (u_char) (mark >> (8 * i));
    }

    ngx_consent_expire_directory(r->unparsed_uri.data, r->unparsed_uri.len,
                                 &s->directory);

#if (NGX_HTTP_SSL)
    s->secure = (r->connection->ssl != NULL);
#endif

    dest = s->ctx->dest;

    s->framed = dest && (dest->len != sizeof("document") - 1
                         || ngx_strncmp(dest->data, "document", dest->len)
                            != 0);

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (ngx_http_consent_header_is(h, "Sec-Fetch-Site")) {
            s->known = (dest != NULL);
            s->cross = (h->value.len == sizeof("cross-site") - 1
                        && ngx_strncmp(h->value.data, "cross-site",
                                       h->value.len)
                           == 0);
        }
    }

    /* a browser lets a frame of another site set "SameSite=None" only */

    s->embedded = (s->cross && s->framed);

    s->whole = NGX_HTTP_CONSENT_SWEEP_SIZE
               - NGX_HTTP_CONSENT_SWEEP_LINE
               - ngx_http_consent_sweep_memory(s, NULL);
    s->left = s->whole;
}


/*
 * Who has refused something, or whose choice has lapsed.  "always" sweeps for
 * who has none, too, but only where the browser would have sent it: what is Lax
 * stays away from frames and forms of other sites, what is Strict from their
 * links.  What is broken may have been a grant; so may one of several choices
 * that stayed away from another site's page.
 */

static ngx_uint_t
ngx_http_consent_sweep_may(ngx_http_consent_sweep_t *s)
{
    if (s->cross && s->ctx->conf->sources->nelts > 1) {
        return 0;
    }

    if (s->ctx->grant.state == NGX_CONSENT_DECIDED || s->ctx->lapsed) {
        return 1;
    }

    return s->ctx->conf->sweep == NGX_HTTP_CONSENT_SWEEP_ALWAYS
           && !s->ctx->broken && s->known && !s->framed && !s->cross;
}


/* What the browser sends and should not, and how often that was tried. */

static void
ngx_http_consent_sweep_names(ngx_http_consent_sweep_t *s)
{
    u_char                *p, *last;
    ngx_uint_t             i, pass;
    ngx_table_elt_t       *h;
    ngx_consent_cookie_t   cookie;

    h = s->ctx->cookies.elts;

    for (pass = 0; pass < 2; pass++) {

        for (i = 0; i < s->ctx->cookies.nelts; i++) {

            p = h[i].value.data;
            last = p + h[i].value.len;

            while (ngx_consent_cookie_next(&p, last, &cookie) == NGX_OK) {

                if (pass) {
                    ngx_http_consent_sweep_name(s, &cookie);

                } else if (cookie.name.len == ngx_http_consent_swept.len
                           && ngx_strncmp(cookie.name.data,
                                          ngx_http_consent_swept.data,
                                          cookie.name.len)
                              == 0)
                {
                    ngx_http_consent_sweep_remember(s, &cookie.value);
                }
            }
        }
    }
}


static void
ngx_http_consent_sweep_remember(ngx_http_consent_sweep_t *s, ngx_str_t *value)
{
    u_char      buf[NGX_HTTP_CONSENT_SWEEP_MARK
                    + NGX_HTTP_CONSENT_SWEEP_BYTES];
    ngx_str_t   decoded;

    decoded.data = buf;

    if (value->len != NGX_HTTP_CONSENT_SWEEP_VALUE
        || ngx_decode_base64url(&decoded, value) != NGX_OK
        || decoded.len != sizeof(buf)
        || ngx_memcmp(buf, s->mark, NGX_HTTP_CONSENT_SWEEP_MARK) != 0)
    {
        return;
    }

    ngx_memcpy(s->old, buf + NGX_HTTP_CONSENT_SWEEP_MARK,
               NGX_HTTP_CONSENT_SWEEP_BYTES);
    ngx_memcpy(s->tried, s->old, NGX_HTTP_CONSENT_SWEEP_BYTES);
}


static void
ngx_http_consent_sweep_name(ngx_http_consent_sweep_t *s,
    ngx_consent_cookie_t *cookie)
{
    ngx_uint_t                      i, slot, tries;
    const ngx_consent_row_t        *row;
    ngx_http_consent_sweep_name_t  *name;

    if (s->n == NGX_HTTP_CONSENT_SWEEP_NAMES
        || !ngx_consent_expire_can(&cookie->name))
    {
        return;
    }

    slot = ngx_crc32_long(cookie->name.data, cookie->name.len)
           % NGX_HTTP_CONSENT_SWEEP_SLOTS;
    tries = ngx_http_consent_sweep_get(s->old, slot);

    if (tries >= NGX_HTTP_CONSENT_SWEEP_TRIES) {
        return;
    }

    if (ngx_http_consent_judge_cookie(s->request, s->ctx, &cookie->name, &row)
        != NGX_HTTP_CONSENT_COOKIE_REFUSED
        || row == NULL)
    {
        return;
    }

    for (i = 0; i < s->n; i++) {
        if (s->names[i].name.len == cookie->name.len
            && ngx_strncmp(s->names[i].name.data, cookie->name.data,
                           cookie->name.len)
               == 0)
        {
            return;
        }
    }

    if (ngx_http_consent_sweep_is_set(s->request, &cookie->name)) {
        return;
    }

    name = &s->names[s->n++];

    name->name = cookie->name;
    name->row = row;
    name->slot = slot;
    name->tries = tries;
}


/* 1 if the response sets or deletes it already: that is who knows where. */

static ngx_uint_t
ngx_http_consent_sweep_is_set(ngx_http_request_t *r, ngx_str_t *name)
{
    ngx_uint_t                 i;
    ngx_list_part_t           *part;
    ngx_table_elt_t           *h;
    ngx_consent_set_cookie_t   cookie;

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0 || !ngx_http_consent_header_is(h, "Set-Cookie")) {
            continue;
        }

        ngx_consent_set_cookie_pair(&cookie, h->value.data, h->value.len);

        if (cookie.name.len == name->len
            && ngx_strncmp(cookie.name.data, name->data, name->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/*
 * All lines of a name, or none of them in this response.  A name that alone
 * needs more than there is gets another part of them at each try; one that
 * needs less is looked for in the jar of partitioned cookies at the second.
 */

static ngx_int_t
ngx_http_consent_sweep_out(ngx_http_consent_sweep_t *s,
    ngx_http_consent_sweep_name_t *name)
{
    size_t                 size;
    u_char                *counter;
    ngx_str_t              value;
    ngx_uint_t             n, first, last, part, shift;
    ngx_consent_expire_t   e;

    ngx_memzero(&e, sizeof(ngx_consent_expire_t));

    e.name = name->name;
    e.host = s->request->headers_in.server;
    e.directory = s->directory;
    e.domain = name->row->domain;
    e.path = name->row->text->path;
    e.secure = s->secure;
    e.embedded = s->embedded;

    ngx_consent_expire_init(&e);

    part = name->tries;

    if (part && ngx_http_consent_sweep_part(s, &e, 1, &first, &last) == 0) {
        e.partitioned = (part == 1);
        part = 0;
    }

    size = ngx_http_consent_sweep_part(s, &e, part, &first, &last);

    if (size == 0) {
        part = 0;
        size = ngx_http_consent_sweep_part(s, &e, part, &first, &last);
    }

    if (size == 0 || size > s->left) {
        return NGX_OK;
    }

    s->left -= size;
    s->swept = 1;

    ngx_http_consent_did(s->ctx, NGX_HTTP_CONSENT_DID_SWEEP, name->row);

    if (s->ctx->report) {
        return NGX_OK;
    }

    for (n = first; n < last; n++) {

        value.data = ngx_pnalloc(s->request->pool,
                                 ngx_consent_expire_line(&e, n, NULL));
        if (value.data == NULL) {
            return NGX_ERROR;
        }

        value.len = ngx_consent_expire_line(&e, n, value.data);

        if (ngx_http_consent_add_header(s->request, "Set-Cookie", &value)
            == NULL)
        {
            return NGX_ERROR;
        }
    }

    /* names that share a counter count once */

    shift = name->slot % 4 * 2;
    counter = &s->tried[name->slot / 4];

    *counter = (u_char) ((*counter & ~(3 << shift))
                         | ((name->tries + 1) << shift));

    return NGX_OK;
}


/*
 * Lines first to last of a name, as many as fit a response that has no others;
 * parts are counted from 0.  Returns their size, 0: there is no such part.
 */

static size_t
ngx_http_consent_sweep_part(ngx_http_consent_sweep_t *s,
    ngx_consent_expire_t *e, ngx_uint_t part, ngx_uint_t *first,
    ngx_uint_t *last)
{
    size_t      len, size;
    ngx_uint_t  n;

    size = 0;
    *first = 0;

    for (n = 0; (len = ngx_consent_expire_line(e, n, NULL)) != 0; n++) {

        len += NGX_HTTP_CONSENT_SWEEP_LINE;

        if (len > s->whole) {
            break;
        }

        if (size + len > s->whole) {

            if (part == 0) {
                break;
            }

            part--;
            *first = n;
            size = 0;
        }

        size += len;
    }

    *last = n;

    return part == 0 ? size : 0;
}


static ngx_int_t
ngx_http_consent_sweep_tell(ngx_http_consent_sweep_t *s)
{
    u_char     *p;
    ngx_str_t   value;

    p = ngx_pnalloc(s->request->pool, NGX_HTTP_CONSENT_SWEEP_SIZE);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value.data = p;
    value.len = ngx_http_consent_sweep_memory(s, p);

    if (ngx_http_consent_add_header(s->request, "Set-Cookie", &value) == NULL)
    {
        return NGX_ERROR;
    }

    return 1;
}


/* consent_swept=...; its length; p may be NULL */

static size_t
ngx_http_consent_sweep_memory(ngx_http_consent_sweep_t *s, u_char *p)
{
    size_t      len;
    u_char      buf[NGX_HTTP_CONSENT_SWEEP_MARK + NGX_HTTP_CONSENT_SWEEP_BYTES];
    ngx_str_t   tries, value, *attrs;

    static ngx_str_t  embedded =
        ngx_string("; Path=/; HttpOnly; Secure; SameSite=None; Partitioned");
    static ngx_str_t  secure =
        ngx_string("; Path=/; HttpOnly; Secure; SameSite=Lax");
    static ngx_str_t  plain = ngx_string("; Path=/; HttpOnly; SameSite=Lax");

    attrs = s->embedded ? &embedded : s->secure ? &secure : &plain;

    len = ngx_http_consent_swept.len + 1 + NGX_HTTP_CONSENT_SWEEP_VALUE
          + attrs->len;

    if (p == NULL) {
        return len;
    }

    ngx_memcpy(buf, s->mark, NGX_HTTP_CONSENT_SWEEP_MARK);
    ngx_memcpy(buf + NGX_HTTP_CONSENT_SWEEP_MARK, s->tried,
               NGX_HTTP_CONSENT_SWEEP_BYTES);

    tries.data = buf;
    tries.len = sizeof(buf);

    p = ngx_cpymem(p, ngx_http_consent_swept.data, ngx_http_consent_swept.len);
    *p++ = '=';

    value.data = p;
    ngx_encode_base64url(&value, &tries);

    ngx_memcpy(p + value.len, attrs->data, attrs->len);

    return len;
}


static ngx_uint_t
ngx_http_consent_sweep_get(u_char *counters, ngx_uint_t slot)
{
    return (counters[slot / 4] >> (slot % 4 * 2)) & 3;
}
