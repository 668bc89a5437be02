
/*
 * Versions of the policy that were published before: each is written once, when
 * nginx starts with it, and never again.
 */

#include "ngx_http_consent_policy.h"


static ngx_int_t ngx_http_consent_archive_version(ngx_cycle_t *cycle,
    ngx_str_t *dir, ngx_http_consent_version_t *v);
static ngx_int_t ngx_http_consent_archive_write(ngx_cycle_t *cycle,
    ngx_pool_t *pool, ngx_str_t *dir, ngx_http_consent_version_t *v,
    const ngx_str_t *tag, ngx_http_consent_out_t *out);
static ngx_int_t ngx_http_consent_archive_save(ngx_cycle_t *cycle,
    u_char *temp, u_char *name, ngx_http_consent_out_t *out);
static ngx_uint_t ngx_http_consent_is_version(const ngx_str_t *s);
static ngx_int_t ngx_http_consent_archive_send(ngx_http_request_t *r,
    const ngx_str_t *version, const ngx_str_t *tag, char *type);
static ngx_int_t ngx_http_consent_archive_read(ngx_http_request_t *r,
    u_char *name, ngx_http_consent_out_t *out);


char *
ngx_http_consent_archive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_consent_main_conf_t *cmcf = conf;

    ngx_str_t        *value, *dir;
    ngx_file_info_t   fi;

    if (cmcf->archive.data) {
        return "is duplicate";
    }

    value = cf->args->elts;
    dir = &cmcf->archive;

    *dir = value[1];

    if (ngx_conf_full_name(cf->cycle, dir, 0) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    if (ngx_file_info(dir->data, &fi) == NGX_FILE_ERROR || !ngx_is_dir(&fi)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" is no directory, one that exists was "
                           "expected", dir);
        return NGX_CONF_ERROR;
    }

    while (dir->len > 1 && dir->data[dir->len - 1] == '/') {
        dir->len--;
    }

    return NGX_CONF_OK;
}


/* A site that cannot keep its archive is to be told, but runs. */

ngx_int_t
ngx_http_consent_archive_init(ngx_cycle_t *cycle)
{
    ngx_uint_t                      i;
    ngx_http_consent_version_t    **v;
    ngx_http_consent_main_conf_t   *cmcf;

    if (ngx_test_config) {
        return NGX_OK;
    }

    cmcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_consent_module);

    if (cmcf == NULL || cmcf->archive.data == NULL) {
        return NGX_OK;
    }

    v = cmcf->versions.elts;

    for (i = 0; i < cmcf->versions.nelts; i++) {

        if (ngx_http_consent_archive_version(cycle, &cmcf->archive, v[i])
            != NGX_OK)
        {
            ngx_log_error(NGX_LOG_EMERG, cycle->log, 0,
                          "version %V of the policy is not in "
                          "\"consent_archive\"", &v[i]->version);
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_consent_archive_version(ngx_cycle_t *cycle, ngx_str_t *dir,
    ngx_http_consent_version_t *v)
{
    ngx_int_t                     rc;
    ngx_uint_t                    i;
    ngx_pool_t                   *pool;
    ngx_http_consent_out_t        out;
    ngx_http_consent_language_t  *lang;

    pool = ngx_create_pool(NGX_DEFAULT_POOL_SIZE, cycle->log);
    if (pool == NULL) {
        return NGX_ERROR;
    }

    ngx_http_consent_out_init(&out, pool);
    ngx_http_consent_put_policy_json(&out, v->table, &v->version, &v->date);

    rc = ngx_http_consent_archive_write(cycle, pool, dir, v, NULL, &out);

    if (v->ui) {
        lang = v->ui->languages.elts;

        for (i = 0; rc == NGX_OK && i < v->ui->languages.nelts; i++) {

            ngx_http_consent_out_init(&out, pool);
            ngx_http_consent_put_policy_html(&out, v, &lang[i]);

            rc = ngx_http_consent_archive_write(cycle, pool, dir, v,
                                                &lang[i].tag, &out);
        }
    }

    ngx_destroy_pool(pool);

    return rc;
}


static ngx_int_t
ngx_http_consent_archive_write(ngx_cycle_t *cycle, ngx_pool_t *pool,
    ngx_str_t *dir, ngx_http_consent_version_t *v, const ngx_str_t *tag,
    ngx_http_consent_out_t *out)
{
    u_char           *name, *temp;
    size_t            len;
    ngx_file_info_t   fi;

    if (out->failed) {
        return NGX_ERROR;
    }

    len = dir->len + NGX_HTTP_CONSENT_VERSION_LEN + NGX_HTTP_CONSENT_MAX_TAG
          + NGX_INT64_LEN + sizeof("/.-.json.");

    name = ngx_pnalloc(pool, len);
    temp = ngx_pnalloc(pool, len);

    if (name == NULL || temp == NULL) {
        return NGX_ERROR;
    }

    if (tag) {
        (void) ngx_sprintf(name, "%V/%V-%V.html%Z", dir, &v->version, tag);

    } else {
        (void) ngx_sprintf(name, "%V/%V.json%Z", dir, &v->version);
    }

    if (ngx_file_info(name, &fi) != NGX_FILE_ERROR) {
        return NGX_OK;
    }

    (void) ngx_sprintf(temp, "%V/.%V.%P%Z", dir, &v->version, ngx_pid);

    return ngx_http_consent_archive_save(cycle, temp, name, out);
}


/* A file is there as a whole or not at all; link() takes no name that is. */

static ngx_int_t
ngx_http_consent_archive_save(ngx_cycle_t *cycle, u_char *temp, u_char *name,
    ngx_http_consent_out_t *out)
{
    size_t        len;
    ssize_t       n;
    ngx_fd_t      fd;
    ngx_int_t     rc;
    ngx_chain_t  *cl;

    (void) ngx_delete_file(temp);

    fd = open((const char *) temp, O_CREAT|O_EXCL|O_WRONLY|O_NOFOLLOW, 0644);

    if (fd == NGX_INVALID_FILE) {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, ngx_errno,
                      ngx_open_file_n " \"%s\" failed", temp);
        return NGX_ERROR;
    }

    rc = NGX_OK;

    for (cl = out->chain; rc == NGX_OK && cl; cl = cl->next) {

        len = cl->buf->last - cl->buf->pos;
        n = ngx_write_fd(fd, cl->buf->pos, len);

        if (n != (ssize_t) len) {
            ngx_log_error(NGX_LOG_EMERG, cycle->log,
                          (n == -1) ? ngx_errno : 0,
                          ngx_write_fd_n " to \"%s\" failed", temp);
            rc = NGX_ERROR;
        }
    }

    /* what an auditor may ask for outlives a crash */

    if (rc == NGX_OK && fsync(fd) == -1) {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, ngx_errno,
                      "fsync() of \"%s\" failed", temp);
        rc = NGX_ERROR;
    }

    if (ngx_close_file(fd) == NGX_FILE_ERROR) {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, ngx_errno,
                      ngx_close_file_n " \"%s\" failed", temp);
        rc = NGX_ERROR;
    }

    if (rc == NGX_OK && link((const char *) temp, (const char *) name) == -1
        && ngx_errno != NGX_EEXIST)
    {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, ngx_errno,
                      "link() to \"%s\" failed", name);
        rc = NGX_ERROR;
    }

    if (ngx_delete_file(temp) == NGX_FILE_ERROR) {
        ngx_log_error(NGX_LOG_ALERT, cycle->log, ngx_errno,
                      ngx_delete_file_n " \"%s\" failed", temp);
    }

    return rc;
}


ngx_int_t
ngx_http_consent_archived(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx,
    char *type)
{
    ngx_int_t                           rc;
    ngx_str_t                           version, tag;
    ngx_uint_t                          asked;
    const ngx_http_consent_version_t   *v;

    if (ngx_http_arg(r, (u_char *) "version", 7, &version) != NGX_OK) {
        return NGX_DECLINED;
    }

    v = ngx_http_consent_version(ctx);

    if (version.len == v->version.len
        && ngx_strncmp(version.data, v->version.data, version.len) == 0)
    {
        return NGX_DECLINED;
    }

    /* a name that is nothing but digits is in no other directory */

    if (!ngx_http_consent_is_version(&version)) {
        return NGX_HTTP_NOT_FOUND;
    }

    if (ngx_strcmp(type, "text/csv") == 0) {
        return NGX_HTTP_NOT_FOUND;
    }

    if (ngx_strcmp(type, "text/html") != 0) {
        return ngx_http_consent_archive_send(r, &version, NULL, type);
    }

    if (ctx->conf->ui == NULL) {
        return NGX_HTTP_NOT_FOUND;
    }

    tag = ngx_http_consent_policy_language(r, ctx, &asked)->tag;

    rc = ngx_http_consent_archive_send(r, &version, &tag, type);

    if (rc == NGX_HTTP_NOT_FOUND && !asked) {
        tag = ctx->conf->lang->tag;
        rc = ngx_http_consent_archive_send(r, &version, &tag, type);
    }

    return rc;
}


static ngx_uint_t
ngx_http_consent_is_version(const ngx_str_t *s)
{
    size_t  i;

    for (i = 0; i < s->len; i++) {
        if (!((s->data[i] >= '0' && s->data[i] <= '9')
              || (s->data[i] >= 'a' && s->data[i] <= 'f')))
        {
            return 0;
        }
    }

    return s->len == NGX_HTTP_CONSENT_VERSION_LEN;
}


static ngx_int_t
ngx_http_consent_archive_send(ngx_http_request_t *r, const ngx_str_t *version,
    const ngx_str_t *tag, char *type)
{
    u_char                        *p;
    ngx_int_t                      rc;
    ngx_str_t                     *dir;
    ngx_http_consent_out_t         out;
    ngx_http_consent_main_conf_t  *cmcf;

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_consent_module);
    dir = &cmcf->archive;

    if (dir->data == NULL) {
        return NGX_HTTP_NOT_FOUND;
    }

    p = ngx_pnalloc(r->pool, dir->len + version->len + (tag ? tag->len : 0)
                             + sizeof("/-.html"));
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (tag) {
        (void) ngx_sprintf(p, "%V/%V-%V.html%Z", dir, version, tag);

    } else {
        (void) ngx_sprintf(p, "%V/%V.json%Z", dir, version);
    }

    ngx_http_consent_out_init(&out, r->pool);

    rc = ngx_http_consent_archive_read(r, p, &out);

    if (rc != NGX_OK) {
        return rc;
    }

    if (tag && ngx_http_consent_add_header(r, "Content-Language",
                                           (ngx_str_t *) tag)
               == NULL)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_consent_send(r, NGX_HTTP_OK, type, &out);
}


static ngx_int_t
ngx_http_consent_archive_read(ngx_http_request_t *r, u_char *name,
    ngx_http_consent_out_t *out)
{
    off_t             size;
    u_char           *buf;
    ssize_t           n;
    ngx_fd_t          fd;
    ngx_int_t         rc;
    ngx_file_info_t   fi;

    fd = ngx_open_file(name, NGX_FILE_RDONLY|NGX_FILE_NONBLOCK, NGX_FILE_OPEN,
                       0);

    if (fd == NGX_INVALID_FILE) {

        if (ngx_errno == NGX_ENOENT) {
            return NGX_HTTP_NOT_FOUND;
        }

        ngx_log_error(NGX_LOG_CRIT, r->connection->log, ngx_errno,
                      ngx_open_file_n " \"%s\" failed", name);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = NGX_HTTP_INTERNAL_SERVER_ERROR;

    if (ngx_fd_info(fd, &fi) == NGX_FILE_ERROR || !ngx_is_file(&fi)
        || ngx_file_size(&fi) == 0
        || ngx_file_size(&fi) > NGX_HTTP_CONSENT_MAX_ARCHIVED)
    {
        ngx_log_error(NGX_LOG_CRIT, r->connection->log, 0,
                      "\"%s\" is no file of 1 to %d bytes", name,
                      NGX_HTTP_CONSENT_MAX_ARCHIVED);
        goto done;
    }

    size = ngx_file_size(&fi);

    buf = ngx_pnalloc(r->pool, size);
    if (buf == NULL) {
        goto done;
    }

    n = ngx_read_fd(fd, buf, size);

    if (n != (ssize_t) size) {
        ngx_log_error(NGX_LOG_CRIT, r->connection->log,
                      (n == -1) ? ngx_errno : 0,
                      ngx_read_fd_n " \"%s\" failed", name);
        goto done;
    }

    ngx_http_consent_put_data(out, buf, size);

    rc = NGX_OK;

done:

    if (ngx_close_file(fd) == NGX_FILE_ERROR) {
        ngx_log_error(NGX_LOG_ALERT, r->connection->log, ngx_errno,
                      ngx_close_file_n " \"%s\" failed", name);
    }

    return rc;
}
