
#include "ngx_consent_markup_int.h"
#include "ngx_consent_fetch.h"
#include "ngx_consent_value.h"


static ngx_uint_t ngx_consent_markup_known(const ngx_consent_markup_t *m,
    const u_char *p, size_t len, const ngx_consent_grant_t *grant);
static ngx_uint_t ngx_consent_markup_one(const ngx_consent_markup_t *m,
    const u_char *p, size_t len, const ngx_consent_grant_t *grant);
static ngx_uint_t ngx_consent_markup_token(const ngx_consent_tag_t *tag,
    const u_char *p, const ngx_str_t *name, const ngx_str_t *word);


/* of the prefixes as long as it there is no other */
static const ngx_str_t  ngx_consent_markup_data = ngx_string("data-");
static const ngx_str_t  ngx_consent_markup_data_type = ngx_string("data-type");
static const ngx_str_t  ngx_consent_markup_type_name = ngx_string("type");
static const ngx_str_t  ngx_consent_markup_own = ngx_string("data-consent");
static const ngx_str_t  ngx_consent_markup_rel = ngx_string("rel");
static const ngx_str_t  ngx_consent_markup_stylesheet =
    ngx_string("stylesheet");
static const ngx_str_t  ngx_consent_markup_javascript =
    ngx_string("text/javascript");


ngx_uint_t
ngx_consent_markup_marked(const ngx_consent_tag_t *tag, const u_char *p)
{
    ngx_uint_t                        element;
    const ngx_consent_platform_t     *platform;
    const ngx_consent_markup_form_t  *form;

    element = ngx_consent_markup_element(tag, p);

    for (platform = ngx_consent_markup_platforms();
         element && platform->name.len;
         platform++)
    {
        for (form = platform->forms; form->elements; form++) {

            if ((form->elements & element)
                && form->before.len == ngx_consent_markup_data.len
                && form->after.len == 0
                && ngx_consent_markup_key(platform, tag, p)
                && ngx_consent_markup_moved(form, tag, p)
                && !ngx_consent_markup_exempt(platform, tag, p))
            {
                return 1;
            }
        }
    }

    return 0;
}


const ngx_consent_markup_form_t *
ngx_consent_markup_granted(const ngx_consent_markup_t *m,
    const ngx_consent_tag_t *tag, const u_char *p,
    const ngx_consent_grant_t *grant)
{
    size_t                            n;
    u_char                            text[NGX_CONSENT_MARKUP_MAX_KEYS];
    ngx_str_t                         type;
    ngx_uint_t                        element;
    const ngx_consent_attr_t         *attr;
    const ngx_consent_platform_t     *platform;
    const ngx_consent_markup_form_t  *form;

    platform = m->platform;
    element = ngx_consent_markup_element(tag, p);

    if (element == 0) {
        return NULL;
    }

    attr = ngx_consent_markup_key(platform, tag, p);

    /* what waits in our own markup only looks like that */

    if (attr == NULL || ngx_consent_markup_exempt(platform, tag, p)
        || ngx_consent_fetch_attr(tag, p, &ngx_consent_markup_own))
    {
        return NULL;
    }

    if (element == NGX_CONSENT_MARKUP_SCRIPT) {

        if (ngx_consent_markup_type(platform, tag, p, &type) != NGX_OK) {
            return NULL;
        }

        form = platform->forms;

        while (form->elements
               && (!(form->elements & element)
                   || !ngx_consent_markup_attr(form, tag, p, &form->attr)))
        {
            form++;
        }

        /* without a URL it brings its text with it */

        if (form->elements == 0) {
            form = platform->forms;

            while (!(form->elements & NGX_CONSENT_MARKUP_INLINE)) {
                form++;
            }
        }

    } else {

        for (form = platform->forms; form->elements; form++) {
            if ((form->elements & element)
                && ngx_consent_markup_moved(form, tag, p))
            {
                break;
            }
        }

        if (form->elements == 0) {
            return NULL;
        }
    }

    if (attr->value_len >= sizeof(text)) {
        return NULL;
    }

    n = ngx_consent_value_text(text, sizeof(text), p + attr->value,
                               attr->value_len);

    return ngx_consent_markup_known(m, text, n, grant) ? form : NULL;
}


/* 1 if the value has keys, all of them are known, and all are granted */

static ngx_uint_t
ngx_consent_markup_known(const ngx_consent_markup_t *m, const u_char *p,
    size_t len, const ngx_consent_grant_t *grant)
{
    ngx_str_t         word;
    ngx_uint_t        found;
    const u_char     *pos, *last;
    const ngx_str_t  *prefix;

    prefix = &m->platform->prefix;
    last = p + len;

    if (!m->platform->by_class) {

        if (len < prefix->len
            || (prefix->len && memcmp(p, prefix->data, prefix->len) != 0))
        {
            return 0;
        }

        return ngx_consent_markup_one(m, p + prefix->len, len - prefix->len,
                                      grant);
    }

    pos = p;
    found = 0;

    while (ngx_consent_value_token(&pos, last, &word) == NGX_OK) {

        if (!ngx_consent_markup_word(m->platform, &word)) {
            continue;
        }

        if (!ngx_consent_markup_one(m, word.data + prefix->len,
                                    word.len - prefix->len, grant))
        {
            return 0;
        }

        found = 1;
    }

    return found;
}


/* The same of one list of keys. */

static ngx_uint_t
ngx_consent_markup_one(const ngx_consent_markup_t *m, const u_char *p,
    size_t len, const ngx_consent_grant_t *grant)
{
    u_char                           separator;
    ngx_uint_t                       i, found;
    const u_char                    *last, *end, *next;
    ngx_consent_mask_t               granted;
    const ngx_consent_markup_key_t  *key;

    separator = m->platform->separator;
    last = p + len;

    do {
        next = separator ? memchr(p, separator, last - p) : NULL;
        end = next ? next : last;

        while (p < end && ngx_consent_value_space(*p)) {
            p++;
        }

        while (end > p && ngx_consent_value_space(end[-1])) {
            end--;
        }

        found = 0;

        for (i = 0; i < m->nkeys; i++) {

            key = &m->keys[i];

            if (key->key.len != (size_t) (end - p)
                || memcmp(key->key.data, p, end - p) != 0)
            {
                continue;
            }

            granted = (key->provider && grant->providers)
                      ? grant->providers[key->provider - 1] : grant->mask;

            if (key->mask & ~granted) {
                return 0;
            }

            found = 1;
        }

        if (!found) {
            return 0;
        }

        p = next + 1;

    } while (next);

    return 1;
}


ngx_int_t
ngx_consent_markup_type(const ngx_consent_platform_t *platform,
    const ngx_consent_tag_t *tag, const u_char *p, ngx_str_t *type)
{
    size_t                     i;
    u_char                     c, lower;
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(tag, p, &ngx_consent_markup_type_name);

    if (attr == NULL || !ngx_consent_value_is(attr, p, &platform->type)) {
        return NGX_DECLINED;
    }

    *type = ngx_consent_markup_javascript;

    attr = ngx_consent_fetch_attr(tag, p, &ngx_consent_markup_data_type);

    if (!platform->keeps_type || attr == NULL || attr->value_len == 0) {
        return NGX_OK;
    }

    /* without quotes, spaces or references: it may go between any quotes */

    for (i = 0; i < attr->value_len; i++) {

        c = p[attr->value + i];
        lower = c | 0x20;

        if ((lower < 'a' || lower > 'z') && (c < '0' || c > '9') && c != '/'
            && c != '-' && c != '.' && c != '+')
        {
            return NGX_DECLINED;
        }
    }

    type->data = (u_char *) p + attr->value;
    type->len = attr->value_len;

    return NGX_OK;
}


const ngx_consent_attr_t *
ngx_consent_markup_attr(const ngx_consent_markup_form_t *form,
    const ngx_consent_tag_t *tag, const u_char *p, const ngx_str_t *name)
{
    const ngx_consent_attr_t  *attr;

    if (name->len == form->attr.len
        && memcmp(name->data, form->attr.data, name->len) == 0)
    {
        attr = ngx_consent_markup_moved(form, tag, p);

        if (attr) {
            return attr;
        }
    }

    return ngx_consent_fetch_attr(tag, p, name);
}


const ngx_consent_attr_t *
ngx_consent_markup_moved(const ngx_consent_markup_form_t *form,
    const ngx_consent_tag_t *tag, const u_char *p)
{
    size_t                     len;
    u_char                    *last, name[NGX_CONSENT_MARKUP_MAX_NAME];
    ngx_str_t                  s;
    ngx_uint_t                 i;
    const ngx_str_t           *parts[3];

    if (form->before.len == 0 && form->after.len == 0) {
        return NULL;
    }

    parts[0] = &form->before;
    parts[1] = &form->attr;
    parts[2] = &form->after;

    last = name;

    for (i = 0; i < 3; i++) {

        len = parts[i]->len;

        if (len > (size_t) (name + sizeof(name) - last)) {
            return NULL;
        }

        if (len) {
            memcpy(last, parts[i]->data, len);
            last += len;
        }
    }

    s.data = name;
    s.len = last - name;

    return ngx_consent_fetch_attr(tag, p, &s);
}


const ngx_consent_attr_t *
ngx_consent_markup_key(const ngx_consent_platform_t *platform,
    const ngx_consent_tag_t *tag, const u_char *p)
{
    ngx_str_t                  word;
    const u_char              *pos, *last;
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(tag, p, &platform->key);

    if (attr == NULL && platform->older.len) {
        attr = ngx_consent_fetch_attr(tag, p, &platform->older);
    }

    if (attr == NULL || !platform->by_class) {
        return attr;
    }

    pos = p + attr->value;
    last = pos + attr->value_len;

    while (ngx_consent_value_token(&pos, last, &word) == NGX_OK) {
        if (ngx_consent_markup_word(platform, &word)) {
            return attr;
        }
    }

    return NULL;
}


ngx_uint_t
ngx_consent_markup_word(const ngx_consent_platform_t *platform,
    const ngx_str_t *word)
{
    const ngx_str_t                  *s;
    const ngx_consent_markup_form_t  *form;

    s = &platform->prefix;

    if (platform->by_class) {
        return word->len > s->len && memcmp(word->data, s->data, s->len) == 0;
    }

    for (form = platform->forms; form->elements; form++) {

        s = &form->word;

        if (s->len && word->len == s->len
            && memcmp(word->data, s->data, s->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


ngx_uint_t
ngx_consent_markup_exempt(const ngx_consent_platform_t *platform,
    const ngx_consent_tag_t *tag, const u_char *p)
{
    if (platform->exempt.len == 0) {
        return 0;
    }

    if (platform->exempt_word.len == 0) {
        return ngx_consent_fetch_attr(tag, p, &platform->exempt) != NULL;
    }

    return ngx_consent_markup_token(tag, p, &platform->exempt,
                                    &platform->exempt_word);
}


/* 1 if the attribute has that word */

static ngx_uint_t
ngx_consent_markup_token(const ngx_consent_tag_t *tag, const u_char *p,
    const ngx_str_t *name, const ngx_str_t *word)
{
    ngx_str_t                  token;
    const u_char              *pos, *last;
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(tag, p, name);

    if (attr == NULL) {
        return 0;
    }

    pos = p + attr->value;
    last = pos + attr->value_len;

    while (ngx_consent_value_token(&pos, last, &token) == NGX_OK) {
        if (token.len == word->len
            && memcmp(token.data, word->data, word->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


ngx_uint_t
ngx_consent_markup_element(const ngx_consent_tag_t *tag, const u_char *p)
{
    const ngx_consent_attr_t  *rel;

    if (tag->ns != NGX_CONSENT_NS_HTML || tag->part || tag->more) {
        return 0;
    }

    switch (tag->id) {

    case NGX_CONSENT_TAG_SCRIPT:
        return NGX_CONSENT_MARKUP_SCRIPT;

    case NGX_CONSENT_TAG_IFRAME:
        return NGX_CONSENT_MARKUP_IFRAME;

    case NGX_CONSENT_TAG_IMG:
        return NGX_CONSENT_MARKUP_IMG;

    case NGX_CONSENT_TAG_LINK:

        rel = ngx_consent_fetch_attr(tag, p, &ngx_consent_markup_rel);

        return (rel && ngx_consent_value_is(rel, p,
                                            &ngx_consent_markup_stylesheet))
               ? NGX_CONSENT_MARKUP_STYLE : 0;

    case NGX_CONSENT_TAG_AUDIO:
    case NGX_CONSENT_TAG_EMBED:
    case NGX_CONSENT_TAG_SOURCE:
    case NGX_CONSENT_TAG_TRACK:
    case NGX_CONSENT_TAG_VIDEO:
        return NGX_CONSENT_MARKUP_MEDIA;

    default:
        return 0;
    }
}
