
/*
 * The body of consent_table.
 */

#include "ngx_http_consent_ui.h"


#define NGX_HTTP_CONSENT_MAX_ERROR  1024


static ngx_int_t ngx_http_consent_table_lang(ngx_conf_t *cf,
    ngx_consent_table_t *table, ngx_str_t *value);
static void ngx_http_consent_destroy_table(void *data);


char *
ngx_http_consent_table_block(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_main_conf_t *cmcf = conf;

    char                  *rv;
    ngx_int_t              rc;
    ngx_str_t             *value;
    ngx_conf_t             save;
    ngx_pool_cleanup_t    *cln;
    ngx_consent_fault_t    fault;
    ngx_consent_table_t  **table;

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0
        || ngx_http_consent_find_table(cmcf, &value[1]))
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "%s consent table \"%V\"",
                           ngx_strcmp(value[1].data, "off") ? "duplicate"
                                                            : "invalid name of",
                           &value[1]);
        return NGX_CONF_ERROR;
    }

    table = ngx_array_push(&cmcf->tables);
    if (table == NULL) {
        return NGX_CONF_ERROR;
    }

    *table = ngx_consent_table_create(cf->pool, &value[1]);
    if (*table == NULL) {
        return NGX_CONF_ERROR;
    }

    if (cf->args->nelts == 3
        && ngx_http_consent_table_lang(cf, *table, &value[2]) != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    cln = ngx_pool_cleanup_add(cf->pool, 0);
    if (cln == NULL) {
        return NGX_CONF_ERROR;
    }

    cln->handler = ngx_http_consent_destroy_table;
    cln->data = *table;

    cmcf->building = *table;

    save = *cf;
    cf->cmd_type = NGX_HTTP_CONSENT_TABLE_CONF;

    rv = ngx_conf_parse(cf, NULL);

    *cf = save;

    if (rv != NGX_CONF_OK) {
        return rv;
    }

    rc = ngx_consent_table_compile(cmcf->building, &fault);

    return ngx_http_consent_fault(cf, rc, &fault);
}


static ngx_int_t
ngx_http_consent_table_lang(ngx_conf_t *cf, ngx_consent_table_t *table,
    ngx_str_t *value)
{
    ngx_str_t  lang;

    lang.data = value->data + sizeof("lang=") - 1;
    lang.len = value->len - (sizeof("lang=") - 1);

    if (ngx_strncmp(value->data, "lang=", sizeof("lang=") - 1) != 0
        || !ngx_http_consent_ui_is_tag(&lang))
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\", \"lang=\" and the tag "
                           "of a language was expected", value);
        return NGX_ERROR;
    }

    ngx_consent_table_speaks(table, &lang);

    return NGX_OK;
}


static void
ngx_http_consent_destroy_table(void *data)
{
    ngx_consent_table_destroy(data);
}


char *
ngx_http_consent_category(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_main_conf_t *cmcf = conf;

    ngx_str_t            *value, *title;
    ngx_uint_t            required;
    ngx_consent_fault_t   fault;

    value = cf->args->elts;

    required = (cf->args->nelts > 2
                && ngx_strcmp(value[2].data, "required") == 0);

    if (cf->args->nelts == 4 && !required) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\", \"required\" was "
                           "expected", &value[2]);
        return NGX_CONF_ERROR;
    }

    title = (cf->args->nelts == 2 + required) ? &value[1]
                                              : &value[2 + required];

    return ngx_http_consent_fault(cf,
                                  ngx_consent_table_category(cmcf->building,
                                      &value[1], title, required, &fault),
                                  &fault);
}


char *
ngx_http_consent_provider(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_main_conf_t *cmcf = conf;

    char                    *rv;
    ngx_int_t                tcf;
    ngx_str_t               *value;
    ngx_conf_t               save;
    ngx_uint_t               i, chosen;
    ngx_consent_fault_t      fault;
    ngx_consent_provider_t   provider;

    rv = ngx_http_consent_join_quoted(cf);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    value = cf->args->elts;

    ngx_memzero(&provider, sizeof(ngx_consent_provider_t));

    provider.name = value[1];
    ngx_http_consent_conf_place(cf, &provider.place);
    chosen = 0;

    for (i = 2; i < cf->args->nelts; i++) {

        if (ngx_strncmp(value[i].data, "policy=", 7) == 0) {
            provider.policy.data = value[i].data + 7;
            provider.policy.len = value[i].len - 7;
            continue;
        }

        if (ngx_strncmp(value[i].data, "platform=", 9) == 0) {
            provider.platform.data = value[i].data + 9;
            provider.platform.len = value[i].len - 9;
            continue;
        }

        if (ngx_strncmp(value[i].data, "tcf=", 4) == 0) {

            tcf = ngx_atoi(value[i].data + 4, value[i].len - 4);

            if (tcf < 1 || tcf > NGX_CONSENT_VENDOR_MAX_ID) {
                ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                                   "invalid \"%V\", the vendor's number in "
                                   "IAB's Global Vendor List, 1 to %d, was "
                                   "expected", &value[i],
                                   NGX_CONSENT_VENDOR_MAX_ID);
                return NGX_CONF_ERROR;
            }

            provider.tcf = tcf;
            continue;
        }

        if (ngx_strcmp(value[i].data, "choice=provider") == 0) {
            chosen = 1;
            continue;
        }

        if (ngx_strncmp(value[i].data, "key=", 4) == 0) {
            provider.key.data = value[i].data + 4;
            provider.key.len = value[i].len - 4;
            continue;
        }

        if (ngx_strncmp(value[i].data, "choice=", 7) == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid \"%V\", \"choice=provider\" was "
                               "expected", &value[i]);
            return NGX_CONF_ERROR;
        }

        rv = ngx_http_consent_mask(cf, cmcf->building, &value[i],
                                   &provider.mask);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    if (provider.mask == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "no category for the provider \"%V\"", &value[1]);
        return NGX_CONF_ERROR;
    }

    if (chosen != (provider.key.data != NULL)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"choice=provider\" and \"key=\" were expected "
                           "together for the provider \"%V\"", &value[1]);
        return NGX_CONF_ERROR;
    }

    rv = ngx_http_consent_fault(cf,
                                ngx_consent_table_provider(cmcf->building,
                                    &provider, &cmcf->provider, &fault),
                                &fault);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    save = *cf;
    cf->handler = ngx_http_consent_row;
    cf->handler_conf = conf;

    rv = ngx_conf_parse(cf, NULL);

    *cf = save;

    return rv;
}


char *
ngx_http_consent_override(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_main_conf_t *cmcf = conf;

    char                    *rv;
    ngx_str_t               *value;
    ngx_uint_t               i;
    ngx_consent_fault_t      fault;
    ngx_consent_override_t   o;

    value = cf->args->elts;

    ngx_memzero(&o, sizeof(ngx_consent_override_t));

    o.pattern = value[2];
    ngx_http_consent_conf_place(cf, &o.place);

    if (ngx_strcmp(value[1].data, "provider") == 0) {
        o.of_provider = 1;

    } else {
        rv = ngx_http_consent_row_kind(cf, &value[1], &o.kind);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    if (cf->args->nelts == 4 && ngx_strcmp(value[3].data, "pass") == 0) {
        o.pass = 1;

    } else {
        for (i = 3; i < cf->args->nelts; i++) {
            rv = ngx_http_consent_mask(cf, cmcf->building, &value[i], &o.mask);
            if (rv != NGX_CONF_OK) {
                return rv;
            }
        }

        if (o.mask == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "no category for \"%V\", a category or "
                               "\"pass\" was expected", &value[2]);
            return NGX_CONF_ERROR;
        }
    }

    return ngx_http_consent_fault(cf,
                                  ngx_consent_table_override(cmcf->building,
                                                             &o, &fault),
                                  &fault);
}


/* Adds the bits of names that are joined by '+'. */

char *
ngx_http_consent_mask(ngx_conf_t *cf, ngx_consent_table_t *table,
    ngx_str_t *names, ngx_consent_mask_t *mask)
{
    u_char              *p, *last;
    ngx_str_t            name;
    ngx_consent_mask_t   bit;

    p = names->data;
    last = p + names->len;

    do {
        name.data = p;
        p = ngx_strlchr(p, last, '+');
        name.len = (p ? p : last) - name.data;

        bit = ngx_consent_table_bit(table, &name);

        if (bit == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "unknown category \"%V\", one that \"category\" "
                               "defines was expected", &name);
            return NGX_CONF_ERROR;
        }

        *mask |= bit;

    } while (p++);

    return NGX_CONF_OK;
}


char *
ngx_http_consent_fault(ngx_conf_t *cf, ngx_int_t rc, ngx_consent_fault_t *fault)
{
    ngx_consent_place_t  here, *place;

    if (rc == NGX_OK) {
        return NGX_CONF_OK;
    }

    if (rc != NGX_DECLINED) {
        return NGX_CONF_ERROR;
    }

    ngx_http_consent_conf_place(cf, &here);

    place = fault->place.file.data ? &fault->place : &here;

    if (fault->other.file.data) {
        return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, place,
                                           "%s \"%V\", the other is at %V:%ui",
                                           fault->reason, &fault->subject,
                                           &fault->other.file,
                                           fault->other.line);
    }

    return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, place, "%s \"%V\"",
                                       fault->reason, &fault->subject);
}


ngx_consent_table_t *
ngx_http_consent_find_table(ngx_http_consent_main_conf_t *cmcf,
    ngx_str_t *name)
{
    ngx_uint_t             i;
    const ngx_str_t       *n;
    ngx_consent_table_t  **table;

    table = cmcf->tables.elts;

    for (i = 0; i < cmcf->tables.nelts; i++) {

        n = ngx_consent_table_name(table[i]);

        if (n->len == name->len
            && ngx_strncmp(n->data, name->data, n->len) == 0)
        {
            return table[i];
        }
    }

    return NULL;
}


void
ngx_http_consent_conf_place(ngx_conf_t *cf, ngx_consent_place_t *place)
{
    place->file = cf->conf_file->file.name;
    place->line = cf->conf_file->line;
}


/* As ngx_conf_log_error(), for a line that is not the present one. */

char *
ngx_http_consent_conf_error(ngx_conf_t *cf, ngx_uint_t level,
    ngx_consent_place_t *place, char *fmt, ...)
{
    u_char   *p, buf[NGX_HTTP_CONSENT_MAX_ERROR];
    va_list   args;

    va_start(args, fmt);
    p = ngx_vslprintf(buf, buf + sizeof(buf), fmt, args);
    va_end(args);

    ngx_log_error(level, cf->log, 0, "%*s in %V:%ui", (size_t) (p - buf), buf,
                  &place->file, place->line);

    return NGX_CONF_ERROR;
}
