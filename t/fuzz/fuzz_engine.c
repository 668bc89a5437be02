
/*
 * The core as it is built gives the same bytes, and tells the same, as the one
 * that reads byte by byte.  The first four bytes of the input say what it is
 * read with: see t/fuzz/engine.h.
 */

#include <stdlib.h>
#include <string.h>

#include "engine.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    engine_case_t  c;

    static engine_out_t  out, plain;

    if (size < 5) {
        return 0;
    }

    memcpy(&c.seed, data, 4);
    c.data = data + 4;
    c.len = size - 4;

    if (engine_run(&c, &out) != 1 || plain_engine_run(&c, &plain) != 1
        || out.len != plain.len
        || (out.len && memcmp(out.data, plain.data, out.len) != 0)
        || out.notes != plain.notes || out.nnotes != plain.nnotes)
    {
        abort();
    }

    return 0;
}
