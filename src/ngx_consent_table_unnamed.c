
/*
 * URLs that no row names, as most are: told by their bytes as they are written,
 * without taking them to pieces.
 */

#include "ngx_consent_table_int.h"
#include "ngx_consent_scan.h"


ngx_uint_t
ngx_consent_table_unnamed_base(const ngx_consent_table_t *t,
    const ngx_consent_url_t *base, const ngx_consent_grant_t *grant)
{
    ngx_consent_match_t  m;

    if (ngx_consent_table_has_host(t, &base->host)) {
        return 0;
    }

    /* whether it is the site's own does not matter if no row of these is */

    return (ngx_consent_table_find_url(t, base, 1, grant, &m) == NGX_OK)
           ? NGX_CONSENT_BASE_UNLISTED
           : NGX_CONSENT_BASE_UNLISTED|NGX_CONSENT_BASE_UNNAMED;
}


#if (NGX_CONSENT_PLAIN)

ngx_uint_t
ngx_consent_table_unnamed(const ngx_consent_table_t *t, const u_char *url,
    size_t len, ngx_uint_t base)
{
    (void) t;
    (void) url;
    (void) len;
    (void) base;

    return 0;
}

#else

#define NGX_CONSENT_URL_HTTPS    0x2f2f3a7370747468ull      /* "https://" */
#define NGX_CONSENT_URL_HTTP_7   0x002f2f3a70747468ull
#define NGX_CONSENT_URL_SLASHES  0x2f2f

static ngx_inline const u_char *ngx_consent_unnamed_end(const u_char *p,
    const u_char *last);
static ngx_inline ngx_consent_wide_bits_t ngx_consent_unnamed_no_host(
    const u_char *p);
static ngx_inline ngx_uint_t ngx_consent_unnamed_host(
    const ngx_consent_table_t *t, const u_char *host, const u_char *end);
static ngx_inline ngx_uint_t ngx_consent_unnamed_path(
    const ngx_consent_table_t *t, const u_char *p, const u_char *last);
static ngx_consent_scan_inline ngx_int_t ngx_consent_unnamed_slashes(
    const ngx_consent_table_t *t, const u_char *p, const u_char *last,
    ngx_uint_t skip);
static __attribute__((noinline)) ngx_uint_t ngx_consent_unnamed_begins(
    const ngx_consent_table_t *t, uint64_t lengths, const u_char *p,
    const u_char *last);


ngx_uint_t
ngx_consent_table_unnamed(const ngx_consent_table_t *t, const u_char *url,
    size_t len, ngx_uint_t base)
{
    u_char         buf[NGX_CONSENT_WIDE];
    uint64_t       word;
    const u_char  *p, *last, *end;

    if (len < NGX_CONSENT_WIDE) {

        if (len == 0) {
            return 0;
        }

        /* an empty fragment changes nothing */

        memset(buf, '#', NGX_CONSENT_WIDE);
        memcpy(buf, url, len);

        url = buf;
        len = NGX_CONSENT_WIDE;
    }

    last = url + len;
    word = ngx_consent_word(url);

    if (word == NGX_CONSENT_URL_HTTPS) {
        p = url + 8;

    } else if (word << 8 == NGX_CONSENT_URL_HTTP_7 << 8) {
        p = url + 7;

    } else if ((word & 0xffff) == NGX_CONSENT_URL_SLASHES) {
        p = url + 2;

    } else if (*url == '/') {
        return (base & NGX_CONSENT_BASE_UNLISTED)
               && ngx_consent_unnamed_path(t, url, last);

    } else {
        return *url == '#' && (base & NGX_CONSENT_BASE_UNNAMED);
    }

    end = ngx_consent_unnamed_end(p, last);

    return end - p >= NGX_CONSENT_WORD
           && (end == last || *end == '/' || *end == '?' || *end == '#')
           && ngx_consent_unnamed_host(t, p, end)
           && ((!t->any_paths && !t->site_paths)
               || ngx_consent_unnamed_path(t, end, last));
}


/* Where a host ends: behind it is what a host has no need of. */

static ngx_inline const u_char *
ngx_consent_unnamed_end(const u_char *p, const u_char *last)
{
    ngx_uint_t               skip;
    ngx_consent_wide_bits_t  bits;

    for ( /* void */ ; last - p >= NGX_CONSENT_WIDE; p += NGX_CONSENT_WIDE) {

        bits = ngx_consent_unnamed_no_host(p);

        if (bits) {
            return p + ngx_consent_wide_index(bits);
        }
    }

    if (p == last) {
        return last;
    }

    /* of the rest with what is before it */

    skip = NGX_CONSENT_WIDE - (last - p);
    bits = ngx_consent_wide_from(ngx_consent_unnamed_no_host(p - skip), skip);

    return bits ? p + ngx_consent_wide_index(bits) : last;
}


static ngx_inline ngx_consent_wide_bits_t
ngx_consent_unnamed_no_host(const u_char *p)
{
    ngx_consent_wide_t       w;
    ngx_consent_wide_bits_t  bits;

    w = ngx_consent_wide_load(p);

    /* "-./0123456789": a '/' comes out below */

    bits = ngx_consent_wide_bits(
               ngx_consent_wide_or(ngx_consent_wide_in(w, 'a', 'z'),
                                   ngx_consent_wide_in(w, '-', '9')));

    return (bits ^ ngx_consent_wide_every)
           | ngx_consent_wide_bits(ngx_consent_wide_eq(w, '/'));
}


/* 1 if neither the host nor one that it is beneath of is listed */

static ngx_inline ngx_uint_t
ngx_consent_unnamed_host(const ngx_consent_table_t *t, const u_char *host,
    const u_char *end)
{
    size_t      n, len;
    uint32_t    found[NGX_CONSENT_URL_HOSTS];
    uint64_t    tail, dots, bit;
    ngx_uint_t  listed;

    tail = ngx_consent_word(end - NGX_CONSENT_WORD);
    dots = ngx_consent_word_is(tail, '.');

    /* an address, a last dot, or a name that is seldom */

    if (dots == 0) {
        return 0;
    }

    len = __builtin_clzll(dots) / 8;

    if (len == 0 || *(end - len) < 'a') {
        return 0;
    }

    bit = ngx_consent_tail_bit(t, tail);
    listed = t->tails[bit / 64] >> bit % 64 & 1;

    /* a name that is shorter: ngx_consent_host_bit() */

    for ( /* void */ ; dots; dots &= dots - 1) {

        n = ngx_consent_word_first(dots) + 1;
        len = NGX_CONSENT_WORD - n;

        if (t->host_names >> len & 1) {
            bit = ngx_consent_tail_bit(t, tail >> 8 * n ^ len);
            listed |= t->tails[bit / 64] >> bit % 64 & 1;
        }
    }

    return !listed || ngx_consent_url_hosts(t, host, end - host, found) == 0;
}


/*
 * 1 if no row of the site itself or of any host is for the path, to the URL's
 * end.  Two bytes behind a slash tell; where they are not in the path they name
 * no row but those of any path, which all bytes do.
 */

static ngx_inline ngx_uint_t
ngx_consent_unnamed_path(const ngx_consent_table_t *t, const u_char *p,
    const u_char *last)
{
    uint32_t   slot;
    ngx_int_t  rc;

    if (t->encoded_paths && ngx_consent_table_raw_path(p, last)) {
        return 0;
    }

    slot = (last - p > 2) ? ngx_consent_path_slot(p[1], p[2]) : 0;

    if (t->site[slot] || t->any[0]) {
        return 0;
    }

    for ( /* void */ ; last - p >= NGX_CONSENT_WIDE; p += NGX_CONSENT_WIDE) {

        rc = ngx_consent_unnamed_slashes(t, p, last, 0);

        if (rc != NGX_AGAIN) {
            return rc == NGX_OK;
        }
    }

    return p == last
           || ngx_consent_unnamed_slashes(t, p, last,
                                          NGX_CONSENT_WIDE - (last - p))
              != NGX_DECLINED;
}


/*
 * NGX_OK: the path ends in the bytes at p; NGX_AGAIN: behind them.  So many of
 * them as are skipped stand before p.
 */

static ngx_consent_scan_inline ngx_int_t
ngx_consent_unnamed_slashes(const ngx_consent_table_t *t, const u_char *p,
    const u_char *last, ngx_uint_t skip)
{
    uint64_t                  lengths;
    const u_char             *s;
    ngx_consent_wide_t        w;
    ngx_consent_wide_bits_t   slashes, odd;

    w = ngx_consent_wide_load(p - skip);

    /* the path's end, or what may have to be decoded or dropped first */

    odd = ngx_consent_wide_bits(
              ngx_consent_wide_or(
                  ngx_consent_wide_or(ngx_consent_wide_eq(w, '?'),
                                      ngx_consent_wide_eq(w, '\\')),
                  ngx_consent_wide_le(w, '&')));
    odd = ngx_consent_wide_from(odd, skip);

    slashes = ngx_consent_wide_bits(ngx_consent_wide_eq(w, '/'));
    slashes = ngx_consent_wide_from(slashes, skip);

    if (odd) {
        slashes &= (odd & -odd) - 1;
    }

    for ( /* void */ ; slashes; slashes = ngx_consent_wide_rest(slashes)) {

        s = p + ngx_consent_wide_index(slashes);

        if (last - s <= 2) {
            break;
        }

        /* a step in the path: what is behind it may be its beginning */

        if (s[1] == '.' && (s[2] == '.' || s[2] == '/')) {
            return NGX_DECLINED;
        }

        lengths = t->any[ngx_consent_path_slot(s[1], s[2])];

        if (lengths && ngx_consent_unnamed_begins(t, lengths, s, last)) {
            return NGX_DECLINED;
        }
    }

    if (odd == 0) {
        return NGX_AGAIN;
    }

    p += ngx_consent_wide_index(odd);

    return (*p == '?' || *p == '#') ? NGX_OK : NGX_DECLINED;
}


/* 1 if a key of any host's paths begins there: it has one of these lengths */

static ngx_uint_t
ngx_consent_unnamed_begins(const ngx_consent_table_t *t, uint64_t lengths,
    const u_char *p, const u_char *last)
{
    uint32_t   hash, slot, ref;

    hash = ngx_consent_hash_init(NGX_CONSENT_SCOPE_ANY);

    for ( ;; ) {

        if (lengths & 1) {

            for (slot = ngx_consent_slot_of(t, hash); t->slots[slot].ref;
                 slot = (slot + 1) & (t->nslots - 1))
            {
                ref = t->slots[slot].ref;

                if (t->slots[slot].hash == hash
                    && !(ref & NGX_CONSENT_REF_OTHER)
                    && t->rules[ref - 1].scope == NGX_CONSENT_SCOPE_ANY)
                {
                    return 1;
                }
            }
        }

        lengths >>= 1;

        if (lengths == 0 || p == last) {
            return 0;
        }

        hash = ngx_consent_hash_step(hash, *p);
        p++;
    }
}

#endif
