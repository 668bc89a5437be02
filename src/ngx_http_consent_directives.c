
/*
 * The directives that are more than a value in its place.
 */

#include "ngx_http_consent.h"


char *
ngx_http_consent(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t                         *value;
    ngx_http_compile_complex_value_t   ccv;

    if (clcf->table != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    ngx_http_consent_conf_place(cf, &clcf->place);

    if (ngx_strcmp(value[1].data, "off") == 0) {
        clcf->table = NULL;
        return NGX_CONF_OK;
    }

    clcf->table = ngx_palloc(cf->pool, sizeof(ngx_http_complex_value_t));
    if (clcf->table == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(&ccv, sizeof(ngx_http_compile_complex_value_t));

    ccv.cf = cf;
    ccv.value = &value[1];
    ccv.complex_value = clcf->table;

    if (ngx_http_compile_complex_value(&ccv) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


/* One of the words that cmd->post lists, or variables that yield one. */

char *
ngx_http_consent_word(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    char *p = conf;

    char                      *rv;
    ngx_str_t                 *value, *word;
    ngx_http_complex_value_t  **cv;

    rv = ngx_http_set_complex_value_slot(cf, cmd, conf);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    cv = (ngx_http_complex_value_t **) (p + cmd->offset);

    if ((*cv)->lengths) {
        return NGX_CONF_OK;
    }

    value = cf->args->elts;
    word = cmd->post;

    if (ngx_strcmp(value[1].data, word[0].data) == 0
        || ngx_strcmp(value[1].data, word[1].data) == 0)
    {
        return NGX_CONF_OK;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "invalid value \"%V\" in \"%V\" directive, it must be "
                       "\"%V\" or \"%V\"",
                       &value[1], &cmd->name, &word[0], &word[1]);
    return NGX_CONF_ERROR;
}


char *
ngx_http_consent_gpc(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t   *value;
    ngx_uint_t   n;

    if (clcf->gpc_strict != NGX_CONF_UNSET) {
        return "is duplicate";
    }

    value = cf->args->elts;
    n = cf->args->nelts - 1;

    clcf->gpc_strict = 0;

    if (n == 1 && ngx_strcmp(value[1].data, "off") == 0) {
        n = 0;

    } else if (ngx_strcmp(value[1].data, "strict") == 0) {
        clcf->gpc_strict = 1;
        value++;
        n--;

        /* the default categories, strictly */

        if (n == 0) {
            clcf->gpc = NULL;
            return NGX_CONF_OK;
        }
    }

    clcf->gpc = ngx_http_consent_names(cf, NULL, &value[1], n);

    return clcf->gpc ? NGX_CONF_OK : NGX_CONF_ERROR;
}


/* "pass", the word that cmd->post is, or a category */

char *
ngx_http_consent_unknown(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    char *p = conf;

    ngx_str_t                    *value;
    ngx_http_consent_unknown_t  **unknown, *u;

    unknown = (ngx_http_consent_unknown_t **) (p + cmd->offset);

    if (*unknown != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    u = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_unknown_t));
    if (u == NULL) {
        return NGX_CONF_ERROR;
    }

    *unknown = u;

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "pass") == 0) {
        u->what = NGX_CONSENT_UNKNOWN_PASS;
        return NGX_CONF_OK;
    }

    if (ngx_strcmp(value[1].data, cmd->post) == 0) {
        u->what = NGX_CONSENT_UNKNOWN_HOLD;
        return NGX_CONF_OK;
    }

    u->what = NGX_CONSENT_UNKNOWN_CATEGORY;

    if (ngx_http_consent_names(cf, &u->category, &value[1], 1) == NULL) {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


char *
ngx_http_consent_first_party(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    size_t       n;
    ngx_str_t   *value, *host;
    ngx_uint_t   i;

    if (clcf->first_party == NGX_CONF_UNSET_PTR) {
        clcf->first_party = ngx_array_create(cf->pool, 4, sizeof(ngx_str_t));
        if (clcf->first_party == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        /* "*.example.com" is a habit from server_name */

        if (value[i].len > 2 && ngx_strncmp(value[i].data, "*.", 2) == 0) {
            value[i].data++;
            value[i].len--;
        }

        ngx_strlow(value[i].data, value[i].data, value[i].len);

        for (n = 0; n < value[i].len; n++) {
            if (ngx_strchr("abcdefghijklmnopqrstuvwxyz0123456789-_.[]:",
                           value[i].data[n])
                == NULL)
            {
                break;
            }
        }

        if (n < value[i].len || ngx_strcmp(value[i].data, ".") == 0
            || value[i].len == 0)
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid host \"%V\" in \"%V\" directive, "
                               "a name such as \"www.example.com\" or "
                               "\".example.com\" was expected",
                               &value[i], &cmd->name);
            return NGX_CONF_ERROR;
        }

        host = ngx_array_push(clcf->first_party);
        if (host == NULL) {
            return NGX_CONF_ERROR;
        }

        *host = value[i];
    }

    return NGX_CONF_OK;
}


char *
ngx_http_consent_uri(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t  *value;

    if (clcf->uri.data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (value[1].data[0] != '/' || value[1].data[value[1].len - 1] != '/') {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid URI \"%V\" in \"%V\" directive, a path "
                           "that begins and ends with \"/\" was expected",
                           &value[1], &cmd->name);
        return NGX_CONF_ERROR;
    }

    clcf->uri = value[1];

    return NGX_CONF_OK;
}


char *
ngx_http_consent_pages(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_core_loc_conf_t      *clcf;
    ngx_http_consent_main_conf_t  *cmcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    clcf->handler = ngx_http_consent_pages_handler;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    cmcf->pages = 1;

    return NGX_CONF_OK;
}


char *
ngx_http_consent_buffer(ngx_conf_t *cf, void *post, void *data)
{
    size_t  *size = data;

    if (*size < NGX_HTTP_CONSENT_MIN_BUFFER
        || *size > NGX_HTTP_CONSENT_MAX_BUFFER)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid size, %d to %d bytes were expected",
                           NGX_HTTP_CONSENT_MIN_BUFFER,
                           NGX_HTTP_CONSENT_MAX_BUFFER);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


ngx_http_consent_names_t *
ngx_http_consent_names(ngx_conf_t *cf, ngx_http_consent_names_t *names,
    ngx_str_t *value, ngx_uint_t n)
{
    if (names == NULL) {
        names = ngx_palloc(cf->pool, sizeof(ngx_http_consent_names_t));
        if (names == NULL) {
            return NULL;
        }
    }

    names->n = n;
    names->names = NULL;

    if (n) {
        names->names = ngx_palloc(cf->pool, n * sizeof(ngx_str_t));
        if (names->names == NULL) {
            return NULL;
        }

        ngx_memcpy(names->names, value, n * sizeof(ngx_str_t));
    }

    ngx_http_consent_conf_place(cf, &names->place);

    return names;
}
