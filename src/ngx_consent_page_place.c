
#include "ngx_consent_page_int.h"


/*
 * What stands in for a frame that is held back, right before it: whose it is,
 * what it waits for, and how to have it.  The element itself is hidden.
 */

/* what a template's values are for one element */

typedef struct {
    ngx_consent_page_t   *page;
    const ngx_consent_language_t  *lang;
    ngx_str_t             provider;
    ngx_str_t             policy;
    ngx_str_t             action;
    const ngx_consent_provider_t  *chosen;  /* by itself; or NULL */
    ngx_consent_mask_t    needs;        /* what has to be accepted for it */
    u_char                host[NGX_CONSENT_URL_MAX];
} ngx_consent_page_place_t;


/* what is written is counted first */
#define ngx_consent_page_at(dst, size)  ((dst) ? (dst) + (size) : NULL)


static void ngx_consent_page_place_values(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused,
    ngx_consent_page_place_t *place);
static ngx_uint_t ngx_consent_page_place_link(const ngx_str_t *url);
static size_t ngx_consent_page_render(const ngx_consent_page_place_t *place,
    const ngx_str_t *html, u_char *dst);
static size_t ngx_consent_page_render_value(
    const ngx_consent_page_place_t *place, ngx_uint_t of, u_char *dst);
static size_t ngx_consent_page_render_list(
    const ngx_consent_page_place_t *place, ngx_uint_t titles, u_char *dst);
static size_t ngx_consent_page_copy(u_char *dst, const ngx_str_t *s);


static const ngx_str_t  ngx_consent_page_lang = ngx_string("lang");

/*
 * A style sheet of the site that sets display makes nothing of "hidden": what
 * is inert does at least not stand before the placeholder's button.
 */
static const ngx_str_t  ngx_consent_page_hidden = ngx_string(" hidden inert");


static const ngx_str_t  ngx_consent_page_comma = ngx_string(", ");


void
ngx_consent_page_language(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    size_t                     len;
    u_char                     word[NGX_CONSENT_VALUE_WORD];
    const ngx_consent_attr_t  *attr;

    if (page->has_lang) {
        return;
    }

    page->has_lang = 1;

    attr = ngx_consent_fetch_attr(t->tag, t->p, &ngx_consent_page_lang);

    if (attr) {
        len = ngx_consent_value_word(word, t->p + attr->value,
                                     attr->value_len);
        page->lang = ngx_consent_language(word, len);

        if (len > NGX_CONSENT_PAGE_TONGUE) {
            len = NGX_CONSENT_PAGE_TONGUE;
        }

        memcpy(page->tongue_data, word, len);

        page->tongue.data = page->tongue_data;
        page->tongue.len = len;
    }
}


ngx_int_t
ngx_consent_page_place(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused,
    ngx_uint_t gone)
{
    size_t                     size;
    ngx_consent_edit_t         edit;
    ngx_consent_page_place_t   place;

    if (!ngx_consent_page_place_due(page, t, refused)) {
        return NGX_OK;
    }

    ngx_consent_page_place_values(page, t, refused, &place);

    if (place.provider.len == 0) {
        return NGX_OK;
    }

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    size = ngx_consent_page_render(&place, &page->rules->place->html, NULL);

    edit.at = t->at;
    edit.what = NGX_CONSENT_EDIT_TEXT;
    edit.text.len = size;
    edit.text.data = ngx_consent_page_reserve(page, size);

    if (edit.text.data == NULL) {
        return NGX_ERROR;
    }

    (void) ngx_consent_page_render(&place, &page->rules->place->html,
                                   edit.text.data);

    page->ntexts += size;
    page->places++;

    if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
        return NGX_ERROR;
    }

    if (gone) {
        return NGX_OK;
    }

    edit.at = t->at + 1 + t->tag->name_len;
    edit.text = ngx_consent_page_hidden;

    return ngx_consent_page_edit(page, &edit);
}


/*
 * The provider is that of the first row that holds the element back; where no
 * row does, the host is all that is known.  No form stands in a form (HTML
 * 4.10.3), and none is sent to the host that a base makes of its action.  Where
 * the category is accepted and the provider refused, to accept it again changes
 * nothing, unless the provider can be accepted by itself; nor does it where
 * another source has refused.
 */

static void
ngx_consent_page_place_values(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused,
    ngx_consent_page_place_t *place)
{
    ngx_consent_url_t              u;
    ngx_consent_mask_t             changes;
    const ngx_str_t               *host;
    const ngx_consent_attr_t      *attr;
    const ngx_consent_rules_t     *rules;
    const ngx_consent_grant_t     *vetoed;
    const ngx_consent_provider_t  *provider;

    rules = page->rules;

    memset(place, 0, offsetof(ngx_consent_page_place_t, host));

    place->page = page;
    place->lang = page->lang ? page->lang : rules->place->lang;
    place->needs = refused->needs;

    provider = page->tag_row ? page->tag_row->provider : NULL;

    if (provider) {
        place->provider = provider->name;

        /* no other scheme is a page to read, and one of them is a script */

        if (ngx_consent_page_place_link(&provider->policy)) {
            place->policy = provider->policy;
        }
    }

    if (place->provider.len == 0) {

        attr = ngx_consent_fetch_attr(t->tag, t->p, &refused->attrs[0]->attr);

        if (attr) {
            ngx_consent_url_parse(&u, t->p + attr->value, attr->value_len,
                                  NGX_CONSENT_URL_ATTR, &page->base,
                                  place->host);
            place->provider = u.host;
        }
    }

    host = &rules->self.host;

    changes = rules->place->offers;

    if (provider && provider->key.len) {
        place->chosen = provider;

    } else {
        changes &= ~rules->grant.mask;
    }

    vetoed = rules->place->vetoed;

    if (vetoed) {
        changes &= ~(provider ? ngx_consent_table_granted(vetoed, provider)
                               : vetoed->mask);
    }

    if (place->needs && !(place->needs & ~changes)
        && !t->reader->html.form
        && (!page->has_base
            || (page->base.host.len == host->len
                && memcmp(page->base.host.data, host->data, host->len) == 0)))
    {
        place->action = rules->place->action;
    }
}


/* 1 if it begins with http:// or https:// */

static ngx_uint_t
ngx_consent_page_place_link(const ngx_str_t *url)
{
    size_t   i, n;

    static const u_char  scheme[] = "https://";

    for (i = 0, n = 0; i < url->len && scheme[n]; i++, n++) {

        if (n == 4 && url->data[i] == ':') {
            n++;
        }

        if (ngx_consent_tolower(url->data[i]) != scheme[n]) {
            return 0;
        }
    }

    return scheme[n] == '\0';
}


/* The template with its values: so many bytes, at dst if it is not NULL. */

static size_t
ngx_consent_page_render(const ngx_consent_page_place_t *place,
    const ngx_str_t *html, u_char *dst)
{
    size_t               n, size;
    ngx_uint_t           depth, off;
    const u_char        *pos, *last;
    ngx_consent_part_t   part;

    pos = html->data;
    last = pos + html->len;

    size = 0;
    depth = 0;
    off = 0;                            /* the "if" that does not hold, or 0 */

    while (ngx_consent_placeholder_next(&pos, last, &part) == NGX_OK) {

        n = 0;

        switch (part.what) {

        case NGX_CONSENT_PART_IF:

            depth++;

            if (off == 0
                && ngx_consent_page_render_value(place, part.of, NULL) == 0)
            {
                off = depth;
            }

            break;

        case NGX_CONSENT_PART_ELSE:

            if (off == 0) {
                off = depth;

            } else if (off == depth) {
                off = 0;
            }

            break;

        case NGX_CONSENT_PART_ENDIF:

            if (off == depth) {
                off = 0;
            }

            depth--;
            break;

        case NGX_CONSENT_PART_VALUE:

            if (off == 0) {
                n = ngx_consent_page_render_value(place, part.of, dst);
            }

            break;

        case NGX_CONSENT_PART_TEXT:

            if (off == 0) {
                n = ngx_consent_page_render(place, &place->lang->text[part.of],
                                            dst);
            }

            break;

        default:

            if (off == 0) {
                n = ngx_consent_template_escape(dst, part.source.data,
                                                   part.source.len, 1);
            }
        }

        size += n;

        if (dst) {
            dst += n;
        }
    }

    return size;
}


static size_t
ngx_consent_page_render_value(const ngx_consent_page_place_t *place,
    ngx_uint_t of, u_char *dst)
{
    size_t                         size;
    const ngx_str_t               *s;
    const ngx_consent_stand_in_t  *rules;

    rules = place->page->rules->place;

    switch (of) {

    case NGX_CONSENT_PLACE_PROVIDER:
        s = &place->provider;
        break;

    case NGX_CONSENT_PLACE_POLICY:
        s = &place->policy;
        break;

    case NGX_CONSENT_PLACE_CATEGORIES:
        return ngx_consent_page_render_list(place, 1, dst);

    case NGX_CONSENT_PLACE_CATEGORIES_LANG:
        s = ngx_consent_table_lang(place->page->rules->table);

        if (s->len == place->lang->lang.len
            && memcmp(s->data, place->lang->lang.data, s->len) == 0)
        {
            return 0;
        }

        break;

    case NGX_CONSENT_PLACE_ACTION:
        s = &place->action;
        break;

    case NGX_CONSENT_PLACE_ACCEPT:
        return ngx_consent_page_render_list(place, 0, dst);

    case NGX_CONSENT_PLACE_RETURN:
        s = &rules->back;
        break;

    case NGX_CONSENT_PLACE_SETTINGS:
        size = ngx_consent_template_escape(dst, rules->settings.data,
                                           rules->settings.len, 0);
        size += ngx_consent_page_copy(ngx_consent_page_at(dst, size),
                                      &place->lang->lang);
        dst = ngx_consent_page_at(dst, size);
        s = &rules->settings_end;

        return size + ngx_consent_template_escape(dst, s->data, s->len, 0);

    default: /* NGX_CONSENT_PLACE_LANG */
        s = &place->lang->lang;
    }

    return ngx_consent_template_escape(dst, s->data, s->len, 0);
}


/*
 * Titles of the categories that are missing; or fields with all that has to be
 * accepted, which is what already was and those: a choice takes the place of
 * the one before it.
 */

static size_t
ngx_consent_page_render_list(const ngx_consent_page_place_t *place,
    ngx_uint_t titles, u_char *dst)
{
    size_t                         size;
    ngx_uint_t                     i, n;
    ngx_consent_mask_t             mask;
    const ngx_consent_rules_t     *rules;
    const ngx_consent_category_t  *category;

    rules = place->page->rules;

    mask = place->needs;

    if (!titles) {

        if (place->chosen) {
            mask &= ~place->chosen->waits;
        }

        mask |= rules->grant.mask & ~ngx_consent_table_required(rules->table);
    }

    category = ngx_consent_table_categories(rules->table, &n);
    size = 0;

    for (i = 0; i < n; i++) {

        if (!(mask & ((ngx_consent_mask_t) 1 << i))) {
            continue;
        }

        if (!titles) {
            size = ngx_consent_page_input(&category[i].name, dst, size);
            continue;
        }

        if (size) {
            size += ngx_consent_page_copy(ngx_consent_page_at(dst, size),
                                          &ngx_consent_page_comma);
        }

        size += ngx_consent_template_escape(ngx_consent_page_at(dst, size),
                                               category[i].title.data,
                                               category[i].title.len, 0);
    }

    return titles ? size : ngx_consent_page_keys(rules, place->chosen, dst,
                                                 size);
}


static size_t
ngx_consent_page_copy(u_char *dst, const ngx_str_t *s)
{
    if (dst) {
        memcpy(dst, s->data, s->len);
    }

    return s->len;
}
