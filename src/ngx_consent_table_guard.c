
/*
 * The rows that a page's own scripts are judged by: those that are refused, and
 * of the others those that may win over one of them.  A look-up in what is
 * picked finds what a look-up in the whole table finds, wherever that refuses.
 */

#include "ngx_consent_table_int.h"


typedef struct {
    const ngx_consent_table_t  *table;
    const ngx_consent_guard_t  *guard;

    u_char              *hosts;         /* of each: NGX_CONSENT_GUARD_... */
    const ngx_str_t    **wild;          /* refused wildcards of cookies */
    ngx_uint_t           nwild;
    const ngx_str_t    **items;         /* ... and of storage */
    ngx_uint_t           nitems;
    unsigned             urls:1;        /* some URL is refused, ... */
    unsigned             any:1;         /* by its path alone */
    unsigned             regex:1;       /* a cookie by an expression, ... */
    unsigned             vague:1;       /* or a key of storage */
} ngx_consent_guard_pick_t;

#define NGX_CONSENT_GUARD_REFUSED   1   /* the host has a refused row */
#define NGX_CONSENT_GUARD_ABOVE     2   /* it is above one that has */

/* refused wildcards that each granted name is compared with; past it all go */
#define NGX_CONSENT_GUARD_WILD    256


static ngx_uint_t ngx_consent_guard_refused(ngx_consent_guard_pick_t *pick,
    const ngx_consent_row_t *row, const ngx_consent_rule_t *rule);
static ngx_consent_mask_t ngx_consent_guard_needs(const ngx_consent_table_t *t,
    const ngx_consent_row_t *row);
static void ngx_consent_guard_look(ngx_consent_guard_pick_t *pick,
    ngx_consent_rule_t *rule);
static void ngx_consent_guard_above(ngx_consent_guard_pick_t *pick,
    const ngx_consent_host_t *host);
static ngx_uint_t ngx_consent_guard_wins(ngx_consent_guard_pick_t *pick,
    ngx_consent_rule_t *rule);
static ngx_uint_t ngx_consent_guard_matched(
    const ngx_consent_guard_pick_t *pick, const ngx_str_t *name);
static ngx_uint_t ngx_consent_guard_meets(const ngx_str_t *const *wild,
    ngx_uint_t n, const ngx_str_t *pattern);
static ngx_uint_t ngx_consent_guard_beneath(ngx_consent_guard_pick_t *pick,
    const ngx_consent_host_t *host);
static void ngx_consent_guard_fill(ngx_consent_guard_pick_t *pick,
    const ngx_consent_row_t *row, const ngx_consent_rule_t *rule,
    ngx_consent_guard_row_t *out);
static ngx_uint_t ngx_consent_guard_seen(const ngx_consent_row_t *row,
    const ngx_str_t *host);


#define ngx_consent_guard_host(rule)                                         \
    ((rule)->scope >= NGX_CONSENT_SCOPES)


ngx_int_t
ngx_consent_table_guard(const ngx_consent_table_t *t, ngx_pool_t *pool,
    const ngx_consent_guard_t *guard, ngx_consent_guard_row_t **rows,
    ngx_uint_t *nrows)
{
    ngx_uint_t                 i, n, size;
    ngx_consent_rule_t        *rule;
    const ngx_consent_row_t   *row;
    ngx_consent_guard_row_t   *out;
    ngx_consent_guard_pick_t   pick;

    memset(&pick, 0, sizeof(ngx_consent_guard_pick_t));

    pick.table = t;
    pick.guard = guard;
    pick.urls = guard->unknown_urls;
    pick.any = guard->unknown_urls;
    pick.hosts = ngx_pcalloc(pool, t->nhosts + 1);
    pick.wild = ngx_palloc(pool, 2 * (NGX_CONSENT_GUARD_WILD + 1)
                                 * sizeof(ngx_str_t *));

    size = t->nrows < NGX_CONSENT_GUARD_MAX_ROWS ? t->nrows
                                                 : NGX_CONSENT_GUARD_MAX_ROWS;

    out = ngx_palloc(pool, (size + 1) * sizeof(ngx_consent_guard_row_t));

    if (pick.hosts == NULL || pick.wild == NULL || out == NULL) {
        return NGX_ERROR;
    }

    /* a row that is looked up has a rule, in the same order */

    for (i = 0; i < t->nrules; i++) {
        rule = &t->rules[i];

        if (ngx_consent_guard_refused(&pick, rule->row, rule)) {
            ngx_consent_guard_look(&pick, rule);
        }
    }

    pick.items = pick.wild + NGX_CONSENT_GUARD_WILD + 1;

    for (i = 0; i < t->nrows; i++) {

        row = t->rows[i];

        if (row->kind != NGX_CONSENT_ROW_STORAGE
            || !ngx_consent_guard_refused(&pick, row, NULL))
        {
            continue;
        }

        if (row->pattern.data[0] == '~') {
            pick.vague = 1;

        } else if (pick.nitems <= NGX_CONSENT_GUARD_WILD
                   && memchr(row->pattern.data, '*', row->pattern.len))
        {
            pick.items[pick.nitems++] = &row->pattern;
        }
    }

    rule = t->rules;
    n = 0;

    for (i = 0; i < t->nrows && n < size; i++) {

        row = t->rows[i];

        switch (row->kind) {

        case NGX_CONSENT_ROW_STORAGE:
            if (ngx_consent_guard_refused(&pick, row, NULL)
                || (ngx_consent_guard_seen(row, &guard->host)
                    && (pick.vague
                        || ngx_consent_guard_meets(pick.items, pick.nitems,
                                                   &row->pattern))))
            {
                ngx_consent_guard_fill(&pick, row, NULL, &out[n++]);
            }

            break;

        case NGX_CONSENT_ROW_STUB:
            break;

        default:
            if (ngx_consent_guard_refused(&pick, row, rule)
                || ngx_consent_guard_wins(&pick, rule))
            {
                ngx_consent_guard_fill(&pick, row, rule, &out[n++]);
            }

            rule++;
        }
    }

    *rows = out;
    *nrows = n;

    return NGX_OK;
}


/* ... by what a script does: a row that it can be judged by at all. */

static ngx_uint_t
ngx_consent_guard_refused(ngx_consent_guard_pick_t *pick,
    const ngx_consent_row_t *row, const ngx_consent_rule_t *rule)
{
    ngx_consent_mask_t  needs;

    needs = rule ? rule->needs : ngx_consent_guard_needs(pick->table, row);

    if ((needs & ~ngx_consent_table_granted(&pick->guard->grant, row->provider))
        == 0)
    {
        return 0;
    }

    switch (row->kind) {

    case NGX_CONSENT_ROW_URL:
        return 1;

    case NGX_CONSENT_ROW_COOKIE:
    case NGX_CONSENT_ROW_STORAGE:
        return ngx_consent_guard_seen(row, &pick->guard->host);

    default:
        return 0;
    }
}


static ngx_consent_mask_t
ngx_consent_guard_needs(const ngx_consent_table_t *t,
    const ngx_consent_row_t *row)
{
    if (row->pass || row->provider->platform.len) {
        return 0;
    }

    return row->mask & ~t->required;
}


static void
ngx_consent_guard_look(ngx_consent_guard_pick_t *pick, ngx_consent_rule_t *rule)
{
    const ngx_consent_host_t  *host;

    if (rule->row->kind == NGX_CONSENT_ROW_COOKIE) {

        if (rule->pattern[0] == '~') {
            pick->regex = 1;

        } else if (rule->wildcard && pick->nwild <= NGX_CONSENT_GUARD_WILD) {
            pick->wild[pick->nwild++] = &rule->row->pattern;
        }

        return;
    }

    pick->urls = 1;

    if (!ngx_consent_guard_host(rule)) {
        pick->any |= (rule->scope == NGX_CONSENT_SCOPE_ANY);
        return;
    }

    host = &pick->table->hosts[rule->scope - NGX_CONSENT_SCOPES];

    pick->hosts[rule->scope - NGX_CONSENT_SCOPES] |= NGX_CONSENT_GUARD_REFUSED;

    ngx_consent_guard_above(pick, host);
}


/* Marks the listed hosts that this one is beneath of, or is. */

static void
ngx_consent_guard_above(ngx_consent_guard_pick_t *pick,
    const ngx_consent_host_t *host)
{
    uint32_t    found[NGX_CONSENT_URL_HOSTS];
    ngx_uint_t  i, n;

    n = ngx_consent_url_hosts(pick->table, host->name, host->len, found);

    for (i = 0; i < n; i++) {
        pick->hosts[found[i]] |= NGX_CONSENT_GUARD_ABOVE;
    }
}


/* May the rule, which refuses nothing, be the more specific one? */

static ngx_uint_t
ngx_consent_guard_wins(ngx_consent_guard_pick_t *pick, ngx_consent_rule_t *rule)
{
    ngx_uint_t                 i;
    const ngx_consent_host_t  *host;

    switch (rule->row->kind) {

    case NGX_CONSENT_ROW_COOKIE:

        if (!ngx_consent_guard_seen(rule->row, &pick->guard->host)) {
            return 0;
        }

        /* of rows of one name the one with the longer domain does */

        return pick->guard->unknown_cookies || rule->row->domain.len
               || ngx_consent_guard_meets(pick->wild, pick->nwild,
                                          &rule->row->pattern)
               || (pick->regex
                   && ngx_consent_guard_matched(pick, &rule->row->pattern));

    case NGX_CONSENT_ROW_URL:

        if (!ngx_consent_guard_host(rule)) {
            return (rule->scope == NGX_CONSENT_SCOPE_SITE) ? pick->urls
                                                           : pick->any;
        }

        if (pick->any) {
            return 1;
        }

        i = rule->scope - NGX_CONSENT_SCOPES;
        host = &pick->table->hosts[i];

        return (rule->platform && (pick->hosts[i] & NGX_CONSENT_GUARD_ABOVE))
               || ngx_consent_guard_beneath(pick, host);

    default:
        return 0;
    }
}


/* Does an expression that is refused match it, or may, a wildcard? */

static ngx_uint_t
ngx_consent_guard_matched(const ngx_consent_guard_pick_t *pick,
    const ngx_str_t *name)
{
    u_char                      c;
    ngx_uint_t                  i;
    const ngx_consent_regex_t  *regex;
    const ngx_consent_table_t  *t;

    t = pick->table;
    c = name->data[0];

    for (i = 0; i < t->nregexes; i++) {

        regex = &t->regexes[i];

        if (ngx_consent_rule_missing(regex->rule, &pick->guard->grant) == 0
            || !ngx_consent_guard_seen(regex->rule->row, &pick->guard->host))
        {
            continue;
        }

        /* what a wildcard stands for is not known but for how it begins */

        if (memchr(name->data, '*', name->len)) {

            if (c == '*' || (regex->first[c / 8] & (1 << c % 8))) {
                return 1;
            }

            continue;
        }

        if (pcre2_match(regex->code, name->data, name->len, 0, 0,
                        t->match_data, NULL)
            != PCRE2_ERROR_NOMATCH)
        {
            return 1;
        }
    }

    return 0;
}


/* May one name match this pattern, and one of those wildcards, too? */

static ngx_uint_t
ngx_consent_guard_meets(const ngx_str_t *const *wild, ngx_uint_t n,
    const ngx_str_t *pattern)
{
    size_t            i;
    const ngx_str_t  *w;

    if (n > NGX_CONSENT_GUARD_WILD) {
        return 1;
    }

    while (n--) {

        w = wild[n];

        if (ngx_consent_glob(w->data, w->len, pattern->data, pattern->len)) {
            return 1;
        }

        if (memchr(pattern->data, '*', pattern->len) == NULL) {
            continue;
        }

        /* of two wildcards the beginnings must agree */

        for (i = 0; w->data[i] == pattern->data[i] && w->data[i] != '*'; i++) {
            /* void */
        }

        if (w->data[i] == '*' || pattern->data[i] == '*') {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_consent_guard_beneath(ngx_consent_guard_pick_t *pick,
    const ngx_consent_host_t *host)
{
    uint32_t    found[NGX_CONSENT_URL_HOSTS];
    ngx_uint_t  i, n;

    n = ngx_consent_url_hosts(pick->table, host->name, host->len, found);

    for (i = 0; i < n; i++) {
        if (pick->hosts[found[i]] & NGX_CONSENT_GUARD_REFUSED) {
            return 1;
        }
    }

    return 0;
}


static void
ngx_consent_guard_fill(ngx_consent_guard_pick_t *pick,
    const ngx_consent_row_t *row, const ngx_consent_rule_t *rule,
    ngx_consent_guard_row_t *out)
{
    const ngx_consent_host_t  *host;

    memset(out, 0, sizeof(ngx_consent_guard_row_t));

    out->row = row;
    out->needs = rule ? rule->needs : ngx_consent_guard_needs(pick->table, row);
    out->platform = (row->provider->platform.len != 0);
    out->path = row->pattern;

    if (row->kind != NGX_CONSENT_ROW_URL) {
        return;
    }

    out->path.data = (u_char *) rule->pattern;
    out->path.len = rule->len;

    if (rule->nargs) {
        ngx_consent_rule_args(rule, &out->args);
    }

    if (ngx_consent_guard_host(rule)) {
        host = &pick->table->hosts[rule->scope - NGX_CONSENT_SCOPES];

        out->host.data = (u_char *) host->name;
        out->host.len = host->len;
        out->exact = host->exact;

    } else if (rule->scope == NGX_CONSENT_SCOPE_ANY) {
        out->any = 1;
    }
}


/*
 * A cookie of a domain is none of another host's.  What separates names where
 * they are listed is in none that a browser takes for a cookie.
 */

static ngx_uint_t
ngx_consent_guard_seen(const ngx_consent_row_t *row, const ngx_str_t *host)
{
    if (!ngx_consent_name_domain(row, host)
        || memchr(row->pattern.data, '\n', row->pattern.len)
        || memchr(row->pattern.data, '\t', row->pattern.len))
    {
        return 0;
    }

    return row->pattern.data[0] != '~'
           || ngx_consent_guard_plain(&row->pattern);
}


/*
 * 1 if a JavaScript regular expression of the same text matches the same names:
 * what the two dialects read otherwise, or one of them does not know, is left
 * to the edge.
 */

ngx_uint_t
ngx_consent_guard_plain(const ngx_str_t *pattern)
{
    u_char      c, *p, *last;
    ngx_uint_t  class, quantifier;

    p = pattern->data + 1;
    last = pattern->data + pattern->len;

    p += (p < last && *p == '*');

    class = 0;
    quantifier = 0;

    for ( /* void */ ; p < last; p++) {

        c = *p;

        if (c < 0x20 || c >= 0x7f) {
            return 0;
        }

        if (c == '\\') {

            if (++p == last) {
                return 0;
            }

            /* of letters and digits only these are the same in both */

            if (((*p >= '0' && *p <= '9')
                 || ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')
                 || *p >= 0x7f || *p < 0x20)
                && memchr("dDwW", *p, 4) == NULL)
            {
                return 0;
            }

            quantifier = 0;
            continue;
        }

        if (class) {

            /* [[:alpha:]], and what other dialects make of "&&" and "--" */

            if (c == '[') {
                return 0;
            }

            class = (c != ']');
            continue;
        }

        switch (c) {

        case '[':

            /* "[]" is a class in one of them, and a beginning in the other */

            if (last - p < 2 || p[1] == ']'
                || (p[1] == '^' && (last - p < 3 || p[2] == ']')))
            {
                return 0;
            }

            class = 1;
            quantifier = 0;
            break;

        case '(':

            if (last - p < 2 || p[1] == '*'
                || (p[1] == '?'
                    && (last - p < 3
                        || (p[2] != ':' && p[2] != '=' && p[2] != '!'))))
            {
                return 0;
            }

            if (p[1] == '?') {
                p += 2;
            }

            quantifier = 0;
            break;

        case '*':
        case '+':
        case '?':
        case '{':

            /* "a*+" gives nothing back; "a{" is no quantifier everywhere */

            if (quantifier && c != '?') {
                return 0;
            }

            quantifier = 1;
            break;

        case '}':
            break;

        default:
            quantifier = 0;
        }
    }

    return 1;
}
