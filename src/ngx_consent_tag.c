
#include "ngx_consent_tag.h"


typedef struct {
    ngx_str_t            name;
    ngx_consent_tag_e    id;
} ngx_consent_tag_name_t;


static ngx_consent_tag_e ngx_consent_tag_find(
    const ngx_consent_tag_name_t *names, const u_char *name, size_t len);


/* in the order of their lengths */

static const ngx_consent_tag_name_t  ngx_consent_tag_names[] = {
    { ngx_string("a"),                NGX_CONSENT_TAG_A },
    { ngx_string("img"),              NGX_CONSENT_TAG_IMG },
    { ngx_string("set"),              NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("svg"),              NGX_CONSENT_TAG_SVG },
    { ngx_string("use"),              NGX_CONSENT_TAG_USE },
    { ngx_string("xmp"),              NGX_CONSENT_TAG_XMP },
    { ngx_string("area"),             NGX_CONSENT_TAG_AREA },
    { ngx_string("base"),             NGX_CONSENT_TAG_BASE },
    { ngx_string("form"),             NGX_CONSENT_TAG_FORM },
    { ngx_string("html"),             NGX_CONSENT_TAG_HTML },
    { ngx_string("link"),             NGX_CONSENT_TAG_LINK },
    { ngx_string("math"),             NGX_CONSENT_TAG_MATH },
    { ngx_string("meta"),             NGX_CONSENT_TAG_META },
    { ngx_string("audio"),            NGX_CONSENT_TAG_AUDIO },
    { ngx_string("embed"),            NGX_CONSENT_TAG_EMBED },
    { ngx_string("frame"),            NGX_CONSENT_TAG_FRAME },
    { ngx_string("image"),            NGX_CONSENT_TAG_IMAGE },
    { ngx_string("input"),            NGX_CONSENT_TAG_INPUT },
    { ngx_string("param"),            NGX_CONSENT_TAG_PARAM },
    { ngx_string("style"),            NGX_CONSENT_TAG_STYLE },
    { ngx_string("title"),            NGX_CONSENT_TAG_TITLE },
    { ngx_string("track"),            NGX_CONSENT_TAG_TRACK },
    { ngx_string("video"),            NGX_CONSENT_TAG_VIDEO },
    { ngx_string("iframe"),           NGX_CONSENT_TAG_IFRAME },
    { ngx_string("object"),           NGX_CONSENT_TAG_OBJECT },
    { ngx_string("script"),           NGX_CONSENT_TAG_SCRIPT },
    { ngx_string("select"),           NGX_CONSENT_TAG_SELECT },
    { ngx_string("source"),           NGX_CONSENT_TAG_SOURCE },
    { ngx_string("animate"),          NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("feimage"),          NGX_CONSENT_TAG_FEIMAGE },
    { ngx_string("noembed"),          NGX_CONSENT_TAG_NOEMBED },
    { ngx_string("frameset"),         NGX_CONSENT_TAG_FRAMESET },
    { ngx_string("noframes"),         NGX_CONSENT_TAG_NOFRAMES },
    { ngx_string("noscript"),         NGX_CONSENT_TAG_NOSCRIPT },
    { ngx_string("textarea"),         NGX_CONSENT_TAG_TEXTAREA },
    { ngx_string("plaintext"),        NGX_CONSENT_TAG_PLAINTEXT },
    { ngx_string("animatecolor"),     NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("animatemotion"),    NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("animatetransform"), NGX_CONSENT_TAG_ANIMATE },
    { ngx_null_string,                NGX_CONSENT_TAG_OTHER }
};


/* XML: names with capitals, of those above */

static const ngx_consent_tag_name_t  ngx_consent_tag_xml_names[] = {
    { ngx_string("feImage"),          NGX_CONSENT_TAG_FEIMAGE },
    { ngx_string("animateColor"),     NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("animateMotion"),    NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("animateTransform"), NGX_CONSENT_TAG_ANIMATE },
    { ngx_null_string,                NGX_CONSENT_TAG_OTHER }
};


/*
 * Foreign content (HTML 13.2.6.5): integration points, and the elements that
 * end it.
 */

static const ngx_consent_tag_name_t  ngx_consent_tag_foreign_names[] = {
    { ngx_string("b"),              NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("i"),              NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("p"),              NGX_CONSENT_TAG_P },
    { ngx_string("s"),              NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("u"),              NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("br"),             NGX_CONSENT_TAG_P },
    { ngx_string("dd"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("dl"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("dt"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("em"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("h1"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("h2"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("h3"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("h4"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("h5"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("h6"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("hr"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("li"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("mi"),             NGX_CONSENT_TAG_MTEXT },
    { ngx_string("mn"),             NGX_CONSENT_TAG_MTEXT },
    { ngx_string("mo"),             NGX_CONSENT_TAG_MTEXT },
    { ngx_string("ms"),             NGX_CONSENT_TAG_MTEXT },
    { ngx_string("ol"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("tt"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("ul"),             NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("big"),            NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("col"),            NGX_CONSENT_TAG_VOID },
    { ngx_string("div"),            NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("pre"),            NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("sub"),            NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("sup"),            NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("var"),            NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("wbr"),            NGX_CONSENT_TAG_VOID },
    { ngx_string("body"),           NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("code"),           NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("desc"),           NGX_CONSENT_TAG_DESC },
    { ngx_string("font"),           NGX_CONSENT_TAG_FONT },
    { ngx_string("head"),           NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("menu"),           NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("nobr"),           NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("ruby"),           NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("span"),           NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("mtext"),          NGX_CONSENT_TAG_MTEXT },
    { ngx_string("small"),          NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("table"),          NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("center"),         NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("keygen"),         NGX_CONSENT_TAG_VOID },
    { ngx_string("mglyph"),         NGX_CONSENT_TAG_MGLYPH },
    { ngx_string("strike"),         NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("strong"),         NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("bgsound"),        NGX_CONSENT_TAG_VOID },
    { ngx_string("listing"),        NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("basefont"),       NGX_CONSENT_TAG_VOID },
    { ngx_string("blockquote"),     NGX_CONSENT_TAG_BREAKOUT },
    { ngx_string("malignmark"),     NGX_CONSENT_TAG_MGLYPH },
    { ngx_string("foreignobject"),  NGX_CONSENT_TAG_FOREIGNOBJECT },
    { ngx_string("annotation-xml"), NGX_CONSENT_TAG_ANNOTATION_XML },
    { ngx_null_string,              NGX_CONSENT_TAG_OTHER }
};


ngx_consent_tag_e
ngx_consent_tag_id(const u_char *name, size_t len)
{
    /* <p>, <li>, <h2>: many of a page's tags */

    if (len == 2) {
        return NGX_CONSENT_TAG_OTHER;
    }

    return ngx_consent_tag_find(ngx_consent_tag_names, name, len);
}


ngx_consent_tag_e
ngx_consent_tag_foreign_id(const u_char *name, size_t len)
{
    ngx_consent_tag_e  id;

    id = ngx_consent_tag_id(name, len);

    if (id != NGX_CONSENT_TAG_OTHER) {
        return id;
    }

    return ngx_consent_tag_find(ngx_consent_tag_foreign_names, name, len);
}


ngx_consent_tag_e
ngx_consent_tag_xml_id(const u_char *name, size_t len)
{
    ngx_consent_tag_e  id;

    id = ngx_consent_tag_find(ngx_consent_tag_xml_names, name, len);

    if (id != NGX_CONSENT_TAG_OTHER) {
        return id;
    }

    id = ngx_consent_tag_find(ngx_consent_tag_names, name, len);

    /* of those the lower-case forms are nothing */

    return (id == NGX_CONSENT_TAG_FEIMAGE) ? NGX_CONSENT_TAG_OTHER : id;
}


static ngx_consent_tag_e
ngx_consent_tag_find(const ngx_consent_tag_name_t *names, const u_char *name,
    size_t len)
{
    const ngx_consent_tag_name_t  *n;

    for (n = names; n->name.len && n->name.len <= len; n++) {

        if (n->name.len == len && n->name.data[0] == name[0]
            && memcmp(n->name.data, name, len) == 0)
        {
            return n->id;
        }
    }

    return NGX_CONSENT_TAG_OTHER;
}
