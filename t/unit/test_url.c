
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

    /* U+0000 and what is out of range become U+FFFD: no such host is ours */
    { "//a&#0;.test", "a\xef\xbf\xbd.test" },
    { NULL, NULL }
};


static void
check_attrs(void)
{
    size_t               i, len;
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
    check_long();
    check_srcset();
    check_args();

    return test_done();
}
