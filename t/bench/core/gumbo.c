
/*
 * gumbo: the whole page as a tree; what leads to a host of HOSTS is left out of
 * the original bytes.
 */

#include <strings.h>

#include <gumbo.h>

#include "hosts.h"


typedef struct {
    unsigned char  *at;         /* what is written of the page ends here */
    FILE           *out;
    size_t         *written;
} copy_t;


static const struct {
    GumboTag     tag;
    const char  *attribute;
} fetches[] = {
    { GUMBO_TAG_SCRIPT, "src" },
    { GUMBO_TAG_IFRAME, "src" },
    { GUMBO_TAG_IMG,    "src" },
    { GUMBO_TAG_LINK,   "href" },
    { GUMBO_TAG_EMBED,  "src" },
    { GUMBO_TAG_SOURCE, "src" },
};


static void
copy(copy_t *c, unsigned char *to)
{
    if (c->out) {
        fwrite(c->at, 1, to - c->at, c->out);
    }

    *c->written += to - c->at;
}


static int
refused(GumboElement *e)
{
    unsigned         i;
    GumboAttribute  *a;

    for (i = 0; i < sizeof(fetches) / sizeof(fetches[0]); i++) {

        if (e->tag != fetches[i].tag) {
            continue;
        }

        a = gumbo_get_attribute(&e->attributes, fetches[i].attribute);

        return a && hosts_refused(a->value, strlen(a->value));
    }

    return 0;
}


static void
walk(copy_t *c, GumboNode *node)
{
    unsigned        i;
    GumboVector    *children;
    GumboElement   *e;
    unsigned char  *start, *end;

    if (node->type == GUMBO_NODE_DOCUMENT) {
        children = &node->v.document.children;

    } else if (node->type == GUMBO_NODE_ELEMENT) {
        e = &node->v.element;

        if (e->original_tag.length && refused(e)) {

            start = (unsigned char *) e->original_tag.data;
            end = start + e->original_tag.length;

            if (e->original_end_tag.length) {
                end = (unsigned char *) e->original_end_tag.data
                      + e->original_end_tag.length;
            }

            if (start >= c->at) {
                copy(c, start);
                c->at = end;
            }

            return;
        }

        children = &e->children;

    } else {
        return;
    }

    for (i = 0; i < children->length; i++) {
        walk(c, children->data[i]);
    }
}


static void
page(unsigned char *p, size_t len, FILE *out, size_t *written)
{
    copy_t        c;
    GumboOutput  *tree;

    c.at = p;
    c.out = out;
    c.written = written;

    tree = gumbo_parse_with_options(&kGumboDefaultOptions, (char *) p, len);

    walk(&c, tree->document);
    copy(&c, p + len);

    gumbo_destroy_output(&kGumboDefaultOptions, tree);
}


int
main(int argc, char **argv)
{
    return driver_run(argc, argv, hosts_read, page);
}
