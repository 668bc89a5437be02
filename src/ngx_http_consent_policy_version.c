
/*
 * Which version of the policy is published: a digest of all that it says, so
 * that the same words have the same version on every server.
 */

#include "ngx_http_consent_policy.h"
#include <ngx_sha1.h>


static ngx_http_consent_version_t *ngx_http_consent_version_find(
    ngx_conf_t *cf, ngx_http_consent_loc_conf_t *conf,
    ngx_http_consent_binding_t *binding);
static ngx_int_t ngx_http_consent_version_digest(ngx_conf_t *cf,
    ngx_http_consent_version_t *v);
static void ngx_http_consent_version_texts(ngx_sha1_t *sha1,
    ngx_http_consent_version_t *v);
static void ngx_http_consent_version_add(ngx_sha1_t *sha1, const ngx_str_t *s);
static void ngx_http_consent_version_date(ngx_http_consent_version_t *v);
static void ngx_http_consent_version_newer(const ngx_str_t *file,
    time_t *newest);


/* What each table of a location is published as. */

char *
ngx_http_consent_versions(ngx_conf_t *cf, ngx_http_consent_loc_conf_t *prev,
    ngx_http_consent_loc_conf_t *conf)
{
    ngx_uint_t                    i;
    ngx_http_consent_binding_t   *binding;
    ngx_http_consent_version_t  **v;
    ngx_http_core_loc_conf_t     *clcf;

    if (conf->bindings == NULL) {
        return NGX_CONF_OK;
    }

    if (conf->ui) {
        clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

        if (clcf->handler == ngx_http_consent_pages_handler
            && ngx_http_consent_ui_check_fields(cf, conf,
                                  ngx_http_consent_ui_policy(conf->ui))
               != NGX_CONF_OK)
        {
            return NGX_CONF_ERROR;
        }
    }

    if (prev->versions && prev->bindings == conf->bindings
        && prev->ui == conf->ui && prev->fields == conf->fields)
    {
        conf->versions = prev->versions;
        return NGX_CONF_OK;
    }

    binding = conf->bindings->elts;

    v = ngx_palloc(cf->pool, conf->bindings->nelts * sizeof(void *));
    if (v == NULL) {
        return NGX_CONF_ERROR;
    }

    for (i = 0; i < conf->bindings->nelts; i++) {

        v[i] = ngx_http_consent_version_find(cf, conf, &binding[i]);
        if (v[i] == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    conf->versions = v;

    return NGX_CONF_OK;
}


static ngx_http_consent_version_t *
ngx_http_consent_version_find(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *binding)
{
    ngx_uint_t                      i;
    ngx_http_consent_version_t     *v, **versions;
    ngx_http_consent_main_conf_t   *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_consent_module);
    versions = cmcf->versions.elts;

    for (i = 0; i < cmcf->versions.nelts; i++) {

        v = versions[i];

        if (v->table == binding->table && v->ui == conf->ui
            && (conf->ui == NULL || v->fields == conf->fields))
        {
            return v;
        }
    }

    v = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_version_t));
    if (v == NULL) {
        return NULL;
    }

    v->table = binding->table;
    v->ui = conf->ui;
    v->fields = conf->fields;
    v->conf = conf;
    v->binding = binding;

    if (ngx_http_consent_version_digest(cf, v) != NGX_OK) {
        return NULL;
    }

    ngx_http_consent_version_date(v);

    versions = ngx_array_push(&cmcf->versions);
    if (versions == NULL) {
        return NULL;
    }

    *versions = v;

    return v;
}


static ngx_int_t
ngx_http_consent_version_digest(ngx_conf_t *cf, ngx_http_consent_version_t *v)
{
    u_char                  digest[20];
    ngx_int_t               rc;
    ngx_pool_t             *pool;
    ngx_sha1_t              sha1;
    ngx_chain_t            *cl;
    ngx_http_consent_out_t  out;

    pool = ngx_create_pool(NGX_DEFAULT_POOL_SIZE, cf->log);
    if (pool == NULL) {
        return NGX_ERROR;
    }

    ngx_sha1_init(&sha1);

    ngx_http_consent_out_init(&out, pool);
    ngx_http_consent_put_policy_json(&out, v->table, NULL, NULL);

    for (cl = out.chain; cl; cl = cl->next) {
        ngx_sha1_update(&sha1, cl->buf->pos, cl->buf->last - cl->buf->pos);
    }

    rc = out.failed ? NGX_ERROR : NGX_OK;

    ngx_destroy_pool(pool);

    if (v->ui) {
        ngx_http_consent_version_texts(&sha1, v);
    }

    ngx_sha1_final(digest, &sha1);

    v->version.len = NGX_HTTP_CONSENT_VERSION_LEN;
    v->version.data = v->digits;

    ngx_hex_dump(v->digits, digest, NGX_HTTP_CONSENT_VERSION_LEN / 2);

    return rc;
}


static void
ngx_http_consent_version_texts(ngx_sha1_t *sha1, ngx_http_consent_version_t *v)
{
    ngx_uint_t                    i, j;
    ngx_keyval_t                 *field;
    ngx_http_consent_language_t  *lang;

    ngx_http_consent_version_add(sha1,
                              &ngx_http_consent_ui_policy(v->ui)->source);

    lang = v->ui->languages.elts;

    for (i = 0; i < v->ui->languages.nelts; i++) {

        ngx_http_consent_version_add(sha1, &lang[i].tag);

        for (j = 0; j < v->ui->ntexts; j++) {
            ngx_http_consent_version_add(sha1, &lang[0].texts[j].name);
            ngx_http_consent_version_add(sha1, &lang[i].texts[j].source);
        }
    }

    if (v->fields == NULL) {
        return;
    }

    field = v->fields->elts;

    for (i = 0; i < v->fields->nelts; i++) {
        ngx_http_consent_version_add(sha1, &field[i].key);
        ngx_http_consent_version_add(sha1, &field[i].value);
    }
}


/* With the NUL that nothing of a configuration has: where one ends counts. */

static void
ngx_http_consent_version_add(ngx_sha1_t *sha1, const ngx_str_t *s)
{
    ngx_sha1_update(sha1, s->data, s->len);
    ngx_sha1_update(sha1, "", 1);
}


static void
ngx_http_consent_version_date(ngx_http_consent_version_t *v)
{
    time_t                        newest;
    ngx_tm_t                      tm;
    ngx_str_t                     file;
    ngx_uint_t                    i, n;
    const ngx_consent_row_t *const  *row;
    ngx_http_consent_language_t  *lang;

    newest = 0;
    file.data = NULL;

    row = ngx_consent_table_rows(v->table, &n);

    for (i = 0; i < n; i++) {

        /* rows of one file follow each other */

        if (row[i]->file->data != file.data) {
            file = *row[i]->file;
            ngx_http_consent_version_newer(&file, &newest);
        }
    }

    if (v->ui) {
        lang = v->ui->languages.elts;

        for (i = 0; i < v->ui->languages.nelts; i++) {
            ngx_http_consent_version_newer(&lang[i].file, &newest);
        }

        ngx_http_consent_version_newer(
                           &ngx_http_consent_ui_policy(v->ui)->file, &newest);
    }

    ngx_gmtime(newest ? newest : ngx_time(), &tm);

    v->date.data = v->day;
    v->date.len = ngx_snprintf(v->day, sizeof(v->day), "%4d-%02d-%02d",
                               tm.ngx_tm_year, tm.ngx_tm_mon, tm.ngx_tm_mday)
                  - v->day;
}


static void
ngx_http_consent_version_newer(const ngx_str_t *file, time_t *newest)
{
    ngx_file_info_t  fi;

    if (ngx_file_info(file->data, &fi) != NGX_FILE_ERROR
        && ngx_file_mtime(&fi) > *newest)
    {
        *newest = ngx_file_mtime(&fi);
    }
}


const ngx_http_consent_version_t *
ngx_http_consent_version(ngx_http_consent_ctx_t *ctx)
{
    ngx_http_consent_binding_t  *binding;

    binding = ctx->conf->bindings->elts;

    return ctx->conf->versions[ctx->binding - binding];
}
