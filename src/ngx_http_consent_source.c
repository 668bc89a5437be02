
/*
 * consent_source: whom a location asks what the visitor has chosen.
 */

#include "ngx_http_consent.h"


#define NGX_HTTP_CONSENT_SOURCE_NAMES  1024


void
ngx_http_consent_source_init(ngx_http_consent_source_t *source,
    const ngx_consent_format_t *format)
{
    ngx_memzero(source, sizeof(ngx_http_consent_source_t));

    source->asked.format = format;
    source->asked.revision = -1;
    source->max_age = format->max_age;

    if (format->own) {
        source->asked.cookie = format->cookie;
    }
}


char *
ngx_http_consent_source(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    char                        *rv;
    ngx_str_t                   *value;
    ngx_uint_t                   i;
    ngx_http_consent_source_t   *source, *other;
    const ngx_consent_format_t  *format;

    value = cf->args->elts;

    format = ngx_http_consent_source_format(cf, &value[1]);
    if (format == NULL) {
        return NGX_CONF_ERROR;
    }

    if (clcf->sources == NGX_CONF_UNSET_PTR) {
        clcf->sources = ngx_array_create(cf->pool, 2,
                                         sizeof(ngx_http_consent_source_t));
        if (clcf->sources == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    other = clcf->sources->elts;

    for (i = 0; i < clcf->sources->nelts; i++) {
        if (other[i].asked.format == format) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "duplicate consent source \"%V\"", &value[1]);
            return NGX_CONF_ERROR;
        }
    }

    if (clcf->sources->nelts == NGX_HTTP_CONSENT_MAX_SOURCES) {
        return "is given too often";
    }

    source = ngx_array_push(clcf->sources);
    if (source == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_http_consent_source_init(source, format);

    for (i = 2; i < cf->args->nelts; i++) {
        rv = ngx_http_consent_source_param(cf, source, &value[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    /* a browser lets no other host than its own have such a cookie */

    if (source->domain.len && source->asked.cookie.len >= 7
        && ngx_strncasecmp(source->asked.cookie.data, (u_char *) "__Host-", 7)
           == 0)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "a cookie \"%V\" has no \"domain=\"",
                           &source->asked.cookie);
        return NGX_CONF_ERROR;
    }

    return format == &ngx_http_consent_custom
           ? ngx_http_consent_custom_check(source) : NGX_CONF_OK;
}


const ngx_consent_format_t *
ngx_http_consent_source_format(ngx_conf_t *cf, ngx_str_t *name)
{
    u_char                      *p, *last;
    u_char                       names[NGX_HTTP_CONSENT_SOURCE_NAMES];
    const ngx_consent_format_t  *format;

    format = &ngx_http_consent_custom;

    if (format->name.len == name->len
        && ngx_strncmp(format->name.data, name->data, name->len) == 0)
    {
        return format;
    }

    format = ngx_consent_format(name);
    if (format) {
        return format;
    }

    p = names;
    last = names + NGX_HTTP_CONSENT_SOURCE_NAMES;

    for (format = ngx_consent_formats(); format->name.len; format++) {
        p = ngx_slprintf(p, last, "%V, ", &format->name);
    }

    p = ngx_slprintf(p, last, "%V", &ngx_http_consent_custom.name);

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "unknown consent source \"%V\", one of these was "
                       "expected: %*s", name, (size_t) (p - names), names);

    return NULL;
}
