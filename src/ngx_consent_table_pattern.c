
/*
 * Patterns of rows as they are written: the pieces of a url row's, and which
 * two are the same.
 */

#include "ngx_consent_table_int.h"
#include "ngx_consent_url_idna.h"


static ngx_int_t ngx_consent_url_row_host(const ngx_str_t *pattern,
    ngx_consent_url_row_t *row, ngx_consent_fault_t *fault);
static void ngx_consent_pattern_parts(ngx_consent_row_e kind,
    const ngx_str_t *pattern, ngx_str_t *part);


/* letters, digits, hyphens, and what else names of hosts have */

#define ngx_consent_url_ldh(c)                                               \
    (((c) >= 'a' && (c) <= 'z') || ((c) >= '0' && (c) <= '9') || (c) == '-'  \
     || (c) == '_' || (c) == '.')


/* Takes a url row's pattern to pieces. */

ngx_int_t
ngx_consent_url_row(const ngx_str_t *pattern, ngx_consent_url_row_t *row,
    ngx_consent_fault_t *fault)
{
    size_t   i;
    u_char  *p, *host, *last;

    memset(row, 0, offsetof(ngx_consent_url_row_t, name));

    p = pattern->data;
    last = p + pattern->len;

    row->scope = NGX_CONSENT_SCOPE_SITE;

    if (*p != '/') {

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

    if (row->scope == NGX_CONSENT_SCOPE_SITE
        || row->scope == NGX_CONSENT_SCOPE_ANY)
    {
        if (row->args.len) {
            return NGX_OK;
        }

        for (i = 0; i < row->path.len; i++) {
            if (row->path.data[i] != '/' && row->path.data[i] != '*') {
                return NGX_OK;
            }
        }

        return ngx_consent_fault(fault, "pattern that matches everything",
                                 pattern);
    }

    while (row->host.len && row->host.data[row->host.len - 1] == '.') {
        row->host.len--;
    }

    if (row->host.len == 0) {
        return ngx_consent_fault(fault, "no host name in", pattern);
    }

    return ngx_consent_url_row_host(pattern, row, fault);
}


/* A row's host, in Unicode or as it is encoded, as URLs have theirs. */

static ngx_int_t
ngx_consent_url_row_host(const ngx_str_t *pattern, ngx_consent_url_row_t *row,
    ngx_consent_fault_t *fault)
{
    size_t                  len;
    u_char                 *p, *last, *label, *name;
    ngx_consent_url_out_t   out;

    p = row->host.data;
    last = p + row->host.len;

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

    name = row->name;

    out.pos = name;
    out.last = name + NGX_CONSENT_URL_MAX;
    out.cut = 0;

    if (ngx_consent_url_host(&out, row->host.data, last) != NGX_OK) {
        return ngx_consent_fault(fault, "host name that is not valid in",
                                 pattern);
    }

    last = out.pos;

    while (last > name && last[-1] == '.') {
        last--;
    }

    if (out.cut) {
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

    len = row->host.len;
    row->host.len = last - name;

    if (row->host.len == 0) {
        return ngx_consent_fault(fault, "no host name in", pattern);
    }

    /* as it is written, it need not be kept */

    if (len != row->host.len
        || memcmp(row->host.data, name, row->host.len) != 0)
    {
        row->host.data = name;
    }

    return NGX_OK;
}


/*
 * A host is the same in any case and with a dot at its end, a path with or
 * without a slash at its end, a header's name in any case: what is the same for
 * all spellings of a pattern, in three parts, the first one in any case.
 */

static void
ngx_consent_pattern_parts(ngx_consent_row_e kind, const ngx_str_t *pattern,
    ngx_str_t *part)
{
    u_char  *p, *last;

    p = pattern->data;
    last = p + pattern->len;

    if (kind != NGX_CONSENT_ROW_URL && kind != NGX_CONSENT_ROW_HEADER) {
        part[0].len = 0;
        part[1] = *pattern;
        part[2].len = 0;
        return;
    }

    part[0].data = p;

    while (p < last
           && (kind == NGX_CONSENT_ROW_HEADER || (*p != '/' && *p != '?')))
    {
        p++;
    }

    part[0].len = p - part[0].data;
    part[1].data = p;

    while (p < last && *p != '?') {
        p++;
    }

    part[1].len = p - part[1].data;
    part[2].data = p;
    part[2].len = last - p;

    while (part[0].len && part[0].data[part[0].len - 1] == '.') {
        part[0].len--;
    }

    while (part[1].len && part[1].data[part[1].len - 1] == '/') {
        part[1].len--;
    }
}


uint32_t
ngx_consent_pattern_hash(uint32_t hash, ngx_consent_row_e kind,
    const ngx_str_t *pattern)
{
    size_t     i;
    ngx_str_t  part[3];

    ngx_consent_pattern_parts(kind, pattern, part);

    hash = ngx_consent_hash_init(hash);

    for (i = 0; i < part[0].len; i++) {
        hash = ngx_consent_hash_step(hash,
                                     ngx_consent_tolower(part[0].data[i]));
    }

    for (i = 0; i < part[1].len; i++) {
        hash = ngx_consent_hash_step(hash, part[1].data[i]);
    }

    for (i = 0; i < part[2].len; i++) {
        hash = ngx_consent_hash_step(hash, part[2].data[i]);
    }

    return hash;
}


ngx_uint_t
ngx_consent_pattern_same(ngx_consent_row_e kind, const ngx_str_t *a,
    const ngx_str_t *b)
{
    size_t      i;
    ngx_str_t   one[3], other[3];
    ngx_uint_t  n;

    ngx_consent_pattern_parts(kind, a, one);
    ngx_consent_pattern_parts(kind, b, other);

    for (n = 0; n < 3; n++) {
        if (one[n].len != other[n].len) {
            return 0;
        }
    }

    for (i = 0; i < one[0].len; i++) {
        if (ngx_consent_tolower(one[0].data[i])
            != ngx_consent_tolower(other[0].data[i]))
        {
            return 0;
        }
    }

    for (n = 1; n < 3; n++) {
        if (one[n].len
            && memcmp(one[n].data, other[n].data, one[n].len) != 0)
        {
            return 0;
        }
    }

    return 1;
}
