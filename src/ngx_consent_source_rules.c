
#include "ngx_consent_source_map.h"


static ngx_int_t ngx_consent_wanted_next(const ngx_consent_format_t *format,
    u_char **pos, u_char *last, ngx_consent_wanted_t *wanted);
static ngx_uint_t ngx_consent_wanted_in(const ngx_consent_format_t *format,
    const ngx_str_t *a, const ngx_str_t *b);
static ngx_uint_t ngx_consent_wanted_refuses(const ngx_consent_format_t *format,
    const ngx_consent_wanted_t *key);
static uint32_t ngx_consent_wanted_vendor(const ngx_consent_wanted_t *wanted);


static ngx_inline ngx_int_t
ngx_consent_wanted_order(const ngx_consent_wanted_t *a,
    const ngx_consent_wanted_t *b)
{
    if (a->of != b->of) {
        return a->of < b->of ? -1 : 1;
    }

    if (a->key.len != b->key.len) {
        return a->key.len < b->key.len ? -1 : 1;
    }

    return a->key.len ? memcmp(a->key.data, b->key.data, a->key.len) : 0;
}


ngx_int_t
ngx_consent_wanted_compare(const ngx_consent_wanted_t *a,
    const ngx_consent_wanted_t *b)
{
    return ngx_consent_wanted_order(a, b);
}


ngx_uint_t
ngx_consent_map_keys(const ngx_consent_key_t *rows, ngx_uint_t n)
{
    size_t      i;
    ngx_uint_t  keys;

    keys = n;

    while (n--) {
        for (i = 0; i < rows[n].key.len; i++) {
            keys += (rows[n].key.data[i] == '+');
        }
    }

    return keys;
}


ngx_int_t
ngx_consent_map_make(ngx_consent_map_t *rules,
    const ngx_consent_format_t *format, const ngx_consent_key_t *rows,
    ngx_uint_t n, ngx_consent_wanted_t *wanted, ngx_uint_t *keys,
    ngx_consent_map_rule_t *rule, ngx_uint_t *bad)
{
    u_char                  *p, *last;
    ngx_int_t                rc;
    uint16_t                *slot;
    ngx_uint_t               i, j, at, nwanted;
    ngx_consent_map_rule_t  *r;
    ngx_consent_wanted_t     key;

    nwanted = 0;

    for (i = 0; i < n; i++) {

        p = rows[i].key.data;
        last = p + rows[i].key.len;

        while ((rc = ngx_consent_wanted_next(format, &p, last, &key))
               == NGX_OK)
        {
            at = ngx_consent_wanted_find(wanted, nwanted, &key);

            if (at < nwanted
                && ngx_consent_wanted_compare(&wanted[at], &key) == 0)
            {
                continue;
            }

            /* up to its place, past what comes after it */

            for (j = nwanted++; j > at; j--) {
                wanted[j] = wanted[j - 1];
                wanted[j - 1] = key;
            }

            wanted[at] = key;
        }

        if (rc == NGX_ERROR) {
            *bad = i;
            return NGX_ERROR;
        }
    }

    for (i = 0; i < NGX_CONSENT_WANTED_SLOTS; i++) {
        rules->slots[i] = NGX_CONSENT_WANTED_NONE;
    }

    rules->unwanted = ~(ngx_uint_t) 0;

    for (i = 0; i < nwanted; i++) {

        rules->unwanted &= ~((ngx_uint_t) 1 << wanted[i].of);

        slot = &rules->slots[ngx_consent_wanted_slot(wanted[i].of,
                                                     wanted[i].key.data,
                                                     wanted[i].key.len)];

        *slot = (*slot == NGX_CONSENT_WANTED_NONE
                 && i < NGX_CONSENT_WANTED_SEVERAL)
                ? (uint16_t) i : NGX_CONSENT_WANTED_SEVERAL;
    }

    rules->wanted = wanted;
    rules->nwanted = nwanted;
    rules->rules = rule;
    rules->nrules = n;
    rules->ncategory = 0;
    rules->mapped = 0;

    for (i = 0; i < n; i++) {

        /* up to those of its provider */

        for (j = i; j > 0 && rule[j - 1].provider > rows[i].provider; j--) {
            rule[j] = rule[j - 1];
        }

        r = &rule[j];

        r->keys = keys;
        r->nkeys = 0;
        r->mask = rows[i].provider ? 0 : rows[i].mask;
        r->provider = rows[i].provider;
        r->veto = format->veto;

        rules->ncategory += (r->provider == 0);
        rules->mapped |= r->mask;

        p = rows[i].key.data;
        last = p + rows[i].key.len;

        while (ngx_consent_wanted_next(format, &p, last, &key) == NGX_OK) {
            *keys++ = ngx_consent_wanted_find(wanted, nwanted, &key);
            r->nkeys++;
            r->veto |= ngx_consent_wanted_refuses(format, &key);
        }
    }

    return NGX_OK;
}


ngx_uint_t
ngx_consent_map_same(const ngx_consent_format_t *format, const ngx_str_t *a,
    const ngx_str_t *b)
{
    return ngx_consent_wanted_in(format, a, b)
           && ngx_consent_wanted_in(format, b, a);
}


/* 1: each key of a is one of b */

static ngx_uint_t
ngx_consent_wanted_in(const ngx_consent_format_t *format, const ngx_str_t *a,
    const ngx_str_t *b)
{
    u_char                *p, *q;
    ngx_consent_wanted_t   key, other;

    p = a->data;

    while (ngx_consent_wanted_next(format, &p, a->data + a->len, &key)
           == NGX_OK)
    {
        q = b->data;

        do {
            if (ngx_consent_wanted_next(format, &q, b->data + b->len, &other)
                != NGX_OK)
            {
                return 0;
            }

        } while (ngx_consent_wanted_compare(&key, &other) != 0);
    }

    return 1;
}


static ngx_uint_t
ngx_consent_wanted_refuses(const ngx_consent_format_t *format,
    const ngx_consent_wanted_t *key)
{
    return format->refuses.len
           && key->of == NGX_CONSENT_KEY_CATEGORY
           && key->key.len == format->refuses.len
           && memcmp(key->key.data, format->refuses.data, key->key.len) == 0;
}


/* Their order is that of the numbers: a shorter one comes first. */

ngx_uint_t
ngx_consent_map_vendors(const ngx_consent_map_t *rules, uint32_t *ids,
    ngx_uint_t max)
{
    uint32_t    id;
    ngx_uint_t  i, n;

    n = 0;

    for (i = 0; i < rules->nwanted; i++) {

        id = ngx_consent_wanted_vendor(&rules->wanted[i]);

        if (id == 0) {
            continue;
        }

        if (n < max) {
            ids[n] = id;
        }

        n++;
    }

    return n;
}


/* as the reader of TCF writes it, or 0: no vendor has such a number */

static uint32_t
ngx_consent_wanted_vendor(const ngx_consent_wanted_t *wanted)
{
    size_t            i;
    uint32_t          id;
    const ngx_str_t  *key;

    key = &wanted->key;

    if (wanted->of != NGX_CONSENT_KEY_VENDOR || key->data[0] == '0'
        || key->len > sizeof("65535") - 1)
    {
        return 0;
    }

    id = 0;

    for (i = 0; i < key->len; i++) {

        if (key->data[i] < '0' || key->data[i] > '9') {
            return 0;
        }

        id = id * 10 + (key->data[i] - '0');
    }

    return id <= NGX_CONSENT_VENDOR_MAX_ID ? id : 0;
}


/* NGX_OK, NGX_DONE after the last, or NGX_ERROR: an empty key, or a long one */

static ngx_int_t
ngx_consent_wanted_next(const ngx_consent_format_t *format, u_char **pos,
    u_char *last, ngx_consent_wanted_t *wanted)
{
    u_char      *p, *end;
    ngx_uint_t   i;

    static const struct {
        ngx_str_t          prefix;
        ngx_consent_key_e  of;
    } kinds[] = {
        { ngx_string("category:"), NGX_CONSENT_KEY_CATEGORY },
        { ngx_string("service:"), NGX_CONSENT_KEY_SERVICE },
        { ngx_string("vendor:"), NGX_CONSENT_KEY_VENDOR },
        { ngx_string("type:"), NGX_CONSENT_KEY_TYPE }
    };

    p = *pos;

    if (p > last) {
        return NGX_DONE;
    }

    end = p < last ? memchr(p, '+', last - p) : NULL;
    if (end == NULL) {
        end = last;
    }

    *pos = end + 1;

    wanted->of = format->of;

    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {

        if ((size_t) (end - p) >= kinds[i].prefix.len
            && memcmp(p, kinds[i].prefix.data, kinds[i].prefix.len) == 0)
        {
            wanted->of = kinds[i].of;
            p += kinds[i].prefix.len;
            break;
        }
    }

    wanted->key.data = p;
    wanted->key.len = end - p;

    if (p == end || end - p > NGX_CONSENT_SOURCE_MAX_KEY) {
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_uint_t
ngx_consent_wanted_find(const ngx_consent_wanted_t *wanted, ngx_uint_t n,
    const ngx_consent_wanted_t *key)
{
    ngx_uint_t  low, high, middle;

    low = 0;
    high = n;

    while (low < high) {

        middle = (low + high) / 2;

        if (ngx_consent_wanted_order(&wanted[middle], key) < 0) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return low;
}
