
/*
 * Commanders Act TrustCommander:
 *     <status>S<version>S<categories>S<always on>S<updated>[,<created>,
 *     <expires>][S<vendors>[S...]]
 * S is a character that the account chooses; new fields come at the end.
 */

#include "ngx_consent_source_text.h"


#define NGX_CONSENT_TRUSTCOMMANDER_IN   '0'
#define NGX_CONSENT_TRUSTCOMMANDER_OUT  '1'


static ngx_uint_t ngx_consent_trustcommander_status(u_char c);
static ngx_uint_t ngx_consent_trustcommander_separator(u_char c);
static ngx_uint_t ngx_consent_trustcommander_word(u_char c);
static ngx_uint_t ngx_consent_trustcommander_version(const ngx_str_t *version);
static ngx_int_t ngx_consent_trustcommander_list(ngx_consent_answer_t *answer,
    const ngx_str_t *list, ngx_uint_t yes);
static void ngx_consent_trustcommander_times(ngx_consent_answer_t *answer,
    ngx_str_t *times);
static ngx_int_t ngx_consent_trustcommander_v1_narrowed(
    const ngx_consent_asked_t *asked, ngx_str_t *list);


#define ngx_consent_trustcommander_all(s)  ngx_consent_source_is(s, "ALL")


void
ngx_consent_source_trustcommander(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    u_char      status, separator;
    ngx_str_t   rest, version, categories, always, times;
    ngx_uint_t  in;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &rest) != NGX_OK
        || rest.len < 2)
    {
        return;
    }

    status = rest.data[0];
    separator = rest.data[1];

    rest.data += 2;
    rest.len -= 2;

    if (!ngx_consent_trustcommander_status(status)
        || !ngx_consent_trustcommander_separator(separator)
        || !ngx_consent_text_item(&rest, separator, &version)
        || !ngx_consent_trustcommander_version(&version)
        || !ngx_consent_text_item(&rest, separator, &categories)
        || !ngx_consent_text_item(&rest, separator, &always))
    {
        return;
    }

    /* what is cut within a list may name another category than it did */

    if (rest.data == NULL && always.len) {
        return;
    }

    in = (status == NGX_CONSENT_TRUSTCOMMANDER_IN);

    /* a category that is on both lists is refused, if one of them refuses it */

    if (ngx_consent_text_numbers(answer, NGX_CONSENT_KEY_CATEGORY, &always,
                                   ',', 1)
        != NGX_OK
        || ngx_consent_trustcommander_list(answer, &categories, in) != NGX_OK)
    {
        return;
    }

    if (ngx_consent_text_item(&rest, separator, &times)) {
        ngx_consent_trustcommander_times(answer, &times);
    }

    answer->state = NGX_CONSENT_DECIDED;
}


static ngx_uint_t
ngx_consent_trustcommander_status(u_char c)
{
    return c == NGX_CONSENT_TRUSTCOMMANDER_IN
           || c == NGX_CONSENT_TRUSTCOMMANDER_OUT;
}


/* "@" as it comes, "!" has been seen; nothing that a field is made of */

static ngx_uint_t
ngx_consent_trustcommander_separator(u_char c)
{
    return c > ' ' && c < 0x7f && c != ',' && c != '%'
           && !ngx_consent_trustcommander_word(c);
}


static ngx_uint_t
ngx_consent_trustcommander_word(u_char c)
{
    u_char  lower;

    lower = ngx_consent_tolower(c);

    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z')
           || c == '|' || c == '.' || c == '_' || c == '-';
}


/* "002|12|3441": of the banner, and which one it was on which site */

static ngx_uint_t
ngx_consent_trustcommander_version(const ngx_str_t *version)
{
    size_t  i;

    for (i = 0; i < version->len; i++) {

        if (!ngx_consent_trustcommander_word(version->data[i])) {
            return 0;
        }
    }

    return version->len != 0;
}


static ngx_int_t
ngx_consent_trustcommander_list(ngx_consent_answer_t *answer,
    const ngx_str_t *list, ngx_uint_t yes)
{
    if (ngx_consent_trustcommander_all(list)) {
        ngx_consent_source_say(answer, NGX_CONSENT_KEY_CATEGORY, list, yes);
        return NGX_OK;
    }

    return ngx_consent_text_numbers(answer, NGX_CONSENT_KEY_CATEGORY, list,
                                      ',', yes);
}


static void
ngx_consent_trustcommander_times(ngx_consent_answer_t *answer, ngx_str_t *times)
{
    ngx_str_t  updated, created, expires;

    if (ngx_consent_text_item(times, ',', &updated)) {
        answer->time = ngx_consent_source_milliseconds(updated.data,
                                                       updated.len);
    }

    if (ngx_consent_text_item(times, ',', &created)
        && ngx_consent_text_item(times, ',', &expires))
    {
        answer->expires = ngx_consent_source_milliseconds(expires.data,
                                                          expires.len);
    }
}


/*
 * The first version: 0@@@<version>@@@<categories>, where "ALL" is narrowed by
 * a cookie of its own, TC_OPTOUT_categories; or a bare 1.
 */

void
ngx_consent_source_trustcommander_v1(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    u_char      status;
    ngx_str_t   rest, version, none;
    ngx_uint_t  i;

    answer->state = NGX_CONSENT_INVALID;

    if (ngx_consent_text_plain(asked->buf, value, &rest) != NGX_OK
        || rest.len == 0)
    {
        return;
    }

    status = rest.data[0];

    if (!ngx_consent_trustcommander_status(status)) {
        return;
    }

    if (rest.len == 1) {

        if (status == NGX_CONSENT_TRUSTCOMMANDER_OUT) {
            answer->state = NGX_CONSENT_DECIDED;
        }

        return;
    }

    rest.data++;
    rest.len--;

    /* each separator is three characters: two empty items and an end */

    for (i = 0; i < 3; i++) {

        if (!ngx_consent_text_item(&rest, '@', &none) || none.len) {
            return;
        }
    }

    if (!ngx_consent_text_item(&rest, '@', &version)
        || (version.len && !ngx_consent_trustcommander_version(&version)))
    {
        return;
    }

    for (i = 0; i < 2; i++) {

        if (!ngx_consent_text_item(&rest, '@', &none) || none.len) {
            return;
        }
    }

    if (rest.data == NULL
        || (status == NGX_CONSENT_TRUSTCOMMANDER_IN
            && ngx_consent_trustcommander_all(&rest)
            && ngx_consent_trustcommander_v1_narrowed(asked, &rest) != NGX_OK)
        || ngx_consent_trustcommander_list(answer, &rest,
               status == NGX_CONSENT_TRUSTCOMMANDER_IN)
           != NGX_OK)
    {
        return;
    }

    answer->state = NGX_CONSENT_DECIDED;
}


/* Copies that disagree say nothing that could be granted. */

static ngx_int_t
ngx_consent_trustcommander_v1_narrowed(const ngx_consent_asked_t *asked,
    ngx_str_t *list)
{
    size_t                len;
    ngx_str_t             first;
    const ngx_str_t      *name;
    ngx_consent_jar_at_t  at;
    ngx_consent_cookie_t  c;

    static const u_char  suffix[] = "_categories";

    name = asked->cookie.len ? &asked->cookie : &asked->format->cookie;
    len = name->len;
    first.len = 0;
    memset(&at, 0, sizeof(ngx_consent_jar_at_t));

    while (ngx_consent_jar_next(asked->jar, &at, &c) == NGX_OK) {

        if (c.name.len != len + sizeof(suffix) - 1
            || memcmp(c.name.data, name->data, len) != 0
            || memcmp(c.name.data + len, suffix, sizeof(suffix) - 1) != 0)
        {
            continue;
        }

        ngx_consent_source_unquote(&c.value);

        if (c.value.len == 0) {
            continue;
        }

        if (first.len == 0) {
            first = c.value;

        } else if (first.len != c.value.len
                   || memcmp(first.data, c.value.data, first.len) != 0)
        {
            return NGX_ERROR;
        }
    }

    if (first.len == 0) {
        return NGX_OK;
    }

    return ngx_consent_text_plain(asked->buf, &first, list);
}
