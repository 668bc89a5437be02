
/*
 * Shopify's _tracking_consent, which is either a short form,
 *     3<choices>.<allowed>_<region>_<banner>_<sale of data region>_<id>
 * or a JSON object.  What the region allows without a choice counts beside the
 * choices; a refusal is said last.
 */

#include "ngx_consent_source_object.h"


#define NGX_CONSENT_SHOPIFY_KEYS  4


static ngx_int_t ngx_consent_source_shopify_short(u_char *p, u_char *last,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_shopify_letter(u_char c);
static ngx_int_t ngx_consent_source_shopify_flag(u_char **pos, u_char *last,
    ngx_uint_t *flag);
static ngx_int_t ngx_consent_source_shopify_read(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_shopify_inner(
    ngx_consent_member_t *outer, u_char *last,
    ngx_consent_member_t *members, ngx_uint_t n);
static void ngx_consent_source_shopify_say(ngx_uint_t yes, ngx_uint_t no,
    ngx_uint_t chosen, ngx_uint_t banner, ngx_consent_answer_t *answer);


/* in the order of the letters a, m, p, s */

static const ngx_str_t  ngx_consent_source_shopify_keys[] = {
    ngx_string("analytics"),
    ngx_string("marketing"),
    ngx_string("preferences"),
    ngx_string("sale_of_data")
};


void
ngx_consent_source_shopify(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    size_t  len;

    if (value->data[0] != '3') {
        ngx_consent_object_cookie(asked, value, answer,
                                ngx_consent_source_shopify_read);
        return;
    }

    if (value->len > NGX_CONSENT_SOURCE_MAX_VALUE
        || ngx_consent_source_percent(asked->buf, value, &len) != NGX_OK
        || ngx_consent_source_shopify_short(asked->buf, asked->buf + len,
                                            answer)
           != NGX_OK)
    {
        answer->state = NGX_CONSENT_INVALID;
    }
}


static ngx_int_t
ngx_consent_source_shopify_short(u_char *p, u_char *last,
    ngx_consent_answer_t *answer)
{
    ngx_int_t   n;
    ngx_uint_t  yes, no, chosen, dot, banner, sale;

    yes = 0;
    no = 0;
    chosen = 0;
    dot = 0;

    for (p++; p < last && *p != '_'; p++) {

        if (*p == '.') {

            if (dot) {
                return NGX_ERROR;
            }

            dot = 1;
            continue;
        }

        n = ngx_consent_source_shopify_letter(ngx_consent_tolower(*p));
        if (n == NGX_ERROR) {
            return NGX_ERROR;
        }

        if (*p == ngx_consent_tolower(*p)) {

            /* nothing is refused beside what the region allows */

            if (dot) {
                return NGX_ERROR;
            }

            no |= 1 << n;

        } else {
            yes |= 1 << n;
        }

        chosen |= !dot;
    }

    if (!dot || p == last) {
        return NGX_ERROR;
    }

    p = memchr(p + 1, '_', last - (p + 1));

    if (p == NULL
        || ngx_consent_source_shopify_flag(&p, last, &banner) != NGX_OK
        || ngx_consent_source_shopify_flag(&p, last, &sale) != NGX_OK
        || last - p < 2)
    {
        return NGX_ERROR;
    }

    ngx_consent_source_shopify_say(yes, no, chosen, banner, answer);

    return NGX_OK;
}


static ngx_int_t
ngx_consent_source_shopify_letter(u_char c)
{
    switch (c) {

    case 'a':
        return 0;

    case 'm':
        return 1;

    case 'p':
        return 2;

    case 's':
        return 3;

    default:
        return NGX_ERROR;
    }
}


/* "_t" or "_f", and *pos is then at the next '_' */

static ngx_int_t
ngx_consent_source_shopify_flag(u_char **pos, u_char *last, ngx_uint_t *flag)
{
    u_char  *p;

    p = *pos;

    if (last - p < 3 || p[0] != '_' || (p[1] != 't' && p[1] != 'f')
        || p[2] != '_')
    {
        return NGX_ERROR;
    }

    *flag = (p[1] == 't');
    *pos = p + 2;

    return NGX_OK;
}


static ngx_int_t
ngx_consent_source_shopify_read(const ngx_consent_asked_t *asked,
    ngx_consent_object_t *json, ngx_consent_answer_t *answer)
{
    u_char      *last;
    ngx_uint_t   i, yes, no, chosen;

    enum {
        CON = 0,
        PURPOSES,
        BANNER,
        MEMBERS
    };

    ngx_consent_member_t  m[MEMBERS] = {
        { ngx_string("con"), NULL },
        { ngx_string("purposes"), NULL },
        { ngx_string("display_banner"), NULL }
    };

    ngx_consent_member_t  cmp = { ngx_string("CMP"), NULL };

    ngx_consent_member_t  choices[NGX_CONSENT_SHOPIFY_KEYS] = {
        { ngx_string("a"), NULL },
        { ngx_string("m"), NULL },
        { ngx_string("p"), NULL },
        { ngx_string("s"), NULL }
    };

    ngx_consent_member_t  allowed[NGX_CONSENT_SHOPIFY_KEYS] = {
        { ngx_string("a"), NULL },
        { ngx_string("m"), NULL },
        { ngx_string("p"), NULL },
        { ngx_string("t"), NULL }
    };

    if (ngx_consent_object_members(json, m, MEMBERS) != NGX_OK
        || m[CON].value == NULL)
    {
        return NGX_ERROR;
    }

    last = json->last;

    if (ngx_consent_source_shopify_inner(&m[CON], last, &cmp, 1) != NGX_OK
        || cmp.value == NULL
        || ngx_consent_source_shopify_inner(&cmp, last, choices,
                                            NGX_CONSENT_SHOPIFY_KEYS)
           != NGX_OK
        || ngx_consent_source_shopify_inner(&m[PURPOSES], last, allowed,
                                            NGX_CONSENT_SHOPIFY_KEYS)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    yes = 0;
    no = 0;
    chosen = 0;

    for (i = 0; i < NGX_CONSENT_SHOPIFY_KEYS; i++) {

        if (ngx_consent_object_is(allowed[i].value, last, "true")) {
            yes |= 1 << i;
        }

        if (choices[i].value == NULL
            || ngx_consent_object_is(choices[i].value, last, "\"\""))
        {
            continue;
        }

        chosen = 1;

        if (ngx_consent_object_is(choices[i].value, last, "\"1\"")) {
            yes |= 1 << i;

        } else if (ngx_consent_object_is(choices[i].value, last, "\"0\"")) {
            no |= 1 << i;

        } else {
            return NGX_ERROR;
        }
    }

    ngx_consent_source_shopify_say(yes, no, chosen,
                       ngx_consent_object_is(m[BANNER].value, last, "true"),
                       answer);

    return NGX_OK;
}


/* the members of a member, if that is there */

static ngx_int_t
ngx_consent_source_shopify_inner(ngx_consent_member_t *outer,
    u_char *last, ngx_consent_member_t *members, ngx_uint_t n)
{
    ngx_consent_object_t  json;

    if (outer->value == NULL) {
        return NGX_OK;
    }

    json.pos = outer->value;
    json.last = last;
    json.begun = 0;

    return ngx_consent_object_members(&json, members, n);
}


/* Without a choice, a banner that is to be shown has not been answered. */

static void
ngx_consent_source_shopify_say(ngx_uint_t yes, ngx_uint_t no,
    ngx_uint_t chosen, ngx_uint_t banner, ngx_consent_answer_t *answer)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_CONSENT_SHOPIFY_KEYS; i++) {

        if ((yes | no) & (1 << i)) {
            ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY,
                                   &ngx_consent_source_shopify_keys[i],
                                   !(no & (1 << i)));
        }
    }

    if (chosen) {
        answer->state = NGX_CONSENT_DECIDED;

    } else {
        answer->state = banner ? NGX_CONSENT_UNSET : NGX_CONSENT_IMPLIED;
    }
}
