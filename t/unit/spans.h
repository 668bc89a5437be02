
/*
 * Runs a reader that tells what it finds by offsets, from exact-size heap
 * buffers, and keeps no byte that the reader does not want kept.
 */

#ifndef _SPANS_H_INCLUDED_
#define _SPANS_H_INCLUDED_


#include "test.h"
#include "ngx_consent.h"


typedef struct {

    /* NGX_AGAIN, or what was found; then off, len and held are the reader's */
    ngx_int_t        (*next)(void *reader, u_char **pos, u_char *last);
    ngx_int_t        (*end)(void *reader);
    const uint32_t    *off;
    const uint32_t    *len;
    const uint32_t    *held;

    /* the bytes that were found */
    void             (*found)(void *data, ngx_int_t rc, size_t at,
                              const u_char *p, size_t len);
    void              *data;
} spans_t;


/* text in pieces: the first has first bytes, others size each */

static inline void
spans_run(const spans_t *s, void *reader, const u_char *text, size_t len,
    size_t first, size_t size)
{
    size_t      at, n, kept;
    u_char     *piece, *pos, *last;
    ngx_int_t   rc;

    at = 0;
    kept = 0;

    for ( ;; ) {
        n = at == 0 && first < len ? first : size;
        n = len - at < n ? len - at : n;

        piece = test_copy(text + at - kept, kept + n);
        pos = piece + kept;
        last = pos + n;

        for ( ;; ) {
            rc = s->next(reader, &pos, last);

            if (rc == NGX_AGAIN) {
                break;
            }

            if (*s->off > (size_t) (pos - piece) || *s->len > *s->off) {
                CHECK(0, "bytes that were not kept: %u before %zu of %s",
                      *s->off, at + n - (last - pos), text);
                free(piece);
                return;
            }

            s->found(s->data, rc, at + n - (last - pos) - *s->off,
                     pos - *s->off, *s->len);
        }

        at += n;

        if (pos != last || *s->held > kept + n) {
            CHECK(0, "not all was read, or more is held than there is");
            free(piece);
            return;
        }

        if (at == len) {
            break;
        }

        kept = *s->held;
        free(piece);
    }

    if (s->end) {
        rc = s->end(reader);

        if (rc != NGX_OK) {
            s->found(s->data, rc, at - *s->off, last - *s->off, *s->len);
        }
    }

    free(piece);
}


#endif /* _SPANS_H_INCLUDED_ */
