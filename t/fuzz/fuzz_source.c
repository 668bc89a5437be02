
/*
 * Consent platforms' cookies, any format: every read stays in the cookie, no
 * broken or missing choice is a grant, what is sent twice or in several lines
 * says the same, one more copy never grants more, and nothing but the source's
 * own cookies tells anything.  The same of each provider and vendor.
 */

#include <stdlib.h>

#include "ngx_consent_source_map.h"


#define NOW      1764000000
#define KEYS     64
#define LINES    8
#define VENDORS  3
#define PROVIDERS  4             /* the last one has no rule */


static const uint32_t  vendors[VENDORS] = { 1, 755, 65535 };


/* what is said of each provider: as such, and as one of the vendors */

typedef struct {
    ngx_consent_opinion_t      all;
    ngx_consent_opinion_t      of[PROVIDERS][2];
    ngx_consent_vendor_says_t  vendors[VENDORS];
} heard_t;


static void
expect(int ok)
{
    if (!ok) {
        abort();
    }
}


static void *
room(size_t size)
{
    void  *p;

    p = malloc(size ? size : 1);
    expect(p != NULL);

    return p;
}


static ngx_str_t
copy(const void *p, size_t len)
{
    ngx_str_t  s;

    s.len = len;
    s.data = room(len);

    if (len) {
        memcpy(s.data, p, len);
    }

    return s;
}


static void
said(void *data, ngx_consent_key_e of, const u_char *key, size_t len,
    ngx_uint_t yes)
{
    size_t     i;
    uint32_t  *sum;

    /* each byte is read */

    sum = data;

    for (i = 0; i < len; i++) {
        *sum += key[i];
    }

    expect(of <= NGX_CONSENT_KEY_VENDOR && yes <= 1);
}


static void
vendor(void *data, uint32_t id, uint32_t consent, uint32_t interest)
{
    expect(id == vendors[0] || id == vendors[1] || id == vendors[2]);
    expect((consent & interest & ~0xffffff) == 0);
}


/* how the format is asked: the rules are those of its built-in map, and more */

typedef struct {
    ngx_consent_asked_t     asked;
    ngx_consent_jar_t       jar;
    ngx_consent_map_t       rules;
    ngx_consent_wanted_t    wanted[KEYS];
    ngx_uint_t              keys[KEYS];
    ngx_consent_map_rule_t  rule[KEYS];
    ngx_consent_key_t       rows[KEYS];
} ask_t;


static void
prepare(ask_t *a, const ngx_consent_format_t *format, unsigned flags)
{
    ngx_uint_t                   n, bad;
    const ngx_consent_stands_t  *stands;

    static const ngx_consent_key_t  more[] = {
        { ngx_string("a"), 4, 0 },
        { ngx_string("vendor:google+service:ads/ga"), 8, 0 },
        { ngx_string("b+c"), 2, 0 },
        { ngx_string("a"), 1, 2 },
        { ngx_string("p1+vendor:755"), 1, 1 },
        { ngx_string("vendor:google"), 0, 3 },
        { ngx_string("sale"), 0, 3 },
        { ngx_string("p2"), 8, 0 }
    };

    memset(a, 0, sizeof(ask_t));

    a->asked.format = format;
    a->asked.jar = &a->jar;
    a->asked.revision = flags & 2 ? 3 : -1;
    a->asked.disclosed_any = (flags & 4) != 0;

    if (flags & 64) {
        a->asked.cookie = (ngx_str_t) ngx_string("mine");
        a->asked.prefix = (ngx_str_t) ngx_string("my_");
    }

    a->asked.vendors = vendors;
    a->asked.nvendors = VENDORS;

    if (flags & 8) {
        a->asked.disclosed = vendors;
        a->asked.ndisclosed = VENDORS;
    }

    a->asked.buf = room(NGX_CONSENT_SOURCE_MAX_VALUE);
    a->asked.more = room(NGX_CONSENT_SOURCE_MAX_VALUE);

    for (n = 0; n < sizeof(more) / sizeof(more[0]); n++) {
        a->rows[n] = more[n];
    }

    for (stands = format->stands; stands && stands->keys; stands++, n++) {
        a->rows[n].key.data = (u_char *) stands->keys;
        a->rows[n].key.len = strlen(stands->keys);
        a->rows[n].mask = (ngx_consent_mask_t) 1 << n % 8;
    }

    expect(ngx_consent_map_keys(a->rows, n) <= KEYS);
    expect(ngx_consent_map_make(&a->rules, format, a->rows, n, a->wanted,
                                  a->keys, a->rule, &bad)
           == NGX_OK);

    a->asked.now = NOW;
    a->rules.implied = (flags & 16) != 0;
    a->rules.max_age = flags & 32 ? 395 * 86400 : 0;
}


static void
check_opinion(const ask_t *a, const ngx_consent_opinion_t *o)
{
    expect((o->granted & o->denied) == 0);
    expect(o->granted == 0 || o->state == NGX_CONSENT_DECIDED
           || (o->state == NGX_CONSENT_IMPLIED && a->rules.implied));
    expect(!a->asked.format->veto || o->granted == 0);
}


static void
check_provider(const ask_t *a, const u_char *said, ngx_uint_t i, heard_t *h)
{
    const ngx_consent_opinion_t      *all;
    const ngx_consent_vendor_says_t  *vendor;

    all = &h->all;
    vendor = &h->vendors[i % VENDORS];

    ngx_consent_source_of_provider(&a->asked, &a->rules, said, all, i, NULL,
                                   &h->of[i][0]);
    ngx_consent_source_of_provider(&a->asked, &a->rules, said, all, i, vendor,
                                   &h->of[i][1]);

    check_opinion(a, &h->of[i][0]);
    check_opinion(a, &h->of[i][1]);

    if (i < PROVIDERS - 1) {

        /* its rules say yes to everything, no to everything, or nothing */

        expect(memcmp(&h->of[i][0], &h->of[i][1],
                      sizeof(ngx_consent_opinion_t))
               == 0);
        expect(h->of[i][0].granted == (ngx_consent_mask_t) -1
               || h->of[i][0].denied == (ngx_consent_mask_t) -1
               || (h->of[i][0].granted == all->granted
                   && h->of[i][0].denied == all->denied));
        expect(all->state != NGX_CONSENT_INVALID
               || h->of[i][0].denied == (ngx_consent_mask_t) -1);
        return;
    }

    /* a vendor gets no more than anybody else */

    expect(h->of[i][0].granted == all->granted
           && h->of[i][0].denied == all->denied);
    expect((h->of[i][1].granted & ~all->granted) == 0
           && (all->denied & ~h->of[i][1].denied) == 0);
    expect((h->of[i][1].granted | h->of[i][1].denied)
           == (all->granted | all->denied));
}


static void
ask(ask_t *a, const ngx_str_t *lines, ngx_uint_t n, heard_t *h)
{
    u_char                     *bytes;
    ngx_uint_t                  i;
    ngx_consent_opinion_t      *o;
    ngx_consent_vendor_says_t  *says;

    a->jar.lines = lines;
    a->jar.nlines = n;

    memset(h, 0, sizeof(heard_t));
    o = &h->all;

    bytes = room(2 * a->rules.nwanted);
    says = room(sizeof(h->vendors));

    ngx_consent_source_read(&a->asked, &a->rules, bytes, says, o);
    memcpy(h->vendors, says, sizeof(h->vendors));

    check_opinion(a, o);
    expect(((o->granted | o->denied) & ~a->rules.mapped) == 0);
    expect(o->state != NGX_CONSENT_INVALID || o->denied == a->rules.mapped);
    expect(a->asked.format->dated || o->time == 0);

    for (i = 0; i < VENDORS; i++) {
        expect(((says[i].consent | says[i].interest) & ~0xffffff) == 0);
        expect((says[i].consent | says[i].interest) == 0
               || o->state == NGX_CONSENT_DECIDED);
    }

    for (i = 0; i < PROVIDERS; i++) {
        check_provider(a, bytes, i, h);
    }

    free(says);
    free(bytes);
}


static void
expect_same(const heard_t *a, const heard_t *b)
{
    ngx_uint_t  i;

    expect(a->all.state == b->all.state && a->all.granted == b->all.granted
           && a->all.denied == b->all.denied && a->all.time == b->all.time);
    expect(memcmp(a->vendors, b->vendors, sizeof(a->vendors)) == 0);

    for (i = 0; i < PROVIDERS; i++) {
        expect(a->of[i][0].granted == b->of[i][0].granted
               && a->of[i][0].denied == b->of[i][0].denied
               && a->of[i][1].granted == b->of[i][1].granted
               && a->of[i][1].denied == b->of[i][1].denied);
    }
}


/* Only the source's own cookies, in one line: it says the same. */

static void
check_owned(ask_t *a, const ngx_str_t *lines, ngx_uint_t n, const heard_t *h)
{
    heard_t               other;
    ngx_str_t             own, name;
    ngx_uint_t            i;
    ngx_consent_jar_t     jar;
    ngx_consent_jar_at_t  at;
    ngx_consent_cookie_t  c;

    own.len = 0;

    for (i = 0; i < n; i++) {
        own.len += lines[i].len + 2;
    }

    own.data = room(own.len);
    own.len = 0;

    jar.lines = lines;
    jar.nlines = n;
    memset(&at, 0, sizeof(at));

    while (ngx_consent_jar_next(&jar, &at, &c) == NGX_OK) {

        name = copy(c.name.data, c.name.len);

        if (ngx_consent_source_owns(&a->asked, &name)) {
            memcpy(own.data + own.len, c.name.data, c.name.len);
            own.len += c.name.len;
            own.data[own.len++] = '=';

            if (c.value.len) {
                memcpy(own.data + own.len, c.value.data, c.value.len);
                own.len += c.value.len;
            }

            own.data[own.len++] = ';';
        }

        free(name.data);
    }

    ask(a, &own, 1, &other);
    expect_same(h, &other);

    free(own.data);
}


static void
check_copies(ask_t *a)
{
    uint32_t                 sum;
    ngx_consent_answer_t     answer;
    ngx_consent_source_at_t  at;

    memset(&at, 0, sizeof(at));
    memset(&answer, 0, sizeof(answer));

    sum = 0;
    answer.said = said;
    answer.vendor = vendor;
    answer.data = &sum;

    while (ngx_consent_source_next(&a->asked, &at, &answer) == NGX_OK) {
        expect(answer.state <= NGX_CONSENT_DECIDED);
        expect(answer.time >= 0 && answer.expires >= 0);
        expect(answer.revision >= -1);
        expect(a->asked.format->dated || answer.time == 0);
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ask_t                        *a;
    size_t                        n, at;
    unsigned                      flags;
    ngx_str_t                     lines[2 * LINES], whole;
    ngx_uint_t                    i, count;
    const uint8_t                *end;
    const ngx_str_t              *name;
    heard_t                       h, other;
    const ngx_consent_format_t   *format;

    if (size < 2) {
        return 0;
    }

    count = 0;
    for (format = ngx_consent_formats(); format->name.len; format++) {
        count++;
    }

    format = &ngx_consent_formats()[data[0] % count];
    flags = data[1];
    data += 2;
    size -= 2;

    a = room(sizeof(ask_t));
    prepare(a, format, flags);

    /* lines of a header; with flag 1 each is a value of the format's cookie */

    name = flags & 1 ? &format->cookie : NULL;
    name = name && flags & 64 ? &a->asked.cookie : name;
    n = 0;

    while (n < LINES && size) {

        end = memchr(data, '\n', size);
        at = end ? (size_t) (end - data) : size;

        if (name && name->len) {
            lines[n].len = name->len + 1 + at;
            lines[n].data = room(lines[n].len);
            memcpy(lines[n].data, name->data, name->len);
            lines[n].data[name->len] = '=';
            memcpy(lines[n].data + name->len + 1, data, at);

        } else {
            lines[n] = copy(data, at);
        }

        n++;
        data += at;
        size -= at;

        if (size) {
            data++;
            size--;
        }
    }

    ask(a, lines, n, &h);
    check_copies(a);
    check_owned(a, lines, n, &h);

    /* all of it twice */

    for (i = 0; i < n; i++) {
        lines[n + i] = lines[i];
    }

    ask(a, lines, 2 * n, &other);
    expect_same(&h, &other);

    /* all of it in one line */

    for (i = 0, whole.len = 0; i < n; i++) {
        whole.len += lines[i].len + 1;
    }

    whole.data = room(whole.len);

    for (i = 0, at = 0; i < n; i++) {
        memcpy(whole.data + at, lines[i].data, lines[i].len);
        at += lines[i].len;
        whole.data[at++] = ';';
    }

    ask(a, &whole, 1, &other);
    expect_same(&h, &other);

    /* a copy less grants no less; but the line may also have told the state */

    if (n > 1 && format->value && format->jar == NULL) {
        ask(a, lines, n - 1, &other);
        expect(other.all.state < h.all.state
               || (h.all.granted & ~other.all.granted) == 0);

        for (i = 0; i < VENDORS; i++) {
            expect(other.all.state < h.all.state
                   || (h.vendors[i].consent & ~other.vendors[i].consent) == 0);
        }
    }

    for (i = 0; i < n; i++) {
        free(lines[i].data);
    }

    free(whole.data);
    free(a->asked.buf);
    free(a->asked.more);
    free(a);

    return 0;
}
