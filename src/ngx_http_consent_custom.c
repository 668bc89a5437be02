
/*
 * consent_source custom: a cookie of whatever form, read by an expression.  A
 * named group is a key: accepted where it has matched something, else refused.
 * The groups "time" (unix seconds or milliseconds) and "revision" are none.
 */

#include "ngx_http_consent.h"


/* bytes of a value, decoded: what is longer is invalid */
#define NGX_HTTP_CONSENT_CUSTOM_MAX     4096

/* digits of a time in seconds; in milliseconds it has more */
#define NGX_HTTP_CONSENT_CUSTOM_SECONDS  11

/* groups of an expression; one more is an error */
#define NGX_HTTP_CONSENT_CUSTOM_GROUPS  32


#if (NGX_PCRE)

typedef struct {
    ngx_regex_t              *regex;
    u_char                   *names;    /* as PCRE has them */
    ngx_uint_t                nnames;
    ngx_uint_t                size;     /* of each */
    unsigned                  time:1;   /* there is such a group */
    unsigned                  revision:1;
} ngx_http_consent_custom_t;


static void ngx_http_consent_custom_say(ngx_http_consent_custom_t *custom,
    ngx_str_t *text, int *captures, ngx_uint_t yes,
    ngx_consent_answer_t *answer);
static time_t ngx_http_consent_custom_time(ngx_str_t *text, int *capture);
static ngx_int_t ngx_http_consent_custom_number(ngx_str_t *text, int *capture);

#endif

static void ngx_http_consent_custom_value(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


const ngx_consent_format_t  ngx_http_consent_custom = {
    .name = ngx_string("custom"),
    .value = ngx_http_consent_custom_value,
    .dated = 1,
    .revised = 1
};


#define ngx_http_consent_custom_is(name, word)                               \
    (ngx_strcmp(&(name)[2], word) == 0)


#if (NGX_PCRE)

/* NULL, or what is wrong */

char *
ngx_http_consent_custom_pattern(ngx_conf_t *cf, ngx_str_t *pattern,
    void **data)
{
    u_char                      errstr[NGX_MAX_CONF_ERRSTR];
    u_char                     *p;
    ngx_uint_t                  i;
    ngx_regex_compile_t         rc;
    ngx_http_consent_custom_t  *custom;

    ngx_memzero(&rc, sizeof(ngx_regex_compile_t));

    rc.pattern = *pattern;
    rc.pool = cf->pool;
    rc.err.len = NGX_MAX_CONF_ERRSTR;
    rc.err.data = errstr;

    if (pattern->len >= 2 && pattern->data[0] == '"'
        && pattern->data[pattern->len - 1] == '"')
    {
        rc.pattern.data++;
        rc.pattern.len -= 2;
    }

    /* nginx ends it */

    p = ngx_pnalloc(cf->pool, rc.pattern.len + 1);
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    *ngx_cpymem(p, rc.pattern.data, rc.pattern.len) = '\0';
    rc.pattern.data = p;

    if (ngx_regex_compile(&rc) != NGX_OK) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "%V", &rc.err);
        return NGX_CONF_ERROR;
    }

    if (rc.captures > NGX_HTTP_CONSENT_CUSTOM_GROUPS) {
        return "at most " ngx_value(NGX_HTTP_CONSENT_CUSTOM_GROUPS)
               " groups were expected";
    }

    custom = ngx_pcalloc(cf->pool, sizeof(ngx_http_consent_custom_t));
    if (custom == NULL) {
        return NGX_CONF_ERROR;
    }

    custom->regex = rc.regex;
    custom->names = rc.names;
    custom->nnames = rc.named_captures;
    custom->size = rc.name_size;

    for (i = 0; i < custom->nnames; i++) {
        p = custom->names + i * custom->size;

        if (ngx_http_consent_custom_is(p, "time")) {
            custom->time = 1;
        }

        if (ngx_http_consent_custom_is(p, "revision")) {
            custom->revision = 1;
        }
    }

    if (custom->nnames == (ngx_uint_t) custom->time + custom->revision) {
        return "a named group, such as \"(?<performance>1)\", was expected";
    }

    *data = custom;

    return NGX_CONF_OK;
}


char *
ngx_http_consent_custom_check(ngx_http_consent_source_t *source)
{
    ngx_http_consent_custom_t  *custom = source->asked.data;

    if (custom == NULL || source->asked.cookie.len == 0) {
        return "needs \"cookie=\" and \"pattern=\" for the source \"custom\"";
    }

    if (source->max_age && !custom->time) {
        return "needs a group \"time\" in \"pattern=\" for \"max_age=\"";
    }

    if (source->asked.revision != -1 && !custom->revision) {
        return "needs a group \"revision\" in \"pattern=\" for \"revision=\"";
    }

    return NGX_CONF_OK;
}


static void
ngx_http_consent_custom_value(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    int                         captures[3 * (NGX_HTTP_CONSENT_CUSTOM_GROUPS
                                              + 1)];
    ngx_str_t                   text;
    ngx_http_consent_custom_t  *custom;

    custom = asked->data;
    answer->state = NGX_CONSENT_INVALID;

    text.data = asked->buf;

    ngx_memset(captures, 0xff, sizeof(captures));

    if (value->len > 3 * NGX_HTTP_CONSENT_CUSTOM_MAX
        || ngx_consent_source_percent(text.data, value, &text.len) != NGX_OK
        || text.len > NGX_HTTP_CONSENT_CUSTOM_MAX
        || ngx_regex_exec(custom->regex, &text, captures,
                          3 * (NGX_HTTP_CONSENT_CUSTOM_GROUPS + 1))
           < 0)
    {
        return;
    }

    /* of several groups of a name one is enough */

    ngx_http_consent_custom_say(custom, &text, captures, 0, answer);
    ngx_http_consent_custom_say(custom, &text, captures, 1, answer);

    answer->state = ngx_consent_source_lapsed(asked, answer)
                    ? NGX_CONSENT_UNSET : NGX_CONSENT_DECIDED;
}


static void
ngx_http_consent_custom_say(ngx_http_consent_custom_t *custom,
    ngx_str_t *text, int *captures, ngx_uint_t yes,
    ngx_consent_answer_t *answer)
{
    int         *capture;
    u_char      *p;
    ngx_uint_t   i, matched;

    for (i = 0; i < custom->nnames; i++) {

        p = custom->names + i * custom->size;
        capture = &captures[2 * ((p[0] << 8) + p[1])];
        matched = (capture[0] >= 0 && capture[1] > capture[0]);

        if (matched != yes) {
            continue;
        }

        if (ngx_http_consent_custom_is(p, "revision")) {
            answer->revision = ngx_http_consent_custom_number(text, capture);

        } else if (ngx_http_consent_custom_is(p, "time")) {

            if (yes) {
                answer->time = ngx_http_consent_custom_time(text, capture);
            }

        } else {
            answer->said(answer->data, NGX_CONSENT_KEY_CATEGORY, &p[2],
                         ngx_strlen(&p[2]), yes);
        }
    }
}


/* A date, or milliseconds, or what is too short for those: seconds. */

static time_t
ngx_http_consent_custom_time(ngx_str_t *text, int *capture)
{
    size_t   len;
    time_t   time;
    u_char  *p;

    p = text->data + capture[0];
    len = capture[1] - capture[0];

    time = ngx_consent_source_date(p, len);

    if (time == 0) {
        time = (len > NGX_HTTP_CONSENT_CUSTOM_SECONDS)
               ? ngx_consent_source_milliseconds(p, len) : ngx_atotm(p, len);
    }

    return ngx_max(time, 0);
}


static ngx_int_t
ngx_http_consent_custom_number(ngx_str_t *text, int *capture)
{
    if (capture[0] < 0 || capture[1] - capture[0] > 9) {
        return -1;
    }

    return ngx_atoi(text->data + capture[0], capture[1] - capture[0]);
}


#else


char *
ngx_http_consent_custom_pattern(ngx_conf_t *cf, ngx_str_t *pattern,
    void **data)
{
    return "nginx was built without PCRE";
}


char *
ngx_http_consent_custom_check(ngx_http_consent_source_t *source)
{
    return "needs an nginx with PCRE for the source \"custom\"";
}


static void
ngx_http_consent_custom_value(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    answer->state = NGX_CONSENT_INVALID;
}

#endif
