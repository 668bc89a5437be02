
/*
 * Where tree construction opens the head and the body (13.2.6.4.1 to .6): what
 * is put there is the first child of either.
 */

#include "ngx_consent_html_int.h"


/* elements that it knows by name there */

typedef enum {
    ngx_consent_html_outer_html = 0,
    ngx_consent_html_outer_head,
    ngx_consent_html_outer_body,
    ngx_consent_html_outer_br,
    ngx_consent_html_outer_frameset,
    ngx_consent_html_no_outer
} ngx_consent_html_element_e;


static ngx_consent_html_element_e ngx_consent_html_outer(
    ngx_consent_html_t *h);
static ngx_int_t ngx_consent_html_at(ngx_consent_html_t *h, u_char **pos,
    u_char *p, uint32_t off, ngx_int_t event);
static ngx_uint_t ngx_consent_html_stays(const ngx_consent_html_t *h);
static ngx_uint_t ngx_consent_html_named_as(const ngx_consent_html_t *h,
    const ngx_str_t *name);


static const ngx_str_t  ngx_consent_html_template_name =
    ngx_string("template");
static const ngx_str_t  ngx_consent_html_noscript_name =
    ngx_string("noscript");


ngx_uint_t
ngx_consent_html_opens_head(ngx_consent_html_t *h, ngx_uint_t complete)
{
    ngx_consent_html_element_e  i;

    if (!complete && h->name_len <= NGX_CONSENT_TAG_MAX_NAME) {
        return 0;
    }

    i = ngx_consent_html_outer(h);

    /* an end tag of any other element is ignored there */

    if (h->tag.end) {
        return i <= ngx_consent_html_outer_br;
    }

    h->behind = (i == ngx_consent_html_outer_head);

    return i != ngx_consent_html_outer_html && i != ngx_consent_html_outer_head;
}


ngx_uint_t
ngx_consent_html_opens_body(ngx_consent_html_t *h, ngx_uint_t complete)
{
    ngx_consent_html_element_e  i;

    if ((!complete && h->name_len <= NGX_CONSENT_TAG_MAX_NAME)
        || h->templates)
    {
        return 0;
    }

    i = ngx_consent_html_outer(h);

    if (h->outer == NGX_CONSENT_HTML_BEFORE_HEAD) {

        if (h->tag.end ? i > ngx_consent_html_outer_br
                       : i == ngx_consent_html_outer_html)
        {
            return 0;
        }

        h->outer = NGX_CONSENT_HTML_IN_HEAD;
    }

    if (h->tag.end) {

        if (i == ngx_consent_html_outer_head) {
            h->outer = NGX_CONSENT_HTML_AFTER_HEAD;
            return 0;
        }

        return i <= ngx_consent_html_outer_br;
    }

    switch (i) {

    case ngx_consent_html_outer_html:
    case ngx_consent_html_outer_head:
        return 0;

    case ngx_consent_html_outer_body:
        h->body_behind = 1;
        return 0;

    case ngx_consent_html_outer_frameset:
        h->body_too = 0;
        return 0;

    default:
        return !ngx_consent_html_stays(h);
    }
}


ngx_int_t
ngx_consent_html_at_head(ngx_consent_html_t *h, u_char **pos, u_char *p,
    uint32_t off)
{
    h->head = 0;
    h->behind = 0;

    return ngx_consent_html_at(h, pos, p, off, NGX_CONSENT_HTML_HEAD);
}


ngx_int_t
ngx_consent_html_at_body(ngx_consent_html_t *h, u_char **pos, u_char *p,
    uint32_t off)
{
    h->body_too = 0;
    h->body_behind = 0;

    return ngx_consent_html_at(h, pos, p, off, NGX_CONSENT_HTML_BODY);
}


static ngx_int_t
ngx_consent_html_at(ngx_consent_html_t *h, u_char **pos, u_char *p,
    uint32_t off, ngx_int_t event)
{
    h->tag.off = off;
    h->held = (h->state == ngx_consent_html_name
               || h->state == ngx_consent_html_lt) ? off : 0;

    *pos = p;

    return event;
}


void
ngx_consent_html_in_template(ngx_consent_html_t *h)
{
    if (!ngx_consent_html_named_as(h, &ngx_consent_html_template_name)
        || ngx_consent_html_is_foreign(h))
    {
        return;
    }

    if (!h->tag.end) {
        h->templates++;

    } else if (h->templates) {
        h->templates--;
    }
}


static ngx_consent_html_element_e
ngx_consent_html_outer(ngx_consent_html_t *h)
{
    ngx_uint_t  i;

    /* in the order of ngx_consent_html_element_e */

    static const ngx_str_t  names[] = {
        ngx_string("html"),
        ngx_string("head"),
        ngx_string("body"),
        ngx_string("br"),
        ngx_string("frameset")
    };

    for (i = 0; i < ngx_consent_html_no_outer; i++) {
        if (ngx_consent_html_named_as(h, &names[i])) {
            break;
        }
    }

    h->document |= (!h->tag.end && i != ngx_consent_html_outer_br
                    && i != ngx_consent_html_no_outer);

    return i;
}


/* 1 if the element that begins here belongs to the head, or is put into it */

static ngx_uint_t
ngx_consent_html_stays(const ngx_consent_html_t *h)
{
    const ngx_str_t  *name;

    static const ngx_str_t  names[] = {
        ngx_string("base"),
        ngx_string("basefont"),
        ngx_string("bgsound"),
        ngx_string("link"),
        ngx_string("meta"),
        ngx_string("noframes"),
        ngx_string("script"),
        ngx_string("style"),
        ngx_string("template"),
        ngx_string("title"),
        ngx_null_string
    };

    for (name = names; name->len; name++) {
        if (ngx_consent_html_named_as(h, name)) {
            return 1;
        }
    }

    return h->outer == NGX_CONSENT_HTML_IN_HEAD
           && ngx_consent_html_named_as(h, &ngx_consent_html_noscript_name);
}


static ngx_uint_t
ngx_consent_html_named_as(const ngx_consent_html_t *h, const ngx_str_t *name)
{
    return h->name_len == name->len
           && memcmp(h->name, name->data, name->len) == 0;
}
