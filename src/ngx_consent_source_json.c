
/*
 * Programs that a site installs itself, and that write a JSON object:
 * vanilla-cookieconsent, Klaro, Borlabs Cookie.
 */

#include "ngx_consent_source_object.h"


static ngx_int_t ngx_consent_source_vanilla_read(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);
static ngx_uint_t ngx_consent_source_vanilla_is_text(const u_char *value,
    const u_char *last);
static ngx_int_t ngx_consent_source_klaro_read(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_borlabs_read(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_grouped(const ngx_consent_asked_t *asked,
    u_char *value, u_char *last, ngx_uint_t groups_too,
    ngx_consent_answer_t *answer);


void
ngx_consent_source_vanilla(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_consent_object_cookie(asked, value, answer,
                            ngx_consent_source_vanilla_read);
}


/*
 * Version 2 has always written level, and only it before 2.8; version 3 never
 * does.  A choice of another revision is one that the library asks again for.
 */

static ngx_int_t
ngx_consent_source_vanilla_read(const ngx_consent_asked_t *asked,
    ngx_consent_object_t *json, ngx_consent_answer_t *answer)
{
    u_char  *list, *last, *updated;

    enum {
        CATEGORIES = 0,
        LEVEL,
        REVISION,
        GIVEN,
        ID,
        SERVICES,
        UPDATED,
        EXPIRES,
        GIVEN_2,
        UPDATED_2,
        MEMBERS
    };

    ngx_consent_member_t  m[MEMBERS] = {
        { ngx_string("categories"), NULL },
        { ngx_string("level"), NULL },
        { ngx_string("revision"), NULL },
        { ngx_string("consentTimestamp"), NULL },
        { ngx_string("consentId"), NULL },
        { ngx_string("services"), NULL },
        { ngx_string("lastConsentTimestamp"), NULL },
        { ngx_string("expirationTime"), NULL },
        { ngx_string("consent_date"), NULL },
        { ngx_string("last_consent_update"), NULL }
    };

    if (ngx_consent_object_members(json, m, MEMBERS) != NGX_OK) {
        return NGX_ERROR;
    }

    last = json->last;
    list = m[CATEGORIES].value;

    if (m[LEVEL].value) {
        list = list ? list : m[LEVEL].value;
        updated = m[UPDATED_2].value ? m[UPDATED_2].value : m[GIVEN_2].value;

    } else {
        updated = m[UPDATED].value;

        if (!ngx_consent_source_vanilla_is_text(m[ID].value, last)
            || !ngx_consent_source_vanilla_is_text(m[GIVEN].value, last)
            || !ngx_consent_source_vanilla_is_text(updated, last))
        {
            return NGX_ERROR;
        }

        if (ngx_consent_source_grouped(asked, m[SERVICES].value, last, 0,
                                       answer)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    answer->revision = ngx_consent_object_number(m[REVISION].value, last);

    if (ngx_consent_source_lapsed(asked, answer)) {
        return NGX_ERROR;
    }

    if (ngx_consent_object_keys(asked, list, last, NGX_CONSENT_KEY_CATEGORY,
                                NULL, 1, answer, NULL)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    answer->time = ngx_consent_object_string_date(updated, last);
    answer->expires = ngx_consent_object_number_ms(m[EXPIRES].value, last);
    answer->state = NGX_CONSENT_DECIDED;

    return NGX_OK;
}


/* a string, and not the empty one */

static ngx_uint_t
ngx_consent_source_vanilla_is_text(const u_char *value, const u_char *last)
{
    return value && last - value >= 2 && value[0] == '"' && value[1] != '"';
}


void
ngx_consent_source_klaro(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_consent_object_cookie(asked, value, answer,
                            ngx_consent_source_klaro_read);
}


static ngx_int_t
ngx_consent_source_klaro_read(const ngx_consent_asked_t *asked,
    ngx_consent_object_t *json, ngx_consent_answer_t *answer)
{
    u_char      *value;
    ngx_int_t    rc;
    ngx_str_t    service;
    ngx_uint_t   yes;

    for ( ;; ) {

        rc = ngx_consent_object_flag(json, &service, &value, &yes);

        if (rc == NGX_DONE) {
            answer->state = NGX_CONSENT_DECIDED;
            return NGX_OK;
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }

        ngx_consent_source_say(answer, NGX_CONSENT_KEY_SERVICE, &service, yes);
    }
}


/* some versions, and some caches before them, have encoded it twice */

void
ngx_consent_source_borlabs(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    size_t     len;
    ngx_str_t  once;

    static const ngx_str_t  twice = ngx_string("%25");

    if (value->len < twice.len
        || memcmp(value->data, twice.data, twice.len) != 0)
    {
        ngx_consent_object_cookie(asked, value, answer,
                                ngx_consent_source_borlabs_read);
        return;
    }

    answer->state = NGX_CONSENT_INVALID;

    if (value->len > NGX_CONSENT_SOURCE_MAX_VALUE
        || ngx_consent_source_percent(asked->more, value, &len) != NGX_OK)
    {
        return;
    }

    once.data = asked->more;
    once.len = len;

    if (ngx_consent_source_percent(asked->buf, &once, &len) == NGX_OK) {
        ngx_consent_object_decoded(asked, len, answer,
                                   ngx_consent_source_borlabs_read);
    }
}


static ngx_int_t
ngx_consent_source_borlabs_read(const ngx_consent_asked_t *asked,
    ngx_consent_object_t *json, ngx_consent_answer_t *answer)
{
    int64_t    when;
    ngx_str_t  s;

    enum {
        CONSENTS = 0,
        EXPIRES,
        MEMBERS
    };

    ngx_consent_member_t  m[MEMBERS] = {
        { ngx_string("consents"), NULL },
        { ngx_string("expires"), NULL }
    };

    if (ngx_consent_object_members(json, m, MEMBERS) != NGX_OK
        || m[CONSENTS].value == NULL || *m[CONSENTS].value != '{')
    {
        return NGX_ERROR;
    }

    if (ngx_consent_source_grouped(asked, m[CONSENTS].value, json->last, 1,
                                   answer)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_consent_object_string(m[EXPIRES].value, json->last, &s) == NGX_OK
        && ngx_consent_cookie_date(s.data, s.len, &when) == NGX_OK
        && when > 0)
    {
        answer->expires = ngx_consent_source_time(when);
    }

    answer->state = NGX_CONSENT_DECIDED;

    return NGX_OK;
}


/*
 * Groups of services: "group/service" is accepted.  groups_too: so is the
 * group, if a service is; one that is empty or no list is not.
 */

static ngx_int_t
ngx_consent_source_grouped(const ngx_consent_asked_t *asked, u_char *value,
    u_char *last, ngx_uint_t groups_too, ngx_consent_answer_t *answer)
{
    ngx_uint_t                   i, n, ngroups;
    ngx_consent_object_t    json;
    ngx_consent_member_t  groups[NGX_CONSENT_OBJECT_MAX_GROUPS];

    if (value == NULL || *value != '{') {
        return NGX_OK;
    }

    json.pos = value;
    json.last = last;
    json.begun = 0;

    if (ngx_consent_object_groups(&json, groups, &ngroups) != NGX_OK) {
        return NGX_ERROR;
    }

    for (i = 0; i < ngroups; i++) {
        n = 0;

        if (*groups[i].value == '['
            && ngx_consent_object_keys(asked, groups[i].value, last,
                                       NGX_CONSENT_KEY_SERVICE,
                                       &groups[i].name, 1, answer,
                                       groups_too ? &n : NULL)
               != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (groups_too) {
            ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY,
                                   &groups[i].name, n != 0);
        }
    }

    return NGX_OK;
}
