
/* What is a list of URLs, or of arguments, taken to pieces. */

#include "ngx_consent_url_int.h"
#include "ngx_consent_entity.h"
#include "ngx_consent_wide.h"


static u_char *ngx_consent_url_srcset_run(u_char *p, u_char *last);
static u_char ngx_consent_url_srcset_char(const u_char *p,
    const u_char *last, size_t *n);


#define ngx_consent_url_space(c)                                             \
    ((c) == ' ' || (c) == '\t' || (c) == '\n' || (c) == '\f' || (c) == '\r')


ngx_int_t
ngx_consent_url_srcset(u_char **pos, u_char *last, ngx_str_t *url)
{
    u_char      *p, *end, *run, c;
    size_t       n;
    ngx_uint_t   parens;

    for (p = *pos; p < last; p += n) {

        c = ngx_consent_url_srcset_char(p, last, &n);

        if (c != ',' && !ngx_consent_url_space(c)) {
            break;
        }
    }

    if (p == last) {
        *pos = last;
        return NGX_DONE;
    }

    /* up to a space, without the commas at its end */

    url->data = p;
    end = p;

    for ( /* void */ ; p < last; p += n) {

        run = p;
        p = ngx_consent_url_srcset_run(p, last);

        if (p > run) {

            for (n = p - run; n && run[n - 1] == ','; n--) { /* void */ }

            end = n ? run + n : end;

            if (p == last) {
                break;
            }
        }

        c = ngx_consent_url_srcset_char(p, last, &n);

        if (ngx_consent_url_space(c)) {
            break;
        }

        if (c != ',') {
            end = p + n;
        }
    }

    url->len = end - url->data;

    if (end < p) {

        /* no descriptors */

        *pos = p;
        return NGX_OK;
    }

    for (parens = 0; p < last; p += n) {

        c = ngx_consent_url_srcset_char(p, last, &n);

        if (c == '(') {
            parens = 1;

        } else if (c == ')') {
            parens = 0;

        } else if (c == ',' && !parens) {
            break;
        }
    }

    *pos = p;

    return NGX_OK;
}


/* Where neither a space nor a reference has come yet. */

static u_char *
ngx_consent_url_srcset_run(u_char *p, u_char *last)
{
#ifdef NGX_CONSENT_WIDE

    size_t                   n;
    ngx_consent_wide_t       v, is;
    ngx_consent_wide_bits_t  bits;

    for (n = last - p; n >= NGX_CONSENT_WIDE; n -= NGX_CONSENT_WIDE) {

        v = ngx_consent_wide_load(p);

        is = ngx_consent_wide_or(
                 ngx_consent_wide_le(v, ' '),
                 ngx_consent_wide_eq(v, '&'));

        bits = ngx_consent_wide_bits(is);

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }

        p += NGX_CONSENT_WIDE;
    }

#endif

    while (p < last && *p > ' ' && *p != '&') {
        p++;
    }

    return p;
}


/*
 * The first byte of what stands at p: a browser decodes the attribute first, so
 * a reference can be the comma or the space between two candidates.
 */

static u_char
ngx_consent_url_srcset_char(const u_char *p, const u_char *last, size_t *n)
{
    size_t  len;
    u_char  text[NGX_CONSENT_ENTITY_MAX];

    *n = (*p == '&') ? ngx_consent_entity(p, last, text, &len) : 0;

    if (*n) {
        return text[0];
    }

    *n = 1;

    return *p;
}


ngx_int_t
ngx_consent_url_arg(u_char **pos, u_char *last, ngx_str_t *name,
    ngx_str_t *value, u_char *buf, size_t size)
{
    u_char                 *p;
    ngx_int_t               c;
    ngx_uint_t              in_value;
    ngx_consent_url_out_t   out;

    p = *pos;

    while (p < last && *p == '&') {
        p++;
    }

    if (p == last) {
        *pos = last;
        return NGX_DONE;
    }

    out.pos = buf;
    out.last = buf + size;
    out.cut = 0;

    name->data = buf;
    name->len = 0;
    value->data = buf;
    value->len = 0;
    in_value = 0;

    for ( /* void */ ; p < last && *p != '&'; p++) {

        if (*p == '=' && !in_value) {
            in_value = 1;
            name->len = out.pos - name->data;
            value->data = out.pos;
            continue;
        }

        if (*p == '%' && (c = ngx_consent_url_percent(p, last)) != NGX_ERROR) {
            ngx_consent_url_put(&out, (u_char) c);
            p += 2;
            continue;
        }

        ngx_consent_url_put(&out, *p == '+' ? ' ' : *p);
    }

    if (in_value) {
        value->len = out.pos - value->data;

    } else {
        name->len = out.pos - name->data;
        value->data = out.pos;
    }

    *pos = p;

    return NGX_OK;
}
