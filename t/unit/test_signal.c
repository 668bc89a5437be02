
/* The module's own cookie, and what several sources agree on. */

#define _GNU_SOURCE

#include <stdio.h>

#include "test.h"
#include "ngx_consent_source_map.h"


#define NOW        1764000000
#define PERF       2
#define ADS        4
#define SHARE      8
#define ALL        15
#define REQUIRED   1


static const ngx_consent_key_t  keys[] = {
    { ngx_string("essential"), REQUIRED, 0 },
    { ngx_string("performance"), PERF, 0 },
    { ngx_string("advertising"), ADS, 0 },
    { ngx_string("sharing"), SHARE, 0 }
};


static const struct {
    const char           *value;
    ngx_consent_state_e   state;
    ngx_consent_mask_t    granted;
} rows[] = {
    { "1.1763999999.3.performance+advertising", NGX_CONSENT_DECIDED, PERF|ADS },
    { "1.1764000000.3.-", NGX_CONSENT_DECIDED, 0 },
    { "1.1764000000.3.sharing", NGX_CONSENT_DECIDED, SHARE },
    { "1.1764000000.3.sharing.AbC-_9", NGX_CONSENT_DECIDED, SHARE },
    { "\"1.1764000000.3.sharing\"", NGX_CONSENT_DECIDED, SHARE },
    { "1.1764000000.3.sharing+sharing", NGX_CONSENT_DECIDED, SHARE },
    { "1.1764000000.3.social+sharing", NGX_CONSENT_DECIDED, SHARE },
    { "1.1764000000.3.essential", NGX_CONSENT_DECIDED, REQUIRED },
    { "1.1764000000.3.unknown", NGX_CONSENT_DECIDED, 0 },

    /* 395 days old counts, a second more does not */
    { "1.1729872000.3.sharing", NGX_CONSENT_DECIDED, SHARE },
    { "1.1729871999.3.sharing", NGX_CONSENT_UNSET, 0 },
    { "1.0.3.sharing", NGX_CONSENT_UNSET, 0 },

    /* a clock may be a day ahead, no more */
    { "1.1764086400.3.sharing", NGX_CONSENT_DECIDED, SHARE },
    { "1.1764086401.3.sharing", NGX_CONSENT_INVALID, 0 },

    { "1.1764000000.2.sharing", NGX_CONSENT_UNSET, 0 },

    { "", NGX_CONSENT_UNSET, 0 },
    { "\"\"", NGX_CONSENT_UNSET, 0 },
    { "1", NGX_CONSENT_INVALID, 0 },
    { "1.", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.+", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing+", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.+sharing", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing++advertising", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.-+sharing", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.Sharing", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing advertising", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing%2Badvertising", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing.", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing.a.b", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing.a b", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.-sharing", NGX_CONSENT_INVALID, 0 },
    { "2.1764000000.3.sharing", NGX_CONSENT_INVALID, 0 },
    { "01.1764000000.3.sharing", NGX_CONSENT_INVALID, 0 },
    { "0.1764000000.3.sharing", NGX_CONSENT_INVALID, 0 },
    { "1.01764000000.3.sharing", NGX_CONSENT_INVALID, 0 },
    { "1.-1.3.sharing", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.03.sharing", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.-3.sharing", NGX_CONSENT_INVALID, 0 },
    { "1.99999999999999999999.3.sharing", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.9999999999999999.sharing", NGX_CONSENT_INVALID, 0 },
    { "performance", NGX_CONSENT_INVALID, 0 },
    { "\"1.1764000000.3.sharing", NGX_CONSENT_INVALID, 0 },

    /* 64 bytes of an id, and 65 */
    { "1.1764000000.3.sharing."
      "0123456789012345678901234567890123456789012345678901234567890123",
      NGX_CONSENT_DECIDED, SHARE },
    { "1.1764000000.3.sharing."
      "01234567890123456789012345678901234567890123456789012345678901234",
      NGX_CONSENT_INVALID, 0 },
    { NULL, 0, 0 }
};


/* one copy of the cookie, or two */

static void
read_copies(const char *value, size_t len, const char *other,
    ngx_int_t revision, ngx_consent_opinion_t *o)
{
    char                  *line;
    int                    n;
    u_char                 said[8];
    ngx_str_t              s;
    ngx_uint_t             bad, index[4];
    ngx_consent_jar_t      jar;
    ngx_consent_asked_t    asked;
    ngx_consent_map_t    rules;
    ngx_consent_map_rule_t     rule[4];
    ngx_consent_wanted_t   wanted[4];

    static const ngx_str_t  name = ngx_string("cookie");

    memset(&asked, 0, sizeof(asked));
    memset(&rules, 0, sizeof(rules));

    asked.format = ngx_consent_format(&name);
    asked.jar = &jar;
    asked.revision = revision;
    asked.now = NOW;

    (void) ngx_consent_map_make(&rules, asked.format, keys, 4, wanted, index,
                                  rule, &bad);
    rules.max_age = asked.format->max_age;

    n = asprintf(&line, "a=b; consent=%.*s%s%s", (int) len, value,
                 other ? "; consent=" : "", other ? other : "");

    s.data = test_copy(line, n);
    s.len = n;
    jar.lines = &s;
    jar.nlines = 1;

    ngx_consent_source_read(&asked, &rules, said, NULL, o);

    free(s.data);
    free(line);
}


static void
read_value(const char *value, size_t len, ngx_int_t revision,
    ngx_consent_opinion_t *o)
{
    read_copies(value, len, NULL, revision, o);
}


static void
check_rows(void)
{
    size_t                 i, len;
    ngx_consent_opinion_t  o;

    for (i = 0; rows[i].value; i++) {

        read_value(rows[i].value, strlen(rows[i].value), 3, &o);

        CHECK(o.state == rows[i].state && o.granted == rows[i].granted,
              "%s: state %d, granted %x", rows[i].value, o.state, o.granted);

        CHECK(o.denied == (o.state == NGX_CONSENT_UNSET ? 0
                                                        : ALL & ~o.granted),
              "%s: denied %x", rows[i].value, o.denied);

        /* cut anywhere it may be valid, but never reads a byte more */

        for (len = 0; rows[i].value[len]; len++) {
            read_value(rows[i].value, len, 3, &o);
        }
    }

    read_value("1.1764000000.7.sharing", 22, -1, &o);
    CHECK(o.state == NGX_CONSENT_DECIDED && o.revision == 7,
          "any revision counts where none is configured");
}


/* two copies of the cookie */

static const struct {
    const char           *a;
    const char           *b;
    ngx_consent_state_e   state;
    ngx_consent_mask_t    granted;
} pairs[] = {
    { "1.1764000000.3.sharing", "1.1764000000.3.sharing",
      NGX_CONSENT_DECIDED, SHARE },
    { "1.1764000000.3.sharing+performance", "1.1764000000.3.sharing",
      NGX_CONSENT_DECIDED, SHARE },
    { "1.1764000000.3.advertising", "1.1764000000.3.sharing",
      NGX_CONSENT_DECIDED, 0 },
    { "1.1764000000.3.sharing", "broken", NGX_CONSENT_INVALID, 0 },
    { "broken", "1.1764000000.3.sharing", NGX_CONSENT_INVALID, 0 },
    { "1.1764000000.3.sharing", "1.0.3.sharing", NGX_CONSENT_UNSET, 0 },
    { "1.0.3.sharing", "1.1764000000.3.sharing", NGX_CONSENT_UNSET, 0 },
    { NULL, NULL, 0, 0 }
};


static void
check_pairs(void)
{
    size_t                 i;
    ngx_consent_opinion_t  a;

    for (i = 0; pairs[i].a; i++) {

        read_copies(pairs[i].a, strlen(pairs[i].a), pairs[i].b, 3, &a);

        CHECK(a.state == pairs[i].state && a.granted == pairs[i].granted,
              "%s and %s: state %d, granted %x", pairs[i].a, pairs[i].b,
              a.state, a.granted);
    }
}


/* opinions of up to two sources, and what holds */

static const struct {
    const char           *rule;
    int                   optout, gpc, strict;
    struct {
        ngx_consent_state_e  state;
        ngx_consent_mask_t   granted, denied;
    } o[2];
    ngx_consent_state_e   state;
    ngx_consent_mask_t    mask;
} models[] = {
    { "nobody has chosen: optin denies", 0, 0, 0,
      { { NGX_CONSENT_UNSET, 0, 0 }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_UNSET, REQUIRED },
    { "nobody has chosen: optout allows", 1, 0, 0,
      { { NGX_CONSENT_UNSET, 0, 0 }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_UNSET, ALL },
    { "GPC refuses where nobody has chosen", 1, 1, 0,
      { { NGX_CONSENT_UNSET, 0, 0 }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_UNSET, REQUIRED|PERF },
    { "a grant holds", 0, 0, 0,
      { { NGX_CONSENT_DECIDED, PERF|ADS, SHARE }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_DECIDED, REQUIRED|PERF|ADS },
    { "under optin an explicit choice wins over GPC", 0, 1, 0,
      { { NGX_CONSENT_DECIDED, PERF|ADS, SHARE }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_DECIDED, REQUIRED|PERF|ADS },
    { "strict: GPC wins", 0, 1, 1,
      { { NGX_CONSENT_DECIDED, PERF|ADS, SHARE }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_DECIDED, REQUIRED|PERF },
    { "under optout GPC wins", 1, 1, 0,
      { { NGX_CONSENT_DECIDED, ALL, 0 }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_DECIDED, REQUIRED|PERF },
    { "one that denies wins over one that grants", 0, 0, 0,
      { { NGX_CONSENT_DECIDED, PERF|ADS, 0 }, { NGX_CONSENT_DECIDED, 0, ADS } },
      NGX_CONSENT_DECIDED, REQUIRED|PERF },
    { "what is broken denies", 1, 0, 0,
      { { NGX_CONSENT_INVALID, 0, PERF|ADS }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_INVALID, REQUIRED|SHARE },
    { "what is broken denies what another grants", 0, 0, 0,
      { { NGX_CONSENT_INVALID, 0, ADS }, { NGX_CONSENT_DECIDED, PERF|ADS, 0 } },
      NGX_CONSENT_DECIDED, REQUIRED|PERF },
    { "what is implied is no choice", 0, 0, 0,
      { { NGX_CONSENT_IMPLIED, ALL, 0 }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_IMPLIED, REQUIRED },
    { "a copy that is only implied takes no denial back", 1, 0, 0,
      { { NGX_CONSENT_IMPLIED, 0, ADS }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_IMPLIED, REQUIRED|PERF|SHARE },
    { "a stale copy takes no denial back", 1, 0, 0,
      { { NGX_CONSENT_UNSET, 0, ADS }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_UNSET, REQUIRED|PERF|SHARE },
    { "what is broken is told before what is implied", 0, 0, 0,
      { { NGX_CONSENT_IMPLIED, ALL, 0 }, { NGX_CONSENT_INVALID, 0, ADS } },
      NGX_CONSENT_INVALID, REQUIRED },
    { "a denial of a required category denies nothing", 0, 0, 0,
      { { NGX_CONSENT_DECIDED, 0, ALL }, { NGX_CONSENT_UNSET, 0, 0 } },
      NGX_CONSENT_DECIDED, REQUIRED },
    { NULL, 0, 0, 0, { { 0, 0, 0 }, { 0, 0, 0 } }, 0, 0 }
};


static void
check_models(void)
{
    size_t                 i, n;
    ngx_consent_grant_t    grant;
    ngx_consent_policy_t   policy;
    ngx_consent_opinion_t  o[2];

    for (i = 0; models[i].rule; i++) {

        memset(&policy, 0, sizeof(policy));
        memset(o, 0, sizeof(o));

        policy.all = ALL;
        policy.required = REQUIRED;
        policy.gpc_scope = ADS|SHARE;
        policy.gpc = models[i].gpc;
        policy.gpc_strict = models[i].strict;
        policy.optout = models[i].optout;

        for (n = 0; n < 2; n++) {
            o[n].state = models[i].o[n].state;
            o[n].granted = models[i].o[n].granted;
            o[n].denied = models[i].o[n].denied;
        }

        ngx_consent_signal_grant(&policy, o, 2, &grant);

        CHECK(grant.state == models[i].state && grant.mask == models[i].mask,
              "%s: state %d, mask %x", models[i].rule, grant.state, grant.mask);
    }
}


int
main(void)
{
    check_rows();
    check_pairs();
    check_models();

    return test_done();
}
