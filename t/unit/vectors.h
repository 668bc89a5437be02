
/*
 * Rows of a text, what a browser fetched of it, and what is reported besides.
 * "~1" stands for //t.test/1.
 */

#ifndef _VECTORS_H_INCLUDED_
#define _VECTORS_H_INCLUDED_


#include "spans.h"


typedef struct {
    char    events[4096];
    size_t  len;
    char    urls[32][400];
    size_t  nurls;
} vectors_t;


/* reads a text in all ways that it can be cut */

typedef void (*vectors_read_pt)(vectors_t *got, const char *name,
    const char *text, size_t len, ngx_uint_t lead);


static inline size_t
vectors_unescape(char *s)
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


/* the path at t.test as a browser asks for it */

static inline void
vectors_add(vectors_t *r, const u_char *p, size_t len)
{
    char    *d;
    size_t   i;

    while (len && (p[len - 1] == ' ' || p[len - 1] == '\t')) {
        len--;
    }

    if (len < 9 || memcmp(p, "//t.test", 8) != 0
        || (p[8] != '/' && p[8] != '\\'))
    {
        return;
    }

    d = r->urls[r->nurls];

    for (i = 8; i < len; i++) {
        if (p[i] <= ' ' || p[i] > '~' || strchr("\"<>`{}", p[i])) {
            d += sprintf(d, "%%%02X", p[i]);

        } else {
            *d++ = p[i] == '\\' ? '/' : (char) p[i];
        }
    }

    *d = '\0';

    for (i = 0; i < r->nurls; i++) {
        if (strcmp(r->urls[i], r->urls[r->nurls]) == 0) {
            return;
        }
    }

    r->nurls++;
}


static inline int
vectors_compare(const void *a, const void *b)
{
    return strcmp(a, b);
}


static inline void
vectors_check(const char *file, vectors_read_pt read)
{
    int           i, n;
    char         *line, *save, *p, *d, *field[3], *word, expected[512];
    char          text[1024], got[512], words[8][64];
    FILE         *f;
    size_t        size, len, k;

    static vectors_t  r;

    f = fopen(file, "r");
    if (f == NULL) {
        CHECK(0, "cannot open %s", file);
        return;
    }

    line = NULL;
    size = 0;

    while (getline(&line, &size, f) != -1) {

        line[strcspn(line, "\n")] = '\0';

        for (i = 0, p = line; i < 3; i++) {
            field[i] = p ? p : "";

            if (p) {
                p = strchr(p, '\t');

                if (p) {
                    *p++ = '\0';
                }
            }
        }

        /* what is expected is in the second column or the third, sorted */

        n = 0;
        sprintf(expected, "%s %s", field[1], field[2]);

        for (word = strtok_r(expected, " ", &save); word;
             word = strtok_r(NULL, " ", &save))
        {
            for (i = 0; i < n && strcmp(words[i], word) != 0; i++) {
                /* void */
            }

            if (i == n) {
                strcpy(words[n++], word);
            }
        }

        qsort(words, n, sizeof(words[0]), vectors_compare);

        expected[0] = '\0';
        for (i = 0; i < n; i++) {
            strcat(strcat(expected, words[i]), " ");
        }

        len = vectors_unescape(field[0]);

        for (k = 0, d = text; k < len; k++) {
            if (field[0][k] == '~') {
                d += sprintf(d, "//t.test/");

            } else {
                *d++ = field[0][k];
            }
        }

        read(&r, field[0], text, d - text, 0);

        /* what is held back unseen needs no URL */

        if (strcmp(field[2], "doubt") == 0) {
            CHECK(strstr(r.events, "doubt") != NULL, "%s: no doubt", field[0]);
            continue;
        }

        CHECK(strstr(r.events, "doubt") == NULL, "%s: doubt", field[0]);

        qsort(r.urls, r.nurls, sizeof(r.urls[0]), vectors_compare);

        got[0] = '\0';
        for (k = 0; k < r.nurls; k++) {
            strcat(strcat(got, r.urls[k]), " ");
        }

        CHECK(strcmp(got, expected) == 0, "%s: reports \"%s\", not \"%s\"",
              field[0], got, expected);
    }

    free(line);
    fclose(f);
}


#endif /* _VECTORS_H_INCLUDED_ */
