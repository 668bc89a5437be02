
/*
 * Headers with URLs: what is left of them without those of ads.test and of the
 * site's own /pixel and /ads?id=1.  Values are from the specifications named,
 * or hostile.
 */

#include "test.h"
#include "ngx_consent_field.h"
#include "ngx_consent_url.h"


#define SAME  NULL                      /* not a byte is changed */
#define NONE  ""                        /* nothing is left */


static const struct {
    const char  *name;
    const char  *value;
    const char  *left;
} fields[] = {

    /* RFC 8288, 3.5: nothing that fetches */
    { "Link", "<http://ads.test/TheBook/chapter2>; rel=\"previous\"; "
              "title=\"previous chapter\"", SAME },
    { "Link", "</>; rel=\"http://ads.test/foo\"", SAME },
    { "Link", "</pixel>; rel=\"copyright\"; anchor=\"#foo\"", SAME },
    { "Link", "</TheBook/chapter2>; rel=\"previous\"; "
              "title*=UTF-8'de'letztes%20Kapitel, </TheBook/chapter4>; "
              "rel=\"prev\"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel", SAME },
    { "Link", "<http://ads.test/>; rel=\"start http://ads.test/prefetch\"",
      SAME },

    /* the types of HTML 4.6.7, and those that browsers add */
    { "Link", "<https://ads.test/a>; rel=preload; as=script", NONE },
    { "Link", "<https://ads.test/a>; rel=modulepreload", NONE },
    { "Link", "<https://ads.test/a>; rel=prefetch", NONE },
    { "Link", "<https://ads.test>; rel=preconnect", NONE },
    { "Link", "<//ads.test>; rel=dns-prefetch", NONE },
    { "Link", "<https://ads.test/a>; rel=prerender", NONE },
    { "Link", "<https://ads.test/a>; rel=stylesheet", NONE },
    { "Link", "<https://ads.test/a>; rel=next", NONE },
    { "Link", "<https://ads.test/a>; rel=compression-dictionary", NONE },
    { "Link", "<https://ads.test/a>; rel=manifest", NONE },
    { "Link", "<https://ads.test/a>; rel=canonical", SAME },
    { "Link", "<https://ads.test/a>", SAME },
    { "Link", "</pixel>; rel=preload", NONE },

    /* rel: its case, its place, its words, its quotes */
    { "LINK", "<https://ads.test/a>;REL=PreLoad", NONE },
    { "link", "<https://ads.test/a> ;\trel = \"alternate  preload\"", NONE },
    { "Link", "<https://ads.test/a>; as=script; rel=preload", NONE },
    { "Link", "<https://ads.test/a>; rel=canonical; rel=preload", NONE },
    { "Link", "<https://ads.test/a>; rel=\"pre\\load\"", NONE },
    { "Link", "<https://ads.test/a>; rel*=preload", SAME },
    { "Link", "<https://ads.test/a>; title=\"rel=preload\"", SAME },
    { "Link", "<https://ads.test/a>; anchor=\"https://ads.test/\"; "
              "rel=preload", NONE },
    { "Link", "<https://ads.test/a>; x=\"; rel=preload", NONE },

    /* Firefox: the URL may come last, and what stands behind it is ignored */
    { "Link", "rel=preload; <https://ads.test/a>", NONE },
    { "Link", "<https://ads.test/a>x; rel=preload", NONE },

    /* members */
    { "Link", "</a.css>; rel=preload, <https://ads.test/a>; rel=preload",
      "</a.css>; rel=preload" },
    { "Link", "<https://ads.test/a>; rel=preload, </a.css>; rel=preload",
      "</a.css>; rel=preload" },
    { "Link", "</a>;rel=preload,<https://ads.test/a>;rel=preload,"
              "</b>;rel=preload", "</a>;rel=preload,</b>;rel=preload" },
    { "Link", "</a>; rel=preload ,\t<https://ads.test/a>; rel=preload , "
              "<https://ads.test/b>; rel=preload,</b>; rel=preload",
      "</a>; rel=preload ,\t</b>; rel=preload" },
    { "Link", "<//ads.test/1>; rel=preload, </a>; rel=preload, "
              "<//ads.test/2>; rel=preload, </b>; rel=preload, "
              "<//ads.test/3>; rel=preload",
      "</a>; rel=preload, </b>; rel=preload" },
    { "Link", "<//ads.test/1>; rel=preload, <//ads.test/2>; rel=preload",
      NONE },
    { "Link", ", ,</a>; rel=preload,, <//ads.test/2>; rel=preload,,",
      ", ,</a>; rel=preload,," },
    { "Link", "", SAME },
    { "Link", " , ", SAME },

    /* ',' in a URL and in a string */
    { "Link", "</a,b>; rel=preload, <https://ads.test/a,b>; rel=preload",
      "</a,b>; rel=preload" },
    { "Link", "</a>; rel=preload; title=\"<https://ads.test/>; rel=preload, "
              "x\", </b>; rel=preload", SAME },
    { "Link", "</a>; rel=preload; title=\"\\\", <//ads.test/>; rel=preload\"",
      SAME },

    /* imagesrcset, of a preload */
    { "Link", "</a.png>; rel=preload; as=image; "
              "imagesrcset=\"/b.png 1x, https://ads.test/c.png 2x\"", NONE },
    { "Link", "</a.png>; rel=preload; as=image; imagesrcset=\"/b.png 1x\"",
      SAME },
    { "Link", "<>; rel=preload; imagesrcset=https://ads.test/c.png", NONE },
    { "Link", "</a>; rel=preload; ImageSrcSet=\"\\/\\/ads\\.test/c.png\"",
      NONE },
    { "Link", "</a.png>; rel=preload; as=image; imagesizes=50vw; "
              "imagesrcset=\"/b.png 1x, /c,d 2x\", <//ads.test/>; rel=preload",
      "</a.png>; rel=preload; as=image; imagesizes=50vw; "
      "imagesrcset=\"/b.png 1x, /c,d 2x\"" },

    /* no '<': to all browsers nothing, and no harm to what follows */
    { "Link", "https://ads.test/a; rel=preload, </a>; rel=preload", SAME },

    /* where members end depends on the browser: what follows is one */
    { "Link", "</a>; rel=preload; title=\"x, <//ads.test/>; rel=preload",
      NONE },
    { "Link", "</a>; rel=preload, </b>; title=\"x, <//ads.test/>; rel=preload",
      "</a>; rel=preload" },
    { "Link", "</a>; rel=preload; title=\"x, </b>; rel=preload", SAME },
    { "Link", "</b>; rel=preload, <https://ads.test/", "</b>; rel=preload" },
    { "Link", "</a> <//ads.test/>; rel=preload", NONE },
    { "Link", "</a>; x=y\"z, <//ads.test/>; rel=preload\"", NONE },
    { "Link", "</a>; x=\"y\"z, <//ads.test/>; rel=preload", NONE },
    { "Link", "</a>; x<y, <//ads.test/>; rel=preload", NONE },
    { "Link", "</a>; rel=preload; title=\"\\", SAME },

    /* Firefox leaves out white space in a URL and in a name */
    { "Link", "<https://ads .test/a.css>; rel=stylesheet", NONE },
    { "Link", "<ht tps://ads.test/a.css>; rel=stylesheet", NONE },
    { "Link", "<https://ads.test/a.css>; r el=stylesheet", NONE },
    { "Link", "</a b.css>; rel=stylesheet", SAME },

    /* WebKit: '\'' is a quote, too */
    { "Link", "<https://ads.test/a>; rel='preload'; as=script", NONE },
    { "Link", "<https://ads.test/a>; title='x, y'; rel=preload", NONE },
    { "Link", "</a>; rel='preload', <https://ads.test/a>; rel='preload'",
      "</a>; rel='preload'" },
    { "Link", "</a>; rel=preload; title=it's, <//ads.test/>; rel=preload",
      "</a>; rel=preload; title=it's" },

    /* ... and "x\\" has no end */
    { "Link", "<https://ads.test/a>; title=\"x\\\\\", </b>; y=\"; rel=preload",
      NONE },

    /* ... and a ',' in a string one, behind what is no parameter to it */
    { "Link", "</a>; crossorigin; title=\"x, <//ads.test/>; rel=preload; \"",
      NONE },
    { "Link", "</a>; title*=x; y=\"x, <//ads.test/>; rel=preload; \"", NONE },
    { "Link", "</a>; y=a b; y=\"x, <//ads.test/>; rel=preload; \"", NONE },

    /* HTML 4.2.5.3 */
    { "Refresh", "5; url=https://ads.test/", NONE },

    /* Chromium: the last quote ends it */
    { "Refresh", "0;url=\"https://x\"@ads.test/\"", NONE },
    { "Refresh", "0;url='/x'@ads.test/'", SAME },
    { "Refresh", " 0.5 , URL = 'https://ads.test/' x", NONE },
    { "Refresh", "0;https://ads.test/", NONE },
    { "Refresh", "0 https://ads.test/", NONE },
    { "Refresh", "0;url=\"https://ads.test/", NONE },
    { "Refresh", "5", SAME },
    { "Refresh", "5; url=/next?a=https://ads.test/", SAME },
    { "Refresh", "5; url=/pixel", NONE },

    /* behind another line, which browsers put before it */
    { "Refresh", "url=https://ads.test/", NONE },
    { "Refresh", "https://ads.test/", NONE },
    { "Refresh", "URL = \"https://ads.test/a=b;c", NONE },
    { "Refresh", "url=/ads?id=1", NONE },

    /* CSP 3, 6.5.1 */
    { "Content-Security-Policy",
      "default-src 'self'; report-uri https://ads.test/csp",
      "default-src 'self'" },
    { "Content-Security-Policy",
      "report-uri https://ads.test/csp; default-src 'self'",
      "default-src 'self'" },
    { "Content-Security-Policy",
      "img-src https://ads.test; Report-URI /csp https://ads.test/csp "
      "https://b.test/csp; default-src 'self'; report-to ads",
      "img-src https://ads.test; Report-URI /csp https://b.test/csp; "
      "default-src 'self'; report-to ads" },
    { "Content-Security-Policy",
      "default-src 'self' ; report-uri\thttps://ads.test/a  //ads.test/b ;;",
      "default-src 'self' ;;" },
    { "Content-Security-Policy",
      "default-src 'self'; report-uri https://ads.test/csp, "
      "report-uri https://ads.test/csp,script-src 'none'",
      "default-src 'self', script-src 'none'" },
    { "Content-Security-Policy", "report-uri https://ads.test/csp", NONE },
    { "Content-Security-Policy", "report-uri", SAME },
    { "Content-Security-Policy", "x-report-uri https://ads.test/csp", SAME },
    { "Content-Security-Policy", "default-src https://ads.test", SAME },
    { "Content-Security-Policy",
      "default-src 'self'; report-uri /pixel; report-uri https://ads.test",
      "default-src 'self'" },
    { "Content-Security-Policy-Report-Only",
      "default-src 'self'; report-uri https://ads.test/csp",
      "default-src 'self'" },
    { "Content-Security-Policy", "", SAME },
    { "Content-Security-Policy", " ; , ;", SAME },

    /* Reporting, 3.2, and RFC 9651, 3.2 */
    { "Reporting-Endpoints", "endpoint-1=\"https://ads.test/reports\"", NONE },
    { "Reporting-Endpoints",
      "csp=\"https://ads.test/csp\", main=\"https://b.test/main\"",
      "main=\"https://b.test/main\"" },
    { "Reporting-Endpoints",
      "main=\"/reports\";a=1, ads=\"https://ads.test/,\"; b=\"x,y\" , c=\"/c\"",
      "main=\"/reports\";a=1, c=\"/c\"" },
    { "Reporting-Endpoints", "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:", SAME },
    { "Reporting-Endpoints", "a=?0, b, c; foo=bar", SAME },
    { "Reporting-Endpoints", "rating=1.5, feelings=(joy sadness)", SAME },
    { "Reporting-Endpoints", "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid", SAME },
    { "Reporting-Endpoints", "a=\"https:\\\\\\\\ads.test/\"", NONE },
    { "Reporting-Endpoints", "a=\"/b\\\",\", c=\"//ads.test\"",
      "a=\"/b\\\",\"" },
    { "Reporting-Endpoints", "a=\"/x\";n=\"https://ads.test/\"", SAME },

    /* malformed: nothing by the RFC, but WebKit reads on */
    { "Reporting-Endpoints", "Main=\"https://ads.test/\"", NONE },
    { "Reporting-Endpoints", "main = \"https://ads.test/\", a=\"/a\"",
      "a=\"/a\"" },
    { "Reporting-Endpoints", "a=\"/a\", b=\"https://ads.test/", "a=\"/a\"" },
    { "Reporting-Endpoints", "a=\"/a\" b=\"https://ads.test/\"", NONE },
    { "Reporting-Endpoints", "a=%\"\\\", b=\"https://ads.test/\"", NONE },
    { "Reporting-Endpoints", "a=\"/a\\", SAME },

    /* HTML 7.6.3.2 */
    { "Speculation-Rules", "\"/rules/prefetch.json\"", SAME },
    { "Speculation-Rules",
      "\"/rules/a.json\", \"https://ads.test/rules.json\"",
      "\"/rules/a.json\"" },
    { "Speculation-Rules", "\"https://ads.test/a,b\";x=1", NONE },
    { "Speculation-Rules", "(\"a\" \"b\"), \"//ads.test/\", token",
      "(\"a\" \"b\"), token" },

    /* Reporting of 2018, 3.1 */
    { "Report-To",
      "{ \"group\": \"endpoint-1\", \"max_age\": 10886400, \"endpoints\": [ "
      "{ \"url\": \"https://b.test/reports\", \"priority\": 1 }, "
      "{ \"url\": \"https://ads.test/reports\", \"priority\": 2 } ] }",
      "{ \"group\": \"endpoint-1\", \"max_age\": 10886400, \"endpoints\": [ "
      "{ \"url\": \"https://b.test/reports\", \"priority\": 1 } ] }" },
    { "Report-To",
      "{ \"group\": \"a\", \"max_age\": 1, \"endpoints\": [ "
      "{ \"url\": \"https://ads.test/reports\" } ] }, "
      "{ \"group\": \"b\", \"max_age\": 1, \"endpoints\": [ "
      "{ \"url\": \"https://b.test/reports\" } ] }",
      "{ \"group\": \"b\", \"max_age\": 1, \"endpoints\": [ "
      "{ \"url\": \"https://b.test/reports\" } ] }" },
    { "Report-To",
      "{\"max_age\":1,\"endpoints\":[{\"url\":\"https:\\/\\/ads.test\\/\"},"
      "{\"url\":\"https://b.test\"},{\"url\":\"https://\\u0061ds.test\"}]}",
      "{\"max_age\":1,\"endpoints\":[{\"url\":\"https://b.test\"}]}" },
    { "Report-To", "{\"max_age\":1,\"endpoints\":[{\"priority\":1,"
                   "\"url\":\"https://ads.test/\",\"weight\":2}]}", NONE },
    { "Report-To",
      "{\"endpoints\":[{\"url\":\"/a\"}],\"max_age\":1},"
      "{\"endpoints\":[{\"url\":\"https://ads.test/\"},"
      "{\"url\":\"//ads.test/\"}],\"group\":\"x\",\"max_age\":1}",
      "{\"endpoints\":[{\"url\":\"/a\"}],\"max_age\":1}" },
    { "Report-To", "{\"endpoints\":[],\"max_age\":1}", SAME },
    { "Report-To", "{\"url\":\"https://ads.test/\",\"x\":[{\"url\":1}]}",
      SAME },
    { "Report-To", "{}", SAME },
    { "Report-To", "[{\"url\":\"https://ads.test/\"}], {}", "{}" },

    /* with max_age 0 the browser forgets the group */
    { "Report-To", "{\"endpoints\":[{\"url\":\"https:\\/\\/ads.test/\"}],"
                   "\"max_age\":0}", SAME },
    { "Report-To", "{\"endpoints\":[{\"url\":\"https://ads.test/\"}],"
                   "\"max_age\":0,\"max_age\":9}", NONE },
    { "Report-To", "{\"endpoints\":[{\"url\":\"https://ads.test/\"}],"
                   "\"max_age\":\"0\"}", NONE },

    /* no JSON */
    { "Report-To", "{\"endpoints\":[{\"url\":\"https://ads.test/\"}", NONE },
    { "Report-To", "{\"max_age\":1}, {\"endpoints\":[/*\"*/{\"url\":"
                   "\"https:\\x2f\\x2fads.test/\"}]}", "{\"max_age\":1}" },
    { "Report-To", "{\"max_age\":1} {\"url\":\"https://ads.test/\"}",
      "{\"max_age\":1}" },
    { "Report-To", "{\"max_age\":1,}", SAME },
    { "Report-To", "ads.test", SAME },
    { "Report-To", "", SAME },

    /* Network Error Logging, 4: "gone" is a group that was dropped */
    { "NEL", "{\"report_to\": \"gone\", \"max_age\": 2592000}", NONE },
    { "NEL", "{\"report_to\": \"network-errors\", \"max_age\": 2592000}",
      SAME },
    { "NEL", "{\"report_to\": \"gone\", \"max_age\": 0}", SAME },
    { "NEL", "{\"max_age\":1,\"report_to\":\"g\\u006fne\"}", NONE },
    { "NEL", "{\"report_to\": \"gone\"", SAME },

    { NULL, NULL, NULL }
};


static const char  *others[] = {
    "Location", "SourceMap", "Clear-Site-Data", "Permissions-Policy",
    "Accept-CH", "Lin", "Links", "", NULL
};


static const char  report_to[] =
    "{\"group\":\"a\",\"endpoints\":[{\"url\":\"//ads.test\"}]},"
    "{\"endpoints\":[{\"url\":\"//ads.test\"}]},"
    "{\"group\":\"b\",\"endpoints\":[{\"url\":\"/b\"}]}";


static char  groups[256];


static ngx_uint_t
ask(void *data, ngx_consent_field_ask_e what, u_char *p, size_t len)
{
    u_char             *copy, buf[NGX_CONSENT_URL_MAX];
    ngx_uint_t          refused;
    ngx_consent_url_t   u, *self = data;

    if (what == NGX_CONSENT_FIELD_GONE) {
        snprintf(groups + strlen(groups), sizeof(groups) - strlen(groups),
                 "%.*s|", (int) len, (char *) p);
        return 1;
    }

    if (what == NGX_CONSENT_FIELD_NEEDED) {
        return len == 4 && memcmp(p, "gone", 4) == 0;
    }

    copy = test_copy(p, len);
    ngx_consent_url_parse(&u, copy, len, 0, self, buf);

    refused = u.scheme == NGX_CONSENT_URL_HTTP
              && ((u.host.len == 8 && memcmp(u.host.data, "ads.test", 8) == 0)
                  || (u.host.len == 9
                      && memcmp(u.host.data, "site.test", 9) == 0
                      && u.path.len == 6
                      && memcmp(u.path.data, "/pixel", 6) == 0)
                  || (u.path.len == 4 && memcmp(u.path.data, "/ads", 4) == 0
                      && u.args.len == 4
                      && memcmp(u.args.data, "id=1", 4) == 0));
    free(copy);

    return refused;
}


static ngx_int_t
filter(ngx_consent_field_t *f, const char *name, const u_char *value,
    size_t len, u_char *text)
{
    ngx_str_t            s;
    ngx_consent_field_e  field;

    static ngx_consent_url_t  self = {
        .scheme = NGX_CONSENT_URL_HTTP,
        .host = ngx_string("site.test"),
        .path = ngx_string("/dir/page")
    };

    s.data = (u_char *) name;
    s.len = strlen(name);

    field = ngx_consent_field_name(&s);

    CHECK(field != NGX_CONSENT_FIELDS, "%s is known", name);

    groups[0] = '\0';

    f->value = value;
    f->len = len;
    f->text = text;
    f->ask = ask;
    f->data = &self;

    return ngx_consent_field_filter(f, field);
}


/* What is left of a value must not change once more. */

static void
check_prefix(const char *name, const char *whole, size_t len)
{
    u_char               *value, *text, *again;
    ngx_int_t             rc;
    ngx_consent_field_t   f, second;

    value = test_copy(whole, len);
    text = test_copy(whole, len);

    rc = filter(&f, name, value, len, text);

    CHECK(memcmp(value, whole, len) == 0, "%s: %.*s is not written to", name,
          (int) len, whole);

    if (rc == NGX_DONE) {
        CHECK(f.left < len, "%s: %.*s gets shorter", name, (int) len, whole);

        value = realloc(value, f.left ? f.left : 1);
        memcpy(value, text, f.left);
        again = test_copy(text, f.left);

        rc = filter(&second, name, value, f.left, again);

        CHECK(rc == NGX_OK, "%s: what is left of %.*s stays", name, (int) len,
              whole);
        free(again);
    }

    free(value);
    free(text);
}


int
main(void)
{
    size_t                i, n, len;
    u_char               *value, *text;
    ngx_str_t             s;
    ngx_int_t             rc;
    ngx_consent_field_t   f;

    for (i = 0; fields[i].name; i++) {

        len = strlen(fields[i].value);
        value = test_copy(fields[i].value, len);
        text = test_copy("", 0);
        text = realloc(text, len ? len : 1);

        rc = filter(&f, fields[i].name, value, len, text);

        if (fields[i].left == SAME) {
            CHECK(rc == NGX_OK, "%s: %s stays: %d \"%.*s\"", fields[i].name,
                  fields[i].value, (int) rc, rc == NGX_DONE ? (int) f.left : 0,
                  text);

        } else if (fields[i].left[0] == '\0') {
            CHECK(rc == NGX_DECLINED, "%s: %s goes: %d \"%.*s\"",
                  fields[i].name, fields[i].value, (int) rc,
                  rc == NGX_DONE ? (int) f.left : 0, text);

        } else {
            CHECK(rc == NGX_DONE && f.left == strlen(fields[i].left)
                  && memcmp(text, fields[i].left, f.left) == 0,
                  "%s: %s: %d \"%.*s\" is left", fields[i].name,
                  fields[i].value, (int) rc, rc == NGX_DONE ? (int) f.left : 0,
                  text);
        }

        free(value);
        free(text);

        for (n = 0; n <= len; n++) {
            check_prefix(fields[i].name, fields[i].value, n);
        }
    }

    for (i = 0; others[i]; i++) {
        s.data = (u_char *) others[i];
        s.len = strlen(others[i]);
        CHECK(ngx_consent_field_name(&s) == NGX_CONSENT_FIELDS,
              "%s is none of them", others[i]);
    }

    /* the groups that NEL may name */

    len = strlen(report_to);
    value = test_copy(report_to, len);
    text = test_copy(report_to, len);

    filter(&f, "Report-To", value, len, text);
    CHECK(strcmp(groups, "a|default|") == 0, "groups dropped: %s", groups);

    free(value);
    free(text);

    return test_done();
}
