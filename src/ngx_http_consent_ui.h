
/*
 * What a visitor reads: templates and texts of consent_ui, and what is written
 * into them.
 */

#ifndef _NGX_HTTP_CONSENT_UI_H_INCLUDED_
#define _NGX_HTTP_CONSENT_UI_H_INCLUDED_


#include "ngx_http_consent_pages.h"
#include "ngx_consent_template.h"


/* files in texts/, texts of one, and $field_... of one directory: one more */
/* is an error when they are read */
#define NGX_HTTP_CONSENT_MAX_LANGUAGES  64
#define NGX_HTTP_CONSENT_MAX_TEXTS      512
#define NGX_HTTP_CONSENT_MAX_FIELDS     64

/* bytes of a language's tag, or of a text's or field's name */
#define NGX_HTTP_CONSENT_MAX_TAG        35
#define NGX_HTTP_CONSENT_MAX_NAME       63


/* one text of one language, as its file has it */

typedef struct {
    ngx_str_t                 name;
    ngx_str_t                 source;   /* data == NULL: not seen */
    ngx_consent_place_t       place;
    ngx_consent_template_t    template;
} ngx_http_consent_text_t;


struct ngx_http_consent_language_s {
    ngx_str_t                 tag;      /* in lower case */
    ngx_str_t                 file;
    ngx_http_consent_text_t  *texts;    /* as many as the first language has, */
};                                      /* and in its order */


/* where a template needs a field */

typedef struct {
    ngx_uint_t                field;    /* its number in ui->fields */
    ngx_consent_place_t       place;
} ngx_http_consent_use_t;


typedef struct {
    ngx_str_t                 name;     /* "policy.html" */
    ngx_str_t                 file;
    ngx_str_t                 source;
    ngx_consent_template_t    template;
    ngx_array_t               uses;     /* ngx_http_consent_use_t */
} ngx_http_consent_template_t;


struct ngx_http_consent_ui_s {
    ngx_str_t                 path;     /* with a slash at its end */
    ngx_array_t               languages;    /* _language_t, the first one */
                                            /* says which texts there are */
    ngx_uint_t                ntexts;
    ngx_array_t               fields;   /* ngx_str_t */
    ngx_array_t               templates;    /* _template_t * */

    /* NULL: no consent_banner has needed them */
    ngx_http_consent_template_t  *banner;
    ngx_http_consent_template_t  *settings;
    ngx_str_t                 style;    /* ASCII, as all of these are */
    ngx_str_t                 script;
    u_char                   *style_name;   /* "banner-HEX.css" */
    uint64_t                  digest;   /* of what a banner is made of */
};


/* loops: <!--# for category --> and so on */

#define NGX_HTTP_CONSENT_FOR_CATEGORY  0
#define NGX_HTTP_CONSENT_FOR_PROVIDER  1    /* that has rows in the category */
#define NGX_HTTP_CONSENT_FOR_ROW       2    /* of the provider or category */
#define NGX_HTTP_CONSENT_FOR_LANGUAGE  3


/*
 * What is written where.  Whoever shows something fills the first half; what is
 * not known is empty or NULL, and so are the values that come of it.
 */

typedef struct {
    ngx_consent_render_t      render;   /* first */
    ngx_http_consent_out_t   *out;

    const ngx_http_consent_ui_t  *ui;
    const ngx_http_consent_language_t  *lang;
    ngx_http_consent_loc_conf_t  *conf;
    ngx_http_consent_binding_t  *binding;
    ngx_http_consent_ctx_t   *ctx;      /* NULL: it is for no visitor */

    ngx_str_t                 action;   /* where a choice is posted to */
    ngx_str_t                 back;     /* ... and leads to */
    ngx_str_t                 policy;
    ngx_str_t                 json;
    ngx_str_t                 csv;
    ngx_str_t                 version;
    ngx_str_t                 date;
    ngx_str_t                 settings;
    ngx_str_t                 style;    /* that may stand in the page */
    ngx_str_t                 style_nonce;
    ngx_str_t                 style_url;
    ngx_str_t                 script;
    ngx_str_t                 script_nonce;
    unsigned                  asks:1;   /* it is the banner, not its link */

    /* the present elements of the loops; NULL: of none */
    const ngx_consent_category_t  *category;
    ngx_consent_mask_t        bit;      /* the category's */
    const ngx_consent_provider_t  *provider;
    ngx_uint_t                provider_at;
    ngx_consent_mask_t       *provider_masks;   /* of their rows, by index */
    const ngx_consent_row_t  *row;
    ngx_uint_t                row_at;
    const ngx_http_consent_language_t  *language;

    ngx_uint_t                count;    /* $count, in texts that count */
    ngx_uint_t                written;  /* bytes that a condition has seen */
    unsigned                  named:1;  /* in a text that is a value */
} ngx_http_consent_show_t;


/* ngx_http_consent_ui.c: the directives, and the directory */

char *ngx_http_consent_ui(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
char *ngx_http_consent_field(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);

/*
 * The language that a tag such as "pt-BR" asks for, as RFC 4647 (3.4) looks
 * one up; NULL: there is none.
 */
const ngx_http_consent_language_t *ngx_http_consent_ui_language(
    const ngx_http_consent_ui_t *ui, const u_char *tag, size_t len);

/* by Accept-Language; conf->lang if none of ours is accepted */
const ngx_http_consent_language_t *ngx_http_consent_ui_accepted(
    ngx_http_request_t *r, ngx_http_consent_loc_conf_t *conf);

/* NGX_HTTP_CONSENT_MAX_TEXTS: it has no such text */
ngx_uint_t ngx_http_consent_ui_text(const ngx_http_consent_ui_t *ui,
    const ngx_str_t *name);

/* ngx_http_consent_ui_texts.c: the files of texts/ */

/* a language's, in small letters */
ngx_uint_t ngx_http_consent_ui_is_tag(const ngx_str_t *tag);

char *ngx_http_consent_ui_languages(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui);
ngx_uint_t ngx_http_consent_ui_is_name(const ngx_str_t *name);

/* ngx_http_consent_ui_template.c */

/* A whole file of at most max bytes; NGX_OK, or NGX_ERROR and it is logged. */
ngx_int_t ngx_http_consent_read_file(ngx_conf_t *cf, ngx_str_t *name,
    size_t max, ngx_str_t *content);

/* one of the directory's, read once; NULL: it is logged what is wrong */
ngx_http_consent_template_t *ngx_http_consent_ui_template(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui, char *name);

/* its policy.html, which every directory has */
ngx_http_consent_template_t *ngx_http_consent_ui_policy(
    const ngx_http_consent_ui_t *ui);

char *ngx_http_consent_ui_compile_text(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui, ngx_http_consent_text_t *text);

/* a part that is of this or more is of a field: this + its number there */
#define NGX_HTTP_CONSENT_OF_FIELD  0x10000

/* that conf fills every field of it */
char *ngx_http_consent_ui_check_fields(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *conf, ngx_http_consent_template_t *template);

/* the operator's word for it; NULL: none */
const ngx_str_t *ngx_http_consent_ui_field(
    const ngx_http_consent_loc_conf_t *conf, ngx_uint_t n);

/* ngx_http_consent_show.c: values, conditions and loops */

/* texts that values are made of; ends with an empty one */
extern ngx_str_t  ngx_http_consent_show_texts[];

/* NULL, or why that is no name of a value, condition or loop there */
const char *ngx_http_consent_show_find(const ngx_str_t *name, ngx_uint_t open,
    ngx_consent_template_part_t *part);

/* the same of one that is found already, which is or is not said in loops */
const char *ngx_http_consent_show_stands(
    const ngx_consent_template_part_t *part, ngx_uint_t open);

/* out is where it is written to; a caller may set show->render.write itself */
void ngx_http_consent_show_init(ngx_http_consent_show_t *show,
    ngx_http_consent_out_t *out);
void ngx_http_consent_show(ngx_http_consent_show_t *show,
    const ngx_http_consent_template_t *template);

/* ngx_http_consent_show_loops.c: as ngx_consent_render_t's next */

ngx_uint_t ngx_http_consent_next_category(ngx_http_consent_show_t *show,
    ngx_uint_t first);
ngx_uint_t ngx_http_consent_next_provider(ngx_http_consent_show_t *show,
    ngx_uint_t first);
ngx_uint_t ngx_http_consent_next_row(ngx_http_consent_show_t *show,
    ngx_uint_t first);
ngx_uint_t ngx_http_consent_next_language(ngx_http_consent_show_t *show,
    ngx_uint_t first);

/* 1 if a row is published: cookies and storage, and what has a name= */
ngx_uint_t ngx_http_consent_printed(const ngx_consent_row_t *row);

/* 1 if that is a page to read: http or https, no other scheme */
ngx_uint_t ngx_http_consent_is_link(const ngx_str_t *url);

/*
 * ngx_http_consent_lifetime.c: how long a row lives, in the greatest unit that
 * counts it; 0: not said
 */

typedef enum {
    NGX_HTTP_CONSENT_YEARS = 0,
    NGX_HTTP_CONSENT_MONTHS,
    NGX_HTTP_CONSENT_DAYS,
    NGX_HTTP_CONSENT_HOURS,
    NGX_HTTP_CONSENT_MINUTES,
    NGX_HTTP_CONSENT_SECONDS
} ngx_http_consent_unit_e;

ngx_uint_t ngx_http_consent_lifetime_in(time_t expires,
    ngx_http_consent_unit_e *unit);

/* ngx_http_consent_policy_version.c, _archive.c: what is published */

char *ngx_http_consent_versions(ngx_conf_t *cf,
    ngx_http_consent_loc_conf_t *prev, ngx_http_consent_loc_conf_t *conf);
char *ngx_http_consent_archive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_consent_archive_init(ngx_cycle_t *cycle);


/* ngx_http_consent_settings.c */

/* the templates and files of banner and settings, once */
char *ngx_http_consent_settings_read(ngx_conf_t *cf,
    ngx_http_consent_ui_t *ui);

/*
 * Where they lead: show->action, settings, policy, style_url; ui, lang, ctx and
 * back are known.  NGX_OK or NGX_ERROR.
 */
ngx_int_t ngx_http_consent_settings_urls(ngx_http_request_t *r,
    ngx_http_consent_show_t *show);
ngx_int_t ngx_http_consent_settings_return(ngx_http_request_t *r,
    const ngx_str_t *back, ngx_str_t *arg);


#endif /* _NGX_HTTP_CONSENT_UI_H_INCLUDED_ */
