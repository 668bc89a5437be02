
/*
 * The tokenizer, row by row: what is read, which tags concern us.  What is
 * expected follows the HTML standard, section 13.2.5.
 */

#include "tokens.h"


typedef struct {
    const char  *rule;
    const char  *html;
    const char  *tags;          /* | for a line's end, ^ before attributes */
} row_t;


static const row_t  rows[] = {

    { "tags that fetch nothing are not reported",
      "<p><a href=x><div></div><!-- <img> --><b>", "" },
    { "names match in any case",
      "<IMG SRC=a><ScRiPt sRc='b'></sCript>",
      "S img^SRC=a|S script^sRc=b|E script|" },
    { "a value is unquoted, single or double quoted",
      "<img src=a/b><img src='a>b'><img src=\"a'b\">",
      "S img^src=a/b|S img^src=a>b|S img^src=a'b|" },
    { "space may stand around '='",
      "<img src \n=\t 'a' alt>", "S img^src=a^alt|" },
    { "'=' may begin a name",
      "<img =a=b>", "S img^=a=b|" },
    { "a quote may stand in a name",
      "<img a\"b=c>", "S img^a\"b=c|" },
    { "no space is needed after a quoted value",
      "<img a='b'src=c>", "S img^a=b^src=c|" },
    { "'/' separates attributes",
      "<img/src=a/alt=b>", "S img^src=a/alt=b|" },
    { "'/' before '>' closes",
      "<img src=a />", "S img/^src=a|" },
    { "a missing value is empty",
      "<img src=>", "S img^src=|" },
    { "carriage return and form feed are space",
      "<img\rsrc=a\falt=b>", "S img^src=a^alt=b|" },
    { "'<' inside a tag is nothing special",
      "<img <img src=a>", "S img^<img^src=a|" },

    { "a comment hides tags", "<!-- <img src=a> --><img>", "S img|" },
    { "\"<!-->\" is a whole comment", "<!--><img>-->", "S img|" },
    { "\"<!--->\" is a whole comment", "<!---><img>-->", "S img|" },
    { "\"--!>\" ends a comment", "<!-- <img> --!><img>", "S img|" },
    { "\"--\" alone ends none", "<!-- -- <img> --><img>", "S img|" },
    { "\"->\" ends none", "<!-- -> <img> --><img>", "S img|" },
    { "\"--->\" ends one", "<!-- a ---><img>", "S img|" },
    { "\"<!-\" is a bogus comment", "<!- <img><img>", "S img|" },
    { "\"<!x\" is a bogus comment", "<!x <img><img>", "S img|" },
    { "\"<?\" is a bogus comment", "<?php <img><img>", "S img|" },
    { "\"</3\" is a bogus comment", "</3 <img><img>", "S img|" },
    { "\"</>\" is nothing", "</><img>", "S img|" },
    { "'<' before a space is text", "< img><img>", "S img|" },
    { "\"<<\" begins a tag", "<<img>", "S img|" },
    { "a DOCTYPE ends at the first '>'",
      "<!DOCTYPE html PUBLIC \"a>b\"><img>", "S img|" },
    { "CDATA is a bogus comment in html",
      "<![CDATA[ > <img> ]]>", "S img|" },

    { "a title has no tags",
      "<title><img></TITLE ><img>", "S img|" },
    { "a textarea has none",
      "<textarea><img></textarea/><img>", "S img|" },
    { "another end tag does not end raw text",
      "<textarea></title></textareax></ textarea><img></textarea>", "" },
    { "style is raw text", "<style><img></style><img>",
      "S style|E style|S img|" },
    { "so is iframe", "<iframe><img></iframe>", "S iframe|E iframe|" },
    { "so are xmp, noembed, noframes",
      "<xmp><img></xmp><noembed><img></noembed><noframes><img></noframes>",
      "" },
    { "noscript is read as a browser without scripting does",
      "<noscript><img></noscript>", "S img|" },
    { "nothing ends plaintext", "<plaintext></plaintext><img>", "" },

    { "a script has no tags",
      "<script>'<img>'</script>", "S script|E script|" },
    { "\"<!--\" alone does not hide its end",
      "<script><!-- </script><img>", "S script|E script|S img|" },
    { "\"<!-- <script\" hides one end tag",
      "<script><!-- <script></script><img></script><img>",
      "S script|E script|S img|" },
    { "\"-->\" ends that",
      "<script><!-- <script> --></script><img>",
      "S script|E script|S img|" },
    { "\"<!-->\" begins nothing",
      "<script><!--><script></script><img>",
      "S script|E script|S img|" },
    { "\"<scripty\" hides nothing",
      "<script><!-- <scripty></script><img>",
      "S script|E script|S img|" },
    { "an escape ends with its script",
      "<script><!-- </script><textarea></textarea><img>",
      "S script|E script|S img|" },
    { "an end tag may have attributes",
      "<script></script a='>'><img>", "S script|E script|S img|" },
    { "a long name before it does not hide the end tag",
      "<script><!-- <averyveryverylongname --></script><img>",
      "S script|E script|S img|" },
    { "text that looks like an end tag is text",
      "<script></scrip></scriptx></script\t><img>",
      "S script|E script|S img|" },

    { "CDATA in svg hides tags",
      "<svg><![CDATA[ > <img> ]]></svg><embed>", "S embed|" },
    { "\"]]]>\" ends CDATA", "<svg><![CDATA[ ]]]><image>",
      "S image ns1|" },
    { "CDATA is written in capitals", "<svg><![cdata[ ><image>",
      "S image ns1|" },
    { "a self-closed svg has no content",
      "<svg/><![CDATA[ ><img>", "S img|" },
    { "a script in svg is no raw text",
      "<svg><script>a<image></script></svg>",
      "S script ns1|S image ns1|E script ns1|" },
    { "a style in svg is none", "<svg><style><image></style>",
      "S style ns1|S image ns1|E style ns1|" },
    { "img ends svg", "<svg><style><img><![CDATA[ ><embed>",
      "S style ns1|S img|S embed|" },
    { "div ends svg", "<svg><g><div><style><img></style>",
      "S style|E style|" },
    { "</p> ends svg", "<svg></p><style><img></style>",
      "S style|E style|" },
    { "font ends svg with a colour", "<svg><font color=a><style><img></style>",
      "S font ns1^color=a|S style|E style|" },
    { "font does not without", "<svg><font a=b><image>",
      "S font ns1^a=b|S image ns1|" },
    { "foreignObject is html again",
      "<svg><foreignObject><style><img></style></foreignObject><image>",
      "S style|E style|S image ns1|" },
    { "desc and title are, too",
      "<svg><desc><script></script></desc><title><script></script></title>"
      "<image>",
      "S script|E script|S script|E script|S image ns1|" },
    { "mi is html, math is not",
      "<math><style></style><mi><style><img></style></mi></math>",
      "S style ns2|S style|E style|" },
    { "svg ends", "<svg></svg><style><img></style>",
      "S style|E style|" },

    { NULL, NULL, NULL }
};


static void expect(char *dst, const char *src);
static void check_row(const row_t *row);
static void check_long(void);
static void check_events(const char *rule, const char *html, size_t len,
    uint32_t limit, const char *expected);


int
main(void)
{
    const row_t  *row;

    for (row = rows; row->rule; row++) {
        check_row(row);
    }

    check_long();

    return test_done();
}


static void
check_row(const row_t *row)
{
    char  expected[1024];

    expect(expected, row->tags);
    check_events(row->rule, row->html, strlen(row->html), 256, expected);
}


/* The notation of the rows, as tokens.h writes it. */

static void
expect(char *dst, const char *src)
{
    int  value = 0;

    for ( /* void */ ; *src; src++) {

        switch (*src) {

        case '|':
            *dst++ = '\n';
            value = 0;
            break;

        case '^':
            *dst++ = '\x01';
            value = 0;
            break;

        case '=':
            if (value || dst[-1] == '\x01') {
                *dst++ = '=';

            } else {
                *dst++ = '\x02';
                value = 1;
            }

            break;

        default:
            *dst++ = *src;
        }
    }

    *dst = '\0';
}


/* Tags past the limit come in parts, at the same places however cut. */

static void
check_long(void)
{
    char    html[4096], expected[4096], *p;
    size_t  i, n;

    /* an attribute that does not fit with the others fits alone */

    p = html + sprintf(html, "<img alt=");
    memset(p, 'x', 240);
    n = sprintf(p + 240, " src=/abcdef>");
    n += p + 240 - html;

    p = expected + sprintf(expected, "S img~\x01" "alt\x02");
    memset(p, 'x', 240);
    sprintf(p + 240, "\nS +\x01src\x02/abcdef\n");

    check_events("an attribute that is cut comes whole in the next part",
                 html, n, 256, expected);

    /* a value that is longer than the limit is judged by its beginning */

    p = html + sprintf(html, "<img src='");
    memset(p, 'x', 3000);
    n = sprintf(p + 3000, "' alt=b>");
    n += p + 3000 - html;

    p = expected + sprintf(expected, "S img~\nS +~\x01src\x02");
    memset(p, 'x', 251);
    sprintf(p + 251, "\nS +\x01" "alt\x02" "b\n");

    check_events("a long value is judged by its beginning", html, n, 256,
                 expected);

    /* more attributes than a tag records */

    p = html + sprintf(html, "<img");
    for (i = 0; i < NGX_CONSENT_MAX_ATTRS; i++) {
        p += sprintf(p, " a");
    }
    n = p + sprintf(p, " src=b>") - html;

    p = expected + sprintf(expected, "S img~");
    for (i = 0; i < NGX_CONSENT_MAX_ATTRS; i++) {
        p += sprintf(p, "\x01" "a");
    }
    sprintf(p, "\nS +\x01src\x02" "b\n");

    check_events("more attributes come in the next part", html, n, 256,
                 expected);
}


static void
check_events(const char *rule, const char *html, size_t len, uint32_t limit,
    const char *expected)
{
    size_t               i;
    ngx_consent_html_t   h;

    static tokens_t      t;

    for (i = 0; i <= len; i++) {

        ngx_consent_html_init(&h, limit);
        tokens_run(&h, (u_char *) html, len, i, len ? len : 1, 1, &t);

        if (strcmp(t.text, expected) != 0) {
            CHECK(0, "%s, cut at %zu:\n%s\n-- got:\n%s-- expected:\n%s",
                  rule, i, html, t.text, expected);
            return;
        }
    }

    ngx_consent_html_init(&h, limit);
    tokens_run(&h, (u_char *) html, len, 1, 1, 1, &t);

    CHECK(strcmp(t.text, expected) == 0, "%s, byte by byte: got\n%s", rule,
          t.text);
}
