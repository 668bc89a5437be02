
/*
 * Headers, of requests and of responses: how lists of them are gone through,
 * and how names are told apart.
 */

#ifndef _NGX_HTTP_CONSENT_HEADERS_H_INCLUDED_
#define _NGX_HTTP_CONSENT_HEADERS_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>


/* The next element of a list of headers; *part and *i keep the place. */

static ngx_inline ngx_table_elt_t *
ngx_http_consent_next_header(ngx_list_part_t **part, ngx_uint_t *i)
{
    while (*part) {

        if (*i < (*part)->nelts) {
            return (ngx_table_elt_t *) (*part)->elts + (*i)++;
        }

        *part = (*part)->next;
        *i = 0;
    }

    return NULL;
}


/*
 * Eight bytes at once, the last of them perhaps twice; mask: the bits that
 * count, the same in every byte.
 */

static ngx_inline ngx_uint_t
ngx_http_consent_same(const u_char *p, const u_char *q, size_t len,
    uint64_t mask)
{
    size_t    i;
    uint32_t  a, b;
    uint64_t  c, d, differ;

    if (len >= 8) {

        ngx_memcpy(&c, p + len - 8, 8);
        ngx_memcpy(&d, q + len - 8, 8);

        differ = c ^ d;

        for (i = 0; i + 8 < len && (differ & mask) == 0; i += 8) {

            ngx_memcpy(&c, p + i, 8);
            ngx_memcpy(&d, q + i, 8);

            differ = c ^ d;
        }

        return (differ & mask) == 0;
    }

    if (len >= 4) {

        ngx_memcpy(&a, p, 4);
        ngx_memcpy(&b, q, 4);
        differ = a ^ b;

        ngx_memcpy(&a, p + len - 4, 4);
        ngx_memcpy(&b, q + len - 4, 4);

        return ((differ | (a ^ b)) & mask) == 0;
    }

    for (differ = 0, i = 0; i < len; i++) {
        differ |= p[i] ^ q[i];
    }

    return (differ & mask & 0xff) == 0;
}


#define ngx_http_consent_same_bytes(p, q, len)                               \
    ngx_http_consent_same(p, q, len, ~(uint64_t) 0)

/*
 * Names as they are written, without case: none has a character that is
 * another one's but for the bit of its case.
 */
#define ngx_http_consent_same_name(p, name, len)                             \
    ngx_http_consent_same(p, (u_char *) (name), len, ~0x2020202020202020ull)

#define ngx_http_consent_header_is(h, name)                                  \
    ((h)->key.len == sizeof(name) - 1                                        \
     && ngx_http_consent_same_name((h)->key.data, name, sizeof(name) - 1))


/*
 * A name's bit of 64, by its length and its last letter: a header whose bit is
 * none of theirs has none of the names that are looked for.
 */

#define ngx_http_consent_bit(len, last)                                      \
    ((uint64_t) 1 << ((len) % 8 * 8 + ((last) >> 1) % 8))

#define ngx_http_consent_name_bit(name)                                      \
    ngx_http_consent_bit(sizeof(name) - 1, name[sizeof(name) - 2])

/* names of any length that end so */
#define ngx_http_consent_end_bits(last)                                      \
    (0x0101010101010101ull << ((last) >> 1) % 8)

#define NGX_HTTP_CONSENT_ALL_NAMES  (~(uint64_t) 0)


static ngx_inline uint64_t
ngx_http_consent_header_bit(ngx_table_elt_t *h)
{
    return h->key.len ? ngx_http_consent_bit(h->key.len,
                                             h->key.data[h->key.len - 1])
                      : 0;
}


/* The bits of a response's headers, dropped ones among them. */

static ngx_inline uint64_t
ngx_http_consent_names_of(ngx_list_t *headers)
{
    uint64_t          names;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h, *last;

    names = 0;

    for (part = &headers->part; part; part = part->next) {

        h = part->elts;

        for (last = h + part->nelts; h < last; h++) {
            names |= ngx_http_consent_header_bit(h);
        }
    }

    return names;
}


/*
 * What counts of a request.  Lines that are more than fit are looked for again
 * by who needs them.
 */

#define NGX_HTTP_CONSENT_SEEN  4

typedef struct {
    ngx_uint_t                ncookies;
    ngx_uint_t                nedited;  /* lines that are edited besides */
    ngx_table_elt_t          *cookies[NGX_HTTP_CONSENT_SEEN];
    ngx_table_elt_t          *edited[NGX_HTTP_CONSENT_SEEN];
    ngx_str_t                *dest;     /* Sec-Fetch-Dest; or NULL */
    unsigned                  gpc:1;    /* Sec-GPC: 1 */
    unsigned                  conditional:1;    /* more than an encoding is */
                                                /* asked for */
    unsigned                  document:1;   /* a browser may render it: the */
                                            /* phase's handler knows */
    void                     *memo;     /* of those cookies; NULL: not known */
    ngx_uint_t                memo_turn;
} ngx_http_consent_seen_t;


#endif /* _NGX_HTTP_CONSENT_HEADERS_H_INCLUDED_ */
