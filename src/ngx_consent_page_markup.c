
/*
 * Tags in the convention of the site's consent platform: those that are held
 * back are marked, and an author's marks are taken off where that is granted.
 */

#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_mark_edits(ngx_consent_page_t *page,
    const ngx_consent_markup_plan_t *plan, uint64_t at, uint32_t name_len,
    ngx_consent_mask_t needs);
static ngx_int_t ngx_consent_page_mark_words(ngx_consent_page_t *page,
    const ngx_consent_markup_plan_t *plan, uint64_t at,
    ngx_consent_mask_t needs, const ngx_str_t *provider);
static ngx_int_t ngx_consent_page_mark_type(ngx_consent_page_t *page,
    uint64_t at);
static ngx_int_t ngx_consent_page_insert(ngx_consent_page_t *page,
    uint64_t at, const ngx_str_t *text);
static ngx_int_t ngx_consent_page_revive_type(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_int_t ngx_consent_page_revive_attrs(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_int_t ngx_consent_page_revive_class(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_uint_t ngx_consent_page_same_name(const ngx_consent_attr_t *attr,
    const ngx_consent_attr_t *other, const u_char *p);
static ngx_int_t ngx_consent_page_alter(ngx_consent_page_t *page, uint64_t at,
    size_t drop, const ngx_str_t *text);


static const ngx_str_t  ngx_consent_page_class = ngx_string("class");
static const ngx_str_t  ngx_consent_page_kept = ngx_string("data-");
static const ngx_str_t  ngx_consent_page_none = ngx_null_string;
static const ngx_str_t  ngx_consent_page_off = ngx_string("data-consent-");
static const ngx_str_t  ngx_consent_page_quote = ngx_string("\"");
static const ngx_str_t  ngx_consent_page_type = ngx_string("type");
static const ngx_str_t  ngx_consent_page_unmarked = ngx_string("data-consent");


ngx_int_t
ngx_consent_page_mark(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused)
{
    uint64_t                          at;
    ngx_int_t                         rc;
    ngx_uint_t                        i;
    const ngx_str_t                  *name;
    const ngx_consent_tag_t          *tag;
    const ngx_consent_attr_t         *attr;
    ngx_consent_markup_plan_t         plan;
    const ngx_consent_platform_t     *platform;
    const ngx_consent_markup_form_t  *form;

    tag = t->tag;
    platform = page->rules->markup->platform;

    /* where it is in doubt what the tag is, a platform may not find it */

    if (page->nreaders > 1 || t->reader->long_tag
        || ngx_consent_markup_plan(platform, tag, t->p, 0, &plan) != NGX_OK)
    {
        return NGX_DECLINED;
    }

    form = plan.form;

    for (i = 0; i < refused->n; i++) {

        name = &refused->attrs[i]->attr;

        if (name->len != form->attr.len
            || memcmp(name->data, form->attr.data, name->len) != 0)
        {
            return NGX_DECLINED;
        }
    }

    rc = ngx_consent_page_mark_edits(page, &plan, t->at, tag->name_len,
                                     refused->needs);
    if (rc != NGX_OK) {
        return rc;
    }

    for (i = 0; i < tag->nattrs; i++) {

        attr = &tag->attrs[i];
        at = t->at + attr->name;

        if ((plan.script || form->type.len)
            && ngx_consent_fetch_named(tag, attr, t->p, &ngx_consent_page_type))
        {
            rc = ngx_consent_page_mark_type(page, at);

        } else if (ngx_consent_fetch_named(tag, attr, t->p, &form->attr)) {

            rc = ngx_consent_page_insert(page, at, &form->before);

            if (rc == NGX_OK) {
                rc = ngx_consent_page_insert(page, at + attr->name_len,
                                             &form->after);
            }
        }

        if (rc != NGX_OK) {
            return rc;
        }
    }

    return NGX_OK;
}


void
ngx_consent_page_mark_plan(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_consent_markup_plan_t  *plan;

    plan = &t->reader->plan;

    if (page->nreaders > 1
        || ngx_consent_markup_plan(page->rules->markup->platform, t->tag, t->p,
                                   1, plan)
           != NGX_OK)
    {
        plan->form = NULL;
    }
}


ngx_int_t
ngx_consent_page_mark_script(ngx_consent_page_t *page,
    const ngx_consent_reader_t *r, ngx_consent_mask_t needs)
{
    ngx_int_t   rc;
    ngx_uint_t  i;

    rc = ngx_consent_page_mark_edits(page, &r->plan, r->start, r->name_len,
                                     needs);

    for (i = 0; rc == NGX_OK && i < r->ntypes; i++) {
        rc = ngx_consent_page_mark_type(page, r->start + r->types[i]);
    }

    return rc;
}


/* What is inserted whatever the tag's attributes are. */

static ngx_int_t
ngx_consent_page_mark_edits(ngx_consent_page_t *page,
    const ngx_consent_markup_plan_t *plan, uint64_t at, uint32_t name_len,
    ngx_consent_mask_t needs)
{
    ngx_str_t                    text;
    const ngx_str_t             *provider;
    const ngx_consent_markup_t  *m;

    m = page->rules->markup;
    provider = (page->by && !page->several) ? &page->by->name : NULL;

    /*
     * A key of a category that is accepted, where only the provider is refused,
     * would bring it back at once: the provider's own key is what is left.
     */

    if (needs & page->rules->grant.mask) {
        needs = 0;
    }

    /* so would it one of several providers that has an answer of its own */

    if (page->several && m->answers) {
        return NGX_DECLINED;
    }

    if (ngx_consent_markup_says(m, needs, provider) != NGX_OK) {
        return NGX_DECLINED;
    }

    if (plan->class_is != NGX_CONSENT_MARKUP_NO_CLASS
        && ngx_consent_page_mark_words(page, plan, at, needs, provider)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    text.len = ngx_consent_markup_attrs(NULL, m, plan, needs, provider);
    if (text.len == 0) {
        return NGX_OK;
    }

    text.data = ngx_consent_page_text(page, text.len);
    if (text.data == NULL) {
        return NGX_ERROR;
    }

    (void) ngx_consent_markup_attrs(text.data, m, plan, needs, provider);

    return ngx_consent_page_insert(page, at + 1 + name_len, &text);
}


/* The words that are added to the tag's class. */

static ngx_int_t
ngx_consent_page_mark_words(ngx_consent_page_t *page,
    const ngx_consent_markup_plan_t *plan, uint64_t at,
    ngx_consent_mask_t needs, const ngx_str_t *provider)
{
    ngx_str_t                    text;
    const ngx_consent_markup_t  *m;

    m = page->rules->markup;

    text.len = ngx_consent_markup_words(NULL, m, plan, needs, provider);
    if (text.len == 0) {
        return NGX_OK;
    }

    text.data = ngx_consent_page_text(page, text.len);
    if (text.data == NULL) {
        return NGX_ERROR;
    }

    (void) ngx_consent_markup_words(text.data, m, plan, needs, provider);

    if (ngx_consent_page_insert(page, at + plan->class_at, &text) != NGX_OK) {
        return NGX_ERROR;
    }

    if (plan->class_is != NGX_CONSENT_MARKUP_UNQUOTED || plan->empty) {
        return NGX_OK;
    }

    return ngx_consent_page_insert(page, at + plan->class_end,
                                   &ngx_consent_page_quote);
}


/* A type that is there already: the platform's is first, and counts. */

static ngx_int_t
ngx_consent_page_mark_type(ngx_consent_page_t *page, uint64_t at)
{
    return ngx_consent_page_insert(page, at,
                                   page->rules->markup->platform->keeps_type
                                   ? &ngx_consent_page_kept
                                   : &ngx_consent_page_off);
}


static ngx_int_t
ngx_consent_page_insert(ngx_consent_page_t *page, uint64_t at,
    const ngx_str_t *text)
{
    ngx_consent_edit_t  edit;

    if (text->len == 0) {
        return NGX_OK;
    }

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = at;
    edit.what = NGX_CONSENT_EDIT_TEXT;
    edit.text = *text;

    return ngx_consent_page_edit(page, &edit);
}


void
ngx_consent_page_find_live(ngx_consent_page_t *page, ngx_consent_page_tag_t *t)
{
    ngx_consent_refused_t       refused;
    const ngx_consent_rules_t  *rules;

    rules = page->rules;

    if (!rules->markup->live || page->nreaders > 1 || t->reader->long_tag) {
        return;
    }

    t->live = ngx_consent_markup_granted(rules->markup, t->tag, t->p,
                                         &rules->grant);
    if (t->live == NULL) {
        return;
    }

    /* the author grants it, the table has the last word */

    page->quiet = 1;

    if (ngx_consent_page_judge(page, t, &refused) != NGX_OK || refused.n) {
        t->live = NULL;
    }

    page->quiet = 0;
    page->by = NULL;
    page->several = 0;

    ngx_consent_page_forget(page, t->at, t->at + t->tag->off,
                            NGX_CONSENT_EDIT_TYPE);
}


ngx_int_t
ngx_consent_page_revive(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    if (t->tag->id == NGX_CONSENT_TAG_SCRIPT
        && ngx_consent_page_revive_type(page, t) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_consent_page_revive_attrs(page, t) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_consent_page_revive_class(page, t);
}


static ngx_int_t
ngx_consent_page_revive_type(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    u_char                    *p;
    ngx_str_t                  type;
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(t->tag, t->p, &ngx_consent_page_type);

    if (attr == NULL
        || ngx_consent_markup_type(page->rules->markup->platform, t->tag, t->p,
                                   &type)
           != NGX_OK)
    {
        return NGX_OK;
    }

    p = ngx_consent_page_text(page, type.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    memcpy(p, type.data, type.len);
    type.data = p;

    return ngx_consent_page_alter(page, t->at + attr->value, attr->value_len,
                                  &type);
}


/*
 * The attribute that fetches has its name again, and what stood in its place
 * has not.  Without its key the platform leaves the element alone: some run
 * once more what runs already.
 */

static ngx_int_t
ngx_consent_page_revive_attrs(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    uint64_t                          at;
    ngx_int_t                         rc;
    ngx_uint_t                        i;
    const ngx_consent_tag_t          *tag;
    const ngx_consent_attr_t         *attr, *moved;
    const ngx_consent_platform_t     *platform;
    const ngx_consent_markup_form_t  *form;

    tag = t->tag;
    form = t->live;
    platform = page->rules->markup->platform;

    moved = NULL;

    if (form->before.len || form->after.len) {

        moved = ngx_consent_markup_attr(form, tag, t->p, &form->attr);

        if (moved && moved->name_len == form->attr.len) {
            moved = NULL;
        }
    }

    rc = NGX_OK;

    for (i = 0; rc == NGX_OK && i < tag->nattrs; i++) {

        attr = &tag->attrs[i];
        at = t->at + attr->name;

        if (attr == moved) {

            if (form->before.len) {
                rc = ngx_consent_page_alter(page, at, form->before.len,
                                            &ngx_consent_page_none);
            }

            if (rc == NGX_OK && form->after.len) {
                rc = ngx_consent_page_alter(page, at + attr->name_len
                                                  - form->after.len,
                                            form->after.len,
                                            &ngx_consent_page_none);
            }

            continue;
        }

        if ((moved && ngx_consent_fetch_named(tag, attr, t->p, &form->attr))
            || (moved && ngx_consent_page_same_name(attr, moved, t->p))
            || (!platform->by_class
                && (ngx_consent_fetch_named(tag, attr, t->p, &platform->key)
                    || (platform->older.len
                        && ngx_consent_fetch_named(tag, attr, t->p,
                                                   &platform->older)))))
        {
            rc = ngx_consent_page_alter(page, at, 0, &ngx_consent_page_off);
        }
    }

    return rc;
}


/* 1 if an attribute has the other one's name once more */

static ngx_uint_t
ngx_consent_page_same_name(const ngx_consent_attr_t *attr,
    const ngx_consent_attr_t *other, const u_char *p)
{
    uint32_t  i;

    if (attr->name_len != other->name_len) {
        return 0;
    }

    for (i = 0; i < attr->name_len; i++) {
        if (ngx_consent_tolower(p[attr->name + i])
            != ngx_consent_tolower(p[other->name + i]))
        {
            return 0;
        }
    }

    return 1;
}


static ngx_int_t
ngx_consent_page_revive_class(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_str_t                  word;
    const u_char              *pos, *last;
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(t->tag, t->p, &ngx_consent_page_class);

    if (attr == NULL) {
        return NGX_OK;
    }

    pos = t->p + attr->value;
    last = pos + attr->value_len;

    while (ngx_consent_value_token(&pos, last, &word) == NGX_OK) {

        if (!ngx_consent_markup_word(page->rules->markup->platform, &word)) {
            continue;
        }

        /* without quotes something must be left, or what follows is taken */

        if (ngx_consent_page_alter(page, t->at + (word.data - t->p), word.len,
                                   attr->quote ? &ngx_consent_page_none
                                               : &ngx_consent_page_unmarked)
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_alter(ngx_consent_page_t *page, uint64_t at, size_t drop,
    const ngx_str_t *text)
{
    ngx_consent_edit_t  edit;

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = at;
    edit.drop = drop;
    edit.what = NGX_CONSENT_EDIT_LIVE;
    edit.text = *text;

    return ngx_consent_page_edit(page, &edit);
}
