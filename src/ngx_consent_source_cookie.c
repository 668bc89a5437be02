
/*
 * The module's own cookie:
 *     1.<unix seconds>.<revision>.<categories joined by +, or ->[.<id>]
 */

#include "ngx_consent_source_int.h"


static ngx_int_t ngx_consent_own_number(u_char **pos, u_char *last,
    int64_t max, int64_t *n);
static ngx_int_t ngx_consent_own_names(u_char **pos, u_char *last,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_own_id(u_char *p, u_char *last);
static ngx_int_t ngx_consent_own_parse(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


#define ngx_consent_own_is_name(c)                                           \
    (((c) >= 'a' && (c) <= 'z') || ((c) >= '0' && (c) <= '9') || (c) == '_')


void
ngx_consent_source_own(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    if (ngx_consent_own_parse(asked, value, answer) != NGX_OK) {
        answer->state = NGX_CONSENT_INVALID;
        return;
    }

    answer->state = ngx_consent_source_lapsed(asked, answer)
                    ? NGX_CONSENT_UNSET : NGX_CONSENT_DECIDED;
}


static ngx_int_t
ngx_consent_own_parse(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    u_char   *p, *last;
    int64_t   version, when, revision;

    p = value->data;
    last = p + value->len;

    if (ngx_consent_own_number(&p, last, NGX_CONSENT_OWN_VERSION, &version)
        != NGX_OK
        || version != NGX_CONSENT_OWN_VERSION
        || ngx_consent_own_number(&p, last, 9999999999, &when) != NGX_OK
        || ngx_consent_own_number(&p, last, NGX_CONSENT_MAX_REVISION,
                                  &revision)
           != NGX_OK
        || ngx_consent_own_names(&p, last, answer) != NGX_OK
        || ngx_consent_own_id(p, last) != NGX_OK
        || when > (int64_t) asked->now + NGX_CONSENT_COOKIE_MAX_AHEAD)
    {
        return NGX_ERROR;
    }

    answer->time = when;
    answer->revision = revision;

    if (p < last) {
        answer->id.data = p + 1;
        answer->id.len = last - (p + 1);
    }

    return NGX_OK;
}


/* A decimal and the '.' after it. */

static ngx_int_t
ngx_consent_own_number(u_char **pos, u_char *last, int64_t max, int64_t *n)
{
    u_char  *p, *start;

    *n = 0;
    start = *pos;

    for (p = start; p < last && *p >= '0' && *p <= '9'; p++) {

        *n = *n * 10 + (*p - '0');

        if (*n > max) {
            return NGX_ERROR;
        }
    }

    if (p == start || (*start == '0' && p - start > 1) || p == last
        || *p != '.')
    {
        return NGX_ERROR;
    }

    *pos = p + 1;

    return NGX_OK;
}


/* Names joined by '+', or "-"; *pos is then at the end, or before the id. */

static ngx_int_t
ngx_consent_own_names(u_char **pos, u_char *last, ngx_consent_answer_t *answer)
{
    u_char  *p, *name;

    p = *pos;

    if (p < last && *p == '-') {
        *pos = p + 1;
        return NGX_OK;
    }

    for ( ;; ) {

        name = p;

        while (p < last && ngx_consent_own_is_name(*p)) {
            p++;
        }

        if (p == name) {
            return NGX_ERROR;
        }

        answer->said(answer->data, NGX_CONSENT_KEY_CATEGORY, name, p - name, 1);

        if (p == last || *p != '+') {
            *pos = p;
            return NGX_OK;
        }

        p++;
    }
}


/* Nothing, or '.' and an id. */

static ngx_int_t
ngx_consent_own_id(u_char *p, u_char *last)
{
    if (p == last) {
        return NGX_OK;
    }

    if (*p++ != '.' || p == last || last - p > NGX_CONSENT_OWN_MAX_ID) {
        return NGX_ERROR;
    }

    for ( /* void */ ; p < last; p++) {

        if (!ngx_consent_own_is_name(*p) && !(*p >= 'A' && *p <= 'Z')
            && *p != '-')
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}
