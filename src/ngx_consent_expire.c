
#include "ngx_consent_expire.h"


/* bytes; a longer host is no name in the DNS */
#define NGX_CONSENT_EXPIRE_MAX_HOST  253


/* what a name's beginning asks for besides Secure (RFC 6265bis 4.1.3) */

typedef struct {
    ngx_str_t   prefix;         /* in lower case: browsers do not mind it */
    ngx_uint_t  host;           /* no Domain, and Path=/ */
    ngx_uint_t  http_only;
} ngx_consent_expire_prefix_t;


static const ngx_consent_expire_prefix_t  ngx_consent_expire_prefixes[] = {
    { ngx_string("__host-http-"), 1, 1 },
    { ngx_string("__host-"), 1, 0 },
    { ngx_string("__http-"), 0, 1 },
    { ngx_string("__secure-"), 0, 0 }
};


static const ngx_consent_expire_prefix_t *ngx_consent_expire_prefix(
    const ngx_str_t *name);
static void ngx_consent_expire_domains(ngx_consent_expire_t *e);
static ngx_uint_t ngx_consent_expire_named(const ngx_str_t *host);
static void ngx_consent_expire_paths(ngx_consent_expire_t *e);
static ngx_uint_t ngx_consent_expire_says(const ngx_str_t *path);
static ngx_uint_t ngx_consent_expire_same(const ngx_str_t *a,
    const ngx_str_t *b);
static size_t ngx_consent_expire_put(u_char *out, size_t n,
    const ngx_str_t *s);


ngx_uint_t
ngx_consent_expire_can(const ngx_str_t *name)
{
    size_t  i;

    for (i = 0; i < name->len; i++) {
        if ((name->data[i] < 0x20 && name->data[i] != '\t')
            || name->data[i] == 0x7f)
        {
            return 0;
        }
    }

    return name->len != 0;
}


void
ngx_consent_expire_directory(u_char *uri, size_t len, ngx_str_t *directory)
{
    size_t  i, end;

    end = 0;

    for (i = 0; i < len && uri[i] != '?' && uri[i] != '#'; i++) {
        if (uri[i] == '/') {
            end = i;
        }
    }

    directory->data = uri;
    directory->len = end;

    if (end == 0 || uri[0] != '/') {
        directory->data = (u_char *) "/";
        directory->len = 1;
    }
}


void
ngx_consent_expire_init(ngx_consent_expire_t *e)
{
    const ngx_consent_expire_prefix_t  *prefix;

    ngx_consent_expire_domains(e);
    ngx_consent_expire_paths(e);

    prefix = ngx_consent_expire_prefix(&e->name);

    if (prefix && prefix->host) {
        e->ndomains = 1;
        e->npaths = 1;
    }
}


size_t
ngx_consent_expire_line(const ngx_consent_expire_t *e, ngx_uint_t n,
    u_char *out)
{
    size_t                              len;
    const ngx_str_t                    *domain, *path;
    const ngx_consent_expire_prefix_t  *prefix;

    static const ngx_str_t  gone = ngx_string(
        "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    static const ngx_str_t  path_is = ngx_string("; Path=");
    static const ngx_str_t  domain_is = ngx_string("; Domain=");
    static const ngx_str_t  http_only = ngx_string("; HttpOnly");
    static const ngx_str_t  secure = ngx_string("; Secure");
    static const ngx_str_t  none = ngx_string("; SameSite=None");
    static const ngx_str_t  partitioned = ngx_string("; Partitioned");

    if (n >= e->ndomains * e->npaths) {
        return 0;
    }

    prefix = ngx_consent_expire_prefix(&e->name);
    domain = &e->domains[n % e->ndomains];
    path = &e->paths[n / e->ndomains];

    len = ngx_consent_expire_put(out, 0, &e->name);
    len = ngx_consent_expire_put(out, len, &gone);

    if (path->len) {
        len = ngx_consent_expire_put(out, len, &path_is);
        len = ngx_consent_expire_put(out, len, path);
    }

    if (domain->len) {
        len = ngx_consent_expire_put(out, len, &domain_is);
        len = ngx_consent_expire_put(out, len, domain);
    }

    if (prefix && prefix->http_only) {
        len = ngx_consent_expire_put(out, len, &http_only);
    }

    if (e->secure || e->embedded || e->partitioned || prefix) {
        len = ngx_consent_expire_put(out, len, &secure);
    }

    if (e->embedded || e->partitioned) {
        len = ngx_consent_expire_put(out, len, &none);
    }

    if (e->partitioned) {
        len = ngx_consent_expire_put(out, len, &partitioned);
    }

    return len;
}


/* NULL: the name asks for nothing */

static const ngx_consent_expire_prefix_t *
ngx_consent_expire_prefix(const ngx_str_t *name)
{
    size_t            i;
    ngx_uint_t        n;
    const ngx_str_t  *prefix;

    for (n = 0;
         n < sizeof(ngx_consent_expire_prefixes)
             / sizeof(ngx_consent_expire_prefixes[0]);
         n++)
    {
        prefix = &ngx_consent_expire_prefixes[n].prefix;

        for (i = 0; i < prefix->len && i < name->len; i++) {
            if (ngx_consent_tolower(name->data[i]) != prefix->data[i]) {
                break;
            }
        }

        if (i == prefix->len) {
            return &ngx_consent_expire_prefixes[n];
        }
    }

    return NULL;
}


/*
 * None at all, the host, its parents of two labels or more: a browser ignores
 * one that is a public suffix.  Above the row's own domain there is nothing.
 */

static void
ngx_consent_expire_domains(ngx_consent_expire_t *e)
{
    size_t      i;
    ngx_str_t  *d;
    ngx_uint_t  labels;

    d = e->domains;

    d->data = NULL;
    d->len = 0;
    d++;

    e->ndomains = 1;

    if (!ngx_consent_expire_named(&e->host)
        || memchr(e->host.data, '.', e->host.len) == NULL)
    {
        return;
    }

    *d++ = e->host;

    labels = 1;

    for (i = e->host.len - 1;
         i > 0 && d <= &e->domains[NGX_CONSENT_EXPIRE_DOMAINS];
         i--)
    {
        if (e->host.data[i - 1] != '.' || labels++ == 1
            || e->host.len - i < e->domain.len)
        {
            continue;
        }

        d->data = e->host.data + i;
        d->len = e->host.len - i;
        d++;
    }

    e->ndomains = d - e->domains;
}


/* 0: an address, which has no parents, or what no Domain can say */

static ngx_uint_t
ngx_consent_expire_named(const ngx_str_t *host)
{
    u_char  c;
    size_t  i, label;

    label = 0;

    if (host->len > NGX_CONSENT_EXPIRE_MAX_HOST) {
        return 0;
    }

    for (i = 0; i < host->len; i++) {

        c = host->data[i];

        if (c == '.') {
            label = i + 1;

        } else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
                     || c == '-' || c == '_'))
        {
            return 0;
        }
    }

    /* a name's last label does not begin with a digit */

    return label < host->len
           && (host->data[label] < '0' || host->data[label] > '9');
}


/*
 * "/", the request's, the row's.  The request's is what a browser takes where
 * there is no Path: so it is right behind a proxy that changes paths, too.
 */

static void
ngx_consent_expire_paths(ngx_consent_expire_t *e)
{
    ngx_str_t  *p;

    static const ngx_str_t  root = ngx_string("/");

    p = e->paths;

    *p++ = root;

    if (!ngx_consent_expire_same(&e->directory, &root)) {
        p->data = NULL;
        p->len = 0;
        p++;
    }

    if (ngx_consent_expire_says(&e->path)
        && !ngx_consent_expire_same(&e->path, &root)
        && !ngx_consent_expire_same(&e->path, &e->directory))
    {
        *p++ = e->path;
    }

    e->npaths = p - e->paths;
}


/* 1 if it is what a browser takes for a path */

static ngx_uint_t
ngx_consent_expire_says(const ngx_str_t *path)
{
    size_t  i;

    for (i = 0; i < path->len; i++) {
        if (path->data[i] < 0x20 || path->data[i] == 0x7f
            || path->data[i] == ';')
        {
            return 0;
        }
    }

    return path->len && path->data[0] == '/';
}


static ngx_uint_t
ngx_consent_expire_same(const ngx_str_t *a, const ngx_str_t *b)
{
    return a->len == b->len
           && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}


static size_t
ngx_consent_expire_put(u_char *out, size_t n, const ngx_str_t *s)
{
    if (out && s->len) {
        memcpy(out + n, s->data, s->len);
    }

    return n + s->len;
}
