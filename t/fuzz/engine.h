
/*
 * One page through the core, as one build of it has it: fuzz_engine.c and
 * t/unit/test_engine.c link two of them, and compare what they say.
 */

#ifndef _ENGINE_H_INCLUDED_
#define _ENGINE_H_INCLUDED_


#include <stddef.h>
#include <stdint.h>


typedef struct {
    uint32_t              seed;         /* all that follows from it but the */
    const unsigned char  *data;         /* page: table, grant, rules, cuts */
    size_t                len;
} engine_case_t;


typedef struct {
    unsigned char        *data;
    size_t                len;
    size_t                size;
    uint64_t              notes;        /* a hash of them and their rows */
    size_t                nnotes;
    size_t                most;         /* bytes held at once */
} engine_out_t;


/* The out's memory is used again; 0: it failed. */
int engine_run(const engine_case_t *c, engine_out_t *out);

/* the same of the byte-at-a-time build */
int plain_engine_run(const engine_case_t *c, engine_out_t *out);


#endif /* _ENGINE_H_INCLUDED_ */
