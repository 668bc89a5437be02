
/*
 * Hosts: url_hosts.tsv is what another URL parser makes of them, in UTF-8 and
 * in other encodings; then rows of the table, and what no browser need agree
 * with.  With an argument it answers url_compare.mjs.
 */

#include "test.h"
#include "ngx_consent_table_int.h"


/* the reading that each encoding belongs to */

static const struct {
    const char  *encoding;
    ngx_uint_t   reading;
    int          part;                  /* knows only what is ASCII */
} readings[] = {
    { "utf-8", 0, 0 },
    { "windows-1252", 1, 0 },
    { "shift_jis", 3, 1 },
    { "euc-jp", 4, 1 },
    { "gbk", 5, 1 },
    { "gb18030", 5, 1 },
    { "euc-kr", 6, 1 },
    { "big5", 7, 1 },
    { "", 2, 1 }
};


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
same(const ngx_str_t *s, const char *expected)
{
    return s->len == strlen(expected)
           && (s->len == 0 || memcmp(s->data, expected, s->len) == 0);
}


/* where the first label ends, if it is encoded and nobody knows from what */

static size_t
known(const char *host, size_t len, int part)
{
    const char  *dot;

    dot = memchr(host, '.', len);

    return (part && dot && len > 4 && memcmp(host, "xn--", 4) == 0)
           ? (size_t) (dot - host)
           : 0;
}


static void
check_vectors(const char *file)
{
    int                  i, high;
    char                *line, *save, *encoding, *text, *host;
    FILE                *f;
    size_t               size, len, from, ours, n;
    u_char              *value, *buf;
    ngx_consent_url_t    u;

    f = fopen(file, "r");
    if (f == NULL) {
        CHECK(0, "cannot open %s", file);
        return;
    }

    line = NULL;
    size = 0;

    while (getline(&line, &size, f) > 0) {

        line[strcspn(line, "\n")] = '\0';
        save = line;
        encoding = strsep(&save, "\t");
        text = strsep(&save, "\t");
        host = strsep(&save, "\t");

        len = unescape(text);
        value = test_copy(text, len);
        buf = malloc(NGX_CONSENT_URL_MAX);

        for (high = 0, n = 0; n < len; n++) {
            high |= value[n] >= 0x80;
        }

        for (i = 0; readings[i].encoding[0]; i++) {
            if (strcmp(readings[i].encoding, encoding) == 0) {
                break;
            }
        }

        ngx_consent_url_parse(&u, value, len,
                              NGX_CONSENT_URL_READING(readings[i].reading),
                              NULL, buf);

        from = known(host, strlen(host), readings[i].part);
        ours = known((char *) u.host.data, u.host.len, readings[i].part);

        CHECK(u.host.len - ours == strlen(host) - from
              && (u.host.len == 0
                  || memcmp(u.host.data + ours, host + from,
                            u.host.len - ours) == 0),
              "%s in %s: host %.*s, not %s", text, encoding, (int) u.host.len,
              u.host.data, host);

        CHECK(u.scheme == (*host ? NGX_CONSENT_URL_HTTP
                                 : NGX_CONSENT_URL_NONE),
              "%s in %s: kind %d", text, encoding, u.scheme);

        /* cut anywhere, it is read without a byte more */

        for (n = 0; n <= len; n++) {
            free(value);
            value = test_copy(text, n);

            for (i = 0; i < NGX_CONSENT_URL_READINGS; i++) {
                ngx_consent_url_parse(&u, value, n, NGX_CONSENT_URL_READING(i),
                                      NULL, buf);
                CHECK(n < len || !high || u.eight_bit,
                      "%s: other readings", text);
                CHECK(i || high || !u.eight_bit, "%s: one reading", text);
            }
        }

        free(value);
        free(buf);
    }

    free(line);
    fclose(f);
}


/* what Chromium does beyond the standard, and what we judge as if it did */

static const struct {
    const char  *value;
    const char  *host;
} hosts[] = {

    /* a full-width percent sign decodes once more */
    { "//trac\xef\xbc\x85" "6ber.test", "tracker.test" },
    { "//trac%EF%BC%85%36Ber.test", "tracker.test" },
    { "//trac\xef\xb9\xaa\xef\xbc\x96\xef\xbc\xa2" "er.test", "tracker.test" },
    { "//a\xef\xbc\x85" "41.test", "aa.test" },
    { "//a\xef\xbc\x85" "2f.test", "" },
    { "//a\xef\xbc\x85" "25.test", "" },
    { "//a\xef\xbc\x85" "c3.test", "" },
    { "//trac%256ber.test", "" },

    /* a space is a character of a host, which "%20" stands for */
    { "//a b.test", "a b.test" },
    { "//a%20b.test", "a b.test" },
    { "//a\xc2\xa0" "b.test", "a b.test" },

    /* lost, though other versions of Unicode have it forbidden */
    { "//a\xe1\x85\x9f" "b.test", "ab.test" },
    { "//a\xe3\x85\xa4" "b.test", "ab.test" },
    { "//a\xe1\xa0\x8e" "b.test", "ab.test" },

    /* not valid, but nobody's parent need know */
    { "//xn--a.test", "xn--a.test" },
    { "//\xd7\x90" "a.test", "xn--a-zhc.test" },
    { NULL, NULL }
};


static void
check_hosts(void)
{
    size_t               i, len;
    u_char              *value, *buf;
    ngx_consent_url_t    u;

    for (i = 0; hosts[i].value; i++) {

        len = strlen(hosts[i].value);
        value = test_copy(hosts[i].value, len);
        buf = malloc(NGX_CONSENT_URL_MAX);

        ngx_consent_url_parse(&u, value, len, 0, NULL, buf);

        CHECK(same(&u.host, hosts[i].host), "%s: host %.*s, not %s",
              hosts[i].value, (int) u.host.len, u.host.data, hosts[i].host);

        free(value);
        free(buf);
    }
}


/* A label that is too long for DNS stays in UTF-8, beneath its parent. */

static void
check_long(const char *point, size_t count, int encoded)
{
    size_t               n, len;
    u_char              *value, *buf;
    ngx_consent_url_t    u;

    n = strlen(point);
    len = 2 + n * count + 5;
    value = malloc(len);
    buf = malloc(NGX_CONSENT_URL_MAX);

    memcpy(value, "//", 2);

    while (count--) {
        memcpy(value + 2 + n * count, point, n);
    }

    memcpy(value + len - 5, ".test", 5);

    ngx_consent_url_parse(&u, value, len, 0, NULL, buf);

    CHECK(u.host.len > 5 && memcmp(u.host.data + u.host.len - 5, ".test", 5)
                            == 0,
          "a long label's parent: %.*s", (int) u.host.len, u.host.data);
    CHECK((memcmp(u.host.data, "xn--", 4) == 0) == encoded,
          "a long label: %.*s", (int) u.host.len, u.host.data);

    free(value);
    free(buf);
}


/* A row's host, or what is wrong with it. */

static const struct {
    const char  *pattern;
    const char  *host;
    const char  *reason;
} rows[] = {
    { "b\xc3\xbc" "cher.example", "xn--bcher-kva.example", NULL },
    { "B\xc3\x9c" "CHER.example/p?q", "xn--bcher-kva.example", NULL },
    { "bu\xcc\x88" "cher.example", "xn--bcher-kva.example", NULL },
    { "xn--bcher-kva.example", "xn--bcher-kva.example", NULL },
    { "=XN--BCHER-KVA.example.", "xn--bcher-kva.example", NULL },
    { "fa\xc3\x9f.example", "xn--fa-hia.example", NULL },
    { "\xef\xbd\x81\xe3\x80\x82" "example", "a.example", NULL },
    { "a.example", "a.example", NULL },
    { "a_b.example\xe3\x80\x82", "a_b.example", NULL },
    { "192.0.2.1/x", "192.0.2.1", NULL },
    { "a b.example", NULL, "invalid character in host name" },
    { "a%20b.example", NULL, "invalid character in host name" },
    { "a\xef\xbc\x85" "20b.example", NULL, "invalid character in host name" },
    { "a\xef\xbc\xa0" "b.example", NULL, "host name that is not valid in" },
    { "b\xfc" "cher.example", NULL, "host name that is not valid in" },
    { "a\xef\xbf\xbd.example", NULL, "host name that is not valid in" },
    { "xn--\xc3\xbc.example", NULL, "host name that is not valid in" },
    { "xn--a.example", NULL, "label that encodes no name in" },
    { "b.xn--zzzzz9999.example", NULL, "label that encodes no name in" },
    { "xn--", NULL, "label that encodes no name in" },
    { "xn--a-.example", NULL, "label that encodes no name in" },
    { "xn--bcher-kv.example", NULL, "label that encodes no name in" },
    { "1.2.3.4.5", NULL, "host name that is not valid in" },
    { "\xc2\xad", NULL, "no host name in" },
    { "=", NULL, "no host name in" },
    { NULL, NULL, NULL }
};


static void
check_rows(void)
{
    size_t                   i;
    ngx_int_t                rc;
    u_char                  *written;
    ngx_str_t                pattern;
    ngx_pool_t              *pool;
    ngx_consent_fault_t      fault;
    ngx_consent_url_row_t    row;

    pool = shim_create_pool();

    for (i = 0; rows[i].pattern; i++) {

        pattern.len = strlen(rows[i].pattern);
        written = test_copy(rows[i].pattern, pattern.len);
        pattern.data = written;
        fault.reason = "";

        rc = ngx_consent_url_row(pool, &pattern, &fault);
        ngx_consent_url_row_split(&pattern, &row);

        if (rows[i].reason) {
            CHECK(rc == NGX_DECLINED && strcmp(fault.reason, rows[i].reason)
                                        == 0,
                  "%s: %d, %s", rows[i].pattern, (int) rc, fault.reason);

        } else {
            CHECK(rc == NGX_OK && same(&row.host, rows[i].host),
                  "%s: %d, %s, host %.*s", rows[i].pattern, (int) rc,
                  fault.reason, (int) row.host.len, row.host.data);
        }

        free(written);
    }

    shim_destroy_pool(pool);
}


/* A host in hex on each line; ours for it in that reading goes out. */

static int
answer(ngx_uint_t reading)
{
    char                *line;
    size_t               size, n, i;
    u_char              *value, *buf;
    unsigned             c;
    ngx_consent_url_t    u;

    line = NULL;
    size = 0;

    while (getline(&line, &size, stdin) > 0) {

        n = strcspn(line, "\n") / 2;
        value = malloc(n + 2);
        buf = malloc(NGX_CONSENT_URL_MAX);
        memcpy(value, "//", 2);

        for (i = 0; i < n; i++) {
            sscanf(line + 2 * i, "%2x", &c);
            value[i + 2] = (u_char) c;
        }

        ngx_consent_url_parse(&u, value, n + 2,
                              NGX_CONSENT_URL_READING(reading), NULL, buf);
        printf("%.*s\n", (int) u.host.len, u.host.data);

        free(value);
        free(buf);
    }

    free(line);

    return 0;
}


int
main(int argc, char **argv)
{
    if (argc > 1) {
        return answer(atoi(argv[1]));
    }

    check_vectors("t/unit/url_hosts.tsv");
    check_hosts();

    check_long("\xc3\xbc", 63, 1);
    check_long("\xc3\xbc", 64, 0);
    check_long("\xc3\xbc", 500, 0);
    check_long("u\xcc\x88", 63, 1);
    check_long("u\xcc\x88", 400, 0);
    check_long("\xe1\xbe\x82", 100, 0);
    check_long("\xcc\x88", 500, 0);

    check_rows();

    return test_done();
}
