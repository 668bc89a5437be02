
/*
 * Pages of XML, fed at every split.  What loads, and that what comes out does
 * not, was seen in Chromium (t/browser/cases/xml.mjs); the bytes follow
 * "Disable" of the documentation.
 */

#include "xml.h"


/* within the literal of an entity */
#define QW   "&#32;data-consent=&#34;ads&#34;"
#define QTP  "&#32;type=&#34;text/plain&#34;&#32;data-consent=&#34;ads&#34;"


typedef struct {
    const char  *rule;
    const char  *xml;
    const char  *expected;      /* NULL: as it was */
} row_t;


static const row_t  rows[] = {

    /* names */
    { "an element", "<img src='" T "'/>",
      "<img" W " data-consent-src='" T "'/>" },
    { "any prefix", "<h:img src='" T "'/><_a.b-1:img src='" T "'/>",
      "<h:img" W " data-consent-src='" T "'/><_a.b-1:img" W
      " data-consent-src='" T "'/>" },
    { "a prefix that is not ASCII", "<\xc3\xa9:img src='" T "'/>",
      "<\xc3\xa9:img" W " data-consent-src='" T "'/>" },
    { "names have a case",
      "<IMG src='" T "'/><img SRC='" T "'/><feimage href='" T "'/>", NULL },
    { "names with capitals",
      "<feImage href='" T "'/><s:feImage x:href='" T "'/>",
      "<feImage" W " data-consent-href='" T "'/><s:feImage" W
      " x:data-consent-href='" T "'/>" },
    { "XLink by any prefix",
      "<image x:href='" T "'/><image xlink:href='" T "'/>",
      "<image" W " x:data-consent-href='" T "'/><image" W
      " xlink:data-consent-href='" T "'/>" },
    { "of several prefixes one may be XLink's",
      "<image a:href='#' b:href='" T "'/>",
      "<image" W " a:data-consent-href='#' b:data-consent-href='" T "'/>" },
    { "other attributes have no prefix",
      "<img x:src='" T "' xmlns:src='" T "'/>", NULL },
    { "attributeName has a capital",
      "<set attributeName='href' to='" T "'/>"
      "<set attributeName='x:href' to='" T "'/>"
      "<set attributename='href' to='" T "'/>"
      "<set attributeName='fill' to='" T "'/>",
      "<set" W " attributeName='href' data-consent-to='" T "'/>"
      "<set" W " attributeName='x:href' data-consent-to='" T "'/>"
      "<set attributename='href' to='" T "'/>"
      "<set attributeName='fill' to='" T "'/>" },
    { "a script is complete with its '/'",
      "<script src='" T "'/><img src='" T "'/>",
      "<script" TP " data-consent-src='" T "'/><img" W " data-consent-src='" T
      "'/>" },
    { "space and line ends in a tag", "<img\r\n src\t=\n '" T "'\n/>",
      "<img" W "\r\n data-consent-src\t=\n '" T "'\n/>" },
    { "'>' in a value", "<img alt='>' src='" T "'/>",
      "<img" W " alt='>' data-consent-src='" T "'/>" },
    { "values of svg that fetch", "<rect fill='url(" T ")'/>",
      "<rect fill='url(about:invalid)'/>" },
    { "an anchor is for clicking", "<a href='" T "'/><a x:href='" T "'/>",
      NULL },

    /* markup */
    { "no element is raw text",
      "<title><img src='" T "'/></title><textarea><img src='" T
      "'/></textarea><noscript><img src='" T "'/></noscript>",
      "<title><img" W " data-consent-src='" T "'/></title><textarea><img" W
      " data-consent-src='" T "'/></textarea><noscript><img" W
      " data-consent-src='" T "'/></noscript>" },
    { "a script of data is none either",
      "<script type='text/plain'><img src='" T "'/></script>",
      "<script type='text/plain'><img" W " data-consent-src='" T
      "'/></script>" },
    { "a style is none", "<style>a{}<img src='" T "'/></style>",
      "<style>a{}<img" W " data-consent-src='" T "'/></style>" },
    { "\"<!-->\" is no comment", "<!--><img src='" T "'/>-->", NULL },
    { "\"--!>\" ends none", "<!-- - -!><img src='" T "'/> -->", NULL },
    { "after a comment", "<!-- <img> - > --><img src='" T "'/>",
      "<!-- <img> - > --><img" W " data-consent-src='" T "'/>" },
    { "CDATA everywhere", "<p><![CDATA[ > <img src='" T "'/> ]] > ]>]]></p>",
      NULL },
    { "after CDATA", "<![CDATA[ <!-- ]]]]><img src='" T "'/>",
      "<![CDATA[ <!-- ]]]]><img" W " data-consent-src='" T "'/>" },
    { "a processing instruction", "<?php > <img src='" T "'/> ?>", NULL },
    { "after one", "<?php \" ? > ?\?><img src='" T "'/>",
      "<?php \" ? > ?\?><img" W " data-consent-src='" T "'/>" },

    /* xml-stylesheet */
    { "xml-stylesheet", "<?xml-stylesheet href='" T "' type='text/css'?><r/>",
      "<?xml-stylesheet" W " data-consent-href='" T "' type='text/css'?><r/>" },
    { "in double quotes", "<?xml version=\"1.0\"?>\n<?xml-stylesheet type="
      "\"text/css\" title=\">\" href=\"" T "\"?>",
      "<?xml version=\"1.0\"?>\n<?xml-stylesheet" W " type="
      "\"text/css\" title=\">\" data-consent-href=\"" T "\"?>" },
    { "with references", "<?xml-stylesheet href='https://&#x61;ds.test/'?>",
      "<?xml-stylesheet" W " data-consent-href='https://&#x61;ds.test/'?>" },
    { "its end hides in no quotes",
      "<?xml-stylesheet title=\"?><img src='" T "'/><b a=\"\"/>",
      "<?xml-stylesheet title=\"?><img" W " data-consent-src='" T
      "'/><b a=\"\"/>" },
    { "in a DTD", DTD("<?xml-stylesheet href='" T "'?>") "<r/>",
      DTD("<?xml-stylesheet" W " data-consent-href='" T "'?>") "<r/>" },
    { "others fetch nothing",
      "<?xml-stylesheets href='" T "'?><?XML-stylesheet href='" T
      "'?><?xml-stylesheet x:href='" T "' src='" T "'?>", NULL },

    /* text of styles */
    { "a style", "<style>@import '" T "';</style>",
      "<style>@import 'about:invalid';</style>" },
    { "in CDATA", "<style><![CDATA[@import '" T "';]]></style>",
      "<style><![CDATA[@import 'about:invalid';]]></style>" },
    { "in CDATA that a comment of CSS hides",
      "<style>/*<![CDATA[*/ a>b{} @import '" T "';/*]]>*/</style>",
      "<style>/*<![CDATA[*/ a>b{} @import 'about:invalid';/*]]>*/</style>" },
    { "with references",
      "<style>@import &quot;https://&#97;ds.test/&quot;;</style>",
      "<style>@import &quot;about:invalid&quot;;</style>" },
    { "split by CDATA",
      "<style>@import 'https://ad<![CDATA[s.te]]>st/';</style>",
      "<style>@import 'about:invalid<![CDATA[]]>';</style>" },
    { "split by a comment",
      "<style>@import 'https://ad<!-- ' -->s.test/';</style>",
      "<style>@import 'about:invalid<!-- ' -->';</style>" },
    { "split by a processing instruction",
      "<style>@import 'https://ad<?x > ?>s.test/';</style>",
      "<style>@import 'about:invalid<?x > ?>';</style>" },
    { "split by an element, whose text is none",
      "<style>@imp<b>x</b>ort '" T "';</style>",
      "<style>@imp<b>x</b>ort 'about:invalid';</style>" },
    { "split where it begins", "<style>@import '<![CDATA[]]>" T "';</style>",
      "<style>@import '<![CDATA[]]>about:invalid';</style>" },
    { "several", "<style>a{b:url(" T ")}&#32;c{d:url(x.gif)}"
      "<![CDATA[e{f:url(" T "1)}]]>g{h:url('" T "2')}</style>",
      "<style>a{b:url(about:invalid)}&#32;c{d:url(x.gif)}"
      "<![CDATA[e{f:url(about:invalid)}]]>g{h:url('about:invalid')}</style>" },
    { "never closed", "<style>a{b:url(&#104;ttps://ads.test/",
      "<style>a{b:url(about:invalid" },
    { "text of an element in it is none",
      "<style><b>@import '" T "';</b></style>", NULL },
    { "a URL of its own", "<style>a{b:url(&quot;x&amp;y&quot;)}</style>",
      NULL },
    { "a style with a prefix", "<s:style><![CDATA[@import '" T
      "';]]></s:style>", "<s:style><![CDATA[@import 'about:invalid';]]>"
      "</s:style>" },
    { "a style in a style is held back, whatever it says",
      "<style>a{}<style>b{}</style>@import '" T "';</style>",
      "<style>a{}<style" TP ">b{}</style>@import 'about:invalid';</style>" },

    /* and of scripts */
    { "a script", "<script>evil()</script>",
      "<script" TP ">evil()</script>" },
    { "in CDATA", "<script type='text/javascript'><![CDATA[evil()]]></script>",
      "<script" TP " data-consent-type='text/javascript'><![CDATA[evil()]]>"
      "</script>" },
    { "with references", "<script>a&lt;b;&#101;vil&#x28;)</script>",
      "<script" TP ">a&lt;b;&#101;vil&#x28;)</script>" },
    { "split by CDATA", "<script>ev<![CDATA[il(]]>)</script>",
      "<script" TP ">ev<![CDATA[il(]]>)</script>" },
    { "behind an element", "<script>/*<b/>*/evil()</script>",
      "<script" TP ">/*<b/>*/evil()</script>" },
    { "behind a script that is empty", "<script>a;<script/>evil()</script>",
      "<script" TP ">a;<script/>evil()</script>" },
    { "behind a script that is not",
      "<script>a;<script>b</script>evil()</script>",
      "<script" TP ">a;<script" TP ">b</script>evil()</script>" },
    { "src and href: which of them counts is not known",
      "<script href='x'>evil()</script>",
      "<script" TP " href='x'>evil()</script>" },
    { "a comment is no text", "<script>a<!-- evil() --></script>", NULL },
    { "text in an element is none", "<script>a<b>evil()</b></script>", NULL },
    { "another script", "<script><![CDATA[medieval(a && b)]]></script>",
      NULL },
    { "data", "<script type='text/plain'>evil()</script>", NULL },
    { "rules", "<script type='speculationrules'><![CDATA[{\"urls\":[\"" T
      "\"]}]]></script>", "<script type='speculationrules'><![CDATA[{\"urls\":"
      "[\"about:invalid\"]}]]></script>" },
    { "rules with references",
      "<script type='speculationrules'>{\"u\":[&quot;https://ads&#46;test/"
      "&quot;]}</script>",
      "<script type='speculationrules'>{\"u\":[&quot;about:invalid"
      "&quot;]}</script>" },

    /* DTDs */
    { "quotes and comments hide its end",
      DTD("<!ENTITY a \"]>\"><!-- ]> ' --><?x ]> \" ?><!ELEMENT b ANY>")
      "<img src='" T "'/>",
      DTD("<!ENTITY a \"]>\"><!-- ]> ' --><?x ]> \" ?><!ELEMENT b ANY>")
      "<img" W " data-consent-src='" T "'/>" },
    { "so does a system identifier",
      "<!DOCTYPE r SYSTEM 'a>b[' [ <!ENTITY a 'b'> ] ><img src='" T "'/>",
      "<!DOCTYPE r SYSTEM 'a>b[' [ <!ENTITY a 'b'> ] ><img" W
      " data-consent-src='" T "'/>" },
    { "an entity in a URL",
      DTD("<!ENTITY t 'ads.test'>") "<img src='https://&t;/'/>",
      DTD("<!ENTITY t 'ads.test'>") "<img" W
      " data-consent-src='https://&t;/'/>" },
    { "entities in each other, in any order",
      DTD("<!ENTITY t '&a;&#38;#46;test'><!ENTITY a 'ads'>")
      "<img src='https://&t;/'/>",
      DTD("<!ENTITY t '&a;&#38;#46;test'><!ENTITY a 'ads'>")
      "<img" W " data-consent-src='https://&t;/'/>" },
    { "the five mean what they do",
      DTD("<!ENTITY amp 'ads.test'>") "<img src='https://own.test/?&amp;'/>",
      NULL },
    { "of two the first counts, in doubt neither",
      DTD("<!ENTITY t 'ads.test'><!ENTITY t 'own.test'>")
      "<img src='https://&t;/'/>",
      DTD("<!ENTITY t 'ads.test'><!ENTITY t 'own.test'>")
      "<img" W " data-consent-src='https://&t;/'/>" },
    { "other URLs", DTD("<!ENTITY t 'own.test'>")
      "<img src='https://&t;/'/><p>&t;</p><a href='&t;'/>", NULL },
    { "an entity in itself", DTD("<!ENTITY t '&t;'>") "<img src='&t;'/>",
      DTD("<!ENTITY t '&t;'>") "<img" W " data-consent-src='&t;'/>" },
    { "what is declared elsewhere may be nothing",
      "<!DOCTYPE r SYSTEM 'x'><img src='https://ad&x;s.test/'/>",
      "<!DOCTYPE r SYSTEM 'x'><img" W
      " data-consent-src='https://ad&x;s.test/'/>" },
    { "so may be a name of HTML",
      "<!DOCTYPE r SYSTEM 'x'><img src='https://ad&eacute;s.test/'/>",
      "<!DOCTYPE r SYSTEM 'x'><img" W
      " data-consent-src='https://ad&eacute;s.test/'/>" },
    { "with XHTML's DTD it is not",
      "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>"
      "<img src='?&nbsp;'/><img src='https&colon;//ads.test/'/>",
      "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>"
      "<img src='?&nbsp;'/><img" W
      " data-consent-src='https&colon;//ads.test/'/>" },
    { "what makes it fetch", DTD("<!ENTITY r 'stylesheet'>")
      "<link rel='&r;' href='" T "'/><link rel='&amp;' href='" T "'/>",
      DTD("<!ENTITY r 'stylesheet'>") "<link" W
      " rel='&r;' data-consent-href='" T "'/><link rel='&amp;' href='" T
      "'/>" },
    { "in CSS of an attribute the attribute goes",
      DTD("<!ENTITY t 'ads.test'>")
      "<p style='a:b;c:url(https://&t;/)'/><p style='a:url(" T ")'/>",
      DTD("<!ENTITY t 'ads.test'>")
      "<p" W " data-consent-style='a:b;c:url(https://&t;/)'/>"
      "<p style='a:url(about:invalid)'/>" },
    { "in CSS", DTD("<!ENTITY t 'ads.test'>")
      "<style>@import 'https://&t;/';</style>",
      DTD("<!ENTITY t 'ads.test'>")
      "<style>@import 'about:invalid';</style>" },
    { "all of CSS", DTD("<!ENTITY c \"@import '" T "';\">")
      "<style>&c;</style>",
      DTD("<!ENTITY c \"@import '" T "';\">")
      "<style>about:invalid</style>" },
    { "markup in CSS", DTD("<!ENTITY c '<b>x</b>'>")
      "<style>@import 'https://ad&c;s.test/';</style>",
      DTD("<!ENTITY c '<b>x</b>'>")
      "<style>@import 'about:invalidabout:invalid';</style>" },
    { "in a script", DTD("<!ENTITY m 'evil()'>") "<script>&m;</script>",
      DTD("<!ENTITY m 'evil()'>") "<script" TP ">&m;</script>" },
    { "in a script what is not known",
      "<!DOCTYPE r SYSTEM 'x'><script>ev&x;il()</script>",
      "<!DOCTYPE r SYSTEM 'x'><script" TP ">ev&x;il()</script>" },

    { "markup", DTD("<!ENTITY i \"<img src='" T "'/>\">") "&i;",
      DTD("<!ENTITY i \"<img" QW " data-consent-src='" T "'/>\">") "&i;" },
    { "markup by references",
      DTD("<!ENTITY i '&#60;img src=&#39;" T "&#39;/&#62;'>") "&i;",
      DTD("<!ENTITY i '&#60;img" QW " data-consent-src=&#39;" T
      "&#39;/&#62;'>") "&i;" },
    { "markup with an entity that comes later",
      DTD("<!ENTITY i \"<img src='https://&t;/'/>\"><!ENTITY t 'ads.test'>")
      "&i;",
      DTD("<!ENTITY i \"<img" QW " data-consent-src='https://&t;/'/>\">"
      "<!ENTITY t 'ads.test'>") "&i;" },
    { "a script in it", DTD("<!ENTITY s '<script>evil()</script>'>") "&s;",
      DTD("<!ENTITY s '<script" QTP ">evil()</script>'>") "&s;" },
    { "a style in it", DTD("<!ENTITY s '<style>@import &#34;" T
      "&#34;;</style>'>") "&s;", DTD("<!ENTITY s '<style>@import &#34;"
      "about:invalid&#34;;</style>'>") "&s;" },
    { "\"&lt;\" in it is none", DTD("<!ENTITY i \"&lt;img src='" T "'/>\">")
      "&i;", NULL },
    { "an entity elsewhere is not loaded", DTD("<!ENTITY i SYSTEM '" T
      "'>") "<p>&i;</p>", NULL },

    { "a parameter entity declares",
      DTD("<!ENTITY % p \"<!ENTITY t 'ads.test'>\">%p;")
      "<img src='https://&t;/'/>",
      DTD("<!ENTITY % p \"<!ENTITY t 'ads.test'>\">%p;")
      "<img" W " data-consent-src='https://&t;/'/>" },
    { "markup, too",
      DTD("<!ENTITY % p '&#60;!ENTITY i \"&#60;img src=&#39;" T
          "&#39;/>\">'>%p;") "&i;",
      DTD("<!ENTITY % p '&#60;!ENTITY i \"&#60;img"
          "&#38;#32;data-consent=&#38;#34;ads&#38;#34;"
          " data-consent-src=&#39;" T "&#39;/>\">'>%p;") "&i;" },
    { "it does not hide another declaration",
      DTD("<!ENTITY % p \"<!ENTITY t 'own.test'>\"><!ENTITY t 'ads.test'>")
      "<img src='https://&t;/'/>",
      DTD("<!ENTITY % p \"<!ENTITY t 'own.test'>\"><!ENTITY t 'ads.test'>")
      "<img" W " data-consent-src='https://&t;/'/>" },

    { "an attribute by default", DTD("<!ATTLIST img src CDATA '" T "'>")
      "<img/>", DTD("<!ATTLIST img data-consent-src CDATA '" T "'>")
      "<img/>" },
    { "of several, and fixed",
      DTD("<!ATTLIST img alt (a | b) 'a'\n id ID #IMPLIED"
          " x NOTATION (n) #REQUIRED src CDATA #FIXED \"" T "\">") "<img/>",
      DTD("<!ATTLIST img alt (a | b) 'a'\n id ID #IMPLIED"
          " x NOTATION (n) #REQUIRED data-consent-src CDATA #FIXED \"" T "\">")
      "<img/>" },
    { "with prefixes", DTD("<!ATTLIST s:image x:href CDATA '" T "'>") "<r/>",
      DTD("<!ATTLIST s:image x:data-consent-href CDATA '" T "'>") "<r/>" },
    { "with an entity", DTD("<!ENTITY t 'ads.test'>"
      "<!ATTLIST img src CDATA 'https://&t;/'>") "<r/>",
      DTD("<!ENTITY t 'ads.test'>"
      "<!ATTLIST img data-consent-src CDATA 'https://&t;/'>") "<r/>" },
    { "what makes it fetch may be there",
      DTD("<!ATTLIST link rel CDATA 'stylesheet'>") "<link href='" T "'/>",
      DTD("<!ATTLIST link rel CDATA 'stylesheet'>")
      "<link" W " data-consent-href='" T "'/>" },
    { "or come with a tag", DTD("<!ATTLIST link href CDATA '" T "'>")
      "<link rel='stylesheet'/>",
      DTD("<!ATTLIST link data-consent-href CDATA '" T "'>")
      "<link rel='stylesheet'/>" },
    { "CSS", DTD("<!ATTLIST p style CDATA 'a:url(" T ")'>") "<p/>",
      DTD("<!ATTLIST p style CDATA 'a:url(about:invalid)'>") "<p/>" },
    { "by a parameter entity",
      DTD("<!ENTITY % p \"<!ATTLIST img src CDATA '" T "'>\">%p;") "<img/>",
      DTD("<!ENTITY % p \"<!ATTLIST img data-consent-src CDATA '" T
      "'>\">%p;") "<img/>" },
    { "other attributes", DTD("<!ATTLIST svg xmlns:x CDATA #FIXED '" T
      "' a CDATA '" T "'>") "<svg/>", NULL },

    /* errors: a browser reads up to the first one */
    { "before an error", "<img src='" T "'/></b>",
      "<img" W " data-consent-src='" T "'/></b>" },
    { "cut", "<r><img src='" T "'/><p", "<r><img" W " data-consent-src='" T
      "'/><p" },
    { "cut in odd places", "<", NULL },
    { "", "<!", NULL }, { "", "<!-", NULL }, { "", "<!--", NULL },
    { "", "<!DOC", NULL }, { "", "<!DOCTYPE r [<!ENT", NULL },
    { "", "<![CD", NULL }, { "", "<?xml-sty", NULL },
    { "", "<?xml-stylesheet href='" T "'", NULL },
    { "", "<style>&#1", NULL }, { "", "<style>a]]", NULL },
    { "", "<script>&", NULL }, { "", "", NULL },

    { NULL, NULL, NULL }
};


static void
check_row(ngx_consent_rules_t *rules, const row_t *row)
{
    size_t       cut, len;
    const char  *expected;

    len = strlen(row->xml);
    expected = row->expected ? row->expected : row->xml;

    for (cut = 2; cut < len; cut++) {

        run(rules, row->xml, len, 0, cut);

        CHECK(strcmp(out.data, expected) == 0, "%s: %s in pieces of %zu: %s",
              row->rule, row->xml, cut, out.data);
    }

    for (cut = 0; cut <= len; cut++) {

        run(rules, row->xml, len, cut, cut ? 4096 : 1);

        CHECK(strcmp(out.data, expected) == 0, "%s: %s cut at %zu: %s",
              row->rule, row->xml, cut, out.data);

        /* there is nothing that could be taken out for sure */

        rules->remove = 1;
        run(rules, row->xml, len, cut, cut ? 4096 : 1);
        rules->remove = 0;

        CHECK(strcmp(out.data, expected) == 0, "%s: %s removed: %s",
              row->rule, row->xml, out.data);
    }

    /* once more changes nothing */

    run(rules, expected, strlen(expected), 0, 4096);

    CHECK(strcmp(out.data, expected) == 0, "%s, filtered twice: %s",
          row->rule, out.data);
}


int
main(void)
{
    ngx_pool_t           *pool;
    const row_t          *row;
    ngx_consent_rules_t   rules;

    pool = shim_create_pool();
    xml_rules(&rules, pool);

    for (row = rows; row->rule; row++) {
        check_row(&rules, row);
    }

    shim_destroy_pool(pool);

    return test_done();
}
