
/* Cookie and Set-Cookie, by RFC 6265bis and what browsers were seen to do. */

#include "test.h"
#include "ngx_consent_cookie.h"


static const struct {
    const char  *header;
    const char  *pairs;         /* name=value| of each, in their order */
} cookies[] = {
    { "a=b", "a=b|" },
    { "a=b; c=d", "a=b|c=d|" },
    { "a=b;c=d;", "a=b|c=d|" },
    { " a = b ;\tc\t=\td ", "a=b|c=d|" },
    { "a=b=c", "a=b=c|" },
    { "a", "=a|" },
    { "=a", "=a|" },
    { "a=", "a=|" },
    { ";; ; a=b", "a=b|" },
    { "a=\"b;c\"", "a=\"b|=c\"|" },
    { "x=1,klaro=2", "x=1,klaro=2|" },
    { "A=1; a=2", "A=1|a=2|" },
    { "\x80\xff=1", "\x80\xff=1|" },
    { "a=b; a=c", "a=b|a=c|" },
    { "", "" },
    { ";", "" },
    { NULL, NULL }
};


static const struct {
    const char  *value;
    const char  *name;
    int          deletes;       /* at NOW */
} set_cookies[] = {

    /* the name: to the first ';', then to the first '=', trimmed */
    { "a=b", "a", 0 },
    { " a\t=b; Path=/", "a", 0 },
    { "a, b=1", "a, b", 0 },
    { "Secure", "", 0 },
    { "; a=1", "", 0 },
    { "=b", "", 0 },
    { "a=\"x;y\"", "a", 0 },

    /* Max-Age goes before Expires, the last one counts */
    { "a=b; Max-Age=0", "a", 1 },
    { "a=b; Max-Age=-1", "a", 1 },
    { "a=b; max-age = 0 ", "a", 1 },
    { "a=b; Max-Age=1", "a", 0 },
    { "a=b; Max-Age=99999999999999999999999", "a", 0 },
    { "a=b; Max-Age=-99999999999999999999999", "a", 1 },
    { "a=b; Max-Age=0; Max-Age=1", "a", 0 },
    { "a=b; Max-Age=1; Max-Age=0", "a", 1 },
    { "a=b; Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 0 },
    { "a=b; Expires=Thu, 01 Jan 2099 00:00:00 GMT; Max-Age=0", "a", 1 },

    /* unreadable after readable: by the RFC gone, in Chromium a session's */
    { "a=b; Max-Age=0; Max-Age=x", "a", 0 },
    { "a=b; Max-Age=0; Max-Age=", "a", 0 },
    { "a=b; Max-Age=x; Max-Age=0", "a", 1 },
    { "a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=x", "a", 0 },
    { "a=b; Expires=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 1 },
    { "a=b; Max-Age=0; Expires=x", "a", 1 },

    /* no number by the RFC, but Chromium keeps the cookie, or others may */
    { "a=b; Max-Age=+9; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 0 },
    { "a=b; Max-Age=99999999999999999999x; "
      "Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 0 },
    { "a=b; Max-Age=9x; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 0 },
    { "a=b; Max-Age=+0; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 1 },
    { "a=b; Max-Age=x9; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 1 },

    /* what is no number is ignored */
    { "a=b; Max-Age=", "a", 0 },
    { "a=b; Max-Age=-", "a", 0 },
    { "a=b; Max-Age=0x", "a", 0 },
    { "a=b; Max-Age=+0", "a", 0 },
    { "a=b; Max-Age=\"0\"", "a", 0 },
    { "a=b; Max-Age", "a", 0 },
    { "a=b; Max-Agex=0", "a", 0 },

    { "a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", 1 },
    { "a=b; Expires=Thu, 01 Jan 2099 00:00:00 GMT", "a", 0 },
    { "a=b; Expires=0", "a", 0 },

    /* a day of 2020 by the RFC; Chromium and Firefox keep the cookie */
    { "a=b; Expires=30x Jan 20 00:00:00", "a", 0 },

    /* ... of 1970; Chromium keeps the first two, Firefox the third */
    { "a=b; Expires=Thu, 01 Jan 1970 00:00:00x GMT", "a", 0 },
    { "a=b; Expires=01:01:2035 01 Jan 1970 00:00:00", "a", 0 },
    { "a=b; Expires=1970-01-01 00:00:00 Jan", "a", 0 },
    { "a=b; Expires=never", "a", 0 },
    { "a=b; Expires=", "a", 0 },

    /* another cookie's value is no attribute */
    { "a=Max-Age=0", "a", 0 },
    { NULL, NULL, 0 }
};

#define NOW  1764000000


static const struct {
    const char  *date;
    int64_t      when;          /* -1: no date */
} dates[] = {
    { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
    { "Sun Nov  6 08:49:37 1994", 784111777 },
    { "06 nov 1994 8:49:37", 784111777 },
    { "1994 Nov 06 08:49:37", 784111777 },
    { "08:49:37 06 November 1994", 784111777 },
    { "06-Nov-1994/08:49:37x", -1 },
    { "Tue, 19 Jan 2038 03:14:08 GMT", 2147483648 },
    { "30x Jan 20 00:00:00", -1 },
    { "30 Jan 2020x 00:00:00", -1 },
    { "01:01:2035 01 Jan 1970 00:00:00", -1 },
    { "1970-01-01 00:00:00 Jan", -1 },
    { "Thu, 01 Jan 1970 00:00:00 +0000", 0 },
    { "29 Feb 2000 00:00:00", 951782400 },
    { "29 Feb 1900 00:00:00", -1 },
    { "29 Feb 2023 00:00:00", -1 },
    { "31 Apr 2023 00:00:00", -1 },
    { "01 Jan 70 00:00:00", 0 },
    { "01 Jan 69 00:00:00", 3124224000 },
    { "01 Jan 1600 00:00:00", -1 },
    { "01 Jan 1970 24:00:00", -1 },
    { "01 Jan 1970 00:60:00", -1 },
    { "00 Jan 1970 00:00:00", -1 },
    { "01 Jan 1970", -1 },
    { "01 1970 00:00:00", -1 },
    { "Jan 1970 00:00:00", -1 },
    { "01 Jan 00:00:00", -1 },
    { "", -1 },
    { NULL, 0 }
};


/* The pairs of that name are what a search for it finds, and nothing else. */

static int
found(u_char *copy, size_t len, ngx_consent_cookie_t *named)
{
    u_char                *p, *q;
    ngx_consent_cookie_t   c, f;

    p = copy;
    q = copy;

    while (ngx_consent_cookie_next(&p, copy + len, &c) == NGX_OK) {

        if (c.name.len != named->name.len
            || memcmp(c.name.data, named->name.data, c.name.len) != 0)
        {
            continue;
        }

        if (ngx_consent_cookie_find(&q, copy + len, &named->name, &f) != NGX_OK
            || memcmp(&c, &f, sizeof(c)) != 0 || p != q)
        {
            return 0;
        }
    }

    return ngx_consent_cookie_find(&q, copy + len, &named->name, &f)
           == NGX_DONE;
}


int
main(void)
{
    char                       got[256];
    size_t                     i, n, len;
    u_char                    *copy, *pos;
    int64_t                    when;
    ngx_str_t                  name;
    ngx_consent_cookie_t       c;
    ngx_consent_set_cookie_t   s;

    for (i = 0; cookies[i].header; i++) {

        len = strlen(cookies[i].header);
        copy = test_copy(cookies[i].header, len);
        pos = copy;
        n = 0;

        while (ngx_consent_cookie_next(&pos, copy + len, &c) == NGX_OK) {
            n += sprintf(got + n, "%.*s=%.*s|", (int) c.name.len, c.name.data,
                         (int) c.value.len, c.value.data);

            CHECK(c.pair.data >= copy && c.pair.len
                  && c.pair.data + c.pair.len <= copy + len,
                  "Cookie: %s: a pair's span", cookies[i].header);

            CHECK(c.name.len == 0 || found(copy, len, &c),
                  "Cookie: %s: found by name", cookies[i].header);
        }

        got[n] = '\0';

        CHECK(strcmp(got, cookies[i].pairs) == 0, "Cookie: %s: %s",
              cookies[i].header, got);

        free(copy);
    }

    for (i = 0; set_cookies[i].value; i++) {

        len = strlen(set_cookies[i].value);
        copy = test_copy(set_cookies[i].value, len);

        ngx_consent_set_cookie_parse(&s, copy, len);

        CHECK(s.name.len == strlen(set_cookies[i].name)
              && (s.name.len == 0
                  || memcmp(s.name.data, set_cookies[i].name, s.name.len) == 0),
              "Set-Cookie: %s: name %.*s", set_cookies[i].value,
              (int) s.name.len, s.name.data);

        CHECK((int) ngx_consent_set_cookie_deletes(&s, NOW)
              == set_cookies[i].deletes,
              "Set-Cookie: %s: deletes", set_cookies[i].value);

        /* the same where no more is asked */

        ngx_consent_set_cookie_name(&name, copy, len);
        ngx_consent_set_cookie_life(&s, copy, len);

        CHECK(name.len == strlen(set_cookies[i].name)
              && (name.len == 0
                  || memcmp(name.data, set_cookies[i].name, name.len) == 0),
              "Set-Cookie: %s: its name alone is %.*s", set_cookies[i].value,
              (int) name.len, name.data);

        CHECK((int) ngx_consent_set_cookie_deletes(&s, NOW)
              == set_cookies[i].deletes,
              "Set-Cookie: %s: deletes, by its life alone",
              set_cookies[i].value);

        free(copy);

        /* cut anywhere */

        for (n = 0; n < len; n++) {
            copy = test_copy(set_cookies[i].value, n);
            ngx_consent_set_cookie_parse(&s, copy, n);
            ngx_consent_set_cookie_name(&name, copy, n);

            CHECK(name.len == s.name.len
                  && (name.len == 0 || name.data == s.name.data),
                  "Set-Cookie: %.*s: its name alone", (int) n,
                  set_cookies[i].value);

            free(copy);
        }
    }

    /* an attribute of 1024 bytes counts, a longer one does not */

    for (n = 1024; n <= 1025; n++) {

        len = 13 + n;
        copy = malloc(len);
        memset(copy, '0', len);
        memcpy(copy, "a=b; Max-Age=", 13);

        ngx_consent_set_cookie_parse(&s, copy, len);

        CHECK(s.has_max_age == (n == 1024), "a Max-Age of %zu bytes", n);

        free(copy);
    }

    ngx_consent_set_cookie_parse(&s, NULL, 0);
    CHECK(s.name.len == 0 && s.value.len == 0, "nothing at all");

    copy = test_copy("a=b; Domain=.Example.com; domain=b.test; Path=/x", 48);
    ngx_consent_set_cookie_parse(&s, copy, 48);

    CHECK(s.domain.len == 6 && memcmp(s.domain.data, "b.test", 6) == 0,
          "the last Domain counts");
    CHECK(s.path.len == 2 && memcmp(s.path.data, "/x", 2) == 0, "Path");

    free(copy);

    for (i = 0; dates[i].date; i++) {

        len = strlen(dates[i].date);
        copy = test_copy(dates[i].date, len);

        if (ngx_consent_cookie_date(copy, len, &when) != NGX_OK) {
            when = -1;
        }

        CHECK(when == dates[i].when, "date \"%s\": %lld", dates[i].date,
              (long long) when);

        free(copy);
    }

    return test_done();
}
