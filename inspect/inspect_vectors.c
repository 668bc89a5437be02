
#include <stdlib.h>

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
static const char *inspect_multi(ngx_pool_t *pool, const inspect_row_t *row,
    const ngx_consent_jar_t *jar, inspect_answer_t *a);
static int inspect_by_name(const void *a, const void *b);
static ngx_uint_t inspect_is_nocase(const ngx_str_t *s, const char *word);
static void inspect_put(FILE *out, const ngx_str_t *s);


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


const char *
inspect_row_read(ngx_pool_t *pool, const inspect_row_t *row,
    inspect_answer_t *answer, ngx_consent_key_e *of)
{
    ngx_str_t            lines[INSPECT_MAX];
    ngx_uint_t           i, n;
    ngx_consent_jar_t    jar;
    ngx_consent_asked_t  asked;

    memset(answer, 0, sizeof(inspect_answer_t));
    answer->pool = pool;
    answer->revision = -1;

    *of = NGX_CONSENT_KEY_CATEGORY;

    n = 0;

    if (row->nlines == 0 && row->cookie.len) {
        lines[n++] = inspect_copy(pool, row->cookie.data, row->cookie.len);
    }

    for (i = 0; i < row->nlines; i++) {
        lines[n++] = inspect_copy(pool, row->lines[i].data, row->lines[i].len);
    }

    jar.lines = lines;
    jar.nlines = n;

    if (inspect_is(&row->format, "gpc")) {
        answer->state = row->gpc || row->dnt ? NGX_CONSENT_DECIDED
                                             : NGX_CONSENT_UNSET;
        return NULL;
    }

    if (inspect_is(&row->format, "multi")) {
        return inspect_multi(pool, row, &jar, answer);
    }

    memset(&asked, 0, sizeof(ngx_consent_asked_t));

    asked.format = ngx_consent_format(&row->format);
    if (asked.format == NULL) {
        return "unknown format";
    }

    *of = asked.format->of;

    asked.jar = &jar;
    asked.cookie = row->name;
    asked.prefix = row->prefix;
    asked.revision = row->revision;
    asked.disclosed_any = row->disclosed_any != 0;
    asked.disclosed = row->disclosed;
    asked.ndisclosed = row->ndisclosed;

    inspect_answer(pool, &asked, answer);

    return NULL;
}


/* Several sources, with the built-in maps: categories are the keys. */

static const char *
inspect_multi(ngx_pool_t *pool, const inspect_row_t *row,
    const ngx_consent_jar_t *jar, inspect_answer_t *a)
{
    size_t             n;
    ngx_str_t          subject;
    inspect_t         *in;
    ngx_uint_t         i;
    const char        *reason;
    inspect_source_t  *source;

    in = inspect_alloc(pool, sizeof(inspect_t));

    in->pool = pool;
    in->jar = *jar;
    in->gpc = row->gpc;
    in->optout = row->optout;
    in->gpc_set = 1;
    in->ngpc_scope = row->ngpc_scope;
    memcpy(in->gpc_scope, row->gpc_scope, sizeof(in->gpc_scope));

    for (i = 0; i < row->nsources; i++) {

        source = inspect_add_source(in, &row->sources[i]);
        if (source == NULL) {
            return "unknown source";
        }

        source->implied = row->implied;
    }

    reason = inspect_judge(in, &subject);
    if (reason) {
        return reason;
    }

    a->state = in->grant.state;
    a->keys = inspect_alloc(pool, in->ncategories * sizeof(inspect_key_t));
    n = 0;

    for (i = 0; i < in->ncategories; i++) {
        if (in->grant.mask & ((ngx_consent_mask_t) 1 << i)) {
            a->keys[n].key = in->categories[i].name;
            a->keys[n++].yes = 1;
        }
    }

    a->nkeys = n;
    qsort(a->keys, n, sizeof(inspect_key_t), inspect_by_name);

    return NULL;
}


static int
inspect_by_name(const void *a, const void *b)
{
    int               rc;
    const ngx_str_t  *one, *two;

    one = &((const inspect_key_t *) a)->key;
    two = &((const inspect_key_t *) b)->key;

    rc = memcmp(one->data, two->data,
                one->len < two->len ? one->len : two->len);

    return rc ? rc : (one->len > two->len) - (one->len < two->len);
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


int
inspect_vectors(FILE *in, FILE *out)
{
    int                 failed;
    char               *line;
    size_t              i, n, room;
    ssize_t             len;
    ngx_str_t           copy;
    const char         *reason;
    ngx_pool_t         *pool;
    inspect_row_t      *row;
    inspect_answer_t    answer;
    ngx_consent_key_e   of;

    line = NULL;
    room = 0;
    failed = 0;

    while ((len = getline(&line, &room, in)) > 0) {

        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r')) {
            len--;
        }

        if (len == 0) {
            continue;
        }

        pool = shim_create_pool();
        copy = inspect_copy(pool, line, len);
        row = inspect_alloc(pool, sizeof(inspect_row_t));

        reason = inspect_row(pool, row, copy.data, copy.len);

        if (reason == NULL) {
            reason = inspect_row_read(pool, row, &answer, &of);
        }

        fputs("{\"id\":", out);
        inspect_put(out, &row->id);

        if (reason) {
            failed++;
            fprintf(out, ",\"error\":\"%s\"}\n", reason);
            shim_destroy_pool(pool);
            continue;
        }

        fprintf(out, ",\"state\":\"%s\",\"accepted\":[",
                inspect_state(answer.state));

        for (i = 0, n = 0; i < answer.nkeys; i++) {

            if (answer.keys[i].of == of && answer.keys[i].yes) {
                fputs(n++ ? "," : "", out);
                inspect_put(out, &answer.keys[i].key);
            }
        }

        fputs("]}\n", out);
        shim_destroy_pool(pool);
    }

    free(line);

    return failed;
}


/* What is no UTF-8 is taken for Latin-1: the line stays JSON. */

static void
inspect_put(FILE *out, const ngx_str_t *s)
{
    size_t     i;
    u_char     c;
    ngx_int_t  rc;

    rc = ngx_consent_source_text(s->data, s->len);
    fputc('"', out);

    for (i = 0; i < s->len; i++) {
        c = s->data[i];

        if (c < 0x20 || c == 0x7f || (c > 0x7f && rc != NGX_OK)) {
            fprintf(out, "\\u%04x", c);

        } else {
            if (c == '"' || c == '\\') {
                fputc('\\', out);
            }

            fputc(c, out);
        }
    }

    fputc('"', out);
}
