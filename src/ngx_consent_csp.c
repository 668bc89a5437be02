
#include "ngx_consent_csp.h"
#include "ngx_consent_value.h"


/* the directives that judge what is inline, the first that is there */

#define NGX_CONSENT_CSP_DIRECTIVES  3

static const ngx_str_t
    ngx_consent_csp_directives[][NGX_CONSENT_CSP_DIRECTIVES] = {

    /* of a script */
    { ngx_string("script-src-elem"),
      ngx_string("script-src"),
      ngx_string("default-src") },

    /* of a style */
    { ngx_string("style-src-elem"),
      ngx_string("style-src"),
      ngx_string("default-src") }
};


/* sources that take 'unsafe-inline' its meaning, as they begin */

static const ngx_str_t  ngx_consent_csp_strict[] = {
    ngx_string("'sha256-"),
    ngx_string("'sha384-"),
    ngx_string("'sha512-"),
    ngx_null_string
};


static const ngx_str_t  ngx_consent_csp_nonce = ngx_string("'nonce-");
static const ngx_str_t  ngx_consent_csp_inline =
    ngx_string("'unsafe-inline'");


static void ngx_consent_csp_policy(ngx_consent_csp_t *csp, const u_char *p,
    const u_char *last);
static void ngx_consent_csp_sources(ngx_consent_csp_t *csp, const u_char *p,
    const u_char *last);
static ngx_uint_t ngx_consent_csp_is_site(const ngx_consent_csp_t *csp,
    const ngx_str_t *source);
static ngx_uint_t ngx_consent_csp_is(const ngx_str_t *s, const char *word);
static ngx_uint_t ngx_consent_csp_is_nonce(const ngx_str_t *source,
    ngx_str_t *nonce);
static ngx_uint_t ngx_consent_csp_begins(const ngx_str_t *s,
    const ngx_str_t *word);


void
ngx_consent_csp_read(ngx_consent_csp_t *csp, const u_char *p, size_t len)
{
    const u_char  *last, *end;

    last = p + len;

    for ( ;; ) {

        end = memchr(p, ',', last - p);

        ngx_consent_csp_policy(csp, p, end ? end : last);

        if (end == NULL) {
            return;
        }

        p = end + 1;
    }
}


/* Of a directive that is there twice the first counts (CSP 3, 2.2.1). */

static void
ngx_consent_csp_policy(ngx_consent_csp_t *csp, const u_char *p,
    const u_char *last)
{
    ngx_str_t         name;
    ngx_uint_t        i;
    const u_char     *end, *pos, *from[NGX_CONSENT_CSP_DIRECTIVES],
                     *to[NGX_CONSENT_CSP_DIRECTIVES];
    const ngx_str_t  *directive;

    memset(from, 0, sizeof(from));

    for ( /* void */ ; p < last; p = end + 1) {

        end = memchr(p, ';', last - p);
        if (end == NULL) {
            end = last;
        }

        pos = p;

        if (ngx_consent_value_token(&pos, end, &name) != NGX_OK) {
            continue;
        }

        for (i = 0; i < NGX_CONSENT_CSP_DIRECTIVES; i++) {

            directive = &ngx_consent_csp_directives[csp->style][i];

            if (from[i] == NULL && name.len == directive->len
                && ngx_consent_csp_begins(&name, directive))
            {
                from[i] = pos;
                to[i] = end;
            }
        }
    }

    for (i = 0; i < NGX_CONSENT_CSP_DIRECTIVES; i++) {
        if (from[i]) {
            ngx_consent_csp_sources(csp, from[i], to[i]);
            return;
        }
    }
}


/* "Does a source list allow all inline behavior", and nonces (6.7.3). */

static void
ngx_consent_csp_sources(ngx_consent_csp_t *csp, const u_char *p,
    const u_char *last)
{
    ngx_str_t         source, nonce;
    ngx_uint_t        all, strict, file, dynamic;
    const ngx_str_t  *word;

    all = 0;
    strict = 0;
    file = 0;
    dynamic = 0;
    nonce.len = 0;
    nonce.data = NULL;

    while (ngx_consent_value_token(&p, last, &source) == NGX_OK) {

        if (source.len == ngx_consent_csp_inline.len
            && ngx_consent_csp_begins(&source, &ngx_consent_csp_inline))
        {
            all = 1;
            continue;
        }

        if (nonce.len == 0 && ngx_consent_csp_is_nonce(&source, &nonce)) {
            continue;
        }

        for (word = ngx_consent_csp_strict; word->len; word++) {
            strict |= ngx_consent_csp_begins(&source, word);
        }

        dynamic |= ngx_consent_csp_is(&source, "'strict-dynamic'");
        file |= ngx_consent_csp_is_site(csp, &source);
    }

    /* where scripts are trusted by who loads them no host counts (6.7.1.1) */

    dynamic = dynamic && !csp->style;
    strict |= dynamic;
    file = file && !dynamic;

    if (nonce.len == 0) {
        csp->refused |= !all || strict;
        csp->file_refused |= !file;
        return;
    }

    if (csp->nonce.len == 0) {
        csp->nonce = nonce;
        return;
    }

    if (csp->nonce.len != nonce.len
        || memcmp(csp->nonce.data, nonce.data, nonce.len) != 0)
    {
        csp->refused = 1;
        csp->file_refused |= !file;
    }
}


/*
 * Does a source match the site (6.7.2.6)?  Of those with a port or a path it is
 * not said.
 */

static ngx_uint_t
ngx_consent_csp_is_site(const ngx_consent_csp_t *csp, const ngx_str_t *source)
{
    size_t     i, n;
    ngx_str_t  host;

    static const ngx_str_t  http = ngx_string("http://");
    static const ngx_str_t  https = ngx_string("https://");

    if (ngx_consent_csp_is(source, "'self'") || ngx_consent_csp_is(source, "*")
        || ngx_consent_csp_is(source, "http:"))
    {
        return 1;
    }

    if (ngx_consent_csp_is(source, "https:")) {
        return csp->web != NGX_CONSENT_URL_PLAIN;
    }

    host = *source;

    if (ngx_consent_csp_begins(source, &http)) {
        host.data += http.len;
        host.len -= http.len;

    } else if (ngx_consent_csp_begins(source, &https)) {

        if (csp->web == NGX_CONSENT_URL_PLAIN) {
            return 0;
        }

        host.data += https.len;
        host.len -= https.len;
    }

    /* "*.example.com" is what is beneath, and not itself */

    if (host.len > 2 && host.data[0] == '*' && host.data[1] == '.') {

        host.data++;
        host.len--;

        if (csp->host.len <= host.len) {
            return 0;
        }

        i = csp->host.len - host.len;

    } else {
        if (csp->host.len != host.len) {
            return 0;
        }

        i = 0;
    }

    for (n = 0; n < host.len; n++) {
        if (ngx_consent_tolower(host.data[n]) != csp->host.data[i + n]) {
            return 0;
        }
    }

    return host.len != 0;
}


static ngx_uint_t
ngx_consent_csp_is(const ngx_str_t *s, const char *word)
{
    size_t  i;

    for (i = 0; i < s->len; i++) {
        if (word[i] == '\0' || ngx_consent_tolower(s->data[i])
                               != (u_char) word[i])
        {
            return 0;
        }
    }

    return word[i] == '\0';
}


static ngx_uint_t
ngx_consent_csp_is_nonce(const ngx_str_t *source, ngx_str_t *nonce)
{
    u_char      c, *p, *last;
    ngx_uint_t  padding;

    if (source->len < ngx_consent_csp_nonce.len + 2
        || !ngx_consent_csp_begins(source, &ngx_consent_csp_nonce)
        || source->data[source->len - 1] != '\'')
    {
        return 0;
    }

    p = source->data + ngx_consent_csp_nonce.len;
    last = source->data + source->len - 1;

    nonce->data = p;
    nonce->len = last - p;

    padding = 0;

    for ( /* void */ ; p < last; p++) {

        c = *p;

        if (c == '=') {
            padding++;
            continue;
        }

        if (padding
            || !((c >= '0' && c <= '9') || c == '+' || c == '/' || c == '-'
                 || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')))
        {
            nonce->len = 0;
            return 0;
        }
    }

    if (padding > 2 || padding == nonce->len) {
        nonce->len = 0;
        return 0;
    }

    return 1;
}


/* word is in lower case */

static ngx_uint_t
ngx_consent_csp_begins(const ngx_str_t *s, const ngx_str_t *word)
{
    size_t  i;

    if (s->len < word->len) {
        return 0;
    }

    for (i = 0; i < word->len; i++) {
        if (ngx_consent_tolower(s->data[i]) != word->data[i]) {
            return 0;
        }
    }

    return 1;
}
