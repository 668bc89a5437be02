
/*
 * data: URLs: data_vectors.tsv is what Node and Chromium make of them.  The
 * body is read in pieces of every size.
 */

#include "test.h"
#include "ngx_consent_data.h"


static size_t
unescape(char *s)
{
    char      *d, *start;
    unsigned   c;

    for (d = start = s; *s; d++) {

        if (*s == '\\' && sscanf(s, "\\x%2x", &c) == 1) {
            *d = (char) c;
            s += 4;

        } else {
            *d = *s++;
        }
    }

    *d = '\0';

    return d - start;
}


static void
check_body(ngx_consent_data_t *d, const u_char *url, size_t size,
    const char *name, const char *hex)
{
    char    *got, *p;
    size_t   n, i;
    u_char  *piece;

    got = malloc(8192);
    p = got;
    *p = '\0';

    piece = malloc(size);

    while ((n = ngx_consent_data_read(d, url, piece, size)) != 0) {
        for (i = 0; i < n; i++) {
            p += sprintf(p, "%02x", piece[i]);
        }
    }

    CHECK(ngx_consent_data_read(d, url, piece, size) == 0,
          "%s goes on after its end", name);
    CHECK(strcmp(got, hex) == 0, "%s, by %zu: %s, not %s", name, size, got,
          hex);

    free(piece);
    free(got);
}


/* expected: type, charset, body; "-" if a browser fails */

static void
check_url(const char *name, const char *text, size_t len, ngx_uint_t flags,
    char **expected)
{
    u_char              *url;
    size_t               size;
    ngx_int_t            rc;
    ngx_consent_data_t   d;

    url = test_copy(text, len);

    for (size = 3; size < 12; size++) {

        rc = ngx_consent_data_init(&d, url, len, flags);

        if (strcmp(expected[0], "-") == 0) {

            if (rc == NGX_OK) {
                while (ngx_consent_data_read(&d, url, (u_char[12]){ 0 }, size)
                       != 0)
                {
                    /* it ends */
                }
            }

            continue;
        }

        CHECK(rc == NGX_OK, "%s is none", name);

        if (rc != NGX_OK) {
            break;
        }

        CHECK(d.type_len == strlen(expected[0])
              && memcmp(d.type, expected[0], d.type_len) == 0,
              "%s: type %.*s, not %s", name, (int) d.type_len, d.type,
              expected[0]);
        CHECK(d.charset_len == strlen(expected[1])
              && memcmp(d.charset, expected[1], d.charset_len) == 0,
              "%s: charset %.*s, not %s", name, (int) d.charset_len,
              d.charset, expected[1]);

        check_body(&d, url, size, name, expected[2]);
    }

    free(url);
}


static void
check_vectors(const char *file)
{
    int                  i;
    char                *line, *p, *name, *field[7];
    FILE                *f;
    size_t               size, len;
    ngx_consent_data_t   d;

    f = fopen(file, "r");
    if (f == NULL) {
        CHECK(0, "cannot open %s", file);
        return;
    }

    line = NULL;
    size = 0;

    while (getline(&line, &size, f) != -1) {

        line[strcspn(line, "\n")] = '\0';

        for (i = 0, p = line; i < 7; i++) {
            field[i] = p ? p : "-";
            p = p ? strchr(p, '\t') : NULL;

            if (p) {
                *p++ = '\0';
            }
        }

        name = strdup(field[0]);
        len = unescape(field[0]);

        check_url(name, field[0], len, 0, &field[1]);
        ngx_consent_data_init(&d, (u_char *) field[0], len, 0);

        CHECK(d.twice || strcmp(field[4], "-") == 0, "%s has two readings",
              name);

        check_url(name, field[0], len, NGX_CONSENT_DATA_KEPT,
                  d.twice ? &field[4] : &field[1]);

        free(name);
    }

    free(line);
    fclose(f);
}


int
main(void)
{
    size_t               i;
    ngx_consent_data_t   d;

    static const char  *none[] = {
        "", "data", "data:", "data:text/html", "data:#,", "xdata:,", "dat:,",
        "data :,", "http://data:,", "data:text/html#,x", NULL
    };

    check_vectors("t/unit/data_vectors.tsv");

    for (i = 0; none[i]; i++) {
        CHECK(ngx_consent_data_init(&d, (u_char *) none[i], strlen(none[i]), 0)
              == NGX_DECLINED, "\"%s\" is no data: URL", none[i]);
    }

    return test_done();
}
