
/*
 * Tags in the conventions of consent platforms: what is written, what is left,
 * what is brought back.  What is expected is what the platforms' documentation
 * shows for such a tag.
 */

#include "pages.h"


#define PERFORMANCE  0x02
#define ADVERTISING  0x04
#define ALL          0x0f


/* refused all: what takes the tag's place */

static const struct {
    const char  *platform;
    const char  *html;
    const char  *marked;
} rows[] = {

    /* vanilla-cookieconsent */

    { "vanilla", "<script async src=//stats.test/a></script>",
      "<script type=\"text/plain\" data-category=\"analytics\" async"
      " data-src=//stats.test/a></script>" },
    { "vanilla-cookieconsent-v2", "<script async src=//stats.test/a></script>",
      "<script type=\"text/plain\" data-cookiecategory=\"analytics\" async"
      " data-src=//stats.test/a></script>" },
    { "vanilla-cookieconsent-v2",
      "<script type='text/javascript'>evil()</script>",
      "<script type=\"text/plain\" data-cookiecategory=\"marketing\""
      " data-type='text/javascript'>evil()</script>" },
    { "vanilla", "<script type=module src=//ads.test/ SRC=x></script>",
      "<script type=\"text/plain\" data-category=\"marketing\""
      " data-type=module data-src=//ads.test/ data-SRC=x></script>" },
    { "vanilla", "<script nonce=n>evil()</script>",
      "<script type=\"text/plain\" data-category=\"marketing\" nonce=n>evil()"
      "</script>" },
    { "vanilla", "<script type='text/javascript'>evil()</script>",
      "<script type=\"text/plain\" data-category=\"marketing\""
      " data-type='text/javascript'>evil()</script>" },
    { "vanilla", "<script src=//both.test/></script>",
      "<script type=\"text/plain\" data-consent=\"performance advertising\""
      " data-consent-src=//both.test/></script>" },
    { "vanilla", "<script src=//ads.test/ data-src=x></script>",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " data-consent-src=//ads.test/ data-src=x></script>" },
    { "vanilla", "<script data-category=x src=//ads.test/></script>",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " data-category=x data-consent-src=//ads.test/></script>" },
    { "vanilla", "<script type=litespeed/javascript>evil()</script>",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " data-consent-type=litespeed/javascript>evil()</script>" },
    { "vanilla", "<iframe src=//ads.test/></iframe>",
      "<iframe data-consent=\"advertising\" data-consent-src=//ads.test/>"
      "</iframe>" },
    { "vanilla", "<img src=//ads.test/>",
      "<img data-consent=\"advertising\" data-consent-src=//ads.test/>" },
    { "vanilla", "<svg><script>evil()</script></svg>",
      "<svg><script type=\"text/plain\" data-consent=\"advertising\">evil()"
      "</script></svg>" },
    { "vanilla", "<iframe srcdoc='<script>evil()</script>'></iframe>",
      "<iframe srcdoc='<script&#32;type=&#34;text/plain&#34;"
      "&#32;data-consent=&#34;advertising&#34;>evil()</script>'></iframe>" },

    /* Klaro */

    { "klaro", "<script src=//stats.test/></script>",
      "<script type=\"text/plain\" data-type=\"text/javascript\""
      " data-name=\"stats\" data-src=//stats.test/></script>" },
    { "klaro", "<script type=module src=//ads.test/></script>",
      "<script type=\"text/plain\" data-name=\"Ads &#38; Co\""
      " data-type=module data-src=//ads.test/></script>" },
    { "klaro", "<script>evil()</script>",
      "<script type=\"text/plain\" data-type=\"text/javascript\""
      " data-name=\"Ads &#38; Co\">evil()</script>" },
    { "klaro", "<script>evil();worse()</script>",
      "<script type=\"text/plain\" data-consent=\"advertising\">evil();worse()"
      "</script>" },
    { "klaro", "<img src=//both.test/>",
      "<img data-name=\"Both\" data-src=//both.test/>" },
    { "klaro", "<iframe src=//stats.test/></iframe>",
      "<iframe data-name=\"stats\" data-src=//stats.test/></iframe>" },
    { "klaro", "<link rel=stylesheet href=//ads.test/>",
      "<link data-type=\"text/css\" data-name=\"Ads &#38; Co\" rel=stylesheet"
      " data-href=//ads.test/>" },
    { "klaro", "<link rel=stylesheet type=text/css href=//ads.test/>",
      "<link data-name=\"Ads &#38; Co\" rel=stylesheet data-type=text/css"
      " data-href=//ads.test/>" },
    { "klaro", "<link rel=preload href=//ads.test/>",
      "<link data-consent=\"advertising\" rel=preload"
      " data-consent-href=//ads.test/>" },
    { "klaro", "<img srcset='//ads.test/a 1x'>",
      "<img data-consent=\"advertising\" data-consent-srcset="
      "'//ads.test/a 1x'>" },
    { "klaro", "<img src=//stats.test/ srcset=//ads.test/>",
      "<img data-consent=\"performance advertising\""
      " data-consent-src=//stats.test/ data-consent-srcset=//ads.test/>" },

    /* Cookiebot */

    { "cookiebot", "<script src=//both.test/></script>",
      "<script type=\"text/plain\""
      " data-cookieconsent=\"statistics,marketing\" src=//both.test/>"
      "</script>" },
    { "cookiebot", "<script type=text/javascript>evil()</script>",
      "<script type=\"text/plain\" data-cookieconsent=\"marketing\""
      " data-consent-type=text/javascript>evil()</script>" },
    { "cookiebot", "<script type=module src=//ads.test/></script>",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " data-consent-type=module data-consent-src=//ads.test/></script>" },
    { "cookiebot", "<iframe src=//stats.test/></iframe>",
      "<iframe data-cookieconsent=\"statistics\""
      " data-cookieblock-src=//stats.test/></iframe>" },
    { "cookiebot", "<video src=//ads.test/></video>",
      "<video data-cookieconsent=\"marketing\""
      " data-cookieblock-src=//ads.test/></video>" },
    { "cookiebot", "<video poster=//ads.test/></video>",
      "<video data-consent=\"advertising\" data-consent-poster=//ads.test/>"
      "</video>" },
    { "cookiebot", "<img src=//share.test/>",
      "<img data-consent=\"sharing\" data-consent-src=//share.test/>" },
    { "cookiebot",
      "<script data-cookieconsent=ignore src=//ads.test/></script>",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " data-cookieconsent=ignore data-consent-src=//ads.test/></script>" },
    { "cookiebot", "<object data=//ads.test/></object>",
      "<object data-consent=\"advertising\" data-consent-data=//ads.test/>"
      "</object>" },

    /* OneTrust: words of the class */

    { "onetrust", "<script src=//both.test/></script>",
      "<script type=\"text/plain\" class=\"optanon-category-C0002-C0004\""
      " src=//both.test/></script>" },
    { "onetrust", "<script class='a b'>evil()</script>",
      "<script type=\"text/plain\" class='optanon-category-C0004 a b'>evil()"
      "</script>" },
    { "onetrust", "<iframe class=a src=//share.test/></iframe>",
      "<iframe class=\"optanon-category-C0005 a\" data-src=//share.test/>"
      "</iframe>" },
    { "onetrust", "<img class src=//ads.test/>",
      "<img class=\"optanon-category-C0004\" data-src=//ads.test/>" },
    { "onetrust", "<img class= src=//ads.test/>",
      "<img class= src=//ads.test/>" },
    { "onetrust", "<img src=//ads.test/ class=>",
      "<img data-src=//ads.test/ class=\"optanon-category-C0004\">" },
    { "onetrust", "<img src=//ads.test/ class=\"\">",
      "<img data-src=//ads.test/ class=\"optanon-category-C0004\">" },
    { "onetrust", "<img src=//ads.test/ class=a\"b>",
      "<img data-consent=\"advertising\" data-consent-src=//ads.test/"
      " class=a\"b>" },
    { "onetrust", "<img data-ot-ignore src=//ads.test/>",
      "<img data-consent=\"advertising\" data-ot-ignore"
      " data-consent-src=//ads.test/>" },

    /* Usercentrics, Didomi, Borlabs, consentmanager: the provider's name */

    { "usercentrics", "<script src=//stats.test/></script>",
      "<script type=\"text/plain\" data-usercentrics=\"stats\""
      " src=//stats.test/></script>" },
    { "usercentrics", "<script>evil()</script>",
      "<script type=\"text/plain\" data-usercentrics=\"Ads &#38; Co\">evil()"
      "</script>" },
    { "usercentrics", "<iframe src=//both.test/></iframe>",
      "<iframe data-usercentrics=\"Both\" data-src=//both.test/></iframe>" },
    { "usercentrics", "<img src=//both.test/>",
      "<img data-usercentrics=\"Both\" data-src=//both.test/>" },
    { "didomi", "<script src=//stats.test/></script>",
      "<script type=\"didomi/javascript\" data-vendor=\"stats\""
      " src=//stats.test/></script>" },
    { "didomi", "<script>evil()</script>",
      "<script type=\"didomi/javascript\" data-vendor=\"Ads &#38; Co\">evil()"
      "</script>" },
    { "didomi", "<iframe src=//stats.test/></iframe>",
      "<iframe data-consent=\"performance\" data-consent-src=//stats.test/>"
      "</iframe>" },
    { "borlabs", "<script src=//stats.test/></script>",
      "<script type=\"text/template\""
      " data-borlabs-cookie-script-blocker-id=\"stats\""
      " data-borlabs-cookie-script-blocker-src=//stats.test/></script>" },
    { "borlabs", "<script>evil()</script>",
      "<script type=\"text/template\" data-borlabs-cookie-script-blocker-id="
      "\"Ads &#38; Co\">evil()</script>" },
    { "consentmanager", "<script src=//stats.test/></script>",
      "<script type=\"text/plain\" class=\"cmplazyload\""
      " data-cmp-vendor=\"stats\" data-cmp-src=//stats.test/></script>" },
    { "consentmanager", "<script class=\"a\">evil()</script>",
      "<script type=\"text/plain\" data-cmp-vendor=\"Ads &#38; Co\""
      " class=\"cmplazyload a\">evil()</script>" },
    { "consentmanager", "<iframe src=//both.test/></iframe>",
      "<iframe class=\"cmplazyload\" data-cmp-vendor=\"Both\""
      " src=\"about:blank\" data-cmp-src=//both.test/></iframe>" },
    { "consentmanager", "<img src=//both.test/>",
      "<img data-consent=\"performance advertising\""
      " data-consent-src=//both.test/>" },

    /* iubenda */

    { "iubenda", "<script src=//both.test/></script>",
      "<script type=\"text/plain\" class=\"_iub_cs_activate\""
      " data-iub-purposes=\"4,5\" data-suppressedsrc=//both.test/></script>" },
    { "iubenda", "<script>evil()</script>",
      "<script type=\"text/plain\" class=\"_iub_cs_activate-inline\""
      " data-iub-purposes=\"5\">evil()</script>" },
    { "iubenda", "<iframe class=a src=//stats.test/></iframe>",
      "<iframe data-iub-purposes=\"4\" class=\"_iub_cs_activate a\""
      " data-suppressedsrc=//stats.test/></iframe>" },
    { "iubenda", "<img src=//stats.test/>",
      "<img class=\"_iub_cs_activate\" data-iub-purposes=\"4\""
      " data-suppressedsrc=//stats.test/>" },
    { "iubenda", "<script class=_iub_cs_skip src=//ads.test/></script>",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " class=_iub_cs_skip data-consent-src=//ads.test/></script>" },

    /* Complianz */

    { "complianz", "<script src=//stats.test/></script>",
      "<script type=\"text/plain\" data-category=\"statistics\""
      " data-service=\"general\" data-cmplz-src=//stats.test/></script>" },
    { "complianz", "<script>evil()</script>",
      "<script type=\"text/plain\" data-category=\"marketing\""
      " data-service=\"general\">evil()</script>" },
    { "complianz", "<iframe src=//ads.test/></iframe>",
      "<iframe data-category=\"marketing\" src=\"about:blank\""
      " data-cmplz-target=\"src\" data-src-cmplz=//ads.test/></iframe>" },
    { "complianz", "<img src=//ads.test/>",
      "<img data-category=\"marketing\" data-src-cmplz=//ads.test/>" },
    { "complianz", "<link href=//ads.test/ rel=stylesheet>",
      "<link data-category=\"marketing\" data-href=//ads.test/"
      " rel=stylesheet>" },

    /* CookieYes */

    { "cookieyes", "<script src=//stats.test/></script>",
      "<script type=\"text/plain\" data-cookieyes=\"cookieyes-analytics\""
      " src=//stats.test/></script>" },
    { "cookieyes", "<script>evil()</script>",
      "<script type=\"text/plain\" data-cookieyes="
      "\"cookieyes-advertisement\">evil()</script>" },
    { "cookieyes", "<script src=//share.test/></script>",
      "<script type=\"text/plain\" data-cookieyes=\"cookieyes-social-media\""
      " src=//share.test/></script>" },

    { NULL, NULL, NULL }
};


/* An author's marks; live NULL: left as they are. */

static const struct {
    const char         *platform;
    const char         *html;
    ngx_consent_mask_t  granted;
    const char         *live;
} marks[] = {
    { "vanilla",
      "<script type=\"text/plain\" data-category=\"analytics\""
      " data-src=//cdn.test/a></script>", PERFORMANCE,
      "<script type=\"text/javascript\" data-consent-data-category="
      "\"analytics\" src=//cdn.test/a></script>" },
    { "vanilla",
      "<script type=text/plain data-category=statistics src=/a></script>",
      PERFORMANCE,
      "<script type=text/javascript data-consent-data-category=statistics"
      " src=/a></script>" },
    { "vanilla",
      "<script data-type=module type=text/plain data-category=analytics>"
      "import 'x'</script>", ALL,
      "<script data-type=module type=module data-consent-data-category="
      "analytics>import 'x'</script>" },
    { "vanilla",
      "<script type='text/plain' data-cookiecategory='ads'>a()</script>", ALL,
      "<script type='text/javascript' data-consent-data-cookiecategory='ads'>"
      "a()</script>" },
    { "vanilla-cookieconsent-v2",
      "<script type='text/plain' data-cookiecategory='ads'>a()</script>", ALL,
      "<script type='text/javascript' data-consent-data-cookiecategory='ads'>"
      "a()</script>" },
    { "vanilla",
      "<script type=text/plain data-category=marketing src=//stats.test/>"
      "</script>", ADVERTISING, NULL },
    { "vanilla",
      "<script type=text/plain data-category=analytics>evil()</script>",
      PERFORMANCE, NULL },
    { "vanilla",
      "<script type=text/plain data-category=analytics style='a:b'"
      " data-src=//ads.test/></script>", PERFORMANCE, NULL },
    { "vanilla",
      "<script type=text/plain data-category=!analytics>a()</script>", ALL,
      NULL },
    { "vanilla",
      "<script type=text/plain data-category=nosuch>a()</script>", ALL, NULL },
    { "vanilla",
      "<script type=text/plain data-category=analytics>a()</script>", 0,
      NULL },
    { "vanilla",
      "<script type=text/plain data-category=analytics data-type='a b'>a()"
      "</script>", ALL, NULL },
    { "vanilla", "<script type=text/plain>a()</script>", ALL, NULL },
    { "vanilla", "<script type=text/x data-category=analytics>a()</script>",
      ALL, NULL },
    { "vanilla",
      "<svg><script type=text/plain data-category=analytics>a()</script></svg>",
      ALL, NULL },
    { "klaro",
      "<iframe data-name=\"Ads &amp; Co\" data-src=/v src=x></iframe>", ALL,
      "<iframe data-consent-data-name=\"Ads &amp; Co\" src=/v"
      " data-consent-src=x></iframe>" },
    { "klaro", "<img data-name=stats data-src=//cdn.test/>", PERFORMANCE,
      "<img data-consent-data-name=stats src=//cdn.test/>" },
    { "klaro", "<img data-name=Stats data-src=//cdn.test/>", ALL, NULL },
    { "klaro", "<img data-name=Both data-src=//cdn.test/>", PERFORMANCE,
      NULL },
    { "klaro",
      "<link rel=stylesheet data-name=stats data-href=/a data-type=text/css>",
      ALL,
      "<link rel=stylesheet data-consent-data-name=stats href=/a"
      " data-type=text/css>" },
    { "klaro", "<img data-name=x data-src=//ads.test/>", 0, NULL },
    { "cookiebot",
      "<script type=text/plain data-cookieconsent='statistics, marketing'"
      " src=/a></script>", PERFORMANCE|ADVERTISING,
      "<script type=text/javascript data-consent-data-cookieconsent="
      "'statistics, marketing' src=/a></script>" },
    { "cookiebot",
      "<script type=text/plain data-cookieconsent='statistics,marketing'"
      " src=/a></script>", PERFORMANCE, NULL },
    { "cookiebot",
      "<iframe data-cookieconsent=marketing data-cookieblock-src=/a></iframe>",
      ALL,
      "<iframe data-consent-data-cookieconsent=marketing src=/a></iframe>" },
    { "cookiebot",
      "<iframe data-cookieconsent=marketing data-src=//ads.test/></iframe>", 0,
      NULL },
    { "klaro",
      "<img data-name=stats data-src=/a DATA-SRC=//both.test/>", PERFORMANCE,
      "<img data-consent-data-name=stats src=/a"
      " data-consent-DATA-SRC=//both.test/>" },
    { "klaro",
      "<script type=\"text/plain\" data-consent=\"advertising\""
      " data-name=stats data-consent-src=//ads.test/></script>", PERFORMANCE,
      NULL },
    { "onetrust",
      "<script class=\"a optanon-category-C0002-4 b\" type=text/plain src=/a>"
      "</script>", ALL,
      "<script class=\"a  b\" type=text/javascript src=/a></script>" },
    { "onetrust",
      "<script class=optanon-category-C0002 type=text/plain src=/a></script>",
      ALL,
      "<script class=data-consent type=text/javascript src=/a></script>" },
    { "onetrust",
      "<img class=optanon-category-C0004 data-src=//ads.test/>", PERFORMANCE,
      NULL },
    { "onetrust",
      "<img class=optanon-category-C0004 data-src=//ads.test/>", ADVERTISING,
      "<img class=data-consent src=//ads.test/>" },
    { "usercentrics",
      "<iframe data-usercentrics=stats data-src=/a></iframe>", PERFORMANCE,
      "<iframe data-consent-data-usercentrics=stats src=/a></iframe>" },
    { "didomi",
      "<script type=didomi/javascript data-vendor=stats src=/a></script>", ALL,
      "<script type=text/javascript data-consent-data-vendor=stats src=/a>"
      "</script>" },
    { "iubenda",
      "<script class=_iub_cs_activate type=text/plain data-iub-purposes='4,5'"
      " suppressedsrc=/a></script>", ALL,
      "<script class=data-consent type=text/javascript"
      " data-consent-data-iub-purposes='4,5' src=/a></script>" },
    { "iubenda",
      "<script class=_iub_cs_activate type=text/plain suppressedsrc=/a>"
      "</script>", ALL, NULL },
    { "complianz",
      "<iframe data-category=statistics data-src-cmplz=/a src=about:blank>"
      "</iframe>", PERFORMANCE,
      "<iframe data-consent-data-category=statistics src=/a"
      " data-consent-src=about:blank></iframe>" },
    { "complianz",
      "<script type=text/plain data-category=functional>a()</script>", ALL,
      NULL },
    { "cookieyes",
      "<script type=text/plain data-cookieyes=cookieyes-analytics>a()</script>",
      PERFORMANCE,
      "<script type=text/javascript data-consent-data-cookieyes="
      "cookieyes-analytics>a()</script>" },
    { "cookieyes",
      "<script type=text/plain data-cookieyes=analytics>a()</script>", ALL,
      NULL },
    { "borlabs",
      "<script type=text/template data-borlabs-cookie-script-blocker-id=stats"
      " data-borlabs-cookie-script-blocker-src=/a></script>", ALL,
      "<script type=text/javascript"
      " data-consent-data-borlabs-cookie-script-blocker-id=stats src=/a>"
      "</script>" },
    { "consentmanager",
      "<iframe class='cmplazyload' src=about:blank data-cmp-vendor=stats"
      " data-cmp-src=/a></iframe>", ALL,
      "<iframe class='' data-consent-src=about:blank"
      " data-consent-data-cmp-vendor=stats src=/a></iframe>" },
    { NULL, NULL, 0, NULL }
};


static const ngx_str_t  names[] = {
    ngx_string("essential"),
    ngx_string("performance"),
    ngx_string("advertising"),
    ngx_string("sharing")
};


/* a provider, its key as it is written and read, a host and a marker */

static const struct {
    ngx_str_t           name;
    ngx_str_t           key;
    ngx_str_t           written;
    ngx_consent_mask_t  mask;
    ngx_str_t           host;
    ngx_str_t           marker;
} providers[] = {
    { ngx_string("Statistics"), ngx_string("stats"), ngx_string("stats"),
      PERFORMANCE, ngx_string("stats.test"), ngx_null_string },
    { ngx_string("Ads & Co"), ngx_string("Ads & Co"),
      ngx_string("Ads &#38; Co"), ADVERTISING, ngx_string("ads.test"),
      ngx_string("evil(") },
    { ngx_string("Worse"), ngx_string("Worse"), ngx_string("Worse"),
      ADVERTISING, ngx_string("worse.test"), ngx_string("worse(") },
    { ngx_string("Both"), ngx_string("Both"), ngx_string("Both"),
      PERFORMANCE|ADVERTISING, ngx_string("both.test"), ngx_null_string },
    { ngx_string("Share"), ngx_string("Share"), ngx_string("Share"),
      0x08, ngx_string("share.test"), ngx_null_string }
};

#define NPROVIDERS  (sizeof(providers) / sizeof(providers[0]))


static ngx_consent_table_t *
make_table(ngx_pool_t *pool)
{
    size_t                   i;
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

    t = ngx_consent_table_create(pool, &names[0]);

    for (i = 0; i < 4; i++) {
        ngx_consent_table_category(t, &names[i], &names[i], i == 0, &fault);
    }

    for (i = 0; i < NPROVIDERS; i++) {

        memset(&p, 0, sizeof(p));
        p.name = providers[i].name;
        p.mask = providers[i].mask;
        ngx_consent_table_provider(t, &p, &provider, &fault);

        memset(&row, 0, sizeof(row));
        row.kind = NGX_CONSENT_ROW_URL;
        row.pattern = providers[i].host;
        row.mask = providers[i].mask;
        row.provider = provider;
        ngx_consent_table_row(t, &row, &fault);

        if (providers[i].marker.len) {
            row.kind = NGX_CONSENT_ROW_INLINE;
            row.pattern = providers[i].marker;
            ngx_consent_table_row(t, &row, &fault);
        }
    }

    ngx_consent_table_compile(t, &fault);

    return t;
}


static ngx_consent_markup_key_t       keys[64];
static ngx_consent_markup_provider_t  written[NPROVIDERS];


static void
make_markup(ngx_consent_markup_t *m, const char *name)
{
    size_t      i;
    u_char     *p, *last;
    ngx_str_t   s;

    memset(m, 0, sizeof(*m));

    s.data = (u_char *) name;
    s.len = strlen(name);

    m->platform = ngx_consent_markup_platform(&s);
    m->keys = keys;

    for (i = 0; i < 4; i++) {

        p = m->platform->keys[i].data;
        last = p + m->platform->keys[i].len;

        while (p < last) {

            s.data = p;

            while (p < last && *p != ' ') {
                p++;
            }

            s.len = p++ - s.data;

            if (m->categories[i].len == 0) {
                m->categories[i] = s;
            }

            m->keys[m->nkeys].key = s;
            m->keys[m->nkeys++].mask = (1 << i) & ~1;
        }
    }

    if (m->platform->by_provider) {

        m->providers = written;
        m->nproviders = NPROVIDERS;

        for (i = 0; i < NPROVIDERS; i++) {
            written[i].name = providers[i].name;
            written[i].written = providers[i].written;
            m->keys[m->nkeys].key = providers[i].key;
            m->keys[m->nkeys++].mask = providers[i].mask;
        }
    }
}


/* What was written is inert to every platform, and to none. */

static void
again(ngx_consent_rules_t *rules, const char *html)
{
    ngx_consent_markup_t           m;
    const ngx_consent_platform_t  *p;

    rules->markup = NULL;
    run(rules, html, 0, 4096);
    CHECK(strcmp(out.data, html) == 0, "%s, filtered twice: %s", html,
          out.data);

    for (p = ngx_consent_markup_platforms(); p->name.len; p++) {

        make_markup(&m, (char *) p->name.data);
        m.live = 1;

        rules->markup = &m;
        run(rules, html, 0, 4096);

        CHECK(strcmp(out.data, html) == 0, "%s, filtered twice by %s: %s",
              html, p->name.data, out.data);
    }
}


int
main(void)
{
    size_t                 i, cut;
    ngx_pool_t            *pool;
    const char            *expected;
    ngx_consent_rules_t    rules;
    ngx_consent_markup_t   m;

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

        make_markup(&m, rows[i].platform);
        rules.grant.mask = 1;

        for (cut = 0; cut <= strlen(rows[i].html); cut++) {

            rules.markup = &m;
            run(&rules, rows[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out.data, rows[i].marked) == 0,
                  "%s, %s cut at %zu: %s", rows[i].platform, rows[i].html, cut,
                  out.data);
        }

        again(&rules, rows[i].marked);
    }

    for (i = 0; marks[i].html; i++) {

        expected = marks[i].live ? marks[i].live : marks[i].html;

        for (cut = 0; cut <= strlen(marks[i].html); cut++) {

            make_markup(&m, marks[i].platform);
            rules.markup = &m;

            /* left alone, byte for byte */

            rules.grant.mask = 1 | marks[i].granted;
            run(&rules, marks[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out.data, marks[i].html) == 0,
                  "%s, %s cut at %zu, not live: %s", marks[i].platform,
                  marks[i].html, cut, out.data);

            m.live = 1;
            run(&rules, marks[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out.data, expected) == 0,
                  "%s, %s cut at %zu: %s", marks[i].platform, marks[i].html,
                  cut, out.data);

            /* refused: inert whatever is configured */

            rules.grant.mask = 1;
            run(&rules, marks[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out.data, marks[i].html) == 0,
                  "%s, %s cut at %zu, refused: %s", marks[i].platform,
                  marks[i].html, cut, out.data);
        }

        rules.grant.mask = 1 | marks[i].granted;
        again(&rules, expected);
    }

    shim_destroy_pool(pool);

    return test_done();
}
