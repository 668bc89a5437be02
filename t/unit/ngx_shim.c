
#include <stdlib.h>

#include "ngx_shim.h"


/* a pool that gives each allocation a heap block of its own */

typedef struct block_s  block_t;

struct block_s {
    void      *p;
    block_t   *next;
};

struct ngx_pool_s {
    block_t   *blocks;
};


ngx_pool_t *
shim_create_pool(void)
{
    return calloc(1, sizeof(ngx_pool_t));
}


void
shim_destroy_pool(ngx_pool_t *pool)
{
    block_t  *b, *next;

    for (b = pool->blocks; b; b = next) {
        next = b->next;
        free(b->p);
        free(b);
    }

    free(pool);
}


void *
ngx_palloc(ngx_pool_t *pool, size_t size)
{
    block_t  *b;

    b = malloc(sizeof(block_t));
    if (b == NULL) {
        return NULL;
    }

    b->p = malloc(size ? size : 1);
    b->next = pool->blocks;
    pool->blocks = b;

    return b->p;
}


void *
ngx_pnalloc(ngx_pool_t *pool, size_t size)
{
    return ngx_palloc(pool, size);
}


void *
ngx_pcalloc(ngx_pool_t *pool, size_t size)
{
    void  *p;

    p = ngx_palloc(pool, size);

    if (p) {
        memset(p, 0, size);
    }

    return p;
}
