
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


/* Random markers and scripts of few letters, against trying every marker. */

static uint32_t  seed = 20240229;


static unsigned
dice(unsigned n)
{
    seed = seed * 1664525 + 1013904223;

    return (seed >> 16) % n;
}


static unsigned
random_text(char *s, unsigned n, const char *letters)
{
    unsigned  i;

    for (i = 0; i < n; i++) {
        s[i] = letters[dice(strlen(letters))];
    }

    s[n] = '\0';

    return n;
}


/* The markers themselves, whole and cut, among anything. */

static size_t
random_script(char *s, size_t size, char (*texts)[64], unsigned n,
    const char *letters)
{
    size_t      len, k;
    const char *text;

    for (len = 0; len + 64 < size; /* void */) {

        if (dice(3)) {
            len += random_text(s + len, 1 + dice(3), dice(2) ? letters
                                                             : " ;.=(\n");
            continue;
        }

        text = texts[dice(n)];
        k = strlen(text);
        k = dice(5) ? k : dice(k + 1);

        memcpy(s + len, text, k);
        len += k;
    }

    return len;
}


static int
identifier(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '_' || c == '$' || c >= 0x80;
}


static int
stands(const u_char *s, size_t len, size_t at, const char *text, size_t n)
{
    const u_char  *p;

    p = (const u_char *) text;

    return at + n <= len && memcmp(s + at, text, n) == 0
           && !(at && identifier(s[at - 1]) && identifier(p[0]))
           && !(at + n < len && identifier(s[at + n])
                && identifier(p[n - 1]));
}


static void
check_random(const char *letters, unsigned nmarkers, unsigned longest)
{
    int                   first;
    char                  texts[200][64], script[700];
    size_t                len, end, n, cut, lens[200];
    u_char               *piece, *whole;
    row_t                 row;
    unsigned              i, k;
    ngx_consent_mask_t    masks[200], needs;
    ngx_consent_scan_t    scan;
    ngx_consent_fault_t   fault;
    ngx_consent_table_t  *t;

    t = new_table();
    k = 0;

    while (k < nmarkers) {

        random_text(texts[k], 3 + dice(longest - 2), letters);

        for (i = 0; i < k && strcmp(texts[i], texts[k]) != 0; i++) {
            /* void */
        }

        if (i == k) {
            memset(&row, 0, sizeof(row));
            row.kind = INLINE;
            row.pattern = texts[k];
            row.mask = masks[k] = 1u << dice(4);
            lens[k] = strlen(texts[k]);

            add(t, &row, k++, &fault);
        }
    }

    ngx_consent_table_compile(t, &fault);

    for (i = 0; i < 20; i++) {

        len = random_script(script, 65 + dice(600), texts, nmarkers, letters);
        whole = test_copy(script, len);

        /* what ends first, of equal ends the longest */

        first = -1;
        needs = 0;

        for (end = 0; end <= len; end++) {
            for (n = end < 63 ? end : 63; n >= 3; n--) {
                for (k = 0; k < nmarkers; k++) {

                    if (lens[k] != n
                        || !stands(whole, len, end - n, texts[k], n))
                    {
                        continue;
                    }

                    if (first == -1
                        || (needs == 0 && (masks[k] & ~ESSENTIAL)))
                    {
                        first = k;
                    }

                    needs |= masks[k] & ~ESSENTIAL;
                }
            }
        }

        ngx_consent_table_scan_init(&scan, &grant);

        for (end = 0; end < len; end += cut) {

            cut = 1 + dice((i % 4) ? 1 + i * i : 700);
            cut = cut < len - end ? cut : len - end;

            piece = test_copy(whole + end, cut);
            ngx_consent_table_scan(t, &scan, piece, cut, 0);
            free(piece);
        }

        ngx_consent_table_scan(t, &scan, (u_char *) "", 0, 1);

        CHECK((scan.match.row == NULL) == (first == -1)
              && (first == -1
                  || (scan.match.needs == needs
                      && scan.match.row->pattern.len == strlen(texts[first])
                      && memcmp(scan.match.row->pattern.data, texts[first],
                                scan.match.row->pattern.len) == 0)),
              "\"%.*s\": %.*s, not %s, needs %x, not %x", (int) len, script,
              scan.match.row ? (int) scan.match.row->pattern.len : 0,
              scan.match.row ? scan.match.row->pattern.data : (u_char *) "",
              first == -1 ? "any" : texts[first],
              scan.match.row ? scan.match.needs : 0, needs);

        free(whole);
    }
}


int
main(void)
{
    unsigned  i;

    pool = shim_create_pool();

    check_scripts();

    for (i = 0; i < 60; i++) {
        check_random("ab(", 12, 6);
        check_random("ab_.\x80", 40, 12);
        check_random("a(", 60, 40);
        check_random("abcdefghijklmnop_.('\"/ ", 200, 63);
    }

    shim_destroy_pool(pool);

    return test_done();
}
