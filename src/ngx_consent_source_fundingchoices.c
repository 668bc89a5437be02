
/*
 * Google's Funding Choices, FCCDCF: an array of JSON.  Its fourth element is
 * [TC string, Additional Consent, id], the fifth [[seconds, nanoseconds], US
 * Privacy]; what stands elsewhere is no answer.
 */

#include "ngx_consent_source_int.h"
#include "ngx_consent_json.h"


#define NGX_CONSENT_FC_TCF  3
#define NGX_CONSENT_FC_USP  4

/* of seconds; more: the time is unknown */
#define NGX_CONSENT_FC_MAX_DIGITS  10


/* each in the value as it was decoded; without data where it is absent */

typedef struct {
    ngx_str_t            tcf[2];        /* and Additional Consent */
    ngx_str_t            usp[2];        /* the second one */
    time_t               when;          /* of US Privacy; 0: unknown */
} ngx_consent_fc_t;


static ngx_int_t ngx_consent_fc_value(u_char *p, size_t len,
    ngx_consent_fc_t *fc);
static ngx_int_t ngx_consent_fc_strings(u_char **pos, u_char *last,
    ngx_str_t s[2]);
static time_t ngx_consent_fc_seconds(u_char *p, u_char *last);
static ngx_int_t ngx_consent_fc_next(u_char **pos, u_char *last,
    ngx_uint_t i);
static ngx_consent_state_e ngx_consent_fc_say(const ngx_consent_asked_t *asked,
    const ngx_consent_fc_t *fc, ngx_consent_answer_t *answer);
static ngx_consent_state_e ngx_consent_fc_addtl(
    const ngx_consent_asked_t *asked, const ngx_str_t *s,
    ngx_consent_answer_t *answer);
static void ngx_consent_fc_provider(void *data, ngx_consent_key_e of,
    const u_char *key, size_t len, ngx_uint_t yes);


void
ngx_consent_source_fundingchoices(const ngx_consent_asked_t *asked,
    const ngx_str_t *value, ngx_consent_answer_t *answer)
{
    size_t            len;
    ngx_consent_fc_t  fc;

    answer->state = NGX_CONSENT_INVALID;
    len = value->len;

    if (len > NGX_CONSENT_SOURCE_MAX_VALUE) {
        return;
    }

    /* JSON as it is, where it is any; a string of it may have a '%' */

    if (value->data[0] == '['
        && ngx_consent_source_text(value->data, len) == NGX_OK)
    {
        ngx_memcpy(asked->buf, value->data, len);

        if (ngx_consent_fc_value(asked->buf, len, &fc) == NGX_OK) {
            answer->state = ngx_consent_fc_say(asked, &fc, answer);
            return;
        }
    }

    if (ngx_consent_source_percent(asked->buf, value, &len) == NGX_OK
        && ngx_consent_fc_value(asked->buf, len, &fc) == NGX_OK)
    {
        answer->state = ngx_consent_fc_say(asked, &fc, answer);
    }
}


static ngx_int_t
ngx_consent_fc_value(u_char *p, size_t len, ngx_consent_fc_t *fc)
{
    u_char      *last;
    ngx_int_t    rc;
    ngx_uint_t   i;

    ngx_memzero(fc, sizeof(ngx_consent_fc_t));

    last = p + len;

    if (ngx_consent_json_peek(&p, last) != '[') {
        return NGX_ERROR;
    }

    for (i = 0; (rc = ngx_consent_fc_next(&p, last, i)) == NGX_OK; i++) {

        switch (i) {

        case NGX_CONSENT_FC_TCF:
            rc = ngx_consent_fc_strings(&p, last, fc->tcf);
            break;

        case NGX_CONSENT_FC_USP:
            fc->when = ngx_consent_fc_seconds(p, last);
            rc = ngx_consent_fc_strings(&p, last, fc->usp);
            break;

        default:
            rc = ngx_consent_json_skip(&p, last);
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (rc == NGX_ERROR) {
        return NGX_ERROR;
    }

    ngx_consent_json_peek(&p, last);

    return p == last ? NGX_OK : NGX_ERROR;
}


/* The first two elements of an array, where they are strings; or null. */

static ngx_int_t
ngx_consent_fc_strings(u_char **pos, u_char *last, ngx_str_t s[2])
{
    u_char      ch;
    ngx_int_t   rc;
    ngx_uint_t  i;

    ch = ngx_consent_json_peek(pos, last);

    if (ch != '[') {
        return ch == 'n' ? ngx_consent_json_skip(pos, last) : NGX_ERROR;
    }

    for (i = 0; (rc = ngx_consent_fc_next(pos, last, i)) == NGX_OK; i++) {

        if (i < 2 && ngx_consent_json_peek(pos, last) == '"') {
            rc = ngx_consent_json_string(pos, last, &s[i]);

        } else {
            rc = ngx_consent_json_skip(pos, last);
        }

        if (rc != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return rc == NGX_DONE ? NGX_OK : NGX_ERROR;
}


/* "[[1691143728,486000000],...": the first number, or 0 */

static time_t
ngx_consent_fc_seconds(u_char *p, u_char *last)
{
    int64_t     n;
    ngx_uint_t  i;

    for (i = 0; i < 2; i++) {

        if (ngx_consent_json_peek(&p, last) != '[') {
            return 0;
        }

        p++;
    }

    ngx_consent_json_peek(&p, last);

    n = 0;

    for (i = 0; p < last && *p >= '0' && *p <= '9'; p++, i++) {

        if (i == NGX_CONSENT_FC_MAX_DIGITS) {
            return 0;
        }

        n = n * 10 + (*p - '0');
    }

    return p < last && (*p == ',' || *p == ']')
           ? ngx_consent_source_time(n) : 0;
}


/*
 * To element i of an array, past the '[' or ',' before it: NGX_OK; NGX_DONE:
 * past the ']'; or NGX_ERROR.
 */

static ngx_int_t
ngx_consent_fc_next(u_char **pos, u_char *last, ngx_uint_t i)
{
    u_char  ch;

    ch = ngx_consent_json_peek(pos, last);

    if (ch != (i ? ',' : '[') && !(i && ch == ']')) {
        return NGX_ERROR;
    }

    (*pos)++;

    if (ch == ']') {
        return NGX_DONE;
    }

    if (i == 0 && ngx_consent_json_peek(pos, last) == ']') {
        (*pos)++;
        return NGX_DONE;
    }

    return NGX_OK;
}


/*
 * All that is there has to be whole.  Where there is nothing but US Privacy,
 * nobody was asked for consent, and so nothing but its refusal counts.
 */

static ngx_consent_state_e
ngx_consent_fc_say(const ngx_consent_asked_t *asked, const ngx_consent_fc_t *fc,
    ngx_consent_answer_t *answer)
{
    ngx_uint_t           refused;
    ngx_consent_state_e  state;

    state = NGX_CONSENT_UNSET;

    if (fc->tcf[0].len) {

        if (ngx_consent_source_tc_string(asked, &fc->tcf[0], asked->more,
                                         answer, 1)
            != NGX_OK)
        {
            return NGX_CONSENT_INVALID;
        }

        state = NGX_CONSENT_DECIDED;
    }

    if (fc->tcf[1].len) {

        if (ngx_consent_fc_addtl(asked, &fc->tcf[1], answer)
            != NGX_CONSENT_DECIDED)
        {
            return NGX_CONSENT_INVALID;
        }

        state = NGX_CONSENT_DECIDED;
    }

    if (fc->usp[1].len) {

        refused = 0;

        switch (ngx_consent_source_usp(&fc->usp[1], &refused)) {

        case NGX_CONSENT_DECIDED:
            answer->said(answer->data, NGX_CONSENT_KEY_CATEGORY,
                         (u_char *) "sale", sizeof("sale") - 1, !refused);

            if (state == NGX_CONSENT_UNSET) {
                state = NGX_CONSENT_DECIDED;
                answer->time = fc->when;
                answer->veto = 1;
            }

            break;

        case NGX_CONSENT_UNSET:
            break;

        default:
            return NGX_CONSENT_INVALID;
        }
    }

    return state;
}


/* Its numbers are Google's own, not those of TCF's vendors: atp1, atp2, ... */

static ngx_consent_state_e
ngx_consent_fc_addtl(const ngx_consent_asked_t *asked, const ngx_str_t *s,
    ngx_consent_answer_t *answer)
{
    ngx_consent_asked_t   ask;
    ngx_consent_answer_t  providers;

    ask = *asked;
    ask.buf = asked->more;

    ngx_memzero(&providers, sizeof(ngx_consent_answer_t));
    providers.said = ngx_consent_fc_provider;
    providers.data = answer;

    ngx_consent_source_addtl(&ask, s, &providers);

    return providers.state;
}


static void
ngx_consent_fc_provider(void *data, ngx_consent_key_e of, const u_char *key,
    size_t len, ngx_uint_t yes)
{
    u_char                 buf[NGX_CONSENT_SOURCE_MAX_KEY];
    ngx_consent_answer_t  *answer;

    answer = data;

    if (len > sizeof(buf) - 3) {
        return;
    }

    ngx_memcpy(buf, "atp", 3);
    ngx_memcpy(buf + 3, key, len);

    answer->said(answer->data, of, buf, len + 3, yes);
}
