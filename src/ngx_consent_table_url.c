
#include "ngx_consent_table_int.h"
#include "ngx_consent_url_idna.h"


/* decoded bytes of one argument that are looked at */
#define NGX_CONSENT_URL_ARG_MAX  512


static void ngx_consent_url_paths(const ngx_consent_table_t *t,
    uint32_t scope, uint64_t lengths, const u_char *path, size_t len,
    const ngx_consent_url_t *u, ngx_uint_t platform, ngx_consent_match_t *m,
    ngx_uint_t *best);
static ngx_uint_t ngx_consent_url_find_host(const ngx_consent_table_t *t,
    uint32_t hash, const u_char *host, size_t len, ngx_uint_t exact,
    uint32_t *n);
static ngx_uint_t ngx_consent_url_path_matches(const ngx_consent_rule_t *rule,
    const u_char *path, size_t len);
static ngx_uint_t ngx_consent_url_args_match(const ngx_consent_rule_t *rule,
    const ngx_consent_url_t *u);
static ngx_int_t ngx_consent_url_row_host(ngx_consent_table_t *t,
    const ngx_str_t *pattern, ngx_consent_url_row_t *row,
    ngx_consent_fault_t *fault);


/* letters, digits, hyphens, and what else names of hosts have */

#define ngx_consent_url_ldh(c)                                               \
    (((c) >= 'a' && (c) <= 'z') || ((c) >= '0' && (c) <= '9') || (c) == '-'  \
     || (c) == '_' || (c) == '.')


/* within a host: the longer path, a literal one, the one with arguments */

#define ngx_consent_url_rank(rule)                                           \
    (((rule)->literal * 2 + !(rule)->wildcard) * 256 + (rule)->nargs)


ngx_int_t
ngx_consent_table_find_url(const ngx_consent_table_t *t,
    const ngx_consent_url_t *u, ngx_uint_t first_party,
    const ngx_consent_grant_t *grant, ngx_consent_match_t *m)
{
    u_char              *p, *last, next;
    uint32_t             found[NGX_CONSENT_URL_HOSTS];
    ngx_uint_t           n, k, best, site, whole, platform;
    ngx_consent_host_t  *host;

    m->grant = grant;
    m->row = NULL;
    m->platform = 0;
    best = 0;

    next = u->path.len > 1 ? u->path.data[1] : '\0';
    site = first_party && t->site[next];

    n = ngx_consent_url_hosts(t, &u->host, found);

    /* the longest host that has a row for this path decides */

    for (k = 0; k < n && m->row == NULL; k++) {

        host = &t->hosts[found[k]];
        whole = (host->host.len == u->host.len);

        /* the site's own rows are as near as a row of its whole name */

        if (site && !whole) {
            break;
        }

        ngx_consent_url_paths(t, NGX_CONSENT_SCOPES + found[k], host->lengths,
                              u->path.data, u->path.len, u, 0, m, &best);

        if (site && !host->exact && m->row == NULL) {
            k++;
            break;
        }
    }

    if (site && (m->row == NULL || !t->hosts[found[k - 1]].exact)) {
        ngx_consent_url_paths(t, NGX_CONSENT_SCOPE_SITE,
                              t->site[next], u->path.data, u->path.len, u, 0,
                              m, &best);
    }

    for ( /* void */ ; k < n && m->row == NULL; k++) {
        ngx_consent_url_paths(t, NGX_CONSENT_SCOPES + found[k],
                              t->hosts[found[k]].lengths, u->path.data,
                              u->path.len, u, 0, m, &best);
    }

    if (m->row == NULL && u->path.len) {

        last = u->path.data + u->path.len;

        for (p = memchr(u->path.data, '/', u->path.len); p;
             p = memchr(p, '/', last - p))
        {
            next = last - p > 1 ? p[1] : '\0';

            if (t->any[next]) {
                ngx_consent_url_paths(t, NGX_CONSENT_SCOPE_ANY, t->any[next],
                                      p, last - p, u, 0, m, &best);
            }

            if (++p == last) {
                break;
            }
        }
    }

    /*
     * Who cannot see the question can never answer it.  Only a row that names
     * its host says so: a path of any host could be anybody's.
     */

    platform = m->platform;
    m->platform = 0;

    for (k = 0; t->platform_urls && k < n && !m->platform; k++) {
        ngx_consent_url_paths(t, NGX_CONSENT_SCOPES + found[k],
                              t->hosts[found[k]].lengths, u->path.data,
                              u->path.len, u, 1, m, &best);
    }

    if (m->platform) {
        m->needs = 0;
        m->missing = 0;
    }

    m->platform |= platform;

    return m->row ? NGX_OK : NGX_DECLINED;
}


ngx_uint_t
ngx_consent_table_has_host(const ngx_consent_table_t *t, const ngx_str_t *host)
{
    uint32_t  found[NGX_CONSENT_URL_HOSTS];

    return ngx_consent_url_hosts(t, host, found) != 0;
}


/* The scope's rules for a path; platform: only whether one is a platform's. */

static void
ngx_consent_url_paths(const ngx_consent_table_t *t, uint32_t scope,
    uint64_t lengths, const u_char *path, size_t len,
    const ngx_consent_url_t *u, ngx_uint_t platform, ngx_consent_match_t *m,
    ngx_uint_t *best)
{
    size_t               n;
    uint32_t             hash, slot;
    ngx_consent_rule_t  *rule;

    hash = ngx_consent_hash_init(scope);

    for (n = 0; lengths >> n; n++) {

        if ((lengths >> n) & 1) {

            for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
                 slot = (slot + 1) & (t->nslots - 1))
            {
                if (t->slots[slot].hash != hash
                    || (t->slots[slot].ref & NGX_CONSENT_REF_HOST))
                {
                    continue;
                }

                rule = &t->rules[t->slots[slot].ref - 1];

                if (rule->scope != scope || (platform && !rule->platform)
                    || !ngx_consent_url_path_matches(rule, path, len)
                    || !ngx_consent_url_args_match(rule, u))
                {
                    continue;
                }

                if (platform) {
                    m->platform = 1;
                    return;
                }

                ngx_consent_match_take(m, rule, best,
                                       ngx_consent_url_rank(rule));
            }
        }

        if (n == len || n == NGX_CONSENT_KEY_MAX) {
            return;
        }

        hash = ngx_consent_hash_step(hash, path[n]);
    }
}


/*
 * The listed hosts that the host is or is beneath of, the longest first.  A
 * host is hashed from its last byte to its first, so the hash of every parent
 * domain is a by-product: one pass over the name, one probe a label.
 */

ngx_uint_t
ngx_consent_url_hosts(const ngx_consent_table_t *t, const ngx_str_t *host,
    uint32_t *found)
{
    size_t      i, len;
    uint32_t    hash, exact, n, all[NGX_CONSENT_URL_HOSTS];
    ngx_uint_t  k, count;

    hash = ngx_consent_hash_init(NGX_CONSENT_SCOPE_HOST);
    exact = ngx_consent_hash_init(NGX_CONSENT_SCOPE_EXACT_HOST);
    count = 0;

    for (i = host->len; i > 0; i--) {

        hash = ngx_consent_hash_step(hash, host->data[i - 1]);
        exact = ngx_consent_hash_step(exact, host->data[i - 1]);

        if (i > 1 && host->data[i - 2] != '.') {
            continue;
        }

        len = host->len - i + 1;

        if (ngx_consent_url_find_host(t, hash, &host->data[i - 1], len, 0, &n))
        {
            all[count++ % NGX_CONSENT_URL_HOSTS] = n;
        }
    }

    if (host->len
        && ngx_consent_url_find_host(t, exact, host->data, host->len, 1, &n))
    {
        all[count++ % NGX_CONSENT_URL_HOSTS] = n;
    }

    n = count < NGX_CONSENT_URL_HOSTS ? count : NGX_CONSENT_URL_HOSTS;

    for (k = 0; k < n; k++) {
        found[k] = all[(count - 1 - k) % NGX_CONSENT_URL_HOSTS];
    }

    return n;
}


static ngx_uint_t
ngx_consent_url_find_host(const ngx_consent_table_t *t, uint32_t hash,
    const u_char *name, size_t len, ngx_uint_t exact, uint32_t *n)
{
    uint32_t             slot;
    ngx_consent_host_t  *host;

    for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
         slot = (slot + 1) & (t->nslots - 1))
    {
        if (t->slots[slot].hash != hash
            || !(t->slots[slot].ref & NGX_CONSENT_REF_HOST))
        {
            continue;
        }

        *n = (t->slots[slot].ref & ~NGX_CONSENT_REF_HOST) - 1;
        host = &t->hosts[*n];

        if (host->exact == exact && host->host.len == len
            && memcmp(host->host.data, name, len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* Whole, or up to a '/'. */

static ngx_uint_t
ngx_consent_url_path_matches(const ngx_consent_rule_t *rule,
    const u_char *path, size_t len)
{
    const u_char  *p, *end, *last, *star, *again;

    p = rule->pattern.data;
    end = p + rule->pattern.len;

    if (!rule->wildcard) {
        return len >= rule->pattern.len
               && (rule->pattern.len == 0
                   || memcmp(path, p, rule->pattern.len) == 0)
               && (len == rule->pattern.len || rule->pattern.len == 0
                   || path[rule->pattern.len] == '/');
    }

    last = path + len;
    star = NULL;
    again = NULL;

    for ( ;; ) {

        if (p < end && *p == '*') {
            star = p++;
            again = path;

            if (p == end) {
                return 1;
            }

        } else if (p < end && path < last && *p == *path) {
            p++;
            path++;

        } else if (p == end && (path == last || *path == '/')) {
            return 1;

        } else if (star && again < last) {
            p = star + 1;
            path = ++again;

        } else {
            return 0;
        }
    }
}


/* Every argument that the row names, in any order. */

static ngx_uint_t
ngx_consent_url_args_match(const ngx_consent_rule_t *rule,
    const ngx_consent_url_t *u)
{
    u_char     *p, *next, *last, *eq, *pos, *end, buf[NGX_CONSENT_URL_ARG_MAX];
    ngx_str_t   name, value, n, v;

    if (rule->args.len == 0) {
        return 1;
    }

    last = rule->args.data + rule->args.len;

    for (p = rule->args.data; p < last; p = next + 1) {

        next = memchr(p, '&', last - p);
        if (next == NULL) {
            next = last;
        }

        eq = memchr(p, '=', next - p);

        name.data = p;
        name.len = (eq ? eq : next) - p;
        value.data = eq ? eq + 1 : next;
        value.len = next - value.data;

        pos = u->args.data;
        end = pos + u->args.len;

        for ( ;; ) {

            if (u->args.len == 0
                || ngx_consent_url_arg(&pos, end, &n, &v, buf, sizeof(buf))
                   != NGX_OK)
            {
                return 0;
            }

            if (n.len == name.len
                && (n.len == 0 || memcmp(n.data, name.data, n.len) == 0)
                && (eq == NULL || ngx_consent_glob(&value, v.data, v.len)))
            {
                break;
            }
        }
    }

    return 1;
}


/* Takes a url row's pattern to pieces. */

ngx_int_t
ngx_consent_url_row(ngx_consent_table_t *t, const ngx_str_t *pattern,
    ngx_consent_url_row_t *row, ngx_consent_fault_t *fault)
{
    size_t   i;
    u_char  *p, *host, *last;

    memset(row, 0, sizeof(ngx_consent_url_row_t));

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

    return ngx_consent_url_row_host(t, pattern, row, fault);
}


/* A row's host, in Unicode or as it is encoded, as URLs have theirs. */

static ngx_int_t
ngx_consent_url_row_host(ngx_consent_table_t *t, const ngx_str_t *pattern,
    ngx_consent_url_row_t *row, ngx_consent_fault_t *fault)
{
    u_char                 *p, *last, *label, name[NGX_CONSENT_URL_MAX];
    ngx_consent_url_out_t   out;

    p = row->host.data;
    last = p + row->host.len;

    for ( /* void */ ; p < last; p++) {

        if (*p < 0x80 && !ngx_consent_url_ldh(ngx_consent_tolower(*p))) {
            return ngx_consent_fault(fault, "invalid character in host name",
                                     pattern);
        }
    }

    out.pos = name;
    out.last = name + sizeof(name);
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

    row->host.len = last - name;

    if (row->host.len == 0) {
        return ngx_consent_fault(fault, "no host name in", pattern);
    }

    row->host.data = ngx_pnalloc(t->pool, row->host.len);
    if (row->host.data == NULL) {
        return NGX_ERROR;
    }

    memcpy(row->host.data, name, row->host.len);

    return NGX_OK;
}


/*
 * A host is the same in any case and with a dot at its end, a path with or
 * without a slash at its end, a header's name in any case.
 */

ngx_int_t
ngx_consent_pattern_key(ngx_consent_table_t *t, ngx_consent_row_e kind,
    const ngx_str_t *pattern, ngx_str_t *key)
{
    size_t   i, host, path, args, host_len, path_len;
    u_char  *p;

    *key = *pattern;

    if (kind != NGX_CONSENT_ROW_URL && kind != NGX_CONSENT_ROW_HEADER) {
        return NGX_OK;
    }

    p = pattern->data;
    args = pattern->len;

    if (kind == NGX_CONSENT_ROW_URL) {
        for (args = 0; args < pattern->len && p[args] != '?'; args++) {
            /* void */
        }
    }

    path = args;

    if (kind == NGX_CONSENT_ROW_URL) {
        for (path = 0; path < args && p[path] != '/'; path++) { /* void */ }
    }

    for (host_len = path; host_len && p[host_len - 1] == '.'; host_len--) {
        /* void */
    }

    for (path_len = args - path; path_len && p[path + path_len - 1] == '/';
         path_len--)
    { /* void */ }

    for (host = 0; host < host_len; host++) {
        if (ngx_consent_tolower(p[host]) != p[host]) {
            break;
        }
    }

    if (host == path && path + path_len == args) {
        return NGX_OK;
    }

    p = ngx_pnalloc(t->pool, pattern->len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < host_len; i++) {
        p[i] = ngx_consent_tolower(pattern->data[i]);
    }

    memcpy(p + host_len, pattern->data + path, path_len);
    memcpy(p + host_len + path_len, pattern->data + args, pattern->len - args);

    key->data = p;
    key->len = host_len + path_len + pattern->len - args;

    return NGX_OK;
}
