
#include "ngx_consent_table_int.h"
#include "ngx_consent_wide.h"


/* decoded bytes of one argument that are looked at */
#define NGX_CONSENT_URL_ARG_MAX  512


/*
 * One look-up.  A path of any host may begin at every '/' of the URL's.  Where
 * it has begun and does not go on, it does not behind a later '/' either, and
 * the arguments are the same for all: of these rules each that has begun once
 * is not tried again, or a long path would cost the square of its length.
 */

typedef struct {
    const ngx_consent_table_t  *table;
    const ngx_consent_url_t    *url;
    ngx_consent_match_t        *match;
    ngx_uint_t                  best;
    ngx_uint_t                  platform;  /* only whether a rule is of one */
    uint64_t                    begun[NGX_CONSENT_MAX_ANY / 64];
} ngx_consent_url_find_t;


static void ngx_consent_url_paths(ngx_consent_url_find_t *f, uint32_t scope,
    uint64_t lengths, const u_char *path, size_t len);
static void ngx_consent_url_any(ngx_consent_url_find_t *f);
static ngx_inline void ngx_consent_url_at(ngx_consent_url_find_t *f,
    const u_char *p, const u_char *last);
static ngx_uint_t ngx_consent_url_find_host(const ngx_consent_table_t *t,
    const u_char *name, size_t len, ngx_uint_t exact, uint32_t *n);
static ngx_uint_t ngx_consent_url_matches(ngx_consent_url_find_t *f,
    const ngx_consent_rule_t *rule, const u_char *path, size_t len);
static ngx_uint_t ngx_consent_url_goes_on(const u_char *p, const u_char *end,
    const u_char *path, const u_char *last);
static ngx_uint_t ngx_consent_url_args_match(const ngx_consent_rule_t *rule,
    const ngx_consent_url_t *u);


/* within a host: the longer path, a literal one, the one with arguments */

#define ngx_consent_url_rank(rule)                                           \
    (((rule)->literal * 2 + !(rule)->wildcard) * 256 + (rule)->nargs)


static ngx_inline uint32_t
ngx_consent_url_slot(const u_char *path, size_t len)
{
    return ngx_consent_path_slot(len > 1 ? path[1] : '\0',
                                 len > 2 ? path[2] : '\0');
}


ngx_int_t
ngx_consent_table_find_url(const ngx_consent_table_t *t,
    const ngx_consent_url_t *u, ngx_uint_t first_party,
    const ngx_consent_grant_t *grant, ngx_consent_match_t *m)
{
    uint32_t                 found[NGX_CONSENT_URL_HOSTS];
    uint64_t                 site;
    ngx_uint_t               n, k, whole, platform;
    ngx_consent_host_t      *host;
    ngx_consent_url_find_t   f;

    m->grant = grant;
    m->row = NULL;
    m->platform = 0;

    f.table = t;
    f.url = u;
    f.match = m;
    f.best = 0;
    f.platform = 0;

    site = 0;

    if (first_party) {
        site = t->site[ngx_consent_url_slot(u->path.data, u->path.len)];
    }

    n = ngx_consent_url_hosts(t, u->host.data, u->host.len, found);

    /* the longest host that has a row for this path decides */

    for (k = 0; k < n && m->row == NULL; k++) {

        host = &t->hosts[found[k]];
        whole = (host->len == u->host.len);

        /* the site's own rows are as near as a row of its whole name */

        if (site && !whole) {
            break;
        }

        ngx_consent_url_paths(&f, NGX_CONSENT_SCOPES + found[k], host->lengths,
                              u->path.data, u->path.len);

        if (site && !host->exact && m->row == NULL) {
            k++;
            break;
        }
    }

    if (site && (m->row == NULL || !t->hosts[found[k - 1]].exact)) {
        ngx_consent_url_paths(&f, NGX_CONSENT_SCOPE_SITE, site, u->path.data,
                              u->path.len);
    }

    for ( /* void */ ; k < n && m->row == NULL; k++) {
        ngx_consent_url_paths(&f, NGX_CONSENT_SCOPES + found[k],
                              t->hosts[found[k]].lengths, u->path.data,
                              u->path.len);
    }

    if (m->row == NULL && t->any_paths) {
        ngx_consent_url_any(&f);
    }

    /*
     * Who cannot see the question can never answer it.  Only a row that names
     * its host says so: a path of any host could be anybody's.
     */

    platform = m->platform;
    m->platform = 0;
    f.platform = 1;

    for (k = 0; t->platform_urls && k < n && !m->platform; k++) {
        ngx_consent_url_paths(&f, NGX_CONSENT_SCOPES + found[k],
                              t->hosts[found[k]].lengths, u->path.data,
                              u->path.len);
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

    return ngx_consent_url_hosts(t, host->data, host->len, found) != 0;
}


/*
 * Eight bytes at once, the last of them perhaps twice.  A byte behind a slash
 * may be taken for one, too: then it is looked up for nothing.
 */

ngx_uint_t
ngx_consent_table_maybe_path(const ngx_consent_table_t *t,
    const ngx_str_t *path)
{
    uint64_t       bits, lengths;
    const u_char  *p, *last, *at;

    lengths = t->site[ngx_consent_url_slot(path->data, path->len)];

    p = path->data;
    last = p + path->len;

    if (t->encoded_paths && ngx_consent_table_raw_path(p, last)) {
        return 1;
    }

    if (path->len < NGX_CONSENT_WORD) {

        for ( /* void */ ; p < last; p++) {
            if (*p == '/') {
                lengths |= t->any[ngx_consent_url_slot(p, last - p)];
            }
        }

        return lengths != 0;
    }

    for ( ;; ) {

        for (bits = ngx_consent_word_is(ngx_consent_word(p), '/');
             bits;
             bits &= bits - 1)
        {
            at = p + ngx_consent_word_first(bits);
            lengths |= t->any[ngx_consent_url_slot(at, last - at)];
        }

        if (last - p == NGX_CONSENT_WORD) {
            break;
        }

        p += NGX_CONSENT_WORD;

        if (last - p < NGX_CONSENT_WORD) {
            p = last - NGX_CONSENT_WORD;
        }
    }

    /* what is longer than the path does not begin it */

    return lengths != 0
           && (path->len > 62 || (lengths & (((uint64_t) 2 << path->len) - 1)));
}


ngx_uint_t
ngx_consent_table_raw_path(const u_char *p, const u_char *last)
{
    for ( /* void */ ; p < last && *p != '?' && *p != '#'; p++) {
        if (ngx_consent_url_encoded(*p)) {
            return 1;
        }
    }

    return 0;
}


/* Paths of any host may begin at any slash. */

static void
ngx_consent_url_any(ngx_consent_url_find_t *f)
{
    const u_char             *p, *last;
#ifdef NGX_CONSENT_WIDE
    ngx_consent_wide_bits_t   bits;
#endif

    memset(f->begun, 0, (f->table->nany + 63) / 64 * sizeof(uint64_t));

    p = f->url->path.data;
    last = p + f->url->path.len;

#ifdef NGX_CONSENT_WIDE

    for ( /* void */ ; last - p >= NGX_CONSENT_WIDE; p += NGX_CONSENT_WIDE) {

        bits = ngx_consent_wide_bits(
                   ngx_consent_wide_eq(ngx_consent_wide_load(p), '/'));

        while (bits) {
            ngx_consent_url_at(f, p + ngx_consent_wide_index(bits), last);
            bits = ngx_consent_wide_rest(bits);
        }
    }

#endif

    for ( /* void */ ; p < last; p++) {
        if (*p == '/') {
            ngx_consent_url_at(f, p, last);
        }
    }
}


/* ... and here is one. */

static ngx_inline void
ngx_consent_url_at(ngx_consent_url_find_t *f, const u_char *p,
    const u_char *last)
{
    uint64_t  lengths;

    lengths = f->table->any[ngx_consent_url_slot(p, last - p)];

    if (lengths) {
        ngx_consent_url_paths(f, NGX_CONSENT_SCOPE_ANY, lengths, p, last - p);
    }
}


/* The scope's rules for a path. */

static void
ngx_consent_url_paths(ngx_consent_url_find_t *f, uint32_t scope,
    uint64_t lengths, const u_char *path, size_t len)
{
    size_t                      n;
    uint32_t                    hash, slot;
    ngx_consent_rule_t         *rule;
    const ngx_consent_table_t  *t;

    t = f->table;
    hash = ngx_consent_hash_init(scope);

    for (n = 0; lengths; n++, lengths >>= 1) {

        if (lengths & 1) {

            for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
                 slot = (slot + 1) & (t->nslots - 1))
            {
                if (t->slots[slot].hash != hash
                    || (t->slots[slot].ref & NGX_CONSENT_REF_OTHER))
                {
                    continue;
                }

                rule = &t->rules[t->slots[slot].ref - 1];

                if (rule->scope != scope || (f->platform && !rule->platform)
                    || !ngx_consent_url_matches(f, rule, path, len))
                {
                    continue;
                }

                if (f->platform) {
                    f->match->platform = 1;
                    return;
                }

                ngx_consent_match_take(f->match, rule, &f->best,
                                       ngx_consent_url_rank(rule));
            }
        }

        if (n == len) {
            return;
        }

        hash = ngx_consent_hash_step(hash, path[n]);
    }
}


/*
 * The listed hosts that the host is or is beneath of, the longest first.  Most
 * have none: of each parent domain a bit tells whether to look it up.
 */

ngx_uint_t
ngx_consent_url_hosts(const ngx_consent_table_t *t, const u_char *host,
    size_t host_len, uint32_t *found)
{
    size_t         len;
    uint64_t       bit;
    ngx_uint_t     n;
    const u_char  *p, *last;

    last = host + host_len;
    n = 0;

    if (t->exact_hosts && host_len
        && ngx_consent_url_find_host(t, host, host_len, 1, found))
    {
        n = 1;
    }

    for (p = host; p < last && n < NGX_CONSENT_URL_HOSTS; p++) {

        len = last - p;

        if (t->host_names & ngx_consent_length(len)) {

            bit = ngx_consent_host_bit(t, p, len);

            if (((t->tails[bit / 64] >> bit % 64) & 1)
                && ngx_consent_url_find_host(t, p, len, 0, &found[n]))
            {
                n++;
            }
        }

        p = memchr(p, '.', len);
        if (p == NULL) {
            break;
        }
    }

    return n;
}


static ngx_uint_t
ngx_consent_url_find_host(const ngx_consent_table_t *t, const u_char *name,
    size_t len, ngx_uint_t exact, uint32_t *n)
{
    uint32_t             hash, slot;
    ngx_consent_host_t  *host;

    hash = ngx_consent_hash_name(name, len);

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

        if (host->exact == exact && host->len == len
            && memcmp(host->name, name, len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* The path, whole or up to a '/', and the arguments. */

static ngx_uint_t
ngx_consent_url_matches(ngx_consent_url_find_t *f,
    const ngx_consent_rule_t *rule, const u_char *path, size_t len)
{
    size_t         n;
    uint64_t       bit, *begun;
    const u_char  *star;

    n = rule->len;
    star = NULL;

    if (rule->wildcard) {
        star = memchr(rule->pattern, '*', n);
        n = star - rule->pattern;
    }

    if (len < n || (n && memcmp(path, rule->pattern, n) != 0)
        || (star == NULL && n && len > n && path[n] != '/'))
    {
        return 0;
    }

    if (rule->any) {

        begun = &f->begun[(rule->any - 1) / 64];
        bit = (uint64_t) 1 << (rule->any - 1) % 64;

        if (*begun & bit) {
            return 0;
        }

        *begun |= bit;
    }

    return (star == NULL
            || ngx_consent_url_goes_on(star, rule->pattern + rule->len,
                                       path + n, path + len))
           && ngx_consent_url_args_match(rule, f->url);
}


/* From a '*' on: at most the path's length by that of what is between two. */

static ngx_uint_t
ngx_consent_url_goes_on(const u_char *p, const u_char *end, const u_char *path,
    const u_char *last)
{
    const u_char  *star, *again;

    star = p;
    again = path;

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

        } else if (again < last) {
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
    ngx_str_t   args, name, value, n, v;

    if (rule->nargs == 0) {
        return 1;
    }

    ngx_consent_rule_args(rule, &args);

    last = args.data + args.len;

    for (p = args.data; p < last; p = next + 1) {

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
                && (eq == NULL
                    || ngx_consent_glob(value.data, value.len, v.data, v.len)))
            {
                break;
            }
        }
    }

    return 1;
}


/* What is behind the first '?': neither a host nor a path has one. */

void
ngx_consent_rule_args(const ngx_consent_rule_t *rule, ngx_str_t *args)
{
    const ngx_str_t  *pattern;

    pattern = &rule->row->pattern;

    args->data = memchr(pattern->data, '?', pattern->len);
    args->data++;
    args->len = pattern->data + pattern->len - args->data;
}
