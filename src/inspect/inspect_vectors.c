
#include <stdlib.h>

#include "inspect.h"


static const char *inspect_multi(ngx_pool_t *pool, const inspect_row_t *row,
    const ngx_consent_jar_t *jar, inspect_answer_t *a);
static int inspect_by_name(const void *a, const void *b);
static void inspect_put(FILE *out, const ngx_str_t *s);


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
