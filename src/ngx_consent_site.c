
#include "ngx_consent_site.h"


static ngx_int_t ngx_consent_site_authority(u_char *p, u_char *last,
    ngx_consent_site_t *site);
static ngx_uint_t ngx_consent_site_prefix(u_char *p, u_char *last,
    const char *prefix);


ngx_int_t
ngx_consent_site_url(const ngx_str_t *url, ngx_consent_site_t *site)
{
    u_char  *p, *last, *end;

    p = url->data;
    last = p + url->len;

    if (ngx_consent_site_prefix(p, last, "http://")) {
        p += sizeof("http://") - 1;

    } else if (ngx_consent_site_prefix(p, last, "https://")) {
        p += sizeof("https://") - 1;

    } else {
        return NGX_DECLINED;
    }

    for (end = p; end < last; end++) {
        if (*end == '/' || *end == '?' || *end == '#') {
            break;
        }
    }

    site->path.data = end;

    if (ngx_consent_site_authority(p, end, site) != NGX_OK) {
        return NGX_DECLINED;
    }

    while (end < last && *end != '#') {
        end++;
    }

    site->path.len = end - site->path.data;

    return NGX_OK;
}


ngx_int_t
ngx_consent_site_host(const ngx_str_t *value, ngx_consent_site_t *site)
{
    site->path.len = 0;
    site->path.data = NULL;

    return ngx_consent_site_authority(value->data, value->data + value->len,
                                      site);
}


/* host[:port], where the host may be [an IPv6 address] */

static ngx_int_t
ngx_consent_site_authority(u_char *p, u_char *last, ngx_consent_site_t *site)
{
    u_char  *end;

    site->host.data = p;

    if (p < last && *p == '[') {

        while (p < last && *p != ']') {
            p++;
        }

        if (p == last) {
            return NGX_DECLINED;
        }

        p++;

    } else {
        while (p < last && *p != ':') {

            /* nothing that a browser lets into a host, and no user name */

            if (*p <= ' ' || *p >= 0x7f || *p == '@' || *p == '\\'
                || *p == '/' || *p == '%' || *p == ',')
            {
                return NGX_DECLINED;
            }

            p++;
        }
    }

    site->host.len = p - site->host.data;

    end = p;

    if (p < last) {

        if (*p++ != ':') {
            return NGX_DECLINED;
        }

        for (end = p; end < last; end++) {
            if (*end < '0' || *end > '9') {
                return NGX_DECLINED;
            }
        }
    }

    site->port.data = p;
    site->port.len = end - p;

    if ((site->port.len == 2 && memcmp(p, "80", 2) == 0)
        || (site->port.len == 3 && memcmp(p, "443", 3) == 0))
    {
        site->port.len = 0;
    }

    if (site->host.len && site->host.data[site->host.len - 1] == '.') {
        site->host.len--;
    }

    return site->host.len ? NGX_OK : NGX_DECLINED;
}


static ngx_uint_t
ngx_consent_site_prefix(u_char *p, u_char *last, const char *prefix)
{
    for ( /* void */ ; *prefix; p++, prefix++) {

        if (p == last || ngx_consent_tolower(*p) != (u_char) *prefix) {
            return 0;
        }
    }

    return 1;
}


ngx_uint_t
ngx_consent_site_same(const ngx_consent_site_t *a, const ngx_consent_site_t *b)
{
    size_t  i;

    if (a->host.len != b->host.len || a->port.len != b->port.len
        || memcmp(a->port.data, b->port.data, a->port.len) != 0)
    {
        return 0;
    }

    for (i = 0; i < a->host.len; i++) {

        if (ngx_consent_tolower(a->host.data[i])
            != ngx_consent_tolower(b->host.data[i]))
        {
            return 0;
        }
    }

    return 1;
}


ngx_uint_t
ngx_consent_site_path(const ngx_str_t *path)
{
    size_t  i;

    if (path->len == 0 || path->data[0] != '/'
        || (path->len > 1 && path->data[1] == '/'))
    {
        return 0;
    }

    for (i = 0; i < path->len; i++) {

        if (path->data[i] < 0x20 || path->data[i] == 0x7f
            || path->data[i] == '\\')
        {
            return 0;
        }
    }

    return 1;
}
