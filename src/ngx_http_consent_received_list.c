
/*
 * How some of a request's headers leave the list without the others being
 * moved, at which nginx points.
 */

#include "ngx_http_consent.h"


/* room in a list that has become empty: nginx's own number */
#define NGX_HTTP_CONSENT_NEW_HEADERS  20


static ngx_int_t ngx_http_consent_add_part(ngx_http_request_t *r,
    ngx_table_elt_t *h, ngx_uint_t n);
static ngx_int_t ngx_http_consent_close_list(ngx_http_request_t *r);


/*
 * Takes one line out of the list: its part ends before it, and what is behind
 * it is another one.
 */

ngx_int_t
ngx_http_consent_take_out(ngx_http_request_t *r, ngx_table_elt_t *h)
{
    ngx_list_t       *list;
    ngx_uint_t        n, rest;
    ngx_list_part_t  *part, *prev, *behind;
    ngx_table_elt_t  *first;

    list = &r->headers_in.headers;

    for (prev = NULL, part = &list->part; part; part = part->next) {

        first = part->elts;

        if (h >= first && h < first + part->nelts) {
            break;
        }

        prev = part;
    }

    if (part == NULL) {
        return NGX_OK;
    }

    n = h - first;
    rest = part->nelts - n - 1;

    if (rest == 0) {

        part->nelts = n;

        if (n == 0 && prev) {

            /* a part without elements may only be the first */

            prev->next = part->next;

            if (list->last == part) {
                list->last = prev;
            }
        }

        return ngx_http_consent_close_list(r);
    }

    if (n == 0) {
        part->elts = h + 1;
        part->nelts = rest;

        if (list->last == part) {
            list->nalloc--;
        }

        return NGX_OK;
    }

    behind = ngx_palloc(r->pool, sizeof(ngx_list_part_t));
    if (behind == NULL) {
        return NGX_ERROR;
    }

    behind->elts = h + 1;
    behind->nelts = rest;
    behind->next = part->next;

    part->nelts = n;
    part->next = behind;

    if (list->last == part) {
        list->last = behind;
        list->nalloc -= n + 1;
    }

    return NGX_OK;
}


/*
 * What stays is shown by parts of the list over the memory where it is: no
 * element moves, and the old ones are left to who points at them.  A part
 * without elements may only be the first: nginx reads one of any other.
 */

ngx_int_t
ngx_http_consent_replace(ngx_http_request_t *r, ngx_array_t *lines)
{
    ngx_uint_t        i, first;
    ngx_list_t       *list;
    ngx_list_part_t   old, *part;
    ngx_table_elt_t  *h;

    list = &r->headers_in.headers;
    old = list->part;

    list->part.nelts = 0;
    list->part.next = NULL;
    list->last = &list->part;

    for (part = &old; part; part = part->next) {

        h = part->elts;
        first = 0;

        for (i = 0; i < part->nelts; i++) {

            if (!ngx_http_consent_header_is(&h[i], "Cookie")
                && ngx_http_consent_edit(&h[i]) == NULL)
            {
                continue;
            }

            if (ngx_http_consent_add_part(r, &h[first], i - first) != NGX_OK) {
                return NGX_ERROR;
            }

            first = i + 1;
        }

        if (ngx_http_consent_add_part(r, &h[first], i - first) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (ngx_http_consent_add_part(r, lines->elts, lines->nelts) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_consent_close_list(r);
}


/*
 * What is added from here on has memory of its own: others still point at what
 * was taken out, as nginx does at Accept-Encoding.
 */

static ngx_int_t
ngx_http_consent_close_list(ngx_http_request_t *r)
{
    ngx_list_t  *list;

    list = &r->headers_in.headers;

    if (list->last->nelts) {
        list->nalloc = list->last->nelts;
        return NGX_OK;
    }

    return ngx_list_init(list, r->pool, NGX_HTTP_CONSENT_NEW_HEADERS,
                         sizeof(ngx_table_elt_t));
}


static ngx_int_t
ngx_http_consent_add_part(ngx_http_request_t *r, ngx_table_elt_t *h,
    ngx_uint_t n)
{
    ngx_list_t       *list;
    ngx_list_part_t  *part;

    list = &r->headers_in.headers;

    if (n == 0) {
        return NGX_OK;
    }

    part = list->last;

    if (part->nelts) {

        part = ngx_palloc(r->pool, sizeof(ngx_list_part_t));
        if (part == NULL) {
            return NGX_ERROR;
        }

        list->last->next = part;
        list->last = part;
    }

    part->elts = h;
    part->nelts = n;
    part->next = NULL;

    return NGX_OK;
}
