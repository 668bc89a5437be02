
/*
 * The body of consent_table.
 */

#include "ngx_http_consent_ui.h"


#define NGX_HTTP_CONSENT_MAX_ERROR  1024


/* a row's kind, as the configuration has it */

typedef struct {
    ngx_str_t                 name;
    ngx_consent_row_e         kind;
} ngx_http_consent_kind_t;


static ngx_int_t ngx_http_consent_table_lang(ngx_conf_t *cf,
    ngx_consent_table_t *table, ngx_str_t *value);
static void ngx_http_consent_destroy_table(void *data);
static char *ngx_http_consent_row(ngx_conf_t *cf, ngx_command_t *dummy,
    void *conf);
static char *ngx_http_consent_row_argument(ngx_conf_t *cf,
    ngx_consent_table_t *table, ngx_consent_row_t *row,
    ngx_consent_row_text_t *text, ngx_str_t *value);
static char *ngx_http_consent_row_expires(ngx_conf_t *cf,
    ngx_consent_row_t *row, ngx_str_t *value);
static char *ngx_http_consent_join_quoted(ngx_conf_t *cf);
static char *ngx_http_consent_row_kind(ngx_conf_t *cf, ngx_str_t *value,
    ngx_consent_row_e *kind);
static char *ngx_http_consent_mask(ngx_conf_t *cf, ngx_consent_table_t *table,
    ngx_str_t *names, ngx_consent_mask_t *mask);
static char *ngx_http_consent_fault(ngx_conf_t *cf, ngx_int_t rc,
    ngx_consent_fault_t *fault);


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


static char *
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


static char *
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

static char *
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


/* Adds the bits of names that are joined by '+'. */

static char *
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


static char *
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
