
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


int
main(void)
{
    pool = shim_create_pool();

    check_random();

    shim_destroy_pool(pool);

    return test_done();
}
