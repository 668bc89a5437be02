
#include "ngx_consent_transcode.h"


/*
 * Every raw byte is decoded twice: by t->in when it is read, and by t->out when
 * the piece of text that it became comes back.  So which bytes a piece stands
 * for needs no map.  Both meet a character in the same memory, because one that
 * a buffer's end cuts is completed in the queue.
 *
 * Bytes that yield no text, an escape, go where the character after them goes.
 * t->reader is what a browser has seen of the escapes in the output; where it
 * differs from t->out, because text was inserted or an escape was dropped, an
 * escape of ours stands before the next character.
 */

#define NGX_CONSENT_TRANSCODE_QUEUE_MIN  512

#define ngx_consent_transcode_is_jis(t)                                      \
    ((t)->out.charset == NGX_CONSENT_CHARSET_ISO_2022_JP)

/* bytes not decided */
#define ngx_consent_transcode_open(t)                                        \
    ((t)->queued + (size_t) ((t)->last - (t)->from))


/* t->lone: the output ends in an ESC or an ESC and its '(' or '$' ... */

#define NGX_CONSENT_LONE_ESC    1
#define NGX_CONSENT_LONE_BEGUN  2
/* ... or in half a unit of UTF-16 */
#define NGX_CONSENT_LONE_BYTE   3


static ngx_int_t ngx_consent_transcode_next(ngx_consent_transcode_t *t,
    ngx_consent_decode_t *d, size_t at, ngx_consent_char_t *c,
    const u_char **raw);
static ngx_int_t ngx_consent_transcode_read(ngx_consent_transcode_t *t,
    size_t n, ngx_uint_t end);
static ngx_int_t ngx_consent_transcode_mark(ngx_consent_transcode_t *t);
static ngx_int_t ngx_consent_transcode_keep(ngx_consent_transcode_t *t,
    size_t len);
static ngx_int_t ngx_consent_transcode_drop(ngx_consent_transcode_t *t,
    size_t len);
static void ngx_consent_transcode_ends(ngx_consent_transcode_t *t,
    const ngx_consent_char_t *c, u_char first);
static size_t ngx_consent_transcode_cover(ngx_consent_transcode_t *t,
    const ngx_consent_char_t *c, size_t len);
static ngx_int_t ngx_consent_transcode_out(ngx_consent_transcode_t *t,
    size_t n, ngx_uint_t drop);
static ngx_int_t ngx_consent_transcode_insert(ngx_consent_transcode_t *t,
    u_char *p, size_t len);
static ngx_int_t ngx_consent_transcode_insert_16(ngx_consent_transcode_t *t,
    const u_char *p, size_t len);
static ngx_int_t ngx_consent_transcode_escape(ngx_consent_transcode_t *t,
    ngx_consent_jis_e jis);
static ngx_int_t ngx_consent_transcode_queue(ngx_consent_transcode_t *t,
    size_t n);


static const ngx_str_t  ngx_consent_transcode_escapes[] = {
    ngx_string("\x1b(B"),               /* NGX_CONSENT_JIS_ASCII */
    ngx_string("\x1b(J"),
    ngx_string("\x1b(I"),
    ngx_string("\x1b$B")
};


void
ngx_consent_transcode_init(ngx_consent_transcode_t *t,
    ngx_consent_charset_e charset, ngx_uint_t start, ngx_pool_t *pool)
{
    memset(t, 0, sizeof(ngx_consent_transcode_t));

    ngx_consent_decode_init(&t->in, charset, start);
    ngx_consent_decode_init(&t->out, charset, start);

    t->reader = NGX_CONSENT_JIS_ASCII;
    t->pool = pool;
}


ngx_int_t
ngx_consent_transcode_feed(ngx_consent_transcode_t *t, u_char *p, size_t len,
    ngx_uint_t end)
{
    size_t              n;
    const u_char       *raw;
    ngx_consent_char_t  c;

    if (t->text == NULL) {
        t->text = ngx_pnalloc(t->pool, NGX_CONSENT_TRANSCODE_BUFFER);
        if (t->text == NULL) {
            return NGX_ERROR;
        }
    }

    t->from = p;
    t->last = p + len;
    t->end = end ? 1 : 0;

    n = 0;

    for ( ;; ) {

        if (ngx_consent_transcode_next(t, &t->in, t->read, &c, &raw)
            != NGX_OK)
        {
            if (t->read >= t->queued || t->from == t->last) {
                break;
            }

            /* a character that the last buffer's end cut */

            if (ngx_consent_transcode_queue(t, 1) != NGX_OK) {
                return NGX_ERROR;
            }

            continue;
        }

        t->read += c.raw;

        memcpy(t->text + n, c.text, c.len);
        n += c.len;

        if (n > NGX_CONSENT_TRANSCODE_BUFFER - NGX_CONSENT_DECODE_TEXT) {

            if (ngx_consent_transcode_read(t, n, 0) != NGX_OK) {
                return NGX_ERROR;
            }

            n = 0;
        }
    }

    if ((n || end) && ngx_consent_transcode_read(t, n, end) != NGX_OK) {
        return NGX_ERROR;
    }

    if (end) {
        /* escapes after the last character */
        return ngx_consent_transcode_out(t, ngx_consent_transcode_open(t), 0);
    }

    return ngx_consent_transcode_queue(t, t->last - t->from);
}


/*
 * The character at the open byte number `at'.  NGX_AGAIN: it is not there or
 * not whole.
 */

static ngx_int_t
ngx_consent_transcode_next(ngx_consent_transcode_t *t, ngx_consent_decode_t *d,
    size_t at, ngx_consent_char_t *c, const u_char **raw)
{
    ngx_uint_t     end;
    const u_char  *p, *last;

    if (at < t->queued) {
        p = t->queue + t->start + at;
        last = t->queue + t->start + t->queued;
        end = t->end && t->from == t->last;

    } else {
        p = t->from + (at - t->queued);
        last = t->last;
        end = t->end;
    }

    if (p == last) {
        return NGX_AGAIN;
    }

    *raw = p;

    return ngx_consent_decode(d, p, last, end, c);
}


/* The page's reader gets n bytes of text. */

static ngx_int_t
ngx_consent_transcode_read(ngx_consent_transcode_t *t, size_t n,
    ngx_uint_t end)
{
    if (t->feed(t->feed_data, t->text, n, end) != NGX_OK) {
        return NGX_ERROR;
    }

    /* where nothing goes out, no piece comes back */

    if (t->emit == NULL) {
        return ngx_consent_transcode_out(t, t->read, 0);
    }

    return NGX_OK;
}


ngx_int_t
ngx_consent_transcode_emit(void *data, u_char *p, size_t len,
    ngx_consent_piece_e kind)
{
    ngx_consent_transcode_t *t = data;

    if (t->out.start && ngx_consent_transcode_mark(t) != NGX_OK) {
        return NGX_ERROR;
    }

    if (kind == NGX_CONSENT_PIECE_INSERT) {
        return len ? ngx_consent_transcode_insert(t, p, len) : NGX_OK;
    }

    /* what is left of a character has gone with its first byte */

    if (len <= t->part) {
        t->part -= len;
        return NGX_OK;
    }

    len -= t->part;
    t->part = 0;

    if (kind == NGX_CONSENT_PIECE_DROP) {
        return ngx_consent_transcode_drop(t, len);
    }

    return ngx_consent_transcode_keep(t, len);
}


/* A byte order mark stays the page's first character. */

static ngx_int_t
ngx_consent_transcode_mark(ngx_consent_transcode_t *t)
{
    const u_char       *raw;
    ngx_consent_char_t  c;

    if (ngx_consent_transcode_is_jis(t)) {
        t->out.start = 0;
        return NGX_OK;
    }

    if (ngx_consent_transcode_next(t, &t->out, 0, &c, &raw) == NGX_OK
        && c.len == 0)
    {
        return ngx_consent_transcode_out(t, c.raw, 0);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_transcode_keep(ngx_consent_transcode_t *t, size_t len)
{
    size_t              n;
    const u_char       *raw;
    ngx_consent_char_t  c;

    for (n = 0; len; n += c.raw) {

        if (ngx_consent_transcode_next(t, &t->out, n, &c, &raw) != NGX_OK) {
            break;
        }

        if (!c.escape && t->reader != t->out.jis) {

            if (ngx_consent_transcode_out(t, n, 0) != NGX_OK
                || ngx_consent_transcode_escape(t, t->out.jis) != NGX_OK)
            {
                return NGX_ERROR;
            }

            n = 0;
        }

        t->reader = t->out.jis;

        ngx_consent_transcode_ends(t, &c, *raw);

        len = ngx_consent_transcode_cover(t, &c, len);
    }

    return ngx_consent_transcode_out(t, n, 0);
}


static ngx_int_t
ngx_consent_transcode_drop(ngx_consent_transcode_t *t, size_t len)
{
    size_t              n;
    const u_char       *raw;
    ngx_consent_char_t  c;

    /* a failed escape is not to be completed by what follows the gap */

    if (t->lone == NGX_CONSENT_LONE_ESC || t->lone == NGX_CONSENT_LONE_BEGUN) {
        t->lone = 0;
        t->reader = NGX_CONSENT_JIS_UNKNOWN;
    }

    for (n = 0; len; n += c.raw) {

        if (ngx_consent_transcode_next(t, &t->out, n, &c, &raw) != NGX_OK) {
            break;
        }

        len = ngx_consent_transcode_cover(t, &c, len);
    }

    return ngx_consent_transcode_out(t, n, 1);
}


/* What the output ends in after this character. */

static void
ngx_consent_transcode_ends(ngx_consent_transcode_t *t,
    const ngx_consent_char_t *c, u_char first)
{
    u_char  lone;

    lone = 0;

    if (!ngx_consent_transcode_is_jis(t)) {

        if (c->raw & 1) {
            lone = NGX_CONSENT_LONE_BYTE;
        }

    } else if (first == 0x1b) {

        if (!c->escape) {
            lone = NGX_CONSENT_LONE_ESC;
        }

    } else if (t->lone == NGX_CONSENT_LONE_ESC
               && (first == '(' || first == '$'))
    {
        lone = NGX_CONSENT_LONE_BEGUN;
    }

    t->lone = lone;
}


/* How much of len is left when the character's text is covered. */

static size_t
ngx_consent_transcode_cover(ngx_consent_transcode_t *t,
    const ngx_consent_char_t *c, size_t len)
{
    if (c->len > len) {
        t->part = c->len - len;
        return 0;
    }

    return len - c->len;
}


/* The first n open bytes go out, or do not. */

static ngx_int_t
ngx_consent_transcode_out(ngx_consent_transcode_t *t, size_t n,
    ngx_uint_t drop)
{
    size_t  held;

    t->read -= n < t->read ? n : t->read;

    held = n < t->queued ? n : t->queued;
    n -= held;

    if (held) {

        if (t->emit
            && t->emit(t->emit_data, drop ? NULL : t->queue + t->start, held,
                       drop ? NGX_CONSENT_PIECE_DROP : NGX_CONSENT_PIECE_HELD)
               != NGX_OK)
        {
            return NGX_ERROR;
        }

        t->queued -= held;
        t->start = t->queued ? t->start + held : 0;
    }

    if (n) {

        if (t->emit
            && t->emit(t->emit_data, drop ? NULL : t->from, n,
                       drop ? NGX_CONSENT_PIECE_DROP : NGX_CONSENT_PIECE_KEEP)
               != NGX_OK)
        {
            return NGX_ERROR;
        }

        t->from += n;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_consent_transcode_insert(ngx_consent_transcode_t *t, u_char *p, size_t len)
{
    if (!ngx_consent_transcode_is_jis(t)) {
        return ngx_consent_transcode_insert_16(t, p, len);
    }

    /* the Roman state differs from ASCII in two characters */

    if (t->reader != NGX_CONSENT_JIS_ASCII
        && (t->reader != NGX_CONSENT_JIS_ROMAN || memchr(p, '\\', len)
            || memchr(p, '~', len))
        && ngx_consent_transcode_escape(t, NGX_CONSENT_JIS_ASCII) != NGX_OK)
    {
        return NGX_ERROR;
    }

    t->lone = 0;

    return t->emit(t->emit_data, p, len, NGX_CONSENT_PIECE_INSERT);
}


static ngx_int_t
ngx_consent_transcode_insert_16(ngx_consent_transcode_t *t, const u_char *p,
    size_t len)
{
    u_char      buf[256], *b;
    ngx_uint_t  big;

    big = (t->out.charset == NGX_CONSENT_CHARSET_UTF_16BE);
    b = buf;

    /* units go on at an even byte */

    if (t->lone == NGX_CONSENT_LONE_BYTE) {
        *b++ = 0;
        t->lone = 0;
    }

    while (len--) {

        if (big) {
            *b++ = 0;
        }

        *b++ = *p++;

        if (!big) {
            *b++ = 0;
        }

        if (len && b - buf < (ssize_t) sizeof(buf) - 2) {
            continue;
        }

        if (t->emit(t->emit_data, buf, b - buf, NGX_CONSENT_PIECE_INSERT)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        b = buf;
    }

    return NGX_OK;
}


/* The output goes on in this state. */

static ngx_int_t
ngx_consent_transcode_escape(ngx_consent_transcode_t *t, ngx_consent_jis_e jis)
{
    const ngx_str_t  *escape;

    escape = &ngx_consent_transcode_escapes[jis];

    t->reader = jis;

    return t->emit(t->emit_data, escape->data, escape->len,
                   NGX_CONSENT_PIECE_INSERT);
}


/* The first n bytes of the input join the queue. */

static ngx_int_t
ngx_consent_transcode_queue(ngx_consent_transcode_t *t, size_t n)
{
    size_t   size;
    u_char  *p;

    if (n == 0) {
        return NGX_OK;
    }

    if (t->start + t->queued + n > t->size) {

        p = t->queue;

        /* moved down only when that copies no more than has gone out */

        if (t->start < t->queued || t->queued + n > t->size) {

            size = t->size ? t->size : NGX_CONSENT_TRANSCODE_QUEUE_MIN;

            while (size < t->queued + n || size == t->size) {
                size *= 2;
            }

            p = ngx_pnalloc(t->pool, size);
            if (p == NULL) {
                return NGX_ERROR;
            }

            t->size = size;
        }

        if (t->queued) {
            memcpy(p, t->queue + t->start, t->queued);
        }

        t->queue = p;
        t->start = 0;
    }

    memcpy(t->queue + t->start + t->queued, t->from, n);
    t->queued += n;
    t->from += n;

    return NGX_OK;
}
