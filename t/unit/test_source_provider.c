
/*
 * Sources beyond categories: what is said of one provider, and of vendors of
 * TCF.
 */

#define _GNU_SOURCE

#include "test.h"
#include "inspect.h"


#define NOW  1764000000

/*
 * The vectors' tcf-d048, made by IAB's library: consent to purposes 1 to 11 and
 * to vendors 1 to 15, of whom 8 was not disclosed; of purpose 2 vendors 1, 3 to
 * 7, 9 and 14 are forbidden, of purpose 9 vendors 1, 9 to 13 and 15.
 */
#define TC                                                                   \
    "CQhrKYAQhrKYAHQFVTENCjEkAP_gAEPgAAqIAHv_-AAAAIIAEAADAAMABwAE"           \
    "gAOJAAwAAwAJAA0AB4AA.IAHv7-AA"

/* and tcf-d164: consent to purposes 1 and 2, and to vendor 1 */
#define TC_TWO                                                               \
    "CQgzIcAQgzIcAEsAHBFRCWFgAMAAAAAAAAqIABqAAAAIIABAAYOgBQADAAkA"           \
    "FA"


/* a source, what it says of the provider "P", and what that one then may */

#define KLARO  "consent_source klaro; consent_map klaro p provider=P;"

static const struct {
    const char  *name;
    const char  *conf;
    const char  *cookie;
    const char  *granted;       /* to the provider, without what is required */
    const char  *others;        /* to all others */
} rows[] = {
    { "a provider's key grants it everything",
      KLARO, "klaro={\"p\":true}", "performance advertising sharing", "" },
    { "and others nothing, nor does it refuse them anything",
      "consent_regime optout;" KLARO, "klaro={\"p\":false}", "",
      "performance advertising sharing" },
    { "a key that was not said is no consent",
      "consent_regime optout;" KLARO, "klaro={\"q\":true}", "",
      "performance advertising sharing" },
    { "all keys of a row are needed",
      "consent_source klaro; consent_map klaro p+q provider=P;",
      "klaro={\"p\":true}", "", "" },
    { "all keys of a row are enough",
      "consent_source klaro; consent_map klaro p+q provider=P;",
      "klaro={\"p\":true,\"q\":true}", "performance advertising sharing", "" },
    { "one of several rows is enough",
      KLARO "consent_map klaro q provider=P;",
      "klaro={\"p\":false,\"q\":true}", "performance advertising sharing",
      "" },
    { "a row of another provider is not",
      KLARO "consent_map klaro q provider=Q;",
      "klaro={\"p\":false,\"q\":true}", "", "" },
    { "in whatever order",
      "consent_source klaro; consent_map klaro q provider=Q;"
      "consent_map klaro p provider=P; consent_map klaro q provider=Q;"
      "consent_map klaro p2 provider=P; consent_map klaro p performance;",
      "klaro={\"p2\":true}", "performance advertising sharing", "" },
    { "its own answer decides over its category's: yes",
      KLARO "consent_map klaro ads advertising;",
      "klaro={\"p\":true,\"ads\":false}", "performance advertising sharing",
      "" },
    { "its own answer decides over its category's: no",
      KLARO "consent_map klaro ads advertising;",
      "klaro={\"p\":false,\"ads\":true}", "", "advertising" },
    { "a category's key may be a provider's, too",
      KLARO "consent_map klaro p advertising;",
      "klaro={\"p\":true}", "performance advertising sharing",
      "advertising" },
    { "another source's refusal of a category stays",
      KLARO "consent_source osano;",
      "klaro={\"p\":true}; cookieconsent_status=deny", "", "" },
    { "another source's grant does not make up for a refusal",
      KLARO "consent_source osano;",
      "klaro={\"p\":false}; cookieconsent_status=allow", "",
      "performance advertising sharing" },
    { "another source's silence changes nothing",
      KLARO "consent_source osano;",
      "klaro={\"p\":true}", "performance advertising sharing", "" },
    { "no answer at all leaves it to the others",
      KLARO "consent_source osano;",
      "cookieconsent_status=allow", "performance advertising sharing",
      "performance advertising sharing" },
    { "nor to the regime",
      "consent_regime optout;" KLARO, "a=b", "performance advertising sharing",
      "performance advertising sharing" },
    { "what is broken refuses the provider",
      "consent_regime optout;" KLARO, "klaro={\"p\":tru", "",
      "performance advertising sharing" },
    { "what is broken may be told to be unset",
      "consent_regime optout; consent_invalid unset;" KLARO,
      "klaro={\"p\":tru", "performance advertising sharing",
      "performance advertising sharing" },
    { "with all that other copies have said",
      "consent_regime optout; consent_invalid unset;" KLARO,
      "klaro={\"p\":false}; klaro={", "performance advertising sharing",
      "performance advertising sharing" },
    { "a grant needs all copies",
      KLARO, "klaro={\"p\":true}; klaro={}", "", "" },
    { "a refusal needs one",
      "consent_regime optout;" KLARO, "klaro={\"p\":true}; klaro={\"p\":false}",
      "", "performance advertising sharing" },
    { "a refusal stands beside a copy that has run out",
      "consent_regime optout; consent_source didomi max_age=30d;"
      "consent_map didomi vendor:p provider=P;",
      /* {"updated":"2025-11-20T00:00:00Z","vendors":{"disabled":["p"]}} */
      "didomi_token=eyJ1cGRhdGVkIjoiMjAyNS0xMS0yMFQwMDowMDowMFoiLCJ2ZW5kb3Jz"
      "Ijp7ImRpc2FibGVkIjpbInAiXX19; "
      /* {"updated":"2024-11-20T00:00:00Z","vendors":{"enabled":["p"]}} */
      "didomi_token=eyJ1cGRhdGVkIjoiMjAyNC0xMS0yMFQwMDowMDowMFoiLCJ2ZW5kb3Jz"
      "Ijp7ImVuYWJsZWQiOlsicCJdfX0=", "", "performance advertising sharing" },
    { "what is implied is no answer",
      "consent_source cookiebot; consent_map cookiebot marketing provider=P;",
      "CookieConsent=-1", "", "" },
    { "nor a refusal",
      "consent_regime optout; consent_source cookiebot;"
      "consent_map cookiebot off; consent_map cookiebot no provider=P;",
      "CookieConsent=-1", "performance advertising sharing",
      "performance advertising sharing" },
    { "implied=allow makes it one",
      "consent_source cookiebot implied=allow;"
      "consent_map cookiebot off; consent_map cookiebot marketing provider=P;",
      "CookieConsent=-1", "performance advertising sharing", "" },
    { "a provider's row leaves the built-in ones",
      "consent_source onetrust; consent_map onetrust C0002 provider=P;",
      "OptanonConsent=groups=C0002%3A1&intType=1",
      "performance advertising sharing", "performance" },
    { "a service's type may be a provider's",
      "consent_source tarteaucitron; consent_map tarteaucitron off;"
      "consent_map tarteaucitron type:ads provider=P;",
      "tarteaucitron=!facebookpixel=true", "performance advertising sharing",
      "" },

    /* what can only deny */

    { "a veto grants no provider",
      "consent_source usprivacy; consent_map usprivacy sale provider=P;",
      "usprivacy=1YNN", "", "" },
    { "a veto refuses one",
      "consent_regime optout; consent_source usprivacy;"
      "consent_map usprivacy off; consent_map usprivacy sale provider=P;",
      "usprivacy=1YYN", "", "performance advertising sharing" },
    { "a veto takes the grant of another source",
      "consent_source osano; consent_source usprivacy;"
      "consent_map usprivacy off; consent_map usprivacy sale provider=P;",
      "cookieconsent_status=allow; usprivacy=1YYN", "",
      "performance advertising sharing" },
    { "a veto that says nothing of it refuses nothing",
      "consent_regime optout; consent_source gpp;"
      "consent_map gpp off; consent_map gpp sharing provider=P;",
      "gpp=DBACTDA~1YYN~BFKAAAgA", "performance advertising sharing",
      "performance advertising sharing" },
    { "nor does a veto's yes lift its own refusals",
      "consent_regime optout; consent_source gpp;"
      "consent_map gpp targeted provider=P;",
      "gpp=DBACTDA~1YYN~BFKAAAgA", "performance advertising",
      "performance advertising" },
    { "a broken veto refuses",
      "consent_regime optout; consent_source usprivacy;"
      "consent_map usprivacy off; consent_map usprivacy sale provider=P;",
      "usprivacy=1", "", "performance advertising sharing" },
    { "a refused sale refuses a provider of Funding Choices",
      "consent_source funding-choices; consent_map funding-choices sale "
      "provider=P;",
      "FCCDCF=[0,0,0,[\"" TC "\"],[[1,1],\"1YYN\"]]", "",
      "performance advertising" },
    { "what is not refused leaves it to its categories",
      "consent_source funding-choices; consent_map funding-choices sale "
      "provider=P;",
      "FCCDCF=[0,0,0,[\"" TC "\"],[[1,1],\"1YNN\"]]", "performance advertising",
      "performance advertising" },
    { "who was told of a sale alone was asked of no vendor",
      "consent_regime optout; consent_source funding-choices;"
      "consent_map funding-choices vendor:1 provider=P;",
      "FCCDCF=[0,0,0,null,[[1,1],\"1YNN\"]]", "performance advertising sharing",
      "performance advertising sharing" },
    { "nor is a copy that only refuses an answer of it",
      "consent_regime optout; consent_source funding-choices;"
      "consent_map funding-choices vendor:1 provider=P;",
      "FCCDCF=[0,0,0,null,[[1,1],\"1YNN\"]]; FCCDCF=[0,0,0,[\"" TC "\"]]",
      "performance advertising sharing", "performance advertising sharing" },
    { "in whatever order",
      "consent_regime optout; consent_source funding-choices;"
      "consent_map funding-choices vendor:1 provider=P;",
      "FCCDCF=[0,0,0,[\"" TC "\"]]; FCCDCF=[0,0,0,null,[[1,1],\"1YNN\"]]",
      "performance advertising sharing", "performance advertising sharing" },
    { "though one beside it may refuse it",
      "consent_regime optout; consent_source funding-choices;"
      "consent_map funding-choices vendor:8 provider=P;",
      "FCCDCF=[0,0,0,[\"" TC "\"]]; FCCDCF=[0,0,0,null,[[1,1],\"1YNN\"]]",
      "", "performance advertising sharing" },
    { "what is granted and refused is refused",
      "consent_source funding-choices; consent_map funding-choices p3 sharing;"
      "consent_map funding-choices p3 provider=P;",
      "FCCDCF=[0,0,0,[\"" TC "\"],[[1,1],\"1YYN\"]]",
      "performance advertising sharing", "performance advertising" },

    /* vendors of TCF */

    { "a vendor may do what its purposes allow",
      "provider P performance tcf=1 {} consent_source tcf;",
      "euconsent-v2=" TC, "performance advertising",
      "performance advertising" },
    { "not what is forbidden to it",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_map tcf p9 sharing;",
      "euconsent-v2=" TC, "performance advertising",
      "performance advertising sharing" },
    { "which others may",
      "provider P performance tcf=2 {} consent_source tcf;"
      "consent_map tcf p9 sharing;",
      "euconsent-v2=" TC, "performance advertising sharing",
      "performance advertising sharing" },
    { "not what everybody may not",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_map tcf p12 sharing;",
      "euconsent-v2=" TC, "performance advertising",
      "performance advertising" },
    { "a vendor that was not disclosed may do nothing",
      "provider P performance tcf=8 {} consent_source tcf;",
      "euconsent-v2=" TC, "", "performance advertising" },
    { "nor one that is not listed, though another source grants",
      "provider P performance tcf=16 {} consent_source tcf;"
      "consent_source osano;",
      "euconsent-v2=" TC "; cookieconsent_status=allow", "sharing",
      "performance advertising sharing" },
    { "special features are nobody's own",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_map tcf sf2 sharing;",
      "euconsent-v2=" TC, "performance advertising sharing",
      "performance advertising sharing" },
    { "two purposes of which one is forbidden are not both",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_map tcf off; consent_map tcf p1+p9 performance;"
      "consent_map tcf p1+p10 advertising;",
      "euconsent-v2=" TC, "advertising", "performance advertising" },
    { "its row decides over its number",
      "provider P performance tcf=8 {} consent_source tcf;"
      "consent_map tcf p1 provider=P;",
      "euconsent-v2=" TC, "performance advertising sharing",
      "performance advertising" },
    { "its row may be its number",
      "consent_source tcf; consent_map tcf vendor:8 provider=P;",
      "euconsent-v2=" TC, "", "performance advertising" },
    { "or somebody's",
      "consent_source tcf; consent_map tcf vendor:2+vendor:10+p1 provider=P;",
      "euconsent-v2=" TC, "performance advertising sharing",
      "performance advertising" },
    { "a vendor's key may grant a category",
      "provider P performance {} consent_source tcf;"
      "consent_map tcf vendor:2 sharing;",
      "euconsent-v2=" TC, "performance advertising sharing",
      "performance advertising sharing" },
    { "two strings grant what both do",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_map tcf off; consent_map tcf p1 performance;"
      "consent_map tcf p3 advertising; consent_map tcf p2 sharing;",
      "euconsent-v2=" TC "; eupubconsent-v2=" TC_TWO, "performance",
      "performance sharing" },
    { "in whatever order",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_map tcf off; consent_map tcf p1 performance;"
      "consent_map tcf p3 advertising; consent_map tcf p2 sharing;",
      "euconsent-v2=" TC_TWO "; eupubconsent-v2=" TC, "performance",
      "performance sharing" },
    { "a string without the vendor takes what another grants",
      "provider P performance tcf=2 {} consent_source tcf;"
      "consent_map tcf off; consent_map tcf p1 performance;",
      "euconsent-v2=" TC "; eupubconsent-v2=" TC_TWO, "", "performance" },
    { "without a string a vendor is like everybody",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_regime optout;", "a=b", "performance advertising sharing",
      "performance advertising sharing" },
    { "a broken string refuses it what it is mapped to",
      "provider P performance tcf=1 {} consent_source tcf;"
      "consent_regime optout;", "euconsent-v2=C", "sharing", "sharing" },
    { "of Funding Choices as well",
      "provider P performance tcf=1 {} consent_source funding-choices;"
      "consent_map funding-choices p9 sharing;",
      "FCCDCF=[0,0,0,[\"" TC "\"]]", "performance advertising",
      "performance advertising sharing" },
    { "a number of TCF is nobody's in another source",
      "provider P performance tcf=8 {} consent_source osano;",
      "cookieconsent_status=allow", "performance advertising sharing",
      "performance advertising sharing" },
    { "its key in the module's own cookie accepts it alone",
      "provider P performance choice=provider key=p {} consent_source cookie;",
      "consent=1.1763999000.0.p", "performance advertising sharing", "" },
    { "the category without the key refuses it",
      "provider P performance choice=provider key=p {} consent_source cookie;",
      "consent=1.1763999000.0.performance", "", "performance" },
    { "a key that is mapped to a category is the category's",
      "provider P performance choice=provider key=p {}"
      "consent_source cookie; consent_map cookie p sharing;",
      "consent=1.1763999000.0.p", "sharing", "sharing" },
    { "a key is nothing in another source",
      "provider P performance choice=provider key=allow {}"
      "consent_source osano; consent_map osano allow sharing;",
      "cookieconsent_status=allow", "sharing", "sharing" },
    { NULL, NULL, NULL, NULL, NULL }
};


static void
granted(inspect_t *in, ngx_consent_mask_t mask, char *text)
{
    ngx_uint_t  n;

    *text = '\0';

    for (n = 1; n < in->ncategories; n++) {
        if (mask >> n & 1) {
            sprintf(text + strlen(text), "%s%.*s", *text ? " " : "",
                    (int) in->categories[n].name.len,
                    in->categories[n].name.data);
        }
    }
}


/* as a configuration has it */

static inspect_t *
inspected(ngx_pool_t *pool, const char *name, const char *conf,
    const char *cookie)
{
    ngx_str_t    text, subject, *line;
    inspect_t   *in;
    ngx_uint_t   n;

    in = inspect_alloc(pool, sizeof(inspect_t));
    in->pool = pool;
    in->now = NOW;

    line = inspect_alloc(pool, sizeof(ngx_str_t));
    *line = inspect_copy(pool, cookie, strlen(cookie));
    in->jar.lines = line;
    in->jar.nlines = 1;

    text = inspect_copy(pool, conf, strlen(conf));

    CHECK(inspect_conf(in, text.data, text.len, &n) == NULL
          && inspect_judge(in, &subject) == NULL, "%s: %s", name, conf);

    return in;
}


static void
check_rows(void)
{
    char         own[256], others[256];
    size_t       i, n;
    ngx_str_t    name;
    inspect_t   *in;
    ngx_pool_t  *pool;

    name.data = (u_char *) "P";
    name.len = 1;

    for (i = 0; rows[i].name; i++) {

        pool = shim_create_pool();
        in = inspected(pool, rows[i].name, rows[i].conf, rows[i].cookie);

        CHECK((in->sources[0].opinion.granted & in->sources[0].opinion.denied)
              == 0,
              "%s: granted and refused", rows[i].name);

        n = inspect_add_provider(in, &name) - 1;
        granted(in, in->providers[n].grant.mask, own);
        granted(in, in->grant.mask, others);

        CHECK(strcmp(own, rows[i].granted) == 0
              && strcmp(others, rows[i].others) == 0,
              "%s: \"%s\", others \"%s\"", rows[i].name, own, others);

        shim_destroy_pool(pool);
    }
}


static const struct {
    const char  *keys;          /* of a map of tcf */
    const char  *ids;
} wanted[] = {
    { "p1+sf1", "" },
    { "vendor:755", " 755" },
    { "vendor:755+vendor:9+vendor:65535+vendor:10+vendor:755",
      " 9 10 755 65535" },
    { "vendor:0+vendor:01+vendor:65536+vendor:99999+vendor:100000", "" },
    { "vendor:18446744073709551617+vendor:1x+vendor:x+vendor:+1", NULL },
    { "vendor:18446744073709551617+vendor:1x+vendor:x", "" },
    { "category:7+service:8+type:9+7", "" },
    { NULL, NULL }
};


static void
check_wanted(void)
{
    char                    text[64];
    size_t                  i;
    uint32_t                ids[8];
    ngx_str_t               name;
    ngx_uint_t              n, j, bad, keys[16];
    ngx_consent_key_t       row;
    ngx_consent_map_rule_t  rule;
    ngx_consent_map_t       rules;
    ngx_consent_wanted_t    found[16];

    name.data = (u_char *) "tcf";
    name.len = 3;

    for (i = 0; wanted[i].keys; i++) {

        memset(&rules, 0, sizeof(ngx_consent_map_t));
        memset(&row, 0, sizeof(ngx_consent_key_t));

        row.key.len = strlen(wanted[i].keys);
        row.key.data = test_copy(wanted[i].keys, row.key.len);

        if (ngx_consent_map_make(&rules, ngx_consent_format(&name), &row, 1,
                                   found, keys, &rule, &bad)
            != NGX_OK)
        {
            CHECK(wanted[i].ids == NULL, "%s is a map's", wanted[i].keys);
            free(row.key.data);
            continue;
        }

        n = ngx_consent_map_vendors(&rules, ids, 8);
        text[0] = '\0';

        for (j = 0; j < n; j++) {
            sprintf(text + strlen(text), " %u", (unsigned) ids[j]);
        }

        CHECK(wanted[i].ids && strcmp(text, wanted[i].ids) == 0,
              "%s: vendors%s", wanted[i].keys, text);

        ids[0] = 7;
        ids[1] = 7;

        CHECK(ngx_consent_map_vendors(&rules, ids, 1) == n && ids[1] == 7
              && ngx_consent_map_vendors(&rules, NULL, 0) == n,
              "%s: no more than there is room for", wanted[i].keys);

        free(row.key.data);
    }
}


/* Each vendor's purposes over all copies, from blocks of exactly their size. */

static const struct {
    const char  *name;
    const char  *conf;
    const char  *cookie;
    uint32_t     id;
    uint32_t     consent;
    uint32_t     interest;
} says[] = {
    { "what it may by consent", "consent_source tcf;", "euconsent-v2=" TC, 1,
      0xffe000 & ~(ngx_consent_tcf_purpose(2) | ngx_consent_tcf_purpose(9)),
      0 },
    { "and by interest", "consent_source tcf;",
      /* tcf-d006 */
      "euconsent-v2=CQllpoAQllpoABtCQXENCjFgANwgAAJgAACYATESdRFh0AIwBAAgQQAS"
      "UAOABIAGAAOAA6AA.bowAAigAAQAA.IAUFCdRFp1AA", 9,
      ngx_consent_tcf_purpose(1) | ngx_consent_tcf_purpose(2)
      | ngx_consent_tcf_purpose(4) | ngx_consent_tcf_purpose(5)
      | ngx_consent_tcf_purpose(6) | ngx_consent_tcf_purpose(11),
      ngx_consent_tcf_purpose(7) | ngx_consent_tcf_purpose(10)
      | ngx_consent_tcf_purpose(11) },
    { "over two copies", "consent_source tcf;",
      "euconsent-v2=" TC "; euconsent-v2=" TC_TWO, 1,
      ngx_consent_tcf_purpose(1), 0 },
    { "with one that lacks it", "consent_source tcf;",
      "euconsent-v2=" TC "; euconsent-v2=" TC_TWO, 2, 0, 0 },
    { "with a broken one", "consent_source tcf;",
      "euconsent-v2=" TC "; euconsent-v2=C", 1, 0, 0 },
    { "with a broken one before it", "consent_source tcf;",
      "euconsent-v2=C; euconsent-v2=" TC, 1, 0, 0 },
    { "without any", "consent_source tcf;", "a=b", 1, 0, 0 },
    { "of one that has run out", "consent_source tcf max_age=1d;",
      "euconsent-v2=" TC, 1, 0, 0 },
    { "with a copy that does not tell of vendors",
      "consent_source funding-choices;",
      "FCCDCF=[0,0,0,[\"" TC "\"]]; FCCDCF=[0,0,0,null,[[1,1],\"1YNN\"]]", 1,
      0, 0 },
    { "that comes first", "consent_source funding-choices;",
      "FCCDCF=[0,0,0,null,[[1,1],\"1YNN\"]]; FCCDCF=[0,0,0,[\"" TC "\"]]", 1,
      0, 0 },
    { "of a string that is broken past it", "consent_source funding-choices;",
      "FCCDCF=[0,0,0,[\"" TC "\",\"3~\"]]", 1, 0, 0 },
    { "a format without vendors", "consent_source klaro;",
      "klaro={\"1\":true}", 1, 0, 0 },
    { NULL, NULL, NULL, 0, 0, 0 }
};


static void
check_says(void)
{
    size_t                      i, j;
    uint32_t                   *ids;
    inspect_t                  *in;
    ngx_pool_t                 *pool;
    inspect_source_t           *s;
    ngx_consent_opinion_t       o, without;
    ngx_consent_vendor_says_t  *of;

    for (i = 0; says[i].name; i++) {

        pool = shim_create_pool();
        in = inspected(pool, says[i].name, says[i].conf, says[i].cookie);
        s = &in->sources[0];

        /* it alone, and among others */

        for (j = 1; j <= 5; j += 4) {

            ids = inspect_alloc(pool, j * sizeof(uint32_t));
            of = inspect_alloc(pool, j * sizeof(ngx_consent_vendor_says_t));

            if (j == 1) {
                ids[0] = says[i].id;

            } else {
                ids[0] = says[i].id - (says[i].id > 1);
                ids[1] = says[i].id;
                ids[2] = 1000;
                ids[3] = 60000;
                ids[4] = 65535;
            }

            s->asked.vendors = ids;
            s->asked.nvendors = j;

            memset(of, 0x55, j * sizeof(ngx_consent_vendor_says_t));

            ngx_consent_source_read(&s->asked, &s->rules, s->said, NULL,
                                    &without);
            ngx_consent_source_read(&s->asked, &s->rules, s->said, of, &o);

            CHECK(of[j > 1].consent == says[i].consent
                  && of[j > 1].interest == says[i].interest,
                  "%s: vendor %u, %06x and %06x", says[i].name,
                  (unsigned) says[i].id, of[j > 1].consent,
                  of[j > 1].interest);

            CHECK(j == 1 || (of[2].consent | of[3].interest | of[4].consent)
                            == 0,
                  "%s: others", says[i].name);

            CHECK(o.state == without.state && o.granted == without.granted
                  && o.denied == without.denied,
                  "%s: the opinion is the same", says[i].name);
        }

        shim_destroy_pool(pool);
    }
}


/* What a configuration cannot write, and its reader may do all the same. */

static void
check_direct(void)
{
    u_char                     said[8];
    inspect_t                 *in;
    ngx_uint_t                 bad, keys[4];
    ngx_pool_t                *pool;
    inspect_source_t          *s;
    ngx_consent_map_t          rules;
    ngx_consent_opinion_t      of;
    ngx_consent_wanted_t       found[4];
    ngx_consent_map_rule_t     rule[2];
    ngx_consent_vendor_says_t  nothing;

    static const ngx_consent_key_t  both[] = {
        { ngx_string("a"), 2, 7 },
        { ngx_string("b"), 4, 0 }
    };

    memset(&nothing, 0, sizeof(ngx_consent_vendor_says_t));

    pool = shim_create_pool();
    in = inspected(pool, "vendor",
                   "consent_source onetrust; consent_map onetrust p1 sharing;",
                   "OptanonConsent=groups=p1%3A1&intType=1");
    s = &in->sources[0];

    ngx_consent_source_of_provider(&s->asked, &s->rules, s->said, &s->opinion,
                                   0, &nothing, &of);

    CHECK(of.granted == s->opinion.granted && of.granted,
          "a vendor of TCF is nobody's elsewhere");

    memset(&rules, 0, sizeof(ngx_consent_map_t));
    memset(said, 0, sizeof(said));

    CHECK(ngx_consent_map_make(&rules, s->asked.format, both, 2, found, keys,
                               rule, &bad)
          == NGX_OK
          && rules.mapped == 4 && rules.ncategory == 1
          && rules.rules[0].provider == 0 && rules.rules[1].provider == 7
          && rules.rules[1].mask == 0,
          "a provider's row is of no category");

    shim_destroy_pool(pool);
}


int
main(void)
{
    check_direct();
    check_rows();
    check_wanted();
    check_says();

    return test_done();
}
