
/*
 * Configurations: what holds in a location whose directives do not say it.
 */

#include "ngx_http_consent.h"
#include "ngx_http_consent_markup.h"
#include "ngx_http_consent_ui.h"


static ngx_str_t  ngx_http_consent_default_types[] = {
    ngx_string("text/html"),
    ngx_string("application/xhtml+xml"),
    ngx_null_string
};


void *
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


void *
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


char *
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
