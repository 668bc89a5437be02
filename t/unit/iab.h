
/*
 * A cookie line with one of IAB's strings, read by its format: what it says.
 */

#ifndef _IAB_H_INCLUDED_
#define _IAB_H_INCLUDED_


#include "test.h"
#include "ngx_consent_source.h"


/* of the vectors */

#define D006                                                                 \
    "CQllpoAQllpoABtCQXENCjFgANwgAAJgAACYATESdRFh0AIwBAAgQQASUAOA"           \
    "BIAGAAOAA6AA.bowAAigAAQAA.IAUFCdRFp1AA"
#define D164                                                                 \
    "CQgzIcAQgzIcAEsAHBFRCWFgAMAAAAAAAAqIABqAAAAIIABAAYOgBQADAAkA"           \
    "FA"


typedef struct {
    ngx_consent_state_e  state;
    char                 yes[1024];     /* " p1 p3 " */
    char                 no[1024];
    uint32_t             vendor[65536]; /* 1: no, 2: yes */
    uint32_t             consent[65536];
    uint32_t             interest[65536];
} read_t;


static read_t  got;


static void
said(void *data, ngx_consent_key_e of, const u_char *key, size_t len,
    ngx_uint_t yes)
{
    char    text[32], *to;
    size_t  n;

    memcpy(text, key, len);
    text[len] = '\0';

    if (of == NGX_CONSENT_KEY_VENDOR && text[0] != 'a') {
        got.vendor[atoi(text)] = 1 + yes;
        return;
    }

    to = yes ? got.yes : got.no;
    n = strlen(to);
    snprintf(to + n, sizeof(got.yes) - n, "%s%s ", n ? "" : " ", text);
}


static void
vendor(void *data, uint32_t id, uint32_t consent, uint32_t interest)
{
    got.consent[id] = consent;
    got.interest[id] = interest;
}


/* one copy, and whatever else the line has, in blocks of exactly their size */

static void
read_line(const char *format, const char *line, size_t len,
    const ngx_consent_asked_t *how)
{
    u_char                   *copy, *buf, *more;
    ngx_str_t                 value, name;
    ngx_consent_jar_t         jar;
    ngx_consent_asked_t       asked;
    ngx_consent_answer_t      answer;
    ngx_consent_source_at_t   at;

    memset(&got, 0, sizeof(read_t));
    memset(&at, 0, sizeof(ngx_consent_source_at_t));
    memset(&answer, 0, sizeof(ngx_consent_answer_t));

    copy = test_copy(line, len);
    buf = malloc(NGX_CONSENT_SOURCE_MAX_VALUE);
    more = malloc(NGX_CONSENT_SOURCE_MAX_VALUE);

    value.data = copy;
    value.len = len;
    jar.lines = &value;
    jar.nlines = 1;

    name.data = (u_char *) format;
    name.len = strlen(format);

    asked = *how;
    asked.format = ngx_consent_format(&name);
    asked.jar = &jar;
    asked.revision = -1;
    asked.buf = buf;
    asked.more = more;

    answer.said = said;
    answer.vendor = vendor;

    got.state = NGX_CONSENT_UNSET;

    if (ngx_consent_source_next(&asked, &at, &answer) == NGX_OK) {
        got.state = answer.state;
    }

    CHECK(memcmp(copy, line, len) == 0, "%s: the request was changed", line);

    free(more);
    free(buf);
    free(copy);
}


#endif /* _IAB_H_INCLUDED_ */
