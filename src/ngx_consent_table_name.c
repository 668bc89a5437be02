
#include "ngx_consent_table_int.h"


static void ngx_consent_name_exact(const ngx_consent_table_t *t,
    const ngx_str_t *name, uint32_t hash, const ngx_str_t *host,
    ngx_consent_match_t *m, ngx_uint_t *best);
static void ngx_consent_name_try(const ngx_consent_rule_t *rule,
    const ngx_str_t *name, const ngx_str_t *host, ngx_uint_t class,
    ngx_consent_match_t *m, ngx_uint_t *best);
static void ngx_consent_name_wildcards(const ngx_consent_table_t *t,
    const ngx_str_t *name, const ngx_str_t *host, ngx_uint_t suffix,
    ngx_consent_match_t *m, ngx_uint_t *best);
static ngx_uint_t ngx_consent_name_regex(const ngx_consent_table_t *t,
    const ngx_consent_regex_t *regex, const ngx_str_t *name,
    const ngx_str_t *host);
static void ngx_consent_name_header(const ngx_consent_table_t *t,
    uint32_t scope, uint32_t hash, const ngx_str_t *key,
    ngx_consent_match_t *m, ngx_uint_t *best);


/* exact before wildcard before expression; then the longer one */

#define NGX_CONSENT_NAME_REGEX     0
#define NGX_CONSENT_NAME_WILDCARD  1
#define NGX_CONSENT_NAME_EXACT     2

#define ngx_consent_name_rank(class, rule)                                   \
    (((class) * 65536 + (rule)->literal) * 512                               \
     + ((rule)->domain ? ngx_consent_name_near((rule)->row->domain.len) : 0))

#define ngx_consent_name_near(len)  ((len) < 512 ? (len) : 511)


ngx_int_t
ngx_consent_table_find_cookie(const ngx_consent_table_t *t,
    const ngx_str_t *name, const ngx_str_t *host,
    const ngx_consent_grant_t *grant, ngx_consent_match_t *m)
{
    u_char                byte, bits;
    uint32_t              hash, bit;
    ngx_uint_t            i, best;
    ngx_consent_regex_t  *regex;

    m->grant = grant;
    m->row = NULL;
    best = 0;

    if (name->len) {

        hash = ngx_consent_hash_name(name->data, name->len);
        bit = hash >> t->names_shift;

        if ((t->names[bit / 64] >> bit % 64) & 1) {
            ngx_consent_name_exact(t, name, hash, host, m, &best);

            if (m->row) {
                return NGX_OK;
            }
        }

        if (t->prefixes[name->data[0]]) {
            ngx_consent_name_wildcards(t, name, host, 0, m, &best);
        }

        if (t->suffixes[name->data[name->len - 1]]) {
            ngx_consent_name_wildcards(t, name, host, 1, m, &best);
        }
    }

    for (i = 0; i < t->nboth; i++) {
        ngx_consent_name_try(t->both[i], name, host,
                             NGX_CONSENT_NAME_WILDCARD, m, &best);
    }

    if (m->row) {
        return NGX_OK;
    }

    /* without a first byte only an expression that takes any can match */

    byte = name->len ? name->data[0] / 8 : 0;
    bits = name->len ? 1 << name->data[0] % 8 : 0xff;

    for (i = 0; i < t->nregexes; i++) {

        regex = &t->regexes[i];

        if ((regex->first[byte] & bits)
            && ngx_consent_name_regex(t, regex, name, host))
        {
            ngx_consent_match_take(m, regex->rule, &best,
                                  ngx_consent_name_rank(NGX_CONSENT_NAME_REGEX,
                                                        regex->rule));
        }
    }

    return m->row ? NGX_OK : NGX_DECLINED;
}


static void
ngx_consent_name_exact(const ngx_consent_table_t *t, const ngx_str_t *name,
    uint32_t hash, const ngx_str_t *host, ngx_consent_match_t *m,
    ngx_uint_t *best)
{
    uint32_t             slot;
    ngx_consent_rule_t  *rule;

    for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
         slot = (slot + 1) & (t->nslots - 1))
    {
        if (t->slots[slot].hash != hash
            || (t->slots[slot].ref & NGX_CONSENT_REF_OTHER))
        {
            continue;
        }

        rule = &t->rules[t->slots[slot].ref - 1];

        if (rule->scope == NGX_CONSENT_SCOPE_COOKIE
            && rule->len == name->len
            && memcmp(rule->pattern, name->data, name->len) == 0)
        {
            ngx_consent_name_try(rule, name, host, NGX_CONSENT_NAME_EXACT, m,
                                 best);
        }
    }
}


/* One look-up for each length that a literal beginning (or end) has. */

static void
ngx_consent_name_wildcards(const ngx_consent_table_t *t, const ngx_str_t *name,
    const ngx_str_t *host, ngx_uint_t suffix, ngx_consent_match_t *m,
    ngx_uint_t *best)
{
    size_t               len;
    uint32_t             hash, slot, scope;
    uint64_t             lengths;
    ngx_consent_rule_t  *rule;

    if (suffix) {
        scope = NGX_CONSENT_SCOPE_SUFFIX;
        lengths = t->suffixes[name->data[name->len - 1]];

    } else {
        scope = NGX_CONSENT_SCOPE_PREFIX;
        lengths = t->prefixes[name->data[0]];
    }

    hash = ngx_consent_hash_init(scope);

    for (len = 1; len <= name->len && len <= NGX_CONSENT_KEY_MAX; len++) {

        if ((lengths >> len) == 0) {
            return;
        }

        hash = ngx_consent_hash_step(hash, name->data[suffix ? name->len - len
                                                             : len - 1]);

        if (!((lengths >> len) & 1)) {
            continue;
        }

        for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
             slot = (slot + 1) & (t->nslots - 1))
        {
            if (t->slots[slot].hash != hash
                || (t->slots[slot].ref & NGX_CONSENT_REF_OTHER))
            {
                continue;
            }

            rule = &t->rules[t->slots[slot].ref - 1];

            if (rule->scope == scope) {
                ngx_consent_name_try(rule, name, host,
                                     NGX_CONSENT_NAME_WILDCARD, m, best);
            }
        }
    }
}


static void
ngx_consent_name_try(const ngx_consent_rule_t *rule, const ngx_str_t *name,
    const ngx_str_t *host, ngx_uint_t class, ngx_consent_match_t *m,
    ngx_uint_t *best)
{
    if (class == NGX_CONSENT_NAME_WILDCARD
        && !ngx_consent_glob(rule->pattern, rule->len, name->data, name->len))
    {
        return;
    }

    if (rule->domain && !ngx_consent_name_domain(rule->row, host)) {
        return;
    }

    ngx_consent_match_take(m, rule, best, ngx_consent_name_rank(class, rule));
}


/* A cookie of a domain is set and seen there and beneath it, nowhere else. */

ngx_uint_t
ngx_consent_name_domain(const ngx_consent_row_t *row, const ngx_str_t *host)
{
    size_t            i, n;
    const ngx_str_t  *domain;

    domain = &row->domain;

    if (domain->len == 0) {
        return 1;
    }

    if (host->len < domain->len) {
        return 0;
    }

    n = host->len - domain->len;

    for (i = 0; i < domain->len; i++) {
        if (ngx_consent_tolower(domain->data[i]) != host->data[n + i]) {
            return 0;
        }
    }

    return n == 0 || host->data[n - 1] == '.';
}


/*
 * A long name may exhaust the matcher's stack.  That is no proof that the row
 * does not name it, and an error must not become a grant: it counts as a match.
 */

static ngx_uint_t
ngx_consent_name_regex(const ngx_consent_table_t *t,
    const ngx_consent_regex_t *regex, const ngx_str_t *name,
    const ngx_str_t *host)
{
    return (!regex->rule->domain
            || ngx_consent_name_domain(regex->rule->row, host))
           && pcre2_match(regex->code, name->data, name->len, 0, 0,
                          t->match_data, NULL)
              != PCRE2_ERROR_NOMATCH;
}


ngx_int_t
ngx_consent_table_find_header(const ngx_consent_table_t *t,
    const ngx_str_t *name, const ngx_consent_grant_t *grant,
    ngx_consent_match_t *m)
{
    size_t      i;
    u_char      low[NGX_CONSENT_MAX_HEADER_NAME];
    uint32_t    hash;
    uint64_t    lengths;
    ngx_str_t   key;
    ngx_uint_t  best;

    m->grant = grant;
    m->row = NULL;
    best = 0;

    if (name->len == 0) {
        return NGX_DECLINED;
    }

    i = name->len < NGX_CONSENT_KEY_MAX ? name->len : NGX_CONSENT_KEY_MAX;

    if (t->beginnings == 0 && !((t->headers >> i) & 1)) {
        return NGX_DECLINED;
    }

    /* no row has a longer one, but for its beginning */

    key.data = low;
    key.len = name->len < sizeof(low) ? name->len : sizeof(low);

    for (i = 0; i < key.len; i++) {
        low[i] = ngx_consent_tolower(name->data[i]);
    }

    if (name->len == key.len) {
        hash = ngx_consent_hash(NGX_CONSENT_SCOPE_HEADER, low, key.len);

        ngx_consent_name_header(t, NGX_CONSENT_SCOPE_HEADER, hash, &key, m,
                                &best);
    }

    /* the longest beginning counts */

    lengths = t->beginnings;

    for (i = key.len; lengths && i && m->row == NULL; i--) {

        if (!((lengths >> i) & 1)) {
            continue;
        }

        key.len = i;
        hash = ngx_consent_hash(NGX_CONSENT_SCOPE_HEADERS, low, i);

        ngx_consent_name_header(t, NGX_CONSENT_SCOPE_HEADERS, hash, &key, m,
                                &best);
    }

    return m->row ? NGX_OK : NGX_DECLINED;
}


static void
ngx_consent_name_header(const ngx_consent_table_t *t, uint32_t scope,
    uint32_t hash, const ngx_str_t *key, ngx_consent_match_t *m,
    ngx_uint_t *best)
{
    uint32_t             slot;
    ngx_consent_rule_t  *rule;

    for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
         slot = (slot + 1) & (t->nslots - 1))
    {
        if (t->slots[slot].hash != hash
            || (t->slots[slot].ref & NGX_CONSENT_REF_OTHER))
        {
            continue;
        }

        rule = &t->rules[t->slots[slot].ref - 1];

        if (rule->scope == scope
            && rule->len == key->len
            && memcmp(rule->pattern, key->data, key->len) == 0)
        {
            ngx_consent_match_take(m, rule, best, 0);
        }
    }
}
