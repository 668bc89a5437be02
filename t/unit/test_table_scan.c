
/*
 * The table: markers of inline scripts, however a script is cut.
 */

#include "tables.h"


static const struct {
    const char           *script;
    const char           *row;
    ngx_consent_mask_t    needs;
} scripts[] = {
    { "var a=1;", NULL, 0 },
    { "fbq('init')", "fbq(", SHARING },
    { ";fbq(1)", "fbq(", SHARING },
    { "xfbq(1)", NULL, 0 },
    { "$fbq(1)", NULL, 0 },
    { "\xc3\xa9" "fbq(1)", NULL, 0 },
    { "_paq.push", "_paq", PERFORMANCE },
    { "_paqs.push", NULL, 0 },
    { "x=_paq", "_paq", PERFORMANCE },
    { "_paqx _paq", "_paq", PERFORMANCE },
    { "ga('create');_paq", "_paq", PERFORMANCE },
    { "//cdn.t.test/a.js", "cdn.t.test/a.js", ADVERTISING },
    { "xcdn.t.test/a.js", NULL, 0 },
    { "x.cdn.t.test/a.jsx", NULL, 0 },
    { "_paq fbq(", "_paq", PERFORMANCE|SHARING },
    { "grecaptcha;_paq", "_paq", PERFORMANCE },
    { "grecaptcha", "grecaptcha", 0 },
    { "_paq;OptanonWrapper", "_paq", 0 },
    { "abcabcabd", "abcabd", ADVERTISING },
    { "abc_abcabd", NULL, 0 },
    { "abc.abcabd", "abcabd", ADVERTISING },
    { NULL, NULL, 0 }
};

static const row_t  markers[] = {
    { INLINE, "fbq(", SHARING, NULL, 0, NULL },
    { INLINE, "_paq", PERFORMANCE, NULL, 0, NULL },
    { INLINE, "cdn.t.test/a.js", ADVERTISING, NULL, 0, NULL },
    { INLINE, "grecaptcha", ESSENTIAL, NULL, 0, NULL },
    { INLINE, "OptanonWrapper", ESSENTIAL, NULL, 0, "onetrust" },
    { INLINE, "abcabd", ADVERTISING, NULL, 0, NULL },
    { 0, NULL, 0, NULL, 0, NULL }
};


static void
check_scripts(void)
{
    int                   i;
    size_t                len, cut, n;
    u_char               *a, *b;
    ngx_str_t             s;
    ngx_consent_scan_t    scan;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    t = new_table();

    for (i = 0; markers[i].pattern; i++) {
        add(t, &markers[i], i, &fault);
    }

    ngx_consent_table_compile(t, &fault);

    for (i = 0; scripts[i].script; i++) {

        len = strlen(scripts[i].script);
        s = str(scripts[i].row);

        /* "abcabcabd": a marker may not begin inside an identifier */
        if (strcmp(scripts[i].script, "abcabcabd") == 0) {
            s.len = 0;
        }

        for (cut = 0; cut <= len + 1; cut++) {

            ngx_consent_table_scan_init(&scan, &grant);

            if (cut <= len) {
                a = test_copy(scripts[i].script, cut);
                b = test_copy(scripts[i].script + cut, len - cut);
                ngx_consent_table_scan(t, &scan, a, cut, 0);
                ngx_consent_table_scan(t, &scan, b, len - cut, 1);
                free(a);
                free(b);

            } else {
                for (n = 0; n < len; n++) {
                    a = test_copy(scripts[i].script + n, 1);
                    ngx_consent_table_scan(t, &scan, a, 1, n + 1 == len);
                    free(a);
                }
            }

            CHECK((scan.match.row == NULL) == (s.len == 0)
                  && (s.len == 0
                      || (scan.match.row->pattern.len == s.len
                          && memcmp(scan.match.row->pattern.data, s.data,
                                    s.len) == 0
                          && scan.match.needs == scripts[i].needs)),
                  "\"%s\" cut at %zu: needs %x", scripts[i].script, cut,
                  scan.match.needs);
        }
    }
}


int
main(void)
{
    pool = shim_create_pool();

    check_scripts();

    shim_destroy_pool(pool);

    return test_done();
}
