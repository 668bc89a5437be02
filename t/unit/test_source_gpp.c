
/*
 * GPP and Funding Choices where the vectors do not go: which sections apply,
 * and what is broken in which way.  Strings are the vectors' (made by IAB's
 * libraries), or written here as the specification has them.
 */

#include "iab.h"


static const struct {
    const char           *rule;
    const char           *line;
    ngx_consent_state_e   state;
    const char           *yes;
    const char           *no;
} gpp[] = {

    /* sections 6 and 11: sale refused by one, both granted by the other */

    { "all apply", "gpp=DBACTDA~1YYN~BFKAAAgA", NGX_CONSENT_DECIDED,
      " targeted ", " sale " },
    { "one applies", "gpp=DBACTDA~1YYN~BFKAAAgA; __gpp_sid=11",
      NGX_CONSENT_DECIDED, " sale targeted ", "" },
    { "both apply", "__gpp_sid=11%2C6; gpp=DBACTDA~1YYN~BFKAAAgA",
      NGX_CONSENT_DECIDED, " targeted ", " sale " },
    { "an underscore between", "__gpp_sid=11_6; gpp=DBACTDA~1YYN~BFKAAAgA",
      NGX_CONSENT_DECIDED, " targeted ", " sale " },
    { "two lists", "__gpp_sid=11; __gpp_sid=6; gpp=DBACTDA~1YYN~BFKAAAgA",
      NGX_CONSENT_DECIDED, " targeted ", " sale " },
    { "an empty list is none", "__gpp_sid=; gpp=DBACTDA~1YYN~BFKAAAgA",
      NGX_CONSENT_DECIDED, " targeted ", " sale " },
    { "a list of others is none", "__gpp_sid=8; gpp=DBACTDA~1YYN~BFKAAAgA",
      NGX_CONSENT_DECIDED, " targeted ", " sale " },
    { "a list that is none", "__gpp_sid=-1; gpp=DBACTDA~1YYN~BFKAAAgA",
      NGX_CONSENT_DECIDED, " targeted ", " sale " },
    { "a number past all", "__gpp_sid=11,99999999999999999999;"
      " gpp=DBACTDA~1YYN~BFKAAAgA", NGX_CONSENT_DECIDED,
      " sale targeted ", "" },
    { "one that does not apply is broken",
      "gpp=DBACTDA~1YXN~BFKAAAgA; __gpp_sid=11", NGX_CONSENT_INVALID,
      NULL, NULL },

    { "GPC refuses all", "__gpp=DBABQw~BFUAAACA.YA", NGX_CONSENT_DECIDED,
      "", " sale sharing targeted " },
    { "a version that is not known", "__gpp=DBABLA~DVQqAAAAAgA.QA",
      NGX_CONSENT_INVALID, NULL, NULL },
    { "a section's end without one", "__gpp=DBABLA~BVQqAAAAAgA.",
      NGX_CONSENT_INVALID, NULL, NULL },
    { "a section that nobody knows", "__gpp=DBABMA~", NGX_CONSENT_INVALID,
      NULL, NULL },
    { "no section after the header", "__gpp=DBAA~BVQqAAAAAgA.QA",
      NGX_CONSENT_INVALID, NULL, NULL },
    { "a header that is padded", "__gpp=DBABLA==~BVQqAAAAAgA.QA",
      NGX_CONSENT_INVALID, NULL, NULL },
    { "a TC string alone", "__gpp=" D006, NGX_CONSENT_DECIDED,
      " p1 p2 p4 p5 p6 p11 ", "" },
    { "a TC string alone, cut", "__gpp=CQllpoAQllpoABtCQXENCjFgANwg",
      NGX_CONSENT_INVALID, NULL, NULL },

    /* entries: 4095, a range without an end, numbers without an end */

    { "entries that are not there", "__gpp=DBP_LA~BVQqAAAAAgA.QA",
      NGX_CONSENT_INVALID, NULL, NULL },
    { "a number without an end", "__gpp=DBABAAAAAAAAAAAAAA~BVQqAAAAAgA.QA",
      NGX_CONSENT_INVALID, NULL, NULL },
    { "a header that is too long", "__gpp=DBABLAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA~BVQqAAAAAgA.QA", NGX_CONSENT_INVALID,
      NULL, NULL }
};


static void
check_gpp(void)
{
    size_t               i;
    ngx_consent_asked_t  how;

    memset(&how, 0, sizeof(ngx_consent_asked_t));

    for (i = 0; i < sizeof(gpp) / sizeof(gpp[0]); i++) {

        read_line("gpp", gpp[i].line, strlen(gpp[i].line), &how);

        CHECK(got.state == gpp[i].state
              && (gpp[i].yes == NULL || (strcmp(got.yes, gpp[i].yes) == 0
                                         && strcmp(got.no, gpp[i].no) == 0)),
              "GPP: %s: state %d, yes \"%s\", no \"%s\"", gpp[i].rule,
              got.state, got.yes, got.no);
    }
}


static const struct {
    const char           *rule;
    const char           *value;
    ngx_consent_state_e   state;
    const char           *yes;          /* NULL: not looked at */
} fc[] = {
    { "an empty array", "[]", NGX_CONSENT_UNSET, "" },
    { "too few elements", "[null,null,null]", NGX_CONSENT_UNSET, "" },
    { "nulls", "[null,null,null,null,null]", NGX_CONSENT_UNSET, "" },
    { "nulls inside", "[0,0,0,[null,null,\"x\"],[[1,2],null]]",
      NGX_CONSENT_UNSET, "" },
    { "not encoded", "[null,null,null,[\"" D164 "\"]]", NGX_CONSENT_DECIDED,
      " p1 p2 " },
    { "not encoded, white space", " [ null ,1,\"%\",[ \"" D164 "\" ] ] ",
      NGX_CONSENT_DECIDED, " p1 p2 " },
    { "providers of Google's", "[0,0,0,[\"" D164 "\",\"1~7.12\",\"\"]]",
      NGX_CONSENT_DECIDED, " p1 p2 atp7 atp12 " },
    { "providers alone", "[0,0,0,[null,\"2~7~dv.8\"]]", NGX_CONSENT_DECIDED,
      " atp7 " },
    { "sale is refused", "[0,0,0,0,[[1,2],\"1YYN\"]]", NGX_CONSENT_INVALID,
      NULL },
    { "sale is refused", "[0,0,0,null,[[1,2],\"1YYN\"]]", NGX_CONSENT_DECIDED,
      "" },
    { "US Privacy that does not apply", "[0,0,0,null,[[1,2],\"1---\"]]",
      NGX_CONSENT_UNSET, "" },
    { "a broken TC string", "[0,0,0,[\"CQgzIcAQ\"]]", NGX_CONSENT_INVALID,
      NULL },
    { "broken providers", "[0,0,0,[\"" D164 "\",\"1~x\"]]",
      NGX_CONSENT_INVALID, NULL },
    { "broken US Privacy", "[0,0,0,[\"" D164 "\"],[1,\"1YXN\"]]",
      NGX_CONSENT_INVALID, NULL },
    { "an object", "{}", NGX_CONSENT_INVALID, NULL },
    { "no end", "[null,null,null,[\"" D164 "\"]", NGX_CONSENT_INVALID, NULL },
    { "a comma at the end", "[null,]", NGX_CONSENT_INVALID, NULL },
    { "a comma alone", "[,]", NGX_CONSENT_INVALID, NULL },
    { "more after it", "[] []", NGX_CONSENT_INVALID, NULL },
    { "a bad escape", "%5Bnull%5", NGX_CONSENT_INVALID, NULL }
};


static void
check_fc(void)
{
    char                 line[512];
    size_t               i;
    ngx_consent_asked_t  how;

    memset(&how, 0, sizeof(ngx_consent_asked_t));

    for (i = 0; i < sizeof(fc) / sizeof(fc[0]); i++) {

        snprintf(line, sizeof(line), "FCCDCF=%s", fc[i].value);
        read_line("funding-choices", line, strlen(line), &how);

        CHECK(got.state == fc[i].state
              && (fc[i].yes == NULL || strcmp(got.yes, fc[i].yes) == 0),
              "Funding Choices: %s: state %d, \"%s\"", fc[i].rule, got.state,
              got.yes);
    }
}


int
main(void)
{
    check_gpp();
    check_fc();

    return test_done();
}
