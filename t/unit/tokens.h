
/*
 * The tokenizer's events as text, whatever the way a page is cut: what a caller
 * of ngx_consent_html_next() must do, in the fewest lines.
 *
 *     S script src=/a.js type=module     a start tag, its attributes as written
 *     E script                           an end tag
 *     / after the name: self-closing; + a part of a long tag, ~ not its last
 */

#ifndef _TOKENS_H_INCLUDED_
#define _TOKENS_H_INCLUDED_


#include "test.h"
#include "ngx_consent_html.h"


#define TOKENS_MAX  65536

typedef struct {
    char      text[TOKENS_MAX];
    size_t    len;
} tokens_t;


static void
tokens_put(tokens_t *t, const void *p, size_t len)
{
    if (len < TOKENS_MAX - t->len) {
        memcpy(t->text + t->len, p, len);
        t->len += len;
        t->text[t->len] = '\0';
    }
}


/* control characters are written as %XX: a line stays a line */

static void
tokens_escape(tokens_t *t, const u_char *p, size_t len)
{
    char    hex[8];
    size_t  i;

    for (i = 0; i < len; i++) {

        if (p[i] < 0x20 || p[i] == '%') {
            snprintf(hex, sizeof(hex), "%%%02x", p[i]);
            tokens_put(t, hex, 3);

        } else {
            tokens_put(t, p + i, 1);
        }
    }
}


static void
tokens_tag(tokens_t *t, const ngx_consent_tag_t *tag, const u_char *p,
    ngx_uint_t tree)
{
    char                       number[64];
    size_t                     i;
    ngx_uint_t                 n;
    const ngx_consent_attr_t  *a;

    tokens_put(t, tag->end ? "E " : "S ", 2);

    if (tag->part) {
        tokens_put(t, "+", 1);

    } else {
        for (i = 0; i < tag->name_len; i++) {
            u_char  c = ngx_consent_tolower(p[i + 1 + tag->end]);
            tokens_escape(t, &c, 1);
        }
    }

    if (tag->self_closing) {
        tokens_put(t, "/", 1);
    }

    if (tag->more) {
        tokens_put(t, "~", 1);
    }

    if (tree && tag->ns) {
        n = snprintf(number, sizeof(number), " ns%d", tag->ns);
        tokens_put(t, number, n);
    }

    for (n = 0; n < tag->nattrs; n++) {
        a = &tag->attrs[n];

        tokens_put(t, "\x01", 1);
        tokens_escape(t, p + a->name, a->name_len);

        if (a->has_value) {
            tokens_put(t, "\x02", 1);
            tokens_escape(t, p + a->value, a->value_len);
        }
    }

    tokens_put(t, "\n", 1);
}


/*
 * Reads len bytes in pieces of size bytes, the first one of first bytes.  Tags
 * that are cut are put together from what the tokenizer said to keep.
 */

static void
tokens_run(ngx_consent_html_t *h, const u_char *p, size_t len, size_t first,
    size_t size, ngx_uint_t tree, tokens_t *t)
{
    size_t      at, n, nheld, off;
    u_char     *piece, *pos, *tag;
    ngx_int_t   rc;

    t->len = 0;
    t->text[0] = '\0';

    nheld = 0;

    for (at = 0; at < len; at += n) {

        n = at == 0 && first ? first : size;
        n = n < len - at ? n : len - at;

        piece = test_copy(p + at, n);
        pos = piece;

        while ((rc = ngx_consent_html_next(h, &pos, piece + n)) != NGX_AGAIN) {

            if (rc == NGX_CONSENT_HTML_FORK) {
                h->fork = NGX_CONSENT_HTML_NO_FORK;
                continue;
            }

            off = h->tag.off;

            /* what was kept, and what came since, must be the tag itself */

            tag = test_copy(p + at + (pos - piece) - off, off);

            if (off > (size_t) (pos - piece)
                && off - (pos - piece) > nheld)
            {
                CHECK(0, "a tag was not kept: %.*s", (int) off, tag);
            }

            if (!h->tag.part && off && tag[0] != '<') {
                CHECK(0, "a tag without '<'");
            }

            tokens_tag(t, &h->tag, tag, tree);

            if (rc == NGX_CONSENT_HTML_LONG) {
                ngx_consent_html_release(h);

            } else if (tree) {
                ngx_consent_html_apply(h, tag);
                h->fork = NGX_CONSENT_HTML_NO_FORK;
            }

            free(tag);
        }

        nheld = h->held;

        if (nheld > h->limit) {
            CHECK(0, "more is held than the limit");
        }

        memset(piece, 0xdd, n);
        free(piece);
    }
}


#endif /* _TOKENS_H_INCLUDED_ */
