
/*
 * The table: look-ups against a matcher that tries every row.
 */

#include "tables.h"


/* Random names and patterns of few letters, against trying every row. */

static uint32_t  seed = 20240229;


static unsigned
dice(unsigned n)
{
    seed = seed * 1664525 + 1013904223;

    return (seed >> 16) % n;
}


static void
random_name(char *s, unsigned max, int stars)
{
    unsigned  i, n;

    n = 1 + dice(max);

    for (i = 0; i < n; i++) {
        s[i] = (stars && dice(5) == 0) ? '*' : "ab_"[dice(3)];
    }

    s[n] = '\0';
}


static int
naive(const char *p, const char *s)
{
    if (*p == '\0') {
        return *s == '\0';
    }

    if (*p == '*') {
        return naive(p + 1, s) || (*s && naive(p, s + 1));
    }

    return *p == *s && naive(p + 1, s + 1);
}


static void
check_random(void)
{
    int                   round, i, n, rank, best, stars, of[40];
    char                  patterns[40][16], name[16];
    size_t                literal;
    row_t                 row;
    ngx_int_t             rc;
    ngx_consent_mask_t    masks[40], providers[3], needs, missing;
    ngx_consent_fault_t   fault;
    ngx_consent_match_t   m;
    ngx_consent_table_t  *t;

    static const char  *names[] = { "P0", "P1", "P2" };

    for (round = 0; round < 200; round++) {

        t = new_table();
        n = 0;

        while (n < 40) {

            random_name(patterns[n], 6, 1);

            for (i = 0; i < n; i++) {
                if (strcmp(patterns[i], patterns[n]) == 0) {
                    break;
                }
            }

            if (i < n || strspn(patterns[n], "*") == strlen(patterns[n])) {
                continue;
            }

            memset(&row, 0, sizeof(row));
            row.kind = COOKIE;
            row.pattern = patterns[n];
            row.mask = masks[n] = 2u << dice(3);

            /* the first three rows number the providers */

            of[n] = n < 3 ? n : (int) dice(3);
            add_of(t, names[of[n]], &row, n, &fault);
            n++;
        }

        ngx_consent_table_compile(t, &fault);

        grant.mask = 2 * dice(8);
        grant.providers = (round & 1) ? providers : NULL;

        for (n = 0; n < 3; n++) {
            providers[n] = 2 * dice(8);
        }

        for (i = 0; i < 200; i++) {

            random_name(name, 8, 0);

            best = -1;
            needs = 0;
            missing = 0;

            for (n = 0; n < 40; n++) {

                if (!naive(patterns[n], name)) {
                    continue;
                }

                stars = 0;
                literal = 0;

                for (const char *p = patterns[n]; *p; p++) {
                    if (*p == '*') {
                        stars = 1;
                    } else {
                        literal++;
                    }
                }

                rank = stars ? (int) literal : 1000;

                if (rank > best) {
                    best = rank;
                    needs = 0;
                    missing = 0;
                }

                if (rank == best) {
                    needs |= masks[n];
                    missing |= masks[n] & ~((round & 1) ? providers[of[n]]
                                                        : grant.mask);
                }
            }

            rc = find(t, COOKIE, name, "", &m);

            CHECK((rc == NGX_OK) == (best >= 0)
                  && (best < 0
                      || (m.needs == needs && m.missing == missing)),
                  "%s in round %d: needs %x, not %x, missing %x, not %x", name,
                  round, rc == NGX_OK ? m.needs : 0, needs,
                  rc == NGX_OK ? m.missing : 0, missing);
        }
    }
}


/*
 * Hosts of short and long labels, and paths: whether a row is there for a URL;
 * where rows have hosts alone, which one.
 */

static void
random_host(char *s)
{
    unsigned  n;

    static const char  *labels[] = {
        "a", "b", "ab", "io", "co", "example", "tracker", "xtracker",
        "static-assets", "a-label-of-24-characters"
    };

    *s = '\0';

    for (n = 1 + dice(4); n; n--) {
        strcat(s, labels[dice(10)]);
        strcat(s, n > 1 ? "." : "");
    }
}


static void
random_path(char *s, int stars)
{
    unsigned  n;

    static const char  *parts[] = {
        "a", "ab", "x.js", "", "a-part-of-22-characters", "*", "a*", "*b"
    };

    *s = '\0';

    for (n = 1 + dice(3); n; n--) {
        strcat(s, "/");
        strcat(s, parts[dice(stars ? 8 : 5)]);
    }
}


/* whole, or up to a '/'; slashes at the pattern's end are not of it */

static int
naive_path(const char *p, const char *s)
{
    size_t  i;
    char    pattern[128], path[128];

    strcpy(pattern, p);

    for (i = strlen(p); i && pattern[i - 1] == '/'; i--) {
        pattern[i - 1] = '\0';
    }

    for (i = 0; i <= strlen(s); i++) {

        if (s[i] != '/' && s[i] != '\0') {
            continue;
        }

        memcpy(path, s, i);
        path[i] = '\0';

        if (naive(pattern, path)) {
            return 1;
        }
    }

    return 0;
}


static int
naive_url(const char *pattern, const char *host, const char *path)
{
    int          exact;
    char         name[128];
    size_t       n, len;
    const char  *p;

    n = strcspn(pattern, "/");
    exact = (*pattern == '=');

    memcpy(name, pattern + exact, n - exact);
    name[n - exact] = '\0';

    if (n == 0) {
        return strcmp(host, "own.test") == 0 && naive_path(pattern, path);
    }

    if (strcmp(name, "*") == 0) {

        for (p = strchr(path, '/'); p; p = strchr(p + 1, '/')) {
            if (naive_path(pattern + n, p)) {
                return 1;
            }
        }

        return 0;
    }

    len = strlen(host);
    n -= exact;

    return (len == n || (!exact && len > n && host[len - n - 1] == '.'))
           && strcmp(host + len - n, name) == 0
           && naive_path(pattern + n + exact, path);
}


static void
check_urls(void)
{
    int                   round, i, k, n, best, paths, matches, glances;
    char                  patterns[40][256], host[128], path[128], name[128];
    size_t                len;
    ngx_str_t             whole;
    row_t                 row;
    ngx_int_t             rc;
    ngx_consent_mask_t    masks[40];
    ngx_consent_fault_t   fault;
    ngx_consent_match_t   m;
    ngx_consent_table_t  *t;

    grant.mask = 0;
    grant.providers = NULL;

    glances = 0;

    for (round = 0; round < 300; round++) {

        t = new_table();
        paths = round % 3;

        for (n = 0; n < 30; n++) {

            random_host(name);
            random_path(path, 1);

            switch (paths ? dice(6) : dice(2)) {

            case 0:
                sprintf(patterns[n], "=%s", name);
                break;

            case 1:
            case 2:
                sprintf(patterns[n], "%s", name);
                break;

            case 3:
                sprintf(patterns[n], "*%s", path);
                break;

            case 4:
                sprintf(patterns[n], "%s", path);
                break;

            default:
                sprintf(patterns[n], "%s%s", name, path);
            }

            memset(&row, 0, sizeof(row));
            row.kind = URL;
            row.pattern = patterns[n];
            row.mask = masks[n] = 2u << dice(3);

            /* the same of another one is one row, or a contradiction */

            for (k = 0; k < n; k++) {
                if (strcmp(patterns[k], patterns[n]) == 0) {
                    break;
                }
            }

            if (k < n || add(t, &row, n, &fault) != NGX_OK) {
                n--;
            }
        }

        if (ngx_consent_table_compile(t, &fault) != NGX_OK) {
            continue;
        }

        for (i = 0; i < 200; i++) {

            if (dice(8) == 0) {
                strcpy(host, "own.test");

            } else if (dice(2)) {
                random_host(host);

            } else {

                /* a row's, or what is beneath it or only ends so */

                k = dice(n);
                len = strcspn(patterns[k], "/");
                sprintf(host, "%s%.*s", dice(2) ? "" : dice(2) ? "w." : "w",
                        (int) len, patterns[k]);

                len = strspn(host, "=*");
                memmove(host, host + len, strlen(host + len) + 1);

                if (host[0] == '\0' || strpbrk(host, "=*")) {
                    random_host(host);
                }
            }

            random_path(path, 0);

            best = -1;

            for (k = 0; k < n; k++) {

                if (naive_url(patterns[k], host, path)
                    && (best == -1 || patterns[k][0] == '='
                        || (patterns[best][0] != '='
                            && strlen(patterns[k]) > strlen(patterns[best]))))
                {
                    best = k;
                }
            }

            rc = find(t, URL, path, host, &m);
            matches = (rc == NGX_OK);

            CHECK(matches == (best >= 0)
                  && (paths || best < 0 || m.needs == masks[best]),
                  "%s%s in round %d: %d, not %s", host, path, round, matches,
                  best < 0 ? "nothing" : patterns[best]);

            /* what a glance passes over no row without a host has */

            whole.len = strlen(path);
            whole.data = test_copy(path, whole.len);

            if (!ngx_consent_table_maybe_path(t, &whole)) {

                for (k = 0; k < n; k++) {
                    CHECK((patterns[k][0] != '/' && patterns[k][0] != '*')
                          || !naive_url(patterns[k], "own.test", path),
                          "%s in round %d: passed over, but %s", path, round,
                          patterns[k]);
                }

                glances++;
            }

            free(whole.data);
        }
    }

    CHECK(glances > 100, "only %d paths were passed over", glances);
}


int
main(void)
{
    pool = shim_create_pool();

    check_random();
    check_urls();

    shim_destroy_pool(pool);

    return test_done();
}
