
/* What the unit tests share: checks that count, and exact-size copies. */

#ifndef _TEST_H_INCLUDED_
#define _TEST_H_INCLUDED_


#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static unsigned  test_passed, test_failed;


#define CHECK(ok, ...)                                                       \
    do {                                                                     \
        if (ok) {                                                            \
            test_passed++;                                                   \
        } else {                                                             \
            test_failed++;                                                   \
            printf("not ok - " __VA_ARGS__);                                 \
            printf(" (%s:%d)\n", __FILE__, __LINE__);                        \
        }                                                                    \
    } while (0)


/* a heap block of exactly these bytes: one more or less is an error to ASan */

static inline unsigned char *
test_copy(const void *p, size_t len)
{
    unsigned char  *copy;

    copy = malloc(len ? len : 1);
    if (copy == NULL) {
        abort();
    }

    if (len) {
        memcpy(copy, p, len);
    }

    return copy;
}


static inline int
test_done(void)
{
    printf("%u passed, %u failed\n", test_passed, test_failed);

    return test_failed ? 1 : 0;
}


#endif /* _TEST_H_INCLUDED_ */
