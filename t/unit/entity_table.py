#!/usr/bin/python3

# HTML's character references as a table that C can search:
#
#     python3 t/unit/entity_table.py > src/ngx_consent_entity_table.c
#
# Python's html.entities is made from the standard's entities.json.

from html.entities import html5

ASTRAL = 0x1d400        # mathematical letters, stored as 0xe000 and on
PAIRS = 0xe800          # index of a pair of characters


def rows(items, form):
    lines, line = [], ""

    for item in map(form, items):
        if len(line) + len(item) > 73:
            lines.append(line)
            line = ""
        line += (", " if line else "") + item

    return ",\n".join("    " + line for line in lines + [line])


def string(text, width):
    return "\n".join('    "%s"' % text[i:i + width]
                     for i in range(0, len(text), width))


names = sorted({name.rstrip(";") for name in html5})

letters, offsets, values, pairs, first = "", [], [], [], {}

for i, name in enumerate(names):
    text = html5[name + ";"]
    assert name.isalnum() and name.isascii()
    assert name not in html5 or html5[name] == text

    first.setdefault(name[0], i)
    offsets.append(len(letters) | (0x8000 if name in html5 else 0))
    letters += name[1:]

    points = [ord(c) for c in text]

    if len(points) == 2:
        assert max(points) < 0x10000
        values.append(PAIRS + len(pairs))
        pairs.append(points)

    elif points[0] >= 0x10000:
        assert 0 <= points[0] - ASTRAL < 0x400
        values.append(0xe000 + points[0] - ASTRAL)

    else:
        assert not 0xe000 <= points[0] < 0xf900
        values.append(points[0])

offsets.append(len(letters))
assert len(letters) < 0x8000
assert len(max((n for n in names if n in html5), key=len)) == 6

index, letter = [], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
for c in letter:
    index.append(first[c])
index.append(len(names))

print('''
/* Made by t/unit/entity_table.py from Python's html.entities. */

#include "ngx_consent_entity_int.h"


/* the first name of each letter, A to Z and a to z, and the end */

const uint16_t  ngx_consent_entity_first[] = {
%s
};


/* what follows the first letter of each name, in the order of the names */

const char  ngx_consent_entity_letters[] =
%s;


/* where each name's letters begin; 32768: it may stand without its ';' */

const uint16_t  ngx_consent_entity_offsets[] = {
%s
};


/* each name's character; ngx_consent_entity_int.h says what is none */

const uint16_t  ngx_consent_entity_values[] = {
%s
};


const uint16_t  ngx_consent_entity_pairs[][2] = {
%s
};''' % (rows(index, str),
        string(letters, 72),
        rows(offsets, str),
        rows(values, "0x%x".__mod__),
        rows(pairs, lambda p: "{ 0x%04x, 0x%04x }" % tuple(p))))
