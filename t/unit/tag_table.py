#!/usr/bin/python3

# The slots of ngx_consent_tag.c, for the names that stand there:
#
#     python3 t/unit/tag_table.py
#
# prints the factor by which no two names share a slot, and the slots.

import re

SLOTS = 512

source = open("src/ngx_consent_tag.c").read()
rows = source[source.index("ngx_consent_tag_rows[]"):]
names = re.findall(r'^    \{ "([^"]*)"', rows[:rows.index("\n};")], re.M)[1:]

words = [int.from_bytes(name[:8].encode(), "little") for name in names]
assert len(set(words)) == len(words)


def slots(factor):
    found = {}
    for i, word in enumerate(words):
        slot = (word * factor & (1 << 64) - 1) >> 55
        if slot in found:
            return None
        found[slot] = i + 1
    return found


factor = 0x9e3779b97f4a7c15

while (found := slots(factor)) is None:
    factor = (factor * 0xd1342543de82ef95 + 1 | 1) & (1 << 64) - 1

print("#define NGX_CONSENT_TAG_FACTOR  0x%016xull\n" % factor)

line = "   "
for slot in range(SLOTS):
    item = " %d," % found.get(slot, 0)
    if len(line) + len(item) > 78:
        print(line)
        line = "   "
    line += item
print(line.rstrip(","))
