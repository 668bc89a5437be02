
/*
 * What a look-up costs grows with what is looked up, and not with its square:
 * counted in steps, which are the branches that t/unit.sh has the compiler
 * report, and the bytes that libc's functions are given.
 */

#include "tables.h"


#define SHORT  1024
#define TIMES  8


/* kind, a row, and what is looked up: repeated in the path or name, the args */

static const struct {
    int          kind;
    const char  *pattern;
    const char  *again;
    const char  *args;
} shapes[] = {
    { URL, "*/x*y", "/x", "" },
    { URL, "*/x*y*z", "/xy", "" },
    { URL, "*/x*/y", "/x/", "" },
    { URL, "*/x*y", "/x/y/z", "" },
    { URL, "*/*y", "/x", "" },
    { URL, "*/x", "/x", "" },
    { URL, "*/x", "/xy", "" },
    { URL, "*/x?a=b", "/x", "c=d&" },
    { URL, "*/x?a=b*c*d", "/x", "a=bc&" },
    { URL, "*/x*?a=b", "/x", "c=d&" },
    { URL, "*/x*?a=b", "/x", "a=c&" },
    { URL, "*?a=b", "/x", "c=d&" },
    { URL, "*?a=*b*d", "/", "a=b&" },
    { URL, "/x*y", "/x", "" },
    { URL, "/x*y?a=b", "/x", "c=d&" },
    { URL, "h.test/x*y*z", "/xy", "" },
    { COOKIE, "*ab*b", "a", NULL },
    { COOKIE, "a*b*c", "ab", NULL },
    { COOKIE, "*aac", "a", NULL }
};


static uint64_t  steps;


void
__sanitizer_cov_trace_pc(void)
{
    steps++;
}


void *__real_memchr(const void *p, int c, size_t n);
int __real_memcmp(const void *a, const void *b, size_t n);
void *__real_memcpy(void *to, const void *from, size_t n);


void *
__wrap_memchr(const void *p, int c, size_t n)
{
    void  *found;

    found = __real_memchr(p, c, n);
    steps += found ? (size_t) ((char *) found - (char *) p) : n;

    return found;
}


int
__wrap_memcmp(const void *a, const void *b, size_t n)
{
    steps += n;

    return __real_memcmp(a, b, n);
}


void *
__wrap_memcpy(void *to, const void *from, size_t n)
{
    steps += n;

    return __real_memcpy(to, from, n);
}


static void
repeat(char *out, const char *s, size_t size)
{
    size_t  n;

    n = strlen(s);

    while (n && size >= n) {
        memcpy(out, s, n);
        out += n;
        size -= n;
    }

    *out = '\0';
}


/* Steps of a look-up of so many bytes. */

static uint64_t
count(size_t i, size_t size)
{
    char                  subject[2 * SHORT * TIMES + 2];
    row_t                 row;
    ngx_consent_fault_t   fault;
    ngx_consent_match_t   m;
    ngx_consent_table_t  *t;

    memset(&row, 0, sizeof(row));
    row.kind = shapes[i].kind;
    row.pattern = shapes[i].pattern;
    row.mask = SHARING;

    t = new_table();

    if (add(t, &row, 1, &fault) != NGX_OK
        || ngx_consent_table_compile(t, &fault) != NGX_OK)
    {
        CHECK(0, "%s: %s", shapes[i].pattern, fault.reason);
        return 0;
    }

    repeat(subject, shapes[i].again, size);

    if (shapes[i].args) {
        strcat(subject, "?");
        repeat(subject + strlen(subject), shapes[i].args, size);
    }

    /* as a site's own: all rows count */

    steps = 0;
    find(t, shapes[i].kind, subject,
         strncmp(shapes[i].pattern, "h.test", 6) == 0 ? "h.test" : "own.test",
         &m);

    return steps;
}


int
main(void)
{
    size_t    i;
    uint64_t  few, many;

    pool = shim_create_pool();

    for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {

        few = count(i, SHORT);
        many = count(i, SHORT * TIMES);

        CHECK(few && many < few * TIMES * 5 / 4,
              "%s, \"%s\" again and again: %llu steps, %u times as many bytes "
              "%llu", shapes[i].pattern, shapes[i].again,
              (unsigned long long) few, TIMES, (unsigned long long) many);
    }

    shim_destroy_pool(pool);

    return test_done();
}
