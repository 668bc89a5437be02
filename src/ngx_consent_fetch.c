
#include "ngx_consent_fetch.h"
#include "ngx_consent_markup.h"
#include "ngx_consent_value.h"


static ngx_uint_t ngx_consent_fetch_link(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_input(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_refresh(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_param(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_animates(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_is_svg(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_is_html(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_background(const ngx_consent_tag_t *tag,
    const u_char *p);
static ngx_uint_t ngx_consent_fetch_tokens(const ngx_consent_tag_t *tag,
    const u_char *p, const ngx_str_t *name, const ngx_str_t *words);


#define ngx_consent_named(name)                                              \
    ngx_string(name), ngx_consent_tag_bit(name[0], sizeof(name) - 1)


/*
 * What fetches: of each element the attribute, what its value is, and when.
 * The data- attributes are those of lazy loaders, which fetch them as soon as
 * they run.
 */

static const ngx_consent_fetch_t  ngx_consent_fetch_of_a[] = {
    { ngx_consent_named("ping"), NGX_CONSENT_FETCH_LIST, NULL },
    { ngx_consent_named("attributionsrc"), NGX_CONSENT_FETCH_LIST, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_animate[] = {
    { ngx_consent_named("to"), NGX_CONSENT_FETCH_VALUES,
      ngx_consent_fetch_animates },
    { ngx_consent_named("from"), NGX_CONSENT_FETCH_VALUES,
      ngx_consent_fetch_animates },
    { ngx_consent_named("by"), NGX_CONSENT_FETCH_VALUES,
      ngx_consent_fetch_animates },
    { ngx_consent_named("values"), NGX_CONSENT_FETCH_VALUES,
      ngx_consent_fetch_animates },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_area[] = {
    { ngx_consent_named("ping"), NGX_CONSENT_FETCH_LIST, NULL },
    { ngx_consent_named("attributionsrc"), NGX_CONSENT_FETCH_LIST, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_audio[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_lazy },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_base[] = {
    { ngx_consent_named("href"), NGX_CONSENT_FETCH_BASE, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_embed[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_DOCUMENT, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_feimage[] = {
    { ngx_consent_named("href"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("xlink:href"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_is_svg },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_frame[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_DOCUMENT, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_iframe[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_DOCUMENT, NULL },
    { ngx_consent_named("srcdoc"), NGX_CONSENT_FETCH_SRCDOC, NULL },
    { ngx_consent_named("data-src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_lazy },
    { ngx_consent_named("data-litespeed-src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-lazy-src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-rocket-src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_image[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_is_html },
    { ngx_consent_named("srcset"), NGX_CONSENT_FETCH_SRCSET,
      ngx_consent_fetch_is_html },
    { ngx_consent_named("href"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("xlink:href"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_is_svg },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_img[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("srcset"), NGX_CONSENT_FETCH_SRCSET, NULL },
    { ngx_consent_named("attributionsrc"), NGX_CONSENT_FETCH_LIST, NULL },
    { ngx_consent_named("data-src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_lazy },
    { ngx_consent_named("data-litespeed-src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-lazy-src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-original"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-srcset"), NGX_CONSENT_FETCH_SRCSET, NULL },
    { ngx_consent_named("data-lazy-srcset"), NGX_CONSENT_FETCH_SRCSET, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_input[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_input },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_link[] = {
    { ngx_consent_named("href"), NGX_CONSENT_FETCH_DOCUMENT,
      ngx_consent_fetch_link },
    { ngx_consent_named("imagesrcset"), NGX_CONSENT_FETCH_SRCSET,
      ngx_consent_fetch_link },
    { ngx_consent_named("data-href"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_lazy },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_meta[] = {
    { ngx_consent_named("content"), NGX_CONSENT_FETCH_REFRESH,
      ngx_consent_fetch_refresh },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_object[] = {
    { ngx_consent_named("data"), NGX_CONSENT_FETCH_DOCUMENT, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_param[] = {
    { ngx_consent_named("value"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_param },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_script[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_DOCUMENT, NULL },
    { ngx_consent_named("href"), NGX_CONSENT_FETCH_DOCUMENT,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("xlink:href"), NGX_CONSENT_FETCH_DOCUMENT,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("attributionsrc"), NGX_CONSENT_FETCH_LIST, NULL },
    { ngx_consent_named("data-src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_lazy },
    { ngx_consent_named("data-litespeed-src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-rocket-src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_source[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("srcset"), NGX_CONSENT_FETCH_SRCSET, NULL },
    { ngx_consent_named("data-src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_lazy },
    { ngx_consent_named("data-srcset"), NGX_CONSENT_FETCH_SRCSET, NULL },
    { ngx_consent_named("data-lazy-srcset"), NGX_CONSENT_FETCH_SRCSET, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_stylesheet[] = {
    { ngx_consent_named("href"), NGX_CONSENT_FETCH_DOCUMENT, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_track[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_use[] = {
    { ngx_consent_named("href"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("xlink:href"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_is_svg },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_video[] = {
    { ngx_consent_named("src"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("poster"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_consent_named("data-src"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_lazy },
    { ngx_consent_named("data-poster"), NGX_CONSENT_FETCH_URL, NULL },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  ngx_consent_fetch_of_any[] = {
    { ngx_consent_named("style"), NGX_CONSENT_FETCH_CSS, NULL },
    { ngx_consent_named("background"), NGX_CONSENT_FETCH_URL,
      ngx_consent_fetch_background },
    { ngx_consent_named("fill"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("stroke"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("mask"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("filter"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("clip-path"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("cursor"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("marker"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("marker-start"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("marker-mid"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_consent_named("marker-end"), NGX_CONSENT_FETCH_CSS,
      ngx_consent_fetch_is_svg },
    { ngx_null_string, 0, NGX_CONSENT_FETCH_URL, NULL }
};

static const ngx_consent_fetch_t  *const  ngx_consent_fetch_table[] = {
    [NGX_CONSENT_TAG_A] = ngx_consent_fetch_of_a,
    [NGX_CONSENT_TAG_ANIMATE] = ngx_consent_fetch_of_animate,
    [NGX_CONSENT_TAG_AREA] = ngx_consent_fetch_of_area,
    [NGX_CONSENT_TAG_AUDIO] = ngx_consent_fetch_of_audio,
    [NGX_CONSENT_TAG_BASE] = ngx_consent_fetch_of_base,
    [NGX_CONSENT_TAG_EMBED] = ngx_consent_fetch_of_embed,
    [NGX_CONSENT_TAG_FEIMAGE] = ngx_consent_fetch_of_feimage,
    [NGX_CONSENT_TAG_FRAME] = ngx_consent_fetch_of_frame,
    [NGX_CONSENT_TAG_IFRAME] = ngx_consent_fetch_of_iframe,
    [NGX_CONSENT_TAG_IMAGE] = ngx_consent_fetch_of_image,
    [NGX_CONSENT_TAG_IMG] = ngx_consent_fetch_of_img,
    [NGX_CONSENT_TAG_INPUT] = ngx_consent_fetch_of_input,
    [NGX_CONSENT_TAG_LINK] = ngx_consent_fetch_of_link,
    [NGX_CONSENT_TAG_META] = ngx_consent_fetch_of_meta,
    [NGX_CONSENT_TAG_OBJECT] = ngx_consent_fetch_of_object,
    [NGX_CONSENT_TAG_PARAM] = ngx_consent_fetch_of_param,
    [NGX_CONSENT_TAG_SCRIPT] = ngx_consent_fetch_of_script,
    [NGX_CONSENT_TAG_SOURCE] = ngx_consent_fetch_of_source,
    [NGX_CONSENT_TAG_STYLESHEET] = ngx_consent_fetch_of_stylesheet,
    [NGX_CONSENT_TAG_TRACK] = ngx_consent_fetch_of_track,
    [NGX_CONSENT_TAG_USE] = ngx_consent_fetch_of_use,
    [NGX_CONSENT_TAG_VIDEO] = ngx_consent_fetch_of_video
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
    ngx_string("next"),                 /* as prefetch, in Firefox */
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


/* "image", of an input */

static const ngx_str_t  ngx_consent_fetch_inputs[] = {
    ngx_string("image"),
    ngx_null_string
};


static const ngx_str_t  ngx_consent_fetch_equivs[] = {
    ngx_string("refresh"),
    ngx_null_string
};


/* names of an object's parameters that are its URL */

static const ngx_str_t  ngx_consent_fetch_params[] = {
    ngx_string("src"),
    ngx_string("movie"),
    ngx_string("url"),
    ngx_string("data"),
    ngx_string("code"),
    ngx_string("href"),
    ngx_string("filename"),
    ngx_null_string
};


/* elements with a background= (HTML 15.3.3, 15.3.8, and what browsers add) */

static const ngx_str_t  ngx_consent_fetch_grounds[] = {
    ngx_string("body"),
    ngx_string("table"),
    ngx_string("thead"),
    ngx_string("tbody"),
    ngx_string("tfoot"),
    ngx_string("tr"),
    ngx_string("td"),
    ngx_string("th"),
    ngx_string("col"),
    ngx_string("colgroup"),
    ngx_null_string
};


static const ngx_str_t  ngx_consent_fetch_animated[] = {
    ngx_string("href"),
    ngx_string("xlink:href"),
    ngx_string("src"),
    ngx_null_string
};


static const ngx_str_t  ngx_consent_fetch_attributename =
    ngx_string("attributename");
static const ngx_str_t  ngx_consent_fetch_attributename_xml =
    ngx_string("attributeName");
static const ngx_str_t  ngx_consent_fetch_equiv = ngx_string("http-equiv");
static const ngx_str_t  ngx_consent_fetch_name = ngx_string("name");
static const ngx_str_t  ngx_consent_fetch_rel = ngx_string("rel");
static const ngx_str_t  ngx_consent_fetch_type = ngx_string("type");


const ngx_consent_fetch_t *
ngx_consent_fetch_rows(const ngx_consent_tag_t *tag)
{
    return ngx_consent_tag_fetches(tag->id) ? ngx_consent_fetch_table[tag->id]
                                            : NULL;
}


const ngx_consent_fetch_t *
ngx_consent_fetch_any(void)
{
    return ngx_consent_fetch_of_any;
}


ngx_uint_t
ngx_consent_fetch_link_type(const u_char *word, size_t len)
{
    return ngx_consent_value_in(ngx_consent_fetch_rels, word, len);
}


static ngx_uint_t
ngx_consent_fetch_link(const ngx_consent_tag_t *tag, const u_char *p)
{
    return ngx_consent_fetch_tokens(tag, p, &ngx_consent_fetch_rel,
                                    ngx_consent_fetch_rels);
}


static ngx_uint_t
ngx_consent_fetch_input(const ngx_consent_tag_t *tag, const u_char *p)
{
    return ngx_consent_fetch_tokens(tag, p, &ngx_consent_fetch_type,
                                    ngx_consent_fetch_inputs);
}


static ngx_uint_t
ngx_consent_fetch_refresh(const ngx_consent_tag_t *tag, const u_char *p)
{
    return ngx_consent_fetch_tokens(tag, p, &ngx_consent_fetch_equiv,
                                    ngx_consent_fetch_equivs);
}


static ngx_uint_t
ngx_consent_fetch_param(const ngx_consent_tag_t *tag, const u_char *p)
{
    return ngx_consent_fetch_tokens(tag, p, &ngx_consent_fetch_name,
                                    ngx_consent_fetch_params);
}


static ngx_uint_t
ngx_consent_fetch_animates(const ngx_consent_tag_t *tag, const u_char *p)
{
    return ngx_consent_fetch_is_svg(tag, p)
           && ngx_consent_fetch_tokens(tag, p,
                                       (tag->ns == NGX_CONSENT_NS_XML)
                                       ? &ngx_consent_fetch_attributename_xml
                                       : &ngx_consent_fetch_attributename,
                                       ngx_consent_fetch_animated);
}


/*
 * 1 if one of the attribute's words is in the list.  Of a long tag it may be in
 * another part, and of a long value in the rest: that counts as one.
 */

static ngx_uint_t
ngx_consent_fetch_tokens(const ngx_consent_tag_t *tag, const u_char *p,
    const ngx_str_t *name, const ngx_str_t *words)
{
    size_t                     len;
    u_char                    *colon, value[NGX_CONSENT_VALUE_WORD];
    ngx_str_t                  token;
    const u_char              *pos;
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(tag, p, name);

    if (attr == NULL) {
        return tag->part || tag->more;
    }

    if (attr->doubt) {
        return 1;
    }

    /* one word, as it is, most of the time */

    if (ngx_consent_value_in(words, p + attr->value, attr->value_len)) {
        return 1;
    }

    len = ngx_consent_value_word(value, p + attr->value, attr->value_len);

    if (len == NGX_CONSENT_VALUE_WORD) {
        return 1;
    }

    pos = value;

    while (ngx_consent_value_token(&pos, value + len, &token) == NGX_OK) {
        colon = (tag->ns == NGX_CONSENT_NS_XML)
                ? memchr(token.data, ':', token.len) : NULL;

        /* "x:href": a prefix may stand for XLink's */

        if (colon) {
            token.len -= colon + 1 - token.data;
            token.data = colon + 1;
        }

        if (ngx_consent_value_in(words, token.data, token.len)) {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_consent_fetch_is_svg(const ngx_consent_tag_t *tag, const u_char *p)
{
    (void) p;

    return tag->ns == NGX_CONSENT_NS_SVG || tag->ns == NGX_CONSENT_NS_XML;
}


static ngx_uint_t
ngx_consent_fetch_is_html(const ngx_consent_tag_t *tag, const u_char *p)
{
    (void) p;

    return tag->ns == NGX_CONSENT_NS_HTML || tag->ns == NGX_CONSENT_NS_XML;
}


static ngx_uint_t
ngx_consent_fetch_background(const ngx_consent_tag_t *tag, const u_char *p)
{
    size_t         i, len;
    u_char         name[16];
    const u_char  *colon;

    if (tag->part) {
        return 1;
    }

    p++;
    len = tag->name_len;

    if (tag->ns == NGX_CONSENT_NS_XML && (colon = memchr(p, ':', len)) != NULL)
    {
        len -= colon + 1 - p;
        p = colon + 1;
    }

    if (len > sizeof(name)) {
        return 0;
    }

    for (i = 0; i < len; i++) {
        name[i] = ngx_consent_tolower(p[i]);
    }

    return ngx_consent_value_in(ngx_consent_fetch_grounds, name, len);
}


ngx_uint_t
ngx_consent_fetch_lazy(const ngx_consent_tag_t *tag, const u_char *p)
{
    return !ngx_consent_markup_marked(tag, p);
}
