
/*
 * consent_markup: the convention in which tags are held back, and the keys
 * that it has for categories and providers.
 */

#include "ngx_http_consent_markup.h"


static char *ngx_http_consent_markup_platform(ngx_conf_t *cf,
    ngx_http_consent_markup_t *markup, ngx_str_t *name);
static char *ngx_http_consent_markup_arg(ngx_conf_t *cf,
    ngx_http_consent_markup_t *markup, ngx_str_t *value);


char *
ngx_http_consent_markup(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    char                       *rv;
    ngx_str_t                  *value;
    ngx_uint_t                  i;
    ngx_http_consent_markup_t  *markup;

    if (clcf->markup != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    markup = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_markup_t));
    if (markup == NULL
        || ngx_array_init(&markup->args, cf->pool, 4,
                          sizeof(ngx_http_consent_markup_arg_t))
           != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    ngx_http_consent_conf_place(cf, &markup->place);

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "own") != 0) {
        rv = ngx_http_consent_markup_platform(cf, markup, &value[1]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }

    } else if (cf->args->nelts > 2) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\", \"consent_markup own\" "
                           "takes none", &value[2]);
        return NGX_CONF_ERROR;
    }

    for (i = 2; i < cf->args->nelts; i++) {

        if (ngx_strcmp(value[i].data, "live") == 0) {
            markup->live = 1;
            continue;
        }

        rv = ngx_http_consent_markup_arg(cf, markup, &value[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    clcf->markup = markup;

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_markup_platform(ngx_conf_t *cf,
    ngx_http_consent_markup_t *markup, ngx_str_t *name)
{
    u_char                        *p, *last, list[NGX_MAX_CONF_ERRSTR / 2];
    const ngx_consent_platform_t  *platform;

    markup->platform = ngx_consent_markup_platform(name);

    if (markup->platform) {
        return NGX_CONF_OK;
    }

    if (ngx_strcmp(name->data, "tarteaucitron") == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"tarteaucitron\" has no markup for tags that "
                           "wait, its services are started by its script: "
                           "\"consent_markup own\" was expected");
        return NGX_CONF_ERROR;
    }

    p = list;
    last = list + sizeof(list);

    for (platform = ngx_consent_markup_platforms();
         platform->name.len;
         platform++)
    {
        p = ngx_slprintf(p, last, ", \"%V\"", &platform->name);
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "unknown consent platform \"%V\", one of \"own\"%*s was "
                       "expected", name, (size_t) (p - list), list);

    return NGX_CONF_ERROR;
}


static char *
ngx_http_consent_markup_arg(ngx_conf_t *cf, ngx_http_consent_markup_t *markup,
    ngx_str_t *value)
{
    u_char                         *p, *last;
    ngx_http_consent_markup_arg_t  *arg;

    last = value->data + value->len;
    p = ngx_strlchr(value->data, last, '=');

    if (p == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\", \"live\", "
                           "\"CATEGORY=KEY\" or \"provider:NAME=KEY\" was "
                           "expected", value);
        return NGX_CONF_ERROR;
    }

    arg = ngx_array_push(&markup->args);
    if (arg == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(arg, sizeof(ngx_http_consent_markup_arg_t));

    arg->name.data = value->data;
    arg->name.len = p - value->data;
    arg->key.data = p + 1;
    arg->key.len = last - p - 1;

    if (arg->name.len > 9
        && ngx_strncmp(arg->name.data, "provider:", 9) == 0)
    {
        arg->of_provider = 1;
        arg->name.data += 9;
        arg->name.len -= 9;

        if (!markup->platform->by_provider) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid parameter \"%V\", \"%V\" marks by "
                               "category: \"CATEGORY=KEY\" was expected",
                               value, &markup->platform->name);
            return NGX_CONF_ERROR;
        }
    }

    if (arg->key.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "no key in \"%V\", \"NAME=KEY\" was expected",
                           value);
        return NGX_CONF_ERROR;
    }

    if (!ngx_http_consent_markup_valid(markup->platform, &arg->key)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid key in \"%V\", it must not have what "
                           "ends a key in the markup of \"%V\"",
                           value, &markup->platform->name);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


ngx_uint_t
ngx_http_consent_markup_valid(const ngx_consent_platform_t *platform,
    ngx_str_t *key)
{
    u_char      c;
    ngx_uint_t  i;

    for (i = 0; i < key->len; i++) {

        c = key->data[i];

        if (c < ' ' || c == 0x7f
            || (platform->separator && c == platform->separator)
            || (c == ' ' && platform->by_class))
        {
            return 0;
        }
    }

    return 1;
}
