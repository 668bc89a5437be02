
#include "ngx_consent_table_int.h"


/*
 * What takes the place of a script that is held back: a provider's stubs, found
 * by the provider; and by their text, which tells our own work from a script.
 */

typedef struct {
    const ngx_str_t     *name;          /* of the provider */
    ngx_uint_t           first;
    ngx_uint_t           n;
} ngx_consent_stub_group_t;


typedef struct {
    ngx_consent_stub_group_t  *groups;
    ngx_uint_t           ngroups;
    uint32_t            *slots;         /* group + 1; 0: free */
    uint32_t             mask;
} ngx_consent_stub_names_t;


static ngx_consent_stub_group_t *ngx_consent_stub_group(
    ngx_consent_stub_names_t *names, const ngx_str_t *name, ngx_uint_t add);
static void ngx_consent_stub_number(ngx_consent_table_t *t,
    ngx_consent_stub_t *stub);
static uint32_t *ngx_consent_stub_slot(const ngx_consent_table_t *t,
    uint32_t hash, const u_char *p, size_t len);


/* what FNV leaves in the low bits is poor */
#define ngx_consent_stub_mix(hash)  ((hash) ^ ((hash) >> 15))


/*
 * Nothing that ends the script element, or turns its end tag into text (HTML
 * 13.2.5.15 on), and ASCII only: the page may be in any encoding.
 */

ngx_int_t
ngx_consent_stub_check(const ngx_consent_row_t *row, ngx_consent_fault_t *fault)
{
    size_t   i, n;
    u_char  *p, *last;

    static const u_char  end[] = "</script";
    static const u_char  comment[] = "<!--";

    p = row->pattern.data;
    last = p + row->pattern.len;

    for ( /* void */ ; p < last; p++) {

        if (*p >= 0x7f || (*p < ' ' && *p != '\t' && *p != '\n' && *p != '\r'))
        {
            return ngx_consent_fault(fault, "a character that is not printable "
                                            "ASCII, \\uNNNN was expected, in "
                                            "stub", &row->pattern);
        }

        if (*p != '<') {
            continue;
        }

        n = last - p;

        for (i = 1; i < sizeof(end) - 1 && i < n; i++) {
            if (ngx_consent_tolower(p[i]) != end[i]) {
                break;
            }
        }

        if (i == sizeof(end) - 1
            || (n >= sizeof(comment) - 1
                && memcmp(p, comment, sizeof(comment) - 1) == 0))
        {
            return ngx_consent_fault(fault, "\"</script\" or \"<!--\", which "
                                            "would end the script, in stub",
                                     &row->pattern);
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_consent_stub_build(ngx_consent_table_t *t)
{
    ngx_uint_t                 i, n, size;
    ngx_consent_row_t         *row;
    ngx_consent_stub_t        *stub;
    ngx_consent_provider_t    *provider;
    ngx_consent_stub_group_t  *group;
    ngx_consent_stub_names_t   names;

    for (i = 0, n = 0; i < t->nrows; i++) {
        n += (t->rows[i]->kind == NGX_CONSENT_ROW_STUB);
    }

    if (n == 0) {
        return NGX_OK;
    }

    for (size = 16; size < n * 2; size *= 2) { /* void */ }

    t->stubs = ngx_palloc(t->pool, n * sizeof(ngx_consent_stub_t));
    t->texts = ngx_pcalloc(t->pool, size * sizeof(uint32_t));
    t->texts_mask = size - 1;

    names.groups = ngx_palloc(t->pool, n * sizeof(ngx_consent_stub_group_t));
    names.ngroups = 0;
    names.slots = ngx_pcalloc(t->pool, size * sizeof(uint32_t));
    names.mask = size - 1;

    if (t->stubs == NULL || t->texts == NULL || names.groups == NULL
        || names.slots == NULL)
    {
        return NGX_ERROR;
    }

    /* how many a provider has, where they begin, and which they are */

    for (i = 0; i < t->nrows; i++) {
        if (t->rows[i]->kind == NGX_CONSENT_ROW_STUB) {
            ngx_consent_stub_group(&names, &t->rows[i]->provider->name, 1)->n++;
        }
    }

    for (i = 0, n = 0; i < names.ngroups; i++) {
        names.groups[i].first = n;
        n += names.groups[i].n;
        names.groups[i].n = 0;
    }

    for (i = 0; i < t->nrows; i++) {

        row = t->rows[i];

        if (row->kind == NGX_CONSENT_ROW_STUB) {
            group = ngx_consent_stub_group(&names, &row->provider->name, 0);

            stub = &t->stubs[group->first + group->n++];
            stub->row = row;

            ngx_consent_stub_number(t, stub);
        }
    }

    for (i = 0, provider = NULL; i < t->nrows; i++) {

        if (t->rows[i]->provider == provider) {
            continue;
        }

        provider = t->rows[i]->provider;
        group = ngx_consent_stub_group(&names, &provider->name, 0);

        if (group) {
            provider->stubs = &t->stubs[group->first];
            provider->nstubs = group->n;
        }
    }

    return NGX_OK;
}


/* The provider's group; NULL: it has none and is not given one. */

static ngx_consent_stub_group_t *
ngx_consent_stub_group(ngx_consent_stub_names_t *names, const ngx_str_t *name,
    ngx_uint_t add)
{
    uint32_t                   hash, slot;
    ngx_consent_stub_group_t  *group;

    hash = ngx_consent_hash(0, name->data, name->len);

    for (slot = ngx_consent_stub_mix(hash) & names->mask; names->slots[slot];
         slot = (slot + 1) & names->mask)
    {
        group = &names->groups[names->slots[slot] - 1];

        if (group->name->len == name->len
            && (name->len == 0
                || memcmp(group->name->data, name->data, name->len) == 0))
        {
            return group;
        }
    }

    if (!add) {
        return NULL;
    }

    group = &names->groups[names->ngroups++];
    names->slots[slot] = names->ngroups;

    group->name = name;
    group->n = 0;

    return group;
}


static void
ngx_consent_stub_number(ngx_consent_table_t *t, ngx_consent_stub_t *stub)
{
    uint32_t         *slot;
    const ngx_str_t  *text;

    text = &stub->row->pattern;

    slot = ngx_consent_stub_slot(t, ngx_consent_hash(0, text->data, text->len),
                                 text->data, text->len);

    if (*slot) {
        stub->id = t->stubs[*slot - 1].id;
        return;
    }

    stub->id = t->ntexts++;
    *slot = stub - t->stubs + 1;
}


/* The text's slot, or the free one that it would get. */

static uint32_t *
ngx_consent_stub_slot(const ngx_consent_table_t *t, uint32_t hash,
    const u_char *p, size_t len)
{
    uint32_t          slot;
    const ngx_str_t  *text;

    for (slot = ngx_consent_stub_mix(hash) & t->texts_mask; t->texts[slot];
         slot = (slot + 1) & t->texts_mask)
    {
        text = &t->stubs[t->texts[slot] - 1].row->pattern;

        if (text->len == len && memcmp(text->data, p, len) == 0) {
            break;
        }
    }

    return &t->texts[slot];
}


ngx_uint_t
ngx_consent_table_stubs(const ngx_consent_table_t *t)
{
    return t->ntexts;
}


/* A stub may have several lines: each line's end may be its end. */

ngx_uint_t
ngx_consent_table_is_stub(const ngx_consent_table_t *t, const u_char *p,
    size_t len)
{
    uint32_t       hash;
    const u_char  *start, *last;

    if (t->ntexts == 0) {
        return 0;
    }

    last = p + len;
    start = p;
    hash = ngx_consent_hash_init(0);

    for ( /* void */ ; p < last; p++) {

        if (*p == '\n' && *ngx_consent_stub_slot(t, hash, start, p - start)) {
            start = p + 1;
            hash = ngx_consent_hash_init(0);
            continue;
        }

        hash = ngx_consent_hash_step(hash, *p);
    }

    return *ngx_consent_stub_slot(t, hash, start, last - start) != 0;
}
