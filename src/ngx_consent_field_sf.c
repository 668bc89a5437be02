
/*
 * Structured fields (RFC 9651) whose members are URLs: a dictionary of strings,
 * and a list of them.  Of a malformed one browsers that follow the RFC take
 * nothing.  WebKit reads on, and so what is no such member is taken for all it
 * could be.
 */

#include "ngx_consent_field_int.h"


static ngx_uint_t ngx_consent_field_strings(ngx_consent_field_t *f,
    ngx_uint_t dictionary);
static const u_char *ngx_consent_field_string_member(const u_char *p,
    const u_char *last);
static ngx_uint_t ngx_consent_field_string(ngx_consent_field_t *f,
    ngx_consent_field_ask_e ask, const u_char *p, const u_char *last);
static const u_char *ngx_consent_field_key(const u_char *p,
    const u_char *last);


ngx_uint_t
ngx_consent_field_endpoints(ngx_consent_field_t *f)
{
    return ngx_consent_field_strings(f, 1);
}


ngx_uint_t
ngx_consent_field_speculation(ngx_consent_field_t *f)
{
    return ngx_consent_field_strings(f, 0);
}


static ngx_uint_t
ngx_consent_field_strings(ngx_consent_field_t *f, ngx_uint_t dictionary)
{
    ngx_uint_t                 refused;
    const u_char              *p, *last, *end, *value;
    ngx_consent_field_list_t   members;

    ngx_consent_field_list(&members);

    p = f->value;
    last = f->value + f->len;

    for ( ;; ) {

        while (p < last && (ngx_consent_field_space(*p) || *p == ',')) {
            p++;
        }

        if (p == last) {
            break;
        }

        ngx_consent_field_begin(f, &members, p - f->value);

        end = ngx_consent_field_string_member(p, last);

        if (end == NULL) {
            end = last;
            value = NULL;

        } else {
            value = dictionary ? ngx_consent_field_key(p, end) : p;
        }

        if (value && value < end && *value == '"') {
            refused = ngx_consent_field_string(f,
                                  dictionary ? NGX_CONSENT_FIELD_FETCHED
                                             : NGX_CONSENT_FIELD_READ,
                                  value + 1, end);

        } else {
            refused = ngx_consent_field_doubt(f, p - f->value,
                                              end - f->value);
        }

        ngx_consent_field_end(f, &members, end - f->value, refused);

        p = end;
    }

    return ngx_consent_field_close(f, &members);
}


/*
 * Where the member ends; NULL: where depends on the reader.  A ',' stands only
 * in strings, and a '\\' escapes nothing in a display string.
 */

static const u_char *
ngx_consent_field_string_member(const u_char *p, const u_char *last)
{
    ngx_uint_t  display;

    for ( /* void */ ; p < last && *p != ','; p++) {

        display = (*p == '%' && last - p > 1 && p[1] == '"');

        if (display) {
            p++;
        }

        if (*p != '"') {
            continue;
        }

        for (p++; p < last && *p != '"'; p++) {

            if (*p != '\\') {
                continue;
            }

            if (display) {
                return NULL;
            }

            if (last - p > 1) {
                p++;
            }
        }

        if (p >= last) {
            return NULL;
        }
    }

    return p;
}


/* A string that is all of the member but for parameters. */

static ngx_uint_t
ngx_consent_field_string(ngx_consent_field_t *f, ngx_consent_field_ask_e ask,
    const u_char *p, const u_char *last)
{
    size_t         n;
    u_char         text[NGX_CONSENT_URL_MAX];
    const u_char  *start;

    start = p;

    /* of a longer one the beginning counts, as of any URL */

    for (n = 0; *p != '"'; p++) {

        if (*p == '\\') {
            p++;
        }

        if (n < sizeof(text)) {
            text[n++] = *p;
        }
    }

    if (f->ask(f->data, ask, text, n)) {
        return 1;
    }

    for (p++; p < last && ngx_consent_field_space(*p); p++) { /* void */ }

    if (p == last || *p == ';') {
        return 0;
    }

    return ngx_consent_field_doubt(f, start - f->value, last - f->value);
}


/* What follows "key="; NULL: it is none. */

static const u_char *
ngx_consent_field_key(const u_char *p, const u_char *last)
{
    const u_char  *start;

    for (start = p; p < last; p++) {

        if (*p == '*' || (*p >= 'a' && *p <= 'z')) {
            continue;
        }

        if (p > start && ((*p >= '0' && *p <= '9') || *p == '_' || *p == '-'
                          || *p == '.'))
        {
            continue;
        }

        break;
    }

    return (p > start && p < last && *p == '=') ? p + 1 : NULL;
}
