
/*
 * What floors 0 and 1 take from nginx, for builds without nginx.  Allocations
 * are exact-size heap blocks, so that AddressSanitizer sees every overrun.
 */

#ifndef _NGX_SHIM_H_INCLUDED_
#define _NGX_SHIM_H_INCLUDED_


#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <sys/types.h>


typedef intptr_t        ngx_int_t;
typedef uintptr_t       ngx_uint_t;
typedef struct ngx_pool_s  ngx_pool_t;

typedef struct {
    size_t              len;
    u_char             *data;
} ngx_str_t;

#define NGX_OK          0
#define NGX_ERROR      -1
#define NGX_AGAIN      -2
#define NGX_BUSY       -3
#define NGX_DONE       -4
#define NGX_DECLINED   -5

#define ngx_inline      inline
#define ngx_string(s)   { sizeof(s) - 1, (u_char *) s }
#define ngx_null_string { 0, NULL }
#define ngx_memcpy(d, s, n)   (void) memcpy(d, s, n)
#define ngx_memzero(p, n)     (void) memset(p, 0, n)
#define ngx_memcmp(a, b, n)   memcmp((const char *) (a), (const char *) (b), n)

ngx_pool_t *shim_create_pool(void);
void shim_destroy_pool(ngx_pool_t *pool);

void *ngx_palloc(ngx_pool_t *pool, size_t size);
void *ngx_pnalloc(ngx_pool_t *pool, size_t size);
void *ngx_pcalloc(ngx_pool_t *pool, size_t size);


#endif /* _NGX_SHIM_H_INCLUDED_ */
