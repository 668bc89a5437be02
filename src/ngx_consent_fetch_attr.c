
/*
 * A tag's attributes by their names.
 */

#include "ngx_consent_fetch.h"


static const ngx_consent_attr_t *ngx_consent_fetch_find_xml(
    const ngx_consent_tag_t *tag, const u_char *p, const ngx_str_t *name);
static ngx_inline ngx_uint_t ngx_consent_fetch_same(const u_char *p,
    const ngx_str_t *name);


ngx_uint_t
ngx_consent_fetch_named(const ngx_consent_tag_t *tag,
    const ngx_consent_attr_t *attr, const u_char *p, const ngx_str_t *name)
{
    size_t         i, len;
    u_char        *n, *xlink;
    const u_char  *colon;

    p += attr->name;
    len = attr->name_len;
    n = name->data;
    i = name->len;

    if (tag->ns == NGX_CONSENT_NS_XML) {

        /* names have a case, and any prefix may stand for XLink's */

        colon = memchr(p, ':', len);
        xlink = memchr(n, ':', i);

        if ((colon == NULL) != (xlink == NULL)) {
            return 0;
        }

        if (colon) {
            len -= colon + 1 - p;
            p = colon + 1;
            i -= xlink + 1 - n;
            n = xlink + 1;
        }

        return len == i && memcmp(p, n, len) == 0;
    }

    return len == i && ngx_consent_fetch_same(p, name);
}


const ngx_consent_attr_t *
ngx_consent_fetch_find(const ngx_consent_tag_t *tag, const u_char *p,
    const ngx_str_t *name)
{
    u_char                     first;
    size_t                     len;
    const ngx_consent_attr_t  *attr, *last;

    if (tag->ns == NGX_CONSENT_NS_XML) {
        return ngx_consent_fetch_find_xml(tag, p, name);
    }

    /* all names that are looked for begin with a letter */

    first = name->data[0];
    len = name->len;
    last = tag->attrs + tag->nattrs;

    for (attr = tag->attrs; attr < last; attr++) {
        if (attr->name_len == len && (p[attr->name] | 0x20) == first
            && ngx_consent_fetch_same(p + attr->name, name))
        {
            return attr;
        }
    }

    return NULL;
}


static const ngx_consent_attr_t *
ngx_consent_fetch_find_xml(const ngx_consent_tag_t *tag, const u_char *p,
    const ngx_str_t *name)
{
    const ngx_consent_attr_t  *attr, *last;

    last = tag->attrs + tag->nattrs;

    for (attr = tag->attrs; attr < last; attr++) {
        if (ngx_consent_fetch_named(tag, attr, p, name)) {
            return attr;
        }
    }

    return NULL;
}


/* As many bytes are that name, in lower case or not. */

static ngx_inline ngx_uint_t
ngx_consent_fetch_same(const u_char *p, const ngx_str_t *name)
{
    size_t  i, n;

    /* as it is, most of the time: in two parts that overlap */

    n = name->len;

    if (n >= 4 && n <= 8
        && ngx_consent_word_4(p) == ngx_consent_word_4(name->data)
        && ngx_consent_word_4(p + n - 4)
           == ngx_consent_word_4(name->data + n - 4))
    {
        return 1;
    }

    for (i = 0; i < n; i++) {
        if (p[i] != name->data[i]
            && ngx_consent_tolower(p[i]) != name->data[i])
        {
            return 0;
        }
    }

    return 1;
}
