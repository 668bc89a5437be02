
/*
 * What is done while nginx reads its configuration: directives, and what their
 * names mean in the tables.
 */

#ifndef _NGX_HTTP_CONSENT_CONF_H_INCLUDED_
#define _NGX_HTTP_CONSENT_CONF_H_INCLUDED_


#include "ngx_http_consent_types.h"
#include "ngx_http_consent_headers.h"


/* ngx_http_consent_merge.c: the module's configurations */

void *ngx_http_consent_create_main_conf(ngx_conf_t *cf);
void *ngx_http_consent_create_loc_conf(ngx_conf_t *cf);
char *ngx_http_consent_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);

/* ngx_http_consent_directives.c: each as ngx_command_t's set */

char *ngx_http_consent(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
char *ngx_http_consent_word(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_gpc(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_unknown(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_first_party(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_uri(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_pages(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_buffer(ngx_conf_t *cf, void *post, void *data);

/* Keeps names and their place until a table tells what they mean. */
ngx_http_consent_names_t *ngx_http_consent_names(ngx_conf_t *cf,
    ngx_http_consent_names_t *names, ngx_str_t *value, ngx_uint_t n);

/* ngx_http_consent_conf.c: the block */

char *ngx_http_consent_table_block(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_category(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_provider(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_consent_override(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_consent_table_t *ngx_http_consent_find_table(
    ngx_http_consent_main_conf_t *cmcf, ngx_str_t *name);
void ngx_http_consent_conf_place(ngx_conf_t *cf, ngx_consent_place_t *place);
char *ngx_http_consent_conf_error(ngx_conf_t *cf, ngx_uint_t level,
    ngx_consent_place_t *place, char *fmt, ...);
char *ngx_http_consent_mask(ngx_conf_t *cf, ngx_consent_table_t *table,
    ngx_str_t *names, ngx_consent_mask_t *mask);
char *ngx_http_consent_fault(ngx_conf_t *cf, ngx_int_t rc,
    ngx_consent_fault_t *fault);

/* ngx_http_consent_conf_row.c: a line of a provider's block */

char *ngx_http_consent_row(ngx_conf_t *cf, ngx_command_t *dummy, void *conf);
char *ngx_http_consent_row_kind(ngx_conf_t *cf, ngx_str_t *value,
    ngx_consent_row_e *kind);
char *ngx_http_consent_join_quoted(ngx_conf_t *cf);

/* ngx_http_consent_source.c: whom a location asks */

char *ngx_http_consent_source(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
void ngx_http_consent_source_init(ngx_http_consent_source_t *source,
    const ngx_consent_format_t *format);

/* NULL: there is none of that name, which has been said */
const ngx_consent_format_t *ngx_http_consent_source_format(ngx_conf_t *cf,
    ngx_str_t *name);

/* ngx_http_consent_source_param.c: NAME=VALUE of it */

char *ngx_http_consent_source_param(ngx_conf_t *cf,
    ngx_http_consent_source_t *source, ngx_str_t *arg);

/*
 * Into its place among NGX_CONSENT_TCF_MAX_VENDORS, once; NGX_OK, or
 * NGX_DECLINED if there is no room.
 */
ngx_int_t ngx_http_consent_add_vendor(uint32_t *ids, ngx_uint_t *n,
    uint32_t id);

/* ngx_http_consent_map.c: the directive; bind_reader.c tells what it means */

char *ngx_http_consent_map(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/* ngx_http_consent_custom.c: NGX_CONF_OK, or what is wrong */

extern const ngx_consent_format_t  ngx_http_consent_custom;

char *ngx_http_consent_custom_pattern(ngx_conf_t *cf, ngx_str_t *pattern,
    void **data);
char *ngx_http_consent_custom_check(ngx_http_consent_source_t *source);

/* ngx_http_consent_bind.c: what a location's names mean in its tables */

char *ngx_http_consent_bind(ngx_conf_t *cf, ngx_http_consent_main_conf_t *cmcf,
    ngx_http_consent_loc_conf_t *prev, ngx_http_consent_loc_conf_t *conf);

/*
 * Names to bits.  tables: where the table is chosen by a variable, a name that
 * only another one of them knows stands for nothing in this one.
 */
char *ngx_http_consent_resolve(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_consent_table_t *table, ngx_http_consent_names_t *names,
    ngx_consent_mask_t *mask);

/* ngx_http_consent_bind_reader.c: what their keys stand for in a table */

char *ngx_http_consent_bind_readers(ngx_conf_t *cf, ngx_array_t *tables,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_binding_t *b);

/* ngx_http_consent_gpc_support.c: the directive, which answers gpc.json */

char *ngx_http_consent_gpc_support(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


#endif /* _NGX_HTTP_CONSENT_CONF_H_INCLUDED_ */
