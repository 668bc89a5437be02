
/*
 * Consent cookies that are text: what the vectors do not say of them, and that
 * no cookie that was cut grants more than it did.
 */

#include "test.h"
#include "ngx_consent_source.h"


#define MAX_KEYS  64


typedef struct {
    char       key[64];
    ngx_uint_t  yes;
} test_key_t;


typedef struct {
    test_key_t   keys[MAX_KEYS];
    ngx_uint_t   n;
} test_keys_t;


static const struct {
    const char  *rule;
    const char  *format;
    const char  *cookie;
    const char  *says;          /* state, keys, "-" before what is refused */
} rows[] = {

    /* TrustCommander */

    { "refusals that are listed are refusals",
      "trustcommander", "TC_PRIVACY=1@006@2,3@4@1727764542508@",
      "decided 4 -2 -3 @1727764542" },
    { "a category that is always on and refused is refused",
      "trustcommander", "TC_PRIVACY=1@006@2,3@2@1727764542508@",
      "decided -2 -3 @1727764542" },
    { "ALL is refused under status 1",
      "trustcommander", "TC_PRIVACY=1@009@ALL@@1593418821237@",
      "decided -ALL @1593418821" },
    { "ALL stands alone",
      "trustcommander", "TC_PRIVACY=0@009@ALL,1@@1593418821237@", "invalid" },
    { "ALL is no category that is always on",
      "trustcommander", "TC_PRIVACY=0@009@1@ALL@1593418821237@", "invalid" },
    { "ALL is written in capitals",
      "trustcommander", "TC_PRIVACY=0@009@all@@1593418821237@", "invalid" },
    { "who has accepted nothing has decided",
      "trustcommander", "TC_PRIVACY=0@006@@@1727764542508@",
      "decided @1727764542" },
    { "any punctuation separates",
      "trustcommander", "TC_PRIVACY=0*006*1,3*2*1727764542508*",
      "decided 2 1 3 @1727764542" },
    { "a letter does not separate",
      "trustcommander", "TC_PRIVACY=0x006x1,3xx1727764542508x", "invalid" },
    { "a digit does not separate",
      "trustcommander", "TC_PRIVACY=0100611", "invalid" },
    { "a comma does not separate",
      "trustcommander", "TC_PRIVACY=0,006,1,,1727764542508,", "invalid" },
    { "what separates a version's parts does not separate",
      "trustcommander", "TC_PRIVACY=0|006|1||1727764542508|", "invalid" },
    { "encoded twice is broken",
      "trustcommander", "TC_PRIVACY=0%2540006%25401%2540%2540", "invalid" },
    { "there is a version",
      "trustcommander", "TC_PRIVACY=0@@1,3@@1727764542508@", "invalid" },
    { "the first version's separator is not two empty fields",
      "trustcommander", "TC_PRIVACY=0@@@005@@@ALL", "invalid" },
    { "a list has no empty item",
      "trustcommander", "TC_PRIVACY=0@006@1,,3@@1727764542508@", "invalid" },
    { "a list has no end that is empty",
      "trustcommander", "TC_PRIVACY=0@006@1,3,@@1727764542508@", "invalid" },
    { "a list has no blanks",
      "trustcommander", "TC_PRIVACY=0@006@1, 3@@1727764542508@", "invalid" },
    { "a NUL ends no number",
      "trustcommander", "TC_PRIVACY=0@006@1%003@@1727764542508@", "invalid" },
    { "a list that is cut is broken",
      "trustcommander", "TC_PRIVACY=0@006@1,3@4", "invalid" },
    { "a time that is cut is not known",
      "trustcommander", "TC_PRIVACY=0@006@1,3@@x", "decided 1 3" },
    { "three times are updated, created and the end",
      "trustcommander",
      "TC_PRIVACY=0@006@1@@1773245325767,1769270925767,1788797325767@",
      "decided 1 @1773245325 <1788797325" },
    { "fields may follow",
      "trustcommander", "TC_PRIVACY=0@006@1@@1727764542508@_v8@new@newer",
      "decided 1 @1727764542" },
    { "a bad escape breaks it, wherever it is",
      "trustcommander", "TC_PRIVACY=0@006@1@@1727764542508@_v8%4", "invalid" },
    { "what is not UTF-8 breaks it",
      "trustcommander", "TC_PRIVACY=0@006@1@@1727764542508@\xc0\x80",
      "invalid" },
    { "plus is a plus",
      "trustcommander", "TC_PRIVACY=0@006@1+3@@1727764542508@", "invalid" },
    { "numbers keep their zeros",
      "trustcommander", "TC_PRIVACY=0@006@01@@@", "decided 01" },

    { "the first version's list is narrowed by another cookie",
      "trustcommander-v1",
      "TC_OPTOUT=0@@@005@@@ALL; TC_OPTOUT_categories=18%2C19",
      "decided 18 19" },
    { "a narrower list that is broken breaks it",
      "trustcommander-v1", "TC_OPTOUT=0@@@005@@@ALL; TC_OPTOUT_categories=18,x",
      "invalid" },
    { "two narrower lists that differ break it",
      "trustcommander-v1",
      "TC_OPTOUT=0@@@5@@@ALL; TC_OPTOUT_categories=18; "
      "TC_OPTOUT_categories=19", "invalid" },
    { "two narrower lists of which one begins the other differ",
      "trustcommander-v1",
      "TC_OPTOUT=0@@@5@@@ALL; TC_OPTOUT_categories=18; "
      "TC_OPTOUT_categories=18,19", "invalid" },
    { "two narrower lists that agree are one",
      "trustcommander-v1",
      "TC_OPTOUT=0@@@5@@@ALL; TC_OPTOUT_categories=18; "
      "TC_OPTOUT_categories=18", "decided 18" },
    { "a refusal is not narrowed",
      "trustcommander-v1",
      "TC_OPTOUT=1@@@005@@@ALL; TC_OPTOUT_categories=18", "decided -ALL" },
    { "a bare 0 accepts nothing",
      "trustcommander-v1", "TC_OPTOUT=0", "invalid" },
    { "a bare 1 refuses",
      "trustcommander-v1", "TC_OPTOUT=1", "decided" },
    { "the first version may be encoded",
      "trustcommander-v1", "TC_OPTOUT=0%40%40%40005%40%40%401%2C2",
      "decided 1 2" },
    { "three characters separate, not two",
      "trustcommander-v1", "TC_OPTOUT=0@@005@@ALL", "invalid" },

    /* OneTrust */

    { "a banner that was closed is a choice, of that time",
      "onetrust", "OptanonConsent=groups=C0001%3A1%2CC0002%3A0; "
      "OptanonAlertBoxClosed=2026-02-07T17:12:47.000Z",
      "decided C0001 -C0002 @1770484367" },
    { "commas and colons may be raw",
      "onetrust", "OptanonConsent=groups=C0001:1,C0002:0&intType=1",
      "decided C0001 -C0002" },
    { "a group that is there twice is refused if once",
      "onetrust", "OptanonConsent=groups=C2:0,C2:1&intType=1", "decided -C2" },
    { "groups that are there twice are broken",
      "onetrust", "OptanonConsent=groups=C1:0&groups=C1:1&intType=1",
      "invalid" },
    { "an ampersand within a value is none",
      "onetrust", "OptanonConsent=landingPath=%26groups%3DC4%3A1&groups=C4:0"
      "&intType=1", "decided -C4" },
    { "what is encoded as a whole has no groups",
      "onetrust", "OptanonConsent=groups%3DC0001%253A1%26intType%3D1",
      "invalid" },
    { "a parameter's name is matched whole",
      "onetrust", "OptanonConsent=subgroups=C4:1&groups=C4:0&intType=1",
      "decided -C4" },
    { "a bad escape in the groups breaks them",
      "onetrust", "OptanonConsent=groups=C0001%3A1%2CC0002%3&intType=1",
      "invalid" },
    { "intType is a number",
      "onetrust", "OptanonConsent=groups=C4:1&intType=undefined",
      "implied C4" },
    { "reconsent is awaited, whatever else was done",
      "onetrust", "OptanonConsent=groups=C4:1&intType=1&AwaitingReconsent=true",
      "implied C4" },
    { "of two times the older counts",
      "onetrust", "OptanonAlertBoxClosed=2026-02-07T17:12:47.000Z; "
      "OptanonConsent=groups=C4:1; "
      "OptanonAlertBoxClosed=2025-12-03T13:57:50.058Z",
      "decided C4 @1764770270" },
    { "a banner was closed, even if its date cannot be read",
      "onetrust", "OptanonConsent=groups=C4:1; OptanonAlertBoxClosed=yes",
      "decided C4" },

    /* Cookiebot */

    { "a category that is there twice is refused if once",
      "cookiebot", "CookieConsent={stamp:'a',marketing:false,marketing:true}",
      "decided -marketing" },
    { "only the literal true accepts",
      "cookiebot", "CookieConsent={necessary:true,statistics:'true',"
      "marketing:1,preferences:True}",
      "decided necessary -preferences -statistics -marketing" },
    { "names may be strings",
      "cookiebot", "CookieConsent={\"necessary\":true,'marketing':true}",
      "decided necessary marketing" },
    { "white space is free",
      "cookiebot", "CookieConsent={ necessary : true , marketing:\ttrue ,}",
      "decided necessary marketing" },
    { "an object says something of a category",
      "cookiebot", "CookieConsent={}", "invalid" },
    { "nothing follows the object",
      "cookiebot", "CookieConsent={marketing:true}}", "decided -marketing" },
    { "no escape hides a quote",
      "cookiebot", "CookieConsent={stamp:'\\',marketing:true,a:'',"
      "marketing:false}", "invalid" },
    { "a member that is none breaks it",
      "cookiebot", "CookieConsent={x,marketing:true}", "invalid" },
    { "a quote within a word breaks it",
      "cookiebot", "CookieConsent={ver:1',marketing:true}", "invalid" },
    { "a method of another name is no explicit one",
      "cookiebot", "CookieConsent={marketing:true,method:'strict'}",
      "implied marketing" },
    { "a number is not the whole of it",
      "cookiebot", "CookieConsent=-10", "invalid" },
    { "a group of cookieman is no object",
      "cookiebot", "CookieConsent=mandatory|marketing", "invalid" },

    /* CookieYes, and its elder */

    { "a category that is there twice is refused if once",
      "cookieyes", "cookieyes-consent=action:yes,analytics:no,analytics:yes",
      "decided -analytics" },
    { "of two actions the weaker counts",
      "cookieyes", "cookieyes-consent=action:yes,action:,analytics:yes",
      "unset" },
    { "whichever of them is first",
      "cookieyes", "cookieyes-consent=action:,action:yes,analytics:yes",
      "unset" },
    { "an action is yes, no or empty",
      "cookieyes", "cookieyes-consent=action:maybe,analytics:yes", "invalid" },
    { "only yes is yes",
      "cookieyes", "cookieyes-consent=action:yes,analytics:YES,other:yes%20",
      "decided -analytics -other" },
    { "a box that is there twice is refused if once",
      "cookielawinfo", "cookielawinfo-checkbox-a=no; viewed_cookie_policy=yes; "
      "cookielawinfo-checkbox-a=yes", "decided -a" },
    { "the elder's banner was answered with yes or no",
      "cookielawinfo", "cookielawinfo-checkbox-a=yes; viewed_cookie_policy=1",
      "implied a" },
    { "a box without a name is none",
      "cookielawinfo", "cookielawinfo-checkbox-=yes", "unset" },
    { "an empty box says nothing",
      "cookielawinfo", "cookielawinfo-checkbox-a=\"\"", "unset" },

    /* tarteaucitron */

    { "a service that is there twice is refused if once",
      "tarteaucitron", "tarteaucitron=!gtag=false!gtag=true", "decided -gtag" },
    { "a refusal is found again behind services of the same hash",
      "tarteaucitron", "tarteaucitron=!ab=false!cb=true!ab=true",
      "decided -ab cb" },
    { "a service without a word is broken",
      "tarteaucitron", "tarteaucitron=!gtag", "invalid" },
    { "who is waited for has not chosen",
      "tarteaucitron", "tarteaucitron=!gtag=wait", "unset" },
    { "an exclamation mark alone is broken",
      "tarteaucitron", "tarteaucitron=!", "invalid" },
    { "a service has a name",
      "tarteaucitron", "tarteaucitron=!=true", "invalid" },

    /* Osano */

    { "a refusal is one of what could be allowed",
      "osano", "cookieconsent_status=deny", "decided -allow" },
    { "a word is matched whole",
      "osano", "cookieconsent_status=allow%00", "invalid" },

    /* Complianz */

    { "a category that is there twice is refused if once",
      "complianz", "cmplz_banner-status=dismissed; cmplz_marketing=deny; "
      "cmplz_marketing=allow", "decided -marketing" },
    { "a banner that is shown is not answered",
      "complianz", "cmplz_banner-status=dismissed; cmplz_marketing=allow; "
      "cmplz_banner-status=show", "implied marketing" },
    { "what is no category is not accepted",
      "complianz", "cmplz_policy_id=allow; cmplz_banner-status=dismissed",
      "decided" },
    { "another prefix is another site's",
      "complianz", "cmplz2_marketing=allow; cmplz2_banner-status=dismissed",
      "unset" },
    { "the elder's word makes later cookies no choice",
      "complianz", "complianz_consent_status=allow; cmplz_marketing=allow",
      "implied marketing" },
    { "the elder's refusal is one",
      "complianz", "complianz_consent_status=deny", "decided -allow" },

    /* TrustArc */

    { "what one of its cookies refuses is refused",
      "trustarc", "notice_preferences=2:; cmapi_cookie_privacy=permit 1,3",
      "decided 0 -1 2" },
    { "whichever of them is first",
      "trustarc", "cmapi_cookie_privacy=permit 1,3; notice_preferences=2:",
      "decided 0 -1 2" },
    { "a broken copy breaks them all",
      "trustarc", "notice_preferences=2:; cmapi_cookie_privacy=deny",
      "invalid" },
    { "a permit counts from 1",
      "trustarc", "cmapi_cookie_privacy=permit 0,1", "invalid" },
    { "they may be encoded",
      "trustarc", "cmapi_cookie_privacy=permit%201%2C2", "decided 0 1" },
    { "a level past all buckets is broken",
      "trustarc", "notice_preferences=32:", "invalid" },
    { "a level has all bits",
      "trustarc", "notice_preferences=31:; notice_gdpr_prefs=31:",
      "decided -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -10 -11 -12 -13 -14 -15 -16 -17 "
      "-18 -19 -20 -21 -22 -23 -24 -25 -26 -27 -28 -29 -30 31" },
    { "who permits nothing has decided",
      "trustarc", "notice_gdpr_prefs=:", "decided" },

    /* cookieman */

    { "groups are listed",
      "cookieman", "CookieConsent=mandatory|testgroup",
      "decided mandatory testgroup" },
    { "a version follows",
      "cookieman", "CookieConsent=mandatory|testgroup#2",
      "decided mandatory testgroup #2" },
    { "bars may be encoded",
      "cookieman", "CookieConsent=mandatory%7Ctestgroup%232",
      "decided mandatory testgroup #2" },
    { "nothing but a version accepts nothing",
      "cookieman", "CookieConsent=#2", "decided #2" },
    { "a version may be a word",
      "cookieman", "CookieConsent=mandatory#2026-a", "decided mandatory" },
    { "an object of Cookiebot is no group",
      "cookieman", "CookieConsent={stamp:'a'%2Cmarketing:true}", "invalid" },

    /* US Privacy, Additional Consent */

    { "a refusal of the sale",
      "usprivacy", "us_privacy=1YYN", "decided -sale" },
    { "JSON is read to its end",
      "usprivacy", "usprivacy={\"uspString\":\"1YNN\"", "invalid" },
    { "nothing follows JSON, not even a NUL",
      "usprivacy", "usprivacy={\"uspString\":\"1YNN\"}%00", "invalid" },
    { "JSON has commas between members",
      "usprivacy", "usprivacy={\"a\":1{\"uspString\":\"1YNN\"}", "invalid" },
    { "of a member that is there twice the last counts",
      "usprivacy", "usprivacy={\"uspString\":\"1YNN\",\"uspString\":\"1YYN\"}",
      "decided -sale" },
    { "the string is a string",
      "usprivacy", "usprivacy={\"uspString\":[\"1YNN\"]}", "invalid" },
    { "JSON without the string is broken",
      "usprivacy", "usprivacy={\"a\":\"1YNN\"}", "invalid" },
    { "a second version ends with what was disclosed",
      "addtl_consent", "addtl_consent=2~61.8", "invalid" },
    { "a first version has nothing disclosed",
      "addtl_consent", "addtl_consent=1~61~dv.8", "invalid" },
    { "what was disclosed is of numbers",
      "addtl_consent", "addtl_consent=2~61~dv.8.x", "invalid" },
    { "there are no more than three parts",
      "addtl_consent", "addtl_consent=2~61~dv.8~9", "invalid" },
};


/* whole cookies: none of their beginnings grants what they do not */

static const struct {
    const char  *format;
    const char  *cookie;
} whole[] = {
    { "trustcommander", "TC_PRIVACY=0%40006%7C66%7C645%4012%2C34%4056%40"
      "1727764542508%2C1727764542508%2C1761460542508%40" },
    { "trustcommander", "TC_PRIVACY=0@019@12,34@56@1615799744862@" },
    { "trustcommander", "TC_PRIVACY=0@064@ALL@" },
    { "onetrust", "OptanonConsent=groups=C0001%3A1%2CC0002%3A0%2CC00031%3A1"
      "&AwaitingReconsent=false&intType=1" },
    { "cookiebot", "CookieConsent={stamp:%27marketing:true%27%2Cnecessary:true"
      "%2Cpreferences:false%2Cstatistics:true%2Cmarketing:false%2Cver:1}" },
    { "cookieyes", "cookieyes-consent=consentid:abc,consent:yes,action:yes,"
      "necessary:yes,analytics:no,advertisement:yes" },
    { "tarteaucitron", "tarteaucitron=!gtag=true!youtube=false!matomo=true" },
    { "osano", "cookieconsent_status=allow" },
    { "usprivacy", "usprivacy=1YNN" },
    { "addtl_consent", "addtl_consent=2~11.35.41.101~dv.9.21.81" },
    { "trustarc", "cmapi_cookie_privacy=permit 1,3,4 required" },
    { "complianz", "cmplz_banner-status=dismissed; cmplz_marketing=allow" },
    { "cookielawinfo", "viewed_cookie_policy=yes; "
      "cookielawinfo-checkbox-a=yes" }
};


static void
said(void *data, ngx_consent_key_e of, const u_char *key, size_t len,
    ngx_uint_t yes)
{
    ngx_uint_t    i;
    test_keys_t  *keys;

    keys = data;

    for (i = 0; i < keys->n; i++) {
        if (strlen(keys->keys[i].key) == len
            && memcmp(keys->keys[i].key, key, len) == 0)
        {
            break;
        }
    }

    if (i == MAX_KEYS || len >= sizeof(keys->keys[i].key)) {
        abort();
    }

    memcpy(keys->keys[i].key, key, len);
    keys->keys[i].key[len] = '\0';
    keys->keys[i].yes = yes;

    if (i == keys->n) {
        keys->n++;
    }
}


/* the last of the copies; none of these rows has more */

static ngx_consent_state_e
ask(const char *format, const char *cookie, size_t len, ngx_int_t revision,
    test_keys_t *keys, ngx_consent_answer_t *answer)
{
    ngx_str_t                 line, name;
    ngx_consent_jar_t         jar;
    ngx_consent_asked_t       asked;
    ngx_consent_answer_t      a;
    ngx_consent_state_e       state;
    ngx_consent_source_at_t   at;

    memset(&asked, 0, sizeof(asked));
    memset(&at, 0, sizeof(at));
    memset(answer, 0, sizeof(ngx_consent_answer_t));
    memset(keys, 0, sizeof(test_keys_t));

    name.data = (u_char *) format;
    name.len = strlen(format);

    line.data = test_copy(cookie, len);
    line.len = len;

    jar.lines = &line;
    jar.nlines = 1;

    asked.format = ngx_consent_format(&name);
    asked.jar = &jar;
    asked.revision = revision;
    asked.buf = malloc(NGX_CONSENT_SOURCE_MAX_VALUE);
    asked.more = malloc(NGX_CONSENT_SOURCE_MAX_VALUE);

    if (asked.format == NULL || asked.buf == NULL || asked.more == NULL) {
        abort();
    }

    memset(&a, 0, sizeof(a));
    a.said = said;
    a.data = keys;

    answer->revision = -1;
    state = NGX_CONSENT_UNSET;

    while (ngx_consent_source_next(&asked, &at, &a) == NGX_OK) {
        state = a.state;
        *answer = a;
    }

    CHECK(memcmp(line.data, cookie, len) == 0, "%s: the request is changed",
          cookie);

    free(line.data);
    free(asked.buf);
    free(asked.more);

    return state;
}


static void
check(const char *rule, const char *format, const char *cookie,
    ngx_int_t revision, const char *expected)
{
    char                  out[1024], *p;
    ngx_uint_t            i;
    test_keys_t           keys;
    ngx_consent_state_e   state;
    ngx_consent_answer_t  a;

    static const char  *states[] = { "invalid", "unset", "implied", "decided" };

    state = ask(format, cookie, strlen(cookie), revision, &keys, &a);

    p = out + sprintf(out, "%s", states[state]);

    if (state > NGX_CONSENT_UNSET) {

        for (i = 0; i < keys.n; i++) {
            p += sprintf(p, " %s%s", keys.keys[i].yes ? "" : "-",
                         keys.keys[i].key);
        }

        if (a.revision != -1) {
            p += sprintf(p, " #%ld", (long) a.revision);
        }

        if (a.time) {
            p += sprintf(p, " @%ld", (long) a.time);
        }

        if (a.expires) {
            (void) sprintf(p, " <%ld", (long) a.expires);
        }
    }

    CHECK(strcmp(out, expected) == 0, "%s: %s: \"%s\", not \"%s\"", format,
          rule, out, expected);
}


static void
check_cuts(void)
{
    size_t                len;
    ngx_uint_t            i, j, k;
    const char           *cookie;
    test_keys_t           all, some;
    ngx_consent_answer_t  a;

    for (i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {

        cookie = whole[i].cookie;

        CHECK(ask(whole[i].format, cookie, strlen(cookie), -1, &all, &a)
              == NGX_CONSENT_DECIDED, "%s is not decided", cookie);

        for (len = strlen(cookie) - 1; len; len--) {

            if (ask(whole[i].format, cookie, len, -1, &some, &a)
                <= NGX_CONSENT_UNSET)
            {
                continue;
            }

            for (j = 0; j < some.n; j++) {

                if (!some.keys[j].yes) {
                    continue;
                }

                for (k = 0; k < all.n; k++) {
                    if (strcmp(some.keys[j].key, all.keys[k].key) == 0) {
                        break;
                    }
                }

                CHECK(k < all.n && all.keys[k].yes,
                      "%.*s grants %s", (int) len, cookie, some.keys[j].key);
            }
        }
    }
}


/* past the limit by one byte, which a decoder would make short again */

static void
check_long(void)
{
    char                  *cookie;
    size_t                 len, name;
    test_keys_t            keys;
    ngx_consent_answer_t   a;

    name = sizeof("TC_PRIVACY=") - 1;
    len = name + NGX_CONSENT_SOURCE_MAX_VALUE;

    cookie = malloc(len + 1);
    if (cookie == NULL) {
        abort();
    }

    memset(cookie, 'x', len + 1);
    memcpy(cookie, "TC_PRIVACY=0@006@1%2C3@@@", name + 14);

    CHECK(ask("trustcommander", cookie, len, -1, &keys, &a)
          == NGX_CONSENT_DECIDED, "a value as long as may be is not read");
    CHECK(ask("trustcommander", cookie, len + 1, -1, &keys, &a)
          == NGX_CONSENT_INVALID, "a value that is too long is read");

    free(cookie);
}


int
main(void)
{
    ngx_uint_t  i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check(rows[i].rule, rows[i].format, rows[i].cookie, -1, rows[i].says);
    }

    check("a version is the site's", "cookieman", "CookieConsent=a#2", 2,
          "decided a #2");
    check("another version is asked for again", "cookieman",
          "CookieConsent=a#1", 2, "invalid");
    check("a word is no number of a version", "cookieman", "CookieConsent=a#b",
          2, "invalid");
    check("a cookie without a version stays good", "cookieman",
          "CookieConsent=a", 2, "decided a");

    check_cuts();
    check_long();

    return test_done();
}
