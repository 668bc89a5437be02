
#include "inspect.h"


static void inspect_put_vendor(inspect_source_t *s, uint32_t *ids,
    uint32_t id);


ngx_uint_t
inspect_add_provider(inspect_t *in, const ngx_str_t *name)
{
    ngx_uint_t           i;
    inspect_provider_t  *providers;

    for (i = 0; i < in->nproviders; i++) {
        if (in->providers[i].name.len == name->len
            && memcmp(in->providers[i].name.data, name->data, name->len) == 0)
        {
            return i + 1;
        }
    }

    providers = inspect_alloc(in->pool, (i + 1) * sizeof(inspect_provider_t));

    if (i) {
        memcpy(providers, in->providers, i * sizeof(inspect_provider_t));
    }

    providers[i].name = *name;

    in->providers = providers;
    in->nproviders = i + 1;

    return in->nproviders;
}


void
inspect_ask_vendors(inspect_t *in, inspect_source_t *s)
{
    uint32_t    *ids;
    ngx_uint_t   i, n;

    s->asked.nvendors = 0;

    if (!s->format->tcf && !s->format->veto) {
        return;
    }

    n = ngx_consent_map_vendors(&s->rules, NULL, 0);
    ids = inspect_alloc(in->pool, (n + in->nproviders) * sizeof(uint32_t));

    s->asked.nvendors = ngx_consent_map_vendors(&s->rules, ids, n);
    s->asked.vendors = ids;

    for (i = 0; i < in->nproviders; i++) {
        if (in->providers[i].vendor) {
            inspect_put_vendor(s, ids, in->providers[i].vendor);
        }
    }

    s->vendors = inspect_alloc(in->pool, s->asked.nvendors
                                         * sizeof(ngx_consent_vendor_says_t));
}


/* in their order, each once */

static void
inspect_put_vendor(inspect_source_t *s, uint32_t *ids, uint32_t id)
{
    ngx_uint_t  i;

    for (i = s->asked.nvendors; i > 0 && ids[i - 1] >= id; i--) {
        if (ids[i - 1] == id) {
            return;
        }
    }

    memmove(ids + i + 1, ids + i,
            (s->asked.nvendors - i) * sizeof(uint32_t));

    ids[i] = id;
    s->asked.nvendors++;
}


const ngx_consent_vendor_says_t *
inspect_vendor(const inspect_source_t *s, uint32_t id)
{
    ngx_uint_t  i;

    for (i = 0; i < s->asked.nvendors; i++) {
        if (s->asked.vendors[i] == id) {
            return &s->vendors[i];
        }
    }

    return NULL;
}


ngx_uint_t
inspect_of_provider(inspect_t *in, inspect_source_t *s, ngx_uint_t i,
    ngx_consent_opinion_t *of)
{
    ngx_uint_t                        j;
    const ngx_consent_vendor_says_t  *vendor;

    *of = s->opinion;

    vendor = in->providers[i].vendor && s->format->tcf
             ? inspect_vendor(s, in->providers[i].vendor) : NULL;

    ngx_consent_source_of_provider(&s->asked, &s->rules, s->said, &s->opinion,
                                   i, vendor, of);

    for (j = s->rules.ncategory; j < s->rules.nrules; j++) {
        if (s->rules.rules[j].provider == i + 1) {
            return 1;
        }
    }

    return vendor != NULL;
}


/* The same grant as that of categories, by what each source says of it. */

void
inspect_judge_providers(inspect_t *in)
{
    ngx_uint_t             i, j;
    ngx_consent_opinion_t  opinions[INSPECT_MAX];

    for (i = 0; i < in->nproviders; i++) {

        for (j = 0; j < in->nsources; j++) {
            inspect_of_provider(in, &in->sources[j], i, &opinions[j]);
        }

        ngx_consent_signal_grant(&in->policy, opinions, in->nsources,
                                 &in->providers[i].grant);
    }
}
