
#include "ngx_consent_fetch.h"


static ngx_uint_t ngx_consent_fetch_link(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_input(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_is_svg(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_is_html(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_lazy(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_in(const ngx_str_t *list, const u_char *p,
    size_t len);


/*
 * An element's rows stand together.  The data- attributes are those of lazy
 * loaders, which fetch them as soon as they run.
 */

static const ngx_consent_fetch_t  ngx_consent_fetch_table[] = {

    /* element, attribute, what it is, when */

    { NGX_CONSENT_TAG_AUDIO, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_BASE, ngx_string("href"),
      NGX_CONSENT_FETCH_BASE, NULL },
    { NGX_CONSENT_TAG_EMBED, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_FRAME, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_IFRAME, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_IFRAME, ngx_string("data-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_IFRAME, ngx_string("data-litespeed-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_IFRAME, ngx_string("data-lazy-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_IMAGE, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_is_html },
    { NGX_CONSENT_TAG_IMAGE, ngx_string("srcset"),
      NGX_CONSENT_FETCH_SRCSET, ngx_consent_fetch_is_html },
    { NGX_CONSENT_TAG_IMAGE, ngx_string("href"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_is_svg },
    { NGX_CONSENT_TAG_IMAGE, ngx_string("xlink:href"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_is_svg },
    { NGX_CONSENT_TAG_IMG, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_IMG, ngx_string("srcset"),
      NGX_CONSENT_FETCH_SRCSET, NULL },
    { NGX_CONSENT_TAG_IMG, ngx_string("data-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_IMG, ngx_string("data-litespeed-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_IMG, ngx_string("data-lazy-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_IMG, ngx_string("data-srcset"),
      NGX_CONSENT_FETCH_SRCSET, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_IMG, ngx_string("data-lazy-srcset"),
      NGX_CONSENT_FETCH_SRCSET, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_INPUT, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_input },
    { NGX_CONSENT_TAG_LINK, ngx_string("href"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_link },
    { NGX_CONSENT_TAG_LINK, ngx_string("imagesrcset"),
      NGX_CONSENT_FETCH_SRCSET, ngx_consent_fetch_link },
    { NGX_CONSENT_TAG_OBJECT, ngx_string("data"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_SCRIPT, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_is_html },
    { NGX_CONSENT_TAG_SCRIPT, ngx_string("href"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_is_svg },
    { NGX_CONSENT_TAG_SCRIPT, ngx_string("xlink:href"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_is_svg },
    { NGX_CONSENT_TAG_SCRIPT, ngx_string("data-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_SCRIPT, ngx_string("data-litespeed-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_SCRIPT, ngx_string("data-rocket-src"),
      NGX_CONSENT_FETCH_URL, ngx_consent_fetch_lazy },
    { NGX_CONSENT_TAG_SOURCE, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_SOURCE, ngx_string("srcset"),
      NGX_CONSENT_FETCH_SRCSET, NULL },
    { NGX_CONSENT_TAG_TRACK, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_VIDEO, ngx_string("src"),
      NGX_CONSENT_FETCH_URL, NULL },
    { NGX_CONSENT_TAG_VIDEO, ngx_string("poster"),
      NGX_CONSENT_FETCH_URL, NULL },

    { NGX_CONSENT_TAG_OTHER, ngx_null_string, NGX_CONSENT_FETCH_URL, NULL }
};


/*
 * Link types that fetch, or open a connection, on their own (HTML 4.6.7 and
 * the icons that browsers add).  All others name something for later.
 */

static const ngx_str_t  ngx_consent_fetch_rels[] = {
    ngx_string("stylesheet"),
    ngx_string("preload"),
    ngx_string("modulepreload"),
    ngx_string("preconnect"),
    ngx_string("dns-prefetch"),
    ngx_string("prefetch"),
    ngx_string("prerender"),
    ngx_string("icon"),
    ngx_string("apple-touch-icon"),
    ngx_string("apple-touch-icon-precomposed"),
    ngx_string("apple-touch-startup-image"),
    ngx_string("mask-icon"),
    ngx_string("manifest"),
    ngx_string("compression-dictionary"),
    ngx_string("subresource"),
    ngx_string("import"),
    ngx_null_string
};


/* JavaScript MIME types (MIME Sniffing 4.6), "module", and nothing */

static const ngx_str_t  ngx_consent_fetch_types[] = {
    ngx_string("text/javascript"),
    ngx_string("module"),
    ngx_string("application/javascript"),
    ngx_string("application/x-javascript"),
    ngx_string("application/ecmascript"),
    ngx_string("application/x-ecmascript"),
    ngx_string("text/ecmascript"),
    ngx_string("text/javascript1.0"),
    ngx_string("text/javascript1.1"),
    ngx_string("text/javascript1.2"),
    ngx_string("text/javascript1.3"),
    ngx_string("text/javascript1.4"),
    ngx_string("text/javascript1.5"),
    ngx_string("text/jscript"),
    ngx_string("text/livescript"),
    ngx_string("text/x-ecmascript"),
    ngx_string("text/x-javascript"),

    /* loaders that run such scripts themselves, a moment later */
    ngx_string("rocketlazyloadscript"),
    ngx_string("pmdelayedscript"),
    ngx_null_string
};

/*
 * A consent platform's own marks: what it brings back itself, by such an
 * attribute, is held back already.
 */

static const ngx_str_t  ngx_consent_fetch_gates[] = {
    ngx_string("data-category"),
    ngx_string("data-cookiecategory"),
    ngx_string("data-cookieconsent"),
    ngx_string("data-cookieyes"),
    ngx_string("data-cmp-vendor"),
    ngx_string("data-name"),
    ngx_string("data-purposes"),
    ngx_string("data-service"),
    ngx_string("data-usercentrics"),
    ngx_string("data-vendor"),
    ngx_null_string
};

static const ngx_str_t  ngx_consent_fetch_type = ngx_string("type");
static const ngx_str_t  ngx_consent_fetch_rel = ngx_string("rel");
static const ngx_str_t  ngx_consent_fetch_image = ngx_string("image");

/* a request-specific prefix that Rocket Loader puts before any type */
static const ngx_str_t  ngx_consent_fetch_rocket =
    ngx_string("-text/javascript");


#define ngx_consent_fetch_space(c)                                           \
    ((c) == ' ' || (c) == '\t' || (c) == '\n' || (c) == '\f' || (c) == '\r')


const ngx_consent_fetch_t *
ngx_consent_fetch_rows(const ngx_consent_tag_t *tag)
{
    const ngx_consent_fetch_t  *f;

    for (f = ngx_consent_fetch_table; f->attr.len; f++) {
        if (f->tag == tag->id) {
            return f;
        }
    }

    return NULL;
}


ngx_uint_t
ngx_consent_fetch_named(const ngx_consent_attr_t *attr, const u_char *p,
    const ngx_str_t *name)
{
    size_t  i;

    if (attr->name_len != name->len) {
        return 0;
    }

    p += attr->name;

    for (i = 0; i < name->len; i++) {
        if (ngx_consent_tolower(p[i]) != name->data[i]) {
            return 0;
        }
    }

    return 1;
}


const ngx_consent_attr_t *
ngx_consent_fetch_attr(const ngx_consent_tag_t *tag, const u_char *p,
    const ngx_str_t *name)
{
    ngx_uint_t  i;

    for (i = 0; i < tag->nattrs; i++) {
        if (ngx_consent_fetch_named(&tag->attrs[i], p, name)) {
            return &tag->attrs[i];
        }
    }

    return NULL;
}


ngx_consent_script_e
ngx_consent_fetch_script(const ngx_consent_tag_t *tag, const u_char *p)
{
    size_t                     i, len;
    const ngx_str_t           *rocket;
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(tag, p, &ngx_consent_fetch_type);

    if (attr == NULL || attr->value_len == 0) {
        return NGX_CONSENT_SCRIPT_RUNS;
    }

    p += attr->value;
    len = attr->value_len;

    while (len && ngx_consent_fetch_space(p[len - 1])) {
        len--;
    }

    while (len && ngx_consent_fetch_space(*p)) {
        p++;
        len--;
    }

    if (ngx_consent_fetch_in(ngx_consent_fetch_types, p, len)) {
        return NGX_CONSENT_SCRIPT_RUNS;
    }

    rocket = &ngx_consent_fetch_rocket;

    if (len > rocket->len) {
        p += len - rocket->len;

        for (i = 0; i < rocket->len; i++) {
            if (ngx_consent_tolower(p[i]) != rocket->data[i]) {
                return NGX_CONSENT_SCRIPT_DATA;
            }
        }

        return NGX_CONSENT_SCRIPT_RUNS;
    }

    /*
     * A character reference in a type is legal and never seen; a browser would
     * decode it, so the value may be anything.
     */

    return memchr(p, '&', len) ? NGX_CONSENT_SCRIPT_RUNS
                               : NGX_CONSENT_SCRIPT_DATA;
}


static ngx_uint_t
ngx_consent_fetch_link(const ngx_consent_tag_t *tag, const u_char *p)
{
    const u_char              *last, *token;
    const ngx_consent_attr_t  *rel;

    rel = ngx_consent_fetch_attr(tag, p, &ngx_consent_fetch_rel);

    if (rel == NULL) {

        /* of a long tag the rel may be in another part */
        return tag->part || tag->more;
    }

    p += rel->value;
    last = p + rel->value_len;

    if (memchr(p, '&', rel->value_len)) {
        return 1;
    }

    while (p < last) {

        if (ngx_consent_fetch_space(*p)) {
            p++;
            continue;
        }

        token = p;

        while (p < last && !ngx_consent_fetch_space(*p)) {
            p++;
        }

        if (ngx_consent_fetch_in(ngx_consent_fetch_rels, token, p - token)) {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_consent_fetch_input(const ngx_consent_tag_t *tag, const u_char *p)
{
    size_t                     i;
    const ngx_consent_attr_t  *type;

    type = ngx_consent_fetch_attr(tag, p, &ngx_consent_fetch_type);

    if (type == NULL) {
        return tag->part || tag->more;
    }

    p += type->value;

    if (memchr(p, '&', type->value_len)) {
        return 1;
    }

    if (type->value_len != ngx_consent_fetch_image.len) {
        return 0;
    }

    for (i = 0; i < type->value_len; i++) {
        if (ngx_consent_tolower(p[i]) != ngx_consent_fetch_image.data[i]) {
            return 0;
        }
    }

    return 1;
}


static ngx_uint_t
ngx_consent_fetch_is_svg(const ngx_consent_tag_t *tag, const u_char *p)
{
    (void) p;

    return tag->ns == NGX_CONSENT_NS_SVG;
}


static ngx_uint_t
ngx_consent_fetch_is_html(const ngx_consent_tag_t *tag, const u_char *p)
{
    (void) p;

    return tag->ns == NGX_CONSENT_NS_HTML;
}


static ngx_uint_t
ngx_consent_fetch_lazy(const ngx_consent_tag_t *tag, const u_char *p)
{
    const ngx_str_t  *gate;

    for (gate = ngx_consent_fetch_gates; gate->len; gate++) {
        if (ngx_consent_fetch_attr(tag, p, gate)) {
            return 0;
        }
    }

    return 1;
}


static ngx_uint_t
ngx_consent_fetch_in(const ngx_str_t *list, const u_char *p, size_t len)
{
    size_t  i;

    for ( /* void */ ; list->len; list++) {

        if (list->len != len) {
            continue;
        }

        for (i = 0; i < len; i++) {
            if (ngx_consent_tolower(p[i]) != list->data[i]) {
                break;
            }
        }

        if (i == len) {
            return 1;
        }
    }

    return 0;
}
