
/*
 * Lifetimes of Set-Cookie, by RFC 6265bis 5.6 and what Chromium was seen to do:
 * within the limit a value comes back byte for byte.
 */

#include "test.h"
#include "ngx_consent_clamp.h"


/* Mon, 24 Nov 2025 16:00:00 GMT, and an hour: nothing may outlive it */

#define NOW    1764000000
#define LIMIT  3600

#define AT_LIMIT  "Mon, 24 Nov 2025 17:00:00 GMT"
#define OVER      "Mon, 24 Nov 2025 17:00:01 GMT"


typedef struct {
    const char  *value;
    const char  *expected;      /* NULL: the same */
} test_row_t;


static const test_row_t  hour[] = {

    /* both sides of the limit */
    { "a=b; Max-Age=3600", NULL },
    { "a=b; Max-Age=3601", "a=b; Max-Age=3600" },
    { "a=b; Expires=" AT_LIMIT, NULL },
    { "a=b; Expires=" OVER, "a=b; Expires=" AT_LIMIT },
    { "a=b; Max-Age=3599; Path=/", NULL },
    { "a=b; Max-Age=99999999999999999999999", "a=b; Max-Age=3600" },
    { "a=b; Expires=Fri, 31 Dec 9999 23:59:59 GMT",
      "a=b; Expires=" AT_LIMIT },

    /* a session's cookie stays one */
    { "a=b", NULL },
    { "a=b; Path=/; HttpOnly", NULL },
    { "", NULL },
    { ";", NULL },
    { "a=Max-Age=9999", NULL },
    { "Max-Age=9999", NULL },
    { "a=b; Max-Agex=9999; xMax-Age=9999", NULL },

    /* Max-Age goes before Expires */
    { "a=b; Max-Age=60; Expires=" OVER, NULL },
    { "a=b; Expires=" OVER "; Max-Age=60", NULL },
    { "a=b; Max-Age=9999; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      "a=b; Max-Age=3600; Expires=Thu, 01 Jan 1970 00:00:00 GMT" },
    { "a=b; Max-Age=9999; Expires=" OVER,
      "a=b; Max-Age=3600; Expires=" AT_LIMIT },

    /* of each the last */
    { "a=b; Max-Age=9999; Max-Age=60", NULL },
    { "a=b; Max-Age=60; Max-Age=9999", "a=b; Max-Age=60; Max-Age=3600" },
    { "a=b; Max-Age=8888; Max-Age=9999", "a=b; Max-Age=3600; Max-Age=3600" },
    { "a=b; Expires=" OVER "; Expires=" AT_LIMIT, NULL },
    { "a=b; Expires=" AT_LIMIT "; Expires=" OVER,
      "a=b; Expires=" AT_LIMIT "; Expires=" AT_LIMIT },

    /* everything else is kept byte for byte */
    { "__Host-a=\"b c\"; path=/;Secure;  HTTPONLY ;SameSite=None;Partitioned;"
      "Priority=High; Max-Age=9999;foo = bar;;x",
      "__Host-a=\"b c\"; path=/;Secure;  HTTPONLY ;SameSite=None;Partitioned;"
      "Priority=High; Max-Age=3600;foo = bar;;x" },
    { " a\t= b ;\tmax-AGE \t=  9999\t ; Path=/",
      " a\t= b ;\tmax-AGE \t=  3600\t ; Path=/" },
    { "a=b;expires=monday 24-nov-25 17:00:01 ; Path=/",
      "a=b;expires=" AT_LIMIT " ; Path=/" },
    { "a=b; Path=/x=y; Max-Age=9999;", "a=b; Path=/x=y; Max-Age=3600;" },
    { "\x80\xff=\xfe; Max-Age=9999; \xfd",
      "\x80\xff=\xfe; Max-Age=3600; \xfd" },

    /* what no browser reads is no lifetime */
    { "a=b; Max-Age=; Expires=", NULL },
    { "a=b; Max-Age; Expires", NULL },
    { "a=b; Max-Age=never; Expires=never", NULL },
    { "a=b; Expires=0", NULL },
    { "a=b; Expires=-1; Path=/", NULL },
    { "a=b; Expires=1764003601", NULL },
    { "a=b; Max-Age=\"9999\"", NULL },

    /* what only some of them read is left out: the RFC's reading stays */
    { "a=b; Max-Age=+9999; Path=/", "a=b; Path=/" },
    { "a=b; Max-Age=99999999999999999999x; Path=/", "a=b; Path=/" },
    { "a=b; Max-Age=9999x;Path=/", "a=b;Path=/" },
    { "a=b; Max-Age=+60", NULL },
    { "a=b; Max-Age=3600x", NULL },
    { "a=b; Expires=Thu, 01 Jan 12099 00:00:00 GMT; Path=/", "a=b; Path=/" },
    { "a=b; Expires=01 Jan 2099; Path=/", "a=b; Path=/" },
    { "a=b; Expires=2099-01-01", "a=b" },
    { "a=b; Max-Age=+9999; Expires=" OVER, "a=b; Expires=" AT_LIMIT },

    /* RFC: the first, a minute; Chromium: the date */
    { "a=b; Max-Age=60; Max-Age=x; Expires=" OVER,
      "a=b; Max-Age=60; Max-Age=x; Expires=" AT_LIMIT },
    { "a=b; Max-Age=60; Max-Age=; Expires=" AT_LIMIT, NULL },
    { "a=b; Max-Age=x; Max-Age=60; Expires=" OVER,
      "a=b; Max-Age=x; Max-Age=60; Expires=" AT_LIMIT },
    { "a=b; Expires=" OVER "; Expires=x",
      "a=b; Expires=" AT_LIMIT "; Expires=x" },

    { NULL, NULL }
};


static const test_row_t  session[] = {
    { "a=b", NULL },
    { "a=b; Max-Age=1", "a=b" },
    { "a=b; Max-Age=1; Path=/", "a=b; Path=/" },
    { "a=b; Expires=" AT_LIMIT "; Path=/", "a=b; Path=/" },
    { "a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure",
      "a=b; Secure" },
    { "a=b;Max-Age=1;SameSite=Lax;Expires=" OVER ";Partitioned",
      "a=b;SameSite=Lax;Partitioned" },
    { "a=b; Max-Age=+1", "a=b" },
    { "a=b; Max-Age=; Expires=never", NULL },
    { "a=b; Max-Age=0", NULL },
    { "a=b; Expires=Mon, 24 Nov 2025 16:00:00 GMT", NULL },
    { "a=b; Expires=Mon, 24 Nov 2025 16:00:01 GMT", "a=b" },
    { NULL, NULL }
};


static void
test_rows(const test_row_t *rows, int64_t limit)
{
    size_t               len, n, cut;
    u_char              *copy, *out;
    const char          *expected;
    ngx_consent_clamp_t  c;

    c.now = NOW;
    c.limit = limit;
    c.max_age.data = test_copy("3600", 4);
    c.max_age.len = 4;
    c.expires.data = test_copy(AT_LIMIT, 29);
    c.expires.len = 29;

    for ( /* void */ ; rows->value; rows++) {

        len = strlen(rows->value);
        copy = test_copy(rows->value, len);
        expected = rows->expected ? rows->expected : rows->value;

        if (len) {
            CHECK(ngx_consent_clamp_over(&c, copy, len)
                  == (rows->expected != NULL),
                  "\"%s\": over", rows->value);
        }

        if (len && ngx_consent_clamp_over(&c, copy, len)) {

            n = ngx_consent_clamp(&c, copy, len, NULL);

            out = malloc(n);
            CHECK(ngx_consent_clamp(&c, copy, len, out) == n,
                  "\"%s\": its length", rows->value);

            CHECK(n == strlen(expected) && memcmp(out, expected, n) == 0,
                  "\"%s\": \"%.*s\"", rows->value, (int) n, out);

            CHECK(!ngx_consent_clamp_over(&c, out, n),
                  "\"%s\": twice is once", rows->value);

            free(out);
        }

        free(copy);

        /* cut anywhere */

        for (cut = 1; cut < len; cut++) {

            copy = test_copy(rows->value, cut);
            n = ngx_consent_clamp(&c, copy, cut, NULL);
            out = malloc(n ? n : 1);

            CHECK(ngx_consent_clamp(&c, copy, cut, out) == n
                  && (n == 0 || !ngx_consent_clamp_over(&c, out, n)),
                  "\"%s\": cut at %zu", rows->value, cut);

            free(out);
            free(copy);
        }
    }

    free(c.max_age.data);
    free(c.expires.data);
}


int
main(void)
{
    test_rows(hour, LIMIT);
    test_rows(session, 0);

    return test_done();
}
