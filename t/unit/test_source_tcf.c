
/*
 * Vendors of TCF as IAB's library decodes them: the vectors' "tcf", each vendor
 * at an end of a range and next to it.
 */

#include "test.h"
#include "inspect.h"


#define VECTORS  "t/unit/signal_vectors.jsonl"

#define IDS      (NGX_CONSENT_VENDOR_MAX_ID + 2)

/* purposes that are never followed by legitimate interest (signals.md, 18) */
#define NO_INTEREST                                                          \
    (ngx_consent_tcf_purpose(1) | ngx_consent_tcf_purpose(3)                 \
     | ngx_consent_tcf_purpose(4) | ngx_consent_tcf_purpose(5)               \
     | ngx_consent_tcf_purpose(6))


/* what a row says of each vendor */

typedef struct {
    uint32_t  consents;
    uint32_t  interests;
    u_char    consent[IDS];
    u_char    interest[IDS];
    u_char    disclosed[IDS];
    uint32_t  restricted[4][IDS];       /* purposes, by type */
    u_char    ask[IDS];
    int       told;                     /* there is a segment of disclosed */
} model_t;


static model_t   model;
static uint32_t  asked_ids[IDS];


/* what follows "name": in a row, past a blank */

static const char *
after(const char *p, const char *last, const char *name)
{
    size_t  len;

    len = strlen(name);

    for ( /* void */ ; last - p > (long) len + 4; p++) {

        if (p[0] == '"' && memcmp(p + 1, name, len) == 0
            && p[len + 1] == '"' && p[len + 2] == ':')
        {
            p += len + 3;
            return p + (*p == ' ');
        }
    }

    return NULL;
}


static uint32_t
number(const char **p)
{
    uint32_t  n;

    for (n = 0; **p >= '0' && **p <= '9'; (*p)++) {
        n = n * 10 + (**p - '0');
    }

    return n;
}


/* "1-5,8": each of a set, and its neighbours are then asked for */

static void
each(const char *p, void (*set)(uint32_t id, uint32_t mask, ngx_uint_t type),
    uint32_t mask, ngx_uint_t type)
{
    uint32_t  start, end, id;

    if (p == NULL || *p != '"') {
        return;
    }

    p++;

    while (*p >= '0' && *p <= '9') {

        start = number(&p);
        end = start;

        if (*p == '-') {
            p++;
            end = number(&p);
        }

        for (id = start; id <= end; id++) {
            set(id, mask, type);
        }

        model.ask[start - 1] = 1;
        model.ask[start] = 1;
        model.ask[end] = 1;
        model.ask[end + 1] = 1;

        p += (*p == ',');
    }
}


static void
set_purpose(uint32_t id, uint32_t mask, ngx_uint_t type)
{
    *(type ? &model.interests : &model.consents) |= ngx_consent_tcf_purpose(id);
}


static void
set_consent(uint32_t id, uint32_t mask, ngx_uint_t type)
{
    model.consent[id] = 1;
}


static void
set_interest(uint32_t id, uint32_t mask, ngx_uint_t type)
{
    model.interest[id] = 1;
}


static void
set_disclosed(uint32_t id, uint32_t mask, ngx_uint_t type)
{
    model.disclosed[id] = 1;
}


static void
set_restricted(uint32_t id, uint32_t mask, ngx_uint_t type)
{
    model.restricted[type][id] |= mask;
}


static void
read_model(const ngx_str_t *expect)
{
    uint32_t     purpose, type;
    const char  *p, *last, *value;

    memset(&model, 0, sizeof(model_t));

    p = (const char *) expect->data;
    last = p + expect->len;
    p = after(p, last, "tcf");

    each(after(p, last, "purposes"), set_purpose, 0, 0);
    each(after(p, last, "li"), set_purpose, 0, 1);
    memset(model.ask, 0, sizeof(model.ask));

    each(after(p, last, "vc"), set_consent, 0, 0);
    each(after(p, last, "vli"), set_interest, 0, 0);

    value = after(p, last, "dv");
    model.told = (value && *value == '"');
    each(value, set_disclosed, 0, 0);

    for (p = after(p, last, "restr"); p && (p = after(p, last, "p")); ) {

        purpose = number(&p);
        p = after(p, last, "t");
        type = number(&p);

        each(after(p, last, "v"), set_restricted,
             ngx_consent_tcf_purpose(purpose), type);
    }

    model.ask[1] = 1;
    model.ask[NGX_CONSENT_VENDOR_MAX_ID] = 1;
    model.ask[0] = 0;
    model.ask[IDS - 1] = 0;
}


/* as the specification has it: 0 forbids, 1 is consent only, 2 interest only */

static void
expected(uint32_t id, ngx_consent_vendor_says_t *says)
{
    uint32_t  not, only;

    says->consent = 0;
    says->interest = 0;

    if (model.told && !model.disclosed[id]) {
        return;
    }

    not = model.restricted[0][id] | model.restricted[3][id];

    if (model.consent[id]) {
        says->consent = model.consents & ~(not | model.restricted[2][id]);
    }

    if (model.interest[id]) {
        only = model.restricted[1][id];
        says->interest = model.interests & ~(not | only | NO_INTEREST);
    }
}


static size_t
check_row(ngx_pool_t *pool, const inspect_row_t *row)
{
    size_t                     i, n, at, wrong;
    u_char                     said;
    uint32_t                   id;
    ngx_str_t                  line;
    ngx_consent_jar_t          jar;
    ngx_consent_asked_t        asked;
    ngx_consent_map_t          rules;
    ngx_consent_opinion_t      o;
    ngx_consent_vendor_says_t  says[NGX_CONSENT_TCF_MAX_VENDORS], want;

    line = inspect_copy(pool, row->cookie.data, row->cookie.len);
    jar.lines = row->nlines ? row->lines : &line;
    jar.nlines = row->nlines ? row->nlines : 1;

    memset(&rules, 0, sizeof(ngx_consent_map_t));
    memset(&asked, 0, sizeof(ngx_consent_asked_t));

    asked.format = ngx_consent_format(&row->format);
    asked.jar = &jar;
    asked.cookie = row->name;
    asked.revision = -1;
    asked.buf = inspect_alloc(pool, NGX_CONSENT_SOURCE_MAX_VALUE);
    asked.more = inspect_alloc(pool, NGX_CONSENT_SOURCE_MAX_VALUE);

    for (id = 1, n = 0; id < IDS; id++) {
        if (model.ask[id]) {
            asked_ids[n++] = id;
        }
    }

    wrong = 0;

    for (at = 0; at < n; at += asked.nvendors) {

        asked.vendors = asked_ids + at;
        asked.nvendors = n - at < NGX_CONSENT_TCF_MAX_VENDORS
                         ? n - at : NGX_CONSENT_TCF_MAX_VENDORS;

        ngx_consent_source_read(&asked, &rules, &said, says, &o);

        for (i = 0; i < asked.nvendors; i++) {

            expected(asked_ids[at + i], &want);

            if (want.consent != says[i].consent
                || want.interest != says[i].interest)
            {
                wrong++;
            }
        }

        wrong += (o.state != NGX_CONSENT_DECIDED);
    }

    CHECK(wrong == 0, "%.*s: %zu of %zu vendors are wrong", (int) row->id.len,
          row->id.data, wrong, n);

    return n;
}


int
main(void)
{
    FILE           *file;
    char           *line;
    size_t          room, rows, vendors;
    ssize_t         len;
    ngx_str_t       copy;
    ngx_pool_t     *pool;
    inspect_row_t  *row;

    file = fopen(VECTORS, "r");
    CHECK(file != NULL, "%s can be read", VECTORS);

    line = NULL;
    room = 0;
    rows = 0;
    vendors = 0;

    while (file && (len = getline(&line, &room, file)) > 0) {

        pool = shim_create_pool();
        copy = inspect_copy(pool, line, len - (line[len - 1] == '\n'));
        row = inspect_alloc(pool, sizeof(inspect_row_t));

        if (inspect_row(pool, row, copy.data, copy.len) == NULL
            && !row->advisory
            && inspect_is(&row->format, "tcf")
            && after((char *) row->expect.data,
                     (char *) row->expect.data + row->expect.len, "tcf"))
        {
            read_model(&row->expect);
            vendors += check_row(pool, row);
            rows++;
        }

        shim_destroy_pool(pool);
    }

    free(line);

    if (file) {
        fclose(file);
    }

    CHECK(rows > 150 && vendors > 20000, "%zu rows, %zu vendors", rows,
          vendors);

    return test_done();
}
