
/*
 * The core as it is built and the one that reads byte by byte say the same:
 * pieces of pages, of style sheets and of URLs in every order, cut at random,
 * and then spoiled.
 */

#include "test.h"
#include "engine.h"


#define ENGINE_CASES   24000
#define ENGINE_PIECES  48
#define ENGINE_SEEDS   48
#define ENGINE_PAGE    65536


static engine_out_t  out, plain;


static const char *const  pieces[] = {

    /* tags that change nothing, and those that only look so */
    "<b>", "</b>", "<P>", "</p >", "<div class=\"a b\" id='c' data-x=y hidden>",
    "<span\n\ttitle = \"x\" >", "</span x=\"y\">", "</div x='>'>", "<br/>",
    "<a href=\"http://a.b/\" rel=nofollow>", "</a>", "<li><a href=#>",
    "<x-custom-element-name attr=1>", "<h1>", "<H2 CLASS=X>", "<p =\"a=b>",
    "<p a\"=b>", "<p a=\"b\"=\"c\">", "<p a='>'>", "</3>", "</>>", "</<>", "<3",
    "<tr><td nowrap>", "<p a=b/c>", "<p a=/>", "<p / a / >", "<p\fa\r=b\v>",
    "<i a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i"
        " j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m style=x>",
    "<b title=\"some text that is longer than one register holds, and more\">",
    "a text that goes on for longer than one register holds, and for more of "
        "them than are looked at before the C library is called",

    /* attributes by which any element fetches */
    "<p style=\"background:url(//a.b/x)\">", "<p style='color: red'>",
    "<p STYLE=\"x:u&#114;l(//a.b)\">", "<p style=\"x:\\75 rl(//a.b)\">",
    "<p data-style=\"url(//a.b)\">", "<td background=//a.b/>",
    "<td background=\"//a.b/\">", "<a ping=\"//a.b/\">",
    "<a attributionsrc='//a.b/'>",

    /* elements that fetch */
    "<img src=//a.b/x>", "<img src='http://c.d/e?f=g'>",
    "<img srcset=\"//a.b/ 2x, /x.js 3x\" style='x:url(//a.b/)'>",
    "<script src=\"https://a.b/x.js\"></script>",
    "<iframe src=//a.b/></iframe>",
    "<iframe srcdoc=\"<img src=//a.b/>\">", "<embed src=//a.b/>",
    "<link rel=stylesheet href=//a.b/x.css>", "<base href=//a.b/>",
    "<meta http-equiv=refresh content='0;url=//a.b/'>", "<meta charset=utf-8>",
    "<input type=image src=//a.b/>", "<video poster=//a.b/ src=x>",
    "<source srcset='//a.b/ 1x, x 2x'>", "<object data=//a.b/>",
    "<img data-src=//a.b/ src=data:,x>", "<area ping=//a.b/ href=x>",

    /* text that is no markup */
    "<script>_ga</script>", "<script>fbq(1)</script>", "<script>", "</script>",
    "<script>if (a<b && c</d/.e) fbq('</x>')", "<!--<script>", "--><", "-->",
    "<script type=module>import '//a.b/x.js'</script>",
    "<script type=importmap>{\"a\":\"//a.b/\"}</script>",
    "<style>a{background:url(//a.b/)}</style>", "<style>", "</style>",
    "<textarea>", "</textarea>", "<title>", "</title>", "<xmp>", "</xmp>",
    "<noframes>", "<noscript>", "</noscript>", "<plaintext>", "<!-- x -->",
    "<!--", "<![CDATA[", "]]>", "<?x?>", "<!doctype html>",

    /* what changes how the rest is read */
    "<select>", "</select>", "<SELECT>", "</SELECT >", "<form action=//a.b/>",
    "</form>", "<frameset>", "<template>", "</template>", "<html lang=en>",
    "<head>", "<body>", "</br>", "<table>", "<font color=x>",
    "<svg>", "<svg viewBox=\"0 0 1 1\">", "</svg>", "<g>", "</g>", "<G/>",
    "<path d=\"M0 0L1 1\" fill=\"none\"/>", "<path d=M0/>", "<path fill=red/>",
    "<g fill=\"url(//a.b/#x)\">", "<g clip-path='url(//a.b/#x)'>",
    "<linearGradient id=\"a\">", "</linearGradient>", "<use href=//a.b/#c>",
    "<image href=//a.b/>", "<foreignObject>", "</foreignObject>", "<desc>",
    "<set attributeName=href to=//a.b/>", "<math>", "</math>", "<mtext>",
    "<annotation-xml encoding='text/html'>", "<symbol>", "</symbol>",

    " ", "\"", "'", ">", "<", "=", "/", "&", "a.b", "//a.b/", "\n", "style=",
    "ping=", "\x1b$B", "\xe3\x83\xbc", "<?xml version='1.0'?>"
};


static const char *const  sheets[] = {

    /* what fetches, in every spelling, and what only looks so */
    "url(//a.b/x)", "URL( '//a.b/x' )", "url(\"//c.d/e?f=g\")", "u\\72l(//a.b)",
    "url\\6c (//a.b/", "\\75\\72\\6c(//a.b/)", "src('//a.b')", "src(//a.b)",
    "image-set('//a.b/' 1x)", "-webkit-image-set(url(//a.b/) 1x,'//a.b' 2x)",
    "image('//a.b/')", "type('//a.b/')", "var(--x)", "@url(//a.b/)",
    "#url(//a.b/)", "@src('//a.b/')", "--url(//a.b/)", "a--url(//a.b/)",
    "curl(//a.b/)", "format('//a.b')", "rgb(0,0,0)", ":not(.a)", "url()",
    "<!--url(//a.b/)", "-->url(//a.b/)", "<!url(//a.b/)", "</url(//a.b/)",
    "//url(//a.b/)", "/url(//a.b/)", "`url(//a.b/)", "\\url(//a.b/)",

    /* rules, and how long they matter */
    "@import '//a.b/';", "@import url(//a.b/);", "@IMPORT//**/\"//a.b/\";",
    "@\\69mport '//a.b';", "@import//a.b/;", "@import layer('//a.b/');",
    "@media print{", "@media(x){", "@namespace url(//a.b/);", "@namespace x ",
    "@font-face{font-family:x;src:", "@function --f(){result:'//a.b/'}",
    "@property --x{initial-value:'//a.b/'}", "@charset 'x';", "@layer x;",
    "@supports(--x:'//a.b/'){", "@page{", "@page '//a.b/'", "@--x:'//a.b/'",
    "@keyframes a{", "@-webkit-x{", "@", "@i", "@f",

    /* strings that a var() may bring somewhere, or not */
    "--x:'//a.b/';", "--x :'//a.b/';", "--x/**/:\"//a.b/\";", "--:'//a.b/';",
    "--x:{a:b;c:'//a.b/'}", "--x:f('//a.b/');", "--a-long-name--of-a-"
        "property-that-is-longer-than-a-register:'//a.b/'", "a--x:'//a.b/';",
    "a-x:'//a.b/';", "#--x:'//a.b/';", "-", "--", "---x:'//a.b/';",
    "--\xc3\xa9:'//a.b/'", "--X_1:'//a.b/'", "<!----x:'//a.b/'",

    /* what these stand in */
    "a{b:c}", "a.b>c,#d:e{f:g;h:i}", "background:", "content:'\\201c';", "{",
    "}", "(", ")", ";", ":", ",", "'", "\"", "\\", "/", "/*", "*/", "/* x */",
    "/**/", "<", "<!", "<!-", "<!--", "-->", "\n", " ", "\t", "`", "x", "url",
    "im", "port", "\\(", "\\'", "\\\n", "'//a.b/'", "\"//a.b/\"", "//a.b/",
    "a text of letters that goes on for longer than one register holds{",
    "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEA"
};


static const char *const  urls[] = {

    "\" src=\"", "\"><img src=\"", "\"><a ping=\"", "\"><script src=\"",
    "\"><img srcset=\"", "\"><base href=\"", "\"></script>",

    "https://", "http://", "//", "/", "\\\\", "HTTP://", "https:", "data:,",
    "?", "#", "&", ":", "@", "%", ".", "..", "./", "../", "/./", "/../", " ",
    "\t", "\n", "a.b", "a.b/", "A.B/", "x.a.b/", "xa.b/", "a.b:80/", "a.b./",
    "a..b/", "c.d/e?f=g", "c.d/e/x?y&f=g&z", "t.co/p", "t.co/p/q", "t.co/px",
    "s.h/z",
    "x.s.h/z", "h/y", "/y", "/y/z", "/yy", "/x.js", "/a/x.js", "/x/x/xzy",
    "tracker.example/", "a.tracker.example/", "xtracker.example/",
    "static.tracker.example/p/q", "www.static.tracker.example/p",
    "static.tracker.example/", "1.2.3.4/", "0x1020304/", "[::1]/", "a_b/",
    "&amp;", "&amp;amp;", "&ampx=", "&#47;", "&#x2f;&#47;", "&sol;", "&nGt;",
    "&lt", "&x=y", "f=g", "&f=g", "&amp;f=g", "?f=g&amp;x=y#z", "&#35;",
    "&#10;", "&Tab;", "%61.b/", "a%2eb/", "%2e/", "%2F", "x", "xy", "\xc3\xa9",
    "\xe3",
    "a/path/that/goes/on/for/longer/than/one/register/holds/x.js",
    "a=value&that=goes&on=for+longer&than=one&register=holds&"
};


static const struct {
    const char         *before;
    const char         *after;
    const char *const  *pieces;
    size_t              n;
} kinds[] = {
    { "", "", pieces, sizeof(pieces) / sizeof(pieces[0]) },
    { "<style>", "</style><img src=//a.b/>", sheets,
      sizeof(sheets) / sizeof(sheets[0]) },
    { "<img src=\"", "\"><img src=//a.b/>", urls,
      sizeof(urls) / sizeof(urls[0]) }
};


/*
 * What is remembered of tags that change nothing, and where it shows; the first
 * is written so many times.
 */

#define ALPHABET  " a b c d e f g h i j k l m n o p q r s t u v w x y z"

static const struct {
    unsigned    times;
    const char  *page;
    const char  *rest;
} states[] = {

    /* open elements of svg, and those that end at once */
    { 60, "<g/>", "</svg><title><img src=//a.b/></title>" },
    { 60, "<path d=M0/>", "</svg><title><img src=//a.b/></title>" },
    { 60, "<path d=\"M0\"/>", "</svg><title><img src=//a.b/></title>" },
    { 60, "<g id=\"a\">", "</svg><title><img src=//a.b/></title>" },
    { 47, "<g>", "<g/></g><title><img src=//a.b/></title>" },
    { 1, "</svg><xy>x<svg><xy/>", "</xy><style>a{b:url(&#47;/a.b)}</style>" },
    { 1, "</svg><xy>x<svg><xy>", "</xy><style>a{b:url(&#47;/a.b)}</style>" },

    /* names that were seen before svg */
    { 1, "</svg><i>x</i><svg>", "</i><style>a{b:url(&#47;/a.b)}</style>" },
    { 1, "</svg><em>x</em><svg>", "</em><style>a{b:url(&#47;/a.b)}</style>" },

    /* a form, a list of choices */
    { 1, "</svg><form><b>", "</b></form ><iframe src=//a.b/></iframe>" },
    { 1, "</svg><form><b>", "</b></form><iframe src=//a.b/></iframe>" },
    { 1, "</svg><select><b>", "</b></select><title><img src=//a.b/></title>" },

    /* so many attributes that they are judged in parts */
    { 1, "</svg><a" ALPHABET ALPHABET " y z>", "<img src=//a.b/>" },
    { 1, "</svg><a" ALPHABET ALPHABET ALPHABET ">", "<img src=//a.b/>" },

    /* a script too long in which two readers are */
    { 1, "<<script type=module>xxxxxxxx", "<meta a-->b</style>c=\"//a.b\">" }
};


static void
compare(uint32_t seed, const char *page, size_t len)
{
    engine_case_t  c;

    c.seed = seed;
    c.data = (const unsigned char *) page;
    c.len = len;

    CHECK(engine_run(&c, &out) == 1 && plain_engine_run(&c, &plain) == 1
          && out.len == plain.len
          && (out.len == 0 || memcmp(out.data, plain.data, out.len) == 0)
          && out.notes == plain.notes && out.nnotes == plain.nnotes,
          "seed %u: other bytes or notes of %.*s", seed, (int) len, page);
}


static uint32_t
next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;

    return *seed >> 3;
}


int
main(void)
{
    size_t       len, at, n;
    uint32_t     seed;
    unsigned     i, k, kind;
    const char  *s;

    static char  page[ENGINE_PAGE];

    seed = 20011;

    for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {

        len = sprintf(page, "x<svg>");

        for (k = 0; k < states[i].times; k++) {
            len += sprintf(page + len, "%s", states[i].page);
        }

        len += sprintf(page + len, "%s%80s", states[i].rest, "");

        for (k = 0; k < ENGINE_SEEDS; k++) {
            compare(next(&seed), page, len);
        }
    }

    for (i = 0; i < ENGINE_CASES; i++) {

        kind = i % (sizeof(kinds) / sizeof(kinds[0]));
        len = sprintf(page, "%s", kinds[kind].before);

        for (k = next(&seed) % ENGINE_PIECES; k; k--) {
            s = kinds[kind].pieces[next(&seed) % kinds[kind].n];
            n = strlen(s);
            memcpy(page + len, s, n);
            len += n;
        }

        len += sprintf(page + len, "%s", kinds[kind].after);

        for (k = next(&seed) % 4; k && len; k--) {

            at = next(&seed) % len;

            switch (next(&seed) % 4) {

            case 0:
                page[at] = next(&seed);
                break;

            case 1:
                page[at] = " \"'=</>&"[next(&seed) % 8];
                break;

            case 2:
                page[at] ^= 0x20;
                break;

            default:
                memmove(page + at, page + at + 1, len - at - 1);
                len--;
            }
        }

        compare(next(&seed), page, len);

        if (test_failed > 3) {
            break;
        }
    }

    free(out.data);
    free(plain.data);

    return test_done();
}
