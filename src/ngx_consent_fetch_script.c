
/*
 * What a script's type makes of it (HTML 4.12.1.1).
 */

#include "ngx_consent_fetch.h"
#include "ngx_consent_value.h"


static ngx_consent_script_e ngx_consent_fetch_word(const u_char *type,
    size_t len);


/* JavaScript MIME types (MIME Sniffing 4.6), "module", and nothing */

static const ngx_str_t  ngx_consent_fetch_types[] = {
    ngx_string("text/javascript"),
    ngx_string("module"),
    ngx_string("application/javascript"),
    ngx_string("application/x-javascript"),
    ngx_string("application/ecmascript"),
    ngx_string("application/x-ecmascript"),
    ngx_string("text/ecmascript"),
    ngx_string("text/javascript1.0"),
    ngx_string("text/javascript1.1"),
    ngx_string("text/javascript1.2"),
    ngx_string("text/javascript1.3"),
    ngx_string("text/javascript1.4"),
    ngx_string("text/javascript1.5"),
    ngx_string("text/jscript"),
    ngx_string("text/livescript"),
    ngx_string("text/x-ecmascript"),
    ngx_string("text/x-javascript"),
    ngx_null_string
};


/* types of loaders that run such scripts themselves, a moment later */

static const ngx_str_t  ngx_consent_fetch_loaders[] = {
    ngx_string("rocketlazyloadscript"),
    ngx_string("pmdelayedscript"),
    ngx_string("litespeed/javascript"),
    ngx_null_string
};


static const ngx_str_t  ngx_consent_fetch_type = ngx_string("type");
static const ngx_str_t  ngx_consent_fetch_language = ngx_string("language");
static const ngx_str_t  ngx_consent_fetch_text = ngx_string("text/");
static const ngx_str_t  ngx_consent_fetch_module = ngx_string("module");
static const ngx_str_t  ngx_consent_fetch_importmap = ngx_string("importmap");
static const ngx_str_t  ngx_consent_fetch_rules =
    ngx_string("speculationrules");

/* a request-specific prefix that Rocket Loader puts before any type */
static const ngx_str_t  ngx_consent_fetch_rocket =
    ngx_string("-text/javascript");


ngx_consent_script_e
ngx_consent_fetch_script(const ngx_consent_tag_t *tag, const u_char *p)
{
    size_t                     len;
    u_char                     type[NGX_CONSENT_VALUE_WORD];
    u_char                     value[NGX_CONSENT_VALUE_WORD];
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(tag, p, &ngx_consent_fetch_type);

    if (attr && (attr->value_len == 0 || attr->doubt)) {
        return NGX_CONSENT_SCRIPT_RUNS;
    }

    /* as most are written */

    if (attr && attr->value_len == ngx_consent_fetch_types[0].len
        && memcmp(p + attr->value, ngx_consent_fetch_types[0].data,
                  ngx_consent_fetch_types[0].len)
           == 0)
    {
        return NGX_CONSENT_SCRIPT_RUNS;
    }

    if (attr) {
        len = ngx_consent_value_word(type, p + attr->value, attr->value_len);

    } else {

        /* "text/" and the language, if there is one; the rest of a long tag */
        /* may have a type */

        attr = ngx_consent_fetch_attr(tag, p, &ngx_consent_fetch_language);

        if (attr == NULL || attr->value_len == 0 || attr->doubt || tag->part
            || tag->more)
        {
            return NGX_CONSENT_SCRIPT_RUNS;
        }

        len = ngx_consent_value_word(value, p + attr->value, attr->value_len);

        if (len > sizeof(type) - ngx_consent_fetch_text.len) {
            return NGX_CONSENT_SCRIPT_DATA;
        }

        memcpy(type, ngx_consent_fetch_text.data, ngx_consent_fetch_text.len);
        memcpy(type + ngx_consent_fetch_text.len, value, len);
        len += ngx_consent_fetch_text.len;
    }

    return ngx_consent_fetch_word(type, len);
}


ngx_consent_script_e
ngx_consent_fetch_script_type(const u_char *p, size_t len)
{
    u_char  type[NGX_CONSENT_VALUE_WORD];

    len = ngx_consent_value_word(type, p, len);

    return ngx_consent_fetch_word(type, len);
}


static ngx_consent_script_e
ngx_consent_fetch_word(const u_char *type, size_t len)
{
    const ngx_str_t  *rocket;

    if (ngx_consent_value_in(ngx_consent_fetch_types, type, len)) {
        return (len == ngx_consent_fetch_module.len
                && memcmp(type, ngx_consent_fetch_module.data, len) == 0)
               ? NGX_CONSENT_SCRIPT_MODULE : NGX_CONSENT_SCRIPT_RUNS;
    }

    if (ngx_consent_value_in(ngx_consent_fetch_loaders, type, len)) {
        return NGX_CONSENT_SCRIPT_LATER;
    }

    if (len == ngx_consent_fetch_importmap.len
        && memcmp(type, ngx_consent_fetch_importmap.data, len) == 0)
    {
        return NGX_CONSENT_SCRIPT_URLS;
    }

    if (len == ngx_consent_fetch_rules.len
        && memcmp(type, ngx_consent_fetch_rules.data, len) == 0)
    {
        return NGX_CONSENT_SCRIPT_URLS;
    }

    rocket = &ngx_consent_fetch_rocket;

    if (len > rocket->len
        && memcmp(type + len - rocket->len, rocket->data, rocket->len) == 0)
    {
        return NGX_CONSENT_SCRIPT_LATER;
    }

    return NGX_CONSENT_SCRIPT_DATA;
}
