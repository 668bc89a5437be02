
/*
 * The conventions, as the platforms' documentation and sources have them.
 */

#include "ngx_consent_markup.h"


#define NGX_CONSENT_MARKUP_FRAMES                                            \
    NGX_CONSENT_MARKUP_IFRAME|NGX_CONSENT_MARKUP_IMG

static const ngx_consent_markup_form_t  ngx_consent_markup_vanilla[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT,
      .attr = ngx_string("src"),
      .before = ngx_string("data-") },
    { .elements = NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src") },
    { .elements = 0 }
};

/*
 * Klaro gives an element the type that data-type says, or none; a link that
 * has its type already is left alone.
 */

static const ngx_consent_markup_form_t  ngx_consent_markup_klaro[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT,
      .attr = ngx_string("src"),
      .before = ngx_string("data-"),
      .type = ngx_string("text/javascript") },
    { .elements = NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src"),
      .type = ngx_string("text/javascript") },
    { .elements = NGX_CONSENT_MARKUP_FRAMES,
      .attr = ngx_string("src"),
      .before = ngx_string("data-") },
    { .elements = NGX_CONSENT_MARKUP_STYLE,
      .attr = ngx_string("href"),
      .before = ngx_string("data-"),
      .type = ngx_string("text/css") },
    { .elements = 0 }
};

static const ngx_consent_markup_form_t  ngx_consent_markup_cookiebot[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT|NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src") },
    { .elements = NGX_CONSENT_MARKUP_FRAMES|NGX_CONSENT_MARKUP_MEDIA,
      .attr = ngx_string("src"),
      .before = ngx_string("data-cookieblock-") },
    { .elements = NGX_CONSENT_MARKUP_FRAMES,
      .attr = ngx_string("src"),
      .before = ngx_string("data-") },
    { .elements = 0 }
};

/* OneTrust, Usercentrics */

static const ngx_consent_markup_form_t  ngx_consent_markup_frames[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT|NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src") },
    { .elements = NGX_CONSENT_MARKUP_FRAMES,
      .attr = ngx_string("src"),
      .before = ngx_string("data-") },
    { .elements = 0 }
};

/* Didomi, CookieYes */

static const ngx_consent_markup_form_t  ngx_consent_markup_scripts[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT|NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src") },
    { .elements = 0 }
};

static const ngx_consent_markup_form_t  ngx_consent_markup_iubenda[] = {
    { .elements = NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src"),
      .word = ngx_string("_iub_cs_activate-inline") },
    { .elements = NGX_CONSENT_MARKUP_SCRIPT|NGX_CONSENT_MARKUP_FRAMES,
      .attr = ngx_string("src"),
      .before = ngx_string("data-suppressed"),
      .word = ngx_string("_iub_cs_activate") },
    { .elements = NGX_CONSENT_MARKUP_SCRIPT|NGX_CONSENT_MARKUP_FRAMES,
      .attr = ngx_string("src"),
      .before = ngx_string("suppressed"),
      .word = ngx_string("_iub_cs_activate") },
    { .elements = 0 }
};

static const ngx_consent_markup_form_t  ngx_consent_markup_complianz[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT,
      .attr = ngx_string("src"),
      .before = ngx_string("data-cmplz-"),
      .adds = { { ngx_string("data-service"), ngx_string("general") } } },
    { .elements = NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src"),
      .adds = { { ngx_string("data-service"), ngx_string("general") } } },
    { .elements = NGX_CONSENT_MARKUP_IFRAME,
      .attr = ngx_string("src"),
      .before = ngx_string("data-"),
      .after = ngx_string("-cmplz"),
      .adds = { { ngx_string("src"), ngx_string("about:blank") },
                { ngx_string("data-cmplz-target"), ngx_string("src") } } },
    { .elements = NGX_CONSENT_MARKUP_IMG,
      .attr = ngx_string("src"),
      .before = ngx_string("data-"),
      .after = ngx_string("-cmplz") },
    { .elements = NGX_CONSENT_MARKUP_STYLE,
      .attr = ngx_string("href"),
      .before = ngx_string("data-") },
    { .elements = 0 }
};

static const ngx_consent_markup_form_t  ngx_consent_markup_borlabs[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT,
      .attr = ngx_string("src"),
      .before = ngx_string("data-borlabs-cookie-script-blocker-") },
    { .elements = NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src") },
    { .elements = 0 }
};

static const ngx_consent_markup_form_t  ngx_consent_markup_consentmanager[] = {
    { .elements = NGX_CONSENT_MARKUP_SCRIPT,
      .attr = ngx_string("src"),
      .before = ngx_string("data-cmp-"),
      .word = ngx_string("cmplazyload") },
    { .elements = NGX_CONSENT_MARKUP_INLINE,
      .attr = ngx_string("src"),
      .word = ngx_string("cmplazyload") },
    { .elements = NGX_CONSENT_MARKUP_IFRAME,
      .attr = ngx_string("src"),
      .before = ngx_string("data-cmp-"),
      .word = ngx_string("cmplazyload"),
      .adds = { { ngx_string("src"), ngx_string("about:blank") } } },
    { .elements = 0 }
};


static const ngx_consent_platform_t  ngx_consent_markup_table[] = {

    { .name = ngx_string("vanilla"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-category"),
      .older = ngx_string("data-cookiecategory"),
      .keeps_type = 1,
      .keys = { ngx_string("necessary essential"),
                ngx_string("analytics statistics performance"),
                ngx_string("marketing ads advertisement advertising targeting"),
                ngx_string("social sharing") },
      .forms = ngx_consent_markup_vanilla },

    { .name = ngx_string("vanilla-cookieconsent-v2"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-cookiecategory"),
      .keeps_type = 1,
      .keys = { ngx_string("necessary essential"),
                ngx_string("analytics statistics performance"),
                ngx_string("marketing ads advertisement advertising targeting"),
                ngx_string("social sharing") },
      .forms = ngx_consent_markup_vanilla },

    { .name = ngx_string("klaro"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-name"),
      .by_provider = 1,
      .keeps_type = 1,
      .forms = ngx_consent_markup_klaro },

    { .name = ngx_string("cookiebot"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-cookieconsent"),
      .separator = ',',
      .exempt = ngx_string("data-cookieconsent"),
      .exempt_word = ngx_string("ignore"),
      .keys = { ngx_string("necessary"), ngx_string("statistics"),
                ngx_string("marketing"), ngx_null_string },
      .forms = ngx_consent_markup_cookiebot },

    { .name = ngx_string("onetrust"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("class"),
      .prefix = ngx_string("optanon-category-"),
      .separator = '-',
      .by_class = 1,
      .exempt = ngx_string("data-ot-ignore"),
      .keys = { ngx_string("C0001 1"), ngx_string("C0002 2"),
                ngx_string("C0004 4"), ngx_string("C0005") },
      .forms = ngx_consent_markup_frames },

    { .name = ngx_string("usercentrics"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-usercentrics"),
      .by_provider = 1,
      .forms = ngx_consent_markup_frames },

    { .name = ngx_string("didomi"),
      .type = ngx_string("didomi/javascript"),
      .key = ngx_string("data-vendor"),
      .by_provider = 1,
      .forms = ngx_consent_markup_scripts },

    { .name = ngx_string("iubenda"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-iub-purposes"),
      .separator = ',',
      .exempt = ngx_string("class"),
      .exempt_word = ngx_string("_iub_cs_skip"),
      .keys = { ngx_string("1"), ngx_string("4"), ngx_string("5"),
                ngx_null_string },
      .forms = ngx_consent_markup_iubenda },

    { .name = ngx_string("complianz"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-category"),
      .exempt = ngx_string("data-category"),
      .exempt_word = ngx_string("functional"),
      .keys = { ngx_null_string, ngx_string("statistics"),
                ngx_string("marketing"), ngx_null_string },
      .forms = ngx_consent_markup_complianz },

    { .name = ngx_string("cookieyes"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-cookieyes"),
      .prefix = ngx_string("cookieyes-"),
      .exempt = ngx_string("data-cookieyes"),
      .exempt_word = ngx_string("ignore"),
      .keys = { ngx_string("necessary"), ngx_string("analytics"),
                ngx_string("advertisement"), ngx_string("social-media") },
      .forms = ngx_consent_markup_scripts },

    { .name = ngx_string("borlabs"),
      .type = ngx_string("text/template"),
      .key = ngx_string("data-borlabs-cookie-script-blocker-id"),
      .by_provider = 1,
      .exempt = ngx_string("data-borlabs-cookie-script-blocker-ignore"),
      .forms = ngx_consent_markup_borlabs },

    { .name = ngx_string("consentmanager"),
      .type = ngx_string("text/plain"),
      .key = ngx_string("data-cmp-vendor"),
      .by_provider = 1,
      .forms = ngx_consent_markup_consentmanager },

    { .name = ngx_null_string }
};


const ngx_consent_platform_t *
ngx_consent_markup_platforms(void)
{
    return ngx_consent_markup_table;
}
