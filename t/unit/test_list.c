
/* Lists in headers: RFC 9110, 5.6.1 and 5.6.4; RFC 9111, 5.2. */

#include "test.h"
#include "ngx_consent_list.h"


static const struct {
    const char  *value;
    const char  *members;       /* name:member| of each; "!" before: open */
} lists[] = {
    { "", "" },
    { " ,\t, ", "" },
    { "public", "public:public|" },
    { " public , max-age=60 ", "public:public|max-age:max-age=60|" },
    { "a,b,,c", "a:a|b:b|c:c|" },
    { "max-age = 60", "max-age:max-age = 60|" },
    { "x=y=z", "x:x=y=z|" },
    { "=x", ":=x|" },

    /* the example of RFC 9111, 5.2.3 */
    { "private, community=\"UCI\"",
      "private:private|community:community=\"UCI\"|" },

    /* a comma in a quoted string, and a quote in one */
    { "private=\"set-cookie, x\", a",
      "private:private=\"set-cookie, x\"|a:a|" },
    { "x=\"a\\\", no-store\", b", "x:x=\"a\\\", no-store\"|b:b|" },
    { "x=\"a\\\\\", b", "x:x=\"a\\\\\"|b:b|" },
    { "\"a=b, c\"", "\"a:\"a=b, c\"|" },

    /* a quoted string that never ends has all that follows */
    { "a, x=\"b, c", "a:a|!x:x=\"b, c|" },
    { "a, x=\"b, c\\", "a:a|!x:x=\"b, c\\|" },
    { "a, x=\"b, c\\\"", "a:a|!x:x=\"b, c\\\"|" },
    { "\"", "!\":\"|" },

    { NULL, NULL }
};


static const struct {
    const char  *member;
    const char  *name;
    int          named;
} names[] = {
    { "No-Store", "no-store", 1 },
    { "no-store=x", "no-store", 1 },
    { "no-store", "no-stor", 0 },
    { "no-stor", "no-store", 0 },
    { "x=no-store", "no-store", 0 },
    { "no\x0d" "store", "no-store", 0 },
    { NULL, NULL, 0 }
};


static void
test_list(const char *value, const char *expected)
{
    char                   got[256];
    size_t                 len, n;
    unsigned char         *copy, *p;
    ngx_consent_member_t   m;

    len = strlen(value);
    copy = test_copy(value, len);
    p = copy;
    n = 0;

    while (ngx_consent_list_next(&p, copy + len, &m) == NGX_OK) {
        n += snprintf(got + n, sizeof(got) - n, "%s%.*s:%.*s|",
                      m.open ? "!" : "", (int) m.name.len, m.name.data,
                      (int) m.member.len, m.member.data);
    }

    got[n] = '\0';

    CHECK(strcmp(got, expected) == 0, "list \"%s\": \"%s\"", value, got);
    CHECK(p == copy + len, "list \"%s\" is read to its end", value);

    free(copy);
}


int
main(void)
{
    size_t                 i, len;
    unsigned char         *copy, *p;
    ngx_str_t              name;
    ngx_consent_member_t   m;

    for (i = 0; lists[i].value; i++) {
        test_list(lists[i].value, lists[i].members);
    }

    for (i = 0; names[i].member; i++) {

        len = strlen(names[i].member);
        copy = test_copy(names[i].member, len);
        p = copy;

        name.data = (u_char *) names[i].name;
        name.len = strlen(names[i].name);

        CHECK(ngx_consent_list_next(&p, copy + len, &m) == NGX_OK
              && (int) ngx_consent_list_named(&m, &name) == names[i].named,
              "\"%s\" is named \"%s\"", names[i].member, names[i].name);

        free(copy);
    }

    return test_done();
}
