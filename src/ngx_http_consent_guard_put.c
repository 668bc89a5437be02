
/*
 * The guard's script as it is sent: the function, and what it is called with,
 * which conf/ui/guard.js explains.
 */

#include "ngx_http_consent_pages.h"
#include "ngx_consent_guard_script.h"


static ngx_uint_t ngx_http_consent_guard_unknown(
    ngx_http_consent_unknown_t *unknown, ngx_consent_mask_t missing);
static void ngx_http_consent_guard_put_conf(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_grant_t *grant,
    ngx_http_consent_out_t *out);
static void ngx_http_consent_guard_put_own(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_out_t *out);
static void ngx_http_consent_guard_put_rows(ngx_consent_grant_t *grant,
    ngx_consent_guard_row_t *row, ngx_uint_t n, const u_char *apart,
    ngx_http_consent_out_t *out);
static void ngx_http_consent_guard_put_given(ngx_consent_grant_t *grant,
    const ngx_consent_provider_t *p, ngx_http_consent_out_t *out);
static int ngx_libc_cdecl ngx_http_consent_guard_order(const void *one,
    const void *two);
static ngx_uint_t ngx_http_consent_guard_same(
    const ngx_consent_guard_row_t *a, const ngx_consent_guard_row_t *b,
    const u_char *apart);
static void ngx_http_consent_guard_put_row(ngx_consent_guard_row_t *row,
    ngx_http_consent_out_t *out);
static void ngx_http_consent_guard_put_string(ngx_http_consent_out_t *out,
    const ngx_str_t *s, ngx_uint_t *listed);


ngx_int_t
ngx_http_consent_guard_put(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_consent_grant_t *grant, ngx_http_consent_out_t *out)
{
    u_char                               *apart;
    ngx_uint_t                            i, n, listed, nrows;
    ngx_http_consent_binding_t           *b;
    ngx_consent_guard_t                   guard;
    ngx_consent_guard_row_t              *rows;
    const ngx_consent_provider_t *const  *provider;

    ngx_memzero(&guard, sizeof(ngx_consent_guard_t));

    guard.grant = *grant;
    guard.host = r->headers_in.server;

    b = ctx->binding;

    guard.unknown_urls = ngx_http_consent_guard_unknown(
                                ctx->conf->unknown_urls,
                                b->unknown_urls & ~grant->mask);
    guard.unknown_cookies = ngx_http_consent_guard_unknown(
                                ctx->conf->unknown_cookies,
                                b->unknown_cookies & ~grant->mask);

    if (ngx_consent_table_guard(ctx->binding->table, r->pool, &guard, &rows,
                                &nrows)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    provider = ngx_consent_table_providers(ctx->binding->table, &n);

    apart = ngx_pcalloc(r->pool, n + 1);
    if (apart == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < b->nproviders; i++) {
        apart[b->providers[i]] = 1;
    }

    for (i = 0; grant->providers && i < n; i++) {
        apart[i] |= ((provider[i]->waits & (grant->providers[i] ^ grant->mask))
                     != 0);
    }

    ngx_http_consent_put(out, "(");
    ngx_http_consent_put_data(out, ngx_consent_guard_script.data,
                              ngx_consent_guard_script.len);
    ngx_http_consent_put(out, ")({");

    ngx_http_consent_guard_put_conf(r, ctx, grant, out);

    /* what begins alike is side by side, which compresses better */

    ngx_qsort(rows, nrows, sizeof(ngx_consent_guard_row_t),
              ngx_http_consent_guard_order);

    ngx_http_consent_put(out, ",r:[");
    ngx_http_consent_guard_put_rows(grant, rows, nrows, apart, out);

    /* who asks for one of which no row is here is answered as well */

    for (i = 0; i < nrows; i++) {
        apart[rows[i].row->provider->index] = 0;
    }

    for (i = 0; i < n; i++) {
        if (apart[i]) {
            listed = 0;

            if (nrows++) {
                ngx_http_consent_put(out, ",");
            }

            ngx_http_consent_put(out, "[");
            ngx_http_consent_put_number(out, provider[i]->waits);
            ngx_http_consent_put(out, ",0,");
            ngx_http_consent_guard_put_given(grant, provider[i], out);
            ngx_http_consent_guard_put_string(out, &provider[i]->name,
                                              &listed);
            ngx_http_consent_put(out, ",\"\",\"\",\"\"]");
        }
    }

    ngx_http_consent_put(out, "]})\n");

    return NGX_OK;
}


/* 1 if what no row names is refused */

static ngx_uint_t
ngx_http_consent_guard_unknown(ngx_http_consent_unknown_t *unknown,
    ngx_consent_mask_t missing)
{
    if (unknown == NULL || unknown->what == NGX_CONSENT_UNKNOWN_PASS) {
        return 0;
    }

    return unknown->what == NGX_CONSENT_UNKNOWN_HOLD || missing;
}


static void
ngx_http_consent_guard_put_conf(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_grant_t *grant,
    ngx_http_consent_out_t *out)
{
    ngx_str_t                     *host, url;
    ngx_uint_t                     i, n, listed;
    ngx_consent_table_t           *table;
    ngx_http_consent_loc_conf_t   *conf;
    ngx_http_consent_unknown_t    *unknown;
    const ngx_consent_category_t  *category;

    conf = ctx->conf;
    table = ctx->binding->table;
    listed = 0;

    if (ngx_http_consent_page_url(r, ctx, "", &url) != NGX_OK) {
        out->failed = 1;
        return;
    }

    ngx_http_consent_put(out, "u:");
    ngx_http_consent_guard_put_string(out, &url, &listed);

    if (ngx_http_consent_has_settings(conf)) {
        ngx_http_consent_put(out, ",s:\"settings\"");

    } else {
        ngx_http_consent_put(out, ",s:\"policy#choice\"");
    }

    ngx_http_consent_put(out, ",c:[");
    category = ngx_consent_table_categories(table, &n);
    listed = 0;

    for (i = 0; i < n; i++) {
        ngx_http_consent_guard_put_string(out, &category[i].name, &listed);
    }

    ngx_http_consent_put(out, "],q:");
    ngx_http_consent_put_number(out, ngx_consent_table_required(table));
    ngx_http_consent_put(out, ",g:");
    ngx_http_consent_put_number(out, grant->mask);

    /* an element names categories alone: it does not tell whose it is */

    ngx_http_consent_put(out, ",p:");
    ngx_http_consent_put_number(out,
                                ngx_http_consent_variant_apart(table, grant));
    ngx_http_consent_put(out, ",t:");
    ngx_http_consent_put_number(out, conf->tags != NGX_HTTP_CONSENT_TAGS_OFF);

    ngx_http_consent_put(out, ",f:[");
    listed = 0;

    for (i = 0; conf->first_party && i < conf->first_party->nelts; i++) {
        host = conf->first_party->elts;
        ngx_http_consent_guard_put_string(out, &host[i], &listed);
    }

    ngx_http_consent_put(out, "],x:");
    unknown = conf->unknown_urls;

    ngx_http_consent_put_number(out, unknown == NULL ? 0
                              : unknown->what == NGX_CONSENT_UNKNOWN_HOLD ? -1
                              : (ngx_int_t) ctx->binding->unknown_urls);

    ngx_http_consent_guard_put_own(ctx, out);
}


/* Cookies that nobody takes away, and what becomes of those without a row. */

static void
ngx_http_consent_guard_put_own(ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_out_t *out)
{
    u_char                       buf[NGX_MAX_CONF_ERRSTR];
    ngx_str_t                    name;
    const ngx_str_t             *beside, *cookie, *prefix;
    ngx_uint_t                   i, listed, vague;
    const ngx_consent_format_t  *f;
    ngx_http_consent_source_t   *source;
    ngx_http_consent_unknown_t  *unknown;

    listed = 0;
    vague = 0;
    source = ctx->conf->sources->elts;

    ngx_http_consent_put(out, ",o:[");
    ngx_http_consent_guard_put_string(out, &ngx_consent_formats()->cookie,
                                      &listed);
    ngx_http_consent_guard_put_string(out, &ngx_http_consent_swept, &listed);

    for (i = 0; i < ctx->conf->sources->nelts; i++) {

        f = source[i].asked.format;
        cookie = source[i].asked.cookie.len ? &source[i].asked.cookie
                                            : &f->cookie;
        prefix = source[i].asked.prefix.len ? &source[i].asked.prefix
                                            : &f->prefix;
        vague |= (f->named != NULL);

        if (cookie->len && !f->own) {
            ngx_http_consent_guard_put_string(out, cookie, &listed);
        }

        if (f->also.len) {
            ngx_http_consent_guard_put_string(out, &f->also, &listed);
        }

        if (f->prefix.len && prefix->len < sizeof(buf)) {
            name.data = buf;
            name.len = ngx_sprintf(buf, "%V*", prefix) - buf;
            ngx_http_consent_guard_put_string(out, &name, &listed);
        }

        for (beside = f->beside; beside && beside->len; beside++) {

            name = *beside;

            if (name.data[0] == '*' && cookie->len + name.len < sizeof(buf)) {
                name.len = ngx_sprintf(buf, "%V%*s", cookie, name.len - 1,
                                       name.data + 1)
                           - buf;
                name.data = buf;
            }

            ngx_http_consent_guard_put_string(out, &name, &listed);
        }
    }

    ngx_http_consent_put(out, "],y:");

    /* where they cannot be listed the edge alone knows what is unknown */

    unknown = vague ? NULL : ctx->conf->unknown_cookies;

    ngx_http_consent_put_number(out, unknown == NULL ? 0
                              : unknown->what == NGX_CONSENT_UNKNOWN_HOLD ? -1
                              : (ngx_int_t) ctx->binding->unknown_cookies);
}


/* Which of two rows wins does not depend on their order. */

static int ngx_libc_cdecl
ngx_http_consent_guard_order(const void *one, const void *two)
{
    ngx_int_t                 rc;
    const ngx_consent_row_t  *a, *b;

    a = ((const ngx_consent_guard_row_t *) one)->row;
    b = ((const ngx_consent_guard_row_t *) two)->row;

    rc = ngx_memn2cmp(a->pattern.data, b->pattern.data, a->pattern.len,
                      b->pattern.len);

    return rc ? (int) rc : (a > b) - (a < b);
}


/*
 * What waits for the same is a group; a provider that an answer of its own may
 * tell apart is one by itself, with its name.
 */

static void
ngx_http_consent_guard_put_rows(ngx_consent_grant_t *grant,
    ngx_consent_guard_row_t *row, ngx_uint_t n, const u_char *apart,
    ngx_http_consent_out_t *out)
{
    ngx_uint_t                     i, j, kind, groups, listed;
    const ngx_consent_provider_t  *p;

    static const ngx_consent_row_e  kinds[] = {
        NGX_CONSENT_ROW_URL,
        NGX_CONSENT_ROW_COOKIE,
        NGX_CONSENT_ROW_STORAGE
    };

    groups = 0;

    for (i = 0; i < n; i++) {

        if (row[i].shown) {
            continue;
        }

        if (groups++) {
            ngx_http_consent_put(out, ",");
        }

        p = row[i].row->provider;

        ngx_http_consent_put(out, "[");
        ngx_http_consent_put_number(out, row[i].needs);
        ngx_http_consent_put(out, ",");
        ngx_http_consent_put_number(out, row[i].platform);
        ngx_http_consent_put(out, ",");

        if (apart[p->index]) {
            listed = 0;
            ngx_http_consent_guard_put_given(grant, p, out);
            ngx_http_consent_guard_put_string(out, &p->name, &listed);

        } else {
            ngx_http_consent_put(out, ",");
        }

        for (kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {

            ngx_http_consent_put(out, ",\"");
            listed = 0;

            for (j = i; j < n; j++) {

                if (row[j].row->kind != kinds[kind] || row[j].shown
                    || !ngx_http_consent_guard_same(&row[i], &row[j], apart))
                {
                    continue;
                }

                if (listed++) {
                    ngx_http_consent_put(out, "\t");
                }

                ngx_http_consent_guard_put_row(&row[j], out);

                /* row[i] tells which others are the same: it is the last */

                row[j].shown = (j > i);
            }

            ngx_http_consent_put(out, "\"");
        }

        row[i].shown = 1;

        ngx_http_consent_put(out, "]");
    }
}


/* who is as his categories are follows them when they change */

static void
ngx_http_consent_guard_put_given(ngx_consent_grant_t *grant,
    const ngx_consent_provider_t *p, ngx_http_consent_out_t *out)
{
    if (grant->providers
        && (p->waits & (grant->providers[p->index] ^ grant->mask)))
    {
        ngx_http_consent_put_number(out, ngx_consent_table_granted(grant, p));
    }

    ngx_http_consent_put(out, ",");
}


static ngx_uint_t
ngx_http_consent_guard_same(const ngx_consent_guard_row_t *a,
    const ngx_consent_guard_row_t *b, const u_char *apart)
{
    ngx_uint_t  i, j;

    i = a->row->provider->index;
    j = b->row->provider->index;

    return a->needs == b->needs && a->platform == b->platform
           && (i == j || (!apart[i] && !apart[j]));
}


static void
ngx_http_consent_guard_put_row(ngx_consent_guard_row_t *row,
    ngx_http_consent_out_t *out)
{
    if (row->exact) {
        ngx_http_consent_put(out, "=");
    }

    if (row->any) {
        ngx_http_consent_put(out, "*");
    }

    ngx_http_consent_put_json(out, &row->host);
    ngx_http_consent_put_json(out, &row->path);

    if (row->args.len) {
        ngx_http_consent_put(out, "?");
        ngx_http_consent_put_json(out, &row->args);
    }

    if (row->row->domain.len) {
        ngx_http_consent_put(out, "\\n");
        ngx_http_consent_put_number(out, row->row->domain.len);
    }
}


static void
ngx_http_consent_guard_put_string(ngx_http_consent_out_t *out,
    const ngx_str_t *s, ngx_uint_t *listed)
{
    if ((*listed)++) {
        ngx_http_consent_put(out, ",");
    }

    ngx_http_consent_put(out, "\"");
    ngx_http_consent_put_json(out, s);
    ngx_http_consent_put(out, "\"");
}
