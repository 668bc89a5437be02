
/*
 * Services that write a JSON object: Axeptio, Didomi, iubenda.
 */

#include "ngx_consent_source_object.h"


static ngx_int_t ngx_consent_source_axeptio_read(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_didomi_read(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_didomi_lists(
    const ngx_consent_asked_t *asked, const ngx_consent_member_t *of,
    const ngx_consent_pair_t lists, u_char *last, ngx_consent_key_e key,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_iubenda_read(
    const ngx_consent_asked_t *asked, ngx_consent_object_t *json,
    ngx_consent_answer_t *answer);
static ngx_int_t ngx_consent_source_iubenda_purposes(u_char *value,
    u_char *last, ngx_consent_answer_t *answer);


void
ngx_consent_source_axeptio(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_consent_object_cookie(asked, value, answer,
                            ngx_consent_source_axeptio_read);
}


/* names with "$$" are the platform's own, the others are vendors */

static ngx_int_t
ngx_consent_source_axeptio_read(const ngx_consent_asked_t *asked,
    ngx_consent_object_t *json, ngx_consent_answer_t *answer)
{
    u_char      *date, *value;
    ngx_int_t    rc;
    ngx_str_t    name;
    ngx_uint_t   yes, completed;

    date = NULL;
    completed = 0;

    for ( ;; ) {

        rc = ngx_consent_object_flag(json, &name, &value, &yes);

        if (rc == NGX_DONE) {
            break;
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }

        if (name.len < 2 || name.data[0] != '$' || name.data[1] != '$') {
            ngx_consent_source_say(answer, NGX_CONSENT_KEY_VENDOR, &name, yes);

        } else if (ngx_consent_source_is(&name, "$$date")) {
            date = value;

        } else if (ngx_consent_source_is(&name, "$$completed")) {
            completed = yes;
        }
    }

    answer->time = ngx_consent_object_string_date(date, json->last);
    answer->state = completed ? NGX_CONSENT_DECIDED : NGX_CONSENT_UNSET;

    return NGX_OK;
}


/*
 * Without the cookie its companion says who was accepted: "%2Ca%2Cb%2C".  It
 * is written before anybody has chosen, so that an empty list says nothing.
 * Copies that differ are in doubt.
 */

void
ngx_consent_source_axeptio_list(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer)
{
    size_t                len;
    u_char               *p, *last, *comma;
    ngx_str_t             value, copy, vendor;
    ngx_consent_jar_at_t  at;

    static const ngx_str_t  name = ngx_string("axeptio_authorized_vendors");

    memset(&at, 0, sizeof(ngx_consent_jar_at_t));

    answer->state = NGX_CONSENT_UNSET;

    if (ngx_consent_jar_find(asked->jar, &at, &name, &value) != NGX_OK) {
        return;
    }

    while (ngx_consent_jar_find(asked->jar, &at, &name, &copy) == NGX_OK) {
        if (!ngx_consent_object_same(&copy, &value)) {
            answer->state = NGX_CONSENT_INVALID;
            return;
        }
    }

    if (value.len > NGX_CONSENT_SOURCE_MAX_VALUE
        || ngx_consent_source_percent(asked->buf, &value, &len) != NGX_OK)
    {
        answer->state = NGX_CONSENT_INVALID;
        return;
    }

    p = asked->buf;
    last = p + len;

    for ( /* void */ ; p < last; p = comma + 1) {

        comma = memchr(p, ',', last - p);
        comma = comma ? comma : last;

        if (comma > p) {
            vendor.data = p;
            vendor.len = comma - p;

            ngx_consent_source_say(answer, NGX_CONSENT_KEY_VENDOR, &vendor, 1);
            answer->state = NGX_CONSENT_DECIDED;
        }
    }
}


void
ngx_consent_source_didomi(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    size_t      len;
    u_char     *escape;
    ngx_str_t   s, end;

    answer->state = NGX_CONSENT_INVALID;

    s = *value;

    if (s.len > NGX_CONSENT_SOURCE_MAX_VALUE) {
        return;
    }

    /* padding may be percent-encoded; what is before it is read as base64 */

    escape = memchr(s.data, '%', s.len);

    if (escape) {
        len = escape - s.data;

        end.data = escape;
        end.len = s.len - len;

        memcpy(asked->more, s.data, len);

        if (ngx_consent_source_percent(asked->more + len, &end, &end.len)
            != NGX_OK)
        {
            return;
        }

        s.data = asked->more;
        s.len = len + end.len;
    }

    if (ngx_consent_source_base64(asked->buf, &s, &len) == NGX_OK) {
        ngx_consent_object_decoded(asked, len, answer,
                                   ngx_consent_source_didomi_read);
    }
}


/* A token is there from the first page on; a version says that it holds. */

static ngx_int_t
ngx_consent_source_didomi_read(const ngx_consent_asked_t *asked,
    ngx_consent_object_t *json, ngx_consent_answer_t *answer)
{
    u_char     *last;
    ngx_int_t   rc;

    enum {
        PURPOSES = 0,
        VENDORS,
        VERSION,
        UPDATED,
        MEMBERS
    };

    ngx_consent_member_t  m[MEMBERS] = {
        { ngx_string("purposes"), NULL },
        { ngx_string("vendors"), NULL },
        { ngx_string("version"), NULL },
        { ngx_string("updated"), NULL }
    };

    ngx_consent_pair_t  lists[] = {
        { { ngx_string("enabled"), NULL }, { ngx_string("disabled"), NULL } },
        { { ngx_string("enabled"), NULL }, { ngx_string("disabled"), NULL } }
    };

    if (ngx_consent_object_pairs(json, m, MEMBERS, lists, 2) != NGX_OK) {
        return NGX_ERROR;
    }

    last = json->last;

    answer->time = ngx_consent_object_string_date(m[UPDATED].value, last);
    answer->state = NGX_CONSENT_DECIDED;

    if (m[PURPOSES].value == NULL && m[VENDORS].value == NULL
        && (m[VERSION].value == NULL
            || ngx_consent_object_is(m[VERSION].value, last, "null")))
    {
        answer->state = NGX_CONSENT_UNSET;
    }

    rc = ngx_consent_source_didomi_lists(asked, &m[PURPOSES], lists[PURPOSES],
                                         last, NGX_CONSENT_KEY_CATEGORY,
                                         answer);
    if (rc != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_consent_source_didomi_lists(asked, &m[VENDORS], lists[VENDORS],
                                           last, NGX_CONSENT_KEY_VENDOR,
                                           answer);
}


/* what is in both lists is in doubt: the refusal is said last */

static ngx_int_t
ngx_consent_source_didomi_lists(const ngx_consent_asked_t *asked,
    const ngx_consent_member_t *of, const ngx_consent_pair_t lists,
    u_char *last, ngx_consent_key_e key, ngx_consent_answer_t *answer)
{
    ngx_uint_t  i;

    if (of->value == NULL) {
        return NGX_OK;
    }

    if (*of->value != '{') {
        return NGX_ERROR;
    }

    for (i = 0; i < 2; i++) {

        if (lists[i].value
            && ngx_consent_object_keys(asked, lists[i].value, last, key, NULL,
                                       i == 0, answer, NULL)
               != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* "_iub_cs-123" or "_iub_cs-s123": a policy's own number, and nothing after */

ngx_uint_t
ngx_consent_source_iubenda_named(const ngx_str_t *name)
{
    size_t  i, start;

    static const ngx_str_t  prefix = ngx_string("_iub_cs-");

    if (name->len <= prefix.len
        || memcmp(name->data, prefix.data, prefix.len) != 0)
    {
        return 0;
    }

    start = prefix.len;

    if (name->data[start] == 's') {
        start++;
    }

    for (i = start; i < name->len; i++) {
        if (name->data[i] < '0' || name->data[i] > '9') {
            return 0;
        }
    }

    return i > start;
}


void
ngx_consent_source_iubenda(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    ngx_consent_object_cookie(asked, value, answer,
                            ngx_consent_source_iubenda_read);
}


/* Purposes by number; or consent to all of them, whose key is "*". */

static ngx_int_t
ngx_consent_source_iubenda_read(const ngx_consent_asked_t *asked,
    ngx_consent_object_t *json, ngx_consent_answer_t *answer)
{
    u_char      *consent, *last;
    ngx_uint_t   yes;

    enum {
        PURPOSES = 0,
        CONSENT,
        TIMESTAMP,
        MEMBERS
    };

    ngx_consent_member_t  m[MEMBERS] = {
        { ngx_string("purposes"), NULL },
        { ngx_string("consent"), NULL },
        { ngx_string("timestamp"), NULL }
    };

    static const ngx_str_t  all = ngx_string("*");

    if (ngx_consent_object_members(json, m, MEMBERS) != NGX_OK) {
        return NGX_ERROR;
    }

    last = json->last;
    consent = m[CONSENT].value;

    answer->time = ngx_consent_object_string_date(m[TIMESTAMP].value, last);
    answer->state = NGX_CONSENT_DECIDED;

    if (m[PURPOSES].value) {
        return ngx_consent_source_iubenda_purposes(m[PURPOSES].value, last,
                                                   answer);
    }

    if (consent == NULL) {
        answer->state = NGX_CONSENT_UNSET;
        return NGX_OK;
    }

    yes = ngx_consent_object_is(consent, last, "true");

    if (!yes && !ngx_consent_object_is(consent, last, "false")) {
        return NGX_ERROR;
    }

    ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &all, yes);

    return NGX_OK;
}


static ngx_int_t
ngx_consent_source_iubenda_purposes(u_char *value, u_char *last,
    ngx_consent_answer_t *answer)
{
    ngx_int_t                  rc;
    ngx_str_t                  purpose;
    ngx_uint_t                 yes;
    ngx_consent_object_t  json;

    json.pos = value;
    json.last = last;
    json.begun = 0;

    for ( ;; ) {

        rc = ngx_consent_object_flag(&json, &purpose, &value, &yes);

        if (rc != NGX_OK) {
            return (rc == NGX_DONE) ? NGX_OK : NGX_ERROR;
        }

        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, &purpose,
                               yes);
    }
}
