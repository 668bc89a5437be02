
#include "inspect.h"


static void inspect_print_time(const char *what, time_t time, time_t now);
static void inspect_print_keys(inspect_source_t *s, ngx_consent_key_e of,
    ngx_uint_t yes);
static void inspect_print_grant(inspect_source_t *s, ngx_consent_mask_t bit);


void
inspect_print_source(inspect_t *in, inspect_source_t *s)
{
    printf("%.*s", (int) s->name.len, s->name.data);

    if (s->line) {
        printf(" (line %u)", (unsigned) s->line);
    }

    printf("\n  state      %s", inspect_state(s->answer.state));

    if (s->opinion.state != s->answer.state) {
        printf(", counts as %s", inspect_state(s->opinion.state));
    }

    if (s->answer.state == NGX_CONSENT_IMPLIED) {
        printf(s->implied ? ", implied=allow" : ", counts as unset");
    }

    printf("\n");

    if (s->format->value) {
        printf("  cookies    %u\n", (unsigned) s->answer.copies);
    }

    if (s->answer.state > NGX_CONSENT_UNSET) {

        inspect_print_time("made", s->answer.time, in->now);
        inspect_print_time("expires", s->answer.expires, in->now);

        if (s->answer.revision != -1) {
            printf("  revision   %d\n", (int) s->answer.revision);
        }

        inspect_print_keys(s, NGX_CONSENT_KEY_CATEGORY, 1);
        inspect_print_keys(s, NGX_CONSENT_KEY_CATEGORY, 0);
        inspect_print_keys(s, NGX_CONSENT_KEY_SERVICE, 1);
        inspect_print_keys(s, NGX_CONSENT_KEY_SERVICE, 0);
        inspect_print_keys(s, NGX_CONSENT_KEY_VENDOR, 1);
        inspect_print_keys(s, NGX_CONSENT_KEY_VENDOR, 0);
    }

    printf("\n");
}


static void
inspect_print_time(const char *what, time_t time, time_t now)
{
    char       text[32];
    struct tm  tm;

    if (time == 0 || gmtime_r(&time, &tm) == NULL) {
        return;
    }

    strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &tm);

    printf("  %-10s %s, ", what, text);

    if (time > now) {
        printf("in %lld days\n", (long long) (time - now) / 86400);

    } else {
        printf("%lld days ago\n", (long long) (now - time) / 86400);
    }
}


static void
inspect_print_keys(inspect_source_t *s, ngx_consent_key_e of, ngx_uint_t yes)
{
    size_t          i, n;
    inspect_key_t  *key;

    static const char  *kinds[] = { "", "services ", "vendors ", "types " };

    n = 0;

    for (i = 0; i < s->answer.nkeys; i++) {
        key = &s->answer.keys[i];

        if (key->of != of || (key->yes != 0) != yes) {
            continue;
        }

        if (n++ == 0) {
            printf("  %s%s", of == s->format->of ? "" : kinds[of],
                   yes ? "accepted   " : "refused    ");

        } else {
            printf(", ");
        }

        inspect_print(&key->key);
    }

    if (n) {
        printf("\n");
    }
}


/* One category: granted or refused, and why. */

void
inspect_print_category(inspect_t *in, ngx_uint_t i)
{
    ngx_uint_t           j, n, opinions;
    ngx_consent_mask_t   bit;
    inspect_source_t    *s;

    bit = (ngx_consent_mask_t) 1 << i;

    printf("%-12.*s %s", (int) in->categories[i].name.len,
           in->categories[i].name.data,
           (in->grant.mask & bit) ? "granted" : "refused");

    if (in->policy.required & bit) {
        printf("  always: it is required\n");
        return;
    }

    opinions = 0;

    for (j = 0, n = 0; j < in->nsources; j++) {
        s = &in->sources[j];

        if (s->opinion.denied & bit) {
            printf(n++ ? "; " : "  ");
            inspect_print_denial(s, bit);
        }

        opinions += ((s->opinion.granted | s->opinion.denied) & bit) != 0;
    }

    if (n) {
        printf("\n");
        return;
    }

    if (!(in->grant.mask & bit) && opinions && in->policy.gpc
        && (in->policy.gpc_scope & bit))
    {
        printf("  Sec-GPC, under consent_regime %s\n",
               in->optout ? "optout" : "optin");
        return;
    }

    for (j = 0, n = 0; j < in->nsources; j++) {
        s = &in->sources[j];

        if (s->opinion.granted & bit) {
            printf(n++ ? "; " : "  ");
            inspect_print_grant(s, bit);
        }
    }

    if (n == 0) {
        printf("  nobody has chosen%s, consent_regime %s",
               in->policy.gpc && (in->policy.gpc_scope & bit) ? ", Sec-GPC"
                                                              : "",
               in->optout ? "optout" : "optin");
    }

    printf("\n");
}


void
inspect_print_denial(inspect_source_t *s, ngx_consent_mask_t bit)
{
    printf("%.*s", (int) s->name.len, s->name.data);

    if (s->opinion.state == NGX_CONSENT_INVALID) {
        printf(" is broken");
        return;
    }

    printf(": ");

    if (inspect_print_rules(s, bit, 0, NGX_CONSENT_SAID_NO)) {
        printf(" refused");
        return;
    }

    inspect_print_rules(s, bit, 0, 0);
    printf(" not accepted");
}


static void
inspect_print_grant(inspect_source_t *s, ngx_consent_mask_t bit)
{
    printf("%.*s", (int) s->name.len, s->name.data);

    printf(": ");
    inspect_print_rules(s, bit, 0, NGX_CONSENT_SAID_YES);
    printf(" accepted");
}


/*
 * Keys of the rules of a category or a provider that were said to be so; 0: all
 * that were not.
 */

ngx_uint_t
inspect_print_rules(inspect_source_t *s, ngx_consent_mask_t bit,
    ngx_uint_t provider, ngx_uint_t said)
{
    ngx_uint_t                     i, j, key, n;
    const ngx_consent_map_rule_t  *rule;

    n = 0;

    for (i = 0; i < s->rules.nrules; i++) {
        rule = &s->rules.rules[i];

        if (rule->provider != provider || (!provider && !(rule->mask & bit))) {
            continue;
        }

        for (j = 0; j < rule->nkeys; j++) {
            key = rule->keys[j];

            if (s->said[key] == said) {
                printf(n++ ? ", " : "");
                inspect_print(&s->rules.wanted[key].key);
            }
        }
    }

    return n;
}


/* Anybody writes a cookie: nothing of it reaches the terminal as it is. */

void
inspect_print(const ngx_str_t *s)
{
    size_t  i;

    for (i = 0; i < s->len; i++) {

        if (s->data[i] > 0x20 && s->data[i] < 0x7f) {
            putchar(s->data[i]);

        } else {
            printf("\\x%02x", s->data[i]);
        }
    }
}
