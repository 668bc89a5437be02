
/*
 * URLs in response headers: those that are refused leave their header, and the
 * rest of it stays.
 */

#include "ngx_http_consent.h"


static ngx_int_t ngx_http_consent_fields_read(ngx_http_consent_fields_t *fields,
    ngx_table_elt_t *h);
static ngx_uint_t ngx_http_consent_fields_ask(void *data,
    ngx_consent_field_ask_e ask, u_char *p, size_t len);
static ngx_uint_t ngx_http_consent_fields_url(ngx_http_consent_fields_t *fields,
    ngx_uint_t read, u_char *p, size_t len);
static void ngx_http_consent_fields_gone(ngx_http_consent_fields_t *fields,
    u_char *p, size_t len);
static ngx_uint_t ngx_http_consent_fields_needed(
    ngx_http_consent_fields_t *fields, u_char *p, size_t len);
static void ngx_http_consent_fields_links(ngx_http_request_t *r);


void
ngx_http_consent_fields_init(ngx_http_consent_fields_t *fields,
    ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    fields->request = r;
    fields->ctx = ctx;
    fields->rules.table = NULL;
    fields->row = NULL;
    fields->nel = 0;
    fields->more = 0;
    fields->ngroups = 0;
}


ngx_int_t
ngx_http_consent_filter_field(ngx_http_consent_fields_t *fields,
    ngx_table_elt_t *h)
{
    fields->field = ngx_consent_field_name(&h->key);

    switch (fields->field) {

    case NGX_CONSENT_FIELDS:
        return 0;

    case NGX_CONSENT_FIELD_NEL:

        /* the groups that it needs may come behind it */

        fields->nel = 1;
        return 0;

    default:
        return ngx_http_consent_fields_read(fields, h);
    }
}


ngx_int_t
ngx_http_consent_fields_end(ngx_http_consent_fields_t *fields)
{
    ngx_int_t         rc;
    ngx_uint_t        i, depends;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    if (!fields->ctx->report) {
        ngx_http_consent_fields_links(fields->request);
    }

    if (!fields->nel || fields->ngroups == 0) {
        return 0;
    }

    fields->field = NGX_CONSENT_FIELD_NEL;

    depends = 0;
    part = &fields->request->headers_out.headers.part;
    i = 0;

    while ((h = ngx_http_consent_next_header(&part, &i)) != NULL) {

        if (h->hash == 0 || !ngx_http_consent_header_is(h, "NEL")) {
            continue;
        }

        rc = ngx_http_consent_fields_read(fields, h);
        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        depends |= rc;
    }

    return depends;
}


static ngx_int_t
ngx_http_consent_fields_read(ngx_http_consent_fields_t *fields,
    ngx_table_elt_t *h)
{
    ngx_int_t             rc;
    ngx_http_request_t   *r;
    ngx_consent_field_t   f;

    r = fields->request;

    if (fields->rules.table == NULL) {
        ngx_http_consent_rules(r, fields->ctx, &fields->rules);
    }

    if (h->value.len == 0) {
        return 0;
    }

    f.value = h->value.data;
    f.len = h->value.len;
    f.ask = ngx_http_consent_fields_ask;
    f.data = fields;

    /* the value's own memory may be the configuration's */

    f.text = ngx_pnalloc(r->pool, f.len);
    if (f.text == NULL) {
        return NGX_ERROR;
    }

    fields->depends = 0;

    rc = ngx_consent_field_filter(&f, fields->field);

    if (!fields->ctx->report) {

        if (rc == NGX_DECLINED) {
            h->hash = 0;

        } else if (rc == NGX_DONE) {
            h->value.data = f.text;
            h->value.len = f.left;
        }
    }

    return fields->depends;
}


static ngx_uint_t
ngx_http_consent_fields_ask(void *data, ngx_consent_field_ask_e ask, u_char *p,
    size_t len)
{
    ngx_http_consent_fields_t *fields = data;

    switch (ask) {

    case NGX_CONSENT_FIELD_GONE:
        ngx_http_consent_fields_gone(fields, p, len);
        return 1;

    case NGX_CONSENT_FIELD_NEEDED:
        return ngx_http_consent_fields_needed(fields, p, len);

    default:
        return ngx_http_consent_fields_url(fields,
                                           ask == NGX_CONSENT_FIELD_READ, p,
                                           len);
    }
}


static ngx_uint_t
ngx_http_consent_fields_url(ngx_http_consent_fields_t *fields, ngx_uint_t read,
    u_char *p, size_t len)
{
    u_char                  buf[NGX_CONSENT_URL_MAX];
    ngx_consent_url_t       u;
    ngx_consent_rules_t    *rules;
    ngx_consent_verdict_t   v;

    rules = &fields->rules;

    ngx_consent_url_parse(&u, p, len, 0, &rules->self, buf);

    (void) ngx_consent_page_verdict(rules, &rules->self, p, len, 0, &u, 0, &v);

    if (read && u.scheme == NGX_CONSENT_URL_DATA) {

        /* which URLs its content has is not read: it waits for all choices */

        v.needs = ngx_consent_table_all(rules->table)
                  & ~ngx_consent_table_required(rules->table);
        v.refused = (ngx_consent_table_missing(rules->table, &rules->grant)
                     != 0);
    }

    if (v.needs) {
        fields->depends = 1;
    }

    if (v.refused) {
        fields->row = v.row;
        ngx_http_consent_did(fields->ctx,
                             NGX_HTTP_CONSENT_DID_FIELD + fields->field,
                             v.row);
    }

    return v.refused;
}


static void
ngx_http_consent_fields_gone(ngx_http_consent_fields_t *fields, u_char *p,
    size_t len)
{
    ngx_http_consent_group_t  *group;

    if (fields->ngroups == NGX_HTTP_CONSENT_MAX_GROUPS) {
        fields->more = 1;
        return;
    }

    group = &fields->groups[fields->ngroups++];

    ngx_memcpy(group->name, p, len);
    group->len = len;
    group->row = fields->row;
}


static ngx_uint_t
ngx_http_consent_fields_needed(ngx_http_consent_fields_t *fields, u_char *p,
    size_t len)
{
    ngx_uint_t                 i;
    ngx_http_consent_group_t  *group;

    fields->depends = 1;

    for (i = 0; i < fields->ngroups; i++) {

        group = &fields->groups[i];

        if (group->len == len && ngx_memcmp(group->name, p, len) == 0) {
            ngx_http_consent_did(fields->ctx, NGX_HTTP_CONSENT_DID_FIELD
                                              + NGX_CONSENT_FIELD_NEL,
                                 group->row);
            return 1;
        }
    }

    if (fields->more) {
        ngx_http_consent_did(fields->ctx, NGX_HTTP_CONSENT_DID_FIELD
                                          + NGX_CONSENT_FIELD_NEL, NULL);
    }

    return fields->more;
}


/*
 * HTTP/2 push (until 1.25.1) takes what is to be pushed from this list, and
 * does not look whether a header was dropped.
 */

static void
ngx_http_consent_fields_links(ngx_http_request_t *r)
{
#if (nginx_version < 1023000)

    ngx_uint_t         i, n;
    ngx_table_elt_t  **link;

    link = r->headers_out.link.elts;
    n = 0;

    for (i = 0; i < r->headers_out.link.nelts; i++) {
        if (link[i]->hash) {
            link[n++] = link[i];
        }
    }

    r->headers_out.link.nelts = n;

#else

    ngx_table_elt_t  **link;

    link = &r->headers_out.link;

    while (*link) {

        if ((*link)->hash) {
            link = &(*link)->next;

        } else {
            *link = (*link)->next;
        }
    }

#endif
}
