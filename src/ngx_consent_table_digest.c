
/*
 * What of a table the bytes of a page depend on, as a number.
 */

#include "ngx_consent_table_int.h"


static uint32_t ngx_consent_digest_decides(const ngx_consent_table_t *t);
static uint32_t ngx_consent_digest_row(const ngx_consent_row_t *row);
static uint32_t ngx_consent_digest_mix(uint32_t n);
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
        hash += ngx_consent_digest_row(t->rows[i]);
    }

    return hash;
}


/*
 * FNV differs in few bits where its input does: in the sum, rows that exchange
 * their categories would cancel out.
 */

static uint32_t
ngx_consent_digest_row(const ngx_consent_row_t *row)
{
    uint32_t  hash;

    hash = ngx_consent_digest_mix(ngx_consent_row_hash(row));
    hash = ngx_consent_digest_mix(hash ^ row->mask);

    return ngx_consent_digest_mix(hash ^ (row->pass
                                   + 2 * (row->provider->platform.len != 0)));
}


/* The finalizer of MurmurHash3. */

static uint32_t
ngx_consent_digest_mix(uint32_t n)
{
    n = (n ^ (n >> 16)) * 0x85ebca6bu;
    n = (n ^ (n >> 13)) * 0xc2b2ae35u;

    return n ^ (n >> 16);
}


static uint32_t
ngx_consent_digest_shows(const ngx_consent_table_t *t)
{
    uint32_t                       hash;
    ngx_uint_t                     i;
    const ngx_consent_row_t       *row;
    const ngx_consent_provider_t  *provider;

    hash = ngx_consent_hash(0, t->lang.data, t->lang.len);

    for (i = 0; i < t->ncategories; i++) {
        hash = ngx_consent_hash(hash, t->categories[i].title.data,
                                t->categories[i].title.len);
    }

    provider = NULL;

    for (i = 0; i < t->nrows; i++) {

        row = t->rows[i];

        if (row->provider != provider) {
            provider = row->provider;

            hash = ngx_consent_hash(hash, provider->name.data,
                                    provider->name.len);
            hash = ngx_consent_hash(hash, provider->policy.data,
                                    provider->policy.len);
            hash = ngx_consent_hash(hash, provider->key.data,
                                    provider->key.len);
        }

        /* whose it is, and, of stubs, in which order */

        hash = ngx_consent_pattern_hash(hash + row->kind, row->kind,
                                        &row->pattern);
    }

    return hash;
}


uint32_t
ngx_consent_row_hash(const ngx_consent_row_t *row)
{
    uint32_t  hash;

    hash = ngx_consent_pattern_hash(row->kind, row->kind, &row->pattern);

    return ngx_consent_hash(hash, row->domain.data, row->domain.len);
}


uint64_t
ngx_consent_table_digest(const ngx_consent_table_t *t)
{
    return t->digest;
}
