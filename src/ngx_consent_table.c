
#include "ngx_consent_table_int.h"


static ngx_int_t ngx_consent_table_check(ngx_consent_table_t *t,
    ngx_consent_row_t *row, ngx_consent_fault_t *fault);


/* names that $consent_... or a directive already gives a meaning */

static const ngx_str_t  ngx_consent_table_words[] = {
    ngx_string("state"),
    ngx_string("granted"),
    ngx_string("mask"),
    ngx_string("source"),
    ngx_string("cookies_stripped"),
    ngx_string("tags_held"),
    ngx_string("decisions"),
    ngx_string("id"),
    ngx_string("event"),
    ngx_string("version"),
    ngx_string("time"),
    ngx_string("revision"),
    ngx_string("choice"),
    ngx_string("gcm"),
    ngx_string("unset"),
    ngx_string("all"),
    ngx_string("none"),
    ngx_string("off"),
    ngx_string("pass"),
    ngx_string("hold"),
    ngx_string("strip"),
    ngx_string("strict"),
    ngx_string("required"),
    ngx_null_string
};


ngx_consent_table_t *
ngx_consent_table_create(ngx_pool_t *pool, const ngx_str_t *name)
{
    ngx_consent_table_t  *t;

    t = ngx_pcalloc(pool, sizeof(ngx_consent_table_t));
    if (t == NULL) {
        return NULL;
    }

    t->pool = pool;
    t->name = *name;

    return t;
}


void
ngx_consent_table_speaks(ngx_consent_table_t *t, const ngx_str_t *lang)
{
    t->lang = *lang;
}


ngx_int_t
ngx_consent_table_category(ngx_consent_table_t *t, const ngx_str_t *name,
    const ngx_str_t *title, ngx_uint_t required, ngx_consent_fault_t *fault)
{
    ngx_consent_mask_t       bit;
    ngx_consent_category_t  *category;

    memset(fault, 0, sizeof(ngx_consent_fault_t));

    if (!ngx_consent_table_is_name(name)) {
        return ngx_consent_fault(fault, "invalid category name, 1 to 31 of "
                                        "a-z, 0-9 and _ were expected", name);
    }

    if (ngx_consent_table_is_word(name)) {
        return ngx_consent_fault(fault, "category name that already means "
                                        "something else", name);
    }

    if (ngx_consent_table_bit(t, name)) {
        return ngx_consent_fault(fault, "duplicate category", name);
    }

    if (t->ncategories == NGX_CONSENT_MAX_CATEGORIES) {
        return ngx_consent_fault(fault, "more than 32 categories", name);
    }

    if (!required) {

        t->choices += name->len + 1;

        if (t->choices > NGX_CONSENT_MAX_CHOICES) {
            return ngx_consent_fault(fault, "names of categories that have "
                                            "more than 896 bytes together",
                                     name);
        }
    }

    bit = (ngx_consent_mask_t) 1 << t->ncategories;

    category = &t->categories[t->ncategories++];
    category->name = *name;
    category->title = *title;
    category->required = required;

    t->all |= bit;

    if (required) {
        t->required |= bit;
    }

    return NGX_OK;
}


ngx_uint_t
ngx_consent_table_is_name(const ngx_str_t *name)
{
    size_t  i;

    for (i = 0; i < name->len; i++) {
        if (!((name->data[i] >= 'a' && name->data[i] <= 'z')
              || (name->data[i] >= '0' && name->data[i] <= '9')
              || name->data[i] == '_'))
        {
            return 0;
        }
    }

    return name->len && name->len <= NGX_CONSENT_MAX_CATEGORY_NAME;
}


ngx_uint_t
ngx_consent_table_is_word(const ngx_str_t *name)
{
    const ngx_str_t  *word;

    for (word = ngx_consent_table_words; word->len; word++) {
        if (ngx_consent_str_eq(word, name)) {
            return 1;
        }
    }

    return 0;
}


ngx_int_t
ngx_consent_table_row(ngx_consent_table_t *t, const ngx_consent_row_t *row,
    ngx_consent_fault_t *fault)
{
    ngx_int_t                rc;
    ngx_consent_row_t       *added, checked, **rows;
    ngx_consent_row_text_t  *text;

    static const ngx_consent_row_text_t  nothing;

    memset(fault, 0, sizeof(ngx_consent_fault_t));

    checked = *row;

    rc = ngx_consent_table_check(t, &checked, fault);
    if (rc != NGX_OK) {
        return rc;
    }

    /* rows stay where they are: a growing array of them would be copied */

    rows = ngx_consent_table_grow(t->pool, t->rows, t->nrows, &t->rows_size,
                                  sizeof(ngx_consent_row_t *));
    added = ngx_palloc(t->pool, sizeof(ngx_consent_row_t));

    if (rows == NULL || added == NULL) {
        return NGX_ERROR;
    }

    t->rows = rows;

    *added = checked;
    added->text = &nothing;

    if (row->text
        && memcmp(row->text, &nothing, sizeof(ngx_consent_row_text_t)) != 0)
    {
        text = ngx_palloc(t->pool, sizeof(ngx_consent_row_text_t));
        if (text == NULL) {
            return NGX_ERROR;
        }

        *text = *row->text;
        added->text = text;
    }

    t->rows[t->nrows++] = added;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_table_check(ngx_consent_table_t *t, ngx_consent_row_t *row,
    ngx_consent_fault_t *fault)
{
    size_t  i;

    if (row->pattern.len == 0) {
        return ngx_consent_fault(fault, "empty pattern", &row->pattern);
    }

    if (row->kind != NGX_CONSENT_ROW_STUB
        && row->pattern.len > NGX_CONSENT_MAX_PATTERN)
    {
        return ngx_consent_fault(fault, "pattern of more than 4096 bytes",
                                 &row->pattern);
    }

    for (i = 0; row->kind != NGX_CONSENT_ROW_STUB && i < row->pattern.len; i++)
    {
        if (row->pattern.data[i] < ' ' || row->pattern.data[i] == 0x7f) {
            return ngx_consent_fault(fault, "control character in pattern",
                                     &row->pattern);
        }
    }

    if (row->domain.data && row->kind != NGX_CONSENT_ROW_COOKIE
        && row->kind != NGX_CONSENT_ROW_STORAGE)
    {
        return ngx_consent_fault(fault, "\"domain=\" of what is neither "
                                        "\"cookie\" nor \"storage\"",
                                 &row->pattern);
    }

    switch (row->kind) {

    case NGX_CONSENT_ROW_URL:
        return ngx_consent_url_row(t->pool, &row->pattern, fault);

    case NGX_CONSENT_ROW_INLINE:

        if (row->pattern.len < NGX_CONSENT_MIN_MARKER
            || row->pattern.len > NGX_CONSENT_MAX_MARKER)
        {
            return ngx_consent_fault(fault, "invalid marker, 3 to 63 bytes "
                                            "were expected", &row->pattern);
        }

        return NGX_OK;

    case NGX_CONSENT_ROW_STUB:
        return ngx_consent_stub_check(row, fault);

    default:
        return ngx_consent_name_check(t, row, fault);
    }
}


ngx_int_t
ngx_consent_table_override(ngx_consent_table_t *t,
    const ngx_consent_override_t *override, ngx_consent_fault_t *fault)
{
    ngx_int_t                rc;
    ngx_uint_t               i;
    ngx_consent_override_t  *old, *o, checked;

    memset(fault, 0, sizeof(ngx_consent_fault_t));

    checked = *override;
    o = &checked;

    if (!o->of_provider && o->kind == NGX_CONSENT_ROW_URL) {

        rc = ngx_consent_url_row(t->pool, &o->pattern, fault);
        if (rc != NGX_OK) {
            return rc;
        }
    }

    for (i = 0; i < t->noverrides; i++) {

        old = &t->overrides[i];

        if (old->of_provider == o->of_provider
            && (o->of_provider
                ? ngx_consent_str_eq(&old->pattern, &o->pattern)
                : old->kind == o->kind
                  && ngx_consent_pattern_same(o->kind, &old->pattern,
                                              &o->pattern))
            && (old->mask != o->mask || old->pass != o->pass))
        {
            fault->other = old->place;
            return ngx_consent_fault(fault, "two different overrides of",
                                     &o->pattern);
        }
    }

    old = ngx_consent_table_grow(t->pool, t->overrides, t->noverrides,
                                 &t->overrides_size,
                                 sizeof(ngx_consent_override_t));
    if (old == NULL) {
        return NGX_ERROR;
    }

    t->overrides = old;
    t->overrides[t->noverrides++] = *o;

    return NGX_OK;
}


void *
ngx_consent_table_grow(ngx_pool_t *pool, void *elts, ngx_uint_t n,
    ngx_uint_t *size, size_t elt)
{
    void  *p;

    if (n < *size) {
        return elts;
    }

    *size = *size ? *size * 2 : 16;

    p = ngx_palloc(pool, *size * elt);

    if (p && n) {
        memcpy(p, elts, n * elt);
    }

    return p;
}


ngx_int_t
ngx_consent_table_compile(ngx_consent_table_t *t, ngx_consent_fault_t *fault)
{
    ngx_int_t  rc;

    memset(fault, 0, sizeof(ngx_consent_fault_t));

    if (t->ncategories == 0) {
        return ngx_consent_fault(fault, "no \"category\" in consent table",
                                 &t->name);
    }

    rc = ngx_consent_table_overrides(t, fault);
    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_consent_index_alloc(t) != NGX_OK) {
        return NGX_ERROR;
    }

    rc = ngx_consent_table_merge(t, fault);
    if (rc != NGX_OK) {
        return rc;
    }

    rc = ngx_consent_provider_build(t, fault);
    if (rc != NGX_OK) {
        return rc;
    }

    rc = ngx_consent_key_build(t, fault);
    if (rc != NGX_OK) {
        return rc;
    }

    ngx_consent_digest_build(t);

    rc = ngx_consent_stub_build(t);
    if (rc != NGX_OK) {
        return rc;
    }

    return ngx_consent_index_build(t, fault);
}


const ngx_str_t *
ngx_consent_table_name(const ngx_consent_table_t *t)
{
    return &t->name;
}


const ngx_str_t *
ngx_consent_table_lang(const ngx_consent_table_t *t)
{
    return &t->lang;
}


const ngx_consent_category_t *
ngx_consent_table_categories(const ngx_consent_table_t *t, ngx_uint_t *n)
{
    *n = t->ncategories;

    return t->categories;
}


ngx_consent_mask_t
ngx_consent_table_all(const ngx_consent_table_t *t)
{
    return t->all;
}


ngx_consent_mask_t
ngx_consent_table_required(const ngx_consent_table_t *t)
{
    return t->required;
}


ngx_consent_mask_t
ngx_consent_table_bit(const ngx_consent_table_t *t, const ngx_str_t *name)
{
    ngx_uint_t  i;

    for (i = 0; i < t->ncategories; i++) {
        if (ngx_consent_str_eq(&t->categories[i].name, name)) {
            return (ngx_consent_mask_t) 1 << i;
        }
    }

    return 0;
}


const ngx_consent_row_t *const *
ngx_consent_table_rows(const ngx_consent_table_t *t, ngx_uint_t *n)
{
    *n = t->nrows;

    return (const ngx_consent_row_t *const *) t->rows;
}


ngx_int_t
ngx_consent_fault(ngx_consent_fault_t *fault, char *reason,
    const ngx_str_t *subject)
{
    fault->reason = reason;
    fault->subject = *subject;

    return NGX_DECLINED;
}


/* Of equally specific rules all categories are needed. */

void
ngx_consent_match_take(ngx_consent_match_t *m, const ngx_consent_rule_t *rule,
    ngx_uint_t *best, ngx_uint_t rank)
{
    ngx_consent_mask_t  missing;

    if (m->row == NULL || rank > *best) {
        m->row = rule->row;
        m->needs = rule->needs;
        m->missing = ngx_consent_rule_missing(rule, m->grant);
        m->platform = rule->platform;
        m->several = 0;
        *best = rank;
        return;
    }

    if (rank < *best) {
        return;
    }

    missing = ngx_consent_rule_missing(rule, m->grant);

    /* the one that refuses answers for all */

    if ((m->needs == 0 && rule->needs)
        || (m->grant->providers && m->missing == 0 && missing))
    {
        m->several |= (m->needs && rule->row->provider != m->row->provider);
        m->row = rule->row;
    }

    m->several |= (rule->needs && rule->row->provider != m->row->provider);
    m->needs |= rule->needs;
    m->missing |= missing;
    m->platform |= rule->platform;
}


ngx_uint_t
ngx_consent_str_eq(const ngx_str_t *a, const ngx_str_t *b)
{
    return a->len == b->len
           && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}
