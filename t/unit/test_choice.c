
/*
 * A posted choice, by design.md, the URL standard's form parser (5.1) and
 * RFC 8259; what is the same site, by RFC 6454 and the URL standard (4.4).
 */

#include "ngx_consent_choice.h"
#include "ngx_consent_site.h"
#include "test.h"


typedef struct {
    const char  *rule;
    const char  *body;
    const char  *means;         /* names and "to", or '!' and what is wrong */
} row_t;


#define ALL  "essential,performance,advertising,sharing,matomo,maps_2"


static const row_t  forms[] = {

    { "all", "accept=all", ALL },
    { "none", "accept=none", "" },
    { "one name", "accept=performance", "performance" },
    { "several names", "accept=sharing&accept=performance",
      "performance,sharing" },
    { "a provider's key", "accept=matomo", "matomo" },
    { "keys beside names", "accept=maps_2&accept=performance&accept=matomo",
      "performance,matomo,maps_2" },
    { "none and a key", "accept=none&accept=matomo", "!\"all\", \"none\"" },
    { "a key is case-sensitive", "accept=Matomo",
      "!unknown category or provider: Matomo" },
    { "a beginning of a key", "accept=matom",
      "!unknown category or provider: matom" },
    { "the same name twice", "accept=sharing&accept=sharing", "sharing" },
    { "a required category may be named", "accept=essential", "essential" },
    { "values are percent-decoded", "accept=%70erformanc%65", "performance" },
    { "so are names", "%61ccept=all",
      ALL },
    { "empty pairs are nothing", "&&accept=none&", "" },
    { "other fields are passed over", "a=b&accept=none&c&=d", "" },
    { "a form of no checked boxes", "choice=set", "" },
    { "a form of one", "choice=set&accept=sharing", "sharing" },
    { "a return", "accept=none&return=%2Fa%3Fb%3Dc%26d",
      "> /a?b=c&d" },
    { "'+' is a space", "accept=none&return=/a+b", "> /a b" },
    { "what is no escape stays", "accept=none&return=/%zz%4", "> /%zz%4" },

    { "an empty body", "", "!no \"accept\" was sent" },
    { "no accept", "return=/a", "!no \"accept\" was sent" },
    { "another choice than set", "choice=", "!no \"accept\" was sent" },
    { "names are case-sensitive", "Accept=all", "!no \"accept\" was sent" },
    { "an unknown name", "accept=fun", "!unknown category or provider: fun" },
    { "an empty name", "accept=", "!unknown category or provider" },
    { "accept alone", "accept", "!unknown category or provider" },
    { "a list is no name", "accept=performance+sharing",
      "!unknown category or provider: performance sharing" },
    { "a NUL ends nothing", "accept=all%00x", "!unknown category or provider" },
    { "all and none", "accept=all&accept=none", "!\"all\", \"none\"" },
    { "all and a name", "accept=all&accept=sharing", "!\"all\", \"none\"" },
    { "none and a name", "accept=sharing&accept=none", "!\"all\", \"none\"" },
    { "two returns", "accept=none&return=/a&return=/b",
      "!\"return\" is given twice" },
    { "a return to another site", "accept=none&return=//evil.example/",
      "!\"return\" is no path of this site: //evil.example/" },
    { "an empty return", "accept=none&return=",
      "!\"return\" is no path of this site" },
    { "a header in a return", "accept=none&return=/a%0d%0aSet-Cookie:a=b",
      "!\"return\" is no path of this site" },

    { NULL, NULL, NULL }
};


static const row_t  jsons[] = {

    { "all", "{\"accept\":\"all\"}",
      ALL },
    { "none", "{\"accept\":\"none\"}", "" },
    { "a name", "{\"accept\":\"sharing\"}", "sharing" },
    { "a list", "{\"accept\":[\"sharing\",\"performance\"]}",
      "performance,sharing" },
    { "all in a list", "{\"accept\":[\"all\"]}",
      ALL },
    { "an empty list", "{\"accept\":[]}", "" },
    { "white space", " {\r\n\t\"accept\" : [ \"sharing\" , \"performance\" ] "
      ", \"return\" : \"/a\" } \n", "performance,sharing > /a" },
    { "escapes", "{\"\\u0061ccept\":\"none\",\"return\":\"\\/\\u00e9\\u20ac"
      "\\ud83d\\ude00\\\"\"}", "> /\303\251\342\202\254\360\237\230\200\"" },
    { "other members are passed over",
      "{\"a\":{\"accept\":\"all\",\"b\":[1,-0.5e+3,true,false,null,{},[]]},"
      "\"accept\":\"none\",\"c\":\"\\\\\"}", "" },
    { "depth within the bound",
      "{\"a\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]],\"accept\":\"none\"}", "" },

    { "depth past it",
      "{\"a\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]],\"accept\":\"none\"}",
      "!the body is no JSON object" },
    { "an empty body", "", "!the body is no JSON object" },
    { "white space alone", " \n", "!the body is no JSON object" },
    { "an array", "[\"all\"]", "!the body is no JSON object" },
    { "a string", "\"all\"", "!the body is no JSON object" },
    { "an empty object", "{}", "!no \"accept\" was sent" },
    { "no accept", "{\"choice\":\"set\"}", "!no \"accept\" was sent" },
    { "something after the object", "{\"accept\":\"all\"}x",
      "!the body is no JSON object" },
    { "an object that does not end", "{\"accept\":\"all\"",
      "!the body is no JSON object" },
    { "a string that does not end", "{\"accept\":\"all",
      "!the body is no JSON object" },
    { "a comma too many", "{\"accept\":\"all\",}",
      "!the body is no JSON object" },
    { "a comma too few", "{\"accept\":\"all\" \"a\":1}",
      "!the body is no JSON object" },
    { "a comma in front", "{,\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "no colon", "{\"accept\" \"all\"}", "!the body is no JSON object" },
    { "no value", "{\"a\":}", "!the body is no JSON object" },
    { "a list that does not end", "{\"accept\":[\"sharing\"",
      "!the body is no JSON object" },
    { "a list with a comma too many", "{\"accept\":[\"sharing\",]}",
      "!\"accept\" is neither" },
    { "numbers have no leading zeros", "{\"a\":01,\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "no leading plus", "{\"a\":+1,\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "digits after the point", "{\"a\":1.,\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "brackets match", "{\"a\":[1},\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "words are whole", "{\"a\":tru,\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "no control character in a string", "{\"a\":\"\n\",\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "an unknown escape", "{\"a\":\"\\x\",\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "half an escape", "{\"a\":\"\\u00", "!the body is no JSON object" },
    { "half a pair", "{\"a\":\"\\ud83d\",\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "the other half", "{\"a\":\"\\ude00\",\"accept\":\"all\"}",
      "!the body is no JSON object" },
    { "keys in a list", "{\"accept\":[\"matomo\",\"sharing\"]}",
      "sharing,matomo" },
    { "a key alone", "{\"accept\":\"maps_2\"}", "maps_2" },
    { "an unknown name", "{\"accept\":[\"fun\"]}",
      "!unknown category or provider: fun" },
    { "a name with a NUL", "{\"accept\":\"all\\u0000\"}",
      "!unknown category or provider" },
    { "accept twice", "{\"accept\":\"all\",\"accept\":\"none\"}",
      "!\"accept\" is given twice" },
    { "accept is no number", "{\"accept\":1}", "!\"accept\" is neither" },
    { "accept is no object", "{\"accept\":{}}", "!\"accept\" is neither" },
    { "accept is not null", "{\"accept\":null}", "!\"accept\" is neither" },
    { "a list of strings only", "{\"accept\":[1]}", "!\"accept\" is neither" },
    { "all and a name", "{\"accept\":[\"all\",\"sharing\"]}",
      "!\"all\", \"none\"" },
    { "return is a string", "{\"accept\":\"all\",\"return\":1}",
      "!\"return\" is no string" },
    { "a return to another site",
      "{\"accept\":\"all\",\"return\":\"\\/\\u002fevil.example\"}",
      "!\"return\" is no path of this site" },
    { "a header in a return",
      "{\"accept\":\"all\",\"return\":\"/\\r\\nSet-Cookie:a=b\"}",
      "!\"return\" is no path of this site" },

    { NULL, NULL, NULL }
};


static const struct {
    const char  *path;
    int          ok;
} paths[] = {
    { "/", 1 },
    { "/a//b?c=//d#e", 1 },
    { "/%0d%0a%5c", 1 },
    { "/\303\251 ", 1 },
    { "", 0 },
    { "a", 0 },
    { "//evil.example", 0 },
    { "/\\evil.example", 0 },
    { "/a\\b", 0 },
    { "\\/evil.example", 0 },
    { "/\t/evil.example", 0 },
    { "/\n/evil.example", 0 },
    { " //evil.example", 0 },
    { "/a\r\nb", 0 },
    { "/a\177", 0 },
    { "https://evil.example/", 0 },
    { "javascript:alert(1)", 0 },
    { NULL, 0 }
};


/* an Origin or Referer, a Host, whether they are the same, and the path */

static const struct {
    const char  *url;
    const char  *host;
    int          same;
    const char  *path;
} sites[] = {
    { "https://example.com", "example.com", 1, "" },
    { "http://example.com", "example.com", 1, "" },
    { "HTTPS://Example.COM", "eXample.com", 1, "" },
    { "https://example.com/a?b#c", "example.com", 1, "/a?b" },
    { "https://example.com?b#c", "example.com", 1, "?b" },
    { "https://example.com#c/d", "example.com", 1, "" },
    { "http://example.com:80", "example.com", 1, "" },
    { "https://example.com:443", "example.com", 1, "" },
    { "https://example.com", "example.com:443", 1, "" },
    { "https://example.com:8443", "example.com:8443", 1, "" },
    { "https://example.com", "example.com.", 1, "" },
    { "http://[::1]:8080/a", "[::1]:8080", 1, "/a" },
    { "http://127.0.0.1:8080//x", "127.0.0.1:8080", 1, "//x" },
    { "https://example.com:8443", "example.com", 0, "" },
    { "https://example.com", "example.com:8443", 0, "" },
    { "https://www.example.com", "example.com", 0, "" },
    { "https://example.com.evil", "example.com", 0, "" },
    { "https://evilexample.com", "example.com", 0, "" },
    { "https://example.co", "example.com", 0, "" },
    { "https://evil.example/example.com", "example.com", 0,
      "/example.com" },
    { "http://[::1]", "[::2]", 0, "" },

    /* nothing that a browser sends */

    { "null", "null", 0, NULL },
    { "", "example.com", 0, NULL },
    { "example.com", "example.com", 0, NULL },
    { "ftp://example.com", "example.com", 0, NULL },
    { "https:example.com", "example.com", 0, NULL },
    { "https://", "example.com", 0, NULL },
    { "https:///example.com", "example.com", 0, NULL },
    { "https://example.com@evil.example", "example.com", 0, NULL },
    { "https://evil.example\\@example.com", "example.com", 0, NULL },
    { "https://example.com:x", "example.com", 0, NULL },
    { "https://example.com:80:80", "example.com", 0, NULL },
    { "https://example.com, https://evil.example", "example.com", 0, NULL },
    { "http://[::1", "[::1]", 0, NULL },
    { "http://[::1]x", "[::1]", 0, NULL },
    { "file:///a", "", 0, NULL },
    { NULL, NULL, 0, NULL }
};


static const ngx_consent_key_t  keys[] = {
    { ngx_string("essential"), 1, 0 },
    { ngx_string("performance"), 2, 0 },
    { ngx_string("advertising"), 4, 0 },
    { ngx_string("sharing"), 8, 0 },
    { ngx_string("matomo"), 0, 3 },
    { ngx_string("maps_2"), 0, 7 }
};

#define NKEYS  (sizeof(keys) / sizeof(keys[0]))

static u_char  accepted[NKEYS];


static void
describe(const ngx_consent_choice_t *c, ngx_int_t rc, char *buf, size_t size)
{
    size_t      n;
    ngx_uint_t  i;

    buf[0] = '\0';

    if (rc != NGX_OK) {
        snprintf(buf, size, "!%s%s%.*s", c->reason,
                 c->subject.len ? ": " : "", (int) c->subject.len,
                 (char *) c->subject.data);
        return;
    }

    for (i = 0; i < NKEYS; i++) {
        if (c->accepted[i]) {
            n = strlen(buf);
            snprintf(buf + n, size - n, "%s%s", n ? "," : "",
                     (char *) keys[i].key.data);
        }
    }

    if (c->to.data) {
        n = strlen(buf);
        snprintf(buf + n, size - n, "%s> %.*s", n ? " " : "",
                 (int) c->to.len, (char *) c->to.data);
    }
}


static ngx_int_t
parse(ngx_consent_choice_t *c, const char *body, size_t len, int json,
    u_char **copy, u_char **buf)
{
    memset(c, 0, sizeof(ngx_consent_choice_t));
    memset(accepted, 0, sizeof(accepted));

    c->keys = keys;
    c->nkeys = NKEYS;
    c->accepted = accepted;

    *copy = test_copy(body, len);
    *buf = test_copy(body, len);

    return json ? ngx_consent_choice_json(c, *copy, len)
                : ngx_consent_choice_form(c, *copy, len, *buf);
}


static void
bodies(const row_t *row, int json)
{
    char                   got[256];
    size_t                 len, n;
    u_char                *copy, *buf;
    ngx_int_t              rc;
    ngx_consent_choice_t   c;

    for ( /* void */ ; row->rule; row++) {

        len = strlen(row->body);

        rc = parse(&c, row->body, len, json, &copy, &buf);
        describe(&c, rc, got, sizeof(got));

        /* of what is wrong the beginning is enough */

        n = row->means[0] == '!' ? strlen(row->means) : sizeof(got);

        CHECK(strncmp(got, row->means, n) == 0, "%s: %s: \"%s\" is not \"%s\"",
              json ? "JSON" : "form", row->rule, got, row->means);

        free(copy);
        free(buf);

        /* every beginning of it: nothing is read past the end */

        while (len--) {
            rc = parse(&c, row->body, len, json, &copy, &buf);

            CHECK(rc == NGX_OK ? !json || row->body[len] <= ' '
                                     || row->body[len] == 'x'
                               : rc == NGX_DECLINED && c.reason,
                  "%s: %s: its first %d bytes", json ? "JSON" : "form",
                  row->rule, (int) len);

            free(copy);
            free(buf);
        }
    }
}


static void
same_site(void)
{
    int                  ok;
    size_t               i;
    ngx_str_t            url, host;
    ngx_consent_site_t   a, b;

    for (i = 0; sites[i].url; i++) {

        url.len = strlen(sites[i].url);
        url.data = test_copy(sites[i].url, url.len);
        host.len = strlen(sites[i].host);
        host.data = test_copy(sites[i].host, host.len);

        ok = ngx_consent_site_url(&url, &a) == NGX_OK;

        CHECK(ok == (sites[i].path != NULL), "\"%s\" is%s taken",
              sites[i].url, ok ? "" : " not");

        if (ok && sites[i].path) {

            CHECK(a.path.len == strlen(sites[i].path)
                  && memcmp(a.path.data, sites[i].path, a.path.len) == 0,
                  "the path of \"%s\"", sites[i].url);

            CHECK(ngx_consent_site_host(&host, &b) == NGX_OK
                  && ngx_consent_site_same(&a, &b)
                     == (ngx_uint_t) sites[i].same,
                  "\"%s\" and \"%s\"", sites[i].url, sites[i].host);
        }

        free(url.data);
        free(host.data);
    }
}


int
main(void)
{
    size_t     i;
    ngx_str_t  path;

    bodies(forms, 0);
    bodies(jsons, 1);
    same_site();

    for (i = 0; paths[i].path; i++) {

        path.len = strlen(paths[i].path);
        path.data = test_copy(paths[i].path, path.len);

        CHECK(ngx_consent_site_path(&path) == (ngx_uint_t) paths[i].ok,
              "the path \"%s\"", paths[i].path);

        free(path.data);
    }

    return test_done();
}
