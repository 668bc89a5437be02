
/*
 * Providers that visitors decide on by themselves.  Their keys stand beside the
 * names of categories, where a choice is posted and where it is kept.
 */

#include "ngx_consent_table_int.h"


static ngx_int_t ngx_consent_key_check(ngx_consent_table_t *t,
    const ngx_consent_provider_t *block, ngx_consent_fault_t *fault);
static ngx_uint_t ngx_consent_key_has_rows(const ngx_consent_table_t *t,
    const ngx_consent_provider_t *block);
static ngx_int_t ngx_consent_key_fault(ngx_consent_fault_t *fault,
    char *reason, const ngx_consent_provider_t *block,
    const ngx_consent_provider_t *other);


ngx_int_t
ngx_consent_key_build(ngx_consent_table_t *t, ngx_consent_fault_t *fault)
{
    ngx_int_t                 rc;
    ngx_uint_t                i, n;
    ngx_consent_provider_t   *block, **said;

    /* by a provider's number: the block that has its key */

    said = ngx_pcalloc(t->pool, (t->nproviders + 1)
                                * sizeof(ngx_consent_provider_t *));
    if (said == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < t->nblocks; i++) {

        block = t->blocks[i];

        if (block->key.len == 0) {
            continue;
        }

        for (n = 0; n < t->nproviders; n++) {

            if (said[n] == NULL) {
                continue;
            }

            if ((n == block->index)
                != (said[n]->key.len == block->key.len
                    && memcmp(said[n]->key.data, block->key.data,
                              block->key.len)
                       == 0))
            {
                return ngx_consent_key_fault(fault, n == block->index
                                             ? "two different \"key=\" of one "
                                               "provider"
                                             : "the same \"key=\" of two "
                                               "providers",
                                             block, said[n]);
            }
        }

        if (said[block->index]) {
            continue;
        }

        rc = ngx_consent_key_check(t, block, fault);
        if (rc != NGX_OK) {
            return rc;
        }

        said[block->index] = block;
    }

    /* most likely a name that is written in two ways */

    for (i = 0; i < t->nproviders; i++) {
        if (said[i] && !ngx_consent_key_has_rows(t, said[i])) {
            return ngx_consent_key_fault(fault,
                                         "\"key=\" of a provider without rows",
                                         said[i], NULL);
        }
    }

    /* of whom an override leaves nothing to refuse there is no choice */

    for (i = 0; i < t->nproviders; i++) {
        if (said[i] && t->providers[i]->waits) {
            t->providers[i]->key = said[i]->key;

        } else {
            t->providers[i]->key.len = 0;
        }
    }

    for (i = 0; i < t->nblocks; i++) {
        t->blocks[i]->key = t->providers[t->blocks[i]->index]->key;
    }

    return NGX_OK;
}


/* By what else it could be taken for, and by what a cookie can hold. */

static ngx_int_t
ngx_consent_key_check(ngx_consent_table_t *t,
    const ngx_consent_provider_t *block, ngx_consent_fault_t *fault)
{
    if (ngx_consent_table_bit(t, &block->key)) {
        return ngx_consent_key_fault(fault, "\"key=\" that is the name of a "
                                            "category", block, NULL);
    }

    t->choices += block->key.len + 1;

    if (t->choices > NGX_CONSENT_MAX_CHOICES) {
        return ngx_consent_key_fault(fault, "categories and keys that have "
                                            "more than 896 bytes together, at "
                                            "\"key=\"", block, NULL);
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_consent_key_has_rows(const ngx_consent_table_t *t,
    const ngx_consent_provider_t *block)
{
    ngx_uint_t  i;

    for (i = 0; i < t->nrows; i++) {
        if (t->rows[i]->provider->index == block->index) {
            return 1;
        }
    }

    return 0;
}


static ngx_int_t
ngx_consent_key_fault(ngx_consent_fault_t *fault, char *reason,
    const ngx_consent_provider_t *block, const ngx_consent_provider_t *other)
{
    fault->place = block->place;

    if (other) {
        fault->other = other->place;
    }

    return ngx_consent_fault(fault, reason, &block->key);
}
