
#include "ngx_consent_source_map.h"


/* a copy as it is read */

typedef struct {
    const ngx_consent_asked_t  *asked;
    const ngx_consent_map_t  *rules;
    u_char                     *said;
} ngx_consent_source_copy_t;


static void ngx_consent_source_said(void *data, ngx_consent_key_e of,
    const u_char *key, size_t len, ngx_uint_t yes);
static void ngx_consent_source_intersect(u_char *said, const u_char *copy,
    ngx_uint_t n);
static ngx_uint_t ngx_consent_source_stale(const ngx_consent_map_t *rules,
    time_t now, time_t time);
static void ngx_consent_source_judge(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, const u_char *said,
    ngx_consent_opinion_t *o);


void
ngx_consent_source_read(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, u_char *said, ngx_consent_opinion_t *o)
{
    ngx_consent_answer_t       answer;
    ngx_consent_opinion_t      one;
    ngx_consent_source_at_t    at;
    ngx_consent_source_copy_t  copy;

    memset(o, 0, sizeof(ngx_consent_opinion_t));
    memset(&at, 0, sizeof(ngx_consent_source_at_t));

    o->state = NGX_CONSENT_UNSET;
    o->revision = -1;
    o->allowed = rules->implied;

    copy.asked = asked;
    copy.rules = rules;
    copy.said = said;

    answer.said = ngx_consent_source_said;
    answer.vendor = NULL;
    answer.data = &copy;

    for ( ;; ) {

        if (rules->nwanted) {
            memset(copy.said, 0, rules->nwanted);
        }

        if (ngx_consent_source_next(asked, &at, &answer) != NGX_OK) {
            break;
        }

        if (answer.state > NGX_CONSENT_UNSET
            && ngx_consent_source_stale(rules, asked->now, answer.time))
        {
            answer.state = NGX_CONSENT_UNSET;
        }

        if (answer.state <= NGX_CONSENT_UNSET && rules->nwanted) {
            memset(copy.said, 0, rules->nwanted);
        }

        memset(&one, 0, sizeof(ngx_consent_opinion_t));

        one.state = answer.state;
        one.time = answer.time;
        one.revision = answer.revision;
        one.id = answer.id;
        one.allowed = rules->implied;
        ngx_consent_source_judge(asked, rules, copy.said, &one);

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

        one.state = o->state;
        ngx_consent_source_judge(asked, rules, said, &one);
        o->granted &= one.granted;
    }
}


static void
ngx_consent_source_said(void *data, ngx_consent_key_e of, const u_char *key,
    size_t len, ngx_uint_t yes)
{
    ngx_uint_t                  at;
    const ngx_str_t            *type;
    ngx_consent_wanted_t        wanted;
    ngx_consent_source_copy_t  *copy;

    copy = data;

    if (len > NGX_CONSENT_SOURCE_MAX_KEY) {
        return;
    }

    wanted.of = of;
    wanted.key.data = (u_char *) key;
    wanted.key.len = len;

    at = ngx_consent_wanted_find(copy->rules->wanted, copy->rules->nwanted,
                                 &wanted);

    if (at < copy->rules->nwanted
        && ngx_consent_wanted_compare(&copy->rules->wanted[at], &wanted) == 0)
    {
        /* of a type, one refused service is enough; else the last counts */

        if (!yes) {
            copy->said[at] = NGX_CONSENT_SAID_NO;

        } else if (of != NGX_CONSENT_KEY_TYPE || !copy->said[at]) {
            copy->said[at] = NGX_CONSENT_SAID_YES;
        }
    }

    if (of == NGX_CONSENT_KEY_SERVICE && copy->asked->format->type) {

        type = copy->asked->format->type(key, len);

        if (type) {
            ngx_consent_source_said(copy, NGX_CONSENT_KEY_TYPE, type->data,
                                    type->len, yes);
        }
    }
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
ngx_consent_source_judge(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, const u_char *said,
    ngx_consent_opinion_t *o)
{
    ngx_uint_t                 i, j, yes, no;
    const ngx_consent_map_rule_t  *rule;

    o->granted = 0;
    o->denied = 0;

    if (o->state == NGX_CONSENT_INVALID) {
        o->denied = rules->mapped;
        return;
    }

    if (o->state == NGX_CONSENT_UNSET
        || (o->state == NGX_CONSENT_IMPLIED && !rules->implied))
    {
        return;
    }

    for (i = 0; i < rules->nrules; i++) {

        rule = &rules->rules[i];
        yes = 0;
        no = 0;

        for (j = 0; j < rule->nkeys; j++) {
            yes += (said[rule->keys[j]] == NGX_CONSENT_SAID_YES);
            no += (said[rule->keys[j]] == NGX_CONSENT_SAID_NO);
        }

        if (no) {
            o->denied |= rule->mask;
        }

        if (yes && yes == rule->nkeys) {
            o->granted |= rule->mask;
        }
    }

    if (asked->format->veto) {
        o->granted = 0;

    } else {
        o->denied = rules->mapped & ~o->granted;
    }
}
