#!/usr/bin/env python3

# The types of tarteaucitron's services, as
# src/ngx_consent_source_services.c:
#     t/unit/service_types.py FILE.json >src/ngx_consent_source_services.c
# FILE.json: service -> {"type", "needConsent"}, read out of tarteaucitronjs
# (MIT).  What needs no consent says nothing of the others of its type.

import json
import sys

TYPES = ["ads", "analytic", "social"]

print('''
/* Made by t/unit/service_types.py of tarteaucitronjs (MIT): do not edit. */

#include "ngx_consent_source_map.h"


static const ngx_str_t  ngx_consent_source_types[] = {''')

print(",\n".join('    ngx_string("%s")' % name for name in TYPES))

print('''};


/* shorter names first, then by bytes */

typedef struct {
    ngx_str_t  key;
    u_char     type;
} ngx_consent_source_service_t;


static const ngx_consent_source_service_t  ngx_consent_source_services[] = {''')

services = json.load(open(sys.argv[1]))
rows = [(len(key), key, TYPES.index(row["type"]))
        for key, row in services.items()
        if row["type"] in TYPES and row["needConsent"]]

print(",\n".join('    { ngx_string("%s"), %d }' % row[1:]
                 for row in sorted(rows)))

print('''};


const ngx_str_t *
ngx_consent_source_tarteaucitron_type(const u_char *key, size_t len)
{
    int                                  rc;
    ngx_uint_t                           low, high, middle;
    const ngx_consent_source_service_t  *row;

    low = 0;
    high = sizeof(ngx_consent_source_services)
           / sizeof(ngx_consent_source_services[0]);

    while (low < high) {

        middle = (low + high) / 2;
        row = &ngx_consent_source_services[middle];

        if (row->key.len != len) {
            rc = row->key.len < len ? -1 : 1;

        } else {
            rc = memcmp(row->key.data, key, len);
        }

        if (rc == 0) {
            return &ngx_consent_source_types[row->type];
        }

        if (rc < 0) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return NULL;
}''')
