
/*
 * html5lib's tokenizer tests, as conformance.pl writes them: a case is a line
 * of state, last start tag and input, in hex, tab between them.  A line of
 * events in hex goes out for each; every way to cut the input must give the
 * same.
 */

#include "tokens.h"
#include "ngx_consent_html_int.h"


static size_t
unhex(char *s, u_char *dst)
{
    size_t    n;
    unsigned  c;

    for (n = 0; s[0] && s[1] && sscanf(s, "%2x", &c) == 1; s += 2) {
        dst[n++] = c;
    }

    return n;
}


static void
begin(ngx_consent_html_t *h, const char *state, const char *last)
{
    ngx_consent_html_init(h, 65536);

    h->all = 1;
    h->closer = ngx_consent_tag_id((u_char *) last, strlen(last));

    if (*last == '\0') {
        h->closer = 255;                /* no end tag is the right one */
    }

    if (strcmp(state, "RCDATA state") == 0
        || strcmp(state, "RAWTEXT state") == 0)
    {
        h->text = ngx_consent_html_rcdata;

    } else if (strcmp(state, "Script data state") == 0) {
        h->text = ngx_consent_html_script;

    } else if (strcmp(state, "PLAINTEXT state") == 0) {
        h->text = ngx_consent_html_plaintext;

    } else if (strcmp(state, "CDATA section state") == 0) {
        h->state = ngx_consent_html_cdata;
        return;
    }

    h->state = h->text;
}


int
main(void)
{
    char                *line, *state, *last, *hex, *save;
    size_t               size, len, i;
    ngx_consent_html_t   h;

    static char          whole[TOKENS_MAX];
    static u_char        input[TOKENS_MAX];
    static tokens_t      t;

    line = NULL;
    size = 0;

    while (getline(&line, &size, stdin) > 0) {

        line[strcspn(line, "\n")] = '\0';

        save = line;
        state = strsep(&save, "\t");
        last = strsep(&save, "\t");
        hex = strsep(&save, "\t");

        len = unhex(hex, input);

        begin(&h, state, last);
        tokens_run(&h, input, len, 0, len ? len : 1, 0, &t);
        memcpy(whole, t.text, t.len + 1);
        size = t.len;

        for (i = 0; i < size; i++) {
            printf("%02x", (u_char) t.text[i]);
        }

        printf("\n");

        for (i = 0; i <= len; i++) {
            begin(&h, state, last);
            tokens_run(&h, input, len, i, i ? len : 1, 0, &t);

            if (t.len != size || memcmp(t.text, whole, size) != 0) {
                CHECK(0, "other tags when cut at %zu: %s", i, hex);
                return 1;
            }
        }

        size = 0;
        free(line);
        line = NULL;
    }

    free(line);

    return test_failed ? 1 : 0;
}
