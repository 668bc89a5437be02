
#include "ngx_consent_table_int.h"


/*
 * Aho and Corasick's automaton (1975) over all markers: one step a byte,
 * whatever their number.  Bytes that no marker has are one class, in which
 * every state leads back to the first.
 */

static void ngx_consent_scan_markers(const ngx_consent_table_t *t,
    ngx_consent_scan_t *s, ngx_uint_t identifier);


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

    a->next = ngx_pcalloc(t->pool, (size_t) n * a->nclasses * sizeof(uint32_t));
    a->marker = ngx_pcalloc(t->pool, n * sizeof(uint32_t));
    a->output = ngx_pcalloc(t->pool, n * sizeof(uint32_t));
    a->fail = ngx_pcalloc(t->pool, n * sizeof(uint32_t));
    queue = ngx_palloc(t->pool, n * sizeof(uint32_t));

    if (a->next == NULL || a->marker == NULL || a->output == NULL
        || a->fail == NULL || queue == NULL)
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

        /* twice, it has the same categories; a platform's frees them all */

        if (a->marker[state] == 0 || t->markers[f]->platform) {
            a->marker[state] = f + 1;
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

    return NGX_OK;
}


void
ngx_consent_table_scan_init(ngx_consent_scan_t *s)
{
    memset(s, 0, sizeof(ngx_consent_scan_t));
}


void
ngx_consent_table_scan(const ngx_consent_table_t *t, ngx_consent_scan_t *s,
    const u_char *p, size_t len, ngx_uint_t end)
{
    uint32_t                        state;
    uint64_t                        history;
    ngx_uint_t                      identifier;
    const u_char                   *last;
    const ngx_consent_automaton_t  *a;

    a = &t->automaton;

    state = s->state;
    history = s->history;
    last = p + len;

    for ( /* void */ ; p < last; p++) {

        /*
         * In the first state no marker has begun: of what was before only the
         * last byte counts.
         */

        if (state == 0 && s->pending == 0 && a->next[a->classes[*p]] == 0) {

            while (++p < last && a->next[a->classes[*p]] == 0) { /* void */ }

            history = ngx_consent_identifier(p[-1]);

            if (p == last) {
                break;
            }
        }

        identifier = ngx_consent_identifier(*p);

        if (s->pending) {
            s->history = history;
            ngx_consent_scan_markers(t, s, identifier);
        }

        state = a->next[state * a->nclasses + a->classes[*p]];
        history = (history << 1) | identifier;

        if (a->marker[state] || a->output[state]) {
            s->pending = state;
        }
    }

    s->state = state;
    s->history = history;

    if (end && s->pending) {
        ngx_consent_scan_markers(t, s, 0);
    }
}


/*
 * Markers that ended with the byte before this one; identifier: what this one
 * is.  Each must stand between identifier boundaries.
 */

static void
ngx_consent_scan_markers(const ngx_consent_table_t *t, ngx_consent_scan_t *s,
    ngx_uint_t identifier)
{
    uint32_t                        state;
    const ngx_str_t                *marker;
    ngx_consent_match_t            *m;
    const ngx_consent_rule_t       *rule;
    const ngx_consent_automaton_t  *a;

    a = &t->automaton;
    m = &s->match;

    state = s->pending;
    s->pending = 0;

    if (a->marker[state] == 0) {
        state = a->output[state];
    }

    for ( /* void */ ; state; state = a->output[state]) {

        rule = t->markers[a->marker[state] - 1];
        marker = &rule->pattern;

        if (ngx_consent_identifier(marker->data[0])
            && ((s->history >> marker->len) & 1))
        {
            continue;
        }

        if (identifier
            && ngx_consent_identifier(marker->data[marker->len - 1]))
        {
            continue;
        }

        if (m->row == NULL || (m->needs == 0 && rule->needs)) {
            m->row = rule->row;
        }

        m->needs |= rule->needs;
        m->platform |= rule->platform;
    }

    /* a script that a consent platform needs is not held back */

    if (m->platform) {
        m->needs = 0;
    }
}
