
/*
 * Sources, maps and regimes as a configuration has them: what they make of
 * cookies, what is wrong with them, and the limits of values.
 */

#define _GNU_SOURCE

#include "test.h"
#include "inspect.h"


#define NOW  1764000000

/* consent to purposes 1 to 11 (the vectors' tcf-d048, made by IAB's library) */
#define TC                                                                   \
    "CQhrKYAQhrKYAHQFVTENCjEkAP_gAEPgAAqIAHv_-AAAAIIAEAADAAMABwAE"           \
    "gAOJAAwAAwAJAA0AB4AA.IAHv7-AA"


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
    { "keys that fall into one slot are not one",
      "consent_source klaro; consent_map klaro am performance;"
      "consent_map klaro qm sharing;",
      "klaro={\"qm\":true}", NULL, "decided", "sharing" },
    { "a key that falls into a wanted one's slot is another",
      "consent_source klaro; consent_map klaro am performance;",
      "klaro={\"qm\":true}", NULL, "decided", "" },
    { "nor is it one of several of the slot",
      "consent_source klaro; consent_map klaro am performance;"
      "consent_map klaro qm sharing;",
      "klaro={\"1m\":true,\"Qm\":true}", NULL, "decided", "" },
    { "an object in an object counts for the depth",
      "consent_source didomi; consent_map didomi m performance;",
      "didomi_token=eyJwdXJwb3NlcyI6eyJlbmFibGVkIjpbIm0iXSwieCI6W1tbW1tbW1tb"
      "W1tbW1tbXV1dXV1dXV1dXV1dXV1dfX0=", NULL, "decided", "performance" },
    { "and one more is too deep",
      "consent_source didomi; consent_map didomi m performance;",
      "didomi_token=eyJwdXJwb3NlcyI6eyJlbmFibGVkIjpbIm0iXSwieCI6W1tbW1tbW1tb"
      "W1tbW1tbW11dXV1dXV1dXV1dXV1dXV19fQ==", NULL, "invalid", "" },
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
    { "what only refuses is a veto beside purposes, too",
      "consent_source osano; consent_source funding-choices;"
      "consent_gpc off;",
      "cookieconsent_status=allow; FCCDCF=[0,0,0,[\"" TC "\"],"
      "[[1764000000,1],\"1YYN\"]]", NULL, "decided",
      "performance advertising" },
    { "and grants nothing",
      "consent_source funding-choices;",
      "FCCDCF=[0,0,0,[\"" TC "\"],[[1764000000,1],\"1YNN\"]]", NULL,
      "decided", "performance advertising" },
    { "nor does what is absent refuse",
      "consent_regime optout; consent_source funding-choices;",
      "FCCDCF=[0,0,0,[\"" TC "\"]]", NULL, "decided",
      "performance advertising sharing" },
    { "who was only told of a sale was not asked for purposes",
      "consent_regime optout; consent_source funding-choices;",
      "FCCDCF=[0,0,0,null,[[1764000000,1],\"1YYN\"]]", NULL, "decided",
      "performance advertising" },
    { "and has given no consent",
      "consent_source funding-choices;",
      "FCCDCF=[0,0,0,null,[[1764000000,1],\"1YNN\"]]", NULL, "decided", "" },
    { "what only refuses has a time as well",
      "consent_regime optout; consent_source funding-choices max_age=30d;",
      "FCCDCF=[0,0,0,null,[[1763000000,1],\"1YYN\"]]", NULL, "decided",
      "performance advertising" },
    { "and runs out",
      "consent_regime optout; consent_source funding-choices max_age=30d;",
      "FCCDCF=[0,0,0,null,[[1731000000,1],\"1YYN\"]]", NULL, "unset",
      "performance advertising sharing" },
    { "a copy that only refuses takes the purposes of another",
      "consent_source funding-choices;",
      "FCCDCF=[0,0,0,[\"" TC "\"]]; "
      "FCCDCF=[0,0,0,null,[[1764000000,1],\"1YNN\"]]", NULL, "decided", "" },
    { "Cookiebot's cookie is none of cookieman",
      "consent_source cookieman; consent_map cookieman 0 performance;"
      "consent_map cookieman -1 sharing;", "CookieConsent=0", NULL, "invalid",
      "" },
    { "nor what it writes where no consent is needed",
      "consent_source cookieman; consent_map cookieman 0 performance;"
      "consent_map cookieman -1 sharing;", "CookieConsent=-1", NULL, "invalid",
      "" },
    { "and cookieman's none of Cookiebot",
      "consent_source cookiebot; consent_map cookiebot marketing advertising;",
      "CookieConsent=marketing|statistics", NULL, "invalid", "" },
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
      "consent_source klaro max_age=65y; consent_map klaro m performance;",
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


/* more seconds than any integer has */
#define YEARS10   "999999999y999999999y999999999y999999999y999999999y"        \
                  "999999999y999999999y999999999y999999999y999999999y"
#define YEARS100  YEARS10 YEARS10 YEARS10 YEARS10 YEARS10                     \
                  YEARS10 YEARS10 YEARS10 YEARS10 YEARS10


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
    { "consent_source klaro max_age=" YEARS100 YEARS100 YEARS100 ";",
      1, "max_age= is no time" },
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
    check_rows();
    check_faults();
    check_said();
    check_limits();

    return test_done();
}
