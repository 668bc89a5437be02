
/*
 * Consent platforms' cookies: the vectors (t/unit/signal_vectors.jsonl), what
 * must hold of each of them however it is sent.
 */

#define _GNU_SOURCE

#include "test.h"
#include "expect.h"


#define VECTORS   "t/unit/signal_vectors.jsonl"
#define ADVISORY  "t/unit/signal_advisory.tsv"

#define NOW  1764000000


static char   *opinions[64][3];     /* id, state, accepted */
static size_t  nopinions, used;


/* an opinion of ours on an advisory row: columns of ADVISORY */

static void
read_opinions(void)
{
    FILE   *file;
    char    line[1024], *state, *accepted, *why;

    file = fopen(ADVISORY, "r");
    CHECK(file != NULL, "%s can be read", ADVISORY);

    while (file && fgets(line, sizeof(line), file)) {

        if (line[0] == '#') {
            continue;
        }

        state = strchr(line, '\t');
        accepted = state ? strchr(state + 1, '\t') : NULL;
        why = accepted ? strchr(accepted + 1, '\t') : NULL;

        CHECK(why && why[1] != '\n' && nopinions < 64, "a reason: %s", line);

        *state++ = '\0';
        *accepted++ = '\0';
        *why = '\0';

        opinions[nopinions][0] = strdup(line);
        opinions[nopinions][1] = strdup(state);
        opinions[nopinions++][2] = strdup(accepted);
    }

    if (file) {
        fclose(file);
    }
}


static char **
opinion_on(const ngx_str_t *id)
{
    size_t  i;

    for (i = 0; i < nopinions; i++) {
        if (inspect_is(id, opinions[i][0])) {
            return opinions[i];
        }
    }

    return NULL;
}


static int
same(const inspect_answer_t *a, const inspect_answer_t *b)
{
    size_t  i;

    if (a->state != b->state || a->nkeys != b->nkeys || a->time != b->time) {
        return 0;
    }

    for (i = 0; i < a->nkeys; i++) {
        if (a->keys[i].of != b->keys[i].of || a->keys[i].yes != b->keys[i].yes
            || a->keys[i].key.len != b->keys[i].key.len
            || memcmp(a->keys[i].key.data, b->keys[i].key.data,
                      a->keys[i].key.len)
               != 0)
        {
            return 0;
        }
    }

    return 1;
}


static void
check_expected(ngx_pool_t *pool, const inspect_row_t *row,
    const inspect_answer_t *a, ngx_consent_key_e of)
{
    int         id;
    char      **opinion;
    u_char     *p, *last;
    ngx_str_t   state;
    long long   n;

    id = (int) row->id.len;
    opinion = row->advisory ? opinion_on(&row->id) : NULL;

    if (opinion) {
        used++;
        CHECK(strcmp(inspect_state(a->state), opinion[1]) == 0
              && accepts(a, of, opinion[2]),
              "%.*s: our opinion of an advisory row", id, row->id.data);
        return;
    }

    p = member(pool, row, "state", &last);

    CHECK(p && ngx_consent_json_string(&p, last, &state) == NGX_OK
          && inspect_is(&state, inspect_state(a->state)),
          "%.*s: the state is not %s", id, row->id.data,
          inspect_state(a->state));

    CHECK(expect_keys(pool, row, "accepted", a, of, 1),
          "%.*s: accepted", id, row->id.data);

    CHECK(expect_keys(pool, row, "denied", a, of, 0),
          "%.*s: denied", id, row->id.data);

    CHECK(expect_keys(pool, row, "services", a, NGX_CONSENT_KEY_SERVICE, 1),
          "%.*s: services", id, row->id.data);

    CHECK(expect_keys(pool, row, "vendors", a, NGX_CONSENT_KEY_VENDOR, 1),
          "%.*s: vendors", id, row->id.data);

    CHECK(expect_always(pool, row, a), "%.*s: always on", id, row->id.data);

    n = expect_number(pool, row, "updated");
    CHECK(n == -1 || n == (long long) a->time,
          "%.*s: updated is %lld", id, row->id.data, (long long) a->time);

    n = expect_number(pool, row, "expires");
    CHECK(n == -1 || n == (long long) a->expires,
          "%.*s: expires is %lld", id, row->id.data, (long long) a->expires);

    n = expect_number(pool, row, "revision");
    CHECK(n == -1 || n == (long long) a->revision,
          "%.*s: revision is %lld", id, row->id.data,
          (long long) a->revision);
}


/* a row with its Cookie line cut at each ';' */

static int
crumbs(const inspect_row_t *row, inspect_row_t *cut)
{
    u_char  *p, *last, *end;

    *cut = *row;
    p = row->cookie.data;
    last = p + row->cookie.len;

    if (row->nlines || row->cookie.len == 0) {
        return 0;
    }

    for ( ;; ) {

        if (cut->nlines == INSPECT_MAX) {
            return 0;
        }

        end = p < last ? memchr(p, ';', last - p) : NULL;

        cut->lines[cut->nlines].data = p;
        cut->lines[cut->nlines++].len = (end ? end : last) - p;

        if (end == NULL) {
            return 1;
        }

        p = end + 1;
    }
}


static void
check_sent(ngx_pool_t *pool, const inspect_row_t *row,
    const inspect_answer_t *a)
{
    ngx_uint_t          i;
    inspect_row_t      *other;
    inspect_answer_t    b;
    ngx_consent_key_e   of;

    other = inspect_alloc(pool, sizeof(inspect_row_t));

    if (crumbs(row, other)) {
        CHECK(inspect_row_read(pool, other, &b, &of) == NULL && same(a, &b),
              "%.*s: the same in several lines", (int) row->id.len,
              row->id.data);
    }

    *other = *row;

    if (other->nlines == 0) {
        other->lines[other->nlines++] = row->cookie;
    }

    for (i = 0; i < INSPECT_MAX / 2 && i < other->nlines; i++) {
        other->lines[other->nlines + i] = other->lines[i];
    }

    other->nlines += i;

    CHECK(inspect_row_read(pool, other, &b, &of) == NULL && same(a, &b),
          "%.*s: the same when it is sent twice", (int) row->id.len,
          row->id.data);
}


/* Nothing but the source's own cookies tells anything: others may go. */

static void
check_owned(ngx_pool_t *pool, const inspect_row_t *row,
    const inspect_answer_t *a)
{
    u_char                *p;
    ngx_str_t              line;
    inspect_row_t         *other;
    inspect_answer_t       b;
    ngx_consent_jar_t      jar;
    ngx_consent_key_e      of;
    ngx_consent_asked_t    asked;
    ngx_consent_jar_at_t   at;
    ngx_consent_cookie_t   c;

    memset(&asked, 0, sizeof(ngx_consent_asked_t));
    memset(&at, 0, sizeof(ngx_consent_jar_at_t));

    asked.format = ngx_consent_format(&row->format);
    if (asked.format == NULL) {
        return;
    }

    asked.cookie = row->name;
    asked.prefix = row->prefix;

    line = row->cookie;
    jar.lines = row->nlines ? row->lines : &line;
    jar.nlines = row->nlines ? row->nlines : 1;

    other = inspect_alloc(pool, sizeof(inspect_row_t));
    *other = *row;
    other->nlines = 0;
    other->cookie.data = inspect_alloc(pool, 65536);
    p = other->cookie.data;

    while (ngx_consent_jar_next(&jar, &at, &c) == NGX_OK) {
        if (ngx_consent_source_owns(&asked, &c.name)) {
            p += sprintf((char *) p, "%.*s=%.*s; ", (int) c.name.len,
                         c.name.data, (int) c.value.len, c.value.data);
        }
    }

    other->cookie.len = p - other->cookie.data;

    CHECK(inspect_row_read(pool, other, &b, &of) == NULL && same(a, &b),
          "%.*s: the same without what is not its own", (int) row->id.len,
          row->id.data);
}


/*
 * The mask form, as the module has it, and the key form agree: a category is
 * granted if all keys of a row of the built-in map are accepted.
 */

static void
check_masks(ngx_pool_t *pool, const inspect_row_t *row,
    const inspect_answer_t *a)
{
    char                         keys[64], *key, *rest;
    size_t                       i;
    inspect_t                   *in;
    ngx_str_t                    subject, line;
    ngx_uint_t                   all, found, n;
    inspect_source_t            *s;
    ngx_consent_mask_t           granted;
    const ngx_consent_stands_t  *stands;

    in = inspect_alloc(pool, sizeof(inspect_t));
    in->pool = pool;
    in->now = NOW;

    s = inspect_add_source(in, &row->format);

    if (s == NULL || s->format->type) {
        return;
    }

    line = inspect_copy(pool, row->cookie.data, row->cookie.len);
    in->jar.lines = row->nlines ? row->lines : &line;
    in->jar.nlines = row->nlines ? row->nlines : 1;

    s->asked.cookie = row->name;
    s->asked.prefix = row->prefix;
    s->asked.revision = row->revision;
    s->asked.disclosed_any = row->disclosed_any != 0;
    s->asked.disclosed = row->disclosed;
    s->asked.ndisclosed = row->ndisclosed;

    CHECK(inspect_judge(in, &subject) == NULL, "%.*s: a built-in map",
          (int) row->id.len, row->id.data);

    granted = 0;

    for (stands = s->format->stands; stands && stands->keys; stands++) {

        snprintf(keys, sizeof(keys), "%s", stands->keys);
        all = !inspect_is(&s->format->refuses, keys);

        for (key = strtok_r(keys, "+", &rest); key;
             key = strtok_r(NULL, "+", &rest))
        {
            found = 0;

            for (i = 0; i < a->nkeys; i++) {
                found |= (a->keys[i].of == s->format->of && a->keys[i].yes
                          && inspect_is(&a->keys[i].key, key));
            }

            all &= found;
        }

        for (n = 0; all && n < in->ncategories; n++) {
            if (inspect_is(&in->categories[n].name, stands->category)) {
                granted |= (ngx_consent_mask_t) 1 << n;
            }
        }
    }

    if (s->format->veto || a->state != NGX_CONSENT_DECIDED) {
        granted = 0;
    }

    CHECK(s->opinion.state == a->state && s->opinion.granted == granted
          && (s->opinion.granted & s->opinion.denied) == 0,
          "%.*s: the module's form is %x, keys say %x", (int) row->id.len,
          row->id.data, (unsigned) s->opinion.granted, (unsigned) granted);
}


/* A line that is cut anywhere is read within its bytes: ASan sees the rest. */

static void
check_cut(ngx_pool_t *pool, const inspect_row_t *row)
{
    size_t              len;
    inspect_row_t      *cut;
    inspect_answer_t    a;
    ngx_consent_key_e   of;

    if (row->cookie.len > 600) {
        return;
    }

    cut = inspect_alloc(pool, sizeof(inspect_row_t));

    for (len = 0; len < row->cookie.len; len++) {
        *cut = *row;
        cut->nlines = 0;
        cut->cookie.len = len;

        if (inspect_row_read(pool, cut, &a, &of) != NULL) {
            break;
        }
    }

    CHECK(len == row->cookie.len, "%.*s: cut anywhere", (int) row->id.len,
          row->id.data);
}


/* Formats that have a time in some row; aliases have the same functions. */

static const ngx_consent_format_t  *dated[64];
static size_t                       ndated;


static void
note_time(const inspect_row_t *row, const inspect_answer_t *a)
{
    const ngx_consent_format_t  *f;

    f = ngx_consent_format(&row->format);

    if (f && a->time && ndated < 64
        && (ndated == 0 || dated[ndated - 1] != f))
    {
        dated[ndated++] = f;
    }
}


/* max_age= counts where there is a time, and nowhere else */

static void
check_dated(void)
{
    size_t                       i, n;
    ngx_pool_t                  *pool;
    inspect_row_t               *row;
    inspect_answer_t             a;
    ngx_consent_key_e            of;
    const ngx_consent_format_t  *f;

    /* the module's own is in no vector */

    pool = shim_create_pool();
    row = inspect_alloc(pool, sizeof(inspect_row_t));
    row->format = inspect_copy(pool, "cookie", 6);
    row->cookie = inspect_copy(pool, "consent=1.9.3.-", 15);
    row->revision = -1;

    CHECK(inspect_row_read(pool, row, &a, &of) == NULL && a.time == 9,
          "a time of the module's own cookie");
    note_time(row, &a);
    shim_destroy_pool(pool);

    for (f = ngx_consent_formats(); f->name.len; f++) {

        for (i = 0, n = 0; i < ndated; i++) {
            n += (dated[i]->value == f->value && dated[i]->jar == f->jar);
        }

        CHECK(f->dated == (n != 0), "%.*s is dated, or not",
              (int) f->name.len, f->name.data);
    }
}


static void
check_vectors(void)
{
    FILE               *file;
    char               *line, *format;
    size_t              room, rows, advisory, of_format;
    ssize_t             len;
    ngx_str_t           copy;
    const char         *reason;
    ngx_pool_t         *pool;
    inspect_row_t      *row;
    inspect_answer_t    a;
    ngx_consent_key_e   of;

    file = fopen(VECTORS, "r");
    CHECK(file != NULL, "%s can be read", VECTORS);

    line = NULL;
    format = NULL;
    room = 0;
    rows = 0;
    advisory = 0;
    of_format = 0;

    while (file && (len = getline(&line, &room, file)) > 0) {

        len -= (line[len - 1] == '\n');

        pool = shim_create_pool();
        copy = inspect_copy(pool, line, len);
        row = inspect_alloc(pool, sizeof(inspect_row_t));
        reason = inspect_row(pool, row, copy.data, copy.len);

        if (reason == NULL) {
            reason = inspect_row_read(pool, row, &a, &of);
        }

        CHECK(reason == NULL, "row %zu: %s", rows + 1, reason);

        if (reason == NULL) {

            note_time(row, &a);
            check_expected(pool, row, &a, of);
            check_sent(pool, row, &a);
            check_owned(pool, row, &a);
            check_masks(pool, row, &a);

            if (format == NULL || !inspect_is(&row->format, format)) {
                free(format);
                format = strndup((char *) row->format.data, row->format.len);
                of_format = 0;
            }

            if (of_format++ < 4) {
                check_cut(pool, row);
            }
        }

        rows++;
        advisory += row->advisory;
        shim_destroy_pool(pool);
    }

    free(line);
    free(format);

    if (file) {
        fclose(file);
    }

    CHECK(rows == 809 && advisory == 65, "%zu rows, %zu of them advisory", rows,
          advisory);
    CHECK(used == nopinions, "each opinion is of an advisory row");
}


int
main(void)
{
    read_opinions();
    check_vectors();
    check_dated();

    for (used = 0; used < nopinions; used++) {
        free(opinions[used][0]);
        free(opinions[used][1]);
        free(opinions[used][2]);
    }

    return test_done();
}
