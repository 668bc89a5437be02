
#include "ngx_consent_js_int.h"


/* what calls it would have to save registers, for every character */

#define ngx_consent_js_apart  __attribute__((noinline))


static ngx_consent_js_apart ngx_int_t ngx_consent_js_word_over(
    ngx_consent_js_reading_t *r, uint32_t ch);
static void ngx_consent_js_begin(ngx_consent_js_reading_t *r, uint32_t ch);
static void ngx_consent_js_token(ngx_consent_js_reading_t *r, u_char c);
static void ngx_consent_js_word_byte(ngx_consent_js_reading_t *r, u_char c);
static ngx_uint_t ngx_consent_js_divide(ngx_consent_js_t *js, ngx_uint_t i);
static ngx_int_t ngx_consent_js_ended(ngx_consent_js_reading_t *r,
    ngx_int_t rc);


#define ngx_consent_js_digit(c)  ((c) >= '0' && (c) <= '9')

#define ngx_consent_js_letter(c)                                             \
    ((((c) | 0x20) >= 'a' && ((c) | 0x20) <= 'z') || (c) == '$'              \
     || (c) == '_' || (c) == '#' || (c) == NGX_CONSENT_JS_OTHER)

#define ngx_consent_js_newline(c)                                            \
    ((c) == '\n' || (c) == '\r' || (c) == NGX_CONSENT_JS_SEPARATOR)


ngx_int_t
ngx_consent_js_step(ngx_consent_js_t *js, ngx_uint_t i, uint32_t ch,
    uint32_t *after)
{
    ngx_int_t                  rc;
    ngx_consent_js_reading_t  *r;

    r = &js->readings[i];

    switch (r->state) {

    case ngx_consent_js_start:

        if (ch == '#') {
            r->state = ngx_consent_js_start_hash;
            return NGX_OK;
        }

        break;

    case ngx_consent_js_start_hash:

        if (ch == '!') {
            r->state = ngx_consent_js_line;
            return NGX_OK;
        }

        ngx_consent_js_word_byte(r, '#');
        r->state = ngx_consent_js_word;

        /* fall through */

    case ngx_consent_js_word:

        if (ngx_consent_js_letter(ch) || ngx_consent_js_digit(ch)) {
            ngx_consent_js_word_byte(r, (u_char) ch);
            return NGX_OK;
        }

        if (ch == '\\') {
            r->state = ngx_consent_js_word_escape;
            return NGX_OK;
        }

        return ngx_consent_js_word_over(r, ch);

    case ngx_consent_js_word_escape:

        /* a keyword has none */

        ngx_consent_js_word_byte(r, '\\');
        r->state = (ch == 'u') ? ngx_consent_js_word_u : ngx_consent_js_word;
        return NGX_OK;

    case ngx_consent_js_word_u:

        if (ch == '{') {
            r->state = ngx_consent_js_word_brace;
            return NGX_OK;
        }

        r->state = ngx_consent_js_word;
        return ngx_consent_js_step(js, i, ch, after);

    case ngx_consent_js_word_brace:

        if (ch == '}') {
            r->state = ngx_consent_js_word;
        }

        return NGX_OK;

    case ngx_consent_js_number:

        if (ngx_consent_js_letter(ch) || ngx_consent_js_digit(ch)
            || ch == '.')
        {
            return NGX_OK;
        }

        r->state = ngx_consent_js_ground;
        break;

    case ngx_consent_js_slash:

        if (ch == '/') {
            r->state = ngx_consent_js_line;
            return NGX_OK;
        }

        if (ch == '*') {
            r->state = ngx_consent_js_block;
            return NGX_OK;
        }

        r->clause = ngx_consent_js_none;

        if (ngx_consent_js_divide(js, i)) {
            r->prev = ngx_consent_js_punct;
            r->state = ngx_consent_js_ground;
            break;
        }

        r->state = ngx_consent_js_regex;

        /* fall through */

    case ngx_consent_js_regex:

        if (ngx_consent_js_newline(ch)) {
            r->in_class = 0;
            r->prev = ngx_consent_js_value;
            r->state = ngx_consent_js_ground;

        } else if (ch == '\\') {
            r->state = ngx_consent_js_regex_escape;

        } else if (ch == '[') {
            r->in_class = 1;

        } else if (ch == ']') {
            r->in_class = 0;

        } else if (ch == '/' && !r->in_class) {

            /* its flags are like the end of a name */

            r->prev = ngx_consent_js_value;
            r->state = ngx_consent_js_number;
        }

        return NGX_OK;

    case ngx_consent_js_regex_escape:
        r->state = ngx_consent_js_regex;

        if (ngx_consent_js_newline(ch)) {
            return ngx_consent_js_step(js, i, ch, after);
        }

        return NGX_OK;

    case ngx_consent_js_line:

        if (ngx_consent_js_newline(ch)) {
            r->state = ngx_consent_js_ground;
        }

        return NGX_OK;

    case ngx_consent_js_block:

        if (ch == '*') {
            r->state = ngx_consent_js_block_star;
        }

        return NGX_OK;

    case ngx_consent_js_block_star:

        if (ch != '*') {
            r->state = (ch == '/') ? ngx_consent_js_ground
                                   : ngx_consent_js_block;
        }

        return NGX_OK;

    case ngx_consent_js_string_cr:
        r->state = ngx_consent_js_string;

        if (ch == '\n') {
            return NGX_OK;
        }

        /* fall through */

    case ngx_consent_js_string:

        if (ch == r->quote) {
            *after = 1;
            return ngx_consent_js_ended(r, NGX_CONSENT_JS_URL);
        }

        if (ch == '\\') {
            r->state = ngx_consent_js_string_escape;

        } else if (ch == '\n' || ch == '\r') {
            r->keep = 0;
            r->off = 0;
            (void) ngx_consent_js_ended(r, NGX_OK);
        }

        return NGX_OK;

    case ngx_consent_js_string_escape:
        r->state = (ch == '\r') ? ngx_consent_js_string_cr
                                : ngx_consent_js_string;
        return NGX_OK;

    case ngx_consent_js_template_dollar:

        if (ch == '{') {
            r->braces[r->ntemplates++] = 0;

            *after = 2;
            rc = ngx_consent_js_ended(r, NGX_CONSENT_JS_LONG);

            r->prev = ngx_consent_js_punct;
            return rc;
        }

        r->state = ngx_consent_js_template;

        /* fall through */

    case ngx_consent_js_template:

        if (ch == '`') {
            *after = 1;
            return ngx_consent_js_ended(r, NGX_CONSENT_JS_URL);
        }

        if (ch == '\\') {
            r->state = ngx_consent_js_template_escape;

        } else if (ch == '$') {
            r->state = ngx_consent_js_template_dollar;
        }

        return NGX_OK;

    case ngx_consent_js_template_escape:
        r->state = ngx_consent_js_template;
        return NGX_OK;
    }

    ngx_consent_js_begin(r, ch);

    return NGX_OK;
}


/* A character ends a word, and may begin another token. */

static ngx_int_t
ngx_consent_js_word_over(ngx_consent_js_reading_t *r, uint32_t ch)
{
    ngx_consent_js_word_end(r);
    ngx_consent_js_begin(r, ch);

    return NGX_OK;
}


/* A token begins, or white space. */

static void
ngx_consent_js_begin(ngx_consent_js_reading_t *r, uint32_t ch)
{
    r->state = ngx_consent_js_ground;

    if (ngx_consent_js_letter(ch)) {
        ngx_consent_js_word_byte(r, (u_char) ch);
        r->state = ngx_consent_js_word;

    } else if (ch > ' ' && ch != NGX_CONSENT_JS_SEPARATOR) {
        ngx_consent_js_token(r, (u_char) ch);
    }
}


/* A string, a template or a regular expression is over. */

static ngx_int_t
ngx_consent_js_ended(ngx_consent_js_reading_t *r, ngx_int_t rc)
{
    r->prev = ngx_consent_js_value;
    r->state = ngx_consent_js_ground;

    if (r->keep) {
        return rc;
    }

    r->quote = 0;

    return NGX_OK;
}


/* What begins with a character that is none of a name. */

static void
ngx_consent_js_token(ngx_consent_js_reading_t *r, u_char c)
{
    switch (c) {

    case '"':
    case '\'':
    case '`':
        ngx_consent_js_quoted(r, c);
        return;

    case '/':
        r->state = ngx_consent_js_slash;
        return;

    case '\\':
        r->state = ngx_consent_js_word_escape;
        return;

    case '(':
    case '[':
    case '{':
    case ')':
    case ']':
    case '}':
        ngx_consent_js_bracket(r, c);
        return;
    }

    if (ngx_consent_js_digit(c)) {
        r->clause = ngx_consent_js_none;
        r->prev = ngx_consent_js_value;
        r->state = ngx_consent_js_number;
        return;
    }

    ngx_consent_js_punctuator(r, c);
}


static void
ngx_consent_js_word_byte(ngx_consent_js_reading_t *r, u_char c)
{
    if (r->word_len < NGX_CONSENT_JS_MAX_WORD) {
        r->word[r->word_len++] = c;
    }
}


/*
 * 1 if a '/' divides here.  Where it may also begin a regular expression, that
 * becomes a reading of its own.
 */

static ngx_uint_t
ngx_consent_js_divide(ngx_consent_js_t *js, ngx_uint_t i)
{
    ngx_consent_js_reading_t  *r;

    if (js->readings[i].prev == ngx_consent_js_value) {
        return 1;
    }

    if (js->readings[i].prev != ngx_consent_js_close) {
        return 0;
    }

    if (js->n < NGX_CONSENT_JS_MAX_READINGS) {
        r = &js->readings[js->n++];
        memcpy(r, &js->readings[i], sizeof(ngx_consent_js_reading_t));
        r->state = ngx_consent_js_regex;
    }

    return 1;
}
