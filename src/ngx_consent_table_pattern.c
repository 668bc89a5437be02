
/*
 * Patterns of rows as they are written: the pieces of a url row's, and which
 * two are the same.
 */

#include "ngx_consent_table_int.h"
#include "ngx_consent_url_idna.h"


static ngx_int_t ngx_consent_url_row_parse(const ngx_str_t *pattern,
    ngx_consent_url_out_t *out, ngx_consent_fault_t *fault);
static ngx_int_t ngx_consent_url_row_host(const ngx_str_t *pattern,
    const ngx_str_t *host, ngx_consent_url_out_t *out,
    ngx_consent_fault_t *fault);
static void ngx_consent_url_row_args(ngx_consent_url_out_t *out,
    const u_char *p, const u_char *last);


/* encoded, a path has three times as many bytes, and a host may have more */
#define NGX_CONSENT_ROW_MAX                                                  \
    (3 * NGX_CONSENT_MAX_PATTERN + NGX_CONSENT_URL_MAX)


/* letters, digits, hyphens, and what else names of hosts have */

#define ngx_consent_url_ldh(c)                                               \
    (((c) >= 'a' && (c) <= 'z') || ((c) >= '0' && (c) <= '9') || (c) == '-'  \
     || (c) == '_' || (c) == '.')


ngx_int_t
ngx_consent_url_row(ngx_pool_t *pool, ngx_str_t *pattern,
    ngx_consent_fault_t *fault)
{
    size_t                  i;
    u_char                 *p;
    ngx_int_t               rc;
    ngx_str_t               parsed;
    ngx_consent_url_row_t   row;
    ngx_consent_url_out_t   out;
    u_char                  buf[NGX_CONSENT_ROW_MAX];

    out.pos = buf;
    out.last = buf + sizeof(buf);
    out.cut = 0;

    rc = ngx_consent_url_row_parse(pattern, &out, fault);
    if (rc != NGX_OK) {
        return rc;
    }

    if (out.cut) {
        return ngx_consent_fault(fault, "too long pattern", pattern);
    }

    parsed.data = buf;
    parsed.len = out.pos - buf;

    ngx_consent_url_row_split(&parsed, &row);

    if ((row.scope == NGX_CONSENT_SCOPE_SITE
         || row.scope == NGX_CONSENT_SCOPE_ANY)
        && row.args.len == 0)
    {
        for (i = 0; i < row.path.len; i++) {
            if (row.path.data[i] != '/' && row.path.data[i] != '*') {
                break;
            }
        }

        if (i == row.path.len) {
            return ngx_consent_fault(fault, "pattern that matches everything",
                                     pattern);
        }
    }

    if (ngx_consent_str_eq(&parsed, pattern)) {
        return NGX_OK;
    }

    p = ngx_pnalloc(pool, parsed.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    memcpy(p, buf, parsed.len);

    pattern->data = p;
    pattern->len = parsed.len;

    return NGX_OK;
}


void
ngx_consent_url_row_split(const ngx_str_t *pattern, ngx_consent_url_row_t *row)
{
    u_char  *p, *host, *last;

    memset(row, 0, sizeof(ngx_consent_url_row_t));

    p = pattern->data;
    last = p + pattern->len;

    row->scope = NGX_CONSENT_SCOPE_SITE;

    if (p < last && *p != '/') {

        row->scope = NGX_CONSENT_SCOPE_HOST;

        if (*p == '=') {
            row->scope = NGX_CONSENT_SCOPE_EXACT_HOST;
            p++;
        }

        host = p;

        while (p < last && *p != '/' && *p != '?') {
            p++;
        }

        row->host.data = host;
        row->host.len = p - host;

        if (row->host.len == 1 && *host == '*' && host == pattern->data) {
            row->scope = NGX_CONSENT_SCOPE_ANY;
        }
    }

    row->path.data = p;

    while (p < last && *p != '?') {
        p++;
    }

    row->path.len = p - row->path.data;

    if (p < last) {
        row->args.data = p + 1;
        row->args.len = last - (p + 1);
    }

    /* "/ads/" is what is beneath "/ads": so is "/ads" */

    while (row->path.len && row->path.data[row->path.len - 1] == '/') {
        row->path.len--;
    }
}


/* The path as the URL standard's parser leaves it, for a URL has it so. */

static ngx_int_t
ngx_consent_url_row_parse(const ngx_str_t *pattern, ngx_consent_url_out_t *out,
    ngx_consent_fault_t *fault)
{
    u_char                 *start, *path;
    ngx_int_t               rc;
    ngx_consent_url_row_t   row;

    ngx_consent_url_row_split(pattern, &row);

    start = out->pos;

    switch (row.scope) {

    case NGX_CONSENT_SCOPE_SITE:
        break;

    case NGX_CONSENT_SCOPE_ANY:
        ngx_consent_url_put(out, '*');
        break;

    default:

        if (row.scope == NGX_CONSENT_SCOPE_EXACT_HOST) {
            ngx_consent_url_put(out, '=');
        }

        rc = ngx_consent_url_row_host(pattern, &row.host, out, fault);
        if (rc != NGX_OK) {
            return rc;
        }
    }

    path = out->pos;

    if (row.path.len) {
        ngx_consent_url_path(out, path, row.path.data,
                             row.path.data + row.path.len);
    }

    while (out->pos > path && out->pos[-1] == '/') {
        out->pos--;
    }

    if (out->pos == start) {
        ngx_consent_url_put(out, '/');
    }

    if (row.args.len) {
        ngx_consent_url_put(out, '?');
        ngx_consent_url_row_args(out, row.args.data,
                                 row.args.data + row.args.len);
    }

    return NGX_OK;
}


/* A row's host, in Unicode or as it is encoded, as URLs have theirs. */

static ngx_int_t
ngx_consent_url_row_host(const ngx_str_t *pattern, const ngx_str_t *host,
    ngx_consent_url_out_t *out, ngx_consent_fault_t *fault)
{
    u_char  *p, *last, *label, *name;

    p = host->data;
    last = p + host->len;

    while (last > p && last[-1] == '.') {
        last--;
    }

    if (p == last) {
        return ngx_consent_fault(fault, "no host name in", pattern);
    }

    for ( /* void */ ; p < last; p++) {

        if (*p == ':') {
            return ngx_consent_fault(fault, "host name without scheme and "
                                     "port was expected in", pattern);
        }

        if (*p < 0x80 && !ngx_consent_url_ldh(ngx_consent_tolower(*p))) {
            return ngx_consent_fault(fault, "invalid character in host name",
                                     pattern);
        }
    }

    name = out->pos;

    if (ngx_consent_url_host(out, host->data, last) != NGX_OK) {
        return ngx_consent_fault(fault, "host name that is not valid in",
                                 pattern);
    }

    while (out->pos > name && out->pos[-1] == '.') {
        out->pos--;
    }

    last = out->pos;

    if (last - name > NGX_CONSENT_URL_MAX) {
        return ngx_consent_fault(fault, "too long host name in", pattern);
    }

    for (p = name, label = name; p < last; p++) {

        if (*p >= 0x80) {
            return ngx_consent_fault(fault, "too long label in host name",
                                     pattern);
        }

        if (!ngx_consent_url_ldh(*p)) {
            return ngx_consent_fault(fault, "invalid character in host name",
                                     pattern);
        }

        if (p + 1 < last && p[1] != '.') {
            continue;
        }

        if (p - label >= 3 && memcmp(label, "xn--", 4) == 0
            && !ngx_consent_idna_valid(label, p + 1))
        {
            return ngx_consent_fault(fault, "label that encodes no name in",
                                     pattern);
        }

        label = p + 2;
    }

    if (name == last) {
        return ngx_consent_fault(fault, "no host name in", pattern);
    }

    return NGX_OK;
}


/*
 * Decoded, as those of URLs are when they are compared; but for what would not
 * be what it stands for then.
 */

static void
ngx_consent_url_row_args(ngx_consent_url_out_t *out, const u_char *p,
    const u_char *last)
{
    ngx_int_t   c;
    ngx_uint_t  in_value;

    in_value = 0;

    for ( /* void */ ; p < last; p++) {

        if (*p == '%') {

            c = ngx_consent_url_percent(p, last);

            if (c >= ' ' && c != 0x7f && c != '&' && c != '*'
                && (c != '=' || in_value))
            {
                ngx_consent_url_put(out, (u_char) c);
                p += 2;
                continue;
            }
        }

        in_value = (*p == '=') || (in_value && *p != '&');

        ngx_consent_url_put(out, *p == '+' ? ' ' : *p);
    }
}


/* A header's name is the same in any case. */

uint32_t
ngx_consent_pattern_hash(uint32_t hash, ngx_consent_row_e kind,
    const ngx_str_t *pattern)
{
    size_t  i;

    if (kind != NGX_CONSENT_ROW_HEADER) {
        return ngx_consent_hash(hash, pattern->data, pattern->len);
    }

    hash = ngx_consent_hash_init(hash);

    for (i = 0; i < pattern->len; i++) {
        hash = ngx_consent_hash_step(hash,
                                     ngx_consent_tolower(pattern->data[i]));
    }

    return hash;
}


ngx_uint_t
ngx_consent_pattern_same(ngx_consent_row_e kind, const ngx_str_t *a,
    const ngx_str_t *b)
{
    size_t  i;

    if (kind != NGX_CONSENT_ROW_HEADER) {
        return ngx_consent_str_eq(a, b);
    }

    if (a->len != b->len) {
        return 0;
    }

    for (i = 0; i < a->len; i++) {
        if (ngx_consent_tolower(a->data[i]) != ngx_consent_tolower(b->data[i]))
        {
            return 0;
        }
    }

    return 1;
}
