
/*
 * The table from inside.  ngx_consent_table.c takes what is written, _pattern.c
 * and _regex.c read it, _merge.c finds contradictions; _provider.c makes one of
 * all blocks of a provider, _key.c of what visitors choose it by; _index.c puts
 * rules where look-ups find them, _marker.c what is looked for in scripts;
 * _name.c, _url.c and _inline.c look up; _stub.c has what takes the place of
 * scripts; _guard.c picks what scripts in a page are judged by.
 */

#ifndef _NGX_CONSENT_TABLE_INT_H_INCLUDED_
#define _NGX_CONSENT_TABLE_INT_H_INCLUDED_


#define PCRE2_CODE_UNIT_WIDTH  8
#include <pcre2.h>

#include "ngx_consent_table.h"
#include "ngx_consent_url_int.h"
#include "ngx_consent_word.h"


/*
 * A row as it is looked up.  Everything but an expression has a key: the
 * literal bytes that what it matches must begin (or, reversed, end) with.  Keys
 * longer than a bitmap of lengths has bits are looked up by their beginning.
 */

#define NGX_CONSENT_KEY_MAX  63

typedef struct {
    const ngx_consent_row_t  *row;
    ngx_consent_mask_t   needs;
    uint32_t             scope;         /* in which the key is looked up */
    const u_char        *pattern;       /* a name, or a path; may hold '*' */
    uint16_t             len;           /* of the pattern */
    uint16_t             literal;       /* bytes of it that are no '*' */
    uint16_t             any;           /* 0, or its number: what it costs */
                                        /* grows with the URL, at each '/' */
    u_char               nargs;         /* of a URL */
    unsigned             wildcard:1;
    unsigned             platform:1;
    unsigned             domain:1;      /* the row has one */
} ngx_consent_rule_t;


/*
 * Rows of any host with a '*' in their path, or with arguments.  Each URL has a
 * bit for each on the stack; one more is an error.
 */
#define NGX_CONSENT_MAX_ANY  4096


/* Where a key belongs.  Each host of a url row is a scope of its own. */

typedef enum {
    NGX_CONSENT_SCOPE_COOKIE = 0,       /* whole names */
    NGX_CONSENT_SCOPE_HEADER,
    NGX_CONSENT_SCOPE_HEADERS,          /* their wildcards */
    NGX_CONSENT_SCOPE_PREFIX,           /* cookies' wildcards */
    NGX_CONSENT_SCOPE_SUFFIX,           /* those that begin with '*' */
    NGX_CONSENT_SCOPE_HOST,             /* hosts, from their last byte */
    NGX_CONSENT_SCOPE_EXACT_HOST,       /* "=host": hashed as the others are */
    NGX_CONSENT_SCOPE_INLINE,
    NGX_CONSENT_SCOPE_SITE,             /* paths of the site itself */
    NGX_CONSENT_SCOPE_ANY,              /* paths of any host */
    NGX_CONSENT_SCOPES
} ngx_consent_scope_e;


typedef struct {
    const u_char        *name;
    uint32_t             len;
    unsigned             exact:1;
    uint64_t             lengths;       /* of the keys of its paths */
} ngx_consent_host_t;


typedef struct {
    uint32_t             hash;
    uint32_t             ref;         /* rule, host or marker + 1; 0: free */
} ngx_consent_slot_t;

#define NGX_CONSENT_REF_HOST    0x80000000
#define NGX_CONSENT_REF_MARKER  0x40000000
#define NGX_CONSENT_REF_OTHER   (NGX_CONSENT_REF_HOST|NGX_CONSENT_REF_MARKER)


typedef struct {
    pcre2_code          *code;
    ngx_consent_rule_t  *rule;
    u_char               first[32];     /* a bit a byte: a match may begin so */
} ngx_consent_regex_t;


/* what may stand in a JavaScript identifier, as far as a byte tells */

#define ngx_consent_identifier(c)                                            \
    (((u_char) (((c) | 0x20) - 'a') < 26) || ((c) >= '0' && (c) <= '9')      \
     || (c) == '_' || (c) == '$' || (c) >= 0x80)


/*
 * Inline markers.  Every other place of a script is looked at: what stands in
 * the four bytes there, as a number of 16 bits, has a bit if they may belong to
 * a key, which is what is looked for of a marker.  Either the key's place or
 * the one behind it is looked at; of a key of three bytes, or the one before.
 */

#define NGX_CONSENT_GRAMS  65536

#define NGX_CONSENT_GRAM_4         1    /* here a key begins, ... */
#define NGX_CONSENT_GRAM_4_AFTER   2    /* it began a byte before */
#define NGX_CONSENT_GRAM_3         4
#define NGX_CONSENT_GRAM_3_BEFORE  8    /* it begins with the next byte */
#define NGX_CONSENT_GRAM_3_ANY                                               \
    (NGX_CONSENT_GRAM_3|NGX_CONSENT_GRAM_3_BEFORE)

#define ngx_consent_key_3(p)                                                 \
    ((uint32_t) (p)[0] << 16 | (uint32_t) (p)[1] << 8 | (p)[2])
#define ngx_consent_key_4(p)  ngx_consent_word_4(p)


typedef struct {
    uint32_t             bytes;
    uint32_t             first;         /* marker + 1; 0: free */
} ngx_consent_marker_key_t;


typedef struct {
    uint32_t             rule;
    uint32_t             next;       /* marker + 1 with the same key; 0: none */
    uint32_t             twin;          /* ... with the same bytes, too */
    uint16_t             alike;         /* of the first one: with its key */
    u_char               offset;        /* where the key is in it */
} ngx_consent_marker_t;


/* where a path stands in t->site and t->any, by what follows its slash */

#define NGX_CONSENT_PATHS  1024

#define ngx_consent_path_slot(a, b)                                          \
    (((a) ^ (uint32_t) (b) * 41) & (NGX_CONSENT_PATHS - 1))


struct ngx_consent_table_s {
    ngx_pool_t          *pool;
    ngx_str_t            name;
    ngx_str_t            lang;          /* of its texts, or empty */

    ngx_consent_category_t  categories[NGX_CONSENT_MAX_CATEGORIES];
    ngx_uint_t           ncategories;
    size_t               choices;       /* of NGX_CONSENT_MAX_CHOICES */
    ngx_consent_mask_t   all;
    ngx_consent_mask_t   required;

    ngx_consent_provider_t  **blocks;   /* all that were written */
    ngx_uint_t           nblocks;
    ngx_uint_t           blocks_size;

    ngx_consent_row_t  **rows;
    ngx_uint_t           nrows;
    ngx_uint_t           rows_size;

    ngx_consent_override_t  *overrides;
    ngx_uint_t           noverrides;
    ngx_uint_t           overrides_size;

    uint64_t             digest;

    /* compiled */
    ngx_consent_provider_t  **providers;        /* one a name */
    ngx_uint_t           nproviders;

    ngx_consent_rule_t  *rules;
    ngx_uint_t           nrules;
    ngx_consent_host_t  *hosts;
    ngx_uint_t           nhosts;
    ngx_consent_slot_t  *slots;
    uint32_t             nslots;        /* a power of two, ... */
    uint32_t             slots_shift;   /* ... 32 less this */

    /*
     * Which lengths a scope's keys have: a bit each.  Most names have no row:
     * by the byte that tells most keys apart they are not even looked up.
     */
    uint64_t             host_names;
    uint64_t             headers;
    uint64_t             beginnings;    /* of headers */
    uint64_t             prefixes[256]; /* by the first byte */
    uint64_t             suffixes[256]; /* by the last, where a key begins */
    uint64_t             site[NGX_CONSENT_PATHS];   /* by two behind a slash */
    uint64_t             any[NGX_CONSENT_PATHS];

    /*
     * Of whole names a hash chooses a bit each: among many rows there is one of
     * any length.
     */
    uint64_t            *names;         /* cookies: ngx_consent_hash_name() */
    ngx_uint_t           names_shift;   /* 32 less the logarithm of bits */
    uint64_t            *tails;         /* of hosts: a bit or two of each */
    ngx_uint_t           tails_shift;   /* 64 less it */

    ngx_uint_t           nany;          /* of NGX_CONSENT_MAX_ANY */

    ngx_consent_rule_t **both;          /* cookies "*x*": tried one by one */
    ngx_uint_t           nboth;

    ngx_consent_regex_t *regexes;       /* tried one by one */
    ngx_uint_t           nregexes;
    pcre2_general_context  *general;
    pcre2_match_data    *match_data;

    ngx_consent_marker_t  *markers;
    ngx_uint_t           nmarkers;
    u_char              *grams;         /* of each: NGX_CONSENT_GRAM_... */
    ngx_consent_marker_key_t  *keys;
    ngx_uint_t           keys_shift;    /* of the hash, to what is a slot */

    ngx_consent_stub_t  *stubs;         /* those of a provider together */
    ngx_uint_t           ntexts;        /* that differ */
    uint32_t            *texts;         /* stub + 1, by the text; 0: free */
    uint32_t             texts_mask;

    ngx_consent_mask_t   url_needs;     /* of all such rows together */
    ngx_consent_mask_t   inline_needs;

    unsigned             exact_hosts:1;
    unsigned             platform_urls:1;
    unsigned             any_paths:1;
    unsigned             site_paths:1;
    unsigned             encoded_paths:1;       /* one of these has a "%" */
};


/* a length's bit; what is too long for one shares the last */
#define ngx_consent_length(len)                                              \
    ((uint64_t) 1 << ((len) < NGX_CONSENT_KEY_MAX ? (len)                    \
                                                  : NGX_CONSENT_KEY_MAX))

/* FNV-1a, begun with the scope */

#define ngx_consent_hash_init(scope)                                         \
    (2166136261u ^ ((uint32_t) (scope) * 0x9e3779b1u))

#define ngx_consent_hash_step(hash, c)  (((hash) ^ (c)) * 16777619u)

uint32_t ngx_consent_hash(uint32_t scope, const u_char *p, size_t len);

/* what FNV leaves in the low bits is poor: the high ones of a product count */
#define ngx_consent_slot_of(t, hash)                                         \
    ((uint32_t) ((hash) * 0x9e3779b1u) >> (t)->slots_shift)


/*
 * Of a whole name, of one byte at least: eight bytes a step, where the parts of
 * a name do not need hashes of their own.
 */

static ngx_inline uint32_t
ngx_consent_hash_name(const u_char *p, size_t len)
{
    uint32_t  head, tail;
    uint64_t  hash, word;

    hash = len;

    for ( /* void */ ; len > 8; p += 8, len -= 8) {
        memcpy(&word, p, 8);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }

    if (len >= 4) {

        /* they overlap, unless there are eight */

        memcpy(&head, p, 4);
        memcpy(&tail, p + len - 4, 4);

        word = (uint64_t) tail << 32 | head;

    } else {
        word = (uint32_t) p[0] << 16 | (uint32_t) p[len / 2] << 8 | p[len - 1];
    }

    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;

    return hash >> 32;
}


/*
 * Of each listed host a bit is set, which its length and its last eight bytes
 * choose, or fewer if it has no more: one number, and no listed name is hashed.
 * If it has so many, the bit of these alone is, too.
 */

#define ngx_consent_tail_bit(t, tail)                                        \
    ((uint64_t) (tail) * 0x9e3779b97f4a7c15u >> (t)->tails_shift)


static ngx_inline uint64_t
ngx_consent_host_bit(const ngx_consent_table_t *t, const u_char *host,
    size_t len)
{
    size_t    i;
    uint64_t  tail;

    if (len >= NGX_CONSENT_WORD) {
        tail = ngx_consent_word(host + len - NGX_CONSENT_WORD);

    } else {
        for (tail = 0, i = 0; i < len; i++) {
            tail |= (uint64_t) host[i] << 8 * i;
        }
    }

    return ngx_consent_tail_bit(t, tail ^ len);
}


/* ngx_consent_table.c */

/* One more element fits; NULL: no memory. */
void *ngx_consent_table_grow(ngx_pool_t *pool, void *elts, ngx_uint_t n,
    ngx_uint_t *size, size_t elt);

/* 1 if it has the form of a category's name, or of a provider's key */
ngx_uint_t ngx_consent_table_is_name(const ngx_str_t *name);

/* 1 if $consent_... or a directive gives the name another meaning */
ngx_uint_t ngx_consent_table_is_word(const ngx_str_t *name);

/* ngx_consent_table_key.c: one key a provider, one provider a key */

ngx_int_t ngx_consent_key_build(ngx_consent_table_t *t,
    ngx_consent_fault_t *fault);

/* ngx_consent_table_provider.c */

ngx_int_t ngx_consent_provider_build(ngx_consent_table_t *t,
    ngx_consent_fault_t *fault);

/* ngx_consent_table_digest.c */

void ngx_consent_digest_build(ngx_consent_table_t *t);

/* the same for rows that are the same to a look-up */
uint32_t ngx_consent_row_hash(const ngx_consent_row_t *row);

/* ngx_consent_table_merge.c */

ngx_int_t ngx_consent_table_overrides(ngx_consent_table_t *t,
    ngx_consent_fault_t *fault);
ngx_int_t ngx_consent_table_merge(ngx_consent_table_t *t,
    ngx_consent_fault_t *fault);
void ngx_consent_row_place(const ngx_consent_row_t *row,
    ngx_consent_place_t *place);
ngx_uint_t ngx_consent_str_eq(const ngx_str_t *a, const ngx_str_t *b);

/* ngx_consent_table_index.c */

/* Memory for slots; until they are filled it is free for other use. */
ngx_int_t ngx_consent_index_alloc(ngx_consent_table_t *t);

ngx_int_t ngx_consent_index_build(ngx_consent_table_t *t,
    ngx_consent_fault_t *fault);

void ngx_consent_index_insert(ngx_consent_table_t *t, uint32_t hash,
    uint32_t ref);

/* 1 if s matches a pattern in which '*' stands for anything */
ngx_uint_t ngx_consent_glob(const u_char *pattern, size_t pattern_len,
    const u_char *s, size_t len);

/* ngx_consent_table_regex.c */

ngx_int_t ngx_consent_name_check(ngx_consent_table_t *t,
    const ngx_consent_row_t *row, ngx_consent_fault_t *fault);
pcre2_code *ngx_consent_regex_compile(ngx_consent_table_t *t,
    const ngx_str_t *pattern, ngx_consent_fault_t *fault);
void ngx_consent_regex_first(ngx_consent_regex_t *regex);

/* ngx_consent_table_name.c: 1 if the site can have a cookie of that row */
ngx_uint_t ngx_consent_name_domain(const ngx_consent_row_t *row,
    const ngx_str_t *host);

/* ngx_consent_table_pattern.c */

typedef struct {
    ngx_consent_scope_e  scope;
    ngx_str_t            host;
    ngx_str_t            path;          /* without a '/' at its end */
    ngx_str_t            args;
} ngx_consent_url_row_t;

/*
 * Makes one of all spellings of a url row's pattern, from the pool if need be:
 * the host as DNS has it, the path as the URL standard's parser leaves it,
 * arguments decoded.  So rows are the bytes that URLs are looked up by.
 */
ngx_int_t ngx_consent_url_row(ngx_pool_t *pool, ngx_str_t *pattern,
    ngx_consent_fault_t *fault);

/* Takes it to pieces. */
void ngx_consent_url_row_split(const ngx_str_t *pattern,
    ngx_consent_url_row_t *row);

/* The same for two that are, and begun with another hash. */
uint32_t ngx_consent_pattern_hash(uint32_t hash, ngx_consent_row_e kind,
    const ngx_str_t *pattern);

/* A header's name is the same in any case. */
ngx_uint_t ngx_consent_pattern_same(ngx_consent_row_e kind, const ngx_str_t *a,
    const ngx_str_t *b);

/* ngx_consent_table_url.c */

/*
 * Listed hosts that one host may have beneath each other; of more the longest
 * ones count.
 */
#define NGX_CONSENT_URL_HOSTS  16

/* their numbers, the longest first; how many */
ngx_uint_t ngx_consent_url_hosts(const ngx_consent_table_t *t,
    const u_char *host, size_t host_len, uint32_t *found);

/* 1 if what comes before arguments is not all written as rows have it */
ngx_uint_t ngx_consent_table_raw_path(const u_char *p, const u_char *last);

/* the arguments that a row with some names */
void ngx_consent_rule_args(const ngx_consent_rule_t *rule, ngx_str_t *args);

/* ngx_consent_table_marker.c */

ngx_int_t ngx_consent_marker_build(ngx_consent_table_t *t);

/* The one that has these bytes; NULL: there is none. */
ngx_consent_marker_t *ngx_consent_marker_find(const ngx_consent_table_t *t,
    const u_char *p, size_t len);


static ngx_inline uint16_t
ngx_consent_gram(const u_char *p)
{
    return ngx_consent_word_2(p) ^ (uint32_t) ngx_consent_word_2(p + 2) << 5;
}


/* The key's slot, or the free one that it would get. */

static ngx_inline ngx_consent_marker_key_t *
ngx_consent_marker_slot(const ngx_consent_table_t *t, uint32_t bytes)
{
    uint32_t  slot, mask;

    slot = (bytes * 0x9e3779b1u) >> t->keys_shift;
    mask = 0xffffffff >> t->keys_shift;

    while (t->keys[slot].first && t->keys[slot].bytes != bytes) {
        slot = (slot + 1) & mask;
    }

    return &t->keys[slot];
}


/* ngx_consent_table_stub.c */

ngx_int_t ngx_consent_stub_check(const ngx_consent_row_t *row,
    ngx_consent_fault_t *fault);
ngx_int_t ngx_consent_stub_build(ngx_consent_table_t *t);

/* NGX_DECLINED, with the reason */
ngx_int_t ngx_consent_fault(ngx_consent_fault_t *fault, char *reason,
    const ngx_str_t *subject);

/* what is not granted of a rule */
#define ngx_consent_rule_missing(rule, grant)                                \
    ((rule)->needs                                                           \
     & ~ngx_consent_table_granted(grant, (rule)->row->provider))

/* a: more specific than b; both match the same */
void ngx_consent_match_take(ngx_consent_match_t *m,
    const ngx_consent_rule_t *rule, ngx_uint_t *best, ngx_uint_t rank);


#endif /* _NGX_CONSENT_TABLE_INT_H_INCLUDED_ */
