
#include "ngx_consent_markup_int.h"
#include "ngx_consent_fetch.h"


/* what is written, or the length of it */

typedef struct {
    u_char              *p;             /* NULL: the length only */
    size_t               len;
} ngx_consent_markup_out_t;


static ngx_int_t ngx_consent_markup_class(const ngx_consent_tag_t *tag,
    const u_char *p, ngx_consent_markup_plan_t *plan);
static ngx_int_t ngx_consent_markup_keys(ngx_consent_markup_out_t *out,
    const ngx_consent_markup_t *m, ngx_consent_mask_t needs,
    const ngx_str_t *provider);
static const ngx_consent_markup_provider_t *ngx_consent_markup_of(
    const ngx_consent_markup_t *m, const ngx_str_t *provider);
static void ngx_consent_markup_put(ngx_consent_markup_out_t *out,
    const ngx_str_t *s);
static void ngx_consent_markup_put_attr(ngx_consent_markup_out_t *out,
    const ngx_str_t *name, const ngx_str_t *value);


static const ngx_str_t  ngx_consent_markup_class_name = ngx_string("class");
static const ngx_str_t  ngx_consent_markup_data_type = ngx_string("data-type");
static const ngx_str_t  ngx_consent_markup_type_name = ngx_string("type");
static const ngx_str_t  ngx_consent_markup_space = ngx_string(" ");
static const ngx_str_t  ngx_consent_markup_equals = ngx_string("=\"");
static const ngx_str_t  ngx_consent_markup_quote = ngx_string("\"");


const ngx_consent_platform_t *
ngx_consent_markup_platform(const ngx_str_t *name)
{
    const ngx_consent_platform_t  *p;

    for (p = ngx_consent_markup_platforms(); p->name.len; p++) {
        if (p->name.len == name->len
            && memcmp(p->name.data, name->data, name->len) == 0)
        {
            return p;
        }
    }

    return NULL;
}


ngx_int_t
ngx_consent_markup_plan(const ngx_consent_platform_t *platform,
    const ngx_consent_tag_t *tag, const u_char *p, ngx_uint_t is_inline,
    ngx_consent_markup_plan_t *plan)
{
    ngx_uint_t                        i, element;
    ngx_consent_script_e              script;
    const ngx_consent_markup_form_t  *form;

    element = ngx_consent_markup_element(tag, p);

    if (element == NGX_CONSENT_MARKUP_SCRIPT && is_inline) {
        element = NGX_CONSENT_MARKUP_INLINE;
    }

    for (form = platform->forms; !(form->elements & element); form++) {
        if (form->elements == 0) {
            return NGX_DECLINED;
        }
    }

    /* what the author said of the tag himself would come first, or twice */

    if (ngx_consent_markup_exempt(platform, tag, p)
        || ngx_consent_markup_key(platform, tag, p)
        || ngx_consent_markup_moved(form, tag, p))
    {
        return NGX_DECLINED;
    }

    for (i = 0; i < NGX_CONSENT_MARKUP_ADDS && form->adds[i].name.len; i++) {

        if (form->adds[i].name.len == form->attr.len
            && memcmp(form->adds[i].name.data, form->attr.data, form->attr.len)
               == 0)
        {
            continue;
        }

        if (ngx_consent_fetch_attr(tag, p, &form->adds[i].name)) {
            return NGX_DECLINED;
        }
    }

    plan->form = form;
    plan->script = (tag->id == NGX_CONSENT_TAG_SCRIPT);
    plan->typed = (ngx_consent_fetch_attr(tag, p, &ngx_consent_markup_type_name)
                   != NULL);

    if (plan->script) {

        script = ngx_consent_fetch_script(tag, p);

        if (script != NGX_CONSENT_SCRIPT_RUNS
            && (script != NGX_CONSENT_SCRIPT_MODULE || !platform->keeps_type))
        {
            return NGX_DECLINED;
        }
    }

    if (platform->keeps_type
        && ngx_consent_fetch_attr(tag, p, &ngx_consent_markup_data_type))
    {
        return NGX_DECLINED;
    }

    return ngx_consent_markup_class(tag, p, plan);
}


/* Where words are put into the first class of the tag. */

static ngx_int_t
ngx_consent_markup_class(const ngx_consent_tag_t *tag, const u_char *p,
    ngx_consent_markup_plan_t *plan)
{
    const ngx_consent_attr_t  *attr;

    attr = ngx_consent_fetch_attr(tag, p, &ngx_consent_markup_class_name);

    plan->class_is = NGX_CONSENT_MARKUP_NO_CLASS;
    plan->class_at = 0;
    plan->class_end = 0;
    plan->empty = 1;

    if (attr == NULL) {
        return NGX_OK;
    }

    if (!attr->has_value) {
        plan->class_is = NGX_CONSENT_MARKUP_NO_VALUE;
        plan->class_at = attr->name + attr->name_len;
        return NGX_OK;
    }

    plan->class_is = attr->quote ? NGX_CONSENT_MARKUP_QUOTED
                                 : NGX_CONSENT_MARKUP_UNQUOTED;
    plan->class_at = attr->value;
    plan->class_end = attr->value + attr->value_len;
    plan->empty = (attr->value_len == 0);

    /* it would end the quotes that are put around it */

    return (!attr->quote && memchr(p + attr->value, '"', attr->value_len))
           ? NGX_DECLINED : NGX_OK;
}


ngx_int_t
ngx_consent_markup_says(const ngx_consent_markup_t *m,
    ngx_consent_mask_t needs, const ngx_str_t *provider)
{
    ngx_consent_markup_out_t  out;

    out.p = NULL;
    out.len = 0;

    return ngx_consent_markup_keys(&out, m, needs, provider);
}


size_t
ngx_consent_markup_attrs(u_char *dst, const ngx_consent_markup_t *m,
    const ngx_consent_markup_plan_t *plan, ngx_consent_mask_t needs,
    const ngx_str_t *provider)
{
    ngx_uint_t                        i;
    ngx_consent_markup_out_t          out, words;
    const ngx_consent_platform_t     *platform;
    const ngx_consent_markup_form_t  *form;

    platform = m->platform;
    form = plan->form;

    out.p = dst;
    out.len = 0;

    if (plan->script) {
        ngx_consent_markup_put_attr(&out, &ngx_consent_markup_type_name,
                                    &platform->type);
    }

    if (form->type.len && !plan->typed) {
        ngx_consent_markup_put_attr(&out, &ngx_consent_markup_data_type,
                                    &form->type);
    }

    if (plan->class_is == NGX_CONSENT_MARKUP_NO_CLASS
        && (platform->by_class || form->word.len))
    {
        ngx_consent_markup_put(&out, &ngx_consent_markup_space);
        ngx_consent_markup_put(&out, &ngx_consent_markup_class_name);
        ngx_consent_markup_put(&out, &ngx_consent_markup_equals);

        words.p = dst ? dst + out.len : NULL;
        words.len = ngx_consent_markup_words(words.p, m, plan, needs, provider);

        out.len += words.len;
        ngx_consent_markup_put(&out, &ngx_consent_markup_quote);
    }

    if (!platform->by_class) {

        ngx_consent_markup_put(&out, &ngx_consent_markup_space);
        ngx_consent_markup_put(&out, &platform->key);
        ngx_consent_markup_put(&out, &ngx_consent_markup_equals);
        ngx_consent_markup_put(&out, &platform->prefix);

        (void) ngx_consent_markup_keys(&out, m, needs, provider);
        ngx_consent_markup_put(&out, &ngx_consent_markup_quote);
    }

    for (i = 0; i < NGX_CONSENT_MARKUP_ADDS && form->adds[i].name.len; i++) {
        ngx_consent_markup_put_attr(&out, &form->adds[i].name,
                                    &form->adds[i].value);
    }

    return out.len;
}


size_t
ngx_consent_markup_words(u_char *dst, const ngx_consent_markup_t *m,
    const ngx_consent_markup_plan_t *plan, ngx_consent_mask_t needs,
    const ngx_str_t *provider)
{
    ngx_consent_markup_out_t       out;
    const ngx_consent_platform_t  *platform;

    platform = m->platform;

    out.p = dst;
    out.len = 0;

    if (!platform->by_class && plan->form->word.len == 0) {
        return 0;
    }

    if (plan->class_is == NGX_CONSENT_MARKUP_NO_VALUE) {
        ngx_consent_markup_put(&out, &ngx_consent_markup_equals);

    } else if (plan->class_is == NGX_CONSENT_MARKUP_UNQUOTED) {
        ngx_consent_markup_put(&out, &ngx_consent_markup_quote);
    }

    if (platform->by_class) {

        ngx_consent_markup_put(&out, &platform->prefix);
        (void) ngx_consent_markup_keys(&out, m, needs, provider);
    }

    ngx_consent_markup_put(&out, &plan->form->word);

    if (!plan->empty) {
        ngx_consent_markup_put(&out, &ngx_consent_markup_space);

    } else if (plan->class_is == NGX_CONSENT_MARKUP_NO_VALUE
               || plan->class_is == NGX_CONSENT_MARKUP_UNQUOTED)
    {
        ngx_consent_markup_put(&out, &ngx_consent_markup_quote);
    }

    return out.len;
}


/* The keys of all that is waited for, if the convention can say that. */

static ngx_int_t
ngx_consent_markup_keys(ngx_consent_markup_out_t *out,
    const ngx_consent_markup_t *m, ngx_consent_mask_t needs,
    const ngx_str_t *provider)
{
    ngx_str_t                             separator;
    ngx_uint_t                            i, n;
    const ngx_str_t                      *key, *written;
    const ngx_consent_markup_provider_t  *p;

    key = NULL;
    p = ngx_consent_markup_of(m, provider);

    if (p && p->given) {

        if (p->written.len == 0) {
            return NGX_DECLINED;
        }

        ngx_consent_markup_put(out, &p->written);

        return NGX_OK;
    }

    for (i = 0, n = 0; i < NGX_CONSENT_MAX_CATEGORIES; i++) {

        if (!(needs & ((ngx_consent_mask_t) 1 << i))) {
            continue;
        }

        written = &m->categories[i];

        if (written->len == 0 || (n && m->platform->separator == 0)) {
            key = NULL;
            break;
        }

        if (n++ && !m->platform->by_provider) {
            separator.data = (u_char *) &m->platform->separator;
            separator.len = 1;
            ngx_consent_markup_put(out, &separator);
        }

        key = written;

        if (!m->platform->by_provider) {
            ngx_consent_markup_put(out, key);
        }
    }

    if (!m->platform->by_provider) {
        return key ? NGX_OK : NGX_DECLINED;
    }

    /* that of the category, or the provider's name */

    written = (key || p == NULL) ? key : &p->written;

    if (written == NULL) {
        return NGX_DECLINED;
    }

    ngx_consent_markup_put(out, written);

    return NGX_OK;
}


static const ngx_consent_markup_provider_t *
ngx_consent_markup_of(const ngx_consent_markup_t *m, const ngx_str_t *provider)
{
    ngx_uint_t                            i;
    const ngx_consent_markup_provider_t  *p;

    for (i = 0; provider && i < m->nproviders; i++) {

        p = &m->providers[i];

        if (p->name.len == provider->len
            && memcmp(p->name.data, provider->data, provider->len) == 0)
        {
            return p;
        }
    }

    return NULL;
}


static void
ngx_consent_markup_put(ngx_consent_markup_out_t *out, const ngx_str_t *s)
{
    if (out->p && s->len) {
        memcpy(out->p + out->len, s->data, s->len);
    }

    out->len += s->len;
}


static void
ngx_consent_markup_put_attr(ngx_consent_markup_out_t *out,
    const ngx_str_t *name, const ngx_str_t *value)
{
    ngx_consent_markup_put(out, &ngx_consent_markup_space);
    ngx_consent_markup_put(out, name);
    ngx_consent_markup_put(out, &ngx_consent_markup_equals);
    ngx_consent_markup_put(out, value);
    ngx_consent_markup_put(out, &ngx_consent_markup_quote);
}
