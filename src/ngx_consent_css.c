
#include "ngx_consent_css_int.h"


static uint32_t ngx_consent_css_kept(const ngx_consent_css_t *c);
static ngx_int_t ngx_consent_css_read(ngx_consent_css_t *c, u_char **pos,
    u_char *last);
static u_char *ngx_consent_css_pass(ngx_consent_css_t *c, u_char *p,
    u_char *last, ngx_uint_t what);


/* c->at is the offset of *pos in a URL; both move together */

#define ngx_consent_css_off(c, pos, p)                                       \
    ((c)->at + (uint32_t) ((p) - *(pos)))


void
ngx_consent_css_init(ngx_consent_css_t *c, uint32_t limit)
{
    memset(c, 0, sizeof(ngx_consent_css_t));

    c->limit = limit;
}


ngx_int_t
ngx_consent_css_next(ngx_consent_css_t *c, u_char **pos, u_char *last)
{
    u_char      byte, *end;
    uint32_t    off, len;
    ngx_int_t   rc, other;

    c->doubt = 0;
    c->raw = 0;
    rc = NGX_AGAIN;

    /* both readers take byte after byte, for their URLs come in order */

    while (rc == NGX_AGAIN && *pos < last
           && !ngx_consent_css_scan_done(&c->scan))
    {
        byte = **pos;

        if (c->scan.state == NGX_CONSENT_CSS_SCAN_INITIAL
            && c->state == ngx_consent_css_ground)
        {
            /* most sheets begin with none of the rules that it reads */

            if (ngx_consent_css_is(byte, NGX_CONSENT_CSS_SPACE)) {
                c->name_len = 0;
                (*pos)++;
                continue;
            }

            if (byte != '@' && byte != '/' && byte != '\0') {
                c->scan.state = NGX_CONSENT_CSS_SCAN_DONE;
                break;
            }
        }

        end = ngx_consent_css_scan_pass(&c->scan, *pos, last,
                                        c->limit - ngx_consent_css_kept(c) - 1);
        if (end > *pos) {
            rc = ngx_consent_css_read(c, pos, end);
            continue;
        }

        rc = ngx_consent_css_read(c, pos, *pos + 1);

        if (rc != NGX_AGAIN) {
            c->raw = ngx_consent_css_scan_told(&c->scan);
        }

        other = ngx_consent_css_scan(&c->scan, byte, c->limit, &off, &len);

        if (rc != NGX_AGAIN) {

            /* the last byte of a LONG one may begin a URL of the scanner's */

            if (ngx_consent_css_scan_held(&c->scan) > c->off - c->len) {
                c->doubt = ngx_consent_css_scan_told(&c->scan);
            }

            break;
        }

        if (other == NGX_OK) {
            continue;
        }

        rc = other;

        c->raw = 1;
        c->what = NGX_CONSENT_CSS_IMPORT;
        c->quote = c->scan.open;

        if (c->keep) {
            c->doubt = 1;
            c->keep = 0;

            if (c->at > off) {
                len += c->at - off;
                off = c->at;
            }
        }

        c->off = off;
        c->len = len;
    }

    if (rc == NGX_AGAIN) {
        rc = ngx_consent_css_read(c, pos, last);
    }

    c->held = (rc == NGX_AGAIN) ? ngx_consent_css_kept(c) : 0;

    return rc;
}


/* Bytes that one reader or the other may still tell. */

static uint32_t
ngx_consent_css_kept(const ngx_consent_css_t *c)
{
    uint32_t  held;

    held = ngx_consent_css_scan_held(&c->scan);

    return (c->keep && c->at > held) ? c->at : held;
}


ngx_int_t
ngx_consent_css_end(ngx_consent_css_t *c)
{
    uint32_t  off, len;

    c->doubt = 0;
    c->raw = 0;
    c->held = 0;

    if (c->keep && c->at) {
        c->raw = ngx_consent_css_scan_told(&c->scan);
        c->off = c->at;
        c->keep = 0;

        if (c->state != ngx_consent_css_url_after) {
            c->len = c->at;
        }

        return NGX_CONSENT_CSS_URL;
    }

    if (ngx_consent_css_scan_end(&c->scan, &off, &len) != NGX_OK) {
        c->raw = 1;
        c->what = NGX_CONSENT_CSS_IMPORT;
        c->quote = c->scan.open;
        c->off = off;
        c->len = len;

        return NGX_CONSENT_CSS_URL;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_css_read(ngx_consent_css_t *c, u_char **pos, u_char *last)
{
    u_char                  ch, *p, *end;
    uint32_t                len;
    ngx_int_t               rc;
    ngx_consent_css_view_t  view;

    p = *pos;

    view.first = p;
    view.next = p;
    view.bits = 0;

    rc = NGX_CONSENT_CSS_URL;

    for ( ;; ) {

        end = last;

        if (c->keep) {

            len = ngx_consent_css_off(c, pos, p);

            if (len >= c->limit) {
                rc = NGX_CONSENT_CSS_LONG;

                if (c->state == ngx_consent_css_url_after) {
                    len = c->len;
                }

                break;
            }

            if ((size_t) (last - p) > c->limit - len) {
                end = p + (c->limit - len);
            }
        }

        if (p == last) {
            c->at = ngx_consent_css_off(c, pos, p);
            *pos = p;
            return NGX_AGAIN;
        }

        ch = *p;

        switch (c->state) {

        case ngx_consent_css_ground:
            p = ngx_consent_css_between(c, &view, p, last);

            if (c->state == ngx_consent_css_string) {
                *pos = p;
                c->at = 0;
            }

            continue;

        case ngx_consent_css_ident:
            p = ngx_consent_css_name(c, p, last);
            continue;

        case ngx_consent_css_escape:
        case ngx_consent_css_escape_hex:
        case ngx_consent_css_escape_cr:
            p = ngx_consent_css_escaped(c, p);
            continue;

        case ngx_consent_css_slash:

            if (ch == '*') {
                c->state = ngx_consent_css_comment;
                p++;

            } else {
                c->import = 0;
                c->mute = 0;
                c->state = ngx_consent_css_ground;
            }

            continue;

        case ngx_consent_css_comment:

            p = memchr(p, '*', last - p);
            if (p == NULL) {
                p = last;
                continue;
            }

            c->state = ngx_consent_css_comment_star;
            p++;
            continue;

        case ngx_consent_css_comment_star:

            if (ch != '*') {
                c->state = (ch == '/') ? c->back : ngx_consent_css_comment;
            }

            p++;
            continue;

        case ngx_consent_css_cdo:

            if (ch == (u_char) "!--"[c->digits]) {
                p++;

                if (++c->digits < 3) {
                    continue;
                }

            } else if (c->digits == 2) {

                /* the '-' may begin a name */

                ngx_consent_css_name_byte(c, '-');
            }

            c->state = ngx_consent_css_ground;
            continue;

        case ngx_consent_css_prelude:

            if (ch == '"' || ch == '\'') {
                p++;
                ngx_consent_css_quoted(c, ch);
                *pos = p;
                c->at = 0;

            } else if (ch == '/') {
                c->back = c->state;
                c->state = ngx_consent_css_slash;
                p++;

            } else if (ch == '\\'
                       || ngx_consent_css_is(ch, NGX_CONSENT_CSS_NAME))
            {
                c->state = ngx_consent_css_ident;

            } else if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_SPACE)) {
                p++;

            } else {
                c->import = 0;
                c->mute = 0;
                c->state = ngx_consent_css_ground;
            }

            continue;

        case ngx_consent_css_after_name:

            if (ch == '/') {
                c->back = c->state;
                c->state = ngx_consent_css_slash;
                p++;

            } else if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_SPACE)) {
                p++;

            } else {

                if (ch == ':' && !c->custom) {
                    c->custom = 1;
                    c->braces = 0;
                }

                c->state = ngx_consent_css_ground;
            }

            continue;

        case ngx_consent_css_string:

            p = ngx_consent_css_pass(c, p, end, NGX_CONSENT_CSS_STRING);
            if (p == end) {
                continue;
            }

            ch = *p;

            if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_NEWLINE)) {
                c->keep = 0;
                c->state = ngx_consent_css_ground;
                continue;
            }

            p++;

            if (ch == '\\') {
                c->back = c->state;
                c->state = ngx_consent_css_escape;
                continue;
            }

            if (ch != c->quote) {
                continue;
            }

            c->state = ngx_consent_css_ground;
            len = ngx_consent_css_off(c, pos, p) - 1;
            break;

        case ngx_consent_css_url_space:

            if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_SPACE)) {
                p++;
                continue;
            }

            c->quote = 0;
            c->state = ngx_consent_css_url;

            if (ch == '"' || ch == '\'') {
                c->quote = ch;
                c->depth += (c->custom || c->depth);
                c->state = ngx_consent_css_string;
                p++;
            }

            c->keep = !c->mute;
            c->mute = 0;
            *pos = p;
            c->at = 0;
            continue;

        case ngx_consent_css_url:

            p = ngx_consent_css_pass(c, p, end, NGX_CONSENT_CSS_URL_END);
            if (p == end) {
                continue;
            }

            ch = *p;

            if (ch == ')') {
                p++;
                c->state = ngx_consent_css_ground;
                len = ngx_consent_css_off(c, pos, p) - 1;
                break;
            }

            if (ch == '\\') {
                p++;
                c->back = c->state;
                c->state = ngx_consent_css_escape;
                continue;
            }

            if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_SPACE)) {
                c->len = ngx_consent_css_off(c, pos, p);
                c->state = ngx_consent_css_url_after;
                continue;
            }

            c->keep = 0;
            c->state = ngx_consent_css_bad_url;
            continue;

        case ngx_consent_css_url_after:

            if (ngx_consent_css_is(ch, NGX_CONSENT_CSS_SPACE)) {
                p++;
                continue;
            }

            if (ch == ')') {
                p++;
                c->state = ngx_consent_css_ground;
                len = c->len;
                break;
            }

            c->keep = 0;
            c->state = ngx_consent_css_bad_url;
            continue;

        case ngx_consent_css_bad_url:

            p = ngx_consent_css_pass(c, p, last, NGX_CONSENT_CSS_URL_END);
            if (p == last) {
                continue;
            }

            if (*p == ')') {
                c->state = ngx_consent_css_ground;

            } else if (*p == '\\') {
                c->state = ngx_consent_css_bad_url_escape;
            }

            p++;
            continue;

        default: /* ngx_consent_css_bad_url_escape */

            c->trail = ngx_consent_lead(c->lead, ch);
            c->state = ngx_consent_css_bad_url;
            p++;
            continue;
        }

        /* a URL ends here; it may be none */

        if (c->keep && len) {
            break;
        }

        c->keep = 0;
    }

    c->off = ngx_consent_css_off(c, pos, p);
    c->len = len;
    c->keep = 0;
    *pos = p;

    return rc;
}


/* Passes over the bytes of a string or url() that are nothing special. */

static u_char *
ngx_consent_css_pass(ngx_consent_css_t *c, u_char *p, u_char *last,
    ngx_uint_t what)
{
    if (c->lead == 0) {
        return ngx_consent_css_plain(p, last, what);
    }

    for ( /* void */ ; p < last; p++) {

        if (c->trail) {
            c->trail = 0;

            if (ngx_consent_trail(*p)) {
                continue;
            }
        }

        if (ngx_consent_lead(c->lead, *p)) {
            c->trail = 1;
            continue;
        }

        if (ngx_consent_css_is(*p, what)) {
            break;
        }
    }

    return p;
}
