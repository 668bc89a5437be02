
/*
 * Character references of attributes and of text, by the HTML standard's words
 * and html5lib's tests.
 */

#include "test.h"
#include "ngx_consent_entity.h"


static const struct {
    const char  *value;
    const char  *attr;                  /* as an attribute's */
    const char  *text;                  /* as text, if it differs */
} values[] = {
    { "&amp;&lt;&gt;&quot;&apos;", "&<>\"'", NULL },
    { "&AMP&LT&GT&QUOT", "&<>\"", NULL },
    { "&apos &nbsp", "&apos \xc2\xa0", NULL },
    { "&AElig;&Aacute;", "\xc3\x86\xc3\x81", NULL },
    { "&zwnj;&zwj;", "\xe2\x80\x8c\xe2\x80\x8d", NULL },
    { "&Zopf;&zscr;&ascr;", "\xe2\x84\xa4\xf0\x9d\x93\x8f\xf0\x9d\x92\xb6",
      NULL },
    { "&CounterClockwiseContourIntegral;", "\xe2\x88\xb3", NULL },
    { "&CounterClockwiseContourIntegrals;",
      "&CounterClockwiseContourIntegrals;", NULL },

    /* the longest name */
    { "&notit;", "&notit;", "\302\254it;" },
    { "&notin;", "\xe2\x88\x89", NULL },
    { "&notin", "&notin", "\302\254in" },
    { "&notinva;", "\xe2\x88\x89", NULL },
    { "&noti;", "&noti;", "\302\254i;" },
    { "&ampamp;", "&ampamp;", "&amp;" },
    { "&sup1;&sup1&supe;", "\xc2\xb9\xc2\xb9\xe2\x8a\x87", NULL },
    { "&sup11", "&sup11", "\302\2711" },
    { "&ampere", "&ampere", "&ere" },
    { "&yacute&thetasym;", "\xc3\xbd\xcf\x91", NULL },

    /* what stands behind a name without its ';' */
    { "?a=b&lt=c", "?a=b&lt=c", "?a=b<=c" },
    { "?a=b&ltc", "?a=b&ltc", "?a=b<c" },
    { "?a=b&lt1", "?a=b&lt1", "?a=b<1" },
    { "?a=b&lt&gt-", "?a=b<>-", NULL },
    { "&lt;=", "<=", NULL },
    { "&LT", "<", NULL },
    { "&Lt", "&Lt", NULL },
    { "&Lt;", "\xe2\x89\xaa", NULL },
    { "&GT;&gt", ">>", NULL },

    /* two characters; the second pair is longer than what it is written as */
    { "&fjlig;&NotEqualTilde;", "fj\xe2\x89\x82\xcc\xb8", NULL },
    { "&nGt;&nLt;", "\xe2\x89\xab\xe2\x83\x92\xe2\x89\xaa\xe2\x83\x92", NULL },
    { "&ThickSpace;", "\xe2\x81\x9f\xe2\x80\x8a", NULL },

    /* no names */
    { "&", "&", NULL },
    { "& amp;", "& amp;", NULL },
    { "&a", "&a", NULL },
    { "&;", "&;", NULL },
    { "&x;&Z;&1;", "&x;&Z;&1;", NULL },
    { "&gt\xc3\xa9", ">\xc3\xa9", NULL },
    { "&NotAName;", "&NotAName;", NULL },
    { "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;",
      "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;", NULL },
    { "&ltaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "&ltaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },

    /* numbers */
    { "&#65;&#x41;&#X41;&#65&#x41", "AAAAA", NULL },
    { "&#065a&#x41g", "AaAg", NULL },
    { "&#;&#x;&#", "&#;&#x;&#", NULL },
    { "&#x1F4a9;", "\xf0\x9f\x92\xa9", NULL },
    { "&#0;&#xd800;&#xdfff;&#x110000;",
      "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", NULL },
    { "&#99999999999999999999;&#xffffffffffffff61;",
      "\xef\xbf\xbd\xef\xbf\xbd", NULL },
    { "&#x80;&#x9f;&#x81;&#130;", "\xe2\x82\xac\xc5\xb8\xc2\x81\xe2\x80\x9a",
      NULL },
    { "&#x10ffff;&#xfffe;", "\xf4\x8f\xbf\xbf\xef\xbf\xbe", NULL },
    { "&#13;&#10;", "\r\n", NULL },
    { NULL, NULL, NULL }
};


static size_t
decode(const char *value, size_t len, int attr, char *dst)
{
    char    *d;
    size_t   n, ntext;
    u_char  *copy, *p, *last, text[NGX_CONSENT_ENTITY_MAX];

    copy = test_copy(value, len);
    last = copy + len;
    d = dst;

    for (p = copy; p < last; p += n) {

        n = 0;

        if (*p == '&') {
            n = attr ? ngx_consent_entity(p, last, text, &ntext)
                     : ngx_consent_entity_text(p, last, text, &ntext);
        }

        if (n == 0) {
            text[0] = *p;
            ntext = 1;
            n = 1;

        } else {
            CHECK(ntext <= n + 1 && n <= (size_t) (last - p),
                  "%s: %zu bytes for %zu", value, ntext, n);
        }

        memcpy(d, text, ntext);
        d += ntext;
    }

    free(copy);

    return d - dst;
}


int
main(void)
{
    int          attr;
    char         got[256];
    size_t       i, n, len;
    const char  *expected;

    for (i = 0; values[i].value; i++) {

        len = strlen(values[i].value);

        for (attr = 0; attr < 2; attr++) {

            expected = attr || values[i].text == NULL ? values[i].attr
                                                      : values[i].text;

            n = decode(values[i].value, len, attr, got);

            CHECK(n == strlen(expected) && memcmp(got, expected, n) == 0,
                  "%s: %.*s, not %s", values[i].value, (int) n, got, expected);

            /* cut anywhere, it is read without a byte more */

            for (n = 0; n < len; n++) {
                decode(values[i].value, n, attr, got);
            }
        }
    }

    return test_done();
}
