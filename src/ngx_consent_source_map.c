
#include "ngx_consent_source_map.h"


/* a copy as it is read */

typedef struct {
    const ngx_consent_asked_t  *asked;
    const ngx_consent_map_t    *rules;
    u_char                     *said;
    ngx_consent_vendor_says_t  *vendors;
    ngx_uint_t                  nvendors;   /* whose turn is over */
} ngx_consent_source_copy_t;


static void ngx_consent_source_said(void *data, ngx_consent_key_e of,
    const u_char *key, size_t len, ngx_uint_t yes);
static void ngx_consent_source_said_typed(void *data, ngx_consent_key_e of,
    const u_char *key, size_t len, ngx_uint_t yes);
static void ngx_consent_source_wanted(const ngx_consent_source_copy_t *copy,
    ngx_uint_t at, ngx_consent_key_e of, const u_char *key, size_t len,
    ngx_uint_t yes);
static void ngx_consent_source_vendor(void *data, uint32_t id,
    uint32_t consent, uint32_t interest);
static void ngx_consent_source_intersect(u_char *said, const u_char *copy,
    ngx_uint_t n);
static ngx_uint_t ngx_consent_source_stale(const ngx_consent_map_t *rules,
    time_t now, time_t time);
static void ngx_consent_source_judge(const ngx_consent_map_t *rules,
    const u_char *said, ngx_consent_opinion_t *o);


void
ngx_consent_source_read(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, u_char *said,
    ngx_consent_vendor_says_t *vendors, ngx_consent_opinion_t *o)
{
    size_t                     size;
    ngx_consent_asked_t        ask;
    ngx_consent_answer_t       answer;
    ngx_consent_opinion_t      one;
    ngx_consent_source_at_t    at;
    ngx_consent_source_copy_t  copy;

    memset(o, 0, sizeof(ngx_consent_opinion_t));
    memset(&at, 0, sizeof(ngx_consent_source_at_t));

    o->state = NGX_CONSENT_UNSET;
    o->revision = -1;
    o->allowed = rules->implied;
    o->veto = asked->format->veto;

    ask = *asked;
    ask.slots = rules->slots;
    ask.unwanted = rules->unwanted;

    copy.asked = asked;
    copy.rules = rules;
    copy.said = said;
    copy.vendors = vendors;

    answer.said = asked->format->type ? ngx_consent_source_said_typed
                                      : ngx_consent_source_said;
    answer.vendor = vendors ? ngx_consent_source_vendor : NULL;
    answer.data = &copy;

    /* each copy leaves what it has as well */

    size = vendors ? asked->nvendors * sizeof(ngx_consent_vendor_says_t) : 0;

    if (size) {
        memset(vendors, 0xff, size);
    }

    for ( ;; ) {

        if (rules->nwanted) {
            memset(copy.said, 0, rules->nwanted);
        }

        copy.nvendors = 0;

        if (ngx_consent_source_next(&ask, &at, &answer) != NGX_OK) {
            break;
        }

        if (answer.state > NGX_CONSENT_UNSET
            && ngx_consent_source_stale(rules, asked->now, answer.time))
        {
            answer.state = NGX_CONSENT_UNSET;
            answer.lapsed = (answer.time && answer.time < asked->now);
        }

        while (vendors && copy.nvendors < asked->nvendors) {
            ngx_consent_source_vendor(&copy, 0, 0, 0);
        }

        if (rules->nwanted && !ngx_consent_source_counts(rules, answer.state)) {
            memset(copy.said, 0, rules->nwanted);
        }

        memset(&one, 0, sizeof(ngx_consent_opinion_t));

        one.state = answer.state;
        one.time = answer.time;
        one.revision = answer.revision;
        one.id = answer.id;
        one.allowed = rules->implied;
        one.veto = asked->format->veto || answer.veto;
        one.lapsed = answer.lapsed;
        ngx_consent_source_judge(rules, copy.said, &one);

        if (one.state == NGX_CONSENT_INVALID) {
            *o = one;
            break;
        }

        if (copy.said == said) {
            *o = one;
            copy.said = said + rules->nwanted;
            continue;
        }

        /*
         * Two halves of what is wanted together are not the whole: what is
         * granted is judged again, of the keys that all copies grant.
         */

        ngx_consent_signal_intersect(o, &one);
        ngx_consent_source_intersect(said, copy.said, rules->nwanted);

        o->veto |= one.veto;

        one.state = o->state;
        ngx_consent_source_judge(rules, said, &one);
        o->granted &= one.granted;
    }

    /* one broken copy, and nothing of the others counts */

    if (o->state == NGX_CONSENT_INVALID && rules->nwanted) {
        memset(said, 0, rules->nwanted);
    }

    if (size && !ngx_consent_source_counts(rules, o->state)) {
        memset(vendors, 0, size);
    }
}


static void
ngx_consent_source_said(void *data, ngx_consent_key_e of, const u_char *key,
    size_t len, ngx_uint_t yes)
{
    ngx_uint_t                  at;
    ngx_consent_source_copy_t  *copy;

    copy = data;

    at = ngx_consent_wanted_at(copy->rules->slots, of, key, len);

    if (at != NGX_CONSENT_WANTED_NONE) {
        ngx_consent_source_wanted(copy, at, of, key, len, yes);
    }
}


/* of a format that sorts its services */

static void
ngx_consent_source_said_typed(void *data, ngx_consent_key_e of,
    const u_char *key, size_t len, ngx_uint_t yes)
{
    ngx_uint_t                  at;
    const ngx_str_t            *type;
    ngx_consent_source_copy_t  *copy;

    copy = data;

    ngx_consent_source_said(copy, of, key, len, yes);

    if (of != NGX_CONSENT_KEY_SERVICE || len > NGX_CONSENT_SOURCE_MAX_KEY) {
        return;
    }

    type = copy->asked->format->type(key, len);

    if (type == NULL) {
        return;
    }

    at = ngx_consent_wanted_at(copy->rules->slots, NGX_CONSENT_KEY_TYPE,
                               type->data, type->len);

    if (at != NGX_CONSENT_WANTED_NONE) {
        ngx_consent_source_wanted(copy, at, NGX_CONSENT_KEY_TYPE, type->data,
                                  type->len, yes);
    }
}


/* at: where it is wanted, or NGX_CONSENT_WANTED_SEVERAL */

static void
ngx_consent_source_wanted(const ngx_consent_source_copy_t *copy, ngx_uint_t at,
    ngx_consent_key_e of, const u_char *key, size_t len, ngx_uint_t yes)
{
    ngx_consent_wanted_t         key_of;
    const ngx_consent_map_t     *rules;
    const ngx_consent_wanted_t  *wanted;

    rules = copy->rules;

    if (at == NGX_CONSENT_WANTED_SEVERAL) {

        key_of.of = of;
        key_of.key.data = (u_char *) key;
        key_of.key.len = len;

        at = ngx_consent_wanted_find(rules->wanted, rules->nwanted, &key_of);
    }

    if (at >= rules->nwanted) {
        return;
    }

    wanted = &rules->wanted[at];

    if (wanted->of != of || wanted->key.len != len
        || memcmp(wanted->key.data, key, len) != 0)
    {
        return;
    }

    /* of a type, one refused service is enough; else the last counts */

    if (!yes) {
        copy->said[at] = NGX_CONSENT_SAID_NO;

    } else if (of != NGX_CONSENT_KEY_TYPE || !copy->said[at]) {
        copy->said[at] = NGX_CONSENT_SAID_YES;
    }
}


/* In the order in which they are asked for; who is left out has nothing. */

static void
ngx_consent_source_vendor(void *data, uint32_t id, uint32_t consent,
    uint32_t interest)
{
    ngx_uint_t                  i;
    ngx_consent_source_copy_t  *copy;

    copy = data;

    while (copy->nvendors < copy->asked->nvendors) {

        i = copy->nvendors++;

        if (copy->asked->vendors[i] == id) {
            copy->vendors[i].consent &= consent;
            copy->vendors[i].interest &= interest;
            return;
        }

        copy->vendors[i].consent = 0;
        copy->vendors[i].interest = 0;
    }
}


ngx_uint_t
ngx_consent_source_counts(const ngx_consent_map_t *rules,
    ngx_consent_state_e state)
{
    return state == NGX_CONSENT_DECIDED
           || (state == NGX_CONSENT_IMPLIED && rules->implied);
}


/* A grant needs every copy, a refusal one. */

static void
ngx_consent_source_intersect(u_char *said, const u_char *copy, ngx_uint_t n)
{
    ngx_uint_t  i;

    for (i = 0; i < n; i++) {

        if (copy[i] == NGX_CONSENT_SAID_NO || said[i] == NGX_CONSENT_SAID_NO) {
            said[i] = NGX_CONSENT_SAID_NO;

        } else if (copy[i] != said[i]) {
            said[i] = 0;
        }
    }
}


/* With a limit, a choice of an unknown time or from the future has none. */

static ngx_uint_t
ngx_consent_source_stale(const ngx_consent_map_t *rules, time_t now,
    time_t time)
{
    if (rules->max_age == 0) {
        return 0;
    }

    return time == 0 || now - time > rules->max_age
           || time - now > NGX_CONSENT_COOKIE_MAX_AHEAD;
}


/* What keys of one state grant and refuse. */

static void
ngx_consent_source_judge(const ngx_consent_map_t *rules, const u_char *said,
    ngx_consent_opinion_t *o)
{
    ngx_uint_t                     i, all, any;
    ngx_consent_mask_t             granted, denied, mapped;
    const ngx_consent_map_rule_t  *rule, *last;

    o->granted = 0;
    o->denied = 0;

    if (o->state == NGX_CONSENT_INVALID) {
        o->denied = rules->mapped;
        return;
    }

    if (!ngx_consent_source_counts(rules, o->state)) {
        return;
    }

    granted = 0;
    denied = 0;
    mapped = 0;
    last = rules->rules + rules->ncategory;

    for (rule = rules->rules; rule < last; rule++) {

        all = said[rule->keys[0]];
        any = all;

        for (i = 1; i < rule->nkeys; i++) {
            all &= said[rule->keys[i]];
            any |= said[rule->keys[i]];
        }

        if (rule->veto || o->veto) {
            denied |= (any & NGX_CONSENT_SAID_NO) ? rule->mask : 0;
            continue;
        }

        mapped |= rule->mask;
        granted |= (all & NGX_CONSENT_SAID_YES) ? rule->mask : 0;
    }

    o->granted = granted & ~denied;
    o->denied = denied | (mapped & ~o->granted);
}
