
/*
 * consent_ui: a directory of templates, and of texts by language.  It is read
 * once, whoever names it.
 */

#include "ngx_http_consent_ui.h"
#include "ngx_consent_accept.h"


static ngx_http_consent_ui_t *ngx_http_consent_ui_open(ngx_conf_t *cf,
    ngx_str_t *name);


char *
ngx_http_consent_ui(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t  *value, lang;

    if (clcf->ui != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0 && cf->args->nelts == 2) {
        clcf->ui = NULL;
        return NGX_CONF_OK;
    }

    ngx_str_null(&lang);

    if (cf->args->nelts == 3) {
        lang = value[2];
    }

    /* reads files, and with them what cf->args has */

    clcf->ui = ngx_http_consent_ui_open(cf, &value[1]);
    if (clcf->ui == NULL) {
        return NGX_CONF_ERROR;
    }

    if (lang.data == NULL) {
        clcf->lang = clcf->ui->languages.elts;
        return NGX_CONF_OK;
    }

    if (ngx_strncmp(lang.data, "lang=", 5) == 0) {
        clcf->lang = ngx_http_consent_ui_language(clcf->ui, lang.data + 5,
                                                  lang.len - 5);
    }

    if (clcf->lang == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid parameter \"%V\", \"lang=\" and a language "
                           "that \"%Vtexts/\" has was expected",
                           &lang, &clcf->ui->path);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


char *
ngx_http_consent_field(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t      *value;
    ngx_uint_t      i;
    ngx_keyval_t   *field;

    value = cf->args->elts;

    if (!ngx_http_consent_ui_is_name(&value[1])) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid name of a field \"%V\", small letters, "
                           "digits and \"_\" were expected", &value[1]);
        return NGX_CONF_ERROR;
    }

    if (clcf->fields == NGX_CONF_UNSET_PTR) {
        clcf->fields = ngx_array_create(cf->pool, 4, sizeof(ngx_keyval_t));
        if (clcf->fields == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    field = clcf->fields->elts;

    for (i = 0; i < clcf->fields->nelts; i++) {

        if (field[i].key.len == value[1].len
            && ngx_strncmp(field[i].key.data, value[1].data, value[1].len)
               == 0)
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "duplicate field \"%V\"", &value[1]);
            return NGX_CONF_ERROR;
        }
    }

    field = ngx_array_push(clcf->fields);
    if (field == NULL) {
        return NGX_CONF_ERROR;
    }

    field->key = value[1];
    field->value = value[2];

    return NGX_CONF_OK;
}


static ngx_http_consent_ui_t *
ngx_http_consent_ui_open(ngx_conf_t *cf, ngx_str_t *name)
{
    u_char                        *p;
    ngx_str_t                      path;
    ngx_uint_t                     i;
    ngx_http_consent_ui_t         *ui, **uis;
    ngx_http_consent_main_conf_t  *cmcf;

    path = *name;

    if (ngx_conf_full_name(cf->cycle, &path, 1) != NGX_OK) {
        return NULL;
    }

    while (path.len > 1 && path.data[path.len - 1] == '/') {
        path.len--;
    }

    p = ngx_pnalloc(cf->pool, path.len + 2);
    if (p == NULL) {
        return NULL;
    }

    ngx_sprintf(p, "%V/%Z", &path);
    path.data = p;
    path.len++;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);
    uis = cmcf->uis.elts;

    for (i = 0; i < cmcf->uis.nelts; i++) {

        if (uis[i]->path.len == path.len
            && ngx_strncmp(uis[i]->path.data, path.data, path.len) == 0)
        {
            return uis[i];
        }
    }

    ui = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_ui_t));
    if (ui == NULL) {
        return NULL;
    }

    ui->path = path;

    if (ngx_array_init(&ui->languages, cf->pool, 8,
                       sizeof(ngx_http_consent_language_t))
           != NGX_OK
        || ngx_array_init(&ui->fields, cf->pool, 8, sizeof(ngx_str_t))
           != NGX_OK
        || ngx_array_init(&ui->templates, cf->pool, 2, sizeof(void *))
           != NGX_OK
        || ngx_http_consent_ui_languages(cf, ui) != NGX_CONF_OK
        || ngx_http_consent_ui_template(cf, ui, "policy.html") == NULL)
    {
        return NULL;
    }

    uis = ngx_array_push(&cmcf->uis);
    if (uis == NULL) {
        return NULL;
    }

    *uis = ui;

    return ui;
}


ngx_uint_t
ngx_http_consent_ui_text(const ngx_http_consent_ui_t *ui,
    const ngx_str_t *name)
{
    ngx_uint_t                    i;
    ngx_http_consent_language_t  *first;

    first = ui->languages.elts;

    for (i = 0; i < ui->ntexts; i++) {

        if (first->texts[i].name.len == name->len
            && ngx_strncmp(first->texts[i].name.data, name->data, name->len)
               == 0)
        {
            return i;
        }
    }

    return NGX_HTTP_CONSENT_MAX_TEXTS;
}


const ngx_http_consent_language_t *
ngx_http_consent_ui_language(const ngx_http_consent_ui_t *ui,
    const u_char *tag, size_t len)
{
    ngx_uint_t                          i;
    ngx_consent_accept_e                fits;
    const ngx_http_consent_language_t  *lang, *found;

    lang = ui->languages.elts;
    found = NULL;

    for (i = 0; i < ui->languages.nelts; i++) {

        fits = ngx_consent_accept_range(tag, len, &lang[i].tag);

        if (fits == NGX_CONSENT_ACCEPT_SAME) {
            return &lang[i];
        }

        if (fits == NGX_CONSENT_ACCEPT_WIDER
            && (found == NULL || lang[i].tag.len > found->tag.len))
        {
            found = &lang[i];
        }
    }

    return found;
}


const ngx_http_consent_language_t *
ngx_http_consent_ui_accepted(ngx_http_request_t *r,
    ngx_http_consent_loc_conf_t *conf)
{
    ngx_uint_t                          i, n;
    ngx_list_part_t                    *part;
    ngx_table_elt_t                    *h;
    ngx_consent_accept_t                accept, best;
    const ngx_http_consent_language_t  *lang, *found;

    part = &r->headers_in.headers.part;
    i = 0;

    do {
        h = ngx_http_consent_next_header(&part, &i);

        if (h == NULL) {
            return conf->lang;
        }

    } while (!ngx_http_consent_header_is(h, "Accept-Language"));

    /* the site's own language is the first of equals */

    found = conf->lang;
    ngx_consent_accept_language(h->value.data, h->value.len, &found->tag,
                                &best);

    lang = conf->ui->languages.elts;
    n = conf->ui->languages.nelts;

    for (i = 0; i < n; i++) {

        ngx_consent_accept_language(h->value.data, h->value.len, &lang[i].tag,
                                    &accept);

        if (ngx_consent_accept_more(&accept, &best)) {
            best = accept;
            found = &lang[i];
        }
    }

    return found;
}
