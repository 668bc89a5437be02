
/*
 * A page from inside.  ngx_consent_page.c moves its bytes and its readings on;
 * _edits.c has what waits to be changed; _read.c says what becomes of a tag;
 * _content.c reads styles and JSON, _script.c scripts; _judge.c says what of an
 * element is refused, _value.c what of a value that holds more than a URL;
 * _inner.c reads documents inside of documents; _stub.c has what takes a
 * script's place, _place.c what a frame's, _place_due.c which frames get it;
 * _markup.c writes and takes off the marks of consent platforms; _xml.c has
 * what is particular to XML, _carry.c its text in pieces, _dtd.c what a DTD
 * declares; _head.c has what is put first into the page's head.
 */

#ifndef _NGX_CONSENT_PAGE_INT_H_INCLUDED_
#define _NGX_CONSENT_PAGE_INT_H_INCLUDED_


#include "ngx_consent_page.h"
#include "ngx_consent_fetch.h"
#include "ngx_consent_value.h"


/* refused attributes of one element that differ in name */
#define NGX_CONSENT_PAGE_REFUSED   16


typedef struct {
    ngx_uint_t                  n;
    const ngx_consent_fetch_t  *attrs[NGX_CONSENT_PAGE_REFUSED];
    ngx_consent_mask_t          needs;
} ngx_consent_refused_t;


/* a start tag, or a part of one, in one piece */

typedef struct {
    ngx_consent_reader_t       *reader;
    const ngx_consent_tag_t    *tag;
    u_char                     *p;      /* its first byte */
    uint64_t                    at;     /* ... and its offset in the page */

    /* how it waits for what is granted; NULL: it does not */
    const ngx_consent_markup_form_t  *live;

    ngx_consent_script_e        script; /* of one that is judged, not live */
} ngx_consent_page_tag_t;


/* ngx_consent_page.c */

/* The len open bytes from the offset on, in one piece; NULL: no memory. */
u_char *ngx_consent_page_span(ngx_consent_page_t *page, uint64_t at,
    size_t len);

/* The open bytes from the offset on, as many as lie together: *n. */
u_char *ngx_consent_page_run(ngx_consent_page_t *page, uint64_t at, size_t *n);

/* Reads on with one reading, up to the limit or its next event. */
ngx_int_t ngx_consent_page_step(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t limit);

/* The reading goes on twice, if there is room for one more: NGX_ERROR. */
ngx_int_t ngx_consent_page_fork(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);

/* A buffer of at least size bytes for one use; NULL: no memory. */
u_char *ngx_consent_page_scratch(ngx_consent_page_t *page, size_t size);


/* ngx_consent_page_edits.c; all NGX_OK or NGX_ERROR (no memory) */

ngx_int_t ngx_consent_page_edit(ngx_consent_page_t *page,
    const ngx_consent_edit_t *edit);

/*
 * Forgets the edits from that offset on, up to another: those of a kind, and
 * of the kinds after it.
 */
void ngx_consent_page_forget(ngx_consent_page_t *page, uint64_t from,
    uint64_t to, ngx_consent_edit_e least);

/* Memory for an edit's text, for as long as there are edits; or NULL. */
u_char *ngx_consent_page_text(ngx_consent_page_t *page, size_t len);

/* Ends a removal that was begun with NGX_CONSENT_PAGE_OPEN. */
void ngx_consent_page_close(ngx_consent_page_t *page, uint64_t to);

/*
 * Memory for an edit's text, kept until the edits are out; NULL: there is none.
 * So much of it as is used is added to page->ntexts.
 */
u_char *ngx_consent_page_reserve(ngx_consent_page_t *page, size_t size);

/* Moves rest bytes down by n. */
void ngx_consent_page_down(u_char *p, size_t n, size_t rest);

/* 1 if the edits have one that waits at the offset for consent */
ngx_uint_t ngx_consent_page_edited(const ngx_consent_page_t *page,
    uint64_t at);

/* What is before the offset goes out; last: it is the page's end. */
ngx_int_t ngx_consent_page_flush(ngx_consent_page_t *page, uint64_t upto,
    ngx_uint_t last);


/* the offset of the input's end */

#define ngx_consent_page_last(page)                                          \
    ((page)->start + (page)->held + (uint64_t) ((page)->last - (page)->from))


/* ngx_consent_page_start.c: one more reader, or NULL: memory is short */

ngx_consent_reader_t *ngx_consent_page_reader(ngx_consent_page_t *page);

/*
 * Of a page without a type "<?xml" after white space says that it is XML (MIME
 * Sniffing 7.1).  0: more bytes will tell.
 */
ngx_uint_t ngx_consent_page_sniffed(ngx_consent_page_t *page, ngx_uint_t end);


/* ngx_consent_page_frame.c: 1 if a frame that is held back gets a name */

ngx_uint_t ngx_consent_page_names(const ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
ngx_int_t ngx_consent_page_name(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);


/* ngx_consent_page_head.c: where rules->head or ->body is set, or head_only */

/* The page's head begins in this reading, which is the only one yet. */
ngx_int_t ngx_consent_page_head(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);

/* Its body begins in this reading. */
ngx_int_t ngx_consent_page_begins(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);

/* An event of a page of which nothing else is changed. */
ngx_int_t ngx_consent_page_to_head(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, ngx_int_t event);

/* 1 if there is nothing to look for in it */
ngx_uint_t ngx_consent_page_passes(const ngx_consent_page_t *page);


/* ngx_consent_page_read.c: the reading has come to a tag, or a part of one */

ngx_int_t ngx_consent_page_tag(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);
ngx_int_t ngx_consent_page_long(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);

/* Disables the element, or renames attributes of what is only a part. */
ngx_int_t ngx_consent_page_hold_back(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused);


/* ngx_consent_page_content.c */

/* After the start tag t->tag: its content is read from here on. */
ngx_int_t ngx_consent_page_content(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);

/* Judges the content up to an offset, which is its end or not. */
ngx_int_t ngx_consent_page_judge_content(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto, ngx_uint_t end);

/* the first byte that this reading may still change */
uint64_t ngx_consent_page_safe(const ngx_consent_page_t *page,
    const ngx_consent_reader_t *r);

/* A string of JSON, as written: *refused if it is a URL that is. */
ngx_int_t ngx_consent_page_json_url(ngx_consent_page_t *page,
    const u_char *p, size_t len, ngx_uint_t *refused);

/* A URL that stands in the text gives way to one that fetches nothing. */
ngx_int_t ngx_consent_page_replace(ngx_consent_page_t *page, uint64_t at,
    size_t len);

/* 1 if it is no bare word: of that only an import map says what it is */
ngx_uint_t ngx_consent_page_is_url(const u_char *p, size_t len);


/* ngx_consent_page_script.c */

/* So much of an inline script is there; end: it is all of it. */
ngx_int_t ngx_consent_page_script(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto, ngx_uint_t end);

/* The script has ended at an offset, or cut: so much of it is looked at. */
ngx_int_t ngx_consent_page_script_end(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, ngx_uint_t cut, uint64_t upto);

/* A module's specifier, as written: what it waits for is in r->imports. */
ngx_int_t ngx_consent_page_import(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, const u_char *name, size_t len);



/* ngx_consent_page_judge.c */

/* What of the start tag must not be fetched; edits in its values are made. */
ngx_int_t ngx_consent_page_judge(ngx_consent_page_t *page,
    ngx_consent_page_tag_t *t, ngx_consent_refused_t *refused);

/* A base that counts, if it is the first. */
void ngx_consent_page_base(ngx_consent_page_t *page,
    const ngx_consent_url_t *u);

/* The same of an attribute's value, which may be a data: URL. */
ngx_uint_t ngx_consent_page_value_url(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, ngx_consent_fetch_e what,
    const ngx_consent_attr_t *attr, ngx_consent_mask_t *needs);

/* 1 if the URL is refused; *needs gets what it waits for */
ngx_uint_t ngx_consent_page_url(ngx_consent_page_t *page, u_char *value,
    size_t len, ngx_uint_t flags, ngx_consent_mask_t *needs);

/* Everything that this visitor has not accepted: what is in doubt needs it. */
ngx_consent_mask_t ngx_consent_page_missing(ngx_consent_page_t *page);

/* 1 if a script of it would run and brings its text with it */
ngx_uint_t ngx_consent_page_inline(const ngx_consent_page_tag_t *t);

/* Counts and tells what was refused. */
void ngx_consent_page_note(ngx_consent_page_t *page, ngx_consent_note_e note,
    const ngx_consent_row_t *row, ngx_consent_mask_t needs);


/* ngx_consent_page_value.c */

/* CSS in an attribute's value: the refused URLs in it are replaced. */
ngx_int_t ngx_consent_page_css_value(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_attr_t *attr);

/*
 * CSS with character references, at an offset; cut: not to its end; expanded:
 * it is not the page's own text, so that nothing in it can be replaced.
 * NGX_DECLINED: it must be held back whole.
 */
ngx_int_t ngx_consent_page_css_text(ngx_consent_page_t *page, uint64_t at,
    u_char *value, size_t len, ngx_uint_t cut, ngx_uint_t expanded);

/* 1 if a URL in the value is refused, of those that it lists */
ngx_uint_t ngx_consent_page_list(ngx_consent_page_t *page,
    ngx_consent_fetch_e what, u_char *value, size_t len,
    ngx_consent_mask_t *needs);

/*
 * A URL of CSS, its text between p and p + len: 1 if it is refused.  what as
 * the reader tells.
 */
ngx_uint_t ngx_consent_page_css_url(ngx_consent_page_t *page,
    const ngx_consent_css_t *css, u_char *p, size_t len,
    ngx_consent_mask_t *needs);


/* ngx_consent_page_stub.c */

/* Before a script that its start tag held back: the stubs of its provider. */
ngx_int_t ngx_consent_page_stub_tag(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);

/* Before one that its markers held back: those of all their providers. */
ngx_int_t ngx_consent_page_stub_script(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);

/* What of an inline script's start tag is needed once its end is known. */
void ngx_consent_page_stub_init(const ngx_consent_page_tag_t *t);

/* 1 if the script, whose content ends there, is a stub that we have put in */
ngx_uint_t ngx_consent_page_is_stub(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t end);


/* ngx_consent_page_place.c: where rules->place is set, or ->body */

/* The language of the page, of its first html element. */
void ngx_consent_page_language(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);

/*
 * Before a frame that is held back: its placeholder, if it gets one.  gone: the
 * element is removed, so that it need not be hidden.
 */
ngx_int_t ngx_consent_page_place(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused,
    ngx_uint_t gone);


/* ngx_consent_page_place_due.c */

/* 1 if an element that is held back gets a placeholder */
ngx_uint_t ngx_consent_page_place_due(const ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused);


/* ngx_consent_page_markup.c: where page->rules->markup is set */

/*
 * Holds back a tag in the platform's convention: NGX_OK, NGX_ERROR, or
 * NGX_DECLINED, where that has no way to do it.
 */
ngx_int_t ngx_consent_page_mark(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_refused_t *refused);

/* The same for an inline script, by the plan made when it began. */
void ngx_consent_page_mark_plan(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);
ngx_int_t ngx_consent_page_mark_script(ngx_consent_page_t *page,
    const ngx_consent_reader_t *r, ngx_consent_mask_t needs);

/* The author's mark says that the tag waits for what is granted: *t says so. */
void ngx_consent_page_find_live(ngx_consent_page_t *page,
    ngx_consent_page_tag_t *t);

/* Takes the mark off: the tag is as if it had never been marked. */
ngx_int_t ngx_consent_page_revive(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);


/* ngx_consent_page_inner.c */

/* HTML in a srcdoc: it is filtered where it stands. */
ngx_int_t ngx_consent_page_srcdoc(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t, const ngx_consent_attr_t *attr);

/*
 * 1 if a document, style sheet or script in a data: URL, which is decoded,
 * fetches what is refused, or may: cut, of a longer one this is the beginning.
 * script: it is one, whatever its type.
 */
ngx_uint_t ngx_consent_page_data(ngx_consent_page_t *page, const u_char *url,
    size_t len, ngx_uint_t script, ngx_uint_t cut, ngx_consent_mask_t *needs);


/*
 * The same of a javascript: URL, whose script may make a document: of that the
 * tags are judged which stand in it.  There is room before url for so many
 * bytes.
 */
ngx_uint_t ngx_consent_page_javascript(ngx_consent_page_t *page, u_char *url,
    size_t len, ngx_uint_t cut, ngx_consent_mask_t *needs);

#define NGX_CONSENT_PAGE_ROOM  16


/*
 * Text that has markup of XML in it, the literal of an entity: it is filtered
 * where it stands.  kind: XML, or DTD.  NGX_DECLINED: it is too deep for that.
 */
ngx_int_t ngx_consent_page_literal(ngx_consent_page_t *page, uint64_t at,
    const u_char *p, size_t len, ngx_consent_kind_e kind);


/* ngx_consent_page_xml.c */

ngx_int_t ngx_consent_page_xml_expand(ngx_consent_page_t *page,
    ngx_consent_page_tag_t *t);

/* 1 if the element, or one before it, may be of HTML or SVG */
ngx_uint_t ngx_consent_page_xml_named(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);

/* A script's or style's text is read from here on. */
ngx_int_t ngx_consent_page_xml_begin(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);
ngx_int_t ngx_consent_page_xml_nested(ngx_consent_page_t *page,
    const ngx_consent_page_tag_t *t);

ngx_int_t ngx_consent_page_xml_content(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, ngx_uint_t end);
ngx_int_t ngx_consent_page_xml_piece(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);
ngx_int_t ngx_consent_page_xml_part(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, const ngx_consent_page_tag_t *t, uint64_t upto);
ngx_int_t ngx_consent_page_xml_tag(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, const ngx_consent_page_tag_t *t);
ngx_int_t ngx_consent_page_xml_end(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, uint64_t upto);
uint64_t ngx_consent_page_xml_safe(const ngx_consent_page_t *page,
    const ngx_consent_reader_t *r);


/* ngx_consent_page_carry.c */

/* Reads on with n bytes of text, which the piece says where they are from. */
ngx_int_t ngx_consent_page_carry(ngx_consent_page_t *page,
    ngx_consent_reader_t *r, u_char *p, size_t n,
    const ngx_consent_piece_t *piece);

/*
 * Markup stands in it up to an offset.  A URL that has more bytes than
 * consent_tag_buffer with what stands in it gives way unread.
 */
ngx_int_t ngx_consent_page_carry_bound(ngx_consent_page_t *page,
    uint64_t upto);

/* The text has ended. */
ngx_int_t ngx_consent_page_carry_end(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);


/* ngx_consent_page_dtd.c: the reading has come to a declaration */

ngx_int_t ngx_consent_page_decl(ngx_consent_page_t *page,
    ngx_consent_reader_t *r);

/*
 * ngx_consent_page_key.c: a placeholder's field that accepts that name; one for
 * each provider that is accepted by itself, and for one that is to be.  Both
 * write behind size bytes of dst, if it is not NULL, and return what there is.
 */
size_t ngx_consent_page_input(const ngx_str_t *name, u_char *dst,
    size_t size);
size_t ngx_consent_page_keys(const ngx_consent_rules_t *rules,
    const ngx_consent_provider_t *chosen, u_char *dst, size_t size);


#endif /* _NGX_CONSENT_PAGE_INT_H_INCLUDED_ */
