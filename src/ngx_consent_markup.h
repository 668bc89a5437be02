
/*
 * How consent platforms mark a tag that waits for consent: what is written of
 * it, and how a tag that is marked already is known.
 */

#ifndef _NGX_CONSENT_MARKUP_H_INCLUDED_
#define _NGX_CONSENT_MARKUP_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_signal.h"
#include "ngx_consent_tag.h"


/* elements that a form is for */

#define NGX_CONSENT_MARKUP_SCRIPT  0x01         /* with a URL */
#define NGX_CONSENT_MARKUP_INLINE  0x02         /* a script with its text */
#define NGX_CONSENT_MARKUP_IFRAME  0x04
#define NGX_CONSENT_MARKUP_IMG     0x08
#define NGX_CONSENT_MARKUP_STYLE   0x10         /* a link to a style sheet */
#define NGX_CONSENT_MARKUP_MEDIA   0x20         /* embed, video, audio ... */

#define NGX_CONSENT_MARKUP_ADDS    2

/*
 * Bytes of the attribute that holds the keys, when it is read.  What is longer
 * is as good as a key that nobody knows.
 */
#define NGX_CONSENT_MARKUP_MAX_KEYS  256


/* what becomes of some elements; the first form of an element is written */

typedef struct {
    ngx_uint_t           elements;      /* 0: no more forms */

    /*
     * The attribute that fetches gets a name of its own by what is put before
     * and after it.  Neither: it stays, and the type of the script holds it.
     */
    ngx_str_t            attr;
    ngx_str_t            before;
    ngx_str_t            after;

    ngx_str_t            word;          /* in the class */

    struct {
        ngx_str_t        name;
        ngx_str_t        value;
    } adds[NGX_CONSENT_MARKUP_ADDS];

    ngx_str_t            type;          /* data-type where there was no type */
} ngx_consent_markup_form_t;


typedef struct {
    ngx_str_t            name;          /* as consent_markup has it */
    ngx_str_t            type;          /* of a script that waits */

    ngx_str_t            key;           /* the attribute with the keys */
    ngx_str_t            older;         /* ... of older versions, read only */
    ngx_str_t            prefix;        /* what stands before the keys */
    u_char               separator;     /* between keys; 0: there is only one */

    unsigned             by_class:1;    /* the keys are a word of the class */
    unsigned             by_provider:1; /* the key is the provider's */
    unsigned             keeps_type:1;  /* data-type is the type it gets back */

    /* a mark of the author's that such a tag is to run; word: any value */
    ngx_str_t            exempt;
    ngx_str_t            exempt_word;

    /* keys of essential, performance, advertising, sharing; the first one of */
    /* each is written, all of them are read */
    ngx_str_t            keys[4];

    const ngx_consent_markup_form_t  *forms;
} ngx_consent_platform_t;


/* what is known of keys in one table; built when the configuration is read */

typedef struct {
    ngx_str_t            key;
    ngx_consent_mask_t   mask;          /* what it stands for */
    ngx_uint_t           provider;      /* its index, + 1; 0: a category's */
} ngx_consent_markup_key_t;


typedef struct {
    ngx_str_t            name;
    ngx_str_t            written;
    unsigned             given:1;       /* by the operator: not the name; */
                                        /* empty: there is no way to say it */
} ngx_consent_markup_provider_t;


typedef struct {
    const ngx_consent_platform_t  *platform;

    /* keys as they are written: ASCII, with character references */

    ngx_str_t            categories[NGX_CONSENT_MAX_CATEGORIES];
    ngx_consent_markup_provider_t  *providers;
    ngx_uint_t           nproviders;

    /* as they are read */
    ngx_consent_markup_key_t  *keys;
    ngx_uint_t           nkeys;

    unsigned             live:1;
    unsigned             answers:1;     /* some provider has one of its own */
} ngx_consent_markup_t;


/* where the words of the class go */

typedef enum {
    NGX_CONSENT_MARKUP_NO_CLASS = 0,
    NGX_CONSENT_MARKUP_QUOTED,
    NGX_CONSENT_MARKUP_UNQUOTED,
    NGX_CONSENT_MARKUP_NO_VALUE
} ngx_consent_markup_class_e;


/* a tag, as far as what is written depends on it */

typedef struct {
    const ngx_consent_markup_form_t  *form;
    uint32_t             class_at;
    uint32_t             class_end;
    u_char               class_is;
    unsigned             empty:1;       /* the class has no words */
    unsigned             script:1;
    unsigned             typed:1;       /* it has a type */
} ngx_consent_markup_plan_t;


/* The platform of that name, or NULL. */
const ngx_consent_platform_t *ngx_consent_markup_platform(
    const ngx_str_t *name);

/* All of them, up to one without a name. */
const ngx_consent_platform_t *ngx_consent_markup_platforms(void);

/*
 * NGX_OK and the plan, or NGX_DECLINED: the platform has no form for the
 * element, or the tag has what would be in its way.  p is the tag's '<'.
 */
ngx_int_t ngx_consent_markup_plan(const ngx_consent_platform_t *platform,
    const ngx_consent_tag_t *tag, const u_char *p, ngx_uint_t is_inline,
    ngx_consent_markup_plan_t *plan);

/*
 * NGX_OK, or NGX_DECLINED: the convention cannot say what is waited for.
 * provider: whose the tag is; NULL: of several, or of nobody.
 */
ngx_int_t ngx_consent_markup_says(const ngx_consent_markup_t *m,
    ngx_consent_mask_t needs, const ngx_str_t *provider);

/*
 * Writes what goes right after the tag's name, and what goes into its class,
 * which may be nothing, and returns the length; dst NULL: the length only.
 */
size_t ngx_consent_markup_attrs(u_char *dst, const ngx_consent_markup_t *m,
    const ngx_consent_markup_plan_t *plan, ngx_consent_mask_t needs,
    const ngx_str_t *provider);
size_t ngx_consent_markup_words(u_char *dst, const ngx_consent_markup_t *m,
    const ngx_consent_markup_plan_t *plan, ngx_consent_mask_t needs,
    const ngx_str_t *provider);

/*
 * 1 if the tag is marked in the convention of any platform that keeps a URL in
 * data-src or data-href: it is held back, no lazy loader's.
 */
ngx_uint_t ngx_consent_markup_marked(const ngx_consent_tag_t *tag,
    const u_char *p);

/*
 * The form in which the tag waits for what is granted; NULL: it waits for
 * something else, or does not wait.
 */
const ngx_consent_markup_form_t *ngx_consent_markup_granted(
    const ngx_consent_markup_t *m, const ngx_consent_tag_t *tag,
    const u_char *p, const ngx_consent_grant_t *grant);

/* The attribute that the form has in place of the one of that name. */
const ngx_consent_attr_t *ngx_consent_markup_attr(
    const ngx_consent_markup_form_t *form, const ngx_consent_tag_t *tag,
    const u_char *p, const ngx_str_t *name);

/*
 * The type that a script gets back: NGX_OK, or NGX_DECLINED: it is none that
 * can be written as it stands.
 */
ngx_int_t ngx_consent_markup_type(const ngx_consent_platform_t *platform,
    const ngx_consent_tag_t *tag, const u_char *p, ngx_str_t *type);

/* 1 if that word of a class is one of the platform's marks */
ngx_uint_t ngx_consent_markup_word(const ngx_consent_platform_t *platform,
    const ngx_str_t *word);


#endif /* _NGX_CONSENT_MARKUP_H_INCLUDED_ */
