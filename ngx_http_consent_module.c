
#include "src/ngx_http_consent.h"
#include "src/ngx_http_consent_markup.h"
#include "src/ngx_http_consent_ui.h"


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
