
/*
 * Where a posted choice comes from, and what its sender wants back.
 */

#include "ngx_http_consent_pages.h"
#include "ngx_consent_list.h"
#include "ngx_consent_site.h"


/* what of a request's headers says where it comes from, and what it wants */

typedef struct {
    ngx_table_elt_t          *fetch_site;
    ngx_table_elt_t          *origin;
    ngx_table_elt_t          *referer;
    ngx_uint_t                origins;
    ngx_uint_t                fetch_sites;
    unsigned                  wants_json:1;
    unsigned                  wants_html:1;
} ngx_http_consent_sender_t;


static void ngx_http_consent_sender(ngx_http_request_t *r,
    ngx_http_consent_sender_t *sender);
static ngx_uint_t ngx_http_consent_accepts(ngx_str_t *value, char *type);
static ngx_uint_t ngx_http_consent_weighs_nothing(u_char *p, u_char *last);
static ngx_uint_t ngx_http_consent_says_https(u_char *p, u_char *last);
static ngx_uint_t ngx_http_consent_other_host(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_http_consent_sender_t *sender);
static ngx_uint_t ngx_http_consent_self(ngx_http_request_t *r,
    ngx_consent_site_t *site);
static ngx_int_t ngx_http_consent_host(ngx_http_request_t *r,
    ngx_consent_site_t *self);
static ngx_uint_t ngx_http_consent_first_party_site(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_site_t *site);


static void
ngx_http_consent_sender(ngx_http_request_t *r,
    ngx_http_consent_sender_t *sender)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    ngx_memzero(sender, sizeof(ngx_http_consent_sender_t));

    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (ngx_http_consent_header_is(h, "Sec-Fetch-Site")) {
            sender->fetch_site = h;
            sender->fetch_sites++;

        } else if (ngx_http_consent_header_is(h, "Origin")) {
            sender->origin = h;
            sender->origins++;

        } else if (ngx_http_consent_header_is(h, "Referer")) {
            sender->referer = h;

        } else if (ngx_http_consent_header_is(h, "Accept")) {

            sender->wants_json |= ngx_http_consent_accepts(&h->value,
                                                     "application/json");
            sender->wants_html |= ngx_http_consent_accepts(&h->value,
                                                     "text/html");
        }
    }
}


/* 1 if the type is listed by its name (RFC 9110, 12.5.1), and not with q=0 */

static ngx_uint_t
ngx_http_consent_accepts(ngx_str_t *value, char *type)
{
    size_t                 len;
    u_char                *p, *pos, *last;
    ngx_consent_member_t   m;

    pos = value->data;
    len = ngx_strlen(type);

    while (ngx_consent_list_next(&pos, value->data + value->len, &m) == NGX_OK)
    {
        p = m.member.data;
        last = p + m.member.len;

        if (m.member.len < len
            || ngx_strncasecmp(p, (u_char *) type, len) != 0)
        {
            continue;
        }

        p += len;

        if (p == last) {
            return 1;
        }

        if (*p != ';' && *p != ' ' && *p != '\t') {
            continue;
        }

        if (!ngx_http_consent_weighs_nothing(p, last)) {
            return 1;
        }
    }

    return 0;
}


/* 1 if q=0, q=0.0 and so on stands among the parameters */

static ngx_uint_t
ngx_http_consent_weighs_nothing(u_char *p, u_char *last)
{
    while (p < last) {

        while (p < last && (*p == ';' || *p == ' ' || *p == '\t')) {
            p++;
        }

        if (last - p > 2 && (p[0] | 0x20) == 'q' && p[1] == '='
            && p[2] == '0')
        {
            p += 3;

            while (p < last && (*p == '.' || *p == '0')) {
                p++;
            }

            return p == last || *p == ';' || *p == ' ' || *p == '\t';
        }

        while (p < last && *p != ';') {
            p++;
        }
    }

    return 0;
}


ngx_uint_t
ngx_http_consent_wants_json(ngx_http_request_t *r)
{
    ngx_http_consent_sender_t  sender;

    ngx_http_consent_sender(r, &sender);

    return sender.wants_json && !sender.wants_html;
}


ngx_int_t
ngx_http_consent_came_from(ngx_http_request_t *r, ngx_str_t *path)
{
    ngx_consent_site_t         site;
    ngx_http_consent_sender_t  sender;

    ngx_http_consent_sender(r, &sender);

    if (sender.referer == NULL
        || ngx_consent_site_url(&sender.referer->value, &site) != NGX_OK
        || !ngx_http_consent_self(r, &site))
    {
        return NGX_DECLINED;
    }

    *path = site.path;

    if (path->len == 0) {
        ngx_str_set(path, "/");
    }

    /* "https://site//other/" is of this site, its path alone is not */

    return ngx_consent_site_path(path) ? NGX_OK : NGX_DECLINED;
}


/*
 * The browser's own word counts most: TLS may end before us, or begin there.
 * Of a proxy that does not say so by this header nothing is known: a cookie
 * that is not "Secure" is kept, one that is would be lost if it came by http.
 */

ngx_uint_t
ngx_http_consent_came_secure(ngx_http_request_t *r)
{
    ngx_uint_t                  i, said;
    ngx_list_part_t            *part;
    ngx_table_elt_t            *h;
    ngx_consent_site_t          site;
    ngx_http_consent_sender_t   sender;

    ngx_http_consent_sender(r, &sender);

    if (sender.origins == 1
        && ngx_consent_site_url(&sender.origin->value, &site) == NGX_OK
        && ngx_http_consent_self(r, &site))
    {
        return ngx_strncasecmp(sender.origin->value.data,
                               (u_char *) "https://", 8)
               == 0;
    }

#if (NGX_HTTP_SSL)
    if (r->connection->ssl) {
        return 1;
    }
#endif

    said = 0;
    part = &r->headers_in.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (!ngx_http_consent_header_is(h, "X-Forwarded-Proto")) {
            continue;
        }

        if (!ngx_http_consent_says_https(h->value.data,
                                         h->value.data + h->value.len))
        {
            return 0;
        }

        said = 1;
    }

    return said;
}


/* "https", or a list of nothing else: each proxy may have added its own */

static ngx_uint_t
ngx_http_consent_says_https(u_char *p, u_char *last)
{
    for ( ;; ) {

        while (p < last && (*p == ' ' || *p == '\t')) {
            p++;
        }

        if (last - p < 5
            || ngx_strncasecmp(p, (u_char *) "https", 5) != 0)
        {
            return 0;
        }

        p += 5;

        while (p < last && (*p == ' ' || *p == '\t')) {
            p++;
        }

        if (p == last) {
            return 1;
        }

        if (*p++ != ',') {
            return 0;
        }
    }
}


/*
 * Every browser of today sends an Origin with a cross-site POST, and no page
 * can keep it from doing so.  Without any of the three headers it is not a
 * browser that another site has talked into it but curl, a test, an app: it
 * speaks for itself, and could write the cookie as well.
 */

char *
ngx_http_consent_foreign(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                  *value;
    ngx_consent_site_t          site;
    ngx_http_consent_sender_t   sender;

    static char  foreign[] = "a choice can only be made on the site itself";

    ngx_http_consent_sender(r, &sender);

    if (sender.fetch_sites > 1 || sender.origins > 1) {
        return foreign;
    }

    if (sender.fetch_site) {

        value = &sender.fetch_site->value;

        /* the browser's own word: no page can send this header */

        if (value->len == sizeof("same-origin") - 1
            && ngx_strncmp(value->data, "same-origin", value->len) == 0)
        {
            return NULL;
        }

        /* "none": no site has asked for it, which the others must not deny */

        if (value->len != sizeof("none") - 1
            || ngx_strncmp(value->data, "none", value->len) != 0)
        {
            return ngx_http_consent_other_host(r, ctx, &sender) ? NULL
                                                                : foreign;
        }
    }

    if (sender.origin) {

        if (ngx_consent_site_url(&sender.origin->value, &site) != NGX_OK
            || site.path.len
            || (!ngx_http_consent_self(r, &site)
                && !ngx_http_consent_first_party_site(r, ctx, &site)))
        {
            return foreign;
        }

        return NULL;
    }

    if (sender.referer) {

        if (ngx_consent_site_url(&sender.referer->value, &site) != NGX_OK
            || (!ngx_http_consent_self(r, &site)
                && !ngx_http_consent_first_party_site(r, ctx, &site)))
        {
            return foreign;
        }
    }

    return NULL;
}


/*
 * 1 if it comes from another host that is said to be the site, which to the
 * browser is "same-site" or "cross-site".  Of its own host it says neither.
 */

static ngx_uint_t
ngx_http_consent_other_host(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    ngx_http_consent_sender_t *sender)
{
    ngx_str_t           *value;
    ngx_consent_site_t   site;

    value = &sender->fetch_site->value;

    if (!(value->len == sizeof("same-site") - 1
          && ngx_strncmp(value->data, "same-site", value->len) == 0)
        && !(value->len == sizeof("cross-site") - 1
             && ngx_strncmp(value->data, "cross-site", value->len) == 0))
    {
        return 0;
    }

    return sender->origin
           && ngx_consent_site_url(&sender->origin->value, &site) == NGX_OK
           && site.path.len == 0
           && !ngx_http_consent_self(r, &site)
           && ngx_http_consent_first_party_site(r, ctx, &site);
}


/* 1 if that is the host, with its port, that the request was sent to */

static ngx_uint_t
ngx_http_consent_self(ngx_http_request_t *r, ngx_consent_site_t *site)
{
    ngx_consent_site_t  self;

    return ngx_http_consent_host(r, &self) == NGX_OK
           && ngx_consent_site_same(&self, site);
}


static ngx_int_t
ngx_http_consent_host(ngx_http_request_t *r, ngx_consent_site_t *self)
{
    ngx_str_t  host;

    ngx_str_null(&host);

    if (r->headers_in.host) {
        host = r->headers_in.host->value;

    } else if (r->host_start) {

        /* HTTP/3 has an :authority */

        host.data = r->host_start;
        host.len = r->host_end - r->host_start;
    }

    return host.len ? ngx_consent_site_host(&host, self) : NGX_DECLINED;
}


/* By its own port, or by the one that the request was sent to. */

static ngx_uint_t
ngx_http_consent_first_party_site(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, ngx_consent_site_t *site)
{
    ngx_consent_url_t    url;
    ngx_consent_site_t   self;
    ngx_consent_rules_t  rules;

    if (ctx->conf->first_party == NULL) {
        return 0;
    }

    if (site->port.len
        && (ngx_http_consent_host(r, &self) != NGX_OK
            || self.port.len != site->port.len
            || ngx_strncmp(self.port.data, site->port.data, site->port.len)
               != 0))
    {
        return 0;
    }

    ngx_memzero(&rules, sizeof(ngx_consent_rules_t));
    ngx_memzero(&url, sizeof(ngx_consent_url_t));

    rules.first = ctx->conf->first_party->elts;
    rules.nfirst = ctx->conf->first_party->nelts;

    url.host.len = site->host.len;
    url.host.data = ngx_pnalloc(r->pool, url.host.len);

    if (url.host.data == NULL) {
        return 0;
    }

    ngx_strlow(url.host.data, site->host.data, site->host.len);

    return ngx_consent_page_first_party(&rules, &url);
}
