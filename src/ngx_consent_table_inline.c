
#include "ngx_consent_table_int.h"


/*
 * Aho and Corasick's automaton (1975) over all markers: one step a byte,
 * whatever their number.  Bytes that no marker has are one class, in which
 * every state leads back to the first.
 */

static void ngx_consent_scan_markers(const ngx_consent_table_t *t,
    ngx_consent_scan_t *s, uint32_t state, const u_char *start,
    const u_char *p, ngx_uint_t identifier);
static void ngx_consent_scan_take(ngx_consent_scan_t *s,
    const ngx_consent_rule_t *rule);
static void ngx_consent_scan_row(ngx_consent_scan_t *s,
    const ngx_consent_row_t *row);


/* what may stand in a JavaScript identifier, as far as a byte tells */

#define ngx_consent_identifier(c)                                            \
    (((u_char) (((c) | 0x20) - 'a') < 26) || ((c) >= '0' && (c) <= '9')      \
     || (c) == '_' || (c) == '$' || (c) >= 0x80)


ngx_int_t
ngx_consent_automaton_build(ngx_consent_table_t *t)
{
    size_t                    i;
    uint32_t                  n, state, child, f, head, c, *queue;
    const ngx_str_t          *marker;
    ngx_consent_automaton_t  *a;

    a = &t->automaton;

    a->nclasses = 1;
    n = 1;

    for (f = 0; f < t->nmarkers; f++) {

        marker = &t->markers[f]->pattern;
        n += marker->len;

        for (i = 0; i < marker->len; i++) {
            if (a->classes[marker->data[i]] == 0) {
                a->classes[marker->data[i]] = a->nclasses++;
            }
        }
    }

    /* a row of the automaton and the flag beside it share 32 bits */

    if ((uint64_t) n * a->nclasses >= NGX_CONSENT_AUTOMATON_FOUND) {
        return NGX_ERROR;
    }

    a->next = ngx_pcalloc(t->pool, (size_t) n * a->nclasses * sizeof(uint32_t));
    a->marker = ngx_pcalloc(t->pool, n * sizeof(uint32_t));
    a->output = ngx_pcalloc(t->pool, n * sizeof(uint32_t));
    a->fail = ngx_pcalloc(t->pool, n * sizeof(uint32_t));
    a->twin = ngx_pcalloc(t->pool, (t->nmarkers + 1) * sizeof(uint32_t));
    queue = ngx_palloc(t->pool, n * sizeof(uint32_t));

    if (a->next == NULL || a->marker == NULL || a->output == NULL
        || a->fail == NULL || a->twin == NULL || queue == NULL)
    {
        return NGX_ERROR;
    }

    /* the trie */

    a->nstates = 1;

    for (f = 0; f < t->nmarkers; f++) {

        marker = &t->markers[f]->pattern;
        state = 0;

        for (i = 0; i < marker->len; i++) {

            c = state * a->nclasses + a->classes[marker->data[i]];

            if (a->next[c] == 0) {
                a->next[c] = a->nstates++;
            }

            state = a->next[c];
        }

        /*
         * Twice, it has the same categories, which one provider may be granted
         * and another one not; a platform's frees them all.
         */

        if (a->marker[state] == 0 || t->markers[f]->platform) {
            a->twin[f] = a->marker[state];
            a->marker[state] = f + 1;

        } else {
            c = a->marker[state] - 1;
            a->twin[f] = a->twin[c];
            a->twin[c] = f + 1;
        }
    }

    /* breadth first: where a state fails is nearer to the root */

    head = 0;
    n = 0;

    for (c = 1; c < a->nclasses; c++) {
        if (a->next[c]) {
            queue[n++] = a->next[c];
        }
    }

    while (head < n) {

        state = queue[head++];
        f = a->fail[state];

        a->output[state] = a->marker[f] ? f : a->output[f];

        for (c = 1; c < a->nclasses; c++) {

            child = a->next[state * a->nclasses + c];

            if (child) {
                a->fail[child] = a->next[f * a->nclasses + c];
                queue[n++] = child;

            } else {
                a->next[state * a->nclasses + c] = a->next[f * a->nclasses + c];
            }
        }
    }

    /* from here on a state is its row, and says whether markers end in it */

    for (c = 0; c < a->nstates * a->nclasses; c++) {

        state = a->next[c];
        a->next[c] = state * a->nclasses;

        if (a->marker[state] || a->output[state]) {
            a->next[c] |= NGX_CONSENT_AUTOMATON_FOUND;
        }
    }

    return NGX_OK;
}


void
ngx_consent_table_scan_init(ngx_consent_scan_t *s,
    const ngx_consent_grant_t *grant)
{
    memset(s, 0, sizeof(ngx_consent_scan_t));

    s->match.grant = grant;
}


void
ngx_consent_table_scan(const ngx_consent_table_t *t, ngx_consent_scan_t *s,
    const u_char *p, size_t len, ngx_uint_t end)
{
    uint32_t                        state;
    const u_char                   *start, *last;
    const uint32_t                 *next;
    const ngx_consent_automaton_t  *a;

    a = &t->automaton;
    next = a->next;

    state = s->state;
    start = p;
    last = len ? p + len : p;           /* of nothing p may be NULL */

    /* what ended with the piece before waited for this byte */

    if (s->pending && len) {
        ngx_consent_scan_markers(t, s, s->pending, p, p,
                                 ngx_consent_identifier(*p));
        s->pending = 0;
    }

    while (p < last) {

        if (state == 0) {

            while (next[a->classes[*p]] == 0) {
                if (++p == last) {
                    goto done;
                }
            }
        }

        state = next[state + a->classes[*p++]];

        if (!(state & NGX_CONSENT_AUTOMATON_FOUND)) {
            continue;
        }

        state &= ~NGX_CONSENT_AUTOMATON_FOUND;

        if (p == last) {
            s->pending = state;
            break;
        }

        ngx_consent_scan_markers(t, s, state, start, p,
                                 ngx_consent_identifier(*p));
    }

done:

    s->state = state;

    /* of a long piece the last bytes are enough */

    for (p = (len > 64) ? last - 64 : start; p < last; p++) {
        s->history = (s->history << 1) | ngx_consent_identifier(*p);
    }

    if (end && s->pending) {
        ngx_consent_scan_markers(t, s, s->pending, last, last, 0);
        s->pending = 0;
    }
}


/*
 * Markers that end in this state, before p, in a piece that begins at start;
 * what was before it is in the history.  identifier: what the byte at p is.
 * Each must stand between identifier boundaries.
 */

static void
ngx_consent_scan_markers(const ngx_consent_table_t *t, ngx_consent_scan_t *s,
    uint32_t state, const u_char *start, const u_char *p, ngx_uint_t identifier)
{
    size_t                          len;
    uint32_t                        n;
    ngx_uint_t                      before;
    const ngx_str_t                *marker;
    const ngx_consent_automaton_t  *a;

    a = &t->automaton;

    state /= a->nclasses;

    if (a->marker[state] == 0) {
        state = a->output[state];
    }

    for ( /* void */ ; state; state = a->output[state]) {

        n = a->marker[state] - 1;
        marker = &t->markers[n]->pattern;

        len = p - start;

        if (len > marker->len) {
            before = ngx_consent_identifier(p[-(ptrdiff_t) marker->len - 1]);

        } else {
            before = (s->history >> (marker->len - len)) & 1;
        }

        if (before && ngx_consent_identifier(marker->data[0])) {
            continue;
        }

        if (identifier
            && ngx_consent_identifier(marker->data[marker->len - 1]))
        {
            continue;
        }

        ngx_consent_scan_take(s, t->markers[n]);

        for (n = a->twin[n]; n && s->match.grant->providers; n = a->twin[n - 1])
        {
            ngx_consent_scan_take(s, t->markers[n - 1]);
        }
    }

    /* a script that a consent platform needs is not held back */

    if (s->match.platform) {
        s->match.needs = 0;
        s->match.missing = 0;
    }
}


/* All that is found in a script counts. */

static void
ngx_consent_scan_take(ngx_consent_scan_t *s, const ngx_consent_rule_t *rule)
{
    ngx_uint_t            rank;

    rank = 0;

    ngx_consent_match_take(&s->match, rule, &rank, 0);

    if (rule->needs && rule->row->provider->nstubs) {
        ngx_consent_scan_row(s, rule->row);
    }
}


static void
ngx_consent_scan_row(ngx_consent_scan_t *s, const ngx_consent_row_t *row)
{
    ngx_uint_t  i;

    for (i = 0; i < s->nrows; i++) {
        if (s->rows[i]->provider->stubs == row->provider->stubs
            && s->rows[i]->mask == row->mask)
        {
            return;
        }
    }

    if (s->nrows < NGX_CONSENT_SCAN_ROWS) {
        s->rows[s->nrows++] = row;
    }
}
