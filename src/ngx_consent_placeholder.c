
#include "ngx_consent_placeholder.h"


#define NGX_CONSENT_PLACE_NOT_UTF8  0xfffd


typedef struct {
    ngx_str_t            name;
    ngx_consent_part_e   what;
    ngx_uint_t           of;
} ngx_consent_place_name_t;


static ngx_int_t ngx_consent_placeholder_name(const u_char **pos,
    const u_char *last, ngx_consent_part_t *part);
static ngx_int_t ngx_consent_placeholder_command(const u_char **pos,
    const u_char *last, ngx_consent_part_t *part);
static void ngx_consent_placeholder_word(const u_char **pos,
    const u_char *last, ngx_str_t *word);
static ngx_int_t ngx_consent_placeholder_find(const ngx_str_t *name,
    ngx_consent_part_t *part);
static ngx_uint_t ngx_consent_placeholder_is(const ngx_str_t *s,
    const char *word);
static uint32_t ngx_consent_placeholder_utf8(const u_char **pos,
    const u_char *last);


static const ngx_consent_place_name_t  ngx_consent_place_names[] = {
    { ngx_string("provider"), NGX_CONSENT_PART_VALUE,
      NGX_CONSENT_PLACE_PROVIDER },
    { ngx_string("policy"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_POLICY },
    { ngx_string("categories"), NGX_CONSENT_PART_VALUE,
      NGX_CONSENT_PLACE_CATEGORIES },
    { ngx_string("action"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_ACTION },
    { ngx_string("accept"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_ACCEPT },
    { ngx_string("return"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_RETURN },
    { ngx_string("settings"), NGX_CONSENT_PART_VALUE,
      NGX_CONSENT_PLACE_SETTINGS },
    { ngx_string("lang"), NGX_CONSENT_PART_VALUE, NGX_CONSENT_PLACE_LANG },
    { ngx_string("text_title"), NGX_CONSENT_PART_TEXT, NGX_CONSENT_TEXT_TITLE },
    { ngx_string("text_blocked"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_BLOCKED },
    { ngx_string("text_held"), NGX_CONSENT_PART_TEXT, NGX_CONSENT_TEXT_HELD },
    { ngx_string("text_accept"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_ACCEPT },
    { ngx_string("text_policy"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_POLICY },
    { ngx_string("text_settings"), NGX_CONSENT_PART_TEXT,
      NGX_CONSENT_TEXT_SETTINGS },
    { ngx_null_string, 0, 0 }
};

static const u_char  ngx_consent_place_open[] = "<!--#";
static const u_char  ngx_consent_place_close[] = "-->";


#define ngx_consent_place_letter(c)                                          \
    (((c) >= 'a' && (c) <= 'z') || (c) == '_')


ngx_int_t
ngx_consent_placeholder_next(const u_char **pos, const u_char *last,
    ngx_consent_part_t *part)
{
    size_t         n;
    const u_char  *p, *start;

    start = *pos;

    if (start == last) {
        return NGX_DONE;
    }

    n = sizeof(ngx_consent_place_open) - 1;

    for (p = start; p < last; p++) {

        if (*p == '$' && last - p > 1
            && (ngx_consent_place_letter(p[1]) || p[1] == '{'))
        {
            if (p == start) {
                return ngx_consent_placeholder_name(pos, last, part);
            }

            break;
        }

        if (*p == '<' && (size_t) (last - p) >= n
            && memcmp(p, ngx_consent_place_open, n) == 0)
        {
            if (p == start) {
                return ngx_consent_placeholder_command(pos, last, part);
            }

            break;
        }
    }

    part->what = NGX_CONSENT_PART_LITERAL;
    part->source.data = (u_char *) start;
    part->source.len = p - start;
    *pos = p;

    return NGX_OK;
}


/* $name or ${name} */

static ngx_int_t
ngx_consent_placeholder_name(const u_char **pos, const u_char *last,
    ngx_consent_part_t *part)
{
    ngx_str_t      name;
    ngx_uint_t     brace;
    const u_char  *p;

    p = *pos + 1;

    brace = (*p == '{');
    p += brace;

    ngx_consent_placeholder_word(&p, last, &name);

    part->source.data = (u_char *) *pos;

    if (brace) {

        if (p == last || *p != '}') {
            part->source.len = p - *pos;
            return NGX_DECLINED;
        }

        p++;
    }

    part->source.len = p - *pos;
    *pos = p;

    return ngx_consent_placeholder_find(&name, part);
}


/* <!--# if name -->, <!--# else -->, <!--# endif --> */

static ngx_int_t
ngx_consent_placeholder_command(const u_char **pos, const u_char *last,
    ngx_consent_part_t *part)
{
    ngx_int_t      rc;
    ngx_str_t      word;
    const u_char  *p;

    p = *pos + sizeof(ngx_consent_place_open) - 1;

    ngx_consent_placeholder_word(&p, last, &word);

    rc = NGX_OK;

    if (ngx_consent_placeholder_is(&word, "if")) {

        ngx_consent_placeholder_word(&p, last, &word);

        rc = ngx_consent_placeholder_find(&word, part);

        if (rc == NGX_OK && part->what == NGX_CONSENT_PART_TEXT) {
            rc = NGX_DECLINED;
        }

        part->what = NGX_CONSENT_PART_IF;

    } else if (ngx_consent_placeholder_is(&word, "else")) {
        part->what = NGX_CONSENT_PART_ELSE;

    } else if (ngx_consent_placeholder_is(&word, "endif")) {
        part->what = NGX_CONSENT_PART_ENDIF;

    } else {
        rc = NGX_DECLINED;
    }

    while (p < last && *p == ' ') {
        p++;
    }

    part->source.data = (u_char *) *pos;

    if ((size_t) (last - p) < sizeof(ngx_consent_place_close) - 1
        || memcmp(p, ngx_consent_place_close,
                  sizeof(ngx_consent_place_close) - 1)
           != 0)
    {
        part->source.len = p - *pos;
        return NGX_DECLINED;
    }

    p += sizeof(ngx_consent_place_close) - 1;

    part->source.len = p - *pos;

    if (p < last && *p == '\r') {
        p++;
    }

    if (p < last && *p == '\n') {
        p++;
    }

    *pos = p;

    return rc;
}


/* The next word of a name's letters, which may have none. */

static void
ngx_consent_placeholder_word(const u_char **pos, const u_char *last,
    ngx_str_t *word)
{
    const u_char  *p;

    for (p = *pos; p < last && *p == ' '; p++) { /* void */ }

    word->data = (u_char *) p;

    while (p < last && ngx_consent_place_letter(*p)) {
        p++;
    }

    word->len = p - word->data;
    *pos = p;
}


static ngx_int_t
ngx_consent_placeholder_find(const ngx_str_t *name, ngx_consent_part_t *part)
{
    const ngx_consent_place_name_t  *n;

    for (n = ngx_consent_place_names; n->name.len; n++) {

        if (n->name.len == name->len
            && memcmp(n->name.data, name->data, name->len) == 0)
        {
            part->what = n->what;
            part->of = n->of;
            return NGX_OK;
        }
    }

    return NGX_DECLINED;
}


static ngx_uint_t
ngx_consent_placeholder_is(const ngx_str_t *s, const char *word)
{
    size_t  i;

    for (i = 0; i < s->len; i++) {
        if (word[i] == '\0' || s->data[i] != (u_char) word[i]) {
            return 0;
        }
    }

    return word[i] == '\0';
}


const char *
ngx_consent_placeholder_check(const ngx_str_t *html, ngx_consent_part_t *part)
{
    ngx_int_t      rc;
    ngx_uint_t     depth, else_of;
    const u_char  *p, *last;

    p = html->data;
    last = p + html->len;

    depth = 0;
    else_of = 0;

    while ((rc = ngx_consent_placeholder_next(&p, last, part)) == NGX_OK) {

        switch (part->what) {

        case NGX_CONSENT_PART_IF:

            if (depth == NGX_CONSENT_PLACE_DEPTH) {
                return "too many \"if\" in each other";
            }

            depth++;
            else_of &= ~((ngx_uint_t) 1 << depth);
            break;

        case NGX_CONSENT_PART_ELSE:

            if (depth == 0 || (else_of & ((ngx_uint_t) 1 << depth))) {
                return "\"else\" without an \"if\"";
            }

            else_of |= (ngx_uint_t) 1 << depth;
            break;

        case NGX_CONSENT_PART_ENDIF:

            if (depth == 0) {
                return "\"endif\" without an \"if\"";
            }

            depth--;
            break;

        default:
            break;
        }
    }

    if (rc == NGX_DECLINED) {
        return "unknown variable or command";
    }

    part->source.data = html->data + html->len;
    part->source.len = 0;

    return depth ? "\"if\" without an \"endif\"" : NULL;
}


size_t
ngx_consent_placeholder_escape(u_char *dst, const u_char *p, size_t len,
    ngx_uint_t markup)
{
    u_char         buf[10];
    size_t         n, size;
    uint32_t       c;
    const u_char  *last;

    /* where there is nothing, p may be NULL */

    if (len == 0) {
        return 0;
    }

    size = 0;
    last = p + len;

    while (p < last) {

        c = *p;

        if (c < 0x80
            && (markup || (c != '&' && c != '<' && c != '>' && c != '"'
                           && c != '\'')))
        {
            p++;

            if (dst) {
                *dst++ = (u_char) c;
            }

            size++;
            continue;
        }

        c = ngx_consent_placeholder_utf8(&p, last);

        /* "&#1114111;", from its end */

        n = sizeof(buf);
        buf[--n] = ';';

        do {
            buf[--n] = '0' + c % 10;
            c /= 10;
        } while (c);

        buf[--n] = '#';
        buf[--n] = '&';

        if (dst) {
            memcpy(dst, buf + n, sizeof(buf) - n);
            dst += sizeof(buf) - n;
        }

        size += sizeof(buf) - n;
    }

    return size;
}


/* One character (RFC 3629, 4); U+FFFD for a byte that begins none. */

static uint32_t
ngx_consent_placeholder_utf8(const u_char **pos, const u_char *last)
{
    size_t         i, n;
    uint32_t       c, least;
    const u_char  *p;

    p = *pos;
    c = *p;

    if (c < 0x80) {
        (*pos)++;
        return c;
    }

    if (c >= 0xc2 && c <= 0xdf) {
        n = 2;
        c &= 0x1f;
        least = 0x80;

    } else if ((c & 0xf0) == 0xe0) {
        n = 3;
        c &= 0x0f;
        least = 0x800;

    } else if (c >= 0xf0 && c <= 0xf4) {
        n = 4;
        c &= 0x07;
        least = 0x10000;

    } else {
        (*pos)++;
        return NGX_CONSENT_PLACE_NOT_UTF8;
    }

    for (i = 1; i < n && i < (size_t) (last - p); i++) {

        if ((p[i] & 0xc0) != 0x80) {
            break;
        }

        c = (c << 6) | (p[i] & 0x3f);
    }

    if (i < n || c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
        (*pos)++;
        return NGX_CONSENT_PLACE_NOT_UTF8;
    }

    *pos = p + n;

    return c;
}
