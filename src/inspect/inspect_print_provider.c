
#include "inspect.h"


static ngx_consent_mask_t inspect_asks(inspect_t *in,
    const inspect_provider_t *provider);
static void inspect_print_verdict(inspect_t *in,
    const inspect_provider_t *provider, ngx_consent_mask_t asks);
static void inspect_print_answer(inspect_source_t *s, ngx_uint_t provider,
    uint32_t vendor, const ngx_consent_opinion_t *of);
static void inspect_print_own(inspect_source_t *s, ngx_uint_t provider,
    const ngx_consent_opinion_t *of);
static void inspect_print_vendor(inspect_source_t *s, uint32_t vendor);
static void inspect_print_purposes(const char *what, uint32_t purposes);


/* Each provider that somebody has an answer of: what it may do, and why. */

void
inspect_print_providers(inspect_t *in)
{
    ngx_uint_t              i, j, n;
    inspect_source_t       *s;
    ngx_consent_mask_t      asks;
    inspect_provider_t     *provider;
    ngx_consent_opinion_t   of;

    for (i = 0; i < in->nproviders; i++) {
        provider = &in->providers[i];
        asks = inspect_asks(in, provider);

        for (j = 0, n = 0; j < in->nsources; j++) {
            s = &in->sources[j];

            if (!inspect_of_provider(in, s, i, &of)) {
                continue;
            }

            if (n++ == 0) {
                inspect_print_verdict(in, provider, asks);
            }

            printf(n == 1 ? "  " : "; ");
            inspect_print_answer(s, i + 1, provider->vendor, &of);
        }

        if (n == 0) {
            continue;
        }

        /* who says nothing of it may refuse its categories all the same */

        for (j = 0; j < in->nsources; j++) {
            s = &in->sources[j];

            if (!inspect_of_provider(in, s, i, &of) && (of.denied & asks)) {
                printf("; ");
                inspect_print_denial(s, of.denied & asks);
            }
        }

        if (in->policy.gpc
            && (in->policy.gpc_scope & asks & ~provider->grant.mask))
        {
            printf("; Sec-GPC");
        }

        printf("\n");
    }
}


/* Of categories that are not known it may have any. */

static ngx_consent_mask_t
inspect_asks(inspect_t *in, const inspect_provider_t *provider)
{
    ngx_uint_t          i;
    ngx_consent_mask_t  asks;

    asks = 0;

    for (i = 0; i < provider->nnames; i++) {
        asks |= inspect_bit(in, &provider->names[i]);
    }

    return asks ? asks : in->policy.all;
}


static void
inspect_print_verdict(inspect_t *in, const inspect_provider_t *provider,
    ngx_consent_mask_t asks)
{
    size_t              len;
    ngx_uint_t          i, n;
    ngx_consent_mask_t  may;

    inspect_print(&provider->name);

    for (len = provider->name.len; len < 12; len++) {
        putchar(' ');
    }

    if ((asks & ~provider->grant.mask) == 0) {
        printf(" granted");
        return;
    }

    printf(" refused");

    may = asks & provider->grant.mask & ~in->policy.required;

    for (i = 0, n = 0; i < in->ncategories; i++) {

        if (may & (ngx_consent_mask_t) 1 << i) {
            printf("%s %.*s", n++ ? "," : " but for",
                   (int) in->categories[i].name.len,
                   in->categories[i].name.data);
        }
    }
}


static void
inspect_print_answer(inspect_source_t *s, ngx_uint_t provider, uint32_t vendor,
    const ngx_consent_opinion_t *of)
{
    ngx_uint_t  i;

    printf("%.*s", (int) s->name.len, s->name.data);

    if (of->state == NGX_CONSENT_INVALID) {
        printf(" is broken");
        return;
    }

    for (i = s->rules.ncategory; i < s->rules.nrules; i++) {

        if (s->rules.rules[i].provider == provider) {
            inspect_print_own(s, provider, of);
            return;
        }
    }

    if (ngx_consent_source_counts(&s->rules, of->state)) {
        inspect_print_vendor(s, vendor);
        return;
    }

    printf(" has no answer");
}


/* by rules of its own */

static void
inspect_print_own(inspect_source_t *s, ngx_uint_t provider,
    const ngx_consent_opinion_t *of)
{
    const ngx_consent_mask_t  all = ~(ngx_consent_mask_t) 0;

    if (of->denied != all && of->granted != all) {
        printf(" has no answer");
        return;
    }

    printf(": ");

    if (of->granted == all) {
        inspect_print_rules(s, 0, provider, NGX_CONSENT_SAID_YES);
        printf(" accepted");

    } else if (inspect_print_rules(s, 0, provider, NGX_CONSENT_SAID_NO)) {
        printf(" refused");

    } else {
        inspect_print_rules(s, 0, provider, 0);
        printf(" not accepted");
    }
}


static void
inspect_print_vendor(inspect_source_t *s, uint32_t vendor)
{
    const ngx_consent_vendor_says_t  *says;

    says = inspect_vendor(s, vendor);

    printf(": vendor %u", (unsigned) vendor);

    inspect_print_purposes("consent to", says->consent);
    inspect_print_purposes("legitimate interest in", says->interest);
}


static void
inspect_print_purposes(const char *what, uint32_t purposes)
{
    unsigned  i;

    printf(", %s", what);

    for (i = 1; i <= 24; i++) {
        if (purposes & ngx_consent_tcf_purpose(i)) {
            printf(" p%u", i);
        }
    }

    if (purposes == 0) {
        printf(" nothing");
    }
}
