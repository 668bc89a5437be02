
#include "ngx_consent_page_int.h"


static ngx_int_t ngx_consent_page_long_stylesheet(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_int_t ngx_consent_page_start(ngx_consent_page_t *page,
    ngx_consent_page_tag_t *t);
static ngx_int_t ngx_consent_page_meta(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_int_t ngx_consent_page_remove(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_uint_t ngx_consent_page_only(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
static ngx_uint_t ngx_consent_page_removable(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);


static const ngx_str_t  ngx_consent_page_type = ngx_string("type");
static const ngx_str_t  ngx_consent_page_frame_name = ngx_string("name");


ngx_int_t
ngx_consent_page_tag(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    ngx_uint_t               end;
    ngx_consent_tag_t       *tag;
    ngx_consent_page_tag_t   t;

    tag = &r->html.tag;

    t.reader = r;
    t.tag = tag;
    t.at = r->at - tag->off;
    t.p = NULL;
    t.live = NULL;

    /* one that is over need not have been an event */

    if (!tag->part) {
        r->long_tag = 0;
    }

    if (r->html.pieces) {

        if (tag->id == NGX_CONSENT_TAG_STYLESHEET) {
            ngx_consent_html_apply(&r->html, NULL);
            return ngx_consent_page_xml_piece(page, r);
        }

        if (ngx_consent_page_xml_tag(page, r, &t) != NGX_OK) {
            return NGX_ERROR;
        }

    } else if (r->mode != NGX_CONSENT_PAGE_TEXT) {

        end = (tag->end && tag->id == r->element);

        if (r->mode == NGX_CONSENT_PAGE_DROP) {

            if (end) {
                ngx_consent_page_close(page, r->at);
                r->mode = NGX_CONSENT_PAGE_TEXT;
            }

            ngx_consent_html_apply(&r->html, NULL);

            return NGX_OK;
        }

        /* of a script in svg other tags are no part */

        if (ngx_consent_page_judge_content(page, r, t.at,
                                           end || r->mode
                                                  == NGX_CONSENT_PAGE_SCRIPT)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        if (end && r->mode == NGX_CONSENT_PAGE_DROP) {
            ngx_consent_page_close(page, r->at);
            r->mode = NGX_CONSENT_PAGE_TEXT;
        }
    }

    if (tag->end) {
        ngx_consent_html_apply(&r->html, NULL);
        return NGX_OK;
    }

    t.p = ngx_consent_page_span(page, t.at, tag->off);
    if (t.p == NULL) {
        return NGX_ERROR;
    }

    if (tag->id == NGX_CONSENT_TAG_STYLESHEET) {

        if (tag->more) {
            return ngx_consent_page_long_stylesheet(page, &t);
        }

        ngx_consent_html_pseudo(&r->html, t.p);

    } else if (page->dtd
               && ngx_consent_page_xml_expand(page, &t) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (r->html.xml && tag->id != NGX_CONSENT_TAG_STYLESHEET
        && !ngx_consent_page_xml_named(page, &t))
    {
        return NGX_OK;
    }

    if (ngx_consent_page_start(page, &t) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_consent_html_apply(&r->html, t.p);

    /* of a script with a URL nobody waits for the end */

    r->html.unheard = (r->mode == NGX_CONSENT_PAGE_TEXT);

    if (tag->id != NGX_CONSENT_TAG_META || r->html.xml) {
        return NGX_OK;
    }

    if (page->sure) {
        r->html.sure = 1;
        return NGX_OK;
    }

    return ngx_consent_page_meta(page, &t);
}


/* <?xml-stylesheet ...?> whose end is not seen: another name, no meaning. */

static ngx_int_t
ngx_consent_page_long_stylesheet(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_consent_edit_t  edit;

    ngx_consent_page_note(page, NGX_CONSENT_NOTE_TAG_LONG, NULL, 0);

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = t->at + 2;
    edit.what = NGX_CONSENT_EDIT_RENAME;

    return ngx_consent_page_edit(page, &edit);
}


/*
 * The first meta that names an encoding counts, if it stands in the head or in
 * the page's first bytes and is one in no other reading but as raw text, as far
 * as it changes how the page is read.
 */

static ngx_int_t
ngx_consent_page_meta(ngx_consent_page_t *page, const ngx_consent_page_tag_t *t)
{
    size_t                     n;
    u_char                     text[NGX_CONSENT_VALUE_WORD];
    ngx_uint_t                 i, k, most;
    ngx_consent_meta_t         meta;
    const ngx_consent_attr_t  *attr;

    /* in the order of ngx_consent_meta_e */

    static const ngx_str_t  names[] = {
        ngx_string("charset"),
        ngx_string("http-equiv"),
        ngx_string("content")
    };

    if ((t->reader->html.body && t->at > NGX_CONSENT_CHARSET_PRESCAN)
        || !ngx_consent_page_only(page, t))
    {
        return NGX_OK;
    }

    memset(&meta, 0, sizeof(ngx_consent_meta_t));

    /* without an http-equiv the content does not matter */

    most = ngx_consent_tag_lacks(t->tag, &names[1])
           ? 1 : sizeof(names) / sizeof(names[0]);

    for (i = 0; i < t->tag->nattrs; i++) {

        attr = &t->tag->attrs[i];

        for (k = 0; k < most; k++) {

            if (ngx_consent_fetch_named(t->tag, attr, t->p, &names[k])) {
                n = ngx_consent_value_word(text, t->p + attr->value,
                                           attr->value_len);
                ngx_consent_charset_meta(&meta, k, text, n);
            }
        }
    }

    page->charset = ngx_consent_charset_meta_end(&meta);
    page->sure = (page->charset != NGX_CONSENT_CHARSET_NONE);

    switch (ngx_consent_charset_bytes(page->charset)) {

    case NGX_CONSENT_BYTES_LEAD:
        page->lead = ngx_consent_charset_lead(page->charset);
        return NGX_OK;

    case NGX_CONSENT_BYTES_ISO_2022_JP:
        return NGX_CONSENT_PAGE_CHARSET;

    default:
        return NGX_OK;
    }
}


/* A start tag, or the last part of a long one. */

static ngx_int_t
ngx_consent_page_start(ngx_consent_page_t *page,
    ngx_consent_page_tag_t *t)
{
    ngx_uint_t             gone;
    ngx_consent_refused_t  refused;

    page->by = NULL;
    page->several = 0;

    if (page->rules->markup) {
        ngx_consent_page_find_live(page, t);
    }

    /* another reading has come here before: it has told */

    page->quiet = page->nreaders > 1
                  && ngx_consent_page_edited(page,
                                             t->at + 1 + t->tag->name_len);

    if (ngx_consent_page_judge(page, t, &refused) != NGX_OK) {
        return NGX_ERROR;
    }

    page->quiet = 0;

    if (t->tag->id == NGX_CONSENT_TAG_HTML
        && (page->rules->place || page->rules->body))
    {
        ngx_consent_page_language(page, t);
    }

    if (refused.n == 0) {

        if (t->live && ngx_consent_page_revive(page, t) != NGX_OK) {
            return NGX_ERROR;
        }

        return ngx_consent_page_content(page, t);
    }

    gone = (page->rules->remove && !t->reader->long_tag
            && ngx_consent_page_removable(page, t));

    if (ngx_consent_page_stub_tag(page, t) != NGX_OK
        || (page->rules->place
            && ngx_consent_page_place(page, t, &refused, gone) != NGX_OK))
    {
        return NGX_ERROR;
    }

    if (gone) {
        return ngx_consent_page_remove(page, t);
    }

    return ngx_consent_page_hold_back(page, t, &refused);
}


ngx_int_t
ngx_consent_page_hold_back(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused)
{
    ngx_int_t                  rc;
    ngx_uint_t                 i, n, script, frame;
    ngx_consent_edit_t         edit;
    const ngx_consent_tag_t   *tag;
    const ngx_consent_attr_t  *attr;

    tag = t->tag;
    script = (tag->id == NGX_CONSENT_TAG_SCRIPT);

    if (page->rules->markup) {

        rc = ngx_consent_page_mark(page, t, refused);

        if (rc != NGX_DECLINED) {
            return rc;
        }
    }

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.needs = refused->needs;

    if (!tag->part) {

        edit.at = t->at + 1 + tag->name_len;
        edit.what = NGX_CONSENT_EDIT_TYPE;

        if (script && ngx_consent_page_edit(page, &edit) != NGX_OK) {
            return NGX_ERROR;
        }

        edit.what = NGX_CONSENT_EDIT_WAIT;

        if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    frame = ngx_consent_page_names(page, t);

    if (frame && ngx_consent_page_name(page, t) != NGX_OK) {
        return NGX_ERROR;
    }

    edit.what = NGX_CONSENT_EDIT_RENAME;

    for (i = 0; i < tag->nattrs; i++) {

        attr = &tag->attrs[i];
        edit.at = t->at + ngx_consent_edit_rename(attr, t->p);

        if ((script
             && ngx_consent_fetch_named(tag, attr, t->p,
                                        &ngx_consent_page_type))
            || (frame
                && ngx_consent_fetch_named(tag, attr, t->p,
                                           &ngx_consent_page_frame_name)))
        {
            if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
                return NGX_ERROR;
            }

            continue;
        }

        for (n = 0; n < refused->n; n++) {

            if (!ngx_consent_fetch_named(tag, attr, t->p,
                                         &refused->attrs[n]->attr))
            {
                continue;
            }

            if (ngx_consent_page_edit(page, &edit) != NGX_OK) {
                return NGX_ERROR;
            }

            break;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_page_remove(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    ngx_consent_edit_t     edit;
    ngx_consent_reader_t  *r;

    /* but what is put before it */

    ngx_consent_page_forget(page, t->at + 1, t->at + t->tag->off,
                            NGX_CONSENT_EDIT_TYPE);

    memset(&edit, 0, sizeof(ngx_consent_edit_t));

    edit.at = t->at;
    edit.drop = t->tag->off;
    edit.what = NGX_CONSENT_EDIT_TEXT;

    if (t->tag->id == NGX_CONSENT_TAG_SCRIPT
        || t->tag->id == NGX_CONSENT_TAG_IFRAME)
    {
        r = t->reader;
        r->mode = NGX_CONSENT_PAGE_DROP;
        r->element = t->tag->id;
        edit.drop = NGX_CONSENT_PAGE_OPEN;
    }

    return ngx_consent_page_edit(page, &edit);
}


/*
 * Elements whose end is known: raw text ends at its own end tag, void elements
 * have none.  To other readings it must be raw text: where it ends in the other
 * is not known, so that only void elements are removed there.
 */

static ngx_uint_t
ngx_consent_page_removable(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t)
{
    if (t->tag->ns != NGX_CONSENT_NS_HTML) {
        return 0;
    }

    switch (t->tag->id) {

    case NGX_CONSENT_TAG_SCRIPT:
    case NGX_CONSENT_TAG_IFRAME:
        return page->nreaders == 1;

    case NGX_CONSENT_TAG_IMG:
    case NGX_CONSENT_TAG_LINK:
    case NGX_CONSENT_TAG_EMBED:
    case NGX_CONSENT_TAG_SOURCE:
    case NGX_CONSENT_TAG_TRACK:
    case NGX_CONSENT_TAG_FRAME:
        break;

    default:
        return 0;
    }

    return ngx_consent_page_only(page, t);
}


/*
 * 1 if to all other readings the tag is raw text, whatever the order in which
 * they come to it.
 */

static ngx_uint_t
ngx_consent_page_only(ngx_consent_page_t *page, const ngx_consent_page_tag_t *t)
{
    u_char                *p;
    uint64_t               end;
    ngx_uint_t             i;
    ngx_consent_reader_t  *r;

    if (page->nreaders == 1) {
        return 1;
    }

    end = t->at + t->tag->off;

    for (i = 0; i < page->nreaders; i++) {

        r = page->readers[i];

        if (r == t->reader) {
            continue;
        }

        while (r->at < end && r->raw_end == NGX_CONSENT_PAGE_OPEN) {
            if (ngx_consent_page_step(page, r, end) == NGX_ERROR) {
                return 0;
            }
        }

        if (r->raw > t->at || r->raw_end < end) {
            return 0;
        }
    }

    /* what looks like an end tag could be the one that ends the raw text */

    for (p = t->p + 1; p < t->p + t->tag->off; p++) {
        if (p[0] == '/' && p[-1] == '<') {
            return 0;
        }
    }

    return 1;
}


/*
 * A tag that is longer than consent_tag_buffer: what is read of it is judged
 * and goes out, but for the attribute at its end that is not complete yet.
 */

ngx_int_t
ngx_consent_page_long(ngx_consent_page_t *page, ngx_consent_reader_t *r)
{
    ngx_consent_tag_t       *tag;
    ngx_consent_refused_t    refused;
    ngx_consent_page_tag_t   t;

    tag = &r->html.tag;

    t.reader = r;
    t.tag = tag;
    t.at = r->at - tag->off;
    t.live = NULL;

    if (!tag->part) {
        r->long_tag = 0;
    }

    if (r->html.pieces) {

        if (ngx_consent_page_xml_part(page, r, &t, t.at) != NGX_OK) {
            return NGX_ERROR;
        }

    } else if (r->mode != NGX_CONSENT_PAGE_TEXT
               && r->mode != NGX_CONSENT_PAGE_DROP
               && ngx_consent_page_judge_content(page, r, t.at, 1) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (r->mode != NGX_CONSENT_PAGE_DROP && !tag->end) {

        t.p = ngx_consent_page_span(page, t.at, tag->off);
        if (t.p == NULL) {
            return NGX_ERROR;
        }

        if (page->dtd && ngx_consent_page_xml_expand(page, &t) != NGX_OK) {
            return NGX_ERROR;
        }

        if (r->html.xml) {
            page->named = 1;
        }

        if (!r->long_tag && (ngx_consent_tag_fetches(tag->id) || tag->hot)) {
            page->rules->note(page->rules->data, NGX_CONSENT_NOTE_TAG_LONG,
                              NULL);
            r->long_tag = 1;
        }

        if (ngx_consent_page_judge(page, &t, &refused) != NGX_OK) {
            return NGX_ERROR;
        }

        if (refused.n
            && (ngx_consent_page_stub_tag(page, &t) != NGX_OK
                || ngx_consent_page_hold_back(page, &t, &refused) != NGX_OK))
        {
            return NGX_ERROR;
        }
    }

    ngx_consent_html_release(&r->html);

    return NGX_OK;
}
