
/* The fields by which a placeholder's form accepts. */

#include "ngx_consent_page_int.h"


size_t
ngx_consent_page_input(const ngx_str_t *name, u_char *dst, size_t size)
{
    ngx_uint_t        i;
    const ngx_str_t  *s;

    static const ngx_str_t  start =
        ngx_string("<input type=\"hidden\" name=\"accept\" value=\"");
    static const ngx_str_t  end = ngx_string("\">");

    for (i = 0; i < 3; i++) {

        s = i == 0 ? &start : i == 1 ? name : &end;

        if (dst) {
            memcpy(dst + size, s->data, s->len);
        }

        size += s->len;
    }

    return size;
}


size_t
ngx_consent_page_keys(const ngx_consent_rules_t *rules,
    const ngx_consent_provider_t *chosen, u_char *dst, size_t size)
{
    ngx_uint_t                            i, n;
    const ngx_consent_provider_t *const  *provider;

    provider = ngx_consent_table_providers(rules->table, &n);

    for (i = 0; i < n; i++) {
        if (ngx_consent_table_chosen(&rules->grant, provider[i])
            || (chosen && chosen->index == i))
        {
            size = ngx_consent_page_input(&provider[i]->key, dst, size);
        }
    }

    return size;
}
