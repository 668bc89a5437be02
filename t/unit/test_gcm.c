
/*
 * Google Consent Mode's signals; and whether a Content-Security-Policy lets a
 * script run that is put into the page, as CSP 3 has it (6.1, 6.7.3, 6.7.3.2).
 */

#include "test.h"
#include "ngx_consent_gcm.h"
#include "ngx_consent_csp.h"


typedef enum {
    essential = 1,
    performance = 2,
    advertising = 4,
    sharing = 8
} category_e;


static const struct {
    unsigned     table;
    unsigned     granted;
    const char  *json;          /* what is granted, one letter a signal */
} grants[] = {
    /* storage, user data, personalization; analytics; the rest */
    { 15, 1,  "ddd d gdg" },
    { 15, 3,  "ddd g gdg" },
    { 15, 5,  "gdg d gdg" },
    { 15, 9,  "ddd d gdg" },
    { 15, 13, "ggg d gdg" },
    { 15, 15, "ggg g gdg" },
    { 7,  7,  "gdg g gdg" },    /* a table without sharing */
    { 11, 11, "ddd g gdg" },    /* ... without advertising */
    { 0,  -1, "ddd d ddd" },
};


/* NULL: refused; "": allowed without a nonce */

static const struct {
    const char  *policy;
    const char  *nonce;
} policies[] = {
    { "", "" },
    { "img-src *; report-uri /csp", "" },
    { "default-src 'self'", NULL },
    { "default-src 'self' 'unsafe-inline'", "" },
    { "default-src 'self'; script-src 'unsafe-inline'", "" },
    { "default-src 'unsafe-inline'; script-src 'self'", NULL },
    { "script-src 'unsafe-inline'; script-src-elem 'self'", NULL },
    { "script-src 'self'; script-src-elem 'unsafe-inline'", "" },
    { "script-src-attr 'none'", "" },
    { "script-src", NULL },
    { "script-src 'none'", NULL },
    { "script-src *", NULL },
    { "script-src 'nonce-abc'", "abc" },
    { "script-src 'nonce-aB+/-_9=='", "aB+/-_9==" },
    { "SCRIPT-SRC 'NONCE-Abc'", "Abc" },
    { "script-src 'unsafe-inline' 'nonce-abc'", "abc" },
    { "script-src 'strict-dynamic' 'nonce-abc' 'unsafe-inline'", "abc" },
    { "script-src 'unsafe-inline' 'strict-dynamic'", NULL },
    { "script-src 'UNSAFE-INLINE' 'Sha256-abc='", NULL },
    { "script-src 'unsafe-inline' 'sha384-abc='", NULL },
    { "script-src 'unsafe-inline' 'sha512-abc='", NULL },
    { "script-src 'unsafe-inline' 'unsafe-hashes'", "" },
    { "script-src 'nonce-'", NULL },
    { "script-src 'nonce-='", NULL },
    { "script-src 'nonce-a==='", NULL },
    { "script-src 'nonce-a=b'", NULL },
    { "script-src 'nonce-a\"b'", NULL },
    { "script-src 'nonce-a b'", NULL },
    { "script-src 'nonce-a", NULL },
    { "script-src nonce-a", NULL },
    { "script-src 'nonce-\"' 'nonce-a'", "a" },
    { "script-src 'nonce-a' 'nonce-b'", "a" },
    { "script-src 'self'; script-src 'unsafe-inline'", NULL },
    { ";; ;\tscript-src\t'nonce-a'\t;", "a" },
    { "script-src 'nonce-a', img-src *", "a" },
    { "script-src 'nonce-a', default-src 'self'", NULL },
    { "script-src 'nonce-a', default-src 'unsafe-inline'", "a" },
    { "script-src 'nonce-a', script-src 'nonce-a' x.test", "a" },
    { "script-src 'nonce-a', script-src 'nonce-b'", NULL },
    { "script-src 'nonce-a', script-src 'nonce-A'", NULL },
    { "script-src 'unsafe-inline',script-src 'nonce-a',", "a" },
    { "upgrade-insecure-requests", "" },
};


static void
check_grant(size_t i)
{
    char                *d, expected[1024];
    size_t               n, k;
    u_char              *json;
    const char          *g;
    ngx_consent_gcm_t    gcm;

    ngx_consent_gcm_default(&gcm, grants[i].table & essential,
                            grants[i].table & performance,
                            grants[i].table & advertising,
                            grants[i].table & sharing);

    static const char  *names[] = {
        "ad_storage", "ad_user_data", "ad_personalization",
        "analytics_storage", "functionality_storage",
        "personalization_storage", "security_storage"
    };

    d = expected;

    for (g = grants[i].json, k = 0; *g; g++) {
        if (*g != ' ') {
            d += sprintf(d, "%s\"%s\":\"%s\"", k ? "," : "{", names[k],
                         *g == 'g' ? "granted" : "denied");
            k++;
        }
    }

    strcpy(d, "}");

    json = malloc(NGX_CONSENT_GCM_JSON);
    n = ngx_consent_gcm_json(json, &gcm, grants[i].granted);

    CHECK(n == strlen(expected) && memcmp(json, expected, n) == 0,
          "table %u, granted %u: %.*s", grants[i].table, grants[i].granted,
          (int) n, json);

    free(json);
}


static void
check_policy(const char *policy, const char *nonce)
{
    u_char             *p;
    ngx_consent_csp_t   csp;

    memset(&csp, 0, sizeof(csp));

    p = test_copy(policy, strlen(policy));

    ngx_consent_csp_read(&csp, p, strlen(policy));

    CHECK(csp.refused == (nonce == NULL), "%s: refused %d", policy,
          csp.refused);

    if (nonce) {
        CHECK(csp.nonce.len == strlen(nonce)
              && (csp.nonce.len == 0
                  || memcmp(csp.nonce.data, nonce, csp.nonce.len) == 0),
              "%s: nonce %.*s", policy, (int) csp.nonce.len, csp.nonce.data);
    }

    free(p);
}


int
main(void)
{
    size_t              i;
    ngx_str_t           name;
    ngx_consent_csp_t   csp;

    static const ngx_str_t  none = ngx_string("ad_storag");

    for (i = 0; i < sizeof(grants) / sizeof(grants[0]); i++) {
        check_grant(i);
    }

    for (i = 0; i < NGX_CONSENT_GCM_SIGNALS; i++) {
        name = ngx_consent_gcm_signals[i];
        CHECK(ngx_consent_gcm_signal(&name) == (ngx_int_t) i, "%zu", i);
    }

    CHECK(ngx_consent_gcm_signal(&none) == NGX_DECLINED, "no signal");

    for (i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
        check_policy(policies[i].policy, policies[i].nonce);
    }

    /* two headers are as two policies of one */

    memset(&csp, 0, sizeof(csp));
    ngx_consent_csp_read(&csp, (u_char *) "script-src 'nonce-a'", 20);
    CHECK(!csp.refused, "the first header");
    ngx_consent_csp_read(&csp, (u_char *) "default-src 'self'", 18);
    CHECK(csp.refused, "the second header");

    return test_done();
}
