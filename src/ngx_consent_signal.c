
#include "ngx_consent_signal.h"


void
ngx_consent_signal_intersect(ngx_consent_opinion_t *o,
    const ngx_consent_opinion_t *copy)
{
    o->unsure |= copy->unsure | ((o->state == NGX_CONSENT_DECIDED)
                                 != (copy->state == NGX_CONSENT_DECIDED));

    if (copy->state < o->state) {
        o->state = copy->state;
    }

    o->granted &= copy->granted;
    o->denied |= copy->denied;
    o->lapsed |= copy->lapsed;

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
