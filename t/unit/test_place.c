
/*
 * What stands in for a frame that is held back: the template's language, what
 * is written into it, and which elements get one.
 */

#include "test.h"
#include "ngx_consent_page.h"


#define HELD  " data-consent=\"ads\" hidden inert data-consent-src=//ads.test/"


static char    out[65536];
static size_t  out_len;


/* a template that says all in short: [lang provider categories action] */

static const ngx_str_t  brief = ngx_string(
    "[$lang $provider<!--# if categories --> $categories<!--# else --> none"
    "<!--# endif --><!--# if action --> $action$accept<!--# endif -->]");

#define ADS  "[en A&#38;B Ads &#60;1&#62; /c/choice"                         \
             "<input type=\"hidden\" name=\"accept\" value=\"ads\">"         \
             "<input type=\"hidden\" name=\"accept\" value=\"stats\">]"
#define LINK  "[en A&#38;B Ads &#60;1&#62;]"


static const struct {
    const char  *html;
    const char  *disabled;
    const char  *removed;       /* NULL: as disabled */
} rows[] = {

    { "<p><iframe src=//ads.test/></iframe>a",
      "<p>" ADS "<iframe" HELD "></iframe>a", "<p>" ADS "a" },
    { "<embed src=//ads.test/>", ADS "<embed" HELD ">", ADS },
    { "<object data=//ads.test/>a</object>",
      ADS "<object data-consent=\"ads\" hidden inert data-consent-data="
      "//ads.test/>a</object>", NULL },
    { "<video src=//ads.test/></video>",
      ADS "<video" HELD "></video>", NULL },
    { "<audio src=//ads.test/></audio>",
      ADS "<audio" HELD "></audio>", NULL },
    { "<iframe src=//ads.test/1></iframe><iframe src=//ads.test/2></iframe>",
      ADS "<iframe" HELD "1></iframe>" ADS "<iframe" HELD "2></iframe>",
      ADS ADS },

    /* the language is that of the first html element */

    { "<html lang=DE-at><html lang=fr><embed src=//nobody.test/>",
      "<html lang=DE-at><html lang=fr>[de nobody.test Ads &#60;1&#62; /c/choice"
      "<input type=\"hidden\" name=\"accept\" value=\"ads\">"
      "<input type=\"hidden\" name=\"accept\" value=\"stats\">]"
      "<embed data-consent=\"ads\" hidden inert data-consent-src="
      "//nobody.test/>",
      "<html lang=DE-at><html lang=fr>[de nobody.test Ads &#60;1&#62; /c/choice"
      "<input type=\"hidden\" name=\"accept\" value=\"ads\">"
      "<input type=\"hidden\" name=\"accept\" value=\"stats\">]" },
    { "<html lang=ja><embed src=//ads.test/>",
      "<html lang=ja>" ADS "<embed" HELD ">", "<html lang=ja>" ADS },

    /* a form in a form would end that; a base would send it elsewhere */

    { "<form><embed src=//ads.test/></form><embed src=//ads.test/>",
      "<form>" LINK "<embed" HELD "></form>" ADS "<embed" HELD ">",
      "<form>" LINK "</form>" ADS },
    { "<base href=//else.test/><embed src=//ads.test/>",
      "<base href=//else.test/>" LINK "<embed" HELD ">",
      "<base href=//else.test/>" LINK },
    { "<base href=/a/><embed src=//ads.test/>",
      "<base href=/a/>" ADS "<embed" HELD ">", "<base href=/a/>" ADS },

    /* in noscript, for who has none; not in what may be text */

    { "<noscript><embed src=//ads.test/></noscript>",
      "<noscript>" ADS "<embed" HELD "></noscript>",
      "<noscript>" ADS "</noscript>" },
    { "<select><xmp><embed src=//ads.test/></xmp></select>",
      "<select><xmp><embed data-consent=\"ads\" data-consent-src="
      "//ads.test/></xmp></select>", "<select><xmp></xmp></select>" },

    /* what nobody would see, and what shows something else */

    { "<iframe src=//ads.test/ width=0></iframe>",
      "<iframe data-consent=\"ads\" data-consent-src=//ads.test/ width=0>"
      "</iframe>", "" },
    { "<iframe src=//ads.test/ height='1px'></iframe>",
      "<iframe data-consent=\"ads\" data-consent-src=//ads.test/ height='1px'>"
      "</iframe>", "" },
    { "<iframe src=//ads.test/ width=100% height=10></iframe>",
      ADS "<iframe" HELD " width=100% height=10></iframe>", ADS },
    { "<iframe src=//ads.test/ style='DISPLAY : none'></iframe>",
      "<iframe data-consent=\"ads\" data-consent-src=//ads.test/"
      " style='DISPLAY : none'></iframe>", "" },
    { "<iframe src=//ads.test/ hidden></iframe>",
      "<iframe data-consent=\"ads\" data-consent-src=//ads.test/ hidden>"
      "</iframe>", "" },
    { "<iframe src=//ads.test/ aria-hidden=true></iframe>",
      "<iframe data-consent=\"ads\" data-consent-src=//ads.test/"
      " aria-hidden=true></iframe>", "" },
    { "<iframe src=//ads.test/ srcdoc=a></iframe>",
      "<iframe data-consent=\"ads\" data-consent-src=//ads.test/ srcdoc=a>"
      "</iframe>", "" },
    { "<video poster=//ads.test/></video>",
      "<video data-consent=\"ads\" data-consent-poster=//ads.test/></video>",
      NULL },
    { "<img src=//ads.test/>",
      "<img data-consent=\"ads\" data-consent-src=//ads.test/>", "" },
    { "<frameset><frame src=//ads.test/></frameset>",
      "<frameset><frame data-consent=\"ads\" data-consent-src=//ads.test/>"
      "</frameset>", "<frameset></frameset>" },
    { "<iframe srcdoc='<embed src=//ads.test/>'></iframe>",
      "<iframe srcdoc='<embed&#32;data-consent=&#34;ads&#34;"
      " data-consent-src=//ads.test/>'></iframe>",
      "<iframe srcdoc=''></iframe>" },
    { NULL, NULL, NULL }
};


static const struct {
    const char  *html;
    const char  *wrong;         /* the part that is; NULL: nothing */
} templates[] = {
    { "a", NULL },
    { "$10 $ ${provider}s $$provider", NULL },
    { "<!--# if policy -->a<!--# else -->b<!--# endif -->", NULL },
    { "<!--#if policy--><!--#endif-->", NULL },
    { "a\n$nobody b", "$nobody" },
    { "${provider", "${provider" },
    { "$text_nothing", "$text_nothing" },
    { "<!--# if text_title --><!--# endif -->", "<!--# if text_title -->" },
    { "<!--# if nobody --><!--# endif -->", "<!--# if nobody -->" },
    { "<!--# if policy", "<!--# if policy" },
    { "<!--# include -->", "<!--# include -->" },
    { "a<!--# if policy -->b", "<!--# if policy -->" },
    { "<!--# for category --><!--# endfor -->", "<!--# for category -->" },
    { "a<!--# endif -->", "<!--# endif -->" },
    { "<!--# else -->", "<!--# else -->" },
    { "<!--# if policy --><!--# else --><!--# else --><!--# endif -->",
      "<!--# else -->" },
    { NULL, NULL }
};


static const struct {
    const char  *text;
    const char  *html;
    const char  *markup;
} texts[] = {
    { "a<b>\"c\"&'d'", "a&#60;b&#62;&#34;c&#34;&#38;&#39;d&#39;",
      "a<b>\"c\"&'d'" },
    { "\303\251\342\202\254\360\237\230\200", "&#233;&#8364;&#128512;",
      "&#233;&#8364;&#128512;" },

    /* no UTF-8 (RFC 3629): a tail alone, overlong, a surrogate, too large */

    { "\200", "&#65533;", "&#65533;" },
    { "\300\200", "&#65533;&#65533;", "&#65533;&#65533;" },
    { "\340\200\200", "&#65533;&#65533;&#65533;", "&#65533;&#65533;&#65533;" },
    { "\355\240\200", "&#65533;&#65533;&#65533;", "&#65533;&#65533;&#65533;" },
    { "\364\220\200\200", "&#65533;&#65533;&#65533;&#65533;",
      "&#65533;&#65533;&#65533;&#65533;" },
    { "\303", "&#65533;", "&#65533;" },
    { "\342\202", "&#65533;&#65533;", "&#65533;&#65533;" },
    { "\303a", "&#65533;a", "&#65533;a" },
    { NULL, NULL, NULL }
};


static ngx_int_t
emit(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    (void) data;

    if (kind == NGX_CONSENT_PIECE_DROP || out_len + len >= sizeof(out)) {
        return NGX_OK;
    }

    memcpy(out + out_len, p, len);
    out_len += len;
    out[out_len] = '\0';

    return NGX_OK;
}


static void
note(void *data, ngx_consent_note_e what, const ngx_consent_row_t *row)
{
    (void) data;
    (void) what;
    (void) row;
}


static ngx_consent_table_t *
make_table(ngx_pool_t *pool)
{
    size_t                   i;
    ngx_str_t                ads = ngx_string("ads");
    ngx_str_t                title = ngx_string("Ads <1>");
    ngx_str_t                stats = ngx_string("stats");
    ngx_str_t                need = ngx_string("need");
    ngx_consent_row_t        row;
    ngx_consent_fault_t      fault;
    ngx_consent_table_t     *t;
    ngx_consent_provider_t   p, *provider;

    static const struct {
        ngx_str_t            provider;
        ngx_str_t            policy;
        ngx_str_t            url;
    } list[] = {
        { ngx_string("A&B"), ngx_string("HTTPS://a.test/?a=1&b"),
          ngx_string("ads.test") },
        { ngx_string(""), ngx_string(""), ngx_string("nobody.test") },
        { ngx_string("Bad"), ngx_string("javascript:a"),
          ngx_string("bad.test") }
    };

    t = ngx_consent_table_create(pool, &ads);
    ngx_consent_table_category(t, &ads, &title, 0, &fault);
    ngx_consent_table_category(t, &stats, &stats, 0, &fault);
    ngx_consent_table_category(t, &need, &need, 1, &fault);

    for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {

        memset(&p, 0, sizeof(p));
        p.name = list[i].provider;
        p.policy = list[i].policy;
        p.mask = 1;
        ngx_consent_table_provider(t, &p, &provider, &fault);

        memset(&row, 0, sizeof(row));
        row.kind = NGX_CONSENT_ROW_URL;
        row.pattern = list[i].url;
        row.mask = 1;
        row.provider = provider;
        ngx_consent_table_row(t, &row, &fault);
    }

    CHECK(ngx_consent_table_compile(t, &fault) == NGX_OK, "table");

    return t;
}


static void
run(const ngx_consent_rules_t *rules, const char *html, size_t cut, size_t size)
{
    size_t               at, n, len;
    u_char              *piece;
    ngx_pool_t          *pool;
    ngx_consent_page_t   page;

    out_len = 0;
    out[0] = '\0';

    pool = shim_create_pool();
    ngx_consent_page_init(&page, pool);
    ngx_consent_page_restart(&page, rules);

    len = strlen(html);
    at = 0;

    do {
        n = (at == 0 && cut) ? cut : size;
        n = n < len - at ? n : len - at;

        piece = test_copy(html + at, n);
        at += n;

        CHECK(ngx_consent_page_feed(&page, piece, n, at == len) == NGX_OK,
              "%s: fed", html);

        free(piece);

    } while (at < len);

    shim_destroy_pool(pool);
}


static void
test_pages(ngx_consent_rules_t *rules)
{
    size_t       i, cut;
    const char  *expected;

    for (i = 0; rows[i].html; i++) {

        for (cut = 0; cut <= strlen(rows[i].html); cut++) {

            rules->remove = 0;
            run(rules, rows[i].html, cut, cut ? 4096 : 1);

            CHECK(strcmp(out, rows[i].disabled) == 0, "%s cut at %zu: %s",
                  rows[i].html, cut, out);

            rules->remove = 1;
            run(rules, rows[i].html, cut, cut ? 4096 : 1);

            expected = rows[i].removed ? rows[i].removed : rows[i].disabled;

            CHECK(strcmp(out, expected) == 0, "%s removed, cut at %zu: %s",
                  rows[i].html, cut, out);
        }

        rules->remove = 0;
        run(rules, rows[i].disabled, 0, 4096);

        CHECK(strcmp(out, rows[i].disabled) == 0, "%s, filtered twice: %s",
              rows[i].html, out);
    }
}


/* Their number is bounded; elements past it are held back all the same. */

static void
test_many(const ngx_consent_rules_t *rules)
{
    char    html[16384], *p;
    size_t  i, n;

    static const char  frame[] = "<embed src=//ads.test/>";

    for (i = 0, p = html; i < 100; i++, p += sizeof(frame) - 1) {
        memcpy(p, frame, sizeof(frame));
    }

    run(rules, html, 0, 4096);

    for (n = 0, p = out; (p = strstr(p, "[en")) != NULL; p++) {
        n++;
    }

    CHECK(n == NGX_CONSENT_PAGE_PLACES, "%zu placeholders", n);
    CHECK(strstr(out, "<embed src") == NULL, "one is not held");
}


static void
test_templates(void)
{
    size_t              i, len;
    u_char             *p;
    ngx_str_t           html;
    ngx_str_t           wrong;
    const char         *reason;

    for (i = 0; templates[i].html; i++) {

        len = strlen(templates[i].html);
        p = test_copy(templates[i].html, len);

        html.data = p;
        html.len = len;

        reason = ngx_consent_placeholder_check(&html, &wrong);

        CHECK((reason == NULL) == (templates[i].wrong == NULL), "%s: %s",
              templates[i].html, reason ? reason : "accepted");

        if (reason && templates[i].wrong) {
            CHECK(wrong.len == strlen(templates[i].wrong)
                  && memcmp(wrong.data, templates[i].wrong,
                            wrong.len)
                     == 0,
                  "%s: %.*s", templates[i].html, (int) wrong.len,
                  wrong.data);
        }

        free(p);
    }
}


static void
test_escape(void)
{
    size_t   i, n, len;
    u_char  *p, dst[256];

    for (i = 0; texts[i].text; i++) {

        len = strlen(texts[i].text);
        p = test_copy(texts[i].text, len);

        n = ngx_consent_template_escape(dst, p, len, 0);

        CHECK(n == ngx_consent_template_escape(NULL, p, len, 0)
              && n == strlen(texts[i].html)
              && memcmp(dst, texts[i].html, n) == 0,
              "text %zu: %.*s", i, (int) n, dst);

        n = ngx_consent_template_escape(dst, p, len, 1);

        CHECK(n == strlen(texts[i].markup)
              && memcmp(dst, texts[i].markup, n) == 0,
              "markup %zu: %.*s", i, (int) n, dst);

        free(p);
    }
}


static void
test_languages(void)
{
    size_t                         i, n, len;
    u_char                        *p;
    ngx_str_t                      wrong;
    const ngx_consent_language_t  *lang;

    static const struct {
        const char  *tag;
        const char  *lang;
    } tags[] = {
        { "en", "en" }, { "EN-gb", "en" }, { "pt-BR", "pt" },
        { "fr_CA", "fr" }, { "de-Latn-AT", "de" }, { "es", "es" },
        { "it", "it" }, { "nl-BE", "nl" }, { "pl", "pl" },
        { "ja", NULL }, { "e", NULL }, { "eng", NULL }, { "", NULL }
    };

    for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {

        len = strlen(tags[i].tag);
        p = test_copy(tags[i].tag, len);
        lang = ngx_consent_language(p, len);

        CHECK((lang == NULL) == (tags[i].lang == NULL)
              && (lang == NULL
                  || (lang->lang.len == 2
                      && memcmp(lang->lang.data, tags[i].lang, 2) == 0)),
              "language %s", tags[i].tag);

        free(p);

        for (n = 0; lang && n < NGX_CONSENT_TEXTS; n++) {
            CHECK(lang->text[n].len
                  && ngx_consent_placeholder_check(&lang->text[n], &wrong)
                     == NULL,
                  "text %zu of %s", n, tags[i].tag);
        }
    }
}


/* What is compiled in is what conf/ui shows. */

static void
test_default(void)
{
    char                 buf[8192];
    FILE                *f;
    size_t               n;
    ngx_str_t            wrong;

    f = fopen("conf/ui/placeholder.html", "rb");
    CHECK(f != NULL, "conf/ui/placeholder.html");

    if (f == NULL) {
        return;
    }

    n = fread(buf, 1, sizeof(buf), f);
    fclose(f);

    CHECK(n == ngx_consent_placeholder_default.len
          && memcmp(buf, ngx_consent_placeholder_default.data, n) == 0,
          "conf/ui/placeholder.html is not what is compiled in");

    CHECK(ngx_consent_placeholder_check(&ngx_consent_placeholder_default,
                                        &wrong)
          == NULL, "the default template");
}


static void
test_whole(ngx_consent_rules_t *rules, ngx_consent_stand_in_t *place)
{
    static const char  start[] =
        "<html lang=fr><fieldset class=\"consent-placeholder\" lang=\"fr\""
        " dir=\"auto\">\n"
        "<legend>Contenu externe&nbsp;: A&#38;B</legend>\n"
        "<p>Ce contenu est fourni par A&#38;B. Il s&rsquo;affiche si vous"
        " acceptez&nbsp;: Ads &#60;1&#62;.</p>\n"
        "<form method=\"post\" action=\"/c/choice\">\n"
        "<input type=\"hidden\" name=\"accept\" value=\"ads\">"
        "<input type=\"hidden\" name=\"accept\" value=\"stats\">\n"
        "<input type=\"hidden\" name=\"return\" value=\"/a?b=&#34;&#38;\">\n"
        "<p><button>Accepter et afficher</button></p>\n"
        "</form>\n"
        "<p><a href=\"/c/policy?lang=fr#choice\">Param&egrave;tres de"
        " confidentialit&eacute;</a></p>\n"
        "<p><a href=\"HTTPS://a.test/?a=1&#38;b\" rel=\"noreferrer\">"
        "Politique de confidentialit&eacute;&nbsp;: A&#38;B</a></p>\n"
        "</fieldset>\n"
        "<embed";

    place->html = ngx_consent_placeholder_default;
    rules->remove = 0;

    run(rules, "<html lang=fr><embed src=//ads.test/>", 0, 4096);
    CHECK(strncmp(out, start, sizeof(start) - 1) == 0, "whole: %s", out);

    /* a policy that is no page; a choice that changes nothing; no way back */

    place->offers = 2;
    place->back.len = 0;

    run(rules, "<embed src=//bad.test/>", 0, 4096);
    CHECK(strstr(out, "javascript") == NULL && strstr(out, "<form") == NULL
          && strstr(out, "Content from Bad<") != NULL, "bad: %s", out);

    /* what no row names is held back whatever is accepted */

    rules->unknown = NGX_CONSENT_UNKNOWN_HOLD;
    run(rules, "<embed src=//who.test/>", 0, 4096);
    CHECK(strstr(out, "does not show content from who.test.") != NULL,
          "unknown: %s", out);
}


int
main(void)
{
    ngx_pool_t              *pool;
    ngx_consent_rules_t      rules;
    ngx_consent_stand_in_t   place;

    pool = shim_create_pool();

    memset(&place, 0, sizeof(place));
    place.html = brief;
    place.lang = ngx_consent_language((u_char *) "en", 2);
    place.action.data = (u_char *) "/c/choice";
    place.action.len = 9;
    place.settings.data = (u_char *) "/c/policy?lang=";
    place.settings.len = 15;
    place.settings_end.data = (u_char *) "#choice";
    place.settings_end.len = 7;
    place.back.data = (u_char *) "/a?b=\"&";
    place.back.len = 7;
    place.offers = 7;

    memset(&rules, 0, sizeof(rules));
    rules.table = make_table(pool);
    rules.grant.mask = 6;
    rules.tag_buffer = 256;
    rules.inline_buffer = 256;
    rules.self.scheme = NGX_CONSENT_URL_HTTP;
    rules.self.host.data = (u_char *) "own.test";
    rules.self.host.len = 8;
    rules.self.path.data = (u_char *) "/";
    rules.self.path.len = 1;
    rules.emit = emit;
    rules.note = note;
    rules.place = &place;

    test_pages(&rules);
    test_many(&rules);
    test_templates();
    test_escape();
    test_languages();
    test_default();
    test_whole(&rules, &place);

    shim_destroy_pool(pool);

    return test_done();
}
