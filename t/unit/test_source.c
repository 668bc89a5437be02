
/*
 * Consent platforms' cookies: the vectors (t/unit/signal_vectors.jsonl), what
 * must hold of each of them however it is sent, and the rules of maps.
 */

#define _GNU_SOURCE

#include "test.h"
#include "inspect.h"
#include "ngx_consent_json.h"


#define VECTORS   "t/unit/signal_vectors.jsonl"
#define ADVISORY  "t/unit/signal_advisory.tsv"

#define NOW  1764000000


/* what a row expects; a list that is not given is not looked at */

typedef struct {
    ngx_str_t    state;
    ngx_str_t    accepted[INSPECT_MAX];
    ngx_uint_t   naccepted;
    ngx_str_t    other[INSPECT_MAX];
    ngx_uint_t   nother;
} expect_t;


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


/* The value of a member of the row's "expect", or NULL; it is then decoded. */

static u_char *
member(ngx_pool_t *pool, const inspect_row_t *row, const char *name,
    u_char **last)
{
    u_char     *p, *value;
    ngx_str_t   key, copy;

    copy = inspect_copy(pool, row->expect.data, row->expect.len);
    p = copy.data + 1;
    *last = copy.data + copy.len;

    while (ngx_consent_json_peek(&p, *last) == '"') {

        if (ngx_consent_json_string(&p, *last, &key) != NGX_OK
            || ngx_consent_json_peek(&p, *last) != ':')
        {
            break;
        }

        p++;
        ngx_consent_json_peek(&p, *last);
        value = p;

        if (inspect_is(&key, name)) {
            return value;
        }

        if (ngx_consent_json_skip(&p, *last) != NGX_OK) {
            break;
        }

        if (ngx_consent_json_peek(&p, *last) == ',') {
            p++;
            ngx_consent_json_peek(&p, *last);
        }
    }

    return NULL;
}


/* a number, or -1 */

static long long
expect_number(ngx_pool_t *pool, const inspect_row_t *row, const char *name)
{
    u_char     *p, *last;
    long long   n;

    p = member(pool, row, name, &last);

    if (p == NULL || *p < '0' || *p > '9') {
        return -1;
    }

    for (n = 0; p < last && *p >= '0' && *p <= '9'; p++) {
        n = n * 10 + (*p - '0');
    }

    return n;
}


/* Keys of one kind in the order in which the row lists them: 1 if equal. */

static int
expect_keys(ngx_pool_t *pool, const inspect_row_t *row, const char *name,
    const inspect_answer_t *a, ngx_consent_key_e of, ngx_uint_t yes)
{
    size_t      i;
    u_char     *p, *last;
    ngx_str_t   key;

    p = member(pool, row, name, &last);

    if (p == NULL || *p != '[') {
        return 1;
    }

    p++;

    for (i = 0; i < a->nkeys; i++) {

        if (a->keys[i].of != of || (a->keys[i].yes != 0) != yes) {
            continue;
        }

        ngx_consent_json_peek(&p, last);

        if (ngx_consent_json_string(&p, last, &key) != NGX_OK
            || key.len != a->keys[i].key.len
            || memcmp(key.data, a->keys[i].key.data, key.len) != 0)
        {
            return 0;
        }

        if (ngx_consent_json_peek(&p, last) == ',') {
            p++;
        }
    }

    return ngx_consent_json_peek(&p, last) == ']';
}


/* Accepted keys joined by blanks are these: 1 if equal. */

static int
accepts(const inspect_answer_t *a, ngx_consent_key_e of, const char *words)
{
    size_t       i;
    const char  *p;

    p = words;

    for (i = 0; i < a->nkeys; i++) {

        if (a->keys[i].of != of || !a->keys[i].yes) {
            continue;
        }

        if (strncmp(p, (char *) a->keys[i].key.data, a->keys[i].key.len) != 0) {
            return 0;
        }

        p += a->keys[i].key.len;
        p += (*p == ' ');
    }

    return *p == '\0';
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
        all = 1;

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

            check_expected(pool, row, &a, of);
            check_sent(pool, row, &a);
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


/* how a configuration reads a cookie, and what it then grants */

static const struct {
    const char  *name;
    const char  *conf;
    const char  *cookie;        /* lines of it, cut at "\n" */
    const char  *gpc;
    const char  *state;
    const char  *granted;       /* without what is required */
} rows[] = {
    { "a key grants what it stands for",
      "consent_source klaro; consent_map klaro m performance sharing;",
      "klaro={\"m\":true}", NULL, "decided", "performance sharing" },
    { "all keys of a row are needed",
      "consent_source klaro; consent_map klaro a+b performance;",
      "klaro={\"a\":true}", NULL, "decided", "" },
    { "all keys of a row are enough",
      "consent_source klaro; consent_map klaro a+b performance;",
      "klaro={\"b\":true,\"a\":true}", NULL, "decided", "performance" },
    { "one of several rows is enough",
      "consent_source klaro; consent_map klaro a performance;"
      "consent_map klaro b performance;",
      "klaro={\"a\":false,\"b\":true}", NULL, "decided", "performance" },
    { "two halves in two copies are not the whole",
      "consent_source klaro; consent_map klaro a+b performance;",
      "klaro={\"a\":true}; klaro={\"b\":true}", NULL, "decided", "" },
    { "two rows in two copies are not one",
      "consent_source klaro; consent_map klaro a performance;"
      "consent_map klaro b performance;",
      "klaro={\"a\":true}\nklaro={\"b\":true}", NULL, "decided", "" },
    { "what a copy refuses is refused, in whatever order",
      "consent_regime optout; consent_source klaro;"
      "consent_map klaro m performance;",
      "klaro={\"m\":true}; klaro={\"m\":false}; klaro={\"m\":true}", NULL,
      "decided", "advertising sharing" },
    { "an empty copy is none",
      "consent_source klaro; consent_map klaro m performance;",
      "klaro=; klaro={\"m\":true}; klaro=\"\"", NULL, "decided",
      "performance" },
    { "of a key that is said twice the last time counts",
      "consent_source klaro; consent_map klaro m performance;",
      "klaro={\"m\":true,\"m\":false}", NULL, "decided", "" },
    { "keys compare by length and bytes",
      "consent_source klaro; consent_map klaro m performance;",
      "klaro={\"m\\u0000x\":true,\"M\":true,\"mm\":true}", NULL, "decided",
      "" },
    { "who has decided refuses what is not accepted",
      "consent_regime optout; consent_source klaro;"
      "consent_map klaro m performance;",
      "klaro={}", NULL, "decided", "advertising sharing" },
    { "a source has no say on what it is not mapped to",
      "consent_source cookiebot;",
      "CookieConsent={stamp:'a',necessary:true,preferences:true,"
      "statistics:true,marketing:true,method:'explicit',ver:1}", NULL,
      "decided", "performance advertising" },
    { "what is broken refuses what it is mapped to",
      "consent_regime optout; consent_source klaro;"
      "consent_map klaro m performance;",
      "klaro={\"m\":tru", NULL, "invalid", "advertising sharing" },
    { "a broken copy breaks the source",
      "consent_source klaro; consent_map klaro m performance;",
      "klaro={\"m\":true}; klaro={", NULL, "invalid", "" },
    { "what is broken may be told to be unset",
      "consent_regime optout; consent_invalid unset; consent_source klaro;"
      "consent_map klaro m performance;",
      "klaro={\"m\":tru", NULL, "unset", "performance advertising sharing" },
    { "what is implied is no opinion",
      "consent_source osano;", "cookieconsent_status=dismiss", NULL,
      "implied", "" },
    { "what is implied leaves the regime",
      "consent_regime optout; consent_source osano;",
      "cookieconsent_status=dismiss", NULL, "implied",
      "performance advertising sharing" },
    { "implied=allow makes it one",
      "consent_source osano implied=allow;", "cookieconsent_status=dismiss",
      NULL, "implied", "performance advertising sharing" },
    { "GPC wins over what is implied",
      "consent_source osano implied=allow;", "cookieconsent_status=dismiss",
      "1", "implied", "performance" },
    { "an explicit choice wins over GPC under optin",
      "consent_source osano;", "cookieconsent_status=allow",
      "1", "decided", "performance advertising sharing" },
    { "unless GPC is strict",
      "consent_source osano; consent_gpc strict;",
      "cookieconsent_status=allow", "1", "decided", "performance" },
    { "GPC wins under optout",
      "consent_source osano; consent_regime optout;",
      "cookieconsent_status=allow", "1", "decided", "performance" },
    { "GPC is exactly 1",
      "consent_source osano; consent_regime optout;",
      "cookieconsent_status=allow", "01", "decided",
      "performance advertising sharing" },
    { "a veto grants nothing",
      "consent_source usprivacy;", "usprivacy=1YNN", NULL, "decided", "" },
    { "a veto refuses",
      "consent_source usprivacy; consent_regime optout;", "us_privacy=1YYN",
      NULL, "decided", "performance advertising" },
    { "a veto that says nothing refuses nothing",
      "consent_source usprivacy; consent_regime optout;", "usprivacy=1---",
      NULL, "unset", "performance advertising sharing" },
    { "a veto of one source takes the grant of another",
      "consent_source osano; consent_source usprivacy;",
      "cookieconsent_status=allow; usprivacy=1YYN", NULL, "decided",
      "performance advertising" },
    { "of two sources the refusal wins",
      "consent_source osano; consent_source klaro;"
      "consent_map klaro m performance;",
      "cookieconsent_status=allow; klaro={\"m\":false}", NULL, "decided",
      "advertising sharing" },
    { "a choice counts for max_age",
      "consent_source trustcommander max_age=395d;",
      "TC_PRIVACY=0@006@ALL@@1763999999000@", NULL, "decided",
      "performance advertising sharing" },
    { "and no longer",
      "consent_source trustcommander max_age=395d;",
      "TC_PRIVACY=0@006@ALL@@1729871999000@", NULL, "unset", "" },
    { "a refusal runs out as well",
      "consent_regime optout; consent_source trustcommander max_age=395d;",
      "TC_PRIVACY=1@006@ALL@@1729871999000@", NULL, "unset",
      "performance advertising sharing" },
    { "with max_age a choice from the future is none",
      "consent_source trustcommander max_age=395d;",
      "TC_PRIVACY=0@006@ALL@@1764086401000@", NULL, "unset", "" },
    { "with max_age a choice of no time is none",
      "consent_source klaro max_age=1y; consent_map klaro m performance;",
      "klaro={\"m\":true}", NULL, "unset", "" },
    { "however long that is",
      "consent_source klaro max_age=80y; consent_map klaro m performance;",
      "klaro={\"m\":true}", NULL, "unset", "" },
    { "an operator's row is in place of the built-in one",
      "consent_source onetrust; consent_map onetrust C0002 sharing;",
      "OptanonConsent=groups=C0001%3A1%2CC0002%3A1%2CC0004%3A0&intType=1",
      NULL, "decided", "sharing" },
    { "an operator's row is beside those of other keys",
      "consent_source onetrust; consent_map onetrust C0007 sharing;",
      "OptanonConsent=groups=C0002%3A1%2CC0007%3A1&intType=1",
      NULL, "decided", "performance sharing" },
    { "the built-in map can be left out",
      "consent_source onetrust; consent_map onetrust off;"
      "consent_map onetrust C0007 sharing;",
      "OptanonConsent=groups=C0002%3A1%2CC0007%3A1&intType=1",
      NULL, "decided", "sharing" },
    { "a type is accepted with all of its services that were answered",
      "consent_source tarteaucitron;",
      "tarteaucitron=!gtag=true!facebookpixel=true!criteo=wait", NULL,
      "decided", "performance advertising" },
    { "one refused service refuses its type",
      "consent_source tarteaucitron;",
      "tarteaucitron=!facebookpixel=true!googleadwordsremarketing=false", NULL,
      "decided", "" },
    { "in whatever order",
      "consent_source tarteaucitron;",
      "tarteaucitron=!googleadwordsremarketing=false!facebookpixel=true", NULL,
      "decided", "" },
    { "a service stands for what it is mapped to",
      "consent_source tarteaucitron; consent_map tarteaucitron off;"
      "consent_map tarteaucitron youtube sharing;",
      "tarteaucitron=!youtube=true!gtag=true", NULL, "decided", "sharing" },
    { "a key of another kind is named with it",
      "consent_source borlabs; consent_map borlabs off;"
      "consent_map borlabs service:statistics/matomo performance;"
      "consent_map borlabs statistics/matomo advertising;",
      "borlabs-cookie={\"consents\":{\"statistics\":[\"matomo\"]}}", NULL,
      "decided", "performance" },
    { "a cookie may have another name",
      "consent_source klaro cookie=consents; consent_map klaro m performance;",
      "klaro={\"m\":false}; consents={\"m\":true}", NULL, "decided",
      "performance" },
    { "a prefix may be another one",
      "consent_source complianz prefix=acme_;",
      "acme_statistics=allow; acme_banner-status=dismissed; cmplz_marketing="
      "allow", NULL, "decided", "performance" },
    { "a revision may be asked for",
      "consent_source cookieman revision=3;"
      "consent_map cookieman m performance;",
      "CookieConsent=m#3", NULL, "decided", "performance" },
    { "a choice of another one is broken, as its library has it",
      "consent_source cookieman revision=3;"
      "consent_map cookieman m performance;",
      "CookieConsent=m#2", NULL, "invalid", "" },
    { "without a source the module's own cookie is read",
      "", "consent=1.1763999999.3.performance+sharing", NULL, "decided",
      "performance sharing" },
    { "lines stand in blocks, between others and comments",
      "http { # consent_source osano;\n"
      "server { listen 80; consent_source 'klaro' cookie=\"k;x\" ; }\n"
      "map $a $b { default \"{\"; } }\n"
      "consent_map klaro \"m\" performance;",
      "k;x=1; klaro={\"m\":true}", NULL, "unset", "" },
    { NULL, NULL, NULL, NULL, NULL, NULL }
};


static void
check_rows(void)
{
    size_t        i;
    char         *granted;
    u_char       *p, *end;
    ngx_str_t     text, subject, *lines, name;
    inspect_t    *in;
    ngx_uint_t    n, line;
    ngx_pool_t   *pool;

    for (i = 0; rows[i].name; i++) {

        pool = shim_create_pool();
        in = inspect_alloc(pool, sizeof(inspect_t));
        in->pool = pool;
        in->now = NOW;
        in->gpc = rows[i].gpc && strcmp(rows[i].gpc, "1") == 0;

        text = inspect_copy(pool, rows[i].conf, strlen(rows[i].conf));
        CHECK(inspect_conf(in, text.data, text.len, &line) == NULL, "%s",
              rows[i].name);

        lines = inspect_alloc(pool, 4 * sizeof(ngx_str_t));
        in->jar.lines = lines;
        p = (u_char *) rows[i].cookie;

        for ( ;; ) {
            end = (u_char *) strchrnul((char *) p, '\n');
            lines[in->jar.nlines++] = inspect_copy(pool, p, end - p);

            if (*end == '\0') {
                break;
            }

            p = end + 1;
        }

        if (in->nsources == 0) {
            name = inspect_copy(pool, "cookie", 6);
            inspect_add_source(in, &name);
        }

        CHECK(inspect_judge(in, &subject) == NULL, "%s", rows[i].name);

        granted = inspect_alloc(pool, 256);

        for (n = 1; n < in->ncategories; n++) {
            if (in->grant.mask >> n & 1) {
                sprintf(granted + strlen(granted), "%s%.*s",
                        *granted ? " " : "",
                        (int) in->categories[n].name.len,
                        in->categories[n].name.data);
            }
        }

        CHECK(strcmp(inspect_state(in->grant.state), rows[i].state) == 0
              && strcmp(granted, rows[i].granted) == 0,
              "%s: %s, \"%s\"", rows[i].name, inspect_state(in->grant.state),
              granted);

        shim_destroy_pool(pool);
    }
}


static const struct {
    const char  *conf;
    unsigned     line;
    const char  *reason;
} faults[] = {
    { "\nconsent_source nosuch;", 2, "unknown source" },
    { "consent_source;", 1, "consent_source has no name" },
    { "consent_source klaro\n implied=yes;", 2,
      "implied= is neither \"allow\" nor \"ignore\"" },
    { "consent_source klaro max_age=1x;", 1, "max_age= is no time" },
    { "consent_source klaro revision=a;", 1, "revision= is no number" },
    { "consent_source klaro colour=red;", 1,
      "unknown parameter of consent_source" },
    { "consent_source klaro red;", 1,
      "a parameter of consent_source has no value" },
    { "consent_source tcf require_disclosed=1,x;", 1,
      "require_disclosed= has no number of a vendor" },
    { "consent_map klaro;", 1, "consent_map needs a source and a key" },
    { "consent_map klaro m;", 1, "consent_map has no category" },
    { "consent_map nosuch m performance;", 1, "unknown source" },
    { "a 'b", 1, "a quote is not closed" },
    { "consent_source klaro; consent_map klaro m nosuch;", 0,
      "unknown category" },
    { "consent_source klaro; consent_map klaro a+ sharing;", 0,
      "an empty or a long key in" },
    { "consent_source klaro; consent_map klaro service: sharing;", 0,
      "an empty or a long key in" },
    { NULL, 0, NULL }
};


static void
check_faults(void)
{
    size_t        i;
    ngx_str_t     text, subject;
    inspect_t    *in;
    ngx_uint_t    line;
    const char   *reason;
    ngx_pool_t   *pool;

    for (i = 0; faults[i].conf; i++) {

        pool = shim_create_pool();
        in = inspect_alloc(pool, sizeof(inspect_t));
        in->pool = pool;

        text = inspect_copy(pool, faults[i].conf, strlen(faults[i].conf));
        reason = inspect_conf(in, text.data, text.len, &line);

        if (reason == NULL) {
            line = 0;
            reason = inspect_judge(in, &subject);
        }

        CHECK(reason && strcmp(reason, faults[i].reason) == 0
              && line == faults[i].line,
              "%s: %s in line %u", faults[i].conf, reason, (unsigned) line);

        shim_destroy_pool(pool);
    }
}


/* What all copies say of a key: providers are judged by it. */

static const struct {
    const char  *cookie;
    unsigned     said;
} sayings[] = {
    { "klaro={\"m\":true}", NGX_CONSENT_SAID_YES },
    { "klaro={\"m\":false}", NGX_CONSENT_SAID_NO },
    { "klaro={\"n\":true}", 0 },
    { "klaro={\"m\":true}; klaro={\"m\":true}", NGX_CONSENT_SAID_YES },
    { "klaro={\"m\":true}; klaro={}", 0 },
    { "klaro={}; klaro={\"m\":true}", 0 },
    { "klaro={\"m\":true}; klaro={\"m\":false}", NGX_CONSENT_SAID_NO },
    { "klaro={\"m\":false}; klaro={\"m\":true}", NGX_CONSENT_SAID_NO },
    { "klaro={\"m\":true", 0 },
    { "klaro={\"m\":true}; klaro={\"m\":true", 0 },
    { "klaro={\"m\":true; klaro={\"m\":true}", 0 },
    { NULL, 0 }
};


static void
check_said(void)
{
    size_t        i;
    ngx_str_t     text, subject, line;
    inspect_t    *in;
    ngx_uint_t    n;
    ngx_pool_t   *pool;

    static const char  conf[] =
        "consent_source klaro; consent_map klaro m performance;";

    for (i = 0; sayings[i].cookie; i++) {

        pool = shim_create_pool();
        in = inspect_alloc(pool, sizeof(inspect_t));
        in->pool = pool;
        in->now = NOW;

        text = inspect_copy(pool, conf, sizeof(conf) - 1);
        line = inspect_copy(pool, sayings[i].cookie,
                            strlen(sayings[i].cookie));
        in->jar.lines = &line;
        in->jar.nlines = 1;

        CHECK(inspect_conf(in, text.data, text.len, &n) == NULL
              && inspect_judge(in, &subject) == NULL
              && in->sources[0].said[0] == sayings[i].said,
              "%s: said %u", sayings[i].cookie, in->sources[0].said[0]);

        shim_destroy_pool(pool);
    }
}


/* The longest value that is read, and one byte more. */

static void
check_limits(void)
{
    char               *cookie;
    size_t              len, pad;
    ngx_str_t           line, name;
    ngx_pool_t         *pool;
    inspect_answer_t    a;
    ngx_consent_jar_t   jar;
    ngx_consent_asked_t  asked;

    static const char  head[] = "klaro={\"m\":true";

    memset(&asked, 0, sizeof(ngx_consent_asked_t));
    name = (ngx_str_t) ngx_string("klaro");
    asked.format = ngx_consent_format(&name);
    asked.revision = -1;
    asked.jar = &jar;

    for (len = NGX_CONSENT_SOURCE_MAX_VALUE;
         len < NGX_CONSENT_SOURCE_MAX_VALUE + 2; len++)
    {
        pool = shim_create_pool();
        cookie = inspect_alloc(pool, len + 16);
        pad = len - (sizeof(head) - 1 - 6) - 1;

        sprintf(cookie, "%s%*s}", head, (int) pad, "");
        line = inspect_copy(pool, cookie, strlen(cookie));
        jar.lines = &line;
        jar.nlines = 1;

        inspect_answer(pool, &asked, &a);

        CHECK(line.len - 6 == len
              && a.state == (len > NGX_CONSENT_SOURCE_MAX_VALUE
                             ? NGX_CONSENT_INVALID : NGX_CONSENT_DECIDED),
              "a value of %zu bytes is %s", len, inspect_state(a.state));

        shim_destroy_pool(pool);
    }
}


int
main(void)
{
    read_opinions();
    check_vectors();
    check_rows();
    check_faults();
    check_said();
    check_limits();

    for (used = 0; used < nopinions; used++) {
        free(opinions[used][0]);
        free(opinions[used][1]);
        free(opinions[used][2]);
    }

    return test_done();
}
