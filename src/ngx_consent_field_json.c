
/*
 * Report-To and NEL: JSON values with ',' between them (Reporting of 2018, 3.1,
 * and Network Error Logging, 4).  A group loses the endpoints that are refused;
 * one that has none left goes, and NEL that needs it, too.
 */

#include "ngx_consent_field_int.h"
#include "ngx_consent_json.h"


typedef ngx_int_t (*ngx_consent_field_object_pt)(ngx_consent_field_t *f,
    u_char **pos, u_char *last, ngx_uint_t *refused);


static ngx_uint_t ngx_consent_field_objects(ngx_consent_field_t *f,
    ngx_consent_field_object_pt object);
static ngx_int_t ngx_consent_field_group(ngx_consent_field_t *f, u_char **pos,
    u_char *last, ngx_uint_t *refused);
static ngx_int_t ngx_consent_field_urls(ngx_consent_field_t *f, u_char **pos,
    u_char *last, ngx_uint_t *refused);
static ngx_int_t ngx_consent_field_endpoint(ngx_consent_field_t *f,
    u_char **pos, u_char *last, ngx_uint_t *refused);
static ngx_int_t ngx_consent_field_policies(ngx_consent_field_t *f,
    u_char **pos, u_char *last, ngx_uint_t *refused);
static ngx_uint_t ngx_consent_field_deletes(ngx_consent_field_t *f, u_char *p,
    u_char *last);
static ngx_int_t ngx_consent_field_property(u_char **pos, u_char *last,
    ngx_uint_t *n, ngx_str_t *name);
static ngx_uint_t ngx_consent_field_is(const ngx_str_t *name,
    const char *word);


ngx_uint_t
ngx_consent_field_report_to(ngx_consent_field_t *f)
{
    return ngx_consent_field_objects(f, ngx_consent_field_group);
}


ngx_uint_t
ngx_consent_field_nel(ngx_consent_field_t *f)
{
    return ngx_consent_field_objects(f, ngx_consent_field_policies);
}


/*
 * Strings are decoded where they stand, in a copy; what is left of the value is
 * put together behind that, in the same memory.
 */

static ngx_uint_t
ngx_consent_field_objects(ngx_consent_field_t *f,
    ngx_consent_field_object_pt object)
{
    u_char                    *p, *last;
    size_t                     start;
    ngx_int_t                  rc;
    ngx_uint_t                 refused;
    ngx_consent_field_list_t   objects;

    ngx_consent_field_list(&objects);

    memcpy(f->text, f->value, f->len);

    p = f->text;
    last = f->text + f->len;

    for ( ;; ) {

        (void) ngx_consent_json_peek(&p, last);

        if (p == last) {
            break;
        }

        start = p - f->text;
        ngx_consent_field_begin(f, &objects, start);

        refused = 0;

        if (*p == '{') {
            rc = object(f, &p, last, &refused);

        } else {
            rc = ngx_consent_json_skip(&p, last);

            if (rc == NGX_OK) {
                refused = ngx_consent_field_doubt(f, start, p - f->text);
            }
        }

        if (rc == NGX_OK) {

            ngx_consent_field_end(f, &objects, p - f->text, refused);

            (void) ngx_consent_json_peek(&p, last);

            if (p == last) {
                break;
            }

            if (*p == ',') {
                p++;
                continue;
            }

            start = p - f->text;
            ngx_consent_field_begin(f, &objects, start);
        }

        /* no JSON: what a browser still takes from it is not known */

        refused = ngx_consent_field_doubt(f, start, f->len);
        ngx_consent_field_end(f, &objects, f->len, refused);

        break;
    }

    return ngx_consent_field_close(f, &objects);
}


static ngx_int_t
ngx_consent_field_group(ngx_consent_field_t *f, u_char **pos, u_char *last,
    ngx_uint_t *refused)
{
    u_char       name[NGX_CONSENT_FIELD_GROUP];
    size_t       len;
    ngx_int_t    rc;
    ngx_str_t    s;
    ngx_uint_t   n, gone;

    static const ngx_str_t  group = ngx_string("default");

    /* who refuses a group does not mind that the browser forgets it */

    if (ngx_consent_field_deletes(f, *pos, last)) {
        return ngx_consent_json_skip(pos, last);
    }

    len = group.len;
    memcpy(name, group.data, len);
    gone = 0;
    n = 0;

    while ((rc = ngx_consent_field_property(pos, last, &n, &s)) == NGX_OK) {

        if (ngx_consent_field_is(&s, "endpoints") && **pos == '[') {
            rc = ngx_consent_field_urls(f, pos, last, &gone);

        } else if (ngx_consent_field_is(&s, "group") && **pos == '"') {

            rc = ngx_consent_json_string(pos, last, &s);

            if (rc == NGX_OK) {
                len = s.len < sizeof(name) ? s.len : sizeof(name);
                memcpy(name, s.data, len);
            }

        } else {
            rc = ngx_consent_json_skip(pos, last);
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (rc != NGX_DONE) {
        return NGX_ERROR;
    }

    if (gone) {
        (void) f->ask(f->data, NGX_CONSENT_FIELD_GONE, name, len);
        *refused = 1;
    }

    return NGX_OK;
}


/* The array of endpoints: *gone if none of them is left. */

static ngx_int_t
ngx_consent_field_urls(ngx_consent_field_t *f, u_char **pos, u_char *last,
    ngx_uint_t *gone)
{
    u_char                     ch;
    ngx_int_t                  rc;
    ngx_uint_t                 refused;
    ngx_consent_field_list_t   endpoints;

    ngx_consent_field_list(&endpoints);

    (*pos)++;

    ch = ngx_consent_json_peek(pos, last);

    while (ch != ']') {

        ngx_consent_field_begin(f, &endpoints, *pos - f->text);

        refused = 0;

        if (ch == '{') {
            rc = ngx_consent_field_endpoint(f, pos, last, &refused);

        } else {
            rc = ngx_consent_json_skip(pos, last);
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }

        ngx_consent_field_end(f, &endpoints, *pos - f->text, refused);

        ch = ngx_consent_json_peek(pos, last);

        if (ch == ',') {
            (*pos)++;
            ch = ngx_consent_json_peek(pos, last);

            if (ch != ']') {
                continue;
            }
        }

        if (ch != ']') {
            return NGX_ERROR;
        }
    }

    (*pos)++;

    *gone |= ngx_consent_field_close(f, &endpoints);

    return NGX_OK;
}


static ngx_int_t
ngx_consent_field_endpoint(ngx_consent_field_t *f, u_char **pos, u_char *last,
    ngx_uint_t *refused)
{
    ngx_int_t   rc;
    ngx_str_t   s;
    ngx_uint_t  n;

    n = 0;

    while ((rc = ngx_consent_field_property(pos, last, &n, &s)) == NGX_OK) {

        if (ngx_consent_field_is(&s, "url") && **pos == '"') {

            rc = ngx_consent_json_string(pos, last, &s);

            if (rc == NGX_OK) {
                *refused |= f->ask(f->data, NGX_CONSENT_FIELD_FETCHED, s.data,
                                   s.len);
            }

        } else {
            rc = ngx_consent_json_skip(pos, last);
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return rc == NGX_DONE ? NGX_OK : NGX_ERROR;
}


/* It has no URL: it goes with the group that it names. */

static ngx_int_t
ngx_consent_field_policies(ngx_consent_field_t *f, u_char **pos, u_char *last,
    ngx_uint_t *refused)
{
    size_t      len;
    ngx_int_t   rc;
    ngx_str_t   s;
    ngx_uint_t  n;

    if (ngx_consent_field_deletes(f, *pos, last)) {
        return ngx_consent_json_skip(pos, last);
    }

    n = 0;

    while ((rc = ngx_consent_field_property(pos, last, &n, &s)) == NGX_OK) {

        if (ngx_consent_field_is(&s, "report_to") && **pos == '"') {

            rc = ngx_consent_json_string(pos, last, &s);

            if (rc == NGX_OK) {
                len = s.len < NGX_CONSENT_FIELD_GROUP
                      ? s.len : NGX_CONSENT_FIELD_GROUP;

                *refused |= f->ask(f->data, NGX_CONSENT_FIELD_NEEDED, s.data,
                                   len);
            }

        } else {
            rc = ngx_consent_json_skip(pos, last);
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return rc == NGX_DONE ? NGX_OK : NGX_ERROR;
}


/* 1 if the object, at p, ends what it names at once: its max_age is 0. */

static ngx_uint_t
ngx_consent_field_deletes(ngx_consent_field_t *f, u_char *p, u_char *last)
{
    size_t       at;
    u_char      *value;
    ngx_int_t    rc;
    ngx_str_t    s;
    ngx_uint_t   n, zero, other;

    at = p - f->text;
    n = 0;
    zero = 0;
    other = 0;

    while ((rc = ngx_consent_field_property(&p, last, &n, &s)) == NGX_OK) {

        value = p;

        rc = ngx_consent_json_skip(&p, last);
        if (rc != NGX_OK) {
            break;
        }

        if (ngx_consent_field_is(&s, "max_age")) {
            zero |= (p - value == 1 && *value == '0');
            other |= (p - value != 1 || *value != '0');
        }
    }

    /*
     * What was decoded is read once more.  How far that went is not known of
     * what is no JSON, and nothing is read after that.
     */

    if (rc != NGX_DONE) {
        p = last;
    }

    memcpy(f->text + at, f->value + at, (p - f->text) - at);

    return rc == NGX_DONE && zero && !other;
}


/*
 * The next property of an object, *n being how many there were: NGX_OK with
 * *pos at its value, NGX_DONE behind the object.
 */

static ngx_int_t
ngx_consent_field_property(u_char **pos, u_char *last, ngx_uint_t *n,
    ngx_str_t *name)
{
    u_char  ch;

    if (*n == 0) {
        (*pos)++;                       /* the '{' */
    }

    ch = ngx_consent_json_peek(pos, last);

    if (ch == '}') {
        (*pos)++;
        return NGX_DONE;
    }

    if (*n != 0) {

        if (ch != ',') {
            return NGX_ERROR;
        }

        (*pos)++;
        (void) ngx_consent_json_peek(pos, last);
    }

    (*n)++;

    if (ngx_consent_json_string(pos, last, name) != NGX_OK
        || ngx_consent_json_peek(pos, last) != ':')
    {
        return NGX_ERROR;
    }

    (*pos)++;

    return ngx_consent_json_peek(pos, last) ? NGX_OK : NGX_ERROR;
}


static ngx_uint_t
ngx_consent_field_is(const ngx_str_t *name, const char *word)
{
    size_t  i;

    for (i = 0; i < name->len; i++) {
        if (word[i] == '\0' || name->data[i] != (u_char) word[i]) {
            return 0;
        }
    }

    return word[i] == '\0';
}
