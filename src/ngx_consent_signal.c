
#include "ngx_consent_signal.h"


static ngx_int_t ngx_consent_signal_number(u_char **pos, u_char *last,
    int64_t max, int64_t *n);
static ngx_int_t ngx_consent_signal_names(const ngx_consent_reading_t *r,
    u_char **pos, u_char *last, ngx_consent_mask_t *granted);
static ngx_int_t ngx_consent_signal_id(u_char *p, u_char *last);
static ngx_int_t ngx_consent_signal_parse(const ngx_consent_reading_t *r,
    u_char *p, u_char *last, ngx_consent_opinion_t *o,
    ngx_consent_mask_t *granted);


#define ngx_consent_signal_is_name(c)                                        \
    (((c) >= 'a' && (c) <= 'z') || ((c) >= '0' && (c) <= '9') || (c) == '_')


void
ngx_consent_signal_own(const ngx_consent_reading_t *r, const ngx_str_t *value,
    ngx_consent_opinion_t *o)
{
    u_char              *p, *last;
    ngx_consent_mask_t   granted;

    memset(o, 0, sizeof(ngx_consent_opinion_t));

    o->state = NGX_CONSENT_UNSET;
    o->revision = -1;

    p = value->data;
    last = p + value->len;

    if (value->len >= 2 && *p == '"' && last[-1] == '"') {
        p++;
        last--;
    }

    if (p == last) {
        return;
    }

    granted = 0;

    if (ngx_consent_signal_parse(r, p, last, o, &granted) != NGX_OK) {
        o->state = NGX_CONSENT_INVALID;
        o->denied = r->mapped;
        return;
    }

    /* a choice that has run out, or was made of something else, is none */

    if ((r->max_age && r->now - o->time > r->max_age)
        || (r->revision != -1 && r->revision != o->revision))
    {
        return;
    }

    o->state = NGX_CONSENT_DECIDED;
    o->granted = granted & r->mapped;
    o->denied = r->mapped & ~granted;
}


static ngx_int_t
ngx_consent_signal_parse(const ngx_consent_reading_t *r, u_char *p,
    u_char *last, ngx_consent_opinion_t *o, ngx_consent_mask_t *granted)
{
    int64_t  version, when, revision;

    if (ngx_consent_signal_number(&p, last, NGX_CONSENT_COOKIE_VERSION,
                                  &version)
        != NGX_OK
        || version != NGX_CONSENT_COOKIE_VERSION
        || ngx_consent_signal_number(&p, last, 9999999999, &when) != NGX_OK
        || ngx_consent_signal_number(&p, last, NGX_CONSENT_MAX_REVISION,
                                     &revision)
           != NGX_OK
        || ngx_consent_signal_names(r, &p, last, granted) != NGX_OK
        || ngx_consent_signal_id(p, last) != NGX_OK
        || when > (int64_t) r->now + NGX_CONSENT_COOKIE_MAX_AHEAD)
    {
        return NGX_ERROR;
    }

    o->time = when;
    o->revision = revision;

    if (p < last) {
        o->id.data = p + 1;
        o->id.len = last - (p + 1);
    }

    return NGX_OK;
}


/* A decimal and the '.' after it. */

static ngx_int_t
ngx_consent_signal_number(u_char **pos, u_char *last, int64_t max, int64_t *n)
{
    u_char  *p, *start;

    *n = 0;
    start = *pos;

    for (p = start; p < last && *p >= '0' && *p <= '9'; p++) {

        *n = *n * 10 + (*p - '0');

        if (*n > max) {
            return NGX_ERROR;
        }
    }

    if (p == start || (*start == '0' && p - start > 1) || p == last
        || *p != '.')
    {
        return NGX_ERROR;
    }

    *pos = p + 1;

    return NGX_OK;
}


/* Names joined by '+', or "-"; *pos is then at the end, or before the id. */

static ngx_int_t
ngx_consent_signal_names(const ngx_consent_reading_t *r, u_char **pos,
    u_char *last, ngx_consent_mask_t *granted)
{
    u_char      *p, *name;
    ngx_uint_t   i;

    p = *pos;

    if (p < last && *p == '-') {
        *pos = p + 1;
        return NGX_OK;
    }

    for ( ;; ) {

        name = p;

        while (p < last && ngx_consent_signal_is_name(*p)) {
            p++;
        }

        if (p == name) {
            return NGX_ERROR;
        }

        for (i = 0; i < r->nkeys; i++) {

            if (r->keys[i].key.len == (size_t) (p - name)
                && memcmp(r->keys[i].key.data, name, p - name) == 0)
            {
                *granted |= r->keys[i].mask;
                break;
            }
        }

        if (p == last || *p != '+') {
            *pos = p;
            return NGX_OK;
        }

        p++;
    }
}


/* Nothing, or '.' and an id. */

static ngx_int_t
ngx_consent_signal_id(u_char *p, u_char *last)
{
    if (p == last) {
        return NGX_OK;
    }

    if (*p++ != '.' || p == last || last - p > NGX_CONSENT_COOKIE_MAX_ID) {
        return NGX_ERROR;
    }

    for ( /* void */ ; p < last; p++) {

        if (!ngx_consent_signal_is_name(*p) && !(*p >= 'A' && *p <= 'Z')
            && *p != '-')
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


void
ngx_consent_signal_intersect(ngx_consent_opinion_t *o,
    const ngx_consent_opinion_t *copy)
{
    if (copy->state < o->state) {
        o->state = copy->state;
    }

    o->granted &= copy->granted;
    o->denied |= copy->denied;

    if (o->state <= NGX_CONSENT_UNSET) {
        o->granted = 0;
    }

    /* two choices are not one: nothing can be said of when and whose */

    if (o->time != copy->time || o->revision != copy->revision
        || o->id.len != copy->id.len
        || (o->id.len && memcmp(o->id.data, copy->id.data, o->id.len) != 0))
    {
        o->time = 0;
        o->revision = -1;
        o->id.len = 0;
    }
}


void
ngx_consent_signal_grant(const ngx_consent_policy_t *policy,
    const ngx_consent_opinion_t *o, ngx_uint_t n, ngx_consent_grant_t *grant)
{
    ngx_uint_t           i;
    ngx_consent_mask_t   granted, implied, denied, silent, gpc;
    ngx_consent_state_e  state;

    /* who has decided somewhere has decided; else what is broken is told */

    static const u_char  rank[] = {
        2,                              /* NGX_CONSENT_INVALID */
        0,                              /* NGX_CONSENT_UNSET */
        1,                              /* NGX_CONSENT_IMPLIED */
        3                               /* NGX_CONSENT_DECIDED */
    };

    granted = 0;
    implied = 0;
    denied = 0;
    state = NGX_CONSENT_UNSET;

    for (i = 0; i < n; i++) {

        /* what is unset or implied grants nothing, but may keep a denial */

        if (o[i].state == NGX_CONSENT_DECIDED) {
            granted |= o[i].granted;

        } else if (o[i].state == NGX_CONSENT_IMPLIED && o[i].allowed) {
            implied |= o[i].granted;
        }

        denied |= o[i].denied;

        if (rank[o[i].state] > rank[state]) {
            state = o[i].state;
        }
    }

    gpc = policy->gpc ? policy->gpc_scope : 0;
    granted |= implied & ~gpc;
    granted &= ~denied;
    silent = policy->all & ~granted & ~denied;

    if (policy->optout) {
        granted = (granted | silent) & ~gpc;

    } else if (policy->gpc_strict) {
        granted &= ~gpc;
    }

    grant->state = state;
    grant->mask = (granted & policy->all) | policy->required;
    grant->providers = NULL;
}
