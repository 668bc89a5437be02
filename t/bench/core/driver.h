
/*
 * What the programs of this folder have in common: they take
 *
 *     PROGRAM [-n PASSES] [-o FOLDER] [-r] ROWS FILE...
 *
 * read everything, and go over all files PASSES times; for each pass a line is
 * printed: bytes, CPU seconds, bytes out.  With -o the output goes to files of
 * FOLDER instead, by number.  The instructions of a pass are what two passes
 * take more than one.
 */

#ifndef _DRIVER_H_INCLUDED_
#define _DRIVER_H_INCLUDED_


#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>


#define CHUNK  16384


/* out: NULL, or where what comes out is written; adds to *written */
typedef void (*driver_page_pt)(unsigned char *p, size_t len, FILE *out,
    size_t *written);


static inline void
fail(const char *what, const char *of)
{
    fprintf(stderr, "%s: %s\n", what, of);
    exit(2);
}


static inline unsigned char *
driver_read(const char *path, size_t *len)
{
    FILE           *f;
    long            size;
    unsigned char  *p;

    f = fopen(path, "rb");
    if (f == NULL) {
        fail("cannot open", path);
    }

    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);

    p = malloc(size + 1);

    if (p == NULL || fread(p, 1, size, f) != (size_t) size) {
        fail("cannot read", path);
    }

    p[size] = '\0';
    fclose(f);

    *len = size;

    return p;
}


static inline double
driver_clock(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return ts.tv_sec + ts.tv_nsec / 1e9;
}


static inline int
driver_run(int argc, char **argv, void (*rows)(const char *path, int remove),
    driver_page_pt page)
{
    int              c, i, n, passes, remove;
    char            *folder, path[4096];
    FILE            *out;
    double           start;
    size_t           total, written, *len;
    unsigned char  **file;

    passes = 1;
    remove = 0;
    folder = NULL;

    while ((c = getopt(argc, argv, "n:o:r")) != -1) {

        switch (c) {

        case 'n':
            passes = atoi(optarg);
            break;

        case 'o':
            folder = optarg;
            break;

        case 'r':
            remove = 1;
            break;

        default:
            return 2;
        }
    }

    if (argc - optind < 2) {
        fail("usage", "[-n PASSES] [-o FOLDER] [-r] ROWS FILE...");
    }

    rows(argv[optind++], remove);

    n = argc - optind;
    file = calloc(n, sizeof(unsigned char *));
    len = calloc(n, sizeof(size_t));

    if (file == NULL || len == NULL) {
        fail("no memory", "files");
    }

    for (i = 0; i < n; i++) {
        file[i] = driver_read(argv[optind + i], &len[i]);
    }

    written = 0;

    for (i = 0; folder && i < n; i++) {
        snprintf(path, sizeof(path), "%s/%d", folder, i);

        out = fopen(path, "wb");
        if (out == NULL) {
            fail("cannot write", path);
        }

        page(file[i], len[i], out, &written);

        if (fclose(out) != 0) {
            fail("cannot write", path);
        }
    }

    while (folder == NULL && passes--) {

        start = driver_clock();
        total = 0;
        written = 0;

        for (i = 0; i < n; i++) {
            page(file[i], len[i], NULL, &written);
            total += len[i];
        }

        printf("%zu %.9f %zu\n", total, driver_clock() - start, written);
    }

    for (i = 0; i < n; i++) {
        free(file[i]);
    }

    free(file);
    free(len);

    return 0;
}


#endif /* _DRIVER_H_INCLUDED_ */
