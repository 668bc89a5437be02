
/*
 * What of a table the bytes of a page depend on, as a number.
 */

#include "ngx_consent_table_int.h"


static uint32_t ngx_consent_digest_decides(const ngx_consent_table_t *t);
static uint32_t ngx_consent_digest_shows(const ngx_consent_table_t *t);


void
ngx_consent_digest_build(ngx_consent_table_t *t)
{
    t->digest = (uint64_t) ngx_consent_digest_shows(t) << 32
                | ngx_consent_digest_decides(t);
}


static uint32_t
ngx_consent_digest_decides(const ngx_consent_table_t *t)
{
    uint32_t    hash;
    ngx_uint_t  i;

    hash = ngx_consent_hash(t->required, NULL, 0);

    for (i = 0; i < t->ncategories; i++) {
        hash = ngx_consent_hash(hash, t->categories[i].name.data,
                                t->categories[i].name.len);
    }

    /* a sum: the order of rows decides nothing */

    for (i = 0; i < t->nrows; i++) {
        hash += ngx_consent_row_hash(&t->rows[i])
                ^ (t->rows[i].mask * 0x9e3779b1u + t->rows[i].pass
                   + 2 * (t->rows[i].provider->platform.len != 0));
    }

    return hash;
}


static uint32_t
ngx_consent_digest_shows(const ngx_consent_table_t *t)
{
    uint32_t                       hash;
    ngx_uint_t                     i;
    const ngx_consent_row_t       *row;
    const ngx_consent_provider_t  *provider;

    hash = 0;

    for (i = 0; i < t->ncategories; i++) {
        hash = ngx_consent_hash(hash, t->categories[i].title.data,
                                t->categories[i].title.len);
    }

    provider = NULL;

    for (i = 0; i < t->nrows; i++) {

        row = &t->rows[i];

        if (row->provider != provider) {
            provider = row->provider;

            hash = ngx_consent_hash(hash, provider->name.data,
                                    provider->name.len);
            hash = ngx_consent_hash(hash, provider->policy.data,
                                    provider->policy.len);
        }

        /* whose it is, and, of stubs, in which order */

        hash = ngx_consent_hash(hash + row->kind, row->key.data, row->key.len);
    }

    return hash;
}


uint32_t
ngx_consent_row_hash(const ngx_consent_row_t *row)
{
    uint32_t  hash;

    hash = ngx_consent_hash(row->kind, row->key.data, row->key.len);

    return ngx_consent_hash(hash, row->domain.data, row->domain.len);
}


uint64_t
ngx_consent_table_digest(const ngx_consent_table_t *t)
{
    return t->digest;
}
