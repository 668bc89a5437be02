
/*
 * What becomes of a choice that was posted: the cookie that keeps it, an id by
 * which its record is found, and what the log says of it.
 */

#include "ngx_http_consent_pages.h"
#include "ngx_consent_expire.h"


/* 128 random bits: nobody gets an id that somebody else has, or guesses it */
#define NGX_HTTP_CONSENT_ID_BYTES  16

/* bytes of what a choice's cookie says besides its name, value and domain */
#define NGX_HTTP_CONSENT_COOKIE_ATTRS                                        \
    (sizeof("=; Path=/; Domain=; Max-Age=; SameSite=Lax; HttpOnly; Secure")  \
     + NGX_TIME_T_LEN)


static ngx_int_t ngx_http_consent_record_names(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_choice_t *choice,
    u_char separator, ngx_str_t *names);
static ngx_uint_t ngx_http_consent_record_is_free(ngx_http_consent_ctx_t *ctx,
    const ngx_consent_key_t *key);
static ngx_int_t ngx_http_consent_record_id(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *id);
static ngx_int_t ngx_http_consent_record_set(ngx_http_request_t *r,
    const ngx_http_consent_source_t *source, ngx_str_t *pair);
static ngx_int_t ngx_http_consent_record_twins(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, const ngx_http_consent_source_t *source);
static ngx_uint_t ngx_http_consent_record_in_domain(ngx_http_request_t *r,
    const ngx_http_consent_source_t *source);
static ngx_int_t ngx_http_consent_record_jar(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, const ngx_http_consent_source_t *source,
    ngx_str_t *pair);
static void ngx_http_consent_record_event(ngx_http_consent_ctx_t *ctx,
    ngx_consent_choice_t *choice, ngx_consent_grant_t *before);


ngx_int_t
ngx_http_consent_choices(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_consent_choice_t *choice)
{
    ngx_uint_t                            i, ncategories, nproviders;
    ngx_consent_key_t                    *keys, *key;
    const ngx_consent_category_t         *category;
    const ngx_consent_provider_t *const  *provider;

    category = ngx_consent_table_categories(ctx->binding->table, &ncategories);
    provider = ngx_consent_table_providers(ctx->binding->table, &nproviders);

    keys = ngx_pcalloc(r->pool, (ncategories + nproviders)
                                * sizeof(ngx_consent_key_t));
    choice->accepted = ngx_pcalloc(r->pool, ncategories + nproviders);

    if (keys == NULL || choice->accepted == NULL) {
        return NGX_ERROR;
    }

    key = keys;

    for (i = 0; i < ncategories; i++) {
        key->key = category[i].name;
        key->mask = (ngx_consent_mask_t) 1 << i;
        key++;
    }

    for (i = 0; i < nproviders; i++) {

        if (provider[i]->key.len == 0) {
            continue;
        }

        key->key = provider[i]->key;
        key->provider = i + 1;
        key++;
    }

    choice->keys = keys;
    choice->nkeys = key - keys;

    return NGX_OK;
}


/* consent=1.<unix seconds>.<revision>.<names joined by +, or ->[.<id>] */

ngx_int_t
ngx_http_consent_record(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_consent_choice_t *choice, ngx_consent_grant_t *before)
{
    u_char                           *p;
    ngx_str_t                         names, id, pair;
    const ngx_http_consent_source_t  *source;

    source = ngx_http_consent_own_source(ctx);

    if (source == NULL
        || ngx_http_consent_record_names(r, ctx, choice, ',', &ctx->posted)
           != NGX_OK
        || ngx_http_consent_record_names(r, ctx, choice, '+', &names) != NGX_OK
        || ngx_http_consent_record_id(r, ctx, &id) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (names.len == 0) {
        ngx_str_set(&names, "-");
        ngx_str_set(&ctx->posted, "none");
    }

    p = ngx_pnalloc(r->pool, source->asked.cookie.len + sizeof("=....")
                             + 3 * NGX_INT64_LEN + names.len + id.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    pair.data = p;

    p = ngx_sprintf(p, "%V=%d.%T.%i.%V", &source->asked.cookie,
                    NGX_CONSENT_OWN_VERSION, ngx_time(),
                    ngx_max(source->asked.revision, 0), &names);

    if (id.len) {
        p = ngx_sprintf(p, ".%V", &id);
    }

    pair.len = p - pair.data;

    *before = ctx->grant;

    if (ngx_http_consent_record_twins(r, ctx, source) != NGX_OK
        || ngx_http_consent_record_set(r, source, &pair) != NGX_OK
        || ngx_http_consent_record_jar(r, ctx, source, &pair) != NGX_OK
        || ngx_http_consent_read(r->main, ctx) != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_consent_record_event(ctx, choice, before);

    return NGX_OK;
}


/* What was accepted, in the order of the keys, without what is required. */

static ngx_int_t
ngx_http_consent_record_names(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_choice_t *choice,
    u_char separator, ngx_str_t *names)
{
    u_char      *p;
    ngx_uint_t   i;

    p = ngx_pnalloc(r->pool, NGX_CONSENT_MAX_CHOICES);
    if (p == NULL) {
        return NGX_ERROR;
    }

    names->data = p;

    for (i = 0; i < choice->nkeys; i++) {

        if (!choice->accepted[i]
            || !ngx_http_consent_record_is_free(ctx, &choice->keys[i]))
        {
            continue;
        }

        if (p > names->data) {
            *p++ = separator;
        }

        p = ngx_cpymem(p, choice->keys[i].key.data, choice->keys[i].key.len);
    }

    names->len = p - names->data;

    return NGX_OK;
}


/* 1 if there is a choice: of a required category there is none */

static ngx_uint_t
ngx_http_consent_record_is_free(ngx_http_consent_ctx_t *ctx,
    const ngx_consent_key_t *key)
{
    return key->provider
           || !(key->mask & ngx_consent_table_required(ctx->binding->table));
}


/*
 * Who had an id keeps it, over later choices: his records are found together.
 * A choice without one is better than none.
 */

static ngx_int_t
ngx_http_consent_record_id(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_str_t *id)
{
    u_char    random[NGX_HTTP_CONSENT_ID_BYTES];
    ssize_t   n;
    ngx_fd_t  fd;

    static char  source[] = "/dev/urandom";

    *id = ctx->id;

    if (id->len) {
        return NGX_OK;
    }

    fd = ngx_open_file(source, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);

    if (fd == NGX_INVALID_FILE) {
        ngx_log_error(NGX_LOG_CRIT, r->connection->log, ngx_errno,
                      ngx_open_file_n " \"%s\" failed, a choice has no id",
                      source);
        return NGX_OK;
    }

    n = ngx_read_fd(fd, random, NGX_HTTP_CONSENT_ID_BYTES);

    if (n != NGX_HTTP_CONSENT_ID_BYTES) {
        ngx_log_error(NGX_LOG_CRIT, r->connection->log, ngx_errno,
                      ngx_read_fd_n " \"%s\" failed, a choice has no id",
                      source);
    }

    if (ngx_close_file(fd) == NGX_FILE_ERROR) {
        ngx_log_error(NGX_LOG_ALERT, r->connection->log, ngx_errno,
                      ngx_close_file_n " \"%s\" failed", source);
    }

    if (n != NGX_HTTP_CONSENT_ID_BYTES) {
        return NGX_OK;
    }

    id->data = ngx_pnalloc(r->pool, 2 * NGX_HTTP_CONSENT_ID_BYTES);
    if (id->data == NULL) {
        return NGX_ERROR;
    }

    id->len = ngx_hex_dump(id->data, random, NGX_HTTP_CONSENT_ID_BYTES)
              - id->data;

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_record_set(ngx_http_request_t *r,
    const ngx_http_consent_source_t *source, ngx_str_t *pair)
{
    u_char     *p;
    ngx_str_t   value;

    p = ngx_pnalloc(r->pool, pair->len + source->domain.len
                             + NGX_HTTP_CONSENT_COOKIE_ATTRS);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value.data = p;

    p = ngx_sprintf(p, "%V; Path=/", pair);

    if (ngx_http_consent_record_in_domain(r, source)) {
        p = ngx_sprintf(p, "; Domain=%V", &source->domain);
    }

    p = ngx_sprintf(p, "; Max-Age=%T; SameSite=Lax", source->max_age);

    if (!source->readable) {
        p = ngx_cpymem(p, "; HttpOnly", sizeof("; HttpOnly") - 1);
    }

    /* whose name asks for it is not kept without it */

    if (ngx_http_consent_came_secure(r)
        || ngx_strncasecmp(pair->data, (u_char *) "__Secure-", 9) == 0
        || ngx_strncasecmp(pair->data, (u_char *) "__Host-", 7) == 0)
    {
        p = ngx_cpymem(p, "; Secure", sizeof("; Secure") - 1);
    }

    value.len = p - value.data;

    return ngx_http_consent_add_header(r, "Set-Cookie", &value) ? NGX_OK
                                                               : NGX_ERROR;
}


/*
 * Of two copies of a cookie both count, so that an old one would take back what
 * the new one grants.  With "domain=" one may be left from before it; of two
 * that the request brings it is not known where they are.  The new one comes
 * behind: to some browsers it is the same as the one of the host.
 */

static ngx_int_t
ngx_http_consent_record_twins(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, const ngx_http_consent_source_t *source)
{
    u_char                *p, *last;
    ngx_str_t              value;
    ngx_uint_t             i, n, copies, in_domain;
    ngx_table_elt_t       *h;
    ngx_consent_cookie_t   cookie;
    ngx_consent_expire_t   e;

    copies = 0;
    h = ctx->cookies.elts;

    for (i = 0; i < ctx->cookies.nelts; i++) {

        p = h[i].value.data;
        last = p + h[i].value.len;

        while (ngx_consent_cookie_next(&p, last, &cookie) == NGX_OK) {
            copies += (cookie.name.len == source->asked.cookie.len
                       && ngx_strncmp(cookie.name.data,
                                      source->asked.cookie.data,
                                      cookie.name.len)
                          == 0);
        }
    }

    in_domain = ngx_http_consent_record_in_domain(r, source);

    if (copies < 2 && !in_domain) {
        return NGX_OK;
    }

    ngx_memzero(&e, sizeof(ngx_consent_expire_t));

    e.name = source->asked.cookie;
    e.host = r->headers_in.server;
    ngx_str_set(&e.directory, "/");

    ngx_consent_expire_init(&e);

    n = copies < 2 ? 1 : e.ndomains;

    for (i = in_domain ? 0 : 1; i < n; i++) {

        if (in_domain && e.domains[i].len == source->domain.len) {
            continue;
        }

        value.data = ngx_pnalloc(r->pool, ngx_consent_expire_line(&e, i, NULL));
        if (value.data == NULL) {
            return NGX_ERROR;
        }

        value.len = ngx_consent_expire_line(&e, i, value.data);

        if (ngx_http_consent_add_header(r, "Set-Cookie", &value) == NULL) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* A browser takes no cookie of a domain that the host does not belong to. */

static ngx_uint_t
ngx_http_consent_record_in_domain(ngx_http_request_t *r,
    const ngx_http_consent_source_t *source)
{
    u_char           *p;
    ngx_str_t        *host;
    const ngx_str_t  *domain;

    host = &r->headers_in.server;
    domain = &source->domain;

    if (domain->len == 0 || host->len < domain->len) {
        return 0;
    }

    p = host->data + host->len - domain->len;

    return ngx_strncmp(p, domain->data, domain->len) == 0
           && (p == host->data || p[-1] == '.');
}


/* The request's cookies, with this one in place of the module's own. */

static ngx_int_t
ngx_http_consent_record_jar(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, const ngx_http_consent_source_t *source,
    ngx_str_t *pair)
{
    size_t                 len;
    u_char                *p, *last, *out;
    ngx_str_t             *own;
    ngx_uint_t             i, n;
    ngx_array_t            cookies;
    ngx_table_elt_t       *h, *line;
    ngx_consent_cookie_t   cookie;

    h = ctx->cookies.elts;
    n = ctx->cookies.nelts;
    len = pair->len;

    for (i = 0; i < n; i++) {
        len += h[i].value.len + 2;
    }

    if (ngx_array_init(&cookies, r->pool, 1, sizeof(ngx_table_elt_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    line = ngx_array_push(&cookies);
    out = ngx_pnalloc(r->pool, len);

    if (line == NULL || out == NULL) {
        return NGX_ERROR;
    }

    ngx_memzero(line, sizeof(ngx_table_elt_t));

    line->hash = 1;
    ngx_str_set(&line->key, "Cookie");
    line->lowcase_key = (u_char *) "cookie";
    line->value.data = out;

    out = ngx_cpymem(out, pair->data, pair->len);
    own = (ngx_str_t *) &source->asked.cookie;

    for (i = 0; i < n; i++) {

        p = h[i].value.data;
        last = p + h[i].value.len;

        while (ngx_consent_cookie_next(&p, last, &cookie) == NGX_OK) {

            if (cookie.name.len == own->len
                && ngx_strncmp(cookie.name.data, own->data, own->len) == 0)
            {
                continue;
            }

            *out++ = ';';
            *out++ = ' ';
            out = ngx_cpymem(out, cookie.pair.data, cookie.pair.len);
        }
    }

    line->value.len = out - line->value.data;
    ctx->cookies = cookies;

    return NGX_OK;
}


/* The first that is true. */

static void
ngx_http_consent_record_event(ngx_http_consent_ctx_t *ctx,
    ngx_consent_choice_t *choice, ngx_consent_grant_t *before)
{
    ngx_uint_t  i, accepted, refused;

    accepted = 0;
    refused = 0;

    for (i = 0; i < choice->nkeys; i++) {
        if (ngx_http_consent_record_is_free(ctx, &choice->keys[i])) {
            accepted |= choice->accepted[i];
            refused |= !choice->accepted[i];
        }
    }

    if (!refused) {
        ngx_str_set(&ctx->event, "accept");

    } else if (before->state == NGX_CONSENT_DECIDED
               && ngx_consent_table_taken(ctx->binding->table, before,
                                          &ctx->grant))
    {
        ngx_str_set(&ctx->event, "withdraw");

    } else if (!accepted) {
        ngx_str_set(&ctx->event, "refuse");

    } else {
        ngx_str_set(&ctx->event, "set");
    }
}
