
/*
 * The table as it is published, for programs: JSON (RFC 8259) and CSV
 * (RFC 4180).
 */

#include "ngx_http_consent_policy.h"
#include "ngx_consent_template.h"


static void ngx_http_consent_json_category(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, const ngx_consent_category_t *category,
    ngx_consent_mask_t bit);
static void ngx_http_consent_json_row(ngx_http_consent_out_t *out,
    const ngx_consent_row_t *row);
static void ngx_http_consent_json_member(ngx_http_consent_out_t *out,
    char *name, const ngx_str_t *value);
static void ngx_http_consent_json_string(ngx_http_consent_out_t *out,
    const ngx_str_t *s);
static void ngx_http_consent_csv_row(ngx_http_consent_out_t *out,
    const ngx_consent_category_t *category, const ngx_consent_row_t *row);
static void ngx_http_consent_csv_cell(ngx_http_consent_out_t *out,
    const ngx_str_t *s, char end);


/* in the order of ngx_consent_row_e; a row's type= says it better */

static ngx_str_t  ngx_http_consent_row_types[NGX_CONSENT_ROW_KINDS] = {
    ngx_string("HTTP cookie"),
    ngx_string("HTML local storage"),
    ngx_string("Script"),
    ngx_string("Script"),
    ngx_string("Script"),
    ngx_string("HTTP header")
};


static ngx_str_t  ngx_http_consent_row_kinds[NGX_CONSENT_ROW_KINDS] = {
    ngx_string("cookie"),
    ngx_string("storage"),
    ngx_string("url"),
    ngx_string("inline"),
    ngx_string("stub"),
    ngx_string("header")
};


/* in the order of ngx_http_consent_unit_e */

static char  *ngx_http_consent_unit_names[] = {
    "year", "month", "day", "hour", "minute", "second"
};


static char  *ngx_http_consent_cell_names[] = {
    "name", "provider", "purpose", "expiry", "type"
};


void
ngx_http_consent_row_cells(const ngx_consent_row_t *row,
    ngx_http_consent_cells_t *cells)
{
    ngx_uint_t                n;
    ngx_str_t                *cell;
    ngx_http_consent_unit_e   unit;

    cell = cells->cell;
    n = row->kind;

    cell[NGX_HTTP_CONSENT_CELL_NAME] = row->text->name.data
                                       ? row->text->name
                                       : row->pattern;
    cell[NGX_HTTP_CONSENT_CELL_PROVIDER] = row->provider->name;
    cell[NGX_HTTP_CONSENT_CELL_PURPOSE] = row->text->purpose;
    cell[NGX_HTTP_CONSENT_CELL_TYPE] = row->text->type.data
                                       ? row->text->type
                                       : ngx_http_consent_row_types[n];

    cell = &cell[NGX_HTTP_CONSENT_CELL_EXPIRY];

    if (row->text->lifetime.data) {
        *cell = row->text->lifetime;
        return;
    }

    if (row->expires == NGX_CONSENT_EXPIRES_SESSION) {
        ngx_str_set(cell, "Session");
        return;
    }

    ngx_str_null(cell);

    n = ngx_http_consent_lifetime_in(row->expires, &unit);

    if (n) {
        cell->data = cells->expiry;
        cell->len = ngx_sprintf(cells->expiry, "%ui %s%s", n,
                                ngx_http_consent_unit_names[unit],
                                n == 1 ? "" : "s")
                    - cells->expiry;
    }
}


void
ngx_http_consent_put_policy_json(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, const ngx_str_t *version,
    const ngx_str_t *date)
{
    ngx_uint_t                     i, n;
    const ngx_consent_category_t  *category;

    ngx_http_consent_put(out, "{\n");

    if (version) {
        ngx_http_consent_json_member(out, "\"version\":", version);
        ngx_http_consent_json_member(out, ",\n\"date\":", date);
        ngx_http_consent_put(out, ",\n");
    }

    ngx_http_consent_json_member(out, "\"table\":",
                                 ngx_consent_table_name(table));

    if (ngx_consent_table_lang(table)->len) {
        ngx_http_consent_json_member(out, ",\n\"lang\":",
                                     ngx_consent_table_lang(table));
    }

    ngx_http_consent_put(out, ",\n\"categories\":[");

    category = ngx_consent_table_categories(table, &n);

    for (i = 0; i < n; i++) {

        if (i) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_json_category(out, table, &category[i],
                                       (ngx_consent_mask_t) 1 << i);
    }

    ngx_http_consent_put(out, "]\n}\n");
}


static void
ngx_http_consent_json_category(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table, const ngx_consent_category_t *category,
    ngx_consent_mask_t bit)
{
    ngx_uint_t                i, n, listed;
    const ngx_consent_row_t *const  *row;

    ngx_http_consent_json_member(out, "\n{\"name\":", &category->name);
    ngx_http_consent_json_member(out, ",\"title\":", &category->title);

    if (category->required) {
        ngx_http_consent_put(out, ",\"required\":true");

    } else {
        ngx_http_consent_put(out, ",\"required\":false");
    }

    ngx_http_consent_put(out, ",\"trackers\":[");

    row = ngx_consent_table_rows(table, &n);
    listed = 0;

    for (i = 0; i < n; i++) {

        if (!(row[i]->mask & bit) || !ngx_http_consent_printed(row[i])) {
            continue;
        }

        if (listed++) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_json_row(out, row[i]);
    }

    ngx_http_consent_put(out, "]}");
}


/* The cells as they are published, then what they mean to the server. */

static void
ngx_http_consent_json_row(ngx_http_consent_out_t *out,
    const ngx_consent_row_t *row)
{
    ngx_uint_t                 i;
    ngx_http_consent_cells_t   cells;

    ngx_http_consent_row_cells(row, &cells);

    ngx_http_consent_put(out, "\n{");

    for (i = 0; i < NGX_HTTP_CONSENT_CELLS; i++) {

        if (i) {
            ngx_http_consent_put(out, ",");
        }

        ngx_http_consent_put(out, "\"");
        ngx_http_consent_put_data(out,
                                  (u_char *) ngx_http_consent_cell_names[i],
                                  ngx_strlen(ngx_http_consent_cell_names[i]));
        ngx_http_consent_json_member(out, "\":", &cells.cell[i]);
    }

    ngx_http_consent_json_member(out, ",\"kind\":",
                                 &ngx_http_consent_row_kinds[row->kind]);
    ngx_http_consent_json_member(out, ",\"pattern\":", &row->pattern);

    ngx_http_consent_put(out, ",\"seconds\":");

    if (row->expires < 0) {
        ngx_http_consent_put(out, "null");

    } else {
        ngx_http_consent_put_number(out, row->expires);
    }

    if (ngx_http_consent_is_link(&row->provider->policy)) {
        ngx_http_consent_json_member(out, ",\"policy\":",
                                     &row->provider->policy);
    }

    if (!row->pass) {
        ngx_http_consent_put(out, ",\"enforced\":true}");
        return;
    }

    ngx_http_consent_put(out, ",\"enforced\":false");
    ngx_http_consent_json_member(out, ",\"note\":", &row->text->note);
    ngx_http_consent_put(out, "}");
}


static void
ngx_http_consent_json_member(ngx_http_consent_out_t *out, char *name,
    const ngx_str_t *value)
{
    ngx_http_consent_put_data(out, (u_char *) name, ngx_strlen(name));
    ngx_http_consent_json_string(out, value);
}


/* What is no UTF-8 in the table would be no JSON: it becomes U+FFFD. */

static void
ngx_http_consent_json_string(ngx_http_consent_out_t *out, const ngx_str_t *s)
{
    size_t      i, n, start;
    uint32_t    c;
    ngx_str_t   part;

    ngx_http_consent_put(out, "\"");

    start = 0;

    for (i = 0; i < s->len; i += n) {

        n = ngx_consent_template_char(s->data + i, s->len - i, &c);

        if (n > 1 || s->data[i] < 0x80) {
            continue;
        }

        part.data = s->data + start;
        part.len = i - start;

        ngx_http_consent_put_json(out, &part);
        ngx_http_consent_put(out, "\\ufffd");

        start = i + 1;
    }

    part.data = s->data + start;
    part.len = s->len - start;

    ngx_http_consent_put_json(out, &part);
    ngx_http_consent_put(out, "\"");
}


void
ngx_http_consent_put_policy_csv(ngx_http_consent_out_t *out,
    const ngx_consent_table_t *table)
{
    ngx_uint_t                     i, j, n, nrows;
    const ngx_consent_row_t *const  *row;
    const ngx_consent_category_t  *category;

    ngx_http_consent_put(out, "category,name,provider,purpose,expiry,type,"
                              "enforced,note\r\n");

    category = ngx_consent_table_categories(table, &n);
    row = ngx_consent_table_rows(table, &nrows);

    for (i = 0; i < n; i++) {

        for (j = 0; j < nrows; j++) {

            if ((row[j]->mask & ((ngx_consent_mask_t) 1 << i))
                && ngx_http_consent_printed(row[j]))
            {
                ngx_http_consent_csv_row(out, &category[i], row[j]);
            }
        }
    }
}


static void
ngx_http_consent_csv_row(ngx_http_consent_out_t *out,
    const ngx_consent_category_t *category, const ngx_consent_row_t *row)
{
    ngx_uint_t                 i;
    ngx_http_consent_cells_t   cells;

    static ngx_str_t  yes = ngx_string("yes");
    static ngx_str_t  no = ngx_string("no");

    ngx_http_consent_row_cells(row, &cells);

    ngx_http_consent_csv_cell(out, &category->name, ',');

    for (i = 0; i < NGX_HTTP_CONSENT_CELLS; i++) {
        ngx_http_consent_csv_cell(out, &cells.cell[i], ',');
    }

    ngx_http_consent_csv_cell(out, row->pass ? &no : &yes, ',');
    ngx_http_consent_csv_cell(out, &row->text->note, '\r');
    ngx_http_consent_put(out, "\n");
}


/*
 * A spreadsheet takes what begins so for a formula, quotes or not: with an
 * apostrophe before it, it is text.  JSON has the cell as it is.
 */

static void
ngx_http_consent_csv_cell(ngx_http_consent_out_t *out, const ngx_str_t *s,
    char end)
{
    size_t  i, start;

    ngx_http_consent_put(out, "\"");

    if (s->len && ngx_strlchr((u_char *) "=+-@\t\r\n",
                              (u_char *) "=+-@\t\r\n" + 7, s->data[0]))
    {
        ngx_http_consent_put(out, "'");
    }

    for (i = 0, start = 0; i < s->len; i++) {

        if (s->data[i] == '"') {
            ngx_http_consent_put_data(out, s->data + start, i - start);
            ngx_http_consent_put(out, "\"");
            start = i;
        }
    }

    ngx_http_consent_put_data(out, s->data + start, s->len - start);
    ngx_http_consent_put(out, "\"");
    ngx_http_consent_put_data(out, (u_char *) &end, 1);
}
