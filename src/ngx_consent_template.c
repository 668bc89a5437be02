
#include "ngx_consent_template.h"


/* an open "if" or "for" */

typedef struct {
    ngx_uint_t           at;            /* the part that waits for its end */
    ngx_uint_t           of;
    ngx_str_t            source;
    unsigned             loop:1;
    unsigned             other:1;       /* after its "else" */
} ngx_consent_template_level_t;


typedef struct {
    ngx_consent_template_t  *t;
    const ngx_consent_template_names_t  *names;
    ngx_consent_template_fault_t  *fault;

    ngx_uint_t           open;          /* loops */
    ngx_uint_t           depth;
    ngx_consent_template_level_t  levels[NGX_CONSENT_TEMPLATE_DEPTH];
} ngx_consent_template_state_t;


typedef struct {
    ngx_str_t               word;
    ngx_consent_template_e  what;
    ngx_uint_t              named;
} ngx_consent_template_command_t;


static ngx_int_t ngx_consent_template_name(const u_char **pos,
    const u_char *last, ngx_consent_template_part_t *part, ngx_str_t *name);
static ngx_int_t ngx_consent_template_command(const u_char **pos,
    const u_char *last, ngx_consent_template_part_t *part, ngx_str_t *name);
static void ngx_consent_template_word(const u_char **pos, const u_char *last,
    ngx_str_t *word);

static const char *ngx_consent_template_part(ngx_consent_template_state_t *s,
    ngx_consent_template_part_t *part, const ngx_str_t *name);
static const char *ngx_consent_template_open(ngx_consent_template_state_t *s,
    const ngx_consent_template_part_t *part);
static const char *ngx_consent_template_else(ngx_consent_template_state_t *s,
    ngx_consent_template_part_t *part);
static const char *ngx_consent_template_close(ngx_consent_template_state_t *s,
    ngx_consent_template_part_t *part);
static void ngx_consent_template_goes(ngx_consent_template_state_t *s,
    ngx_uint_t at, ngx_uint_t to);
static ngx_uint_t ngx_consent_template_utf8(const ngx_str_t *s,
    ngx_str_t *wrong);


static const ngx_consent_template_command_t  ngx_consent_template_commands[] = {
    { ngx_string("if"), NGX_CONSENT_TEMPLATE_IF, 1 },
    { ngx_string("else"), NGX_CONSENT_TEMPLATE_ELSE, 0 },
    { ngx_string("endif"), NGX_CONSENT_TEMPLATE_ENDIF, 0 },
    { ngx_string("for"), NGX_CONSENT_TEMPLATE_FOR, 1 },
    { ngx_string("endfor"), NGX_CONSENT_TEMPLATE_ENDFOR, 0 },
    { ngx_null_string, 0, 0 }
};


static const u_char  ngx_consent_template_start[] = "<!--#";
static const u_char  ngx_consent_template_end[] = "-->";
static const u_char  ngx_consent_template_bom[] = "\xef\xbb\xbf";


#define ngx_consent_template_letter(c)                                       \
    (((c) >= 'a' && (c) <= 'z') || (c) == '_')


ngx_int_t
ngx_consent_template_next(const u_char **pos, const u_char *last,
    ngx_consent_template_part_t *part, ngx_str_t *name)
{
    size_t         n;
    const u_char  *p, *start;

    start = *pos;

    if (start == last) {
        return NGX_DONE;
    }

    memset(part, 0, sizeof(ngx_consent_template_part_t));
    memset(name, 0, sizeof(ngx_str_t));

    n = sizeof(ngx_consent_template_start) - 1;

    for (p = start; p < last; p++) {

        if (*p == '$' && last - p > 1
            && (ngx_consent_template_letter(p[1]) || p[1] == '{'))
        {
            if (p == start) {
                return ngx_consent_template_name(pos, last, part, name);
            }

            break;
        }

        if (*p == '<' && (size_t) (last - p) >= n
            && memcmp(p, ngx_consent_template_start, n) == 0)
        {
            if (p == start) {
                return ngx_consent_template_command(pos, last, part, name);
            }

            break;
        }
    }

    part->what = NGX_CONSENT_TEMPLATE_LITERAL;
    part->source.data = (u_char *) start;
    part->source.len = p - start;
    *pos = p;

    return NGX_OK;
}


/* $name or ${name} */

static ngx_int_t
ngx_consent_template_name(const u_char **pos, const u_char *last,
    ngx_consent_template_part_t *part, ngx_str_t *name)
{
    ngx_uint_t     brace;
    const u_char  *p;

    p = *pos + 1;

    brace = (*p == '{');
    p += brace;

    ngx_consent_template_word(&p, last, name);

    part->what = NGX_CONSENT_TEMPLATE_VALUE;
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

    return NGX_OK;
}


static ngx_int_t
ngx_consent_template_command(const u_char **pos, const u_char *last,
    ngx_consent_template_part_t *part, ngx_str_t *name)
{
    size_t                                 n;
    ngx_str_t                              word;
    const u_char                          *p;
    const ngx_consent_template_command_t  *c;

    p = *pos + sizeof(ngx_consent_template_start) - 1;

    ngx_consent_template_word(&p, last, &word);

    for (c = ngx_consent_template_commands; c->word.len; c++) {

        if (c->word.len == word.len
            && memcmp(c->word.data, word.data, word.len) == 0)
        {
            break;
        }
    }

    part->what = c->what;

    if (c->named) {
        ngx_consent_template_word(&p, last, name);
    }

    while (p < last && *p == ' ') {
        p++;
    }

    part->source.data = (u_char *) *pos;

    n = sizeof(ngx_consent_template_end) - 1;

    if ((size_t) (last - p) < n
        || memcmp(p, ngx_consent_template_end, n) != 0)
    {
        part->source.len = p - *pos;
        return NGX_DECLINED;
    }

    p += n;

    part->source.len = p - *pos;

    if (p < last && *p == '\r') {
        p++;
    }

    if (p < last && *p == '\n') {
        p++;
    }

    *pos = p;

    return c->word.len ? NGX_OK : NGX_DECLINED;
}


/* The next word of a name's letters, which may have none. */

static void
ngx_consent_template_word(const u_char **pos, const u_char *last,
    ngx_str_t *word)
{
    const u_char  *p;

    for (p = *pos; p < last && *p == ' '; p++) { /* void */ }

    word->data = (u_char *) p;

    while (p < last
           && (ngx_consent_template_letter(*p)
               || (p > word->data && *p >= '0' && *p <= '9')))
    {
        p++;
    }

    word->len = p - word->data;
    *pos = p;
}


ngx_int_t
ngx_consent_template_compile(ngx_consent_template_t *t,
    const ngx_str_t *source, const ngx_consent_template_names_t *names,
    ngx_consent_template_fault_t *fault)
{
    size_t                         n;
    ngx_int_t                      rc;
    ngx_str_t                      name;
    const char                    *reason;
    const u_char                  *p, *last;
    ngx_consent_template_part_t    part;
    ngx_consent_template_state_t   s;

    memset(&s, 0, sizeof(ngx_consent_template_state_t));

    s.t = t;
    s.names = names;
    s.fault = fault;

    t->n = 0;

    if (!ngx_consent_template_utf8(source, &fault->source)) {
        fault->reason = "a byte that is not UTF-8";
        return NGX_DECLINED;
    }

    p = source->data;
    last = p + source->len;

    n = sizeof(ngx_consent_template_bom) - 1;

    if (source->len >= n && memcmp(p, ngx_consent_template_bom, n) == 0) {
        p += n;
    }

    while ((rc = ngx_consent_template_next(&p, last, &part, &name))
           == NGX_OK)
    {
        fault->source = part.source;

        reason = ngx_consent_template_part(&s, &part, &name);

        if (reason) {
            fault->reason = reason;
            return NGX_DECLINED;
        }
    }

    if (rc == NGX_DECLINED) {
        fault->source = part.source;
        fault->reason = "unknown variable or command";
        return NGX_DECLINED;
    }

    if (s.depth) {
        fault->source = s.levels[s.depth - 1].source;
        fault->reason = s.levels[s.depth - 1].loop
                        ? "\"for\" without an \"endfor\""
                        : "\"if\" without an \"endif\"";
        return NGX_DECLINED;
    }

    return NGX_OK;
}


static const char *
ngx_consent_template_part(ngx_consent_template_state_t *s,
    ngx_consent_template_part_t *part, const ngx_str_t *name)
{
    const char              *reason;
    ngx_consent_template_t  *t;

    reason = NULL;

    switch (part->what) {

    case NGX_CONSENT_TEMPLATE_LITERAL:
        break;

    case NGX_CONSENT_TEMPLATE_ELSE:
        reason = ngx_consent_template_else(s, part);
        break;

    case NGX_CONSENT_TEMPLATE_ENDIF:
    case NGX_CONSENT_TEMPLATE_ENDFOR:
        reason = ngx_consent_template_close(s, part);
        break;

    default: /* NGX_CONSENT_TEMPLATE_VALUE, _IF, _FOR */

        reason = s->names->find(s->names->data, name, s->open, part);

        if (reason == NULL && part->what != NGX_CONSENT_TEMPLATE_VALUE
            && part->what != NGX_CONSENT_TEMPLATE_TEXT)
        {
            reason = ngx_consent_template_open(s, part);
        }
    }

    /* the end of an "if" is only where it goes on */

    if (reason || part->what == NGX_CONSENT_TEMPLATE_ENDIF) {
        return reason;
    }

    t = s->t;

    if (t->parts) {
        t->parts[t->n] = *part;
    }

    t->n++;

    return NULL;
}


static const char *
ngx_consent_template_open(ngx_consent_template_state_t *s,
    const ngx_consent_template_part_t *part)
{
    ngx_consent_template_level_t  *level;

    if (s->depth == NGX_CONSENT_TEMPLATE_DEPTH) {
        return "too many \"if\" and \"for\" in each other";
    }

    level = &s->levels[s->depth++];

    level->at = s->t->n;
    level->of = part->of;
    level->source = part->source;
    level->loop = (part->what == NGX_CONSENT_TEMPLATE_FOR);
    level->other = 0;

    if (level->loop) {

        if (s->open & ((ngx_uint_t) 1 << part->of)) {
            return "the same \"for\" in itself";
        }

        s->open |= (ngx_uint_t) 1 << part->of;
    }

    return NULL;
}


static const char *
ngx_consent_template_else(ngx_consent_template_state_t *s,
    ngx_consent_template_part_t *part)
{
    ngx_consent_template_level_t  *level;

    level = s->depth ? &s->levels[s->depth - 1] : NULL;

    if (level == NULL || level->loop || level->other) {
        return "\"else\" without an \"if\"";
    }

    ngx_consent_template_goes(s, level->at, s->t->n + 1);

    level->at = s->t->n;
    level->other = 1;

    return NULL;
}


static const char *
ngx_consent_template_close(ngx_consent_template_state_t *s,
    ngx_consent_template_part_t *part)
{
    ngx_uint_t                     loop;
    ngx_consent_template_level_t  *level;

    level = s->depth ? &s->levels[s->depth - 1] : NULL;
    loop = (part->what == NGX_CONSENT_TEMPLATE_ENDFOR);

    if (level == NULL || level->loop != loop) {
        return loop ? "\"endfor\" without a \"for\""
                    : "\"endif\" without an \"if\"";
    }

    s->depth--;

    ngx_consent_template_goes(s, level->at, s->t->n + loop);

    if (loop) {
        s->open &= ~((ngx_uint_t) 1 << level->of);

        part->of = level->of;
        part->to = level->at + 1;
    }

    return NULL;
}


static void
ngx_consent_template_goes(ngx_consent_template_state_t *s, ngx_uint_t at,
    ngx_uint_t to)
{
    if (s->t->parts) {
        s->t->parts[at].to = to;
    }
}


static ngx_uint_t
ngx_consent_template_utf8(const ngx_str_t *s, ngx_str_t *wrong)
{
    size_t         n;
    uint32_t       c;
    const u_char  *p, *last;

    last = s->data + s->len;

    for (p = s->data; p < last; p += n) {

        n = ngx_consent_template_char(p, last - p, &c);

        if (n == 1 && c == NGX_CONSENT_TEMPLATE_NOT_UTF8) {
            wrong->data = (u_char *) p;
            wrong->len = 0;
            return 0;
        }
    }

    return 1;
}
