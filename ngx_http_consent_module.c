
#include "src/ngx_http_consent.h"
#include "src/ngx_http_consent_markup.h"
#include "src/ngx_http_consent_ui.h"


static void *ngx_http_consent_create_main_conf(ngx_conf_t *cf);
static void *ngx_http_consent_create_loc_conf(ngx_conf_t *cf);
static char *ngx_http_consent_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_consent_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_consent_init_module(ngx_cycle_t *cycle);


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


static ngx_conf_enum_t  ngx_http_consent_collects[] = {
    { ngx_string("pass"), NGX_HTTP_CONSENT_COLLECT_PASS },
    { ngx_string("204"), NGX_HTTP_CONSENT_COLLECT_204 },
    { ngx_string("403"), NGX_HTTP_CONSENT_COLLECT_403 },
    { ngx_null_string, 0 }
};


static ngx_conf_bitmask_t  ngx_http_consent_clears[] = {
    { ngx_string("off"), NGX_CONF_BITMASK_SET },
    { ngx_string("cache"), NGX_HTTP_CONSENT_CLEAR_CACHE },
    { ngx_string("storage"), NGX_HTTP_CONSENT_CLEAR_STORAGE },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_consent_invalids[] = {
    { ngx_string("deny"), 0 },
    { ngx_string("unset"), 1 },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_consent_request_cookies[] = {
    { ngx_string("pass"), 0 },
    { ngx_string("strip"), 1 },
    { ngx_null_string, 0 }
};


static ngx_conf_enum_t  ngx_http_consent_sweeps[] = {
    { ngx_string("off"), NGX_HTTP_CONSENT_SWEEP_OFF },
    { ngx_string("on"), NGX_HTTP_CONSENT_SWEEP_ON },
    { ngx_string("always"), NGX_HTTP_CONSENT_SWEEP_ALWAYS },
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


static ngx_str_t  ngx_http_consent_switch[] = {
    ngx_string("on"),
    ngx_string("off"),
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
      NGX_HTTP_MAIN_CONF|NGX_CONF_BLOCK|NGX_CONF_TAKE12,
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

    { ngx_string("consent_invalid"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, invalid),
      ngx_http_consent_invalids },

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

    { ngx_string("consent_placeholder"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_consent_placeholder,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_ui"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_consent_ui,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_field"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE2,
      ngx_http_consent_field,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_banner"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_consent_banner,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_archive"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_archive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_markup"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_consent_markup,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

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
      ngx_http_consent_sweeps },

    { ngx_string("consent_clear"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_conf_set_bitmask_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, clear),
      ngx_http_consent_clears },

    { ngx_string("consent_gcm"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, gcm),
      NULL },

    { ngx_string("consent_gcm_map"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_2MORE,
      ngx_http_consent_gcm_map,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("consent_guard"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_word,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, guard),
      ngx_http_consent_switch },

    { ngx_string("consent_lifetime"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_consent_lifetime,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

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

    { ngx_string("consent_collect"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_consent_loc_conf_t, collect),
      ngx_http_consent_collects },

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

    { ngx_string("consent_gpc_support"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_consent_gpc_support,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

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
    ngx_http_consent_init_module,          /* init module */
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
           != NGX_OK
        || ngx_array_init(&cmcf->uis, cf->pool, 1,
                          sizeof(ngx_http_consent_ui_t *))
           != NGX_OK
        || ngx_array_init(&cmcf->versions, cf->pool, 1,
                          sizeof(ngx_http_consent_version_t *))
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
     *     conf->clear = 0;
     *     conf->types = { NULL };
     *     conf->types_keys = NULL;
     *     conf->lang = NULL;
     *     conf->uri = { 0, NULL };
     *     conf->gpc_support = { 0, NULL };
     *     conf->bindings = NULL;
     *     conf->fixed = NULL;
     *     conf->plain = 0;
     *     conf->versions = NULL;
     */

    conf->table = NGX_CONF_UNSET_PTR;
    conf->mode = NGX_CONF_UNSET_PTR;
    conf->regime = NGX_CONF_UNSET_PTR;
    conf->guard = NGX_CONF_UNSET_PTR;
    conf->sources = NGX_CONF_UNSET_PTR;
    conf->maps = NGX_CONF_UNSET_PTR;
    conf->invalid = NGX_CONF_UNSET_UINT;
    conf->gpc = NGX_CONF_UNSET_PTR;
    conf->gpc_strict = NGX_CONF_UNSET;
    conf->unknown_cookies = NGX_CONF_UNSET_PTR;
    conf->unknown_urls = NGX_CONF_UNSET_PTR;
    conf->first_party = NGX_CONF_UNSET_PTR;
    conf->placeholder = NGX_CONF_UNSET_PTR;
    conf->ui = NGX_CONF_UNSET_PTR;
    conf->fields = NGX_CONF_UNSET_PTR;
    conf->banner = NGX_CONF_UNSET_PTR;
    conf->tags = NGX_CONF_UNSET_UINT;
    conf->markup = NGX_CONF_UNSET_PTR;
    conf->downstream = NGX_CONF_UNSET_UINT;
    conf->opaque = NGX_CONF_UNSET_UINT;
    conf->collect = NGX_CONF_UNSET_UINT;
    conf->request_cookies = NGX_CONF_UNSET_UINT;
    conf->sweep = NGX_CONF_UNSET_UINT;
    conf->gcm = NGX_CONF_UNSET;
    conf->gcm_maps = NGX_CONF_UNSET_PTR;
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

        ngx_http_consent_source_init(source, ngx_consent_formats());
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
    ngx_conf_merge_ptr_value(conf->guard, prev->guard, NULL);

    if (conf->guard && conf->guard->lengths == NULL
        && ngx_strcmp(conf->guard->value.data, "off") == 0)
    {
        conf->guard = NULL;
    }

    ngx_conf_merge_ptr_value(conf->sources, prev->sources, NULL);
    ngx_conf_merge_ptr_value(conf->maps, prev->maps, NULL);
    ngx_conf_merge_uint_value(conf->invalid, prev->invalid, 0);
    ngx_conf_merge_ptr_value(conf->gpc, prev->gpc, NULL);
    ngx_conf_merge_value(conf->gpc_strict, prev->gpc_strict, 0);
    ngx_conf_merge_ptr_value(conf->unknown_cookies, prev->unknown_cookies,
                             NULL);
    ngx_conf_merge_ptr_value(conf->unknown_urls, prev->unknown_urls, NULL);
    ngx_conf_merge_ptr_value(conf->first_party, prev->first_party, NULL);
    ngx_conf_merge_ptr_value(conf->placeholder, prev->placeholder, NULL);

    if (conf->ui == NGX_CONF_UNSET_PTR) {
        conf->lang = prev->lang;
    }

    ngx_conf_merge_ptr_value(conf->ui, prev->ui, NULL);
    ngx_conf_merge_ptr_value(conf->fields, prev->fields, NULL);
    ngx_conf_merge_ptr_value(conf->banner, prev->banner, NULL);

    if (conf->banner && conf->table
        && ngx_http_consent_banner_check(cf, conf) != NGX_CONF_OK)
    {
        return NGX_CONF_ERROR;
    }

    ngx_conf_merge_uint_value(conf->tags, prev->tags,
                              NGX_HTTP_CONSENT_TAGS_DISABLE);
    ngx_conf_merge_ptr_value(conf->markup, prev->markup, NULL);
    ngx_conf_merge_uint_value(conf->downstream, prev->downstream,
                              NGX_HTTP_CONSENT_DOWNSTREAM_VARY);
    ngx_conf_merge_uint_value(conf->opaque, prev->opaque,
                              NGX_HTTP_CONSENT_OPAQUE_PASS);
    ngx_conf_merge_uint_value(conf->collect, prev->collect,
                              NGX_HTTP_CONSENT_COLLECT_204);
    ngx_conf_merge_uint_value(conf->request_cookies, prev->request_cookies, 1);
    ngx_conf_merge_uint_value(conf->sweep, prev->sweep,
                              NGX_HTTP_CONSENT_SWEEP_OFF);
    ngx_conf_merge_bitmask_value(conf->clear, prev->clear,
                                 NGX_CONF_BITMASK_SET
                                 |NGX_HTTP_CONSENT_CLEAR_CACHE);
    ngx_conf_merge_value(conf->gcm, prev->gcm, 0);
    ngx_conf_merge_ptr_value(conf->gcm_maps, prev->gcm_maps, NULL);
    ngx_conf_merge_uint_value(conf->lifetime, prev->lifetime,
                              NGX_HTTP_CONSENT_LIFETIME_OFF);

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

    /* nginx inherits the hash only */

    if (conf->types_keys == NULL) {
        conf->types_keys = prev->types_keys;
    }

    ngx_http_consent_types_init(conf);

    /* of http itself nothing has looked for it yet */

    if (prev->literal == NULL && prev->table != NGX_CONF_UNSET_PTR
        && prev->table && prev->table->lengths == NULL)
    {
        prev->literal = ngx_http_consent_find_table(cmcf, &prev->table->value);
    }

    if (conf->literal == NULL) {
        conf->literal = prev->literal;
    }

    if (ngx_http_consent_bind(cf, cmcf, prev, conf) != NGX_CONF_OK) {
        return NGX_CONF_ERROR;
    }

    return ngx_http_consent_versions(cf, prev, conf);
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

    if (ngx_http_consent_is_unused(cf)) {
        return NGX_OK;
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


static ngx_int_t
ngx_http_consent_init_module(ngx_cycle_t *cycle)
{
    if (ngx_http_consent_edited_variables(cycle) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_consent_archive_init(cycle);
}
