
#include "inspect.h"
#include "ngx_consent_json.h"


/* a member of an object, *pos at its value; NULL, or what is wrong */

typedef const char *(*inspect_member_pt)(inspect_row_t *row,
    const ngx_str_t *name, u_char **pos, u_char *last);


static const char *inspect_object(inspect_row_t *row, u_char **pos,
    u_char *last, inspect_member_pt member);
static const char *inspect_member(inspect_row_t *row, const ngx_str_t *name,
    u_char **pos, u_char *last);
static const char *inspect_header(inspect_row_t *row, const ngx_str_t *name,
    u_char **pos, u_char *last);
static const char *inspect_opt(inspect_row_t *row, const ngx_str_t *name,
    u_char **pos, u_char *last);
static const char *inspect_strings(u_char **pos, u_char *last,
    ngx_str_t *list, ngx_uint_t *n, ngx_uint_t max);
static const char *inspect_disclosed(inspect_row_t *row, u_char **pos,
    u_char *last);
static const char *inspect_number(u_char **pos, u_char *last, ngx_int_t *n);
static ngx_uint_t inspect_is_nocase(const ngx_str_t *s, const char *word);


static const char  inspect_broken[] = "no JSON";


const char *
inspect_row(ngx_pool_t *pool, inspect_row_t *row, u_char *line, size_t len)
{
    u_char      *p;
    ngx_str_t    intact;
    const char  *reason;

    memset(row, 0, sizeof(inspect_row_t));
    row->revision = -1;

    /* strings are decoded where they stand: what is expected is read later */

    intact = inspect_copy(pool, line, len);
    row->line = line;
    row->intact = intact.data;

    p = line;

    reason = inspect_object(row, &p, line + len, inspect_member);
    if (reason) {
        return reason;
    }

    if (ngx_consent_json_peek(&p, line + len) || p != line + len) {
        return inspect_broken;
    }

    return row->format.len ? NULL : "a row without a format";
}


static const char *
inspect_object(inspect_row_t *row, u_char **pos, u_char *last,
    inspect_member_pt member)
{
    u_char       end;
    ngx_str_t    name;
    const char  *reason;

    if (ngx_consent_json_peek(pos, last) != '{') {
        return inspect_broken;
    }

    (*pos)++;
    end = ngx_consent_json_peek(pos, last);

    while (end != '}') {

        ngx_consent_json_peek(pos, last);

        if (ngx_consent_json_string(pos, last, &name) != NGX_OK
            || ngx_consent_json_peek(pos, last) != ':')
        {
            return inspect_broken;
        }

        (*pos)++;
        ngx_consent_json_peek(pos, last);

        reason = member(row, &name, pos, last);
        if (reason) {
            return reason;
        }

        end = ngx_consent_json_peek(pos, last);

        if (end == ',') {
            (*pos)++;

        } else if (end != '}') {
            return inspect_broken;
        }
    }

    (*pos)++;

    return NULL;
}


static const char *
inspect_member(inspect_row_t *row, const ngx_str_t *name, u_char **pos,
    u_char *last)
{
    u_char      *p;
    ngx_uint_t   n;

    n = 0;

    if (inspect_is(name, "id")) {
        return inspect_strings(pos, last, &row->id, &n, 1);
    }

    if (inspect_is(name, "format")) {
        return inspect_strings(pos, last, &row->format, &n, 1);
    }

    if (inspect_is(name, "cookie")) {
        return inspect_strings(pos, last, &row->cookie, &n, 1);
    }

    if (inspect_is(name, "cookie_headers")) {
        return inspect_strings(pos, last, row->lines, &row->nlines,
                               INSPECT_MAX);
    }

    if (inspect_is(name, "headers")) {
        return inspect_object(row, pos, last, inspect_header);
    }

    if (inspect_is(name, "opts")) {
        return inspect_object(row, pos, last, inspect_opt);
    }

    p = *pos;

    if (inspect_is(name, "advisory")) {
        row->advisory = (p < last && *p == 't');
    }

    if (ngx_consent_json_skip(pos, last) != NGX_OK) {
        return inspect_broken;
    }

    if (inspect_is(name, "expect")) {
        row->expect.data = row->intact + (p - row->line);
        row->expect.len = *pos - p;
    }

    return NULL;
}


static const char *
inspect_header(inspect_row_t *row, const ngx_str_t *name, u_char **pos,
    u_char *last)
{
    ngx_str_t    values[INSPECT_MAX];
    ngx_uint_t   i, n;
    const char  *reason;

    n = 0;

    reason = inspect_strings(pos, last, values, &n, INSPECT_MAX);
    if (reason) {
        return reason;
    }

    for (i = 0; i < n; i++) {

        if (inspect_is_nocase(name, "sec-gpc") && inspect_is(&values[i], "1")) {
            row->gpc = 1;
        }

        if (inspect_is_nocase(name, "dnt") && inspect_is(&values[i], "1")) {
            row->dnt = 1;
        }

        if (inspect_is_nocase(name, "cookie") && row->nlines < INSPECT_MAX) {
            row->lines[row->nlines++] = values[i];
        }
    }

    return NULL;
}


static const char *
inspect_opt(inspect_row_t *row, const ngx_str_t *name, u_char **pos,
    u_char *last)
{
    ngx_str_t    word;
    ngx_uint_t   n;
    const char  *reason;

    n = 0;

    if (inspect_is(name, "name")) {
        return inspect_strings(pos, last, &row->name, &n, 1);
    }

    if (inspect_is(name, "prefix")) {
        return inspect_strings(pos, last, &row->prefix, &n, 1);
    }

    if (inspect_is(name, "revision")) {
        return inspect_number(pos, last, &row->revision);
    }

    if (inspect_is(name, "require_disclosed")) {
        return inspect_disclosed(row, pos, last);
    }

    if (inspect_is(name, "sources")) {
        return inspect_strings(pos, last, row->sources, &row->nsources,
                               INSPECT_MAX);
    }

    if (inspect_is(name, "gpc_scope")) {
        return inspect_strings(pos, last, row->gpc_scope, &row->ngpc_scope,
                               NGX_CONSENT_MAX_CATEGORIES);
    }

    if (inspect_is(name, "regime") || inspect_is(name, "implied")) {

        reason = inspect_strings(pos, last, &word, &n, 1);

        if (reason == NULL && n) {
            row->optout |= inspect_is(&word, "optout");
            row->implied |= inspect_is(&word, "allow");
        }

        return reason;
    }

    return ngx_consent_json_skip(pos, last) == NGX_OK ? NULL : inspect_broken;
}


/* A string or a list of them, added to list; null is none. */

static const char *
inspect_strings(u_char **pos, u_char *last, ngx_str_t *list, ngx_uint_t *n,
    ngx_uint_t max)
{
    u_char  ch;

    ch = ngx_consent_json_peek(pos, last);

    if (ch == '"') {

        if (*n == max) {
            return "a list is too long";
        }

        if (ngx_consent_json_string(pos, last, &list[*n]) != NGX_OK) {
            return inspect_broken;
        }

        (*n)++;

        return NULL;
    }

    if (ch != '[') {

        if (ngx_consent_json_skip(pos, last) != NGX_OK) {
            return inspect_broken;
        }

        return ch == 'n' ? NULL : "a string was expected";
    }

    (*pos)++;

    if (ngx_consent_json_peek(pos, last) == ']') {
        (*pos)++;
        return NULL;
    }

    for ( ;; ) {

        if (*n == max) {
            return "a list is too long";
        }

        ngx_consent_json_peek(pos, last);

        if (ngx_consent_json_string(pos, last, &list[*n]) != NGX_OK) {
            return inspect_broken;
        }

        (*n)++;
        ch = ngx_consent_json_peek(pos, last);

        if (ch != ',' && ch != ']') {
            return inspect_broken;
        }

        (*pos)++;

        if (ch == ']') {
            return NULL;
        }
    }
}


/* true: a segment of them; a number, or a list: these vendors, ascending */

static const char *
inspect_disclosed(inspect_row_t *row, u_char **pos, u_char *last)
{
    u_char       ch;
    ngx_int_t    id;
    ngx_uint_t   i;
    const char  *reason;

    ch = ngx_consent_json_peek(pos, last);

    if (ch == 't' || ch == 'f' || ch == 'n') {
        row->disclosed_any = (ch == 't');

        return ngx_consent_json_skip(pos, last) == NGX_OK ? NULL
                                                          : inspect_broken;
    }

    do {
        if (*pos < last && (**pos == '[' || **pos == ',')) {
            (*pos)++;
        }

        if (ngx_consent_json_peek(pos, last) == ']') {
            break;
        }

        reason = inspect_number(pos, last, &id);
        if (reason) {
            return reason;
        }

        if (row->ndisclosed == INSPECT_MAX) {
            return "a list is too long";
        }

        for (i = row->ndisclosed++; i > 0; i--) {

            if ((ngx_int_t) row->disclosed[i - 1] <= id) {
                break;
            }

            row->disclosed[i] = row->disclosed[i - 1];
        }

        row->disclosed[i] = id;

    } while (ch == '[' && ngx_consent_json_peek(pos, last) == ',');

    if (ch == '[') {

        if (ngx_consent_json_peek(pos, last) != ']') {
            return inspect_broken;
        }

        (*pos)++;
    }

    return NULL;
}


static const char *
inspect_number(u_char **pos, u_char *last, ngx_int_t *n)
{
    u_char  *p;

    ngx_consent_json_peek(pos, last);
    *n = 0;

    for (p = *pos; p < last && *p >= '0' && *p <= '9'; p++) {

        *n = *n * 10 + (*p - '0');

        if (*n > NGX_CONSENT_MAX_REVISION) {
            return "a number is too large";
        }
    }

    if (p == *pos) {
        return "a number was expected";
    }

    *pos = p;

    return NULL;
}


static ngx_uint_t
inspect_is_nocase(const ngx_str_t *s, const char *word)
{
    size_t  i;

    for (i = 0; i < s->len && word[i]; i++) {
        if (ngx_consent_tolower(s->data[i]) != (u_char) word[i]) {
            return 0;
        }
    }

    return i == s->len && word[i] == '\0';
}
