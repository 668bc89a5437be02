
/* ROWS of the peers: a host a line; it is itself and every name beneath it. */

#ifndef _HOSTS_H_INCLUDED_
#define _HOSTS_H_INCLUDED_


#include <ctype.h>

#include "driver.h"


#define HOSTS_SLOTS  4096


static char  *hosts_slot[HOSTS_SLOTS];


static inline unsigned
hosts_hash(const char *s, size_t len)
{
    unsigned  h;

    for (h = 5381; len; len--) {
        h = h * 33 + tolower((unsigned char) *s++);
    }

    return h;
}


static inline void
hosts_read(const char *path, int remove)
{
    char      line[512];
    FILE     *f;
    unsigned  i;

    (void) remove;

    f = fopen(path, "r");
    if (f == NULL) {
        fail("cannot open", path);
    }

    while (fgets(line, sizeof(line), f)) {

        line[strcspn(line, "\n")] = '\0';
        i = hosts_hash(line, strlen(line)) % HOSTS_SLOTS;

        while (hosts_slot[i]) {
            i = (i + 1) % HOSTS_SLOTS;
        }

        hosts_slot[i] = strdup(line);
    }

    fclose(f);
}


static inline int
hosts_name(const char *s, size_t len)
{
    unsigned  i;

    for (i = hosts_hash(s, len) % HOSTS_SLOTS;
         hosts_slot[i];
         i = (i + 1) % HOSTS_SLOTS)
    {
        if (strlen(hosts_slot[i]) == len
            && strncasecmp(hosts_slot[i], s, len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static inline int
hosts_refused(const char *url, size_t len)
{
    size_t       n;
    const char  *dot;

    while (len && isspace((unsigned char) *url)) {
        url++;
        len--;
    }

    n = (len > 6 && strncasecmp(url, "https:", 6) == 0) ? 6
        : (len > 5 && strncasecmp(url, "http:", 5) == 0) ? 5 : 0;

    if (len < n + 2 || url[n] != '/' || url[n + 1] != '/') {
        return 0;
    }

    url += n + 2;
    len -= n + 2;

    for (n = 0; n < len && strchr("/?#:", url[n]) == NULL; n++) { /* void */ }

    for ( ;; ) {

        if (hosts_name(url, n)) {
            return 1;
        }

        dot = memchr(url, '.', n);
        if (dot == NULL) {
            return 0;
        }

        n -= dot + 1 - url;
        url = dot + 1;
    }
}


#endif /* _HOSTS_H_INCLUDED_ */
