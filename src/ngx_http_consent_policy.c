
/*
 * The table as a visitor may read it, and the form that changes the choice.
 * What is printed here is what is enforced.
 */

#include "ngx_http_consent_policy.h"


static ngx_int_t ngx_http_consent_policy_headers(ngx_http_request_t *r);
static void ngx_http_consent_put_category(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, const ngx_consent_category_t *category,
    ngx_consent_mask_t bit);
static void ngx_http_consent_put_row(ngx_http_consent_out_t *out,
    const ngx_consent_row_t *row);
static void ngx_http_consent_put_provider(ngx_http_consent_out_t *out,
    const ngx_consent_provider_t *provider);
static void ngx_http_consent_put_exempt(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, ngx_consent_mask_t bit);

static void ngx_http_consent_put_present(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx);
static void ngx_http_consent_put_forms(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *action, ngx_str_t *back);
static void ngx_http_consent_put_form_start(ngx_http_consent_out_t *out,
    ngx_str_t *action, ngx_str_t *back);


/* in the order of ngx_consent_state_e */

static ngx_str_t  ngx_http_consent_present[] = {
    ngx_string("Your earlier choice could not be read, and does not count."),
    ngx_string("You have not chosen yet."),
    ngx_string("You have not chosen yet, the site has assumed a choice."),
    ngx_string("You have chosen.")
};


ngx_int_t
ngx_http_consent_policy_get(ngx_http_request_t *r, ngx_http_consent_ctx_t *ctx)
{
    ngx_int_t                      rc;
    ngx_str_t                      action, back;
    ngx_uint_t                     i, n;
    ngx_consent_table_t           *table;
    ngx_http_consent_out_t         out;
    const ngx_consent_category_t  *category;

    if (ngx_http_consent_policy_headers(r) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_consent_archived(r, ctx, "text/html");

    if (rc != NGX_DECLINED) {
        return rc;
    }

    if (ctx->conf->ui) {
        return ngx_http_consent_policy_page(r, ctx);
    }

    if (ngx_http_consent_page_url(r, ctx, "choice", &action) != NGX_OK
        || ngx_http_consent_page_url(r, ctx, "policy", &back) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_consent_out_init(&out, r->pool);

    ngx_http_consent_put(&out,
        "<!DOCTYPE html>\n"
        "<html lang=\"en\">\n"
        "<head>\n"
        "<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n"
        "<title>Cookies and other trackers</title>\n"
        "<style>\n"
        "body { font-family: sans-serif; line-height: 1.5; margin: 1em }\n"
        "table { border-collapse: collapse; width: 100% }\n"
        "th, td { border: 1px solid; padding: .3em; text-align: left; "
        "vertical-align: top }\n"
        "td:nth-child(1), td:nth-child(3) { overflow-wrap: anywhere }\n"
        "</style>\n"
        "</head>\n"
        "<body>\n"
        "<main>\n"
        "<h1>Cookies and other trackers</h1>\n");

    table = ctx->binding->table;
    category = ngx_consent_table_categories(table, &n);

    for (i = 0; i < n; i++) {
        ngx_http_consent_put_category(&out, table, &category[i],
                                      (ngx_consent_mask_t) 1 << i);
    }

    ngx_http_consent_put(&out, "<h2 id=\"choice\">Your choice</h2>\n");
    ngx_http_consent_put_present(&out, ctx);

    if (ngx_http_consent_own_source(ctx)) {
        ngx_http_consent_put_forms(&out, ctx, &action, &back);
    }

    ngx_http_consent_put(&out, "</main>\n</body>\n</html>\n");

    return ngx_http_consent_send(r, NGX_HTTP_OK, "text/html", &out);
}


ngx_int_t
ngx_http_consent_policy_json_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_int_t                          rc;
    ngx_http_consent_out_t             out;
    const ngx_http_consent_version_t  *v;

    rc = ngx_http_consent_archived(r, ctx, "application/json");

    if (rc != NGX_DECLINED) {
        return rc;
    }

    v = ngx_http_consent_version(ctx);

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_put_policy_json(&out, ctx->binding->table, &v->version,
                                     &v->date);

    return ngx_http_consent_send(r, NGX_HTTP_OK, "application/json", &out);
}


ngx_int_t
ngx_http_consent_policy_csv_get(ngx_http_request_t *r,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_int_t               rc;
    ngx_http_consent_out_t  out;

    static ngx_str_t  file = ngx_string("attachment; filename=\"policy.csv\"");

    rc = ngx_http_consent_archived(r, ctx, "text/csv");

    if (rc != NGX_DECLINED) {
        return rc;
    }

    if (ngx_http_consent_add_header(r, "Content-Disposition", &file) == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_consent_out_init(&out, r->pool);
    ngx_http_consent_put_policy_csv(&out, ctx->binding->table);

    return ngx_http_consent_send(r, NGX_HTTP_OK, "text/csv", &out);
}


static ngx_int_t
ngx_http_consent_policy_headers(ngx_http_request_t *r)
{
    ngx_uint_t  i;

    static struct {
        char       *name;
        ngx_str_t   value;
    } headers[] = {
        { "Content-Security-Policy",
          ngx_string("default-src 'none'; style-src 'unsafe-inline'; "
                     "form-action 'self'; base-uri 'none'; "
                     "frame-ancestors 'none'") },

        /* the form's Origin and Referer are what tells it from another's */

        { "Referrer-Policy", ngx_string("same-origin") },

        { NULL, ngx_null_string }
    };

    for (i = 0; headers[i].name; i++) {

        if (ngx_http_consent_add_header(r, headers[i].name, &headers[i].value)
            == NULL)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static void
ngx_http_consent_put_category(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, const ngx_consent_category_t *category,
    ngx_consent_mask_t bit)
{
    ngx_uint_t                i, n, printed, exempt;
    const ngx_consent_row_t *const  *row;

    ngx_http_consent_put(out, "<h2 id=\"category-");
    ngx_http_consent_put_html(out, &category->name);
    ngx_http_consent_put(out, "\">");
    ngx_http_consent_put_html(out, &category->title);
    ngx_http_consent_put(out, "</h2>\n");

    row = ngx_consent_table_rows(table, &n);
    printed = 0;
    exempt = 0;

    for (i = 0; i < n; i++) {

        if (!(row[i]->mask & bit) || !ngx_http_consent_printed(row[i])) {
            continue;
        }

        if (printed++ == 0) {
            ngx_http_consent_put(out,
                "<table aria-labelledby=\"category-");
            ngx_http_consent_put_html(out, &category->name);
            ngx_http_consent_put(out,
                "\">\n<thead>\n<tr>"
                "<th scope=\"col\">Name</th><th scope=\"col\">Provider</th>"
                "<th scope=\"col\">Purpose</th><th scope=\"col\">Expiry</th>"
                "<th scope=\"col\">Type</th></tr>\n</thead>\n<tbody>\n");
        }

        ngx_http_consent_put_row(out, row[i]);
        exempt |= row[i]->pass;
    }

    if (printed == 0) {
        ngx_http_consent_put(out, "<p>None.</p>\n");
        return;
    }

    ngx_http_consent_put(out, "</tbody>\n</table>\n");

    if (exempt) {
        ngx_http_consent_put_exempt(out, table, bit);
    }
}


static void
ngx_http_consent_put_row(ngx_http_consent_out_t *out,
    const ngx_consent_row_t *row)
{
    ngx_str_t                 *cell;
    ngx_http_consent_cells_t   cells;

    ngx_http_consent_row_cells(row, &cells);
    cell = cells.cell;

    if (row->pass) {
        ngx_http_consent_put(out, "<tr data-enforced=\"off\"><td>");

    } else {
        ngx_http_consent_put(out, "<tr><td>");
    }

    ngx_http_consent_put_html(out, &cell[NGX_HTTP_CONSENT_CELL_NAME]);
    ngx_http_consent_put(out, "</td><td>");
    ngx_http_consent_put_provider(out, row->provider);
    ngx_http_consent_put(out, "</td><td>");
    ngx_http_consent_put_html(out, &cell[NGX_HTTP_CONSENT_CELL_PURPOSE]);
    ngx_http_consent_put(out, "</td><td>");
    ngx_http_consent_put_html(out, &cell[NGX_HTTP_CONSENT_CELL_EXPIRY]);
    ngx_http_consent_put(out, "</td><td>");
    ngx_http_consent_put_html(out, &cell[NGX_HTTP_CONSENT_CELL_TYPE]);
    ngx_http_consent_put(out, "</td></tr>\n");
}


static void
ngx_http_consent_put_provider(ngx_http_consent_out_t *out,
    const ngx_consent_provider_t *provider)
{
    const ngx_str_t  *link;

    link = &provider->policy;

    if (!ngx_http_consent_is_link(link)) {
        ngx_http_consent_put_html(out, &provider->name);
        return;
    }

    ngx_http_consent_put(out, "<a rel=\"noreferrer\" href=\"");
    ngx_http_consent_put_html(out, link);
    ngx_http_consent_put(out, "\">");
    ngx_http_consent_put_html(out, &provider->name);
    ngx_http_consent_put(out, "</a>");
}


/* Beneath the table, so that its cells say what was published, and no more. */

static void
ngx_http_consent_put_exempt(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, ngx_consent_mask_t bit)
{
    ngx_uint_t                i, n, listed;
    const ngx_consent_row_t *const  *row;

    ngx_http_consent_put(out, "<p>Listed, but not held back by this server:");

    row = ngx_consent_table_rows(table, &n);
    listed = 0;

    for (i = 0; i < n; i++) {

        if (!row[i]->pass || !(row[i]->mask & bit)
            || !ngx_http_consent_printed(row[i]))
        {
            continue;
        }

        if (listed++) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_put(out, " ");
        ngx_http_consent_put_html(out, row[i]->text->name.len
                                       ? &row[i]->text->name
                                       : &row[i]->pattern);
        ngx_http_consent_put(out, " (");
        ngx_http_consent_put_html(out, &row[i]->provider->name);
        ngx_http_consent_put(out, ")");
    }

    ngx_http_consent_put(out, ".</p>\n");
}


static void
ngx_http_consent_put_present(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx)
{
    ngx_str_t                     *present;
    ngx_uint_t                     i, n, on;
    const ngx_consent_category_t  *category;

    present = &ngx_http_consent_present[ctx->grant.state];

    ngx_http_consent_put(out, "<p>");
    ngx_http_consent_put_data(out, present->data, present->len);
    ngx_http_consent_put(out, " Accepted at present:");

    category = ngx_consent_table_categories(ctx->binding->table, &n);
    on = 0;

    for (i = 0; i < n; i++) {

        if (category[i].required
            || !(ctx->grant.mask & ((ngx_consent_mask_t) 1 << i)))
        {
            continue;
        }

        if (on++) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_put(out, " ");
        ngx_http_consent_put_html(out, &category[i].title);
    }

    if (on == 0) {
        ngx_http_consent_put(out, " only what is required");
    }

    ngx_http_consent_put(out, ".</p>\n");
}


/*
 * Two forms: a browser sends the checked boxes with whatever button of their
 * form, and "all" or "none" beside names would be no clear word.
 */

static void
ngx_http_consent_put_forms(ngx_http_consent_out_t *out,
    ngx_http_consent_ctx_t *ctx, ngx_str_t *action, ngx_str_t *back)
{
    ngx_uint_t                     i, n, decided;
    const ngx_consent_category_t  *category;

    ngx_http_consent_put_form_start(out, action, back);
    ngx_http_consent_put(out,
        "<p><button name=\"accept\" value=\"all\">Accept all</button>\n"
        "<button name=\"accept\" value=\"none\">Refuse all</button></p>\n"
        "</form>\n");

    ngx_http_consent_put_form_start(out, action, back);
    ngx_http_consent_put(out,
        "<input type=\"hidden\" name=\"choice\" value=\"set\">\n"
        "<fieldset>\n<legend>Choose</legend>\n");

    category = ngx_consent_table_categories(ctx->binding->table, &n);
    decided = (ctx->grant.state == NGX_CONSENT_DECIDED);

    for (i = 0; i < n; i++) {

        ngx_http_consent_put(out, "<p><label><input type=\"checkbox\" ");

        if (category[i].required) {
            ngx_http_consent_put(out, "checked disabled> ");

        } else {
            ngx_http_consent_put(out, "name=\"accept\" value=\"");
            ngx_http_consent_put_html(out, &category[i].name);
            ngx_http_consent_put(out, "\"");

            /* a box that is checked beforehand is nobody's consent */

            if (decided
                && (ctx->grant.mask & ((ngx_consent_mask_t) 1 << i)))
            {
                ngx_http_consent_put(out, " checked");
            }

            ngx_http_consent_put(out, "> ");
        }

        ngx_http_consent_put_html(out, &category[i].title);
        ngx_http_consent_put(out, "</label></p>\n");
    }

    ngx_http_consent_put_boxes(out, ctx);

    ngx_http_consent_put(out,
        "</fieldset>\n"
        "<p><button>Save my choice</button></p>\n"
        "</form>\n");
}


static void
ngx_http_consent_put_form_start(ngx_http_consent_out_t *out, ngx_str_t *action,
    ngx_str_t *back)
{
    ngx_http_consent_put(out, "<form method=\"post\" action=\"");
    ngx_http_consent_put_html(out, action);
    ngx_http_consent_put(out, "\">\n"
        "<input type=\"hidden\" name=\"return\" value=\"");
    ngx_http_consent_put_html(out, back);
    ngx_http_consent_put(out, "\">\n");
}
