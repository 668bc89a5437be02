
/*
 * Templates: what is an error and where, what is rendered, and how it is
 * escaped.
 */

#include "test.h"
#include "ngx_consent_template.h"


/* $a is "<A&'>", $b nothing, $c is not UTF-8; $l, $m: the loop's element; */
/* text_t and text_u are texts; loops l and m have two and one, n none */

typedef struct {
    ngx_consent_render_t     render;        /* first */
    ngx_consent_template_t   texts[2];
    unsigned                 loops[3];
    char                     out[8192];
    size_t                   len;
} show_t;


static const char  *values[] = { "<A&'>", "", "x\377\303\251" };

static const char  *text_sources[] = { "[$a]", "<i>\303\274$l</i>" };


static const struct {
    const char  *source;
    const char  *out;
    const char  *ascii;         /* NULL: the same */
} rows[] = {

    { "", "", NULL },
    { "a<b>\"&amp;\"</b>", "a<b>\"&amp;\"</b>", NULL },
    { "\357\273\277a", "a", NULL },
    { "\303\251\360\237\230\200", "\303\251\360\237\230\200",
      "&#233;&#128512;" },

    /* values */

    { "$a", "&#60;A&#38;&#39;&#62;", NULL },
    { "${a}s", "&#60;A&#38;&#39;&#62;s", NULL },
    { "$ $5 $$ $$b$ $A", "$ $5 $$ $$ $A", NULL },
    { "$c", "x\357\277\275\303\251", "x&#65533;&#233;" },
    { "$b.", ".", NULL },

    /* conditions */

    { "<!--# if a -->1<!--# endif -->", "1", NULL },
    { "<!--# if b -->1<!--# endif -->", "", NULL },
    { "<!--# if a -->1<!--# else -->2<!--# endif -->3", "13", NULL },
    { "<!--# if b -->1<!--# else -->2<!--# endif -->3", "23", NULL },
    { "<!--#if b--><!--#else--><!--#endif-->1", "1", NULL },
    { "<!--# if b --><!--# if a -->1<!--# else -->2<!--# endif --><!--# else "
      "-->3<!--# endif -->", "3", NULL },
    { "<!--# if a --><!--# if b -->1<!--# else -->2<!--# endif --><!--# else "
      "-->3<!--# endif -->", "2", NULL },
    { "a\n<!--# if a -->\nb\n<!--# endif -->\r\nc", "a\nb\nc", NULL },

    /* loops */

    { "<!--# for l -->$l,<!--# endfor -->.", "0,1,.", NULL },
    { "<!--# for n -->$a<!--# endfor -->.", ".", NULL },
    { "<!--# for l -->$l(<!--# for m -->$m<!--# endfor -->)<!--# endfor -->",
      "0(0)1(0)", NULL },
    { "<!--# for l --><!--# if l -->x<!--# else -->y<!--# endif -->"
      "<!--# endfor -->", "yx", NULL },
    { "<!--# if a --><!--# for l -->$l<!--# endfor --><!--# endif -->"
      "<!--# for l -->$l<!--# endfor -->", "0101", NULL },
    { "<!--# for l -->\n$l\n<!--# endfor -->\n", "0\n1\n", NULL },

    /* texts */

    { "$text_t!", "[&#60;A&#38;&#39;&#62;]!", NULL },
    { "<!--# for l -->$text_u<!--# endfor -->",
      "<i>\303\2740</i><i>\303\2741</i>", "<i>&#252;0</i><i>&#252;1</i>" },

    { NULL, NULL, NULL }
};


static const struct {
    const char  *source;
    const char  *reason;
    size_t       at;            /* where what is wrong begins, */
    size_t       len;           /* ... and how long it is */
} errors[] = {
    { "a\n$x b", "unknown variable", 2, 2 },
    { "$x", "unknown variable", 0, 2 },
    { "${a", "unknown variable or command", 0, 3 },
    { "${a ", "unknown variable or command", 0, 3 },
    { "${}", "unknown variable", 0, 3 },
    { "$ab", "unknown variable", 0, 3 },
    { "$a1", "unknown variable", 0, 3 },
    { "ab<!--#", "unknown variable or command", 2, 5 },
    { "<!--# -->", "unknown variable or command", 0, 9 },
    { "<!--# include -->", "unknown variable or command", 0, 17 },
    { "<!--# if a", "unknown variable or command", 0, 10 },
    { "<!--# if a --", "unknown variable or command", 0, 11 },
    { "<!--# if a b -->", "unknown variable or command", 0, 11 },
    { "<!--# else a -->", "unknown variable or command", 0, 11 },
    { "<!--# if -->", "unknown variable", 0, 12 },
    { "<!--# if x -->", "unknown variable", 0, 14 },
    { "<!--# if text_t -->", "unknown variable", 0, 19 },
    { "<!--# for a -->", "unknown variable", 0, 15 },
    { "x<!--# if a -->", "\"if\" without an \"endif\"", 1, 14 },
    { "x<!--# for l -->", "\"for\" without an \"endfor\"", 1, 15 },
    { "<!--# if a --><!--# for l --><!--# endfor -->",
      "\"if\" without an \"endif\"", 0, 14 },
    { "<!--# endif -->", "\"endif\" without an \"if\"", 0, 15 },
    { "<!--# endfor -->", "\"endfor\" without a \"for\"", 0, 16 },
    { "<!--# else -->", "\"else\" without an \"if\"", 0, 14 },
    { "<!--# if a --><!--# else --><!--# else -->",
      "\"else\" without an \"if\"", 28, 14 },
    { "<!--# for l --><!--# else -->", "\"else\" without an \"if\"", 15, 14 },
    { "<!--# if a --><!--# for l --><!--# endif -->",
      "\"endif\" without an \"if\"", 29, 15 },
    { "<!--# for l --><!--# if a --><!--# endfor -->",
      "\"endfor\" without a \"for\"", 29, 16 },
    { "<!--# for l --><!--# for l -->", "the same \"for\" in itself", 15, 15 },
    { "$l", "not in its loop", 0, 2 },
    { "<!--# for l --><!--# endfor -->$l", "not in its loop", 31, 2 },
    { "$text_u", "not in its loop", 0, 7 },
    { "<!--# for m --><!--# endfor -->", "not in its loop", 0, 15 },
    { "ab\377", "a byte that is not UTF-8", 2, 0 },
    { "\376\377\0a", "a byte that is not UTF-8", 0, 0 },
    { "$a\303", "a byte that is not UTF-8", 2, 0 },
    { NULL, NULL, 0, 0 }
};


static const char *
find(void *data, const ngx_str_t *name, ngx_uint_t open,
    ngx_consent_template_part_t *part)
{
    size_t  i;

    static const char  letters[] = "abclmn";

    (void) data;

    if (name->len == 6 && memcmp(name->data, "text_", 5) == 0
        && part->what == NGX_CONSENT_TEMPLATE_VALUE)
    {
        part->what = NGX_CONSENT_TEMPLATE_TEXT;
        part->of = name->data[5] - 't';

        return (part->of == 1 && !(open & 1)) ? "not in its loop" : NULL;
    }

    for (i = 0; i < 6 && name->len == 1; i++) {

        if (name->data[0] != letters[i]
            || (part->what == NGX_CONSENT_TEMPLATE_FOR && i < 3))
        {
            continue;
        }

        part->of = i;

        if (part->what == NGX_CONSENT_TEMPLATE_FOR) {
            part->of = i - 3;
            return (i == 4 && !(open & 1)) ? "not in its loop" : NULL;
        }

        return (i < 3 || (open & (1u << (i - 3)))) ? NULL : "not in its loop";
    }

    return "unknown variable";
}


/* what the texts name is known where they are used */

static const char *
find_text(void *data, const ngx_str_t *name, ngx_uint_t open,
    ngx_consent_template_part_t *part)
{
    (void) open;

    return find(data, name, (ngx_uint_t) -1, part);
}


static void
write_out(ngx_consent_render_t *r, const u_char *p, size_t len)
{
    show_t  *show = (show_t *) r;

    CHECK(len != 0, "nothing is written");

    if (show->len + len < sizeof(show->out)) {
        memcpy(show->out + show->len, p, len);
        show->len += len;
    }
}


static void
value(ngx_consent_render_t *r, ngx_uint_t of)
{
    size_t   i, len;
    char     digit;
    show_t  *show = (show_t *) r;

    if (of >= 3) {
        digit = '0' + show->loops[of - 3];
        ngx_consent_render_text(r, (u_char *) &digit, 1);
        return;
    }

    /* in pieces, which are whole characters here */

    len = strlen(values[of]);

    for (i = 0; of == 0 && i < len; i++) {
        ngx_consent_render_text(r, (const u_char *) values[of] + i, 1);
    }

    if (of) {
        ngx_consent_render_text(r, (const u_char *) values[of], len);
    }
}


static ngx_uint_t
holds(ngx_consent_render_t *r, ngx_uint_t of)
{
    return of >= 3 ? ((show_t *) r)->loops[of - 3] : values[of][0] != '\0';
}


static ngx_uint_t
next(ngx_consent_render_t *r, ngx_uint_t of, ngx_uint_t first)
{
    show_t  *show = (show_t *) r;

    show->loops[of] = first ? 0 : show->loops[of] + 1;

    return show->loops[of] < 2 - of;
}


static const ngx_consent_template_t *
text(ngx_consent_render_t *r, ngx_uint_t of)
{
    return &((show_t *) r)->texts[of];
}


/* Exactly as many parts as were counted; the source is a block of its own. */

static ngx_int_t
compile(ngx_consent_template_t *t, const ngx_str_t *source,
    const char *(*names)(void *, const ngx_str_t *, ngx_uint_t,
    ngx_consent_template_part_t *), ngx_consent_template_fault_t *fault)
{
    ngx_uint_t                    n;
    ngx_consent_template_names_t  how = { names, NULL };

    t->parts = NULL;

    if (ngx_consent_template_compile(t, source, &how, fault) != NGX_OK) {
        return NGX_DECLINED;
    }

    n = t->n;
    t->parts = malloc(n ? n * sizeof(ngx_consent_template_part_t) : 1);

    CHECK(t->parts
          && ngx_consent_template_compile(t, source, &how, fault) == NGX_OK
          && t->n == n, "the same twice");

    return NGX_OK;
}


static void
render(const char *source, size_t len, char *out, unsigned ascii)
{
    size_t                         i;
    show_t                         show;
    ngx_str_t                      s, texts[2];
    ngx_consent_template_t         t;
    ngx_consent_template_fault_t   fault;

    memset(&show, 0, sizeof(show_t));

    show.render.value = value;
    show.render.holds = holds;
    show.render.next = next;
    show.render.text = text;
    show.render.write = write_out;
    show.render.ascii = ascii;

    for (i = 0; i < 2; i++) {
        texts[i].len = strlen(text_sources[i]);
        texts[i].data = test_copy(text_sources[i], texts[i].len);

        CHECK(compile(&show.texts[i], &texts[i], find_text, &fault) == NGX_OK,
              "text %s", text_sources[i]);
    }

    s.len = len;
    s.data = test_copy(source, len);

    if (compile(&t, &s, find, &fault) == NGX_OK) {
        ngx_consent_render(&show.render, &t);
        free(t.parts);

    } else {
        CHECK(0, "%s: %s", source, fault.reason);
    }

    memcpy(out, show.out, show.len);
    out[show.len] = '\0';

    free(s.data);

    for (i = 0; i < 2; i++) {
        free(show.texts[i].parts);
        free(texts[i].data);
    }
}


static void
test_errors(void)
{
    size_t                         i;
    ngx_int_t                      rc;
    ngx_str_t                      s;
    ngx_consent_template_t         t;
    ngx_consent_template_fault_t   fault;

    for (i = 0; errors[i].source; i++) {

        s.len = strlen(errors[i].source);
        s.data = test_copy(errors[i].source, s.len);

        rc = compile(&t, &s, find, &fault);

        CHECK(rc == NGX_DECLINED, "%s is wrong", errors[i].source);

        if (rc == NGX_DECLINED) {
            CHECK(strcmp(fault.reason, errors[i].reason) == 0, "%s: %s",
                  errors[i].source, fault.reason);
            CHECK((size_t) (fault.source.data - s.data) == errors[i].at
                  && fault.source.len == errors[i].len, "%s: at %zu, %zu",
                  errors[i].source, (size_t) (fault.source.data - s.data),
                  fault.source.len);

        } else {
            free(t.parts);
        }

        free(s.data);
    }
}


/* As deep as it may be is rendered, one deeper is an error with its place. */

static void
test_depth(void)
{
    size_t                         i, n;
    ngx_int_t                      rc;
    ngx_str_t                      s;
    char                           source[1024], out[8192];
    ngx_consent_template_t         t;
    ngx_consent_template_fault_t   fault;

    for (n = NGX_CONSENT_TEMPLATE_DEPTH; n < NGX_CONSENT_TEMPLATE_DEPTH + 2;
         n++)
    {
        source[0] = '\0';

        for (i = 0; i < n; i++) {
            strcat(source, "<!--# if a -->");
        }

        strcat(source, "x");

        for (i = 0; i < n; i++) {
            strcat(source, "<!--# endif -->");
        }

        if (n == NGX_CONSENT_TEMPLATE_DEPTH) {
            render(source, strlen(source), out, 0);
            CHECK(strcmp(out, "x") == 0, "as deep as can be: %s", out);
            continue;
        }

        s.len = strlen(source);
        s.data = (u_char *) source;
        rc = compile(&t, &s, find, &fault);

        CHECK(rc == NGX_DECLINED
              && strcmp(fault.reason,
                        "too many \"if\" and \"for\" in each other") == 0
              && (size_t) (fault.source.data - s.data)
                 == 14 * NGX_CONSENT_TEMPLATE_DEPTH, "too deep");
    }
}


/* Whatever comes, and wherever it is cut, nothing past its end is read. */

static void
test_cut(void)
{
    size_t                         i, n;
    ngx_str_t                      s;
    ngx_consent_template_t         t;
    ngx_consent_template_fault_t   fault;

    for (i = 0; rows[i].source; i++) {

        for (n = 0; n < strlen(rows[i].source); n++) {

            s.len = n;
            s.data = test_copy(rows[i].source, n);

            if (compile(&t, &s, find, &fault) == NGX_OK) {
                free(t.parts);
            }

            free(s.data);
        }
    }
}


int
main(void)
{
    size_t  i;
    char    out[8192];

    for (i = 0; rows[i].source; i++) {
        render(rows[i].source, strlen(rows[i].source), out, 0);
        CHECK(strcmp(out, rows[i].out) == 0, "%s: %s", rows[i].source, out);

        render(rows[i].source, strlen(rows[i].source), out, 1);
        CHECK(strcmp(out, rows[i].ascii ? rows[i].ascii : rows[i].out) == 0,
              "%s in ASCII: %s", rows[i].source, out);
    }

    test_errors();
    test_depth();
    test_cut();

    return test_done();
}
