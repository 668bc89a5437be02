
#include "ngx_consent_html_int.h"


static u_char *ngx_consent_html_escaped(ngx_consent_html_t *h, u_char *p,
    u_char *last);
static void ngx_consent_html_closed(ngx_consent_html_t *h);
static ngx_uint_t ngx_consent_html_closes(const ngx_consent_html_t *h);


/*
 * Text of an element that only its own end tag ends, up to a '<' that may begin
 * it.  In a script "<!--" and "<script" change what an end tag is (13.2.5.4 and
 * 13.2.5.15 to 13.2.5.31).
 */

u_char *
ngx_consent_html_raw_text(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    ngx_int_t  rc;

    if (!h->escape) {

        for ( ;; ) {

            p = ngx_consent_scan_byte(p, last, '<');

            if (p == last) {
                return last;
            }

            p++;

            if (NGX_CONSENT_PLAIN || p == last) {
                break;
            }

            /* what makes no other state of the next byte is text */

            if (*p == '/') {

                rc = ngx_consent_html_whole_closer(h, p, last);

                if (rc == NGX_DECLINED) {
                    break;
                }

                if (rc) {
                    p += 1 + h->name_len;

                    /* it is no event, and what is open in svg stays so */

                    if (*p == '>' && !ngx_consent_html_closer_matters(h)
                        && h->depth == 0 && !h->body_too)
                    {
                        h->state = h->text = ngx_consent_html_data;
                        return p + 1;
                    }

                    ngx_consent_html_closed(h);
                    return p;
                }

            } else if (*p == '!' && h->text == ngx_consent_html_script) {
                break;
            }
        }

        h->state = ngx_consent_html_raw_lt;
        h->name_len = 0;
        return p;
    }

    return ngx_consent_html_escaped(h, p, last);
}


/* The same after "<!--", up to "-->", where a "<script" counts, too. */

static u_char *
ngx_consent_html_escaped(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char      *found;
    ngx_uint_t   dashes;

    for ( ;; ) {

        found = ngx_consent_scan(p, last, '<', '>', '>', 0);

        /* those right before it */

        for (dashes = 0; dashes < 2; dashes++) {

            if (found == p + dashes) {
                dashes += h->dashes;
                break;
            }

            if (*(found - 1 - dashes) != '-') {
                break;
            }
        }

        h->dashes = (dashes < 2) ? dashes : 2;

        if (found == last) {
            return last;
        }

        p = found + 1;

        if (*found == '<') {
            h->dashes = 0;
            h->state = ngx_consent_html_raw_lt;
            h->name_len = 0;
            return p;
        }

        if (h->dashes == 2) {
            h->escape = 0;
            h->dashes = 0;
            return p;
        }

        h->dashes = 0;
    }
}


/* After a '<' in such text. */

u_char *
ngx_consent_html_raw_tag(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    switch (h->state) {

    case ngx_consent_html_raw_lt:

        if (*p == '/') {

            /* of a double escaped script no end tag, but an end of that */

            h->state = (h->escape == 2) ? ngx_consent_html_escape_name
                                        : ngx_consent_html_raw_slash;
            return p + 1;
        }

        if (h->text == ngx_consent_html_script) {

            if (h->escape == 0 && *p == '!') {
                h->state = ngx_consent_html_escape;
                return p + 1;
            }

            if (h->escape == 1 && ngx_consent_html_letter(*p)) {
                h->state = ngx_consent_html_escape_name;
                return p;
            }
        }

        break;

    case ngx_consent_html_raw_slash:

        if (ngx_consent_html_letter(*p)) {
            h->state = ngx_consent_html_raw_name;
            return p;
        }

        break;

    case ngx_consent_html_raw_name:

        while (p < last && ngx_consent_html_letter(*p)) {
            ngx_consent_html_name_byte(h, *p++);
        }

        if (p == last) {
            return p;
        }

        if (!ngx_consent_html_closes(h)
            || (*p != '>' && *p != '/' && !ngx_consent_html_space(*p)))
        {
            break;
        }

        ngx_consent_html_closed(h);
        return p;

    case ngx_consent_html_escape:

        if (*p == '-') {
            h->state = ngx_consent_html_escape_dash;
            return p + 1;
        }

        break;

    case ngx_consent_html_escape_dash:

        if (*p == '-') {
            h->escape = 1;
            h->dashes = 2;
            h->state = h->text;
            return p + 1;
        }

        break;

    default: /* ngx_consent_html_escape_name */

        while (p < last && ngx_consent_html_letter(*p)) {
            ngx_consent_html_name_byte(h, *p++);
        }

        if (p == last) {
            return p;
        }

        if (h->name_len == 6 && memcmp(h->name, "script", 6) == 0
            && (*p == '>' || *p == '/' || ngx_consent_html_space(*p)))
        {
            h->escape = (h->escape == 1) ? 2 : 1;
            p++;
        }
    }

    /* it was text */

    h->state = h->text;

    return p;
}


/* The name of its end tag is read. */

static void
ngx_consent_html_closed(ngx_consent_html_t *h)
{
    h->tag.id = h->closer;
    h->tag.ns = NGX_CONSENT_NS_HTML;
    h->tag.hot = 0;
    h->tag.end = 1;
    h->tag.self_closing = 0;
    h->tag.part = 0;
    h->tag.more = 0;
    h->tag.nattrs = 0;
    h->open = 0;
    h->skip = 0;
    h->record = ngx_consent_html_closer_matters(h);
    h->state = ngx_consent_html_before_attr;
}


/* 1 if the name that was read is that of the element which is open */

static ngx_uint_t
ngx_consent_html_closes(const ngx_consent_html_t *h)
{
    return h->name_len == h->closer_len
           && memcmp(h->name, h->closer_name, h->name_len) == 0;
}
