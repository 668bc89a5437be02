
/*
 * What becomes of one URL, in a page or in a header.
 */

#include "ngx_consent_page.h"


static void ngx_consent_verdict_url(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *u, ngx_consent_verdict_t *v);


ngx_uint_t
ngx_consent_page_verdict(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *base, u_char *value, size_t len, ngx_uint_t flags,
    const ngx_consent_url_t *u, ngx_uint_t sure, ngx_consent_verdict_t *v)
{
    u_char              buf[NGX_CONSENT_URL_MAX];
    ngx_uint_t          n;
    ngx_consent_url_t   other;

    memset(v, 0, sizeof(ngx_consent_verdict_t));

    ngx_consent_verdict_url(rules, u, v);

    if (!u->eight_bit || sure) {
        return v->refused;
    }

    for (n = 1; !v->refused && n < NGX_CONSENT_URL_READINGS; n++) {

        ngx_consent_url_parse(&other, value, len,
                              flags | NGX_CONSENT_URL_READING(n), base, buf);

        ngx_consent_verdict_url(rules, &other, v);
    }

    return v->refused;
}


static void
ngx_consent_verdict_url(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *u, ngx_consent_verdict_t *v)
{
    ngx_uint_t           first;
    ngx_consent_match_t  m;

    if (u->scheme != NGX_CONSENT_URL_HTTP) {
        return;
    }

    first = ngx_consent_page_first_party(rules, u);

    if (ngx_consent_table_find_url(rules->table, u, first, &rules->grant, &m)
        != NGX_OK)
    {

        if (first) {
            return;
        }

        memset(&m, 0, sizeof(ngx_consent_match_t));

        switch (rules->unknown) {

        case NGX_CONSENT_UNKNOWN_PASS:
            return;

        case NGX_CONSENT_UNKNOWN_CATEGORY:
            m.needs = rules->unknown_needs;
            m.missing = m.needs & ~rules->grant.mask;
            break;

        default: /* NGX_CONSENT_UNKNOWN_HOLD */
            v->refused = 1;
        }
    }

    v->needs |= m.needs;

    if (m.missing) {
        v->refused = 1;
    }

    if (v->refused) {
        v->row = m.row;
        v->needs = m.needs;
        v->missing = m.missing;
        v->several = m.several;
    }
}


ngx_uint_t
ngx_consent_page_first_party(const ngx_consent_rules_t *rules,
    const ngx_consent_url_t *u)
{
    ngx_uint_t        i;
    const ngx_str_t  *host, *name;

    host = &u->host;
    name = &rules->self.host;

    if (host->len == 0
        || (host->len == name->len
            && memcmp(host->data, name->data, name->len) == 0))
    {
        return 1;
    }

    for (i = 0; i < rules->nfirst; i++) {

        name = &rules->first[i];

        if (host->len == name->len
            && memcmp(host->data, name->data, name->len) == 0)
        {
            return 1;
        }

        if (name->data[0] != '.') {
            continue;
        }

        /* ".example.com": example.com and all names beneath it */

        if (host->len + 1 == name->len
            && memcmp(host->data, name->data + 1, host->len) == 0)
        {
            return 1;
        }

        if (host->len > name->len
            && memcmp(host->data + host->len - name->len, name->data,
                      name->len)
               == 0)
        {
            return 1;
        }
    }

    return 0;
}
