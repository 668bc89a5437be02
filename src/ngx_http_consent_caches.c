
/*
 * What caches behind us are told: browsers, proxies, CDNs.
 */

#include "ngx_http_consent.h"
#include "ngx_consent_list.h"


/* what the response says already */

typedef struct {
    ngx_table_elt_t          *vary;     /* first lines of them; or NULL */
    ngx_table_elt_t          *control;
    unsigned                  any:1;    /* Vary: * */
    unsigned                  cookie:1;
    unsigned                  gpc:1;
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
static ngx_int_t ngx_http_consent_tell_vary(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_told_t *told);
static ngx_int_t ngx_http_consent_tell_private(ngx_http_request_t *r,
    ngx_http_consent_told_t *told);
static ngx_int_t ngx_http_consent_make_private(ngx_http_request_t *r,
    ngx_http_consent_told_t *told, ngx_table_elt_t *h);
static ngx_uint_t ngx_http_consent_for_shared(ngx_http_consent_told_t *told,
    ngx_consent_member_t *m);


static ngx_str_t  ngx_http_consent_no_store = ngx_string("no-store");
static ngx_str_t  ngx_http_consent_private = ngx_string("private");
static ngx_str_t  ngx_http_consent_cookie = ngx_string("cookie");
static ngx_str_t  ngx_http_consent_sec_gpc = ngx_string("sec-gpc");
static ngx_str_t  ngx_http_consent_any = ngx_string("*");


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
ngx_http_consent_tell_caches(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_uint_t               private;
    ngx_http_consent_told_t  told;

    if (ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_OFF) {
        return NGX_OK;
    }

    private = ctx->conf->downstream == NGX_HTTP_CONSENT_DOWNSTREAM_PRIVATE
              || ctx->personal || ngx_http_consent_varies_beyond(ctx->conf);

    ngx_http_consent_told(r, &told);

    if (told.no_store && !told.targeted) {
        return NGX_OK;
    }

    if (!told.any && ngx_http_consent_tell_vary(r, ctx, &told) != NGX_OK) {
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

    ngx_memzero(told, sizeof(ngx_http_consent_told_t));

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
    ngx_consent_member_t   m;

    if (told->vary == NULL) {
        told->vary = h;
    }

    p = h->value.data;
    last = p + h->value.len;

    while (ngx_consent_list_next(&p, last, &m) == NGX_OK) {

        if (ngx_consent_list_named(&m, &ngx_http_consent_any)) {
            told->any = 1;

        } else if (ngx_consent_list_named(&m, &ngx_http_consent_cookie)) {
            told->cookie = 1;

        } else if (ngx_consent_list_named(&m, &ngx_http_consent_sec_gpc)) {
            told->gpc = 1;
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
           || (conf->guard && conf->guard->lengths);
}


/* The line that is there is extended, not doubled. */

static ngx_int_t
ngx_http_consent_tell_vary(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_told_t *told)
{
    u_char      *p;
    ngx_str_t    value;
    ngx_uint_t   cookie, gpc;

    static ngx_str_t  vary[] = {
        ngx_null_string,
        ngx_string("Cookie"),
        ngx_string("Sec-GPC"),
        ngx_string("Cookie, Sec-GPC")
    };

    cookie = !told->cookie;
    gpc = (ctx->binding->gpc && !told->gpc);

    if (!cookie && !gpc) {
        return NGX_OK;
    }

    if (told->vary == NULL) {

        value = vary[cookie + 2 * gpc];

        return ngx_http_consent_add_header(r, "Vary", &value) ? NGX_OK
                                                              : NGX_ERROR;
    }

    value = told->vary->value;

    p = ngx_pnalloc(r->pool, value.len + sizeof(", Cookie, Sec-GPC") - 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    value.len = ngx_sprintf(p, "%V%s%V", &value, value.len ? ", " : "",
                            &vary[cookie + 2 * gpc])
                - p;
    value.data = p;

    told->vary->value = value;

    return NGX_OK;
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

    name = &ngx_http_consent_targeted_suffix;

    if (h->key.len > name->len
        && ngx_strncasecmp(h->key.data + h->key.len - name->len, name->data,
                           name->len)
           == 0)
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
