
/*
 * The texts of consent_ui: a file for each language, by nginx's own parser.
 */

#include "ngx_http_consent_ui.h"


/* while a file of texts is read */

typedef struct {
    ngx_http_consent_ui_t        *ui;
    ngx_http_consent_language_t  *lang;
    ngx_http_consent_language_t  *first;    /* NULL: it is the first itself */
    ngx_array_t               texts;    /* ngx_http_consent_text_t */
} ngx_http_consent_ui_read_t;


static char *ngx_http_consent_ui_find_files(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui);
static char *ngx_http_consent_ui_add_language(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui, ngx_str_t *file);
static int ngx_libc_cdecl ngx_http_consent_ui_cmp(const void *one,
    const void *two);
static char *ngx_http_consent_ui_read(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui, ngx_http_consent_language_t *lang,
    ngx_http_consent_language_t *first);
static char *ngx_http_consent_ui_needs(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui, ngx_http_consent_language_t *lang);
static char *ngx_http_consent_ui_line(ngx_conf_t *cf, ngx_command_t *dummy,
    void *conf);
static ngx_http_consent_text_t *ngx_http_consent_ui_slot(ngx_conf_t *cf,
    ngx_http_consent_ui_read_t *read, ngx_str_t *name);


/* The first language, English if there is, says which texts the others have. */

char *
ngx_http_consent_ui_languages(ngx_conf_t *cf, ngx_http_consent_ui_t *ui)
{
    char                         *rv;
    ngx_uint_t                    i, j;
    ngx_http_consent_language_t  *lang;

    rv = ngx_http_consent_ui_find_files(cf, ui);
    if (rv != NGX_CONF_OK) {
        return rv;
    }

    lang = ui->languages.elts;

    if (ui->languages.nelts == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "no texts in \"%Vtexts/\", files such as "
                           "\"en.conf\" were expected", &ui->path);
        return NGX_CONF_ERROR;
    }

    ngx_qsort(lang, ui->languages.nelts, sizeof(ngx_http_consent_language_t),
              ngx_http_consent_ui_cmp);

    for (i = 0; i < ui->languages.nelts; i++) {
        rv = ngx_http_consent_ui_read(cf, ui, &lang[i], i ? lang : NULL);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    for (i = 0; i < ui->languages.nelts; i++) {

        for (j = 0; j < ui->ntexts; j++) {
            rv = ngx_http_consent_ui_compile_text(cf, ui, &lang[i].texts[j]);
            if (rv != NGX_CONF_OK) {
                return rv;
            }
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_ui_find_files(ngx_conf_t *cf, ngx_http_consent_ui_t *ui)
{
    char        *rv;
    u_char      *p;
    ngx_int_t    n;
    ngx_str_t    file, name;
    ngx_glob_t   gl;

    p = ngx_pnalloc(cf->pool, ui->path.len + sizeof("texts/*.conf"));
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_sprintf(p, "%Vtexts/*.conf%Z", &ui->path);

    ngx_memzero(&gl, sizeof(ngx_glob_t));

    gl.pattern = p;
    gl.log = cf->log;
    gl.test = 1;

    if (ngx_open_glob(&gl) != NGX_OK) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           ngx_open_glob_n " \"%s\" failed", p);
        return NGX_CONF_ERROR;
    }

    rv = NGX_CONF_OK;

    while (rv == NGX_CONF_OK) {

        n = ngx_read_glob(&gl, &name);
        if (n != NGX_OK) {
            break;
        }

        file.len = name.len;
        file.data = ngx_pnalloc(cf->pool, name.len + 1);
        if (file.data == NULL) {
            rv = NGX_CONF_ERROR;
            break;
        }

        (void) ngx_cpystrn(file.data, name.data, name.len + 1);

        rv = ngx_http_consent_ui_add_language(cf, ui, &file);
    }

    ngx_close_glob(&gl);

    return rv;
}


static char *
ngx_http_consent_ui_add_language(ngx_conf_t *cf, ngx_http_consent_ui_t *ui,
    ngx_str_t *file)
{
    size_t                        skip;
    ngx_str_t                     tag;
    ngx_http_consent_language_t  *lang;

    skip = ui->path.len + sizeof("texts/") - 1;

    tag.data = file->data + skip;
    tag.len = file->len - skip - (sizeof(".conf") - 1);

    if (!ngx_http_consent_ui_is_tag(&tag)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" is named after no language, a tag in small "
                           "letters such as \"en\" or \"pt-br\" was expected",
                           file);
        return NGX_CONF_ERROR;
    }

    if (ui->languages.nelts == NGX_HTTP_CONSENT_MAX_LANGUAGES) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "more than %d languages in \"%Vtexts/\"",
                           NGX_HTTP_CONSENT_MAX_LANGUAGES, &ui->path);
        return NGX_CONF_ERROR;
    }

    lang = ngx_array_push(&ui->languages);
    if (lang == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(lang, sizeof(ngx_http_consent_language_t));

    lang->tag = tag;
    lang->file = *file;

    return NGX_CONF_OK;
}


static int ngx_libc_cdecl
ngx_http_consent_ui_cmp(const void *one, const void *two)
{
    ngx_uint_t                          a, b;
    const ngx_http_consent_language_t  *first, *second;

    first = one;
    second = two;

    a = (first->tag.len == 2 && ngx_strncmp(first->tag.data, "en", 2) == 0);
    b = (second->tag.len == 2 && ngx_strncmp(second->tag.data, "en", 2) == 0);

    if (a != b) {
        return a ? -1 : 1;
    }

    return ngx_memn2cmp(first->tag.data, second->tag.data, first->tag.len,
                        second->tag.len);
}


static char *
ngx_http_consent_ui_read(ngx_conf_t *cf, ngx_http_consent_ui_t *ui,
    ngx_http_consent_language_t *lang, ngx_http_consent_language_t *first)
{
    char                        *rv;
    ngx_conf_t                   save;
    ngx_uint_t                   i;
    ngx_consent_place_t          place;
    ngx_http_consent_text_t     *text;
    ngx_http_consent_ui_read_t   read;

    read.ui = ui;
    read.lang = lang;
    read.first = first;

    if (ngx_array_init(&read.texts, cf->pool, first ? ui->ntexts : 64,
                       sizeof(ngx_http_consent_text_t))
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    if (first) {
        text = ngx_array_push_n(&read.texts, ui->ntexts);
        if (text == NULL) {
            return NGX_CONF_ERROR;
        }

        ngx_memzero(text, ui->ntexts * sizeof(ngx_http_consent_text_t));

        lang->texts = text;
    }

    save = *cf;
    cf->handler = ngx_http_consent_ui_line;
    cf->handler_conf = (void *) &read;

    rv = ngx_conf_parse(cf, &lang->file);

    *cf = save;

    if (rv != NGX_CONF_OK) {
        return rv;
    }

    if (first == NULL) {
        lang->texts = read.texts.elts;
        ui->ntexts = read.texts.nelts;

        return ngx_http_consent_ui_needs(cf, ui, lang);
    }

    for (i = 0; i < ui->ntexts; i++) {

        if (lang->texts[i].source.data) {
            continue;
        }

        text = &first->texts[i];

        place.file = lang->file;
        place.line = 1;

        return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &place,
                                           "no text \"%V\", which %V:%ui has,",
                                           &text->name, &text->place.file,
                                           text->place.line);
    }

    return NGX_CONF_OK;
}


/* that it has the texts which values are made of */

static char *
ngx_http_consent_ui_needs(ngx_conf_t *cf, ngx_http_consent_ui_t *ui,
    ngx_http_consent_language_t *lang)
{
    ngx_str_t            *name;
    ngx_consent_place_t   place;

    for (name = ngx_http_consent_show_texts; name->len; name++) {

        if (ngx_http_consent_ui_text(ui, name) != NGX_HTTP_CONSENT_MAX_TEXTS) {
            continue;
        }

        place.file = lang->file;
        place.line = 1;

        return ngx_http_consent_conf_error(cf, NGX_LOG_EMERG, &place,
                                           "no text \"%V\"", name);
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_ui_line(ngx_conf_t *cf, ngx_command_t *dummy, void *conf)
{
    ngx_http_consent_ui_read_t *read = conf;

    ngx_str_t                *value;
    ngx_http_consent_text_t  *text;

    value = cf->args->elts;

    if (cf->args->nelts != 2) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid number of arguments of the text \"%V\", "
                           "one in quotes was expected", &value[0]);
        return NGX_CONF_ERROR;
    }

    text = ngx_http_consent_ui_slot(cf, read, &value[0]);
    if (text == NULL) {
        return NGX_CONF_ERROR;
    }

    if (text->source.data) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "duplicate text \"%V\", the other is at line %ui",
                           &value[0], text->place.line);
        return NGX_CONF_ERROR;
    }

    text->name = value[0];
    text->source = value[1];
    ngx_http_consent_conf_place(cf, &text->place);

    return NGX_CONF_OK;
}


/* where a text of that name belongs to; NULL: nowhere, and it is logged */

static ngx_http_consent_text_t *
ngx_http_consent_ui_slot(ngx_conf_t *cf, ngx_http_consent_ui_read_t *read,
    ngx_str_t *name)
{
    ngx_uint_t                i;
    ngx_http_consent_text_t  *text, *known;

    text = read->texts.elts;
    known = read->first ? read->first->texts : text;

    for (i = 0; i < read->texts.nelts; i++) {

        if (known[i].name.len == name->len
            && ngx_strncmp(known[i].name.data, name->data, name->len) == 0)
        {
            return &text[i];
        }
    }

    if (read->first) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "unknown text \"%V\", \"%V\" has none of that name",
                           name, &read->first->file);
        return NULL;
    }

    if (!ngx_http_consent_ui_is_name(name)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid name of a text \"%V\", small letters, "
                           "digits and \"_\" were expected", name);
        return NULL;
    }

    if (read->texts.nelts == NGX_HTTP_CONSENT_MAX_TEXTS) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "more than %d texts",
                           NGX_HTTP_CONSENT_MAX_TEXTS);
        return NULL;
    }

    text = ngx_array_push(&read->texts);

    if (text) {
        ngx_memzero(text, sizeof(ngx_http_consent_text_t));
    }

    return text;
}


ngx_uint_t
ngx_http_consent_ui_is_tag(const ngx_str_t *tag)
{
    u_char      c;
    size_t      i;
    ngx_uint_t  subtag;

    if (tag->len > NGX_HTTP_CONSENT_MAX_TAG) {
        return 0;
    }

    subtag = 0;

    for (i = 0; i < tag->len; i++) {
        c = tag->data[i];

        if (c == '-') {

            if (subtag == 0) {
                return 0;
            }

            subtag = 0;
            continue;
        }

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            || ++subtag > 8)
        {
            return 0;
        }
    }

    return subtag != 0;
}


ngx_uint_t
ngx_http_consent_ui_is_name(const ngx_str_t *name)
{
    u_char  c;
    size_t  i;

    for (i = 0; i < name->len; i++) {
        c = name->data[i];

        if (!((c >= 'a' && c <= 'z') || c == '_'
              || (i && c >= '0' && c <= '9')))
        {
            return 0;
        }
    }

    return i && i <= NGX_HTTP_CONSENT_MAX_NAME;
}
