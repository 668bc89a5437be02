
#include "ngx_consent_source_object.h"


static ngx_int_t ngx_consent_object_is_json(const ngx_str_t *value);
static ngx_int_t ngx_consent_object_find(ngx_consent_object_t *json,
    ngx_consent_member_t *members, ngx_uint_t n, ngx_consent_pair_t *pairs,
    ngx_uint_t npairs, ngx_uint_t outer);


void
ngx_consent_object_cookie(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer,
    ngx_consent_object_pt read)
{
    size_t  len;

    if (value->len > NGX_CONSENT_SOURCE_MAX_VALUE) {
        answer->state = NGX_CONSENT_INVALID;
        return;
    }

    /*
     * What looks like JSON is checked before it is read: "{%22a%22:..." of
     * Axeptio is none yet, and must not have said anything.  Without a '%' it
     * is the same, decoded or not.
     */

    if (memchr(value->data, '%', value->len)
        && ngx_consent_object_is_json(value) == NGX_OK)
    {
        memcpy(asked->buf, value->data, value->len);
        len = value->len;

    } else if (ngx_consent_source_percent(asked->buf, value, &len) != NGX_OK) {
        answer->state = NGX_CONSENT_INVALID;
        return;
    }

    ngx_consent_object_decoded(asked, len, answer, read);
}


static ngx_int_t
ngx_consent_object_is_json(const ngx_str_t *value)
{
    u_char  *p, *last;

    p = value->data;
    last = p + value->len;

    if (value->len == 0 || (*p != '{' && *p != '[')
        || ngx_consent_json_skip(&p, last) != NGX_OK)
    {
        return NGX_DECLINED;
    }

    ngx_consent_json_peek(&p, last);

    return (p == last
            && ngx_consent_source_text(value->data, value->len) == NGX_OK)
           ? NGX_OK : NGX_DECLINED;
}


void
ngx_consent_object_decoded(const ngx_consent_asked_t *asked, size_t len,
    ngx_consent_answer_t *answer, ngx_consent_object_pt read)
{
    ngx_consent_object_t  json;

    json.pos = asked->buf;
    json.last = json.pos + len;
    json.begun = 0;

    if (read(asked, &json, answer) == NGX_OK) {

        ngx_consent_json_peek(&json.pos, json.last);

        if (json.pos == json.last) {
            return;
        }
    }

    answer->state = NGX_CONSENT_INVALID;
    answer->time = 0;
    answer->expires = 0;
    answer->revision = -1;
}


/* to what stands after '{' or '[', or after ',' */

static ngx_inline ngx_int_t
ngx_consent_object_next(ngx_consent_object_t *json, u_char open,
    u_char close)
{
    u_char  *p, *last, ch;

    p = json->pos;
    last = json->last;

    ch = ngx_consent_json_peek(&p, last);

    if (!json->begun) {

        if (ch != open) {
            return NGX_ERROR;
        }

        json->begun = 1;
        p++;
        ch = ngx_consent_json_peek(&p, last);

        if (ch == close) {
            json->pos = p + 1;
            return NGX_DONE;
        }

    } else {

        if (ch == close) {
            json->pos = p + 1;
            return NGX_DONE;
        }

        if (ch != ',') {
            return NGX_ERROR;
        }

        p++;
        ngx_consent_json_peek(&p, last);
    }

    json->pos = p;

    return (p < last) ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_consent_object_flag(ngx_consent_object_t *json, ngx_str_t *name,
    u_char **value, ngx_uint_t *yes)
{
    u_char     *p, *last;
    ngx_int_t   rc;

    rc = ngx_consent_object_next(json, '{', '}');
    if (rc != NGX_OK) {
        return rc;
    }

    p = json->pos;
    last = json->last;

    if (ngx_consent_json_text(&p, last, name) != NGX_OK
        || ngx_consent_json_peek(&p, last) != ':')
    {
        return NGX_ERROR;
    }

    p++;

    /* no other value begins as the literal does */

    *yes = (ngx_consent_json_peek(&p, last) == 't');
    *value = p;

    p = ngx_consent_json_pass(p, last, 0);
    if (p == NULL) {
        return NGX_ERROR;
    }

    json->pos = p;

    return NGX_OK;
}


ngx_int_t
ngx_consent_object_members(ngx_consent_object_t *json,
    ngx_consent_member_t *members, ngx_uint_t n)
{
    return ngx_consent_object_find(json, members, n, NULL, 0, 0);
}


ngx_int_t
ngx_consent_object_pairs(ngx_consent_object_t *json,
    ngx_consent_member_t *members, ngx_uint_t n, ngx_consent_pair_t *pairs,
    ngx_uint_t npairs)
{
    return ngx_consent_object_find(json, members, n, pairs, npairs, 0);
}


/* Most often they come in the order in which they are asked for: from next. */

static ngx_inline ngx_consent_member_t *
ngx_consent_object_asked(ngx_consent_member_t *members, ngx_uint_t n,
    ngx_consent_member_t **next, const ngx_str_t *name)
{
    ngx_consent_member_t  *m, *last;

    last = members + n;
    m = *next;

    do {
        if (m->name.len == name->len
            && ngx_consent_word_same(m->name.data, name->data, name->len))
        {
            *next = (m + 1 < last) ? m + 1 : members;
            return m;
        }

        m = (m + 1 < last) ? m + 1 : members;

    } while (m != *next);

    return NULL;
}


/* outer: how many objects json is in */

static ngx_int_t
ngx_consent_object_find(ngx_consent_object_t *json,
    ngx_consent_member_t *members, ngx_uint_t n, ngx_consent_pair_t *pairs,
    ngx_uint_t npairs, ngx_uint_t outer)
{
    u_char                *p, *last, ch;
    ngx_str_t              name;
    ngx_uint_t             i;
    ngx_consent_object_t   inner;
    ngx_consent_member_t  *m, *next;

    for (i = 0; i < n; i++) {
        members[i].value = NULL;
    }

    p = json->pos;
    last = json->last;
    next = members;

    if (ngx_consent_json_peek(&p, last) != '{') {
        return NGX_ERROR;
    }

    p++;
    ch = ngx_consent_json_peek(&p, last);

    while (ch != '}') {

        if (ngx_consent_json_text(&p, last, &name) != NGX_OK
            || ngx_consent_json_peek(&p, last) != ':')
        {
            return NGX_ERROR;
        }

        p++;
        ch = ngx_consent_json_peek(&p, last);

        m = ngx_consent_object_asked(members, n, &next, &name);
        i = n;

        if (m) {
            m->value = p;
            i = m - members;
        }

        if (i < npairs && ch == '{') {

            inner.pos = p;
            inner.last = last;

            if (ngx_consent_object_find(&inner, pairs[i], 2, NULL, 0, 1)
                != NGX_OK)
            {
                return NGX_ERROR;
            }

            p = inner.pos;

        } else {
            p = ngx_consent_json_pass(p, last, outer);

            if (p == NULL) {
                return NGX_ERROR;
            }
        }

        ch = ngx_consent_json_peek(&p, last);

        if (ch == ',') {
            p++;

            if (ngx_consent_json_peek(&p, last) != '"') {
                return NGX_ERROR;
            }

        } else if (ch != '}') {
            return NGX_ERROR;
        }
    }

    json->pos = p + 1;

    return NGX_OK;
}


ngx_int_t
ngx_consent_object_groups(ngx_consent_object_t *json,
    ngx_consent_member_t *groups, ngx_uint_t *n)
{
    u_char     *value;
    ngx_int_t   rc;
    ngx_str_t   name;
    ngx_uint_t  i, yes;

    *n = 0;

    for ( ;; ) {

        rc = ngx_consent_object_flag(json, &name, &value, &yes);

        if (rc != NGX_OK) {
            return (rc == NGX_DONE) ? NGX_OK : NGX_ERROR;
        }

        for (i = 0; i < *n; i++) {
            if (ngx_consent_object_same(&groups[i].name, &name)) {
                break;
            }
        }

        if (i == *n) {

            if (i == NGX_CONSENT_OBJECT_MAX_GROUPS) {
                return NGX_ERROR;
            }

            groups[i].name = name;
            (*n)++;
        }

        groups[i].value = value;
    }
}


ngx_uint_t
ngx_consent_object_same(const ngx_str_t *a, const ngx_str_t *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}


ngx_int_t
ngx_consent_object_string(u_char *value, u_char *last, ngx_str_t *s)
{
    if (value == NULL || value == last || *value != '"') {
        return NGX_DECLINED;
    }

    return ngx_consent_json_text(&value, last, s) == NGX_OK ? NGX_OK
                                                            : NGX_DECLINED;
}


time_t
ngx_consent_object_string_date(u_char *value, u_char *last)
{
    ngx_str_t  s;

    if (ngx_consent_object_string(value, last, &s) != NGX_OK) {
        return 0;
    }

    return ngx_consent_source_date(s.data, s.len);
}


ngx_int_t
ngx_consent_object_number(const u_char *value, const u_char *last)
{
    int64_t        n;
    const u_char  *p;

    if (value == NULL) {
        return -1;
    }

    p = value;
    n = ngx_consent_source_whole(&p, last, NGX_CONSENT_MAX_REVISION);

    if (p == value || (p < last && (*p == '.' || *p == 'e' || *p == 'E'))) {
        return -1;
    }

    return n;
}


time_t
ngx_consent_object_number_ms(const u_char *value, const u_char *last)
{
    int64_t  ms;

    if (value == NULL) {
        return 0;
    }

    ms = ngx_consent_source_whole(&value, last, NGX_CONSENT_SOURCE_MAX_MS);

    return ms > 0 ? ngx_consent_source_time(ms / 1000) : 0;
}


/* value is valid JSON: no other value begins with the word */

ngx_uint_t
ngx_consent_object_literal(const u_char *value, const u_char *last,
    const char *word, size_t len)
{
    return value != NULL && (size_t) (last - value) >= len
           && memcmp(value, word, len) == 0;
}


ngx_int_t
ngx_consent_object_keys(const ngx_consent_asked_t *asked, u_char *value,
    u_char *last, ngx_consent_key_e of, const ngx_str_t *group, ngx_uint_t yes,
    ngx_consent_answer_t *answer, ngx_uint_t *n)
{
    ngx_int_t                  rc;
    ngx_str_t                  key, full;
    ngx_consent_object_t  array;

    if (value == NULL || *value != '[') {
        return NGX_ERROR;
    }

    if (n) {
        *n = 0;

    } else if (asked->unwanted >> of & 1) {
        return NGX_OK;
    }

    array.pos = value;
    array.last = last;
    array.begun = 0;

    for ( ;; ) {

        rc = ngx_consent_object_next(&array, '[', ']');

        if (rc != NGX_OK) {
            return (rc == NGX_DONE) ? NGX_OK : NGX_ERROR;
        }

        if (*array.pos != '"') {

            if (ngx_consent_json_skip(&array.pos, array.last) != NGX_OK) {
                return NGX_ERROR;
            }

            continue;
        }

        if (ngx_consent_json_text(&array.pos, array.last, &key) != NGX_OK) {
            return NGX_ERROR;
        }

        if (n) {
            (*n)++;
        }

        if (group) {

            if (group->len + 1 + key.len > NGX_CONSENT_SOURCE_MAX_KEY) {
                continue;
            }

            full.data = asked->more;
            full.len = group->len + 1 + key.len;

            memcpy(full.data, group->data, group->len);
            full.data[group->len] = '/';
            memcpy(&full.data[group->len + 1], key.data, key.len);

            key = full;
        }

        ngx_consent_source_say(answer, of, &key, yes);
    }
}
