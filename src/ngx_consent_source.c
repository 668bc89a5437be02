
#include "ngx_consent_source_int.h"
#include "ngx_consent_source_map.h"
#include "ngx_consent_word.h"


static ngx_uint_t ngx_consent_source_same(const ngx_str_t *a,
    const ngx_str_t *b);
static ngx_int_t ngx_consent_source_cookie(const ngx_consent_asked_t *asked,
    ngx_consent_jar_at_t *at, ngx_consent_cookie_t *c);
static ngx_int_t ngx_consent_jar_either(const ngx_consent_jar_t *jar,
    ngx_consent_jar_at_t *at, const ngx_str_t *name, const ngx_str_t *also,
    ngx_consent_cookie_t *c);


/* Every format that a server can see, a row each, by family. */

static const ngx_consent_format_t  ngx_consent_source_formats[] = {

    { .name = ngx_string("cookie"),
      .cookie = ngx_string("consent"),
      .value = ngx_consent_source_own,
      .max_age = NGX_CONSENT_COOKIE_MAX_AGE,
      .own = 1,
      .dated = 1,
      .revised = 1 },

    /* JSON */

    { .name = ngx_string("vanilla"),
      .cookie = ngx_string("cc_cookie"),
      .value = ngx_consent_source_vanilla,
      .stands = ngx_consent_stands_vanilla,
      .dated = 1,
      .revised = 1 },
    { .name = ngx_string("klaro"),
      .cookie = ngx_string("klaro"),
      .value = ngx_consent_source_klaro,
      .of = NGX_CONSENT_KEY_SERVICE },
    { .name = ngx_string("axeptio"),
      .cookie = ngx_string("axeptio_cookies"),
      .value = ngx_consent_source_axeptio,
      .jar = ngx_consent_source_axeptio_list,
      .of = NGX_CONSENT_KEY_VENDOR,
      .beside = ngx_consent_beside_axeptio,
      .dated = 1 },
    { .name = ngx_string("didomi"),
      .cookie = ngx_string("didomi_token"),
      .value = ngx_consent_source_didomi,
      .beside = ngx_consent_beside_didomi,
      .dated = 1 },
    { .name = ngx_string("borlabs"),
      .cookie = ngx_string("borlabs-cookie"),
      .value = ngx_consent_source_borlabs,
      .stands = ngx_consent_stands_borlabs },
    { .name = ngx_string("iubenda"),
      .named = ngx_consent_source_iubenda_named,
      .value = ngx_consent_source_iubenda,
      .stands = ngx_consent_stands_iubenda,
      .beside = ngx_consent_beside_iubenda,
      .dated = 1 },
    { .name = ngx_string("shopify"),
      .cookie = ngx_string("_tracking_consent"),
      .value = ngx_consent_source_shopify,
      .stands = ngx_consent_stands_shopify,
      .beside = ngx_consent_beside_shopify },

    /* text */

    { .name = ngx_string("trustcommander"),
      .cookie = ngx_string("TC_PRIVACY"),
      .value = ngx_consent_source_trustcommander,
      .stands = ngx_consent_stands_trustcommander,
      .beside = ngx_consent_beside_trustcommander,
      .dated = 1 },
    { .name = ngx_string("trustcommander-v1"),
      .cookie = ngx_string("TC_OPTOUT"),
      .value = ngx_consent_source_trustcommander_v1,
      .stands = ngx_consent_stands_trustcommander,
      .beside = ngx_consent_beside_trustcommander_v1 },
    { .name = ngx_string("onetrust"),
      .cookie = ngx_string("OptanonConsent"),
      .value = ngx_consent_source_onetrust,
      .stands = ngx_consent_stands_onetrust,
      .beside = ngx_consent_beside_onetrust,
      .dated = 1 },
    { .name = ngx_string("cookiebot"),
      .cookie = ngx_string("CookieConsent"),
      .value = ngx_consent_source_cookiebot,
      .stands = ngx_consent_stands_cookiebot,
      .dated = 1 },
    { .name = ngx_string("cookieyes"),
      .cookie = ngx_string("cookieyes-consent"),
      .value = ngx_consent_source_cookieyes,
      .stands = ngx_consent_stands_cookieyes },
    { .name = ngx_string("cookielawinfo"),
      .prefix = ngx_string("cookielawinfo-checkbox-"),
      .jar = ngx_consent_source_cookielawinfo,
      .stands = ngx_consent_stands_cookieyes,
      .beside = ngx_consent_beside_cookielawinfo },
    { .name = ngx_string("tarteaucitron"),
      .cookie = ngx_string("tarteaucitron"),
      .value = ngx_consent_source_tarteaucitron,
      .stands = ngx_consent_stands_tarteaucitron,
      .type = ngx_consent_source_tarteaucitron_type,
      .of = NGX_CONSENT_KEY_SERVICE },
    { .name = ngx_string("osano"),
      .cookie = ngx_string("cookieconsent_status"),
      .value = ngx_consent_source_osano,
      .stands = ngx_consent_stands_osano },
    { .name = ngx_string("complianz"),
      .prefix = ngx_string("cmplz_"),
      .jar = ngx_consent_source_complianz,
      .stands = ngx_consent_stands_complianz,
      .beside = ngx_consent_beside_complianz },
    { .name = ngx_string("trustarc"),
      .jar = ngx_consent_source_trustarc,
      .stands = ngx_consent_stands_trustarc,
      .beside = ngx_consent_beside_trustarc },
    { .name = ngx_string("cookieman"),
      .cookie = ngx_string("CookieConsent"),
      .value = ngx_consent_source_cookieman,
      .revised = 1 },

    /* IAB and the like */

    { .name = ngx_string("tcf"),
      .cookie = ngx_string("euconsent-v2"),
      .also = ngx_string("eupubconsent-v2"),
      .value = ngx_consent_source_tcf,
      .stands = ngx_consent_stands_tcf,
      .dated = 1,
      .tcf = 1 },
    { .name = ngx_string("funding-choices"),
      .cookie = ngx_string("FCCDCF"),
      .value = ngx_consent_source_fundingchoices,
      .stands = ngx_consent_stands_fundingchoices,
      .refuses = ngx_string("sale"),
      .dated = 1,
      .tcf = 1 },
    { .name = ngx_string("gpp"),
      .named = ngx_consent_source_gpp_named,
      .value = ngx_consent_source_gpp,
      .stands = ngx_consent_stands_gpp,
      .veto = 1,
      .beside = ngx_consent_beside_gpp },
    { .name = ngx_string("usprivacy"),
      .cookie = ngx_string("usprivacy"),
      .also = ngx_string("us_privacy"),
      .value = ngx_consent_source_usprivacy,
      .stands = ngx_consent_stands_usprivacy,
      .veto = 1 },
    { .name = ngx_string("addtl_consent"),
      .cookie = ngx_string("addtl_consent"),
      .value = ngx_consent_source_addtl,
      .of = NGX_CONSENT_KEY_VENDOR },

    { .name = ngx_null_string }
};


/* what a format is called as well */

static const struct {
    ngx_str_t            alias;
    ngx_str_t            name;
} ngx_consent_source_aliases[] = {
    { ngx_string("vanilla-cookieconsent-v3"), ngx_string("vanilla") },
    { ngx_string("vanilla-cookieconsent-v2"), ngx_string("vanilla") },
    { ngx_string("cookieconsent"), ngx_string("osano") },
    { ngx_null_string, ngx_null_string }
};


const ngx_consent_format_t *
ngx_consent_formats(void)
{
    return ngx_consent_source_formats;
}


const ngx_consent_format_t *
ngx_consent_format(const ngx_str_t *name)
{
    ngx_uint_t                   i;
    const ngx_consent_format_t  *f;

    for (i = 0; ngx_consent_source_aliases[i].alias.len; i++) {
        if (ngx_consent_source_same(&ngx_consent_source_aliases[i].alias,
                                    name))
        {
            name = &ngx_consent_source_aliases[i].name;
            break;
        }
    }

    for (f = ngx_consent_source_formats; f->name.len; f++) {
        if (ngx_consent_source_same(&f->name, name)) {
            return f;
        }
    }

    return NULL;
}


static ngx_uint_t
ngx_consent_source_same(const ngx_str_t *a, const ngx_str_t *b)
{
    return a->len == b->len
           && ngx_consent_word_same(a->data, b->data, a->len);
}


ngx_uint_t
ngx_consent_source_lapsed(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer)
{
    answer->lapsed = (asked->revision != -1
                      && asked->revision != answer->revision);

    return answer->lapsed;
}


ngx_int_t
ngx_consent_source_next(const ngx_consent_asked_t *asked,
    ngx_consent_source_at_t *at, ngx_consent_answer_t *answer)
{
    ngx_consent_cookie_t         c;
    const ngx_consent_format_t  *f;

    f = asked->format;

    answer->state = NGX_CONSENT_UNSET;
    answer->time = 0;
    answer->expires = 0;
    answer->revision = -1;
    answer->id.len = 0;
    answer->veto = 0;
    answer->lapsed = 0;

    while (f->value
           && ngx_consent_source_cookie(asked, &at->jar, &c) == NGX_OK)
    {
        ngx_consent_source_unquote(&c.value);

        if (c.value.len == 0) {
            continue;
        }

        at->copies++;

        if (at->copies > NGX_CONSENT_SOURCE_MAX_COPIES
            || c.value.len > NGX_CONSENT_SOURCE_MAX_VALUE)
        {
            answer->state = NGX_CONSENT_INVALID;
            return NGX_OK;
        }

        f->value(asked, &c.value, answer);

        return NGX_OK;
    }

    if (at->copies || f->jar == NULL) {
        return NGX_DONE;
    }

    at->copies = 1;
    f->jar(asked, answer);

    return NGX_OK;
}


/* the next one of the source's */

static ngx_int_t
ngx_consent_source_cookie(const ngx_consent_asked_t *asked,
    ngx_consent_jar_at_t *at, ngx_consent_cookie_t *c)
{
    if (asked->cookie.len) {
        return ngx_consent_jar_either(asked->jar, at, &asked->cookie,
                                      &asked->cookie, c);
    }

    if (asked->format->named == NULL) {
        return ngx_consent_jar_either(asked->jar, at, &asked->format->cookie,
                                      &asked->format->also, c);
    }

    while (ngx_consent_jar_next(asked->jar, at, c) == NGX_OK) {

        if (ngx_consent_source_named(asked, &c->name)) {
            return NGX_OK;
        }
    }

    return NGX_DONE;
}


ngx_uint_t
ngx_consent_source_named(const ngx_consent_asked_t *asked,
    const ngx_str_t *name)
{
    if (asked->cookie.len) {
        return ngx_consent_source_same(&asked->cookie, name);
    }

    if (asked->format->named) {
        return asked->format->named(name);
    }

    return ngx_consent_source_same(&asked->format->cookie, name)
           || ngx_consent_source_same(&asked->format->also, name);
}


ngx_int_t
ngx_consent_jar_next(const ngx_consent_jar_t *jar, ngx_consent_jar_at_t *at,
    ngx_consent_cookie_t *c)
{
    u_char           *p;
    const ngx_str_t  *line;

    for ( /* void */ ; at->line < jar->nlines; at->line++, at->pos = NULL) {

        line = &jar->lines[at->line];

        if (line->len == 0) {
            continue;
        }

        p = at->pos ? at->pos : line->data;

        while (ngx_consent_cookie_next(&p, line->data + line->len, c)
               == NGX_OK)
        {
            if (c->name.len) {
                at->pos = p;
                return NGX_OK;
            }
        }
    }

    return NGX_DONE;
}


/* 1: what is at p begins as a cookie of that name does */

static ngx_inline ngx_uint_t
ngx_consent_jar_begins(const u_char *p, const u_char *last,
    const ngx_str_t *name)
{
    return (size_t) (last - p) > name->len
           && ngx_consent_word_same(p, name->data, name->len);
}


/*
 * The next cookie of one of two names, of which the second may be empty: most
 * are others by their first bytes, and passed over.
 */

static ngx_int_t
ngx_consent_jar_either(const ngx_consent_jar_t *jar, ngx_consent_jar_at_t *at,
    const ngx_str_t *name, const ngx_str_t *also, ngx_consent_cookie_t *c)
{
    u_char           *p, *last, first, second;
    const ngx_str_t  *line;

    if (name->len == 0) {
        return NGX_DONE;
    }

    if (also->len == 0) {
        also = name;
    }

    first = name->data[0];
    second = also->data[0];

    for ( /* void */ ; at->line < jar->nlines; at->line++, at->pos = NULL) {

        line = &jar->lines[at->line];

        p = at->pos ? at->pos : line->data;
        last = line->data + line->len;

        while (p < last) {

            if (*p == ' ' || *p == '\t') {
                p++;
                continue;
            }

            if ((*p != first && *p != second)
                || (!ngx_consent_jar_begins(p, last, name)
                    && !ngx_consent_jar_begins(p, last, also)))
            {
                p = memchr(p, ';', last - p);
                if (p == NULL) {
                    break;
                }

                p++;
                continue;
            }

            if (ngx_consent_cookie_next(&p, last, c) == NGX_OK
                && c->name.len
                && (ngx_consent_source_same(&c->name, name)
                    || ngx_consent_source_same(&c->name, also)))
            {
                at->pos = p;
                return NGX_OK;
            }
        }
    }

    return NGX_DONE;
}


ngx_int_t
ngx_consent_jar_find(const ngx_consent_jar_t *jar, ngx_consent_jar_at_t *at,
    const ngx_str_t *name, ngx_str_t *value)
{
    ngx_consent_cookie_t  c;

    while (ngx_consent_jar_either(jar, at, name, name, &c) == NGX_OK) {

        ngx_consent_source_unquote(&c.value);

        if (c.value.len) {
            *value = c.value;
            return NGX_OK;
        }
    }

    return NGX_DONE;
}


void
ngx_consent_source_unquote(ngx_str_t *value)
{
    if (value->len >= 2 && value->data[0] == '"'
        && value->data[value->len - 1] == '"')
    {
        value->data++;
        value->len -= 2;
    }
}
