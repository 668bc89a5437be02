
#include "ngx_consent_tag.h"
#include "ngx_consent_scan.h"


typedef struct {
    ngx_str_t            name;
    ngx_consent_tag_e    id;
} ngx_consent_tag_name_t;


static ngx_uint_t ngx_consent_tag_find(const u_char *name, size_t len);


const ngx_consent_tag_row_t  ngx_consent_tag_rows[] = {
    { "",                    NGX_CONSENT_TAG_OTHER },
    { "a",                   NGX_CONSENT_TAG_A },
    { "img",                 NGX_CONSENT_TAG_IMG },
    { "set",                 NGX_CONSENT_TAG_ANIMATE },
    { "svg",                 NGX_CONSENT_TAG_SVG },
    { "use",                 NGX_CONSENT_TAG_USE },
    { "xmp",                 NGX_CONSENT_TAG_XMP },
    { "area",                NGX_CONSENT_TAG_AREA },
    { "base",                NGX_CONSENT_TAG_BASE },
    { "form",                NGX_CONSENT_TAG_FORM },
    { "html",                NGX_CONSENT_TAG_HTML },
    { "link",                NGX_CONSENT_TAG_LINK },
    { "math",                NGX_CONSENT_TAG_MATH },
    { "meta",                NGX_CONSENT_TAG_META },
    { "audio",               NGX_CONSENT_TAG_AUDIO },
    { "embed",               NGX_CONSENT_TAG_EMBED },
    { "frame",               NGX_CONSENT_TAG_FRAME },
    { "image",               NGX_CONSENT_TAG_IMAGE },
    { "input",               NGX_CONSENT_TAG_INPUT },
    { "param",               NGX_CONSENT_TAG_PARAM },
    { "style",               NGX_CONSENT_TAG_STYLE },
    { "title",               NGX_CONSENT_TAG_TITLE },
    { "track",               NGX_CONSENT_TAG_TRACK },
    { "video",               NGX_CONSENT_TAG_VIDEO },
    { "iframe",              NGX_CONSENT_TAG_IFRAME },
    { "object",              NGX_CONSENT_TAG_OBJECT },
    { "script",              NGX_CONSENT_TAG_SCRIPT },
    { "select",              NGX_CONSENT_TAG_SELECT },
    { "source",              NGX_CONSENT_TAG_SOURCE },
    { "animate",             NGX_CONSENT_TAG_ANIMATE },
    { "feimage",             NGX_CONSENT_TAG_FEIMAGE },
    { "noembed",             NGX_CONSENT_TAG_NOEMBED },
    { "frameset",            NGX_CONSENT_TAG_FRAMESET },
    { "noframes",            NGX_CONSENT_TAG_NOFRAMES },
    { "noscript",            NGX_CONSENT_TAG_NOSCRIPT },
    { "textarea",            NGX_CONSENT_TAG_TEXTAREA },
    { "plaintext",           NGX_CONSENT_TAG_PLAINTEXT },
    { "animatecolor",        NGX_CONSENT_TAG_ANIMATE },
    { "animatemotion",       NGX_CONSENT_TAG_ANIMATE },
    { "animatetransform",    NGX_CONSENT_TAG_ANIMATE },

    /*
     * foreign content (HTML 13.2.6.5): integration points, and the elements
     * that end it
     */
    { "b",                   NGX_CONSENT_TAG_BREAKOUT },
    { "i",                   NGX_CONSENT_TAG_BREAKOUT },
    { "p",                   NGX_CONSENT_TAG_P },
    { "s",                   NGX_CONSENT_TAG_BREAKOUT },
    { "u",                   NGX_CONSENT_TAG_BREAKOUT },
    { "br",                  NGX_CONSENT_TAG_P },
    { "dd",                  NGX_CONSENT_TAG_BREAKOUT },
    { "dl",                  NGX_CONSENT_TAG_BREAKOUT },
    { "dt",                  NGX_CONSENT_TAG_BREAKOUT },
    { "em",                  NGX_CONSENT_TAG_BREAKOUT },
    { "h1",                  NGX_CONSENT_TAG_BREAKOUT },
    { "h2",                  NGX_CONSENT_TAG_BREAKOUT },
    { "h3",                  NGX_CONSENT_TAG_BREAKOUT },
    { "h4",                  NGX_CONSENT_TAG_BREAKOUT },
    { "h5",                  NGX_CONSENT_TAG_BREAKOUT },
    { "h6",                  NGX_CONSENT_TAG_BREAKOUT },
    { "hr",                  NGX_CONSENT_TAG_BREAKOUT },
    { "li",                  NGX_CONSENT_TAG_BREAKOUT },
    { "mi",                  NGX_CONSENT_TAG_MTEXT },
    { "mn",                  NGX_CONSENT_TAG_MTEXT },
    { "mo",                  NGX_CONSENT_TAG_MTEXT },
    { "ms",                  NGX_CONSENT_TAG_MTEXT },
    { "ol",                  NGX_CONSENT_TAG_BREAKOUT },
    { "tt",                  NGX_CONSENT_TAG_BREAKOUT },
    { "ul",                  NGX_CONSENT_TAG_BREAKOUT },
    { "big",                 NGX_CONSENT_TAG_BREAKOUT },
    { "col",                 NGX_CONSENT_TAG_VOID },
    { "div",                 NGX_CONSENT_TAG_BREAKOUT },
    { "pre",                 NGX_CONSENT_TAG_BREAKOUT },
    { "sub",                 NGX_CONSENT_TAG_BREAKOUT },
    { "sup",                 NGX_CONSENT_TAG_BREAKOUT },
    { "var",                 NGX_CONSENT_TAG_BREAKOUT },
    { "wbr",                 NGX_CONSENT_TAG_VOID },
    { "body",                NGX_CONSENT_TAG_BREAKOUT },
    { "code",                NGX_CONSENT_TAG_BREAKOUT },
    { "desc",                NGX_CONSENT_TAG_DESC },
    { "font",                NGX_CONSENT_TAG_FONT },
    { "head",                NGX_CONSENT_TAG_BREAKOUT },
    { "menu",                NGX_CONSENT_TAG_BREAKOUT },
    { "nobr",                NGX_CONSENT_TAG_BREAKOUT },
    { "ruby",                NGX_CONSENT_TAG_BREAKOUT },
    { "span",                NGX_CONSENT_TAG_BREAKOUT },
    { "mtext",               NGX_CONSENT_TAG_MTEXT },
    { "small",               NGX_CONSENT_TAG_BREAKOUT },
    { "table",               NGX_CONSENT_TAG_BREAKOUT },
    { "center",              NGX_CONSENT_TAG_BREAKOUT },
    { "keygen",              NGX_CONSENT_TAG_VOID },
    { "mglyph",              NGX_CONSENT_TAG_MGLYPH },
    { "strike",              NGX_CONSENT_TAG_BREAKOUT },
    { "strong",              NGX_CONSENT_TAG_BREAKOUT },
    { "bgsound",             NGX_CONSENT_TAG_VOID },
    { "listing",             NGX_CONSENT_TAG_BREAKOUT },
    { "basefont",            NGX_CONSENT_TAG_VOID },
    { "blockquote",          NGX_CONSENT_TAG_BREAKOUT },
    { "malignmark",          NGX_CONSENT_TAG_MGLYPH },
    { "foreignobject",       NGX_CONSENT_TAG_FOREIGNOBJECT },
    { "annotation-xml",      NGX_CONSENT_TAG_ANNOTATION_XML }
};


/*
 * Where a name's row is, by its first bytes as one number: no two share a slot.
 * Made by t/unit/tag_table.py, with NGX_CONSENT_TAG_FACTOR.
 */

const u_char  ngx_consent_tag_slots[512] = {
    0, 64, 0, 0, 0, 0, 73, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 15, 0, 46, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 32, 0, 0, 0, 0, 63, 0, 0, 55, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    84, 0, 0, 87, 0, 0, 0, 0, 49, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 68, 0, 0,
    0, 2, 0, 0, 0, 0, 0, 0, 38, 66, 42, 0, 0, 94, 0, 47, 3, 0, 0, 54, 0, 0,
    29, 0, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 65, 96, 7, 0, 0, 0, 69, 0, 0, 0, 19, 5, 0, 0, 24, 22, 60,
    80, 0, 0, 0, 0, 53, 93, 0, 0, 0, 0, 0, 0, 43, 0, 0, 27, 0, 0, 0, 0, 0, 0,
    0, 0, 48, 85, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 76,
    0, 0, 0, 0, 0, 0, 59, 0, 0, 0, 0, 83, 52, 0, 44, 0, 79, 0, 82, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 0, 0, 0, 0, 0, 45, 0, 0, 0, 12, 0, 0,
    34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 21, 0, 0, 0, 18, 0, 14, 0, 0, 95, 0, 51, 0,
    0, 0, 16, 0, 78, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    28, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 81, 0, 0, 0, 0, 0, 33, 0,
    0, 0, 0, 0, 50, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 77, 0, 0, 92, 0, 25, 0, 0,
    0, 0, 9, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 36, 86, 0, 0, 0, 0, 0, 0, 0, 62, 0,
    0, 91, 23, 0, 30, 0, 0, 13, 0, 0, 0, 31, 0, 0, 0, 90, 89, 0, 56, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 88, 0, 0, 20, 0, 37,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 74, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 39, 0, 0, 0, 0, 41, 0, 0, 0, 0, 0, 0, 61, 0, 0, 67, 0, 0, 57, 0, 0, 0,
    0, 0, 72, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 75, 0, 0, 58, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 71, 0, 0, 0, 10, 0, 0, 0, 0, 0, 6, 35, 0
};


/* XML: names with capitals, of those above */

static const ngx_consent_tag_name_t  ngx_consent_tag_xml_names[] = {
    { ngx_string("feImage"),          NGX_CONSENT_TAG_FEIMAGE },
    { ngx_string("animateColor"),     NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("animateMotion"),    NGX_CONSENT_TAG_ANIMATE },
    { ngx_string("animateTransform"), NGX_CONSENT_TAG_ANIMATE },
    { ngx_null_string,                NGX_CONSENT_TAG_OTHER }
};


ngx_consent_tag_e
ngx_consent_tag_id(const u_char *name, size_t len)
{
    ngx_consent_tag_e  id;

    id = ngx_consent_tag_foreign_id(name, len);

    return ngx_consent_tag_in_html(id) ? id : NGX_CONSENT_TAG_OTHER;
}


ngx_consent_tag_e
ngx_consent_tag_foreign_id(const u_char *name, size_t len)
{
    return ngx_consent_tag_rows[ngx_consent_tag_find(name, len)].id;
}


ngx_consent_tag_e
ngx_consent_tag_xml_id(const u_char *name, size_t len)
{
    ngx_consent_tag_e              id;
    const ngx_consent_tag_name_t  *n;

    for (n = ngx_consent_tag_xml_names; n->name.len; n++) {
        if (n->name.len == len && memcmp(n->name.data, name, len) == 0) {
            return n->id;
        }
    }

    id = ngx_consent_tag_id(name, len);

    /* of those the lower-case forms are nothing */

    return (id == NGX_CONSENT_TAG_FEIMAGE) ? NGX_CONSENT_TAG_OTHER : id;
}


/* The row of a name, or the first one, which is nobody's. */

static ngx_uint_t
ngx_consent_tag_find(const u_char *name, size_t len)
{
    uint64_t                      word;
    ngx_uint_t                    n;
    const ngx_consent_tag_row_t  *row;

    /* of less than 8 bytes two halves, which overlap */

    if (len >= 8) {
        word = ngx_consent_word(name);

    } else if (len >= 4) {
        word = ngx_consent_word_4(name)
               | (uint64_t) ngx_consent_word_4(name + len - 4) << 8 * (len - 4);

    } else if (len >= 2) {
        word = ngx_consent_word_2(name)
               | (uint32_t) ngx_consent_word_2(name + len - 2) << 8 * (len - 2);

    } else {
        word = len ? name[0] : 0;
    }

    n = ngx_consent_tag_slots[ngx_consent_tag_slot(word)];
    row = &ngx_consent_tag_rows[n];

    /* a name may have a zero byte: behind the row's there are others */

    if (len == 0 || len > NGX_CONSENT_TAG_MAX_NAME
        || row->name[len - 1] == '\0' || row->name[len] != '\0'
        || memcmp(row->name, name, len) != 0)
    {
        return 0;
    }

    return n;
}
