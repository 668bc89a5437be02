
/*
 * What caches behind us are told: browsers, proxies, CDNs.
 */

#include "ngx_http_consent.h"
#include "ngx_consent_list.h"


/* what the response says already */

typedef struct {
    ngx_table_elt_t          *vary;     /* first lines of them; or NULL */
    ngx_table_elt_t          *control;
    ngx_uint_t                varies;   /* of those below, a bit each */
    unsigned                  any:1;    /* Vary: * */
    unsigned                  no_store:1;
    unsigned                  private:1;
    unsigned                  open:1;   /* Cache-Control: a quote never ends */
    unsigned                  targeted:1;   /* some caches read other words */
} ngx_http_consent_told_t;


static void ngx_http_consent_told(ngx_http_request_t *r,
    ngx_http_consent_told_t *told);
static void ngx_http_consent_told_vary(ngx_http_consent_told_t *told,
    ngx_table_elt_t *h);
static void ngx_http_consent_told_control(ngx_http_consent_told_t *told,
    ngx_table_elt_t *h);
static ngx_uint_t ngx_http_consent_varies_beyond(
    ngx_http_consent_loc_conf_t *conf);
static ngx_uint_t ngx_http_consent_varies(ngx_http_consent_ctx_t *ctx,
    ngx_uint_t page);
static ngx_int_t ngx_http_consent_tell_vary(ngx_http_request_t *r,
    ngx_http_consent_told_t *told, ngx_uint_t varies);
static ngx_int_t ngx_http_consent_tell_private(ngx_http_request_t *r,
    ngx_http_consent_told_t *told);
static ngx_int_t ngx_http_consent_make_private(ngx_http_request_t *r,
    ngx_http_consent_told_t *told, ngx_table_elt_t *h);
static ngx_uint_t ngx_http_consent_for_shared(ngx_http_consent_told_t *told,
    ngx_consent_member_t *m);


/* headers that say something to caches: of their own names, or ending so */

#define NGX_HTTP_CONSENT_TOLD_NAMES                                          \
    (ngx_http_consent_name_bit("Vary")                                       \
     | ngx_http_consent_name_bit("X-Accel-Expires")                          \
     | ngx_http_consent_end_bits('l'))


static ngx_str_t  ngx_http_consent_no_store = ngx_string("no-store");
static ngx_str_t  ngx_http_consent_private = ngx_string("private");
static ngx_str_t  ngx_http_consent_any = ngx_string("*");


/* what a response may depend on; its name as it is written, and as compared */

#define NGX_HTTP_CONSENT_VARY_COOKIE    0x01
#define NGX_HTTP_CONSENT_VARY_GPC       0x02
#define NGX_HTTP_CONSENT_VARY_DEST      0x04
#define NGX_HTTP_CONSENT_VARY_LANGUAGE  0x08

static struct {
    ngx_uint_t                bit;
    ngx_str_t                 name;
    ngx_str_t                 lower;
} ngx_http_consent_vary[] = {
    { NGX_HTTP_CONSENT_VARY_COOKIE,
      ngx_string("Cookie"), ngx_string("cookie") },
    { NGX_HTTP_CONSENT_VARY_GPC,
      ngx_string("Sec-GPC"), ngx_string("sec-gpc") },
    { NGX_HTTP_CONSENT_VARY_DEST,
      ngx_string("Sec-Fetch-Dest"), ngx_string("sec-fetch-dest") },
    { NGX_HTTP_CONSENT_VARY_LANGUAGE,
      ngx_string("Accept-Language"), ngx_string("accept-language") },
    { 0, ngx_null_string, ngx_null_string }
};


static ngx_str_t  ngx_http_consent_cookie = ngx_string("Cookie");
static ngx_str_t  ngx_http_consent_cookie_gpc = ngx_string("Cookie, Sec-GPC");


/* Cache-Control's members that are for shared caches, and nobody else */

static ngx_str_t  ngx_http_consent_shared[] = {
    ngx_string("public"),
    ngx_string("s-maxage"),
    ngx_string("proxy-revalidate"),
    ngx_null_string
};


/*
 * Headers by which a cache stores whatever Cache-Control says.  RFC 9213 leaves
 * their names to those who read them: all end as this one.
 */

static ngx_str_t  ngx_http_consent_targeted_suffix =
    ngx_string("-Cache-Control");

static ngx_str_t  ngx_http_consent_targeted[] = {
    ngx_string("Surrogate-Control"),
    ngx_string("Edge-Control"),
    ngx_string("X-Accel-Expires"),
    ngx_null_string
};


/*
 * Whatever the grant is: a cache must not give what one visitor accepted to
 * another who refused, nor the other way round.  Saying it twice changes
 * nothing.
 */

ngx_int_t
ngx_http_consent_tell_caches(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_uint_t page)
{
    ngx_uint_t               private;
    ngx_http_consent_told_t  told;

    if (ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_OFF) {
        return NGX_OK;
    }

    private = ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_PRIVATE
              || ctx->personal || ngx_http_consent_varies_beyond(ctx->conf);

    ngx_memzero(&told, sizeof(ngx_http_consent_told_t));

    if (ctx->names & NGX_HTTP_CONSENT_TOLD_NAMES) {
        ngx_http_consent_told(r, &told);
    }

    if (told.no_store && !told.targeted) {
        return NGX_OK;
    }

    if (!told.any
        && ngx_http_consent_tell_vary(r, &told,
                                      ngx_http_consent_varies(ctx, page))
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return private ? ngx_http_consent_tell_private(r, &told) : NGX_OK;
}


static void
ngx_http_consent_told(ngx_http_request_t *r, ngx_http_consent_told_t *told)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_header_is(h, "Vary")) {
            ngx_http_consent_told_vary(told, h);

        } else if (ngx_http_consent_header_is(h, "Cache-Control")) {
            ngx_http_consent_told_control(told, h);

        } else if (ngx_http_consent_is_targeted(h)) {
            told->targeted = 1;
        }
    }
}


static void
ngx_http_consent_told_vary(ngx_http_consent_told_t *told, ngx_table_elt_t *h)
{
    u_char                *p, *last;
    ngx_uint_t             i;
    ngx_consent_member_t   m;

    if (told->vary == NULL) {
        told->vary = h;
    }

    p = h->value.data;
    last = p + h->value.len;

    while (ngx_consent_list_next(&p, last, &m) == NGX_OK) {

        if (ngx_consent_list_named(&m, &ngx_http_consent_any)) {
            told->any = 1;
            continue;
        }

        for (i = 0; ngx_http_consent_vary[i].bit; i++) {
            if (ngx_consent_list_named(&m, &ngx_http_consent_vary[i].lower)) {
                told->varies |= ngx_http_consent_vary[i].bit;
            }
        }
    }
}


static void
ngx_http_consent_told_control(ngx_http_consent_told_t *told,
    ngx_table_elt_t *h)
{
    u_char                *p, *last;
    ngx_consent_member_t   m;

    if (told->control == NULL) {
        told->control = h;
    }

    p = h->value.data;
    last = p + h->value.len;

    while (ngx_consent_list_next(&p, last, &m) == NGX_OK) {

        told->open |= m.open;

        /* of private="set-cookie" caches keep the rest (RFC 9111, 5.2.2.7) */

        if (m.member.len != m.name.len) {
            continue;
        }

        if (ngx_consent_list_named(&m, &ngx_http_consent_no_store)) {
            told->no_store = 1;

        } else if (ngx_consent_list_named(&m, &ngx_http_consent_private)) {
            told->private = 1;
        }
    }
}


/*
 * A variable may yield something else for the same Cookie and Sec-GPC, and no
 * Vary could name it.  A placeholder's language, on the other hand, is the
 * page's own.
 */

static ngx_uint_t
ngx_http_consent_varies_beyond(ngx_http_consent_loc_conf_t *conf)
{
    return (conf->table && conf->table->lengths)
           || (conf->mode && conf->mode->lengths)
           || (conf->regime && conf->regime->lengths)
           || (conf->guard && conf->guard->lengths)
           || (conf->banner && conf->banner->value->lengths);
}


/*
 * A banner is in no frame, and in the browser's language where the page, which
 * is yet to come, does not say its own.
 */

static ngx_uint_t
ngx_http_consent_varies(ngx_http_consent_ctx_t *ctx, ngx_uint_t page)
{
    ngx_uint_t  varies;

    varies = NGX_HTTP_CONSENT_VARY_COOKIE;

    if (ctx->binding->gpc) {
        varies |= NGX_HTTP_CONSENT_VARY_GPC;
    }

    if (page && ctx->by_dest) {
        varies |= NGX_HTTP_CONSENT_VARY_DEST;
    }

    if (page && ctx->banner) {
        varies |= NGX_HTTP_CONSENT_VARY_LANGUAGE;
    }

    return varies;
}


/* The line that is there is extended, not doubled. */

static ngx_int_t
ngx_http_consent_tell_vary(ngx_http_request_t *r,
    ngx_http_consent_told_t *told, ngx_uint_t varies)
{
    u_char      *p;
    size_t       len;
    ngx_str_t    value;
    ngx_uint_t   i;

    varies &= ~told->varies;

    if (varies == 0) {
        return NGX_OK;
    }

    /* what nearly every response says */

    if (told->vary == NULL
        && (varies & ~(NGX_HTTP_CONSENT_VARY_COOKIE|NGX_HTTP_CONSENT_VARY_GPC))
           == 0)
    {
        value = (varies & NGX_HTTP_CONSENT_VARY_GPC)
                ? ngx_http_consent_cookie_gpc : ngx_http_consent_cookie;

        return ngx_http_consent_add_header(r, "Vary", &value) ? NGX_OK
                                                              : NGX_ERROR;
    }

    len = told->vary ? told->vary->value.len : 0;

    for (i = 0; ngx_http_consent_vary[i].bit; i++) {
        len += sizeof(", ") - 1 + ngx_http_consent_vary[i].name.len;
    }

    p = ngx_pnalloc(r->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value.data = p;

    if (told->vary) {
        p = ngx_cpymem(p, told->vary->value.data, told->vary->value.len);
    }

    for (i = 0; ngx_http_consent_vary[i].bit; i++) {

        if (!(varies & ngx_http_consent_vary[i].bit)) {
            continue;
        }

        if (p > value.data) {
            *p++ = ',';
            *p++ = ' ';
        }

        p = ngx_cpymem(p, ngx_http_consent_vary[i].name.data,
                       ngx_http_consent_vary[i].name.len);
    }

    value.len = p - value.data;

    if (told->vary) {
        told->vary->value = value;
        return NGX_OK;
    }

    return ngx_http_consent_add_header(r, "Vary", &value) ? NGX_OK : NGX_ERROR;
}


/* No shared cache may keep it, and none has a word that says otherwise. */

static ngx_int_t
ngx_http_consent_tell_private(ngx_http_request_t *r,
    ngx_http_consent_told_t *told)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &r->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0) {
            continue;
        }

        if (ngx_http_consent_is_targeted(h)) {
            h->hash = 0;

        } else if (!told->no_store
                   && ngx_http_consent_header_is(h, "Cache-Control")
                   && ngx_http_consent_make_private(r, told, h) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    if (told->control || told->no_store) {
        return NGX_OK;
    }

    h = ngx_http_consent_add_header(r, "Cache-Control",
                                    &ngx_http_consent_private);

    return h ? ngx_http_consent_link_control(r, h) : NGX_ERROR;
}


/*
 * Takes out what only shared caches read, and has the first line say "private":
 * at its end, or, where all that follows could be taken for a quoted string,
 * at its beginning.
 */

static ngx_int_t
ngx_http_consent_make_private(ngx_http_request_t *r,
    ngx_http_consent_told_t *told, ngx_table_elt_t *h)
{
    u_char                *p, *last, *dst, *start;
    ngx_uint_t             add, shared;
    ngx_consent_member_t   m;

    add = (h == told->control) && (!told->private || told->open);
    shared = 0;

    /* a comma may have had no blank behind it */

    start = ngx_pnalloc(r->pool, 2 * h->value.len + sizeof(", private") - 1);
    if (start == NULL) {
        return NGX_ERROR;
    }

    dst = start;

    if (add && told->open) {
        dst = ngx_cpymem(dst, "private", sizeof("private") - 1);
    }

    p = h->value.data;
    last = p + h->value.len;

    while (ngx_consent_list_next(&p, last, &m) == NGX_OK) {

        if (ngx_http_consent_for_shared(told, &m)) {
            shared = 1;
            continue;
        }

        if (dst > start) {
            dst = ngx_cpymem(dst, ", ", sizeof(", ") - 1);
        }

        dst = ngx_cpymem(dst, m.member.data, m.member.len);
    }

    if (!add && !shared) {
        return NGX_OK;
    }

    if (add && !told->open) {

        if (dst > start) {
            dst = ngx_cpymem(dst, ", ", sizeof(", ") - 1);
        }

        dst = ngx_cpymem(dst, "private", sizeof("private") - 1);
    }

    h->value.data = start;
    h->value.len = dst - start;

    if (h->value.len == 0) {
        h->hash = 0;
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_http_consent_for_shared(ngx_http_consent_told_t *told,
    ngx_consent_member_t *m)
{
    ngx_str_t  *name;

    for (name = ngx_http_consent_shared; name->len; name++) {
        if (ngx_consent_list_named(m, name)) {
            return 1;
        }
    }

    /* it is said anew */

    return ngx_consent_list_named(m, &ngx_http_consent_private)
           && (m->member.len > m->name.len || told->open);
}


/* The gzip filter asks there what a proxy may have compressed. */

ngx_int_t
ngx_http_consent_link_control(ngx_http_request_t *r, ngx_table_elt_t *h)
{
#if (nginx_version < 1023000)

    ngx_array_t       *lines;
    ngx_table_elt_t  **line;

    lines = &r->headers_out.cache_control;

    if (lines->elts == NULL
        && ngx_array_init(lines, r->pool, 1, sizeof(ngx_table_elt_t *))
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    line = ngx_array_push(lines);
    if (line == NULL) {
        return NGX_ERROR;
    }

    *line = h;

#else

    h->next = r->headers_out.cache_control;
    r->headers_out.cache_control = h;

#endif

    return NGX_OK;
}


ngx_uint_t
ngx_http_consent_is_targeted(ngx_table_elt_t *h)
{
    ngx_str_t  *name;

    /* the shortest of them */

    if (h->key.len < sizeof("Edge-Control") - 1) {
        return 0;
    }

    name = &ngx_http_consent_targeted_suffix;

    if (h->key.len > name->len
        && ngx_http_consent_same_name(h->key.data + h->key.len - name->len,
                                      (char *) name->data, name->len))
    {
        return 1;
    }

    for (name = ngx_http_consent_targeted; name->len; name++) {

        if (h->key.len == name->len
            && ngx_strncasecmp(h->key.data, name->data, name->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}
