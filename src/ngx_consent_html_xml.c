
/*
 * The text and the tags of XML 1.0 (5th edition): what is read otherwise than
 * by HTML's rules.  What stands inside of a tag is read by the same states: of
 * a document that is well formed they say the same, and of another one a
 * browser reads nothing after its first error.
 */

#include "ngx_consent_html_int.h"


static u_char *ngx_consent_xml_open(ngx_consent_html_t *h, u_char *p);
static ngx_int_t ngx_consent_xml_event(ngx_consent_html_t *h, ngx_int_t event,
    u_char **pos, u_char *p);
static ngx_uint_t ngx_consent_xml_kept(const ngx_consent_html_t *h);


/* a byte that may begin a name (2.3); what no name may have is an error */

#define ngx_consent_xml_name_start(c)                                        \
    (ngx_consent_html_letter(c) || (c) == '_' || (c) == ':' || (c) >= 0x80)


ngx_int_t
ngx_consent_html_xml(ngx_consent_html_t *h, u_char **pos, u_char *last)
{
    u_char     *p, *end;
    ngx_int_t   rc;

    p = *pos;

    while (p < last) {

        if (ngx_consent_html_in_tag(h->state)) {

            if (h->found) {
                h->found = 0;
                h->tag.off = 0;
                *pos = p;
            }

            h->tag.off = ngx_consent_html_off(h, pos, p);
            *pos = p;

            rc = ngx_consent_html_attrs(h, pos, last);

            p = *pos;

            if (rc == NGX_AGAIN) {
                break;
            }

            if (rc == NGX_CONSENT_HTML_LONG) {
                return rc;
            }

            h->state = ngx_consent_html_data;

            if (h->pieces || ngx_consent_html_concerns(h)) {
                h->held = 0;
                return NGX_CONSENT_HTML_TAG;
            }

            continue;
        }

        switch (h->state) {

        case ngx_consent_html_data:

            if (h->pieces) {

                while (p < last && *p != '<' && *p != '&') {
                    p++;
                }

            } else {
                p = memchr(p, '<', last - p);
            }

            if (p == NULL || p == last) {
                p = last;
                break;
            }

            h->tag.off = 0;
            h->tag.end = 0;
            h->name_len = 0;
            h->record = 0;
            h->text = ngx_consent_html_data;
            h->state = (*p == '<') ? ngx_consent_xml_lt : ngx_consent_xml_ref;

            *pos = p++;
            break;

        case ngx_consent_xml_subset:

            while (p < last && *p != '<' && *p != ']') {
                p++;
            }

            if (p == last) {
                break;
            }

            h->tag.off = 0;
            h->record = 0;
            h->text = ngx_consent_xml_subset;
            h->state = (*p == '<') ? ngx_consent_xml_subset_lt
                                   : ngx_consent_xml_doctype;

            *pos = p++;
            break;

        case ngx_consent_xml_name:

            while (p < last
                   && !ngx_consent_html_is(*p, NGX_CONSENT_HTML_NAME_END))
            {
                if (*p == ':') {

                    /* a prefix says what it is: any of them may be ours */

                    h->name_len = 0;

                } else if (h->name_len <= NGX_CONSENT_TAG_MAX_NAME) {
                    h->name[h->name_len++] = *p;
                }

                p++;
            }

            if (p == last) {
                break;
            }

            ngx_consent_html_named(h);
            h->tag.name_len = ngx_consent_html_off(h, pos, p) - 1 - h->tag.end;
            h->state = ngx_consent_html_before_attr;

            if (ngx_consent_html_off(h, pos, p) <= h->limit) {
                break;
            }

            /* such a name is out: the tag goes on as a part of one */

            h->tag.part = 1;

            if (h->pieces) {
                h->found = NGX_CONSENT_HTML_PIECE;
                return ngx_consent_xml_event(h, NGX_CONSENT_HTML_PIECE, pos, p);
            }

            h->tag.off = 0;
            *pos = p;
            break;

        case ngx_consent_xml_ref:

            while (p < last && *p != ';' && *p != '<' && *p != '&'
                   && ngx_consent_html_off(h, pos, p) <= NGX_CONSENT_XML_REF)
            {
                p++;
            }

            if (p == last) {
                break;
            }

            /* one that is not complete is an error, or longer than any name */

            h->state = ngx_consent_html_data;
            p += (*p == ';');

            return ngx_consent_xml_event(h, NGX_CONSENT_HTML_PIECE, pos, p);

        case ngx_consent_html_cdata:

            if (h->dashes == 0) {

                p = memchr(p, ']', last - p);
                if (p == NULL) {
                    p = last;
                    break;
                }

                h->dashes = 1;
                p++;
                break;
            }

            if (*p == ']') {
                h->dashes = 2;
                p++;
                break;
            }

            rc = (*p == '>' && h->dashes == 2);
            h->dashes = 0;
            p++;

            if (rc) {

                h->state = ngx_consent_html_data;

                if (h->pieces) {
                    h->tag.off = 3;
                    h->held = 0;
                    *pos = p;
                    return NGX_CONSENT_HTML_PIECE;
                }
            }

            break;

        default:

            end = last;

            if (h->record && h->limit - ngx_consent_html_off(h, pos, p)
                             < (size_t) (last - p))
            {
                end = p + (h->limit - ngx_consent_html_off(h, pos, p));
            }

            p = (h->state <= ngx_consent_xml_lt_slash)
                ? ngx_consent_xml_open(h, p)
                : ngx_consent_html_xml_decl(h, p, end);

            if (h->pieces && h->found == 0
                && (h->state == ngx_consent_html_data
                    || h->state == ngx_consent_html_cdata))
            {
                /* what has ended, or is an error, is no text */

                h->found = NGX_CONSENT_HTML_PIECE;
            }

            if (h->found) {
                rc = h->found;
                h->found = 0;
                return ngx_consent_xml_event(h, rc, pos, p);
            }

            if (h->record && ngx_consent_html_off(h, pos, p) >= h->limit) {

                /* the caller does with it what must be done unseen */

                h->record = 0;
                h->tag.more = 1;

                return ngx_consent_xml_event(h, (h->tag.id
                                                 == NGX_CONSENT_TAG_STYLESHEET)
                                                ? NGX_CONSENT_HTML_TAG
                                                : NGX_CONSENT_HTML_DECL,
                                             pos, p);
            }
        }
    }

    h->tag.off = ngx_consent_html_off(h, pos, p);
    *pos = p;

    h->held = ngx_consent_xml_kept(h) ? h->tag.off : 0;

    if (h->state == ngx_consent_html_cdata && h->pieces) {
        h->held = h->dashes;
    }

    return NGX_AGAIN;
}


/* After '<', and after "</". */

static u_char *
ngx_consent_xml_open(ngx_consent_html_t *h, u_char *p)
{
    if (h->state == ngx_consent_xml_lt_slash) {
        h->tag.end = 1;
        h->state = ngx_consent_xml_name_start(*p) ? ngx_consent_xml_name
                                                  : ngx_consent_html_data;
        return p;
    }

    if (ngx_consent_xml_name_start(*p)) {
        h->state = ngx_consent_xml_name;
        return p;
    }

    h->state = (*p == '/') ? ngx_consent_xml_lt_slash
               : (*p == '!') ? ngx_consent_xml_bang
               : (*p == '?') ? ngx_consent_xml_target
                             : ngx_consent_html_data;
    return p + 1;
}


static ngx_int_t
ngx_consent_xml_event(ngx_consent_html_t *h, ngx_int_t event, u_char **pos,
    u_char *p)
{
    h->tag.off = ngx_consent_html_off(h, pos, p);
    h->held = 0;
    *pos = p;

    return event;
}


/* 1 if the caller may have to change what has begun */

static ngx_uint_t
ngx_consent_xml_kept(const ngx_consent_html_t *h)
{
    if (ngx_consent_html_in_tag(h->state)) {
        return h->record && !h->skip;
    }

    switch (h->state) {

    case ngx_consent_html_data:
    case ngx_consent_html_cdata:
    case ngx_consent_xml_subset:
        return 0;

    case ngx_consent_xml_name:
        return h->tag.off <= h->limit;

    case ngx_consent_xml_lt:
    case ngx_consent_xml_lt_slash:
    case ngx_consent_xml_bang:
    case ngx_consent_xml_bang_doctype:
    case ngx_consent_xml_ref:
    case ngx_consent_xml_subset_lt:
    case ngx_consent_xml_subset_bang:
        return 1;

    case ngx_consent_xml_target:
        return h->name_len <= NGX_CONSENT_TAG_MAX_NAME;

    default:
        return h->record;
    }
}


ngx_uint_t
ngx_consent_html_markup_bytes(const ngx_consent_html_t *h)
{
    if (h->state == ngx_consent_html_data
        || h->state == ngx_consent_html_cdata)
    {
        return 0;
    }

    return (ngx_consent_html_in_tag(h->state) && h->tag.part)
           ? NGX_CONSENT_XML_MARKUP : h->tag.off;
}
