
/*
 * URLs: url_vectors.tsv is what another WHATWG URL parser says of them; then
 * character references, srcset and arguments, by the HTML and URL standards.
 */

#include "test.h"
#include "ngx_consent_url.h"


static size_t
unescape(char *s)
{
    char      *d, *start;
    unsigned   c;

    for (d = start = s; *s; d++) {

        if (*s == '\\' && sscanf(s, "\\x%2x", &c) == 1) {
            *d = (char) c;
            s += 4;

        } else {
            *d = *s++;
        }
    }

    *d = '\0';

    return d - start;
}


static int
same(const ngx_str_t *s, const char *expected, size_t len)
{
    return s->len == len && (len == 0 || memcmp(s->data, expected, len) == 0);
}


static void
check_vectors(const char *file)
{
    int                  i;
    char                *line, *save, *field[5];
    FILE                *f;
    size_t               size, len[5];
    u_char              *value, *buf;
    ngx_consent_url_t    base, u;

    static const char   *kinds[] = { "none", "http", "data", "other" };

    f = fopen(file, "r");
    if (f == NULL) {
        CHECK(0, "cannot open %s", file);
        return;
    }

    memset(&base, 0, sizeof(base));
    base.scheme = NGX_CONSENT_URL_HTTP;
    base.host.data = (u_char *) "www.example.com";
    base.host.len = 15;
    base.path.data = (u_char *) "/dir/page.html";
    base.path.len = 14;

    line = NULL;
    size = 0;

    while (getline(&line, &size, f) > 0) {

        line[strcspn(line, "\n")] = '\0';
        save = line;

        for (i = 0; i < 5; i++) {
            field[i] = strsep(&save, "\t");
            len[i] = unescape(field[i]);
        }

        value = test_copy(field[0], len[0]);
        buf = malloc(NGX_CONSENT_URL_MAX);

        ngx_consent_url_parse(&u, value, len[0], 0, &base, buf);

        CHECK(strcmp(kinds[u.scheme], field[1]) == 0,
              "%s: it is %s, not %s", field[0], field[1], kinds[u.scheme]);

        if (u.scheme == NGX_CONSENT_URL_HTTP && strcmp(field[1], "http") == 0) {

            CHECK(same(&u.host, field[2], len[2]), "%s: host %.*s, not %s",
                  field[0], (int) u.host.len, u.host.data, field[2]);

            CHECK(same(&u.path, field[3], len[3]), "%s: path %.*s, not %s",
                  field[0], (int) u.path.len, u.path.data, field[3]);

            if (strchr(field[0], '?') || field[0][0] != '#') {
                CHECK(same(&u.args, field[4], len[4]), "%s: args %.*s, not %s",
                      field[0], (int) u.args.len, u.args.data, field[4]);
            }
        }

        free(value);
        free(buf);
    }

    free(line);
    fclose(f);
}


/* values of attributes, and the host that a browser takes from them */

static const struct {
    const char  *value;
    const char  *host;
} attrs[] = {
    { "//a.test/?b=1&amp;c=2", "a.test" },
    { "&#47;&#x2f;a.test", "a.test" },
    { "&sol;&sol;a&period;test", "a.test" },
    { "&#x2F&#x2F;a.test", "a.test" },
    { "https&colon;//a.test", "a.test" },
    { "https&#58//a.test", "a.test" },
    { "//a&Tab;.te&NewLine;st", "a.test" },
    { "//a&shy;.test", "a.test" },
    { "//a&shy.test", "a.test" },
    { "//a&ZeroWidthSpace;.test", "a.test" },
    { "//a&NoBreak;.test", "a.test" },
    { "//a&#173;.test", "a.test" },
    { "&bsol;&bsol;a.test", "a.test" },
    { "//&#x61;&#97;.test", "aa.test" },
    { "//&#0000000097;.test", "a.test" },
    { "//b&commat;a.test", "a.test" },
    { "//a.test&num;b", "a.test" },
    { "//a.test&quest;b", "a.test" },
    { "//a.test?x&lt=1", "a.test" },
    { "//a.test:443", "a.test" },
    { "https:a.test/x", "a.test" },
    { "https:/a.test/x", "a.test" },

    /* two characters by one name; names without ';', and what they are not */
    { "//&fjlig;.test", "fj.test" },
    { "//a&nvlt;.test", "" },
    { "//&ordm.test", "o.test" },
    { "//a.test?&ltx", "a.test" },
    { "//a&shyx.test", "a&shyx.test" },
    { "//a&unknown;.test", "a&unknown;.test" },
    { "//a&period.test", "a&period.test" },

    /* a host loses these (UTS 46) and no others */
    { "//a&#x2064;&#xfe00;&#xe0100;&#x180b;&#x1bca0;.test", "a.test" },
    { "//a&#x200c;.test", "xn--a-sgn.test" },
    { "//&#xff41;&#xff0e;test", "a.test" },
    { "//%ef%bd%81%E3%80%82test", "a.test" },

    /* what is forbidden is so however it is written */
    { "//a&#xff5c;.test", "" },
    { "//a%2f.test", "" },

    /* U+0000 and what is out of range become U+FFFD: there is no such host */
    { "//a&#0;.test", "" },

    /* what the reference stands for is not read in another encoding */
    { "//a&#xb2;&uuml;.test", "xn--a2-yka.test" },
    { NULL, NULL }
};


static void
check_attrs(void)
{
    size_t               i, n, len;
    u_char              *value, *buf;
    ngx_consent_url_t    u;

    for (i = 0; attrs[i].value; i++) {

        len = strlen(attrs[i].value);
        value = test_copy(attrs[i].value, len);
        buf = malloc(NGX_CONSENT_URL_MAX);

        ngx_consent_url_parse(&u, value, len, NGX_CONSENT_URL_ATTR, NULL, buf);

        CHECK(same(&u.host, attrs[i].host, strlen(attrs[i].host)),
              "%s: host %.*s, not %s", attrs[i].value, (int) u.host.len,
              u.host.data, attrs[i].host);
        CHECK(!u.eight_bit, "%s: one reading", attrs[i].value);

        /* nothing in it depends on the encoding */

        for (n = 1; n < NGX_CONSENT_URL_READINGS; n++) {

            ngx_consent_url_parse(&u, value, len,
                                  NGX_CONSENT_URL_ATTR
                                  | NGX_CONSENT_URL_READING(n), NULL, buf);

            CHECK(same(&u.host, attrs[i].host, strlen(attrs[i].host)),
                  "%s: host %.*s in reading %d", attrs[i].value,
                  (int) u.host.len, u.host.data, (int) n);
        }

        free(value);

        /* cut anywhere, it is read without a byte more */

        for (len = 0; attrs[i].value[len]; len++) {
            value = test_copy(attrs[i].value, len);
            ngx_consent_url_parse(&u, value, len, NGX_CONSENT_URL_ATTR, NULL,
                                  buf);
            free(value);
        }

        free(buf);
    }
}


/*
 * Arguments of URLs as most are written, whole or relative, and short: those
 * with references are written again, the others stay where they are.
 */

static const struct {
    const char  *value;
    const char  *args;
} usual_args[] = {
    { "/a?b&amp;c", "b&c" },
    { "/a?b&#x23;c&amp;", "b" },
    { "/a?b&Tab;c&#32;", "bc" },
    { "/a?b&#32;#", "b " },
    { "a?&ngE;x#&amp;", "\xe2\x89\xa7\xcc\xb8x" },
    { "a/b?\tc\x01" "d\n", "c\x01" "d" },
    { "?x&copy=1&ampy", "x&copy=1&ampy" },
    { "//a.test:8080?x&#32;y", "x y" },
    { "//a.test:0443?", "" },
    { "https://www.a.test/some/path.js?x=1&amp;y=2#z", "x=1&y=2" },
    { "https://www.a.test/some/path.js?x=1#y?z", "x=1" },
    { NULL, NULL }
};


static void
check_usual_args(void)
{
    size_t              i;
    u_char             *value, *buf;
    ngx_consent_url_t   u;

    for (i = 0; usual_args[i].value; i++) {

        value = test_copy(usual_args[i].value, strlen(usual_args[i].value));
        buf = malloc(NGX_CONSENT_URL_MAX);

        ngx_consent_url_parse(&u, value, strlen(usual_args[i].value),
                              NGX_CONSENT_URL_ATTR, NULL, buf);

        CHECK(same(&u.args, usual_args[i].args, strlen(usual_args[i].args)),
              "%s: arguments %.*s, not %s", usual_args[i].value,
              (int) u.args.len, u.args.data, usual_args[i].args);

        free(value);
        free(buf);
    }
}


static void
check_long(void)
{
    u_char              *value, *buf;
    size_t               len;
    ngx_consent_url_t    u;

    for (len = NGX_CONSENT_URL_MAX - 40; len < NGX_CONSENT_URL_MAX + 40; len++)
    {
        value = malloc(len);
        buf = malloc(NGX_CONSENT_URL_MAX);
        memset(value, 'x', len);
        memcpy(value, "//a.test/?b=", 12);

        ngx_consent_url_parse(&u, value, len, NGX_CONSENT_URL_ATTR, NULL, buf);

        CHECK(same(&u.host, "a.test", 6), "the host of a long URL");
        CHECK(u.cut == (len > NGX_CONSENT_URL_MAX), "%zu bytes: cut", len);

        free(value);
        free(buf);
    }
}


/* however much stands before or in it to no effect, the host is found */

static const struct {
    const char  *start;
    const char  *fill;
    const char  *end;
} endless[] = {
    { "https:", "/", "a.test/" },
    { "//", "\\", "a.test/" },
    { "//", "u", "@a.test/" },
    { "//u@", "u:p@", "a.test/" },
    { "https:u@", "%40", "@a.test" },
    { "//", "&shy;", "a.test/" },
    { "//a.te", "&shy;", "st/" },
    { "//a.te", "%c2%ad", "st?x" },
    { "//u@a.te", "%c2%ad", "st?x" },
    { "//uu@a.te", "%c2%ad", "st?x" },
    { "//uuu@a.te", "%c2%ad", "st?x" },
    { "//uuuu@a.te", "%c2%ad", "st?x" },
    { "//uuuuu@a.te", "%c2%ad", "st?x" },
    { "https:a", "&#x200b;", ".test#" },
    { "https:a.test:", "0", "443/" },
    { "//a.test:", "0", "443" },
    { "//u:", "0", "@a.test" },
    { NULL, NULL, NULL }
};


static void
check_endless(void)
{
    char                *value;
    size_t               i, n;
    u_char              *copy, *buf;
    ngx_consent_url_t    u;

    for (i = 0; endless[i].start; i++) {

        value = malloc(8 * 3 * NGX_CONSENT_URL_MAX + 64);
        strcpy(value, endless[i].start);

        n = strlen(value);

        while (n < 3 * NGX_CONSENT_URL_MAX * strlen(endless[i].fill)) {
            n += sprintf(value + n, "%s", endless[i].fill);
        }

        n += sprintf(value + n, "%s", endless[i].end);
        copy = test_copy(value, n);
        buf = malloc(NGX_CONSENT_URL_MAX);

        ngx_consent_url_parse(&u, copy, n, NGX_CONSENT_URL_ATTR, NULL, buf);

        CHECK(u.scheme == NGX_CONSENT_URL_HTTP && same(&u.host, "a.test", 6),
              "%s%s...%s: kind %d, host %.*s", endless[i].start,
              endless[i].fill, endless[i].end, u.scheme, (int) u.host.len,
              u.host.data);

        free(value);
        free(copy);
        free(buf);
    }
}


/* "#f" and "?x" on a page with arguments of its own */

static void
check_same_document(void)
{
    u_char              *buf;
    ngx_consent_url_t    base, u;

    memset(&base, 0, sizeof(base));
    base.scheme = NGX_CONSENT_URL_HTTP;
    base.host = (ngx_str_t) ngx_string("www.example.com");
    base.path = (ngx_str_t) ngx_string("/dir/page.html");
    base.args = (ngx_str_t) ngx_string("q=1");

    buf = malloc(NGX_CONSENT_URL_MAX);

    ngx_consent_url_parse(&u, (u_char *) "#f", 2, 0, &base, buf);
    CHECK(same(&u.path, "/dir/page.html", 14) && same(&u.args, "q=1", 3),
          "a fragment keeps the base's path and arguments");

    ngx_consent_url_parse(&u, (u_char *) "?x", 2, 0, &base, buf);
    CHECK(same(&u.path, "/dir/page.html", 14) && same(&u.args, "x", 1),
          "arguments replace the base's");

    ngx_consent_url_parse(&u, (u_char *) "b", 1, 0, &base, buf);
    CHECK(same(&u.path, "/dir/b", 6) && u.args.len == 0,
          "a path drops the base's arguments");

    free(buf);
}


static const struct {
    const char  *srcset;
    const char  *urls;
} srcsets[] = {
    { "a.png 1x, b.png 2x", "a.png|b.png|" },
    { "a.png", "a.png|" },
    { " , a.png, b.png ", "a.png|b.png|" },
    { "a,b 1x", "a,b|" },
    { "a.png,, b.png", "a.png|b.png|" },
    { "a 1x (x, y), b", "a|b|" },
    { "data:,a 1x,b", "data:,a|b|" },
    { "a\n100w\t,\fb", "a|b|" },

    /* the value is split after its references are decoded */
    { "a&#32;1x&#44; b", "a|b|" },
    { "a&Tab;1x&comma;b 2x", "a|b|" },
    { "a&NewLine;(&#44; x&rpar;&comma;b", "a|b|" },
    { "a&comma;&#44; b", "a|b|" },
    { "a&comma;b 1x", "a&comma;b|" },
    { "a&#32", "a|" },
    { "&comma;&#x20;a", "a|" },

    /* of the controls only HTML's five are space */
    { "a\001b\013c 1x", "a\001b\013c|" },
    { "", "" },
    { NULL, NULL }
};


static void
check_srcset(void)
{
    char        got[256];
    size_t      i, n;
    u_char     *value, *pos, *last;
    ngx_str_t   url;

    for (i = 0; srcsets[i].srcset; i++) {

        n = strlen(srcsets[i].srcset);
        value = test_copy(srcsets[i].srcset, n);
        pos = value;
        last = value + n;
        n = 0;

        while (ngx_consent_url_srcset(&pos, last, &url) == NGX_OK) {
            n += sprintf(got + n, "%.*s|", (int) url.len, url.data);
        }

        got[n] = '\0';

        CHECK(strcmp(got, srcsets[i].urls) == 0, "srcset \"%s\": %s",
              srcsets[i].srcset, got);

        free(value);
    }
}


static const struct {
    const char  *args;
    const char  *pairs;
} args[] = {
    { "a=b&c=d", "a=b|c=d|" },
    { "a", "a=|" },
    { "&&a=&=b&", "a=|=b|" },
    { "a%3Db=c%26d", "a=b=c&d|" },
    { "a=b+c%2", "a=b c%2|" },
    { "id=AW-1&l=x=y", "id=AW-1|l=x=y|" },
    { "", "" },
    { NULL, NULL }
};


static void
check_args(void)
{
    char        got[256];
    size_t      i, n;
    u_char     *value, *pos, *last, *buf;
    ngx_str_t   name, v;

    for (i = 0; args[i].args; i++) {

        n = strlen(args[i].args);
        value = test_copy(args[i].args, n);
        buf = malloc(16);
        pos = value;
        last = value + n;
        n = 0;

        while (ngx_consent_url_arg(&pos, last, &name, &v, buf, 16) == NGX_OK) {
            n += sprintf(got + n, "%.*s=%.*s|", (int) name.len, name.data,
                         (int) v.len, v.data);
        }

        got[n] = '\0';

        CHECK(strcmp(got, args[i].pairs) == 0, "arguments \"%s\": %s",
              args[i].args, got);

        free(value);
        free(buf);
    }
}


int
main(void)
{
    check_vectors("t/unit/url_vectors.tsv");
    check_attrs();
    check_usual_args();
    check_long();
    check_endless();
    check_same_document();
    check_srcset();
    check_args();

    return test_done();
}
