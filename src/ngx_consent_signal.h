
/*
 * The visitor's choice: what one source says of it, and what several agree on.
 */

#ifndef _NGX_CONSENT_SIGNAL_H_INCLUDED_
#define _NGX_CONSENT_SIGNAL_H_INCLUDED_


#include "ngx_consent.h"


/* in the order of strength: of two copies the weaker state counts */

typedef enum {
    NGX_CONSENT_INVALID = 0,
    NGX_CONSENT_UNSET,
    NGX_CONSENT_IMPLIED,
    NGX_CONSENT_DECIDED
} ngx_consent_state_e;


/* a source's key and what it stands for: categories, or a provider alone */

typedef struct {
    ngx_str_t            key;
    ngx_consent_mask_t   mask;
    ngx_uint_t           provider;      /* its number and 1; 0: categories */
} ngx_consent_key_t;


/*
 * What a source says.  One that is unset or implied has no opinion: its reader
 * leaves denied empty, and only a mixed intersection fills it.
 */

typedef struct {
    ngx_consent_state_e  state;
    ngx_consent_mask_t   granted;
    ngx_consent_mask_t   denied;
    ngx_str_t            id;            /* points into the value */
    time_t               time;          /* of the choice; 0: unknown */
    ngx_int_t            revision;      /* of the choice; -1: unknown */
    unsigned             allowed:1;     /* implied=allow: it may grant */
    unsigned             veto:1;        /* all of it can only deny */
    unsigned             lapsed:1;      /* none: it was a choice once */
    unsigned             unsure:1;      /* of its copies some are a choice */
} ngx_consent_opinion_t;


/* what holds for a request */

typedef struct {
    ngx_consent_state_e  state;
    ngx_consent_mask_t   mask;       /* accepted categories, required ones in */

    /*
     * The same of each provider, by its index in the table, where a source
     * speaks of single ones; NULL: the mask holds for all of them.
     */
    const ngx_consent_mask_t  *providers;
} ngx_consent_grant_t;


/* a choice is kept for 13 months at most; a clock may be ahead of ours */
#define NGX_CONSENT_COOKIE_MAX_AGE   (395 * 86400)
#define NGX_CONSENT_COOKIE_MAX_AHEAD 86400

#define NGX_CONSENT_MAX_REVISION     999999999


/*
 * One more copy of the same source: a broken copy breaks the source, else the
 * grants intersect, the denials unite and the weaker state counts.  Nothing is
 * ignored here: copies with an empty value are the caller's to skip.
 */
void ngx_consent_signal_intersect(ngx_consent_opinion_t *o,
    const ngx_consent_opinion_t *copy);


typedef struct {
    ngx_consent_mask_t   all;           /* the table's categories */
    ngx_consent_mask_t   required;
    ngx_consent_mask_t   gpc_scope;     /* consent_gpc; 0: off */
    unsigned             gpc:1;         /* Sec-GPC: 1 was sent */
    unsigned             gpc_strict:1;
    unsigned             optout:1;
} ngx_consent_policy_t;

/*
 * The model: a category is granted if a source grants it and none denies it;
 * required ones always are; where no source has an opinion the regime decides.
 * GPC refuses where nobody has chosen and always under optout; under optin an
 * explicit choice wins unless strict, what is implied never does.  The state of
 * several sources is decided if any is, else invalid, else implied, else unset.
 */
void ngx_consent_signal_grant(const ngx_consent_policy_t *policy,
    const ngx_consent_opinion_t *o, ngx_uint_t n, ngx_consent_grant_t *grant);


#endif /* _NGX_CONSENT_SIGNAL_H_INCLUDED_ */
