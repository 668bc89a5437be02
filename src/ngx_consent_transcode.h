
/*
 * Stands between the caller and the reader of a page whose bytes are not
 * ASCII's: UTF-16 and ISO-2022-JP go in, the page is read in UTF-8, and what is
 * kept of it goes out as the very bytes that came in.
 */

#ifndef _NGX_CONSENT_TRANSCODE_H_INCLUDED_
#define _NGX_CONSENT_TRANSCODE_H_INCLUDED_


#include "ngx_consent.h"
#include "ngx_consent_charset.h"
#include "ngx_consent_decode.h"
#include "ngx_consent_edit.h"


/* bytes of UTF-8 that the page's reader gets at once */
#define NGX_CONSENT_TRANSCODE_BUFFER  4096


/* The page's reader: as ngx_consent_page_feed(). */

typedef ngx_int_t (*ngx_consent_feed_pt)(void *data, u_char *p, size_t len,
    ngx_uint_t end);


typedef struct {
    ngx_consent_feed_pt  feed;
    void                *feed_data;

    ngx_consent_emit_pt  emit;          /* NULL: nothing goes out */
    void                *emit_data;

    /* what follows is the room's own */

    ngx_consent_decode_t  in;           /* at the end of what is read */
    ngx_consent_decode_t  out;          /* at the end of what is decided */
    ngx_consent_jis_e    reader;        /* the state at the output's end */

    size_t               part;          /* text of the last decided character */
                                        /* that no piece has covered yet */
    u_char               lone;          /* what the output's end lacks */

    /* raw bytes not decided: the queue's, then the input's `from' on */
    ngx_pool_t          *pool;
    u_char              *queue;
    size_t               start;
    size_t               queued;
    size_t               size;
    u_char              *from;
    u_char              *last;
    size_t               read;          /* of them, by the page's reader */
    unsigned             end:1;

    u_char              *text;          /* what the page's reader gets */
} ngx_consent_transcode_t;


/*
 * charset is UTF_16LE, UTF_16BE or ISO_2022_JP; start: the page's first byte
 * follows.  Without it the bytes before were ASCII's.  The caller sets feed and
 * emit.
 */
void ngx_consent_transcode_init(ngx_consent_transcode_t *t,
    ngx_consent_charset_e charset, ngx_uint_t start, ngx_pool_t *pool);

/*
 * Feeds one buffer of raw bytes.  As ngx_consent_page_feed(): when the call
 * returns every byte of it has been emitted or is held, and nothing is held
 * after the end.  NGX_OK, or NGX_ERROR when memory is short or the reader or
 * the emitter says so.
 *
 * What is held are the bytes of the text that the page's reader holds, and an
 * incomplete character.  A byte of text is two in UTF-16, four at most in
 * ISO-2022-JP (each character with an escape of its own).
 */
ngx_int_t ngx_consent_transcode_feed(ngx_consent_transcode_t *t, u_char *p,
    size_t len, ngx_uint_t end);

/*
 * The emitter of the page's reader; data is the ngx_consent_transcode_t.  A
 * character goes where the first byte of its text goes.  An insertion is ASCII.
 */
ngx_int_t ngx_consent_transcode_emit(void *data, u_char *p, size_t len,
    ngx_consent_piece_e kind);


#endif /* _NGX_CONSENT_TRANSCODE_H_INCLUDED_ */
