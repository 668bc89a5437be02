
/*
 * The markup of XML 1.0 (5th edition) that is no tag: what begins with "<!" and
 * "<?", and what stands in a DTD.
 */

#include "ngx_consent_html_int.h"


static u_char *ngx_consent_xml_markup(ngx_consent_html_t *h, u_char *p,
    u_char *last);
static u_char *ngx_consent_xml_dtd(ngx_consent_html_t *h, u_char *p,
    u_char *last);


static const u_char  ngx_consent_xml_cdata_open[] = "[CDATA[";
static const u_char  ngx_consent_xml_doctype_open[] = "DOCTYPE";

static const ngx_str_t  ngx_consent_xml_stylesheet =
    ngx_string("xml-stylesheet");


u_char *
ngx_consent_html_xml_decl(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    return (h->state < ngx_consent_xml_doctype)
           ? ngx_consent_xml_markup(h, p, last)
           : ngx_consent_xml_dtd(h, p, last);
}


/* Comments, CDATA sections, processing instructions, up to "<!DOCTYPE". */

static u_char *
ngx_consent_xml_markup(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char  c;

    c = *p;

    switch (h->state) {

    case ngx_consent_xml_bang:

        /* within an element a DOCTYPE is an error */

        h->name_len = 1;
        h->state = (c == '-') ? ngx_consent_xml_bang_dash
                   : (c == '[') ? ngx_consent_xml_bang_cdata
                   : (c == 'D' && !h->pieces) ? ngx_consent_xml_bang_doctype
                                              : ngx_consent_html_data;
        return p + 1;

    case ngx_consent_xml_bang_dash:

        h->dashes = 0;
        h->state = (c == '-') ? ngx_consent_xml_comment : h->text;
        return p + 1;

    case ngx_consent_xml_bang_cdata:

        if (c != ngx_consent_xml_cdata_open[h->name_len]) {
            h->state = ngx_consent_html_data;
            return p;
        }

        if (ngx_consent_xml_cdata_open[++h->name_len] == '\0') {
            h->state = ngx_consent_html_cdata;
            h->dashes = 0;
        }

        return p + 1;

    case ngx_consent_xml_bang_doctype:

        if (c != ngx_consent_xml_doctype_open[h->name_len]) {
            h->state = ngx_consent_html_data;
            return p;
        }

        if (ngx_consent_xml_doctype_open[++h->name_len] == '\0') {
            h->tag.id = NGX_CONSENT_TAG_OTHER;
            h->tag.more = 0;
            h->record = 1;
            h->state = ngx_consent_xml_doctype;
        }

        return p + 1;

    case ngx_consent_xml_comment:

        if (h->dashes == 0) {

            p = memchr(p, '-', last - p);
            if (p == NULL) {
                return last;
            }

            h->dashes = 1;
            return p + 1;
        }

        if (c == '-') {
            h->dashes = 2;
            return p + 1;
        }

        if (c == '>' && h->dashes == 2) {
            h->state = h->text;
        }

        h->dashes = 0;
        return p + 1;

    case ngx_consent_xml_target:

        if (c != '?' && !ngx_consent_html_space(c)) {

            if (h->name_len <= NGX_CONSENT_TAG_MAX_NAME) {
                h->name[h->name_len++] = c;
            }

            return p + 1;
        }

        h->tag.id = NGX_CONSENT_TAG_OTHER;
        h->state = ngx_consent_xml_pi;

        if (h->name_len == ngx_consent_xml_stylesheet.len
            && memcmp(h->name, ngx_consent_xml_stylesheet.data, h->name_len)
               == 0)
        {
            h->tag.id = NGX_CONSENT_TAG_STYLESHEET;
            h->tag.ns = NGX_CONSENT_NS_XML;
            h->tag.name_len = 1 + h->name_len;
            h->tag.self_closing = 1;
            h->tag.part = 0;
            h->tag.more = 0;
            h->tag.hot = 0;
            h->tag.nattrs = 0;
            h->record = 1;
        }

        return p;

    case ngx_consent_xml_pi:

        p = memchr(p, '?', last - p);
        if (p == NULL) {
            return last;
        }

        h->state = ngx_consent_xml_pi_question;
        return p + 1;

    default: /* ngx_consent_xml_pi_question */

        if (c == '>') {
            h->state = h->text;
            h->found = h->record ? NGX_CONSENT_HTML_TAG : 0;

        } else if (c != '?') {
            h->state = ngx_consent_xml_pi;
        }

        return p + 1;
    }
}


/* After "<!DOCTYPE": quotes hide '>' and ']', and so do comments in it. */

static u_char *
ngx_consent_xml_dtd(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char  c;

    c = *p;

    switch (h->state) {

    case ngx_consent_xml_doctype:
    case ngx_consent_xml_decl:

        while (p < last && *p != '"' && *p != '\'' && *p != '>' && *p != '[') {
            p++;
        }

        if (p == last) {
            return last;
        }

        c = *p;

        if (c == '"' || c == '\'') {
            h->quote = c;
            h->state = (h->state == ngx_consent_xml_decl)
                       ? ngx_consent_xml_decl_quote
                       : ngx_consent_xml_doctype_quote;
            return p + 1;
        }

        if (c == '>') {
            h->found = h->record ? NGX_CONSENT_HTML_DECL : 0;
            h->state = (h->state == ngx_consent_xml_decl)
                       ? ngx_consent_xml_subset : ngx_consent_html_data;

        } else if (c == '[' && h->state == ngx_consent_xml_doctype) {
            h->found = h->record ? NGX_CONSENT_HTML_DECL : 0;
            h->state = ngx_consent_xml_subset;
        }

        return p + 1;

    case ngx_consent_xml_doctype_quote:
    case ngx_consent_xml_decl_quote:

        p = memchr(p, h->quote, last - p);
        if (p == NULL) {
            return last;
        }

        h->state = (h->state == ngx_consent_xml_decl_quote)
                   ? ngx_consent_xml_decl : ngx_consent_xml_doctype;
        return p + 1;

    case ngx_consent_xml_subset_lt:

        h->name_len = 0;
        h->state = (c == '!') ? ngx_consent_xml_subset_bang
                   : (c == '?') ? ngx_consent_xml_target
                                : ngx_consent_xml_subset;
        return p + 1;

    default: /* ngx_consent_xml_subset_bang */

        if (c == '-') {
            h->state = ngx_consent_xml_bang_dash;

        } else {
            h->tag.id = NGX_CONSENT_TAG_OTHER;
            h->tag.more = 0;
            h->record = 1;
            h->state = ngx_consent_xml_decl;
        }

        return p + 1;
    }
}


void
ngx_consent_html_subset(ngx_consent_html_t *h)
{
    h->state = ngx_consent_xml_subset;
}


void
ngx_consent_html_pseudo(ngx_consent_html_t *h, u_char *p)
{
    u_char              *pos;
    ngx_consent_html_t   inner;

    ngx_consent_html_init(&inner, (uint32_t) -1);

    inner.state = ngx_consent_html_before_attr;
    inner.record = 1;
    inner.tag.id = NGX_CONSENT_TAG_STYLESHEET;
    inner.tag.off = 1 + h->tag.name_len;

    pos = p + inner.tag.off;

    (void) ngx_consent_html_attrs(&inner, &pos, p + h->tag.off - 2);

    h->tag.nattrs = inner.tag.nattrs;
    memcpy(h->tag.attrs, inner.tag.attrs,
           inner.tag.nattrs * sizeof(ngx_consent_attr_t));
}
