
/*
 * The parameters of consent_source: which of them a format has, and what their
 * values may be.
 */

#include "ngx_http_consent.h"


/* a parameter of consent_source: NULL, or what is wrong with its value */

typedef char *(*ngx_http_consent_source_set_pt)(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);

typedef struct {
    ngx_str_t                       name;
    ngx_http_consent_source_set_pt  set;
} ngx_http_consent_source_param_t;


static char *ngx_http_consent_source_cookie(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_prefix(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_implied(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_max_age(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_revision(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_domain(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_httponly(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_disclosed(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_source_pattern(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static ngx_uint_t ngx_http_consent_source_name(ngx_str_t *name);


static ngx_http_consent_source_param_t  ngx_http_consent_source_params[] = {
    { ngx_string("cookie="), ngx_http_consent_source_cookie },
    { ngx_string("prefix="), ngx_http_consent_source_prefix },
    { ngx_string("implied="), ngx_http_consent_source_implied },
    { ngx_string("max_age="), ngx_http_consent_source_max_age },
    { ngx_string("revision="), ngx_http_consent_source_revision },
    { ngx_string("domain="), ngx_http_consent_source_domain },
    { ngx_string("httponly="), ngx_http_consent_source_httponly },
    { ngx_string("require_disclosed="), ngx_http_consent_source_disclosed },
    { ngx_string("pattern="), ngx_http_consent_source_pattern },
    { ngx_null_string, NULL }
};


char *
ngx_http_consent_source_param(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *arg)
{
    char                             *reason;
    ngx_str_t                         value;
    ngx_http_consent_source_param_t  *param;

    for (param = ngx_http_consent_source_params; param->name.len; param++) {

        if (arg->len < param->name.len
            || ngx_strncmp(arg->data, param->name.data, param->name.len) != 0)
        {
            continue;
        }

        value.data = arg->data + param->name.len;
        value.len = arg->len - param->name.len;

        reason = param->set(cf, source, &value);

        if (reason == NGX_CONF_OK || reason == NGX_CONF_ERROR) {
            return reason;
        }

        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid \"%V\" of the consent source \"%V\", %s",
                           arg, &source->asked.format->name, reason);
        return NGX_CONF_ERROR;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "unknown parameter \"%V\", \"cookie=\", \"prefix=\", "
                       "\"implied=\", \"max_age=\", \"revision=\", "
                       "\"domain=\", \"httponly=\", "
                       "\"require_disclosed=\" or \"pattern=\" was expected",
                       arg);
    return NGX_CONF_ERROR;
}


static char *
ngx_http_consent_source_cookie(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    if (source->asked.format->value == NULL) {
        return "it has several cookies";
    }

    if (value->len == 0 || !ngx_http_consent_source_name(value)) {
        return "the name of a cookie was expected";
    }

    source->asked.cookie = *value;

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_source_prefix(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    if (source->asked.format->prefix.len == 0) {
        return "its cookies have no prefix";
    }

    if (value->len == 0 || !ngx_http_consent_source_name(value)) {
        return "the beginning of a cookie's name was expected";
    }

    source->asked.prefix = *value;

    return NGX_CONF_OK;
}


/* RFC 6265, 4.1.1: a token; what else browsers let into names is not asked */

static ngx_uint_t
ngx_http_consent_source_name(ngx_str_t *name)
{
    size_t  i;

    for (i = 0; i < name->len; i++) {
        if (name->data[i] <= ' ' || name->data[i] >= 0x7f
            || ngx_strchr("()<>@,;:\\\"/[]?={}", name->data[i]))
        {
            return 0;
        }
    }

    return 1;
}


static char *
ngx_http_consent_source_implied(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    if (value->len == 5 && ngx_strncmp(value->data, "allow", 5) == 0) {
        source->implied = 1;
        return NGX_CONF_OK;
    }

    if (value->len == 6 && ngx_strncmp(value->data, "ignore", 6) == 0) {
        source->implied = 0;
        return NGX_CONF_OK;
    }

    return "\"allow\" or \"ignore\" was expected";
}


static char *
ngx_http_consent_source_max_age(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    ngx_int_t  max_age;

    if (!source->asked.format->dated) {
        return "it does not tell when the choice was made";
    }

    max_age = ngx_parse_time(value, 1);

    if (max_age == NGX_ERROR || max_age == 0
        || max_age > NGX_CONSENT_COOKIE_MAX_AGE)
    {
        return "a time of at most 395d (13 months) was expected";
    }

    source->max_age = max_age;

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_source_revision(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    if (!source->asked.format->revised) {
        return "it does not tell a revision";
    }

    source->asked.revision = ngx_atoi(value->data, value->len);

    if (source->asked.revision == NGX_ERROR
        || source->asked.revision > NGX_CONSENT_MAX_REVISION)
    {
        return "a number from 0 to "
               ngx_value(NGX_CONSENT_MAX_REVISION) " was expected";
    }

    return NGX_CONF_OK;
}


/* A name with a dot in it: of what stands above it browsers take no cookie. */

static char *
ngx_http_consent_source_domain(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    u_char      c;
    size_t      i, label, dots;
    ngx_str_t   domain;

    static char  reason[] =
        "a domain such as \"example.com\" was expected";

    if (!source->asked.format->own) {
        return "only the module's own cookie is set";
    }

    domain = *value;

    if (domain.len && domain.data[0] == '.') {
        domain.data++;
        domain.len--;
    }

    ngx_strlow(domain.data, domain.data, domain.len);

    label = 0;
    dots = 0;

    for (i = 0; i < domain.len; i++) {

        c = domain.data[i];

        if (c == '.' && i > label) {
            label = i + 1;
            dots++;

        } else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
                     || c == '-' || c == '_'))
        {
            return reason;
        }
    }

    /* an address, whose last label begins with a digit, has no parts */

    if (dots == 0 || label == domain.len || domain.len > 253
        || (domain.data[label] >= '0' && domain.data[label] <= '9'))
    {
        return reason;
    }

    source->domain = domain;

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_source_httponly(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    if (!source->asked.format->own) {
        return "only the module's own cookie is set";
    }

    if (value->len == 2 && ngx_strncmp(value->data, "on", 2) == 0) {
        source->readable = 0;
        return NGX_CONF_OK;
    }

    if (value->len == 3 && ngx_strncmp(value->data, "off", 3) == 0) {
        source->readable = 1;
        return NGX_CONF_OK;
    }

    return "\"on\" or \"off\" was expected";
}


/* "on", or the numbers of vendors */

static char *
ngx_http_consent_source_disclosed(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    u_char      *p, *last, *end;
    uint32_t    *ids;
    ngx_int_t    id;
    ngx_uint_t   n;

    if (!source->asked.format->tcf) {
        return "it discloses no vendors";
    }

    if (value->len == 2 && ngx_strncmp(value->data, "on", 2) == 0) {
        source->asked.disclosed_any = 1;
        return NGX_CONF_OK;
    }

    ids = ngx_palloc(cf->pool,
                     NGX_CONSENT_TCF_MAX_VENDORS * sizeof(uint32_t));
    if (ids == NULL) {
        return NGX_CONF_ERROR;
    }

    n = 0;
    p = value->data;
    last = p + value->len;

    for ( ;; ) {

        end = ngx_strlchr(p, last, ',');
        if (end == NULL) {
            end = last;
        }

        id = ngx_atoi(p, end - p);

        if (id < 1 || id > NGX_CONSENT_VENDOR_MAX_ID) {
            return "\"on\" or numbers of vendors, from 1 to "
                   ngx_value(NGX_CONSENT_VENDOR_MAX_ID) ", were expected";
        }

        if (ngx_http_consent_add_vendor(ids, &n, id) != NGX_OK) {
            return "at most " ngx_value(NGX_CONSENT_TCF_MAX_VENDORS)
                   " vendors were expected";
        }

        if (end == last) {
            break;
        }

        p = end + 1;
    }

    source->asked.disclosed = ids;
    source->asked.ndisclosed = n;

    return NGX_CONF_OK;
}


/* Into its place, once; NGX_DECLINED if there is no room. */

ngx_int_t
ngx_http_consent_add_vendor(uint32_t *ids, ngx_uint_t *n, uint32_t id)
{
    ngx_uint_t  i;

    for (i = 0; i < *n; i++) {
        if (ids[i] == id) {
            return NGX_OK;
        }
    }

    if (*n == NGX_CONSENT_TCF_MAX_VENDORS) {
        return NGX_DECLINED;
    }

    for (i = (*n)++; i && ids[i - 1] > id; i--) {
        ids[i] = ids[i - 1];
    }

    ids[i] = id;

    return NGX_OK;
}


static char *
ngx_http_consent_source_pattern(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    if (source->asked.format != &ngx_http_consent_custom) {
        return "only \"custom\" has one";
    }

    return ngx_http_consent_custom_pattern(cf, value, &source->asked.data);
}
