
#include <stdlib.h>

#include "inspect.h"


static void inspect_said(void *data, ngx_consent_key_e of, const u_char *key,
    size_t len, ngx_uint_t yes);
static int inspect_compare(const void *a, const void *b);
static void inspect_unique(inspect_answer_t *a);
static void inspect_intersect(inspect_answer_t *a, inspect_answer_t *copy);
static const char *inspect_rows(inspect_t *in, inspect_source_t *s,
    ngx_str_t *subject);
static const char *inspect_row_add(inspect_t *in, inspect_source_t *s,
    const ngx_str_t *keys, const ngx_str_t *category);
static ngx_uint_t inspect_mapped(inspect_t *in, inspect_source_t *s,
    const ngx_str_t *keys);
static void inspect_own(inspect_t *in, inspect_source_t *s);
static ngx_consent_mask_t inspect_bit(inspect_t *in, const ngx_str_t *name);


void *
inspect_alloc(ngx_pool_t *pool, size_t size)
{
    void  *p;

    p = ngx_pcalloc(pool, size);
    if (p == NULL) {
        abort();
    }

    return p;
}


/* exactly these bytes, so that AddressSanitizer sees one more */

ngx_str_t
inspect_copy(ngx_pool_t *pool, const void *p, size_t len)
{
    ngx_str_t  s;

    s.len = len;
    s.data = inspect_alloc(pool, len);

    if (len) {
        memcpy(s.data, p, len);
    }

    return s;
}


ngx_uint_t
inspect_is(const ngx_str_t *s, const char *word)
{
    return s->len == strlen(word) && memcmp(s->data, word, s->len) == 0;
}


const char *
inspect_state(ngx_consent_state_e state)
{
    static const char  *names[] = { "invalid", "unset", "implied", "decided" };

    return names[state];
}


/* All copies, key by key: what they agree on. */

void
inspect_answer(ngx_pool_t *pool, const ngx_consent_asked_t *asked,
    inspect_answer_t *a)
{
    inspect_answer_t         one;
    ngx_consent_asked_t      ask;
    ngx_consent_answer_t     answer;
    ngx_consent_source_at_t  at;

    memset(a, 0, sizeof(inspect_answer_t));
    a->pool = pool;
    memset(&at, 0, sizeof(ngx_consent_source_at_t));

    a->state = NGX_CONSENT_UNSET;
    a->revision = -1;

    ask = *asked;
    ask.buf = inspect_alloc(pool, NGX_CONSENT_SOURCE_MAX_VALUE);
    ask.more = inspect_alloc(pool, NGX_CONSENT_SOURCE_MAX_VALUE);

    for ( ;; ) {

        memset(&one, 0, sizeof(inspect_answer_t));
        one.pool = pool;
        memset(&answer, 0, sizeof(ngx_consent_answer_t));
        answer.said = inspect_said;
        answer.data = &one;

        if (ngx_consent_source_next(&ask, &at, &answer) != NGX_OK) {
            break;
        }

        if (answer.state <= NGX_CONSENT_UNSET) {
            one.nkeys = 0;
        }

        one.state = answer.state;
        one.time = answer.time;
        one.expires = answer.expires;
        one.revision = answer.revision;
        one.copies = a->copies + 1;
        inspect_unique(&one);

        if (a->copies) {
            inspect_intersect(a, &one);

        } else {
            *a = one;
        }
    }
}


static void
inspect_said(void *data, ngx_consent_key_e of, const u_char *key, size_t len,
    ngx_uint_t yes)
{
    inspect_key_t     *k;
    inspect_answer_t  *a;

    a = data;

    if (a->nkeys == a->room) {

        a->room = a->room ? a->room * 2 : 16;

        k = inspect_alloc(a->pool, a->room * sizeof(inspect_key_t));

        if (a->nkeys) {
            memcpy(k, a->keys, a->nkeys * sizeof(inspect_key_t));
        }

        a->keys = k;
    }

    k = &a->keys[a->nkeys];

    k->of = of;
    k->key = inspect_copy(a->pool, key, len);
    k->yes = yes;
    k->order = a->nkeys++;
}


static int
inspect_compare(const void *a, const void *b)
{
    int                   rc;
    const inspect_key_t  *one, *two;

    one = a;
    two = b;

    if (one->of != two->of) {
        return one->of < two->of ? -1 : 1;
    }

    rc = memcmp(one->key.data, two->key.data,
                one->key.len < two->key.len ? one->key.len : two->key.len);

    if (rc) {
        return rc;
    }

    if (one->key.len != two->key.len) {
        return one->key.len < two->key.len ? -1 : 1;
    }

    return one->order < two->order ? -1 : one->order > two->order;
}


/* Sorts them; of a key that was said twice the last time stays. */

static void
inspect_unique(inspect_answer_t *a)
{
    size_t          i, n;
    inspect_key_t  *k;

    if (a->nkeys == 0) {
        return;
    }

    k = a->keys;
    qsort(k, a->nkeys, sizeof(inspect_key_t), inspect_compare);

    n = 0;

    for (i = 1; i < a->nkeys; i++) {

        if (k[i].of == k[n].of && k[i].key.len == k[n].key.len
            && memcmp(k[i].key.data, k[n].key.data, k[n].key.len) == 0)
        {
            k[n] = k[i];
            continue;
        }

        k[++n] = k[i];
    }

    a->nkeys = n + 1;

    for (i = 0; i < a->nkeys; i++) {
        k[i].order = 0;
    }
}


/* A grant needs both, a refusal one of them; the weaker state counts. */

static void
inspect_intersect(inspect_answer_t *a, inspect_answer_t *copy)
{
    int                 rc;
    size_t              i, j;
    inspect_key_t      *k;
    inspect_answer_t    both;

    both = *a;
    both.copies = copy->copies;
    both.keys = NULL;
    both.nkeys = 0;
    both.room = 0;

    if (copy->state < both.state) {
        both.state = copy->state;
    }

    if (a->time != copy->time || a->revision != copy->revision) {
        both.time = 0;
        both.revision = -1;
    }

    if (a->expires != copy->expires) {
        both.expires = 0;
    }

    i = 0;
    j = 0;

    while (both.state > NGX_CONSENT_UNSET
           && (i < a->nkeys || j < copy->nkeys))
    {
        if (i == a->nkeys) {
            rc = 1;

        } else if (j == copy->nkeys) {
            rc = -1;

        } else {
            rc = inspect_compare(&a->keys[i], &copy->keys[j]);
        }

        k = rc <= 0 ? &a->keys[i] : &copy->keys[j];

        if (rc == 0) {
            inspect_said(&both, k->of, k->key.data, k->key.len,
                         k->yes && copy->keys[j].yes);

        } else if (!k->yes) {
            inspect_said(&both, k->of, k->key.data, k->key.len, 0);
        }

        i += (rc <= 0);
        j += (rc >= 0);
    }

    for (i = 0; i < both.nkeys; i++) {
        both.keys[i].order = 0;
    }

    *a = both;
}


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

    if (in->nsources == INSPECT_MAX
        || (format == NULL && !inspect_is(name, "cookie")))
    {
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
    const char             *reason;
    ngx_uint_t              i, keys, bad, *index;
    inspect_source_t       *s;
    ngx_consent_rule_t     *rule;
    ngx_consent_wanted_t   *wanted;
    ngx_consent_opinion_t   opinions[INSPECT_MAX];

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

        if (s->format == NULL) {
            inspect_own(in, s);
            opinions[i] = s->opinion;
            continue;
        }

        reason = inspect_rows(in, s, subject);
        if (reason) {
            return reason;
        }

        s->asked.jar = &in->jar;
        s->asked.buf = inspect_alloc(in->pool, NGX_CONSENT_SOURCE_MAX_VALUE);
        s->asked.more = inspect_alloc(in->pool, NGX_CONSENT_SOURCE_MAX_VALUE);

        keys = ngx_consent_rules_keys(s->rows, s->nrows);

        s->said = inspect_alloc(in->pool, 2 * keys);
        wanted = inspect_alloc(in->pool, keys * sizeof(ngx_consent_wanted_t));
        index = inspect_alloc(in->pool, keys * sizeof(ngx_uint_t));
        rule = inspect_alloc(in->pool, s->nrows * sizeof(ngx_consent_rule_t));

        if (ngx_consent_rules_make(&s->rules, s->format, s->rows, s->nrows,
                                   wanted, index, rule, &bad)
            != NGX_OK)
        {
            *subject = s->rows[bad].key;
            return "an empty or a long key in";
        }

        s->rules.now = in->now;
        s->rules.max_age = s->max_age;
        s->rules.implied = s->implied != 0;

        ngx_consent_source_read(&s->asked, &s->rules, s->said, &s->opinion);

        if (s->opinion.state == NGX_CONSENT_INVALID && in->invalid_unset) {
            s->opinion.state = NGX_CONSENT_UNSET;
            s->opinion.denied = 0;
        }

        opinions[i] = s->opinion;

        inspect_answer(in->pool, &s->asked, &s->answer);
    }

    ngx_consent_signal_grant(&in->policy, opinions, in->nsources, &in->grant);

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

    return NULL;
}


static const char *
inspect_row_add(inspect_t *in, inspect_source_t *s, const ngx_str_t *keys,
    const ngx_str_t *category)
{
    ngx_consent_key_t   *rows;
    ngx_consent_mask_t   bit;

    bit = inspect_bit(in, category);
    if (bit == 0) {
        return "unknown category";
    }

    rows = inspect_alloc(in->pool, (s->nrows + 1) * sizeof(ngx_consent_key_t));

    if (s->nrows) {
        memcpy(rows, s->rows, s->nrows * sizeof(ngx_consent_key_t));
    }

    s->rows = rows;
    s->rows[s->nrows].key = *keys;
    s->rows[s->nrows++].mask = bit;

    return NULL;
}


static ngx_uint_t
inspect_mapped(inspect_t *in, inspect_source_t *s, const ngx_str_t *keys)
{
    ngx_uint_t      i;
    inspect_map_t  *map;

    for (i = 0; i < in->nmaps; i++) {
        map = &in->maps[i];

        if (ngx_consent_format(&map->source) == s->format
            && map->keys.len == keys->len
            && memcmp(map->keys.data, keys->data, keys->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/* The module's own cookie: keys are categories, or what a map makes of them. */

static void
inspect_own(inspect_t *in, inspect_source_t *s)
{
    ngx_str_t              name, value;
    ngx_uint_t             i, j, n;
    inspect_map_t         *map;
    ngx_consent_key_t     *keys;
    ngx_consent_jar_at_t   at;
    ngx_consent_opinion_t  copy;
    ngx_consent_reading_t  r;

    memset(&r, 0, sizeof(ngx_consent_reading_t));
    memset(&at, 0, sizeof(ngx_consent_jar_at_t));

    keys = inspect_alloc(in->pool, (in->nmaps + in->ncategories)
                                   * sizeof(ngx_consent_key_t));
    n = 0;

    for (i = 0; i < in->nmaps; i++) {
        map = &in->maps[i];

        if (!inspect_is(&map->source, "cookie")) {
            continue;
        }

        keys[n].key = map->keys;

        for (j = 0; j < map->nnames; j++) {
            keys[n].mask |= inspect_bit(in, &map->names[j]);
        }

        r.mapped |= keys[n++].mask;
    }

    for (i = 0; i < in->ncategories; i++, n++) {
        keys[n].key = in->categories[i].name;
        keys[n].mask = (ngx_consent_mask_t) 1 << i;
        r.mapped |= keys[n].mask;
    }

    r.keys = keys;
    r.nkeys = n;
    r.now = in->now;
    r.max_age = s->max_age ? s->max_age : NGX_CONSENT_COOKIE_MAX_AGE;
    r.revision = s->asked.revision;

    name.data = (u_char *) "consent";
    name.len = sizeof("consent") - 1;

    if (s->asked.cookie.len) {
        name = s->asked.cookie;
    }

    memset(&s->opinion, 0, sizeof(ngx_consent_opinion_t));
    s->opinion.state = NGX_CONSENT_UNSET;
    s->opinion.revision = -1;

    for (n = 0; ngx_consent_jar_find(&in->jar, &at, &name, &value) == NGX_OK;
         n++)
    {
        ngx_consent_signal_own(&r, &value, &copy);

        if (n == 0) {
            s->opinion = copy;

        } else {
            ngx_consent_signal_intersect(&s->opinion, &copy);
        }
    }

    s->answer.state = s->opinion.state;
    s->answer.copies = n;
    s->answer.time = s->opinion.time;
    s->answer.revision = s->opinion.revision;
    s->rules.mapped = r.mapped;
}


static ngx_consent_mask_t
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

