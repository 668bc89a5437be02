
/*
 * A provider may have several blocks: what is the same for all of them, and
 * what a grant that speaks of single providers comes to.
 */

#include "ngx_consent_table_int.h"


static ngx_consent_provider_t **ngx_consent_provider_slot(
    ngx_consent_provider_t **slots, ngx_uint_t mask, const ngx_str_t *name);


ngx_int_t
ngx_consent_table_provider(ngx_consent_table_t *t,
    const ngx_consent_provider_t *provider, ngx_consent_provider_t **added,
    ngx_consent_fault_t *fault)
{
    ngx_consent_provider_t  **blocks;

    memset(fault, 0, sizeof(ngx_consent_fault_t));

    if (provider->key.data) {

        if (!ngx_consent_table_is_name(&provider->key)) {
            return ngx_consent_fault(fault, "invalid \"key=\", 1 to 31 of a-z, "
                                            "0-9 and _ were expected",
                                     &provider->key);
        }

        if (ngx_consent_table_is_word(&provider->key)) {
            return ngx_consent_fault(fault, "\"key=\" that already means "
                                            "something else", &provider->key);
        }

        if (provider->platform.len) {
            return ngx_consent_fault(fault, "\"key=\" of a consent platform, "
                                            "which is never held back",
                                     &provider->key);
        }

        if ((provider->mask & ~t->required) == 0) {
            return ngx_consent_fault(fault, "\"key=\" of a provider whose "
                                            "categories are required",
                                     &provider->key);
        }
    }

    *added = ngx_palloc(t->pool, sizeof(ngx_consent_provider_t));
    if (*added == NULL) {
        return NGX_ERROR;
    }

    blocks = ngx_consent_table_grow(t->pool, t->blocks, t->nblocks,
                                    &t->blocks_size,
                                    sizeof(ngx_consent_provider_t *));
    if (blocks == NULL) {
        return NGX_ERROR;
    }

    t->blocks = blocks;
    t->blocks[t->nblocks++] = *added;

    **added = *provider;
    (*added)->index = 0;
    (*added)->waits = 0;
    (*added)->stubs = NULL;
    (*added)->nstubs = 0;

    return NGX_OK;
}


ngx_int_t
ngx_consent_provider_build(ngx_consent_table_t *t, ngx_consent_fault_t *fault)
{
    ngx_uint_t                i, size;
    ngx_consent_row_t        *row;
    ngx_consent_provider_t   *block, *first, **slot, **slots;

    for (size = 16; size < t->nblocks * 2; size *= 2) { /* void */ }

    slots = ngx_pcalloc(t->pool, size * sizeof(ngx_consent_provider_t *));
    t->providers = ngx_palloc(t->pool, (t->nblocks + 1)
                                       * sizeof(ngx_consent_provider_t *));

    if (slots == NULL || t->providers == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < t->nblocks; i++) {

        block = t->blocks[i];
        slot = ngx_consent_provider_slot(slots, size - 1, &block->name);

        if (*slot == NULL) {
            *slot = block;
            block->index = t->nproviders;
            t->providers[t->nproviders++] = block;
            continue;
        }

        first = *slot;
        block->index = first->index;

        if (first->tcf == 0 && block->tcf) {

            /* what disagrees with it says so of this block */

            *slot = block;

        } else if (block->tcf && block->tcf != first->tcf) {

            fault->place = block->place;
            fault->other = first->place;

            return ngx_consent_fault(fault, "two different \"tcf=\" of the "
                                            "provider", &block->name);
        }
    }

    for (i = 0; i < t->nrows; i++) {
        row = t->rows[i];
        t->providers[row->provider->index]->waits |= row->mask & ~t->required;
    }

    for (i = 0; i < size; i++) {
        if (slots[i]) {
            t->providers[slots[i]->index]->tcf = slots[i]->tcf;
        }
    }

    for (i = 0; i < t->nblocks; i++) {
        block = t->blocks[i];
        block->tcf = t->providers[block->index]->tcf;
        block->waits = t->providers[block->index]->waits;
    }

    return NGX_OK;
}


/* Where the provider of that name is, or would be. */

static ngx_consent_provider_t **
ngx_consent_provider_slot(ngx_consent_provider_t **slots, ngx_uint_t mask,
    const ngx_str_t *name)
{
    uint32_t          hash;
    ngx_uint_t        i;
    const ngx_str_t  *other;

    hash = ngx_consent_hash(0, name->data, name->len);

    for (i = (hash ^ (hash >> 15)) & mask; slots[i]; i = (i + 1) & mask) {

        other = &slots[i]->name;

        if (other->len == name->len
            && (name->len == 0
                || memcmp(other->data, name->data, name->len) == 0))
        {
            break;
        }
    }

    return &slots[i];
}


const ngx_consent_provider_t *const *
ngx_consent_table_providers(const ngx_consent_table_t *t, ngx_uint_t *n)
{
    *n = t->nproviders;

    return (const ngx_consent_provider_t *const *) t->providers;
}


ngx_consent_mask_t
ngx_consent_table_missing(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant)
{
    ngx_uint_t          i;
    ngx_consent_mask_t  missing;

    missing = t->all & ~grant->mask;

    for (i = 0; grant->providers && i < t->nproviders; i++) {
        missing |= t->providers[i]->waits & ~grant->providers[i];
    }

    return missing;
}


ngx_uint_t
ngx_consent_table_holds(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant, ngx_uint_t scripts)
{
    ngx_consent_mask_t  needs;

    needs = t->url_needs | (scripts ? t->inline_needs : 0);

    return (needs & ~grant->mask)
           || (needs && grant->providers
               && ngx_consent_table_missing(t, grant));
}


ngx_consent_mask_t
ngx_consent_table_accepted(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant)
{
    ngx_uint_t          i;
    ngx_consent_mask_t  accepted;

    accepted = grant->mask;

    for (i = 0; grant->providers && i < t->nproviders; i++) {
        accepted |= t->providers[i]->waits & grant->providers[i];
    }

    return accepted;
}


ngx_uint_t
ngx_consent_table_differs(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *grant)
{
    ngx_uint_t  i;

    for (i = 0; grant->providers && i < t->nproviders; i++) {
        if (t->providers[i]->waits & (grant->providers[i] ^ grant->mask)) {
            return 1;
        }
    }

    return 0;
}


ngx_uint_t
ngx_consent_table_chosen(const ngx_consent_grant_t *grant,
    const ngx_consent_provider_t *provider)
{
    return provider->key.len
           && (provider->waits & ~ngx_consent_table_granted(grant, provider))
              == 0;
}


ngx_consent_mask_t
ngx_consent_table_taken(const ngx_consent_table_t *t,
    const ngx_consent_grant_t *before, const ngx_consent_grant_t *after)
{
    ngx_uint_t                     i;
    ngx_consent_mask_t             taken;
    const ngx_consent_provider_t  *p;

    taken = before->mask & ~after->mask;

    if (before->providers == NULL && after->providers == NULL) {
        return taken;
    }

    for (i = 0; i < t->nproviders; i++) {
        p = t->providers[i];
        taken |= p->waits & ngx_consent_table_granted(before, p)
                 & ~ngx_consent_table_granted(after, p);
    }

    return taken;
}
