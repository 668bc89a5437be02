
#include "ngx_consent_html_int.h"


static u_char *ngx_consent_html_tag_name(ngx_consent_html_t *h, u_char *p,
    u_char *last);
static u_char *ngx_consent_html_markup(ngx_consent_html_t *h, u_char *p,
    u_char *last);


static const u_char  ngx_consent_html_cdata_open[] = "[CDATA[";
static const u_char  ngx_consent_html_doctype[] = "doctype";


void
ngx_consent_html_init(ngx_consent_html_t *h, uint32_t limit)
{
    /* but for the room of attributes and of open elements: they are counted */

    memset(&h->tag, 0, offsetof(ngx_consent_tag_t, attrs));
    memset(&h->held, 0, offsetof(ngx_consent_html_t, opened)
                        - offsetof(ngx_consent_html_t, held));

    h->limit = limit;
}


ngx_int_t
ngx_consent_html_next(ngx_consent_html_t *h, u_char **pos, u_char *last)
{
    u_char      *p, *start;
    ngx_int_t    rc;
    ngx_uint_t   text;

    if (h->xml) {
        return ngx_consent_html_xml(h, pos, last);
    }

    p = *pos;
    text = (h->state == ngx_consent_html_data);

    /* h->tag.off is the offset of *pos in a tag; both move together */

    while (p < last) {

        switch (h->state) {

        case ngx_consent_html_lt:

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

                if (h->head) {
                    return ngx_consent_html_at_head(h, pos, p,
                                             ngx_consent_html_off(h, pos, p));
                }

                if (h->body_too && h->templates == 0) {
                    return ngx_consent_html_at_body(h, pos, p,
                                             ngx_consent_html_off(h, pos, p));
                }

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
                p = ngx_consent_html_raw_text(h, p, last);

                if (h->state == ngx_consent_html_raw_lt) {
                    *pos = p - 1;
                    h->tag.off = 0;

                } else if (h->state == ngx_consent_html_before_attr) {
                    *pos = p - 2 - h->name_len;
                    h->tag.off = 0;
                }

            } else {
                p = ngx_consent_html_raw_tag(h, p, last);
            }

            if (ngx_consent_html_in_tag(h->state)) {
                h->tag.name_len = ngx_consent_html_off(h, pos, p) - 2;
            }

            break;

        case ngx_consent_html_plaintext:
            p = last;
            break;

        case ngx_consent_html_data:

            if (h->pause && !text) {
                *pos = p;
                h->held = 0;
                return NGX_CONSENT_HTML_TEXT;
            }

            if (h->behind) {
                return ngx_consent_html_at_head(h, pos, p, 0);
            }

            if (h->body_behind) {
                return ngx_consent_html_at_body(h, pos, p, 0);
            }

            text = 0;

            if (ngx_consent_html_is_quiet(h)) {

                p = ngx_consent_html_quiet(h, p, last);

                if (h->state != ngx_consent_html_data) {
                    *pos = p - h->tag.off;
                    h->tag.off = 0;
                    goto attrs;
                }
            }

            start = p;

            if (p == last || *p != '<') {
                p = ngx_consent_scan_byte(p, last, '<');
            }

            for ( /* void */ ;
                 (!h->filled || h->body_too) && start < p;
                 start++)
            {

                if (h->mark) {
                    h->mark--;
                    continue;
                }

                if (!ngx_consent_html_space(*start)) {

                    if (h->head) {
                        return ngx_consent_html_at_head(h, pos, start, 0);
                    }

                    if (h->body_too && h->templates == 0) {
                        return ngx_consent_html_at_body(h, pos, start, 0);
                    }

                    h->body = 1;
                    h->filled = 1;
                }
            }

            if (p == last) {
                break;
            }

            *pos = p;
            h->tag.off = 0;
            h->tag.end = 0;
            h->name_len = 0;
            h->state = ngx_consent_html_lt;
            p = ngx_consent_html_whole_name(h, p, last);

            if (h->state != ngx_consent_html_name) {
                break;
            }

            if (!h->head && !h->body_too) {
                goto named;
            }

            /* fall through */

        case ngx_consent_html_name:

            p = ngx_consent_html_tag_name(h, p, last);

            if (h->head && ngx_consent_html_opens_head(h, p < last)) {
                return ngx_consent_html_at_head(h, pos, p,
                                             ngx_consent_html_off(h, pos, p));
            }

            if (h->body_too && ngx_consent_html_opens_body(h, p < last)) {
                return ngx_consent_html_at_body(h, pos, p,
                                             ngx_consent_html_off(h, pos, p));
            }

            if (p == last) {
                break;
            }

        named:

            ngx_consent_html_named(h);
            h->tag.name_len = ngx_consent_html_off(h, pos, p) - 1 - h->tag.end;
            h->state = ngx_consent_html_before_attr;

            if (ngx_consent_html_off(h, pos, p) > h->limit) {

                /* such a name is out: the tag goes on as a part of one */

                h->tag.off = 0;
                h->tag.part = 1;
                *pos = p;
            }

            /* fall through */

        case ngx_consent_html_before_attr:
        case ngx_consent_html_attr_name:
        case ngx_consent_html_after_attr:
        case ngx_consent_html_before_value:
        case ngx_consent_html_double_quoted:
        case ngx_consent_html_single_quoted:
        case ngx_consent_html_unquoted:
        case ngx_consent_html_after_value:
        case ngx_consent_html_self_closing:

        attrs:

            h->tag.off = ngx_consent_html_off(h, pos, p);
            *pos = p;

            if (*p != '>' && h->state == ngx_consent_html_before_attr) {
                p = ngx_consent_html_whole_attrs(h, p, last);
                h->tag.off = ngx_consent_html_off(h, pos, p);
                *pos = p;
            }

            if (p < last && *p == '>' && h->tag.off < h->limit
                && h->state == ngx_consent_html_before_attr)
            {
                h->tag.more = 0;
                h->tag.off++;
                *pos = ++p;

            } else {

                rc = ngx_consent_html_attrs(h, pos, last);

                p = *pos;

                if (rc == NGX_AGAIN) {
                    break;
                }

                if (rc == NGX_CONSENT_HTML_LONG) {
                    return rc;
                }
            }

            h->state = h->text = ngx_consent_html_data;

            if (ngx_consent_html_concerns(h)) {
                h->held = 0;
                return NGX_CONSENT_HTML_TAG;
            }

            ngx_consent_html_apply(h, NULL);

            if (h->fork) {
                h->held = 0;
                return NGX_CONSENT_HTML_FORK;
            }

            break;

        default:
            p = ngx_consent_html_markup(h, p, last);

            if (h->fork) {
                h->held = 0;
                *pos = p;
                return NGX_CONSENT_HTML_FORK;
            }
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
        h->held = (h->tag.off > h->limit) ? 0 : h->tag.off;
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


/* As much of a tag's name as there is. */

static u_char *
ngx_consent_html_tag_name(ngx_consent_html_t *h, u_char *p, u_char *last)
{
    u_char      c;
    ngx_uint_t  len;

    len = h->name_len;

    for ( /* void */ ; p < last; p++) {

        c = *p;

        if (ngx_consent_html_is(c, NGX_CONSENT_HTML_NAME_END)) {
            break;
        }

        if (len <= NGX_CONSENT_TAG_MAX_NAME) {

            h->name[len++] = ngx_consent_tolower(c);
        }
    }

    h->name_len = len;

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

        h->state = ngx_consent_html_bang_doctype;
        h->name_len = 0;
        return p;

    case ngx_consent_html_bang_doctype:

        /* it ends at its first '>' too, quoted or not */

        if ((c | 0x20) != ngx_consent_html_doctype[h->name_len]) {
            h->state = ngx_consent_html_bogus;
            return p;
        }

        if (ngx_consent_html_doctype[++h->name_len] == '\0') {
            h->state = ngx_consent_html_bogus;
            h->document = 1;
        }

        return p + 1;

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

            /* the preload scanner of a browser knows no CDATA */

            h->state = ngx_consent_html_cdata;
            h->dashes = 0;
            h->fork = NGX_CONSENT_HTML_FORK_BOGUS;
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
