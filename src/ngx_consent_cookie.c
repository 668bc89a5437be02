
#include "ngx_consent_cookie.h"
#include "ngx_consent_word.h"


/* longer values of attributes are ignored (RFC 6265bis 5.6) */
#define NGX_CONSENT_COOKIE_MAX_ATTR  1024


/* digits of a Max-Age that are read at once: it cannot overflow */
#define NGX_CONSENT_COOKIE_SECONDS   18


static void ngx_consent_set_cookie_attrs(ngx_consent_set_cookie_t *c,
    u_char *value, size_t len, ngx_uint_t all);
static ngx_uint_t ngx_consent_cookie_split(u_char *p, u_char *last,
    ngx_str_t *name, ngx_str_t *value);
static ngx_int_t ngx_consent_set_cookie_seconds(ngx_consent_set_cookie_t *c,
    u_char **pos, u_char *last);
static void ngx_consent_set_cookie_attr(ngx_consent_set_cookie_t *c,
    ngx_consent_cookie_attr_t *a);
static void ngx_consent_cookie_max_age(ngx_consent_cookie_attr_t *a);
static ngx_uint_t ngx_consent_cookie_some_date(const ngx_str_t *value);
static ngx_uint_t ngx_consent_cookie_is(const ngx_str_t *s, const char *name,
    size_t len);


#define ngx_consent_cookie_blank(c)  ((c) == ' ' || (c) == '\t')


static ngx_inline void
ngx_consent_cookie_trim(ngx_str_t *s)
{
    while (s->len && ngx_consent_cookie_blank(s->data[0])) {
        s->data++;
        s->len--;
    }

    while (s->len && ngx_consent_cookie_blank(s->data[s->len - 1])) {
        s->len--;
    }
}


ngx_int_t
ngx_consent_cookie_next(u_char **pos, u_char *last, ngx_consent_cookie_t *c)
{
    u_char  *p, *end, *next, *eq, *name, *value;

    for (p = *pos; p < last; p = next) {

        end = memchr(p, ';', last - p);
        next = end ? end + 1 : last;
        end = end ? end : last;

        while (p < end && ngx_consent_cookie_blank(*p)) {
            p++;
        }

        if (p == end) {
            continue;
        }

        while (ngx_consent_cookie_blank(end[-1])) {
            end--;
        }

        name = p;
        value = p;

        eq = memchr(p, '=', end - p);

        if (eq) {
            name = eq;
            value = eq + 1;

            /* at their other ends the pair has ended */

            while (name > p && ngx_consent_cookie_blank(name[-1])) {
                name--;
            }

            while (value < end && ngx_consent_cookie_blank(*value)) {
                value++;
            }
        }

        c->pair.data = p;
        c->pair.len = end - p;
        c->name.data = p;
        c->name.len = name - p;
        c->value.data = value;
        c->value.len = end - value;

        *pos = next;

        return NGX_OK;
    }

    *pos = last;

    return NGX_DONE;
}


/* Most pairs are another cookie's by their first bytes, and passed over. */

ngx_int_t
ngx_consent_cookie_find(u_char **pos, u_char *last, const ngx_str_t *name,
    ngx_consent_cookie_t *c)
{
    u_char  *p;

    for (p = *pos; p < last; p++) {

        while (p < last && ngx_consent_cookie_blank(*p)) {
            p++;
        }

        if ((size_t) (last - p) > name->len
            && memcmp(p, name->data, name->len) == 0)
        {
            *pos = p;

            if (ngx_consent_cookie_next(pos, last, c) == NGX_OK
                && c->name.data == p && c->name.len == name->len)
            {
                return NGX_OK;
            }
        }

        p = p < last ? memchr(p, ';', last - p) : NULL;
        if (p == NULL) {
            break;
        }
    }

    *pos = last;

    return NGX_DONE;
}


void
ngx_consent_set_cookie_parse(ngx_consent_set_cookie_t *c, u_char *value,
    size_t len)
{
    ngx_consent_set_cookie_pair(c, value, len);
    ngx_consent_set_cookie_attrs(c, value, len, 1);
}


void
ngx_consent_set_cookie_pair(ngx_consent_set_cookie_t *c, u_char *value,
    size_t len)
{
    u_char  *p;

    memset(c, 0, sizeof(ngx_consent_set_cookie_t));

    c->name.data = value;
    c->value.data = value;

    if (len == 0) {
        return;
    }

    p = memchr(value, ';', len);
    if (p == NULL) {
        p = value + len;
    }

    c->pair = p - value;

    if (!ngx_consent_cookie_split(value, p, &c->name, &c->value)) {

        /* a cookie without a name */

        c->value = c->name;
        c->name.len = 0;
    }
}


/* Eight bytes at once: nearly always it ends there, at a '='. */

void
ngx_consent_set_cookie_name(ngx_str_t *name, u_char *value, size_t len)
{
    u_char                    *p, *last;
    uint64_t                   w, ends;
    ngx_consent_set_cookie_t   c;

    last = value + len;

    for (p = value; last - p >= NGX_CONSENT_WORD; p += NGX_CONSENT_WORD) {

        w = ngx_consent_word(p);
        ends = ngx_consent_word_is(w, '=') | ngx_consent_word_is(w, ';');

        if (ends == 0) {
            continue;
        }

        p += ngx_consent_word_first(ends);

        if (*p != '=' || p == value || ngx_consent_cookie_blank(*value)
            || ngx_consent_cookie_blank(p[-1]))
        {
            break;
        }

        name->data = value;
        name->len = p - value;

        return;
    }

    ngx_consent_set_cookie_pair(&c, value, len);

    *name = c.name;
}


void
ngx_consent_set_cookie_life(ngx_consent_set_cookie_t *c, u_char *value,
    size_t len)
{
    u_char  *p;

    memset(c, 0, sizeof(ngx_consent_set_cookie_t));

    p = len ? memchr(value, ';', len) : NULL;

    if (p) {
        c->pair = p - value;
        ngx_consent_set_cookie_attrs(c, value, len, 0);
    }
}


/* All of them, or what says how long it lives. */

static void
ngx_consent_set_cookie_attrs(ngx_consent_set_cookie_t *c, u_char *value,
    size_t len, ngx_uint_t all)
{
    u_char                     *p, *name, *last, first;
    ngx_consent_cookie_attr_t   a;

    last = value + len;
    p = value + c->pair;

    while (p < last) {

        for (name = p + 1; name < last; name++) {
            if (!ngx_consent_cookie_blank(*name)) {
                break;
            }
        }

        first = name < last ? *name | 0x20 : '\0';

        /* max-age, expires; domain, path */

        if (first != 'm' && first != 'e'
            && !(all && (first == 'd' || first == 'p')))
        {

            p = name < last ? memchr(name, ';', last - name) : NULL;
            if (p == NULL) {
                return;
            }

            continue;
        }

        if (ngx_consent_set_cookie_seconds(c, &name, last) == NGX_OK) {
            p = name;
            continue;
        }

        (void) ngx_consent_cookie_attr_next(&p, last, &a);

        ngx_consent_set_cookie_attr(c, &a);
    }
}


/* "Max-Age=" and digits alone, as it is nearly always; *pos is its end. */

static ngx_int_t
ngx_consent_set_cookie_seconds(ngx_consent_set_cookie_t *c, u_char **pos,
    u_char *last)
{
    u_char      *p, *digits, *end;
    int64_t      n;
    ngx_uint_t   digit;

    digits = *pos + sizeof("max-age=") - 1;

    if (last - *pos < NGX_CONSENT_WORD
        || ngx_consent_word_lower(ngx_consent_word(*pos))
           != ngx_consent_word((u_char *) "max-age="))
    {
        return NGX_DECLINED;
    }

    end = (last - digits > NGX_CONSENT_COOKIE_SECONDS)
          ? digits + NGX_CONSENT_COOKIE_SECONDS : last;
    n = 0;

    for (p = digits; p < end; p++) {

        digit = (ngx_uint_t) *p - '0';

        if (digit > 9) {
            break;
        }

        n = n * 10 + digit;
    }

    if (p == digits || (p < last && *p != ';')) {
        return NGX_DECLINED;
    }

    c->has_max_age = 1;
    c->max_age = n;
    *pos = p;

    return NGX_OK;
}


/* 1 if there is a '='. */

static ngx_uint_t
ngx_consent_cookie_split(u_char *p, u_char *last, ngx_str_t *name,
    ngx_str_t *value)
{
    u_char  *eq;

    eq = p < last ? memchr(p, '=', last - p) : NULL;

    name->data = p;
    name->len = (eq ? eq : last) - p;
    value->data = eq ? eq + 1 : last;
    value->len = last - value->data;

    ngx_consent_cookie_trim(name);
    ngx_consent_cookie_trim(value);

    return eq != NULL;
}


ngx_int_t
ngx_consent_cookie_attr_next(u_char **pos, u_char *last,
    ngx_consent_cookie_attr_t *a)
{
    u_char  *p, *end;

    p = *pos;

    if (p == last) {
        return NGX_DONE;
    }

    end = p + 1 < last ? memchr(p + 1, ';', last - (p + 1)) : NULL;
    if (end == NULL) {
        end = last;
    }

    *pos = end;

    a->life = NGX_CONSENT_COOKIE_OTHER;
    a->readable = 0;
    a->doubt = 0;
    a->when = 0;

    a->span.data = p;
    a->span.len = end - p;

    ngx_consent_cookie_split(p + 1, end, &a->name, &a->value);

    if (a->value.len > NGX_CONSENT_COOKIE_MAX_ATTR) {
        a->name.len = 0;
        return NGX_OK;
    }

    if (ngx_consent_cookie_is(&a->name, "max-age", 7)) {
        a->life = NGX_CONSENT_COOKIE_MAX_AGE;
        ngx_consent_cookie_max_age(a);

    } else if (ngx_consent_cookie_is(&a->name, "expires", 7)) {
        a->life = NGX_CONSENT_COOKIE_EXPIRES;

        if (ngx_consent_cookie_date(a->value.data, a->value.len, &a->when)
            == NGX_OK)
        {
            a->readable = 1;

        } else if (ngx_consent_cookie_some_date(&a->value)) {
            a->doubt = 1;
            a->when = INT64_MAX;
        }
    }

    return NGX_OK;
}


static void
ngx_consent_set_cookie_attr(ngx_consent_set_cookie_t *c,
    ngx_consent_cookie_attr_t *a)
{
    switch (a->life) {

    case NGX_CONSENT_COOKIE_MAX_AGE:

        if (a->readable) {
            c->has_max_age = 1;
            c->max_age = a->when;

        } else {
            c->doubt |= c->has_max_age | a->doubt;
        }

        return;

    case NGX_CONSENT_COOKIE_EXPIRES:

        if (a->readable) {
            c->has_expires = 1;
            c->expires = a->when;

        } else {
            c->doubt |= c->has_expires;
        }

        return;

    case NGX_CONSENT_COOKIE_OTHER:
        break;
    }

    if (ngx_consent_cookie_is(&a->name, "domain", 6)) {

        c->domain = a->value;

        if (c->domain.len && c->domain.data[0] == '.') {
            c->domain.data++;
            c->domain.len--;
        }

        return;
    }

    if (ngx_consent_cookie_is(&a->name, "path", 4)) {
        c->path = a->value;
    }
}


ngx_uint_t
ngx_consent_set_cookie_deletes(const ngx_consent_set_cookie_t *c, int64_t now)
{
    if (c->doubt) {
        return 0;
    }

    if (c->has_max_age) {
        return c->max_age <= 0;
    }

    return c->has_expires && c->expires <= now;
}


/*
 * "-"? digits; what does not fit is as long as can be (5.6.2).  Chromium takes
 * a '+' too, and more digits than fit whatever follows them, others any number
 * at the beginning.
 */

static void
ngx_consent_cookie_max_age(ngx_consent_cookie_attr_t *a)
{
    size_t      i;
    u_char     *p;
    int64_t     n;
    ngx_uint_t  minus, sign;

    p = a->value.data;

    minus = (a->value.len && p[0] == '-');
    sign = (a->value.len && (p[0] == '-' || p[0] == '+'));

    n = 0;

    for (i = sign; i < a->value.len && p[i] >= '0' && p[i] <= '9'; i++) {
        if (n < INT64_MAX / 10 - 1) {
            n = n * 10 + (p[i] - '0');
        }
    }

    a->when = minus ? -n : n;

    if (i > sign && i == a->value.len && sign == minus) {
        a->readable = 1;

    } else {
        a->doubt = (a->when > 0);
    }
}


/*
 * Browsers take years of five digits, days without a time, ISO dates: whatever
 * is more than one number may be a date to one of them.
 */

static ngx_uint_t
ngx_consent_cookie_some_date(const ngx_str_t *value)
{
    size_t      i;
    ngx_uint_t  digit, other;

    digit = 0;
    other = 0;

    for (i = 0; i < value->len; i++) {

        if (value->data[i] >= '0' && value->data[i] <= '9') {
            digit = 1;

        } else if (i > 0 || value->data[i] != '-') {
            other = 1;
        }
    }

    return digit && other;
}


static ngx_uint_t
ngx_consent_cookie_is(const ngx_str_t *s, const char *name, size_t len)
{
    size_t  i;

    if (s->len != len) {
        return 0;
    }

    for (i = 0; i < len; i++) {
        if (ngx_consent_tolower(s->data[i]) != (u_char) name[i]) {
            return 0;
        }
    }

    return 1;
}
