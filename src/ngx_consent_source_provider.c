
/* One provider alone: by rules of its own, or as a vendor of TCF. */

#include "ngx_consent_source_map.h"


static ngx_uint_t ngx_consent_provider_rules(const ngx_consent_map_t *rules,
    ngx_uint_t provider);
static void ngx_consent_provider_judge(const ngx_consent_map_t *rules,
    const u_char *said, ngx_uint_t first, ngx_consent_opinion_t *of);
static ngx_consent_mask_t ngx_consent_provider_vendor(
    const ngx_consent_map_t *rules, const u_char *said,
    const ngx_consent_vendor_says_t *vendor);
static ngx_uint_t ngx_consent_provider_follows(
    const ngx_consent_wanted_t *wanted,
    const ngx_consent_vendor_says_t *vendor);


void
ngx_consent_source_of_provider(const ngx_consent_asked_t *asked,
    const ngx_consent_map_t *rules, const u_char *said,
    const ngx_consent_opinion_t *o, ngx_uint_t provider,
    const ngx_consent_vendor_says_t *vendor, ngx_consent_opinion_t *of)
{
    ngx_uint_t          first;
    ngx_consent_mask_t  granted;

    *of = *o;

    first = ngx_consent_provider_rules(rules, provider + 1);

    if (first < rules->nrules && rules->rules[first].provider == provider + 1) {
        ngx_consent_provider_judge(rules, said, first, of);
        return;
    }

    if (vendor && asked->format->tcf
        && ngx_consent_source_counts(rules, o->state))
    {
        granted = ngx_consent_provider_vendor(rules, said, vendor);

        of->granted &= granted;
        of->denied |= o->granted & ~granted;
    }
}


/* The first rule of a provider or of one after it; 0 would be categories. */

static ngx_uint_t
ngx_consent_provider_rules(const ngx_consent_map_t *rules,
    ngx_uint_t provider)
{
    ngx_uint_t  low, high, middle;

    low = rules->ncategory;
    high = rules->nrules;

    while (low < high) {

        middle = (low + high) / 2;

        if (rules->rules[middle].provider < provider) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return low;
}


static void
ngx_consent_provider_judge(const ngx_consent_map_t *rules,
    const u_char *said, ngx_uint_t first, ngx_consent_opinion_t *of)
{
    ngx_uint_t                     i, j, yes, no;
    ngx_uint_t                     counts, asked, refused, accepted;
    const ngx_consent_map_rule_t  *rule;

    counts = ngx_consent_source_counts(rules, of->state);
    asked = 0;
    accepted = 0;
    refused = (of->state == NGX_CONSENT_INVALID);

    for (i = first;
         i < rules->nrules && rules->rules[i].provider
                              == rules->rules[first].provider;
         i++)
    {
        rule = &rules->rules[i];
        yes = 0;
        no = 0;

        for (j = 0; j < rule->nkeys; j++) {
            yes += (said[rule->keys[j]] == NGX_CONSENT_SAID_YES);
            no += (said[rule->keys[j]] == NGX_CONSENT_SAID_NO);
        }

        /* one copy may refuse, though all of them together do not count */

        if (rule->veto || of->veto || !counts) {
            refused |= (no != 0);
            continue;
        }

        asked = 1;
        accepted |= (yes == rule->nkeys);
    }

    if (refused || (asked && !accepted)) {
        of->granted = 0;
        of->denied = ~(ngx_consent_mask_t) 0;

    } else if (accepted) {
        of->granted = ~(ngx_consent_mask_t) 0;
        of->denied = 0;
    }
}


/* What rules of categories grant to who may follow only some purposes. */

static ngx_consent_mask_t
ngx_consent_provider_vendor(const ngx_consent_map_t *rules,
    const u_char *said, const ngx_consent_vendor_says_t *vendor)
{
    ngx_uint_t                     i, j, key;
    ngx_consent_mask_t             granted;
    const ngx_consent_map_rule_t  *rule;

    granted = 0;

    for (i = 0; i < rules->ncategory; i++) {

        rule = &rules->rules[i];

        for (j = 0; j < rule->nkeys; j++) {
            key = rule->keys[j];

            if (said[key] != NGX_CONSENT_SAID_YES
                || !ngx_consent_provider_follows(&rules->wanted[key], vendor))
            {
                break;
            }
        }

        if (j == rule->nkeys) {
            granted |= rule->mask;
        }
    }

    return granted;
}


/* "p1" to "p24" ask for the vendor's consent as well; no other key does */

static ngx_uint_t
ngx_consent_provider_follows(const ngx_consent_wanted_t *wanted,
    const ngx_consent_vendor_says_t *vendor)
{
    size_t            i;
    ngx_uint_t        n;
    const ngx_str_t  *key;

    key = &wanted->key;

    if (wanted->of != NGX_CONSENT_KEY_CATEGORY || key->data[0] != 'p'
        || key->len > sizeof("p24") - 1)
    {
        return 1;
    }

    n = 0;

    for (i = 1; i < key->len; i++) {

        if (key->data[i] < '0' || key->data[i] > '9') {
            return 1;
        }

        n = n * 10 + (key->data[i] - '0');
    }

    return n >= 1 && n <= 24 && (vendor->consent & ngx_consent_tcf_purpose(n));
}
