
/* "Whole == split" for readers that tell what they find by offsets. */

#ifndef _SPANS_FUZZ_H_INCLUDED_
#define _SPANS_FUZZ_H_INCLUDED_


#include <stdlib.h>

#include "ngx_consent.h"


#define SPANS_MAX  4096


typedef struct {
    ngx_int_t        (*next)(void *reader, u_char **pos, u_char *last);
    ngx_int_t        (*end)(void *reader);
    uint32_t         (*mark)(void *reader);
    void             (*text)(void *reader, u_char *dst, size_t size,
                             const u_char *p, size_t len);
    const uint32_t    *off;
    const uint32_t    *len;
    const uint32_t    *held;
    uint32_t           limit;

    ngx_uint_t         n;
    struct {
        ngx_int_t      rc;
        size_t         at;
        size_t         len;
        uint32_t       mark;
    } spans[SPANS_MAX];
} spans_t;


static void
spans_expect(int ok)
{
    if (!ok) {
        abort();
    }
}


static void
spans_found(spans_t *s, void *reader, ngx_int_t rc, size_t pos,
    const u_char *p, size_t kept)
{
    u_char  *dst;
    size_t   size;

    spans_expect(*s->len && *s->len <= *s->off && *s->off <= kept);
    spans_expect(*s->len <= s->limit);

    for (size = 0; size < 40; size += 3) {
        dst = malloc(size ? size : 1);
        s->text(reader, dst, size, p - *s->off, *s->len);
        free(dst);
    }

    if (s->n < SPANS_MAX) {
        s->spans[s->n].rc = rc;
        s->spans[s->n].at = pos - *s->off;
        s->spans[s->n].len = *s->len;
        s->spans[s->n].mark = s->mark(reader);
        s->n++;
    }
}


static void
spans_read(spans_t *s, void *reader, const u_char *text, size_t len,
    size_t size)
{
    size_t      at, n, kept;
    u_char     *piece, *pos, *last;
    ngx_int_t   rc;

    kept = 0;
    piece = NULL;
    pos = NULL;
    s->n = 0;

    for (at = 0; at < len; at += n) {
        n = len - at < size ? len - at : size;

        free(piece);
        piece = malloc(kept + n);
        memcpy(piece, text + at - kept, kept + n);

        pos = piece + kept;
        last = pos + n;

        for ( ;; ) {
            rc = s->next(reader, &pos, last);

            if (rc == NGX_AGAIN) {
                break;
            }

            spans_found(s, reader, rc, at + n - (last - pos), pos,
                        pos - piece);
        }

        spans_expect(pos == last && *s->held <= kept + n);
        spans_expect(*s->held <= s->limit + 8);

        kept = *s->held;
    }

    if (s->end) {
        rc = s->end(reader);

        if (rc != NGX_OK) {
            spans_found(s, reader, rc, len, pos, kept);
        }
    }

    free(piece);
}


static spans_t  spans_first;


static void
spans_whole(spans_t *s, void *reader, const u_char *text, size_t len)
{
    ngx_uint_t  i;

    spans_read(s, reader, text, len, len);

    for (i = 1; i < s->n; i++) {
        spans_expect(s->spans[i].at
                     >= s->spans[i - 1].at + s->spans[i - 1].len);
    }

    spans_first = *s;
}


static void
spans_cut(spans_t *s, void *reader, const u_char *text, size_t len,
    size_t size)
{
    ngx_uint_t  i;

    spans_read(s, reader, text, len, size);

    spans_expect(s->n == spans_first.n);

    for (i = 0; i < s->n; i++) {
        spans_expect(s->spans[i].rc == spans_first.spans[i].rc
                     && s->spans[i].at == spans_first.spans[i].at
                     && s->spans[i].len == spans_first.spans[i].len
                     && s->spans[i].mark == spans_first.spans[i].mark);
    }
}


#endif /* _SPANS_FUZZ_H_INCLUDED_ */
