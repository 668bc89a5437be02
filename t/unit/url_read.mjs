// What in encodings other than UTF-8 becomes ASCII in a host, or nothing, as a
// table of C:
//
//     node t/unit/url_read.mjs > src/ngx_consent_url_read_table.c
//
// Chromium is asked: its decoders know all that the encoding standard has.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// windows-1252 is another reading, and a table of HTML's: these are all others

const SINGLE = ['ibm866', 'iso-8859-2', 'iso-8859-3', 'iso-8859-4',
  'iso-8859-5', 'iso-8859-6', 'iso-8859-7', 'iso-8859-8', 'iso-8859-10',
  'iso-8859-13', 'iso-8859-14', 'iso-8859-15', 'iso-8859-16', 'koi8-r',
  'koi8-u', 'macintosh', 'windows-874', 'windows-1250', 'windows-1251',
  'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256',
  'windows-1257', 'windows-1258', 'x-mac-cyrillic'];

// where several have a byte, the first: windows-1252's reading has the others
const FIRST = ['macintosh', 'windows-1251', ...SINGLE];

const ask = (single, first) => {
  const host = (c) => {
    if (c.normalize('NFKC') === '%') return '';
    try {
      const h = new URL('http://q' + c + 'q.x/').hostname;
      return /^q[a-z0-9._-]*q\.x$/.test(h) && !h.includes('xn--') ? h : null;
    } catch {
      return null;
    }
  };

  const all = {};
  const put = (name, decoder, bytes, key) => {
    const c = [...decoder.decode(new Uint8Array(bytes))];
    if (c.length === 1 && c[0] !== '\ufffd' && host(c[0]) !== null) {
      (all[name] ??= {})[key] ??= c[0].codePointAt(0);
    }
  };

  for (const name of first) {
    const decoder = new TextDecoder(name);
    for (let a = 0x80; a < 0x100; a++) put('single', decoder, [a], a);
  }

  for (const name of ['shift_jis', 'euc-jp', 'gb18030', 'euc-kr', 'big5']) {
    const decoder = new TextDecoder(name);
    for (let a = 0x80; a < 0x100; a++) {
      put(name, decoder, [a], a);
      for (let b = 0x40; b < 0x100; b++) {
        put(name, decoder, [a, b], a << 8 | b);
        for (let c = 0xa1; c < 0xff && name === 'euc-jp' && a === 0x8f; c++) {
          put(name, decoder, [a, b, c], a << 16 | b << 8 | c);
        }
      }
    }

    for (let n = 0; name === 'gb18030' && n < 126 * 1260 * 10; n++) {
      put(name, decoder, [n / 12600 + 0x81, n / 1260 % 10 + 0x30,
        n / 10 % 126 + 0x81, n % 10 + 0x30], 0x1000000 + n);
    }
  }

  return JSON.stringify(all);
};

const dir = mkdtempSync(join(tmpdir(), 'read-'));

writeFileSync(join(dir, 'page.html'), `<meta charset=utf-8><pre id=out></pre>
  <script>document.getElementById('out').textContent
    = (${ask})(${JSON.stringify(SINGLE)}, ${JSON.stringify(FIRST)});</script>`);

const out = execFileSync('chromium', ['--headless', '--no-sandbox',
  '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--user-data-dir=' + join(dir, 'profile'), '--virtual-time-budget=100000',
  '--dump-dom', join(dir, 'page.html')],
{ maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

rmSync(dir, { recursive: true, maxRetries: 5 });

const all = JSON.parse(/<pre id="out">(\{"[^<]*\})<\/pre>/.exec(out)[1]);

const hex = (n) => '0x' + n.toString(16);
const rows = [], begins = [0, 0];

for (const name of ['single', 'shift_jis', 'euc-jp', 'gb18030', 'euc-kr',
  'big5'])
{
  begins.push(rows.length);
  for (const [key, c] of Object.entries(all[name]).map(([k, c]) => [+k, c])
    .sort((a, b) => a[0] - b[0]))
  {
    const prev = rows.at(-1);
    if (rows.length > begins.at(-1) && prev[0] + prev[1] === key
        && prev[2] + prev[1] === c && prev[1] < 127) prev[1]++;
    else rows.push([key, 1, c]);
  }
}

begins.push(rows.length);

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

console.error(`${rows.length} rows, ${rows.length * 8} bytes`);

console.log(`
/* Made by t/unit/url_read.mjs from Chromium's decoders and its URL parser. */

#include "ngx_consent_url_read.h"


/* where each reading's rows begin, and the end */

const uint16_t  ngx_consent_url_read_begins[] = {
${wrap(begins.map(String))}
};


/* what a reading has for bytes: the first, count, its character */

const ngx_consent_url_read_t  ngx_consent_url_read_rows[] = {
${wrap(rows.map((r) => `{ ${hex(r[0])}, ${r[1]}, ${hex(r[2])} }`))}
};`);
