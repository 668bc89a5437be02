
/*
 * What is to become of a page in UTF-16 or ISO-2022-JP, by a model that has the
 * whole of it before it, and no state but where it is.
 */

#ifndef _TRANSCODE_MODEL_H_INCLUDED_
#define _TRANSCODE_MODEL_H_INCLUDED_


#include "ngx_consent_charset.h"
#include "test.h"


#define PAGE_MAX  400
#define TEXT_MAX  (3 * PAGE_MAX)


/* what is done at each byte of the text, and after the last one */

typedef struct {
    const char         *insert[TEXT_MAX + 1];
    u_char              drop[TEXT_MAX + 1];
} edits_t;


typedef struct {
    size_t              len;
    u_char             *from;       /* of the input that is being fed */
    u_char             *last;
    size_t              input;      /* bytes kept, held or dropped */
    unsigned            misplaced;
    u_char              data[64 * PAGE_MAX];
} output_t;


/*
 * The model has the whole page before it: its characters, each with the bytes
 * from the end of the one before on.
 */

typedef struct {
    size_t              raw;        /* where it begins, an escape before it */
    size_t              at;         /* where its own bytes begin */
    size_t              text;
    int                 escape;     /* it is one, or one is before it */
    int                 state;      /* 'B', 'J', 'I', '$' */
} model_char_t;


static model_char_t  chars[PAGE_MAX + 1];


static size_t
utf8_len(unsigned ch)
{
    return ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
}


static size_t
model_utf_16(int big, const u_char *p, size_t len)
{
    size_t    i, n, raw, text;
    unsigned  u, v;

    text = 0;
    raw = 0;
    i = 0;

    if (len >= 2 && p[0] == (big ? 0xfe : 0xff) && p[1] == (big ? 0xff : 0xfe))
    {
        i = 2;
    }

    for (n = 0; i < len; n++, i += raw) {

        memset(&chars[n], 0, sizeof(model_char_t));
        chars[n].raw = i;
        chars[n].at = i;
        chars[n].text = text;

        if (len - i < 2) {
            raw = 1;
            text += 3;
            continue;
        }

        u = p[i + !big] << 8 | p[i + big];
        raw = 2;

        if (u < 0xd800 || u > 0xdbff) {
            text += utf8_len(u);
            continue;
        }

        if (len - i < 4) {
            raw = len - i;
            text += 3;
            continue;
        }

        v = p[i + 2 + !big] << 8 | p[i + 2 + big];

        if (v >= 0xdc00 && v <= 0xdfff) {
            raw = 4;
            text += 4;

        } else {
            text += 3;
        }
    }

    chars[n].raw = len;
    chars[n].text = text;

    return n;
}


static int
model_escape(const u_char *p, size_t n)
{
    static const struct {
        char  bytes[4];
        int   state;
    } escapes[] = {
        { "\x1b(B", 'B' },
        { "\x1b(J", 'J' },
        { "\x1b(I", 'I' },
        { "\x1b$@", '$' },
        { "\x1b$B", '$' }
    };

    size_t  i;

    for (i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
        if (n >= 3 && memcmp(p, escapes[i].bytes, 3) == 0) {
            return escapes[i].state;
        }
    }

    return 0;
}


/* characters of row 1 that are two bytes in UTF-8 */

static int
model_short(const u_char *p)
{
    return p[0] == 0x21 && p[1] && strchr("-/^_`kx", p[1]) != NULL;
}


static size_t
model_jis(const u_char *p, size_t len)
{
    int     state, to, escaped;
    size_t  i, n, raw, text, from;

    n = 0;
    text = 0;
    from = 0;
    state = 'B';
    escaped = 0;

    for (i = 0; i < len; /* void */) {

        to = model_escape(p + i, len - i);

        if (to) {
            state = to;

            if (!escaped) {
                escaped = 1;
                i += 3;
                continue;
            }
        }

        chars[n].raw = from;
        chars[n].at = i;
        chars[n].text = text;
        chars[n].escape = (to != 0 || from < i);
        chars[n].state = state;
        n++;

        raw = to ? 3 : 1;
        escaped = (to != 0);

        if (to || p[i] == 0x1b) {
            text += 3;

        } else if (state == '$' && p[i] > 0x20 && p[i] < 0x7f && i + 1 < len
                   && p[i + 1] != 0x1b)
        {
            raw = 2;
            text += model_short(p + i) ? 2 : 3;

        } else if (state == 'J' && p[i] == '\\') {
            text += 2;

        } else if ((state == 'B' || (state == 'J' && p[i] != '~'))
                   && p[i] < 0x80 && p[i] != 0x0e && p[i] != 0x0f)
        {
            text++;

        } else {
            text += 3;
        }

        i += raw;
        from = i;
    }

    chars[n].raw = from;
    chars[n].text = text;

    return n;
}


static void
model_put(output_t *o, const void *p, size_t len)
{
    memcpy(o->data + o->len, p, len);
    o->len += len;
}


static void
model_state(output_t *o, int *state, int to)
{
    if (*state != to) {
        model_put(o, to == '$' ? "\x1b$" : "\x1b(", 2);
        model_put(o, to == '$' ? "B" : to == 'B' ? "B" : to == 'J' ? "J" : "I",
                  1);
        *state = to;
    }
}


static void
model_insert(output_t *o, ngx_consent_charset_e charset, int *state,
    const char *s)
{
    if (s == NULL) {
        return;
    }

    if (charset == NGX_CONSENT_CHARSET_ISO_2022_JP) {

        if (*state != 'J' || strpbrk(s, "\\~")) {
            model_state(o, state, 'B');
        }

        model_put(o, s, strlen(s));
        return;
    }

    /* after half a unit */

    if (o->len & 1) {
        model_put(o, "", 1);
    }

    for ( /* void */ ; *s; s++) {

        if (charset == NGX_CONSENT_CHARSET_UTF_16BE) {
            model_put(o, "", 1);
        }

        model_put(o, s, 1);

        if (charset == NGX_CONSENT_CHARSET_UTF_16LE) {
            model_put(o, "", 1);
        }
    }
}


/*
 * An insertion at a character's first byte stands before it, one at another of
 * its bytes after it; the character is dropped with its first byte.
 */

static void
model(output_t *o, ngx_consent_charset_e charset, const u_char *p, size_t len,
    size_t n, const edits_t *edits)
{
    int                  jis, state, lone;
    size_t               i, at, raw;
    const model_char_t  *c;

    jis = (charset == NGX_CONSENT_CHARSET_ISO_2022_JP);
    state = 'B';
    lone = 0;

    o->len = 0;
    model_put(o, p, chars[0].raw * !jis);

    for (i = 0; i < n; i++) {

        c = &chars[i];
        raw = c[1].raw - c->raw;

        if (edits->insert[c->text]) {
            model_insert(o, charset, &state, edits->insert[c->text]);
            lone = 0;
        }

        if (edits->drop[c->text]) {

            if (lone) {
                state = 0;
                lone = 0;
            }

        } else {

            if (jis && !c->escape) {
                model_state(o, &state, c->state);
            }

            model_put(o, p + c->raw, raw);
            state = c->state;

            if (jis && p[c->at] == 0x1b) {
                lone = (c[1].raw == c->at + 1);

            } else {
                lone = (lone == 1 && !c->escape
                        && (p[c->at] == '(' || p[c->at] == '$')) ? 2 : 0;
            }
        }

        for (at = c->text + 1; at < c[1].text; at++) {
            if (edits->insert[at]) {
                model_insert(o, charset, &state, edits->insert[at]);
                lone = 0;
            }
        }
    }

    model_insert(o, charset, &state, edits->insert[chars[n].text]);
    model_put(o, p + chars[n].raw, len - chars[n].raw);
}


#endif /* _TRANSCODE_MODEL_H_INCLUDED_ */
