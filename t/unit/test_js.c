
/*
 * Inline modules: js_vectors.tsv is what Chromium fetches of them, and what is
 * reported besides; then limits, encodings, texts, and the strings of JSON.
 */

#include "vectors.h"
#include "ngx_consent_js.h"
#include "ngx_consent_strings.h"


#define LIMIT  64


typedef struct {
    ngx_consent_js_t  js;
    vectors_t         got;
} run_t;


typedef struct {
    ngx_consent_strings_t  s;
    vectors_t              got;
} json_t;


static ngx_int_t
next(void *reader, u_char **pos, u_char *last)
{
    return ngx_consent_js_next(reader, pos, last);
}


static void
found(void *data, ngx_int_t rc, size_t at, const u_char *p, size_t len)
{
    run_t    *r = data;
    size_t    n;
    u_char   *text;

    r->got.len += sprintf(r->got.events + r->got.len, "%s%s%c%s %zu+%zu\n",
                          rc == NGX_CONSENT_JS_LONG ? "LONG " : "",
                          r->js.what == NGX_CONSENT_JS_STATIC ? "" : "()",
                          r->js.quote, r->js.doubt ? " doubt" : "", at, len);

    text = malloc(LIMIT * 3);

    n = ngx_consent_js_text(text, LIMIT * 3, p, len, r->js.lead);
    vectors_add(&r->got, text, n);

    free(text);
}


static void
read_script(run_t *r, const char *js, size_t len, size_t first, size_t size,
    ngx_uint_t lead)
{
    spans_t  s = { next, NULL, &r->js.off, &r->js.len, &r->js.held, found, r };

    memset(r, 0, sizeof(run_t));

    ngx_consent_js_init(&r->js, LIMIT);
    r->js.lead = lead;

    spans_run(&s, &r->js, (const u_char *) js, len, first, size);
}


/* whole, in two pieces everywhere, byte by byte: always the same */

static void
read_everywhere(vectors_t *whole, const char *name, const char *js,
    size_t len, ngx_uint_t lead)
{
    size_t        i;

    static run_t  r;

    read_script(&r, js, len, len, len + 1, lead);

    *whole = r.got;

    for (i = 0; i <= len; i++) {

        /* 0: byte by byte */
        read_script(&r, js, len, i ? i : 1, i ? len : 1, lead);

        CHECK(strcmp(r.got.events, whole->events) == 0,
              "%s, cut at %zu:\n%s-- whole:\n%s", name, i, r.got.events,
              whole->events);
    }
}


/* what the standard says where Chromium was not asked */

static void
check_events(void)
{
    size_t            i, len;
    char              js[512];

    static vectors_t  r;

    static const struct {
        const char  *rule;
        const char  *js;
        ngx_uint_t   lead;
        const char  *events;
    } rows[] = {
        { "what is told, where it stands and what it has around",
          "import 'a';import b from\"c\";import(`d`)", 0,
          "' 8+1\n\" 25+1\n()` 36+1\n" },
        { "no specifier is empty", "import '';import('');import(`${a}`)", 0,
          "" },
        { "a template's beginning is told", "import(`a${b}c`)", 0,
          "LONG ()` 8+1\n" },
        { "but no string in it", "import(`a${'b'}c`)", 0,
          "LONG ()` 8+1\n()' 12+1\n" },
        { "options are no specifier", "import('a',{with:{type:'b'}},'c')", 0,
          "()' 8+1\n" },
        { "brackets of every kind nest", "import(f({a:['b']},(0)),'c');'d'", 0,
          "()' 14+1\n" },
        { "a '/' after ')' is read both ways",
          "f()/a'/;import('b')//'\nf()/1;import('c')/1", 0,
          "()' 16+1\n()' 37+1\n" },

        { "templates may nest eight times",
          "`${`${`${`${`${`${`${`${import('a')}`}`}`}`}`}`}`}`;import('b')", 0,
          "()' 32+1\n()' 60+1\n" },
        { "deeper ones are read as code",
          "`${`${`${`${`${`${`${`${`import('a')`}`}`}`}`}`}`}`}`;import('b')",
          0, "()' 33+1\n()' 62+1\n" },

        { "in Shift_JIS a '\\' may be a second half",
          "'\x95\\';import 'a'", NGX_CONSENT_LEAD_SJIS, "' 13+1\n" },
        { "in UTF-8 it is not", "'\x95\\';import 'a'", 0, "" },
        { "a full-width space is white space", "import\x81\x40'a'",
          NGX_CONSENT_LEAD_SJIS, "' 9+1\n" },
        { "in GBK too", "import\xa1\xa1'a'", NGX_CONSENT_LEAD_GBK,
          "' 9+1\n" },
        { "so is the no-break space of windows-1252", "import\xa0'a'", 0,
          "' 8+1\n" },
        { "which may be a part of a letter", "import\xc3\xa0'a'", 0, "" },

        { NULL, NULL, 0, NULL }
    };

    for (i = 0; rows[i].rule; i++) {
        read_everywhere(&r, rows[i].rule, rows[i].js, strlen(rows[i].js),
                        rows[i].lead);

        CHECK(strcmp(r.events, rows[i].events) == 0, "%s: got\n%s",
              rows[i].rule, r.events);
    }

    /* LIMIT bytes of a specifier, and no end */

    len = sprintf(js, "import '");
    memset(js + len, 'x', 200);
    len += 200 + sprintf(js + len + 200, "';import 'a'");

    read_everywhere(&r, "a long specifier", js, len, 0);

    CHECK(strcmp(r.events, "LONG ' 8+64\n' 218+1\n") == 0,
          "the beginning of a long specifier is told: got\n%s", r.events);
}


static void
check_text(void)
{
    u_char  *dst;
    size_t   i, n, size;

    static const struct {
        const char  *raw;
        const char  *text;
    } rows[] = {
        { "a/b", "a/b" },
        { "\\x61\\u0062\\u{63}\\u{0000000000064}", "abcd" },
        { "\\/\\'\\\"\\\\\\q", "/'\"\\q" },
        { "\\b\\f\\n\\r\\t\\v", "\b\f\n\r\t\v" },
        { "a\\\nb\\\r\nc\\\rd\\\xe2\x80\xa8" "e", "abcde" },
        { "\\101\\60\\477", "A0'7" },
        { "\\0\\ud800\\u{110000}\\u{fffffffff}",
          "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "\\ud83d\\ude00\\u{1f600}", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80" },
        { "\\ud83d\\u0061", "\xef\xbf\xbd" "a" },
        { "\\xg1\\u12\\u{12\\u{x}", "xg1u12u{12u{x}" },
        { "\\\xc3\xa9\\", "\xc3\xa9" },
        { NULL, NULL }
    };

    for (i = 0; rows[i].raw; i++) {

        n = 0;

        for (size = 0; size < 20; size++) {
            dst = malloc(size ? size : 1);
            n = ngx_consent_js_text(dst, size, (u_char *) rows[i].raw,
                                    strlen(rows[i].raw), 0);

            CHECK(n <= size && memcmp(dst, rows[i].text, n) == 0
                  && (n == strlen(rows[i].text) || size - n < 4),
                  "text of %s in %zu bytes", rows[i].raw, size);
            free(dst);
        }

        CHECK(n == strlen(rows[i].text), "text of %s", rows[i].raw);
    }
}


static ngx_int_t
next_string(void *reader, u_char **pos, u_char *last)
{
    return ngx_consent_strings_next(reader, pos, last);
}


static void
found_string(void *data, ngx_int_t rc, size_t at, const u_char *p, size_t len)
{
    json_t  *r = data;

    (void) at;

    r->got.len += sprintf(r->got.events + r->got.len, "%s%s%.*s|",
                          rc == NGX_CONSENT_STRINGS_LONG ? "LONG " : "",
                          r->s.name ? "*" : "", (int) len, p);
}


static void
check_json(void)
{
    size_t         i, k, len, cut;
    char           deep[1024];

    static json_t  r;

    static const struct {
        const char  *rule;
        const char  *json;
        ngx_uint_t   lead;
        const char  *events;
    } rows[] = {
        { "names and values", "{\"imports\": {\"a\": \"b\", \"c\":\"d\"}}", 0,
          "*imports|*a|b|*c|d|" },
        { "an array has values", "[\"a\",{\"b\":[\"c\",\"d\"],\"e\":1},\"f\"]",
          0, "a|*b|c|d|*e|f|" },
        { "escapes do not end a string", "[\"a\\\"b\",\"\\\\\",\"c\"]", 0,
          "a\\\"b|\\\\|c|" },
        { "nothing is empty", "[\"\",\"a\"]", 0, "a|" },
        { "what is no JSON", "}]\"a\":,\"b\"{\"c\"", 0, "a|b|*c|" },
        { "an unclosed string is none", "[\"a\",\"b", 0, "a|" },
        { "a '\\' may be a second half", "[\"\x95\\\",\"a\"]",
          NGX_CONSENT_LEAD_SJIS, "\x95\\|a|" },
        { "or not", "[\"\x95\\\",\"a\"]", 0, "\x95\\\",|" },
        { "a long one is told by its beginning",
          "[\"0123456789012345678901234567890123456789\",\"a\"]", 0,
          "LONG 01234567890123456789012345678901|a|" },
        { NULL, NULL, 0, NULL }
    };

    spans_t  s = { next_string, NULL, &r.s.off, &r.s.len, &r.s.held,
                   found_string, &r };

    for (i = 0; rows[i].rule; i++) {
        len = strlen(rows[i].json);

        for (cut = 0; cut <= len; cut++) {
            memset(&r, 0, sizeof(r));
            ngx_consent_strings_init(&r.s, 32);
            r.s.lead = (u_char) rows[i].lead;

            spans_run(&s, &r.s, (const u_char *) rows[i].json, len,
                      cut ? cut : 1, cut ? len : 1);

            CHECK(strcmp(r.got.events, rows[i].events) == 0,
                  "%s, cut at %zu: got %s", rows[i].rule, cut, r.got.events);
        }
    }

    /* names are known as such down to a depth, and at it again */

    for (k = 0, len = 0; k < NGX_CONSENT_STRINGS_MAX_DEPTH + 1; k++) {
        len += sprintf(deep + len, "{\"a\":");
    }

    sprintf(deep + len, "1},\"b\":1}");

    memset(&r, 0, sizeof(r));
    ngx_consent_strings_init(&r.s, 32);
    spans_run(&s, &r.s, (u_char *) deep, strlen(deep), 1, 1);

    CHECK(strcmp(r.got.events + 3 * NGX_CONSENT_STRINGS_MAX_DEPTH, "a|*b|")
          == 0, "deep names: got %s", r.got.events);
}


int
main(void)
{
    vectors_check("t/unit/js_vectors.tsv", read_everywhere);
    check_events();
    check_text();
    check_json();

    return test_done();
}
