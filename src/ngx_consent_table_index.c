
#include "ngx_consent_table_int.h"


static uint64_t *ngx_consent_index_bits(ngx_pool_t *pool, ngx_uint_t n,
    ngx_uint_t *log);
static ngx_int_t ngx_consent_index_rules(ngx_consent_table_t *t);
static ngx_int_t ngx_consent_index_row(ngx_consent_table_t *t,
    ngx_consent_rule_t *rule, ngx_consent_fault_t *fault);
static ngx_int_t ngx_consent_index_name(ngx_consent_table_t *t,
    ngx_consent_rule_t *rule);
static ngx_int_t ngx_consent_index_url(ngx_consent_table_t *t,
    ngx_consent_rule_t *rule, ngx_consent_fault_t *fault);
static void ngx_consent_index_path(ngx_consent_table_t *t,
    ngx_consent_rule_t *rule, ngx_consent_scope_e scope, const u_char *path,
    size_t len);
static uint32_t ngx_consent_index_host(ngx_consent_table_t *t,
    ngx_consent_url_row_t *url);
static void ngx_consent_index_key(ngx_consent_table_t *t,
    ngx_consent_rule_t *rule, uint32_t scope, uint64_t *lengths,
    const u_char *key, size_t len);
static void ngx_consent_index_measure(ngx_consent_rule_t *rule);


ngx_int_t
ngx_consent_index_alloc(ngx_consent_table_t *t)
{
    ngx_uint_t  i, n, log, count[NGX_CONSENT_ROW_KINDS];

    memset(count, 0, sizeof(count));

    for (i = 0; i < t->nrows; i++) {
        count[t->rows[i]->kind]++;
    }

    /* a url row has a path, and mostly a host of its own */

    n = t->nrows + count[NGX_CONSENT_ROW_URL];

    t->nslots = 16;
    t->slots_shift = 28;

    while (t->nslots < n + n / 2) {
        t->nslots *= 2;
        t->slots_shift--;
    }

    t->slots = ngx_pcalloc(t->pool, t->nslots * sizeof(ngx_consent_slot_t));

    t->names = ngx_consent_index_bits(t->pool, count[NGX_CONSENT_ROW_COOKIE],
                                      &log);
    t->names_shift = 32 - log;

    /* a host may have two */

    t->tails = ngx_consent_index_bits(t->pool, 2 * count[NGX_CONSENT_ROW_URL],
                                      &log);
    t->tails_shift = 64 - log;

    return (t->slots && t->names && t->tails) ? NGX_OK : NGX_ERROR;
}


/* Of what no row names one in sixteen at most is looked up. */

static uint64_t *
ngx_consent_index_bits(ngx_pool_t *pool, ngx_uint_t n, ngx_uint_t *log)
{
    for (*log = 9; *log < 32 && ((uint64_t) 1 << *log) < 16 * n; (*log)++) {
        /* void */
    }

    return ngx_pcalloc(pool, ((size_t) 1 << *log) / 8);
}


ngx_int_t
ngx_consent_index_build(ngx_consent_table_t *t, ngx_consent_fault_t *fault)
{
    ngx_int_t            rc;
    ngx_uint_t           i;
    ngx_consent_row_t   *row;
    ngx_consent_rule_t  *rule;

    if (ngx_consent_index_rules(t) != NGX_OK) {
        return NGX_ERROR;
    }

    for (i = 0; i < t->nrows; i++) {

        row = t->rows[i];

        /* what is only printed is not looked up */

        if (row->kind == NGX_CONSENT_ROW_STORAGE
            || row->kind == NGX_CONSENT_ROW_STUB)
        {
            continue;
        }

        rule = &t->rules[t->nrules++];

        rule->row = row;
        rule->pattern = row->pattern.data;
        rule->len = row->pattern.len;
        rule->platform = (row->provider->platform.len != 0);
        rule->domain = (row->domain.len != 0);

        if (!rule->platform && !row->pass) {
            rule->needs = row->mask & ~t->required;
        }

        rc = ngx_consent_index_row(t, rule, fault);
        if (rc != NGX_OK) {
            ngx_consent_row_place(row, &fault->place);
            return rc;
        }
    }

    return ngx_consent_marker_build(t);
}


/* Room for all that is looked up, and no more. */

static ngx_int_t
ngx_consent_index_rules(ngx_consent_table_t *t)
{
    ngx_uint_t                i, regexes, both, count[NGX_CONSENT_ROW_KINDS];
    const ngx_consent_row_t  *row;

    memset(count, 0, sizeof(count));

    regexes = 0;
    both = 0;

    for (i = 0; i < t->nrows; i++) {

        row = t->rows[i];
        count[row->kind]++;

        if (row->kind == NGX_CONSENT_ROW_COOKIE) {
            regexes += (row->pattern.data[0] == '~');
            both += (row->pattern.data[0] == '*');
        }
    }

    i = count[NGX_CONSENT_ROW_COOKIE] + count[NGX_CONSENT_ROW_HEADER]
        + count[NGX_CONSENT_ROW_URL] + count[NGX_CONSENT_ROW_INLINE];

    t->rules = ngx_pcalloc(t->pool, (i + 1) * sizeof(ngx_consent_rule_t));
    t->hosts = ngx_palloc(t->pool, (count[NGX_CONSENT_ROW_URL] + 1)
                                   * sizeof(ngx_consent_host_t));
    t->both = ngx_palloc(t->pool, (both + 1) * sizeof(ngx_consent_rule_t *));
    t->regexes = ngx_palloc(t->pool, (regexes + 1)
                                     * sizeof(ngx_consent_regex_t));
    t->markers = ngx_pcalloc(t->pool, (count[NGX_CONSENT_ROW_INLINE] + 1)
                                      * sizeof(ngx_consent_marker_t));

    if (t->rules == NULL || t->hosts == NULL || t->both == NULL
        || t->regexes == NULL || t->markers == NULL)
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_index_row(ngx_consent_table_t *t, ngx_consent_rule_t *rule,
    ngx_consent_fault_t *fault)
{
    size_t                i;
    u_char               *p;
    ngx_consent_regex_t  *regex;

    switch (rule->row->kind) {

    case NGX_CONSENT_ROW_INLINE:
        t->markers[t->nmarkers++].rule = rule - t->rules;
        t->inline_needs |= rule->needs;
        return NGX_OK;

    case NGX_CONSENT_ROW_URL:
        t->url_needs |= rule->needs;
        return ngx_consent_index_url(t, rule, fault);

    case NGX_CONSENT_ROW_HEADER:

        p = ngx_pnalloc(t->pool, rule->len);
        if (p == NULL) {
            return NGX_ERROR;
        }

        for (i = 0; i < rule->len; i++) {
            p[i] = ngx_consent_tolower(rule->pattern[i]);
        }

        rule->pattern = p;

        if (p[rule->len - 1] == '*') {

            rule->len--;
            rule->wildcard = 1;

            ngx_consent_index_key(t, rule, NGX_CONSENT_SCOPE_HEADERS,
                                  &t->beginnings, p, rule->len);
            return NGX_OK;
        }

        ngx_consent_index_key(t, rule, NGX_CONSENT_SCOPE_HEADER,
                              &t->headers, p, rule->len);
        return NGX_OK;

    default: /* NGX_CONSENT_ROW_COOKIE */

        if (rule->pattern[0] != '~') {
            return ngx_consent_index_name(t, rule);
        }

        regex = &t->regexes[t->nregexes++];

        regex->rule = rule;
        regex->code = ngx_consent_regex_compile(t, &rule->row->pattern,
                                                fault);

        if (regex->code == NULL) {
            return fault->reason ? NGX_DECLINED : NGX_ERROR;
        }

        ngx_consent_regex_first(regex);

        return NGX_OK;
    }
}


static ngx_int_t
ngx_consent_index_name(ngx_consent_table_t *t, ngx_consent_rule_t *rule)
{
    size_t         len, i;
    u_char         key[NGX_CONSENT_KEY_MAX];
    uint32_t       hash, bit;
    const u_char  *star, *last;

    ngx_consent_index_measure(rule);

    if (!rule->wildcard) {

        hash = ngx_consent_hash_name(rule->pattern, rule->len);
        bit = hash >> t->names_shift;

        t->names[bit / 64] |= (uint64_t) 1 << bit % 64;

        rule->scope = NGX_CONSENT_SCOPE_COOKIE;

        ngx_consent_index_insert(t, hash, rule - t->rules + 1);
        return NGX_OK;
    }

    star = memchr(rule->pattern, '*', rule->len);
    len = star - rule->pattern;

    if (len) {
        ngx_consent_index_key(t, rule, NGX_CONSENT_SCOPE_PREFIX,
                              &t->prefixes[rule->pattern[0]], rule->pattern,
                              len);
        return NGX_OK;
    }

    last = rule->pattern + rule->len;

    for (i = 0; i < NGX_CONSENT_KEY_MAX && last[-1] != '*'; i++) {
        key[i] = *--last;
    }

    if (i) {
        ngx_consent_index_key(t, rule, NGX_CONSENT_SCOPE_SUFFIX,
                              &t->suffixes[key[0]], key, i);
        return NGX_OK;
    }

    t->both[t->nboth++] = rule;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_index_url(ngx_consent_table_t *t, ngx_consent_rule_t *rule,
    ngx_consent_fault_t *fault)
{
    size_t                  i, len;
    u_char                 *star;
    uint32_t                host;
    ngx_consent_url_row_t   url;

    ngx_consent_url_row_split(&rule->row->pattern, &url);

    rule->pattern = url.path.data;
    rule->len = url.path.len;

    ngx_consent_index_measure(rule);

    if (url.args.len) {

        rule->nargs = 1;

        for (i = 0; i < url.args.len; i++) {
            rule->nargs += (url.args.data[i] == '&' && rule->nargs < 255);
        }
    }

    star = memchr(url.path.data, '*', url.path.len);
    len = star ? (size_t) (star - url.path.data) : url.path.len;

    if (url.scope == NGX_CONSENT_SCOPE_ANY && (star || rule->nargs)) {

        if (t->nany == NGX_CONSENT_MAX_ANY) {
            return ngx_consent_fault(fault, "more than 4096 rows of any host "
                                            "with \"*\" in the path or with "
                                            "arguments", &rule->row->pattern);
        }

        rule->any = ++t->nany;
    }

    if (url.scope == NGX_CONSENT_SCOPE_SITE
        || url.scope == NGX_CONSENT_SCOPE_ANY)
    {
        ngx_consent_index_path(t, rule, url.scope, url.path.data, len);
        return NGX_OK;
    }

    host = ngx_consent_index_host(t, &url);

    t->platform_urls |= rule->platform;

    ngx_consent_index_key(t, rule, NGX_CONSENT_SCOPES + host,
                          &t->hosts[host].lengths, url.path.data, len);

    return NGX_OK;
}


/* A path without a host, or of any: it is asked for with every URL. */

static void
ngx_consent_index_path(ngx_consent_table_t *t, ngx_consent_rule_t *rule,
    ngx_consent_scope_e scope, const u_char *path, size_t len)
{
    uint64_t    *lengths;
    ngx_uint_t   i;

    lengths = (scope == NGX_CONSENT_SCOPE_SITE) ? t->site : t->any;
    t->any_paths |= (scope == NGX_CONSENT_SCOPE_ANY);
    t->site_paths |= (scope == NGX_CONSENT_SCOPE_SITE);
    t->encoded_paths |= (memchr(path, '%', len) != NULL);

    if (len > 2) {
        lengths += ngx_consent_path_slot(path[1], path[2]);
        ngx_consent_index_key(t, rule, scope, lengths, path, len);
        return;
    }

    /* what follows may be anything */

    ngx_consent_index_key(t, rule, scope, NULL, path, len);

    for (i = 0; i < NGX_CONSENT_PATHS; i++) {
        lengths[i] |= (uint64_t) 1 << len;
    }
}


/* The host's number; a new one if it was not there. */

static uint32_t
ngx_consent_index_host(ngx_consent_table_t *t, ngx_consent_url_row_t *url)
{
    uint32_t             hash, slot, n;
    uint64_t             bit;
    ngx_consent_host_t  *host;

    hash = ngx_consent_hash_name(url->host.data, url->host.len);

    for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
         slot = (slot + 1) & (t->nslots - 1))
    {
        if (t->slots[slot].hash != hash
            || !(t->slots[slot].ref & NGX_CONSENT_REF_HOST))
        {
            continue;
        }

        n = (t->slots[slot].ref & ~NGX_CONSENT_REF_HOST) - 1;
        host = &t->hosts[n];

        if (host->exact == (url->scope == NGX_CONSENT_SCOPE_EXACT_HOST)
            && host->len == url->host.len
            && memcmp(host->name, url->host.data, host->len) == 0)
        {
            return n;
        }
    }

    n = t->nhosts++;
    host = &t->hosts[n];

    host->name = url->host.data;
    host->len = url->host.len;
    host->lengths = 0;
    host->exact = (url->scope == NGX_CONSENT_SCOPE_EXACT_HOST);

    t->host_names |= ngx_consent_length(host->len);
    t->exact_hosts |= host->exact;

    bit = ngx_consent_host_bit(t, host->name, host->len);
    t->tails[bit / 64] |= (uint64_t) 1 << bit % 64;

    if (host->len >= NGX_CONSENT_WORD) {
        bit = ngx_consent_tail_bit(t, ngx_consent_word(host->name + host->len
                                                       - NGX_CONSENT_WORD));
        t->tails[bit / 64] |= (uint64_t) 1 << bit % 64;
    }

    ngx_consent_index_insert(t, hash, (n + 1) | NGX_CONSENT_REF_HOST);

    return n;
}


/* lengths: of the scope's keys; NULL: they are not asked for. */

static void
ngx_consent_index_key(ngx_consent_table_t *t, ngx_consent_rule_t *rule,
    uint32_t scope, uint64_t *lengths, const u_char *key, size_t len)
{
    rule->scope = scope;

    if (lengths) {

        if (len > NGX_CONSENT_KEY_MAX) {
            len = NGX_CONSENT_KEY_MAX;
        }

        *lengths |= (uint64_t) 1 << len;
    }

    ngx_consent_index_insert(t, ngx_consent_hash(scope, key, len),
                             rule - t->rules + 1);
}


void
ngx_consent_index_insert(ngx_consent_table_t *t, uint32_t hash, uint32_t ref)
{
    uint32_t  slot;

    for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
         slot = (slot + 1) & (t->nslots - 1))
    { /* void */ }

    t->slots[slot].hash = hash;
    t->slots[slot].ref = ref;
}


static void
ngx_consent_index_measure(ngx_consent_rule_t *rule)
{
    size_t  i;

    for (i = 0; i < rule->len; i++) {

        if (rule->pattern[i] == '*') {
            rule->wildcard = 1;

        } else {
            rule->literal++;
        }
    }
}


uint32_t
ngx_consent_hash(uint32_t scope, const u_char *p, size_t len)
{
    size_t    i;
    uint32_t  hash;

    hash = ngx_consent_hash_init(scope);

    for (i = 0; i < len; i++) {
        hash = ngx_consent_hash_step(hash, p[i]);
    }

    return hash;
}


ngx_uint_t
ngx_consent_glob(const u_char *pattern, size_t pattern_len, const u_char *s,
    size_t len)
{
    const u_char  *p, *end, *last, *star, *again;

    p = pattern;
    end = p + pattern_len;
    last = s + len;

    star = NULL;
    again = NULL;

    while (s < last) {

        if (p < end && *p == '*') {
            star = p++;
            again = s;

        } else if (p < end && *p == *s) {
            p++;
            s++;

        } else if (star) {
            p = star + 1;
            s = ++again;

        } else {
            return 0;
        }
    }

    while (p < end && *p == '*') {
        p++;
    }

    return p == end;
}
