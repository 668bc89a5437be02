
/*
 * Templates in HTML: $name and ${name}, <!--# if name -->, <!--# else -->,
 * <!--# endif -->, <!--# for name -->, <!--# endfor -->.  What the names are is
 * the caller's.  Compiled once, then rendered without any memory of its own.
 */

#ifndef _NGX_CONSENT_TEMPLATE_H_INCLUDED_
#define _NGX_CONSENT_TEMPLATE_H_INCLUDED_


#include "ngx_consent.h"


/* bytes; what is longer is an error when it is read */
#define NGX_CONSENT_MAX_TEMPLATE    (64 * 1024)

/* "if" and "for" in each other; one more is an error when it is compiled */
#define NGX_CONSENT_TEMPLATE_DEPTH  8

/* loops that a caller may have; each is a bit of those that are open */
#define NGX_CONSENT_TEMPLATE_LOOPS  32


typedef enum {
    NGX_CONSENT_TEMPLATE_LITERAL = 0,
    NGX_CONSENT_TEMPLATE_VALUE,         /* $name, of the caller's values */
    NGX_CONSENT_TEMPLATE_TEXT,          /* $name, a template of its own */
    NGX_CONSENT_TEMPLATE_IF,
    NGX_CONSENT_TEMPLATE_ELSE,
    NGX_CONSENT_TEMPLATE_ENDIF,
    NGX_CONSENT_TEMPLATE_FOR,
    NGX_CONSENT_TEMPLATE_ENDFOR
} ngx_consent_template_e;


typedef struct {
    ngx_consent_template_e  what;
    ngx_uint_t           of;            /* the value, text, condition or loop */
    ngx_uint_t           to;            /* where it goes on if it does not */
    ngx_str_t            source;        /* as it is written */
} ngx_consent_template_part_t;


typedef struct {
    ngx_consent_template_part_t  *parts;
    ngx_uint_t           n;
} ngx_consent_template_t;


/*
 * What a name stands for: fills part->of, and makes a value a text if it is
 * one.  open: the loops that it stands in.  NULL, or what is wrong with it.
 */
typedef struct {
    const char        *(*find)(void *data, const ngx_str_t *name,
                             ngx_uint_t open,
                             ngx_consent_template_part_t *part);
    void                *data;
} ngx_consent_template_names_t;


/* what is wrong, and with what, which is in the source and may be empty */

typedef struct {
    const char          *reason;
    ngx_str_t            source;
} ngx_consent_template_fault_t;


/*
 * The next part from *pos on, which moves on; *name is what it names.  A
 * command takes the line feed after it along.  NGX_DONE: there is none.
 * NGX_DECLINED: part->source is no name, or no command.
 */
ngx_int_t ngx_consent_template_next(const u_char **pos, const u_char *last,
    ngx_consent_template_part_t *part, ngx_str_t *name);

/*
 * Fills t->parts, and counts them in t->n; with t->parts NULL only that.  The
 * source is kept.  NGX_OK, or NGX_DECLINED and *fault.
 */
ngx_int_t ngx_consent_template_compile(ngx_consent_template_t *t,
    const ngx_str_t *source, const ngx_consent_template_names_t *names,
    ngx_consent_template_fault_t *fault);


typedef struct ngx_consent_render_s  ngx_consent_render_t;

struct ngx_consent_render_s {
    /* writes a value, with ngx_consent_render_text() or _markup() */
    void               (*value)(ngx_consent_render_t *r, ngx_uint_t of);
    ngx_uint_t         (*holds)(ngx_consent_render_t *r, ngx_uint_t of);

    /* moves to a loop's first element, or to the next one; 0: there is none */
    ngx_uint_t         (*next)(ngx_consent_render_t *r, ngx_uint_t of,
                             ngx_uint_t first);

    /* in the language that is rendered; NULL: nothing */
    const ngx_consent_template_t *(*text)(ngx_consent_render_t *r,
                             ngx_uint_t of);

    void               (*write)(ngx_consent_render_t *r, const u_char *p,
                             size_t len);
    void                *data;          /* the caller's */

    unsigned             ascii:1;       /* for a page in any encoding */
};

/* Loops end when next() says so. */
void ngx_consent_render(ngx_consent_render_t *r,
    const ngx_consent_template_t *t);

/* text between tags or in quotes: what is special to HTML is escaped */
void ngx_consent_render_text(ngx_consent_render_t *r, const u_char *p,
    size_t len);

/* as it is, but for what is no ASCII if it has to be */
void ngx_consent_render_markup(ngx_consent_render_t *r, const u_char *p,
    size_t len);

/*
 * Writes text as ASCII: what is not as a numeric reference, and, but for
 * markup, what is special to HTML.  Returns the length; dst NULL: only that.
 * What is no UTF-8 becomes U+FFFD.
 */
size_t ngx_consent_template_escape(u_char *dst, const u_char *p, size_t len,
    ngx_uint_t markup);

/*
 * The length of the character at p, NGX_CONSENT_TEMPLATE_NOT_UTF8 in *c and 1
 * for a byte that begins none (RFC 3629, 4); len is not 0.
 */
#define NGX_CONSENT_TEMPLATE_NOT_UTF8  0xfffd

size_t ngx_consent_template_char(const u_char *p, size_t len, uint32_t *c);


#endif /* _NGX_CONSENT_TEMPLATE_H_INCLUDED_ */
