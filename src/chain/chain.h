
/*
 * consent-chain: lines that each hold a hash of all that came before them.
 *
 *     line  =  what was logged, a space, 64 digits
 *     digits  =  SHA-256 of the digits of the line before it and what was
 *                logged; before the first line there are 64 zeros
 */

#ifndef _CHAIN_H_INCLUDED_
#define _CHAIN_H_INCLUDED_


#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include <openssl/evp.h>


/* bytes of what is logged in a line; the rest of a longer one is cut off */
#define CHAIN_MAX_LINE  65536

#define CHAIN_DIGITS    64

/* what a line has besides */
#define CHAIN_TAIL      (1 + CHAIN_DIGITS + 1)


typedef enum {
    CHAIN_OK = 0,
    CHAIN_BROKEN,                       /* as the exit status */
    CHAIN_ERROR,                        /* told already */
    CHAIN_DONE
} chain_e;


typedef struct {
    EVP_MD_CTX     *md;
    char            digits[CHAIN_DIGITS];   /* of the last line */
} chain_t;


/* a line that is read: its end, a line feed, is not in it */

typedef struct {
    FILE           *file;
    const char     *name;
    size_t          number;
    size_t          len;
    unsigned        cut:1;
    char            data[CHAIN_MAX_LINE + CHAIN_TAIL];
} chain_line_t;


/* a file that is written, under its name, whatever becomes of that */

typedef struct {
    const char     *name;
    int             fd;
} chain_file_t;


/* chain_hash.c */

chain_e chain_init(chain_t *chain);
void chain_free(chain_t *chain);

/* The next line's digits, into chain->digits. */
chain_e chain_next(chain_t *chain, const char *line, size_t len);

/* 1 if there are 64 digits */
int chain_is_digits(const char *s, size_t len);

/* Digits that stand there, or those of the last line of the file named so. */
chain_e chain_begin(chain_t *chain, const char *digits_or_name);

/* chain_line.c */

/* Up to max bytes of the next line; CHAIN_DONE: there is none. */
chain_e chain_read(chain_line_t *line, size_t max);

/* The digits of the last line; CHAIN_DONE: the file is empty. */
chain_e chain_last(int fd, const char *name, char *digits);

/* chain_file.c */

/* CHAIN_OK: it has lines, and chain goes on from the last; CHAIN_DONE: none */
chain_e chain_open(chain_file_t *file, chain_t *chain);

/* All of it, or nothing.  A file that was moved away is begun anew. */
chain_e chain_write(chain_file_t *file, const char *p, size_t len);

/* Says why, of which file; CHAIN_ERROR. */
chain_e chain_fault(const char *name, const char *reason);


#endif /* _CHAIN_H_INCLUDED_ */
