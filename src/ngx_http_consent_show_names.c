
/*
 * What templates of consent_ui may name: values, conditions and loops; and what
 * of them is neither a category's nor a row's.
 */

#include "ngx_http_consent_show.h"


/*
 * Texts that values are made of: in the order of ngx_http_consent_unit_e, then
 * of ngx_http_consent_show_text_e.
 */

ngx_str_t  ngx_http_consent_show_texts[] = {
    ngx_string("expiry_years"),
    ngx_string("expiry_months"),
    ngx_string("expiry_days"),
    ngx_string("expiry_hours"),
    ngx_string("expiry_minutes"),
    ngx_string("expiry_seconds"),
    ngx_string("expiry_session"),
    ngx_string("type_cookie"),
    ngx_string("type_storage"),
    ngx_string("type_script"),
    ngx_string("type_header"),
    ngx_string("language"),
    ngx_null_string
};


static void
ngx_http_consent_put_lang(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->lang->tag);
}


static void
ngx_http_consent_put_version(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->version);
}


static void
ngx_http_consent_put_date(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->date);
}


static void
ngx_http_consent_put_action(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->action);
}


static void
ngx_http_consent_put_back(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->back);
}


static void
ngx_http_consent_put_settings(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->settings);
}


/* In these two elements nothing is escaped. */

static void
ngx_http_consent_put_style(ngx_http_consent_show_t *show)
{
    ngx_consent_render_markup(&show->render, show->style.data,
                              show->style.len);
}


static void
ngx_http_consent_put_script(ngx_http_consent_show_t *show)
{
    ngx_consent_render_markup(&show->render, show->script.data,
                              show->script.len);
}


static void
ngx_http_consent_put_style_nonce(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->style_nonce);
}


static void
ngx_http_consent_put_script_nonce(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->script_nonce);
}


static void
ngx_http_consent_put_style_url(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->style_url);
}


static void
ngx_http_consent_put_policy(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->policy);
}


static void
ngx_http_consent_put_policy_json(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->json);
}


static void
ngx_http_consent_put_policy_csv(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->csv);
}


static void
ngx_http_consent_put_count(ngx_http_consent_show_t *show)
{
    u_char  buf[NGX_INT_T_LEN];

    ngx_consent_render_text(&show->render, buf,
                            ngx_sprintf(buf, "%ui", show->count) - buf);
}


static void
ngx_http_consent_put_language(ngx_http_consent_show_t *show)
{
    ngx_http_consent_show_put(show, &show->language->tag);
}


static void
ngx_http_consent_put_language_name(ngx_http_consent_show_t *show)
{
    (void) ngx_http_consent_show_named(show, show->language, "",
                  &ngx_http_consent_show_texts[NGX_HTTP_CONSENT_SHOW_LANGUAGE],
                  "");
}


static ngx_uint_t
ngx_http_consent_if_asks(ngx_http_consent_show_t *show)
{
    return show->asks;
}


static ngx_uint_t
ngx_http_consent_if_link(ngx_http_consent_show_t *show)
{
    return show->conf->banner && show->conf->banner->link;
}


static ngx_uint_t
ngx_http_consent_if_visitor(ngx_http_consent_show_t *show)
{
    return show->ctx != NULL;
}


ngx_uint_t
ngx_http_consent_if_decided(ngx_http_consent_show_t *show)
{
    return show->ctx && show->ctx->grant.state == NGX_CONSENT_DECIDED;
}


static ngx_uint_t
ngx_http_consent_if_unset(ngx_http_consent_show_t *show)
{
    return show->ctx && show->ctx->grant.state == NGX_CONSENT_UNSET;
}


static ngx_uint_t
ngx_http_consent_if_implied(ngx_http_consent_show_t *show)
{
    return show->ctx && show->ctx->grant.state == NGX_CONSENT_IMPLIED;
}


static ngx_uint_t
ngx_http_consent_if_invalid(ngx_http_consent_show_t *show)
{
    return show->ctx && show->ctx->grant.state == NGX_CONSENT_INVALID;
}


static ngx_uint_t
ngx_http_consent_if_gpc(ngx_http_consent_show_t *show)
{
    return show->ctx && show->ctx->gpc && show->binding->gpc;
}


static ngx_uint_t
ngx_http_consent_if_one(ngx_http_consent_show_t *show)
{
    return show->count == 1;
}


/* as Polish and its kin count: 2, 3, 4, 22, but not 12 */

static ngx_uint_t
ngx_http_consent_if_few(ngx_http_consent_show_t *show)
{
    ngx_uint_t  n;

    n = show->count % 100;

    return n % 10 >= 2 && n % 10 <= 4 && (n < 12 || n > 14);
}


static ngx_uint_t
ngx_http_consent_if_language_shown(ngx_http_consent_show_t *show)
{
    return show->language == show->lang;
}


ngx_http_consent_show_loop_t  ngx_http_consent_show_loops[] = {
    { ngx_string("category"), 0, ngx_http_consent_next_category },
    { ngx_string("provider"), CATEGORY, ngx_http_consent_next_provider },
    { ngx_string("row"), CATEGORY, ngx_http_consent_next_row },
    { ngx_string("language"), 0, ngx_http_consent_next_language },
    { ngx_null_string, 0, NULL }
};


ngx_http_consent_show_name_t  ngx_http_consent_show_names[] = {

    { ngx_string("lang"), 0, ngx_http_consent_put_lang, NULL },
    { ngx_string("version"), 0, ngx_http_consent_put_version, NULL },
    { ngx_string("date"), 0, ngx_http_consent_put_date, NULL },
    { ngx_string("action"), 0, ngx_http_consent_put_action, NULL },
    { ngx_string("return"), 0, ngx_http_consent_put_back, NULL },
    { ngx_string("policy"), 0, ngx_http_consent_put_policy, NULL },
    { ngx_string("policy_json"), 0, ngx_http_consent_put_policy_json, NULL },
    { ngx_string("policy_csv"), 0, ngx_http_consent_put_policy_csv, NULL },

    /* of the banner and the settings */

    { ngx_string("asks"), 0, NULL, ngx_http_consent_if_asks },
    { ngx_string("link"), 0, NULL, ngx_http_consent_if_link },
    { ngx_string("settings"), 0, ngx_http_consent_put_settings, NULL },
    { ngx_string("style"), 0, ngx_http_consent_put_style, NULL },
    { ngx_string("style_nonce"), 0, ngx_http_consent_put_style_nonce, NULL },
    { ngx_string("style_url"), 0, ngx_http_consent_put_style_url, NULL },
    { ngx_string("script"), 0, ngx_http_consent_put_script, NULL },
    { ngx_string("script_nonce"), 0, ngx_http_consent_put_script_nonce, NULL },

    /* of the visitor */

    { ngx_string("accepted"), 0, ngx_http_consent_put_accepted, NULL },
    { ngx_string("visitor"), 0, NULL, ngx_http_consent_if_visitor },
    { ngx_string("decided"), 0, NULL, ngx_http_consent_if_decided },
    { ngx_string("unset"), 0, NULL, ngx_http_consent_if_unset },
    { ngx_string("implied"), 0, NULL, ngx_http_consent_if_implied },
    { ngx_string("invalid"), 0, NULL, ngx_http_consent_if_invalid },
    { ngx_string("gpc"), 0, NULL, ngx_http_consent_if_gpc },

    /* of a text that counts something */

    { ngx_string("count"), 0, ngx_http_consent_put_count, NULL },
    { ngx_string("one"), 0, NULL, ngx_http_consent_if_one },
    { ngx_string("few"), 0, NULL, ngx_http_consent_if_few },

    { ngx_string("category"), CATEGORY, ngx_http_consent_put_category, NULL },
    { ngx_string("category_title"), CATEGORY, ngx_http_consent_put_title,
      NULL },
    { ngx_string("category_lang"), CATEGORY,
      ngx_http_consent_put_category_lang, NULL },
    { ngx_string("category_purpose"), CATEGORY, ngx_http_consent_put_purpose,
      NULL },
    { ngx_string("category_basis"), CATEGORY, ngx_http_consent_put_basis,
      NULL },
    { ngx_string("category_refused"), CATEGORY, ngx_http_consent_put_refused,
      NULL },
    { ngx_string("required"), CATEGORY, NULL, ngx_http_consent_if_required },
    { ngx_string("granted"), CATEGORY, NULL, ngx_http_consent_if_granted },
    { ngx_string("checked"), CATEGORY, NULL, ngx_http_consent_if_checked },
    { ngx_string("rows"), CATEGORY, NULL, ngx_http_consent_if_rows },
    { ngx_string("exempt"), CATEGORY, NULL, ngx_http_consent_if_exempt },

    { ngx_string("provider"), PROVIDER|ROW, ngx_http_consent_put_provider,
      NULL },
    { ngx_string("provider_policy"), PROVIDER|ROW,
      ngx_http_consent_put_provider_policy, NULL },

    { ngx_string("provider_key"), PROVIDER, ngx_http_consent_put_provider_key,
      NULL },
    { ngx_string("provider_checked"), PROVIDER, NULL,
      ngx_http_consent_if_provider_checked },

    { ngx_string("row_name"), ROW, ngx_http_consent_put_row_name, NULL },
    { ngx_string("row_lang"), ROW, ngx_http_consent_put_row_lang, NULL },
    { ngx_string("row_expiry_lang"), ROW, ngx_http_consent_put_expiry_lang,
      NULL },
    { ngx_string("row_type_lang"), ROW, ngx_http_consent_put_type_lang, NULL },
    { ngx_string("row_purpose"), ROW, ngx_http_consent_put_row_purpose, NULL },
    { ngx_string("row_expiry"), ROW, ngx_http_consent_put_row_expiry, NULL },
    { ngx_string("row_type"), ROW, ngx_http_consent_put_row_type, NULL },
    { ngx_string("row_note"), ROW, ngx_http_consent_put_row_note, NULL },
    { ngx_string("row_exempt"), ROW, NULL, ngx_http_consent_if_row_exempt },

    { ngx_string("language"), LANGUAGE, ngx_http_consent_put_language, NULL },
    { ngx_string("language_name"), LANGUAGE,
      ngx_http_consent_put_language_name, NULL },
    { ngx_string("language_shown"), LANGUAGE, NULL,
      ngx_http_consent_if_language_shown },

    { ngx_null_string, 0, NULL, NULL }
};
