
/*
 * A provider that consent_map lets answer by itself waits for its own key: that
 * of its category would bring it back although it is refused.
 */

#include "ngx_http_consent_markup.h"


static ngx_uint_t ngx_http_consent_markup_writes(
    const ngx_consent_platform_t *platform, const ngx_consent_wanted_t *wanted);


ngx_int_t
ngx_http_consent_markup_answer(ngx_http_consent_loc_conf_t *conf,
    ngx_http_consent_binding_t *b, const ngx_consent_platform_t *platform,
    ngx_uint_t provider, ngx_str_t *key)
{
    ngx_int_t                      rc;
    ngx_uint_t                     i, k;
    const ngx_consent_map_t       *map;
    const ngx_consent_format_t    *format;
    ngx_http_consent_source_t     *source;
    const ngx_consent_wanted_t    *wanted;
    const ngx_consent_map_rule_t  *rule;

    format = ngx_consent_format(&platform->name);
    source = conf->sources->elts;
    rc = NGX_DECLINED;

    ngx_str_null(key);

    for (i = 0; i < conf->sources->nelts; i++) {

        if (source[i].asked.format != format) {
            continue;
        }

        map = &b->readers[i].map;

        for (k = map->ncategory; k < map->nrules; k++) {

            rule = &map->rules[k];

            if (rule->provider != provider + 1) {
                continue;
            }

            rc = NGX_OK;
            wanted = &map->wanted[rule->keys[0]];

            if (key->len == 0 && rule->nkeys == 1
                && ngx_http_consent_markup_writes(platform, wanted))
            {
                *key = wanted->key;
            }
        }
    }

    return rc;
}


/* A key of the kind that the platform's marks have, and that they can hold. */

static ngx_uint_t
ngx_http_consent_markup_writes(const ngx_consent_platform_t *platform,
    const ngx_consent_wanted_t *wanted)
{
    u_char     *p, *last;
    ngx_str_t   key;

    if (platform->by_provider ? (wanted->of != NGX_CONSENT_KEY_SERVICE
                                 && wanted->of != NGX_CONSENT_KEY_VENDOR)
                              : wanted->of != NGX_CONSENT_KEY_CATEGORY)
    {
        return 0;
    }

    key = wanted->key;
    p = key.data;
    last = p + key.len;

    while (p < last) {

        if (*p < 0x80) {
            p++;

        } else if (ngx_utf8_decode(&p, last - p) > 0x10ffff) {
            return 0;
        }
    }

    return ngx_http_consent_markup_valid(platform, &key);
}


/* The same for a platform that marks by category. */

ngx_int_t
ngx_http_consent_markup_answers(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b,
    ngx_consent_markup_t *m)
{
    ngx_str_t                             key;
    ngx_uint_t                            i, n;
    ngx_consent_markup_provider_t        *p;
    const ngx_consent_provider_t *const  *provider;

    provider = ngx_consent_table_providers(b->table, &n);

    m->providers = ngx_pcalloc(cf->pool, (n + 1)
                                     * sizeof(ngx_consent_markup_provider_t));
    if (m->providers == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < n; i++) {

        if (ngx_http_consent_markup_answer(conf, b, m->platform, i, &key)
            != NGX_OK)
        {
            continue;
        }

        p = &m->providers[m->nproviders++];

        p->name = provider[i]->name;
        p->given = 1;
        m->answers = 1;

        if (key.len && ngx_http_consent_markup_escape(cf, &key, &p->written)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}
