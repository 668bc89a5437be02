
/*
 * What the rooms of the policy share: its cells, its versions, its archive.
 */

#ifndef _NGX_HTTP_CONSENT_POLICY_H_INCLUDED_
#define _NGX_HTTP_CONSENT_POLICY_H_INCLUDED_


#include "ngx_http_consent_ui.h"


/* "2f1c..." of SHA-1's first bytes */
#define NGX_HTTP_CONSENT_VERSION_LEN  16

/* bytes of an archived page; a longer one is not answered, and logged */
#define NGX_HTTP_CONSENT_MAX_ARCHIVED  (16 * 1024 * 1024)


/* of a row, as it is published */

#define NGX_HTTP_CONSENT_CELL_NAME      0
#define NGX_HTTP_CONSENT_CELL_PROVIDER  1
#define NGX_HTTP_CONSENT_CELL_PURPOSE   2
#define NGX_HTTP_CONSENT_CELL_EXPIRY    3
#define NGX_HTTP_CONSENT_CELL_TYPE      4
#define NGX_HTTP_CONSENT_CELLS          5

typedef struct {
    ngx_str_t                 cell[NGX_HTTP_CONSENT_CELLS];
    u_char                    expiry[NGX_INT_T_LEN + sizeof(" minutes")];
} ngx_http_consent_cells_t;


/*
 * What is published with one table, its texts and its fields: the same for all
 * locations that have the same.
 */

struct ngx_http_consent_version_s {
    const ngx_consent_table_t  *table;
    ngx_http_consent_ui_t    *ui;       /* NULL: JSON only */
    ngx_array_t              *fields;

    ngx_http_consent_loc_conf_t  *conf; /* one of those locations */
    ngx_http_consent_binding_t  *binding;

    ngx_str_t                 version;
    ngx_str_t                 date;     /* of the newest file it is made of */
    u_char                    digits[NGX_HTTP_CONSENT_VERSION_LEN];
    u_char                    day[sizeof("1970-01-01") - 1];
};


/* ngx_http_consent_policy_data.c */

void ngx_http_consent_row_cells(const ngx_consent_row_t *row,
    ngx_http_consent_cells_t *cells);

/* version NULL: without it and its date */
void ngx_http_consent_put_policy_json(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, const ngx_str_t *version,
    const ngx_str_t *date);
void ngx_http_consent_put_policy_csv(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table);

/* ngx_http_consent_policy_version.c */

/* of the table that holds for this request */
const ngx_http_consent_version_t *ngx_http_consent_version(
    ngx_http_consent_ctx_t *ctx);

/* ngx_http_consent_policy_page.c */

ngx_int_t ngx_http_consent_policy_page(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx);

/* as it is archived: for no visitor */
void ngx_http_consent_put_policy_html(ngx_http_consent_out_t *out,
    const ngx_http_consent_version_t *v,
    const ngx_http_consent_language_t *lang);

/* what "lang=" or Accept-Language ask for; *asked if the former does */
const ngx_http_consent_language_t *ngx_http_consent_policy_language(
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx, ngx_uint_t *asked);

/* ngx_http_consent_archive.c */

/*
 * NGX_DECLINED: the present version is asked for, or none in particular.
 * Anything else is for ngx_http_finalize_request().
 */
ngx_int_t ngx_http_consent_archived(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx, char *type);


#endif /* _NGX_HTTP_CONSENT_POLICY_H_INCLUDED_ */
