
/*
 * consent_swept: how often each refused cookie has been swept, as the browser
 * itself keeps it.  A cookie of the session that only who has something to
 * sweep gets, with numbers from 0 to 3 and nothing else.
 */

#include "ngx_http_consent.h"


#define NGX_HTTP_CONSENT_SWEPT_VALUE                                         \
    ngx_base64_encoded_length(NGX_HTTP_CONSENT_SWEPT_MARK                    \
                              + NGX_HTTP_CONSENT_SWEPT_BYTES)


ngx_str_t  ngx_http_consent_swept = ngx_string("consent_swept");


void
ngx_http_consent_swept_init(ngx_http_consent_swept_t *swept,
    ngx_http_consent_ctx_t *ctx)
{
    uint32_t    mark;
    ngx_uint_t  i;

    ngx_memzero(swept, sizeof(ngx_http_consent_swept_t));

    /* another choice begins anew */

    mark = ctx->choice.time ? (uint32_t) ctx->choice.time : ctx->grant.mask;
    mark ^= (uint32_t) ngx_http_consent_variant_providers(ctx);

    for (i = 0; i < NGX_HTTP_CONSENT_SWEPT_MARK; i++) {
        swept->mark[i] = (u_char) (mark >> (8 * i));
    }
}


void
ngx_http_consent_swept_read(ngx_http_consent_swept_t *swept, ngx_str_t *value)
{
    u_char      buf[NGX_HTTP_CONSENT_SWEPT_MARK
                    + NGX_HTTP_CONSENT_SWEPT_BYTES];
    ngx_str_t   decoded;

    decoded.data = buf;

    if (value->len != NGX_HTTP_CONSENT_SWEPT_VALUE
        || ngx_decode_base64url(&decoded, value) != NGX_OK
        || decoded.len != sizeof(buf)
        || ngx_memcmp(buf, swept->mark, NGX_HTTP_CONSENT_SWEPT_MARK) != 0)
    {
        return;
    }

    ngx_memcpy(swept->old, buf + NGX_HTTP_CONSENT_SWEPT_MARK,
               NGX_HTTP_CONSENT_SWEPT_BYTES);
    ngx_memcpy(swept->tried, swept->old, NGX_HTTP_CONSENT_SWEPT_BYTES);
}


ngx_uint_t
ngx_http_consent_swept_slot(ngx_str_t *name)
{
    return ngx_crc32_long(name->data, name->len)
           % NGX_HTTP_CONSENT_SWEPT_SLOTS;
}


ngx_uint_t
ngx_http_consent_swept_tries(ngx_http_consent_swept_t *swept, ngx_uint_t slot)
{
    return (swept->old[slot / 4] >> (slot % 4 * 2)) & 3;
}


/* Names that share a counter count once. */

void
ngx_http_consent_swept_count(ngx_http_consent_swept_t *swept, ngx_uint_t slot,
    ngx_uint_t tries)
{
    u_char      *counter;
    ngx_uint_t   shift;

    shift = slot % 4 * 2;
    counter = &swept->tried[slot / 4];

    *counter = (u_char) ((*counter & ~(3 << shift)) | (tries << shift));
}


size_t
ngx_http_consent_swept_cookie(ngx_http_consent_swept_t *swept,
    ngx_uint_t secure, ngx_uint_t embedded, u_char *p)
{
    size_t      len;
    u_char      buf[NGX_HTTP_CONSENT_SWEPT_MARK + NGX_HTTP_CONSENT_SWEPT_BYTES];
    ngx_str_t   tries, value, *attrs;

    static ngx_str_t  of_frame =
        ngx_string("; Path=/; HttpOnly; Secure; SameSite=None; Partitioned");
    static ngx_str_t  of_https =
        ngx_string("; Path=/; HttpOnly; Secure; SameSite=Lax");
    static ngx_str_t  plain = ngx_string("; Path=/; HttpOnly; SameSite=Lax");

    attrs = embedded ? &of_frame : secure ? &of_https : &plain;

    len = ngx_http_consent_swept.len + 1 + NGX_HTTP_CONSENT_SWEPT_VALUE
          + attrs->len;

    if (p == NULL) {
        return len;
    }

    ngx_memcpy(buf, swept->mark, NGX_HTTP_CONSENT_SWEPT_MARK);
    ngx_memcpy(buf + NGX_HTTP_CONSENT_SWEPT_MARK, swept->tried,
               NGX_HTTP_CONSENT_SWEPT_BYTES);

    tries.data = buf;
    tries.len = sizeof(buf);

    p = ngx_cpymem(p, ngx_http_consent_swept.data, ngx_http_consent_swept.len);
    *p++ = '=';

    value.data = p;
    ngx_encode_base64url(&value, &tries);

    ngx_memcpy(p + value.len, attrs->data, attrs->len);

    return len;
}
