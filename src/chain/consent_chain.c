
/*
 * consent-chain: lines that cannot be changed without a trace.
 *     consent-chain [-p FILE|DIGITS] [-o FILE]
 *     consent-chain --verify [-p FILE|DIGITS] [FILE ...]
 */

#include <string.h>
#include <unistd.h>

#include "chain.h"


static chain_e chain_lines(chain_t *chain, chain_line_t *line,
    const char *out);
static chain_e chain_verify(chain_t *chain, chain_line_t *line);
static int chain_verify_all(chain_t *chain, chain_line_t *line, char **names);
static int chain_usage(void);


/* a line is too long for the stack of some systems */
static chain_line_t  chain_line;


int
main(int argc, char **argv)
{
    int          i, verify, status;
    chain_e      rc;
    chain_t      chain;
    const char  *out, *previous;

    out = NULL;
    previous = NULL;
    verify = 0;

    for (i = 1; i < argc && argv[i][0] == '-'; i++) {

        if (strcmp(argv[i], "--verify") == 0) {
            verify = 1;

        } else if (strcmp(argv[i], "-p") == 0 && i + 1 < argc) {
            previous = argv[++i];

        } else if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) {
            out = argv[++i];

        } else {
            return chain_usage();
        }
    }

    if (verify ? out != NULL : i < argc) {
        return chain_usage();
    }

    if (chain_init(&chain) != CHAIN_OK) {
        return CHAIN_ERROR;
    }

    rc = previous ? chain_begin(&chain, previous) : CHAIN_OK;
    status = rc;

    if (rc == CHAIN_OK) {
        status = verify ? chain_verify_all(&chain, &chain_line, &argv[i])
                        : (int) chain_lines(&chain, &chain_line, out);
    }

    chain_free(&chain);

    return status;
}


static chain_e
chain_lines(chain_t *chain, chain_line_t *line, const char *out)
{
    chain_e       rc;
    chain_file_t  file;

    line->file = stdin;
    line->name = "the input";

    file.name = out;

    /* a file that has lines knows better than "-p" where to go on */

    if (out && chain_open(&file, chain) == CHAIN_ERROR) {
        return CHAIN_ERROR;
    }

    while ((rc = chain_read(line, CHAIN_MAX_LINE)) == CHAIN_OK) {

        if (line->cut) {
            fprintf(stderr, "consent-chain: line %zu has more than %d bytes, "
                    "the rest is cut off\n", line->number, CHAIN_MAX_LINE);
        }

        rc = chain_next(chain, line->data, line->len);

        if (rc != CHAIN_OK) {
            return rc;
        }

        line->data[line->len++] = ' ';
        memcpy(line->data + line->len, chain->digits, CHAIN_DIGITS);
        line->len += CHAIN_DIGITS;
        line->data[line->len++] = '\n';

        if (out) {
            rc = chain_write(&file, line->data, line->len);

            if (rc != CHAIN_OK) {
                return rc;
            }

        } else if (fwrite(line->data, 1, line->len, stdout) != line->len
                   || fflush(stdout) != 0)
        {
            return chain_fault("the output", NULL);
        }
    }

    return rc == CHAIN_DONE ? CHAIN_OK : rc;
}


/* The files as one chain, in this order; none: the input. */

static int
chain_verify_all(chain_t *chain, chain_line_t *line, char **names)
{
    chain_e  rc;

    if (*names == NULL) {
        line->file = stdin;
        line->name = "the input";

        return chain_verify(chain, line);
    }

    rc = CHAIN_OK;

    for ( /* void */ ; *names && rc == CHAIN_OK; names++) {

        line->name = *names;
        line->number = 0;
        line->file = fopen(*names, "r");

        if (line->file == NULL) {
            return chain_fault(*names, NULL);
        }

        rc = chain_verify(chain, line);

        fclose(line->file);
    }

    return rc;
}


/* Up to the first line that is not what it was. */

static chain_e
chain_verify(chain_t *chain, chain_line_t *line)
{
    size_t   len;
    chain_e  rc;

    while ((rc = chain_read(line, sizeof(line->data))) == CHAIN_OK) {

        if (line->len < CHAIN_DIGITS + 1) {
            break;
        }

        len = line->len - CHAIN_DIGITS - 1;

        if (line->cut || line->data[len] != ' ') {
            break;
        }

        rc = chain_next(chain, line->data, len);

        if (rc != CHAIN_OK) {
            return rc;
        }

        if (memcmp(line->data + len + 1, chain->digits, CHAIN_DIGITS) != 0) {
            break;
        }
    }

    if (rc == CHAIN_OK) {
        printf("%s:%zu: this line was changed, or one before it is missing\n",
               line->name, line->number);
        return CHAIN_BROKEN;
    }

    if (rc == CHAIN_DONE) {
        printf("%s: %zu lines, the last is %.*s\n", line->name, line->number,
               CHAIN_DIGITS, chain->digits);
        return CHAIN_OK;
    }

    return rc;
}


static int
chain_usage(void)
{
    fprintf(stderr,
        "consent-chain [-p FILE|DIGITS] [-o FILE]\n"
        "    adds to each line of the input a hash of it and all before it\n"
        "consent-chain --verify [-p FILE|DIGITS] [FILE ...]\n"
        "    says whether they are all as they were: exit status 0, or 1\n"
        "\n"
        "-p  goes on from the last line of FILE, or from these digits\n"
        "-o  appends to FILE, and goes on from its last line; a FILE that was\n"
        "    moved away is begun anew\n");

    return CHAIN_ERROR;
}
