
/*
 * The rows of consent_table, those in the block of a provider: what a line has,
 * and its parameters.
 */

#include "ngx_http_consent.h"


/* a row's kind, as the configuration has it */

typedef struct {
    ngx_str_t                 name;
    ngx_consent_row_e         kind;
} ngx_http_consent_kind_t;


static char *ngx_http_consent_row_argument(ngx_conf_t *cf,
    ngx_consent_table_t *table, ngx_consent_row_t *row,
    ngx_consent_row_text_t *text, ngx_str_t *value);
static char *ngx_http_consent_row_expires(ngx_conf_t *cf,
    ngx_consent_row_t *row, ngx_str_t *value);


static ngx_http_consent_kind_t  ngx_http_consent_kinds[] = {
    { ngx_string("cookie"), NGX_CONSENT_ROW_COOKIE },
    { ngx_string("storage"), NGX_CONSENT_ROW_STORAGE },
    { ngx_string("url"), NGX_CONSENT_ROW_URL },
    { ngx_string("inline"), NGX_CONSENT_ROW_INLINE },
    { ngx_string("stub"), NGX_CONSENT_ROW_STUB },
    { ngx_string("header"), NGX_CONSENT_ROW_HEADER },
    { ngx_null_string, 0 }
};


/* a row's arguments that are kept as they are written */

static struct {
    ngx_str_t                 key;
    size_t                    offset;
} ngx_http_consent_row_texts[] = {
    { ngx_string("path="), offsetof(ngx_consent_row_text_t, path) },
    { ngx_string("name="), offsetof(ngx_consent_row_text_t, name) },
    { ngx_string("lifetime="), offsetof(ngx_consent_row_text_t, lifetime) },
    { ngx_string("type="), offsetof(ngx_consent_row_text_t, type) },
    { ngx_string("purpose="), offsetof(ngx_consent_row_text_t, purpose) },
    { ngx_string("note="), offsetof(ngx_consent_row_text_t, note) },
    { ngx_null_string, 0 }
};


char *
ngx_http_consent_row(ngx_conf_t *cf, ngx_command_t *dummy, void *conf)
{
    ngx_http_consent_main_conf_t *cmcf = conf;

    char                    *rv;
    ngx_str_t               *value, *file;
    ngx_uint_t               i;
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_row_text_t   text;

    rv = ngx_http_consent_join_quoted(cf);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    value = cf->args->elts;

    ngx_memzero(&row, sizeof(ngx_consent_row_t));
    ngx_memzero(&text, sizeof(ngx_consent_row_text_t));

    rv = ngx_http_consent_row_kind(cf, &value[0], &row.kind);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    if (cf->args->nelts < 2) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "no pattern in \"%V\" row", &value[0]);
        return NGX_CONF_ERROR;
    }

    row.pattern = value[1];
    row.provider = cmcf->provider;
    row.mask = cmcf->provider->mask;
    row.expires = NGX_CONSENT_EXPIRES_UNKNOWN;
    row.text = &text;
    row.line = cf->conf_file->line;

    /* nginx's own is gone when the file has been read */

    file = &cf->conf_file->file.name;

    if (cmcf->row_file == NULL || cmcf->row_file->data != file->data) {

        cmcf->row_file = ngx_palloc(cf->pool, sizeof(ngx_str_t));
        if (cmcf->row_file == NULL) {
            return NGX_CONF_ERROR;
        }

        *cmcf->row_file = *file;
    }

    row.file = cmcf->row_file;

    for (i = 2; i < cf->args->nelts; i++) {
        rv = ngx_http_consent_row_argument(cf, cmcf->building, &row, &text,
                                           &value[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return ngx_http_consent_fault(cf,
                                  ngx_consent_table_row(cmcf->building, &row,
                                                        &fault),
                                  &fault);
}


static char *
ngx_http_consent_row_argument(ngx_conf_t *cf, ngx_consent_table_t *table,
    ngx_consent_row_t *row, ngx_consent_row_text_t *text, ngx_str_t *value)
{
    ngx_str_t   s, *key;
    ngx_uint_t  i;

    for (i = 0; ngx_http_consent_row_texts[i].key.len; i++) {

        key = &ngx_http_consent_row_texts[i].key;

        if (value->len < key->len
            || ngx_strncmp(value->data, key->data, key->len) != 0)
        {
            continue;
        }

        s.data = value->data + key->len;
        s.len = value->len - key->len;

        *(ngx_str_t *) ((u_char *) text
                        + ngx_http_consent_row_texts[i].offset) = s;

        return NGX_CONF_OK;
    }

    if (ngx_strncmp(value->data, "domain=", 7) == 0) {
        row->domain.data = value->data + 7;
        row->domain.len = value->len - 7;
        return NGX_CONF_OK;
    }

    if (ngx_strncmp(value->data, "expires=", 8) == 0) {
        s.data = value->data + 8;
        s.len = value->len - 8;

        return ngx_http_consent_row_expires(cf, row, &s);
    }

    if (ngx_strncmp(value->data, "category=", 9) == 0) {
        s.data = value->data + 9;
        s.len = value->len - 9;

        row->mask = 0;

        return ngx_http_consent_mask(cf, table, &s, &row->mask);
    }

    if (ngx_strcmp(value->data, "enforce=off") == 0) {
        row->pass = 1;
        return NGX_CONF_OK;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "unknown argument \"%V\" of a row, \"expires=\", "
                       "\"lifetime=\", \"domain=\", \"path=\", \"name=\", "
                       "\"type=\", \"purpose=\", \"note=\", "
                       "\"category=\" or \"enforce=off\" was expected",
                       value);

    return NGX_CONF_ERROR;
}


static char *
ngx_http_consent_row_expires(ngx_conf_t *cf, ngx_consent_row_t *row,
    ngx_str_t *value)
{
    if (ngx_strcmp(value->data, "session") == 0) {
        row->expires = NGX_CONSENT_EXPIRES_SESSION;
        return NGX_CONF_OK;
    }

    row->expires = ngx_parse_time(value, 1);

    if (row->expires <= 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid lifetime \"expires=%V\", a time such as "
                           "\"395d\" or \"session\" was expected", value);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


char *
ngx_http_consent_row_kind(ngx_conf_t *cf, ngx_str_t *value,
    ngx_consent_row_e *kind)
{
    ngx_http_consent_kind_t  *k;

    for (k = ngx_http_consent_kinds; k->name.len; k++) {
        if (ngx_strcmp(value->data, k->name.data) == 0) {
            *kind = k->kind;
            return NGX_CONF_OK;
        }
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "unknown kind of row \"%V\", \"cookie\", \"storage\", "
                       "\"url\", \"inline\", \"stub\" or \"header\" was "
                       "expected", value);

    return NGX_CONF_ERROR;
}


/*
 * nginx knows a quote only where a parameter begins, so key="two words" comes
 * as two parameters.  Here they are one again, without the quotes.
 */

char *
ngx_http_consent_join_quoted(ngx_conf_t *cf)
{
    size_t       len;
    u_char      *p, *quote;
    ngx_str_t   *value, joined;
    ngx_uint_t   i, n, next;

    value = cf->args->elts;

    for (i = 0, n = 0; i < cf->args->nelts; i++, n++) {

        value[n] = value[i];

        /* a pattern, or a provider's name, is no key and its text */

        if (i < 2) {
            continue;
        }

        quote = ngx_strlchr(value[i].data, value[i].data + value[i].len, '=');

        if (quote == NULL || quote + 1 == value[i].data + value[i].len
            || *++quote != '"')
        {
            continue;
        }

        /* up to the parameter that ends with a quote: maybe this one */

        len = 0;
        next = i;

        for ( ;; ) {

            len += value[next].len + 1;
            p = value[next].data + value[next].len - 1;

            if (value[next].len && *p == '"' && p != quote) {
                break;
            }

            if (++next == cf->args->nelts) {
                ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                                   "no closing quote in \"%V\", text with "
                                   "\";\" or a brace is written as "
                                   "\"key=text\"",
                                   &value[i]);
                return NGX_CONF_ERROR;
            }
        }

        joined.data = ngx_pnalloc(cf->pool, len);
        if (joined.data == NULL) {
            return NGX_CONF_ERROR;
        }

        p = ngx_cpymem(joined.data, value[i].data, quote - value[i].data);
        value[i].len -= quote + 1 - value[i].data;
        value[i].data = quote + 1;

        for ( ;; ) {

            p = ngx_cpymem(p, value[i].data, value[i].len);

            if (i == next) {
                break;
            }

            *p++ = ' ';
            i++;
        }

        /* in place of the last quote */

        *--p = '\0';

        joined.len = p - joined.data;
        value[n] = joined;
    }

    cf->args->nelts = n;

    return NGX_CONF_OK;
}
