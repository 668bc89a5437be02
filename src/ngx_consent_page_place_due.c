
/* Which of the elements that are held back get a placeholder. */

#include "ngx_consent_page_int.h"


static ngx_uint_t ngx_consent_page_place_fits(const ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_uint_t ngx_consent_page_place_embeds(
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused);
static ngx_uint_t ngx_consent_page_place_unseen(
    const ngx_consent_page_tag_t *t);
static ngx_uint_t ngx_consent_page_place_tiny(const ngx_consent_page_tag_t *t,
    const ngx_str_t *name);
static ngx_uint_t ngx_consent_page_place_styled(
    const ngx_consent_page_tag_t *t);


/* attributes that bring content which is seen, not its preview */

static const ngx_str_t  ngx_consent_page_embedding[] = {
    ngx_string("src"),
    ngx_string("data"),
    ngx_string("srcdoc"),
    ngx_string("data-src"),
    ngx_string("data-litespeed-src"),
    ngx_string("data-lazy-src"),
    ngx_string("data-rocket-src"),
    ngx_null_string
};


ngx_uint_t
ngx_consent_page_place_due(const ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused)
{
    return ngx_consent_page_place_fits(page, t)
           && ngx_consent_page_place_embeds(t, refused)
           && !ngx_consent_page_place_unseen(t);
}


/*
 * Where there can be one.  While the page is read in two ways only in noscript:
 * who has scripts takes it for text there, as all around it.
 */

static ngx_uint_t
ngx_consent_page_place_fits(const ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_uint_t                   i;
    const ngx_consent_html_t    *h;
    const ngx_consent_rules_t   *rules;

    rules = page->rules;
    h = &t->reader->html;

    if (rules->emit == NULL || rules->kind != NGX_CONSENT_KIND_HTML
        || page->level || page->places == NGX_CONSENT_PAGE_PLACES
        || t->tag->ns != NGX_CONSENT_NS_HTML || t->tag->part || h->select)
    {
        return 0;
    }

    for (i = 0; i < page->nreaders; i++) {
        if (page->readers[i] != t->reader
            && page->readers[i]->html.closer != NGX_CONSENT_TAG_NOSCRIPT)
        {
            return 0;
        }
    }

    /* another reading has said it already */

    return page->nreaders == 1
           || !ngx_consent_page_edited(page, t->at + 1 + t->tag->name_len);
}


/* A frame with a srcdoc shows that, whatever its src. */

static ngx_uint_t
ngx_consent_page_place_embeds(const ngx_consent_page_tag_t *t,
    const ngx_consent_refused_t *refused)
{
    ngx_uint_t        i, embeds, srcdoc;
    const ngx_str_t  *name, *attr;

    static const ngx_str_t  doc = ngx_string("srcdoc");

    switch (t->tag->id) {

    case NGX_CONSENT_TAG_IFRAME:
    case NGX_CONSENT_TAG_EMBED:
    case NGX_CONSENT_TAG_OBJECT:
    case NGX_CONSENT_TAG_VIDEO:
    case NGX_CONSENT_TAG_AUDIO:
        break;

    default:
        return 0;
    }

    embeds = 0;
    srcdoc = 0;

    for (i = 0; i < refused->n; i++) {

        attr = &refused->attrs[i]->attr;

        for (name = ngx_consent_page_embedding; name->len; name++) {
            if (name->len == attr->len
                && memcmp(name->data, attr->data, attr->len) == 0)
            {
                embeds = 1;
                srcdoc |= (name->len == doc.len && name->data[3] == 'd');
            }
        }
    }

    return embeds
           && (srcdoc || t->tag->id != NGX_CONSENT_TAG_IFRAME
               || ngx_consent_fetch_attr(t->tag, t->p, &doc) == NULL);
}


/* What its author hides is for no visitor to see, placeholder or not. */

static ngx_uint_t
ngx_consent_page_place_unseen(const ngx_consent_page_tag_t *t)
{
    const ngx_consent_attr_t  *attr;

    static const ngx_str_t  hidden = ngx_string("hidden");
    static const ngx_str_t  aria = ngx_string("aria-hidden");
    static const ngx_str_t  yes = ngx_string("true");
    static const ngx_str_t  width = ngx_string("width");
    static const ngx_str_t  height = ngx_string("height");

    attr = ngx_consent_fetch_attr(t->tag, t->p, &aria);

    return (attr && ngx_consent_value_is(attr, t->p, &yes))
           || ngx_consent_fetch_attr(t->tag, t->p, &hidden)
           || ngx_consent_page_place_tiny(t, &width)
           || ngx_consent_page_place_tiny(t, &height)
           || ngx_consent_page_place_styled(t);
}


/* A width or height of 0 or 1: "0", "1px", " 0.5", but not "100%". */

static ngx_uint_t
ngx_consent_page_place_tiny(const ngx_consent_page_tag_t *t,
    const ngx_str_t *name)
{
    size_t                     i, len;
    u_char                     word[NGX_CONSENT_VALUE_WORD];
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(t->tag, t->p, name);

    if (attr == NULL) {
        return 0;
    }

    len = ngx_consent_value_word(word, t->p + attr->value, attr->value_len);

    for (i = 0; i < len && word[i] == '0'; i++) { /* void */ }

    if (i < len && word[i] == '1') {
        i++;
    }

    return i && (i == len || word[i] < '0' || word[i] > '9');
}


/* style="display: none", "visibility: hidden", as far as it is looked at */

static ngx_uint_t
ngx_consent_page_place_styled(const ngx_consent_page_tag_t *t)
{
    size_t                     i, n, len;
    u_char                     word[NGX_CONSENT_VALUE_WORD];
    const ngx_str_t           *s;
    const ngx_consent_attr_t  *attr;

    static const ngx_str_t  style = ngx_string("style");

    static const ngx_str_t  unseen[] = {
        ngx_string("display:none"),
        ngx_string("visibility:hidden"),
        ngx_null_string
    };

    attr = ngx_consent_fetch_attr(t->tag, t->p, &style);

    if (attr == NULL) {
        return 0;
    }

    n = ngx_consent_value_word(word, t->p + attr->value, attr->value_len);

    for (i = 0, len = 0; i < n; i++) {
        if (!ngx_consent_value_space(word[i])) {
            word[len++] = word[i];
        }
    }

    for (s = unseen; s->len; s++) {
        for (i = 0; i + s->len <= len; i++) {
            if (memcmp(word + i, s->data, s->len) == 0) {
                return 1;
            }
        }
    }

    return 0;
}
