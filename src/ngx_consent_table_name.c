
#include "ngx_consent_table_int.h"


#define NGX_CONSENT_REGEX_ERROR  192


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
static ngx_int_t ngx_consent_regex_setup(ngx_consent_table_t *t);
static void *ngx_consent_regex_malloc(size_t size, void *data);
static void ngx_consent_regex_free(void *p, void *data);
static void ngx_consent_regex_error(ngx_consent_table_t *t, int code,
    size_t offset, ngx_consent_fault_t *fault);


/* exact before wildcard before expression; then the longer one */

#define NGX_CONSENT_NAME_REGEX     0
#define NGX_CONSENT_NAME_WILDCARD  1
#define NGX_CONSENT_NAME_EXACT     2

#define ngx_consent_name_rank(class, rule)                                   \
    (((class) * 8192 + (rule)->literal) * 512                                \
     + ((rule)->row->domain.len < 512 ? (rule)->row->domain.len : 511))


ngx_int_t
ngx_consent_table_find_cookie(const ngx_consent_table_t *t,
    const ngx_str_t *name, const ngx_str_t *host,
    const ngx_consent_grant_t *grant, ngx_consent_match_t *m)
{
    u_char                byte, bits;
    uint32_t              hash, slot;
    ngx_uint_t            i, best;
    ngx_consent_rule_t   *rule;
    ngx_consent_regex_t  *regex;

    m->grant = grant;
    m->row = NULL;
    best = 0;

    hash = ngx_consent_hash(NGX_CONSENT_SCOPE_COOKIE, name->data, name->len);

    for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
         slot = (slot + 1) & (t->nslots - 1))
    {
        if (t->slots[slot].hash != hash
            || (t->slots[slot].ref & NGX_CONSENT_REF_HOST))
        {
            continue;
        }

        rule = &t->rules[t->slots[slot].ref - 1];

        if (rule->scope == NGX_CONSENT_SCOPE_COOKIE
            && rule->pattern.len == name->len
            && (name->len == 0
                || memcmp(rule->pattern.data, name->data, name->len) == 0))
        {
            ngx_consent_name_try(rule, name, host, NGX_CONSENT_NAME_EXACT, m,
                                 &best);
        }
    }

    if (m->row) {
        return NGX_OK;
    }

    if (name->len) {
        ngx_consent_name_wildcards(t, name, host, 0, m, &best);
        ngx_consent_name_wildcards(t, name, host, 1, m, &best);
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
                || (t->slots[slot].ref & NGX_CONSENT_REF_HOST))
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
        && !ngx_consent_glob(&rule->pattern, name->data, name->len))
    {
        return;
    }

    if (!ngx_consent_name_domain(rule->row, host)) {
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
    return ngx_consent_name_domain(regex->rule->row, host)
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
            || (t->slots[slot].ref & NGX_CONSENT_REF_HOST))
        {
            continue;
        }

        rule = &t->rules[t->slots[slot].ref - 1];

        if (rule->scope == scope
            && rule->pattern.len == key->len
            && memcmp(rule->pattern.data, key->data, key->len) == 0)
        {
            ngx_consent_match_take(m, rule, best, 0);
        }
    }
}


ngx_int_t
ngx_consent_name_check(ngx_consent_table_t *t, const ngx_consent_row_t *row,
    ngx_consent_fault_t *fault)
{
    size_t             i;
    pcre2_code        *code;
    ngx_uint_t         n;
    const ngx_str_t   *pattern;

    /* no tracker has any of these names; the empty one is hardly ever met */

    static const ngx_str_t  names[] = {
        ngx_string("Zq9-w_.xJ"),
        ngx_string("\x01\x7f")
    };

    pattern = &row->pattern;

    if (row->domain.data && row->domain.len == 0) {
        return ngx_consent_fault(fault, "invalid \"domain=\", a host name was "
                                        "expected", &row->domain);
    }

    if (row->domain.len && (row->domain.data[0] == '.'
                            || row->domain.data[row->domain.len - 1] == '.'))
    {
        return ngx_consent_fault(fault, "invalid \"domain=\", a host name "
                                        "without a dot before or after it was "
                                        "expected", &row->domain);
    }

    for (i = 0; i < row->domain.len; i++) {
        if (!((ngx_consent_tolower(row->domain.data[i]) >= 'a'
               && ngx_consent_tolower(row->domain.data[i]) <= 'z')
              || (row->domain.data[i] >= '0' && row->domain.data[i] <= '9')
              || row->domain.data[i] == '-' || row->domain.data[i] == '.'
              || row->domain.data[i] == '_'))
        {
            return ngx_consent_fault(fault, "invalid character in \"domain=\"",
                                     &row->domain);
        }
    }

    if (row->kind == NGX_CONSENT_ROW_HEADER) {

        n = pattern->len;

        /* a beginning; of less than a word of the name it would be anything */

        if (n > 2 && pattern->data[n - 1] == '*' && pattern->data[n - 2] == '-')
        {
            n--;
        }

        for (i = 0; i < n; i++) {
            if (memchr("*~ ():,;<=>?@[\\]{}\"", pattern->data[i], 19)) {
                break;
            }
        }

        if (i < n || n > NGX_CONSENT_MAX_HEADER_NAME) {
            return ngx_consent_fault(fault, "invalid header name", pattern);
        }

        return NGX_OK;
    }

    if (pattern->data[0] == '~') {

        code = ngx_consent_regex_compile(t, pattern, fault);
        if (code == NULL) {
            return fault->reason ? NGX_DECLINED : NGX_ERROR;
        }

        for (n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
            if (pcre2_match(code, names[n].data, names[n].len, 0, 0,
                            t->match_data, NULL)
                < 0)
            {
                break;
            }
        }

        pcre2_code_free(code);

        if (n < sizeof(names) / sizeof(names[0])) {
            return NGX_OK;
        }

        return ngx_consent_fault(fault, "pattern that matches everything",
                                 pattern);
    }

    for (i = 0; row->kind == NGX_CONSENT_ROW_COOKIE && i < pattern->len; i++) {
        if (pattern->data[i] == '=' || pattern->data[i] == ';') {
            return ngx_consent_fault(fault, "a cookie's name has no \"=\" and "
                                            "no \";\", a name alone was "
                                            "expected", pattern);
        }
    }

    for (i = 0; i < pattern->len && pattern->data[i] == '*'; i++) {
        /* void */
    }

    if (i == pattern->len) {
        return ngx_consent_fault(fault, "pattern that matches everything",
                                 pattern);
    }

    return NGX_OK;
}


/* "~..." or "~*..."; NULL: fault says why, or memory is short */

pcre2_code *
ngx_consent_regex_compile(ngx_consent_table_t *t, const ngx_str_t *pattern,
    ngx_consent_fault_t *fault)
{
    int                     error;
    size_t                  offset, skip;
    pcre2_code             *code;
    pcre2_compile_context  *context;

    if (ngx_consent_regex_setup(t) != NGX_OK) {
        return NULL;
    }

    context = pcre2_compile_context_create(t->general);
    if (context == NULL) {
        return NULL;
    }

    skip = (pattern->len > 1 && pattern->data[1] == '*') ? 2 : 1;

    code = pcre2_compile(pattern->data + skip, pattern->len - skip,
                         skip == 2 ? PCRE2_CASELESS : 0, &error, &offset,
                         context);
    if (code == NULL) {
        ngx_consent_regex_error(t, error, offset, fault);
        fault->subject = *pattern;
        return NULL;
    }

    /* where JIT is not to be had, the expression is interpreted */

    (void) pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);

    return code;
}


/*
 * What pcre2_match() itself tries first, but for the cost of a call: the names
 * of most cookies begin otherwise.
 */

void
ngx_consent_regex_first(ngx_consent_regex_t *regex)
{
    uint32_t        options, type, first, other;
    const uint8_t  *bitmap;

    memset(regex->first, 0xff, sizeof(regex->first));

    if (pcre2_pattern_info(regex->code, PCRE2_INFO_ALLOPTIONS, &options) != 0
        || !(options & PCRE2_ANCHORED))
    {
        return;
    }

    if (pcre2_pattern_info(regex->code, PCRE2_INFO_FIRSTBITMAP, &bitmap) == 0
        && bitmap)
    {
        memcpy(regex->first, bitmap, sizeof(regex->first));
        return;
    }

    if (pcre2_pattern_info(regex->code, PCRE2_INFO_FIRSTCODETYPE, &type) != 0
        || type != 1
        || pcre2_pattern_info(regex->code, PCRE2_INFO_FIRSTCODEUNIT, &first)
           != 0
        || first >= 0x80)
    {
        return;
    }

    /* whether its case counts is not told */

    other = ((first | 0x20) >= 'a' && (first | 0x20) <= 'z') ? first ^ 0x20
                                                             : first;

    memset(regex->first, 0, sizeof(regex->first));

    regex->first[first / 8] |= 1 << first % 8;
    regex->first[other / 8] |= 1 << other % 8;
}


static ngx_int_t
ngx_consent_regex_setup(ngx_consent_table_t *t)
{
    if (t->match_data) {
        return NGX_OK;
    }

    t->general = pcre2_general_context_create(ngx_consent_regex_malloc,
                                              ngx_consent_regex_free, t);
    if (t->general == NULL) {
        return NGX_ERROR;
    }

    /* only whether it matches is asked */

    t->match_data = pcre2_match_data_create(1, t->general);

    return t->match_data ? NGX_OK : NGX_ERROR;
}


static void *
ngx_consent_regex_malloc(size_t size, void *data)
{
    ngx_consent_table_t  *t = data;

    return ngx_palloc(t->pool, size);
}


static void
ngx_consent_regex_free(void *p, void *data)
{
    /* the pool's */

    (void) p;
    (void) data;
}


static void
ngx_consent_regex_error(ngx_consent_table_t *t, int code, size_t offset,
    ngx_consent_fault_t *fault)
{
    int      len;
    u_char  *p, digits[20], *d;

    static const u_char  invalid[] = "invalid expression, ";
    static const u_char  at[] = " at offset ";

    p = ngx_pnalloc(t->pool, NGX_CONSENT_REGEX_ERROR);
    if (p == NULL) {
        return;
    }

    fault->reason = (char *) p;

    memcpy(p, invalid, sizeof(invalid) - 1);
    p += sizeof(invalid) - 1;

    /* the message, and room for what stands around it */

    len = pcre2_get_error_message(code, p, NGX_CONSENT_REGEX_ERROR - 64);
    if (len > 0) {
        p += len;
    }

    memcpy(p, at, sizeof(at) - 1);
    p += sizeof(at) - 1;

    d = digits + sizeof(digits);

    do {
        *--d = '0' + offset % 10;
        offset /= 10;
    } while (offset);

    memcpy(p, d, digits + sizeof(digits) - d);
    p += digits + sizeof(digits) - d;

    *p = '\0';
}


void
ngx_consent_table_destroy(ngx_consent_table_t *t)
{
    ngx_uint_t  i;

    for (i = 0; i < t->nregexes; i++) {
        pcre2_code_free(t->regexes[i].code);
    }

    t->nregexes = 0;
}
