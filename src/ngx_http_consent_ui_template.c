
/*
 * The files of consent_ui as templates: read, compiled, and what they ask of
 * the operator.
 */

#include "ngx_http_consent_ui.h"


typedef struct {
    ngx_http_consent_ui_t    *ui;
    ngx_array_t              *uses;     /* NULL: it is a text */
    ngx_str_t                *source;
    ngx_consent_place_t       place;    /* where that begins */
    ngx_uint_t                note;     /* whether uses are noted */
    ngx_uint_t                failed;   /* no memory */
} ngx_http_consent_ui_find_t;


static char *ngx_http_consent_ui_compile(ngx_conf_t *cf,
    ngx_http_consent_ui_find_t *find, ngx_consent_template_t *template);
static const char *ngx_http_consent_ui_find(void *data, const ngx_str_t *name,
    ngx_uint_t open, ngx_consent_template_part_t *part);
static const char *ngx_http_consent_ui_find_text(
    ngx_http_consent_ui_find_t *find, const ngx_str_t *name, ngx_uint_t open,
    ngx_consent_template_part_t *part);
static const char *ngx_http_consent_ui_find_field(
    ngx_http_consent_ui_find_t *find, const ngx_str_t *name,
    ngx_consent_template_part_t *part);
static const char *ngx_http_consent_ui_use(ngx_http_consent_ui_find_t *find,
    ngx_uint_t field, const ngx_str_t *source);
static void ngx_http_consent_ui_place(ngx_http_consent_ui_find_t *find,
    const ngx_str_t *source, ngx_consent_place_t *place);


static const char  ngx_http_consent_ui_no_memory[] = "no memory";


ngx_http_consent_template_t *
ngx_http_consent_ui_template(ngx_conf_t *cf, ngx_http_consent_ui_t *ui,
    char *name)
{
    u_char                        *p;
    size_t                         len;
    ngx_str_t                      file;
    ngx_uint_t                     i;
    ngx_http_consent_template_t   *template, **templates;
    ngx_http_consent_ui_find_t     find;

    len = ngx_strlen(name);
    templates = ui->templates.elts;

    for (i = 0; i < ui->templates.nelts; i++) {
        if (templates[i]->name.len == len
            && ngx_strncmp(templates[i]->name.data, name, len) == 0)
        {
            return templates[i];
        }
    }

    template = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_template_t));
    if (template == NULL) {
        return NULL;
    }

    p = ngx_pnalloc(cf->pool, ui->path.len + len + 1);
    if (p == NULL) {
        return NULL;
    }

    file.data = p;
    file.len = ui->path.len + len;
    (void) ngx_sprintf(p, "%V%s%Z", &ui->path, name);

    template->file = file;
    template->name.data = (u_char *) name;
    template->name.len = len;

    if (ngx_http_consent_read_file(cf, &file, NGX_CONSENT_MAX_TEMPLATE,
                                   &template->source)
           != NGX_OK
        || ngx_array_init(&template->uses, cf->pool, 4,
                          sizeof(ngx_http_consent_use_t))
           != NGX_OK)
    {
        return NULL;
    }

    ngx_memzero(&find, sizeof(ngx_http_consent_ui_find_t));

    find.ui = ui;
    find.uses = &template->uses;
    find.source = &template->source;
    find.place.file = file;
    find.place.line = 1;

    if (ngx_http_consent_ui_compile(cf, &find, &template->template)
        != NGX_CONF_OK)
    {
        return NULL;
    }

    templates = ngx_array_push(&ui->templates);
    if (templates == NULL) {
        return NULL;
    }

    *templates = template;

    return template;
}


/* It is read first. */

ngx_http_consent_template_t *
ngx_http_consent_ui_policy(const ngx_http_consent_ui_t *ui)
{
    return *(ngx_http_consent_template_t **) ui->templates.elts;
}


char *
ngx_http_consent_ui_compile_text(ngx_conf_t *cf, ngx_http_consent_ui_t *ui,
    ngx_http_consent_text_t *text)
{
    ngx_http_consent_ui_find_t  find;

    ngx_memzero(&find, sizeof(ngx_http_consent_ui_find_t));

    find.ui = ui;
    find.source = &text->source;
    find.place = text->place;

    return ngx_http_consent_ui_compile(cf, &find, &text->template);
}


/* Once to count its parts, and once more to have them. */

static char *
ngx_http_consent_ui_compile(ngx_conf_t *cf, ngx_http_consent_ui_find_t *find,
    ngx_consent_template_t *template)
{
    ngx_consent_place_t            place;
    ngx_consent_template_fault_t   fault;
    ngx_consent_template_names_t   names;

    names.find = ngx_http_consent_ui_find;
    names.data = find;

    template->parts = NULL;

    if (ngx_consent_template_compile(template, find->source, &names, &fault)
        != NGX_OK)
    {
        goto failed;
    }

    template->parts = ngx_palloc(cf->pool, (template->n + 1)
                                       * sizeof(ngx_consent_template_part_t));
    if (template->parts == NULL) {
        return NGX_CONF_ERROR;
    }

    find->note = 1;

    if (ngx_consent_template_compile(template, find->source, &names, &fault)
        != NGX_OK)
    {
        goto failed;
    }

    return NGX_CONF_OK;

failed:

    if (find->failed) {
        return NGX_CONF_ERROR;
    }

    ngx_http_consent_ui_place(find, &fault.source, &place);

    return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &place,
                                       "%s: \"%V\"", fault.reason,
                                       &fault.source);
}


static const char *
ngx_http_consent_ui_find(void *data, const ngx_str_t *name, ngx_uint_t open,
    ngx_consent_template_part_t *part)
{
    ngx_http_consent_ui_find_t *find = data;

    ngx_str_t  rest;

    if (name->len > 5 && ngx_strncmp(name->data, "text_", 5) == 0) {
        rest.data = name->data + 5;
        rest.len = name->len - 5;

        return ngx_http_consent_ui_find_text(find, &rest, open, part);
    }

    if (name->len > 6 && ngx_strncmp(name->data, "field_", 6) == 0) {
        rest.data = name->data + 6;
        rest.len = name->len - 6;

        return ngx_http_consent_ui_find_field(find, &rest, part);
    }

    /* what a text stands in is known where it is used */

    return ngx_http_consent_show_find(name, find->uses ? open
                                                       : (ngx_uint_t) -1,
                                      part);
}


static const char *
ngx_http_consent_ui_find_text(ngx_http_consent_ui_find_t *find,
    const ngx_str_t *name, ngx_uint_t open, ngx_consent_template_part_t *part)
{
    const char                   *reason;
    ngx_uint_t                    i, j, text;
    ngx_consent_template_t       *template;
    ngx_consent_template_part_t  *p;
    ngx_http_consent_language_t  *lang;

    if (find->uses == NULL) {
        return "a text in a text";
    }

    if (part->what != NGX_CONSENT_TEMPLATE_VALUE) {
        return "a text is no condition";
    }

    text = ngx_http_consent_ui_text(find->ui, name);

    if (text == NGX_HTTP_CONSENT_MAX_TEXTS) {
        return "unknown text";
    }

    part->what = NGX_CONSENT_TEMPLATE_TEXT;
    part->of = text;

    lang = find->ui->languages.elts;

    for (i = 0; i < find->ui->languages.nelts; i++) {

        template = &lang[i].texts[text].template;

        for (j = 0; j < template->n; j++) {

            p = &template->parts[j];

            if (p->what != NGX_CONSENT_TEMPLATE_VALUE
                && p->what != NGX_CONSENT_TEMPLATE_IF)
            {
                continue;
            }

            if (p->of >= NGX_HTTP_CONSENT_OF_FIELD) {
                reason = NULL;

                if (p->what == NGX_CONSENT_TEMPLATE_VALUE) {
                    reason = ngx_http_consent_ui_use(find,
                                              p->of - NGX_HTTP_CONSENT_OF_FIELD,
                                              &part->source);
                }

            } else {
                reason = ngx_http_consent_show_stands(p, open);
            }

            if (reason) {
                return reason;
            }
        }
    }

    return NULL;
}


static const char *
ngx_http_consent_ui_find_field(ngx_http_consent_ui_find_t *find,
    const ngx_str_t *name, ngx_consent_template_part_t *part)
{
    ngx_str_t   *field;
    ngx_uint_t   i;

    if (part->what == NGX_CONSENT_TEMPLATE_FOR) {
        return "a field is no loop";
    }

    field = find->ui->fields.elts;

    for (i = 0; i < find->ui->fields.nelts; i++) {
        if (field[i].len == name->len
            && ngx_strncmp(field[i].data, name->data, name->len) == 0)
        {
            break;
        }
    }

    if (i == find->ui->fields.nelts) {

        if (i == NGX_HTTP_CONSENT_MAX_FIELDS) {
            return "too many fields";
        }

        field = ngx_array_push(&find->ui->fields);
        if (field == NULL) {
            find->failed = 1;
            return ngx_http_consent_ui_no_memory;
        }

        *field = *name;
    }

    part->of = NGX_HTTP_CONSENT_OF_FIELD + i;

    if (part->what == NGX_CONSENT_TEMPLATE_IF) {
        return NULL;
    }

    return ngx_http_consent_ui_use(find, i, &part->source);
}


static const char *
ngx_http_consent_ui_use(ngx_http_consent_ui_find_t *find, ngx_uint_t field,
    const ngx_str_t *source)
{
    ngx_uint_t               i;
    ngx_http_consent_use_t  *use;

    if (find->uses == NULL || !find->note) {
        return NULL;
    }

    use = find->uses->elts;

    for (i = 0; i < find->uses->nelts; i++) {
        if (use[i].field == field) {
            return NULL;
        }
    }

    use = ngx_array_push(find->uses);
    if (use == NULL) {
        find->failed = 1;
        return ngx_http_consent_ui_no_memory;
    }

    use->field = field;
    ngx_http_consent_ui_place(find, source, &use->place);

    return NULL;
}


static void
ngx_http_consent_ui_place(ngx_http_consent_ui_find_t *find,
    const ngx_str_t *source, ngx_consent_place_t *place)
{
    u_char  *p;

    *place = find->place;

    for (p = find->source->data; find->uses && p < source->data; p++) {
        place->line += (*p == LF);
    }
}


char *
ngx_http_consent_ui_check_fields(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_template_t *template)
{
    ngx_str_t               *field;
    ngx_uint_t               i;
    ngx_http_consent_use_t  *use;

    use = template->uses.elts;
    field = conf->ui->fields.elts;

    for (i = 0; i < template->uses.nelts; i++) {

        if (ngx_http_consent_ui_field(conf, use[i].field) == NULL) {
            return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG,
                                               &use[i].place,
                                               "no \"consent_field %V\" for "
                                               "\"$field_%V\"",
                                               &field[use[i].field],
                                               &field[use[i].field]);
        }
    }

    return NGX_CONF_OK;
}


const ngx_str_t *
ngx_http_consent_ui_field(const ngx_http_consent_loc_conf_t *conf,
    ngx_uint_t n)
{
    ngx_str_t     *name;
    ngx_uint_t     i;
    ngx_keyval_t  *field;

    if (conf->fields == NULL) {
        return NULL;
    }

    name = (ngx_str_t *) conf->ui->fields.elts + n;
    field = conf->fields->elts;

    for (i = 0; i < conf->fields->nelts; i++) {
        if (field[i].key.len == name->len
            && ngx_strncmp(field[i].key.data, name->data, name->len) == 0)
        {
            return &field[i].value;
        }
    }

    return NULL;
}


ngx_int_t
ngx_http_consent_read_file(ngx_conf_t *cf, ngx_str_t *name, size_t max,
    ngx_str_t *content)
{
    off_t        size;
    ssize_t      n;
    ngx_int_t    rc;
    ngx_file_t   file;

    rc = NGX_ERROR;

    ngx_memzero(&file, sizeof(ngx_file_t));

    file.name = *name;
    file.log = cf->log;

    file.fd = ngx_open_file(name->data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);

    if (file.fd == NGX_INVALID_FILE) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           ngx_open_file_n " \"%V\" failed", name);
        return NGX_ERROR;
    }

    if (ngx_fd_info(file.fd, &file.info) == NGX_FILE_ERROR) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           ngx_fd_info_n " \"%V\" failed", name);
        goto done;
    }

    size = ngx_file_size(&file.info);

    if (!ngx_is_file(&file.info) || size == 0 || size > (off_t) max) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "a template of 1 to %uz bytes was expected in "
                           "\"%V\"", max, name);
        goto done;
    }

    content->data = ngx_pnalloc(cf->pool, size);
    if (content->data == NULL) {
        goto done;
    }

    content->len = size;

    n = ngx_read_file(&file, content->data, size, 0);

    if (n != (ssize_t) size) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, (n == NGX_ERROR) ? ngx_errno : 0,
                           ngx_read_file_n " \"%V\" failed", name);
        goto done;
    }

    rc = NGX_OK;

done:

    if (ngx_close_file(file.fd) == NGX_FILE_ERROR) {
        ngx_conf_log_error(NGX_LOG_ALERT, cf, ngx_errno,
                           ngx_close_file_n " \"%V\" failed", name);
    }

    return rc;
}
