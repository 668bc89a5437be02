
#include "ngx_consent_strings.h"


static void ngx_consent_strings_outside(ngx_consent_strings_t *s, u_char c);


void
ngx_consent_strings_init(ngx_consent_strings_t *s, uint32_t limit)
{
    memset(s, 0, sizeof(ngx_consent_strings_t));

    s->limit = limit;
}


ngx_int_t
ngx_consent_strings_next(ngx_consent_strings_t *s, u_char **pos, u_char *last)
{
    u_char      c, *p;
    uint32_t    at;
    ngx_int_t   rc;

    at = s->held;                       /* bytes since the string's first one */
    rc = NGX_AGAIN;

    for (p = *pos; p < last && rc == NGX_AGAIN; p++) {

        c = *p;

        if (!s->in) {

            if (c != '"') {
                ngx_consent_strings_outside(s, c);
                continue;
            }

            s->in = 1;
            s->skip = 0;
            s->escape = 0;
            s->trail = 0;
            s->name = s->before;
            at = 0;
            continue;
        }

        at += !s->skip;

        if (s->trail && ngx_consent_trail(c)) {
            s->trail = 0;
            s->escape = 0;

        } else if (ngx_consent_lead(s->lead, c)) {
            s->trail = 1;

        } else if (s->escape) {
            s->trail = 0;
            s->escape = 0;

        } else if (c == '\\') {
            s->trail = 0;
            s->escape = 1;

        } else if (c == '"') {
            s->in = 0;

            if (!s->skip && at > 1) {
                s->off = at;
                s->len = at - 1;
                rc = NGX_CONSENT_STRINGS_STRING;
            }

            at = 0;
            continue;
        }

        if (!s->skip && at >= s->limit) {
            s->off = at;
            s->len = at;
            s->skip = 1;
            at = 0;
            rc = NGX_CONSENT_STRINGS_LONG;
        }
    }

    *pos = p;
    s->held = at;

    return rc;
}


static void
ngx_consent_strings_outside(ngx_consent_strings_t *s, u_char c)
{
    uint64_t  bit;

    switch (c) {

    case '{':
    case '[':

        bit = (s->depth < NGX_CONSENT_STRINGS_MAX_DEPTH)
              ? (uint64_t) 1 << s->depth : 0;

        s->objects = (c == '{') ? s->objects | bit : s->objects & ~bit;
        s->before = (c == '{' && bit);
        s->depth++;
        break;

    case '}':
    case ']':

        if (s->depth) {
            s->depth--;
        }

        s->before = 0;
        break;

    case ':':
        s->before = 0;
        break;

    case ',':
        s->before = s->depth && s->depth <= NGX_CONSENT_STRINGS_MAX_DEPTH
                    && (s->objects >> (s->depth - 1) & 1);
        break;
    }
}
