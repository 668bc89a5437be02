
/*
 * Pages in UTF-16 and ISO-2022-JP: what the page's reader gets is what Chromium
 * decodes (charset_vectors.tsv), what it keeps goes out as the bytes that came
 * in, and what it edits goes out as a model says that has the whole page before
 * it.  The page's reader is a fake one here: it holds, drops and inserts where
 * the dice say.
 */

#include "ngx_consent_transcode.h"
#include "charset_vectors.h"
#include "transcode_model.h"


/* the fake reader of a page */

typedef struct {
    const edits_t      *edits;      /* NULL: all is kept */
    unsigned            hold;       /* now and then it holds something */

    ngx_consent_transcode_t  *t;
    size_t              len;
    size_t              before;     /* of the text, in earlier buffers */
    size_t              done;
    size_t              inserted;   /* insertions before this byte are out */
    unsigned            ended;
    u_char              text[TEXT_MAX];
} reader_t;


static const ngx_consent_charset_e  charsets[] = {
    NGX_CONSENT_CHARSET_ISO_2022_JP,
    NGX_CONSENT_CHARSET_UTF_16BE,
    NGX_CONSENT_CHARSET_UTF_16LE
};

static unsigned  seed = 1;


static unsigned
dice(unsigned n)
{
    seed = seed * 1103515245 + 12345;

    return (seed >> 8) % n;
}


static ngx_int_t
collect(void *data, u_char *p, size_t len, ngx_consent_piece_e kind)
{
    output_t  *o = data;

    if (kind != NGX_CONSENT_PIECE_INSERT) {
        o->input += len;
    }

    if (kind == NGX_CONSENT_PIECE_DROP) {
        o->misplaced += (p != NULL);
        return NGX_OK;
    }

    /* only what is kept is in the input's memory */

    o->misplaced += ((p >= o->from && p + len <= o->last)
                     != (kind == NGX_CONSENT_PIECE_KEEP));

    if (o->len + len > sizeof(o->data)) {
        abort();
    }

    memcpy(o->data + o->len, p, len);
    o->len += len;

    return NGX_OK;
}


static void
fake_insert(reader_t *r)
{
    const char  *s;

    if (r->edits == NULL || r->inserted > r->done) {
        return;
    }

    s = r->edits->insert[r->done];
    r->inserted = r->done + 1;

    if (s) {
        ngx_consent_transcode_emit(r->t, (u_char *) s, strlen(s),
                                   NGX_CONSENT_PIECE_INSERT);
    }
}


/* What comes next goes its way, in a piece of some length. */

static void
fake_piece(reader_t *r, size_t to)
{
    size_t                i, n;
    u_char                drop;
    ngx_consent_piece_e   kind;

    i = r->done;
    n = i + 1 + dice(9);
    drop = r->edits ? r->edits->drop[i] : 0;

    kind = drop ? NGX_CONSENT_PIECE_DROP
           : i < r->before ? NGX_CONSENT_PIECE_HELD : NGX_CONSENT_PIECE_KEEP;

    do {
        i++;
    } while (i < to && i < n
             && (r->edits == NULL
                 || (!r->edits->insert[i] && r->edits->drop[i] == drop)));

    n = i - r->done;
    r->done = i;

    ngx_consent_transcode_emit(r->t, drop ? NULL : r->text + i - n, n, kind);
}


static ngx_int_t
fake_feed(void *data, u_char *p, size_t len, ngx_uint_t end)
{
    size_t     to;
    reader_t  *r = data;

    if (r->len + len > sizeof(r->text)) {
        abort();
    }

    r->before = r->len;
    memcpy(r->text + r->len, p, len);
    r->len += len;
    r->ended += end;

    to = r->len;

    if (!end && r->hold && dice(2)) {
        to = r->done + dice(r->len - r->done + 1);
    }

    while (r->done < to) {
        fake_insert(r);
        fake_piece(r, to);
    }

    if (end) {
        fake_insert(r);
    }

    return NGX_OK;
}


/* Feeds the page in pieces of these lengths; -1: one, of what is left. */

static void
run(reader_t *r, output_t *o, ngx_consent_charset_e charset, const u_char *p,
    size_t len, size_t first, size_t most)
{
    size_t                    at, n;
    u_char                   *piece;
    ngx_pool_t               *pool;
    ngx_consent_transcode_t   t;

    pool = shim_create_pool();

    ngx_consent_transcode_init(&t, charset, 1, pool);

    t.feed = fake_feed;
    t.feed_data = r;
    t.emit = collect;
    t.emit_data = o;

    r->t = &t;
    r->len = 0;
    r->done = 0;
    r->inserted = 0;
    r->ended = 0;

    o->len = 0;
    o->input = 0;
    o->misplaced = 0;

    n = first;

    for (at = 0; !r->ended; at += n, n = 1 + dice(most)) {

        n = n < len - at ? n : len - at;

        piece = test_copy(p + at, n);
        o->from = piece;
        o->last = piece + n;

        if (ngx_consent_transcode_feed(&t, piece, n, at + n == len) != NGX_OK) {
            abort();
        }

        o->misplaced += (t.from != t.last);
        free(piece);
    }

    o->misplaced += (t.queued != 0 || o->input != len);

    shim_destroy_pool(pool);
}


/* A vector's decoded text at every split, and that it comes back. */

static void
check_text(char **column)
{
    int                     ok;
    u_char                 *p, *text;
    size_t                  len, n, cut;
    ngx_consent_charset_e   charset;
    static reader_t         r;
    static output_t         o;

    p = vectors_bytes(column[1], strlen(column[1]), &len);
    text = vectors_bytes(column[3], strlen(column[3]), &n);
    charset = ngx_consent_charset_label((u_char *) column[2],
                                        strlen(column[2]));

    for (cut = 0; cut <= len; cut++) {

        r.hold = cut & 1;

        run(&r, &o, charset, p, len, cut, len + 1);

        ok = (r.len == n && memcmp(r.text, text, n) == 0 && r.ended == 1);

        CHECK(ok, "%s %s cut at %zu is text %s", column[2], column[1], cut,
              column[3]);

        ok = (o.len == len && memcmp(o.data, p, len) == 0 && !o.misplaced);

        CHECK(ok, "%s %s cut at %zu comes back", column[2], column[1], cut);
    }

    free(p);
    free(text);
}


static size_t
random_page(int jis, u_char *p)
{
    size_t        i, n, len;
    const char   *s;

    static const char  *pieces[] = {
        "\x1b(B", "\x1b(J", "\x1b(I", "\x1b$@", "\x1b$B", "\x1b(B", "\x1b$B",
        "\x1b", "\x1b(", "\x1b$", "(", "$", "<script>", "a", "bc", " ", "\n",
        "\\", "~", "!!", "$s", "!k", "!^", "\x80", "\x0e", "%/"
    };

    len = dice(dice(8) ? 30 : PAGE_MAX);

    if (jis) {
        for (i = 0; i < len; i += n) {
            s = pieces[dice(sizeof(pieces) / sizeof(pieces[0]))];
            n = strlen(s);
            n = n < len - i ? n : len - i;
            memcpy(p + i, s, n);
        }

        return len;
    }

    for (i = 0; i < len; i++) {
        p[i] = dice(3) ? 0 : dice(3) ? 0xd8 + dice(8) : dice(256);
    }

    if (len >= 2 && dice(4) == 0) {
        i = dice(2);
        p[i] = 0xff;
        p[!i] = 0xfe;
    }

    return len;
}


static void
random_edits(edits_t *e, size_t len)
{
    u_char    drop;
    size_t    i;
    unsigned  often;

    static const char  *texts[] = {
        " type=\"text/plain\"", "x", "\\", "a~b", "data-consent-",
        "\n<p>\n</p> 0123456789 0123456789 0123456789 0123456789 0123456789"
        "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\n"
    };

    often = 2 + dice(20);
    drop = 0;

    for (i = 0; i <= len; i++) {

        if (dice(often) == 0) {
            drop = !drop;
        }

        e->drop[i] = drop;
        e->insert[i] = dice(often) ? NULL
                       : texts[dice(sizeof(texts) / sizeof(texts[0]))];
    }
}


static void
check_edits(unsigned rounds)
{
    int                     jis;
    u_char                  page[PAGE_MAX];
    size_t                  len, n;
    unsigned                i, k;
    static edits_t          edits;
    static reader_t         r;
    static output_t         o, expected;
    ngx_consent_charset_e   charset;

    r.edits = &edits;

    for (i = 0; i < rounds; i++) {

        charset = charsets[i % 3];
        jis = (charset == NGX_CONSENT_CHARSET_ISO_2022_JP);

        len = random_page(jis, page);

        n = jis ? model_jis(page, len)
                : model_utf_16(charset == NGX_CONSENT_CHARSET_UTF_16BE, page,
                               len);

        random_edits(&edits, chars[n].text);
        model(&expected, charset, page, len, n, &edits);

        for (k = 0; k < 4; k++) {

            r.hold = k & 1;

            run(&r, &o, charset, page, len, k ? dice(len + 1) : len,
                k == 3 ? 1 : 1 + dice(40));

            CHECK(r.len == chars[n].text, "round %u: the model's length", i);

            CHECK(o.len == expected.len
                  && memcmp(o.data, expected.data, o.len) == 0
                  && !o.misplaced, "round %u: the model's output", i);
        }
    }
}


/* A page without an error, whose every escape has a character after it. */

static size_t
valid_page(ngx_consent_charset_e charset, u_char *p)
{
    size_t   i, n, len;
    u_char  *start;

    static const struct {
        char   escape[4];
        char   chars[4][3];
    } states[] = {
        { "\x1b(B", { "a", "<", "\\", "~" } },
        { "\x1b(J", { "b", ">", "\\", "~" } },
        { "\x1b(I", { "A", "<", "!", "(" } },
        { "\x1b$B", { "!!", "$s", "!k", "0!" } }
    };

    static const char  units[] = "a\0<\0\\\0\x02\x30\xe9\0\0\x3c\x3c\x3c";

    len = dice(40);
    start = p;

    if (charset != NGX_CONSENT_CHARSET_ISO_2022_JP) {

        for ( /* void */ ; len--; p += 2) {
            i = 2 * dice(7);
            p[0] = units[i + (charset == NGX_CONSENT_CHARSET_UTF_16BE)];
            p[1] = units[i + (charset != NGX_CONSENT_CHARSET_UTF_16BE)];
        }

        return p - start;
    }

    for (i = 0; len--; /* void */) {

        if (dice(3) == 0) {
            i = dice(4);
            memcpy(p, states[i].escape, 3);
            p += 3;
            len += (len == 0);
        }

        do {
            n = dice(4);
            memcpy(p, states[i].chars[n], strlen(states[i].chars[n]));
            p += strlen(states[i].chars[n]);
        } while (dice(2) && p - start < PAGE_MAX - 8);

        if (p - start > PAGE_MAX - 16) {
            break;
        }
    }

    return p - start;
}


/* What a browser decodes of the output is the text with the edits in it. */

static void
check_meaning(unsigned rounds)
{
    u_char                  page[PAGE_MAX];
    size_t                  len, n, k, at;
    unsigned                i;
    static edits_t          edits;
    static reader_t         r, again;
    static output_t         o, expected, same;
    ngx_consent_charset_e   charset;

    r.edits = &edits;

    for (i = 0; i < rounds; i++) {

        charset = charsets[i % 3];
        len = valid_page(charset, page);

        n = charset == NGX_CONSENT_CHARSET_ISO_2022_JP
            ? model_jis(page, len)
            : model_utf_16(charset == NGX_CONSENT_CHARSET_UTF_16BE, page, len);

        random_edits(&edits, chars[n].text);
        run(&r, &o, charset, page, len, len, 1);

        expected.len = 0;

        for (k = 0; k <= n; k++) {
            at = chars[k].text;

            if (edits.insert[at]) {
                model_put(&expected, edits.insert[at],
                          strlen(edits.insert[at]));
            }

            if (k < n && !edits.drop[at]) {
                model_put(&expected, r.text + at, chars[k + 1].text - at);
            }

            for (at++; k < n && at < chars[k + 1].text; at++) {
                if (edits.insert[at]) {
                    model_put(&expected, edits.insert[at],
                              strlen(edits.insert[at]));
                }
            }
        }

        if (expected.len > sizeof(again.text)) {
            continue;
        }

        run(&again, &same, charset, o.data, o.len, o.len, 1);

        CHECK(again.len == expected.len
              && memcmp(again.text, expected.data, again.len) == 0,
              "round %u: the output's meaning", i);
    }
}


/* a page in the middle, judged only, and one that never ends a tag */

static ngx_int_t
hold_feed(void *data, u_char *p, size_t len, ngx_uint_t end)
{
    *(size_t *) data += len;

    return NGX_OK;
}


static void
check_rest(void)
{
    size_t                    i, n, text;
    ngx_pool_t               *pool;
    static output_t           o;
    static reader_t           r;
    ngx_consent_transcode_t   t;

    static u_char  page[] = "\xfe\xff\0a";
    static u_char  many[] = "\x1b(Ba\x1b(Jb";

    /* U+FEFF in the middle is a character */

    pool = shim_create_pool();
    ngx_consent_transcode_init(&t, NGX_CONSENT_CHARSET_UTF_16BE, 0, pool);
    t.feed = fake_feed;
    t.feed_data = &r;
    t.emit = collect;
    t.emit_data = &o;
    r.t = &t;

    CHECK(ngx_consent_transcode_feed(&t, page, 4, 1) == NGX_OK && r.len == 4,
          "no mark in the middle");
    shim_destroy_pool(pool);

    /* nothing goes out, nothing is held */

    pool = shim_create_pool();
    ngx_consent_transcode_init(&t, NGX_CONSENT_CHARSET_ISO_2022_JP, 1, pool);
    t.feed = hold_feed;
    t.feed_data = &text;
    text = 0;

    for (i = 0; i < 10000; i++) {
        ngx_consent_transcode_feed(&t, many, 8, 0);
    }

    CHECK(t.size <= 512 && text == 20000, "%zu of %zu are held", t.size, text);
    shim_destroy_pool(pool);

    /* what the page's reader holds is held, and not much more */

    for (n = 100; n <= 900; n += 400) {

        pool = shim_create_pool();
        ngx_consent_transcode_init(&t, NGX_CONSENT_CHARSET_UTF_16BE, 1, pool);
        t.feed = hold_feed;
        t.feed_data = &text;
        t.emit = collect;
        t.emit_data = &o;
        text = 0;

        for (i = 0; i < 20000; i++) {
            ngx_consent_transcode_feed(&t, page + 2, 2, 0);

            if (text > 1000) {
                ngx_consent_transcode_emit(&t, NULL, n, NGX_CONSENT_PIECE_DROP);
                text -= n;
            }
        }

        CHECK(t.queued == 2 * text && t.size <= 4096, "%zu bytes for %zu",
              t.size, 2 * text);
        shim_destroy_pool(pool);
    }
}


int
main(void)
{
    CHECK(vectors_each("text", check_text) > 1000, "texts");

    check_edits(30000);
    check_meaning(15000);
    check_rest();

    return test_done();
}
