
/*
 * A window into the tokenizer, for conformance runs: JSON lines in, JSON lines
 * out.
 *
 *     {"id":1,"mode":"tokens","input":"<a b=c>","b64":"PGEgYj1jPg==",
 *      "initialState":"Data state","lastStartTag":null,"chunks":[3]}
 *     {"id":1,"tokens":[["StartTag","a",{"b":"c"},false,[0,7]]]}
 *
 * The bytes of b64 (of input, if there is none) are fed in pieces cut at
 * chunks: [] whole, "each" a byte at a time.  Each start tag is written with
 * its attributes, decoded, the first of a name; whether it is self-closing; and
 * its range of bytes.  Mode "tokens": a start tag never changes the state, and
 * lastStartTag has the name of the appropriate end tag.  Mode "document": a
 * whole page as a browser reads it that runs scripts.
 */

#include <stdio.h>
#include <stdlib.h>

#include "ngx_consent_entity.h"
#include "ngx_consent_html_int.h"
#include "ngx_consent_json.h"


typedef struct {
    ngx_str_t   id;             /* as it is written */
    ngx_str_t   mode;
    ngx_str_t   state;
    ngx_str_t   last;
    ngx_str_t   input;
    ngx_str_t   chunks;         /* as it is written */
    int         base64;
} request_t;


typedef struct {
    const u_char  *name;
    size_t         name_len;
    const u_char  *value;
    size_t         value_len;
} attr_t;


/* the attributes of one tag, of all its parts */

typedef struct {
    attr_t     *attrs;
    size_t      n;
    size_t      size;
} attrs_t;


static int read_request(u_char *p, u_char *last, request_t *r);
static size_t decode_base64(u_char *p, size_t len);
static void begin(ngx_consent_html_t *h, const request_t *r);
static void run(const request_t *r);
static size_t next_cut(ngx_str_t *chunks, size_t at, size_t len);
static void keep_attrs(attrs_t *a, const ngx_consent_tag_t *tag,
    const u_char *p);
static void print_tag(const ngx_consent_tag_t *tag, const attrs_t *a,
    const u_char *name, size_t name_len, size_t from, size_t to, int comma);
static int same_name(const attr_t *a, const attr_t *b);
static void print_text(const u_char *p, size_t len, int name, int references);
static void print_char(uint32_t c);


static void
fail(const char *what)
{
    fprintf(stderr, "consent-tokens: %s\n", what);
    exit(2);
}


static int
is(const ngx_str_t *s, const char *word)
{
    return s->len == strlen(word) && memcmp(s->data, word, s->len) == 0;
}


int
main(void)
{
    char       *line;
    size_t      size;
    ssize_t     len;
    request_t   r;

    line = NULL;
    size = 0;

    while ((len = getline(&line, &size, stdin)) > 0) {

        if (!read_request((u_char *) line, (u_char *) line + len, &r)) {
            fail("a line is not understood");
        }

        run(&r);
        fflush(stdout);
    }

    free(line);

    return 0;
}


static int
read_request(u_char *p, u_char *last, request_t *r)
{
    u_char     *start;
    ngx_str_t   key, value;

    memset(r, 0, sizeof(request_t));

    if (ngx_consent_json_peek(&p, last) != '{') {
        return 0;
    }

    p++;

    while (ngx_consent_json_peek(&p, last) == '"') {

        if (ngx_consent_json_string(&p, last, &key) != NGX_OK
            || ngx_consent_json_peek(&p, last) != ':')
        {
            return 0;
        }

        p++;

        memset(&value, 0, sizeof(ngx_str_t));
        start = p;

        if (ngx_consent_json_peek(&p, last) == '"' && !is(&key, "id")
            && !is(&key, "chunks"))
        {
            if (ngx_consent_json_string(&p, last, &value) != NGX_OK) {
                return 0;
            }

        } else {
            start = p;

            if (ngx_consent_json_skip(&p, last) != NGX_OK) {
                return 0;
            }

            if (is(&key, "id")) {
                r->id.data = start;
                r->id.len = p - start;

            } else if (is(&key, "chunks")) {
                r->chunks.data = start;
                r->chunks.len = p - start;
            }
        }

        if (is(&key, "mode")) {
            r->mode = value;

        } else if (is(&key, "initialState")) {
            r->state = value;

        } else if (is(&key, "lastStartTag")) {
            r->last = value;

        } else if (is(&key, "input") && !r->base64) {
            r->input = value;

        } else if (is(&key, "b64") && value.data) {
            r->base64 = 1;
            r->input = value;
            r->input.len = decode_base64(value.data, value.len);
        }

        if (ngx_consent_json_peek(&p, last) == ',') {
            p++;
            (void) ngx_consent_json_peek(&p, last);
        }
    }

    return r->id.len != 0;
}


/* in place */

static size_t
decode_base64(u_char *p, size_t len)
{
    size_t       i, n;
    int          bits;
    uint32_t     acc;
    const char  *at;

    static const char  alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    acc = 0;
    bits = 0;
    n = 0;

    for (i = 0; i < len; i++) {

        at = p[i] ? strchr(alphabet, p[i]) : NULL;
        if (at == NULL) {
            continue;
        }

        acc = (acc << 6) | (uint32_t) (at - alphabet);
        bits += 6;

        if (bits >= 8) {
            bits -= 8;
            p[n++] = (u_char) (acc >> bits);
        }
    }

    return n;
}


static void
begin(ngx_consent_html_t *h, const request_t *r)
{
    size_t  i;

    ngx_consent_html_init(h, (uint32_t) -1);

    h->all = 1;
    h->scripting = 1;

    if (is(&r->mode, "document")) {
        return;
    }

    h->closer = ngx_consent_tag_id(r->last.data, r->last.len);

    if (r->last.len <= NGX_CONSENT_TAG_MAX_NAME) {
        h->closer_len = r->last.len;

        for (i = 0; i < r->last.len; i++) {
            h->closer_name[i] = ngx_consent_tolower(r->last.data[i]);
        }
    }

    if (is(&r->state, "RCDATA state") || is(&r->state, "RAWTEXT state")) {
        h->text = ngx_consent_html_rcdata;

    } else if (is(&r->state, "Script data state")) {
        h->text = ngx_consent_html_script;

    } else if (is(&r->state, "PLAINTEXT state")) {
        h->text = ngx_consent_html_plaintext;

    } else if (is(&r->state, "CDATA section state")) {
        h->state = ngx_consent_html_cdata;
        return;
    }

    h->state = h->text;
}


static void
run(const request_t *r)
{
    int                  comma, document;
    u_char              *piece, *pos;
    size_t               at, next, end, start, part;
    attrs_t              attrs;
    ngx_int_t            rc;
    ngx_str_t            chunks;
    ngx_consent_html_t  *h;

    h = malloc(sizeof(ngx_consent_html_t));
    if (h == NULL) {
        fail("no memory");
    }

    begin(h, r);

    memset(&attrs, 0, sizeof(attrs_t));

    document = is(&r->mode, "document");
    chunks = r->chunks;
    comma = 0;
    start = 0;

    printf("{\"id\":%.*s,\"tokens\":[", (int) r->id.len, r->id.data);

    for (at = 0; at < r->input.len; at = next) {

        next = next_cut(&chunks, at, r->input.len);

        /* a block of its own: a pointer that is kept is seen */

        piece = malloc(next - at);
        if (piece == NULL) {
            fail("no memory");
        }

        memcpy(piece, r->input.data + at, next - at);
        pos = piece;

        for ( ;; ) {

            rc = ngx_consent_html_next(h, &pos, piece + (next - at));

            if (rc == NGX_AGAIN) {
                break;
            }

            if (rc == NGX_CONSENT_HTML_FORK) {
                h->fork = NGX_CONSENT_HTML_NO_FORK;
                continue;
            }

            end = at + (pos - piece);
            part = end - h->tag.off;

            if (!h->tag.part) {
                start = part;
                attrs.n = 0;
            }

            keep_attrs(&attrs, &h->tag, r->input.data + part);

            if (rc == NGX_CONSENT_HTML_LONG) {
                ngx_consent_html_release(h);
                continue;
            }

            if (!h->tag.end) {
                print_tag(&h->tag, &attrs, r->input.data + start + 1,
                          h->tag.name_len, start, end, comma);
                comma = 1;
            }

            if (document) {
                ngx_consent_html_apply(h, r->input.data + part);
                h->fork = NGX_CONSENT_HTML_NO_FORK;
            }
        }

        free(piece);
    }

    printf("]}\n");

    free(attrs.attrs);
    free(h);
}


/* where the piece ends that begins at an offset */

static size_t
next_cut(ngx_str_t *chunks, size_t at, size_t len)
{
    size_t  cut;

    if (chunks->len && chunks->data[0] == '"') {
        return at + 1;
    }

    while (chunks->len) {

        if (chunks->data[0] < '0' || chunks->data[0] > '9') {
            chunks->data++;
            chunks->len--;
            continue;
        }

        cut = 0;

        while (chunks->len && chunks->data[0] >= '0'
               && chunks->data[0] <= '9')
        {
            cut = cut * 10 + (chunks->data[0] - '0');
            chunks->data++;
            chunks->len--;
        }

        if (cut > at && cut < len) {
            return cut;
        }
    }

    return len;
}


static void
keep_attrs(attrs_t *a, const ngx_consent_tag_t *tag, const u_char *p)
{
    attr_t                    *attr;
    ngx_uint_t                 i;
    const ngx_consent_attr_t  *t;

    for (i = 0; i < tag->nattrs; i++) {

        if (a->n == a->size) {
            a->size = a->size ? a->size * 2 : 64;
            a->attrs = realloc(a->attrs, a->size * sizeof(attr_t));

            if (a->attrs == NULL) {
                fail("no memory");
            }
        }

        t = &tag->attrs[i];
        attr = &a->attrs[a->n++];

        attr->name = p + t->name;
        attr->name_len = t->name_len;
        attr->value = p + t->value;
        attr->value_len = t->value_len;
    }
}


static void
print_tag(const ngx_consent_tag_t *tag, const attrs_t *a, const u_char *name,
    size_t name_len, size_t from, size_t to, int comma)
{
    int     first;
    size_t  i, n;

    printf("%s[\"StartTag\",\"", comma ? "," : "");
    print_text(name, name_len, 1, 0);
    printf("\",{");

    first = 1;

    for (i = 0; i < a->n; i++) {

        for (n = 0; n < i && !same_name(&a->attrs[n], &a->attrs[i]); n++) {
            /* void */
        }

        if (n < i) {
            continue;
        }

        printf("%s\"", first ? "" : ",");
        print_text(a->attrs[i].name, a->attrs[i].name_len, 1, 0);
        printf("\":\"");
        print_text(a->attrs[i].value, a->attrs[i].value_len, 0, 1);
        printf("\"");

        first = 0;
    }

    printf("},%s,[%zu,%zu]]", tag->self_closing ? "true" : "false", from, to);
}


static int
same_name(const attr_t *a, const attr_t *b)
{
    size_t  i;

    if (a->name_len != b->name_len) {
        return 0;
    }

    for (i = 0; i < a->name_len; i++) {
        if (ngx_consent_tolower(a->name[i]) != ngx_consent_tolower(b->name[i]))
        {
            return 0;
        }
    }

    return 1;
}


/*
 * As the tokenizer of the standard has it: newlines are normalised (13.2.3.5),
 * NUL and what is no UTF-8 is U+FFFD, names are in lower case.
 */

static void
print_text(const u_char *p, size_t len, int name, int references)
{
    size_t         n, i, more;
    u_char         text[NGX_CONSENT_ENTITY_MAX];
    uint32_t       c;
    const u_char  *last;

    last = p + len;

    while (p < last) {

        if (references && *p == '&') {

            n = ngx_consent_entity(p, last, text, &more);

            if (n) {
                for (i = 0; i < more; i++) {

                    /* UTF-8, byte by byte: JSON's escapes only for ASCII */

                    if (text[i] < 0x80) {
                        print_char(text[i]);
                    } else {
                        putchar(text[i]);
                    }
                }

                p += n;
                continue;
            }
        }

        c = *p++;

        if (c == '\r') {
            p += (p < last && *p == '\n');
            c = '\n';

        } else if (c == 0) {
            c = 0xfffd;

        } else if (name) {
            c = ngx_consent_tolower(c);
        }

        if (c >= 0x80 && c != 0xfffd) {

            n = (c >= 0xf0 && c < 0xf5) ? 3 : (c >= 0xe0 && c < 0xf0) ? 2
                : (c >= 0xc2 && c < 0xe0) ? 1 : 0;
            i = 0;

            if (n) {
                c &= 0x3f >> n;

                while (i < n && p + i < last && (p[i] & 0xc0) == 0x80) {
                    c = (c << 6) | (p[i++] & 0x3f);
                }
            }

            if (n == 0 || i < n || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)
                || (n == 2 && c < 0x800) || (n == 3 && c < 0x10000))
            {
                c = 0xfffd;
                i = 0;
            }

            p += i;
        }

        print_char(c);
    }
}


static void
print_char(uint32_t c)
{
    if (c == '"' || c == '\\') {
        printf("\\%c", (int) c);

    } else if (c < 0x20 || c == 0x7f) {
        printf("\\u%04x", (unsigned) c);

    } else if (c < 0x80) {
        putchar((int) c);

    } else if (c < 0x800) {
        putchar((int) (0xc0 | (c >> 6)));
        putchar((int) (0x80 | (c & 0x3f)));

    } else if (c < 0x10000) {
        putchar((int) (0xe0 | (c >> 12)));
        putchar((int) (0x80 | ((c >> 6) & 0x3f)));
        putchar((int) (0x80 | (c & 0x3f)));

    } else {
        putchar((int) (0xf0 | (c >> 18)));
        putchar((int) (0x80 | ((c >> 12) & 0x3f)));
        putchar((int) (0x80 | ((c >> 6) & 0x3f)));
        putchar((int) (0x80 | (c & 0x3f)));
    }
}
