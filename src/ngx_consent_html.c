
#include "ngx_consent_html_int.h"


static u_char *ngx_consent_html_raw(ngx_consent_html_t *h, u_char *p,
    u_char *last);
static u_char *ngx_consent_html_script_text(ngx_consent_html_t *h, u_char *p,
    u_char *last);
static u_char *ngx_consent_html_markup(ngx_consent_html_t *h, u_char *p,
    u_char *last);
static void ngx_consent_html_name_byte(ngx_consent_html_t *h, u_char c);
static ngx_uint_t ngx_consent_html_closes(ngx_consent_html_t *h);


static const u_char  ngx_consent_html_cdata_open[] = "[CDATA[";


/* the end tags of raw text that concern the caller */

#define ngx_consent_html_closer_matters(h)                                   \
    ((h)->all || (h)->closer == NGX_CONSENT_TAG_SCRIPT                       \
     || (h)->closer == NGX_CONSENT_TAG_STYLE                                 \
     || (h)->closer == NGX_CONSENT_TAG_IFRAME)


void
ngx_consent_html_init(ngx_consent_html_t *h, uint32_t limit)
{
    memset(h, 0, sizeof(ngx_consent_html_t));

    h->limit = limit;
}


ngx_int_t
ngx_consent_html_next(ngx_consent_html_t *h, u_char **pos, u_char *last)
{
    u_char     *p;
    ngx_int_t   rc;

    p = *pos;

    /* h->tag.off is the offset of *pos in a tag; both move together */

    while (p < last) {

        switch (h->state) {

        case ngx_consent_html_data:

            p = memchr(p, '<', last - p);
            if (p == NULL) {
                p = last;
                break;
            }

            *pos = p++;
            h->tag.off = 0;
            h->state = ngx_consent_html_lt;
            break;

        case ngx_consent_html_lt:

            h->tag.end = 0;
            h->name_len = 0;

            if (ngx_consent_html_letter(*p)) {
                h->state = ngx_consent_html_name;
                break;
            }

            switch (*p) {

            case '/':
                h->state = ngx_consent_html_lt_slash;
                p++;
                break;

            case '!':
                h->state = ngx_consent_html_bang;
                p++;
                break;

            case '?':
                h->state = ngx_consent_html_bogus;
                p++;
                break;

            default:
                h->state = ngx_consent_html_data;
            }

            break;

        case ngx_consent_html_lt_slash:

            h->tag.end = 1;

            if (ngx_consent_html_letter(*p)) {
                h->state = ngx_consent_html_name;

            } else {

                /* "</>" is nothing at all, "</3" a comment up to '>' */

                h->state = ngx_consent_html_bogus;
            }

            break;

        case ngx_consent_html_name:

            while (p < last
                   && !ngx_consent_html_is(*p, NGX_CONSENT_HTML_NAME_END))
            {
                ngx_consent_html_name_byte(h, *p++);
            }

            if (p == last) {
                break;
            }

            h->tag.name_len = ngx_consent_html_off(h, pos, p) - 1 - h->tag.end;

            ngx_consent_html_named(h);

            h->state = ngx_consent_html_before_attr;
            break;

        case ngx_consent_html_rcdata:
        case ngx_consent_html_raw_lt:
        case ngx_consent_html_raw_slash:
        case ngx_consent_html_raw_name:
        case ngx_consent_html_script:
        case ngx_consent_html_escape:
        case ngx_consent_html_escape_dash:
        case ngx_consent_html_escape_name:

            if (h->state == ngx_consent_html_rcdata
                || h->state == ngx_consent_html_script)
            {
                p = ngx_consent_html_script_text(h, p, last);

                if (h->state == ngx_consent_html_raw_lt) {
                    *pos = p - 1;
                    h->tag.off = 0;
                }

            } else {
                p = ngx_consent_html_raw(h, p, last);
            }

            if (ngx_consent_html_in_tag(h->state)) {
                h->tag.name_len = ngx_consent_html_off(h, pos, p) - 2;
            }

            break;

        case ngx_consent_html_plaintext:
            p = last;
            break;

        case ngx_consent_html_before_attr:
        case ngx_consent_html_attr_name:
        case ngx_consent_html_after_attr:
        case ngx_consent_html_before_value:
        case ngx_consent_html_double_quoted:
        case ngx_consent_html_single_quoted:
        case ngx_consent_html_unquoted:
        case ngx_consent_html_after_value:
        case ngx_consent_html_self_closing:

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

            h->state = h->text = ngx_consent_html_data;

            if (h->record) {
                return NGX_CONSENT_HTML_TAG;
            }

            ngx_consent_html_apply(h, NULL);
            break;

        default:
            p = ngx_consent_html_markup(h, p, last);
        }
    }

    h->tag.off = ngx_consent_html_off(h, pos, p);
    *pos = p;

    switch (h->state) {

    case ngx_consent_html_lt:
    case ngx_consent_html_lt_slash:
        h->held = h->tag.off;
        break;

    case ngx_consent_html_name:
        h->held = (h->name_len > NGX_CONSENT_TAG_MAX_NAME && !h->all)
                  ? 0 : h->tag.off;
        break;

    case ngx_consent_html_raw_lt:
    case ngx_consent_html_raw_slash:
    case ngx_consent_html_raw_name:
        h->held = (ngx_consent_html_closer_matters(h)
                   && h->name_len <= NGX_CONSENT_TAG_MAX_NAME) ? h->tag.off : 0;
        break;

    default:
        h->held = (ngx_consent_html_in_tag(h->state) && h->record && !h->skip)
                  ? h->tag.off : 0;
    }

    return NGX_AGAIN;
}


/*
 * Text of an element that only its own end tag ends, up to a '<' that may begin
 * it.  In a script "<!--" and "<script" change what an end tag is (13.2.5.4 and
 * 13.2.5.15 to 13.2.5.31).
 */

static u_char *
ngx_consent_html_script_text(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char  *lt;

    if (!h->escape) {

        lt = memchr(p, '<', last - p);
        if (lt == NULL) {
            return last;
        }

        h->state = ngx_consent_html_raw_lt;
        h->name_len = 0;
        return lt + 1;
    }

    for ( /* void */ ; p < last; p++) {

        switch (*p) {

        case '-':
            h->dashes += (h->dashes < 2);
            break;

        case '<':
            h->dashes = 0;
            h->state = ngx_consent_html_raw_lt;
            h->name_len = 0;
            return p + 1;

        case '>':
            if (h->dashes == 2) {
                h->escape = 0;
                h->dashes = 0;
                return p + 1;
            }

            /* fall through */

        default:
            h->dashes = 0;
        }
    }

    return p;
}


/* After a '<' in such text. */

static u_char *
ngx_consent_html_raw(ngx_consent_html_t *h, u_char *p, u_char *last)
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

        h->tag.id = h->closer;
        h->tag.ns = NGX_CONSENT_NS_HTML;
        h->tag.end = 1;
        h->tag.self_closing = 0;
        h->tag.part = 0;
        h->tag.more = 0;
        h->tag.nattrs = 0;
        h->open = 0;
        h->skip = 0;
        h->record = ngx_consent_html_closer_matters(h);
        h->state = ngx_consent_html_before_attr;

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


/* After "<!", "<?" and "</" that begin no tag; CDATA sections. */

static u_char *
ngx_consent_html_markup(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char  c, *found;

    switch (h->state) {

    case ngx_consent_html_bogus:

        found = memchr(p, '>', last - p);
        if (found == NULL) {
            return last;
        }

        h->state = ngx_consent_html_data;
        return found + 1;

    case ngx_consent_html_comment:

        found = memchr(p, '-', last - p);
        if (found == NULL) {
            return last;
        }

        h->state = ngx_consent_html_comment_dash;
        return found + 1;

    case ngx_consent_html_cdata:

        if (h->dashes == 0) {

            found = memchr(p, ']', last - p);
            if (found == NULL) {
                return last;
            }

            h->dashes = 1;
            return found + 1;
        }

        if (*p == ']') {
            h->dashes = 2;

        } else {

            if (*p == '>' && h->dashes == 2) {
                h->state = ngx_consent_html_data;
            }

            h->dashes = 0;
        }

        return p + 1;
    }

    c = *p;

    switch (h->state) {

    case ngx_consent_html_bang:

        if (c == '-') {
            h->state = ngx_consent_html_bang_dash;
            return p + 1;
        }

        if (c == '[' && ngx_consent_html_allows_cdata(h)) {
            h->state = ngx_consent_html_bang_cdata;
            h->name_len = 1;
            return p + 1;
        }

        /* a DOCTYPE ends at its first '>' too, quoted or not */

        h->state = ngx_consent_html_bogus;
        return p;

    case ngx_consent_html_bang_dash:

        if (c == '-') {
            h->state = ngx_consent_html_comment_start;
            return p + 1;
        }

        h->state = ngx_consent_html_bogus;
        return p;

    case ngx_consent_html_bang_cdata:

        if (c != ngx_consent_html_cdata_open[h->name_len]) {
            h->state = ngx_consent_html_bogus;
            return p;
        }

        if (ngx_consent_html_cdata_open[++h->name_len] == '\0') {
            h->state = ngx_consent_html_cdata;
            h->dashes = 0;
        }

        return p + 1;

    case ngx_consent_html_comment_start:
    case ngx_consent_html_comment_start_dash:

        if (c == '>') {
            h->state = ngx_consent_html_data;
            return p + 1;
        }

        if (c == '-') {
            h->state = (h->state == ngx_consent_html_comment_start)
                       ? ngx_consent_html_comment_start_dash
                       : ngx_consent_html_comment_end;
            return p + 1;
        }

        h->state = ngx_consent_html_comment;
        return p;

    case ngx_consent_html_comment_dash:

        h->state = (c == '-') ? ngx_consent_html_comment_end
                              : ngx_consent_html_comment;
        return p + 1;

    case ngx_consent_html_comment_end:

        if (c == '>') {
            h->state = ngx_consent_html_data;

        } else if (c == '!') {
            h->state = ngx_consent_html_comment_bang;

        } else if (c != '-') {
            h->state = ngx_consent_html_comment;
        }

        return p + 1;

    default: /* ngx_consent_html_comment_bang */

        if (c == '>') {
            h->state = ngx_consent_html_data;

        } else if (c == '-') {
            h->state = ngx_consent_html_comment_dash;

        } else {
            h->state = ngx_consent_html_comment;
        }

        return p + 1;
    }
}


static void
ngx_consent_html_name_byte(ngx_consent_html_t *h, u_char c)
{
    if (h->name_len <= NGX_CONSENT_TAG_MAX_NAME) {
        h->name[h->name_len++] = ngx_consent_tolower(c);
    }
}


/* 1 if the name that was read is that of the element which is open */

static ngx_uint_t
ngx_consent_html_closes(ngx_consent_html_t *h)
{
    return h->name_len <= NGX_CONSENT_TAG_MAX_NAME
           && ngx_consent_tag_id(h->name, h->name_len)
              == (ngx_consent_tag_e) h->closer;
}
