
/* charset_vectors.tsv: rows of tab-separated columns, bytes in hex. */

#ifndef _CHARSET_VECTORS_H_INCLUDED_
#define _CHARSET_VECTORS_H_INCLUDED_


#include "test.h"


#define VECTORS  "t/unit/charset_vectors.tsv"
#define COLUMNS  4


static inline int
vectors_digit(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}


/* an exact-size copy; "-" is nothing */

static inline unsigned char *
vectors_bytes(const char *hex, size_t n, size_t *len)
{
    size_t          i;
    unsigned char  *p, *copy;

    if (n == 1) {
        n = 0;
    }

    p = malloc(n ? n : 1);

    for (i = 0; i < n / 2; i++) {
        p[i] = vectors_digit(hex[2 * i]) << 4 | vectors_digit(hex[2 * i + 1]);
    }

    copy = test_copy(p, n / 2);
    free(p);
    *len = n / 2;

    return copy;
}


/* The columns of each row of this kind; how many rows there were. */

static inline unsigned
vectors_each(const char *kind, void (*row)(char **columns))
{
    char      line[4096], *p, *columns[COLUMNS + 1];
    FILE     *f;
    size_t    n;
    unsigned  rows;

    f = fopen(VECTORS, "r");
    if (f == NULL) {
        perror(VECTORS);
        exit(1);
    }

    rows = 0;

    while (fgets(line, sizeof(line), f)) {

        line[strcspn(line, "\n")] = '\0';
        memset(columns, 0, sizeof(columns));

        for (n = 0, p = line; p && n < COLUMNS; n++) {
            columns[n] = p;
            p = strchr(p, '\t');
            if (p) {
                *p++ = '\0';
            }
        }

        if (strcmp(columns[0], kind) == 0) {
            row(columns);
            rows++;
        }
    }

    fclose(f);

    return rows;
}


#endif /* _CHARSET_VECTORS_H_INCLUDED_ */
