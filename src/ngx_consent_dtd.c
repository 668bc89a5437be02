
#include "ngx_consent_dtd.h"
#include "ngx_consent_entity.h"
#include "ngx_consent_value.h"


typedef struct {
    const ngx_consent_dtd_t  *dtd;
    u_char                   *dst;
    u_char                   *last;
    ngx_uint_t                references;
} ngx_consent_dtd_expand_t;


static ngx_int_t ngx_consent_dtd_put(ngx_consent_dtd_expand_t *x,
    const u_char *p, size_t len, ngx_uint_t depth);
static ngx_int_t ngx_consent_dtd_copy(ngx_consent_dtd_expand_t *x,
    const u_char *p, size_t len);
static const ngx_consent_dtd_entity_t *ngx_consent_dtd_find(
    const ngx_consent_dtd_t *dtd, const ngx_str_t *name);


/* what XML has without a DTD, whatever one says (4.6) */

static const ngx_str_t  ngx_consent_dtd_predefined[] = {
    ngx_string("amp"),
    ngx_string("lt"),
    ngx_string("gt"),
    ngx_string("quot"),
    ngx_string("apos"),
    ngx_null_string
};


/* the identifiers of HTML 14.2 that more than one browser knows */

static const ngx_str_t  ngx_consent_dtd_publics[] = {
    ngx_string("-//W3C//DTD XHTML 1.0 Transitional//EN"),
    ngx_string("-//W3C//DTD XHTML 1.1//EN"),
    ngx_string("-//W3C//DTD XHTML 1.0 Strict//EN"),
    ngx_string("-//W3C//DTD XHTML 1.0 Frameset//EN"),
    ngx_string("-//W3C//DTD XHTML Basic 1.0//EN"),
    ngx_string("-//W3C//DTD XHTML 1.1 plus MathML 2.0//EN"),
    ngx_string("-//W3C//DTD XHTML 1.1 plus MathML 2.0 plus SVG 1.1//EN"),
    ngx_string("-//W3C//DTD MathML 2.0//EN"),
    ngx_string("-//WAPFORUM//DTD XHTML Mobile 1.0//EN"),
    ngx_string("-//WAPFORUM//DTD XHTML Mobile 1.1//EN"),
    ngx_string("-//WAPFORUM//DTD XHTML Mobile 1.2//EN"),
    ngx_null_string
};


void
ngx_consent_dtd_init(ngx_consent_dtd_t *dtd)
{
    dtd->n = 0;
    dtd->used = 0;
    dtd->names = 0;
    dtd->defaults = 0;
}


ngx_uint_t
ngx_consent_dtd_public(const u_char *p, size_t len)
{
    return ngx_consent_value_in(ngx_consent_dtd_publics, p, len);
}


ngx_uint_t
ngx_consent_dtd_known(const ngx_consent_dtd_t *dtd, const ngx_str_t *name)
{
    return ngx_consent_dtd_find(dtd, name) != NULL;
}


void
ngx_consent_dtd_add(ngx_consent_dtd_t *dtd, const ngx_str_t *name,
    const ngx_str_t *literal)
{
    size_t                     n;
    u_char                    *text;
    ngx_consent_dtd_entity_t  *e;

    if (ngx_consent_value_in(ngx_consent_dtd_predefined, name->data, name->len)
        || dtd->n == NGX_CONSENT_DTD_ENTITIES
        || name->len + NGX_CONSENT_VALUE_SIZE(literal->len)
           > NGX_CONSENT_DTD_TEXT - dtd->used)
    {
        return;
    }

    text = dtd->data + dtd->used + name->len;

    n = ngx_consent_value_literal(text, NGX_CONSENT_VALUE_SIZE(literal->len),
                                  literal->data, literal->len);

    e = (ngx_consent_dtd_entity_t *) ngx_consent_dtd_find(dtd, name);

    if (e) {

        /* of two the first counts, if a browser reads what declares it */

        if (n != e->text_len || memcmp(dtd->data + e->text, text, n) != 0) {
            e->doubt = 1;
        }

        return;
    }

    e = &dtd->entities[dtd->n++];

    e->name = dtd->used;
    e->name_len = name->len;
    e->text = dtd->used + name->len;
    e->text_len = n;
    e->doubt = 0;

    memcpy(dtd->data + e->name, name->data, name->len);

    dtd->used += name->len + n;
}


ngx_int_t
ngx_consent_dtd_expand(const ngx_consent_dtd_t *dtd, u_char **dst,
    u_char *last, const u_char *p, size_t len)
{
    ngx_int_t                 rc;
    ngx_consent_dtd_expand_t  x;

    x.dtd = dtd;
    x.dst = *dst;
    x.last = last;
    x.references = 0;

    rc = ngx_consent_dtd_put(&x, p, len, 0);

    *dst = x.dst;

    return rc;
}


static ngx_int_t
ngx_consent_dtd_put(ngx_consent_dtd_expand_t *x, const u_char *p, size_t len,
    ngx_uint_t depth)
{
    size_t                           n;
    u_char                           text[NGX_CONSENT_ENTITY_MAX];
    ngx_str_t                        name;
    const u_char                    *end, *amp, *semi;
    const ngx_consent_dtd_entity_t  *e;

    for (end = p + len; p < end; p = semi + 1) {

        amp = memchr(p, '&', end - p);

        if (amp == NULL) {
            return ngx_consent_dtd_copy(x, p, end - p);
        }

        if (ngx_consent_dtd_copy(x, p, amp - p) != NGX_OK) {
            return NGX_DECLINED;
        }

        semi = memchr(amp, ';', end - amp);

        if (semi == NULL) {
            return NGX_DECLINED;
        }

        name.data = (u_char *) amp + 1;
        name.len = semi - name.data;

        if ((name.len && *name.data == '#')
            || ngx_consent_value_in(ngx_consent_dtd_predefined, name.data,
                                    name.len))
        {
            if (ngx_consent_dtd_copy(x, amp, semi + 1 - amp) != NGX_OK) {
                return NGX_DECLINED;
            }

            continue;
        }

        e = ngx_consent_dtd_find(x->dtd, &name);

        if (e) {

            if (e->doubt || depth == NGX_CONSENT_DTD_DEPTH
                || ++x->references > NGX_CONSENT_DTD_REFERENCES
                || ngx_consent_dtd_put(x, x->dtd->data + e->text, e->text_len,
                                       depth + 1)
                   != NGX_OK)
            {
                return NGX_DECLINED;
            }

            continue;
        }

        /* where it is not declared, it may be nothing or an error */

        if (!x->dtd->names
            || ngx_consent_entity(amp, semi + 1, text, &n)
               != (size_t) (semi + 1 - amp)
            || ngx_consent_dtd_copy(x, amp, semi + 1 - amp) != NGX_OK)
        {
            return NGX_DECLINED;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_dtd_copy(ngx_consent_dtd_expand_t *x, const u_char *p, size_t len)
{
    if (len > (size_t) (x->last - x->dst)) {
        return NGX_DECLINED;
    }

    if (len) {
        memcpy(x->dst, p, len);
        x->dst += len;
    }

    return NGX_OK;
}


static const ngx_consent_dtd_entity_t *
ngx_consent_dtd_find(const ngx_consent_dtd_t *dtd, const ngx_str_t *name)
{
    ngx_uint_t                       i;
    const ngx_consent_dtd_entity_t  *e;

    for (i = 0; i < dtd->n; i++) {

        e = &dtd->entities[i];

        if (e->name_len == name->len
            && memcmp(dtd->data + e->name, name->data, name->len) == 0)
        {
            return e;
        }
    }

    return NULL;
}
