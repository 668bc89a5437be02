
/*
 * What reading a source's cookies costs: run by source.sh under callgrind, it
 * calls ngx_consent_source_read() once for each row of the vectors that is a
 * choice, then for rows of its own, and names each call.
 */

#include <stdlib.h>
#include <valgrind/callgrind.h>

#include "inspect.h"


#define NOW  1788000000

#define TC_LEN      4096
#define TC_VENDORS  1200


/* bits as base64url */

typedef struct {
    u_char        text[TC_LEN];
    size_t        n;
} bits_t;


static bits_t  tc;


static void
put(uint32_t value, unsigned n)
{
    size_t  at;

    static const char  alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "abcdefghijklmnopqrstuvwxyz0123456789-_";
    static u_char      six[TC_LEN];

    while (n--) {
        at = tc.n++;

        if (at / 6 == TC_LEN) {
            abort();
        }

        six[at / 6] |= (value >> n & 1) << (5 - at % 6);
        tc.text[at / 6] = alphabet[six[at / 6]];
    }
}


/* restrictions fill it: ranges and single vendors in turn */

static ngx_str_t
tc_string(void)
{
    uint32_t   id, purpose;
    ngx_str_t  s;

    put(2, 6);
    put(0, 32);
    put(0, 4);
    put(0x3eb6, 14);                /* 2023 */
    put(0x3fffff, 22);
    put(300, 12);
    put(1, 12);
    put(0, 6);
    put(0x0c7, 12);
    put(200, 12);
    put(5, 6);
    put(2, 2);
    put(0x800, 12);
    put(0xffc000, 24);
    put(0x43c000, 24);
    put(0x0c7, 13);

    for (purpose = 0; purpose < 2; purpose++) {
        put(TC_VENDORS, 16);
        put(0, 1);

        for (id = 1; id <= TC_VENDORS; id++) {
            put(id % 3 != purpose, 1);
        }
    }

    put(20, 12);

    for (purpose = 1; purpose <= 20; purpose++) {
        put(purpose % 11, 6);
        put(purpose % 3, 2);
        put(40, 12);

        for (id = 10; id < 1210; id += 30) {

            if (id % 60 == 10) {
                put(1, 1);
                put(id, 16);
                put(id + 7, 16);

            } else {
                put(0, 1);
                put(id, 16);
            }
        }
    }

    while (tc.n < TC_LEN * 6) {
        put(0, 1);
    }

    s.data = tc.text;
    s.len = TC_LEN;

    return s;
}


static void
measure(const char *name, inspect_source_t *s)
{
    ngx_consent_opinion_t  o;

    CALLGRIND_ZERO_STATS;

    ngx_consent_source_read(&s->asked, &s->rules, s->said, NULL, &o);

    CALLGRIND_DUMP_STATS_AT(name);
}


/* with the built-in map; for a format without one, what a site might map */

static inspect_source_t *
source(ngx_pool_t *pool, const inspect_row_t *row)
{
    size_t             i;
    inspect_t         *in;
    ngx_str_t          subject;
    inspect_map_t     *map;
    inspect_source_t  *s;

    static ngx_str_t  category = ngx_string("performance");
    static ngx_str_t  keys[] = {
        ngx_string("matomo"),
        ngx_string("youtube"),
        ngx_string("google-analytics"),
        ngx_string("google")
    };

    in = inspect_alloc(pool, sizeof(inspect_t));
    in->pool = pool;
    in->now = NOW;

    in->jar.lines = row->nlines ? row->lines : &row->cookie;
    in->jar.nlines = row->nlines ? row->nlines : 1;

    s = inspect_add_source(in, &row->format);

    if (s == NULL) {
        return NULL;
    }

    s->asked.cookie = row->name;
    s->asked.prefix = row->prefix;
    s->asked.revision = row->revision;
    s->asked.disclosed_any = row->disclosed_any != 0;
    s->asked.disclosed = row->disclosed;
    s->asked.ndisclosed = row->ndisclosed;

    if (s->format->stands == NULL) {
        map = inspect_alloc(pool, 4 * sizeof(inspect_map_t));

        for (i = 0; i < 4; i++) {
            map[i].source = row->format;
            map[i].keys = keys[i];
            map[i].names = &category;
            map[i].nnames = 1;
        }

        in->maps = map;
        in->nmaps = 4;
    }

    if (inspect_judge(in, &subject) != NULL) {
        abort();
    }

    return s;
}


/* a row that is none of the vectors */

static inspect_source_t *
own(ngx_pool_t *pool, const char *format, ngx_str_t cookie)
{
    inspect_row_t  *row;

    row = inspect_alloc(pool, sizeof(inspect_row_t));

    row->format.data = (u_char *) format;
    row->format.len = strlen(format);
    row->cookie = cookie;
    row->revision = -1;

    return source(pool, row);
}


int
main(int argc, char **argv)
{
    FILE              *file;
    char              *line, name[64];
    size_t             room;
    ssize_t            len;
    ngx_str_t          copy, s;
    ngx_pool_t        *pool;
    inspect_row_t     *row;
    inspect_source_t  *src;

    static const uint32_t  vendors[] = { 1, 42, 755, 1111 };
    static ngx_str_t       others = ngx_string(
        "_ga=GA1.1.1234567890.1700000000; _ga_ABCDEFGHIJ=GS1.1.1700000000.3.1."
        "1700000123.60.0.0; session=6f1a2b3c4d5e6f708192a3b4c5d6e7f8; lang=fr; "
        "csrftoken=IrUxCorDUhqhxgc4XxWizYZIFqYAJAlE; theme=dark; cart={%22n%22:"
        "5}; _fbp=fb.1.1700000000000.123456789; _gcl_au=1.1.123456789.17000000"
        "00; AWSALB=q2w3e4r5t6y7u8i9o0pAsDfGhJkLzXcVbNmQwErTyUiOpAsDfGhJkLzXcV"
        "bNm1234567890qwertyuiopasdfghjklzxcvbnm; _hjSessionUser_123456=eyJpZC"
        "I6IjEyMzQ1Njc4LTEyMzQtNTY3OC05; seen=1; tz=Europe/Paris");

    file = (argc == 2) ? fopen(argv[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: source VECTORS\n");
        return 2;
    }

    line = NULL;
    room = 0;

    while ((len = getline(&line, &room, file)) > 0) {

        pool = shim_create_pool();
        copy = inspect_copy(pool, line, len);
        row = inspect_alloc(pool, sizeof(inspect_row_t));

        if (inspect_row(pool, row, copy.data, copy.len) == NULL) {

            src = source(pool, row);

            if (src && src->opinion.state == NGX_CONSENT_DECIDED) {
                snprintf(name, sizeof(name), "%.*s", (int) src->name.len,
                         src->name.data);
                measure(name, src);
            }
        }

        shim_destroy_pool(pool);
    }

    fclose(file);
    free(line);

    pool = shim_create_pool();

    measure("~ 500 bytes of other cookies", own(pool, "trustcommander",
                                                others));

    s = tc_string();
    copy.len = sizeof("euconsent-v2=") - 1 + s.len;
    copy.data = inspect_alloc(pool, copy.len);
    memcpy(copy.data, "euconsent-v2=", copy.len - s.len);
    memcpy(copy.data + copy.len - s.len, s.data, s.len);

    src = own(pool, "tcf", copy);

    if (src->opinion.state != NGX_CONSENT_DECIDED) {
        fprintf(stderr, "source: the TC string is no choice\n");
        return 1;
    }

    measure("~ 4 KB TC string", src);

    src->asked.vendors = vendors;
    src->asked.nvendors = 4;
    measure("~ 4 KB TC string, 4 vendors", src);

    shim_destroy_pool(pool);

    return 0;
}
