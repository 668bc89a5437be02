
/*
 * What a token of a script says of those that follow: whether a string is a
 * specifier of import or export, and whether a '/' divides.
 */

#include "ngx_consent_js_int.h"


static ngx_uint_t ngx_consent_js_word_is(const ngx_consent_js_reading_t *r,
    const char *word);


/* after these a '/' begins a regular expression */

static const char  ngx_consent_js_operators[][NGX_CONSENT_JS_MAX_WORD] = {
    "await", "case", "default", "delete", "do", "else", "extends", "in",
    "instanceof", "new", "return", "throw", "typeof", "void", "yield"
};


void
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


void
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


void
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


void
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
