
/*
 * What the files of the formats share: one function a format, in its family's
 * file, and a row for it in ngx_consent_source.c.
 */

#ifndef _NGX_CONSENT_SOURCE_INT_H_INCLUDED_
#define _NGX_CONSENT_SOURCE_INT_H_INCLUDED_


#include "ngx_consent_source.h"


#define ngx_consent_source_is(s, word)                                       \
    ((s)->len == sizeof(word) - 1                                            \
     && memcmp((s)->data, word, sizeof(word) - 1) == 0)

#define ngx_consent_source_say(answer, of, key, yes)                         \
    (answer)->said((answer)->data, of, (key)->data, (key)->len, yes)


/* ngx_consent_source.c: without one pair of quotes around it */

void ngx_consent_source_unquote(ngx_str_t *value);

/* a name that the source's own cookie may have, as it is asked for */
ngx_uint_t ngx_consent_source_named(const ngx_consent_asked_t *asked,
    const ngx_str_t *name);


/* ngx_consent_source_owns.c */

extern const ngx_str_t  ngx_consent_beside_axeptio[];
extern const ngx_str_t  ngx_consent_beside_didomi[];
extern const ngx_str_t  ngx_consent_beside_iubenda[];
extern const ngx_str_t  ngx_consent_beside_shopify[];
extern const ngx_str_t  ngx_consent_beside_trustcommander[];
extern const ngx_str_t  ngx_consent_beside_trustcommander_v1[];
extern const ngx_str_t  ngx_consent_beside_onetrust[];
extern const ngx_str_t  ngx_consent_beside_cookielawinfo[];
extern const ngx_str_t  ngx_consent_beside_complianz[];
extern const ngx_str_t  ngx_consent_beside_trustarc[];
extern const ngx_str_t  ngx_consent_beside_gpp[];


/* ngx_consent_source_cookie.c */

void ngx_consent_source_own(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_trustcommander.c */

void ngx_consent_source_trustcommander(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_trustcommander_v1(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_pairs.c */

void ngx_consent_source_onetrust(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_cookieyes(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_tarteaucitron(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_cookiebot.c */

void ngx_consent_source_cookiebot(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_names.c */

void ngx_consent_source_cookielawinfo(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer);
void ngx_consent_source_complianz(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer);


/* ngx_consent_source_words.c */

void ngx_consent_source_osano(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_usprivacy(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);

/* "1YNN" and the like, wherever it stands: *refused becomes 1, or stays */
ngx_consent_state_e ngx_consent_source_usp(const ngx_str_t *word,
    ngx_uint_t *refused);


/* ngx_consent_source_lists.c */

void ngx_consent_source_cookieman(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_addtl(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_trustarc(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer);


/* ngx_consent_source_tcf.c */

void ngx_consent_source_tcf(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);

/* s as it is where nothing in it is percent-encoded, or decoded into more */
ngx_int_t ngx_consent_source_unescape(const ngx_consent_asked_t *asked,
    ngx_str_t *s);

/*
 * A TC string, wherever it stands.  buf has room for its bits.  NGX_OK: what it
 * grants has been said, with denials also what it does not.  NGX_DECLINED: it
 * is whole, but no answer for this site.  NGX_ERROR: it is broken.
 */
ngx_int_t ngx_consent_source_tc_string(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, u_char *buf, ngx_consent_answer_t *answer,
    ngx_uint_t denials);


/* ngx_consent_source_gpp.c */

ngx_uint_t ngx_consent_source_gpp_named(const ngx_str_t *name);
void ngx_consent_source_gpp(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_fundingchoices.c */

void ngx_consent_source_fundingchoices(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_json.c: vanilla-cookieconsent, Klaro, Borlabs */

void ngx_consent_source_vanilla(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_klaro(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_borlabs(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


/* ngx_consent_source_service.c: Axeptio, Didomi, iubenda */

void ngx_consent_source_axeptio(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_axeptio_list(const ngx_consent_asked_t *asked,
    ngx_consent_answer_t *answer);
void ngx_consent_source_didomi(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
void ngx_consent_source_iubenda(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);
ngx_uint_t ngx_consent_source_iubenda_named(const ngx_str_t *name);


/* ngx_consent_source_shopify.c */

void ngx_consent_source_shopify(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer);


#endif /* _NGX_CONSENT_SOURCE_INT_H_INCLUDED_ */
