
/*
 * Link (RFC 8288), as browsers read it: parameters without quotes may hold what
 * no token does, the URL may stand behind them (Firefox), and a '<' or '"'
 * where the RFC has none begins what only some of them take for quoted.
 * Firefox takes white space out of names; WebKit knows '\'' for a quote, too,
 * and looks for the next ',' in strings as well once a parameter was none to
 * it.
 */

#include "ngx_consent_field_int.h"
#include "ngx_consent_fetch.h"


typedef struct {
    const u_char          *url;         /* NULL: there is none */
    size_t                 url_len;
    const u_char          *srcset;      /* as written; NULL: there is none */
    size_t                 srcset_len;
    unsigned               quoted:1;    /* ... with '\\' */
    unsigned               odd:1;       /* to WebKit no parameter */
    unsigned               fetches:1;
    unsigned               read:1;      /* a style sheet or a module */
} ngx_consent_field_target_t;


static ngx_int_t ngx_consent_field_member(const u_char **pos,
    const u_char *last, ngx_consent_field_target_t *t);
static ngx_int_t ngx_consent_field_param(const u_char **pos,
    const u_char *last, ngx_consent_field_target_t *t);
static ngx_uint_t ngx_consent_field_attr_char(u_char c);
static ngx_int_t ngx_consent_field_quoted(const u_char **pos,
    const u_char *last, ngx_uint_t odd);
static void ngx_consent_field_rel(ngx_consent_field_target_t *t,
    const u_char *p, size_t len, ngx_uint_t quoted);
static ngx_uint_t ngx_consent_field_target(ngx_consent_field_t *f,
    const ngx_consent_field_target_t *t);
static size_t ngx_consent_field_unquote(u_char *dst, size_t size,
    const u_char *p, size_t len);
static ngx_uint_t ngx_consent_field_word(const u_char *p, size_t len,
    const ngx_str_t *word);


ngx_uint_t
ngx_consent_field_link(ngx_consent_field_t *f)
{
    ngx_uint_t                   refused;
    const u_char                *p, *start, *last;
    ngx_consent_field_list_t     links;
    ngx_consent_field_target_t   target;

    ngx_consent_field_list(&links);

    p = f->value;
    last = f->value + f->len;

    for ( ;; ) {

        while (p < last && (ngx_consent_field_space(*p) || *p == ',')) {
            p++;
        }

        if (p == last) {
            break;
        }

        start = p;
        ngx_consent_field_begin(f, &links, start - f->value);

        if (ngx_consent_field_member(&p, last, &target) == NGX_OK) {
            refused = ngx_consent_field_target(f, &target);

        } else {
            refused = ngx_consent_field_doubt(f, start - f->value, f->len);
            p = last;
        }

        ngx_consent_field_end(f, &links, p - f->value, refused);
    }

    return ngx_consent_field_close(f, &links);
}


/* NGX_DECLINED: where it ends depends on the browser. */

static ngx_int_t
ngx_consent_field_member(const u_char **pos, const u_char *last,
    ngx_consent_field_target_t *t)
{
    const u_char  *p, *end;

    memset(t, 0, sizeof(ngx_consent_field_target_t));

    p = *pos;

    for ( ;; ) {

        while (p < last && (ngx_consent_field_space(*p) || *p == ';')) {
            p++;
        }

        if (p == last || *p == ',') {
            *pos = p;
            return NGX_OK;
        }

        if (*p == '<') {

            end = memchr(p, '>', last - p);

            if (end == NULL || t->url) {
                return NGX_DECLINED;
            }

            t->url = p + 1;
            t->url_len = end - t->url;
            p = end + 1;

        } else if (ngx_consent_field_param(&p, last, t) != NGX_OK) {
            return NGX_DECLINED;
        }

        while (p < last && ngx_consent_field_space(*p)) {
            p++;
        }

        if (p < last && *p != ';' && *p != ',') {
            return NGX_DECLINED;
        }
    }
}


static ngx_int_t
ngx_consent_field_param(const u_char **pos, const u_char *last,
    ngx_consent_field_target_t *t)
{
    size_t         len;
    u_char         quote;
    ngx_uint_t     quoted;
    const u_char  *p, *name, *end, *value;

    static const ngx_str_t  rel = ngx_string("rel");
    static const ngx_str_t  srcset = ngx_string("imagesrcset");

    name = *pos;

    for (p = name; p < last && *p != '=' && *p != ';' && *p != ','; p++) {
        if (*p == '"' || *p == '<') {
            return NGX_DECLINED;
        }
    }

    *pos = p;

    if (p == last || *p != '=') {
        t->odd = 1;
        return NGX_OK;
    }

    for (end = p; end > name && ngx_consent_field_space(end[-1]); end--) {
        /* void */
    }

    for (value = name; value < end; value++) {

        if (ngx_consent_value_space(*value)) {
            return NGX_DECLINED;
        }

        t->odd |= !ngx_consent_field_attr_char(*value);
    }

    for (p++; p < last && ngx_consent_field_space(*p); p++) { /* void */ }

    quote = (p < last) ? *p : 0;
    quoted = (quote == '"' || quote == '\'');

    if (quoted) {

        value = p + 1;

        if (ngx_consent_field_quoted(&p, last, t->odd) != NGX_OK) {
            return NGX_DECLINED;
        }

        len = p - 1 - value;

    } else {

        for (value = p; p < last && *p != ';' && *p != ','; p++) {
            if (*p == '"' || *p == '<') {
                return NGX_DECLINED;
            }
        }

        for (len = p - value; len && ngx_consent_field_space(value[len - 1]);
             len--)
        { /* void */ }

        t->odd |= (len == 0 || memchr(value, ' ', len) != NULL
                   || memchr(value, '\t', len) != NULL);
    }

    *pos = p;

    /* the first counts, but which of them a browser takes is not relied on */

    if (ngx_consent_field_word(name, end - name, &rel)) {
        ngx_consent_field_rel(t, value, len, quoted);

    } else if (ngx_consent_field_word(name, end - name, &srcset)
               && t->srcset == NULL)
    {
        t->srcset = value;
        t->srcset_len = len;
        t->quoted = quoted;
    }

    return NGX_OK;
}


/* 1 if a name has it to WebKit (RFC 5987, 3.2.1) */

static ngx_uint_t
ngx_consent_field_attr_char(u_char c)
{
    static const u_char  others[] = "\"%'()*,/:;<=>?@[\\]{}";

    return c > ' ' && c < 0x7f && memchr(others, c, sizeof(others) - 1) == NULL;
}


/* From quote to quote; NGX_DECLINED: where it ends depends on the browser. */

static ngx_int_t
ngx_consent_field_quoted(const u_char **pos, const u_char *last, ngx_uint_t odd)
{
    u_char         quote;
    const u_char  *p;

    p = *pos;
    quote = *p++;

    for ( /* void */ ; p < last && *p != quote; p++) {

        if (*p == ',' && odd) {
            return NGX_DECLINED;
        }

        if (quote == '\'' && memchr(",;\"<\\", *p, 5)) {
            return NGX_DECLINED;
        }

        if (*p == '\\' && last - p > 1) {
            p++;
        }
    }

    /* of "x\\" WebKit takes the last quote for an escaped one */

    if (p >= last || p[-1] == '\\') {
        return NGX_DECLINED;
    }

    *pos = p + 1;

    return NGX_OK;
}


static void
ngx_consent_field_rel(ngx_consent_field_target_t *t, const u_char *p,
    size_t len, ngx_uint_t quoted)
{
    size_t         i, n;
    u_char         text[NGX_CONSENT_VALUE_WORD];
    ngx_str_t      word;
    const u_char  *pos;

    static const ngx_str_t  reads[] = {
        ngx_string("stylesheet"),
        ngx_string("modulepreload"),
        ngx_null_string
    };

    /* which words come later is not seen */

    if (len > sizeof(text)) {
        t->fetches = 1;
        t->read = 1;
        return;
    }

    if (quoted) {
        n = ngx_consent_field_unquote(text, sizeof(text), p, len);

    } else {
        memcpy(text, p, len);
        n = len;
    }

    for (i = 0; i < n; i++) {
        text[i] = ngx_consent_tolower(text[i]);
    }

    pos = text;

    while (ngx_consent_value_token(&pos, text + n, &word) == NGX_OK) {
        t->fetches |= ngx_consent_fetch_link_type(word.data, word.len);
        t->read |= ngx_consent_value_in(reads, word.data, word.len);
    }
}


static ngx_uint_t
ngx_consent_field_target(ngx_consent_field_t *f,
    const ngx_consent_field_target_t *t)
{
    size_t       n;
    u_char      *p, *last, text[NGX_CONSENT_URL_MAX];
    ngx_str_t    url;
    ngx_uint_t   refused;

    if (!t->fetches) {
        return 0;
    }

    refused = 0;

    if (t->url) {
        refused = ngx_consent_field_ask(f, t->read ? NGX_CONSENT_FIELD_READ
                                                   : NGX_CONSENT_FIELD_FETCHED,
                                        t->url, t->url_len);
    }

    if (t->srcset == NULL) {
        return refused;
    }

    p = (u_char *) t->srcset;
    n = t->srcset_len;

    if (t->quoted && memchr(p, '\\', n)) {

        /* candidates past it would not be seen */

        if (n > sizeof(text)) {
            return refused | ngx_consent_field_doubt(f, p - f->value,
                                                     p - f->value + n);
        }

        n = ngx_consent_field_unquote(text, sizeof(text), p, n);
        p = text;
    }

    last = p + n;

    while (ngx_consent_url_srcset(&p, last, &url) == NGX_OK) {
        refused |= f->ask(f->data, NGX_CONSENT_FIELD_FETCHED, url.data,
                          url.len);
    }

    return refused;
}


/* What is between the quotes of a quoted-string (RFC 9110, 5.6.4). */

static size_t
ngx_consent_field_unquote(u_char *dst, size_t size, const u_char *p, size_t len)
{
    size_t         n;
    const u_char  *last;

    last = p + len;

    for (n = 0; p < last && n < size; n++) {

        if (*p == '\\' && last - p > 1) {
            p++;
        }

        dst[n] = *p++;
    }

    return n;
}


static ngx_uint_t
ngx_consent_field_word(const u_char *p, size_t len, const ngx_str_t *word)
{
    size_t  i;

    if (len != word->len) {
        return 0;
    }

    for (i = 0; i < len; i++) {
        if (ngx_consent_tolower(p[i]) != word->data[i]) {
            return 0;
        }
    }

    return 1;
}
