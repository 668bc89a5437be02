
#include <stdlib.h>

#include "inspect.h"


static void inspect_said(void *data, ngx_consent_key_e of, const u_char *key,
    size_t len, ngx_uint_t yes);
static int inspect_compare(const void *a, const void *b);
static void inspect_unique(inspect_answer_t *a);
static void inspect_intersect(inspect_answer_t *a, inspect_answer_t *copy);


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
