
#include "inspect.h"


static const char *inspect_rows(inspect_t *in, inspect_source_t *s,
    ngx_str_t *subject);
static const char *inspect_row_add(inspect_t *in, inspect_source_t *s,
    const ngx_str_t *keys, const ngx_str_t *category);
static void inspect_row_put(inspect_t *in, inspect_source_t *s,
    const ngx_str_t *keys, ngx_consent_mask_t mask, ngx_uint_t provider);
static ngx_uint_t inspect_mapped(inspect_t *in, inspect_source_t *s,
    const ngx_str_t *keys);


void
inspect_add_category(inspect_t *in, const ngx_str_t *name,
    ngx_uint_t required)
{
    ngx_uint_t  i;

    for (i = 0; i < in->ncategories; i++) {
        if (in->categories[i].name.len == name->len
            && memcmp(in->categories[i].name.data, name->data, name->len) == 0)
        {
            in->categories[i].required = required;
            return;
        }
    }

    if (i < NGX_CONSENT_MAX_CATEGORIES) {
        in->categories[i].name = *name;
        in->categories[i].required = required;
        in->ncategories++;
    }
}


inspect_source_t *
inspect_add_source(inspect_t *in, const ngx_str_t *name)
{
    inspect_source_t            *s;
    const ngx_consent_format_t  *format;

    format = ngx_consent_format(name);

    if (in->nsources == INSPECT_MAX || format == NULL) {
        return NULL;
    }

    s = &in->sources[in->nsources++];

    s->format = format;
    s->name = *name;
    s->asked.format = format;
    s->asked.revision = -1;

    return s;
}


/* The same steps as the module's: maps, opinions, grant. */

const char *
inspect_judge(inspect_t *in, ngx_str_t *subject)
{
    const char              *reason;
    ngx_uint_t               i, keys, bad, *index;
    inspect_source_t        *s;
    ngx_consent_map_rule_t  *rule;
    ngx_consent_wanted_t    *wanted;
    ngx_consent_opinion_t    opinions[INSPECT_MAX];

    static const ngx_str_t  names[] = {
        ngx_string("essential"),
        ngx_string("performance"),
        ngx_string("advertising"),
        ngx_string("sharing")
    };

    if (in->ncategories == 0) {
        for (i = 0; i < 4; i++) {
            inspect_add_category(in, &names[i], i == 0);
        }
    }

    for (i = 0; i < in->ncategories; i++) {
        in->policy.all |= (ngx_consent_mask_t) 1 << i;

        if (in->categories[i].required) {
            in->policy.required |= (ngx_consent_mask_t) 1 << i;
        }
    }

    if (!in->gpc_set) {
        in->policy.gpc_scope = inspect_bit(in, &names[2])
                               | inspect_bit(in, &names[3]);
    }

    for (i = 0; i < in->ngpc_scope; i++) {
        in->policy.gpc_scope |= inspect_bit(in, &in->gpc_scope[i]);
    }

    in->policy.gpc = in->gpc != 0;
    in->policy.gpc_strict = in->gpc_strict != 0;
    in->policy.optout = in->optout != 0;

    for (i = 0; i < in->nsources; i++) {
        s = &in->sources[i];

        reason = inspect_rows(in, s, subject);
        if (reason) {
            return reason;
        }

        s->asked.jar = &in->jar;
        s->asked.buf = inspect_alloc(in->pool, NGX_CONSENT_SOURCE_MAX_VALUE);
        s->asked.more = inspect_alloc(in->pool, NGX_CONSENT_SOURCE_MAX_VALUE);

        keys = ngx_consent_map_keys(s->rows, s->nrows);

        s->said = inspect_alloc(in->pool, 2 * keys);
        wanted = inspect_alloc(in->pool, keys * sizeof(ngx_consent_wanted_t));
        index = inspect_alloc(in->pool, keys * sizeof(ngx_uint_t));
        rule = inspect_alloc(in->pool,
                             s->nrows * sizeof(ngx_consent_map_rule_t));

        if (ngx_consent_map_make(&s->rules, s->format, s->rows, s->nrows,
                                   wanted, index, rule, &bad)
            != NGX_OK)
        {
            *subject = s->rows[bad].key;
            return "an empty or a long key in";
        }

        s->asked.now = in->now;
        s->rules.max_age = s->max_age ? s->max_age : s->format->max_age;
        s->rules.implied = s->implied != 0;

        inspect_ask_vendors(in, s);

        ngx_consent_source_read(&s->asked, &s->rules, s->said, s->vendors,
                                &s->opinion);

        if (s->opinion.state == NGX_CONSENT_INVALID && in->invalid_unset) {
            s->opinion.state = NGX_CONSENT_UNSET;
            s->opinion.denied = 0;
        }

        opinions[i] = s->opinion;

        inspect_answer(in->pool, &s->asked, &s->answer);
    }

    ngx_consent_signal_grant(&in->policy, opinions, in->nsources, &in->grant);
    inspect_judge_providers(in);

    return NULL;
}


/* The operator's rows, and the built-in ones of keys that he has not mapped. */

static const char *
inspect_rows(inspect_t *in, inspect_source_t *s, ngx_str_t *subject)
{
    ngx_str_t                    keys, category;
    ngx_uint_t                   i, j, off;
    inspect_map_t               *map;
    const char                  *reason;
    inspect_provider_t          *provider;
    const ngx_consent_stands_t  *stands;

    off = 0;

    for (i = 0; i < in->nmaps; i++) {
        map = &in->maps[i];

        if (ngx_consent_format(&map->source) != s->format) {
            continue;
        }

        if (map->keys.len == 0) {
            off = 1;
        }

        for (j = 0; j < map->nnames; j++) {

            *subject = map->names[j];

            reason = inspect_row_add(in, s, &map->keys, &map->names[j]);
            if (reason) {
                return reason;
            }
        }

        if (map->provider) {
            inspect_row_put(in, s, &map->keys, 0, map->provider);
        }
    }

    for (stands = s->format->stands; !off && stands && stands->keys; stands++) {

        keys.data = (u_char *) stands->keys;
        keys.len = strlen(stands->keys);
        category.data = (u_char *) stands->category;
        category.len = strlen(stands->category);

        /* a table need not have the four */

        if (inspect_bit(in, &category) && !inspect_mapped(in, s, &keys)) {
            inspect_row_add(in, s, &keys, &category);
        }
    }

    for (i = 0; s->format->own && i < in->ncategories; i++) {

        if (!inspect_mapped(in, s, &in->categories[i].name)) {
            inspect_row_add(in, s, &in->categories[i].name,
                            &in->categories[i].name);
        }
    }

    for (i = 0; s->format->own && i < in->nproviders; i++) {
        provider = &in->providers[i];

        if (provider->key.len && !inspect_mapped(in, s, &provider->key)) {
            inspect_row_put(in, s, &provider->key, 0, i + 1);
        }
    }

    return NULL;
}


static const char *
inspect_row_add(inspect_t *in, inspect_source_t *s, const ngx_str_t *keys,
    const ngx_str_t *category)
{
    ngx_consent_mask_t  bit;

    bit = inspect_bit(in, category);
    if (bit == 0) {
        return "unknown category";
    }

    inspect_row_put(in, s, keys, bit, 0);

    return NULL;
}


static void
inspect_row_put(inspect_t *in, inspect_source_t *s, const ngx_str_t *keys,
    ngx_consent_mask_t mask, ngx_uint_t provider)
{
    ngx_consent_key_t  *rows;

    rows = inspect_alloc(in->pool, (s->nrows + 1) * sizeof(ngx_consent_key_t));

    if (s->nrows) {
        memcpy(rows, s->rows, s->nrows * sizeof(ngx_consent_key_t));
    }

    s->rows = rows;
    s->rows[s->nrows].key = *keys;
    s->rows[s->nrows].mask = mask;
    s->rows[s->nrows++].provider = provider;
}


/* a provider's row leaves the built-in one as it is */

static ngx_uint_t
inspect_mapped(inspect_t *in, inspect_source_t *s, const ngx_str_t *keys)
{
    ngx_uint_t      i;
    inspect_map_t  *map;

    for (i = 0; i < in->nmaps; i++) {
        map = &in->maps[i];

        if (ngx_consent_format(&map->source) == s->format
            && map->nnames
            && ngx_consent_map_same(s->format, &map->keys, keys))
        {
            return 1;
        }
    }

    return 0;
}


ngx_consent_mask_t
inspect_bit(inspect_t *in, const ngx_str_t *name)
{
    ngx_uint_t  i;

    for (i = 0; i < in->ncategories; i++) {
        if (in->categories[i].name.len == name->len
            && memcmp(in->categories[i].name.data, name->data, name->len) == 0)
        {
            return (ngx_consent_mask_t) 1 << i;
        }
    }

    return 0;
}
