
/*
 * Accept-Language (RFC 9110, 12.5.4), with RFC 4647's lookup (3.4): which of
 * the languages that there are is chosen.
 */

#include "test.h"
#include "ngx_consent_accept.h"


/* the first one is for who wants none of them */

static const ngx_str_t  tags[] = {
    ngx_string("en"), ngx_string("de"), ngx_string("fr"), ngx_string("pt"),
    ngx_string("pt-br"), ngx_string("zh-hant")
};


static const struct {
    const char  *rule;
    const char  *value;
    const char  *chosen;
} rows[] = {
    { "nothing", "", "en" },
    { "one", "de", "de" },
    { "case is nothing", "DE", "de" },
    { "as a browser sends it", "fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7", "fr" },
    { "the greatest quality", "en;q=0.5, de;q=0.6, fr;q=0.55", "de" },
    { "the first of equals", "fr, de, en", "fr" },
    { "the first of equal qualities", "fr;q=0.3,de;q=0.3", "fr" },
    { "without q it is 1", "de;q=0.999, fr", "fr" },
    { "a wider tag will do", "de-CH-1996, en;q=0.9", "de" },
    { "a wider tag will do before a next range", "de-CH, en;q=0.9, de;q=0.8",
      "de" },
    { "a narrower tag will do", "zh, en;q=0.5", "zh-hant" },
    { "the tag itself before a wider one", "pt-BR", "pt-br" },
    { "the tag itself before a narrower one", "pt", "pt" },
    { "the tag itself, though the wider one is listed", "pt-BR, pt;q=0.5",
      "pt-br" },
    { "the tag itself, though * is", "*;q=0.1, pt-BR, *", "pt-br" },
    { "no prefix that ends within a subtag", "d, e, f, p", "en" },
    { "no tag that is longer within a subtag", "deu, fra", "en" },
    { "refused by its own name", "pt-BR;q=0, pt;q=0, de;q=0.1", "de" },
    { "refused itself, narrower ones are not", "pt;q=0, pt-BR;q=0.4",
      "pt-br" },
    { "a narrower one is refused", "pt-br;q=0, pt;q=0.4", "pt" },
    { "refused is not preferred by a narrower range", "pt-PT, pt;q=0, fr;q=0.1",
      "fr" },
    { "nobody who refuses all else is left without", "en;q=0", "en" },
    { "*", "*", "en" },
    { "* is not what is named", "en;q=0.1, *;q=0.5", "de" },
    { "* after what is named", "*, fr", "fr" },
    { "* is less than a name of the same quality", "*;q=0.8, fr;q=0.8", "fr" },
    { "* of 0 refuses nothing that is named", "fr;q=0.1, *;q=0", "fr" },
    { "blanks", " \tde ; q=0.1 \t,\t fr ; q=0.2", "fr" },
    { "empty elements", ",, ,de,,", "de" },
    { "Q", "de;Q=0.1, fr;Q=0.2", "fr" },
    { "three digits", "de;q=0.123,fr;q=0.124", "fr" },
    { "1.000", "de;q=0.999,fr;q=1.000", "fr" },
    { "0.000 refuses", "de;q=0.000", "en" },
    { "0. is 0", "de;q=0.", "en" },

    /* what is no quality says nothing */

    { "four digits", "de;q=0.1234, fr;q=0.1", "fr" },
    { "more than 1", "de;q=1.001, fr;q=0.1", "fr" },
    { "2", "de;q=2, fr;q=0.1", "fr" },
    { "-1", "de;q=-1, fr;q=0.1", "fr" },
    { "no number", "de;q=x, fr;q=0.1", "fr" },
    { "0,5", "de;q=0,5, fr;q=0.1", "fr" },
    { "no q", "de;level=1, fr;q=0.1", "fr" },
    { "no value", "de;q=, fr;q=0.1", "fr" },
    { "nothing after ;", "de;, fr;q=0.1", "fr" },
    { "two of them", "de;q=1;q=1, fr;q=0.1", "fr" },
    { "blank in q", "de;q =1, fr;q=0.1", "fr" },
    { "no tag", ";q=1, fr;q=0.1", "fr" },
    { "no language at all", "<script>, \"de\", fr\001", "en" },
    { "a tag that begins with -", "-de, fr;q=0.1", "fr" },
    { NULL, NULL, NULL }
};


static const char *
choose(const u_char *p, size_t len)
{
    size_t                i, best;
    ngx_consent_accept_t  accept[sizeof(tags) / sizeof(tags[0])];

    best = 0;

    for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        ngx_consent_accept_language(p, len, &tags[i], &accept[i]);

        if (ngx_consent_accept_more(&accept[i], &accept[best])) {
            best = i;
        }
    }

    return (const char *) tags[best].data;
}


static void
test_cut(const u_char *value, size_t len)
{
    size_t   i;
    u_char  *p;

    for (i = 0; i < len; i++) {
        p = test_copy(value, i);
        (void) choose(p, i);
        free(p);
    }
}


int
main(void)
{
    size_t       i, len;
    u_char      *p;
    const char  *chosen;

    for (i = 0; rows[i].rule; i++) {

        len = strlen(rows[i].value);
        p = test_copy(rows[i].value, len);
        chosen = choose(p, len);

        CHECK(strcmp(chosen, rows[i].chosen) == 0, "%s: %s", rows[i].rule,
              chosen);

        test_cut(p, len);
        free(p);
    }

    return test_done();
}
