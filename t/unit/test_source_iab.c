
/*
 * IAB's TC string where the vectors do not go: what a vendor may do, and what
 * is broken in which way.  Strings are the vectors' (made by IAB's libraries),
 * or written here bit by bit as the specification has them.
 */

#include "iab.h"


#define MAX_BITS  100000

#define P1      ngx_consent_tcf_purpose(1)
#define P2      ngx_consent_tcf_purpose(2)
#define P4      ngx_consent_tcf_purpose(4)
#define P5      ngx_consent_tcf_purpose(5)
#define P6      ngx_consent_tcf_purpose(6)
#define P7      ngx_consent_tcf_purpose(7)
#define P9      ngx_consent_tcf_purpose(9)
#define P10     ngx_consent_tcf_purpose(10)
#define P11     ngx_consent_tcf_purpose(11)
#define TO_11   0xffe000
#define ALL     0xffffff


static uint32_t  everyone[NGX_CONSENT_TCF_MAX_VENDORS + 1];


static void
read_tcf(const char *string, const ngx_consent_asked_t *how)
{
    size_t  len;
    char   *line;

    len = sizeof("euconsent-v2=") - 1 + strlen(string);
    line = malloc(len + 1);
    sprintf(line, "euconsent-v2=%s", string);
    read_line("tcf", line, len, how);
    free(line);
}


/* a writer of bits */

static char    bits[MAX_BITS + 1];
static size_t  nbits;
static char    string[3 * MAX_BITS / 6];


static void
put(uint64_t value, ngx_uint_t n)
{
    while (n--) {
        bits[nbits++] = (char) ('0' + (value >> n & 1));
    }
}


static void
segment(void)
{
    char       *p;
    size_t      i, j;
    ngx_uint_t  n;

    static const char  alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789-_";

    p = string + strlen(string);

    if (p > string) {
        *p++ = '.';
    }

    for (i = 0; i < nbits; i += 6) {
        n = 0;

        for (j = i; j < i + 6; j++) {
            n = n << 1 | (j < nbits && bits[j] == '1');
        }

        *p++ = alphabet[n];
    }

    *p = '\0';
    nbits = 0;
}


static void
core(uint64_t updated, uint32_t consents, uint32_t interests)
{
    string[0] = '\0';
    nbits = 0;

    put(2, 6);
    put(17730144000, 36);
    put(updated * 10, 36);
    put(300, 12);
    put(7, 12);
    put(1, 6);
    put(5, 6);
    put(13, 6);
    put(150, 12);
    put(5, 6);
    put(1, 1);
    put(0, 1);
    put(0, 12);
    put(consents, 24);
    put(interests, 24);
    put(0, 1);
    put(5, 6);
    put(17, 6);
}


/* all ids up to max, as a range; none where max is 0 */

static void
up_to(uint32_t max)
{
    put(max, 16);
    put(1, 1);
    put(max > 0, 12);

    if (max) {
        put(1, 1);
        put(1, 16);
        put(max, 16);
    }
}


static void
restriction(uint32_t purpose, uint32_t type, uint32_t start, uint32_t end)
{
    put(purpose, 6);
    put(type, 2);
    put(1, 12);
    put(start != end, 1);
    put(start, 16);

    if (start != end) {
        put(end, 16);
    }
}


/* what IAB's library decodes of these (the vectors' "tcf"), vendor by vendor */

static const struct {
    const char  *rule;
    const char  *string;
    uint32_t     id;
    uint32_t     said;
    uint32_t     consent;
    uint32_t     interest;
} vendors[] = {

#define D027                                                                 \
    "CQiwYEAQiwYEAESD6UENBREgAO-gAEJgAAYgAAAK8X0a3fma21Z0t7b3N2_u"           \
    "9bqu7rv__rdr36s-OGJf89c6afe3e2z8uVc_8lNP-o-jfWGV93f_02jued_j"           \
    "qi92Se1393e7bp_8rmvuTbh3leL-cdhf9auyn-AEOgEAAdAEIAJQAfACHgEW"           \
    "AKKAV4SgHABgAEeAJYAYIBCQCiAGfANmAesA_oCPgEmgJeAV4AAA"
#define D048                                                                 \
    "CQhrKYAQhrKYAHQFVTENCjEkAP_gAEPgAAqIAHv_-AAAAIIAEAADAAMABwAE"           \
    "gAOJAAwAAwAJAA0AB4AA.IAHv7-AA"
    { "consent and interest, a bit field", D006, 9, 2, P1|P2|P4|P5|P6|P11,
      P7|P10|P11 },
    { "consent alone", D006, 2, 2, P1|P2|P4|P5|P6|P11, 0 },
    { "interest alone", D027, 1, 1, 0, P2|P7|P10|P11 },
    { "the last of a bit field", D006, 38, 2, P1|P2|P4|P5|P6|P11, 0 },
    { "past a bit field", D006, 39, 1, 0, 0 },
    { "not listed", D006, 10, 1, 0, 0 },
    { "by consent only: no interest", D027, 29, 1, 0, P2|P10|P11 },
    { "forbidden, two purposes", D048, 1, 2, TO_11 & ~(P2|P9), 0 },
    { "forbidden to others", D048, 2, 2, TO_11, 0 },
    { "forbidden, a range's end", D048, 7, 2, TO_11 & ~P2, 0 },
    { "listed, but not disclosed", D048, 8, 1, 0, 0 },
    { "forbidden, a single one", D048, 14, 2, TO_11 & ~P2, 0 },
    { "restricted where no purpose is", D164, 1, 2, P1|P2, 0 },
    { "restricted, not listed", D164, 12, 1, 0, 0 }
};


static void
check_vendors(void)
{
    size_t               i;
    ngx_consent_asked_t  how;

    memset(&how, 0, sizeof(ngx_consent_asked_t));
    how.vendors = everyone;
    how.nvendors = NGX_CONSENT_TCF_MAX_VENDORS;

    for (i = 0; i < sizeof(vendors) / sizeof(vendors[0]); i++) {

        read_tcf(vendors[i].string, &how);

        CHECK(got.state == NGX_CONSENT_DECIDED
              && got.vendor[vendors[i].id] == vendors[i].said
              && got.consent[vendors[i].id] == vendors[i].consent
              && got.interest[vendors[i].id] == vendors[i].interest,
              "%s: state %d, %x, consent %06x, interest %06x", vendors[i].rule,
              got.state, got.vendor[vendors[i].id], got.consent[vendors[i].id],
              got.interest[vendors[i].id]);

        /* one id alone is found where all of them are */

        how.vendors = &vendors[i].id;
        how.nvendors = 1;
        read_tcf(vendors[i].string, &how);

        CHECK(got.vendor[vendors[i].id] == vendors[i].said
              && got.consent[vendors[i].id] == vendors[i].consent,
              "%s: alone", vendors[i].rule);

        how.vendors = everyone;
        how.nvendors = NGX_CONSENT_TCF_MAX_VENDORS;
    }
}


static void
check_interest(void)
{
    uint32_t             i, not;
    ngx_consent_asked_t  how;

    memset(&how, 0, sizeof(ngx_consent_asked_t));
    how.vendors = everyone;
    how.nvendors = NGX_CONSENT_TCF_MAX_VENDORS;

    not = P1 | ngx_consent_tcf_purpose(3) | P4 | P5 | P6;

    core(1773014400, ALL, ALL);
    up_to(4);
    up_to(4);
    put(3, 12);
    restriction(2, 1, 2, 2);
    restriction(2, 2, 3, 3);
    restriction(2, 3, 4, 4);
    segment();
    read_tcf(string, &how);

    CHECK(got.interest[1] == (ALL & ~not) && got.consent[1] == ALL,
          "no interest for purposes 1 and 3 to 6: %06x", got.interest[1]);
    CHECK(got.interest[2] == (ALL & ~(not | P2)) && got.consent[2] == ALL,
          "by consent only");
    CHECK(got.interest[3] == (ALL & ~not) && got.consent[3] == (ALL & ~P2),
          "by interest only");
    CHECK(got.interest[4] == (ALL & ~(not | P2))
          && got.consent[4] == (ALL & ~P2), "an unknown type: not at all");

    /* a purpose that there is not, and one past the 24th */

    core(1773014400, ALL, ALL);
    up_to(1);
    up_to(1);
    put(2, 12);
    restriction(0, 0, 1, 1);
    restriction(63, 0, 1, 65535);
    segment();
    read_tcf(string, &how);

    CHECK(got.state == NGX_CONSENT_DECIDED && got.consent[1] == ALL,
          "restrictions of unknown purposes");

    /* more vendors asked for than a configuration may name */

    how.nvendors = NGX_CONSENT_TCF_MAX_VENDORS + 1;
    core(1773014400, ALL, ALL);
    up_to(1000);
    up_to(0);
    put(0, 12);
    segment();
    read_tcf(string, &how);

    i = everyone[NGX_CONSENT_TCF_MAX_VENDORS];
    CHECK(got.vendor[i] == 1 && got.consent[i] == 0 && got.vendor[i - 1] == 2,
          "a vendor too many is not granted");
}


static void
check_disclosed(void)
{
    size_t               i;
    uint32_t             three[] = { 5, 9, 700 };
    ngx_consent_asked_t  how;

    static const struct {
        const char          *rule;
        uint64_t             updated;
        ngx_uint_t           any;
        ngx_uint_t           n;
        uint32_t             disclosed;     /* up to; 0: no segment */
        ngx_consent_state_e  state;
    } rows[] = {
        { "none is needed", 1773014400, 0, 0, 0, NGX_CONSENT_DECIDED },
        { "missing", 1773014400, 1, 0, 0, NGX_CONSENT_INVALID },
        { "there", 1773014400, 1, 0, 1, NGX_CONSENT_DECIDED },
        { "missing, the first second", 1772323200, 1, 0, 0,
          NGX_CONSENT_INVALID },
        { "missing, a second before", 1772323199, 1, 0, 0,
          NGX_CONSENT_DECIDED },
        { "ids, missing", 1773014400, 0, 3, 0, NGX_CONSENT_INVALID },
        { "ids, missing, before", 1762041600, 0, 3, 0, NGX_CONSENT_DECIDED },
        { "ids, all", 1773014400, 0, 3, 700, NGX_CONSENT_DECIDED },
        { "ids, all but one", 1773014400, 0, 3, 699, NGX_CONSENT_INVALID },
        { "ids, all but one, before", 1762041600, 0, 3, 699,
          NGX_CONSENT_INVALID },
        { "ids, all of fewer", 1773014400, 0, 2, 9, NGX_CONSENT_DECIDED }
    };

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {

        memset(&how, 0, sizeof(ngx_consent_asked_t));
        how.disclosed_any = rows[i].any;
        how.disclosed = three;
        how.ndisclosed = rows[i].n;

        core(rows[i].updated, P1, 0);
        up_to(0);
        up_to(0);
        put(0, 12);
        segment();

        if (rows[i].disclosed) {
            put(1, 3);
            up_to(rows[i].disclosed);
            segment();
        }

        read_tcf(string, &how);
        CHECK(got.state == rows[i].state, "disclosed: %s: state %d",
              rows[i].rule, got.state);
    }

    how.disclosed = everyone;
    how.ndisclosed = NGX_CONSENT_TCF_MAX_VENDORS + 1;
    core(1773014400, P1, 0);
    up_to(0);
    up_to(0);
    put(0, 12);
    segment();
    put(1, 3);
    up_to(60000);
    segment();
    read_tcf(string, &how);
    CHECK(got.state == NGX_CONSENT_INVALID, "disclosed: too many");
}


static void many_ranges(uint32_t n);


/* ranges in any order, those that overlap, the ids at both ends */

static void
check_ranges(void)
{
    uint32_t             i, j, in, ids[] = { 1, 7, 8, 9, 300, 65534, 65535 };
    ngx_consent_asked_t  how;

    static const struct {
        uint32_t  start;
        uint32_t  end;
    } ranges[] = {
        { 400, 500 }, { 65535, 65535 }, { 8, 8 }, { 1, 1 }, { 250, 350 },
        { 8, 9 }, { 2, 6 }, { 300, 300 }
    };

    memset(&how, 0, sizeof(ngx_consent_asked_t));
    how.vendors = ids;
    how.nvendors = sizeof(ids) / sizeof(ids[0]);

    core(1773014400, P1, 0);
    put(65535, 16);
    put(1, 1);
    put(sizeof(ranges) / sizeof(ranges[0]), 12);

    for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        put(ranges[i].start != ranges[i].end, 1);
        put(ranges[i].start, 16);

        if (ranges[i].start != ranges[i].end) {
            put(ranges[i].end, 16);
        }
    }

    up_to(0);
    put(0, 12);
    segment();
    read_tcf(string, &how);

    for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        in = 0;

        for (j = 0; j < sizeof(ranges) / sizeof(ranges[0]); j++) {
            in |= ids[i] >= ranges[j].start && ids[i] <= ranges[j].end;
        }

        CHECK(got.vendor[ids[i]] == 1 + in, "ranges: vendor %u", ids[i]);
    }

    /* as many as there is room for, and more */

    many_ranges(2900);
    read_tcf(string, &how);
    CHECK(got.state == NGX_CONSENT_DECIDED && got.vendor[65535] == 2,
          "many entries");

    many_ranges(3000);
    read_tcf(string, &how);
    CHECK(got.state == NGX_CONSENT_INVALID, "a string that is too long");

    string[NGX_CONSENT_SOURCE_MAX_VALUE] = '\0';
    read_tcf(string, &how);
    CHECK(got.state == NGX_CONSENT_INVALID, "the longest, cut");
}


static void
many_ranges(uint32_t n)
{
    uint32_t  i;

    core(1773014400, P1, 0);
    put(65535, 16);
    put(1, 1);
    put(n, 12);

    for (i = 1; i <= n; i++) {
        put(1, 1);
        put(i, 16);
        put(65535, 16);
    }

    up_to(0);
    put(0, 12);
    segment();
}


/* cut anywhere it is broken, but for where it is whole (the vectors' rows) */

static void
check_cuts(void)
{
    char                 cut[128];
    size_t               len, whole;
    ngx_consent_asked_t  how;

    static const char  tc[] =
        "CQgzIcAQgzIcAEsAHBFRCWFoAMKAAAAAAAqIAeQAoAAgBQADwACUgAA.IAeQAYAAgB4"
        ".cEAAABAAAUg";

    memset(&how, 0, sizeof(ngx_consent_asked_t));
    how.vendors = everyone;
    how.nvendors = NGX_CONSENT_TCF_MAX_VENDORS;

    for (len = 1; len < sizeof(tc); len++) {
        memcpy(cut, tc, len);
        cut[len] = '\0';

        whole = len == 55 || len == 67 || len == sizeof(tc) - 1;

        read_tcf(cut, &how);
        CHECK(got.state == (whole ? NGX_CONSENT_DECIDED : NGX_CONSENT_INVALID),
              "cut after %zu: state %d", len, got.state);
    }
}


int
main(void)
{
    uint32_t  i;

    for (i = 0; i <= NGX_CONSENT_TCF_MAX_VENDORS; i++) {
        everyone[i] = i + 1;
    }

    check_vendors();
    check_interest();
    check_disclosed();
    check_ranges();
    check_cuts();

    return test_done();
}
