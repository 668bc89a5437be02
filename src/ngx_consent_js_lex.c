
#include "ngx_consent_js_int.h"


typedef enum {
    ngx_consent_js_start = 0,           /* where "#!" is a comment */
    ngx_consent_js_start_hash,
    ngx_consent_js_ground,
    ngx_consent_js_word,
    ngx_consent_js_word_escape,         /* after '\\' */
    ngx_consent_js_word_u,              /* after "\\u" */
    ngx_consent_js_word_brace,          /* after "\\u{" */
    ngx_consent_js_number,
    ngx_consent_js_slash,
    ngx_consent_js_line,
    ngx_consent_js_block,
    ngx_consent_js_block_star,
    ngx_consent_js_string,
    ngx_consent_js_string_escape,
    ngx_consent_js_string_cr,
    ngx_consent_js_template,
    ngx_consent_js_template_escape,
    ngx_consent_js_template_dollar,
    ngx_consent_js_regex,
    ngx_consent_js_regex_escape
} ngx_consent_js_state_e;


/* the token before: what a '/' is after it */

typedef enum {
    ngx_consent_js_punct = 0,           /* a regular expression begins */
    ngx_consent_js_value,               /* it divides */
    ngx_consent_js_close,               /* either */
    ngx_consent_js_dot,                 /* a name follows that is no keyword */
    ngx_consent_js_dots,
    ngx_consent_js_plus,                /* a second one makes it either */
    ngx_consent_js_minus
} ngx_consent_js_prev_e;


typedef enum {
    ngx_consent_js_none = 0,
    ngx_consent_js_import,              /* import */
    ngx_consent_js_export,              /* export */
    ngx_consent_js_names,               /* import a, * as b */
    ngx_consent_js_braces,              /* import {a as b */
    ngx_consent_js_from,                /* import a from */
    ngx_consent_js_phase,               /* import. */
    ngx_consent_js_phase_name           /* import.source */
} ngx_consent_js_clause_e;


static void ngx_consent_js_token(ngx_consent_js_reading_t *r, u_char c);
static void ngx_consent_js_punctuator(ngx_consent_js_reading_t *r, u_char c);
static void ngx_consent_js_bracket(ngx_consent_js_reading_t *r, u_char c);
static void ngx_consent_js_quoted(ngx_consent_js_reading_t *r, u_char c);
static void ngx_consent_js_word_byte(ngx_consent_js_reading_t *r, u_char c);
static void ngx_consent_js_word_end(ngx_consent_js_reading_t *r);
static ngx_uint_t ngx_consent_js_word_is(const ngx_consent_js_reading_t *r,
    const char *word);
static ngx_uint_t ngx_consent_js_divide(ngx_consent_js_t *js, ngx_uint_t i);
static ngx_int_t ngx_consent_js_ended(ngx_consent_js_reading_t *r,
    ngx_int_t rc);


#define ngx_consent_js_digit(c)  ((c) >= '0' && (c) <= '9')

#define ngx_consent_js_letter(c)                                             \
    ((((c) | 0x20) >= 'a' && ((c) | 0x20) <= 'z') || (c) == '$'              \
     || (c) == '_' || (c) == '#' || (c) == NGX_CONSENT_JS_OTHER)

#define ngx_consent_js_newline(c)                                            \
    ((c) == '\n' || (c) == '\r' || (c) == NGX_CONSENT_JS_SEPARATOR)


/* after these a '/' begins a regular expression */

static const char  ngx_consent_js_operators[][NGX_CONSENT_JS_MAX_WORD] = {
    "await", "case", "default", "delete", "do", "else", "extends", "in",
    "instanceof", "new", "return", "throw", "typeof", "void", "yield"
};


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

        ngx_consent_js_word_end(r);
        break;

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

    r->state = ngx_consent_js_ground;

    if (ngx_consent_js_letter(ch)) {
        ngx_consent_js_word_byte(r, (u_char) ch);
        r->state = ngx_consent_js_word;

    } else if (ch > ' ' && ch != NGX_CONSENT_JS_SEPARATOR) {
        ngx_consent_js_token(r, (u_char) ch);
    }

    return NGX_OK;
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
ngx_consent_js_quoted(ngx_consent_js_reading_t *r, u_char c)
{
    if (c == '`' && r->ntemplates == NGX_CONSENT_JS_MAX_TEMPLATES) {
        return;
    }

    r->quote = c;
    r->off = 0;
    r->state = (c == '`') ? ngx_consent_js_template : ngx_consent_js_string;

    if (r->clause == ngx_consent_js_braces
        || r->clause == ngx_consent_js_names)
    {
        /* the name of an export */

        return;
    }

    if (c != '`' && (r->clause == ngx_consent_js_import
                     || r->clause == ngx_consent_js_from))
    {
        r->keep = NGX_CONSENT_JS_KEEP_STATIC;

    } else if (r->dynamic) {
        r->keep = NGX_CONSENT_JS_KEEP_DYNAMIC;
    }

    r->clause = ngx_consent_js_none;
}


static void
ngx_consent_js_bracket(ngx_consent_js_reading_t *r, u_char c)
{
    u_char      clause;
    ngx_uint_t  open;

    clause = r->clause;
    open = (c == '(' || c == '[' || c == '{');

    r->clause = ngx_consent_js_none;
    r->prev = open         ? ngx_consent_js_punct
              : (c == ']') ? ngx_consent_js_value
                           : ngx_consent_js_close;

    if (c == '}' && r->ntemplates) {

        if (r->braces[r->ntemplates - 1] == 0) {
            r->ntemplates--;
            r->quote = '`';
            r->state = ngx_consent_js_template;
            return;
        }

        r->braces[r->ntemplates - 1]--;
    }

    if (c == '{') {

        if (r->ntemplates) {
            r->braces[r->ntemplates - 1]++;
        }

        if (clause == ngx_consent_js_import || clause == ngx_consent_js_export
            || clause == ngx_consent_js_names || clause == ngx_consent_js_from)
        {
            r->clause = ngx_consent_js_braces;
        }
    }

    if (c == '}' && clause == ngx_consent_js_braces) {
        r->clause = ngx_consent_js_names;
    }

    if (c == '(' && (clause == ngx_consent_js_import
                     || clause == ngx_consent_js_phase_name))
    {
        r->dynamic++;

    } else if (r->dynamic) {
        r->dynamic += open ? 1 : -1;
    }
}


static void
ngx_consent_js_punctuator(ngx_consent_js_reading_t *r, u_char c)
{
    u_char  clause, prev;

    clause = r->clause;
    prev = r->prev;

    r->clause = ngx_consent_js_none;
    r->prev = ngx_consent_js_punct;

    switch (c) {

    case ',':

        /* what follows in import( , ) is no specifier */

        if (r->dynamic == 1) {
            r->dynamic = 0;
        }

        if (clause == ngx_consent_js_names || clause == ngx_consent_js_from) {
            r->clause = ngx_consent_js_names;

        } else if (clause == ngx_consent_js_braces) {
            r->clause = clause;
        }

        break;

    case '*':

        if (clause == ngx_consent_js_import || clause == ngx_consent_js_export
            || clause == ngx_consent_js_names)
        {
            r->clause = ngx_consent_js_names;
        }

        break;

    case '.':

        if (clause == ngx_consent_js_import) {
            r->clause = ngx_consent_js_phase;
        }

        r->prev = (prev == ngx_consent_js_dot)    ? ngx_consent_js_dots
                  : (prev == ngx_consent_js_dots) ? ngx_consent_js_punct
                                                  : ngx_consent_js_dot;
        break;

    case '+':
        r->prev = (prev == ngx_consent_js_plus) ? ngx_consent_js_close
                                                : ngx_consent_js_plus;
        break;

    case '-':
        r->prev = (prev == ngx_consent_js_minus) ? ngx_consent_js_close
                                                 : ngx_consent_js_minus;
        break;
    }
}


static void
ngx_consent_js_word_byte(ngx_consent_js_reading_t *r, u_char c)
{
    if (r->word_len < NGX_CONSENT_JS_MAX_WORD) {
        r->word[r->word_len++] = c;
    }
}


static void
ngx_consent_js_word_end(ngx_consent_js_reading_t *r)
{
    u_char      prev;
    ngx_uint_t  i;

    prev = r->prev;

    r->prev = ngx_consent_js_value;
    r->state = ngx_consent_js_ground;

    if (prev == ngx_consent_js_dot) {

        r->clause = (r->clause == ngx_consent_js_phase
                     && (ngx_consent_js_word_is(r, "source")
                         || ngx_consent_js_word_is(r, "defer")))
                    ? ngx_consent_js_phase_name : ngx_consent_js_none;

    } else if (r->clause == ngx_consent_js_braces) {

        /* a name, whatever it is */

    } else if (ngx_consent_js_word_is(r, "import")) {
        r->clause = ngx_consent_js_import;

    } else if (ngx_consent_js_word_is(r, "export")) {
        r->clause = ngx_consent_js_export;

    } else {

        if (r->clause == ngx_consent_js_import
            || r->clause == ngx_consent_js_names
            || r->clause == ngx_consent_js_from)
        {
            r->clause = ngx_consent_js_word_is(r, "from")
                        ? ngx_consent_js_from : ngx_consent_js_names;

        } else {
            r->clause = ngx_consent_js_none;
        }

        /* a name that may be a keyword as well, or a label */

        if (ngx_consent_js_word_is(r, "of")) {
            r->prev = ngx_consent_js_close;
        }

        for (i = 0; i < sizeof(ngx_consent_js_operators)
                        / sizeof(ngx_consent_js_operators[0]); i++)
        {
            if (ngx_consent_js_word_is(r, ngx_consent_js_operators[i])) {
                r->prev = ngx_consent_js_punct;
                break;
            }
        }
    }

    memset(r->word, 0, sizeof(r->word));
    r->word_len = 0;
}


static ngx_uint_t
ngx_consent_js_word_is(const ngx_consent_js_reading_t *r, const char *word)
{
    ngx_uint_t  i;

    for (i = 0; i < r->word_len; i++) {
        if (r->word[i] != (u_char) word[i]) {
            return 0;
        }
    }

    return word[i] == '\0';
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
