
#include "ngx_consent_csp.h"
#include "ngx_consent_value.h"


/* the directives that judge an inline script, the first that is there */

#define NGX_CONSENT_CSP_DIRECTIVES  3

static const ngx_str_t  ngx_consent_csp_directives[] = {
    ngx_string("script-src-elem"),
    ngx_string("script-src"),
    ngx_string("default-src")
};


/* sources that take 'unsafe-inline' its meaning, as they begin */

static const ngx_str_t  ngx_consent_csp_strict[] = {
    ngx_string("'sha256-"),
    ngx_string("'sha384-"),
    ngx_string("'sha512-"),
    ngx_string("'strict-dynamic'"),
    ngx_null_string
};


static const ngx_str_t  ngx_consent_csp_nonce = ngx_string("'nonce-");
static const ngx_str_t  ngx_consent_csp_inline =
    ngx_string("'unsafe-inline'");


static void ngx_consent_csp_policy(ngx_consent_csp_t *csp, const u_char *p,
    const u_char *last);
static void ngx_consent_csp_sources(ngx_consent_csp_t *csp, const u_char *p,
    const u_char *last);
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

            directive = &ngx_consent_csp_directives[i];

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
    ngx_uint_t        all, strict;
    const ngx_str_t  *word;

    all = 0;
    strict = 0;
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
    }

    if (nonce.len == 0) {
        csp->refused |= !all || strict;
        return;
    }

    if (csp->nonce.len == 0) {
        csp->nonce = nonce;
        return;
    }

    csp->refused |= csp->nonce.len != nonce.len
                    || memcmp(csp->nonce.data, nonce.data, nonce.len) != 0;
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
