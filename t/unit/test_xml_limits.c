
/*
 * Pages of XML: what is longer than a limit, or more than it counts; elements
 * that no namespace makes anything of; pages whose type is not known.
 */

#include "xml.h"


/* What is longer than a limit, or more than it counts. */

static void
check_limits(const ngx_consent_rules_t *rules)
{
    size_t       n, size;
    char        *s, *e;
    ngx_uint_t   i;

    static char  text[32768], expected[32768];

    /* an entity whose text is not seen to its end is another one */

    s = text + sprintf(text, "<!DOCTYPE r [<!ENTITY a '%0400d<img src=\"" T
                       "\"/>'>]>&a;", 0);
    e = expected + sprintf(expected, "<!DOCTYPE r [<!ENTITY a \"\">"
                           "<!ENTITY a '%0400d<img src=\"" T "\"/>'>]>&a;", 0);

    for (size = 1; size < 1000; size += 37) {
        run(rules, text, s - text, 0, size);
        CHECK(strcmp(out.data, expected) == 0, "a long entity: %s", out.data);
    }

    run(rules, expected, e - expected, 0, 4096);
    CHECK(strcmp(out.data, expected) == 0, "a long entity, twice");

    /* attributes are another element's */

    s = text + sprintf(text, "<!DOCTYPE r [<!ATTLIST img %0400d CDATA 'a'"
                       " src CDATA '" T "'>]><img/>", 0);
    sprintf(expected, "<!DOCTYPE r [<!ATTLIST data-consent-img %0400d CDATA 'a'"
            " src CDATA '" T "'>]><img/>", 0);

    for (size = 1; size < 1000; size += 37) {
        run(rules, text, s - text, 0, size);
        CHECK(strcmp(out.data, expected) == 0, "long attributes: %s",
              out.data);
    }

    /* a long instruction */

    s = text + sprintf(text, "<?xml-stylesheet title='%0400d' href='" T "'?>",
                       0);
    sprintf(expected, "<?data-consent-xml-stylesheet title='%0400d' href='" T
            "'?>", 0);

    for (size = 1; size < 1000; size += 37) {
        run(rules, text, s - text, 0, size);
        CHECK(strcmp(out.data, expected) == 0, "a long stylesheet: %s",
              out.data);
    }

    /* more entities than are kept: what is not known is in doubt */

    s = text + sprintf(text, "<!DOCTYPE r [");

    for (i = 0; i < NGX_CONSENT_DTD_ENTITIES; i++) {
        s += sprintf(s, "<!ENTITY e%d 'a'>", (int) i);
    }

    n = sprintf(s, "<!ENTITY t 'ads.test'>]><img src='https://&t;/'/>"
                "<img src='&e1;'/>");
    memcpy(expected, text, s - text);
    sprintf(expected + (s - text), "<!ENTITY t 'ads.test'>]><img" W
            " data-consent-src='https://&t;/'/><img src='&e1;'/>");

    run(rules, text, s + n - text, 0, 61);
    CHECK(strcmp(out.data, expected) == 0, "many entities: %s", out.data);

    /* entities that grow without end */

    s = text + sprintf(text, "<!DOCTYPE r [<!ENTITY e0 'aaaaaaaa'>");

    for (i = 1; i < 20; i++) {
        s += sprintf(s, "<!ENTITY e%d '&e%d;&e%d;&e%d;&e%d;&e%d;'>", (int) i,
                     (int) i - 1, (int) i - 1, (int) i - 1, (int) i - 1,
                     (int) i - 1);
    }

    n = sprintf(s, "]><img src='&e7;'/><img src='&e19;'/><p>&e19;</p>");
    memcpy(expected, text, s - text);
    sprintf(expected + (s - text), "]><img" W " data-consent-src='&e7;'/><img" W
            " data-consent-src='&e19;'/><p>&e19;</p>");

    run(rules, text, s + n - text, 0, 61);
    CHECK(strcmp(out.data, expected) == 0, "growing entities: %s", out.data);

    /* more pieces of a URL than are counted */

    s = text + sprintf(text, "<style>a{b:url('https://ads.test/");

    for (i = 0; i < 38; i++) {
        s += sprintf(s, "x&amp;");
    }

    s += sprintf(s, "')}</style>");

    /* two of a piece each: so many are left */

    e = expected + sprintf(expected, "<style>a{b:url('about:invalid&amp;");

    for (i = NGX_CONSENT_PAGE_PIECES / 2; i < 38; i++) {
        e += sprintf(e, "x&amp;");
    }

    sprintf(e, "')}</style>");

    for (size = 1; size < 1000; size += 37) {
        run(rules, text, s - text, 0, size);
        CHECK(strcmp(out.data, expected) == 0, "many pieces: %s", out.data);
    }

    /* a URL with much in it that is none */

    s = text + sprintf(text, "<style>@import '" T "<!--%0400d-->x'; a{}"
                       "</style>", 0);
    sprintf(expected, "<style>@import 'about:invalid<!--%0400d-->about:invalid'"
            "; a{}</style>", 0);

    for (size = 1; size < 1000; size += 37) {
        run(rules, text, s - text, 0, size);
        CHECK(strcmp(out.data, expected) == 0, "a long URL: %s", out.data);
    }

    /* a tag in a script: no part of it is text */

    s = text + sprintf(text, "<script>a;<b c='%0300d' d='; evil()' e='%0300d'"
                       " f='; evil()'>x</b></script>", 0, 0);

    for (size = 1; size < 1000; size += 37) {
        run(rules, text, s - text, 0, size);
        CHECK(strcmp(out.data, text) == 0, "a long tag: %s", out.data);
    }
}


/* Elements that no declaration can have put into HTML or SVG are nothing. */

static void
check_names(ngx_consent_rules_t *rules)
{
    size_t  i, k, len;

    static const struct {
        const char  *xml;
        const char  *expected;
    } list[] = {
        { "<r><img src='" T "'/><script>evil()</script><style>a{b:url(" T
          ")}</style></r>", NULL },
        { "<r xmlns='urn:x'><img src='" T "'/></r>", NULL },
        { "<r xmlns='http://www.w3.org/1999/xhtml'><img src='" T "'/></r>",
          "<r xmlns='http://www.w3.org/1999/xhtml'><img" W
          " data-consent-src='" T "'/></r>" },
        { "<r><x:image xmlns:x=\"http://www.w3.org/2000/svg\" href='" T
          "'/></r>",
          "<r><x:image" W " xmlns:x=\"http://www.w3.org/2000/svg\""
          " data-consent-href='" T "'/></r>" },
        { "<r xmlns='http://www.&#119;3.org/1999/xhtml'><img src='" T "'/></r>",
          "<r xmlns='http://www.&#119;3.org/1999/xhtml'><img" W
          " data-consent-src='" T "'/></r>" },
        { "<!DOCTYPE r [<!ATTLIST r xmlns CDATA 'x'>]><r><img src='" T
          "'/></r>",
          "<!DOCTYPE r [<!ATTLIST r xmlns CDATA 'x'>]><r><img" W
          " data-consent-src='" T "'/></r>" },
        { "<?xml-stylesheet href='" T "'?><r/>",
          "<?xml-stylesheet" W " data-consent-href='" T "'?><r/>" }
    };

    rules->sniff = 1;

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {

        len = strlen(list[i].xml);

        for (k = 0; k <= len; k++) {

            run(rules, list[i].xml, len, k, k ? 4096 : 1);

            CHECK(strcmp(out.data, list[i].expected ? list[i].expected
                                                    : list[i].xml) == 0,
                  "%s: %s", list[i].xml, out.data);
        }
    }

    rules->sniff = 0;
}


/* "<?xml" says what a page without a type is. */

static void
check_sniff(ngx_consent_rules_t *rules)
{
    size_t  i, k, size, len;
    char    xml[512], expected[512];

    static const struct {
        const char  *begin;
        int          is_xml;
    } list[] = {
        { "<?xml version='1.0'?>", 1 },
        { " \t\r\n\f<?xml?>", 1 },
        { "<?XML?>", 0 },
        { "<?xm l?>", 0 },
        { "<svg/>", 0 },
        { "", 0 }
    };

    rules->kind = NGX_CONSENT_KIND_HTML;
    rules->sniff = 1;

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {

        len = sprintf(xml, "%s<title" X "><img src='" T "'/></title>",
                      list[i].begin);

        for (k = 0; k <= len; k++) {

            size = k ? 4096 : 1;
            run(rules, xml, len, k, size);

            sprintf(expected, "%s<title" X "><img%s src='" T "'/></title>",
                    list[i].begin, "");

            if (list[i].is_xml) {
                sprintf(expected, "%s<title" X "><img" W " data-consent-src='" T
                        "'/></title>", list[i].begin);
            }

            CHECK(strcmp(out.data, expected) == 0, "%s sniffed: %s", xml,
                  out.data);
        }
    }

    run(rules, " ", 1, 0, 1);
    CHECK(strcmp(out.data, " ") == 0, "a page of one space");
}


int
main(void)
{
    ngx_pool_t           *pool;
    ngx_consent_rules_t   rules;

    pool = shim_create_pool();
    xml_rules(&rules, pool);

    check_limits(&rules);
    check_names(&rules);
    check_sniff(&rules);

    shim_destroy_pool(pool);

    return test_done();
}
