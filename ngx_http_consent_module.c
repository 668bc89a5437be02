
#include "src/ngx_http_consent.h"


static void *ngx_http_consent_create_main_conf(ngx_conf_t *cf);
static void *ngx_http_consent_create_loc_conf(ngx_conf_t *cf);
static char *ngx_http_consent_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_consent_init(ngx_conf_t *cf);

static char *ngx_http_consent(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static char *ngx_http_consent_word(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_source(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_source_max_age(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value);
static char *ngx_http_consent_map(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_gpc(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_unknown(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_first_party(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_uri(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_pages(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_consent_buffer(ngx_conf_t *cf, void *post, void *data);

static const ngx_http_consent_format_t *ngx_http_consent_format(
    ngx_conf_t *cf, ngx_str_t *name);
static ngx_http_consent_names_t *ngx_http_consent_names(ngx_conf_t *cf,
    ngx_http_consent_names_t *names, ngx_str_t *value, ngx_uint_t n);


static ngx_conf_enum_t  ngx_http_consent_tags[] = {
    { ngx_string("off"), NGX_HTTP_CONSENT_TAGS_OFF },
    { ngx_string("disable"), NGX_HTTP_CONSENT_TAGS_DISABLE },
    { ngx_string("remove"), NGX_HTTP_CONSENT_TAGS_REMOVE },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_consent_downstream[] = {
    { ngx_string("off"), NGX_HTTP_CONSENT_DOWNSTREAM_OFF },
    { ngx_string("vary"), NGX_HTTP_CONSENT_DOWNSTREAM_VARY },
    { ngx_string("private"), NGX_HTTP_CONSENT_DOWNSTREAM_PRIVATE },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_consent_opaque[] = {
    { ngx_string("pass"), NGX_HTTP_CONSENT_OPAQUE_PASS },
    { ngx_string("block"), NGX_HTTP_CONSENT_OPAQUE_BLOCK },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_consent_request_cookies[] = {
    { ngx_string("pass"), 0 },
    { ngx_string("strip"), 1 },
    { ngx_null_string, 0 }
};


/* sweeping and clamping are not there yet: a configuration may say so */

static ngx_conf_enum_t  ngx_http_consent_off[] = {
    { ngx_string("off"), 0 },
    { ngx_null_string, 0 }
};


static ngx_str_t  ngx_http_consent_modes[] = {
    ngx_string("enforce"),
    ngx_string("report"),
    ngx_null_string
};


static ngx_str_t  ngx_http_consent_regimes[] = {
    ngx_string("optin"),
    ngx_string("optout"),
    ngx_null_string
};


static ngx_str_t  ngx_http_consent_default_types[] = {
    ngx_string("text/html"),
    ngx_string("application/xhtml+xml"),
    ngx_null_string
};


static ngx_str_t  ngx_http_consent_late[] = {
    ngx_string("ngx_http_brotli_filter_module"),
    ngx_string("ngx_http_zstd_filter_module"),
    ngx_null_string
};


static ngx_conf_post_t  ngx_http_consent_buffer_post =
    { ngx_http_consent_buffer };


static ngx_command_t  ngx_http_consent_commands[] = {

    { ngx_string("consent_table"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_BLOCK|NGX_CONF_TAKE1,
      ngx_http_consent_table_block,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("category"),
      NGX_HTTP_CONSENT_TABLE_CONF|NGX_CONF_TAKE123,
      ngx_http_consent_category,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("provider"),
      NGX_HTTP_CONSENT_TABLE_CONF|NGX_CONF_BLOCK|NGX_CONF_2MORE,
      ngx_http_consent_provider,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("override"),
      NGX_HTTP_CONSENT_TABLE_CONF|NGX_CONF_2MORE,
      ngx_http_consent_override,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    /* nginx's own is not allowed where the type is ours */

    { ngx_string("include"),
      NGX_HTTP_CONSENT_TABLE_CONF|NGX_CONF_TAKE1,
      ngx_conf_include,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_mode"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_word,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, mode),
      ngx_http_consent_modes },

    { ngx_string("consent_source"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_consent_source,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_map"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_2MORE,
      ngx_http_consent_map,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_regime"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_word,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, regime),
      ngx_http_consent_regimes },

    { ngx_string("consent_gpc"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_consent_gpc,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_tags"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, tags),
      ngx_http_consent_tags },

    { ngx_string("consent_first_party"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_consent_first_party,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_unknown_cookies"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_unknown,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, unknown_cookies),
      "strip" },

    { ngx_string("consent_unknown_urls"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_unknown,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, unknown_urls),
      "hold" },

    { ngx_string("consent_request_cookies"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, request_cookies),
      ngx_http_consent_request_cookies },

    { ngx_string("consent_sweep"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, sweep),
      ngx_http_consent_off },

    { ngx_string("consent_lifetime"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, lifetime),
      ngx_http_consent_off },

    /* no default is preset, so naming one of them is no duplicate */

    { ngx_string("consent_types"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_types_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, types_keys),
      NULL },

    { ngx_string("consent_downstream"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, downstream),
      ngx_http_consent_downstream },

    { ngx_string("consent_opaque"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, opaque),
      ngx_http_consent_opaque },

    { ngx_string("consent_uri"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_uri,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_tag_buffer"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, tag_buffer),
      &ngx_http_consent_buffer_post },

    { ngx_string("consent_inline_buffer"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, inline_buffer),
      &ngx_http_consent_buffer_post },

    { ngx_string("consent_pages"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_consent_pages,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_consent_module_ctx = {
    ngx_http_consent_add_variables,        /* preconfiguration */
    ngx_http_consent_init,                 /* postconfiguration */

    ngx_http_consent_create_main_conf,     /* create main configuration */
    NULL,                                  /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_consent_create_loc_conf,      /* create location configuration */
    ngx_http_consent_merge_loc_conf        /* merge location configuration */
};


ngx_module_t  ngx_http_consent_module = {
    NGX_MODULE_V1,
    &ngx_http_consent_module_ctx,          /* module context */
    ngx_http_consent_commands,             /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static void *
ngx_http_consent_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_main_conf_t));
    if (cmcf == NULL) {
        return NULL;
    }

    if (ngx_array_init(&cmcf->tables, cf->pool, 1,
                       sizeof(ngx_consent_table_t *))
        != NGX_OK)
    {
        return NULL;
    }

    return cmcf;
}


static void *
ngx_http_consent_create_loc_conf(ngx_conf_t *cf)
{
    ngx_http_consent_loc_conf_t  *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_loc_conf_t));
    if (conf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     conf->literal = NULL;
     *     conf->place = { NULL };
     *     conf->types = { NULL };
     *     conf->types_keys = NULL;
     *     conf->uri = { 0, NULL };
     *     conf->bindings = NULL;
     */

    conf->table = NGX_CONF_UNSET_PTR;
    conf->mode = NGX_CONF_UNSET_PTR;
    conf->regime = NGX_CONF_UNSET_PTR;
    conf->sources = NGX_CONF_UNSET_PTR;
    conf->maps = NGX_CONF_UNSET_PTR;
    conf->gpc = NGX_CONF_UNSET_PTR;
    conf->gpc_strict = NGX_CONF_UNSET;
    conf->unknown_cookies = NGX_CONF_UNSET_PTR;
    conf->unknown_urls = NGX_CONF_UNSET_PTR;
    conf->first_party = NGX_CONF_UNSET_PTR;
    conf->tags = NGX_CONF_UNSET_UINT;
    conf->downstream = NGX_CONF_UNSET_UINT;
    conf->opaque = NGX_CONF_UNSET_UINT;
    conf->request_cookies = NGX_CONF_UNSET_UINT;
    conf->sweep = NGX_CONF_UNSET_UINT;
    conf->lifetime = NGX_CONF_UNSET_UINT;
    conf->tag_buffer = NGX_CONF_UNSET_SIZE;
    conf->inline_buffer = NGX_CONF_UNSET_SIZE;

    return conf;
}


static char *
ngx_http_consent_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_consent_loc_conf_t *prev = parent;
    ngx_http_consent_loc_conf_t *conf = child;

    ngx_http_consent_source_t     *source;
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);

    /* the parent is the http block's own: nothing has given it defaults */

    if (prev->sources == NGX_CONF_UNSET_PTR) {

        prev->sources = ngx_array_create(cf->pool, 1,
                                         sizeof(ngx_http_consent_source_t));
        if (prev->sources == NULL) {
            return NGX_CONF_ERROR;
        }

        source = ngx_array_push(prev->sources);
        if (source == NULL) {
            return NGX_CONF_ERROR;
        }

        source->format = &ngx_http_consent_formats[0];
        source->cookie = source->format->cookie;
        source->max_age = source->format->max_age;
        source->revision = -1;
    }

    if (conf->table == NGX_CONF_UNSET_PTR) {

        if (prev->table == NGX_CONF_UNSET_PTR) {
            prev->table = NULL;
        }

        conf->table = prev->table;
        conf->place = prev->place;
    }

    ngx_conf_merge_ptr_value(conf->mode, prev->mode, NULL);
    ngx_conf_merge_ptr_value(conf->regime, prev->regime, NULL);
    ngx_conf_merge_ptr_value(conf->sources, prev->sources, NULL);
    ngx_conf_merge_ptr_value(conf->maps, prev->maps, NULL);
    ngx_conf_merge_ptr_value(conf->gpc, prev->gpc, NULL);
    ngx_conf_merge_value(conf->gpc_strict, prev->gpc_strict, 0);
    ngx_conf_merge_ptr_value(conf->unknown_cookies, prev->unknown_cookies,
                             NULL);
    ngx_conf_merge_ptr_value(conf->unknown_urls, prev->unknown_urls, NULL);
    ngx_conf_merge_ptr_value(conf->first_party, prev->first_party, NULL);

    ngx_conf_merge_uint_value(conf->tags, prev->tags,
                              NGX_HTTP_CONSENT_TAGS_DISABLE);
    ngx_conf_merge_uint_value(conf->downstream, prev->downstream,
                              NGX_HTTP_CONSENT_DOWNSTREAM_VARY);
    ngx_conf_merge_uint_value(conf->opaque, prev->opaque,
                              NGX_HTTP_CONSENT_OPAQUE_PASS);
    ngx_conf_merge_uint_value(conf->request_cookies, prev->request_cookies, 1);
    ngx_conf_merge_uint_value(conf->sweep, prev->sweep, 0);
    ngx_conf_merge_uint_value(conf->lifetime, prev->lifetime, 0);

    ngx_conf_merge_str_value(conf->uri, prev->uri, "/consent/");
    ngx_conf_merge_size_value(conf->tag_buffer, prev->tag_buffer, 8 * 1024);
    ngx_conf_merge_size_value(conf->inline_buffer, prev->inline_buffer,
                              16 * 1024);

    if (ngx_http_merge_types(cf, &conf->types_keys, &conf->types,
                             &prev->types_keys, &prev->types,
                             ngx_http_consent_default_types)
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    if (conf->literal == NULL) {
        conf->literal = prev->literal;
    }

    return ngx_http_consent_bind(cf, cmcf, prev, conf);
}


static ngx_int_t
ngx_http_consent_init(ngx_conf_t *cf)
{
    ngx_str_t                  *name;
    ngx_uint_t                  i, found;
    ngx_http_handler_pt        *h;
    ngx_http_core_main_conf_t  *core;

    /*
     * Those two insert where we do, and the last module of the array runs
     * first: after them there is nothing left to read.
     */

    found = 0;

    for (i = 0; cf->cycle->modules[i]; i++) {

        if (cf->cycle->modules[i] == &ngx_http_consent_module) {
            found = 1;
            continue;
        }

        for (name = ngx_http_consent_late; found && name->len; name++) {

            if (ngx_strcmp(cf->cycle->modules[i]->name, name->data) == 0) {
                ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                              "pages that \"%V\" compresses are not read: its "
                              "\"load_module\" must come before that of "
                              "\"ngx_http_consent_module\"", name);
            }
        }
    }

    core = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&core->phases[NGX_HTTP_PREACCESS_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_consent_request_handler;

    if (ngx_http_consent_header_filter_init(cf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_consent_body_filter_init(cf);
}


static char *
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

static char *
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


static char *
ngx_http_consent_source(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    char                             *rv;
    ngx_str_t                        *value, s;
    ngx_uint_t                        i;
    ngx_http_consent_source_t        *source, *other;
    const ngx_http_consent_format_t  *format;

    value = cf->args->elts;

    format = ngx_http_consent_format(cf, &value[1]);
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

    if (clcf->sources->nelts == NGX_HTTP_CONSENT_MAX_SOURCES) {
        return "is given too often";
    }

    source = ngx_array_push(clcf->sources);
    if (source == NULL) {
        return NGX_CONF_ERROR;
    }

    source->format = format;
    source->cookie = format->cookie;
    source->max_age = format->max_age;
    source->revision = -1;

    for (i = 2; i < cf->args->nelts; i++) {

        if (ngx_strncmp(value[i].data, "max_age=", 8) == 0) {
            s.data = value[i].data + 8;
            s.len = value[i].len - 8;

            rv = ngx_http_consent_source_max_age(cf, source, &s);
            if (rv != NGX_CONF_OK) {
                return rv;
            }

            continue;
        }

        if (ngx_strncmp(value[i].data, "revision=", 9) == 0) {

            source->revision = ngx_atoi(value[i].data + 9, value[i].len - 9);

            if (source->revision == NGX_ERROR
                || source->revision > NGX_CONSENT_MAX_REVISION)
            {
                ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                                   "invalid revision in \"%V\", a number from "
                                   "0 to %d was expected",
                                   &value[i], NGX_CONSENT_MAX_REVISION);
                return NGX_CONF_ERROR;
            }

            continue;
        }

        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "unknown parameter \"%V\", \"max_age=\" or "
                           "\"revision=\" was expected", &value[i]);
        return NGX_CONF_ERROR;
    }

    other = clcf->sources->elts;

    for (i = 0; i < clcf->sources->nelts - 1; i++) {
        if (other[i].format == source->format) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "duplicate consent source \"%V\"", &value[1]);
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_source_max_age(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *value)
{
    ngx_int_t  max_age;

    max_age = ngx_parse_time(value, 1);

    if (max_age == NGX_ERROR || max_age == 0
        || max_age > NGX_CONSENT_COOKIE_MAX_AGE)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid \"max_age=%V\", a time of at most 395d "
                           "(13 months) was expected", value);
        return NGX_CONF_ERROR;
    }

    source->max_age = max_age;

    return NGX_CONF_OK;
}


static char *
ngx_http_consent_map(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_loc_conf_t *clcf = conf;

    ngx_str_t                        *value;
    ngx_http_consent_map_t           *map;
    const ngx_http_consent_format_t  *format;

    value = cf->args->elts;

    format = ngx_http_consent_format(cf, &value[1]);
    if (format == NULL) {
        return NGX_CONF_ERROR;
    }

    if (clcf->maps == NGX_CONF_UNSET_PTR) {
        clcf->maps = ngx_array_create(cf->pool, 4,
                                      sizeof(ngx_http_consent_map_t));
        if (clcf->maps == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    map = ngx_array_push(clcf->maps);
    if (map == NULL) {
        return NGX_CONF_ERROR;
    }

    map->format = format;
    map->key = value[2];

    if (ngx_http_consent_names(cf, &map->categories, &value[3],
                               cf->args->nelts - 3)
        == NULL)
    {
        return NGX_CONF_ERROR;
    }

    if (cf->args->nelts == 3) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "no category for the key \"%V\"", &value[2]);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
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

static char *
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


static char *
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


static char *
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


static char *
ngx_http_consent_pages(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    clcf->handler = ngx_http_consent_pages_handler;

    return NGX_CONF_OK;
}


static char *
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


static const ngx_http_consent_format_t *
ngx_http_consent_format(ngx_conf_t *cf, ngx_str_t *name)
{
    const ngx_http_consent_format_t  *f;

    for (f = ngx_http_consent_formats; f->name.len; f++) {

        if (f->name.len == name->len
            && ngx_strncmp(f->name.data, name->data, name->len) == 0)
        {
            return f;
        }
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "unknown consent source \"%V\", \"%V\" was expected",
                       name, &ngx_http_consent_formats[0].name);

    return NULL;
}


/* Keeps names and their place until a table tells what they mean. */

static ngx_http_consent_names_t *
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
