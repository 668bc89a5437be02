
#include "ngx_consent_placeholder.h"


typedef struct {
    ngx_str_t            name;
    ngx_consent_part_e   what;
    ngx_uint_t           of;
} ngx_consent_place_name_t;


static const char *ngx_consent_placeholder_find(void *data,
    const ngx_str_t *name, ngx_uint_t open, ngx_consent_template_part_t *part);
static const ngx_consent_place_name_t *ngx_consent_placeholder_name(
    const ngx_str_t *name);


static const ngx_consent_place_name_t  ngx_consent_place_names[] = {
    { ngx_string("provider"), NGX_CONSENT_PART_VALUE,
      NGX_CONSENT_PLACE_PROVIDER },
    { ngx_string("policy"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_POLICY },
    { ngx_string("categories"), NGX_CONSENT_PART_VALUE,
      NGX_CONSENT_PLACE_CATEGORIES },
    { ngx_string("categories_lang"), NGX_CONSENT_PART_VALUE,
      NGX_CONSENT_PLACE_CATEGORIES_LANG },
    { ngx_string("action"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_ACTION },
    { ngx_string("accept"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_ACCEPT },
    { ngx_string("return"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_RETURN },
    { ngx_string("settings"), NGX_CONSENT_PART_VALUE,
      NGX_CONSENT_PLACE_SETTINGS },
    { ngx_string("lang"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_LANG },
    { ngx_string("text_title"), NGX_CONSENT_PART_TEXT, NGX_CONSENT_TEXT_TITLE },
    { ngx_string("text_blocked"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_BLOCKED },
    { ngx_string("text_held"), NGX_CONSENT_PART_TEXT, NGX_CONSENT_TEXT_HELD },
    { ngx_string("text_accept"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_ACCEPT },
    { ngx_string("text_policy"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_POLICY },
    { ngx_string("text_settings"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_SETTINGS },
    { ngx_null_string, 0, 0 }
};

static const char  ngx_consent_placeholder_unknown[] =
    "unknown variable or command";


ngx_int_t
ngx_consent_placeholder_next(const u_char **pos, const u_char *last,
    ngx_consent_part_t *part)
{
    ngx_int_t                        rc;
    ngx_str_t                        name;
    ngx_consent_template_part_t      p;
    const ngx_consent_place_name_t  *n;

    rc = ngx_consent_template_next(pos, last, &p, &name);

    if (rc != NGX_OK) {
        return rc;
    }

    part->of = 0;

    switch (p.what) {

    case NGX_CONSENT_TEMPLATE_LITERAL:
        part->what = NGX_CONSENT_PART_LITERAL;
        part->source = p.source;
        break;

    case NGX_CONSENT_TEMPLATE_ELSE:
        part->what = NGX_CONSENT_PART_ELSE;
        break;

    case NGX_CONSENT_TEMPLATE_ENDIF:
        part->what = NGX_CONSENT_PART_ENDIF;
        break;

    default: /* NGX_CONSENT_TEMPLATE_VALUE, _IF */

        n = ngx_consent_placeholder_name(&name);

        if (n == NULL) {
            return NGX_DECLINED;
        }

        part->what = (p.what == NGX_CONSENT_TEMPLATE_IF) ? NGX_CONSENT_PART_IF
                                                         : n->what;
        part->of = n->of;
    }

    return NGX_OK;
}


const char *
ngx_consent_placeholder_check(const ngx_str_t *html, ngx_str_t *wrong)
{
    ngx_consent_template_t         t;
    ngx_consent_template_fault_t   fault;

    static const ngx_consent_template_names_t  names = {
        ngx_consent_placeholder_find, NULL
    };

    t.parts = NULL;

    if (ngx_consent_template_compile(&t, html, &names, &fault) == NGX_OK) {
        return NULL;
    }

    *wrong = fault.source;

    return fault.reason;
}


static const char *
ngx_consent_placeholder_find(void *data, const ngx_str_t *name,
    ngx_uint_t open, ngx_consent_template_part_t *part)
{
    const ngx_consent_place_name_t  *n;

    n = ngx_consent_placeholder_name(name);

    if (n == NULL || part->what == NGX_CONSENT_TEMPLATE_FOR
        || (part->what == NGX_CONSENT_TEMPLATE_IF
            && n->what == NGX_CONSENT_PART_TEXT))
    {
        return ngx_consent_placeholder_unknown;
    }

    return NULL;
}


static const ngx_consent_place_name_t *
ngx_consent_placeholder_name(const ngx_str_t *name)
{
    const ngx_consent_place_name_t  *n;

    for (n = ngx_consent_place_names; n->name.len; n++) {

        if (n->name.len == name->len
            && memcmp(n->name.data, name->data, name->len) == 0)
        {
            return n;
        }
    }

    return NULL;
}
