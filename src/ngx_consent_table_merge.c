
/*
 * Rows that say something of one tracker: overrides, repetitions and
 * contradictions.
 */

#include "ngx_consent_table_int.h"


static ngx_uint_t ngx_consent_table_overrides_row(
    const ngx_consent_override_t *o, const ngx_consent_row_t *row);
static ngx_uint_t ngx_consent_table_same_row(const ngx_consent_row_t *a,
    const ngx_consent_row_t *b);
static ngx_int_t ngx_consent_table_lifetime(ngx_consent_table_t *t,
    ngx_consent_row_t *row, const ngx_consent_row_t *longer);
static ngx_uint_t ngx_consent_table_alike(const ngx_consent_row_t *a,
    const ngx_consent_row_t *b);


/* What is said of a provider, then what is said of its rows. */

ngx_int_t
ngx_consent_table_overrides(ngx_consent_table_t *t, ngx_consent_fault_t *fault)
{
    ngx_uint_t               i, n, found, provider;
    ngx_consent_row_t       *row;
    ngx_consent_override_t  *o;

    for (provider = 1; /* void */ ; provider--) {

        for (n = 0; n < t->noverrides; n++) {

            o = &t->overrides[n];

            if (o->of_provider != provider) {
                continue;
            }

            found = 0;

            for (i = 0; i < t->nrows; i++) {

                row = t->rows[i];

                if (!ngx_consent_table_overrides_row(o, row)) {
                    continue;
                }

                found = 1;
                row->pass = o->pass;

                if (!o->pass) {
                    row->mask = o->mask;
                }
            }

            if (!found) {
                fault->place = o->place;
                return ngx_consent_fault(fault, "override that matches no row",
                                         &o->pattern);
            }
        }

        if (provider == 0) {
            return NGX_OK;
        }
    }
}


static ngx_uint_t
ngx_consent_table_overrides_row(const ngx_consent_override_t *o,
    const ngx_consent_row_t *row)
{
    if (o->of_provider) {
        return ngx_consent_str_eq(&row->provider->name, &o->pattern);
    }

    return row->kind == o->kind
           && ngx_consent_pattern_same(o->kind, &row->pattern, &o->pattern);
}


/*
 * The same row in one category is one row, in two it is a mistake.  Rows that
 * the policy prints alike are kept once.
 */

ngx_int_t
ngx_consent_table_merge(ngx_consent_table_t *t, ngx_consent_fault_t *fault)
{
    uint32_t             hash, slot, mask;
    ngx_uint_t           i, n;
    uint32_t            *slots;
    ngx_consent_row_t   *row, *seen, *first, *alike;

    /* each is room for two */

    slots = (uint32_t *) t->slots;
    mask = 2 * t->nslots - 1;
    n = 0;

    for (i = 0; i < t->nrows; i++) {

        row = t->rows[i];
        first = NULL;
        alike = NULL;
        hash = ngx_consent_row_hash(row);

        for (slot = (hash ^ (hash >> 15)) & mask; slots[slot];
             slot = (slot + 1) & mask)
        {
            seen = t->rows[slots[slot] - 1];

            if (!ngx_consent_table_same_row(seen, row)) {
                continue;
            }

            if (first == NULL) {
                first = seen;
            }

            if (ngx_consent_table_alike(seen, row)) {
                alike = seen;
                break;
            }
        }

        /* of what is only published it decides nothing where it belongs */

        if (first && (first->pass != row->pass
                      || (first->mask != row->mask && !row->pass)))
        {
            ngx_consent_row_place(row, &fault->place);
            ngx_consent_row_place(first, &fault->other);

            return ngx_consent_fault(fault,
                                     first->pass == row->pass
                                     ? "the same row in two categories"
                                     : "the same row, enforced and not "
                                       "enforced",
                                     &row->pattern);
        }

        if (alike && row->expires > alike->expires) {

            alike->expires = row->expires;

            if (ngx_consent_table_lifetime(t, alike, row) != NGX_OK) {
                return NGX_ERROR;
            }
        }

        /* the one that is looked up has the longest lifetime of all */

        if (first && row->expires > first->expires) {
            first->expires = row->expires;
        }

        if (alike) {
            continue;
        }

        slots[slot] = n + 1;
        t->rows[n++] = row;
    }

    t->nrows = n;

    memset(t->slots, 0, t->nslots * sizeof(ngx_consent_slot_t));

    return NGX_OK;
}


/* The lifetime as it is printed is the longer one's, too. */

static ngx_int_t
ngx_consent_table_lifetime(ngx_consent_table_t *t, ngx_consent_row_t *row,
    const ngx_consent_row_t *longer)
{
    ngx_consent_row_text_t  *text;

    if (row->text->lifetime.data == longer->text->lifetime.data) {
        return NGX_OK;
    }

    text = ngx_palloc(t->pool, sizeof(ngx_consent_row_text_t));
    if (text == NULL) {
        return NGX_ERROR;
    }

    *text = *row->text;
    text->lifetime = longer->text->lifetime;

    row->text = text;

    return NGX_OK;
}


void
ngx_consent_row_place(const ngx_consent_row_t *row, ngx_consent_place_t *place)
{
    memset(place, 0, sizeof(ngx_consent_place_t));

    if (row->file) {
        place->file = *row->file;
        place->line = row->line;
    }
}


/* Stubs have an order: each is a row of its own. */

static ngx_uint_t
ngx_consent_table_same_row(const ngx_consent_row_t *a,
    const ngx_consent_row_t *b)
{
    return a->kind == b->kind && a->kind != NGX_CONSENT_ROW_STUB
           && ngx_consent_pattern_same(a->kind, &a->pattern, &b->pattern)
           && ngx_consent_str_eq(&a->domain, &b->domain);
}


/* The policy prints the same for both. */

static ngx_uint_t
ngx_consent_table_alike(const ngx_consent_row_t *a, const ngx_consent_row_t *b)
{
    return ngx_consent_str_eq(&a->text->name, &b->text->name)
           && (a->text->name.data == NULL) == (b->text->name.data == NULL)
           && ngx_consent_str_eq(&a->provider->name, &b->provider->name);
}
