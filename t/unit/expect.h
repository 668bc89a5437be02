
/*
 * What a vector's "expect" says, compared with what a source answers.
 */

#ifndef _EXPECT_H_INCLUDED_
#define _EXPECT_H_INCLUDED_


#include "inspect.h"
#include "ngx_consent_json.h"


/* The value of a member of the row's "expect", or NULL; it is then decoded. */

static u_char *
member(ngx_pool_t *pool, const inspect_row_t *row, const char *name,
    u_char **last)
{
    u_char     *p, *value;
    ngx_str_t   key, copy;

    copy = inspect_copy(pool, row->expect.data, row->expect.len);
    p = copy.data + 1;
    *last = copy.data + copy.len;

    while (ngx_consent_json_peek(&p, *last) == '"') {

        if (ngx_consent_json_string(&p, *last, &key) != NGX_OK
            || ngx_consent_json_peek(&p, *last) != ':')
        {
            break;
        }

        p++;
        ngx_consent_json_peek(&p, *last);
        value = p;

        if (inspect_is(&key, name)) {
            return value;
        }

        if (ngx_consent_json_skip(&p, *last) != NGX_OK) {
            break;
        }

        if (ngx_consent_json_peek(&p, *last) == ',') {
            p++;
            ngx_consent_json_peek(&p, *last);
        }
    }

    return NULL;
}


/* a number, or -1 */

static long long
expect_number(ngx_pool_t *pool, const inspect_row_t *row, const char *name)
{
    u_char     *p, *last;
    long long   n;

    p = member(pool, row, name, &last);

    if (p == NULL || *p < '0' || *p > '9') {
        return -1;
    }

    for (n = 0; p < last && *p >= '0' && *p <= '9'; p++) {
        n = n * 10 + (*p - '0');
    }

    return n;
}


/* Keys of one kind in the order in which the row lists them: 1 if equal. */

static int
expect_keys(ngx_pool_t *pool, const inspect_row_t *row, const char *name,
    const inspect_answer_t *a, ngx_consent_key_e of, ngx_uint_t yes)
{
    size_t      i;
    u_char     *p, *last;
    ngx_str_t   key;

    p = member(pool, row, name, &last);

    if (p == NULL || *p != '[') {
        return 1;
    }

    p++;

    for (i = 0; i < a->nkeys; i++) {

        if (a->keys[i].of != of || (a->keys[i].yes != 0) != yes) {
            continue;
        }

        ngx_consent_json_peek(&p, last);

        if (ngx_consent_json_string(&p, last, &key) != NGX_OK
            || key.len != a->keys[i].key.len
            || memcmp(key.data, a->keys[i].key.data, key.len) != 0)
        {
            return 0;
        }

        if (ngx_consent_json_peek(&p, last) == ',') {
            p++;
        }
    }

    return ngx_consent_json_peek(&p, last) == ']';
}


/* What is always on was said, too: 1. */

static int
expect_always(ngx_pool_t *pool, const inspect_row_t *row,
    const inspect_answer_t *a)
{
    size_t      i;
    u_char     *p, *last;
    ngx_str_t   key;

    p = member(pool, row, "always_on", &last);

    if (p == NULL || *p++ != '[') {
        return 1;
    }

    while (ngx_consent_json_peek(&p, last) == '"') {

        if (ngx_consent_json_string(&p, last, &key) != NGX_OK) {
            return 0;
        }

        for (i = 0; i < a->nkeys; i++) {
            if (a->keys[i].key.len == key.len
                && memcmp(a->keys[i].key.data, key.data, key.len) == 0)
            {
                break;
            }
        }

        if (i == a->nkeys) {
            return 0;
        }

        if (ngx_consent_json_peek(&p, last) == ',') {
            p++;
        }
    }

    return 1;
}


/* Accepted keys joined by blanks are these: 1 if equal. */

static int
accepts(const inspect_answer_t *a, ngx_consent_key_e of, const char *words)
{
    size_t       i;
    const char  *p;

    p = words;

    for (i = 0; i < a->nkeys; i++) {

        if (a->keys[i].of != of || !a->keys[i].yes) {
            continue;
        }

        if (strncmp(p, (char *) a->keys[i].key.data, a->keys[i].key.len) != 0) {
            return 0;
        }

        p += a->keys[i].key.len;
        p += (*p == ' ');
    }

    return *p == '\0';
}


#endif /* _EXPECT_H_INCLUDED_ */
