
/*
 * A page, disabled and removed, fed at every split and byte by byte.  What is
 * expected follows "Disable" and "Remove" of the documentation.
 */

#include "pages.h"


/* a string of CSS that no quote ends, longer than consent_tag_buffer here */

#define DOTS  "................................................"
#define LONG  DOTS DOTS DOTS DOTS DOTS DOTS
#define LATE  LONG LONG LONG LONG


static const struct {
    const char  *html;
    const char  *disabled;
    const char  *removed;       /* NULL: as disabled */
} rows[] = {
    { "<p>a<img src=//ads.test/x>b",
      "<p>a<img data-consent=\"ads\" data-consent-src=//ads.test/x>b",
      "<p>ab" },
    { "<img src=//ads.test/x src=//own.test/>",
      "<img data-consent=\"ads\" data-consent-src=//ads.test/x"
      " data-consent-src=//own.test/>", "" },
    { "<img src=//own.test/ src=//ads.test/x>",
      "<img src=//own.test/ src=//ads.test/x>", NULL },
    { "<script type=module TYPE=x src='//ads.test/'>a</script >b",
      "<script type=\"text/plain\" data-consent=\"ads\""
      " data-consent-type=module data-consent-TYPE=x"
      " data-consent-src='//ads.test/'>a</script >b", "b" },
    { "<script/src=//ads.test/></script>",
      "<script type=\"text/plain\" data-consent=\"ads\"/data-consent-src="
      "//ads.test/></script>", "" },
    { "<a href=" LONG "><img src=//ads.test/>b",
      "<a href=" LONG "><img data-consent=\"ads\""
      " data-consent-src=//ads.test/>b", "<a href=" LONG ">b" },
    { "<script>evil()</script>a",
      "<script type=\"text/plain\" data-consent=\"ads\">evil()</script>a",
      "a" },
    { "<script>medieval()</script>", "<script>medieval()</script>", NULL },
    { "<script type=application/json>evil()</script>",
      "<script type=application/json>evil()</script>", NULL },
    { "<script type=text/plain src=//ads.test/></script>",
      "<script type=text/plain src=//ads.test/></script>", NULL },
    { "<script>evil()",
      "<script type=\"text/plain\" data-consent=\"ads\">evil()", "" },
    { "<iframe src=//ads.test/><p></iframe>a",
      "<iframe data-consent=\"ads\" data-consent-src=//ads.test/><p></iframe>a",
      "a" },
    { "<object data=//ads.test/>a</object>",
      "<object data-consent=\"ads\" data-consent-data=//ads.test/>a</object>",
      NULL },
    { "<svg><script xlink:href=//ads.test/>a</script></svg>",
      "<svg><script type=\"text/plain\" data-consent=\"ads\""
      " xlink:data-consent-href=//ads.test/>a</script></svg>", NULL },
    { "<svg><script>evil()</script></svg>",
      "<svg><script type=\"text/plain\" data-consent=\"ads\">evil()</script>"
      "</svg>", NULL },
    { "<svg><script>evil()<title>a</title></script></svg>",
      "<svg><script type=\"text/plain\" data-consent=\"ads\">evil()"
      "<title>a</title></script></svg>", NULL },
    { "<base href=//ads.test/><img src=x>",
      "<base data-consent=\"ads\" data-consent-href=//ads.test/><img src=x>",
      NULL },
    { "<base href=//own.test/a/><img src=../ads>",
      "<base href=//own.test/a/><img data-consent=\"ads\" data-consent-src="
      "../ads>", "<base href=//own.test/a/>" },
    { "<link rel=canonical href=//ads.test/>",
      "<link rel=canonical href=//ads.test/>", NULL },
    { "<link rel='x PRELOAD' href=//ads.test/>",
      "<link data-consent=\"ads\" rel='x PRELOAD' data-consent-href="
      "//ads.test/>", "" },
    { "<input type=IMAGE src=//ads.test/><input src=//ads.test/>",
      "<input data-consent=\"ads\" type=IMAGE data-consent-src=//ads.test/>"
      "<input src=//ads.test/>", NULL },
    { "<video poster=//ads.test/ src=x></video>",
      "<video data-consent=\"ads\" data-consent-poster=//ads.test/ src=x>"
      "</video>", NULL },
    { "<img srcset='x 1x, //ads.test/ 2x'>",
      "<img data-consent=\"ads\" data-consent-srcset='x 1x, //ads.test/ 2x'>",
      "" },
    { "<img src=data:,//ads.test/><a href=//ads.test/>",
      "<img src=data:,//ads.test/><a href=//ads.test/>", NULL },
    { "<img src=//ads.test/", "<img src=//ads.test/", NULL },
    { "<p>a<p =\"b=c>" DOTS "<svg><g =d>" DOTS,
      "<p>a<p =\"b=c>" DOTS "<svg><g =d>" DOTS, NULL },

    /* what any element may fetch by */

    { "<p style=\"color:red;background:url(//ads.test/x)\">",
      "<p style=\"color:red;background:url(about:invalid)\">", NULL },
    { "<p style=\"background:url('//ads.test/x') , url(//own.test/)\">",
      "<p style=\"background:url('about:invalid') , url(//own.test/)\">",
      NULL },
    { "<p style='background:u\\72l(&quot;//ads&#46;test/x&quot;)'>",
      "<p style='background:u\\72l(&quot;about:invalid&quot;)'>", NULL },
    { "<p style=\"content:'//ads.test/x'\">",
      "<p style=\"content:'//ads.test/x'\">", NULL },
    { "<body background=//ads.test/>",
      "<body data-consent=\"ads\" data-consent-background=//ads.test/>",
      NULL },
    { "<svg><rect fill='url(//ads.test/#a)'></svg>",
      "<svg><rect fill='url(about:invalid)'></svg>", NULL },
    { "<a ping='//own.test/ //ads.test/' href=//ads.test/>",
      "<a data-consent=\"ads\" data-consent-ping='//own.test/ //ads.test/'"
      " href=//ads.test/>", NULL },
    { "<meta http-equiv=refresh content='0;url=\"//x\"@ads.test/\"'>",
      "<meta data-consent=\"ads\" http-equiv=refresh data-consent-content="
      "'0;url=\"//x\"@ads.test/\"'>", NULL },
    { "<meta http-equiv=Refresh content='0; URL=//ads.test/'>",
      "<meta data-consent=\"ads\" http-equiv=Refresh data-consent-content="
      "'0; URL=//ads.test/'>", NULL },
    { "<meta name=x content='0; url=//ads.test/'>",
      "<meta name=x content='0; url=//ads.test/'>", NULL },
    { "<object><param name=movie value=//ads.test/></object>",
      "<object><param data-consent=\"ads\" name=movie data-consent-value="
      "//ads.test/></object>", NULL },
    { "<svg><use href=//ads.test/#a /></svg>",
      "<svg><use data-consent=\"ads\" data-consent-href=//ads.test/#a /></svg>",
      NULL },
    { "<svg><feImage xlink:href=//ads.test/ /></svg>",
      "<svg><feImage data-consent=\"ads\" xlink:data-consent-href=//ads.test/"
      " /></svg>", NULL },
    { "<svg><set attributeName=href to=//ads.test/ /></svg>",
      "<svg><set data-consent=\"ads\" attributeName=href data-consent-to="
      "//ads.test/ /></svg>", NULL },

    /* style sheets, JSON, modules */

    /* a meta in the head counts, however late (HTML 13.2.6.4.4) */
    { "<html><head><!--" LATE "--><meta charset=shift_jis>"
      "<style>p{a:'\x81\\';b:url(//ads.test/);c:'\x81\\'}</style>",
      "<html><head><!--" LATE "--><meta charset=shift_jis>"
      "<style>p{a:'\x81\\';b:url(about:invalid);c:'\x81\\'}</style>",
      NULL },
    { "<style>@import '//ads.test/x';p{}</style>",
      "<style>@import 'about:invalid';p{}</style>", NULL },
    { "<style>/* url(//ads.test/) */ p{a:url(//own.test/)}</style>",
      "<style>/* url(//ads.test/) */ p{a:url(//own.test/)}</style>", NULL },
    { "<style>p{a:url(//ads.test/x", "<style>p{a:url(about:invalid", NULL },
    { "<svg><style>@import url(//ads.test/)</style></svg>",
      "<svg><style>@import url(about:invalid)</style></svg>", NULL },
    { "<svg><style>@import&#32;url(&#47;/ads.test/)</style></svg>",
      "<svg><style>@import&#32;url(about:invalid)</style></svg>", NULL },
    { "<svg><style>a{}<p><script>good()</script><style>b{}</style>",
      "<svg><style>a{}<p><script>good()</script><style>b{}</style>", NULL },
    { "<svg><script>&#101;vil()</script></svg>",
      "<svg><script type=\"text/plain\" data-consent=\"ads\">&#101;vil()"
      "</script></svg>", NULL },
    { "<script type=importmap>{\"imports\":{\"a\":\"//\\u0061ds.test/\","
      "\"b\":\"/b\"}}</script>",
      "<script type=importmap>{\"imports\":{\"a\":\"about:invalid\","
      "\"b\":\"/b\"}}</script>", NULL },
    { "<script type=speculationrules>{\"prefetch\":[{\"urls\":"
      "[\"https://ads.test/\"]}]}</script>",
      "<script type=speculationrules>{\"prefetch\":[{\"urls\":"
      "[\"about:invalid\"]}]}</script>", NULL },
    { "<script type=module>import '//ads.test/x'</script>b",
      "<script type=\"text/plain\" data-consent=\"ads\""
      " data-consent-type=module>import '//ads.test/x'</script>b", "b" },
    { "<script type=module>// import '//ads.test/x'</script>",
      "<script type=module>// import '//ads.test/x'</script>", NULL },

    /* documents in documents */

    { "<iframe srcdoc='a<img src=//ads.test/>b'></iframe>",
      "<iframe srcdoc='a<img&#32;data-consent=&#34;ads&#34;"
      " data-consent-src=//ads.test/>b'></iframe>",
      "<iframe srcdoc='ab'></iframe>" },
    { "<iframe srcdoc=\"&lt;script src=&quot;//ads.test/&quot;></script>\">"
      "</iframe>",
      "<iframe srcdoc=\"&lt;script&#32;type=&#34;text/plain&#34;"
      "&#32;data-consent=&#34;ads&#34; data-consent-src=&quot;//ads.test/"
      "&quot;></script>\"></iframe>",
      "<iframe srcdoc=\"\"></iframe>" },
    { "<iframe srcdoc='<iframe srcdoc=\"<img src=//ads.test/>\">'></iframe>",
      "<iframe srcdoc='<iframe srcdoc=\"<img&#38;#32;data-consent="
      "&#38;#34;ads&#38;#34; data-consent-src=//ads.test/>\">'></iframe>",
      "<iframe srcdoc='<iframe srcdoc=\"\">'></iframe>" },
    { "<iframe src='data:text/html,<img src=https://ads.test/>'></iframe>a",
      "<iframe data-consent=\"ads\" data-consent-src='data:text/html,"
      "<img src=https://ads.test/>'></iframe>a", "a" },
    { "<embed src=data:text/html;base64,PGltZyBzcmM9Imh0dHA6Ly9hZHMudGVzdC8iPg"
      "==>b",
      "<embed data-consent=\"ads\" data-consent-src=data:text/html;base64,"
      "PGltZyBzcmM9Imh0dHA6Ly9hZHMudGVzdC8iPg==>b", "b" },
    { "<link rel=stylesheet href='data:text/css,@import url(http://ads.test/)'"
      ">b",
      "<link data-consent=\"ads\" rel=stylesheet data-consent-href="
      "'data:text/css,@import url(http://ads.test/)'>b", "b" },
    { "<img src='data:text/html,<img src=https://ads.test/>'>",
      "<img src='data:text/html,<img src=https://ads.test/>'>", NULL },

    /* two readings: with scripting and without, with CDATA and without */

    { "<noscript><img src=//ads.test/></noscript>",
      "<noscript><img data-consent=\"ads\" data-consent-src=//ads.test/>"
      "</noscript>", "<noscript></noscript>" },
    { "<noscript><!-- </noscript><embed src=//ads.test/> -->",
      "<noscript><!-- </noscript><embed data-consent=\"ads\""
      " data-consent-src=//ads.test/> -->", NULL },
    { "<noscript><p title='</noscript><embed src=//ads.test/>'>",
      "<noscript><p title='</noscript><embed data-consent=\"ads\""
      " data-consent-src=//ads.test/>'>", NULL },
    { "<svg><![CDATA[><img src=//ads.test/>]]></svg>",
      "<svg><![CDATA[><img data-consent=\"ads\" data-consent-src=//ads.test/>"
      "]]></svg>", NULL },
    { "<select><title></select><img src=//ads.test/></title>",
      "<select><title></select><img data-consent=\"ads\" data-consent-src="
      "//ads.test/></title>", "<select><title></select></title>" },
    { "<title></select><img src=//ads.test/></title>",
      "<title></select><img src=//ads.test/></title>", NULL },
    { "<div><svg></div><style><!--</style><img src=//ads.test/>-->",
      "<div><svg></div><style><!--</style><img data-consent=\"ads\""
      " data-consent-src=//ads.test/>-->", NULL },
    { "<svg><foreignObject><p></svg></foreignObject><style>"
      "<img src=//ads.test/></style>",
      "<svg><foreignObject><p></svg></foreignObject><style>"
      "<img data-consent=\"ads\" data-consent-src=//ads.test/></style>",
      "<svg><foreignObject><p></svg></foreignObject><style></style>" },

    { "<svg><style>@import \"//ads.test/<script>" LONG,
      "<svg><style>@import \"about:invalid" DOTS "...", NULL },

    { "", "", NULL },
    { NULL, NULL, NULL }
};


static ngx_consent_table_t *
make_table(ngx_pool_t *pool)
{
    size_t                   i;
    ngx_str_t                s = ngx_string("ads");
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

    static const struct {
        ngx_consent_row_e    kind;
        ngx_str_t            pattern;
    } list[] = {
        { NGX_CONSENT_ROW_URL, ngx_string("ads.test") },
        { NGX_CONSENT_ROW_URL, ngx_string("own.test/ads") },
        { NGX_CONSENT_ROW_INLINE, ngx_string("evil(") }
    };

    t = ngx_consent_table_create(pool, &s);
    ngx_consent_table_category(t, &s, &s, 0, &fault);

    memset(&p, 0, sizeof(p));
    p.mask = 1;
    ngx_consent_table_provider(t, &p, &provider, &fault);

    for (i = 0; i < 3; i++) {
        memset(&row, 0, sizeof(row));
        row.kind = list[i].kind;
        row.pattern = list[i].pattern;
        row.mask = 1;
        row.provider = provider;
        ngx_consent_table_row(t, &row, &fault);
    }

    ngx_consent_table_compile(t, &fault);

    return t;
}


int
main(void)
{
    size_t                i, cut;
    ngx_pool_t           *pool;
    const char           *expected;
    ngx_consent_rules_t   rules;

    pool = shim_create_pool();

    memset(&rules, 0, sizeof(rules));
    rules.table = make_table(pool);
    rules.tag_buffer = 256;
    rules.inline_buffer = 256;
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host.data = (u_char *) "own.test";
    rules.self.host.len = 8;
    rules.self.path.data = (u_char *) "/";
    rules.self.path.len = 1;
    rules.emit = emit;
    rules.note = note;

    for (i = 0; rows[i].html; i++) {

        for (cut = 0; cut <= strlen(rows[i].html); cut++) {

            rules.remove = 0;
            run(&rules, rows[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out.data, rows[i].disabled) == 0,
                  "%s cut at %zu: %s", rows[i].html, cut, out.data);

            rules.remove = 1;
            run(&rules, rows[i].html, cut, cut ? 4096 : 1);

            expected = rows[i].removed ? rows[i].removed : rows[i].disabled;

            CHECK(strcmp(out.data, expected) == 0,
                  "%s removed, cut at %zu: %s", rows[i].html, cut, out.data);
        }

        /* once more changes nothing */

        rules.remove = 0;
        run(&rules, rows[i].disabled, 0, 4096);

        CHECK(strcmp(out.data, rows[i].disabled) == 0,
              "%s, filtered twice: %s", rows[i].html, out.data);
    }

    shim_destroy_pool(pool);

    return test_done();
}
