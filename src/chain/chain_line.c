
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "chain.h"


chain_e
chain_fault(const char *name, const char *reason)
{
    fprintf(stderr, "consent-chain: %s: %s\n", name,
            reason ? reason : strerror(errno));

    return CHAIN_ERROR;
}


chain_e
chain_read(chain_line_t *line, size_t max)
{
    int  c;

    line->len = 0;
    line->cut = 0;

    while ((c = getc(line->file)) != EOF && c != '\n') {

        if (line->len == max) {
            line->cut = 1;
            continue;
        }

        line->data[line->len++] = (char) c;
    }

    if (ferror(line->file)) {
        return chain_fault(line->name, NULL);
    }

    if (c == EOF && line->len == 0) {
        return CHAIN_DONE;
    }

    line->number++;

    return CHAIN_OK;
}


chain_e
chain_last(int fd, const char *name, char *digits)
{
    off_t    end;
    ssize_t  n;
    char     tail[CHAIN_TAIL];

    static const char  reason[] =
        "its last line does not end with a space, 64 digits and a line feed";

    end = lseek(fd, 0, SEEK_END);

    if (end == -1) {
        return chain_fault(name, NULL);
    }

    if (end == 0) {
        return CHAIN_DONE;
    }

    if (end < CHAIN_TAIL) {
        return chain_fault(name, reason);
    }

    n = pread(fd, tail, CHAIN_TAIL, end - CHAIN_TAIL);

    if (n != CHAIN_TAIL) {
        return chain_fault(name, n == -1 ? NULL : "it has changed meanwhile");
    }

    if (tail[0] != ' ' || tail[CHAIN_TAIL - 1] != '\n'
        || !chain_is_digits(tail + 1, CHAIN_DIGITS))
    {
        return chain_fault(name, reason);
    }

    memcpy(digits, tail + 1, CHAIN_DIGITS);

    return CHAIN_OK;
}
