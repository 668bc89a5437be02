
#include "ngx_consent_choice.h"
#include "ngx_consent_json.h"
#include "ngx_consent_site.h"
#include "ngx_consent_url.h"


static ngx_int_t ngx_consent_choice_field(ngx_consent_choice_t *c,
    const ngx_str_t *name, const ngx_str_t *value);
static ngx_int_t ngx_consent_choice_accept(ngx_consent_choice_t *c,
    const ngx_str_t *name);
static ngx_int_t ngx_consent_choice_return(ngx_consent_choice_t *c,
    const ngx_str_t *path);
static ngx_int_t ngx_consent_choice_end(ngx_consent_choice_t *c);
static ngx_int_t ngx_consent_choice_fault(ngx_consent_choice_t *c,
    const char *reason, const ngx_str_t *subject);
static ngx_uint_t ngx_consent_choice_is(const ngx_str_t *s, const char *word);

static ngx_int_t ngx_consent_choice_member(ngx_consent_choice_t *c,
    u_char **pos, u_char *last, ngx_uint_t *seen);
static ngx_int_t ngx_consent_choice_list(ngx_consent_choice_t *c,
    u_char **pos, u_char *last);


static const char  ngx_consent_choice_broken[] = "the body is no JSON object";
static const char  ngx_consent_choice_no_list[] =
    "\"accept\" is neither a string nor a list of strings";


ngx_int_t
ngx_consent_choice_form(ngx_consent_choice_t *c, u_char *body, size_t len,
    u_char *buf)
{
    u_char     *p, *last;
    ngx_str_t   name, value;

    p = body;
    last = body + len;

    while (ngx_consent_url_arg(&p, last, &name, &value, buf, last - p)
           == NGX_OK)
    {
        if (ngx_consent_choice_field(c, &name, &value) != NGX_OK) {
            return NGX_DECLINED;
        }

        /* nothing decoded is longer than it was */

        buf += name.len + value.len;
    }

    return ngx_consent_choice_end(c);
}


static ngx_int_t
ngx_consent_choice_field(ngx_consent_choice_t *c, const ngx_str_t *name,
    const ngx_str_t *value)
{
    if (ngx_consent_choice_is(name, "accept")) {
        return ngx_consent_choice_accept(c, value);
    }

    if (ngx_consent_choice_is(name, "return")) {
        return ngx_consent_choice_return(c, value);
    }

    if (ngx_consent_choice_is(name, "choice")
        && ngx_consent_choice_is(value, "set"))
    {
        c->set = 1;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_choice_accept(ngx_consent_choice_t *c, const ngx_str_t *name)
{
    ngx_uint_t  i;

    if (ngx_consent_choice_is(name, "all")) {
        c->said_all = 1;
        return NGX_OK;
    }

    if (ngx_consent_choice_is(name, "none")) {
        c->said_none = 1;
        return NGX_OK;
    }

    for (i = 0; i < c->nkeys; i++) {

        if (c->keys[i].key.len == name->len
            && memcmp(c->keys[i].key.data, name->data, name->len) == 0)
        {
            c->named = 1;
            c->accepted[i] = 1;
            return NGX_OK;
        }
    }

    return ngx_consent_choice_fault(c, "unknown category or provider",
                                    name);
}


static ngx_int_t
ngx_consent_choice_return(ngx_consent_choice_t *c, const ngx_str_t *path)
{
    if (c->to.data) {
        return ngx_consent_choice_fault(c, "\"return\" is given twice", path);
    }

    if (!ngx_consent_site_path(path)) {
        return ngx_consent_choice_fault(c, "\"return\" is no path of this site",
                                        path);
    }

    c->to = *path;

    return NGX_OK;
}


/* What all the fields together say. */

static ngx_int_t
ngx_consent_choice_end(ngx_consent_choice_t *c)
{
    if (c->said_all + c->said_none + c->named > 1) {
        return ngx_consent_choice_fault(c, "\"all\", \"none\" and names of "
                                        "categories exclude each other", NULL);
    }

    if (c->said_all) {

        if (c->nkeys) {
            memset(c->accepted, 1, c->nkeys);
        }

        return NGX_OK;
    }

    if (c->said_none || c->named || c->set) {
        return NGX_OK;
    }

    return ngx_consent_choice_fault(c, "no \"accept\" was sent, \"all\", "
                                    "\"none\" or names of categories were "
                                    "expected", NULL);
}


static ngx_int_t
ngx_consent_choice_fault(ngx_consent_choice_t *c, const char *reason,
    const ngx_str_t *subject)
{
    c->reason = reason;

    if (subject) {
        c->subject = *subject;
    }

    return NGX_DECLINED;
}


static ngx_uint_t
ngx_consent_choice_is(const ngx_str_t *s, const char *word)
{
    size_t  i;

    for (i = 0; i < s->len && word[i]; i++) {
        if (s->data[i] != (u_char) word[i]) {
            return 0;
        }
    }

    return i == s->len && word[i] == '\0';
}


ngx_int_t
ngx_consent_choice_json(ngx_consent_choice_t *c, u_char *body, size_t len)
{
    u_char      *p, *last, end;
    ngx_int_t    rc;
    ngx_uint_t   seen;

    p = body;
    last = body + len;
    seen = 0;

    if (ngx_consent_json_peek(&p, last) != '{') {
        return ngx_consent_choice_fault(c, ngx_consent_choice_broken, NULL);
    }

    p++;
    end = ngx_consent_json_peek(&p, last);

    while (end != '}') {

        rc = ngx_consent_choice_member(c, &p, last, &seen);

        if (rc == NGX_DECLINED) {
            return rc;
        }

        end = ngx_consent_json_peek(&p, last);

        if (rc != NGX_OK || (end != '}' && end != ',')) {
            return ngx_consent_choice_fault(c, ngx_consent_choice_broken,
                                            NULL);
        }

        if (end == ',') {
            p++;
        }
    }

    p++;
    ngx_consent_json_peek(&p, last);

    if (p < last) {
        return ngx_consent_choice_fault(c, ngx_consent_choice_broken, NULL);
    }

    return ngx_consent_choice_end(c);
}


/* NGX_OK, NGX_DECLINED: not what we take, NGX_ERROR: no JSON */

static ngx_int_t
ngx_consent_choice_member(ngx_consent_choice_t *c, u_char **pos, u_char *last,
    ngx_uint_t *seen)
{
    u_char     ch;
    ngx_str_t  name, value;

    ngx_consent_json_peek(pos, last);

    if (ngx_consent_json_string(pos, last, &name) != NGX_OK
        || ngx_consent_json_peek(pos, last) != ':')
    {
        return NGX_ERROR;
    }

    (*pos)++;

    ch = ngx_consent_json_peek(pos, last);

    if (ngx_consent_choice_is(&name, "accept")) {

        /* parsers differ on which of two counts */

        if ((*seen)++) {
            return ngx_consent_choice_fault(c, "\"accept\" is given twice",
                                            NULL);
        }

        if (ch == '[') {
            return ngx_consent_choice_list(c, pos, last);
        }

        if (ch != '"') {
            return ngx_consent_choice_fault(c, ngx_consent_choice_no_list,
                                            NULL);
        }

        if (ngx_consent_json_string(pos, last, &value) != NGX_OK) {
            return NGX_ERROR;
        }

        return ngx_consent_choice_accept(c, &value);
    }

    if (ngx_consent_choice_is(&name, "return")) {

        if (ch != '"') {
            return ngx_consent_choice_fault(c, "\"return\" is no string",
                                            NULL);
        }

        if (ngx_consent_json_string(pos, last, &value) != NGX_OK) {
            return NGX_ERROR;
        }

        return ngx_consent_choice_return(c, &value);
    }

    return ngx_consent_json_skip(pos, last);
}


/* A list of strings; an empty one accepts nothing, and says so. */

static ngx_int_t
ngx_consent_choice_list(ngx_consent_choice_t *c, u_char **pos, u_char *last)
{
    u_char     ch;
    ngx_str_t  value;

    (*pos)++;

    if (ngx_consent_json_peek(pos, last) == ']') {
        (*pos)++;
        c->said_none = 1;
        return NGX_OK;
    }

    for ( ;; ) {

        if (ngx_consent_json_peek(pos, last) != '"') {
            return ngx_consent_choice_fault(c, ngx_consent_choice_no_list,
                                            NULL);
        }

        if (ngx_consent_json_string(pos, last, &value) != NGX_OK) {
            return NGX_ERROR;
        }

        if (ngx_consent_choice_accept(c, &value) != NGX_OK) {
            return NGX_DECLINED;
        }

        ch = ngx_consent_json_peek(pos, last);

        if (ch != ']' && ch != ',') {
            return NGX_ERROR;
        }

        (*pos)++;

        if (ch == ']') {
            return NGX_OK;
        }
    }
}
