
#include "inspect.h"


#define INSPECT_MAX_WORDS  64


typedef struct {
    u_char              *pos;
    u_char              *last;
    ngx_uint_t           line;
} inspect_text_t;


static const char *inspect_words(ngx_pool_t *pool, inspect_text_t *t,
    ngx_str_t *words, ngx_uint_t *n);
static const char *inspect_word(ngx_pool_t *pool, inspect_text_t *t,
    ngx_str_t *word);
static const char *inspect_directive(inspect_t *in, const ngx_str_t *w,
    ngx_uint_t n, ngx_uint_t line);
static const char *inspect_source(inspect_t *in, const ngx_str_t *w,
    ngx_uint_t n, ngx_uint_t line);
static const char *inspect_parameter(inspect_t *in, inspect_source_t *s,
    const ngx_str_t *name, const ngx_str_t *value);
static const char *inspect_vendors(inspect_t *in, inspect_source_t *s,
    const ngx_str_t *list);
static const char *inspect_map(inspect_t *in, const ngx_str_t *w, ngx_uint_t n,
    ngx_uint_t line);
static const char *inspect_provider(inspect_t *in, const ngx_str_t *w,
    ngx_uint_t n);
static ngx_int_t inspect_decimal(const u_char *p, size_t len);
static ngx_int_t inspect_seconds(const ngx_str_t *s);


/*
 * Lines of a configuration: those of ours that tell how a choice is read; all
 * others are passed over, in whatever block they stand.
 */

const char *
inspect_conf(inspect_t *in, u_char *text, size_t len, ngx_uint_t *line)
{
    ngx_str_t        words[INSPECT_MAX_WORDS];
    ngx_uint_t       n;
    const char      *reason;
    inspect_text_t   t;

    t.pos = text;
    t.last = text + len;
    t.line = 1;

    for ( ;; ) {

        n = 0;
        *line = t.line;

        reason = inspect_words(in->pool, &t, words, &n);

        if (reason == NULL && n) {
            *line = t.line;
            reason = inspect_directive(in, words, n, t.line);
        }

        if (reason) {
            return reason;
        }

        if (t.pos == t.last) {
            return NULL;
        }
    }
}


/* Words up to ";", "{" or "}". */

static const char *
inspect_words(ngx_pool_t *pool, inspect_text_t *t, ngx_str_t *words,
    ngx_uint_t *n)
{
    u_char       c;
    ngx_str_t    word;
    const char  *reason;

    while (t->pos < t->last) {

        c = *t->pos;

        if (c == ';' || c == '{' || c == '}') {
            t->pos++;
            return NULL;
        }

        if (c == '#') {
            while (t->pos < t->last && *t->pos != '\n') {
                t->pos++;
            }

            continue;
        }

        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            t->line += (c == '\n');
            t->pos++;
            continue;
        }

        reason = inspect_word(pool, t, &word);
        if (reason) {
            return reason;
        }

        /* no directive of ours has so many */

        if (*n < INSPECT_MAX_WORDS) {
            words[(*n)++] = word;
        }
    }

    return NULL;
}


/* As nginx reads it: quotes around the whole of it, and "\" before a byte. */

static const char *
inspect_word(ngx_pool_t *pool, inspect_text_t *t, ngx_str_t *word)
{
    u_char  *p, *dst, quote;

    word->data = inspect_alloc(pool, t->last - t->pos);
    dst = word->data;
    p = t->pos;
    quote = 0;

    if (*p == '"' || *p == '\'') {
        quote = *p++;
    }

    for ( /* void */ ; p < t->last; p++) {

        if (quote ? *p == quote
                  : (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'
                     || *p == ';' || *p == '{'))
        {
            break;
        }

        if (*p == '\\' && p + 1 < t->last
            && (p[1] == '"' || p[1] == '\'' || p[1] == '\\'))
        {
            p++;
        }

        t->line += (*p == '\n');
        *dst++ = *p;
    }

    if (quote) {

        if (p == t->last) {
            return "a quote is not closed";
        }

        p++;
    }

    word->len = dst - word->data;
    t->pos = p;

    return NULL;
}


static const char *
inspect_directive(inspect_t *in, const ngx_str_t *w, ngx_uint_t n,
    ngx_uint_t line)
{
    ngx_uint_t  i;

    if (inspect_is(&w[0], "consent_source")) {
        return inspect_source(in, w, n, line);
    }

    if (inspect_is(&w[0], "consent_map")) {
        return inspect_map(in, w, n, line);
    }

    if (inspect_is(&w[0], "provider") && n >= 2) {
        return inspect_provider(in, &w[1], n - 1);
    }

    if (inspect_is(&w[0], "override") && n >= 3
        && inspect_is(&w[1], "provider"))
    {
        return inspect_provider(in, &w[2], n - 2);
    }

    if (inspect_is(&w[0], "category") && n >= 2) {
        inspect_add_category(in, &w[1], n > 2 && inspect_is(&w[2], "required"));

    } else if (inspect_is(&w[0], "consent_regime") && n == 2) {
        in->optout = inspect_is(&w[1], "optout");

    } else if (inspect_is(&w[0], "consent_invalid") && n == 2) {
        in->invalid_unset = inspect_is(&w[1], "unset");

    } else if (inspect_is(&w[0], "consent_gpc")) {

        in->ngpc_scope = 0;
        in->gpc_strict = 0;
        in->gpc_set = 0;

        for (i = 1; i < n; i++) {

            if (inspect_is(&w[i], "strict")) {
                in->gpc_strict = 1;
                continue;
            }

            in->gpc_set = 1;

            if (!inspect_is(&w[i], "off")
                && in->ngpc_scope < NGX_CONSENT_MAX_CATEGORIES)
            {
                in->gpc_scope[in->ngpc_scope++] = w[i];
            }
        }
    }

    return NULL;
}


static const char *
inspect_source(inspect_t *in, const ngx_str_t *w, ngx_uint_t n,
    ngx_uint_t line)
{
    u_char            *eq;
    ngx_str_t          name, value;
    ngx_uint_t         i;
    const char        *reason;
    inspect_source_t  *s;

    if (n < 2) {
        return "consent_source has no name";
    }

    s = inspect_add_source(in, &w[1]);
    if (s == NULL) {
        return in->nsources == INSPECT_MAX ? "too many sources"
                                           : "unknown source";
    }

    s->line = line;

    for (i = 2; i < n; i++) {

        eq = w[i].len ? memchr(w[i].data, '=', w[i].len) : NULL;
        if (eq == NULL) {
            return "a parameter of consent_source has no value";
        }

        name.data = w[i].data;
        name.len = eq - w[i].data;
        value.data = eq + 1;
        value.len = w[i].data + w[i].len - value.data;

        reason = inspect_parameter(in, s, &name, &value);
        if (reason) {
            return reason;
        }
    }

    return NULL;
}


static const char *
inspect_parameter(inspect_t *in, inspect_source_t *s, const ngx_str_t *name,
    const ngx_str_t *value)
{
    if (inspect_is(name, "cookie")) {
        s->asked.cookie = *value;
        return NULL;
    }

    if (inspect_is(name, "prefix")) {
        s->asked.prefix = *value;
        return NULL;
    }

    if (inspect_is(name, "implied")) {
        s->implied = inspect_is(value, "allow");

        return s->implied || inspect_is(value, "ignore")
               ? NULL : "implied= is neither \"allow\" nor \"ignore\"";
    }

    if (inspect_is(name, "revision")) {
        s->asked.revision = inspect_decimal(value->data, value->len);

        return s->asked.revision == -1 ? "revision= is no number" : NULL;
    }

    if (inspect_is(name, "max_age")) {
        s->max_age = inspect_seconds(value);

        return s->max_age == -1 ? "max_age= is no time" : NULL;
    }

    if (inspect_is(name, "require_disclosed")) {
        return inspect_vendors(in, s, value);
    }

    /* how it is set says nothing of how it is read */

    if (inspect_is(name, "domain") || inspect_is(name, "httponly")) {
        return NULL;
    }

    return "unknown parameter of consent_source";
}


/* "on", or numbers of vendors, ascending */

static const char *
inspect_vendors(inspect_t *in, inspect_source_t *s, const ngx_str_t *list)
{
    u_char      *p, *last, *end;
    uint32_t    *ids, id;
    ngx_int_t    value;
    ngx_uint_t   n, i;

    if (inspect_is(list, "on")) {
        s->asked.disclosed_any = 1;
        return NULL;
    }

    ids = inspect_alloc(in->pool, (list->len + 1) * sizeof(uint32_t));
    n = 0;
    p = list->data;
    last = p + list->len;

    for ( ;; ) {

        end = p < last ? memchr(p, ',', last - p) : NULL;
        if (end == NULL) {
            end = last;
        }

        value = inspect_decimal(p, end - p);
        if (value < 1 || value > 65535) {
            return "require_disclosed= has no number of a vendor";
        }

        id = value;

        for (i = n++; i > 0 && ids[i - 1] > id; i--) {
            ids[i] = ids[i - 1];
        }

        ids[i] = id;

        if (end == last) {
            break;
        }

        p = end + 1;
    }

    s->asked.disclosed = ids;
    s->asked.ndisclosed = n;

    return NULL;
}


static const char *
inspect_map(inspect_t *in, const ngx_str_t *w, ngx_uint_t n, ngx_uint_t line)
{
    ngx_str_t       name;
    ngx_uint_t      i;
    inspect_map_t  *map, *maps;

    if (n < 3) {
        return "consent_map needs a source and a key";
    }

    if (ngx_consent_format(&w[1]) == NULL) {
        return "unknown source";
    }

    maps = inspect_alloc(in->pool, (in->nmaps + 1) * sizeof(inspect_map_t));

    if (in->nmaps) {
        memcpy(maps, in->maps, in->nmaps * sizeof(inspect_map_t));
    }

    in->maps = maps;
    map = &maps[in->nmaps++];

    map->source = w[1];
    map->line = line;

    if (n == 3) {
        return inspect_is(&w[2], "off") ? NULL
                                        : "consent_map has no category";
    }

    map->keys = w[2];
    map->names = inspect_alloc(in->pool, (n - 3) * sizeof(ngx_str_t));

    for (i = 3; i < n; i++) {

        if (w[i].len > 9 && memcmp(w[i].data, "provider=", 9) == 0) {

            name.data = w[i].data + 9;
            name.len = w[i].len - 9;

            map->provider = inspect_add_provider(in, &name);
            in->providers[map->provider - 1].mapped = 1;
            continue;
        }

        map->names[map->nnames++] = w[i];
    }

    return NULL;
}


/* Its name, its categories, and of what it is given its number and key. */

static const char *
inspect_provider(inspect_t *in, const ngx_str_t *w, ngx_uint_t n)
{
    ngx_int_t            vendor;
    ngx_uint_t           i, names;
    inspect_provider_t  *provider;

    i = inspect_add_provider(in, &w[0]);
    provider = &in->providers[i - 1];
    names = 0;

    for (i = 1; i < n; i++) {

        if (w[i].len > 4 && memcmp(w[i].data, "tcf=", 4) == 0) {

            vendor = inspect_decimal(w[i].data + 4, w[i].len - 4);
            if (vendor < 1 || vendor > NGX_CONSENT_VENDOR_MAX_ID) {
                return "tcf= is no number of a vendor";
            }

            provider->vendor = vendor;

        } else if (w[i].len > 4 && memcmp(w[i].data, "key=", 4) == 0) {

            provider->key.data = w[i].data + 4;
            provider->key.len = w[i].len - 4;

        } else if (w[i].len && memchr(w[i].data, '=', w[i].len) == NULL) {

            if (names == 0) {
                provider->names = inspect_alloc(in->pool,
                                                n * sizeof(ngx_str_t));
            }

            provider->names[names++] = w[i];
            provider->nnames = names;
        }
    }

    return NULL;
}


static ngx_int_t
inspect_decimal(const u_char *p, size_t len)
{
    ngx_int_t  n;

    if (len == 0 || len > 9) {
        return -1;
    }

    for (n = 0; len; p++, len--) {

        if (*p < '0' || *p > '9') {
            return -1;
        }

        n = n * 10 + (*p - '0');
    }

    return n;
}


/* nginx's times: "395d", "1y 2M", "3600"; too long a one is none for it, too */

static ngx_int_t
inspect_seconds(const ngx_str_t *s)
{
    size_t       i;
    int64_t      n, total;
    ngx_uint_t   digits;
    const char  *unit;

    static const char    units[] = "yMwdhms";
    static const int32_t  factors[] = {
        365 * 86400, 30 * 86400, 7 * 86400, 86400, 3600, 60, 1
    };

    total = 0;
    n = 0;
    digits = 0;

    for (i = 0; i < s->len; i++) {

        if (s->data[i] >= '0' && s->data[i] <= '9' && digits < 9) {
            n = n * 10 + (s->data[i] - '0');
            digits++;
            continue;
        }

        if (s->data[i] == ' ' && digits == 0) {
            continue;
        }

        unit = memchr(units, s->data[i], sizeof(units) - 1);
        if (unit == NULL || digits == 0) {
            return -1;
        }

        n *= factors[unit - units];

        if (n > INTPTR_MAX - total) {
            return -1;
        }

        total += n;
        n = 0;
        digits = 0;
    }

    if (n > INTPTR_MAX - total) {
        return -1;
    }

    total += n;

    return total ? total : -1;
}
