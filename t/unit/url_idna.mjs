// What a browser makes of each character of a host, as tables of C:
//
//     node t/unit/url_idna.mjs src
//
// Chromium is asked about every code point (URL standard 3.3, UTS 46), Node's
// normalize() about composition.  Chromium also takes '%' that comes out of a
// mapping for the beginning of "%XX"; the code does that, not the table.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import punycode from 'node:punycode';

const MAX = 0x110000;

// A character is tried after a letter, after an Arabic one and alone: some are
// valid only beside their like.  None of these composes with anything.

const CONTEXTS = ['q', '\u0628', ''];

const page = `<meta charset=utf-8><pre id=out></pre><script>
  const lines = [];
  for (let c = 0x80; c < ${MAX}; c++) {
    if (c >= 0xd800 && c < 0xe000) continue;
    for (const [i, context] of ${JSON.stringify(CONTEXTS)}.entries()) {
      try {
        const u = new URL('http://' + context + String.fromCodePoint(c) + '.x/');
        lines.push(c.toString(16) + ' ' + i + ' ' + u.hostname);
        break;
      } catch { }
    }
  }
  document.getElementById('out').textContent = lines.join('\\n');
</script>`;

const dir = mkdtempSync(join(tmpdir(), 'idna-'));
writeFileSync(join(dir, 'page.html'), page);

const answers = execFileSync('chromium', ['--headless', '--no-sandbox',
  '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--user-data-dir=' + join(dir, 'profile'), '--virtual-time-budget=100000',
  '--dump-dom', join(dir, 'page.html')],
  { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

rmSync(dir, { recursive: true, maxRetries: 5 });

// code point -> what it is mapped to; itself is not in here

const mapped = new Map();
const known = new Set();

for (let line of answers.split('\n')) {
  const m = /^(?:.*<pre id="out">)?([0-9a-f]+) ([012]) (.*?)(<\/pre>.*)?$/
    .exec(line.replaceAll('&amp;', '&'));
  if (!m) continue;

  const c = parseInt(m[1], 16);
  const context = CONTEXTS[+m[2]];

  let host = m[3].split('.').map((label) => label.startsWith('xn--')
    ? punycode.decode(decodeURIComponent(label.slice(4)))
    : decodeURIComponent(label)).join('.');

  if (!host.startsWith(context) || !host.endsWith('.x')) throw host;
  host = host.slice(context.length, -2);

  known.add(c);
  if (host !== String.fromCodePoint(c)) mapped.set(c, host);
}

if (known.size < 900000 / 8) throw 'Chromium has not answered';

// What no version of Unicode will ever allow.  What is not known yet stays what
// it is, and what is mapped to an ASCII character that a host cannot have is so:
// "<" may still compose with what follows it.

const forbidden = new Set();

for (let c = 0x80; c < MAX; c++) {
  if (known.has(c) || (c >= 0xd800 && c < 0xe000)) continue;

  const s = String.fromCodePoint(c);
  const k = s.normalize('NFKC');

  if (/^[!-~]+$/.test(k)) mapped.set(c, k);
  else if (/\p{Cc}|\p{Co}|\ufffd/u.test(s) || (c & 0xfffe) === 0xfffe
           || (c >= 0xfdd0 && c <= 0xfdef)) forbidden.add(c);
}

// to rows

const rows = [], list = [], astral = [], offsets = [];
let strings = '';

const single = (c) => {
  const to = mapped.get(c);
  return to !== undefined && to.length && [...to].length === 1
    ? to.codePointAt(0) : -1;
};

const run = (c, step) => {
  const delta = single(c) - c;
  if (single(c) < 0) return 0;
  let n = 1;
  while (single(c + n * step) - c - n * step === delta
         && (step === 1 || (!mapped.has(c + n * step - 1)
                            && !forbidden.has(c + n * step - 1)))) n++;
  return n;
};

const lost = (c) => mapped.get(c) === '';
const long = (c) => mapped.has(c) && !lost(c) && single(c) < 0;

const span = (c, test) => {
  let n = 0;
  while (test(c + n) && n < 16383) n++;
  return n;
};

const push = (c) => {
  const to = single(c);
  if (to < 0) list.push(0);
  else if (to < 0x10000) list.push(to);
  else list.push(0xd800 + astral.push(to) - 1);
};

for (let c = 0x80; c < MAX;) {
  let n;

  if (n = span(c, (x) => forbidden.has(x))) {
    rows.push([c, 'FORBIDDEN', n, 0]);
    c += n;
  } else if (n = span(c, lost)) {
    rows.push([c, 'LOST', n, 0]);
    c += n;
  } else if (n = span(c, long)) {
    rows.push([c, 'STRING', n, offsets.length]);
    for (let i = 0; i < n; i++) {
      offsets.push(Buffer.byteLength(strings));
      strings += mapped.get(c + i);
    }
    offsets.push(Buffer.byteLength(strings));
    c += n;
  } else if ((n = run(c, 1)) > 3) {
    rows.push([c, 'SHIFT', n, single(c)]);
    c += n;
  } else if (run(c, 2) > 2) {
    n = run(c, 2);
    rows.push([c, 'SECOND', n * 2 - 1, single(c)]);
    c += n * 2 - 1;
  } else if (n) {
    // what has no order; a gap of three costs less than another row
    const first = list.length, start = c;
    let gap = 0, end = c;
    while (gap < 4) {
      if (forbidden.has(c) || lost(c) || long(c)
          || run(c, 1) > 5 || run(c, 2) > 5) break;
      if (single(c) < 0) {
        gap++;
      } else {
        gap = 0;
        end = c + 1;
      }
      push(c++);
    }
    list.length -= c - end;
    c = end;
    rows.push([start, 'LIST', end - start, first]);
  } else {
    c++;
  }
}

if (strings.length > 65535 || astral.length > 0x800) throw 'no room';

// composition: every character that has two canonical parts

const pairs = [];

for (let c = 0xc0; c < MAX; c++) {
  if ((c >= 0xd800 && c < 0xe000) || (c >= 0xac00 && c < 0xd7a4)) continue;
  const s = String.fromCodePoint(c);
  const parts = [...s.normalize('NFD')];
  if (parts.length < 2 || s.normalize('NFC') !== s) continue;
  const b = parts.pop();
  pairs.push([parts.join('').normalize('NFC'), b, s].map((x) => {
    if ([...x].length !== 1) throw x;
    return x.codePointAt(0);
  }));
}

const near = pairs.filter((p) => Math.max(...p) < 0x10000);
const far = pairs.filter((p) => Math.max(...p) >= 0x10000);
const order = near.map((p, i) => i)
  .sort((i, j) => near[i][0] - near[j][0] || near[i][1] - near[j][1]);

// The order of combining marks: normalize() puts a mark of a lower class first.
// Each mark's rank is its place among the classes that there are.

const before = (a, b) => {       // b's class is lower, and neither is 0
  const s = String.fromCodePoint(a) + String.fromCodePoint(b);
  return s.normalize('NFD') !== String.fromCodePoint(a).normalize('NFD')
    + String.fromCodePoint(b).normalize('NFD');
};

const marks = [];
for (let c = 0x300; c < 0x20000; c++) {
  if ((c >= 0xd800 && c < 0xe000)) continue;
  const s = String.fromCodePoint(c);
  if (/\p{M}/u.test(s) && s.normalize('NFD') === s
      && (before(c, 0x334) || before(0x345, c) || before(c, 0x3099)
          || before(0x3099, c))) {
    marks.push(c);
  }
}

const classes = [];             // one mark of each class, in their order
for (const c of marks) {
  if (classes.some((d) => !before(c, d) && !before(d, c))) continue;
  const at = classes.findIndex((d) => before(d, c));
  classes.splice(at < 0 ? classes.length : at, 0, c);
}

const ranks = [];               // [first, count, rank]
for (const c of marks) {
  const rank = 1 + classes.findIndex((d) => !before(c, d) && !before(d, c));
  const prev = ranks.at(-1);
  if (prev && prev[2] === rank && prev[0] + prev[1] === c && prev[1] < 511)
    prev[1]++;
  else ranks.push([c, 1, rank]);
}

if (classes.length > 63) throw 'too many classes';

// to C

const wrap = (items) => {
  const lines = [];
  let line = '';
  for (const item of items) {
    if (line.length + item.length > 73) {
      lines.push(line);
      line = '';
    }
    line += (line ? ', ' : '') + item;
  }
  return '    ' + [...lines, line].join(',\n    ');
};

const hex = (n) => n > 9 ? '0x' + n.toString(16) : String(n);
const KINDS = ['SHIFT', 'SECOND', 'LIST', 'STRING', 'LOST', 'FORBIDDEN'];

// a string without line breaks inside an escape; "\x41" must not run on

const text = (s) => {
  const lines = [];
  let line = '', wide = false;
  for (const b of Buffer.from(s)) {
    const plain = b >= 0x20 && b < 0x7f && b !== 0x22 && b !== 0x5c;
    let c = plain ? String.fromCharCode(b)
      : '\\' + b.toString(8).padStart(3, '0');
    if (c === '?') c = '\\?';
    if (line.length + c.length > 72) {
      lines.push(line);
      line = '';
    }
    line += c;
  }
  return [...lines, line].map((l) => `    "${l}"`).join('\n');
};

console.error(`${rows.length} rows, ${list.length} listed, ${astral.length} `
  + `far, ${offsets.length} strings of ${Buffer.byteLength(strings)} bytes, `
  + `${near.length}+${far.length} pairs, ${ranks.length} ranges of marks: `
  + (8 * rows.length + 2 * list.length + 4 * astral.length
     + 2 * offsets.length + Buffer.byteLength(strings) + 8 * near.length
     + 12 * far.length + 4 * ranks.length) + ' bytes');

const file = (name, ...parts) => writeFileSync(join(process.argv[2], name), `
/* Made by t/unit/url_idna.mjs: Chromium's URL parser, Node's normalize(). */

#include "ngx_consent_url_idna.h"


` + parts.join('\n\n\n') + '\n');

const array = (type, name, items) =>
  `const ${type}  ngx_consent_idna_${name} = {\n${wrap(items)}\n};`;

const number = (name, n) =>
  `\n\nconst ngx_uint_t  ngx_consent_idna_${name} = ${n};`;

const braces = (items) => `{ ${items.join(', ')} }`;

file('ngx_consent_url_idna_rows.c',
  '/* what a character of a host is mapped to: the first, kind, count, value */'
  + '\n\n'
  + array('ngx_consent_idna_row_t', 'rows[]', rows.map((r) =>
    braces([hex(r[0]), KINDS.indexOf(r[1]), r[2], hex(r[3])])))
  + number('nrows', rows.length),

  '/* values of kind 2; 0: itself; 0xd800 and on: of the next table */\n\n'
  + array('uint16_t', 'list[]', list.map(hex)),

  array('uint32_t', 'astral[]', astral.map(hex)));

file('ngx_consent_url_idna_strings.c',
  '/* values of kind 3: where each begins, in UTF-8 */\n\n'
  + array('uint16_t', 'offsets[]', offsets.map(String)),

  'const char  ngx_consent_idna_strings[] =\n' + text(strings) + ';');

file('ngx_consent_url_nfc_table.c',
  '/* two characters and the one that they compose to, in its order */\n\n'
  + array('uint16_t', 'pairs[][3]', near.map((p) => braces(p.map(hex))))
  + number('npairs', near.length),

  '/* the pairs in the order of the two */\n\n'
  + array('uint16_t', 'order[]', order.map(String)),

  '/* those beyond 16 bits */\n\n'
  + array('uint32_t', 'far[][3]', far.map((p) => braces(p.map(hex))))
  + number('nfar', far.length),

  '/* combining marks: the first, count, rank of their class */\n\n'
  + array('ngx_consent_idna_mark_t', 'marks[]', ranks.map((r) =>
    braces([hex(r[0]), r[1], r[2]])))
  + number('nmarks', ranks.length));
