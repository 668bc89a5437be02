
/*
 * Refused cookies that the browser still sends are taken out of it.
 *
 * The request does not tell where a cookie lives, and the response not whether
 * it has gone.  So tries are counted (ngx_http_consent_swept.c), and what comes
 * back after the third one stays.
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


typedef struct {
    ngx_str_t                 name;
    const ngx_consent_row_t  *row;
    ngx_uint_t                slot;
    ngx_uint_t                tries;
} ngx_http_consent_sweep_name_t;


typedef struct {
    ngx_http_request_t       *request;
    ngx_http_consent_ctx_t   *ctx;

    ngx_http_consent_swept_t  swept;

    ngx_str_t                 directory;
    unsigned                  secure:1;
    unsigned                  known:1;      /* it says what is asked for, ... */
    unsigned                  framed:1;     /* what another page shows, */
    unsigned                  cross:1;      /* and for another site's page */
    unsigned                  embedded:1;
    unsigned                  done:1;       /* something has been swept */
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

    if (!s.done || ctx->report) {
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
    ngx_str_t           *dest;
    ngx_uint_t           i;
    ngx_list_part_t     *part;
    ngx_table_elt_t     *h;
    ngx_http_request_t  *r;

    r = s->request;

    ngx_http_consent_swept_init(&s->swept, s->ctx);

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
               - ngx_http_consent_swept_cookie(&s->swept, s->secure,
                                               s->embedded, NULL);
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
    if (s->ctx->broken || (s->cross && s->ctx->conf->sources->nelts > 1)) {
        return 0;
    }

    if (s->ctx->grant.state == NGX_CONSENT_DECIDED || s->ctx->lapsed) {
        return 1;
    }

    return s->ctx->conf->sweep == NGX_HTTP_CONSENT_SWEEP_ALWAYS
           && s->known && !s->framed && !s->cross;
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
                    ngx_http_consent_swept_read(&s->swept, &cookie.value);
                }
            }
        }
    }
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

    slot = ngx_http_consent_swept_slot(&cookie->name);
    tries = ngx_http_consent_swept_tries(&s->swept, slot);

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
    ngx_str_t              value;
    ngx_uint_t             n, first, last, part;
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
    s->done = 1;

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

    ngx_http_consent_swept_count(&s->swept, name->slot, name->tries + 1);

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
    value.len = ngx_http_consent_swept_cookie(&s->swept, s->secure,
                                              s->embedded, p);

    if (ngx_http_consent_add_header(s->request, "Set-Cookie", &value) == NULL)
    {
        return NGX_ERROR;
    }

    return 1;
}
