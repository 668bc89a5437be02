
/*
 * What the keys of consent_markup mean in a table: which tags are let go by
 * one, and which one is written for a category or a provider.
 */

#include "ngx_http_consent_markup.h"


/* the categories that platforms' own keys stand for, in the table's order */

static ngx_str_t  ngx_http_consent_markup_names[] = {
    ngx_string("essential"),
    ngx_string("performance"),
    ngx_string("advertising"),
    ngx_string("sharing")
};


static char *ngx_http_consent_markup_categories(ngx_conf_t *cf,
    ngx_array_t *tables, ngx_http_consent_markup_t *markup,
    ngx_consent_table_t *table, ngx_consent_markup_t *m);
static char *ngx_http_consent_markup_providers(ngx_conf_t *cf,
    ngx_array_t *tables, ngx_http_consent_loc_conf_t *conf,
    ngx_http_consent_binding_t *b, ngx_consent_markup_t *m);
static ngx_uint_t ngx_http_consent_markup_has_provider(
    const ngx_consent_table_t *table, ngx_str_t *name);
static ngx_int_t ngx_http_consent_markup_key(ngx_conf_t *cf,
    ngx_consent_markup_t *m, ngx_str_t *key, ngx_consent_mask_t mask,
    ngx_uint_t provider, ngx_str_t *written);


char *
ngx_http_consent_bind_markup(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b)
{
    char                       *rv;
    ngx_uint_t                  n, i;
    ngx_consent_table_t        *table;
    ngx_consent_markup_t       *m;
    ngx_http_consent_markup_t  *markup;

    table = b->table;
    markup = conf->markup;

    if (markup == NULL || markup->platform == NULL) {
        return NGX_CONF_OK;
    }

    m = ngx_pcalloc(cf->pool, sizeof(ngx_consent_markup_t));
    if (m == NULL) {
        return NGX_CONF_ERROR;
    }

    m->platform = markup->platform;
    m->live = markup->live;

    /* no more keys than words of the table's own, arguments and providers */

    n = markup->args.nelts;

    for (i = 0; i < 4; i++) {
        n += markup->platform->keys[i].len;
    }

    if (markup->platform->by_provider) {
        (void) ngx_consent_table_rows(table, &i);
        n += i;

        m->providers = ngx_pcalloc(cf->pool, (i + 1)
                                     * sizeof(ngx_consent_markup_provider_t));
        if (m->providers == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    m->keys = ngx_pcalloc(cf->pool,
                          (n + 1) * sizeof(ngx_consent_markup_key_t));
    if (m->keys == NULL) {
        return NGX_CONF_ERROR;
    }

    rv = ngx_http_consent_markup_categories(cf, tables, markup, table, m);

    if (rv != NGX_CONF_OK) {
        return rv;
    }

    b->markup = m;

    if (m->platform->by_provider) {
        return ngx_http_consent_markup_providers(cf, tables, conf, b, m);
    }

    return ngx_http_consent_markup_answers(cf, conf, b, m) == NGX_OK
           ? NGX_CONF_OK : NGX_CONF_ERROR;
}


static char *
ngx_http_consent_markup_categories(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_markup_t *markup, ngx_consent_table_t *table,
    ngx_consent_markup_t *m)
{
    char                           *rv;
    u_char                         *p, *last;
    ngx_str_t                       key;
    ngx_uint_t                      i, c;
    ngx_consent_mask_t              mask, given, required;
    ngx_http_consent_names_t        names;
    ngx_http_consent_markup_arg_t  *arg;

    arg = markup->args.elts;
    required = ngx_consent_table_required(table);
    given = 0;

    for (i = 0; i < markup->args.nelts; i++) {

        if (arg[i].of_provider) {
            continue;
        }

        names.names = &arg[i].name;
        names.n = 1;
        names.place = markup->place;
        mask = 0;

        rv = ngx_http_consent_resolve(cf, tables, table, &names, &mask);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

        if (mask == 0) {
            continue;       /* only another table has it */
        }

        given |= mask;

        for (c = 0; !(mask & ((ngx_consent_mask_t) 1 << c)); c++) {
            /* void */
        }

        if (ngx_http_consent_markup_key(cf, m, &arg[i].key,
                                        mask & ~required, 0,
                                        &m->categories[c])
            != NGX_OK)
        {
            return NGX_CONF_ERROR;
        }
    }

    /* the platform's own, where the operator has not said another one */

    for (i = 0; i < 4; i++) {

        mask = ngx_consent_table_bit(table, &ngx_http_consent_markup_names[i]);

        if (mask == 0 || (mask & given)) {
            continue;
        }

        for (c = 0; !(mask & ((ngx_consent_mask_t) 1 << c)); c++) {
            /* void */
        }

        p = markup->platform->keys[i].data;
        last = p + markup->platform->keys[i].len;

        while (p < last) {

            key.data = p;

            while (p < last && *p != ' ') {
                p++;
            }

            key.len = p++ - key.data;

            if (ngx_http_consent_markup_key(cf, m, &key,
                                            mask & ~required, 0,
                                            &m->categories[c])
                != NGX_OK)
            {
                return NGX_CONF_ERROR;
            }
        }
    }

    return NGX_CONF_OK;
}


/* A provider's key is the one that is given for it, or else its name. */

static char *
ngx_http_consent_markup_providers(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b,
    ngx_consent_markup_t *m)
{
    ngx_str_t                       key, own;
    ngx_uint_t                      i, k, n, given;
    ngx_consent_mask_t              required;
    ngx_consent_table_t            *table;
    ngx_http_consent_markup_t      *markup;
    const ngx_consent_row_t *const  *row;
    ngx_consent_table_t           **other;
    ngx_http_consent_markup_arg_t  *arg;
    ngx_consent_markup_provider_t  *p;

    table = b->table;
    markup = conf->markup;
    required = ngx_consent_table_required(table);
    row = ngx_consent_table_rows(table, &n);
    arg = markup->args.elts;

    for (k = 0; k < markup->args.nelts; k++) {

        if (!arg[k].of_provider
            || ngx_http_consent_markup_has_provider(table, &arg[k].name))
        {
            continue;
        }

        other = tables ? tables->elts : NULL;

        for (i = 0; tables && i < tables->nelts; i++) {
            if (ngx_http_consent_markup_has_provider(other[i], &arg[k].name)) {
                break;
            }
        }

        if (tables == NULL || i == tables->nelts) {
            return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG,
                                   &markup->place,
                                   "unknown provider \"%V\", one of the "
                                   "consent table \"%V\" was expected",
                                   &arg[k].name,
                                   ngx_consent_table_name(table));
        }
    }

    for (i = 0; i < n; i++) {

        key = row[i]->provider->name;

        for (k = 0; k < markup->args.nelts; k++) {
            if (arg[k].of_provider && arg[k].name.len == key.len
                && ngx_strncmp(arg[k].name.data, key.data, key.len) == 0)
            {
                key = arg[k].key;
                break;
            }
        }

        given = (k < markup->args.nelts);

        if (ngx_http_consent_markup_answer(conf, b, m->platform,
                                           row[i]->provider->index, &own)
            == NGX_OK)
        {
            m->answers = 1;

            if (!given) {
                key = own;
                given = 1;
            }
        }

        /* the rows of a provider follow each other, but for further blocks */

        p = &m->providers[m->nproviders];

        if (m->nproviders == 0
            || p[-1].name.data != row[i]->provider->name.data)
        {
            p->name = row[i]->provider->name;
            p->given = given;
            m->nproviders++;
        }

        /* all that it sets must be granted */

        p = &m->providers[m->nproviders - 1];

        if (key.len == 0) {
            continue;
        }

        if (ngx_http_consent_markup_key(cf, m, &key, row[i]->mask & ~required,
                                        row[i]->provider->index + 1,
                                        &p->written)
            != NGX_OK)
        {
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


static ngx_uint_t
ngx_http_consent_markup_has_provider(const ngx_consent_table_t *table,
    ngx_str_t *name)
{
    ngx_uint_t                i, n;
    const ngx_str_t          *s;
    const ngx_consent_row_t *const  *row;

    row = ngx_consent_table_rows(table, &n);

    for (i = 0; i < n; i++) {

        s = &row[i]->provider->name;

        if (s->len == name->len
            && ngx_strncmp(s->data, name->data, s->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


/*
 * Adds a key that is read, of a provider (its index + 1) or of a category (0);
 * the first one of *written is what is written.
 */

static ngx_int_t
ngx_http_consent_markup_key(ngx_conf_t *cf, ngx_consent_markup_t *m,
    ngx_str_t *key, ngx_consent_mask_t mask, ngx_uint_t provider,
    ngx_str_t *written)
{
    ngx_uint_t  i;

    if (written->len == 0
        && ngx_http_consent_markup_escape(cf, key, written) != NGX_OK)
    {
        return NGX_ERROR;
    }

    /* from the end: a provider's rows follow each other */

    for (i = m->nkeys; i > 0; i--) {
        if (m->keys[i - 1].provider == provider
            && m->keys[i - 1].key.len == key->len
            && ngx_strncmp(m->keys[i - 1].key.data, key->data, key->len) == 0)
        {
            m->keys[i - 1].mask |= mask;
            return NGX_OK;
        }
    }

    m->keys[m->nkeys].key = *key;
    m->keys[m->nkeys].mask = mask;
    m->keys[m->nkeys].provider = provider;
    m->nkeys++;

    return NGX_OK;
}


/*
 * A page's encoding is not known when this is written into it: what is not
 * ASCII is a character reference, as is what would end the value.
 */

ngx_int_t
ngx_http_consent_markup_escape(ngx_conf_t *cf, ngx_str_t *key,
    ngx_str_t *written)
{
    u_char    *p, *last, *dst;
    uint32_t   c;

    written->data = ngx_pnalloc(cf->pool,
                                key->len * (sizeof("&#255;") - 1) + 1);
    if (written->data == NULL) {
        return NGX_ERROR;
    }

    dst = written->data;
    p = key->data;
    last = p + key->len;

    while (p < last) {

        if (*p < 0x80) {

            if (*p == '"' || *p == '\'' || *p == '&' || *p == '<'
                || *p == '>')
            {
                dst = ngx_sprintf(dst, "&#%ui;", (ngx_uint_t) *p++);

            } else {
                *dst++ = *p++;
            }

            continue;
        }

        c = ngx_utf8_decode(&p, last - p);

        if (c > 0x10ffff) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid UTF-8 in the key \"%V\"", key);
            return NGX_ERROR;
        }

        dst = ngx_sprintf(dst, "&#%uD;", c);
    }

    written->len = dst - written->data;

    return NGX_OK;
}
