
/*
 * The table: rows that are wrong, and what is said above others.
 */

#include "tables.h"


/* Rows that are wrong, and what is said of them. */

static const struct {
    row_t        rows[2];
    const char  *reason;        /* NULL: nothing is wrong */
    int          other;         /* the line of the other place */
} faults[] = {
    { { { COOKIE, "*", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { COOKIE, "**", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { COOKIE, "~.*", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { COOKIE, "~", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { STORAGE, "*", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { URL, "*", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "*/", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "*/*", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "/", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { URL, "/*", ADVERTISING, NULL, 0, NULL } }, "matches everything", 0 },
    { { { COOKIE, "", ADVERTISING, NULL, 0, NULL } }, "empty pattern", 0 },
    { { { COOKIE, "~(", ADVERTISING, NULL, 0, NULL } },
      "invalid expression, missing closing parenthesis at offset 1", 0 },
    { { { COOKIE, "a\nb", ADVERTISING, NULL, 0, NULL } },
      "control character", 0 },
    { { { COOKIE, "a", ADVERTISING, "a b", 0, NULL } },
      "invalid character in \"domain=\"", 0 },
    { { { URL, "bad host", ADVERTISING, NULL, 0, NULL } },
      "invalid character in host name", 0 },
    { { { URL, "https://a.test", ADVERTISING, NULL, 0, NULL } },
      "without scheme and port", 0 },
    { { { URL, "a.test:443/x", ADVERTISING, NULL, 0, NULL } },
      "without scheme and port", 0 },
    { { { URL, "=", ADVERTISING, NULL, 0, NULL } }, "no host name", 0 },
    { { { INLINE, "ab", ADVERTISING, NULL, 0, NULL } }, "invalid marker", 0 },
    { { { HEADER, "a b", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "a-*b", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "Acc*", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "-*", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { HEADER, "*", ADVERTISING, NULL, 0, NULL } },
      "invalid header name", 0 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", SHARING, NULL, 0, NULL } },
      "the same row in two categories", 1 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", ADVERTISING, NULL, 1, NULL } },
      "enforced and not enforced", 1 },
    { { { URL, "a.test/caf\xc3\xa9", ADVERTISING, NULL, 0, NULL },
        { URL, "A.test./caf%C3%A9/", SHARING, NULL, 0, NULL } },
      "the same row in two categories", 1 },
    { { { URL, "b\xc3\xbc" "cher.test", ADVERTISING, NULL, 0, NULL },
        { URL, "xn--bcher-kva.test", SHARING, NULL, 0, NULL } },
      "the same row in two categories", 1 },
    { { { URL, "a.test/?q=a+%62", ADVERTISING, NULL, 0, NULL },
        { URL, "a.test?q=a b", SHARING, NULL, 0, NULL } },
      "the same row in two categories", 1 },
    { { { URL, "/a/..", ADVERTISING, NULL, 0, NULL } },
      "matches everything", 0 },
    { { { HEADER, "X-a", ADVERTISING, NULL, 0, NULL },
        { HEADER, "x-A", SHARING, NULL, 0, NULL } },
      "the same row in two categories", 1 },
    { { { HEADER, "X-A.", ADVERTISING, NULL, 0, NULL },
        { HEADER, "X-A", SHARING, NULL, 0, NULL } }, NULL, 0 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", ADVERTISING, NULL, 0, NULL } }, NULL, 0 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { COOKIE, "a", SHARING, "b.test", 0, NULL } }, NULL, 0 },
    { { { COOKIE, "a", ADVERTISING, NULL, 0, NULL },
        { STORAGE, "a", SHARING, NULL, 0, NULL } }, NULL, 0 },
    { { { 0, NULL, 0, NULL, 0, NULL } }, NULL, -1 }
};


static void
check_faults(void)
{
    int                   i, n;
    ngx_int_t             rc;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    for (i = 0; faults[i].other >= 0; i++) {

        t = new_table();
        rc = NGX_OK;

        for (n = 0; n < 2 && rc == NGX_OK && faults[i].rows[n].pattern; n++) {
            rc = add(t, &faults[i].rows[n], n + 1, &fault);
        }

        if (rc == NGX_OK) {
            rc = ngx_consent_table_compile(t, &fault);
        }

        CHECK(faults[i].reason
              ? rc == NGX_DECLINED && strstr(fault.reason, faults[i].reason)
                && (int) fault.other.line == faults[i].other
              : rc == NGX_OK,
              "%s: %s", faults[i].rows[0].pattern,
              rc == NGX_OK ? "nothing is wrong" : fault.reason);
    }
}


/* Limits: what is within one is no fault, and one more is. */

static void
check_limits(void)
{
    int                   i, more;
    char                  pattern[NGX_CONSENT_MAX_PATTERN + 2];
    row_t                 row = { URL, pattern, ADVERTISING, NULL, 0, NULL };
    ngx_int_t             rc;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    for (more = 0; more < 2; more++) {

        t = new_table();

        for (i = 0; i < 4096 + more; i++) {
            sprintf(pattern, (i % 2) ? "*/a%d*b" : "*/a?b%d", i);
            add(t, &row, i + 1, &fault);
        }

        strcpy(pattern, "*/without");
        add(t, &row, i + 1, &fault);

        rc = ngx_consent_table_compile(t, &fault);

        CHECK(more ? rc == NGX_DECLINED && fault.place.line == 4097
                     && strstr(fault.reason, "more than 4096 rows of any host")
                   : rc == NGX_OK,
              "%d rows of any host: %s", 4096 + more,
              rc == NGX_OK ? "nothing is wrong" : fault.reason);

        t = new_table();

        memset(pattern, 'a', sizeof(pattern));
        memcpy(pattern, "a.test/\xc3\xa9", 9);
        pattern[NGX_CONSENT_MAX_PATTERN + more] = '\0';

        rc = add(t, &row, 1, &fault);

        CHECK(more ? rc == NGX_DECLINED
                     && strstr(fault.reason, "pattern of more than 4096 bytes")
                   : rc == NGX_OK,
              "a pattern of %d bytes: %s", 4096 + more,
              rc == NGX_OK ? "nothing is wrong" : fault.reason);
    }
}


/* What the operator says goes above what was included. */

static void
check_overrides(void)
{
    row_t                    row = { COOKIE, "a", ADVERTISING, NULL, 0, NULL };
    row_t                    again = { COOKIE, "a", SHARING, NULL, 0, NULL };
    ngx_consent_fault_t      fault;
    ngx_consent_match_t      m;
    ngx_consent_table_t     *t;
    ngx_consent_override_t   o;

    memset(&o, 0, sizeof(o));
    o.pattern = str("a");
    o.mask = PERFORMANCE;

    /* it settles what would be a contradiction */

    t = new_table();
    add(t, &row, 1, &fault);
    add(t, &again, 2, &fault);
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK
          && find(t, COOKIE, "a", "", &m) == NGX_OK && m.needs == PERFORMANCE,
          "an override settles a contradiction");

    t = new_table();
    add(t, &row, 1, &fault);
    o.pass = 1;
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK
          && find(t, COOKIE, "a", "", &m) == NGX_OK && m.needs == 0,
          "pass: published, not enforced");

    t = new_table();
    add(t, &row, 1, &fault);
    o.pass = 0;
    o.of_provider = 1;
    o.pattern = str("P");
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK
          && find(t, COOKIE, "a", "", &m) == NGX_OK && m.needs == PERFORMANCE,
          "a provider's rows are overridden");

    t = new_table();
    add(t, &row, 1, &fault);
    o.pattern = str("Q");
    o.place.line = 7;
    ngx_consent_table_override(t, &o, &fault);

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_DECLINED
          && strstr(fault.reason, "matches no row") && fault.place.line == 7,
          "an override that overrides nothing");

    o.mask = SHARING;

    CHECK(ngx_consent_table_override(t, &o, &fault) == NGX_DECLINED
          && strstr(fault.reason, "two different overrides"),
          "two overrides that differ");
}


int
main(void)
{
    pool = shim_create_pool();

    check_faults();
    check_limits();
    check_overrides();

    shim_destroy_pool(pool);

    return test_done();
}
